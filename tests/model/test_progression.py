"""A ladder of rungs: what it refuses, and what it says of itself."""

from __future__ import annotations

from typing import Any

import pytest

from runstrong.model.errors import InvalidValue
from runstrong.model.prescription import Band, Degree, External, FindLoad, Hold, PercentOfMax, Reps
from runstrong.model.progression import Criterion, Prerequisite, Progression
from runstrong.model.quantities import RIR, kg
from runstrong.model.words import BandTension, Level, OverloadAxis, Region


def a_ladder(*rungs: Any, **changes: Any) -> Progression:
    """Return a calf ladder with these rungs."""
    fields = {"name": "Calf", "purpose": "Push off.", "region": Region.CALF, "after_last": "Add load.", **changes}
    return Progression(id="calf", rungs=rungs, sources=("convention",), **fields)


class TestCriterion:
    """What has to be seen before a rung is left upward."""

    def test_reads_as_a_sentence(self) -> None:
        """Every stated part of a criterion is told."""
        strict = Criterion(amount_over=10, rir_at_least=RIR(2), sessions=2, pain_at_most=1)
        assert str(strict) == (
            "more than 10 in every set on each side with 2 in reserve, clean, pain 1 at most, 2 sessions in a row"
        )
        loose = Criterion(amount_at_least=30, both_sides=False, clean_form=False, sessions=1)
        assert str(loose) == "30 or more in every set, pain 2 at most"
        staying = Criterion(top_of_range=True, weeks=3)
        assert str(staying) == (
            "the top of the range in every set on each side, clean, pain 2 at most, 2 sessions in a row, "
            "after 3 weeks on the rung"
        )

    @pytest.mark.parametrize(
        ("criterion", "bar"),
        [
            (Criterion(amount_over=10), 11),
            (Criterion(amount_at_least=10), 10),
            (Criterion(amount_at_least=20), 20),
            (Criterion(top_of_range=True), 12),
        ],
    )
    def test_bar(self, criterion: Criterion, bar: int) -> None:
        """A stated number is the bar whatever is asked for; the top of the range goes with the range."""
        assert criterion.bar(Reps(8, 12)) == bar

    @pytest.mark.parametrize("weeks", [0, 53])
    def test_weeks_are_those_of_a_year(self, weeks: int) -> None:
        """A rung is not kept for no week, nor for more than a year."""
        with pytest.raises(InvalidValue, match="from 1 to 52"):
            Criterion(top_of_range=True, weeks=weeks)

    @pytest.mark.parametrize(
        "given",
        [{}, {"amount_over": 10, "amount_at_least": 11}, {"amount_over": 10, "top_of_range": True}],
    )
    def test_one_bar_only(self, given: dict[str, int]) -> None:
        """Exactly one of more-than, at-least and top of the range is stated."""
        with pytest.raises(InvalidValue, match="exactly one of the three"):
            Criterion(**given)

    def test_more_than_nothing_is_a_bar(self) -> None:
        """More than zero is a bar, not a missing one."""
        assert Criterion(amount_over=0).amount_over == 0


class TestPrerequisite:
    """What has to stand before a rung may be entered."""

    @pytest.mark.parametrize(
        ("given", "fault"),
        [
            ({}, "nothing asked for"),
            ({"progression": "calf"}, "both together"),
            ({"rung": "calf-raise"}, "both together"),
            ({"assessment": "calf-raise-test"}, "both together"),
            ({"at_least": 20}, "both together"),
            ({"weeks": 53}, "from 1 to 52"),
        ],
    )
    def test_half_a_question_is_refused(self, given: dict[str, Any], fault: str) -> None:
        """A prerequisite asks for a whole thing or is refused."""
        with pytest.raises(InvalidValue, match=fault):
            Prerequisite(**given)

    def test_weeks_alone_are_enough(self) -> None:
        """Weeks of training can stand alone."""
        assert Prerequisite(weeks=4).weeks == 4


class TestRung:
    """One step of a ladder."""

    @pytest.mark.parametrize(
        ("changes", "fault"),
        [
            ({"ceiling": Hold(30)}, "counted in reps"),
            ({"ceiling": Reps(9)}, "at least the starting amount"),
            ({"criterion": Criterion(amount_at_least=16)}, "within the ceiling, 15 reps"),
            ({"criterion": Criterion(amount_over=15)}, "16 reps"),
            ({"overload": (OverloadAxis.REPS, OverloadAxis.REPS)}, "each axis once"),
            ({"overload": ()}, "at least 1 entries"),
            ({"degrees": (Degree(OverloadAxis.RANGE, 2),)}, "add range to overload"),
            ({"degrees": (Degree(OverloadAxis.RANGE, 3),)}, "degrees that differ from the exercise as described"),
            ({"degrees": (Degree(OverloadAxis.RANGE, 1), Degree(OverloadAxis.RANGE, 2))}, "range twice"),
        ],
    )
    def test_refused(self, make_rung, changes: dict, fault: str) -> None:
        """A rung that could never be left, or contradicts itself, is refused."""
        with pytest.raises(InvalidValue, match=fault):
            make_rung(**changes)

    def test_the_bar_may_be_the_ceiling(self, make_rung) -> None:
        """The criterion may ask for the ceiling itself, either way it is put."""
        assert make_rung(criterion=Criterion(amount_at_least=15)).criterion.amount_at_least == 15
        assert make_rung(criterion=Criterion(amount_over=14)).criterion.amount_over == 14

    def test_the_top_of_the_range_is_always_within_the_ceiling(self, make_rung) -> None:
        """A range that is the ceiling too can be left at its top."""
        rung = make_rung(ceiling=Reps(10), criterion=Criterion(top_of_range=True))
        assert rung.criterion.bar(rung.amount) == rung.ceiling.high

    def test_degrees_of_what_is_overloaded(self, make_rung) -> None:
        """A rung may start with support that its overload takes off."""
        held = Degree(OverloadAxis.ASSISTANCE, 2)
        assert make_rung(degrees=(held,), overload=(OverloadAxis.ASSISTANCE, OverloadAxis.REPS)).degrees == (held,)

    def test_overload_keeps_its_order(self, make_rung) -> None:
        """The order of overload has meaning and is kept."""
        axes = (OverloadAxis.SETS, OverloadAxis.LOAD, OverloadAxis.HOLD)
        assert make_rung(overload=axes).overload == axes

    @pytest.mark.parametrize(
        ("changes", "loaded", "starts"),
        [
            ({}, False, False),
            ({"overload": (OverloadAxis.REPS, OverloadAxis.LOAD)}, True, False),
            ({"load": External(kg(10))}, True, True),
            ({"load": PercentOfMax(70)}, True, True),
            ({"load": FindLoad(RIR(3))}, True, True),
            ({"load": Band(BandTension.LIGHT)}, True, True),
        ],
    )
    def test_load(self, make_rung, changes: dict, loaded: bool, starts: bool) -> None:
        """A rung is loaded when it starts with load or adds it on the way."""
        rung = make_rung(**changes)
        assert (rung.loaded, rung.starts_loaded) == (loaded, starts)


class TestProgression:
    """A ladder from the easiest form to the hardest."""

    def test_rung_of_gives_the_first(self, make_rung) -> None:
        """An exercise that stands on two rungs is found on the lower one, and one that stands on none is not."""
        ladder = a_ladder(make_rung("calf-raise"), make_rung("step"), make_rung("step", load=External(kg(5))))
        assert ladder.rung_of("step") == 1
        assert ladder.rung_of("squat") is None

    def test_levels_never_fall(self, make_rung) -> None:
        """A higher rung asks for no lower level than the one before."""
        with pytest.raises(InvalidValue, match="levels that never fall"):
            a_ladder(make_rung(level=Level.INTERMEDIATE), make_rung("step", level=Level.NOVICE))

    def test_the_first_rung_waits_for_no_rung_of_its_own_ladder(self, make_rung) -> None:
        """The first rung asks for another ladder's rung or none; later ones may ask for their own ladder's."""
        own = (Prerequisite(progression="calf", rung="calf-raise"),)
        with pytest.raises(InvalidValue, match="another ladder's rung"):
            a_ladder(make_rung(prerequisites=own))
        other = (Prerequisite(progression="foot", rung="short-foot"),)
        assert len(a_ladder(make_rung(prerequisites=other), make_rung("step", prerequisites=own)).rungs) == 2

    def test_a_ladder_has_rungs(self) -> None:
        """A ladder without rungs is refused as such."""
        with pytest.raises(InvalidValue, match="at least 1 entries"):
            a_ladder()
