"""What a fix costs: how much of a plan it changes.

Of several edits that would mend a finding, the auditor takes the one that costs least, so that as much as can be of a
plan stays as it was.
"""

from __future__ import annotations

import datetime as dt

from runstrong.model.plan import Plan, Session, Week
from runstrong.model.prescription import Prescription

__all__ = ["cost"]

# What a change costs, in points (convention). What is taken away costs more than what comes, is done otherwise, or
# stands on another day, where all of it is still done; a run costs more than all the strength work of a week, because
# runs are the runner's.
_OTHER_PART_OF_DAY = 0.5
_OTHER_DAY = 1.0
_OTHER_WEEK = 2.0
_NEW_SESSION = 2.0
_OTHER_DOSE = 1.0
_SET_LESS = 1.0
_ADDED = 1.0
_EXCHANGED = 2.0
_LEFT_OUT = 2.0
_RUN = 100.0


def cost(before: Plan, after: Plan, *, once: bool = False) -> float:
    """Return how much of a plan an edit changes, in points; 0 when nothing that is trained differs.

    A session on another day costs 1, in another week 2, in another part of its day a half. A set less costs 1, another
    load, amount or effort 1, an exercise that is added 1, one that is exchanged 2 and its missing sets, one that is
    left out 2 and its sets. A skipped session costs what leaving out its exercises costs, a new one 2. Work that only
    goes to another session costs nothing more.

    Args:
        before: the plan as it is.
        after: as it would be.
        once: whether the sessions are one decision, such as an exercise that waits, which costs what it costs in the
            dearest of them; mending them one by one would cost as much each time.
    """
    old = {session.id: session for session in before.sessions}
    new = {session.id: session for session in after.sessions}
    points = _run_cost(before, after)
    made = [session for id, session in new.items() if id not in old]
    elsewhere = [each for session in made for _, each in session.prescriptions()]
    points += _NEW_SESSION * len(made)
    costs = [
        _session_cost(session, other, elsewhere, before.runner.week_of(session.date))
        for id, session in old.items()
        if (other := new.get(id)) is not None and other is not session
    ]
    return points + (max(costs, default=0.0) if once else sum(costs))


def _session_cost(before: Session, after: Session, elsewhere: list[Prescription], week: dt.date) -> float:
    points = 0.0
    if after.date != before.date:
        points += _OTHER_DAY if 0 <= (after.date - week).days < 7 else _OTHER_WEEK
    elif after.day_part is not before.day_part:
        points += _OTHER_PART_OF_DAY
    held = [] if after.skipped is not None and before.skipped is None else [each for _, each in after.prescriptions()]
    gone, come = [], {each.exercise: each for each in held}
    for _, asked in before.prescriptions():
        now = come.pop(asked.exercise, None)
        if now is None:
            gone += [] if asked in elsewhere else [asked]
        elif now != asked:
            points += _SET_LESS * abs(asked.sets - now.sets)
            points += _OTHER_DOSE if _otherwise(asked, now) else 0.0
    exchanged = min(len(gone), len(come))
    sets_gone, sets_come = sum(each.sets for each in gone), sum(each.sets for each in come.values())
    points += _EXCHANGED * exchanged + _LEFT_OUT * (len(gone) - exchanged) + _ADDED * (len(come) - exchanged)
    return points + _SET_LESS * max(0, sets_gone - sets_come)


def _otherwise(before: Prescription, after: Prescription) -> bool:
    """Whether more than the sets differs."""
    return (before.amount, before.load, before.rir, before.tempo, before.side) != (
        after.amount, after.load, after.rir, after.tempo, after.side,
    )  # fmt: skip


def _run_cost(before: Plan, after: Plan) -> float:
    changed = [
        (old, new) for old, new in zip(before.weeks, after.weeks, strict=True) if old.runs is not new.runs
    ]  # fmt: skip
    gone = sum(len(set(old.runs) - set(new.runs)) for old, new in changed)
    less = sum(_km(old) - _km(new) for old, new in changed)
    return _RUN * gone + max(0.0, less)


def _km(week: Week) -> float:
    return sum(run.distance.km for run in week.runs if run.distance is not None)
