"""What may be used and entered: exercises and rungs against a runner's body, kit, history and assessments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from runstrong.model.exercise import Exercise
from runstrong.model.prescription import External, FindLoad, PercentOfMax
from runstrong.model.progression import Prerequisite, Rung
from runstrong.model.quantities import SAME_KG
from runstrong.model.runner import Kit, Runner
from runstrong.model.words import Clearance, Emphasis, Equipment, ExerciseKind, Impact

__all__ = [
    "asked_first",
    "assessment_passed",
    "easiest_alike",
    "fitting",
    "injured_lately",
    "suits",
    "unfit",
    "unusable",
    "usable_drills",
]


def easiest_alike(rungs: Sequence[Rung], open_: Sequence[int], best: int) -> int:
    """Return where to enter in place of `best`: of one exercise the easiest rung comes first, body weight before load.

    Rungs of its level count also where another rung parts them; of other levels only those that adjoin.

    Args:
        rungs: of the ladder.
        open_: places that may be entered, lowest first, `best` among them.
        best: place chosen by level.
    """
    asked = rungs[best]
    place = next(n for n in open_ if (rungs[n].exercise, rungs[n].level) == (asked.exercise, asked.level))
    while place - 1 in open_ and rungs[place - 1].exercise == asked.exercise:
        place -= 1
    return place


def unfit(exercise: Exercise, runner: Runner, kit: Kit, on: dt.date | None) -> str | None:
    """Return why an exercise is not for this runner at this kit on a day, or None when it is.

    Without a day the injuries are not looked at: everything else about it does not change from day to day.
    """
    missing = [piece for piece in exercise.equipment if piece not in kit.owned]
    if missing:
        return f"needs {', '.join(map(str, missing))}"
    if exercise.id in runner.limitations.exclude:
        return "you excluded it"
    blocked = [position for position in exercise.positions if position in runner.limitations.positions]
    if blocked:
        return f"needs a position you avoid: {', '.join(map(str, blocked))}"
    for injury in runner.injuries if on is not None else ():
        if injury.region in exercise.avoid_with and on is not None and injury.current(on):
            return f"not with a current {injury.region} injury"
    jumps = exercise.kind is ExerciseKind.PLYOMETRIC or exercise.impact in (Impact.MEDIUM, Impact.HIGH)
    if jumps and runner.clearance is not Clearance.CLEARED:
        return "landing impact waits for clearance"
    return None


def fitting(exercise: Exercise, runner: Runner, kit: Kit, on: dt.date) -> bool:
    """Whether an exercise is for this runner at this kit on a day, up to the runner's level, and no mere test."""
    easy = exercise.level.value <= runner.trained_level.value
    return easy and not exercise.assesses and unfit(exercise, runner, kit, on) is None


def usable_drills(
    exercises: Iterable[Exercise], runner: Runner, kit: Kit, on: dt.date, *, taken: Sequence[str] = ()
) -> list[Exercise]:
    """Return the exercises that the runner can use here, without those `taken`, easiest and simplest first."""
    usable = [each for each in exercises if each.id not in taken and fitting(each, runner, kit, on)]
    return sorted(usable, key=lambda each: (len(each.equipment), each.level.value, each.id))


def suits(exercise: Exercise, emphasis: Emphasis) -> bool:
    """Whether an exercise keeps a session to what it is meant to ask of the legs."""
    if not emphasis.legs:
        return not exercise.lower_body
    jumps = exercise.kind is ExerciseKind.PLYOMETRIC and exercise.impact in (Impact.MEDIUM, Impact.HIGH)
    return emphasis is Emphasis.HEAVY_LEGS or not jumps


def unusable(rung: Rung, exercise: Exercise, runner: Runner, kit: Kit, on: dt.date | None) -> str | None:
    """Return why a rung cannot be done with this runner's body and kit, or None when it can; see `unfit`."""
    reason = unfit(exercise, runner, kit, on)
    if reason is None and isinstance(rung.load, (FindLoad, External, PercentOfMax)):
        loads = kit.loads_for(exercise.loaded_by)
        at_hand = kit.owned & set(exercise.loaded_by)
        if not loads and at_hand <= {Equipment.BACKPACK}:  # a backpack that holds nothing is no load
            reason = f"needs a load: {', '.join(map(str, exercise.loaded_by)) or 'none fits'}"
        elif isinstance(rung.load, External) and loads and loads[0][0].kg > rung.load.mass.kg + SAME_KG:
            reason = f"the lightest load here, {loads[0][0]}, is over {rung.load.mass}"
    return reason


def injured_lately(runner: Runner, exercise_regions: frozenset[object], on: dt.date, days: int) -> bool:
    """Whether a region was injured within `days` and its strength is not known to be restored."""
    return any(
        injury.region in exercise_regions and injury.recent(on, days) and not injury.strength_restored
        for injury in runner.injuries
    )


def assessment_passed(asked: Prerequisite, runner: Runner) -> bool:
    """Whether the assessment that a prerequisite names was passed; true where it names none."""
    if asked.assessment is None:
        return True
    return any(
        result.amount >= (asked.at_least or 0) for result in runner.assessments if result.exercise == asked.assessment
    )


def asked_first(asked: Prerequisite) -> str:
    """Say what a prerequisite asks for."""
    if asked.assessment is not None:
        return f"first pass {asked.assessment} with {asked.at_least} or more"
    if asked.progression is not None:
        return f"first reach {asked.rung} on the ladder {asked.progression}"
    return f"first {asked.weeks} weeks of strength"
