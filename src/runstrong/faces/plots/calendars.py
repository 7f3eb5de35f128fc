"""The season on one calendar: a column a week, a row a weekday."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from runstrong.faces.plots.canvas import (
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    PURPLE,
    SKY,
    VERMILION,
    YELLOW,
    Mark,
    across,
    clean,
    dated,
    day_label,
    dot,
    entitled,
    ink,
    number_of,
    opened,
    patch,
    plain,
    points,
    room,
    told_under,
)
from runstrong.faces.plots.subjects import Subject
from runstrong.faces.wording import spaced
from runstrong.model.catalog import Catalog
from runstrong.model.log import Log
from runstrong.model.plan import Plan, Week
from runstrong.model.quantities import number
from runstrong.model.words import Emphasis, RunKind, Weekday

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

__all__ = ["season"]

RUNS: Mapping[RunKind, Mark] = MappingProxyType(
    {
        RunKind.EASY: Mark(SKY, "o"),
        RunKind.RECOVERY: Mark(SKY, "v"),
        RunKind.STEADY: Mark(GREEN, "p"),
        RunKind.LONG: Mark(BLUE, "s"),
        RunKind.INTERVALS: Mark(VERMILION, "^"),
        RunKind.TEMPO: Mark(ORANGE, "D", 0.85),
        RunKind.HILLS: Mark(ORANGE, ">"),
        RunKind.RACE: Mark(YELLOW, "*", 1.5),
    }
)
SESSIONS: Mapping[Emphasis, Mark] = MappingProxyType(
    {
        Emphasis.HEAVY_LEGS: Mark("", "P", 1.1),
        Emphasis.LIGHT_LEGS: Mark(PURPLE, "P"),
        Emphasis.UPPER_AND_TRUNK: Mark(GREEN, "X"),
        Emphasis.MOBILITY: Mark(GREY, "d", 0.9),
    }
)
"""An empty color is that of ink."""

_BESIDE = ((2.1, 0.0), (5.3, 0.0))
"""Where runs and sessions stand in a cell: days from the left edge of a week's column, and rows from its middle."""
_UNDER = ((3.5, -0.22), (3.5, 0.22))
"""The same where many weeks leave little width."""


class _Stand(NamedTuple):
    """A run or a session in its cell."""

    day: dt.date
    what: RunKind | Emphasis
    done: bool
    km: float | None


def season(
    plan: Plan, log: Log | None = None, *, catalog: Catalog | None = None, ax: Axes | None = None,
    title: str | None = None,
) -> Axes:  # fmt: skip
    """Draw the season on one calendar: a column a week, a row a weekday.

    Runs stand at the left of a day, sized by their distance, small where it is not known; sessions at the right. Where
    many weeks leave little width, runs stand over sessions. Phases are named over their weeks and told apart by their
    ground, lighter (deload) weeks are hatched, races are stars and named under the picture. With a log, what was done
    is filled and what is still planned is open, but for races; days that the log vouches for hold what it holds. What
    people skipped is left out.

    Args:
        plan: whose weeks are drawn.
        log: what was done of it.
        catalog: where exercises are looked up; the packaged one when not given.
        ax: to draw on; a new figure when not given.
        title: over the picture.

    Returns:
        The axes.

    Raises:
        MissingExtra: matplotlib is not installed.
        UnknownName: the log or the plan holds an exercise that neither plan nor catalog has.

    Example:
        >>> import runstrong as rs
        >>> from matplotlib.figure import Figure
        >>> from runstrong.faces import plots
        >>> plan = rs.plan(rs.load("examples/runner.yaml", rs.Runner))
        >>> ax = plots.season(plan, ax=Figure(layout="constrained").subplots())
        >>> [label.get_text() for label in ax.get_yticklabels()][:2]
        ['Mon', 'Tue']
    """
    own, ax = ax is None, opened(ax, ratio=0.32, lines=14)
    subject = Subject(plan, log=log, catalog=catalog)
    first, last = plan.weeks[0].start, plan.end
    dated(ax, first, last, "week beginning")
    _weekdays(ax, plan)
    above = _phases(ax, plan.weeks)
    entries: list[tuple[Artist, str]] = []
    most = _draw(ax, plan, subject, entries)
    if any(week.deload for week in plan.weeks):
        entries.append((patch("none", hatch="////", edge=ink(), alpha=0.5), "deload week"))
    if log is not None:
        entries += [(dot(Mark(GREY, "o")), "filled: done"), (dot(Mark(GREY, "o"), filled=False), "open: planned")]
    told = [f"Area of a run's mark: its distance, {number(round(most, 1))} km at most."] if most else []
    races = [race for race in plan.runner.races if first <= race.date <= last]
    for race in sorted(races, key=lambda race: (race.date, race.id)):
        name = clean(race.name) or race.id
        told.append(f"{day_label(race.date, year=True)}: {name} ({race.priority} race).")
    caption = "\n".join(told)
    told_under(ax, entries, caption, own=own)
    entitled(ax, title, above=above)
    return ax


def _weekdays(ax: Axes, plan: Plan) -> None:
    begin = plan.runner.week_start.number
    names = [str(Weekday.of(begin + place))[:3].capitalize() for place in range(7)]
    ax.set_yticks(range(7), names)
    ax.set_ylim(6.5, -0.5)
    ax.set_ylabel("day of the week")
    ax.tick_params(axis="y", length=0)
    for place in range(1, 7):
        ax.axhline(place - 0.5, color=ink(), alpha=0.12, linewidth=0.5, zorder=0.5)


def _phases(ax: Axes, weeks: Sequence[Week]) -> float:
    """Draw the ground of the weeks and the names of the phases; return how high those stand, in points."""
    size, high = "small", 0.0
    column = room(ax).width * 0.95 / len(weeks)
    for place, (phase, several) in enumerate(groupby(weeks, key=lambda week: week.phase)):
        held = list(several)
        begin, end = number_of(held[0].start), number_of(held[-1].end) + 1
        span = ax.axvspan(begin, end, facecolor=ink(), alpha=(0.04, 0.12)[place % 2], linewidth=0, zorder=0)
        span.set_label(f"phase {phase}")
        name = str(phase)
        flat = across(name, size) <= column * len(held) - 2
        high = max(high, points(size) * 1.25 if flat else across(name, size))
        told = ax.annotate(
            name, ((begin + end) / 2, 1), (0, 2), xycoords=("data", "axes fraction"), textcoords="offset points",
            ha="center", va="bottom", rotation=0 if flat else 90, fontsize=size,
        )  # fmt: skip
        plain(told)
    for week in weeks:
        if week.deload:
            begin = number_of(week.start)
            span = ax.axvspan(
                begin, begin + 7, facecolor="none", edgecolor=ink(), hatch="////", alpha=0.22, linewidth=0, zorder=0.2
            )
            span.set_label("deload")
    return high + 2


def _draw(ax: Axes, plan: Plan, subject: Subject, entries: list[tuple[Artist, str]]) -> float:
    """Draw runs and sessions; return the longest distance of a run in km."""
    timeline = subject.timeline
    first, last = plan.weeks[0].start, plan.end
    runs = [
        _Stand(run.date, run.kind, done, run.distance.km if run.distance is not None else None)
        for run, done in timeline.runs
        if first <= run.date <= last
    ]
    raced = {stand.day for stand in runs if stand.what is RunKind.RACE}
    runs += [
        _Stand(race.date, RunKind.RACE, done=False, km=race.distance.km if race.distance is not None else None)
        for race in plan.runner.races
        if first <= race.date <= last and race.date not in raced
    ]
    sessions = [
        _Stand(day.date, day.emphasis, day.performed, None) for day in timeline.sessions if first <= day.date <= last
    ]
    space = room(ax)
    column, row = space.width / len(plan.weeks), space.height * 0.85 / 7
    # A cell holds a run beside a session, or over it.
    beside, under = min(column / 2.1, row * 0.85), min(column * 0.78, row * 0.42)
    layout = _BESIDE if beside >= under else _UNDER
    widest = max(2.0, min(beside, 16.0) if beside >= under else under)
    most = max((stand.km or 0.0 for stand in runs), default=0.0)
    filled = subject.log is None
    drawn: tuple[tuple[Mapping[Any, Mark], list[_Stand]], ...] = ((RUNS, runs), (SESSIONS, sessions))
    for (kinds, stands), (right, down) in zip(drawn, layout, strict=True):
        places = _places(stands, plan.runner.week_start.number, 0.8 if layout is _BESIDE else 0.4)
        for what, mark in kinds.items():
            for done in (True, False):
                group = [place for place, stand in enumerate(stands) if stand.what is what and stand.done is done]
                if not group:
                    continue
                color = mark.color or ink()
                full = done or filled or what is RunKind.RACE
                dots = ax.scatter(
                    [number_of(stands[place].day) - places[place][1] + right for place in group],
                    [places[place][0] + down for place in group],
                    s=[(widest * mark.scale * _share(stands[place], most)) ** 2 for place in group],
                    marker=mark.marker, facecolors=color if full else "none",
                    edgecolors=ink() if what is RunKind.RACE else color, linewidths=0.8, zorder=3,
                )  # fmt: skip
                dots.set_label(f"{what} {'done' if done else 'planned'}")
            if any(stand.what is what for stand in stands):
                named = f"{spaced(what)} run" if isinstance(what, RunKind) else f"strength: {spaced(what)}"
                if what in (RunKind.INTERVALS, RunKind.HILLS):
                    named = spaced(what)
                if what is Emphasis.MOBILITY:
                    named = "mobility"
                shown = dot(Mark(mark.color or ink(), mark.marker))
                if what is RunKind.RACE:
                    named = "race"
                    shown.set_markeredgecolor(ink())
                entries.append((shown, named))
    return most


def _share(stand: _Stand, most: float) -> float:
    """Return how wide a mark is beside the widest; by its root, so that areas compare. Unknown is drawn small."""
    if isinstance(stand.what, Emphasis):
        return 0.75
    if stand.what is RunKind.RACE:
        return 1.0
    return max(0.35, math.sqrt((stand.km or 0.0) / most)) if most else 0.35


def _places(stands: Sequence[_Stand], begin: int, high: float) -> list[tuple[float, int]]:
    """Return row and weekday of each mark; several in one cell share so much of its height."""
    held: defaultdict[dt.date, int] = defaultdict(int)
    for stand in stands:
        held[stand.day] += 1
    seen: defaultdict[dt.date, int] = defaultdict(int)
    places = []
    for stand in stands:
        weekday = (stand.day.weekday() - begin) % 7
        place, count = seen[stand.day], held[stand.day]
        seen[stand.day] += 1
        places.append((weekday + (place - (count - 1) / 2) * high / max(count, 2), weekday))
    return places
