"""CV, coverage and balance: what a week of strength training leaves out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from runstrong.model.edits import Swap
from runstrong.model.exercise import Exercise
from runstrong.model.prescription import Prescription
from runstrong.model.rules import Finding, NotApplicable, Where
from runstrong.model.timeline import Row, Timeline, TrainingDay
from runstrong.model.value import Record, evolve, record
from runstrong.model.words import ExerciseKind, KneeAngle, Pattern, Region, Severity
from runstrong.rules.definition import finding, rule
from runstrong.rules.mending import FEWEST, editable, fits_here, rung_dose
from runstrong.rules.reading import injured, main_rows, strength_weeks, week_exemption

__all__ = ["CalfAngles", "RegionWork", "calf_one_knee_angle", "region_uncovered"]


@record
class RegionWork(Record):
    """Numbers of CV01; its record says what each means."""

    calf: float
    hamstring: float
    hip: float
    trunk: float
    weeks_done: int
    routine_weeks: int
    race_days_before: int
    race_days_after: int

    def asked(self) -> dict[Region, float]:
        """Exercises per week that each region asks for."""
        return {
            Region.CALF: self.calf,
            Region.HAMSTRING: self.hamstring,
            Region.HIP: self.hip,
            Region.TRUNK: self.trunk,
        }


@rule("CV01", parameters=RegionWork)
def region_uncovered(timeline: Timeline, limits: RegionWork) -> Iterator[Finding | NotApplicable]:
    """Flag a week of strength training that leaves out a region runners need."""
    lacked: dict[Region, int] = {}
    for week, sessions in strength_weeks(timeline):
        covered = _covered(timeline, sessions)
        short = {region: asked for region, asked in limits.asked().items() if covered.get(region, 0.0) < asked - 1e-9}
        exempt = week_exemption(timeline, week, limits) if short else None
        lacked = {} if exempt is not None else {region: lacked.get(region, 0) + 1 for region in short}
        if exempt is not None:
            yield NotApplicable(rule="CV01", reason=exempt, where=Where(date=week, week=True))
            continue
        done = all(session.performed for session in sessions)
        for region, asked in short.items():
            if done and lacked[region] < limits.weeks_done:
                continue
            if injured(timeline, region, week):
                yield NotApplicable(rule="CV01", reason=f"the {region} is injured", where=Where(date=week, week=True))
                continue
            yield finding(
                "CV01",
                Severity.ADVICE,
                Where(date=week, week=True, performed=all(session.performed for session in sessions)),
                measured=covered.get(region, 0.0),
                limit=asked,
                unit="exercises",
                proposals=_covering(timeline, sessions, region, covered, limits),
                subject=str(region),
                region=str(region),
            )


def _covered(timeline: Timeline, sessions: list[TrainingDay]) -> dict[Region, float]:
    """Count exercises per region; an exercise that only assists a region counts by the shared definition."""
    covered: dict[Region, float] = {}
    for session in sessions:
        for row in main_rows(session):
            for region, counted in _counts(timeline, row.exercise).items():
                covered[region] = covered.get(region, 0.0) + counted
    return covered


def _counts(timeline: Timeline, exercise: Exercise) -> dict[Region, float]:
    if not exercise.hard:
        return {}
    counts = {tissue.region: timeline.words.secondary_share for tissue in exercise.secondary}
    return counts | {tissue.region: 1.0 for tissue in exercise.primary}


def _covering(
    timeline: Timeline, sessions: list[TrainingDay], region: Region, covered: dict[Region, float], limits: RegionWork
) -> tuple[Swap, ...]:
    """Propose work for `region` in the place of an exercise whose own regions stay covered without it."""
    asked = limits.asked()
    found: list[Swap] = []
    for session in reversed(sessions):
        if editable(session) is None:
            continue
        stand_in = _stand_in(timeline, session, region)
        if stand_in is None:
            continue
        for row in main_rows(session):
            counts = _counts(timeline, row.exercise)
            left = {held: covered.get(held, 0.0) - counted for held, counted in counts.items()}
            spare = all(rest >= asked.get(held, 0.0) - 1e-9 for held, rest in left.items())
            if spare and counts.get(region, 0.0) < 1.0:
                found.append(Swap(session=session.id, exercise=row.exercise.id, replacement=stand_in))
    return tuple(found[:FEWEST])


def _stand_in(timeline: Timeline, session: TrainingDay, region: Region) -> Prescription | None:
    """Return work for `region` that the plan asks for on the nearest day, else the start of a ladder."""
    held = {row.exercise.id for row in session.rows}
    near: tuple[int, dt.date, str] | None = None
    best: Prescription | None = None
    for row in timeline.rows:
        other = row.exercise
        if row.prescription is None or other.id in held or not other.hard or region not in other.regions:
            continue
        key = (abs((row.date - session.date).days), row.date, row.exercise.id)
        if near is None or key < near:
            near, best = key, row.prescription
    if best is not None:
        return best
    return _first_rung(timeline, session, region)


def _first_rung(timeline: Timeline, session: TrainingDay, region: Region) -> Prescription | None:
    """Return the start of a ladder for `region` that can be done there, strength before holds."""
    held = {row.exercise.id for row in session.rows}
    starts = []
    for ladder in timeline.catalog.progressions.values():
        rung = ladder.rungs[0]
        exercise = timeline.exercise(rung.exercise)
        plain = exercise.hard and exercise.kind is not ExerciseKind.PLYOMETRIC and not rung.prerequisites
        if ladder.region is region and plain and exercise.id not in held and region in exercise.regions:
            starts.append((ladder, rung, exercise))
    starts.sort(key=lambda start: (start[2].kind is not ExerciseKind.STRENGTH, start[1].level.value, start[0].id))
    return next((rung_dose(*start) for start in starts if fits_here(timeline, session, start[2])), None)


@record
class CalfAngles(Record):
    """Numbers of CV02; its record says what each means."""

    angles: int
    weeks: int
    routine_weeks: int
    race_days_before: int
    race_days_after: int


@rule("CV02", parameters=CalfAngles)
def calf_one_knee_angle(timeline: Timeline, limits: CalfAngles) -> Iterator[Finding | NotApplicable]:
    """Flag a week whose calf raises all have the same knee angle, when those of the weeks before had it as well."""
    so_far: list[KneeAngle | None] = []
    for week, sessions in strength_weeks(timeline):
        raises = [(session, row) for session in sessions for row in main_rows(session) if is_calf_raise(row.exercise)]
        angles = {row.exercise.knee_angle for _, row in raises}
        if not raises:
            continue
        if len(angles) >= limits.angles:
            so_far = []
            continue
        where = Where(date=week, week=True, performed=all(session.performed for session in sessions))
        exempt = week_exemption(timeline, week, limits)
        if exempt is None and injured(timeline, Region.CALF, week):
            exempt = "the calf is injured"
        if exempt is not None:
            so_far = []
            yield NotApplicable(rule="CV02", reason=exempt, where=where)
            continue
        angle = raises[0][1].exercise.knee_angle
        so_far = [*(each for each in so_far if each is angle), angle]
        if len(so_far) < limits.weeks:
            continue
        missing = KneeAngle.STRAIGHT if angle is KneeAngle.BENT else KneeAngle.BENT
        proposals = tuple(
            swap for session, row in reversed(raises) for swap in _other_angle(timeline, session, row, missing)
        )
        yield finding(
            "CV02",
            Severity.ADVICE,
            where,
            measured=len(angles),
            limit=limits.angles,
            unit="knee angles",
            proposals=proposals[:FEWEST],
            angle=str(angle),
            missing=str(missing),
            weeks=len(so_far),
        )


def is_calf_raise(exercise: Exercise) -> bool:
    """Whether it is hard ankle work with a stated knee angle."""
    return exercise.hard and exercise.pattern is Pattern.ANKLE_PLANTARFLEXION and exercise.knee_angle is not None


def _other_angle(timeline: Timeline, session: TrainingDay, row: Row, angle: KneeAngle) -> Iterator[Swap]:
    """Propose the same work with the other knee angle, in the same dose."""
    if editable(session) is None or row.prescription is None:
        return
    held = {other.exercise.id for other in session.rows}
    known = timeline.rows_by_exercise
    fitting = [
        exercise
        for exercise in timeline.catalog.exercises.values()
        if is_calf_raise(exercise)
        and exercise.knee_angle is angle
        and (exercise.sides, exercise.counted) == (row.exercise.sides, row.exercise.counted)
        and exercise.id not in held
        and fits_here(timeline, session, exercise)
    ]
    fitting.sort(key=lambda exercise: (exercise.id not in known, exercise.level.value, exercise.id))
    for exercise in fitting[:2]:
        made = evolve(row.prescription, exercise=exercise.id, progression=None)
        yield Swap(session=session.id, exercise=row.exercise.id, replacement=made)
