"""What a rule is held against: a runner with log and plan, and the changes of it that the laws of rules speak of.

Each change gives a new subject. None of them asks whether what comes out is sensible training: laws hold for any.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from typing import Any

import attrs

from runstrong.model.log import Coverage, Log, Performance, PerformedSet
from runstrong.model.plan import Plan, Week
from runstrong.model.prescription import External, FindLoad, PercentOfMax, Prescription
from runstrong.model.quantities import Mass
from runstrong.model.runner import Runner
from runstrong.model.value import Record, Value, evolve, record
from runstrong.model.words import PartName, Side
from runstrong.testing.cases import Case

__all__ = [
    "Subject", "as_done", "cut_before", "emptied", "forgetting", "reordered", "shifted", "subject_of", "tell",
    "uncovered", "with_runner", "without_sets", "without_warm_ups",
]  # fmt: skip

_DATED = re.compile(r"(\d{4})(-?)(\d\d)\2(\d\d)")


@record
class Subject(Record):
    """What an audit takes.

    Args:
        runner: whose it is; the plan's own too.
        log: what was done.
        plan: what is planned.
    """

    runner: Runner
    log: Log | None = None
    plan: Plan | None = None

    @property
    def days(self) -> tuple[dt.date, ...]:
        """Days with a run, an exercise done or a session planned, ascending."""
        days: set[dt.date] = set()
        if self.log is not None:
            days |= {each.date for each in self.log.runs} | {each.date for each in self.log.activities}
            days |= {each.date for each in self.log.performances}
        if self.plan is not None:
            days |= {run.date for week in self.plan.weeks for run in week.runs}
            days |= {session.date for session in self.plan.sessions}
        return tuple(sorted(days))


def subject_of(case: Case) -> Subject:
    """Return what a case gives; its plan is its runner's."""
    return with_runner(Subject(case.runner, case.log, case.plan), case.runner)


def with_runner(subject: Subject, runner: Runner) -> Subject:
    """Return the subject with another runner, to whose week start the plan's weeks are fitted."""
    plan = subject.plan
    if plan is not None:
        plan = evolve(plan, runner=runner)
        if runner.week_of(plan.weeks[0].start) != plan.weeks[0].start:
            plan = _in_weeks_of(plan, runner)
    return Subject(runner, subject.log, plan)


def _in_weeks_of(plan: Plan, runner: Runner) -> Plan:
    """Return the plan with its weeks begun on the runner's first day; a week keeps the phase that its first day had."""
    first = runner.week_of(plan.weeks[0].start)
    count = (plan.end - first).days // 7 + 1
    runs = [run for week in plan.weeks for run in week.runs]
    weeks = []
    for number in range(count):
        start = first + dt.timedelta(days=7 * number)
        like = next((week for week in plan.weeks if week.start <= start <= week.end), plan.weeks[0])
        days = {start + dt.timedelta(days=day) for day in range(7)}
        weeks.append(
            evolve(
                like,
                number=number + 1,
                start=start,
                runs=tuple(run for run in runs if run.date in days),
                sessions=tuple(session for session in plan.sessions if session.date in days),
            )
        )
    return evolve(plan, weeks=tuple(weeks))


# -- dates -----------------------------------------------------------------------------------------------------------


def shifted(made: Any, days: int) -> Any:
    """Return a value in which every date lies `days` later, also where a text or an id names it."""
    if isinstance(made, dt.date):
        return made + dt.timedelta(days=days)
    if isinstance(made, str):
        return _DATED.sub(lambda found: _later(found, days), made)
    if isinstance(made, tuple):
        return tuple(shifted(each, days) for each in made)
    if isinstance(made, Subject):
        return Subject(shifted(made.runner, days), shifted(made.log, days), shifted(made.plan, days))
    if isinstance(made, Value):
        changes = {}
        for field in attrs.fields(type(made)):
            name = field.name
            if not field.init:
                continue
            got = getattr(made, name)
            moved = shifted(got, days)
            if moved is not got and moved != got:
                changes[name] = moved
        return evolve(made, **changes) if changes else made
    return made


def _later(found: re.Match[str], days: int) -> str:
    try:
        later = dt.date(int(found[1]), int(found[3]), int(found[4])) + dt.timedelta(days=days)
    except ValueError:
        return found[0]
    return f"{later:%Y}{found[2]}{later:%m}{found[2]}{later:%d}"


# -- what is not there -----------------------------------------------------------------------------------------------


def _kept(subject: Subject, keep: Callable[[dt.date], bool], *, first_run: bool = False) -> Subject:
    """Return the subject with the entries of the days that `keep` accepts; what is vouched for stays."""
    log, plan = subject.log, subject.plan
    if log is not None:
        start = min((run.date for run in log.runs), default=None)
        log = evolve(
            log,
            runs=tuple(run for run in log.runs if keep(run.date) or (first_run and run.date == start)),
            activities=tuple(each for each in log.activities if keep(each.date)),
            performances=tuple(each for each in log.performances if keep(each.date)),
            readiness=tuple(each for each in log.readiness if keep(each.date)),
        )
    if plan is not None:
        plan = evolve(plan, weeks=tuple(_week_of(week, keep) for week in plan.weeks))
    return Subject(subject.runner, log, plan)


def _week_of(week: Week, keep: Callable[[dt.date], bool]) -> Week:
    runs = tuple(run for run in week.runs if keep(run.date))
    sessions = tuple(session for session in week.sessions if keep(session.date))
    return evolve(week, runs=runs, sessions=sessions)


def cut_before(subject: Subject, day: dt.date) -> Subject:
    """Return the subject as if nothing had been done or planned before `day`.

    What is vouched for stays, and so does the first run of a log that declares no coverage of runs: such a log begins
    with it.
    """
    log = subject.log
    undeclared = log is not None and not any(part.runs for part in log.coverage)
    return _kept(subject, lambda date: date >= day, first_run=undeclared)


def emptied(subject: Subject, day: dt.date) -> Subject:
    """Return the subject without any training on `day`; how the day began stays."""
    gone = _kept(subject, lambda date: date != day)
    if gone.log is None or subject.log is None:
        return gone
    return Subject(gone.runner, evolve(gone.log, readiness=subject.log.readiness), gone.plan)


def forgetting(subject: Subject, day: dt.date) -> Subject:
    """Return the subject with a log that begins on `day`: what was before is unknown.

    Sessions of the plan that the forgotten part did are gone with it.
    """
    log, plan = subject.log, subject.plan
    if log is None:
        return subject
    forgotten = {done.session for done in log.performances if done.date < day}
    coverage = tuple(
        part if part.first >= day else evolve(part, first=day) for part in log.coverage if part.last >= day
    )
    kept = _kept(Subject(subject.runner, log), lambda date: date >= day).log
    if plan is not None and any(session.id in forgotten for session in plan.sessions):
        weeks = (
            evolve(week, sessions=tuple(each for each in week.sessions if each.id not in forgotten))
            for week in plan.weeks
        )
        plan = evolve(plan, weeks=tuple(weeks))
    return Subject(subject.runner, evolve(kept or log, coverage=coverage), plan)


def uncovered(subject: Subject, what: str) -> Subject:
    """Return the subject with a log that vouches for `what` on no day: strength, warm_ups or readiness."""
    log = subject.log
    if log is None:
        return subject
    parts = tuple(evolve(part, **{what: False}) for part in log.coverage)
    return Subject(subject.runner, evolve(log, coverage=parts), subject.plan)


def without_sets(subject: Subject) -> Subject:
    """Return the subject with exercises that are named without their sets."""
    log = subject.log
    if log is None:
        return subject
    done = tuple(evolve(each, sets=()) for each in log.performances)
    return Subject(subject.runner, evolve(log, performances=done), subject.plan)


def without_warm_ups(subject: Subject) -> Subject:
    """Return the subject with a log that neither holds nor vouches for warm-ups."""
    log = subject.log
    if log is None:
        return subject
    done = tuple(each for each in log.performances if each.part is not PartName.WARM_UP)
    return uncovered(Subject(subject.runner, evolve(log, performances=done), subject.plan), "warm_ups")


def reordered(subject: Subject, by: int) -> Subject:
    """Return the subject with the log's entries in another order: backwards, begun at another place.

    Only the warm-ups of one session keep their order: that is the order in which they were done.
    """
    log = subject.log
    if log is None:
        return subject
    turned = {name: _turned(getattr(log, name), by) for name in ("coverage", "runs", "activities", "readiness")}
    warm_ups: dict[tuple[dt.date, str | None], list[Performance]] = {}
    for done in log.performances:
        if done.part is PartName.WARM_UP:
            warm_ups.setdefault((done.date, done.session), []).append(done)
    performances = tuple(
        warm_ups[done.date, done.session].pop(0) if done.part is PartName.WARM_UP else done
        for done in _turned(log.performances, by)
    )
    return Subject(subject.runner, evolve(log, performances=performances, **turned), subject.plan)


def _turned(entries: tuple[Any, ...], by: int) -> tuple[Any, ...]:
    place = by % len(entries) if entries else 0
    return (*entries[place:], *entries[:place])[::-1]


# -- a plan as it was done -------------------------------------------------------------------------------------------


def as_done(subject: Subject) -> Subject:
    """Return the subject with its plan carried out to the letter: a log that vouches for all of it."""
    plan = subject.plan
    if plan is None:
        return subject
    log = subject.log or Log()
    done = tuple(
        Performance(
            date=session.date,
            day_part=session.day_part,
            exercise=asked.exercise,
            sets=_sets_of(asked),
            part=part,
            duration=session.minutes if session.minutes.seconds else None,
            session_rpe=session.session_rpe,
        )
        for session in plan.sessions
        if session.skipped is None
        for part, asked in session.prescriptions()
    )
    whole = Coverage(first=plan.start, last=plan.end, runs=True, strength=True, warm_ups=True)
    made = evolve(
        log,
        coverage=(*log.coverage, whole),
        runs=(*log.runs, *(run for week in plan.weeks for run in week.runs)),
        performances=(*log.performances, *done),
    )
    return Subject(subject.runner, made)


def _sets_of(asked: Prescription) -> tuple[PerformedSet, ...]:
    # A load that was to be found, or that is a share of a maximum, is a mass once it was carried.
    load = External(Mass(10.0)) if isinstance(asked.load, (FindLoad, PercentOfMax)) else asked.load
    sides = (Side.LEFT, Side.RIGHT) if asked.side is Side.BOTH else (asked.side,)
    amount = type(asked.amount)(asked.amount.high)
    one = tuple(PerformedSet(side=side, amount=amount, load=load, rir=asked.rir) for side in sides)
    return one * asked.sets


# -- for people ------------------------------------------------------------------------------------------------------


def tell(subject: Subject) -> str:
    """Write a subject as the values it is made of, one entry a line, so that it can be read and pasted into a test."""
    lines = [f"runner = {subject.runner!r}"]
    log, plan = subject.log, subject.plan
    if log is not None:
        lines.append("log:")
        for name in ("coverage", "runs", "activities", "performances", "readiness"):
            lines += _indented(name, getattr(log, name))
    if plan is not None:
        lines.append(f"plan from {plan.start}:")
        for week in plan.weeks:
            deload = ", deload" if week.deload else ""
            entries: tuple[Value, ...] = (*week.runs, *week.sessions)
            lines += _indented(f"week of {week.start}, {week.phase}{deload}", entries) or [
                f"  week of {week.start}, {week.phase}{deload}"
            ]
        lines += _indented("overrides", plan.overrides)
    return "\n".join(lines)


def _indented(title: str, entries: Iterable[Value]) -> list[str]:
    told = [f"    {entry!r}" for entry in entries]
    return [f"  {title}:", *told] if told else []
