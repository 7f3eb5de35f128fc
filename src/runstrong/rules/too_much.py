"""TM, too much: more than the body has lately shown, in one run, one week or for one tissue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from runstrong.model.edits import Edit
from runstrong.model.rules import Finding, NotApplicable, Where
from runstrong.model.timeline import Row, Timeline, TrainingDay
from runstrong.model.value import Record, record
from runstrong.model.words import RunKind, Severity, Tissue
from runstrong.rules.definition import finding, rule
from runstrong.rules.mending import FEWEST, editable, fewer_sets

__all__ = ["SessionSpike", "WeeklyRunJump", "WeeklySets", "session_spike", "weekly_run_jump", "weekly_sets_over_cap"]

# Ratios of decimal distances are compared with this slack, so that 11 km is not over 10 km and ten percent.
_SLACK = 1e-9
_RUNS = "runs are yours: not edited"


@record
class SessionSpike(Record):
    """Numbers of TM01; its record says what each means."""

    window: int
    advise_over: float
    warn_over: float
    min_increase_km: float


@rule("TM01", parameters=SessionSpike)
def session_spike(timeline: Timeline, limits: SessionSpike) -> Iterator[Finding | NotApplicable]:
    """Flag a run that outgrows the longest run of the days before it."""
    for run, performed in timeline.runs:
        if run.distance is None:
            continue
        where = Where(date=run.date, performed=performed)
        longest = timeline.longest_run_before(run.date, limits.window)
        if longest is None or longest <= 0:
            reason = f"no run with a distance in the {limits.window} days before: unknown"
            yield NotApplicable(rule="TM01", reason=reason, where=where)
            continue
        ratio = run.distance.km / longest
        if ratio <= limits.advise_over + _SLACK or run.distance.km - longest < limits.min_increase_km - _SLACK:
            continue
        # Only a window that is known whole has a longest run: one before the record began may have been longer.
        if not _runs_known(timeline, run.date - dt.timedelta(days=limits.window), limits.window):
            reason = f"the runs of the {limits.window} days before are not all recorded: unknown"
            yield NotApplicable(rule="TM01", reason=reason, where=where)
            continue
        grave = Severity.WARNING if ratio > limits.warn_over + _SLACK else Severity.ADVICE
        yield finding(
            "TM01",
            Severity.INFO if run.kind is RunKind.RACE else grave,
            where,
            measured=run.distance.km,
            limit=limits.advise_over * longest,
            unit="km",
            no_fix=_RUNS,
            longest=longest,
            percent=round((ratio - 1) * 100),
            over=round(run.distance.km - limits.advise_over * longest, 2),
            window=limits.window,
        )


def _runs_known(timeline: Timeline, first: dt.date, days: int) -> bool:
    """Whether the record speaks for the runs of `days` days from `first`.

    A log without any coverage of runs is taken to be whole from its first run to its last.
    """
    begin = timeline.first_run_day
    if begin is None or begin > first:
        return False
    log = timeline.log
    if log is None or not any(part.runs for part in log.coverage):
        return True
    return all(timeline.vouches_for(first + dt.timedelta(days=day), "runs") for day in range(days))


@record
class WeeklyRunJump(Record):
    """Numbers of TM02; its record says what each means."""

    max_increase: float
    weeks: int
    layoff_days: int
    min_increase_km: float


@rule("TM02", parameters=WeeklyRunJump)
def weekly_run_jump(timeline: Timeline, limits: WeeklyRunJump) -> Iterator[Finding | NotApplicable]:
    """Flag a week whose running outgrows the highest of the weeks before."""
    for week, total in timeline.weekly_km.items():
        where = Where(date=week, week=True, performed=_run_in(timeline, week))
        firsts = [week - dt.timedelta(days=7 * back) for back in range(1, limits.weeks + 1)]
        before = [timeline.weekly_km.get(first, 0.0) for first in firsts]
        if total is None or None in before:
            yield NotApplicable(rule="TM02", reason="a run without a distance: unknown", where=where)
            continue
        highest = max(got for got in before if got is not None)
        limit = highest * (1 + limits.max_increase)
        if total <= limit + _SLACK or total - highest < limits.min_increase_km - _SLACK:
            continue
        unknown = None
        if highest <= 0:
            unknown = f"no run in the {limits.weeks} weeks before"
        elif not _runs_known(timeline, firsts[-1], 7 * limits.weeks):
            unknown = f"the {limits.weeks} weeks before are not all recorded: unknown"
        elif _longest_pause(timeline, firsts[-1], week) >= limits.layoff_days:
            unknown = f"after {limits.layoff_days} days or more without a run"
        if unknown is not None:
            yield NotApplicable(rule="TM02", reason=unknown, where=where)
            continue
        yield finding(
            "TM02",
            Severity.INFO,
            where,
            measured=total,
            limit=limit,
            unit="km",
            no_fix=_RUNS,
            highest=highest,
            percent=round((total / highest - 1) * 100),
            over=round(total - limit, 2),
            weeks=limits.weeks,
        )


def _run_in(timeline: Timeline, week: dt.date) -> bool:
    """Whether the week's running is all done."""
    log = timeline.log
    return log is not None and bool(log.runs) and max(run.date for run in log.runs) >= week + dt.timedelta(days=6)


def _longest_pause(timeline: Timeline, first: dt.date, week: dt.date) -> int:
    """Return the most days in a row without a run from `first` to the day before `week`."""
    longest = current = 0
    for step in range((week - first).days):
        current = 0 if first + dt.timedelta(days=step) in timeline.runs_by_day else current + 1
        longest = max(longest, current)
    return longest


@record
class WeeklySets(Record):
    """Numbers of TM03; its record says what each means."""

    cap: float
    warn_over: float


@rule("TM03", parameters=WeeklySets)
def weekly_sets_over_cap(timeline: Timeline, limits: WeeklySets) -> Iterator[Finding | NotApplicable]:
    """Flag a tissue that gets more hard sets in a week than the cap."""
    for week, tissues in timeline.sets_by_week.items():
        over = sorted(entry for entry in tissues.items() if entry[1] > limits.cap + _SLACK)
        for tissue, sets in over:
            yield finding(
                "TM03",
                Severity.WARNING if sets > limits.warn_over + _SLACK else Severity.ADVICE,
                Where(date=week, week=True, performed=not _planned_in(timeline, week)),
                measured=sets,
                limit=limits.cap,
                unit="sets",
                proposals=_less_for(timeline, week, tissue, sets - limits.cap),
                subject=str(tissue),
                tissue=str(tissue),
                over=sets - limits.cap,
            )


def _sessions_of(timeline: Timeline, week: dt.date) -> tuple[TrainingDay, ...]:
    return timeline.sessions_between(week, week + dt.timedelta(days=6))


def _planned_in(timeline: Timeline, week: dt.date) -> bool:
    return any(not session.performed for session in _sessions_of(timeline, week))


def _less_for(timeline: Timeline, week: dt.date, tissue: Tissue, over: float) -> tuple[Edit, ...]:
    """Return single edits that each bring the tissue back under its cap, those that cost fewest sets first."""
    share = timeline.words.secondary_share
    found: list[tuple[int, dt.date, TrainingDay, Row]] = []
    for session in _sessions_of(timeline, week):
        if editable(session) is None:
            continue
        for row in session.rows:
            counted = 1.0 if tissue in row.exercise.primary else share if tissue in row.exercise.secondary else 0.0
            if not counted or not timeline.hard_sets(row):
                continue
            needed = -int(-(over - _SLACK) // counted)
            if needed <= row.sets:
                found.append((needed, session.date, session, row))
    # Late in the week first: what stands at its beginning may be done already.
    found.sort(key=lambda entry: (entry[0] == entry[3].sets, entry[0], -entry[1].toordinal(), entry[3].exercise.id))
    return tuple(edit for needed, _, session, row in found for edit in fewer_sets(session, row, needed))[:FEWEST]
