"""Jumps and hops: how many days a week, how far apart, and not on the day after a short night."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from runstrong.model.edits import Edit
from runstrong.model.findings import Finding, NotApplicable, Where
from runstrong.model.timeline import Row, Timeline, TrainingDay
from runstrong.model.value import Record, record
from runstrong.model.words import Count, ExerciseKind, Severity
from runstrong.placement import Placed
from runstrong.rules.definition import finding, rule
from runstrong.rules.mending import FEWEST, drops, moves
from runstrong.rules.reading import contacts_of, main_rows, place_of_session
from runstrong.rules.too_soon import heavy_tissues

__all__ = [
    "JumpSessions", "JumpSpacing", "ShortNight", "jumps_after_a_short_night", "jumps_too_close",
    "too_many_jump_sessions",
]  # fmt: skip


def jump_rows(session: TrainingDay) -> list[Row]:
    """Return the main rows of jumps and hops; throws land nothing, and a test is no training."""
    return [
        row
        for row in main_rows(session)
        if row.exercise.kind is ExerciseKind.PLYOMETRIC
        and row.exercise.counted is Count.CONTACTS
        and not row.exercise.assesses
    ]


def _jump_sessions(timeline: Timeline, least: int) -> list[TrainingDay]:
    """Return the sessions with `least` contacts or more; contacts that were not recorded do not count."""
    return [
        session
        for session in timeline.sessions_with(ExerciseKind.PLYOMETRIC)
        if sum(contacts_of(row) or 0 for row in jump_rows(session)) >= max(least, 1)
    ]


def _without_jumps(session: TrainingDay) -> tuple[Edit, ...]:
    """Propose to leave the jumps out, where one edit does it."""
    rows = jump_rows(session)
    return drops(session, rows[0].exercise.id) if len(rows) == 1 else ()


@record
class JumpSessions(Record):
    """Numbers of TM12; its record says what each means."""

    cap: int
    small_contacts: int


@rule("TM12", parameters=JumpSessions)
def too_many_jump_sessions(timeline: Timeline, limits: JumpSessions) -> Iterator[Finding]:
    """Flag a week in which more sessions hold jumps than the cap."""
    weeks: dict[dt.date, list[TrainingDay]] = {}
    for session in _jump_sessions(timeline, limits.small_contacts):
        weeks.setdefault(timeline.runner.week_of(session.date), []).append(session)
    for week, sessions in weeks.items():
        if len(sessions) <= limits.cap:
            continue
        one_over = len(sessions) == limits.cap + 1
        found = [edit for session in reversed(sessions) for edit in _without_jumps(session)] if one_over else []
        yield finding(
            "TM12",
            Severity.ADVICE,
            Where(date=week, week=True, performed=all(session.performed for session in sessions)),
            measured=len(sessions),
            limit=limits.cap,
            unit="sessions",
            proposals=found[:FEWEST],
            no_fix="" if found else "no single edit leaves the jumps out of enough sessions",
            over=len(sessions) - limits.cap,
        )


@record
class JumpSpacing(Record):
    """Numbers of TS07; its record says what each means."""

    days_apart: int
    small_contacts: int


@rule("TS07", parameters=JumpSpacing)
def jumps_too_close(timeline: Timeline, limits: JumpSpacing) -> Iterator[Finding]:
    """Flag a session of jumps that follows another one too closely."""
    sessions = _jump_sessions(timeline, limits.small_contacts)
    for place, session in enumerate(sessions):
        earlier = _too_near(sessions, place, limits)
        if earlier is None:
            continue
        yield finding(
            "TS07",
            Severity.ADVICE,
            place_of_session(session),
            measured=(session.date - earlier.date).days,
            limit=limits.days_apart,
            unit="days",
            proposals=(*_apart(timeline, session, sessions, limits), *_without_jumps(session)),
            earlier_date=str(earlier.date),
        )


def _too_near(sessions: list[TrainingDay], place: int, limits: JumpSpacing) -> TrainingDay | None:
    """Return the nearest session before the one at `place` that is too close and that TS02 does not judge."""
    session = sessions[place]
    tissues = heavy_tissues(session)
    for back in range(place - 1, -1, -1):
        earlier = sessions[back]
        if (session.date - earlier.date).days >= limits.days_apart:
            return None
        if not tissues & heavy_tissues(earlier):
            return earlier
    return None


def _apart(
    timeline: Timeline, session: TrainingDay, sessions: list[TrainingDay], limits: JumpSpacing
) -> tuple[Edit, ...]:
    others = [other.date for other in sessions if other.id != session.id]

    def fits(place: Placed) -> bool:
        return all(abs((place.date - other).days) >= limits.days_apart for other in others)

    return moves(timeline, session, fits)


@record
class ShortNight(Record):
    """Numbers of SF07; its record says what each means."""

    sleep_hours: float
    usual_hours: float
    under_usual: float


@rule("SF07", parameters=ShortNight)
def jumps_after_a_short_night(timeline: Timeline, limits: ShortNight) -> Iterator[Finding | NotApplicable]:
    """Flag jumps on a day that follows a very short night."""
    jumping = [session for session in timeline.sessions_with(ExerciseKind.PLYOMETRIC) if jump_rows(session)]
    if not jumping:
        return
    least = _least_sleep(timeline, limits)
    for session in jumping:
        nights = [each.sleep for each in timeline.mornings.get(session.date, ()) if each.sleep is not None]
        if not nights:
            # A day that still lies ahead has no morning yet.
            if session.performed:
                where = Where(date=session.date, session=session.id, performed=True)
                yield NotApplicable(rule="SF07", reason="the night is not recorded: unknown is not short", where=where)
            continue
        slept = min(night.minutes for night in nights) / 60
        if slept >= least - 1e-9:
            continue
        yield finding(
            "SF07",
            Severity.INFO if session.performed else Severity.ADVICE,
            place_of_session(session),
            measured=slept,
            limit=least,
            unit="h",
            proposals=_without_jumps(session),
        )


def _least_sleep(timeline: Timeline, limits: ShortNight) -> float:
    """Return the hours under which a night is very short: for a short sleeper the own usual night decides."""
    usual = timeline.runner.usual_sleep
    if usual is None or usual.minutes / 60 >= limits.usual_hours:
        return limits.sleep_hours
    return min(limits.sleep_hours, usual.minutes / 60 - limits.under_usual)
