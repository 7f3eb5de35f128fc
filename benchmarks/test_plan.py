"""How long a plan with its audit takes, and the whole command, beside streprogen."""

from __future__ import annotations

import datetime as dt
import functools
import random
import resource
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import runstrong as rs
from fresh import medians, report
from peers import STREPROGEN_IMPORT, STREPROGEN_RENDER
from runstrong.placement import Placement, Surroundings, place_week, search
from runstrong.testing import PlanRequest
from runstrong.testing.people import a_request

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


@pytest.mark.benchmark(group="a year")
def test_plan_of_a_year(benchmark: Any) -> None:
    """Fifty-two weeks around five runs, audited."""
    runner = rs.load(RUNNER_FILE)
    assert len(benchmark(lambda: rs.plan(runner, weeks=52)).weeks) == 52


WEEK = tuple(dt.date(2027, 1, 4) + dt.timedelta(days=n) for n in range(7))
WANTED = (rs.Emphasis.HEAVY_LEGS, rs.Emphasis.LIGHT_LEGS, rs.Emphasis.UPPER_AND_TRUNK)


def _surroundings() -> Surroundings:
    runner = rs.load(RUNNER_FILE, rs.Runner)
    runs_on = functools.cache(runner.runs_on)
    return Surroundings(runs_on, runner, rs.load_rules(), careful=False)


@pytest.mark.benchmark(group="places of one week, three sessions")
def test_week_searched(benchmark: Any) -> None:
    """Every combination of open places judged, nothing kept."""
    around = _surroundings()

    def searched() -> Placement | None:
        search._cell.cache_clear()
        return place_week(WEEK, WANTED, around)

    assert benchmark(searched) is not None


@pytest.mark.benchmark(group="places of one week, three sessions")
def test_week_kept(benchmark: Any) -> None:
    """The same week again: found by its pattern."""
    around = _surroundings()
    assert benchmark(lambda: place_week(WEEK, WANTED, around)) is not None


def test_a_thousand_runners(once: Callable[[Callable[[], dict[str, Any]]], None], rounds: int) -> None:
    """Different runners as the contract draws them, one to fifty-two weeks each, on one core.

    A quick run plans a hundred and tells the time of a thousand from it. Memory is measured in a second pass over a
    hundred, as tracing makes planning several times slower.
    """
    count = 1000 if rounds > 5 else 100

    def measure() -> dict[str, Any]:
        source = random.Random(0)
        requests = [a_request(source.choice) for _ in range(count)]
        weeks, started = 0, time.process_time()
        for request in requests:
            weeks += _planned(request)
        took = time.process_time() - started
        tracemalloc.start()
        for request in requests[:100]:
            _planned(request)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return {
            "what": f"{count} different runners, {weeks} weeks planned and audited on one core",
            "processor time for 1,000 runners (s)": round(took * 1000 / count, 1),
            "per runner (ms)": round(took * 1000 / count, 1),
            "per week (ms)": round(took * 1000 / weeks, 2),
            "peak of traced memory over 100 runners (MB)": round(peak / 1e6, 1),
            "peak of the process (MB)": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        }

    once(measure)


def _planned(request: PlanRequest) -> int:
    try:
        return len(rs.plan(request.runner, request.start, request.weeks).weeks)
    except rs.InfeasibleError:
        return 0


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
