"""Two plans beside each other: which sessions, exercises, doses, runs and weeks differ."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from runstrong.model.difference import Change, ChangeKind, Difference
from runstrong.model.plan import Plan, Session, Week
from runstrong.model.prescription import Prescription
from runstrong.model.running import Run
from runstrong.model.value import evolve
from runstrong.model.words import PartName

__all__ = ["diff"]

_Side = Session | Prescription | str | None
_ORDER = {kind: place for place, kind in enumerate(ChangeKind)}


def diff(plan: Plan, other: Plan) -> Difference:
    """Return what differs in `other` against `plan`.

    Sessions are the same ones by their id, which survives moves and re-planning. An exercise that takes another's place
    in a session counts as swapped: one of the same ladder first, else one that stands where it stood.

    Args:
        plan: as it was.
        other: as it is now.

    Example:
        >>> import datetime as dt
        >>> from runstrong.model.runner import Runner
        >>> from runstrong.model.running import RunningWeek
        >>> from runstrong.planner import plan
        >>> before = plan(Runner(name="Ada", running=RunningWeek()), start=dt.date(2027, 1, 4), weeks=2)
        >>> first = before.sessions[0]
        >>> after = before.move(first.id, to=first.date + dt.timedelta(days=1))
        >>> [(str(change.kind), str(change.date)) for change in diff(before, after)]
        [('session-moved', '2027-01-05')]
        >>> bool(diff(before, before))
        False
    """
    found = [*_sessions(plan, other), *_runs(plan, other), *_weeks(plan, other)]
    found.sort(key=lambda change: (change.date, _ORDER[change.kind], change.session or "", repr(change.was or "")))
    touched = {change.session for change in found}
    both = {session.id for session in plan.sessions} & {session.id for session in other.sessions}
    return Difference(changes=tuple(found), kept=len(both - touched))


def _sessions(plan: Plan, other: Plan) -> Iterator[Change]:
    before = {session.id: session for session in plan.sessions}
    after = {session.id: session for session in other.sessions}
    for id, session in before.items():
        if id not in after:
            yield Change(kind=ChangeKind.SESSION_GONE, date=session.date, session=id, was=session)
    for id, session in after.items():
        if id not in before:
            yield Change(kind=ChangeKind.SESSION_NEW, date=session.date, session=id, now=session)
        elif session != before[id]:
            yield from _within(before[id], session)


def _within(was: Session, now: Session) -> Iterator[Change]:
    def change(kind: ChangeKind, old: _Side = None, new: _Side = None) -> Change:
        return Change(kind=kind, date=now.date, session=now.id, was=old, now=new)

    if (was.date, was.day_part, was.place) != (now.date, now.day_part, now.place):
        yield change(ChangeKind.SESSION_MOVED, was, now)
    if was.skipped != now.skipped:
        kind = ChangeKind.SESSION_BACK if now.skipped is None else ChangeKind.SESSION_SKIPPED
        yield change(kind, was.skipped, now.skipped)
    if was.pinned is not now.pinned:
        yield change(ChangeKind.PINNED if now.pinned else ChangeKind.UNPINNED)
    if was.note != now.note:
        yield change(ChangeKind.NOTE, was.note, now.note)
    for name in PartName:
        yield from (change(kind, old, new) for kind, old, new in _exercises(was, now, name))


def _exercises(
    was: Session, now: Session, name: PartName
) -> Iterator[tuple[ChangeKind, Prescription | None, Prescription | None]]:
    """Yield how one part of a session changed, exercise by exercise."""
    old, new = list(was.part(name)), list(now.part(name))
    pairs: list[tuple[Prescription, Prescription]] = []
    for same in (_same_exercise, _same_ladder):
        for one in list(old):
            match = next((each for each in new if same(one, each)), None)
            if match is not None:
                pairs.append((one, match))
                old.remove(one)
                new.remove(match)
    for one, match in pairs:
        if one.exercise != match.exercise:
            yield ChangeKind.EXERCISE_SWAPPED, one, match
        elif one != match:
            yield ChangeKind.DOSE, one, match
    # What is left over on both sides took each other's places, as far as it goes.
    for left, right in zip_longest(old, new):
        if left is None:
            yield ChangeKind.EXERCISE_NEW, None, right
        elif right is None:
            yield ChangeKind.EXERCISE_GONE, left, None
        else:
            yield ChangeKind.EXERCISE_SWAPPED, left, right


def _same_exercise(one: Prescription, other: Prescription) -> bool:
    return one.exercise == other.exercise


def _same_ladder(one: Prescription, other: Prescription) -> bool:
    return one.progression is not None and one.progression == other.progression


def _runs(plan: Plan, other: Plan) -> Iterator[Change]:
    before, after = _runs_by_day(plan.weeks), _runs_by_day(other.weeks)
    for date in sorted(before.keys() | after.keys()):
        old = [run for run in before.get(date, ()) if run not in after.get(date, ())]
        new = [run for run in after.get(date, ()) if run not in before.get(date, ())]
        for was, now in zip_longest(old, new):
            kind = ChangeKind.RUN_NEW if was is None else ChangeKind.RUN_GONE if now is None else ChangeKind.RUN_CHANGED
            yield Change(kind=kind, date=date, was=was, now=now)


def _runs_by_day(weeks: Iterable[Week]) -> dict[dt.date, list[Run]]:
    found: dict[dt.date, list[Run]] = {}
    for week in weeks:
        for run in week.runs:
            found.setdefault(run.date, []).append(run)
    return found


def _weeks(plan: Plan, other: Plan) -> Iterator[Change]:
    def bare(week: Week) -> Week:
        return evolve(week, number=1, runs=(), sessions=())

    before = {week.start: bare(week) for week in plan.weeks}
    after = {week.start: bare(week) for week in other.weeks}
    for start in sorted(before.keys() | after.keys()):
        was, now = before.get(start), after.get(start)
        if was != now:
            yield Change(kind=ChangeKind.WEEK, date=start, was=was, now=now)
