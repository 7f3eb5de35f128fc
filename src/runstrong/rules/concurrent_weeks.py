"""CO, concurrent training: what races and hard runs ask of the days around them, and runs that strength displaced."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from runstrong.model.edits import Edit, MoveRun, Skip
from runstrong.model.findings import Finding, NotApplicable, Where
from runstrong.model.quantities import Distance
from runstrong.model.timeline import Timeline, TrainingDay
from runstrong.model.value import Record, record
from runstrong.model.words import Emphasis, RunKind, Severity
from runstrong.rules.definition import finding, rule
from runstrong.rules.mending import FEWEST, editable, moves
from runstrong.rules.reading import heavy_severity, in_race_window, place_of_session, sessions_of

__all__ = [
    "QualityRuns",
    "RaceWindow",
    "ReplacedRuns",
    "quality_runs_without_recovery",
    "race_window",
    "strength_replaces_runs",
]

_WEEK = dt.timedelta(days=7)


@record
class QualityRuns(Record):
    """Numbers of CO04; its record says what each means."""

    days_apart: int


@rule("CO04", parameters=QualityRuns)
def quality_runs_without_recovery(timeline: Timeline, limits: QualityRuns) -> Iterator[Finding | NotApplicable]:
    """Flag a quality run that follows another one without a day between."""
    hard = timeline.hard_runs_by_day
    days = {day: kinds for day, runs in hard.items() if (kinds := {run.kind for run in runs if run.kind.quality})}
    for day, kinds in days.items():
        for apart in range(1, limits.days_apart):
            earlier = day - dt.timedelta(days=apart)
            before = days.get(earlier)
            # A race on the day after a race was chosen as such.
            if not before or before | kinds == {RunKind.RACE}:
                continue
            yield finding(
                "CO04",
                Severity.ADVICE,
                Where(date=day, performed=day in timeline.days_run),
                measured=apart,
                limit=limits.days_apart,
                unit="days",
                proposals=_apart(timeline, day, earlier, days, limits),
                otherwise="no other day of the week keeps quality runs apart; runs are yours: not edited",
                run=" and ".join(sorted(map(str, kinds))),
                earlier=" and ".join(sorted(map(str, before))),
                earlier_date=str(earlier),
            )
            break


def _apart(
    timeline: Timeline,
    day: dt.date,
    earlier: dt.date,
    days: dict[dt.date, set[RunKind]],
    limits: QualityRuns,
) -> tuple[MoveRun, ...]:
    """Propose another day of its week for one of the two, without a run, or else with an easy one; races stay."""
    plan, found = timeline.plan, []
    for first in (day, earlier):
        runs = [run for run in timeline.runs_by_day.get(first, ()) if run.kind.quality]
        if plan is None or len(runs) != 1 or runs[0].kind is RunKind.RACE:
            continue
        week = timeline.runner.week_of(first)
        for to in (week + dt.timedelta(days=step) for step in range(7)):
            others = timeline.runs_by_day.get(to, ())
            near = any(other != first and abs((other - to).days) < limits.days_apart for other in days)
            if to == first or near or not plan.start <= to <= plan.end or any(run.kind.hard for run in others):
                continue
            edit = MoveRun(date=first, day_part=runs[0].day_part, kind=runs[0].kind, to=to)
            found.append((len(others), abs((to - first).days), to, edit))
    found.sort(key=lambda entry: entry[:3])
    return tuple(edit for *_, edit in found)[:FEWEST]


@record
class RaceWindow(Record):
    """Numbers of CO05; its record says what each means."""

    days_before: int
    heavy_days_before: int
    days_after_short: int
    days_after_half: int
    days_after_long: int
    short_km: float
    half_km: float

    def days_after(self, distance: Distance | None) -> int:
        """Days of rest from leg work after a race; where its distance is unknown, as many as any race asks for."""
        short, half, long = self.days_after_short, self.days_after_half, self.days_after_long
        if distance is None:
            return min(short, half, long)
        if distance.km <= self.short_km:
            return short
        return half if distance.km <= self.half_km else long


@rule("CO05", parameters=RaceWindow)
def race_window(timeline: Timeline, limits: RaceWindow) -> Iterator[Finding | NotApplicable]:
    """Flag leg work in the days before an A or B race, and in the days after it."""
    races = _races(timeline)
    longest = max(limits.days_after_short, limits.days_after_half, limits.days_after_long)
    for session in timeline.sessions if races else ():
        if not session.emphasis.legs:
            continue
        heavy = session.emphasis is Emphasis.HEAVY_LEGS
        near = _near(session.date, races, limits, heavy=heavy)
        if near is None:
            unknown = any(far is None and 0 < (session.date - race).days <= longest for race, far in races.items())
            if unknown:
                reason = "the distance of the race before it is unknown, and with it how many days it asks for"
                yield NotApplicable(rule="CO05", reason=reason, where=place_of_session(session))
            continue
        race, apart, needed = near
        last = apart > limits.days_before  # outside the window for all leg work, too late for the last heavy session
        yield finding(
            "CO05",
            heavy_severity(session) if heavy and not last else Severity.ADVICE,
            place_of_session(session),
            measured=abs(apart),
            limit=needed + 1,
            unit="days",
            proposals=_out_of_the_window(timeline, session, races, limits, race, last=last),
            legs="heavy leg work" if heavy else "leg work",
            relation="before" if apart > 0 else "after" if apart < 0 else "beside",
            race_date=str(race),
        )


def _races(timeline: Timeline) -> dict[dt.date, Distance | None]:
    """Return the distance of each A or B race by day; what was run stands before what the calendar says."""
    far = {race.date: race.distance for race in timeline.runner.races}
    found: dict[dt.date, Distance | None] = {}
    for day in timeline.big_races:
        run = [each.distance for each in timeline.runs_by_day.get(day, ()) if each.kind is RunKind.RACE]
        found[day] = next((distance for distance in run if distance is not None), far.get(day))
    return found


def _near(
    day: dt.date, races: dict[dt.date, Distance | None], limits: RaceWindow, *, heavy: bool
) -> tuple[dt.date, int, int] | None:
    """Return the race in whose window `day` lies, the days to it, and the days that its window has; the nearest."""
    found = []
    for race, distance in races.items():
        apart = (race - day).days
        needed = limits.days_before if apart >= 0 else limits.days_after(distance)
        if heavy and apart > limits.days_before:
            needed = max(needed, limits.heavy_days_before)
        if abs(apart) <= needed:
            found.append((race, apart, needed))
    return min(found, key=lambda each: (abs(each[1]), each[0]), default=None)


def _out_of_the_window(
    timeline: Timeline,
    session: TrainingDay,
    races: dict[dt.date, Distance | None],
    limits: RaceWindow,
    race: dt.date,
    *,
    last: bool,
) -> tuple[Edit, ...]:
    planned = editable(session)
    if planned is None:
        return ()
    heavy = session.emphasis is Emphasis.HEAVY_LEGS
    found: tuple[Edit, ...] = moves(
        timeline, session, lambda place: _near(place.date, races, limits, heavy=heavy) is None
    )
    if last:
        return found[:FEWEST]  # early in race week a session is not lost for it: with more in reserve it may stay
    # Less is the point of these days: where no other day is open, the session is left out.
    return (*found[: FEWEST - 1], Skip(session=planned.id, reason=f"leg work near the race of {race}"))


@record
class ReplacedRuns(Record):
    """Numbers of CO07; its record says what each means."""

    weeks: int
    weeks_before: int
    runs_fewer: int
    race_days_before: int
    race_days_after: int


@rule("CO07", parameters=ReplacedRuns)
def strength_replaces_runs(timeline: Timeline, limits: ReplacedRuns) -> Iterator[Finding | NotApplicable]:
    """Tell where runs of the usual week fell away in the weeks in which strength was added."""
    missing = {week: _missing(timeline, week) for week in _known_weeks(timeline, limits)}
    for week in timeline.weeks if missing else ():
        now = [week - _WEEK * back for back in range(limits.weeks)]
        before = [now[-1] - _WEEK * back for back in range(1, limits.weeks_before + 1)]
        if not all(each in missing for each in (*now, *before)):
            continue
        fewer = min(missing[each] for each in now)
        if fewer < limits.runs_fewer or any(missing[each] > 0 for each in before):
            continue
        added = min(_strength(timeline, each) for each in now) - max(_strength(timeline, each) for each in before)
        if added <= 0:
            continue
        where = Where(date=week, week=True, performed=True)
        excused = _excused(timeline, now[-1], week + _WEEK, limits)
        if excused is not None:
            yield NotApplicable(rule="CO07", reason=excused, where=where)
            continue
        yield finding(
            "CO07",
            Severity.INFO,
            where,
            measured=fewer,
            limit=limits.runs_fewer - 1,
            unit="runs",
            no_fix="what is done is not edited, and which runs come back is yours to say",
            weeks=limits.weeks,
            added=added,
        )


def _known_weeks(timeline: Timeline, limits: ReplacedRuns) -> set[dt.date]:
    """Return the weeks, of those that may be looked at, for which the log vouches in runs and in strength."""
    log = timeline.log
    if log is None:
        return set()
    reach = range(limits.weeks + limits.weeks_before)
    asked = {week - _WEEK * back for week in timeline.weeks for back in reach}
    return {
        week
        for week in asked
        if all(log.covers(week + dt.timedelta(days=day), what) for day in range(7) for what in ("runs", "strength"))
    }


def _missing(timeline: Timeline, week: dt.date) -> int:
    """Return how many runs of the usual week were not run; races and dated weeks count as the runner's own."""
    days = [week + dt.timedelta(days=day) for day in range(7)]
    return sum(len(timeline.runner.runs_on(day)) - len(timeline.runs_by_day.get(day, ())) for day in days)


def _strength(timeline: Timeline, week: dt.date) -> int:
    return sum(session.emphasis is not Emphasis.MOBILITY for session in sessions_of(timeline, week))


def _excused(timeline: Timeline, first: dt.date, end: dt.date, limits: ReplacedRuns) -> str | None:
    """Return another reason for fewer runs from `first` to the day before `end`, or None."""
    last = end - dt.timedelta(days=1)
    race = in_race_window(timeline, first, last, limits.race_days_before, limits.race_days_after)
    if race is not None:
        return f"near the race of {race}"
    log = timeline.log
    if log is not None and any(each.ill for each in log.readiness if first <= each.date <= last):
        return "illness is a reason of its own"
    if any(
        injury.since <= last and (injury.ended is None or injury.ended > first) for injury in timeline.runner.injuries
    ):
        return "an injury is a reason of its own"
    return None
