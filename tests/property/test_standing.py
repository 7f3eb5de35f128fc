"""Laws of starting points, whatever the results and whoever the runner."""

from __future__ import annotations

import datetime as dt

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from runstrong.catalog.records import load_catalog
from runstrong.faces.standings import render_note
from runstrong.ladder.standing import standing_of
from runstrong.model.runner import Assessment, Runner
from runstrong.model.running import RunningWeek
from runstrong.model.standard import Standing
from runstrong.model.words import Sex, Side, Sides
from runstrong.rules import load_rules

CATALOG, RULES = load_catalog(), load_rules()
TODAY = dt.date(2027, 1, 4)
LAWS = settings(max_examples=150, deadline=None)


@st.composite
def results(draw: st.DrawFn) -> tuple[Assessment, ...]:
    """Draw results of the packaged assessments: old and new, of one side, of both or without a side."""
    drawn = []
    for _ in range(draw(st.integers(0, 8))):
        standard = CATALOG.standards[draw(st.sampled_from(sorted(CATALOG.standards)))]
        drawn.append(
            Assessment(
                exercise=standard.exercise,
                date=TODAY - dt.timedelta(days=draw(st.integers(-5, 150))),
                side=draw(st.sampled_from(Side)),
                amount=draw(st.integers(0, standard.most)),
            )
        )
    return tuple(drawn)


def stands(drawn: tuple[Assessment, ...], sex: Sex | None = None, birth_year: int | None = None) -> Standing:
    """Return where these results place a runner."""
    runner = Runner(name="Ada", running=RunningWeek(), assessments=drawn, sex=sex, birth_year=birth_year)
    return standing_of(runner, CATALOG, TODAY, RULES)


class TestPlaces:
    """Where a runner starts follows from what was measured, and from nothing else."""

    @LAWS
    @given(results(), st.data())
    def test_a_better_result_on_every_side_never_places_lower(
        self, drawn: tuple[Assessment, ...], data: st.DataObject
    ) -> None:
        """Raising any results, none lowered, takes no ladder away and none down."""
        better = tuple(
            attrs.evolve(each, amount=data.draw(st.integers(each.amount, CATALOG.standards[each.exercise].most)))
            for each in drawn
        )
        before, after = dict(stands(drawn).places), dict(stands(better).places)
        assert before.keys() == after.keys()
        assert all(after[ladder] >= rung for ladder, rung in before.items())

    @LAWS
    @given(results().flatmap(lambda drawn: st.tuples(st.just(drawn), st.permutations(drawn))))
    def test_the_order_of_results_does_not_matter(self, drawn: tuple[tuple[Assessment, ...], list[Assessment]]) -> None:
        """The same results listed in another order give the same standing, notes and all."""
        given_, shuffled = drawn
        assert stands(given_) == stands(tuple(shuffled))

    @LAWS
    @given(results())
    def test_swapping_the_sides_changes_no_place(self, drawn: tuple[Assessment, ...]) -> None:
        """Left and right are worth the same."""
        other = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}
        swapped = tuple(attrs.evolve(each, side=other.get(each.side, each.side)) for each in drawn)
        before, after = stands(drawn), stands(swapped)
        assert (before.places, before.deficits, before.regions) == (after.places, after.deficits, after.regions)

    @LAWS
    @given(results(), st.none() | st.sampled_from(Sex), st.none() | st.integers(1930, 2012))
    def test_norms_never_change_a_place(
        self, drawn: tuple[Assessment, ...], sex: Sex | None, birth_year: int | None
    ) -> None:
        """Whoever one is, the same results give the same places."""
        assert stands(drawn, sex, birth_year).places == stands(drawn).places

    @LAWS
    @given(results())
    def test_a_rung_entered_with_load_has_both_sides_measured(self, drawn: tuple[Assessment, ...]) -> None:
        """No single-leg rung with load is a start while a side is unknown."""
        for note in stands(drawn).notes:
            for ladder, place in note.places:
                rung = CATALOG.progressions[ladder].rungs[place]
                if rung.starts_loaded and CATALOG.exercises[rung.exercise].sides is not Sides.BILATERAL:
                    assert note.whole


class TestNotes:
    """Every result is accounted for, in words that predict nothing."""

    @LAWS
    @given(results(), st.none() | st.sampled_from(Sex), st.none() | st.integers(1930, 2012))
    def test_nothing_is_called_risk(
        self, drawn: tuple[Assessment, ...], sex: Sex | None, birth_year: int | None
    ) -> None:
        """Neither the data of a standing nor its words speak of risk, and every note has words."""
        found = stands(drawn, sex, birth_year)
        assert "risk" not in repr(found).casefold()
        for note in found.notes:
            text = render_note(note)
            assert text
            assert "risk" not in text.casefold()

    @LAWS
    @given(results())
    def test_every_assessment_with_a_result_has_one_note(self, drawn: tuple[Assessment, ...]) -> None:
        """Notes stand in order of exercise, one for each that was recorded."""
        assert [note.exercise for note in stands(drawn).notes] == sorted({each.exercise for each in drawn})
