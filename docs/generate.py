"""Pages made from records and modules: exercises, ladders, standards, sources, rules and the API reference.

Run by conf.py before each build; ``python docs/generate.py`` writes them for reading as plain Markdown.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import generate_formats
import rates
import runstrong
from runstrong import measures
from runstrong.catalog.records import load_catalog
from runstrong.faces.pages import OUTCOMES
from runstrong.model.evidence import CONVENTION
from runstrong.rules.cases import told_cases
from runstrong.rules.records import load_rules

if TYPE_CHECKING:
    from runstrong.model.catalog import Catalog
    from runstrong.model.evidence import Evidence, Source
    from runstrong.model.exercise import Exercise
    from runstrong.model.progression import Progression
    from runstrong.model.rules import Rule, RuleSet
    from runstrong.model.standard import Focus, Standard

ROOT = Path(__file__).parent.parent
CASES = ROOT / "src" / "runstrong" / "data" / "cases"
FAMILIES = {
    "TM": "Too much",
    "TF": "Too fast",
    "TS": "Too soon",
    "MB": "Mobility and stretching",
    "CV": "Coverage and balance",
    "CO": "Strength beside runs",
    "PG": "Progression missed",
    "SF": "Safety",
}


_WIDE = "---\nhide-toc: true\n---\n\n"
"""Begins a page whose table needs the room of the page's own contents."""


def write_pages(folder: Path) -> None:
    """Write all generated pages into `folder`, leaving nothing else there; what stays the same is not written anew."""
    catalog, rules = load_catalog(), load_rules()
    pages = {
        **dict(exercise_pages(catalog)),
        **dict(progression_pages(catalog)),
        "standards.md": standard_page(catalog),
        **dict(rule_pages(rules, catalog)),
        "rates.md": rates.page(rules),
        "sources.md": source_page(catalog, rules),
        **dict(generate_formats.format_pages()),
        **dict(api_pages()),
    }
    for path in [path for path in folder.rglob("*") if path.is_file()]:
        if path.relative_to(folder).as_posix() not in pages:
            path.unlink()
    for name, text in pages.items():
        path, whole = folder / name, text.rstrip() + "\n"
        # Sphinx reads what is newer than its last build.
        if path.is_file() and path.read_text(encoding="utf-8") == whole:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(whole, encoding="utf-8")


# -- exercises and ladders -------------------------------------------------------------------------------------------


def exercise_pages(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Yield one page for each region, and the page that lists them."""
    by_region: dict[str, list[Exercise]] = {}
    for exercise in catalog.exercises.values():
        by_region.setdefault(str(exercise.primary[0].region), []).append(exercise)
    for region, exercises in sorted(by_region.items()):
        texts = [exercise_text(exercise, catalog) for exercise in exercises]
        yield f"exercises/{region}.md", "\n\n".join([f"# {_title(region)}", *texts])
    rows = [
        (
            _link("exercise", each.id, each.name) + _muted(each.aliases),
            each.kind, each.level, _words(each.primary), _words(each.secondary),
            _words(each.equipment) or "a floor", each.impact,
        )
        for each in sorted(catalog.exercises.values(), key=lambda each: (each.name, each.id))
    ]  # fmt: skip
    yield (
        "exercises.md",
        f"""{_WIDE}# Exercises

{len(catalog.exercises)} exercises. "Trains" names the tissues that a hard set counts fully for, "Assists" those that it
counts half for. A wall, a chair, a step, a towel and a backpack count as things that every home has. The same search in
a terminal: `runstrong exercise --tissue calf-soleus --equipment band --level 2`.

{_toctree(f"exercises/{region}" for region in sorted(by_region))}

{_filterable(("Exercise", "Kind", "Level", "Trains", "Assists", "Needs", "Impact"), rows)}
""",
    )


def exercise_text(exercise: Exercise, catalog: Catalog) -> str:
    """Render one exercise as a section."""
    facts = {
        "Trains": _words(exercise.primary) + (f"; also {_words(exercise.secondary)}" if exercise.secondary else ""),
        "Pattern": f"{exercise.pattern}, {exercise.sides}, {_words(exercise.planes)}",
        "Stride": _words(exercise.gait_phases),
        "Level": str(exercise.level),
        "Impact": str(exercise.impact),
        "Needs": _words(exercise.equipment) or "a floor",
        "Loaded by": _words(exercise.loaded_by),
        "Stands": f"{exercise.when} time" if exercise.when.value == "any" else str(exercise.when),
        "Answers": _words(exercise.serves),
        "Assesses": exercise.assesses,
        "Easier": _exercises(catalog.easier_than(exercise.id)),
        "Harder": _exercises(catalog.harder_than(exercise.id)),
        "Ladders": ", ".join(_link("progression", p.id, p.name) for p in catalog.progressions_for(exercise.id)),
        "Also called": _words(exercise.aliases),
        "Sources": _sources(exercise.sources, catalog),
    }
    made = [_label("exercise", exercise.id), f"## {_escape(exercise.name)}", f"`{exercise.id}`"]
    made.append(_escape(exercise.setup))
    made.append("\n".join(f"- {_escape(cue)}" for cue in exercise.cues))
    made.append("\n".join(f"**{name}**: {text}\\" for name, text in facts.items() if text).rstrip("\\"))
    doses = [
        (dose.level, f"{dose.sets} x {dose.amount}", dose.rir and f"{dose.rir.reps:g}", dose.tempo, dose.rest)
        for dose in exercise.doses
    ]
    made.append(_table(("level", "dose", "RIR", "tempo", "rest"), doses))
    made.append("Common faults:\n\n" + "\n".join(f"- {_escape(fault)}" for fault in exercise.faults))
    if exercise.cautions:
        cautions = "\n".join(f"- {_escape(caution)}" for caution in exercise.cautions)
        made.append(f":::{{admonition}} Cautions\n:class: caution\n\n{cautions}\n:::")
    return "\n\n".join(made)


def progression_pages(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Yield one page for each region, and the page that lists them."""
    by_region: dict[str, list[Progression]] = {}
    for progression in catalog.progressions.values():
        by_region.setdefault(str(progression.region), []).append(progression)
    for region, progressions in sorted(by_region.items()):
        texts = [progression_text(progression, catalog) for progression in progressions]
        yield f"progressions/{region}.md", "\n\n".join([f"# {_title(region)} ladders", *texts])
    rows = [
        (_link("progression", each.id, each.name), each.region, len(each.rungs), _escape(each.purpose))
        for each in sorted(catalog.progressions.values(), key=lambda each: (each.name, each.id))
    ]
    yield (
        "progressions.md",
        f"""{_WIDE}# Ladders

{len(catalog.progressions)} progressions from the easiest form to the hardest. What a rung and a criterion are, is
told in [Progress](../explanation/progress.md).

{_toctree(f"progressions/{region}" for region in sorted(by_region))}

{_filterable(("Ladder", "Region", "Rungs", "Purpose"), rows)}
""",
    )


def progression_text(progression: Progression, catalog: Catalog) -> str:
    """Render one ladder as a section."""
    rows: list[tuple[object, ...]] = []
    for number, rung in enumerate(progression.rungs, 1):
        waits = []
        for asked in rung.prerequisites:
            if asked.rung is not None:
                waits.append(_link("exercise", asked.rung, catalog.exercises[asked.rung].name))
            if asked.assessment is not None:
                test = _link("exercise", asked.assessment, catalog.exercises[asked.assessment].name)
                waits.append(f"{test}: {asked.at_least} or more")
            if asked.weeks is not None:
                waits.append(f"{asked.weeks} weeks of strength training")
        exercise = _link("exercise", rung.exercise, catalog.exercises[rung.exercise].name)
        start = f"{rung.sets} x {rung.amount}"
        rows.append((number, exercise, start, rung.load, rung.criterion, _words(rung.overload), ", ".join(waits)))
    return "\n\n".join(
        [
            _label("progression", progression.id),
            f"## {_escape(progression.name)}",
            f"`{progression.id}`",
            _escape(progression.purpose),
            _table(("", "exercise", "start", "load", "until", "harder by", "waits for"), rows),
            f"After the last rung: {_escape(progression.after_last)}",
            f"**Sources**: {_sources(progression.sources, catalog)}",
        ]
    )


# -- assessments -----------------------------------------------------------------------------------------------------


def standard_page(catalog: Catalog) -> str:
    """Render what every standard says: starting points, what comes first, norms and numbers."""
    head = "# Starting points\n\nWhat each assessment places on. The worse side decides; a norm never does."
    return "\n\n".join([head, *(standard_text(standard, catalog) for standard in catalog.standards.values())])


def standard_text(standard: Standard, catalog: Catalog) -> str:
    """Render one standard as a section."""
    exercise = catalog.exercises[standard.exercise]
    made = [
        _label("standard", standard.id),
        f"## {_escape(exercise.name)}",
        f"`{standard.id}`",
        _escape(standard.says),
        f"**How**: {_link('exercise', exercise.id, exercise.name)}\\\n**Write down**: {_escape(standard.recorded)}",
    ]
    starts = []
    for point in standard.places:
        ladder = catalog.progressions[point.progression]
        rung = _link("exercise", point.rung, catalog.exercises[point.rung].name) + (
            ", with load" if point.loaded else ""
        )
        at_least = standard.shown(point.at_least) if point.at_least else "any result"
        starts.append((_link("progression", ladder.id, ladder.name), at_least, rung, _why(point, catalog)))
    if starts:
        made.append(_table(("ladder", "from", "start with", "why"), starts))
    firsts = [
        (_words(each for each in (focus.deficit, focus.region) if each), _when(focus, standard), _why(focus, catalog))
        for focus in standard.focus
    ]
    if firsts:
        made.append(_table(("comes first", "when", "why"), firsts))
    notes = []
    if standard.smallest_change is not None:
        change = standard.smallest_change
        notes.append(f"- A change counts from {standard.shown(change.amount)}: {_why(change, catalog)}.")
    if standard.gap is not None:
        gap, grades = standard.gap, "grades" if standard.scale else str(standard.unit)
        often = f"or from {gap.share:.0%} in {gap.results} results in a row"
        notes.append(
            f"- The sides differ from {gap.share:.0%} and {gap.amount} {grades}, {often}: {_why(gap, catalog)}."
        )
    if notes:
        made.append("\n".join(notes))
    if standard.norms is not None:
        bands = sorted({(band.from_age, band.to_age) for band in standard.norms.bands})
        sexes = sorted({band.sex for band in standard.norms.bands})
        rows = [(f"{low}-{high}", *(standard.norms.amount_for(sex, low) or "" for sex in sexes)) for low, high in bands]
        made += [f"Norms, in {standard.unit}: {_why(standard.norms, catalog)}", _table(("age", *map(str, sexes)), rows)]
    if standard.cautions:
        cautions = "\n".join(f"- {_escape(caution)}" for caution in standard.cautions)
        made.append(f":::{{admonition}} Cautions\n:class: caution\n\n{cautions}\n:::")
    made.append(f"**Sources**: {_sources(standard.cited, catalog)}")
    return "\n\n".join(made)


def _when(focus: Focus, standard: Standard) -> str:
    if focus.under is not None:
        return f"short of {standard.shown(focus.under)}"
    if focus.under_share is not None:
        return f"under {focus.under_share:.0%} of the norm"
    return "the sides differ"


def _why(part: Any, catalog: Catalog) -> str:
    return f"{_escape(part.note.rstrip('.'))} ({_sources([part.source], catalog)})"


# -- rules and sources -----------------------------------------------------------------------------------------------


def rule_pages(rules: RuleSet, catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Yield a page for each rule and the page that lists them by family."""
    records = sorted(rules, key=lambda rule: rule.id)
    for record in records:
        yield f"rules/{record.id}.md", rule_text(record, rules, catalog, CASES / f"{record.id}.yaml")
    rows = [
        (
            f"[{record.id} {record.name}](rules/{record.id}.md)",
            FAMILIES.get(record.family, record.family), record.severity,
            "off unless selected" if record.off_because else record.status, _states(record, rules),
        )
        for record in records
    ]  # fmt: skip
    yield (
        "rules.md",
        f"""{_WIDE}# Rules

{len(records)} rules. Each page tells why, with which numbers, what speaks for it and against it, and where it does not
apply. Every number can be [changed](../how-to/own-thresholds.md). The severity is that of its findings, unless the rule
grades them.

{_filterable(("Rule", "Family", "Severity", "State", "What holds"), rows)}
""",
    )


def _states(rule: Rule, rules: RuleSet) -> str:
    """Return what a rule states, with its numbers filled in."""
    return _escape(rules.statement(rule.id))


def rule_text(rule: Rule, rules: RuleSet, catalog: Catalog, cases: Path) -> str:
    """Render one rule as a page: statement, why, numbers, evidence, where it does not apply, and all its cases."""
    window = f"looks back {rule.looks_back} days" if rule.looks_back is not None else "reads as far as the record goes"
    status = "" if rule.status.value == "stable" else f", {rule.status}"
    formerly = f", formerly {', '.join(rule.formerly)}" if rule.formerly else ""
    made = [
        "---\norphan: true\n---",
        f"# {rule.id} {rule.name}",
        "[All rules](../rules.md)",
        f"{rule.severity}, since {rule.since}{status}, {window}{formerly}",
        *_off(rule),
        f"## What holds\n\n{_states(rule, rules)}",
        f"## Why\n\n{_escape(rule.rationale)}",
        f"## Where it does not apply\n\n{_escape(rule.not_for)}",
    ]
    if rule.parameters:
        rows = [
            (f"`{p.name}`", f"{p.value:g}", _escape(p.unit), f"{p.min:g} to {p.max:g}", p.loosens, _escape(p.note))
            for p in rule.parameters
        ]
        made.append("## Numbers\n\n" + _table(("number", "default", "unit", "range", "loosens", "note"), rows))
        first = rule.parameters[0]
        override = f"{{rule: {rule.id}, parameter: {first.name}, value: {first.value:g}, reason: ...}}"
        made.append(f"To set one in a runner's file:\n\n```yaml\noverrides:\n  - {override}\n```")
    made.append("## Evidence\n\n" + "\n".join(_evidence(evidence, catalog) for evidence in rule.evidence))
    often = rates.rule_text(rule.id)
    if often:
        made.append(often)
    made.append("## Cases\n\nEach is run as a test.\n\n" + "\n\n".join(_told(cases)))
    shown = [_case(case) for case in shown_cases(cases)]
    if shown:
        made.append("## Cases in full\n\n" + "\n\n".join(shown))
    return "\n\n".join(made)


def _off(rule: Rule) -> Iterator[str]:
    if rule.off_because:
        yield f":::{{admonition}} Off unless you select it\n{_escape(rule.off_because)}\n:::"


def _told(cases: Path) -> Iterator[str]:
    """Yield the names of a rule's cases by what came of them."""
    told = told_cases(cases)
    for outcome, words in OUTCOMES.items():
        named = [
            f"- {_escape(case.name)}{' (a fix clears it)' if case.fixed else ''}"
            for case in told
            if case.outcome is outcome
        ]
        if named:
            yield f"{words}:\n\n" + "\n".join(named)


def _evidence(evidence: Evidence, catalog: Catalog) -> str:
    name = "Convention" if evidence.source == CONVENTION else _sources([evidence.source], catalog)
    says = [f"supports: {_escape(evidence.supports)}"] if evidence.supports else []
    says += [f"speaks against: {_escape(evidence.against)}"] if evidence.against else []
    sure = f"certainty {evidence.certainty}" if evidence.certainty.value != CONVENTION else "a convention"
    known = ", known second hand" if evidence.unverified else ""
    return f"- {name} ({sure}{known}) {'; '.join(says)}"


def shown_cases(path: Path) -> list[dict[str, Any]]:
    """Read the cases of a rule that are marked ``show: true``."""
    import yaml

    if not path.exists():
        return []
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    cases = data.get("cases", []) if isinstance(data, dict) else data
    return [case for case in cases if case.get("show")]


def _case(case: dict[str, Any]) -> str:
    import yaml

    rest = {key: got for key, got in case.items() if key not in ("name", "show")}
    text = yaml.safe_dump(rest, sort_keys=False, allow_unicode=True, width=100)
    return f"**{_escape(str(case.get('name', '')))}**\n\n```yaml\n{text}```"


def source_page(catalog: Catalog, rules: RuleSet) -> str:
    """Render every source, with what cites it."""
    cited: dict[str, list[str]] = {}
    for progression in catalog.progressions.values():
        for id in progression.sources:
            cited.setdefault(id, []).append(_link("progression", progression.id, progression.name))
    counts: dict[str, int] = {}
    for standard in catalog.standards.values():
        for id in standard.cited:
            name = catalog.exercises[standard.exercise].name
            cited.setdefault(id, []).append(_link("standard", standard.id, name))
    for exercise in catalog.exercises.values():
        for id in exercise.sources:
            counts[id] = counts.get(id, 0) + 1
    for measure in (getattr(measures, name) for name in measures.__all__):
        if isinstance(measure, type) and issubclass(measure, measures.Measure) and measure is not measures.Measure:
            for id in measure().sources:
                cited.setdefault(id, []).append(f"`{measure.__name__}`")
    for rule in rules:
        for evidence in rule.evidence:
            cited.setdefault(evidence.source, []).insert(0, f"[{rule.id}](rules/{rule.id}.md)")
    made = ["# Sources\n\nWhat records and rules cite, and how much of it was read."]
    for source in catalog.sources.values():
        text = [_label("source", source.id), f"## {_escape(str(source))}", _citation(source)]
        if source.note:
            text.append(_escape(source.note))
        uses = list(dict.fromkeys(cited.get(source.id, [])))
        if counts.get(source.id):
            uses.append(f"{counts[source.id]} exercises")
        if uses:
            text.append(f"Cited by {', '.join(uses)}.")
        made.append("\n\n".join(text))
    return "\n\n".join(made)


def _citation(source: Source) -> str:
    parts = [source.authors, str(source.year) if source.year else "undated", source.title, source.published_in]
    doi = f" doi `{source.doi}`." if source.doi else ""
    return f"`{source.id}`: {_escape('. '.join(part.rstrip('.') for part in parts if part))}.{doi} Read: {source.read}."


# -- reference -------------------------------------------------------------------------------------------------------


def api_pages() -> Iterator[tuple[str, str]]:
    """Yield the page of the root's verbs, one for each module that names what it offers, and the page that lists them.

    They stand in no table of contents: a sidebar of some hundred modules on every page helps nobody, and costs minutes.
    """
    package = ROOT / "src" / "runstrong"
    modules = []
    for path in sorted(package.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        if path.name.startswith("_") or "__all__" not in source:
            continue
        module = ".".join(path.relative_to(package.parent).with_suffix("").parts)
        modules.append((f"[`{module}`](api/{module}.rst)", _escape(_first_line(ast.get_docstring(ast.parse(source))))))
        yield f"api/{module}.rst", _api_text(module, f".. automodule:: {module}\n")
    functions = [name for name in runstrong.__all__ if inspect.isfunction(getattr(runstrong, name))]
    verbs = [name for name in functions if _home(name) is None]
    helpers = [name for name in functions if name not in verbs]
    nouns = [name for name in runstrong.__all__ if inspect.isclass(getattr(runstrong, name))]
    told = "\n".join(f".. autofunction:: runstrong.{name}" for name in verbs)
    yield "api/runstrong.rst", _api_text("runstrong", told)
    yield (
        "api.md",
        f"""{_WIDE}# API

Verbs are functions, nouns are classes. What most programs need is in the package itself: `import runstrong as rs`.

{_toctree(["api/runstrong"])}

## Verbs

{_table(("function", "what it does"), (_named(name) for name in verbs))}

## Quantities and other helpers

{_table(("function", "what it does"), (_named(name) for name in helpers))}

## Nouns

{_filterable(("class", "what it is"), (_named(name) for name in nouns))}

## Modules

Each module is one concept.

{_filterable(("module", "what is in it"), modules)}
""",
    )


def _api_text(module: str, told: str) -> str:
    orphan = "" if module == "runstrong" else ":orphan:\n\n"
    return f"{orphan}{module}\n{'=' * len(module)}\n\n:doc:`API </_generated/api>`\n\n{told}"


def _named(name: str) -> tuple[str, str]:
    """Return a row of a public name: itself, as a link to where it is told, and the first line about it."""
    named = getattr(runstrong, name)
    target = f"runstrong.{name}" if _home(name) is None else f"{_home(name)}.{name}"
    return f"[`{name}`](#{target})", _escape(_first_line(named.__doc__))


def _home(name: str) -> str | None:
    """Return the module that a public name is told in; None for the verbs, whose module is private."""
    module: str = getattr(runstrong, name).__module__
    return None if module.rpartition(".")[2].startswith("_") else module


def _first_line(text: str | None) -> str:
    """Return the first sentence of a docstring in Markdown."""
    head = " ".join((text or "").strip().partition("\n\n")[0].split())
    return head.replace("``", "`")


# -- words -----------------------------------------------------------------------------------------------------------


def _escape(text: str) -> str:
    """Keep Markdown from reading marks into plain text; names between backticks stay code."""
    parts = re.split(r"(`[^`]+`)", text)
    return "".join(part if part[:1] == "`" else re.sub(r"([\\`*_{}\[\]<>|$])", r"\\\1", part) for part in parts)


def _table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    names = list(head)
    lines = [names, ["---"] * len(names), *(["" if cell is None else str(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _filterable(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Return a table that _static/filter.js puts a search above."""
    return f":::{{div}} filterable\n\n{_table(head, rows)}\n\n:::"


def _toctree(pages: Iterable[str]) -> str:
    return "\n".join(["```{toctree}", ":hidden:", "", *pages, "```"])


def _muted(names: Iterable[str]) -> str:
    text = _words(names)
    return f" [also {text}]{{.also-called}}" if text else ""


def _title(text: str) -> str:
    return text.replace("-", " ").capitalize()


def _words(members: Iterable[object]) -> str:
    return ", ".join(_escape(str(member)) for member in members)


def _label(kind: str, id: str) -> str:
    return f"({kind}-{id})="


def _link(kind: str, id: str, text: str) -> str:
    return f"[{_escape(text)}](#{kind}-{id})"


def _exercises(exercises: Iterable[Exercise]) -> str:
    return ", ".join(_link("exercise", exercise.id, exercise.name) for exercise in exercises)


def _sources(ids: Iterable[str], catalog: Catalog) -> str:
    return ", ".join("convention" if id == CONVENTION else _link("source", id, str(catalog.sources[id])) for id in ids)


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "_generated"
    write_pages(target)
    print(f"wrote {target}")
