"""Runner, log and plan as one dated sequence, with the indices that every rule shares.

Rules read timelines, so one engine judges the past, the future and the seam between them. What the log vouches for
stands before what the plan says for the same day; a planned session on a day that the log does not cover still counts
as planned. Each index is made once, when first asked for, in one plain pass.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from operator import attrgetter

from runstrong.model.catalog import Catalog
from runstrong.model.exercise import Exercise
from runstrong.model.log import Log, Performance, Readiness
from runstrong.model.plan import Plan, Session, Week
from runstrong.model.prescription import Band, BodyWeight, External, Load, PercentOfMax
from runstrong.model.progression import Progression
from runstrong.model.quantities import Duration
from runstrong.model.rows import (
    Definitions,
    Felt,
    Row,
    TrainingDay,
    asked_of_legs,
    emphasis_of,
    hard_sets,
    heavy_as_felt,
    is_heavy,
    mean_effort,
    moved_mass,
    strengthens,
)
from runstrong.model.rules import RuleSet
from runstrong.model.runner import Runner
from runstrong.model.running import Run
from runstrong.model.session_load import added_up, load_of, performed_load, performed_sessions
from runstrong.model.words import DayPart, Emphasis, ExerciseKind, PartName, Side, Tissue

__all__ = [
    "Definitions",
    "Felt",
    "Row",
    "Timeline",
    "TrainingDay",
    "emphasis_of",
    "hard_sets",
    "is_heavy",
    "moved_mass",
    "strengthens",
]

# Looking a member up on its class costs as much as a function call, and these are looked up at each row.
_MAIN, _BOTH, _PLYOMETRIC = PartName.MAIN, Side.BOTH, ExerciseKind.PLYOMETRIC


class _Exercises(dict[str, Exercise]):
    """Exercises by id: the plan's own, and those of the catalog that were asked for."""

    def __init__(self, catalog: Catalog, own: Iterable[Exercise]) -> None:
        super().__init__((exercise.id, exercise) for exercise in own)
        self._catalog = catalog

    def __missing__(self, id: str) -> Exercise:
        found = self[id] = self._catalog.exercises[id]
        return found


class _Weeks(dict[dt.date, dt.date]):
    """First day of the week of each day that was asked for."""

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self._runner = runner

    def __missing__(self, day: dt.date) -> dt.date:
        first = self[day] = self._runner.week_of(day)
        return first


class Timeline:
    """One runner's past and future in order of date.

    Args:
        runner: whose it is.
        catalog: where exercises are looked up; the plan's own exercises stand before it.
        words: shared definitions.
        log: what was done.
        plan: what is planned.
        rules: resolved; where the numbers of placement come from when a check looks for another day.
    """

    def __init__(
        self, runner: Runner, catalog: Catalog, words: Definitions, *, log: Log | None = None, plan: Plan | None = None,
        rules: RuleSet | None = None,
    ) -> None:  # fmt: skip
        self.runner, self.catalog, self.words, self.log, self.plan = runner, catalog, words, log, plan
        self.rules = rules
        self._exercises = _Exercises(catalog, plan.exercises if plan else ())
        self._planned_days = (plan.start, plan.end) if plan else None
        self._whole_weeks: dict[tuple[dt.date, str], bool] = {}
        self._sessions_with: dict[ExerciseKind, list[TrainingDay]] = {}
        self.week_of: Callable[[dt.date], dt.date] = _Weeks(runner).__getitem__
        """Gives the first day of the runner's week that holds a day."""

    def exercise(self, id: str) -> Exercise:
        """Return an exercise by id.

        Raises:
            UnknownName: neither the plan nor the catalog has it.
        """
        return self._exercises[id]

    @property
    def ladders_of(self) -> Mapping[str, tuple[Progression, ...]]:
        """Ladders of the catalog that each exercise stands on."""
        return self.catalog.ladders_of

    def ladder_of(self, row: Row) -> Progression | None:
        """Return the ladder that a row stands on: as prescribed, or the only one that it can be."""
        named = row.prescription.progression if row.prescription is not None else None
        if named is not None:
            return self.catalog.progressions.get(named)
        choices = self.ladders_of.get(row.exercise.id, ())
        return choices[0] if len(choices) == 1 else None

    # -- runs ---------------------------------------------------------------------------------------------------

    @cached_property
    def runs(self) -> tuple[tuple[Run, bool], ...]:
        """Runs with whether they were performed, by date and part of the day."""
        done = self.days_run
        return tuple([(run, day in done) for day, runs in self.runs_by_day.items() for run in runs])

    @cached_property
    def runs_by_day(self) -> dict[dt.date, tuple[Run, ...]]:
        """Runs of each day that has any."""
        by_day: defaultdict[dt.date, list[Run]] = defaultdict(list)
        log, done = self.log, self.days_run
        for run in log.runs if log else ():
            by_day[run.date].append(run)
        for week in self.plan.weeks if self.plan else ():
            for run in week.runs:
                if not (log and (run.date in done or log.covers(run.date, "runs"))):
                    by_day[run.date].append(run)
        for runs in by_day.values():
            if len(runs) > 1:
                runs.sort(key=lambda run: run.day_part.order)
        return {day: tuple(by_day[day]) for day in sorted(by_day)}

    @cached_property
    def days_run(self) -> frozenset[dt.date]:
        """Days whose runs are done; a day never mixes those with planned ones."""
        return frozenset([run.date for run in self.log.runs] if self.log else ())

    @cached_property
    def runs_by_week(self) -> dict[dt.date, list[Run]]:
        """Runs of each week that has any, by its first day, in order."""
        by_week: defaultdict[dt.date, list[Run]] = defaultdict(list)
        for day, runs in self.runs_by_day.items():
            by_week[self.week_of(day)] += runs
        return dict(by_week)

    @cached_property
    def hard_runs_by_day(self) -> dict[dt.date, tuple[Run, ...]]:
        """Quality and long runs of each day that has any."""
        hard: defaultdict[dt.date, list[Run]] = defaultdict(list)
        for run, _ in self.runs:
            if run.kind.hard:
                hard[run.date].append(run)
        return {day: tuple(runs) for day, runs in hard.items()}

    @cached_property
    def km_by_day(self) -> dict[dt.date, float | None]:
        """Kilometers of each day with runs; None when one of them has no distance."""
        return {day: _km_of(runs) for day, runs in self.runs_by_day.items()}

    @cached_property
    def _distance_days(self) -> tuple[list[dt.date], list[float]]:
        days, distances = [], []
        for run, _ in self.runs:
            if run.distance is not None:
                days.append(run.date)
                distances.append(run.distance.km)
        return days, distances

    def longest_run_before(self, day: dt.date, window: int) -> float | None:
        """Return the longest run in km of the `window` days before `day`, None when there is none."""
        days, distances = self._distance_days
        first, last = bisect_left(days, day - dt.timedelta(days=window)), bisect_left(days, day)
        return max(distances[first:last], default=None)

    @cached_property
    def weekly_km(self) -> dict[dt.date, float | None]:
        """Kilometers per week, by the week's first day; None where a distance is missing."""
        totals: dict[dt.date, float | None] = {}
        for day, got in self.km_by_day.items():
            week = self.week_of(day)
            so_far = totals.get(week, 0.0)
            totals[week] = None if got is None or so_far is None else so_far + got
        return dict(sorted(totals.items()))

    @cached_property
    def first_run_day(self) -> dt.date | None:
        """First day with a run, or with runs covered by the log."""
        days = [run.date for run, _ in self.runs[:1]]
        if self.log:
            days += [part.first for part in self.log.coverage if part.runs]
        return min(days, default=None)

    # -- sessions and rows --------------------------------------------------------------------------------------

    @cached_property
    def sessions(self) -> tuple[TrainingDay, ...]:
        """Sessions in order of date: performed ones from the log, planned ones where the log does not speak."""
        found = list(self._performed_sessions())
        done_ids = {session.id for session in found}
        for week in self.plan.weeks if self.plan else ():
            for session in week.sessions:
                if session.skipped is not None or session.id in done_ids:
                    continue
                if self.log and self.log.covers(session.date, "strength"):
                    continue
                found.append(self._planned(session))
        found.sort(key=attrgetter("date", "day_part.order", "id"))
        return tuple(found)

    def _planned(self, session: Session) -> TrainingDay:
        date, day_part, id, words, known = session.date, session.day_part, session.id, self.words, self._exercises
        rows: list[Row] = []
        main: list[Row] = []
        for part in session.parts:
            name = part.name
            counts = name is _MAIN
            made = [
                Row(
                    date, day_part, id, name, exercise := known[asked.exercise], asked.sets,
                    2 if asked.side is _BOTH else 1, asked.amount.high, asked.load, asked.rir, False, asked, None,
                    heavy := counts and exercise.lower_body and is_heavy(exercise, asked.load, asked.rir, words), heavy,
                )
                for asked in part.prescriptions
            ]  # fmt: skip
            if counts:
                main = made
            rows += made
        return self._day(id, date, day_part, rows, main=main, minutes=session.minutes, planned=session)

    def _performed_sessions(self) -> Iterable[TrainingDay]:
        if self.log is None:
            return
        for (date, id), performances in performed_sessions(self.log).items():
            rows = [self._performed_row(id, done) for done in performances]
            lengths = [done.duration.minutes for done in performances if done.duration is not None]
            minutes = Duration(max(lengths) * 60) if lengths else None
            part = min((done.day_part for done in performances), key=lambda part: part.order)
            main = [row for row in rows if row.part is _MAIN]
            yield self._day(id, date, part, rows, main=main, minutes=minutes)

    def _performed_row(self, id: str, done: Performance) -> Row:
        reserves = [one.rir for one in done.sets if one.rir is not None]
        exercise = self.exercise(done.exercise)
        load = max((one.load for one in done.sets), key=_weight_of, default=BodyWeight())
        rir = min(reserves, key=lambda rir: rir.reps, default=None)
        sets, amount = done.paired_sets, max((one.amount.high for one in done.sets), default=0)
        heavy, surely = False, False
        if done.part is _MAIN and exercise.lower_body:
            heavy, surely = heavy_as_felt(exercise, load, mean_effort(done.sets), self.words, sets=sets, amount=amount)
        return Row(
            done.date, done.day_part, id, done.part, exercise, sets,
            2 if len({one.side for one in done.sets}) > 1 else 1, amount, load, rir, True, None, done, heavy, surely,
        )  # fmt: skip

    def _day(
        self, id: str, date: dt.date, day_part: DayPart, rows: Sequence[Row],
        *, main: Sequence[Row], minutes: Duration | None, planned: Session | None = None,
    ) -> TrainingDay:  # fmt: skip
        hard = tuple([row for row in main if row.exercise.hard])
        emphasis = asked_of_legs((row.exercise, row.heavy) for row in main)
        length = minutes.minutes if minutes is not None else None
        week = self.week_of(date)
        return TrainingDay(
            id, date, day_part, tuple(rows), emphasis, length, planned is None, planned, week, tuple(main), hard,
            tuple([row.exercise.id for row in hard]),
        )  # fmt: skip

    @cached_property
    def session_by_id(self) -> dict[str, TrainingDay]:
        """Sessions by id; where the log uses one twice, the later."""
        return {session.id: session for session in self.sessions}

    @cached_property
    def sessions_by_week(self) -> dict[dt.date, list[TrainingDay]]:
        """Sessions of each week that has any, by its first day, in order."""
        by_week: defaultdict[dt.date, list[TrainingDay]] = defaultdict(list)
        for session in self.sessions:
            by_week[session.week].append(session)
        return dict(by_week)

    @cached_property
    def pains(self) -> tuple[Felt, ...]:
        """Pain reported with runs and exercises that were done, by date; what was not reported is unknown."""
        if self.log is None:
            return ()
        felt = [Felt(run.date, pain, f"{run.kind} run") for run in self.log.runs for pain in run.pain]
        felt += [Felt(done.date, pain, done.exercise) for done in self.log.performances for pain in done.pain]
        return tuple(sorted(felt, key=lambda each: each.date))

    @cached_property
    def mornings(self) -> dict[dt.date, tuple[Readiness, ...]]:
        """How days began, of each day that has an entry, in order of date."""
        by_day: dict[dt.date, list[Readiness]] = {}
        for morning in self.log.readiness if self.log else ():
            by_day.setdefault(morning.date, []).append(morning)
        return {day: tuple(by_day[day]) for day in sorted(by_day)}

    @cached_property
    def ill_mornings(self) -> dict[dt.date, bool]:
        """Whether a day began ill, of each day whose mornings say so or the contrary; in order of date."""
        return {
            day: any(known)
            for day, mornings in self.mornings.items()
            if (known := [morning.ill for morning in mornings if morning.ill is not None])
        }

    def ill_days(self, last: int) -> dict[dt.date, dt.date]:
        """Return the days on which an illness stands, each with the morning that told of it.

        Args:
            last: days after an ill morning on which it still stands, unless a morning says that it is over.
        """
        stands: dict[dt.date, dt.date] = {}
        for day in (day for day, ill in self.ill_mornings.items() if ill):
            for later in range(last + 1):
                date = day + dt.timedelta(days=later)
                if self.ill_mornings.get(date) is False:
                    break
                stands[date] = day
        return stands

    @cached_property
    def plan_weeks(self) -> dict[dt.date, Week]:
        """The plan's weeks by first day; empty without a plan."""
        return {self.week_of(week.start): week for week in self.plan.weeks} if self.plan else {}

    def vouches_for(self, day: dt.date, what: str) -> bool:
        """Whether log or plan speaks for all of `what` (runs, strength, warm_ups) on `day`: unknown is not zero."""
        planned = self._planned_days
        if planned is not None and planned[0] <= day <= planned[1]:
            return True
        return self.log is not None and self.log.covers(day, what)

    def vouches_between(self, first: dt.date, last: dt.date, what: str) -> bool:
        """Whether log or plan speaks for all of `what` on each day from `first` to `last`, both included."""
        planned = self._planned_days
        if planned is not None and planned[0] <= first and last <= planned[1]:
            return True
        days = range((last - first).days + 1)
        return all(self.vouches_for(first + dt.timedelta(days=day), what) for day in days)

    def whole_week(self, week: dt.date, what: str) -> bool:
        """Whether log or plan speaks for all of `what` in the seven days from `week`."""
        known = self._whole_weeks.get((week, what))
        if known is None:
            known = self.vouches_between(week, week + dt.timedelta(days=6), what)
            self._whole_weeks[week, what] = known
        return known

    @cached_property
    def big_races(self) -> tuple[dt.date, ...]:
        """Days of A and B races, whether run, planned or only on the runner's calendar; ascending."""
        days = {day for day, runs in self.hard_runs_by_day.items() for run in runs if run.big_race}
        days |= {race.date for race in self.runner.races if race.run.big_race}
        return tuple(sorted(days))

    @cached_property
    def sessions_by_day(self) -> dict[dt.date, tuple[TrainingDay, ...]]:
        """Sessions of each day that has any."""
        by_day: dict[dt.date, list[TrainingDay]] = {}
        for session in self.sessions:
            by_day.setdefault(session.date, []).append(session)
        return {day: tuple(sessions) for day, sessions in by_day.items()}

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Every exercise on every day, in order."""
        return tuple(row for session in self.sessions for row in session.rows)

    @cached_property
    def rows_by_exercise(self) -> dict[str, tuple[Row, ...]]:
        """Rows of each exercise, in order."""
        by_exercise: defaultdict[str, list[Row]] = defaultdict(list)
        for row in self.rows:
            by_exercise[row.exercise.id].append(row)
        return {id: tuple(rows) for id, rows in by_exercise.items()}

    @cached_property
    def known_rows(self) -> dict[str, tuple[Row, ...]]:
        """Main rows of each hard exercise as far as their sets are known: planned, or logged set by set."""
        known: defaultdict[str, list[Row]] = defaultdict(list)
        for session in self.sessions:
            for row in session.hard:
                if row.performance is None or row.performance.sets:
                    known[row.exercise.id].append(row)
        return {id: tuple(rows) for id, rows in known.items()}

    def sessions_with(self, kind: ExerciseKind) -> Sequence[TrainingDay]:
        """Return the sessions that hold an exercise of this kind, in order."""
        known = self._sessions_with.get(kind)
        if known is None:
            of_kind = [rows for rows in self.rows_by_exercise.values() if rows[0].exercise.kind is kind]
            held = {(row.date, row.session) for rows in of_kind for row in rows}
            known = [session for session in self.sessions if (session.date, session.id) in held] if held else []
            self._sessions_with[kind] = known
        return known

    @cached_property
    def weeks(self) -> tuple[dt.date, ...]:
        """First days of all weeks that hold a session, sorted."""
        return tuple(self.sessions_by_week)

    @cached_property
    def strength_weeks(self) -> dict[dt.date, list[TrainingDay]]:
        """Sessions of each week that holds strength work, by the week's first day, in order."""
        return {
            week: sessions
            for week, sessions in self.sessions_by_week.items()
            if any(session.emphasis is not Emphasis.MOBILITY for session in sessions)
        }

    def hard_sets(self, row: Row) -> float:
        """Return how many hard sets a row counts for its primary tissues; warm-up and cool-down work counts none.

        What was done counts set by set: one hard set makes the easy ones beside it no harder. Sets without an effort
        are taken to be like those with one.
        """
        if row.part is not PartName.MAIN:
            return 0.0
        return hard_sets(row.exercise, row.sets, row.rir, self.words) * self._share_hard(row)

    def _share_hard(self, row: Row) -> float:
        """Return the share of hard sets among those of a row whose effort is known; 1 for what is planned."""
        if row.performance is None or row.rir is None:
            return 1.0
        low = self.words.low_effort_rir
        felt = [one.rir.reps <= low for one in row.performance.sets if one.rir is not None]
        return sum(felt) / len(felt)

    @cached_property
    def sets_by_week(self) -> dict[dt.date, dict[Tissue, float]]:
        """Hard sets per week and tissue: a primary tissue counts whole, a secondary one by its share."""
        share, low = self.words.secondary_share, self.words.low_effort_rir
        table = {}
        for first, sessions in self.sessions_by_week.items():
            week: defaultdict[Tissue, float] = defaultdict(float)
            for session in sessions:
                for row in session.hard:
                    exercise, sets, rir = row.exercise, float(row.sets), row.rir
                    # As `hard_sets` has it, without a call for each row.
                    if rir is None or rir.reps > low or not sets or exercise.kind is _PLYOMETRIC:
                        continue
                    if row.performance is not None:
                        sets *= self._share_hard(row)
                    for tissue in exercise.primary:
                        week[tissue] += sets
                    assisting = sets * share
                    for tissue in exercise.secondary:
                        week[tissue] += assisting
            if week:
                table[first] = dict(week)
        return table

    @cached_property
    def unrated_by_week(self) -> dict[dt.date, frozenset[Tissue]]:
        """Tissues per week that did hard exercises of which sets or effort were not recorded: unknown is not zero."""
        if self.log is None:
            return {}
        table: dict[dt.date, set[Tissue]] = {}
        for session in self.sessions:
            for row in session.hard if session.performed else ():
                if row.rir is None and strengthens(row.exercise):
                    table.setdefault(session.week, set()).update(row.exercise.primary, row.exercise.secondary)
        return {week: frozenset(tissues) for week, tissues in table.items()}

    @cached_property
    def session_days(self) -> tuple[dt.date, ...]:
        """Days with a session, ascending."""
        return tuple(sorted(self.sessions_by_day))

    def sessions_between(self, first: dt.date, last: dt.date) -> tuple[TrainingDay, ...]:
        """Return the sessions from `first` to `last`, both included."""
        days = self.session_days
        inside = days[bisect_left(days, first) : bisect_right(days, last)]
        return tuple(session for day in inside for session in self.sessions_by_day[day])

    @cached_property
    def load_by_day(self) -> dict[dt.date, float | None]:
        """Session loads (minutes times session RPE) of each day with training; None where one of them is not known."""
        loads = [(run.date, load_of(run.duration, run.session_rpe)) for run, _ in self.runs]
        loads += [
            (each.date, load_of(each.duration, each.session_rpe)) for each in (self.log.activities if self.log else ())
        ]
        loads += [(session.date, _session_load(session)) for session in self.sessions]
        return added_up(loads)

    def load_on(self, day: dt.date) -> float | None:
        """Return the session load of `day`: 0 on a rest day, None where log and plan do not speak for all of it."""
        whats = ("runs", "strength") if self.records_strength else ("runs",)
        if not all(self.vouches_for(day, what) for what in whats):
            return None
        return self.load_by_day.get(day, 0.0)

    @property
    def records_strength(self) -> bool:
        """Whether strength work is planned or recorded at all; a log of runs alone says nothing about it."""
        return bool(self.sessions) or bool(self.log and any(part.strength for part in self.log.coverage))


def _km_of(runs: Iterable[Run]) -> float | None:
    """Add up distances; one unknown distance makes the sum unknown, not smaller."""
    total = 0.0
    for run in runs:
        if run.distance is None:
            return None
        total += run.distance.km
    return total


def _session_load(session: TrainingDay) -> float | None:
    if session.planned is not None:
        return session.planned.load if session.planned.minutes.seconds else None
    return performed_load(row.performance for row in session.rows if row.performance is not None)


def _weight_of(load: Load) -> tuple[int, float]:
    """Order loads for picking a day's heaviest set; kinds that cannot be compared keep a fixed order."""
    if isinstance(load, External):
        return 3, load.mass.kg
    if isinstance(load, PercentOfMax):
        return 2, load.percent
    if isinstance(load, Band):
        return 1, float(load.tension.rank)
    return 0, 0.0
