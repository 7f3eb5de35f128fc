"""What a type annotation means in a document: which plain value stands for it, and how it is read and written.

Both the generated readers and the collecting converter use these, so they cannot disagree about a scalar.
"""

from __future__ import annotations

import datetime as dt
import enum
import functools
import types
import typing
from collections.abc import Callable, Mapping
from typing import Any

import attrs

from runstrong.model.errors import InvalidValue, Problem, nearest
from runstrong.model.prescription import Amount, Degree, Load, Tempo, parse_amount, parse_load
from runstrong.model.quantities import Quantity
from runstrong.model.value import parts_of

__all__ = [
    "Leaf",
    "Shape",
    "converter_of",
    "fields_of",
    "leaf_for",
    "optional",
    "refusal",
    "shape_of",
    "shown",
    "tag_of",
]

_BIGGEST = 10**15
"""Whole numbers from here on are refused: no count is that big, and floats cannot hold them all."""

_AMOUNTS = frozenset(typing.get_args(Amount))
_LOADS = frozenset(typing.get_args(Load))


class Leaf:
    """How one scalar type stands in a document.

    Args:
        allowed: what a document may write.
        read: makes the value; raises `InvalidValue` with one problem whose place is empty.
        write: Python expression that writes the value `v`, for the generated writers.
        kinds: plain types that it reads; numbers are told apart by type, for ``True == 1 == 1.0``.
        names: what the expression `write` refers to.
    """

    __slots__ = ("allowed", "kinds", "names", "read", "write")

    def __init__(
        self,
        allowed: str,
        kinds: tuple[type, ...],
        read: Callable[[Any], Any],
        write: str = "v",
        names: Mapping[str, Any] = types.MappingProxyType({}),
    ) -> None:
        self.allowed, self.kinds, self.read, self.write, self.names = allowed, kinds, read, write, names


def shown(got: Any) -> str:
    """Show a plain value as a document would, shortly."""
    if got is None:
        return "null"
    if isinstance(got, bool):
        return "true" if got else "false"
    if isinstance(got, dict):
        return "a mapping" if got else "an empty mapping"
    if isinstance(got, list):
        return f"a list of {len(got)}" if got else "an empty list"
    if isinstance(got, int) and abs(got) >= _BIGGEST:
        return "a whole number of 16 digits or more"
    text = repr(got)
    return text if len(text) <= 80 else text[:77] + "..."


def refusal(got: Any, allowed: str, cure: str = "") -> InvalidValue:
    """Make the error for a value that is not what is allowed; its place is filled in later."""
    return InvalidValue([Problem("", shown(got), allowed, cure)])


def tag_of(cls: type) -> str:
    """Give the word that stands under ``do`` for a member of a union of classes.

    Example:
        >>> class LeaveOut: ...
        >>> tag_of(LeaveOut)
        'leave-out'
    """
    return "".join(f"-{char.lower()}" if char.isupper() else char for char in cls.__name__).removeprefix("-")


def fields_of(cls: type) -> list[Any]:
    """Give the fields that a document holds: those that make up a value, or all that another class is made of."""
    return parts_of(cls)


def converter_of(a: Any) -> Callable[[Any], Any] | None:
    """Give a field's converter as a plain function of the value."""
    made = a.converter
    plain: Callable[[Any], Any] | None = getattr(made, "converter", made)
    return plain


class Shape(enum.Enum):
    """The four ways in which an annotation can stand in a document."""

    LEAF = "scalar"
    CLASS = "mapping"
    TAGGED = "mapping with a tag"
    MANY = "list"


def optional(hint: Any) -> tuple[Any, bool]:
    """Take None out of an annotation; tell whether it was there."""
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        members = tuple(member for member in typing.get_args(hint) if member is not type(None))
        if len(members) < len(typing.get_args(hint)):
            return (members[0] if len(members) == 1 else functools.reduce(lambda a, b: a | b, members)), True
    return hint, False


def shape_of(hint: Any) -> Shape:
    """Tell how an annotation (without None) stands in a document."""
    if typing.get_origin(hint) is tuple:
        return Shape.MANY
    members = typing.get_args(hint)
    if members:
        return Shape.TAGGED if set(members) not in (_AMOUNTS, _LOADS) and all(map(_is_class, members)) else Shape.LEAF
    return Shape.CLASS if _is_class(hint) else Shape.LEAF


def _is_class(hint: Any) -> bool:
    return isinstance(hint, type) and attrs.has(hint) and not issubclass(hint, (Quantity, Tempo, Degree))


@functools.cache
def leaf_for(hint: Any) -> Leaf:
    """Give the leaf of an annotation without None.

    Example:
        >>> from runstrong.model.quantities import Duration
        >>> leaf_for(Duration).read("90 s")
        seconds(90)
    """
    if hint in _SIMPLE:
        return _SIMPLE[hint]
    members = frozenset(typing.get_args(hint))
    if members == _AMOUNTS:
        return _textual("an amount", parse_amount, "'8-12 reps', '30 s', '40 contacts', '20 m' or '5 min'")
    if members == _LOADS:
        return _textual("a load", parse_load, "'body weight', '20 kg', '80 % 1RM', 'light band' or 'find 3 RIR'")
    if members and members <= {str, int, float}:
        return _scalar_union(members)
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return _word(hint)
    if isinstance(hint, type) and issubclass(hint, Quantity):
        return _quantity(hint)
    if hint is Degree:
        return _textual("a degree", functools.lru_cache(maxsize=64)(Degree.parse), "'half range' or 'long lever'")
    if hint is Tempo:
        return _textual("a tempo", functools.lru_cache(maxsize=1024)(Tempo.parse), "'3-0-1-1'")
    known = "values, words, quantities, dates and plain scalars"
    raise TypeError(f"no document form for {hint!r}; the codec knows {known}")


def _exactly(kind: type[Any], allowed: str) -> Leaf:
    def read(got: Any) -> Any:
        # A bool is an int to `isinstance`, and would pass for one.
        if type(got) is not kind or (kind is int and abs(got) >= _BIGGEST):
            raise refusal(got, allowed, _cure_for(got, kind))
        return got

    return Leaf(allowed, (kind,), read)


def _cure_for(got: Any, wanted: type) -> str:
    if wanted is str and isinstance(got, (bool, int, float)):
        return "put it in quotes"
    if wanted in (int, float) and type(got) is str:
        return "write it without quotes" if got.replace(".", "", 1).isdigit() else ""
    if got is None:
        return "leave the key out when there is nothing to say"
    return ""


def _real(got: Any) -> Any:
    if type(got) is float or (type(got) is int and abs(got) < _BIGGEST):
        return got
    raise refusal(got, "a number", _cure_for(got, float))


def _date(got: Any) -> dt.date:
    if type(got) is not str:
        raise refusal(got, "a date such as 2027-01-04")
    try:
        made = dt.date.fromisoformat(got)
    except ValueError:
        made = None
    if made is None or made.isoformat() != got:
        parts = got.split("-")
        exists = len(got) == 10 and len(parts) == 3 and all(part.isascii() and part.isdigit() for part in parts)
        raise refusal(got, "a date such as 2027-01-04", "there is no such day" if exists else "")
    return made


_SIMPLE: dict[Any, Leaf] = {
    bool: _exactly(bool, "true or false"),
    int: _exactly(int, "a whole number"),
    str: _exactly(str, "text"),
    float: Leaf("a number", (int, float), _real, "plain_number(v)", {}),
    dt.date: Leaf("a date such as 2027-01-04", (str,), _date, "v.isoformat()"),
}


def plain_number(got: float) -> int | float:
    """Write whole floats as integers, so that equal values have equal documents."""
    return int(got) if type(got) is float and abs(got) < _BIGGEST and got == int(got) else got


_SIMPLE[float].names = {"plain_number": plain_number}


def _textual(what: str, parse: Callable[[str], Any], example: str) -> Leaf:
    allowed = f"{what} such as {example}"

    def read(got: Any) -> Any:
        if type(got) is not str:
            raise refusal(got, allowed)
        return _parsed(parse, got)

    return Leaf(allowed, (str,), read, "str(v)")


def _parsed(parse: Callable[[Any], Any], got: Any) -> Any:
    try:
        return parse(got)
    except InvalidValue as error:
        # The place of such a problem is a field inside the quantity; a document has only the one text.
        raise InvalidValue([Problem("", shown(got), each.allowed, each.cure) for each in error.problems[:1]]) from None


def _quantity(hint: type[Quantity]) -> Leaf:
    if not hint.units:
        make: Callable[[Any], Any] = hint

        def read_rating(got: Any) -> Any:
            return _parsed(make, _real(got))

        return Leaf("a number", (int, float), read_rating, "plain_number(v.magnitude)", {"plain_number": plain_number})
    example = str(hint(10.0 if "kg" in hint.units else 8.0 if "km" in hint.units else 90.0))
    allowed = f"a number with {', '.join(hint.units)}, such as '{example}'"

    def read(got: Any) -> Any:
        if type(got) is not str:
            raise refusal(got, allowed, "add the unit" if type(got) in (int, float) else "")
        return _parsed(hint.parse, got)

    return Leaf(allowed, (str,), read, "str(v)")


def _word(hint: type[enum.Enum]) -> Leaf:
    members = {member.value: member for member in hint}
    kinds = tuple({type(name) for name in members})
    allowed = f"one of {', '.join(map(str, members))}"

    def read(got: Any) -> Any:
        if type(got) in kinds and got in members:
            return members[got]
        near = nearest(got, [str(name) for name in members]) if type(got) is str else None
        raise refusal(got, allowed, f"did you mean {near}?" if near else "")

    return Leaf(allowed, kinds, read, "v._value_")


def _scalar_union(members: frozenset[type]) -> Leaf:
    words = {str: "text", int: "a whole number", float: "a number"}
    allowed = " or ".join(words[kind] for kind in (str, int, float) if kind in members)

    def read(got: Any) -> Any:
        if type(got) not in members or (type(got) is int and abs(got) >= _BIGGEST):
            raise refusal(got, allowed)
        return got

    # Written as it is: here a whole float and an integer are different things to say.
    return Leaf(allowed, tuple(members), read)
