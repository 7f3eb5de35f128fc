"""The packaged records: enough of them, for everybody, and one to one with what they cite."""

from __future__ import annotations

import pytest

from runstrong.catalog.records import RETIRED, load_catalog
from runstrong.model.catalog import Catalog
from runstrong.model.integrity import problems_of
from runstrong.model.words import Deficit, ExerciseKind, Level, Region, Tissue

CATALOG = load_catalog()
COVERED = (Region.CALF, Region.HAMSTRING, Region.HIP, Region.TRUNK, Region.FOOT, Region.ANKLE)


def test_records_do_not_contradict_each_other() -> None:
    """Ids lead somewhere, nothing goes in circles, and every rung can be reached and loaded."""
    assert problems_of(CATALOG.exercises, CATALOG.progressions, CATALOG.sources) == ()


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
