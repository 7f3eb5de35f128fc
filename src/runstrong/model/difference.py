"""What differs between two plans, as values: a face says it in a runner's words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from runstrong.model.plan import Session, Week
from runstrong.model.prescription import Prescription
from runstrong.model.running import Run
from runstrong.model.value import Value, identifier, many, value
from runstrong.model.words import Word

__all__ = ["Change", "ChangeKind", "Difference"]


class ChangeKind(Word):
    """What sort of difference it is, the weightiest first."""

    SESSION_GONE = "session-gone"
    SESSION_NEW = "session-new"
    SESSION_MOVED = "session-moved"
    SESSION_SKIPPED = "session-skipped"
    SESSION_BACK = "session-back"
    EXERCISE_SWAPPED = "exercise-swapped"
    EXERCISE_GONE = "exercise-gone"
    EXERCISE_NEW = "exercise-new"
    DOSE = "dose"
    RUN_GONE = "run-gone"
    RUN_NEW = "run-new"
    RUN_CHANGED = "run-changed"
    WEEK = "week"
    PINNED = "pinned"
    UNPINNED = "unpinned"
    NOTE = "note"


@value
class Change(Value):
    """One difference between a plan and another.

    Args:
        kind: what sort it is.
        date: where it stands; in the second plan, where it is in both.
        session: id of the session it is about.
        was: what stood in the first plan; None for what is new.
        now: what stands in the second; None for what is gone.
    """

    kind: ChangeKind
    date: dt.date
    session: str | None = identifier(default=None)
    was: Session | Prescription | Run | Week | str | None = None
    now: Session | Prescription | Run | Week | str | None = None


@value
class Difference(Value):
    """All that differs between two plans, in order of time.

    Args:
        changes: by date, then by weight.
        kept: sessions that are the same in both.
    """

    changes: tuple[Change, ...] = many(default=())
    kept: int = 0

    def __bool__(self) -> bool:
        return bool(self.changes)

    def __iter__(self) -> Iterator[Change]:
        return iter(self.changes)

    def __len__(self) -> int:
        return len(self.changes)

    def of(self, *kinds: ChangeKind) -> tuple[Change, ...]:
        """Return the changes of these kinds."""
        return tuple(change for change in self.changes if change.kind in kinds)
