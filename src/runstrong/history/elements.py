"""XML of devices, read piece by piece: no tree is kept, nothing is fetched, and a break keeps what was whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal
from xml.parsers import expat

from runstrong.model.errors import DocumentError, Problem

__all__ = ["Elements"]

_CHUNK = 1 << 16

Event = tuple[Literal["start", "end"], str, str, dict[str, str]]
"""What happened, the element's name without its prefix, its text (at its end), its attributes (at its start)."""


class Elements:
    """The elements of an XML file in order, each with the names of those around it in `around`.

    Prefixes of namespaces are dropped, declared or not, as programs leave them out. A document type is refused before
    anything in it is read: activities have none, and entities are what XML is abused with.

    Args:
        raw: the file.
        file: its name, for reports.
    """

    def __init__(self, raw: bytes, file: str | None) -> None:
        self._raw = raw.lstrip(b"\xef\xbb\xbf \t\r\n") if raw[:2] not in (b"\xff\xfe", b"\xfe\xff") else raw
        self._file = file
        self._events: list[Event] = []
        self._texts: list[list[str]] = []
        self.around: list[str] = []
        """Names of the elements that are open, outermost first, without the one that an event tells of."""
        self.broken = ""
        """Where and how the file breaks off; empty while it is whole."""

    def __iter__(self) -> Iterator[Event]:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._doctype
        for begin in range(0, len(self._raw) + 1, _CHUNK):
            chunk = self._raw[begin : begin + _CHUNK]
            try:
                parser.Parse(chunk, begin + _CHUNK > len(self._raw))
            except (expat.ExpatError, ValueError, LookupError) as error:
                # ValueError and LookupError come of encodings that Python does not know.
                line = getattr(error, "lineno", None)
                why = expat.ErrorString(error.code) if isinstance(error, expat.ExpatError) else str(error)
                self.broken = f"line {line}: {why}" if line else str(why)
            for event in self._events:
                kind, name, _, _ = event
                if kind == "end":
                    self.around.pop()
                yield event
                if kind == "start":
                    self.around.append(name)
            self._events.clear()
            if self.broken:
                return

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._texts.append([])
        plain = {_local(each): value for each, value in attributes.items()}
        self._events.append(("start", _local(name), "", plain))

    def _end(self, name: str) -> None:
        self._events.append(("end", _local(name), "".join(self._texts.pop()).strip(), {}))

    def _text(self, text: str) -> None:
        if self._texts:
            self._texts[-1].append(text)

    def _doctype(self, name: str, *_: object) -> None:
        allowed = "a file without a document type, as devices write them"
        raise DocumentError([Problem("", f"a document type ({name})", allowed, "export it again", file=self._file)])


def _local(name: str) -> str:
    return name.rpartition(":")[2]
