"""``runstrong next``: the next session, adapted to what was done, and why."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import attrs
import pytest

import runstrong as rs
from runstrong.cli.main import main
from runstrong.cli.upcoming import upcoming
from runstrong.model.words import PainKind
from runstrong.planner import replan

ROOT = Path(__file__).parents[2]
RUNNER = str(ROOT / "examples" / "runner.yaml")
LOG = str(ROOT / "examples" / "log.yaml")
TODAY = dt.date(2026, 12, 30)

Said = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def log() -> rs.Log:
    """Return the example log."""
    return rs.load(LOG, rs.Log)


def following(capsys: Said, *args: str, file: str = RUNNER) -> str:
    """Run the command, which has to end well, and return what it prints with its lines joined."""
    assert main(["next", file, *args]) == 0
    streams = capsys.readouterr()
    assert streams.err == ""
    return " ".join(streams.out.split())


def with_morning(log: rs.Log, path: Path, today: dt.date = TODAY, **facts: Any) -> str:
    """Write the log with another start into `today`, and return its path."""
    mornings = [each for each in log.readiness if each.date != today]
    rs.dump(attrs.evolve(log, readiness=(*mornings, rs.Readiness(date=today, **facts))), path)
    return str(path)


class TestNext:
    """What was done decides what comes."""

    def test_the_calf_raise_gets_weight_and_says_why(self, capsys: Said) -> None:
        """Two clean sessions over ten with three in reserve on both legs: the example leads to a step."""
        said = following(capsys, "--log", LOG, "--today", "2026-12-30")
        assert said.startswith("The next session of Jonas Weber")
        assert "Session 20261228-1, Wed 2026-12-30 morning" in said
        assert "more B2 Single-leg calf raise 2 x 8-12 reps each side, 2 kg, RIR 3" in said
        assert (
            "13 and 12 clean reps on both legs with 3 in reserve, two sessions in a row: you may add a first 2 kg."
        ) in said

    def test_what_was_missed_and_what_follows_is_told(self, capsys: Said) -> None:
        """A missed session is named with what became of it, and later weeks are no promise."""
        said = following(capsys, "--log", LOG, "--today", "2026-12-30")
        assert "What was missed" in said
        assert "Fri 2026-12-25, light legs, 35 min (session 20261221-2): not made up" in said
        assert "Fri 2027-01-01, light legs" in said
        assert "Later weeks are expectations that performance decides" in said
        assert "a permission, never a duty" in said

    def test_a_missed_session_moves_to_an_open_day(self, capsys: Said, log: rs.Log, tmp_path: Path) -> None:
        """Where its week has a day left, the session is still the next one."""
        part = attrs.evolve(
            log,
            performances=[each for each in log.performances if each.date < dt.date(2026, 12, 16)],
            readiness=(),
            runs=[each for each in log.runs if each.date < dt.date(2026, 12, 17)],
            coverage=(rs.Coverage(first=dt.date(2026, 12, 7), last=dt.date(2026, 12, 16), strength=True),),
        )
        rs.dump(part, tmp_path / "log.yaml")
        said = following(capsys, "--log", str(tmp_path / "log.yaml"), "--today", "2026-12-17")
        assert "Session 20261214-1, Thu 2026-12-17 morning" in said
        assert "moved to Thursday 2026-12-17 morning, because missed on Wednesday 2026-12-16" in said
        assert "What was missed" not in said

    def test_without_a_log_the_plan_stands_as_it_is(self, capsys: Said) -> None:
        """Nothing was recorded yet, and that is said."""
        said = following(capsys, "--today", "2026-12-01")
        assert "Nothing was recorded yet" in said
        assert "Session 20261207-1, Wed 2026-12-09" in said
        assert "Set-up:" in said

    def test_a_plan_file_gives_the_same_as_its_runner(self, capsys: Said, tmp_path: Path) -> None:
        """A plan carries its runner."""
        file = tmp_path / "plan.yaml"
        rs.dump(rs.plan(rs.load(RUNNER, rs.Runner)), file)
        args = ("--log", LOG, "--today", "2026-12-30")
        assert following(capsys, *args, file=str(file)) == following(capsys, *args)

    def test_a_session_done_today_is_not_asked_for_again(self, capsys: Said, log: rs.Log, tmp_path: Path) -> None:
        """What is done is done, and the one after it comes next."""
        done = rs.Performance(
            date=TODAY,
            exercise="deadlift",
            session="20261228-1",
            sets=(rs.PerformedSet(amount=rs.Reps(10), load=rs.External(rs.kg(20), 2), rir=rs.RIR(3)),),
        )
        rs.dump(attrs.evolve(log, performances=(*log.performances, done)), tmp_path / "log.yaml")
        said = following(capsys, "--log", str(tmp_path / "log.yaml"), "--today", "2026-12-30")
        assert "Session 20261228-2" in said

    def test_a_warning_sign_on_a_day_off_stops_the_next_session(
        self, capsys: Said, log: rs.Log, tmp_path: Path
    ) -> None:
        """Nobody who has chest pain on a day off trains on that day, and the session after it must not ask for more."""
        args = with_morning(log, tmp_path / "log.yaml", dt.date(2026, 12, 29), red_flags=("chest pain",))
        said = following(capsys, "--log", args, "--today", "2026-12-30")
        assert "Not today" in said
        assert "A warning sign (chest pain): stop, and see a clinician" in said

    def test_a_warning_sign_on_a_run_stops_the_next_session(self, capsys: Said, log: rs.Log, tmp_path: Path) -> None:
        """Pain on one spot of a bone is no matter of which training it came up in."""
        shin = rs.Pain(region=rs.Region.SHIN, score=2, kind=PainKind.FOCAL_BONE)
        runs = (*log.runs[:-1], attrs.evolve(log.runs[-1], pain=(shin,)))
        rs.dump(attrs.evolve(log, runs=runs), tmp_path / "log.yaml")
        said = following(capsys, "--log", str(tmp_path / "log.yaml"), "--today", "2026-12-30")
        assert "A warning sign (focal bone pain on a run)" in said

    def test_a_session_without_a_warning_sign_ends_the_stop(self, capsys: Said, log: rs.Log, tmp_path: Path) -> None:
        """What was warned of before the last training is over."""
        args = with_morning(log, tmp_path / "log.yaml", dt.date(2026, 12, 22), red_flags=("chest pain",))
        assert "Not today" not in following(capsys, "--log", args, "--today", "2026-12-30")

    def test_a_layoff_of_an_exercise_is_told(self, capsys: Said) -> None:
        """Nothing was done for three weeks, so that what comes next comes back with less."""
        said = following(capsys, "--log", LOG, "--today", "2027-01-18")
        assert "come back with less" in said

    def test_a_layoff_leaves_out_what_the_last_session_led_to(self, capsys: Said, log: rs.Log, tmp_path: Path) -> None:
        """Who is to start anew with two legs is not told in the same breath to add a first weight on one."""
        file = tmp_path / "log.yaml"
        rs.dump(attrs.evolve(log, coverage=(), readiness=()), file)
        said = following(capsys, "--log", str(file), "--today", "2027-02-26")
        assert "the ladder starts anew with 'Calf raise'" in said
        assert "you may add a first 2 kg" not in said

    def test_a_deload_says_that_it_is_lighter_on_purpose(self, capsys: Said) -> None:
        """Less is asked for than the ladder has earned, and not because of anything done."""
        said = following(capsys, "--log", LOG, "--today", "2027-01-05")
        assert "deload (lighter on purpose)" in said
        assert "less Lateral band walk" in said

    def test_before_the_plan_begins_its_first_session_comes_next(self, capsys: Said, tmp_path: Path) -> None:
        """A log from before says nothing of a plan that has not begun."""
        rs.dump(rs.Log(), tmp_path / "log.yaml")
        said = following(capsys, "--log", str(tmp_path / "log.yaml"), "--today", "2026-12-01")
        assert "Session 20261207-1, Wed 2026-12-09" in said
        assert "Nothing was recorded yet" not in said

    def test_the_clock_is_read_where_no_day_is_said(self, capsys: Said, tmp_path: Path) -> None:
        """A command that is typed on a day is about that day."""
        now = dt.datetime.now().astimezone().date()
        file = tmp_path / "runner.yaml"
        rs.dump(attrs.evolve(rs.load(ROOT / "examples" / "novice.yaml", rs.Runner), start=now), file)
        assert f"{now} on; week 1 of 12" in following(capsys, file=str(file))

    def test_the_readme_shows_what_is_printed(self, capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
        """The command of the README prints the lines under it."""
        found = re.search(r"```console\n\$ runstrong (.*?)\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
        assert found is not None
        monkeypatch.chdir(ROOT)
        assert main(found[1].split()) == 0
        # What is left out above and below is shown as an ellipsis.
        assert found[2].removeprefix("...\n").removesuffix("...\n") in capsys.readouterr().out


def test_the_rest_is_planned_again_with_the_same_numbers(log: rs.Log) -> None:
    """Numbers of a settings file or preset hold for the days to come too, not the packaged ones."""
    slow = rs.Override(rule="planning", parameter="rep_seconds", value=15, reason="slow on purpose")
    rules, catalog = rs.load_rules().with_overrides([slow], "settings"), rs.load_catalog()
    plan = rs.plan(rs.load(RUNNER, rs.Runner), rules=rules, catalog=catalog)
    coming = upcoming(plan, log, TODAY, rules=rules, catalog=catalog)
    assert coming.plan == replan(plan, log, TODAY, rules=rules, catalog=catalog)


class TestReadiness:
    """How today began makes today's session lighter, or stops it."""

    def test_a_bad_night_leaves_more_in_reserve(self, capsys: Said, log: rs.Log, tmp_path: Path) -> None:
        """The dose and the reason both say so; the ladder itself is left alone."""
        file = with_morning(log, tmp_path / "log.yaml", sleep=rs.minutes(310))
        said = following(capsys, "--log", file, "--today", "2026-12-30")
        assert "Recorded for Wed 2026-12-30: 5.2 h of sleep" in said
        assert "2 x 8-12 reps each side, 2 kg, RIR 4" in said
        assert "A night of 5.2 h" in said
        assert "leave 4 in reserve" in said

    def test_an_illness_rests(self, capsys: Said, log: rs.Log, tmp_path: Path) -> None:
        """Said once, at the top, and not for each exercise alone."""
        file = with_morning(log, tmp_path / "log.yaml", ill=True)
        said = following(capsys, "--log", file, "--today", "2026-12-30")
        assert said.count("You are ill: rest, and come back when you are well.") == 1
        assert "Not today" in said
        assert "stop A1 Deadlift" in said
        assert "urgent care" not in said

    def test_a_warning_sign_points_to_a_clinician(self, capsys: Said, log: rs.Log, tmp_path: Path) -> None:
        """The library's own safety words stand with it."""
        file = with_morning(log, tmp_path / "log.yaml", red_flags=("chest pain",))
        said = following(capsys, "--log", file, "--today", "2026-12-30")
        assert "A warning sign (chest pain): stop, and see a clinician before you go on." in said
        assert "seek urgent care" in said

    def test_another_days_morning_says_nothing_of_a_later_session(
        self, capsys: Said, log: rs.Log, tmp_path: Path
    ) -> None:
        """Tonight is slept before Friday."""
        thursday = dt.date(2026, 12, 31)
        file = with_morning(log, tmp_path / "log.yaml", today=thursday, ill=True)
        said = following(capsys, "--log", file, "--today", "2026-12-31")
        assert "You are ill" not in said


class TestFormats:
    """Text, Markdown and JSON hold the same."""

    def test_markdown(self, capsys: Said) -> None:
        """It can be pasted into a note."""
        assert main(["next", RUNNER, "--log", LOG, "--today", "2026-12-30", "--format", "markdown"]) == 0
        said = capsys.readouterr().out
        assert said.startswith("# The next session of Jonas Weber\n")
        assert "- **B2 Single-leg calf raise** (more): 2 x 8-12 reps each side, 2 kg" in said

    def test_json_holds_codes_and_facts(self, capsys: Said) -> None:
        """A script reads what an app would say in its own words."""
        assert main(["next", RUNNER, "--log", LOG, "--today", "2026-12-30", "--format", "json"]) == 0
        found = json.loads(capsys.readouterr().out)
        assert found["session"]["id"] == "20261228-1"
        assert [each["id"] for each in found["missed"]] == ["20261221-2"]
        row = next(each for each in found["exercises"] if each["exercise"] == "single-leg-calf-raise")
        assert row["prescription"] == "2 x 8-12 reps each side, 2 kg at 3 RIR"
        assert row["last"]["kind"] == "more-load"
        assert row["today"]["kind"] == "hold"
        assert row["last"]["reasons"][1] == {"code": "first-load", "facts": {"kg": 2.0, "total": 2.0}}
        warm_up = found["exercises"][0]
        assert (warm_up["part"], warm_up["last"], warm_up["today"]) == ("warm-up", None, None)

    def test_every_line_fits_a_terminal(self, capsys: Said) -> None:
        """100 columns of ASCII hold it."""
        assert main(["next", RUNNER, "--log", LOG, "--today", "2026-12-30"]) == 0
        said = capsys.readouterr().out
        assert max(map(len, said.splitlines())) <= 100
        assert said.isascii()


class TestBadInput:
    """Faults end with code 2, each with its place and cure."""

    @pytest.mark.parametrize(
        ("args", "said"),
        [
            ([RUNNER, "--log", RUNNER], f"{RUNNER}: kind: runner; allowed: log"),
            ([LOG], "name it after --log"),
            ([RUNNER, "--log", "nowhere.yaml"], "nowhere.yaml: No such file or directory"),
            ([RUNNER, "--log", LOG, "--today", "2026-12-20"], "speaks of 2026-12-30; allowed: days up to 2026-12-20"),
            ([RUNNER, "--log", LOG, "--today", "2027-12-20"], "2027-12-20, after the plan"),
            ([RUNNER, "--today", "2027-12-20"], "plan a new season"),
            ([RUNNER, "--today", "tomorrow"], "a date such as"),
            ([RUNNER, "--format", "yaml"], "invalid choice"),
            ([], "FILE"),
        ],
    )
    def test_is_said_plainly(self, args: list[str], said: str, capsys: Said) -> None:
        """Each names the fault and what would be right."""
        assert main(["next", *args]) == 2
        streams = capsys.readouterr()
        assert said in " ".join(streams.err.split())
        assert streams.out == ""

    def test_faults_of_both_files_are_told_at_once(self, capsys: Said, tmp_path: Path) -> None:
        """One round mends them all, each with file, line and path."""
        one, other = tmp_path / "runner.yaml", tmp_path / "log.yaml"
        one.write_text("kind: runner\nschema: 1\nname: Ada\nrunning: {}\ngoals: [helth]\n")
        other.write_text("kind: log\nschema: 1\nperformances:\n  - {date: 2027-01-04, exercise: Squat}\n")
        assert main(["next", str(one), "--log", str(other)]) == 2
        lines = capsys.readouterr().err.splitlines()
        assert lines[0].startswith(f"{one}:5: goals")
        assert lines[1].startswith(f"{other}:4: performances[0].exercise")

    def test_an_unknown_exercise_in_a_log_is_named(self, capsys: Said, log: rs.Log, tmp_path: Path) -> None:
        """What no catalog has could count nowhere."""
        wrong = attrs.evolve(log.performances[0], exercise="deadlfit")
        rs.dump(attrs.evolve(log, performances=(wrong,)), tmp_path / "log.yaml")
        assert main(["next", RUNNER, "--log", str(tmp_path / "log.yaml"), "--today", "2026-12-30"]) == 2
        assert "did you mean 'deadlift'?" in capsys.readouterr().err

    def test_a_runner_without_a_start_needs_one(self, capsys: Said, tmp_path: Path) -> None:
        """A plan is made from the runner's own start."""
        file = tmp_path / "runner.yaml"
        file.write_text(Path(RUNNER).read_text().replace("start: 2026-12-07\n", ""))
        assert main(["next", str(file), "--today", "2026-12-30"]) == 2
        assert "start" in capsys.readouterr().err


def with_pain(log: rs.Log, path: Path, score: int) -> str:
    """Write the log with pain of a score on its last run, and return its path."""
    last = max(log.runs, key=lambda run: run.date)
    hurt = attrs.evolve(last, pain=(rs.Pain(region=rs.Region.HIP, score=score),))
    rs.dump(attrs.evolve(log, runs=tuple(hurt if run is last else run for run in log.runs)), path)
    return str(path)


class TestPainOnARun:
    """Pain felt on a run is heeded before the next session."""

    def test_over_the_limit_it_stops_the_session(self, capsys: Said, tmp_path: Path, log: rs.Log) -> None:
        """8 of 10 is told first, and the session waits."""
        said = following(capsys, "--log", with_pain(log, tmp_path / "log.yaml", 8), "--today", "2026-12-30")
        assert "Heed this first" in said
        assert "pain of 8 of 10" in said
        assert "Not today" in said

    def test_up_to_the_limit_it_is_told(self, capsys: Said, tmp_path: Path, log: rs.Log) -> None:
        """5 of 10 is a warning with its advice, and no dose changes by itself."""
        said = following(capsys, "--log", with_pain(log, tmp_path / "log.yaml", 5), "--today", "2026-12-30")
        assert "Heed this first" in said
        assert "Not today" not in said

    def test_without_pain_nothing_is_said(self, capsys: Said, tmp_path: Path, log: rs.Log) -> None:
        """A recorded 0 is no warning."""
        said = following(capsys, "--log", with_pain(log, tmp_path / "log.yaml", 0), "--today", "2026-12-30")
        assert "Heed this first" not in said

    def test_scripts_read_it_too(self, capsys: Said, tmp_path: Path, log: rs.Log) -> None:
        """The JSON holds message and advice."""
        file = with_pain(log, tmp_path / "log.yaml", 8)
        assert main(["next", RUNNER, "--log", file, "--today", "2026-12-30", "--format", "json"]) == 0
        heed = json.loads(capsys.readouterr().out)["heed"]
        assert "8 of 10" in heed[0]["message"]
        assert heed[0]["advice"]


class TestStrangeLogs:
    """What of a log does not fit the plan is told, and nothing is made of it in silence."""

    def test_a_session_that_the_plan_does_not_have(self, capsys: Said, tmp_path: Path, log: rs.Log) -> None:
        """Its id is named with the nearest one."""
        done = attrs.evolve(log.performances[0], session="20261207-9")
        rs.dump(attrs.evolve(log, performances=(done, *log.performances[1:])), tmp_path / "log.yaml")
        assert main(["next", RUNNER, "--log", str(tmp_path / "log.yaml"), "--today", "2026-12-30"]) == 0
        assert "session 20261207-9 on" in capsys.readouterr().err

    def test_a_session_logged_weeks_from_its_day(self, capsys: Said, tmp_path: Path, log: rs.Log) -> None:
        """Both dates are named, as one of them is likely wrong."""
        done = attrs.evolve(log.performances[0], session="20261228-1")
        rs.dump(attrs.evolve(log, performances=(done, *log.performances[1:])), tmp_path / "log.yaml")
        assert main(["next", RUNNER, "--log", str(tmp_path / "log.yaml"), "--today", "2026-12-30"]) == 0
        assert "is planned for 2026-12-30, and logged on" in capsys.readouterr().err
