"""The exercise and the ladder stand beside the packaged ones, and can be climbed."""

from __future__ import annotations

import datetime as dt

import hypothesis.strategies as st
import runstrong as rs
from hypothesis import given, settings
from runstrong.testing import strategies

from runstrong_trail import EXERCISE, LADDER, trail_catalog

TRAIL = trail_catalog().progressions[LADDER]
MONDAY = dt.date(2027, 1, 4)


def test_the_records_stand_beside_the_packaged_ones() -> None:
    """One exercise and one ladder more, and nothing else is changed."""
    packaged, trail = rs.load_catalog(), trail_catalog()
    assert set(trail.exercises) - set(packaged.exercises) == {EXERCISE}
    assert set(trail.progressions) - set(packaged.progressions) == {LADDER}
    assert all(trail.exercises[id] == exercise for id, exercise in packaged.exercises.items())


def test_two_clean_sessions_open_the_next_step() -> None:
    """The ladder is climbed by the library's own engine, one step at a time."""
    ada = rs.Runner(name="Ada", running=rs.RunningWeek(), body_mass=rs.kg(60))
    state = rs.begin(TRAIL, runner=ada, catalog=trail_catalog())
    kinds = []
    for day in (0, 3):
        sides = (rs.Side.LEFT, rs.Side.RIGHT)
        sets = 2 * [rs.PerformedSet(side=side, amount=rs.Reps(10), rir=rs.RIR(3)) for side in sides]
        done = rs.Performance(date=MONDAY + dt.timedelta(days=day), exercise=EXERCISE, sets=sets)
        step = rs.advance(TRAIL, state, done, runner=ada, catalog=trail_catalog())
        state = step.state
        kinds.append(step.kind)
    assert kinds[0] is rs.StepKind.HOLD
    assert kinds[1] is not rs.StepKind.HOLD


@settings(max_examples=25, deadline=None)
@given(
    runner=strategies.climbers(),
    reps=st.lists(st.integers(1, 20), min_size=1, max_size=3),
    rir=st.integers(0, 5),
)
def test_pain_never_leads_upward(runner: rs.Runner, reps: list[int], rir: int) -> None:
    """A law of all ladders, on this one: whatever was done, pain over the limit does not advance."""
    catalog = trail_catalog()
    try:
        state = rs.begin(TRAIL, runner=runner, catalog=catalog)
    except rs.InvalidValue:
        return  # nothing on this ladder can be done with this body and kit
    sides = (rs.Side.LEFT, rs.Side.RIGHT)
    sets = [rs.PerformedSet(side=side, amount=rs.Reps(count), rir=rs.RIR(rir)) for count in reps for side in sides]
    hurt = (rs.Pain(region=rs.Region.KNEE, score=6),)
    done = rs.Performance(date=MONDAY, exercise=state.earned.exercise, sets=sets, pain=hurt)
    assert rs.advance(TRAIL, state, done, runner=runner, catalog=catalog).state.rung <= state.rung
