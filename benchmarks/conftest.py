"""Shared fixtures, and a summary of the medians and ratios that benchmarks leave in ``extra_info``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def rounds(request: pytest.FixtureRequest) -> int:
    """How many fresh interpreters to start for each program: few in a quick run, more when numbers are to be kept."""
    quick = float(request.config.getoption("--benchmark-max-time", default=1.0)) < 1.0
    return 5 if quick else 21


@pytest.fixture
def once(benchmark: Any) -> Callable[[Callable[[], dict[str, Any]]], None]:
    """Record what a function measured by itself in interpreters of its own."""

    def record(measure: Callable[[], dict[str, Any]]) -> None:
        benchmark.extra_info.update(benchmark.pedantic(measure, rounds=1, iterations=1, warmup_rounds=0))

    return record


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Print what benchmarks recorded beside their times."""
    session = getattr(config, "_benchmarksession", None)
    for entry in getattr(session, "benchmarks", ()):
        if entry.extra_info:
            info = dict(entry.extra_info)
            terminalreporter.write_line(f"\n{entry.name}: {info.pop('what', '')}")
            for name, got in info.items():
                terminalreporter.write_line(f"  {name:<44} {got}")
