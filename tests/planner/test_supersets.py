"""Order within a session, and which exercises may alternate."""

from __future__ import annotations

import pytest

from runstrong.catalog import load_catalog
from runstrong.model.errors import InvalidValue
from runstrong.model.measuring import block_seconds, seconds_of
from runstrong.model.plan import Part
from runstrong.model.prescription import BodyWeight, Contacts, FindLoad, Hold, Load, Prescription, Reps
from runstrong.model.quantities import RIR, Duration, Mass
from runstrong.model.runner import Kit, Weights
from runstrong.model.timeline import Definitions
from runstrong.model.value import evolve
from runstrong.model.words import Equipment, PartName, Side
from runstrong.planner import estimated_seconds
from runstrong.planner.supersets import Supersets, may_alternate, place_in_session
from runstrong.rules import load_rules

RULES, CATALOG = load_rules(), load_catalog()
KNOWN = CATALOG.exercises
DUMBBELLS = Kit(weights=(Weights(kind=Equipment.DUMBBELL, each=(Mass(10), Mass(15)), pieces=2),))
FIND = FindLoad(RIR(3))
PAIRS = Supersets(KNOWN, Definitions.of(RULES))


def asked(id: str, load: Load | None = None, *, sets: int = 3, rest: float = 60, rir: float | None = 3) -> Prescription:
    """Return three sets of an exercise."""
    return Prescription(
        exercise=id, sets=sets, amount=Reps(10), load=load or BodyWeight(), rest=Duration(rest), progression="any",
        rir=None if rir is None else RIR(rir),
    )  # fmt: skip


def order(*main: Prescription, all_of_it: bool = True, kit: Kit = DUMBBELLS) -> list[list[str]]:
    """Return the exercises of a session as they stand."""
    blocks = PAIRS.paired(main, kit, all_of_it=all_of_it)
    return [[main[place].exercise for place in block] for block in blocks]


class TestOrder:
    """Power, two-leg lifts, single-leg work, calf, hip and foot, upper body, trunk."""

    def test_as_a_coach_would_have_it(self) -> None:
        """One of each kind, given in reverse, comes out in order."""
        ids = ("plank", "push-up", "short-foot", "calf-raise", "step-down", "goblet-squat", "pogo-hop")
        assert [place_in_session(KNOWN[id]) for id in reversed(ids)] == list(range(7))

    def test_heavy_comes_before_light_of_its_kind(self) -> None:
        """Of two single-leg exercises the one with load and little in reserve leads."""
        light, heavy = asked("step-down"), asked("split-squat", FindLoad(RIR(2)), rir=2)
        assert order(light, heavy) == [["split-squat"], ["step-down"]]

    def test_a_session_is_the_same_whatever_order_needs_come_in(self) -> None:
        """Kinds decide; among equals the more important one stands first."""
        main = (asked("calf-raise"), asked("goblet-squat", FIND), asked("plank"), asked("push-up"))
        assert order(*main) == [["goblet-squat", "push-up"], ["calf-raise", "plank"]]


class TestPairs:
    """What may alternate neither tires nor delays the other."""

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            (asked("pogo-hop"), asked("push-up")),
            (asked("glute-bridge"), asked("goblet-squat", FIND)),
            (asked("calf-raise"), asked("bent-knee-calf-raise")),
            (asked("single-leg-calf-raise"), asked("single-leg-short-foot")),
            (asked("deadlift", FIND), asked("plank")),
            (asked("goblet-squat", FIND), asked("overhead-press", FIND)),
            (asked("push-up"), asked("push-up-incline")),
            (asked("goblet-squat", sets=1), asked("push-up", sets=1)),
        ],
    )
    def test_what_does_not_pair(self, one: Prescription, other: Prescription) -> None:
        """Jumps, one tissue twice, calf with foot, a lift and the trunk that carries it, one pair of dumbbells."""
        assert not may_alternate(one, other, KNOWN, DUMBBELLS)
        assert not may_alternate(other, one, KNOWN, DUMBBELLS)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            (asked("goblet-squat", FIND), asked("push-up")),
            (asked("goblet-squat", FIND), asked("single-leg-calf-raise")),
            (asked("deadlift", FIND), asked("single-leg-calf-raise", FIND)),
            (asked("calf-raise"), asked("plank")),
            (asked("glute-bridge"), asked("plank")),
        ],
    )
    def test_what_pairs(self, one: Prescription, other: Prescription) -> None:
        """A lift with pressing or calf work (a worn backpack carries that), light leg work with the trunk."""
        assert may_alternate(one, other, KNOWN, DUMBBELLS)
        assert may_alternate(other, one, KNOWN, DUMBBELLS)

    def test_a_kettlebell_beside_the_dumbbells_makes_room(self) -> None:
        """Two loaded exercises pair where each finds a weight of its own."""
        both = evolve(DUMBBELLS, weights=(*DUMBBELLS.weights, Weights(kind=Equipment.KETTLEBELL, each=(Mass(12),))))
        squat, press = asked("goblet-squat", FIND), asked("overhead-press", FIND)
        assert not may_alternate(squat, press, KNOWN, DUMBBELLS)
        assert may_alternate(squat, press, KNOWN, both)

    def test_heavy_lifts_keep_their_rest_in_a_long_session(self) -> None:
        """Where minutes are not short, what is heavy stands alone."""
        heavy, push = asked("goblet-squat", FindLoad(RIR(2)), rir=2), asked("push-up")
        assert order(heavy, push, all_of_it=False) == [["goblet-squat"], ["push-up"]]
        assert order(heavy, push, all_of_it=True) == [["goblet-squat", "push-up"]]

    def test_letters_follow_the_order(self) -> None:
        """The first pair is a, the next b; what stands alone has none."""
        main = (asked("goblet-squat", FIND), asked("push-up"), asked("calf-raise"), asked("plank"), asked("step-down"))
        made = PAIRS.lettered(main, DUMBBELLS, all_of_it=True)
        assert [(each.exercise, each.superset) for each in made] == [
            ("goblet-squat", "a"), ("push-up", "a"), ("step-down", "b"), ("plank", "b"), ("calf-raise", None),
        ]  # fmt: skip
        assert PAIRS.lettered(made, DUMBBELLS, all_of_it=True) == made


class TestPart:
    """A superset stands in one place of its part."""

    def test_blocks(self) -> None:
        """Those of one letter are one block."""
        one, two, three = asked("goblet-squat"), asked("push-up"), asked("plank")
        part = Part(name=PartName.MAIN, prescriptions=(evolve(one, superset="a"), evolve(two, superset="a"), three))
        assert [len(block) for block in part.blocks] == [2, 1]

    def test_a_superset_in_two_places_is_refused(self) -> None:
        """One letter twice, with something between, is an error that says what to do."""
        one, two, three = asked("goblet-squat"), asked("push-up"), asked("plank")
        with pytest.raises(InvalidValue, match=r"superset a in two places.*next to each other"):
            Part(name=PartName.MAIN, prescriptions=(evolve(one, superset="a"), two, evolve(three, superset="a")))


class TestTime:
    """What alternates shares its rest, and nobody's rest gets shorter."""

    def test_a_pair_by_hand(self) -> None:
        """Three rounds of 40 s squats (120 s rest) and 40 s push-ups (60 s rest), a minute to set both up.

        Each of the first two rounds lasts until the squat has had its rest, 160 s; the last one takes the work and
        ten seconds to change.
        """
        squat, push = asked("goblet-squat", rest=120), asked("push-up", rest=60)
        assert block_seconds((squat, push), RULES) == 60 + 2 * 160 + (40 + 10 + 40)

    def test_work_fills_the_rest_where_it_is_longer(self) -> None:
        """Long holds take longer than the rest of the calf raise: the round is the work and the changes."""
        calf = asked("calf-raise", rest=30)
        plank = Prescription(
            exercise="side-plank", sets=3, amount=Hold(45), side=Side.BOTH, rest=Duration(30), progression="side-plank"
        )
        work = 40 + (2 * 45 + 5)
        assert block_seconds((calf, plank), RULES) == 60 + 2 * (work + 20) + (work + 10)

    def test_unequal_sets(self) -> None:
        """Where one has a set more, its last set stands alone, after its own rest."""
        squat, push = asked("goblet-squat", rest=120, sets=3), asked("push-up", rest=60, sets=2)
        assert block_seconds((squat, push), RULES) == 60 + 160 + 160 + 40

    def test_a_pair_is_shorter_than_both_alone(self) -> None:
        """For every pair that may alternate, by the doses of the packaged ladders."""
        kinds: dict[tuple[int, str], Prescription] = {}
        for ladder in CATALOG.progressions.values():
            for rung in ladder.rungs:
                exercise = KNOWN[rung.exercise]
                kinds.setdefault(
                    (place_in_session(exercise), str(exercise.primary)),
                    Prescription(
                        exercise=rung.exercise, sets=max(2, rung.sets), amount=rung.amount, side=exercise.side,
                        load=rung.load, rest=rung.rest, tempo=rung.tempo, rir=rung.rir, progression=ladder.id,
                    ),
                )  # fmt: skip
        pairs = 0
        for one in kinds.values():
            for other in kinds.values():
                if one.rest and other.rest and may_alternate(one, other, KNOWN, DUMBBELLS):
                    pairs += 1
                    alone = seconds_of(one, RULES) + seconds_of(other, RULES)
                    assert block_seconds((one, other), RULES) < alone, (one, other)
        assert pairs > 50

    def test_the_estimate_of_a_session_counts_blocks(self) -> None:
        """Prescriptions with a letter are timed together, the others one by one."""
        squat, push = (evolve(each, superset="a") for each in (asked("goblet-squat"), asked("push-up")))
        hop = Prescription(exercise="pogo-hop", sets=2, amount=Contacts(20), rest=Duration(60), progression="pogo-hops")
        together = estimated_seconds((hop, squat, push), RULES)
        assert together == seconds_of(hop, RULES) + block_seconds((squat, push), RULES)
