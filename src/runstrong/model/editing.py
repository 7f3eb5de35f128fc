"""Carrying out edits: each changes what it names, and nothing else about a plan.

`Plan.apply` is the way in. A session whose content changes is measured anew where a measure is given; without one
its minutes become unknown, because the old ones would no longer be true.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator

from runstrong.model.edits import (
    Approve,
    Drop,
    Edit,
    Exclude,
    Insert,
    Lighten,
    Move,
    MoveRun,
    Pin,
    Reduce,
    Skip,
    Split,
    Swap,
    TrimRun,
    Wait,
)
from runstrong.model.errors import InvalidValue, Problem, UnknownName
from runstrong.model.plan import Part, Plan, Session, Week
from runstrong.model.prescription import BodyWeight, External, FindLoad, Load, PercentOfMax, Prescription
from runstrong.model.quantities import SAME_KG, Duration
from runstrong.model.running import Run
from runstrong.model.value import evolve
from runstrong.model.words import DayPart, PartName

__all__ = ["Measured", "carried_out", "chosen_doses", "chosen_sessions", "edits_runs", "touched"]

Measured = Callable[[Session, Session, Week], Session]
"""Takes a session as it was, as it is now, and its week; returns it with minutes, emphasis and effort that fit."""


def edits_runs(edit: Edit) -> bool:
    """Whether an edit changes runs, which are the runner's own."""
    return isinstance(edit, (TrimRun, MoveRun))


def touched(plan: Plan, edit: Edit) -> tuple[str, ...]:
    """Return the ids of the plan's sessions that an edit changes, in order; none for an edit of runs.

    Raises:
        UnknownName: the session that it names is not there.
        InvalidValue: the week that it names is not one of the plan's.
    """
    if isinstance(edit, (TrimRun, MoveRun, Approve)):
        return ()
    if isinstance(edit, Exclude):
        return tuple(each.id for each in _without_it(plan, edit))
    if isinstance(edit, Lighten):
        return tuple(each.id for each in plan.week_of(edit.week).sessions if _open(each))
    session = plan.session(edit.session)
    if isinstance(edit, Wait):
        return tuple(each.id for each in _waiting(plan, session, edit))
    return (session.id,)


def chosen_sessions(plan: Plan) -> frozenset[str]:
    """Return the sessions of a plan that its recorded edits have placed or filled: a person's, not to be mended."""
    chosen: set[str] = set()
    for edit in plan.edits:
        if isinstance(edit, (Move, Swap, Reduce, Drop, Insert)):
            chosen.add(edit.session)
        elif isinstance(edit, Split):
            chosen |= {edit.session, edit.into}
        elif isinstance(edit, Lighten):
            chosen |= {each.id for each in plan.week_of(edit.week).sessions}
        elif isinstance(edit, Wait):
            begin = plan.session(edit.session).date
            chosen |= {each.id for each in plan.sessions if begin <= each.date < edit.until}
    return frozenset(chosen)


def chosen_doses(plan: Plan) -> frozenset[tuple[str, str]]:
    """Return session and exercise of the prescriptions whose dose recorded edits have set."""
    chosen: set[tuple[str, str]] = set()
    for edit in plan.edits:
        if isinstance(edit, Swap):
            chosen.add((edit.session, edit.replacement.exercise))
        elif isinstance(edit, Reduce):
            chosen.add((edit.session, edit.exercise))
        elif isinstance(edit, Insert):
            chosen.add((edit.session, edit.prescription.exercise))
        elif isinstance(edit, Lighten):
            sessions = plan.week_of(edit.week).sessions
            chosen |= {(session.id, each.exercise) for session in sessions for _, each in session.prescriptions()}
    return frozenset(chosen)


def carried_out(plan: Plan, edit: Edit, measure: Measured | None = None) -> Plan:
    """Return a plan with an edit carried out.

    Args:
        plan: as it is.
        edit: to carry out.
        measure: gives changed sessions their minutes, emphasis and effort; without it minutes become unknown.

    Raises:
        UnknownName: a session or exercise that it names is not there.
        InvalidValue: it leads out of the plan, or changes nothing that it could change.
    """
    if isinstance(edit, (TrimRun, MoveRun)):
        return _run_edited(plan, edit)
    if isinstance(edit, Approve):
        return plan
    if isinstance(edit, Exclude):
        return _excluded(plan, edit, measure)
    if isinstance(edit, Lighten):
        return _lightened(plan, edit, measure)
    session = plan.session(edit.session)
    if isinstance(edit, Move):
        return _moved(plan, session, edit)
    if isinstance(edit, Split):
        return _split(plan, session, edit, measure)
    if isinstance(edit, Wait):
        _held(session, edit.exercise)
        waiting = {each.id for each in _waiting(plan, session, edit)}
        if not waiting:
            allowed = f"a day after {session.date}, and a session that is not pinned"
            raise InvalidValue([Problem(f"wait {edit.exercise}", str(edit.until), allowed)])
        reason = f"{edit.exercise} waits until {edit.until}"
        return _changed(plan, waiting, lambda each: _without(each, edit.exercise, reason), measure)
    return _changed(plan, {session.id}, lambda each: _edited(each, edit), measure)


def _edited(session: Session, edit: Edit) -> Session:
    """Return a session with an edit of its own carried out."""
    if isinstance(edit, Swap):
        _held(session, edit.exercise)
        return session.replacing(edit.exercise, edit.replacement)
    if isinstance(edit, Drop):
        _held(session, edit.exercise)
        return session.replacing(edit.exercise, None)
    if isinstance(edit, Reduce):
        return _reduced(session, edit)
    if isinstance(edit, Insert):
        return _inserted(session, edit)
    if isinstance(edit, Skip):
        return evolve(session, skipped=edit.reason)
    if isinstance(edit, Pin):
        return evolve(session, pinned=True)
    return evolve(session, note=getattr(edit, "text", None))


# -- within a session -------------------------------------------------------------------------------------------------


def _held(session: Session, exercise: str) -> None:
    held = [prescription.exercise for _, prescription in session.prescriptions()]
    if exercise not in held:
        raise UnknownName(f"exercise in session {session.id}", exercise, held)


def _absent(session: Session, exercise: str) -> None:
    """Refuse a second entry of an exercise: edits name an exercise of a session, and would mean both."""
    if session.holds(exercise):
        allowed = "an exercise that it does not hold yet"
        raise InvalidValue([Problem(f"session {session.id}", f"{exercise} a second time", allowed)])


def _reduced(session: Session, edit: Reduce) -> Session:
    _held(session, edit.exercise)
    parts = [
        evolve(
            part, prescriptions=tuple(_less(each, edit) if each.exercise == edit.exercise else each for each in part)
        )
        for part in session.parts
    ]
    made = evolve(session, parts=tuple(parts))
    if made == session:
        raise InvalidValue([Problem(str(edit), "no less than now", "less of something than the session asks for")])
    return made


def _less(asked: Prescription, edit: Reduce) -> Prescription:
    """Return a prescription with what an edit gives, as far as that is less; what would be more stays as it was."""
    sets, amount, load, rir, tempo = asked.sets, asked.amount, asked.load, asked.rir, asked.tempo
    if edit.sets is not None:
        sets = min(sets, edit.sets)
    if edit.amount is not None and type(edit.amount) is type(amount) and edit.amount.high <= amount.high:
        amount = edit.amount
    if edit.load is not None and not _heavier(edit.load, load):
        load = edit.load
    if edit.rir is not None and (rir is None or edit.rir.reps > rir.reps):
        rir = edit.rir
    if edit.tempo is not None and (tempo is None or edit.tempo.seconds <= tempo.seconds):
        tempo = edit.tempo
    return evolve(asked, sets=sets, amount=amount, load=load, rir=rir, tempo=tempo)


def _heavier(one: Load, other: Load) -> bool:
    """Whether a load is surely more than another; loads that cannot be compared are not."""
    if isinstance(other, BodyWeight):
        return not isinstance(one, BodyWeight)
    if isinstance(one, External) and isinstance(other, External):
        return one.mass.kg > other.mass.kg + SAME_KG
    if isinstance(one, PercentOfMax) and isinstance(other, PercentOfMax):
        return one.percent > other.percent
    if isinstance(one, FindLoad) and isinstance(other, FindLoad):
        return one.rir.reps < other.rir.reps
    return False


def _inserted(session: Session, edit: Insert) -> Session:
    _absent(session, edit.prescription.exercise)
    asked = list(session.part(edit.part))
    place = len(asked)
    if edit.after is not None:
        held = [each.exercise for each in asked]
        if edit.after not in held:
            raise UnknownName(f"exercise in the {edit.part} of session {session.id}", edit.after, held)
        place = held.index(edit.after) + 1
    asked.insert(place, edit.prescription)
    parts = {part.name: part for part in session.parts}
    parts[edit.part] = Part(name=edit.part, prescriptions=tuple(asked))
    return evolve(session, parts=tuple(parts[name] for name in PartName if name in parts))


def _without(session: Session, exercise: str, reason: str) -> Session:
    """Return a session without an exercise; one whose main work that was is skipped."""
    main = session.part(PartName.MAIN)
    if main and all(each.exercise == exercise for each in main):
        return evolve(session, skipped=reason)
    return session.replacing(exercise, None)


# -- weeks and sessions -----------------------------------------------------------------------------------------------


def _open(session: Session) -> bool:
    return not session.pinned and session.skipped is None


def _waiting(plan: Plan, first: Session, edit: Wait) -> Iterator[Session]:
    """Yield the open sessions from `first` on and before the day, that hold the exercise."""
    for session in plan.sessions:
        here = (session.date, session.day_part.order) >= (first.date, first.day_part.order)
        if here and session.date < edit.until and _open(session) and session.holds(edit.exercise):
            yield session


def _without_it(plan: Plan, edit: Exclude) -> Iterator[Session]:
    """Yield the open sessions from the day on that hold the excluded exercise."""
    for session in plan.sessions:
        if session.date >= edit.since and _open(session) and session.holds(edit.exercise):
            yield session


def _excluded(plan: Plan, edit: Exclude, measure: Measured | None) -> Plan:
    limits = plan.runner.limitations
    if edit.exercise not in limits.exclude:
        exclude = (*limits.exclude, edit.exercise)
        plan = evolve(plan, runner=evolve(plan.runner, limitations=evolve(limits, exclude=exclude)))
    reason = f"nothing is left of it without {edit.exercise}"
    ids = [each.id for each in _without_it(plan, edit)]
    return _changed(plan, ids, lambda each: _without(each, edit.exercise, reason), measure)


def _changed(
    plan: Plan, ids: Iterable[str], change: Callable[[Session], Session], measure: Measured | None
) -> Plan:  # fmt: skip
    """Return a plan in which some sessions are changed; those whose content is new are measured anew."""
    ids = frozenset(ids)
    weeks = []
    for week in plan.weeks:
        if not any(each.id in ids for each in week.sessions):
            weeks.append(week)
            continue
        made = tuple(_measured(each, change(each), week, measure) if each.id in ids else each for each in week.sessions)
        weeks.append(evolve(week, sessions=made))
    return evolve(plan, weeks=tuple(weeks))


def _measured(before: Session, after: Session, week: Week, measure: Measured | None) -> Session:
    if before.parts == after.parts:
        return after
    return measure(before, after, week) if measure is not None else evolve(after, minutes=Duration(0))


def _lightened(plan: Plan, edit: Lighten, measure: Measured | None) -> Plan:
    week = plan.week_of(edit.week)

    def lighter(session: Session) -> Session:
        parts = [
            evolve(part, prescriptions=tuple(_share(each, edit.share) for each in part))
            if part.name is PartName.MAIN
            else part
            for part in session.parts
        ]
        return evolve(session, parts=tuple(parts))

    weeks = tuple(evolve(each, deload=True) if each.start == week.start else each for each in plan.weeks)
    marked = evolve(plan, weeks=weeks)
    made = _changed(marked, touched(plan, edit), lighter, measure)
    if made == marked:
        raise InvalidValue([Problem(f"lighten the week of {week.start}", "no set less", "sessions with sets to take")])
    return made


def _share(asked: Prescription, share: float) -> Prescription:
    # Six tenths of five sets are three, not two, whatever the binary fraction says.
    return evolve(asked, sets=max(1, int(asked.sets * share + 1e-9)))


def _inside(plan: Plan, day: dt.date, place: str) -> None:
    if not plan.weeks[0].start <= day <= plan.end or day < plan.start:
        raise InvalidValue([Problem(place, str(day), f"a day from {plan.start} to {plan.end}")])


def _moved(plan: Plan, session: Session, edit: Move) -> Plan:
    _inside(plan, edit.to, f"move {session.id}")
    moved = evolve(session, date=edit.to, day_part=edit.day_part or session.day_part)
    weeks = []
    for week in plan.weeks:
        kept = [each for each in week.sessions if each.id != session.id]
        if week.start <= edit.to <= week.end:
            kept.append(moved)
        weeks.append(_in_order(week, kept))
    return evolve(plan, weeks=tuple(weeks))


def _in_order(week: Week, sessions: Iterable[Session]) -> Week:
    ordered = sorted(sessions, key=lambda each: (each.date, each.day_part.order, each.id))
    return week if tuple(ordered) == week.sessions else evolve(week, sessions=tuple(ordered))


def _split(plan: Plan, session: Session, edit: Split, measure: Measured | None) -> Plan:
    _inside(plan, edit.to, f"split {session.id}")
    place = f"split {session.id}"
    main = session.part(PartName.MAIN)
    held = [each.exercise for each in main]
    for exercise in edit.exercises:
        if exercise not in held:
            raise UnknownName(f"exercise in the main part of session {session.id}", exercise, held)
    if set(edit.exercises) >= set(held):
        raise InvalidValue([Problem(place, "all of its main work", "some of it; move the session instead")])
    if any(each.id == edit.into for each in plan.sessions):
        raise InvalidValue([Problem(place, f"session id {edit.into} again", "an id that the plan does not have yet")])
    goes = tuple(each for each in main if each.exercise in edit.exercises)
    stays = tuple(each for each in main if each.exercise not in edit.exercises)
    warm_up = session.part(PartName.WARM_UP)
    parts = (*((warm_up,) if warm_up else ()), Part(name=PartName.MAIN, prescriptions=goes))
    home = plan.week_of(session.date)
    kept = _measured(session, session.with_main(stays), home, measure)
    new = evolve(
        session, id=edit.into, date=edit.to, day_part=edit.day_part, parts=parts, pinned=False, skipped=None, note=None
    )
    made = _measured(session, new, plan.week_of(edit.to), measure)
    weeks = []
    for week in plan.weeks:
        sessions = [kept if each.id == session.id else each for each in week.sessions]
        if week.start <= edit.to <= week.end:
            sessions.append(made)
        weeks.append(_in_order(week, sessions))
    return evolve(plan, weeks=tuple(weeks))


# -- runs -------------------------------------------------------------------------------------------------------------


def _run_edited(plan: Plan, edit: TrimRun | MoveRun) -> Plan:
    run = _run(plan, edit)
    if isinstance(edit, TrimRun):
        changed = _trimmed(run, edit)
        to = run.date
    else:
        _inside(plan, edit.to, "move a run")
        changed = evolve(run, date=edit.to)
        to = edit.to
    weeks = []
    for week in plan.weeks:
        runs = list(week.runs)
        if run in runs:
            runs.remove(run)
        if week.start <= to <= week.end:
            runs.append(changed)
        if len(runs) != len(week.runs) or changed in runs:
            runs.sort(key=lambda each: (each.date, each.day_part.order))
            weeks.append(evolve(week, runs=tuple(runs)))
        else:
            weeks.append(week)
    return evolve(plan, weeks=tuple(weeks))


def _run(plan: Plan, edit: TrimRun | MoveRun) -> Run:
    runs = [run for week in plan.weeks for run in week.runs]
    for run in runs:
        if (run.date, run.day_part, run.kind) == (edit.date, edit.day_part, edit.kind):
            return run
    there = ", ".join(_shown(run) for run in runs if run.date == edit.date) or "none that day"
    part = "" if edit.day_part is DayPart.UNKNOWN else f" in the {edit.day_part}"
    raise InvalidValue([Problem(f"run of {edit.date}", f"{edit.kind}{part}", f"a run of the plan: {there}")])


def _shown(run: Run) -> str:
    return str(run.kind) if run.day_part is DayPart.UNKNOWN else f"{run.kind} in the {run.day_part}"


def _trimmed(run: Run, edit: TrimRun) -> Run:
    if run.distance is None or not 0 < edit.distance.km < run.distance.km:
        has = "a run without a distance" if run.distance is None else str(run.distance)
        raise InvalidValue([Problem(f"trim the run of {run.date}", str(edit.distance), f"over 0 and less than {has}")])
    minutes = run.duration
    if minutes is not None:
        minutes = Duration(float(round(minutes.seconds * edit.distance.km / run.distance.km)))
    return evolve(run, distance=edit.distance, duration=minutes)
