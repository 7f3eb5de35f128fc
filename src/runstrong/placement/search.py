"""The exact search for a week: every combination of open places is judged, none is skipped.

A week has at most seven days with three parts each and three sessions, so that looking at all of them costs less than
being clever; what is found is the best there is, and when nothing is found nothing exists. What was searched once is
kept by its pattern, which is the same for the weeks of many runners.
"""

from __future__ import annotations

import datetime as dt
import functools
import itertools
from collections.abc import Hashable, Iterable, Sequence

from runstrong.model.runner import Runner
from runstrong.model.running import Run
from runstrong.model.value import Record, evolve, record
from runstrong.model.words import DayPart, Emphasis, RunKind, StrengthDayPolicy, Weekday
from runstrong.placement.constraints import (
    NUMBERS,
    Broken,
    Placed,
    RunsOn,
    Surroundings,
    broken_by,
    leaves_rest,
    race_days_after,
    reach,
    slot_cost,
)

__all__ = ["Placement", "conflicts_of", "open_places", "place_week", "what_would_free"]


@record
class Placement(Record):
    """The outcome for one week.

    Args:
        places: chosen places, by date; empty when there is none.
        cost: of the choice, in points.
    """

    places: tuple[Placed, ...]
    cost: float


def open_places(runner: Runner, days: Iterable[dt.date], runs_on: RunsOn) -> tuple[tuple[dt.date, DayPart], ...]:
    """Return the days and parts of the day at which strength may stand, by the runner's availability on each date.

    On a day with runs the part must be another than theirs; where the runner leaves the part open on a day without
    runs, it stays unknown.
    """
    found: list[tuple[dt.date, DayPart]] = []
    for day in days:
        opening = runner.opening_on(day)
        if opening is None:
            continue
        parts = opening.day_parts
        runs = runs_on(day)
        if not runs:
            found += [(day, part) for part in sorted(parts, key=lambda part: part.order)] or [(day, DayPart.UNKNOWN)]
            continue
        taken = {run.day_part for run in runs}
        wanted = parts or (DayPart.MORNING, DayPart.MIDDAY, DayPart.EVENING)
        if DayPart.UNKNOWN in taken:
            # Runs of unknown time start the day; only its end is surely free.
            wanted = tuple(part for part in wanted if part in (DayPart.EVENING, DayPart.UNKNOWN))
        # Strength of unknown time ends the day, which has to be as free as the evening.
        taken = taken - {DayPart.UNKNOWN} | ({DayPart.UNKNOWN} if DayPart.EVENING in taken else set())
        found += [(day, part) for part in sorted(wanted, key=lambda part: part.order) if part not in taken]
    return tuple(found)


def place_week(
    days: Sequence[dt.date],
    wanted: Sequence[Emphasis],
    around: Surroundings,
    *,
    earlier: Sequence[Placed] = (),
    habits: Sequence[tuple[Weekday, Emphasis]] = (),
    minutes: float = 0.0,
) -> Placement | None:
    """Place sessions of the `wanted` emphases on `days`, at the least cost; None when no way exists.

    Args:
        days: those of the week that may be used, ascending; the rest-day constraint looks at the whole week.
        wanted: one emphasis per session; mobility means a few minutes of it, which a rest day may hold.
        around: runs, runner and numbers.
        earlier: sessions already placed before these days, which same-tissue gaps count from.
        habits: weekdays of last week's sessions, by emphasis, which it costs to leave.
        minutes: shortest session that is worth a day; days that allow less are closed.
    """
    usable = [day for day in days if around.runner.minutes_on(day) >= minutes]
    slots = open_places(around.runner, usable, around.runs_on)
    week = around.runner.week_of(days[0])
    cell = _cell(_pattern(week, slots, wanted, around, earlier=earlier, habits=habits))
    if not cell:
        cell.append(_cheapest(week, slots, wanted, around, earlier=earlier, habits=habits))
    found = cell[0]
    if found is None:
        return None
    places = (_at(week + dt.timedelta(days=n), part, emphasis) for n, part, emphasis in found[1])
    return Placement(tuple(places), found[0])


_Slots = tuple[tuple[dt.date, DayPart], ...]
_Found = tuple[float, tuple[tuple[int, DayPart, Emphasis], ...]] | None
"""Cost and places, by days from the week's first; None where there is no way."""

_EASY = (RunKind.EASY, RunKind.RECOVERY)


@functools.lru_cache(maxsize=4096)
def _cell(pattern: Hashable) -> list[_Found]:  # noqa: ARG001  it is what the cache goes by
    """Return where the outcome of a pattern is kept, empty when it was never searched."""
    return []


def _pattern(
    week: dt.date, slots: _Slots, wanted: Sequence[Emphasis], around: Surroundings, *,
    earlier: Sequence[Placed], habits: Sequence[tuple[Weekday, Emphasis]],
) -> Hashable:  # fmt: skip
    """Return all that a week's placement depends on, days counted from its first; the same for many weeks and runners.

    Of a run no more is told than what constraints and costs ask: its class, part of the day, length, and how far the
    window of a race reaches.
    """
    numbers = tuple(around.number(name) for name in NUMBERS)
    runs = tuple(
        (n, tuple(_class_of(run, around) for run in found))
        for n in reach(dict(zip(NUMBERS, numbers, strict=True)))
        if (found := around.runs_on(week + dt.timedelta(days=n)))
    )
    before = tuple(((place.date - week).days, place.emphasis, place.restful) for place in earlier)
    usual = frozenset(((day.number - week.weekday()) % 7, emphasis) for day, emphasis in habits)
    open_ = tuple(((day - week).days, part) for day, part in slots)
    return numbers, around.careful, around.runner.policy, runs, open_, tuple(wanted), before, usual


def _at(day: dt.date, part: DayPart, emphasis: Emphasis) -> Placed:
    """Return a place to search; mobility that is placed is short (CV10), so that a rest day stays one with it."""
    return Placed(day, part, emphasis, emphasis is Emphasis.MOBILITY)


def _class_of(run: Run, around: Surroundings) -> Hashable:
    if run.kind is RunKind.LONG or not run.kind.hard:
        kind = RunKind.EASY if run.kind in _EASY else run.kind
    else:
        kind = RunKind.RACE
    return kind, run.day_part, run.duration, race_days_after(run, around) if run.big_race else None


def _cheapest(
    week: dt.date, slots: _Slots, wanted: Sequence[Emphasis], around: Surroundings, *,
    earlier: Sequence[Placed], habits: Sequence[tuple[Weekday, Emphasis]],
) -> _Found:  # fmt: skip
    """Judge every combination of open places, and return the cheapest that stands."""
    whole_week = tuple(week + dt.timedelta(days=n) for n in range(7))
    choices: dict[Emphasis, list[tuple[float, Placed]]] = {}
    for emphasis in dict.fromkeys(wanted):
        options = [_at(day, part, emphasis) for day, part in slots]
        fitting = [place for place in options if broken_by(place, around) is None]
        choices[emphasis] = [
            (slot_cost(place, around) + _habit_cost(place, habits, around), place) for place in fitting
        ]
    best: tuple[float, tuple[tuple[dt.date, int, str], ...], tuple[Placed, ...]] | None = None
    for combination in itertools.product(*(choices[emphasis] for emphasis in wanted)):
        places = tuple(place for _, place in combination)
        cost = sum(each for each, _ in combination)
        if best is not None and cost > best[0]:
            continue
        if _combined(places, earlier, whole_week, around) is not None:
            continue
        cost += _spread_cost(places, around)
        key = tuple((place.date, place.day_part.order, place.emphasis.value) for place in places)
        if best is None or (cost, key) < best[:2]:
            best = (cost, key, places)
    if best is None:
        return None
    chosen = sorted(best[2], key=lambda place: (place.date, place.day_part.order))
    return best[0], tuple(((place.date - week).days, place.day_part, place.emphasis) for place in chosen)


def _combined(
    places: Sequence[Placed], earlier: Sequence[Placed], week: tuple[dt.date, ...], around: Surroundings
) -> Broken | None:
    """Return the hard constraint that places break together, or None."""
    days = frozenset(place.date for place in places)
    if len(days) < len(places):
        return Broken.SAME_DAY_SESSION
    gap, light_gap = around.number("same_tissue_days"), around.number("light_tissue_days")
    legs = sorted((place for place in (*earlier, *places) if place.emphasis.legs), key=lambda place: place.date)
    for before, later in itertools.pairwise(legs):
        heavy = Emphasis.HEAVY_LEGS in (before.emphasis, later.emphasis)
        if (later.date - before.date).days < (gap if heavy else light_gap):
            return Broken.SAME_TISSUE
    taken = frozenset(place.date for place in (*places, *earlier) if place.date in week and not place.restful)
    if not leaves_rest(week, taken, around):
        return Broken.LAST_REST_DAY
    return None


def _spread_cost(places: Sequence[Placed], around: Surroundings) -> float:
    days = sorted(place.date for place in places)
    if len(days) < 2:
        return 0.0
    even = 7 / len(days)
    gaps = [(later - before).days for before, later in itertools.pairwise(days)]
    gaps.append(7 - (days[-1] - days[0]).days)
    return around.number("cost_uneven") * sum(max(0.0, even - 0.5 - gap) for gap in gaps)


def _habit_cost(place: Placed, habits: Sequence[tuple[Weekday, Emphasis]], around: Surroundings) -> float:
    if not habits:
        return 0.0
    return 0.0 if (Weekday.of(place.date.weekday()), place.emphasis) in habits else around.number("cost_change")


def conflicts_of(
    days: Sequence[dt.date], emphasis: Emphasis, around: Surroundings, *, minutes: float = 0.0
) -> tuple[str, ...]:
    """Tell, day by day, which hard constraint keeps a session of `emphasis`, `minutes` long at least, off it."""
    slots = open_places(around.runner, days, around.runs_on)
    week = around.runner.week_of(days[0])
    whole_week = tuple(week + dt.timedelta(days=n) for n in range(7))
    open_days = {day for day, _ in slots}
    reasons = []
    for day in days:
        name = Weekday.of(day.weekday())
        if day not in open_days:
            reasons.append(f"{name}: {Broken.UNAVAILABLE.value}")
            continue
        if (allowed := around.runner.minutes_on(day)) < minutes:
            reasons.append(f"{name}: {allowed:g} minutes open, and a session takes {minutes:g} minutes")
            continue
        faults = []
        for each, part in slots:
            if each == day:
                place = _at(day, part, emphasis)
                faults.append(broken_by(place, around) or _combined((place,), (), whole_week, around))
        if None not in faults:
            reasons.append(f"{name}: {faults[0].value}" if faults[0] else str(name))
    return tuple(reasons)


def what_would_free(
    days: Sequence[dt.date],
    wanted: Sequence[Emphasis],
    around: Surroundings,
    *,
    earlier: Sequence[Placed] = (),
    minutes: float = 0.0,
) -> tuple[str, ...]:
    """Return single changes that would each make room for the `wanted` sessions, cheapest first.

    Args:
        days: those of the week that may be used, ascending.
        wanted: one emphasis per session.
        around: runs, runner and numbers.
        earlier: sessions already placed before these days.
        minutes: shortest session that is worth a day.
    """
    runner = around.runner

    def frees(changed: Runner) -> bool:
        other = evolve(around, runner=changed)
        return place_week(days, wanted, other, earlier=earlier, minutes=minutes) is not None

    ways: list[str] = []
    easy_days = runner.policy is StrengthDayPolicy.EASY_DAY
    if easy_days and frees(evolve(runner, policy=StrengthDayPolicy.HARD_DAY_EVENING)):
        ways.append("allow strength on the evening of a hard day (policy: hard-day-evening)")
    dated = any(runner.exception_on(day) is not None for day in days)
    if dated and frees(evolve(runner, exceptions=())):
        ways.append(f"drop the dated exceptions from {days[0]} to {days[-1]}")
    stated = {open_.day for open_ in runner.availability}
    short = [open_ for open_ in runner.availability if open_.minutes is not None and open_.minutes.minutes < minutes]
    for open_ in short:
        longer = tuple(evolve(each, minutes=None) if each is open_ else each for each in runner.availability)
        if frees(evolve(runner, availability=longer)):
            ways.append(f"allow {minutes:g} minutes on {open_.day}")
    if stated:
        for day in Weekday:
            if day not in stated:
                wider = (*runner.availability, evolve(runner.availability[0], day=day, day_parts=(), minutes=None))
                if frees(evolve(runner, availability=wider)):
                    ways.append(f"open {day} to strength")
        if not ways and frees(evolve(runner, availability=())):
            ways.append("open every day to strength")
    return tuple(ways)
