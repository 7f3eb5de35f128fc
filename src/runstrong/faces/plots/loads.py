"""Measures of load over time: lines, limits where a rule states one, and how sure anyone is of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from runstrong.catalog.records import load_catalog
from runstrong.faces.plots.canvas import (
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    PURPLE,
    SKY,
    UNKNOWN,
    VERMILION,
    clean,
    dated,
    entitled,
    ink,
    nothing,
    number_of,
    opened,
    patch,
    told_under,
    unknown_between,
    valued,
)
from runstrong.faces.wording import cited
from runstrong.measures.measure import Measure, Why
from runstrong.measures.readings import Track
from runstrong.measures.series import LOAD, DailySeries, daily_load, longest_runs
from runstrong.measures.windows import Acwr, Coupling, Monotony, SessionSpike, Strain
from runstrong.model.catalog import Catalog
from runstrong.model.errors import InvalidValue, Problem
from runstrong.model.evidence import Source
from runstrong.model.log import Log
from runstrong.model.quantities import number
from runstrong.model.rules import RuleSet
from runstrong.model.words import Certainty
from runstrong.rules.records import load_rules

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

__all__ = ["load"]

_LINES = ((BLUE, "-"), (VERMILION, "--"), (GREEN, "-."), (PURPLE, ":"), (ORANGE, (0, (5, 1, 1, 1))), (SKY, (0, (1, 1))))
LONGEST = "longest run"
"""What `longest_runs` says that it counts."""
_REASONS = 3
"""Reasons for what is unknown that are told in words."""


class _Limit(NamedTuple):
    """A number that a rule holds against a measure of the very same convention."""

    rule: str
    parameter: str
    value: float


def load(
    measure: Measure | Track | Sequence[Measure | Track], series: DailySeries | Log | None = None, *,
    rules: RuleSet | None = None, catalog: Catalog | None = None, ax: Axes | None = None, title: str | None = None,
) -> Axes:  # fmt: skip
    r"""Draw measures of load over time, each a line that says its convention and how sure anyone is of it.

    A limit is drawn where a rule states one for a measure of the same convention (TM01, TM10, TM11), with the numbers
    of the rule set; the ground beyond it is tinted. Days of which a measure can say nothing have no line but a dotted
    ground, and the reasons are told under the picture. A session spike is told on days with a run alone.

    Args:
        measure: one or several that share a unit, such as `runstrong.measures.Acwr`; or tracks that they gave.
        series: that it is taken over. Of a log it is session load, for `SessionSpike` the longest run of each day; for
            another, pass it, such as `runstrong.measures.daily_km` of a log. Not needed for tracks.
        rules: a rule set of your own; the packaged one when not given.
        catalog: where sources are looked up; the packaged one when not given.
        ax: to draw on; a new figure when not given.
        title: over the picture.

    Returns:
        The axes; where the log is empty, they say so.

    Raises:
        InvalidValue: no measure is given, a measure has no series, or two have different units.
        MissingExtra: matplotlib is not installed.

    Example:
        >>> import runstrong as rs
        >>> from matplotlib.figure import Figure
        >>> from runstrong.faces import plots
        >>> log = rs.read_log("examples/activities.csv")
        >>> km = rs.measures.daily_km(log)
        >>> ax = plots.load(rs.measures.WeeklyVolume(), km, ax=Figure(layout="constrained").subplots())
        >>> ax.get_ylabel().split("\n")[-1], ax.lines[0].get_label()
        ('(km)', 'volume')
    """
    own, ax = ax is None, opened(ax, ratio=0.42, lines=4)
    if isinstance(series, Log) and series.span is None:
        return nothing(ax, "No day to draw: the log is empty.", title)
    asked = (measure,) if isinstance(measure, (Measure, Track)) else tuple(measure)
    tracks = [each if isinstance(each, Track) else each.over(_series_of(each, series)) for each in asked]
    _check(tracks)
    numbers = rules if rules is not None else load_rules()
    dated(ax, min(track.first for track in tracks), max(track.last for track in tracks))
    entries: list[tuple[Artist, str]] = []
    caption: list[str] = []
    sources = (catalog if catalog is not None else load_catalog()).sources
    limits: dict[_Limit, None] = {}
    alone = len({(track.measure.name, track.what) for track in tracks}) == 1
    for place, track in enumerate(tracks):
        color, style = _LINES[place % len(_LINES)]
        _line(ax, track, color, style, entries, alone=alone)
        for limit in _limits_of(track, numbers):
            limits[limit] = None
        caption.append(_standing(track.measure, sources, named=not alone))
    highest = max((value for track in tracks for value in track.values if value is not None), default=0.0)
    lowest = min((value for track in tracks for value in track.values if value is not None), default=0.0)
    if limits:
        _limits(ax, tuple(limits), numbers, max(highest, 0.0), entries)
    elif lowest >= 0:
        ax.set_ylim(0, highest * 1.08 or 1.0)
    caption += _unknown(ax, tracks, entries)
    shared = {track.measure.name for track in tracks}
    of = tracks[0].what
    name = f"{shared.pop()} of {of}" if len(shared) == 1 else of
    unit = tracks[0].unit
    valued(ax, f"{clean(name)}\n({'no unit' if unit == 'ratio' else clean(unit)})")
    told_under(ax, entries, "\n".join(dict.fromkeys(caption)), own=own)
    entitled(ax, title)
    return ax


def _series_of(measure: Measure, series: DailySeries | Log | None) -> DailySeries:
    if isinstance(series, DailySeries):
        return series
    if series is None:
        cure = "pass series=, a log or a DailySeries"
        raise InvalidValue([Problem("series", "none", f"what {measure.name} is to be taken over", cure)])
    return longest_runs(series) if isinstance(measure, SessionSpike) else daily_load(series)


def _check(tracks: Sequence[Track]) -> None:
    if not tracks:
        raise InvalidValue([Problem("measure", "none", "one measure or several", "such as runstrong.measures.Acwr()")])
    units = dict.fromkeys(track.unit for track in tracks)
    if len(units) > 1:
        cure = "draw each unit on axes of its own"
        raise InvalidValue([Problem("measure", f"units {', '.join(units)}", "measures of one unit", cure)])


def _line(
    ax: Axes, track: Track, color: str, style: object, entries: list[tuple[Artist, str]], *, alone: bool
) -> None:  # fmt: skip
    from matplotlib.lines import Line2D

    begin = number_of(track.first)
    days = [begin + place for place in range(len(track))]
    gap = float("nan")
    values = [gap if value is None else value for value in track.values]
    single = _single(track)
    dots = isinstance(track.measure, SessionSpike)
    text = clean(str(track.measure) if alone else track.measure.said_of(track.what))
    shown: dict[str, object] = {"color": color}
    shown |= {"linestyle": "none", "marker": "o", "markersize": 4} if dots else {"linestyle": style, "linewidth": 1.4}
    (line,) = ax.plot(days, values, zorder=3, **shown)  # type: ignore[arg-type]
    line.set_label(track.measure.name)
    if single and not dots:
        # A day between two that are not known makes no line.
        ax.plot([days[place] for place in single], [values[place] for place in single], ".", color=color, zorder=3)
    entries.append((Line2D([], [], **shown), text))  # type: ignore[arg-type]


def _single(track: Track) -> list[int]:
    values = (None, *track.values, None)
    return [
        place
        for place in range(len(track))
        if values[place] is None and values[place + 1] is not None and values[place + 2] is None
    ]


def _limits_of(track: Track, rules: RuleSet) -> list[_Limit]:
    """Return what rules hold against a measure; none where its convention, or what it is of, is another than theirs."""
    measure, found = track.measure, list[tuple[str, str]]()
    if track.what != (LONGEST if isinstance(measure, SessionSpike) else LOAD):
        return []
    if isinstance(measure, SessionSpike) and measure.days == rules.whole("TM01", "window"):
        found = [("TM01", "advise_over"), ("TM01", "warn_over")]
    elif isinstance(measure, Acwr):
        same = (measure.acute, measure.chronic) == (
            rules.whole("TM10", "acute_days"), rules.whole("TM10", "chronic_days"),
        )  # fmt: skip
        name = "coupled_over" if measure.coupling is Coupling.COUPLED else "uncoupled_over"
        found = [("TM10", name)] if same else []
    elif isinstance(measure, Monotony) and _seven_days(measure, rules):
        found = [("TM11", "monotony_over")]
    elif isinstance(measure, Strain) and _seven_days(measure, rules):
        found = [("TM11", "strain_over")]
    return [_Limit(rule, name, rules.number(rule, name)) for rule, name in found]


def _seven_days(measure: Monotony | Strain, rules: RuleSet) -> bool:
    """Whether a measure is of the seven days and the deviation that TM11 takes."""
    return measure.days == 7 and measure.deviation.lost_degrees == rules.whole("TM11", "lost_degrees")


def _limits(
    ax: Axes, limits: Sequence[_Limit], rules: RuleSet, highest: float, entries: list[tuple[Artist, str]]
) -> None:  # fmt: skip
    top = max(highest, *(limit.value for limit in limits)) * 1.12
    ax.set_ylim(0, top)
    for limit in limits:
        ax.axhline(limit.value, color=ink(), linewidth=0.9, linestyle=(0, (4, 2)), zorder=2).set_label(limit.rule)
        ax.axhspan(limit.value, top, facecolor=ORANGE, alpha=0.13, linewidth=0, zorder=0).set_label(
            f"over {limit.rule}"
        )
        state = "" if limit.rule in rules.active else ", off by default"
        text = f"over {number(limit.value)}: {limit.rule} {rules[limit.rule].name}{state}"
        entries.append((patch(ORANGE, alpha=0.13 * (1 + limits.index(limit)), edge=ink()), text))


def _standing(measure: Measure, sources: Mapping[str, Source], *, named: bool) -> str:
    """Say how sure anyone is of a measure, and who speaks against it."""
    sure = measure.validity
    plainly = sure in (Certainty.EXPERT_OPINION, Certainty.CONVENTION)
    text = str(sure) if plainly else f"certainty {sure}"
    text = f"{measure.name}: {text}" if named else text
    against = dict.fromkeys(cited(each.source, sources) for each in measure.evidence if each.against)
    text += f"; contested ({', '.join(against)})." if against else "."
    return text[:1].upper() + text[1:]


def _unknown(ax: Axes, tracks: Sequence[Track], entries: list[tuple[Artist, str]]) -> list[str]:
    """Draw the days of which no measure can tell; return the reasons."""
    first = min(track.first for track in tracks)
    last = max(track.last for track in tracks)
    reasons: list[str] = []
    days = [first + dt.timedelta(days=place) for place in range((last - first).days + 1)]
    lacking: list[str] = []
    for day in days:
        why = _reason(tracks, day)
        # A day without a run among days of which nothing can be told is one of them.
        lacking.append(why if why is not None else lacking[-1] if lacking else "")
    # Reasons name days, so that nearly each day has one of its own: the ground is drawn for all that follow each other.
    for unknown, several in groupby(enumerate(lacking), key=lambda each: bool(each[1])):
        found = list(several)
        if unknown:
            unknown_between(ax, number_of(days[found[0][0]]), number_of(days[found[-1][0]]) + 1)
            reasons += [reason for _, reason in found]
    if not reasons:
        return []
    entries.append((patch("none", hatch=UNKNOWN, edge=GREY), "unknown"))
    told = list(dict.fromkeys(reasons))
    more = f"; and {len(told) - _REASONS} more" if len(told) > _REASONS else ""
    return [f"Unknown: {'; '.join(told[:_REASONS])}{more}."]


_NO_GAP = frozenset({str(Why.NO_RUN)})
"""What is no gap in what is known: a measure of runs has nothing to say of a day without one."""


def _reason(tracks: Sequence[Track], day: dt.date) -> str | None:
    """Return why no measure tells of a day; empty where one does, None where there is nothing to tell of."""
    why: str | None = None
    for track in tracks:
        place = (day - track.first).days
        if not 0 <= place < len(track):
            continue
        if track.values[place] is not None:
            return ""
        if track.reasons[place] not in _NO_GAP:
            why = why or track.reasons[place]
    return why
