"""The one-repetition maximum: estimated from a set, never tested, and turned back into loads.

A maximum is a *moved* mass: the external load plus the share of body mass that the exercise moves. Reserve and effort
are read as repetitions to failure, the only thing that the formulas know. All figures that a coach may dispute are
in policy ``maxima``; code holds the two formulas alone.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable
from typing import Any

import attrs

from runstrong.model.errors import InvalidValue, Problem
from runstrong.model.exercise import Exercise
from runstrong.model.prescription import External
from runstrong.model.quantities import RIR, Mass, number
from runstrong.model.rules import RuleSet
from runstrong.model.timeline import moved_mass
from runstrong.model.value import Record, record, shown
from runstrong.model.words import Word

__all__ = [
    "Estimate",
    "Formula",
    "MaximaLimits",
    "estimate_max",
    "external_at",
    "heavy_load",
    "percent_at",
    "reps_at",
    "rir_of",
    "rpe_of",
]

_POLICY = "maxima"
_TABLE = "percent_at_"
_END_OF_SCALE = 10.0  # RPE that leaves nothing in reserve (Zourdos 2016)
_DUST = 1e-9  # kilograms; less than this is rounding of floats, not mass


class Formula(Word):
    """A published formula from load and repetitions to failure to the one-repetition maximum.

    The two give the same at 10 repetitions; below, Epley gives more, above, Brzycki does.

    Source:
        epley-1985 and brzycki-1993, both known second hand: expert opinion, unverified.

    Example:
        >>> [round(formula.factor(8), 3) for formula in Formula]
        [1.267, 1.241]
    """

    EPLEY = "epley"
    """w (1 + r / 30)."""
    BRZYCKI = "brzycki"
    """36 w / (37 - r)."""

    def factor(self, reps: float) -> float:
        """Return what a load is multiplied with when `reps` (1 or more) were all that was possible.

        A single repetition is the maximum itself, whatever the formula says.

        Source:
            epley-1985, brzycki-1993.

        Example:
            >>> Formula.EPLEY.factor(1), Formula.EPLEY.factor(15)
            (1.0, 1.5)
        """
        if reps <= 1:
            return 1.0
        return 1 + reps / 30 if self is Formula.EPLEY else 36 / (37 - reps)

    @property
    def source(self) -> str:
        """Id of the source that the formula is from.

        Source:
            epley-1985, brzycki-1993.

        Example:
            >>> Formula.BRZYCKI.source
            'brzycki-1993'
        """
        return "epley-1985" if self is Formula.EPLEY else "brzycki-1993"


@record
class MaximaLimits(Record):
    """How far sets and percentages can be trusted, as numbers (policy ``maxima``).

    Args:
        warn_over_reps: repetitions to failure above which an estimate carries a caution.
        refuse_over_reps: repetitions to failure above which there is none.
        far_rir: repetitions in reserve above which a judgement says only that there were more than this.
        rir_error_near: repetitions that a reserve of up to `far_rir` may be off.
        rir_error_far: repetitions that a greater or unknown reserve may be off.
        heavy_percent: share of the maximum, in percent, from which work is heavy.
        heaviest_percent: share of an estimated maximum, in percent, that no load goes beyond.
        percents: repetitions to failure with the percentage of the maximum that goes with them, fewest first.
    """

    warn_over_reps: float
    refuse_over_reps: float
    far_rir: float
    rir_error_near: float
    rir_error_far: float
    heavy_percent: float
    heaviest_percent: float
    percents: tuple[tuple[int, float], ...]

    @classmethod
    def of(cls, rules: RuleSet) -> MaximaLimits:
        """Read them from a rule set.

        Raises:
            InvalidValue: the rule set lacks one of the numbers, or the percentages do not start at one repetition,
                fall with every further one and reach `refuse_over_reps`.

        Source:
            Each number of policy ``maxima`` names its own.

        Example:
            >>> from runstrong.rules import load_rules
            >>> MaximaLimits.of(load_rules()).refuse_over_reps
            12.0
        """
        numbers = rules.numbers(_POLICY)
        table = {name.removeprefix(_TABLE): got for name, got in numbers.items() if name.startswith(_TABLE)}
        points = tuple(sorted((int(reps), got) for reps, got in table.items() if reps.isdecimal()))
        plain = [field.name for field in attrs.fields(cls) if field.name != "percents"]
        missing = [name for name in plain if name not in numbers]
        if missing:
            raise InvalidValue([Problem(f"policy {_POLICY}", "not there", name) for name in missing])
        falls = all(more[1] < fewer[1] for fewer, more in itertools.pairwise(points))
        if not points or points[0][0] != 1 or points[-1][0] < numbers["refuse_over_reps"] or not falls:
            fact = ", ".join(f"{reps}: {number(got)}" for reps, got in points) or "none"
            allowed = f"percentages that fall from 1 to {number(numbers['refuse_over_reps'])} repetitions"
            raise InvalidValue([Problem(f"policy {_POLICY}.{_TABLE}*", fact, allowed)])
        return cls(**{name: numbers[name] for name in plain}, percents=points)

    def percent(self, reps: float) -> float:
        """Return the percentage of the maximum for `reps` to failure inside the table, straight between its rows.

        Source:
            nsca-load-chart, known second hand: expert opinion, unverified.

        Example:
            >>> from runstrong.rules import load_rules
            >>> MaximaLimits.of(load_rules()).percent(11)
            72.5
        """
        for (fewer, higher), (more, lower) in itertools.pairwise(self.percents):
            if reps < more:
                return higher + (lower - higher) * (reps - fewer) / (more - fewer)
        return self.percents[-1][1]


@record
class Estimate(Record):
    """A one-repetition maximum as estimated from one set, and how far it may be off.

    The band from `low` to `high` is a convention, not a confidence interval. Its ends are the least that either
    formula gives for the fewest repetitions to failure that the set may stand for, and the most that either gives for
    the most. Those differ from what was judged by the error of judging reserve: one repetition up to five in reserve,
    three above or where the reserve is unknown; never fewer than were done. What the formulas cannot know (exercise,
    person, fatigue of sets before) is not in it: at 70 % of their maximum, trained lifters did 6 to 26 repetitions.

    Args:
        mass: the maximum, as moved mass.
        formula: that gave it.
        reps_to_failure: that it was given for: those done and those in reserve, as far as reserve counts.
        low: least maximum that the set may stand for.
        high: greatest maximum that the set may stand for.
        caution: why not to lean on it; empty when there is no more reason than with any estimate.
        sources: ids of the sources behind it.

    Source:
        hackett-2017 for the error of judging reserve; epley-1985 and brzycki-1993, second hand, for the rest.

    Example:
        >>> from runstrong.model.quantities import kg
        >>> from runstrong.rules import load_rules
        >>> made = estimate_max(kg(50), 6, rir=RIR(2), limits=MaximaLimits.of(load_rules()))
        >>> [round(mass.kg, 1) for mass in (made.low, made.mass, made.high)]
        [60.0, 63.3, 65.0]
    """

    mass: Mass
    formula: Formula
    reps_to_failure: float
    low: Mass
    high: Mass
    caution: str
    sources: tuple[str, ...]


def estimate_max(
    load: Mass, reps: int, *, rir: RIR | None = None, formula: Formula = Formula.EPLEY, limits: MaximaLimits
) -> Estimate:
    """Return the one-repetition maximum that a set stands for, without anyone lifting it.

    Repetitions done and in reserve add up to repetitions to failure. A reserve above `MaximaLimits.far_rir` counts as
    that much, because it is only known to be more; an unknown reserve counts as none. Both keep the estimate on the
    careful side, and its caution says so. One repetition to failure is the maximum itself.

    Args:
        load: moved mass: the external load plus the share of body mass that the exercise moves
            (`runstrong.model.timeline.moved_mass`).
        reps: repetitions done, on one side where the exercise has sides.
        rir: repetitions left at the end; None when nobody judged it.
        formula: to use.
        limits: numbers of policy ``maxima``.

    Returns:
        The maximum in the unit of mass, with its band and caution.

    Raises:
        InvalidValue: there is no load or no repetition, the repetitions to failure are beyond
            `MaximaLimits.refuse_over_reps`, or the maximum is beyond what a mass can be.

    Source:
        epley-1985 and brzycki-1993 (second hand: expert opinion, unverified), zourdos-2016 and hackett-2017 for
        the reserve.

    Example:
        >>> from runstrong.model.quantities import kg
        >>> from runstrong.rules import load_rules
        >>> limits = MaximaLimits.of(load_rules())
        >>> made = [estimate_max(kg(50), 8, rir=RIR(0), formula=formula, limits=limits) for formula in Formula]
        >>> [round(each.mass.kg, 1) for each in made]
        [63.3, 62.1]
        >>> estimate_max(kg(50), 8, rir=RIR(3), limits=limits).caution
        'the formulas are poor above 10 repetitions to failure, and these are 11'
    """
    for name, got, kind in (("load", load, Mass), ("rir", rir, RIR)):
        if got is not None and not isinstance(got, kind):
            raise InvalidValue(
                [Problem(f"estimate_max.{name}", repr(got), f"a {kind.__name__}", f"such as {kind(3)!r}")]
            )
    if load.kg <= 0:
        cure = "count the share of body mass that the exercise moves"
        raise InvalidValue([Problem("estimate_max.load", str(load), "over 0 kg of moved mass", cure)])
    stated = _to_failure("estimate_max.reps", reps, rir, limits)
    reserve = rir.reps if rir is not None else 0.0
    counted = reps + min(reserve, limits.far_rir)
    near = rir is not None and reserve <= limits.far_rir
    error = limits.rir_error_near if near else limits.rir_error_far
    fewest, most = max(float(reps), min(counted, stated - error)), stated + error
    try:
        mass = load * formula.factor(counted)
        low = load * min(each.factor(fewest) for each in Formula)
        high = load * max(each.factor(most) for each in Formula)
    except InvalidValue as error_of_mass:
        allowed = f"a load whose maximum is {error_of_mass.problems[0].allowed} kg"
        raise InvalidValue([Problem("estimate_max.load", str(load), allowed)]) from None
    sources = tuple(each.source for each in Formula) + (("zourdos-2016", "hackett-2017") if rir is not None else ())
    return Estimate(mass, formula, counted, low, high, _caution(stated, rir, limits), sources)


def _caution(stated: float, rir: RIR | None, limits: MaximaLimits) -> str:
    said = []
    if rir is None:
        said.append("reserve unknown: counted as taken to failure, so the maximum may be higher")
    elif rir.reps > limits.far_rir:
        far = number(limits.far_rir)
        said.append(f"more than {far} in reserve cannot be judged well: counted as {far}, so the maximum may be higher")
    if stated > limits.warn_over_reps:
        over = number(limits.warn_over_reps)
        said.append(f"the formulas are poor above {over} repetitions to failure, and these are {number(stated)}")
    return "; ".join(said)


def _to_failure(place: str, reps: int, rir: RIR | None, limits: MaximaLimits) -> float:
    """Return repetitions done and in reserve together, checked."""
    plain: Any = reps  # whatever a caller without type checks hands in
    if type(plain) is not int or plain < 1:
        raise InvalidValue([Problem(place, shown(reps), "a whole number 1 or more")])
    stated = reps + (rir.reps if rir is not None else 0.0)
    if stated > limits.refuse_over_reps:
        most = number(limits.refuse_over_reps)
        fact = str(reps) if rir is None else f"{reps} and {number(rir.reps)} in reserve, {number(stated)} in all"
        cure = f"use a set with a heavier load, {most} repetitions to failure at most"
        raise InvalidValue([Problem(place, fact, f"from 1 to {most} repetitions to failure", cure)])
    return stated


def percent_at(reps: int, rir: RIR | None = None, *, limits: MaximaLimits) -> float:
    """Return the share of the maximum, in percent, that `reps` with `rir` left go with.

    Rows that the table lacks (11, and halves of a reserve) lie straight between their neighbors. The table is made
    for groups; people and exercises differ from it widely.

    Args:
        reps: repetitions asked for.
        rir: repetitions to leave; None for a set to failure.
        limits: numbers of policy ``maxima``, the table among them.

    Raises:
        InvalidValue: there is no repetition, or those to failure are beyond `MaximaLimits.refuse_over_reps`.

    Source:
        nsca-load-chart, known second hand: expert opinion, unverified.

    Example:
        >>> from runstrong.rules import load_rules
        >>> limits = MaximaLimits.of(load_rules())
        >>> percent_at(8, limits=limits), percent_at(5, RIR(3), limits=limits)
        (80.0, 80.0)
    """
    return limits.percent(_to_failure("percent_at.reps", reps, rir, limits))


def reps_at(percent: float, *, limits: MaximaLimits) -> int:
    """Return how many repetitions to failure go with `percent` of the maximum: the most that the table vouches for.

    Args:
        percent: share of the maximum in percent.
        limits: numbers of policy ``maxima``, the table among them.

    Raises:
        InvalidValue: the table has no such percentage.

    Source:
        nsca-load-chart, known second hand: expert opinion, unverified.

    Example:
        >>> from runstrong.rules import load_rules
        >>> limits = MaximaLimits.of(load_rules())
        >>> [reps_at(percent, limits=limits) for percent in (100, 90, 81, 80)]
        [1, 4, 7, 8]
    """
    most = int(limits.refuse_over_reps)
    least, greatest = limits.percent(most), limits.percent(1)
    if not _real(percent) or not least <= percent <= greatest:
        allowed = f"from {number(least)} to {number(greatest)} % 1RM"
        cure = f"the table ends at {most} repetitions"
        raise InvalidValue([Problem("reps_at.percent", shown(percent), allowed, cure)])
    return max(reps for reps in range(1, most + 1) if limits.percent(reps) >= percent)


def rpe_of(rir: RIR) -> float:
    """Return the rating of perceived exertion of a set, on the lifting scale, that `rir` repetitions in reserve mean.

    Source:
        zourdos-2016 (29 lifters) and helms-2016 (practice).

    Example:
        >>> rpe_of(RIR(2))
        8.0
    """
    return _END_OF_SCALE - rir.reps


def rir_of(rpe: float) -> RIR:
    """Return the repetitions in reserve that a rating of perceived exertion on the lifting scale means.

    This is the rating of one set. How hard a whole session was (`runstrong.model.quantities.SessionRPE`) is another
    scale and says nothing about reserve.

    Raises:
        InvalidValue: the rating is not a number from 0 to 10.

    Source:
        zourdos-2016 (29 lifters) and helms-2016 (practice).

    Example:
        >>> rir_of(8.5)
        RIR(1.5)
    """
    if not _real(rpe) or not 0 <= rpe <= _END_OF_SCALE:
        raise InvalidValue([Problem("rir_of.rpe", shown(rpe), f"from 0 to {number(_END_OF_SCALE)}")])
    return RIR(_END_OF_SCALE - rpe)


def external_at(percent: float, maximum_moved: Mass, exercise: Exercise, body_mass: Mass | None) -> Mass | None:
    """Return the external load that makes the moved mass `percent` of a maximum of moved mass.

    Args:
        percent: share of the maximum in percent, over 0 to 100.
        maximum_moved: the maximum, as moved mass.
        exercise: that it is of; its share of body mass is taken off.
        body_mass: of the runner; None when unknown.

    Returns:
        The external load in the unit of mass. None where body mass is needed and unknown, and where body mass alone
        is that much already.

    Raises:
        InvalidValue: the percentage is out of range.

    Source:
        A convention. Trials state percentages of the external maximum; of moved mass, the same percentage of the same
        maximum asks for less external load.

    Example:
        >>> from runstrong.catalog import load_catalog
        >>> from runstrong.model.quantities import kg
        >>> calf_raise = load_catalog().exercises["single-leg-calf-raise"]
        >>> external_at(80, kg(100), calf_raise, kg(70))
        kg(10)
        >>> external_at(60, kg(100), calf_raise, kg(70)) is None
        True
    """
    if not _real(percent) or not 0 < percent <= 100:
        raise InvalidValue([Problem("external_at.percent", shown(percent), "over 0, up to 100 % 1RM")])
    if body_mass is None and exercise.body_mass_share > 0:
        return None
    unloaded = moved_mass(exercise, 0.0, body_mass.kg if body_mass is not None else 0.0)
    external = maximum_moved.kg * percent / 100 - unloaded
    return Mass(external) if external > _DUST else None


def heavy_load(
    estimate: Estimate,
    percent: float | None,
    loads: Iterable[External],
    *,
    exercise: Exercise,
    body_mass: Mass | None,
    limits: MaximaLimits,
) -> External | None:
    """Return the heaviest of `loads` with which the moved mass stays at or under `percent` of the maximum.

    Nothing says that the load found is heavy: to a runner who owns little it may be a small share of the maximum.

    Args:
        estimate: of the maximum, as moved mass.
        percent: share of the maximum in percent; None for the least that is heavy (`MaximaLimits.heavy_percent`).
        loads: that the runner can set, in any order.
        exercise: that the maximum is of.
        body_mass: of the runner; None when unknown.
        limits: numbers of policy ``maxima``.

    Returns:
        One of `loads`, that in the fewest pieces where masses are equal. None where even the lightest is too much,
        body mass alone is, or body mass is needed and unknown.

    Raises:
        InvalidValue: the percentage is not over 0, or beyond `MaximaLimits.heaviest_percent`.

    Source:
        llanos-lagos-2024 for what is heavy; eihara-2022 found 90 % or more to do best, which is left to tested maxima
        by convention.

    Example:
        >>> from runstrong.catalog import load_catalog
        >>> from runstrong.model.quantities import kg
        >>> from runstrong.rules import load_rules
        >>> limits, leg_press = MaximaLimits.of(load_rules()), load_catalog().exercises["leg-press"]
        >>> made = estimate_max(kg(50), 8, rir=RIR(0), limits=limits)
        >>> owned = [External(kg(20)), External(kg(50)), External(kg(60))]
        >>> heavy_load(made, 80, owned, exercise=leg_press, body_mass=None, limits=limits)
        External(kg(50))
    """
    asked = limits.heavy_percent if percent is None else percent
    if not _real(asked) or not 0 < asked <= limits.heaviest_percent:
        allowed = f"over 0, up to {number(limits.heaviest_percent)} % 1RM"
        cure = f"an estimate is no tested maximum; {_POLICY}.heaviest_percent says how far it is trusted"
        raise InvalidValue([Problem("heavy_load.percent", shown(asked), allowed, cure)])
    most = external_at(asked, estimate.mass, exercise, body_mass)
    if most is None:
        return None
    fitting = [load for load in loads if load.mass.kg <= most.kg + _DUST]
    return max(fitting, key=lambda load: (load.mass.kg, -load.pieces), default=None)


def _real(got: Any) -> bool:
    return type(got) in (int, float) and math.isfinite(got)
