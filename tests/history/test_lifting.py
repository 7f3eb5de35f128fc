"""Strength from a watch's file: the watch's own names in the words of the catalog, told where they mean none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import runstrong as rs
from runstrong.catalog import load_catalog
from runstrong.catalog.watch_names import WatchNames, load_watch_names
from runstrong.history import lifting
from runstrong.history.recorded import RecordedExercise
from runstrong.model.value import evolve
from runstrong.testing.device_files import fit_file

CATALOG, NAMES = load_catalog(), load_watch_names()


def meant(watch: str = "", title: str = "", name: str = "") -> str:
    """Return the id of the exercise that a file speaks of, or why there is none."""
    found = lifting._meant(RecordedExercise(name, watch=watch, title=title))
    return found if isinstance(found, str) else found.id


class TestNames:
    """Which exercise a watch means."""

    def test_an_exact_name_is_the_exercise(self) -> None:
        """Whatever words the catalog has for it."""
        assert meant("CALF_RAISE/SINGLE_LEG_STANDING_CALF_RAISE") == "single-leg-calf-raise"
        assert meant("HIP_RAISE/HIP_RAISE") == "glute-bridge"

    def test_so_is_a_name_that_differs_by_the_implement_alone(self) -> None:
        """The load is told beside it."""
        assert meant("CALF_RAISE/STANDING_DUMBBELL_CALF_RAISE") == "calf-raise"
        assert meant("LUNGE/BARBELL_BULGARIAN_SPLIT_SQUAT") == "rear-foot-elevated-split-squat"

    def test_a_name_that_is_merely_near_is_not_guessed(self) -> None:
        """A jump squat may be paused or not."""
        assert meant("PLYO/BODY_WEIGHT_JUMP_SQUAT") == "the watch's name for no exercise of the catalog exactly"

    def test_the_same_words_in_another_category_are_another_exercise(self) -> None:
        """In straps or with a band it is not the catalog's push-up or bridge."""
        assert "no exercise" in meant("SUSPENSION/PUSH_UP", name="push up")
        assert "no exercise" in meant("BANDED_EXERCISES/GLUTE_BRIDGE", "Glute bridge", "glute bridge")

    def test_a_category_alone_is_told(self) -> None:
        """Squats are many."""
        assert meant("SQUAT", name="squat") == "the watch tells no more than its category"

    def test_a_name_of_several_exercises_is_told_with_all_of_them(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The packaged map has none; a map of one's own may."""
        double: WatchNames = evolve(NAMES, read={"SQUAT/SQUAT": ("bodyweight-squat", "chair-squat")})
        monkeypatch.setattr(lifting, "load_watch_names", lambda: double)
        assert meant("SQUAT/SQUAT") == "the watch's name for each of bodyweight-squat, chair-squat"

    def test_a_title_names_what_the_profile_does_not(self) -> None:
        """Each exercise that was sent to the watch comes back, by its title where it needs one."""
        for id, exercise in CATALOG.exercises.items():
            name = NAMES.of(id)
            assert meant(name.pair or name.category, exercise.name) == id

    def test_a_title_in_another_language_changes_nothing(self) -> None:
        """The watch's own titles are in the language of its owner."""
        assert meant("SQUAT/GOBLET_SQUAT", "Becher-Kniebeuge") == "goblet-squat"

    def test_other_files_are_read_by_name_and_alias(self) -> None:
        """As before."""
        assert meant(name="Single-leg calf raise") == "single-leg-calf-raise"
        assert meant(name="Moon jump") == "not in the catalog"


class TestFiles:
    """A session that a watch recorded."""

    def logged(self, tmp_path: Path, sets: list[dict[str, Any]]) -> rs.Log:
        """Read a file with these sets."""
        pytest.importorskip("garmin_fit_sdk")
        file = tmp_path / "lift.fit"
        file.write_bytes(fit_file([{"sport": "training", "sub_sport": "strength_training", "sets": sets}]))
        return rs.read_log(file)

    def test_sets_become_performances_of_the_exercise(self, tmp_path: Path) -> None:
        """The standing calf raise of the watch is the catalog's calf raise, set by set."""
        one = {
            "set_type": "active",
            "repetitions": 12,
            "weight": 20.0,
            "category": ["calf_raise"],
            "category_subtype": [18],
        }
        log = self.logged(tmp_path, [one, {"set_type": "rest", "duration": 60.0}, {**one, "repetitions": 10}])
        (done,) = log.performances
        assert done.exercise == "calf-raise"
        assert [(each.amount, each.load) for each in done.sets] == [
            (rs.Reps(12), rs.External(rs.kg(20))), (rs.Reps(10), rs.External(rs.kg(20))),
        ]  # fmt: skip

    def test_what_cannot_be_told_is_left_out_and_the_day_not_vouched_for(self, tmp_path: Path) -> None:
        """With the reason."""
        log = self.logged(tmp_path, [{"set_type": "active", "repetitions": 8, "category": ["squat"]}])
        assert log.performances == ()
        assert any("no more than its category: left out" in str(remark) for remark in log.remarks)
