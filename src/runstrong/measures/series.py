"""Daily values, with the kinds of zero kept apart: rest, not recorded, and before the record began."""

from __future__ import annotations

import datetime as dt
import numbers
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import attrs

from runstrong.model.errors import InvalidValue, Problem
from runstrong.model.log import Log
from runstrong.model.quantities import Duration
from runstrong.model.session_load import added_up, loads_of, performed_sessions
from runstrong.model.value import Value, quantity, shown

__all__ = ["DailySeries", "daily_km", "daily_load", "daily_minutes", "longest_runs"]

LOAD, LOAD_UNIT = "session load", "arbitrary units"

BEFORE = "before the record began"
AFTER = "after the record ends"
NOT_RECORDED = "not recorded"
NOT_KNOWN = "training whose load was not recorded"

MOST = 1e9
"""Most that a day may count, in any unit (convention): sums and squares of years of it stay what floats can hold."""
_ALLOWED = f"a number from 0 to {MOST:g}, or None for a day of which nothing is known"


def _as_floats(values: Any) -> Any:
    if not isinstance(values, (tuple, list)):
        return values
    return tuple([float(each) if type(each) is int and 0 <= each <= MOST else each for each in values])


@quantity
class DailySeries(Value):
    """One value a day, without a gap in the dates: 0 is rest, None is unknown, with the reason beside it.

    Before the first day and after the last nothing is known either; no measure fills that with zeros. `of` makes one of
    plain numbers.

    Args:
        first: day of the first value.
        values: one a day; None where unknown.
        reasons: why, where unknown; empty elsewhere.
        what: what it counts, such as ``session load``.
        unit: of the values.

    Raises:
        InvalidValue: there is no value, one is neither None nor from 0 to 1e9, or an unknown day has no reason.

    Example:
        >>> import datetime as dt
        >>> week = DailySeries.of([0.0, 80.0, None, 0.0], first=dt.date(2027, 1, 4))
        >>> week.at(dt.date(2027, 1, 5)), week.at(dt.date(2027, 1, 6)), week.at(dt.date(2027, 1, 3))
        (80.0, None, None)
        >>> week.why(dt.date(2027, 1, 6)), week.why(dt.date(2027, 1, 3))
        ('not recorded', 'before the record began')
    """

    first: dt.date
    values: tuple[float | None, ...] = attrs.field(
        converter=attrs.Converter(_as_floats), metadata={"least": 1, "limits": (0, MOST, None)}
    )
    reasons: tuple[str, ...]
    what: str
    unit: str

    def _conflicts(self) -> Iterable[Problem]:
        if len(self.reasons) != len(self.values):
            yield Problem("DailySeries.reasons", f"{len(self.reasons)} of them", f"one a day, {len(self.values)}")
        for place, (each, reason) in enumerate(zip(self.values, self.reasons, strict=False)):
            if (each is None) != bool(reason):
                allowed = "a reason" if each is None else "no reason beside a number"
                yield Problem(f"DailySeries.reasons[{place}]", repr(reason), allowed)
        for name, text in (("what", self.what), ("unit", self.unit)):
            if not text.strip():
                yield Problem(f"DailySeries.{name}", repr(text), "a word or two")
        if self.first.toordinal() + len(self.values) - 1 > dt.date.max.toordinal():
            yield Problem(
                "DailySeries.values", f"{len(self.values)} days from {self.first}", "an end before year 10000"
            )

    @classmethod
    def of(
        cls,
        values: Iterable[float | None],
        *,
        first: dt.date,
        reasons: Mapping[dt.date, str] | None = None,
        what: str = LOAD,
        unit: str = LOAD_UNIT,
    ) -> DailySeries:
        """Return a series of one's own numbers.

        Args:
            values: one a day from `first` on; 0 for rest, None for a day of which nothing is known.
            first: day of the first value.
            reasons: why a day is unknown, where it is another reason than that it was not recorded.
            what: what they count.
            unit: of the values.

        Raises:
            InvalidValue: there is no value, or one is negative, over 1e9 or no number. What is not a number (NaN) is
                refused as well: it does not tell rest from what was not recorded.
        """
        taken = tuple(values)
        if not taken:
            raise InvalidValue([Problem("values", "none", "one a day, at least one")])
        if type(first) is not dt.date:
            raise InvalidValue([Problem("first", shown(first), "a date", "datetime.date(year, month, day)")])
        problems = [
            Problem(f"values[{place}]", shown(each), _ALLOWED)
            for place, each in enumerate(taken)
            if each is not None and not _counts(each)
        ]
        for day in reasons or {}:
            place = (day - first).days
            if not 0 <= place < len(taken) or taken[place] is not None:
                problems.append(Problem("reasons", str(day), "days of the series of which nothing is known"))
        if problems:
            raise InvalidValue(problems)
        told = {(day - first).days: reason for day, reason in (reasons or {}).items()}
        why = tuple("" if each is not None else told.get(place, NOT_RECORDED) for place, each in enumerate(taken))
        return cls(first, tuple(None if each is None else float(each) for each in taken), why, what, unit)

    def __len__(self) -> int:
        return len(self.values)

    def __iter__(self) -> Iterator[tuple[dt.date, float | None]]:
        return ((self.first + dt.timedelta(days=place), value) for place, value in enumerate(self.values))

    @property
    def last(self) -> dt.date:
        """Day of the last value."""
        return self.first + dt.timedelta(days=len(self.values) - 1)

    def at(self, day: dt.date) -> float | None:
        """Return the value of a day, None where it is unknown or outside the series."""
        place = (day - self.first).days
        return self.values[place] if 0 <= place < len(self.values) else None

    def why(self, day: dt.date) -> str:
        """Return why a day is unknown; empty for one that is known."""
        place = (day - self.first).days
        if place < 0:
            return BEFORE
        return self.reasons[place] if place < len(self.values) else AFTER


def _counts(each: Any) -> bool:
    # A bool is a number to Python, and no load; a NaN, which no bound holds, would spread through every sum.
    if isinstance(each, bool) or not isinstance(each, numbers.Real):
        return False
    real: Any = each  # what is a real number to Python need not be ordered to a type checker
    return bool(0 <= real <= MOST)


def daily_load(log: Log, *, first: dt.date | None = None, last: dt.date | None = None) -> DailySeries:
    """Return the session load of each day: minutes times session RPE over runs, strength and other training.

    A day counts 0 where the log vouches for its runs, and for its strength where it records strength at all, and holds
    nothing. A day with training of unknown length or rating is unknown, and so is one that the log does not vouch for,
    even where something stands there: it may not be all.

    Args:
        log: as kept or read.
        first: first day; the log's own by default.
        last: last day; the log's own by default.

    Raises:
        InvalidValue: the log is empty and no days are given, or the last day lies before the first.

    Source:
        foster-1998 (from memory).

    Example:
        >>> import datetime as dt
        >>> from runstrong.model.log import Coverage
        >>> from runstrong.model.quantities import Duration, SessionRPE
        >>> from runstrong.model.running import Run
        >>> monday, sunday = dt.date(2027, 1, 4), dt.date(2027, 1, 10)
        >>> run = Run(date=monday, duration=Duration(2400), session_rpe=SessionRPE(3))
        >>> loads = daily_load(Log(runs=[run], coverage=[Coverage(first=monday, last=sunday)]))
        >>> loads.values
        (120.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    """
    whats = _trains(log)
    return _series(log, added_up(loads_of(log)), whats, first, last, what=LOAD, unit=LOAD_UNIT)


def daily_minutes(log: Log, *, first: dt.date | None = None, last: dt.date | None = None) -> DailySeries:
    """Return the minutes of training of each day, over runs, strength and other training; see `daily_load`."""
    found = [(run.date, _minutes(run.duration)) for run in log.runs]
    found += [(each.date, _minutes(each.duration)) for each in log.activities]
    for (date, _), done in performed_sessions(log).items():
        found.append((date, max((each.duration.minutes for each in done if each.duration is not None), default=None)))
    whats = _trains(log)
    return _series(log, added_up(found), whats, first, last, what="training time", unit="min")


def daily_km(log: Log, *, first: dt.date | None = None, last: dt.date | None = None) -> DailySeries:
    """Return the kilometers run on each day; a run without a distance makes its day unknown. See `daily_load`."""
    found = ((run.date, run.distance.km if run.distance is not None else None) for run in log.runs)
    return _series(log, added_up(found), ("runs",), first, last, what="distance", unit="km")


def longest_runs(log: Log, *, first: dt.date | None = None, last: dt.date | None = None) -> DailySeries:
    """Return the longest single run of each day in km, 0 on days without one: what a spike is measured by."""
    longest: dict[dt.date, float | None] = {}
    for run in log.runs:
        if run.distance is None:
            longest[run.date] = None
        elif (known := longest.get(run.date, 0.0)) is not None:
            longest[run.date] = max(known, run.distance.km)
    return _series(log, longest, ("runs",), first, last, what="longest run", unit="km")


def _trains(log: Log) -> tuple[str, ...]:
    """Return what a log has to vouch for; one of runs alone says nothing about strength."""
    records_strength = bool(log.performances) or any(part.strength for part in log.coverage)
    return ("runs", "strength") if records_strength else ("runs",)


def _minutes(length: Duration | None) -> float | None:
    return length.minutes if length is not None else None


def _series(
    log: Log, found: Mapping[dt.date, float | None], whats: tuple[str, ...],
    first: dt.date | None, last: dt.date | None, *, what: str, unit: str,
) -> DailySeries:  # fmt: skip
    span = log.span
    begin, end = first or (span[0] if span else None), last or (span[1] if span else None)
    if begin is None or end is None:
        raise InvalidValue([Problem("log", "empty", "a log with training or coverage, or first and last given")])
    if end < begin:
        raise InvalidValue([Problem("last", str(end), f"on or after {begin}")])
    values: list[float | None] = []
    reasons: list[str] = []
    vouched = _vouched(log, whats)
    for place in range((end - begin).days + 1):
        day = begin + dt.timedelta(days=place)
        value = found.get(day, 0.0)
        if span is None or day < span[0]:
            value, reason = None, BEFORE
        elif day > span[1]:
            value, reason = None, AFTER
        elif not vouched(day):
            value, reason = None, NOT_RECORDED if day not in found else "recorded, but not vouched for whole"
        else:
            reason = NOT_KNOWN if value is None else ""
        values.append(value)
        reasons.append(reason)
    return DailySeries(begin, tuple(values), tuple(reasons), what, unit)


def _vouched(log: Log, whats: tuple[str, ...]) -> Callable[[dt.date], bool]:
    """Return what tells whether a log vouches for all of something on a day."""
    spans = [[(part.first, part.last) for part in log.coverage if getattr(part, what)] for what in whats]
    return lambda day: all(any(first <= day <= last for first, last in each) for each in spans)
