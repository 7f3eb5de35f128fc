"""Plan a season, look at it, change it, audit it, and keep it: the library from Python.

Run it from anywhere: python examples/from_python.py
"""

import datetime as dt
import tempfile
from pathlib import Path

import attrs

import runstrong as rs

HERE = Path(__file__).parent


def main() -> None:
    """Walk through what a season takes."""
    runner = rs.load(HERE / "runner.yaml", rs.Runner)
    plan = rs.plan(runner, start=dt.date(2026, 12, 7), weeks=14)
    print(plan)

    print("\nThe season:")
    for decision in plan.why("season"):
        print(f"  {decision.what}, because {decision.why}")

    print("\nThe first session:")
    session = plan.weeks[0].sessions[0]
    for part in session.parts:
        print(f"  {part.name}")
        for asked in part:
            print(f"    {asked.exercise}: {asked}")

    print("\nWhy a calf raise?")
    for decision in plan.why("single-leg-calf-raise"):
        print(f"  {decision.why}")

    print("\nThe audit of the plan:")
    report = rs.audit(plan)
    for finding in report.findings:
        print(f"  {finding.severity}: {report.message(finding)}")

    # A week is what a person makes of it. Each change gives a new plan; the audit says what it costs.
    heavy = next(each for each in plan.sessions if each.emphasis is rs.Emphasis.HEAVY_LEGS)
    monday = heavy.date - dt.timedelta(days=heavy.date.weekday())
    moved = plan.move(heavy.id, to=monday)
    report = rs.audit(moved)
    print(f"\nHeavy legs moved from {heavy.date} to {monday}, the day before intervals:")
    for finding in report.at_least(rs.Severity.WARNING):
        print(f"  {report.message(finding)}")
        print(f"    fix: {finding.fix}")

    # A finding can be accepted, with a reason that stays in the audit.
    waiver = rs.Waiver(rule="CO01", session=heavy.id, reason="a one-off: the gym is closed on Wednesday")
    report = rs.audit(moved, runner=attrs.evolve(runner, waivers=(waiver,)))
    print(f"  waived: {[each.waiver.reason for each in report.waived]}")

    # Or mended.
    mended = rs.fix_plan(moved, severity=rs.Severity.WARNING)
    print(f"  mended: {[str(edit) for edit in mended.applied]}")

    # Any number can be disputed.
    looser = rs.Override(rule="TM01", parameter="advise_over", value=1.4, reason="ten years of marathons")
    print(f"\nWith another limit for long runs: {rs.audit(plan, overrides=[looser], select=['TM01'])}")

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "plan.yaml"
        rs.dump(moved, file)
        print(f"\nWritten and read back the same: {rs.load(file, rs.Plan) == moved}")


if __name__ == "__main__":
    main()
