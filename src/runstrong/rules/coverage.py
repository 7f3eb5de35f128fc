"""CV, coverage and balance: what a week of strength training leaves out."""

from __future__ import annotations

from collections.abc import Iterator

from runstrong.model.edits import Edit, Swap
from runstrong.model.exercise import Exercise
from runstrong.model.findings import Finding, NotApplicable, Where
from runstrong.model.prescription import Prescription
from runstrong.model.timeline import Row, Timeline, TrainingDay
from runstrong.model.value import Record, evolve, record
from runstrong.model.words import ExerciseKind, KneeAngle, Pattern, Region, Severity
from runstrong.rules.definition import finding, rule
from runstrong.rules.mending import FEWEST, added, as_planned, editable, fits_here
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
    asks = limits.asked()
    # Weeks of a block hold the same exercises again and again.
    whole: set[tuple[tuple[str, ...], ...]] = set()
    counts = {id: _counts(timeline, rows[0].exercise) for id, rows in timeline.rows_by_exercise.items()}
    lacked: dict[Region, int] = {}
    for week, sessions in strength_weeks(timeline):
        lineups = tuple([session.lineup for session in sessions])
        if lineups in whole:
            lacked = {}
            continue
        covered = _covered(sessions, counts)
        short = {region: asked for region, asked in asks.items() if covered.get(region, 0.0) < asked - 1e-9}
        if not short:
            whole.add(lineups)
            lacked = {}
            continue
        exempt = week_exemption(timeline, week, limits)
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
                Where(date=week, week=True, performed=done),
                measured=covered.get(region, 0.0),
                limit=asked,
                unit="exercises",
                proposals=_covering(timeline, sessions, region, covered, limits),
                otherwise="nothing for it is open to you in these sessions, by level, kit, limits and time",
                subject=str(region),
                region=str(region),
            )


def _covered(sessions: list[TrainingDay], counts: dict[str, dict[Region, float]]) -> dict[Region, float]:
    """Count exercises per region; an exercise that only assists a region counts by the shared definition."""
    covered: dict[Region, float] = {}
    for session in sessions:
        for row in session.hard:
            for region, counted in counts[row.exercise.id].items():
                covered[region] = covered.get(region, 0.0) + counted
    return covered


def _counts(timeline: Timeline, exercise: Exercise) -> dict[Region, float]:
    if not exercise.hard:
        return {}
    counts = {tissue.region: timeline.words.secondary_share for tissue in exercise.secondary}
    return counts | {tissue.region: 1.0 for tissue in exercise.primary}


def _covering(
    timeline: Timeline, sessions: list[TrainingDay], region: Region, covered: dict[Region, float], limits: RegionWork
) -> tuple[Edit, ...]:
    """Propose to add work for `region`, else to put it in the place of work whose own regions stay covered without."""
    asked = limits.asked()
    found: list[Edit] = []
    more: list[Edit] = []
    for session in reversed(sessions):
        if editable(session) is None:
            continue
        stand_in = _stand_in(timeline, session, region)
        if stand_in is None:
            continue
        more += added(timeline, session, stand_in)
        for row in main_rows(session):
            counts = _counts(timeline, row.exercise)
            left = {held: covered.get(held, 0.0) - counted for held, counted in counts.items()}
            spare = all(rest >= asked.get(held, 0.0) - 1e-9 for held, rest in left.items())
            if spare and counts.get(region, 0.0) < 1.0:
                found.append(Swap(session=session.id, exercise=row.exercise.id, replacement=stand_in))
    return (*more[: FEWEST // 2], *found)[:FEWEST]


def _stand_in(timeline: Timeline, session: TrainingDay, region: Region) -> Prescription | None:
    """Return work for `region` that the plan asks for on the nearest day, else the start of a ladder."""
    planned = as_planned(timeline, session, lambda other: other.hard and region in other.regions)
    if planned is not None:
        return planned
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
    return next(
        (
            rung.start(exercise, ladder.id)
            for ladder, rung, exercise in starts
            if fits_here(timeline, session, exercise)
        ),
        None,
    )


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
    calf = {id for id, rows in timeline.rows_by_exercise.items() if is_calf_raise(rows[0].exercise)}
    for week, sessions in strength_weeks(timeline) if calf else ():
        raises = [(session, row) for session in sessions for row in session.hard if row.exercise.id in calf]
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
        proposals = _both_angles(timeline, sessions, raises, missing)
        yield finding(
            "CV02",
            Severity.ADVICE,
            where,
            measured=len(angles),
            limit=limits.angles,
            unit="knee angles",
            proposals=proposals[:FEWEST],
            otherwise="no calf raise with the other knee angle is open to you in these sessions",
            angle=str(angle),
            missing=str(missing),
            weeks=len(so_far),
        )


def _both_angles(
    timeline: Timeline, sessions: list[TrainingDay], raises: list[tuple[TrainingDay, Row]], missing: KneeAngle
) -> tuple[Edit, ...]:
    """Propose to add a raise with the angle that is missing, else to do one of several with it."""
    others = [(session, row, _other_angle(timeline, session, row, missing)) for session, row in reversed(raises)]
    doses = {session.id: made[0] for session, _, made in others if made}
    more: list[Edit] = []
    for session in reversed(sessions):
        if editable(session) is None:
            continue
        planned = as_planned(timeline, session, lambda other: is_calf_raise(other) and other.knee_angle is missing)
        asked = planned or doses.get(session.id)
        more += added(timeline, session, asked) if asked is not None else ()
    swaps = [
        Swap(session=session.id, exercise=row.exercise.id, replacement=asked)
        for session, row, made in others
        for asked in made
    ]
    return (*more[: FEWEST // 2], *swaps)


def is_calf_raise(exercise: Exercise) -> bool:
    """Whether it is hard ankle work with a stated knee angle."""
    return exercise.hard and exercise.pattern is Pattern.ANKLE_PLANTARFLEXION and exercise.knee_angle is not None


def _other_angle(timeline: Timeline, session: TrainingDay, row: Row, angle: KneeAngle) -> list[Prescription]:
    """Return the same work with the other knee angle, in the same dose: what is known first."""
    asked = row.prescription
    if editable(session) is None or asked is None:
        return []
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
    return [evolve(asked, exercise=exercise.id, progression=None) for exercise in fitting[:2]]
