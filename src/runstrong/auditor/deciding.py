"""What a person's change to a plan costs: carried out, audited at once, and held against the plan before it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from runstrong.auditor.engine import Auditor, identity, resolve_rules
from runstrong.catalog.carrying import carrying
from runstrong.catalog.records import load_catalog
from runstrong.model.attribution import log_by_session
from runstrong.model.audits import Audit
from runstrong.model.catalog import Catalog
from runstrong.model.comparing import diff
from runstrong.model.difference import Difference
from runstrong.model.edits import Edit, Insert, Swap
from runstrong.model.errors import InvalidValue, Problem
from runstrong.model.exercise import Exercise
from runstrong.model.findings import Finding
from runstrong.model.log import Log
from runstrong.model.plan import Plan
from runstrong.model.rules import RuleSet
from runstrong.model.value import evolve
from runstrong.model.words import Side, Sides

__all__ = ["Edited", "edit"]


class Edited(NamedTuple):
    """A plan after a person's edits, with what they cost."""

    plan: Plan
    """With the edits carried out and recorded."""
    changes: Difference
    """What differs, as `runstrong diff` tells it."""
    brought: tuple[Finding, ...]
    """Findings that the plan before did not have, gravest first; each with a fix where there is one."""
    cleared: tuple[Finding, ...]
    """Findings that the plan before had and this one has not."""
    report: Audit
    """The audit of the plan as it is now."""

    def __str__(self) -> str:
        lines = [f"brings {self.report.message(each)}" for each in self.brought]
        lines += [f"clears {self.report.message(each)}" for each in self.cleared]
        return "\n".join(lines) or "costs nothing: no finding comes or goes"


def edit(
    plan: Plan,
    *edits: Edit,
    log: Log | None = None,
    rules: RuleSet | None = None,
    catalog: Catalog | None = None,
    today: dt.date | None = None,
) -> Edited:
    """Carry out a person's edits, record them in the plan, and say what they cost.

    People decide: nothing is refused because a rule speaks against it. Sessions that change are measured anew.

    Args:
        plan: to change.
        edits: in order.
        log: what was done, so that findings see past and future as one.
        rules: as in `audit`.
        catalog: as in `audit`.
        today: as in `audit`.

    Raises:
        UnknownName: a session or exercise that an edit names is not there.
        InvalidValue: an edit leads out of the plan, changes nothing that it could change, or asks for an exercise
            with the wrong sides or in another unit.

    Example:
        >>> import runstrong as rs
        >>> made = rs.plan(rs.load("examples/runner.yaml", rs.Runner), weeks=6)
        >>> heavy = next(each for each in made.sessions if each.emphasis is rs.Emphasis.HEAVY_LEGS)
        >>> saturday = heavy.date + dt.timedelta(days=5 - heavy.date.weekday())
        >>> moved = edit(made, rs.Move(session=heavy.id, to=saturday))
        >>> [finding.rule for finding in moved.brought][:1]
        ['CO01']
    """
    known = catalog or load_catalog()
    before = _auditor(plan, log, rules, known, today)
    made = plan
    _fitting(edits, before.known(plan))
    for each in edits:
        made = evolve(before.carried_out(made, each), edits=(*made.edits, each))
    made = carrying(made, known)
    after = _auditor(made, log, rules, known, today)
    # Fixes are proved for what the edits bring; what was there before is not the question.
    earlier, report = before.audit(plan, fixes=False), after.audit(made)
    return Edited(
        plan=made,
        changes=diff(plan, made),
        brought=_beyond(report.findings, earlier.findings),
        cleared=_beyond(earlier.findings, report.findings),
        report=report,
    )


def _auditor(plan: Plan, log: Log | None, rules: RuleSet | None, catalog: Catalog, today: dt.date | None) -> Auditor:
    resolved = resolve_rules(plan.runner, rules=rules, plan=plan)
    # A person may change the runs of a plan: they are the runner's own.
    book = log_by_session(plan, log, catalog) if log is not None else None
    return Auditor(plan.runner, resolved, catalog=catalog, log=book, today=today, edit_runs=True)


def _beyond(findings: tuple[Finding, ...], others: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the findings that the others do not hold, as grave as they are."""
    left = Counter((identity(each), each.severity) for each in others)
    found = []
    for each in findings:
        key = (identity(each), each.severity)
        if left[key]:
            left[key] -= 1
        else:
            found.append(each)
    return tuple(found)


def _fitting(edits: Iterable[Edit], known: Mapping[str, Exercise]) -> None:
    """Refuse what is asked of an exercise that cannot be done so: a side missing, or counted in another unit."""
    problems = []
    for each in edits:
        asked = each.replacement if isinstance(each, Swap) else each.prescription if isinstance(each, Insert) else None
        exercise = known.get(asked.exercise) if asked is not None else None
        if asked is None or exercise is None:
            continue
        place = f"{type(each).__name__} of {exercise.id}"
        one_sided = exercise.sides is Sides.UNILATERAL
        if one_sided and asked.side is Side.NONE:
            allowed = "both, left or right: it is done with one side at a time"
            problems.append(Problem(f"{place}, side", "none", allowed, "add side=Side.BOTH for each side in turn"))
        if asked.amount.count is not exercise.counted:
            problems.append(Problem(f"{place}, amount", str(asked.amount), f"an amount counted in {exercise.counted}"))
    if problems:
        raise InvalidValue(problems)
