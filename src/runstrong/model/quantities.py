"""Amounts with a unit: one type per meaning, one unit inside, several units in and out.

Mass is kilograms inside, distance kilometers, duration seconds. Each reads from and writes to the short text that
documents use (``20 kg``, ``8 km``, ``90 s``); what is written reads back to the very same number.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar, Self

from runstrong.model.errors import InvalidValue, Problem
from runstrong.model.value import Value, limited, quantity

__all__ = [
    "RIR", "Distance", "Duration", "Mass", "SessionRPE", "kg", "km", "lb", "meters", "miles", "minutes", "seconds",
]  # fmt: skip

_NUMBER = r"((?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:e[-+]?[0-9]+)?)"
_NUMBER_AND_UNIT = _NUMBER + r" ?([a-z]+)"

KG_PER_LB = 0.45359237  # international avoirdupois pound, exact by definition (NIST SP 811)
KM_PER_MILE = 1.609344  # international mile, exact by definition (NIST SP 811)
SAME_KG = 0.05
"""Loads that differ by no more are the same piece of equipment, written in kilograms or in pounds (convention)."""


def number(got: float) -> str:
    """Write a number so that it reads back the same: 20.0 as ``20``, 2.5 as ``2.5``."""
    return str(int(got)) if float(got).is_integer() and abs(got) < 1e15 else repr(float(got))


class Quantity(Value):
    """One number with a unit; ordered against its own kind only."""

    __slots__ = ()
    unit: ClassVar[str]
    units: ClassVar[dict[str, float]]
    """Factor from each unit that may be written to the unit inside."""
    _example: ClassVar[str] = ""

    if TYPE_CHECKING:  # attrs makes it for each kind

        def __init__(self, magnitude: float, /) -> None: ...

    @property
    def magnitude(self) -> float:
        """The number in the unit that the type keeps inside."""
        raise NotImplementedError

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what `str` writes, and the other units of the kind.

        Raises:
            InvalidValue: the text is not a number with one of the units.
        """
        found = re.fullmatch(_NUMBER_AND_UNIT, text)
        if found is None or found[2] not in cls.units:
            allowed = f"a number and a unit of {', '.join(cls.units)}"
            raise InvalidValue([Problem("", repr(text), allowed, f"such as {cls._example}")])
        return cls(float(found[1]) * cls.units[found[2]])

    def __str__(self) -> str:
        return f"{number(self.magnitude)} {self.unit}"

    def __lt__(self, other: Self) -> bool:
        return self.magnitude < other.magnitude if type(self) is type(other) else NotImplemented

    def __le__(self, other: Self) -> bool:
        return self.magnitude <= other.magnitude if type(self) is type(other) else NotImplemented

    def __gt__(self, other: Self) -> bool:
        return self.magnitude > other.magnitude if type(self) is type(other) else NotImplemented

    def __ge__(self, other: Self) -> bool:
        return self.magnitude >= other.magnitude if type(self) is type(other) else NotImplemented

    def __add__(self, other: Self) -> Self:
        if type(self) is not type(other):
            return NotImplemented
        return self.__class__(self.magnitude + other.magnitude)

    def __sub__(self, other: Self) -> Self:
        if type(self) is not type(other):
            return NotImplemented
        return self.__class__(self.magnitude - other.magnitude)

    def __mul__(self, factor: float) -> Self:
        plain: Any = factor  # whatever a caller without type checks hands in
        if not isinstance(plain, (int, float)):
            return NotImplemented
        return self.__class__(self.magnitude * float(plain))

    __rmul__ = __mul__


@quantity
class Mass(Quantity):
    """A mass in kilograms; pounds go in by `lb` and come out by `.lb`.

    Example:
        >>> lb(45).kg
        20.41165665
        >>> Mass.parse("2.5 kg") + kg(1)
        kg(3.5)
    """

    kg: float = limited(0, 1000)
    unit: ClassVar[str] = "kg"
    units: ClassVar[dict[str, float]] = {"kg": 1.0, "lb": KG_PER_LB}
    _example: ClassVar[str] = "20 kg"

    @property
    def magnitude(self) -> float:
        """The mass in kilograms."""
        return self.kg

    @property
    def lb(self) -> float:
        """The mass in pounds."""
        return self.kg / KG_PER_LB

    @property
    def spoken(self) -> str:
        """As people say it: kilograms, or the pounds that they are where only those are a round figure.

        Example:
            >>> kg(2.5).spoken, lb(45).spoken, kg(7.123456).spoken
            ('2.5 kg', '45 lb', '7.12 kg')
        """
        if not _round(self.kg) and _round(self.lb):
            return f"{number(round(self.lb, 2))} lb"
        return f"{number(round(self.kg, 2))} kg"

    def __repr__(self) -> str:
        return f"kg({number(self.kg)})"


def _round(got: float) -> bool:
    return abs(got * 20 - round(got * 20)) < 1e-6  # twentieths: what plates and bells are labeled in


@quantity
class Distance(Quantity):
    """A distance in kilometers; miles and meters go in by `miles` and `meters`.

    Example:
        >>> miles(10).km
        16.09344
        >>> str(meters(400))
        '0.4 km'
    """

    km: float = limited(0, 10_000)
    unit: ClassVar[str] = "km"
    units: ClassVar[dict[str, float]] = {"km": 1.0, "m": 0.001, "cm": 0.00001, "mi": KM_PER_MILE}
    _example: ClassVar[str] = "8 km"

    @property
    def magnitude(self) -> float:
        """The distance in kilometers."""
        return self.km

    @property
    def miles(self) -> float:
        """The distance in miles."""
        return self.km / KM_PER_MILE

    def __str__(self) -> str:
        # Heights are said in centimeters, wherever that reads back to the very same number.
        text = number(round(self.km * 100_000, 3))
        if 0 < self.km < 0.01 and float(text) * self.units["cm"] == self.km:
            return f"{text} cm"
        return super().__str__()

    def __repr__(self) -> str:
        return f"km({number(self.km)})"


@quantity
class Duration(Quantity):
    """A length of time in seconds.

    Example:
        >>> minutes(35).seconds
        2100.0
        >>> str(minutes(35)), str(seconds(90))
        ('35 min', '90 s')
    """

    seconds: float = limited(0, 864_000)
    unit: ClassVar[str] = "s"
    units: ClassVar[dict[str, float]] = {"s": 1.0, "min": 60.0, "h": 3600.0}
    _example: ClassVar[str] = "90 s or 35 min"

    @property
    def magnitude(self) -> float:
        """The length in seconds."""
        return self.seconds

    @property
    def minutes(self) -> float:
        """The length in minutes."""
        return self.seconds / 60.0

    def __str__(self) -> str:
        if self.seconds >= 120 and self.seconds % 60 == 0:
            return f"{number(self.seconds / 60)} min"
        return f"{number(self.seconds)} s"

    def __repr__(self) -> str:
        text, unit = str(self).split()
        return f"{'minutes' if unit == 'min' else 'seconds'}({text})"


class _Rating(Quantity):
    """A rating written as a bare number under a key that says what it rates."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what `str` writes, and the bare number that documents hold.

        Raises:
            InvalidValue: the text is neither.
        """
        found = re.fullmatch(_NUMBER + f"(?: {cls.unit})?", text)
        if found is None:
            allowed = f"a number, alone or with {cls.unit}"
            raise InvalidValue([Problem("", repr(text), allowed, f"such as '3 {cls.unit}'")])
        return cls(float(found[1]))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({number(self.magnitude)})"


@quantity
class RIR(_Rating):
    """Repetitions in reserve at the end of a set, 0 to 10; RPE on the 1-10 lifting scale is 10 - RIR (Zourdos 2016).

    Example:
        >>> RIR(3) > RIR(1)
        True
    """

    reps: float = limited(0, 10)
    unit: ClassVar[str] = "RIR"
    units: ClassVar[dict[str, float]] = {}

    @property
    def magnitude(self) -> float:
        """The repetitions left."""
        return self.reps


@quantity
class SessionRPE(_Rating):
    """How hard a whole session was, 0 to 10 (CR10); times minutes it is the session load in arbitrary units."""

    score: float = limited(0, 10)
    unit: ClassVar[str] = "session RPE"
    units: ClassVar[dict[str, float]] = {}

    @property
    def magnitude(self) -> float:
        """The score."""
        return self.score


def _real(got: Any, what: str) -> float:
    if isinstance(got, bool) or not isinstance(got, (int, float)):
        raise InvalidValue([Problem(what, repr(got), "a number")])
    try:
        return float(got)
    except OverflowError:
        raise InvalidValue([Problem(what, "a whole number beyond every float", "a number")]) from None


def kg(got: float) -> Mass:
    """Return a mass given in kilograms."""
    return Mass(_real(got, "kg"))


def lb(got: float) -> Mass:
    """Return a mass given in pounds (0.45359237 kg each)."""
    return Mass(_real(got, "lb") * KG_PER_LB)


def km(got: float) -> Distance:
    """Return a distance given in kilometers."""
    return Distance(_real(got, "km"))


def miles(got: float) -> Distance:
    """Return a distance given in miles (1.609344 km each)."""
    return Distance(_real(got, "miles") * KM_PER_MILE)


def meters(got: float) -> Distance:
    """Return a distance given in meters."""
    return Distance(_real(got, "meters") / 1000)


def minutes(got: float) -> Duration:
    """Return a length of time given in minutes."""
    return Duration(_real(got, "minutes") * 60)


def seconds(got: float) -> Duration:
    """Return a length of time given in seconds."""
    return Duration(_real(got, "seconds"))
