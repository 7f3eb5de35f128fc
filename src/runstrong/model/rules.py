"""Rules as records, the choices that may be made about them, and the rule set that resolves all of it once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, ClassVar

import attrs

from runstrong.model.errors import InvalidValue, Problem, UnknownName, nearest
from runstrong.model.evidence import Evidence
from runstrong.model.findings import Waiver, rounded
from runstrong.model.hashing import content_hash
from runstrong.model.value import Value, carried, evolve, identifier, limited, many, repeated, value
from runstrong.model.words import RuleStatus, Severity, Word

__all__ = [
    "Grade", "Graded", "Loosens", "Override", "Parameter", "Policy", "Preset", "Rule", "RuleSet", "Setting",
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
    """Numbers of planning that no single rule owns, in the same form as a rule's.

    Args:
        id: permanent name.
        statement: what its numbers are for.
        parameters: its numbers.
    """

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
        status: where it stands in its life: in preview, stable or deprecated.
        formerly: retired codes and names that lead here.
        looks_back: days that it reads before the day it judges; None reads through folded state only.
        statement: what holds when nothing is found.
        rationale: why.
        not_for: where it does not apply.
        off_because: why it is off unless it is selected by code or name; empty where it is on. A rule in preview or
            deprecated says here what may change, or what took its place.
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
    status: RuleStatus = RuleStatus.STABLE
    formerly: tuple[str, ...] = many(default=(), ordered=False)
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
        for name in repeated(names):
            yield Problem(f"Rule {self.id}.parameters", f"{name} twice", "each once")
        if self.status is not RuleStatus.STABLE and not self.off_because.strip():
            cure = "say under off_because what may change, or what took its place"
            yield Problem(f"Rule {self.id}.off_because", f"empty in a {self.status} rule", "words", cure)

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that it is called by: code, name, and what it was called formerly."""
        return (self.id, self.name, *self.formerly)

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
    """Another value for a rule's or policy's parameter, with the reason for it.

    Args:
        rule: code or name of the rule, or id of the policy.
        parameter: which of its numbers.
        value: that holds instead, within the range of the parameter.
        reason: why.
    """

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
    """A parameter as it stands in a rule set, and where the number comes from.

    Args:
        rule: code of the rule, or id of the policy.
        parameter: which of its numbers.
        value: that holds.
        origin: where the number comes from: a preset, a file, the runner, a plan or a call.
    """

    rule: str
    parameter: str
    value: float
    origin: str


@value
class Grade(Value):
    """Another severity for all findings of a rule, with the reason for it.

    Findings of danger keep theirs, and no rule can be raised to danger: that word is for warning signs, strong pain and
    clearance alone.

    Args:
        rule: code or name.
        severity: info, advice or warning.
        reason: why.
    """

    rule: str
    severity: Severity
    reason: str = ""

    def _conflicts(self) -> Iterable[Problem]:
        if self.severity is Severity.DANGER:
            cure = "danger is for warning signs, strong pain and clearance alone"
            yield Problem(f"severity of {self.rule}", "danger", "info, advice or warning", cure)


@value
class Graded(Value):
    """A severity as it stands in a rule set, and where it comes from.

    Args:
        rule: code.
        severity: that holds.
        origin: where it comes from: a preset, a file, the runner, a plan or a call.
    """

    rule: str
    severity: Severity
    origin: str


@value
class Preset(Value):
    """One layer of choices about rules: a philosophy that comes with the library, a club's file, a project's table.

    Args:
        id: permanent name.
        statement: whom it is for, in one sentence.
        rationale: why it chooses as it does.
        extends: preset that it builds on.
        preview: whether rules in preview are applied.
        select: codes, names or families to apply; empty means those that stood before.
        ignore: codes, names or families to leave out.
        enable: codes or names of rules to apply besides, such as those that are off by default.
        severities: other severities for some rules.
        overrides: other numbers for rules and policies.
        waivers: findings accepted on purpose.
    """

    kind_of_document: ClassVar[str] = "preset"

    id: str = identifier(default="own")
    statement: str = ""
    rationale: str = ""
    extends: str | None = identifier(default=None)
    preview: bool = False
    select: tuple[str, ...] = many(default=(), ordered=False)
    ignore: tuple[str, ...] = many(default=(), ordered=False)
    enable: tuple[str, ...] = many(default=(), ordered=False)
    severities: tuple[Grade, ...] = many(default=())
    overrides: tuple[Override, ...] = many(default=())
    waivers: tuple[Waiver, ...] = many(default=())

    def _conflicts(self) -> Iterable[Problem]:
        for field, names in (
            ("severities", [grade.rule for grade in self.severities]),
            ("overrides", [override.key for override in self.overrides]),
        ):
            for name in repeated(names):
                yield Problem(f"Preset.{field}", f"{name} twice", "each once")


@value
class RuleSet(Value):
    """Rules with their numbers, resolved once: record < preset < file < runner < plan < call.

    Args:
        rules: all records, by code.
        policies: planning numbers.
        active: codes that are applied.
        settings: numbers that differ from the records', with their origin.
        grades: severities that differ from the records', with their origin.
        waivers: findings that presets and files accept.
        preview: whether families take in their rules in preview.
        checks: checks of rules that are not packaged. They are code, so that no document holds them.
    """

    kind_of_document: ClassVar[str] = "rule-set"

    rules: tuple[Rule, ...] = many(default=())
    policies: tuple[Policy, ...] = many(default=())
    active: tuple[str, ...] = many(default=(), ordered=False)
    settings: tuple[Setting, ...] = many(default=())
    grades: tuple[Graded, ...] = many(default=())
    waivers: tuple[Waiver, ...] = many(default=())
    preview: bool = False
    checks: tuple[Any, ...] = carried(default=())
    _numbers: dict[str, dict[str, float]] | None = attrs.field(default=None, init=False)

    def __getitem__(self, code: str) -> Rule:
        for rule in self.rules:
            if code in rule.names:
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
        """Tell where a number comes from: ``record``, a preset, a file, ``runner``, ``plan`` or ``call``."""
        for setting in self.settings:
            if setting.rule == owner and setting.parameter == parameter:
                return setting.origin
        return "record"

    def grade(self, code: str) -> Graded | None:
        """Return the severity that was chosen for a rule, with its origin; None where the record's stands."""
        return next((graded for graded in self.grades if graded.rule == code), None)

    def statement(self, code: str) -> str:
        """Return what a rule states, with the numbers that hold here in the place of their names.

        Example:
            >>> from runstrong.rules import load_rules
            >>> load_rules().statement("TM02")
            "A week's running stays within 30 % of the highest of the 4 weeks before."
        """
        rule = self[code]
        text = rule.statement
        for parameter in rule.parameters:
            head, name, rest = text.partition(f"`{parameter.name}`")
            while name:
                head += _in_words(self.number(rule.id, parameter.name), parameter, rest)
                before, name, rest = rest.partition(name)
                head += before
            text = head
        return re.sub(r"\b1 (day|week|session|set)s\b", r"1 \1", text)

    def _table(self) -> dict[str, dict[str, float]]:
        if self._numbers is None:
            table = _numbers_of(self)
            object.__setattr__(self, "_numbers", table)
            return table
        return self._numbers

    @property
    def digest(self) -> str:
        """Short content hash of the numbers, the active codes and the severities, to tell rule sets apart."""
        numbers = [((owner, name), got) for owner, held in self._table().items() for name, got in held.items()]
        graded = tuple((each.rule, str(each.severity)) for each in self.grades)
        parts = (sorted(numbers), self.active, *((graded,) if graded else ()))
        return content_hash((repr(parts),))[:16]

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
        owners: dict[str, tuple[Parameter, ...]] = {rule.id: rule.parameters for rule in self.rules}
        owners |= {policy.id: policy.parameters for policy in self.policies}
        for override in overrides:
            owner = self._code(override.rule) or override.rule
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

    def with_severities(self, grades: Iterable[Grade], origin: str) -> RuleSet:
        """Return a rule set in which all findings of these rules have the severity given.

        Raises:
            InvalidValue: a grade names an unknown rule.
        """
        graded = {each.rule: each for each in self.grades}
        problems = []
        for grade in grades:
            code = self._code(grade.rule)
            if code is None:
                problems.append(self._unknown(f"severity of {grade.rule}", grade.rule, "a code or name of a rule"))
            else:
                graded[code] = Graded(rule=code, severity=grade.severity, origin=origin)
        if problems:
            raise InvalidValue(problems)
        return evolve(self, grades=tuple(graded[code] for code in sorted(graded)))

    def with_preset(self, preset: Preset, origin: str = "") -> RuleSet:
        """Return a rule set in which the choices of `preset` stand before what stood so far.

        What it extends is not looked up here: `load_rules` does that.

        Args:
            preset: to apply.
            origin: where it comes from, such as a file's name; its id when not given.

        Raises:
            InvalidValue: it names an unknown rule or parameter, or a number leaves its range; all faults at once.
        """
        whence = origin or f"preset {preset.id}"
        problems: list[Problem] = []
        made = self
        steps: tuple[Callable[[RuleSet], RuleSet], ...] = (
            lambda rules: rules.with_overrides(preset.overrides, whence),
            lambda rules: rules.with_severities(preset.severities, whence),
            lambda rules: rules.narrowed(preset.select, preset.ignore, enable=preset.enable, preview=preset.preview),
            lambda rules: rules.with_waivers(preset.waivers),
        )
        for step in steps:
            try:
                made = step(made)
            except InvalidValue as error:
                problems += error.problems
        if problems:
            raise InvalidValue(problems)
        return made

    def with_waivers(self, waivers: Iterable[Waiver]) -> RuleSet:
        """Return a rule set that accepts these findings besides.

        Raises:
            InvalidValue: a waiver names an unknown rule.
        """
        added = tuple(waivers)
        problems = [
            self._unknown(f"waiver of {each.rule}", each.rule, "a code or name of a rule")
            for each in added
            if self._code(each.rule) is None
        ]
        if problems:
            raise InvalidValue(problems)
        return evolve(self, waivers=(*self.waivers, *added)) if added else self

    def narrowed(
        self,
        select: Iterable[str] = (),
        ignore: Iterable[str] = (),
        *,
        enable: Iterable[str] = (),
        preview: bool = False,
    ) -> RuleSet:
        """Return a rule set that applies only `select` and what is enabled besides, less what is ignored.

        A rule that is off unless it is asked for is not part of its family here: name it.

        Args:
            select: codes, names or families; empty means as before.
            ignore: codes, names or families to leave out.
            enable: codes or names to apply besides.
            preview: whether rules in preview are applied, and are part of their families from here on.

        Raises:
            InvalidValue: a name fits no rule; all such names at once.
        """
        # Once only: an iterator would be empty the second time.
        asked, added, left_out = tuple(select), tuple(enable), tuple(ignore)
        if not (asked or added or left_out or preview):
            return self
        rules = evolve(self, preview=True) if preview and not self.preview else self
        problems: list[Problem] = []
        chosen, besides, left = (rules._codes(names, problems) for names in (asked, added, left_out))
        if problems:
            raise InvalidValue(problems)
        if not asked:
            chosen = set(self.active)
            if rules.preview and not self.preview:
                besides |= {rule.id for rule in self.rules if rule.status is RuleStatus.PREVIEW}
        return evolve(rules, active=tuple(sorted((chosen | besides) - left)))

    def _code(self, name: str) -> str | None:
        return next((rule.id for rule in self.rules if name in rule.names), None)

    def _codes(self, names: Iterable[str], problems: list[Problem]) -> set[str]:
        codes: set[str] = set()
        for name in names:
            found = {
                rule.id
                for rule in self.rules
                if name in rule.names or (name in (rule.family, "ALL") and self._in_family(rule))
            }
            if not found:
                problems.append(self._unknown("rule", name, "a code, name or family of the rule set"))
            codes |= found
        return codes

    def _in_family(self, rule: Rule) -> bool:
        return not rule.off_because or (self.preview and rule.status is RuleStatus.PREVIEW)

    def _unknown(self, place: str, name: str, allowed: str) -> Problem:
        near = nearest(name, [choice for rule in self.rules for choice in (rule.id, rule.name)])
        return Problem(place, name, allowed, f"did you mean {near!r}?" if near else "")


_MEASURES = frozenset({"h", "s", "min", "km", "kg", "kg/m2", "of 10", "years", "% 1RM"})


def _in_words(number: float, parameter: Parameter, rest: str) -> str:
    """Write a number as its statement reads: a share in percent, a measure with its unit where none follows."""
    unit = parameter.unit
    if unit == "ratio" and parameter.max <= 1:
        return f"{rounded(number * 100)} %"
    follows = rest.lstrip()
    if unit in _MEASURES and not follows.startswith(unit[0] if len(unit) == 1 else unit):
        return f"{rounded(number)} {unit}"
    return rounded(number)


def _numbers_of(rules: RuleSet) -> dict[str, dict[str, float]]:
    # A document may write 8 where code writes 8.0: the same number, the same digest.
    table = {rule.id: {each.name: float(each.value) for each in rule.parameters} for rule in rules.rules}
    for policy in rules.policies:
        table.setdefault(policy.id, {}).update((each.name, float(each.value)) for each in policy.parameters)
    for setting in rules.settings:
        table.setdefault(setting.rule, {})[setting.parameter] = float(setting.value)
    return table
