"""CV, the rhythm of weeks: how often there is strength work, and whether a day stays free."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from runstrong.model.edits import Move
from runstrong.model.rules import Finding, NotApplicable, Where
from runstrong.model.timeline import Row, Timeline, TrainingDay
from runstrong.model.value import Record, record
from runstrong.model.words import Emphasis, PartName, Pattern, Severity
from runstrong.rules.definition import finding, rule
from runstrong.rules.mending import FEWEST, moves
from runstrong.rules.reading import place_of, recorded, smaller_week, week_exemption

__all__ = [
    "Repetition", "RestDays", "SessionCount", "fewer_than_two_sessions", "no_full_rest_day",
    "same_exercise_past_its_weeks",
]  # fmt: skip

_WEEK = dt.timedelta(days=7)


@record
class SessionCount(Record):
    """Numbers of CV09; its record says what each means."""

    sessions: int
    weeks: int
    away_days: int
    routine_weeks: int
    race_days_before: int
    race_days_after: int


@rule("CV09", parameters=SessionCount)
def fewer_than_two_sessions(timeline: Timeline, limits: SessionCount) -> Iterator[Finding | NotApplicable]:
    """Flag a week with too few strength sessions when the weeks before it had too few as well."""
    by_week = timeline.strength_weeks
    if not by_week:
        return
    wished = timeline.runner.sessions_per_week
    week, end, short = next(iter(by_week)), _last_week(timeline), 0
    while week <= end:
        sessions = [each for each in by_week.get(week, ()) if each.emphasis is not Emphasis.MOBILITY]
        where = Where(date=week, week=True, performed=_is_past(timeline, week, sessions))
        short = short + 1 if len(sessions) < limits.sessions else 0
        exempt = _exempt(timeline, week, limits) if short else None
        if exempt is not None:
            short = 0
            yield NotApplicable(rule="CV09", reason=exempt, where=where)
        elif short >= limits.weeks:
            yield finding(
                "CV09",
                Severity.INFO if wished is not None and wished < limits.sessions else Severity.ADVICE,
                where,
                measured=len(sessions),
                limit=limits.sessions,
                unit="sessions",
                no_fix="no edit adds a session: plan the weeks again, or open another day",
                weeks=short,
            )
        week += _WEEK


def _exempt(timeline: Timeline, week: dt.date, limits: SessionCount) -> str | None:
    reason = week_exemption(timeline, week, limits)
    if reason is not None:
        return reason
    last = week + dt.timedelta(days=6)
    hurt = (each for each in timeline.runner.injuries if each.current(week) or each.current(last))
    reason = next((f"the {injury.region} is injured" for injury in hurt), None)
    return reason or _away(timeline, week, limits)


def _away(timeline: Timeline, week: dt.date, limits: SessionCount) -> str | None:
    """Return why training rested in a week: an illness, or days on end without a run and without a session."""
    days = [week + dt.timedelta(days=ahead) for ahead in range(7)]
    if any(morning.ill for day in days for morning in timeline.mornings.get(day, ())):
        return "a week with an illness"
    for day in days:
        if not _rests(timeline, day):
            continue
        first = last = day
        while (last - first).days < limits.away_days and _rests(timeline, first - dt.timedelta(days=1)):
            first -= dt.timedelta(days=1)
        while (last - first).days < limits.away_days and _rests(timeline, last + dt.timedelta(days=1)):
            last += dt.timedelta(days=1)
        if (last - first).days + 1 >= limits.away_days:
            return f"{limits.away_days} days on end without any training: time off"
    return None


def _rests(timeline: Timeline, day: dt.date) -> bool:
    """Whether a log with runs in it vouches for a day without a run and without a session."""
    log = timeline.log
    known = log is not None and log.runs and log.covers(day, "runs") and log.covers(day, "strength")
    return bool(known) and day not in timeline.runs_by_day and day not in timeline.sessions_by_day


def _last_week(timeline: Timeline) -> dt.date:
    """Return the last week that a session, the plan or the log's coverage reaches."""
    days = [timeline.sessions[-1].date]
    if timeline.plan is not None:
        days.append(timeline.plan.end)
    if timeline.log is not None:
        days += [part.last for part in timeline.log.coverage if part.strength]
    return timeline.runner.week_of(max(days))


def _is_past(timeline: Timeline, week: dt.date, sessions: list[TrainingDay]) -> bool:
    if sessions:
        return all(session.performed for session in sessions)
    return timeline.log is not None and timeline.log.covers(week, "strength")


@record
class RestDays(Record):
    """Numbers of CV10; its record says what each means."""

    rest_days: int
    mobility_minutes: float


@rule("CV10", parameters=RestDays)
def no_full_rest_day(timeline: Timeline, limits: RestDays) -> Iterator[Finding]:
    """Flag a week in which runs and sessions leave no day free."""
    trained: dict[dt.date, set[dt.date]] = {}
    for day, sessions in timeline.sessions_by_day.items():
        if any(not _is_light(session, limits) for session in sessions):
            trained.setdefault(timeline.runner.week_of(day), set()).add(day)
    for day in timeline.runs_by_day:
        trained.setdefault(timeline.runner.week_of(day), set()).add(day)
    for week, days in sorted(trained.items()):
        free = 7 - len(days)
        if free >= limits.rest_days:
            continue
        alone = [day for day in sorted(days) if day not in timeline.runs_by_day]
        by_sessions = free + len(alone) >= limits.rest_days
        movable = [session for day in alone for session in timeline.sessions_by_day[day]]
        yield finding(
            "CV10",
            Severity.ADVICE if by_sessions else Severity.INFO,
            Where(date=week, week=True, performed=_is_done(timeline, sorted(days))),
            measured=free,
            limit=limits.rest_days,
            unit="days",
            proposals=_freeing(timeline, movable) if by_sessions else (),
            no_fix="" if by_sessions else "the runs alone leave no day free, and runs are the runner's own",
            cause="strength sessions fill the days without a run" if by_sessions else "there is a run on every day",
        )


def _is_light(session: TrainingDay, limits: RestDays) -> bool:
    """Whether a session leaves a rest day what it is: a little mobility; unknown minutes pass for few."""
    return session.emphasis is Emphasis.MOBILITY and (session.minutes or 0.0) <= limits.mobility_minutes


def _is_done(timeline: Timeline, days: list[dt.date]) -> bool:
    runs = {run.date for run, performed in timeline.runs if not performed}
    return not any(day in runs for day in days) and all(
        session.performed for session in timeline.sessions_between(days[0], days[-1])
    )


def _freeing(timeline: Timeline, sessions: list[TrainingDay]) -> tuple[Move, ...]:
    """Propose to put a session on a day with a run."""
    found = [move for session in sessions for move in moves(timeline, session, lambda day: day in timeline.runs_by_day)]
    return tuple(found[:FEWEST])


@record
class Repetition(Record):
    """Numbers of CV08; its record says what each means."""

    weeks: int
    break_days: int


@rule("CV08", parameters=Repetition)
def same_exercise_past_its_weeks(timeline: Timeline, limits: Repetition) -> Iterator[Finding]:
    """Flag an exercise that stays for many weeks and no longer progresses."""
    for id, rows in timeline.rows_by_exercise.items():
        exercise = rows[0].exercise
        if not exercise.hard or exercise.pattern is Pattern.ANKLE_PLANTARFLEXION:
            continue
        for stay in _stays([row for row in rows if row.part is PartName.MAIN and recorded(row)], limits):
            weeks = {timeline.runner.week_of(row.date) for row in stay}
            counted = sum(smaller_week(timeline, week) is None for week in weeks)
            if counted >= limits.weeks:
                yield finding(
                    "CV08",
                    Severity.INFO,
                    place_of(stay[-1]),
                    measured=counted,
                    limit=limits.weeks,
                    unit="weeks",
                    no_fix="another exercise for one day changes no block: plan the next block with another",
                    subject=id,
                    name=exercise.name,
                )


def _stays(rows: list[Row], limits: Repetition) -> Iterator[list[Row]]:
    """Yield the stretches in which load, amount and sets stay at or under what they were; a break begins a new one.

    Loads that are found by feel, and bands, are not compared: with them nobody can tell that it stands still.
    """
    stay: list[Row] = []
    best: tuple[float, int, int] | None = None
    for row in rows:
        load = row.external_kg
        paused = bool(stay) and (row.date - stay[-1].date).days > limits.break_days
        risen = best is None or load is None or load > best[0] or row.amount > best[1] or row.sets > best[2]
        if stay and (paused or risen):
            yield stay
            stay, best = [], best if load is not None and not paused else None
        if load is None:
            continue
        held = best or (load, row.amount, row.sets)
        best = max(held[0], load), max(held[1], row.amount), max(held[2], row.sets)
        stay.append(row)
    if stay:
        yield stay
