"""Which rules a command applies: presets, files of settings, packs, and what it says about passes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import runstrong as rs
from runstrong.cli.main import main
from runstrong.cli.settings import settings_file

ROOT = Path(__file__).parents[2]
RUNNER = str(ROOT / "examples" / "runner.yaml")
CUSTOM = str(ROOT / "examples" / "custom_rule")

Said = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def plan_file(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the file of a short plan in which heavy legs stand on the day before intervals."""
    file = tmp_path_factory.mktemp("plans") / "plan.yaml"
    made = rs.plan(rs.load(RUNNER, rs.Runner), weeks=3)
    rs.dump(made, file)
    return str(file)


def settings(folder: Path, text: str, name: str = "runstrong.yaml") -> Path:
    """Write a file of settings."""
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


class TestFound:
    """The nearest file of settings is used, from the working folder upward."""

    def test_upward_from_the_working_folder(self, tmp_path: Path) -> None:
        """A file in a folder above is found; the nearer one is preferred."""
        deep = tmp_path / "a" / "b"
        deep.mkdir(parents=True)
        assert settings_file(deep) is None
        outer = settings(tmp_path, "[tool.runstrong]\nignore = ['CV']\n", "pyproject.toml")
        assert settings_file(deep) == outer
        settings(tmp_path / "a", "[project]\nname = 'x'\n", "pyproject.toml")
        assert settings_file(deep) == outer
        inner = settings(tmp_path / "a", "kind: preset\nschema: 1\n")
        assert settings_file(deep) == inner

    def test_check_applies_it(
        self, plan_file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
    ) -> None:
        """What the file selects is what is checked, unless the command is isolated."""
        settings(tmp_path, "kind: preset\nschema: 1\nselect: [SF]\n")
        monkeypatch.chdir(tmp_path)
        assert main(["check", plan_file, "--format", "json"]) == 0
        assert {code[:2] for code in json.loads(capsys.readouterr().out)["checked"]} == {"SF"}
        assert main(["check", plan_file, "--isolated", "--format", "json"]) == 0
        assert len(json.loads(capsys.readouterr().out)["checked"]) > 40

    def test_a_faulty_file_ends_with_2(
        self, plan_file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
    ) -> None:
        """A misspelt key is told with file, line and the nearest name."""
        settings(tmp_path, "kind: preset\nschema: 1\nignor: [CV]\n")
        monkeypatch.chdir(tmp_path)
        assert main(["check", plan_file]) == 2
        assert "runstrong.yaml:3: ignor: an unknown key" in capsys.readouterr().err

    @pytest.mark.parametrize(
        ("options", "told"),
        [
            (["--preset", "cautios"], "did you mean 'cautious'"),
            (["--rules", "nowhere"], "a module or a folder"),
            (["--settings", "nowhere.yaml"], "nowhere.yaml: No such file"),
            (["--isolated", "--settings", "x.yaml"], "one of the two"),
        ],
    )
    def test_faulty_options_end_with_2(self, plan_file: str, options: list[str], told: str, capsys: Said) -> None:
        """Each wrong choice is named with its cure."""
        assert main(["check", plan_file, *options]) == 2
        assert told in capsys.readouterr().err

    def test_a_named_toml_needs_its_table(self, plan_file: str, tmp_path: Path, capsys: Said) -> None:
        """A pyproject.toml that is named and says nothing about us is a mistake."""
        file = settings(tmp_path, "[project]\nname = 'x'\n", "pyproject.toml")
        assert main(["check", plan_file, "--settings", str(file)]) == 2
        assert "a table [tool.runstrong]" in capsys.readouterr().err


class TestChoices:
    """Presets and packs in each command that uses rules."""

    def test_rules_of_ones_own(self, plan_file: str, capsys: Said) -> None:
        """A folder's rule is checked and explained like a packaged one."""
        assert main(["check", plan_file, "--rules", CUSTOM, "--select", "XL01", "--explain"]) == 0
        assert "XL01 friday-evening-session: Friday evening is kept free" in capsys.readouterr().out
        assert main(["rule", "XL01", "--rules", CUSTOM]) == 0
        assert "The club eats together" in capsys.readouterr().out

    def test_a_rule_is_told_with_the_numbers_that_hold(self, capsys: Said) -> None:
        """Under a preset a rule's page says which number stands, and what set it."""
        assert main(["rule", "TM03", "--preset", "cautious"]) == 0
        said = capsys.readouterr().out
        assert "A tissue gets at most 8 hard sets in a week." in said
        assert "set by preset cautious; the record says 10" in said

    def test_a_plan_carries_the_numbers_it_was_made_with(self, tmp_path: Path, capsys: Said) -> None:
        """A plan made under a preset is judged by it wherever it is checked."""
        file = tmp_path / "plan.yaml"
        assert main(["plan", RUNNER, "--weeks", "3", "--preset", "cautious", "--out", str(file)]) == 0
        made = rs.load(file, rs.Plan)
        assert "preset cautious" in {override.reason for override in made.overrides}
        assert rs.audit(made).rules.number("TM03", "cap") == 8

    def test_presets_are_listed_and_explained(self, capsys: Said) -> None:
        """Each preset is told with whom it is for; one with every number it changes."""
        assert main(["preset"]) == 0
        said = capsys.readouterr().out
        assert [line.split()[0] for line in said.splitlines() if line.startswith("  ") and line[2] != " "] == sorted(
            rs.load_presets()
        )
        assert main(["preset", "cautious"]) == 0
        assert "TM03.cap" in capsys.readouterr().out
        assert main(["preset", "cautios"]) == 2


class TestExplain:
    """An audit tells its passes, and ends as a script asks."""

    def test_passes_are_told_with_numbers(self, plan_file: str, capsys: Said) -> None:
        """Each rule that passed stands with its statement and its numbers; what was looked at is counted."""
        assert main(["check", plan_file, "--explain"]) == 0
        said = capsys.readouterr().out
        assert "runs and 6 sessions planned" in said
        assert "TM03 weekly-sets-over-cap: A tissue gets at most 10 hard sets in a week." in said
        assert "cap 10 sets" in said

    def test_json_holds_every_verdict(self, plan_file: str, capsys: Said) -> None:
        """A script reads outcome, statement, numbers with their origin, and what could not be judged."""
        main(["check", plan_file, "--format", "json", "--preset", "cautious"])
        table = json.loads(capsys.readouterr().out)
        verdicts = {each["rule"]: each for each in table["verdicts"]}
        assert list(verdicts) == table["checked"]
        assert verdicts["TM03"]["numbers"]["cap"] == {"value": 8.0, "unit": "sets", "origin": "preset cautious"}
        assert {each["outcome"] for each in verdicts.values()} <= {
            "found", "passed", "passed where it could judge", "not judged",
        }  # fmt: skip

    def test_markdown(self, plan_file: str, capsys: Said) -> None:
        """The same report as Markdown."""
        assert main(["check", plan_file, "--explain", "--format", "markdown"]) == 0
        assert "### What was looked at" in capsys.readouterr().out

    @pytest.mark.parametrize(("fail_on", "code"), [("info", 1), ("advice", 0)])
    def test_the_severity_that_fails_can_be_chosen(self, fail_on: str, code: int, tmp_path: Path) -> None:
        """A remark fails a check only where that was asked for."""
        file = tmp_path / "plan.yaml"
        runner = rs.load(RUNNER, rs.Runner)
        rs.dump(rs.plan(runner), file)
        assert {str(each.severity) for each in rs.audit(rs.load(file)).findings} == {"info"}
        assert main(["check", str(file), "--fail-on", fail_on]) == code
