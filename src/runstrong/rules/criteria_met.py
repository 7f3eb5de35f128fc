"""PG, progression missed: a rung whose criterion was met and met again, and was not left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from runstrong.ladder.access import assessment_passed, unusable
from runstrong.model.edits import Swap
from runstrong.model.exercise import Exercise
from runstrong.model.findings import Finding, NotApplicable
from runstrong.model.log import Performance
from runstrong.model.prescription import Band, BodyWeight, External, Load
from runstrong.model.progression import Criterion, Progression, Rung
from runstrong.model.timeline import Row, Timeline, TrainingDay
from runstrong.model.value import Record, record
from runstrong.model.words import ExerciseKind, PartName, Severity, Side, Sides
from runstrong.rules.definition import finding, rule
from runstrong.rules.mending import editable, fits_here, kit_here
from runstrong.rules.progression_missed import calf_raise_at_body_weight, worst_pain
from runstrong.rules.reading import SMALLER_PHASES, in_race_window, place_of, recorded

__all__ = ["MetCriterion", "criterion_met_not_taken"]


@record
class MetCriterion(Record):
    """Numbers of PG02; its record says what each means."""

    sessions_more: int
    injury_days: int
    layoff_days: int
    race_days_before: int
    race_days_after: int
    tolerance_kg: float


@rule("PG02", parameters=MetCriterion)
def criterion_met_not_taken(timeline: Timeline, limits: MetCriterion) -> Iterator[Finding | NotApplicable]:
    """Flag an exercise that stays on its rung though the rung's criterion was met more often than it asks."""
    # Only what was done shows that a criterion is met.
    done = timeline.log.performances if timeline.log else ()
    for id, rows in timeline.rows_by_exercise.items() if done else ():
        known = [row for row in rows if recorded(row) and row.part is PartName.MAIN]
        planned = any(not row.performed for row in known)
        last = known[-1] if known else None
        streak: list[Row] = []
        for row in known:
            standing = _standing(timeline.ladders_of.get(id, ()), row)
            if standing is None or calf_raise_at_body_weight(row):
                streak = []
                continue
            ladder, rung = standing
            if row.performed:
                unlike = bool(streak) and not _same_load(streak[-1].load, row.load, limits.tolerance_kg)
                streak = [] if not _met(row, rung) else [row] if unlike else [*streak, row]
                # Of what is done only the latest can still be answered, and only where no plan answers it.
                if row is not last or planned or timeline.plan is not None:
                    continue
            over = len(streak) - rung.criterion.sessions
            if over < limits.sessions_more or not _stays(row, streak[-1], rung, limits.tolerance_kg):
                continue
            session = timeline.session_by_id[row.session]
            yield _Case(timeline, limits, session, row, streak, ladder, rung).judged(known[0].date)


def _standing(ladders: tuple[Progression, ...], row: Row) -> tuple[Progression, Rung] | None:
    """Return the ladder and rung that a row stands on, the highest that it can be; None where that is not clear."""
    named = row.prescription.progression if row.prescription is not None else None
    fitting = [ladder for ladder in ladders if named is None or ladder.id == named]
    if len(fitting) != 1:
        return None
    rungs = [rung for rung in fitting[0].rungs if rung.exercise == row.exercise.id]
    like = [rung for rung in rungs if _as_loaded(rung, row.load)]
    return (fitting[0], like[-1]) if like else None


def _as_loaded(rung: Rung, load: Load) -> bool:
    if isinstance(rung.load, Band) or isinstance(load, Band):
        return rung.load == load
    return rung.starts_loaded is not isinstance(load, BodyWeight)


def _same_load(one: Load, other: Load, tolerance: float) -> bool:
    if isinstance(one, External) and isinstance(other, External):
        return abs(one.mass.kg - other.mass.kg) <= tolerance
    return type(one) is type(other)


def _met(row: Row, rung: Rung) -> bool:
    """Whether every set of a performance met the criterion; effort that was not recorded shows nothing."""
    done, asked = row.performance, rung.criterion
    if done is None or not done.sets or done.paired_sets < rung.sets:
        return False
    sides = {one.side for one in done.sets}
    if row.exercise.sides is Sides.UNILATERAL and asked.both_sides and sides != {Side.LEFT, Side.RIGHT}:
        return False
    reserve = asked.rir_at_least or rung.rir
    for one in done.sets:
        if type(one.amount) is not type(rung.amount) or one.amount.low < asked.bar(rung.amount):
            return False
        if reserve is not None and (one.rir is None or one.rir.reps < reserve.reps):
            return False
        if one.assistance or (asked.clean_form and one.failed_form):
            return False
    return _painless(done, asked)


def _painless(done: Performance, asked: Criterion) -> bool:
    pain = worst_pain(done)
    return pain is None or pain <= asked.pain_at_most


def _stays(row: Row, shown: Row, rung: Rung, tolerance: float) -> bool:
    """Whether a row asks for no more than what was shown: not more load, sets or repetitions."""
    if row.performed:
        return True
    carried, asked = shown.external_kg, row.external_kg
    heavier = carried is not None and asked is not None and asked > carried + tolerance
    return not heavier and row.sets <= shown.sets and row.amount <= max(shown.amount, rung.criterion.bar(rung.amount))


@record
class _Case(Record):
    """A row on a rung that sessions before it have outgrown."""

    timeline: Timeline
    limits: MetCriterion
    session: TrainingDay
    row: Row
    streak: list[Row]
    ladder: Progression
    rung: Rung

    def judged(self, since: dt.date) -> Finding | NotApplicable:
        """Return the finding, or why the next rung is not to be asked for."""
        after = self.ladder.rungs[self.ladder.rungs.index(self.rung) + 1 :]
        hindrance = self._hindrance(since) or self._closed(after[0] if after else None)
        if hindrance is not None:
            return NotApplicable(rule="PG02", reason=hindrance, where=place_of(self.row))
        pain = [worst_pain(row.performance) for row in self.streak if row.performance is not None]
        unknown = None in pain
        up = after[0]
        name = self.timeline.exercise(up.exercise).name
        step = (
            f"go on to {name}"
            if up.exercise != self.rung.exercise
            else f"go on with {up.load}: {up.sets} x {up.amount}"
        )
        return finding(
            "PG02",
            Severity.INFO if unknown else Severity.ADVICE,
            place_of(self.row),
            measured=len(self.streak),
            limit=self.rung.criterion.sessions,
            unit="sessions",
            proposals=() if unknown else self._proposals(up),
            otherwise="the next rung stands in the session already, or is not open to you there",
            no_fix="pain was not recorded: only the runner knows whether there was none" if unknown else "",
            criterion=str(self.rung.criterion),
            advised=step + (", if there was no pain (none was recorded, which is not the same)" if unknown else ""),
        )

    def _hindrance(self, since: dt.date) -> str | None:
        limits, timeline, day = self.limits, self.timeline, self.row.date
        for injury in timeline.runner.injuries:
            healed = injury.strength_restored and not injury.current(day)
            if injury.region in self.row.exercise.regions and not healed and injury.recent(day, limits.injury_days):
                return f"{injury.region} injury within {limits.injury_days} days, strength not shown to be restored"
        if (day - self.streak[-1].date).days > limits.layoff_days:
            return f"over {limits.layoff_days} days since it was last done"
        race = in_race_window(timeline, day, day, limits.race_days_before, limits.race_days_after)
        if race is not None:
            return f"near the race of {race}"
        week = timeline.plan_weeks.get(timeline.runner.week_of(day))
        if week is not None and (week.deload or week.phase in SMALLER_PHASES):
            return "a deload week" if week.deload else f"a week of {week.phase}"
        weeks = self.rung.criterion.weeks
        if weeks is not None and (self.streak[-1].date - since).days < 7 * weeks:
            return f"the rung asks for {weeks} weeks on it"
        return None

    def _closed(self, up: Rung | None) -> str | None:
        """Return why the next rung is not open to this runner now, or None when it is."""
        if up is None:
            return f"the last rung of its ladder: {self.ladder.after_last}"
        timeline, runner = self.timeline, self.timeline.runner
        exercise: Exercise = timeline.exercise(up.exercise)
        kit = kit_here(timeline, self.session)
        barred = unusable(up, exercise, runner, kit, self.row.date)
        if barred is not None:
            return f"the next rung is closed: {barred}"
        if up.level.value > runner.trained_level.value + 1:
            return f"the next rung is closed: it is work of level {up.level}"
        if exercise.kind is ExerciseKind.PLYOMETRIC:
            return "the next rung is closed: jumps are entered on purpose, not asked for"
        for asked in up.prerequisites:
            weeks = asked.weeks is not None and runner.novice
            if weeks or asked.progression is not None or not assessment_passed(asked, runner):
                return "the next rung is closed: it has prerequisites of its own"
        return None

    def _proposals(self, up: Rung) -> tuple[Swap, ...]:
        exercise = self.timeline.exercise(up.exercise)
        held = {row.exercise.id for row in self.session.rows} - {self.row.exercise.id}
        if (
            editable(self.session) is None
            or up.exercise in held
            or not fits_here(self.timeline, self.session, exercise)
        ):
            return ()
        made = up.start(exercise, self.ladder.id)
        return (Swap(session=self.session.id, exercise=self.row.exercise.id, replacement=made),)
