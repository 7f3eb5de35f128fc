"""What a measure says of a day: a value with its convention, or unknown with a reason; and a whole series of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from runstrong.model.errors import InvalidValue, Problem
from runstrong.model.value import Record, record

if TYPE_CHECKING:
    from runstrong.measures.measure import Measure

__all__ = ["Measured", "Reading", "Track", "Unknown"]


@record
class Measured(Record):
    """What a measure comes to on a day.

    It is ordered, and subtracted from, against values of the very same measure of the very same thing alone: a ratio
    by one convention says nothing beside one by another.

    Args:
        measure: with its convention.
        what: what was measured, such as ``session load``.
        date: the day at whose end it stands.
        value: in `unit`.
        unit: of the value.

    Example:
        >>> import datetime as dt
        >>> from runstrong.measures import Acwr, DailySeries, EwmaRatio
        >>> loads = DailySeries.of([30.0] * 21 + [50.0] * 7, first=dt.date(2027, 1, 4))
        >>> one, other = Acwr().on(loads, loads.last), EwmaRatio().on(loads, loads.last)
        >>> one < other  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        runstrong.model.errors.InvalidValue: comparison: exponential acute:chronic ratio of session load, 7 to 28 ...
    """

    measure: Measure
    what: str
    date: dt.date
    value: float
    unit: str

    def _beside(self, other: Measured) -> float | None:
        """Return the value of another that can stand beside this one; None for what is not measured.

        Raises:
            InvalidValue: it is of another measure, or of another thing.
        """
        given: object = other  # whatever a caller without type checks hands in
        if not isinstance(given, Measured):
            return None
        if (self.measure, self.what, self.unit) != (other.measure, other.what, other.unit):
            allowed, cure = f"a value of {self.said}", "take both by the same measure of the same series"
            raise InvalidValue([Problem("comparison", other.said, allowed, cure)])
        return other.value

    @property
    def said(self) -> str:
        """The measure and what it is of, in words."""
        return self.measure.said_of(self.what)

    def __lt__(self, other: Measured) -> bool:
        value = self._beside(other)
        return NotImplemented if value is None else self.value < value

    def __le__(self, other: Measured) -> bool:
        value = self._beside(other)
        return NotImplemented if value is None else self.value <= value

    def __gt__(self, other: Measured) -> bool:
        value = self._beside(other)
        return NotImplemented if value is None else self.value > value

    def __ge__(self, other: Measured) -> bool:
        value = self._beside(other)
        return NotImplemented if value is None else self.value >= value

    def __sub__(self, other: Measured) -> float:
        value = self._beside(other)
        return NotImplemented if value is None else self.value - value

    def __float__(self) -> float:
        return self.value

    def __str__(self) -> str:
        unit = "" if self.unit == "ratio" else f" {self.unit}"
        return f"{self.date}: {self.said} is {self.value:.6g}{unit}"


@record
class Unknown(Record):
    """A day of which a measure says nothing: unknown is not zero. It has no value, so that none can be taken for one.

    Args:
        measure: with its convention.
        what: what was to be measured.
        date: the day.
        reason: why it is not known.
    """

    measure: Measure
    what: str
    date: dt.date
    reason: str

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        return f"{self.date}: {self.measure.said_of(self.what)} is unknown: {self.reason}"


Reading = Measured | Unknown
"""What a measure says of a day."""


@record
class Track(Record):
    """A measure over a series, a value or unknown for each day.

    Args:
        measure: with its convention.
        what: what was measured.
        unit: of the values.
        first: day of the first value.
        values: one a day; None where unknown.
        reasons: why, where unknown; empty elsewhere.
    """

    measure: Measure
    what: str
    unit: str
    first: dt.date
    values: tuple[float | None, ...]
    reasons: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.values)

    def __iter__(self) -> Iterator[Reading]:
        return (self._reading(place) for place in range(len(self.values)))

    @property
    def last(self) -> dt.date:
        """Day of the last value."""
        return self.first + dt.timedelta(days=len(self.values) - 1)

    def on(self, day: dt.date) -> Reading:
        """Return what it says of a day; before and after the series it is unknown."""
        place = (day - self.first).days
        if place < 0:
            return Unknown(self.measure, self.what, day, f"the record begins on {self.first}")
        if place >= len(self.values):
            return Unknown(self.measure, self.what, day, f"the record ends on {self.last}")
        return self._reading(place)

    def rows(self) -> list[tuple[dt.date, float | None, str]]:
        """Return day, value and reason of each day, as the rows of a table."""
        days = (self.first + dt.timedelta(days=place) for place in range(len(self.values)))
        return list(zip(days, self.values, self.reasons, strict=True))

    def _reading(self, place: int) -> Reading:
        day, value = self.first + dt.timedelta(days=place), self.values[place]
        if value is None:
            return Unknown(self.measure, self.what, day, self.reasons[place])
        return Measured(self.measure, self.what, day, value, self.unit)
