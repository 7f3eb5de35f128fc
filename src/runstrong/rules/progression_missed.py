"""PG, progression missed: work that has become easy and stays as it was."""

from __future__ import annotations

from collections.abc import Iterator

from runstrong.model.edits import Edit, Swap
from runstrong.model.exercise import Exercise
from runstrong.model.findings import Finding, NotApplicable
from runstrong.model.log import Performance
from runstrong.model.prescription import BodyWeight, FindLoad, Load, Prescription
from runstrong.model.quantities import RIR
from runstrong.model.running import Pain
from runstrong.model.timeline import Row, Timeline, TrainingDay
from runstrong.model.value import Record, evolve, record
from runstrong.model.words import Count, Pattern, Region, Severity, Side, Sides
from runstrong.rules.definition import finding, rule
from runstrong.rules.mending import editable, loads_here
from runstrong.rules.reading import in_race_window, place_of, recorded

__all__ = ["CalfRaise", "calf_raise_at_body_weight", "calf_raise_unloaded_past_ten", "worst_pain"]


@record
class CalfRaise(Record):
    """Numbers of PG01; its record says what each means."""

    reps_over: int
    rir_at_least: float
    sessions: int
    pain_limit: int
    min_step: float
    max_step: float
    injury_days: int
    layoff_days: int
    race_days_before: int
    race_days_after: int


@rule("PG01", parameters=CalfRaise)
def calf_raise_unloaded_past_ten(timeline: Timeline, limits: CalfRaise) -> Iterator[Finding | NotApplicable]:
    """Flag a single-leg calf raise that was shown to be easy and still has no load."""
    # Only what was done shows that it is easy.
    logged = timeline.log.performances if timeline.log else ()
    for rows in timeline.rows_by_exercise.values() if logged else ():
        if not _single_leg_raise(rows[0].exercise):
            continue
        known = [row for row in rows if recorded(row)]
        done = [row for row in known if row.performed]
        streak: list[Row] = []
        last_done = done[-1] if done else None
        for row in known:
            shown = _shown(streak, limits)
            # Of what is done only the latest can still be answered; of what is planned, each.
            if shown is not None and isinstance(row.load, BodyWeight) and (not row.performed or row is last_done):
                yield _Case(
                    timeline, limits, timeline.session_by_id[row.session], row, streak[-limits.sessions :]
                ).judged(shown)
            if row.performed:
                streak = [*streak, row] if _easy(row, limits) is not None else []


def calf_raise_at_body_weight(row: Row) -> bool:
    """Whether a row is one that PG01 judges: a single-leg calf raise without load."""
    return isinstance(row.load, BodyWeight) and _single_leg_raise(row.exercise)


def _single_leg_raise(exercise: Exercise) -> bool:
    return (
        exercise.pattern is Pattern.ANKLE_PLANTARFLEXION
        and exercise.sides is Sides.UNILATERAL
        and exercise.counted is Count.REPS
        and exercise.body_mass_share > 0
        and exercise.hard
        and not exercise.assesses
    )


def _easy(row: Row, limits: CalfRaise) -> int | None:
    """Return the fewest repetitions of any set on either leg when all of them were easy and clean, else None."""
    sets = row.performance.sets if row.performance else ()
    if {one.side for one in sets} != {Side.LEFT, Side.RIGHT}:
        return None
    for one in sets:
        easy = one.rir is not None and one.rir.reps >= limits.rir_at_least
        clean = not one.failed_form and not one.assistance and isinstance(one.load, BodyWeight)
        if not easy or not clean or one.amount.high <= limits.reps_over:
            return None
    return min(one.amount.high for one in sets)


def _shown(streak: list[Row], limits: CalfRaise) -> int | None:
    if len(streak) < limits.sessions:
        return None
    return min(reps for row in streak[-limits.sessions :] if (reps := _easy(row, limits)) is not None)


def worst_pain(done: Performance) -> int | None:
    """Return the worst pain of the exercise; None when nothing was recorded."""
    if not done.pain:
        return None
    return max((_score(pain) for pain in done.pain), default=None)


def _score(pain: Pain) -> int:
    return 10 if pain.kind.red_flag else pain.score


@record
class _Case(Record):
    """A row without load after sessions that showed body weight to be mastered."""

    timeline: Timeline
    limits: CalfRaise
    session: TrainingDay
    row: Row
    streak: list[Row]

    def judged(self, shown: int) -> Finding | NotApplicable:
        """Return the finding, or why load is not to be asked for."""
        pains = [worst_pain(row.performance) for row in self.streak if row.performance is not None]
        hindrance = self._hindrance(max((pain for pain in pains if pain is not None), default=0))
        if hindrance is not None:
            return NotApplicable(rule="PG01", reason=hindrance, where=place_of(self.row))
        unknown = None in pains
        load, advised = self._first_load()
        if unknown:
            advised += ", if there was no pain (none was recorded, which is not the same)"
        return finding(
            "PG01",
            Severity.INFO if unknown else Severity.ADVICE,
            place_of(self.row),
            measured=shown,
            limit=self.limits.reps_over,
            unit="reps",
            otherwise="" if load is not None else "the smallest load at hand is too large a step",
            proposals=() if load is None or unknown else self._proposals(load),
            no_fix="pain was not recorded: only the runner knows whether there was none" if unknown else "",
            sessions=self.limits.sessions,
            advised=advised,
        )

    def _hindrance(self, pain: int) -> str | None:
        limits, timeline, day = self.limits, self.timeline, self.row.date
        if pain > limits.pain_limit:
            return f"pain of {pain} is over {limits.pain_limit}"
        if pain:
            return f"pain of {pain}: load is added at pain 0 only"
        for injury in timeline.runner.injuries:
            healed = injury.strength_restored and not injury.current(day)
            if injury.region is Region.CALF and not healed and injury.recent(day, limits.injury_days):
                return f"calf injury within {limits.injury_days} days, strength not shown to be restored"
        if (day - self.streak[-1].date).days > limits.layoff_days:
            return f"over {limits.layoff_days} days since it was last done"
        race = in_race_window(timeline, day, day, limits.race_days_before, limits.race_days_after)
        if race is not None:
            return f"near the race of {race}"
        return None if loads_here(timeline, self.session, self.row.exercise) else "nothing at hand can serve as load"

    def _first_load(self) -> tuple[Load | None, str]:
        """Return the first sensible load with what to say; None where the smallest load is too large a step."""
        body, limits = self.timeline.runner.body_mass, self.limits
        if body is None:
            load = FindLoad(RIR(limits.rir_at_least))
            return load, f"find a load that leaves {limits.rir_at_least:g} repetitions in reserve"
        most = limits.max_step * self.row.exercise.body_mass_share * body.kg
        loads = loads_here(self.timeline, self.session, self.row.exercise)
        fitting = [load for load in loads if load.mass.kg <= most + 1e-9]
        if not fitting:
            return None, f"the smallest load is over {most:.1f} kg: first add repetitions or slow the way down"
        first = next((load for load in fitting if load.mass.kg >= limits.min_step * body.kg), fitting[-1])
        return first, f"add {first}"

    def _proposals(self, load: Load) -> tuple[Edit, ...]:
        asked, row = self.row.prescription, self.row
        if asked is None or editable(self.session) is None:
            return ()
        made = _loaded(self.timeline, asked, load)
        return (Swap(session=self.session.id, exercise=row.exercise.id, replacement=made),)


def _loaded(timeline: Timeline, asked: Prescription, load: Load) -> Prescription:
    """Return what was asked, with load; in the repetitions of the ladder's loaded rung where it has one."""
    ladder = timeline.catalog.progressions.get(asked.progression) if asked.progression else None
    for rung in ladder.rungs if ladder else ():
        if rung.exercise == asked.exercise and rung.starts_loaded:
            return evolve(asked, load=load, amount=rung.amount)
    return evolve(asked, load=load)
