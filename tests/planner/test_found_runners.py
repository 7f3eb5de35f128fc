"""Runners on whom a long run of the contract found a law broken: each keeps all laws since."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from runstrong.catalog import load_catalog
from runstrong.codec import read
from runstrong.model.quantities import Duration
from runstrong.model.runner import Availability, Injury, Kit, Runner
from runstrong.model.running import RunningWeek
from runstrong.model.words import Clearance, Goal, PartName, Region, Weekday
from runstrong.planner import StandardPlanner
from runstrong.planner.supersets import place_in_session
from runstrong.testing import PlanRequest, check_planner

FOUND = {
    "a stated level does not answer for weeks of strength": (
        dt.date(2026, 12, 28),
        4,
        """
level: 3
running: {}
kits: [{place: gym, equipment: [barbell, rack]}]
place: gym
clearance: cleared
""",
    ),
    "a little mobility on a day of an easy run stays mobility": (
        dt.date(2027, 1, 9),
        3,
        """
level: 2
goals: [run-faster]
running:
  runs:
    - {day: sunday, kind: long}
    - {day: friday, kind: tempo}
    - {day: saturday}
    - {day: monday, kind: intervals}
    - {day: thursday, kind: long}
    - {day: wednesday}
    - {day: tuesday, kind: long}
availability: [{day: saturday, minutes: 15 min}, {day: wednesday}]
week_start: saturday
""",
    ),
    "drills that build on something do not come before it": (
        dt.date(2027, 1, 4),
        2,
        """
running: {}
races: [{id: race-1, date: 2027-01-03}]
availability: [{day: friday}, {day: thursday, minutes: 10 min}]
week_start: friday
deficits: [foot-control]
overrides: [{rule: planning, parameter: shortest_minutes, value: 20, reason: a session worth a day}]
""",
    ),
}


@pytest.mark.parametrize("what", FOUND)
def test_it_keeps_every_law(what: str, tmp_path: Path) -> None:
    """The plan of each stands in the contract."""
    start, weeks, text = FOUND[what]
    file = tmp_path / "runner.yaml"
    file.write_text(f"kind: runner\nschema: 1\nname: Ada\n{text}", encoding="utf-8")
    runner = read(file)
    assert isinstance(runner, Runner)
    held = check_planner(StandardPlanner(), runners=0, requests=[PlanRequest(runner, start, weeks=weeks)])
    assert held.plans == 1


def test_what_alternates_no_more_stands_where_its_kind_of_work_does() -> None:
    """A pair cut to one set each is undone, and the lifts stay before the calves."""
    runner = Runner(
        name="Ada", goals=(Goal.RUN_FASTER,), running=RunningWeek(), kits=(Kit(),),
        availability=(Availability(day=Weekday.MONDAY),), session_length=Duration(600.0),
        injuries=(Injury(region=Region.CALF, since=dt.date(2026, 11, 5)),), clearance=Clearance.CLEARED,
    )  # fmt: skip
    known = load_catalog().exercises
    for session in StandardPlanner().plan(runner, dt.date(2027, 1, 4), 10).sessions:
        leads = [place_in_session(known[block[0].exercise]) for block in session.part(PartName.MAIN).blocks]
        assert leads == sorted(leads), session.id
