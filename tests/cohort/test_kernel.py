"""The kernel on the days that a drawn law may miss: near-constant weeks, holes, no load at all, and leaps."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import pytest

from runstrong.cohort.kernel import computed
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
from runstrong.model.errors import InvalidValue

np = pytest.importorskip("numpy")

EVERY: tuple[Measure, ...] = (
    SessionLoad(), WeeklyVolume(), WeeklyRamp(), Acwr(), Acwr(coupling=Coupling.UNCOUPLED), EwmaRatio(),
    EwmaRatio(decay=Decay.HALF_LIFE, settles=3), Monotony(), Monotony(deviation=Deviation.SAMPLE), Strain(),
    SessionSpike(days=5), LoadAverage(settles=1), LoadAverage(seed=Seed.FIRST, days=7, settles=1), Balance(),
    Balance(fitness=LoadAverage(settles=2), fatigue=LoadAverage(days=7, settles=1), day=BalanceDay.TODAY),
    Banister(settles=1), Banister(settles=1, day=BalanceDay.YESTERDAY),
)  # fmt: skip


def block() -> Any:
    """Return 90 days of eight athletes who differ in what is hard about them."""
    draw = np.random.default_rng(3)
    made = draw.integers(0, 900, (90, 8)).astype(float)
    made[draw.random(made.shape) < 0.3] = 0.0
    made[draw.random(made.shape) < 0.03] = np.nan
    made[:, 1] = 77.7  # all alike, and not exact in binary
    made[40:70, 2] = 0.1
    made[:, 3] = 77.7 + np.arange(90) % 2 * 1e-6  # nearly alike
    made[:, 4] = 0.0
    made[:30, 5] = np.nan
    made[:, 6] = np.where(np.arange(90) < 45, 1e6, 1e-3)  # a great load, then hardly any
    return made


@pytest.mark.parametrize("measure", EVERY, ids=str)
def test_it_is_what_each_athlete_gets_alone(measure: Measure) -> None:
    """To 1e-9, unknown where it is unknown."""
    values = block()
    (told,) = computed(values, [measure])
    for athlete in range(values.shape[1]):
        alone = [None if math.isnan(each) else each for each in values[:, athlete].tolist()]
        for day, wanted in enumerate(measure.over(DailySeries.of(alone, first=dt.date(2027, 1, 1))).values):
            got = float(told[day, athlete])
            assert math.isnan(got) == (wanted is None), (athlete, day, got, wanted)
            if wanted is not None:
                # A difference is as exact as what it is of: two means, or a ratio and 1.
                size = np.nansum(values[: day + 1, athlete]) if isinstance(measure, (Balance, Banister)) else 0.0
                size = 1.0 if isinstance(measure, WeeklyRamp) else size
                assert math.isclose(got, wanted, rel_tol=1e-9, abs_tol=1e-9 * size), (athlete, day)


def test_all_at_once_are_what_each_is() -> None:
    """What measures share changes none of them, and wide tables are cut into blocks."""
    values = np.tile(block(), (1, 2100))
    assert values.shape[1] > 16_384
    together = computed(values, EVERY[:8])
    for measure, told in zip(EVERY[:8], together, strict=True):
        (alone,) = computed(block(), [measure])
        assert np.array_equal(told[:, -8:], alone, equal_nan=True), measure


def test_what_is_no_block_and_no_measure_is_told() -> None:
    """With what is allowed."""
    with pytest.raises(InvalidValue, match="two: days by athletes"):
        computed(np.zeros(3), [Acwr()])
