"""TF, too fast up a ladder: rungs that are passed over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from runstrong.ladder.access import unusable
from runstrong.model.edits import Swap
from runstrong.model.findings import Finding, NotApplicable
from runstrong.model.progression import Progression, Rung
from runstrong.model.timeline import Row, Timeline, TrainingDay
from runstrong.model.value import Record, entry
from runstrong.model.words import Severity
from runstrong.rules.definition import NoNumbers, finding, rule
from runstrong.rules.mending import editable, kit_here, outs
from runstrong.rules.reading import place_of

__all__ = ["rung_skipped"]


@entry
class _Stand(Record):
    """The highest rung that was done on a ladder, and when the ladder was last trained."""

    place: int
    date: dt.date


@rule("TF04")
def rung_skipped(timeline: Timeline, _: NoNumbers) -> Iterator[Finding | NotApplicable]:
    """Flag a rung that is entered while one between it and the highest done so far was never done."""
    stands: dict[str, _Stand] = {}
    seen: set[str] = set()
    climbs = _climbs(timeline)
    exercises = {id for places in climbs.values() for id in places}
    for session in timeline.sessions if climbs else ():
        rows = [row for row in session.main if row.exercise.id in exercises]
        entered: list[tuple[str, int]] = []
        for row in rows:
            ladder = timeline.ladder_of(row)
            place = climbs.get(ladder.id, {}).get(row.exercise.id) if ladder else None
            if ladder is None or place is None:
                continue
            stand = stands.get(ladder.id)
            if stand is not None and place <= stand.place + 1:
                entered.append((ladder.id, place))
                continue
            unseen = [
                rung
                for rung in (ladder.rungs[stand.place + 1 : place] if stand else ())
                if rung.exercise not in seen and rung.exercise != row.exercise.id
            ]
            skipped = next((rung for rung in unseen if _could_be_done(timeline, session, rung)), None)
            if skipped is None or stand is None:
                entered.append((ladder.id, place))
            elif not _all_known(timeline, stand.date, row.date):
                reason = f"the days since {stand.date} are not all recorded: {skipped.exercise} may have been done"
                yield NotApplicable(rule="TF04", reason=reason, where=place_of(row))
                entered.append((ladder.id, place))
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
                    entered.append((ladder.id, place))
        for id, place in entered:
            before = stands.get(id)
            stands[id] = _Stand(max(place, before.place) if before else place, session.date)
        seen.update([row.exercise.id for row in rows])


def _climbs(timeline: Timeline) -> dict[str, dict[str, int]]:
    """Return ladders on which a rung can be passed over, for two that stand apart were done; with their rungs' places.

    Only the exercises of the timeline are named.
    """
    done: dict[str, list[str]] = {}
    for id in timeline.rows_by_exercise:
        for ladder in timeline.ladders_of.get(id, ()):
            done.setdefault(ladder.id, []).append(id)
    found = {}
    for name, ids in done.items():
        if len(ids) > 1:
            ladder = timeline.catalog.progressions[name]
            places = {id: place for id in ids if (place := ladder.rung_of(id)) is not None}
            if max(places.values()) - min(places.values()) > 1:
                found[name] = places
    return found


def _could_be_done(timeline: Timeline, session: TrainingDay, rung: Rung) -> bool:
    """Whether a rung fits body, kit and day, and is not below the runner's level."""
    runner = timeline.runner
    kit = kit_here(timeline, session)
    if rung.level.value < runner.trained_level.value:
        return False
    return unusable(rung, timeline.exercise(rung.exercise), runner, kit, session.date) is None


def _all_known(timeline: Timeline, first: dt.date, last: dt.date) -> bool:
    return timeline.vouches_between(first + dt.timedelta(days=1), last - dt.timedelta(days=1), "strength")


def _instead(
    timeline: Timeline, session: TrainingDay, row: Row, ladder: Progression, skipped: Rung
) -> Iterator[Swap]:  # fmt: skip
    """Propose the rung that was passed over."""
    if editable(session) is not None and all(other.exercise.id != skipped.exercise for other in session.rows):
        made = skipped.start(timeline.exercise(skipped.exercise), ladder.id)
        yield Swap(session=session.id, exercise=row.exercise.id, replacement=made)
