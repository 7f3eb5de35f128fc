"""A plan as an iCalendar file (RFC 5545): an event for each session, which keeps its identity when the plan changes.

Writing is the work of `icalendar` (the extra ``calendar``), imported when first used. Nothing here looks at a clock:
the same plan gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Mapping
from typing import Any

from runstrong.faces.appointments import Appointment, appointments_of, owner_of, plain, season_of
from runstrong.history.events import ical_of
from runstrong.model.catalog import Catalog
from runstrong.model.errors import InvalidValue, MissingExtra, Problem
from runstrong.model.plan import Plan
from runstrong.model.quantities import Duration
from runstrong.model.rules import RuleSet
from runstrong.model.words import DayPart

__all__ = ["to_ics"]

_PRODUCT = "-//runstrong//strength for runners//EN"
_LONGEST_ALARM = Duration(7 * 86_400.0)
_LAST_SEQUENCE = 2**31 - 1
"""The highest integer of RFC 5545."""
_COMPARED = ("SUMMARY", "DESCRIPTION", "LOCATION", "STATUS", "TRANSP")


def to_ics(
    plan: Plan,
    catalog: Catalog,
    rules: RuleSet,
    *,
    before: bytes | str | Plan | None = None,
    times: Mapping[DayPart, dt.time] | None = None,
    zone: str | None = None,
    alarm: Duration | None = None,
    runs: bool = False,
    identity: str | None = None,
    stamp: dt.datetime | None = None,
) -> bytes:
    """Return a plan as an iCalendar file, with an event for each session that is not skipped.

    Bytes, because that is what the format is made of: lines end in CRLF and are folded after 75 octets of UTF-8, which
    writing as text may spoil.

    Args:
        plan: whose sessions are written.
        catalog: where names, set-up and cues are looked up; the plan's own exercises stand before it.
        rules: source of the nominal hours of the parts of the day (policy ``placement``); overrides of runner and plan
            hold.
        before: the calendar as it was exported last, or the plan that it was made of. What changed since gets the next
            sequence number, and what is gone is canceled.
        times: when a part of the day begins, in place of its nominal hour. Sessions of an unknown part of the day fill
            the day, unless a time is given for `DayPart.UNKNOWN`.
        zone: the runner's time zone, such as ``Europe/Berlin``: times are then written in UTC. Without it they are
            local times wherever the runner is.
        alarm: how long before an event to remind of it; events without a time have none.
        runs: whether the plan's runs are written too.
        identity: what the UIDs are made of in place of the runner's name: where two runners of one name share a
            calendar, or to keep them when a name is corrected.
        stamp: when the file is made, aware of its zone; the first moment of the plan's first day when not given.

    Raises:
        InvalidValue: there is no such zone, a time or stamp is none that can be used, or the alarm is over a week.
        DocumentError: `before` is no iCalendar file.
        MissingExtra: the extra ``calendar`` is not installed.

    Example:
        >>> from runstrong.catalog import load_catalog
        >>> from runstrong.codec import read
        >>> from runstrong.planner import plan
        >>> from runstrong.rules import load_rules
        >>> made = plan(read("examples/runner.yaml"), weeks=2)
        >>> written = to_ics(made, load_catalog(), load_rules())
        >>> written.count(b"BEGIN:VEVENT") == len(made.sessions)
        True
    """
    icalendar = _extra()
    stood = _stamp(stamp, plan)
    _alarm_checked(alarm)

    def of(each: Plan) -> bytes:
        found = appointments_of(each, catalog, rules, times=times, zone=zone, runs=runs, identity=identity)
        events = [_event(icalendar, one, stood, alarm) for one in found]
        return _written(icalendar, plan, events)

    now = of(plan)
    if before is None:
        return now
    earlier = of(before) if isinstance(before, Plan) else before
    fresh, known = _read(icalendar, now), _read(icalendar, earlier)
    owner, season = owner_of(plan, identity), season_of(plan, identity)
    events = []
    for uid, event in fresh.items():
        old = known.get(uid)
        if old is not None and _compared(old) == _compared(event):
            # Its stamp is that of its last change.
            _put(event, "SEQUENCE", _sequence(old))
            _put(event, "DTSTAMP", _stamped(old, stood))
        elif old is not None:
            _put(event, "SEQUENCE", _sequence(old) + 1)
        events.append(event)
    for uid, event in known.items():
        start = _when(event, "DTSTART")
        ahead = uid.startswith(f"{owner}-") and start is not None and _day(start) >= plan.start
        # Another runner's events, and those of a season that is over, are not this plan's to cancel.
        if uid not in fresh and (uid.startswith(f"{season}-") or ahead):
            events.append(_canceled(icalendar, event, stood))
    return _written(icalendar, plan, events)


def _stamp(stamp: dt.datetime | None, plan: Plan) -> dt.datetime:
    """Return the DTSTAMP that RFC 5545 asks for.

    It says when the event was last changed, for readers that meet two versions of one sequence number. Without a clock
    the plan's first day will do: versions are told apart by their sequence numbers, which `before` counts.
    """
    if stamp is None:
        return dt.datetime.combine(plan.start, dt.time(), tzinfo=dt.UTC)
    if stamp.tzinfo is None:
        cure = "such as datetime.datetime.now(datetime.UTC)"
        raise InvalidValue([Problem("stamp", repr(stamp), "a time that is aware of its zone", cure)])
    try:
        return stamp.astimezone(dt.UTC).replace(microsecond=0)
    except OverflowError:
        raise InvalidValue([Problem("stamp", repr(stamp), "a time that there is in UTC")]) from None


def _alarm_checked(alarm: Duration | None) -> None:
    if alarm is not None and alarm > _LONGEST_ALARM:
        raise InvalidValue([Problem("alarm", str(alarm), "up to 7 days before", "such as minutes(30)")])


# -- icalendar ------------------------------------------------------------------------------------------------------


def _extra() -> Any:
    try:
        return importlib.import_module("icalendar")
    except ImportError as error:
        raise MissingExtra("writing .ics files", "calendar") from error


def _event(icalendar: Any, one: Appointment, stamp: dt.datetime, alarm: Duration | None) -> Any:
    event = icalendar.Event()
    event.add("uid", one.uid)
    event.add("dtstamp", stamp)
    event.add("sequence", 0)
    event.add("dtstart", one.start)
    if one.end is not None:
        event.add("dtend", one.end)
    event.add("summary", one.summary)
    if one.description:
        event.add("description", one.description)
    if one.location:
        event.add("location", one.location)
    event.add("categories", list(one.categories))
    event.add("status", "CONFIRMED")
    # What fills the day for want of a time must not show the runner as busy all day.
    event.add("transp", "OPAQUE" if one.timed else "TRANSPARENT")
    if alarm is not None and one.timed:
        bell = icalendar.Alarm()
        bell.add("action", "DISPLAY")
        bell.add("description", one.summary)
        bell.add("trigger", -dt.timedelta(seconds=round(alarm.seconds)))
        event.add_component(bell)
    return event


def _canceled(icalendar: Any, old: Any, stamp: dt.datetime) -> Any:
    """Return an event that is gone, as canceled; one that was canceled before stays as it was, with its number.

    It stays in every later calendar: a session that comes back needs a higher number than its cancellation.
    """
    event = icalendar.Event()
    gone = str(old.get("STATUS", "")).upper() == "CANCELLED"
    event.add("uid", str(old["UID"]))
    event.add("dtstamp", _stamped(old, stamp) if gone else stamp)
    event.add("sequence", _sequence(old) + (0 if gone else 1))
    for name in ("dtstart", "dtend"):
        when = _when(old, name.upper())
        if when is not None:
            event.add(name, when)
    for name in ("summary", "location"):
        if name.upper() in old:
            event.add(name, plain(str(old[name.upper()])))
    event.add("status", "CANCELLED")
    event.add("transp", "TRANSPARENT")
    return event


def _written(icalendar: Any, plan: Plan, events: list[Any]) -> bytes:
    """Write a calendar.

    It has no METHOD, which would make it an invitation that some programs ask an organizer for, and no VTIMEZONE, which
    some read an hour off in summer.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    name = plain(f"Strength: {plan.runner.name}").replace("\n", " ")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)  # what most programs show, older than NAME of RFC 7986
    for event in sorted(events, key=lambda each: (_moment(each), str(each["UID"]))):
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def _read(icalendar: Any, raw: bytes | str) -> dict[str, Any]:
    """Return the events of a calendar by UID, the one of the highest number where a UID stands twice."""
    found = ical_of(icalendar, raw, "before", "pass its bytes")
    events: dict[str, Any] = {}
    for event in found.walk("VEVENT"):
        uid = str(event.get("UID", ""))
        if uid and (uid not in events or _sequence(event) > _sequence(events[uid])):
            events[uid] = event
    return events


def _put(event: Any, name: str, got: object) -> None:
    event.pop(name, None)
    event.add(name.lower(), got)


def _sequence(event: Any) -> int:
    try:
        return min(max(0, int(event.get("SEQUENCE", 0))), _LAST_SEQUENCE - 1)
    except (TypeError, ValueError):
        return 0


def _stamped(event: Any, otherwise: dt.datetime) -> dt.datetime:
    got = _when(event, "DTSTAMP")
    return got if isinstance(got, dt.datetime) and got.tzinfo is not None else otherwise


def _compared(event: Any) -> tuple[object, ...]:
    """Return what makes an event another one for the runner."""
    start, end = _when(event, "DTSTART"), _when(event, "DTEND")
    length = _meant(event.get("DURATION"))
    if end is None and start is not None and isinstance(length, dt.timedelta):
        end = start + length
    kinds = event.get("CATEGORIES")
    named = sorted(
        str(name) for each in (kinds if isinstance(kinds, list) else [kinds]) for name in _meant(each, "cats") or ()
    )
    bells = sorted(str(_meant(bell.get("TRIGGER"))) for bell in event.walk("VALARM"))
    texts = [str(event.get(name, "")).replace("\r\n", "\n") for name in _COMPARED]
    return (start, end, *texts, tuple(named), tuple(bells))


def _when(event: Any, name: str) -> dt.date | None:
    """Return a day or time of an event; None where there is none that can be read."""
    got = _meant(event.get(name))
    return got if isinstance(got, dt.date) else None


def _meant(found: Any, part: str = "dt") -> Any:
    """Return what a property stands for; None where it is not there, stands twice, or cannot be read."""
    try:
        return getattr(found, part, None)
    except ValueError:  # icalendar 7 says so of a property that it could not read
        return None


def _day(start: dt.date) -> dt.date:
    return start.date() if isinstance(start, dt.datetime) else start


def _moment(event: Any) -> str:
    return str(_when(event, "DTSTART"))
