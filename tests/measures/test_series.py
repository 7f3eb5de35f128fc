"""Daily series: what they take, what they refuse, and the kinds of zero that they keep apart."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from runstrong.measures import DailySeries, daily_km, daily_load, daily_minutes, longest_runs
from runstrong.model.errors import InvalidValue
from runstrong.model.log import Coverage, Log, Performance
from runstrong.model.quantities import SessionRPE, km, minutes
from runstrong.model.running import Activity, Run

MONDAY = dt.date(2027, 1, 4)
DAY = dt.timedelta(days=1)
WEEK = Coverage(first=MONDAY, last=MONDAY + 6 * DAY, strength=True)


class TestPlainNumbers:
    """People with data of their own make a series of it, or are told what is wrong with which number."""

    def test_whole_numbers_are_numbers(self) -> None:
        """An int counts as the float that it is, however the series is made."""
        made = DailySeries.of([30, 0, None], first=MONDAY)
        assert made == DailySeries(MONDAY, (30, 0, None), ("", "", "not recorded"), "session load", "arbitrary units")
        assert [type(each) for each in made.values] == [float, float, type(None)]

    def test_numbers_of_other_libraries_are_numbers(self) -> None:
        """A column of numpy goes in as it is; its NaN is refused, for it does not tell rest from unknown."""
        numpy = pytest.importorskip("numpy")
        assert DailySeries.of(numpy.array([3, 0]), first=MONDAY).values == (3.0, 0.0)
        assert DailySeries.of(numpy.array([2.5], dtype="float32"), first=MONDAY).values == (2.5,)
        with pytest.raises(InvalidValue, match=r"values\[1\].*None for a day"):
            DailySeries.of(numpy.array([2.5, numpy.nan]), first=MONDAY)

    @pytest.mark.parametrize("bad", [-1, 1e300, float("nan"), float("inf"), True, "30", 10**400])
    def test_what_no_day_can_hold_is_refused(self, bad: Any) -> None:
        """Nothing comes out as a wrong figure, or as an overflow from inside a measure; the place is named."""
        with pytest.raises(InvalidValue, match=r"values\[1\]"):
            DailySeries.of([1.0, bad], first=MONDAY)
        with pytest.raises(InvalidValue, match=r"DailySeries\.values"):
            DailySeries(MONDAY, (bad,), ("",), "x", "y")

    def test_a_series_has_days(self) -> None:
        """None at all, a day that is no date, or more than there are dates, is told."""
        for values, first in (([], MONDAY), ([1.0], "2027-01-04"), ([1.0, 1.0], dt.date.max)):
            with pytest.raises(InvalidValue):
                DailySeries.of(values, first=first)  # type: ignore[arg-type]

    @pytest.mark.parametrize("reasons", [("",), ("", ""), ("why", "not recorded")])
    def test_each_unknown_day_has_a_reason_and_no_other(self, reasons: tuple[str, ...]) -> None:
        """Too few, none for an unknown day, one for a known day."""
        with pytest.raises(InvalidValue, match=r"DailySeries\.reasons"):
            DailySeries(MONDAY, (1.0, None), reasons, "x", "y")

    def test_a_reason_for_a_known_day_is_not_dropped_in_silence(self) -> None:
        """It points to a slip in the dates."""
        with pytest.raises(InvalidValue, match="2027-01-04"):
            DailySeries.of([1.0, None], first=MONDAY, reasons={MONDAY: "watch was flat"})
        told = DailySeries.of([1.0, None], first=MONDAY, reasons={MONDAY + DAY: "watch was flat"})
        assert told.why(MONDAY + DAY) == "watch was flat"


class TestLogs:
    """A log gives what it vouches for."""

    def test_the_kinds_of_zero_stay_apart(self) -> None:
        """Before the record, rest, incomplete, not recorded and after it are five things."""
        later = Coverage(first=MONDAY + 4 * DAY, last=MONDAY + 4 * DAY)
        first = Coverage(first=MONDAY, last=MONDAY + 2 * DAY)
        runs = [Run(date=MONDAY + DAY, duration=minutes(30))]
        made = daily_load(Log(coverage=[first, later], runs=runs), first=MONDAY - DAY, last=MONDAY + 5 * DAY)
        assert made.values == (None, 0.0, None, 0.0, None, 0.0, None)
        assert made.reasons == (
            "before the record began", "", "training whose load was not recorded", "", "not recorded", "",
            "after the record ends",
        )  # fmt: skip

    def test_everything_that_was_done_counts(self) -> None:
        """Runs, other training and strength add up to the day; performances of one session count once."""
        hard = SessionRPE(5)
        squat = Performance(date=MONDAY, exercise="goblet-squat", session="a", duration=minutes(20), session_rpe=hard)
        plank = Performance(date=MONDAY, exercise="plank", session="a", duration=minutes(20), session_rpe=SessionRPE(2))
        log = Log(
            coverage=[WEEK],
            runs=[
                Run(date=MONDAY, distance=km(5), duration=minutes(30), session_rpe=SessionRPE(4)),
                Run(date=MONDAY, distance=km(3), duration=minutes(20), session_rpe=SessionRPE(2)),
            ],
            activities=[Activity(date=MONDAY, name="swim", duration=minutes(40), session_rpe=SessionRPE(3))],
            performances=[squat, plank],
        )
        assert daily_load(log).values[0] == 120 + 40 + 120 + 100
        assert daily_minutes(log).values[0] == 30 + 20 + 40 + 20
        assert daily_km(log).values[0] == 8
        assert longest_runs(log).values[0] == 5

    def test_one_run_without_a_distance_makes_its_day_unknown(self) -> None:
        """Whichever of the two comes first: the other might not be the longer."""
        runs = [Run(date=MONDAY, distance=km(5)), Run(date=MONDAY)]
        for order in (runs, runs[::-1]):
            log = Log(coverage=[WEEK], runs=order)
            assert daily_km(log).values[0] is None
            assert longest_runs(log).values[0] is None

    def test_no_day_at_all_is_told(self) -> None:
        """An empty log has no days, and a last day before the first none either."""
        with pytest.raises(InvalidValue, match="empty"):
            daily_load(Log())
        with pytest.raises(InvalidValue, match="on or after"):
            daily_load(Log(coverage=[WEEK]), first=MONDAY, last=MONDAY - DAY)
        assert daily_load(Log(), first=MONDAY, last=MONDAY).reasons == ("before the record began",)
