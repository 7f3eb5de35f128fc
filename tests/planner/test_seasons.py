"""The frame of a season: phases in order, deloads in time, the race at its end."""

from __future__ import annotations

import datetime as dt
import itertools

import attrs
import pytest

from runstrong.model.quantities import Distance
from runstrong.model.runner import Assessment, Runner
from runstrong.model.running import DatedException, Race, Run, RunningWeek, UsualRun
from runstrong.model.words import Clearance, Goal, Phase, Priority, RunKind, Weekday
from runstrong.planner import WeekFrame, frame, season_weeks
from runstrong.rules import load_rules

RULES = load_rules()
MONDAY = dt.date(2027, 1, 4)
FOUR_RUNS = RunningWeek(
    runs=(
        UsualRun(day=Weekday.TUESDAY, kind=RunKind.INTERVALS, distance=Distance(8)),
        UsualRun(day=Weekday.WEDNESDAY, distance=Distance(8)),
        UsualRun(day=Weekday.FRIDAY, distance=Distance(8)),
        UsualRun(day=Weekday.SUNDAY, kind=RunKind.LONG, distance=Distance(16)),
    )
)
QUIET = (Phase.TAPER, Phase.RACE, Phase.RECOVERY)


def person(**fields: object) -> Runner:
    """Return a cleared runner with four runs a week and a year of lifting."""
    given = {"name": "Ada", "running": FOUR_RUNS, "strength_years": 1.0, "clearance": Clearance.CLEARED}
    return Runner(**{**given, **fields})  # type: ignore[arg-type]


def race_in(week: int, priority: Priority = Priority.A, km: float = 21.0975, id: str = "race") -> Race:
    """Return a race on the Sunday of the season's week `week`, counted from 1."""
    return Race(id=id, date=MONDAY + dt.timedelta(days=7 * week - 1), distance=Distance(km), priority=priority)


def weeks_of(weeks: int, **fields: object) -> tuple[WeekFrame, ...]:
    """Return the frame of a season."""
    return frame(person(**fields), MONDAY, weeks, RULES)[0]


def phases_of(weeks: int, **fields: object) -> list[Phase]:
    """Return the phase of each week of a season."""
    return [week.phase for week in weeks_of(weeks, **fields)]


def kilometers(*weeks: float) -> tuple[Run, ...]:
    """Return a calendar with one run on each Wednesday, of the given kilometers."""
    return tuple(Run(date=MONDAY + dt.timedelta(days=7 * n + 2), distance=Distance(km)) for n, km in enumerate(weeks))


class TestPhases:
    """Foundation comes first, load later, and the race has its taper."""

    def test_a_season_without_a_race(self) -> None:
        """Two weeks of foundation and four of building lead into heavy weeks that last to the end."""
        assert phases_of(12) == [Phase.FOUNDATION] * 2 + [Phase.BUILD] * 4 + [Phase.HEAVY] * 6

    def test_a_season_with_a_race_at_its_end(self) -> None:
        """Heavy weeks give way to maintenance, one week of taper and the race week."""
        found = phases_of(16, races=(race_in(16),))
        assert found == (
            [Phase.FOUNDATION] * 2
            + [Phase.BUILD] * 4
            + [Phase.HEAVY] * 4
            + [Phase.MAINTENANCE] * 4
            + [Phase.TAPER, Phase.RACE]
        )

    @pytest.mark.parametrize(("km", "recovery"), [(10, 1), (21.0975, 1), (42.195, 2)])
    def test_recovery_after_the_race_before_strength_starts_anew(self, km: float, recovery: int) -> None:
        """A plan that goes on past the race rests one week, two after a marathon, then lays a foundation again."""
        found = phases_of(16, races=(race_in(10, km=km),))
        assert found[9] is Phase.RACE
        assert found[10 : 10 + recovery] == [Phase.RECOVERY] * recovery
        assert found[10 + recovery : 12 + recovery] == [Phase.FOUNDATION] * 2

    def test_a_novice_has_no_heavy_phase(self) -> None:
        """A low strength age stays with form and body weight, four weeks of foundation and then building."""
        found = phases_of(16, strength_years=0.0)
        assert found == [Phase.FOUNDATION] * 4 + [Phase.BUILD] * 12

    @pytest.mark.parametrize("clearance", [Clearance.UNKNOWN, Clearance.NOT_CLEARED])
    def test_no_heavy_phase_without_clearance(self, clearance: Clearance) -> None:
        """Unknown clearance is not clearance: no heavy phase, and a decision says so."""
        framed, told = frame(person(clearance=clearance), MONDAY, 16, RULES)
        assert Phase.HEAVY not in {week.phase for week in framed}
        assert any(str(clearance) in decision.why for decision in told)

    def test_a_b_race_alone_ends_the_season(self) -> None:
        """Where there is no A race, the first B race is the main one."""
        assert phases_of(10, races=(race_in(10, Priority.B),))[-2:] == [Phase.TAPER, Phase.RACE]

    def test_a_b_race_beside_an_a_race_does_not_end_it(self) -> None:
        """An A race later on is the main one; the B race on the way has its own week, no taper and no recovery."""
        races = (race_in(8, Priority.B, id="b"), race_in(16, id="a"))
        found = phases_of(16, races=races)
        assert found[7] is Phase.RACE
        assert found[6] not in QUIET
        assert found[8] not in QUIET
        assert found[-2:] == [Phase.TAPER, Phase.RACE]

    def test_each_a_race_has_its_own_taper(self) -> None:
        """Two A races far apart each have taper, race week and recovery, and a block of their own between."""
        found = phases_of(30, races=(race_in(12, id="one"), race_in(30, id="two")))
        assert found[10:13] == [Phase.TAPER, Phase.RACE, Phase.RECOVERY]
        assert found[13:15] == [Phase.FOUNDATION] * 2
        assert Phase.HEAVY in found[15:27]
        assert found[-2:] == [Phase.TAPER, Phase.RACE]

    def test_a_race_season_is_kept_up(self) -> None:
        """Between races a few weeks apart strength is maintained: no foundation, nothing built."""
        races = (race_in(14, id="one"), race_in(18, Priority.B, km=10, id="b"), race_in(22, id="two"))
        found = phases_of(22, races=races)
        assert found[15:17] == [Phase.MAINTENANCE] * 2
        assert found[18:20] == [Phase.MAINTENANCE] * 2

    def test_a_novice_keeps_building_before_there_is_something_to_keep(self) -> None:
        """Races in the first weeks of a novice's season are no race season yet."""
        races = (race_in(2, Priority.B, id="one"), race_in(6, Priority.B, id="two"), race_in(12, id="a"))
        assert Phase.MAINTENANCE not in phases_of(12, races=races, strength_years=0.0)[:6]

    def test_a_race_of_the_calendar_counts_like_a_listed_one(self) -> None:
        """The season bends to an A race of the dated calendar; a C race of it changes nothing."""
        sunday = MONDAY + dt.timedelta(days=7 * 12 - 1)
        race = Run(date=sunday, kind=RunKind.RACE, distance=Distance(21.1), priority=Priority.A)
        assert phases_of(12, calendar=(race,))[-2:] == [Phase.TAPER, Phase.RACE]
        assert phases_of(12, calendar=(attrs.evolve(race, priority=Priority.C),))[-1] is Phase.HEAVY

    def test_a_race_just_after_the_last_week_has_its_taper(self) -> None:
        """A plan that stops short of the race tapers all the same, and one begun after a race recovers first."""
        assert phases_of(11, races=(race_in(12),))[-1] is Phase.TAPER
        assert phases_of(6, races=(race_in(0, km=42.2),))[:2] == [Phase.RECOVERY] * 2

    def test_a_year_has_blocks_of_eight_to_twelve_weeks(self) -> None:
        """A long season without a race builds, loads and lightens in turn."""
        found = phases_of(52)
        begins = [0] + [n for n in range(1, 52) if found[n] is Phase.MAINTENANCE and found[n - 1] is Phase.HEAVY]
        lengths = [after - before for before, after in itertools.pairwise([*begins, 52])]
        assert len(lengths) > 3
        assert all(8 <= length <= 12 for length in lengths)

    def test_a_passed_hop_test_opens_an_explosive_phase(self) -> None:
        """It ends the heavy block, and takes no more than half of it; a failed test opens none."""
        passed = (Assessment(exercise="hop-test", date=MONDAY, amount=20),)
        found = phases_of(12, assessments=passed)
        assert found[6:] == [Phase.HEAVY] * 3 + [Phase.EXPLOSIVE] * 3
        failed = (Assessment(exercise="hop-test", date=MONDAY, amount=19),)
        for fields in ({"assessments": failed}, {"assessments": passed, "clearance": Clearance.UNKNOWN}):
            assert Phase.EXPLOSIVE not in phases_of(12, **fields)

    @pytest.mark.parametrize("weeks", [1, 2, 3])
    @pytest.mark.parametrize("years", [0.0, 1.0])
    def test_the_shortest_seasons(self, weeks: int, years: float) -> None:
        """One to three weeks lay a foundation first, and have no deload."""
        framed = weeks_of(weeks, strength_years=years)
        assert framed[0].phase is Phase.FOUNDATION
        assert not any(week.deload for week in framed)

    def test_a_c_race_changes_nothing(self) -> None:
        """A parkrun leaves the season as it is."""
        assert phases_of(12, races=(race_in(6, Priority.C),)) == phases_of(12)

    def test_a_parkrun_every_saturday_is_no_season(self) -> None:
        """However many C races there are, phases, deloads and the taper of the A race are as without them."""
        main = race_in(16)
        saturdays = tuple(
            Race(
                id=f"parkrun-{n}", date=MONDAY + dt.timedelta(days=7 * n + 5), distance=Distance(5), priority=Priority.C
            )
            for n in range(16)
        )
        with_them, without = weeks_of(16, races=(*saturdays, main)), weeks_of(16, races=(main,))
        assert [(week.phase, week.deload) for week in with_them] == [(week.phase, week.deload) for week in without]

    def test_a_short_season_keeps_taper_and_race(self) -> None:
        """Three weeks before the race leave one week of foundation, the taper and the race week."""
        assert phases_of(3, races=(race_in(3),)) == [Phase.FOUNDATION, Phase.TAPER, Phase.RACE]

    def test_weeks_of_a_phase_are_counted(self) -> None:
        """Each week knows which of its phase it is."""
        assert [week.phase_week for week in weeks_of(8)] == [1, 2, 1, 2, 3, 4, 1, 2]

    def test_every_phase_is_explained(self) -> None:
        """Each stretch of the season has a decision with a reason and a source."""
        framed, told = frame(person(races=(race_in(16),)), MONDAY, 18, RULES)
        for phase in {week.phase for week in framed}:
            assert any(decision.what.endswith(f": {phase}") and decision.why and decision.sources for decision in told)


class TestDeloads:
    """Every fourth to sixth working week is lighter, never in a taper, race or recovery week."""

    @pytest.mark.parametrize("weeks", [4, 7, 12, 16, 26, 52])
    @pytest.mark.parametrize("years", [0.0, 1.0, 4.0])
    @pytest.mark.parametrize("race", [None, 8, 13, 16])
    def test_every_fourth_to_sixth_working_week(self, weeks: int, years: float, race: int | None) -> None:
        """Never fewer than three and never more than five full weeks lie between lighter ones."""
        races = (race_in(race),) if race is not None and race <= weeks else ()
        since = 0
        for week in weeks_of(weeks, strength_years=years, races=races):
            if week.phase in QUIET:
                assert not week.deload
                since = 0
            elif week.deload:
                assert since >= 3
                since = 0
            else:
                since += 1
                assert since <= 5

    @pytest.mark.parametrize("fields", [{"strength_years": 0.0}, {"birth_year": 1960}])
    def test_novices_and_older_runners_deload_every_fourth_week(self, fields: dict[str, object]) -> None:
        """With nothing to choose between weeks, the careful take the fourth and others the fifth."""
        assert [week.number for week in weeks_of(13, **fields) if week.deload] == [4, 8, 12]
        assert [week.number for week in weeks_of(13) if week.deload] == [5, 10]

    def test_a_deload_falls_on_the_week_with_the_least_running(self) -> None:
        """A cut-back week among the fourth to sixth takes the deload."""
        free = MONDAY + dt.timedelta(days=5 * 7 + 6)
        running = attrs.evolve(FOUR_RUNS, exceptions=(DatedException(date=free),))
        assert next(week.number for week in weeks_of(9, running=running) if week.deload) == 6

    def test_the_runners_cut_back_week_takes_the_deload(self) -> None:
        """Of weeks three on, one off, the fourth is the deload although five weeks are usual; the decision says why."""
        framed, told = frame(person(calendar=kilometers(40, 44, 48, 30, 44, 48, 52, 32, 48, 52)), MONDAY, 10, RULES)
        assert [week.number for week in framed if week.deload] == [4, 8]
        assert any("your own cut-back weeks" in decision.why for decision in told)

    def test_a_cut_back_week_outside_the_window_takes_none(self) -> None:
        """A cut-back in the third week is too early, and no gap grows over six weeks for one."""
        running = kilometers(40, 44, 28, 44, 46, 47, 30, 46)
        assert [week.number for week in weeks_of(8, calendar=running) if week.deload] == [5]

    def test_the_lighter_weeks_between_blocks_take_the_deload(self) -> None:
        """With once a week and fewer sets already, a deload right after would be a third light week."""
        framed = weeks_of(52)
        after_light = [
            week for before, week in itertools.pairwise(framed) if week.deload and before.phase is Phase.MAINTENANCE
        ]
        assert all(week.phase is Phase.MAINTENANCE for week in after_light[1:])

    def test_no_deload_right_before_a_taper(self) -> None:
        """A taper within reach lightens enough."""
        framed = weeks_of(8, races=(race_in(8),))
        assert [week.phase for week in framed][-2:] == [Phase.TAPER, Phase.RACE]
        assert not framed[5].deload


class TestRunning:
    """Strength answers to running: where it jumps or peaks, nothing new comes in."""

    def test_a_jump_and_the_peak_hold_what_is_new(self) -> None:
        """The week that rises by more than a tenth and the weeks of most running are marked, with the reason."""
        framed, told = frame(person(calendar=kilometers(40, 41, 42, 60, 42, 41, 40, 61)), MONDAY, 8, RULES)
        assert [week.number for week in framed if week.hold] == [4, 8]
        assert any("one thing rises at a time" in decision.why for decision in told)

    def test_a_harder_phase_waits_for_a_week_with_less_running(self) -> None:
        """Building would begin in the third week; a jump there lets it wait one week."""
        assert phases_of(8, calendar=kilometers(40, 40, 50, 42, 42, 42, 42, 42))[:4] == [
            Phase.FOUNDATION, Phase.FOUNDATION, Phase.FOUNDATION, Phase.BUILD,
        ]  # fmt: skip

    def test_even_running_holds_nothing(self) -> None:
        """The usual week neither jumps nor peaks, and small rises are none."""
        assert not any(week.hold for week in weeks_of(12))
        assert not any(week.hold for week in weeks_of(6, calendar=kilometers(40, 42, 44, 42, 44, 46)))


class TestComeback:
    """After a layoff the first weeks are lighter; after a long one the foundation is a novice's."""

    @pytest.mark.parametrize(
        ("days", "shares"), [(9, []), (10, [0.9]), (14, [0.9]), (15, [0.8, 0.9]), (29, [0.65, 0.8, 0.9]), (57, [])]
    )
    def test_shares_step_up_week_by_week(self, days: int, shares: list[float]) -> None:
        """The gap sets the first share; unknown and short gaps set none."""
        framed = weeks_of(6, last_strength=MONDAY - dt.timedelta(days=days))
        assert [week.share for week in framed if week.share < 1] == shares

    def test_foundation_lasts_as_long_as_the_lighter_weeks(self) -> None:
        """Nothing heavy while the dose is on its way back; four weeks when all starts anew."""
        for days, weeks in ((20, 2), (40, 3), (80, 4)):
            found = phases_of(6, last_strength=MONDAY - dt.timedelta(days=days))
            assert found.count(Phase.FOUNDATION) == weeks

    def test_a_comeback_of_unknown_length_is_asked_for(self) -> None:
        """Who comes back without saying since when hears what to write."""
        _, told = frame(person(goals=(Goal.COMEBACK,)), MONDAY, 6, RULES)
        assert any("last_strength" in decision.why for decision in told)


class TestWeeks:
    """Weeks follow the runner's week start, never the plan's first day."""

    @pytest.mark.parametrize("week_start", list(Weekday))
    @pytest.mark.parametrize("offset", range(7))
    def test_any_week_start_and_any_first_day(self, week_start: Weekday, offset: int) -> None:
        """The first week begins on the week start and opens its days from the first planned one."""
        start = MONDAY + dt.timedelta(days=offset)
        framed, _ = frame(person(week_start=week_start), start, 5, RULES)
        assert all(week.start.weekday() == week_start.number for week in framed)
        assert framed[0].start <= start < framed[0].start + dt.timedelta(days=7)
        assert framed[0].days[0] == start
        assert [len(week.days) for week in framed[1:]] == [7] * 4
        assert [week.number for week in framed] == [1, 2, 3, 4, 5]

    def test_the_season_reaches_the_main_race(self) -> None:
        """Without a wish for a number of weeks, the race's own week is the last."""
        runner = person(races=(race_in(11), race_in(5, Priority.B, id="b")))
        assert season_weeks(runner, MONDAY) == 11
        assert frame(runner, MONDAY, 11, RULES)[0][-1].phase is Phase.RACE

    def test_twelve_weeks_without_a_race(self) -> None:
        """No race, a race in the past and a C race all mean twelve weeks."""
        past = Race(id="past", date=MONDAY - dt.timedelta(days=1))
        assert [season_weeks(person(races=races), MONDAY) for races in ((), (past,), (race_in(4, Priority.C),))] == [
            12
        ] * 3

    @pytest.mark.parametrize("offset", range(7))
    def test_never_more_than_a_year(self, offset: int) -> None:
        """A race that lies too far ahead is no end of a season."""
        start = MONDAY + dt.timedelta(days=offset)
        for week in (51, 52, 53, 54):
            assert 1 <= season_weeks(person(races=(race_in(week),)), start) <= 52

    def test_an_empty_running_week_is_no_obstacle(self) -> None:
        """A runner without runs still gets a season."""
        assert len(frame(person(running=RunningWeek()), MONDAY, 6, RULES)[0]) == 6
