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

``expect`` is a list of findings, ``none``, or ``{not_applicable: part of the reason}``. A finding has a
``severity`` and, as far as the case is about them, ``where`` (date, session, exercise, week), ``measured`` and
``limit``. ``repeat`` copies an entry; copies of sessions get ``-2``, ``-3`` ... behind their id.
"""

from __future__ import annotations

import datetime as dt
import math
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from runstrong.auditor import audit, fix_plan
from runstrong.codec import decode
from runstrong.codec.text import Reading, read_text
from runstrong.model.audits import Audit
from runstrong.model.catalog import Catalog
from runstrong.model.errors import DocumentError, Problem, nearest
from runstrong.model.findings import Finding
from runstrong.model.log import Log
from runstrong.model.plan import Plan
from runstrong.model.rules import RuleSet
from runstrong.model.runner import Runner
from runstrong.model.words import Severity

__all__ = ["Case", "check_case", "read_cases"]


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


def check_case(case: Case, *, rules: RuleSet | None = None, catalog: Catalog | None = None) -> Audit:
    """Hold a rule to one of its cases.

    What is found is what the case expects, messages read without a gap, a finding has a fix or a reason why not, and
    where the case says so the fixes clear every finding.

    Args:
        case: of a case file, see `read_cases`.
        rules: with record and check of the rule; the packaged ones by default.
        catalog: where exercises are looked up, for cases with exercises of one's own; the packaged one by default.

    Returns:
        The audit, for further questions.

    Raises:
        AssertionError: the rule does not keep to the case.
    """
    asked: dict[str, Any] = {"runner": case.runner, "log": case.log, "rules": rules, "catalog": catalog}
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


# -- Reading ---------------------------------------------------------------------------------------------------------


def read_cases(file: str | os.PathLike[str]) -> tuple[Case, ...]:
    """Read a case file.

    Raises:
        DocumentError: the text cannot be read, a key is missing or unknown, or what is given makes no document. It
            carries every problem of the file, with line and case.
    """
    reading = read_text(Path(file).read_text(encoding="utf-8"), file=str(file), format="yaml")
    if reading.problems:
        raise DocumentError(reading.problems)
    return _File(reading, str(file)).cases()


_Path = tuple[str | int, ...]
_TEXT, _FLAG, _MAPPING, _LIST, _NUMBER = "text", "true or false", "a mapping", "a list", "a number"
_WHOLE = "a whole number"
_NAME = "text, or null for none"
_KINDS: dict[str, Any] = {
    _TEXT: str,
    _FLAG: bool,
    _MAPPING: dict,
    _LIST: list,
    _NUMBER: (int, float),
    _WHOLE: int,
    _NAME: (str, type(None)),
}
_FILE = {"rule": _TEXT, "cases": _LIST}
_CASE = {
    "name": _TEXT, "given": _MAPPING, "expect": "", "fixed": _FLAG, "fix": _TEXT, "no_fix": _TEXT, "edit_runs": _FLAG,
    "show": _FLAG,
}  # fmt: skip
_GIVEN = {"runner": _MAPPING, "log": _MAPPING, "plan": _MAPPING}
_PLAN = {"start": _TEXT, "weeks": _LIST, "sessions": _LIST, "runs": _LIST, "overrides": _LIST}
_FINDING = {"severity": _TEXT, "where": _MAPPING, "measured": _NUMBER, "limit": _NUMBER}
_WHERE = {"date": _TEXT, "session": _NAME, "exercise": _NAME, "week": _FLAG}
_REPEAT = {"every": _WHOLE, "times": _WHOLE}
_EXPECT = "none, a list of findings, or {not_applicable: part of the reason}"


class _File:
    """One case file as it is read: its data, and what is wrong with it so far."""

    def __init__(self, reading: Reading, file: str) -> None:
        self._reading, self._file = reading, file
        self._problems: list[Problem] = []
        self._case = ""

    def cases(self) -> tuple[Case, ...]:
        """Return the cases, or raise all that is wrong with them."""
        made: list[Case] = []
        data = self._reading.data
        if self._keys(data, (), _FILE, needed=("rule", "cases")):
            if not data["cases"]:
                self._add(("cases",), "an empty list", "at least one case")
            made = [
                case for place, given in enumerate(data["cases"]) if (case := self._one(data["rule"], given, place))
            ]
        if self._problems:
            raise DocumentError(sorted(self._problems, key=lambda problem: problem.line or 0))
        return tuple(made)

    def _one(self, code: str, given: Any, place: int) -> Case | None:
        at: _Path = ("cases", place)
        self._case = f"case {given['name']!r}" if isinstance(given, dict) and given.get("name") else f"cases[{place}]"
        so_far = len(self._problems)
        if not self._keys(given, at, _CASE, needed=("name", "given", "expect")):
            return None
        self._expectation(given["expect"], (*at, "expect"))
        held = given["given"]
        if not self._keys(held, (*at, "given"), _GIVEN):
            return None
        runner = {"name": "Ada", "running": {}, "clearance": "cleared", **held.get("runner", {})}
        log = self._repeated(held["log"], (*at, "given", "log")) if "log" in held else None
        plan = self._plan(held["plan"], runner, (*at, "given", "plan")) if "plan" in held else None
        if len(self._problems) > so_far:
            return None
        # A plan carries its runner, whose faults are told once.
        whose = self._made("runner", runner, (*at, "given", "runner"))
        if whose is None:
            return None
        done = self._made("log", log, (*at, "given", "log"))
        planned = self._made("plan", plan, (*at, "given", "plan"))
        told = {key: held for key, held in given.items() if key != "given"}
        return Case(rule=code, runner=whose, log=done, plan=planned, **told)

    def _made(self, kind: str, data: dict[str, Any] | None, at: _Path) -> Any:
        if data is None:
            return None
        try:
            return decode({"kind": kind, "schema": 1, **data}, file=self._file)
        except DocumentError as error:
            for each in error.problems:
                self._add(at, each.fact, each.allowed, each.cure, inner=each.place)
        return None

    def _expectation(self, expect: Any, at: _Path) -> None:
        if isinstance(expect, dict):
            if self._keys(expect, at, {"not_applicable": _TEXT}, needed=("not_applicable",)):
                return
        elif isinstance(expect, list):
            if not expect:
                self._add(at, "an empty list", _EXPECT, "where nothing is found, write none")
            for place, wanted in enumerate(expect):
                inner = (*at, place)
                if not self._keys(wanted, inner, _FINDING, needed=("severity",)):
                    continue
                known = [str(each) for each in Severity]
                if wanted["severity"] not in known:
                    self._stray((*inner, "severity"), wanted["severity"], known)
                if "where" in wanted and self._keys(wanted["where"], (*inner, "where"), _WHERE):
                    self._day(wanted["where"].get("date"), (*inner, "where", "date"))
        elif expect != "none":
            self._stray(at, expect, ["none"], _EXPECT)

    def _repeated(self, document: dict[str, Any], at: _Path) -> dict[str, Any]:
        made = dict(document)
        for key, entries in document.items():
            if isinstance(entries, list):
                made[key] = self._entries(entries, (*at, key))
        return made

    def _entries(self, entries: list[Any], at: _Path) -> list[Any]:
        return [one for place, entry in enumerate(entries) for one in self._copies(entry, (*at, place))]

    def _copies(self, entry: Any, at: _Path) -> Iterator[Any]:
        if not isinstance(entry, dict) or "repeat" not in entry:
            yield entry  # what is no entry is told of by its document
            return
        repeat = entry["repeat"]
        if not self._keys(repeat, (*at, "repeat"), _REPEAT, needed=("every", "times")):
            return
        if not self._day(entry.get("date"), (*at, "date"), needed=True):
            return
        for count in range(repeat["times"]):
            made = {key: got for key, got in entry.items() if key != "repeat"}
            if count:
                made["date"] = str(dt.date.fromisoformat(entry["date"]) + dt.timedelta(days=count * repeat["every"]))
                if "id" in entry:
                    made["id"] = f"{entry['id']}-{count + 1}"
            yield made

    def _plan(self, given: dict[str, Any], runner: dict[str, Any], at: _Path) -> dict[str, Any]:
        right = self._keys(given, at, _PLAN, needed=("start", "weeks")) and self._day(given["start"], (*at, "start"))
        if not right:
            return {}
        start = dt.date.fromisoformat(given["start"])
        first = start - dt.timedelta(days=start.weekday())
        entries: dict[str, list[dict[str, Any]]] = {}
        for key in ("sessions", "runs"):
            entries[key] = self._entries(given.get(key, []), (*at, key))
            for place, entry in enumerate(given.get(key, [])):
                if not isinstance(entry, dict):
                    self._add((*at, key, place), repr(entry), _MAPPING)
                    return {}
                if not self._day(entry.get("date"), (*at, key, place, "date"), needed=True):
                    return {}
        weeks = []
        for number, shape in enumerate(given["weeks"]):
            monday = first + dt.timedelta(days=7 * number)
            days = {str(monday + dt.timedelta(days=day)) for day in range(7)}
            sessions = [_session(one) for one in entries["sessions"] if one["date"] in days]
            if not isinstance(shape, (str, dict)):
                self._add(
                    (*at, "weeks", number), repr(shape), "a phase, or a mapping such as {phase: build, deload: true}"
                )
                return {}
            week = {
                "number": number + 1,
                "start": str(monday),
                **({"phase": shape} if isinstance(shape, str) else shape),
                "runs": [run for run in entries["runs"] if run["date"] in days],
                "sessions": sorted(sessions, key=lambda one: str(one["date"])),
            }
            weeks.append(week)
        last = first + dt.timedelta(days=7 * len(weeks) - 1)
        for key, held in entries.items():
            for entry in held:
                if not str(first) <= entry["date"] <= str(last):
                    self._add(
                        (*at, key), f"a {key[:-1]} on {entry['date']}", f"days of the plan's weeks, {first} to {last}"
                    )
        return {
            "runner": runner, "start": given["start"], "weeks": weeks, "catalog": {"version": "0", "hash": "0"},
            "overrides": given.get("overrides", []),
        }  # fmt: skip

    def _keys(self, got: Any, at: _Path, allowed: Mapping[str, str], needed: Iterable[str] = ()) -> bool:
        """Tell what is wrong with the keys of a mapping and with what they hold; return whether nothing is."""
        so_far = len(self._problems)
        if not isinstance(got, dict):
            self._add(at, repr(got), f"a mapping with {', '.join(allowed)}")
            return False
        for key, held in got.items():
            kind = allowed.get(key)
            if kind is None:
                near = nearest(str(key), list(allowed))
                self._add((*at, key), "an unknown key", ", ".join(allowed), f"did you mean {near}?" if near else "")
            elif kind and (
                not isinstance(held, _KINDS[kind]) or (kind in (_NUMBER, _WHOLE) and isinstance(held, bool))
            ):
                self._add((*at, key), repr(held), kind)
        for key in needed:
            if key not in got:
                self._add((*at, key), "missing", allowed[key] or _EXPECT)
        return len(self._problems) == so_far

    def _day(self, got: Any, at: _Path, *, needed: bool = False) -> bool:
        try:
            dt.date.fromisoformat(got)
        except (TypeError, ValueError):
            if got is None and not needed:
                return True
            self._add(at, "missing" if got is None else repr(got), "a date such as 2027-01-04")
            return False
        return True

    def _stray(self, at: _Path, got: Any, known: list[str], allowed: str = "") -> None:
        near = nearest(str(got), known)
        self._add(at, repr(got), allowed or ", ".join(known), f"did you mean {near}?" if near else "")

    def _add(self, at: _Path, fact: str, allowed: str, cure: str = "", *, inner: str = "") -> None:
        inside = at[2:] if at[:1] == ("cases",) and len(at) > 1 else at
        path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in inside).lstrip(".")
        place = ": ".join(part for part in (self._case, ".".join(part for part in (path, inner) if part)) if part)
        self._problems.append(Problem(place, fact, allowed, cure, file=self._file, line=self._reading.line_of(at)))


def _session(given: dict[str, Any]) -> dict[str, Any]:
    names = (("warm_up", "warm-up"), ("main", "main"), ("cool_down", "cool-down"))
    parts = [{"name": name, "prescriptions": given[key]} for key, name in names if key in given]
    kept = {key: got for key, got in given.items() if key not in dict(names)}
    return {"emphasis": "mobility", **kept, "parts": parts}
