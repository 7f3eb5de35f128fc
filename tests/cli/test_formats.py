"""Every format that the command line writes, and where it goes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

import runstrong as rs
from runstrong.cli.main import main

ROOT = Path(__file__).parents[2]
NOVICE = str(ROOT / "examples" / "novice.yaml")
LOG = str(ROOT / "examples" / "log.yaml")
RUNNER = str(ROOT / "examples" / "runner.yaml")

Said = pytest.CaptureFixture[str]
PLAN = rs.plan(rs.load(NOVICE, rs.Runner), weeks=2)


@pytest.fixture(scope="module")
def plan_file(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the file of a short plan."""
    file = tmp_path_factory.mktemp("plans") / "plan.yaml"
    rs.dump(PLAN, file)
    return str(file)


class TestPlan:
    """``runstrong plan`` writes a plan in every format that the library has."""

    def test_a_sheet(self, tmp_path: Path) -> None:
        """As .html it is the sheet that `to_html` makes."""
        out = tmp_path / "plan.html"
        assert main(["plan", NOVICE, "--weeks", "2", "--out", str(out)]) == 0
        assert out.read_text(encoding="utf-8") == rs.to_html(PLAN)

    def test_a_calendar(self, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
        """As .ics it is what `to_ics` makes, with alarms and runs if asked, to a file or to the screen."""
        out = tmp_path / "plan.ics"
        assert main(["plan", NOVICE, "--weeks", "2", "--out", str(out)]) == 0
        assert out.read_bytes() == rs.to_ics(PLAN)
        capfdbinary.readouterr()
        assert main(["plan", NOVICE, "--weeks", "2", "--format", "ics", "--alarm", "30", "--with-runs"]) == 0
        assert capfdbinary.readouterr().out == rs.to_ics(PLAN, alarm=rs.minutes(30), runs=True)

    def test_a_watch(self, tmp_path: Path, capsys: Said) -> None:
        """For fit it writes a file for each session into a folder."""
        assert main(["plan", NOVICE, "--weeks", "2", "--format", "fit", "--out", str(tmp_path / "watch")]) == 0
        files = sorted(each.name for each in (tmp_path / "watch").iterdir())
        assert files == sorted(f"{each.date}-{each.id}.fit" for each in PLAN.sessions)
        assert "4 sessions for a watch" in capsys.readouterr().out

    def test_a_watch_needs_a_place(self, capsys: Said) -> None:
        """Binary files do not go to the screen, and several do not go into one file."""
        assert main(["plan", NOVICE, "--weeks", "2", "--format", "fit"]) == 2
        assert "name it after --out" in capsys.readouterr().err
        assert main(["plan", NOVICE, "--weeks", "2", "--out", "x.fit"]) == 2
        assert "--out: one file for 4 sessions; allowed: a folder" in capsys.readouterr().err

    def test_garmin_connect(self, capsys: Said) -> None:
        """As JSON for Garmin Connect each session stands with its day."""
        assert main(["plan", NOVICE, "--weeks", "2", "--format", "garmin"]) == 0
        made = json.loads(capsys.readouterr().out)
        assert [each["date"] for each in made] == [str(each.date) for each in PLAN.sessions]

    def test_a_table(self, capsys: Said) -> None:
        """As csv it is one of the plan's tables."""
        assert main(["plan", NOVICE, "--weeks", "2", "--format", "csv", "--table", "sessions"]) == 0
        rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
        assert [row["session"] for row in rows] == [each.id for each in PLAN.sessions]
        assert main(["plan", NOVICE, "--weeks", "2", "--format", "csv", "--table", "sesions"]) == 2
        assert "did you mean 'sessions'?" in capsys.readouterr().err

    def test_a_summary_is_text(self, capsys: Said) -> None:
        """Its shape has no events."""
        assert main(["plan", NOVICE, "--summary", "--format", "ics"]) == 2
        assert "--summary: as ics; allowed: text or markdown" in capsys.readouterr().err

    @pytest.mark.parametrize("minutes", ["-1", "soon", "10081"])
    def test_an_alarm_is_minutes_up_to_a_week(self, minutes: str, capsys: Said) -> None:
        """Anything else is a fault of usage."""
        assert main(["plan", NOVICE, "--alarm", minutes]) == 2
        assert "whole minutes up to 10080" in capsys.readouterr().err


class TestShow:
    """``runstrong show`` gives a file another form."""

    @pytest.mark.parametrize("file", [NOVICE, LOG, RUNNER])
    def test_reports(self, file: str, capsys: Said) -> None:
        """Whatever has a report is printed as text, Markdown or HTML."""
        for form, printed in (("text", rs.to_text), ("markdown", rs.to_markdown), ("html", rs.to_html)):
            assert main(["show", file, "--format", form]) == 0
            assert capsys.readouterr().out == printed(rs.load(file))

    def test_changes_of_a_calendar(self, plan_file: str, tmp_path: Path) -> None:
        """With the calendar exported last, what changed since gets the next number."""
        first, moved = tmp_path / "first.ics", tmp_path / "moved.yaml"
        assert main(["show", plan_file, "--out", str(first)]) == 0
        rs.dump(PLAN.skip(PLAN.sessions[0].id, "a cold"), moved)
        assert main(["show", str(moved), "--before", str(first), "--out", str(tmp_path / "second.ics")]) == 0
        assert b"STATUS:CANCELLED" in (tmp_path / "second.ics").read_bytes()

    def test_one_document_as_another(self, plan_file: str, tmp_path: Path) -> None:
        """YAML to JSON and back is the same plan; the file that is read is not written over."""
        out = tmp_path / "plan.json"
        assert main(["show", plan_file, "--out", str(out)]) == 0
        assert rs.load(out, rs.Plan) == PLAN
        assert main(["show", plan_file, "--out", plan_file]) == 2

    def test_a_format_that_it_has_not(self, capsys: Said) -> None:
        """A runner has no events and no table; the error names what there is."""
        assert main(["show", NOVICE, "--format", "ics"]) == 2
        assert "ics of a runner; allowed: text, markdown, html, yaml, json" in capsys.readouterr().err
        assert main(["show", NOVICE, "--format", "csv"]) == 2
        assert "csv of a runner; allowed: a plan, log, audit or catalog" in capsys.readouterr().err

    def test_a_rule_has_no_report_here(self, tmp_path: Path, capsys: Said) -> None:
        """It can be written as it is; ``runstrong rule`` explains it."""
        file = tmp_path / "rule.yaml"
        rs.dump(rs.load_rules()["TM01"], file)
        assert main(["show", str(file)]) == 2
        assert "text of a rule; allowed: yaml, json" in capsys.readouterr().err
        assert main(["show", str(file), "--format", "json"]) == 0


class TestOthers:
    """The other commands print in more formats too."""

    @pytest.mark.parametrize(
        "command",
        [
            ["check", RUNNER], ["next", RUNNER, "--today", "2026-12-07"], ["rule", "TM01"], ["preset", "cautious"],
            ["exercise", "plank"], ["log", str(ROOT / "examples" / "activities.csv")],
        ],
        ids=lambda command: command[0],
    )  # fmt: skip
    def test_pages(self, command: list[str], capsys: Said) -> None:
        """Each prints a page that stands alone, and Markdown."""
        assert main([*command, "--format", "html"]) in (0, 1)
        assert capsys.readouterr().out.startswith("<!DOCTYPE html>")
        assert main([*command, "--format", "markdown"]) in (0, 1)
        assert capsys.readouterr().out

    def test_the_next_session_for_a_watch(self, tmp_path: Path, capsys: Said) -> None:
        """One session is one file."""
        out = tmp_path / "next.fit"
        assert main(["next", RUNNER, "--today", "2026-12-07", "--out", str(out)]) == 0
        assert out.read_bytes()[8:12] == b".FIT"
        assert "for a watch" in capsys.readouterr().out

    def test_an_audit_to_a_file(self, tmp_path: Path) -> None:
        """``check`` writes its report where it is told to, and keeps its exit code."""
        out = tmp_path / "audit.html"
        assert main(["check", RUNNER, "--out", str(out)]) == 0
        assert "rules applied" in out.read_text(encoding="utf-8")
        assert main(["check", RUNNER, "--out", str(tmp_path / "audit.ics")]) == 2


class TestRefused:
    """What cannot be done is said before anything is written."""

    @pytest.mark.parametrize(
        "options",
        [["--table", "sessions"], ["--format", "html", "--alarm", "5"], ["--format", "yaml", "--with-runs"],
         ["--format", "html", "--before", "x.ics"]],
    )  # fmt: skip
    def test_options_that_a_format_takes_no_notice_of(self, options: list[str], capsys: Said) -> None:
        """Whoever gives one is told which format it belongs to."""
        assert main(["plan", NOVICE, "--weeks", "1", *options]) == 2
        assert "add --format" in capsys.readouterr().err

    def test_a_calendar_that_is_none(self, plan_file: str, tmp_path: Path, capsys: Said) -> None:
        """The file is named, and nothing in it reaches the terminal as it is."""
        before = tmp_path / "escape.ics"
        before.write_bytes(b"\033]0;owned\007\033[31mred")
        assert main(["show", plan_file, "--format", "ics", "--before", str(before)]) == 2
        said = capsys.readouterr().err
        assert str(before) in said
        assert "\033" not in said

    def test_names_of_files_are_told_without_escapes(self, capsys: Said) -> None:
        """A name may hold what a terminal would obey."""
        assert main(["show", "no\033[31msuch.yaml"]) == 2
        assert "\033" not in capsys.readouterr().err

    def test_a_folder_that_is_not_there(self, tmp_path: Path, capsys: Said) -> None:
        """The file that was asked for is named, and no other."""
        out = tmp_path / "missing" / "plan.html"
        assert main(["plan", NOVICE, "--weeks", "1", "--out", str(out)]) == 2
        assert f"{out}: No such file or directory" in capsys.readouterr().err

    def test_a_list_of_records(self, tmp_path: Path, capsys: Said) -> None:
        """Several documents in one file have no one form to be shown in."""
        file = tmp_path / "list.yaml"
        file.write_text("kind: exercises\nschema: 1\nexercises: []\n", encoding="utf-8")
        assert main(["show", str(file), "--format", "yaml"]) == 2
        assert "a list of documents; allowed: one document" in capsys.readouterr().err

    def test_a_session_that_holds_nothing_is_left_out(self, tmp_path: Path, capsys: Said) -> None:
        """The others reach the watch."""
        week = PLAN.weeks[0]
        empty = rs.evolve(week.sessions[0], parts=())
        plan = rs.evolve(PLAN, weeks=(rs.evolve(week, sessions=(empty, *week.sessions[1:])), *PLAN.weeks[1:]))
        rs.dump(plan, tmp_path / "plan.yaml")
        out = tmp_path / "watch"
        assert main(["show", str(tmp_path / "plan.yaml"), "--format", "fit", "--out", str(out)]) == 0
        assert len(list(out.iterdir())) == len(PLAN.sessions) - 1
        assert main(["show", str(tmp_path / "plan.yaml"), "--format", "garmin"]) == 0
        assert empty.id not in capsys.readouterr().out
