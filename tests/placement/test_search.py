"""The search of a week: open places, the best combination, and what to say when there is none."""

from __future__ import annotations

import datetime as dt

import pytest

from runstrong.model.quantities import Duration
from runstrong.model.runner import Availability, Runner
from runstrong.model.running import Race, RunningWeek, UsualRun
from runstrong.model.words import DayPart, Emphasis, RunKind, StrengthDayPolicy, Weekday
from runstrong.placement import Broken, Placed, Surroundings, conflicts_of, open_places, place_week, what_would_free
from runstrong.rules import load_rules

RULES = load_rules()
MONDAY = dt.date(2027, 1, 4)
DAYS = tuple(MONDAY + dt.timedelta(days=n) for n in range(7))
HEAVY, LIGHT, UPPER = Emphasis.HEAVY_LEGS, Emphasis.LIGHT_LEGS, Emphasis.UPPER_AND_TRUNK
MORNING, MIDDAY, EVENING, UNKNOWN = DayPart.MORNING, DayPart.MIDDAY, DayPart.EVENING, DayPart.UNKNOWN
EVENINGS = StrengthDayPolicy.HARD_DAY_EVENING


def run(day: int, kind: RunKind = RunKind.EASY, part: DayPart = UNKNOWN) -> UsualRun:
    """Return a run of the usual week; Monday is 0."""
    return UsualRun(day=Weekday.of(day), day_part=part, kind=kind)


def open_on(day: int, *parts: DayPart, minutes: float | None = None) -> Availability:
    """Return an open day; Monday is 0."""
    return Availability(
        day=Weekday.of(day), day_parts=parts, minutes=Duration(minutes * 60) if minutes is not None else None
    )


def around(*runs: UsualRun, careful: bool = False, **fields: object) -> Surroundings:
    """Return what surrounds a week with these runs."""
    runner = Runner(name="Ada", running=RunningWeek(runs=runs), **fields)  # type: ignore[arg-type]
    return Surroundings(runner.runs_on, runner, RULES, careful)


SIX_RUNS = (
    run(0, RunKind.EASY, MORNING), run(1, RunKind.INTERVALS, MORNING), run(2, RunKind.EASY, MORNING),
    run(3, RunKind.TEMPO, MORNING), run(5, RunKind.EASY, MORNING), run(6, RunKind.LONG, MORNING),
)  # fmt: skip
FIVE_RUNS = (
    run(1, RunKind.INTERVALS, EVENING), run(2, RunKind.EASY, EVENING), run(3, RunKind.EASY, EVENING),
    run(5, RunKind.EASY, MORNING), run(6, RunKind.LONG, MORNING),
)  # fmt: skip


class TestOpenPlaces:
    """The runner's availability, and the parts of the day that runs leave."""

    def test_no_statement_opens_every_day(self) -> None:
        """A runner who states no availability may train on each day, at an unknown time where nothing else stands."""
        week = around()
        assert open_places(week.runner, DAYS, week.runs_on) == tuple((day, UNKNOWN) for day in DAYS)

    def test_only_stated_days_and_parts(self) -> None:
        """Days that are not listed are closed, and so are parts of the day that are not listed."""
        week = around(availability=(open_on(1, EVENING, MORNING), open_on(4)))
        assert open_places(week.runner, DAYS, week.runs_on) == (
            (DAYS[1], MORNING),
            (DAYS[1], EVENING),
            (DAYS[4], UNKNOWN),
        )

    def test_a_run_takes_its_part_of_the_day(self) -> None:
        """On a day with a run the other parts are open."""
        week = around(run(2, RunKind.EASY, MIDDAY))
        assert open_places(week.runner, DAYS[2:3], week.runs_on) == ((DAYS[2], MORNING), (DAYS[2], EVENING))

    def test_a_run_of_unknown_time_leaves_only_the_end_of_the_day(self) -> None:
        """Times unknown: the run starts the day, so only the evening is surely free."""
        week = around(run(2))
        assert open_places(week.runner, DAYS[2:3], week.runs_on) == ((DAYS[2], EVENING),)

    def test_a_part_wanted_by_both_is_closed(self) -> None:
        """A day whose only open part holds the run has no place."""
        week = around(run(2, RunKind.EASY, EVENING), availability=(open_on(2, EVENING),))
        assert open_places(week.runner, DAYS, week.runs_on) == ()


class TestPlaceWeek:
    """The best combination there is, and None only when none exists."""

    def test_the_normal_shape_of_a_five_run_week(self) -> None:
        """Intervals on Tuesday and a long run on Sunday leave one heavy and one light session."""
        found = place_week(DAYS, (HEAVY, LIGHT), around(*FIVE_RUNS))
        assert found is not None
        assert {place.emphasis for place in found.places} == {HEAVY, LIGHT}
        assert found.places == tuple(sorted(found.places, key=lambda place: place.date))

    def test_two_quality_days_leave_no_heavy_session_under_easy_day(self) -> None:
        """Six runs with two quality days hold no heavy legs unless the evening of a hard day is allowed."""
        assert place_week(DAYS, (HEAVY,), around(*SIX_RUNS)) is None
        found = place_week(DAYS, (HEAVY, LIGHT), around(*SIX_RUNS, policy=EVENINGS))
        assert found is not None
        assert found.places[0] == Placed(DAYS[1], EVENING, HEAVY)

    def test_the_last_rest_day_is_not_taken(self) -> None:
        """A six-run week's only free day stays free though it would cost least."""
        found = place_week(DAYS, (UPPER,), around(*SIX_RUNS))
        assert found is not None
        assert found.places[0].date != DAYS[4]
        week = around(*SIX_RUNS, availability=(open_on(4),))
        assert place_week(DAYS, (UPPER,), week) is None

    def test_a_seven_run_week_keeps_one_easy_run_alone(self) -> None:
        """With one easy day among seven runs no session may stand on it."""
        runs = [run(day, RunKind.STEADY, MORNING) for day in range(6)] + [run(6, RunKind.EASY, MORNING)]
        assert place_week(DAYS, (UPPER,), around(*runs, availability=(open_on(6),))) is None
        assert place_week(DAYS, (UPPER,), around(*runs, availability=(open_on(5),))) is not None

    def test_earlier_sessions_of_the_week_count_for_the_rest_day(self) -> None:
        """A session placed earlier in the same week may have taken one of two free days."""
        week = around(*(run(day, RunKind.STEADY, MORNING) for day in range(5)), availability=(open_on(6),))
        earlier = (Placed(DAYS[5], UNKNOWN, UPPER),)
        assert place_week(DAYS, (UPPER,), week) is not None
        assert place_week(DAYS, (UPPER,), week, earlier=earlier) is None

    def test_one_session_a_day(self) -> None:
        """Two sessions never share a day, even at different times."""
        week = around(availability=(open_on(2, MORNING, EVENING),))
        assert place_week(DAYS, (UPPER,), week) is not None
        assert place_week(DAYS, (UPPER, UPPER), week) is None

    @pytest.mark.parametrize(
        ("wanted", "days", "fits"),
        [
            ((HEAVY, HEAVY), (1, 2), False), ((HEAVY, HEAVY), (1, 3), True), ((HEAVY, LIGHT), (1, 2), False),
            ((HEAVY, LIGHT), (1, 3), True), ((LIGHT, LIGHT), (1, 2), True), ((HEAVY, UPPER), (1, 2), True),
        ],
    )  # fmt: skip
    def test_heavy_legs_stand_two_days_from_other_leg_work(
        self, wanted: tuple[Emphasis, ...], days: tuple[int, ...], fits: bool
    ) -> None:
        """Heavy legs and other leg work lie 48 h apart; light legs and upper body may follow each other."""
        week = around(availability=tuple(open_on(day) for day in days))
        assert (place_week(DAYS, wanted, week) is not None) is fits

    def test_the_gap_reaches_back_into_last_week(self) -> None:
        """Heavy legs on last week's Sunday close this Monday to legs, not Tuesday."""
        sunday = (Placed(MONDAY - dt.timedelta(days=1), UNKNOWN, HEAVY),)
        monday, tuesday = (around(availability=(open_on(day),)) for day in (0, 1))
        assert place_week(DAYS, (LIGHT,), monday, earlier=sunday) is None
        assert place_week(DAYS, (UPPER,), monday, earlier=sunday) is not None
        assert place_week(DAYS, (HEAVY,), tuesday, earlier=sunday) is not None

    def test_sessions_spread_over_the_week(self) -> None:
        """Two sessions in an empty week lie three or four days apart."""
        found = place_week(DAYS, (LIGHT, LIGHT), around())
        assert found is not None
        assert (found.places[1].date - found.places[0].date).days in (3, 4)

    def test_the_weekdays_of_last_week_are_kept(self) -> None:
        """Among equally good days the habit of last week wins."""
        habits = ((Weekday.WEDNESDAY, LIGHT),)
        found = place_week(DAYS, (LIGHT,), around(), habits=habits)
        assert found is not None
        assert found.places[0].date == DAYS[2]

    def test_short_days_are_closed(self) -> None:
        """A day that allows fewer minutes than the shortest session is no day at all."""
        week = around(availability=(open_on(1, minutes=9), open_on(4, minutes=10)))
        found = place_week(DAYS, (UPPER,), week, minutes=10)
        assert found is not None
        assert found.places[0].date == DAYS[4]
        assert place_week(DAYS, (UPPER, UPPER), week, minutes=10) is None

    def test_only_the_given_days_are_used_but_the_whole_week_rests(self) -> None:
        """A week begun on Saturday places on Saturday or Sunday, and its earlier free days still count as rest."""
        week = around(*(run(day) for day in range(4)))
        found = place_week(DAYS[5:], (UPPER, UPPER), week)
        assert found is not None
        assert [place.date for place in found.places] == [DAYS[5], DAYS[6]]

    def test_nothing_wanted_is_placed_for_nothing(self) -> None:
        """No session wanted is always possible and costs nothing."""
        found = place_week(DAYS, (), around(*SIX_RUNS))
        assert found is not None
        assert (found.places, found.cost) == ((), 0)


class TestTelling:
    """Which constraints keep a session off each day, and which single change would make room."""

    def test_conflicts_name_each_closed_day(self) -> None:
        """Each day says what keeps heavy legs off it, and open days are not named."""
        week = around(*SIX_RUNS, availability=tuple(open_on(day) for day in range(6)))
        told = dict(line.split(": ") for line in conflicts_of(DAYS, HEAVY, week))
        assert told["monday"] == Broken.BEFORE_HARD_RUN.value
        assert told["tuesday"] == Broken.SAME_DAY_POLICY.value
        assert told["friday"] == Broken.LAST_REST_DAY.value
        assert told["sunday"] == Broken.UNAVAILABLE.value

    def test_a_rest_day_holds_a_little_mobility(self) -> None:
        """Where only the last rest day is open, upper body and trunk have no place and mobility has."""
        week = around(*SIX_RUNS, availability=(open_on(4),))
        assert place_week(DAYS, (UPPER,), week) is None
        found = place_week(DAYS, (Emphasis.MOBILITY,), week)
        assert found is not None
        assert [(place.date, place.restful) for place in found.places] == [(DAYS[4], True)]

    def test_open_days_have_no_conflict(self) -> None:
        """An empty week has nothing to tell."""
        assert conflicts_of(DAYS, HEAVY, around()) == ()

    def test_conflicts_name_the_race_window(self) -> None:
        """Days around an A race say that they lie in its window."""
        week = around(races=(Race(id="a", date=DAYS[6]),))
        assert f"saturday: {Broken.RACE_WINDOW.value}" in conflicts_of(DAYS, LIGHT, week)

    def test_the_policy_is_the_first_way_out(self) -> None:
        """Two quality days give their heavy session back by the evening of a hard day."""
        (way,) = what_would_free(DAYS, (HEAVY,), around(*SIX_RUNS))
        assert "hard-day-evening" in way

    def test_a_day_that_would_help_is_named_and_others_are_not(self) -> None:
        """Only days whose opening makes room are offered."""
        week = around(*FIVE_RUNS, availability=(open_on(0),))
        ways = what_would_free(DAYS, (HEAVY,), week)
        assert "open wednesday to strength" in ways
        assert not any("saturday" in way for way in ways)

    def test_every_way_out_is_a_way_out(self) -> None:
        """Opening a day that was named makes the week feasible."""
        week = around(*FIVE_RUNS, availability=(open_on(0),))
        for way in what_would_free(DAYS, (HEAVY,), week):
            day = next(day for day in Weekday if way == f"open {day} to strength")
            wider = around(*FIVE_RUNS, availability=(open_on(0), open_on(day.number)))
            assert place_week(DAYS, (HEAVY,), wider) is not None

    def test_a_change_that_leaves_days_too_short_is_no_way_out(self) -> None:
        """Where only minutes are missing, the policy is not offered as a cure."""
        week = around(availability=(open_on(1, minutes=5),))
        ways = what_would_free(DAYS, (UPPER,), week, minutes=10)
        assert ways
        assert not any("policy" in way for way in ways)

    def test_where_one_day_is_not_enough_all_days_are_offered(self) -> None:
        """Two sessions from one open day may need more than one day more."""
        week = around(availability=(open_on(0),))
        assert what_would_free(DAYS, (HEAVY, LIGHT, UPPER), week)[-1] == "open every day to strength"
