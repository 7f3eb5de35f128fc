"""Calendars of other programs: events become runs by their titles, all else is told."""

from __future__ import annotations

import datetime as dt
import sys

import pytest

from runstrong.history.events import calendar_of_events
from runstrong.model.errors import DocumentError, InvalidValue, MissingExtra
from runstrong.model.quantities import Distance, Duration
from runstrong.model.running import Calendar
from runstrong.model.words import DayPart, Priority, RunKind

BERLIN = """BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE"""


def events(
    *entries: str, first: dt.date | None = None, last: dt.date | None = None, zone: str | None = None
) -> Calendar:
    """Read events, each given by its lines between BEGIN and END."""
    pytest.importorskip("recurring_ical_events")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//synthetic//test//EN", *BERLIN.split("\n")]
    for number, entry in enumerate(entries):
        lines += [
            "BEGIN:VEVENT",
            *([] if "UID:" in entry else [f"UID:{number}@synthetic"]),
            "DTSTAMP:20270101T000000Z",
            *entry.split("\n"),
            "END:VEVENT",
        ]
    raw = "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()
    return calendar_of_events(raw, "runs.ics", first=first, last=last, zone=zone)


def remarks(found: Calendar) -> list[str]:
    """Return what was told."""
    return [str(remark) for remark in found.remarks]


class TestRuns:
    """A title that names a kind of run makes a run."""

    def test_floating_times_and_whole_days(self) -> None:
        """A floating time has its part of the day, a whole day none; an event's length stands in where none is said."""
        found = events(
            "DTSTART:20270105T183000\nDTEND:20270105T194500\nSUMMARY:Track intervals",
            "DTSTART;VALUE=DATE:20270110\nDTEND;VALUE=DATE:20270111\nSUMMARY:Long run 18 km",
        )
        one, other = found.runs
        assert (one.date, one.day_part, one.kind) == (dt.date(2027, 1, 5), DayPart.EVENING, RunKind.INTERVALS)
        assert one.duration == Duration(4500.0)
        assert (other.date, other.day_part, other.distance, other.duration) == (
            dt.date(2027, 1, 10), DayPart.UNKNOWN, Distance(18), None,
        )  # fmt: skip
        assert found.remarks == ()

    def test_distance_and_minutes_of_the_description(self) -> None:
        """What the title leaves out the description may say."""
        found = events("DTSTART:20270105T070000\nDURATION:PT2H\nSUMMARY:Easy run\nDESCRIPTION:8 km\\, about 50 min")
        assert (found.runs[0].distance, found.runs[0].duration) == (Distance(8), Duration(3000.0))

    def test_races(self) -> None:
        """Parkrun is a C race; a race without a priority is taken as B and told."""
        found = events(
            "DTSTART:20270109T090000\nSUMMARY:parkrun",
            "DTSTART:20270314T090000\nSUMMARY:A race: city half 21.1 km",
            "DTSTART:20270411T090000\nSUMMARY:Race 10k",
        )
        assert [run.priority for run in found.runs] == [Priority.C, Priority.A, Priority.B]
        told = "Race 10k on 2027-04-11: a race without a priority, taken as B: windows around it, no taper"
        assert remarks(found) == [f"runs.ics: {told}"]

    def test_rest_over_several_days(self) -> None:
        """A week of rest is seven free days; a run on one of them stands, and that is told."""
        found = events(
            "DTSTART;VALUE=DATE:20270201\nDTEND;VALUE=DATE:20270204\nSUMMARY:Rest",
            "DTSTART:20270202T070000\nSUMMARY:Easy jog",
        )
        assert found.rest == (dt.date(2027, 2, 1), dt.date(2027, 2, 3))
        assert len(found.runs) == 1
        assert "the run stands" in remarks(found)[0]


class TestZones:
    """Dates are those of the runner's clock."""

    def test_an_event_keeps_the_time_of_its_own_zone(self) -> None:
        """Nine in the evening in Berlin is evening."""
        found = events("DTSTART;TZID=Europe/Berlin:20270105T210000\nSUMMARY:Easy run")
        assert (found.runs[0].date, found.runs[0].day_part) == (dt.date(2027, 1, 5), DayPart.EVENING)

    def test_utc_without_a_zone_has_no_part_of_the_day(self) -> None:
        """Nothing is guessed: the part stays unknown, and the reader says so."""
        found = events("DTSTART:20270105T233000Z\nSUMMARY:Easy run")
        assert (found.runs[0].date, found.runs[0].day_part) == (dt.date(2027, 1, 5), DayPart.UNKNOWN)
        assert "a time in UTC" in remarks(found)[0]

    @pytest.mark.parametrize(
        ("zone", "day", "part"), [("Europe/Berlin", 6, DayPart.MORNING), ("America/New_York", 5, DayPart.EVENING)]
    )
    def test_with_a_zone_utc_is_the_runners_time(self, zone: str, day: int, part: DayPart) -> None:
        """Half past eleven in the evening UTC is another day in Berlin."""
        found = events("DTSTART:20270105T233000Z\nSUMMARY:Easy run", zone=zone)
        assert (found.runs[0].date, found.runs[0].day_part) == (dt.date(2027, 1, day), part)
        assert found.remarks == ()

    def test_a_zone_that_is_none(self) -> None:
        """A misspelt zone is refused."""
        with pytest.raises(InvalidValue, match="the name of a time zone"):
            events("DTSTART:20270105T233000Z\nSUMMARY:Easy run", zone="Europe/Nowhere")


class TestRepeats:
    """Events that repeat are expanded within the asked span, with their exceptions."""

    WEEKLY = "DTSTART;TZID=Europe/Berlin:20270105T183000\nRRULE:FREQ=WEEKLY\nSUMMARY:Tempo 8 km"

    def test_within_the_span(self) -> None:
        """Tuesdays from the first day to the last one, over the change to summer time."""
        found = events(self.WEEKLY, first=dt.date(2027, 3, 15), last=dt.date(2027, 4, 6))
        assert [run.date for run in found.runs] == [
            dt.date(2027, 3, 16), dt.date(2027, 3, 23), dt.date(2027, 3, 30), dt.date(2027, 4, 6),
        ]  # fmt: skip
        assert {run.day_part for run in found.runs} == {DayPart.EVENING}

    def test_left_out_and_moved(self) -> None:
        """A date taken out is free, and one that was moved stands where it was moved to."""
        moved = (
            "DTSTART;TZID=Europe/Berlin:20270113T070000\nRECURRENCE-ID;TZID=Europe/Berlin:20270112T183000\n"
            "SUMMARY:Easy 6 km\nUID:0@synthetic"
        )
        series = self.WEEKLY + "\nEXDATE;TZID=Europe/Berlin:20270119T183000"
        found = events(series, moved, last=dt.date(2027, 1, 26))
        assert [run.date for run in found.runs] == [dt.date(2027, 1, day) for day in (5, 13, 26)]

    def test_without_an_end_a_year_and_that_is_told(self) -> None:
        """An endless event is read for 52 weeks."""
        found = events(self.WEEKLY)
        assert len(found.runs) == 53
        assert "events that repeat are read up to 2028-01-04" in remarks(found)[-1]


class TestPassedBy:
    """What is no run is listed, once, with the reason."""

    def test_other_events(self) -> None:
        """The dentist, the gym and a canceled run are told; a run of no stated kind is taken as easy."""
        found = events(
            "DTSTART:20270105T100000\nSUMMARY:Dentist",
            "DTSTART:20270106T180000\nRRULE:FREQ=WEEKLY;COUNT=3\nSUMMARY:Gym",
            "DTSTART:20270107T180000\nSUMMARY:Easy run\nSTATUS:CANCELLED",
            "DTSTART:20270108T180000\nSUMMARY:Run with Kim",
            "DTSTART;VALUE=DATE:20270111\nDTEND;VALUE=DATE:20270115\nSUMMARY:Running camp",
            last=dt.date(2027, 2, 28),
        )
        assert [run.date.day for run in found.runs] == [8]
        assert remarks(found) == [
            "runs.ics: Dentist on 2027-01-05: its title names no kind of run: passed by",
            "runs.ics: Gym on 2027-01-06: its title names no kind of run: passed by",
            "runs.ics: Easy run on 2027-01-07: canceled: passed by",
            "runs.ics: Run with Kim on 2027-01-08: a run of no stated kind, taken as easy",
            "runs.ics: Running camp on 2027-01-11: lasts 4 days and more, which no run does: passed by",
        ]

    def test_titles_that_begin_alike(self) -> None:
        """An event is told even where another one whose title begins with the same words was told before."""
        found = events(
            "DTSTART:20270105T180000\nSUMMARY:Run on the beach", "DTSTART:20270106T180000\nSUMMARY:Run",
            last=dt.date(2027, 2, 28),
        )  # fmt: skip
        assert remarks(found) == [
            "runs.ics: Run on the beach on 2027-01-05: a run of no stated kind, taken as easy",
            "runs.ics: Run on 2027-01-06: a run of no stated kind, taken as easy",
        ]

    @pytest.mark.parametrize(
        "broken", ["DTSTART:soon", "DTSTART:20270104\nDTSTART:20270105", "DTSTART:20270104\nDTEND:never"]
    )
    def test_times_that_cannot_be_read(self, broken: str) -> None:
        """The event is passed by and told; the others are read."""
        found = events(f"{broken}\nSUMMARY:Easy run 5 km", "DTSTART:20270106\nSUMMARY:Easy run 8 km")
        assert [run.date for run in found.runs] == [dt.date(2027, 1, 6)]
        assert [remark.fact for remark in found.remarks] == ["an event whose date cannot be read: passed by"]

    def test_a_rule_of_repetition_that_cannot_be_read(self) -> None:
        """It is refused with what is wrong, as no event after it would be sure."""
        with pytest.raises(DocumentError, match="RRULE"):
            events("DTSTART:20270104\nRRULE:FREQ=NONSENSE\nSUMMARY:Easy run 5 km")

    def test_an_empty_calendar(self) -> None:
        """No events, no runs."""
        assert events() == Calendar()

    def test_no_calendar_at_all(self) -> None:
        """A text file is refused with its name."""
        pytest.importorskip("icalendar")
        with pytest.raises(DocumentError, match=r"runs\.ics: .*an iCalendar file"):
            calendar_of_events(b"date,kind\n2027-01-05,easy\n", "runs.ics", first=None, last=None, zone=None)


def test_without_the_extra_the_cure_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the extra and the command that installs it."""
    monkeypatch.setitem(sys.modules, "recurring_ical_events", None)
    with pytest.raises(MissingExtra, match=r"pip install 'runstrong\[calendar\]'"):
        calendar_of_events(b"", None, first=None, last=None, zone=None)
