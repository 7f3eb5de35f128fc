"""The last step of a plan: audit it, mend what a strength edit can mend, and keep its limits while doing so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from runstrong.auditor import audit, fix_plan
from runstrong.model.catalog import Catalog
from runstrong.model.edits import Drop, Edit, Swap
from runstrong.model.plan import Decision, Plan, Session, Week
from runstrong.model.quantities import Duration
from runstrong.model.rules import RuleSet
from runstrong.model.runner import Runner
from runstrong.model.timeline import Definitions, emphasis_of
from runstrong.model.value import evolve
from runstrong.model.words import Emphasis, PartName, Severity, Weekday
from runstrong.planner.dosing import estimated_seconds, planned_rpe, shortened

__all__ = ["audited", "minutes_on"]


def audited(made: Plan, rules: RuleSet, catalog: Catalog) -> Plan:
    """Clear what a strength edit can clear at advice or above, and say what the audit left."""
    report = audit(made, rules=rules, catalog=catalog)
    if any(finding.fix is not None for finding in report.at_least(Severity.ADVICE)):
        mended = fix_plan(made, rules=rules, catalog=catalog, severity=Severity.ADVICE)
        kept = _kept(made, mended.plan, mended.applied, rules, catalog)
        report = mended.remaining if kept == mended.plan else audit(kept, rules=rules, catalog=catalog)
        made = _retold(made, kept, mended.applied, catalog)
    counts = [f"{sum(f.severity is s for f in report.findings)} {s}" for s in reversed(Severity)]
    verdict = ", ".join(count for count in counts if not count.startswith("0 ")) or "nothing"
    decision = Decision(
        about="season",
        what=f"audited against {len(report.checked)} rules: {verdict} found",
        why="a plan never leaves unaudited; findings about your own runs are passed on, not edited",
        sources=tuple(sorted({finding.rule for finding in report.findings})),
    )
    return evolve(made, decisions=(*made.decisions, decision))


def _kept(before: Plan, mended: Plan, edits: Sequence[Edit], rules: RuleSet, catalog: Catalog) -> Plan:
    """Return the mended plan, estimated anew, less the edits that break minutes or make legs heavy.

    An edit that makes a session too long costs sets first; where even that does not fit, the session stays as it was.
    """
    edited = {edit.session for edit in edits}
    old = {session.id: session for session in before.sessions}
    numbers = rules.with_overrides(before.runner.overrides, "runner")
    weeks = []
    for week in mended.weeks:
        sessions = []
        for session in week.sessions:
            fitting = _remeasured(session, week, before.runner, numbers, catalog) if session.id in edited else session
            sessions.append(fitting if fitting is not None else old[session.id])
        weeks.append(evolve(week, sessions=tuple(sessions)))
    return evolve(mended, weeks=tuple(weeks))


def _remeasured(session: Session, week: Week, runner: Runner, rules: RuleSet, catalog: Catalog) -> Session | None:
    limit = minutes_on(runner, session.date) * 60
    main = list(session.part(PartName.MAIN))
    edges = [each for name, each in session.prescriptions() if name is not PartName.MAIN]
    while (seconds := estimated_seconds((*edges, *main), rules)) > limit:
        most = max(range(len(main)), key=lambda place: (main[place].sets, place), default=None)
        less = shortened(main[most]) if most is not None else None
        if most is None or less is None:
            return None
        main[most] = less
    emphasis = emphasis_of(
        ((catalog.exercises[each.exercise], each.load, each.rir) for each in main), Definitions.of(rules)
    )
    if not main or (emphasis is not session.emphasis and emphasis is Emphasis.HEAVY_LEGS):
        return None
    parts = tuple(
        evolve(part, prescriptions=tuple(main)) if part.name is PartName.MAIN else part for part in session.parts
    )
    return evolve(
        session, parts=parts, minutes=Duration(float(60 * -(-seconds // 60))), emphasis=emphasis,
        session_rpe=planned_rpe(emphasis, week.phase, week.deload),
    )  # fmt: skip


def _retold(before: Plan, kept: Plan, edits: Sequence[Edit], catalog: Catalog) -> Plan:
    """Say why exercises came in or went out when the audit was acted on."""
    old = {session.id: session for session in before.sessions}
    new = {session.id: session for session in kept.sessions}
    told = []
    for edit in edits:
        if not isinstance(edit, (Swap, Drop)) or old[edit.session] == new[edit.session]:
            continue
        name = catalog.exercises[edit.exercise].name
        if isinstance(edit, Swap):
            why = f"the audit found {name} wanting there, and this clears the finding"
            what = f"in session {edit.session} instead of {name}"
            told.append(Decision(about=edit.replacement.exercise, what=what, why=why))
        else:
            why = "this clears a finding of the audit"
            told.append(Decision(about=edit.exercise, what=f"left out of session {edit.session}", why=why))
    return evolve(kept, decisions=(*kept.decisions, *dict.fromkeys(told)))


def minutes_on(runner: Runner, date: dt.date) -> float:
    """Return how many minutes a session of that day may take."""
    stated = {open_.day: open_.minutes for open_ in runner.availability}
    limit = stated.get(Weekday.of(date.weekday()))
    most = runner.session_length.minutes
    return min(most, limit.minutes) if limit is not None else most
