"""Amounts, loads, tempo and the prescription that joins them to an exercise."""

from __future__ import annotations

import pytest

from runstrong.model.errors import InvalidValue
from runstrong.model.prescription import (
    Amount,
    Band,
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
    Tempo,
    Travel,
    parse_amount,
    parse_load,
)
from runstrong.model.quantities import RIR, kg, lb, seconds
from runstrong.model.words import BandTension, Count, Side


class TestAmount:
    """From a low to a high end of one unit."""

    @pytest.mark.parametrize(
        ("made", "text", "count"),
        [
            (Reps(8, 12), "8-12 reps", Count.REPS),
            (Reps(10), "10 reps", Count.REPS),
            (Hold(30, 45), "30-45 s", Count.HOLD),
            (Contacts(40), "40 contacts", Count.CONTACTS),
            (Travel(20), "20 m", Count.DISTANCE),
            (Continuous(5), "5 min", Count.MINUTES),
        ],
    )
    def test_text_reads_back(self, made: Amount, text: str, count: Count) -> None:
        """An amount writes the short text that reads back equal, and knows what it counts."""
        assert str(made) == text
        assert parse_amount(text) == made
        assert made.count is count
        assert eval(repr(made)) == made

    def test_a_single_figure_has_both_ends(self) -> None:
        """One figure stands for both ends of the span."""
        assert Reps(10) == Reps(10, 10) == parse_amount("10-10 reps")

    def test_kinds_differ(self) -> None:
        """Ten reps are not ten seconds."""
        assert Reps(10) != Hold(10)
        assert len({Reps(10), Hold(10), Reps(10)}) == 2

    @pytest.mark.parametrize(
        ("kind", "most"), [(Reps, 200), (Hold, 1800), (Contacts, 400), (Travel, 5000), (Continuous, 240)]
    )
    def test_each_kind_has_a_ceiling(self, kind: type[Reps], most: int) -> None:
        """The greatest amount of a kind is allowed and one more is not."""
        assert kind(most).high == most
        with pytest.raises(InvalidValue, match=f"from 1 to {most}"):
            kind(most + 1)

    def test_nothing_is_no_amount(self) -> None:
        """Zero is refused, with one fault for the one figure given."""
        with pytest.raises(InvalidValue, match="1 or more") as caught:
            Reps(0)
        assert [problem.place for problem in caught.value.problems] == ["Reps.low"]

    def test_the_high_end_is_not_below_the_low(self) -> None:
        """A span that falls is refused."""
        with pytest.raises(InvalidValue, match="8 or more"):
            Reps(8, 7)

    @pytest.mark.parametrize("wrong", [True, 8.0, "8", None])
    def test_only_whole_numbers(self, wrong: int) -> None:
        """A repetition is whole: truth values, fractions and text are refused."""
        with pytest.raises(InvalidValue, match="whole number"):
            Reps(wrong)

    @pytest.mark.parametrize(
        "text",
        ["", "8", "reps", "8 - 12 reps", "08 reps", "0 reps", "12-8 reps", "8-12 Reps", "8 reps ", "-8 reps",
         "8.5 reps", "1:30 min", "5 minutes", "201 reps", "\u0663 reps", "9" * 5000 + " reps"],
    )  # fmt: skip
    def test_other_text_is_refused(self, text: str) -> None:
        """Text that is no amount is refused, however long it is."""
        with pytest.raises(InvalidValue):
            parse_amount(text)


class TestLoad:
    """A tagged union, each member with its text."""

    @pytest.mark.parametrize(
        ("made", "text"),
        [
            (BodyWeight(), "body weight"),
            (External(kg(20)), "20 kg"),
            (External(kg(20), 2), "2 x 10 kg"),
            (External(kg(25), 2), "2 x 12.5 kg"),
            (PercentOfMax(80), "80 % 1RM"),
            (PercentOfMax(72.5), "72.5 % 1RM"),
            (Band(BandTension.LIGHT), "light band"),
            (Band(BandTension.HEAVY, "ankles"), "heavy band at ankles"),
            (FindLoad(RIR(3)), "find 3 RIR"),
        ],
    )
    def test_text_reads_back(self, made: Load, text: str) -> None:
        """A load writes the short text that reads back equal."""
        assert str(made) == text
        assert parse_load(text) == made
        assert eval(repr(made)) == made

    def test_pounds_are_read(self) -> None:
        """Pounds go in, kilograms stand inside."""
        assert parse_load("45 lb") == External(lb(45))
        assert parse_load("2 x 25 lb") == External(lb(50), 2)

    def test_pieces_that_do_not_divide_keep_the_total(self) -> None:
        """Where the mass of a piece would not multiply back, the total is written."""
        for pieces in (2, 3, 4):
            for total in (0.1, 10.1, 22.67961850000001, 100 / 3, 5e-324):
                load = External(kg(total), pieces)
                assert parse_load(str(load)) == load

    @pytest.mark.parametrize(
        "text",
        ["", "bodyweight", "0 kg", "20", "5 x 10 kg", "1 x 10 kg", "80%", "80 %", "9 % 1RM", "101 % 1RM", "light",
         "light band at hips", "find 11 RIR", "find RIR", "501 kg", "2 x 251 kg", "20 kg as 5"],
    )  # fmt: skip
    def test_other_text_is_refused(self, text: str) -> None:
        """Text that is no load, or one out of range, is refused."""
        with pytest.raises(InvalidValue):
            parse_load(text)

    def test_a_load_weighs_something(self) -> None:
        """External load of nothing is refused: that is body weight."""
        with pytest.raises(InvalidValue, match="over 0, up to 500 kg"):
            External(kg(0))

    def test_a_band_sits_on_the_leg(self) -> None:
        """A band sits at knees, ankles or feet."""
        with pytest.raises(InvalidValue, match="knees, ankles or feet"):
            Band(BandTension.LIGHT, "hips")


class TestTempo:
    """Four counts of a repetition."""

    def test_text_reads_back(self) -> None:
        """A tempo writes its four counts, which read back equal and add up."""
        assert str(Tempo(3, 0, 1, 1)) == "3-0-1-1"
        assert Tempo.parse("3-0-1-1") == Tempo(3, 0, 1, 1)
        assert Tempo(3, 2, 1, 4).seconds == 10

    @pytest.mark.parametrize("text", ["3-0-1", "3-0-1-1-1", "3011", "3-0-x-1", "31-0-0-0", "3-0-1-1\n", "\u0663-0-1-1"])
    def test_other_text_is_refused(self, text: str) -> None:
        """Anything but four counts of up to thirty seconds is refused."""
        with pytest.raises(InvalidValue):
            Tempo.parse(text)


class TestPrescription:
    """One exercise as asked."""

    def test_reads_as_a_coach_writes(self) -> None:
        """Sets, amount, side, load and effort stand in one line."""
        asked = Prescription(
            exercise="squat", sets=3, amount=Reps(8, 12), side=Side.BOTH, load=External(kg(20), 2), rir=RIR(3)
        )
        assert str(asked) == "3 x 8-12 reps each side, 2 x 10 kg at 3 RIR"
        assert str(Prescription(exercise="squat", sets=1, amount=Reps(5), side=Side.LEFT)) == "1 x 5 reps left"
        assert str(Prescription(exercise="plank", sets=2, amount=Hold(30))) == "2 x 30 s"

    @pytest.mark.parametrize(("side", "sides"), [(Side.NONE, 1), (Side.LEFT, 1), (Side.RIGHT, 1), (Side.BOTH, 2)])
    def test_both_means_two_sides(self, side: Side, sides: int) -> None:
        """Only `both` makes a set cover two sides."""
        assert Prescription(exercise="squat", sets=1, amount=Reps(5), side=side).sides == sides

    def test_rest_and_sets_have_limits(self) -> None:
        """Rest goes up to fifteen minutes and sets from one to twenty; every fault is told at once."""
        assert Prescription(exercise="squat", sets=20, amount=Reps(5), rest=seconds(900)).sets == 20
        with pytest.raises(InvalidValue) as caught:
            Prescription(exercise="Squat!", sets=21, amount=Reps(5), rest=seconds(901))
        assert [problem.place for problem in caught.value.problems] == [
            "Prescription.exercise",
            "Prescription.sets",
            "Prescription.rest",
        ]

    def test_the_amount_is_one_of_the_union(self) -> None:
        """A bare number is no amount."""
        with pytest.raises(InvalidValue, match="a Reps or a Hold"):
            Prescription(exercise="squat", sets=1, amount=5)  # type: ignore[arg-type]
