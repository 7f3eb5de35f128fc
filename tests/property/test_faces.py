"""No text in any field can become markup, a link or a terminal escape, and the same value prints the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import runstrong as rs
from runstrong.faces import card, fragment, report_of, to_html, to_markdown, to_text
from runstrong.faces.blocks import Block, Bullets, Exercises, Heading, Line, Paragraph, Remark, Table
from runstrong.testing import documents, strategies
from runstrong.testing.hostile import HOSTILE, hostile, hostile_texts

TAGS = frozenset(
    (
        "article", "b", "br", "body", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "h1", "h2", "h3",
        "h4", "h5", "h6", "head", "html", "input", "li", "main", "meta", "p", "rect", "section", "span", "style",
        "summary", "svg", "table", "tbody", "td", "text", "th", "thead", "title", "tr", "ul",
    )
)  # fmt: skip
ATTRIBUTES = frozenset(
    (
        "aria-label", "charset", "class", "content", "fill", "fill-opacity", "font-size", "font-weight", "height",
        "http-equiv", "lang", "name", "role", "scope", "stroke", "stroke-dasharray", "stroke-width", "text-anchor",
        "type", "viewbox", "width", "x", "y",
    )
)  # fmt: skip
VOID = frozenset(("br", "input", "meta", "rect"))
READER = MarkdownIt("commonmark", {"html": True}).enable("table")
CATALOG, RULES = rs.load_catalog(), rs.load_rules()


class Reader(HTMLParser):
    """Notes what a document holds, and that each element is closed where it was opened."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Hold an element to what a report is made of."""
        assert tag in TAGS, tag
        assert {name for name, _ in attrs} <= ATTRIBUTES, attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Hold an element without content to the same."""
        assert tag in TAGS, tag
        assert {name for name, _ in attrs} <= ATTRIBUTES, attrs

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened last."""
        assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        """Refuse comments: a report has none."""
        raise AssertionError(data)

    def handle_data(self, data: str) -> None:
        """Note what is shown."""
        if not self.open or self.open[-1] != "style":
            self.said.append(data)


def read(text: str) -> str:
    """Return the text that a browser shows of a document, which holds nothing but what a report is made of."""
    reader = Reader()
    reader.feed(text)
    reader.close()
    assert not reader.open
    return "".join(reader.said)


def nouns() -> st.SearchStrategy[Any]:
    """Any noun that has a card, with hostile text wherever it holds free text."""
    ladders = [CATALOG.progressions[id] for id in sorted(CATALOG.progressions)[:6]]
    some = [CATALOG.exercises[id] for id in sorted(CATALOG.exercises)[:6]]
    return hostile(
        st.one_of(
            strategies.runners(), strategies.plans(most_weeks=2), strategies.sessions(), documents.audits(),
            documents.full_logs(), documents.edited_plans(), documents.states_of_any(), st.sampled_from(ladders),
            st.sampled_from(some),
        )
    )  # fmt: skip


@st.composite
def blocks(draw: st.DrawFn) -> list[Block]:
    """Blocks of every kind whose texts are hostile."""
    text = hostile_texts().filter(lambda text: bool(text.strip()))
    line = st.builds(Line, st.sampled_from(("", "new", "less")), text, text, st.just((("Why", draw(text)),)))
    kinds = st.one_of(
        st.builds(Heading, st.integers(1, 3), text),
        st.builds(Paragraph, text),
        st.builds(Bullets, st.lists(text, min_size=1, max_size=3).map(tuple)),
        st.builds(Table, st.just(("", "")), st.lists(st.tuples(text, text), min_size=1, max_size=3).map(tuple)),
        st.builds(Remark, text, st.tuples(st.tuples(st.just("why"), text))),
        st.builds(Exercises, st.just("Main"), st.lists(line, min_size=1, max_size=2).map(tuple), st.booleans()),
    )
    return draw(st.lists(kinds, min_size=1, max_size=3))


def texts_of(made: list[Block]) -> Iterator[str]:
    """Yield the texts of blocks one by one."""
    for block in made:
        if isinstance(block, (Heading, Paragraph)):
            yield block.text
        elif isinstance(block, Bullets):
            yield from block.items
        elif isinstance(block, Table):
            yield from (cell for row in block.rows for cell in row)
        elif isinstance(block, Remark):
            yield block.head
        elif isinstance(block, Exercises):
            yield from (line.name for line in block.lines)


class TestHostileText:
    """Whatever stands in a name, note or reason is shown as it is."""

    @given(nouns())
    def test_html_holds_only_what_a_report_is_made_of(self, noun: Any) -> None:
        """No element or attribute comes from a text, in a card or in a document."""
        made = card(noun, CATALOG, RULES)
        assert made is not None
        read(fragment(made))
        read(rs.to_html(noun))

    @given(blocks())
    def test_markdown_shows_each_text_as_it_is(self, made: list[Block]) -> None:
        """A Markdown reader that lets HTML through finds the report's own structure, and each text as written."""
        tokens = READER.parse(to_markdown(made))
        inner = [child for token in tokens for child in token.children or ()]
        ours = {
            "bullet_list", "list_item", "paragraph", "heading", "inline", "text", "strong", "table", "thead", "tbody",
            "tr", "th", "td",
        }  # fmt: skip
        kinds = {token.type.removesuffix("_open").removesuffix("_close") for token in (*tokens, *inner)}
        assert kinds <= ours
        assert sum(token.type == "heading_open" for token in tokens) == sum(isinstance(each, Heading) for each in made)
        said = "".join("".join(child.content for child in inner).split())
        assert [text for text in texts_of(made) if "".join(text.split()) not in said] == []

    @given(nouns())
    def test_text_holds_no_control_character_but_newline(self, noun: Any) -> None:
        """A terminal is not told to do anything."""
        text = to_text(report_of(noun, CATALOG, RULES))
        assert not [each for each in text if (ord(each) < 32 and each != "\n") or 127 <= ord(each) < 160]

    @pytest.mark.parametrize("text", HOSTILE)
    def test_a_name_is_shown_as_written(self, text: str) -> None:
        """A browser shows a runner's name letter for letter, but for spaces, which it draws as one."""
        ada = rs.Runner(name=text, running=rs.RunningWeek())
        assert " ".join(text.split()) in " ".join(read(ada._repr_html_() or "").split())
        assert " ".join(text.split()) in " ".join(read(rs.to_html(ada)).split())


class TestDeterminism:
    """The same value prints the same bytes."""

    @given(nouns())
    def test_twice_the_same(self, noun: Any) -> None:
        """HTML, Markdown and text do not depend on when they are made."""
        assert rs.to_html(noun) == rs.to_html(noun)
        assert to_html(report_of(noun, CATALOG, RULES)) == to_html(report_of(noun, CATALOG, RULES))
