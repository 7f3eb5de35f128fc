"""From a path to what a file tells: which format it is, unpacked where it is packed, read where it is known."""

from __future__ import annotations

import json
import os
import re
import struct
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from runstrong.codec import loads
from runstrong.history.exports import is_table, recordings_of_json, recordings_of_table
from runstrong.history.formats import FORMATS, format_of
from runstrong.history.grids import letters_of
from runstrong.history.recorded import Asked, Recorded, Recordings
from runstrong.model.errors import DocumentError, Problem
from runstrong.model.log import Log
from runstrong.model.remarks import Remark
from runstrong.model.value import evolve
from runstrong.model.words import Handling

__all__ = ["is_document", "opened", "read_bytes"]

Told = TypeVar("Told", Recorded, Remark)

_HEAD = 16_384
_MOST_BYTES = 512 * 2**20
"""What one file may hold unpacked: more than a lifetime's log as a table (convention)."""
_MOST_IN_ALL = 4 * 2**30
"""What the files of one archive may hold together, unpacked (convention)."""
_MOST_RATIO = 400
"""How many times its size a file of more than a megabyte may grow; tables of many empty cells shrink to a fiftieth."""
_KINDS = "exports of Strava, Garmin Connect, TrainingPeaks and intervals.icu, " + ", ".join(
    each.name for each in FORMATS
)
_ALLOWED = f"{_KINDS}, alone, gzipped or in a zip archive, or a log of runstrong (kind: log)"
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError, OSError, struct.error,
    LookupError,
)  # fmt: skip
"""What `zipfile` raises for archives that are damaged, locked or packed in a way that Python does not know."""
_DOCUMENT = re.compile(rb"(?m)^(?:\xef\xbb\xbf)?[\"']?kind[\"']?[ \t]*:|\A\s*\{[^{}\[\]]{0,2000}\"kind\"\s*:")


def is_document(path: str | os.PathLike[str]) -> bool:
    """Whether a file is a document of runstrong, YAML or JSON with a kind, rather than another program's.

    Raises:
        OSError: the file cannot be opened.
    """
    if not Path(path).is_file():
        return True  # a pipe can be read but once, and what is not there is told by who reads it
    with Path(path).open("rb") as found:
        head = found.read(_HEAD)
    if head[:4] == b"PK\x03\x04" or head[:2] == b"\x1f\x8b" or format_of(head) is not None or is_table(head):
        return False
    start = head.lstrip()[:1]
    # What is neither is told by the codec, which names what a document needs.
    return start != b"[" and (bool(_DOCUMENT.search(head)) or start != b"{" or b"start_date_local" not in head)


def opened(path: str | os.PathLike[str], asked: Asked) -> Log | Recordings:
    """Read a file, whatever its format.

    Raises:
        DocumentError: nothing in it can be read.
        OSError: it cannot be opened.
    """
    file = os.fspath(path)
    with Path(path).open("rb") as found:
        head = found.read(4)
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _unzipped(path, file, asked)
    if os.stat(path).st_size > _MOST_BYTES:  # noqa: PTH116 - a path-like is not always a Path
        raise DocumentError([_too_large(file)])
    return read_bytes(Path(path).read_bytes(), file, asked)


def read_bytes(raw: bytes, file: str | None, asked: Asked) -> Log | Recordings:
    """Read the content of a file, whatever its format.

    Raises:
        DocumentError: nothing in it can be read.
    """
    if raw[:2] == b"\x1f\x8b":
        return _gunzipped(raw, file, asked)
    format = format_of(raw)
    if format is not None:
        return format.load()(raw, file, asked)
    if not raw.strip():
        raise DocumentError([Problem("", "an empty file", _ALLOWED, file=file)])
    if is_table(raw):
        return recordings_of_table(raw, file, asked)
    start = raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start in (b"{", b"["):
        return _json(raw, file, asked)
    if _DOCUMENT.search(raw[:_HEAD]):
        log: Log = loads(raw, kind="log", file=file)
        return log
    if raw[:_HEAD].count(b",") + raw[:_HEAD].count(b";") + raw[:_HEAD].count(b"\t") > 2:
        return recordings_of_table(raw, file, asked)  # says what stands at the top, and what should
    raise DocumentError([Problem("", "a file of another kind", _ALLOWED, "its content says what it is", file=file)])


def _json(raw: bytes, file: str | None, asked: Asked) -> Log | Recordings:
    text = letters_of(raw)[0]
    try:
        data = json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_each_once)
    except (ValueError, RecursionError) as error:
        if b'"start_date_local"' not in raw[:_HEAD] and _DOCUMENT.search(raw[:_HEAD]):
            made: Log = loads(raw, kind="log", file=file)  # says it with line and place
            return made
        line = getattr(error, "lineno", None)
        fact = f"JSON that breaks: {getattr(error, 'msg', None) or str(error)[:80] or type(error).__name__}"
        raise DocumentError([Problem("", fact, "whole JSON", "export it again", file=file, line=line)]) from None
    if isinstance(data, dict) and "kind" in data:
        log: Log = loads(raw, kind="log", file=file)
        return log
    return recordings_of_json(data, file, asked)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make a mapping; a key that stands twice is the mark of two activities that damage has run into one."""
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key stands twice in one entry")
    return made


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


# -- packed files ----------------------------------------------------------------------------------------------------


def _too_large(file: str | None) -> Problem:
    return Problem("", "more than can be a training log", f"up to {_MOST_BYTES >> 20} MiB a file", file=file)


def _gunzipped(raw: bytes, file: str | None, asked: Asked) -> Log | Recordings:
    unpack = zlib.decompressobj(wbits=31)
    try:
        inner = unpack.decompress(raw, _MOST_BYTES)
    except zlib.error as error:
        fact = f"a gzip file that cannot be unpacked ({error})"
        raise DocumentError([Problem("", fact, _ALLOWED, file=file)]) from None
    if unpack.unconsumed_tail or (len(inner) > 2**20 and len(inner) > _MOST_RATIO * len(raw)):
        raise DocumentError([_too_large(file)])
    if inner[:2] == b"\x1f\x8b" or inner[:4] == b"PK\x03\x04":
        raise DocumentError([Problem("", "a packed file in a packed file", "one that is packed once", file=file)])
    if unpack.eof:
        return read_bytes(inner, file, asked)
    try:
        made = read_bytes(inner, file, asked)
    except DocumentError as error:
        cut = Problem("", "a gzip file that breaks off", "the whole file", "download it again", file=file)
        raise DocumentError([cut, *error.problems]) from None
    if isinstance(made, Log):
        raise DocumentError([Problem("", "a gzip file that breaks off", "the whole file", file=file)])
    told = Remark(Handling.TAKEN, "a gzip file that breaks off", "read as far as it goes", file)
    return Recordings(made.activities, (*made.remarks, told), False, made.listing, made.program)


def _unzipped(path: str | os.PathLike[str], file: str, asked: Asked) -> Log | Recordings:
    try:
        with zipfile.ZipFile(path) as archive:
            return _Archive(archive, file, asked).read()
    except DocumentError:
        raise
    except _BROKEN as error:
        fact = f"a zip archive that cannot be opened ({error})"
        raise DocumentError([Problem("", fact, "a whole zip archive", "download it again", file=file)]) from None


class _Archive:
    """A zip archive: never unpacked to disk, each file within limits, names used for reports alone."""

    def __init__(self, archive: zipfile.ZipFile, file: str, asked: Asked) -> None:
        self.archive, self.file, self.asked = archive, file, asked
        self.left = _MOST_IN_ALL
        self.remarks: list[Remark] = []
        self.members = [
            info
            for info in archive.infolist()
            if not info.is_dir() and "__MACOSX" not in info.filename and not _base(info).startswith(".")
        ]

    def read(self) -> Recordings:
        """Read the export that the archive holds, or else every activity in it."""
        # Tables first, as they tell of everything else that such an archive holds; content decides, not the name.
        likely = sorted(
            self.members, key=lambda info: (not _base(info).lower().endswith((".csv", ".json")), info.filename)
        )
        tables = [info for info in likely if self._lists(info)]
        if tables:
            return self._joined(tables, passed=len(self.members) - len(tables))
        known = [info for info in self.members if self._known(info)]
        if not known:
            names = ", ".join(repr(_base(info)) for info in self.members[:4]) or "nothing"
            raise DocumentError([*map(_as_problem, self.remarks), Problem(
                "", f"a zip archive with {names}", _ALLOWED, file=self.file,
            )])  # fmt: skip
        return self._joined(known, passed=len(self.members) - len(known))

    def _head(self, info: zipfile.ZipInfo) -> bytes:
        try:
            with self.archive.open(info) as inner:
                return inner.read(_HEAD)
        except _BROKEN as error:
            fact = f"it cannot be unpacked ({error})"
            self.remarks.append(Remark(Handling.ACTIVITY_UNREAD, _base(info), fact, self.file, _base(info)))
            return b""

    def _lists(self, info: zipfile.ZipInfo) -> bool:
        name = _base(info).lower()
        if name.endswith((".fit", ".gz", ".tcx", ".gpx", ".jpg", ".jpeg", ".png", ".mp4")):
            return False  # thousands of them, and what they are named for never holds a table
        head = self._head(info)
        if is_table(head):
            return True
        return head.lstrip()[:1] == b"[" and b'"start_date_local"' in head

    def _known(self, info: zipfile.ZipInfo) -> bool:
        head = self._head(info)
        return head[:2] == b"\x1f\x8b" or format_of(head) is not None

    def _content(self, info: zipfile.ZipInfo) -> bytes:
        most = min(_MOST_BYTES, self.left)
        with self.archive.open(info) as inner:
            raw = inner.read(most + 1)
        if len(raw) > most or (len(raw) > 2**20 and len(raw) > _MOST_RATIO * max(info.compress_size, 1)):
            raise DocumentError([_too_large(self.file)])
        self.left -= len(raw)
        return raw

    def _joined(self, members: list[zipfile.ZipInfo], *, passed: int) -> Recordings:
        activities: list[Recorded] = []
        remarks, wholes, programs, listing = self.remarks, [], [], False
        problems: list[Problem] = []
        for info in members:
            within = _base(info)
            try:
                made = read_bytes(self._content(info), self.file, self.asked)
            except DocumentError as error:
                problems += error.problems
                remarks += [_as_remark(problem, self.file, within) for problem in error.problems]
                continue
            except _BROKEN as error:
                problems.append(
                    Problem("", f"{within} cannot be unpacked ({error})", "a whole archive", file=self.file)
                )
                fact = f"it cannot be unpacked ({error})"
                remarks.append(Remark(Handling.ACTIVITY_UNREAD, within, fact, self.file, within))
                continue
            if isinstance(made, Log):
                remarks.append(Remark(Handling.PASSED_BY, "a log of runstrong", "read it by itself", self.file, within))
                continue
            activities += [_within(each, within) for each in made.activities]
            remarks += [_within(each, within) for each in made.remarks]
            wholes.append(made.whole)
            programs.append(made.program)
            listing = listing or made.listing
        if not wholes:
            raise DocumentError(problems or [Problem("", "a zip archive of other files", _ALLOWED, file=self.file)])
        if passed:
            what = f"{passed} other {'file' if passed == 1 else 'files'} of the archive"
            why = "passed by: the table tells of each activity" if listing else "passed by: no files of activities"
            remarks.append(Remark(Handling.PASSED_BY, what, why, self.file))
        program = programs[0] if len(set(programs)) == 1 else ""
        return Recordings(tuple(activities), tuple(remarks), all(wholes), listing, program)


def _base(info: zipfile.ZipInfo) -> str:
    name = PurePosixPath(info.filename.replace("\\", "/")).name
    return "".join(each if each.isprintable() else "?" for each in name)


def _within(told: Told, name: str) -> Told:
    return evolve(told, place=f"{name}: {told.place}" if told.place else name)


def _as_remark(problem: Problem, file: str, place: str) -> Remark:
    why = f"allowed: {problem.allowed}" if problem.allowed else problem.cure
    return Remark(Handling.ACTIVITY_UNREAD, problem.fact, why, file, place)


def _as_problem(remark: Remark) -> Problem:
    return Problem(remark.place, remark.why, "", file=remark.file)
