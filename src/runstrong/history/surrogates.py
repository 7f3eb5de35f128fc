"""Session RPE worked out from heart rate or pace, for those who ask for it: an estimate, never what was felt."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Literal

from runstrong.model.errors import InvalidValue, Problem
from runstrong.model.quantities import Distance, Duration
from runstrong.model.value import Record, record
from runstrong.model.words import RPEBasis

__all__ = ["HEART_RATE", "PACE", "Surrogate", "surrogate_for"]

HEART_RATE: tuple[tuple[float, float], ...] = ((0.57, 1.0), (0.64, 3.0), (0.77, 4.5), (0.96, 8.0), (1.0, 10.0))
"""Share of the highest heart rate, and the session RPE that stands for it.

The shares are where the classes of intensity begin (Garber et al. 2011, position stand of the American College of
Sports Medicine, Med Sci Sports Exerc 43:1334-59: very light under 57 % of the highest heart rate and under 9 on Borg's
6-20 scale, light 57-63 % and 9-11, moderate 64-76 % and 12-13, vigorous 77-95 % and 14-17, near maximal from 96 % and
18). The scores on the scale 0-10 are those with the same words, straight lines between them: a convention.
"""

PACE: tuple[tuple[float, float], ...] = ((0.65, 1.0), (0.78, 3.0), (0.88, 4.5), (1.0, 7.0), (1.1, 10.0))
"""Share of the speed that can be held for an hour, and the session RPE that stands for it (convention, no source)."""


@record
class Surrogate(Record):
    """How to work out a session RPE that was not given.

    Args:
        basis: what it is worked out from.
        reference: highest heart rate in beats per minute, or threshold speed in meters per second.
    """

    basis: RPEBasis
    reference: float

    def estimate(self, heart_rate: float | None, distance: Distance | None, length: Duration | None) -> float | None:
        """Return the estimate in steps of a half; None where what it is worked out from is not known.

        Example:
            >>> Surrogate(RPEBasis.HEART_RATE, 190).estimate(152, None, None)
            5.0
        """
        if self.basis is RPEBasis.HEART_RATE:
            return None if heart_rate is None else _between(HEART_RATE, heart_rate / self.reference)
        if distance is None or length is None or not length.seconds:
            return None
        return _between(PACE, distance.km * 1000 / length.seconds / self.reference)


def surrogate_for(
    asked: Literal["heart-rate", "pace"] | None, max_heart_rate: float | None, threshold_pace: Duration | None
) -> Surrogate | None:
    """Return the surrogate that was asked for; None when none was.

    Raises:
        InvalidValue: what it needs is missing, or there is none of that name.
    """
    if asked is None:
        return None
    if asked == "heart-rate":
        if max_heart_rate is None:
            cure = "state the highest heart rate that was measured; formulas by age can miss it by ten beats"
            raise InvalidValue([Problem("max_heart_rate", "missing", "beats per minute, from 100 to 240", cure)])
        if isinstance(max_heart_rate, bool) or not 100 <= max_heart_rate <= 240:
            raise InvalidValue([Problem("max_heart_rate", repr(max_heart_rate), "from 100 to 240 beats per minute")])
        return Surrogate(RPEBasis.HEART_RATE, float(max_heart_rate))
    if asked == "pace":
        if threshold_pace is None:
            cure = "state the time for a kilometer at the pace that can be held for about an hour"
            raise InvalidValue([Problem("threshold_pace", "missing", "a duration such as seconds(270)", cure)])
        if not 120 <= threshold_pace.seconds <= 900:
            raise InvalidValue([Problem("threshold_pace", str(threshold_pace), "from 120 to 900 s for a kilometer")])
        return Surrogate(RPEBasis.PACE, 1000 / threshold_pace.seconds)
    raise InvalidValue([Problem("estimate_rpe", repr(asked), "heart-rate, pace or nothing")])


def _between(points: Sequence[tuple[float, float]], share: float) -> float:
    if share <= points[0][0]:
        return points[0][1]
    for (low, from_), (high, to) in itertools.pairwise(points):
        if share <= high:
            exact = from_ + (to - from_) * (share - low) / (high - low)
            return round(exact * 2) / 2
    return points[-1][1]
