"""The coach's script tells on one page who needs a look, and no broken file keeps it from the others."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
from pathlib import Path

import icalendar
import pytest

import runstrong as rs
from tests.examples.opening import EXAMPLES, ROOT, opened

COACH = opened("coach.py")
TODAY = dt.date(2027, 1, 20)


@pytest.fixture(scope="module")
def squad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The squad of the examples, and beside it athletes whose files are broken, each in another way."""
    folder = tmp_path_factory.mktemp("squad")
    shutil.copytree(EXAMPLES / "squad", folder, dirs_exist_ok=True)
    good = (EXAMPLES / "squad" / "amina" / "runner.yaml").read_text(encoding="utf-8")

    def athlete(name: str, runner: bytes, **others: bytes) -> None:
        (folder / name).mkdir()
        (folder / name / "runner.yaml").write_bytes(runner)
        for stem, content in others.items():
            (folder / name / f"{stem}.yaml").write_bytes(content)

    athlete("bad-binary", b"\x00\xff")
    athlete("bad-goal", good.replace("[health]", "[helth]").encode())
    athlete("bad-log", good.encode(), log=b"kind: log\nschema: 1\nruns: [{date: yesterday}]\n")
    athlete("bad-plan", good.encode(), plan=b"kind: runner\nschema: 1\nname: x\nrunning: {}\n")
    athlete("bad-week", (good + "availability: [{day: monday, minutes: 1 min}]\n").encode())
    athlete("far-away", good.replace("start: 2027-01-18", "start: 9999-12-27").encode())
    athlete("long-gone", good.replace("start: 2027-01-18", "start: 2026-01-05").encode())
    (folder / "no-files").mkdir()
    (folder / "not-an-athlete.txt").write_text("notes", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def page(squad: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """What the script prints of that squad, and the folder that it wrote to."""
    out = tmp_path_factory.mktemp("out")
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONHASHSEED": "1"}
    command = [
        sys.executable,
        "-W",
        "error",
        str(EXAMPLES / "coach.py"),
        str(squad),
        "--today",
        str(TODAY),
        "--out",
        out,
    ]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 1, done.stderr
    assert not done.stderr
    return done.stdout, out


def section(page: str, title: str) -> str:
    """Return one section of the page."""
    return next(part for part in page.split("\n\n") if part.startswith(title))


def test_it_is_one_page(page: tuple[str, Path]) -> None:
    """A morning fits a screen: a line for each thing, none of them cut by a line break."""
    assert page[0].startswith("Wednesday 20 January 2027, 11 athletes\n")
    assert len(page[0].splitlines()) < 50


def test_pain_of_the_last_week_is_told(page: tuple[str, Path]) -> None:
    """Who logged pain stands at the top, with where and how much."""
    assert section(page[0], "Pain").splitlines() == [
        "Pain, illness, warning signs (1)",
        "  Jonas Weber      Sun 17 Jan: left calf, dull pain 2 of 10, during (running)",
        "  Jonas Weber      Tue 19 Jan: left calf, dull pain 4 of 10, during (running)",
    ]


def test_findings_at_warning_or_above_are_told(page: tuple[str, Path]) -> None:
    """A leap in Karin's runs and pain over the limit in Jonas's are findings; advice is left for the sheet."""
    found = section(page[0], "Findings")
    assert "Jonas Weber      warning SF03 2027-01-19" in found
    assert "Karin Lindqvist  warning TM01 2027-01-17: 42 km" in found
    assert " advice " not in found


def test_no_log_is_told_as_not_known(page: tuple[str, Path]) -> None:
    """Where the log says nothing, nothing found does not mean that all is well."""
    unknown = section(page[0], "Not known")
    assert "Amina Diallo     runs unknown on 7 of 7 days, 13 Jan to 19 Jan" in unknown
    assert "Karin Lindqvist  strength unknown on 7 of 7 days" in unknown
    assert "Jonas" not in unknown


def test_each_broken_athlete_is_told_with_the_place(page: tuple[str, Path]) -> None:
    """File, line, fact and cure; what fits no week comes with a way out."""
    told = section(page[0], "Files to mend")
    assert "bad-goal         runner.yaml:6: goals[0]: 'helth'" in told
    assert "bad-log          log.yaml:3: runs[0].date: 'yesterday'" in told
    assert "bad-plan         plan.yaml:1: kind: 'runner'; allowed: plan" in told
    assert "bad-week         no plan fits: monday: 1 minutes open" in told
    assert "long-gone        plan: over since 2026-03-29" in told
    for name in ("bad-binary", "far-away", "no-files"):
        assert f"\n  {name} " in told


def test_the_next_session_of_each_is_told(page: tuple[str, Path]) -> None:
    """Today's come first."""
    rows = section(page[0], "Next session").splitlines()
    assert [row.split("  ")[1].strip() for row in rows[1:]] == ["Jonas Weber", "Amina Diallo", "Karin Lindqvist"]
    assert "TODAY" in rows[1]


def test_each_athlete_gets_plan_sheet_and_calendar(page: tuple[str, Path]) -> None:
    """Whoever can be planned for has three files, and the calendar holds the sessions of the plan."""
    out = page[1]
    assert sorted(each.name for each in out.iterdir()) == ["amina", "jonas", "karin"]
    for folder in out.iterdir():
        plan = rs.load(folder / "plan.yaml", rs.Plan)
        events = icalendar.Calendar.from_ical((folder / "sessions.ics").read_bytes()).walk("VEVENT")
        assert len(events) == sum(session.skipped is None for session in plan.sessions)
        assert (folder / "sheet.html").read_text(encoding="utf-8").count('<section class="week">') == len(plan.weeks)


def test_the_plan_is_made_again_from_the_log(page: tuple[str, Path]) -> None:
    """Jonas's calf raises go on from what he did, and what he was asked before stays."""
    runner = rs.load(EXAMPLES / "squad" / "jonas" / "runner.yaml", rs.Runner)
    log = rs.load(EXAMPLES / "squad" / "jonas" / "log.yaml", rs.Log)
    made = rs.load(page[1] / "jonas" / "plan.yaml", rs.Plan)
    assert made == rs.replan(rs.plan(runner), log, TODAY, runner=runner)
    assert made != rs.plan(runner)


def test_the_next_morning_writes_the_same_again(
    squad: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is deterministic, and a calendar that is there already comes to no new sequence numbers."""
    for name in ("amina", "karin"):
        shutil.copytree(squad / name, tmp_path / "squad" / name)
    out = tmp_path / "out"
    written = []
    for _ in range(2):
        assert COACH.main([str(tmp_path / "squad"), "--today", str(TODAY), "--out", str(out)]) == 0
        files = sorted(each for each in out.rglob("*") if each.is_file())
        written.append((capsys.readouterr().out, [(each.name, each.read_bytes()) for each in files]))
    assert written[0] == written[1]


def test_a_kept_plan_is_gone_on_with(tmp_path: Path) -> None:
    """What people changed in plan.yaml stays: a skipped session is not the next one."""
    folder = tmp_path / "amina"
    shutil.copytree(EXAMPLES / "squad" / "amina", folder)
    plan = rs.plan(rs.load(folder / "runner.yaml", rs.Runner))
    first = COACH.morning_of(folder, TODAY).next
    rs.dump(plan.skip(first.id, "a wedding"), folder / "plan.yaml")
    assert COACH.morning_of(folder, TODAY).next.id != first.id


def test_no_name_reaches_the_terminal_as_more_than_text(tmp_path: Path) -> None:
    """Escapes in the name of a folder or in a file do nothing to the screen."""
    folder = tmp_path / "x\x1b[2J\u202e"
    folder.mkdir()
    (folder / "runner.yaml").write_text("\x1b]0;x\x07: [", encoding="utf-8")
    printed = COACH.overview([COACH.morning_of(folder, TODAY)], TODAY)
    assert all(each.isprintable() for line in printed.splitlines() for each in line)


def test_there_is_no_hidden_clock(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A squad of one's own needs --today."""
    with pytest.raises(SystemExit):
        COACH.main([str(tmp_path)])
    assert "--today" in capsys.readouterr().err
