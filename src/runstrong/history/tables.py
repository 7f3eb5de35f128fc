"""A calendar as a table of comma-separated values: one run a row, every fault told with its line."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from runstrong.history.wording import day_part_at, decimal, said
from runstrong.model.errors import DocumentError, InvalidValue, Problem, nearest
from runstrong.model.quantities import Distance, Duration, km, meters, miles
from runstrong.model.running import Calendar, Run
from runstrong.model.words import DayPart, Priority, RunKind

__all__ = ["calendar_of_table"]

_COLUMNS: dict[str, str] = {
    **dict.fromkeys(("date", "day", "on"), "date"),
    **dict.fromkeys(("kind", "type", "run type", "workout type", "session type"), "kind"),
    **dict.fromkeys(("distance", "dist", "length"), "distance"),
    **dict.fromkeys(("km", "distance km", "kilometers", "kilometres", "dist km"), "km"),
    **dict.fromkeys(("miles", "mi", "distance mi", "distance miles"), "miles"),
    **dict.fromkeys(("duration", "moving time", "elapsed time", "planned duration"), "duration"),
    **dict.fromkeys(("minutes", "min", "mins", "duration min", "duration minutes"), "minutes"),
    **dict.fromkeys(("day part", "part", "part of day", "time", "time of day", "start time", "start"), "time"),
    **dict.fromkeys(("priority", "race priority", "weight"), "priority"),
    **dict.fromkeys(("name", "title", "workout", "session", "description", "run"), "name"),
    **dict.fromkeys(("note", "notes", "comment", "comments", "remark", "remarks"), "note"),
}
"""What stands at the top of a column, in small letters without signs, and what it means."""

_ONE_OF = (("distance", "km", "miles"), ("duration", "minutes"))
_ASKED = "date, kind, km, miles, distance, minutes, duration, time, priority, name, note"


def calendar_of_table(text: str, file: str | None) -> Calendar:
    """Read a table of runs.

    Args:
        text: of the file.
        file: to name in problems.

    Raises:
        DocumentError: a column or a row is not what it should be; it carries every problem found.
    """
    top = next((line for line in text.split("\n") if line.replace(",", "").replace(";", "").strip()), "")
    mark = max(";\t,", key=lambda each: (top.count(each), each == ","))
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    try:
        table = [(rows.line_num, [cell.strip() for cell in row]) for row in rows]
    except csv.Error as error:
        raise DocumentError([Problem("", str(error), "a table with balanced quotes", file=file)]) from None
    filled = [(line, row) for line, row in table if any(row)]
    if not filled:
        raise DocumentError([Problem("", "an empty file", "a table with a date in each row", file=file)])
    columns, problems = _columns(filled[0][1], filled[0][0], file)
    reading = _Reading(file, problems)
    for line, row in filled[1:]:
        if len(row) > len(columns) and any(row[len(columns) :]):
            cure = "a comma inside a number or a name needs quotes, or semicolons between the columns"
            reading.tell(line, "", f"{len(row)} cells", f"{len(columns)}, as at the top", cure)
            continue
        cells = {name: cell for name, cell in zip(columns, row, strict=False) if name and cell}
        reading.row(line, cells)
    if reading.problems:
        raise DocumentError(sorted(reading.problems, key=lambda each: each.line or 0))
    return reading.calendar()


def _columns(top: Sequence[str], line: int, file: str | None) -> tuple[list[str], list[Problem]]:
    found: list[str] = []
    problems: list[Problem] = []

    def tell(fact: str, allowed: str, cure: str) -> None:
        problems.append(Problem("", fact, allowed, cure, file=file, line=line))

    for heading in top:
        plain = " ".join(re.sub(r"[^a-z0-9]+", " ", heading.lower()).split())
        name = _COLUMNS.get(plain, "")
        if not name and heading and not heading.startswith("#"):
            near = nearest(plain, _COLUMNS)
            cure = f"did you mean {near}?" if near else "begin its name with # to have the column passed by"
            tell(f"a column {heading!r}", _ASKED, cure)
        elif name and name in found:
            tell(f"a second column for {name}: {heading!r}", "one", "take one out")
        found.append(name)
    for group in _ONE_OF:
        both = [name for name in group if name in found]
        if len(both) > 1:
            tell(f"columns {' and '.join(both)}", "one of them", "they say the same in other units")
    if "date" not in found:
        tell("no column for the date", _ASKED, "name the columns in the first row that is not empty")
    if "kind" not in found and "name" not in found:
        tell("no column for the kind of run", _ASKED, "a column kind, or a name that says it, such as Long run")
    return found, problems


class _Refused(Exception):
    """A cell that is not what it should be: what is allowed, and the cure."""

    def __init__(self, allowed: str, cure: str = "") -> None:
        self.allowed, self.cure = allowed, cure
        super().__init__(allowed)


class _Reading:
    """The rows read so far, with all that is wrong with them."""

    def __init__(self, file: str | None, problems: list[Problem]) -> None:
        self.file, self.problems = file, problems
        self.runs: dict[Run, int] = {}
        self.rest: dict[dt.date, int] = {}
        self.remarks: list[Problem] = []

    def tell(self, line: int, column: str, fact: str, allowed: str, cure: str = "") -> None:
        self.problems.append(Problem(column, fact, allowed, cure, file=self.file, line=line))

    def row(self, line: int, cells: Mapping[str, str]) -> None:
        count = len(self.problems)
        got: dict[str, Any] = {}
        for column, text in cells.items():
            reader = _READERS.get(column)
            if reader is None:
                continue
            try:
                got[column] = reader(text)
            except _Refused as fault:
                self.tell(line, column, repr(text), fault.allowed, fault.cure)
            except InvalidValue as error:
                self.tell(line, column, repr(text), error.problems[0].allowed, error.problems[0].cure)
        if "date" not in cells and not any(problem.line == 1 for problem in self.problems):
            self.tell(line, "date", "no date", "a date in each row, such as 2027-01-05")
        words = said(cells.get("name", ""))
        kind, rest = got.get("kind", (None, False))
        if "kind" not in cells:
            kind, rest = words.kind, words.rest
            if kind is None and not rest and ("kind" not in got):
                fact = f"no kind, and a name that says none: {cells['name']!r}" if "name" in cells else "no kind"
                self.tell(line, "kind", fact, _KINDS_ALLOWED)
        if len(self.problems) > count or "date" not in got:
            return
        if rest:
            self._add_rest(line, got["date"], cells)
        elif kind is not None:
            self._add_run(line, kind, got, words.priority, stated=words.stated or "kind" in cells)

    def _add_rest(self, line: int, day: dt.date, cells: Mapping[str, str]) -> None:
        extra = [name for name in ("distance", "km", "miles", "duration", "minutes", "priority") if name in cells]
        if extra:
            self.tell(line, extra[0], f"{cells[extra[0]]!r} on a day of rest", "nothing", "or another kind")
        self.rest[day] = line

    def _add_run(
        self, line: int, kind: RunKind, got: Mapping[str, Any], said_priority: Priority | None, *, stated: bool
    ) -> None:
        priority = got.get("priority", said_priority)
        if priority is not None and kind is not RunKind.RACE:
            self.tell(line, "priority", f"{priority} on a run of kind {kind}", "a race", "set kind to race")
            return
        lengths = [got[name] for name in ("distance", "km", "miles") if name in got]
        times = [got[name] for name in ("duration", "minutes") if name in got]
        if kind is RunKind.RACE and priority is None:
            priority = Priority.B
            self.remark(line, "priority", "a race without a priority", "taken as B: windows around it, no taper")
        if not stated:
            self.remark(line, "kind", "a run of no stated kind", "taken as easy")
        run = Run(
            date=got["date"],
            day_part=got.get("time", DayPart.UNKNOWN),
            kind=kind,
            distance=lengths[0] if lengths else None,
            duration=times[0] if times else None,
            priority=priority,
        )
        if run in self.runs:
            self.tell(line, "", f"the same run as in line {self.runs[run]}", "each run once", "take one out")
        else:
            self.runs[run] = line

    def remark(self, line: int, column: str, fact: str, taken: str) -> None:
        self.remarks.append(Problem(column, f"{fact}, {taken}", "", file=self.file, line=line))

    def calendar(self) -> Calendar:
        dated = {run.date for run in self.runs}
        clashes = [(line, day) for day, line in self.rest.items() if day in dated]
        if clashes:
            raise DocumentError(
                Problem("date", f"{day} is a day of rest and holds a run", "one of both", file=self.file, line=line)
                for line, day in clashes
            )
        runs = sorted(self.runs, key=lambda run: (run.date, run.day_part.order))
        return Calendar(runs=tuple(runs), rest=tuple(self.rest), remarks=tuple(self.remarks))


# -- cells -----------------------------------------------------------------------------------------------------------

_KINDS_ALLOWED = f"{', '.join(map(str, RunKind))} or rest"
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?")
_WITH_UNIT = re.compile(r"(\d+(?:[.,]\d+)?) ?(km|kilomet(?:er|re)s?|mi|miles?|m|meters?|metres?)")
_UNITS: dict[str, Callable[[float], Distance]] = {"k": km, "mi": miles, "m": meters}


def _date(text: str) -> dt.date:
    dotted = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text)
    try:
        if dotted:
            return dt.date(int(dotted[3]), int(dotted[2]), int(dotted[1]))
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return dt.date.fromisoformat(text)
    except ValueError:
        pass
    cure = "day and month cannot be told apart with slashes" if "/" in text else ""
    raise _Refused("a date such as 2027-01-05 or 5.1.2027", cure)


def _kind(text: str) -> tuple[RunKind | None, bool]:
    plain = text.lower()
    if plain in {kind.value for kind in RunKind}:
        return RunKind(plain), False
    words = said(text)
    if words.kind is not None and words.stated:
        return words.kind, False
    if words.rest:
        return None, True
    if plain in ("run", "running"):
        return RunKind.EASY, False
    near = nearest(plain, [kind.value for kind in RunKind])
    raise _Refused(_KINDS_ALLOWED, f"did you mean {near}?" if near else "")


def _number(text: str, example: str) -> float:
    if not _PLAIN.fullmatch(text):
        raise _Refused(f"a number such as {example}", "units stand at the top of the column")
    return decimal(text)


def _distance(text: str) -> Distance:
    found = _WITH_UNIT.fullmatch(text.lower())
    if found is None:
        cure = "or name the column km or miles" if _PLAIN.fullmatch(text) else ""
        raise _Refused("a distance with its unit, such as 10 km or 6.2 miles", cure)
    unit = found[2]
    return _UNITS["mi" if unit.startswith("mi") else unit[0]](decimal(found[1]))


def _kilometers(text: str) -> Distance:
    return _distance(text) if _WITH_UNIT.fullmatch(text.lower()) else km(_number(text, "12.5"))


def _miles(text: str) -> Distance:
    return _distance(text) if _WITH_UNIT.fullmatch(text.lower()) else miles(_number(text, "6.2"))


def _duration(text: str) -> Duration:
    low = text.lower()
    clock = re.fullmatch(r"(\d{1,2}):([0-5]\d):([0-5]\d)", low)
    if clock:
        return Duration(3600.0 * int(clock[1]) + 60 * int(clock[2]) + int(clock[3]))
    hours = re.fullmatch(r"(\d{1,2}) ?h(?: ?([0-5]?\d)(?: ?min)?)?", low)
    if hours:
        return Duration(3600.0 * int(hours[1]) + 60 * int(hours[2] or 0))
    spelt = re.fullmatch(r"(\d+(?:[.,]\d+)?) ?(?:min|mins|minutes)", low)
    if spelt:
        return Duration(60 * decimal(spelt[1]))
    two = re.fullmatch(r"\d{1,3}:\d{2}", low)
    cure = "hours and minutes or minutes and seconds? write 1:30:00 or 90 min" if two else "or name the column minutes"
    raise _Refused("a length of time with its unit, such as 45 min, 1 h 30 or 1:30:00", cure)


def _minutes(text: str) -> Duration:
    return Duration(60 * decimal(text)) if _PLAIN.fullmatch(text) else _duration(text)


def _time(text: str) -> DayPart:
    low = text.lower()
    if low in {part.value for part in DayPart}:
        return DayPart(low)
    clock = re.fullmatch(r"([01]?\d|2[0-3])[:.]([0-5]\d)", low)
    if clock:
        return day_part_at(int(clock[1]))
    long = re.fullmatch(r"\d{1,2}:\d{2}:\d{2}", low)
    raise _Refused(
        "morning, midday, evening or a time such as 18:30", "is it a duration? name the column so" if long else ""
    )


def _priority(text: str) -> Priority:
    if text.upper() in {priority.value for priority in Priority}:
        return Priority(text.upper())
    raise _Refused(", ".join(map(str, Priority)))


_READERS: dict[str, Callable[[str], Any]] = {
    "date": _date, "kind": _kind, "distance": _distance, "km": _kilometers, "miles": _miles, "duration": _duration,
    "minutes": _minutes, "time": _time, "priority": _priority,
}  # fmt: skip
