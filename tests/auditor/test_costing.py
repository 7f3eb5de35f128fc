"""What a change of a plan costs."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from runstrong.auditor.costing import cost
from runstrong.model.edits import Drop, Edit, Insert, Move, Reduce, Skip, Split, Swap, TrimRun, Wait
from runstrong.model.plan import Plan
from runstrong.model.prescription import Prescription, Reps
from runstrong.model.quantities import RIR, km
from runstrong.model.runner import Runner
from runstrong.model.running import Run, RunningWeek
from runstrong.model.words import DayPart, PartName
from runstrong.planner import plan as planned

MONDAY = dt.date(2027, 1, 4)
ROW = Prescription(exercise="one-arm-row", sets=2, amount=Reps(10), rir=RIR(3))


@pytest.fixture(scope="module")
def plan() -> Plan:
    """Return two planned weeks with one run."""
    made = planned(Runner(name="Ada", running=RunningWeek()), start=MONDAY, weeks=2)
    run = Run(date=MONDAY, distance=km(10))
    return attrs.evolve(made, weeks=(attrs.evolve(made.weeks[0], runs=(run,)), *made.weeks[1:]))


def edits_of(plan: Plan) -> dict[str, Edit]:
    """Return edits of the first session, by name."""
    session = plan.sessions[0]
    first, last = (session.part(PartName.MAIN).prescriptions[place] for place in (0, -1))
    id, day = session.id, session.date
    return {
        "part of the day": Move(session=id, to=day, day_part=DayPart.EVENING),
        "day": Move(session=id, to=day + dt.timedelta(days=1)),
        "week": Move(session=id, to=day + dt.timedelta(days=7)),
        "effort": Reduce(session=id, exercise=first.exercise, rir=RIR(9)),
        "set": Reduce(session=id, exercise=first.exercise, sets=first.sets - 1),
        "added": Insert(session=id, part=PartName.MAIN, prescription=ROW),
        "exchanged": Swap(session=id, exercise=last.exercise, replacement=attrs.evolve(ROW, sets=last.sets)),
        "left out": Drop(session=id, exercise=last.exercise),
        "skipped": Skip(session=id, reason="ill"),
        "split": Split(session=id, exercises=(last.exercise,), into="b", to=day + dt.timedelta(days=1)),
        "waits": Wait(session=id, exercise=last.exercise, until=plan.end + dt.timedelta(days=1)),
        "run": TrimRun(date=MONDAY, distance=km(9)),
    }


class TestCost:
    """The less of a plan a change takes away, the less it costs."""

    def test_points(self, plan: Plan) -> None:
        """Each kind of change costs what the docs say."""
        costs = {name: cost(plan, plan.apply(edit)) for name, edit in edits_of(plan).items()}
        last = plan.sessions[0].part(PartName.MAIN).prescriptions[-1]
        assert costs["part of the day"] == 0.5
        assert costs["day"] == costs["effort"] == costs["set"] == costs["added"] == 1
        assert costs["week"] == costs["exchanged"] == costs["split"] == 2
        assert costs["left out"] == 2 + last.sets
        assert costs["skipped"] > costs["left out"]
        assert costs["run"] > 100

    def test_nothing_changed_costs_nothing(self, plan: Plan) -> None:
        """The same plan, or one with another note, costs nothing."""
        assert cost(plan, plan) == cost(plan, plan.note(plan.sessions[0].id, "x")) == 0

    def test_a_wait_is_one_decision(self, plan: Plan) -> None:
        """Told to be one, it costs what it costs in one session, and not once for each."""
        edits = edits_of(plan)
        made = plan.apply(edits["waits"])
        assert cost(plan, made, once=True) == cost(plan, plan.apply(edits["left out"]))
        assert cost(plan, made) > cost(plan, made, once=True)
