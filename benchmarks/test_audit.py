"""How long an audit of a year takes, in plain passes over its prescriptions."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import runstrong as rs

RUNNER_FILE = Path(__file__).parent.parent / "examples" / "novice.yaml"


def test_audit_of_a_year(benchmark: Any) -> None:
    """All rules over 52 planned weeks; a plain pass visits each prescription once and reads its exercise."""
    plan = rs.plan(rs.load(RUNNER_FILE), weeks=52)
    catalog, rules = rs.load_catalog(), rs.load_rules()
    prescriptions = [asked for session in plan.sessions for _, asked in session.prescriptions()]

    def plain_pass() -> int:
        return sum(asked.sets * len(catalog.exercises[asked.exercise].primary) for asked in prescriptions)

    report = benchmark(lambda: rs.audit(plan, rules=rules, catalog=catalog))
    assert set(report.checked) == set(rules.active)
    one = _fastest(plain_pass)
    ours = _fastest(lambda: rs.audit(plan, rules=rules, catalog=catalog))
    benchmark.extra_info.update(
        {"what": "52 weeks", "prescriptions": len(prescriptions), "plain passes": round(ours / one, 1)}
    )


def _fastest(work: Callable[[], object], rounds: int = 7) -> float:
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)
