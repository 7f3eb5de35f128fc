"""TS, too soon in spite of a sign: pain, form that failed or repetitions that were missed, and harder next time."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from runstrong.model.findings import Finding, NotApplicable
from runstrong.model.prescription import Prescription
from runstrong.model.timeline import Row, Timeline
from runstrong.model.value import Record, record
from runstrong.model.words import PartName, Severity
from runstrong.rules.comparing import as_before, known_rows, least_amount
from runstrong.rules.definition import finding, rule
from runstrong.rules.mending import outs
from runstrong.rules.reading import place_of

__all__ = ["InSpite", "progressed_in_spite"]


@record
class InSpite(Record):
    """Numbers of TS03; its record says what each means."""

    pain_go: int
    pain_hold: int
    misses: int
    form_sets: int
    sore_hold: int
    window: int
    tolerance_kg: float


@record
class _Sign(Record):
    """Why the next session should not have been harder."""

    reason: str
    measured: float
    limit: float
    unit: str
    severity: Severity


@rule("TS03", parameters=InSpite)
def progressed_in_spite(timeline: Timeline, limits: InSpite) -> Iterator[Finding | NotApplicable]:
    """Flag what was made harder although the session before spoke against it."""
    done = timeline.log.performances if timeline.log else ()
    asked = _asked(timeline) if done else {}
    for exercise, rows in known_rows(timeline) if done else ():
        missed: list[Row] = []
        for before, row in itertools.pairwise(rows):
            if not before.performed:
                break
            target = asked.get((before.session, exercise.id))
            missed = _missed([*missed, before], target)
            if (row.date - before.date).days > limits.window:
                missed = []
                continue
            sign = _sign(before, missed, target, limits) or _sore(timeline, row, limits)
            harder = _harder(before, row, target, limits) if sign is not None else ""
            if sign is None or not harder:
                continue
            session = timeline.session_by_id[row.session]
            yield finding(
                "TS03",
                sign.severity,
                place_of(row),
                measured=sign.measured,
                limit=sign.limit,
                unit=sign.unit,
                proposals=(
                    *as_before(session, row, before),
                    *outs(session, exercise.id, f"{sign.reason} last time"),
                ),
                reason=sign.reason,
                last=str(before.date),
                harder=harder,
            )


def _asked(timeline: Timeline) -> dict[tuple[str, str], Prescription]:
    """Return what the plan asked in the main part, by session and exercise, done or not."""
    return {
        (session.id, each.exercise): each
        for session in (timeline.plan.sessions if timeline.plan else ())
        for each in session.part(PartName.MAIN)
    }


def _missed(rows: list[Row], target: Prescription | None) -> list[Row]:
    """Return the last sessions in a row that fell under what was asked without getting better."""
    last = rows[-1]
    if target is None or _fewest(last) >= target.amount.low:
        return []
    if len(rows) > 1 and _fewest(last) > _fewest(rows[-2]):
        return [last]
    return rows


def _fewest(row: Row) -> int:
    return min((one.amount.low for one in row.performance.sets), default=0) if row.performance else row.amount


def _sign(before: Row, missed: list[Row], target: Prescription | None, limits: InSpite) -> _Sign | None:
    """Return the gravest thing that spoke against progress; what was not recorded speaks for nothing."""
    done = before.performance
    if done is None:
        return None
    pain = max((pain.score for pain in done.pain), default=0)
    kind = next((pain.kind for pain in done.pain if pain.kind.red_flag), None)
    if kind is not None or pain > limits.pain_go:
        severity = Severity.WARNING if kind is not None or pain > limits.pain_hold else Severity.ADVICE
        return _Sign(f"{kind or 'dull'} pain", pain, limits.pain_go, "of 10", severity)
    failed = sum(bool(one.failed_form) for one in done.sets)
    if failed > limits.form_sets:
        return _Sign("form that failed", failed, limits.form_sets, "sets", Severity.ADVICE)
    if target is not None and len(missed) >= limits.misses:
        return _Sign("missed repetitions", _fewest(before), target.amount.low, target.amount.unit, Severity.ADVICE)
    return None


def _sore(timeline: Timeline, row: Row, limits: InSpite) -> _Sign | None:
    """Return that the day began with the region sore, which speaks against more on that day."""
    sore = max(
        (
            one.score
            for morning in timeline.mornings.get(row.date, ())
            for one in morning.soreness
            if one.region in row.exercise.regions
        ),
        default=0,
    )
    if sore < limits.sore_hold:
        return None
    return _Sign("soreness on the morning of the day itself", sore, limits.sore_hold, "of 10", Severity.ADVICE)


def _harder(before: Row, row: Row, target: Prescription | None, limits: InSpite) -> str:
    """Return what is harder than it was done, empty where nothing is or where one thing was traded for another.

    A planned range that begins where the runner ended is no rise.
    """
    load, earlier = row.external_kg, before.external_kg
    if load is not None and earlier is not None:
        if load > earlier + limits.tolerance_kg:
            return "load"
        if load < earlier - limits.tolerance_kg:
            return ""
    amount = least_amount(row)
    reached = before.amount if target is None or row.performed else max(before.amount, target.amount.low)
    sets = before.sets if target is None or row.performed else max(before.sets, target.sets)
    # What only catches up with what was asked before is the same dose again.
    if row.sets > sets and amount >= min(reached, _fewest(before)):
        return "sets"
    return "amount" if amount > reached and row.sets >= before.sets else ""
