"""The auditor: a rule set held against a timeline, with fixes that were shown to help."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from runstrong.auditor.costing import cost
from runstrong.catalog.records import load_catalog
from runstrong.model.attribution import log_by_session
from runstrong.model.audits import Audit, Scope
from runstrong.model.catalog import Catalog
from runstrong.model.editing import edits_runs, touched
from runstrong.model.edits import Edit, Wait
from runstrong.model.errors import CheckFailed, InvalidValue, Problem, RunstrongError
from runstrong.model.exercise import Exercise
from runstrong.model.findings import Finding, Idle, NotApplicable, Waived, Waiver
from runstrong.model.log import Log
from runstrong.model.measuring import SessionMeasure
from runstrong.model.plan import Plan
from runstrong.model.rules import Grade, Override, RuleSet
from runstrong.model.runner import Runner
from runstrong.model.timeline import Definitions, Timeline
from runstrong.model.value import evolve
from runstrong.model.words import Severity
from runstrong.rules.definition import Check, limits_of
from runstrong.rules.packaged import PACKAGED
from runstrong.rules.records import load_rules

__all__ = ["Auditor", "audit", "resolve_rules"]


def audit(
    subject: Plan | Log | Runner,
    *,
    runner: Runner | None = None,
    log: Log | None = None,
    plan: Plan | None = None,
    rules: RuleSet | None = None,
    catalog: Catalog | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    severities: Iterable[Grade] = (),
    overrides: Iterable[Override] = (),
    waivers: Iterable[Waiver] = (),
    today: dt.date | None = None,
    fixes: bool = True,
    edit_runs: bool = False,
) -> Audit:
    """Hold a plan, a log, or both as one timeline against the rules.

    ``audit(plan)`` judges what is planned, ``audit(log, runner=runner)`` what was done, and ``audit(plan, log=log)`` or
    ``audit(log, plan=plan)`` the past, the future and the seam between them. It educates; it does not predict injury.

    Args:
        subject: a plan, a log, or a runner whose `log` or `plan` is given.
        runner: whose it is; a plan carries its own.
        log: what was done, beside a plan.
        plan: what is planned, beside a log.
        rules: a rule set of your own, see `load_rules`; the packaged one by default.
        catalog: where exercises are looked up; the packaged one by default.
        select: codes, names or families to apply; empty means what rule set and runner say.
        ignore: codes, names or families to leave out.
        severities: of all findings of a rule; they stand before the runner's.
        overrides: of parameters; they stand before the plan's, which stand before the runner's.
        waivers: findings accepted on purpose, beside those of rule set and runner.
        today: what stands before this day is past and gets no fix; waivers that end before it have expired.
        fixes: whether proposals are verified; without it no finding has a fix, and the audit is faster.
        edit_runs: whether a fix may change the plan's runs, which are the runner's own and otherwise left alone.

    Returns:
        Findings gravest first, then by date; what was waived; which rules could not judge, with the reason; and what
        came of each rule, passes too (`Audit.verdicts`).

    Raises:
        InvalidValue: there is no runner, a code is unknown, an override leaves its range, or a
            rule has no check.

    Example:
        >>> import datetime as dt
        >>> from runstrong.model.log import Log
        >>> from runstrong.model.quantities import km
        >>> from runstrong.model.runner import Runner
        >>> from runstrong.model.running import Run, RunningWeek
        >>> first = dt.date(2027, 1, 4)
        >>> runs = [Run(date=first + dt.timedelta(days=day), distance=km(8)) for day in range(0, 35, 7)]
        >>> runs.append(Run(date=first + dt.timedelta(days=35), distance=km(17)))
        >>> found = audit(Log(runs=runs), runner=Runner(name="Ada", running=RunningWeek()), select=["TM01"])
        >>> print(found.message(found.findings[0]))
        2027-02-08: 17 km is over 8.8 km (112 % above 8 km, the longest run of 30 days)
    """
    the_plan = subject if isinstance(subject, Plan) else plan
    the_log = subject if isinstance(subject, Log) else log
    whose = runner or (subject if isinstance(subject, Runner) else None) or (the_plan.runner if the_plan else None)
    if whose is None:
        raise InvalidValue([Problem("audit", "a log and no runner", "whose log it is", "pass runner=")])
    resolved = resolve_rules(
        whose, rules=rules, plan=the_plan, select=select, ignore=ignore, severities=severities, overrides=overrides,
        waivers=waivers,
    )  # fmt: skip
    known = catalog or load_catalog()
    if the_plan is not None and the_log is not None:
        the_log = log_by_session(the_plan, the_log, known)
    judge = Auditor(whose, resolved, catalog=known, log=the_log, today=today, edit_runs=edit_runs)
    return judge.audit(the_plan, fixes=fixes)


def resolve_rules(
    runner: Runner,
    *,
    rules: RuleSet | None = None,
    plan: Plan | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    severities: Iterable[Grade] = (),
    overrides: Iterable[Override] = (),
    waivers: Iterable[Waiver] = (),
) -> RuleSet:
    """Return the rule set that holds for a runner: record < rule set given < runner < plan < call.

    The rule set given may hold a preset and a file already, in that order. Waivers of all layers hold.

    Example:
        >>> from runstrong.model.running import RunningWeek
        >>> ada = Runner(name="Ada", running=RunningWeek(), ignore=["TM"])
        >>> resolve_rules(ada, overrides=[Override(rule="CV01", parameter="calf", value=2)]).origin("CV01", "calf")
        'call'
    """
    resolved = rules if rules is not None else load_rules()
    resolved = resolved.with_overrides(runner.overrides, "runner").narrowed(runner.select, runner.ignore)
    resolved = resolved.with_severities(runner.severities, "runner").with_waivers(runner.waivers)
    if plan is not None:
        resolved = resolved.with_overrides(plan.overrides, "plan")
    resolved = resolved.with_overrides(overrides, "call").narrowed(select, ignore)
    return resolved.with_severities(severities, "call").with_waivers(waivers)


class Judged(NamedTuple):
    """What every check said about a plan, before anything is verified or waived."""

    plan: Plan | None
    timeline: Timeline
    findings: list[Finding]
    silent: list[NotApplicable]


class Auditor:
    """Runner, resolved rules, catalog and log, against which one plan after another can be held.

    Args:
        runner: whose timeline it is.
        rules: resolved.
        catalog: where exercises are looked up.
        log: what was done.
        today: sessions before it get no fix; waivers that end before it have expired.
        edit_runs: whether a fix may change the plan's runs.
    """

    def __init__(
        self,
        runner: Runner,
        rules: RuleSet,
        *,
        catalog: Catalog,
        log: Log | None = None,
        today: dt.date | None = None,
        edit_runs: bool = False,
    ) -> None:
        self.runner, self.rules, self.catalog, self.log, self.today = runner, rules, catalog, log, today
        self.edit_runs = edit_runs
        self._words = Definitions.of(rules)
        # A check of one's own with a packaged code stands in its place.
        known: dict[str, Check[Any]] = {check.code: check for check in (*PACKAGED, *rules.checks)}
        missing = [code for code in rules.active if code not in known]
        if missing:
            cure = "load_rules(..., checks=[...]), or ignore the rule"
            allowed = "a check for every active rule"
            raise InvalidValue(Problem(f"rule {code}", "no check", allowed, cure) for code in missing)
        self._grades = {graded.rule: graded.severity for graded in rules.grades}
        # Numbers are filled in once: each proposal is proved by an audit of its own.
        self._checks = [(known[code], limits_of(known[code], rules)) for code in rules.active]

    def timeline(self, plan: Plan | None) -> Timeline:
        """Return the timeline of `plan` with runner and log."""
        return Timeline(self.runner, self.catalog, self._words, log=self.log, plan=plan, rules=self.rules)

    def carried_out(self, plan: Plan, edit: Edit) -> Plan:
        """Return `plan` with an edit carried out, its sessions measured anew.

        Raises:
            RunstrongError: the edit cannot be carried out.
        """
        return plan.apply(edit, SessionMeasure(self.known(plan), self.rules))

    def known(self, plan: Plan) -> Mapping[str, Exercise]:
        """Return the exercises by id, a plan's own before the catalog's."""
        if not plan.exercises:
            return self.catalog.exercises
        return {**self.catalog.exercises, **{exercise.id: exercise for exercise in plan.exercises}}

    def judged(self, plan: Plan | None) -> Judged:
        """Run every active check over a plan with the log, for `report` and `first_fixed` to go on from."""
        timeline = self.timeline(plan)
        return Judged(plan, timeline, *self.judge(timeline))

    def judge(self, timeline: Timeline) -> tuple[list[Finding], list[NotApplicable]]:
        """Run every active check once; findings are in order, none is verified or waived."""
        findings: list[Finding] = []
        silent: list[NotApplicable] = []
        for check, limits in self._checks:
            try:
                for outcome in check.judge(timeline, limits):
                    if isinstance(outcome, Finding):
                        findings.append(self._graded(outcome))
                    else:
                        silent.append(outcome)
            except RunstrongError:
                raise
            except Exception as error:  # whatever a rule of somebody's own may raise
                raise CheckFailed(check.code, error) from error
        findings.sort(key=_order)
        silent.sort(key=lambda each: (each.rule, each.where.date if each.where else dt.date.min, each.reason))
        return findings, silent

    def _graded(self, finding: Finding) -> Finding:
        severity = self._grades.get(finding.rule)
        if severity is None or Severity.DANGER in (severity, finding.severity):
            return finding
        return evolve(finding, severity=severity)

    def audit(self, plan: Plan | None, *, fixes: bool = True) -> Audit:
        """Judge `plan` with the log; verify what is proposed."""
        return self.report(self.judged(plan), fixes=fixes)

    def report(self, judged: Judged, *, fixes: bool = True) -> Audit:
        """Return the audit of a plan that was judged, with what is proposed verified."""
        plan, timeline, findings, silent = judged
        kept, waived = self._waive(findings)
        if fixes:
            # What is waived is no reason against a fix, so all findings are the measure.
            prover = _Prover(self, plan, findings)
            kept = [prover.proved(finding) for finding in kept]
        return Audit(
            findings=tuple(kept),
            waived=tuple(waived),
            idle=tuple(self._idle(waived)),
            not_applicable=tuple(silent),
            checked=self.rules.active,
            scope=_scope(timeline),
            rules=self.rules,
        )

    def first_fixed(self, judged: Judged, severity: Severity) -> Finding | None:
        """Return the gravest finding from `severity` up that has a fix and is not waived."""
        plan, _, findings, _ = judged
        kept, _ = self._waive(findings)
        prover = _Prover(self, plan, findings)
        grave = (finding for finding in kept if finding.severity.rank >= severity.rank)
        return next((proved for finding in grave if (proved := prover.proved(finding)).fix is not None), None)

    def _waive(self, findings: list[Finding]) -> tuple[list[Finding], list[Waived]]:
        kept: list[Finding] = []
        waived: list[Waived] = []
        standing = [waiver for waiver in self.rules.waivers if not self._expired(waiver)]
        for finding in findings:
            waiver = next((waiver for waiver in standing if self._coded(waiver).covers(finding)), None)
            if waiver is None:
                kept.append(finding)
            else:
                waived.append(Waived(finding=finding, waiver=waiver))
        return kept, waived

    def _idle(self, waived: list[Waived]) -> Iterator[Idle]:
        used = {each.waiver for each in waived}
        for waiver in dict.fromkeys(self.rules.waivers):
            if waiver in used:
                continue
            if self._expired(waiver):
                yield Idle(waiver=waiver, reason=f"it ended on {waiver.until}")
            elif self._coded(waiver).rule not in self.rules.active:
                yield Idle(waiver=waiver, reason="its rule is not applied")
            else:
                yield Idle(waiver=waiver, reason="nothing was found that it accepts")

    def _expired(self, waiver: Waiver) -> bool:
        return waiver.until is not None and self.today is not None and waiver.until < self.today

    def _coded(self, waiver: Waiver) -> Waiver:
        # A waiver may name the rule, or a code that it had formerly.
        named = self.rules[waiver.rule]
        return waiver if waiver.rule == named.id else evolve(waiver, rule=named.id)


def _scope(timeline: Timeline) -> Scope:
    runs, sessions = timeline.runs, timeline.sessions
    days = [run.date for run, _ in runs] + [session.date for session in sessions]
    if timeline.plan is not None:
        days += [timeline.plan.start, timeline.plan.end]
    done = sum(performed for _, performed in runs)
    held = sum(session.performed for session in sessions)
    return Scope(
        first=min(days, default=None),
        last=max(days, default=None),
        runs_done=done,
        runs_planned=len(runs) - done,
        sessions_done=held,
        sessions_planned=len(sessions) - held,
        exercises=sum(len(session.rows) for session in sessions),
    )


def _order(finding: Finding) -> tuple[Any, ...]:
    where = finding.where
    place = (where.date, finding.rule, where.session or "", where.exercise or "", _subject(finding))
    return (-finding.severity.rank, *place, finding.measured)


def _subject(finding: Finding) -> str:
    return next((str(fact.value) for fact in finding.facts if fact.name == "subject"), "")


def identity(finding: Finding) -> tuple[Any, ...]:
    """Return what makes two findings of two audits the same one.

    A session keeps its id when it moves, so that its day is no part of it; for the rest the day tells them apart.
    """
    where = finding.where
    place: tuple[Any, ...] = (where.session,) if where.session else (where.date, where.week)
    return (finding.rule, *place, where.exercise, _subject(finding))


def _without_fix(finding: Finding, reason: str) -> Finding:
    # What the check itself says about a fix is nearer to the matter.
    return finding if finding.no_fix else evolve(finding, no_fix=reason)


_PINNED = "the session is pinned"
_YOURS = "runs are yours: not edited unless you ask for it with edit_runs or --edit-runs"


class _Prover:
    """Shows which proposed edits help, by auditing the plan as it would be; each edit is tried once."""

    def __init__(self, auditor: Auditor, plan: Plan | None, findings: list[Finding]) -> None:
        self._auditor, self._plan = auditor, plan
        self._before = Counter((identity(each), each.severity) for each in findings)
        self._plans: dict[Edit, Plan | None] = {}
        self._after: dict[Edit, Counter[tuple[Any, Any]] | None] = {}

    def proved(self, finding: Finding) -> Finding:
        """Return the finding with the proposal that holds and changes least as its fix, or with why there is none.

        They are tried by what they cost (`runstrong.auditor.costing`), of equals the check's own choice first, so
        that the first that holds is the one to take: no finding costs more audits than it has proposals.
        """
        if self._plan is None or finding.where.performed:
            return _without_fix(finding, "what is done is not edited")
        if not finding.proposals:
            if any(session.pinned for session in self._plan.sessions if session.id == finding.where.session):
                return evolve(finding, no_fix=_PINNED)
            return _without_fix(finding, "no single edit of the plan would clear it")
        reasons: list[str] = []
        for proposal in self._cheapest_first(finding.proposals, self._plan):
            reason = self._against(finding, self._plan, proposal)
            if not reason:
                return evolve(finding, fix=proposal, no_fix="")
            reasons.append(reason if reason == _YOURS else f"{proposal}: {reason}")
        return _without_fix(finding, reasons[0])

    def _cheapest_first(self, proposals: tuple[Edit, ...], plan: Plan) -> list[Edit]:
        """Order proposals by how much of the plan they change; those that cannot be carried out come last."""
        if len(proposals) == 1:
            return list(proposals)
        costs = []
        for place, edit in enumerate(proposals):
            edited = self._edited(plan, edit)
            once = isinstance(edit, Wait)
            costs.append((cost(plan, edited, once=once) if edited is not None else math.inf, place))
        return [proposals[place] for _, place in sorted(costs)]

    def _against(self, finding: Finding, plan: Plan, edit: Edit) -> str:
        """Return what speaks against an edit, empty where nothing does."""
        if edits_runs(edit) and not self._auditor.edit_runs:
            return _YOURS
        sessions = [plan.session(id) for id in touched(plan, edit)]
        today = self._auditor.today
        days = [session.date for session in sessions]
        days += [day for name in ("to", "date") if isinstance(day := getattr(edit, name, None), dt.date)]
        if today is not None and any(day < today for day in days):
            return "it would edit the past"
        if any(session.pinned for session in sessions):
            return _PINNED
        after = self._outcome(plan, edit)
        if after is None:
            return "it cannot be carried out"
        wanted = identity(finding)
        if any(key == wanted for key, _ in after):
            return "it does not clear the finding"
        for (key, severity), count in sorted(after.items(), key=lambda item: str(item[0])):
            if severity.rank >= finding.severity.rank and count > self._before[key, severity]:
                return f"it brings {key[0]} {self._auditor.rules[key[0]].name}"
        return ""

    def _edited(self, plan: Plan, edit: Edit) -> Plan | None:
        if edit not in self._plans:
            try:
                self._plans[edit] = self._auditor.carried_out(plan, edit)
            except RunstrongError:
                self._plans[edit] = None
        return self._plans[edit]

    def _outcome(self, plan: Plan, edit: Edit) -> Counter[tuple[Any, Any]] | None:
        if edit not in self._after:
            edited = self._edited(plan, edit)
            if edited is None:
                self._after[edit] = None
            else:
                findings, _ = self._auditor.judge(self._auditor.timeline(edited))
                self._after[edit] = Counter((identity(each), each.severity) for each in findings)
        return self._after[edit]
