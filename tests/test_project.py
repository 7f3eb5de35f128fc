"""What holds for the project as a whole: layers, names, and the files that speak of the version."""

from __future__ import annotations

import inspect
import os
import pkgutil
import re
import tomllib
from pathlib import Path

import pytest

import runstrong
from runstrong._version import __version__

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_each_layer_imports_only_those_under_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The import contracts of pyproject.toml hold."""
    cli = pytest.importorskip("importlinter.cli")
    monkeypatch.chdir(ROOT)
    assert cli.lint_imports(no_cache=True) == os.EX_OK


def test_no_subpackage_bears_the_name_of_a_public_function() -> None:
    """A subpackage imported lazily would replace the function of its name."""
    children = {module.name for module in pkgutil.iter_modules(runstrong.__path__)}
    functions = {name for name in runstrong.__all__ if inspect.isfunction(getattr(runstrong, name))}
    assert children & functions == set()


def test_changelog_speaks_of_this_version() -> None:
    """The newest heading of the changelog is the version of the package."""
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert newest is not None
    assert newest[1] == __version__ == runstrong.__version__


def test_readme_gives_two_commands() -> None:
    """The first block of shell in the README holds the two commands that .ci/run carries out."""
    block = re.search(r"^```sh\n(.*?)^```", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert block is not None
    assert len(block[1].strip().splitlines()) == 2


def test_core_needs_three_libraries() -> None:
    """The core depends on attrs, cattrs and PyYAML, each with a lower bound alone."""
    needs = PROJECT["project"]["dependencies"]
    assert [re.split("[<>=!~]", need)[0] for need in needs] == ["attrs", "cattrs", "pyyaml"]
    assert all(re.fullmatch(r"[a-z]+>=[\d.]+", need) for need in needs)


def test_package_is_typed() -> None:
    """The marker that lets type checkers read the package's types is there."""
    assert Path(runstrong.__path__[0], "py.typed").exists()
