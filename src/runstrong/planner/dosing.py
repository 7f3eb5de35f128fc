"""How much: a rung's dose fitted to phase, emphasis and deload."""

from __future__ import annotations

import math

from runstrong.model.exercise import Dose, Exercise
from runstrong.model.prescription import (
    Amount,
    BodyWeight,
    External,
    FindLoad,
    Load,
    PercentOfMax,
    Prescription,
    Reps,
)
from runstrong.model.progression import Rung
from runstrong.model.quantities import RIR, Duration
from runstrong.model.rules import RuleSet
from runstrong.model.value import evolve
from runstrong.model.words import Emphasis, ExerciseKind, Level, Phase

__all__ = [
    "dose", "dose_of", "dosed", "heavy_only", "heavy_reps", "lessened", "shortened",
]  # fmt: skip


def heavy_reps(rules: RuleSet) -> Reps:
    """Return the repetitions that a heavy block asks of loaded leg lifts (policy ``planning``)."""
    return Reps(rules.whole("planning", "heavy_reps_low"), rules.whole("planning", "heavy_reps_high"))


def heavy_only(amount: Amount, load: Load, exercise: Exercise, rules: RuleSet) -> bool:
    """Whether a dose is heavy on the legs by its repetitions, however many are left in reserve.

    Such a rung belongs to heavy sessions; a light one takes a rung under it rather than bend this one.
    """
    few = isinstance(amount, Reps) and amount.high < rules.number("planning", "light_reps")
    return few and _loads_legs(load, exercise)


def _loads_legs(load: Load, exercise: Exercise) -> bool:
    """Whether a dose is strength work of the legs with weight."""
    weighted = isinstance(load, (FindLoad, External, PercentOfMax))
    return weighted and exercise.lower_body and exercise.kind is ExerciseKind.STRENGTH


def dose(
    rung: Rung, exercise: Exercise, *, progression: str, phase: Phase, emphasis: Emphasis, deload: bool, rules: RuleSet,
    level: Level, share: float = 1.0,
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
        share: of the usual amount, in the first weeks after a layoff.
    """
    asked = Prescription(
        exercise=exercise.id, sets=rung.sets, amount=rung.amount, side=exercise.side, load=rung.load, rir=rung.rir,
        tempo=rung.tempo, rest=rung.rest, degrees=rung.degrees, progression=progression,
    )  # fmt: skip
    return dosed(asked, exercise, phase=phase, emphasis=emphasis, deload=deload, rules=rules, level=level, share=share)


def dosed(
    asked: Prescription, exercise: Exercise, *, phase: Phase, emphasis: Emphasis, deload: bool, rules: RuleSet,
    level: Level, share: float = 1.0,
) -> Prescription:  # fmt: skip
    """Return what a ladder asks for, fitted to a given week.

    Its own sets, amount and effort stand; a heavy session lowers reserve, in a heavy block repetitions, where load is
    carried, a light one keeps three in reserve, maintenance keeps the load and cuts sets, taper and deload cut sets
    and raise the reserve (policy ``planning``). After a layoff sets or what is counted in each go down to a share;
    where repetitions shrink, more are left in reserve, so that the load does not grow.

    Args:
        asked: by a rung, or by where a log has left the runner on the ladder.
        exercise: that it names.
        phase: of the season.
        emphasis: that the session is meant to have.
        deload: whether the week is one.
        rules: source of the numbers.
        level: of the runner.
        share: of the usual amount, in the first weeks after a layoff.
    """
    reserve = asked.rir.reps if asked.rir is not None else None
    heavy_rir = rules.number("definitions", "heavy_rir")
    sets, amount, load, rest = asked.sets, asked.amount, asked.load, asked.rest
    on_load = _loads_legs(load, exercise)
    if exercise.knee_angle is not None and phase is Phase.BUILD:
        # The calf's first weight changes one thing; less in reserve comes with the heavy phase.
        on_load = False
    if emphasis is Emphasis.HEAVY_LEGS and on_load and level is not Level.NOVICE:
        reserve = min(reserve if reserve is not None else heavy_rir, heavy_rir)
        if (
            phase in (Phase.HEAVY, Phase.EXPLOSIVE, Phase.MAINTENANCE)
            and isinstance(amount, Reps)
            and exercise.knee_angle is None
        ):
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
    if phase is Phase.MAINTENANCE or phase.quiet:
        sets = min(sets, rules.whole("planning", "upkeep_sets" if phase is Phase.MAINTENANCE else "taper_sets"))
    if phase.quiet and reserve is not None:
        reserve = max(reserve, rules.number("planning", "taper_rir"))
    if share < 1:
        sets, amount, reserve = _share_of(sets, amount, reserve, share, rules)
    if deload:
        sets = max(1, math.floor(sets * rules.number("planning", "deload_sets")))
        if reserve is not None:
            reserve = min(10.0, reserve + rules.number("planning", "deload_rir_add"))
    return evolve(
        asked, sets=sets, amount=amount, load=_load_at(load, reserve), rest=rest,
        rir=RIR(reserve) if reserve is not None else None,
    )  # fmt: skip


def lessened(asked: Prescription, share: float, rules: RuleSet) -> Prescription:
    """Return a share of a prescription, for work that comes back after a pause.

    Sets go down where that comes close enough to the share, else repetitions, seconds or contacts; where repetitions
    shrink, more are left in reserve, so that a load found by feel does not grow.
    """
    reserve = asked.rir.reps if asked.rir is not None else None
    sets, amount, reserve = _share_of(asked.sets, asked.amount, reserve, share, rules)
    rir = RIR(reserve) if reserve is not None else None
    return evolve(asked, sets=sets, amount=amount, load=_load_at(asked.load, reserve), rir=rir)


def _share_of(
    sets: int, amount: Amount, reserve: float | None, share: float, rules: RuleSet
) -> tuple[int, Amount, float | None]:
    fewer = math.floor(sets * share + 1e-9)
    if fewer and share - fewer / sets <= rules.number("planning", "return_sets_within"):
        return fewer, amount, reserve
    low, high = (max(1, math.floor(end * share + 1e-9)) for end in (amount.low, amount.high))
    if reserve is not None and isinstance(amount, Reps):
        most = max(reserve, rules.number("planning", "return_rir"))
        reserve = min(most, reserve + amount.high - high)
    return sets, type(amount)(low, high), reserve


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


def shortened(prescription: Prescription) -> Prescription | None:
    """Return the prescription with one set less, or None when it has only one."""
    return evolve(prescription, sets=prescription.sets - 1) if prescription.sets > 1 else None
