"""How blocks print as text and as Markdown."""

from __future__ import annotations

from runstrong.faces.blocks import Bullets, Exercises, Heading, Line, Paragraph, Remark, Table
from runstrong.faces.markdown import to_markdown
from runstrong.faces.text import WIDTH, to_text

LINE = Line(
    "new", "Calf raise", "3 x 8-12 reps, body weight, RIR 3, tempo 2-0-2-1, rest 60 s", (("Why", "calves " * 30),)
)


class TestText:
    """Text stays within 100 columns and tears nothing apart that belongs together."""

    def test_no_line_is_wider_than_the_page(self) -> None:
        """Every kind of block wraps, a word longer than the page too."""
        long = "word " * 60 + "x" * 150
        blocks = (
            Heading(1, long), Paragraph(long), Bullets((long,)), Table(("", ""), (("a", long),)),
            Remark(long, (("why", long),)), Exercises("Main", (LINE, Line("more", long, long))),
            Exercises("Warm-up", (Line("", long, long),), as_before=True),
        )  # fmt: skip
        assert max(map(len, to_text(blocks).splitlines())) <= WIDTH

    def test_a_dose_breaks_between_its_phrases_only(self) -> None:
        """A number stays with its unit, so that "rest 60 s" can be read at a glance."""
        text = to_text([Exercises("Main", (LINE,))])
        dose_lines = [line for line in text.splitlines() if "x 8-12" in line or "rest" in line]
        assert len(dose_lines) == 2
        assert dose_lines[1].strip() in ("rest 60 s", "tempo 2-0-2-1, rest 60 s")

    def test_ends_in_one_newline_without_trailing_blanks(self) -> None:
        """Output is stable for diffs."""
        text = to_text([Heading(2, "A"), Table(("", ""), (("a", ""),)), Paragraph("b")])
        assert text.endswith("b\n")
        assert all(line == line.rstrip() for line in text.splitlines())

    def test_a_note_with_newlines_stays_in_its_block(self) -> None:
        """Text from a file cannot break the layout."""
        assert to_text([Bullets(("one\ntwo",))]) == "  - one two\n"


class TestMarkdown:
    """Markdown shows names and notes as they are."""

    def test_what_markdown_would_read_is_escaped(self) -> None:
        """A note with a link, a tag, emphasis or a list mark prints as written."""
        text = to_markdown([Paragraph("# a *b* <i> [c](d) | e"), Paragraph("1. first")])
        assert text == "\\# a \\*b\\* \\<i> [c\\](d) \\| e\n\n1\\. first\n"

    def test_a_table_has_one_row_per_row(self) -> None:
        """A cell with a bar or a newline does not add columns or rows."""
        text = to_markdown([Table(("", ""), (("Mon", "a | b\nc"),))])
        assert text.splitlines() == ["|  |  |", "| --- | --- |", "| Mon | a \\| b c |"]

    def test_exercises_carry_mark_dose_and_details(self) -> None:
        """Nothing of the text report is missing from Markdown."""
        text = to_markdown([Exercises("Main", (LINE,))])
        assert "- **Calf raise** (new): 3 x 8-12 reps" in text
        assert "  - Why: calves" in text
