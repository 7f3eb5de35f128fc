"""The formulas of training load, over a window of daily values: each a function of plain numbers.

They know nothing of days, gaps or conventions; the measures of this package do, and say so. A rule that judges a
window of its own calls them as they are.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

__all__ = [
    "NO_SPREAD", "coupled_ratio", "decay_of_half_life", "decay_of_span", "mean_of", "monotony", "spread_of",
    "uncoupled_ratio", "weighted_mean", "weighted_ratio",
]  # fmt: skip

NO_SPREAD = 1e-9
"""A standard deviation under this share of the mean is rounding, not spread."""


def mean_of(values: Sequence[float]) -> float:
    """Return the mean of a window, summed without rounding."""
    # What `statistics.fmean` does; that module takes as long to import as all the rules of running together.
    return math.fsum(values) / len(values)


def coupled_ratio(loads: Sequence[float], acute: int) -> float | None:
    """Return the mean of the last `acute` days over the mean of all of them; None without load.

    Example:
        >>> round(coupled_ratio([30.0] * 21 + [50.0] * 7, 7), 4)
        1.4286
    """
    chronic = mean_of(loads)
    return mean_of(loads[-acute:]) / chronic if chronic > 0 else None


def uncoupled_ratio(loads: Sequence[float], acute: int) -> float | None:
    """Return the mean of the last `acute` days over the mean of the days before them; None without load before.

    Example:
        >>> round(uncoupled_ratio([30.0] * 21 + [50.0] * 7, 7), 4)
        1.6667
    """
    chronic = mean_of(loads[:-acute])
    return mean_of(loads[-acute:]) / chronic if chronic > 0 else None


def decay_of_span(days: float) -> float:
    """Return the weight of the newest day in an exponential mean that spans so many days: 2 / (N + 1).

    Source:
        williams-2017 (from memory).

    Example:
        >>> decay_of_span(7)
        0.25
    """
    return 2 / (days + 1)


def decay_of_half_life(days: float) -> float:
    """Return the weight of the newest day in an exponential mean whose weights halve in so many days.

    Example:
        >>> round(decay_of_half_life(1), 3)
        0.5
    """
    return 1 - math.exp(-math.log(2) / days)


def weighted_mean(loads: Sequence[float], weight: float) -> float:
    """Return the exponential mean at the end of a window, begun with its first value.

    Args:
        loads: in order of date.
        weight: of the newest day.
    """
    mean = loads[0]
    for load in loads[1:]:
        mean += weight * (load - mean)
    return mean


def weighted_ratio(loads: Sequence[float], acute: int) -> float | None:
    """Return the ratio of two exponential means, both begun with the first load; None without load.

    A day weighs 2 / (N + 1), with N the `acute` days for the one mean and all days for the other.

    Example:
        >>> round(weighted_ratio([30.0] * 21 + [50.0] * 7, 7), 5)
        1.24975
    """
    chronic = weighted_mean(loads, decay_of_span(len(loads)))
    return weighted_mean(loads, decay_of_span(acute)) / chronic if chronic > 0 else None


def spread_of(values: Sequence[float], lost_degrees: int = 0) -> float | None:
    """Return the standard deviation of a window; None where it is no more than rounding (`NO_SPREAD`).

    Args:
        values: of the days.
        lost_degrees: 0 for the population's deviation, 1 for the sample's.
    """
    mean = mean_of(values)
    deviation = math.sqrt(math.fsum((each - mean) ** 2 for each in values) / (len(values) - lost_degrees))
    return deviation if deviation > NO_SPREAD * mean else None


def monotony(loads: Sequence[float], lost_degrees: int = 0) -> float | None:
    """Return mean over standard deviation of a window's daily loads, rest days as 0; None without spread.

    Args:
        loads: of the days.
        lost_degrees: 0 for the population's deviation, 1 for the sample's.

    Source:
        foster-1998 (from memory).

    Example:
        >>> week = [0.0, 80.0, 40.0, 0.0, 90.0, 60.0, 80.0]
        >>> round(monotony(week), 4), round(monotony(week, lost_degrees=1), 3)
        (1.4265, 1.321)
    """
    deviation = spread_of(loads, lost_degrees)
    return mean_of(loads) / deviation if deviation is not None else None
