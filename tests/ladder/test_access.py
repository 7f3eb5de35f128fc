"""What a runner may use: equipment, loads, body, clearance and history against a rung."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from runstrong.catalog import load_catalog
from runstrong.ladder.access import asked_first, assessment_passed, easiest_alike, injured_lately, unfit, unusable
from runstrong.model.prescription import Load, Reps, parse_load
from runstrong.model.progression import Criterion, Prerequisite, Rung
from runstrong.model.quantities import Mass
from runstrong.model.runner import Assessment, Injury, Kit, Limitations, Runner, Weights
from runstrong.model.running import RunningWeek
from runstrong.model.value import evolve
from runstrong.model.words import Clearance, Equipment, Level, OverloadAxis, Position, Region

CATALOG = load_catalog()
MONDAY = dt.date(2027, 1, 4)
ADA = Runner(name="Ada", running=RunningWeek(), clearance=Clearance.CLEARED)
FLOOR = Kit(backpack_up_to=Mass(0))


def rung(exercise: str, load: str) -> Rung:
    """Return a rung with a load."""
    parsed: Load = parse_load(load)
    return Rung(
        exercise=exercise, level=Level.NOVICE, sets=2, amount=Reps(8), load=parsed, ceiling=Reps(12),
        overload=(OverloadAxis.REPS,), criterion=Criterion(top_of_range=True),
    )  # fmt: skip


class TestLoads:
    """A rung with load needs something to load it with."""

    @pytest.mark.parametrize("load", ["find 3 RIR", "10 kg", "80 % 1RM"])
    def test_a_bare_floor_has_no_load_even_as_a_backpack_counts_as_owned(self, load: str) -> None:
        """A backpack that may hold nothing loads nothing."""
        exercise = CATALOG.exercises["single-leg-calf-raise"]
        asked = rung("single-leg-calf-raise", load)
        reason = unusable(asked, exercise, ADA, FLOOR, None)
        assert reason == f"needs a load: {', '.join(map(str, exercise.loaded_by))}"
        assert unusable(asked, exercise, ADA, Kit(backpack_up_to=Mass(0.5)), None) == reason
        assert unusable(asked, exercise, ADA, Kit(), None) is None

    def test_body_weight_and_bands_need_none(self) -> None:
        """Nothing is said of loads there."""
        exercise = CATALOG.exercises["single-leg-calf-raise"]
        for load in ("body weight", "light band"):
            assert unusable(rung("single-leg-calf-raise", load), exercise, ADA, FLOOR, None) is None

    def test_equipment_without_a_list_of_loads_will_do(self) -> None:
        """Its loads are found by feel."""
        kit = Kit(equipment=(Equipment.BARBELL,), backpack_up_to=Mass(0))
        exercise = CATALOG.exercises["single-leg-calf-raise"]
        assert unusable(rung("single-leg-calf-raise", "find 3 RIR"), exercise, ADA, kit, None) is None

    def test_a_stated_load_may_not_be_under_the_lightest(self) -> None:
        """The lightest one is named."""
        kit = Kit(weights=(Weights(kind=Equipment.DUMBBELL, each=(Mass(10),)),), backpack_up_to=Mass(0))
        exercise = CATALOG.exercises["single-leg-calf-raise"]
        reason = unusable(rung("single-leg-calf-raise", "5 kg"), exercise, ADA, kit, None)
        assert reason == "the lightest load here, 10 kg, is over 5 kg"
        assert unusable(rung("single-leg-calf-raise", "10 kg"), exercise, ADA, kit, None) is None


class TestBodies:
    """What an exercise needs against what a runner has and avoids."""

    @pytest.mark.parametrize(
        ("exercise", "changes", "reason"),
        [
            ("pull-up", {}, "needs pull-up-bar"),
            ("plank", {"limitations": Limitations(exclude=("plank",))}, "you excluded it"),
            (
                "single-leg-calf-raise",
                {"limitations": Limitations(positions=(Position.STANDING,))},
                "needs a position you avoid: standing",
            ),
            ("pogo-hop", {"clearance": Clearance.UNKNOWN}, "landing impact waits for clearance"),
            ("pogo-hop", {}, None),
        ],
    )
    def test_what_is_missing_is_named(self, exercise: str, changes: dict[str, Any], reason: str | None) -> None:
        """In words that a runner understands."""
        assert unfit(CATALOG.exercises[exercise], evolve(ADA, **changes), FLOOR, None) == reason

    def test_a_current_injury_closes_what_avoids_it_on_that_day_only(self) -> None:
        """Without a day injuries are not looked at."""
        runner = evolve(ADA, injuries=(Injury(region=Region.CALF, since=MONDAY),))
        hop = CATALOG.exercises["pogo-hop"]
        assert Region.CALF in hop.avoid_with
        assert unfit(hop, runner, FLOOR, MONDAY) == "not with a current calf injury"
        assert unfit(hop, runner, FLOOR, MONDAY - dt.timedelta(days=1)) is None
        assert unfit(hop, runner, FLOOR, None) is None


class TestHistory:
    """Injuries of the last year, assessments, and what is asked first."""

    @pytest.mark.parametrize(
        ("ended", "restored", "lately"), [(365, None, True), (366, None, False), (100, True, False), (100, False, True)]
    )
    def test_an_injury_is_recent_for_a_year_unless_strength_is_restored(
        self, ended: int, restored: bool | None, lately: bool
    ) -> None:
        """In its region only."""
        hurt = Injury(
            region=Region.CALF, since=MONDAY - dt.timedelta(days=900),
            ended=MONDAY - dt.timedelta(days=ended), strength_restored=restored,
        )  # fmt: skip
        runner = evolve(ADA, injuries=(hurt,))
        assert injured_lately(runner, frozenset({Region.CALF}), MONDAY, 365) is lately
        assert injured_lately(runner, frozenset({Region.KNEE}), MONDAY, 365) is False

    def test_an_assessment_is_passed_with_enough(self) -> None:
        """Of that assessment; a prerequisite without one is no obstacle."""
        asked = Prerequisite(assessment="hop-test", at_least=20)
        for amount, passed in ((19, False), (20, True)):
            result = Assessment(exercise="hop-test", date=MONDAY, amount=amount)
            assert assessment_passed(asked, evolve(ADA, assessments=(result,))) is passed
        assert not assessment_passed(asked, ADA)
        assert assessment_passed(Prerequisite(weeks=2), ADA)

    def test_what_is_asked_first_is_said(self) -> None:
        """A test, a rung or weeks."""
        assert asked_first(Prerequisite(assessment="hop-test", at_least=20)) == "first pass hop-test with 20 or more"
        reach = Prerequisite(progression="balance", rung="single-leg-balance-reach")
        assert asked_first(reach) == "first reach single-leg-balance-reach on the ladder balance"
        assert asked_first(Prerequisite(weeks=2)) == "first 2 weeks of strength"


class TestEasiestAlike:
    """Of one exercise the easiest rung is entered first."""

    def test_a_rung_of_their_level_does_not_part_two_of_one_exercise(self) -> None:
        """With a rung of one's own put between body weight and load, the season still begins with body weight."""
        first, *_ = load_catalog().progressions["single-leg-squat"].rungs
        other, loaded = evolve(first, exercise="side-plank"), evolve(first, sets=first.sets + 1)
        assert easiest_alike((first, other, loaded), (0, 1, 2), 2) == 0

    def test_of_another_level_those_that_adjoin_count(self) -> None:
        """Body weight stands before load: the hip hike of a novice is where a stronger runner begins too."""
        rungs = load_catalog().progressions["hip-hike"].rungs
        first, loaded = (n for n, rung in enumerate(rungs) if rung.exercise == "hip-hike")
        assert rungs[first].level is not rungs[loaded].level
        assert easiest_alike(rungs, range(len(rungs)), loaded) == first

    def test_a_harder_rung_parts_them(self) -> None:
        """A loaded push-up of a higher level is entered as it is, with harder rungs between it and the plain one."""
        rungs = load_catalog().progressions["push-up"].rungs
        last = len(rungs) - 1
        assert [rung.exercise for rung in rungs].count("push-up") == 2
        assert easiest_alike(rungs, range(len(rungs)), last) == last
