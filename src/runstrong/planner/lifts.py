"""Starting loads from best sets that a runner has stated: a maximum that was tested, or a set that stands for one."""

from __future__ import annotations

import datetime as dt

from runstrong.ladder.maxima import Estimate, MaximaLimits, estimate_max, heavy_load
from runstrong.model.catalog import Catalog
from runstrong.model.errors import InvalidValue
from runstrong.model.exercise import Exercise
from runstrong.model.prescription import External, FindLoad, Prescription, Reps, spoken
from runstrong.model.quantities import SAME_KG, Mass, number
from runstrong.model.rules import RuleSet
from runstrong.model.runner import Kit, Lift, Runner
from runstrong.model.timeline import moved_mass
from runstrong.model.value import Record, record
from runstrong.planner.jumps import minor

__all__ = ["StartingLoad", "StartingLoads", "at_hand"]


@record
class StartingLoad(Record):
    """A load to begin with, and why.

    Args:
        load: that can be set with what the runner owns.
        why: in words for a runner.
        sources: behind the estimate.
    """

    load: External
    why: str
    sources: tuple[str, ...]


class StartingLoads:
    """Loads to begin with for a runner whose best sets are known; all others find theirs by feel.

    Nobody under the adult age of SF02 is loaded by a maximum, tested or estimated.

    Args:
        runner: with their best sets.
        catalog: where exercises are looked up.
        rules: source of the numbers (policies ``planning`` and ``maxima``).
        on: day whose loads are asked for; a best set from long before says little.
    """

    def __init__(self, runner: Runner, catalog: Catalog, rules: RuleSet, on: dt.date) -> None:
        self.runner, self.limits = runner, MaximaLimits.of(rules)
        self.best: dict[str, tuple[Lift, Estimate]] = {}
        if minor(runner, on, rules):
            return
        since = on - dt.timedelta(weeks=rules.whole("planning", "lift_weeks"))
        for lift in sorted(runner.lifts, key=lambda each: each.date):
            exercise = catalog.exercises[lift.exercise]
            if since <= lift.date <= on and (runner.body_mass is not None or not exercise.body_mass_share):
                estimate = self._estimate(lift, exercise)
                if estimate is not None:
                    self.best[lift.exercise] = (lift, estimate)  # the latest stands

    def _estimate(self, lift: Lift, exercise: Exercise) -> Estimate | None:
        body = self.runner.body_mass.kg if self.runner.body_mass is not None else 0.0
        mass = Mass(moved_mass(exercise, lift.mass.kg, body))
        try:
            return estimate_max(mass, lift.reps, rir=lift.rir, limits=self.limits)
        except InvalidValue:
            return None  # too many repetitions to failure stand for no maximum

    def load_for(self, asked: Prescription, exercise: Exercise, kit: Kit) -> StartingLoad | None:
        """Return the load at hand that fits what is asked; None where it is to be found by feel, or is no load.

        Args:
            asked: with a load to be found, an amount in repetitions and a reserve.
            exercise: that it names.
            kit: at the session's place.
        """
        known = self.best.get(exercise.id)
        if known is None or not isinstance(asked.load, FindLoad) or not isinstance(asked.amount, Reps):
            return None
        lift, estimate = known
        to_failure = asked.amount.high + asked.load.rir.reps
        if to_failure > self.limits.refuse_over_reps:
            return None  # so many repetitions stand for no share of a maximum
        percent = min(self.limits.percent(to_failure), self.limits.heaviest_percent)
        owned = [External(mass, pieces) for mass, pieces in kit.loads_for(exercise.loaded_by)]
        load = heavy_load(
            estimate, percent, owned, exercise=exercise, body_mass=self.runner.body_mass, limits=self.limits
        )
        if load is None:
            return None
        shown = f"{spoken(External(lift.mass))} x {lift.reps}"
        return StartingLoad(
            load,
            f"your best set, {shown} on {lift.date}, stands for about {number(round(estimate.mass.kg))} kg moved once; "
            f"{number(round(percent))} % of that is what {asked.amount} with {number(asked.load.rir.reps)} in reserve "
            "ask for, in steps of what you own",
            tuple(estimate.sources),
        )


def at_hand(load: External, exercise: Exercise, kit: Kit) -> External:
    """Return the load that can be set here nearest under the one a rung names; that one where nothing can be set."""
    owned = [External(mass, pieces) for mass, pieces in kit.loads_for(exercise.loaded_by)]
    return next((each for each in reversed(owned) if each.mass.kg <= load.mass.kg + SAME_KG), load)
