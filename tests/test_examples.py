"""Every example runs as it stands, and the short ones are as short as they say."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# Spark has a test of its own, which needs Java; service and package are none to run, and have theirs in tests/examples.
OTHERS = ("squad_spark.py", "service", "downstream")
EXAMPLES = sorted(
    file
    for file in (each.relative_to(ROOT) for each in (ROOT / "examples").rglob("*.py"))
    if not set(OTHERS).intersection(file.parts)
)


@pytest.mark.parametrize("file", EXAMPLES, ids=str)
def test_it_runs_from_any_folder(file: Path, tmp_path: Path) -> None:
    """An example that a reader copies works."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-W", "error", str(ROOT / file)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_the_example_plan_says_what_it_should() -> None:
    """Moving heavy legs before intervals is found and mended, and the file reads back."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, str(ROOT / "examples" / "from_python.py")]
    said = subprocess.run(command, capture_output=True, text=True, env=environment, check=True).stdout
    assert "fix: move session" in said
    assert "waived: ['a one-off: the gym is closed on Wednesday']" in said
    assert "read back the same: True" in said


def test_the_example_of_progress_says_what_it_should() -> None:
    """Two clean sessions bring load, a log folds to the same state, and a number can be disputed."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, str(ROOT / "examples" / "progress.py")]
    said = subprocess.run(command, capture_output=True, text=True, env=environment, check=True).stdout
    assert "two sessions in a row: you may add a first 2 kg." in said
    assert "folded the same: True" in said
    assert "read back the same: True" in said
    assert "careful limit: Pain 1 of 10 after 0 the time before" in said


@pytest.mark.parametrize(
    ("file", "name"),
    [("custom_rule/custom_rule.py", "friday_evening_session"), ("custom_planner.py", "RaceWeekPlanner")],
)
def test_an_extension_takes_under_40_lines(file: str, name: str) -> None:
    """A rule's function or a planner is short because the library does the rest."""
    tree = ast.parse((ROOT / "examples" / file).read_text(encoding="utf-8"))
    found = next(node for node in tree.body if getattr(node, "name", "") == name)
    assert found.end_lineno is not None
    assert found.end_lineno - found.lineno < 40


@pytest.mark.parametrize("name", ["runner", "marathoner", "novice"])
def test_each_example_runner_gets_a_plan(name: str) -> None:
    """The files that the readme points to work on the command line."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "runstrong", "plan", f"examples/{name}.yaml"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    assert "Week 1 of" in done.stdout
