"""How much: a rung's dose by phase, emphasis and deload, and how long it takes."""

from __future__ import annotations

import pytest

from runstrong.catalog import load_catalog
from runstrong.model.exercise import Exercise
from runstrong.model.measuring import planned_rpe
from runstrong.model.prescription import BodyWeight, FindLoad, Hold, Prescription, Reps
from runstrong.model.progression import Progression, Rung
from runstrong.model.quantities import RIR, Duration
from runstrong.model.timeline import Definitions, is_heavy
from runstrong.model.words import Emphasis, ExerciseKind, Impact, Level, Phase, Side
from runstrong.planner import dose, dose_of, estimated_seconds
from runstrong.planner.dosing import heavy_reps, shortened
from runstrong.rules import load_rules

RULES, CATALOG = load_rules(), load_catalog()
WORDS = Definitions.of(RULES)
HEAVY, LIGHT = Emphasis.HEAVY_LEGS, Emphasis.LIGHT_LEGS
HEAVY_REPS = heavy_reps(RULES)
RUNGS: list[tuple[Progression, Rung, Exercise]] = [
    (ladder, rung, CATALOG.exercises[rung.exercise])
    for ladder in CATALOG.progressions.values()
    for rung in ladder.rungs
]


def dosed(
    ladder: Progression,
    rung: Rung,
    phase: Phase,
    emphasis: Emphasis,
    *,
    deload: bool = False,
    level: Level = Level.ADVANCED,
) -> Prescription:
    """Dose a rung for a week."""
    exercise = CATALOG.exercises[rung.exercise]
    return dose(
        rung, exercise, progression=ladder.id, phase=phase, emphasis=emphasis, deload=deload, rules=RULES, level=level
    )  # fmt: skip


def rung_of(ladder: str, exercise: str, loaded: bool) -> tuple[Progression, Rung]:
    """Return a ladder with its first rung of this exercise, with or without load."""
    found = CATALOG.progressions[ladder]
    return found, next(r for r in found.rungs if r.exercise == exercise and r.starts_loaded is loaded)


class TestEffort:
    """Reserve follows level, phase and emphasis."""

    @pytest.mark.parametrize("phase", list(Phase))
    @pytest.mark.parametrize("emphasis", [HEAVY, LIGHT])
    def test_a_novice_never_goes_under_three_in_reserve(self, phase: Phase, emphasis: Emphasis) -> None:
        """Whatever rung, phase and session: three or more repetitions stay in reserve, in loads found by feel too."""
        for ladder, rung, exercise in RUNGS:
            made = dosed(ladder, rung, phase, emphasis, level=Level.NOVICE)
            assert made.rir is None or made.rir.reps >= 3, exercise.id
            if made.rir is not None and isinstance(made.load, FindLoad):
                assert made.load.rir == made.rir

    @pytest.mark.parametrize("phase", list(Phase))
    @pytest.mark.parametrize("deload", [False, True])
    def test_a_light_session_is_never_heavy(self, phase: Phase, deload: bool) -> None:
        """By the shared definition no rung but a jump of medium or high impact is heavy in a light session."""
        for ladder, rung, exercise in RUNGS:
            if exercise.kind is ExerciseKind.PLYOMETRIC and exercise.impact in (Impact.MEDIUM, Impact.HIGH):
                continue
            made = dosed(ladder, rung, phase, LIGHT, deload=deload)
            assert not is_heavy(exercise, made.load, made.rir, WORDS), exercise.id

    def test_a_heavy_session_is_heavy_where_there_is_load(self) -> None:
        """A loaded squat in a heavy week is heavy by definition and leaves two in reserve."""
        ladder, rung = rung_of("squat", "goblet-squat", loaded=True)
        made = dosed(ladder, rung, Phase.HEAVY, HEAVY)
        assert made.rir == RIR(2)
        assert is_heavy(CATALOG.exercises["goblet-squat"], made.load, made.rir, WORDS)

    def test_heavy_reps_come_only_with_load(self) -> None:
        """Five to eight repetitions are asked of loaded rungs, never of body weight."""
        for ladder, rung, exercise in RUNGS:
            made = dosed(ladder, rung, Phase.HEAVY, HEAVY)
            if made.amount == HEAVY_REPS and rung.amount != HEAVY_REPS:
                assert not isinstance(made.load, BodyWeight), exercise.id
                assert exercise.lower_body

    def test_calf_raises_keep_their_own_repetitions(self) -> None:
        """Heavy weeks leave the calf's range as its ladder has it."""
        ladder, rung = rung_of("calf-raise-straight", "single-leg-calf-raise", loaded=True)
        assert dosed(ladder, rung, Phase.HEAVY, HEAVY).amount == rung.amount

    def test_foundation_is_gentle(self) -> None:
        """The first weeks hold two sets at most, with three or more in reserve."""
        for ladder, rung, exercise in RUNGS:
            made = dosed(ladder, rung, Phase.FOUNDATION, LIGHT)
            assert made.sets <= 2, exercise.id
            assert made.rir is None or made.rir.reps >= 3


class TestLessWork:
    """Deload, maintenance, taper and race weeks take sets away, not exercises."""

    @pytest.mark.parametrize("emphasis", [HEAVY, LIGHT])
    @pytest.mark.parametrize("phase", [Phase.FOUNDATION, Phase.BUILD, Phase.HEAVY])
    def test_a_deload_halves_sets_and_adds_reserve(self, phase: Phase, emphasis: Emphasis) -> None:
        """Half the sets, at least one, and two more in reserve at the same amount."""
        for ladder, rung, exercise in RUNGS:
            full, less = (dosed(ladder, rung, phase, emphasis, deload=deload) for deload in (False, True))
            assert less.sets == max(1, full.sets // 2), exercise.id
            assert less.amount == full.amount
            if full.rir is not None and less.rir is not None:
                assert less.rir.reps == min(10, full.rir.reps + 2)

    def test_maintenance_keeps_the_load_and_cuts_sets(self) -> None:
        """Two sets at most, at the heavy weeks' repetitions and reserve."""
        ladder, rung = rung_of("squat", "goblet-squat", loaded=True)
        heavy, upkeep = (dosed(ladder, rung, phase, HEAVY) for phase in (Phase.HEAVY, Phase.MAINTENANCE))
        assert (upkeep.sets, upkeep.amount, upkeep.load, upkeep.rir) == (2, heavy.amount, heavy.load, heavy.rir)

    @pytest.mark.parametrize("phase", [Phase.TAPER, Phase.RACE, Phase.RECOVERY])
    def test_around_a_race_one_set_with_plenty_in_reserve(self, phase: Phase) -> None:
        """One set each, four or more in reserve."""
        for ladder, rung, exercise in RUNGS:
            made = dosed(ladder, rung, phase, LIGHT)
            assert made.sets == 1, exercise.id
            assert made.rir is None or made.rir.reps >= 4

    def test_shortened_takes_one_set_and_stops_at_one(self) -> None:
        """A prescription gives one set at a time until only one is left."""
        three = Prescription(exercise="squat", sets=2, amount=Reps(8))
        one = shortened(three)
        assert one is not None
        assert one.sets == 1
        assert shortened(one) is None

    def test_a_session_feels_lighter_in_a_deload(self) -> None:
        """Planned session RPE falls with emphasis, and by one in lighter weeks."""
        scores = [planned_rpe(each, Phase.BUILD, False).score for each in Emphasis]
        assert scores == sorted(scores, reverse=True)
        assert planned_rpe(HEAVY, Phase.BUILD, True).score == planned_rpe(HEAVY, Phase.BUILD, False).score - 1


class TestSides:
    """The amount is always per side."""

    def test_unilateral_work_is_for_both_sides(self) -> None:
        """A one-sided exercise is prescribed for each side, a two-sided or alternating one for none."""
        for ladder, rung, exercise in RUNGS:
            made = dosed(ladder, rung, Phase.BUILD, LIGHT)
            assert (made.side is Side.BOTH) is (exercise.sides.value == "unilateral"), exercise.id
            assert made.progression == ladder.id

    def test_drills_take_their_own_dose(self) -> None:
        """Outside ladders the exercise's own dose for the level stands, with at most the sets asked for."""
        skip = CATALOG.exercises["skip"]
        made = dose_of(skip, Level.ADVANCED, most_sets=1)
        assert (made.sets, made.amount, made.progression) == (1, skip.dose_at(Level.ADVANCED).amount, None)


class TestTime:
    """How long prescriptions take, by the numbers of the policy."""

    def test_repetitions_rests_and_changes_add_up(self) -> None:
        """Three sets of ten slow repetitions with a minute between and half a minute to set up: 4.5 minutes."""
        squat = Prescription(exercise="goblet-squat", sets=3, amount=Reps(10), rest=Duration(60), progression="squat")
        assert estimated_seconds((squat,), RULES) == 3 * 10 * 4 + 2 * 60 + 30

    def test_each_side_takes_its_turn(self) -> None:
        """A hold for each side takes twice its time and a moment to change."""
        plank = Prescription(
            exercise="side-plank", sets=2, amount=Hold(30), side=Side.BOTH, rest=Duration(30), progression="side-plank"
        )
        assert estimated_seconds((plank,), RULES) == 2 * (60 + 5) + 30 + 30

    def test_drills_need_less_time_between(self) -> None:
        """A drill outside a ladder needs no set-up."""
        drill = Prescription(exercise="bodyweight-squat", sets=1, amount=Reps(10))
        assert estimated_seconds((drill,), RULES) == 48

    def test_a_set_less_takes_less_time(self) -> None:
        """Every dose of more than one set gets shorter by taking one away."""
        for ladder, rung, exercise in RUNGS:
            made = dosed(ladder, rung, Phase.BUILD, LIGHT)
            less = shortened(made)
            if less is not None:
                assert estimated_seconds((less,), RULES) < estimated_seconds((made,), RULES), exercise.id
