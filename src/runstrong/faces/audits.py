"""An audit as a report: place, fact against limit, what to do, and what stands behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from runstrong.faces.blocks import Block, Bullets, Heading, Paragraph, Remark
from runstrong.faces.wording import SAFETY, WHEN_TO_STOP, evidence_in_short, plural
from runstrong.model.edits import Edit
from runstrong.model.evidence import Source
from runstrong.model.rules import Audit, Finding
from runstrong.model.words import Severity

__all__ = ["audit_report", "audit_summary", "audit_table"]


def audit_report(
    audit: Audit, sources: Mapping[str, Source], *, fixed: Iterable[Edit] = (), changes: Iterable[str] = ()
) -> tuple[Block, ...]:
    """Lay out an audit, gravest findings first; what stands behind a rule is told at its first finding.

    Under findings of danger stands when to stop and when to see a clinician.

    Args:
        audit: to lay out.
        sources: what evidence cites, by id.
        fixed: edits that were made before this audit.
        changes: what differs in the plan since.
    """
    return tuple(_blocks(audit, sources, tuple(fixed), tuple(changes)))


def _blocks(
    audit: Audit, sources: Mapping[str, Source], fixed: tuple[Edit, ...], changes: tuple[str, ...]
) -> Iterator[Block]:
    if fixed:
        yield Heading(3, f"Fixed ({len(fixed)})")
        yield Bullets(tuple(map(str, fixed)))
    if changes:
        yield Heading(3, "What is different now")
        yield Bullets(changes)
    told: set[str] = set()
    for severity in reversed(Severity):
        found = [finding for finding in audit.findings if finding.severity is severity]
        if found:
            yield Heading(3, f"{str(severity).capitalize()} ({len(found)})")
        for finding in found:
            yield _remark(audit, finding, sources, first=finding.rule not in told)
            told.add(finding.rule)
        if severity is Severity.DANGER and found:
            yield Paragraph("When to stop, and when to see a clinician:")
            yield Bullets(WHEN_TO_STOP)
            yield Paragraph(SAFETY)
    if audit.waived:
        yield Heading(3, f"Waived ({len(audit.waived)})")
        for each in audit.waived:
            yield Remark(head(audit, each.finding), (("waived", each.waiver.reason),))
    if audit.not_applicable:
        yield Heading(3, "Not judged")
        yield Bullets(tuple(_not_judged(audit)))
    yield Paragraph(audit_summary(audit))


def _remark(audit: Audit, finding: Finding, sources: Mapping[str, Source], *, first: bool) -> Remark:
    details = []
    advice = audit.advice(finding)
    if finding.fix is not None:
        details.append(("fix", f"{finding.fix} (checked: it clears this and adds nothing as grave)"))
    else:
        # A record's advice may say itself why nothing is edited; it is not said twice.
        reason = f" (no fix: {finding.no_fix})" if finding.no_fix and finding.no_fix not in advice else ""
        details.append(("advice", advice + reason))
    if first:
        details.append(("why", evidence_in_short(audit.rules[finding.rule].evidence, sources)))
    return Remark(head(audit, finding), tuple(details))


def head(audit: Audit, finding: Finding) -> str:
    """Return a finding's first line: code, name, place, fact against limit."""
    record = audit.rules[finding.rule]
    message = audit.message(finding)
    place = "" if str(finding.where) in message else f"{finding.where}: "
    return f"{record.id} {record.name}  {place}{message}"


def _not_judged(audit: Audit) -> Iterator[str]:
    counts: dict[tuple[str, str], int] = {}
    for each in audit.not_applicable:
        key = (each.rule, each.reason)
        counts[key] = counts.get(key, 0) + 1
    for (rule, reason), count in sorted(counts.items()):
        times = f" ({count} times)" if count > 1 else ""
        yield f"{rule} {audit.rules[rule].name}: {reason}{times}"


def audit_summary(audit: Audit) -> str:
    """Say in one sentence what an audit found."""
    severities = [finding.severity for finding in audit.findings]
    counts = [f"{severities.count(severity)} {severity}" for severity in reversed(Severity) if severity in severities]
    found = ", ".join(counts) or "no findings"
    waived = f"; {len(audit.waived)} waived" if audit.waived else ""
    hint = " 'runstrong rule CODE' tells what stands behind a rule." if audit.findings else ""
    return f"{plural(len(audit.checked), 'rule')} applied: {found}{waived}.{hint}"


def audit_table(audit: Audit) -> dict[str, Any]:
    """Return an audit as plain lists and dicts for JSON: what a script or a CI job reads.

    Unlike the audit document it holds the messages, not the rule set.
    """
    return {
        "findings": [_row(audit, finding) for finding in audit.findings],
        "waived": [{**_row(audit, each.finding), "reason": each.waiver.reason} for each in audit.waived],
        "not_applicable": [
            {"rule": each.rule, "reason": each.reason, "where": None if each.where is None else str(each.where)}
            for each in audit.not_applicable
        ],
        "checked": list(audit.checked),
    }


def _row(audit: Audit, finding: Finding) -> dict[str, Any]:
    where = finding.where
    return {
        "rule": finding.rule,
        "name": audit.rules[finding.rule].name,
        "severity": str(finding.severity),
        "date": str(where.date),
        "week": where.week,
        "session": where.session,
        "exercise": where.exercise,
        "performed": where.performed,
        "measured": finding.measured,
        "limit": finding.limit,
        "unit": finding.unit,
        "message": audit.message(finding),
        "advice": audit.advice(finding),
        "fix": None if finding.fix is None else str(finding.fix),
        "no_fix": finding.no_fix or None,
    }
