"""Tables of an audit: findings, what was accepted of them, what came of each rule, and what could not be judged."""

from __future__ import annotations

from collections.abc import Iterator

from runstrong.faces.frames.tables import DATE, NUMBER, TEXT, TRUTH, WHOLE, Cell, Column, Table, joined
from runstrong.model.audits import Audit
from runstrong.model.catalog import Catalog
from runstrong.model.findings import Finding, Where

__all__ = ["AUDIT"]

_RULE = (
    Column("rule", TEXT, "code"),
    Column("name", TEXT, "what the rule flags"),
    Column("family", TEXT, "first two letters of the code"),
)
_FINDING = (
    *_RULE,
    Column("severity", TEXT, "info, advice, warning or danger"),
    Column("date", DATE, "day, or the first day of the week"),
    Column("week", TRUTH, "whether it is about the week that begins on date"),
    Column("session", TEXT, "id of the session; null where it is about none"),
    Column("exercise", TEXT, "id of the exercise; null where it is about none"),
    Column("performed", TRUTH, "whether it lies in the log, not in the plan"),
    Column("measured", NUMBER, "what was found", "see unit"),
    Column("limit", NUMBER, "what is allowed", "see unit"),
    Column("unit", TEXT, "of both"),
    Column("message", TEXT, "fact against limit, in words"),
    Column("advice", TEXT, "what to do about it"),
    Column("fix", TEXT, "edit that was shown to clear it; null where there is none"),
    Column("no_fix", TEXT, "why there is no fix; null where there is one, or none was looked for"),
)


def _rule(audit: Audit, code: str) -> tuple[Cell, ...]:
    record = audit.rules[code]
    return code, record.name, record.family


def _finding(audit: Audit, found: Finding) -> tuple[Cell, ...]:
    where = found.where
    return (
        *_rule(audit, found.rule), str(found.severity), where.date, where.week, where.session, where.exercise,
        where.performed, float(found.measured), float(found.limit), found.unit, audit.message(found),
        audit.advice(found), str(found.fix) if found.fix is not None else None, found.no_fix or None,
    )  # fmt: skip


def _findings(audit: Audit, _: Catalog) -> Iterator[tuple[Cell, ...]]:
    for found in audit.findings:
        yield _finding(audit, found)


def _waived(audit: Audit, _: Catalog) -> Iterator[tuple[Cell, ...]]:
    for each in audit.waived:
        yield *_finding(audit, each.finding), each.waiver.reason, each.waiver.until


def _verdicts(audit: Audit, _: Catalog) -> Iterator[tuple[Cell, ...]]:
    for each in audit.verdicts():
        silent = [f"{reason} ({count})" if count > 1 else reason for reason, count in each.silent]
        yield (
            *_rule(audit, each.rule), str(each.outcome), each.statement, each.findings, each.waived, joined(silent),
        )  # fmt: skip


def _not_applicable(audit: Audit, _: Catalog) -> Iterator[tuple[Cell, ...]]:
    for each in audit.not_applicable:
        yield *_rule(audit, each.rule), each.reason, *_place(each.where)


def _place(where: Where | None) -> tuple[Cell, ...]:
    if where is None:
        return (None,) * 5
    return where.date, where.week, where.session, where.exercise, where.performed


AUDIT = (
    Table("findings", "a finding that stands, gravest first", _FINDING, _findings),
    Table(
        "waived",
        "a finding that was accepted on purpose",
        (
            *_FINDING,
            Column("reason", TEXT, "why it is accepted"),
            Column("until", DATE, "last day on which that holds; null for no end"),
        ),
        _waived,
    ),
    Table(
        "verdicts",
        "a rule that was applied: a pass is told as openly as a finding",
        (
            *_RULE,
            Column("outcome", TEXT, "found, passed, passed where it could judge, or not judged"),
            Column("statement", TEXT, "what it states, with its numbers filled in"),
            Column("findings", WHOLE, "how many stand"),
            Column("waived", WHOLE, "how many were accepted"),
            Column(
                "silent", TEXT, "why it could not judge, between semicolons, each with how often; null where it could"
            ),
        ),
        _verdicts,
    ),
    Table(
        "not_applicable",
        "what a rule could not judge",
        (
            *_RULE,
            Column("reason", TEXT, "why it could not"),
            Column("date", DATE, "day, or first day of the week; null where it could not judge at all"),
            Column("week", TRUTH, "whether it is about the week that begins on date; null without a date"),
            Column("session", TEXT, "id of the session; null where it is about none"),
            Column("exercise", TEXT, "id of the exercise; null where it is about none"),
            Column("performed", TRUTH, "whether it lies in the log, not in the plan; null without a date"),
        ),
        _not_applicable,
    ),
)
"""Tables of an audit, the one to begin with first."""
