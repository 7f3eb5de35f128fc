"""Presets: the packaged philosophies, files of choices, and the order in which layers stand."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from runstrong.auditor import audit
from runstrong.codec import read
from runstrong.model.errors import DocumentError, InvalidValue, UnknownName
from runstrong.model.rules import Override, Preset
from runstrong.model.words import Severity
from runstrong.planner import plan
from runstrong.rules import load_presets, load_rules

EXAMPLES = Path(__file__).parents[2] / "examples"
PRESETS = load_presets()


def written(folder: Path, name: str, text: str) -> Path:
    """Write a file and return its path."""
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


class TestPackaged:
    @pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
    def test_each_says_whom_it_is_for_and_why_each_number(self, preset: Preset) -> None:
        """A preset has a statement and a rationale, and every number and severity a source or a convention."""
        assert preset.statement.endswith(".")
        assert len(preset.rationale) > 80
        assert all(override.reason.strip() for override in preset.overrides)
        assert all(grade.reason.strip() for grade in preset.severities)

    def test_the_default_changes_nothing(self) -> None:
        """The default preset is the records as they stand."""
        assert load_rules(preset="default") == load_rules()

    @pytest.mark.parametrize("name", ["cautious", "return-from-injury"])
    def test_the_careful_ones_loosen_nothing(self, name: str) -> None:
        """Where a parameter says which way is more tolerant, a careful preset moves it the other way."""
        rules, plain = load_rules(preset=name), load_rules()
        for setting in rules.settings:
            if len(setting.rule) == 4:
                record = plain[setting.rule].parameter(setting.parameter)
                moved = setting.value - record.value
                assert moved <= 0 if str(record.loosens) == "up" else moved >= 0, setting

    def test_the_permissive_one_tightens_nothing(self) -> None:
        """Where a parameter says which way is more tolerant, the permissive preset moves it that way."""
        rules, plain = load_rules(preset="permissive"), load_rules()
        for setting in rules.settings:
            record = plain[setting.rule].parameter(setting.parameter)
            moved = setting.value - record.value
            assert moved >= 0 if str(record.loosens) == "up" else moved <= 0, setting

    def test_safety_is_never_left_out(self) -> None:
        """Every preset applies every safety rule."""
        safety = {rule.id for rule in load_rules() if rule.family == "SF" and not rule.off_because}
        for name in PRESETS:
            assert safety <= set(load_rules(preset=name).active)

    @pytest.mark.parametrize("name", PRESETS)
    @pytest.mark.parametrize("runner", ["runner", "novice", "marathoner"])
    def test_a_plan_made_by_a_preset_keeps_to_it(self, name: str, runner: str) -> None:
        """What is planned under a preset has no finding at warning under it, and is judged so elsewhere too."""
        rules = load_rules(preset=name)
        made = plan(read(EXAMPLES / f"{runner}.yaml"), weeks=8, rules=rules)
        assert audit(made, rules=rules).at_least(Severity.WARNING) == ()
        report = audit(made)
        chosen = {(each.rule, each.parameter): each.value for each in rules.settings}
        assert all(report.rules.number(*key) == value for key, value in chosen.items())


class TestFiles:
    def test_a_file_that_is_named_is_applied(self, tmp_path: Path) -> None:
        """Its numbers stand before the preset's, with the file's name as their origin."""
        text = "kind: preset\nschema: 1\noverrides: [{rule: TM01, parameter: warn_over, value: 1.5}]\n"
        file = written(tmp_path, "runstrong.yaml", text)
        rules = load_rules(file, preset="cautious")
        assert (rules.number("TM01", "warn_over"), rules.origin("TM01", "warn_over")) == (1.5, str(file))
        assert rules.origin("TM03", "cap") == "preset cautious"

    def test_a_file_builds_on_a_preset(self, tmp_path: Path) -> None:
        """What it extends stands under it."""
        file = written(tmp_path, "own.yaml", "kind: preset\nschema: 1\nextends: cautious\nignore: [CV]\n")
        rules = load_rules(file)
        assert rules.origin("TM03", "cap") == "preset cautious"
        assert not [code for code in rules.active if code.startswith("CV")]

    def test_a_folder_offers_its_presets_by_name(self, tmp_path: Path) -> None:
        """A preset in a folder is there to be chosen, not applied by itself."""
        written(tmp_path, "club.yaml", "kind: preset\nschema: 1\nid: club\nextends: permissive\nselect: [SF]\n")
        assert load_rules(tmp_path) == load_rules()
        assert {rule[:2] for rule in load_rules(tmp_path, preset="club").active} == {"SF"}
        assert "club" in load_presets(tmp_path)

    def test_a_table_of_a_project_is_a_file_too(self, tmp_path: Path) -> None:
        """``[tool.runstrong]`` holds what a preset holds, dates as TOML writes them."""
        text = """
            [tool.runstrong]
            extends = "permissive"
            ignore = ["CV"]
            [[tool.runstrong.overrides]]
            rule = "TM03"
            parameter = "cap"
            value = 12
            [[tool.runstrong.waivers]]
            rule = "TM02"
            reason = "training camp"
            until = 2027-03-01
        """
        rules = load_rules(written(tmp_path, "pyproject.toml", text))
        assert rules.number("TM03", "cap") == 12
        assert rules.waivers[0].until == dt.date(2027, 3, 1)

    def test_a_project_without_a_table_changes_nothing(self, tmp_path: Path) -> None:
        """A pyproject.toml that does not mention us is read over."""
        assert load_rules(written(tmp_path, "pyproject.toml", "[project]\nname = 'x'\n")) == load_rules()

    @pytest.mark.parametrize(
        ("name", "text", "told"),
        [
            ("pyproject.toml", "[tool.runstrong]\nignor = ['CV']\n", r"tool\.runstrong\.ignor: .*did you mean ignore"),
            ("pyproject.toml", "[tool]\nrunstrong = 3\n", "tool.runstrong: 3; allowed: a table"),
            ("pyproject.toml", "[tool", "allowed: TOML"),
            ("own.yaml", "kind: preset\nschema: 1\nselect: [TM0]\n", "TM0; allowed: a code, name or family"),
            (
                "own.yaml",
                "kind: preset\nschema: 1\noverrides: [{rule: TM03, parameter: cap, value: 99}]\n",
                "99; allowed: from 2 to 30 sets",
            ),
            ("own.yaml", "kind: preset\nschema: 1\nextends: cautios\n", "cautious"),
            (
                "own.yaml",
                "kind: preset\nschema: 1\nseverities: [{rule: TM01, severity: danger}]\n",
                "info, advice or warning",
            ),
        ],
    )
    def test_a_faulty_file_is_told_with_place_and_cure(self, tmp_path: Path, name: str, text: str, told: str) -> None:
        """A misspelt key, an unknown rule, a number out of range: each is named, none is read over."""
        with pytest.raises((DocumentError, UnknownName), match=told):
            load_rules(written(tmp_path, name, text))


class TestChain:
    def test_presets_in_a_circle_are_refused(self) -> None:
        """A chain of presets ends."""
        one, two = Preset(id="one", extends="two"), Preset(id="two", extends="one")
        with pytest.raises(InvalidValue, match="one -> two -> one"):
            load_rules(records=[one, two], preset="one")

    def test_an_unknown_preset_names_the_nearest(self) -> None:
        """A misspelt preset is no silent default."""
        with pytest.raises(UnknownName, match="did you mean 'cautious'"):
            load_rules(preset="cautios")

    def test_a_preset_made_in_code_is_taken(self) -> None:
        """A value serves as well as a name."""
        made = Preset(id="mine", extends="cautious", overrides=(Override(rule="TM03", parameter="cap", value=9),))
        rules = load_rules(preset=made)
        assert rules.origin("TM03", "cap") == "preset mine"
        assert rules.origin("TM04", "max_rise") == "preset cautious"
