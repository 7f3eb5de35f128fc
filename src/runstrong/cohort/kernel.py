"""The measures of `runstrong.measures` over many athletes at once: days by athletes, one day after the other.

A day is a row, contiguous in memory, so that a step over all athletes is one vector operation. Sums and maxima of
windows are put together from a suffix of one stretch and a prefix of the next (van Herk 1992; Gil and Werman 1993):
each window costs three operations a day whatever its length, and nothing is ever subtracted, so that nothing cancels
and no residue of a great load is left where there is none. The spread of near-constant weeks, where the sum of squares
would cancel, is taken again in two passes.

Unknown is NaN here, going in and coming out; why a day is unknown is for `runstrong.measures` to tell.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from runstrong.measures import (
    Acwr,
    Balance,
    BalanceDay,
    Banister,
    Coupling,
    EwmaRatio,
    LoadAverage,
    Measure,
    Monotony,
    Seed,
    SessionLoad,
    SessionSpike,
    Strain,
    WeeklyRamp,
    WeeklyVolume,
)
from runstrong.measures.formulas import NO_SPREAD
from runstrong.model.errors import InvalidValue, Problem

__all__ = ["Floats", "computed"]

Floats = npt.NDArray[np.float64]
_WIDTH = 16384
"""Athletes in a step: rows of so many keep in the processor's cache, and fewer would be all overhead."""
_NEAR_CONSTANT = 100.0
"""A mean over so many deviations is taken again in two passes: beyond, the sum of squares has lost six digits."""


def computed(values: Floats, measures: Sequence[Measure], out: Sequence[Floats] | None = None) -> list[Floats]:
    """Return what each measure says of each day and athlete; NaN where it is unknown.

    Args:
        values: days by athletes, NaN where a day is unknown or outside the athlete's record.
        measures: with their conventions; what two of them share is computed once.
        out: arrays of the same shape to write to, one for each measure; made when not given.

    Raises:
        InvalidValue: `values` has not two dimensions, or a measure is none of `runstrong.measures`.

    Example:
        >>> loads = np.array([[30.0, 50.0]] * 21 + [[50.0, 50.0]] * 7)
        >>> [round(float(each), 4) for each in computed(loads, [Acwr()])[0][-1]]
        [1.4286, 1.0]
    """
    if values.ndim != 2:
        raise InvalidValue([Problem("values", f"{values.ndim} dimensions", "two: days by athletes")])
    made = list(out) if out is not None else [np.empty_like(values) for _ in measures]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        for first in range(0, values.shape[1], _WIDTH):
            part = slice(first, first + _WIDTH)
            _Stepping(values[:, part]).run(measures, [each[:, part] for each in made])
    return made


class _Stepping:
    """One pass over the days of a block of athletes; window sums and means that several measures need are shared."""

    def __init__(self, values: Floats) -> None:
        self.values = values
        holes = np.isnan(values)
        self.holes = bool(holes.any())
        self.rows = np.where(holes, 0.0, values) if self.holes else values
        self.known = ~holes if self.holes else None
        self.width = values.shape[1]
        self.day = 0
        self.here = self.rows[0] if len(values) else np.empty(0)
        self.on_end = np.zeros(self.width, dtype=np.int64)
        """Days known on end up to the day itself, for each athlete; kept where some are not known."""
        self.on_end_before = self.on_end.copy()
        self.spare = np.empty(self.width)
        self._steps: dict[Hashable, Any] = {}

    def run(self, measures: Sequence[Measure], out: Sequence[Floats]) -> None:
        tells = [_teller(measure, self) for measure in measures]
        steps = list(self._steps.values())
        for day in range(len(self.values)):
            self.day, self.here = day, self.rows[day]
            if self.known is not None:
                np.copyto(self.on_end_before, self.on_end)
                np.add(self.on_end, 1, out=self.on_end)
                np.multiply(self.on_end, self.known[day], out=self.on_end)
            for step in steps:
                step.take()
            for tell, made in zip(tells, out, strict=True):
                tell(made[day])

    def shared(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """Return a step that was asked for before, or a new one; each is taken before those that are built on it."""
        if key not in self._steps:
            made = make()
            self._steps[key] = made
        return self._steps[key]

    def settle(self, row: Floats, reach: int, *, before: bool = False) -> None:
        """Blank what a measure says of athletes whose record has not run for so many days on end.

        Args:
            row: of the day.
            reach: days that have to be known.
            before: whether they end on the day before.
        """
        if self.known is None:
            if self.day + (0 if before else 1) < reach:
                row.fill(np.nan)
        else:
            np.copyto(row, np.nan, where=(self.on_end_before if before else self.on_end) < reach)


class _Sum:
    """The sum, or the maximum, of the last days, of the values or of their squares."""

    def __init__(self, at: _Stepping, days: int, *, squared: bool = False, largest: bool = False) -> None:
        self.at, self.days, self.squared = at, days, squared
        self.join: Any = np.maximum if largest else np.add
        self.suffix = np.zeros((days + 1, at.width))
        self.raw = np.zeros((days, at.width)) if squared else None
        self.prefix = np.zeros(at.width)
        self.now = np.zeros(at.width)

    def take(self) -> None:
        place = self.at.day % self.days
        if place == 0 and self.at.day:
            self._close()
        row = self.at.here
        if self.raw is not None:
            row = np.multiply(row, row, out=self.raw[place])
        if place:
            self.join(self.prefix, row, out=self.prefix)
        else:
            np.copyto(self.prefix, row)
        self.join(self.prefix, self.suffix[place + 1], out=self.now)

    def _close(self) -> None:
        """Make the suffixes of the stretch that has ended; the one past its end stays zero, below any load."""
        day, rows, raw, suffix = self.at.day, self.at.rows, self.raw, self.suffix
        for place in range(self.days - 1, 0, -1):
            row = raw[place] if raw is not None else rows[day - self.days + place]
            self.join(suffix[place + 1], row, out=suffix[place])


class _Late:
    """What another step came to some days ago."""

    def __init__(self, at: _Stepping, step: Any, days: int) -> None:
        self.at, self.step, self.days = at, step, days
        self.kept = np.zeros((days + 1, at.width))
        self.now = self.kept[0]

    def take(self) -> None:
        place = self.at.day % (self.days + 1)
        np.copyto(self.kept[place], self.step.now)
        self.now = self.kept[(place + 1) % (self.days + 1)]


class _Fading:
    """A sum of all days that fades by a share each day; an unknown day ends it."""

    def __init__(self, at: _Stepping, keeps: float, first: float) -> None:
        self.at, self.keeps, self.first = at, keeps, first
        self.now = np.zeros(at.width)

    def take(self) -> None:
        at, now = self.at, self.now
        if at.known is None and at.day == 0:
            np.multiply(at.here, self.first, out=now)
            return
        np.multiply(now, self.keeps, out=now)
        np.add(now, at.here, out=now)
        if at.known is not None:
            np.multiply(now, at.known[at.day], out=now)
            if self.first != 1.0:
                begun = at.on_end == 1
                if begun.any():
                    now[begun] = at.here[begun] * self.first


_Tell = Callable[[Floats], None]


def _teller(measure: Measure, at: _Stepping) -> _Tell:
    """Return what writes a measure's row of the day, once all steps are taken."""
    for kind, make in _TELLERS.items():
        if type(measure) is kind:
            return make(measure, at)
    known = ", ".join(sorted(kind.__name__ for kind in _TELLERS))
    cure = "take it athlete by athlete with its own over()"
    raise InvalidValue([Problem("measures", type(measure).__name__, f"one of {known}", cure)])


def _sum(at: _Stepping, days: int, *, squared: bool = False) -> _Sum:
    made: _Sum = at.shared(("sum", days, squared), lambda: _Sum(at, days, squared=squared))
    return made


def _late(at: _Stepping, key: Hashable, step: Any, days: int) -> _Late:
    made: _Late = at.shared(("late", key, days), lambda: _Late(at, step, days))
    return made


def _load(_: SessionLoad, at: _Stepping) -> _Tell:
    def tell(row: Floats) -> None:
        np.copyto(row, at.here)
        at.settle(row, 1)

    return tell


def _volume(measure: WeeklyVolume, at: _Stepping) -> _Tell:
    total = _sum(at, measure.days)

    def tell(row: Floats) -> None:
        np.copyto(row, total.now)
        at.settle(row, measure.days)

    return tell


def _ramp(measure: WeeklyRamp, at: _Stepping) -> _Tell:
    now = _sum(at, measure.days)
    before = _late(at, ("sum", measure.days), now, measure.days)

    def tell(row: Floats) -> None:
        np.subtract(now.now, before.now, out=row)
        np.divide(row, before.now, out=row)
        np.copyto(row, np.nan, where=before.now == 0)
        at.settle(row, 2 * measure.days)

    return tell


def _acwr(measure: Acwr, at: _Stepping) -> _Tell:
    acute, rest = _sum(at, measure.acute), measure.chronic - measure.acute
    chronic: Any
    if measure.coupling is Coupling.COUPLED:
        chronic, factor = _sum(at, measure.chronic), measure.chronic / measure.acute
    else:
        chronic, factor = _late(at, ("sum", rest), _sum(at, rest), measure.acute), rest / measure.acute

    def tell(row: Floats) -> None:
        np.divide(acute.now, chronic.now, out=row)
        np.multiply(row, factor, out=row)
        if measure.coupling is Coupling.UNCOUPLED:
            np.copyto(row, np.nan, where=chronic.now == 0)
        at.settle(row, measure.chronic)

    return tell


def _fading(at: _Stepping, weight: float, *, seeded: bool) -> _Fading:
    """Return an exponential mean over its weight: m / k goes by m / k * (1 - k) + x, which costs one step less."""
    first = 1 / weight if seeded else 1.0
    made: _Fading = at.shared(("fading", weight, seeded), lambda: _Fading(at, 1 - weight, first))
    return made


def _ewma(measure: EwmaRatio, at: _Stepping) -> _Tell:
    quick, slow = measure.decay.weight(measure.acute), measure.decay.weight(measure.chronic)
    acute, chronic = _fading(at, quick, seeded=True), _fading(at, slow, seeded=True)

    def tell(row: Floats) -> None:
        np.divide(acute.now, chronic.now, out=row)
        np.multiply(row, quick / slow, out=row)
        at.settle(row, measure.settles)

    return tell


def _monotony(measure: Monotony | Strain, at: _Stepping) -> _Tell:
    days, lost = measure.days, measure.deviation.lost_degrees
    total, squares = _sum(at, days), _sum(at, days, squared=True)
    scale = math.sqrt((days - lost) / days)
    strain = isinstance(measure, Strain)

    def tell(row: Floats) -> None:
        # mean / deviation = s / sqrt(n q - s^2), for the population's deviation
        np.multiply(total.now, total.now, out=at.spare)
        np.multiply(squares.now, float(days), out=row)
        np.subtract(row, at.spare, out=row)
        np.sqrt(row, out=row)
        np.divide(total.now, row, out=row)
        if at.day + 1 >= days:
            sure = row < _NEAR_CONSTANT
            if not sure.all():
                doubtful = np.flatnonzero(~sure)
                row[doubtful] = _in_two_passes(at.rows[at.day - days + 1 : at.day + 1, doubtful])
        if scale != 1.0:
            np.multiply(row, scale, out=row)
        if strain:
            np.multiply(row, total.now, out=row)
        at.settle(row, days)

    return tell


def _in_two_passes(window: Floats) -> Floats:
    """Return mean over the population's deviation; NaN without spread."""
    mean = window.mean(axis=0)
    deviation = np.sqrt(np.square(window - mean).mean(axis=0))
    return np.where(deviation > NO_SPREAD * mean, mean / deviation, np.nan)


def _spike(measure: SessionSpike, at: _Stepping) -> _Tell:
    longest = at.shared(("largest", measure.days), lambda: _Sum(at, measure.days, largest=True))
    before = _late(at, ("largest", measure.days), longest, 1)

    def tell(row: Floats) -> None:
        np.divide(at.here, before.now, out=row)
        np.copyto(row, np.nan, where=(before.now == 0) | (at.here == 0))
        at.settle(row, measure.days, before=True)
        if at.known is not None:
            np.copyto(row, np.nan, where=~at.known[at.day])

    return tell


def _average(measure: LoadAverage, at: _Stepping) -> _Tell:
    weight = measure.decay.weight(measure.days)
    mean = _fading(at, weight, seeded=measure.seed is Seed.FIRST)

    def tell(row: Floats) -> None:
        np.multiply(mean.now, weight, out=row)
        at.settle(row, measure.settles)

    return tell


def _balance(measure: Balance, at: _Stepping) -> _Tell:
    late = measure.day is BalanceDay.YESTERDAY
    parts: list[tuple[Any, float]] = []
    for each in (measure.fitness, measure.fatigue):
        weight, seeded = each.decay.weight(each.days), each.seed is Seed.FIRST
        mean: Any = _fading(at, weight, seeded=seeded)
        parts.append((_late(at, ("fading", weight, seeded), mean, 1) if late else mean, weight))
    (slow, fitness), (fast, fatigue) = parts
    settles = max(measure.fitness.settles, measure.fatigue.settles)

    def tell(row: Floats) -> None:
        np.multiply(slow.now, fitness, out=row)
        np.multiply(fast.now, fatigue, out=at.spare)
        np.subtract(row, at.spare, out=row)
        at.settle(row, settles, before=late)

    return tell


def _banister(measure: Banister, at: _Stepping) -> _Tell:
    def impulse(days: float) -> _Fading:
        keeps = math.exp(-1 / days)
        made: _Fading = at.shared(("impulse", keeps), lambda: _Fading(at, keeps, 1.0))
        return made

    late = measure.day is BalanceDay.YESTERDAY
    parts: list[tuple[Any, float]] = []
    for days, factor in ((measure.fitness_days, measure.gain), (measure.fatigue_days, measure.cost)):
        keeps, step = math.exp(-1 / days), impulse(days)
        # By the day before, each day has what its eve had, faded once more.
        parts.append((_late(at, ("impulse", keeps), step, 1), factor * keeps) if late else (step, factor))
    (fitness, gain), (fatigue, cost) = parts

    def tell(row: Floats) -> None:
        np.multiply(fitness.now, gain, out=row)
        np.multiply(fatigue.now, cost, out=at.spare)
        np.subtract(row, at.spare, out=row)
        np.add(row, measure.base, out=row)
        at.settle(row, measure.settles, before=late)

    return tell


_TELLERS: dict[type[Measure], Callable[[Any, _Stepping], _Tell]] = {
    SessionLoad: _load, WeeklyVolume: _volume, WeeklyRamp: _ramp, Acwr: _acwr, EwmaRatio: _ewma,
    Monotony: _monotony, Strain: _monotony, SessionSpike: _spike, LoadAverage: _average, Balance: _balance,
    Banister: _banister,
}  # fmt: skip
