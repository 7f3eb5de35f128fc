"""Small valid nouns that the tests of the model bend to their purpose."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from runstrong.model.catalog import Catalog
from runstrong.model.evidence import CONVENTION, Evidence
from runstrong.model.exercise import Dose, Exercise
from runstrong.model.findings import Finding, Where
from runstrong.model.plan import CatalogStamp, Decision, Part, Plan, Session, Week
from runstrong.model.prescription import Prescription, Reps
from runstrong.model.progression import Criterion, Rung
from runstrong.model.quantities import RIR, km, minutes
from runstrong.model.rules import Loosens, Parameter, Policy, Rule, RuleSet
from runstrong.model.runner import Runner
from runstrong.model.running import Run, RunningWeek
from runstrong.model.timeline import Definitions
from runstrong.model.words import (
    Certainty,
    Count,
    Emphasis,
    ExerciseKind,
    Form,
    Level,
    OverloadAxis,
    PartName,
    Pattern,
    Phase,
    Plane,
    Position,
    RunKind,
    Severity,
    Sides,
    Tissue,
)

MONDAY = dt.date(2027, 1, 4)


def an_exercise(id: str = "calf-raise", **changes: Any) -> Exercise:
    """Return a two-legged calf raise, changed as asked."""
    fields: dict[str, Any] = {
        "name": id.replace("-", " ").capitalize(),
        "kind": ExerciseKind.STRENGTH,
        "pattern": Pattern.ANKLE_PLANTARFLEXION,
        "primary": [Tissue.CALF_GASTROCNEMIUS],
        "secondary": [Tissue.CALF_SOLEUS],
        "planes": [Plane.SAGITTAL],
        "sides": Sides.BILATERAL,
        "counted": Count.REPS,
        "positions": [Position.STANDING],
        "level": Level.NOVICE,
        "setup": "Stand tall.",
        "cues": ["Rise slowly."],
        "form_flags": [Form.FULL_RANGE],
        "faults": ["Bouncing."],
        "doses": [Dose(level=Level.NOVICE, sets=2, amount=Reps(10, 15))],
        "sources": [CONVENTION],
        **changes,
    }
    return Exercise(id=id, **fields)


def a_prescription(exercise: str = "calf-raise", **changes: Any) -> Prescription:
    """Return three sets of ten with three in reserve, changed as asked."""
    return Prescription(exercise=exercise, **{"sets": 3, "amount": Reps(10), "rir": RIR(3), **changes})


def a_session(id: str = "mon", date: dt.date = MONDAY, **changes: Any) -> Session:
    """Return a session of a calf raise after a warm-up, changed as asked."""
    parts = (
        Part(name=PartName.WARM_UP, prescriptions=(a_prescription("leg-swing", rir=None),)),
        Part(name=PartName.MAIN, prescriptions=(a_prescription(), a_prescription("push-up"))),
    )
    fields = {"emphasis": Emphasis.LIGHT_LEGS, "parts": parts, "minutes": minutes(30), **changes}
    return Session(id=id, date=date, **fields)


def a_plan(**changes: Any) -> Plan:
    """Return two weeks from Monday 4 January 2027: two sessions and two runs, then one session."""
    day = dt.timedelta(days=1)
    fields: dict[str, Any] = {
        "runner": Runner(name="Ada", running=RunningWeek()),
        "start": MONDAY,
        "weeks": (
            Week(
                number=1,
                start=MONDAY,
                phase=Phase.FOUNDATION,
                runs=(
                    Run(date=MONDAY + day, distance=km(8)),
                    Run(date=MONDAY + 6 * day, distance=km(16), kind=RunKind.LONG),
                ),
                sessions=(a_session("mon"), a_session("thu", MONDAY + 3 * day)),
            ),
            Week(number=2, start=MONDAY + 7 * day, phase=Phase.BUILD, sessions=(a_session("next", MONDAY + 7 * day),)),
        ),
        "decisions": (
            Decision(about="season", what="two weeks", why="that was asked for"),
            Decision(about="mon", what="legs on Monday", why="nothing hard follows", sources=("CO01",)),
            Decision(about="mon", what="kept light", why="the runner is new to lifting"),
        ),
        "catalog": CatalogStamp(version="1", hash="0" * 64),
        "exercises": (
            an_exercise(),
            an_exercise("leg-swing", kind=ExerciseKind.DYNAMIC_DRILL),
            an_exercise("push-up", pattern=Pattern.PUSH, primary=[Tissue.PECTORALS], secondary=[Tissue.TRICEPS]),
        ),
        **changes,
    }
    return Plan(**fields)


def a_rung(exercise: str = "calf-raise", **changes: Any) -> Rung:
    """Return a rung from 8-10 reps up to 15, left after twelve in every set."""
    fields: dict[str, Any] = {
        "level": Level.NOVICE,
        "sets": 2,
        "amount": Reps(8, 10),
        "ceiling": Reps(15),
        "overload": (OverloadAxis.REPS,),
        "criterion": Criterion(amount_at_least=12),
        **changes,
    }
    return Rung(exercise=exercise, **fields)


def a_rule(id: str = "TM01", **changes: Any) -> Rule:
    """Return the record of a rule with one number, `most`, of 4 between 1 and 10."""
    fields: dict[str, Any] = {
        "name": f"too-many-{id.lower()}",
        "since": "0.1",
        "severity": Severity.ADVICE,
        "statement": "A week holds at most `most` sets.",
        "rationale": "Tissue needs time.",
        "not_for": "nobody",
        "message": "{measured} sets are over {limit} {unit} for {tissue}",
        "advice": "leave out {extra} of them",
        "parameters": (Parameter(name="most", value=4, unit="sets", min=1, max=10, loosens=Loosens.UP),),
        "evidence": (Evidence(source=CONVENTION, certainty=Certainty.CONVENTION, supports="the direction"),),
        **changes,
    }
    return Rule(id=id, **fields)


def a_rule_set(**changes: Any) -> RuleSet:
    """Return three rules in two families, of which two are active, and one policy."""
    least = Parameter(name="least", value=2, unit="days", min=0, max=7)
    fields: dict[str, Any] = {
        "rules": (a_rule("TM01"), a_rule("TM02"), a_rule("CO01")),
        "policies": (Policy(id="planning", statement="Numbers of planning.", parameters=(least,)),),
        "active": ("TM01", "CO01"),
        **changes,
    }
    return RuleSet(**fields)


def a_finding(**changes: Any) -> Finding:
    """Return a finding of TM01 on the calf raise in Monday's session."""
    fields: dict[str, Any] = {
        "rule": "TM01",
        "severity": Severity.ADVICE,
        "where": Where(date=MONDAY, session="mon", exercise="calf-raise"),
        "measured": 6.0,
        "limit": 4.0,
        "unit": "sets",
        **changes,
    }
    return Finding(**fields)


Make = Callable[..., Any]


@pytest.fixture
def make_exercise() -> Make:
    """Give the maker of exercises."""
    return an_exercise


@pytest.fixture
def make_prescription() -> Make:
    """Give the maker of prescriptions."""
    return a_prescription


@pytest.fixture
def make_session() -> Make:
    """Give the maker of sessions."""
    return a_session


@pytest.fixture
def make_rung() -> Make:
    """Give the maker of rungs."""
    return a_rung


@pytest.fixture
def make_rule() -> Make:
    """Give the maker of rules."""
    return a_rule


@pytest.fixture
def make_finding() -> Make:
    """Give the maker of findings."""
    return a_finding


@pytest.fixture
def make_plan() -> Make:
    """Give the maker of plans."""
    return a_plan


@pytest.fixture
def plan() -> Plan:
    """Give a plan of two weeks."""
    return a_plan()


@pytest.fixture
def rules() -> RuleSet:
    """Give a small rule set."""
    return a_rule_set()


@pytest.fixture
def words() -> Definitions:
    """Give the shared definitions at their packaged numbers."""
    return Definitions(heavy_percent=70, heavy_rir=2, secondary_share=0.5, low_effort_rir=4, felt_error=1)


@pytest.fixture
def catalog() -> Catalog:
    """Give a catalog of three exercises."""
    return Catalog.of(a_plan().exercises)
