"""A calendar from a file: the suffix says how it is read, and what comes back is one kind of value."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import runstrong as rs

ROOT = Path(__file__).parents[2]
TEXT = """kind: calendar
schema: 1
runs:
  - {date: 2027-01-05, day_part: evening, kind: easy, distance: 8 km}
  - {date: 2027-03-14, kind: race, distance: 21.1 km, priority: A}
rest: [2027-01-06]
"""


def test_the_three_formats_agree(tmp_path: Path) -> None:
    """The same runs as a document, a table and a calendar of another program are the same value."""
    pytest.importorskip("recurring_ical_events")
    (tmp_path / "runs.yaml").write_text(TEXT)
    (tmp_path / "runs.csv").write_text(
        "date,time,kind,km,priority\n2027-01-05,18:30,easy,8,\n2027-01-06,,rest,,\n2027-03-14,,race,21.1,A\n"
    )
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//synthetic//test//EN",
        "BEGIN:VEVENT", "UID:1", "DTSTART:20270105T183000", "SUMMARY:Easy 8 km", "END:VEVENT",
        "BEGIN:VEVENT", "UID:2", "DTSTART;VALUE=DATE:20270106", "SUMMARY:Rest day", "END:VEVENT",
        "BEGIN:VEVENT", "UID:3", "DTSTART;VALUE=DATE:20270314", "SUMMARY:A race 21.1 km", "END:VEVENT",
        "END:VCALENDAR", "",
    ]  # fmt: skip
    (tmp_path / "runs.ics").write_bytes("\r\n".join(lines).encode())
    read = [rs.read_calendar(tmp_path / f"runs{suffix}") for suffix in (".yaml", ".csv", ".ics")]
    assert read[0] == read[1] == read[2]
    assert read[0] == rs.load(tmp_path / "runs.yaml", rs.Calendar)


def test_a_document_reads_back(tmp_path: Path) -> None:
    """What was read from a table can be kept as a document."""
    found = rs.read_calendar(ROOT / "examples" / "calendar.csv")
    for suffix in (".yaml", ".json"):
        rs.dump(found, tmp_path / f"kept{suffix}")
        assert rs.read_calendar(tmp_path / f"kept{suffix}") == found


def test_first_and_last_bound_what_is_read(tmp_path: Path) -> None:
    """Runs and days of rest outside are left out."""
    (tmp_path / "runs.yaml").write_text(TEXT)
    found = rs.read_calendar(tmp_path / "runs.yaml", first=dt.date(2027, 1, 6), last=dt.date(2027, 2, 1))
    assert (found.runs, found.rest) == ((), (dt.date(2027, 1, 6),))


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("runs.xlsx", b"", r"runs\.xlsx'; allowed: \.yaml"),
        ("runs.yaml", b"kind: calendar\nschema: 1\nruns: [{date: 2027-01-05, kind: eazy}]\n", r"yaml:3: .*easy"),
        ("runs.yaml", b"kind: log\nschema: 1\n", "calendar"),
        (
            "runs.csv",
            "date,kind,name\n2027-01-05,easy,Würzburg\n".encode("latin-1"),
            "csv:2: letters in another encoding",
        ),
    ],
)
def test_faults_name_the_file(name: str, content: bytes, told: str, tmp_path: Path) -> None:
    """An unknown suffix, a fault inside and another encoding are told with file and line."""
    (tmp_path / name).write_bytes(content)
    with pytest.raises(rs.DocumentError, match=told):
        rs.read_calendar(tmp_path / name)


def test_a_mark_at_the_beginning_of_the_file_is_no_letter(tmp_path: Path) -> None:
    """Tables saved by spreadsheets begin with a byte order mark."""
    (tmp_path / "runs.csv").write_bytes("date;kind;km\r\n2027-01-05;easy;8,5\r\n".encode("utf-8-sig"))
    assert rs.read_calendar(tmp_path / "runs.csv").runs[0].distance == rs.km(8.5)
