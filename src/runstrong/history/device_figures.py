"""Figures as devices write them: times, distances and lengths, and what is told where one cannot be."""

from __future__ import annotations

import datetime as dt
import math

from runstrong.model.errors import InvalidValue
from runstrong.model.quantities import Distance, Duration
from runstrong.model.remarks import Remark
from runstrong.model.words import Handling

__all__ = ["Figures", "between", "by_clock", "moment"]


def moment(text: str) -> dt.datetime | None:
    """Return the time that a text tells, aware where it names an offset; None where it tells none.

    Example:
        >>> moment("2027-01-04T06:30:00Z").isoformat(), moment("soon")
        ('2027-01-04T06:30:00+00:00', None)
    """
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        return None


def by_clock(start: dt.datetime | None) -> tuple[dt.datetime | None, dt.datetime | None]:
    """Return a start as local time without an offset, and as time with one; one of them at most is known.

    Example:
        >>> by_clock(dt.datetime(2027, 1, 4, 6, 30))
        (datetime.datetime(2027, 1, 4, 6, 30), None)
    """
    if start is None or start.tzinfo is None:
        return start, None
    return None, start


def between(first: dt.datetime | None, last: dt.datetime | None) -> float | None:
    """Return the seconds from one time to another, 0 at least; None where one is unknown or told by another clock."""
    if first is None or last is None or (first.tzinfo is None) != (last.tzinfo is None):
        return None
    return max(0.0, (last - first).total_seconds())


class Figures:
    """Takes figures of one activity, and tells those that cannot be.

    Args:
        file: name of the file, for reports.
        place: of the activity in it.
    """

    def __init__(self, file: str | None, place: str) -> None:
        self.file, self.place = file, place
        self.remarks: list[Remark] = []

    def tell(self, what: str, why: str, handling: Handling = Handling.FIGURE_UNREAD) -> None:
        """Take a remark."""
        self.remarks.append(Remark(handling, what, why, self.file, self.place))

    def number(self, name: str, given: object) -> float | None:
        """Return a figure that is 0 or more; None where there is none."""
        if given is None or given == "":
            return None
        try:
            found = float(given)  # type: ignore[arg-type]  # whatever a file holds
        except (TypeError, ValueError):
            found = math.nan
        if not 0 <= found < math.inf:
            self.tell(f"{name} {str(given)[:40]!r}", "not a number of 0 or more")
            return None
        return found

    def meters(self, name: str, given: object) -> Distance | None:
        """Return a distance given in meters; one of 0 is none, as devices write it where they measured nothing."""
        found = self.number(name, given)
        if not found:
            return None
        try:
            return Distance(found / 1000)
        except InvalidValue as error:
            self.tell(f"{name} {found:g} m", f"allowed: {error.problems[0].allowed}")
            return None

    def seconds(self, name: str, given: object) -> Duration | None:
        """Return a length given in seconds; one of 0 is none."""
        found = self.number(name, given)
        if not found:
            return None
        try:
            return Duration(found)
        except InvalidValue as error:
            self.tell(f"{name} {found:g} s", f"allowed: {error.problems[0].allowed}")
            return None
