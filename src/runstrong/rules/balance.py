"""CV, coverage and balance over several weeks: what one week may leave out and a block should not.

A deficit that nothing answers for weeks (MB07) is found the same way.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from runstrong.ladder.standing import standing_of
from runstrong.model.edits import Edit, Swap
from runstrong.model.exercise import Exercise
from runstrong.model.findings import Finding, NotApplicable, Where
from runstrong.model.prescription import Prescription
from runstrong.model.timeline import Row, Timeline, TrainingDay
from runstrong.model.value import Record, evolve, record
from runstrong.model.words import (
    Deficit,
    ExerciseKind,
    Pattern,
    Plane,
    Position,
    Region,
    Severity,
    Side,
    Sides,
    Tissue,
)
from runstrong.rules.definition import finding, rule
from runstrong.rules.mending import FEWEST, added, as_planned, editable, first_rungs, fits_here, rules_of
from runstrong.rules.reading import main_rows, spans_without, strength_weeks, week_exemption, whole_week

__all__ = [
    "BothSides", "SpanLimits", "deficit_unanswered", "foot_and_ankle_uncovered", "no_single_leg_work",
    "no_trunk_rotation", "no_upper_back_extension", "one_plane_only", "one_side_only", "side_difference_unanswered",
]  # fmt: skip

# Patterns in which one leg can carry the body.
_CARRYING = frozenset(
    {
        Pattern.SQUAT, Pattern.LUNGE, Pattern.HINGE, Pattern.STEP, Pattern.BRIDGE, Pattern.HIP_EXTENSION,
        Pattern.ANKLE_PLANTARFLEXION, Pattern.JUMP, Pattern.HOP, Pattern.BOUND, Pattern.BALANCE, Pattern.GET_UP,
    }
)  # fmt: skip
_TURNING = frozenset({Pattern.TRUNK_ROTATION, Pattern.TRUNK_ANTI_ROTATION})
_LEGS = frozenset({tissue.region for tissue in Tissue if tissue.lower_body} | {Region.SHIN, Region.KNEE})

Span = list[tuple[dt.date, list[TrainingDay]]]


@record
class SpanLimits(Record):
    """Numbers of CV03 to CV06; their records say what each means."""

    weeks: int
    routine_weeks: int
    race_days_before: int
    race_days_after: int


@record
class _Lack(Record):
    """What a stretch of weeks lacks: the rule, what would end it, regions whose injury excuses it, where it may be.

    With `any_rung` a later rung of a ladder may be proposed too, where it asks for nothing first.
    """

    code: str
    severity: Severity
    wanted: Callable[[Exercise], bool]
    sparing: frozenset[Region]
    in_warm_ups: bool = False
    any_rung: bool = False


@rule("CV03", parameters=SpanLimits)
def foot_and_ankle_uncovered(timeline: Timeline, limits: SpanLimits) -> Iterator[Finding | NotApplicable]:
    """Flag weeks of strength training without any work for foot and ankle."""
    lack = _Lack("CV03", Severity.ADVICE, is_foot_work, frozenset({Region.FOOT, Region.ANKLE}))
    for span in spans_without(timeline, _with(is_foot_work)):
        yield from _judged(lack, timeline, limits, span)


def is_foot_work(exercise: Exercise) -> bool:
    """Whether it trains foot or ankle: strength, holds and balance of their muscles, and drills of foot control."""
    if exercise.kind is ExerciseKind.RELEASE:
        return False
    if Deficit.FOOT_CONTROL in exercise.serves:
        return True
    trains = exercise.hard or exercise.kind is ExerciseKind.BALANCE
    return trains and bool({Region.FOOT, Region.ANKLE} & set(exercise.regions))


@rule("CV04", parameters=SpanLimits)
def no_single_leg_work(timeline: Timeline, limits: SpanLimits) -> Iterator[Finding | NotApplicable]:
    """Flag weeks of strength training in which one leg never carries the body alone."""
    lack = _Lack("CV04", Severity.ADVICE, is_single_leg, _LEGS)
    for span in spans_without(timeline, _with(is_single_leg)):
        yield from _judged(lack, timeline, limits, span)


def is_single_leg(exercise: Exercise) -> bool:
    """Whether one leg carries or drives the body: both sides never work alike, in a pattern of standing or bridging."""
    if exercise.sides is Sides.BILATERAL or not exercise.lower_body or Position.SEATED in exercise.positions:
        return False
    return exercise.kind is ExerciseKind.BALANCE or (exercise.hard and exercise.pattern in _CARRYING)


@rule("CV05", parameters=SpanLimits)
def one_plane_only(timeline: Timeline, limits: SpanLimits) -> Iterator[Finding | NotApplicable]:
    """Flag weeks whose training moves, and resists movement, in one plane alone."""

    def holds(sessions: list[TrainingDay]) -> bool:
        return len(_planes(sessions, enough=2)) > 1

    for span in spans_without(timeline, holds):
        planes = {plane for _, sessions in span for plane in _planes(sessions)}
        plane = str(min(planes, default=Plane.SAGITTAL))

        def other(exercise: Exercise, held: str = plane) -> bool:
            return exercise.hard and any(str(each) != held for each in exercise.planes)

        lack = _Lack("CV05", Severity.ADVICE, other, frozenset())
        yield from _judged(lack, timeline, limits, span, plane=plane)


def _planes(sessions: list[TrainingDay], enough: int = len(Plane)) -> set[Plane]:
    """Return the planes that the main work of a week trains, looking on until there are `enough`."""
    planes: set[Plane] = set()
    for session in sessions:
        for row in session.main:
            if row.exercise.hard or row.exercise.kind is ExerciseKind.BALANCE:
                planes.update(row.exercise.planes)
                if len(planes) >= enough:
                    return planes
    return planes


@rule("CV06", parameters=SpanLimits)
def no_trunk_rotation(timeline: Timeline, limits: SpanLimits) -> Iterator[Finding | NotApplicable]:
    """Flag weeks in which the trunk neither turns nor resists turning."""
    lack = _Lack(
        "CV06", Severity.INFO, turns_trunk, frozenset({Region.LOWER_BACK, Region.TRUNK, Region.THORACIC}), True
    )
    for span in spans_without(timeline, _with(turns_trunk), "warm_ups"):
        yield from _judged(lack, timeline, limits, span)


def turns_trunk(exercise: Exercise) -> bool:
    """Whether the trunk turns or resists turning in it, as training or as mobility work."""
    if exercise.kind is ExerciseKind.RELEASE:
        return False
    loaded = {tissue.region for tissue in (*exercise.primary, *exercise.secondary)}
    trunk = bool(loaded & {Region.TRUNK, Region.THORACIC})
    return exercise.pattern in _TURNING or (trunk and Plane.TRANSVERSE in exercise.planes)


@rule("CV12", parameters=SpanLimits)
def no_upper_back_extension(timeline: Timeline, limits: SpanLimits) -> Iterator[Finding | NotApplicable]:
    """Tell weeks in which the upper back is never extended."""
    lack = _Lack("CV12", Severity.INFO, extends_upper_back, frozenset({Region.LOWER_BACK, Region.THORACIC}), True)
    for span in spans_without(timeline, _with(extends_upper_back), "warm_ups"):
        yield from _judged(lack, timeline, limits, span)


def extends_upper_back(exercise: Exercise) -> bool:
    """Whether the upper back is extended in it, as training or as mobility work."""
    return exercise.kind is not ExerciseKind.RELEASE and Deficit.THORACIC_EXTENSION in exercise.serves


@rule("MB07", parameters=SpanLimits)
def deficit_unanswered(timeline: Timeline, limits: SpanLimits) -> Iterator[Finding | NotApplicable]:
    """Tell weeks in which nothing answers a deficit that the runner states."""
    loose = Deficit.HYPERMOBILITY in timeline.runner.deficits
    for deficit in timeline.runner.deficits:
        if loose and deficit is not Deficit.HYPERMOBILITY and deficit not in _CONTROL:
            continue  # a hypermobile runner gets control work, not more range

        def wanted(exercise: Exercise, asked: Deficit = deficit) -> bool:
            return answers(exercise, asked)

        lack = _Lack("MB07", Severity.INFO, wanted, frozenset(), True)
        name = "control of loose joints" if deficit is Deficit.HYPERMOBILITY else str(deficit).replace("-", " ")
        for span in spans_without(timeline, _with(wanted), "warm_ups"):
            yield from _judged(lack, timeline, limits, span, subject=str(deficit), deficit=name)


# Deficits of control, which more range does not answer.
_CONTROL = frozenset({Deficit.HIP_CONTROL, Deficit.FOOT_CONTROL, Deficit.SINGLE_LEG_BALANCE})


def answers(exercise: Exercise, deficit: Deficit) -> bool:
    """Whether an exercise answers a deficit; loose joints are answered by work on control and balance."""
    if deficit is Deficit.HYPERMOBILITY:
        return exercise.kind is ExerciseKind.BALANCE or bool({deficit, *_CONTROL} & set(exercise.serves))
    return deficit in exercise.serves and not exercise.assesses


@rule("CV11", parameters=SpanLimits)
def side_difference_unanswered(timeline: Timeline, limits: SpanLimits) -> Iterator[Finding | NotApplicable]:
    """Flag weeks after a test that showed a difference between the sides, without work on one side at a time."""
    results = timeline.runner.assessments
    if not results:
        return
    standing = standing_of(timeline.runner, timeline.catalog, max(each.date for each in results), rules_of(timeline))
    for note in standing.notes:
        if note.gap is None or note.date is None or not note.gap.counts:
            continue
        tested = timeline.exercise(note.exercise)
        regions = frozenset(tested.regions)

        def wanted(exercise: Exercise, asked: frozenset[Region] = regions) -> bool:
            one_sided = exercise.sides is Sides.UNILATERAL and not exercise.assesses
            trains = exercise.hard or exercise.kind is ExerciseKind.BALANCE
            return one_sided and trains and bool(asked & set(exercise.regions))

        first = timeline.runner.week_of(note.date)
        lack = _Lack("CV11", Severity.ADVICE, wanted, regions, any_rung=True)
        for span in spans_without(timeline, _with(wanted)):
            after = [entry for entry in span if entry[0] >= first]
            yield from _judged(
                lack, timeline, limits, after, subject=note.exercise, test=tested.name, weaker=str(note.gap.weaker),
                region=", ".join(sorted(map(str, regions))), percent=str(note.gap.percent),
            )  # fmt: skip


def _with(wanted: Callable[[Exercise], bool]) -> Callable[[list[TrainingDay]], bool]:
    """Return whether sessions hold a `wanted` exercise; each exercise is looked at once."""
    known: dict[str, bool] = {}

    def holds(sessions: list[TrainingDay]) -> bool:
        for session in sessions:
            for row in session.rows:
                id = row.exercise.id
                if id not in known:
                    known[id] = wanted(row.exercise)
                if known[id]:
                    return True
        return False

    return holds


def _judged(
    lack: _Lack, timeline: Timeline, limits: SpanLimits, span: Span, **facts: str
) -> Iterator[Finding | NotApplicable]:
    """Judge one stretch of weeks that lack something; it counts the weeks that are meant to hold it."""
    if len(span) < limits.weeks:
        return
    reasons = [_exempt(timeline, week, limits, lack) for week, _ in span]
    counted = reasons.count(None)
    sessions = [session for _, held in span for session in held]
    where = Where(date=span[0][0], week=True, performed=all(session.performed for session in sessions))
    if counted < limits.weeks:
        reason = next(reason for reason in reasons if reason is not None)
        yield NotApplicable(rule=lack.code, reason=reason, where=where)
        return
    yield finding(
        lack.code,
        lack.severity,
        where,
        measured=counted,
        limit=limits.weeks,
        unit="weeks",
        proposals=_breaking(timeline, span, limits, lack),
        otherwise="the weeks are more than one edit can mend, or nothing for it is open to you in them",
        **facts,
    )


def _exempt(timeline: Timeline, week: dt.date, limits: SpanLimits, lack: _Lack) -> str | None:
    reason = week_exemption(timeline, week, limits)
    if reason is not None:
        return reason
    if lack.in_warm_ups and not whole_week(timeline, week, "warm_ups"):
        return "the log does not vouch for warm-ups, which may hold it"
    spared = (injury for injury in timeline.runner.injuries if injury.region in lack.sparing and injury.current(week))
    return next((f"the {injury.region} is injured" for injury in spared), None)


def _breaking(timeline: Timeline, span: Span, limits: SpanLimits, lack: _Lack) -> tuple[Edit, ...]:
    """Propose what is lacking in a week that leaves too few weeks without it on both sides: beside, or in a place."""
    found: list[Edit] = []
    more: list[Edit] = []
    for place, (_, sessions) in enumerate(span):
        if place >= limits.weeks or len(span) - place - 1 >= limits.weeks:
            continue
        for session in sessions:
            if editable(session) is None:
                continue
            stand_in = _stand_in(timeline, session, lack.wanted)
            if stand_in is None and lack.any_rung:
                stand_in = _later_rung(timeline, session, lack.wanted)
            if stand_in is not None:
                more += added(timeline, session, stand_in)
                rows = list(main_rows(session))[-2:]
                found += [Swap(session=session.id, exercise=row.exercise.id, replacement=stand_in) for row in rows]
    return (*more[: FEWEST // 2], *found)[:FEWEST]


def _stand_in(timeline: Timeline, session: TrainingDay, wanted: Callable[[Exercise], bool]) -> Prescription | None:
    """Return what is lacking as the plan asks for it on the nearest other day, else as a ladder starts."""
    planned = as_planned(timeline, session, wanted)
    if planned is not None:
        return planned
    trains = (dose for dose in first_rungs(timeline, session, wanted) if timeline.exercise(dose.exercise).hard)
    return next(trains, None)


def _later_rung(timeline: Timeline, session: TrainingDay, wanted: Callable[[Exercise], bool]) -> Prescription | None:
    """Return the easiest rung with a `wanted` exercise that asks for nothing first and can be done there."""
    held = {row.exercise.id for row in session.rows}
    found = [
        (rung.level.value, place, ladder.id, rung, exercise)
        for ladder in timeline.catalog.progressions.values()
        for place, rung in enumerate(ladder.rungs)
        if not rung.prerequisites and not rung.starts_loaded and wanted(exercise := timeline.exercise(rung.exercise))
        if exercise.hard and exercise.id not in held and fits_here(timeline, session, exercise)
    ]
    best = min(found, key=lambda each: each[:3], default=None)
    if best is None:
        return None
    *_, ladder, rung, exercise = best
    return rung.start(exercise, ladder)


@record
class BothSides(Record):
    """Numbers of CV07; its record says what each means."""

    sides: int
    injury_days: int


@rule("CV07", parameters=BothSides)
def one_side_only(timeline: Timeline, limits: BothSides) -> Iterator[Finding | NotApplicable]:
    """Flag a week in which an exercise for each side in turn was for one side alone."""
    lopsided = _lopsided(timeline)
    for week, sessions in strength_weeks(timeline) if lopsided else ():
        by_exercise: dict[str, list[tuple[TrainingDay, Row]]] = {}
        for session in sessions:
            for row in session.main:
                if row.exercise.id in lopsided:
                    by_exercise.setdefault(row.exercise.id, []).append((session, row))
        for id, rows in by_exercise.items():
            sides = {side for _, row in rows for side in _sides_of(row)}
            if Side.NONE in sides or Side.BOTH in sides or len(sides) >= limits.sides:
                continue
            where = Where(date=week, week=True, exercise=id, performed=all(row.performed for _, row in rows))
            excuse = _one_sided_because(timeline, week, rows[0][1].exercise, limits)
            if excuse is not None:
                yield NotApplicable(rule="CV07", reason=excuse, where=where)
                continue
            yield finding(
                "CV07",
                Severity.ADVICE,
                where,
                measured=len(sides),
                limit=limits.sides,
                unit="sides",
                proposals=_on_both(rows),
                side=str(min(sides)),
            )


def _lopsided(timeline: Timeline) -> set[str]:
    """Return the exercises for each side in turn of which a row is not for both."""
    found = set()
    for id, rows in timeline.rows_by_exercise.items():
        exercise = rows[0].exercise
        trains = exercise.hard or exercise.kind is ExerciseKind.BALANCE
        if trains and exercise.sides is Sides.UNILATERAL and any(row.sides == 1 for row in rows):
            found.add(id)
    return found


def _sides_of(row: Row) -> set[Side]:
    """Return the sides of a row; `Side.NONE` where a side is not known."""
    if row.prescription is not None:
        return {row.prescription.side}
    return {one.side for one in row.performance.sets} if row.performance and row.performance.sets else {Side.NONE}


def _one_sided_because(timeline: Timeline, week: dt.date, exercise: Exercise, limits: BothSides) -> str | None:
    """Return what explains work on one side, or why nobody can tell."""
    for injury in timeline.runner.injuries:
        near = injury.region in _LEGS if exercise.lower_body else injury.region in exercise.regions
        if near and (injury.recent(week, limits.injury_days) or injury.current(week + dt.timedelta(days=6))):
            return f"an injury of the {injury.region} explains it"
    if not whole_week(timeline, week, "strength"):
        return "not all of its days are planned or covered by the log: not recorded is not not done"
    return None


def _on_both(rows: list[tuple[TrainingDay, Row]]) -> tuple[Swap, ...]:
    """Propose the same work for each side in turn."""
    return tuple(
        Swap(session=session.id, exercise=row.exercise.id, replacement=evolve(row.prescription, side=Side.BOTH))
        for session, row in rows
        if row.prescription is not None and editable(session) is not None
    )[:FEWEST]
