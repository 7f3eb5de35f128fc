"""What comes next: the first session from a day on, with what the log makes of each of its exercises."""

from __future__ import annotations

import datetime as dt

from runstrong.auditor import audit
from runstrong.faces import Upcoming
from runstrong.faces.wording import spaced
from runstrong.ladder import Limits, adapt
from runstrong.ladder.showing import merged_readiness
from runstrong.model.attribution import done_ids, log_by_session
from runstrong.model.catalog import Catalog
from runstrong.model.errors import InvalidValue, Problem, nearest
from runstrong.model.log import Log, Readiness
from runstrong.model.plan import Plan, Session
from runstrong.model.prescription import Prescription
from runstrong.model.progression import Progression
from runstrong.model.rules import RuleSet
from runstrong.model.step import State, Step, StepKind
from runstrong.model.value import evolve
from runstrong.model.words import Severity
from runstrong.planner import replan
from runstrong.planner.earned import earned_on, last_trained
from runstrong.planner.missed import missed_sessions

__all__ = ["upcoming"]


def upcoming(plan: Plan, log: Log | None, today: dt.date, *, rules: RuleSet, catalog: Catalog) -> Upcoming:
    """Return the next session from `today` on, planned again from the log, and why it is as it is.

    Args:
        plan: as made.
        log: what was done; None where nothing was recorded yet.
        today: first day that the session may stand on.
        rules: numbers, the runner's overrides included.
        catalog: exercises and ladders.

    Raises:
        InvalidValue: no session is left, or the log speaks of days after today.
    """
    if log is None:
        return Upcoming(plan=plan, session=_next_session(plan, set(), today), today=today, recorded=False)
    days = [each.date for each in log.performances] + [each.date for each in log.readiness]
    late = [day for day in (*days, *(log.span or ())) if day > today]
    if late:
        cure = f"say --today {max(late)}, or take what is later out"
        raise InvalidValue([Problem("log", f"speaks of {max(late)}", f"days up to {today}, which is today", cure)])
    if today < plan.start:
        # Nothing of the plan can be done yet, so that there is nothing to plan again.
        return Upcoming(plan=plan, session=_next_session(plan, set(), today), today=today, recorded=True)
    _next_session(plan, set(), today)  # that a plan is over is said before anything else
    book = log_by_session(plan, log, catalog)
    made = replan(plan, log, today, rules=rules, catalog=catalog)
    session = _asked_while_ill(plan, made, log, done_ids(book), today) or _next_session(made, done_ids(book), today)
    readiness = merged_readiness(each for each in log.readiness if each.date == session.date)
    limits = Limits.of(rules)
    morning = _warned(log, session.date, readiness, plan.start, limits.pain_stop)
    judge = _Judge(plan, book, limits, catalog)
    last: dict[str, Step] = {}
    now: dict[str, Step] = {}
    for _, asked in session.prescriptions():
        if asked.progression is None or asked.progression not in catalog.progressions:
            continue
        ladder = catalog.progressions[asked.progression]
        step = judge.last_step(ladder)
        if step is not None:
            last[asked.exercise] = step
        of_today = judge.on_the_day(ladder, asked, session.date, morning)
        if of_today is not None:
            now[asked.exercise] = of_today
            if of_today.kind is StepKind.LIGHTEN and of_today.prescription.exercise == asked.exercise:
                session = session.replacing(asked.exercise, of_today.prescription)
    ids = {each.id for each in made.sessions}
    return Upcoming(
        plan=made, session=session, today=today, recorded=True, readiness=readiness, last=last, now=now,
        missed=missed_sessions(plan, book, today),
        changed=tuple(each for each in made.decisions if each.about in ids and each not in plan.decisions),
        heed=_to_heed(plan, log, today, rules, catalog),
        strange=_strange(plan, log),
    )  # fmt: skip


def _strange(plan: Plan, log: Log) -> tuple[str, ...]:
    """Say what of a log does not fit the plan: sessions that it does not have, and days far from the planned one."""
    planned = {each.id: each.date for each in plan.sessions}
    told: dict[str, None] = {}
    for done in log.performances:
        if done.session is None:
            continue
        asked = planned.get(done.session)
        if asked is None:
            near = nearest(done.session, planned)
            cure = f"; did you mean {near!r}?" if near else ""
            told[f"log: session {done.session} on {done.date} is not in the plan{cure}"] = None
        elif abs((done.date - asked).days) > _FAR:
            told[f"log: session {done.session} is planned for {asked}, and logged on {done.date}"] = None
    return tuple(told)


_FAR = 14
"""Days between a planned session and its log from which on one of the two dates looks wrong (convention)."""


_HEEDED = dt.timedelta(days=7)
"""How long a warning of the log is told again before a session (convention); the audit tells all of them."""


def _to_heed(plan: Plan, log: Log, today: dt.date, rules: RuleSet, catalog: Catalog) -> tuple[tuple[str, str], ...]:
    """Return what the rules of safety warn of in the last days of a log: pain on a run changes no ladder by itself."""
    report = audit(plan, log=log, rules=rules, catalog=catalog, today=today, select=("SF",), fixes=False)
    recent = [
        each
        for each in report.at_least(Severity.WARNING)
        if each.where.performed and today - _HEEDED <= each.where.date <= today
    ]
    return tuple((report.message(each), report.advice(each)) for each in recent)


def _warned(log: Log, day: dt.date, readiness: Readiness | None, start: dt.date, pain_stop: float) -> Readiness | None:
    """Return how a day begins, with the warning signs of mornings and runs since the last strength training.

    A sign on a day off or on a run stops the next session all the same, and so does pain over `pain_stop` on a run; a
    session without one ends it, as on a ladder. Where no training is recorded, those since `start` stand.
    """
    since = max((done.date for done in log.performances if done.date < day), default=start)
    flags = {flag for each in log.readiness if since <= each.date < day for flag in each.red_flags}
    for run in log.runs:
        if since <= run.date <= day:
            flags |= {f"{pain.kind} pain on a run" for pain in run.pain if pain.kind.red_flag}
            flags |= {
                f"pain {pain.score} of 10 on a run ({spaced(pain.region)})"
                for pain in run.pain
                if not pain.kind.red_flag and pain.score > pain_stop
            }
    if not flags:
        return readiness
    morning = readiness if readiness is not None else Readiness(date=day)
    return evolve(morning, red_flags=tuple(sorted({*morning.red_flags, *flags})))


def _asked_while_ill(plan: Plan, made: Plan, log: Log, done: set[str], today: dt.date) -> Session | None:
    """Return the session that a day of illness has put off, so that it is told what becomes of it; None otherwise."""
    if not any(each.ill for each in log.readiness if each.date == today):
        return None
    asked = [each for each in plan.sessions if each.date == today and each.skipped is None and each.id not in done]
    put_off = [made.session(each.id) for each in asked]
    return next((evolve(each, date=today, skipped=None) for each in put_off), None)


def _next_session(plan: Plan, done: set[str], today: dt.date) -> Session:
    ahead = [each for each in plan.sessions if each.date >= today and each.skipped is None and each.id not in done]
    if not ahead:
        fact = f"no session from {today} on" if today <= plan.end else f"{today}, after the plan"
        cure = "plan a new season, with a later start in the runner's file"
        raise InvalidValue([Problem("--today", fact, f"a day of the plan, {plan.start} to {plan.end}", cure)])
    return min(ahead, key=lambda each: (each.date, each.day_part.order, each.id))


class _Judge:
    """Judges ladders: by what was done on them last, and by how a day began."""

    def __init__(self, plan: Plan, log: Log, limits: Limits, catalog: Catalog) -> None:
        self.plan, self.log, self.limits, self.catalog = plan, log, limits, catalog
        self.earned = earned_on(plan, log, catalog, limits)

    def last_step(self, ladder: Progression) -> Step | None:
        """Return the step that the last day on a ladder led to; None before the first."""
        found = self.earned.get(ladder.id)
        return found.step if found is not None else None

    def on_the_day(
        self, ladder: Progression, asked: Prescription, day: dt.date, readiness: Readiness | None
    ) -> Step | None:
        """Return what the day makes of what is asked; None where the ladder has seen the day already."""
        found = self.earned.get(ladder.id)
        if found is not None:
            state = found.state
        else:
            rung = ladder.rung_of(asked.exercise)
            if rung is None:
                return None
            state = State(progression=ladder.id, rung=rung, earned=asked, prescription=asked)
        if state.through is not None and state.through >= day:
            return None
        step = self._adapted(ladder, state, day, readiness)
        if asked == state.prescription or asked.exercise != state.prescription.exercise:
            return step
        # What is made lighter is the dose of the day, such as in a deload; the reasons are those of the ladder.
        dosed = self._adapted(ladder, evolve(state, prescription=asked), day, readiness)
        return evolve(step, prescription=dosed.prescription)

    def _adapted(self, ladder: Progression, state: State, day: dt.date, readiness: Readiness | None) -> Step:
        runner, limits, catalog = self.plan.runner, self.limits, self.catalog
        return adapt(
            ladder, state, day, runner=runner, readiness=readiness, limits=limits, catalog=catalog,
            trained=last_trained(self.log, day),
        )  # fmt: skip
