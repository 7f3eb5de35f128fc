"""What came of an exercise: amounts and loads of every set over time, left and right apart."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from runstrong.catalog.records import load_catalog
from runstrong.faces.plots.canvas import (
    BLUE,
    GREEN,
    GREY,
    VERMILION,
    Mark,
    clean,
    dated,
    dot,
    entitled,
    nothing,
    number_of,
    opened,
    plain,
    room,
    told_under,
    wrapped,
)
from runstrong.faces.wording import plural
from runstrong.model.catalog import Catalog
from runstrong.model.log import Log, PerformedSet
from runstrong.model.prescription import BodyWeight, External, spoken
from runstrong.model.words import Count, Side

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

__all__ = ["outcomes"]

_SIDES: Mapping[Side, Mark] = MappingProxyType(
    {Side.LEFT: Mark(BLUE, "<"), Side.RIGHT: Mark(VERMILION, ">"), Side.NONE: Mark(GREEN, "o")}
)
_LINES: Mapping[Side, Any] = MappingProxyType({Side.LEFT: "-", Side.RIGHT: "--", Side.NONE: "-"})
_UNITS = MappingProxyType(
    {
        Count.REPS: "reps in a set", Count.HOLD: "hold (s)", Count.CONTACTS: "contacts in a set",
        Count.DISTANCE: "distance of a set (m)", Count.MINUTES: "duration (min)",
    }
)  # fmt: skip
_SHARE = 0.36
"""Share of the height that loads take, under the amounts."""


class _Done(NamedTuple):
    """One set on its day."""

    day: dt.date
    one: PerformedSet


def outcomes(
    log: Log, exercise: str, *, catalog: Catalog | None = None, ax: Axes | None = None, title: str | None = None
) -> Axes:
    """Draw what was done of an exercise over time: the amount of every set, and the loads under it.

    Left and right are told apart by color, marker and line. A line joins each day's weakest set, which is what a ladder
    goes by. A set with failed form or with help is open. Loads in kilograms stand on an axis of their own at the right;
    bands and other loads without a mass are written where they change.

    Args:
        log: as kept or read.
        exercise: its id.
        catalog: where its name is looked up; the packaged one when not given.
        ax: to draw on; a new figure when not given.
        title: over the picture.

    Returns:
        The axes of the amounts; where the log has no set of the exercise, they say so. The axes of the loads are the
        figure's next.

    Raises:
        MissingExtra: matplotlib is not installed.

    Example:
        >>> import runstrong as rs
        >>> from matplotlib.figure import Figure
        >>> from runstrong.faces import plots
        >>> log = rs.load("examples/log.yaml", rs.Log)
        >>> ax = plots.outcomes(log, "single-leg-calf-raise", ax=Figure(layout="constrained").subplots())
        >>> ax.get_ylabel()
        'reps in a set'
    """
    own, ax = ax is None, opened(ax, ratio=0.5, lines=4)
    known = (catalog if catalog is not None else load_catalog()).exercises.get(exercise)
    name = known.name if known is not None else exercise
    done = [each for each in log.performances if each.exercise == exercise]
    sets = [_Done(each.date, one) for each in sorted(done, key=lambda each: each.date) for one in each.sets]
    if not sets:
        why = "done, but no set of it was written down" if done else "not in this log"
        return nothing(ax, f"{name}: {why}.", title)
    counts = Counter(each.one.amount.count for each in sets)
    count = max(counts, key=lambda each: (counts[each], str(each)))
    counted = [each for each in sets if each.one.amount.count is count]
    first, last = counted[0].day, counted[-1].day
    dated(ax, first - dt.timedelta(days=3), last + dt.timedelta(days=3))
    ax.set_ylabel(_UNITS[count])
    entries = _amounts(ax, counted)
    _loads(ax, counted, entries)
    caption = f"{clean(name)}."
    if len(counted) < len(sets):
        caption += f" Left out, counted otherwise: {plural(len(sets) - len(counted), 'set')}."
    bare = sum(not each.sets for each in done)
    if bare:
        caption += f" Done without a set written down: {plural(bare, 'time')}."
    told_under(ax, entries, caption, own=own)
    entitled(ax, title)
    return ax


def _amounts(ax: Axes, sets: Sequence[_Done]) -> list[tuple[Artist, str]]:
    from matplotlib.transforms import ScaledTranslation

    entries: list[tuple[Artist, str]] = []
    sides = [side for side in _SIDES if any(each.one.side is side for each in sets)]
    flawed = False
    for side in sides:
        # Beside each other on the page, and at the same place in the data.
        mark, aside = _SIDES[side], {Side.LEFT: -2.5, Side.RIGHT: 2.5}.get(side, 0.0)
        place = ax.transData + ScaledTranslation(aside / 72, 0, ax.figure.dpi_scale_trans)
        mine = [each for each in sets if each.one.side is side]
        worst: dict[dt.date, int] = {}
        for each in mine:
            worst[each.day] = min(worst.get(each.day, each.one.amount.low), each.one.amount.low)
        (line,) = ax.plot(
            [number_of(day) + 0.5 for day in worst], list(worst.values()), color=mark.color,
            linestyle=_LINES[side], linewidth=1.1, zorder=2, transform=place,
        )  # fmt: skip
        line.set_label(f"{side} weakest")
        for clear in (True, False):
            group = [each for each in mine if _clear(each.one) is clear]
            if not group:
                continue
            flawed = flawed or not clear
            dots = ax.scatter(
                [number_of(each.day) + 0.5 for each in group], [each.one.amount.low for each in group],
                s=26, marker=mark.marker, facecolors=mark.color if clear else "none", edgecolors=mark.color,
                linewidths=0.9, alpha=0.85, zorder=3, transform=place, clip_on=False,
            )  # fmt: skip
            dots.set_label(f"{side} {'clear' if clear else 'flawed'}")
        word = "set" if side is Side.NONE else str(side)
        entries.append((dot(mark, line=_LINES[side]), f"{word}; line: weakest of the day"))
    if flawed:
        entries.append((dot(Mark(GREY, "o"), filled=False), "open: form failed, or helped"))
    least, most = min(each.one.amount.low for each in sets), max(each.one.amount.low for each in sets)
    slack = max(1.0, (most - least) * 0.12)
    ax.set_ylim(max(0.0, least - slack), most + slack)
    from matplotlib.ticker import MaxNLocator

    ax.yaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))
    return entries


def _clear(one: PerformedSet) -> bool:
    return not one.failed_form and not one.assistance


def _loads(ax: Axes, sets: Sequence[_Done], entries: list[tuple[Artist, str]]) -> None:
    """Draw the heaviest load of each day and side under the amounts; write those without a mass where they change."""
    heaviest: defaultdict[Side, dict[dt.date, float]] = defaultdict(dict)
    for each in sets:
        load = each.one.load
        if isinstance(load, (External, BodyWeight)):
            mass = load.mass.kg if isinstance(load, External) else 0.0
            days = heaviest[each.one.side]
            days[each.day] = max(days.get(each.day, 0.0), mass)
    spoken_of = any(not isinstance(each.one.load, (External, BodyWeight)) for each in sets)
    top = max((mass for days in heaviest.values() for mass in days.values()), default=0.0)
    if not top and not spoken_of:
        return
    floor = _make_room(ax)
    if top:
        _kilograms(ax, heaviest, top, entries)
    high = room(ax).height * _SHARE * 0.8
    before = ""
    for each in sets:
        text = "" if isinstance(each.one.load, (External, BodyWeight)) else spoken(each.one.load)
        if text and text != before:
            told = ax.annotate(
                wrapped(text, high, "x-small"), (number_of(each.day) + 0.5, floor), (0, 2), textcoords="offset points",
                rotation=90, ha="center", va="bottom", fontsize="x-small",
            )  # fmt: skip
            plain(told)
        before = text


def _make_room(ax: Axes) -> float:
    """Keep the lower part of the axes for loads; return where it begins."""
    from matplotlib.ticker import FixedLocator

    low, high = ax.get_ylim()
    ticks = [tick for tick in ax.get_yticks() if low <= tick <= high]
    floor = low - (high - low) * _SHARE / (1 - _SHARE)
    ax.set_ylim(floor, high)
    ax.yaxis.set_major_locator(FixedLocator(ticks))
    ax.axhline(low - (low - floor) * 0.15, color=GREY, linewidth=0.5).set_label("above: amounts; below: loads")
    return floor


def _kilograms(
    ax: Axes, heaviest: Mapping[Side, Mapping[dt.date, float]], top: float, entries: list[tuple[Artist, str]]
) -> None:  # fmt: skip
    from matplotlib.lines import Line2D
    from matplotlib.ticker import FixedLocator, MaxNLocator

    beside = ax.twinx()
    beside.set_ylim(0, top * 1.15 / (_SHARE * 0.85))
    beside.set_ylabel("load (kg)", y=_SHARE / 2)
    beside.yaxis.set_major_locator(
        FixedLocator([tick for tick in MaxNLocator(nbins=3).tick_values(0, top) if tick <= top * 1.15])
    )
    alike = len({tuple(days.items()) for days in heaviest.values()}) == 1
    for side, days in heaviest.items():
        color = GREY if alike else _SIDES[side].color
        beside.plot(
            [number_of(day) + 0.5 for day in days], list(days.values()), color=color, drawstyle="steps-post",
            linestyle=_LINES[side], linewidth=1.4, marker="|", markersize=5, label=f"{side} load",
        )  # fmt: skip
        if not alike:
            word = "load" if side is Side.NONE else f"load, {side}"
            entries.append((Line2D([], [], color=color, linestyle=_LINES[side], marker="|"), word))
    if alike:
        word = "load" if len(heaviest) == 1 else "load of either side"
        entries.append((Line2D([], [], color=GREY, marker="|"), word))
