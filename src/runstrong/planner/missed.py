"""What became of the sessions: which ones a log shows as done or missed, and where a missed one may still stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from runstrong.model.attribution import done_ids
from runstrong.model.catalog import Catalog
from runstrong.model.edits import Move
from runstrong.model.log import Log
from runstrong.model.plan import Decision, Plan, Session, Week
from runstrong.model.rules import RuleSet
from runstrong.model.timeline import Definitions, Timeline
from runstrong.model.value import evolve
from runstrong.model.words import DayPart, Emphasis, Weekday
from runstrong.placement import Placed, Surroundings, broken_beside, open_places, placed, slot_cost, surroundings
from runstrong.planner.closing import remeasured

__all__ = [
    "day_named", "made_up", "may_change", "missed_sessions", "moved", "stands_well",
    "with_session",
]  # fmt: skip

_DROPPED = "not made up"


def may_change(session: Session, today: dt.date, done: Collection[str]) -> bool:
    """Whether a session may change: to come, not done, not pinned, not skipped."""
    free = not session.pinned and session.skipped is None
    return free and session.date >= today and session.id not in done


def missed_sessions(plan: Plan, log: Log, today: dt.date) -> tuple[Session, ...]:
    """Return the sessions before `today` that the log vouches for and holds nothing of.

    Args:
        plan: with its sessions.
        log: by session, see `runstrong.model.attribution.log_by_session`.
        today: the day after the last that can be missed.
    """
    done = done_ids(log)
    return tuple(
        session
        for session in plan.sessions
        if session.date < today
        and session.skipped is None
        and not session.pinned
        and session.id not in done
        and log.covers(session.date, "strength")
    )


class _Standing:
    """A plan as it stands beside a log: which days are taken, and what surrounds them."""

    def __init__(self, plan: Plan, log: Log, today: dt.date, rules: RuleSet, catalog: Catalog) -> None:
        self.plan, self.rules = plan, rules
        timeline = Timeline(plan.runner, catalog, Definitions.of(rules), log=log, plan=plan)
        self.ill = timeline.ill_days(rules.whole("SF05", "ill_days"))
        done = done_ids(log)
        self.performed = [
            Placed(day.date, day.day_part, day.emphasis)
            for day in timeline.sessions
            if day.performed and day.emphasis is not Emphasis.MOBILITY
        ]
        self.planned = [
            session
            for session in plan.sessions
            if session.skipped is None
            and session.id not in done
            and (session.date >= today or not log.covers(session.date, "strength"))
        ]

    def beside(self, session: Session) -> list[Placed]:
        """Return the places of all sessions but `session` that are done or still to come."""
        others = [placed(each, self.rules) for each in self.planned if each.id != session.id]
        return [*self.performed, *others]

    def around(self, week: Week) -> Surroundings:
        return surroundings(self.plan, week, self.rules)

    def allows(self, place: Placed, week: Week, others: Sequence[Placed]) -> bool:
        """Whether a place breaks no hard constraint, by itself or with the others."""
        days = tuple(week.start + dt.timedelta(days=n) for n in range(7))
        return broken_beside(place, others, days, self.around(week)) is None


def stands_well(plan: Plan, session: Session, log: Log, today: dt.date, *, rules: RuleSet, catalog: Catalog) -> bool:
    """Whether a session stands where placement allows it, given what is done and what else is planned."""
    week = plan.week_of(session.date)
    standing = _Standing(plan, log, today, rules, catalog)
    place = placed(session, rules)
    open_ = open_places(plan.runner, (session.date,), plan.runner.runs_on)
    return (session.date, session.day_part) in open_ and standing.allows(place, week, standing.beside(session))


def made_up(
    plan: Plan, log: Log, today: dt.date, *, rules: RuleSet, catalog: Catalog
) -> tuple[Plan, tuple[Decision, ...]]:
    """Move each missed session to an open day that is left in its week, or leave it where it was and say why.

    At most one a week is made up, the one that asks most of the legs; what was given up once is not tried again.

    Args:
        plan: to change.
        log: by session, see `runstrong.model.attribution.log_by_session`.
        today: first day that may take a session.
        rules: resolved.
        catalog: where exercises are looked up.

    Returns:
        The plan, and what became of each missed session.
    """
    given_up = {decision.about for decision in plan.decisions if decision.what == _DROPPED}
    missed = [each for each in missed_sessions(plan, log, today) if each.id not in given_up]
    # The one that asks most of the legs is made up first.
    missed.sort(key=lambda each: (plan.runner.week_of(each.date), each.emphasis.order, each.date, each.id))
    told = []
    moved_in: set[dt.date] = set()
    for session in missed:
        week = next(each for each in plan.weeks if session.id in {held.id for held in each.sessions})
        day = f"missed on {day_named(session.date)}"
        if week.end < today:
            told.append(Decision(about=session.id, what=_DROPPED, why=f"{day}, and its week is over"))
            continue
        if week.start in moved_in:
            why = f"{day}; its week makes up one session, and two would be doubling up"
            told.append(Decision(about=session.id, what=_DROPPED, why=why))
            continue
        found = _new_place(plan, session, week, log, today, rules=rules, catalog=catalog)
        if found is None:
            why = f"{day}; no day left in its week is open to it beside illness, runs, races and the other sessions"
            told.append(Decision(about=session.id, what=_DROPPED, why=why, sources=("CO01", "TS02")))
            continue
        place, fitting = found
        plan = moved(plan, evolve(fitting, date=place.date, day_part=place.day_part))
        moved_in.add(week.start)
        part = f" {place.day_part}" if place.day_part is not DayPart.UNKNOWN else ""
        why = f"{day}; this day is open, and the runs and sessions around it leave room"
        told.append(
            Decision(about=session.id, what=f"moved to {day_named(place.date)}{part}", why=why, sources=("CO01",))
        )
    return plan, tuple(told)


def _new_place(
    plan: Plan, session: Session, week: Week, log: Log, today: dt.date, *, rules: RuleSet, catalog: Catalog
) -> tuple[Placed, Session] | None:
    """Return the best place that is left, with the session as it fits that day; None where there is none."""
    runner = plan.runner
    standing = _Standing(plan, log, today, rules, catalog)
    others, around = standing.beside(session), standing.around(week)
    first = max(today, session.date + dt.timedelta(days=1))
    days = [first + dt.timedelta(days=n) for n in range((week.end - first).days + 1)]
    best: tuple[tuple[float, dt.date, int], Placed, Session] | None = None
    for date, part in open_places(runner, days, runner.runs_on):
        place = placed(session, rules, date, part)
        well = date not in standing.ill or session.emphasis is Emphasis.MOBILITY
        if not well or runner.place_on(date) is not session.place or not standing.allows(place, week, others):
            continue
        fitting: Session | None = session
        if session.minutes.minutes > runner.minutes_on(date):
            fitting = remeasured(evolve(session, date=date), week, runner, rules, catalog)
        key = (slot_cost(place, around), date, part.order)
        if fitting is not None and (best is None or key < best[0]):
            best = (key, place, fitting)
    return best[1:] if best is not None else None


def with_session(plan: Plan, made: Session) -> Plan:
    """Return a plan with a session in the place of the one of its id."""
    weeks = tuple(
        evolve(week, sessions=tuple(made if each.id == made.id else each for each in week.sessions))
        for week in plan.weeks
    )
    return evolve(plan, weeks=weeks)


def moved(plan: Plan, made: Session) -> Plan:
    """Return a plan in which a session stands as `made`, on its day and in its part of the day."""
    return with_session(plan.apply(Move(session=made.id, to=made.date, day_part=made.day_part)), made)


def day_named(date: dt.date) -> str:
    """Name a day in what is told of a plan: ``Monday 2026-12-07``."""
    return f"{str(Weekday.of(date.weekday())).capitalize()} {date}"
