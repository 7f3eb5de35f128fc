"""TS, too soon: before what it builds on stands, or before the tissue has recovered."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterator

from runstrong.model.edits import Edit, Swap
from runstrong.model.exercise import Exercise
from runstrong.model.prescription import BodyWeight, External, FindLoad, PercentOfMax
from runstrong.model.progression import Prerequisite, Progression, Rung
from runstrong.model.rules import Finding, NotApplicable, Where
from runstrong.model.timeline import Row, Timeline, TrainingDay, is_heavy
from runstrong.model.value import Record, record
from runstrong.model.words import Emphasis, ExerciseKind, PartName, Severity, Side, Sides, Tissue
from runstrong.rules.definition import finding, rule
from runstrong.rules.mending import drops, editable, fits_here, moves, reload, rung_dose
from runstrong.rules.reading import heavy_severity, main_rows, place_of, recorded

__all__ = ["Prerequisites", "SameTissue", "prerequisite_unmet", "same_tissue_too_soon"]


@record
class Prerequisites(Record):
    """Numbers of TS01; its record says what each means."""

    trained_years: float
    plyometric_weeks: int


@record
class _Lack(Record):
    """One thing that does not stand yet."""

    subject: str
    reason: str
    measured: float
    limit: float
    unit: str


@rule("TS01", parameters=Prerequisites)
def prerequisite_unmet(timeline: Timeline, limits: Prerequisites) -> Iterator[Finding | NotApplicable]:
    """Flag an exercise that stands before what it builds on."""
    history = _History(timeline, limits)
    told: set[tuple[str, str]] = set()
    for session in timeline.sessions:
        for row in main_rows(session):
            ladder, rung = history.rung_of(row)
            for lack in _lacks(history, row, rung):
                if row.performed:
                    # What is done is done: one finding tells it, and later sets of it stand on what was shown.
                    if (row.exercise.id, lack.subject) in told:
                        continue
                    told.add((row.exercise.id, lack.subject))
                proposals: list[Edit] = []
                if lack.subject == "body weight":
                    proposals += reload(session, row, BodyWeight())
                if ladder is not None and rung is not None:
                    proposals += _rung_below(timeline, session, row, ladder, rung)
                proposals += drops(session, row.exercise.id)
                yield finding(
                    "TS01",
                    Severity.WARNING,
                    place_of(row),
                    measured=lack.measured,
                    limit=lack.limit,
                    unit=lack.unit,
                    proposals=proposals,
                    subject=lack.subject,
                    reason=lack.reason,
                    advised=_advised(proposals),
                )


def _advised(proposals: list[Edit]) -> str:
    swap = next((edit for edit in proposals if isinstance(edit, Swap)), None)
    if swap is None:
        return "leave it out for now"
    same = swap.replacement.exercise == swap.exercise
    return "do it at body weight first" if same else f"do {swap.replacement.exercise} first"


class _History:
    """What stands on the timeline before a given day."""

    def __init__(self, timeline: Timeline, limits: Prerequisites) -> None:
        self.timeline, self.limits = timeline, limits
        self.first_day = {id: rows[0].date for id, rows in timeline.rows_by_exercise.items()}
        self._weeks = sorted(
            {timeline.runner.week_of(day.date) for day in timeline.sessions if day.emphasis is not Emphasis.MOBILITY}
        )

    def weeks_before(self, day: dt.date) -> int:
        """Weeks with strength work that end before the week of `day`."""
        return bisect_left(self._weeks, self.timeline.runner.week_of(day))

    def seen_before(self, exercise: str, day: dt.date) -> bool:
        first = self.first_day.get(exercise)
        return first is not None and first < day

    def rung_of(self, row: Row) -> tuple[Progression | None, Rung | None]:
        """Return the ladder and rung that a row stands on: as prescribed, or the only one that it can be."""
        ladder = self.timeline.ladder_of(row)
        if ladder is None:
            return None, None
        fitting = [rung for rung in ladder.rungs if rung.exercise == row.exercise.id]
        loaded = not isinstance(row.load, BodyWeight)
        same = [rung for rung in fitting if rung.starts_loaded == loaded]
        return ladder, next(iter(same or fitting), None)

    def ladder_reached(self, wanted: Prerequisite, day: dt.date) -> bool:
        """Whether the rung asked for, or a harder one, was entered before, or lies under the runner's level."""
        ladder = self.timeline.catalog.progressions.get(wanted.progression or "")
        if ladder is None:
            return True
        place = ladder.rung_of(wanted.rung or "") or 0
        if self.timeline.runner.trained_level.value > ladder.rungs[place].level.value:
            return True
        return any(self.seen_before(rung.exercise, day) for rung in ladder.rungs[place:])

    def assessed(self, exercise: str, day: dt.date) -> int:
        """Return the best result up to `day`, the weaker side where both were tested; 0 where there is none."""
        best: dict[Side, int] = {}
        for result in self.timeline.runner.assessments:
            if result.exercise == exercise and result.date <= day:
                best[result.side] = max(best.get(result.side, 0), result.amount)
        for row in self.timeline.rows_by_exercise.get(exercise, ()):
            if row.performance is not None and row.date <= day:
                for done in row.performance.sets:
                    best[done.side] = max(best.get(done.side, 0), done.amount.high)
        return min(best.values(), default=0)


def _lacks(history: _History, row: Row, rung: Rung | None) -> Iterator[_Lack]:
    exercise, timeline = row.exercise, history.timeline
    trained = timeline.runner.strength_years >= history.limits.trained_years
    weeks = history.weeks_before(row.date)
    asked = max((wanted.weeks or 0 for wanted in rung.prerequisites), default=0) if rung else 0
    if exercise.kind is ExerciseKind.PLYOMETRIC:
        asked = max(asked, history.limits.plyometric_weeks)
    if weeks < asked and not trained:
        yield _Lack("weeks", f"{exercise.name} asks for {asked} weeks of strength training", weeks, asked, "weeks")
    for wanted in rung.prerequisites if rung else ():
        if wanted.rung is not None and not history.ladder_reached(wanted, row.date):
            yield _Lack(f"rung {wanted.rung}", f"{exercise.name} builds on {wanted.rung}", 0, 1, "sessions")
        if wanted.assessment is not None and wanted.at_least is not None:
            got = history.assessed(wanted.assessment, row.date)
            if got < wanted.at_least:
                name = f"assessment {wanted.assessment}"
                yield _Lack(name, f"{exercise.name} asks for the {name}", got, wanted.at_least, "passed")
    if timeline.runner.novice and _loaded_single_leg(row) and not _owned_at_body_weight(timeline, row):
        yield _Lack("body weight", f"{exercise.name} is loaded before it was done at body weight", 0, 1, "sessions")


def _loaded_single_leg(row: Row) -> bool:
    exercise: Exercise = row.exercise
    single = exercise.sides is Sides.UNILATERAL and exercise.lower_body and exercise.body_mass_share > 0
    return single and exercise.hard and isinstance(row.load, (External, PercentOfMax, FindLoad))


def _owned_at_body_weight(timeline: Timeline, row: Row) -> bool:
    """Whether it was done unloaded before; sets that were not recorded may have been.

    An exercise that its ladders know with load alone has its body-weight form in the rungs under it.
    """
    return any(
        earlier.date < row.date and (isinstance(earlier.load, BodyWeight) or not recorded(earlier))
        for form in _body_weight_forms(timeline, row.exercise.id)
        for earlier in timeline.rows_by_exercise.get(form, ())
    )


def _body_weight_forms(timeline: Timeline, exercise: str) -> tuple[str, ...]:
    under: list[str] = []
    for ladder in timeline.ladders_of.get(exercise, ()):
        place = ladder.rung_of(exercise) or 0
        if not ladder.rungs[place].starts_loaded:
            return (exercise,)
        under += (rung.exercise for rung in ladder.rungs[:place])
    return (exercise, *under)


def _rung_below(timeline: Timeline, session: TrainingDay, row: Row, ladder: Progression, rung: Rung) -> Iterator[Swap]:
    """Propose the nearest easier rung that can be done there."""
    if editable(session) is None:
        return
    held = {other.exercise.id for other in session.rows}
    for below in reversed(ladder.rungs[: ladder.rungs.index(rung)]):
        exercise = timeline.exercise(below.exercise)
        if below.exercise not in held and fits_here(timeline, session, exercise):
            made = rung_dose(ladder, below, exercise)
            yield Swap(session=session.id, exercise=row.exercise.id, replacement=made)
            return


@record
class SameTissue(Record):
    """Numbers of TS02; its record says what each means."""

    same_tissue_days: int


@rule("TS02", parameters=SameTissue)
def same_tissue_too_soon(timeline: Timeline, limits: SameTissue) -> Iterator[Finding | NotApplicable]:
    """Flag a session whose heavy work follows too closely on heavy work for the same tissue."""
    heavy = [(session, tissues) for session in timeline.sessions if (tissues := heavy_tissues(timeline, session))]
    for place, (session, tissues) in enumerate(heavy):
        for earlier, before in reversed(heavy[:place]):
            apart = (session.date - earlier.date).days
            if apart >= limits.same_tissue_days:
                break
            shared = sorted(tissues & before)
            if not shared:
                continue
            yield finding(
                "TS02",
                min(heavy_severity(timeline, session), heavy_severity(timeline, earlier)),
                Where(date=session.date, session=session.id, performed=session.performed),
                measured=apart,
                limit=limits.same_tissue_days,
                unit="days",
                proposals=(
                    *_apart(timeline, session, tissues, heavy, limits),
                    *_apart(timeline, earlier, before, heavy, limits),
                ),
                subject=earlier.id,
                tissue=", ".join(map(str, shared)),
                earlier_date=str(earlier.date),
            )
            break


def heavy_tissues(timeline: Timeline, session: TrainingDay) -> frozenset[Tissue]:
    """Return the primary tissues that the session works heavily."""
    if session.emphasis is not Emphasis.HEAVY_LEGS:
        return frozenset()
    return frozenset(
        tissue
        for row in session.rows
        if row.part is PartName.MAIN and is_heavy(row.exercise, row.load, row.effort, timeline.words)
        for tissue in row.exercise.primary
    )


def _apart(
    timeline: Timeline, session: TrainingDay, tissues: frozenset[Tissue],
    heavy: list[tuple[TrainingDay, frozenset[Tissue]]], limits: SameTissue,
) -> tuple[Edit, ...]:  # fmt: skip
    others = [(other.date, held) for other, held in heavy if other.id != session.id and tissues & held]

    def fits(day: dt.date) -> bool:
        return all(abs((day - date).days) >= limits.same_tissue_days for date, _ in others)

    return moves(timeline, session, fits)
