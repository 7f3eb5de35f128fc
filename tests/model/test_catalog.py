"""The catalog value: looking up, finding, adding, and what a catalog cannot be."""

from __future__ import annotations

import attrs
import pytest

from runstrong.catalog.records import load_catalog
from runstrong.model.catalog import Catalog
from runstrong.model.errors import CatalogError, InvalidValue, UnknownName
from runstrong.model.exercise import Exercise
from runstrong.model.prescription import FindLoad, Hold
from runstrong.model.progression import Prerequisite, Progression
from runstrong.model.quantities import RIR, kg
from runstrong.model.runner import Kit, Weights
from runstrong.model.words import (
    Count,
    Deficit,
    Equipment,
    ExerciseKind,
    GaitPhase,
    Level,
    Pattern,
    Plane,
    Position,
    Region,
    Sides,
    Tissue,
    When,
)

CATALOG = load_catalog()
RAISE = CATALOG.exercises["calf-raise"]


def variant(id: str, **changes: object) -> Exercise:
    """Return the calf raise under another id, off every chain of variants."""
    return attrs.evolve(RAISE, id=id, **{"easier": (), "harder": (), "prepares": (), **changes})


def ladder(id: str, **changes: object) -> Progression:
    """Return the straight-knee calf ladder under another id."""
    return attrs.evolve(CATALOG.progressions["calf-raise-straight"], id=id, **changes)


class TestLookup:
    """Records are read-only mappings sorted by id."""

    def test_unknown_id_names_the_nearest(self) -> None:
        """An id that is not there is an error that names the most similar one."""
        with pytest.raises(UnknownName, match="did you mean 'single-leg-calf-raise'") as caught:
            CATALOG.exercises["single-leg-calf-rise"]
        assert caught.value.nearest == "single-leg-calf-raise"

    def test_unknown_id_is_a_key_error(self) -> None:
        """Code that catches KeyError, as for any mapping, keeps working."""
        with pytest.raises(KeyError):
            CATALOG.progressions["no-such-ladder-at-all"]

    def test_get_gives_none(self) -> None:
        """The mapping's `get` gives its default for an unknown id."""
        assert CATALOG.exercises.get("no-such-exercise") is None

    def test_ids_are_sorted(self) -> None:
        """Iteration is in order of id, whatever file a record came from."""
        assert list(CATALOG.exercises) == sorted(CATALOG.exercises)

    def test_retired_id_leads_on(self) -> None:
        """A retired id gives the record that took its place, and is not listed itself."""
        catalog = Catalog.of(
            CATALOG.exercises.values(), (), CATALOG.sources.values(), redirects={"heel-raise": "calf-raise"}
        )
        assert catalog.exercises["heel-raise"] is RAISE
        assert "heel-raise" in catalog.exercises
        assert "heel-raise" not in list(catalog.exercises)

    def test_records_cannot_be_changed(self) -> None:
        """Nothing can be assigned into a catalog."""
        with pytest.raises(TypeError):
            CATALOG.exercises["x"] = RAISE  # type: ignore[index]
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            CATALOG.version = "2"  # type: ignore[misc]


class TestFind:
    """Every argument narrows; all of them together must hold."""

    @pytest.mark.parametrize(
        ("argument", "asked", "holds"),
        [
            ("tissue", Tissue.CALF_SOLEUS, lambda e: Tissue.CALF_SOLEUS in e.primary),
            ("region", Region.HAMSTRING, lambda e: Region.HAMSTRING in e.regions),
            ("pattern", Pattern.SQUAT, lambda e: e.pattern is Pattern.SQUAT),
            ("kind", ExerciseKind.PLYOMETRIC, lambda e: e.kind is ExerciseKind.PLYOMETRIC),
            ("level", Level.NOVICE, lambda e: e.level is Level.NOVICE),
            ("when", When.PRE_RUN, lambda e: e.when in (When.PRE_RUN, When.ANY)),
            ("sides", Sides.ALTERNATING, lambda e: e.sides is Sides.ALTERNATING),
            ("position", Position.SUPINE, lambda e: Position.SUPINE in e.positions),
            ("gait_phase", GaitPhase.PUSH_OFF, lambda e: GaitPhase.PUSH_OFF in e.gait_phases),
            ("plane", Plane.FRONTAL, lambda e: Plane.FRONTAL in e.planes),
            ("serves", Deficit.ANKLE_DORSIFLEXION, lambda e: Deficit.ANKLE_DORSIFLEXION in e.serves),
            ("count", Count.HOLD, lambda e: e.counted is Count.HOLD),
        ],
    )
    def test_each_argument_gives_what_fits_and_all_of_it(self, argument: str, asked: object, holds: object) -> None:
        """An argument gives exactly the exercises of which it is true, and the text of a member means the member."""
        expected = tuple(exercise for exercise in CATALOG.exercises.values() if holds(exercise))  # type: ignore[operator]
        assert expected
        assert CATALOG.find(**{argument: asked}) == expected
        assert CATALOG.find(**{argument: str(asked)}) == expected

    def test_level_may_be_a_number(self) -> None:
        """Levels 1 to 3 may be given as numbers, and a level includes those under it."""
        assert CATALOG.find(level=2) == CATALOG.find(level="intermediate")
        assert {e.id for e in CATALOG.find(level=1)} < {e.id for e in CATALOG.find(level=2)}

    def test_equipment_is_what_is_owned(self) -> None:
        """An exercise fits when all that it requires is owned or in every home."""
        with_band = CATALOG.find(equipment={"band", Equipment.BAND_ANCHOR})
        assert all(
            {p for p in e.equipment if not p.household} <= {Equipment.BAND, Equipment.BAND_ANCHOR} for e in with_band
        )
        assert any(Equipment.BAND in exercise.equipment for exercise in with_band)

    def test_no_equipment_is_equipment_free(self) -> None:
        """An empty set asks for exercises that a floor and household things allow."""
        assert CATALOG.find(equipment=()) == tuple(e for e in CATALOG.exercises.values() if e.equipment_free)

    def test_one_piece_may_be_named_alone(self) -> None:
        """A single piece of equipment is not read as letters."""
        assert CATALOG.find(equipment="band") == CATALOG.find(equipment={"band"})

    def test_text_looks_into_aliases(self) -> None:
        """Each word of the text may stand in the id, the name or an alias, in any case."""
        assert RAISE in CATALOG.find(text="Heel RAISE two-leg")

    def test_arguments_narrow_together(self) -> None:
        """Two arguments give what both give alone."""
        both = CATALOG.find(region="calf", kind="isometric")
        assert set(both) == set(CATALOG.find(region="calf")) & set(CATALOG.find(kind="isometric"))

    def test_nothing_asked_gives_everything(self) -> None:
        """Without arguments all exercises are given, by id."""
        assert CATALOG.find() == tuple(CATALOG.exercises.values())

    def test_all_unknown_words_are_told_at_once(self) -> None:
        """Each unknown word is a problem of its own, with the words allowed and the nearest."""
        with pytest.raises(InvalidValue) as caught:
            CATALOG.find(tissue="calf-solues", equipment={"dumbell"}, level=4)
        assert len(caught.value.problems) == 3
        assert "did you mean 'calf-soleus'?" in str(caught.value)
        assert "did you mean 'dumbbell'?" in str(caught.value)
        assert "1, novice, 2, intermediate, 3, advanced" in str(caught.value)


class TestRelations:
    """What stands beside an exercise."""

    def test_ladders_of_an_exercise(self) -> None:
        """All ladders with a rung of the exercise are given, each once."""
        ladders = CATALOG.progressions_for("single-leg-calf-raise")
        assert "calf-raise-straight" in [progression.id for progression in ladders]
        assert len(set(ladders)) == len(ladders)

    def test_ladders_of_an_unknown_exercise(self) -> None:
        """An unknown exercise is an error, not an exercise without ladders."""
        with pytest.raises(UnknownName):
            CATALOG.progressions_for("single-leg-calf-rise")

    def test_variants_read_both_ways(self) -> None:
        """A pair of variants counts from both ends, whichever record states it."""
        mine = variant("calf-raise-on-sand", easier=("calf-raise",))
        catalog = CATALOG.with_records(exercises=[mine])
        assert mine in catalog.harder_than("calf-raise")
        assert RAISE in catalog.easier_than("calf-raise-on-sand")

    def test_loads_come_from_the_kit(self) -> None:
        """Loads for an exercise are those of the kit that can load it, lightest first."""
        kit = Kit(weights=(Weights(kind=Equipment.DUMBBELL, each=(kg(5), kg(10)), pieces=2),), backpack_up_to=kg(3))
        masses = [mass.kg for mass, _ in CATALOG.loads_for("calf-raise", kit)]
        assert masses == [1, 2, 3, 5, 10, 20]


class TestContent:
    """Two catalogs are equal when their records are."""

    def test_hash_does_not_depend_on_order(self) -> None:
        """Records given in another order make an equal catalog with the same content hash."""
        again = Catalog.of(
            reversed(tuple(CATALOG.exercises.values())),
            CATALOG.progressions.values(),
            CATALOG.sources.values(),
            reversed(tuple(CATALOG.standards.values())),
        )
        assert again.hash == CATALOG.hash
        assert again == CATALOG
        assert hash(again) == hash(CATALOG)

    def test_hash_follows_every_field(self) -> None:
        """A change in any record changes the content hash."""
        changed = CATALOG.with_records(exercises=[attrs.evolve(RAISE, setup="Stand.")])
        assert changed.hash != CATALOG.hash

    def test_adding_leaves_the_old_one(self) -> None:
        """Adding records gives a new catalog; the old one holds what it held."""
        made = CATALOG.with_records(exercises=[variant("calf-raise-on-sand")])
        assert len(made.exercises) == len(CATALOG.exercises) + 1
        assert "calf-raise-on-sand" not in CATALOG.exercises

    def test_overriding_stands_in_whole(self) -> None:
        """A record with a known id stands in the place of the old one."""
        mine = attrs.evolve(RAISE, name="Heel raise")
        made = CATALOG.with_records(exercises=[mine])
        assert made.exercises["calf-raise"] is mine
        assert len(made.exercises) == len(CATALOG.exercises)


class TestIntegrity:
    """A catalog whose records contradict each other cannot be made, and the error tells every problem."""

    @pytest.mark.parametrize(
        ("field", "near"),
        [("easier", "calf-raise"), ("harder", "calf-raise"), ("prepares", "calf-raise"), ("sources", "fitforlife")],
    )
    def test_dangling_id_in_an_exercise(self, field: str, near: str) -> None:
        """An id that leads nowhere is refused, with the nearest that exists."""
        wrong = near[:-1] + "z"
        with pytest.raises(CatalogError, match=f"mine.{field}: .*{wrong}.*did you mean '{near}'"):
            CATALOG.with_records(exercises=[variant("mine", **{field: (wrong,)})])

    def test_dangling_rung(self) -> None:
        """A rung of an unknown exercise is refused, with its place on the ladder."""
        rung = attrs.evolve(CATALOG.progressions["calf-raise-straight"].rungs[0], exercise="calf-rays")
        with pytest.raises(CatalogError, match=r"mine.rungs\[0\].exercise: no exercise 'calf-rays'"):
            CATALOG.with_records(progressions=[ladder("mine", rungs=(rung,))])

    @pytest.mark.parametrize(
        ("asked", "told"),
        [
            (Prerequisite(progression="no-such", rung="calf-raise"), "no progression 'no-such'"),
            (Prerequisite(progression="calf-raise-straight", rung="plank"), "has no rung 'plank'"),
            (Prerequisite(assessment="no-such", at_least=5), "no exercise 'no-such'"),
            (Prerequisite(assessment="calf-raise", at_least=5), "'calf-raise' is not an assessment"),
        ],
    )
    def test_prerequisite_that_leads_nowhere(self, asked: Prerequisite, told: str) -> None:
        """A prerequisite names a rung that exists on its ladder, or an assessment that is one."""
        first, *rest = CATALOG.progressions["calf-raise-straight"].rungs
        faulty = ladder("mine", rungs=(attrs.evolve(first, prerequisites=(asked,)), *rest))
        with pytest.raises(CatalogError, match=told):
            CATALOG.with_records(progressions=[faulty])

    def test_circle_of_variants(self) -> None:
        """An exercise that is harder than itself through others is refused, with the whole circle."""
        a, b = variant("a-raise", harder=("b-raise",)), variant("b-raise", harder=("c-raise",))
        c = variant("c-raise", harder=("a-raise",))
        with pytest.raises(CatalogError, match="harder than itself: a-raise -> b-raise -> c-raise -> a-raise"):
            CATALOG.with_records(exercises=[a, b, c])

    def test_circle_of_opposite_words(self) -> None:
        """Two exercises that each call the other easier are a circle too."""
        a, b = variant("a-raise", easier=("b-raise",)), variant("b-raise", easier=("a-raise",))
        with pytest.raises(CatalogError, match="harder than itself"):
            CATALOG.with_records(exercises=[a, b])

    def test_rungs_that_wait_for_each_other(self) -> None:
        """Ladders whose rungs wait for each other could never be climbed and are refused."""
        first, *rest = CATALOG.progressions["calf-raise-straight"].rungs
        to_b = Prerequisite(progression="ladder-b", rung=rest[0].exercise)
        to_a = Prerequisite(progression="ladder-a", rung=first.exercise)
        a = ladder("ladder-a", rungs=(attrs.evolve(first, prerequisites=(to_b,)), *rest))
        b = ladder("ladder-b", rungs=(attrs.evolve(first, prerequisites=(to_a,)), *rest))
        with pytest.raises(CatalogError, match=r"waits for itself: ladder-a\[0\]"):
            CATALOG.with_records(progressions=[a, b])

    def test_ladder_that_goes_down(self) -> None:
        """A rung whose exercise is an easier variant of the one before is refused."""
        rungs = CATALOG.progressions["calf-raise-straight"].rungs
        down = (attrs.evolve(rungs[1], level=Level.NOVICE), attrs.evolve(rungs[0], level=Level.NOVICE))
        with pytest.raises(CatalogError, match="of which it is an easier variant"):
            CATALOG.with_records(progressions=[ladder("mine", rungs=down)])

    def test_rung_counted_in_another_unit(self) -> None:
        """A rung measures its exercise in what that exercise counts."""
        first = CATALOG.progressions["calf-raise-straight"].rungs[0]
        held = attrs.evolve(first, amount=Hold(20), ceiling=Hold(40))
        with pytest.raises(CatalogError, match=r"rungs\[0\].amount: 20 s; allowed: an amount counted in reps"):
            CATALOG.with_records(progressions=[ladder("mine", rungs=(held,))])

    def test_rung_under_the_level_of_its_exercise(self) -> None:
        """A rung asks for at least the level of its exercise."""
        with pytest.raises(CatalogError, match=r"rungs\[0\].level: novice"):
            CATALOG.with_records(
                exercises=[
                    variant("mine", level=Level.ADVANCED, doses=(attrs.evolve(RAISE.doses[-1], level=Level.ADVANCED),))
                ],
                progressions=[
                    ladder(
                        "mine",
                        rungs=(attrs.evolve(CATALOG.progressions["calf-raise-straight"].rungs[0], exercise="mine"),),
                    )
                ],
            )

    def test_load_on_what_cannot_be_loaded(self) -> None:
        """A loaded rung stands on an exercise that something can load."""
        first = CATALOG.progressions["calf-raise-straight"].rungs[0]
        loaded = attrs.evolve(first, exercise="mine", load=FindLoad(RIR(3)))
        with pytest.raises(CatalogError, match="nothing loads mine"):
            CATALOG.with_records(
                exercises=[variant("mine", loaded_by=())], progressions=[ladder("mine", rungs=(loaded,))]
            )

    def test_the_same_id_twice(self) -> None:
        """Two new records of one id are refused, for neither can be meant to replace the other."""
        with pytest.raises(CatalogError, match="exercise mine: the same id twice"):
            CATALOG.with_records(exercises=[variant("mine"), variant("mine", name="Other")])

    def test_all_problems_at_once(self) -> None:
        """The error carries every problem, not the first alone."""
        with pytest.raises(CatalogError) as caught:
            CATALOG.with_records(exercises=[variant("mine", easier=("nowhere",), sources=("nobody",))])
        assert len(caught.value.problems) == 2
