"""The running of a season's weeks: amounts, cut-back weeks, jumps and the peak."""

from __future__ import annotations

import datetime as dt

import pytest

from runstrong.model.quantities import Distance, Duration
from runstrong.model.runner import Runner
from runstrong.model.running import Run, RunningWeek, UsualRun
from runstrong.model.words import Weekday
from runstrong.planner.volumes import Volumes, volumes_of
from runstrong.rules import load_rules

RULES = load_rules()
MONDAY = dt.date(2027, 1, 4)


def volumes(*kilometers: float, usual: tuple[UsualRun, ...] = (), first: int = 0) -> Volumes:
    """Return the volumes of weeks with one run each; the calendar begins `first` weeks after the season does."""
    runs = [
        Run(date=MONDAY + dt.timedelta(days=7 * (n + first)), distance=Distance(km)) for n, km in enumerate(kilometers)
    ]
    runner = Runner(name="Ada", running=RunningWeek(runs=usual), calendar=tuple(runs))
    weeks = len(kilometers) + min(first, 0)
    return volumes_of(runner, [MONDAY + dt.timedelta(days=7 * n) for n in range(weeks)], RULES)


class TestAmounts:
    """Weeks are compared by kilometers, or by what stands for them."""

    def test_minutes_stand_for_kilometers_and_the_mean_for_the_unknown(self) -> None:
        """Six minutes count as a kilometer; a run of which nothing is known counts as the mean of the others."""
        runs = (
            Run(date=MONDAY, distance=Distance(10)),
            Run(date=MONDAY + dt.timedelta(days=7), duration=Duration(3600.0)),
            Run(date=MONDAY + dt.timedelta(days=14)),
        )
        runner = Runner(name="Ada", running=RunningWeek(), calendar=runs)
        found = volumes_of(runner, [MONDAY + dt.timedelta(days=7 * n) for n in range(3)], RULES)
        assert found.amounts == (10, 10, 10)

    def test_without_any_running_nothing_is_found(self) -> None:
        """No runs: no cut-back weeks, no jumps, no peak."""
        found = volumes_of(Runner(name="Ada", running=RunningWeek()), [MONDAY], RULES)
        assert found == Volumes((0.0,), frozenset(), frozenset(), frozenset())


class TestShape:
    """Cut-back weeks, jumps and peaks by the numbers of the policy."""

    @pytest.mark.parametrize(("last", "cut"), [(34.0, True), (34.1, False)])
    def test_a_cut_back_week_has_clearly_less_than_the_weeks_before(self, last: float, cut: bool) -> None:
        """At 15 % under the mean of three weeks it counts, over that it does not."""
        assert (3 in volumes(40, 40, 40, last).cut_back) is cut

    @pytest.mark.parametrize(("last", "jump"), [(44.0, False), (44.1, True)])
    def test_a_jump_goes_over_the_highest_week_by_a_tenth(self, last: float, jump: bool) -> None:
        """A return after a cut-back week is none, as the highest of four weeks is the yardstick."""
        assert (3 in volumes(40, 40, 30, last).jumps) is jump

    def test_small_weeks_may_grow(self) -> None:
        """From 10 to 12 km is no jump: two kilometers are too few to tell."""
        assert volumes(10, 10, 12).jumps == frozenset()

    def test_weeks_before_the_season_count_where_they_are_known(self) -> None:
        """A season that begins with a jump over what the calendar holds before it knows that."""
        assert volumes(30, 30, 40, 40, first=-2).jumps == {0}
        assert volumes(30, 40).jumps == {1}

    def test_the_peak_is_the_most_where_there_is_a_peak(self) -> None:
        """Weeks with about the most running, if that is clearly over the median."""
        assert volumes(40, 44, 50, 50, 40, 40).peaks == {2, 3}
        assert volumes(40, 42, 44, 40).peaks == frozenset()

    def test_the_usual_week_fills_weeks_without_dates(self) -> None:
        """Dated weeks and usual weeks are compared alike."""
        usual = (UsualRun(day=Weekday.TUESDAY, distance=Distance(40)),)
        found = volumes(20, 40, usual=usual, first=1)
        assert found.amounts == (40, 20)
        assert found.cut_back == {1}
