"""The pages of formats: one for each kind, with an example that is one, and no link that leads nowhere."""

from __future__ import annotations

import functools
import importlib.util
import re
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import runstrong as rs
from runstrong.codec import KINDS, loads
from runstrong.codec.schemas import json_schema
from runstrong.codec.text import read_text

DOCS = Path(__file__).parents[2] / "docs"


@functools.cache
def generator() -> Any:
    """Bring in docs/generate_formats.py, which is no package."""
    spec = importlib.util.spec_from_file_location("generate_formats", DOCS / "generate_formats.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@functools.cache
def pages() -> dict[str, str]:
    """Make all pages once."""
    return dict(generator().format_pages())


@pytest.mark.parametrize("kind", KINDS)
class TestEachPage:
    def test_its_example_is_a_document_of_the_kind(self, kind: str) -> None:
        """It is read by the codec and passes the schema."""
        example = generator().examples()[kind]
        assert (
            f"```{{code-block}} yaml\n:caption: an example\n\n{example.rstrip()}\n```" in pages()[f"formats/{kind}.md"]
        )
        assert loads(example, kind=kind) is not None
        jsonschema.Draft202012Validator(json_schema(kind)).validate(read_text(example).data)

    def test_it_tells_every_field(self, kind: str) -> None:
        """Each key of the document, and of what stands in it and nowhere else, has its row with a value."""
        if not KINDS[kind].many:
            text, held = pages()[f"formats/{kind}.md"], KINDS[kind]
            schema = json_schema(kind)
            one = schema if held.under is None else schema["$defs"][held.cls.__name__]
            for key in one["properties"]:
                assert re.search(rf"^\| `{key}` \| [^|]+ \|", text, re.MULTILINE)


def test_every_link_leads_somewhere() -> None:
    """Labels are unique, and each that is named is there."""
    labels = [label for text in pages().values() for label in re.findall(r"^\(([\w-]+)\)=$", text, re.MULTILINE)]
    assert len(labels) == len(set(labels))
    assert {link for text in pages().values() for link in re.findall(r"\]\(#([\w-]+)\)", text)} <= set(labels)


def test_every_row_has_as_many_cells_as_its_head() -> None:
    """No text breaks out of its cell."""
    for text in pages().values():
        for table in re.findall(r"(?:^\|.*\|$\n?)+", text, re.MULTILINE):
            counts = {len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}
            assert len(counts) == 1


def test_pages_are_the_same_each_time() -> None:
    """Byte for byte."""
    assert dict(generator().format_pages()) == pages()
    assert rs.to_yaml(loads(generator().examples()["plan"])) == generator().examples()["plan"]
