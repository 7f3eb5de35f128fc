"""SF, safety: training while ill or injured, and load that rises while sleep is short or stress is high."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator

from runstrong.model.edits import Edit, Skip
from runstrong.model.findings import Finding, NotApplicable, Where
from runstrong.model.timeline import Timeline, TrainingDay
from runstrong.model.value import Record, record
from runstrong.model.words import Emphasis, Severity
from runstrong.rules.definition import NoNumbers, finding, rule
from runstrong.rules.mending import FEWEST, drops, editable, fewer_sets, moves, trims
from runstrong.rules.reading import (
    least_sleep,
    main_rows,
    place_of,
    planned_runs,
    sessions_of,
    weeks_before,
    whole_week,
)

__all__ = ["PoorSleep", "WhileIll", "injured_region_loaded", "poor_sleep_load_rising", "trained_while_ill"]

_RUNS = "runs are yours: not edited, and no edit leaves one out"
_BOTH = "running and strength work both rise, which is more than one edit, and runs are yours: not edited"
_SLACK = 1e-9


@record
class WhileIll(Record):
    """Numbers of SF05; its record says what each means."""

    ill_days: int


@rule("SF05", parameters=WhileIll)
def trained_while_ill(timeline: Timeline, limits: WhileIll) -> Iterator[Finding | NotApplicable]:
    """Flag training on a day that began ill, and what is planned before a morning says that it is over."""
    ill = timeline.ill_mornings
    if not ill:
        yield NotApplicable(rule="SF05", reason="no morning says whether the runner was ill: unknown, not well")
        return
    stands = timeline.ill_days(limits.ill_days)
    for day, since in stands.items():
        sessions = [each for each in timeline.sessions_by_day.get(day, ()) if each.emphasis is not Emphasis.MOBILITY]
        runs = timeline.runs_by_day.get(day, ())
        done = sum(session.performed for session in sessions) + len(runs) * _runs_done(timeline, day)
        # Of a day whose morning is not recorded, only what still lies ahead is told.
        if done and ill.get(day):
            yield _ill(Where(date=day, performed=True), done, since, "trained on a day that began ill", "what was done")
        for session in sessions:
            if not session.performed:
                where = Where(date=day, session=session.id)
                proposals = _later(timeline, session, max(stands))
                yield _ill(where, 1, since, "strength is planned while ill", "the session", proposals=proposals)
        if runs and not _runs_done(timeline, day):
            yield _ill(Where(date=day), len(runs), since, "a run is planned while ill", "the run", no_fix=_RUNS)


@rule("SF08")
def injured_region_loaded(timeline: Timeline, _: NoNumbers) -> Iterator[Finding]:
    """Flag an exercise that its record rules out while the runner is injured there."""
    if not timeline.runner.injuries:
        return
    told: set[tuple[str, str]] = set()
    for session in timeline.sessions:
        now = sorted({each.region for each in timeline.runner.injuries if each.current(session.date)})
        for row in main_rows(session) if now else ():
            hurt = next((region for region in now if region in row.exercise.avoid_with), None)
            key = (row.exercise.id, str(hurt))
            if hurt is None or not row.exercise.hard or (row.performed and key in told):
                continue
            if row.performed:
                told.add(key)  # what is done is done: it is told once
            skip = () if editable(session) is None else (Skip(session=session.id, reason=f"the {hurt} is injured"),)
            yield finding(
                "SF08",
                Severity.ADVICE if row.performed else Severity.WARNING,
                place_of(row),
                measured=max(1, row.sets),  # where sets were not recorded, there was at least one
                limit=0,
                unit="sets",
                proposals=drops(session, row.exercise.id) or skip,
                name=row.exercise.name,
                region=str(hurt).replace("-", " "),
            )


def _runs_done(timeline: Timeline, day: dt.date) -> bool:
    """Whether the runs of a day are those of the log: a day never mixes the two."""
    return day in timeline.days_run or (timeline.log is not None and timeline.log.covers(day, "runs"))


def _later(timeline: Timeline, session: TrainingDay, last: dt.date) -> Iterator[Edit]:
    """Propose a day after the illness, then to skip the session."""
    if editable(session) is not None:
        yield from moves(timeline, session, lambda place: place.date > last)
        yield Skip(session=session.id, reason="ill")


def _ill(
    where: Where, count: int, since: dt.date, what: str, which: str, *, proposals: Iterable[Edit] = (),
    no_fix: str = "",
) -> Finding:  # fmt: skip
    return finding(
        "SF05",
        Severity.WARNING,
        where,
        measured=count,
        limit=0,
        unit="sessions and runs",
        proposals=proposals,
        no_fix=no_fix,
        subject=which,
        what=what,
        since=str(since),
    )


@record
class PoorSleep(Record):
    """Numbers of SF06; its record says what each means."""

    days: int
    least_recorded: int
    sleep_hours: float
    under_usual: float
    short_sleeper: float
    stress_from: float
    weeks: int
    rise: float
    min_rise_km: float
    min_rise_sets: float
    held_days: int
    late_rise: float


@rule("SF06", parameters=PoorSleep)
def poor_sleep_load_rising(timeline: Timeline, limits: PoorSleep) -> Iterator[Finding | NotApplicable]:
    """Flag a week whose load rises in a fortnight of short nights or high stress."""
    if not timeline.mornings:
        yield NotApplicable(rule="SF06", reason="no morning is recorded: unknown, not well slept")
        return
    sets = _sets_by_week(timeline)
    for week in sorted({*timeline.weekly_km, *sets}):
        run_over = _over(timeline, limits, week, timeline.weekly_km, what="runs", least=limits.min_rise_km)
        set_over = _over(timeline, limits, week, sets, what="strength", least=limits.min_rise_sets)
        rising = [name for name, over in (("running", run_over), ("strength work", set_over)) if over > _SLACK]
        if not rising:
            continue
        sessions = sessions_of(timeline, week)
        planned = any(not session.performed for session in sessions) or any(
            not _runs_done(timeline, day)
            for day in (week + dt.timedelta(days=step) for step in range(7))
            if day in timeline.runs_by_day
        )
        where = Where(date=week, week=True, performed=not planned)
        told = _fortnight(timeline, week, limits)
        if told is None:
            reason = f"fewer than {limits.least_recorded} of {limits.days} nights are recorded: unknown is not short"
            yield NotApplicable(rule="SF06", reason=reason, where=where)
            continue
        # Short nights block nothing for ever: after two weeks of holding, half the usual pace is let be.
        earlier = _fortnight(timeline, week - dt.timedelta(days=limits.held_days), limits) or ()
        lasting = {subject for subject, *_ in earlier}
        km_late = _over(timeline, limits, week, timeline.weekly_km, what="runs", least=limits.min_rise_km, late=True)
        sets_late = _over(timeline, limits, week, sets, what="strength", least=limits.min_rise_sets, late=True)
        for subject, measured, limit, unit in told:
            if subject in lasting and km_late <= _SLACK and sets_late <= _SLACK:
                continue
            yield finding(
                "SF06",
                Severity.ADVICE,
                where,
                measured=measured,
                limit=limit,
                unit=unit,
                proposals=_less(timeline, week, sessions, set_over=set_over, run_over=run_over),
                otherwise="no one exercise or run holds as much as is too much",
                no_fix=_BOTH if run_over > _SLACK and set_over > _SLACK else "",
                subject=subject,
                rising=" and ".join(rising),
                days=limits.days,
                bound="under" if subject == "sleep" else "at or over",
            )


def _sets_by_week(timeline: Timeline) -> dict[dt.date, float | None]:
    """Return hard sets per week, by its first day; None where the sets of a session were not recorded."""
    weeks: dict[dt.date, float | None] = {}
    for row in timeline.rows:
        week = timeline.runner.week_of(row.date)
        so_far = weeks.get(week, 0.0)
        known = not row.performed or not row.exercise.hard or row.sets > 0
        weeks[week] = so_far + timeline.hard_sets(row) if so_far is not None and known else None
    return weeks


def _over(
    timeline: Timeline,
    limits: PoorSleep,
    week: dt.date,
    totals: dict[dt.date, float | None],
    *,
    what: str,
    least: float,
    late: bool = False,
) -> float:
    """Return by how much a week is over what may rise above the highest of the weeks before; 0 where unknown."""
    firsts = weeks_before(week, limits.weeks)
    total = totals.get(week)
    before = [totals.get(first, 0.0) for first in firsts]
    known = [got for got in before if got is not None]
    if total is None or len(known) < len(before) or max(known) <= 0:
        return 0.0
    highest = max(known)
    rise = max(limits.rise, limits.late_rise) if late else limits.rise
    over = total - max(highest * (1 + rise), highest + least)
    return over if over > _SLACK and all(whole_week(timeline, first, what) for first in firsts) else 0.0


def _fortnight(timeline: Timeline, week: dt.date, limits: PoorSleep) -> list[tuple[str, float, float, str]] | None:
    """Return what was poor in the days up to the last morning by the end of `week`; None where too few are recorded."""
    steps = range(6, -2, -1)  # back from its last day to the day before its first: older mornings say nothing about it
    recent = (week + dt.timedelta(days=step) for step in steps)
    last = next((day for day in recent if day in timeline.mornings), None)
    if last is None:
        return None
    days = [last - dt.timedelta(days=back) for back in range(limits.days)]
    mornings = [timeline.mornings[day] for day in days if day in timeline.mornings]
    nights = [
        min(known) / 3600
        for several in mornings
        if (known := [each.sleep.seconds for each in several if each.sleep is not None])
    ]
    stresses = [
        max(scores) for several in mornings if (scores := [each.stress for each in several if each.stress is not None])
    ]
    told: list[tuple[str, float, float, str]] = []
    if len(nights) >= limits.least_recorded:
        mean = math.fsum(nights) / len(nights)
        least = least_sleep(timeline.runner, limits.sleep_hours, limits.under_usual, limits.short_sleeper)
        if mean < least - _SLACK:
            told.append(("sleep", mean, least, "h"))
    if len(stresses) >= limits.least_recorded:
        stress = math.fsum(stresses) / len(stresses)
        if stress >= limits.stress_from - _SLACK:
            told.append(("stress", stress, limits.stress_from, "of 10"))
    return told if told or max(len(nights), len(stresses)) >= limits.least_recorded else None


def _less(
    timeline: Timeline, week: dt.date, sessions: tuple[TrainingDay, ...], *, set_over: float, run_over: float
) -> tuple[Edit, ...]:
    """Return single edits that each take back the rise; where runs and sets rise, none does."""
    if run_over <= _SLACK:
        return _fewer(timeline, sessions, set_over)
    if set_over > _SLACK:
        return ()
    return trims(planned_runs(timeline, week), run_over)


def _fewer(timeline: Timeline, sessions: tuple[TrainingDay, ...], over: float) -> tuple[Edit, ...]:
    """Return single edits that each take back the rise of the strength work, late in the week first."""
    needed = math.ceil(over - _SLACK)
    return tuple(
        edit
        for session in reversed(sessions)
        for row in main_rows(session)
        if timeline.hard_sets(row) and row.sets > needed
        for edit in fewer_sets(session, row, needed)
    )[:FEWEST]
