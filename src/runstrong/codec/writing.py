"""Plain data as YAML that a person likes to read and that the strict reader reads back exactly.

Block style; lists of scalars, and mappings of scalars within lists, stand on one line where they fit. Text is quoted
whenever it would not read back as the same text. It needs no YAML library, so writing costs no import.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from runstrong.codec.text import Surprise, plain_scalar

__all__ = ["yaml_text"]

_WIDTH: Final = 120
_PLAIN = re.compile(r"[^\W_](?:[^:#\n]|:(?=[^\s])|(?<=[^\s])#)*")
_FLOW_BREAKERS = re.compile(r"[,\[\]{}:#?]")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def yaml_text(data: dict[str, Any]) -> str:
    """Write plain data as one YAML document.

    Example:
        >>> print(yaml_text({"name": "no", "runs": [{"day": "monday", "distance": "8 km"}]}), end="")
        name: "no"
        runs:
          - {day: monday, distance: 8 km}
    """
    return "\n".join(_mapping(data, 0)) + "\n"


def _mapping(data: dict[str, Any], indent: int) -> Iterator[str]:
    pad = " " * indent
    for key, got in data.items():
        head = f"{pad}{_scalar(key)}:"
        flat = _on_one_line(got, _WIDTH - len(head) - 1) if not isinstance(got, dict) or not got else None
        if flat is not None:
            yield f"{head} {flat}"
        elif isinstance(got, dict):
            yield head
            yield from _mapping(got, indent + 2)
        else:
            yield head
            yield from _list(got, indent + 2)


def _list(entries: list[Any], indent: int) -> Iterator[str]:
    pad = " " * indent
    for entry in entries:
        flat = _on_one_line(entry, _WIDTH - indent - 2)
        if flat is not None:
            yield f"{pad}- {flat}"
            continue
        lines = _mapping(entry, indent + 2) if isinstance(entry, dict) else _list(entry, indent + 2)
        first = next(lines)
        yield f"{pad}- {first.lstrip(' ')}"
        yield from lines


def _on_one_line(got: Any, room: int) -> str | None:
    """Write what fits on one line: scalars always, lists and mappings of scalars where there is room."""
    if isinstance(got, dict):
        if any(isinstance(each, (dict, list)) and each for each in got.values()):
            return None
        text = "{" + ", ".join(f"{_scalar(key, flow=True)}: {_flow(each)}" for key, each in got.items()) + "}"
    elif isinstance(got, list):
        if any(isinstance(each, (dict, list)) for each in got):
            return None
        text = "[" + ", ".join(map(_flow, got)) + "]"
    else:
        return _scalar(got)
    return text if len(text) <= room or not got else None


def _flow(got: Any) -> str:
    if isinstance(got, dict):
        return "{}"
    return "[]" if isinstance(got, list) else _scalar(got, flow=True)


def _scalar(got: Any, *, flow: bool = False) -> str:
    if got is None:
        return "null"
    if isinstance(got, bool):
        return "true" if got else "false"
    if isinstance(got, str):
        return got if _is_plain(got, flow) else _quoted(got)
    return repr(got)


def _is_plain(text: str, flow: bool) -> bool:
    if not _PLAIN.fullmatch(text) or text[-1].isspace() or not text.isprintable():
        return False
    if flow and _FLOW_BREAKERS.search(text):
        return False
    try:
        return plain_scalar(text) == text and isinstance(plain_scalar(text), str)
    except Surprise:
        return False


def _quoted(text: str) -> str:
    inner = (_ESCAPES.get(char) or (char if char.isprintable() else _escape(ord(char))) for char in text)
    return f'"{"".join(inner)}"'


def _escape(code: int) -> str:
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
