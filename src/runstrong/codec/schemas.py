"""JSON Schemas of all documents, made from the classes that documents hold: editors complete and check files by them.

Everything is taken from where the codec takes it: annotations, limits, words, what the parsers of texts read, and the
docstrings for help. A schema never refuses what the codec takes. It cannot tell everything that the codec tells: see
`BEYOND`.
"""

from __future__ import annotations

import datetime as dt
import enum
import re
import typing
from typing import Any, Final

import attrs

from runstrong.codec import patterns
from runstrong.codec.docstrings import fields_said, said
from runstrong.codec.documents import KINDS, Kind
from runstrong.codec.generated import default_of, plain_of
from runstrong.codec.leaves import _AMOUNTS, _BIGGEST, Shape, fields_of, leaf_for, optional, shape_of, tag_of
from runstrong.model.errors import UnknownName
from runstrong.model.prescription import Degree, Tempo
from runstrong.model.quantities import Quantity, number

__all__ = ["BEYOND", "DIALECT", "document_kinds", "json_schema"]

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
"""The version of JSON Schema that is written."""

BEYOND: Final[tuple[str, ...]] = (
    "what lies between fields: a last day before the first, an id twice, a place without its kit",
    "a whole number written with a point, such as 3.0: to JSON Schema it is 3",
    "a whole number of 16 digits or more where a number with a point may stand",
    "a number within a text that misses its limit by less than one of its unit, or is written with an exponent",
    "a range that descends, such as 12-8 reps",
    "the 29th of February in a year that has none, where formats are not checked",
    "two texts for one quantity in a list without repeats, such as 1 kg and 1.0 kg",
    "half of a surrogate pair; to validators in Python, a line break at the end of a text that has a form of its own",
    "what goes wrong before there is data: a key twice, no without quotes, aliases, tags",
)
"""What only the codec tells: a file that a schema passes can still be refused for one of these."""


def document_kinds() -> tuple[str, ...]:
    """Return every kind of document, as it stands under ``kind``.

    Example:
        >>> document_kinds()[:4]
        ('runner', 'plan', 'log', 'calendar')
    """
    return tuple(KINDS)


def json_schema(kind: str) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of one kind of document.

    Args:
        kind: what stands under ``kind``, such as ``runner``.

    Raises:
        UnknownName: there is no such kind.

    Example:
        >>> schema = json_schema("runner")
        >>> schema["$id"], schema["required"]
        ('urn:runstrong:schema:runner:1', ['kind', 'schema', 'name', 'running'])
        >>> schema["properties"]["running_years"]
        {'type': 'number', 'minimum': 0, 'maximum': 90, 'description': 'Running age: ...', 'default': 1}
    """
    found = KINDS.get(kind)
    if found is None:
        raise UnknownName("kind of document", kind, KINDS)
    return _Schema(found).made()


class _Schema:
    """One schema that is being made, with the definitions that it has come to need."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.definitions: dict[str, dict[str, Any]] = {}

    def made(self) -> dict[str, Any]:
        """Make the whole schema."""
        kind = self.kind
        head = {
            "kind": {"const": kind.name, "description": "What the file is."},
            "schema": {"const": kind.schema, "description": "Version of this form of document."},
        }
        if kind.under is None:
            properties, required = self._fields(kind.cls)
        else:
            one = self._class(kind.cls)
            held = {"type": "array", "items": one} if kind.many else one
            properties, required = {kind.under: {**held, "description": "What the file holds."}}, [kind.under]
        body = _object({**head, **properties}, ["kind", "schema", *required])
        described = f"A list of records of kind {kind.under[:-1]}." if kind.many and kind.under else said(kind.cls)
        return {
            "$schema": DIALECT,
            "$id": f"urn:runstrong:schema:{kind.name}:{kind.schema}",
            "title": kind.name.replace("-", " ").capitalize(),
            "description": described,
            **body,
            "$defs": dict(sorted(self.definitions.items())),
        }

    def _fields(self, cls: type) -> tuple[dict[str, Any], list[str]]:
        hints, helps = typing.get_type_hints(cls), fields_said(cls)
        properties: dict[str, Any] = {}
        required = []
        for a in fields_of(cls):
            made = self._of(hints[a.name], a.metadata)
            limits = _limits_told(hints[a.name], a)
            described = " ".join(filter(None, (helps.get(a.name, ""), limits and f"{limits[0].upper()}{limits[1:]}.")))
            if described:
                made["description"] = described
            if a.default is attrs.NOTHING:
                required.append(a.name)
            else:
                default = _plain_default(hints[a.name], a)
                # Nothing, and an empty list, are what leaving out a key means anyway; editors would write them down.
                if default is not None and default not in ([], "", {}):
                    made["default"] = default
            properties[a.name] = made
        return properties, required

    def _of(self, hint: Any, metadata: Any) -> dict[str, Any]:
        """Give the schema of an annotation; a new dictionary each time."""
        hint, nullable = optional(hint)
        shape = shape_of(hint)
        if shape is Shape.LEAF:
            return self._leaf(hint, metadata, nullable)
        if shape is Shape.CLASS:
            made = self._class(hint)
        elif shape is Shape.TAGGED:
            made = {"oneOf": [self._class(member, tag=tag_of(member)) for member in typing.get_args(hint)]}
        else:
            made = self._list(typing.get_args(hint), metadata)
        return {"anyOf": [made, {"type": "null"}]} if nullable else made

    def _list(self, elements: tuple[Any, ...], metadata: Any) -> dict[str, Any]:
        if elements[-1] is not Ellipsis:
            each = [self._of(element, {}) for element in elements]
            return {"type": "array", "prefixItems": each, "items": False, "minItems": len(each)}
        made: dict[str, Any] = {"type": "array", "items": self._of(elements[0], metadata)}
        if metadata.get("least"):
            made["minItems"] = metadata["least"]
        if metadata.get("unique"):
            made["uniqueItems"] = True
        return made

    def _class(self, cls: type, tag: str | None = None) -> dict[str, Any]:
        """Refer to the definition of a class, which is made when it is first met."""
        name = cls.__name__ if tag is None else f"{cls.__name__}Edit"
        if name not in self.definitions:
            self.definitions[name] = {}  # so that a class that holds its own kind comes to an end
            properties, required = self._fields(cls)
            if tag is not None:
                properties, required = {"do": {"const": tag, "description": said(cls)}, **properties}, ["do", *required]
            self.definitions[name] = _described(cls, _object(properties, required))
        return {"$ref": f"#/$defs/{name}"}

    def _leaf(self, hint: Any, metadata: Any, nullable: bool) -> dict[str, Any]:
        if isinstance(hint, type) and issubclass(hint, enum.Enum):
            choices: list[Any] = [member.value for member in hint]
            self.definitions.setdefault(hint.__name__, _described(hint, {"enum": choices}))
            made: dict[str, Any] = {"$ref": f"#/$defs/{hint.__name__}"}
            return {"anyOf": [made, {"type": "null"}]} if nullable else made
        made = _scalar(hint, metadata)
        if nullable:
            kinds = made["type"]
            made["type"] = [*(kinds if isinstance(kinds, list) else [kinds]), "null"]
            if "enum" in made:
                made["enum"].append(None)
        return made


def _object(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    made: dict[str, Any] = {"type": "object", "properties": properties}
    if required:
        made["required"] = required
    return {**made, "additionalProperties": False}


def _described(cls: type, made: dict[str, Any]) -> dict[str, Any]:
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", cls.__name__)
    head = {"title": words if words.isupper() else words.capitalize()}
    return {**head, **({"description": said(cls)} if said(cls) else {}), **made}


# -- Scalars ---------------------------------------------------------------------------------------------------------


def _scalar(hint: Any, metadata: Any) -> dict[str, Any]:
    """Give the schema of what stands as one plain value and is no word."""
    allowed = leaf_for(hint).allowed
    if hint is bool:
        return {"type": "boolean"}
    if hint is int:
        # Without limits of its own a count is still held within what floats can tell apart.
        return {"type": "integer", **(_bounds(metadata) or {"minimum": 1 - _BIGGEST, "maximum": _BIGGEST - 1})}
    if hint is float:
        return {"type": "number", **_bounds(metadata)}
    if hint is str:
        named = metadata.get("identifier")
        return _text(patterns.name(), _NAME) if named else _text(patterns.text(), _TEXT)
    if hint is dt.date:
        return {**_text(patterns.date(), allowed), "format": "date"}
    if hint is Degree:
        return {"type": "string", "enum": patterns.degrees()}
    if hint is Tempo:
        return _text(patterns.tempo(), allowed)
    if isinstance(hint, type) and issubclass(hint, Quantity):
        return _quantity(hint, metadata, allowed)
    members = frozenset(typing.get_args(hint))
    if members <= {str, int, float}:
        return {**_text(patterns.text(), _TEXT), "type": ["string", "number"]}
    return _text(patterns.amount() if members == _AMOUNTS else patterns.load(), allowed)


_TEXT = "text, without control characters; in quotes where it looks like a number, true, false or null"
_NAME = "a name of lower-case words, digits and hyphens, such as single-leg-calf-raise"


def _text(pattern: str, allowed: str) -> dict[str, Any]:
    """Give the schema of a text; editors show `allowed` in the place of the expression."""
    examples = re.findall(r"'([^']+)'", allowed)
    made: dict[str, Any] = {"type": "string", "pattern": pattern, "errorMessage": f"Allowed: {allowed}"}
    return {**made, **({"examples": examples} if examples else {})}


def _quantity(hint: type[Quantity], metadata: Any, allowed: str) -> dict[str, Any]:
    limits = metadata.get("limits", (None, None, None))
    if hint.units:
        made = _text(patterns.quantity(hint, limits), allowed)
        if limits != (None, None, None):
            # The example is one of the kind, and may lie outside the limits of the field.
            made["errorMessage"] = f"Allowed: a number with {', '.join(hint.units)}, {_told(hint, limits)}"
            del made["examples"]
        return made
    return {"type": "number", **_bounds(attrs.fields(hint)[0].metadata), **_bounds(metadata)}


def _bounds(metadata: Any) -> dict[str, Any]:
    names = ("minimum", "maximum", "exclusiveMinimum")
    limits = metadata.get("limits", (None, None, None))
    return {name: bound for name, bound in zip(names, limits, strict=True) if bound is not None}


def _limits_told(hint: Any, a: Any) -> str:
    """Tell the limits of a text with a number, which no keyword holds."""
    hint, _ = optional(hint)
    limits = patterns.limits_of(a)
    if limits == (None, None, None) or not (isinstance(hint, type) and issubclass(hint, Quantity) and hint.units):
        return ""
    return _told(hint, limits)


def _told(kind: type[Quantity], limits: patterns.Limits) -> str:
    """Tell limits in the largest unit in which they are figures from 1 up, such as 100 to 250 cm.

    Example:
        >>> from runstrong.model.quantities import Distance, Mass
        >>> _told(Distance, (0.001, 0.0025, None)), _told(Mass, (None, 500, 0))
        ('from 100 to 250 cm', 'over 0, up to 500 kg')
    """
    largest_first = sorted(kind.units, key=lambda unit: -kind.units[unit])
    unit = next((unit for unit in largest_first if _fits(kind, unit, limits)), kind.unit)
    low, high, above = (None if bound is None else number(round(bound / kind.units[unit], 6)) for bound in limits)
    if above is not None:
        return f"over {above}{f', up to {high}' if high else ''} {unit}"
    if low is None or high is None:
        return f"{low} {unit} or more" if low is not None else f"up to {high} {unit}"
    return f"from {low} to {high} {unit}"


def _fits(kind: type[Quantity], unit: str, limits: patterns.Limits) -> bool:
    bounds = [bound / kind.units[unit] for bound in limits if bound]
    return all(bound >= 1 and abs(bound - round(bound)) < 1e-6 for bound in bounds)


def _plain_default(hint: Any, a: Any) -> Any:
    default = default_of(a)
    return None if default is None else plain_of(hint)(default)
