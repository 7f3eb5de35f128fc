"""Laws of the formulas of training load."""

from __future__ import annotations

import math

from hypothesis import assume, given
from hypothesis import strategies as st

from runstrong.measures.formulas import coupled_ratio, monotony, uncoupled_ratio, weighted_ratio

# Session loads as they occur: whole units, rest among them.
DAYS = st.lists(st.integers(0, 1500).map(float), min_size=28, max_size=28)
WEEK = st.lists(st.integers(0, 1500).map(float), min_size=7, max_size=7)
ACUTE = 7


class TestRatios:
    """Ratios do not change when all loads are scaled, and keep to their bounds."""

    @given(DAYS, st.floats(0.01, 100))
    def test_scaling_all_loads_changes_no_ratio(self, loads: list[float], by: float) -> None:
        """Minutes or hours, the ratio is the same."""
        assume(any(loads[:-ACUTE]))
        scaled = [load * by for load in loads]
        for ratio in (coupled_ratio, uncoupled_ratio, weighted_ratio):
            before, after = ratio(loads, ACUTE), ratio(scaled, ACUTE)
            assert before is not None
            assert after is not None
            assert math.isclose(before, after, rel_tol=1e-9)

    @given(DAYS)
    def test_coupled_follows_from_uncoupled(self, loads: list[float]) -> None:
        """With one week against three, coupled is 4u / (3 + u), so that 4 is its ceiling."""
        u, coupled = uncoupled_ratio(loads, ACUTE), coupled_ratio(loads, ACUTE)
        assume(u is not None and coupled is not None)
        assert u is not None
        assert coupled is not None
        assert math.isclose(coupled, 4 * u / (3 + u), rel_tol=1e-9)
        assert coupled < 4

    @given(st.integers(1, 1500))
    def test_the_same_load_every_day_is_a_ratio_of_one(self, load: int) -> None:
        """Whatever the formula."""
        for ratio in (coupled_ratio, uncoupled_ratio, weighted_ratio):
            assert ratio([float(load)] * 28, ACUTE) == 1

    def test_no_load_is_no_ratio(self) -> None:
        """Unknown, neither zero nor infinite."""
        for ratio in (coupled_ratio, uncoupled_ratio, weighted_ratio):
            assert ratio([0.0] * 28, ACUTE) is None
        assert uncoupled_ratio([0.0] * 21 + [50.0] * 7, ACUTE) is None


class TestMonotony:
    """Monotony is scale-free and unknown without spread."""

    @given(WEEK, st.floats(0.01, 100), st.sampled_from([0, 1]))
    def test_scaling_all_loads_changes_nothing(self, loads: list[float], by: float, lost: int) -> None:
        """Minutes or hours, the days are as alike."""
        before, after = monotony(loads, lost), monotony([load * by for load in loads], lost)
        assert (before is None) == (after is None)
        assert before is None or (after is not None and math.isclose(before, after, rel_tol=1e-6))

    @given(WEEK)
    def test_the_samples_deviation_is_a_fixed_share_of_the_populations(self, loads: list[float]) -> None:
        """Square root of six sevenths, about 8 % lower."""
        population, sample = monotony(loads), monotony(loads, 1)
        assert population is None or (sample is not None and math.isclose(sample, population * math.sqrt(6 / 7)))

    @given(st.floats(0.1, 1500))
    def test_equal_days_are_unknown(self, load: float) -> None:
        """Rounding is no spread."""
        assert monotony([load] * 7) is None
