"""The runner: level, week, runs of a day, kit and the faults of a profile."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest

from runstrong.model.errors import InvalidValue
from runstrong.model.quantities import kg, km, lb, minutes
from runstrong.model.rules import Override
from runstrong.model.runner import Availability, DatedAvailability, Injury, Kit, Runner, Weights
from runstrong.model.running import Calendar, DatedException, Race, Run, RunningWeek, UsualRun
from runstrong.model.words import DayPart, Equipment, Goal, Level, Place, Priority, Region, RunKind, Weekday

MONDAY = dt.date(2027, 1, 4)
DAY = dt.timedelta(days=1)
WEEK = RunningWeek(runs=(UsualRun(day=Weekday.TUESDAY, distance=km(8)), UsualRun(day=Weekday.SUNDAY, distance=km(16))))


def ada(**changes: Any) -> Runner:
    """Return a runner with two runs a week, changed as asked."""
    return Runner(**{"name": "Ada", "running": WEEK, **changes})


class TestDefaults:
    """Everything but the running has a sensible default."""

    def test_the_unknown_stays_unknown(self) -> None:
        """Defaults say unknown, not zero or yes."""
        runner = ada()
        assert runner.body_mass is None
        assert runner.age_in(2027) is None
        assert str(runner.clearance) == "unknown"
        assert runner.goals == (Goal.HEALTH,)

    def test_age_from_birth_year(self) -> None:
        """Age is that reached in the year."""
        assert ada(birth_year=1988).age_in(2027) == 39

    @pytest.mark.parametrize(
        ("years", "level"),
        [
            (0, Level.NOVICE),
            (0.49, Level.NOVICE),
            (0.5, Level.INTERMEDIATE),
            (1.9, Level.INTERMEDIATE),
            (2, Level.ADVANCED),
        ],
    )
    def test_level_from_strength_age(self, years: float, level: Level) -> None:
        """Strength age implies the level, however long someone has run."""
        runner = ada(strength_years=years, running_years=30)
        assert runner.trained_level is level
        assert runner.novice is (level is Level.NOVICE)

    def test_a_stated_level_stands(self) -> None:
        """A level that is stated stands before strength age."""
        assert ada(strength_years=0, level=Level.ADVANCED).trained_level is Level.ADVANCED


class TestWeek:
    """Weeks start on the runner's week start."""

    @pytest.mark.parametrize("start", list(Weekday))
    def test_each_week_start(self, start: Weekday) -> None:
        """The first day of a week is the week start, on or at most six days before the date."""
        runner = ada(week_start=start)
        for days in range(14):
            date = MONDAY + days * DAY
            first = runner.week_of(date)
            assert first.weekday() == start.number
            assert 0 <= (date - first).days <= 6


class TestRunsOn:
    """A race stands before the dated calendar, that before the usual week."""

    def test_the_usual_week(self) -> None:
        """Without anything dated, the weekday decides."""
        assert [run.distance for run in ada().runs_on(MONDAY + DAY)] == [km(8)]
        assert ada().runs_on(MONDAY) == ()

    def test_a_calendar_stands_for_its_whole_week(self) -> None:
        """One dated run replaces every usual run of that week, and of no other week."""
        runner = ada(calendar=(Run(date=MONDAY, distance=km(5)),))
        assert [run.distance for run in runner.runs_on(MONDAY)] == [km(5)]
        assert runner.runs_on(MONDAY + DAY) == ()
        assert [run.distance for run in runner.runs_on(MONDAY + 8 * DAY)] == [km(8)]
        assert [run.distance for run in runner.runs_on(MONDAY - DAY)] == [km(16)]

    def test_the_calendar_week_is_the_runners(self) -> None:
        """With weeks from Sunday, a dated Monday also replaces the Sunday before it."""
        runner = ada(calendar=(Run(date=MONDAY, distance=km(5)),), week_start=Weekday.SUNDAY)
        assert runner.runs_on(MONDAY - DAY) == ()
        assert [run.distance for run in runner.runs_on(MONDAY + 6 * DAY)] == [km(16)]

    def test_calendar_runs_are_in_order_of_the_day(self) -> None:
        """Runs of one day come morning first, unknown last."""
        parts = [DayPart.UNKNOWN, DayPart.EVENING, DayPart.MORNING]
        runner = ada(calendar=tuple(Run(date=MONDAY, day_part=part) for part in parts))
        assert [run.day_part for run in runner.runs_on(MONDAY)] == [DayPart.MORNING, DayPart.EVENING, DayPart.UNKNOWN]

    def test_a_race_stands_before_all(self) -> None:
        """On race day there is the race and nothing else."""
        race = Race(id="half", date=MONDAY + DAY, distance=km(21.0975))
        runner = ada(races=(race,), calendar=(Run(date=MONDAY + DAY, distance=km(5)),))
        (run,) = runner.runs_on(MONDAY + DAY)
        assert (run.kind, run.distance, run.priority) == (RunKind.RACE, km(21.0975), Priority.A)

    def test_a_dated_exception_frees_a_day(self) -> None:
        """A date with an exception has that exception's runs, none if it lists none."""
        runner = ada(running=RunningWeek(runs=WEEK.runs, exceptions=(DatedException(date=MONDAY + DAY),)))
        assert runner.runs_on(MONDAY + DAY) == ()
        assert len(runner.runs_on(MONDAY + 8 * DAY)) == 1


class TestWeights:
    """Totals that a runner's own weights make."""

    def test_one_or_two_pieces(self) -> None:
        """Two dumbbells give single and double loads; where they tie the single piece stands."""
        weights = Weights(kind=Equipment.DUMBBELL, each=[kg(10), kg(5)], pieces=2)
        assert weights.totals() == ((kg(5), 1), (kg(10), 1), (kg(20), 2))

    def test_pounds_make_the_same_totals(self) -> None:
        """The same dumbbells in pounds give the same totals within 0.05 kg, by the same pieces."""
        in_kg = Weights(kind=Equipment.DUMBBELL, each=[kg(4.54), kg(9.07), kg(11.34)], pieces=2).totals()
        in_lb = Weights(kind=Equipment.DUMBBELL, each=[lb(10), lb(20), lb(25)], pieces=2).totals()
        assert [pieces for _, pieces in in_lb] == [1, 1, 1, 2, 2]
        for mass, _ in in_kg:
            assert min(abs(mass.kg - other.kg) for other, _ in in_lb) < 0.05

    def test_something_to_lift(self) -> None:
        """Weights without any mass are refused."""
        with pytest.raises(InvalidValue, match="at least 1 entries"):
            Weights(kind=Equipment.DUMBBELL, each=[])


class TestKit:
    """What stands ready at one place."""

    def test_household_things_are_there(self) -> None:
        """Wall and chair need no mention; the kinds of the weights count as owned."""
        kit = Kit(equipment=[Equipment.BAND], weights=[Weights(kind=Equipment.KETTLEBELL, each=[kg(12)])])
        assert {Equipment.WALL, Equipment.CHAIR, Equipment.BAND, Equipment.KETTLEBELL} <= kit.owned
        assert Equipment.BARBELL not in kit.owned

    def test_loads_only_by_what_can_load(self) -> None:
        """Only weights of a kind that can load the exercise are offered, lightest first."""
        kit = Kit(weights=[Weights(kind=Equipment.KETTLEBELL, each=[kg(16), kg(12)]),
                           Weights(kind=Equipment.DUMBBELL, each=[kg(5)])])  # fmt: skip
        assert kit.loads_for([Equipment.KETTLEBELL]) == ((kg(12), 1), (kg(16), 1))
        assert kit.loads_for([Equipment.DUMBBELL, Equipment.KETTLEBELL])[0] == (kg(5), 1)
        assert kit.loads_for([Equipment.BARBELL]) == ()
        assert kit.loads_for([]) == ()

    def test_a_backpack_fills_in_steps(self) -> None:
        """A backpack holds whole steps up to its limit, none when the limit is nothing."""
        kit = Kit(backpack_up_to=kg(5), backpack_step=kg(2))
        assert kit.loads_for([Equipment.BACKPACK]) == ((kg(2), 1), (kg(4), 1))
        assert Kit(backpack_up_to=kg(0)).loads_for([Equipment.BACKPACK]) == ()
        assert len(Kit(backpack_up_to=kg(0.3), backpack_step=kg(0.1)).loads_for([Equipment.BACKPACK])) == 3

    def test_a_step_too_small_to_set_is_refused(self) -> None:
        """Steps under ten grams are refused, so that no document can ask for millions of loads."""
        with pytest.raises(InvalidValue, match=r"from 0\.01 to 10 kg"):
            Kit(backpack_step=kg(0.001))

    def test_a_place_without_kit_is_a_bare_floor(self) -> None:
        """Where no kit is listed there is a floor."""
        gym = Kit(place=Place.GYM, equipment=[Equipment.BARBELL])
        runner = ada(kits=[gym])
        assert runner.kit_at() == Kit(place=Place.HOME)
        assert runner.kit_at(Place.GYM) == gym
        assert ada(kits=[gym], place=Place.GYM).kit_at() == gym


class TestInjury:
    """Now, recent or past."""

    def test_current_until_it_ended(self) -> None:
        """An injury is current from its first day up to, and not on, the day it ended."""
        injury = Injury(region=Region.CALF, since=MONDAY, ended=MONDAY + 10 * DAY)
        assert [injury.current(MONDAY + n * DAY) for n in (-1, 0, 9, 10)] == [False, True, True, False]
        assert Injury(region=Region.CALF, since=MONDAY).current(MONDAY + 1000 * DAY)

    def test_recent_for_so_many_days(self) -> None:
        """It stays recent for so many days after it ended, and never before it began."""
        injury = Injury(region=Region.CALF, since=MONDAY, ended=MONDAY + DAY)
        assert injury.recent(MONDAY + 366 * DAY, 365)
        assert not injury.recent(MONDAY + 367 * DAY, 365)
        assert not injury.recent(MONDAY + 9 * DAY, days=7)
        assert not injury.recent(MONDAY - DAY, 365)

    def test_it_cannot_end_before_it_began(self) -> None:
        """An end before the beginning is refused."""
        with pytest.raises(InvalidValue, match="on or after 2027-01-04"):
            Injury(region=Region.CALF, since=MONDAY, ended=MONDAY - DAY)


class TestFaults:
    """What no profile may hold."""

    @pytest.mark.parametrize(
        ("changes", "fault"),
        [
            ({"races": [Race(id="half", date=MONDAY), Race(id="half", date=MONDAY + DAY)]}, "half twice"),
            ({"kits": [Kit(), Kit()]}, "home twice"),
            ({"availability": [Availability(day=Weekday.MONDAY)] * 2}, "monday twice"),
            ({"overrides": [Override(rule="TM01", parameter="most", value=1)] * 2}, "TM01.most twice"),
            ({"availability": [Availability(day=Weekday.MONDAY, place=Place.GYM)]}, "a place with a kit: none"),
            ({"session_length": minutes(5)}, "from 600 to 7200 s"),
            ({"body_mass": kg(20)}, "from 25 to 250 kg"),
            ({"height": km(1.8)}, "from 0.001 to 0.0025 km"),
            ({"sessions_per_week": 4}, "from 1 to 3"),
            ({"week_start": "monday"}, "Weekday.MONDAY"),
            ({"running": None}, "a RunningWeek"),
        ],
    )
    def test_refused(self, changes: dict[str, Any], fault: str) -> None:
        """A profile that repeats or contradicts itself is refused with the cure."""
        with pytest.raises(InvalidValue, match=fault):
            ada(**changes)

    def test_two_faults_between_fields_are_both_told(self) -> None:
        """Repeated races and kits are reported together."""
        with pytest.raises(InvalidValue) as caught:
            ada(kits=[Kit(), Kit()], races=[Race(id="half", date=MONDAY)] * 2)
        assert [problem.place for problem in caught.value.problems] == ["Runner.races", "Runner.kits"]


class TestExceptions:
    """Dated exceptions stand before the weekday's availability where they speak."""

    GYM, HOTEL = Kit(place=Place.GYM), Kit(place=Place.TRAVEL)

    def person(self, *exceptions: DatedAvailability) -> Runner:
        """Return a runner with a gym on Tuesday and home on Thursday, and dated exceptions."""
        return Runner(
            name="Ada",
            running=RunningWeek(),
            kits=(self.GYM, self.HOTEL),
            availability=(
                Availability(day=Weekday.TUESDAY, place=Place.GYM, minutes=minutes(50)),
                Availability(day=Weekday.THURSDAY),
            ),
            exceptions=exceptions,
        )

    def test_what_is_left_out_stays_as_the_weekday_has_it(self) -> None:
        """A week in a hotel changes the place of the usual days and opens no other."""
        week = DatedAvailability(first=dt.date(2027, 2, 1), last=dt.date(2027, 2, 7), place=Place.TRAVEL)
        runner = self.person(week)
        tuesday = runner.opening_on(dt.date(2027, 2, 2))
        assert tuesday is not None
        assert (tuesday.place, tuesday.minutes) == (Place.TRAVEL, minutes(50))
        assert runner.opening_on(dt.date(2027, 2, 3)) is None
        assert runner.place_on(dt.date(2027, 2, 9)) is Place.GYM
        assert [runner.place_on(dt.date(2027, 2, day)) for day in (2, 4, 11)] == [
            Place.TRAVEL, Place.TRAVEL, Place.HOME,
        ]  # fmt: skip

    def test_a_day_can_be_opened_closed_or_shortened(self) -> None:
        """Open says whether strength may stand; minutes are the least of the day's and the usual length."""
        runner = self.person(
            DatedAvailability(first=dt.date(2027, 2, 2), open=False),
            DatedAvailability(first=dt.date(2027, 2, 3), open=True, day_parts=(DayPart.MORNING,)),
            DatedAvailability(first=dt.date(2027, 2, 4), minutes=minutes(15)),
        )
        wednesday = runner.opening_on(dt.date(2027, 2, 3))
        assert runner.opening_on(dt.date(2027, 2, 2)) is None
        assert wednesday is not None
        assert wednesday.day_parts == (DayPart.MORNING,)
        assert runner.minutes_on(dt.date(2027, 2, 4)) == 15
        assert runner.minutes_on(dt.date(2027, 2, 11)) == 35

    def test_without_availability_every_other_day_stays_open(self) -> None:
        """An exception says nothing of other days."""
        runner = attrs.evolve(self.person(DatedAvailability(first=dt.date(2027, 2, 2), open=False)), availability=())
        assert runner.opening_on(dt.date(2027, 2, 2)) is None
        assert runner.opening_on(dt.date(2027, 2, 3)) is not None

    @pytest.mark.parametrize(
        ("fields", "told"),
        [
            ({"last": dt.date(2027, 1, 1), "open": False}, "on or after 2027-02-02"),
            ({"open": False, "minutes": minutes(15)}, "closed days hold no session"),
            ({}, "nothing that differs"),
        ],
    )
    def test_contradictions_are_refused(self, fields: dict[str, object], told: str) -> None:
        """An end before its beginning, minutes of a closed day and an exception that says nothing are faults."""
        with pytest.raises(InvalidValue, match=told):
            DatedAvailability(first=dt.date(2027, 2, 2), **fields)  # type: ignore[arg-type]

    def test_one_exception_for_a_day_at_a_place_with_a_kit(self) -> None:
        """Two exceptions for one day, and a place without a kit, are refused."""
        week = DatedAvailability(first=dt.date(2027, 2, 1), last=dt.date(2027, 2, 7), open=False)
        with pytest.raises(InvalidValue, match="2027-02-07 twice"):
            self.person(week, DatedAvailability(first=dt.date(2027, 2, 7), open=True))
        with pytest.raises(InvalidValue, match="a place with a kit"):
            self.person(DatedAvailability(first=dt.date(2027, 2, 1), place=Place.HOME))


class TestWithCalendar:
    """A calendar of runs stands before the usual week; its days of rest are free."""

    def test_runs_and_rest(self) -> None:
        """The dated week stands as a whole, a week of rest is free, the week after is the usual one."""
        usual = RunningWeek(runs=(UsualRun(day=Weekday.TUESDAY),))
        dated = Calendar(runs=(Run(date=dt.date(2027, 1, 7)),), rest=(dt.date(2027, 1, 12),))
        runner = Runner(name="Ada", running=usual).with_calendar(dated)
        held = [day for day in range(4, 24) if runner.runs_on(dt.date(2027, 1, day))]
        assert held == [7, 19]

    def test_a_newer_calendar_stands_before_an_older_one(self) -> None:
        """The runs of its days replace those known before; other days keep theirs."""
        old = Calendar(runs=(Run(date=dt.date(2027, 1, 5)), Run(date=dt.date(2027, 1, 7))))
        new = Calendar(runs=(Run(date=dt.date(2027, 1, 5), kind=RunKind.LONG),), rest=(dt.date(2027, 1, 7),))
        runner = Runner(name="Ada", running=RunningWeek()).with_calendar(old).with_calendar(new)
        assert [(run.date.day, run.kind) for run in runner.calendar] == [(5, RunKind.LONG)]
