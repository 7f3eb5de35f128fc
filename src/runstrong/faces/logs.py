"""A log as a report: totals, running by week, the days vouched for, and how foreign files were read."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator

from runstrong.faces.blocks import Bar, Bars, Block, Bullets, Heading, Paragraph, Table
from runstrong.faces.wording import plural
from runstrong.model.log import Coverage, Log

__all__ = ["log_report", "log_weeks"]

_MOST_BARS = 26
"""Weeks in the figure of a log, the latest ones: half a year is what a page shows without shrinking."""


def log_report(log: Log) -> tuple[Block, ...]:
    """Lay out a log: what it holds, running by week, the days that it vouches for, and how it was read.

    Args:
        log: to lay out.
    """
    return tuple(_blocks(log))


def _blocks(log: Log) -> Iterator[Block]:
    span = log.span
    yield Heading(1, f"Log, {span[0]} to {span[1]}" if span is not None else "Log, nothing in it")
    yield Table(("", ""), tuple(_totals(log)))
    weeks = log_weeks(log)
    if len(weeks.bars) > 1:
        yield weeks
    if log.coverage:
        yield Heading(3, "Vouched for")
        yield Bullets(tuple(f"{_span(part.first, part.last)}: {_what(part)}" for part in log.coverage))
    else:
        yield Paragraph("No day is vouched for: what is not written may have happened.")
    grave = [str(remark) for remark in log.remarks if remark.grave]
    others = [str(remark) for remark in log.remarks if not remark.grave]
    for title, remarks in (("Could not be read", grave), ("How it was read", others)):
        if remarks:
            yield Heading(3, f"{title} ({len(remarks)})")
            yield Bullets(tuple(remarks))


def _totals(log: Log) -> Iterator[tuple[str, str]]:
    kilometers = sum(run.distance.km for run in log.runs if run.distance is not None)
    hours = sum(run.duration.seconds for run in log.runs if run.duration is not None) / 3600
    yield "runs", f"{len(log.runs)}, {kilometers:.1f} km, {hours:.1f} h"
    if log.runs:
        yield "", _counted(str(run.kind) for run in log.runs)
        rated = sum(run.session_rpe is not None and not run.rpe_basis.estimated for run in log.runs)
        estimated = sum(run.rpe_basis.estimated for run in log.runs)
        of_those = f", {estimated} estimated" if estimated else ""
        yield "", f"session RPE felt for {rated} of {len(log.runs)}{of_those}"
    yield "other training", str(len(log.activities))
    if log.activities:
        yield "", _counted(each.name for each in log.activities)
    days = {done.date for done in log.performances}
    done = f"{plural(len(log.performances), 'exercise')} on {plural(len(days), 'day')}" if days else "none"
    yield "strength, exercise by exercise", done


def log_weeks(log: Log) -> Bars:
    """Return the running of a log by calendar week as a figure; what nobody vouches for is unknown and not zero.

    Weeks run from Monday to Sunday. A week with runs is known where all of them have a distance.
    """
    km: dict[dt.date, float | None] = {}
    for run in log.runs:
        monday = run.date - dt.timedelta(days=run.date.weekday())
        so_far = km.get(monday, 0.0)
        km[monday] = None if so_far is None or run.distance is None else so_far + run.distance.km
    if not km:
        return Bars("Running by week", "km", ())
    first, last = min(km), max(km)
    weeks = [first + dt.timedelta(days=7 * n) for n in range((last - first).days // 7 + 1)][-_MOST_BARS:]
    vouched = [part for part in log.coverage if part.runs]
    bars = []
    for monday in weeks:
        if monday in km:
            value = km[monday]
        else:
            known = any(part.first <= monday and monday + dt.timedelta(days=6) <= part.last for part in vouched)
            value = 0.0 if known else None
        bars.append(Bar(f"{monday:%m-%d}", value))
    return Bars("Running by week", "km", tuple(bars))


def _span(first: dt.date, last: dt.date) -> str:
    return str(first) if first == last else f"{first} to {last}"


def _what(part: Coverage) -> str:
    names = ("runs", "strength", "warm_ups", "readiness")
    return ", ".join(name.replace("_", "-") for name in names if getattr(part, name)) or "nothing"


def _counted(names: Iterable[str]) -> str:
    counts = Counter(names)
    return ", ".join(f"{count} {name}" for name, count in sorted(counts.items(), key=lambda each: (-each[1], each[0])))
