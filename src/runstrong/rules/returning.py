"""TS, too soon after time away: after a layoff, and after an injury."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from runstrong.model.edits import Edit
from runstrong.model.findings import Finding, NotApplicable
from runstrong.model.runner import Injury
from runstrong.model.timeline import Row, Timeline, TrainingDay
from runstrong.model.value import Record, record
from runstrong.model.words import Count, ExerciseKind, Impact, Severity, Tissue
from runstrong.rules.comparing import (
    as_before,
    concerns,
    in_reserve,
    known_rows,
    least_amount,
    lightened,
    shortened,
)
from runstrong.rules.definition import finding, rule
from runstrong.rules.mending import outs, waits
from runstrong.rules.reading import main_rows, place_of, recorded

__all__ = [
    "InjuredPace", "Layoff", "StrengthTest", "full_load_after_layoff", "injured_region_full_pace",
    "return_without_strength_test",
]  # fmt: skip

_SLACK = 1e-9


@record
class Layoff(Record):
    """Numbers of TS04; its record says what each means."""

    layoff_days: int
    layoff_spared: int
    layoff_short: int
    layoff_medium: int
    layoff_long: int
    share_short: float
    share_medium: float
    share_long: float
    share_beyond: float
    reference_sessions: int
    window: int

    def share(self, gap: int) -> float:
        """Return the share of the dose before that may come back after a gap of so many days."""
        if gap <= self.layoff_short:
            return self.share_short
        if gap <= self.layoff_medium:
            return self.share_medium
        return self.share_long if gap <= self.layoff_long else self.share_beyond


@record
class _Before(Record):
    """The most of an exercise in its last sessions before a gap; the load is None where one is not stated in mass."""

    last: dt.date
    """When its tissues were last trained."""
    volume: float
    kg: float | None
    performed: bool
    spared: int
    """Days taken off the gap, for other strength training went on."""

    @classmethod
    def of(cls, last: dt.date, rows: list[Row], spared: int) -> _Before:
        loads = [row.external_kg for row in rows]
        known = [load for load in loads if load is not None]
        heaviest = max(known) if len(known) == len(loads) else None
        return cls(
            last, max(row.sets * row.amount for row in rows), heaviest, any(row.performed for row in rows), spared
        )

    def share_of(self, row: Row) -> float:
        """Return what share of it a row is: of the load or of sets times amount, whichever is less.

        A load above it is no lowered dose, whatever the repetitions.
        """
        amount = least_amount(row) if self.performed else row.amount
        volume = row.sets * amount / self.volume if self.volume else 1.0
        load = row.external_kg
        if load is None or self.kg is None:
            return volume
        if load > self.kg + _SLACK:
            return max(1.0, volume, load / self.kg if self.kg else 1.0)
        return min(volume, load / self.kg) if self.kg else volume


@rule("TS04", parameters=Layoff)
def full_load_after_layoff(timeline: Timeline, limits: Layoff) -> Iterator[Finding | NotApplicable]:
    """Flag the first session after a layoff that asks for what was done before it."""
    latest: dict[Tissue, dt.date] = {}
    trained: dict[tuple[str, ...], frozenset[Tissue]] = {}
    before_this: dt.date | None = None
    resumed = dt.date.min
    layoff = dt.timedelta(days=limits.layoff_days)
    for session in timeline.sessions:
        lineup = session.lineup
        if not lineup:
            continue
        tissues = trained.get(lineup)
        if tissues is None:
            tissues = trained[lineup] = frozenset(tissue for row in session.hard for tissue in row.exercise.primary)
        day = session.date
        recent = day - layoff
        if before_this is not None and (day - before_this).days > limits.layoff_medium:
            resumed = day
        # Exercises train their own tissues: those that were trained lately had no rest.
        fresh = [tissue for tissue in tissues if tissue in latest and latest[tissue] >= recent]
        if len(fresh) < len(tissues):
            spared = limits.layoff_spared if before_this is not None and before_this >= recent else 0
            for row in session.hard:
                if not any(tissue in fresh for tissue in row.exercise.primary) and (
                    before := _before_gap(timeline, limits, row, latest, spared)
                ):
                    # An exercise that stood aside while others went on is no layoff of a runner.
                    yield from _after_gap(timeline, limits, session, row, before, rested=before.last < resumed)
        before_this = day
        latest.update(dict.fromkeys(tissues, day))


def _before_gap(
    timeline: Timeline, limits: Layoff, row: Row, latest: dict[Tissue, dt.date], spared: int
) -> _Before | None:
    """Return what was done before a row whose tissues rested for longer than a layoff, or None."""
    last = max((latest[tissue] for tissue in row.exercise.primary if tissue in latest), default=None)
    if last is None or last >= row.date - dt.timedelta(days=limits.layoff_days + spared):
        return None
    first = row.date - dt.timedelta(days=limits.window)
    shown = [each for each in timeline.known_rows.get(row.exercise.id, ()) if first <= each.date < row.date]
    if not shown or not recorded(row):
        return None
    return _Before.of(last, shown[-limits.reference_sessions :], spared)


def _after_gap(
    timeline: Timeline, limits: Layoff, session: TrainingDay, row: Row, before: _Before, *, rested: bool
) -> Iterator[Finding | NotApplicable]:
    last, gap = before.last, (session.date - before.last).days
    counted = gap - before.spared
    share, asked = limits.share(counted), before.share_of(row)
    if asked <= share + _SLACK:
        return
    if not timeline.vouches_between(last + dt.timedelta(days=1), session.date - dt.timedelta(days=1), "strength"):
        reason = f"the {gap} days before are not all planned or covered by the log: not recorded is not a layoff"
        yield NotApplicable(rule="TS04", reason=reason, where=place_of(row))
        return
    proposals: list[Edit] = []
    if before.kg and row.external_kg is not None:
        proposals += lightened(timeline, session, row, share * before.kg)
    proposals += shortened(session, row, share * before.volume)
    proposals += outs(session, row.exercise.id, "the way back begins with less")
    anew = counted > limits.layoff_long
    yield finding(
        "TS04",
        Severity.WARNING if rested and counted > limits.layoff_medium else Severity.ADVICE,
        place_of(row),
        measured=100 * asked,
        limit=100 * share,
        unit="%",
        proposals=proposals,
        gap=gap,
        last=str(last),
        advised="start it again as a novice would"
        if anew
        else "take less load, fewer sets or fewer repetitions at first",
    )


@record
class StrengthTest(Record):
    """Numbers of TS06; its record says what each means."""

    injury_days: int
    light_rir: float


@rule("TS06", parameters=StrengthTest)
def return_without_strength_test(timeline: Timeline, limits: StrengthTest) -> Iterator[Finding | NotApplicable]:
    """Flag heavy work and jumps for a region that was injured and whose strength was not tested since."""
    if not any(injury.ended is not None and not injury.strength_restored for injury in timeline.runner.injuries):
        return
    told: set[tuple[str, Injury]] = set()
    for session in timeline.sessions:
        for row in main_rows(session):
            injury = _untested(timeline, row, limits)
            heavy = row.heavy or _jump(row)
            if injury is None or injury.ended is None or not heavy:
                continue
            if row.performed:
                # What is done is done: it is told once.
                if (row.exercise.id, injury) in told:
                    continue
                told.add((row.exercise.id, injury))
            yield finding(
                "TS06",
                Severity.WARNING if row.surely_heavy or _jump(row) else Severity.ADVICE,
                place_of(row),
                measured=(row.date - injury.ended).days,
                limit=limits.injury_days,
                unit="days",
                proposals=(
                    *_easier(session, row, limits),
                    *waits(timeline, session, row.exercise.id, _tested_by(injury, limits)),
                    *outs(session, row.exercise.id, "the strength test comes first"),
                ),
                region=str(injury.region),
                what="jumps" if _jump(row) else "heavy work",
                tested="did not pass" if injury.strength_restored is False else "has no result of",
            )


def _tested_by(injury: Injury, limits: StrengthTest) -> dt.date | None:
    """Return the first day on which the injury lies so far back that no test is asked for."""
    return injury.ended + dt.timedelta(days=limits.injury_days + 1) if injury.ended is not None else None


def _jump(row: Row) -> bool:
    return row.exercise.kind is ExerciseKind.PLYOMETRIC and row.exercise.impact in (Impact.MEDIUM, Impact.HIGH)


def _untested(timeline: Timeline, row: Row, limits: StrengthTest) -> Injury | None:
    """Return the last injury that is over, of a region that the row loads, and not shown to be restored."""
    found = [
        injury
        for injury in timeline.runner.injuries
        if injury.ended is not None and injury.ended <= row.date and not injury.strength_restored
        if (row.date - injury.ended).days <= limits.injury_days and concerns(row.exercise, injury.region)
    ]
    return max(found, key=lambda injury: (injury.ended or injury.since, str(injury.region)), default=None)


def _easier(session: TrainingDay, row: Row, limits: StrengthTest) -> tuple[Edit, ...]:
    """Propose the same with more in reserve; jumps have no light form here."""
    return () if row.exercise.kind is ExerciseKind.PLYOMETRIC else in_reserve(session, row, limits.light_rir)


@record
class InjuredPace(Record):
    """Numbers of TS05; its record says what each means."""

    sessions: int
    hold_sessions: int
    injury_days: int
    window: int
    tolerance_kg: float


@rule("TS05", parameters=InjuredPace)
def injured_region_full_pace(timeline: Timeline, limits: InjuredPace) -> Iterator[Finding | NotApplicable]:
    """Flag a step up for a region that was injured lately, taken after as few sessions as ever."""
    hurt = [injury for injury in timeline.runner.injuries if not injury.strength_restored]
    if not hurt:
        return
    for exercise, rows in known_rows(timeline):
        regions = [injury for injury in hurt if concerns(exercise, injury.region)]
        if not regions:
            continue
        needed = limits.hold_sessions if exercise.counted is Count.HOLD else limits.sessions
        for row, before, since, later in _rises(rows, limits):
            injury = next((each for each in regions if each.recent(row.date, limits.injury_days)), None)
            if injury is None or len(since) + later >= needed:
                continue
            first = since[0]
            if first is rows[0] and first.performed and not _vouched_before(timeline, first):
                reason = f"what was done of {exercise.id} before {first.date} is not recorded: unknown"
                yield NotApplicable(rule="TS05", reason=reason, where=place_of(row))
                continue
            session = timeline.session_by_id[row.session]
            yield finding(
                "TS05",
                Severity.ADVICE,
                place_of(row),
                measured=len(since),
                limit=needed,
                unit="sessions",
                proposals=(
                    *as_before(session, row, before),
                    *outs(session, exercise.id, f"the {injury.region} needs longer"),
                ),
                region=str(injury.region),
                last=str(before.date),
            )


def _vouched_before(timeline: Timeline, row: Row) -> bool:
    return timeline.vouches_for(row.date - dt.timedelta(days=1), "strength")


def _rises(rows: tuple[Row, ...], limits: InjuredPace) -> Iterator[tuple[Row, Row, list[Row], int]]:
    """Yield each row that goes over all of its window, and the planned ones that stay there.

    With it the row before the rise, the rows from the rise before to this one, and how many came since: a planned
    session that repeats an early rise is early itself as long as the dose before it should have stayed.
    """
    since: list[Row] = []
    shown: list[Row] = []
    rise: tuple[list[Row], Row, list[Row]] | None = None
    for row in rows:
        first = row.date - dt.timedelta(days=limits.window)
        shown = [each for each in shown if each.date >= first]
        since = [each for each in since if each.date >= first]
        if shown and since and _over(row, shown, limits):
            rise = (shown, shown[-1], since)
            yield row, shown[-1], since, 0
            since = []
        elif rise is not None and not row.performed and _over(row, rise[0], limits):
            yield row, rise[1], rise[2], len(since)
        since = [*since, row]
        shown = [*shown, row]


def _over(row: Row, shown: list[Row], limits: InjuredPace) -> bool:
    """Whether a row has more load than all before it, or as much with more sets or, as planned, with a longer range."""
    loads = [each.external_kg for each in shown if each.external_kg is not None]
    if row.external_kg is not None and loads:
        if row.external_kg > max(loads) + limits.tolerance_kg:
            return True
        if row.external_kg < max(loads) - limits.tolerance_kg:
            return False
    if row.sets > max(each.sets for each in shown):
        return True
    planned = not row.performed and not any(each.performed for each in shown)
    return planned and row.amount > max(each.amount for each in shown)
