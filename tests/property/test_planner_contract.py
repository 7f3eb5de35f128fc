"""The built-in planner keeps its own contract, over runners drawn from all that planners meet.

``RUNSTRONG_RUNNERS=20000 pytest tests/property/test_planner_contract.py`` holds it to more of them, and
``RUNSTRONG_SEED`` to others.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable

import pytest

from runstrong.model.runner import Runner
from runstrong.model.words import Clearance, DayPart, Level, Place, Priority, RunKind, StrengthDayPolicy, Weekday
from runstrong.planner import StandardPlanner
from runstrong.testing import PlanRequest, check_planner
from runstrong.testing.people import FIRST_DAYS, a_request

RUNNERS = int(os.environ.get("RUNSTRONG_RUNNERS", "2000"))
SEED = int(os.environ.get("RUNSTRONG_SEED", "0"))
SHARES = 8


@pytest.mark.parametrize("share", range(SHARES))
def test_the_built_in_planner_keeps_the_contract(share: int, record_property: Callable[[str, object], None]) -> None:
    """All laws hold, hash seeds with them, for every drawn runner; hardly any is infeasible."""
    held = check_planner(
        StandardPlanner(), runners=RUNNERS // SHARES, seed=SEED * SHARES + share, hash_seeds=share == 0
    )
    record_property("held", str(held))  # stands in the report of --junit-xml
    assert held.requests == RUNNERS // SHARES
    assert held.infeasible <= held.requests / 10
    assert held.plans + held.infeasible == held.requests
    assert held.replanned >= held.requests / 10


@pytest.fixture(scope="module")
def requests() -> list[PlanRequest]:
    """Two thousand requests as the contract draws them."""
    source = random.Random(1)
    return [a_request(source.choice) for _ in range(2000)]


class TestSpace:
    """The runners that are drawn cover what a planner can meet; none of it is left to chance that never comes."""

    @pytest.mark.parametrize(
        ("what", "every"),
        [
            (lambda runner: [runner.week_start], list(Weekday)),
            (lambda runner: [runner.policy], list(StrengthDayPolicy)),
            (lambda runner: [runner.clearance], list(Clearance)),
            (lambda runner: [runner.sessions_per_week], [None, 1, 2, 3]),
            (lambda runner: [len(runner.availability)], list(range(8))),
            (lambda runner: [len(runner.kits)], [0, 1, 2, 3]),
            (lambda runner: [kit.place for kit in runner.kits], list(Place)),
            (lambda runner: [runner.trained_level], list(Level)),
            (lambda runner: [race.priority for race in runner.races], list(Priority)),
            (
                lambda runner: [(run.day, run.kind) for run in runner.running.runs],
                [(day, kind) for day in Weekday for kind in RunKind],
            ),
            (
                lambda runner: [(run.day, run.day_part) for run in runner.running.runs],
                [(day, part) for day in Weekday for part in DayPart],
            ),
            (lambda runner: [len(runner.running.runs)], [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 14]),
            (
                lambda runner: [int(runner.session_length.minutes)],
                [10, 12, 15, 20, 25, 30, 35, 45, 60, 75, 90],
            ),
            (lambda runner: [runner.age_in(2027)], [None, 15, 18, 37, 62, 80]),
            (
                lambda runner: [
                    (injury.current(FIRST_DAYS[0]), injury.recent(FIRST_DAYS[0], 365)) for injury in runner.injuries
                ],
                [(True, True), (False, True), (False, False)],
            ),
            (lambda runner: [bool(runner.assessments), runner.supervised], [False, True]),
            (lambda runner: [bool(runner.calendar), bool(runner.overrides)], [False, True]),
            (lambda runner: [("lifts", bool(runner.lifts))], [("lifts", False), ("lifts", True)]),
            (lambda runner: [bool(runner.exceptions), runner.last_strength is None], [False, True]),
        ],
        ids=[
            "week start", "policy", "clearance", "sessions", "open days", "kits", "places", "level", "races",
            "kinds by day", "parts by day", "runs", "minutes", "age", "injuries", "assessments", "calendar", "lifts",
            "exceptions",
        ],
    )  # fmt: skip
    def test_every_value_is_drawn(
        self, requests: list[PlanRequest], what: Callable[[Runner], list[object]], every: list[object]
    ) -> None:
        """Each of them for several runners of two thousand."""
        seen = Counter(got for request in requests for got in set(what(request.runner)))
        assert [each for each in every if seen[each] < 4] == []

    def test_every_weekday_starts_a_plan_and_a_few_are_long(self, requests: list[PlanRequest]) -> None:
        """Plans begin on any day of the week and run from one week to a year."""
        assert {request.start.weekday() for request in requests} == set(range(7))
        lengths = Counter(request.weeks for request in requests)
        assert lengths[12] > 20
        assert lengths[52] > 2
        assert sum(count for weeks, count in lengths.items() if weeks <= 6) > 1800
