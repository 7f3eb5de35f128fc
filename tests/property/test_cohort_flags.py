"""Law of flags: what is found for an athlete in a table is what the audit of their own log finds."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runstrong.auditor import audit
from runstrong.cohort import ON_RUNS, flags
from runstrong.model.log import Coverage, Log
from runstrong.model.quantities import Distance, Duration, SessionRPE
from runstrong.model.runner import Runner
from runstrong.model.running import Run, RunningWeek
from runstrong.rules import load_rules

pl = pytest.importorskip("polars")

FIRST = dt.date(2027, 1, 4)
RULES = load_rules()
Row = tuple[str, int, float | None, float | None, float | None]


@st.composite
def tables(draw: st.DrawFn) -> list[Row]:
    """Draw rows of two athletes over nine weeks, most days with a run, some of it not recorded, in any order."""
    kilometers, minutes = st.sampled_from([5.0, 8.0, 8.0, 10.0, 25.0, None]), st.sampled_from([30.0, 48.0, 60.0, None])
    ratings = st.sampled_from([2.0, 4.0, 4.5, 8.0, None])
    rows: list[Row] = []
    for athlete in ("ann", "bob"):
        days = draw(st.sets(st.integers(0, 62), min_size=1, max_size=60))
        rows += [(athlete, day, draw(kilometers), draw(minutes), draw(ratings)) for day in sorted(days)]
    return draw(st.permutations(rows))


def own_findings(name: str, rows: list[Row]) -> set[tuple[Any, ...]]:
    """Return what the audit of a log finds that is written down by hand from an athlete's rows."""
    mine = sorted(row for row in rows if row[0] == name)
    runs = [
        Run(
            date=FIRST + dt.timedelta(days=day),
            distance=None if km is None else Distance(km),
            duration=None if minutes is None else Duration(minutes * 60),
            session_rpe=None if rating is None else SessionRPE(rating),
        )
        for _, day, km, minutes, rating in mine
    ]
    log = Log(coverage=[Coverage(first=runs[0].date, last=runs[-1].date)], runs=runs)
    report = audit(log, runner=Runner(name=name, running=RunningWeek()), rules=RULES, select=ON_RUNS, fixes=False)
    return {
        (
            name,
            each.where.date,
            each.rule,
            str(each.severity),
            each.where.week,
            each.measured,
            str(report.message(each)),
        )
        for each in report.findings
    }


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables())
def test_flags_and_audits_agree_finding_by_finding(rows: list[Row]) -> None:
    """Rule, day, severity, number and words, for every athlete, in whatever order the rows stand."""
    dated = [(name, FIRST + dt.timedelta(days=day), *rest) for name, day, *rest in rows]
    kinds = {"athlete": pl.String, "date": pl.Date, "km": pl.Float64, "minutes": pl.Float64, "session_rpe": pl.Float64}
    table = pl.DataFrame(dated, schema=kinds, orient="row")
    made = flags(table, gaps="rest", select=ON_RUNS, rules=RULES)
    columns = ["athlete", "date", "rule", "severity", "week", "measured", "message"]
    assert set(made.select(columns).rows()) == own_findings("ann", rows) | own_findings("bob", rows)
