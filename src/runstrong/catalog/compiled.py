"""Authored records, read once and kept ready in one file beside them.

Reading some hundred records from YAML takes most of a second, unpickling them some milliseconds. The file is never
stale: it is used only where its key fits, and the key covers the bytes of every authored file and of the code that
read them. Anything that does not fit is read from YAML again, and the file is put right where the folder allows it.
The build of a wheel does no more than that first reading.

The file is a pickle and as much to be trusted as the modules it lies beside; nothing is ever unpickled from elsewhere.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import Any

import attrs

from runstrong._version import __version__
from runstrong.model.hashing import content_hash
from runstrong.model.value import Value

try:
    # What `pickle.loads` is; the module around it takes as long to import as the catalog to unpickle.
    from _pickle import loads
except ImportError:  # pragma: no cover - other builds of Python
    from pickle import loads

__all__ = ["COMPILED", "DATA", "Groups", "ready", "yaml_files"]

_PACKAGE = Path(__file__).parent.parent
DATA = _PACKAGE / "data"
"""Where the authored YAML lies."""
COMPILED = DATA / "compiled.bin"

Groups = Mapping[str, Sequence[Value] | str]
"""Records of one class under each name, or a plain text."""

_MAGIC = b"runstrong compiled records 1\n"


def yaml_files(*names: str) -> tuple[Path, ...]:
    """Return the authored files of these folders (or single files) under `DATA`, sorted."""
    found: list[Path] = []
    for name in names:
        place = DATA / name
        if place.is_dir():
            found += (file for file in place.iterdir() if file.suffix == ".yaml")
        elif place.exists():
            found.append(place)
    return tuple(sorted(found))


def ready(
    section: str, authored: Iterable[Path], build: Callable[[], Groups], *, file: Path = COMPILED
) -> dict[str, Any]:
    """Return what `build` makes of the authored files, from the compiled file where that is up to date.

    Args:
        section: name of this part of the compiled file, without spaces.
        authored: the files that `build` reads; a change in any of them rebuilds the section.
        build: reads and checks them.
        file: the compiled file.

    Returns:
        The groups of `build`, each as a tuple of records, or as the text that it was.
    """
    key = _key(section, authored)
    sections = _read(file)
    kept_key, blob = sections.get(section, ("", b""))
    if kept_key == key:
        # Whatever a damaged file raises, the YAML still stands.
        with suppress(Exception):
            return _thawed(blob)
    groups = build()
    _write(file, {**sections, section: (key, _frozen(groups))})
    return {name: group if isinstance(group, str) else tuple(group) for name, group in groups.items()}


def _key(section: str, authored: Iterable[Path]) -> str:
    parts: list[bytes | str] = [section, __version__, _code_key()]
    for path in authored:
        parts += (path.name, path.read_bytes())
    return content_hash(parts)


@cache
def _code_key() -> str:
    """Hash of the code that turns YAML into values: when it changes, so may the values."""
    files = [path for layer in ("model", "codec", "catalog") for path in sorted((_PACKAGE / layer).glob("*.py"))]
    return content_hash(path.read_bytes() for path in files)


def _read(file: Path) -> dict[str, tuple[str, bytes]]:
    """Return the sections of a compiled file with their keys; none where it is missing or not one of ours."""
    try:
        data = file.read_bytes()
    except OSError:
        return {}
    if not data.startswith(_MAGIC):
        return {}
    sections = {}
    start = len(_MAGIC)
    try:
        while start < len(data):
            end = data.index(b"\n", start)
            name, key, length = data[start:end].decode().split(" ")
            blob = data[end + 1 : end + 1 + int(length)]
            if len(blob) != int(length):
                return {}
            sections[name] = (key, blob)
            start = end + 1 + len(blob)
    except ValueError:
        return {}
    return sections


def _write(file: Path, sections: Mapping[str, tuple[str, bytes]]) -> None:
    """Write all sections, or nothing where the folder is read-only; a reader never sees half a file."""
    parts = [_MAGIC]
    for name, (key, blob) in sorted(sections.items()):
        parts += (f"{name} {key} {len(blob)}\n".encode(), blob)
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        draft.write_bytes(b"".join(parts))
        draft.replace(file)
    except OSError:
        draft.unlink(missing_ok=True)


def _frozen(groups: Groups) -> bytes:
    """Pickle groups by column, equal values once: half the size and a third of the time of pickling instances."""
    import io
    import pickle

    class Pickler(pickle.Pickler):
        def reducer_override(self, made: Any) -> Any:
            if isinstance(made, Value):
                return _restored, (type(made), *_contents(made))
            return NotImplemented

    seen: dict[Any, Any] = {}
    columns: dict[str, Any] = {}
    for name, group in groups.items():
        if isinstance(group, str) or not group:
            columns[name] = group
            continue
        kinds = {type(record) for record in group}
        if len(kinds) > 1:
            names = ", ".join(sorted(kind.__name__ for kind in kinds))
            raise TypeError(f"records of several classes under {name!r}: {names}")
        columns[name] = (*kinds, [_shared(column, seen) for column in zip(*map(_contents, group), strict=True)])
    out = io.BytesIO()
    Pickler(out, protocol=5).dump(columns)
    return out.getvalue()


def _shared(made: Any, seen: dict[Any, Any]) -> Any:
    """Return an equal value in which equal parts are one and the same object, so that the pickle holds each once."""
    if isinstance(made, tuple):
        made = tuple(_shared(part, seen) for part in made)
    elif isinstance(made, Value):
        made = _restored(type(made), *(_shared(part, seen) for part in _contents(made)))
    elif not isinstance(made, str):
        return made
    # The text tells apart what compares equal and is not the same: 1, 1.0 and true.
    return seen.setdefault((type(made), repr(made)), made)


def _thawed(blob: bytes) -> dict[str, Any]:
    groups: dict[str, Any] = {}
    for name, column in loads(blob).items():  # noqa: S301 - see the module's docstring
        if isinstance(column, str) or not column:
            groups[name] = column
            continue
        kind, fields = column
        records = tuple(map(object.__new__, repeat(kind, len(fields[0]))))
        for setter, values in zip(_setters(kind), fields, strict=True):
            deque(map(setter, records, values), maxlen=0)
        groups[name] = records
    return groups


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in attrs.fields(kind))


def _contents(made: Value) -> tuple[Any, ...]:
    kind: Any = type(made)
    return tuple(getattr(made, name) for name in _names(kind))


@cache
def _setters(kind: type) -> tuple[Callable[[Any, Any], None], ...]:
    """The slots of a frozen class, writable; what is compiled was checked when it was made."""
    return tuple(getattr(kind, name).__set__ for name in _names(kind))


def _restored(kind: type, *values: Any) -> Any:
    made: Any = object.__new__(kind)
    for setter, got in zip(_setters(kind), values, strict=True):
        setter(made, got)
    return made
