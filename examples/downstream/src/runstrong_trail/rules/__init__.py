"""Rules of the package: this module is what the entry point names, and its records and checks are found in it."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import runstrong as rs
from runstrong.model.rows import TrainingDay
from runstrong.rules import finding, rule

from runstrong_trail.records import brakes, swaps_in

__all__ = ["HillWeek", "hill_week_without_descent"]


@attrs.frozen
class HillWeek:
    """The numbers of XT01, one field for each parameter of the record."""

    descents: float


@rule("XT01", parameters=HillWeek)
def hill_week_without_descent(timeline: rs.Timeline, limits: HillWeek) -> Iterator[rs.Finding | rs.NotApplicable]:
    """Flag a week with a hill run whose strength work never lowers the body from a step."""
    hilly = sorted(
        week
        for week, runs in timeline.runs_by_week.items()
        if any(run.kind is rs.RunKind.HILLS for run in runs) and week in timeline.strength_weeks
    )
    for week in hilly:
        planned = timeline.plan_weeks.get(week)
        if planned is not None and planned.deload:
            continue
        sessions = timeline.strength_weeks[week]
        where = rs.Where(date=week, week=True, performed=all(each.performed for each in sessions))
        if not timeline.whole_week(week, "strength"):
            # Unknown is not zero: there may have been a session that nobody wrote down.
            yield rs.NotApplicable(rule="XT01", reason="strength of the week is not known whole", where=where)
            continue
        found = sum(brakes(row.exercise) for session in sessions for row in session.main)
        if found >= limits.descents:
            continue
        yield finding(
            "XT01",
            rs.Severity.ADVICE,
            where,
            measured=float(found),
            limit=limits.descents,
            unit="exercises",
            # Only proposals: the auditor offers one as a fix after showing that it helps.
            proposals=tuple(_swaps(timeline, sessions)),
            no_fix="no planned session of the week has an exercise on one leg that could give way",
        )


def _swaps(timeline: rs.Timeline, sessions: list[TrainingDay]) -> Iterator[rs.Swap]:
    for session in sessions:
        if session.planned is not None and not session.planned.pinned:
            yield from swaps_in(session.planned, timeline.runner, timeline.catalog)
