"""What a breach of a planner's law is, and how its place is told."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator

import attrs

from runstrong.model.plan import Plan, Session
from runstrong.model.running import Run
from runstrong.model.value import Record, record
from runstrong.model.words import DayPart
from runstrong.testing.trials import ONE_DAY, Trial, named

__all__ = ["Breach", "PlannerLaw", "at", "difference", "run_words", "runs_changed"]


@record
class Breach(Record):
    """One place in which a law does not hold.

    Args:
        where: date, session and exercise, as far as there are any.
        expected: by the law.
        found: in the plan.
    """

    where: str
    expected: str
    found: str

    def __str__(self) -> str:
        return f"{self.where}\n  expected: {self.expected}\n  found: {self.found}"


@record
class PlannerLaw(Record):
    """A law that every planner keeps.

    Args:
        id: permanent name.
        statement: the law in one sentence.
        breaches: looks for breaches in a trial.
        turn: what it plans anew, where it does: such laws take turns from runner to runner.
        replans: whether it is about `replan`.
    """

    id: str
    statement: str
    breaches: Callable[[Trial], Iterable[Breach]]
    turn: str = ""
    replans: bool = False

    def __str__(self) -> str:
        return self.id


def at(session: Session, exercise: str = "") -> str:
    """Say which session a breach is in, when it stands, and which exercise it is about."""
    part = f" {session.day_part}" if session.day_part is not DayPart.UNKNOWN else ""
    return f"session {session.id} on {named(session.date)}{part}" + (f", {exercise}" if exercise else "")


def run_words(run: Run) -> str:
    """Say a run with its day."""
    part = f" in the {run.day_part}" if run.day_part in (DayPart.MORNING, DayPart.EVENING) else f" at {run.day_part}"
    weight = f" ({run.priority})" if run.priority is not None else ""
    return f"{run.kind}{weight} on {named(run.date)}" + (part if run.day_part is not DayPart.UNKNOWN else "")


def difference(before: Plan | None, after: Plan | None, expected: str) -> tuple[str, str, str]:
    """Say where two plans differ first."""
    if before is None or after is None:
        return "plan", expected, "a plan one time, none the other"
    for old, new in itertools.zip_longest(before.weeks, after.weeks):
        if old is None or new is None:
            return "plan", expected, f"{len(before.weeks)} weeks, then {len(after.weeks)}"
        for one, other in itertools.zip_longest(old.sessions, new.sessions):
            if one == other:
                continue
            if one is None or other is None:
                shown = next(each for each in (one, other) if each is not None)
                return at(shown), expected, "the session is there one time and not the other"
            for field in attrs.fields_dict(Session):
                was, now = getattr(one, field), getattr(other, field)
                if was != now:
                    return at(one), expected, f"{field}: {_short(was)}, then {_short(now)}"
        if old != new:
            return f"week of {old.start}", expected, "phase, deload or runs are others"
    for first, second in itertools.zip_longest(before.decisions, after.decisions):
        if first != second:
            return "decisions", expected, f"{first}, then {second}"
    return "plan", expected, "catalog, rules, overrides or edits are others"


def _short(got: object) -> str:
    text = str(got)
    return text if len(text) < 200 else text[:197] + "..."


def runs_changed(trial: Trial, made: Plan) -> Iterator[Breach]:
    """Look for runs of a plan that are not the runner's own."""
    for week in made.weeks:
        days = (week.start + n * ONE_DAY for n in range(7))
        asked = tuple(run for day in days if day >= made.start for run in trial.runner.runs_on(day))
        if week.runs == asked:
            continue
        for own, planned in itertools.zip_longest(asked, week.runs):
            if own != planned:
                told = run_words(planned) if planned is not None else "no run"
                expected = run_words(own) if own is not None else "no run more"
                if own is not None and planned is not None and told == expected:
                    told, expected = repr(planned), repr(own)
                yield Breach(f"week {week.number}", f"the runner's own {expected}", told)
                break
