"""Which exercises: needs by session, entries on ladders, and what a body or a kit rules out."""

from __future__ import annotations

import datetime as dt

import pytest

from runstrong.catalog import load_catalog
from runstrong.ladder.access import unfit, usable_drills
from runstrong.model.quantities import Mass
from runstrong.model.runner import Assessment, Injury, Kit, Limitations, Runner, Weights
from runstrong.model.running import RunningWeek
from runstrong.model.words import (
    Clearance,
    Deficit,
    Emphasis,
    Equipment,
    ExerciseKind,
    Goal,
    Impact,
    Level,
    Place,
    Position,
    Region,
    Side,
)
from runstrong.planner import needs_of, wanted_deficits
from runstrong.planner.routine import Climb, Ladders
from runstrong.rules import load_rules

RULES, CATALOG = load_rules(), load_catalog()
TODAY = dt.date(2027, 1, 4)
HEAVY, LIGHT, UPPER = Emphasis.HEAVY_LEGS, Emphasis.LIGHT_LEGS, Emphasis.UPPER_AND_TRUNK
DUMBBELLS = Weights(kind=Equipment.DUMBBELL, each=(Mass(5), Mass(10)), pieces=2)
GYM = Kit(equipment=(Equipment.BARBELL, Equipment.RACK, Equipment.LOOP_BAND), weights=(DUMBBELLS,))


def person(level: Level = Level.INTERMEDIATE, **fields: object) -> Runner:
    """Return a cleared runner of this level."""
    given = {"name": "Ada", "running": RunningWeek(), "level": level, "clearance": Clearance.CLEARED}
    return Runner(**{**given, **fields})  # type: ignore[arg-type]


def ladders_of(runner: Runner, kit: Kit | None = None) -> Ladders:
    """Return the ladders of a season that begins today."""
    return Ladders(runner, CATALOG, kit or runner.kit_at(), RULES, TODAY)


def entry(runner: Runner, ladder: str, kit: Kit | None = None) -> str | None:
    """Return the exercise that a runner enters a ladder with, None where it is shut."""
    ladders = ladders_of(runner, kit)
    climb = ladders.climb(ladder)
    return None if climb is None else ladders.rung(climb).exercise


def begun(ladders: Ladders, ladder: str) -> Climb:
    """Return the climb of an open ladder."""
    climb = ladders.climb(ladder)
    assert climb is not None
    return climb


class TestNeeds:
    """What a session should hold, most important first."""

    @pytest.mark.parametrize("novice", [False, True])
    @pytest.mark.parametrize("emphasis", [HEAVY, LIGHT])
    def test_two_leg_sessions_hold_both_calf_angles(self, novice: bool, emphasis: Emphasis) -> None:
        """Two sessions begin with the calf: one with a straight knee, one with a bent knee."""
        first, second = (needs_of(place, 2, emphasis, novice=novice) for place in (0, 1))
        assert (first[0].name, second[0].name) == ("calf, straight knee", "calf, bent knee")

    @pytest.mark.parametrize("novice", [False, True])
    def test_an_only_session_holds_both_calf_angles(self, novice: bool) -> None:
        """A single session of the week holds both, and hinge or bridge, squat and trunk."""
        names = {need.name for need in needs_of(0, 1, LIGHT, novice=novice)}
        assert {"calf, straight knee", "calf, bent knee", "squat"} <= names
        assert names & {"hinge", "bridge"}
        assert names & {"side trunk", "trunk"}

    @pytest.mark.parametrize("novice", [False, True])
    def test_upper_sessions_ask_nothing_of_the_legs(self, novice: bool) -> None:
        """Upper body and trunk sessions hold pushing, pulling and trunk needs only, rotation among them."""
        names = {need.name for need in needs_of(1, 2, UPPER, novice=novice)}
        assert names - {"rotation"} == {"side trunk", "push", "pull", "anti-rotation", "trunk"}

    def test_novices_have_no_jumps(self) -> None:
        """Power is for those with some strength behind them."""
        assert not any(need.trained_only for place in (0, 1) for need in needs_of(place, 2, LIGHT, novice=True))
        assert any(need.name == "power" for need in needs_of(0, 2, HEAVY, novice=False))

    def test_every_need_names_ladders_that_exist(self) -> None:
        """Each need's ladders are in the catalog, and reason and sources are given."""
        for novice in (False, True):
            for place, count, emphasis in ((0, 1, LIGHT), (0, 2, LIGHT), (1, 2, LIGHT), (0, 2, UPPER)):
                for need in needs_of(place, count, emphasis, novice=novice):
                    assert all(id in CATALOG.progressions for id in need.ladders), need.name
                    assert need.why
                    assert need.sources

    @pytest.mark.parametrize("position", [Position.HALF_KNEELING, Position.PRONE, Position.PLANK])
    def test_a_first_ladder_answers_each_need_with_a_bare_floor(self, position: Position) -> None:
        """A novice with a bare floor and one position less finds a rung for calf, squat and bridge."""
        runner = person(Level.NOVICE, limitations=Limitations(positions=(position,)))
        for need in needs_of(0, 2, LIGHT, novice=True)[:3]:
            assert any(entry(runner, id) for id in need.ladders), need.name


class TestDeficits:
    """Mobility work needs a stated purpose."""

    def test_stated_deficits_give_their_reason(self) -> None:
        """A stated deficit is answered because it was stated."""
        ((deficit, why),) = wanted_deficits(person(deficits=(Deficit.ANKLE_DORSIFLEXION,)))
        assert deficit is Deficit.ANKLE_DORSIFLEXION
        assert "stated" in why

    def test_faster_running_asks_for_hip_and_trunk(self) -> None:
        """The goal to run faster brings hip extension and thoracic rotation, once each."""
        found = [
            each for each, _ in wanted_deficits(person(goals=(Goal.RUN_FASTER,), deficits=(Deficit.HIP_EXTENSION,)))
        ]
        assert found == [Deficit.HIP_EXTENSION, Deficit.THORACIC_ROTATION]

    def test_no_purpose_no_mobility(self) -> None:
        """Without a deficit or such a goal there is nothing to answer."""
        assert wanted_deficits(person()) == ()

    def test_hypermobile_runners_get_no_more_range(self) -> None:
        """Hypermobility rules mobility work out, whatever else is stated."""
        runner = person(goals=(Goal.RUN_FASTER,), deficits=(Deficit.HYPERMOBILITY, Deficit.CALF_LENGTH))
        assert wanted_deficits(runner) == ()


class TestAssessments:
    """A result is a place to start and a matter of what comes first, never a gate and never a risk."""

    def test_a_result_places_a_novice_higher(self) -> None:
        """Nineteen heel lifts on both legs start a novice on one leg; without a result two legs come first."""
        results = tuple(
            Assessment(exercise="single-leg-heel-lift-test", date=TODAY, side=side, amount=19)
            for side in (Side.LEFT, Side.RIGHT)
        )
        assert entry(person(Level.NOVICE), "calf-raise-straight") == "calf-raise"
        assert entry(person(Level.NOVICE, assessments=results), "calf-raise-straight") == "single-leg-calf-raise"

    def test_a_weak_result_places_a_trained_runner_lower(self) -> None:
        """Five heel lifts start whoever it is on two legs."""
        results = tuple(
            Assessment(exercise="single-leg-heel-lift-test", date=TODAY, side=side, amount=5)
            for side in (Side.LEFT, Side.RIGHT)
        )
        assert entry(person(Level.ADVANCED), "calf-raise-straight") == "single-leg-calf-raise"
        assert entry(person(Level.ADVANCED, assessments=results), "calf-raise-straight") == "calf-raise"

    def test_a_recent_injury_outweighs_a_result(self) -> None:
        """After a calf injury of this year whose strength is not known to be back, a good test starts at the bottom."""
        results = tuple(
            Assessment(exercise="single-leg-heel-lift-test", date=TODAY, side=side, amount=25)
            for side in (Side.LEFT, Side.RIGHT)
        )
        hurt = Injury(region=Region.CALF, side=Side.LEFT, since=TODAY - dt.timedelta(days=90), ended=TODAY)
        assert entry(person(Level.NOVICE, assessments=results, injuries=(hurt,)), "calf-raise-straight") == "calf-raise"

    def test_what_a_result_puts_first_comes_first(self) -> None:
        """Ladders that an assessment puts first lead the needs of a session; the others keep their order."""
        usual = needs_of(0, 2, LIGHT, novice=False)
        put = needs_of(0, 2, LIGHT, novice=False, first={"side-plank"})
        assert put[0].ladders[0] == "side-plank"
        assert [need for need in put if need.ladders[0] != "side-plank"] == [
            need for need in usual if need.ladders[0] != "side-plank"
        ]

    def test_a_measured_deficit_is_answered(self) -> None:
        """A deficit that a test shows gets mobility work, with the test as its reason; a stated one is not doubled."""
        ((deficit, why),) = wanted_deficits(person(), (Deficit.ANKLE_DORSIFLEXION,))
        assert deficit is Deficit.ANKLE_DORSIFLEXION
        assert "assessment" in why
        stated = person(deficits=(Deficit.ANKLE_DORSIFLEXION,))
        assert len(wanted_deficits(stated, (Deficit.ANKLE_DORSIFLEXION,))) == 1


class TestFitsRunner:
    """Why an exercise is not for this runner."""

    def test_missing_equipment_is_named(self) -> None:
        """An exercise that needs a bar the runner lacks says so; household things are owned by everyone."""
        bare = person()
        assert "barbell" in (unfit(CATALOG.exercises["back-squat"], bare, bare.kit_at(), TODAY) or "")
        assert unfit(CATALOG.exercises["chair-squat"], bare, bare.kit_at(), TODAY) is None

    def test_excluded_exercises_and_positions(self) -> None:
        """What the runner excluded, and what needs a position they avoid, is ruled out with the reason."""
        runner = person(limitations=Limitations(exclude=("glute-bridge",), positions=(Position.PLANK,)))
        assert "excluded" in (unfit(CATALOG.exercises["glute-bridge"], runner, runner.kit_at(), TODAY) or "")
        assert "plank" in (unfit(CATALOG.exercises["plank"], runner, runner.kit_at(), TODAY) or "")

    def test_a_current_injury_rules_out_what_loads_it(self) -> None:
        """An exercise to avoid with a region is out while that region is injured, and back when it has ended."""
        exercise = next(each for each in CATALOG.exercises.values() if each.avoid_with)
        hurt = Injury(region=exercise.avoid_with[0], side=Side.LEFT, since=TODAY - dt.timedelta(days=20))
        healed = Injury(region=hurt.region, since=hurt.since, ended=TODAY)
        full = Kit(equipment=tuple(Equipment))
        assert "injury" in (unfit(exercise, person(injuries=(hurt,)), full, TODAY) or "")
        assert unfit(exercise, person(injuries=(healed,)), full, TODAY) is None

    @pytest.mark.parametrize("clearance", [Clearance.UNKNOWN, Clearance.NOT_CLEARED])
    def test_jumps_wait_for_clearance(self, clearance: Clearance) -> None:
        """Unknown means no jumps, of low impact too."""
        runner, full = person(clearance=clearance), Kit(equipment=tuple(Equipment))
        for exercise in CATALOG.exercises.values():
            if exercise.kind is ExerciseKind.PLYOMETRIC or exercise.impact in (Impact.MEDIUM, Impact.HIGH):
                assert unfit(exercise, runner, full, TODAY) is not None, exercise.id

    def test_drills_are_easiest_first_and_never_tests(self) -> None:
        """Usable drills ask for little equipment first, stay within the level and are no assessments."""
        runner = person(Level.NOVICE)
        found = usable_drills(CATALOG.exercises.values(), runner, runner.kit_at(), TODAY, taken=("skip",))
        assert found
        assert [len(each.equipment) for each in found] == sorted(len(each.equipment) for each in found)
        assert all(each.level is Level.NOVICE and not each.assesses and each.id != "skip" for each in found)


class TestEntry:
    """Novices start at the bottom of a ladder, others on the first rung of their level, body weight before load."""

    def test_by_level(self) -> None:
        """The straight calf raise starts on two legs for novices and on one leg, without load, for others."""
        assert entry(person(Level.NOVICE), "calf-raise-straight") == "calf-raise"
        for level in (Level.INTERMEDIATE, Level.ADVANCED):
            ladders = ladders_of(person(level))
            rung = ladders.rung(begun(ladders, "calf-raise-straight"))
            assert (rung.exercise, rung.starts_loaded) == ("single-leg-calf-raise", False)

    def test_rungs_without_the_kit_are_skipped(self) -> None:
        """An advanced lifter squats with a bar where there is one, and with a goblet where there is none."""
        assert entry(person(Level.ADVANCED, kits=(GYM,), strength_years=3.0), "squat") == "back-squat"
        assert entry(person(Level.ADVANCED), "squat") == "goblet-squat"

    def test_every_entry_is_usable(self) -> None:
        """On every ladder, at every level, with gym or floor, the entry needs nothing that is missing."""
        for level in Level:
            for kit in (Kit(), GYM):
                ladders = ladders_of(person(level, kits=(kit,)))
                for id in CATALOG.progressions:
                    climb = ladders.climb(id)
                    if climb is None:
                        assert ladders.refused[id], id
                    else:
                        rung = ladders.rung(climb)
                        assert ladders.unusable(rung) is None, id
                        assert rung.level.value <= level.value, id

    def test_excluded_rungs_are_skipped(self) -> None:
        """A runner who excluded the first rung starts on the next."""
        runner = person(Level.NOVICE, limitations=Limitations(exclude=("glute-bridge",)))
        assert entry(runner, "bridge") == "bridge-march"

    def test_a_recent_injury_starts_at_the_bottom(self) -> None:
        """Three weeks after a calf strain the calf starts on two legs, and other ladders do not."""
        since = TODAY - dt.timedelta(days=80)
        strain = Injury(region=Region.CALF, since=since, ended=TODAY - dt.timedelta(days=21))
        runner = person(injuries=(strain,))
        assert entry(runner, "calf-raise-straight") == "calf-raise"
        assert entry(runner, "calf-raise-bent") == "bent-knee-calf-raise"
        assert entry(runner, "squat") == entry(person(), "squat")

    def test_restored_strength_starts_where_others_do(self) -> None:
        """A strength test that said yes lifts the caution."""
        since = TODAY - dt.timedelta(days=80)
        strain = Injury(region=Region.CALF, since=since, ended=TODAY - dt.timedelta(days=21), strength_restored=True)
        assert entry(person(injuries=(strain,)), "calf-raise-straight") == "single-leg-calf-raise"

    def test_jumps_wait_for_weeks_and_the_hop_test(self) -> None:
        """Pogo hops open after two weeks of strength and a passed hop test, and the refusal says what is missing."""
        passed = (Assessment(exercise="hop-test", date=TODAY, amount=20),)
        shut = ladders_of(person())
        shut.weeks_done = 2
        assert shut.climb("pogo-hops") is None
        assert "hop-test" in shut.refused["pogo-hops"]
        early = ladders_of(person(assessments=passed))
        assert early.climb("pogo-hops") is None
        early.weeks_done = 2
        assert early.climb("pogo-hops") is not None

    def test_a_lesser_kit_rules_a_rung_out_there(self) -> None:
        """A rung that stands at the gym may be unusable with what is at home."""
        ladders = ladders_of(person(Level.ADVANCED, kits=(GYM,), strength_years=3.0))
        rung = ladders.rung(begun(ladders, "squat"))
        assert ladders.unusable(rung) is None
        assert "rack" in (ladders.unusable(rung, Kit(place=Place.TRAVEL)) or "")


class TestMovingOn:
    """A plan without a log goes up one usable rung after the shortest stay, and never past what is open."""

    def test_the_stay_has_to_be_long_enough(self) -> None:
        """Three weeks and the sessions that the criterion asks for, then one rung."""
        ladders = ladders_of(person(Level.NOVICE))
        climb = begun(ladders, "bridge")
        needed = ladders.rung(climb).criterion.sessions
        ladders.weeks_done, climb.sessions = 2, needed
        assert not ladders.move_on(climb)
        ladders.weeks_done, climb.sessions = 3, needed - 1
        assert not ladders.move_on(climb)
        climb.sessions = needed
        assert ladders.move_on(climb)
        assert ladders.rung(climb).exercise == "bridge-march"
        assert not ladders.move_on(climb)

    def test_a_recent_injury_doubles_the_sessions(self) -> None:
        """Where strength has not been restored, twice the sessions come first."""
        strain = Injury(region=Region.CALF, since=TODAY - dt.timedelta(days=80), ended=TODAY - dt.timedelta(days=21))
        ladders = ladders_of(person(injuries=(strain,)))
        climb = begun(ladders, "calf-raise-straight")
        needed = ladders.rung(climb).criterion.sessions
        ladders.weeks_done, climb.sessions = 12, 2 * needed - 1
        assert not ladders.move_on(climb)
        climb.sessions = 2 * needed
        assert ladders.move_on(climb)

    def test_the_last_rung_is_the_last(self) -> None:
        """Nothing comes after the last rung."""
        ladders = ladders_of(person(Level.ADVANCED, kits=(GYM,)))
        climb = begun(ladders, "squat")
        climb.place, climb.sessions, ladders.weeks_done = len(climb.progression.rungs) - 1, 99, 50
        assert not ladders.move_on(climb)

    def test_the_next_level_waits_for_a_block(self) -> None:
        """A novice reaches a rung of the next level only after eight weeks, and never one two levels up."""
        ladders = ladders_of(person(Level.NOVICE))
        rung = next(rung for rung in CATALOG.progressions["calf-raise-bent"].rungs if rung.level is Level.INTERMEDIATE)
        top = next(rung for rung in CATALOG.progressions["calf-raise-bent"].rungs if rung.level is Level.ADVANCED)
        ladders.weeks_done = 7
        assert not ladders._open(rung)
        ladders.weeks_done = 52
        assert not ladders._open(top)
