"""Runs, the usual week, exceptions and races."""

from __future__ import annotations

import datetime as dt

import pytest

from runstrong.model.errors import InvalidValue
from runstrong.model.quantities import km, minutes
from runstrong.model.running import Activity, DatedException, Pain, Race, Run, RunningWeek, UsualRun
from runstrong.model.words import DayPart, PainKind, Priority, Region, RunKind, Tissue, Weekday

MONDAY = dt.date(2027, 1, 4)


class TestRun:
    """One run, done or planned."""

    @pytest.mark.parametrize(
        ("kind", "quality", "hard"),
        [
            (RunKind.EASY, False, False),
            (RunKind.RECOVERY, False, False),
            (RunKind.STEADY, False, False),
            (RunKind.LONG, False, True),
            (RunKind.INTERVALS, True, True),
            (RunKind.TEMPO, True, True),
            (RunKind.HILLS, True, True),
            (RunKind.RACE, True, True),
        ],
    )
    def test_quality_and_hard(self, kind: RunKind, quality: bool, hard: bool) -> None:
        """Intervals, tempo, hills and races are quality; the long run is hard without being quality."""
        assert (kind.quality, kind.hard) == (quality, hard)

    @pytest.mark.parametrize(
        ("priority", "big"), [(Priority.A, True), (Priority.B, True), (Priority.C, False), (None, False)]
    )
    def test_big_races(self, priority: Priority | None, big: bool) -> None:
        """A and B races are big, C races and unranked ones are not."""
        assert Run(date=MONDAY, kind=RunKind.RACE, priority=priority).big_race is big

    def test_only_races_have_priority(self) -> None:
        """A priority on an easy run is refused, with the cure."""
        with pytest.raises(InvalidValue, match="set kind: race"):
            Run(date=MONDAY, priority=Priority.A)

    def test_a_datetime_is_no_date(self) -> None:
        """A moment in time is not a date, though Python makes it one."""
        with pytest.raises(InvalidValue, match="a date"):
            Run(date=dt.datetime(2027, 1, 4, 8, 0))  # noqa: DTZ001 - the very thing that is refused

    def test_unknown_is_not_zero(self) -> None:
        """A run without figures keeps them unknown."""
        run = Run(date=MONDAY)
        assert (run.distance, run.duration, run.session_rpe, run.pain) == (None, None, None, ())


class TestPain:
    """Pain as reported."""

    @pytest.mark.parametrize("kind", list(PainKind))
    def test_red_flags(self, kind: PainKind) -> None:
        """All but dull pain are red flags."""
        assert kind.red_flag is (kind is not PainKind.DULL)

    def test_scores_go_to_ten(self) -> None:
        """A score lies from 0 to 10 and is a whole number."""
        assert Pain(region=Region.KNEE, score=10).score == 10
        for score in (-1, 11, 2.5):
            with pytest.raises(InvalidValue, match="from 0 to 10"):
                Pain(region=Region.KNEE, score=score)  # type: ignore[arg-type]


class TestRunningWeek:
    """The usual week and its exceptions."""

    def test_usual_runs_take_their_date(self) -> None:
        """A usual run becomes a dated run with all that it says."""
        usual = UsualRun(
            day=Weekday.TUESDAY, day_part=DayPart.EVENING, kind=RunKind.INTERVALS, distance=km(9), duration=minutes(50)
        )
        date = MONDAY + dt.timedelta(days=1)
        assert RunningWeek(runs=[usual]).on(date) == (
            Run(date=date, day_part=DayPart.EVENING, kind=RunKind.INTERVALS, distance=km(9), duration=minutes(50)),
        )

    def test_two_runs_of_a_day_in_order(self) -> None:
        """The morning's run comes first, however the week is written."""
        week = RunningWeek(
            runs=[UsualRun(day=Weekday.MONDAY, day_part=part) for part in (DayPart.EVENING, DayPart.MORNING)]
        )
        assert [run.day_part for run in week.on(MONDAY)] == [DayPart.MORNING, DayPart.EVENING]

    def test_an_exception_stands_instead(self) -> None:
        """On its date an exception replaces the usual runs, and only there."""
        other = UsualRun(day=Weekday.MONDAY, kind=RunKind.LONG)
        week = RunningWeek(runs=[UsualRun(day=Weekday.MONDAY)], exceptions=[DatedException(date=MONDAY, runs=[other])])
        assert [run.kind for run in week.on(MONDAY)] == [RunKind.LONG]
        assert [run.kind for run in week.on(MONDAY + dt.timedelta(days=7))] == [RunKind.EASY]

    def test_exceptions_agree_with_the_calendar(self) -> None:
        """An exception's runs carry the weekday of its date, and each date has one exception."""
        with pytest.raises(InvalidValue, match="monday, the day of 2027-01-04"):
            DatedException(date=MONDAY, runs=[UsualRun(day=Weekday.FRIDAY)])
        with pytest.raises(InvalidValue, match="2027-01-04 twice"):
            RunningWeek(exceptions=[DatedException(date=MONDAY), DatedException(date=MONDAY)])

    @pytest.mark.parametrize("day", list(Weekday))
    def test_weekdays_count_as_python_does(self, day: Weekday) -> None:
        """Weekday numbers are those of `datetime.date.weekday`."""
        assert Weekday.of(day.number) is day
        assert (MONDAY + dt.timedelta(days=day.number)).weekday() == day.number


class TestOthers:
    """Races and other training."""

    def test_a_race_is_a_run(self) -> None:
        """A race stands on the calendar as a run of kind race in the morning."""
        run = Race(id="ten", date=MONDAY, distance=km(10), priority=Priority.C).run
        assert run == Run(
            date=MONDAY, day_part=DayPart.MORNING, kind=RunKind.RACE, distance=km(10), priority=Priority.C
        )

    def test_tissues_of_an_activity_are_sorted(self) -> None:
        """The order in which an activity names tissues does not matter."""
        one = Activity(date=MONDAY, name="Cycling", tissues=[Tissue.QUADRICEPS, Tissue.CALF_SOLEUS])
        other = Activity(date=MONDAY, name="Cycling", tissues={Tissue.CALF_SOLEUS, Tissue.QUADRICEPS})
        assert one == other
