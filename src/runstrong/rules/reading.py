"""Looks at a timeline that several checks share: which weeks can be judged, and which days are near a race."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Protocol

from runstrong.model.findings import Where
from runstrong.model.prescription import Contacts, FindLoad
from runstrong.model.runner import Runner
from runstrong.model.running import Run
from runstrong.model.timeline import Row, Timeline, TrainingDay
from runstrong.model.words import Emphasis, ExerciseKind, Phase, Region, Severity

__all__ = [
    "SMALLER_PHASES", "WeekLimits", "asked_reserve", "contacts_of", "heavy_severity", "in_race_window", "injured",
    "least_sleep", "main_rows", "place_of", "place_of_session", "planned_in", "planned_runs", "recorded", "sessions_of",
    "smaller_week", "spans_without", "strength_weeks", "week_exemption", "weeks_before", "whole_week",
]  # fmt: skip

SMALLER_PHASES = frozenset({Phase.MAINTENANCE, Phase.TAPER, Phase.RACE, Phase.RECOVERY})
"""Phases in which a week is meant to hold less than everything."""


class WeekLimits(Protocol):
    """The parameters that say which weeks a weekly rule leaves alone."""

    @property
    def routine_weeks(self) -> int:
        """Weeks until a novice's routine is whole."""
        ...

    @property
    def race_days_before(self) -> int:
        """Days before an A or B race."""
        ...

    @property
    def race_days_after(self) -> int:
        """Days after it."""
        ...


def recorded(row: Row) -> bool:
    """Whether the row's sets are known: planned, or logged set by set."""
    return not row.performed or bool(row.performance and row.performance.sets)


def in_race_window(timeline: Timeline, first: dt.date, last: dt.date, before: int, after: int) -> dt.date | None:
    """Return the A or B race in whose window one of the days from `first` to `last` lies, or None."""
    for race in timeline.big_races:
        if race - dt.timedelta(days=before) <= last and first <= race + dt.timedelta(days=after):
            return race
    return None


def injured(timeline: Timeline, region: Region, day: dt.date) -> bool:
    """Whether an injury of `region` is there on `day`."""
    return any(injury.region is region and injury.current(day) for injury in timeline.runner.injuries)


def strength_weeks(timeline: Timeline) -> Iterator[tuple[dt.date, list[TrainingDay]]]:
    """Yield each week that holds strength work, by its first day, with its sessions in order."""
    yield from timeline.strength_weeks.items()


def spans_without(
    timeline: Timeline, holds: Callable[[list[TrainingDay]], bool], *what: str
) -> Iterator[list[tuple[dt.date, list[TrainingDay]]]]:
    """Yield each longest stretch of strength weeks of which none `holds` something.

    Weeks without strength work do not break a stretch. Weeks for which log and plan do not vouch whole (for strength
    and for `what` else is named) do, and make stretches of their own: what is not recorded may have been done. No
    parameter of a rule has a say in where a stretch ends, so that a looser number cannot cut it in two.
    """
    span: list[tuple[dt.date, list[TrainingDay]]] = []
    for week, sessions in timeline.strength_weeks.items():
        lacking = not holds(sessions)
        if span and not (lacking and _joined(timeline, span[-1][0], week, what)):
            yield span
            span = []
        if lacking:
            span.append((week, sessions))
    if span:
        yield span


def _joined(timeline: Timeline, before: dt.date, week: dt.date, what: Iterable[str]) -> bool:
    """Whether the weeks from `before` to `week` are all vouched for, or none of them is."""
    known = _vouched(timeline, week, what)
    weeks = range(7, (week - before).days + 1, 7)
    return all(_vouched(timeline, week - dt.timedelta(days=days), what) is known for days in weeks)


def _vouched(timeline: Timeline, week: dt.date, what: Iterable[str]) -> bool:
    return all(whole_week(timeline, week, each) for each in ("strength", *what))


def whole_week(timeline: Timeline, week: dt.date, what: str) -> bool:
    """Whether log and plan together speak for all seven days of `week`."""
    return timeline.whole_week(week, what)


def smaller_week(timeline: Timeline, week: dt.date) -> str | None:
    """Return what makes a planned week hold less than others, or None."""
    planned = timeline.plan_weeks.get(week)
    if planned is not None and planned.phase in SMALLER_PHASES:
        return f"a week of {planned.phase}"
    if planned is not None and planned.deload:
        return "a deload week"
    return None


def week_exemption(timeline: Timeline, week: dt.date, limits: WeekLimits) -> str | None:
    """Return why a weekly coverage rule leaves `week` alone, or None when it can judge."""
    smaller = smaller_week(timeline, week)
    if smaller is not None:
        return smaller
    last = week + dt.timedelta(days=6)
    race = in_race_window(timeline, week, last, limits.race_days_before, limits.race_days_after)
    if race is not None:
        return f"near the race of {race}"
    if timeline.runner.novice:
        trained = (session.date for session in timeline.sessions if session.emphasis is not Emphasis.MOBILITY)
        first = next(trained, None)
        if first is not None and (week - timeline.runner.week_of(first)).days < 7 * limits.routine_weeks:
            return "the starting routine is not whole yet"
    if not whole_week(timeline, week, "strength"):
        return "not all of its days are planned or covered by the log: not recorded is not not done"
    return None


def heavy_severity(session: TrainingDay) -> Severity:
    """Return how grave heavy legs in the wrong place are: what may have been light, by felt effort, gets advice."""
    return Severity.WARNING if any(row.surely_heavy for row in session.main) else Severity.ADVICE


def least_sleep(runner: Runner, sleep_hours: float, under_usual: float, short_sleeper: float) -> float:
    """Return the hours under which nights are short: the general figure, and a margin under the runner's own usual."""
    if runner.usual_sleep is None:
        return sleep_hours
    usual = runner.usual_sleep.seconds / 3600
    own = usual - under_usual
    # Whose usual night is short is measured by that alone; whose is long, by the general figure too.
    return own if usual < short_sleeper else max(sleep_hours, own)


def place_of(row: Row) -> Where:
    """Return the place of a row."""
    return Where(date=row.date, session=row.session, exercise=row.exercise.id, performed=row.performed)


def place_of_session(session: TrainingDay) -> Where:
    """Return the place of a session."""
    return Where(date=session.date, session=session.id, performed=session.performed)


def sessions_of(timeline: Timeline, week: dt.date) -> tuple[TrainingDay, ...]:
    """Return the sessions of a week, in order."""
    return timeline.sessions_between(week, week + dt.timedelta(days=6))


def planned_in(timeline: Timeline, week: dt.date) -> bool:
    """Whether a session of the week is still planned."""
    return any(not session.performed for session in sessions_of(timeline, week))


def planned_runs(timeline: Timeline, week: dt.date) -> tuple[Run, ...]:
    """Return the runs of a week that are still planned, in order."""
    return tuple(run for run in timeline.runs_by_week.get(week, ()) if run.date not in timeline.days_run)


def asked_reserve(row: Row) -> float | None:
    """Return the fewest repetitions in reserve that a row asks for or kept; None where it names none."""
    asked = row.rir.reps if row.rir is not None else None
    if isinstance(row.load, FindLoad):
        found = row.load.rir.reps
        return found if asked is None else min(asked, found)
    return asked


def main_rows(session: TrainingDay) -> tuple[Row, ...]:
    """Return the rows of the main part."""
    return session.main


@lru_cache(maxsize=512)
def weeks_before(week: dt.date, count: int) -> tuple[dt.date, ...]:
    """Return the first days of the `count` weeks before `week`, the latest first."""
    return tuple(week - dt.timedelta(days=7 * back) for back in range(1, count + 1))


def contacts_of(row: Row) -> int | None:
    """Return the ground contacts of a row over all its sets and sides; None for jumps that were not counted."""
    if row.exercise.kind is not ExerciseKind.PLYOMETRIC:
        return 0
    if row.performance is not None:
        counted = [one.amount.high for one in row.performance.sets if isinstance(one.amount, Contacts)]
        return sum(counted) if counted else None
    if row.prescription is None or not isinstance(row.prescription.amount, Contacts):
        return None
    return row.sets * row.sides * row.amount
