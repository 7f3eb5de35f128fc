"""Names that watches know: one for each exercise, each in the FIT profile, and strictly read."""

from __future__ import annotations

from pathlib import Path

import pytest

from runstrong.catalog import load_catalog
from runstrong.catalog.watch_names import UNKNOWN, Match, WatchName, load_watch_names
from runstrong.model.errors import DocumentError, InvalidValue
from runstrong.model.value import evolve
from runstrong.model.words import ExerciseKind, Pattern

NAMES, CATALOG = load_watch_names(), load_catalog()


def written(tmp_path: Path, text: str, head: str = "kind: watch-names\nschema: 1\n") -> Path:
    """Write a file of names."""
    file = tmp_path / "mine.yaml"
    file.write_text(head + text, encoding="utf-8")
    return file


class TestPackaged:
    """The map that ships."""

    def test_every_exercise_has_a_name_and_no_other_id_has_one(self) -> None:
        """The map stands one to one beside the catalog."""
        assert set(NAMES.exercises) == set(CATALOG.exercises)

    def test_every_category_and_name_is_in_the_fit_profile(self) -> None:
        """A name that the profile does not have would show nothing."""
        types = pytest.importorskip("garmin_fit_sdk").Profile["types"]
        categories = {word.upper() for word in types["exercise_category"].values()}
        pairs = {
            f"{category}/{name.upper()}"
            for category in categories
            for name in types.get(f"{category.lower()}_exercise_name", {}).values()
        }
        for id, name in NAMES.exercises.items():
            assert name.category in categories, id
            assert {pair for pair in (name.pair, *name.reads) if pair is not None} <= pairs, id
        assert {*NAMES.kinds.values(), *NAMES.patterns.values(), UNKNOWN} <= categories

    def test_no_name_means_two_exercises(self) -> None:
        """What a log tells is read without guessing."""
        assert {pair: ids for pair, ids in NAMES.read.items() if len(ids) > 1} == {}

    def test_what_the_profile_lacks_is_not_claimed(self) -> None:
        """Copenhagen planks, Nordic curls and pogo hops have no name of their own there."""
        for id in ("copenhagen-plank", "nordic-curl", "pogo-hop", "short-foot"):
            assert NAMES.exercises[id].match is Match.CATEGORY

    def test_an_exact_name_holds_the_words_of_the_exercise(self) -> None:
        """The best known ones, by hand."""
        assert NAMES.exercises["single-leg-calf-raise"].pair == "CALF_RAISE/SINGLE_LEG_STANDING_CALF_RAISE"
        assert NAMES.exercises["goblet-squat"].pair == "SQUAT/GOBLET_SQUAT"
        assert NAMES.meant("PULL_UP/CHIN_UP") == ("pull-up",)
        assert NAMES.meant("CALF_RAISE/DONKEY_CALF_RAISE") == ()


class TestOwnExercises:
    """Exercises that the map does not list."""

    def test_the_category_is_that_of_the_kind_or_else_of_the_pattern(self) -> None:
        """A stretch is a warm-up to a watch, a squat a squat, and what fits nowhere unknown."""
        squat = evolve(CATALOG.exercises["goblet-squat"], id="my-squat")
        assert NAMES.of("my-squat", squat) == WatchName(match=Match.CATEGORY, category="SQUAT")
        stretch = evolve(squat, kind=ExerciseKind.STATIC_STRETCH)
        assert NAMES.of("my-squat", stretch).category == "WARM_UP"
        balance = evolve(squat, kind=ExerciseKind.BALANCE, pattern=Pattern.BALANCE)
        assert NAMES.of("my-squat", balance).category == UNKNOWN
        assert NAMES.of("gone").category == UNKNOWN

    def test_a_file_of_ones_own_adds_names_and_replaces_them(self, tmp_path: Path) -> None:
        """A later entry stands for an earlier one, in whole."""
        file = written(
            tmp_path,
            "exercises:\n"
            "  my-squat: {match: exact, category: SQUAT, name: PLIE_SQUAT}\n"
            "  pogo-hop: {match: near, category: PLYO, name: JUMP_SQUAT, reads: [PLYO/JUMP_SQUAT]}\n",
        )
        names = load_watch_names(file)
        assert names.meant("SQUAT/PLIE_SQUAT") == ("my-squat",)
        assert names.meant("PLYO/JUMP_SQUAT") == ("pogo-hop",)
        assert len(names.exercises) == len(NAMES.exercises) + 1
        assert NAMES.meant("SQUAT/PLIE_SQUAT") == ()


class TestReading:
    """Faults are told with file and line."""

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("exercises:\n  a: {match: exakt, category: SQUAT}\n", r"mine.yaml:4: exercises.a.match: 'exakt'"),
            (
                "exercises:\n  a: {match: near, category: SQUAT}\n",
                r"exercises.a.name: None.*the name that fits",
            ),
            ("exercises:\n  a: {match: category, category: SQUAT, name: B}\n", r"mine.yaml:4: .*none where only"),
            ("exercises:\n  a: {match: near, category: squat, name: B}\n", r"mine.yaml:4: .*capitals"),
            ("exercises:\n  a: {match: near, category: SQUAT, name: B, reads: [C]}\n", r"mine.yaml:4: .*SQUAT/GOBLET"),
            ("exercises:\n  a: {match: exact, category: SQUAT, nam: B}\n", r"mine.yaml:4: exercises.a.nam: an unknown"),
            ("exercises:\n  A b: {match: category, category: SQUAT}\n", r"mine.yaml:4: .*the id of an exercise"),
            ("exercises: 3\n", r"mine.yaml:3: exercises: 3; allowed: a mapping"),
            ("kinds: {strenth: SQUAT}\n", r"mine.yaml:3: kinds.strenth: .*did you mean strength"),
            ("patterns: {squat: squat}\n", r"mine.yaml:3: patterns.squat: 'squat'.*capitals"),
            ("exercise: {}\n", r"mine.yaml:3: exercise: an unknown key.*did you mean exercises"),
        ],
    )
    def test_each_fault_has_its_place(self, tmp_path: Path, text: str, told: str) -> None:
        """Place, value, what is allowed, and the cure."""
        with pytest.raises(DocumentError, match=told):
            load_watch_names(written(tmp_path, text))

    @pytest.mark.parametrize("head", ["kind: runner\nschema: 1\n", "kind: watch-names\nschema: 2\n", "- 1\n", "a: [\n"])
    def test_another_document_is_refused(self, tmp_path: Path, head: str) -> None:
        """Kind and schema are asked for."""
        with pytest.raises(DocumentError, match=r"mine\.yaml"):
            load_watch_names(written(tmp_path, "", head))

    def test_a_file_that_is_not_there_is_told(self, tmp_path: Path) -> None:
        """By its name."""
        with pytest.raises(DocumentError, match=r"none\.yaml"):
            load_watch_names(tmp_path / "none.yaml")

    def test_a_name_needs_a_match_that_it_is(self) -> None:
        """The value refuses it too."""
        with pytest.raises(InvalidValue, match="the name that fits"):
            WatchName(match=Match.EXACT, category="SQUAT")
