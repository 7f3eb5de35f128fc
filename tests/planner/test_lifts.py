"""Loads to begin with: from a stated best set, in steps of what is owned, or found by feel."""

from __future__ import annotations

import datetime as dt

import pytest

from runstrong.catalog import load_catalog
from runstrong.model.errors import UnknownName
from runstrong.model.prescription import External, FindLoad, Hold, Prescription, Reps
from runstrong.model.quantities import RIR, Mass
from runstrong.model.runner import Kit, Lift, Runner, Weights
from runstrong.model.running import RunningWeek
from runstrong.model.words import Clearance, Equipment
from runstrong.planner import plan
from runstrong.planner.lifts import StartingLoads
from runstrong.rules import load_rules

RULES, CATALOG = load_rules(), load_catalog()
TODAY = dt.date(2027, 1, 4)
BAR = Kit(
    equipment=(Equipment.RACK,),
    weights=(Weights(kind=Equipment.BARBELL, each=tuple(Mass(kilograms) for kilograms in range(20, 101, 5))),),
)


def runner(*lifts: Lift, **fields: object) -> Runner:
    """Return an adult of 70 kg with a bar and these best sets."""
    given = {"name": "Ada", "running": RunningWeek(), "body_mass": Mass(70), "kits": (BAR,), "lifts": lifts}
    return Runner(**{**given, **fields})  # type: ignore[arg-type]


def lift(exercise: str = "back-squat", kilograms: float = 80, reps: int = 1, **fields: object) -> Lift:
    """Return a best set of last month."""
    given = {"exercise": exercise, "date": TODAY - dt.timedelta(days=30), "mass": Mass(kilograms), "reps": reps}
    return Lift(**{**given, **fields})  # type: ignore[arg-type]


def asked(exercise: str = "back-squat", low: int = 5, high: int = 8, rir: float = 2) -> Prescription:
    """Return three sets with a load to be found."""
    return Prescription(exercise=exercise, sets=3, amount=Reps(low, high), load=FindLoad(RIR(rir)), rir=RIR(rir))


def load_for(who: Runner, what: Prescription) -> External | None:
    """Return the load that a runner begins with."""
    found = StartingLoads(who, CATALOG, RULES, TODAY).load_for(what, CATALOG.exercises[what.exercise], BAR)
    return None if found is None else found.load


def test_the_load_leaves_what_is_asked() -> None:
    """Eight with two in reserve is 75 % of the moved maximum: under it by less than a step of the bar."""
    got = load_for(runner(lift()), asked())
    assert got is not None
    share = CATALOG.exercises["back-squat"].body_mass_share * 70
    wanted = 0.75 * (80 + share) - share
    assert wanted - 5 < got.mass.kg <= wanted


def test_fewer_repetitions_take_more_load() -> None:
    """Fewer repetitions, or fewer in reserve, never begin lighter."""
    loads = [
        load_for(runner(lift()), asked(low=low, high=low + 2, rir=rir)) for low, rir in ((8, 2), (5, 2), (3, 2), (3, 1))
    ]
    kilograms = [load.mass.kg for load in loads if load is not None]
    assert len(kilograms) == 4
    assert kilograms == sorted(kilograms)


def test_the_latest_best_set_counts() -> None:
    """Strength that was lost is not asked for."""
    old = lift(kilograms=100, date=TODAY - dt.timedelta(days=100))
    assert load_for(runner(old, lift(kilograms=60)), asked()) == load_for(runner(lift(kilograms=60)), asked())


@pytest.mark.parametrize(
    ("who", "what"),
    [
        (runner(), asked()),
        (runner(lift(date=TODAY - dt.timedelta(days=365))), asked()),
        (runner(lift(date=TODAY + dt.timedelta(days=1))), asked()),
        (runner(lift(), body_mass=None), asked()),
        (runner(lift(), birth_year=2012), asked()),
        (runner(lift(reps=12, rir=RIR(3))), asked()),
        (runner(lift()), asked(low=12, high=15)),
        (runner(lift(kilograms=20)), asked()),
        (runner(lift()), asked("deadlift")),
        (runner(lift()), Prescription(exercise="back-squat", sets=2, amount=Hold(30), load=FindLoad(RIR(3)))),
    ],
    ids=[
        "no best set", "a year old", "not yet done", "body mass unknown", "fifteen years", "too many repetitions done",
        "too many asked", "lighter than the bar", "another exercise", "a hold",
    ],
)  # fmt: skip
def test_all_else_is_found_by_feel(who: Runner, what: Prescription) -> None:
    """Where the best set says nothing, the load is to be found."""
    assert load_for(who, what) is None


def test_a_plan_without_best_sets_finds_its_loads() -> None:
    """Loads that are not known ask for a reserve of two or more."""
    made = plan(runner(strength_years=3.0, clearance=Clearance.CLEARED), start=TODAY, weeks=6)
    found = [each.load for session in made.sessions for _, each in session.prescriptions()]
    assert any(isinstance(load, FindLoad) for load in found)
    assert not any(isinstance(load, External) for load in found)


def test_an_unknown_exercise_is_refused() -> None:
    """A misspelled lift is an error with the nearest name."""
    with pytest.raises(UnknownName, match="back-squat"):
        plan(runner(lift("back-squatt")), start=TODAY, weeks=2)
