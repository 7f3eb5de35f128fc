"""TS, too soon: before what it builds on stands, or before the tissue has recovered."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterator

from runstrong.model.edits import Edit, Swap
from runstrong.model.exercise import Exercise
from runstrong.model.findings import Finding, NotApplicable
from runstrong.model.prescription import BodyWeight, External, FindLoad, PercentOfMax
from runstrong.model.progression import Prerequisite, Progression, Rung
from runstrong.model.timeline import Row, Timeline, TrainingDay
from runstrong.model.value import Record, record
from runstrong.model.words import Emphasis, ExerciseKind, PartName, Severity, Side, Sides, Tissue
from runstrong.placement import Placed
from runstrong.rules.comparing import in_reserve
from runstrong.rules.definition import finding, rule
from runstrong.rules.mending import NO_DAY, editable, fits_here, moves, outs, reload, waits
from runstrong.rules.reading import heavy_severity, place_of, place_of_session, recorded

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
    builds = {id for id, rows in timeline.rows_by_exercise.items() if _builds_on_something(timeline, rows[0].exercise)}
    history = _History(timeline, limits)
    told: set[tuple[str, str]] = set()
    settled: set[tuple[str, str | None, type]] = set()
    first = _first_unknown(timeline)
    for session in timeline.sessions if builds else ():
        for row in session.rows:
            if row.exercise.id not in builds:
                continue
            key = (row.exercise.id, row.prescription.progression if row.prescription else None, type(row.load))
            if key in settled:
                continue
            ladder, rung = history.rung_of(row)
            # Drills that ask for something first, such as barefoot strides, may stand in a warm-up too.
            drill = row.exercise.kind is ExerciseKind.DYNAMIC_DRILL and rung is not None and bool(rung.prerequisites)
            if row.part is not PartName.MAIN and not drill:
                continue
            lacks = list(_lacks(history, row, rung))
            # What stands goes on standing, but for tests: the weaker side may be tested later.
            if not lacks and not any(wanted.assessment for wanted in (rung.prerequisites if rung else ())):
                settled.add(key)
            if lacks and row.performed and row.date == first:
                reason = (
                    f"what was done before {first} is not recorded: unknown, and so is what {row.exercise.id} builds on"
                )
                yield NotApplicable(rule="TS01", reason=reason, where=place_of(row))
                continue
            for lack in lacks:
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
                proposals += waits(timeline, session, row.exercise.id, history.ready(lack, row, rung))
                proposals += outs(session, row.exercise.id, lack.reason)
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


def _first_unknown(timeline: Timeline) -> dt.date | None:
    """Return the day with which the record begins, where nothing vouches for the time before it."""
    first = timeline.sessions[0].date if timeline.sessions else None
    return first if first and not timeline.vouches_for(first - dt.timedelta(days=1), "strength") else None


def _builds_on_something(timeline: Timeline, exercise: Exercise) -> bool:
    """Whether an exercise can stand too early at all: it jumps, a rung of it asks for more, or it loads one leg."""
    ladders = timeline.ladders_of.get(exercise.id, ())
    return (
        exercise.kind is ExerciseKind.PLYOMETRIC
        or any(rung.prerequisites for ladder in ladders for rung in ladder.rungs if rung.exercise == exercise.id)
        or (timeline.runner.novice and _single_leg(exercise))
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
        self._weeks = tuple(timeline.strength_weeks)

    def weeks_before(self, day: dt.date) -> int:
        """Weeks with strength work that end before the week of `day`."""
        return bisect_left(self._weeks, self.timeline.week_of(day))

    def ready(self, lack: _Lack, row: Row, rung: Rung | None) -> dt.date | None:
        """Return the first day on which what lacks will stand as planned; None where nothing planned brings it."""
        if lack.subject == "weeks":
            asked = int(lack.limit)
            return self._weeks[asked] if asked < len(self._weeks) else None
        for wanted in rung.prerequisites if rung else ():
            ladder = self.timeline.catalog.progressions.get(wanted.progression or "")
            if ladder is None or lack.subject != f"rung {wanted.rung}":
                continue
            above = ladder.rungs[ladder.rung_of(wanted.rung or "") or 0 :]
            days = [self.first_day[each.exercise] for each in above if each.exercise in self.first_day]
            later = [day for day in days if day >= row.date]
            return min(later) + dt.timedelta(days=1) if later else None
        return None

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
            # A test that hurt was not passed; pain that was not reported is left out of it.
            painful = row.performance is not None and any(pain.score > 0 for pain in row.performance.pain)
            if row.performance is not None and row.date <= day and not painful:
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


def _single_leg(exercise: Exercise) -> bool:
    single = exercise.sides is Sides.UNILATERAL and exercise.lower_body and exercise.body_mass_share > 0
    return single and exercise.hard


def _loaded_single_leg(row: Row) -> bool:
    return _single_leg(row.exercise) and isinstance(row.load, (External, PercentOfMax, FindLoad))


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
            made = below.start(exercise, ladder.id)
            yield Swap(session=session.id, exercise=row.exercise.id, replacement=made)
            return


@record
class SameTissue(Record):
    """Numbers of TS02; its record says what each means."""

    same_tissue_days: int


@rule("TS02", parameters=SameTissue)
def same_tissue_too_soon(timeline: Timeline, limits: SameTissue) -> Iterator[Finding | NotApplicable]:
    """Flag a session whose heavy work follows too closely on heavy work for the same tissue."""
    heavy = [(session, tissues) for session in timeline.sessions if (tissues := heavy_tissues(session))]
    for place, (session, tissues) in enumerate(heavy):
        for earlier, before in map(heavy.__getitem__, range(place - 1, -1, -1)):
            apart = (session.date - earlier.date).days
            if apart >= limits.same_tissue_days:
                break
            shared = sorted(tissues & before)
            if not shared:
                continue
            yield finding(
                "TS02",
                min(heavy_severity(session), heavy_severity(earlier)),
                place_of_session(session),
                measured=apart,
                limit=limits.same_tissue_days,
                unit="days",
                proposals=(
                    *_apart(timeline, session, tissues, heavy, limits),
                    *_apart(timeline, earlier, before, heavy, limits),
                    *_light(timeline, session, frozenset(shared)),
                ),
                otherwise=NO_DAY,
                subject=earlier.id,
                tissue=", ".join(map(str, shared)),
                earlier_date=str(earlier.date),
            )
            break


def heavy_tissues(session: TrainingDay) -> frozenset[Tissue]:
    """Return the primary tissues that the session works heavily."""
    if session.emphasis is not Emphasis.HEAVY_LEGS:
        return frozenset()
    return frozenset(tissue for row in session.main if row.heavy for tissue in row.exercise.primary)


def _light(timeline: Timeline, session: TrainingDay, shared: frozenset[Tissue]) -> tuple[Edit, ...]:
    """Propose to do the one exercise that is heavy for these tissues with more in reserve, or to leave it out."""
    rows = [row for row in session.main if row.heavy and shared & set(row.exercise.primary)]
    if len(rows) != 1:
        return ()
    row = rows[0]
    easier = in_reserve(session, row, float(timeline.words.heavy_rir + 1))
    jumps = row.exercise.kind is ExerciseKind.PLYOMETRIC
    return (*(() if jumps else easier), *outs(session, row.exercise.id, "heavy work for the same tissue a day before"))


def _apart(
    timeline: Timeline, session: TrainingDay, tissues: frozenset[Tissue],
    heavy: list[tuple[TrainingDay, frozenset[Tissue]]], limits: SameTissue,
) -> tuple[Edit, ...]:  # fmt: skip
    others = [(other.date, held) for other, held in heavy if other.id != session.id and tissues & held]

    def fits(place: Placed) -> bool:
        return all(abs((place.date - date).days) >= limits.same_tissue_days for date, _ in others)

    return moves(timeline, session, fits)
