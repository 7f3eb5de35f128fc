"""The downstream package installs as any other does, and its own tests pass where only that install is seen."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.examples.opening import EXAMPLES, ROOT

PACKAGE = EXAMPLES / "downstream"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package built into a wheel by its own backend, and installed into a folder without anything fetched."""
    folder = tmp_path_factory.mktemp("site")
    command = [
        sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-index",
        "--no-build-isolation", "--no-compile", "--target", str(folder), str(PACKAGE),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


def run(installed: Path, *command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run Python where the installed package and this checkout of the library are found, and nothing of its source."""
    path = os.pathsep.join([str(installed), str(ROOT / "src")])
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
    environment["HYPOTHESIS_STORAGE_DIRECTORY"] = str(installed / ".hypothesis")
    return subprocess.run(
        [sys.executable, *command], capture_output=True, text=True, cwd=cwd, env=environment, check=False
    )


def test_its_records_come_along(installed: Path) -> None:
    """A wheel without the YAML would be a package without its rule."""
    records = sorted(file.name for file in (installed / "runstrong_trail").rglob("*.yaml"))
    assert records == ["XT01.yaml", "descents.yaml", "trail-descent.yaml"]


def test_its_rule_is_found_by_its_entry_point(installed: Path, tmp_path: Path) -> None:
    """One word loads the rules of every installed package; without it nothing changes."""
    told = "*('XT01' in [rule.id for rule in rs.load_rules(plugins=each).rules] for each in (True, False))"
    program = f"import runstrong as rs; print({told})"
    done = run(installed, "-W", "error", "-c", program, cwd=tmp_path)
    assert done.stdout.split() == ["True", "False"], done.stderr


def test_its_own_tests_pass(installed: Path) -> None:
    """Rule, ladder and planner keep the contracts of the library."""
    command = ("-m", "pytest", "-q", "-p", "no:randomly", "-p", "no:benchmark", "-n0", "-c", "pyproject.toml", "tests")
    done = run(installed, *command, cwd=PACKAGE)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "12 passed" in done.stdout
