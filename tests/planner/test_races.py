"""Which weeks races claim: taper, race week and recovery by distance and weight."""

from __future__ import annotations

import datetime as dt

import pytest

from runstrong.model.quantities import Distance
from runstrong.model.runner import Runner
from runstrong.model.running import Race, Run, RunningWeek
from runstrong.model.words import Phase, Priority, RunKind
from runstrong.planner.races import aims_of, claimed_weeks, last_aim, season_aims
from runstrong.rules import load_rules

RULES = load_rules()
MONDAY = dt.date(2027, 1, 4)
STARTS = [MONDAY + dt.timedelta(days=7 * n) for n in range(20)]
T, R, S = Phase.TAPER, Phase.RACE, Phase.RECOVERY


def race(day: int, km: float | None = 21.1, priority: Priority = Priority.A) -> Race:
    """Return a race so many days after the season's first Monday."""
    distance = Distance(km) if km is not None else None
    return Race(id=f"on-{day + 99}", date=MONDAY + dt.timedelta(days=day), distance=distance, priority=priority)


def claims(*races: Race) -> dict[int, Phase]:
    """Return what the races claim of twenty weeks."""
    runner = Runner(name="Ada", running=RunningWeek(), races=races)
    return claimed_weeks(runner, STARTS, season_aims(runner, STARTS, RULES), RULES)


class TestClaims:
    """Heavy legs end seven to ten days before an A race, and recovery follows its distance."""

    @pytest.mark.parametrize(
        ("km", "claimed"),
        [
            (10, {8: R, 9: S}),
            (21.1, {7: T, 8: R, 9: S}),
            (None, {7: T, 8: R, 9: S}),
            (42.2, {7: T, 8: R, 9: S, 10: S}),
        ],
    )
    def test_a_race_on_the_last_day_of_its_week(self, km: float | None, claimed: dict[int, Phase]) -> None:
        """A Sunday race: its own week is the taper of a short one, one week more before the others."""
        assert claims(race(8 * 7 + 6, km)) == claimed

    @pytest.mark.parametrize(("km", "taper"), [(10, [7]), (42.2, [6, 7])])
    def test_a_race_on_the_first_day_of_its_week(self, km: float, taper: list[int]) -> None:
        """Counted in days, so that a Monday race has a taper week more."""
        found = claims(race(8 * 7, km))
        assert [week for week, phase in found.items() if phase is T] == taper[::-1]

    def test_a_b_race_has_its_week_and_little_else(self) -> None:
        """No taper; of recovery one week less than an A race."""
        beside = race(19 * 7)
        assert claims(race(8 * 7 + 6, 21.1, Priority.B), beside)[8] is R
        found = claims(race(8 * 7 + 6, 42.2, Priority.B), beside)
        assert {week: found.get(week) for week in (7, 8, 9, 10)} == {7: None, 8: R, 9: S, 10: None}

    def test_recovery_stands_before_a_taper(self) -> None:
        """Tired legs are not tapered but rested, and a race week gives way to nothing."""
        assert claims(race(4 * 7 + 6, 42.2), race(6 * 7 + 6, 42.2)) == {3: T, 4: R, 5: S, 6: R, 7: S, 8: S}

    def test_races_beyond_both_ends_claim_their_weeks(self) -> None:
        """Recovery from a race before the season, and the taper for one after it."""
        assert claims(race(-1, 42.2)) == {0: S, 1: S}
        assert claims(race(20 * 7 + 6)) == {19: T}


class TestAims:
    """A races bend the season; without one the last B race does; C races never."""

    def test_the_last_b_race_stands_in(self) -> None:
        """Of two B races the later one is what the season is for."""
        runner = Runner(
            name="Ada",
            running=RunningWeek(),
            races=(race(10, priority=Priority.B), race(50, priority=Priority.B), race(60, priority=Priority.C)),
        )
        found = aims_of(runner, MONDAY, STARTS[-1], RULES)
        assert [(aim.date, aim.main) for aim in found] == [
            (MONDAY + dt.timedelta(days=10), False), (MONDAY + dt.timedelta(days=50), True),
        ]  # fmt: skip
        assert last_aim(runner, MONDAY, STARTS[-1], RULES) == found[-1]

    def test_a_listed_race_stands_before_the_calendars(self) -> None:
        """On one day the runner's list says what the race weighs."""
        day = MONDAY + dt.timedelta(days=13)
        run = Run(date=day, kind=RunKind.RACE, priority=Priority.A)
        runner = Runner(name="Ada", running=RunningWeek(), calendar=(run,), races=(race(13, priority=Priority.C),))
        assert aims_of(runner, MONDAY, STARTS[-1], RULES) == ()
