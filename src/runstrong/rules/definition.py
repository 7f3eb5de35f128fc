"""What a check is, and how a function becomes one.

A rule is a record (YAML: everything a coach may dispute) and a check (a function: everything a machine computes).
`rule` ties the two together by code. The decorated function stays a plain function; the result is a value that
anyone can put beside the packaged checks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

import attrs

from runstrong.model.edits import Edit
from runstrong.model.errors import InvalidValue, Problem
from runstrong.model.findings import Fact, Finding, NotApplicable, Where
from runstrong.model.rules import RuleSet
from runstrong.model.timeline import Timeline
from runstrong.model.value import Record, record
from runstrong.model.words import Severity

__all__ = ["Check", "Judge", "NoNumbers", "finding", "limits_of", "rule"]

Limits = TypeVar("Limits")
Outcome = Finding | NotApplicable


@record
class NoNumbers(Record):
    """Parameters of a rule that has none."""


@record
class Check(Record, Generic[Limits]):
    """A rule's code with the function that judges it and the class that its parameters fill.

    Args:
        code: of the record.
        parameters: frozen attrs class, one field per parameter of the record.
        judge: takes a timeline and the filled parameters, yields findings.
    """

    code: str
    parameters: type[Limits]
    judge: Callable[[Timeline, Limits], Iterable[Outcome]]


Judge = Callable[[Timeline, Limits], Iterable[Outcome]]


def rule(code: str, *, parameters: type[Limits] = NoNumbers) -> Callable[[Judge[Limits]], Check[Limits]]:  # type: ignore[assignment]
    """Turn a function ``(timeline, limits)`` into the check of rule `code`.

    Args:
        code: of the record it belongs to.
        parameters: a frozen attrs class with one float or int field for each parameter of the record.

    Example:
        >>> @rule("XX01")
        ... def never(timeline, limits):
        ...     return ()
        >>> never.code
        'XX01'
    """

    def bind(judge: Judge[Limits]) -> Check[Limits]:
        return Check(code, parameters, judge)

    return bind


def limits_of(check: Check[Limits], rules: RuleSet) -> Limits:
    """Fill a check's parameter class from a rule set.

    Raises:
        InvalidValue: record and class disagree about which parameters there are, or one should be whole and is not.
    """
    numbers = rules.numbers(check.code)
    fields = {field.name: field for field in attrs.fields(check.parameters)}  # type: ignore[arg-type]
    problems = [
        Problem(f"rule {check.code}.{name}", "stray parameter in the record", f"one of {', '.join(fields) or 'none'}")
        for name in numbers.keys() - fields.keys()
    ]
    problems += [
        Problem(f"rule {check.code}.{name}", "missing from the record", "a value", "add it under parameters")
        for name in fields.keys() - numbers.keys()
    ]
    filled: dict[str, Any] = {}
    for name, field in fields.items():
        if name in numbers:
            got = numbers[name]
            if field.type in (int, "int"):
                if not float(got).is_integer():
                    problems.append(Problem(f"rule {check.code}.{name}", f"{got:g}", "a whole number"))
                got = int(got)
            filled[name] = got
    if problems:
        raise InvalidValue(problems)
    return check.parameters(**filled)


def finding(
    record: str,
    severity: Severity,
    where: Where,
    *,
    measured: float,
    limit: float,
    unit: str,
    proposals: Iterable[Edit] = (),
    no_fix: str = "",
    otherwise: str = "",
    **facts: str | float,
) -> Finding:
    """Make a finding; `facts` are what the record's message and advice are rendered with.

    Args:
        record: code of the rule.
        severity: how grave.
        where: on the timeline.
        measured: the number found.
        limit: the number allowed.
        unit: of both.
        proposals: edits that might mend it, best first.
        no_fix: why there can be no fix.
        otherwise: why there is no fix where no edit of what is planned can be proposed.
        facts: what the message is rendered with.
    """
    proposals = tuple(proposals)
    if otherwise and not proposals and not where.performed:
        no_fix = no_fix or otherwise
    return Finding(
        rule=record,
        severity=severity,
        where=where,
        measured=float(measured),
        limit=float(limit),
        unit=unit,
        facts=tuple(Fact(name=name, value=got) for name, got in facts.items()),
        proposals=proposals,
        no_fix=no_fix,
    )
