"""Every law of `RULE_LAWS` for every packaged rule: a new rule is under law on its first day.

A normal run holds each law to the rule's cases and to a few drawn timelines, the same ones each time. For a long run
with other timelines each time, say how many for each law and rule::

    RUNSTRONG_LAW_EXAMPLES=300 pytest tests/property/test_rule_laws.py
"""

from __future__ import annotations

import functools
import json
import os
import subprocess
import sys

import pytest

from runstrong.catalog.compiled import DATA
from runstrong.rules import load_rules
from runstrong.testing import Case, read_cases
from runstrong.testing.contract import check_law
from runstrong.testing.laws import RULE_LAWS, SPARED, Held, Law

CASES = DATA / "cases"
LONG = os.environ.get("RUNSTRONG_LAW_EXAMPLES")
EXAMPLES, SEED = (int(LONG), None) if LONG else (8, 0)
CODES = [rule.id for rule in load_rules()]
HELD = [
    pytest.param(rule.id, law, id=f"{rule.id}-{law.id}")
    for rule in load_rules()
    for law in RULE_LAWS
    if not law.spared(rule)
]
# Prints what every rule says about its cases: all of it, in the order in which it is said.
SAYS = """
import hashlib, json, sys
from pathlib import Path
from runstrong.auditor import audit
from runstrong.testing import read_cases
said = {}
for file in sorted(Path(sys.argv[1]).glob("*.yaml")):
    for case in read_cases(file):
        found = audit(case.runner, log=case.log, plan=case.plan, select=[case.rule], fixes=False)
        said[case.rule] = said.get(case.rule, "") + repr((found.findings, found.not_applicable))
print(json.dumps({code: hashlib.sha256(text.encode()).hexdigest() for code, text in said.items()}))
"""


@functools.cache
def cases_of(code: str) -> tuple[Case, ...]:
    """Return the cases of a packaged rule."""
    return read_cases(CASES / f"{code}.yaml")


@functools.cache
def held(code: str) -> Held:
    """Return a packaged rule as laws see it."""
    return Held(code)


@pytest.mark.parametrize(("code", "law"), HELD)
def test_the_rule_keeps_the_law(code: str, law: Law) -> None:
    """Its own cases, changes of them and other timelines show nothing against it."""
    check_law(law, held(code), cases=cases_of(code), max_examples=EXAMPLES, seeded=SEED)


@functools.cache
def said_under(hash_seed: str) -> dict[str, str]:
    """Return a digest of what each rule says about its cases, in a Python of its own."""
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", SAYS, str(CASES)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
    digests: dict[str, str] = json.loads(done.stdout)
    return digests


@pytest.mark.parametrize("code", CODES)
def test_findings_do_not_hang_on_the_hash_seed(code: str) -> None:
    """Findings, their proposals and the reasons are the same, in the same order, under any PYTHONHASHSEED."""
    assert said_under("1")[code] == said_under("2")[code]


class TestSpared:
    """Which rules are not held to a law is declared, with the reason."""

    def test_what_is_declared_exists_and_is_explained(self) -> None:
        """A rule or law that is gone spares nobody."""
        laws = {law.id for law in RULE_LAWS}
        for (law, code), reason in SPARED.items():
            assert law in laws
            assert code in CODES
            assert len(reason.split()) > 4

    def test_most_rules_are_held_to_most_laws(self) -> None:
        """Sparing is the exception: laws for everyone are kept by nearly everyone."""
        for law in RULE_LAWS:
            if law.id not in ("looks-back", "last-day", "any-day"):
                spared = [rule.id for rule in load_rules() if law.spared(rule)]
                assert len(spared) <= len(CODES) / 8, law.id
