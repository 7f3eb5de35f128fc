"""For which days a log of other programs' files vouches that what is not written did not happen."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Collection, Iterable, Sequence

from runstrong.model.log import Coverage
from runstrong.model.value import Record, record

__all__ = ["MOST_SILENT", "Heard", "stretches", "with_strength"]

MOST_SILENT = 365
"""Days without any activity after which an export is taken to say nothing: who paused so long may have recorded
elsewhere (convention)."""

_DAY = dt.timedelta(days=1)


@record
class Heard(Record):
    """What one file says about days.

    Args:
        days: of its activities, of all sports, in the order of the file.
        listing: whether it claims to list all that was done.
        whole: whether it was read to its end.
        blind: whether it holds an activity of which not even the day can be told.
    """

    days: Sequence[dt.date]
    listing: bool
    whole: bool
    blind: bool

    @property
    def span(self) -> tuple[dt.date, dt.date] | None:
        """First and last day that the file speaks for; None when it speaks for none."""
        if not self.listing or self.blind or not self.days:
            return None
        first, last = min(self.days), max(self.days)
        if self.whole:
            return first, last
        # What is cut off comes next in the order of the file, maybe on the very day where it breaks off.
        pairs = list(itertools.pairwise(self.days))
        if first != last and all(one <= other for one, other in pairs):
            return first, last - _DAY
        if first != last and all(one >= other for one, other in pairs):
            return first + _DAY, last
        return None


def stretches(heard: Iterable[Heard], lost: Collection[dt.date]) -> list[tuple[dt.date, dt.date]]:
    """Return the stretches of days that files speak for, less those on which something could not be read.

    Example:
        >>> day = dt.date(2027, 1, 4)
        >>> days = [day, day + 3 * _DAY, day + 6 * _DAY]
        >>> [tuple(map(str, part)) for part in stretches([Heard(days, True, True, False)], {day + _DAY})]
        [('2027-01-04', '2027-01-04'), ('2027-01-06', '2027-01-10')]
    """
    parts: list[tuple[dt.date, dt.date]] = []
    for each in heard:
        span = each.span
        if span is None:
            continue
        days = sorted({day for day in each.days if span[0] <= day <= span[1]} | set(span))
        begin = days[0]
        for before, after in itertools.pairwise(days):
            if (after - before).days > MOST_SILENT:
                parts.append((begin, before))
                begin = after
        parts.append((begin, days[-1]))
    return _without(_joined(parts), lost)


def _joined(parts: list[tuple[dt.date, dt.date]]) -> list[tuple[dt.date, dt.date]]:
    made: list[tuple[dt.date, dt.date]] = []
    for first, last in sorted(parts):
        if made and first <= made[-1][1] + _DAY:
            made[-1] = (made[-1][0], max(made[-1][1], last))
        else:
            made.append((first, last))
    return made


def _without(parts: list[tuple[dt.date, dt.date]], lost: Collection[dt.date]) -> list[tuple[dt.date, dt.date]]:
    made = []
    for first, last in parts:
        begin = first
        for day in sorted(day for day in lost if first <= day <= last):
            if begin < day:
                made.append((begin, day - _DAY))
            begin = day + _DAY
        if begin <= last:
            made.append((begin, last))
    return made


def with_strength(
    parts: Iterable[tuple[dt.date, dt.date]], days: Collection[dt.date], unknown: Collection[dt.date]
) -> tuple[Coverage, ...]:
    """Return coverage of runs, and of strength from the first to the last day on which its exercises were told.

    Args:
        parts: stretches for which runs are vouched for.
        days: on which strength was told exercise by exercise.
        unknown: on which strength was done, and its exercises are not all known.
    """
    made: list[Coverage] = []
    first, last = min(days, default=None), max(days, default=None)
    for begin, end in parts:
        if first is None or last is None or last < begin or end < first:
            made.append(Coverage(first=begin, last=end))
            continue
        told = _without([(max(begin, first), min(end, last))], unknown)
        covered = [(one, other, True) for one, other in told]
        at = begin
        for one, other, _ in list(covered):
            if at < one:
                covered.append((at, one - _DAY, False))
            at = other + _DAY
        if at <= end:
            covered.append((at, end, False))
        made += [Coverage(first=one, last=other, strength=strength) for one, other, strength in sorted(covered)]
    return tuple(made)
