"""Laws of calendars: identity stays, numbers never fall, and nothing that is written adds an event."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runstrong.catalog import load_catalog
from runstrong.codec import read
from runstrong.faces.appointments import appointments_of
from runstrong.faces.calendar_events import to_ics
from runstrong.model.plan import Plan, Session
from runstrong.model.quantities import minutes
from runstrong.model.value import evolve
from runstrong.model.words import DayPart
from runstrong.planner import plan as plan_of
from runstrong.rules import load_rules
from runstrong.testing.strategies import plans

icalendar = pytest.importorskip("icalendar")
vobject = pytest.importorskip("vobject")

CATALOG, RULES = load_catalog(), load_rules()
EXAMPLE = plan_of(read(Path(__file__).parents[2] / "examples" / "runner.yaml"), weeks=1)
SOME = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))

SPITE = st.sampled_from(
    [
        "\nEND:VEVENT",
        "\nBEGIN:VEVENT",
        "\nATTACH:x",
        "\nEND:VCALENDAR\n",
        "\\",
        "\\n",
        "\\N",
        ";",
        ",",
        ":",
        '"',
        "=",
        "\n ",
    ]
)
LETTERS = st.characters(
    codec="utf-8",
    exclude_categories=("Cc", "Cs", "Zl", "Zp"),
    exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
)
TEXTS = st.lists(SPITE | st.text(LETTERS, max_size=40), max_size=6).map("".join)


@st.composite
def asked(draw: st.DrawFn) -> dict[str, Any]:
    """Draw how a calendar is asked for."""
    return {
        "zone": draw(st.sampled_from([None, "UTC", "Europe/Berlin", "America/St_Johns"])),
        "runs": draw(st.booleans()),
        "times": draw(st.sampled_from([None, {DayPart.UNKNOWN: dt.time(2, 30)}, {DayPart.MORNING: dt.time(23, 50)}])),
    }


@st.composite
def _fate(draw: st.DrawFn, session: Session, first: dt.date) -> Session | None:
    what = draw(st.sampled_from(["stays", "stays", "moves", "skipped", "back", "note", "gone"]))
    if what == "moves":
        return evolve(session, date=first + dt.timedelta(days=draw(st.integers(0, 6))))
    if what in ("skipped", "back"):
        return evolve(session, skipped="holiday" if what == "skipped" else None)
    if what == "note":
        return evolve(session, note=draw(TEXTS))
    return None if what == "gone" else session


@st.composite
def changed(draw: st.DrawFn, plan: Plan) -> Plan:
    """Draw what becomes of a plan: sessions moved, skipped, taken back, noted, dropped and made anew."""
    weeks = []
    for week in plan.weeks:
        kept = [draw(_fate(session, week.start)) for session in week.sessions]
        weeks.append(evolve(week, sessions=tuple(each for each in kept if each is not None)))
    return evolve(plan, weeks=tuple(weeks))


def events(raw: bytes) -> list[Any]:
    """Return the events of a calendar."""
    found: list[Any] = icalendar.Calendar.from_ical(raw).walk("VEVENT")
    return found


class TestSequence:
    """Exporting a changed plan with the calendar before it: numbers never fall, and an event is sent once."""

    @SOME
    @given(st.data(), plans(most_weeks=2))
    def test_over_a_chain_of_changes(self, data: st.DataObject, plan: Plan) -> None:
        """Known events stay known, with a number that rises where, and only where, something changed."""
        how = data.draw(asked())
        raw = to_ics(plan, CATALOG, RULES, **how)
        for _ in range(2):
            after = data.draw(changed(plan))
            now = to_ics(after, CATALOG, RULES, before=raw, **how)
            old = {str(event["UID"]): event for event in events(raw)}
            new = {str(event["UID"]): event for event in events(now)}
            assert len(events(now)) == len(new)
            assert old.keys() <= new.keys()
            standing = {one.uid for one in appointments_of(after, CATALOG, RULES, **how)}
            assert {uid for uid, event in new.items() if event["STATUS"] == "CONFIRMED"} == standing
            for uid, event in new.items():
                same = uid in old and event.to_ical() == old[uid].to_ical()
                before = -1 if uid not in old else int(old[uid]["SEQUENCE"])
                assert int(event["SEQUENCE"]) == before + (0 if same else 1)
            assert to_ics(after, CATALOG, RULES, before=now, **how) == now
            plan, raw = after, now


class TestText:
    """No text in any field of a plan adds a line to the calendar."""

    @SOME
    @given(plans(most_weeks=1), TEXTS.filter(str.strip), TEXTS, asked())
    def test_hostile_names_and_notes_are_told_whole(
        self, plan: Plan, name: str, note: str, how: dict[str, Any]
    ) -> None:
        """An independent reader finds as many events as there are, and in each the text that was meant."""
        weeks = [
            evolve(week, sessions=tuple(evolve(session, note=note) for session in week.sessions)) for week in plan.weeks
        ]
        plan = evolve(plan, runner=evolve(plan.runner, name=name), weeks=tuple(weeks))
        raw = to_ics(plan, CATALOG, RULES, alarm=minutes(10), **how)
        wanted = {one.uid: one for one in appointments_of(plan, CATALOG, RULES, **how)}
        found = getattr(vobject.readOne(raw.decode()), "vevent_list", [])
        assert len(found) == len(wanted)
        for event in found:
            one = wanted[event.uid.value]
            assert event.summary.value == one.summary
            assert getattr(event, "description", None) is None or event.description.value == one.description
            assert set(event.contents) <= {
                "uid", "dtstamp", "sequence", "dtstart", "dtend", "summary", "description", "location", "categories",
                "status", "transp", "valarm",
            }  # fmt: skip
        assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in raw.split(b"\r\n"))

    @SOME
    @given(st.text(st.characters(codec="utf-8"), max_size=60))
    def test_control_characters_of_a_calendar_that_comes_in_do_not_go_out(self, text: str) -> None:
        """What is canceled is told by the words of the calendar before, which may hold anything."""
        plan = EXAMPLE
        raw = to_ics(plan, CATALOG, RULES)
        first = plan.sessions[0]
        spoilt = raw.replace(b"SUMMARY:Strength", b"SUMMARY:" + text.replace("\n", " ").replace("\r", " ").encode(), 1)
        now = to_ics(plan.skip(first.id, "away"), CATALOG, RULES, before=spoilt)
        assert len(events(now)) == len(plan.sessions)
        assert not any(each < 32 for line in now.split(b"\r\n") for each in line)
