"""An exercise: what follows from its fields, and which fields contradict each other."""

from __future__ import annotations

import pytest

from runstrong.model.errors import InvalidValue
from runstrong.model.exercise import Dose
from runstrong.model.prescription import Hold, Reps
from runstrong.model.words import Equipment, ExerciseKind, Impact, Level, Region, Tissue


class TestDerived:
    """What records need not say, since it follows."""

    def test_regions_come_from_primary_tissues(self, make_exercise) -> None:
        """Regions are those of the primary tissues alone, each once, sorted."""
        made = make_exercise(
            primary=[Tissue.PERONEALS, Tissue.CALF_SOLEUS, Tissue.TIBIALIS_POSTERIOR], secondary=[Tissue.HAMSTRING]
        )
        assert made.regions == (Region.ANKLE, Region.CALF)

    @pytest.mark.parametrize(
        ("primary", "lower"),
        [
            ([Tissue.HAMSTRING], True),
            ([Tissue.ADDUCTORS], True),
            ([Tissue.OBLIQUES], False),
            ([Tissue.PECTORALS], False),
            ([Tissue.THORACIC_SPINE], False),
            ([Tissue.OBLIQUES, Tissue.GLUTEUS_MEDIUS], True),
        ],
    )
    def test_leg_work_is_leg_tissue_first(self, make_exercise, primary: list[Tissue], lower: bool) -> None:
        """One leg tissue among the primary ones makes it leg work; trunk and upper body do not."""
        assert make_exercise(primary=primary, secondary=[]).lower_body is lower

    def test_secondary_tissue_makes_no_leg_work(self, make_exercise) -> None:
        """A plank that also loads the quadriceps stays trunk work."""
        assert not make_exercise(primary=[Tissue.OBLIQUES], secondary=[Tissue.QUADRICEPS]).lower_body

    @pytest.mark.parametrize("kind", list(ExerciseKind))
    def test_hard_kinds(self, make_exercise, kind: ExerciseKind) -> None:
        """Strength, isometric and plyometric sets are hard; the rest are not."""
        made = make_exercise(kind=kind, impact=Impact.LOW)
        assert made.hard is (kind in (ExerciseKind.STRENGTH, ExerciseKind.ISOMETRIC, ExerciseKind.PLYOMETRIC))

    def test_household_things_need_no_kit(self, make_exercise) -> None:
        """A wall and a chair keep an exercise free of equipment, a band does not."""
        assert make_exercise(equipment=[Equipment.WALL, Equipment.CHAIR]).equipment_free
        assert not make_exercise(equipment=[Equipment.WALL, Equipment.BAND]).equipment_free

    def test_convention_alone(self, make_exercise) -> None:
        """An exercise with a source beside convention does not stand by convention only."""
        assert make_exercise().by_convention_only
        assert not make_exercise(sources=["convention", "zourdos-2016"]).by_convention_only


class TestDose:
    """Which dose a level starts with."""

    NOVICE = Dose(level=Level.NOVICE, sets=1, amount=Reps(8))
    MIDDLE = Dose(level=Level.INTERMEDIATE, sets=2, amount=Reps(8))
    HIGH = Dose(level=Level.ADVANCED, sets=3, amount=Reps(8))

    def test_nearest_under_the_level(self, make_exercise) -> None:
        """A level without a dose of its own takes the nearest one under it."""
        made = make_exercise(doses=[self.NOVICE, self.HIGH])
        assert made.dose_at(Level.INTERMEDIATE) == self.NOVICE
        assert made.dose_at(Level.ADVANCED) == self.HIGH

    def test_the_lowest_where_none_is_low_enough(self, make_exercise) -> None:
        """A level below all doses takes the lowest, in whatever order they are written."""
        made = make_exercise(level=Level.INTERMEDIATE, doses=[self.HIGH, self.MIDDLE])
        assert made.dose_at(Level.NOVICE) == self.MIDDLE


class TestContradictions:
    """Faults that lie between fields."""

    @pytest.mark.parametrize(
        ("changes", "fault"),
        [
            ({"primary": [Tissue.HAMSTRING], "secondary": [Tissue.HAMSTRING]}, "tissues that are not primary too"),
            ({"doses": [Dose(level=Level.NOVICE, sets=1, amount=Hold(30))]}, "counted in reps"),
            ({"level": Level.ADVANCED}, "level advanced and up"),
            ({"kind": ExerciseKind.PLYOMETRIC}, "low, medium or high"),
            ({"easier": ["calf-raise"]}, "itself among its variants"),
            ({"harder": ["calf-raise"]}, "itself among its variants"),
            ({"primary": []}, "at least 1 entries"),
            ({"cues": []}, "at least 1 entries"),
            ({"sources": []}, "at least 1 entries"),
            ({"harder": ["Single leg"]}, "at entry 0"),
            ({"aliases": ["heel raise", "heel raise"]}, "each entry once"),
            ({"body_mass_share": 1.1}, "from 0 to 1"),
            ({"name": "tab\there"}, "control characters"),
        ],
    )
    def test_refused(self, make_exercise, changes: dict, fault: str) -> None:
        """A record that contradicts itself is refused with what would be accepted."""
        with pytest.raises(InvalidValue, match=fault):
            make_exercise(**changes)
