"""CV, the rhythm of weeks: how often there is strength work, and whether a day stays free."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from runstrong.model.edits import Edit, Skip, Split
from runstrong.model.findings import Finding, NotApplicable, Where
from runstrong.model.plan import Session
from runstrong.model.prescription import BodyWeight, External, Prescription
from runstrong.model.timeline import Row, Timeline, TrainingDay
from runstrong.model.value import Record, record
from runstrong.model.words import Emphasis, Pattern, Severity
from runstrong.placement import restful
from runstrong.rules.comparing import known_rows
from runstrong.rules.definition import finding, rule
from runstrong.rules.mending import FEWEST, editable, moves, splits
from runstrong.rules.reading import place_of, smaller_week, week_exemption

__all__ = [
    "Adherence", "Repetition", "RestDays", "SessionCount", "fewer_than_two_sessions", "no_full_rest_day",
    "same_exercise_past_its_weeks", "sessions_left_undone",
]  # fmt: skip

_WEEK = dt.timedelta(days=7)
_DAY = dt.timedelta(days=1)


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
        yield from _no_strength(timeline, limits)
        return
    wished = timeline.runner.sessions_per_week
    week, end, short = next(iter(by_week)), _last_week(timeline), 0
    while week <= end:
        sessions = [each for each in by_week.get(week, ()) if each.emphasis is not Emphasis.MOBILITY]
        if len(sessions) >= limits.sessions:
            short = 0
            week += _WEEK
            continue
        short += 1
        where = Where(date=week, week=True, performed=_is_past(timeline, week, sessions))
        exempt = _exempt(timeline, week, limits)
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
                proposals=_halved(timeline, sessions, limits),
                otherwise=_NO_SECOND,
                weeks=short,
            )
        week += _WEEK


_NO_SECOND = "no session of the week holds enough for two, or no other day is open: plan again, or open another day"


def _halved(timeline: Timeline, sessions: list[TrainingDay], limits: SessionCount) -> tuple[Split, ...]:
    """Propose to do one session as two, where that makes enough of them and each is strength work."""
    if len(sessions) != limits.sessions - 1:
        return ()

    def trains(asked: tuple[Prescription, ...]) -> bool:
        return sum(timeline.exercise(each.exercise).hard for each in asked) >= 2

    def halves(stays: tuple[Prescription, ...], goes: tuple[Prescription, ...]) -> bool:
        return len(stays) - len(goes) <= 1 and trains(stays) and trains(goes)

    return tuple(edit for session in sessions for edit in splits(timeline, session, halves))[:FEWEST]


def _no_strength(timeline: Timeline, limits: SessionCount) -> Iterator[Finding]:
    """Flag a plan without any strength session, once, where enough of its weeks are meant to hold some."""
    if timeline.plan is None or not timeline.plan.sessions:
        return  # a calendar of runs is no plan of strength
    weeks = list(timeline.plan_weeks)
    owed = [week for week in weeks if _exempt(timeline, week, limits) is None]
    if not limits.sessions or len(owed) < limits.weeks:
        return
    yield finding(
        "CV09",
        Severity.ADVICE,
        Where(date=owed[0], week=True),
        measured=0,
        limit=limits.sessions,
        unit="sessions",
        no_fix="no edit adds a session: plan the weeks again",
        weeks=len(owed),
    )


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
class Adherence(Record):
    """Numbers of CV13; its record says what each means."""

    least: float
    weeks: int


@rule("CV13", parameters=Adherence)
def sessions_left_undone(timeline: Timeline, limits: Adherence) -> Iterator[Finding | NotApplicable]:
    """Tell how many of the planned strength sessions were done in the latest weeks, where it is few."""
    log = timeline.log
    if log is None or not timeline.plan_weeks:
        return
    known = [week for week in timeline.plan_weeks if all(log.covers(week + _DAY * day, "strength") for day in range(7))]
    latest = known[-limits.weeks :]
    if len(latest) < limits.weeks:
        reason = f"fewer than {limits.weeks} weeks of the plan are covered whole by the log: not recorded is not undone"
        yield NotApplicable(rule="CV13", reason=reason)
        return
    planned = {week: _strength_in(timeline.plan_weeks[week].sessions) for week in latest}
    done = {week: _strength_in(timeline.strength_weeks.get(week, ())) for week in latest}
    asked = sum(planned.values())
    # A session more in one week makes up for none in another.
    kept = sum(min(done[week], planned[week]) for week in latest)
    if not asked or kept >= limits.least * asked - 1e-9:
        return
    yield finding(
        "CV13",
        Severity.INFO,
        Where(date=latest[-1], week=True, performed=True),
        measured=100 * kept / asked,
        limit=100 * limits.least,
        unit="%",
        done=kept,
        planned=asked,
        weeks=limits.weeks,
    )


def _strength_in(sessions: Iterable[Session | TrainingDay]) -> int:
    return sum(each.emphasis is not Emphasis.MOBILITY and getattr(each, "skipped", None) is None for each in sessions)


@record
class RestDays(Record):
    """Numbers of CV10; its record says what each means."""

    rest_days: int
    mobility_minutes: float


@rule("CV10", parameters=RestDays)
def no_full_rest_day(timeline: Timeline, limits: RestDays) -> Iterator[Finding]:
    """Flag a week in which runs and sessions leave no day free."""
    run, lifted = timeline.runs_by_week, timeline.sessions_by_week
    for week in sorted({*run, *lifted}):
        days = {each.date for each in run.get(week, ())}
        days.update(
            [
                session.date
                for session in lifted.get(week, ())
                if not restful(session.emphasis, session.minutes, limits.mobility_minutes)
            ]
        )
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
            otherwise="what could move is pinned or done",
            no_fix="" if by_sessions else "the runs alone leave no day free, and which of them goes is yours to say",
            cause="strength sessions fill the days without a run" if by_sessions else "there is a run on every day",
        )


def _is_done(timeline: Timeline, days: list[dt.date]) -> bool:
    runs = {run.date for run, performed in timeline.runs if not performed}
    return not any(day in runs for day in days) and all(
        session.performed for session in timeline.sessions_between(days[0], days[-1])
    )


def _freeing(timeline: Timeline, sessions: list[TrainingDay]) -> tuple[Edit, ...]:
    """Propose to put a session on a day with a run, else to leave the lightest one out."""
    found: list[Edit] = []
    for session in sessions:
        # Of several, each keeps some of the few proposals.
        moved = moves(timeline, session, lambda place: place.date in timeline.runs_by_day)
        found += moved[: max(1, FEWEST // len(sessions) - 1)]
    lightest = sorted(
        (session for session in sessions if editable(session) is not None),
        key=lambda session: (session.emphasis.legs, session.minutes or 0.0, session.date),
    )
    skips = [Skip(session=session.id, reason="a day of full rest comes first") for session in lightest[:1]]
    return (*found[: FEWEST - 1], *skips)


@record
class Repetition(Record):
    """Numbers of CV08; its record says what each means."""

    weeks: int
    break_days: int


@rule("CV08", parameters=Repetition)
def same_exercise_past_its_weeks(timeline: Timeline, limits: Repetition) -> Iterator[Finding]:
    """Flag an exercise that stays for many weeks and no longer progresses."""
    for exercise, rows in known_rows(timeline):
        stated = [row for row in rows if isinstance(row.load, (BodyWeight, External))]
        if exercise.pattern is Pattern.ANKLE_PLANTARFLEXION or len(stated) < limits.weeks:
            continue
        for stay in _stays(rows, limits):
            weeks = {timeline.week_of(row.date) for row in stay}
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
                    subject=exercise.id,
                    name=exercise.name,
                )


def _stays(rows: tuple[Row, ...], limits: Repetition) -> Iterator[list[Row]]:
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
        if risen or best is None:
            held = best or (load, row.amount, row.sets)
            best = max(held[0], load), max(held[1], row.amount), max(held[2], row.sets)
        stay.append(row)
    if stay:
        yield stay
