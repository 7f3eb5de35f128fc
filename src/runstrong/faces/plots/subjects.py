"""What pictures of a plan or a log start from: one timeline, and the rules that hold for its runner."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from runstrong.auditor.engine import audit, resolve_rules
from runstrong.catalog.records import load_catalog
from runstrong.model.attribution import log_by_session
from runstrong.model.catalog import Catalog
from runstrong.model.errors import InvalidValue, Problem
from runstrong.model.findings import Finding
from runstrong.model.log import Log
from runstrong.model.plan import Plan
from runstrong.model.rules import RuleSet
from runstrong.model.runner import Runner
from runstrong.model.running import RunningWeek
from runstrong.model.timeline import Definitions, Timeline

__all__ = ["Subject", "chosen", "known_to"]


def known_to(plan: Plan | None, catalog: Catalog | None) -> Catalog:
    """Return a catalog, the packaged one when none is given, with the plan's own exercises."""
    found = catalog if catalog is not None else load_catalog()
    return found.with_own(plan.exercises) if plan is not None else found


def chosen(place: str, value: str, choices: Sequence[str]) -> str:
    """Return a choice of the caller's.

    Raises:
        InvalidValue: it is none of those that there are.
    """
    if value not in choices:
        raise InvalidValue([Problem(place, repr(value), " or ".join(map(repr, choices)))])
    return value


class Subject:
    """A plan, a log, or both, as one timeline.

    Args:
        subject: the one.
        runner: whose it is; a plan carries its own. Without one, weeks begin on Monday.
        log: the other, beside a plan.
        rules: a rule set of one's own.
        catalog: where exercises are looked up.
    """

    def __init__(
        self, subject: Plan | Log, *, runner: Runner | None = None, log: Log | None = None,
        rules: RuleSet | None = None, catalog: Catalog | None = None,
    ) -> None:  # fmt: skip
        self.plan = subject if isinstance(subject, Plan) else None
        self.given_log = subject if isinstance(subject, Log) else log
        nobody = Runner(name="", running=RunningWeek())
        self.runner = runner or (self.plan.runner if self.plan is not None else nobody)
        self.catalog = known_to(self.plan, catalog)
        self.log = self.given_log
        if self.plan is not None and self.log is not None:
            self.log = log_by_session(self.plan, self.log, self.catalog)
        self._given = rules
        self.rules = resolve_rules(self.runner, rules=rules, plan=self.plan)
        words = Definitions.of(self.rules)
        self.timeline = Timeline(self.runner, self.catalog, words, log=self.log, plan=self.plan, rules=self.rules)

    def findings(self, *codes: str) -> tuple[Finding, ...]:
        """Return what these rules find, as far as the runner and the rule set have them applied."""
        applied = [code for code in codes if code in self.rules.active]
        subject = self.plan if self.plan is not None else self.given_log
        if not applied or subject is None:
            return ()
        log = self.given_log if self.plan is not None else None
        return audit(
            subject, runner=self.runner, log=log, rules=self._given, catalog=self.catalog, select=applied, fixes=False
        ).findings

    @property
    def weeks(self) -> tuple[dt.date, ...]:
        """First days of all weeks from the first to the last that log or plan speaks of; empty where neither does."""
        days = list(self.timeline.runs_by_day)[:1] + list(self.timeline.runs_by_day)[-1:]
        if self.log is not None and self.log.span is not None:
            days += self.log.span
        if self.plan is not None:
            days += (self.plan.start, self.plan.end)
        if not days:
            return ()
        first, last = self.timeline.week_of(min(days)), self.timeline.week_of(max(days))
        return tuple(first + dt.timedelta(days=7 * place) for place in range((last - first).days // 7 + 1))
