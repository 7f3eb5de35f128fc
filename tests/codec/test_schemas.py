"""JSON Schemas: they are schemas, they pass every document there is, and what they cannot tell is a short list."""

from __future__ import annotations

import functools
import json
import re
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from runstrong.codec import KINDS, decode, read, schemas
from runstrong.codec.leaves import fields_of
from runstrong.codec.schemas import document_kinds, json_schema
from runstrong.codec.text import read_text
from runstrong.model.errors import DocumentError, UnknownName

ROOT = Path(__file__).parents[2]
DATA = ROOT / "src" / "runstrong" / "data"
FILES = [
    *sorted(file for file in DATA.rglob("*.yaml") if file.parent.name not in ("cases", "watch")),
    *sorted(file for file in (ROOT / "examples").rglob("*.yaml") if not file.name.endswith(".cases.yaml")),
    *sorted((ROOT / "tests" / "runners").glob("*.yaml")),
    *sorted((ROOT / "tests" / "golden").glob("*.yaml"))[::6],
]


@functools.cache
def schema_of(kind: str) -> dict[str, Any]:
    """Give the schema of one kind of document, made once."""
    return json_schema(kind)


@functools.cache
def validator(kind: str) -> Any:
    """Give the validator of one kind of document."""
    return jsonschema.Draft202012Validator(schema_of(kind))


def nodes(schema: Any) -> Iterator[dict[str, Any]]:
    """Yield every mapping within a schema."""
    if isinstance(schema, dict):
        yield schema
        for inner in schema.values():
            yield from nodes(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from nodes(inner)


@pytest.mark.parametrize("kind", KINDS)
class TestEachSchema:
    def test_it_is_a_schema_of_its_draft(self, kind: str) -> None:
        """The schema of the schemas passes it, and it says which one that is."""
        schema = schema_of(kind)
        assert schema["$schema"] == jsonschema.Draft202012Validator.META_SCHEMA["$id"]
        jsonschema.Draft202012Validator.check_schema(schema)

    def test_its_name_holds_no_host(self, kind: str) -> None:
        """It is known by kind and version."""
        assert schema_of(kind)["$id"] == f"urn:runstrong:schema:{kind}:{KINDS[kind].schema}"

    def test_it_is_plain_json_and_made_anew_each_time(self, kind: str) -> None:
        """What a caller does to it changes no other, and two are alike byte for byte."""
        first = json_schema(kind)
        text = json.dumps(first, allow_nan=False)
        first["properties"].clear()
        assert json.dumps(json_schema(kind), allow_nan=False) == text

    def test_it_knows_the_fields_that_the_codec_knows(self, kind: str) -> None:
        """A class has as properties just its fields, those without a default are required, and nothing else passes."""
        schema = schema_of(kind)
        held = KINDS[kind]
        one = schema if held.under is None else schema["$defs"][held.cls.__name__]
        head = ["kind", "schema"] if held.under is None else []
        fields = fields_of(held.cls)
        assert list(one["properties"]) == [*head, *(a.name for a in fields)]
        assert one["required"] == [*head, *(a.name for a in fields if repr(a.default) == "NOTHING")]
        assert all(node["additionalProperties"] is False for node in nodes(schema) if node.get("type") == "object")

    def test_each_default_and_each_example_passes_its_own_schema(self, kind: str) -> None:
        """What an editor offers is taken."""
        schema = schema_of(kind)
        for node in nodes(schema):
            offered = [*node.get("examples", ()), *([node["default"]] if "default" in node else ())]
            for each in offered if isinstance(offered, list) else ():
                jsonschema.Draft202012Validator({**node, "$defs": schema["$defs"]}).validate(each)

    def test_each_definition_is_used_and_none_is_missing(self, kind: str) -> None:
        """References and definitions are one to one."""
        schema = schema_of(kind)
        named = {node["$ref"].removeprefix("#/$defs/") for node in nodes(schema) if "$ref" in node}
        assert named == set(schema["$defs"])

    def test_help_is_plain_text(self, kind: str) -> None:
        """Descriptions carry no marks of the docstrings they come from, and speak of keys, not of Python."""
        for node in nodes(schema_of(kind)):
            said = node.get("description", "")
            assert not isinstance(said, str) or not re.search(r"`|\bNone when|\bNone mean|Args:", said)

    def test_expressions_are_read_alike_by_python_and_by_editors(self, kind: str) -> None:
        """No expression holds what only one of the two knows, or reads otherwise: lookaround, named groups, classes."""
        for node in nodes(schema_of(kind)):
            if isinstance(node.get("pattern"), str):
                assert re.compile(node["pattern"])
                assert not re.search(r"\(\?[^:]|\\[AZdwsbDWSB]", node["pattern"])


class TestAllSchemas:
    def test_there_is_one_for_each_kind(self) -> None:
        """Kinds come in the order of the codec."""
        assert document_kinds() == tuple(KINDS)

    def test_an_unknown_kind_is_told_with_the_nearest(self) -> None:
        """A slip is met with the word that was meant."""
        with pytest.raises(UnknownName, match="runner"):
            json_schema("runer")

    def test_limits_and_words_are_those_of_the_model(self) -> None:
        """Numbers carry bounds, texts with a unit say theirs, and words list their choices."""
        runner = json_schema("runner")
        years, mass = runner["properties"]["birth_year"], runner["properties"]["body_mass"]
        assert (years["minimum"], years["maximum"], years["type"]) == (1900, 2100, ["integer", "null"])
        assert mass["description"].endswith("From 25 to 250 kg.")
        assert mass["errorMessage"] == "Allowed: a number with kg, lb, from 25 to 250 kg"
        assert runner["$defs"]["Level"]["enum"] == [1, 2, 3]
        assert runner["$defs"]["Weights"]["properties"]["each"]["uniqueItems"] is True
        assert runner["$defs"]["Weights"]["properties"]["each"]["minItems"] == 1
        share = json_schema("plan")["$defs"]["LightenEdit"]["properties"]["share"]
        assert (share["exclusiveMinimum"], share["maximum"]) == (0, 1)

    def test_a_tagged_mapping_is_one_of_its_members(self) -> None:
        """An edit is told by the word under ``do``."""
        plan = json_schema("plan")
        members = [member["$ref"].rpartition("/")[2] for member in plan["properties"]["edits"]["items"]["oneOf"]]
        assert [plan["$defs"][name]["properties"]["do"]["const"] for name in members][:2] == ["move", "swap"]
        assert all(plan["$defs"][name]["required"][0] == "do" for name in members)

    def test_a_list_of_fixed_length_names_each_entry(self) -> None:
        """A pair has two entries of their own kinds, no more and no fewer."""
        made = schemas._Schema(KINDS["audit"])._of(tuple[tuple[str, int], ...], {})["items"]
        pairs = jsonschema.Draft202012Validator(made)
        assert pairs.is_valid(["a", 1])
        assert not any(pairs.is_valid(each) for each in (["a"], [1, "a"], ["a", 1, 2]))

    def test_a_schema_needs_no_docstrings(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where Python was told to leave them out (-OO) help is missing, and nothing else."""
        told = json_schema("source")
        monkeypatch.setattr(KINDS["source"].cls, "__doc__", None)
        silent = json_schema("source")
        assert "description" not in silent["properties"]["title"]
        for schema in (told, silent):
            for each in (schema, *schema["properties"].values()):
                each.pop("description", None)
        assert silent == told


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_every_document_of_the_library_passes_its_schema(file: Path) -> None:
    """Packaged records, examples, and the runners and plans of the tests."""
    data = read_text(file.read_bytes()).data
    validator(data["kind"]).validate(data)


BASE = {"kind": "runner", "schema": 1, "name": "Ada", "running": {}}
SOURCE = {"kind": "source", "schema": 1, "id": "a-2020", "authors": "A", "title": "T"}
RULE = typing.cast("dict[str, Any]", read_text((DATA / "rules" / "TM01.yaml").read_bytes()).data)


class TestWhatItRefuses:
    @pytest.mark.parametrize(
        "change",
        [
            {"nmae": "Ada"},
            {"name": 5},
            {"name": "a\x1b[31m"},
            {"running": None},
            {"running": []},
            {"sex": "man"},
            {"level": 4},
            {"birth_year": 1899},
            {"birth_year": True},
            {"running_years": "6"},
            {"body_mass": 74},
            {"body_mass": "740 kg"},
            {"body_mass": "74 kilograms"},
            {"body_mass": "1e"},
            {"height": "1.81"},
            {"start": "2026-02-30"},
            {"start": "7.12.2026"},
            {"session_length": "9 h"},
            {"session_length": None},
            {"goals": ["health", "health", "win"]},
            {"deficits": ["ankle-dorsiflexion", "ankle-dorsiflexion"]},
            {"kits": [{"weights": [{"kind": "dumbbell", "each": []}]}]},
            {"races": [{"id": "Spring half", "date": "2027-03-14"}]},
            {"lifts": [{"exercise": "squat", "date": "2027-03-14", "mass": "0 kg"}]},
            {"schema": 2},
            {"schema": "1"},
            {"kind": "plan"},
        ],
        ids=str,
    )
    def test_what_the_codec_refuses_of_a_runner(self, change: dict[str, Any]) -> None:
        """Keys, types, words, limits, forms of texts, repeats and lengths of lists."""
        data = {**BASE, **change}
        with pytest.raises(DocumentError):
            decode(data)
        assert validator("runner").is_valid(BASE)
        assert not validator("runner").is_valid(data)


class TestNull:
    @pytest.mark.parametrize("key", ["sex", "body_mass", "birth_year", "last_strength", "level", "sessions_per_week"])
    def test_a_key_without_a_value_is_as_good_as_none(self, key: str) -> None:
        """Words, texts and numbers that may be unknown may be null, as the codec has it."""
        data = {**BASE, key: None}
        assert decode(data) == decode(BASE)
        assert validator("runner").is_valid(data)

    def test_so_is_one_for_a_mapping(self) -> None:
        """A mapping that may be left out may be null too; one that may not may not."""
        asked = {"exercise": "squat", "sets": 2, "amount": "8 reps"}
        state = {"kind": "state", "schema": 1, "progression": "a", "rung": 0, "earned": asked, "prescription": asked}
        assert decode({**state, "peak": None}) == decode(state)
        assert validator("state").is_valid({**state, "peak": None})
        assert not validator("state").is_valid({**state, "earned": None})


BEYOND: list[tuple[str, dict[str, Any]]] = [
    ("what lies between fields", {**BASE, "injuries": [
        {"region": "calf", "since": "2026-02-01", "ended": "2026-01-01"}]}),
    ("a whole number written with a point", {**BASE, "birth_year": 1988.0}),
    ("a whole number of 16 digits", {"kind": "rule", **RULE, "parameters": [
        {"name": "a", "value": 10**15, "unit": "km", "min": 0, "max": 1e16}]}),
    ("a number within a text", {**BASE, "body_mass": "250.5 kg"}),
    ("a number within a text", {**BASE, "body_mass": "7e5 kg"}),
    ("a range that descends", {"kind": "log", "schema": 1, "performances": [
        {"date": "2027-01-04", "exercise": "squat", "sets": [{"amount": "12-8 reps"}]}]}),
    ("the 29th of February", {**BASE, "start": "2027-02-29"}),
    ("two texts for one quantity", {**BASE, "kits": [{"weights": [{"kind": "dumbbell", "each": ["1 kg", "1.0 kg"]}]}]}),
    ("half of a surrogate pair", {**BASE, "name": "\ud83d"}),
    ("half of a surrogate pair", {**BASE, "start": "2027-01-04\n"}),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "data"), BEYOND, ids=[str(number) for number in range(len(BEYOND))])
def test_what_only_the_codec_tells_is_said(reason: str, data: dict[str, Any]) -> None:
    """Each kind of fault that a schema lets pass stands in the list, and the codec refuses it."""
    assert any(line.startswith(reason) for line in schemas.BEYOND)
    assert validator(data["kind"]).is_valid(data)
    with pytest.raises(DocumentError):
        decode(data)


def test_nothing_stands_in_the_list_without_an_example() -> None:
    """Faults of the text itself have none: there is no data to hold against a schema."""
    shown = {next(line for line in schemas.BEYOND if line.startswith(reason)) for reason, _ in BEYOND}
    assert [line for line in schemas.BEYOND if line not in shown] == [schemas.BEYOND[-1]]


def test_dates_stay_text_to_a_schema() -> None:
    """The strict reader gives days as text, so that a file checks as it is read."""
    data = read_text("kind: runner\nschema: 1\nname: Ada\nstart: 2026-12-07\nrunning: {}\n").data
    assert validator("runner").is_valid(data)


def test_the_line_that_tells_editors_of_a_schema_is_a_comment(tmp_path: Path) -> None:
    """A file with the line for yaml-language-server reads as without."""
    file = tmp_path / "ada.yaml"
    text = "kind: runner\nschema: 1\nname: Ada\nrunning: {}\n"
    file.write_text(f"# yaml-language-server: $schema=runner.schema.json\n{text}", encoding="utf-8")
    assert read(file) == decode(text)
