"""The sheet: a page a week, boxes for every set, cues, figures, and how each exercise is done."""

from __future__ import annotations

import re

import pytest

import runstrong as rs

PLAN = rs.plan(rs.load("examples/runner.yaml", rs.Runner))
SHEET = rs.to_html(PLAN)


class TestSheet:
    """Everything of the plan is on it."""

    def test_each_week_is_a_section(self) -> None:
        """They come in order, with their number of all."""
        assert re.findall(r"<h2>Week (\d+) of 14", SHEET) == [str(week.number) for week in PLAN.weeks]

    def test_each_set_of_each_side_has_a_box(self) -> None:
        """As many boxes as the plan asks for sets, twice where sides take turns."""
        asked = [each for session in PLAN.sessions for _, each in session.prescriptions()]
        assert SHEET.count('type="checkbox"') == sum(each.sets * each.sides for each in asked)

    def test_a_box_says_what_it_is_for(self) -> None:
        """A screen reader tells the exercise, the set and the side."""
        assert 'aria-label="Single-leg calf raise, set 2 left"' in SHEET

    def test_each_exercise_is_explained_once(self) -> None:
        """Set-up, what to think of and why, after the weeks."""
        explained = SHEET[SHEET.index('<section class="explained">') :]
        names = re.findall("<dt>(.*?)</dt>", explained)
        assert len(names) == len(set(names))
        assert len(names) == len({each.exercise for s in PLAN.sessions for _, each in s.prescriptions()})
        assert explained.count("<b>Why</b>") == len(names)

    def test_the_figures_ring_the_week(self) -> None:
        """In each of the two figures of a week one bar is set off."""
        for section in SHEET.split('<section class="week">')[1:]:
            assert section.split("</section>")[0].count('stroke-width="2"') == 2

    def test_a_skipped_session_stands_among_the_days_alone(self) -> None:
        """It keeps its reason, and has nothing to tick."""
        first = PLAN.sessions[0]
        made = rs.to_html(PLAN.skip(first.id, reason="a cold"))
        asked = sum(each.sets * each.sides for _, each in first.prescriptions())
        assert made.count('type="checkbox"') == SHEET.count('type="checkbox"') - asked
        assert "skipped (a cold)" in made

    def test_notes_of_people_are_on_it(self) -> None:
        """A note on a session is printed above its exercises."""
        assert "<p>Note: bring &lt;the&gt; band</p>" in rs.to_html(PLAN.note(PLAN.sessions[0].id, "bring <the> band"))

    def test_safety_is_on_the_first_page(self) -> None:
        """When to stop, and that it is no medical advice."""
        assert SHEET.index("not medical advice") < SHEET.index('<section class="week">')

    @pytest.mark.parametrize("name", ["novice", "marathoner"])
    def test_other_runners(self, name: str) -> None:
        """The other examples have as many sections as weeks."""
        plan = rs.plan(rs.load(f"examples/{name}.yaml", rs.Runner))
        assert rs.to_html(plan).count('<section class="week">') == len(plan.weeks)


class TestUnknown:
    """What is not known is said to be so, and never counted as zero."""

    def test_a_session_of_unknown_length(self) -> None:
        """Its week has no length and no load, in words and in the figure."""
        first = PLAN.sessions[0]
        exercise = next(each.exercise for _, each in first.prescriptions())
        made = rs.to_html(PLAN.drop(first.id, exercise))
        week = made.split('<section class="week">')[1]
        assert "length not known in full" in week
        assert "1: unknown; 2: " in week
        assert "of unknown length" in rs.summary(PLAN.drop(first.id, exercise))

    def test_an_exercise_that_left_the_catalog(self) -> None:
        """The plan is shown all the same, as a sheet, a card, a summary and text, and says what is missing."""
        first = PLAN.sessions[0]
        asked = first.part(rs.PartName.MAIN).prescriptions[0]
        gone = PLAN.swap(first.id, asked.exercise, rs.evolve(asked, exercise="gone-from-here"))
        assert "the catalog does not have gone-from-here" in rs.summary(gone)
        for made in (rs.to_html(gone), gone._repr_html_() or "", rs.to_text(gone), rs.to_markdown(gone)):
            assert "Gone from here" in made
