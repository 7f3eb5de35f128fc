"""What is asked: amounts, loads, tempo and the prescription that joins them to an exercise.

Amounts and loads are tagged unions. Each member reads from and writes to the short text that documents use:
``8-12 reps``, ``30 s``, ``40 contacts``, ``20 m``, ``5 min``; ``body weight``, ``20 kg``, ``2 x 10 kg``,
``80 % 1RM``, ``light band at ankles``, ``find 3 RIR``.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable
from typing import ClassVar

import attrs

from runstrong.model.errors import InvalidValue, Problem, nearest
from runstrong.model.quantities import RIR, Duration, Mass, number
from runstrong.model.value import Value, identifier, limited, many, quantity, repeated, value
from runstrong.model.words import BandTension, Count, OverloadAxis, Side

__all__ = [
    "Amount", "Band", "BodyWeight", "Contacts", "Continuous", "Degree", "External", "FindLoad", "Hold", "Load",
    "PercentOfMax", "Prescription", "Reps", "Tempo", "Travel", "blocks_of", "parse_amount", "parse_load", "spoken",
]  # fmt: skip


@quantity
class _Span(Value):
    """From `low` to `high` of one unit; a single figure has both the same.

    The amounts share these fields as plain subclasses: a class of their own each would cost at import.
    """

    low: int = limited(1)
    high: int = attrs.field(default=attrs.Factory(lambda self: self.low, takes_self=True))
    unit: ClassVar[str]
    count: ClassVar[Count]
    most: ClassVar[int]

    def _conflicts(self) -> Iterable[Problem]:
        if self.high < self.low:
            yield Problem(f"{type(self).__name__}.high", str(self.high), f"{self.low} or more (the low end)")
        elif self.high > self.most:
            yield Problem(f"{type(self).__name__}.high", str(self.high), f"from 1 to {self.most} {self.unit}")

    def __repr__(self) -> str:
        inner = str(self.low) if self.low == self.high else f"{self.low}, {self.high}"
        return f"{type(self).__name__}({inner})"

    def __str__(self) -> str:
        span = str(self.low) if self.low == self.high else f"{self.low}-{self.high}"
        return f"{span} {self.unit}"


class Reps(_Span):
    """Repetitions per side, or a range of them.

    Example:
        >>> Reps(8, 12), str(Reps(8, 12)), str(Reps(10))
        (Reps(8, 12), '8-12 reps', '10 reps')
    """

    __slots__ = ()
    unit: ClassVar[str] = "reps"
    count: ClassVar[Count] = Count.REPS
    most: ClassVar[int] = 200


class Hold(_Span):
    """Seconds held per side."""

    __slots__ = ()
    unit: ClassVar[str] = "s"
    count: ClassVar[Count] = Count.HOLD
    most: ClassVar[int] = 1800


class Contacts(_Span):
    """Plyometric ground contacts per side in one set."""

    __slots__ = ()
    unit: ClassVar[str] = "contacts"
    count: ClassVar[Count] = Count.CONTACTS
    most: ClassVar[int] = 400


class Travel(_Span):
    """Meters covered per set, for walks, skips, bounds and carries."""

    __slots__ = ()
    unit: ClassVar[str] = "m"
    count: ClassVar[Count] = Count.DISTANCE
    most: ClassVar[int] = 5000


class Continuous(_Span):
    """Whole minutes without a break, for walking, breathing and circuits of easy drills."""

    __slots__ = ()
    unit: ClassVar[str] = "min"
    count: ClassVar[Count] = Count.MINUTES
    most: ClassVar[int] = 240


Amount = Reps | Hold | Contacts | Travel | Continuous
_AMOUNTS: dict[str, type[Reps | Hold | Contacts | Travel | Continuous]] = {
    each.unit: each for each in (Reps, Hold, Contacts, Travel, Continuous)
}
_AMOUNT = r"([1-9][0-9]{0,8})(?:-([1-9][0-9]{0,8}))? (reps|s|contacts|m|min)"


@functools.lru_cache(maxsize=4096)
def parse_amount(text: str) -> Amount:
    """Read an amount such as ``8-12 reps``, ``30 s``, ``40 contacts``, ``20 m`` or ``5 min``.

    Raises:
        InvalidValue: the text is none of these.

    Example:
        >>> parse_amount("30-45 s")
        Hold(30, 45)
    """
    found = re.fullmatch(_AMOUNT, text)
    if found is None:
        raise InvalidValue(
            [Problem("", repr(text), "whole numbers with reps, s, contacts, m or min", "such as '8-12 reps' or '30 s'")]
        )
    low = int(found[1])
    return _AMOUNTS[found[3]](low, int(found[2]) if found[2] else low)


@quantity
class BodyWeight(Value):
    """No external load."""

    def __str__(self) -> str:
        return "body weight"


@quantity
class External(Value):
    """External load: `mass` in all, carried as `pieces` equal pieces.

    Example:
        >>> from runstrong.model.quantities import kg
        >>> str(External(kg(20), pieces=2))
        '2 x 10 kg'
    """

    mass: Mass = limited(above=0, high=500)
    pieces: int = limited(1, 4, default=1)

    def __str__(self) -> str:
        if self.pieces == 1:
            return str(self.mass)
        each = self.mass.kg / self.pieces
        # Written per piece only where that reads back to the same total.
        exact = each * self.pieces == self.mass.kg
        return f"{self.pieces} x {number(each)} kg" if exact else f"{self.mass} as {self.pieces}"


@quantity
class PercentOfMax(Value):
    """A share of the one-repetition maximum, in percent."""

    percent: float = limited(10, 100)

    def __str__(self) -> str:
        return f"{number(self.percent)} % 1RM"


@quantity
class Band(Value):
    """An elastic band; `at` tells where on the leg it sits, which changes the lever."""

    tension: BandTension
    at: str | None = attrs.field(default=None)

    def _conflicts(self) -> Iterable[Problem]:
        if self.at not in (None, "knees", "ankles", "feet"):
            yield Problem("Band.at", repr(self.at), "knees, ankles or feet")

    def __str__(self) -> str:
        return f"{self.tension} band" + (f" at {self.at}" if self.at else "")


@quantity
class FindLoad(Value):
    """Find a load that leaves `rir` repetitions in reserve at the top of the amount."""

    rir: RIR

    def __str__(self) -> str:
        return f"find {number(self.rir.reps)} RIR"


Load = BodyWeight | External | PercentOfMax | Band | FindLoad
_N = r"((?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:e[-+]?[0-9]+)?)"
_LOADS: tuple[tuple[str, Callable[[re.Match[str]], Load]], ...] = (
    (r"body weight", lambda _: BodyWeight()),
    (_N + r" ?(kg|lb)(?: as ([2-4]))?", lambda m: External(Mass.parse(f"{m[1]} {m[2]}"), int(m[3] or 1))),
    (r"([2-4]) x " + _N + r" ?(kg|lb)", lambda m: External(Mass.parse(f"{m[2]} {m[3]}") * int(m[1]), int(m[1]))),
    (_N + r" ?% 1RM", lambda m: PercentOfMax(float(m[1]))),
    (r"(light|medium|heavy) band(?: at (knees|ankles|feet))?", lambda m: Band(BandTension(m[1]), m[2])),
    (r"find " + _N + r" RIR", lambda m: FindLoad(RIR(float(m[1])))),
)


@functools.lru_cache(maxsize=4096)
def parse_load(text: str) -> Load:
    """Read a load such as ``body weight``, ``20 kg``, ``2 x 10 kg``, ``80 % 1RM``, ``light band`` or ``find 3 RIR``.

    Raises:
        InvalidValue: the text is none of these.

    Example:
        >>> parse_load("2 x 10 kg")
        External(kg(20), 2)
    """
    for pattern, make in _LOADS:
        found = re.fullmatch(pattern, text)
        if found is not None:
            return make(found)
    raise InvalidValue(
        [
            Problem(
                "",
                repr(text),
                "body weight, kilograms or pounds, a percentage of 1RM, a band, or a load to find",
                "such as '20 kg', '2 x 10 kg', '80 % 1RM', 'light band at ankles' or 'find 3 RIR'",
            )
        ]
    )


@quantity
class Tempo(Value):
    """Seconds down, paused at the bottom, up, and paused at the top.

    Example:
        >>> str(Tempo(3, 0, 1, 1)), Tempo.parse("3-0-1-1").seconds
        ('3-0-1-1', 5)
    """

    eccentric: int = limited(0, 30)
    pause: int = limited(0, 30)
    concentric: int = limited(0, 30)
    top: int = limited(0, 30)

    @classmethod
    def parse(cls, text: str) -> Tempo:
        """Read ``eccentric-pause-concentric-pause`` in whole seconds."""
        if not re.fullmatch(r"[0-9]{1,2}(?:-[0-9]{1,2}){3}", text):
            allowed = "four whole numbers of seconds joined by -"
            raise InvalidValue([Problem("", repr(text), allowed, "such as '3-0-1-1'")])
        return cls(*map(int, text.split("-")))

    @property
    def seconds(self) -> int:
        """Time for one repetition."""
        return self.eccentric + self.pause + self.concentric + self.top

    def __str__(self) -> str:
        return f"{self.eccentric}-{self.pause}-{self.concentric}-{self.top}"


_DEGREES: dict[OverloadAxis, tuple[str, str, str]] = {
    OverloadAxis.RANGE: ("small range", "half range", "full range"),
    OverloadAxis.ASSISTANCE: ("hand support", "fingertip support", "no support"),
    OverloadAxis.LEVER: ("short lever", "middle lever", "long lever"),
    OverloadAxis.HEIGHT: ("easy height", "middle height", "hard height"),
    OverloadAxis.SPEED: ("easy speed", "brisk speed", "full speed"),
    OverloadAxis.DISTANCE: ("short distance", "middle distance", "long distance"),
}
"""What the three degrees of an axis are called, easiest first."""
_FULL_BY_NATURE = (OverloadAxis.RANGE, OverloadAxis.ASSISTANCE)


@quantity
class Degree(Value):
    """How far an axis without a unit is turned up, 1 to 3: range, support, lever, height, speed, length of a jump.

    An exercise as its record describes it has full range and no support, and the first degree of the other axes; only
    what differs from that is written into a prescription.

    Args:
        axis: range, assistance, lever, height, speed or distance.
        at: 1 the easiest, 3 the hardest.

    Example:
        >>> str(Degree(OverloadAxis.RANGE, 2)), Degree.parse("fingertip support").at
        ('half range', 2)
    """

    axis: OverloadAxis
    at: int = limited(1, 3)

    def _conflicts(self) -> Iterable[Problem]:
        if self.axis not in _DEGREES:
            yield Problem("Degree.axis", str(self.axis), ", ".join(map(str, _DEGREES)))

    @classmethod
    def parse(cls, text: str) -> Degree:
        """Read what `str` writes, such as ``half range``."""
        for axis, names in _DEGREES.items():
            if text in names:
                return cls(axis, names.index(text) + 1)
        known = [name for names in _DEGREES.values() for name in names]
        near = nearest(text, known)
        raise InvalidValue([Problem("", repr(text), ", ".join(known), f"did you mean {near!r}?" if near else "")])

    @classmethod
    def plain(cls, axis: OverloadAxis) -> int:
        """Return the degree that an exercise has when nothing is said."""
        return 3 if axis in _FULL_BY_NATURE else 1

    def __str__(self) -> str:
        return _DEGREES[self.axis][self.at - 1]


@value
class Prescription(Value):
    """One exercise as asked: sets of an amount, for which side, with what load, effort, tempo and rest.

    Args:
        exercise: id of the exercise.
        sets: how many.
        amount: per set and per side.
        side: `both` means each side in turn; `none` means the exercise has no sides.
        load: what is carried or pulled against.
        rir: repetitions to leave in reserve; None where effort is not judged by it.
        tempo: of a repetition; None means unhurried and controlled.
        rest: between sets; None where the exercise runs on without rest.
        degrees: range, support, lever, height, speed where they differ from the exercise as described; each axis once.
        progression: id of the ladder that this is a rung of.
        superset: those of one part that share this letter alternate set by set; None where an exercise stands alone.
        note: a remark for the runner.

    Example:
        >>> Prescription(exercise="single-leg-calf-raise", sets=3, amount=Reps(11, 15), side=Side.BOTH, rir=RIR(3))
        Prescription(exercise='single-leg-calf-raise', sets=3, amount=Reps(11, 15), side=Side.BOTH, rir=RIR(3))
    """

    exercise: str = identifier()
    sets: int = limited(1, 20)
    amount: Amount
    side: Side = Side.NONE
    load: Load = BodyWeight()
    rir: RIR | None = None
    tempo: Tempo | None = None
    rest: Duration | None = limited(0, 900, default=None)
    degrees: tuple[Degree, ...] = many(default=())
    progression: str | None = identifier(default=None)
    superset: str | None = identifier(default=None)
    note: str | None = None

    def _conflicts(self) -> Iterable[Problem]:
        if self.degrees:
            yield from faulty_degrees("Prescription.degrees", self.degrees)

    def degree(self, axis: OverloadAxis) -> int:
        """Return how far `axis` is turned up, 1 to 3."""
        for degree in self.degrees:
            if degree.axis is axis:
                return degree.at
        return Degree.plain(axis)

    @property
    def sides(self) -> int:
        """How many sides one set covers: 2 where each side takes its turn."""
        return 2 if self.side is Side.BOTH else 1

    def __str__(self) -> str:
        per_side = {Side.BOTH: " each side", Side.LEFT: " left", Side.RIGHT: " right"}.get(self.side, "")
        load = "" if isinstance(self.load, BodyWeight) else f", {spoken(self.load)}"
        told = isinstance(self.load, FindLoad) and self.load.rir == self.rir
        effort = f" at {number(self.rir.reps)} RIR" if self.rir is not None and not told else ""
        degrees = "".join(f", {degree}" for degree in self.degrees)
        return f"{self.sets} x {self.amount}{per_side}{load}{effort}{degrees}"


def blocks_of(prescriptions: Iterable[Prescription]) -> tuple[tuple[Prescription, ...], ...]:
    """Return prescriptions as they are done: a superset is one block, all others stand alone.

    Example:
        >>> of = [("a", "x"), ("b", "x"), ("c", None)]
        >>> main = [Prescription(exercise=id, sets=2, amount=Reps(8), superset=letter) for id, letter in of]
        >>> [[each.exercise for each in block] for block in blocks_of(main)]
        [['a', 'b'], ['c']]
    """
    blocks: list[list[Prescription]] = []
    for each in prescriptions:
        if each.superset is not None and blocks and blocks[-1][0].superset == each.superset:
            blocks[-1].append(each)
        else:
            blocks.append([each])
    return tuple(tuple(block) for block in blocks)


def spoken(load: Load) -> str:
    """Say a load as people do, pounds where only they are a round figure; documents keep the exact kilograms.

    Example:
        >>> from runstrong.model.quantities import lb
        >>> spoken(External(lb(10))), spoken(External(lb(20), 2)), spoken(BodyWeight())
        ('10 lb', '2 x 10 lb', 'body weight')
    """
    if not isinstance(load, External):
        return str(load)
    each = Mass(load.mass.kg / load.pieces).spoken
    return each if load.pieces == 1 else f"{load.pieces} x {each}"


def faulty_degrees(place: str, degrees: tuple[Degree, ...]) -> Iterable[Problem]:
    """Yield what is wrong with degrees that stand together: an axis twice, or a degree that says nothing."""
    axes = [degree.axis for degree in degrees]
    for axis in repeated(axes):
        yield Problem(place, f"{axis} twice", "each axis once")
    for degree in degrees:
        if degree.at == Degree.plain(degree.axis):
            yield Problem(place, str(degree), "degrees that differ from the exercise as described", "leave it out")
