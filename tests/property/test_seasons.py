"""Laws of a season's frame, over runners with races, calendars, layoffs and all week starts."""

from __future__ import annotations

import datetime as dt
import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from runstrong.model.quantities import Distance
from runstrong.model.runner import Assessment, Runner
from runstrong.model.running import Race, Run, RunningWeek, UsualRun
from runstrong.model.value import evolve
from runstrong.model.words import Clearance, Phase, Priority, Weekday
from runstrong.planner import frame
from runstrong.planner.races import season_aims
from runstrong.planner.volumes import volumes_of
from runstrong.rules import load_rules

RULES = load_rules()
MONDAY = dt.date(2027, 1, 4)
QUIET = (Phase.TAPER, Phase.RACE, Phase.RECOVERY)
NUMBERS = RULES.numbers("planning")


@st.composite
def runners(draw: st.DrawFn) -> Runner:
    """Draw a runner with up to four races, a usual week, a calendar with rising and falling weeks, and a layoff."""
    races = draw(
        st.lists(
            st.builds(
                lambda day, km, priority: Race(
                    id=f"race-{day + 99}", date=MONDAY + dt.timedelta(days=day), distance=km, priority=priority
                ),
                st.integers(-30, 380),
                st.sampled_from([None, Distance(5), Distance(10), Distance(21.1), Distance(42.2)]),
                st.sampled_from(Priority),
            ),
            max_size=4,
            unique_by=lambda race: race.date,
        )
    )
    weeks = draw(st.lists(st.integers(5, 80), max_size=30))
    usual = draw(st.lists(st.sampled_from(Weekday), unique=True, max_size=5))
    away = draw(st.none() | st.integers(1, 100))
    hops = draw(st.none() | st.integers(5, 30))
    return Runner(
        name="Ada",
        birth_year=draw(st.sampled_from([None, 1955, 1990])),
        strength_years=draw(st.sampled_from([0.0, 1.0, 4.0])),
        running=RunningWeek(runs=tuple(UsualRun(day=day, distance=Distance(8)) for day in usual)),
        calendar=tuple(
            Run(date=MONDAY + dt.timedelta(days=7 * n + 2), distance=Distance(km)) for n, km in enumerate(weeks)
        ),
        races=tuple(races),
        week_start=draw(st.sampled_from(Weekday)),
        clearance=draw(st.sampled_from(Clearance)),
        last_strength=None if away is None else MONDAY - dt.timedelta(days=away),
        assessments=() if hops is None else (Assessment(exercise="hop-test", date=MONDAY, amount=hops),),
    )


starts = st.integers(0, 6).map(lambda day: MONDAY + dt.timedelta(days=day))
lengths = st.integers(1, 52)
often = settings(max_examples=80, deadline=None)


class TestWeeks:
    """Every week of a season of 1 to 52 weeks has a phase, on the runner's own weeks."""

    @given(runners(), starts, lengths)
    @often
    def test_weeks_follow_each_other(self, runner: Runner, start: dt.date, weeks: int) -> None:
        """Numbered from one, seven days apart, begun on the week start, with phase weeks that count up."""
        framed, told = frame(runner, start, weeks, RULES)
        assert [week.number for week in framed] == list(range(1, weeks + 1))
        assert all(week.start.weekday() == runner.week_start.number for week in framed)
        assert framed[0].start <= start == framed[0].first
        for before, after in itertools.pairwise(framed):
            assert (after.start - before.start).days == 7
            assert after.phase_week == (before.phase_week + 1 if after.phase is before.phase else 1)
        for phase in {week.phase for week in framed}:
            assert any(decision.what.endswith(f": {phase}") for decision in told)

    @given(runners(), starts, lengths)
    @often
    def test_the_same_season_twice(self, runner: Runner, start: dt.date, weeks: int) -> None:
        """A frame is a value of its input alone."""
        assert frame(runner, start, weeks, RULES) == frame(runner, start, weeks, RULES)


class TestRaces:
    """Races claim their weeks: each its own, an A race its taper as far as there is room."""

    @given(runners(), starts, lengths)
    @often
    def test_race_weeks_and_tapers(self, runner: Runner, start: dt.date, weeks: int) -> None:
        """No week that ends within the taper days of a main race is anything but taper, race or recovery."""
        framed, _ = frame(runner, start, weeks, RULES)
        for aim in season_aims(runner, [week.start for week in framed], RULES):
            for week in framed:
                end = week.start + dt.timedelta(days=6)
                if week.start <= aim.date <= end:
                    assert week.phase is Phase.RACE
                if aim.main and 0 < (aim.date - end).days < NUMBERS[f"taper_days_{aim.span}"]:
                    assert week.phase in QUIET

    @given(runners(), starts, lengths)
    @often
    def test_no_race_no_taper(self, runner: Runner, start: dt.date, weeks: int) -> None:
        """Without A and B races no week is a taper, a race week or of recovery: C races are quality runs."""
        races = tuple(race for race in runner.races if race.priority is Priority.C)
        framed, _ = frame(runner_with(runner, races), start, weeks, RULES)
        assert not {week.phase for week in framed} & set(QUIET)


def runner_with(runner: Runner, races: tuple[Race, ...]) -> Runner:
    """Return the runner with other races."""
    return evolve(runner, races=races)


class TestDeloads:
    """A lighter week every fourth to sixth, counted from the first; the runner's own cut-back week where it fits."""

    @given(runners(), starts, lengths)
    @often
    def test_four_to_six_weeks_apart(self, runner: Runner, start: dt.date, weeks: int) -> None:
        """Three to five full weeks lie before a deload, and never more than five without a lighter week."""
        since = 0
        for week in frame(runner, start, weeks, RULES)[0]:
            if week.phase in QUIET:
                assert not week.deload
                since = 0
            elif week.deload:
                assert 3 <= since <= 5
                since = 0
            else:
                since += 1
                assert since <= 5

    @given(runners(), starts, lengths)
    @often
    def test_a_cut_back_week_in_the_window_is_the_deload(self, runner: Runner, start: dt.date, weeks: int) -> None:
        """A deload stands on another week only where no week of its window is cut back."""
        framed, _ = frame(runner, start, weeks, RULES)
        cut_back = volumes_of(runner, [week.start for week in framed], RULES).cut_back
        since = 0
        for place, week in enumerate(framed):
            if week.phase in QUIET:
                since = 0
                continue
            since += 1
            if not week.deload:
                continue
            window = range(place - since + 4, min(place - since + 7, weeks))
            if place not in cut_back:
                reachable = []
                for n in window:
                    if framed[n].phase in QUIET:
                        break
                    reachable.append(n)
                assert not cut_back.intersection(reachable)
            since = 0


class TestGates:
    """Heavy and explosive weeks are for those ready, and nothing harder begins where running rises."""

    @given(runners(), starts, lengths)
    @often
    def test_heavy_and_explosive_weeks(self, runner: Runner, start: dt.date, weeks: int) -> None:
        """Trained and cleared for heavy; for explosive a passed hop test too, and a foundation before both."""
        framed, _ = frame(runner, start, weeks, RULES)
        phases = {week.phase for week in framed}
        if runner.novice or runner.clearance is not Clearance.CLEARED:
            assert not phases & {Phase.HEAVY, Phase.EXPLOSIVE}
        if not any(result.amount >= 20 for result in runner.assessments):
            assert Phase.EXPLOSIVE not in phases
        for week in framed:
            if week.phase in (Phase.HEAVY, Phase.EXPLOSIVE):
                assert week.share == 1

    @given(runners(), starts, lengths)
    @often
    def test_no_harder_phase_begins_in_a_held_week(self, runner: Runner, start: dt.date, weeks: int) -> None:
        """Foundation, build, heavy, explosive: a step up waits while running jumps or peaks."""
        rank = {Phase.FOUNDATION: 0, Phase.MAINTENANCE: 0, Phase.BUILD: 1, Phase.HEAVY: 2, Phase.EXPLOSIVE: 3}
        framed, _ = frame(runner, start, weeks, RULES)
        for before, after in itertools.pairwise(framed):
            if after.hold and before.phase in rank:
                assert rank[after.phase] <= rank[before.phase]
