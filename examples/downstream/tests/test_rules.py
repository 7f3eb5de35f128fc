"""XT01 keeps to its cases and to the laws of all rules, and is found where the package is installed."""

from __future__ import annotations

from pathlib import Path

import runstrong as rs
from runstrong.testing import check_rule, read_cases

import runstrong_trail.rules
from runstrong_trail import trail_catalog

CASES = read_cases(Path(__file__).parent / "XT01.cases.yaml")


def test_it_keeps_to_its_cases_and_to_the_laws() -> None:
    """One call holds the rule to all that packaged rules are held to."""
    rules = rs.load_rules(packs=[runstrong_trail.rules])
    check_rule("XT01", rules=rules, cases=CASES, max_examples=2)


def test_it_keeps_to_the_laws_among_the_exercises_of_the_package() -> None:
    """With the package's own catalog the fix is the package's own exercise, and the laws hold too."""
    rules = rs.load_rules(packs=[runstrong_trail.rules])
    check_rule("XT01", rules=rules, catalog=trail_catalog(), max_examples=2)
    plan = CASES[0].plan
    assert plan is not None
    (found,) = rs.audit(plan, rules=rules, catalog=trail_catalog(), select=["XT01"]).findings
    assert isinstance(found.fix, rs.Swap)
    assert found.fix.replacement.exercise == "slow-descent"


def test_an_installed_package_adds_its_rule() -> None:
    """The entry point is all that a user needs: one word when rules are loaded."""
    assert rs.load_rules(plugins=True)["hill-week-without-descent"].id == "XT01"
