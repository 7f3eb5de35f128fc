"""TF, too fast: steps that are too large at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from runstrong.model.edits import Edit, Swap
from runstrong.model.findings import Finding, NotApplicable
from runstrong.model.prescription import External, Load
from runstrong.model.timeline import Row, Timeline, TrainingDay, moved_mass
from runstrong.model.value import Record, record
from runstrong.model.words import ExerciseKind, PartName, Severity
from runstrong.rules.definition import finding, rule
from runstrong.rules.mending import editable, loads_here, nearest_load, outs, reload, waits
from runstrong.rules.reading import main_rows, place_of, recorded

__all__ = ["LoadStep", "NewExercises", "load_step_too_large", "too_many_new_exercises"]


@record
class LoadStep(Record):
    """Numbers of TF01; its record says what each means."""

    max_step: float
    warn_step: float
    window: int
    reps_first: int
    tolerance_kg: float


@record
class _Shown(Record):
    """What was moved on a day, as yardstick for later days."""

    date: dt.date
    moved: float
    external: float
    reps: int
    load: Load


@rule("TF01", parameters=LoadStep)
def load_step_too_large(timeline: Timeline, limits: LoadStep) -> Iterator[Finding | NotApplicable]:
    """Flag a load whose moved mass outgrows the heaviest of the days before."""
    body = timeline.runner.body_mass
    # Body weight alone makes no step.
    loaded = {row.exercise.id for row in timeline.rows if type(row.load) is External}
    for exercise, rows in timeline.rows_by_exercise.items():
        heaviest = _heaviest_by_day(rows) if exercise in loaded else []
        if len(heaviest) < 2:
            continue
        if body is None and heaviest[0].exercise.body_mass_share > 0:
            if len({row.external_kg for row in heaviest}) > 1:
                reason = f"moved mass of {exercise} is unknown: the runner's body mass is not given"
                yield NotApplicable(rule="TF01", reason=reason, where=place_of(heaviest[-1]))
            continue
        yield from _steps(timeline, limits, heaviest, body.kg if body else 0.0)


def _heaviest_by_day(rows: tuple[Row, ...]) -> list[Row]:
    by_day: dict[dt.date, Row] = {}
    for row in rows:
        external = row.external_kg
        if external is None or not recorded(row):
            continue
        known = by_day.get(row.date)
        if known is None or (external, row.amount) > (known.external_kg or 0.0, known.amount):
            by_day[row.date] = row
    return list(by_day.values())


def _steps(timeline: Timeline, limits: LoadStep, rows: list[Row], body: float) -> Iterator[Finding]:
    shown: list[_Shown] = []
    for row in rows:
        external = row.external_kg or 0.0
        moved = moved_mass(row.exercise, external, body)
        since = row.date - dt.timedelta(days=limits.window)
        shown = [one for one in shown if one.date >= since]
        best = max(shown, key=lambda one: (one.moved, one.reps, one.date), default=None)
        allowed = best.moved * (1 + limits.max_step) if best else 0.0
        too_far = best is not None and best.moved > 0 and moved > allowed + limits.tolerance_kg
        if too_far and best is not None:
            session = timeline.session_by_id[row.session]
            loads = loads_here(timeline, session, row.exercise)
            smallest = _next_step(loads, best, external, limits)
            asked = row.amount + limits.reps_first
            if any(one.reps >= asked and _next_step(loads, one, external, limits) for one in shown):
                too_far = False
            else:
                # What was shown before can be set again, even where the kit at hand does not list it.
                lighter = nearest_load(loads, best.external, allowed - (moved - external)) or best.load
                advised = f"take {lighter}"
                if smallest:
                    advised = f"stay at {best.load} until {asked} repetitions are done, then take this step"
                ratio = moved / best.moved - 1
                yield finding(
                    "TF01",
                    Severity.WARNING if ratio > limits.warn_step and not smallest else Severity.ADVICE,
                    place_of(row),
                    measured=moved,
                    limit=allowed,
                    unit="kg",
                    proposals=reload(session, row, lighter),
                    percent=round(ratio * 100),
                    reference=best.moved,
                    reference_date=str(best.date),
                    advised=advised,
                )
        # A planned load that is too far is no yardstick for the next; what was done has been shown.
        if row.performed or not too_far:
            shown.append(_Shown(row.date, moved, external, row.amount, row.load))


def _next_step(loads: tuple[External, ...], shown: _Shown, external: float, limits: LoadStep) -> bool:
    """Whether no load that can be set lies between what was shown and `external`, so no smaller step is possible."""
    heavier = [load.mass.kg for load in loads if load.mass.kg > shown.external + limits.tolerance_kg]
    return bool(heavier) and external <= heavier[0] + limits.tolerance_kg


@record
class NewExercises(Record):
    """Numbers of TF02; its record says what each means."""

    starting_routine: int
    starting_routine_trained: int
    new_per_session: int
    new_per_week: int


@rule("TF02", parameters=NewExercises)
def too_many_new_exercises(timeline: Timeline, limits: NewExercises) -> Iterator[Finding | NotApplicable]:
    """Flag each exercise that is one too many new ones in its session or week."""
    routine = limits.starting_routine if timeline.runner.novice else limits.starting_routine_trained
    known: set[str] = set()
    brought = 0
    week, of_week = None, 0
    for session in timeline.sessions:
        if session.week != week:
            week, of_week = session.week, 0
        of_session = 0
        for row in main_rows(session):
            id = row.exercise.id
            if id in known or not (row.exercise.hard or row.exercise.kind is ExerciseKind.BALANCE):
                continue
            successor = _successor(timeline, id, known)
            known.add(id)
            if successor:
                continue
            brought += 1
            if brought <= routine:
                continue
            of_session, of_week = of_session + 1, of_week + 1
            if of_session > limits.new_per_session:
                count, limit, scope = of_session, limits.new_per_session, "session"
            elif of_week > limits.new_per_week:
                count, limit, scope = of_week, limits.new_per_week, "week"
            else:
                continue
            familiar = _familiar(timeline, session, row, known)
            begin = timeline.runner.week_of(session.date)
            later = (begin + dt.timedelta(days=7 * weeks) for weeks in (1, 2, 3))
            waiting = [edit for day in later for edit in waits(timeline, session, id, day)]
            held_back = outs(session, id, "too many new exercises")
            proposals: tuple[Edit, ...] = (*held_back, *waiting, *familiar)
            yield finding(
                "TF02",
                Severity.ADVICE,
                place_of(row),
                measured=count,
                limit=limit,
                unit="exercises",
                proposals=proposals,
                scope=scope,
                exercise=id,
            )


def _successor(timeline: Timeline, exercise: str, known: set[str]) -> bool:
    """Whether an exercise shares a ladder with one that is known."""
    ladders = timeline.ladders_of.get(exercise, ())
    return any(rung.exercise in known for ladder in ladders for rung in ladder.rungs)


def _familiar(timeline: Timeline, session: TrainingDay, row: Row, known: set[str]) -> Iterator[Swap]:
    """Propose what the runner did before for the same region, as last planned."""
    if editable(session) is None:
        return
    held = {other.exercise.id for other in session.rows}
    for earlier in reversed([one for one in timeline.rows if one.date < row.date]):
        asked = earlier.prescription
        if asked is None or earlier.part is not PartName.MAIN or asked.exercise in held or asked.exercise not in known:
            continue
        if set(earlier.exercise.regions) & set(row.exercise.regions):
            yield Swap(session=session.id, exercise=row.exercise.id, replacement=asked)
            return
