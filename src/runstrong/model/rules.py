"""Rules and what comes of them: records, parameters, overrides, findings, waivers, the audit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import ClassVar

import attrs

from runstrong.model.edits import Edit
from runstrong.model.errors import InvalidValue, Problem, UnknownName, nearest
from runstrong.model.evidence import Evidence
from runstrong.model.hashing import content_hash
from runstrong.model.value import Value, evolve, identifier, limited, many, value
from runstrong.model.words import Severity, Word

__all__ = [
    "Audit", "Fact", "Finding", "Loosens", "NotApplicable", "Override", "Parameter", "Policy", "Rule", "RuleSet",
    "Setting", "Waived", "Waiver", "Where",
]  # fmt: skip


class Loosens(Word):
    """The direction in which a parameter makes its rule more tolerant."""

    UP = "up"
    DOWN = "down"
    NONE = "none"


@value
class Parameter(Value):
    """A number that a coach may dispute, with the range that still makes sense.

    Args:
        name: what the check calls it.
        value: default.
        unit: of the value: ratio, km, h, days, sets, reps, % ...
        min: least value that may be set.
        max: greatest value that may be set.
        loosens: direction in which the rule becomes more tolerant.
        note: source or reason of the number; ``convention`` where there is none better.
    """

    name: str
    value: float
    unit: str
    min: float
    max: float
    loosens: Loosens = Loosens.NONE
    note: str = ""

    def _conflicts(self) -> Iterable[Problem]:
        if not self.min <= self.value <= self.max:
            yield Problem(f"Parameter {self.name}.value", f"{self.value:g}", f"from {self.min:g} to {self.max:g}")


@value
class Policy(Value):
    """Numbers of planning that no single rule owns, in the same form as a rule's."""

    kind_of_document: ClassVar[str] = "policy"

    id: str = identifier()
    statement: str
    parameters: tuple[Parameter, ...] = many(least=1)


@value
class Rule(Value):
    """The record of a rule: everything about it that a coach may dispute.

    Args:
        id: stable code; a retired one redirects.
        name: what is flagged; reads as "allow <name>".
        since: version of the library that brought it.
        severity: of its findings, unless the check grades them.
        looks_back: days that it reads before the day it judges; None reads through folded state only.
        statement: what holds when nothing is found.
        rationale: why.
        not_for: where it does not apply.
        off_because: why it is off unless it is selected by code or name; empty where it is on.
        message: what a finding says; names in braces are its facts.
        advice: what to do about it; names in braces are its facts.
        parameters: its numbers.
        evidence: for and against.
    """

    kind_of_document: ClassVar[str] = "rule"

    id: str
    name: str = identifier()
    since: str
    severity: Severity
    looks_back: int | None = limited(0, 400, default=None)
    statement: str
    rationale: str
    not_for: str
    off_because: str = ""
    message: str
    advice: str
    parameters: tuple[Parameter, ...] = many(default=())
    evidence: tuple[Evidence, ...] = many(least=1)

    def _conflicts(self) -> Iterable[Problem]:
        if not (len(self.id) == 4 and self.id[:2].isalpha() and self.id[:2].isupper() and self.id[2:].isdigit()):
            yield Problem("Rule.id", self.id, "two capitals for the family and two digits, such as TM01")
        names = [parameter.name for parameter in self.parameters]
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield Problem(f"Rule {self.id}.parameters", f"{name} twice", "each once")

    @property
    def family(self) -> str:
        """The two letters of its family."""
        return self.id[:2]

    def parameter(self, name: str) -> Parameter:
        """Return the parameter called `name`.

        Raises:
            UnknownName: the rule has none of that name.
        """
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter
        raise UnknownName(f"parameter of {self.id}", name, [parameter.name for parameter in self.parameters])


@value
class Override(Value):
    """Another value for a rule's or policy's parameter, with the reason for it."""

    rule: str
    parameter: str
    value: float
    reason: str = ""

    @property
    def key(self) -> str:
        """Rule and parameter in one name."""
        return f"{self.rule}.{self.parameter}"


@value
class Setting(Value):
    """A parameter as it stands in a rule set, and where the number comes from."""

    rule: str
    parameter: str
    value: float
    origin: str


@value
class RuleSet(Value):
    """Rules with their numbers, resolved once from record, preset, runner and call, in that order.

    Args:
        rules: all records, by code.
        policies: planning numbers.
        active: codes that are applied.
        settings: numbers that differ from the records', with their origin.
    """

    kind_of_document: ClassVar[str] = "rule-set"

    rules: tuple[Rule, ...] = many(default=())
    policies: tuple[Policy, ...] = many(default=())
    active: tuple[str, ...] = many(default=(), ordered=False)
    settings: tuple[Setting, ...] = many(default=())
    _numbers: dict[str, dict[str, float]] | None = attrs.field(default=None, init=False)

    def __getitem__(self, code: str) -> Rule:
        for rule in self.rules:
            if code in (rule.id, rule.name):
                return rule
        raise UnknownName("rule", code, [name for rule in self.rules for name in (rule.id, rule.name)])

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules)

    def __len__(self) -> int:
        return len(self.rules)

    def number(self, owner: str, parameter: str) -> float:
        """Return the number that a rule or policy `owner` uses for `parameter`."""
        return self._table()[owner][parameter]

    def whole(self, owner: str, parameter: str) -> int:
        """As `number`, for counts."""
        return round(self._table()[owner][parameter])

    def numbers(self, owner: str) -> dict[str, float]:
        """Return all numbers of a rule or policy by name."""
        return dict(self._table().get(owner, {}))

    def origin(self, owner: str, parameter: str) -> str:
        """Tell where a number comes from: ``record``, ``runner``, ``call`` or the name of a preset."""
        for setting in self.settings:
            if setting.rule == owner and setting.parameter == parameter:
                return setting.origin
        return "record"

    def _table(self) -> dict[str, dict[str, float]]:
        if self._numbers is None:
            table = _numbers_of(self)
            object.__setattr__(self, "_numbers", table)
            return table
        return self._numbers

    @property
    def digest(self) -> str:
        """Short content hash of the numbers and the active codes, to tell rule sets apart."""
        numbers = [((owner, name), got) for owner, held in self._table().items() for name, got in held.items()]
        return content_hash((repr((sorted(numbers), self.active)),))[:16]

    def with_overrides(self, overrides: Iterable[Override], origin: str) -> RuleSet:
        """Return a rule set in which `overrides` stand before what stood so far.

        Raises:
            InvalidValue: an override names an unknown rule or parameter, or leaves the parameter's range.
        """
        overrides = tuple(overrides)
        if not overrides:
            return self
        settings = {(setting.rule, setting.parameter): setting for setting in self.settings}
        problems = []
        for override in overrides:
            owners: dict[str, tuple[Parameter, ...]] = {rule.id: rule.parameters for rule in self.rules}
            owners |= {policy.id: policy.parameters for policy in self.policies}
            owner = next((rule.id for rule in self.rules if rule.name == override.rule), override.rule)
            place = f"override {override.key}"
            if owner not in owners:
                names = sorted({*owners, *(rule.name for rule in self.rules)})
                near = nearest(override.rule, names)
                cure = f"did you mean {near!r}?" if near else ""
                problems.append(Problem(place, override.rule, "a rule or policy", cure))
                continue
            known = {parameter.name: parameter for parameter in owners[owner]}
            parameter = known.get(override.parameter)
            if parameter is None:
                near = nearest(override.parameter, known)
                cure = f"did you mean {near!r}?" if near else ""
                problems.append(Problem(place, override.parameter, f"one of {', '.join(known) or 'none'}", cure))
            elif not parameter.min <= override.value <= parameter.max:
                allowed = f"from {parameter.min:g} to {parameter.max:g} {parameter.unit}"
                problems.append(Problem(place, f"{override.value:g}", allowed))
            else:
                made = Setting(rule=owner, parameter=override.parameter, value=override.value, origin=origin)
                settings[owner, override.parameter] = made
        if problems:
            raise InvalidValue(problems)
        return evolve(self, settings=tuple(settings[key] for key in sorted(settings)))

    def narrowed(self, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> RuleSet:
        """Return a rule set that applies only `select` (codes, names or families; empty: as before) less `ignore`.

        A rule that is off unless it is asked for is not part of its family here: name it.

        Raises:
            InvalidValue: a name fits no rule.
        """
        asked, left_out = tuple(select), tuple(ignore)  # once only: an iterator would be empty the second time
        if not asked and not left_out:
            return self
        chosen = self._codes(asked) if asked else set(self.active)
        return evolve(self, active=tuple(sorted(chosen - self._codes(left_out))))

    def _codes(self, names: Iterable[str]) -> set[str]:
        codes: set[str] = set()
        problems = []
        for name in names:
            found = {
                rule.id
                for rule in self.rules
                if name in (rule.id, rule.name) or (name in (rule.family, "ALL") and not rule.off_because)
            }
            if not found:
                choices = [choice for rule in self.rules for choice in (rule.id, rule.name)]
                near = nearest(name, choices)
                allowed = "a code, name or family of the rule set"
                problems.append(Problem("rule", name, allowed, f"did you mean {near!r}?" if near else ""))
            codes |= found
        if problems:
            raise InvalidValue(problems)
        return codes


def _numbers_of(rules: RuleSet) -> dict[str, dict[str, float]]:
    table = {rule.id: {each.name: each.value for each in rule.parameters} for rule in rules.rules}
    for policy in rules.policies:
        table.setdefault(policy.id, {}).update((each.name, each.value) for each in policy.parameters)
    for setting in rules.settings:
        table.setdefault(setting.rule, {})[setting.parameter] = setting.value
    return table


@value
class Waiver(Value):
    """A finding accepted on purpose, with the reason; it stays visible in the audit.

    Args:
        rule: code.
        reason: why it is accepted.
        date: only for findings of this day; None for any.
        session: only for findings in this session; None for any.
        exercise: only for findings about this exercise; None for any.
    """

    rule: str
    reason: str
    date: dt.date | None = None
    session: str | None = identifier(default=None)
    exercise: str | None = identifier(default=None)

    def _conflicts(self) -> Iterable[Problem]:
        if not self.reason.strip():
            yield Problem("Waiver.reason", repr(self.reason), "words that say why the finding is accepted")

    def covers(self, finding: Finding) -> bool:
        """Whether it speaks of `finding`."""
        where = finding.where
        return self.rule == finding.rule and all(
            asked is None or asked == got
            for asked, got in ((self.date, where.date), (self.session, where.session), (self.exercise, where.exercise))
        )


@value
class Where(Value):
    """The place of a finding on the timeline.

    Args:
        date: the day, or the first day of the week when `week` is set.
        week: whether it is about the week that begins on `date`.
        session: id of the session.
        exercise: id of the exercise.
        performed: whether it lies in the log, not in the plan.
    """

    date: dt.date
    week: bool = False
    session: str | None = identifier(default=None)
    exercise: str | None = identifier(default=None)
    performed: bool = False

    def __str__(self) -> str:
        parts = [f"week of {self.date}" if self.week else str(self.date)]
        parts += [part for part in (self.session and f"session {self.session}", self.exercise) if part]
        return ", ".join(parts)


@value
class Fact(Value):
    """A named fact that a message is rendered from."""

    name: str
    value: str | int | float


@value
class Finding(Value):
    """What a rule found: where, what was measured against which limit, how grave, and what would mend it.

    Args:
        rule: code.
        severity: how grave.
        where: on the timeline.
        measured: the number found.
        limit: the number allowed.
        unit: of both.
        facts: what the record's message is rendered with, besides measured, limit and unit.
        proposals: edits that might mend it, best first; the auditor verifies them.
        fix: the proposal that was shown to clear the finding and to add none as grave.
        no_fix: why there is no fix.
    """

    rule: str
    severity: Severity
    where: Where
    measured: float
    limit: float
    unit: str
    facts: tuple[Fact, ...] = many(default=())
    proposals: tuple[Edit, ...] = many(default=())
    fix: Edit | None = None
    no_fix: str = ""

    def words(self) -> dict[str, object]:
        """Return what a message can be rendered with."""
        return {
            "measured": _short(self.measured),
            "limit": _short(self.limit),
            "unit": self.unit,
            "where": str(self.where),
            **{fact.name: _short(fact.value) if isinstance(fact.value, float) else fact.value for fact in self.facts},
        }

    def __str__(self) -> str:
        return f"{self.rule} {self.where}: {_short(self.measured)} against {_short(self.limit)} {self.unit}"


def _short(got: float) -> str:
    return f"{got:z.2f}".rstrip("0").rstrip(".")


@value
class NotApplicable(Value):
    """A rule that could not judge, and why: never silence instead."""

    rule: str
    reason: str
    where: Where | None = None


@value
class Waived(Value):
    """A finding together with the waiver that accepts it."""

    finding: Finding
    waiver: Waiver


@value
class Audit(Value):
    """The outcome of holding a timeline against a rule set.

    Args:
        findings: gravest first, then by date.
        waived: findings accepted on purpose.
        not_applicable: rules that could not judge, with reasons.
        checked: codes that were applied.
        rules: the rule set used.
    """

    kind_of_document: ClassVar[str] = "audit"

    findings: tuple[Finding, ...] = many(default=())
    waived: tuple[Waived, ...] = many(default=())
    not_applicable: tuple[NotApplicable, ...] = many(default=())
    checked: tuple[str, ...] = many(default=(), ordered=False)
    rules: RuleSet

    def at_least(self, severity: Severity) -> tuple[Finding, ...]:
        """Return the findings of this severity or graver."""
        return tuple(finding for finding in self.findings if finding.severity.rank >= severity.rank)

    def message(self, finding: Finding) -> str:
        """Render what `finding` says: fact against limit."""
        return self.rules[finding.rule].message.format(**finding.words())

    def advice(self, finding: Finding) -> str:
        """Render what to do about `finding`."""
        return self.rules[finding.rule].advice.format(**finding.words())

    def __repr__(self) -> str:
        counts = {s: sum(f.severity is s for f in self.findings) for s in reversed(Severity)}
        found = ", ".join(f"{count} {severity}" for severity, count in counts.items() if count) or "no findings"
        return f"<Audit: {found}; {len(self.waived)} waived; {len(self.checked)} rules>"
