"""What every measure shares: a convention that is part of it, what is known about it, and how it reads a series."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import ClassVar

from runstrong.measures.readings import Reading, Track
from runstrong.measures.series import DailySeries
from runstrong.model.evidence import CONVENTION, Evidence
from runstrong.model.value import Value
from runstrong.model.words import Certainty, Word

__all__ = ["Measure", "Told", "Why", "Windowed", "lack"]


class Why(Word):
    """Why a measure says nothing of a day although the record speaks of it, apart from days that are not known."""

    NO_LOAD = "there is no load to divide by"
    NO_SPREAD = "the same every day: there is no spread to divide by"
    NO_RUN = "no run stands on that day"
    NO_RUN_BEFORE = "no run stands in the days before"


Told = float | str | Why
"""A value, or why there is none."""


class Measure(Value):
    """Base of the measures: a frozen value whose fields are its convention, so that two of them are not the same.

    A measure is of a series at the end of a day, and looks only back. Where a day that it needs is unknown, so is it.
    """

    __slots__ = ()

    unit: ClassVar[str] = "ratio"
    """Of its values; empty where they have the unit of the series."""
    name: ClassVar[str]
    """In the field's own words."""
    _evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence(source=CONVENTION, certainty=Certainty.CONVENTION, supports="a sum"),
    )

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What is known about its use: who proposed it, and what speaks against it."""
        return self._evidence

    @property
    def convention(self) -> str:
        """The choices that another might make differently, in words."""
        return self._choices()

    def _choices(self) -> str:
        raise NotImplementedError

    @property
    def validity(self) -> Certainty:
        """How sure anyone is that it tells something of health or performance: the best of what supports it."""
        order = list(Certainty)
        return min((each.certainty for each in self.evidence if each.supports), key=order.index)

    @property
    def against(self) -> tuple[str, ...]:
        """What speaks against its use, each with its source."""
        return tuple(f"{each.against} ({each.source})" for each in self.evidence if each.against)

    @property
    def contested(self) -> bool:
        """Whether published work speaks against its use."""
        return any(each.against for each in self.evidence)

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of the sources behind it and against it."""
        return tuple(dict.fromkeys(each.source for each in self.evidence if each.source != CONVENTION))

    def said_of(self, what: str) -> str:
        """Name it with what it is of and its convention."""
        return ", ".join(part for part in (f"{self.name} of {what}", self.convention) if part)

    def __str__(self) -> str:
        return ", ".join(part for part in (self.name, self.convention) if part)

    def unit_of(self, series: DailySeries) -> str:
        """Return the unit of its values over a series."""
        return self.unit or series.unit

    def over(self, series: DailySeries) -> Track:
        """Return what it says of each day of a series."""
        told = self._told(series)
        values = tuple(each if isinstance(each, float) else None for each in told)
        reasons = tuple("" if isinstance(each, float) else str(each) for each in told)
        return Track(self, series.what, self.unit_of(series), series.first, values, reasons)

    def on(self, series: DailySeries, day: dt.date) -> Reading:
        """Return what it says of one day, which looks no further back than it has to."""
        reach, place = self._reach(), (day - series.first).days
        if reach is None or not reach <= place < len(series):
            return self.over(series).on(day)
        kept = slice(place - reach, place + 1)
        begin = series.first + dt.timedelta(days=place - reach)
        short = DailySeries(begin, series.values[kept], series.reasons[kept], series.what, series.unit)
        return self.over(short).on(day)

    def _reach(self) -> int | None:
        """Return how many days it looks at, the day itself included; None where it looks at all of them."""
        return None

    def _told(self, series: DailySeries) -> Sequence[Told]:
        """Return a value or the reason why there is none, for each day."""
        raise NotImplementedError


class Windowed(Measure):
    """Base of the measures that look at so many days up to the day itself, all of which have to be known."""

    __slots__ = ()

    def _days(self) -> int:
        """Return how many days it looks at."""
        raise NotImplementedError

    def _reach(self) -> int:
        return self._days()

    def _of(self, window: Sequence[float]) -> float | Why:
        """Return what it says of a window whose days are all known."""
        raise NotImplementedError

    def _told(self, series: DailySeries) -> Sequence[Told]:
        values, reach = series.values, self._days()
        told: list[Told] = []
        lacking = -1  # place of the last day that is not known
        for place, value in enumerate(values):
            if value is None:
                lacking = place
            if place - lacking >= reach:
                window = values[place - reach + 1 : place + 1]
                told.append(self._of(window))  # type: ignore[arg-type]  # none of them is None
            else:
                told.append(lack(series, lacking, reach))
        return told


def lack(series: DailySeries, place: int, reach: int) -> str:
    """Say which day of those that a measure needs is not known.

    Args:
        series: that it is taken over.
        place: of the last day that is not known; -1 for the day before the series.
        reach: days that it needs.
    """
    if place < 0 and series.first == dt.date.min:
        return f"{reach} days on end are needed, and there are no dates before {series.first}"
    day = series.first + dt.timedelta(days=place)
    return f"{reach} days on end are needed, and {day} is not known: {series.why(day)}"
