"""What the result of an assessment means: what a standard refuses, and what a catalog refuses of one."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from runstrong.catalog.records import load_catalog
from runstrong.codec import decode, encode, loads, to_json, to_yaml
from runstrong.model.errors import CatalogError, InvalidValue
from runstrong.model.standard import (
    Focus,
    Measure,
    Norm,
    Norms,
    SideGap,
    SmallestChange,
    Standard,
    StartingPoint,
)
from runstrong.model.words import Deficit, Region, Sex

CATALOG = load_catalog()
HEEL = CATALOG.standards["single-leg-heel-lift-test"]
LADDER = CATALOG.progressions["calf-raise-straight"]
CALF = Focus(under=11, region=Region.CALF, note="an example")


def a_point(at_least: int = 0, **changes: Any) -> StartingPoint:
    """Return a starting point on the straight-knee calf ladder."""
    fields = {"progression": "calf-raise-straight", "rung": "calf-raise", "note": "an example", **changes}
    return StartingPoint(at_least=at_least, **fields)


def a_standard(**changes: Any) -> Standard:
    """Return a small standard of the heel lift, changed as asked."""
    fields: dict[str, Any] = {
        "exercise": "single-leg-heel-lift-test",
        "says": "How many.",
        "recorded": "Lifts.",
        "unit": Measure.REPS,
        "per_side": True,
        "most": 100,
        "places": (a_point(), a_point(14, rung="single-leg-calf-raise")),
        "sources": ("convention",),
        **changes,
    }
    return Standard(**fields)


class TestStartingPoint:
    """A rung is named by its exercise and by whether it starts with load."""

    def test_the_lowest_rung_that_fits(self) -> None:
        """Of several rungs with one exercise the lowest is meant: without load, or with it."""
        assert a_point(rung="single-leg-calf-raise").rung_on(LADDER) == 1
        assert a_point(rung="single-leg-calf-raise", loaded=True).rung_on(LADDER) == 2

    def test_no_such_rung(self) -> None:
        """A rung that the ladder has not, or has only in the other form, is none."""
        assert a_point(rung="plank").rung_on(LADDER) is None
        assert a_point(loaded=True).rung_on(LADDER) is None


class TestRefused:
    """A standard that contradicts itself cannot be made."""

    @pytest.mark.parametrize(
        ("changes", "told"),
        [
            ({"places": ()}, "neither places nor focus"),
            ({"places": (a_point(5),)}, r"places\[0\].at_least: 5, the first on calf-raise-straight; allowed: 0"),
            ({"places": (a_point(), a_point(0))}, "over 0, the one before"),
            ({"places": (a_point(), a_point(20), a_point(14))}, "over 20, the one before"),
            ({"places": (a_point(), a_point(101))}, "100 or less, the most that can be meant"),
            ({"focus": (attrs.evolve(CALF, under=101),)}, "100 or less, the most that can be meant"),
            ({"focus": (attrs.evolve(CALF, under=None, under_share=0.8),)}, "a share of no norm"),
            ({"focus": (attrs.evolve(CALF, under=None, side_gap=True),)}, "no numbers for a side gap"),
            ({"gap": SideGap(share=0.1, amount=6, note="x"), "per_side": False}, "sides that are not measured"),
            ({"unit": Measure.GRADE, "most": 2, "places": (a_point(),), "scale": ("a", "b")}, "3: from 0 to most"),
            ({"scale": ("a", "b")}, "words for grades alone"),
        ],
    )
    def test_contradiction(self, changes: dict[str, Any], told: str) -> None:
        """Each contradiction is told with its place and with what is allowed."""
        with pytest.raises(InvalidValue, match=told):
            a_standard(**changes)

    @pytest.mark.parametrize("count", [0, 2, 3])
    def test_a_focus_has_one_occasion(self, count: int) -> None:
        """A focus follows an amount, a share of the norm or a side gap: exactly one of them."""
        stated = dict(list({"under": 5, "under_share": 0.8, "side_gap": True}.items())[:count])
        with pytest.raises(InvalidValue, match="exactly one of the three"):
            Focus(region=Region.CALF, note="x", **stated)  # type: ignore[arg-type]

    def test_a_focus_is_on_something(self) -> None:
        """A focus names a deficit, a region or both."""
        with pytest.raises(InvalidValue, match="neither deficit nor region"):
            Focus(under=5, note="x")
        both = Focus(under=5, deficit=Deficit.HIP_CONTROL, region=Region.HIP, note="x")
        assert (both.deficit, both.region) == (Deficit.HIP_CONTROL, Region.HIP)

    def test_bands_that_overlap(self) -> None:
        """An age has one norm for each sex; a band does not end before it begins."""
        young = Norm(sex=Sex.MALE, from_age=20, to_age=29, amount=30)
        with pytest.raises(InvalidValue, match="bands that do not overlap"):
            Norms(bands=(young, attrs.evolve(young, from_age=29, to_age=39)), source="convention", note="x")
        with pytest.raises(InvalidValue, match="to_age: 19; allowed: 20 or more"):
            attrs.evolve(young, to_age=19)
        beside = attrs.evolve(young, sex=Sex.FEMALE)
        assert len(Norms(bands=(young, beside), source="convention", note="x").bands) == 2


class TestReading:
    """What a standard says of an amount."""

    def test_norms_need_sex_and_age(self) -> None:
        """Without sex, without age, and outside every band there is no norm."""
        assert HEEL.norms is not None
        assert HEEL.norms.amount_for(Sex.MALE, 29) == 37
        assert HEEL.norms.amount_for(Sex.MALE, 30) == 32
        assert HEEL.norms.amount_for(None, 30) is None
        assert HEEL.norms.amount_for(Sex.MALE, None) is None
        assert HEEL.norms.amount_for(Sex.MALE, 19) is None

    @pytest.mark.parametrize(
        ("test", "amount", "told"),
        [
            ("single-leg-heel-lift-test", 1, "1 rep"),
            ("single-leg-heel-lift-test", 12, "12 reps"),
            ("thoracic-rotation-test", 1, "1 degree"),
            ("side-plank-hold-test", 1, "1 s"),
            ("hip-extension-test", 0, "thigh above the edge"),
            ("hip-extension-test", 7, "grade 7"),
        ],
    )
    def test_amounts_are_told_in_words(self, test: str, amount: int, told: str) -> None:
        """An amount is written with its unit, a grade in the words of its scale."""
        assert CATALOG.standards[test].shown(amount) == told

    def test_every_number_names_its_source(self) -> None:
        """What a standard cites includes what each of its numbers cites."""
        change = SmallestChange(amount=6, source="hebert-losier-2017", note="x")
        gap = SideGap(share=0.1, amount=6, source="bramah-2018", note="x")
        cited = a_standard(smallest_change=change, gap=gap, focus=(attrs.evolve(CALF, source="asics"),)).cited
        assert cited == ("asics", "bramah-2018", "convention", "hebert-losier-2017")


class TestDocuments:
    """Standards are documents like exercises and ladders."""

    @pytest.mark.parametrize("standard", CATALOG.standards.values(), ids=lambda standard: standard.id)
    def test_one_comes_back_equal(self, standard: Standard) -> None:
        """A standard comes back equal from YAML and from JSON."""
        assert loads(to_yaml(standard)) == standard
        assert loads(to_json(standard), format="json") == standard

    def test_several_make_a_collection(self) -> None:
        """A sequence of standards is written as a document of kind standards."""
        several = tuple(CATALOG.standards.values())
        assert encode(several)["kind"] == "standards"
        assert decode(encode(several)) == several


class TestIntegrity:
    """A catalog with a standard that leads nowhere cannot be made."""

    @pytest.mark.parametrize(
        ("changes", "told"),
        [
            ({"exercise": "single-leg-heel-lift-tes"}, "no exercise .*did you mean 'single-leg-heel-lift-test'"),
            ({"exercise": "single-leg-calf-raise"}, "'single-leg-calf-raise' is not an assessment"),
            ({"sources": ("fitforlif",)}, "no source 'fitforlif'.*did you mean 'fitforlife'"),
            ({"places": (a_point(source="asic"),)}, "no source 'asic'.*did you mean 'asics'"),
            ({"per_side": False}, "per_side: false; allowed: true, for single-leg-heel-lift-test is unilateral"),
            ({"unit": Measure.SECONDS}, "unit: s; allowed: what fits single-leg-heel-lift-test, counted in reps"),
            ({"places": (a_point(progression="calf-raise-strait"),)}, "did you mean 'calf-raise-straight'"),
            ({"places": (a_point(rung="calf-rise"),)}, r"places\[0\].rung: .*did you mean 'calf-raise'"),
            ({"places": (a_point(loaded=True),)}, "no rung 'calf-raise' that starts with load; allowed: false"),
            (
                {"places": (a_point(rung="single-leg-calf-raise"), a_point(14))},
                r"places\[1\].rung: calf-raise for 14 or more, no higher than for less",
            ),
        ],
    )
    def test_refused(self, changes: dict[str, Any], told: str) -> None:
        """What does not exist or does not fit is told with its place and the nearest name."""
        with pytest.raises(CatalogError, match=told):
            CATALOG.with_records(standards=[a_standard(**changes)])

    def test_every_problem_at_once(self) -> None:
        """The error carries every problem of a standard."""
        faulty = a_standard(sources=("nobody",), places=(a_point(rung="nothing"),), per_side=False)
        with pytest.raises(CatalogError) as caught:
            CATALOG.with_records(standards=[faulty])
        assert len(caught.value.problems) == 3

    def test_an_exercise_with_a_standard_stays_an_assessment(self) -> None:
        """Whoever replaces an assessment by an exercise that assesses nothing is told."""
        plain = attrs.evolve(CATALOG.exercises[HEEL.exercise], assesses="")
        with pytest.raises(CatalogError, match="is not an assessment"):
            CATALOG.with_records(exercises=[plain])

    def test_one_standard_for_each_assessment(self) -> None:
        """Two new standards of one assessment are refused."""
        with pytest.raises(CatalogError, match="standard single-leg-heel-lift-test: the same id twice"):
            CATALOG.with_records(standards=[a_standard(), a_standard(says="Other.")])

    def test_the_hash_follows_the_standards(self) -> None:
        """A change in a standard changes the content hash of the catalog."""
        changed = CATALOG.with_records(standards=[attrs.evolve(HEEL, says="Mine.")])
        assert changed.hash != CATALOG.hash
        assert changed.standards[HEEL.exercise].says == "Mine."

    def test_a_retired_exercise_is_named_by_what_replaced_it(self) -> None:
        """A standard names its assessment by the present id, so that results of either id find it."""
        mine = a_standard(exercise="heel-rise-test")
        with pytest.raises(CatalogError, match="'heel-rise-test', a retired id; allowed: single-leg-heel-lift-test"):
            type(CATALOG).of(
                CATALOG.exercises.values(),
                CATALOG.progressions.values(),
                CATALOG.sources.values(),
                [mine],
                redirects={"heel-rise-test": "single-leg-heel-lift-test"},
            )
