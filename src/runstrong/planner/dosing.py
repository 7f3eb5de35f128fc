"""How much: a rung's dose fitted to phase, emphasis and deload, and how long it takes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from runstrong.model.exercise import Dose, Exercise
from runstrong.model.prescription import (
    Amount,
    BodyWeight,
    Contacts,
    Continuous,
    External,
    FindLoad,
    Hold,
    Load,
    PercentOfMax,
    Prescription,
    Reps,
    Travel,
    blocks_of,
)
from runstrong.model.progression import Rung
from runstrong.model.quantities import RIR, Duration, SessionRPE
from runstrong.model.rules import RuleSet
from runstrong.model.value import evolve
from runstrong.model.words import Emphasis, ExerciseKind, Level, Phase

__all__ = [
    "block_seconds", "dose", "dose_of", "dosed", "estimated_seconds", "heavy_only", "heavy_reps", "planned_rpe",
    "seconds_of", "shortened",
]  # fmt: skip


def heavy_reps(rules: RuleSet) -> Reps:
    """Return the repetitions that a heavy block asks of loaded leg lifts (policy ``planning``)."""
    return Reps(rules.whole("planning", "heavy_reps_low"), rules.whole("planning", "heavy_reps_high"))


def heavy_only(amount: Amount, load: Load, exercise: Exercise, rules: RuleSet) -> bool:
    """Whether a dose is heavy on the legs by its repetitions, however many are left in reserve.

    Such a rung belongs to heavy sessions; a light one takes a rung under it rather than bend this one.
    """
    weighted = isinstance(load, (FindLoad, External, PercentOfMax))
    few = isinstance(amount, Reps) and amount.high < rules.number("planning", "light_reps")
    return weighted and few and exercise.lower_body and exercise.kind is ExerciseKind.STRENGTH


def dose(
    rung: Rung, exercise: Exercise, *, progression: str, phase: Phase, emphasis: Emphasis, deload: bool, rules: RuleSet,
    level: Level,
) -> Prescription:  # fmt: skip
    """Return the prescription of a rung in a given week: what the rung asks for, `dosed`.

    Args:
        rung: of the ladder.
        exercise: that the rung names.
        progression: id of the ladder.
        phase: of the season.
        emphasis: that the session is meant to have.
        deload: whether the week is one.
        rules: source of the numbers.
        level: of the runner.
    """
    asked = Prescription(
        exercise=exercise.id, sets=rung.sets, amount=rung.amount, side=exercise.side, load=rung.load, rir=rung.rir,
        tempo=rung.tempo, rest=rung.rest, degrees=rung.degrees, progression=progression,
    )  # fmt: skip
    return dosed(asked, exercise, phase=phase, emphasis=emphasis, deload=deload, rules=rules, level=level)


def dosed(
    asked: Prescription, exercise: Exercise, *, phase: Phase, emphasis: Emphasis, deload: bool, rules: RuleSet,
    level: Level,
) -> Prescription:  # fmt: skip
    """Return what a ladder asks for, fitted to a given week.

    Its own sets, amount and effort stand; a heavy session lowers reserve, and in a heavy block repetitions, where load
    is carried, a light one keeps three in reserve, maintenance keeps the load and cuts sets, taper and deload cut sets
    and raise the reserve (policy ``planning``).

    Args:
        asked: by a rung, or by where a log has left the runner on the ladder.
        exercise: that it names.
        phase: of the season.
        emphasis: that the session is meant to have.
        deload: whether the week is one.
        rules: source of the numbers.
        level: of the runner.
    """
    reserve = asked.rir.reps if asked.rir is not None else None
    heavy_rir = rules.number("definitions", "heavy_rir")
    sets, amount, load, rest = asked.sets, asked.amount, asked.load, asked.rest
    weighted = isinstance(load, (FindLoad, External, PercentOfMax))
    on_load = weighted and exercise.lower_body and exercise.kind is ExerciseKind.STRENGTH
    if exercise.knee_angle is not None and phase is Phase.BUILD:
        # The calf's first weight changes one thing; less in reserve comes with the heavy phase.
        on_load = False
    if emphasis is Emphasis.HEAVY_LEGS and on_load and level is not Level.NOVICE:
        reserve = min(reserve if reserve is not None else heavy_rir, heavy_rir)
        if phase in (Phase.HEAVY, Phase.MAINTENANCE) and isinstance(amount, Reps) and exercise.knee_angle is None:
            amount = heavy_reps(rules)
            rest = Duration(rules.number("planning", "heavy_rest_seconds"))
        sets = max(sets, rules.whole("planning", "heavy_sets"))
    elif reserve is not None and exercise.lower_body:
        reserve = max(reserve, heavy_rir + 1)
    careful = rules.number("planning", "careful_rir")
    if level is Level.NOVICE and reserve is not None:
        reserve = max(reserve, careful)
    if phase is Phase.FOUNDATION:
        sets = min(sets, rules.whole("planning", "foundation_sets"))
        reserve = max(reserve, careful) if reserve is not None else None
    if phase in (Phase.MAINTENANCE, Phase.TAPER, Phase.RACE, Phase.RECOVERY):
        sets = min(sets, rules.whole("planning", "upkeep_sets" if phase is Phase.MAINTENANCE else "taper_sets"))
    if phase in (Phase.TAPER, Phase.RACE, Phase.RECOVERY) and reserve is not None:
        reserve = max(reserve, rules.number("planning", "taper_rir"))
    if deload:
        sets = max(1, math.floor(sets * rules.number("planning", "deload_sets")))
        if reserve is not None:
            reserve = min(10.0, reserve + rules.number("planning", "deload_rir_add"))
    return evolve(
        asked, sets=sets, amount=amount, load=_load_at(load, reserve), rest=rest,
        rir=RIR(reserve) if reserve is not None else None,
    )  # fmt: skip


def _load_at(load: Load, reserve: float | None) -> Load:
    """Let a load that is found by feel leave what the prescription asks to leave."""
    if isinstance(load, FindLoad) and reserve is not None:
        return FindLoad(RIR(reserve))
    return load


def dose_of(exercise: Exercise, level: Level, *, most_sets: int | None = None) -> Prescription:
    """Return the exercise's own dose at `level`, for drills, mobility and cool-downs outside ladders."""
    own: Dose = exercise.dose_at(level)
    return Prescription(
        exercise=exercise.id,
        sets=own.sets if most_sets is None else min(own.sets, most_sets),
        amount=own.amount,
        side=exercise.side,
        load=BodyWeight(),
        rir=own.rir,
        tempo=own.tempo,
        rest=own.rest,
    )


def _amount_seconds(prescription: Prescription, rules: RuleSet) -> float:
    amount: Amount = prescription.amount
    middle = (amount.low + amount.high) / 2
    if isinstance(amount, Hold):
        return middle
    if isinstance(amount, Continuous):
        return middle * 60
    if isinstance(amount, Contacts):
        return middle * rules.number("planning", "contact_seconds")
    if isinstance(amount, Travel):
        return middle / rules.number("planning", "meters_per_second")
    tempo = prescription.tempo
    return middle * (tempo.seconds if tempo is not None else rules.number("planning", "rep_seconds"))


def estimated_seconds(prescriptions: Iterable[Prescription], rules: RuleSet) -> float:
    """Estimate how long prescriptions take: work, sides, rests between sets and changes between exercises.

    Exercises of a superset share their rest. Drills outside ladders need no set-up, so that less time goes by between
    them. Repetitions count at the middle of their range, at the tempo asked or at an unhurried pace (policy
    ``planning``).
    """
    return sum(block_seconds(block, rules) for block in blocks_of(prescriptions))


def block_seconds(block: Sequence[Prescription], rules: RuleSet) -> float:
    """Estimate how long a superset takes, or a single exercise.

    What alternates shares its rest: a round lasts until each exercise that has another set has had its own rest, the
    work of the others included, and never less than the work of all with the changes between (policy ``planning``).
    """
    if len(block) == 1:
        return seconds_of(block[0], rules)
    work = [_set_seconds(each, rules) for each in block]
    rest = [each.rest.seconds if each.rest is not None else 0.0 for each in block]
    swap = rules.number("planning", "superset_change_seconds")
    total = rules.number("planning", "change_over_seconds") * len(block)
    for done in range(max(each.sets for each in block)):
        now = [place for place, each in enumerate(block) if each.sets > done]
        again = [place for place in now if block[place].sets > done + 1]
        busy = sum(work[place] for place in now) + swap * (len(now) - 1)
        if again and len(now) > 1:
            busy += swap  # the way back to the first
        total += max([busy, *(work[place] + rest[place] for place in again)])
    return total


def _set_seconds(each: Prescription, rules: RuleSet) -> float:
    """Estimate the work of one set: both sides, and the change between them, where each takes its turn."""
    work = _amount_seconds(each, rules) * each.sides
    return work + rules.number("planning", "side_change_seconds") if each.sides == 2 else work


def seconds_of(each: Prescription, rules: RuleSet) -> float:
    """Estimate how long one prescription takes, with the change to it."""
    work = _set_seconds(each, rules)
    rest = each.rest.seconds if each.rest is not None else 0.0
    on_ladder = each.progression is not None
    change = rules.number("planning", "change_over_seconds" if on_ladder else "drill_change_seconds")
    return each.sets * work + (each.sets - 1) * rest + change


def planned_rpe(emphasis: Emphasis, phase: Phase, deload: bool) -> SessionRPE:
    """Return how hard a session is meant to feel as a whole (convention)."""
    score = {Emphasis.HEAVY_LEGS: 7, Emphasis.LIGHT_LEGS: 5, Emphasis.UPPER_AND_TRUNK: 4, Emphasis.MOBILITY: 2}[
        emphasis
    ]
    if deload or phase in (Phase.TAPER, Phase.RACE, Phase.RECOVERY):
        score -= 1
    return SessionRPE(score)


def shortened(prescription: Prescription) -> Prescription | None:
    """Return the prescription with one set less, or None when it has only one."""
    return evolve(prescription, sets=prescription.sets - 1) if prescription.sets > 1 else None
