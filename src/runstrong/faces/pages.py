"""Pages that explain: one rule with all that stands behind it, one exercise with all that is known of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from runstrong.faces.blocks import Block, Bullets, Heading, Paragraph, Table
from runstrong.faces.wording import cited, dose, evidence_for, spaced
from runstrong.model.audits import Outcome
from runstrong.model.catalog import Catalog
from runstrong.model.evidence import CONVENTION, Evidence, Source
from runstrong.model.exercise import Dose, Exercise
from runstrong.model.prescription import Prescription
from runstrong.model.progression import Progression
from runstrong.model.rules import Loosens, Preset, Rule, RuleSet
from runstrong.model.words import Impact, RuleStatus, Sides, When, Word
from runstrong.rules.cases import ToldCase

__all__ = [
    "OUTCOMES",
    "exercise_list",
    "exercise_page",
    "preset_list",
    "preset_page",
    "rule_list",
    "rule_page",
    "rungs_table",
]


OUTCOMES = {
    Outcome.FOUND: "It finds something",
    Outcome.PASSED: "It finds nothing",
    Outcome.NOT_JUDGED: "It cannot judge, and says so",
}
"""How the outcomes of cases are told."""


def rule_page(
    rule: Rule, rules: RuleSet, sources: Mapping[str, Source], cases: Iterable[ToldCase] = ()
) -> tuple[Block, ...]:
    """Lay out a rule: what it states, why, where it does not apply, numbers, evidence on both sides, and its cases.

    Args:
        rule: to explain.
        rules: the set that it stands in, for the numbers as resolved.
        sources: what its evidence cites, by id.
        cases: in which it finds something, passes, or cannot judge.
    """
    return tuple(_rule(rule, rules, sources, tuple(cases)))


def _rule(rule: Rule, rules: RuleSet, sources: Mapping[str, Source], cases: tuple[ToldCase, ...]) -> Iterator[Block]:
    yield Heading(1, f"{rule.id} {rule.name}")
    yield Paragraph(" ".join(_standing(rule, rules)))
    yield Heading(2, "What it states")
    yield Paragraph(rules.statement(rule.id))
    yield Heading(2, "Why")
    yield Paragraph(rule.rationale)
    yield Heading(2, "Not for")
    yield Paragraph(rule.not_for)
    if rule.off_because:
        yield Paragraph(f"Off unless you select it: {rule.off_because}")
    if rule.parameters:
        yield Heading(2, "Numbers")
        yield Table(("", "", ""), tuple(_number(rule, each.name, rules) for each in rule.parameters))
    supporting = [entry for entry in rule.evidence if entry.supports]
    opposing = [entry for entry in rule.evidence if entry.against]
    yield Heading(2, "Evidence for")
    yield Bullets(tuple(_entry(e, e.supports, sources) for e in supporting) or ("none stated",))
    yield Heading(2, "Evidence against, and limits")
    yield Bullets(tuple(_entry(e, e.against, sources) for e in opposing) or ("none stated",))
    if cases:
        yield Heading(2, "Cases")
        yield Paragraph("Each is run as a test.")
    for outcome, words in OUTCOMES.items():
        told = [f"{case.name}{' (a fix clears it)' if case.fixed else ''}" for case in cases if case.outcome is outcome]
        if told:
            yield Paragraph(f"{words}:")
            yield Bullets(tuple(told))
    yield Heading(2, "To change it")
    yield Paragraph(
        f"Every number can be overridden: under overrides in a runner's file or in runstrong.yaml (rule: {rule.id}, "
        f"parameter, value, reason), or in a call; a severity likewise, under severities. To accept one finding, waive "
        f"it with a reason, and until a day if you like; to leave the rule out, ignore it."
    )


def _standing(rule: Rule, rules: RuleSet) -> Iterator[str]:
    graded = rules.grade(rule.id)
    if graded is None:
        yield f"Severity: {rule.severity}, unless the check grades it."
    else:
        yield f"Severity: {graded.severity}, set by {graded.origin}; the record says {rule.severity}."
    span = "as far as the record goes" if rule.looks_back is None else f"{rule.looks_back} days"
    yield f"Looks back: {span}. Since {rule.since}."
    if rule.status is not RuleStatus.STABLE:
        yield f"In {rule.status}." if rule.status is RuleStatus.PREVIEW else "Deprecated."
    if rule.formerly:
        yield f"Formerly {', '.join(rule.formerly)}."
    if rule.id not in rules.active:
        yield "Not applied in this rule set."


def _number(rule: Rule, name: str, rules: RuleSet) -> tuple[str, str, str]:
    each = rule.parameter(name)
    origin = rules.origin(rule.id, name)
    stands = rules.number(rule.id, name)
    whence = each.note or "no origin stated"
    if origin != "record":
        whence = f"set by {origin}; the record says {each.value:g}: {whence}"
    loosens = {Loosens.UP: "; higher is more tolerant", Loosens.DOWN: "; lower is more tolerant", Loosens.NONE: ""}
    return name, f"{stands:g} {each.unit}", f"{whence} (from {each.min:g} to {each.max:g}{loosens[each.loosens]})"


def _entry(entry: Evidence, claim: str, sources: Mapping[str, Source]) -> str:
    text = f"{claim}: {evidence_for(entry, sources)}"
    if entry.source == CONVENTION or entry.source not in sources:
        return text
    source = sources[entry.source]
    published = f", {source.published_in}" if source.published_in else ""
    doi = f", doi:{source.doi}" if source.doi else ""
    return f"{text}. {source.title}{published}{doi} (read: {source.read})"


def rule_list(rules: RuleSet) -> tuple[Block, ...]:
    """Lay out all rules, one line each, by code."""
    rows = [
        (rule.id, rule.name, f"{rule.statement}{'' if rule.id in rules.active else ' (not applied)'}")
        for rule in sorted(rules, key=lambda rule: rule.id)
    ]
    return (Table(("", "", ""), tuple(rows)),) if rows else (Paragraph("No rules."),)


# -- presets ------------------------------------------------------------------------------------------------------


def preset_list(presets: Iterable[Preset]) -> tuple[Block, ...]:
    """Lay out presets, one line each, by id."""
    return (Table(("", ""), tuple((each.id, each.statement) for each in sorted(presets, key=lambda each: each.id))),)


def preset_page(preset: Preset, rules: RuleSet) -> tuple[Block, ...]:
    """Lay out a preset: whom it is for, why, and each number that it changes beside the record's.

    Args:
        preset: to explain.
        rules: whose records it changes.
    """
    return tuple(_preset(preset, rules))


def _preset(preset: Preset, rules: RuleSet) -> Iterator[Block]:
    yield Heading(1, f"Preset {preset.id}")
    yield Paragraph(preset.statement)
    yield Paragraph(preset.rationale)
    if preset.extends is not None:
        yield Paragraph(f"Builds on the preset {preset.extends}.")
    for words, names in (("Applies only", preset.select), ("Leaves out", preset.ignore), ("Adds", preset.enable)):
        if names:
            yield Paragraph(f"{words}: {', '.join(names)}.")
    if preset.severities:
        yield Heading(2, "Severities")
        rows = [
            (f"{each.rule} {rules[each.rule].name}", f"{rules[each.rule].severity} -> {each.severity}", each.reason)
            for each in preset.severities
        ]
        yield Table(("", "", ""), tuple(rows))
    if preset.overrides:
        yield Heading(2, "Numbers")
        base = [
            (each.key, f"{rules.number(_owner(rules, each.rule), each.parameter):g} -> {each.value:g}", each.reason)
            for each in preset.overrides
        ]
        yield Table(("", "", ""), tuple(base))


def _owner(rules: RuleSet, name: str) -> str:
    """Return the code of a rule, or the id of a policy, for any of its names."""
    return next((rule.id for rule in rules if name in rule.names), name)


# -- exercises ----------------------------------------------------------------------------------------------------


def exercise_page(exercise: Exercise, catalog: Catalog) -> tuple[Block, ...]:
    """Lay out an exercise: how it is done, what it trains, what comes before and after it, and its doses."""
    return tuple(_exercise(exercise, catalog))


def _exercise(exercise: Exercise, catalog: Catalog) -> Iterator[Block]:
    yield Heading(1, exercise.name)
    also = f"; also called {', '.join(exercise.aliases)}" if exercise.aliases else ""
    yield Paragraph(f"{exercise.id}{also}.")
    yield Heading(2, "How")
    yield Paragraph(exercise.setup)
    yield Bullets(exercise.cues)
    yield Heading(2, "Common faults")
    yield Bullets(exercise.faults)
    if exercise.cautions or exercise.avoid_with:
        yield Heading(2, "Cautions")
        cautions = list(exercise.cautions)
        if exercise.avoid_with:
            cautions.append(f"Leave it out with a current injury of: {_listed(exercise.avoid_with)}.")
        yield Bullets(tuple(cautions))
    yield Heading(2, "What it is")
    yield Table(("", ""), tuple(_facts(exercise)))
    yield Heading(2, "Starting doses")
    yield Table(("", ""), tuple((str(each.level), _starting(exercise, each)) for each in exercise.doses))
    yield from _relations(exercise, catalog)
    yield Heading(2, "Sources")
    yield Bullets(tuple(_source(id, catalog.sources) for id in exercise.sources))


def _facts(exercise: Exercise) -> Iterator[tuple[str, str]]:
    yield "kind", f"{spaced(exercise.kind)}, {spaced(exercise.pattern)}"
    yield "level", f"{exercise.level} and up"
    yield "trains", _listed(exercise.primary)
    if exercise.secondary:
        yield "assists", _listed(exercise.secondary)
    if exercise.gait_phases:
        yield "in the stride", _listed(exercise.gait_phases)
    yield "planes", _listed(exercise.planes)
    per_side = ", per side" if exercise.sides is Sides.UNILATERAL else ""
    yield "sides", f"{exercise.sides}, counted in {exercise.counted}{per_side}"
    if exercise.knee_angle is not None:
        yield "knee", str(exercise.knee_angle)
    yield "needs", _listed(exercise.equipment) or "a floor"
    yield "load from", _listed(exercise.loaded_by) or "never loaded"
    if exercise.body_mass_share:
        yield "moves", f"{exercise.body_mass_share * 100:g} % of body mass, besides the load"
    yield "positions", _listed(exercise.positions)
    if exercise.impact is not Impact.NONE:
        yield "impact", str(exercise.impact)
    yield "when", {When.PRE_RUN: "before a run", When.POST_RUN: "after a run", When.ANY: "at any time"}[exercise.when]
    yield "watch for", _listed(exercise.form_flags)
    if exercise.serves:
        yield "answers", _listed(exercise.serves)
    if exercise.assesses:
        yield "assesses", exercise.assesses


def _starting(exercise: Exercise, each: Dose) -> str:
    asked = Prescription(
        exercise=exercise.id, sets=each.sets, amount=each.amount, side=exercise.side, rir=each.rir, tempo=each.tempo,
        rest=each.rest,
    )  # fmt: skip
    return dose(asked)


def _relations(exercise: Exercise, catalog: Catalog) -> Iterator[Block]:
    rows = []
    for label, others in (
        ("easier", catalog.easier_than(exercise.id)),
        ("harder", catalog.harder_than(exercise.id)),
        ("prepares", tuple(catalog.exercises[id] for id in exercise.prepares)),
    ):
        if others:
            rows.append((label, ", ".join(f"{other.name} ({other.id})" for other in others)))
    if rows:
        yield Heading(2, "Variants")
        yield Table(("", ""), tuple(rows))
    for progression in catalog.progressions_for(exercise.id):
        yield Heading(2, f"On the ladder '{progression.name}'")
        yield Paragraph(progression.purpose)
        yield Bullets(tuple(_rungs(exercise, progression, catalog)))


def _rungs(exercise: Exercise, progression: Progression, catalog: Catalog) -> Iterator[str]:
    for place, rung in enumerate(progression.rungs):
        if rung.exercise == exercise.id:
            asked = rung.start(exercise)
            following = progression.rungs[place + 1 : place + 2]
            after = catalog.exercises[following[0].exercise].name if following else progression.after_last
            if following and following[0].exercise == exercise.id:
                after = "the same with another load or dose"
            rung_name = f"rung {place + 1} of {len(progression.rungs)}"
            yield f"{rung_name}: {dose(asked, exercise)}. Moves on at {rung.criterion}. Then: {after}"


def rungs_table(progression: Progression, catalog: Catalog) -> Table:
    """Lay out the rungs of a ladder: what is done, with which dose it starts, and what opens the next one."""
    rows = []
    for place, rung in enumerate(progression.rungs, 1):
        exercise = catalog.exercises.get(rung.exercise)
        if exercise is None:
            rows.append((str(place), rung.exercise, f"{rung.sets} x {rung.amount}", str(rung.criterion)))
        else:
            rows.append((str(place), exercise.name, dose(rung.start(exercise), exercise), str(rung.criterion)))
    return Table(("", "exercise", "starts with", "the next one opens at"), tuple(rows))


def _source(id: str, sources: Mapping[str, Source]) -> str:
    return f"{cited(id, sources)}: {sources[id].title}" if id in sources else id


def _listed(words: Iterable[Word]) -> str:
    return ", ".join(map(spaced, words))


def exercise_list(exercises: Iterable[Exercise]) -> tuple[Block, ...]:
    """Lay out exercises by kind, one line each."""
    by_kind: dict[str, list[Exercise]] = {}
    for exercise in exercises:
        by_kind.setdefault(spaced(exercise.kind), []).append(exercise)
    blocks: list[Block] = []
    for kind, members in sorted(by_kind.items()):
        blocks.append(Heading(3, f"{kind.capitalize()} ({len(members)})"))
        rows = [(each.id, str(each.level), _listed(each.primary)) for each in sorted(members, key=lambda each: each.id)]
        blocks.append(Table(("", "", ""), tuple(rows)))
    return tuple(blocks) or (Paragraph("No exercise fits all of that."),)
