"""One-repetition maxima: what a set stands for, where estimates end, and the loads that follow."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import attrs
import pytest

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
from runstrong.model.errors import InvalidValue, Problem
from runstrong.model.evidence import CONVENTION
from runstrong.model.exercise import Exercise
from runstrong.model.prescription import External
from runstrong.model.quantities import RIR, Mass, kg
from runstrong.model.rules import Override, Parameter, RuleSet
from runstrong.model.timeline import moved_mass
from runstrong.model.value import evolve
from runstrong.rules import load_rules

RULES = load_rules()
LIMITS = MaximaLimits.of(RULES)
EXERCISES = load_catalog().exercises
LEG_PRESS, CALF_RAISE, SQUAT = (EXERCISES[id] for id in ("leg-press", "single-leg-calf-raise", "back-squat"))
NOT_PERCENTAGES: list[Any] = [0, -5, 101, float("nan"), float("inf"), True, "80", None]


def estimated(load: float, reps: int, rir: float | None = 0, formula: Formula = Formula.EPLEY) -> Estimate:
    """Estimate the maximum from a set of so many kilograms."""
    return estimate_max(kg(load), reps, rir=None if rir is None else RIR(rir), formula=formula, limits=LIMITS)


def problem(error: pytest.ExceptionInfo[InvalidValue]) -> Problem:
    """Return the only problem of an error."""
    (found,) = error.value.problems
    return found


class TestFormulas:
    """Two published formulas, the same at ten repetitions."""

    def test_fifty_kilograms_for_eight(self) -> None:
        """50 kg for 8 to failure is 63.3 kg by Epley and 62.1 kg by Brzycki."""
        masses = {formula: round(estimated(50, 8, formula=formula).mass.kg, 1) for formula in Formula}
        assert masses == {Formula.EPLEY: 63.3, Formula.BRZYCKI: 62.1}

    @pytest.mark.parametrize(
        ("reps", "epley", "brzycki"),
        [(1, 100, 100), (2, 106.667, 102.857), (5, 116.667, 112.5), (10, 133.333, 133.333), (12, 140, 144)],
    )
    def test_of_a_hundred_kilograms(self, reps: int, epley: float, brzycki: float) -> None:
        """The factors are those worked out by hand, and one repetition is the maximum itself."""
        found = [estimated(100, reps, formula=formula).mass.kg for formula in (Formula.EPLEY, Formula.BRZYCKI)]
        assert found == pytest.approx([epley, brzycki], abs=0.001)

    def test_reserve_counts_like_repetitions(self) -> None:
        """Five done with three left are worth eight done with none."""
        assert estimated(50, 5, 3).mass == estimated(50, 8, 0).mass
        assert estimated(50, 5, 3).reps_to_failure == 8

    def test_epley_stands_when_none_is_named(self) -> None:
        """Without a choice the formula is Epley's, and the estimate tells so."""
        made = estimate_max(kg(50), 8, limits=LIMITS)
        assert made.formula is Formula.EPLEY
        assert made.mass == kg(50) * (1 + 8 / 30)


class TestReserve:
    """A reserve that is not known well never makes the maximum greater."""

    def test_unknown_reserve_is_none_and_is_said(self) -> None:
        """A set that nobody judged counts as taken to failure, and the caution says so."""
        made = estimated(50, 8, None)
        assert made.mass == estimated(50, 8, 0).mass
        assert made.caution == "reserve unknown: counted as taken to failure, so the maximum may be higher"
        assert "hackett-2017" not in made.sources

    def test_more_than_five_left_is_only_more_than_five(self) -> None:
        """Seven in reserve count as five, and the caution says so."""
        made = estimated(50, 4, 7)
        assert (made.reps_to_failure, made.mass) == (9, estimated(50, 4, 5).mass)
        assert made.caution.startswith("more than 5 in reserve cannot be judged well: counted as 5")

    def test_five_left_is_believed(self) -> None:
        """Up to five in reserve and ten to failure there is no caution."""
        assert estimated(50, 5, 5).caution == ""


class TestBand:
    """The band covers both formulas and the error of judging reserve."""

    def test_near_failure_one_repetition_either_way(self) -> None:
        """Six with two left stand for seven to nine: Brzycki at seven is the least, Epley at nine the most."""
        made = estimated(90, 6, 2)
        assert made.low.kg == pytest.approx(90 * 36 / (37 - 7))
        assert made.high.kg == pytest.approx(90 * (1 + 9 / 30))

    def test_five_left_is_still_near(self) -> None:
        """Three with five left stand for seven to nine, three with a little more for fewer and for more."""
        five, more = estimated(90, 3, 5), estimated(90, 3, 5.01)
        assert five.low.kg == pytest.approx(90 * 36 / (37 - 7))
        assert more.low < five.low < five.high < more.high

    def test_failure_has_nothing_below(self) -> None:
        """Repetitions that were done are certain: only the lower formula pulls the low end down."""
        assert estimated(90, 8, 0).low == estimated(90, 8, 0, Formula.BRZYCKI).mass

    def test_far_from_failure_three_repetitions(self) -> None:
        """Three with six left were counted as eight and stand for six to twelve."""
        made = estimated(90, 3, 6)
        assert made.reps_to_failure == 8
        assert made.low.kg == pytest.approx(90 * 36 / (37 - 6))
        assert made.high.kg == pytest.approx(90 * 36 / (37 - 12))

    def test_unknown_reserve_opens_upward(self) -> None:
        """A set of unknown effort has the same low end as one to failure and a higher high end."""
        unknown, failure = estimated(50, 8, None), estimated(50, 8, 0)
        assert unknown.low == failure.low
        assert unknown.high > failure.high

    def test_the_error_is_the_policy_s(self) -> None:
        """A greater error of judgement, set as an override, widens the band and leaves the estimate."""
        override = Override(rule="maxima", parameter="rir_error_near", value=2)
        limits = MaximaLimits.of(RULES.with_overrides([override], "call"))
        wide = estimate_max(kg(50), 6, rir=RIR(2), limits=limits)
        made = estimated(50, 6, 2)
        assert wide.low < made.low <= made.mass == wide.mass <= made.high < wide.high


class TestRefusals:
    """Past twelve repetitions to failure there is no estimate, and between ten and twelve a caution."""

    @pytest.mark.parametrize(("reps", "rir"), [(11, 0), (12, 0), (8, 3), (10, 0.5)])
    def test_over_ten_is_cautioned(self, reps: int, rir: float) -> None:
        """Eleven and twelve to failure give an estimate that tells not to lean on it."""
        assert estimated(50, reps, rir).caution.startswith("the formulas are poor above 10 repetitions to failure")

    def test_both_cautions_are_told(self) -> None:
        """A set of unknown effort with eleven repetitions has two reasons for caution."""
        assert estimated(50, 11, None).caution.count(";") == 1

    @pytest.mark.parametrize(
        ("reps", "rir", "fact"),
        [(13, None, "13"), (10, 3, "10 and 3 in reserve, 13 in all"), (5, 7.5, "5 and 7.5 in reserve, 12.5 in all")],
    )
    def test_over_twelve_is_refused(self, reps: int, rir: float | None, fact: str) -> None:
        """The refusal names place, value, what is allowed, and what to do."""
        with pytest.raises(InvalidValue) as error:
            estimated(50, reps, rir)
        found = problem(error)
        assert (found.place, found.fact) == ("estimate_max.reps", fact)
        assert found.allowed == "from 1 to 12 repetitions to failure"
        assert found.cure == "use a set with a heavier load, 12 repetitions to failure at most"

    @pytest.mark.parametrize("reps", [0, -1, 2.5, True, "8", None])
    def test_repetitions_are_whole(self, reps: Any) -> None:
        """What is no whole number from one up is refused, not rounded."""
        with pytest.raises(InvalidValue, match=r"estimate_max\.reps: .*; allowed: a whole number 1 or more"):
            estimate_max(kg(50), reps, limits=LIMITS)

    def test_no_load_is_refused(self) -> None:
        """A set without moved mass tells nothing; the cure reminds of body mass."""
        with pytest.raises(InvalidValue) as error:
            estimated(0, 8)
        assert problem(error).place == "estimate_max.load"
        assert "body mass" in problem(error).cure

    def test_a_maximum_beyond_every_mass_is_refused_at_the_load(self) -> None:
        """The fault is told of the load that was given, not of a mass that nobody gave."""
        with pytest.raises(
            InvalidValue, match=r"estimate_max\.load: 900 kg; allowed: a load whose maximum is from 0 to"
        ):
            estimated(900, 10)


class TestTable:
    """Repetitions to failure and percentages of the maximum."""

    def test_the_table(self) -> None:
        """The percentages for one to twelve repetitions are those of the chart, eleven between its neighbors."""
        found = [percent_at(reps, limits=LIMITS) for reps in range(1, 13)]
        assert found == [100, 95, 93, 90, 87, 85, 83, 80, 77, 75, 72.5, 70]

    def test_reserve_counts_like_repetitions(self) -> None:
        """Five with three left ask for the load of eight to failure; a half lies halfway."""
        assert percent_at(5, RIR(3), limits=LIMITS) == 80
        assert percent_at(5, RIR(2.5), limits=LIMITS) == 81.5

    @pytest.mark.parametrize(("reps", "rir"), [(13, None), (10, RIR(2.5))])
    def test_past_twelve_is_refused(self, reps: int, rir: RIR | None) -> None:
        """The table ends at twelve to failure."""
        with pytest.raises(InvalidValue, match=r"percent_at\.reps: .*; allowed: from 1 to 12 repetitions to failure"):
            percent_at(reps, rir, limits=LIMITS)

    @pytest.mark.parametrize(("percent", "reps"), [(100, 1), (96, 1), (95, 2), (84.9, 6), (80, 8), (72, 11), (70, 12)])
    def test_reps_at(self, percent: float, reps: int) -> None:
        """A percentage allows the most repetitions that the table vouches for."""
        assert reps_at(percent, limits=LIMITS) == reps

    @pytest.mark.parametrize("percent", [69.9, *NOT_PERCENTAGES])
    def test_outside_the_table_is_refused(self, percent: Any) -> None:
        """Under 70 % and over 100 % the table says nothing, and neither does the function."""
        with pytest.raises(InvalidValue, match=r"reps_at\.percent: .*; allowed: from 70 to 100 % 1RM \(the table ends"):
            reps_at(percent, limits=LIMITS)

    def test_a_lower_limit_ends_the_table_earlier(self) -> None:
        """Who refuses estimates above ten repetitions reads no percentages above ten either."""
        ten = attrs.evolve(LIMITS, refuse_over_reps=10)
        with pytest.raises(InvalidValue, match="from 75 to 100 % 1RM"):
            reps_at(72, limits=ten)


class TestEffort:
    """The lifting scale is ten less the reserve."""

    @pytest.mark.parametrize(("rpe", "rir"), [(10, 0), (9, 1), (8.5, 1.5), (0, 10)])
    def test_both_ways(self, rpe: float, rir: float) -> None:
        """A rating and its reserve give each other."""
        assert rpe_of(RIR(rir)) == rpe
        assert rir_of(rpe) == RIR(rir)

    @pytest.mark.parametrize("rpe", [-0.5, 10.5, float("nan"), float("inf"), True, "9", None])
    def test_off_the_scale_is_refused(self, rpe: Any) -> None:
        """A rating that is no number from 0 to 10 is refused under its own name, not as a reserve."""
        with pytest.raises(InvalidValue, match=r"rir_of\.rpe: .*; allowed: from 0 to 10"):
            rir_of(rpe)


class TestLoads:
    """From a share of a maximum of moved mass to a load that is owned."""

    def test_body_mass_is_taken_off(self) -> None:
        """80 % of 100 kg moved on one leg is 10 kg in the hand of a runner of 70 kg."""
        assert external_at(80, kg(100), CALF_RAISE, kg(70)) == kg(10)

    def test_where_only_the_load_moves_body_mass_is_not_needed(self) -> None:
        """A leg press takes the share of its maximum as it is, known body mass or not."""
        assert external_at(80, kg(100), LEG_PRESS, None) == external_at(80, kg(100), LEG_PRESS, kg(70)) == kg(80)

    @pytest.mark.parametrize(("percent", "body_mass"), [(70, kg(70)), (60, kg(70)), (80, None)])
    def test_none_where_there_is_nothing_to_add(self, percent: float, body_mass: Mass | None) -> None:
        """Body mass that is as much already, or unknown, leaves no external load to name."""
        assert external_at(percent, kg(100), CALF_RAISE, body_mass) is None

    @pytest.mark.parametrize("percent", NOT_PERCENTAGES)
    def test_a_share_is_over_none_and_up_to_all(self, percent: Any) -> None:
        """A percentage over 100 or none at all is refused."""
        with pytest.raises(InvalidValue, match=r"external_at\.percent: .*; allowed: over 0, up to 100 % 1RM"):
            external_at(percent, kg(100), LEG_PRESS, None)

    @pytest.mark.parametrize(
        ("exercise", "body_mass", "owned", "found"),
        [
            (LEG_PRESS, None, (60, 40, 50, 20), 50),
            (LEG_PRESS, None, (60,), None),
            (LEG_PRESS, None, (), None),
            (SQUAT, kg(50), (2.5, 5, 7.5, 10), 5),
            (SQUAT, None, (2.5, 5), None),
            (SQUAT, kg(70), (2.5, 5), None),
        ],
    )
    def test_heaviest_owned_under_the_share(
        self, exercise: Exercise, body_mass: Mass | None, owned: tuple[float, ...], found: float | None
    ) -> None:
        """Under 80 % of 63.3 kg stand 50 kg in the press, or 5 kg on a body of which 44 kg move; else none."""
        loads = [External(kg(mass)) for mass in owned]
        got = heavy_load(estimated(50, 8), 80, loads, exercise=exercise, body_mass=body_mass, limits=LIMITS)
        assert got == (None if found is None else External(kg(found)))

    def test_the_share_itself_is_allowed(self) -> None:
        """A load of exactly the share is taken, whatever floats make of it."""
        made = estimated(57 / 0.8, 1)
        got = heavy_load(made, 80, [External(kg(57))], exercise=LEG_PRESS, body_mass=None, limits=LIMITS)
        assert got == External(kg(57))
        moved = estimated(moved_mass(SQUAT, 20.1, 61.3) / 0.9, 1)
        assert heavy_load(moved, 90, [External(kg(20.1))], exercise=SQUAT, body_mass=kg(61.3), limits=LIMITS)

    def test_heavy_is_eighty_percent_unless_told(self) -> None:
        """Without a percentage the policy's least heavy share is meant."""
        loads = [External(kg(mass)) for mass in (79, 80, 81)]
        got = heavy_load(estimated(100, 1), None, loads, exercise=LEG_PRESS, body_mass=None, limits=LIMITS)
        assert got == External(kg(80))

    def test_fewer_pieces_stand_before_more(self) -> None:
        """Of equal masses the one in fewer pieces is taken, in whatever order they come."""
        loads = [External(kg(40), 2), External(kg(40)), External(kg(40), 4)]
        for order in (loads, loads[::-1]):
            got = heavy_load(estimated(50, 8), 80, order, exercise=LEG_PRESS, body_mass=None, limits=LIMITS)
            assert got == External(kg(40))

    @pytest.mark.parametrize("percent", [95, *(each for each in NOT_PERCENTAGES if each is not None)])
    def test_an_estimate_is_not_lifted_to_its_end(self, percent: Any) -> None:
        """Over 90 % of an estimated maximum is refused, with the number that says so."""
        with pytest.raises(InvalidValue, match=r"heavy_load\.percent: .*; allowed: over 0, up to 90 % 1RM") as error:
            heavy_load(estimated(50, 8), percent, (), exercise=LEG_PRESS, body_mass=None, limits=LIMITS)
        assert "maxima.heaviest_percent" in problem(error).cure


class TestNumbers:
    """All that a coach may dispute is in the policy."""

    def test_every_parameter_is_read(self) -> None:
        """The policy holds no number that the limits do not carry, and names a source or convention for each."""
        (policy,) = (policy for policy in RULES.policies if policy.id == "maxima")
        fields = {field.name for field in attrs.fields(MaximaLimits)} - {"percents"}
        table = {f"percent_at_{reps}" for reps, _ in LIMITS.percents}
        assert {parameter.name for parameter in policy.parameters} == fields | table
        assert all(parameter.note for parameter in policy.parameters)

    def test_an_override_reaches_the_code(self) -> None:
        """Another limit for refusing is the limit that is kept."""
        override = Override(rule="maxima", parameter="refuse_over_reps", value=10)
        ten = MaximaLimits.of(RULES.with_overrides([override], "runner"))
        with pytest.raises(InvalidValue, match="from 1 to 10 repetitions to failure"):
            estimate_max(kg(50), 11, limits=ten)

    def test_a_table_that_rises_is_refused(self) -> None:
        """An override that makes eight repetitions lighter than nine is refused when the limits are read."""
        rising = RULES.with_overrides([Override(rule="maxima", parameter="percent_at_9", value=81)], "runner")
        with pytest.raises(InvalidValue, match=r"policy maxima\.percent_at_\*: .*; allowed: percentages that fall"):
            MaximaLimits.of(rising)

    @pytest.mark.parametrize("left_out", ["percent_at_1", "percent_at_12", "percent_at_[0-9]+"])
    def test_a_table_with_an_end_missing_is_refused(self, left_out: str) -> None:
        """A policy of one's own has to reach from one repetition to the last that is not refused."""
        with pytest.raises(InvalidValue, match="percentages that fall from 1 to 12 repetitions"):
            MaximaLimits.of(rules_with(lambda each: re.fullmatch(left_out, each.name) is None))

    def test_only_rows_are_read_as_rows(self) -> None:
        """Another parameter of a policy of one's own, whatever its name, is no row of the table."""
        other = Parameter(name="percent_at_rest", value=1, unit="%", min=0, max=2)
        assert MaximaLimits.of(rules_with(lambda _: True, other)) == LIMITS

    def test_missing_numbers_are_named(self) -> None:
        """A rule set without the policy is refused with the name of every number that it lacks."""
        with pytest.raises(InvalidValue) as error:
            MaximaLimits.of(RuleSet())
        assert {each.allowed for each in error.value.problems} >= {"warn_over_reps", "heavy_percent"}

    def test_sources_exist(self) -> None:
        """Every source that an estimate names is in the catalog or a convention."""
        known = {*load_catalog().sources, CONVENTION}
        assert set(estimated(50, 8, 2).sources) <= known
        assert {formula.source for formula in Formula} <= known
        assert {"nsca-load-chart", "helms-2016", "llanos-lagos-2024", "eihara-2022"} <= known


def rules_with(keep: Callable[[Parameter], bool], *more: Parameter) -> RuleSet:
    """Return rules with only some parameters of the policy, and others of one's own."""
    (policy,) = (policy for policy in RULES.policies if policy.id == "maxima")
    kept = tuple(each for each in policy.parameters if keep(each))
    return evolve(RULES, policies=(evolve(policy, parameters=(*kept, *more)),))
