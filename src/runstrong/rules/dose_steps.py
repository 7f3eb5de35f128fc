"""TF, too fast in the dose: longer holds, more contacts, and several things at once."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterator
from operator import attrgetter

from runstrong.model.edits import Edit
from runstrong.model.exercise import Exercise
from runstrong.model.findings import Finding, NotApplicable, Where
from runstrong.model.prescription import External, FindLoad, PercentOfMax
from runstrong.model.timeline import Row, Timeline, TrainingDay
from runstrong.model.value import Record, record
from runstrong.model.words import Count, Emphasis, ExerciseKind, OverloadAxis, Severity
from runstrong.rules.comparing import capped, known_rows, least_amount, redose
from runstrong.rules.definition import finding, rule
from runstrong.rules.mending import FEWEST, editable, fewer_sets, outs
from runstrong.rules.reading import main_rows, place_of, planned_in, recorded, sessions_of, weeks_before, whole_week

__all__ = [
    "ContactsRise", "HoldStep", "SeveralAxes", "contacts_rising", "hold_step_too_long", "several_axes_at_once",
]  # fmt: skip

_SLACK = 1e-9


@record
class HoldStep(Record):
    """Numbers of TF03; its record says what each means."""

    max_step: int
    window: int


@rule("TF03", parameters=HoldStep)
def hold_step_too_long(timeline: Timeline, limits: HoldStep) -> Iterator[Finding | NotApplicable]:
    """Flag a hold that grows by more than a step at once, past what its ladders ask for."""
    for exercise, rows in known_rows(timeline):
        if exercise.counted is not Count.HOLD:
            continue
        taken: list[Row] = []
        for row in rows:
            # No step over the latest is none over the longest, and where the latest is too old there is none left.
            if taken and row.amount <= taken[-1].amount + limits.max_step:
                taken.append(row)
                continue
            first = row.date - dt.timedelta(days=limits.window)
            shown = taken[bisect_left(taken, first, key=_date) :]
            best = max(shown, key=lambda each: each.amount, default=None)
            held = row.amount if best is None or not best.performed else least_amount(row)
            limit = max(_asked_by_ladders(timeline, exercise), best.amount + limits.max_step) if best else held
            too_long = best is not None and held > limit and not _lighter(row, best)
            if too_long and best is not None and row.amount:
                session = timeline.session_by_id[row.session]
                amount = () if row.prescription is None else redose(
                    session, row, amount=capped(row.prescription.amount, limit)
                )  # fmt: skip
                yield finding(
                    "TF03",
                    Severity.ADVICE,
                    place_of(row),
                    measured=held,
                    limit=limit,
                    unit="s",
                    proposals=(*amount, *outs(session, exercise.id, "the hold grew too fast")),
                    reference=best.amount,
                    reference_date=str(best.date),
                )
            # What is planned too long is no yardstick for what follows; what was done has been shown.
            if row.performed or not too_long:
                taken.append(row)


def _asked_by_ladders(timeline: Timeline, exercise: Exercise) -> int:
    """Return the longest hold of an exercise that a rung starts with."""
    ladders = timeline.ladders_of.get(exercise.id, ())
    rungs = (rung for ladder in ladders for rung in ladder.rungs if rung.exercise == exercise.id)
    return max((rung.amount.high for rung in rungs), default=0)


def _lighter(row: Row, best: Row) -> bool:
    """Whether a row carries less than the one it is compared with, so that longer is a trade."""
    load, before = row.external_kg, best.external_kg
    return load is not None and before is not None and load < before


@record
class SeveralAxes(Record):
    """Numbers of TF06; its record says what each means."""

    axes: int
    window: int
    tolerance_kg: float


@rule("TF06", parameters=SeveralAxes)
def several_axes_at_once(timeline: Timeline, limits: SeveralAxes) -> Iterator[Finding | NotApplicable]:
    """Flag an exercise that goes up on more axes at once than one."""
    for exercise, rows in known_rows(timeline):
        taken: list[Row] = []
        for row in rows:
            # Over all of them it is up on no more axes than over the latest, and where that is too old on none.
            if taken and _axes_over(row, taken[-1]) <= limits.axes:
                taken.append(row)
                continue
            first = row.date - dt.timedelta(days=limits.window)
            shown = taken[bisect_left(taken, first, key=_date) :]
            up, down = _moved(row, shown, limits)
            too_many = len(up) > limits.axes and not down
            if too_many:
                session = timeline.session_by_id[row.session]
                yield finding(
                    "TF06",
                    Severity.ADVICE,
                    place_of(row),
                    measured=len(up),
                    limit=limits.axes,
                    unit="axes",
                    proposals=(
                        *_one_less(session, row, shown, up),
                        *outs(session, exercise.id, "too much of it changed at once"),
                    ),
                    axes=", ".join(map(str, up)),
                    first=str(up[0]),
                )
            # What is planned too large is no yardstick for what follows; what was done has been shown.
            if row.performed or not too_many:
                taken.append(row)


_date = attrgetter("date")


def _axes_over(row: Row, before: Row) -> int:
    """Return on how many axes at most a row may be over an earlier one, by what is quickly compared."""
    axes = (row.sets > before.sets) + (row.amount > before.amount)
    if type(row.load) is External and row.load is not before.load:
        axes += 1
    now, asked = row.prescription, before.prescription
    if now is not None and asked is not None and now.tempo is not asked.tempo:
        axes += 1
    return axes


def _moved(row: Row, shown: list[Row], limits: SeveralAxes) -> tuple[list[OverloadAxis], bool]:
    """Return the axes on which a row is over all that was shown, and whether it is under it on another.

    Amounts that were done move within the range that was asked, so that they count between planned rows alone, and so
    does tempo; loads count where all are stated in mass. More repetitions of a load to find may go with a lighter one.
    """
    if not shown:
        return [], False
    up = [OverloadAxis.SETS] if row.sets > max(each.sets for each in shown) else []
    down = row.sets < max(each.sets for each in shown)
    loads = [each.external_kg for each in shown]
    known = [load for load in loads if load is not None]
    if row.external_kg is not None and len(known) == len(loads):
        if row.external_kg > max(known) + limits.tolerance_kg:
            up.append(OverloadAxis.LOAD)
        down = down or row.external_kg < max(known) - limits.tolerance_kg
    # What was done moves within its range; with every set under every set of the last day it is a trade.
    last = [each for each in shown if each.performed and each.date == shown[-1].date]
    down = down or bool(row.performed and last and row.amount < min(least_amount(each) for each in last))
    asked = [each.prescription for each in shown if each.prescription is not None]
    if row.prescription is not None and len(asked) == len(shown):
        now = row.prescription
        by_feel = isinstance(now.load, (FindLoad, PercentOfMax))
        if not by_feel and now.amount.high > max(each.amount.high for each in asked):
            up.append(_AXIS_OF[row.exercise.counted])
        down = down or now.amount.high < max(each.amount.high for each in asked)
        tempos = [each.tempo.seconds for each in asked if each.tempo is not None]
        if now.tempo is not None and len(tempos) == len(asked):
            if now.tempo.seconds > max(tempos):
                up.append(OverloadAxis.TEMPO)
            down = down or now.tempo.seconds < max(tempos)
    return up, down


_AXIS_OF = {
    Count.REPS: OverloadAxis.REPS,
    Count.HOLD: OverloadAxis.HOLD,
    Count.CONTACTS: OverloadAxis.CONTACTS,
    Count.DISTANCE: OverloadAxis.DISTANCE,
    Count.MINUTES: OverloadAxis.HOLD,
}


def _one_less(session: TrainingDay, row: Row, shown: list[Row], up: list[OverloadAxis]) -> Iterator[Edit]:
    """Propose, for each axis in turn, to let that one rise and bring the others back to the most that was shown."""
    if row.prescription is None:
        return
    back: dict[OverloadAxis, dict[str, object]] = {}
    for axis in up:
        if axis is OverloadAxis.SETS:
            back[axis] = {"sets": max(each.sets for each in shown)}
        elif axis is OverloadAxis.LOAD:
            back[axis] = {"load": max(shown, key=lambda each: each.external_kg or 0.0).load}
        elif axis is OverloadAxis.TEMPO:
            tempos = [each.prescription.tempo for each in shown if each.prescription and each.prescription.tempo]
            back[axis] = {"tempo": max(tempos, key=lambda tempo: tempo.seconds)}
        else:
            back[axis] = {"amount": capped(row.prescription.amount, max(each.amount for each in shown))}
    for kept in up:
        changes = {name: got for axis in up if axis is not kept for name, got in back[axis].items()}
        yield from redose(session, row, **changes)


@record
class ContactsRise(Record):
    """Numbers of TF05; its record says what each means."""

    max_increase: float
    min_increase: int
    weeks: int


@rule("TF05", parameters=ContactsRise)
def contacts_rising(timeline: Timeline, limits: ContactsRise) -> Iterator[Finding | NotApplicable]:
    """Flag a week whose ground contacts outgrow the highest of the weeks before."""
    counted, unknown = _contacts(timeline)
    shown: dict[dt.date, float] = dict(counted)
    for week, contacts in counted.items():
        firsts = weeks_before(week, limits.weeks)
        highest = max(shown.get(first, 0) for first in firsts)
        limit = highest * (1 + limits.max_increase)
        if contacts <= limit + _SLACK or contacts - highest < limits.min_increase:
            continue
        where = Where(date=week, week=True, performed=not planned_in(timeline, week))
        reason = None
        if any(first in unknown for first in firsts):
            reason = f"jumps of the {limits.weeks} weeks before are recorded without their contacts: unknown"
        elif not all(whole_week(timeline, first, "strength") for first in firsts):
            reason = f"the {limits.weeks} weeks before are not all planned or covered by the log: unknown"
        elif not highest:
            reason = f"no jumps in the {limits.weeks} weeks before: a start, not a rise"
        if reason is not None:
            yield NotApplicable(rule="TF05", reason=reason, where=where)
            continue
        # What is planned too large is no yardstick for the weeks that follow.
        if not where.performed:
            shown[week] = limit
        yield finding(
            "TF05",
            Severity.ADVICE,
            where,
            measured=contacts,
            limit=limit,
            unit="contacts",
            proposals=_fewer_contacts(timeline, week, contacts - limit),
            highest=highest,
            percent=round((contacts / highest - 1) * 100),
            weeks=limits.weeks,
        )


def _counts(row: Row) -> bool:
    return row.exercise.kind is ExerciseKind.PLYOMETRIC and row.exercise.counted is Count.CONTACTS


def _done(row: Row) -> int:
    """Return the contacts of a row on both legs together: as logged, or the most that is asked."""
    if row.performance is not None:
        return sum(one.amount.high for one in row.performance.sets)
    return row.sets * row.amount * row.sides


def _contacts(timeline: Timeline) -> tuple[dict[dt.date, int], set[dt.date]]:
    """Return contacts by week, and the weeks with jumps whose contacts were not recorded."""
    counted: dict[dt.date, int] = {}
    unknown: set[dt.date] = set()
    for session in timeline.sessions_with(ExerciseKind.PLYOMETRIC):
        if session.emphasis is Emphasis.MOBILITY:
            continue
        for row in session.main:
            if _counts(row):
                week = session.week
                if recorded(row):
                    counted[week] = counted.get(week, 0) + _done(row)
                else:
                    unknown.add(week)
    return counted, unknown


def _fewer_contacts(timeline: Timeline, week: dt.date, over: float) -> tuple[Edit, ...]:
    """Propose single edits that each bring the week back under its limit, the latest sessions first."""
    found: list[Edit] = []
    for session in reversed(sessions_of(timeline, week)):
        if editable(session) is None:
            continue
        for row in main_rows(session):
            if _counts(row) and row.prescription is not None:
                each = row.amount * row.sides
                found += fewer_sets(session, row, -int(-(over - _SLACK) // each))
    return tuple(found)[:FEWEST]
