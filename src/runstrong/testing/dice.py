"""Chance that falls the same way everywhere: on every version of Python, on every machine, under any hash seed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

__all__ = ["Dice"]

Choice = TypeVar("Choice")


class Dice:
    """Random draws made from `random.Random.random` alone, whose sequence Python promises to keep.

    Args:
        seed: the same seed gives the same draws.
        stream: a number for each use, so that one more draw in one place changes nothing in another.

    Example:
        >>> Dice(7).whole(1, 6) == Dice(7).whole(1, 6)
        True
    """

    def __init__(self, seed: int, stream: int = 0) -> None:
        self._next = random.Random(seed * 64 + stream).random  # noqa: S311 - to be repeated, not to be secret

    def chance(self, share: float) -> bool:
        """Return True in `share` of all draws."""
        return self._next() < share

    def between(self, low: float, high: float) -> float:
        """Return a number from `low` to `high`, each as likely as the other."""
        return low + (high - low) * self._next()

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included."""
        return low + int((high - low + 1) * self._next())

    def near(self, middle: float, spread: float) -> float:
        """Return a number around `middle` with the standard deviation `spread`, never over six of them away."""
        # Twelve even draws add up to a bell; no logarithm or root, whose last digit hangs on the machine.
        return middle + spread * (sum(self._next() for _ in range(12)) - 6.0)

    def pick(self, choices: Sequence[Choice]) -> Choice:
        """Return one of `choices`, each as likely as the other; name one twice to make it twice as likely."""
        return choices[int(len(choices) * self._next())]
