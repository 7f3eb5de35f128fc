"""Plain data to values and back; when data does not fit, every fault at once, each with its path and line.

Data that fits goes through the generated readers and never imports cattrs, which costs more than all of the model.
Only when a reader gives up does a cattrs converter go over the same data with detailed validation on; its tree of
errors is flattened into problems.
"""

from __future__ import annotations

import functools
import re
import typing
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar, cast

import attrs

from runstrong.codec.generated import reader_of, writer_of
from runstrong.codec.leaves import Shape, converter_of, fields_of, leaf_for, optional, refusal, shape_of, shown, tag_of
from runstrong.codec.text import REFUSED, Path, place_of
from runstrong.model.errors import DocumentError, InvalidValue, Problem, nearest
from runstrong.model.value import Check, check_for

if TYPE_CHECKING:
    from cattrs import Converter

__all__ = ["faults_in", "structure", "unstructure"]

T = TypeVar("T")


def structure(data: Any, cls: type[T]) -> T:
    """Make a value of `cls` from plain data.

    Raises:
        DocumentError: the data does not fit; it carries every problem.

    Example:
        >>> from runstrong.model.running import Pain
        >>> structure({"region": "calf", "score": 2}, Pain)
        Pain(region=Region.CALF, score=2)
        >>> structure({"regoin": "calf", "score": 2.5}, Pain)
        Traceback (most recent call last):
        ...
        runstrong.model.errors.DocumentError: region: missing; allowed: one of foot, ... (every pain has one)
        score: 2.5; allowed: a whole number
        regoin: an unknown key; allowed: region, side, score, kind, when (did you mean region?)
    """
    try:
        return typing.cast("T", reader_of(cls)(data))
    except Exception:  # noqa: BLE001  whatever it was, the converter tells it with its place
        made, problems = faults_in(data, cls)
    if problems:
        raise DocumentError(problems)
    return made


def unstructure(value: Any) -> dict[str, Any]:
    """Write a value as plain data, leaving out what stands at its default.

    Example:
        >>> from runstrong.model.prescription import Prescription, Reps
        >>> unstructure(Prescription(exercise="squat", sets=3, amount=Reps(8, 12)))
        {'exercise': 'squat', 'sets': 3, 'amount': '8-12 reps'}
    """
    return typing.cast("dict[str, Any]", writer_of(type(value))(value))


def faults_in(
    data: Any,
    cls: type[T],
    *,
    file: str | None = None,
    line_of: Callable[[Path], int | None] = lambda _: None,
    within: Path = (),
) -> tuple[T, list[Problem]]:
    """Go over `data` with care: give the value, or all that is wrong with it.

    Args:
        data: plain data, in which `REFUSED` stands for what was reported before.
        cls: the class asked for.
        file: the file to name.
        line_of: gives the line of a path.
        within: path of `data` in its document.
    """
    try:
        return _converter().structure(data, cls), []
    except Exception as error:  # noqa: BLE001  sorted out below; what is not a fault of the data is raised again
        problems = []
        for path, fact, allowed, cure in _flat(error, (), cls):
            here = (*within, *path)
            problems.append(Problem(place_of(here), fact, allowed, cure, file=file, line=line_of(here)))
        return typing.cast("T", None), problems


# -- The converter that collects -------------------------------------------------------------------------------------


class _Reported(Exception):
    """Stands for a value that the text stage has refused and reported."""


@functools.cache
def _converter() -> Converter:
    from cattrs import Converter

    converter = Converter(detailed_validation=True, forbid_extra_keys=True)
    converter.register_structure_hook_factory(attrs.has, _class_hook)
    return converter


@functools.cache
def hints_of(cls: type) -> dict[str, Any]:
    """Return the annotations of a class, resolved once: a file of many faults asks for them at each."""
    return typing.get_type_hints(cls)


def _class_hook(cls: type) -> Callable[[Any, Any], Any]:
    """Structure a class by cattrs, each field read by its leaf and held against the field's own check."""
    from cattrs.gen import make_dict_structure_fn, override

    hints = hints_of(cls)
    fields = fields_of(cls)
    hooks = {a.name: override(struct_hook=_field_hook(hints[a.name], a)) for a in fields}
    inner: Callable[[Any, Any], Any] = make_dict_structure_fn(
        cls,
        _converter(),
        _cattrs_forbid_extra_keys=True,
        _cattrs_detailed_validation=True,
        **hooks,  # type: ignore[arg-type]
    )
    allowed = f"a mapping of {', '.join(a.name for a in fields)}"

    def hook(got: Any, _: Any) -> Any:
        if got is REFUSED:
            raise _Reported
        if type(got) is not dict:
            raise refusal(got, allowed)
        return inner(got, cls)

    return hook


def _field_hook(hint: Any, a: Any) -> Callable[[Any, Any], Any]:
    read = _reading(hint, a.metadata)
    check = check_for(hint, a.metadata)
    convert = converter_of(a)

    def hook(got: Any, _: Any) -> Any:
        made = read(got)
        if convert is not None:
            made = convert(made)
        return _checked(made, check, got)

    return hook


def _checked(made: Any, check: Check | None, got: Any) -> Any:
    fault = check(made) if check is not None else None
    if fault is not None:
        raise refusal(got, *fault)
    return made


def _nested(hint: Any, got: Any) -> Any:
    return _converter().structure(got, hint)


def _reading(hint: Any, metadata: Any) -> Callable[[Any], Any]:
    hint, nullable = optional(hint)
    shape = shape_of(hint)
    inner: Callable[[Any], Any]
    if shape is Shape.LEAF:
        inner = leaf_for(hint).read
    elif shape is Shape.MANY:
        inner = _list_reading(hint, metadata)
    elif shape is Shape.TAGGED:
        inner = _tagged_reading({tag_of(member): member for member in typing.get_args(hint)})
    else:
        inner = functools.partial(_nested, hint)

    def read(got: Any) -> Any:
        if got is REFUSED:
            raise _Reported
        return None if got is None and nullable else inner(got)

    return read


def _list_reading(hint: Any, metadata: Any) -> Callable[[Any], Any]:
    elements = typing.get_args(hint)
    endless = elements[-1] is Ellipsis
    reads = [_reading(element, metadata) for element in elements if element is not Ellipsis]
    checks = [check_for(element, metadata if endless else {}) for element in elements if element is not Ellipsis]

    def read(got: Any) -> Any:
        from cattrs import IterableValidationError, IterableValidationNote

        if type(got) is not list:
            cure = "leave the key out when there is nothing to list" if got is None else "write it as [a, b]"
            raise refusal(got, "a list", cure)
        if not endless and len(got) != len(reads):
            raise refusal(got, f"{len(reads)} entries")
        made, errors = [], []
        for place, each in enumerate(got):
            which = 0 if endless else place
            try:
                made.append(_checked(reads[which](each), checks[which], each))
            except Exception as error:  # noqa: BLE001  kept, with its place
                # pyright takes the class for plain str, whose subclass it is.
                note = IterableValidationNote(f"entry {place}", place, elements[which])
                error.add_note(note)
                errors.append(error)
        if errors:
            # pyright reads the signature of the built-in group, which knows nothing of the class at hand.
            raise cast("Any", IterableValidationError)("in a list", errors, tuple)
        return tuple(made)

    return read


def _tagged_reading(members: dict[str, type]) -> Callable[[Any], Any]:
    allowed = f"do: one of {', '.join(members)}"

    def read(got: Any) -> Any:
        if type(got) is not dict:
            raise refusal(got, f"a mapping with {allowed}")
        tag = got.get("do")
        if tag is REFUSED:
            raise _Reported
        if type(tag) is not str or tag not in members:
            near = nearest(tag, members) if type(tag) is str else None
            fact = f"do: {shown(tag)}" if "do" in got else "a mapping without do"
            raise InvalidValue([Problem("", fact, allowed, f"did you mean {near}?" if near else "")])
        return _converter().structure({key: entry for key, entry in got.items() if key != "do"}, members[tag])

    return read


# -- Its errors, flattened -------------------------------------------------------------------------------------------

_Fault = tuple[Path, str, str, str]


def _flat(error: BaseException, path: Path, cls: Any) -> Iterator[_Fault]:
    """Yield path, fact, allowed and cure of each fault in a tree of errors."""
    from cattrs import AttributeValidationNote, ClassValidationError, ForbiddenExtraKeysError, IterableValidationNote

    if isinstance(error, _Reported):
        return
    if isinstance(error, BaseExceptionGroup):
        of = getattr(error, "cl", cls) if isinstance(error, ClassValidationError) else cls
        for each in error.exceptions:
            notes: list[Any] = [note for note in getattr(each, "__notes__", ()) if isinstance(note, str)]
            step: Path = ()
            # A note is added on each level that an error passes; the last one belongs to this level.
            last: Any = notes[-1] if notes else None
            if isinstance(last, AttributeValidationNote):
                step = (last.name,)
            elif isinstance(last, IterableValidationNote):
                step = (last.index,)
            if isinstance(each, KeyError) and step and not isinstance(each, BaseExceptionGroup):
                yield (*path, *step), "missing", _allowed_in(of, str(step[0])), _given_by(of)
            elif isinstance(each, ForbiddenExtraKeysError):
                yield from _extra(each, path)
            else:
                yield from _flat(each, (*path, *step), of)
    elif isinstance(error, InvalidValue):
        for problem in error.problems:
            yield (*path, *_inside(problem.place, cls)), problem.fact, problem.allowed, problem.cure
    else:
        raise error


def _extra(error: Any, path: Path) -> Iterator[_Fault]:
    names = [a.name for a in fields_of(error.cl)]
    for key in sorted(error.extra_fields, key=str):
        near = nearest(str(key), names)
        yield (*path, str(key)), "an unknown key", ", ".join(names), f"did you mean {near}?" if near else ""


def _allowed_in(cls: type, name: str) -> str:
    hint, _ = optional(hints_of(cls)[name])
    shape = shape_of(hint)
    if shape is Shape.LEAF:
        return leaf_for(hint).allowed
    return f"a {shape.value}"


def _given_by(cls: type) -> str:
    return f"every {re.sub(r'(?<=[a-z])(?=[A-Z])', ' ', cls.__name__).lower()} has one"


def _inside(place: str, cls: Any) -> Path:
    """Give the path that a value's own problem names: ``Rung calf-raise.ceiling`` is ``ceiling`` of that rung."""
    name = getattr(cls, "__name__", "")
    if not name or not place.startswith(name):
        return ()
    found = re.search(r"(?:\.\w+(?:\[\d+\])*)+$|(?:\[\d+\])+$", place)
    steps = re.findall(r"\.(\w+)|\[(\d+)\]", found[0]) if found else []
    return tuple(word or int(index) for word, index in steps)
