"""Laws of the cohort: many athletes at once get what each would get alone."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runstrong.measures import Balance, Banister, DailySeries, Measure, WeeklyRamp
from runstrong.testing.strategies import measures

numpy = pytest.importorskip("numpy")

FIRST = dt.date(2027, 1, 4)


@st.composite
def blocks(draw: st.DrawFn) -> list[list[float | None]]:
    """Draw some athletes' days, each a list of the same length, with unknown days, constant weeks and great leaps."""
    days, athletes = draw(st.integers(1, 60)), draw(st.integers(1, 3))
    drawn = st.sampled_from([0.0, 0.0, 50.0, 50.0, 77.7, 0.1, 1e-3, 1e6]) | st.floats(1e-6, 2000) | st.none()
    lists = []
    for _ in range(athletes):
        values = draw(st.lists(drawn, min_size=days, max_size=days))
        if draw(st.booleans()):
            at, same = draw(st.integers(0, days - 1)), draw(st.sampled_from([50.0, 77.7, 0.1]))
            values[at : at + 20] = [same] * len(values[at : at + 20])
        lists.append(values)
    return lists


class TestKernel:
    """The numeric kernel is the measures of one athlete, to 1e-9 relative."""

    @settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
    @given(blocks(), st.lists(measures(), min_size=1, max_size=4))
    def test_each_athlete_gets_what_they_get_alone(
        self, athletes: list[list[float | None]], asked: list[Measure]
    ) -> None:
        """Value by value, unknown by unknown, whatever the measures share."""
        from runstrong.cohort.kernel import computed

        table = numpy.array([[math.nan if each is None else each for each in days] for days in athletes]).T
        for measure, told in zip(asked, computed(numpy.ascontiguousarray(table), asked), strict=True):
            for place, values in enumerate(athletes):
                alone = measure.over(DailySeries.of(values, first=FIRST)).values
                for day, wanted in enumerate(alone):
                    got = float(told[day, place])
                    assert math.isnan(got) == (wanted is None), (measure, place, day, got, wanted)
                    if wanted is not None:
                        # A difference is as exact as what it is of: two means, or a ratio and 1.
                        seen = sum(each or 0.0 for each in values[: day + 1])
                        size = seen if isinstance(measure, (Balance, Banister)) else 0.0
                        size = 1.0 if isinstance(measure, WeeklyRamp) else size
                        assert math.isclose(got, wanted, rel_tol=1e-9, abs_tol=1e-9 * size), (measure, day)

    @settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
    @given(blocks(), st.lists(measures(), min_size=1, max_size=3), st.randoms(use_true_random=False))
    def test_the_order_of_athletes_does_not_matter(
        self, athletes: list[list[float | None]], asked: list[Measure], order: object
    ) -> None:
        """Whoever stands beside an athlete changes nothing, to the last digit."""
        from runstrong.cohort.kernel import computed

        table = numpy.array([[math.nan if each is None else each for each in days] for days in athletes]).T
        together = computed(numpy.ascontiguousarray(table), asked)
        alone = [
            computed(numpy.ascontiguousarray(table[:, place : place + 1]), asked) for place in range(len(athletes))
        ]
        for place, parts in enumerate(alone):
            for one, other in zip(parts, together, strict=True):
                assert numpy.array_equal(one[:, 0], other[:, place], equal_nan=True)
