"""Strict reading of YAML and JSON text into plain data, with the line of every entry.

YAML 1.1 guesses: `no` becomes false, `1:30` becomes 90, `010` becomes 8. Here a plain scalar is null, true, false, a
decimal number or text, and whatever another reader would guess differently is refused with the cure. The parser's
events are read one by one, so nesting never recurses, aliases are never expanded and no tag ever makes an object.
All faults of a text are collected; what was refused stands in the data as `REFUSED`, so that the next stage does not
report it twice.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from runstrong.model.errors import Problem

__all__ = [
    "MAX_BYTES", "MAX_DEPTH", "REFUSED", "Path", "Reading", "Surprise", "place_of", "plain_scalar", "read_json",
    "read_text", "read_yaml",
]  # fmt: skip

MAX_BYTES: Final = 32 * 1024 * 1024
"""A larger text is refused unread; ten years of training stay well under a tenth of it."""
MAX_DEPTH: Final = 64
"""Lists and mappings nested deeper than this are refused; no document needs ten levels."""

Path = tuple["str | int", ...]


class _Refused:
    """Stands where a value was refused and already reported."""

    def __repr__(self) -> str:
        return "REFUSED"


REFUSED: Final = _Refused()
_NO_KEY: Final = object()


class Reading:
    """Plain data of one text, its faults so far, and where each entry stands.

    Args:
        data: mappings, lists, text, numbers, booleans and None; `REFUSED` where a value could not be taken.
        problems: faults of the text itself.
        line_of: gives the line of a path, or of the nearest thing around it that has one.
    """

    __slots__ = ("data", "line_of", "problems")

    def __init__(self, data: Any, problems: list[Problem], line_of: Callable[[Path], int | None]) -> None:
        self.data, self.problems, self.line_of = data, problems, line_of


def place_of(path: Path) -> str:
    """Write a path as people do.

    Example:
        >>> place_of(("weeks", 0, "sessions", 1, "odd key"))
        "weeks[0].sessions[1].'odd key'"
    """
    parts = []
    for step in path:
        if isinstance(step, int):
            parts.append(f"[{step}]")
        else:
            parts.append(f".{step}" if re.fullmatch(r"[\w-]+", step) else f".{step!r}")
    return "".join(parts).removeprefix(".")


def read_text(text: str | bytes, *, file: str | None = None, format: str | None = None) -> Reading:
    """Read YAML or JSON; without `format`, a text that opens as a JSON object does is JSON.

    Example:
        >>> read_text("sets: 3").data
        {'sets': 3}
        >>> print(read_text("pain: no").problems[0])
        1: pain: no; allowed: true, false or quoted text (YAML 1.1 reads it as false: write false, or "no" for the text)
    """
    if len(text) > MAX_BYTES:
        # Counted in characters where it is text already: a bound on the work, not on the disk.
        return _failed(Problem("", f"{len(text)} bytes", f"at most {MAX_BYTES} bytes", "split the file", file=file))
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-8")
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            fact = f"byte 0x{text[error.start]:02x}, which is not UTF-8"
            return _failed(Problem("", fact, "text in UTF-8", "save the file as UTF-8", file=file, line=line))
    text = text.removeprefix("\ufeff")
    if format is None:
        format = "json" if re.match(r"\s*\{\s*[\"}]", text) else "yaml"
    return read_json(text, file=file) if format == "json" else read_yaml(text, file=file)


def _failed(problem: Problem) -> Reading:
    return Reading(REFUSED, [problem], lambda _: problem.line)


# -- JSON ------------------------------------------------------------------------------------------------------------


class _Refusal(Exception):
    """Ends a reading by `json` whose faults the scanner then finds one by one."""


def _mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise _Refusal
    return made


def _constant(_: str) -> Any:
    raise _Refusal


_LOADS = json.JSONDecoder(object_pairs_hook=_mapping, parse_constant=_constant).decode
_LENIENT = json.JSONDecoder(parse_constant=lambda _: REFUSED).decode


def read_json(text: str, *, file: str | None = None) -> Reading:
    """Read JSON, refusing what its grammar or RFC 8259's advice refuses: duplicate names, NaN, infinity.

    Example:
        >>> print(read_json('{"sets": 3, "sets": 4}').problems[0])
        1: sets: the key 'sets' twice; allowed: each key once (leave one out)
    """
    scan = _Scan(text, file)
    problems: list[Problem] = []
    try:
        data = _LOADS(text)
    except _Refusal:
        problems = scan.problems()
        data = REFUSED if scan.too_deep else _without_duplicates(_LENIENT(text), problems)
    except json.JSONDecodeError as error:
        fact = (error.msg[:1].lower() + error.msg[1:]).removesuffix(" at")
        return _failed(Problem("", fact, "JSON", file=file, line=error.lineno))
    except RecursionError:
        problems = scan.problems()
        data = REFUSED
    except ValueError:  # the interpreter's own bound on the digits of an integer
        fact = "a whole number with thousands of digits"
        return _failed(Problem("", fact, "numbers of at most 15 digits", file=file))
    return Reading(data, problems, scan.line_of)


def _without_duplicates(data: Any, problems: list[Problem]) -> Any:
    # The last of two values stands in what `json` gave; both are reported, so neither is judged again.
    for problem in problems:
        if isinstance(problem, _PlacedProblem) and problem.path:
            _refuse_at(data, problem.path)
    return data


def _refuse_at(data: Any, path: Path) -> None:
    for step in path[:-1]:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return
    if isinstance(data, dict) and path[-1] in data:
        data[path[-1]] = REFUSED


class _PlacedProblem(Problem):
    """A problem that still knows the path it stands for."""

    __slots__ = ("path",)
    path: Path


class _Scan:
    """The lines of a JSON text, found by walking its tokens; made only when there is something to report."""

    _TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}:,]|[^\s\[\]{}:,"]+', re.DOTALL)

    def __init__(self, text: str, file: str | None) -> None:
        self.text, self.file = text, file
        self.lines: dict[Path, int] | None = None
        self.too_deep = False
        self._found: list[Problem] = []

    def line_of(self, path: Path) -> int | None:
        """Give the line of `path`, or of the nearest thing around it."""
        lines = self.lines if self.lines is not None else self._walk()
        while path and path not in lines:
            path = path[:-1]
        return lines.get(path)

    def problems(self) -> list[Problem]:
        """Give duplicate names, constants that JSON lacks, and nesting out of bounds."""
        if self.lines is None:
            self._walk()
        return self._found

    def _walk(self) -> dict[Path, int]:
        lines: dict[Path, int] = {}
        self.lines = lines
        path: list[str | int] = []
        frames: list[set[str] | None] = []  # names seen in each open object; None for a list
        line, read_to, name_next = 1, 0, False
        for token in self._TOKEN.finditer(self.text):
            line += self.text.count("\n", read_to, token.start())
            read_to = token.start()
            mark = self.text[read_to]
            if mark == '"' and name_next and frames and frames[-1] is not None:
                name = json.loads(token[0], strict=False)
                path[-1] = name
                here = tuple(path)
                if name in frames[-1]:
                    self._add(here, line, f"the key {name!r} twice", "each key once", "leave one out")
                else:
                    frames[-1].add(name)
                    lines[here] = line
                name_next = False
            elif mark in "{[":
                lines.setdefault(tuple(path), line)
                if len(frames) >= MAX_DEPTH:
                    self.too_deep = True
                    self._add(tuple(path[:3]), line, f"over {MAX_DEPTH} levels deep", f"at most {MAX_DEPTH} levels", "")
                    return lines
                frames.append(set() if mark == "{" else None)
                path.append("" if mark == "{" else 0)
                name_next = mark == "{"
            elif mark in "}]":
                frames.pop()
                path.pop()
            elif mark == ",":
                name_next = frames[-1] is not None
                if not name_next:
                    path[-1] = int(path[-1]) + 1
            elif mark != ":":
                lines.setdefault(tuple(path), line)
                if token[0] in ("NaN", "Infinity", "-Infinity"):
                    self._add(tuple(path), line, token[0], "a finite number", "leave the key out when it is unknown")
        return lines

    def _add(self, path: Path, line: int, fact: str, allowed: str, cure: str) -> None:
        problem = _PlacedProblem(place_of(path), fact, allowed, cure, file=self.file, line=line)
        problem.path = path
        self._found.append(problem)


# -- YAML ------------------------------------------------------------------------------------------------------------

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_BASE_60 = re.compile(r"[-+]?[0-9][0-9_]*(?::[0-9]{1,2})+(?:\.[0-9_]*)?")
_OTHER_BASE = re.compile(r"[-+]?0(?:[xX][0-9a-fA-F_]+|[bB][01_]+|[oO][0-7_]+)")
_LEADING_ZERO = re.compile(r"[-+]?0[0-9_]+(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?")
_ODD_NUMBER = re.compile(r"[-+]?(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9_]+)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|nan)", re.IGNORECASE)
_TRUE_WORDS = frozenset(("y", "yes", "on", "true"))
_FALSE_WORDS = frozenset(("n", "no", "off", "false"))
_LONGEST_NUMBER = 300  # characters; far under the digits at which Python itself refuses


class Surprise(Exception):
    """A plain scalar that other readers take for something else."""

    def __init__(self, allowed: str, cure: str) -> None:
        self.allowed, self.cure = allowed, cure
        super().__init__(allowed)


def plain_scalar(text: str) -> Any:
    """Read an unquoted YAML scalar: null, true, false, a decimal number, or text.

    Raises:
        Surprise: YAML 1.1 would read it as something that it does not look like.

    Example:
        >>> plain_scalar("2-0-2-1"), plain_scalar("2.5"), plain_scalar("null")
        ('2-0-2-1', 2.5, None)
    """
    if text in ("", "null"):
        return None
    if text == "true":
        return True
    if text == "false":
        return False
    first = text[0]
    if first.isdigit() or first in "-+.":
        return _number_or_text(text)
    if len(text) > 5:
        return text
    lower = text.lower()
    for words, truth in ((_TRUE_WORDS, "true"), (_FALSE_WORDS, "false")):
        if lower in words:
            cure = f'YAML 1.1 reads it as {truth}: write {truth}, or "{text}" for the text'
            raise Surprise("true, false or quoted text", cure)
    if lower == "null" or text == "~":
        raise Surprise("null or quoted text", f'write null, or "{text}" for the text')
    if text in ("<<", "="):
        raise Surprise("text", f'YAML 1.1 gives it a meaning of its own: write it out, or "{text}" for the text')
    return text


def _number_or_text(text: str) -> Any:
    if _DECIMAL.fullmatch(text):
        if len(text) > _LONGEST_NUMBER:
            raise Surprise(f"at most {_LONGEST_NUMBER} digits", "")
        if _INTEGER.fullmatch(text):
            return int(text)
        got = float(text)
        if got in (float("inf"), float("-inf")):
            raise Surprise("a finite number", "")
        return got
    if _BASE_60.fullmatch(text):
        cure = f'YAML 1.1 reads it as base 60: write a length of time as 90 s or 1.5 min, or "{text}" for the text'
        raise Surprise("a number with its unit, or quoted text", cure)
    if _OTHER_BASE.fullmatch(text):
        raise Surprise("a decimal number or quoted text", f'write it in decimal, or "{text}" for the text')
    if _LEADING_ZERO.fullmatch(text):
        cure = f'YAML 1.1 reads it as octal: write {text.lstrip("-+0_") or "0"}, or "{text}" for the text'
        raise Surprise("a decimal number without leading zeros, or quoted text", cure)
    if _NOT_FINITE.fullmatch(text):
        raise Surprise("a finite number", "leave the key out when it is unknown")
    if _ODD_NUMBER.fullmatch(text):
        raise Surprise("digits, with a point between them if need be", f'such as 1000 or 0.5, or "{text}" for the text')
    return text


class _Frame:
    """A mapping or list that is still open."""

    __slots__ = ("held", "key", "lines", "step")

    def __init__(self, held: Any, lines: Any, step: str | int | None) -> None:
        self.held, self.lines, self.step = held, lines, step
        self.key: Any = _NO_KEY


def read_yaml(text: str, *, file: str | None = None) -> Reading:
    r"""Read one YAML document strictly.

    Example:
        >>> for problem in read_yaml("sets: 010\nrest: 1:30\n").problems:
        ...     print(problem)
        1: sets: 010; allowed: a decimal number without leading zeros, or quoted text (YAML 1.1 reads it as octal: ...
        2: rest: 1:30; allowed: a number with its unit, or quoted text (YAML 1.1 reads it as base 60: ...
    """
    import yaml

    builder = _Builder(file)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        builder.take(yaml.parse(text, Loader=loader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if "nesting depth" in (error.problem or ""):
            # libyaml reads ahead, and newer ones give up themselves (at far more levels) before an event reaches us.
            builder.refuse_depth(mark.line + 1 if mark else None)
            return Reading(builder.data, builder.problems, builder.line_of)
        fact = ", ".join(part for part in (error.context, error.problem) if part)
        tab = mark is not None and _line(text, mark.line)[mark.column : mark.column + 1] == "\t"
        builder.fail(fact, "YAML", "indent with spaces, not tabs" if tab else "", mark.line + 1 if mark else None)
    except yaml.reader.ReaderError as error:
        read = text.encode("utf-8", "surrogatepass")[: max(error.position, 0)]
        fact, line = f"a character that YAML forbids: {error.reason}", read.count(b"\n") + 1
        builder.fail(fact, "text without control characters", "leave the character out", line)
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        builder.fail("half of a surrogate pair", "text that can be written in UTF-8", "leave the character out", line)
    except _Stop:
        pass
    return Reading(builder.data, builder.problems, builder.line_of)


def _line(text: str, number: int) -> str:
    lines = text.split("\n", number + 1)
    return lines[number] if number < len(lines) else ""


class _Stop(Exception):
    """Ends the reading of a text that is not worth reading on."""


class _Builder:
    """Makes plain data from YAML events, without recursion."""

    def __init__(self, file: str | None) -> None:
        self.file = file
        self.data: Any = REFUSED
        self.problems: list[Problem] = []
        self.root_line: int | None = None
        self._stack: list[_Frame] = []
        # Keyed by identity; the containers live as long as `data` does, so no identity is used twice.
        self._lines: dict[int, Any] = {}

    def take(self, events: Iterator[Any]) -> None:
        """Read all events."""
        documents = 0
        for event in events:
            name = type(event).__name__
            if name == "ScalarEvent":
                self._scalar(event)
            elif name in {"MappingStartEvent", "SequenceStartEvent"}:
                self._open(event, {} if name == "MappingStartEvent" else [])
            elif name in {"MappingEndEvent", "SequenceEndEvent"}:
                self._stack.pop()
            elif name == "AliasEvent":
                fact, cure = f"the alias *{event.anchor}", "write it out where it is meant"
                self._report(event, fact, "no aliases", cure)
                self._put(REFUSED, event.start_mark.line + 1)
            elif name == "DocumentStartEvent":
                documents += 1
                if documents > 1:
                    line = event.start_mark.line + 1
                    self._add("", "a second document", "one document in a file", "put it into a file of its own", line)
                    return
        if documents == 0:
            self.fail("nothing", "a document with kind and schema", "", 1)

    def fail(self, fact: str, allowed: str, cure: str, line: int | None) -> None:
        """Give the whole text up."""
        self.data = REFUSED
        self._add("", fact, allowed, cure, line)

    def refuse_depth(self, line: int | None) -> None:
        """Give up a text that is nested without end."""
        shown = place_of(self._path()[:3])
        self.data = REFUSED
        self._add(shown, f"over {MAX_DEPTH} levels deep", f"at most {MAX_DEPTH} levels", "", line)

    def line_of(self, path: Path) -> int | None:
        """Give the line of `path`, or of the nearest thing around it."""
        line, held = self.root_line, self.data
        for step in path:
            try:
                line = self._lines[id(held)][step]
                held = held[step]
            except (KeyError, IndexError, TypeError):
                break
        return line

    def _scalar(self, event: Any) -> None:
        text, line = event.value, event.start_mark.line + 1
        if event.anchor is not None or event.tag is not None or not (event.implicit[0] or event.style):
            self._refuse_decoration(event)
        got = text
        if event.implicit[0]:
            try:
                got = plain_scalar(text)
            except Surprise as surprise:
                cure = "write the keys out" if text == "<<" else surprise.cure
                self._report(event, text, surprise.allowed, cure)
                got = REFUSED
        elif event.tag is not None:
            got = REFUSED
        self._put(got, line)

    def _open(self, event: Any, held: Any) -> None:
        line = event.start_mark.line + 1
        if event.anchor is not None or event.tag is not None or not event.implicit:
            self._refuse_decoration(event)
        if len(self._stack) >= MAX_DEPTH:
            self.refuse_depth(line)
            raise _Stop
        lines: Any = {} if type(held) is dict else []
        self._lines[id(held)] = lines
        step = self._put(held, line)
        self._stack.append(_Frame(held, lines, step))

    def _put(self, got: Any, line: int) -> str | int | None:
        """Put a value or key where the text has come to; give the step that leads to it."""
        if not self._stack:
            self.data, self.root_line = got, line
            return None
        frame = self._stack[-1]
        if type(frame.held) is list:
            frame.held.append(got)
            frame.lines.append(line)
            return len(frame.held) - 1
        if frame.key is _NO_KEY:
            frame.key = self._key(frame, got, line)
            return None
        key, frame.key = frame.key, _NO_KEY
        if key is REFUSED:
            return None
        frame.held[key] = got
        return str(key)

    def _key(self, frame: _Frame, got: Any, line: int) -> Any:
        if got is REFUSED:
            return REFUSED
        if type(got) is not str:
            fact = "a key that is " + ("a list or mapping" if isinstance(got, (dict, list)) else json.dumps(got))
            self._add(place_of(self._path()), fact, "a key that is text", "", line)
            return REFUSED
        if got in frame.lines:
            place = place_of((*self._path(), got))
            first = f"the key {got!r} twice (first on line {frame.lines[got]})"
            self._add(place, first, "each key once", "leave one out", line)
            return REFUSED
        frame.lines[got] = line
        return got

    def _refuse_decoration(self, event: Any) -> None:
        if event.anchor is not None:
            self._report(event, f"the anchor &{event.anchor}", "no anchors", "write the value out where it is meant")
        plain = event.implicit[0] if isinstance(event.implicit, tuple) else event.implicit
        # Quoted text is not plain without any tag; what else is not plain carries one.
        if event.tag is not None or not (plain or getattr(event, "style", None)):
            self._report(event, f"the tag {event.tag or '!'}", "no tags", "leave the tag out; quote what is text")

    def _report(self, event: Any, fact: str, allowed: str, cure: str) -> None:
        path = self._path()
        if self._stack:
            frame = self._stack[-1]
            if type(frame.held) is list:
                path = (*path, len(frame.held))
            elif type(frame.key) is str:
                path = (*path, frame.key)
        self._add(place_of(path), fact, allowed, cure, event.start_mark.line + 1)

    def _path(self) -> Path:
        return tuple(frame.step for frame in self._stack if frame.step is not None)

    def _add(self, place: str, fact: str, allowed: str, cure: str, line: int | None) -> None:
        self.problems.append(Problem(place, fact, allowed, cure, file=self.file, line=line))
