"""Planning the rest again: what was done decides what comes, what was missed is made up or let go, the past stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection

from runstrong.catalog import load_catalog
from runstrong.catalog.carrying import carrying
from runstrong.model.attribution import done_ids, log_by_session
from runstrong.model.audits import Audit
from runstrong.model.catalog import Catalog
from runstrong.model.editing import chosen_sessions
from runstrong.model.errors import InvalidValue, Problem, UnknownName
from runstrong.model.log import Log
from runstrong.model.plan import Decision, Plan, Session
from runstrong.model.rules import RuleSet
from runstrong.model.value import evolve
from runstrong.planner.closing import AUDITED, mended, verdict
from runstrong.planner.coming import Coming, Told
from runstrong.planner.earned import ladders_of
from runstrong.planner.missed import made_up, missed_sessions, stands_well
from runstrong.rules import load_rules

__all__ = ["resumed"]

Rearranged = Callable[[Plan, Log, RuleSet, Catalog], tuple[Plan, tuple[Decision, ...]]]

_LADDERS_OWN = ("PG", "SF06")
"""What was missed in progressing, and what short nights hold back, is for the ladders to answer: they know what was
earned, and hold the day, because nobody knows yet when the nights get longer. Illness is the audit's: a session in its
days moves behind them, or is left out."""
_MOST_ROUNDS = 8
"""Re-dosing and audit answer each other; nearly always the second round changes nothing."""


def resumed(
    plan: Plan,
    log: Log,
    today: dt.date,
    *,
    rules: RuleSet | None = None,
    catalog: Catalog | None = None,
    rearranged: Rearranged | None = None,
) -> Plan:
    """Return a plan that goes on from what was really done, and, where `rearranged` is given, from what has changed.

    See `runstrong.planner.replan`, whose arguments these are.

    Args:
        plan: as it stands, with its edits.
        log: what was done up to `today`.
        today: first day that may change; a day of the plan.
        rules: rule set to plan and audit with; the packaged one when not given.
        catalog: exercises and ladders; the packaged ones when not given.
        rearranged: takes the plan, the log by session, the numbers and the catalog; gives the plan for the
            circumstances as they are now, and what became of its sessions.
    """
    known = catalog if catalog is not None else load_catalog()
    _checked(plan, log, today, known)
    known = known.with_own(plan.exercises)
    base = rules if rules is not None else load_rules()
    numbers = base.with_overrides(plan.runner.overrides, "runner").with_overrides(plan.overrides, "plan")
    book = log_by_session(plan, log, known)
    news: tuple[Decision, ...] = ()
    if rearranged is not None:
        plan, news = rearranged(plan, book, numbers, known)
    elif not book.performances and not missed_sessions(plan, book, today):
        return plan
    moved, told = made_up(plan, book, today, rules=numbers, catalog=known)
    mending: list[Decision] = []
    audits: list[tuple[Plan, _Mended]] = []
    # What is made up is made up in its own week, whatever an audit would rather have.
    bound = frozenset(session.id for session in moved.sessions if plan.session(session.id).date != session.date)
    before, rounds = moved, 0
    while True:
        coming = Coming(before, book, today, rules=numbers, catalog=known)
        made, doses, mends, report = _settled(before, coming, base, known, audits=audits, bound=bound)
        mending += mends
        rounds += 1
        # What the audit changes is a fact for the next look: an exercise it brings in, a day it moves a session to.
        if rounds == _MOST_ROUNDS or _held(made) == _held(before):
            break
        before = made
    kept = [each for each in coming.still_true(plan.decisions, made) if not each.what.startswith(AUDITED)]
    fresh = [*news, *told, *_beside(plan, book, known), *mending]
    if coming.earned:
        fresh.append(_EXPECTATIONS)
    kept += [each for each in dict.fromkeys(fresh) if each not in kept]
    kept += [each for each in coming.decisions(doses, made) if each not in kept]
    return carrying(evolve(made, decisions=(*kept, verdict(report))), known)


_EXPECTATIONS = Decision(
    about="season",
    what="later weeks are expectations",
    why="what you really do decides: a rung is taken once its criterion is met, a load is raised once it is earned",
    sources=("convention",),
)


def _checked(plan: Plan, log: Log, today: dt.date, catalog: Catalog) -> None:
    """Refuse what cannot be planned from: a day outside the plan, what is not done yet, what nobody knows."""
    problems = []
    if not plan.start <= today <= plan.end:
        cure = "plan anew for days after its end" if today > plan.end else "replan once it has begun"
        problems.append(Problem("today", str(today), f"a day of the plan, from {plan.start} to {plan.end}", cure))
    own = {exercise.id for exercise in plan.exercises}
    for place, done in enumerate(log.performances):
        if done.date > today:
            cure = "pass the day on which you plan again, or mend the date"
            problems.append(Problem(f"log.performances[{place}].date", str(done.date), f"{today} or before", cure))
    if problems:
        raise InvalidValue(problems)
    for done in log.performances:
        if done.exercise not in own and done.exercise not in catalog.exercises:
            raise UnknownName(f"exercise (performance on {done.date})", done.exercise, [*own, *catalog.exercises])


def _beside(plan: Plan, log: Log, catalog: Catalog) -> tuple[Decision, ...]:
    """Say of what no session that was done asked for whether a ladder of the plan takes it in."""
    ids = done_ids(log)
    planned = {each.exercise for session in plan.sessions if session.id in ids for _, each in session.prescriptions()}
    ladders = ladders_of(plan, catalog)
    told = []
    for exercise in sorted({done.exercise for done in log.performances} - planned):
        found = next((each for each in ladders.values() if each.rung_of(exercise) is not None), None)
        if found is not None:
            what, why = (
                "done beside the plan: taken in",
                f"it stands on the ladder {found.name}, which your plan climbs",
            )
        else:
            what, why = "done beside the plan: passed by", "it stands on no ladder that your plan climbs"
        told.append(Decision(about=exercise, what=what, why=why))
    return tuple(told)


_Mended = tuple[Plan, tuple[Decision, ...], Audit]
_Round = tuple[Plan, tuple[Told, ...], tuple[Decision, ...], Audit]


def _held(plan: Plan) -> list[object]:
    """Return what stands when: the part of a plan that its own audit may change and that doses go by."""
    return [
        (session.id, session.date, session.day_part, tuple((each.exercise, each.progression) for each in held))
        for session in plan.sessions
        if (held := [each for _, each in session.prescriptions()])
    ]


def _settled(
    plan: Plan, coming: Coming, rules: RuleSet, catalog: Catalog, *, audits: list[tuple[Plan, _Mended]],
    bound: frozenset[str],
) -> _Round:  # fmt: skip
    """Dose and audit in turn until both leave the plan as it is; of plans that take turns, the first by its text.

    Args:
        plan: to begin with.
        coming: what the log says of the days to come.
        rules: to audit with.
        catalog: where exercises are looked up.
        audits: of plans so far; what was audited once needs no second look.
        bound: ids of sessions that stay in their week.
    """
    rounds: list[tuple[tuple[Told, ...], Audit]] = []
    seen = [plan]
    mending: list[Decision] = []
    for _ in range(_MOST_ROUNDS):
        dosed, told = coming.build(seen[-1])
        known = next((mended for before, mended in audits if before.weeks == dosed.weeks), None)
        if known is None:
            known = _mended(dosed, coming, rules, catalog, bound)
            audits.append((dosed, known))
            mending += known[1]
        made, _, report = known
        rounds.append((told, report))
        if made in seen:
            turns = range(seen.index(made), len(seen))
            chosen = min(turns, key=lambda turn: repr(seen[turn].weeks))
            # What tells of a plan is the round that led to it; the last one leads back to the first of the turns.
            told, report = rounds[chosen - 1] if chosen > turns[0] else rounds[-1]
            return seen[chosen], told, tuple(mending), report
        seen.append(made)
    return seen[-1], rounds[-1][0], tuple(mending), rounds[-1][1]


def _mended(dosed: Plan, coming: Coming, rules: RuleSet, catalog: Catalog, bound: frozenset[str]) -> _Mended:
    """Audit a plan, and mend what is still to come and was not set by a person."""
    log, today = coming.log, coming.today
    chosen = chosen_sessions(dosed)
    pinned = {session.id for session in dosed.sessions if session.pinned}
    days = {session.id: (session.date, session.day_part) for session in dosed.sessions}

    week_of = dosed.runner.week_of
    full = {week_of(days[id][0]) for id in bound}  # a week that makes one up takes no session more

    def allows(after: Plan, session: Session) -> bool:
        before = days.get(session.id)
        if before == (session.date, session.day_part):
            return True
        week = week_of(session.date)
        if before is None and week in full:
            return False
        if before is not None and session.id in bound and week_of(before[0]) != week:
            return False
        return stands_well(after, session, log, today, rules=coming.rules, catalog=catalog)

    # What a person changed is no more the audit's to change than what they pinned.
    guarded = _pinning(dosed, pinned | chosen)
    made, mending, report = mended(guarded, rules, catalog, log=log, today=today, allows=allows, spared=_LADDERS_OWN)
    return _pinning(made, pinned), mending, report


def _pinning(plan: Plan, ids: Collection[str]) -> Plan:
    """Return a plan in which these sessions and no others are pinned."""
    weeks = tuple(
        evolve(week, sessions=tuple(_pinned(session, session.id in ids) for session in week.sessions))
        for week in plan.weeks
    )
    return evolve(plan, weeks=weeks)


def _pinned(session: Session, pinned: bool) -> Session:
    return session if session.pinned is pinned else evolve(session, pinned=pinned)
