"""What differs between two plans, as a runner would say it: the same change over many sessions is said once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from runstrong.faces.blocks import Block, Bullets, Heading, Paragraph
from runstrong.faces.wording import day, dose, dose_change, lasting, plural, run, spaced, when
from runstrong.model.catalog import Catalog
from runstrong.model.difference import Change, ChangeKind, Difference
from runstrong.model.exercise import Exercise
from runstrong.model.plan import Session, Week
from runstrong.model.prescription import Prescription
from runstrong.model.running import Run

__all__ = ["difference_report"]

_TITLES = {
    "Sessions": (
        ChangeKind.SESSION_GONE, ChangeKind.SESSION_NEW, ChangeKind.SESSION_MOVED, ChangeKind.SESSION_SKIPPED,
        ChangeKind.SESSION_BACK, ChangeKind.PINNED, ChangeKind.UNPINNED, ChangeKind.NOTE,
    ),
    "Exercises": (ChangeKind.EXERCISE_SWAPPED, ChangeKind.EXERCISE_GONE, ChangeKind.EXERCISE_NEW, ChangeKind.DOSE),
    "Your running": (ChangeKind.RUN_GONE, ChangeKind.RUN_NEW, ChangeKind.RUN_CHANGED),
    "The season": (ChangeKind.WEEK,),
}  # fmt: skip


def difference_report(difference: Difference, catalog: Catalog, *, own: tuple[Exercise, ...] = ()) -> tuple[Block, ...]:
    """Lay out what differs between two plans.

    Args:
        difference: of the plans.
        catalog: where names are looked up.
        own: exercises of the plans' own that no catalog has.
    """
    return tuple(_blocks(difference, {**catalog.exercises, **{exercise.id: exercise for exercise in own}}))


def _blocks(difference: Difference, exercises: dict[str, Exercise]) -> Iterator[Block]:
    if not difference:
        yield Paragraph("Nothing changes.")
        return
    for title, kinds in _TITLES.items():
        said: dict[str, list[dt.date]] = {}
        for change in difference.of(*kinds):
            said.setdefault(_sentence(change, exercises), []).append(change.date)
        if said:
            yield Heading(3, title)
            yield Bullets(tuple(f"{_dates(dates)}: {sentence}" for sentence, dates in said.items()))
    yield Paragraph(f"{plural(difference.kept, 'session')} as before.")


def _dates(dates: list[dt.date]) -> str:
    """Name the day, or the first of several with how many there are."""
    first = day(dates[0])
    return first if len(dates) == 1 else f"{first} and {plural(len(dates) - 1, 'time')} more up to {day(dates[-1])}"


def _sentence(change: Change, exercises: dict[str, Exercise]) -> str:
    was, now = change.was, change.now
    if isinstance(was, Session) or isinstance(now, Session):
        return _of_session(change)
    if isinstance(was, Prescription) or isinstance(now, Prescription):
        return _of_exercise(change, exercises)
    if isinstance(was, Run) or isinstance(now, Run):
        old, new = run(was) if isinstance(was, Run) else None, run(now) if isinstance(now, Run) else None
        if isinstance(was, Run) and isinstance(now, Run) and old == new:
            earlier, later = (when(each.day_part) or "an open time" for each in (was, now))
            return f"the {new} moves from {earlier} to {later}"
        return f"{new} instead of {old}" if old and new else f"{new} is new" if new else f"no {old}"
    if isinstance(was, Week) or isinstance(now, Week):
        return _of_week(was if isinstance(was, Week) else None, now if isinstance(now, Week) else None)
    session = f"session {change.session}"
    return {
        ChangeKind.SESSION_SKIPPED: f"{session} is left out: {now}",
        ChangeKind.SESSION_BACK: f"{session} is back (it was left out: {was})",
        ChangeKind.PINNED: f"{session} is pinned",
        ChangeKind.UNPINNED: f"{session} is no longer pinned",
        ChangeKind.NOTE: f"note on {session}: {now}" if now is not None else f"no note on {session} any more",
    }[change.kind]


def _of_session(change: Change) -> str:
    was, now = change.was, change.now
    if isinstance(was, Session) and isinstance(now, Session):
        old, new = (" ".join(part for part in (day(each.date), when(each.day_part)) if part) for each in (was, now))
        place = f", at {now.place} instead of {was.place}" if was.place is not now.place else ""
        return f"session {now.id} ({spaced(now.emphasis)}) stands on {new}, not on {old}{place}"
    if isinstance(now, Session):
        return f"a new session {now.id}: {spaced(now.emphasis)}, {lasting(now)}"
    return f"session {change.session} is gone" + (f" ({spaced(was.emphasis)})" if isinstance(was, Session) else "")


def _of_exercise(change: Change, exercises: dict[str, Exercise]) -> str:
    def told(asked: Prescription) -> tuple[str, str]:
        exercise = exercises.get(asked.exercise)
        return (exercise.name if exercise is not None else asked.exercise), dose(asked, exercise)

    was, now = change.was, change.now
    if isinstance(was, Prescription) and isinstance(now, Prescription) and was.exercise == now.exercise:
        return f"{told(now)[0]}: {dose_change(was, now)}"
    old = told(was) if isinstance(was, Prescription) else None
    new = told(now) if isinstance(now, Prescription) else None
    if old is not None and new is not None:
        return f"{new[0]} ({new[1]}) instead of {old[0]}"
    return f"{new[0]} comes in: {new[1]}" if new is not None else f"{old[0] if old is not None else ''} leaves"


def _of_week(was: Week | None, now: Week | None) -> str:
    def told(week: Week) -> str:
        return f"a week of {spaced(week.phase)}{', lighter (deload)' if week.deload else ''}"

    if was is not None and now is not None:
        return f"{told(now)} instead of {told(was)}"
    return f"{told(now)} is new" if now is not None else f"{told(was) if was is not None else ''} falls away"
