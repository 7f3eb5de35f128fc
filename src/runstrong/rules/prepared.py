"""What has to be prepared first: foot work on two feet, and squats by the range that they need."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from runstrong.ladder.standing import standing_of
from runstrong.model.edits import Edit, Swap
from runstrong.model.exercise import Exercise
from runstrong.model.findings import Finding, NotApplicable
from runstrong.model.prescription import BodyWeight, Degree
from runstrong.model.timeline import Row, Timeline, TrainingDay
from runstrong.model.value import Record, record
from runstrong.model.words import (
    Deficit,
    Equipment,
    ExerciseKind,
    Impact,
    OverloadAxis,
    Pattern,
    Position,
    Region,
    Severity,
    Sides,
)
from runstrong.rules.comparing import as_done, redose
from runstrong.rules.definition import finding, rule
from runstrong.rules.mending import FEWEST, drops, editable, first_rungs, rules_of
from runstrong.rules.reading import main_rows, place_of

__all__ = ["FootOrder", "SquatRange", "foot_work_on_one_leg_first", "squat_without_range"]

_FOOT = frozenset({Region.FOOT, Region.ANKLE})
_TRAINS = frozenset({ExerciseKind.STRENGTH, ExerciseKind.ISOMETRIC, ExerciseKind.BALANCE})


@record
class FootOrder(Record):
    """Numbers of TS08; its record says what each means."""

    sessions: int
    known_days: int


@rule("TS08", parameters=FootOrder)
def foot_work_on_one_leg_first(timeline: Timeline, limits: FootOrder) -> Iterator[Finding | NotApplicable]:
    """Flag a novice's foot and ankle work on one leg, or barefoot, before gentle work for them was done."""
    if not timeline.runner.novice:
        return
    gentle: set[dt.date] = set()
    told: set[str] = set()
    for session in timeline.sessions:
        before = sum(day < session.date for day in gentle)
        for row in session.rows:
            if before >= limits.sessions or not _demanding(row.exercise) or row.exercise.assesses:
                continue
            if row.performed and not timeline.vouches_between(
                session.date - dt.timedelta(days=limits.known_days), session.date - dt.timedelta(days=1), "strength"
            ):
                reason = (
                    f"the {limits.known_days} days before are not all covered by the log: it may have been prepared"
                )
                yield NotApplicable(rule="TS08", reason=reason, where=place_of(row))
                continue
            if row.performed:
                # What is done is done: it is told once.
                if row.exercise.id in told:
                    continue
                told.add(row.exercise.id)
            yield finding(
                "TS08",
                Severity.ADVICE,
                place_of(row),
                measured=before,
                limit=limits.sessions,
                unit="sessions",
                proposals=(*_gentler(timeline, session, row), *drops(session, row.exercise.id)),
                name=row.exercise.name,
            )
        if any(_gentle(row.exercise) for row in session.rows):
            gentle.add(session.date)


def _demanding(exercise: Exercise) -> bool:
    """Whether foot or ankle carry the body alone, or meet the ground bare."""
    if not _FOOT & set(exercise.regions) or Position.STANDING not in exercise.positions:
        return False
    if exercise.kind in _TRAINS:
        return exercise.sides is Sides.UNILATERAL
    # Barefoot walking and running are the drills whose work is the foot's.
    return exercise.kind is ExerciseKind.DYNAMIC_DRILL and exercise.impact is not Impact.NONE and not exercise.assesses


def _gentle(exercise: Exercise) -> bool:
    """Whether it trains foot, ankle or calf seated or on both feet."""
    if exercise.kind not in (ExerciseKind.STRENGTH, ExerciseKind.ISOMETRIC):
        return False
    near = bool((_FOOT | {Region.CALF}) & set(exercise.regions))
    return near and (exercise.sides is Sides.BILATERAL or Position.SEATED in exercise.positions)


def _gentler(timeline: Timeline, session: TrainingDay, row: Row) -> tuple[Edit, ...]:
    """Propose the start of a ladder that is gentle to the foot."""
    if row.prescription is None or editable(session) is None or row not in main_rows(session):
        return ()
    starts = first_rungs(timeline, session, lambda exercise: _gentle(exercise) and bool(_FOOT & set(exercise.regions)))
    found = [Swap(session=session.id, exercise=row.exercise.id, replacement=dose) for dose in starts]
    return tuple(found[: FEWEST - 1])


@record
class SquatRange(Record):
    """Numbers of TS09; its record says what each means."""

    days: int


# What a full squat asks of ankle, hip and spine.
_ASKED = frozenset({Deficit.ANKLE_DORSIFLEXION, Deficit.HIP_FLEXION, Deficit.THORACIC_EXTENSION, Deficit.LUMBAR})
# What one squats down to, or sits in, sets the depth already.
_LIMITS_DEPTH = frozenset({Equipment.CHAIR, Equipment.BOX, Equipment.STEP, Equipment.LEG_PRESS})


@rule("TS09", parameters=SquatRange)
def squat_without_range(timeline: Timeline, limits: SquatRange) -> Iterator[Finding | NotApplicable]:
    """Flag a loaded full squat of a runner who lacks range for it and does nothing about it."""
    runner = timeline.runner
    if not runner.assessments and _ASKED.isdisjoint(runner.deficits):
        return  # neither stated nor measured: nothing is known to be lacking
    squats = {id for id, rows in timeline.rows_by_exercise.items() if _full_squat(rows[0].exercise)}
    if not squats:
        return
    drilled = _drilled(timeline)
    told: set[str] = set()
    for session in timeline.sessions:
        if squats.isdisjoint(session.lineup):
            continue
        loaded = [row for row in session.main if row.exercise.id in squats and _full_range(row)]
        if not loaded:
            continue
        since = session.date - dt.timedelta(days=limits.days)
        lacking = sorted(
            deficit
            for deficit in _ASKED & _deficits(timeline, session.date)
            if not any(since <= day <= session.date for day in drilled.get(deficit, ()))
        )
        if not lacking:
            continue
        for row in loaded:
            if row.performed and not timeline.vouches_between(since, session.date, "warm_ups"):
                reason = "the log does not vouch for warm-ups: the drills may have been done in them"
                yield NotApplicable(rule="TS09", reason=reason, where=place_of(row))
                continue
            if row.performed:
                if row.exercise.id in told:
                    continue
                told.add(row.exercise.id)
            half = Degree(OverloadAxis.RANGE, 2)
            others = () if row.prescription is None else tuple(
                each for each in row.prescription.degrees if each.axis is not OverloadAxis.RANGE
            )  # fmt: skip
            yield finding(
                "TS09",
                Severity.ADVICE,
                place_of(row),
                measured=0,
                limit=1,
                unit="drills",
                proposals=(*as_done(session, row, degrees=(*others, half)), *redose(session, row, load=BodyWeight())),
                name=row.exercise.name,
                lacking=", ".join(str(deficit).replace("-", " ") for deficit in lacking),
                days=limits.days,
            )


def _full_squat(exercise: Exercise) -> bool:
    """Whether an exercise is a squat whose depth nothing but the runner limits."""
    if exercise.pattern is not Pattern.SQUAT or exercise.kind is not ExerciseKind.STRENGTH:
        return False
    return _LIMITS_DEPTH.isdisjoint(exercise.equipment)


def _full_range(row: Row) -> bool:
    """Whether it was done, or is asked for, with a load and over the whole range."""
    if isinstance(row.load, BodyWeight):
        return False
    return row.prescription is None or row.prescription.degree(OverloadAxis.RANGE) == 3


def _drilled(timeline: Timeline) -> dict[Deficit, set[dt.date]]:
    """Return the days on which each deficit that a full squat asks about was worked on."""
    days: dict[Deficit, set[dt.date]] = {}
    for rows in timeline.rows_by_exercise.values():
        if rows[0].exercise.kind in (ExerciseKind.MOBILITY, ExerciseKind.DYNAMIC_DRILL):
            for deficit in _ASKED & set(rows[0].exercise.serves):
                days.setdefault(deficit, set()).update(row.date for row in rows)
    return days


def _deficits(timeline: Timeline, day: dt.date) -> set[Deficit]:
    """Return the deficits that are stated, and those that an assessment within its time shows."""
    runner = timeline.runner
    stated = set(runner.deficits)
    if not runner.assessments:
        return stated
    return stated | set(standing_of(runner, timeline.catalog, day, rules_of(timeline)).deficits)
