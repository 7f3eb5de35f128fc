"""The table ``[tool.runstrong]`` of a ``pyproject.toml``, read as strictly as a document of its own."""

from __future__ import annotations

import datetime as dt
import os
import tomllib
from pathlib import Path
from typing import Any

from runstrong.codec.documents import decode
from runstrong.model.errors import DocumentError, Problem

__all__ = ["TABLE", "read_table"]

TABLE = ("tool", "runstrong")


def read_table(path: str | os.PathLike[str], kind: str = "preset") -> Any:
    """Read the table of a TOML file as a document; None when the file has no such table.

    The table holds what a document of that kind holds; kind and schema may be left out.

    Raises:
        DocumentError: the file is no TOML, or the table is no such document; it carries every problem.
        OSError: the file cannot be opened.
    """
    file = os.fspath(path)
    try:
        found: Any = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DocumentError([Problem("", str(error), "TOML in UTF-8", file=file)]) from None
    for name in TABLE:
        found = found.get(name) if isinstance(found, dict) else None
        if found is None:
            return None
    if not isinstance(found, dict):
        raise DocumentError([Problem(".".join(TABLE), repr(found), "a table", file=file)])
    data = {"kind": kind, "schema": 1, **_plain(found)}
    try:
        return decode(data, kind=kind, file=file)
    except DocumentError as error:
        within = ".".join(TABLE)
        raise DocumentError(
            Problem(f"{within}.{each.place}", each.fact, each.allowed, each.cure, file=file) for each in error.problems
        ) from None


def _plain(made: Any) -> Any:
    """Return what YAML would give: TOML has dates of its own, which documents write as text."""
    if isinstance(made, dict):
        return {name: _plain(each) for name, each in made.items()}
    if isinstance(made, list):
        return [_plain(each) for each in made]
    return made.isoformat() if isinstance(made, (dt.date, dt.time)) else made
