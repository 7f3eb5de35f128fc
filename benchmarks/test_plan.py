"""How long a plan with its audit takes, and the whole command, beside streprogen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import runstrong as rs
from fresh import medians, report
from peers import STREPROGEN_IMPORT, STREPROGEN_RENDER

RUNNER_FILE = Path(__file__).parent.parent / "examples" / "runner.yaml"


@pytest.mark.benchmark(group="12 weeks with audit against 8 weeks rendered")
def test_plan_of_twelve_weeks(benchmark: Any) -> None:
    """Twelve weeks around five runs, placed, chosen, dosed and audited."""
    runner = rs.load(RUNNER_FILE)
    made = benchmark(lambda: rs.plan(runner, weeks=12))
    assert len(made.weeks) == 12
    assert made.sessions


@pytest.mark.benchmark(group="12 weeks with audit against 8 weeks rendered")
def test_streprogen_render(benchmark: Any) -> None:
    """The peer: eight weeks of four lifts."""
    pytest.importorskip("streprogen")
    space: dict[str, Any] = {}
    exec(STREPROGEN_IMPORT + STREPROGEN_RENDER, space)
    assert "Squats" in benchmark(space["render"])


def test_whole_command(once: Callable[[Callable[[], dict[str, Any]]], None], rounds: int) -> None:
    """`runstrong plan examples/runner.yaml` from a cold interpreter, beside streprogen imported and rendering."""
    pytest.importorskip("streprogen")
    ours = (
        "import contextlib, io\n"
        "from runstrong.cli.main import main\n"
        "with contextlib.redirect_stdout(io.StringIO()) as out:\n"
        f"    assert main(['plan', {str(RUNNER_FILE)!r}]) == 0\n"
        "assert 'Week 14 of 14' in out.getvalue()"
    )
    programs = {
        "runstrong plan runner.yaml": ours,
        "streprogen import and render": f"{STREPROGEN_IMPORT}{STREPROGEN_RENDER}\nrender()",
    }
    once(lambda: report("a whole process, above a bare one", medians(programs, rounds), "streprogen import and render"))


@pytest.mark.benchmark(group="planning again")
def test_replan_of_twelve_weeks(benchmark: Any) -> None:
    """Twelve weeks planned again from three weeks of a log, audited."""
    runner = rs.load(RUNNER_FILE)
    plan = rs.plan(runner, weeks=12)
    log = rs.load(RUNNER_FILE.parent / "log.yaml", rs.Log)
    today = max(morning.date for morning in log.readiness)
    again = benchmark(lambda: rs.replan(plan, log, today))
    assert again != plan


@pytest.mark.benchmark(group="planning again")
def test_plan_beside_it(benchmark: Any) -> None:
    """The same twelve weeks planned for the first time."""
    runner = rs.load(RUNNER_FILE)
    assert len(benchmark(lambda: rs.plan(runner, weeks=12)).weeks) == 12
