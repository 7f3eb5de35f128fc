"""Changes to a plan, as values: what a person decides, and what a rule proposes as a fix."""

from __future__ import annotations

import datetime as dt

from runstrong.model.prescription import Prescription
from runstrong.model.value import Value, identifier, value
from runstrong.model.words import DayPart

__all__ = ["Drop", "Edit", "Move", "Note", "Pin", "Skip", "Swap"]


@value
class Move(Value):
    """Move a session to another day, and another part of the day where one is given."""

    session: str = identifier()
    to: dt.date
    day_part: DayPart | None = None

    def __str__(self) -> str:
        part = f", {self.day_part}" if self.day_part else ""
        return f"move session {self.session} to {self.to}{part}"


@value
class Swap(Value):
    """Put `replacement` where a session has `exercise`: another exercise, or the same with another dose."""

    session: str = identifier()
    exercise: str = identifier()
    replacement: Prescription

    def __str__(self) -> str:
        return f"in session {self.session}, replace {self.exercise} by {self.replacement.exercise}: {self.replacement}"


@value
class Drop(Value):
    """Leave an exercise out of a session."""

    session: str = identifier()
    exercise: str = identifier()

    def __str__(self) -> str:
        return f"in session {self.session}, leave out {self.exercise}"


@value
class Skip(Value):
    """Leave a whole session out, with a reason; it stays in the plan, marked."""

    session: str = identifier()
    reason: str

    def __str__(self) -> str:
        return f"skip session {self.session}: {self.reason}"


@value
class Pin(Value):
    """Keep a session as it is when the rest is planned again."""

    session: str = identifier()

    def __str__(self) -> str:
        return f"pin session {self.session}"


@value
class Note(Value):
    """Write a remark on a session."""

    session: str = identifier()
    text: str

    def __str__(self) -> str:
        return f"note on session {self.session}: {self.text}"


Edit = Move | Swap | Drop | Skip | Pin | Note
