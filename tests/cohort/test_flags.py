"""Flags of many athletes are the findings of each one's own audit."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

import runstrong as rs
from runstrong.cohort import ON_RUNS, Columns, audits, flags, logs
from runstrong.model.errors import InvalidValue, UnknownName

pl = pytest.importorskip("polars")

FIRST = dt.date(2027, 1, 4)


def table() -> Any:
    """Return three runners: one steady, one who leaps, one who runs every day and does not say how hard."""
    rows = []
    for day in range(63):
        date = FIRST + dt.timedelta(days=day)
        if day % 2 == 0:
            rows.append(("steady", date, 8.0, 48.0, 3.0))
        if day % 3 == 0:
            rows.append(("leaps", date, 25.0 if day == 42 else 8.0, 150.0 if day == 42 else 48.0, 4.0))
        rows.append(("daily", date, 6.0, 36.0, None))
    return pl.DataFrame(rows, schema=["athlete", "date", "km", "minutes", "session_rpe"], orient="row")


def told(made: Any) -> set[tuple[Any, ...]]:
    """Return the rows of a Polars table of flags."""
    return set(made.rows())


def test_flags_are_each_athletes_own_findings() -> None:
    """What the auditor says of each log stands in the table, finding by finding, numbers and words too."""
    made = told(flags(table(), gaps="rest", select=ON_RUNS))
    expected = set()
    for name, log in logs(table(), gaps="rest"):
        report = rs.audit(log, runner=rs.Runner(name=name, running=rs.RunningWeek()), select=ON_RUNS)
        for each in report.findings:
            where = each.where
            expected.add((
                name, where.date, each.rule, str(each.severity), where.week, each.measured, each.limit, each.unit,
                str(report.message(each)),
            ))  # fmt: skip
    assert made == expected
    assert {row[2] for row in made} >= {"TM01", "CV10"}


def test_contested_ratios_are_off_unless_they_are_named() -> None:
    """As in every audit."""
    assert not {"TM10", "TM11"} & set(flags(table(), gaps="rest")["rule"])
    assert "TM10" in set(flags(table(), gaps="rest", select=["TM10"])["rule"])


def test_every_engine_gives_the_same() -> None:
    """In its own kind."""
    expected = told(flags(table(), gaps="rest"))
    pandas, duckdb = pytest.importorskip("pandas"), pytest.importorskip("duckdb")
    made = flags(table().to_pandas(), gaps="rest")
    assert isinstance(made, pandas.DataFrame)
    assert told(pl.from_pandas(made).with_columns(pl.col("date").cast(pl.Date))) == expected
    assert told(pl.from_arrow(flags(table().to_arrow(), gaps="rest"))) == expected
    assert told(flags(table().lazy(), gaps="rest", athletes_at_once=1).collect()) == expected
    assert told(flags(duckdb.from_arrow(table().to_arrow()), gaps="rest", athletes_at_once=2).pl()) == expected


def test_gaps_that_are_unknown_are_no_rest() -> None:
    """Without a word that the table is whole, weeks with gaps are not judged."""
    whole = flags(table(), gaps="rest", select=["TM01"])
    assert "leaps" in set(whole["athlete"])
    assert flags(table(), gaps="unknown", select=["TM01"]).is_empty()
    known = dict(logs(table(), gaps="unknown"))
    assert not known["leaps"].covers(FIRST + dt.timedelta(days=1), "runs")
    assert known["leaps"].covers(FIRST + dt.timedelta(days=3), "runs")


def test_runners_bring_their_own_weeks_and_numbers() -> None:
    """A runner's own override decides, given by name or by a function."""
    assert "CV10" in set(flags(table(), gaps="rest")["rule"])
    daily = rs.Override(rule="CV10", parameter="rest_days", value=0, reason="a streak of years")

    def runner(name: str) -> rs.Runner:
        return rs.Runner(name=name, running=rs.RunningWeek(), overrides=[daily], week_start=rs.Weekday.SUNDAY)

    made = flags(table(), gaps="rest", runners=runner)
    assert "CV10" not in set(made["rule"])
    weekly = made.filter(pl.col("week"))["date"]
    assert {day.weekday() for day in weekly} <= {6}
    by_name = flags(table(), gaps="rest", runners={name: runner(name) for name in ("steady", "leaps", "daily")})
    assert told(by_name) == told(made)
    with pytest.raises(UnknownName, match="daily"):
        flags(table(), gaps="rest", runners={"steady": runner("steady"), "leaps": runner("leaps")})


def test_rows_that_are_no_runs() -> None:
    """A row of 0 km is a day without a run; a run without a distance is a run."""
    days = [FIRST + dt.timedelta(days=n) for n in range(3)]
    rows = pl.DataFrame({"athlete": ["a"] * 3, "date": days, "km": [0.0, None, 5.0]})
    ((_, log),) = logs(rows, gaps="rest")
    assert [run.distance for run in log.runs] == [None, rs.km(5)]


def test_kinds_of_run_are_read() -> None:
    """In the library's own words; another word is told with athlete and day."""
    rows = pl.DataFrame({"athlete": ["a"], "date": [FIRST], "km": [5.0], "what": ["tempo"]})
    ((_, log),) = logs(rows, gaps="rest", columns=Columns(kind="what"))
    assert log.runs[0].kind is rs.RunKind.TEMPO
    with pytest.raises(InvalidValue, match="athlete a, 2027-01-04: 'jog'"):
        list(logs(rows.with_columns(what=pl.lit("jog")), gaps="rest", columns=Columns(kind="what")))


def test_faults_are_told() -> None:
    """A rule that needs more than runs, a column that is missing, and a rating that no session has."""
    with pytest.raises(UnknownName, match="TM03"):
        flags(table(), gaps="rest", select=["TM03"])
    with pytest.raises(UnknownName, match="km"):
        flags(table().drop("km"), gaps="rest")
    with pytest.raises(UnknownName, match="session_rpe"):
        flags(table().drop("session_rpe"), gaps="rest", select=["TM10"])
    with pytest.raises(InvalidValue, match="athlete daily, 2027-01-04"):
        flags(table().with_columns(session_rpe=pl.lit(11.0)), gaps="rest")


def test_audits_come_one_by_one() -> None:
    """With the log of each, so that what could not be judged can be asked for."""
    found = list(audits(table(), gaps="rest"))
    assert [name for name, _, _ in found] == ["daily", "leaps", "steady"]
    assert all(report.not_applicable for _, _, report in found)
