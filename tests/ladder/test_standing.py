"""Assessments as starting points: which results count, where they place, and what they put first."""

from __future__ import annotations

import datetime as dt
import string

import attrs
import pytest

from runstrong.catalog.records import load_catalog
from runstrong.faces.standings import TEMPLATES, render_note
from runstrong.ladder.standing import standing_of
from runstrong.model.catalog import Catalog
from runstrong.model.errors import UnknownName
from runstrong.model.rules import Override
from runstrong.model.runner import Assessment, Runner
from runstrong.model.running import RunningWeek
from runstrong.model.standard import Measure, Standing, StandingCode, StandingNote, StartingPoint
from runstrong.model.words import Deficit, Region, Sex, Side
from runstrong.rules import load_rules

CATALOG, RULES = load_catalog(), load_rules()
TODAY = dt.date(2027, 1, 4)
LEFT, RIGHT, BOTH, NONE = Side.LEFT, Side.RIGHT, Side.BOTH, Side.NONE
HEEL, PLANK, BRIDGE = "single-leg-heel-lift-test", "side-plank-hold-test", "single-leg-bridge-test"
SQUAT, ANKLE = "single-leg-squat-assessment", "ankle-dorsiflexion-knee-to-wall-test"
HIP, CHEST = "hip-extension-test", "thoracic-rotation-test"


def result(exercise: str, amount: int, side: Side = BOTH, ago: int = 0) -> Assessment:
    """Return a result of so many days ago."""
    return Assessment(exercise=exercise, date=TODAY - dt.timedelta(days=ago), side=side, amount=amount)


def standing(*results: Assessment, catalog: Catalog = CATALOG, **fields: object) -> Standing:
    """Return where these results place a runner today."""
    runner = Runner(name="Ada", running=RunningWeek(), assessments=results, **fields)  # type: ignore[arg-type]
    return standing_of(runner, catalog, TODAY, RULES)


def note_on(*results: Assessment, **fields: object) -> StandingNote:
    """Return the only note on these results."""
    (note,) = standing(*results, **fields).notes  # type: ignore[arg-type]
    return note


def codes(note: StandingNote) -> set[StandingCode]:
    """Return what a note says, without its facts."""
    return {reason.code for reason in note.reasons}


def start(found: Standing, ladder: str) -> tuple[str, bool]:
    """Return the exercise that a ladder starts with, and whether with load."""
    place = found.rung_on(ladder)
    assert place is not None
    rung = CATALOG.progressions[ladder].rungs[place]
    return rung.exercise, rung.starts_loaded


class TestPlaces:
    """A result places on rungs by the worse side."""

    @pytest.mark.parametrize(
        ("test", "amount", "ladder", "exercise", "loaded"),
        [
            (HEEL, 0, "calf-raise-straight", "calf-raise", False),
            (HEEL, 13, "calf-raise-straight", "calf-raise", False),
            (HEEL, 14, "calf-raise-straight", "single-leg-calf-raise", False),
            (HEEL, 19, "calf-raise-straight", "single-leg-calf-raise", False),
            (HEEL, 20, "calf-raise-straight", "single-leg-calf-raise", True),
            (HEEL, 100, "calf-raise-straight", "single-leg-calf-raise", True),
            (HEEL, 19, "calf-raise-bent", "bent-knee-calf-raise", False),
            (HEEL, 100, "calf-raise-bent", "single-leg-bent-knee-calf-raise", False),
            (PLANK, 44, "side-plank", "side-plank-kneeling", False),
            (PLANK, 45, "side-plank", "side-plank", False),
            (PLANK, 300, "side-plank", "side-plank-hand", False),
            (BRIDGE, 4, "bridge", "glute-bridge", False),
            (BRIDGE, 5, "bridge", "bridge-march", False),
            (BRIDGE, 100, "bridge", "single-leg-bridge", False),
            (SQUAT, 4, "single-leg-squat", "partial-single-leg-squat", False),
            (SQUAT, 5, "single-leg-squat", "single-leg-box-squat", False),
            (SQUAT, 5, "step-down", "step-down", False),
            (SQUAT, 2, "hip-hike", "gluteus-medius-wall-press", False),
            (SQUAT, 3, "hip-hike", "hip-hike", False),
            (ANKLE, 11, "ankle-mobility", "ankle-rock-back", False),
            (ANKLE, 12, "ankle-mobility", "deep-squat-hold", False),
            (HIP, 0, "hip-extension-mobility", "desk-hip-break", False),
            (HIP, 2, "hip-extension-mobility", "hip-flexor-lunge-stretch", False),
            (CHEST, 29, "thoracic-mobility", "thoracic-rotation-four-point", False),
            (CHEST, 45, "thoracic-mobility", "thoracic-windmill-standing", False),
        ],
    )
    def test_each_result_has_its_rung(self, test: str, amount: int, ladder: str, exercise: str, loaded: bool) -> None:
        """Each bound of each standard is met exactly."""
        assert start(standing(result(test, amount)), ladder) == (exercise, loaded)

    def test_the_worse_side_decides(self) -> None:
        """A strong side does not carry a weak one up the ladder."""
        found = standing(result(HEEL, 30, LEFT), result(HEEL, 12, RIGHT))
        assert start(found, "calf-raise-straight") == ("calf-raise", False)
        assert (found.notes[0].amount, found.notes[0].side) == (12, RIGHT)

    def test_no_result_no_place(self) -> None:
        """Who was not tested stands nowhere yet, and nothing is put first."""
        found = standing()
        assert (found.places, found.deficits, found.regions, found.notes) == ((), (), (), ())
        assert found.rung_on("calf-raise-straight") is None

    def test_the_lower_of_two_assessments_stands(self) -> None:
        """Where two assessments place on one ladder the lower place stands, and the other note says so."""
        places = (
            StartingPoint(at_least=0, progression="bridge", rung="glute-bridge", note="x"),
            StartingPoint(at_least=60, progression="bridge", rung="bridge-march", note="x"),
        )
        mine = attrs.evolve(CATALOG.standards[PLANK], places=places)
        found = standing(result(BRIDGE, 20), result(PLANK, 60), catalog=CATALOG.with_records(standards=[mine]))
        assert start(found, "bridge") == ("bridge-march", False)
        bridge, plank = sorted(found.notes, key=lambda note: note.exercise != BRIDGE)
        assert StandingCode.PLACED_LOWER_BY_OTHER in codes(bridge)
        assert StandingCode.PLACED_LOWER_BY_OTHER not in codes(plank)
        assert dict(bridge.places)["bridge"] == 2

    def test_what_it_does_not_read_is_said(self) -> None:
        """A result of an assessment without a standard is noted and places nowhere."""
        note = note_on(result("plank-hold-test", 60))
        assert codes(note) == {StandingCode.NO_STANDARD}
        assert (note.amount, note.places) == (None, ())

    def test_an_unknown_exercise_is_an_error(self) -> None:
        """A misspelt assessment is told with the nearest name."""
        with pytest.raises(UnknownName, match="did you mean 'side-plank-hold-test'"):
            standing(result("side-plank-hold-tets", 60))


class TestSides:
    """What is not known is taken for the worse."""

    def test_a_missing_side_opens_no_loaded_single_leg_rung(self) -> None:
        """With one side known the body-weight rung is the highest; the note says what the load waits for."""
        found = standing(result(HEEL, 40, LEFT))
        assert start(found, "calf-raise-straight") == ("single-leg-calf-raise", False)
        (note,) = found.notes
        assert not note.whole
        assert {StandingCode.MEASURED_ON_ONE_SIDE, StandingCode.LOAD_WAITS_FOR_SIDES} <= codes(note)

    def test_a_result_without_a_side_is_of_one_side(self) -> None:
        """A result that does not tell its side is no better than one side alone."""
        found = standing(result(HEEL, 40, NONE))
        assert start(found, "calf-raise-straight") == ("single-leg-calf-raise", False)
        assert (found.notes[0].side, found.notes[0].whole) == (NONE, False)
        assert StandingCode.MEASURED_WITHOUT_SIDE in codes(found.notes[0])

    def test_both_means_each(self) -> None:
        """A result for both sides is that of the left and of the right."""
        note = note_on(result(HEEL, 25, BOTH))
        assert (note.side, note.whole, note.gap) == (BOTH, True, None)
        assert len(note.results) == 1

    @pytest.mark.parametrize(("ago", "amount"), [(1, 8), (9, 30)])
    def test_a_later_result_without_a_side_may_be_the_worse_one(self, ago: int, amount: int) -> None:
        """A result without a side counts until both sides were measured on its day or later."""
        sided = (result(HEEL, 30, LEFT, 9), result(HEEL, 32, RIGHT, 5))
        assert note_on(*sided, result(HEEL, 8, NONE, ago)).amount == amount

    def test_the_latest_of_each_side_counts(self) -> None:
        """Sides may be measured on different days; of each the latest stands, of one day the lower."""
        note = note_on(
            result(HEEL, 40, LEFT, 30),
            result(HEEL, 22, LEFT, 3),
            result(HEEL, 26, LEFT, 3),
            result(HEEL, 24, RIGHT, 20),
        )
        assert [each.amount for each in note.results] == [22, 24]
        assert (note.date, note.side) == (TODAY - dt.timedelta(days=3), LEFT)

    def test_a_test_without_sides_reads_any_side(self) -> None:
        """Where sides have no meaning, the latest result counts whatever its side says."""
        mine = attrs.evolve(
            CATALOG.standards[HIP],
            exercise="plank-hold-test",
            unit=Measure.SECONDS,
            per_side=False,
            most=300,
            scale=(),
            gap=None,
        )
        catalog = CATALOG.with_records(standards=[mine])
        results = result("plank-hold-test", 60, NONE, 9), result("plank-hold-test", 1, LEFT)
        (note,) = standing(*results, catalog=catalog).notes
        assert (note.amount, note.side, note.whole) == (1, NONE, True)
        assert StandingCode.MEASURED in codes(note)


class TestGap:
    """A difference between the sides counts when it is more than error, or is seen again."""

    def gap(self, *pairs: tuple[int, int]) -> tuple[bool, int] | None:
        """Return whether the gap counts and how often it was seen, for pairs from the latest backward."""
        results = [
            result(HEEL, amount, side, 7 * n)
            for n, pair in enumerate(pairs)
            for side, amount in zip((LEFT, RIGHT), pair, strict=True)
        ]
        gap = note_on(*results).gap
        return None if gap is None else (gap.counts, gap.seen)

    @pytest.mark.parametrize(
        ("pairs", "expected"),
        [
            ([(20, 20)], None),
            ([(30, 24)], (True, 1)),
            ([(30, 25)], (False, 1)),
            ([(70, 64)], (False, 0)),
            ([(30, 27)], (False, 1)),
            ([(30, 28)], (False, 0)),
            ([(30, 27), (30, 27)], (True, 2)),
            ([(30, 27), (27, 30)], (False, 1)),
            ([(30, 27), (30, 28), (30, 27)], (False, 1)),
            ([(30, 28), (30, 20)], (False, 0)),
        ],
    )
    def test_when_it_counts(self, pairs: list[tuple[int, int]], expected: tuple[bool, int] | None) -> None:
        """Ten percent together with six lifts count at once; ten percent alone, when seen twice in a row."""
        assert self.gap(*pairs) == expected

    def test_it_puts_the_calf_first(self) -> None:
        """A gap that counts sets a focus even where the worse side is strong."""
        found = standing(result(HEEL, 50, LEFT), result(HEEL, 40, RIGHT))
        assert found.regions == (Region.CALF,)
        gap = found.notes[0].gap
        assert gap is not None
        assert (gap.weaker, gap.amount, gap.percent) == (RIGHT, 10, 20)
        assert {StandingCode.GAP, StandingCode.FOCUS_GAP} <= codes(found.notes[0])

    def test_seen_again_is_said_so(self) -> None:
        """The note tells a gap that counts by repetition from one that counts at once."""
        results = [result(HEEL, amount, side, ago) for ago in (0, 30) for side, amount in ((LEFT, 30), (RIGHT, 27))]
        assert StandingCode.GAP_AGAIN in codes(note_on(*results))

    def test_unequal_sides_within_error_set_no_focus(self) -> None:
        """A gap within the error of the test is told and changes nothing."""
        found = standing(result(HEEL, 30, LEFT), result(HEEL, 27, RIGHT))
        assert found.regions == ()
        assert StandingCode.GAP_WITHIN_ERROR in codes(found.notes[0])


class TestDates:
    """Only results of the last months count, and none that are still to come."""

    def test_an_old_result_is_left_out_with_a_note(self) -> None:
        """After the days of the policy a result no longer places, and the note says so."""
        days = RULES.whole("assessments", "result_days")
        assert standing(result(HEEL, 30, ago=days)).places
        found = standing(result(HEEL, 30, ago=days + 1))
        assert found.places == ()
        assert codes(found.notes[0]) == {StandingCode.RESULT_TOO_OLD}

    def test_an_old_side_is_a_missing_side(self) -> None:
        """A side whose only result is too old is unknown, and is told as left out."""
        note = note_on(result(HEEL, 30, LEFT), result(HEEL, 30, RIGHT, 400))
        assert not note.whole
        assert StandingCode.RESULT_TOO_OLD in codes(note)

    def test_an_old_result_that_a_later_one_replaced_is_not_told(self) -> None:
        """Nobody is told of old results where later ones of that side count."""
        assert StandingCode.RESULT_TOO_OLD not in codes(note_on(result(HEEL, 30), result(HEEL, 20, ago=400)))

    def test_the_number_of_days_can_be_overridden(self) -> None:
        """The policy's number is a number like any other."""
        rules = RULES.with_overrides([Override(rule="assessments", parameter="result_days", value=30)], "runner")
        runner = Runner(name="Ada", running=RunningWeek(), assessments=[result(HEEL, 30, ago=31)])
        assert standing_of(runner, CATALOG, TODAY, rules).places == ()

    def test_a_later_result_is_left_out(self) -> None:
        """A result of a day still to come counts on that day, not before."""
        assert codes(note_on(result(HEEL, 30, ago=-1))) == {StandingCode.RESULT_LATER}

    def test_a_slip_of_the_unit_is_left_out(self) -> None:
        """Millimeters written for centimeters do not make a supple ankle."""
        found = standing(result(ANKLE, 95))
        assert (found.places, codes(found.notes[0])) == ((), {StandingCode.RESULT_OUT_OF_RANGE})


class TestNorms:
    """A norm is compared with where age and sex are known, and decides no place."""

    def test_percent_of_the_norm(self) -> None:
        """The worse side is compared with the norm of the age reached in the year of the result."""
        note = note_on(result(HEEL, 21), sex=Sex.FEMALE, birth_year=1987)
        assert (note.norm, note.percent) == (24, 87)

    @pytest.mark.parametrize(
        ("fields", "code"),
        [
            ({}, StandingCode.NORM_NEEDS_AGE_AND_SEX),
            ({"sex": Sex.MALE}, StandingCode.NORM_NEEDS_AGE_AND_SEX),
            ({"birth_year": 1980}, StandingCode.NORM_NEEDS_AGE_AND_SEX),
            ({"sex": Sex.MALE, "birth_year": 2010}, StandingCode.NORM_NOT_FOR_AGE),
        ],
    )
    def test_without_age_or_sex_there_is_none(self, fields: dict[str, object], code: StandingCode) -> None:
        """Without a norm there is no percentage, and the note says what is missing."""
        note = note_on(result(HEEL, 21), **fields)
        assert (note.norm, note.percent) == (None, None)
        assert code in codes(note)

    @pytest.mark.parametrize(("amount", "regions"), [(23, (Region.CALF,)), (24, ())])
    def test_under_four_fifths_the_calf_comes_first(self, amount: int, regions: tuple[Region, ...]) -> None:
        """Under 80 % of the norm the calf gets priority, from 80 % on it does not."""
        found = standing(result(HEEL, amount), sex=Sex.FEMALE, birth_year=2000)
        assert found.regions == regions

    def test_a_low_count_needs_no_norm(self) -> None:
        """Ten lifts or fewer put the calf first for everybody."""
        assert standing(result(HEEL, 10)).regions == (Region.CALF,)
        assert standing(result(HEEL, 11)).regions == ()

    @pytest.mark.parametrize(("before", "code"), [(18, StandingCode.CHANGE), (19, StandingCode.CHANGE_WITHIN_ERROR)])
    def test_change_since_the_last_result(self, before: int, code: StandingCode) -> None:
        """Six lifts more are a change, five are within the error of the test."""
        assert code in codes(note_on(result(HEEL, 24), result(HEEL, before, ago=60)))


class TestFocus:
    """Short range and poor control set deficits and regions."""

    @pytest.mark.parametrize(
        ("test", "low", "fine", "deficits", "regions"),
        [
            (PLANK, 29, 30, (), (Region.TRUNK,)),
            (BRIDGE, 7, 8, (), (Region.HAMSTRING,)),
            (SQUAT, 3, 4, (Deficit.HIP_CONTROL,), (Region.HIP,)),
            (ANKLE, 9, 10, (Deficit.ANKLE_DORSIFLEXION,), ()),
            (HIP, 0, 1, (Deficit.HIP_EXTENSION,), ()),
            (CHEST, 44, 45, (Deficit.THORACIC_ROTATION,), ()),
        ],
    )
    def test_bounds(
        self, test: str, low: int, fine: int, deficits: tuple[Deficit, ...], regions: tuple[Region, ...]
    ) -> None:
        """Under its bound a result sets its focus, at the bound it sets none."""
        found = standing(result(test, low))
        assert (found.deficits, found.regions) == (deficits, regions)
        assert (standing(result(test, fine)).deficits, standing(result(test, fine)).regions) == ((), ())


class TestWords:
    """Notes are data; words are put to them when they are read."""

    NOTES = (
        *standing(
            *(result(test, amount, side, ago) for test, amount in ((HEEL, 30), (SQUAT, 5)) for side, ago in (
                (LEFT, 0), (RIGHT, 0), (LEFT, 40), (RIGHT, 40))),
            result(PLANK, 40, LEFT), result(PLANK, 20, RIGHT), result(BRIDGE, 9, LEFT), result(BRIDGE, 9, RIGHT, 500),
            result(ANKLE, 80), result(HIP, 1, NONE), result(CHEST, 40, ago=-3), result("plank-hold-test", 60),
            sex=Sex.MALE, birth_year=1960,
        ).notes,
        *standing(result(HEEL, 9, LEFT), result(HEEL, 8, RIGHT), sex=Sex.MALE, birth_year=1990).notes,
        *standing(result(HEEL, 40, LEFT)).notes,
    )  # fmt: skip

    def test_every_code_has_a_sentence(self) -> None:
        """There is a template for each code."""
        assert set(TEMPLATES) == set(StandingCode)

    @pytest.mark.parametrize("note", NOTES, ids=lambda note: note.exercise)
    def test_every_note_reads_without_a_gap(self, note: StandingNote) -> None:
        """A note reads as sentences that begin with the name of its test, with no fact missing and none empty."""
        text = render_note(note)
        assert text.startswith(CATALOG.exercises[note.exercise].name)
        assert text.endswith(".")
        assert not {"{", "}", "None"} & set(text.split())
        assert "()" not in text
        assert "  " not in text

    def test_no_sentence_speaks_of_risk(self) -> None:
        """Nothing that a runner reads calls a result a risk."""
        assert not [code for code, text in TEMPLATES.items() if "risk" in text.casefold()]

    def test_facts_are_named_once(self) -> None:
        """Each name in braces of each sentence is a plain fact."""
        for text in TEMPLATES.values():
            names = [name for _, name, _, _ in string.Formatter().parse(text) if name]
            assert all(name.isidentifier() for name in names)

    def test_reasons_give_their_facts(self) -> None:
        """A fact is had by name, and an unknown name gives nothing."""
        reason = note_on(result(HEEL, 21)).reasons[0]
        assert reason.fact("result") == "21 reps"
        assert reason.fact("nothing") is None
