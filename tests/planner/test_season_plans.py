"""Whole plans over a season's turns: places by date, jumps and their test, running that rises, a return."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from runstrong.auditor import audit
from runstrong.catalog import load_catalog
from runstrong.model.errors import InfeasibleError
from runstrong.model.plan import Plan, Week
from runstrong.model.prescription import Reps
from runstrong.model.quantities import Distance, Mass, minutes
from runstrong.model.runner import Assessment, Availability, DatedAvailability, Injury, Kit, Runner, Weights
from runstrong.model.running import Run, RunningWeek, UsualRun
from runstrong.model.words import (
    Clearance,
    DayPart,
    Emphasis,
    Equipment,
    ExerciseKind,
    PartName,
    Phase,
    Place,
    Region,
    RunKind,
    Severity,
    Weekday,
)
from runstrong.planner import plan
from runstrong.rules import load_rules

RULES, CATALOG = load_rules(), load_catalog()
MONDAY = dt.date(2027, 1, 4)
FOUR_RUNS = RunningWeek(
    runs=(
        UsualRun(day=Weekday.TUESDAY, kind=RunKind.INTERVALS, distance=Distance(8)),
        UsualRun(day=Weekday.WEDNESDAY, distance=Distance(8)),
        UsualRun(day=Weekday.FRIDAY, distance=Distance(8)),
        UsualRun(day=Weekday.SUNDAY, kind=RunKind.LONG, distance=Distance(16)),
    )
)
HOME = Kit(weights=(Weights(kind=Equipment.DUMBBELL, each=(Mass(5.0), Mass(10.0)), pieces=2),))
PASSED = (Assessment(exercise="hop-test", date=MONDAY - dt.timedelta(days=7), amount=24),)


def person(**fields: object) -> Runner:
    """Return a cleared runner with four runs a week, a year of lifting and two pairs of dumbbells."""
    given = {
        "name": "Ada", "running": FOUR_RUNS, "strength_years": 1.0, "clearance": Clearance.CLEARED, "start": MONDAY,
        "kits": (HOME,),
    }  # fmt: skip
    return Runner(**{**given, **fields})  # type: ignore[arg-type]


def jumps_of(week: Week) -> list[str]:
    """Return the jumps of a week's main work."""
    main = [each.exercise for session in week.sessions for each in session.part(PartName.MAIN)]
    return [id for id in main if CATALOG.exercises[id].kind is ExerciseKind.PLYOMETRIC]


def first_dose(made: Plan, week: int) -> int:
    """Return sets times the top of the range over the repetitions of a week's first session."""
    main = made.weeks[week].sessions[0].part(PartName.MAIN)
    return sum(each.sets * each.amount.high for each in main if isinstance(each.amount, Reps))


class TestPlacesByDate:
    """Gym on Tuesday, floor elsewhere, hotel next week."""

    def runner(self, *exceptions: DatedAvailability) -> Runner:
        """Return a runner with a gym on Monday and home on Wednesday and Friday."""
        gym = Kit(place=Place.GYM, equipment=(Equipment.BARBELL, Equipment.RACK, Equipment.LEG_PRESS))
        return person(
            kits=(HOME, gym, Kit(place=Place.TRAVEL)),
            availability=(
                Availability(day=Weekday.MONDAY, place=Place.GYM),
                Availability(day=Weekday.WEDNESDAY),
                Availability(day=Weekday.FRIDAY),
            ),
            exceptions=exceptions,
        )

    def test_a_week_in_a_hotel_asks_for_nothing_that_is_at_home(self) -> None:
        """Sessions of that week stand at the place of travel and need no equipment but the room's."""
        second = MONDAY + dt.timedelta(days=7)
        hotel = DatedAvailability(first=second, last=second + dt.timedelta(days=6), place=Place.TRAVEL)
        made = plan(self.runner(hotel), weeks=4)
        for week in made.weeks:
            assert len(week.sessions) == 2
            for session in week.sessions:
                assert (session.place is Place.TRAVEL) is (week.number == 2)
                owned = made.runner.kit_at(session.place).owned
                for _, each in session.prescriptions():
                    assert owned.issuperset(CATALOG.exercises[each.exercise].equipment)

    def test_closed_days_and_short_days_are_heeded(self) -> None:
        """A closed day gets none, a day with a quarter of an hour a session of no more."""
        second, third = MONDAY + dt.timedelta(days=7), MONDAY + dt.timedelta(days=14)
        made = plan(
            self.runner(
                DatedAvailability(first=second, last=second + dt.timedelta(days=2), open=False),
                DatedAvailability(first=third, last=third + dt.timedelta(days=6), minutes=minutes(15)),
            ),
            weeks=4,
        )
        assert [session.date.weekday() for session in made.weeks[1].sessions] == [4]
        assert len(made.weeks[2].sessions) == 2
        assert all(session.minutes.minutes <= 15 for session in made.weeks[2].sessions)
        assert any(session.minutes.minutes > 15 for session in made.weeks[3].sessions)

    def test_an_opened_day_with_its_own_part(self) -> None:
        """A day that is usually closed can be the only one of its week."""
        week = MONDAY + dt.timedelta(days=7)
        made = plan(
            self.runner(
                DatedAvailability(first=week, last=week + dt.timedelta(days=2), open=False),
                DatedAvailability(
                    first=week + dt.timedelta(days=3), open=True, day_parts=(DayPart.MORNING,), place=Place.HOME
                ),
                DatedAvailability(first=week + dt.timedelta(days=4), last=week + dt.timedelta(days=6), open=False),
            ),
            weeks=3,
        )
        assert [(each.date.weekday(), each.day_part) for each in made.weeks[1].sessions] == [(3, DayPart.MORNING)]

    def test_all_weeks_closed_is_infeasible(self) -> None:
        """Where no day is open in any week the plan says so instead of standing empty."""
        closed = DatedAvailability(first=MONDAY, last=MONDAY + dt.timedelta(days=27), open=False)
        with pytest.raises(InfeasibleError, match="not open to strength") as caught:
            plan(self.runner(closed), weeks=4)
        assert "drop the dated exceptions" in caught.value.ways_out[0]


class TestJumps:
    """Jumps come with a passed test and weeks of strength; until then the season asks for the test."""

    def test_the_hop_test_stands_in_the_third_week(self) -> None:
        """Once, at the end of a warm-up, with what to do with the result."""
        made = plan(person(), weeks=8)
        held = [
            (week.number, name)
            for week in made.weeks
            for session in week.sessions
            for name, each in session.prescriptions()
            if each.exercise == "hop-test"
        ]
        assert held == [(3, PartName.WARM_UP)]
        assert "write the result under assessments" in made.why("hop-test")[0].why
        assert not any(jumps_of(week) for week in made.weeks)

    def test_a_passed_test_brings_jumps_from_the_third_week(self) -> None:
        """They begin with both feet, go on in the explosive phase, and need no second test."""
        made = plan(person(assessments=PASSED), weeks=12)
        assert [bool(jumps_of(week)) for week in made.weeks[:3]] == [False, False, True]
        assert jumps_of(made.weeks[2]) == ["ankle-bounce"]
        explosive = [week for week in made.weeks if week.phase is Phase.EXPLOSIVE]
        assert len(explosive) == 3
        assert all(jumps_of(week) for week in explosive)
        assert "hop-test" not in {each.exercise for session in made.sessions for _, each in session.prescriptions()}

    @pytest.mark.parametrize(
        "fields",
        [
            {"strength_years": 0.0},
            {"clearance": Clearance.UNKNOWN},
            {"injuries": (Injury(region=Region.KNEE, since=dt.date(2026, 9, 1), ended=dt.date(2026, 11, 1)),)},
        ],
    )
    def test_not_for_who_is_not_ready_for_heavy_work(self, fields: dict[str, object]) -> None:
        """Novices, runners without clearance and those before a strength test are asked for none."""
        made = plan(person(**fields), weeks=6)
        assert "hop-test" not in {each.exercise for session in made.sessions for _, each in session.prescriptions()}


class TestRisingRuns:
    """Strength answers to running: one thing rises at a time."""

    def test_nothing_new_in_a_week_that_jumps(self) -> None:
        """No exercise, rung or set comes in that the week before did not have; the next week brings some."""
        weeks = (40, 40, 40, 40, 52, 50, 50, 50)
        calendar = tuple(
            Run(date=MONDAY + dt.timedelta(days=7 * n + day), distance=Distance(km / 2))
            for n, km in enumerate(weeks)
            for day in (1, 5)
        )
        made = plan(person(running=RunningWeek(), calendar=calendar), weeks=8)

        def held(number: int) -> set[tuple[str, int]]:
            return {
                (each.exercise, each.sets)
                for session in made.weeks[number - 1].sessions
                for each in session.part(PartName.MAIN)
            }

        before = {id for number in (1, 2, 3, 4) for id, _ in held(number)}
        assert {id for id, _ in held(5)} <= before
        told = [each for each in made.decisions if each.what.startswith(("from week 5:", "nothing new in week 5"))]
        assert [each.what.partition(",")[0] for each in told] == ["nothing new in week 5"]
        assert {id for id, _ in held(6)} != {id for id, _ in held(5)} or any(
            each.what.startswith("from week 6:") for each in made.decisions
        )


class TestComeback:
    """After a layoff the first weeks ask for less, and less of nothing is heavier."""

    def test_the_dose_steps_up(self) -> None:
        """Four weeks off: each of the first three weeks asks for less than the one after it."""
        made = plan(person(last_strength=MONDAY - dt.timedelta(days=40)), weeks=5)
        usual = plan(person(), weeks=5)
        doses = [first_dose(made, week) for week in range(3)]
        assert doses == sorted(doses)
        assert doses[0] <= 0.65 * first_dose(usual, 0)
        assert all(session.emphasis is not Emphasis.HEAVY_LEGS for week in made.weeks[:3] for session in week.sessions)

    def test_loads_found_by_feel_are_not_heavier_for_fewer_repetitions(self) -> None:
        """Where repetitions shrink, more stay in reserve."""
        made = plan(person(last_strength=MONDAY - dt.timedelta(days=20)), weeks=3)
        usual = plan(person(), weeks=3)
        for less, full in zip(
            made.weeks[0].sessions[0].part(PartName.MAIN), usual.weeks[0].sessions[0].part(PartName.MAIN), strict=True
        ):
            assert less.exercise == full.exercise
            if less.amount != full.amount and less.rir is not None and full.rir is not None:
                assert less.rir > full.rir

    def test_a_long_layoff_starts_ladders_anew(self) -> None:
        """After more than eight weeks exercises are those of a beginning, without load."""
        made = plan(person(last_strength=MONDAY - dt.timedelta(days=80)), weeks=2)
        main = {each.exercise for session in made.weeks[0].sessions for each in session.part(PartName.MAIN)}
        levels = {id: CATALOG.exercises[id].level.value for id in main}
        assert max(levels.values()) == 1
        assert main != {
            each.exercise
            for session in plan(person(), weeks=2).weeks[0].sessions
            for each in session.part(PartName.MAIN)
        }


class TestAnyLength:
    """Seasons from one week to a year stand the audit."""

    @pytest.mark.parametrize("weeks", [1, 2, 3, 26, 52])
    def test_nothing_grave_is_left(self, weeks: int) -> None:
        """Each week has a phase and sessions, and the audit finds nothing at warning or above."""
        for fields in ({}, {"assessments": PASSED}, {"strength_years": 0.0}):
            made = plan(person(**fields), weeks=weeks)
            assert len(made.weeks) == weeks
            assert all(week.sessions for week in made.weeks)
            assert audit(made, rules=RULES, catalog=CATALOG).at_least(Severity.WARNING) == ()

    def test_the_same_with_any_start_of_the_week(self) -> None:
        """A season keeps its length and its taper on all seven week starts."""
        for day in Weekday:
            made = plan(attrs.evolve(person(), week_start=day), weeks=6)
            assert len(made.weeks) == 6
