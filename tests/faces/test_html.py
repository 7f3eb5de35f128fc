"""How blocks print as HTML, and the pages around them."""

from __future__ import annotations

import pytest

from runstrong.faces.blocks import Bar, Bars, Bullets, Exercises, Fold, Heading, Line, Paragraph, Remark, Table
from runstrong.faces.figures import bars_figure
from runstrong.faces.html import fragment, page, style, to_html
from runstrong.faces.markdown import to_markdown
from runstrong.faces.text import WIDTH, to_text

LINE = Line("less", "Calf raise", "3 x 8-12 reps, rest 60 s", (("Why", "calves < knees"),), "A1")
KM = Bars("Running", "km", (Bar("1", 40.0), Bar("2", None), Bar("3", 20.0, "deload")))


class TestHtml:
    """Each block is an element of its own kind, with its text escaped."""

    def test_titles_begin_where_asked(self) -> None:
        """In a notebook the first title is of the third level, and those under it leave no level out."""
        made = to_html([Heading(2, "a"), Heading(5, "b"), Heading(3, "c"), Heading(2, "d")], top=3)
        assert made == "<h3>a</h3>\n<h4>b</h4>\n<h4>c</h4>\n<h3>d</h3>\n"

    def test_none_is_deeper_than_html_knows(self) -> None:
        """What would be of a seventh level is of the sixth."""
        assert to_html([Heading(level, "a") for level in (1, 2, 3)], top=5).count("<h6>") == 2

    def test_a_table_without_a_header_has_none(self) -> None:
        """Columns that need no title get no empty row."""
        assert "<thead>" not in to_html([Table(("", ""), (("a", "b"),))])
        assert '<th scope="col">day</th>' in to_html([Table(("day", ""), (("a", "b"),))])

    def test_a_dose_breaks_between_its_phrases_only(self) -> None:
        """A number stays with its unit on a narrow screen."""
        made = to_html([Exercises("Main", (LINE,))])
        assert '<span class="dose"><span>3 x 8-12 reps</span>, <span>rest 60 s</span></span>' in made
        assert '<span class="mark less">less</span>' in made
        assert "calves &lt; knees" in made

    def test_a_part_as_before_is_one_paragraph(self) -> None:
        """What was printed already takes a line."""
        assert to_html([Exercises("Warm-up", (LINE,), as_before=True)]).startswith(
            '<p><span class="part">Warm-up</span>'
        )

    def test_a_remark_keeps_its_details_with_their_labels(self) -> None:
        """A finding shows its fix and its reason."""
        assert '<b>TM01</b><span class="detail">fix: less</span>' in to_html([Remark("TM01", (("fix", "less"),))])

    def test_a_fold_can_be_opened_without_a_script(self) -> None:
        """HTML itself opens and closes it."""
        made = to_html([Fold("Week 1", (Paragraph("rest"),))])
        assert made == "<details><summary>Week 1</summary><p>rest</p></details>\n"

    def test_where_nothing_can_be_closed_a_fold_stands_open(self) -> None:
        """Text and Markdown print its title and all that it holds."""
        blocks = [Fold("Week 1", (Bullets(("rest",)),))]
        assert to_text(blocks) == "Week 1\n  - rest\n"
        assert to_markdown(blocks) == "### Week 1\n\n- rest\n"


class TestFigure:
    """A small figure tells its numbers to the eye and to a screen reader."""

    def test_an_unknown_value_is_no_bar_of_zero(self) -> None:
        """It is an empty dashed box with a question mark."""
        made = bars_figure(KM)
        assert made.count("stroke-dasharray") == 1
        assert ">?</text>" in made

    def test_heights_are_in_proportion(self) -> None:
        """Half the kilometers are half the height."""
        made = bars_figure(KM)
        heights = [float(part.split('"')[0]) for part in made.split(' height="')[1:]]
        assert heights[2] == pytest.approx(heights[0] / 2, abs=0.1)

    def test_all_numbers_are_told_in_words(self) -> None:
        """A screen reader reads them, with units and marks."""
        assert 'aria-label="Running: 1: 40 km; 2: unknown; 3: 20 km, deload"' in bars_figure(KM)

    def test_without_any_bar_nothing_is_divided(self) -> None:
        """An empty log, and one of rest alone, draw."""
        assert "<rect" not in bars_figure(Bars("Running", "km", ()))
        assert 'height="0.0"' in bars_figure(Bars("Running", "km", (Bar("1", 0.0),)))

    def test_text_draws_it_with_characters(self) -> None:
        """In a terminal the longest bar is 48 characters, and Markdown has a table."""
        lines = to_text([KM]).splitlines()
        assert lines[0] == "Running (km)"
        assert lines[1].count("#") == 48
        assert lines[2] == "  2  unknown"
        assert lines[3].count("#") == 24
        assert "| 2 | unknown |" in to_markdown([KM])


class TestTable:
    """Text tables stay within the page."""

    def test_wide_columns_leave_the_last_cell_a_line_of_its_own(self) -> None:
        """Where no room is left beside the others it goes under them."""
        text = to_text([Table(("", "", ""), (("1", "x" * 80, "the top of the range " * 6),))])
        assert max(map(len, text.splitlines())) <= WIDTH
        assert text.splitlines()[1].startswith("      the top")


class TestPage:
    """A page stands alone."""

    def test_it_may_fetch_and_run_nothing(self) -> None:
        """Its policy says so, whatever stands in it."""
        made = page("a </title><script>", to_html([Paragraph("b")]))
        assert 'content="default-src &#x27;none&#x27;; style-src &#x27;unsafe-inline&#x27;' in made
        assert "<title>a &lt;/title&gt;&lt;script&gt;</title>" in made
        assert "<script" not in made

    def test_styles_fetch_nothing(self) -> None:
        """No style sheet names another file, font or host."""
        for name in ("report", "page", "sheet"):
            assert "url(" not in style(name)
            assert "@import" not in style(name)

    def test_a_fragment_brings_its_style(self) -> None:
        """A notebook needs nothing besides."""
        assert fragment([Paragraph("a")]).startswith('<div class="runstrong"><style>')
