"""Reading rule and policy records: the packaged ones, and those of the user's own that add to or replace them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from runstrong.catalog.compiled import Groups, ready, yaml_files
from runstrong.model.errors import DocumentError, InvalidValue, Problem
from runstrong.model.rules import Policy, Rule, RuleSet

__all__ = ["load_rules"]


def load_rules(*places: str | os.PathLike[str], records: Iterable[Rule | Policy] = ()) -> RuleSet:
    """Return the packaged rules and policies, with records of your own added.

    A record whose id is known already stands in the place of the packaged one, in whole. Every rule is active but those
    whose record says why they are off; select and ignore with `RuleSet.narrowed`. A rule of your own needs a check too:
    pass that to `audit`.

    Args:
        places: files, or folders of files, of kind rule or policy.
        records: rules and policies made in code.

    Raises:
        DocumentError: a file cannot be read, or a packaged record and its check disagree.

    Example:
        >>> rules = load_rules()
        >>> rules["TM01"].name
        'session-spike'
        >>> rules.number("TM01", "advise_over")
        1.1
    """
    packaged = _packaged()
    added = [*(record for place in places for record in _records_in(Path(place))), *records]
    if not added:
        return packaged
    rules = {rule.id: rule for rule in packaged.rules} | {each.id: each for each in added if isinstance(each, Rule)}
    policies = {policy.id: policy for policy in packaged.policies}
    policies |= {each.id: each for each in added if isinstance(each, Policy)}
    return _rule_set(rules.values(), policies.values())


@cache
def _packaged() -> RuleSet:
    # One instance serves everyone: it is immutable, and its table of numbers is made once.
    found = ready("rules", yaml_files("rules", "policies"), _build)
    return _rule_set(found["rules"], found["policies"])


def _rule_set(rules: Iterable[Rule], policies: Iterable[Policy]) -> RuleSet:
    ordered = tuple(sorted(rules, key=lambda rule: rule.id))
    return RuleSet(
        rules=ordered,
        policies=tuple(sorted(policies, key=lambda policy: policy.id)),
        active=tuple(rule.id for rule in ordered if not rule.off_because),
    )


def _build() -> Groups:
    """Read the packaged YAML and hold each record against its check."""
    records: dict[str, Rule | Policy] = {}
    came_from: dict[str, Path] = {}
    problems: list[Problem] = []
    for file in yaml_files("rules", "policies"):
        try:
            found = _records_in(file)
        except DocumentError as error:
            # Every file is read before any fault is told, so that one round mends them all.
            problems += error.problems
            continue
        for record in found:
            if file.stem != record.id:
                allowed = f"{file.stem}, as the file is called"
                problems.append(Problem("id", record.id, allowed, file=str(file), line=_line(file, "id")))
            records[record.id], came_from[record.id] = record, file
    rules = tuple(record for record in records.values() if isinstance(record, Rule))
    policies = tuple(record for record in records.values() if isinstance(record, Policy))
    if not problems:
        problems += _mismatches(_rule_set(rules, policies), came_from)
    if problems:
        raise DocumentError(problems)
    return {"rules": rules, "policies": policies}


def _mismatches(rules: RuleSet, came_from: dict[str, Path]) -> list[Problem]:
    """Return where records and packaged checks do not fit one to one."""
    from runstrong.rules.definition import limits_of
    from runstrong.rules.packaged import PACKAGED

    problems: list[Problem] = []
    checks = {check.code: check for check in PACKAGED}
    for rule in rules:
        file = came_from[rule.id]
        if rule.id not in checks:
            line = _line(file, "id")
            problems.append(Problem("id", rule.id, "the code of a packaged check", file=str(file), line=line))
    for code, check in checks.items():
        if code not in came_from:
            problems.append(Problem(f"check {code}", "no record", f"a file data/rules/{code}.yaml"))
            continue
        try:
            limits_of(check, rules)
        except InvalidValue as error:
            file = came_from[code]
            for each in error.problems:
                line = _line(file, f"name: {each.place.rpartition('.')[2]}") or _line(file, "parameters")
                problems.append(Problem(each.place, each.fact, each.allowed, each.cure, file=str(file), line=line))
    return problems


def _line(file: Path, text: str) -> int | None:
    wanted = re.compile(rf"\W*{re.escape(text)}\b")
    lines = file.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if wanted.match(line)), None)


def _records_in(place: Path) -> list[Rule | Policy]:
    from runstrong.codec import read  # YAML comes in only where there is YAML to read

    files = sorted(place.rglob("*.yaml")) if place.is_dir() else [place]
    found: list[Rule | Policy] = []
    for file in files:
        made: Any = read(file)
        for record in made if isinstance(made, (tuple, list)) else (made,):
            if not isinstance(record, (Rule, Policy)):
                fact = f"a {getattr(record, 'kind_of_document', type(record).__name__)}"
                raise DocumentError([Problem("kind", fact, "rule or policy", file=str(file), line=1)])
            found.append(record)
    return found
