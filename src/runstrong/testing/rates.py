"""How often each rule speaks on sensible training: what most sensible runners hear is wrong, or no more than info."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from runstrong.auditor import audit
from runstrong.model.audits import Audit
from runstrong.model.plan import Plan
from runstrong.model.rules import RuleSet
from runstrong.model.words import Severity
from runstrong.rules import load_rules
from runstrong.testing.histories import History, followed_plan, sensible_history

__all__ = ["Rates", "history_audit", "plan_audit", "span_of"]

_RULES = load_rules()
_CODES = tuple(rule.id for rule in _RULES)


class Rates:
    """Counts over many audits: runners that a rule spoke to, by the gravest it said, and findings.

    Args:
        codes: of the rules counted; the packaged ones by default.

    Example:
        >>> counted = Rates()
        >>> runner, log = sensible_history(0)
        >>> counted.add(audit(log, runner=runner, fixes=False), days=len(log.readiness))
        >>> counted.runners
        1
    """

    def __init__(self, codes: Iterable[str] = _CODES) -> None:
        self.runners = self.days = 0
        self._told: dict[str, dict[Severity, int]] = {code: {} for code in codes}
        self._findings = dict.fromkeys(self._told, 0)
        self._silent = dict.fromkeys(self._told, 0)

    def add(self, found: Audit, *, days: int) -> None:
        """Count one runner's audit of so many days."""
        self.runners += 1
        self.days += days
        gravest: dict[str, Severity] = {}
        for each in found.findings:
            gravest[each.rule] = max(each.severity, gravest.get(each.rule, each.severity))
            self._findings[each.rule] += 1
        for code, severity in gravest.items():
            told = self._told[code]
            told[severity] = told.get(severity, 0) + 1
        for code in {each.rule for each in found.not_applicable} - gravest.keys():
            self._silent[code] += 1

    def share(self, code: str, severity: Severity = Severity.INFO) -> float:
        """Return the share of runners to whom a rule said something of `severity` or graver."""
        return sum(count for told, count in self._told[code].items() if told.rank >= severity.rank) / max(
            1, self.runners
        )

    def document(self) -> dict[str, Any]:
        """Return the counts as plain data; rules that had nothing to say have empty ``runners``."""
        rules = {
            code: {
                "runners": {str(severity): told[severity] for severity in Severity if severity in told},
                "findings": self._findings[code],
                "could_not_judge": self._silent[code],
            }
            for code, told in sorted(self._told.items())
        }
        return {"runners": self.runners, "days": self.days, "rules": rules}


def history_audit(seed: int, *, rules: RuleSet | None = None) -> tuple[History, Audit]:
    """Return a sensible history and its audit by every rule, those that are off unless asked for with them."""
    history = sensible_history(seed)
    chosen = rules if rules is not None else _RULES
    every = [rule.id for rule in chosen]
    return history, audit(history.log, runner=history.runner, rules=chosen, select=every, fixes=False)


def plan_audit(seed: int, *, rules: RuleSet | None = None) -> tuple[Plan, Audit]:
    """Return the plan of a sensible runner (odd seeds) and its audit by every rule."""
    made, _ = followed_plan(seed)
    chosen = rules if rules is not None else _RULES
    return made, audit(made, rules=chosen, select=[rule.id for rule in chosen], fixes=False)


def span_of(history: History) -> int:
    """Return how many days the log of a history vouches for."""
    (whole,) = history.log.coverage
    return (whole.last - whole.first + dt.timedelta(days=1)).days
