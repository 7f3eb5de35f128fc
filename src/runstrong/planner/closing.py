"""The last step of a plan: audit it, mend what a strength edit can mend, and keep its limits while doing so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence

from runstrong.auditor.engine import Auditor, audit, resolve_rules
from runstrong.catalog.carrying import carrying
from runstrong.model.audits import Audit
from runstrong.model.catalog import Catalog
from runstrong.model.edits import Drop, Edit, Insert, Lighten, Reduce, Skip, Split, Swap, Wait
from runstrong.model.log import Log
from runstrong.model.measuring import estimated_seconds, planned_rpe, whole_minutes
from runstrong.model.plan import Decision, Plan, Session, Week
from runstrong.model.prescription import blocks_of
from runstrong.model.rules import RuleSet
from runstrong.model.runner import Runner
from runstrong.model.timeline import Definitions, emphasis_of
from runstrong.model.value import evolve
from runstrong.model.words import Emphasis, PartName, Severity
from runstrong.planner.dosing import shortened
from runstrong.planner.supersets import Supersets, place_in_session

__all__ = ["AUDITED", "audited", "mended", "remeasured", "standing", "verdict"]


AUDITED = "audited against"
"""How the decision begins that tells the outcome of the last audit."""


def audited(made: Plan, rules: RuleSet, catalog: Catalog) -> Plan:
    """Clear what a strength edit can clear at advice or above, and say what the audit left."""
    kept, told, report = mended(made, rules, catalog)
    return carrying(evolve(kept, decisions=(*made.decisions, *told, verdict(report))), catalog)


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
    resolved = resolve_rules(made.runner, rules=rules, plan=made, ignore=spared)
    auditor = Auditor(made.runner, resolved, catalog=catalog, log=log, today=today)
    plan, applied, judged = made, [], auditor.judged(made)
    while (found := auditor.first_fixed(judged, Severity.ADVICE)) is not None and found.fix is not None:
        plan = auditor.carried_out(plan, found.fix)
        applied.append(found.fix)
        judged = auditor.judged(plan)
    kept = _kept(made, plan, applied, rules=rules, catalog=catalog, allows=allows) if applied else made
    # What is left has been shown to have no fix; that it is told at all is what this audit is for.
    if spared:
        report = audit(kept, rules=rules, catalog=catalog, log=log, today=today, fixes=False)
    else:
        report = auditor.report(judged if kept is plan else auditor.judged(kept), fixes=False)
    return kept, _retold(made, kept, applied, catalog), report


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
    old = {session.id: session for session in before.sessions}
    numbers = rules.with_overrides(before.runner.overrides, "runner")
    measured: dict[str, Session | None] = {}
    for week in after.weeks:
        for session in week.sessions:
            if old.get(session.id) != session:
                ordered = _rearranged(session, before.runner, numbers, catalog)
                if session.id in old:
                    # Measured anew it may have become heavy, which its place was not chosen for.
                    ordered = evolve(ordered, emphasis=old[session.id].emphasis)
                fitting = remeasured(ordered, week, before.runner, numbers, catalog)
                allowed = fitting is not None and (allows is None or allows(after, fitting))
                if fitting is not None and session.id in old and old[session.id].emphasis is Emphasis.MOBILITY:
                    # It may stand on the last day of rest, which strength may not take.
                    allowed = allowed and fitting.emphasis is Emphasis.MOBILITY
                measured[session.id] = fitting if allowed else None
    for edit in edits:
        # The two halves of a session stand or fall together.
        if isinstance(edit, Split) and None in (measured.get(edit.session, edit), measured.get(edit.into, edit)):
            measured |= {edit.session: None, edit.into: None}
    weeks = [
        evolve(
            week, sessions=tuple(made for each in week.sessions if (made := measured.get(each.id, each)) is not None)
        )
        for week in after.weeks
    ]
    # A session that was to leave its week goes back to it.
    back = [old[id] for id, made in measured.items() if made is None and id in old]
    homes = [tuple(each for each in back if week.start <= each.date <= week.end) for week in weeks]
    return evolve(after, weeks=tuple(standing(week, *home) for week, home in zip(weeks, homes, strict=True)))


def _rearranged(session: Session, runner: Runner, rules: RuleSet, catalog: Catalog) -> Session:
    """Return a session whose main work stands in order anew: what came in may not alternate with its neighbor."""
    main = session.part(PartName.MAIN).prescriptions
    throughout = runner.minutes_on(session.date) <= rules.number("planning", "supersets_throughout_up_to")
    kit = runner.kit_at(session.place)
    made = Supersets(catalog.exercises, Definitions.of(rules)).lettered(main, kit, all_of_it=throughout)
    return session if made == main else session.with_main(made)


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
        pair = [place for place, each in enumerate(main) if less.superset and each.superset == less.superset]
        if all(main[place].sets < 2 for place in pair):
            for place in pair:  # one set of each has no rest to share
                main[place] = evolve(main[place], superset=None)
            # Alone each stands where its kind of work does.
            blocks = sorted(blocks_of(main), key=lambda block: place_in_session(catalog.exercises[block[0].exercise]))
            main = [each for block in blocks for each in block]
    emphasis = emphasis_of(
        ((catalog.exercises[each.exercise], each.load, each.rir) for each in main), Definitions.of(rules)
    )
    if not main or (emphasis is not session.emphasis and emphasis is Emphasis.HEAVY_LEGS):
        return None
    return evolve(
        session.with_main(main), minutes=whole_minutes(seconds), emphasis=emphasis,
        session_rpe=planned_rpe(emphasis, week.phase, week.deload),
    )  # fmt: skip


def _retold(before: Plan, kept: Plan, edits: Sequence[Edit], catalog: Catalog) -> tuple[Decision, ...]:
    """Say what came in, went out or changed when the audit was acted on."""
    old = {session.id: session for session in before.sessions}
    new = {session.id: session for session in kept.sessions}
    told = []
    for edit in edits:
        if isinstance(edit, Lighten):
            lighter = any(week.deload and week.start <= edit.week <= week.end for week in kept.weeks)
            if lighter:
                about = f"week of {before.runner.week_of(edit.week)}"
                told.append(Decision(about=about, what=str(edit), why=_CLEARS, sources=("PG03",)))
            continue
        session = getattr(edit, "session", None)
        if session is None or old.get(session) == new.get(session):
            continue
        told += _told_of(edit, catalog)
    return tuple(dict.fromkeys(told))


_CLEARS = "this clears a finding of the audit"


def _told_of(edit: Edit, catalog: Catalog) -> Iterator[Decision]:
    if isinstance(edit, Swap) and edit.replacement.exercise != edit.exercise:
        name = catalog.exercises[edit.exercise].name
        why = f"the audit found {name} wanting there, and this clears the finding"
        yield Decision(about=edit.replacement.exercise, what=f"in session {edit.session} instead of {name}", why=why)
    elif isinstance(edit, Swap):
        yield Decision(about=edit.exercise, what=f"{edit.replacement} in session {edit.session}", why=_CLEARS)
    elif isinstance(edit, Insert):
        what = f"added to session {edit.session}: {edit.prescription}"
        yield Decision(about=edit.prescription.exercise, what=what, why=_CLEARS)
    elif isinstance(edit, Drop):
        yield Decision(about=edit.exercise, what=f"left out of session {edit.session}", why=_CLEARS)
    elif isinstance(edit, (Reduce, Wait)):
        yield Decision(about=edit.exercise, what=str(edit), why=_CLEARS)
    elif isinstance(edit, (Split, Skip)):
        yield Decision(about=edit.session, what=str(edit), why=_CLEARS)
