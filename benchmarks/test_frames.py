"""How long a season takes as a table and as a calendar, beside what the libraries alone take for the same content."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import runstrong as rs
from runstrong.catalog import load_catalog
from runstrong.faces.calendar_events import to_ics
from runstrong.faces.frames import rows_of, to_frame
from runstrong.rules import load_rules

ROOT = Path(__file__).parents[1]
CATALOG, RULES = load_catalog(), load_rules()
PLAN = rs.plan(rs.load(ROOT / "examples" / "runner.yaml", rs.Runner))


@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
def test_a_season_as_a_table(once: Callable[[Callable[[], dict[str, Any]]], None], backend: str) -> None:
    """Prescriptions of 14 weeks, beside the library's own constructor fed with the finished rows."""
    library = pytest.importorskip(backend)
    rows = list(rows_of(PLAN, CATALOG))
    bare: dict[str, Callable[[], object]] = {
        "pandas": lambda: library.DataFrame.from_records(rows),
        "polars": lambda: library.DataFrame(rows, infer_schema_length=None),
        "pyarrow": lambda: library.Table.from_pylist(rows),
    }

    def measure() -> dict[str, Any]:
        assert to_frame(PLAN, CATALOG, backend=backend).shape[0] == len(rows)
        ours = _fastest(lambda: to_frame(PLAN, CATALOG, backend=backend))
        return {
            "what": f"prescriptions of a season in {backend}",
            "rows": len(rows),
            "to_frame (ms)": round(ours * 1000, 1),
            "to_frame / bare constructor": round(ours / _fastest(bare[backend]), 2),
        }

    once(measure)


def test_a_season_as_a_calendar(once: Callable[[Callable[[], dict[str, Any]]], None]) -> None:
    """Sessions of 14 weeks, beside icalendar writing what it has read of the same file."""
    icalendar = pytest.importorskip("icalendar")
    raw = to_ics(PLAN, CATALOG, RULES)
    parsed = icalendar.Calendar.from_ical(raw)

    def measure() -> dict[str, Any]:
        ours = _fastest(lambda: to_ics(PLAN, CATALOG, RULES))
        again = _fastest(lambda: to_ics(PLAN, CATALOG, RULES, before=raw))
        bare = _fastest(parsed.to_ical)
        return {
            "what": "sessions of a season as iCalendar",
            "events": len(PLAN.sessions),
            "file (KB)": round(len(raw) / 1024),
            "to_ics (ms)": round(ours * 1000, 1),
            "to_ics with before (ms)": round(again * 1000, 1),
            "to_ics / bare writer": round(ours / bare, 2),
        }

    once(measure)


def _fastest(work: Callable[[], object]) -> float:
    times = []
    for _ in range(5):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)
