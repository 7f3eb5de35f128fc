"""How one dose of an exercise compares with an earlier one, and edits that bring it back; several checks share it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from runstrong.model.edits import Edit, Reduce, Swap
from runstrong.model.exercise import Exercise
from runstrong.model.prescription import Amount, BodyWeight, External, FindLoad, Load, PercentOfMax
from runstrong.model.quantities import RIR
from runstrong.model.timeline import Row, Timeline, TrainingDay
from runstrong.model.value import evolve
from runstrong.model.words import Region
from runstrong.rules.mending import editable, fewer_sets, loads_here, nearest_load

__all__ = [
    "as_before",
    "as_done",
    "capped",
    "concerns",
    "in_reserve",
    "known_rows",
    "least_amount",
    "lightened",
    "redose",
    "shortened",
]


def known_rows(timeline: Timeline) -> Iterator[tuple[Exercise, tuple[Row, ...]]]:
    """Yield each hard exercise with its main rows in order, as far as their sets are known."""
    return ((rows[0].exercise, rows) for rows in timeline.known_rows.values())


def least_amount(row: Row) -> int:
    """Return the fewest that a row asks for per set, or the most that was reached where it is done."""
    return row.amount if row.prescription is None else row.prescription.amount.low


def concerns(exercise: Exercise, region: Region) -> bool:
    """Whether an exercise trains a region, or is to be left out while that region is injured."""
    return region in exercise.regions or region in exercise.avoid_with


def redose(session: TrainingDay, row: Row, **changes: Any) -> tuple[Reduce, ...]:
    """Return the proposal to do less of a row: sets, amount, load, rir or tempo, as far as they differ."""
    asked = row.prescription
    if asked is None or editable(session) is None:
        return ()
    less = {name: got for name, got in changes.items() if got != getattr(asked, name)}
    return (Reduce(session=session.id, exercise=row.exercise.id, **less),) if less else ()


def in_reserve(session: TrainingDay, row: Row, reps: float) -> tuple[Reduce, ...]:
    """Return the proposal to keep `reps` in reserve; a load in percent, or still to be found, follows from it."""
    reserve = RIR(reps)
    if isinstance(row.load, (FindLoad, PercentOfMax)):
        return redose(session, row, rir=reserve, load=FindLoad(reserve))
    return redose(session, row, rir=reserve)


def as_done(session: TrainingDay, row: Row, **changes: Any) -> tuple[Swap, ...]:
    """Return the proposal to do the same exercise in another form, or with a load that is not less."""
    if row.prescription is None or editable(session) is None:
        return ()
    made = evolve(row.prescription, **changes)
    return () if made == row.prescription else (Swap(session=session.id, exercise=row.exercise.id, replacement=made),)


def capped(amount: Amount, most: int) -> Amount:
    """Return an amount that ends at `most`, at least one."""
    high = max(1, min(amount.high, most))
    return type(amount)(min(amount.low, high), high)


def lightened(timeline: Timeline, session: TrainingDay, row: Row, most_kg: float) -> tuple[Reduce, ...]:
    """Return the proposal to take the heaviest load at hand up to `most_kg`; body weight where none is light enough."""
    load: Load = nearest_load(loads_here(timeline, session, row.exercise), 0.0, most_kg) or BodyWeight()
    return redose(session, row, load=load)


def shortened(session: TrainingDay, row: Row, most: float) -> tuple[Edit, ...]:
    """Return proposals that bring sets times amount down to `most`: fewer sets, else one set of less."""
    kept = int((most + 1e-9) // row.amount) if row.amount else 0
    if kept >= 1:
        return fewer_sets(session, row, row.sets - kept) if kept < row.sets else ()
    if row.prescription is None or most < 1:
        return ()
    return redose(session, row, sets=1, amount=capped(row.prescription.amount, int(most + 1e-9)))


def as_before(session: TrainingDay, row: Row, before: Row) -> tuple[Reduce, ...]:
    """Return the proposal to do a row as it was done or asked before, no more of anything."""
    asked = row.prescription
    if asked is None or not before.amount:
        return ()
    load = before.load if isinstance(before.load, (BodyWeight, External)) else asked.load
    amount = capped(asked.amount, before.amount)
    return redose(session, row, load=load, sets=min(row.sets, max(1, before.sets)), amount=amount)
