"""CO, concurrent training: strength that leaves the running room."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from runstrong.model.edits import Edit
from runstrong.model.findings import Finding, NotApplicable
from runstrong.model.running import Run
from runstrong.model.timeline import Timeline, TrainingDay
from runstrong.model.value import Record, record
from runstrong.model.words import DayPart, Emphasis, Phase, RunKind, Severity, StrengthDayPolicy
from runstrong.placement import Placed
from runstrong.rules.definition import finding, rule
from runstrong.rules.mending import NO_DAY, moves
from runstrong.rules.reading import heavy_severity, place_of_session

__all__ = ["HeavyLegs", "Hours", "heavy_legs_before_quality_run"]


@record
class Hours(Record):
    """Nominal hours of the parts of the day, as parameters of rules that judge hours."""

    morning_hour: float
    midday_hour: float
    evening_hour: float

    def hour(self, part: DayPart) -> float | None:
        """Nominal hour of a part of the day; None when it is unknown."""
        if part is DayPart.UNKNOWN:
            return None
        hours = {
            DayPart.MORNING: self.morning_hour,
            DayPart.MIDDAY: self.midday_hour,
            DayPart.EVENING: self.evening_hour,
        }
        return hours[part]


@record
class HeavyLegs(Hours):
    """Numbers of CO01; its record says what each means."""

    days_before: int
    days_before_new: int
    heavy_block_weeks: int
    same_day_hours: float


@record
class _Clash(Record):
    severity: Severity
    run: Run
    relation: str
    measured: float
    limit: float
    unit: str
    advised: str


@rule("CO01", parameters=HeavyLegs)
def heavy_legs_before_quality_run(timeline: Timeline, limits: HeavyLegs) -> Iterator[Finding | NotApplicable]:
    """Flag heavy legs too close to a quality run or long run."""
    # An A or B race has a wider window of its own (CO05).
    hard = dict(timeline.hard_runs_by_day)
    for day in timeline.big_races:
        hard[day] = tuple(run for run in hard.get(day, ()) if not run.big_race)
    for session in timeline.sessions:
        if session.emphasis is not Emphasis.HEAVY_LEGS:
            continue
        clash = _clash(timeline, session.date, session.day_part, hard, limits)
        if clash is None:
            continue
        yield finding(
            "CO01",
            min(clash.severity, heavy_severity(session)),
            place_of_session(session),
            measured=clash.measured,
            limit=clash.limit,
            unit=clash.unit,
            proposals=_away(timeline, session, hard, limits),
            otherwise=NO_DAY,
            relation=clash.relation,
            run="long run" if clash.run.kind is RunKind.LONG else f"{clash.run.kind} run",
            run_date=str(clash.run.date),
            advised=clash.advised,
        )


def _clash(
    timeline: Timeline, day: dt.date, part: DayPart, hard: dict[dt.date, tuple[Run, ...]], limits: HeavyLegs
) -> _Clash | None:
    """Return the gravest reason against heavy legs on `day`, the nearest run first; None when there is none."""
    found = [clash for run in hard.get(day, ()) if (clash := _on_one_day(timeline, part, run, limits)) is not None]
    reach = range(1, max(limits.days_before, limits.days_before_new) + 1)
    ahead = [(apart, run) for apart in reach for run in hard.get(day + dt.timedelta(days=apart), ())]
    needed = limits.days_before_new if ahead and _careful(timeline, day, limits) else limits.days_before
    for apart, run in ahead:
        if apart <= needed:
            advised = f"put it {needed + 1} days or more before the run, or after it"
            found.append(_Clash(Severity.WARNING, run, "before", apart, needed + 1, "days", advised))
    return max(found, key=lambda clash: clash.severity.rank, default=None)


def _careful(timeline: Timeline, day: dt.date, limits: HeavyLegs) -> bool:
    """Whether heavy work is new: for a novice always, for others in the first weeks of a heavy block."""
    if timeline.runner.novice:
        return True
    heavy = [
        week.phase is Phase.HEAVY if (week := timeline.plan_weeks.get(first - dt.timedelta(days=7 * back))) else False
        for first in (timeline.runner.week_of(day),)
        for back in range(limits.heavy_block_weeks + 1)
    ]
    return heavy[0] and not all(heavy)


def _on_one_day(timeline: Timeline, part: DayPart, run: Run, limits: HeavyLegs) -> _Clash | None:
    legs, feet = limits.hour(part), limits.hour(run.day_part)
    if legs is not None and feet is not None and legs < feet:
        return _Clash(Severity.WARNING, run, "before", 0, 1, "days", "put it on another day, or after the run")
    # Where times are unknown, runs start the day and strength ends it.
    if timeline.runner.policy is not StrengthDayPolicy.HARD_DAY_EVENING:
        advised = "put it on another day, or choose the policy hard-day-evening"
        return _Clash(Severity.ADVICE, run, "after", 0, 1, "days", advised)
    if legs is None or feet is None or legs == feet:
        advised = "time unknown: say in which part of the day each stands, or put them on two days"
        return _Clash(Severity.ADVICE, run, "at an unknown time beside", 0, limits.same_day_hours, "h", advised)
    if legs - feet < limits.same_day_hours:
        advised = "leave more time between"
        return _Clash(Severity.WARNING, run, "after", legs - feet, limits.same_day_hours, "h", advised)
    return None


def _away(
    timeline: Timeline, session: TrainingDay, hard: dict[dt.date, tuple[Run, ...]], limits: HeavyLegs
) -> tuple[Edit, ...]:
    def fits(place: Placed) -> bool:
        return _clash(timeline, place.date, place.day_part, hard, limits) is None

    return moves(timeline, session, fits)
