"""Hypothesis strategies for daily series of load and for the measures that are taken over them."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from runstrong.measures import (
    Acwr,
    Balance,
    BalanceDay,
    Banister,
    Coupling,
    DailySeries,
    Decay,
    Deviation,
    EwmaRatio,
    LoadAverage,
    Measure,
    Monotony,
    Seed,
    SessionLoad,
    SessionSpike,
    Strain,
    WeeklyRamp,
    WeeklyVolume,
)

__all__ = ["daily_loads", "daily_series", "measures"]

_FIRST = dt.date(2027, 1, 4)


def daily_loads(*, unknown: bool = True) -> st.SearchStrategy[float | None]:
    """Draw the load of a day as they occur: whole units, rest among them, and days of which nothing is known.

    Args:
        unknown: whether a day may be unknown.
    """
    known: st.SearchStrategy[float | None] = st.integers(0, 1500).map(float) | st.just(0.0)
    return known | st.none() if unknown else known


@st.composite
def daily_series(
    draw: st.DrawFn, *, least: int = 1, most: int = 120, unknown: bool = True, first: dt.date = _FIRST
) -> DailySeries:
    """Draw a series of daily loads.

    Args:
        draw: from Hypothesis.
        least: fewest days.
        most: most days.
        unknown: whether days may be unknown; they come seldom, as they do in a log.
        first: day of the first value.
    """
    days = draw(st.integers(least, most))
    values: list[float | None] = list(draw(st.lists(daily_loads(unknown=False), min_size=days, max_size=days)))
    if unknown:
        for place in draw(st.sets(st.integers(0, days - 1), max_size=3)):
            values[place] = None
    return DailySeries.of(values, first=first)


@st.composite
def measures(draw: st.DrawFn) -> Measure:
    """Draw a measure of any kind with any convention, its windows short enough for a series of some weeks."""
    acute, more = draw(st.integers(2, 10)), draw(st.integers(1, 30))
    days, settles = draw(st.integers(2, 30)), draw(st.integers(1, 30))
    decay, deviation = draw(st.sampled_from(Decay)), draw(st.sampled_from(Deviation))
    seed, day = draw(st.sampled_from(Seed)), draw(st.sampled_from(BalanceDay))
    slow = LoadAverage(days=acute + more, decay=decay, seed=seed, settles=settles)
    fast = LoadAverage(days=acute, decay=decay, seed=seed, settles=settles)
    return draw(
        st.sampled_from(
            [
                SessionLoad(),
                WeeklyVolume(days=days),
                WeeklyRamp(days=days),
                Acwr(coupling=draw(st.sampled_from(Coupling)), acute=acute, chronic=acute + more),
                EwmaRatio(acute=acute, chronic=acute + more, decay=decay, settles=settles),
                Monotony(days=days, deviation=deviation),
                Strain(days=days, deviation=deviation),
                SessionSpike(days=days),
                slow,
                Balance(fitness=slow, fatigue=fast, day=day),
                Banister(fitness_days=float(acute + more), fatigue_days=float(acute), settles=settles, day=day),
            ]
        )
    )
