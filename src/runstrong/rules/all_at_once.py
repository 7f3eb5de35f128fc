"""TM, too much at once: everything rises in one week, or a new runner's first week is long."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator

from runstrong.model.edits import Edit
from runstrong.model.findings import Finding, NotApplicable, Where
from runstrong.model.running import Run
from runstrong.model.timeline import Timeline, TrainingDay, strengthens
from runstrong.model.value import Record, record
from runstrong.model.words import PartName, Severity
from runstrong.rules.definition import finding, rule
from runstrong.rules.mending import FEWEST, NO_RUN, editable, fewer_sets, trims
from runstrong.rules.reading import least_sleep, planned_runs, sessions_of, weeks_before, whole_week

__all__ = ["EverythingRising", "NoviceFirstWeek", "everything_rising", "novice_first_weeks"]

# Sums and products of decimal numbers are compared with this slack.
_SLACK = 1e-9
_LEAST_KM = 0.1  # distances are trimmed in steps of this


@record
class EverythingRising(Record):
    """Numbers of TM08; its record says what each means."""

    rise: float
    min_increase_km: float
    min_sets: int
    high_rpe: float
    weeks: int
    usual_weeks: int
    sleep_hours: float
    sleep_under_usual: float
    short_sleeper: float
    sleep_days: int
    sleep_nights: int


@record
class _Week(Record):
    """What a week asks of a runner; what is not recorded makes a sum a least value."""

    km: float
    hard_runs: int
    hard_minutes: float
    sets: int
    km_whole: bool
    minutes_whole: bool
    sets_whole: bool


@rule("TM08", parameters=EverythingRising)
def everything_rising(timeline: Timeline, limits: EverythingRising) -> Iterator[Finding | NotApplicable]:
    """Flag a week in which run volume, run intensity and strength work all rise."""
    run = {week: _km(runs) for week, runs in timeline.runs_by_week.items()}
    for week, total in run.items():
        # Coming back to what was usual before a cold or a holiday is no rise.
        firsts = weeks_before(week, max(limits.weeks, limits.usual_weeks))
        km = max([run.get(first, 0.0) for first in firsts])
        if total <= km * (1 + limits.rise) + _SLACK or total - km < limits.min_increase_km - _SLACK:
            continue
        now, *before = (_week(timeline, first, limits.high_rpe) for first in (week, *firsts))
        sets = max(each.sets for each in before)
        intensity = _intensity(now, before, limits.rise)
        allowed = max(math.floor(sets * (1 + limits.rise) + _SLACK), sets + limits.min_sets - 1)
        if intensity is None or now.sets <= allowed:
            continue
        days = sessions_of(timeline, week)
        where = Where(date=week, week=True, performed=all(session.performed for session in days))
        unknown = _unknown(timeline, firsts[: limits.weeks], before[: limits.weeks])
        if unknown is not None:
            yield NotApplicable(rule="TM08", reason=unknown, where=where)
            continue
        short = _short_sleep(timeline, week, limits)
        yield finding(
            "TM08",
            Severity.ADVICE if short is None else Severity.WARNING,
            where,
            measured=3,
            limit=2,
            unit="loads",
            proposals=(*_fewer_sets(days, now.sets - allowed), *_shorter_runs(timeline, week, now.km, km, limits)),
            otherwise="no one exercise or run holds as much as is too much",
            km=now.km,
            km_before=km,
            intensity=intensity,
            sets=now.sets,
            sets_before=sets,
            weeks=len(firsts),
            sleep="" if short is None else f", with {short:.1f} h of sleep a night",
        )


def _km(runs: Iterable[Run]) -> float:
    return math.fsum([run.distance.km for run in runs if run.distance is not None])


def _week(timeline: Timeline, week: dt.date, high_rpe: float) -> _Week:
    """Add up a week's runs and sets."""
    ran = timeline.runs_by_week.get(week, ())
    sessions = timeline.sessions_by_week.get(week, ())
    lifted = [row for session in sessions for row in session.hard if strengthens(row.exercise)]
    hard = [run for run in ran if run.kind.quality or (run.session_rpe and run.session_rpe.score >= high_rpe)]
    return _Week(
        km=_km(ran),
        hard_runs=len(hard),
        hard_minutes=math.fsum(run.duration.minutes for run in hard if run.duration is not None),
        sets=sum(row.sets for row in lifted),
        km_whole=all(run.distance is not None for run in ran),
        minutes_whole=all(run.duration is not None for run in hard),
        sets_whole=all(row.sets for row in lifted),
    )


def _intensity(now: _Week, before: list[_Week], rise: float) -> str | None:
    """Return in what run intensity rises, or None: more hard runs, or more minutes of them where these are known."""
    runs = max(each.hard_runs for each in before)
    if now.hard_runs > runs:
        return f"{now.hard_runs} hard runs over {runs}"
    minutes = max(each.hard_minutes for each in before)
    if all(each.minutes_whole for each in before) and now.hard_minutes > minutes * (1 + rise) + _SLACK:
        return f"{now.hard_minutes:.0f} hard minutes over {minutes:.0f}"
    return None


def _unknown(timeline: Timeline, firsts: tuple[dt.date, ...], before: list[_Week]) -> str | None:
    """Return why the weeks before are no yardstick, or None when they are."""
    if not all(whole_week(timeline, week, what) for week in firsts for what in ("runs", "strength")):
        return f"the {len(firsts)} weeks before are not all planned or recorded: unknown"
    if not any(each.km for each in before):
        return f"no run with a distance in the {len(firsts)} weeks before"
    if not all(each.km_whole and each.sets_whole for each in before):
        return f"distances or sets in the {len(firsts)} weeks before were not recorded: unknown"
    return None


def _short_sleep(timeline: Timeline, week: dt.date, limits: EverythingRising) -> float | None:
    """Return the hours slept a night up to the end of the week when they are short; None when not, or unknown."""
    end = week + dt.timedelta(days=7)
    begin = end - dt.timedelta(days=limits.sleep_days)
    mornings = timeline.log.readiness if timeline.log else ()
    nights = [each.sleep.minutes / 60 for each in mornings if each.sleep is not None and begin <= each.date < end]
    if len(nights) < limits.sleep_nights or not nights:
        return None
    least = least_sleep(timeline.runner, limits.sleep_hours, limits.sleep_under_usual, limits.short_sleeper)
    mean = math.fsum(nights) / len(nights)
    return mean if mean < least - _SLACK else None


def _fewer_sets(days: tuple[TrainingDay, ...], over: int) -> tuple[Edit, ...]:
    """Return single edits that each take `over` sets off the week, late in the week first."""
    found = [
        (session, row)
        for session in days
        if editable(session) is not None
        for row in session.rows
        if row.part is PartName.MAIN and strengthens(row.exercise) and row.sets >= over
    ]
    found.sort(key=lambda entry: (entry[1].sets == over, -entry[0].date.toordinal(), entry[1].exercise.id))
    return tuple(edit for session, row in found for edit in fewer_sets(session, row, over))[: FEWEST - 2]


def _shorter_runs(
    timeline: Timeline, week: dt.date, km: float, before: float, limits: EverythingRising
) -> tuple[Edit, ...]:
    """Return single edits that each let the distance of the week rise no more than allowed."""
    allowed = max(before * (1 + limits.rise), before + limits.min_increase_km - _LEAST_KM)
    return trims(planned_runs(timeline, week), km - allowed)[:2]


@record
class NoviceFirstWeek(Record):
    """Numbers of TM09; its record says what each means."""

    new_years: float
    body_mass_index: float
    first_week_km: float
    days: int


@rule("TM09", parameters=NoviceFirstWeek)
def novice_first_weeks(timeline: Timeline, limits: NoviceFirstWeek) -> Iterator[Finding | NotApplicable]:
    """Flag a long first week of running of a heavy runner who is new to it."""
    runner = timeline.runner
    if not timeline.runs or runner.running_years > limits.new_years:
        return
    first, performed = timeline.runs[0][0].date, timeline.runs[0][1]
    week = [run for run, _ in timeline.runs if run.date < first + dt.timedelta(days=limits.days)]
    total = math.fsum(run.distance.km for run in week if run.distance is not None)
    where = Where(date=first, performed=performed)
    if runner.body_mass is None or runner.height is None:
        yield NotApplicable(rule="TM09", reason="height or body mass is unknown", where=where)
        return
    index = runner.body_mass.kg / (runner.height.km * 1000) ** 2
    if index <= limits.body_mass_index + _SLACK:
        return
    if total <= limits.first_week_km + _SLACK:
        if any(run.distance is None for run in week):
            yield NotApplicable(rule="TM09", reason="a run of the first week has no distance: unknown", where=where)
        return
    yield finding(
        "TM09",
        Severity.ADVICE,
        where,
        measured=total,
        limit=limits.first_week_km,
        unit="km",
        proposals=trims((run for run, done in timeline.runs if run in week and not done), total - limits.first_week_km),
        otherwise=NO_RUN,
        days=limits.days,
        over=round(total - limits.first_week_km, 2),
    )
