"""What ``import runstrong as rs`` gives."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

import runstrong as rs

ROOT = Path(__file__).parents[1]
VERBS = (
    "adapt", "advance", "audit", "begin", "dump", "estimate_max", "fix_plan", "fold", "load", "load_catalog",
    "load_rules", "plan", "replan", "standing_of", "to_json", "to_yaml",
)  # fmt: skip


def test_every_name_promised_is_there() -> None:
    """`__all__` holds no name that cannot be had, and no verb without a docstring that shows its use."""
    for name in rs.__all__:
        assert getattr(rs, name) is not None
    for name in set(VERBS) - {"dump"}:
        assert "Example:" in str(getattr(rs, name).__doc__)


def test_verbs_are_functions_and_no_module_takes_their_name() -> None:
    """A lazily imported subpackage would replace the function of its name."""
    rs.load_catalog()
    rs.load_rules()
    for name in VERBS:
        assert callable(getattr(rs, name))
        assert not (ROOT / "src" / "runstrong" / name).exists()
        assert not (ROOT / "src" / "runstrong" / f"{name}.py").exists()


@pytest.mark.parametrize(
    "module",
    [
        "quantities",
        "prescription",
        "exercise",
        "progression",
        "running",
        "findings",
        "rules",
        "audits",
        "runner",
        "edits",
        "plan",
        "log",
        "step",
        "difference",
        "standard",
    ],
)
def test_every_noun_of_the_model_is_public(module: str) -> None:
    """What a runner, plan or log is made of can be made without knowing the modules."""
    found = importlib.import_module(f"runstrong.model.{module}")
    for name in found.__all__:
        assert getattr(rs, name) is getattr(found, name)


def test_star_import_and_dir_show_the_nouns() -> None:
    """Lazy names are names all the same: in notebooks, with completion, with ``*``."""
    space: dict[str, object] = {}
    exec("from runstrong import *", space)
    assert space["Runner"] is rs.Runner
    assert set(rs.__all__) <= set(dir(rs))


def test_a_misspelt_name_is_an_attribute_error() -> None:
    """As with any module."""
    with pytest.raises(AttributeError, match="no attribute 'Runnr'"):
        rs.Runnr  # noqa: B018


def test_importing_brings_no_engine_in() -> None:
    """Codec, catalog, rules and planner come in when first used; so do attrs' own classes."""
    code = "import sys, runstrong; print(sorted(m for m in sys.modules if m.startswith('runstrong.')))"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout.strip() == "['runstrong._verbs', 'runstrong._version']"


def test_load_refuses_another_kind(tmp_path: Path) -> None:
    """Asking for a runner and getting a log is told with the file."""
    rs.dump(rs.Log(), tmp_path / "log.yaml")
    assert rs.load(tmp_path / "log.yaml") == rs.Log()
    with pytest.raises(rs.DocumentError, match=r"log\.yaml"):
        rs.load(tmp_path / "log.yaml", rs.Runner)


@pytest.mark.parametrize("suffix", ["yaml", "json"])
def test_what_is_dumped_loads_equal(suffix: str, tmp_path: Path) -> None:
    """Runner and plan survive the way to a file and back."""
    runner = rs.load(ROOT / "examples" / "novice.yaml", rs.Runner)
    made = rs.plan(runner, weeks=3)
    for value in (runner, made):
        rs.dump(value, tmp_path / f"it.{suffix}")
        assert rs.load(tmp_path / f"it.{suffix}") == value
    assert rs.to_yaml(runner).startswith("kind: runner\n")
    assert rs.to_json(runner).startswith('{"kind": "runner"')


def test_audit_of_a_plan_as_made_is_clean() -> None:
    """Nothing at warning or above, by construction."""
    made = rs.plan(rs.load(ROOT / "examples" / "runner.yaml", rs.Runner))
    assert rs.audit(made).at_least(rs.Severity.WARNING) == ()
    assert rs.fix_plan(made, severity=rs.Severity.WARNING).applied == ()
