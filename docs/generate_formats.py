"""Pages of all documents, made from their JSON Schemas: fields, limits, what is left out, and an example of each kind.

Run by generate.py; what a page says is what the schema says, which the tests hold against the codec.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import runstrong as rs
from runstrong.codec import KINDS
from runstrong.codec.documents import encode
from runstrong.codec.schemas import BEYOND, document_kinds, json_schema
from runstrong.codec.writing import yaml_text

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
FEW = 6
"""So many words are told beside a field; more stand on the page of words alone."""

Schema = dict[str, Any]


def format_pages() -> Iterator[tuple[str, str]]:
    """Yield a page for each kind of document, one for the words that they share, and the page that lists them."""
    schemas = {kind: json_schema(kind) for kind in document_kinds()}
    homes = _homes(schemas)
    shown = examples()
    for kind, schema in schemas.items():
        yield f"formats/{kind}.md", _kind_text(kind, schema, homes, shown[kind])
    yield "formats/words.md", _words_text(schemas)
    yield "formats.md", _list_text(schemas)


# -- Pages -----------------------------------------------------------------------------------------------------------


def _list_text(schemas: dict[str, Schema]) -> str:
    rows = [(f"[{kind}](formats/{kind}.md)", _escape(schema["description"])) for kind, schema in schemas.items()]
    beyond = "\n".join(f"- {_escape(line)};" for line in BEYOND).removesuffix(";") + "."
    return f"""# Formats

Every document is YAML or JSON. It begins with `kind`, which says what it is, and `schema`, the version of that form. A
key that is not listed is refused. Each kind has a JSON Schema, from which these pages are made: `runstrong schema
runner` prints it, and in Python it is `rs.json_schema("runner")`.
[Editors complete and check your files](../how-to/edit-in-your-editor.md) with it.

```{{toctree}}
:hidden:

{chr(10).join(f"formats/{kind}" for kind in schemas)}
formats/words
```

{_table(("kind", "what it holds"), rows)}

The [words](formats/words.md) that fields choose from stand on a page of their own.

## What only runstrong tells

A schema passes whatever runstrong reads. It cannot tell every fault. These are told when the file is read, with file
and line:

{beyond}
"""


def _kind_text(kind: str, schema: Schema, homes: dict[str, str], example: str) -> str:
    held = KINDS[kind]
    made = [f"(format-kind-{kind})=", f"# {schema['title']}", _escape(schema["description"])]
    made.append(f"```{{code-block}} yaml\n:caption: an example\n\n{example.rstrip()}\n```")
    if held.many or held.under:
        one = held.cls.__name__
        made.append(f"Under `{held.under}` stands {'a list of' if held.many else 'one'} {_link(one, homes)}.")
    if not held.many:
        one_schema = schema if held.under is None else schema["$defs"][held.cls.__name__]
        made += ["## Fields", *_object_text(one_schema, schema, homes)]
    for name, inner in schema["$defs"].items():
        if homes.get(name) == kind and inner.get("type") == "object" and name != held.cls.__name__:
            said = _escape(inner.get("description", ""))
            title = f"Edit: {inner['title'].lower()}" if "do" in inner["properties"] else inner["title"]
            made += [f"(format-{_slug(name)})=", f"## {title}", said, *_object_text(inner, schema, homes)]
    return "\n\n".join(filter(None, made))


def _object_text(inner: Schema, schema: Schema, homes: dict[str, str]) -> Iterator[str]:
    rows = []
    for name, field in inner["properties"].items():
        if name in inner.get("required", ()):
            otherwise = "required"
        elif "default" in field:
            otherwise = f"`{_flow(field['default'])}`"
        else:
            otherwise = ""
        meaning = "Which change it is." if name == "do" else _meaning(field, schema)
        rows.append((f"`{name}`", _value_text(field, schema, homes), otherwise, meaning))
    if rows:
        yield f":::{{div}} fields\n\n{_table(('key', 'value', 'when left out', 'meaning'), rows)}\n\n:::"


def _words_text(schemas: dict[str, Schema]) -> str:
    """Render every enumeration, and what stands in texts that have a form of their own."""
    words: dict[str, Schema] = {}
    for schema in schemas.values():
        words.update({name: inner for name, inner in schema["$defs"].items() if "enum" in inner})
    name = "Lower-case words, digits and hyphens: `single-leg-calf-raise`. A name is for good, and others refer to it."
    made = ["# Words", f"(format-name)=\n## Names\n\n{name}"]
    made.insert(1, "What the fields of documents choose from. Write them as they stand here.")
    for name, inner in sorted(words.items(), key=lambda each: each[1]["title"]):
        choices = ", ".join(f"`{choice}`" for choice in inner["enum"])
        made.append(
            f"({_word_label(name)})=\n## {inner['title']}\n\n{_escape(inner.get('description', ''))}\n\n{choices}"
        )
    return "\n\n".join(made)


# -- Cells -----------------------------------------------------------------------------------------------------------


def _value_text(field: Schema, schema: Schema, homes: dict[str, str]) -> str:
    """Say what may stand under a key: its type and its limits."""
    if "const" in field:
        return f"`{field['const']}`"
    if "$ref" in field:
        return _reference_text(field["$ref"].rpartition("/")[2], schema, homes)
    if "anyOf" in field:
        return _value_text(field["anyOf"][0], schema, homes)
    if "oneOf" in field:
        return "one of " + ", ".join(_value_text(member, schema, homes) for member in field["oneOf"])
    kinds = field["type"] if isinstance(field["type"], list) else [field["type"]]
    if "array" in kinds:
        least = f", at least {field['minItems']}" if "minItems" in field else ""
        once = ", each once" if field.get("uniqueItems") else ""
        return f"list of {_value_text(field['items'], schema, homes)}{least}{once}"
    if "boolean" in kinds:
        return "`true` or `false`"
    if "enum" in field:
        return ", ".join(f"`{choice}`" for choice in field["enum"] if choice is not None)
    if "errorMessage" in field and "number" not in kinds:
        form = field["errorMessage"].removeprefix("Allowed: ")
        if form.startswith("a name of"):
            return "[name](#format-name)"
        return "text" if form.startswith("text") else re.sub(r"'([^']+)'", r"`\1`", form)
    words = ["whole number" if "integer" in kinds else "text or number" if "string" in kinds else "number"]
    return ", ".join(words + list(_bounds_text(field)))


def _bounds_text(field: Schema) -> Iterator[str]:
    low, high, above = (field.get(name) for name in ("minimum", "maximum", "exclusiveMinimum"))
    if high is not None and high >= 10**14:
        return
    if above is not None:
        yield f"over {above}"
    if low is not None:
        yield f"from {low} to {high}" if high is not None else f"from {low}"
    elif high is not None:
        yield f"up to {high}"


def _reference_text(name: str, schema: Schema, homes: dict[str, str]) -> str:
    inner = schema["$defs"][name]
    if "enum" not in inner:
        return _link(name, homes)
    told = f": {', '.join(f'`{choice}`' for choice in inner['enum'])}" if len(inner["enum"]) <= FEW else ""
    return f"[{inner['title'].lower()}](#{_word_label(name)}){told}"


def _meaning(field: Schema, schema: Schema) -> str:
    said = field.get("description", "")
    if "errorMessage" in field:
        # The limits of a text stand beside its type already.
        said = re.sub(r" ?(From|Over|Up to) \d[^.]*(\.\d[^.]*)*\.$", "", said)
    if not said:
        inner = field.get("anyOf", [field])[0]
        said = schema["$defs"].get(inner.get("$ref", "").rpartition("/")[2], {}).get("description", "")
        said = said.partition("\n\n")[0]
    return _escape(said)


def _link(name: str, homes: dict[str, str]) -> str:
    for kind in KINDS.values():
        if kind.cls.__name__ == name and not kind.many:
            return f"[{kind.name}](#format-kind-{kind.name})"
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.removesuffix("Edit")).lower()
    return f"[{words}](#format-{_slug(name)})" if name in homes else words


def _homes(schemas: dict[str, Schema]) -> dict[str, str]:
    """Give for each class the kind on whose page it is told: the first that holds it, documents apart."""
    homes: dict[str, str] = {}
    for kind, schema in schemas.items():
        if not KINDS[kind].many:
            for name in schema["$defs"]:
                homes.setdefault(name, kind)
    for kind in KINDS.values():
        if not kind.many:
            homes[kind.cls.__name__] = kind.name
    return homes


def _slug(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()


def _word_label(name: str) -> str:
    return f"word-{_slug(name)}"


def _flow(made: Any) -> str:
    return yaml_text({"a": made}).removeprefix("a: ").rstrip("\n")


def _escape(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>|$])", r"\\\1", text).replace("\n\n", " ")


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    names = list(head)
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


# -- Examples --------------------------------------------------------------------------------------------------------


@functools.cache
def examples() -> dict[str, str]:
    """Give one document of each kind as YAML: an example file, a packaged record, or what the library makes of them."""
    catalog, rules = rs.load_catalog(), rs.load_rules()
    runner, log = rs.load(EXAMPLES / "novice.yaml", rs.Runner), rs.load(EXAMPLES / "log.yaml", rs.Log)
    made = rs.plan(runner)
    week = rs.evolve(made.weeks[0], sessions=made.weeks[0].sessions[:1])
    short = rs.evolve(made, weeks=(week,), decisions=made.decisions[:2])
    report = rs.audit(short, fixes=False)
    few = rs.evolve(rules, rules=rules.rules[:1], policies=rules.policies[:1], active=rules.active[:1])
    ladder = catalog.progressions["calf-raise-straight"]
    state = rs.fold(ladder, log.performances, runner=rs.load(EXAMPLES / "runner.yaml", rs.Runner))
    calendar = rs.read_calendar(EXAMPLES / "calendar.csv")
    exercise, standard = catalog.exercises["single-leg-calf-raise"], catalog.standards["hip-extension-test"]
    source = catalog.sources["frandsen-2025"]
    values = {
        "plan": short,
        "log": rs.evolve(log, runs=log.runs[:3], readiness=log.readiness[:2], performances=log.performances[:3]),
        "calendar": rs.evolve(calendar, runs=calendar.runs[:6]),
        "exercise": exercise,
        "progression": rs.evolve(ladder, rungs=ladder.rungs[:2]),
        "standard": standard,
        "source": source,
        "rule": rules["TM01"],
        "policy": rules.policies[0],
        "preset": rs.load_presets()["cautious"],
        "rule-set": few,
        "audit": rs.evolve(report, findings=report.findings[:1], not_applicable=report.not_applicable[:1], rules=few),
        "state": state,
    }
    shown = {kind: rs.to_yaml(value) for kind, value in values.items()}
    shown["runner"] = "".join(_without_comments(EXAMPLES / "runner.yaml"))
    several = {"exercises": [exercise], "progressions": [values["progression"]], "standards": [standard]}
    several |= {"sources": [source], "rules": [rules["TM01"]]}
    return shown | {kind: yaml_text(encode(held)) for kind, held in several.items()}


def _without_comments(file: Path) -> Iterator[str]:
    with file.open(encoding="utf-8") as lines:
        yield from (line for line in lines if not line.startswith("#"))
