"""Edits that checks propose. They are only proposals: the auditor offers one after it was shown to help."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator

from runstrong.model.edits import Drop, Move, Swap
from runstrong.model.exercise import Exercise
from runstrong.model.plan import Session
from runstrong.model.prescription import BodyWeight, External, Load, Prescription
from runstrong.model.progression import Progression, Rung
from runstrong.model.timeline import Row, Timeline, TrainingDay
from runstrong.model.value import evolve
from runstrong.model.words import DayPart, Equipment, RunKind
from runstrong.placement import open_places

__all__ = [
    "FEWEST", "drops", "editable", "fewer_sets", "first_rungs", "fits_here", "loads_here", "moves", "nearest_load",
    "reload", "rung_dose",
]  # fmt: skip

FEWEST = 6
"""Proposals per finding: each is proved by an audit of its own, so that a few good ones beat many."""


def editable(session: TrainingDay) -> Session | None:
    """Return the planned session when an edit may touch it: not done, not pinned."""
    planned = session.planned
    return planned if planned is not None and not planned.pinned else None


def drops(session: TrainingDay, exercise: str) -> tuple[Drop, ...]:
    """Return the proposal to leave `exercise` out, if the session is open to edits and holds something else."""
    if editable(session) is None or all(row.exercise.id == exercise for row in session.rows):
        return ()
    return (Drop(session=session.id, exercise=exercise),)


def fewer_sets(session: TrainingDay, row: Row, sets: int) -> tuple[Swap | Drop, ...]:
    """Return the proposal to take `sets` sets off a row, or to leave it out where none would remain."""
    if row.prescription is None or editable(session) is None:
        return ()
    if sets >= row.sets:
        return drops(session, row.exercise.id)
    fewer = evolve(row.prescription, sets=row.sets - sets)
    return (Swap(session=session.id, exercise=row.exercise.id, replacement=fewer),)


def reload(session: TrainingDay, row: Row, load: Load) -> tuple[Swap, ...]:
    """Return the proposal to do a row with another load."""
    if row.prescription is None or editable(session) is None:
        return ()
    return (Swap(session=session.id, exercise=row.exercise.id, replacement=evolve(row.prescription, load=load)),)


def loads_here(timeline: Timeline, session: TrainingDay, exercise: Exercise) -> tuple[External, ...]:
    """Return the external loads that can be set for `exercise` where the session stands, lightest first."""
    kit = timeline.runner.kit_at(session.planned.place if session.planned else None)
    return tuple(External(mass, pieces) for mass, pieces in kit.loads_for(exercise.loaded_by))


def nearest_load(loads: Iterable[External], low: float, high: float) -> Load | None:
    """Return the heaviest of `loads` from `low` to `high` kilograms; body weight where only zero fits."""
    fitting = [load for load in loads if low - 1e-9 <= load.mass.kg <= high + 1e-9]
    if fitting:
        return fitting[-1]
    return BodyWeight() if low <= 1e-9 else None


def fits_here(timeline: Timeline, session: TrainingDay, exercise: Exercise) -> bool:
    """Whether the runner can do `exercise` in that session: equipment, level, exclusions, positions and injuries."""
    runner = timeline.runner
    owned: frozenset[Equipment] = runner.kit_at(session.planned.place if session.planned else None).owned
    return (
        exercise.id not in runner.limitations.exclude
        and not set(exercise.positions) & set(runner.limitations.positions)
        and exercise.level.value <= runner.trained_level.value
        and set(exercise.equipment) <= owned
        and not any(injury.region in exercise.avoid_with and injury.current(session.date) for injury in runner.injuries)
    )


def rung_dose(ladder: Progression, rung: Rung, exercise: Exercise) -> Prescription:
    """Return the prescription that a rung starts with."""
    return Prescription(
        exercise=rung.exercise, sets=rung.sets, amount=rung.amount, side=exercise.side, load=rung.load,
        rir=rung.rir, tempo=rung.tempo, rest=rung.rest, progression=ladder.id,
    )  # fmt: skip


def first_rungs(timeline: Timeline, session: TrainingDay, wanted: Callable[[Exercise], bool]) -> Iterator[Prescription]:
    """Yield the starts of ladders with a `wanted` exercise that asks for nothing first, the simplest ones first."""
    held = {row.exercise.id for row in session.rows}
    starts = []
    for ladder in timeline.catalog.progressions.values():
        rung = ladder.rungs[0]
        exercise = timeline.exercise(rung.exercise)
        if not rung.prerequisites and exercise.id not in held and wanted(exercise):
            starts.append((exercise.level.value, len(exercise.equipment), ladder.id, ladder, rung, exercise))
    starts.sort(key=lambda start: start[:3])
    return (rung_dose(*start[3:]) for start in starts if fits_here(timeline, session, start[5]))


def moves(timeline: Timeline, session: TrainingDay, fits: Callable[[dt.date], bool]) -> tuple[Move, ...]:
    """Return moves of a session to open days that `fits` accepts: its own week first, then by distance.

    Open means: within the plan, available, no other session, no A or B race. One week each way is looked at.
    """
    planned, plan = editable(session), timeline.plan
    if planned is None or plan is None:
        return ()
    week = timeline.runner.week_of(session.date)
    days = [session.date + dt.timedelta(days=step) for step in range(-7, 8) if step]
    days.sort(key=lambda day: (timeline.runner.week_of(day) != week, abs((day - session.date).days), day))
    inside = [day for day in days if plan.start <= day <= plan.end]
    return tuple(_moves(timeline, planned, inside, fits))[:FEWEST]


def _moves(
    timeline: Timeline, planned: Session, days: list[dt.date], fits: Callable[[dt.date], bool]
) -> Iterator[Move]:
    for day in days:
        if day in timeline.sessions_by_day or day in timeline.big_races:
            continue
        part = _open_part(timeline, planned, day)
        if part is not None and fits(day):
            yield Move(session=planned.id, to=day, day_part=None if part is planned.day_part else part)


def _open_part(timeline: Timeline, planned: Session, day: dt.date) -> DayPart | None:
    """Return the part of `day` in which the session can stand, its own if allowed; None when the day is closed."""
    runner, runs = timeline.runner, timeline.runs_by_day
    if any(run.kind is RunKind.RACE for run in runs.get(day, ())):
        return None
    opening = runner.opening_on(day)
    if opening is None or runner.place_on(day) is not planned.place:
        # At another place the session might ask for what is not there.
        return None
    if opening.minutes is not None and opening.minutes < planned.minutes:
        return None
    parts = [part for _, part in open_places(runner, (day,), lambda date: runs.get(date, ()))]
    return planned.day_part if planned.day_part in parts else next(reversed(parts), None)
