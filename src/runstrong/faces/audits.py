"""An audit as a report: place, fact against limit, what to do, and what stands behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from runstrong.faces.blocks import Block, Bullets, Heading, Paragraph, Remark
from runstrong.faces.wording import SAFETY, WHEN_TO_STOP, evidence_in_short, plural
from runstrong.model.audits import Audit, Outcome, Verdict
from runstrong.model.edits import Edit
from runstrong.model.evidence import Source
from runstrong.model.findings import Finding, Waiver
from runstrong.model.words import Severity

__all__ = ["audit_report", "audit_summary", "audit_table"]


def audit_report(
    audit: Audit, sources: Mapping[str, Source], *, fixed: Iterable[Edit] = (), explain: bool = False
) -> tuple[Block, ...]:
    """Lay out an audit, gravest findings first; what stands behind a rule is told at its first finding.

    Under findings of danger stands when to stop and when to see a clinician.

    Args:
        audit: to lay out.
        sources: what evidence cites, by id.
        fixed: edits that were made before this audit.
        explain: whether to tell what came of each rule, passes too, and with which numbers.
    """
    return tuple(_blocks(audit, sources, tuple(fixed), explain))


def _blocks(audit: Audit, sources: Mapping[str, Source], fixed: tuple[Edit, ...], explain: bool) -> Iterator[Block]:
    if fixed:
        yield Heading(3, f"Fixed ({len(fixed)})")
        yield Bullets(tuple(map(str, fixed)))
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
            until = f" (until {each.waiver.until})" if each.waiver.until is not None else ""
            yield Remark(head(audit, each.finding), (("waived", each.waiver.reason + until),))
    if audit.idle:
        yield Heading(3, "Waivers without use")
        yield Bullets(tuple(f"{_waiver(each.waiver)}: {each.reason}" for each in audit.idle))
    if explain:
        yield from _explained(audit)
    elif audit.not_applicable:
        yield Heading(3, "Not judged")
        yield Bullets(tuple(_not_judged(audit)))
    yield Paragraph(audit_summary(audit))


def _waiver(waiver: Waiver) -> str:
    narrowed = [str(part) for part in (waiver.date, waiver.session, waiver.exercise) if part is not None]
    return " ".join((waiver.rule, *narrowed))


def _explained(audit: Audit) -> Iterator[Block]:
    yield Heading(3, "What was looked at")
    yield Paragraph(scope_text(audit))
    for outcome in Outcome:
        verdicts = [each for each in audit.verdicts() if each.outcome is outcome]
        if not verdicts:
            continue
        yield Heading(3, f"{str(outcome).capitalize()} ({len(verdicts)})")
        for each in verdicts:
            yield Remark(f"{each.rule} {audit.rules[each.rule].name}: {each.statement}", tuple(_grounds(audit, each)))


def _grounds(audit: Audit, verdict: Verdict) -> Iterator[tuple[str, str]]:
    numbers = [
        f"{each.parameter} {each.value:g} {audit.rules[verdict.rule].parameter(each.parameter).unit}"
        + (f" (set by {each.origin})" if each.origin != "record" else "")
        for each in verdict.numbers
    ]
    if numbers:
        yield "numbers", ", ".join(numbers)
    for reason, count in verdict.silent:
        yield "not judged", f"{reason}{f' ({count} times)' if count > 1 else ''}"


def scope_text(audit: Audit) -> str:
    """Say in one sentence what an audit looked at."""
    scope = audit.scope
    if scope.first is None:
        return "Nothing: no runs and no sessions."
    done = f"{plural(scope.runs_done, 'run')} and {plural(scope.sessions_done, 'session')} done"
    planned = f"{plural(scope.runs_planned, 'run')} and {plural(scope.sessions_planned, 'session')} planned"
    parts = [
        text
        for text, count in (
            (done, scope.runs_done + scope.sessions_done),
            (planned, scope.runs_planned + scope.sessions_planned),
        )
        if count
    ] or ["no runs and no sessions"]
    exercises = f", {scope.exercises} exercises in all" if scope.exercises else ""
    return f"{scope.first} to {scope.last}: {', '.join(parts)}{exercises}."


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
        "idle_waivers": [{"waiver": _waiver(each.waiver), "reason": each.reason} for each in audit.idle],
        "checked": list(audit.checked),
        "scope": _scope_table(audit),
        "verdicts": [
            {
                "rule": each.rule,
                "name": audit.rules[each.rule].name,
                "outcome": str(each.outcome),
                "statement": each.statement,
                "findings": each.findings,
                "waived": each.waived,
                "numbers": {
                    number.parameter: {
                        "value": number.value,
                        "unit": audit.rules[each.rule].parameter(number.parameter).unit,
                        "origin": number.origin,
                    }
                    for number in each.numbers
                },
                "not_judged": dict(each.silent),
            }
            for each in audit.verdicts()
        ],
    }


def _scope_table(audit: Audit) -> dict[str, Any]:
    """Return what was looked at as plain data."""
    scope = audit.scope
    return {
        "first": None if scope.first is None else str(scope.first),
        "last": None if scope.last is None else str(scope.last),
        "runs_done": scope.runs_done,
        "runs_planned": scope.runs_planned,
        "sessions_done": scope.sessions_done,
        "sessions_planned": scope.sessions_planned,
        "exercises": scope.exercises,
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
