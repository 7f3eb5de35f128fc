"""One session beside all others: what surrounds a week of a plan, and whether a place is open to a session there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from runstrong.model.plan import Plan, Session, Week
from runstrong.model.rules import RuleSet
from runstrong.model.words import DayPart, Emphasis, Phase
from runstrong.placement.constraints import Broken, Placed, RunsOn, Surroundings, broken_by, leaves_rest, restful

__all__ = ["broken_beside", "placed", "surroundings"]


def surroundings(plan: Plan, week: Week, rules: RuleSet, runs_on: RunsOn | None = None) -> Surroundings:
    """Return what surrounds a week of a plan: heavy work is new for a novice, and in the first weeks of a heavy block.

    Args:
        plan: that the week is of.
        week: to place sessions in.
        rules: source of the numbers.
        runs_on: gives the runs of a date; the runner's own calendar by default.
    """
    runner, phase_week = plan.runner, 0
    for each in plan.weeks[: week.number]:
        phase_week = phase_week + 1 if each.phase is week.phase else 0
    first = rules.whole("placement", "heavy_block_first_weeks")
    careful = runner.novice or (week.phase is Phase.HEAVY and phase_week <= first)
    return Surroundings(runs_on or runner.runs_on, runner, rules, careful)


def placed(session: Session, rules: RuleSet, date: dt.date | None = None, day_part: DayPart | None = None) -> Placed:
    """Return the place of a session: where it stands, or another one.

    Args:
        session: of a plan.
        rules: source of the numbers.
        date: another day.
        day_part: another part of the day.
    """
    light = restful(session.emphasis, session.minutes.minutes, rules.number("CV10", "mobility_minutes"))
    return Placed(date or session.date, day_part or session.day_part, session.emphasis, light)


def broken_beside(
    place: Placed, others: Iterable[Placed], days_of_week: Sequence[dt.date], around: Surroundings
) -> Broken | None:
    """Return the hard constraint that a place breaks by itself or with the other sessions, or None.

    Args:
        place: where the session would stand.
        others: places of all other sessions, of other weeks too.
        days_of_week: all days of the week that the place lies in.
        around: what surrounds that week.
    """
    fault = broken_by(place, around)
    if fault is not None:
        return fault
    others = tuple(others)
    if any(other.date == place.date for other in others):
        return Broken.SAME_DAY_SESSION
    for other in others:
        if place.emphasis.legs and other.emphasis.legs:
            heavy = Emphasis.HEAVY_LEGS in (place.emphasis, other.emphasis)
            gap = around.number("same_tissue_days" if heavy else "light_tissue_days")
            if abs((other.date - place.date).days) < gap:
                return Broken.SAME_TISSUE
    days = tuple(days_of_week)
    taken = frozenset(each.date for each in (place, *others) if each.date in days and not each.restful)
    return None if leaves_rest(days, taken, around) else Broken.LAST_REST_DAY
