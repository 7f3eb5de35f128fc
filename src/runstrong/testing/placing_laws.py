"""Laws about where sessions stand: open places, hard constraints, rest, and whether there was a place at all.

Written from the design with the numbers of the rule set; the library's own placement has no say.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator

from runstrong.model.plan import Session
from runstrong.model.runner import Runner
from runstrong.model.running import Run
from runstrong.model.words import DayPart, RunKind, StrengthDayPolicy, Weekday
from runstrong.testing.breaches import Breach, at, run_words
from runstrong.testing.trials import ONE_DAY, Trial, named

__all__ = [
    "availability", "before_hard_runs", "heavy_too_near", "in_window", "infeasible_only_where_nothing_fits", "is_open",
    "race_windows", "rest_day", "same_tissue",
]  # fmt: skip


# -- open places ----------------------------------------------------------------------------------------------------


def is_open(trial: Trial, day: dt.date, part: DayPart) -> bool:
    """Whether strength may stand on a day and part: free for it, and beside no run.

    Times unknown: runs start the day, and strength ends it where the evening is free.
    """
    runner = trial.runner
    opening = runner.opening_on(day)
    if opening is None or (opening.day_parts and part not in opening.day_parts):
        return False
    taken = {run.day_part for run in runner.runs_on(day)}
    if part is DayPart.UNKNOWN:
        return DayPart.EVENING not in taken
    return part not in taken and (DayPart.UNKNOWN not in taken or part is DayPart.EVENING)


def availability(trial: Trial) -> Iterator[Breach]:
    """Look for sessions on closed days, in closed parts of the day, or beside a run."""
    runner = trial.runner
    for session in trial.sessions:
        opening = runner.opening_on(session.date)
        if opening is None:
            days = {each.day for each in runner.availability} or set(Weekday)
            usual = ", ".join(str(day) for day in Weekday if day in days)
            closed = f"{Weekday.of(session.date.weekday())} {session.date}, which is closed"
            yield Breach(at(session), f"an open day: {usual}", closed)
        elif not is_open(trial, session.date, session.day_part):
            runs = ", ".join(map(run_words, runner.runs_on(session.date))) or "no run"
            parts = ", ".join(map(str, opening.day_parts)) or "any"
            yield Breach(at(session), f"an open part of the day ({parts}) beside {runs}", str(session.day_part))


def infeasible_only_where_nothing_fits(trial: Trial) -> Iterator[Breach]:
    """Look, where a planner gave up, for one place in any week that would have held a session."""
    if trial.infeasible is None:
        return
    first = trial.runner.week_of(trial.request.start)
    for number in range(trial.request.weeks):
        week = [first + dt.timedelta(days=7 * number + n) for n in range(7)]
        for day in week:
            if day < trial.request.start or not _restful_without(trial.runner, week, {day}):
                continue
            if not _something_to_do(trial, day):
                continue
            for part in _surely_open(trial, day):
                if trial.runner.minutes_on(day) >= _shortest(trial):
                    where = f"{named(day)}{'' if part is DayPart.UNKNOWN else f' {part}'}"
                    told = "; ".join(trial.infeasible.conflicts)
                    yield Breach(where, "a session of upper body and trunk, which could stand there", f"none: {told}")
                    return


def _something_to_do(trial: Trial, day: dt.date) -> bool:
    """Whether the catalog has anything for upper body and trunk that this runner can do on that day."""
    runner = trial.runner
    owned = runner.kit_at(runner.place_on(day)).owned
    limits = runner.limitations
    current = {injury.region for injury in runner.injuries if injury.current(trial.request.start)}
    return any(
        exercise.hard and not exercise.lower_body and not exercise.assesses and exercise.level.value == 1
        for exercise in trial.known.exercises.values()
        if owned.issuperset(exercise.equipment) and exercise.id not in limits.exclude
        if current.isdisjoint(exercise.avoid_with) and set(limits.positions).isdisjoint(exercise.positions)
    )


def _surely_open(trial: Trial, day: dt.date) -> Iterator[DayPart]:
    """Yield the parts of a day that are open without a guess: beside runs no unknown one, unless the runner says so."""
    opening = trial.runner.opening_on(day)
    said = opening is not None and DayPart.UNKNOWN in opening.day_parts
    for part in DayPart:
        guessed = part is DayPart.UNKNOWN and trial.runner.runs_on(day) and not said
        if not guessed and is_open(trial, day, part):
            yield part


def _shortest(trial: Trial) -> float:
    return min(trial.numbers.number("planning", "shortest_minutes"), trial.runner.session_length.minutes)


# -- hard constraints ----------------------------------------------------------------------------------


def _hard(run: Run) -> bool:
    """Quality runs, C races among them, long runs, A and B races."""
    return run.kind.quality or run.kind is RunKind.LONG


def before_hard_runs(trial: Trial) -> Iterator[Breach]:
    """Look for heavy legs on the days before a hard run, or on its own day."""
    for week in trial.weeks:
        days = trial.heavy_days(week)
        for session in week.sessions:
            yield from heavy_too_near(trial, session, days)


def heavy_too_near(trial: Trial, session: Session, days: int) -> Iterator[Breach]:
    """Look for hard runs up to some days ahead of a heavy session, and on its own day."""
    heavy = trial.heavy(session)
    if not heavy:
        return
    for ahead in range(1, days + 1):
        for run in trial.runner.runs_on(session.date + ahead * ONE_DAY):
            if _hard(run):
                expected = f"no heavy legs on the {'day' if days == 1 else f'{days} days'} before a hard run"
                yield Breach(at(session, heavy[0].exercise), expected, run_words(run))
    for run in trial.runner.runs_on(session.date):
        if not _hard(run):
            continue
        where = at(session, heavy[0].exercise)
        if trial.runner.policy is not StrengthDayPolicy.HARD_DAY_EVENING:
            yield Breach(where, "no heavy legs on the day of a hard run under the easy-day policy", run_words(run))
            continue
        starts, lifts = _hour(trial, run.day_part), _hour(trial, session.day_part)
        if starts is None or lifts is None:
            continue
        if lifts <= starts:
            yield Breach(where, "no heavy legs before a hard run on its own day", run_words(run))
            continue
        ends = starts + (run.duration.minutes / 60 if run.duration is not None else 0.0)
        least = trial.place_number("same_day_min_hours")
        if lifts - ends < least:
            yield Breach(
                where, f"{least:g} h after a hard run of the day", f"{run_words(run)}, {lifts - ends:g} h before"
            )


def _hour(trial: Trial, part: DayPart) -> float | None:
    return None if part is DayPart.UNKNOWN else trial.place_number(f"{part}_hour")


def race_windows(trial: Trial) -> Iterator[Breach]:
    """Look for leg work around A and B races."""
    for session in trial.sessions:
        yield from in_window(trial, session)


def in_window(trial: Trial, session: Session) -> Iterator[Breach]:
    """Look for races around the leg work of one session."""
    legs = trial.legs(session)
    if not legs:
        return
    before = int(trial.place_number("race_days_before"))
    for race in trial.runner.races:
        if not race.run.big_race:
            continue
        kilometers = 21.1 if race.distance is None else race.distance.km
        reach = "short" if kilometers <= 10.5 else "half" if kilometers <= 22 else "long"
        after = int(trial.place_number(f"race_days_after_{reach}"))
        days = (session.date - race.date).days
        if -before <= days <= after:
            expected = (
                f"no leg work from {before} days before a race of {race.distance or 'unknown length'} to {after} after"
            )
            yield Breach(
                at(session, legs[0].exercise), expected, f"race {race.id} ({race.priority}) on {named(race.date)}"
            )


def same_tissue(trial: Trial) -> Iterator[Breach]:
    """Look for heavy work of one tissue on days too near each other."""
    gap = int(trial.place_number("same_tissue_days"))
    heavy = [(session, tissues) for session in trial.sessions if (tissues := trial.heavy_tissues(session))]
    heavy.sort(key=lambda each: (each[0].date, each[0].day_part.order))
    for (one, ours), (other, theirs) in itertools.combinations(heavy, 2):
        days = (other.date - one.date).days
        if days < gap and ours & theirs:
            shared = ", ".join(sorted(map(str, ours & theirs)))
            yield Breach(
                at(other), f"{gap} days between heavy work for one tissue", f"{shared} in session {one.id} too"
            )


def _restful_without(runner: Runner, week: list[dt.date], days: set[dt.date]) -> bool:
    """Whether strength on `days` leaves the week its rest: a day without a run, or failing that an easy run alone."""
    free = [day for day in week if not runner.runs_on(day)]
    easy = (RunKind.EASY, RunKind.RECOVERY)
    kept = free or [day for day in week if all(run.kind in easy for run in runner.runs_on(day))]
    return not kept or any(day not in days for day in kept)


def rest_day(trial: Trial) -> Iterator[Breach]:
    """Look for weeks in which strength takes the last day of rest."""
    for week in trial.weeks:
        days = [week.start + n * ONE_DAY for n in range(7)]
        taken = {each.date for each in week.sessions if each.skipped is None and not trial.resting(each)}
        if taken and not _restful_without(trial.runner, days, taken):
            stand = ", ".join(f"{session.id} on {named(session.date)}" for session in week.sessions)
            free = [day for day in days if not trial.runner.runs_on(day)]
            kind = (
                "a day without run or session" if free else "a day with an easy run alone, as runs stand on all seven"
            )
            yield Breach(f"week of {week.start}", kind, f"none left by sessions {stand}")
