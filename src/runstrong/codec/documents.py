"""Whole documents: which kinds there are, how each is recognized, read, written and brought up to date."""

from __future__ import annotations

import importlib
import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path as FilePath
from typing import Any, Final, NoReturn

from runstrong.codec.generated import Mismatch, reader_of, writer_of
from runstrong.codec.leaves import shown
from runstrong.codec.structure import faults_in
from runstrong.codec.text import REFUSED, Path, Reading, read_text
from runstrong.codec.writing import yaml_text
from runstrong.model.errors import DocumentError, Problem, nearest

__all__ = ["KINDS", "MIGRATIONS", "Kind", "decode", "dumps", "encode", "loads", "read", "to_json", "to_yaml", "write"]


class Kind:
    """One kind of document.

    Args:
        name: what stands under ``kind``.
        where: module and class of its values; the class is imported when first met.
        schema: version that is written; older ones are migrated, newer ones refused.
        under: key under which the value stands, for a class whose own fields include ``kind``; None for the top level.
        many: whether it holds a list, under its own name.
    """

    __slots__ = ("_cls", "many", "name", "schema", "under", "where")

    def __init__(self, name: str, where: str, *, schema: int = 1, under: str | None = None, many: bool = False) -> None:
        self.name, self.where, self.schema, self.under, self.many = name, where, schema, under, many
        self._cls: type | None = None

    @property
    def cls(self) -> type:
        """The class of its values."""
        if self._cls is None:
            module, _, name = self.where.partition(":")
            found: type = getattr(importlib.import_module(f"runstrong.model.{module}"), name)
            self._cls = found
        return self._cls

    def __repr__(self) -> str:
        return f"<Kind {self.name}, schema {self.schema}>"


KINDS: Final[dict[str, Kind]] = {
    kind.name: kind
    for kind in (
        Kind("runner", "runner:Runner"),
        Kind("plan", "plan:Plan"),
        Kind("log", "log:Log"),
        Kind("calendar", "running:Calendar"),
        Kind("exercise", "exercise:Exercise", under="exercise"),
        Kind("exercises", "exercise:Exercise", under="exercises", many=True),
        Kind("progression", "progression:Progression"),
        Kind("progressions", "progression:Progression", under="progressions", many=True),
        Kind("standard", "standard:Standard"),
        Kind("standards", "standard:Standard", under="standards", many=True),
        Kind("source", "evidence:Source"),
        Kind("sources", "evidence:Source", under="sources", many=True),
        Kind("rule", "rules:Rule"),
        Kind("rules", "rules:Rule", under="rules", many=True),
        Kind("policy", "rules:Policy"),
        Kind("preset", "rules:Preset"),
        Kind("rule-set", "rules:RuleSet"),
        Kind("audit", "audits:Audit"),
        Kind("state", "step:State"),
    )
}
"""Every kind of document by name."""

MIGRATIONS: dict[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""By kind and schema: what turns the whole mapping of a document into that of the next schema. None are needed yet."""


# -- Reading ---------------------------------------------------------------------------------------------------------


def decode(data: Any, kind: str | None = None, file: str | None = None) -> Any:
    """Make the value that a document's data stands for: one value, or a tuple for a kind that holds a list.

    Args:
        data: the mapping of a document, or its text.
        kind: the kind that it has to be; any when not given.
        file: the file to name in problems.

    Raises:
        DocumentError: it is no such document; it carries every problem found.

    Example:
        >>> decode({"kind": "runner", "schema": 1, "name": "Ada", "running": {}}).name
        'Ada'
    """
    if isinstance(data, (str, bytes)):
        return loads(data, kind=kind, file=file)
    return _decoded(Reading(data, [], lambda _: None), kind, file)


def loads(text: str | bytes, *, kind: str | None = None, file: str | None = None, format: str | None = None) -> Any:
    r"""Read a document from text.

    Args:
        text: YAML or JSON.
        kind: the kind that it has to be; any when not given.
        file: the file to name in problems.
        format: ``yaml`` or ``json``; told from the text when not given.

    Raises:
        DocumentError: it cannot be read; it carries every problem found, with file and line.

    Example:
        >>> loads("kind: runner\nschema: 1\nname: Ada\nrunning: {}\n").name
        'Ada'
    """
    return _decoded(read_text(text, file=file, format=format), kind, file)


def read(path: str | os.PathLike[str], kind: str | None = None) -> Any:
    """Read a document from a file; a name that ends in ``.json`` is JSON, one in ``.yaml`` or ``.yml`` YAML.

    Raises:
        DocumentError: it cannot be read as what it should be; it carries every problem found.
        OSError: the file cannot be opened.
    """
    format = _FORMATS.get(FilePath(path).suffix.lower())
    return loads(FilePath(path).read_bytes(), kind=kind, file=os.fspath(path), format=format)


_FORMATS = {".json": "json", ".yaml": "yaml", ".yml": "yaml"}


def _decoded(reading: Reading, wanted: str | None, file: str | None) -> Any:
    if wanted is not None and wanted not in KINDS:
        raise ValueError(f"no kind of document {wanted!r}; there are {', '.join(KINDS)}")
    kind = _recognized(reading, wanted, file)
    data = reading.data
    if data["schema"] != kind.schema:
        data = _migrated(data, kind, reading, file)
    body = _body_of(data)
    problems = reading.problems
    if not problems:
        try:
            return _made(body, kind)
        except Exception:  # noqa: BLE001  whatever it was, it is told below with its place
            problems = []
    made, found = _told(body, kind, reading, file)
    if problems or found:
        raise _in_order([*problems, *found])
    return made


def _body_of(data: dict[str, Any]) -> dict[str, Any]:
    body = data.copy()
    body.pop("kind", None)
    body.pop("schema", None)
    return body


def _made(body: dict[str, Any], kind: Kind) -> Any:
    """Make the value of a body in which everything is right; raise anything at all when it is not."""
    make = reader_of(kind.cls)
    if kind.under is None:
        return make(body)
    (inner,) = body.values()
    if inner is not body[kind.under] or (kind.many and type(inner) is not list):
        raise Mismatch
    return tuple(map(make, inner)) if kind.many else make(inner)


def _in_order(problems: list[Problem]) -> DocumentError:
    return DocumentError(sorted(problems, key=lambda problem: problem.line or 0))


def _told(body: dict[str, Any], kind: Kind, reading: Reading, file: str | None) -> tuple[Any, list[Problem]]:
    """Go over a body with care: the value, or all that is wrong with it."""
    made: Any
    if kind.under is None:
        return faults_in(body, kind.cls, file=file, line_of=reading.line_of)

    def problem(path: Path, fact: str, allowed: str, cure: str = "") -> Problem:
        return Problem(".".join(map(str, path)), fact, allowed, cure, file=file, line=reading.line_of(path))

    problems = []
    for key in body:
        if key != kind.under:
            near = nearest(str(key), [kind.under])
            cure = f"did you mean {near}?" if near else f"all else stands under {kind.under}"
            problems.append(problem((str(key),), "an unknown key", f"kind, schema, {kind.under}", cure))
    inner = body.get(kind.under)
    if kind.under not in body:
        form = "a list" if kind.many else "a mapping"
        problems.append(problem((kind.under,), "missing", form, f"a document of kind {kind.name} holds it"))
    elif not kind.many:
        made, found = faults_in(inner, kind.cls, file=file, line_of=reading.line_of, within=(kind.under,))
        return made, problems + found
    elif type(inner) is list:
        several: list[Any] = []
        for place, each in enumerate(inner):
            within: Path = (kind.under, place)
            made, found = faults_in(each, kind.cls, file=file, line_of=reading.line_of, within=within)
            several.append(made)
            problems += found
        return tuple(several), problems
    elif inner is not REFUSED:
        problems.append(problem((kind.under,), shown(inner), "a list"))
    return None, problems


def _recognized(reading: Reading, wanted: str | None, file: str | None) -> Kind:
    """Give the kind of a document whose kind and schema are right."""
    data, problems = reading.data, list(reading.problems)
    if type(data) is not dict:
        if data is not REFUSED or not problems:
            allowed = "a mapping that opens with kind and schema"
            problems.append(Problem("", shown(data), allowed, file=file, line=reading.line_of(())))
        raise DocumentError(problems)
    name, schema = data.get("kind"), data.get("schema")
    kind = KINDS.get(name) if type(name) is str else None
    if kind is not None and type(schema) is int and 1 <= schema <= kind.schema and wanted in (None, name):
        return kind

    def add(key: str, fact: str, allowed: str, cure: str) -> None:
        problems.append(Problem(key, fact, allowed, cure, file=file, line=reading.line_of((key,))))

    choices = f"one of {', '.join(KINDS)}" if wanted is None else wanted
    example = wanted or "runner"
    if "kind" not in data:
        add("kind", "missing", choices, f"say what the file is, such as kind: {example}")
    elif kind is None and name is not REFUSED:
        near = nearest(name, KINDS) if type(name) is str else None
        add("kind", shown(name), choices, f"did you mean {near}?" if near else "")
    elif kind is not None and wanted not in (None, name):
        add("kind", shown(name), wanted or "", f"this is a file of another kind; give one of kind {wanted}")
    newest = (kind or KINDS[example]).schema
    if "schema" not in data:
        add("schema", "missing", str(newest), f"add schema: {newest}")
    elif schema is not REFUSED and (type(schema) is not int or schema < 1):
        add("schema", shown(schema), f"a whole number from 1 to {newest}" if newest > 1 else "1", "")
    elif kind is not None and type(schema) is int and schema > newest:
        add("schema", str(schema), f"up to {newest}", "the file comes from a newer runstrong: upgrade to read it")
    if kind is not None and wanted in (None, name) and (type(schema) is not int or schema <= newest):
        # The body is of a known kind, so its faults are told along with those of the heading.
        problems += _told(_body_of(data), kind, reading, file)[1]
    raise _in_order(problems)


def _migrated(data: dict[str, Any], kind: Kind, reading: Reading, file: str | None) -> dict[str, Any]:
    schema = data["schema"]
    while schema < kind.schema:
        step = MIGRATIONS.get((kind.name, schema))
        if step is None:
            cure = f"write it anew as schema {kind.schema}"
            line = reading.line_of(("schema",))
            problem = Problem("schema", str(schema), str(kind.schema), cure, file=file, line=line)
            raise DocumentError([*reading.problems, problem])
        schema += 1
        data = {**step(dict(data)), "kind": kind.name, "schema": schema}
    return data


# -- Writing ---------------------------------------------------------------------------------------------------------


def encode(value: Any, kind: str | None = None) -> dict[str, Any]:
    """Write a value, or several of one kind, as the mapping of a document.

    Args:
        value: a value that is a document, or a sequence of exercises, progressions, standards, sources or
            rules.
        kind: needed only for an empty sequence.

    Raises:
        TypeError: no document holds such a value.

    Example:
        >>> from runstrong.model.log import Log
        >>> encode(Log())
        {'kind': 'log', 'schema': 1}
    """
    if isinstance(value, (list, tuple)):
        return _encoded_many(value, kind)
    name = getattr(type(value), "kind_of_document", None)
    found = KINDS.get(name) if isinstance(name, str) else None
    if found is None:
        _no_document(value)
    body = writer_of(found.cls)(value)
    return {"kind": found.name, "schema": found.schema, **(body if found.under is None else {found.under: body})}


def _encoded_many(values: Iterable[Any], name: str | None) -> dict[str, Any]:
    entries = list(values)
    if entries and name is None:
        name = f"{getattr(type(entries[0]), 'kind_of_document', '')}s"
    kind = KINDS.get(name or "")
    if kind is None or kind.under is None or not kind.many or any(type(entry) is not kind.cls for entry in entries):
        _no_document(values)
    write = writer_of(kind.cls)
    return {"kind": kind.name, "schema": kind.schema, kind.under: [write(entry) for entry in entries]}


def _no_document(value: Any) -> NoReturn:
    raise TypeError(f"no document holds a {type(value).__name__} like this; there are documents for {', '.join(KINDS)}")


def to_json(value: Any, *, indent: int | None = None) -> str:
    """Write a document as JSON.

    Example:
        >>> from runstrong.model.log import Log
        >>> to_json(Log())
        '{"kind": "log", "schema": 1}'
    """
    return json.dumps(encode(value), ensure_ascii=False, allow_nan=False, indent=indent)


def to_yaml(value: Any) -> str:
    r"""Write a document as YAML.

    Example:
        >>> from runstrong.model.log import Log
        >>> to_yaml(Log())
        'kind: log\nschema: 1\n'
    """
    return yaml_text(encode(value))


def dumps(value: Any, format: str = "yaml") -> str:
    """Write a document as text: ``yaml`` or ``json``.

    Raises:
        ValueError: the format is another.
    """
    if format == "yaml":
        return to_yaml(value)
    if format == "json":
        return to_json(value, indent=2) + "\n"
    raise ValueError(f"no format {format!r}; there are yaml and json")


def write(value: Any, path: str | os.PathLike[str]) -> None:
    """Write a document to a file, whole or not at all: JSON if the name ends in ``.json``, else YAML.

    A file that is there keeps its permissions, and a link keeps pointing where it did.
    """
    import tempfile  # brings `random` with it, which reading does not need

    text = dumps(value, _FORMATS.get(FilePath(path).suffix.lower(), "yaml"))
    target = FilePath(os.path.realpath(path))
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".new")
    made = FilePath(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        made.chmod(_mode_for(target))
        made.replace(target)
    except BaseException:
        made.unlink(missing_ok=True)
        raise


def _mode_for(target: FilePath) -> int:
    try:
        return target.stat().st_mode & 0o7777
    except FileNotFoundError:
        # `mkstemp` makes files for its owner only; a new document gets what `open` would give.
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
