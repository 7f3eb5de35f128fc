"""Calendars as tables: generous about how columns are named, strict about what stands in them."""

from __future__ import annotations

import datetime as dt

import pytest

from runstrong.history.tables import calendar_of_table
from runstrong.model.errors import DocumentError
from runstrong.model.quantities import Distance, Duration, miles
from runstrong.model.running import Calendar
from runstrong.model.words import DayPart, Priority, RunKind


def table(*lines: str) -> Calendar:
    """Read lines as a table."""
    return calendar_of_table("\n".join(lines) + "\n", "runs.csv")


def faults(*lines: str) -> list[str]:
    """Return what is wrong with a table, one text a fault."""
    with pytest.raises(DocumentError) as caught:
        table(*lines)
    return [str(problem) for problem in caught.value.problems]


class TestReading:
    """One run a row, in any of the usual ways to write one."""

    def test_a_plain_table(self) -> None:
        """Date, kind and kilometers, with blank lines between."""
        found = table("date,kind,km", "2027-01-05,easy,8", "", ",,", "2027-01-10,long,16.5")
        assert [(run.date.day, run.kind, run.distance) for run in found.runs] == [
            (5, RunKind.EASY, Distance(8)), (10, RunKind.LONG, Distance(16.5)),
        ]  # fmt: skip
        assert found.remarks == ()

    @pytest.mark.parametrize(
        ("heading", "cell", "distance"),
        [
            ("km", "8,5", Distance(8.5)),
            ("Distance (km)", "8.5", Distance(8.5)),
            ("Kilometers", "8.5 km", Distance(8.5)),
            ("Miles", "5", miles(5)),
            ("Distance", "6,2 miles", miles(6.2)),
            ("distance", "800 m", Distance(0.8)),
        ],
    )
    def test_distances(self, heading: str, cell: str, distance: Distance) -> None:
        """The unit stands at the top or in the cell; a comma is a decimal comma."""
        assert table(f"Date;Type;{heading}", f"2027-01-05;easy;{cell}").runs[0].distance == distance

    @pytest.mark.parametrize(
        ("heading", "cell", "minutes"),
        [
            ("minutes", "45", 45),
            ("Min", "45 min", 45),
            ("Duration", "1:30:00", 90),
            ("Moving time", "1 h 30", 90),
            ("duration", "2h", 120),
        ],
    )
    def test_lengths_of_time(self, heading: str, cell: str, minutes: float) -> None:
        """Minutes need no unit under their own heading; elsewhere the unit is said."""
        assert table(f"date,kind,{heading}", f"2027-01-05,easy,{cell}").runs[0].duration == Duration(minutes * 60)

    @pytest.mark.parametrize(
        ("cell", "part"),
        [
            ("morning", DayPart.MORNING),
            ("Evening", DayPart.EVENING),
            ("07:30", DayPart.MORNING),
            ("12.15", DayPart.MIDDAY),
        ],
    )
    def test_parts_of_the_day(self, cell: str, part: DayPart) -> None:
        """By word or by the clock."""
        assert table("Date\tKind\tTime", f"2027-01-05\teasy\t{cell}").runs[0].day_part is part

    def test_the_name_says_the_kind_where_no_column_does(self) -> None:
        """A title is read as in a calendar; a run of no stated kind is taken as easy, and that is told."""
        found = table("Date,Name", "5.1.2027,Long run", "6.1.2027,Run by the lake", "7.1.2027,parkrun")
        assert [run.kind for run in found.runs] == [RunKind.LONG, RunKind.EASY, RunKind.RACE]
        assert found.runs[2].priority is Priority.C
        assert [(remark.line, remark.fact) for remark in found.remarks] == [
            (3, "a run of no stated kind, taken as easy")
        ]

    def test_races_and_rest(self) -> None:
        """A race keeps its priority, one without is a B race and that is told; a day of rest is free."""
        found = table("date,kind,priority,name", "2027-03-14,race,A,Half", "2027-04-11,race,,", "2027-04-12,rest,,")
        assert [run.priority for run in found.runs] == [Priority.A, Priority.B]
        assert found.rest == (dt.date(2027, 4, 12),)
        assert [remark.line for remark in found.remarks] == [3]

    def test_two_runs_a_day_in_order(self) -> None:
        """Rows need not be sorted."""
        found = table("date,kind,time", "2027-01-05,easy,evening", "2027-01-05,intervals,morning", "2027-01-04,easy,")
        assert [(run.date.day, run.day_part) for run in found.runs] == [
            (4, DayPart.UNKNOWN), (5, DayPart.MORNING), (5, DayPart.EVENING),
        ]  # fmt: skip

    def test_notes_and_marked_columns_are_passed_by(self) -> None:
        """A note is for people, and a column whose name begins with # is nobody's business."""
        assert len(table("date,kind,Notes,#shoes", "2027-01-05,easy,windy,old ones").runs) == 1


class TestFaults:
    """Nothing is dropped in silence: every bad cell is told with line, value and what is allowed."""

    def test_all_rows_at_once(self) -> None:
        """Three faults in three rows are told together."""
        found = faults("date,kind,km", "2027-02-30,easy,8", "2027-01-06,eazy,8", "2027-01-07,easy,eight")
        kinds = ", ".join(map(str, RunKind))
        assert found == [
            "runs.csv:2: date: '2027-02-30'; allowed: a date such as 2027-01-05 or 5.1.2027",
            f"runs.csv:3: kind: 'eazy'; allowed: {kinds} or rest (did you mean easy?)",
            "runs.csv:4: km: 'eight'; allowed: a number such as 12.5 (units stand at the top of the column)",
        ]

    @pytest.mark.parametrize(
        ("top", "row", "told"),
        [
            ("date,kind,distnce", "2027-01-05,easy,8", "did you mean distance?"),
            ("date,kind,cadence", "2027-01-05,easy,180", "begin its name with #"),
            ("kind,km", "easy,8", "no column for the date"),
            ("date,km", "2027-01-05,8", "no column for the kind"),
            ("date,kind,km,miles", "2027-01-05,easy,8,5", "columns km and miles"),
            ("date,kind,km,kilometers", "2027-01-05,easy,8,8", "a second column for km"),
            ("date,kind,km", "2027-01-05,easy,8,5", "4 cells; allowed: 3"),
            ("date,kind,km", "05/01/2027,easy,8", "cannot be told apart with slashes"),
            ("date,kind,km", ",easy,8", "no date"),
            ("date,kind,km", "2027-01-05,,8", "no kind"),
            ("date,name", "2027-01-05,Dentist", "a name that says none: 'Dentist'"),
            ("date,kind,distance", "2027-01-05,easy,8", "name the column km or miles"),
            ("date,kind,km", "2027-01-05,easy,20000", "from 0 to 10000"),
            ("date,kind,duration", "2027-01-05,easy,1:30", "hours and minutes or minutes and seconds?"),
            ("date,kind,time", "2027-01-05,easy,0:45:00", "is it a duration?"),
            ("date,kind,priority", "2027-01-05,race,D", "A, B, C"),
            ("date,kind,priority", "2027-01-05,easy,A", "set kind to race"),
            ("date,kind,km", "2027-01-05,rest,8", "on a day of rest"),
            ("date,kind,km", '2027-01-05,"easy,8', "balanced quotes"),
        ],
    )
    def test_what_is_refused(self, top: str, row: str, told: str) -> None:
        """Each fault names what is wrong, and where it can, the cure."""
        assert any(told in fault for fault in faults(top, row))

    def test_the_same_run_twice_and_rest_beside_a_run(self) -> None:
        """Doubled rows and contradictions are told with both lines."""
        assert "the same run as in line 2" in faults("date,kind", "2027-01-05,easy", "2027-01-05,easy")[0]
        assert "holds a run" in faults("date,kind", "2027-01-05,easy", "2027-01-05,rest")[0]

    def test_an_empty_file(self) -> None:
        """Nothing is no calendar."""
        assert "an empty file" in faults("", "  ")[0]
