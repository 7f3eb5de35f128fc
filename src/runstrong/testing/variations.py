"""The Hypothesis strategy `near`: timelines around given ones, close enough to what a rule speaks about that it speaks.

Purely random documents rarely make a rule say anything. A case of a rule does, and so do most small changes of it: an
entry that is gone, doubled or moved by some days, other distances, sets, loads and efforts, another runner, less
coverage.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import strategies as st

from runstrong.catalog.records import load_catalog
from runstrong.model.edits import Move
from runstrong.model.errors import InvalidValue
from runstrong.model.log import Coverage, Log, Performance, Readiness
from runstrong.model.plan import Plan, Session, Week
from runstrong.model.prescription import BodyWeight, External, FindLoad, Prescription
from runstrong.model.quantities import RIR, Distance, Duration, Mass, SessionRPE
from runstrong.model.runner import Availability, Injury
from runstrong.model.running import Activity, Pain, Race, Run, UsualRun
from runstrong.model.value import evolve
from runstrong.model.words import (
    Clearance,
    DayPart,
    Goal,
    PainKind,
    PainMoment,
    PartName,
    Phase,
    Priority,
    Region,
    RunKind,
    Side,
    StrengthDayPolicy,
    Tissue,
    Weekday,
)
from runstrong.testing.cases import Case
from runstrong.testing.strategies import logs, plans, runners
from runstrong.testing.subjects import Subject, as_done, shifted, subject_of, with_runner

__all__ = ["near", "subjects"]

_Draw = Callable[[st.SearchStrategy[Any]], Any]
_PARTS = st.sampled_from(list(DayPart))
_KINDS = st.sampled_from(list(RunKind))
_HOURS = st.sampled_from([None, 5.0, 6.5, 8.0, 9.5])
_RESERVES = st.sampled_from([None, *(RIR(float(each)) for each in range(6))])
_FACTORS = st.sampled_from([0.5, 0.9, 1.05, 1.2, 1.5, 2.1])
_STEPS = st.sampled_from([-28, -14, -8, -7, -6, -3, -2, -1, 1, 2, 3, 6, 7, 8, 14, 28])
_WHATS = ("runs", "strength", "warm_ups", "readiness")
_PAINS = st.lists(
    st.builds(
        Pain,
        region=st.sampled_from([Region.CALF, Region.KNEE, Region.FOOT]),
        side=st.sampled_from([Side.NONE, Side.LEFT]),
        score=st.integers(0, 8),
        kind=st.sampled_from([PainKind.DULL] * 5 + [PainKind.SHARP, PainKind.NIGHT]),
        when=st.sampled_from(list(PainMoment)),
    ),
    max_size=2,
).map(tuple)


@st.composite
def near(draw: st.DrawFn, cases: Sequence[Case]) -> Subject:
    """Draw a case's timeline with up to five changes, or now and then a timeline that has nothing to do with it.

    Args:
        draw: of Hypothesis.
        cases: of the rule; without any, every timeline is of the latter kind.
    """
    if not cases or draw(st.integers(0, 5)) == 0:
        return draw(subjects())
    subject = subject_of(draw(st.sampled_from(list(cases))))
    for change in draw(st.lists(st.sampled_from(_CHANGES), max_size=5)):
        subject = _changed(change, draw, subject)
    return subject


@st.composite
def subjects(draw: st.DrawFn) -> Subject:
    """Draw a runner with a plan, a log, or a log that the plan follows; weeks begin on any day."""
    runner = draw(runners())
    log = draw(st.none() | logs(weeks=4))
    if log is None or draw(st.booleans()):
        plan = draw(plans(runner))
        made = Subject(runner, log, plan if log is None else shifted(plan, 28))
    else:
        made = Subject(runner, log)
    return with_runner(made, evolve(runner, week_start=draw(st.sampled_from(list(Weekday)))))


def _changed(change: Callable[[_Draw, Subject], Subject], draw: _Draw, subject: Subject) -> Subject:
    """Return the subject after a change, or as it was where the change makes no valid value of it."""
    try:
        return change(draw, subject)
    except InvalidValue:
        return subject


# -- the runner ------------------------------------------------------------------------------------------------------


def _another_runner(draw: _Draw, subject: Subject) -> Subject:
    """Change one thing about the runner."""
    runner, days = subject.runner, subject.days
    day = draw(st.sampled_from(days)) if days else dt.date(2027, 1, 4)
    near_by = day + dt.timedelta(days=draw(st.integers(-21, 21)))
    changes: dict[str, st.SearchStrategy[Any]] = {
        "strength_years": st.sampled_from([0.0, 0.4, 1.0, 4.0]),
        "running_years": st.sampled_from([0.0, 0.2, 3.0]),
        "policy": st.sampled_from(list(StrengthDayPolicy)),
        "clearance": st.sampled_from(list(Clearance)),
        "goals": st.sampled_from([(goal,) for goal in Goal]),
        "body_mass": st.sampled_from([None, Mass(50.0), Mass(80.0)]),
        "birth_year": st.sampled_from([None, 1990, 2008, 2010, 2011, 2014]),
        "supervised": st.booleans(),
        "usual_sleep": _HOURS.map(lambda hours: None if hours is None else Duration(hours * 3600.0)),
        "session_length": st.sampled_from([Duration(1200.0), Duration(3600.0)]),
        "sessions_per_week": st.sampled_from([None, 1, 3]),
        "kits": st.just(()),
        "availability": st.sets(st.sampled_from(list(Weekday)), max_size=5).map(
            lambda open_: tuple(Availability(day=weekday) for weekday in sorted(open_))
        ),
        "races": st.sampled_from(list(Priority)).map(lambda rank: (Race(id="race", date=near_by, priority=rank),)),
        "injuries": st.tuples(
            st.sampled_from([Region.CALF, Region.KNEE, Region.HAMSTRING]), st.none() | st.integers(0, 60)
        ).map(lambda hurt: (_injury(hurt[0], near_by, hurt[1]),)),
        "running": st.just(
            evolve(runner.running, runs=tuple(UsualRun(day=weekday) for weekday in list(Weekday)[:5]), exceptions=())
        ),
    }
    name = draw(st.sampled_from(sorted(changes)))
    return with_runner(subject, evolve(runner, **{name: draw(changes[name])}))


def _injury(region: Region, ended: dt.date, lasted: int | None) -> Injury:
    if lasted is None:
        return Injury(region=region, since=ended)
    return Injury(region=region, since=ended - dt.timedelta(days=lasted), ended=ended)


def _another_week_start(draw: _Draw, subject: Subject) -> Subject:
    return with_runner(subject, evolve(subject.runner, week_start=draw(st.sampled_from(list(Weekday)))))


# -- the log ---------------------------------------------------------------------------------------------------------


def _with_log(subject: Subject, **changes: Any) -> Subject:
    return Subject(subject.runner, evolve(subject.log or Log(), **changes), subject.plan)


def _log_entries(draw: _Draw, subject: Subject) -> Subject:
    """Drop, double or move entries of one kind."""
    log = subject.log
    kinds = [name for name in ("runs", "performances", "readiness", "activities") if log and getattr(log, name)]
    if log is None or not kinds:
        return subject
    name = draw(st.sampled_from(kinds))
    return _with_log(subject, **{name: _rearranged(draw, getattr(log, name))})


def _rearranged(draw: _Draw, entries: tuple[Any, ...]) -> tuple[Any, ...]:
    first = draw(st.integers(0, len(entries) - 1))
    chosen = entries[first : first + draw(st.integers(1, 3))]
    rest = (*entries[:first], *entries[first + len(chosen) :])
    step = dt.timedelta(days=draw(_STEPS))
    moved = tuple(evolve(each, date=each.date + step) for each in chosen)
    how = draw(st.sampled_from(["drop", "double", "move"]))
    return rest if how == "drop" else (*entries, *moved) if how == "double" else (*rest, *moved)


def _logged_run(draw: _Draw, subject: Subject) -> Subject:
    """Change a run that was done."""
    log = subject.log
    if log is None or not log.runs:
        return subject
    return _with_log(subject, runs=_one_changed(draw, log.runs, lambda run: _run(draw, run)))


def _one_changed(draw: _Draw, entries: tuple[Any, ...], change: Callable[[Any], Any]) -> tuple[Any, ...]:
    """Return the entries with one, or all from one on, changed."""
    first, every = draw(st.integers(0, len(entries) - 1)), draw(st.booleans())
    return tuple(
        change(each) if place == first or (every and place > first) else each for place, each in enumerate(entries)
    )


def _run(draw: _Draw, run: Run) -> Run:
    what = draw(st.sampled_from(["distance", "kind", "day_part", "pain", "effort"]))
    if what == "distance":
        km = run.distance.km if run.distance is not None else 8.0
        return evolve(run, distance=draw(st.none() | _FACTORS.map(lambda by: Distance(round(km * by, 1)))))
    if what == "kind":
        kind = draw(_KINDS)
        rank = draw(st.sampled_from(list(Priority))) if kind is RunKind.RACE else None
        return evolve(run, kind=kind, priority=rank)
    if what == "day_part":
        return evolve(run, day_part=draw(_PARTS))
    if what == "pain":
        return evolve(run, pain=draw(_PAINS))
    rating = SessionRPE(float(draw(st.integers(1, 10))))
    return evolve(run, duration=Duration(60.0 * draw(st.integers(10, 150))), session_rpe=rating)


def _logged_exercise(draw: _Draw, subject: Subject) -> Subject:
    """Change an exercise that was done."""
    log = subject.log
    if log is None or not log.performances:
        return subject
    return _with_log(subject, performances=_one_changed(draw, log.performances, lambda done: _performance(draw, done)))


def _performance(draw: _Draw, done: Performance) -> Performance:
    what = draw(
        st.sampled_from(["sets", "load", "rir", "amount", "no sets", "part", "day_part", "pain", "effort", "side"])
    )
    sets = done.sets
    if what == "no sets":
        return evolve(done, sets=())
    if what == "part":
        return evolve(done, part=draw(st.sampled_from(list(PartName))))
    if what == "day_part":
        return evolve(done, day_part=draw(_PARTS))
    if what == "pain":
        return evolve(done, pain=draw(_PAINS))
    if what == "effort":
        rating = SessionRPE(float(draw(st.integers(1, 10))))
        return evolve(done, duration=Duration(60.0 * draw(st.integers(10, 90))), session_rpe=rating)
    if what == "sets":
        return evolve(done, sets=draw(st.sampled_from([sets * 2, sets * 3, sets[: len(sets) // 2], sets[:2]])))
    if what == "side":
        return evolve(done, sets=tuple(one for one in sets if one.side is not Side.RIGHT))
    if what == "rir":
        reserve = draw(_RESERVES)
        return evolve(done, sets=tuple(evolve(one, rir=reserve) for one in sets))
    if what == "load":
        load = draw(_loads(done.exercise))
        return evolve(done, sets=tuple(evolve(one, load=load) for one in sets))
    by = draw(_FACTORS)
    return evolve(done, sets=tuple(evolve(one, amount=_amount(one.amount, by)) for one in sets))


def _amount(amount: Any, by: float) -> Any:
    low, high = (max(1, min(amount.most, round(each * by))) for each in (amount.low, amount.high))
    return type(amount)(low, high)


def _loads(exercise: str) -> st.SearchStrategy[Any]:
    found = load_catalog().exercises.get(exercise)
    if found is None or not found.loaded_by:
        return st.just(BodyWeight())
    return st.sampled_from([BodyWeight(), *(External(Mass(kg)) for kg in (2.0, 5.0, 10.0, 24.0, 60.0))])


def _mornings(draw: _Draw, subject: Subject) -> Subject:
    """Write down how some days began."""
    if not subject.days:
        return subject
    first, last = subject.days[0], subject.days[-1]
    hours = draw(_HOURS)
    ill, flags = draw(st.sampled_from([None, False, True])), draw(st.sampled_from([(), (), ("chest pain",)]))
    stress = draw(st.sampled_from([None, 2, 9]))
    begin = first + dt.timedelta(days=draw(st.integers(0, (last - first).days)))
    sleep = None if hours is None else Duration(hours * 3600.0)
    made = tuple(
        Readiness(date=begin + dt.timedelta(days=day), sleep=sleep, stress=stress, ill=ill, red_flags=flags)
        for day in range(draw(st.sampled_from([1, 3, 14])))
    )
    return _with_log(subject, readiness=(*(subject.log or Log()).readiness, *made))


def _other_training(draw: _Draw, subject: Subject) -> Subject:
    """Write down a bicycle ride."""
    if not subject.days:
        return subject
    day = draw(st.sampled_from(subject.days)) + dt.timedelta(days=draw(st.integers(-3, 3)))
    ride = Activity(
        date=day, name="cycling", duration=Duration(3600.0), session_rpe=SessionRPE(5.0), tissues=(Tissue.QUADRICEPS,)
    )
    return _with_log(subject, activities=(*(subject.log or Log()).activities, ride))


def _coverage(draw: _Draw, subject: Subject) -> Subject:
    """Vouch for more or for less: for nothing, for everything, for one kind of entry, with a gap, for fewer days."""
    log = subject.log or Log()
    days = [run.date for run in log.runs] + [done.date for done in log.performances]
    how = draw(st.sampled_from(["none", "whole", "toggle", "gap", "later"]))
    if how == "none":
        return _with_log(subject, coverage=())
    if how == "whole" and days:
        before = dt.timedelta(days=draw(st.sampled_from([0, 7, 60])))
        flags = dict.fromkeys(_WHATS, True)
        return _with_log(subject, coverage=(Coverage(first=min(days) - before, last=max(days), **flags),))
    if not log.coverage:
        return subject
    part = draw(st.sampled_from(log.coverage))
    others = tuple(each for each in log.coverage if each is not part)
    if how == "toggle":
        what = draw(st.sampled_from(_WHATS))
        return _with_log(subject, coverage=(*others, evolve(part, **{what: not getattr(part, what)})))
    day = part.first + dt.timedelta(days=draw(st.integers(0, (part.last - part.first).days)))
    later = [evolve(part, first=day)]
    if how == "gap":
        later.append(evolve(part, last=max(part.first, day - dt.timedelta(days=draw(st.integers(1, 9))))))
    return _with_log(subject, coverage=(*others, *later))


def _shifted_log(draw: _Draw, subject: Subject) -> Subject:
    """Move the whole log against the plan and the runner's weeks."""
    if subject.log is None:
        return subject
    return Subject(subject.runner, shifted(subject.log, draw(_STEPS)), subject.plan)


def _cut_log(draw: _Draw, subject: Subject) -> Subject:
    """Leave out what was done from some day on; what is vouched for stays."""
    log = subject.log
    if log is None or not subject.days:
        return subject
    day = draw(st.sampled_from(subject.days))
    names = ("runs", "activities", "performances", "readiness")
    return _with_log(subject, **{name: tuple(e for e in getattr(log, name) if e.date < day) for name in names})


# -- the plan --------------------------------------------------------------------------------------------------------


def _with_plan(subject: Subject, plan: Plan) -> Subject:
    return Subject(subject.runner, subject.log, plan)


def _with_weeks(subject: Subject, change: Callable[[Week], Week]) -> Subject:
    if subject.plan is None:
        return subject
    return _with_plan(subject, evolve(subject.plan, weeks=tuple(change(week) for week in subject.plan.weeks)))


def _planned_session(draw: _Draw, subject: Subject) -> Subject:
    """Drop, double, move, pin or skip a session, or put it in another part of the day."""
    plan = subject.plan
    if plan is None or not plan.sessions:
        return subject
    chosen = draw(st.sampled_from(plan.sessions))
    how = draw(st.sampled_from(["drop", "double", "move", "pin", "skip", "day_part", "length"]))
    if how == "move":
        to = chosen.date + dt.timedelta(days=draw(_STEPS))
        return _with_plan(subject, plan.apply(Move(session=chosen.id, to=to)))
    copy = evolve(chosen, id=f"{chosen.id}-again", date=chosen.date + dt.timedelta(days=draw(st.integers(-6, 6))))
    changes: dict[str, Any] = {
        "pin": {"pinned": True},
        "skip": {"skipped": "no time"},
        "day_part": {"day_part": draw(_PARTS)},
        "length": {"minutes": Duration(60.0 * draw(st.sampled_from([0, 5, 20, 50])))},
    }

    def change(week: Week) -> Week:
        sessions = [session for session in week.sessions if session is not chosen]
        if chosen in week.sessions and how not in ("drop", "double"):
            sessions.append(evolve(chosen, **changes[how]))
        if how == "double":
            sessions += [each for each in (chosen, copy) if week.start <= each.date <= week.end]
        return evolve(
            week, sessions=tuple(sorted(sessions, key=lambda each: (each.date, each.day_part.order, each.id)))
        )

    return _with_weeks(subject, change)


def _planned_exercise(draw: _Draw, subject: Subject) -> Subject:
    """Change what a session asks for."""
    plan = subject.plan
    if plan is None or not plan.sessions:
        return subject
    chosen = draw(st.sampled_from(plan.sessions))
    asked = [each for _, each in chosen.prescriptions()]
    if not asked:
        return subject
    old = draw(st.sampled_from(asked))
    new = _prescription(draw, old)
    every = draw(st.booleans())

    def in_week(week: Week) -> Week:
        return evolve(week, sessions=tuple(_replaced(each, old, new, chosen, every) for each in week.sessions))

    return _with_weeks(subject, in_week)


def _replaced(session: Session, old: Prescription, new: Prescription | None, chosen: Session, every: bool) -> Session:
    if session is chosen or (every and session.date >= chosen.date):
        return session.replacing(old.exercise, new)
    return session


def _prescription(draw: _Draw, asked: Prescription) -> Prescription | None:
    what = draw(st.sampled_from(["drop", "sets", "load", "rir", "amount", "exercise"]))
    if what == "drop":
        return None
    if what == "sets":
        return evolve(asked, sets=draw(st.integers(1, 8)))
    if what == "rir":
        return evolve(asked, rir=draw(_RESERVES))
    if what == "load":
        return evolve(asked, load=draw(_loads(asked.exercise) | st.just(FindLoad(RIR(2.0)))))
    if what == "amount":
        return evolve(asked, amount=_amount(asked.amount, draw(_FACTORS)))
    exercises = load_catalog().exercises
    now = exercises.get(asked.exercise)
    alike = [
        each for each in exercises.values() if now and (each.kind, each.side) == (now.kind, now.side) and each.doses
    ]
    if not alike:
        return asked
    other = draw(st.sampled_from(alike))
    return evolve(asked, exercise=other.id, amount=other.doses[0].amount, load=BodyWeight(), progression=None)


def _planned_run(draw: _Draw, subject: Subject) -> Subject:
    """Change, drop or add a planned run."""
    plan = subject.plan
    if plan is None:
        return subject
    week = draw(st.sampled_from(plan.weeks))
    how = draw(st.sampled_from(["change", "drop", "add", "add", "all"]))
    runs: list[Run] = list(week.runs)
    if how == "add":
        day = week.start + dt.timedelta(days=draw(st.integers(0, 6)))
        runs.append(Run(date=day, day_part=draw(_PARTS), kind=draw(_KINDS), distance=Distance(8.0)))
    elif how == "all":
        runs = [Run(date=week.start + dt.timedelta(days=day), distance=Distance(6.0)) for day in range(7)]
    elif runs:
        place = draw(st.integers(0, len(runs) - 1))
        runs[place : place + 1] = [_run(draw, runs[place])] if how == "change" else []
    return _with_weeks(subject, lambda each: evolve(each, runs=tuple(runs)) if each is week else each)


def _phase(draw: _Draw, subject: Subject) -> Subject:
    """Make a week a deload, or give it, and maybe those after it, another phase."""
    plan = subject.plan
    if plan is None:
        return subject
    chosen = draw(st.sampled_from(plan.weeks))
    changes: dict[str, Any] = draw(
        st.just({"deload": True}) | st.sampled_from(list(Phase)).map(lambda phase: {"phase": phase})
    )
    every = draw(st.booleans())
    return _with_weeks(
        subject,
        lambda week: evolve(week, **changes) if week is chosen or (every and week.start > chosen.start) else week,
    )


def _shifted_plan(draw: _Draw, subject: Subject) -> Subject:
    """Move the whole plan against the log; its weeks begin where the runner's do."""
    if subject.plan is None:
        return subject
    moved = Subject(subject.runner, subject.log, shifted(subject.plan, draw(_STEPS)))
    return with_runner(moved, subject.runner)


def _longer_plan(draw: _Draw, subject: Subject) -> Subject:
    """Repeat the plan's last week."""
    plan = subject.plan
    if plan is None:
        return subject
    weeks = list(plan.weeks)
    for number in range(draw(st.sampled_from([1, 2, 6]))):
        later = shifted(evolve(plan.weeks[-1], sessions=(), number=weeks[-1].number + 1), 7 * (number + 1))
        sessions = (
            evolve(each, id=f"{each.id}-w{number}", date=each.date + dt.timedelta(days=7 * (number + 1)))
            for each in plan.weeks[-1].sessions
        )
        weeks.append(evolve(later, sessions=tuple(sessions)))
    return _with_plan(subject, evolve(plan, weeks=tuple(weeks)))


def _done(_: _Draw, subject: Subject) -> Subject:
    return as_done(subject)


_CHANGES: Sequence[Callable[[_Draw, Subject], Subject]] = (
    _another_runner, _another_runner, _another_week_start, _log_entries, _log_entries, _logged_run, _logged_exercise,
    _logged_exercise, _mornings, _other_training, _coverage, _coverage, _shifted_log, _cut_log, _planned_session,
    _planned_session, _planned_exercise, _planned_exercise, _planned_run, _phase, _shifted_plan, _longer_plan, _done,
)  # fmt: skip
