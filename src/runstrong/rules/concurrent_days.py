"""CO, concurrent training: strength and a run on one day, how far apart, in which order, and whether at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from runstrong.model.edits import Move
from runstrong.model.findings import Finding, NotApplicable
from runstrong.model.running import Run
from runstrong.model.timeline import Timeline, TrainingDay
from runstrong.model.value import Record, record
from runstrong.model.words import DayPart, Emphasis, Goal, RunKind, Severity, StrengthDayPolicy
from runstrong.placement import Placed
from runstrong.rules.concurrent import Hours
from runstrong.rules.definition import finding, rule
from runstrong.rules.mending import NO_DAY, editable, moves
from runstrong.rules.reading import place_of_session

__all__ = ["ChosenDays", "DayOrder", "SameDayGap", "against_the_policy", "order_against_goal", "same_day_gap"]

_UNKNOWN = "time unknown: say in which part of the day the session and the run stand"


@record
class SameDayGap(Hours):
    """Numbers of CO02; its record says what each means."""

    gap_hours: float
    preferred_hours: float


@rule("CO02", parameters=SameDayGap)
def same_day_gap(timeline: Timeline, limits: SameDayGap) -> Iterator[Finding | NotApplicable]:
    """Flag leg work and a quality run that stand too close on one day."""
    for session in timeline.sessions:
        hard = timeline.hard_runs_by_day.get(session.date)
        runs = [run for run in hard if run.kind.quality and not run.big_race] if hard else ()
        if not runs or not session.emphasis.legs:
            continue
        judged = [run for run in runs if not _judged_elsewhere(timeline, session, run, limits)]
        gaps = [(gap, run) for run in judged if (gap := _gap(session.day_part, session, run, limits)) is not None]
        close = min(gaps, key=lambda each: each[0], default=None)
        if close is None or close[0] >= max(limits.gap_hours, limits.preferred_hours):
            if len(gaps) < len(judged):
                yield NotApplicable(rule="CO02", reason=_UNKNOWN, where=place_of_session(session))
            continue
        gap, run = close
        too_close = gap < limits.gap_hours
        yield finding(
            "CO02",
            Severity.ADVICE if too_close else Severity.INFO,
            place_of_session(session),
            measured=round(gap, 1),
            limit=limits.gap_hours if too_close else limits.preferred_hours,
            unit="h",
            proposals=_farther(timeline, session, runs, limits),
            otherwise=NO_DAY,
            run=str(run.kind),
            wanted="needed" if too_close else "preferred",
        )


def _judged_elsewhere(timeline: Timeline, session: TrainingDay, run: Run, limits: Hours) -> bool:
    """Whether CO01 speaks: heavy legs before a hard run, or after it where the runner did not choose that."""
    if session.emphasis is not Emphasis.HEAVY_LEGS:
        return False
    lifts, starts = limits.hour(session.day_part), limits.hour(run.day_part)
    chosen = timeline.runner.policy is StrengthDayPolicy.HARD_DAY_EVENING
    return not chosen or lifts is None or starts is None or lifts <= starts


def _gap(part: DayPart, session: TrainingDay, run: Run, limits: Hours) -> float | None:
    """Return the hours between the end of one and the start of the other; None when a time is unknown.

    Where the length of the first is unknown the gap is taken as if it had none: it is no longer than that.
    """
    lifts, starts = limits.hour(part), limits.hour(run.day_part)
    if lifts is None or starts is None:
        return None
    if lifts < starts:
        return max(0.0, starts - lifts - (session.minutes or 0.0) / 60)
    return max(0.0, lifts - starts - (run.duration.minutes / 60 if run.duration is not None else 0.0))


def _farther(timeline: Timeline, session: TrainingDay, runs: Sequence[Run], limits: SameDayGap) -> tuple[Move, ...]:
    wanted = max(limits.gap_hours, limits.preferred_hours)

    def fits(place: Placed) -> bool:
        if place.date == session.date:
            gaps = [_gap(place.day_part, session, run, limits) for run in runs]
            return all(gap is not None and gap >= wanted for gap in gaps)
        return not any(run.kind.quality for run in timeline.runs_by_day.get(place.date, ()))

    return moves(timeline, session, fits)


@record
class DayOrder(Hours):
    """Numbers of CO03; its record says what each means."""

    hours_within: float


@rule("CO03", parameters=DayOrder)
def order_against_goal(timeline: Timeline, limits: DayOrder) -> Iterator[Finding | NotApplicable]:
    """Tell where leg work and a run of one day stand in the order that serves the runner's goal less."""
    goal = next((goal for goal in timeline.runner.goals if goal in _SPEAKING), None)
    if goal is None:
        return
    for session in timeline.sessions:
        that_day = timeline.runs_by_day.get(session.date)
        runs = [run for run in that_day if _concerned(goal, session, run)] if that_day else ()
        if not runs:
            continue
        against = [run for run in runs if _against(goal, session.day_part, run, limits)]
        if not against:
            if any(_same_time(session.day_part, run) for run in runs):
                yield NotApplicable(rule="CO03", reason=_UNKNOWN, where=place_of_session(session))
            continue
        run = against[0]
        apart = abs((limits.hour(session.day_part) or 0.0) - (limits.hour(run.day_part) or 0.0))
        strength = goal is Goal.STRENGTH
        yield finding(
            "CO03",
            Severity.INFO,
            place_of_session(session),
            measured=apart,
            limit=limits.hours_within,
            unit="h",
            proposals=_in_order(timeline, session, goal, runs, limits),
            otherwise=NO_DAY,
            goal=str(goal),
            run=str(run.kind),
            relation="after" if strength else "before",
            wanted="strength first" if strength else "the run first",
        )


_SPEAKING = (Goal.STRENGTH, Goal.RUN_FASTER, Goal.RUN_FARTHER)


def _concerned(goal: Goal, session: TrainingDay, run: Run) -> bool:
    """Whether the order of the two is this rule's to judge: CO01 and CO05 keep heavy legs and races apart already."""
    if not session.emphasis.legs or run.big_race:
        return False
    if goal is Goal.STRENGTH:
        return not run.kind.hard and run.kind is not RunKind.RECOVERY
    return run.kind.hard and session.emphasis is not Emphasis.HEAVY_LEGS


def _same_time(part: DayPart, run: Run) -> bool:
    return DayPart.UNKNOWN in (part, run.day_part) or part is run.day_part


def _against(goal: Goal, part: DayPart, run: Run, limits: DayOrder) -> bool:
    lifts, starts = limits.hour(part), limits.hour(run.day_part)
    if lifts is None or starts is None or abs(lifts - starts) >= limits.hours_within:
        return False
    return lifts > starts if goal is Goal.STRENGTH else lifts < starts


def _in_order(
    timeline: Timeline, session: TrainingDay, goal: Goal, runs: Sequence[Run], limits: DayOrder
) -> tuple[Move, ...]:
    def fits(place: Placed) -> bool:
        if place.date == session.date:
            part = place.day_part
            return not any(_against(goal, part, run, limits) or _same_time(part, run) for run in runs)
        return not any(_concerned(goal, session, run) for run in timeline.runs_by_day.get(place.date, ()))

    return moves(timeline, session, fits)


@record
class ChosenDays(Record):
    """Numbers of CO06; its record says what each means."""

    days_before: int
    days_before_heavy: int
    days_between: int


@rule("CO06", parameters=ChosenDays)
def against_the_policy(timeline: Timeline, limits: ChosenDays) -> Iterator[Finding | NotApplicable]:
    """Tell where strength stands on a kind of day that the runner did not choose, though one of those was open."""
    evening = timeline.runner.policy is StrengthDayPolicy.HARD_DAY_EVENING
    for session in timeline.sessions:
        if session.emphasis is Emphasis.MOBILITY or editable(session) is None:
            continue
        hard = _hard(timeline, session.date)
        # Under the easy-day policy heavy legs on a hard day are CO01's; on hard days only leg work is asked for.
        if evening and (hard or not session.emphasis.legs):
            continue
        if not evening and (not hard or session.emphasis is Emphasis.HEAVY_LEGS):
            continue
        week = timeline.plan_weeks.get(session.week)
        if week is None or week.phase.quiet:
            continue
        better = _open_evenings(timeline, session, limits) if evening else _open_easy_days(timeline, session, limits)
        if not better:
            continue
        yield finding(
            "CO06",
            Severity.INFO,
            place_of_session(session),
            measured=len(hard),
            limit=1 if evening else 0,
            unit="hard runs",
            proposals=better,
            day="an easy or rest day" if evening else "the day of a hard run",
            policy=str(timeline.runner.policy),
            open=f"the evening of {better[0].to}" if evening else str(better[0].to),
        )


def _hard(timeline: Timeline, day: dt.date) -> tuple[Run, ...]:
    return tuple([run for run in timeline.hard_runs_by_day.get(day, ()) if not run.big_race])


def _open_easy_days(timeline: Timeline, session: TrainingDay, limits: ChosenDays) -> tuple[Move, ...]:
    def fits(place: Placed) -> bool:
        if place.date == session.date:
            return False
        return not _hard(timeline, place.date) and _has_room(timeline, session, place.date, limits)

    return moves(timeline, session, fits)


def _open_evenings(timeline: Timeline, session: TrainingDay, limits: ChosenDays) -> tuple[Move, ...]:
    def fits(place: Placed) -> bool:
        parts = [run.day_part for run in _hard(timeline, place.date)]
        earlier = bool(parts) and all(part in (DayPart.MORNING, DayPart.MIDDAY) for part in parts)
        evening = place.day_part is DayPart.EVENING
        return earlier and evening and _has_room(timeline, session, place.date, limits)

    return moves(timeline, session, fits)


def _has_room(timeline: Timeline, session: TrainingDay, day: dt.date, limits: ChosenDays) -> bool:
    """Whether the session could stand on `day` of its own week without a new conflict."""
    first = timeline.runner.week_of(session.date)
    if timeline.runner.week_of(day) != first:
        return False
    others = {each.date for each in timeline.sessions_between(first, first + dt.timedelta(days=6)) if each != session}
    free = {date for date in (first + dt.timedelta(days=each) for each in range(7)) if date not in timeline.runs_by_day}
    if free and free <= others | {day}:
        return False
    if not session.emphasis.legs:
        return True
    clear = limits.days_before_heavy if session.emphasis is Emphasis.HEAVY_LEGS else limits.days_before
    ahead = (timeline.runs_by_day.get(day + dt.timedelta(days=each), ()) for each in range(1, clear + 1))
    if any(run.kind.hard for runs in ahead for run in runs):
        return False
    reach = dt.timedelta(days=max(limits.days_between - 1, 0))
    return all(
        each == session or not each.emphasis.legs for each in timeline.sessions_between(day - reach, day + reach)
    )
