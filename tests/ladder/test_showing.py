"""What a performance shows: its weakest link, read once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from runstrong.ladder.showing import Shown, amounts_of, merged, merged_readiness
from runstrong.model.log import Performance, PerformedSet, Readiness, Soreness
from runstrong.model.prescription import Prescription, Reps, parse_load
from runstrong.model.quantities import RIR, Duration
from runstrong.model.running import Pain
from runstrong.model.words import DayPart, Form, PainKind, PainMoment, Region, Side

MONDAY = dt.date(2027, 1, 4)
LEFT, RIGHT, BOTH, NONE = Side.LEFT, Side.RIGHT, Side.BOTH, Side.NONE


def one(reps: int, side: Side = NONE, load: str = "body weight", rir: float | None = 3, **more: Any) -> PerformedSet:
    """Return one set."""
    left = None if rir is None else RIR(rir)
    return PerformedSet(amount=Reps(reps), side=side, load=parse_load(load), rir=left, **more)


def done(*sets: PerformedSet, **more: Any) -> Performance:
    """Return what was done on Monday."""
    return Performance(date=MONDAY, exercise="single-leg-calf-raise", sets=sets, **more)


def shown(*sets: PerformedSet, side: Side = NONE, **more: Any) -> Shown:
    """Return what sets show against a prescription for these sides."""
    return Shown(done(*sets, **more), Prescription(exercise="single-leg-calf-raise", sets=2, amount=Reps(8), side=side))


class TestSides:
    """Each side stands for itself; the one that did less counts, and nothing adds up."""

    @pytest.mark.parametrize(
        ("wanted", "sets", "count", "total", "missing"),
        [
            (BOTH, [one(9, LEFT), one(8, RIGHT)], 1, 8, None),
            (BOTH, [one(9, LEFT), one(9, LEFT), one(8, RIGHT)], 1, 8, None),
            (BOTH, [one(9, LEFT)], 0, 0, RIGHT),
            (BOTH, [one(9, RIGHT)], 0, 0, LEFT),
            (BOTH, [one(9), one(9)], 0, 0, BOTH),
            (BOTH, [], 0, 0, BOTH),
            (NONE, [one(9), one(8)], 2, 17, None),
            (NONE, [one(9, LEFT), one(8, RIGHT)], 1, 9, None),
            (NONE, [one(5), one(9, RIGHT), one(9, RIGHT)], 3, 23, None),
            (LEFT, [one(9, LEFT), one(8, RIGHT)], 1, 9, None),
            (RIGHT, [one(9, LEFT), one(8, RIGHT)], 1, 8, None),
            (RIGHT, [one(9, LEFT)], 0, 0, RIGHT),
        ],
    )
    def test_sets_count_on_the_side_that_was_asked_for(
        self, wanted: Side, sets: list[PerformedSet], count: int, total: int, missing: Side | None
    ) -> None:
        """Sets, amounts in all, and the side that is missing."""
        found = shown(*sets, side=wanted)
        assert (found.sets, found.total, found.missing) == (count, total, missing)


class TestWeakestLink:
    """The worst set speaks for all."""

    def test_the_least_amount_reserve_and_load_count(self) -> None:
        """Each from whichever set shows it."""
        found = shown(one(9, load="10 kg", rir=2), one(7, load="12 kg", rir=4), one(8, load="8 kg", rir=1))
        assert (found.worst, found.reserve, found.kilograms) == (7, 1, 8.0)
        assert found.found == parse_load("8 kg")

    def test_one_set_without_effort_leaves_effort_unknown(self) -> None:
        """Unknown is not good."""
        assert shown(one(9, rir=5), one(9, rir=None)).reserve is None

    def test_one_set_without_a_load_in_mass_leaves_the_load_unknown(self) -> None:
        """A band cannot be weighed."""
        found = shown(one(9, load="10 kg"), one(9, load="light band"), one(9, load="5 kg"))
        assert (found.kilograms, found.bands) == (None, ())
        assert found.found == parse_load("light band")

    def test_sets_that_were_all_done_with_bands_show_them(self) -> None:
        """Every one of them."""
        found = shown(one(9, load="light band"), one(9, load="heavy band at feet"))
        assert list(map(str, found.bands)) == ["light band", "heavy band at feet"]

    def test_failed_form_and_help_in_any_set_are_seen(self) -> None:
        """Even in one of many."""
        found = shown(one(9), one(9, failed_form=(Form.KNEE_LINE,)), one(9, assistance="a hand"))
        assert (found.failed, found.assisted) == ((Form.KNEE_LINE,), True)
        assert (shown(one(9)).failed, shown(one(9)).assisted) == ((), False)

    def test_nothing_recorded_shows_nothing(self) -> None:
        """No amount, no effort, no load, no pain."""
        found = shown()
        assert (found.worst, found.reserve, found.kilograms, found.found, found.pain) == (0, None, None, None, None)


class TestPain:
    """The worst of each moment counts; unknown is not zero."""

    def test_the_worst_of_either_moment_counts(self) -> None:
        """During and next morning are kept apart too."""

        def pain(score: int, when: PainMoment = PainMoment.DURING, kind: PainKind = PainKind.DULL) -> Pain:
            return Pain(region=Region.CALF, score=score, when=when, kind=kind)

        found = shown(one(9), pain=(pain(2), pain(1), pain(3, PainMoment.NEXT_MORNING)))
        assert (found.during, found.morning, found.pain, found.flags) == (2, 3, 3, ())
        assert shown(one(9), pain=(pain(0),)).pain == 0
        assert shown(one(9), pain=(pain(4, PainMoment.NEXT_MORNING),)).pain == 4
        assert shown(one(9), pain=(pain(4), pain(1, PainMoment.NEXT_MORNING))).pain == 4
        assert shown(one(9), pain=(pain(0, kind=PainKind.NIGHT), pain(1, kind=PainKind.SHARP))).flags == (
            "night",
            "sharp",
        )


class TestDays:
    """A day's entries are one, in whatever order they come."""

    def test_amounts_are_told_in_pairs_the_lesser_side_of_each(self) -> None:
        """A side that stands alone is told as it is."""
        assert amounts_of(done(one(9, LEFT), one(8, RIGHT), one(7, LEFT), one(9, RIGHT))) == (8, 7)
        assert amounts_of(done(one(9, RIGHT))) == (9,)
        assert amounts_of(done(one(9), one(8))) == (9, 8)

    def test_entries_of_a_day_join_in_the_order_of_the_day(self) -> None:
        """An entry that was written twice stands once; the note of one is not the note of all."""
        morning = done(one(9), day_part=DayPart.MORNING, note="stiff")
        evening = done(one(8), day_part=DayPart.EVENING, pain=(Pain(region=Region.CALF, score=1),))
        whole = merged([evening, morning, evening])
        assert whole == merged([morning, evening])
        assert [each.amount.low for each in whole.sets] == [9, 8]
        assert (whole.day_part, whole.note, whole.pain) == (DayPart.UNKNOWN, None, evening.pain)
        assert merged([morning, morning]) == morning
        assert merged([morning, done(one(7), day_part=DayPart.MORNING)]).day_part is DayPart.MORNING

    def test_of_mornings_that_differ_the_worse_counts(self) -> None:
        """In each part; what nobody recorded stays unknown."""
        sore = Soreness(region=Region.CALF, score=3)
        well = Readiness(date=MONDAY, sleep=Duration(28800), stress=2, ill=False)
        bad = Readiness(date=MONDAY, sleep=Duration(18000), stress=8, ill=True, soreness=(sore,), red_flags=("faint",))
        worse = Readiness(
            date=MONDAY, sleep=Duration(18000), stress=8, ill=True, soreness=(sore,), red_flags=("faint",)
        )
        assert merged_readiness([well, bad]) == merged_readiness([bad, well]) == worse
        assert merged_readiness([well]) == well
        assert merged_readiness([]) is None
        empty = Readiness(date=MONDAY)
        assert merged_readiness([empty, empty]) == empty
