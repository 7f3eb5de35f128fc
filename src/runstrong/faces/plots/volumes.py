"""Kilometers by the week, with what the rules say of a steep week or a long run; and the pace of long runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from runstrong.faces.plots.canvas import (
    BLUE,
    GREY,
    ORANGE,
    UNKNOWN,
    VERMILION,
    Mark,
    dated,
    dot,
    entitled,
    ink,
    nothing,
    number_of,
    opened,
    patch,
    plain,
    stretches,
    told_under,
    unknown_between,
)
from runstrong.faces.plots.subjects import Subject
from runstrong.faces.wording import spaced
from runstrong.model.catalog import Catalog
from runstrong.model.log import Log
from runstrong.model.plan import Plan
from runstrong.model.quantities import number
from runstrong.model.rules import RuleSet
from runstrong.model.runner import Runner
from runstrong.model.running import Run
from runstrong.model.words import RunKind

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

__all__ = ["long_run_pace", "weekly_volume"]

_WIDE = 5.6
"""Days that a bar covers of its week."""


def weekly_volume(
    subject: Log | Plan, *, runner: Runner | None = None, log: Log | None = None, rules: RuleSet | None = None,
    catalog: Catalog | None = None, ax: Axes | None = None, title: str | None = None,
) -> Axes:  # fmt: skip
    """Draw kilometers by the week, and what the rules find of them.

    Bars are what was run; open ones what is planned. A triangle is a week that TM02 finds, with its limit as a line; a
    diamond is a run that TM01 finds, at its own distance: the numbers are those of the rules that hold for the runner.
    A week that log and plan do not speak for whole is hatched, for there may have been more; one of which nothing is
    known, or with a run without a distance, has no bar and a dotted ground. A week known to be without a run has a 0.

    Args:
        subject: a log or a plan.
        runner: whose log it is: with the first day of their weeks, and numbers of their own. Without one weeks begin on
            Monday. A plan carries its own.
        log: what was done of a plan.
        rules: a rule set of your own; the packaged one when not given.
        catalog: where exercises are looked up; the packaged one when not given.
        ax: to draw on; a new figure when not given.
        title: over the picture.

    Returns:
        The axes; where there is no week to draw, they say so.

    Raises:
        MissingExtra: matplotlib is not installed.

    Example:
        >>> import runstrong as rs
        >>> from matplotlib.figure import Figure
        >>> from runstrong.faces import plots
        >>> log = rs.read_log("examples/activities.csv")
        >>> ax = plots.weekly_volume(log, ax=Figure(layout="constrained").subplots())
        >>> [round(float(bar.get_height())) for bar in ax.containers[0]]
        [33, 35, 36, 26]
    """
    own, ax = ax is None, opened(ax, ratio=0.42, lines=4)
    found = Subject(subject, runner=runner, log=log, rules=rules, catalog=catalog)
    weeks = found.weeks
    if not weeks:
        return nothing(ax, "No week to draw: the log is empty.", title)
    dated(ax, weeks[0], weeks[-1] + dt.timedelta(days=6), "week beginning")
    ax.set_ylabel("distance (km a week)")
    entries: list[tuple[Artist, str]] = []
    highest = _bars(ax, found, weeks, entries)
    highest = max(highest, _longest(ax, found, weeks, entries), _marks(ax, found, entries))
    ax.set_ylim(0, highest * 1.12 if highest else 1.0)
    told_under(ax, entries, own=own)
    entitled(ax, title)
    return ax


def _bars(ax: Axes, found: Subject, weeks: Sequence[dt.date], entries: list[tuple[Artist, str]]) -> float:
    """Draw bars, gaps and zeros; return the height of the highest."""
    timeline = found.timeline
    unknown: list[tuple[float, bool]] = []
    shown: list[tuple[float, float, float, bool]] = []  # place, done, planned, whether it is partial
    for week in weeks:
        total, whole, at = timeline.weekly_km.get(week, 0.0), timeline.whole_week(week, "runs"), number_of(week)
        known = total is not None and (whole or week in timeline.weekly_km)
        unknown.append((at, not known))
        if not known:
            continue
        ran = asked = 0.0
        for run in timeline.runs_by_week.get(week, ()):
            km = run.distance.km if run.distance is not None else 0.0
            if run.date in timeline.days_run:
                ran += km
            else:
                asked += km
        shown.append((at + (7 - _WIDE) / 2, ran, asked, not whole))
        if whole and not total:
            zero = ax.annotate("0", (at + 3.5, 0), (0, 2), textcoords="offset points", ha="center", fontsize="small")
            plain(zero)
    any_planned = any(asked for _, _, asked, _ in shown)
    for name, partial in (("done", False), ("done, part of the week", True)):
        group = [each for each in shown if each[3] is partial]
        if not group or (partial and not any(ran or asked for _, ran, asked, _ in group)):
            continue
        places, done, planned = [each[0] for each in group], [each[1] for each in group], [each[2] for each in group]
        hatch = "\\\\\\\\" if partial else ""
        if any(done) or not any_planned:
            # Where only part of a week is known, its bar is pale, so that the hatch can be seen.
            ax.bar(
                places, done, _WIDE, align="edge", facecolor=BLUE if not partial else "none", edgecolor=BLUE,
                hatch=hatch, linewidth=0.8, label=name, zorder=2,
            )  # fmt: skip
            told = "done" if not partial else "done; not all of the week is recorded"
            entries.append((patch("none" if partial else BLUE, hatch=hatch, edge=BLUE), told))
        if any(planned):
            ax.bar(
                places, planned, _WIDE, bottom=done, align="edge", facecolor="none", edgecolor=BLUE, hatch=hatch,
                linewidth=0.8, label=name.replace("done", "planned"), zorder=2,
            )  # fmt: skip
            told = "planned" if not partial else "planned, part of the week"
            entries.append((patch("none", hatch=hatch, edge=BLUE), told))
    for first, last in stretches(unknown, 7.0):
        unknown_between(ax, first, last)
    if any(lacks for _, lacks in unknown):
        why = "unknown: not recorded, or a run without a distance"
        entries.append((patch("none", hatch=UNKNOWN, edge=GREY), why))
    return max((ran + asked for _, ran, asked, _ in shown), default=0.0)


def _longest(ax: Axes, found: Subject, weeks: Sequence[dt.date], entries: list[tuple[Artist, str]]) -> float:
    timeline = found.timeline
    places, lengths = [], []
    for week in weeks:
        runs = timeline.runs_by_week.get(week, ())
        known = [run.distance.km for run in runs if run.distance is not None]
        if timeline.weekly_km.get(week) and len(known) > 1:
            places.append(number_of(week))
            lengths.append(max(known))
    if places:
        edge = (7 - _WIDE) / 2
        lines = ax.hlines(
            lengths, [place + edge for place in places], [place + 7 - edge for place in places], colors=ORANGE,
            linewidth=1.6, zorder=3,
        )  # fmt: skip
        lines.set_label("longest run")
        entries.append((dot(Mark(ORANGE, ""), line="-"), "longest run of the week"))
    return max(lengths, default=0.0)


def _marks(ax: Axes, found: Subject, entries: list[tuple[Artist, str]]) -> float:
    """Draw what TM01 and TM02 find; return the height of the highest mark."""
    findings = found.findings("TM01", "TM02")
    spikes = [each for each in findings if each.rule == "TM01"]
    jumps = [each for each in findings if each.rule == "TM02"]
    if jumps:
        places = [number_of(each.where.date) + 3.5 for each in jumps]
        limits = ax.hlines(
            [each.limit for each in jumps], [place - 3.2 for place in places], [place + 3.2 for place in places],
            colors=ink(), linestyles=(0, (3, 1.5)), linewidth=1.2, zorder=4,
        )  # fmt: skip
        limits.set_label("TM02 limit")
        heights = [each.measured for each in jumps]
        ax.plot(
            places, [height * 1.05 for height in heights], "^", color=VERMILION, markersize=5, label="TM02", zorder=5,
        )  # fmt: skip
        increase = number(round(found.rules.number("TM02", "max_increase") * 100))
        several = found.rules.whole("TM02", "weeks")
        entries.append((dot(Mark(VERMILION, "^")), f"TM02: over {increase} % above the highest of {several} weeks"))
        from matplotlib.lines import Line2D

        entries.append((Line2D([], [], color=ink(), linestyle=(0, (3, 1.5)), linewidth=1.2), "its limit"))
    if spikes:
        ax.plot(
            [number_of(found.timeline.week_of(each.where.date)) + 3.5 for each in spikes],
            [each.measured for each in spikes], "D", color=VERMILION, markeredgecolor=ink(), markersize=5,
            label="TM01", zorder=5,
        )  # fmt: skip
        over, days = found.rules.number("TM01", "advise_over"), found.rules.whole("TM01", "window")
        artist = dot(Mark(VERMILION, "D", 0.85))
        artist.set_markeredgecolor(ink())
        entries.append((artist, f"TM01: a run over {number(over)} times the longest of {days} days"))
    return max((max(each.measured * 1.05, each.limit) for each in findings), default=0.0)


def long_run_pace(log: Log, *, kind: RunKind = RunKind.LONG, ax: Axes | None = None, title: str | None = None) -> Axes:
    """Draw the mean pace of each long run over time; the area of a mark is the run's distance.

    A log keeps distance and time of a run and no splits, so that how pace drifts within a run is not known. Runs
    without one of the two are left out and counted under the picture.

    Args:
        log: with the runs.
        kind: of the runs that are drawn.
        ax: to draw on; a new figure when not given.
        title: over the picture.

    Returns:
        The axes; where no run has both, they say so.

    Raises:
        MissingExtra: matplotlib is not installed.

    Example:
        >>> import runstrong as rs
        >>> from matplotlib.figure import Figure
        >>> from runstrong.faces import plots
        >>> log = rs.load("examples/log.yaml", rs.Log)
        >>> plots.long_run_pace(log, ax=Figure(layout="constrained").subplots()).get_ylabel()
        'pace (min:s per km)'
    """
    own, ax = ax is None, opened(ax, ratio=0.42, lines=4)
    runs = sorted((run for run in log.runs if run.kind is kind), key=lambda run: (run.date, run.day_part.order))
    told = [(run, pace) for run in runs if (pace := _pace(run)) is not None]
    name = spaced(kind)
    if not told:
        return nothing(ax, f"No {name} run with a distance and a time in this log.", title)
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    first, last = told[0][0].date, told[-1][0].date
    dated(ax, first - dt.timedelta(days=3), last + dt.timedelta(days=3))
    most = max(run.distance.km for run, _ in told if run.distance is not None)
    places, paces = [number_of(run.date) for run, _ in told], [pace for _, pace in told]
    ax.plot(places, paces, color=BLUE, linewidth=0.8, alpha=0.6, zorder=2)
    areas = [7.5**2 * run.distance.km / most for run, _ in told if run.distance is not None]
    dots = ax.scatter(places, paces, s=areas, color=BLUE, marker="s", zorder=3, clip_on=False)
    dots.set_label(f"{name} run")
    least, slack = min(paces), max(10.0, (max(paces) - min(paces)) * 0.15)
    ax.set_ylim(max(paces) + slack, least - slack)  # faster is higher
    ax.yaxis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 1.5, 3, 6, 10]))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda seconds, _: _minutes(seconds)))
    ax.set_ylabel("pace (min:s per km)")
    caption = (
        f"Area of a mark: distance, {number(round(most, 1))} km at most. Mean pace of each run: a log keeps no splits."
    )
    left = len(runs) - len(told)
    if left:
        caption += f" Left out for want of a distance or a time: {left}."
    told_under(ax, [(dot(Mark(BLUE, "s")), f"{name} run")], caption, own=own)
    entitled(ax, title)
    return ax


def _pace(run: Run) -> float | None:
    """Return seconds for a kilometer; None where they are not known."""
    if run.distance is None or run.duration is None or not run.distance.km or not run.duration.seconds:
        return None
    return run.duration.seconds / run.distance.km


def _minutes(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d}"
