"""Runners over the whole space of what planners meet: any week, any day, any kit, any body, any season.

Where `strategies.runners` draws a quiet few for rules, these are drawn to be hard to plan for: no run to two a day, one
open quarter of an hour, three places with different kits, races on top of each other, old and new injuries.

Everything is made by picking from lists, plainest entry first. A `Pick` of Hypothesis makes strategies of it, one of
`random.Random` makes thousands of runners quickly.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from hypothesis import strategies as st

from runstrong.catalog.records import load_catalog
from runstrong.model.quantities import RIR, Distance, Duration, Mass, lb
from runstrong.model.rules import Override
from runstrong.model.runner import (
    Assessment,
    Availability,
    DatedAvailability,
    Injury,
    Kit,
    Lift,
    Limitations,
    Runner,
    Weights,
)  # fmt: skip
from runstrong.model.running import DatedException, Race, Run, RunningWeek, UsualRun
from runstrong.model.value import Record, record
from runstrong.model.words import (
    Clearance,
    DayPart,
    Deficit,
    Equipment,
    Goal,
    Level,
    Place,
    Position,
    Priority,
    Region,
    RunKind,
    Sex,
    Side,
    StrengthDayPolicy,
    Weekday,
)

__all__ = ["FIRST_DAYS", "MONDAY", "Pick", "PlanRequest", "a_request", "a_runner", "plan_requests", "planner_runners"]

T = TypeVar("T")
Pick = Callable[[Sequence[Any]], Any]
"""Takes choices, gives one of them."""

MONDAY = dt.date(2027, 1, 4)
FIRST_DAYS = tuple(MONDAY + dt.timedelta(days=n) for n in range(14))
"""Days on which drawn plans start: each weekday twice."""

_WEEKDAYS = tuple(Weekday)
_CLOCK = (DayPart.MORNING, DayPart.MIDDAY, DayPart.EVENING)
_PARTS = (*_CLOCK, DayPart.UNKNOWN)
# Drawing from a table is quick and shrinks to its first entry, the plainest.
_KINDS = (RunKind.EASY,) * 4 + tuple(kind for kind in RunKind if kind is not RunKind.EASY)
_MEASURES: tuple[tuple[Distance | None, Duration | None], ...] = (
    (None, None),
    (Distance(8.0), None),
    (None, Duration(2700.0)),
    (Distance(5.0), Duration(1800.0)),
    (Distance(12.0), Duration(4200.0)),
    (Distance(30.0), Duration(11_400.0)),
)
_MINUTES = tuple(Duration(each * 60.0) for each in (35, 10, 12, 15, 20, 25, 30, 45, 60, 75, 90))
_DISTANCES = (None, Distance(5.0), Distance(10.0), Distance(21.0975), Distance(42.195), Distance(100.0))
_WEIGHTS = (
    (),
    (Weights(kind=Equipment.DUMBBELL, each=tuple(Mass(float(each)) for each in (2, 4, 6, 8, 10)), pieces=2),),
    (Weights(kind=Equipment.KETTLEBELL, each=(Mass(8.0), Mass(16.0))),),
    (Weights(kind=Equipment.DUMBBELL, each=tuple(lb(5.0 * each) for each in range(1, 11)), pieces=2),),
    (
        Weights(kind=Equipment.BARBELL, each=tuple(Mass(20 + 2.5 * each) for each in range(41))),
        Weights(kind=Equipment.DUMBBELL, each=tuple(Mass(2.5 * each) for each in range(1, 17)), pieces=2),
    ),
    (Weights(kind=Equipment.BACKPACK, each=(Mass(5.0),)), Weights(kind=Equipment.WEIGHT_VEST, each=(Mass(10.0),))),
)
_OVERRIDES = tuple(
    Override(rule=rule, parameter=parameter, value=value, reason="as my coach asks")
    for rule, parameter, value in (
        ("placement", "heavy_days_before_hard", 2.0),
        ("placement", "heavy_days_before_hard", 0.0),
        ("placement", "heavy_days_before_hard_novice", 1.0),
        ("placement", "same_tissue_days", 3.0),
        ("placement", "same_day_min_hours", 8.0),
        ("placement", "race_days_before", 5.0),
        ("placement", "race_days_after_long", 14.0),
        ("placement", "evening_hour", 20.0),
        ("planning", "sessions_per_week", 3.0),
        ("planning", "shortest_minutes", 20.0),
        ("definitions", "heavy_rir", 1.0),
    )
)


def _some(pick: Pick, choices: Sequence[T], most: int, *, least: int = 0) -> tuple[T, ...]:
    """Pick `least` to `most` different entries."""
    left, taken = list(choices), []
    for _ in range(pick(range(least, min(most, len(left)) + 1))):
        taken.append(pick(left))
        left.remove(taken[-1])
    return tuple(taken)


def _running(pick: Pick) -> RunningWeek:
    """Pick a usual week of 0 to 14 runs, two a day at most, some with a day that is otherwise."""
    left = [(day, part) for day in _WEEKDAYS for part in _PARTS]
    runs: list[UsualRun] = []
    for _ in range(pick((4, 0, 1, 2, 3, 4, 5, 5, 5, 6, 6, 7, 8, 10, 14))):
        day, part = pick(left)
        left.remove((day, part))
        runs.append(_usual_run(pick, day, part))
        if sum(run.day is day for run in runs) == 2:
            left = [each for each in left if each[0] is not day]
    exceptions = (DatedException(date=pick(FIRST_DAYS), runs=()),) if pick(range(8)) == 7 else ()
    return RunningWeek(runs=tuple(runs), exceptions=exceptions)


def _usual_run(pick: Pick, day: Weekday, part: DayPart) -> UsualRun:
    distance, duration = pick(_MEASURES)
    return UsualRun(day=day, day_part=part, kind=pick(_KINDS), distance=distance, duration=duration)


def _calendar(pick: Pick) -> tuple[Run, ...]:
    """Pick dated runs for some of the first weeks, mostly none."""
    if pick(range(8)) < 7:
        return ()
    days = sorted(_some(pick, range(28), 12))
    return tuple(_usual_run(pick, _WEEKDAYS[day % 7], pick(_PARTS)).on(MONDAY + dt.timedelta(days=day)) for day in days)


def _races(pick: Pick) -> tuple[Race, ...]:
    """Pick up to three races, some just before the plan, some on neighboring days."""
    count = pick((0, 0, 0, 1, 1, 1, 2, 3))
    near = range(41) if pick((True, False)) else range(-14, 91)
    days = sorted(_some(pick, near, count, least=count))
    return tuple(
        Race(
            id=f"race-{number}",
            date=MONDAY + dt.timedelta(days=day),
            distance=pick(_DISTANCES),
            priority=pick(tuple(Priority)),
            day_part=pick(_PARTS),
        )
        for number, day in enumerate(days, 1)
    )


def _kits(pick: Pick) -> tuple[Kit, ...]:
    places = pick(((), ("home",), ("home",), ("gym",), ("home", "gym"), ("home", "gym", "travel")))
    everything = tuple(Equipment)
    return tuple(
        Kit(
            place=Place(place),
            equipment=everything if place == "gym" and pick((True, False)) else _some(pick, everything, 6),
            weights=pick(_WEIGHTS),
            backpack_up_to=pick((Mass(15.0), Mass(0.0))),
        )
        for place in places
    )


def _availability(pick: Pick, places: tuple[Place, ...]) -> tuple[Availability, ...]:
    """Pick open days, from one to all; none means every day."""
    if pick((True, False)):
        return ()
    parts = ((), (), *((part,) for part in _PARTS), _CLOCK[1:], _CLOCK[::2])
    return tuple(
        Availability(
            day=day, day_parts=pick(parts), minutes=pick((None, None, None, *_MINUTES)), place=pick((None, *places))
        )
        for day in _some(pick, _WEEKDAYS, 7, least=1)
    )


def _dated(pick: Pick, places: tuple[Place, ...]) -> tuple[DatedAvailability, ...]:
    """Pick days that are otherwise than usual: closed, opened, shorter, at another time or place; mostly none."""
    if pick(range(6)) < 5:
        return ()
    first = MONDAY + dt.timedelta(days=pick(range(21)))
    last = first + dt.timedelta(days=pick((0, 2, 6, 9)))
    other = pick(("closed", "opened", "shorter", "evening", "elsewhere"))
    return (
        DatedAvailability(
            first=first,
            last=last,
            open={"closed": False, "opened": True}.get(other),
            minutes=Duration(900.0) if other in ("shorter", "elsewhere") else None,
            day_parts=(DayPart.EVENING,) if other == "evening" else (),
            place=pick(places) if other == "elsewhere" and places else None,
        ),
    )


def _lifts(pick: Pick) -> tuple[Lift, ...]:
    if pick(range(4)) < 3:
        return ()
    lifted = ("goblet-squat", "back-squat", "deadlift", "romanian-deadlift", "calf-raise")
    known = [id for id in lifted if id in load_catalog().exercises]
    return tuple(
        Lift(
            exercise=id,
            date=MONDAY - dt.timedelta(days=pick((10, 300))),
            mass=Mass(float(pick((10, 20, 60, 120)))),
            reps=pick((1, 5, 10)),
            rir=pick((None, RIR(2.0))),
        )
        for id in _some(pick, known, 2, least=1)
    )


def _injury(pick: Pick) -> Injury:
    """Pick an injury: there now, ended within a year, or old; it may begin or end while the plan runs."""
    since, ended = pick(((60, None), (20, None), (-10, None), (60, 5), (60, -14), (400, 300), (2000, 1500)))
    return Injury(
        region=pick(tuple(Region)),
        side=pick((Side.NONE, Side.LEFT, Side.BOTH)),
        since=MONDAY - dt.timedelta(days=since),
        ended=None if ended is None else MONDAY - dt.timedelta(days=ended),
        strength_restored=pick((None, True, False)),
    )


def _assessments(pick: Pick) -> tuple[Assessment, ...]:
    if pick(range(4)) < 3:
        return ()
    return tuple(
        Assessment(
            exercise=exercise,
            date=MONDAY - dt.timedelta(days=pick((7, 200))),
            side=pick((Side.LEFT, Side.RIGHT, Side.NONE)),
            amount=pick(range(61)),
        )
        for exercise in _some(pick, sorted(load_catalog().standards), 3, least=1)
    )


def a_runner(pick: Pick) -> Runner:
    """Make a runner by picking; see `planner_runners`."""
    kits = _kits(pick)
    places = tuple(kit.place for kit in kits)
    born = pick((None, None, 1990, 2012, 2009, 1965, 1947))
    limited = pick(range(4)) == 3
    known = sorted(load_catalog().exercises)
    overrides = _some(pick, _OVERRIDES, 2) if pick(range(5)) == 4 else ()
    return Runner(
        name="Ada",
        birth_year=born,
        sex=pick((None, *Sex)),
        body_mass=pick((None, Mass(60.0), Mass(85.0))),
        running_years=pick((1.0, 0.1, 12.0)),
        strength_years=pick((0.0, 0.4, 1.0, 4.0)),
        level=pick((None, None, None, *Level)),
        goals=_some(pick, tuple(Goal), 2, least=1),
        running=_running(pick),
        calendar=_calendar(pick),
        races=_races(pick),
        kits=kits,
        place=places[0] if places else Place.HOME,
        availability=_availability(pick, places),
        exceptions=_dated(pick, places),
        lifts=_lifts(pick),
        last_strength=pick((None, None, None, MONDAY - dt.timedelta(days=30), MONDAY - dt.timedelta(days=200))),
        session_length=pick(_MINUTES),
        sessions_per_week=pick((None, 1, 2, 3)),
        policy=pick(tuple(StrengthDayPolicy)),
        week_start=pick(_WEEKDAYS),
        injuries=tuple(_injury(pick) for _ in range(pick((0, 0, 0, 1, 1, 2)))),
        deficits=_some(pick, tuple(Deficit), 2),
        limitations=Limitations(
            exclude=_some(pick, known, 4) if limited else (),
            positions=_some(pick, tuple(Position), 3) if limited else (),
        ),
        assessments=_assessments(pick),
        clearance=pick((Clearance.UNKNOWN, Clearance.CLEARED, Clearance.CLEARED, Clearance.NOT_CLEARED)),
        usual_sleep=pick((None, Duration(28_800.0))),
        supervised=born is not None and born > 2008 and pick((True, True, False)),
        overrides=tuple({each.key: each for each in overrides}.values()),
    )


@st.composite
def planner_runners(draw: st.DrawFn) -> Runner:
    """Draw a runner as a planner may meet them, from nothing stated to everything stated at once.

    Covers 0 to 14 runs a week of every kind on every day and part of the day, all seven week starts, both policies, one
    open day to all, parts of the day, 10 to 90 minutes, up to three places with their kits, exclusions and positions,
    injuries of now, of this year and of old, goals, races of each weight before and during the plan, every level, 14 to
    80 years, supervision, clearance, assessments, best sets, a layoff, dated runs, days that are otherwise than usual,
    and numbers of the runner's own.
    """
    return a_runner(lambda choices: draw(st.sampled_from(choices)))


@record
class PlanRequest(Record):
    """What a planner is asked for, and how the runner then follows the plan.

    Args:
        runner: whom the plan is for.
        start: first day.
        weeks: how many.
        day: on which day of the plan, from 0, it is planned again.
        habits: how the runner goes about sessions, one after the other and over again: ``done``, ``half`` or
            ``missed``.
        vouched: whether the log says that it is whole.
        turn: which of the laws that cost most is held on this request.
    """

    runner: Runner
    start: dt.date
    weeks: int
    day: int = 0
    habits: tuple[str, ...] = ("done",)
    vouched: bool = True
    turn: int = 0


_HABITS = (("done",), ("missed",), ("done", "missed"), ("half", "done"), ("done", "done", "missed", "half"))
_LENGTHS = (1,) * 64 + (2,) * 52 + (3,) * 28 + (4,) * 24 + (5,) * 10 + (6,) * 15 + (12,) * 6 + (52,)


def a_request(pick: Pick, most_weeks: int = 52) -> PlanRequest:
    """Make a request by picking; see `plan_requests`."""
    return PlanRequest(
        runner=a_runner(pick),
        start=pick(FIRST_DAYS),
        weeks=min(pick(_LENGTHS), most_weeks),
        day=pick(range(28)),
        habits=pick(_HABITS),
        vouched=pick((True, True, False)),
        turn=pick(range(12)),
    )


@st.composite
def plan_requests(draw: st.DrawFn, most_weeks: int = 52) -> PlanRequest:
    """Draw a runner, a first day and a number of weeks: mostly one to six, now and then twelve or a year.

    Args:
        draw: of Hypothesis.
        most_weeks: the longest plan to ask for.
    """
    return a_request(lambda choices: draw(st.sampled_from(choices)), most_weeks)
