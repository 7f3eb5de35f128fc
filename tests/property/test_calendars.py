"""Laws of calendars: what is read back equals what was written, in every format, and nothing breaks a reader."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from runstrong.codec import decode, encode, loads, to_yaml
from runstrong.history.tables import calendar_of_table
from runstrong.history.wording import said
from runstrong.model.errors import DocumentError, Problem
from runstrong.model.runner import Runner
from runstrong.model.running import Calendar, Run, RunningWeek
from runstrong.testing.strategies import MONDAY, calendars

HEAD = "date,time,kind,km,minutes,priority"


def row(run: Run) -> str:
    """Return a run as the row of a table."""
    distance = repr(run.distance.km) if run.distance is not None else ""
    minutes = repr(run.duration.minutes) if run.duration is not None else ""
    return f"{run.date},{run.day_part},{run.kind},{distance},{minutes},{run.priority or ''}"


def faults(text: str) -> tuple[Problem, ...] | None:
    """Return what is wrong with a table, None when it can be read."""
    try:
        calendar_of_table(text, "f")
    except DocumentError as error:
        return error.problems
    return None


class TestRoundTrips:
    """A calendar survives its documents and its table."""

    @given(calendars())
    @settings(max_examples=60, deadline=None)
    def test_documents(self, calendar: Calendar) -> None:
        """As data and as text."""
        assert decode(encode(calendar)) == calendar
        assert loads(to_yaml(calendar)) == calendar

    @given(calendars())
    @settings(max_examples=60, deadline=None)
    def test_tables(self, calendar: Calendar) -> None:
        """Each run and each day of rest comes back; a race without a priority comes back as a B race, and is told."""
        lines = [HEAD, *map(row, calendar.runs), *(f"{day},,rest,,," for day in calendar.rest)]
        found = calendar_of_table("\n".join(lines), None)
        assert found.rest == calendar.rest
        assert [(run.date, run.kind, run.distance) for run in found.runs] == [
            (run.date, run.kind, run.distance) for run in calendar.runs
        ]
        races = sum(run.kind.value == "race" and run.priority is None for run in calendar.runs)
        assert len(found.remarks) == races


class TestAnyText:
    """Whatever stands in a file, the answer is a calendar or an error of ours."""

    @given(st.text(max_size=200))
    @settings(max_examples=200, deadline=None)
    def test_tables(self, text: str) -> None:
        """No text breaks the reader of tables."""
        told = faults(text)
        assert told is None or told

    @given(
        st.lists(
            st.sampled_from(["date", "kind", "km", "2027-01-05", "easy", "race", "8,5", '"', "", "rest", "1:30", "A"]),
            max_size=30,
        ),
        st.sampled_from(",;\t"),
    )
    @settings(max_examples=200, deadline=None)
    def test_tables_of_likely_cells(self, cells: list[str], mark: str) -> None:
        """Nor do cells that belong elsewhere."""
        rows = [mark.join(cells[n : n + 3]) for n in range(0, len(cells), 3)]
        text = "\n".join([mark.join(("date", "kind", "km")), *rows])
        assert all(problem.fact for problem in faults(text) or ())

    @given(st.text(max_size=60), st.text(max_size=60))
    @settings(max_examples=200, deadline=None)
    def test_titles(self, title: str, more: str) -> None:
        """No title breaks the reader of titles, and no run has a length of nothing."""
        found = said(title, more)
        assert found.distance is None or found.distance.km > 0
        assert found.duration is None or found.duration.seconds > 0


class TestOntoARunner:
    """A calendar's days stand for all that was known of them."""

    @given(calendars())
    @settings(max_examples=60, deadline=None)
    def test_dated_runs_stand(self, calendar: Calendar) -> None:
        """Each dated run is the runner's, each day of rest is free, and doing it twice changes nothing."""
        runner = Runner(name="Ada", running=RunningWeek()).with_calendar(calendar)
        for day in range(8 * 7):
            date = MONDAY + dt.timedelta(days=day)
            assert sorted(map(repr, runner.runs_on(date))) == sorted(
                repr(run) for run in calendar.runs if run.date == date
            )
        assert runner.with_calendar(calendar) == runner
