"""Laws of maxima: more lifted is never weaker, units do not matter, tables turn round, loads are owned and fit."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runstrong.catalog import load_catalog
from runstrong.ladder.maxima import (
    Estimate,
    Formula,
    MaximaLimits,
    estimate_max,
    external_at,
    heavy_load,
    percent_at,
    reps_at,
    rir_of,
    rpe_of,
)
from runstrong.model.errors import InvalidValue
from runstrong.model.exercise import Exercise
from runstrong.model.prescription import External
from runstrong.model.quantities import RIR, Mass, kg, lb
from runstrong.model.timeline import moved_mass
from runstrong.rules import load_rules

LAWS = settings(deadline=None)
LIMITS = MaximaLimits.of(load_rules())
LOADABLE = [exercise for exercise in load_catalog().exercises.values() if exercise.loaded_by]

formulas = st.sampled_from(Formula)
masses = st.floats(0.5, 500).map(Mass)
body_masses = st.floats(35, 150).map(Mass)
halves = st.integers(0, 20).map(lambda half: half / 2)
owned = st.lists(st.builds(External, st.floats(0.5, 300).map(Mass), st.integers(1, 4)), max_size=8)


@st.composite
def sets(draw: st.DrawFn, most: int = 12) -> tuple[int, RIR | None]:
    """Repetitions and reserve, known or not, of at most so many together."""
    reps = draw(st.integers(1, most))
    return reps, draw(st.none() | st.floats(0, min(10, most - reps)).map(RIR))


def estimated(load: Mass, done: tuple[int, RIR | None], formula: Formula) -> Estimate:
    """Estimate the maximum from a set."""
    return estimate_max(load, done[0], rir=done[1], formula=formula, limits=LIMITS)


class TestEstimates:
    """An estimate never falls when more was lifted, and lies within its band."""

    @LAWS
    @given(masses, sets(), formulas)
    def test_never_under_the_load(self, load: Mass, done: tuple[int, RIR | None], formula: Formula) -> None:
        """Whoever lifted a mass can lift it: load, low end, estimate and high end stand in that order."""
        made = estimated(load, done, formula)
        assert load <= made.low <= made.mass <= made.high

    @LAWS
    @given(masses, sets(), formulas)
    def test_the_other_formula_lies_in_the_band(
        self, load: Mass, done: tuple[int, RIR | None], formula: Formula
    ) -> None:
        """The band is the same whichever formula is asked, so it holds what the other one gives."""
        made, others = estimated(load, done, formula), [estimated(load, done, each) for each in Formula]
        assert all(made.low <= each.mass <= made.high for each in others)
        assert {(each.low, each.high) for each in others} == {(made.low, made.high)}

    @LAWS
    @given(masses, masses, sets(), formulas)
    def test_more_load_more_maximum(
        self, one: Mass, other: Mass, done: tuple[int, RIR | None], formula: Formula
    ) -> None:
        """With the same repetitions the heavier set never stands for less."""
        light, heavy = sorted([one, other], key=lambda mass: mass.kg)
        assert estimated(light, done, formula).mass <= estimated(heavy, done, formula).mass

    @LAWS
    @given(masses, sets(most=11), formulas)
    def test_more_repetitions_more_maximum(self, load: Mass, done: tuple[int, RIR | None], formula: Formula) -> None:
        """One repetition more with the same load and reserve stands for more."""
        reps, rir = done
        assert estimated(load, done, formula).mass < estimated(load, (reps + 1, rir), formula).mass

    @LAWS
    @given(masses, st.integers(1, 12), st.floats(0, 1), st.floats(0, 1), formulas)
    def test_more_reserve_more_maximum(self, load: Mass, reps: int, one: float, other: float, formula: Formula) -> None:
        """More left at the end never stands for less; unknown stands for least."""
        left = [RIR(part * min(10, 12 - reps)) for part in sorted([one, other])]
        less, more = (estimated(load, (reps, rir), formula).mass for rir in left)
        assert estimated(load, (reps, None), formula).mass <= less <= more

    @LAWS
    @given(st.floats(1, 1000), sets(), formulas)
    def test_units_do_not_matter(self, pounds: float, done: tuple[int, RIR | None], formula: Formula) -> None:
        """The same mass stated in pounds or in kilograms gives the same maximum and band within 50 g."""
        in_lb, in_kg = (estimated(load, done, formula) for load in (lb(pounds), kg(round(pounds * 0.45359237, 3))))
        for one, other in ((in_lb.mass, in_kg.mass), (in_lb.low, in_kg.low), (in_lb.high, in_kg.high)):
            assert one.kg == pytest.approx(other.kg, abs=0.05)

    @LAWS
    @given(masses, st.integers(5, 10))
    def test_the_formulas_meet_at_ten(self, load: Mass, reps: int) -> None:
        """However ten to failure are made of repetitions and reserve, the formulas give the same; below, Epley more."""
        ten = [estimated(load, (reps, RIR(10 - reps)), formula).mass.kg for formula in Formula]
        assert ten[0] == pytest.approx(ten[1], rel=1e-12)
        epley, brzycki = (estimated(load, (reps - 1, RIR(0)), formula).mass for formula in Formula)
        assert epley > brzycki

    @LAWS
    @given(masses, st.integers(1, 30), st.none() | halves.map(RIR), formulas)
    def test_refused_past_twelve_alone(self, load: Mass, reps: int, rir: RIR | None, formula: Formula) -> None:
        """Repetitions and reserve give an estimate up to twelve together, and a clean refusal past that."""
        total = reps + (rir.reps if rir else 0)
        if total > 12:
            with pytest.raises(InvalidValue, match="use a set with a heavier load"):
                estimated(load, (reps, rir), formula)
            return
        made = estimated(load, (reps, rir), formula)
        assert ("poor above 10" in made.caution) == (total > 10)
        assert ("may be higher" in made.caution) == (rir is None or rir.reps > 5)


class TestTable:
    """More repetitions, smaller share; and back again."""

    @LAWS
    @given(st.integers(1, 11))
    def test_percentages_fall(self, reps: int) -> None:
        """Each further repetition to failure goes with a strictly smaller share, and the share turns back into it."""
        assert percent_at(reps, limits=LIMITS) > percent_at(reps + 1, limits=LIMITS)
        for each in (reps, reps + 1):
            assert reps_at(percent_at(each, limits=LIMITS), limits=LIMITS) == each

    @LAWS
    @given(st.integers(1, 11), st.integers(0, 9), st.sampled_from([0.25, 0.5, 0.75]))
    def test_reserve_is_repetitions(self, reps: int, left: int, part: float) -> None:
        """Whole repetitions in reserve count like those done, and a part of one lies as far between."""
        left = min(left, 11 - reps)
        total = reps + left
        here, next_ = percent_at(total, limits=LIMITS), percent_at(total + 1, limits=LIMITS)
        assert percent_at(reps, RIR(left), limits=LIMITS) == here
        assert percent_at(reps, RIR(left + part), limits=LIMITS) == pytest.approx(here + part * (next_ - here))

    @LAWS
    @given(st.floats(70, 100))
    def test_no_repetition_is_promised_that_the_table_lacks(self, percent: float) -> None:
        """The repetitions of a percentage are possible at it, and one more is not."""
        reps = reps_at(percent, limits=LIMITS)
        assert percent_at(reps, limits=LIMITS) >= percent
        assert reps == 12 or percent_at(reps + 1, limits=LIMITS) < percent

    @LAWS
    @given(st.floats(0, 10))
    def test_effort_and_reserve_turn_into_each_other(self, rpe: float) -> None:
        """A rating read as reserve is the same rating again."""
        assert rpe_of(rir_of(rpe)) == pytest.approx(rpe, abs=1e-9)


class TestLoads:
    """What is found is owned, is the heaviest that fits, and never exceeds the share."""

    @LAWS
    @given(masses, st.floats(1, 90), owned, st.sampled_from(LOADABLE), st.none() | body_masses)
    def test_heavy_load(
        self, load: Mass, percent: float, loads: list[External], exercise: Exercise, body_mass: Mass | None
    ) -> None:
        """A load is found where one fits and body mass is known or not moved: the heaviest, in whatever order."""
        made = estimated(load, (5, RIR(2)), Formula.EPLEY)
        found = heavy_load(made, percent, loads, exercise=exercise, body_mass=body_mass, limits=LIMITS)
        most = made.mass.kg * percent / 100
        if body_mass is None and exercise.body_mass_share > 0:
            assert found is None
            return
        body = body_mass.kg if body_mass else 0
        moved = {each: moved_mass(exercise, each.mass.kg, body) for each in loads}
        if found is None:
            assert all(mass > most - 1e-6 for mass in moved.values())
            return
        assert found in loads
        assert moved[found] <= most + 1e-6
        assert all(mass <= moved[found] or mass > most - 1e-6 for mass in moved.values())
        again = heavy_load(made, percent, reversed(loads), exercise=exercise, body_mass=body_mass, limits=LIMITS)
        assert again == found

    @LAWS
    @given(st.floats(0.5, 300), st.floats(50, 100), st.sampled_from(LOADABLE), body_masses)
    def test_external_load_is_what_moved_mass_lacks(
        self, external: float, percent: float, exercise: Exercise, body_mass: Mass
    ) -> None:
        """The external load of a moved mass comes back from any maximum that it is a share of."""
        moved = moved_mass(exercise, external, body_mass.kg)
        found = external_at(percent, kg(moved * 100 / percent), exercise, body_mass)
        assert found is not None
        assert found.kg == pytest.approx(external, abs=1e-6)

    @LAWS
    @given(masses, st.floats(1, 100), st.floats(1, 100), st.sampled_from(LOADABLE), body_masses)
    def test_a_greater_share_is_no_lighter(
        self, maximum: Mass, one: float, other: float, exercise: Exercise, body_mass: Mass
    ) -> None:
        """External load rises with the share of the maximum, from none."""
        small, great = (external_at(percent, maximum, exercise, body_mass) for percent in sorted([one, other]))
        assert small is None or (great is not None and small <= great)
