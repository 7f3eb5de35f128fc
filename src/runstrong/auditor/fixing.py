"""Carrying out fixes, one after the other, until none is left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from runstrong.auditor.engine import Auditor, resolve_rules
from runstrong.catalog.records import load_catalog
from runstrong.model.attribution import log_by_session
from runstrong.model.audits import Audit
from runstrong.model.catalog import Catalog
from runstrong.model.comparing import diff
from runstrong.model.difference import Difference
from runstrong.model.edits import Edit
from runstrong.model.findings import Waiver
from runstrong.model.log import Log
from runstrong.model.plan import Plan
from runstrong.model.rules import Grade, Override, RuleSet
from runstrong.model.runner import Runner
from runstrong.model.words import Severity

__all__ = ["Fixed", "fix_plan"]


class Fixed(NamedTuple):
    """A plan after its fixes."""

    plan: Plan
    """With the edits carried out."""
    applied: tuple[Edit, ...]
    """The edits, in order."""
    remaining: Audit
    """The audit of that plan."""
    changes: Difference
    """What differs between the plan that was given and this one, as `runstrong diff` tells it."""


def fix_plan(
    plan: Plan,
    *,
    runner: Runner | None = None,
    log: Log | None = None,
    rules: RuleSet | None = None,
    catalog: Catalog | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    severities: Iterable[Grade] = (),
    overrides: Iterable[Override] = (),
    waivers: Iterable[Waiver] = (),
    today: dt.date | None = None,
    severity: Severity = Severity.INFO,
    limit: int | None = None,
    edit_runs: bool = False,
) -> Fixed:
    """Carry out verified fixes, gravest finding first, until none is left.

    It ends: each fix clears its finding and adds none as grave, so the counts by severity, gravest first, only fall. Of
    several fixes for a finding the one that changes least is taken. Pinned sessions are never edited, runs only when
    asked. Sessions that change are measured anew: minutes, emphasis and effort fit what they hold. The edits are not
    recorded as a person's decisions: `Plan.edited` does that.

    Args:
        plan: to mend.
        runner: instead of the plan's own.
        log: what was done.
        rules: as in `audit`.
        catalog: as in `audit`.
        select: as in `audit`.
        ignore: as in `audit`.
        severities: as in `audit`.
        overrides: as in `audit`.
        waivers: as in `audit`.
        today: nothing before it is edited.
        severity: findings under this are left alone.
        limit: most edits to carry out; None for no limit.
        edit_runs: as in `audit`.

    Returns:
        The plan, the edits, what remains, and what has changed.
    """
    whose = runner or plan.runner
    resolved = resolve_rules(
        whose, rules=rules, plan=plan, select=select, ignore=ignore, severities=severities, overrides=overrides,
        waivers=waivers,
    )  # fmt: skip
    known = catalog or load_catalog()
    book = log_by_session(plan, log, known) if log is not None else None
    auditor = Auditor(whose, resolved, catalog=known, log=book, today=today, edit_runs=edit_runs)
    given, judged = plan, auditor.judged(plan)
    applied: list[Edit] = []
    while limit is None or len(applied) < limit:
        finding = auditor.first_fixed(judged, severity)
        if finding is None or finding.fix is None:
            break
        plan = auditor.carried_out(plan, finding.fix)
        applied.append(finding.fix)
        judged = auditor.judged(plan)
    return Fixed(plan, tuple(applied), auditor.report(judged), diff(given, plan))
