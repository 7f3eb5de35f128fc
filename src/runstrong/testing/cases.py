"""Reads the case files of rules: one YAML file per code, sentence-named cases, the documents' own fields.

A case gives what a document would hold, and leaves out what the case is not about::

    rule: TM01
    cases:
      - name: A run of twice the longest is flagged
        show: true                                  # stands on the rule's page
        given:
          runner: {body_mass: 60 kg}                # name and running are filled in
          log:
            runs:
              - {date: 2027-01-04, distance: 8 km, repeat: {every: 7, times: 6}}
          plan:                                     # optional
            start: 2027-01-04
            weeks: [build, {phase: build, deload: true}]
            sessions: [{id: a, date: 2027-01-05, main: [...], warm_up: [...], cool_down: [...]}]
        expect: [{severity: advice, where: {date: 2027-02-15}, measured: 16, limit: 8.8}]
        fixed: true                               # a fix is offered and clears what the rule found
        fix: lighter load                         # optional: part of the text of a fix that is offered
        no_fix: nothing at hand                   # optional: part of the reason of a finding without a fix
        edit_runs: true                           # optional: a fix may change runs

``expect`` is a list of findings, ``none``, or ``{not_applicable: part of the reason}``. ``repeat`` copies an entry;
copies of sessions get ``-2``, ``-3`` ... behind their id.
"""

from __future__ import annotations

import datetime as dt
import math
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from runstrong.auditor import audit, fix_plan
from runstrong.codec import decode
from runstrong.codec.text import read_text
from runstrong.model.errors import DocumentError, Problem
from runstrong.model.log import Log
from runstrong.model.plan import Plan
from runstrong.model.rules import Audit, Finding, RuleSet
from runstrong.model.runner import Runner

__all__ = ["Case", "check_rule", "read_cases"]


@attrs.frozen
class Case:
    """One case of a rule.

    Args:
        rule: code.
        name: what it shows, as a sentence.
        runner: whose timeline it is.
        log: what was done.
        plan: what is planned.
        expect: list of findings, ``none``, or a part of the reason why the rule cannot judge.
        fixed: whether a fix is offered and clears every finding.
        fix: part of the text of one of the fixes; empty where none is named.
        no_fix: part of the reason why a finding has no fix; empty where none is named.
        edit_runs: whether a fix may change runs.
        show: whether it stands on the rule's page.
    """

    rule: str
    name: str
    runner: Runner
    log: Log | None
    plan: Plan | None
    expect: Any
    fixed: bool = False
    fix: str = ""
    no_fix: str = ""
    edit_runs: bool = False
    show: bool = False

    def __str__(self) -> str:
        return f"{self.rule}: {self.name}"


def read_cases(file: str | os.PathLike[str]) -> tuple[Case, ...]:
    """Read a case file.

    Raises:
        DocumentError: the text cannot be read, a key is unknown, or what is given makes no document.
    """
    reading = read_text(Path(file).read_text(encoding="utf-8"), file=str(file), format="yaml")
    if reading.problems:
        raise DocumentError(reading.problems)
    code = reading.data["rule"]
    return tuple(_case(code, case, str(file)) for case in reading.data["cases"])


def _case(code: str, case: dict[str, Any], file: str) -> Case:
    keys = ("name", "given", "expect", "fixed", "fix", "no_fix", "edit_runs", "show")
    stray = sorted(set(case) - set(keys))
    if stray:
        place = f"case {case.get('name')}"
        raise DocumentError([Problem(place, ", ".join(stray), ", ".join(keys), file=file)])
    given = case["given"]
    runner = {"name": "Ada", "running": {}, "clearance": "cleared", **given.get("runner", {})}
    log = {"kind": "log", "schema": 1, **_repeated(given["log"])} if "log" in given else None
    return Case(
        rule=code,
        name=case["name"],
        runner=decode({"kind": "runner", "schema": 1, **runner}, file=file),
        log=decode(log, file=file) if log else None,
        plan=decode(_plan(given["plan"], runner), file=file) if "plan" in given else None,
        expect=case["expect"],
        fixed=case.get("fixed", False),
        fix=case.get("fix", ""),
        no_fix=case.get("no_fix", ""),
        edit_runs=case.get("edit_runs", False),
        show=case.get("show", False),
    )


def check_rule(case: Case, *, rules: RuleSet | None = None) -> Audit:
    """Hold a rule to one of its cases: the rule contract.

    What is found is what the case expects, messages read without a gap, a finding has a fix or a reason why not, and
    where the case says so the fixes clear every finding.

    Args:
        case: of a case file, see `read_cases`.
        rules: with record and check of the rule; the packaged ones by default.

    Returns:
        The audit, for further questions.

    Raises:
        AssertionError: the rule does not keep to the case.
    """
    asked: dict[str, Any] = {"runner": case.runner, "log": case.log, "rules": rules}
    asked["edit_runs"] = case.edit_runs
    found = audit(case.runner, **{**asked, "plan": case.plan}, select=[case.rule])
    expected = case.expect if isinstance(case.expect, list) else []
    left = list(found.findings)
    for wanted in expected:
        match = next((each for each in left if _fits(each, wanted)), None)
        if match is None:
            raise AssertionError(f"{case}: no finding {wanted}; found {[f'{each.severity} {each}' for each in left]}")
        left.remove(match)
    if left:
        raise AssertionError(f"{case}: found beside what is expected: {[found.message(each) for each in left]}")
    if isinstance(case.expect, dict):
        part = case.expect["not_applicable"]
        reasons = [each.reason for each in found.not_applicable]
        if not any(part in reason for reason in reasons):
            raise AssertionError(f"{case}: no reason with {part!r} among {reasons}")
    for each in found.findings:
        if not found.message(each).strip() or not found.advice(each).strip() or (each.fix is None) != bool(each.no_fix):
            raise AssertionError(f"{case}: {each} lacks its words, or has neither a fix nor the reason why not")
    if case.fixed != any(each.fix is not None for each in found.findings):
        raise AssertionError(f"{case}: fixes {[each.fix or each.no_fix for each in found.findings]}")
    if case.fix and not any(case.fix in str(each.fix) for each in found.findings):
        raise AssertionError(f"{case}: no fix with {case.fix!r} among {[str(each.fix) for each in found.findings]}")
    if case.no_fix and not any(case.no_fix in each.no_fix for each in found.findings):
        raise AssertionError(f"{case}: no reason with {case.no_fix!r} among {[each.no_fix for each in found.findings]}")
    if case.fixed and case.plan is not None:
        remaining = fix_plan(case.plan, **asked, select=[case.rule]).remaining
        if remaining.findings:
            raise AssertionError(f"{case}: after fixing {[remaining.message(each) for each in remaining.findings]}")
    return found


def _fits(got: Finding, wanted: Mapping[str, Any]) -> bool:
    place = {
        "date": str(got.where.date),
        "session": got.where.session,
        "exercise": got.where.exercise,
        "week": got.where.week,
    }
    return (
        str(got.severity) == wanted["severity"]
        and all(place[key] == asked for key, asked in wanted.get("where", {}).items())
        and math.isclose(wanted.get("measured", got.measured), got.measured, rel_tol=1e-9)
        and math.isclose(wanted.get("limit", got.limit), got.limit, rel_tol=1e-9)
    )


def _repeated(document: dict[str, Any]) -> dict[str, Any]:
    return {key: [one for entry in entries for one in _copies(entry)] for key, entries in document.items()}


def _copies(entry: dict[str, Any]) -> Iterator[dict[str, Any]]:
    repeat = entry.pop("repeat", {"every": 1, "times": 1})
    for count in range(repeat["times"]):
        made = dict(entry)
        if count:
            made["date"] = str(dt.date.fromisoformat(entry["date"]) + dt.timedelta(days=count * repeat["every"]))
            if "id" in entry:
                made["id"] = f"{entry['id']}-{count + 1}"
        yield made


def _plan(given: dict[str, Any], runner: dict[str, Any]) -> dict[str, Any]:
    start = dt.date.fromisoformat(given["start"])
    first = start - dt.timedelta(days=start.weekday())
    sessions = [_session(one) for entry in given.get("sessions", []) for one in _copies(entry)]
    runs = [one for entry in given.get("runs", []) for one in _copies(entry)]
    weeks = []
    for number, shape in enumerate(given["weeks"]):
        monday = first + dt.timedelta(days=7 * number)
        days = {str(monday + dt.timedelta(days=day)) for day in range(7)}
        weeks.append(
            {
                "number": number + 1,
                "start": str(monday),
                **({"phase": shape} if isinstance(shape, str) else shape),
                "runs": [run for run in runs if run["date"] in days],
                "sessions": sorted((one for one in sessions if one["date"] in days), key=lambda one: one["date"]),
            }
        )
    held = sum(len(week["sessions"]) + len(week["runs"]) for week in weeks)
    if held != len(sessions) + len(runs):
        raise DocumentError([Problem("plan", "a session or run outside its weeks", "days of the plan's weeks")])
    stamp = {"version": "0", "hash": "0"}
    return {
        "kind": "plan", "schema": 1, "runner": runner, "start": given["start"], "weeks": weeks, "catalog": stamp,
        "overrides": given.get("overrides", []),
    }  # fmt: skip


def _session(given: dict[str, Any]) -> dict[str, Any]:
    parts = [
        {"name": name, "prescriptions": given.pop(key)}
        for key, name in (("warm_up", "warm-up"), ("main", "main"), ("cool_down", "cool-down"))
        if key in given
    ]
    return {"emphasis": "mobility", **given, "parts": parts}
