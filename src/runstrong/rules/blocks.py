"""PG, progression missed: weeks and blocks of strength without relief, without change, or with change too soon."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from runstrong.ladder.access import unusable
from runstrong.model.edits import Lighten
from runstrong.model.findings import Finding, NotApplicable, Where
from runstrong.model.prescription import BodyWeight, Load
from runstrong.model.timeline import Row, Timeline, TrainingDay
from runstrong.model.value import Record, record
from runstrong.model.words import Count, ExerciseKind, PartName, Pattern, Phase, Severity, Side
from runstrong.rules.comparing import capped, redose
from runstrong.rules.definition import finding, rule
from runstrong.rules.mending import kit_here
from runstrong.rules.reading import (
    SMALLER_PHASES,
    in_race_window,
    place_of,
    recorded,
    strength_weeks,
    weeks_before,
    whole_week,
)

__all__ = [
    "HoldCap",
    "NoDeload",
    "SamePrescription",
    "ShortBlock",
    "block_too_short_to_judge",
    "hold_past_its_use",
    "no_deload",
    "same_prescription_six_weeks",
]

_WEEK = dt.timedelta(days=7)

Lineups = tuple[tuple[str, ...], ...]
"""Ids of the strength exercises of each session of a week."""


@record
class NoDeload(Record):
    """Numbers of PG03; its record says what each means."""

    weeks: int
    lighter_by: float
    compared_weeks: int


@rule("PG03", parameters=NoDeload)
def no_deload(timeline: Timeline, limits: NoDeload) -> Iterator[Finding | NotApplicable]:
    """Flag each week of strength that follows too many without a lighter one."""
    sets: dict[dt.date, float | None] = {}
    streak, before = 0, None
    for week, sessions in strength_weeks(timeline):
        sets[week] = _sets(sessions) if timeline.whole_week(week, "strength") else None
        if before is not None and week - before > _WEEK:
            streak = 0
        before = week
        if sets[week] is None or _lighter(timeline, week, sets, limits):
            streak = 0
            continue
        streak += 1
        if streak > limits.weeks:
            yield finding(
                "PG03",
                Severity.ADVICE,
                Where(date=week, week=True, performed=all(session.performed for session in sessions)),
                measured=streak,
                limit=limits.weeks,
                unit="weeks",
                proposals=_lighter_week(timeline, week, limits),
            )


def _lighter_week(timeline: Timeline, week: dt.date, limits: NoDeload) -> tuple[Lighten, ...]:
    """Propose to lighten the week, by as much as makes it a lighter one."""
    if week not in timeline.plan_weeks:
        return ()
    return (Lighten(week=timeline.plan_weeks[week].start, share=round(1 - limits.lighter_by, 6)),)


def _sets(sessions: list[TrainingDay]) -> float | None:
    """Return the sets of strength work of a week; None when some were not recorded."""
    total = 0
    for session in sessions:
        for row in session.hard:
            if row.performed and not recorded(row):
                return None
            total += row.sets
    return float(total)


def _lighter(timeline: Timeline, week: dt.date, sets: dict[dt.date, float | None], limits: NoDeload) -> bool:
    planned = timeline.plan_weeks.get(week)
    if planned is not None and (planned.deload or planned.phase in SMALLER_PHASES):
        return True
    earlier = [sets.get(first) for first in weeks_before(week, limits.compared_weeks)]
    most = max([each for each in earlier if each is not None], default=0.0)
    return (sets[week] or 0.0) <= most * (1 - limits.lighter_by)


@record
class SamePrescription(Record):
    """Numbers of PG04; its record says what each means."""

    weeks: int
    sessions: int
    race_days_before: int
    race_days_after: int


@rule("PG04", parameters=SamePrescription)
def same_prescription_six_weeks(timeline: Timeline, limits: SamePrescription) -> Iterator[Finding | NotApplicable]:
    """Tell which exercise was done with the very same sets, amounts and loads for weeks."""
    for rows in timeline.rows_by_exercise.values():
        exercise = rows[0].exercise
        if not exercise.hard or exercise.pattern is Pattern.ANKLE_PLANTARFLEXION:
            continue
        done = [row for row in rows if row.performance is not None and row.performance.sets and _main(row)]
        streak = _unchanged(done)
        if len(streak) < limits.sessions or streak[-1].date - streak[0].date < _WEEK * limits.weeks:
            continue
        last = streak[-1]
        if _answered(timeline, last, [row for row in rows if not row.performed and _main(row)]):
            continue
        spared = _spared(timeline, streak, limits)
        if spared is not None:
            yield NotApplicable(rule="PG04", reason=spared, where=place_of(last))
            continue
        yield finding(
            "PG04",
            Severity.INFO,
            place_of(last),
            measured=(last.date - streak[0].date) // _WEEK,
            limit=limits.weeks,
            unit="weeks",
            sessions=len(streak),
            first=str(streak[0].date),
            name=exercise.name,
        )


def _main(row: Row) -> bool:
    return row.part is PartName.MAIN


def _unchanged(done: list[Row]) -> list[Row]:
    """Return the latest performances that were all alike, oldest first."""
    streak: list[Row] = []
    for row in reversed(done):
        if streak and _dose(row) != _dose(streak[-1]):
            break
        streak.append(row)
    return streak[::-1]


def _dose(row: Row) -> tuple[tuple[Side, int, Load], ...]:
    sets = row.performance.sets if row.performance is not None else ()
    return tuple((one.side, one.amount.high, one.load) for one in sets)


def _answered(timeline: Timeline, last: Row, planned: list[Row]) -> bool:
    """Whether a plan has gone on: without the exercise, or with another dose of it."""
    if timeline.plan is None:
        return False
    coming = [row for row in planned if row.date > last.date]
    return not any(row.sets == last.sets and row.amount <= last.amount for row in coming[:1])


def _spared(timeline: Timeline, streak: list[Row], limits: SamePrescription) -> str | None:
    """Return why doing the same was right, or None."""
    for row in streak:
        week = timeline.plan_weeks.get(timeline.week_of(row.date))
        if week is not None and week.phase in SMALLER_PHASES:
            return f"a week of {week.phase} keeps what is there"
    race = in_race_window(timeline, streak[-1].date, streak[-1].date, limits.race_days_before, limits.race_days_after)
    return f"near the race of {race}" if race is not None else None


@record
class HoldCap(Record):
    """Numbers of PG06; its record says what each means."""

    longest: int
    longest_alone: int


@rule("PG06", parameters=HoldCap)
def hold_past_its_use(timeline: Timeline, limits: HoldCap) -> Iterator[Finding]:
    """Tell a strength hold that grows on and on where a harder form is open."""
    for rows in timeline.rows_by_exercise.values():
        exercise = rows[0].exercise
        if exercise.kind is not ExerciseKind.ISOMETRIC or exercise.counted is not Count.HOLD or exercise.assesses:
            continue
        known = [row for row in rows if _main(row) and recorded(row)]
        # Of what was done the latest tells of the rest.
        done = [row for row in known if row.performed]
        for row in (*done[-1:], *(row for row in known if not row.performed)):
            if row.amount <= limits.longest:
                continue
            session = timeline.session_by_id[row.session]
            harder = _harder_form(timeline, session, row)
            longest = limits.longest if harder else max(limits.longest, limits.longest_alone)
            if row.amount <= longest:
                continue
            asked = row.prescription
            yield finding(
                "PG06",
                Severity.INFO,
                place_of(row),
                measured=row.amount,
                limit=longest,
                unit="s",
                proposals=redose(session, row, amount=capped(asked.amount, longest)) if asked else (),
                harder=harder or "a longer lever, a slower way in or load",
            )


def _harder_form(timeline: Timeline, session: TrainingDay, row: Row) -> str:
    """Return the next rung of the row's ladder that this runner can do there, empty where there is none."""
    ladder = timeline.ladder_of(row)
    places = [place for place, rung in enumerate(ladder.rungs) if rung.exercise == row.exercise.id] if ladder else []
    if ladder is None or not places:
        return ""
    loaded = not isinstance(row.load, BodyWeight)
    at = next((place for place in places if ladder.rungs[place].starts_loaded is loaded), places[0])
    kit = kit_here(timeline, session)
    for rung in ladder.rungs[at + 1 : at + 2]:
        exercise = timeline.exercise(rung.exercise)
        in_reach = rung.level.value <= timeline.runner.trained_level.value + 1
        if in_reach and unusable(rung, exercise, timeline.runner, kit, row.date) is None:
            return exercise.name
    return ""


@record
class ShortBlock(Record):
    """Numbers of PG05; its record says what each means."""

    weeks: int
    kept: float
    exercises: int


@rule("PG05", parameters=ShortBlock)
def block_too_short_to_judge(timeline: Timeline, limits: ShortBlock) -> Iterator[Finding | NotApplicable]:
    """Tell where a program was changed before its block was long enough to show what it does."""
    since: dt.date | None = None
    before: Lineups | None = None
    phase: Phase | None = None
    for week, sessions in strength_weeks(timeline):
        planned = timeline.plan_weeks.get(week)
        if not whole_week(timeline, week, "strength"):
            since, before = None, None
            continue
        if planned is not None and (planned.deload or planned.phase in SMALLER_PHASES):
            continue
        now = tuple([session.lineup for session in sessions])
        if before is None:
            # The block began here only where the week before is known to have held nothing.
            empty = week - _WEEK not in timeline.sessions_by_week and whole_week(timeline, week - _WEEK, "strength")
            since = week if empty else None
        elif now != before and _changed(timeline, before, now, limits):
            # A new phase of one plan changes on purpose.
            meant = planned is not None and phase is not None and planned.phase is not phase
            if since is not None and not meant and week - since < _WEEK * limits.weeks:
                yield finding(
                    "PG05",
                    Severity.INFO,
                    Where(date=week, week=True, performed=all(session.performed for session in sessions)),
                    measured=(week - since) // _WEEK,
                    limit=limits.weeks,
                    unit="weeks",
                    no_fix="a program is more than one edit",
                    since=str(since),
                )
            since = week
        before, phase = now, planned.phase if planned is not None else None


def _changed(timeline: Timeline, before: Lineups, now: Lineups, limits: ShortBlock) -> bool:
    """Whether less than `kept` of the smaller week stands, itself or one step along its ladders, in the other."""
    fewer, more = sorted(({id for lineup in week for id in lineup} for week in (before, now)), key=len)
    needed = limits.kept * len(fewer)
    if len(fewer) < limits.exercises or len(fewer & more) >= needed:
        return False
    ladders = timeline.ladders_of
    climbed = {ladder.id for id in more for ladder in ladders.get(id, ())}
    stays = sum(id in more or any(ladder.id in climbed for ladder in ladders.get(id, ())) for id in fewer)
    return stays < needed
