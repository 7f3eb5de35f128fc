"""What a reader of foreign files has to tell: what was taken in a certain way, passed by, or could not be read."""

from __future__ import annotations

import datetime as dt

from runstrong.model.value import Record, record
from runstrong.model.words import Handling

__all__ = ["Remark"]


@record
class Remark(Record):
    """One thing that a reader tells of a file, with its place.

    Args:
        handling: what became of it: taken in a certain way, passed by, a figure unread, a whole activity unread.
        what: what stood there.
        why: why it could not be read or was passed by, or how it was taken.
        file: the file it stands in; None when it was not read from one.
        place: where in the file, such as ``row 12`` or ``session 2``; empty for the file as a whole.
        date: the local day it falls on; None when that cannot be told, or when it concerns no single day.

    Example:
        >>> remark = Remark(Handling.FIGURE_UNREAD, "distance '1O.2'", "not a number", "activities.csv", "row 12")
        >>> str(remark), remark.grave
        ("activities.csv: row 12: distance '1O.2': not a number", True)
    """

    handling: Handling
    what: str
    why: str
    file: str | None = None
    place: str = ""
    date: dt.date | None = None

    @property
    def grave(self) -> bool:
        """Whether something that stands in the file is missing from what was read."""
        return self.handling in (Handling.FIGURE_UNREAD, Handling.ACTIVITY_UNREAD)

    def __str__(self) -> str:
        where = ": ".join(part for part in (self.file, self.place) if part)
        body = f"{self.what}: {self.why}" if self.why else self.what
        return f"{where}: {body}" if where else body
