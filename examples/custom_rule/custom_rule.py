"""A rule of your own, without touching the library: a record (XL01.yaml), a function, and cases (XL01.cases.yaml).

Run it from anywhere: python examples/custom_rule/custom_rule.py
"""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import attrs

import runstrong as rs
from runstrong.rules import finding, rule
from runstrong.testing import check_rule, read_cases

HERE = Path(__file__).parent


@attrs.frozen
class FridayEvening:
    """The numbers of XL01, one field for each parameter of the record."""

    max_minutes: float


@rule("XL01", parameters=FridayEvening)
def friday_evening_session(timeline: rs.Timeline, limits: FridayEvening) -> Iterator[rs.Finding | rs.NotApplicable]:
    """Flag a long session on a Friday evening."""
    for session in timeline.sessions:
        friday_evening = session.date.weekday() == 4 and session.day_part is rs.DayPart.EVENING
        if not friday_evening or session.minutes is None or session.minutes <= limits.max_minutes:
            continue
        yield finding(
            "XL01",
            rs.Severity.ADVICE,
            rs.Where(date=session.date, session=session.id, performed=session.performed),
            measured=session.minutes,
            limit=limits.max_minutes,
            unit="min",
            # Only a proposal: the auditor offers it as a fix after showing that it helps.
            proposals=[rs.Move(session=session.id, to=session.date - dt.timedelta(days=1))],
        )


def main() -> None:
    """Hold the rule to its cases and to the laws of all rules, then put it beside the packaged ones."""
    # The folder is a pack: its records, and the checks in its Python files. ``packs=[HERE]`` would load both.
    rules = rs.load_rules(HERE, checks=[friday_evening_session])
    cases = read_cases(HERE / "XL01.cases.yaml")
    check_rule("XL01", rules=rules, cases=cases, max_examples=10)
    for case in cases:
        print(f"holds: {case}")

    plan = rs.plan(rs.load(HERE.parent / "runner.yaml", rs.Runner), weeks=2)
    friday = next(each for each in plan.sessions if each.date.weekday() == 4)
    late = plan.move(friday.id, to=friday.date, day_part=rs.DayPart.EVENING)
    report = rs.audit(late, rules=rules, select=["XL01"])
    for each in report.findings:
        print(report.message(each))
        print(f"  fix: {each.fix}")


if __name__ == "__main__":
    main()
