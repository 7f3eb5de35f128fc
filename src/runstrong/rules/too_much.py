"""TM, too much: more than the body has lately shown, in one run, one week or for one tissue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial
from itertools import chain

from runstrong.model.edits import Edit, Skip
from runstrong.model.findings import Finding, NotApplicable, Where
from runstrong.model.measuring import pace_of, seconds_of
from runstrong.model.prescription import Prescription
from runstrong.model.timeline import Row, Timeline, TrainingDay
from runstrong.model.value import Record, evolve, record
from runstrong.model.words import Emphasis, ExerciseKind, Level, RunKind, Severity, Tissue
from runstrong.placement import Placed
from runstrong.rules.definition import finding, rule
from runstrong.rules.mending import FEWEST, NO_RUN, drops, editable, fewer_sets, moves, splits, trims
from runstrong.rules.reading import (
    contacts_of,
    main_rows,
    place_of_session,
    planned_in,
    planned_runs,
    sessions_of,
    weeks_before,
    whole_week,
)

__all__ = [
    "SessionContacts", "SessionMinutes", "SessionSpike", "SessionsPerWeek", "WeeklyRunJump", "WeeklySets",
    "WeeklySetsRise",
    "contacts_over_cap", "session_over_minutes", "session_spike", "too_many_strength_sessions", "weekly_run_jump",
    "weekly_sets_over_cap", "weekly_sets_rising",
]  # fmt: skip

# Ratios of decimal distances are compared with this slack, so that 11 km is not over 10 km and ten percent.
_SLACK = 1e-9
_SEVERAL = "what is too much is spread over several exercises, which is more than one edit"


@record
class SessionSpike(Record):
    """Numbers of TM01; its record says what each means."""

    window: int
    advise_over: float
    warn_over: float
    min_increase_km: float


@rule("TM01", parameters=SessionSpike)
def session_spike(timeline: Timeline, limits: SessionSpike) -> Iterator[Finding | NotApplicable]:
    """Flag a run that outgrows the longest run of the days before it."""
    reach = dt.timedelta(days=limits.window)
    day, most = dt.date.min, 0.0
    for run, performed in timeline.runs:
        if run.distance is None:
            continue
        km = run.distance.km
        # No spike over one run of the window is a spike over the longest of them.
        if 0 < km <= most and day < run.date and run.date - day <= reach:
            continue
        longest = timeline.longest_run_before(run.date, limits.window)
        day, most = run.date, km
        where = partial(Where, date=run.date, performed=performed)
        if longest is None or longest <= 0:
            reason = f"no run with a distance in the {limits.window} days before: unknown"
            yield NotApplicable(rule="TM01", reason=reason, where=where())
            continue
        ratio = km / longest
        if ratio <= limits.advise_over + _SLACK or km - longest < limits.min_increase_km - _SLACK:
            continue
        # Only a window that is known whole has a longest run: one before the record began may have been longer.
        if not _runs_known(timeline, run.date - dt.timedelta(days=limits.window), limits.window):
            reason = f"the runs of the {limits.window} days before are not all recorded: unknown"
            yield NotApplicable(rule="TM01", reason=reason, where=where())
            continue
        grave = Severity.WARNING if ratio > limits.warn_over + _SLACK else Severity.ADVICE
        yield finding(
            "TM01",
            Severity.INFO if run.kind is RunKind.RACE else grave,
            where(),
            measured=km,
            limit=limits.advise_over * longest,
            unit="km",
            proposals=() if performed else trims((run,), run.distance.km - limits.advise_over * longest),
            no_fix="" if performed or run.kind is not RunKind.RACE else "a race is as long as it is",
            longest=longest,
            percent=round((ratio - 1) * 100),
            # Ten meters at least: "0 km less" would be no advice.
            over=max(0.01, round(km - limits.advise_over * longest, 2)),
            window=limits.window,
        )


def _runs_known(timeline: Timeline, first: dt.date, days: int) -> bool:
    """Whether the record speaks for the runs of `days` days from `first`.

    A log without any coverage of runs is taken to be whole from its first run to its last.
    """
    begin = timeline.first_run_day
    if begin is None or begin > first:
        return False
    log = timeline.log
    if log is None or not any(part.runs for part in log.coverage):
        return True
    return timeline.vouches_between(first, first + dt.timedelta(days=days - 1), "runs")


@record
class WeeklyRunJump(Record):
    """Numbers of TM02; its record says what each means."""

    max_increase: float
    weeks: int
    layoff_days: int
    min_increase_km: float


@rule("TM02", parameters=WeeklyRunJump)
def weekly_run_jump(timeline: Timeline, limits: WeeklyRunJump) -> Iterator[Finding | NotApplicable]:
    """Flag a week whose running outgrows the highest of the weeks before."""
    weekly = timeline.weekly_km
    for week, total in weekly.items():
        firsts = weeks_before(week, limits.weeks)
        before = [weekly.get(first, 0.0) for first in firsts]
        highest = max([0.0, *(got for got in before if got is not None)])
        limit = highest * (1 + limits.max_increase)
        # A run without a distance makes what is known of the week the least that it holds.
        least = _known_km(timeline, week) if total is None else total
        fine = least <= limit + _SLACK or least - highest < limits.min_increase_km - _SLACK
        if None in before or (fine and total is None):
            where = Where(date=week, week=True, performed=_run_in(timeline, week))
            yield NotApplicable(rule="TM02", reason="a run without a distance: unknown", where=where)
            continue
        if fine:
            continue
        where = Where(date=week, week=True, performed=_run_in(timeline, week))
        unknown = None
        if highest <= 0:
            unknown = f"no run in the {limits.weeks} weeks before"
        elif not _runs_known(timeline, firsts[-1], 7 * limits.weeks):
            unknown = f"the {limits.weeks} weeks before are not all recorded: unknown"
        elif _longest_pause(timeline, firsts[-1], week) >= limits.layoff_days:
            unknown = f"after {limits.layoff_days} days or more without a run"
        if unknown is not None:
            yield NotApplicable(rule="TM02", reason=unknown, where=where)
            continue
        yield finding(
            "TM02",
            Severity.INFO,
            where,
            measured=least,
            limit=limit,
            unit="km",
            proposals=trims(planned := planned_runs(timeline, week), least - limit),
            otherwise=NO_RUN if planned else "what is done is not edited",
            highest=highest,
            percent=round((least / highest - 1) * 100),
            over=round(least - limit, 2),
            weeks=limits.weeks,
        )


def _known_km(timeline: Timeline, week: dt.date) -> float:
    runs = timeline.runs_by_week.get(week, ())
    return sum(run.distance.km for run in runs if run.distance is not None)


def _run_in(timeline: Timeline, week: dt.date) -> bool:
    """Whether the week's running is all done."""
    log = timeline.log
    return log is not None and bool(log.runs) and max(run.date for run in log.runs) >= week + dt.timedelta(days=6)


def _longest_pause(timeline: Timeline, first: dt.date, week: dt.date) -> int:
    """Return the most days in a row without a run from `first` to the day before `week`."""
    longest = current = 0
    for step in range((week - first).days):
        current = 0 if first + dt.timedelta(days=step) in timeline.runs_by_day else current + 1
        longest = max(longest, current)
    return longest


@record
class WeeklySets(Record):
    """Numbers of TM03; its record says what each means."""

    cap: float
    warn_over: float


@rule("TM03", parameters=WeeklySets)
def weekly_sets_over_cap(timeline: Timeline, limits: WeeklySets) -> Iterator[Finding | NotApplicable]:
    """Flag a tissue that gets more hard sets in a week than the cap."""
    for week, tissues in timeline.sets_by_week.items():
        over = sorted(entry for entry in tissues.items() if entry[1] > limits.cap + _SLACK)
        for tissue, sets in over:
            yield finding(
                "TM03",
                Severity.WARNING if sets > limits.warn_over + _SLACK else Severity.ADVICE,
                Where(date=week, week=True, performed=not planned_in(timeline, week)),
                measured=sets,
                limit=limits.cap,
                unit="sets",
                proposals=_less_for(timeline, week, tissue, sets - limits.cap),
                otherwise=_SEVERAL,
                subject=str(tissue),
                tissue=str(tissue),
                over=sets - limits.cap,
            )


def _less_for(timeline: Timeline, week: dt.date, tissue: Tissue, over: float) -> tuple[Edit, ...]:
    """Return single edits that each bring the tissue back under its cap, those that cost fewest sets first."""
    share = timeline.words.secondary_share
    found: list[tuple[int, dt.date, TrainingDay, Row]] = []
    for session in sessions_of(timeline, week):
        if editable(session) is None:
            continue
        for row in session.rows:
            counted = 1.0 if tissue in row.exercise.primary else share if tissue in row.exercise.secondary else 0.0
            if not counted or not timeline.hard_sets(row):
                continue
            needed = -int(-(over - _SLACK) // counted)
            if needed <= row.sets:
                found.append((needed, session.date, session, row))
    # Late in the week first: what stands at its beginning may be done already.
    found.sort(key=lambda entry: (entry[0] == entry[3].sets, entry[0], -entry[1].toordinal(), entry[3].exercise.id))
    return tuple(edit for needed, _, session, row in found for edit in fewer_sets(session, row, needed))[:FEWEST]


@record
class WeeklySetsRise(Record):
    """Numbers of TM04; its record says what each means."""

    max_rise: float
    start: float
    weeks: int


@rule("TM04", parameters=WeeklySetsRise)
def weekly_sets_rising(timeline: Timeline, limits: WeeklySetsRise) -> Iterator[Finding | NotApplicable]:
    """Flag a tissue whose hard sets outgrow the highest of the weeks before."""
    table, held, start = timeline.sets_by_week, frozenset(timeline.weeks), limits.start
    for week, tissues in table.items():
        before = weeks_before(week, limits.weeks)
        shown = [table[first] for first in before if first in table]
        for tissue, sets in tissues.items():
            # Most are few, or no more than in the latest week: the highest is not asked for.
            if sets <= start or (shown and sets <= shown[0].get(tissue, 0.0) + limits.max_rise):
                continue
            highest = max([each.get(tissue, 0.0) for each in shown], default=0.0)
            limit = max(highest + limits.max_rise, start)
            if sets <= limit + _SLACK:
                continue
            where = Where(date=week, week=True, performed=not planned_in(timeline, week))
            unknown = _no_yardstick(timeline, before, held, tissue)
            if unknown is not None:
                yield NotApplicable(rule="TM04", reason=unknown, where=where)
                continue
            yield finding(
                "TM04",
                Severity.ADVICE,
                where,
                measured=sets,
                limit=limit,
                unit="sets",
                proposals=_less_for(timeline, week, tissue, sets - limit),
                otherwise=_SEVERAL,
                subject=str(tissue),
                tissue=str(tissue),
                highest=highest,
                over=sets - limit,
                weeks=limits.weeks,
            )


def _no_yardstick(
    timeline: Timeline, before: tuple[dt.date, ...], held: frozenset[dt.date], tissue: Tissue
) -> str | None:
    """Return why the weeks before, the latest first, are no yardstick for a tissue's sets, or None when they are."""
    latest = timeline.plan_weeks.get(before[0])
    if latest is not None and latest.deload:
        return "the week before is a deload"
    if not all(whole_week(timeline, week, "strength") for week in before):
        return f"the {len(before)} weeks before are not all planned or recorded: unknown"
    if not held.issuperset(before):
        return f"among the first weeks of strength work, or a week without it in the {len(before)} before"
    if any(tissue in timeline.unrated_by_week.get(week, ()) for week in before):
        return f"sets or efforts for {tissue} in the {len(before)} weeks before were not recorded: unknown"
    return None


@record
class SessionContacts(Record):
    """Numbers of TM05; its record says what each means."""

    novice: int
    intermediate: int
    advanced: int
    start: int
    start_days: int


@rule("TM05", parameters=SessionContacts)
def contacts_over_cap(timeline: Timeline, limits: SessionContacts) -> Iterator[Finding]:
    """Flag a session with more jumps and hops than the runner's level is given."""
    level = timeline.runner.trained_level
    cap = {Level.NOVICE: limits.novice, Level.INTERMEDIATE: limits.intermediate}.get(level, limits.advanced)
    latest: dt.date | None = None
    for session in timeline.sessions_with(ExerciseKind.PLYOMETRIC):
        counts = [contacts_of(row) for row in session.rows]
        total = sum(count for count in counts if count is not None)
        new = level is Level.NOVICE and total > limits.start
        limit = cap
        if new and _first_jumps(timeline, latest, session, limits.start_days):
            limit = min(cap, limits.start)
        if total > limit:
            yield finding(
                "TM05",
                Severity.ADVICE,
                place_of_session(session),
                measured=total,
                limit=limit,
                unit="contacts",
                proposals=_fewer_contacts(session, total - limit),
                otherwise=_SEVERAL,
                over=total - limit,
                whose="a first session of jumps" if limit < cap else f"a runner of level {level.name.lower()}",
            )
        if total or None in counts:
            latest = session.date


def _first_jumps(timeline: Timeline, latest: dt.date | None, session: TrainingDay, days: int) -> bool:
    """Whether the record shows that no jump stands in the `days` days before the session."""
    first = session.date - dt.timedelta(days=days)
    if latest is not None and latest >= first:
        return False
    return timeline.vouches_between(first, session.date - dt.timedelta(days=1), "strength")


def _fewer_contacts(session: TrainingDay, over: int) -> tuple[Edit, ...]:
    """Return single edits that each bring the session's contacts back under the cap, the smallest first."""
    found: list[tuple[int, str, Row]] = []
    for row in session.rows:
        count = contacts_of(row)
        if count and count >= over:
            found.append((-(-over * row.sets // count), row.exercise.id, row))
    found.sort(key=lambda entry: (entry[0] == entry[2].sets, entry[0], entry[1]))
    return tuple(edit for needed, _, row in found for edit in fewer_sets(session, row, needed))[:FEWEST]


@record
class SessionsPerWeek(Record):
    """Numbers of TM06; its record says what each means."""

    cap: int
    short_minutes: float


@rule("TM06", parameters=SessionsPerWeek)
def too_many_strength_sessions(timeline: Timeline, limits: SessionsPerWeek) -> Iterator[Finding]:
    """Flag a week with more strength sessions than the cap."""
    weeks: dict[dt.date, list[TrainingDay]] = {}
    for session in timeline.sessions:
        short = session.minutes is not None and 0 < session.minutes < limits.short_minutes
        if session.emphasis is not Emphasis.MOBILITY and not short:
            weeks.setdefault(session.week, []).append(session)
    for week, sessions in weeks.items():
        if len(sessions) > limits.cap:
            yield finding(
                "TM06",
                Severity.ADVICE,
                Where(date=week, week=True, performed=all(session.performed for session in sessions)),
                measured=len(sessions),
                limit=limits.cap,
                unit="sessions",
                proposals=_fewer_sessions(timeline, weeks, week, limits.cap),
                otherwise="more than one session is too many, which is more than one edit",
                over=len(sessions) - limits.cap,
            )


def _fewer_sessions(
    timeline: Timeline, weeks: dict[dt.date, list[TrainingDay]], week: dt.date, cap: int
) -> tuple[Edit, ...]:
    """Return moves into weeks with room, then the proposal to leave one session out, the lightest first."""
    if len(weeks[week]) != cap + 1:
        return ()  # one edit brings the week down by one

    def room(place: Placed) -> bool:
        other = timeline.runner.week_of(place.date)
        return other != week and len(weeks.get(other, ())) < cap

    lightest = sorted(
        (session for session in weeks[week] if editable(session) is not None),
        key=lambda session: (session.emphasis.legs, session.minutes or 0.0, -session.date.toordinal(), session.id),
    )
    found: list[Edit] = list(chain.from_iterable(moves(timeline, session, room)[:1] for session in lightest))
    reason = f"more than {cap} strength sessions in its week"
    found[FEWEST // 2 :] = [Skip(session=session.id, reason=reason) for session in lightest]
    return tuple(found[:FEWEST])


@record
class SessionMinutes(Record):
    """Numbers of TM07; its record says what each means."""

    slack_minutes: float


@rule("TM07", parameters=SessionMinutes)
def session_over_minutes(timeline: Timeline, limits: SessionMinutes) -> Iterator[Finding | NotApplicable]:
    """Flag a planned session that is longer than the runner has that day."""
    for session in timeline.sessions:
        if session.planned is None:
            continue
        if not session.minutes:
            where = Where(date=session.date, session=session.id)
            yield NotApplicable(rule="TM07", reason="no estimate of the session's minutes: unknown", where=where)
            continue
        open_, length = timeline.runner.minutes_on(session.date), session.minutes
        if length <= open_ + limits.slack_minutes + _SLACK:
            continue
        proposals = _shorter(timeline, session, length, open_ + limits.slack_minutes)
        yield finding(
            "TM07",
            Severity.ADVICE,
            Where(date=session.date, session=session.id),
            measured=length,
            limit=open_,
            unit="min",
            proposals=proposals,
            no_fix="" if proposals else "no open day has the time, and no one exercise takes up what is too much",
            over=length - open_,
        )


def _shorter(timeline: Timeline, session: TrainingDay, length: float, limit: float) -> tuple[Edit, ...]:
    """Propose a longer day, less of one exercise, or a session of its own for the last ones."""
    planned, rules = editable(session), timeline.rules
    if planned is None:
        return ()
    days = moves(timeline, session, lambda place: timeline.runner.minutes_on(place.date) >= length)[:2]
    if rules is None:
        return days
    over = 60 * (length - limit) / pace_of(planned, rules)
    fewer: list[tuple[int, int, Edit]] = []
    for place, row in enumerate(main_rows(session)):
        if row.prescription is None:
            continue
        whole = seconds_of(row.prescription, rules)
        for sets in range(row.sets - 1, 0, -1):
            if whole - seconds_of(evolve(row.prescription, sets=sets), rules) >= over:
                fewer += [(row.sets - sets, -place, edit) for edit in fewer_sets(session, row, row.sets - sets)]
                break
        else:
            if whole >= over:
                fewer += [(row.sets + 1, -place, edit) for edit in drops(session, row.exercise.id)]
    fewer.sort(key=lambda entry: entry[:2])

    def apart(stays: tuple[Prescription, ...], goes: tuple[Prescription, ...]) -> bool:
        return bool(stays) and sum(seconds_of(each, rules) for each in goes) >= over

    return (*days, *(edit for *_, edit in fewer[:2]), *splits(timeline, session, apart))[:FEWEST]
