"""Planned against done: what became of each session, and of the kilometers of each week."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from runstrong.faces.plots.canvas import (
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    UNKNOWN,
    VERMILION,
    Mark,
    dated,
    dot,
    entitled,
    nothing,
    number_of,
    opened,
    patch,
    room,
    stretches,
    told_under,
    unknown_between,
    valued,
)
from runstrong.faces.plots.subjects import chosen, known_to
from runstrong.model.attribution import log_by_session
from runstrong.model.catalog import Catalog
from runstrong.model.log import Log
from runstrong.model.plan import Plan, Session
from runstrong.model.words import PartName

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

__all__ = ["adherence"]


class _Fate(NamedTuple):
    """How what became of a session is drawn and told."""

    mark: Mark
    filled: bool
    words: str


_FATES: Mapping[str, _Fate] = MappingProxyType(
    {
        "done": _Fate(Mark(BLUE, "s"), True, "done on its day"),
        "moved": _Fate(Mark(GREEN, "D", 0.9), True, "done on another day"),
        "missed": _Fate(Mark(VERMILION, "X"), True, "missed: the log vouches for the day"),
        "unknown": _Fate(Mark(GREY, "o"), False, "unknown: the log does not vouch for the day"),
        "skipped": _Fate(Mark(ORANGE, "v"), False, "skipped on purpose"),
    }
)


def adherence(
    plan: Plan, log: Log, *, what: Literal["sessions", "runs"] = "sessions", catalog: Catalog | None = None,
    ax: Axes | None = None, title: str | None = None,
) -> Axes:  # fmt: skip
    """Draw what was planned against what was done, week by week.

    Sessions: a mark for each planned one, in the column of the week that it was planned for. One is missed only where
    the log vouches for strength on its day; elsewhere nobody knows, and so it is with what is still to come. Work that
    belongs to no planned session is told under the picture.

    Runs: an open bar of the kilometers planned and a filled one of those done. Weeks that the log does not vouch for
    whole, or with a run without a distance, have no filled bar and a dotted ground.

    Args:
        plan: as it was asked for.
        log: what was done.
        what: sessions, or the kilometers of runs.
        catalog: where exercises are looked up; the packaged one when not given.
        ax: to draw on; a new figure when not given.
        title: over the picture.

    Returns:
        The axes; where the plan asks for nothing of the kind, they say so.

    Raises:
        InvalidValue: `what` is neither sessions nor runs.
        MissingExtra: matplotlib is not installed.

    Example:
        >>> import runstrong as rs
        >>> from matplotlib.figure import Figure
        >>> from runstrong.faces import plots
        >>> plan, log = rs.plan(rs.load("examples/runner.yaml", rs.Runner)), rs.load("examples/log.yaml", rs.Log)
        >>> ax = plots.adherence(plan, log, ax=Figure(layout="constrained").subplots())
        >>> {line.get_label(): len(line.get_xdata()) for line in ax.lines}
        {'done': 5, 'missed': 1, 'unknown': 18}
    """
    asked = chosen("what", what, ("sessions", "runs"))
    own, ax = ax is None, opened(ax, ratio=0.22 if asked == "sessions" else 0.42, lines=7 if asked == "sessions" else 4)
    if asked == "sessions" and not plan.sessions:
        return nothing(ax, "No session to draw: the plan holds none.", title)
    if asked == "runs" and not any(week.runs for week in plan.weeks):
        return nothing(ax, "No run to draw: the plan holds none.", title)
    dated(ax, plan.weeks[0].start, plan.end, "week beginning")
    if asked == "sessions":
        entries, caption = _sessions(ax, plan, log, catalog)
    else:
        entries, caption = _runs(ax, plan, log), ""
    told_under(ax, entries, caption, own=own)
    entitled(ax, title)
    return ax


def _sessions(ax: Axes, plan: Plan, log: Log, catalog: Catalog | None) -> tuple[list[tuple[Artist, str]], str]:
    book = log_by_session(plan, log, known_to(plan, catalog))
    done: defaultdict[str, set[dt.date]] = defaultdict(set)
    for each in book.performances:
        if each.session is not None:
            done[each.session].add(each.date)
    order = {name: place for place, name in enumerate(_FATES)}
    points: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    highest = 0
    for week in plan.weeks:
        fates = sorted((_fate(each, done, log) for each in week.sessions), key=order.__getitem__)
        highest = max(highest, len(fates))
        for place, name in enumerate(fates):
            points[name].append((number_of(week.start) + 3.5, place + 0.5))
    space = room(ax)
    size = max(3.0, min(11.0, space.width / len(plan.weeks) * 0.6, space.height * 0.6 / max(highest, 1)))
    entries: list[tuple[Artist, str]] = []
    for name, fate in _FATES.items():
        if points[name]:
            ax.plot(
                [x for x, _ in points[name]], [y for _, y in points[name]], linestyle="none", marker=fate.mark.marker,
                color=fate.mark.color, markerfacecolor=fate.mark.color if fate.filled else "none",
                markersize=size * fate.mark.scale, label=name,
            )  # fmt: skip
            entries.append((dot(fate.mark, filled=fate.filled), fate.words))
    ax.set_ylim(0, highest + 0.1)
    ax.set_yticks(range(highest + 1))
    valued(ax, "sessions a week")
    counts = {name: len(points[name]) for name in _FATES}
    judged = counts["done"] + counts["moved"] + counts["missed"]
    caption = f"{judged - counts['missed']} of {judged} sessions of which the log can tell were done." if judged else ""
    ids = {each.id for each in plan.sessions}
    besides = {
        each.date for each in book.performances if each.session not in ids and each.part is PartName.MAIN
    }  # fmt: skip
    if besides:
        caption += f" Days of strength work beside the plan: {len(besides)}."
    return entries, caption.strip()


def _fate(session: Session, done: Mapping[str, set[dt.date]], log: Log) -> str:
    days = done.get(session.id)
    if days:
        return "done" if session.date in days else "moved"
    if session.skipped is not None:
        return "skipped"
    return "missed" if log.covers(session.date, "strength") else "unknown"


def _runs(ax: Axes, plan: Plan, log: Log) -> list[tuple[Artist, str]]:
    planned, told, held = [], [], []
    for week in plan.weeks:
        days = [max(week.start, plan.start) + dt.timedelta(days=place) for place in range(7)]
        days = [day for day in days if day <= week.end]
        asked = [run.distance.km if run.distance is not None else None for run in week.runs]
        planned.append(sum(km for km in asked if km is not None))
        done = [run.distance for run in log.runs if week.start <= run.date <= week.end]
        whole = all(log.covers(day, "runs") for day in days) and None not in done
        told.append(whole)
        held.append(sum(each.km for each in done if each is not None))
    at = [number_of(week.start) for week in plan.weeks]
    ax.bar(
        [place + 0.7 for place in at], planned, 5.6, align="edge", facecolor="none", edgecolor=GREY, linewidth=1.2,
        label="planned",
    )  # fmt: skip
    ax.bar(
        [place + 1.6 for place, known in zip(at, told, strict=True) if known],
        [km for km, known in zip(held, told, strict=True) if known], 3.8, align="edge", facecolor=BLUE, label="done",
    )  # fmt: skip
    for first, last in stretches(((place, not known) for place, known in zip(at, told, strict=True)), 7.0):
        unknown_between(ax, first, last)
    ax.set_ylabel("distance (km a week)")
    ax.set_ylim(bottom=0)
    entries: list[tuple[Artist, str]] = [(patch("none", edge=GREY), "planned"), (patch(BLUE), "done")]
    if not all(told):
        entries.append((patch("none", hatch=UNKNOWN, edge=GREY), "unknown: not recorded whole"))
    return entries
