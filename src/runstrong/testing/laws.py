"""The laws of rules, each a sentence with a function that shows where it is broken.

A law takes a rule as it is held (`Held`), a runner with log and plan (`Subject`), and a way to pick one of several
things. It raises `AssertionError` with what it saw. `runstrong.testing.contract` finds the subjects and says who broke
what.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import attrs

from runstrong.auditor import audit, fix_plan
from runstrong.auditor.engine import Auditor, identity, resolve_rules
from runstrong.catalog.records import load_catalog
from runstrong.model.audits import Audit
from runstrong.model.catalog import Catalog
from runstrong.model.errors import CheckFailed, RunstrongError
from runstrong.model.findings import Finding, NotApplicable, filled
from runstrong.model.rules import Loosens, Override, Parameter, Rule, RuleSet
from runstrong.model.timeline import Timeline
from runstrong.model.value import Record, evolve, record
from runstrong.rules.packaged import PACKAGED
from runstrong.rules.records import load_rules
from runstrong.testing.people import Pick
from runstrong.testing.subjects import (
    Subject,
    cut_before,
    emptied,
    forgetting,
    reordered,
    shifted,
    uncovered,
    without_sets,
    without_warm_ups,
)

__all__ = ["RULE_LAWS", "SPARED", "Held", "Law"]

_DATE = re.compile(r"\d{4}-?\d\d-?\d\d")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_GAP = re.compile(r"  |[{}]|\bNone\b|\bnan\b|\binf\b|\s[,.;:]")


class Held:
    """A rule as laws see it: its record, the rule set it stands in, and its check.

    Args:
        code: of the rule.
        rules: with its record and check; the packaged ones by default.
        catalog: where exercises are looked up; the packaged one by default.
    """

    def __init__(
        self,
        code: str,
        *,
        rules: RuleSet | None = None,
        catalog: Catalog | None = None,
    ) -> None:
        self.rules = rules if rules is not None else load_rules()
        self.rule: Rule = self.rules[code]
        self.code = self.rule.id
        self.catalog = catalog if catalog is not None else load_catalog()
        found = (check for check in (*self.rules.checks, *PACKAGED) if check.code == self.code)
        self._parameters: type[Any] | None = next((check.parameters for check in found), None)

    def auditor(
        self, subject: Subject, *, among: bool = False, without: bool = False, overrides: Iterable[Override] = ()
    ) -> Auditor:
        """Return an auditor with this rule alone, `among` all that are on, or `without` it among them."""
        rules = resolve_rules(
            subject.runner,
            rules=self.rules,
            plan=subject.plan,
            select=self._select(among or without),
            ignore=[self.code] if without else (),
            overrides=overrides,
        )
        return Auditor(subject.runner, rules, catalog=self.catalog, log=subject.log)

    def timeline(self, subject: Subject) -> Timeline:
        """Return the subject as rules read it."""
        return self.auditor(subject).timeline(subject.plan)

    def judged(
        self, subject: Subject, *, among: bool = False, without: bool = False
    ) -> tuple[list[Finding], list[NotApplicable]]:
        """Return what is found, and where no judgement is possible."""
        auditor = self.auditor(subject, among=among, without=without)
        return _judged(auditor, auditor.timeline(subject.plan))

    def found(self, subject: Subject) -> list[Finding]:
        """Return what this rule finds."""
        return self.judged(subject)[0]

    def audited(self, subject: Subject, *, among: bool = False) -> Audit:
        """Return the audit with verified fixes."""
        return audit(subject.runner, plan=subject.plan, select=self._select(among), **self._asked(subject))

    def fixed(self, subject: Subject) -> Any:
        """Return the plan after all fixes of this rule."""
        if subject.plan is None:
            raise ValueError("only a plan can be fixed")
        return fix_plan(subject.plan, runner=subject.runner, select=[self.code], **self._asked(subject))

    def looser(self, each: Parameter, share: float) -> float:
        """Return a value of a parameter, `share` of the way to the bound in the direction that loosens it."""
        end = each.max if each.loosens is Loosens.UP else each.min
        value = end if share >= 1 else each.value + share * (end - each.value)
        fields = attrs.fields_dict(self._parameters) if self._parameters is not None else {}
        whole = each.name in fields and fields[each.name].type in (int, "int")
        return float(round(value)) if whole else value

    def _select(self, among: bool) -> list[str]:
        return ["ALL", self.code] if among else [self.code]

    def _asked(self, subject: Subject) -> dict[str, Any]:
        return {"log": subject.log, "rules": self.rules, "catalog": self.catalog}


def _judged(auditor: Auditor, timeline: Timeline) -> tuple[list[Finding], list[NotApplicable]]:
    try:
        return auditor.judge(timeline)
    except RunstrongError as error:
        raised = error.__cause__ if isinstance(error, CheckFailed) and error.__cause__ is not None else error
        raise AssertionError(f"the check raised {type(raised).__name__}: {raised}") from raised


@record
class Law(Record):
    """What every rule keeps.

    Args:
        id: short name.
        statement: the law in one sentence.
        holds: raises `AssertionError` with what it saw where the law is broken.
        spares: returns why a rule is not held to it, empty where it is.
    """

    id: str
    statement: str
    holds: Callable[[Held, Subject, Pick], None]
    spares: Callable[[Rule], str] = lambda _: ""

    def spared(self, rule: Rule) -> str:
        """Return why `rule` is not held to this law; empty where it is."""
        return SPARED.get((self.id, rule.id), "") or self.spares(rule)


# -- comparing -------------------------------------------------------------------------------------------------------

_Key = tuple[Any, ...]


def _keys(findings: Iterable[Finding]) -> dict[_Key, Finding]:
    return {identity(each): each for each in findings}


def _whole(finding: Finding) -> _Key:
    """Return all that a finding says, but for what is proposed."""
    return (
        *identity(finding), finding.where.date, finding.severity, round(finding.measured, 9), round(finding.limit, 9),
        finding.unit, finding.facts,
    )  # fmt: skip


def _lines(title: str, findings: Iterable[Finding]) -> str:
    told = [f"  {each.severity} {each}" for each in findings]
    return "\n".join([f"{title}:", *(told or ["  nothing"])])


def _adds_none(before: list[Finding], after: list[Finding], what: str) -> None:
    known = _keys(before)
    new = [each for each in after if identity(each) not in known]
    if new:
        raise AssertionError(f"{_lines(f'{what} there is also', new)}\n{_lines('before', before)}")


def _same(before: Iterable[Finding], after: Iterable[Finding], what: str) -> None:
    old, new = Counter(map(_whole, before)), Counter(map(_whole, after))
    if old != new:
        gone = [each for each in before if _whole(each) not in new]
        come = [each for each in after if _whole(each) not in old]
        raise AssertionError("\n".join([_lines("before", gone), _lines(what, come), *_facts((*gone, *come))]))


def _facts(findings: Iterable[Finding]) -> list[str]:
    facts = (", ".join(f"{fact.name} {fact.value}" for fact in each.facts) for each in findings)
    return [f"  {told}" for told in facts if told]


# -- the laws --------------------------------------------------------------------------------------------------------


def _never_raises(held: Held, subject: Subject, _: Pick) -> None:
    held.judged(subject)
    held.judged(Subject(subject.runner, subject.log))
    held.judged(Subject(subject.runner, None, subject.plan))


def _same_each_time(held: Held, subject: Subject, _: Pick) -> None:
    if held.audited(subject) != held.audited(subject):
        raise AssertionError("two audits of the same differ")


def _in_any_order(held: Held, subject: Subject, pick: Pick) -> None:
    _same(
        held.found(subject), held.found(reordered(subject, pick(range(12)))), "with the log's entries in another order"
    )


def _told_once(held: Held, subject: Subject, _: Pick) -> None:
    findings = held.found(subject)
    twice = {key for key, count in Counter(map(identity, findings)).items() if count > 1}
    if twice:
        raise AssertionError(_lines("told more than once", (each for each in findings if identity(each) in twice)))


def _words(held: Held, subject: Subject, _: Pick) -> None:
    for each in held.found(subject):
        message, advice = _rendered(held.rule.message, each), _rendered(held.rule.advice, each)
        if str(each.where.date) not in message:
            raise AssertionError(f"the message does not say when: {message!r}")
        numbers = set(_NUMBER.findall(_DATE.sub("", message)))
        words = each.words()
        for name in ("measured", "limit"):
            # A 0 or 1 may stand for no or yes, which words say better; where nothing is allowed, how much is beside it.
            number = getattr(each, name)
            if each.limit and number not in (0, 1) and str(words[name]) not in numbers:
                raise AssertionError(f"the message does not name what was {name}, {words[name]}: {message!r}")
        for text in (message, advice):
            if not text.strip() or _GAP.search(text):
                raise AssertionError(f"the words have a gap: {text!r}")


def _rendered(text: str, finding: Finding) -> str:
    told = filled(text, finding.words())
    missing = re.search(r"\{(\w*)", told)
    if missing is not None:
        raise AssertionError(f"{text!r} cannot be rendered: no {missing[1]!r}")
    return told


def _fix_or_reason(held: Held, subject: Subject, _: Pick) -> None:
    for each in held.audited(subject).findings:
        if (each.fix is None) != bool(each.no_fix.strip()):
            raise AssertionError(f"{each}: fix {each.fix}, reason {each.no_fix!r}")
        if each.fix is not None and (subject.plan is None or each.where.performed):
            raise AssertionError(f"{each}: what is done cannot be edited, and yet: {each.fix}")


def _reasons(held: Held, subject: Subject, _: Pick) -> None:
    findings, silent = held.judged(subject)
    for each in silent:
        if each.rule != held.code or not each.reason.strip() or _GAP.search(each.reason):
            raise AssertionError(f"no reason that can be read: {each!r}")
    for one in findings:
        if one.rule != held.code or not one.unit.strip():
            raise AssertionError(f"a finding of {one.rule} in {one.unit!r}")


def _fix_clears(held: Held, subject: Subject, _: Pick) -> None:
    plan = subject.plan
    if plan is None or not held.found(subject):
        return
    found = held.audited(subject, among=True)
    before = Counter((identity(each), each.severity) for each in (*found.findings, *(w.finding for w in found.waived)))
    for each in found.findings:
        if each.rule != held.code or each.fix is None:
            continue
        edited = held.auditor(subject, among=True).carried_out(plan, each.fix)
        fixed = Subject(subject.runner, subject.log, edited)
        after = held.judged(fixed, among=True)[0]
        if any(identity(one) == identity(each) for one in after):
            raise AssertionError(f"{each.fix} leaves {each}")
        new = Counter((identity(one), one.severity) for one in after) - before
        worse = [(key, severity) for key, severity in new if severity.rank >= each.severity.rank]
        if worse:
            raise AssertionError(f"{each.fix} takes away {each} and brings {worse}")


def _fixing_ends(held: Held, subject: Subject, _: Pick) -> None:
    plan = subject.plan
    if plan is None:
        return
    fixed = held.fixed(subject)
    if any(each.fix is not None for each in fixed.remaining.findings):
        raise AssertionError(_lines("a fix is left for", fixed.remaining.findings))
    if [week.runs for week in fixed.plan.weeks] != [week.runs for week in plan.weeks]:
        raise AssertionError(f"runs were edited: {[str(edit) for edit in fixed.applied]}")
    for session in plan.sessions:
        if session.pinned and fixed.plan.session(session.id) != session:
            raise AssertionError(f"the pinned session {session.id} was edited: {[str(edit) for edit in fixed.applied]}")


def _ignoring(held: Held, subject: Subject, _: Pick) -> None:
    findings, silent = held.judged(subject, among=True)
    left, left_silent = held.judged(subject, without=True)
    others = [each for each in findings if each.rule != held.code]
    if left != others:
        _same(others, left, f"without {held.code}")
        raise AssertionError(f"without {held.code} the other findings propose something else or stand in another order")
    if left_silent != [each for each in silent if each.rule != held.code]:
        raise AssertionError(f"without {held.code} other rules give other reasons why they cannot judge")


def _shifts(held: Held, subject: Subject, pick: Pick) -> None:
    days = 7 * pick((1, -1, 3, 52, -60, 26, 8))
    subject = _without_clocks(subject, days)
    findings, silent = held.judged(subject)
    later, later_silent = held.judged(shifted(subject, days))
    told = f"with every date {days} days later"
    _same([shifted(each, days) for each in findings], later, told)
    silent = [shifted(each, days) for each in silent]
    if silent != later_silent:
        raise AssertionError(f"{told} the rule cannot judge for other reasons: {later_silent}, not {silent}")


def _without_clocks(subject: Subject, days: int) -> Subject:
    """Return the subject without a birth year where the shift brings another year, and with it another age."""
    dates = [each + dt.timedelta(days=step) for each in subject.days for step in (0, days)]
    if subject.runner.birth_year is None or len({date.year for date in dates}) <= 1:
        return subject
    runner = evolve(subject.runner, birth_year=None)
    plan = None if subject.plan is None else evolve(subject.plan, runner=runner)
    return Subject(runner, subject.log, plan)


def _loosening(held: Held, subject: Subject, pick: Pick) -> None:
    timeline = held.timeline(subject)
    before = _judged(held.auditor(subject), timeline)[0]
    for each in held.rule.parameters:
        if each.loosens is Loosens.NONE or each.name in _set_by(subject, held):
            continue
        for share in (1.0, pick((0.5, 0.01, 0.1, 0.25, 0.75, 0.9))):
            value = held.looser(each, share)
            override = Override(rule=held.code, parameter=each.name, value=value)
            after = _judged(held.auditor(subject, overrides=[override]), timeline)[0]
            _adds_none(before, after, f"with {each.name} {value:g} and not {each.value:g}, which loosens it,")


def _set_by(subject: Subject, held: Held) -> set[str]:
    """Return the parameters whose number is the subject's own."""
    own = (*subject.runner.overrides, *(subject.plan.overrides if subject.plan is not None else ()))
    return {each.parameter for each in own if each.rule in (held.code, held.rule.name)}


def _looks_back(held: Held, subject: Subject, pick: Pick) -> None:
    reach = held.rule.looks_back
    if reach is None or not subject.days:
        return
    before = held.found(subject)
    days = [each.where.date - dt.timedelta(days=reach) for each in before]
    for day in {*days[:3], *days[-1:], pick(subject.days)}:
        judged = day + dt.timedelta(days=reach)
        after = held.found(cut_before(subject, day))
        _same(
            [each for each in before if each.where.date >= judged],
            [each for each in after if each.where.date >= judged],
            f"without what stands before {day}, {reach} days before {judged}",
        )


def _no_history(rule: Rule) -> str:
    return "" if rule.looks_back is not None else "it reads through history: `looks_back` is null"


def _forgetting(held: Held, subject: Subject, pick: Pick) -> None:
    log = subject.log
    if log is None or not subject.days:
        return
    before = held.found(subject)
    for chosen in {pick(subject.days) + dt.timedelta(days=pick((0, 1, -1, 3))), subject.days[-1]}:
        day = chosen if subject.plan is None else min(chosen, subject.plan.start)
        forgotten = [each for each in before if each.where.date < day]
        after = held.found(forgetting(subject, day))
        left = [each for each in after if not any(_goes_on(earlier, each) for earlier in forgotten)]
        _adds_none(before, left, f"with a log that begins on {day}")


def _first_day(held: Held, subject: Subject, pick: Pick) -> None:
    log = subject.log
    if log is None or not subject.days:
        return
    done = Subject(subject.runner, log)
    before = held.found(done)
    told = [each.where.date for each in before if not each.where.week]
    for day in {*told[:3], pick(subject.days)}:
        after = [each for each in held.found(forgetting(done, day)) if each.where.date == day and not each.where.week]
        left = [each for each in after if not any(_goes_on(earlier, each) for earlier in before)]
        _adds_none(before, left, f"with a log that begins on {day}")


def _goes_on(earlier: Finding, later: Finding) -> bool:
    """Whether a finding tells what an earlier one told before its day was forgotten.

    What was done is told once, where it is first seen, and a stretch of weeks where it begins.
    """
    about, again = identity(earlier), identity(later)
    if (about[0], about[-2:]) != (again[0], again[-2:]):
        return False
    return any(about[-2:]) or (later.where.week and later.measured < earlier.measured)


def _last_day(held: Held, subject: Subject, _: Pick) -> None:
    if subject.days:
        day = subject.days[-1]
        _adds_none(held.found(subject), held.found(emptied(subject, day)), f"with nothing done on {day}, the last day,")


def _only_too_much(rule: Rule) -> str:
    return "" if rule.family == "TM" else "it is no rule of the family TM, too much"


def _any_day(held: Held, subject: Subject, pick: Pick) -> None:
    if subject.days:
        day = pick(subject.days)
        _adds_none(held.found(subject), held.found(emptied(subject, day)), f"with nothing done on {day}")


def _only_caps(rule: Rule) -> str:
    # What is judged by the days of its own week alone is held against a number, not against what was done before.
    within_a_week = rule.looks_back is not None and rule.looks_back <= 6
    return _only_too_much(rule) or ("" if within_a_week else "it compares with the days before, not with a cap")


def _no_sets(held: Held, subject: Subject, _: Pick) -> None:
    _stays_or_goes(held, subject, without_sets, "without sets")


def _no_warm_ups(held: Held, subject: Subject, _: Pick) -> None:
    _stays_or_goes(held, subject, without_warm_ups, "without warm-ups")


def _stays_or_goes(held: Held, subject: Subject, change: Callable[[Subject], Subject], what: str) -> None:
    """Compare a log with one that says less: what a rule did not read stays as it was, what it needs takes it away."""
    done = Subject(subject.runner, subject.log)
    before, after = held.found(done), held.found(change(done))
    _adds_none(before, after, what)
    known = _keys(before)
    other = [each for each in after if not _as_before(known[identity(each)], each)]
    if other:
        told = f"{what} the same findings have other numbers, or are graver"
        raise AssertionError(f"{_lines(told, other)}\n{_lines('before', before)}")


def _as_before(before: Finding, after: Finding) -> bool:
    # Where nothing is allowed, how much was done is beside it.
    measured = before.limit == 0 or round(before.measured, 9) == round(after.measured, 9)
    return measured and round(before.limit, 9) == round(after.limit, 9) and after.severity.rank <= before.severity.rank


def _uncovered(held: Held, subject: Subject, pick: Pick) -> None:
    done = Subject(subject.runner, subject.log)
    what = pick(("strength", "warm_ups", "readiness"))
    _adds_none(held.found(done), held.found(uncovered(done, what)), f"with a log that does not vouch for {what}")


RULE_LAWS: tuple[Law, ...] = (
    Law("raises", "A check never raises on a valid timeline.", _never_raises),
    Law("repeats", "An audit is the same each time.", _same_each_time),
    Law("order", "The log's entries in any order give the same findings; a warm-up is a sequence.", _in_any_order),
    Law("once", "No two findings of an audit are the same one.", _told_once),
    Law("words", "A finding says when, what was measured against which limit, and what to do, without a gap.", _words),
    Law(
        "fix-or-reason",
        "A finding has a fix or the reason why there is none, and only a plan is fixed.",
        _fix_or_reason,
    ),
    Law("reasons", "A rule that cannot judge says why, in its own name.", _reasons),
    Law("fix-clears", "An offered fix clears its finding and adds none as severe, among all rules.", _fix_clears),
    Law("fixing-ends", "Repeated fixing ends without a fix left; runs and pinned sessions stay.", _fixing_ends),
    Law("ignoring", "Ignoring a code removes exactly its findings and changes no other rule's.", _ignoring),
    Law("weeks-shift", "Shifting every date by whole weeks shifts what is found, and nothing else.", _shifts),
    Law("loosening", "A parameter moved in the direction that loosens it adds no finding.", _loosening),
    Law("looks-back", "A rule looks back no further than it declares.", _looks_back, _no_history),
    Law("forgetting", "A log that begins later adds no finding: unknown is not zero.", _forgetting),
    Law("first-day", "The first day of a log is held against nothing that was not known before.", _first_day),
    Law("uncovered", "A log that vouches for less adds no finding: unknown is not zero.", _uncovered),
    Law(
        "no-sets", "Without sets on record a finding stays or goes, with the same numbers, and none is added.", _no_sets
    ),
    Law(
        "no-warm-ups",
        "Without warm-ups on record a finding stays or goes, with the same numbers, and none is added.",
        _no_warm_ups,
    ),
    Law("last-day", "Emptying the last training day adds no finding of too much.", _last_day, _only_too_much),
    Law("any-day", "Emptying any day adds no finding against a cap.", _any_day, _only_caps),
)
"""Every law that a rule is held to by `check_rule`."""

# Capacity is what was shown: what a log does not show is not claimed to be zero, and is no capacity either.
_SHOWN = "it compares with the most that was shown lately, and a log that begins later shows less"
_ALIKE = "it finds fault with days that are alike, and without one of them the others may be more alike"
SPARED: Mapping[tuple[str, str], str] = {
    ("forgetting", "TF01"): _SHOWN,
    ("forgetting", "TF03"): _SHOWN,
    ("forgetting", "TF06"): _SHOWN,
    ("forgetting", "TS04"): _SHOWN,
    ("forgetting", "TS01"): "a prerequisite has to be shown: what is not known to have been done does not stand yet",
    ("forgetting", "TM09"): "`running_years` says that nothing was run before the log began",
    ("first-day", "TM09"): "`running_years` says that nothing was run before the log began",
    ("last-day", "TM11"): _ALIKE,
    ("any-day", "TM11"): _ALIKE,
}
"""By law and code: why a packaged rule is not held to a law."""
