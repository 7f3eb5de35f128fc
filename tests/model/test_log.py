"""What was done, and for which days that is the whole truth."""

from __future__ import annotations

import datetime as dt

import pytest

from runstrong.model.errors import InvalidValue
from runstrong.model.log import Coverage, Log, Performance, PerformedSet, Readiness, Soreness
from runstrong.model.prescription import Hold, Reps
from runstrong.model.quantities import minutes
from runstrong.model.running import Activity, Run
from runstrong.model.words import Form, Region, Side

MONDAY = dt.date(2027, 1, 4)
DAY = dt.timedelta(days=1)


def done(side: Side = Side.NONE, reps: int = 10) -> PerformedSet:
    """Return one set of ten."""
    return PerformedSet(side=side, amount=Reps(reps))


class TestPerformedSet:
    """One set as done on one side."""

    def test_the_figure_reached(self) -> None:
        """What was done is one figure, never a range."""
        assert PerformedSet(amount=Hold(30)).amount == Hold(30)
        with pytest.raises(InvalidValue, match="the one figure that was reached"):
            PerformedSet(amount=Reps(8, 12))

    def test_each_side_has_its_entry(self) -> None:
        """A set is never written for both sides at once."""
        with pytest.raises(InvalidValue, match="write one entry for each side"):
            done(Side.BOTH)

    def test_failed_form_has_no_order(self) -> None:
        """Failed points of technique are kept sorted, each once."""
        one = PerformedSet(amount=Reps(5), failed_form=[Form.KNEE_LINE, Form.BRACE])
        assert one == PerformedSet(amount=Reps(5), failed_form=(Form.BRACE, Form.KNEE_LINE))
        with pytest.raises(InvalidValue, match="each entry once"):
            PerformedSet(amount=Reps(5), failed_form=[Form.BRACE, Form.BRACE])


class TestPairedSets:
    """A left and a right set count as one."""

    @pytest.mark.parametrize(
        ("sides", "paired"),
        [
            ([], 0),
            ([Side.NONE] * 3, 3),
            ([Side.LEFT, Side.RIGHT], 1),
            ([Side.LEFT, Side.LEFT, Side.RIGHT, Side.RIGHT], 2),
            ([Side.LEFT, Side.LEFT, Side.RIGHT], 2),
            ([Side.RIGHT] * 3, 3),
            ([Side.NONE, Side.LEFT, Side.RIGHT], 2),
        ],
    )
    def test_pairs(self, sides: list[Side], paired: int) -> None:
        """The fuller side counts, and sets without sides count beside it."""
        made = Performance(date=MONDAY, exercise="lunge", sets=[done(side) for side in sides])
        assert made.paired_sets == paired


class TestCoverage:
    """A log vouches for what it says it holds, and for nothing else."""

    LOG = Log(
        coverage=[
            Coverage(first=MONDAY, last=MONDAY + 6 * DAY, strength=True),
            Coverage(first=MONDAY + 14 * DAY, last=MONDAY + 14 * DAY, runs=False, warm_ups=True),
        ]
    )

    def test_first_and_last_day_are_in_it(self) -> None:
        """Coverage includes both its ends and nothing beyond."""
        assert [self.LOG.covers(MONDAY + n * DAY, "runs") for n in (-1, 0, 6, 7)] == [False, True, True, False]

    def test_each_kind_is_vouched_for_alone(self) -> None:
        """Covering warm-ups of a day says nothing about its runs."""
        last = MONDAY + 14 * DAY
        assert self.LOG.covers(last, "warm_ups")
        assert not self.LOG.covers(last, "runs")
        assert not self.LOG.covers(MONDAY, "readiness")

    def test_an_empty_log_covers_nothing(self) -> None:
        """Without declared coverage even a logged day is not the whole truth."""
        assert not Log(runs=[Run(date=MONDAY)]).covers(MONDAY, "runs")

    def test_it_does_not_end_before_it_begins(self) -> None:
        """A stretch that ends before its first day is refused."""
        with pytest.raises(InvalidValue, match="on or after 2027-01-04"):
            Coverage(first=MONDAY, last=MONDAY - DAY)


class TestSpan:
    """First and last day with training or coverage."""

    def test_over_everything_done(self) -> None:
        """Runs, activities, performances and coverage all stretch the span."""
        log = Log(
            runs=[Run(date=MONDAY)],
            activities=[Activity(date=MONDAY - DAY, name="Yoga")],
            performances=[Performance(date=MONDAY + 2 * DAY, exercise="squat")],
            coverage=[Coverage(first=MONDAY, last=MONDAY + 3 * DAY)],
        )
        assert log.span == (MONDAY - DAY, MONDAY + 3 * DAY)

    def test_a_morning_is_no_training(self) -> None:
        """How a day began does not stretch the span, since its training may still come."""
        assert Log(readiness=[Readiness(date=MONDAY)]).span is None
        assert Log().span is None


class TestReadiness:
    """How a day began; unrecorded is not good."""

    def test_unrecorded_stays_unknown(self) -> None:
        """Nothing recorded is None everywhere."""
        made = Readiness(date=MONDAY)
        assert (made.sleep, made.stress, made.ill, made.soreness) == (None, None, None, ())

    def test_limits(self) -> None:
        """A night has at most a day of sleep, and soreness goes to ten."""
        assert Readiness(date=MONDAY, sleep=minutes(480)).sleep == minutes(480)
        with pytest.raises(InvalidValue, match="from 0 to 86400 s"):
            Readiness(date=MONDAY, sleep=minutes(1441))
        with pytest.raises(InvalidValue, match="from 0 to 10"):
            Soreness(region=Region.CALF, score=11)
