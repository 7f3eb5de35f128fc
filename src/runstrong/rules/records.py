"""Reading rule, policy and preset records: the packaged ones, and those of the user's own that add to them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from runstrong.catalog.compiled import Groups, ready, yaml_files
from runstrong.model.errors import DocumentError, InvalidValue, Problem, UnknownName
from runstrong.model.rules import Policy, Preset, Rule, RuleSet

if TYPE_CHECKING:
    from runstrong.rules.definition import Check
    from runstrong.rules.packs import Pack

__all__ = ["load_presets", "load_rules"]

_Records = Rule | Policy | Preset


def load_rules(
    *places: str | os.PathLike[str],
    preset: str | Preset | None = None,
    records: Iterable[Rule | Policy | Preset] = (),
    checks: Iterable[Check[Any]] = (),
    packs: Iterable[ModuleType | str | os.PathLike[str]] = (),
    plugins: bool = False,
) -> RuleSet:
    """Return the packaged rules and policies, with choices and records of your own.

    A record whose id is known already stands in the place of the packaged one, in whole. Every rule is active but those
    whose record says why they are off. What is chosen later stands before what is chosen earlier: record < preset <
    file; a runner, a plan and a call come after them in an audit.

    Args:
        places: files, or folders of files, of kind rule, policy or preset, and ``pyproject.toml`` files with a table
            ``[tool.runstrong]``. A preset in a file that is named here is applied; one in a folder can be chosen by id.
        preset: id of a preset, or one made in code, see `load_presets`.
        records: rules, policies and presets made in code; presets among them can be chosen by their id.
        checks: of rules that are not packaged, or in the place of packaged ones.
        packs: modules or folders with records and checks of their own; the Python files of a folder are run.
        plugins: whether installed packages add their rules (entry points of the group ``runstrong.rules``).

    Raises:
        DocumentError: a file cannot be read, or a packaged record and its check disagree.
        InvalidValue: a preset names an unknown rule or a number out of its range, a check has no record, or two packs
            claim one code.
        UnknownName: there is no such preset.

    Example:
        >>> rules = load_rules()
        >>> rules["TM01"].name
        'session-spike'
        >>> load_rules(preset="cautious").number("TM01", "warn_over") < rules.number("TM01", "warn_over")
        True
    """
    packaged, presets = _packaged()
    gathered = _Gathered(packaged, presets)
    for pack in _packs(packs, plugins):
        gathered.take_pack(pack)
    for place in places:
        gathered.take_place(Path(place))
    gathered.take(records)
    gathered.take_checks(checks)
    rules = gathered.rule_set()
    if preset is not None:
        for chosen in gathered.chain(preset):
            rules = rules.with_preset(chosen)
    for origin, chosen in gathered.applied:
        below = gathered.chain(chosen.extends) if chosen.extends is not None else ()
        for each in below:
            rules = rules.with_preset(each)
        rules = _applied(rules, chosen, origin)
    return rules


def load_presets(*places: str | os.PathLike[str]) -> dict[str, Preset]:
    """Return the packaged presets by id, with those of your own files and folders.

    Raises:
        DocumentError: a file cannot be read.

    Example:
        >>> sorted(load_presets())
        ['cautious', 'default', 'permissive', 'return-from-injury']
    """
    packaged, presets = _packaged()
    gathered = _Gathered(packaged, presets)
    for place in places:
        gathered.take_place(Path(place))
    return gathered.presets | {preset.id: preset for _, preset in gathered.applied}


def _applied(rules: RuleSet, preset: Preset, origin: str) -> RuleSet:
    """Apply the preset of a file, whose name goes into each fault."""
    try:
        return rules.with_preset(preset, origin)
    except InvalidValue as error:
        raise DocumentError(
            Problem(each.place, each.fact, each.allowed, each.cure, file=origin) for each in error.problems
        ) from None


def _packs(packs: Iterable[ModuleType | str | os.PathLike[str]], plugins: bool) -> Iterable[Pack]:
    asked = tuple(packs)
    if not asked and not plugins:
        return
    from runstrong.rules.packs import installed_packs, read_pack

    if plugins:
        yield from installed_packs()
    for each in asked:
        yield read_pack(each)


class _Gathered:
    """Records and checks as they come together from several places."""

    def __init__(self, packaged: RuleSet, presets: Mapping[str, Preset]) -> None:
        self._packaged = packaged
        self._rules = {rule.id: rule for rule in packaged.rules}
        self._policies = {policy.id: policy for policy in packaged.policies}
        self._checks: dict[str, Check[Any]] = {}
        self._claimed = dict.fromkeys(self._rules, "runstrong")
        self._added = False
        self.presets = dict(presets)
        self.applied: list[tuple[str, Preset]] = []

    def take(self, records: Iterable[_Records]) -> None:
        """Add records; one that is known already is replaced."""
        for record in records:
            if isinstance(record, Preset):
                self.presets[record.id] = record
                continue
            self._added = True
            if isinstance(record, Rule):
                self._rules[record.id] = record
            else:
                self._policies[record.id] = record

    def take_place(self, place: Path) -> None:
        """Add what a file or folder holds; the preset of a file is to be applied."""
        from runstrong.rules.packs import records_in

        for file in records_in(place) if place.is_dir() else [place]:
            found = _records_in(file)
            if not place.is_dir():
                self.applied += [(str(file), record) for record in found if isinstance(record, Preset)]
                found = [record for record in found if not isinstance(record, Preset)]
            self.take(found)

    def take_pack(self, pack: Pack) -> None:
        """Add what a pack brings; a code of another pack or of the library is refused."""
        records = [*pack.records, *(record for file in pack.places for record in _records_in(file))]
        for record in records:
            if isinstance(record, Rule):
                owner = self._claimed.setdefault(record.id, pack.origin)
                if owner != pack.origin:
                    place = f"rule {record.id} of {pack.origin}"
                    cure = "another code; to change a packaged rule, override its numbers or pass a record of your own"
                    raise InvalidValue([Problem(place, f"a code of {owner}", "a code of its own", cure)])
        self.take(records)
        self.take_checks(pack.checks)

    def take_checks(self, checks: Iterable[Check[Any]]) -> None:
        """Add checks; one of a known code stands in the place of the earlier one."""
        for check in checks:
            self._added = True
            self._checks[check.code] = check

    def rule_set(self) -> RuleSet:
        """Return the rule set of what was gathered."""
        if not self._added:
            return self._packaged
        from runstrong.rules.definition import limits_of

        made = _rule_set(self._rules.values(), self._policies.values(), tuple(self._checks.values()))
        problems = []
        for code, check in self._checks.items():
            if code not in self._rules:
                cure = "pass its record too: a file of kind rule, or records=[...]"
                problems.append(Problem(f"check {code}", "no record", "a record for every check", cure))
                continue
            try:
                limits_of(check, made)
            except InvalidValue as error:
                problems += error.problems
        if problems:
            raise InvalidValue(problems)
        return made

    def chain(self, preset: str | Preset) -> tuple[Preset, ...]:
        """Return a preset with all that it extends, the farthest first.

        Raises:
            UnknownName: there is no preset of that id.
            InvalidValue: presets extend each other in a circle.
        """
        found: list[Preset] = []
        step: str | Preset | None = preset
        while step is not None:
            if isinstance(step, str):
                if step not in self.presets:
                    raise UnknownName("preset", step, sorted(self.presets))
                step = self.presets[step]
            if step in found:
                circle = " -> ".join(each.id for each in (*found, step))
                raise InvalidValue([Problem(f"preset {step.id}.extends", circle, "a chain that ends")])
            found.append(step)
            step = step.extends
        return tuple(reversed(found))


@cache
def _packaged() -> tuple[RuleSet, Mapping[str, Preset]]:
    # One instance serves everyone: it is immutable, and its table of numbers is made once.
    found = ready("rules", yaml_files(*_FOLDERS), _build)
    return _rule_set(found["rules"], found["policies"]), {preset.id: preset for preset in found["presets"]}


_FOLDERS = ("rules", "policies", "presets")


def _rule_set(rules: Iterable[Rule], policies: Iterable[Policy], checks: tuple[Check[Any], ...] = ()) -> RuleSet:
    ordered = tuple(sorted(rules, key=lambda rule: rule.id))
    return RuleSet(
        rules=ordered,
        policies=tuple(sorted(policies, key=lambda policy: policy.id)),
        active=tuple(rule.id for rule in ordered if not rule.off_because),
        checks=checks,
    )


def _build() -> Groups:
    """Read the packaged YAML and hold each record against its check."""
    records: dict[str, _Records] = {}
    came_from: dict[str, Path] = {}
    problems: list[Problem] = []
    for file in yaml_files(*_FOLDERS):
        try:
            found = _records_in(file)
        except DocumentError as error:
            # Every file is read before any fault is told, so that one round mends them all.
            problems += error.problems
            continue
        for record in found:
            if file.stem != record.id:
                allowed = f"{file.stem}, as the file is called"
                problems.append(Problem("id", record.id, allowed, file=str(file), line=_line(file, "id")))
            records[record.id], came_from[record.id] = record, file
    rules = tuple(record for record in records.values() if isinstance(record, Rule))
    policies = tuple(record for record in records.values() if isinstance(record, Policy))
    presets = tuple(record for record in records.values() if isinstance(record, Preset))
    if not problems:
        problems += _mismatches(_rule_set(rules, policies), came_from)
    if problems:
        raise DocumentError(problems)
    for preset in presets:
        _applied(_rule_set(rules, policies), preset, str(came_from[preset.id]))
    return {"rules": rules, "policies": policies, "presets": presets}


def _mismatches(rules: RuleSet, came_from: dict[str, Path]) -> list[Problem]:
    """Return where records and packaged checks do not fit one to one."""
    from runstrong.rules.definition import limits_of
    from runstrong.rules.packaged import PACKAGED

    problems: list[Problem] = []
    checks = {check.code: check for check in PACKAGED}
    for rule in rules:
        file = came_from[rule.id]
        if rule.id not in checks:
            line = _line(file, "id")
            problems.append(Problem("id", rule.id, "the code of a packaged check", file=str(file), line=line))
    for code, check in checks.items():
        if code not in came_from:
            problems.append(Problem(f"check {code}", "no record", f"a file data/rules/{code}.yaml"))
            continue
        try:
            limits_of(check, rules)
        except InvalidValue as error:
            file = came_from[code]
            for each in error.problems:
                line = _line(file, f"name: {each.place.rpartition('.')[2]}") or _line(file, "parameters")
                problems.append(Problem(each.place, each.fact, each.allowed, each.cure, file=str(file), line=line))
    return problems


def _line(file: Path, text: str) -> int | None:
    wanted = re.compile(rf"\W*{re.escape(text)}\b")
    lines = file.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if wanted.match(line)), None)


def _records_in(file: Path) -> list[_Records]:
    from runstrong.codec import read, read_table  # YAML comes in only where there is YAML to read

    if file.suffix == ".toml":
        table: Preset | None = read_table(file)
        return [] if table is None else [table]
    made: Any = read(file)
    found: list[_Records] = []
    for record in made if isinstance(made, (tuple, list)) else (made,):
        if not isinstance(record, (Rule, Policy, Preset)):
            fact = f"a {getattr(record, 'kind_of_document', type(record).__name__)}"
            raise DocumentError([Problem("kind", fact, "rule, policy or preset", file=str(file), line=1)])
        found.append(record)
    return found
