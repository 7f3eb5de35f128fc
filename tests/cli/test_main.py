"""The command line: what it prints, what it writes, how it ends."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import runstrong as rs
from runstrong.cli.main import main

ROOT = Path(__file__).parents[2]
RUNNER = str(ROOT / "examples" / "runner.yaml")
NOVICE = str(ROOT / "examples" / "novice.yaml")

Said = pytest.CaptureFixture[str]


def shell(*args: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the tool as a process, with more of an environment."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), **more}
    command = [sys.executable, "-m", "runstrong", *args]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


@pytest.fixture(scope="module")
def plan_file(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the file of a short plan."""
    file = tmp_path_factory.mktemp("plans") / "plan.yaml"
    rs.dump(rs.plan(rs.load(NOVICE, rs.Runner), weeks=4), file)
    return str(file)


class TestPlan:
    """``runstrong plan`` prints a plan or writes it to a file."""

    def test_prints_the_plan(self, capsys: Said) -> None:
        """Without options the text report goes to the screen."""
        assert main(["plan", RUNNER, "--weeks", "3"]) == 0
        said = capsys.readouterr()
        assert said.out.startswith("Strength and mobility plan for Jonas Weber\n")
        assert said.err == ""

    def test_start_and_weeks_are_kept(self, capsys: Said) -> None:
        """What is asked for on the command line stands before the file."""
        assert main(["plan", RUNNER, "--start", "2026-12-09", "--weeks", "2", "--format", "json"]) == 0
        made = json.loads(capsys.readouterr().out)
        assert (made["start"], len(made["weeks"])) == ("2026-12-09", 2)

    @pytest.mark.parametrize(
        ("suffix", "opening"), [(".md", "# "), (".txt", "Str"), (".yaml", "kind: plan"), (".json", "{")]
    )
    def test_out_takes_its_format_from_the_suffix(
        self, suffix: str, opening: str, tmp_path: Path, capsys: Said
    ) -> None:
        """A name says what is wanted, unless --format does."""
        out = tmp_path / f"plan{suffix}"
        assert main(["plan", NOVICE, "--weeks", "2", "--out", str(out)]) == 0
        assert out.read_text(encoding="utf-8").startswith(opening)
        assert capsys.readouterr().out == f"{out}: 2 weeks from 2027-01-04, 4 sessions\n"

    def test_format_stands_before_the_suffix(self, tmp_path: Path) -> None:
        """Any name will do when the format is said."""
        out = tmp_path / "plan.gym"
        assert main(["plan", NOVICE, "--weeks", "2", "--out", str(out), "--format", "yaml"]) == 0
        assert rs.plan(rs.load(NOVICE, rs.Runner), weeks=2) == rs.load(out, rs.Plan)

    def test_written_plan_reads_back(self, tmp_path: Path) -> None:
        """What is written is the plan itself."""
        out = tmp_path / "plan.json"
        assert main(["plan", NOVICE, "--weeks", "2", "--out", str(out)]) == 0
        assert rs.load(out, rs.Plan) == rs.plan(rs.load(NOVICE, rs.Runner), weeks=2)

    def test_a_file_that_is_there_keeps_its_permissions(self, tmp_path: Path) -> None:
        """A private file stays private when it is replaced."""
        out = tmp_path / "plan.txt"
        out.write_text("old")
        out.chmod(0o600)
        assert main(["plan", NOVICE, "--weeks", "2", "--out", str(out)]) == 0
        assert out.stat().st_mode & 0o777 == 0o600
        assert list(tmp_path.iterdir()) == [out]

    def test_the_runners_own_file_is_never_overwritten(self, tmp_path: Path, capsys: Said) -> None:
        """--out with the input's name is a slip of the hand."""
        mine = tmp_path / "runner.yaml"
        mine.write_text(Path(NOVICE).read_text())
        assert main(["plan", str(mine), "--out", str(mine)]) == 2
        assert "another file than the runner's own" in capsys.readouterr().err
        assert mine.read_text() == Path(NOVICE).read_text()

    def test_a_calendar_stands_before_the_usual_week(self, tmp_path: Path, capsys: Said) -> None:
        """Dated runs make the weeks that they speak of, and what was taken in a certain way goes to standard error."""
        table = tmp_path / "runs.csv"
        table.write_text("date,name,km\n2026-12-09,Run,5\n2026-12-12,Long run,12\n")
        assert main(["plan", RUNNER, "--weeks", "2", "--calendar", str(table), "--format", "json"]) == 0
        said = capsys.readouterr()
        runs = [[run["distance"] for run in week["runs"]] for week in json.loads(said.out)["weeks"]]
        assert runs[0] == ["5 km", "12 km"]
        assert len(runs[1]) == 5
        assert said.err == f"{table}:2: kind: a run of no stated kind, taken as easy\n"

    def test_a_calendar_without_runs_in_the_weeks_is_refused(self, tmp_path: Path, capsys: Said) -> None:
        """A calendar of another year would change nothing, silently."""
        table = tmp_path / "runs.csv"
        table.write_text("date,kind\n2020-12-09,easy\n")
        assert main(["plan", RUNNER, "--calendar", str(table)]) == 2
        assert "no runs in" in capsys.readouterr().err

    def test_an_unknown_suffix_is_refused_before_any_work(self, capsys: Said) -> None:
        """The choices are named."""
        assert main(["plan", NOVICE, "--out", "plan.pdf"]) == 2
        assert ".txt, .md, .html, .yaml, .yml, .json, .csv, .ics, .fit" in capsys.readouterr().err

    def test_a_misspelt_exclusion_is_refused(self, tmp_path: Path, capsys: Said) -> None:
        """An exclusion that excludes nothing would be found out in the gym."""
        mine = tmp_path / "runner.yaml"
        mine.write_text(Path(NOVICE).read_text() + "limitations: {exclude: [calf-rise]}\n")
        assert main(["plan", str(mine)]) == 2
        assert "did you mean 'calf-raise'?" in capsys.readouterr().err

    def test_a_runner_without_a_start_needs_one(self, tmp_path: Path, capsys: Said) -> None:
        """There is no hidden clock; the cure is named."""
        mine = tmp_path / "runner.yaml"
        mine.write_text(Path(NOVICE).read_text().replace("start: 2027-01-04\n", ""))
        assert main(["plan", str(mine)]) == 2
        assert "start" in capsys.readouterr().err


class TestBadInput:
    """Faults end with code 2, one on a line, and never with a traceback."""

    @pytest.mark.parametrize(
        ("args", "said"),
        [
            (["plan", "nowhere.yaml"], "nowhere.yaml: No such file or directory"),
            (["plan", str(ROOT)], "Is a directory"),
            (["check", "nowhere.yaml"], "nowhere.yaml: No such file or directory"),
            (["rule", "QQ77"], "no rule 'QQ77'; the command without a name lists them all"),
            (["rule", "session-spikes"], "did you mean 'session-spike'?"),
            (["exercise", "single-leg-calf-rise"], "did you mean 'single-leg-calf-raise'?"),
            (["exercise", "--tissue", "calf-solues"], "--tissue: 'calf-solues'"),
            (["exercise", "calf-raise", "--level", "1"], "a name, or options to search by"),
            (["check", RUNNER, "--select", "TM999"], "TM999"),
            (["check", RUNNER, "--fix"], "a plan to write the fixes to"),
            (["check", RUNNER, NOVICE], "a second runner"),
            (["plan", RUNNER, "--weeks", "0"], "a whole number from 1 to 52"),
            (["plan", RUNNER, "--start", "20261207"], "a date such as 2026-12-07"),
            (["plan", RUNNER, "--format", "pdf"], "invalid choice"),
            (["dance"], "invalid choice"),
            ([], "COMMAND"),
        ],
    )
    def test_is_said_plainly(self, args: list[str], said: str, capsys: Said) -> None:
        """Each names the fault and, where there is one, the cure."""
        assert main(args) == 2
        streams = capsys.readouterr()
        assert said in streams.err
        assert "Traceback" not in streams.err
        assert streams.out == ""

    def test_every_problem_has_file_line_and_path(self, tmp_path: Path, capsys: Said) -> None:
        """Two faults are two lines, each with its place."""
        bad = tmp_path / "bad.yaml"
        bad.write_text("kind: runner\nschema: 1\nname: Ada\nrunning: {}\nbody_mass: 900 kg\ngoals: [helth]\n")
        assert main(["plan", str(bad)]) == 2
        lines = capsys.readouterr().err.splitlines()
        assert len(lines) == 2
        assert lines[0].startswith(f"{bad}:5: body_mass: ")
        assert lines[1].startswith(f"{bad}:6: goals")

    @pytest.mark.parametrize(
        "content", [b"", b"\xff\xfe\x00", b"[" * 5000, b"kind: runner\nkind: runner\n", b"!!python/none"]
    )
    def test_any_bytes_are_refused_in_words(self, content: bytes, tmp_path: Path, capsys: Said) -> None:
        """Whatever a file holds, the tool says what is wrong with it."""
        bad = tmp_path / "bad.yaml"
        bad.write_bytes(content)
        assert main(["check", str(bad)]) == 2
        assert str(bad) in capsys.readouterr().err

    def test_a_log_alone_asks_for_its_runner(self, tmp_path: Path, capsys: Said) -> None:
        """Limits are a runner's own, so a log alone cannot be judged."""
        log = tmp_path / "log.yaml"
        rs.dump(rs.Log(), log)
        assert main(["check", str(log)]) == 2
        assert "name the runner's file too" in capsys.readouterr().err

    def test_an_unwritable_folder_is_said(self, tmp_path: Path, capsys: Said) -> None:
        """The place that is missing is named."""
        assert main(["plan", NOVICE, "--weeks", "2", "--out", str(tmp_path / "no" / "plan.txt")]) == 2
        assert "No such file or directory" in capsys.readouterr().err

    def test_all_faulty_files_are_told_at_once(self, tmp_path: Path, capsys: Said) -> None:
        """One round mends them all."""
        files = [tmp_path / "a.yaml", tmp_path / "b.yaml"]
        for file in files:
            file.write_text("kind: nothing\n")
        assert main(["check", *map(str, files)]) == 2
        said = capsys.readouterr().err
        assert all(str(file) in said for file in files)


class TestCheck:
    """``runstrong check`` ends with 0, 1 or 2."""

    def test_a_plan_as_made_is_clean(self, plan_file: str, capsys: Said) -> None:
        """The planner leaves nothing at warning or above, and here nothing at advice either."""
        assert main(["check", plan_file, "--ignore", "CV"]) == 0
        assert "applied: no findings" in capsys.readouterr().out

    def test_remarks_alone_end_with_0(self, capsys: Said) -> None:
        """Race day is farther than training: info, and no failure for a CI job."""
        assert main(["check", RUNNER]) == 0
        said = capsys.readouterr().out
        assert "Jonas Weber, 5 runs in the usual week, 46 km" in said
        assert "Info (1)" in said

    def test_a_spike_in_a_log_ends_with_1(self, tmp_path: Path, capsys: Said) -> None:
        """Runner and log together are judged; a run twice the longest of 30 days is a finding."""
        monday = dt.date(2027, 1, 4)
        runs = [rs.Run(date=monday + dt.timedelta(days=7 * n), distance=rs.km(5)) for n in range(6)]
        runs.append(rs.Run(date=monday + dt.timedelta(days=42), distance=rs.km(14)))
        log = rs.Log(runs=tuple(runs), coverage=(rs.Coverage(first=monday, last=monday + dt.timedelta(days=48)),))
        rs.dump(log, tmp_path / "log.yaml")
        assert main(["check", NOVICE, str(tmp_path / "log.yaml")]) == 1
        assert "TM01 session-spike" in capsys.readouterr().out

    def test_json_is_one_document(self, capsys: Said) -> None:
        """A script reads findings with their numbers."""
        assert main(["check", RUNNER, "--format", "json", "--select", "TM01"]) == 0
        found = json.loads(capsys.readouterr().out)
        assert [each["rule"] for each in found["findings"]] == ["TM01"]
        assert found["checked"] == ["TM01"]

    def test_fix_writes_the_plan_back(self, tmp_path: Path, capsys: Said) -> None:
        """Heavy legs put before intervals are moved away, the file holds the mended plan, and the edit is told."""
        plan = rs.plan(rs.load(RUNNER, rs.Runner), weeks=4)
        heavy = next(session for session in plan.sessions if session.emphasis is rs.Emphasis.HEAVY_LEGS)
        monday = heavy.date - dt.timedelta(days=heavy.date.weekday())
        file = tmp_path / "plan.yaml"
        rs.dump(plan.move(heavy.id, to=monday), file)
        assert main(["check", str(file), "--select", "CO01"]) == 1
        assert f"fix: move session {heavy.id}" in capsys.readouterr().out
        assert main(["check", str(file), "--select", "CO01", "--fix"]) == 0
        said = " ".join(capsys.readouterr().out.split())
        assert f"{file}: 1 fixed and written" in said
        assert f"Fixed (1) - move session {heavy.id} to " in said
        assert rs.load(file, rs.Plan).session(heavy.id).date != monday

    def test_runs_are_edited_when_asked_and_what_changed_is_told(self, tmp_path: Path, capsys: Said) -> None:
        """Without the option the run is advised about; with it the file holds the moved run."""
        plan = rs.plan(rs.load(RUNNER, rs.Runner), weeks=1)
        first = plan.weeks[0].start
        runs = [rs.Run(date=first + dt.timedelta(days=n), kind=rs.RunKind.TEMPO) for n in (1, 2)]
        file = tmp_path / "plan.yaml"
        rs.dump(rs.evolve(plan, weeks=(rs.evolve(plan.weeks[0], runs=tuple(runs), sessions=()),)), file)
        assert main(["check", str(file), "--select", "CO04", "--fix"]) == 1
        assert "nothing to fix" in capsys.readouterr().out
        assert main(["check", str(file), "--select", "CO04", "--fix", "--edit-runs"]) == 0
        said = capsys.readouterr().out
        assert "Fixed (1)\n  - move the tempo run of" in said
        assert "Your running\n" in said
        assert rs.load(file, rs.Plan).weeks[0].runs != tuple(runs)

    def test_fix_leaves_a_clean_plan_alone(self, plan_file: str, capsys: Said) -> None:
        """Nothing to fix, nothing written."""
        before = Path(plan_file).stat().st_mtime_ns
        main(["check", plan_file, "--fix", "--ignore", "CV"])
        assert "nothing to fix, not written" in capsys.readouterr().out
        assert Path(plan_file).stat().st_mtime_ns == before


class TestExplain:
    """``runstrong rule`` and ``runstrong exercise`` look things up."""

    @pytest.mark.parametrize("name", ["TM01", "tm01", "session-spike"])
    def test_a_rule_by_code_or_name(self, name: str, capsys: Said) -> None:
        """Case does not matter."""
        assert main(["rule", name]) == 0
        assert capsys.readouterr().out.startswith("TM01 session-spike\n")

    def test_all_rules(self, capsys: Said) -> None:
        """Without a code every rule is listed."""
        assert main(["rule"]) == 0
        said = capsys.readouterr().out
        assert all(rule.id in said for rule in rs.load_rules())

    @pytest.mark.parametrize("name", ["single-leg-calf-raise", "Single-leg calf raise", "one-leg heel raise"])
    def test_an_exercise_by_id_name_or_alias(self, name: str, capsys: Said) -> None:
        """Whatever a runner calls it."""
        assert main(["exercise", name]) == 0
        assert capsys.readouterr().out.startswith("Single-leg calf raise\n")

    def test_exercises_that_fit(self, capsys: Said) -> None:
        """Filters narrow the list, and an empty equipment list asks for a bare floor."""
        assert (
            main(["exercise", "--tissue", "calf-soleus", "--equipment", "", "--level", "1", "--kind", "strength"]) == 0
        )
        said = capsys.readouterr().out
        assert "bent-knee-calf-raise" in said
        assert "Strength (" in said
        assert "Mobility" not in said

    def test_all_exercises(self, capsys: Said) -> None:
        """Without a name or filter every exercise is listed by kind."""
        assert main(["exercise"]) == 0
        said = capsys.readouterr().out
        assert all(f"  {id} " in said for id in rs.load_catalog().exercises)

    def test_nothing_fits(self, capsys: Said) -> None:
        """An empty list is said, not printed as nothing."""
        assert main(["exercise", "--tissue", "calf-soleus", "--kind", "breathing"]) == 0
        assert capsys.readouterr().out == "No exercise fits all of that.\n"


class TestProcess:
    """The tool as a process."""

    def test_version(self) -> None:
        """It says its own version."""
        done = shell("--version")
        assert (done.returncode, done.stdout) == (0, f"runstrong {rs.__version__}\n")

    def test_help_says_what_it_is_not(self) -> None:
        """Help lists the commands and repeats the limits of the tool."""
        done = shell("--help")
        assert done.returncode == 0
        assert all(command in done.stdout for command in ("plan", "check", "rule", "exercise"))
        assert "does not diagnose, treat or predict injury" in done.stdout

    def test_check_help_documents_the_exit_code(self) -> None:
        """A CI job finds there what 0, 1 and 2 mean."""
        assert "1 when something is at advice or above" in shell("check", "--help").stdout

    def test_a_reader_that_stops_early_is_no_error(self) -> None:
        """``runstrong plan ... | head -1`` ends quietly."""
        command = f'"{sys.executable}" -m runstrong plan "{RUNNER}" | head -1'
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
        done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, env=environment, check=False)
        assert done.stderr == ""
        assert done.stdout.startswith("Strength and mobility plan")

    def test_a_terminal_without_unicode_gets_question_marks(self) -> None:
        """No encoding error stops a plan from being printed."""
        done = shell("exercise", "single-leg-calf-raise", PYTHONIOENCODING="ascii")
        assert done.returncode == 0
        assert "H?bert-Losier" in done.stdout

    def test_output_is_the_same_under_any_hash_seed(self) -> None:
        """Same input, same bytes."""
        first, second = (shell("plan", RUNNER, "--weeks", "5", PYTHONHASHSEED=seed) for seed in ("1", "2"))
        assert first.returncode == 0
        assert first.stdout == second.stdout
