"""The packaged records: enough of them, for everybody, and one to one with what they cite."""

from __future__ import annotations

import pytest

from runstrong.catalog.records import RETIRED, load_catalog
from runstrong.model.catalog import Catalog
from runstrong.model.integrity import problems_of
from runstrong.model.standard import Measure, Standard
from runstrong.model.words import Count, Deficit, ExerciseKind, Impact, Level, Region, Sex, Tissue

CATALOG = load_catalog()
COVERED = (Region.CALF, Region.HAMSTRING, Region.HIP, Region.TRUNK, Region.FOOT, Region.ANKLE)


def test_records_do_not_contradict_each_other() -> None:
    """Ids lead somewhere, nothing goes in circles, and every rung can be reached and loaded."""
    assert problems_of(CATALOG.exercises, CATALOG.progressions, CATALOG.sources, CATALOG.standards) == ()


def test_there_are_enough() -> None:
    """The catalog holds at least 150 exercises and 30 ladders."""
    assert len(CATALOG.exercises) >= 150
    assert len(CATALOG.progressions) >= 30


@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize("region", COVERED, ids=str)
def test_equipment_free_path(region: Region, level: Level) -> None:
    """Whoever owns nothing but a home finds hard work for each region that plans cover, at every level."""
    found = [exercise for exercise in CATALOG.find(region=region, level=level, equipment=()) if exercise.hard]
    assert found


@pytest.mark.parametrize("region", COVERED, ids=str)
def test_equipment_free_ladder(region: Region) -> None:
    """Each region that plans cover has a ladder of two rungs or more that starts for novices without equipment."""

    def fits(exercise: str) -> bool:
        return CATALOG.exercises[exercise].equipment_free

    ladders = [p for p in CATALOG.progressions.values() if p.region is region and p.rungs[0].level is Level.NOVICE]
    assert any(sum(fits(rung.exercise) for rung in p.rungs) >= 2 and fits(p.rungs[0].exercise) for p in ladders)


@pytest.mark.parametrize("kind", list(ExerciseKind), ids=str)
def test_every_kind_is_there(kind: ExerciseKind) -> None:
    """Each kind of training has at least three exercises."""
    assert len(CATALOG.find(kind=kind)) >= 3


@pytest.mark.parametrize("deficit", list(Deficit), ids=str)
def test_every_deficit_is_answered(deficit: Deficit) -> None:
    """Each deficit that a runner may state is answered by an exercise without equipment."""
    assert CATALOG.find(serves=deficit, equipment=())


@pytest.mark.parametrize("tissue", [Tissue.CALF_SOLEUS, Tissue.CALF_GASTROCNEMIUS, Tissue.HAMSTRING], ids=str)
def test_loadable_work_for_runners_tissues(tissue: Tissue) -> None:
    """The tissues that running loads most have strength work that a backpack or dumbbell can load."""
    assert any(exercise.loaded_by for exercise in CATALOG.find(tissue=tissue, kind="strength"))


STANDARDS = {
    "single-leg-heel-lift-test": Measure.REPS,
    "side-plank-hold-test": Measure.SECONDS,
    "single-leg-bridge-test": Measure.REPS,
    "single-leg-squat-assessment": Measure.REPS,
    "ankle-dorsiflexion-knee-to-wall-test": Measure.CENTIMETERS,
    "hip-extension-test": Measure.GRADE,
    "thoracic-rotation-test": Measure.DEGREES,
}


def test_every_starting_point_has_its_standard() -> None:
    """Seven assessments place runners, each counted in its own unit."""
    assert {id: standard.unit for id, standard in CATALOG.standards.items()} == STANDARDS


@pytest.mark.parametrize("standard", CATALOG.standards.values(), ids=lambda standard: standard.id)
def test_body_weight_tests_are_careful(standard: Standard) -> None:
    """No test opens a jump, nor a load short of what the rung before asks for in training, reserve and margin added."""
    for point in standard.places:
        ladder = CATALOG.progressions[point.progression]
        place = point.rung_on(ladder)
        assert place is not None
        assert CATALOG.exercises[point.rung].impact is Impact.NONE
        if point.loaded:
            before = ladder.rungs[place - 1]
            asked = before.criterion.bar(before.amount)
            assert before.criterion.rir_at_least is not None
            assert standard.smallest_change is not None
            assert ladder.rungs[place].prerequisites == ()
            assert point.at_least >= asked + before.criterion.rir_at_least.reps + standard.smallest_change.amount


@pytest.mark.parametrize("standard", CATALOG.standards.values(), ids=lambda standard: standard.id)
def test_counted_starts_leave_the_reserve_of_the_rung(standard: Standard) -> None:
    """Who reaches a start by counting the same movement could do the rung's first dose with its reserve."""
    for point in standard.places:
        rung = CATALOG.progressions[point.progression].rungs[
            point.rung_on(CATALOG.progressions[point.progression]) or 0
        ]
        same = CATALOG.exercises[standard.exercise].pattern is CATALOG.exercises[rung.exercise].pattern
        one_leg = CATALOG.exercises[rung.exercise].sides is CATALOG.exercises[standard.exercise].sides
        if same and one_leg and point.at_least and rung.rir is not None and standard.most > 5 and not point.loaded:
            assert rung.amount.count is Count.REPS
            assert point.at_least >= rung.amount.low + rung.rir.reps


def test_heel_lift_norms_fall_with_age() -> None:
    """The heel lift has norms for both sexes from 20 to 89, and none of them rises with age."""
    norms = CATALOG.standards["single-leg-heel-lift-test"].norms
    assert norms is not None
    for sex in Sex:
        amounts = [norms.amount_for(sex, age) for age in range(20, 90)]
        assert None not in amounts
        assert amounts == sorted(amounts, reverse=True)  # type: ignore[type-var]
    assert norms.amount_for(Sex.MALE, 25) == 37
    assert norms.amount_for(Sex.FEMALE, 84) == 13


def test_no_standard_speaks_of_risk() -> None:
    """A starting point predicts nothing, and no standard says so by its words."""
    assert not [id for id, standard in CATALOG.standards.items() if "risk" in repr(standard).casefold()]


def test_names_are_not_shared() -> None:
    """No two exercises go by the same name, so that a name in a plan is never ambiguous."""
    names = [exercise.name.casefold() for exercise in CATALOG.exercises.values()]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_retired_ids_lead_to_records() -> None:
    """A retired id is used by no record and leads to one that is there."""
    for old, new in RETIRED.items():
        assert old not in {*CATALOG.exercises, *CATALOG.progressions}
        assert new in CATALOG.exercises or new in CATALOG.progressions


def test_loading_twice_gives_the_same() -> None:
    """The packaged catalog is one immutable value, read once."""
    assert load_catalog() is CATALOG
    assert isinstance(CATALOG, Catalog)
