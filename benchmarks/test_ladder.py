"""What a step costs, however long the history; what folding a long log costs; and what ten years of it weigh.

The peer that was measured takes 6 us for a step at 3 sessions and 269 us at 200, for it reads its history again at
each step; absolute times here are of this machine, so that a step is also put beside reading its own sets once.
"""

from __future__ import annotations

import datetime as dt
import tracemalloc
from typing import Any

import pytest

import runstrong as rs
from runstrong.ladder import Limits, advance, fold

CATALOG = rs.load_catalog()
LIMITS = Limits.of(rs.load_rules())
RUNNER = rs.Runner(name="Ada", running=rs.RunningWeek(), body_mass=rs.kg(60), kits=(rs.Kit(),))
LADDER = CATALOG.progressions["calf-raise-straight"]
FIRST = dt.date(2017, 1, 2)


def a_session(number: int, reps: int, rir: float = 3.0) -> rs.Performance:
    """Return three sets on both legs, every other session a rep short of what came before."""
    sets = tuple(
        rs.PerformedSet(side=side, amount=rs.Reps(reps), load=rs.External(rs.kg(6)), rir=rs.RIR(rir))
        for _ in range(3)
        for side in (rs.Side.LEFT, rs.Side.RIGHT)
    )
    pain = (rs.Pain(region=rs.Region.CALF, score=0),)
    day = FIRST + dt.timedelta(days=2 * number)
    return rs.Performance(date=day, exercise="single-leg-calf-raise", sets=sets, pain=pain)


def history(sessions: int) -> list[rs.Performance]:
    """Return sessions that hold, improve and now and then meet the bar."""
    return [a_session(number, 9 + number % 4, 2.0 + number % 2) for number in range(sessions)]


def read_once(done: rs.Performance) -> tuple[int, float]:
    """Read what a step cannot do without: amount, load, reserve and side of each set."""
    least, lightest = 10_000, 1e9
    for one in done.sets:
        amount = one.amount.low
        least = min(least, amount)
        if isinstance(one.load, rs.External) and one.load.mass.kg < lightest:
            lightest = one.load.mass.kg
        assert one.rir is not None
        assert one.side is not rs.Side.NONE
    return least, lightest


@pytest.mark.benchmark(group="one step")
@pytest.mark.parametrize("sessions", [3, 200, 2000])
@pytest.mark.parametrize("kind", ["holds", "climbs"])
def test_one_step(benchmark: Any, sessions: int, kind: str) -> None:
    """A step with six sets from the state of a short, a long and a very long history."""
    done = history(sessions)
    state = fold(LADDER, done, runner=RUNNER, limits=LIMITS, catalog=CATALOG)
    next_ = a_session(sessions, 8)
    if kind == "climbs":
        asked = state.earned
        load = asked.load if isinstance(asked.load, rs.External) else rs.External(rs.kg(6))
        state = rs.evolve(state, met=2, missed=0, flat=0, falls=0, peak=None, peak_rung=None, prescription=asked)
        sets = tuple(rs.evolve(one, amount=rs.Reps(asked.amount.high), load=load) for one in next_.sets)
        next_ = rs.evolve(next_, sets=sets)
    step = benchmark(lambda: advance(LADDER, state, next_, runner=RUNNER, limits=LIMITS, catalog=CATALOG))
    assert step.kind.upward is (kind == "climbs")
    assert step.state.through == next_.date


@pytest.mark.benchmark(group="one step")
def test_reading_the_sets_once(benchmark: Any) -> None:
    """The floor of a step: one plain pass over its six sets."""
    assert benchmark(read_once, a_session(0, 9)) == (9, 6.0)


@pytest.mark.benchmark(group="folding 2,000 sessions")
def test_fold(benchmark: Any) -> None:
    """Two thousand sessions of one ladder into one state."""
    done = history(2000)
    state = benchmark(lambda: fold(LADDER, done, runner=RUNNER, limits=LIMITS, catalog=CATALOG))
    assert state.through == done[-1].date


@pytest.mark.benchmark(group="folding 2,000 sessions")
def test_reading_all_sets_once(benchmark: Any) -> None:
    """The floor of the fold: one plain pass over all of its sets."""
    done = history(2000)
    assert benchmark(lambda: min(map(read_once, done))) == (9, 6.0)


def test_memory_of_ten_years(once: Any) -> None:
    """Three sessions a week of six exercises for ten years, as values."""

    def weigh() -> dict[str, Any]:
        tracemalloc.start()
        before = tracemalloc.get_traced_memory()[0]
        log = rs.Log(performances=tuple(each for _ in range(6) for each in history(1560)))
        size = tracemalloc.get_traced_memory()[0] - before
        tracemalloc.stop()
        sets = sum(len(each.sets) for each in log.performances)
        state = fold(LADDER, log.performances, runner=RUNNER, limits=LIMITS, catalog=CATALOG)
        assert state.through is not None
        return {
            "what": "memory of a ten-year log",
            "performances": len(log.performances),
            "sets": sets,
            "MB in all": round(size / 1e6, 1),
            "bytes per set": round(size / sets),
            "bytes of the state as JSON": len(rs.to_json(state)),
        }

    once(weigh)
