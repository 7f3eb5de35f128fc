"""A calendar of another program (.ics): events become runs by the words of their titles, the rest is told.

Reading and the expansion of repeated events are the work of `icalendar` and `recurring-ical-events` (the extra
``calendar``), imported when first used.
"""

from __future__ import annotations

import datetime as dt
import importlib
import zoneinfo
from typing import Any

from runstrong.history.wording import Words, day_part_at, said
from runstrong.history.zones import zone_of
from runstrong.model.errors import DocumentError, MissingExtra, Problem
from runstrong.model.quantities import Duration
from runstrong.model.running import Calendar, Run
from runstrong.model.words import DayPart, Priority, RunKind

__all__ = ["calendar_of_events"]

_SPAN = dt.timedelta(weeks=52)
_LONGEST = dt.timedelta(hours=30)
"""A timed event that lasts longer is no run (convention: about the time limit of a 100-mile race)."""


def calendar_of_events(
    raw: bytes, file: str | None, *, first: dt.date | None, last: dt.date | None, zone: str | None
) -> Calendar:
    """Read the events of an iCalendar file.

    Args:
        raw: content of the file.
        file: to name in problems.
        first: first day asked for; that of the first event when not given.
        last: last day asked for; 52 weeks after `first` when not given.
        zone: the runner's time zone.

    Raises:
        DocumentError: the file is no iCalendar, or there is no such zone.
        MissingExtra: the extra ``calendar`` is not installed.
    """
    icalendar, recurring_ical_events = _extra()
    here = zone_of(zone)
    found = ical_of(icalendar, raw, file=file)
    reading = _Events(file, here)
    days = []
    for event in found.walk("VEVENT"):
        day = _start(event)
        if day is not None:
            days.append(day)
            continue
        told = "whose date cannot be read" if "DTSTART" in event else "without a date"
        reading.remark(event, None, f"an event {told}: passed by")
        if event in found.subcomponents:
            found.subcomponents.remove(event)
    begin = first or min(days, default=None)
    if begin is None:
        return reading.calendar()
    end = last or begin + _SPAN
    events = found.walk("VEVENT")
    # A day more on both sides: the runner's zone may shift an event into the span, and out of it.
    margin = dt.timedelta(days=1)
    try:
        query = recurring_ical_events.of(found, skip_bad_series=False)
        shown = query.between(begin - margin, end + margin + margin)
    except ValueError as error:
        allowed = "a rule of repetition (RRULE of RFC 5545)"
        raise DocumentError([Problem("RRULE", str(error).splitlines()[0], allowed, file=file)]) from None
    for event in sorted(shown, key=lambda each: (_day(each["DTSTART"].dt), str(each.get("SUMMARY", "")))):
        reading.event(event, begin, end)
    if last is None and any("RRULE" in event for event in events):
        told = f"events that repeat are read up to {end}: say last for another day"
        reading.remarks.append(Problem("", told, "", file=file))
    return reading.calendar()


def ical_of(icalendar: Any, raw: bytes | str, place: str = "", cure: str = "", *, file: str | None = None) -> Any:
    """Return the calendar that a file holds.

    Args:
        icalendar: the library.
        raw: content of the file.
        place: to name in problems, where it is not the file itself.
        cure: to tell with them.
        file: to name in problems.

    Raises:
        DocumentError: it is no iCalendar.
    """
    try:
        return icalendar.Calendar.from_ical(raw)
    except (ValueError, IndexError, KeyError) as error:
        # What a file holds may be anything; told in ASCII it tells a terminal nothing.
        fact = ascii(str(error).splitlines()[0])[1:-1][:120] if str(error) else "nothing that can be read"
        raise DocumentError([Problem(place, fact, "an iCalendar file (RFC 5545)", cure, file=file)]) from None


def _extra() -> tuple[Any, Any]:
    """Bring in the libraries of the extra."""
    try:
        return importlib.import_module("icalendar"), importlib.import_module("recurring_ical_events")
    except ImportError as error:
        raise MissingExtra("reading .ics files", "calendar") from error


def _start(event: Any) -> dt.date | None:
    """Return the day on which an event begins; None where its times are not there, there twice or cannot be read."""
    try:
        for name in ("DTEND", "DURATION"):
            if name in event:
                event[name].dt  # noqa: B018 - reading it is the test
        return _day(event["DTSTART"].dt)
    except (KeyError, ValueError, AttributeError):
        return None


def _day(when: Any) -> dt.date:
    day: dt.date = when.date() if isinstance(when, dt.datetime) else when
    return day


class _Events:
    """The events read so far."""

    def __init__(self, file: str | None, zone: zoneinfo.ZoneInfo | None) -> None:
        self.file, self.zone = file, zone
        self.runs: dict[Run, None] = {}
        self.rest: dict[dt.date, str] = {}
        self.remarks: list[Problem] = []
        self._said: set[tuple[str, str]] = set()

    def remark(self, event: Any, day: dt.date | None, told: str) -> None:
        """Tell of an event that was passed by or taken in a certain way; a repeated event once for the same reason."""
        title = str(event.get("SUMMARY", "")).strip() or "an event without a title"
        if day is None:
            self.remarks.append(Problem(title, told, "", file=self.file))
        elif (title, told) not in self._said:
            self._said.add((title, told))
            self.remarks.append(Problem(f"{title} on {day}", told, "", file=self.file))

    def event(self, event: Any, first: dt.date, last: dt.date) -> None:
        """Take one event, or one of a repeated event, in."""
        start = event["DTSTART"].dt
        day, part, unsure = self._when(start)
        title = " ".join(str(event.get("SUMMARY", "")).split())
        more = " ".join(str(event.get("DESCRIPTION", "")).split())
        length = self._length(event, start)
        if str(event.get("STATUS", "")).upper() == "CANCELLED":
            if first <= day <= last:
                self.remark(event, day, "canceled: passed by")
            return
        words = said(title, more)
        if words.rest:
            days = max(1, length.days) if not isinstance(start, dt.datetime) else 1
            for n in range(days):
                if first <= day + dt.timedelta(days=n) <= last:
                    self.rest[day + dt.timedelta(days=n)] = title
            return
        if not first <= day <= last:
            return
        if words.kind is None:
            self.remark(event, day, "its title names no kind of run: passed by")
        elif length > (_LONGEST if isinstance(start, dt.datetime) else dt.timedelta(days=1)):
            self.remark(event, day, f"lasts {length.days} days and more, which no run does: passed by")
        else:
            if unsure:
                self.remark(event, day, "a time in UTC: the part of the day, and near midnight the day, are not known")
            self._add(event, day, part, words, length if isinstance(start, dt.datetime) else None)

    def _when(self, start: Any) -> tuple[dt.date, DayPart, bool]:
        if not isinstance(start, dt.datetime):
            return start, DayPart.UNKNOWN, False
        utc = start.tzinfo is not None and str(start.tzinfo) in ("UTC", "Etc/UTC")
        if start.tzinfo is not None and self.zone is not None:
            start, utc = start.astimezone(self.zone), False
        return start.date(), DayPart.UNKNOWN if utc else day_part_at(start.hour), utc

    @staticmethod
    def _length(event: Any, start: Any) -> dt.timedelta:
        if "DURATION" in event:
            stated: dt.timedelta = event["DURATION"].dt
            return stated
        end = event["DTEND"].dt if "DTEND" in event else start
        both = isinstance(end, dt.datetime) == isinstance(start, dt.datetime)
        length: dt.timedelta = end - start if both else dt.timedelta()
        return length

    def _add(self, event: Any, day: dt.date, part: DayPart, words: Words, length: dt.timedelta | None) -> None:
        kind, priority, duration = words.kind or RunKind.EASY, words.priority, words.duration
        if kind is RunKind.RACE and priority is None:
            priority = Priority.B
            self.remark(event, day, "a race without a priority, taken as B: windows around it, no taper")
        if not words.stated:
            self.remark(event, day, "a run of no stated kind, taken as easy")
        if duration is None and words.distance is None and length is not None and length > dt.timedelta():
            duration = Duration(length.total_seconds())
        run = Run(date=day, day_part=part, kind=kind, distance=words.distance, duration=duration, priority=priority)
        if run in self.runs:
            self.remark(event, day, "the same run twice: taken once")
        self.runs[run] = None

    def calendar(self) -> Calendar:
        """Return the calendar; a day that holds both is not a day of rest."""
        dated = {run.date for run in self.runs}
        for day, title in self.rest.items():
            if day in dated:
                told = "a day of rest that holds a run: the run stands"
                self.remarks.append(Problem(f"{title} on {day}", told, "", file=self.file))
        runs = sorted(self.runs, key=lambda run: (run.date, run.day_part.order, run.kind.value))
        rest = tuple(day for day in self.rest if day not in dated)
        return Calendar(runs=tuple(runs), rest=rest, remarks=tuple(self.remarks))
