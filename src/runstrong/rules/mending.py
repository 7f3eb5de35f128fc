"""Edits that checks propose. They are only proposals: the auditor offers one after it was shown to help.

Where a session may go is the planner's own placement, and what may be done there is what the planner would choose from.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache, partial

from runstrong.ladder.access import fitting, suits
from runstrong.model.edits import Drop, Insert, Move, Reduce, Skip, Split, TrimRun, Wait
from runstrong.model.exercise import Exercise
from runstrong.model.measuring import estimated_seconds, pace_of, seconds_of
from runstrong.model.plan import Plan, Session
from runstrong.model.prescription import BodyWeight, External, Load, Prescription
from runstrong.model.quantities import Distance
from runstrong.model.rules import RuleSet
from runstrong.model.runner import Kit, Runner
from runstrong.model.running import Run
from runstrong.model.timeline import Row, Timeline, TrainingDay, emphasis_of
from runstrong.model.words import DayPart, Emphasis, PartName, RunKind
from runstrong.placement import Placed, broken_beside, open_places, restful, slot_cost, surroundings
from runstrong.rules.records import load_rules

__all__ = [
    "FEWEST", "NO_DAY", "NO_RUN", "added", "as_planned", "drops", "editable", "fewer_sets", "first_rungs", "fits_here",
    "loads_here", "moves", "nearest_load", "outs", "reload", "rules_of", "splits", "trims", "waits",
]  # fmt: skip

FEWEST = 6
"""Proposals per finding: each is proved by an audit of its own, so that a few good ones beat many."""

NO_DAY = "no other day is open to it beside your runs, races, rest days and other sessions"
"""Why a session that stands wrongly has no move."""

NO_RUN = "no single run can give up as much as is too much; runs are yours: not edited"
"""Why runs that are too much have no trim."""

_REACH = 7
"""Days each way in which another day for a session is looked for."""


def editable(session: TrainingDay) -> Session | None:
    """Return the planned session when an edit may touch it: not done, not pinned."""
    planned = session.planned
    return planned if planned is not None and not planned.pinned else None


# -- less, and without ------------------------------------------------------------------------------------------------


def drops(session: TrainingDay, exercise: str) -> tuple[Drop, ...]:
    """Return the proposal to leave `exercise` out, if the session is open to edits and holds something else."""
    if editable(session) is None or all(row.exercise.id == exercise for row in session.rows):
        return ()
    return (Drop(session=session.id, exercise=exercise),)


def outs(session: TrainingDay, exercise: str, reason: str) -> tuple[Drop | Skip, ...]:
    """Return the proposal to leave `exercise` out, or to skip a session whose main work is nothing else."""
    if editable(session) is None:
        return ()
    main = [row.exercise.id for row in session.rows if row.part is PartName.MAIN]
    if any(id != exercise for id in main):
        return drops(session, exercise)
    return (Skip(session=session.id, reason=reason),)


def waits(timeline: Timeline, session: TrainingDay, exercise: str, until: dt.date | None) -> tuple[Wait, ...]:
    """Return the proposal to let `exercise` wait until a day, where it stands again before it; to the end for None."""
    if editable(session) is None or timeline.plan is None:
        return ()
    until = until if until is not None else timeline.plan.end + dt.timedelta(days=1)
    coming = [row for row in timeline.rows_by_exercise.get(exercise, ()) if not row.performed]
    again = any(session.date < row.date < until for row in coming)
    return (Wait(session=session.id, exercise=exercise, until=until),) if again else ()


def fewer_sets(session: TrainingDay, row: Row, sets: int) -> tuple[Reduce | Drop, ...]:
    """Return the proposal to take `sets` sets off a row, or to leave it out where none would remain."""
    if row.prescription is None or editable(session) is None:
        return ()
    if sets >= row.sets:
        return drops(session, row.exercise.id)
    return (Reduce(session=session.id, exercise=row.exercise.id, sets=row.sets - sets),)


def reload(session: TrainingDay, row: Row, load: Load) -> tuple[Reduce, ...]:
    """Return the proposal to do a row with a lighter load."""
    if row.prescription is None or editable(session) is None:
        return ()
    return (Reduce(session=session.id, exercise=row.exercise.id, load=load),)


def kit_here(timeline: Timeline, session: TrainingDay) -> Kit:
    """Return the kit where a session stands; that of the usual place for what is done."""
    return timeline.runner.kit_at(session.planned.place if session.planned else None)


def loads_here(timeline: Timeline, session: TrainingDay, exercise: Exercise) -> tuple[External, ...]:
    """Return the external loads that can be set for `exercise` where the session stands, lightest first."""
    kit = kit_here(timeline, session)
    return tuple(External(mass, pieces) for mass, pieces in kit.loads_for(exercise.loaded_by))


def nearest_load(loads: Iterable[External], low: float, high: float) -> Load | None:
    """Return the heaviest of `loads` from `low` to `high` kilograms; body weight where only zero fits."""
    within = [load for load in loads if low - 1e-9 <= load.mass.kg <= high + 1e-9]
    if within:
        return within[-1]
    return BodyWeight() if low <= 1e-9 else None


# -- other and more work ----------------------------------------------------------------------------------------------


def fits_here(timeline: Timeline, session: TrainingDay, exercise: Exercise) -> bool:
    """Whether the runner can do `exercise` in that session: what the planner would let them choose from."""
    return fitting(exercise, timeline.runner, kit_here(timeline, session), session.date)


def first_rungs(timeline: Timeline, session: TrainingDay, wanted: Callable[[Exercise], bool]) -> Iterator[Prescription]:
    """Yield the starts of ladders with a `wanted` exercise that asks for nothing first, the simplest ones first."""
    held = {row.exercise.id for row in session.rows}
    starts = []
    for ladder in timeline.catalog.progressions.values():
        rung = ladder.rungs[0]
        exercise = timeline.exercise(rung.exercise)
        if not rung.prerequisites and exercise.id not in held and wanted(exercise):
            starts.append((exercise.level.value, len(exercise.equipment), ladder.id, rung, exercise))
    starts.sort(key=lambda start: start[:3])
    return (
        rung.start(exercise, ladder) for *_, ladder, rung, exercise in starts if fits_here(timeline, session, exercise)
    )


def as_planned(
    timeline: Timeline, session: TrainingDay, wanted: Callable[[Exercise], bool]
) -> Prescription | None:  # fmt: skip
    """Return a `wanted` exercise that the session lacks, as the main work of the nearest day asks for it."""
    held = {row.exercise.id for row in session.rows}
    best: tuple[int, dt.date, str] | None = None
    found: Prescription | None = None
    # By exercise: a year holds hundreds of rows and two dozen exercises.
    for id, rows in timeline.rows_by_exercise.items():
        exercise = rows[0].exercise
        if id in held or not wanted(exercise) or not fits_here(timeline, session, exercise):
            continue
        for row in rows:
            if row.prescription is not None and row.part is PartName.MAIN:
                near = (abs((row.date - session.date).days), row.date, id)
                if best is None or near < best:
                    best, found = near, row.prescription
    return found


def added(
    timeline: Timeline, session: TrainingDay, asked: Prescription, part: PartName = PartName.MAIN, *,
    after: str | None = None,
) -> tuple[Insert, ...]:  # fmt: skip
    """Return the proposal to add an exercise to a session, where its day has the minutes for it.

    Main work that would ask more of the legs than the session is meant to is not added: light legs made heavy, or legs
    in a session for the upper body, would stand where placement does not put them.
    """
    planned = editable(session)
    exercise = timeline.exercise(asked.exercise)
    if planned is None or any(row.exercise.id == asked.exercise for row in session.rows):
        return ()
    if part is PartName.MAIN and not suits(exercise, session.emphasis):
        return ()
    if session.minutes:
        rules = rules_of(timeline)
        longer = session.minutes + seconds_of(asked, rules) * pace_of(planned, rules) / 60
        if longer > timeline.runner.minutes_on(session.date):
            return ()
    return (Insert(session=session.id, part=part, prescription=asked, after=after),)


# -- other days -------------------------------------------------------------------------------------------------------


def moves(timeline: Timeline, session: TrainingDay, fits: Callable[[Placed], bool]) -> tuple[Move, ...]:
    """Return moves of a session to places that `fits` accepts and that the planner's placement leaves open.

    Another part of its own day comes first, then days of its own week, then others; among them those that cost least
    by the planner's reckoning. One week each way is looked at, and of each day the best part.
    """
    planned = editable(session)
    if planned is None:
        return ()
    days = [session.date + dt.timedelta(days=step) for step in range(-_REACH, _REACH + 1)]
    found = _places(timeline, session, days, session.emphasis, session.minutes or 0.0, beside=False)
    made: list[Move] = []
    for place in found:
        here = place.date == session.date and place.day_part is session.day_part
        if not here and all(place.date != move.to for move in made) and fits(place):
            part = None if place.day_part is planned.day_part else place.day_part
            made.append(Move(session=planned.id, to=place.date, day_part=part))
    return tuple(made[:FEWEST])


def splits(
    timeline: Timeline, session: TrainingDay,
    apart: Callable[[tuple[Prescription, ...], tuple[Prescription, ...]], bool],
) -> tuple[Split, ...]:  # fmt: skip
    """Return proposals to let the last main exercises of a session be one of their own in its week.

    Args:
        timeline: that the session stands on.
        session: to split.
        apart: tells whether what stays and what goes are each as they should be; the fewest that it accepts go.
    """
    planned, plan = editable(session), timeline.plan
    if planned is None or plan is None:
        return ()
    main = planned.part(PartName.MAIN).prescriptions
    for count in range(1, len(main)):
        stays, goes = main[:-count], main[-count:]
        if apart(stays, goes):
            break
    else:
        return ()
    rules = rules_of(timeline)
    emphasis = emphasis_of(((timeline.exercise(each.exercise), each.load, each.rir) for each in goes), timeline.words)
    length = estimated_seconds((*planned.part(PartName.WARM_UP), *goes), rules) * pace_of(planned, rules) / 60
    first = timeline.runner.week_of(session.date)
    days = [first + dt.timedelta(days=day) for day in range(7)]
    id = _free_id(plan, session.id)
    return tuple(
        Split(
            session=session.id, exercises=tuple(each.exercise for each in goes), into=id, to=place.date,
            day_part=place.day_part,
        )
        for place in _places(timeline, session, days, emphasis, length, beside=True)[:2]
    )  # fmt: skip


def _free_id(plan: Plan, id: str) -> str:
    taken = {session.id for session in plan.sessions}
    return next(made for letter in "bcdefghijklmnopqrstuvwxyz" if (made := f"{id}-{letter}") not in taken)


def _places(
    timeline: Timeline, session: TrainingDay, days: Iterable[dt.date], emphasis: Emphasis, minutes: float, *,
    beside: bool,
) -> list[Placed]:  # fmt: skip
    """Return the places on `days` that placement leaves open, best first, to a session or to one `beside` it."""
    plan, runner = timeline.plan, timeline.runner
    if plan is None:
        return []
    log, runs_on, numbers = timeline.log, cache(partial(_runs_on, timeline)), rules_of(timeline)
    inside = [
        day
        for day in days
        if max(plan.start, plan.weeks[0].start) <= day <= plan.end
        and not (log is not None and log.covers(day, "strength"))
        and not any(run.kind is RunKind.RACE for run in runs_on(day))
        and _time_enough(timeline, session, day, minutes)
        and _same_kit(runner, session, day)
    ]
    week, most = runner.week_of(session.date), numbers.number("CV10", "mobility_minutes")
    found = []
    for day, part in open_places(runner, inside, runs_on):
        # Where the day is open as a whole, the session keeps its part of it.
        opening = runner.opening_on(day)
        whole_day = part is DayPart.UNKNOWN and opening is not None and not opening.day_parts
        place = Placed(day, session.day_part if whole_day else part, emphasis, restful(emphasis, minutes, most))
        around = surroundings(plan, plan.week_of(day), numbers, runs_on)
        others = [
            Placed(other.date, other.day_part, other.emphasis, restful(other.emphasis, other.minutes, most))
            for other in timeline.sessions_between(day - dt.timedelta(days=_REACH), day + dt.timedelta(days=_REACH))
            if beside or other.id != session.id
        ]
        first = runner.week_of(day)
        whole = tuple(first + dt.timedelta(days=step) for step in range(7))
        if broken_beside(place, others, whole, around) is None:
            key = (
                first != week, day != session.date, slot_cost(place, around), abs((day - session.date).days), day,
                place.day_part is not session.day_part, -place.day_part.order,
            )  # fmt: skip
            found.append((key, place))
    found.sort(key=lambda entry: entry[0])
    return [place for _, place in found]


def _same_kit(runner: Runner, session: TrainingDay, day: dt.date) -> bool:
    """Whether a session finds on another day the kit it was made for; a person's own choice of place moves along."""
    if session.planned is None or runner.place_on(session.date) is not session.planned.place:
        return True
    return runner.place_on(day) is session.planned.place


def rules_of(timeline: Timeline) -> RuleSet:
    """Return the rule set that a timeline is judged with; the packaged one where it names none."""
    return timeline.rules if timeline.rules is not None else load_rules()


def _runs_on(timeline: Timeline, day: dt.date) -> tuple[Run, ...]:
    """Return the runs of a day: those of log and plan where they speak for it, else the runner's usual ones."""
    known = timeline.runs_by_day.get(day)
    if known is not None:
        return known
    spoken_for = timeline.vouches_for(day, "runs") and day not in timeline.big_races
    return () if spoken_for else timeline.runner.runs_on(day)


def _time_enough(timeline: Timeline, session: TrainingDay, day: dt.date, minutes: float) -> bool:
    """Whether a day has the minutes, or as many as the session's own day, which may be overfull already."""
    there = timeline.runner.minutes_on(day)
    return minutes <= there or there >= timeline.runner.minutes_on(session.date)


# -- runs -------------------------------------------------------------------------------------------------------------


def trims(
    runs: Iterable[Run], over: float, *, step: float = 0.1, spare: Collection[RunKind] = (RunKind.RACE,)
) -> tuple[TrimRun, ...]:  # fmt: skip
    """Return proposals that each take `over` km off one run, the one that is shortened by the smallest share first.

    Args:
        runs: planned ones to choose from.
        over: kilometers too many.
        step: distances are rounded down to a multiple of it.
        spare: kinds that keep their distance; a race is as long as it is.
    """
    found = []
    for run in runs:
        if run.distance is None or run.kind in spare or run.distance.km <= over:
            continue
        kept = round(int((run.distance.km - over) / step + 1e-6) * step, 6)
        if kept > 0:
            edit = TrimRun(date=run.date, day_part=run.day_part, kind=run.kind, distance=Distance(kept))
            found.append((over / run.distance.km, run.date, edit))
    found.sort(key=lambda entry: entry[:2])
    return tuple(edit for *_, edit in found)[:FEWEST]
