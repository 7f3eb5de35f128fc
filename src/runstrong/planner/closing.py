"""The last step of a plan: audit it, mend what a strength edit can mend, and keep its limits while doing so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from runstrong.auditor import audit, fix_plan
from runstrong.model.catalog import Catalog
from runstrong.model.edits import Drop, Edit, Swap
from runstrong.model.log import Log
from runstrong.model.plan import Decision, Plan, Session, Week
from runstrong.model.quantities import Duration
from runstrong.model.rules import Audit, RuleSet
from runstrong.model.runner import Runner
from runstrong.model.timeline import Definitions, emphasis_of
from runstrong.model.value import evolve
from runstrong.model.words import Emphasis, PartName, Severity
from runstrong.planner.dosing import estimated_seconds, planned_rpe, shortened
from runstrong.planner.supersets import Supersets

__all__ = ["AUDITED", "audited", "mended", "remeasured", "standing", "verdict"]


AUDITED = "audited against"
"""How the decision begins that tells the outcome of the last audit."""


def audited(made: Plan, rules: RuleSet, catalog: Catalog) -> Plan:
    """Clear what a strength edit can clear at advice or above, and say what the audit left."""
    kept, told, report = mended(made, rules, catalog)
    return evolve(kept, decisions=(*made.decisions, *told, verdict(report)))


def mended(
    made: Plan,
    rules: RuleSet,
    catalog: Catalog,
    *,
    log: Log | None = None,
    today: dt.date | None = None,
    allows: Callable[[Plan, Session], bool] | None = None,
    spared: tuple[str, ...] = (),
) -> tuple[Plan, tuple[Decision, ...], Audit]:
    """Clear what a strength edit can clear at advice or above.

    Args:
        made: the plan.
        rules: to audit with.
        catalog: where exercises are looked up.
        log: what was done.
        today: nothing before it is edited.
        allows: whether a session may stand as edited, given the edited plan; sessions that may not stay as they were.
        spared: families whose findings are told but not acted on.

    Returns:
        The plan, what was changed and why, and the audit of what is left.
    """
    report = audit(made, rules=rules, catalog=catalog, log=log, today=today)
    if all(each.fix is None or each.rule.startswith(spared) for each in report.at_least(Severity.ADVICE)):
        return made, (), report
    fixed = fix_plan(made, rules=rules, catalog=catalog, log=log, today=today, severity=Severity.ADVICE, ignore=spared)
    kept = _kept(made, fixed.plan, fixed.applied, rules=rules, catalog=catalog, allows=allows)
    report = fixed.remaining
    if spared or kept != fixed.plan:
        report = audit(kept, rules=rules, catalog=catalog, log=log, today=today)
    return kept, _retold(made, kept, fixed.applied, catalog), report


def verdict(report: Audit) -> Decision:
    """Return the decision that tells what an audit left."""
    counts = [f"{sum(f.severity is s for f in report.findings)} {s}" for s in reversed(Severity)]
    found = ", ".join(count for count in counts if not count.startswith("0 ")) or "nothing"
    return Decision(
        about="season",
        what=f"{AUDITED} {len(report.checked)} rules: {found} found",
        why="a plan never leaves unaudited; findings about your own runs are passed on, not edited",
        sources=tuple(sorted({finding.rule for finding in report.findings})),
    )


def _kept(
    before: Plan, after: Plan, edits: Sequence[Edit], *, rules: RuleSet, catalog: Catalog,
    allows: Callable[[Plan, Session], bool] | None,
) -> Plan:  # fmt: skip
    """Return the mended plan, estimated anew, less the edits that break minutes or make legs heavy.

    An edit that makes a session too long costs sets first; where even that does not fit, the session stays as it was.
    """
    edited = {edit.session for edit in edits}
    old = {session.id: session for session in before.sessions}
    numbers = rules.with_overrides(before.runner.overrides, "runner")
    weeks = []
    back: list[Session] = []
    for week in after.weeks:
        sessions = []
        for session in week.sessions:
            fitting: Session | None = session
            if session.id in edited:
                fitting = remeasured(
                    _rearranged(session, before.runner, numbers, catalog), week, before.runner, numbers, catalog
                )
                if fitting is not None and allows is not None and not allows(after, fitting):
                    fitting = None
            if fitting is not None:
                sessions.append(fitting)
            else:
                back.append(old[session.id])
        weeks.append(evolve(week, sessions=tuple(sessions)))
    # A session that was to leave its week goes back to it.
    homes = [tuple(each for each in back if week.start <= each.date <= week.end) for week in weeks]
    return evolve(after, weeks=tuple(standing(week, *home) for week, home in zip(weeks, homes, strict=True)))


def _rearranged(session: Session, runner: Runner, rules: RuleSet, catalog: Catalog) -> Session:
    """Return a session whose main work stands in order anew: what came in may not alternate with its neighbor."""
    main = session.part(PartName.MAIN).prescriptions
    throughout = runner.minutes_on(session.date) <= rules.number("planning", "supersets_throughout_up_to")
    kit = runner.kit_at(session.place)
    made = Supersets(catalog.exercises, Definitions.of(rules)).lettered(main, kit, all_of_it=throughout)
    if made == main:
        return session
    parts = tuple(evolve(part, prescriptions=made) if part.name is PartName.MAIN else part for part in session.parts)
    return evolve(session, parts=parts)


def standing(week: Week, *more: Session) -> Week:
    """Return a week with sessions added, in order of time."""
    if not more:
        return week
    sessions = sorted((*week.sessions, *more), key=lambda each: (each.date, each.day_part.order, each.id))
    return evolve(week, sessions=tuple(sessions))


def remeasured(session: Session, week: Week, runner: Runner, rules: RuleSet, catalog: Catalog) -> Session | None:
    """Return a session whose main work was changed with length, emphasis and effort estimated anew.

    One that is too long for its day loses sets, those of the exercise with the most first and of equals the later one.

    Args:
        session: as changed.
        week: that it stands in.
        runner: whose day it is.
        rules: resolved.
        catalog: where exercises are looked up.

    Returns:
        None where it does not fit its day with one set of each, holds no main work, or would become heavy on the legs.
    """
    limit = runner.minutes_on(session.date) * 60
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


def _retold(before: Plan, kept: Plan, edits: Sequence[Edit], catalog: Catalog) -> tuple[Decision, ...]:
    """Say why exercises came in or went out when the audit was acted on."""
    old = {session.id: session for session in before.sessions}
    new = {session.id: session for session in kept.sessions}
    told = []
    for edit in edits:
        if not isinstance(edit, (Swap, Drop)) or old[edit.session] == new[edit.session]:
            continue
        name = catalog.exercises[edit.exercise].name
        if isinstance(edit, Swap) and edit.replacement.exercise == edit.exercise:
            what, why = f"{edit.replacement} in session {edit.session}", "this clears a finding of the audit"
            told.append(Decision(about=edit.exercise, what=what, why=why))
        elif isinstance(edit, Swap):
            why = f"the audit found {name} wanting there, and this clears the finding"
            what = f"in session {edit.session} instead of {name}"
            told.append(Decision(about=edit.replacement.exercise, what=what, why=why))
        else:
            why = "this clears a finding of the audit"
            told.append(Decision(about=edit.exercise, what=f"left out of session {edit.session}", why=why))
    return tuple(dict.fromkeys(told))
