"""TF, too fast up a ladder: rungs that are passed over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from runstrong.ladder.access import unusable
from runstrong.model.edits import Swap
from runstrong.model.progression import Progression, Rung
from runstrong.model.rules import Finding, NotApplicable
from runstrong.model.timeline import Row, Timeline, TrainingDay
from runstrong.model.value import Record, record
from runstrong.model.words import Severity
from runstrong.rules.definition import NoNumbers, finding, rule
from runstrong.rules.mending import editable, outs, rung_dose
from runstrong.rules.reading import main_rows, place_of

__all__ = ["rung_skipped"]


@record
class _Stand(Record):
    """The highest rung that was done on a ladder, and when the ladder was last trained."""

    place: int
    date: dt.date


@rule("TF04")
def rung_skipped(timeline: Timeline, _: NoNumbers) -> Iterator[Finding | NotApplicable]:
    """Flag a rung that is entered while one between it and the highest done so far was never done."""
    stands: dict[str, _Stand] = {}
    seen: set[str] = set()
    for session in timeline.sessions:
        entered: list[tuple[str, _Stand]] = []
        for row in main_rows(session):
            ladder = timeline.ladder_of(row)
            place = ladder.rung_of(row.exercise.id) if ladder else None
            if ladder is None or place is None:
                continue
            stand = stands.get(ladder.id)
            unseen = [
                rung
                for rung in (ladder.rungs[stand.place + 1 : place] if stand else ())
                if rung.exercise not in seen and rung.exercise != row.exercise.id
            ]
            skipped = next((rung for rung in unseen if _could_be_done(timeline, session, rung)), None)
            if skipped is None or stand is None:
                entered.append((ladder.id, _Stand(place, row.date)))
            elif not _all_known(timeline, stand.date, row.date):
                reason = f"the days since {stand.date} are not all recorded: {skipped.exercise} may have been done"
                yield NotApplicable(rule="TF04", reason=reason, where=place_of(row))
                entered.append((ladder.id, _Stand(place, row.date)))
            else:
                yield finding(
                    "TF04",
                    Severity.ADVICE,
                    place_of(row),
                    measured=place - stand.place,
                    limit=1,
                    unit="rungs",
                    proposals=(
                        *_instead(timeline, session, row, ladder, skipped),
                        *outs(session, row.exercise.id, "a rung before it was passed over"),
                    ),
                    ladder=ladder.name,
                    skipped=timeline.exercise(skipped.exercise).name,
                )
                # A rung that is only planned too early opens no further one.
                if row.performed:
                    entered.append((ladder.id, _Stand(place, row.date)))
        for id, stand in entered:
            before = stands.get(id)
            stands[id] = stand if before is None or stand.place > before.place else _Stand(before.place, stand.date)
        seen |= {row.exercise.id for row in main_rows(session)}


def _could_be_done(timeline: Timeline, session: TrainingDay, rung: Rung) -> bool:
    """Whether a rung fits body, kit and day, and is not below the runner's level."""
    runner = timeline.runner
    kit = runner.kit_at(session.planned.place if session.planned else None)
    if rung.level.value < runner.trained_level.value:
        return False
    return unusable(rung, timeline.exercise(rung.exercise), runner, kit, session.date) is None


def _all_known(timeline: Timeline, first: dt.date, last: dt.date) -> bool:
    days = range(1, (last - first).days)
    return all(timeline.vouches_for(first + dt.timedelta(days=day), "strength") for day in days)


def _instead(
    timeline: Timeline, session: TrainingDay, row: Row, ladder: Progression, skipped: Rung
) -> Iterator[Swap]:  # fmt: skip
    """Propose the rung that was passed over."""
    if editable(session) is not None and all(other.exercise.id != skipped.exercise for other in session.rows):
        made = rung_dose(ladder, skipped, timeline.exercise(skipped.exercise))
        yield Swap(session=session.id, exercise=row.exercise.id, replacement=made)
