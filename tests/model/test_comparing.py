"""What differs between two plans."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import runstrong as rs
from runstrong.faces import difference_report, to_text
from runstrong.model.value import evolve

RUNNER = rs.load(Path(__file__).parents[2] / "examples" / "runner.yaml", rs.Runner)
PLAN = rs.plan(RUNNER, weeks=3)
CATALOG = rs.load_catalog()


def said(other: rs.Plan) -> str:
    """Return what differs from the plan, as it is printed, on one line."""
    return " ".join(to_text(difference_report(rs.diff(PLAN, other), CATALOG)).split())


def kinds(other: rs.Plan) -> list[str]:
    """Return the kinds of what differs."""
    return [str(change.kind) for change in rs.diff(PLAN, other)]


class TestSessions:
    def test_a_plan_is_like_itself(self) -> None:
        """Nothing differs, every session is kept, and it is said so."""
        same = rs.diff(PLAN, PLAN)
        assert not same
        assert same.kept == len(PLAN.sessions)
        assert said(PLAN) == "Nothing changes."

    def test_what_people_changed_is_told_by_kind(self) -> None:
        """A move, a skip, a pin and a note are each one change."""
        a, b, c, d = (session.id for session in PLAN.sessions[:4])
        day = PLAN.session(a).date + dt.timedelta(days=1)
        changed = PLAN.move(a, to=day).skip(b, "holiday").pin(c).note(d, "with Ada")
        assert sorted(kinds(changed)) == ["note", "pinned", "session-moved", "session-skipped"]
        text = said(changed)
        assert f"session {a}" in text
        assert "is left out: holiday" in text
        assert "with Ada" in text
        assert f"{len(PLAN.sessions) - 4} sessions as before." in text

    def test_back_is_the_other_way_round(self) -> None:
        """From the changed plan to the first, what was left out is back and what was pinned is not."""
        changed = PLAN.skip(PLAN.sessions[0].id, "holiday").pin(PLAN.sessions[1].id)
        assert [str(change.kind) for change in rs.diff(changed, PLAN)] == ["session-back", "unpinned"]

    def test_new_and_gone_sessions(self) -> None:
        """A session that only one of the plans has is new or gone."""
        week = PLAN.weeks[0]
        fewer = evolve(PLAN, weeks=(evolve(week, sessions=week.sessions[1:]), *PLAN.weeks[1:]))
        assert kinds(fewer) == ["session-gone"]
        assert [str(change.kind) for change in rs.diff(fewer, PLAN)] == ["session-new"]
        assert "is gone" in said(fewer)


class TestExercises:
    def test_a_swap_a_drop_and_a_dose_are_told_apart(self) -> None:
        """Another exercise in the place of one, one left out, and the same with another dose."""
        session = PLAN.sessions[0]
        main = list(session.part(rs.PartName.MAIN))
        other = evolve(main[0], exercise="split-squat", progression=None)
        assert kinds(PLAN.swap(session.id, main[0].exercise, other)) == ["exercise-swapped"]
        assert kinds(PLAN.drop(session.id, main[1].exercise)) == ["exercise-gone"]
        more = evolve(main[2], sets=main[2].sets + 1)
        dosed = PLAN.swap(session.id, main[2].exercise, more)
        assert kinds(dosed) == ["dose"]
        assert f"{more.sets} sets instead of {main[2].sets}" in said(dosed)

    def test_the_same_change_over_weeks_is_said_once(self) -> None:
        """One sentence with its first and last day, not one for each session."""
        changed = PLAN
        name = PLAN.sessions[0].part(rs.PartName.MAIN).prescriptions[0].exercise
        for session in PLAN.sessions:
            if any(each.exercise == name for _, each in session.prescriptions()):
                changed = changed.drop(session.id, name)
        assert len(kinds(changed)) > 1
        assert said(changed).count(f"{CATALOG.exercises[name].name} leaves") == 1


class TestRunsAndWeeks:
    def test_runs_are_told_in_kilometers(self) -> None:
        """A longer run, a new one and one that is gone."""
        week = PLAN.weeks[0]
        longer = evolve(week.runs[0], distance=rs.km(30))
        runs = (longer, *week.runs[2:])
        changed = evolve(PLAN, weeks=(evolve(week, runs=runs), *PLAN.weeks[1:]))
        assert kinds(changed) == ["run-changed", "run-gone"]
        assert "30 km" in said(changed)

    def test_a_week_that_becomes_lighter(self) -> None:
        """Phase and deload of a week are its own change."""
        changed = evolve(PLAN, weeks=(evolve(PLAN.weeks[0], deload=True), *PLAN.weeks[1:]))
        assert kinds(changed) == ["week"]
        assert "lighter (deload) instead of a week of" in said(changed)


@pytest.mark.parametrize("format", ["text", "markdown"])
def test_the_command_prints_it(format: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``runstrong diff`` reads two plans and says what differs."""
    from runstrong.cli.main import main

    before, after = tmp_path / "before.yaml", tmp_path / "after.yaml"
    rs.dump(PLAN, before)
    rs.dump(PLAN.skip(PLAN.sessions[0].id, "holiday"), after)
    assert main(["diff", str(before), str(after), "--format", format]) == 0
    assert "is left out: holiday" in capsys.readouterr().out
