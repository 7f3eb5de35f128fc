"""Strength sessions that a file tells exercise by exercise: its names in the words of the catalog."""

from __future__ import annotations

import functools

from runstrong.catalog import load_catalog
from runstrong.catalog.watch_names import load_watch_names
from runstrong.history.cells import plain
from runstrong.history.duplicates import Told
from runstrong.history.recorded import RecordedExercise, RecordedSet
from runstrong.model.exercise import Exercise
from runstrong.model.log import Performance, PerformedSet
from runstrong.model.prescription import Amount, BodyWeight, External, Hold, Reps
from runstrong.model.quantities import Duration, SessionRPE, kg
from runstrong.model.remarks import Remark
from runstrong.model.words import Count, DayPart, Handling, Sides

__all__ = ["performances_of"]


def performances_of(
    told: Told, day_part: DayPart, rating: SessionRPE | None, length: Duration | None
) -> tuple[list[Performance], bool, list[Remark]]:
    """Return what was done as performances, whether that is all of it, and what has to be told.

    An exercise that the catalog does not have, or that could be several of it, is told and left out. Sets of one-sided
    exercises stay unknown, as watches count both sides or one.
    """
    made: list[Performance] = []
    remarks: list[Remark] = []
    whole = True

    def tell(handling: Handling, what: str, why: str) -> None:
        remarks.append(Remark(handling, what, why, told.name, told.recorded.place, told.date))

    for done in told.recorded.exercises:
        exercise = _meant(done)
        if isinstance(exercise, str):
            what = f"exercise {done.name!r}" if done.name else "an exercise without a name"
            why = f"{exercise}: left out, and the strength of that day is not vouched for"
            tell(Handling.FIGURE_UNREAD, what, why)
            whole = False
            continue
        sets = _sets(done, exercise)
        if done.sets and not sets:
            why = "done, and its sets stay unknown: the file does not say for which side they count, or what they were"
            tell(Handling.TAKEN, exercise.name, why)
        made.append(
            Performance(
                date=told.date, day_part=day_part, exercise=exercise.id, sets=sets, session_rpe=rating, duration=length
            )
        )
    return made, whole, remarks


_HEAVIEST = 500.0
"""Kilograms that the model takes for one load; more is a fault of the file."""


def _meant(done: RecordedExercise) -> Exercise | str:
    """Return the exercise that a file speaks of, or why it cannot be told.

    A watch's own names are read by the map of watch names, where they mean one exercise exactly; what its title says
    comes first, as a session that was sent to the watch has its exercise's own name there. The words of other files are
    held against names and aliases.
    """
    by_name = _by_name()
    if not done.watch:
        return by_name.get(plain(done.name)) or "not in the catalog"
    names = load_watch_names()
    titled = by_name.get(plain(done.title)) if done.title else None
    if titled is not None and names.of(titled.id, titled).category == done.watch.partition("/")[0]:
        # Elsewhere the same words mean another exercise: a push-up in straps is called a push-up too.
        return titled
    ids = names.meant(done.watch)
    if len(ids) == 1:
        return load_catalog().exercises[ids[0]]
    if ids:
        return f"the watch's name for each of {', '.join(ids)}"
    if "/" not in done.watch:
        return "the watch tells no more than its category"
    return "the watch's name for no exercise of the catalog exactly"


def _sets(done: RecordedExercise, exercise: Exercise) -> tuple[PerformedSet, ...]:
    if exercise.sides is not Sides.BILATERAL:
        return ()
    amounts = [_amount(one, exercise) for one in done.sets]
    if any(amount is None for amount in amounts) or any((one.load_kg or 0) > _HEAVIEST for one in done.sets):
        return ()
    return tuple(
        PerformedSet(amount=amount, load=External(kg(one.load_kg)) if one.load_kg else BodyWeight())
        for one, amount in zip(done.sets, amounts, strict=True)
        if amount is not None
    )


def _amount(one: RecordedSet, exercise: Exercise) -> Amount | None:
    """Return what a set came to; None where the file does not say, or says more than anybody does in one set."""
    if exercise.counted is Count.REPS and one.reps is not None and 0 < one.reps <= Reps.most:
        return Reps(one.reps)
    if exercise.counted is Count.HOLD and one.seconds is not None and 0.5 < one.seconds <= Hold.most:
        return Hold(round(one.seconds))
    return None


@functools.cache
def _by_name() -> dict[str, Exercise]:
    found: dict[str, Exercise] = {}
    for exercise in load_catalog().exercises.values():
        for name in (exercise.id, exercise.name, *exercise.aliases):
            found.setdefault(plain(name), exercise)
    return found
