"""Effort and relief: sets taken too far for a runner's level, deloads in name alone, and load lost in upkeep."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from runstrong.model.edits import Edit, Lighten
from runstrong.model.findings import Finding, NotApplicable, Where
from runstrong.model.prescription import BodyWeight, FindLoad
from runstrong.model.quantities import RIR, SAME_KG
from runstrong.model.timeline import Row, Timeline, TrainingDay
from runstrong.model.value import Record, record
from runstrong.model.words import Emphasis, ExerciseKind, Level, Phase, Severity
from runstrong.rules.comparing import as_done, redose
from runstrong.rules.definition import finding, rule
from runstrong.rules.mending import loads_here, nearest_load
from runstrong.rules.reading import (
    asked_reserve,
    main_rows,
    place_of,
    recorded,
    weeks_before,
    whole_week,
)

__all__ = [
    "DeloadWeek", "EffortFloor", "UpkeepLoad", "deload_in_name_only", "effort_over_level", "upkeep_load_dropped",
]  # fmt: skip

_SLACK = 1e-9


@record
class EffortFloor(Record):
    """Numbers of TM13; its record says what each means."""

    novice: float
    intermediate: float
    advanced: float
    race_week: float
    race_days_before: int
    error: float

    def floor(self, level: Level) -> float:
        """Return the fewest repetitions in reserve that a level is asked to keep."""
        return {Level.NOVICE: self.novice, Level.INTERMEDIATE: self.intermediate}.get(level, self.advanced)


@record
class _Hard(Record):
    """A row with fewer repetitions in reserve than it should keep."""

    row: Row
    reserve: float
    floor: float
    race_week: bool

    def found(self, where: Where, severity: Severity, proposals: tuple[Edit, ...] = ()) -> Finding:
        """Return the finding that tells it."""
        return finding(
            "TM13",
            severity,
            where,
            measured=self.reserve,
            limit=self.floor,
            unit="reps in reserve",
            proposals=proposals,
            name=self.row.exercise.name,
            asks="the week before a race" if self.race_week else "the runner's level",
        )


@rule("TM13", parameters=EffortFloor)
def effort_over_level(timeline: Timeline, limits: EffortFloor) -> Iterator[Finding]:
    """Flag strength work with fewer repetitions in reserve than the runner's level, or race week, asks to keep."""
    usual = limits.floor(timeline.runner.trained_level)
    stricter, races = limits.race_week > usual, timeline.big_races
    hardest: dict[dt.date, _Hard] = {}
    for session in timeline.sessions:
        day = session.date
        race_week = stricter and any(0 < (race - day).days <= limits.race_days_before for race in races)
        floor = limits.race_week if race_week else usual
        for row in session.main:
            reserve = _reserve(row)
            if reserve is None or reserve >= floor - (limits.error if row.performed else 0.0) - _SLACK:
                continue
            hard = _Hard(row, reserve, floor, race_week)
            if not row.performed:
                yield hard.found(place_of(row), Severity.ADVICE, _easier(session, row, floor))
                continue
            # What was done is told once a week, at its hardest.
            week = timeline.runner.week_of(day)
            known = hardest.get(week)
            if known is None or floor - reserve > known.floor - known.reserve:
                hardest[week] = hard
    for week, hard in hardest.items():
        yield hard.found(Where(date=week, week=True, performed=True), Severity.INFO)


def _reserve(row: Row) -> float | None:
    """Return the repetitions in reserve of a strength exercise; None where effort is not judged by them."""
    if row.exercise.kind is not ExerciseKind.STRENGTH or row.exercise.assesses:
        return None
    return asked_reserve(row)


def _easier(session: TrainingDay, row: Row, floor: float) -> tuple[Edit, ...]:
    """Propose the same with more in reserve; a stated load gives way to one that is found, or it would be as hard."""
    reserve = RIR(floor)
    if isinstance(row.load, BodyWeight):
        return redose(session, row, rir=reserve)
    return redose(session, row, rir=reserve, load=FindLoad(reserve))


@record
class DeloadWeek(Record):
    """Numbers of PG07; its record says what each means."""

    most_sets: float
    least_sessions: int
    weeks: int


@rule("PG07", parameters=DeloadWeek)
def deload_in_name_only(timeline: Timeline, limits: DeloadWeek) -> Iterator[Finding | NotApplicable]:
    """Flag a planned deload that asks for as many sets as the weeks before, or for no session at all."""
    by_week = timeline.strength_weeks
    for week, planned in timeline.plan_weeks.items():
        if not planned.deload:
            continue
        before = [by_week[first] for first in weeks_before(week, limits.weeks) if first in by_week]
        now = [each for each in by_week.get(week, ()) if each.emphasis is not Emphasis.MOBILITY]
        most = max((_sets(sessions) for sessions in before), default=0)
        if not most:
            continue
        where = Where(date=week, week=True, performed=bool(now) and all(session.performed for session in now))
        if not all(recorded(row) for sessions in (*before, now) for session in sessions for row in main_rows(session)):
            reason = f"sets in the deload or in the {limits.weeks} weeks before were not recorded: unknown"
            yield NotApplicable(rule="PG07", reason=reason, where=where)
            continue
        if len(now) < limits.least_sessions:
            if not whole_week(timeline, week, "strength"):
                reason = "not all of its days are planned or covered by the log: not recorded is not not done"
                yield NotApplicable(rule="PG07", reason=reason, where=where)
                continue
            yield _deload(where, len(now), limits.least_sessions, "sessions", ())
        elif _sets(now) > most * limits.most_sets + _SLACK:
            # As little less as will do, and half where rounding to whole sets leaves too many.
            shares = (round(most * limits.most_sets / _sets(now), 6), 0.5)
            lighter = tuple(Lighten(week=planned.start, share=share) for share in shares)
            yield _deload(where, _sets(now), most * limits.most_sets, "sets", lighter)


def _deload(where: Where, measured: float, limit: float, unit: str, proposals: Iterable[Edit]) -> Finding:
    many = unit == "sets"
    return finding(
        "PG07",
        Severity.ADVICE if many else Severity.INFO,
        where,
        measured=measured,
        limit=limit,
        unit=unit,
        proposals=proposals,
        otherwise="no edit adds a session: plan the week again",
        subject=unit,
        relation="over" if many else "under",
        advised="halve the sets of each session and keep its days and loads"
        if many
        else "keep the days, with half the sets: a week without any strength work is no better rest and keeps less",
    )


def _sets(sessions: list[TrainingDay]) -> int:
    return sum([row.sets for session in sessions for row in session.hard])


@record
class UpkeepLoad(Record):
    """Numbers of PG08; its record says what each means."""

    max_drop: float
    window: int


@rule("PG08", parameters=UpkeepLoad)
def upkeep_load_dropped(timeline: Timeline, limits: UpkeepLoad) -> Iterator[Finding]:
    """Tell where a week of upkeep lowers the load, which is what keeps strength."""
    weeks = timeline.plan_weeks.values()
    upkeep = {week.start for week in weeks if week.phase is Phase.MAINTENANCE and not week.deload}
    if not upkeep:
        return
    for rows in timeline.rows_by_exercise.values():
        known = [row for row in rows if row.external_kg and recorded(row)]
        for row in known:
            if timeline.week_of(row.date) not in upkeep:
                continue
            first = row.date - dt.timedelta(days=limits.window)
            before = [other for other in known if first <= other.date < row.date]
            best = max(before, key=lambda other: other.external_kg or 0.0, default=None)
            if best is None or best.external_kg is None or row.external_kg is None:
                continue
            least = best.external_kg * (1 - limits.max_drop)
            if row.external_kg >= least - SAME_KG:
                continue
            session = timeline.session_by_id[row.session]
            load = nearest_load(loads_here(timeline, session, row.exercise), least, best.external_kg) or best.load
            yield finding(
                "PG08",
                Severity.INFO,
                place_of(row),
                measured=row.external_kg,
                limit=least,
                unit="kg",
                proposals=as_done(session, row, load=load),
                heaviest=best.external_kg,
                heaviest_date=str(best.date),
            )
