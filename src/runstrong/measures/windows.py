"""Measures of a window of days: volume, ramp, acute to chronic ratio, monotony, strain, and the session spike."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Sequence
from typing import ClassVar

from runstrong.measures.formulas import coupled_ratio, monotony, uncoupled_ratio
from runstrong.measures.measure import Measure, Told, Why, Windowed, lack
from runstrong.measures.series import DailySeries
from runstrong.model.errors import Problem
from runstrong.model.evidence import Evidence
from runstrong.model.value import limited, value
from runstrong.model.words import Certainty, Word

__all__ = [
    "CONTESTED", "COUPLING", "Acwr", "Coupling", "Deviation", "Monotony", "SessionLoad", "SessionSpike", "Strain",
    "WeeklyRamp", "WeeklyVolume",
]  # fmt: skip

PROPOSED = (
    Evidence(source="gabbett-2016", certainty=Certainty.EXPERT_OPINION, unverified=True,
             supports="a band of 0.8 to 1.3 and a limit of 1.5"),
    Evidence(source="hulin-2016", certainty=Certainty.VERY_LOW,
             supports="most injuries at very high ratios, in 53 rugby league players"),
)  # fmt: skip
"""What is said for ratios of acute to chronic load."""

CONTESTED = (
    Evidence(source="impellizzeri-2020", certainty=Certainty.MODERATE,
             against="fixed and random denominators give like odds ratios"),
    Evidence(source="frandsen-2025", certainty=Certainty.MODERATE,
             against="a higher ratio went with fewer injuries in 5,205 runners"),
    Evidence(source="cloosterman-2024", certainty=Certainty.LOW, against="methods flag different runners"),
)  # fmt: skip
"""What speaks against ratios of acute to chronic load, however they are made."""

COUPLING = Evidence(
    source="lolli-2019", certainty=Certainty.LOW,
    against="a part of the whole divided by the whole correlates by itself",
)  # fmt: skip
"""What speaks against a ratio whose latest days are part of its yardstick."""

_COUPLED = (
    *PROPOSED,
    Evidence(source="windt-gabbett-2019", certainty=Certainty.EXPERT_OPINION, unverified=True,
             supports="coupling alone need not undo what a ratio tells"),
    COUPLING,
    *CONTESTED,
)  # fmt: skip
_UNCOUPLED = (*PROPOSED, *CONTESTED)


class Coupling(Word):
    """Whether the acute days are part of the chronic ones."""

    COUPLED = "coupled"
    """They are: the ratio cannot pass chronic / acute days, 4 for 7 and 28."""
    UNCOUPLED = "uncoupled"
    """They are not: the chronic days are those before them."""


class Deviation(Word):
    """Which standard deviation is taken; over seven days the two lie 8 % apart."""

    POPULATION = "population"
    """Divided by the number of days."""
    SAMPLE = "sample"
    """Divided by the number of days less one."""

    @property
    def lost_degrees(self) -> int:
        """What is taken from the number of days."""
        return 1 if self is Deviation.SAMPLE else 0


@value
class SessionLoad(Windowed):
    """Foster's session load of a day: minutes times session RPE (0 to 10), added up over its sessions.

    Take it over `daily_load`, which multiplies; over another series it is that series.

    Source:
        foster-2001; foster-1998 (from memory).

    Example:
        >>> import datetime as dt
        >>> from runstrong.measures import DailySeries
        >>> loads = DailySeries.of([180, 0], first=dt.date(2027, 1, 4))
        >>> print(SessionLoad().on(loads, loads.first))
        2027-01-04: daily total of session load, minutes times session RPE of each session is 180 arbitrary units
    """

    name: ClassVar[str] = "daily total"
    unit: ClassVar[str] = ""
    _evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence(source="foster-2001", certainty=Certainty.LOW,
                 supports="goes with load by heart rate over steady and interval cycling and ball games",
                 against="gives higher figures than load by heart rate"),
        Evidence(source="foster-1998", certainty=Certainty.EXPERT_OPINION, unverified=True,
                 supports="a way to follow training"),
    )  # fmt: skip

    def _days(self) -> int:
        return 1

    def _choices(self) -> str:
        return "minutes times session RPE of each session"

    def _of(self, window: Sequence[float]) -> float | Why:
        return window[0]


@value
class WeeklyVolume(Windowed):
    """The sum of the last days, the day itself included: a rolling week, whatever weekday it ends on.

    Args:
        days: of the sum.

    Example:
        >>> import datetime as dt
        >>> from runstrong.measures import DailySeries
        >>> km = DailySeries.of([5, 0, 8, 0, 6, 0, 15], first=dt.date(2027, 1, 4), what="distance", unit="km")
        >>> print(WeeklyVolume().on(km, km.last))
        2027-01-10: volume of distance, last 7 days is 34 km
    """

    name: ClassVar[str] = "volume"
    unit: ClassVar[str] = ""

    days: int = limited(1, 365, default=7)

    def _days(self) -> int:
        return self.days

    def _choices(self) -> str:
        return f"last {self.days} days"

    def _of(self, window: Sequence[float]) -> float | Why:
        return math.fsum(window)


@value
class WeeklyRamp(Windowed):
    """By which share the sum of the last days is over that of as many days before; unknown where that is 0.

    Args:
        days: of each of the two sums.

    Source:
        nielsen-2014 looked at progression by the week.

    Example:
        >>> import datetime as dt
        >>> from runstrong.measures import DailySeries
        >>> km = DailySeries.of([5.0] * 7 + [6.0] * 7, first=dt.date(2027, 1, 4), what="distance", unit="km")
        >>> round(WeeklyRamp().on(km, km.last).value, 6)
        0.2
    """

    name: ClassVar[str] = "ramp"
    _evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence(source="nielsen-2014", certainty=Certainty.VERY_LOW,
                 supports="direction; the threshold is exploratory and its interval crosses 1"),
        Evidence(source="frandsen-2025", certainty=Certainty.LOW,
                 against="no relation of week-to-week change with injury in 5,205 runners"),
        Evidence(source="buist-2008", certainty=Certainty.MODERATE,
                 against="a graded 13-week start had as many injuries as an 8-week one in 532 novices"),
    )  # fmt: skip

    days: int = limited(1, 182, default=7)

    def _days(self) -> int:
        return 2 * self.days

    def _choices(self) -> str:
        return f"last {self.days} days over the {self.days} before"

    def _of(self, window: Sequence[float]) -> float | Why:
        before = math.fsum(window[: self.days])
        return (math.fsum(window[self.days :]) - before) / before if before > 0 else Why.NO_LOAD


@value
class Acwr(Windowed):
    """The acute to chronic ratio of daily means: the last week beside the last four, or beside the three before it.

    It is contested (see `evidence`): two runners, or two weeks, are not to be ranked by it. For the kind with
    exponential means see `EwmaRatio`.

    Args:
        coupling: whether the acute days are part of the chronic ones.
        acute: latest days.
        chronic: all days, the acute ones included in both kinds.

    Source:
        gabbett-2016.

    Example:
        >>> import datetime as dt
        >>> from runstrong.measures import DailySeries
        >>> loads = DailySeries.of([30.0] * 21 + [50.0] * 7, first=dt.date(2027, 1, 4))
        >>> [round(Acwr(coupling=kind).on(loads, loads.last).value, 4) for kind in Coupling]
        [1.4286, 1.6667]
        >>> print(Acwr().on(loads, dt.date(2027, 1, 20)).reason)
        28 days on end are needed, and 2027-01-03 is not known: before the record began
    """

    name: ClassVar[str] = "acute:chronic ratio"

    coupling: Coupling = Coupling.COUPLED
    acute: int = limited(1, 90, default=7)
    chronic: int = limited(2, 365, default=28)

    def _conflicts(self) -> Iterable[Problem]:
        if self.acute >= self.chronic:
            yield Problem("Acwr.acute", str(self.acute), f"fewer days than chronic, {self.chronic}")

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What is known about its use; that it divides a part by the whole speaks against the coupled kind alone."""
        return _COUPLED if self.coupling is Coupling.COUPLED else _UNCOUPLED

    def _days(self) -> int:
        return self.chronic

    def _choices(self) -> str:
        if self.coupling is Coupling.COUPLED:
            return f"coupled, {self.acute} days to {self.chronic}"
        return f"uncoupled, {self.acute} days to the {self.chronic - self.acute} before them"

    def _of(self, window: Sequence[float]) -> float | Why:
        ratio = coupled_ratio if self.coupling is Coupling.COUPLED else uncoupled_ratio
        found = ratio(window, self.acute)
        return Why.NO_LOAD if found is None else found


_FOSTER = (
    Evidence(source="foster-1998", certainty=Certainty.EXPERT_OPINION, unverified=True,
             supports="high monotony and strain before illness in athletes"),
    Evidence(source="nielsen-2012", certainty=Certainty.LOW,
             against="31 studies could not tell which training errors cause injury"),
)  # fmt: skip


@value
class _OfSpread(Windowed):
    """Base of what asks how much the days of a window differ."""

    _evidence: ClassVar[tuple[Evidence, ...]] = _FOSTER

    days: int = limited(2, 365, default=7)
    deviation: Deviation = Deviation.POPULATION

    def _days(self) -> int:
        return self.days

    def _choices(self) -> str:
        return f"{self.days} days, {self.deviation} deviation"

    def _alike(self, window: Sequence[float]) -> float | Why:
        found = monotony(window, self.deviation.lost_degrees)
        return Why.NO_SPREAD if found is None else found


@value
class Monotony(_OfSpread):
    """Mean daily value over its standard deviation, rest days as 0; unknown, not infinite, where all days are alike.

    Args:
        days: of the window.
        deviation: of the population or of a sample.

    Source:
        foster-1998 (from memory).

    Example:
        >>> import datetime as dt
        >>> from runstrong.measures import DailySeries
        >>> week = DailySeries.of([0, 80, 40, 0, 90, 60, 80], first=dt.date(2027, 1, 4))
        >>> [round(Monotony(deviation=each).on(week, week.last).value, 4) for each in Deviation]
        [1.4265, 1.3207]
    """

    name: ClassVar[str] = "monotony"

    def _of(self, window: Sequence[float]) -> float | Why:
        return self._alike(window)


@value
class Strain(_OfSpread):
    """The sum of a window times its monotony.

    Args:
        days: of the window.
        deviation: of the population or of a sample.

    Source:
        foster-1998 (from memory).

    Example:
        >>> import datetime as dt
        >>> from runstrong.measures import DailySeries
        >>> week = DailySeries.of([0, 80, 40, 0, 90, 60, 80], first=dt.date(2027, 1, 4))
        >>> [round(Strain(deviation=each).on(week, week.last).value, 1) for each in Deviation]
        [499.3, 462.2]
    """

    name: ClassVar[str] = "strain"
    unit: ClassVar[str] = ""

    def _of(self, window: Sequence[float]) -> float | Why:
        alike = self._alike(window)
        return math.fsum(window) * alike if isinstance(alike, float) else alike


@value
class SessionSpike(Measure):
    """The longest run of a day over the longest of the days before; take it over `longest_runs`.

    Unknown on a day without a run, without a run in the window, and where a day of the window is unknown: the longest
    may have stood there. In the cohort behind it risk did not rise evenly: from 10 to 30 % over, hazard ratio 1.64
    (1.31-2.05); from 30 to 100 %, 1.52 (1.16-2.00); beyond, 2.28 (1.50-3.48).

    Args:
        days: before the day, which is not one of them.

    Source:
        frandsen-2025: observational, self-reported, 5,205 runners.

    Example:
        >>> import datetime as dt
        >>> from runstrong.measures import DailySeries
        >>> km = [10.0] + [0.0] * 29 + [13.0]
        >>> runs = DailySeries.of(km, first=dt.date(2027, 1, 4), what="longest run", unit="km")
        >>> print(SessionSpike().on(runs, runs.last))
        2027-02-03: spike of longest run, over the 30 days before is 1.3
    """

    name: ClassVar[str] = "spike"
    _evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence(source="frandsen-2025", certainty=Certainty.MODERATE,
                 supports="a run over 10 % longer than any of 30 days went with more injuries",
                 against="observational and self-reported; the risk does not rise from band to band"),
    )  # fmt: skip

    days: int = limited(1, 365, default=30)

    def _reach(self) -> int:
        return self.days + 1

    def _choices(self) -> str:
        return f"over the {self.days} days before"

    def _told(self, series: DailySeries) -> Sequence[Told]:
        told: list[Told] = []
        lacking = -1
        # Days that may still be the longest of some window: a run outlives every shorter one before it.
        longest: deque[tuple[int, float]] = deque()
        for place, km in enumerate(series.values):
            if longest and longest[0][0] < place - self.days:
                longest.popleft()
            if km is None:
                told.append(lack(series, place, 1))
                lacking = place
                continue
            if km == 0:
                told.append(Why.NO_RUN)
                continue
            if place - 1 - lacking < self.days:
                told.append(lack(series, lacking, self.days))
            else:
                told.append(km / longest[0][1] if longest else Why.NO_RUN_BEFORE)
            while longest and longest[-1][1] <= km:
                longest.pop()
            longest.append((place, km))
        return told
