"""From the rows of a long table to days by athletes, and back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np
import numpy.typing as npt

from runstrong.cohort.kernel import Floats
from runstrong.model.value import Record, entry

__all__ = ["Gaps", "Grid", "grids_of"]

Gaps = Literal["rest", "unknown"]
"""What a day without a row is, between an athlete's first row and last: a day of rest, or not recorded."""

Ints = npt.NDArray[np.int64]

_CELLS = 8_000_000
"""Days times athletes in one grid: 64 MB for each measure."""


@entry
class Grid(Record):
    """Values of some athletes on consecutive days.

    Args:
        first: number of the first day, counted from 1970-01-01.
        codes: of the athletes, ascending.
        values: days by athletes; NaN where unknown.
        inside: days by athletes: whether the day lies in the athlete's record; None where all do.
    """

    first: int
    codes: Ints
    values: Floats
    inside: npt.NDArray[np.bool_] | None


def grids_of(codes: Ints, days: Ints, values: Floats, *, gaps: Gaps, largest: bool = False) -> Iterator[Grid]:
    """Yield grids that hold all athletes between them, few enough in each for memory.

    Args:
        codes: of the athlete of each row, from 0 up without a gap.
        days: of each row, counted from 1970-01-01.
        values: of each row; NaN where unknown, which makes the day unknown.
        gaps: what a day without a row is.
        largest: whether a day's value is the largest of its rows, and not their sum.
    """
    if not len(codes):
        return
    first, last = int(days.min()), int(days.max())
    span, athletes = last - first + 1, int(codes.max()) + 1
    whole = _regular(codes, days, values, span, athletes)
    if whole is not None:
        yield Grid(first, np.arange(athletes), whole, None)
        return
    at_once = max(1, _CELLS // span)
    if athletes <= at_once:
        yield _grid(codes, days, values, np.arange(athletes), gaps=gaps, largest=largest)
        return
    order = np.argsort(codes, kind="stable")
    ends = np.cumsum(np.bincount(codes, minlength=athletes))
    begin = 0
    for low in range(0, athletes, at_once):
        high = min(low + at_once, athletes)
        rows = order[begin : ends[high - 1]]
        begin = int(ends[high - 1])
        yield _grid(codes[rows] - low, days[rows], values[rows], np.arange(low, high), gaps=gaps, largest=largest)


def _regular(codes: Ints, days: Ints, values: Floats, span: int, athletes: int) -> Floats | None:
    """Return the values of a table that is a whole grid already, one row a day for each athlete in order; else None."""
    if len(codes) != span * athletes:
        return None
    by_athlete, by_day = codes.reshape(athletes, span), days.reshape(athletes, span)
    if (by_athlete == by_athlete[:, :1]).all() and (by_day == by_day[0]).all() and (np.diff(by_day[0]) == 1).all():
        # Each athlete has a stretch of its own, as there are as many stretches as athletes and codes ascend with them.
        if (np.diff(by_athlete[:, 0]) == 1).all():
            return np.ascontiguousarray(values.reshape(athletes, span).T)
        return None
    by_athlete, by_day = codes.reshape(span, athletes), days.reshape(span, athletes)
    if (
        (by_day == by_day[:, :1]).all()
        and (np.diff(by_day[:, 0]) == 1).all()
        and (by_athlete == np.arange(athletes)).all()
    ):
        return np.ascontiguousarray(values.reshape(span, athletes))
    return None


def _grid(codes: Ints, days: Ints, values: Floats, named: Ints, *, gaps: Gaps, largest: bool) -> Grid:
    first, athletes = int(days.min()), len(named)
    span = int(days.max()) - first + 1
    cells = (days - first) * athletes + codes
    filled: Floats
    if largest:
        filled = np.full(span * athletes, -np.inf)
        # A NaN among the rows of a day makes its largest NaN too.
        np.maximum.at(filled, cells, values)
        held = filled != -np.inf
        filled[~held] = 0.0
    else:
        filled = np.bincount(cells, weights=values, minlength=span * athletes).astype(np.float64, copy=False)
        held = np.bincount(cells, minlength=span * athletes) > 0
    table, held = filled.reshape(span, athletes), held.reshape(span, athletes)
    begins, ends = np.full(athletes, span, dtype=np.int64), np.full(athletes, -1, dtype=np.int64)
    np.minimum.at(begins, codes, days - first)
    np.maximum.at(ends, codes, days - first)
    day = np.arange(span)[:, None]
    inside = (day >= begins) & (day <= ends)
    unknown = ~inside if gaps == "rest" else ~held
    table[unknown] = np.nan
    return Grid(first, named, table, None if inside.all() else inside)
