"""MB, mobility and stretching: the right kind at the right time."""

from __future__ import annotations

import math
from collections.abc import Iterator

from runstrong.ladder.access import usable_drills
from runstrong.ladder.standing import standing_of
from runstrong.model.edits import Edit, Reduce, Swap
from runstrong.model.findings import Finding, NotApplicable, Where
from runstrong.model.prescription import BodyWeight, Hold, Prescription
from runstrong.model.timeline import Row, Timeline, TrainingDay
from runstrong.model.value import Record, evolve, record
from runstrong.model.words import (
    Count,
    DayPart,
    Deficit,
    Emphasis,
    ExerciseKind,
    Goal,
    Impact,
    PartName,
    Pattern,
    Severity,
    Side,
    Tissue,
    When,
)
from runstrong.rules.concurrent import Hours
from runstrong.rules.definition import NoNumbers, finding, rule
from runstrong.rules.mending import added, drops, editable, kit_here, rules_of
from runstrong.rules.reading import place_of, place_of_session, recorded

__all__ = [
    "HoldRange", "StaticStretch", "WarmUp", "hold_outside_range", "no_dynamic_warm_up",
    "post_run_stretch_before_run", "release_without_drill", "static_stretch_before_run", "stretch_without_purpose",
]  # fmt: skip

_STRETCH = ExerciseKind.STATIC_STRETCH
_MOST_DRILL_SETS = 3  # convention: a drill that would need more is no warm-up by itself
_MOVING = frozenset({ExerciseKind.DYNAMIC_DRILL, ExerciseKind.MOBILITY})
_LOOSE = "more range is not what a hypermobile runner needs"
_NO_PURPOSE = "no deficit, goal or drill asks for it"
_FASTER = frozenset(
    {
        Deficit.HIP_EXTENSION, Deficit.HIP_FLEXION, Deficit.HIP_INTERNAL_ROTATION, Deficit.HIP_EXTERNAL_ROTATION,
        Deficit.THORACIC_ROTATION, Deficit.THORACIC_EXTENSION, Deficit.LUMBAR,
    }
)  # fmt: skip
"""Hip and trunk mobility, which the goal of running faster asks for."""


@record
class StaticStretch(Hours):
    """Numbers of MB01; its record says what each means."""

    advise_from: float
    warn_from: float
    dynamic_minutes: float
    lockout_minutes: float
    rep_seconds: float
    meters_per_second: float


@rule("MB01", parameters=StaticStretch)
def static_stretch_before_run(timeline: Timeline, limits: StaticStretch) -> Iterator[Finding | NotApplicable]:
    """Flag a static stretch that is held long in the warm-up of a run."""
    for session in timeline.sessions_with(_STRETCH):
        stretches = [row for row in session.rows if row.exercise.kind is _STRETCH]
        warms_up = _warms_up_for_run(timeline, session)
        apart = None if warms_up else _minutes_to_run(timeline, session, limits)
        if warms_up:
            stretches = [row for row in stretches if row.part is not PartName.COOL_DOWN]
        if not stretches or (apart is None and not warms_up):
            continue
        seconds: dict[Tissue, float] = {}
        for row in stretches:
            for tissue in row.exercise.primary:
                seconds[tissue] = seconds.get(tissue, 0.0) + _seconds(row, limits)
        least = limits.advise_from if apart is None else max(limits.advise_from, limits.warn_from)
        last = max(place for place, row in enumerate(session.rows) if row in stretches)
        if _dynamic_minutes(session.rows[last + 1 :], limits) >= limits.dynamic_minutes:
            continue
        told: set[str] = set()
        for row in stretches:
            tissue = max(row.exercise.primary, key=lambda one: (seconds[one], one.value))
            if seconds[tissue] < least or row.exercise.id in told:
                continue
            told.add(row.exercise.id)
            if session.performed and not (timeline.log and timeline.log.covers(session.date, "warm_ups")):
                reason = "the log does not vouch for warm-ups: dynamic work may have followed"
                yield NotApplicable(rule="MB01", reason=reason, where=place_of(row))
                continue
            yield finding(
                "MB01",
                Severity.WARNING if seconds[tissue] >= limits.warn_from else Severity.ADVICE,
                place_of(row),
                measured=seconds[tissue],
                limit=least,
                unit="s",
                proposals=drops(session, row.exercise.id),
                tissue=str(tissue),
                before="right before a run" if apart is None else f"{apart:.0f} min before a run",
                dynamic_minutes=limits.dynamic_minutes,
            )


def _minutes_to_run(timeline: Timeline, session: TrainingDay, limits: StaticStretch) -> float | None:
    """Return the minutes from the end of a session to the next run in a later part of its day, within the lock-out."""
    begins = limits.hour(session.day_part)
    if begins is None:
        return None
    runs = [limits.hour(run.day_part) for run in timeline.runs_by_day.get(session.date, ())]
    later = [hour for hour in runs if hour is not None and hour > begins]
    apart = max(0.0, (min(later) - begins) * 60 - (session.minutes or 0.0)) if later else None
    return apart if apart is not None and apart < limits.lockout_minutes else None


def _warms_up_for_run(timeline: Timeline, session: TrainingDay) -> bool:
    """Whether the session is the warm-up of a run of its day.

    A session with strength work is a session of its own: without known times, runs start the day and strength ends
    it. Work without any of it, in the same part of the day as a run or at an unknown time, is that run's warm-up.
    """
    runs = timeline.runs_by_day.get(session.date, ())
    if any(row.exercise.hard and row.part is PartName.MAIN for row in session.rows):
        return False
    unknown = DayPart.UNKNOWN
    return any(run.day_part is session.day_part or unknown in (run.day_part, session.day_part) for run in runs)


def _seconds(row: Row, limits: StaticStretch | WarmUp) -> float:
    """Time on one side, all sets together."""
    if row.exercise.counted is Count.HOLD:
        return float(row.sets * row.amount)
    if row.exercise.counted is Count.MINUTES:
        return row.sets * row.amount * 60.0
    if row.exercise.counted is Count.DISTANCE:
        return row.sets * row.amount / limits.meters_per_second
    return row.sets * row.amount * limits.rep_seconds


def _dynamic_minutes(rows: tuple[Row, ...], limits: StaticStretch) -> float:
    """Minutes of dynamic work among `rows`, both sides together."""
    kind, pattern = ExerciseKind.DYNAMIC_DRILL, Pattern.GAIT
    moving = [row for row in rows if row.exercise.kind is kind or row.exercise.pattern is pattern]
    return sum(_seconds(row, limits) * row.sides for row in moving) / 60.0


@rule("MB06")
def post_run_stretch_before_run(timeline: Timeline, _: NoNumbers) -> Iterator[Finding]:
    """Tell a stretch whose record puts it after a run and that stands before one, however short."""
    for session in timeline.sessions:
        if not _warms_up_for_run(timeline, session):
            continue
        told: set[str] = set()
        for row in session.rows:
            early = row.exercise.when is When.POST_RUN and row.part is not PartName.COOL_DOWN
            if not early or row.exercise.id in told:
                continue
            told.add(row.exercise.id)
            yield finding(
                "MB06",
                Severity.INFO,
                place_of(row),
                measured=1,
                limit=0,
                unit="stretches",
                proposals=drops(session, row.exercise.id),
                name=row.exercise.name,
            )


@record
class WarmUp(Record):
    """Numbers of MB02; its record says what each means."""

    dynamic_minutes: float
    rep_seconds: float
    meters_per_second: float


@rule("MB02", parameters=WarmUp)
def no_dynamic_warm_up(timeline: Timeline, limits: WarmUp) -> Iterator[Finding | NotApplicable]:
    """Flag heavy leg work, and quality runs, that begin without dynamic work."""
    warms = any(row.part is PartName.WARM_UP for row in timeline.rows if not row.performed)
    for session in timeline.sessions:
        if session.emphasis is not Emphasis.HEAVY_LEGS:
            continue
        minutes = _moving_minutes(session.rows, limits)
        if minutes is None or minutes >= limits.dynamic_minutes:
            continue
        where = place_of_session(session)
        unknown = _warm_up_unknown(timeline, session, plans_warm_ups=warms)
        if unknown:
            yield NotApplicable(rule="MB02", reason=unknown, where=where)
            continue
        yield finding(
            "MB02",
            Severity.ADVICE,
            where,
            measured=minutes,
            limit=limits.dynamic_minutes,
            unit="min",
            proposals=_warmed_up(timeline, session, limits.dynamic_minutes - minutes, limits),
            otherwise="no one drill that is open to you makes up for the minutes, or the day has no time for it",
            before="heavy leg work",
        )
    for run, performed in timeline.runs:
        if not performed or not run.kind.quality or not (timeline.log and timeline.log.covers(run.date, "warm_ups")):
            continue
        rows = [row for session in timeline.sessions_by_day.get(run.date, ()) for row in session.rows]
        minutes = _moving_minutes(tuple(rows), limits)
        if minutes is not None and minutes < limits.dynamic_minutes:
            yield finding(
                "MB02",
                Severity.INFO,
                Where(date=run.date, performed=True),
                measured=minutes,
                limit=limits.dynamic_minutes,
                unit="min",
                subject=str(run.kind),
                before=f"a quality run ({run.kind})",
            )


def _warmed_up(timeline: Timeline, session: TrainingDay, missing: float, limits: WarmUp) -> tuple[Edit, ...]:
    """Propose a drill that makes up for the missing minutes: one that the plan asks for elsewhere, then a walk."""
    if editable(session) is None:
        return ()
    held = {row.exercise.id for row in session.rows}
    known = {row.exercise.id for row in timeline.rows if row.part is PartName.WARM_UP}
    kit = kit_here(timeline, session)
    drills = [each for each in timeline.catalog.exercises.values() if each.kind is ExerciseKind.DYNAMIC_DRILL]
    usable = usable_drills(drills, timeline.runner, kit, session.date, taken=tuple(held))
    found: list[tuple[bool, bool, bool, float, Edit]] = []
    for exercise in usable:
        own = exercise.dose_at(timeline.runner.trained_level)
        once = Row(
            session.date, session.day_part, session.id, PartName.WARM_UP, exercise, 1, 1, own.amount.high, BodyWeight(),
            None, False,
        )  # fmt: skip
        sides = 2 if exercise.side is Side.BOTH else 1
        each = _seconds(once, limits) * sides / 60
        sets = max(1, math.ceil(missing / each - 1e-9)) if each else _MOST_DRILL_SETS + 1
        if sets <= max(own.sets, _MOST_DRILL_SETS):
            asked = Prescription(
                exercise=exercise.id, sets=sets, amount=own.amount, side=exercise.side, tempo=own.tempo, rest=own.rest
            )
            walks = exercise.pattern is Pattern.GAIT
            rank = (exercise.id not in known, not walks, exercise.impact is not Impact.NONE, sets * each)
            found += [(*rank, edit) for edit in added(timeline, session, asked, PartName.WARM_UP)]
    found.sort(key=lambda entry: entry[:4])
    return tuple(edit for *_, edit in found)[:3]


def _warm_up_unknown(timeline: Timeline, session: TrainingDay, *, plans_warm_ups: bool) -> str:
    """Return why nobody can tell whether a session had a warm-up, or nothing."""
    if session.performed:
        covered = timeline.log is not None and timeline.log.covers(session.date, "warm_ups")
        return "" if covered else "the log does not vouch for warm-ups"
    return "" if plans_warm_ups else "the plan plans no warm-ups at all: they may be left to the runner"


def _moving_minutes(rows: tuple[Row, ...], limits: WarmUp) -> float | None:
    """Minutes of drills and mobility work outside the cool-down, both sides together; None when one is not recorded."""
    moving = [row for row in rows if row.exercise.kind in _MOVING and row.part is not PartName.COOL_DOWN]
    if not all(recorded(row) for row in moving if row.performed):
        return None
    return sum(_seconds(row, limits) * row.sides for row in moving) / 60.0


@rule("MB03")
def stretch_without_purpose(timeline: Timeline, _: NoNumbers) -> Iterator[Finding]:
    """Flag a static stretch that answers no deficit, no goal and prepares nothing."""
    loose = Deficit.HYPERMOBILITY in timeline.runner.deficits
    for session in timeline.sessions_with(_STRETCH):
        told: set[str] = set()
        for place, row in enumerate(session.rows):
            if row.exercise.kind is not _STRETCH or row.exercise.id in told:
                continue
            if not loose and (_prepares(session, place) or _answers(timeline, row)):
                continue
            told.add(row.exercise.id)
            yield finding(
                "MB03",
                Severity.ADVICE if loose else Severity.INFO,
                place_of(row),
                measured=0,
                limit=1,
                unit="purposes",
                proposals=drops(session, row.exercise.id),
                stretch=row.exercise.name,
                why=_LOOSE if loose else _NO_PURPOSE,
            )


def _answers(timeline: Timeline, row: Row) -> bool:
    """Whether a row serves a deficit that is stated or measured, or a goal."""
    runner, serves = timeline.runner, set(row.exercise.serves)
    if serves & set(runner.deficits) or (Goal.RUN_FASTER in runner.goals and serves & _FASTER):
        return True
    if not runner.assessments:
        return False
    measured = standing_of(runner, timeline.catalog, row.date, rules_of(timeline)).deficits
    return bool(serves & set(measured))


def _prepares(session: TrainingDay, place: int) -> bool:
    """Whether a drill that the row at `place` prepares follows; the log does not keep the order within a day."""
    row = session.rows[place]
    after = session.rows if session.performed else session.rows[place + 1 :]
    return bool({other.exercise.id for other in after} & set(row.exercise.prepares))


@record
class HoldRange(Record):
    """Numbers of MB04; its record says what each means."""

    shortest: int
    longest: int
    release_shortest: int
    release_longest: int

    def bounds(self, kind: ExerciseKind) -> tuple[int, int]:
        """Return the least and the most seconds of a stretch or a release."""
        if kind is ExerciseKind.RELEASE:
            return self.release_shortest, self.release_longest
        return self.shortest, self.longest


@rule("MB04", parameters=HoldRange)
def hold_outside_range(timeline: Timeline, limits: HoldRange) -> Iterator[Finding]:
    """Flag a static stretch or a release that is held too briefly, or longer than is of use."""
    odd = {
        (row.date, row.session)
        for rows in timeline.rows_by_exercise.values()
        if rows[0].exercise.kind in (_STRETCH, ExerciseKind.RELEASE) and rows[0].exercise.counted is Count.HOLD
        for bounds in [limits.bounds(rows[0].exercise.kind)]
        for row in rows
        if not bounds[0] <= row.amount <= bounds[1]
    }
    for session in timeline.sessions if odd else ():
        if (session.date, session.id) not in odd:
            continue
        told: set[str] = set()
        before_run = _warms_up_for_run(timeline, session)
        for row in session.rows:
            kind = row.exercise.kind
            held = kind in (_STRETCH, ExerciseKind.RELEASE) and row.exercise.counted is Count.HOLD and recorded(row)
            if not held:
                continue
            if before_run and kind is _STRETCH and row.part is not PartName.COOL_DOWN:
                continue  # before a run short is right and long is MB01's
            shortest, longest = limits.bounds(kind)
            kept = min(max(row.amount, shortest), longest)
            if kept == row.amount or row.exercise.id in told:
                continue
            told.add(row.exercise.id)
            short = row.amount < shortest
            yield finding(
                "MB04",
                Severity.INFO,
                place_of(row),
                measured=row.amount,
                limit=shortest if short else longest,
                unit="s",
                proposals=_held(session, row, kept),
                side="under" if short else "over",
            )


def _held(session: TrainingDay, row: Row, seconds: int) -> tuple[Edit, ...]:
    if row.prescription is None or editable(session) is None:
        return ()
    amount = Hold(seconds, seconds)
    if seconds < row.amount:
        return (Reduce(session=session.id, exercise=row.exercise.id, amount=amount),)
    made = evolve(row.prescription, amount=amount)
    return (Swap(session=session.id, exercise=row.exercise.id, replacement=made),)


@rule("MB05")
def release_without_drill(timeline: Timeline, _: NoNumbers) -> Iterator[Finding | NotApplicable]:
    """Flag a release after which the drill that it prepares does not come."""
    for session in timeline.sessions_with(ExerciseKind.RELEASE):
        told: set[str] = set()
        for place, row in enumerate(session.rows):
            released = row.exercise.kind is ExerciseKind.RELEASE and row.part is not PartName.COOL_DOWN
            if not released or not row.exercise.prepares or row.exercise.id in told or _prepares(session, place):
                continue
            if _answers(timeline, row):
                continue  # a deficit or a goal is a purpose of its own
            told.add(row.exercise.id)
            if session.performed and not (timeline.log and timeline.log.covers(session.date, "warm_ups")):
                reason = "the log does not vouch for warm-ups: the drill may have followed"
                yield NotApplicable(rule="MB05", reason=reason, where=place_of(row))
                continue
            yield finding(
                "MB05",
                Severity.INFO,
                place_of(row),
                measured=0,
                limit=1,
                unit="drills",
                proposals=(*_followed(timeline, session, row), *drops(session, row.exercise.id)),
                drills=", ".join(row.exercise.prepares),
            )


def _followed(timeline: Timeline, session: TrainingDay, row: Row) -> Iterator[Edit]:
    """Propose the drills that a release prepares, right after it, in the dose of the runner's level."""
    kit = kit_here(timeline, session)
    drills = [timeline.catalog.exercises[id] for id in row.exercise.prepares if id in timeline.catalog.exercises]
    for exercise in usable_drills(drills, timeline.runner, kit, session.date):
        own = exercise.dose_at(timeline.runner.trained_level)
        asked = Prescription(
            exercise=exercise.id, sets=own.sets, amount=own.amount, side=exercise.side, rir=own.rir, tempo=own.tempo,
            rest=own.rest,
        )  # fmt: skip
        yield from added(timeline, session, asked, row.part, after=row.exercise.id)
