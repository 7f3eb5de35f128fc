"""A plan as an iCalendar file: read back by two readers that share nothing with the writer."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import runstrong as rs
from runstrong.catalog import load_catalog
from runstrong.faces.appointments import Appointment, appointments_of
from runstrong.faces.calendar_events import to_ics
from runstrong.rules import load_rules

icalendar = pytest.importorskip("icalendar")
ics = pytest.importorskip("ics")
vobject = pytest.importorskip("vobject")

ROOT = Path(__file__).parents[2]
CATALOG, RULES = load_catalog(), load_rules()
RUNNER = rs.load(ROOT / "examples" / "runner.yaml", rs.Runner)
PLAN = rs.plan(RUNNER, weeks=2)
FIRST, SECOND = PLAN.sessions[:2]
HOSTILE = (
    "stop\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:mine",
    "<script>alert(1)</script>",
    '"><img src=x>',
    "=cmd()",
    "a;b,c:d \\; \\, \\n \\N \\",
    "%0D%0A ^n é" + "ü" * 100,
)


def written(plan: rs.Plan, **asked: Any) -> bytes:
    """Return a plan's calendar with the packaged records."""
    return to_ics(plan, CATALOG, RULES, **asked)


def expected(plan: rs.Plan, **asked: Any) -> dict[str, Appointment]:
    """Return what a plan's calendar has to hold."""
    return {one.uid: one for one in appointments_of(plan, CATALOG, RULES, **asked)}


def by_session(raw: bytes) -> dict[str, Any]:
    """Return the events of a calendar by the end of their UID: the session's id."""
    return {str(event["UID"])[46:]: event for event in icalendar.Calendar.from_ical(raw).walk("VEVENT")}


def by_ics(raw: bytes) -> Iterator[tuple[str, Any, Any, str, str]]:
    """Read with `ics`, for which a local time is one in UTC."""
    for event in ics.Calendar(raw.decode()).events:
        begin, end = event.begin.naive, event.end.naive
        if event.all_day:
            begin, end = begin.date(), end.date()
        yield event.uid, begin, end, event.name, event.description or ""


def by_vobject(raw: bytes) -> Iterator[tuple[str, Any, Any, str, str]]:
    """Read with `vobject`."""
    for event in vobject.readOne(raw.decode()).vevent_list:
        begin, end = event.dtstart.value, event.dtend.value
        if isinstance(begin, dt.datetime):
            begin, end = begin.replace(tzinfo=None), end.replace(tzinfo=None)
        told = event.description.value if hasattr(event, "description") else ""
        yield event.uid.value, begin, end, event.summary.value, told


def naive(when: dt.date | None) -> dt.date | None:
    """Return a time without its zone."""
    return when.replace(tzinfo=None) if isinstance(when, dt.datetime) else when


class TestReaders:
    """What two independent readers find is what was to be written."""

    @pytest.mark.parametrize("reader", [by_ics, by_vobject])
    @pytest.mark.parametrize("zone", [None, "America/New_York"])
    def test_they_agree(self, reader: Any, zone: str | None) -> None:
        """Identity, start, end, title and the whole description read back, of sessions and of runs."""
        asked = {"zone": zone, "runs": True, "times": {rs.DayPart.EVENING: dt.time(20, 15)}}
        found = {each[0]: each for each in reader(written(PLAN, alarm=rs.minutes(30), **asked))}
        wanted = expected(PLAN, **asked)
        assert found.keys() == wanted.keys()
        for uid, one in wanted.items():
            assert found[uid] == (uid, naive(one.start), naive(one.end), one.summary, one.description)

    @pytest.mark.parametrize("reader", [by_ics, by_vobject])
    def test_hostile_notes_stay_in_their_field(self, reader: Any) -> None:
        """No note adds an event or a property, and each reads back as it is told."""
        runner = rs.evolve(RUNNER, name="Eve\nEND:VCALENDAR")
        plan = rs.evolve(PLAN, runner=runner).note(FIRST.id, "\n".join(HOSTILE)).note(SECOND.id, HOSTILE[0])
        found = {each[0]: each for each in reader(written(plan))}
        wanted = expected(plan)
        assert len(found) == len(plan.sessions)
        assert {uid: each[4] for uid, each in found.items()} == {uid: one.description for uid, one in wanted.items()}

    def test_lines_are_folded_and_end_in_crlf(self) -> None:
        """No line is longer than 75 octets, and none ends in a bare line feed (RFC 5545, 3.1)."""
        raw = written(PLAN.note(FIRST.id, "ü" * 300))
        lines = raw.split(b"\r\n")
        assert lines[-1] == b""
        assert not any(b"\n" in line or b"\r" in line for line in lines)
        assert max(map(len, lines)) <= 75

    def test_it_holds_no_zone_and_no_method(self) -> None:
        """A generated VTIMEZONE is read an hour off by some programs, and METHOD makes an invitation of it."""
        raw = written(PLAN, zone="Europe/Berlin")
        assert b"VTIMEZONE" not in raw
        assert b"METHOD" not in raw


class TestTimes:
    """Local times by nominal hours, times in UTC, and days where the part of the day is not known."""

    def test_nominal_hours_are_those_of_placement(self) -> None:
        """A morning session begins at the hour that the policy names, and lasts as long as the session."""
        event = by_session(written(PLAN))[FIRST.id]
        start = dt.datetime.combine(FIRST.date, dt.time(7))
        assert (str(FIRST.day_part), event["DTSTART"].dt) == ("morning", start)
        assert event["DTEND"].dt == start + dt.timedelta(minutes=round(FIRST.minutes.minutes))
        assert event["TRANSP"] == "OPAQUE"

    def test_a_runner_may_set_the_hour(self) -> None:
        """An override of the policy moves the events."""
        early = rs.Override(rule="placement", parameter="morning_hour", value=5.5, reason="before work")
        plan = rs.evolve(PLAN, runner=rs.evolve(RUNNER, overrides=(*RUNNER.overrides, early)))
        assert by_session(written(plan))[FIRST.id]["DTSTART"].dt.time() == dt.time(5, 30)

    def test_an_unknown_part_of_the_day_fills_the_day(self) -> None:
        """Nobody knows when it is done: no hour is made up, and the day is not shown as busy."""
        assert SECOND.day_part is rs.DayPart.UNKNOWN
        event = by_session(written(PLAN, alarm=rs.minutes(15)))[SECOND.id]
        assert event["DTSTART"].dt == SECOND.date
        assert event["DTEND"].dt == SECOND.date + dt.timedelta(days=1)
        assert event["TRANSP"] == "TRANSPARENT"
        assert "26 min" in event["SUMMARY"]
        assert not event.walk("VALARM")

    def test_an_unknown_part_of_the_day_may_be_given_a_time(self) -> None:
        """Then it stands there like any other."""
        event = by_session(written(PLAN, times={rs.DayPart.UNKNOWN: dt.time(12)}))[SECOND.id]
        assert event["DTSTART"].dt == dt.datetime.combine(SECOND.date, dt.time(12))

    def test_an_unknown_length_has_no_end(self) -> None:
        """Unknown is not zero: no end is written."""
        plan = PLAN.reduce(FIRST.id, FIRST.part(rs.PartName.MAIN).prescriptions[0].exercise, sets=1)
        event = by_session(written(plan))[FIRST.id]
        assert "DTEND" not in event
        assert "length unknown" in event["DESCRIPTION"]

    @pytest.mark.parametrize(
        ("day", "time", "moment"),
        [
            (dt.date(2027, 1, 5), dt.time(7), "01-05 06:00"),
            (dt.date(2027, 7, 6), dt.time(7), "07-06 05:00"),
            # The clocks go from 2:00 to 3:00: half past two is half past three.
            (dt.date(2027, 3, 28), dt.time(2, 30), "03-28 01:30"),
            # The hour from 2:00 stands twice: the first.
            (dt.date(2027, 10, 31), dt.time(2, 30), "10-31 00:30"),
        ],
    )
    def test_utc_heeds_daylight_saving(self, day: dt.date, time: dt.time, moment: str) -> None:
        """Winter, summer, the hour that is skipped and the one that stands twice; the length stays."""
        session = rs.evolve(FIRST, date=day)
        start = day - dt.timedelta(days=day.weekday())
        week = rs.evolve(PLAN.weeks[0], start=start, runs=(), sessions=(session,))
        plan = rs.evolve(PLAN, start=start, weeks=(week,))
        event = by_session(written(plan, zone="Europe/Berlin", times={rs.DayPart.MORNING: time}))[session.id]
        assert f"{event['DTSTART'].dt:%m-%d %H:%M %Z}" == f"{moment} UTC"
        assert event["DTEND"].dt - event["DTSTART"].dt == dt.timedelta(minutes=round(session.minutes.minutes))

    def test_an_alarm_is_asked_for(self) -> None:
        """Half an hour before, as a display; none without being asked."""
        assert b"VALARM" not in written(PLAN)
        (bell,) = by_session(written(PLAN, alarm=rs.minutes(30)))[FIRST.id].walk("VALARM")
        assert bell["TRIGGER"].dt == -dt.timedelta(minutes=30)
        assert (bell["ACTION"], bell["DESCRIPTION"]) == ("DISPLAY", "Strength: light legs")


class TestIdentity:
    """An event is the same one as long as it is the same session of the same runner and season."""

    def test_it_survives_moves_and_planning_again(self) -> None:
        """UIDs of kept sessions are equal after a move and after a real replan."""
        plan = rs.plan(RUNNER)
        moved = plan.move(plan.sessions[2].id, to=plan.sessions[2].date + dt.timedelta(days=1))
        done = [
            rs.Performance(date=session.date, session=session.id, exercise=asked.exercise)
            for session in plan.sessions[:1]
            for _, asked in session.prescriptions()
        ]
        covered = rs.Coverage(first=plan.start, last=dt.date(2026, 12, 20), strength=True)
        again = rs.replan(moved, rs.Log(coverage=(covered,), performances=done), dt.date(2026, 12, 21))
        assert again != moved
        kept = {session.id for session in again.sessions} & {session.id for session in plan.sessions}
        assert len(kept) > 20
        uids = [{uid[46:]: uid for uid in expected(each)} for each in (plan, moved, again)]
        assert all(uids[0][id] == uids[1][id] == uids[2][id] for id in kept)

    def test_two_runners_never_share_one(self) -> None:
        """Two runners' calendars in one program, and two seasons of one runner, stay apart."""
        other = rs.evolve(PLAN, runner=rs.evolve(RUNNER, name="Mia"))
        later = rs.evolve(PLAN, start=PLAN.start + dt.timedelta(days=1))
        assert len({*expected(PLAN), *expected(other), *expected(later)}) == 3 * len(PLAN.sessions)

    def test_an_identity_may_be_chosen(self) -> None:
        """It stands in the place of the name: to keep UIDs when a name is corrected, or to part two of one name."""
        renamed = rs.evolve(PLAN, runner=rs.evolve(RUNNER, name="Jonas W."))
        assert expected(renamed, identity=RUNNER.name).keys() == expected(PLAN).keys()
        assert not expected(PLAN, identity="another").keys() & expected(PLAN).keys()

    def test_it_tells_no_name(self) -> None:
        """RFC 7986 asks for UIDs that give nobody away."""
        assert not any("jonas" in uid.lower() for uid in expected(PLAN))

    def test_the_same_plan_gives_the_same_bytes(self) -> None:
        """There is no clock in it; a stamp may be given."""
        assert written(PLAN) == written(PLAN)
        assert b"DTSTAMP:20261207T000000Z" in written(PLAN)
        stamped = written(PLAN, stamp=dt.datetime(2026, 12, 1, 13, 30, tzinfo=dt.UTC))
        assert b"DTSTAMP:20261201T133000Z" in stamped


class TestBefore:
    """What changed since the last calendar gets the next number; what is gone is canceled."""

    BEFORE = written(PLAN)

    def numbers(self, raw: bytes) -> dict[str, tuple[int, str]]:
        """Return number and status of each event."""
        return {id: (int(event["SEQUENCE"]), str(event["STATUS"])) for id, event in by_session(raw).items()}

    def test_nothing_changed(self) -> None:
        """The very same bytes come out, whatever the stamp: an event keeps that of its last change."""
        assert set(self.numbers(self.BEFORE).values()) == {(0, "CONFIRMED")}
        assert written(PLAN, before=self.BEFORE) == self.BEFORE
        assert written(PLAN, before=PLAN) == self.BEFORE
        assert written(PLAN, before=self.BEFORE.decode(), stamp=dt.datetime(2027, 1, 1, tzinfo=dt.UTC)) == self.BEFORE

    def test_a_move_and_a_note_count_up(self) -> None:
        """The moved and the changed session have the next number, the others keep theirs."""
        plan = PLAN.move(FIRST.id, to=FIRST.date + dt.timedelta(days=1)).note(PLAN.sessions[3].id, "with Ada")
        once = written(plan, before=self.BEFORE)
        assert [number for number, _ in self.numbers(once).values()] == [1, 0, 0, 1]
        assert by_session(once)[FIRST.id]["DTSTART"].dt.date() == FIRST.date + dt.timedelta(days=1)
        twice = written(plan.move(FIRST.id, to=FIRST.date), before=once)
        assert self.numbers(twice)[FIRST.id] == (2, "CONFIRMED")
        assert self.numbers(twice)[PLAN.sessions[3].id] == (1, "CONFIRMED")

    def test_a_skipped_session_is_canceled_and_may_come_back(self) -> None:
        """Its cancellation stays in later calendars, so that its return has a higher number still."""
        skipped = PLAN.skip(FIRST.id, "holiday")
        assert FIRST.id not in by_session(written(skipped))
        once = written(skipped, before=self.BEFORE)
        assert self.numbers(once)[FIRST.id] == (1, "CANCELLED")
        assert written(skipped, before=once) == once
        assert self.numbers(written(PLAN, before=once))[FIRST.id] == (2, "CONFIRMED")

    def test_a_season_made_anew_cancels_what_lies_ahead(self) -> None:
        """Another first day is another season: what the old one holds from that day on is canceled, and no more."""
        later = rs.plan(RUNNER, start=dt.date(2026, 12, 14), weeks=1)
        events = icalendar.Calendar.from_ical(written(later, before=self.BEFORE)).walk("VEVENT")
        gone = {str(event["UID"])[46:] for event in events if event["STATUS"] == "CANCELLED"}
        assert gone == {session.id for session in PLAN.sessions if session.date >= dt.date(2026, 12, 14)}

    def test_other_events_are_let_alone(self) -> None:
        """A whole calendar of a program may be passed: another runner's events and a dentist are not this plan's."""
        other = written(rs.evolve(PLAN, runner=rs.evolve(RUNNER, name="Mia")))
        dentist = b"BEGIN:VEVENT\r\nUID:1\r\nDTSTART:20261208T090000\r\nSUMMARY:Dentist\r\nEND:VEVENT\r\n"
        mixed = self.BEFORE.replace(
            b"END:VCALENDAR", other[other.index(b"BEGIN:VEVENT") :].replace(b"END:VCALENDAR", dentist)
        )
        assert written(PLAN, before=mixed + b"END:VCALENDAR\r\n") == self.BEFORE

    @pytest.mark.parametrize(
        "line", [b"DTSTART:soon", b"SEQUENCE:many", b"CATEGORIES:", b"DTSTAMP:now", b"X-EVIL:\x07"]
    )
    def test_a_spoiled_event_is_written_anew(self, line: bytes) -> None:
        """What cannot be read of an earlier event does not stand in the way of the plan."""
        name = line.partition(b":")[0]
        lines = [line if each.startswith(name) else each for each in self.BEFORE.split(b"\r\n")]
        assert by_session(written(PLAN, before=b"\r\n".join(lines))).keys() == by_session(self.BEFORE).keys()

    def test_no_calendar_is_refused(self) -> None:
        """The message says what was expected."""
        with pytest.raises(rs.DocumentError, match="allowed: an iCalendar file"):
            written(PLAN, before=b"a,b\n1,2\n")


class TestRuns:
    """Runs are written where they are asked for, and read back as the runs that they are."""

    def test_they_come_back(self, tmp_path: Path) -> None:
        """The library's own reader takes the runs, and no strength session, for runs."""
        place = tmp_path / "plan.ics"
        place.write_bytes(written(PLAN, runs=True))
        found = rs.read_calendar(place)
        assert found.runs == tuple(run for week in PLAN.weeks for run in week.runs)
        assert {each.fact for each in found.remarks} == {"its title names no kind of run: passed by"}

    def test_in_utc_they_come_back_with_the_zone(self, tmp_path: Path) -> None:
        """The same over a calendar in UTC, read in the runner's zone."""
        place = tmp_path / "plan.ics"
        place.write_bytes(written(PLAN, runs=True, zone="Australia/Sydney"))
        assert rs.read_calendar(place, zone="Australia/Sydney").runs == tuple(r for w in PLAN.weeks for r in w.runs)

    def test_canceled_ones_are_no_runs(self, tmp_path: Path) -> None:
        """Runs that were written before and are not asked for now are canceled, and read as such."""
        place = tmp_path / "plan.ics"
        place.write_bytes(written(PLAN, before=written(PLAN, runs=True)))
        assert rs.read_calendar(place).runs == ()


class TestRefusals:
    """What cannot be used is refused with what would be."""

    @pytest.mark.parametrize(
        ("asked", "told"),
        [
            ({"zone": "Europe/Atlantis"}, "zone: 'Europe/Atlantis'; allowed: the name of a time zone"),
            ({"zone": ""}, "zone: ''"),
            ({"times": {"evening": dt.time(20)}}, r"times: 'evening'; allowed: DayPart\.MORNING"),
            ({"times": {rs.DayPart.EVENING: 20}}, "times, evening: 20; allowed: a time of the day without a zone"),
            ({"times": {rs.DayPart.EVENING: dt.time(20, tzinfo=dt.UTC)}}, "a time of the day without a zone"),
            ({"alarm": rs.minutes(14_000)}, "allowed: up to 7 days before"),
            ({"stamp": dt.datetime(2026, 12, 1)}, "aware of its zone"),  # noqa: DTZ001
        ],
    )
    def test_with_the_cure(self, asked: dict[str, Any], told: str) -> None:
        """Zone, times, alarm and stamp."""
        with pytest.raises(rs.InvalidValue, match=told):
            written(PLAN, **asked)

    def test_a_missing_extra_names_itself(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The message is the command that installs it."""
        monkeypatch.setitem(sys.modules, "icalendar", None)
        with pytest.raises(rs.MissingExtra, match=r"runstrong\[calendar\]"):
            written(PLAN)
