"""SF, safety: clearance, age, pain and warning signs come before every other rule."""

from __future__ import annotations

from collections.abc import Iterator

from runstrong.model.edits import Edit, Reduce
from runstrong.model.findings import Finding, NotApplicable
from runstrong.model.prescription import External, FindLoad, PercentOfMax
from runstrong.model.quantities import RIR
from runstrong.model.timeline import Row, Timeline, TrainingDay, is_heavy
from runstrong.model.value import Record, record
from runstrong.model.words import Clearance, ExerciseKind, Severity
from runstrong.rules.definition import NoNumbers, finding, rule
from runstrong.rules.mending import editable, outs
from runstrong.rules.reading import asked_reserve, main_rows, place_of, place_of_session

__all__ = ["UnderAge", "clearance_needed", "under_age"]


@rule("SF01")
def clearance_needed(timeline: Timeline, _limits: NoNumbers) -> Iterator[Finding | NotApplicable]:
    """Flag heavy leg work and jumps while clearance is unknown or was not given."""
    clearance = timeline.runner.clearance
    if clearance is Clearance.CLEARED:
        return
    refused = clearance is Clearance.NOT_CLEARED
    heavy = [
        (refused or row.surely_heavy, session, row)
        for session in reversed(timeline.sessions)
        for row in session.main
        if row.heavy or (refused and is_heavy(row.exercise, row.load, row.rir, timeline.words))
    ]
    # What was done is told once: the last that was heavy for certain, or else the last. For whom clearance was refused
    # no feeling is let to err, and the hardest set alone is enough.
    heavy.sort(key=lambda each: not each[0])
    told = False
    for sure, session, row in heavy:
        if row.performed and told:
            continue
        told = told or row.performed
        jumps = row.exercise.kind is ExerciseKind.PLYOMETRIC
        yield finding(
            "SF01",
            Severity.DANGER if refused else Severity.WARNING if sure else Severity.ADVICE,
            place_of(row),
            measured=max(1, row.sets),  # where sets were not recorded, there was at least one
            limit=0,
            unit="sets",
            proposals=_lighter(timeline, session, row),
            name=row.exercise.name,
            kind="jumps" if jumps else "heavy leg work",
            clearance="not given" if refused else "unknown",
        )


def _lighter(timeline: Timeline, session: TrainingDay, row: Row) -> Iterator[Edit]:
    """Propose the same with more in reserve, then to leave it out, then to skip a session that holds nothing else."""
    if row.prescription is None or editable(session) is None:
        return
    if row.exercise.kind is not ExerciseKind.PLYOMETRIC:
        yield from _in_reserve(session, row, timeline.words.heavy_rir + 1)
    yield from outs(session, row.exercise.id, "clearance comes first")


def _in_reserve(session: TrainingDay, row: Row, reps: float) -> Iterator[Reduce]:
    """Propose the row with `reps` in reserve; a stated load gives way to one found by feel, or it would stay heavy."""
    if row.prescription is None or editable(session) is None:
        return
    reserve = RIR(float(reps))
    load = FindLoad(reserve) if isinstance(row.load, (External, PercentOfMax, FindLoad)) else None
    yield Reduce(session=session.id, exercise=row.exercise.id, rir=reserve, load=load)


@record
class UnderAge(Record):
    """Numbers of SF02; its record says what each means."""

    adult_age: int
    least_age: int
    least_rir: float
    most_percent: float


@rule("SF02", parameters=UnderAge)
def under_age(timeline: Timeline, limits: UnderAge) -> Iterator[Finding | NotApplicable]:
    """Flag strength work of minors without supervision, maximal work of minors, and ages outside the scope."""
    runner = timeline.runner
    if runner.birth_year is None:
        yield NotApplicable(rule="SF02", reason="the birth year is unknown")
        return
    told: set[str] = set()
    for session in timeline.sessions:
        age = session.date.year - runner.birth_year
        if age >= limits.adult_age:
            return
        child = age < limits.least_age
        lack = f"under {limits.least_age} is outside what this library plans for" if child else ""
        if not child and not runner.supervised:
            lack = f"under {limits.adult_age} strength work asks for someone qualified who watches"
        if lack and lack not in told:
            told.add(lack)
            yield finding(
                "SF02",
                Severity.WARNING,
                place_of_session(session),
                measured=age,
                limit=limits.least_age if child else limits.adult_age,
                unit="years",
                no_fix="no edit of a plan changes who watches",
                subject="age",
                reason=lack,
                age=age,
                advised=_advised(limits, child=child),
            )
        yield from _maximal(session, age, limits, told)


def _advised(limits: UnderAge, *, child: bool) -> str:
    if child:
        return "leave training to a coach who works with children, and to play"
    return (
        f"train with a qualified coach or physiotherapist and say so with `supervised`; from {limits.adult_age} it is "
        "no longer asked for"
    )


def _maximal(session: TrainingDay, age: int, limits: UnderAge, told: set[str]) -> Iterator[Finding]:
    """Flag work to failure or near the maximum; of what was done, each exercise once."""
    for row in main_rows(session):
        percent = row.load.percent if isinstance(row.load, PercentOfMax) else 0.0
        found = asked_reserve(row)
        reserve = limits.least_rir if found is None else found
        near = percent >= limits.most_percent
        if (reserve >= limits.least_rir and not near) or (row.performed and row.exercise.id in told):
            continue
        if row.performed:
            told.add(row.exercise.id)
        shown = f"{percent:g} % of the maximum" if near else f"{reserve:g} repetitions in reserve"
        allowed = f"at or over {limits.most_percent:g} %" if near else f"under {limits.least_rir:g}"
        yield finding(
            "SF02",
            Severity.WARNING,
            place_of(row),
            measured=percent if near else reserve,
            limit=limits.most_percent if near else limits.least_rir,
            unit="% 1RM" if near else "reps in reserve",
            proposals=(
                *_in_reserve(session, row, limits.least_rir),
                *outs(session, row.exercise.id, "maximal work"),
            ),
            subject="maximal",
            reason=f"{row.exercise.name} with {shown}, {allowed}, is maximal work",
            age=age,
            advised="stop well before the last repetition that could be done; no maximal tests",
        )
