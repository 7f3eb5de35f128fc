"""Rules from elsewhere: folders, modules and installed packages."""

from __future__ import annotations

import importlib.metadata
import os
import subprocess
import sys
import types
from pathlib import Path

import pytest

import runstrong as rs
from runstrong.model.errors import InvalidValue
from runstrong.rules import load_rules
from runstrong.rules.packs import installed_packs, read_pack

CUSTOM = Path(__file__).parents[2] / "examples" / "custom_rule"

RECORD = """
kind: rule
schema: 1
id: {code}
name: {name}
since: "1"
severity: info
looks_back: 0
statement: No session is called a.
rationale: For the test.
not_for: Nothing.
message: "{{where}}: called a"
advice: another name
evidence: [{{source: convention, certainty: convention, supports: a test}}]
"""

CHECK = """
from runstrong.rules import finding, rule
import runstrong as rs

@rule("{code}")
def called_a(timeline, limits):
    for session in timeline.sessions:
        if session.id == "a":
            where = rs.Where(date=session.date, session="a")
            yield finding("{code}", rs.Severity.INFO, where, measured=1, limit=0, unit="x")
"""


def folder(place: Path, code: str = "XX01", name: str = "called-a") -> Path:
    """Write a pack of one rule and return its folder."""
    place.mkdir(parents=True, exist_ok=True)
    (place / f"{code}.yaml").write_text(RECORD.format(code=code, name=name), encoding="utf-8")
    (place / "called.py").write_text(CHECK.format(code=code), encoding="utf-8")
    return place


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> types.ModuleType:
    """Give an importable package that holds a rule."""
    place = folder(tmp_path / "club_rules", "XX02", "called-a-package")
    (place / "__init__.py").write_text("from club_rules.called import called_a\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "modules", dict(sys.modules))
    import club_rules

    return club_rules  # type: ignore[no-any-return]


class TestFolder:
    def test_record_and_check_come_together(self, tmp_path: Path) -> None:
        """A folder's rule is applied in audits and plans without naming its check."""
        rules = load_rules(packs=[folder(tmp_path / "pack")])
        assert "XX01" in rules.active
        made = rs.plan(rs.load(CUSTOM.parent / "novice.yaml"), weeks=2, rules=rules)
        report = rs.audit(made, rules=rules, select=["XX01"])
        assert report.checked == ("XX01",)
        assert report.findings == ()

    def test_case_files_are_no_records(self) -> None:
        """The example's folder is a pack with one rule."""
        assert load_rules(packs=[CUSTOM])["XL01"].name == "friday-evening-session"

    def test_a_file_that_fails_is_named(self, tmp_path: Path) -> None:
        """An error of the pack's own code is told with its file."""
        (tmp_path / "broken.py").write_text("1 / 0\n", encoding="utf-8")
        with pytest.raises(InvalidValue, match=r"broken\.py: ZeroDivisionError"):
            read_pack(tmp_path)

    def test_what_is_no_folder_is_refused(self, tmp_path: Path) -> None:
        """A misspelt folder is no silent pass."""
        with pytest.raises(InvalidValue, match="a module or a folder"):
            read_pack(tmp_path / "nowhere")

    def test_two_folders_with_the_same_file_name_stay_apart(self, tmp_path: Path) -> None:
        """Modules of packs do not replace each other."""
        packs = [folder(tmp_path / "one"), folder(tmp_path / "two", "XX09", "called-a-too")]
        assert {"XX01", "XX09"} <= set(load_rules(packs=packs).active)

    def test_a_code_is_claimed_once(self, tmp_path: Path) -> None:
        """A pack takes neither a packaged code nor that of another pack."""
        with pytest.raises(InvalidValue, match="a code of runstrong; allowed: a code of its own"):
            load_rules(packs=[folder(tmp_path / "tm", "TM01")])
        one, two = folder(tmp_path / "one"), folder(tmp_path / "two")
        with pytest.raises(InvalidValue, match=r"XX01 of .*two: a code of .*one"):
            load_rules(packs=[one, two])

    def test_check_and_record_fit(self, tmp_path: Path) -> None:
        """A parameter that the check does not know is told when the pack is loaded."""
        place = folder(tmp_path / "pack")
        with (place / "XX01.yaml").open("a", encoding="utf-8") as file:
            file.write("parameters: [{name: most, value: 1, unit: x, min: 0, max: 2}]\n")
        with pytest.raises(InvalidValue, match="stray parameter"):
            load_rules(packs=[place])


class TestInstalled:
    def test_an_installed_package_adds_its_rules(
        self, package: types.ModuleType, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """An entry point of the group names the module; the library is not touched."""
        point = importlib.metadata.EntryPoint("club", "club_rules", "runstrong.rules")
        monkeypatch.setattr(importlib.metadata, "entry_points", lambda group: [point])
        assert [pack.origin for pack in installed_packs()] == ["club_rules"]
        assert "XX02" in load_rules(plugins=True).active
        assert "XX02" not in load_rules().active
        assert load_rules(packs=[package]) == load_rules(plugins=True)

    def test_the_command_finds_it_by_itself(self, tmp_path: Path) -> None:
        """With a real distribution on the path, `runstrong rule` explains its rule, and not when isolated."""
        place = folder(tmp_path / "club_rules", "XX02", "called-a-package")
        (place / "__init__.py").write_text("from club_rules.called import called_a\n", encoding="utf-8")
        about = tmp_path / "club_rules-1.0.dist-info"
        about.mkdir()
        (about / "METADATA").write_text("Metadata-Version: 2.1\nName: club-rules\nVersion: 1.0\n", encoding="utf-8")
        (about / "entry_points.txt").write_text("[runstrong.rules]\nclub = club_rules\n", encoding="utf-8")
        source = Path(rs.__path__[0]).parent
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (source, tmp_path)))}

        def explained(*options: str) -> subprocess.CompletedProcess[str]:
            command = [sys.executable, "-m", "runstrong", "rule", "XX02", *options]
            return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)

        assert explained().stdout.startswith("XX02 called-a-package\n")
        assert explained("--isolated").returncode == 2

    @pytest.mark.parametrize(
        ("value", "told"),
        [("no_such_module_here", "ModuleNotFoundError"), ("json:dumps", "a function; allowed: a module")],
    )
    def test_a_broken_entry_point_is_told(self, value: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """The package that cannot be loaded is named, with the way out."""
        point = importlib.metadata.EntryPoint("club", value, "runstrong.rules")
        monkeypatch.setattr(importlib.metadata, "entry_points", lambda group: [point])
        with pytest.raises(InvalidValue, match=told):
            load_rules(plugins=True)


def test_a_rule_set_compares_by_records_and_carries_its_checks() -> None:
    """Checks travel through every narrowing and override, and no document holds them."""
    rules = load_rules(packs=[CUSTOM])
    assert rules.narrowed(["XL01"]).with_overrides([], "call").checks == rules.checks
    assert rs.load_rules() != rules
    assert "checks" not in rs.to_json(rules)
