"""What every noun shares: frozen, slotted, compared by content, and validated when made.

The checks of a class follow from its annotations and from the limits stated beside its fields. They are put
together when the first instance is made, so that importing the model costs nothing for classes never used, and
they report every faulty field of an instance at once.
"""

from __future__ import annotations

import datetime as dt
import enum
import functools
import math
import re
import types
import typing
from collections import Counter
from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any, ClassVar, TypeVar, dataclass_transform

import attrs

from runstrong.model.errors import InvalidValue, Problem, nearest

__all__ = [
    "Record",
    "Value",
    "carried",
    "check_for",
    "entry",
    "evolve",
    "identifier",
    "limited",
    "many",
    "parts_of",
    "quantity",
    "record",
    "repeated",
    "unchecked",
    "value",
]

T = TypeVar("T")
V = TypeVar("V", bound="Record")
Limits = tuple[float | None, float | None, float | None]
"""Least, greatest, and what has to be exceeded; None where there is no such bound."""
Check = Callable[[Any], "tuple[str, str] | None"]
"""Takes a value; gives None when it is fine, else (what is allowed, the cure)."""


@functools.cache
def _pattern(text: str) -> re.Pattern[str]:
    """Compile on first use: patterns cost a good part of the import otherwise."""
    return re.compile(text)


_IDENTIFIER = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_CONTROL = r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"


def limited(
    low: float | None = None,
    high: float | None = None,
    *,
    default: Any = attrs.NOTHING,
    above: float | None = None,
    why: str = "",
) -> Any:
    """Declare a number (or one-number quantity) that stays from `low` to `high`, or above `above`."""
    return attrs.field(default=default, metadata={"limits": (low, high, above), "why": why})


def identifier(*, default: Any = attrs.NOTHING) -> Any:
    """Declare a permanent name: lower-case words, digits and hyphens."""
    return attrs.field(default=default, metadata={"identifier": True})


def carried(*, default: Any) -> Any:
    """Declare what travels with a value without being part of it: not compared, shown, checked or written."""
    return attrs.field(default=default, metadata={"carried": True})


def parts_of(cls: type) -> list[Any]:
    """Return the attrs fields that make up a value: those that its constructor takes, less what it only carries."""
    return [a for a in attrs.fields(cls) if a.init and not a.metadata.get("carried")]


def _as_tuple(given: Any) -> Any:
    return tuple(given) if isinstance(given, (list, tuple, set, frozenset)) else given


def _as_sorted(given: Any) -> Any:
    if not isinstance(given, (list, tuple, set, frozenset)):
        return given
    try:
        return tuple(sorted(given, key=_sort_key))
    except TypeError:
        return tuple(given)


def _sort_key(entry: Any) -> Any:
    return entry.value if isinstance(entry, enum.Enum) else entry


# One converter for all fields: attrs inspects the signature of each that it is given, which costs time at import.
_TUPLE = attrs.Converter(_as_tuple)
_SORTED = attrs.Converter(_as_sorted)


def many(*, default: Any = attrs.NOTHING, ordered: bool = True, least: int = 0, names: bool = False) -> Any:
    """Declare a tuple; a list is taken too. Where order has no meaning it is sorted and repeats are refused.

    Args:
        default: what stands when nothing is given; a field without one is required. Stated at each field, as type
            checkers look for it there. State it for an optional
            field: type checkers take one without a stated default for required.
        ordered: whether the order carries meaning.
        least: the fewest entries allowed.
        names: whether each entry is a permanent name.
    """
    return attrs.field(
        default=default,
        converter=_TUPLE if ordered else _SORTED,
        metadata={"least": least, "unique": not ordered, "identifier": names},
    )


@dataclass_transform(
    frozen_default=True,
    kw_only_default=True,
    eq_default=True,
    field_specifiers=(attrs.field, limited, many, identifier),
)
def value(cls: type[T]) -> type[T]:
    """Make a frozen, slotted attrs class whose repr, equality and hash come from `Value`.

    Sharing those methods halves what a class costs at import.
    """
    return attrs.define(frozen=True, slots=True, kw_only=True, repr=False, eq=False, weakref_slot=False)(cls)


@dataclass_transform(
    frozen_default=True,
    kw_only_default=False,
    eq_default=True,
    field_specifiers=(attrs.field, limited, many, identifier),
)
def quantity(cls: type[T]) -> type[T]:
    """As `value`, for small classes whose fields read best by position, such as ``Reps(8, 12)``."""
    return attrs.define(frozen=True, slots=True, repr=False, eq=False, weakref_slot=False)(cls)


@dataclass_transform(frozen_default=True, kw_only_default=False, eq_default=True, field_specifiers=(attrs.field,))
def record(cls: type[T]) -> type[T]:
    """As `quantity`, for the frozen results of an engine, which are made often and by our own code: not validated."""
    return attrs.define(frozen=True, slots=True, repr=False, eq=False, weakref_slot=False)(cls)


@dataclass_transform(frozen_default=True, kw_only_default=False, eq_default=True, field_specifiers=(attrs.field,))
def entry(cls: type[T]) -> type[T]:
    """As `record`, for entries of an index, which are made by the thousand: frozen to type checkers alone.

    Guarding the fields at run time costs three times as much as all the rest of making one.
    """
    return attrs.define(slots=True, repr=False, eq=False, weakref_slot=False)(cls)


class Record:
    """Base of frozen classes: compared, hashed and shown by their fields."""

    __slots__ = ()
    __attrs_attrs__: ClassVar[Any]
    """Set on each class by attrs; declared here so that type checkers take the class for an attrs class."""

    def _key(self) -> Any:
        key = _KEYS.get(type(self)) or _key_of(type(self))
        return key(self)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Record) or type(self) is not type(other):
            return NotImplemented
        return bool(self._key() == other._key())

    def __hash__(self) -> int:
        return hash((type(self).__name__, self._key()))

    def _repr_html_(self) -> str | None:
        """Show a noun in a notebook as its card; None, for what has none, lets the notebook show its `repr`."""
        # The one way up from the model to its faces, taken when a notebook asks.
        from runstrong.faces.notebook import shown_in_notebook

        return shown_in_notebook(self)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """Show a noun by itself in IPython as its card in plain text; within a list, and elsewhere, its `repr`."""
        # Hypothesis prints by the same protocol, and there the call that makes a value says more than its card.
        alone = type(printer).__module__.startswith("IPython.") and len(printer.stack) <= 1
        if alone and not cycle:
            from runstrong.faces.notebook import shown_in_terminal

            printer.text(shown_in_terminal(self) or repr(self))
        else:
            printer.text(repr(self))

    def __repr__(self) -> str:
        """Read as the call that makes an equal value; fields at their default are left out."""
        parts = []
        for a in parts_of(type(self)):
            got = getattr(self, a.name)
            if got == a.default:
                continue  # as it stands when nothing is given
            parts.append(repr_of(got) if not a.kw_only else f"{a.name}={repr_of(got)}")
        return f"{type(self).__name__}({', '.join(parts)})"


_KEYS: dict[type, Callable[[Any], Any]] = {}


def _key_of(cls: type[Record]) -> Callable[[Any], Any]:
    names = [a.name for a in parts_of(cls)]
    made: Callable[[Any], Any] = attrgetter(*names) if names else lambda _: ()
    _KEYS[cls] = made
    return made


class Value(Record):
    """Base of every noun: a record that is validated when made."""

    __slots__ = ()

    def __attrs_post_init__(self) -> None:
        cls = type(self)
        plan = _PLANS.get(cls) or _plan_of(cls)
        for name, check in plan.checks:
            if check(getattr(self, name)) is not None:
                raise InvalidValue(_faults(self, plan))
        if plan.crossed:
            problems = tuple(self._conflicts())
            if problems:
                raise InvalidValue(problems)

    def _conflicts(self) -> Iterable[Problem]:
        """Faults that lie between fields; classes that can have some override this."""
        return ()


_attrs_evolve: Callable[..., Any] = attrs.evolve


def evolve(made: V, **changes: Any) -> V:
    """Return `made` with these fields changed, checked anew.

    Does what `attrs.evolve` does, which mypy only lets through for classes that it sees attrs itself make.

    Example:
        >>> from runstrong.model.prescription import Reps
        >>> evolve(Reps(8, 12), low=10)
        Reps(10, 12)
    """
    changed: V = _attrs_evolve(made, **changes)
    return changed


def unchecked(cls: type[V]) -> Callable[..., V]:
    """Return a maker of `cls` that takes every field by position and checks nothing.

    For engines that make many values of what is valid already; whatever comes from outside goes through the class.
    """
    fields = [a.name for a in attrs.fields(cls) if a.init]
    names = {f"put_{name}": getattr(cls, name).__set__ for name in fields}
    lines = [f"def make({', '.join(fields)}):", "    made = new(cls)"]
    lines += [f"    put_{name}(made, {name})" for name in fields]
    space: dict[str, Any] = {"new": object.__new__, "cls": cls, **names}
    exec("\n".join([*lines, "    return made"]), space)  # noqa: S102 - of our own field names
    made: Callable[..., V] = space["make"]
    return made


def repeated(names: Iterable[Any]) -> list[Any]:
    """Return what stands more than once, sorted.

    Example:
        >>> repeated(["TM01", "TM02", "TM01"])
        ['TM01']
    """
    return sorted(name for name, times in Counter(names).items() if times > 1)


def repr_of(got: Any) -> str:
    """Like `repr`, with enum members as ``Side.LEFT`` and dates as ``date(2027, 1, 4)``."""
    if isinstance(got, enum.Enum):
        return f"{type(got).__name__}.{got.name}"
    if isinstance(got, tuple):
        inner = ", ".join(map(repr_of, got))
        return f"({inner},)" if len(got) == 1 else f"({inner})"
    if isinstance(got, dt.date):
        return f"date({got.year}, {got.month}, {got.day})"
    return repr(got)


class _Plan:
    """The checks of one class, made once."""

    __slots__ = ("checks", "crossed")

    def __init__(self, cls: type[Value]) -> None:
        fields = parts_of(cls)
        hints = typing.get_type_hints(cls)
        checks = ((a.name, check_for(hints[a.name], a.metadata)) for a in fields)
        self.checks = tuple((name, check) for name, check in checks if check is not None)
        self.crossed = cls._conflicts is not Value._conflicts


_PLANS: dict[type, _Plan] = {}


def _plan_of(cls: type[Value]) -> _Plan:
    plan = _PLANS[cls] = _Plan(cls)
    return plan


def _faults(made: Value, plan: _Plan) -> list[Problem]:
    problems = []
    for name, check in plan.checks:
        got = getattr(made, name)
        fault = check(got)
        if fault is not None:
            problems.append(Problem(f"{type(made).__name__}.{name}", shown(got), *fault))
    return problems


def shown(got: Any) -> str:
    """Show a faulty value shortly."""
    try:
        text = repr_of(got)
    except ValueError:  # Python refuses to write out whole numbers of thousands of digits
        text = "a number of thousands of digits"
    return text if len(text) <= 80 else text[:77] + "..."


def check_for(hint: Any, metadata: typing.Mapping[Any, Any]) -> Check | None:
    """Return the check that a field's annotation and the limits beside it ask for; None where anything goes."""
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        members = typing.get_args(hint)
        inner = [check_for(member, metadata) for member in members if member is not type(None)]
        return _optional(inner, type(None) in members)
    if origin is tuple:
        args = typing.get_args(hint)
        if len(args) == 2 and args[1] is Ellipsis:
            return _tuple_check(check_for(args[0], metadata), metadata)
        return _pair_check([check_for(arg, {}) for arg in args])
    if hint is typing.Any or hint is object:
        return None
    if hint is bool:
        return lambda got: None if got is True or got is False else ("true or false", "")
    if hint is int or hint is float:
        return _number_check(hint, metadata)
    if hint is str:
        return _name_check if metadata.get("identifier") else _text_check
    if hint is dt.date:
        return _date_check
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return _enum_check(hint)
    if isinstance(hint, type):
        return _instance_check(hint, metadata)
    return None


def _optional(inner: list[Check | None], nullable: bool) -> Check | None:
    checks = [check for check in inner if check is not None]
    if len(checks) == 1:
        only = checks[0]
        if not nullable:
            return only
        return lambda got: None if got is None else only(got)

    def check(got: Any) -> tuple[str, str] | None:
        if got is None and nullable:
            return None
        faults = [each(got) for each in checks]
        if not faults or None in faults:
            return None
        return " or ".join(fault[0] for fault in faults if fault), ""

    return check


def _tuple_check(inner: Check | None, metadata: typing.Mapping[Any, Any]) -> Check:
    least, unique = metadata.get("least", 0), metadata.get("unique", False)

    def check(got: Any) -> tuple[str, str] | None:
        if type(got) is not tuple:
            return "a tuple or list", ""
        if len(got) < least:
            return f"at least {least} entries", ""
        if inner is not None:
            for position, entry in enumerate(got):
                fault = inner(entry)
                if fault is not None:
                    return f"at entry {position}: {fault[0]}", fault[1]
        if unique and len(got) > 1 and len(set(got)) != len(got):
            return "each entry once", "leave out the repeat"
        return None

    return check


def _pair_check(inner: list[Check | None]) -> Check:
    def check(got: Any) -> tuple[str, str] | None:
        if not isinstance(got, tuple) or len(got) != len(inner):
            return f"{len(inner)} entries", ""
        for each, entry in zip(inner, got, strict=True):
            fault = each(entry) if each else None
            if fault is not None:
                return fault
        return None

    return check


def _range_words(low: float | None, high: float | None, above: float | None) -> str:
    if above is not None:
        return f"over {above:g}" + (f", up to {high:g}" if high is not None else "")
    if low is not None and high is not None:
        return f"from {low:g} to {high:g}"
    return f"{low:g} or more" if low is not None else f"{high:g} or less"


def _outside(got: float, limits: Limits) -> bool:
    low, high, above = limits
    return (low is not None and got < low) or (high is not None and got > high) or (above is not None and got <= above)


def _finite(got: float) -> bool:
    try:
        return math.isfinite(got)
    except OverflowError:  # a whole number beyond every float
        return False


def _number_check(hint: type, metadata: typing.Mapping[Any, Any]) -> Check:
    limits: Limits = metadata.get("limits", (None, None, None))
    bounded = limits != (None, None, None)
    span = _range_words(*limits) if bounded else ""
    words = f"a {'whole ' if hint is int else ''}number {span}".strip()
    short = span or words
    kinds = (int,) if hint is int else (int, float)

    def check(got: Any) -> tuple[str, str] | None:
        if type(got) not in kinds:
            return words, ""
        if not _finite(got) or (bounded and _outside(got, limits)):
            return short, metadata.get("why", "")
        return None

    return check


def _instance_check(hint: type, metadata: typing.Mapping[Any, Any]) -> Check:
    limits: Limits | None = metadata.get("limits")
    kind = f"{'an' if hint.__name__[0] in 'AEIOU' else 'a'} {hint.__name__}"

    def check(got: Any) -> tuple[str, str] | None:
        if not isinstance(got, hint):
            return kind, ""
        if limits is not None:
            measured: Any = got  # only quantities carry limits
            if _outside(measured.magnitude, limits):
                return f"{_range_words(*limits)} {measured.unit}", metadata.get("why", "")
        return None

    return check


def _enum_check(hint: type[enum.Enum]) -> Check:
    def check(got: Any) -> tuple[str, str] | None:
        if type(got) is hint:
            return None
        names = [str(member.value) for member in hint]
        near = nearest(got, names) if isinstance(got, str) else None
        return f"{hint.__name__}: {', '.join(names)}", f"{hint.__name__}.{hint(near).name}" if near else ""

    return check


def _text_check(got: Any) -> tuple[str, str] | None:
    if type(got) is not str:
        return "text", ""
    if not got.isprintable() and _pattern(_CONTROL).search(got):
        return "text without control characters but newline", ""
    return None


def _name_check(got: Any) -> tuple[str, str] | None:
    if type(got) is not str or not _pattern(_IDENTIFIER).fullmatch(got):
        return "lower-case words, digits and hyphens, such as single-leg-calf-raise", ""
    return None


def _date_check(got: Any) -> tuple[str, str] | None:
    return None if type(got) is dt.date else ("a date", "datetime.date(year, month, day)")
