"""The outcome of holding a timeline against a rule set: findings and passes alike."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from runstrong.model.errors import UnknownName
from runstrong.model.findings import Finding, Idle, NotApplicable, Waived, filled
from runstrong.model.rules import RuleSet, Setting
from runstrong.model.value import Value, many, value
from runstrong.model.words import Severity, Word

__all__ = ["Audit", "Outcome", "Scope", "Verdict"]


@value
class Scope(Value):
    """What an audit looked at.

    Args:
        first: first day with a run, session or week of the plan; None when there is nothing.
        last: last such day.
        runs_done: runs of the log.
        runs_planned: runs still planned.
        sessions_done: sessions of the log.
        sessions_planned: sessions still planned.
        exercises: exercises in all sessions, each as often as it stands there.
    """

    first: dt.date | None = None
    last: dt.date | None = None
    runs_done: int = 0
    runs_planned: int = 0
    sessions_done: int = 0
    sessions_planned: int = 0
    exercises: int = 0


class Outcome(Word):
    """What came of a rule in an audit."""

    FOUND = "found"
    """It found something, waived or not."""
    PASSED = "passed"
    """It found nothing in what it looked at."""
    PARTLY = "passed where it could judge"
    """It found nothing, and could not judge everything."""
    NOT_JUDGED = "not judged"
    """It could not judge at all."""


@value
class Verdict(Value):
    """What came of one rule in an audit: a pass is told as openly as a finding.

    Args:
        rule: code.
        outcome: in a word.
        statement: what it states, with its numbers filled in.
        findings: how many stand.
        waived: how many were accepted.
        numbers: all of its parameters, with their origin.
        silent: reasons why it could not judge, each with how often.
    """

    rule: str
    outcome: Outcome
    statement: str
    findings: int = 0
    waived: int = 0
    numbers: tuple[Setting, ...] = many(default=())
    silent: tuple[tuple[str, int], ...] = many(default=())


@value
class Audit(Value):
    """The outcome of holding a timeline against a rule set.

    Args:
        findings: gravest first, then by date.
        waived: findings accepted on purpose.
        idle: waivers that accepted nothing.
        not_applicable: rules that could not judge, with reasons.
        checked: codes that were applied.
        scope: what was looked at.
        rules: the rule set used.
    """

    kind_of_document: ClassVar[str] = "audit"

    findings: tuple[Finding, ...] = many(default=())
    waived: tuple[Waived, ...] = many(default=())
    idle: tuple[Idle, ...] = many(default=())
    not_applicable: tuple[NotApplicable, ...] = many(default=())
    checked: tuple[str, ...] = many(default=(), ordered=False)
    scope: Scope = Scope()
    rules: RuleSet

    def verdicts(self) -> tuple[Verdict, ...]:
        """Return what came of each rule that was applied, by code, and with which numbers it judged."""
        return tuple(self.verdict(code) for code in self.checked)

    def verdict(self, code: str) -> Verdict:
        """Return what came of one rule.

        Args:
            code: or name of the rule.

        Raises:
            UnknownName: the audit applied no such rule.

        Example:
            >>> import runstrong as rs
            >>> report = rs.audit(rs.plan(rs.load("examples/runner.yaml")), select=["TM03"])
            >>> print(report.verdict("TM03").outcome, "|", report.verdict("TM03").statement)
            passed | A tissue gets at most 10 hard sets in a week.
        """
        record = self.rules[code]
        if record.id not in self.checked:
            raise UnknownName("rule in this audit", code, self.checked)
        found = sum(finding.rule == record.id for finding in self.findings)
        waived = sum(each.finding.rule == record.id for each in self.waived)
        counts: dict[str, int] = {}
        whole = False
        for each in self.not_applicable:
            if each.rule == record.id:
                counts[each.reason] = counts.get(each.reason, 0) + 1
                whole = whole or each.where is None
        outcome = Outcome.FOUND if found or waived else Outcome.NOT_JUDGED if whole else Outcome.PASSED
        if outcome is Outcome.PASSED and counts:
            outcome = Outcome.PARTLY
        return Verdict(
            rule=record.id,
            outcome=outcome,
            statement=self.rules.statement(record.id),
            findings=found,
            waived=waived,
            numbers=tuple(
                Setting(
                    rule=record.id,
                    parameter=each.name,
                    value=self.rules.number(record.id, each.name),
                    origin=self.rules.origin(record.id, each.name),
                )
                for each in record.parameters
            ),
            silent=tuple(counts.items()),
        )

    def at_least(self, severity: Severity) -> tuple[Finding, ...]:
        """Return the findings of this severity or graver."""
        return tuple(finding for finding in self.findings if finding.severity.rank >= severity.rank)

    def message(self, finding: Finding) -> str:
        """Render what `finding` says: fact against limit."""
        return filled(self.rules[finding.rule].message, finding.words())

    def advice(self, finding: Finding) -> str:
        """Render what to do about `finding`."""
        return filled(self.rules[finding.rule].advice, finding.words())

    def __repr__(self) -> str:
        counts = {s: sum(f.severity is s for f in self.findings) for s in reversed(Severity)}
        found = ", ".join(f"{count} {severity}" for severity, count in counts.items() if count) or "no findings"
        return f"<Audit: {found}; {len(self.waived)} waived; {len(self.checked)} rules>"
