"""The planners of ``examples`` keep the contract, as a planner in any other package would."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from runstrong.planner import Planner
from runstrong.testing import check_planner

EXAMPLES = Path(__file__).parents[1] / "examples"


def planner(module: str, name: str) -> Planner:
    """Return a planner from a file of the examples."""
    spec = importlib.util.spec_from_file_location(module, EXAMPLES / f"{module}.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    found: Planner = getattr(made, name)()
    return found


@pytest.mark.parametrize(
    ("module", "name"), [("custom_planner", "RaceWeekPlanner"), ("minimal_planner", "TwentyMinutes")]
)
def test_an_example_planner_keeps_the_contract(module: str, name: str) -> None:
    """Wrapped or written from scratch, all laws hold, planning again among them."""
    held = check_planner(planner(module, name), runners=150, most_weeks=12)
    assert held.requests == 150
    assert held.infeasible <= 15
    assert held.replanned >= 20
