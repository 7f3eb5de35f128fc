"""A stable rule does not change its mind in silence: its numbers and its cases' outcomes are kept as of each release.

After a change that is meant, run ``python tests/rules/test_verdicts.py``, and where a released rule changed, write into
the changelog of the new version, under Verdicts, which rule and whose results change.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from runstrong._version import __version__
from runstrong.catalog.compiled import DATA
from runstrong.model.hashing import content_hash
from runstrong.model.rules import Rule
from runstrong.model.words import RuleStatus
from runstrong.rules import load_rules

KEPT = Path(__file__).parent / "verdicts.yaml"
CHANGELOG = Path(__file__).parents[2] / "CHANGELOG.md"
STABLE = [rule for rule in load_rules() if rule.status is RuleStatus.STABLE]


def digest(made: Any) -> str:
    """Return a short hash of plain data."""
    return content_hash((json.dumps(made, sort_keys=True, default=str),))[:8]


def verdict(rule: Rule) -> dict[str, Any]:
    """Return what a rule says: its numbers with its severity, and what comes of each case, whatever that is called."""
    numbers = [(each.name, float(each.value), each.unit) for each in rule.parameters]
    cases = yaml.safe_load((DATA / "cases" / f"{rule.id}.yaml").read_text(encoding="utf-8"))["cases"]
    told = sorted(digest([case["given"], case["expect"]]) for case in cases)
    return {"numbers": digest([str(rule.severity), bool(rule.off_because), numbers]), "cases": told}


def kept() -> dict[str, dict[str, Any]]:
    """Read what was kept."""
    found: dict[str, dict[str, Any]] = yaml.safe_load(KEPT.read_text(encoding="utf-8"))
    return found


def changed(rule: Rule, before: dict[str, Any]) -> bool:
    """Whether a rule judges otherwise than it was kept; a case that is new is no change."""
    now = verdict(rule)
    return bool(now["numbers"] != before["numbers"] or not set(before["cases"]) <= set(now["cases"]))


@pytest.mark.parametrize("rule", STABLE, ids=lambda rule: rule.id)
def test_a_stable_rule_judges_as_it_was_kept(rule: Rule) -> None:
    """Other numbers, or another outcome of a case, are registered with the version that brings them."""
    before = kept().get(rule.id)
    assert before is not None, "a new rule: run python tests/rules/test_verdicts.py"
    assert not changed(rule, before), "its verdict changed: run python tests/rules/test_verdicts.py"


def test_a_changed_verdict_is_an_entry_of_its_own() -> None:
    """A rule whose verdict changed after its first release is named under Verdicts of the version that changed it."""
    log = CHANGELOG.read_text(encoding="utf-8")
    for rule in STABLE:
        version = kept()[rule.id]["since"]
        if not version.startswith(f"{rule.since}."):
            section = re.search(rf"^## {re.escape(version)}\b.*?(?=^## |\Z)", log, re.MULTILINE | re.DOTALL)
            entry = re.search(
                r"^### Verdicts\n(.*?)(?=^###|\Z)", section[0] if section else "", re.MULTILINE | re.DOTALL
            )
            assert entry is not None, (rule.id, version)
            assert rule.id in entry[1], (rule.id, version)


def test_another_number_or_outcome_is_seen() -> None:
    """The register notices a changed default and a changed expectation, and lets a new case be."""
    rule = load_rules()["TM01"]
    now = verdict(rule)
    assert not changed(rule, now)
    assert not changed(rule, {**now, "cases": now["cases"][1:]})
    assert changed(rule, {**now, "numbers": "another"})
    assert changed(rule, {**now, "cases": [*now["cases"], "gone"]})


def main() -> None:
    """Register today's verdicts; a rule whose verdict changed gets today's version."""
    before = kept() if KEPT.exists() else {}
    lines = ["# What each stable rule says, as of the version in which that last changed; made by test_verdicts.py.\n"]
    for rule in STABLE:
        old = before.get(rule.id)
        since = __version__ if old is None or changed(rule, old) else old["since"]
        now = verdict(rule)
        lines.append(f"{rule.id}: {{since: {since}, numbers: '{now['numbers']}', cases: {now['cases']}}}\n")
    KEPT.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
