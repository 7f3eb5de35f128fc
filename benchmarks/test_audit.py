"""How long an audit of a year takes, in plain passes over its prescriptions; reported, never judged.

The timeline is that of a usual year: 52 weeks of five runs and two sessions. Two plain passes are told apart:

* the bare floor: a sum over prescriptions that lie ready in one list, with each exercise looked up;
* the simplest rule: what a rule has to do that stands alone and shares no index, from weeks through sessions and parts
  to prescriptions, adding hard sets up by week and primary tissue.
"""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

import runstrong as rs
from fresh import medians, report
from runstrong.auditor.engine import Auditor
from runstrong.model.rules import RuleSet
from runstrong.model.timeline import Timeline
from runstrong.model.words import Tissue
from runstrong.rules.definition import limits_of
from runstrong.rules.packaged import PACKAGED

RUNNER_FILE = Path(__file__).parent.parent / "examples" / "runner.yaml"
CATALOG = rs.load_catalog()
RULES = rs.load_rules()
BARE, SIMPLEST = "bare floor", "simplest rule"


@pytest.fixture(scope="module")
def year() -> rs.Plan:
    """Give 52 weeks of the first example: five runs and two sessions, no race, and two sessions in upkeep too."""
    upkeep = rs.Override(rule="planning", parameter="race_sessions_per_week", value=2, reason="a usual year")
    made = rs.plan(rs.evolve(rs.load(RUNNER_FILE), races=(), overrides=(upkeep,)), weeks=52)
    assert {(len(week.runs), len(week.sessions)) for week in made.weeks} == {(5, 2)}
    return made


@pytest.fixture(scope="module")
def two_years(year: rs.Plan) -> rs.Plan:
    """Give the same year twice, one after the other."""
    later = dt.timedelta(weeks=52)
    again = (
        rs.evolve(
            week,
            number=week.number + 52,
            start=week.start + later,
            runs=tuple(rs.evolve(run, date=run.date + later) for run in week.runs),
            sessions=tuple(rs.evolve(one, id=f"again-{one.id}", date=one.date + later) for one in week.sessions),
        )
        for week in year.weeks
    )
    return rs.evolve(year, weeks=(*year.weeks, *again))


def bare_floor(plan: rs.Plan) -> Callable[[], int]:
    """Return the bare floor: a pass over prescriptions that lie ready in one list."""
    ready = [asked for session in plan.sessions for _, asked in session.prescriptions()]
    exercises = CATALOG.exercises
    return lambda: sum(asked.sets * len(exercises[asked.exercise].primary) for asked in ready)


def simplest_rule(plan: rs.Plan) -> Callable[[], dict[tuple[dt.date, Tissue], int]]:
    """Return the pass that the simplest rule makes on its own: hard sets by week and primary tissue."""
    exercises = CATALOG.exercises

    def walk() -> dict[tuple[dt.date, Tissue], int]:
        table: dict[tuple[dt.date, Tissue], int] = {}
        for week in plan.weeks:
            for session in week.sessions:
                for part in session.parts:
                    for asked in part.prescriptions:
                        exercise = exercises[asked.exercise]
                        if exercise.hard:
                            for tissue in exercise.primary:
                                key = (week.start, tissue)
                                table[key] = table.get(key, 0) + asked.sets
        return table

    return walk


def passes_of(plan: rs.Plan) -> dict[str, float]:
    """Return the seconds of both plain passes."""
    return {BARE: _fastest(bare_floor(plan), 60), SIMPLEST: _fastest(simplest_rule(plan), 60)}


def index_of(plan: rs.Plan, auditor: Auditor) -> Callable[[], None]:
    """Return the making of a timeline with every index that the rules ask it for."""
    used = auditor.timeline(plan)
    auditor.judge(used)
    names = [name for name, kept in vars(Timeline).items() if isinstance(kept, cached_property) and name in vars(used)]

    def make() -> None:
        fresh = auditor.timeline(plan)
        for name in names:
            getattr(fresh, name)

    return make


def rule_costs(plan: rs.Plan, auditor: Auditor, rules: RuleSet) -> dict[str, float]:
    """Return the seconds of each rule on a timeline whose indices stand, the dearest first."""
    timeline = auditor.timeline(plan)
    auditor.judge(timeline)
    checks = [(check, limits_of(check, rules)) for check in PACKAGED if check.code in rules.active]
    costs = {
        check.code: _fastest(lambda check=check, limits=limits: list(check.judge(timeline, limits)), 15)
        for check, limits in checks
    }
    return dict(sorted(costs.items(), key=lambda cost: -cost[1]))


def test_audit_of_a_year(benchmark: Any, year: rs.Plan) -> None:
    """All rules over 52 planned weeks, the timeline made anew each time; proposals are made and not proved."""
    auditor = Auditor(year.runner, RULES, catalog=CATALOG)
    audited = benchmark(lambda: auditor.audit(year, fixes=False))
    assert set(audited.checked) == set(RULES.active)
    passes = passes_of(year)
    whole = _fastest(lambda: auditor.audit(year, fixes=False))
    index = _fastest(index_of(year, auditor))
    from_outside = _fastest(lambda: rs.audit(year, rules=RULES, catalog=CATALOG, fixes=False))
    info: dict[str, Any] = {
        "what": "52 weeks of five runs and two sessions through all rules",
        "prescriptions": sum(1 for session in year.sessions for _ in session.prescriptions()),
        "rules": len(RULES.active),
    }
    for name, one in passes.items():
        info[f"plain pass, {name} (ms)"] = round(one * 1000, 3)
        info[f"audit / {name}"] = round(whole / one, 1)
        info[f"timeline and its indices alone / {name}"] = round(index / one, 1)
        info[f"audit with rules resolved first / {name}"] = round(from_outside / one, 1)
    benchmark.extra_info.update(info)


def test_each_rule_of_a_year(once: Callable[[Callable[[], dict[str, Any]]], None], year: rs.Plan) -> None:
    """The dearest rules, each on a timeline whose indices stand, and their share of all that is not the index."""

    def measure() -> dict[str, Any]:
        auditor = Auditor(year.runner, RULES, catalog=CATALOG)
        one = passes_of(year)[BARE]
        costs = rule_costs(year, auditor, RULES)
        beside = sum(costs.values())
        info: dict[str, Any] = {
            "what": "rules of a 52-week audit beside the index",
            f"all rules together / {BARE}": round(beside / one, 1),
        }
        for code, cost in list(costs.items())[:5]:
            name = f"{code} {RULES[code].name}"
            info[f"{name} / {BARE}"] = f"{cost / one:.2f}, {cost / beside:.1%} of all rules"
        return info

    once(measure)


def test_twice_the_length(
    once: Callable[[Callable[[], dict[str, Any]]], None], year: rs.Plan, two_years: rs.Plan
) -> None:
    """The audit of 104 weeks beside that of 52, taking turns so that a busy moment falls on both."""

    def measure() -> dict[str, Any]:
        auditor = Auditor(year.runner, RULES, catalog=CATALOG)
        short, long = _fastest_of(
            lambda: auditor.audit(year, fixes=False), lambda: auditor.audit(two_years, fixes=False), rounds=21
        )
        return {
            "what": "104 weeks beside 52",
            "52 weeks (ms)": round(short * 1000, 2),
            "104 weeks (ms)": round(long * 1000, 2),
            "104 weeks / 52 weeks": round(long / short, 2),
        }

    once(measure)


def test_first_use(
    once: Callable[[Callable[[], dict[str, Any]]], None], rounds: int, year: rs.Plan, tmp_path: Path
) -> None:
    """The first audit of a process beside the second; the plan was read before, which brings in catalog and model."""
    file = tmp_path / "plan.json"
    file.write_text(rs.to_json(year), encoding="utf-8")
    read = f"import runstrong as rs; plan = rs.load({json.dumps(str(file))})"
    timed = "rs.audit(plan, fixes=False)"
    programs = {
        "first audit": f"{read}; rs.load_catalog()\n#timed\n{timed}",
        "second audit": f"{read}; {timed}\n#timed\n{timed}",
    }
    once(lambda: report("first use", medians(programs, rounds), against="second audit"))


def _fastest(work: Callable[[], object], rounds: int = 15) -> float:
    return _fastest_of(work, rounds=rounds)[0]


def _fastest_of(*works: Callable[[], object], rounds: int) -> list[float]:
    """Return the least processor time of each work, which what else the machine does touches least; they take turns."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for work, taken in zip(works, times, strict=True):
            start = time.process_time()
            work()
            taken.append(time.process_time() - start)
    return [min(taken) for taken in times]
