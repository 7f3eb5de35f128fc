"""The shape of a plan in about ten lines."""

from __future__ import annotations

from pathlib import Path

import pytest

import runstrong as rs
from runstrong.cli.main import main

EXAMPLES = Path(__file__).parents[2] / "examples"
PLANS = {name: rs.plan(rs.load(EXAMPLES / f"{name}.yaml", rs.Runner)) for name in ("runner", "novice", "marathoner")}


def lines(plan: rs.Plan) -> list[str]:
    """Return the points of a summary, each on one line."""
    points: list[str] = []
    for line in rs.summary(plan).splitlines()[2:]:
        if line.startswith("  - "):
            points.append(line[4:])
        elif line.strip():
            points[-1] += f" {line.strip()}"
    return points


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_it_has_ten_points_that_are_true(plan: rs.Plan) -> None:
    """Season, sessions and minutes are those of the plan, and the audit closes it."""
    told = lines(plan)
    assert len(told) == 10
    named = {line.partition(":")[0]: line for line in told}
    lighter = ", ".join(str(week.number) for week in plan.weeks if week.deload)
    assert named["Season"].endswith(f"lighter in {lighter}.")
    assert named["Strength"].startswith(f"Strength: {len(plan.sessions)} sessions")
    minutes = [round(session.minutes.minutes) for session in plan.sessions]
    assert f"{min(minutes)} to {max(minutes)} min a session" in named["Time"]
    assert told[-1].startswith("Audited against")


def test_what_people_changed_and_skipped_counts() -> None:
    """A skipped session is none, and the last edit is told."""
    plan = PLANS["novice"]
    changed = plan.skip(plan.sessions[0].id, "ill")
    assert f"Strength: {len(plan.sessions) - 1} sessions" in "\n".join(lines(changed))
    assert any(line.startswith("Changed by people: 1 edit, the last: skip session") for line in lines(changed))


def test_a_plan_without_runs_or_races_is_told_too() -> None:
    """No running, no race and a single week are no reason to stumble."""
    plain = rs.plan(rs.Runner(name="Ada", running=rs.RunningWeek()), start=PLANS["novice"].start, weeks=1)
    told = "\n".join(lines(plain))
    assert "No race." in told
    assert "Running: 0 runs a week." in told
    assert "no lighter week" in told


def test_the_command_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    """``runstrong plan --summary`` prints it; a document of it there is none."""
    assert main(["plan", str(EXAMPLES / "novice.yaml"), "--summary"]) == 0
    assert "Season: foundation 1-4, build 5-12" in capsys.readouterr().out
    assert main(["plan", str(EXAMPLES / "novice.yaml"), "--summary", "--format", "json"]) == 2
