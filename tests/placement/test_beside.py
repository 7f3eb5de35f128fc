"""One session beside the others: the same constraints that a whole week is placed by."""

from __future__ import annotations

import datetime as dt

import pytest

from runstrong.model.plan import CatalogStamp, Plan, Week
from runstrong.model.runner import Runner
from runstrong.model.running import RunningWeek, UsualRun
from runstrong.model.words import DayPart, Emphasis, Phase, RunKind, Weekday
from runstrong.placement import Broken, Placed, broken_beside, surroundings
from runstrong.rules import load_rules

RULES = load_rules()
MONDAY = dt.date(2027, 1, 4)
DAYS = tuple(MONDAY + dt.timedelta(days=n) for n in range(7))
HEAVY, LIGHT, UPPER = Emphasis.HEAVY_LEGS, Emphasis.LIGHT_LEGS, Emphasis.UPPER_AND_TRUNK


def a_plan(*phases: Phase, years: float = 3, runs: tuple[UsualRun, ...] = ()) -> Plan:
    """Return a plan of weeks without sessions."""
    weeks = [Week(number=n + 1, start=MONDAY + dt.timedelta(days=7 * n), phase=phase) for n, phase in enumerate(phases)]
    runner = Runner(name="Ada", running=RunningWeek(runs=runs), strength_years=years)
    return Plan(runner=runner, start=MONDAY, weeks=tuple(weeks), catalog=CatalogStamp(version="0", hash="0"))


def at(day: int, emphasis: Emphasis) -> Placed:
    """Return a place on a day of the week; Monday is 0."""
    return Placed(DAYS[day], DayPart.UNKNOWN, emphasis)


class TestSurroundings:
    """Heavy work is new for a novice, and for everyone in the first weeks of a heavy block."""

    @pytest.mark.parametrize(
        ("phases", "years", "careful"),
        [
            ((Phase.BUILD,), 3, False),
            ((Phase.BUILD,), 0, True),
            ((Phase.BUILD, Phase.HEAVY), 3, True),
            ((Phase.HEAVY, Phase.HEAVY, Phase.HEAVY), 3, False),
        ],
    )
    def test_careful(self, phases: tuple[Phase, ...], years: float, careful: bool) -> None:
        """The last week of these phases is placed carefully, or not."""
        plan = a_plan(*phases, years=years)
        assert surroundings(plan, plan.weeks[-1], RULES).careful is careful


class TestBeside:
    """A place is judged by itself, then with the others, then for the week's rest."""

    def test_faults(self) -> None:
        """Each constraint names itself; a place without a fault has none."""
        intervals = UsualRun(day=Weekday.WEDNESDAY, kind=RunKind.INTERVALS)
        plan = a_plan(Phase.BUILD, runs=(intervals,))
        around = surroundings(plan, plan.weeks[0], RULES)
        assert broken_beside(at(1, HEAVY), (), DAYS, around) is Broken.BEFORE_HARD_RUN
        assert broken_beside(at(4, UPPER), (at(4, HEAVY),), DAYS, around) is Broken.SAME_DAY_SESSION
        assert broken_beside(at(4, LIGHT), (at(3, HEAVY),), DAYS, around) is Broken.SAME_TISSUE
        assert broken_beside(at(4, UPPER), (at(3, HEAVY),), DAYS, around) is None
        others = [at(day, UPPER) for day in (0, 1, 3, 4, 5)]
        assert broken_beside(at(6, UPPER), others, DAYS, around) is Broken.LAST_REST_DAY
