"""The planner keeps the contract of all planners, and its hill weeks hold a descent."""

from __future__ import annotations

import datetime as dt

import pytest
import runstrong as rs
from runstrong.testing import PlanRequest, check_planner

import runstrong_trail.rules
from runstrong_trail import EXERCISE, TrailPlanner, trail_catalog

MONDAY = dt.date(2027, 1, 4)
HILLY = rs.Runner(
    name="Ada",
    running=rs.RunningWeek(
        runs=[
            rs.UsualRun(day=rs.Weekday.TUESDAY, kind=rs.RunKind.HILLS, distance=rs.km(8)),
            rs.UsualRun(day=rs.Weekday.SUNDAY, kind=rs.RunKind.LONG, distance=rs.km(14)),
        ]
    ),
    strength_years=2,
    clearance=rs.Clearance.CLEARED,
)


def flat(runner: rs.Runner) -> rs.Runner:
    """Return a runner with intervals in the place of hills."""
    runs = [rs.evolve(run, kind=rs.RunKind.INTERVALS) for run in runner.running.runs[:1]]
    return rs.evolve(runner, running=rs.RunningWeek(runs=[*runs, *runner.running.runs[1:]]))


def test_it_keeps_the_contract() -> None:
    """All laws of planners hold, planning again among them, for drawn runners and for one with hills."""
    held = check_planner(
        TrailPlanner(),
        runners=15,
        most_weeks=6,
        catalog=trail_catalog(),
        requests=[PlanRequest(HILLY, MONDAY, weeks=8)],
    )
    assert held.infeasible <= 3
    assert held.replanned >= 3


def test_each_week_with_a_hill_run_holds_a_descent() -> None:
    """The package's own rule finds nothing in its planner's plans, and something in those of the built-in one."""
    rules = rs.load_rules(packs=[runstrong_trail.rules])
    catalog = trail_catalog()
    mine, built_in = TrailPlanner().plan(HILLY, MONDAY, 8), rs.plan(HILLY, MONDAY, 8)
    assert not rs.audit(mine, rules=rules, catalog=catalog, select=["XT01"]).findings
    assert rs.audit(built_in, rules=rules, catalog=catalog, select=["XT01"]).findings


def test_without_hills_it_is_the_built_in_planner() -> None:
    """Nothing is changed where there is nothing to add."""
    assert not any(session.holds(EXERCISE) for session in TrailPlanner().plan(flat(HILLY), MONDAY, 4).sessions)


def test_the_plan_says_why_and_travels_alone() -> None:
    """Its exercise has a reason, and the document can be read and audited without this package."""
    plan = TrailPlanner().plan(HILLY, MONDAY, 4)
    assert plan.why(EXERCISE)[0].why == "downhill running brakes with the thighs"
    assert not rs.audit(plan).at_least(rs.Severity.WARNING)
    assert "Slow descent" in rs.to_text(plan)


@pytest.mark.parametrize("reps", [6, 10])
def test_planning_again_climbs_the_ladder_of_the_package(reps: int) -> None:
    """What was done decides: ten clean repetitions twice ask for more, six do not."""
    plan = TrailPlanner().plan(HILLY, MONDAY, 6)
    done = []
    held = [session for session in plan.sessions if session.holds(EXERCISE)][:2]
    for session in held:
        sets = [
            rs.PerformedSet(side=side, amount=rs.Reps(reps), rir=rs.RIR(3))
            for _ in range(2)
            for side in (rs.Side.LEFT, rs.Side.RIGHT)
        ]
        done.append(rs.Performance(date=session.date, exercise=EXERCISE, session=session.id, sets=sets))
    today = held[-1].date + dt.timedelta(days=1)
    again = TrailPlanner().replan(plan, rs.Log(performances=done), today)
    later = next(each for each in again.sessions if each.date >= today and each.holds(EXERCISE))
    (asked,) = [each for _, each in later.prescriptions() if each.exercise == EXERCISE]
    before = next(each for _, each in plan.session(later.id).prescriptions() if each.exercise == EXERCISE)
    assert (asked == before) == (reps == 6)
