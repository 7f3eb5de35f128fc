"""MB, mobility and stretching: the right kind at the right time."""

from __future__ import annotations

from collections.abc import Iterator

from runstrong.model.rules import Finding, NotApplicable
from runstrong.model.timeline import Row, Timeline, TrainingDay
from runstrong.model.value import Record, record
from runstrong.model.words import Count, DayPart, ExerciseKind, PartName, Pattern, Severity, Tissue
from runstrong.rules.definition import finding, rule
from runstrong.rules.mending import drops
from runstrong.rules.reading import place_of

__all__ = ["StaticStretch", "static_stretch_before_run"]

_STRETCH = ExerciseKind.STATIC_STRETCH


@record
class StaticStretch(Record):
    """Numbers of MB01; its record says what each means."""

    advise_from: float
    warn_from: float
    dynamic_minutes: float
    rep_seconds: float
    meters_per_second: float


@rule("MB01", parameters=StaticStretch)
def static_stretch_before_run(timeline: Timeline, limits: StaticStretch) -> Iterator[Finding | NotApplicable]:
    """Flag a static stretch that is held long in the warm-up of a run."""
    for session in timeline.sessions:
        stretches = [
            row for row in session.rows if row.exercise.kind is _STRETCH and row.part is not PartName.COOL_DOWN
        ]
        if not stretches or not _warms_up_for_run(timeline, session):
            continue
        seconds: dict[Tissue, float] = {}
        for row in stretches:
            for tissue in row.exercise.primary:
                seconds[tissue] = seconds.get(tissue, 0.0) + _seconds(row, limits)
        last = max(place for place, row in enumerate(session.rows) if row in stretches)
        if _dynamic_minutes(session.rows[last + 1 :], limits) >= limits.dynamic_minutes:
            continue
        told: set[str] = set()
        for row in stretches:
            tissue = max(row.exercise.primary, key=lambda one: (seconds[one], one.value))
            if seconds[tissue] < limits.advise_from or row.exercise.id in told:
                continue
            told.add(row.exercise.id)
            if session.performed and not (timeline.log and timeline.log.covers(session.date, "warm_ups")):
                reason = "the log does not vouch for warm-ups: dynamic work may have followed"
                yield NotApplicable(rule="MB01", reason=reason, where=place_of(row))
                continue
            yield finding(
                "MB01",
                Severity.WARNING if seconds[tissue] >= limits.warn_from else Severity.ADVICE,
                place_of(row),
                measured=seconds[tissue],
                limit=limits.advise_from,
                unit="s",
                proposals=drops(session, row.exercise.id),
                tissue=str(tissue),
                dynamic_minutes=limits.dynamic_minutes,
            )


def _warms_up_for_run(timeline: Timeline, session: TrainingDay) -> bool:
    """Whether the session is the warm-up of a run of its day.

    A session with strength work is a session of its own: without known times, runs start the day and strength ends
    it. Work without any of it, in the same part of the day as a run or at an unknown time, is that run's warm-up.
    """
    runs = timeline.runs_by_day.get(session.date, ())
    if any(row.exercise.hard and row.part is PartName.MAIN for row in session.rows):
        return False
    unknown = DayPart.UNKNOWN
    return any(run.day_part is session.day_part or unknown in (run.day_part, session.day_part) for run in runs)


def _seconds(row: Row, limits: StaticStretch) -> float:
    """Time on one side, all sets together."""
    if row.exercise.counted is Count.HOLD:
        return float(row.sets * row.amount)
    if row.exercise.counted is Count.MINUTES:
        return row.sets * row.amount * 60.0
    if row.exercise.counted is Count.DISTANCE:
        return row.sets * row.amount / limits.meters_per_second
    return row.sets * row.amount * limits.rep_seconds


def _dynamic_minutes(rows: tuple[Row, ...], limits: StaticStretch) -> float:
    """Minutes of dynamic work among `rows`, both sides together."""
    kind, pattern = ExerciseKind.DYNAMIC_DRILL, Pattern.GAIT
    moving = [row for row in rows if row.exercise.kind is kind or row.exercise.pattern is pattern]
    return sum(_seconds(row, limits) * row.sides for row in moving) / 60.0
