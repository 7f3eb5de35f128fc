"""Measures whose memory fades: exponential ratios, averages of load (fitness, fatigue, balance) and Banister's model.

What an unknown day held is never guessed: it ends the memory. The next known day begins it anew, and until it has run
for `settles` days nothing is told.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import ClassVar

from runstrong.measures.formulas import decay_of_half_life, decay_of_span
from runstrong.measures.measure import Measure, Told, Why, lack
from runstrong.measures.series import DailySeries
from runstrong.measures.windows import CONTESTED, COUPLING
from runstrong.model.errors import Problem
from runstrong.model.evidence import CONVENTION, Evidence
from runstrong.model.quantities import number
from runstrong.model.value import limited, value
from runstrong.model.words import Certainty, Word

__all__ = ["Balance", "BalanceDay", "Banister", "Decay", "EwmaRatio", "LoadAverage", "Seed"]


class Decay(Word):
    """How the days of an exponential mean become the weight of its newest day."""

    SPAN = "2 / (N + 1)"
    """Williams 2017, for ratios."""
    HALF_LIFE = "1 - exp(-ln 2 / N)"
    """Weights halve in N days."""
    RECIPROCAL = "1 / N"
    """What most charts of fitness and fatigue do."""
    EXPONENTIAL = "1 - exp(-1 / N)"
    """Weights fall to 1/e in N days."""

    def weight(self, days: float) -> float:
        """Return the weight of the newest day.

        Example:
            >>> [round(each.weight(7), 4) for each in Decay]
            [0.25, 0.0943, 0.1429, 0.1331]
        """
        if self is Decay.SPAN:
            return decay_of_span(days)
        if self is Decay.HALF_LIFE:
            return decay_of_half_life(days)
        return 1 / days if self is Decay.RECIPROCAL else 1 - math.exp(-1 / days)


class Seed(Word):
    """What an exponential mean begins with."""

    FIRST = "the first load of the record"
    ZERO = "zero"


@value
class EwmaRatio(Measure):
    """The ratio of two exponential means of daily load; contested as the other kinds (see `Acwr`).

    Args:
        acute: days of the faster mean.
        chronic: days of the slower one.
        decay: how days become weights.
        settles: days on end that have to be known before it tells anything.

    Source:
        williams-2017 (from memory).

    Example:
        >>> import datetime as dt
        >>> from runstrong.measures import DailySeries
        >>> loads = DailySeries.of([30.0] * 21 + [50.0] * 7, first=dt.date(2027, 1, 4))
        >>> round(EwmaRatio().on(loads, loads.last).value, 5)
        1.24975
    """

    name: ClassVar[str] = "exponential acute:chronic ratio"
    _evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence(source="williams-2017", certainty=Certainty.EXPERT_OPINION, unverified=True,
                 supports="exponential means, so that older days weigh less"),
        COUPLING,
        *CONTESTED,
    )  # fmt: skip

    acute: int = limited(1, 90, default=7)
    chronic: int = limited(2, 365, default=28)
    decay: Decay = Decay.SPAN
    settles: int = limited(1, 365, default=28)

    def _conflicts(self) -> Iterable[Problem]:
        if self.acute >= self.chronic:
            yield Problem("EwmaRatio.acute", str(self.acute), f"fewer days than chronic, {self.chronic}")

    def _choices(self) -> str:
        days = f"{self.acute} to {self.chronic} days, weight {self.decay}"
        return f"{days}, begun with the first load, told from day {self.settles}"

    def _told(self, series: DailySeries) -> Sequence[Told]:
        fast, slow = self.decay.weight(self.acute), self.decay.weight(self.chronic)
        told: list[Told] = []
        lacking, acute, chronic = -1, 0.0, 0.0
        for place, load in enumerate(series.values):
            if load is None:
                lacking = place
            elif place - lacking == 1:
                acute = chronic = load
            else:
                acute += fast * (load - acute)
                chronic += slow * (load - chronic)
            if place - lacking < self.settles:
                told.append(lack(series, lacking, self.settles))
            else:
                told.append(acute / chronic if chronic > 0 else Why.NO_LOAD)
        return told


_CHARTS = (
    Evidence(source="allen-coggan-2010", certainty=Certainty.EXPERT_OPINION, unverified=True,
             supports="42 and 7 days as fitness and fatigue on a chart"),
    Evidence(source=CONVENTION, certainty=Certainty.CONVENTION,
             supports="one athlete beside their own past; the numbers of two people do not compare"),
    Evidence(source="hellard-2006", certainty=Certainty.LOW,
             against="the decays of the model that it simplifies could not be told with precision in nine swimmers"),
)  # fmt: skip


@value
class LoadAverage(Measure):
    """An exponential average of daily load: over 42 days often called fitness (CTL), over 7 fatigue (ATL).

    Args:
        days: of the average.
        decay: how days become the weight of the newest one.
        seed: what it begins with.
        settles: days on end that have to be known before it tells anything; 1 tells from the first day, when the seed
            still weighs all.

    Source:
        allen-coggan-2010 (from memory).

    Example:
        >>> import datetime as dt
        >>> from runstrong.measures import DailySeries
        >>> loads = DailySeries.of([50.0] * 28 + [100.0] * 7, first=dt.date(2027, 1, 4))
        >>> [round(LoadAverage(days=42, settles=1, decay=each).on(loads, loads.last).value, 1) for each in Decay]
        [54.7, 27.4, 36.2, 35.9]
    """

    name: ClassVar[str] = "average"
    unit: ClassVar[str] = ""
    _evidence: ClassVar[tuple[Evidence, ...]] = _CHARTS

    days: int = limited(1, 365, default=42)
    decay: Decay = Decay.RECIPROCAL
    seed: Seed = Seed.ZERO
    settles: int = limited(1, 365, default=42)

    def _choices(self) -> str:
        return f"{self.days} days, weight {self.decay}, begun with {self.seed}, told from day {self.settles}"

    def _told(self, series: DailySeries) -> Sequence[Told]:
        weight, first = self.decay.weight(self.days), self.seed is Seed.FIRST
        told: list[Told] = []
        lacking, mean = -1, 0.0
        for place, load in enumerate(series.values):
            if load is None:
                lacking = place
            elif place - lacking == 1:
                mean = load if first else weight * load
            else:
                mean += weight * (load - mean)
            told.append(mean if place - lacking >= self.settles else lack(series, lacking, self.settles))
        return told


class BalanceDay(Word):
    """Which day's averages make a day's balance."""

    YESTERDAY = "yesterday"
    """What one brings to the day's training."""
    TODAY = "today"
    """What is left after it."""


@value
class Balance(Measure):
    """Fitness less fatigue (TSB): a slow average of load less a fast one, of the day before or of the day.

    Args:
        fitness: the slow average.
        fatigue: the fast one.
        day: whose averages are taken.

    Source:
        allen-coggan-2010 (from memory).

    Example:
        >>> import datetime as dt
        >>> from runstrong.measures import DailySeries
        >>> loads = DailySeries.of([50.0] * 60 + [0.0], first=dt.date(2027, 1, 4))
        >>> [round(Balance(day=each).on(loads, loads.last).value, 1) for each in BalanceDay]
        [-11.8, -5.5]
    """

    name: ClassVar[str] = "balance"
    unit: ClassVar[str] = ""
    _evidence: ClassVar[tuple[Evidence, ...]] = _CHARTS

    fitness: LoadAverage = LoadAverage(days=42)
    fatigue: LoadAverage = LoadAverage(days=7)
    day: BalanceDay = BalanceDay.YESTERDAY

    def _conflicts(self) -> Iterable[Problem]:
        if self.fatigue.days >= self.fitness.days:
            yield Problem("Balance.fatigue", f"{self.fatigue.days} days", f"fewer than fitness, {self.fitness.days}")

    def _choices(self) -> str:
        return f"of {self.day}, {self.fitness} less {self.fatigue}"

    def _told(self, series: DailySeries) -> Sequence[Told]:
        slow, fast = self.fitness._told(series), self.fatigue._told(series)
        told: list[Told] = [_difference(one, other) for one, other in zip(slow, fast, strict=True)]
        if self.day is BalanceDay.TODAY:
            return told
        # The day itself need not be known for what was brought to it.
        return [lack(series, -1, max(self.fitness.settles, self.fatigue.settles)), *told[:-1]]


def _difference(one: Told, other: Told) -> Told:
    if isinstance(one, float) and isinstance(other, float):
        return one - other
    return one if not isinstance(one, float) else other


@value
class Banister(Measure):
    """Performance as fitness less fatigue, p = p0 + k1 g - k2 h, each an impulse of every load that decays.

    g(t) = g(t-1) exp(-1 / tau1) + w(t), and h with tau2. By the day before, a day's own load w(t) is left out. The
    constants differ from person to person and are to be fitted to tests of one athlete; those that stand here are
    customary starting points, so that the figure has no meaning beyond its course.

    Args:
        base: p0.
        gain: k1, of fitness.
        cost: k2, of fatigue.
        fitness_days: tau1.
        fatigue_days: tau2.
        settles: days on end that have to be known before it tells anything.
        day: whether a day's own load counts in it, or the loads up to the day before alone.

    Raises:
        InvalidValue: a constant is out of range, or fatigue does not fade sooner than fitness.

    Source:
        banister-1975, banister-1991 (both from memory); the constants are a convention.

    Example:
        >>> import datetime as dt
        >>> from runstrong.measures import DailySeries
        >>> loads = DailySeries.of([100.0, 0.0, 0.0], first=dt.date(2027, 1, 4))
        >>> [round(each.value, 1) for each in Banister(settles=1).over(loads)]
        [-100.0, -75.7, -54.9]
    """

    name: ClassVar[str] = "Banister performance"
    unit: ClassVar[str] = "arbitrary units"
    _evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence(source="banister-1975", certainty=Certainty.EXPERT_OPINION, unverified=True,
                 supports="a systems model of training and performance"),
        Evidence(source="banister-1991", certainty=Certainty.EXPERT_OPINION, unverified=True,
                 supports="performance as the difference of two fading impulses"),
        Evidence(source="hellard-2006", certainty=Certainty.LOW,
                 supports="fitted to nine swimmers it followed their performance over a season",
                 against="wide intervals, and constants so correlated that single ones mean nothing"),
        Evidence(source="busso-2003", certainty=Certainty.LOW,
                 against="in six subjects a fatigue that grows with training fitted better"),
    )  # fmt: skip

    base: float = limited(-1e9, 1e9, default=0.0)
    gain: float = limited(0, 1e6, default=1.0)
    cost: float = limited(0, 1e6, default=2.0)
    fitness_days: float = limited(1, 365, default=42.0)
    fatigue_days: float = limited(1, 365, default=7.0)
    settles: int = limited(1, 365, default=42)
    day: BalanceDay = BalanceDay.TODAY

    def _conflicts(self) -> Iterable[Problem]:
        if self.fatigue_days >= self.fitness_days:
            allowed = f"fewer than fitness_days, {number(self.fitness_days)}"
            yield Problem("Banister.fatigue_days", number(self.fatigue_days), allowed)

    def _choices(self) -> str:
        fitness = f"k1 {number(self.gain)} over {number(self.fitness_days)} days"
        fatigue = f"k2 {number(self.cost)} over {number(self.fatigue_days)}"
        begun = f"begun with zero, told from day {self.settles}"
        return f"p0 {number(self.base)}, {fitness}, {fatigue}, loads up to {self.day}, {begun}"

    def _told(self, series: DailySeries) -> Sequence[Told]:
        slow, fast = math.exp(-1 / self.fitness_days), math.exp(-1 / self.fatigue_days)
        before = self.day is BalanceDay.YESTERDAY
        told: list[Told] = []
        lacking, fitness, fatigue = -1, 0.0, 0.0  # of the latest load that counts
        # By the day before, each day has what its eve had, faded once more; the first has no eve.
        for place, load in enumerate((None, *series.values[:-1]) if before else series.values):
            seen = place - 1 if before else place
            if load is None:
                lacking, fitness, fatigue = seen, 0.0, 0.0
            else:
                fitness, fatigue = fitness * slow + load, fatigue * fast + load
            if seen - lacking < self.settles:
                told.append(lack(series, lacking, self.settles))
            elif before:
                told.append(self.base + self.gain * fitness * slow - self.cost * fatigue * fast)
            else:
                told.append(self.base + self.gain * fitness - self.cost * fatigue)
        return told
