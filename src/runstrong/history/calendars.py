"""Dated calendars of runs from files: documents of this library, tables, and the calendars of other programs."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path

from runstrong.codec import read
from runstrong.model.errors import DocumentError, Problem
from runstrong.model.running import Calendar

__all__ = ["FORMATS", "read_calendar"]

FORMATS = (".yaml", ".yml", ".json", ".csv", ".tsv", ".ics")
"""Suffixes of the files that can be read."""


def read_calendar(
    path: str | os.PathLike[str],
    *,
    first: dt.date | None = None,
    last: dt.date | None = None,
    zone: str | None = None,
) -> Calendar:
    r"""Read a dated calendar of runs: YAML or JSON of kind calendar, a table (CSV), or an iCalendar file (.ics).

    A document or a table is read whole or not at all, with every fault and its line. A calendar of another program
    holds much besides runs: what is passed by, or taken in a certain way, is told in `Calendar.remarks`.

    Args:
        path: of the file; its suffix says which it is.
        first: earlier runs are left out; with .ics where events that repeat begin, the first event when not given.
        last: later runs are left out; with .ics where events that repeat end, 52 weeks after `first` when not given.
        zone: the runner's time zone, such as ``Europe/Berlin``, for .ics times that are given in another one or in
            UTC; without it an event keeps the time of its own zone, and the part of the day of a UTC time is unknown.

    Raises:
        DocumentError: the file is no such calendar; it carries every problem found.
        MissingExtra: an .ics file, without the extra ``calendar``.
        OSError: the file cannot be opened.

    Example:
        >>> import pathlib, tempfile
        >>> place = pathlib.Path(tempfile.mkdtemp()) / "runs.csv"
        >>> written = place.write_text("date,kind,km\n2027-01-05,easy,8\n2027-01-10,long,16\n")
        >>> [str(run.kind) for run in read_calendar(place).runs]
        ['easy', 'long']
    """
    file = os.fspath(path)
    suffix = Path(path).suffix.lower()
    if suffix not in FORMATS:
        cure = "the suffix says what the file is"
        raise DocumentError([Problem("", f"a calendar named {Path(path).name!r}", ", ".join(FORMATS), cure, file=file)])
    if suffix in (".csv", ".tsv"):
        from runstrong.history.tables import calendar_of_table

        found = calendar_of_table(_text_of(path, file), file)
    elif suffix == ".ics":
        from runstrong.history.events import calendar_of_events

        return calendar_of_events(Path(path).read_bytes(), file, first=first, last=last, zone=zone)
    else:
        found = read(path, kind="calendar")
    return _within(found, lambda day: (first is None or day >= first) and (last is None or day <= last))


def _text_of(path: str | os.PathLike[str], file: str) -> str:
    raw = Path(path).read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        cure = "save the table as UTF-8"
        raise DocumentError([Problem("", "letters in another encoding", "UTF-8", cure, file=file, line=line)]) from None


def _within(found: Calendar, asked: Callable[[dt.date], bool]) -> Calendar:
    return Calendar(
        runs=tuple(run for run in found.runs if asked(run.date)),
        rest=tuple(day for day in found.rest if asked(day)),
        remarks=found.remarks,
    )
