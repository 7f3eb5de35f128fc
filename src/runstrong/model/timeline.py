"""Runner, log and plan as one dated sequence, with the indices that every rule shares.

Rules read timelines, so one engine judges the past, the future and the seam between them. What the log vouches for
stands before what the plan says for the same day; a planned session on a day that the log does not cover still counts
as planned. Each index is made once, when first asked for, in one plain pass.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property

import attrs

from runstrong.model.catalog import Catalog
from runstrong.model.exercise import Exercise
from runstrong.model.log import Log, Performance, Readiness
from runstrong.model.plan import Plan, Session, Week
from runstrong.model.prescription import Band, BodyWeight, External, FindLoad, Load, PercentOfMax, Prescription
from runstrong.model.progression import Progression
from runstrong.model.quantities import RIR, Duration, SessionRPE
from runstrong.model.rules import RuleSet
from runstrong.model.runner import Runner
from runstrong.model.running import Pain, Run
from runstrong.model.value import Record, record
from runstrong.model.words import Count, DayPart, Emphasis, ExerciseKind, Impact, PartName, Tissue

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
    "surely_heavy",
]


@record
class Definitions(Record):
    """The words that rules and planner share, as numbers (policy ``definitions``).

    Args:
        heavy_percent: share of 1RM from which leg work is heavy.
        heavy_rir: repetitions in reserve at or under which leg work is heavy.
        secondary_share: what a hard set counts for a secondary tissue.
        low_effort_rir: a set with more in reserve than this is not a hard set.
        felt_error: how far repetitions in reserve may lie from what was felt.
    """

    heavy_percent: float
    heavy_rir: float
    secondary_share: float
    low_effort_rir: float
    felt_error: float

    @classmethod
    def of(cls, rules: RuleSet) -> Definitions:
        """Read them from a rule set."""
        numbers = rules.numbers("definitions")
        return cls(**{field.name: numbers[field.name] for field in attrs.fields(cls)})


@record
class Row(Record):
    """One exercise on one day, planned or done."""

    date: dt.date
    day_part: DayPart
    session: str
    part: PartName
    exercise: Exercise
    sets: int
    sides: int
    amount: int
    """Reached, or the top of what was asked."""
    load: Load
    rir: RIR | None
    performed: bool
    prescription: Prescription | None = None
    performance: Performance | None = None

    @property
    def effort(self) -> RIR | None:
        """What the sets left in reserve, taken together: as asked, or the mean of what was felt.

        One set that felt harder than the others makes no heavy day.
        """
        if self.performance is None:
            return self.rir
        felt = [one.rir.reps for one in self.performance.sets if one.rir is not None]
        return RIR(sum(felt) / len(felt)) if felt else None

    @property
    def external_kg(self) -> float | None:
        """External load in kilograms; None when it is not stated in mass."""
        if isinstance(self.load, External):
            return self.load.mass.kg
        return 0.0 if isinstance(self.load, BodyWeight) else None


@record
class TrainingDay(Record):
    """A session as it stands on the timeline: its rows and what it asks of the legs."""

    id: str
    date: dt.date
    day_part: DayPart
    rows: tuple[Row, ...]
    emphasis: Emphasis
    minutes: float | None
    performed: bool
    planned: Session | None = None


@record
class Felt(Record):
    """Pain as it was reported on one day.

    Args:
        date: of the run or session that it was reported with.
        pain: where, how much, what kind and when.
        during: the exercise, or the kind of run.
    """

    date: dt.date
    pain: Pain
    during: str


def is_heavy(exercise: Exercise, load: Load, rir: RIR | None, words: Definitions) -> bool:
    """Whether leg work is heavy: by share of 1RM, by effort, or by impact.

    Holds and stretches without an effort target are not heavy, nor is anything above the hips.
    """
    if not exercise.lower_body:
        return False
    if exercise.kind is ExerciseKind.PLYOMETRIC:
        return exercise.impact in (Impact.MEDIUM, Impact.HIGH)
    if isinstance(load, PercentOfMax) and load.percent >= words.heavy_percent:
        return True
    if isinstance(load, FindLoad) and load.rir.reps <= words.heavy_rir:
        return True
    return exercise.hard and rir is not None and rir.reps <= words.heavy_rir


def surely_heavy(row: Row, words: Definitions) -> bool:
    """Whether leg work is heavy beyond what a felt effort may be wrong by.

    What is planned is heavy as it is asked. What was done with `heavy_rir` in reserve by feel may have left one more,
    so that rules which tell of it say so more softly; but few repetitions with a load, in more sets than one, are heavy
    all the same, as their share of the maximum says (Epley).
    """
    effort = row.effort
    if not row.performed or effort is None or not is_heavy(row.exercise, row.load, effort, words):
        return is_heavy(row.exercise, row.load, effort, words)
    most = effort.reps + words.felt_error
    loaded = isinstance(row.load, External) and row.exercise.counted is Count.REPS and row.sets > 1
    share = 100.0 / (1.0 + (row.amount + most) / 30.0) if loaded else 0.0
    return share >= words.heavy_percent or is_heavy(row.exercise, row.load, RIR(min(10.0, most)), words)


def emphasis_of(entries: Iterable[tuple[Exercise, Load, RIR | None]], words: Definitions) -> Emphasis:
    """Return what a session asks of the legs, from its main exercises with their loads and efforts."""
    found = Emphasis.MOBILITY
    for exercise, load, rir in entries:
        if is_heavy(exercise, load, rir, words):
            return Emphasis.HEAVY_LEGS
        if exercise.hard or exercise.kind is ExerciseKind.BALANCE:
            if exercise.lower_body:
                found = Emphasis.LIGHT_LEGS
            elif found is Emphasis.MOBILITY:
                found = Emphasis.UPPER_AND_TRUNK
    return found


def hard_sets(exercise: Exercise, sets: int, rir: RIR | None, words: Definitions) -> float:
    """Return how many of `sets` count as hard sets of the exercise's primary tissues.

    Low-effort holds, mobility, balance, releases and jumps count none, nor do sets of unknown effort by
    convention.
    """
    if not strengthens(exercise) or rir is None:
        return 0.0
    return float(sets) if rir.reps <= words.low_effort_rir else 0.0


def moved_mass(exercise: Exercise, external_kg: float, body_mass_kg: float) -> float:
    """Return external load plus the exercise's share of body mass, in kilograms."""
    return external_kg + exercise.body_mass_share * body_mass_kg


class Timeline:
    """One runner's past and future in order of date.

    Args:
        runner: whose it is.
        catalog: where exercises are looked up; the plan's own exercises stand before it.
        words: shared definitions.
        log: what was done.
        plan: what is planned.
    """

    def __init__(
        self, runner: Runner, catalog: Catalog, words: Definitions, *, log: Log | None = None, plan: Plan | None = None
    ) -> None:
        self.runner, self.catalog, self.words, self.log, self.plan = runner, catalog, words, log, plan
        self._own = {exercise.id: exercise for exercise in plan.exercises} if plan else {}

    def exercise(self, id: str) -> Exercise:
        """Return an exercise by id.

        Raises:
            UnknownName: neither the plan nor the catalog has it.
        """
        own = self._own.get(id)
        return own if own is not None else self.catalog.exercises[id]

    @cached_property
    def ladders_of(self) -> dict[str, tuple[Progression, ...]]:
        """Ladders of the catalog that each exercise stands on."""
        found: dict[str, tuple[Progression, ...]] = {}
        for ladder in self.catalog.progressions.values():
            for id in {rung.exercise for rung in ladder.rungs}:
                found[id] = (*found.get(id, ()), ladder)
        return found

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
        done = self.log.runs if self.log else ()
        covered = {run.date for run in done}
        entries = [(run, True) for run in done]
        if self.plan:
            for week in self.plan.weeks:
                for run in week.runs:
                    if run.date in covered or (self.log and self.log.covers(run.date, "runs")):
                        continue
                    entries.append((run, False))
        entries.sort(key=lambda entry: (entry[0].date, entry[0].day_part.order))
        return tuple(entries)

    @cached_property
    def runs_by_day(self) -> dict[dt.date, tuple[Run, ...]]:
        """Runs of each day that has any."""
        by_day: dict[dt.date, list[Run]] = {}
        for run, _ in self.runs:
            by_day.setdefault(run.date, []).append(run)
        return {day: tuple(runs) for day, runs in by_day.items()}

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
            week = self.runner.week_of(day)
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
        if self.plan:
            for week in self.plan.weeks:
                for session in week.sessions:
                    if session.skipped is not None or session.id in done_ids:
                        continue
                    if self.log and self.log.covers(session.date, "strength"):
                        continue
                    found.append(self._planned(session))
        found.sort(key=lambda session: (session.date, session.day_part.order, session.id))
        return tuple(found)

    def _planned(self, session: Session) -> TrainingDay:
        rows = [
            Row(
                session.date, session.day_part, session.id, name, self.exercise(asked.exercise), asked.sets,
                asked.sides, asked.amount.high, asked.load, asked.rir, False, asked,
            )
            for name, asked in session.prescriptions()
        ]  # fmt: skip
        return self._day(session.id, session.date, session.day_part, rows, session.minutes, planned=session)

    def _performed_sessions(self) -> Iterable[TrainingDay]:
        groups: dict[tuple[dt.date, str], list[Performance]] = {}
        for done in self.log.performances if self.log else ():
            groups.setdefault((done.date, done.session or f"log-{done.date:%Y%m%d}"), []).append(done)
        for (date, id), performances in groups.items():
            rows = [self._performed_row(id, done) for done in performances]
            lengths = [done.duration.minutes for done in performances if done.duration is not None]
            minutes = Duration(max(lengths) * 60) if lengths else None
            part = min((done.day_part for done in performances), key=lambda part: part.order)
            yield self._day(id, date, part, rows, minutes)

    def _performed_row(self, id: str, done: Performance) -> Row:
        reserves = [one.rir for one in done.sets if one.rir is not None]
        return Row(
            done.date, done.day_part, id, done.part, self.exercise(done.exercise), done.paired_sets,
            2 if len({one.side for one in done.sets}) > 1 else 1,
            max((one.amount.high for one in done.sets), default=0),
            max((one.load for one in done.sets), key=_weight_of, default=BodyWeight()),
            min(reserves, key=lambda rir: rir.reps, default=None), True, None, done,
        )  # fmt: skip

    def _day(
        self, id: str, date: dt.date, day_part: DayPart, rows: Sequence[Row], minutes: Duration | None,
        *, planned: Session | None = None,
    ) -> TrainingDay:  # fmt: skip
        main = [(row.exercise, row.load, row.effort) for row in rows if row.part is PartName.MAIN]
        length = minutes.minutes if minutes is not None else None
        return TrainingDay(
            id, date, day_part, tuple(rows), emphasis_of(main, self.words), length, planned is None, planned
        )

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
    def plan_weeks(self) -> dict[dt.date, Week]:
        """The plan's weeks by first day; empty without a plan."""
        return {self.runner.week_of(week.start): week for week in self.plan.weeks} if self.plan else {}

    def vouches_for(self, day: dt.date, what: str) -> bool:
        """Whether log or plan speaks for all of `what` (runs, strength, warm_ups) on `day`: unknown is not zero."""
        if self.log and self.log.covers(day, what):
            return True
        return self.plan is not None and self.plan.start <= day <= self.plan.end

    @cached_property
    def big_races(self) -> tuple[dt.date, ...]:
        """Days of A and B races, whether run, planned or only on the runner's calendar; ascending."""
        days = {run.date for run, _ in self.runs if run.big_race}
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
        by_exercise: dict[str, list[Row]] = {}
        for row in self.rows:
            by_exercise.setdefault(row.exercise.id, []).append(row)
        return {id: tuple(rows) for id, rows in by_exercise.items()}

    @cached_property
    def weeks(self) -> tuple[dt.date, ...]:
        """First days of all weeks that hold a session, sorted."""
        return tuple(sorted({self.runner.week_of(session.date) for session in self.sessions}))

    @cached_property
    def strength_weeks(self) -> dict[dt.date, list[TrainingDay]]:
        """Sessions of each week that holds strength work, by the week's first day, in order."""
        weeks: dict[dt.date, list[TrainingDay]] = {}
        for session in self.sessions:
            weeks.setdefault(self.runner.week_of(session.date), []).append(session)
        return {
            week: sessions
            for week, sessions in weeks.items()
            if any(session.emphasis is not Emphasis.MOBILITY for session in sessions)
        }

    def hard_sets(self, row: Row) -> float:
        """Return how many hard sets a row counts for its primary tissues; warm-up and cool-down work counts none.

        What was done counts set by set: one hard set makes the easy ones beside it no harder. Sets without an effort
        are taken to be like those with one.
        """
        if row.part is not PartName.MAIN or row.rir is None:
            return 0.0
        sets = hard_sets(row.exercise, row.sets, row.rir, self.words)
        if not sets or row.performance is None:
            return sets
        felt = [one.rir.reps for one in row.performance.sets if one.rir is not None]
        return sets * sum(reserve <= self.words.low_effort_rir for reserve in felt) / len(felt)

    @cached_property
    def sets_by_week(self) -> dict[dt.date, dict[Tissue, float]]:
        """Hard sets per week and tissue: a primary tissue counts whole, a secondary one by its share."""
        share = self.words.secondary_share
        table: dict[dt.date, dict[Tissue, float]] = {}
        for row in self.rows:
            sets = self.hard_sets(row)
            if not sets:
                continue
            week = table.setdefault(self.runner.week_of(row.date), {})
            for tissue in row.exercise.primary:
                week[tissue] = week.get(tissue, 0.0) + sets
            for tissue in row.exercise.secondary:
                week[tissue] = week.get(tissue, 0.0) + sets * share
        return dict(sorted(table.items()))

    @cached_property
    def unrated_by_week(self) -> dict[dt.date, frozenset[Tissue]]:
        """Tissues per week that did hard exercises of which sets or effort were not recorded: unknown is not zero."""
        table: dict[dt.date, set[Tissue]] = {}
        for row in self.rows:
            if row.performed and row.rir is None and row.part is PartName.MAIN and strengthens(row.exercise):
                tissues = table.setdefault(self.runner.week_of(row.date), set())
                tissues.update(row.exercise.primary, row.exercise.secondary)
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
        table: dict[dt.date, float | None] = {}
        loads = [(run.date, _load_of(run.duration, run.session_rpe)) for run, _ in self.runs]
        loads += [
            (each.date, _load_of(each.duration, each.session_rpe)) for each in (self.log.activities if self.log else ())
        ]
        loads += [(session.date, _session_load(session)) for session in self.sessions]
        for day, load in loads:
            so_far = table.get(day, 0.0)
            table[day] = None if load is None or so_far is None else so_far + load
        return table

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


def strengthens(exercise: Exercise) -> bool:
    """Whether sets of an exercise can be hard sets at all."""
    return exercise.hard and exercise.kind is not ExerciseKind.PLYOMETRIC


def _km_of(runs: Iterable[Run]) -> float | None:
    """Add up distances; one unknown distance makes the sum unknown, not smaller."""
    total = 0.0
    for run in runs:
        if run.distance is None:
            return None
        total += run.distance.km
    return total


def _load_of(length: Duration | None, rating: SessionRPE | None) -> float | None:
    """Return minutes times session RPE (Foster's method); None when one of them is unknown."""
    return None if length is None or rating is None else length.minutes * rating.score


def _session_load(session: TrainingDay) -> float | None:
    if session.planned is not None:
        return session.planned.load if session.planned.minutes.seconds else None
    ratings = [row.performance.session_rpe for row in session.rows if row.performance is not None]
    known = [rating.score for rating in ratings if rating is not None]
    return max(known) * session.minutes if known and session.minutes is not None else None


def _weight_of(load: Load) -> tuple[int, float]:
    """Order loads for picking a day's heaviest set; kinds that cannot be compared keep a fixed order."""
    if isinstance(load, External):
        return 3, load.mass.kg
    if isinstance(load, PercentOfMax):
        return 2, load.percent
    if isinstance(load, Band):
        return 1, float({"light": 1, "medium": 2, "heavy": 3}[load.tension.value])
    return 0, 0.0
