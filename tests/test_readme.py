"""The README shows what really happens."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    """Return the first fenced block of a language."""
    found = re.search(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)
    assert found is not None, f"README.md has no {language} block"
    return found[1]


def test_the_python_block_prints_what_the_readme_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Running the README's ten lines prints its text block to the letter."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(block("python"), {})
    assert printed.getvalue() == block("text")


def test_the_readme_starts_with_two_commands() -> None:
    """The first shell block holds the main job and the tests, each with its whole set-up."""
    commands = block("sh").strip().splitlines()
    assert len(commands) == 2
    assert all("venv" in command and "pip install" in command for command in commands)
    assert commands[0].endswith("runstrong plan examples/runner.yaml")
    assert commands[1].endswith("pytest")


def test_the_python_block_has_ten_lines() -> None:
    """The first example stays at ten lines."""
    assert len([line for line in block("python").splitlines() if line.strip()]) == 10
