"""Which planned session each performance of a log belongs to, written down with it or not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from runstrong.model.catalog import Catalog
from runstrong.model.log import Log, Performance
from runstrong.model.plan import Plan, Session
from runstrong.model.value import evolve
from runstrong.model.words import PartName

__all__ = ["done_ids", "log_by_session"]


def done_ids(log: Log) -> set[str]:
    """Return the ids of the sessions that a log holds performances of."""
    return {done.session for done in log.performances if done.session is not None}


def log_by_session(plan: Plan, log: Log, catalog: Catalog) -> Log:
    """Return the log with the id of the planned session on each performance that belongs to one.

    An id of the plan stands as it is written. Without one, main work belongs to the session of its day that holds one
    of its exercises, or another exercise of the same ladder; failing that, to a session of the same week, the nearest
    in days, of which at least half was done: who trains a day earlier has not missed the day after.

    Args:
        plan: with its sessions.
        log: as kept.
        catalog: where ladders are looked up.
    """
    known = {session.id for session in plan.sessions}
    loose: dict[dt.date, list[Performance]] = {}
    for done in log.performances:
        if done.session not in known:
            loose.setdefault(done.date, []).append(done)
    if not loose:
        return log
    holds = {session.id: _holds(session, catalog) for session in plan.sessions if session.skipped is None}
    taken = done_ids(log)
    found: dict[dt.date, str] = {}
    for date, several in sorted(loose.items()):
        names = {done.exercise for done in several if done.part is PartName.MAIN}
        here = [each for each in plan.sessions if each.date == date and _shared(holds.get(each.id, ()), names)]
        if here:
            found[date] = max(here, key=lambda each: (_shared(holds[each.id], names), each.id)).id
    taken |= set(found.values())
    for date, several in sorted(loose.items()):
        if date in found:
            continue
        names = {done.exercise for done in several if done.part is PartName.MAIN}
        week = plan.runner.week_of(date)
        near = [
            each
            for each in plan.sessions
            if each.id in holds
            and each.id not in taken
            and plan.runner.week_of(each.date) == week
            and 0 < len(holds[each.id]) <= 2 * _shared(holds[each.id], names)
        ]
        if near:
            day = date
            found[date] = min(near, key=lambda each: (abs((each.date - day).days), each.id)).id
            taken.add(found[date])
    performances = tuple(
        evolve(done, session=found[done.date]) if done.session not in known and done.date in found else done
        for done in log.performances
    )
    return evolve(log, performances=performances)


def _holds(session: Session, catalog: Catalog) -> tuple[frozenset[str], ...]:
    """Return, for each main exercise, the exercises that count as it: those of its ladder with it."""
    found = []
    for each in session.part(PartName.MAIN):
        ladder = catalog.progressions.get(each.progression) if each.progression is not None else None
        kin = (rung.exercise for rung in ladder.rungs) if ladder is not None else ()
        found.append(frozenset((each.exercise, *kin)))
    return tuple(found)


def _shared(holds: Iterable[frozenset[str]], names: Collection[str]) -> int:
    return sum(not kin.isdisjoint(names) for kin in holds)
