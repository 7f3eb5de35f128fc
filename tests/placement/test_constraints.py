"""The hard constraints and the cost of a single place in a running week."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from runstrong.model.quantities import Distance, Duration
from runstrong.model.rules import Override
from runstrong.model.runner import Runner
from runstrong.model.running import Race, RunningWeek, UsualRun
from runstrong.model.words import DayPart, Emphasis, Priority, RunKind, StrengthDayPolicy, Weekday
from runstrong.placement import Broken, Placed, Surroundings, broken_by, leaves_rest, slot_cost
from runstrong.rules import load_rules

RULES = load_rules()
MONDAY = dt.date(2027, 1, 4)
DAYS = tuple(MONDAY + dt.timedelta(days=n) for n in range(7))
HEAVY, LIGHT, UPPER, MOBILITY = Emphasis.HEAVY_LEGS, Emphasis.LIGHT_LEGS, Emphasis.UPPER_AND_TRUNK, Emphasis.MOBILITY
MORNING, MIDDAY, EVENING, UNKNOWN = DayPart.MORNING, DayPart.MIDDAY, DayPart.EVENING, DayPart.UNKNOWN
EVENINGS = StrengthDayPolicy.HARD_DAY_EVENING


def run(day: int, kind: RunKind = RunKind.EASY, part: DayPart = UNKNOWN, minutes: float | None = None) -> UsualRun:
    """Return a run of the usual week; Monday is 0."""
    length = Duration(minutes * 60) if minutes is not None else None
    return UsualRun(day=Weekday.of(day), day_part=part, kind=kind, duration=length)


def around(*runs: UsualRun, careful: bool = False, rules: object = None, **fields: object) -> Surroundings:
    """Return what surrounds a week with these runs."""
    runner = Runner(name="Ada", running=RunningWeek(runs=runs), **fields)  # type: ignore[arg-type]
    return Surroundings(runner.runs_on, runner, rules or RULES, careful)  # type: ignore[arg-type]


def race(date: dt.date, km: float | None = 21.0975, priority: Priority = Priority.A) -> Race:
    """Return a race."""
    return Race(id="race", date=date, distance=None if km is None else Distance(km), priority=priority)


def heavy_on(day: int, part: DayPart = UNKNOWN) -> Placed:
    """Return heavy legs on a day of the week; Monday is 0."""
    return Placed(DAYS[day], part, HEAVY)


class TestBeforeHardRuns:
    """No heavy legs on the day before a quality run, long run or A/B race; 48 h for a low strength age."""

    @pytest.mark.parametrize("kind", [RunKind.INTERVALS, RunKind.TEMPO, RunKind.HILLS, RunKind.RACE, RunKind.LONG])
    def test_heavy_legs_keep_off_the_day_before(self, kind: RunKind) -> None:
        """Each kind of hard run closes the day before it to heavy legs."""
        assert broken_by(heavy_on(1), around(run(2, kind))) is Broken.BEFORE_HARD_RUN

    @pytest.mark.parametrize("kind", [RunKind.EASY, RunKind.RECOVERY, RunKind.STEADY])
    def test_easy_runs_ask_for_no_gap(self, kind: RunKind) -> None:
        """An easy, recovery or steady run the next day or the same day leaves heavy legs free."""
        assert broken_by(heavy_on(1), around(run(2, kind), careful=True)) is None
        assert broken_by(heavy_on(2, EVENING), around(run(2, kind, MORNING), careful=True)) is None

    def test_two_days_before_is_open_to_the_experienced(self) -> None:
        """Heavy legs may stand two days before a hard run where no special care is asked for."""
        assert broken_by(heavy_on(0), around(run(2, RunKind.INTERVALS))) is None

    def test_careful_weeks_keep_48_hours(self) -> None:
        """A low strength age, or a heavy block's first weeks, closes two days before a hard run, and not three."""
        week = around(run(3, RunKind.INTERVALS), careful=True)
        found = [broken_by(heavy_on(day), week) for day in range(3)]
        assert found == [None, Broken.BEFORE_HARD_RUN, Broken.BEFORE_HARD_RUN]

    @pytest.mark.parametrize("emphasis", [LIGHT, UPPER, MOBILITY])
    def test_only_heavy_legs_keep_away(self, emphasis: Emphasis) -> None:
        """Light legs, upper body and mobility may stand on the day before a hard run and on its own day."""
        week = around(run(2, RunKind.LONG, MORNING), careful=True)
        assert broken_by(Placed(DAYS[1], UNKNOWN, emphasis), week) is None
        assert broken_by(Placed(DAYS[2], EVENING, emphasis), week) is None

    def test_the_hard_run_of_the_next_week_counts(self) -> None:
        """The last day of a week is judged against the first of the next."""
        assert broken_by(heavy_on(6), around(run(0, RunKind.TEMPO))) is Broken.BEFORE_HARD_RUN

    def test_a_c_race_counts_as_a_quality_run(self) -> None:
        """The day before a C race is closed to heavy legs, with no further window."""
        week = around(races=(race(DAYS[5], 5, Priority.C),))
        found = [broken_by(heavy_on(day), week) for day in (3, 4, 6)]
        assert found == [None, Broken.BEFORE_HARD_RUN, None]

    def test_the_hours_are_numbers_of_the_policy(self) -> None:
        """A rule set that asks for three days closes three days."""
        wider = RULES.with_overrides([Override(rule="placement", parameter="heavy_days_before_hard", value=3)], "call")
        week = around(run(4, RunKind.LONG), rules=wider)
        assert [broken_by(heavy_on(day), week) is None for day in range(4)] == [True, False, False, False]


class TestOnAHardDay:
    """Before a hard run on its own day never; after it only by the hard-day-evening policy, three hours on."""

    def test_never_before_the_run(self) -> None:
        """Heavy legs in the morning before evening intervals are refused whatever the policy."""
        hard = run(1, RunKind.INTERVALS, EVENING)
        assert broken_by(heavy_on(1, MORNING), around(hard)) is Broken.SAME_DAY_BEFORE_HARD_RUN
        assert broken_by(heavy_on(1, MORNING), around(hard, policy=EVENINGS)) is Broken.SAME_DAY_BEFORE_HARD_RUN

    def test_never_in_the_part_of_the_run(self) -> None:
        """Heavy legs in the very part of the day of the hard run count as before it."""
        hard = run(1, RunKind.INTERVALS, EVENING)
        assert broken_by(heavy_on(1, EVENING), around(hard, policy=EVENINGS)) is Broken.SAME_DAY_BEFORE_HARD_RUN

    def test_after_the_run_needs_the_policy(self) -> None:
        """The evening of a morning's intervals is closed under easy-day and open under hard-day-evening."""
        hard = run(1, RunKind.INTERVALS, MORNING, 60)
        assert broken_by(heavy_on(1, EVENING), around(hard)) is Broken.SAME_DAY_POLICY
        assert broken_by(heavy_on(1, EVENING), around(hard, policy=EVENINGS)) is None

    @pytest.mark.parametrize(("minutes", "expected"), [(150, None), (151, Broken.SAME_DAY_GAP)])
    def test_three_hours_lie_between(self, minutes: float, expected: Broken | None) -> None:
        """The gap counts from the end of the run: 07:00 and 2.5 h leave three hours until 12:30, no more."""
        week = around(run(1, RunKind.LONG, MORNING, minutes), policy=EVENINGS)
        assert broken_by(heavy_on(1, MIDDAY), week) is expected

    def test_unknown_times_start_with_the_run_and_end_with_strength(self) -> None:
        """A hard run of unknown time comes first: strength after it needs the policy, and no gap fires."""
        hard = run(1, RunKind.INTERVALS, UNKNOWN, 300)
        assert broken_by(heavy_on(1, EVENING), around(hard)) is Broken.SAME_DAY_POLICY
        assert broken_by(heavy_on(1, EVENING), around(hard, policy=EVENINGS)) is None
        assert broken_by(heavy_on(1, UNKNOWN), around(run(1, RunKind.TEMPO, MORNING, 60), policy=EVENINGS)) is None

    def test_the_day_before_still_counts_on_a_hard_day(self) -> None:
        """The evening of a hard day stays closed when another hard run follows the next day."""
        week = around(run(1, RunKind.INTERVALS, MORNING), run(2, RunKind.LONG, MORNING), policy=EVENINGS)
        assert broken_by(heavy_on(1, EVENING), week) is Broken.BEFORE_HARD_RUN


class TestRaceWindows:
    """No leg work in the days before and after an A or B race; how many after follows from the distance."""

    @pytest.mark.parametrize("priority", [Priority.A, Priority.B])
    @pytest.mark.parametrize("emphasis", [HEAVY, LIGHT])
    def test_three_days_before(self, priority: Priority, emphasis: Emphasis) -> None:
        """The race day and three days before it hold no leg work, heavy or light; four days before do."""
        week = around(races=(race(DAYS[6], priority=priority),))
        found = [broken_by(Placed(DAYS[day], EVENING, emphasis), week) for day in range(7)]
        assert found == [None] * 3 + [Broken.RACE_WINDOW] * 4

    @pytest.mark.parametrize(
        ("km", "days"), [(5, 3), (10, 3), (15, 5), (21.0975, 5), (None, 5), (30, 10), (42.195, 10)]
    )
    def test_days_after_follow_the_distance(self, km: float | None, days: int) -> None:
        """Three days after 10 km, five after a half or an unknown distance, ten after a marathon."""
        week = around(races=(race(MONDAY, km),))
        found = [broken_by(Placed(MONDAY + dt.timedelta(days=n), UNKNOWN, LIGHT), week) for n in range(1, 15)]
        assert found == [Broken.RACE_WINDOW] * days + [None] * (14 - days)

    @pytest.mark.parametrize("emphasis", [UPPER, MOBILITY])
    def test_upper_body_and_mobility_stay_open(self, emphasis: Emphasis) -> None:
        """Work that spares the legs may stand inside the window."""
        week = around(races=(race(DAYS[4]),))
        assert all(broken_by(Placed(day, UNKNOWN, emphasis), week) is None for day in DAYS)

    def test_a_c_race_has_no_window(self) -> None:
        """Light legs may stand around a parkrun."""
        week = around(races=(race(DAYS[4], 5, Priority.C),))
        assert all(broken_by(Placed(day, EVENING, LIGHT), week) is None for day in DAYS)


class TestRest:
    """Strength never takes the last full rest day; where runs leave none, one day keeps an easy run alone."""

    def test_one_of_two_free_days_may_go(self) -> None:
        """With two days without a run one may hold a session, both may not."""
        week = around(*(run(day) for day in range(5)))
        assert leaves_rest(DAYS, frozenset({DAYS[5], DAYS[0]}), week)
        assert not leaves_rest(DAYS, frozenset({DAYS[5], DAYS[6]}), week)

    def test_the_only_free_day_stays_free(self) -> None:
        """A six-run week keeps its one day without a run."""
        week = around(*(run(day) for day in range(6)))
        assert not leaves_rest(DAYS, frozenset({DAYS[6]}), week)
        assert leaves_rest(DAYS, frozenset(DAYS[:6]), week)

    def test_a_seven_run_week_keeps_one_easy_run_alone(self) -> None:
        """Where every day has a run, one easy or recovery day must stay without a session."""
        kinds = (
            RunKind.EASY,
            RunKind.INTERVALS,
            RunKind.RECOVERY,
            RunKind.TEMPO,
            RunKind.STEADY,
            RunKind.STEADY,
            RunKind.LONG,
        )
        week = around(*(run(day, kind) for day, kind in enumerate(kinds)))
        assert leaves_rest(DAYS, frozenset({DAYS[0]}), week)
        assert leaves_rest(DAYS, frozenset({DAYS[2], DAYS[1]}), week)
        assert not leaves_rest(DAYS, frozenset({DAYS[0], DAYS[2]}), week)

    def test_seven_hard_runs_leave_nothing_to_keep(self) -> None:
        """Without an easy day the constraint asks for nothing: the runs are the runner's own."""
        week = around(*(run(day, RunKind.STEADY) for day in range(7)))
        assert leaves_rest(DAYS, frozenset(DAYS), week)

    def test_a_double_day_is_easy_only_when_both_runs_are(self) -> None:
        """A day with an easy and a hard run is no easy day."""
        runs = [run(day, RunKind.STEADY) for day in range(6)]
        week = around(*runs, run(6, RunKind.EASY, MORNING), run(6, RunKind.TEMPO, EVENING))
        assert leaves_rest(DAYS, frozenset({DAYS[6]}), week)


class TestCost:
    """What a place costs by itself: free days first, then easy ones, far from hard runs."""

    def test_a_free_day_far_from_hard_runs_is_free(self) -> None:
        """Heavy legs on an empty day with nothing hard near cost nothing under the easy-day policy."""
        assert slot_cost(heavy_on(2), around(run(6, RunKind.LONG))) == 0

    def test_easy_days_cost_more_than_free_ones_and_hard_days_most(self) -> None:
        """Under easy-day the order is rest day, easy day, hard day."""
        week = around(
            run(1, RunKind.EASY, MORNING), run(4, RunKind.STEADY, MORNING), run(6, RunKind.INTERVALS, MORNING)
        )
        free, easy, hard = (slot_cost(Placed(DAYS[day], EVENING, UPPER), week) for day in (2, 1, 6))
        assert 0 == free < easy < hard

    def test_the_evening_policy_prefers_hard_days_for_heavy_legs(self) -> None:
        """Under hard-day-evening heavy legs cost less after the morning's intervals than on an easy or a free day."""
        week = around(run(1, RunKind.INTERVALS, MORNING, 60), run(3, RunKind.EASY, MORNING, 40), policy=EVENINGS)
        hard, easy, free = (slot_cost(heavy_on(day, EVENING), week) for day in (1, 3, 5))
        assert hard < min(easy, free)

    def test_six_hours_are_preferred(self) -> None:
        """After a run, an evening six hours on costs less than a midday five hours on."""
        week = around(run(1, RunKind.EASY, MORNING, 45))
        assert slot_cost(Placed(DAYS[1], EVENING, LIGHT), week) < slot_cost(Placed(DAYS[1], MIDDAY, LIGHT), week)

    def test_light_legs_the_day_before_a_hard_run_cost(self) -> None:
        """Leg work on the eve of a hard run is allowed when light but costs more than two days before."""
        week = around(run(3, RunKind.TEMPO))
        assert slot_cost(Placed(DAYS[2], UNKNOWN, LIGHT), week) > slot_cost(Placed(DAYS[1], UNKNOWN, LIGHT), week)
        assert slot_cost(Placed(DAYS[2], UNKNOWN, UPPER), week) == 0

    def test_two_days_from_the_long_run(self) -> None:
        """Heavy legs two days before the long run cost points that light legs there do not."""
        week = around(run(6, RunKind.LONG))
        assert slot_cost(heavy_on(4), week) > slot_cost(Placed(DAYS[4], UNKNOWN, LIGHT), week) == 0

    def test_the_day_after_a_hard_run_costs_legs_a_little(self) -> None:
        """Legs on the day after a hard run cost less than on the day before one, and more than nothing."""
        week = around(run(2, RunKind.INTERVALS))
        before, after = (slot_cost(Placed(DAYS[day], UNKNOWN, LIGHT), week) for day in (1, 3))
        assert 0 < after < before

    def test_every_cost_is_a_number_of_the_policy(self) -> None:
        """With all costs set to nothing every place costs nothing."""
        names = [each.name for policy in RULES.policies if policy.id == "placement" for each in policy.parameters]
        zeros = [Override(rule="placement", parameter=name, value=0) for name in names if name.startswith("cost_")]
        free = RULES.with_overrides(zeros, "call")
        week = around(run(1, RunKind.INTERVALS, MORNING), run(2), run(6, RunKind.LONG), rules=free)
        assert all(slot_cost(Placed(day, EVENING, each), week) == 0 for day in DAYS for each in (HEAVY, LIGHT, UPPER))


def test_surroundings_tell_hours_and_unknown_stays_unknown() -> None:
    """Each part of the day has a nominal hour from the policy; an unknown time has none."""
    week = around()
    assert [week.hour(part) for part in (MORNING, MIDDAY, EVENING, UNKNOWN)] == [7, 12.5, 18.5, None]
    assert attrs.evolve(week, careful=True).careful
