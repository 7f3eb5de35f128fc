"""One ladder as one runner can climb it: usable rungs, loads at hand, and the single moves up and down.

A route is made once for a ladder, runner, catalog and set of limits, and kept: a step then only looks things up.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection

from runstrong.ladder.access import asked_first, assessment_passed, unfit, unusable
from runstrong.ladder.limits import Limits
from runstrong.model.catalog import Catalog
from runstrong.model.prescription import (
    Amount,
    Band,
    BodyWeight,
    Contacts,
    Degree,
    External,
    FindLoad,
    Hold,
    Load,
    Prescription,
    Reps,
    Tempo,
)
from runstrong.model.progression import Progression, Rung
from runstrong.model.quantities import RIR
from runstrong.model.runner import Kit, Runner
from runstrong.model.step import ReasonCode, StepKind
from runstrong.model.value import evolve
from runstrong.model.words import (
    BandTension,
    Clearance,
    ExerciseKind,
    Level,
    OverloadAxis,
    Pattern,
    Region,
)

__all__ = ["Move", "Route", "Why", "as_hard", "kilograms", "route_for"]

Why = tuple[ReasonCode, tuple[tuple[str, str | int | float], ...]]
"""A reason before it is made into a value: its code and its facts."""
Move = tuple[StepKind, int, Prescription, Why]
"""What changes, the rung after it, what is asked for then, and how to say it."""

_COMPOUND = frozenset(
    (Pattern.SQUAT, Pattern.LUNGE, Pattern.HINGE, Pattern.STEP, Pattern.BRIDGE, Pattern.CARRY, Pattern.GET_UP)
)
_DEGREE_AXES = (
    OverloadAxis.RANGE,
    OverloadAxis.ASSISTANCE,
    OverloadAxis.LEVER,
    OverloadAxis.HEIGHT,
    OverloadAxis.SPEED,
    OverloadAxis.DISTANCE,
)
_UNHURRIED = Tempo(2, 0, 1, 0)
"""How a repetition without a stated tempo is read when it is to be slowed down (convention)."""
_TENSIONS = tuple(BandTension)
_BAND_PLACES = ("knees", "ankles", "feet")
_BODY = BodyWeight()


def kilograms(load: Load) -> float | None:
    """Return the external load in kilograms, 0 for body weight, None where it is not stated in mass."""
    if type(load) is External:
        return load.mass.kg
    return 0.0 if type(load) is BodyWeight else None


def as_hard(done: Band, asked: Band) -> bool:
    """Whether a band is at least as strong as another, and sits as far down the leg where both say where."""
    if done.tension.rank < asked.tension.rank:
        return False
    return not done.at or not asked.at or _BAND_PLACES.index(done.at) >= _BAND_PLACES.index(asked.at)


class Route:
    """A ladder as one runner can climb it.

    Args:
        progression: the ladder.
        runner: who climbs it.
        limits: numbers of the engine.
        catalog: where exercises are looked up.
        kit: loads and equipment at hand.
    """

    def __init__(
        self, progression: Progression, runner: Runner, limits: Limits, catalog: Catalog, kit: Kit | None = None
    ) -> None:
        self.progression, self.runner, self.limits, self.catalog = progression, runner, limits, catalog
        self.kit = kit if kit is not None else runner.kit_at()
        self.rungs = progression.rungs
        self.exercises = tuple(catalog.exercises[rung.exercise] for rung in self.rungs)
        self.names = frozenset(rung.exercise for rung in self.rungs)
        self.blocked = tuple(
            unusable(rung, exercise, runner, self.kit, None)
            for rung, exercise in zip(self.rungs, self.exercises, strict=True)
        )
        body = runner.body_mass.kg if runner.body_mass is not None else None
        self.body = body
        self.loads = tuple(
            tuple(External(mass, pieces) for mass, pieces in self.kit.loads_for(exercise.loaded_by))
            for exercise in self.exercises
        )
        self.shares = tuple(
            0.0 if not exercise.body_mass_share else None if body is None else exercise.body_mass_share * body
            for exercise in self.exercises
        )
        self.regions = tuple(frozenset((progression.region, *exercise.regions)) for exercise in self.exercises)
        self.injured: frozenset[Region] = frozenset(injury.region for injury in runner.injuries)
        self._enterings: dict[tuple[int, object, int], Prescription] = {}

    # -- rungs --------------------------------------------------------------------------------------------------

    def usable(self, place: int, on: dt.date | None) -> bool:
        """Whether a rung can be done at all on a day: equipment, positions, exclusions, clearance, current injuries."""
        if self.blocked[place] is not None:
            return False
        if not self.injured or on is None:
            return True
        return unfit(self.exercises[place], self.runner, self.kit, on) is None

    def lowest(self, on: dt.date | None) -> int | None:
        """Return the first usable rung, or None."""
        return next((place for place in range(len(self.rungs)) if self.usable(place, on)), None)

    def above(self, place: int, on: dt.date) -> int | None:
        """Return the next usable rung over `place`; rungs that this runner cannot do at all are passed by."""
        return next((up for up in range(place + 1, len(self.rungs)) if self.usable(up, on)), None)

    def barred(self, place: int, on: dt.date) -> str | None:
        """Return why the rung after `place` cannot be done at all, or None where it can or there is none."""
        if place + 1 == len(self.rungs):
            return None
        return self.blocked[place + 1] or unfit(self.exercises[place + 1], self.runner, self.kit, on)

    def below(self, place: int, on: dt.date) -> int | None:
        """Return the next usable rung under `place`."""
        return next((down for down in range(place - 1, -1, -1) if self.usable(down, on)), None)

    def closed(self, place: int, weeks: int, reached: Collection[str]) -> str | None:
        """Return why a usable rung may not be entered yet, or None when it may.

        Args:
            place: of the rung.
            weeks: full weeks of training on this ladder.
            reached: exercises reached on other ladders.
        """
        rung, exercise, limits, runner = self.rungs[place], self.exercises[place], self.limits, self.runner
        novice = runner.trained_level is Level.NOVICE
        if rung.level.value - runner.trained_level.value > 1 and weeks < limits.level_up_weeks:
            return f"work of level {rung.level} comes after {limits.level_up_weeks} weeks"
        if exercise.kind is ExerciseKind.PLYOMETRIC and novice and weeks < limits.weeks_before_jumps:
            return f"jumps come after {limits.weeks_before_jumps} weeks of strength"
        heavy = exercise.lower_body and rung.rir is not None and rung.rir.reps <= limits.heavy_rir
        if heavy and rung.starts_loaded and runner.clearance is not Clearance.CLEARED and not novice:
            return "heavy leg work waits for clearance"
        for asked in rung.prerequisites:
            if asked.weeks is not None and novice and weeks < asked.weeks:
                return asked_first(asked)
            if not assessment_passed(asked, runner):
                return asked_first(asked)
            if asked.progression is not None and asked.rung is not None and asked.rung not in reached:
                if asked.progression == self.progression.id:
                    if any(under.exercise == asked.rung for under in self.rungs[:place]):
                        continue
                    return asked_first(asked)
                other = self.catalog.progressions.get(asked.progression)
                step = other.rung_of(asked.rung) if other is not None else None
                level = other.rungs[step].level if other is not None and step is not None else Level.ADVANCED
                if runner.trained_level.value <= level.value:
                    return asked_first(asked)
        return None

    def plain(self, place: int, reached: Collection[str]) -> bool:
        """Whether a rung can be started on without a log: no jumps over the first one, and nothing asked for unseen."""
        if self.exercises[place].kind is ExerciseKind.PLYOMETRIC:
            return place == 0
        trained = self.runner.strength_years * 52
        return all(
            (asked.weeks is None or asked.weeks <= trained)
            and (asked.progression is None or asked.rung in reached)
            and assessment_passed(asked, self.runner)
            for asked in self.rungs[place].prerequisites
        )

    def start(self, place: int) -> Prescription:
        """Return what a rung asks for at first."""
        return self._entered(place, None, 0)

    def _entered(self, place: int, load: Load | None, sets: int) -> Prescription:
        key = (place, load, sets)
        made = self._enterings.get(key)
        if made is None:
            rung, exercise = self.rungs[place], self.exercises[place]
            rir = self._reserve(rung)
            made = self._enterings[key] = Prescription(
                exercise=rung.exercise, sets=sets or rung.sets, amount=rung.amount, side=exercise.side,
                load=load if load is not None else self._own_load(place, rung), rir=rir, tempo=rung.tempo,
                rest=rung.rest, degrees=rung.degrees, progression=self.progression.id,
            )  # fmt: skip
        return made

    def _reserve(self, rung: Rung) -> RIR | None:
        """Return the effort of a rung; novices keep more in reserve."""
        careful = self.limits.careful_rir
        if rung.rir is not None and self.runner.trained_level is Level.NOVICE and rung.rir.reps < careful:
            return RIR(careful)
        return rung.rir

    def _own_load(self, place: int, rung: Rung) -> Load:
        load = rung.load
        if isinstance(load, FindLoad):
            rir = self._reserve(rung)
            return FindLoad(rir) if rir is not None and rir.reps > load.rir.reps else load
        if isinstance(load, External):
            fitting = [own for own in self.loads[place] if own.mass.kg <= load.mass.kg + self.limits.tolerance_kg]
            return fitting[-1] if fitting else FindLoad(RIR(self.limits.careful_rir))
        return load

    # -- loads --------------------------------------------------------------------------------------------------

    def next_loads(self, place: int, current: float) -> tuple[External | None, External | None, float]:
        """Return the next load within the step law, the first one beyond it, and the law's step in kilograms.

        The step is a share of moved mass; where body mass is unknown only the external load counts, so that the
        step errs to the small side.
        """
        limits = self.limits
        moved = current + (self.shares[place] or 0.0)
        most = limits.max_step * moved
        share = limits.step_compound if self.exercises[place].pattern in _COMPOUND else limits.step_small
        least = share * moved
        if current <= limits.tolerance_kg and self.body is not None:
            least = limits.first_step * self.body
        fitting = None
        for load in self.loads[place]:
            more = load.mass.kg - current
            if more <= limits.tolerance_kg:
                continue
            if more > most + limits.tolerance_kg:
                return fitting, load, most
            fitting = load
            if more >= least - limits.tolerance_kg:
                break
        return fitting, None, most

    def first_load(self, place: int, before: Prescription) -> tuple[Load | None, External | None, float]:
        """Return the load that a loaded rung is entered with from `before`, the load that is too far, and the step.

        The load is None where repetitions have to come first.
        """
        rung = self.rungs[place]
        current = kilograms(before.load)
        if before.exercise != rung.exercise or current is None or not rung.starts_loaded:
            return self._own_load(place, rung), None, 0.0
        if isinstance(rung.load, Band):
            return rung.load, None, 0.0
        if not self.loads[place] or (current <= self.limits.tolerance_kg and not self.shares[place]):
            return self._own_load(place, rung), None, 0.0  # no yardstick for a first load: it is found by feel
        fitting, beyond, most = self.next_loads(place, current)
        if fitting is None and current > self.limits.tolerance_kg:
            return before.load, beyond, most  # the harder rung begins with the load that is known
        return fitting, beyond, most

    def lighter(self, place: int, current: float, share: float) -> External | None:
        """Return the heaviest load at hand of at most `share` of `current`, else the lightest under it, else None."""
        under = [load for load in self.loads[place] if load.mass.kg < current - self.limits.tolerance_kg]
        fitting = [load for load in under if load.mass.kg <= share * current + self.limits.tolerance_kg]
        return fitting[-1] if fitting else under[0] if under else None

    def _reps_first(self, place: int, beyond: External, current: float, most: float) -> int:
        """Return how much more than the range, in reps or s, comes before a load that is too far."""
        if most <= 0:
            return 10_000
        steps = max(1, math.ceil((beyond.mass.kg - current - most - self.limits.tolerance_kg) / most))
        unit = self.limits.hold_step if isinstance(self.rungs[place].amount, Hold) else 1
        return self.limits.reps_first * steps * unit

    # -- up -----------------------------------------------------------------------------------------------------

    def bar(self, place: int, earned: Prescription) -> tuple[int, bool]:
        """Return the amount per set that counts now, and whether that is the rung's criterion or on the way to it.

        With support or in a smaller range it is on the way, however much is done.
        """
        rung = self.rungs[place]
        goal = rung.criterion.bar(rung.amount)
        now = earned.amount.high + min(0, goal - rung.amount.high)
        return now, now >= goal and _eased_axis(earned) is None

    def enter(self, place: int, before: Prescription, at: int) -> tuple[Move | None, tuple[External, float] | None]:
        """Return the move from `before` on rung `at` onto rung `place`, or None with the load that is too far yet."""
        rung = self.rungs[place]
        same = before.exercise == rung.exercise
        load, beyond, most = self.first_load(place, before)
        if load is None:
            if beyond is None:
                return None, None
            current = kilograms(before.load) or 0.0
            wanted = self._reps_first(place, beyond, current, most)
            if before.amount.high < self.rungs[at].amount.high + wanted:
                return None, (beyond, most)
            load = beyond
        made = self._entered(place, load, min(rung.sets, before.sets) if same else 0)
        if same and type(load) is External:
            added = load.mass.kg - (kilograms(before.load) or 0.0)
            if added > self.limits.tolerance_kg:
                code = ReasonCode.ADD_LOAD if kilograms(before.load) else ReasonCode.FIRST_LOAD
                return (StepKind.MORE_LOAD, place, made, (code, (("kg", added), ("total", load.mass.kg)))), None
        if same and type(load) is Band and type(before.load) is Band and load.at == before.load.at:
            return (
                StepKind.MORE_LOAD,
                place,
                made,
                (ReasonCode.STRONGER_BAND, (("tension", str(load.tension)),)),
            ), None
        if same and type(load) is Band and type(before.load) is Band:
            return (StepKind.HARDER, place, made, (ReasonCode.BAND_LOWER, (("at", load.at or ""),))), None
        if same and type(load) is FindLoad:
            return (StepKind.MORE_LOAD, place, made, (ReasonCode.FIND_LOAD, (("rir", load.rir.reps),))), None
        return (StepKind.NEXT_RUNG, place, made, (ReasonCode.TO_RUNG, (("exercise", rung.exercise),))), None

    def harder(
        self, place: int, earned: Prescription, first: tuple[External, float] | None = None, *, sets: int | None = None
    ) -> Move | None:
        """Return the next move inside a rung, in its own overload order; None where everything is used up.

        Args:
            place: of the rung.
            earned: the position on it.
            first: a load of the next rung that is too far: repetitions come first, whatever the order.
            sets: that were asked for in the session; where that is less than what is earned, no set is added.
        """
        rung = self.rungs[place]
        if first is not None:
            raised = self._raise_amount(place, earned, beyond=True)
            if raised is not None:
                kind, _, made, _ = raised
                return (
                    kind,
                    place,
                    made,
                    (
                        ReasonCode.REPS_FIRST,
                        (
                            ("to", first[0].mass.kg),
                            ("most", first[1]),
                            ("high", made.amount.high),
                            ("unit", made.amount.unit),
                        ),
                    ),
                )
        eased = _eased_axis(earned)
        if eased is not None:
            return self._turn_up(place, earned, eased)
        fewer = sets is not None and sets < earned.sets
        if earned.sets < rung.sets and not fewer:
            return self._add_set(place, earned)
        on_the_way = earned.amount.high < rung.criterion.bar(rung.amount)
        loads_here = OverloadAxis.LOAD in rung.overload and bool(self.loads[place] or type(earned.load) is Band)
        for axis in rung.overload:
            if axis is earned.amount.count.axis:
                # With load to come the range is climbed for load's sake: more than its top is for want of load.
                move = self._raise_amount(place, earned) if on_the_way or not loads_here else None
            elif axis is OverloadAxis.LOAD:
                move = self._add_load(place, earned)
            elif axis is OverloadAxis.SETS and fewer:
                continue
            else:
                move = self._on_axis(place, earned, axis)
            if move is not None:
                return move
        if OverloadAxis.LOAD in rung.overload or rung.starts_loaded:
            # No more load at hand: range and slow lowering take its place, then repetitions.
            for axis in (OverloadAxis.RANGE, OverloadAxis.TEMPO):
                move = self._on_axis(place, earned, axis)
                if move is not None:
                    return move
            return self._raise_amount(place, earned)
        return None

    def _on_axis(self, place: int, earned: Prescription, axis: OverloadAxis) -> Move | None:
        if axis is OverloadAxis.SETS:
            return self._add_set(place, earned)
        if axis is OverloadAxis.TEMPO:
            return self._slow_down(place, earned)
        if axis is OverloadAxis.BAND_POSITION:
            return self._lower_band(place, earned)
        if axis in _DEGREE_AXES:
            return self._turn_up(place, earned, axis)
        return None

    def _raise_amount(self, place: int, earned: Prescription, *, beyond: bool = False) -> Move | None:
        rung, limits, amount = self.rungs[place], self.limits, earned.amount
        if isinstance(amount, Reps):
            step, most = limits.reps_step, max(rung.ceiling.high, limits.reps_most) if beyond else rung.ceiling.high
        elif isinstance(amount, Hold):
            step, most = limits.hold_step, max(rung.ceiling.high, limits.hold_most) if beyond else rung.ceiling.high
        else:
            share = limits.contacts_step if isinstance(amount, Contacts) else limits.distance_step
            step, most = max(1, math.floor(share * amount.high)), rung.ceiling.high
        goal = rung.criterion.bar(rung.amount)
        if not beyond and amount.high < goal:
            most = min(most, goal)
        step = min(step, most - amount.high)
        if step <= 0:
            return None
        made = evolve(earned, amount=type(amount)(amount.low + step, amount.high + step))
        kind = StepKind.LONGER_HOLD if isinstance(amount, Hold) else StepKind.MORE_REPS
        facts = (("low", made.amount.low), ("high", made.amount.high), ("unit", amount.unit), ("step", step))
        return kind, place, made, (ReasonCode.RAISE_AMOUNT, facts)

    def _add_set(self, place: int, earned: Prescription) -> Move | None:
        holds = isinstance(earned.amount, Hold)
        most = max(self.limits.hold_sets_most if holds else self.limits.sets_most, self.rungs[place].sets)
        if earned.sets >= most:
            return None
        made = evolve(earned, sets=earned.sets + 1, amount=self._back_to_start(place, earned))
        return StepKind.MORE_SETS, place, made, (ReasonCode.ADD_SET, (("sets", made.sets),))

    def _back_to_start(self, place: int, earned: Prescription) -> Amount:
        """Return the rung's own amount, unless its criterion asks for more than that: then what was reached stays."""
        rung = self.rungs[place]
        return earned.amount if rung.criterion.bar(rung.amount) > rung.amount.high else rung.amount

    def _add_load(self, place: int, earned: Prescription) -> Move | None:
        load = earned.load
        if type(load) is Band:
            tension = load.tension.rank + 1
            if tension >= len(_TENSIONS):
                return None
            made = evolve(earned, load=Band(_TENSIONS[tension], load.at), amount=self.rungs[place].amount)
            return StepKind.MORE_LOAD, place, made, (ReasonCode.STRONGER_BAND, (("tension", str(_TENSIONS[tension])),))
        current = kilograms(load)
        if current is None:
            return None  # a load that is still to be found is not raised
        fitting, beyond, most = self.next_loads(place, current)
        if fitting is None:
            if beyond is None or (current <= self.limits.tolerance_kg and not self.shares[place]):
                return None
            rung = self.rungs[place]
            if earned.amount.high < rung.amount.high + self._reps_first(place, beyond, current, most):
                raised = self._raise_amount(place, earned, beyond=True)
                if raised is None:
                    return None
                kind, _, made, _ = raised
                facts = (("to", beyond.mass.kg), ("most", most), ("high", made.amount.high), ("unit", made.amount.unit))
                return kind, place, made, (ReasonCode.REPS_FIRST, facts)
            fitting = beyond
        made = evolve(earned, load=fitting, amount=self.rungs[place].amount)
        code = ReasonCode.ADD_LOAD if current else ReasonCode.FIRST_LOAD
        added = (("kg", fitting.mass.kg - current), ("total", fitting.mass.kg))
        return StepKind.MORE_LOAD, place, made, (code, added)

    def _turn_up(self, place: int, earned: Prescription, axis: OverloadAxis) -> Move | None:
        at = earned.degree(axis)
        if at >= 3 or axis is earned.amount.count.axis:
            return None
        degree = Degree(axis, at + 1)
        made = evolve(earned, degrees=_with(earned, degree), amount=self._back_to_start(place, earned))
        return StepKind.HARDER, place, made, (ReasonCode.TURN_UP, (("degree", str(degree)),))

    def _slow_down(self, place: int, earned: Prescription) -> Move | None:
        tempo = earned.tempo or _UNHURRIED
        if self.exercises[place].kind is ExerciseKind.PLYOMETRIC or OverloadAxis.SPEED in self.rungs[place].overload:
            return None  # what is meant to be quick is not slowed down
        if tempo.eccentric >= self.limits.eccentric_most or not isinstance(earned.amount, Reps):
            return None
        slower = evolve(tempo, eccentric=tempo.eccentric + 1)
        made = evolve(earned, tempo=slower, amount=self._back_to_start(place, earned))
        return StepKind.HARDER, place, made, (ReasonCode.SLOWER, (("seconds", slower.eccentric),))

    def _lower_band(self, place: int, earned: Prescription) -> Move | None:
        load = earned.load
        if type(load) is not Band or load.at not in _BAND_PLACES[:-1]:
            return None
        at = _BAND_PLACES[_BAND_PLACES.index(load.at) + 1]
        following = [rung.load for rung in self.rungs[place + 1 :] if rung.exercise == earned.exercise]
        if Band(load.tension, at) in following:
            return None  # that is a rung of its own
        made = evolve(earned, load=Band(load.tension, at), amount=self._back_to_start(place, earned))
        return StepKind.HARDER, place, made, (ReasonCode.BAND_LOWER, (("at", at),))

    # -- down ---------------------------------------------------------------------------------------------------

    def easier(
        self, place: int, earned: Prescription, on: dt.date, *, swap: bool = False, least: bool = True
    ) -> Move | None:
        """Return the next position under `earned`: what was added last comes off first, then the rung below.

        Args:
            place: of the rung.
            earned: the position on it.
            on: day.
            swap: whether to go to the easier exercise at once.
            least: whether the lowest rung may ask for less than it starts with.

        Returns:
            None where nothing easier is left.
        """
        rung = self.rungs[place]
        under = self.below(place, on)
        if not swap or under is None:
            move = self._less_of_rung(place, rung, earned)
            if move is not None:
                return move
        if under is not None:
            below = self.rungs[under]
            load: Load | None = None
            if below.exercise == rung.exercise and below.starts_loaded and type(earned.load) is External:
                load = self.lighter(under, earned.load.mass.kg, self.limits.ease_share) or earned.load
            made = self._entered(under, load, 0)
            return StepKind.EASIER_RUNG, under, made, (ReasonCode.BACK_TO_RUNG, (("exercise", below.exercise),))
        return self._least(place, earned) if least else None

    def _less_of_rung(self, place: int, rung: Rung, earned: Prescription) -> Move | None:
        current = kilograms(earned.load)
        if current:
            lighter = self.lighter(place, current, self.limits.ease_share)
            if lighter is not None:
                made = evolve(earned, load=lighter, amount=rung.amount)
                facts = (("kg", current - lighter.mass.kg), ("total", lighter.mass.kg))
                return StepKind.LIGHTEN, place, made, (ReasonCode.LESS_LOAD, facts)
            if not rung.starts_loaded:
                made = evolve(earned, load=_BODY, amount=rung.amount)
                return StepKind.LIGHTEN, place, made, (ReasonCode.LESS_LOAD, (("kg", current), ("total", 0.0)))
        if type(earned.load) is Band and earned.load != rung.load and type(rung.load) is Band:
            made = evolve(earned, load=rung.load, amount=rung.amount)
            tension = (("tension", str(rung.load.tension)),)
            return StepKind.LIGHTEN, place, made, (ReasonCode.LESS_LOAD, tension)
        if earned.amount.high > rung.amount.high:
            return (
                StepKind.LIGHTEN,
                place,
                evolve(earned, amount=rung.amount),
                (
                    ReasonCode.LESS_AMOUNT,
                    (("low", rung.amount.low), ("high", rung.amount.high), ("unit", rung.amount.unit)),
                ),
            )
        if earned.tempo != rung.tempo:
            made = evolve(earned, tempo=rung.tempo)
            return StepKind.LIGHTEN, place, made, (ReasonCode.TURN_DOWN, (("degree", "usual tempo"),))
        start = self.start(place)
        for degree in earned.degrees:
            if degree.at > start.degree(degree.axis):
                lower = Degree(degree.axis, degree.at - 1)
                made = evolve(earned, degrees=_with(earned, lower))
                return StepKind.LIGHTEN, place, made, (ReasonCode.TURN_DOWN, (("degree", str(lower)),))
        if earned.sets > rung.sets:
            made = evolve(earned, sets=earned.sets - 1)
            return StepKind.LIGHTEN, place, made, (ReasonCode.FEWER_SETS, (("sets", made.sets),))
        return None

    def _least(self, place: int, earned: Prescription) -> Move | None:
        """Return the last ways to make the lowest rung easier: a smaller range, a set less."""
        if self._has_range(place, earned) and earned.degree(OverloadAxis.RANGE) > 1:
            return self._shrink(place, earned)
        if earned.sets > 1:
            made = evolve(earned, sets=earned.sets - 1)
            return StepKind.LIGHTEN, place, made, (ReasonCode.FEWER_SETS, (("sets", made.sets),))
        return None

    def _has_range(self, place: int, asked: Prescription) -> bool:
        return isinstance(asked.amount, Reps) and self.exercises[place].kind is not ExerciseKind.PLYOMETRIC

    def _shrink(self, place: int, asked: Prescription) -> Move:
        degree = Degree(OverloadAxis.RANGE, asked.degree(OverloadAxis.RANGE) - 1)
        made = evolve(asked, degrees=_with(asked, degree))
        return StepKind.SHRINK_RANGE, place, made, (ReasonCode.TURN_DOWN, (("degree", str(degree)),))

    def eased(self, place: int, asked: Prescription, on: dt.date) -> Move | None:
        """Return an easier form of what is asked that leaves the position: for pain, the range first, then the load."""
        here = self.place_of(asked, place)
        if self._has_range(here, asked) and asked.degree(OverloadAxis.RANGE) == 3:
            return self._shrink(place, asked)
        current = kilograms(asked.load)
        if current:
            load: Load | None = self.lighter(here, current, self.limits.ease_share)
            if load is None and self._without_load(here):
                load = _BODY
            if load is not None:
                total = kilograms(load) or 0.0
                facts = (("kg", current - total), ("total", total))
                return StepKind.LIGHTEN, place, evolve(asked, load=load), (ReasonCode.LESS_LOAD, facts)
        if asked.sets > 1:
            made = evolve(asked, sets=asked.sets - 1)
            return StepKind.LIGHTEN, place, made, (ReasonCode.FEWER_SETS, (("sets", made.sets),))
        if self._has_range(here, asked) and asked.degree(OverloadAxis.RANGE) > 1:
            return self._shrink(place, asked)
        least = self.rungs[here].amount
        if asked.amount.high > least.high:
            facts_of = (("low", least.low), ("high", least.high), ("unit", least.unit))
            return StepKind.LIGHTEN, place, evolve(asked, amount=least), (ReasonCode.LESS_AMOUNT, facts_of)
        under = self.below(here, on)
        while under is not None and self.rungs[under].exercise == asked.exercise:
            under = self.below(under, on)
        if under is not None:
            exercise = self.rungs[under].exercise
            return (
                StepKind.EASIER_RUNG,
                place,
                self.start(under),
                (
                    ReasonCode.BACK_TO_RUNG,
                    (("exercise", exercise),),
                ),
            )
        return None

    def _without_load(self, place: int) -> bool:
        """Whether the exercise of a rung is on the ladder without load too."""
        exercise = self.rungs[place].exercise
        return any(rung.exercise == exercise and not rung.starts_loaded for rung in self.rungs[: place + 1])

    def place_of(self, asked: Prescription, place: int) -> int:
        """Return the rung that what is asked stands on: the position's own, or the nearest one under it."""
        for down in range(place, -1, -1):
            if self.rungs[down].exercise == asked.exercise:
                return down
        return place

    def place_of_exercise(self, exercise: str) -> int:
        """Return the lowest rung with an exercise that is on the ladder."""
        return self.progression.rung_of(exercise) or 0

    def regained(self, place: int, asked: Prescription, earned: Prescription, on: dt.date) -> Move:
        """Return one step from what is asked for now back to what was earned."""
        if asked.exercise != earned.exercise:
            here = self.place_of(asked, place)
            up = here
            while self.rungs[up].exercise == asked.exercise:
                higher = self.above(up, on)
                if higher is None or higher > place:
                    higher = place
                up = higher
            made = earned if up == place else self.start(up)
            if made is earned:
                # Back on the exercise itself: one set with the least load it is done with.
                least: Load = earned.load
                wanted = kilograms(earned.load)
                if wanted:
                    under = [load for load in self.loads[place] if load.mass.kg < wanted]
                    least = _BODY if self._without_load(place) else under[0] if under else least
                made = _settled(evolve(earned, sets=1, load=least), earned)
            return StepKind.NEXT_RUNG, place, made, (ReasonCode.TO_RUNG, (("exercise", made.exercise),))
        at, goal = asked.degree(OverloadAxis.RANGE), earned.degree(OverloadAxis.RANGE)
        if at < goal:
            degree = Degree(OverloadAxis.RANGE, at + 1)
            made = _settled(evolve(asked, degrees=_with(asked, degree)), earned)
            return StepKind.HARDER, place, made, (ReasonCode.TURN_UP, (("degree", str(degree)),))
        current, wanted = kilograms(asked.load), kilograms(earned.load)
        if current is not None and wanted is not None and current < wanted - self.limits.tolerance_kg:
            load = self._back_towards(place, current, earned)
            made = _settled(evolve(asked, load=load), earned)
            total = kilograms(load) or 0.0
            facts = (("kg", total - current), ("total", total))
            return StepKind.MORE_LOAD, place, made, (ReasonCode.ADD_LOAD, facts)
        if asked.sets < earned.sets:
            made = _settled(evolve(asked, sets=asked.sets + 1), earned)
            return StepKind.MORE_SETS, place, made, (ReasonCode.ADD_SET, (("sets", made.sets),))
        return (
            StepKind.MORE_REPS,
            place,
            earned,
            (
                ReasonCode.RAISE_AMOUNT,
                (("low", earned.amount.low), ("high", earned.amount.high), ("unit", earned.amount.unit), ("step", 0)),
            ),
        )

    def _back_towards(self, place: int, current: float, earned: Prescription) -> Load:
        """Return the largest load at hand within the step law and under what was earned, or the next one there is."""
        wanted = kilograms(earned.load) or 0.0
        most = self.limits.max_step * (current + (self.shares[place] or 0.0))
        higher = [
            load
            for load in self.loads[place]
            if current + self.limits.tolerance_kg < load.mass.kg < wanted - self.limits.tolerance_kg
        ]
        fitting = [load for load in higher if load.mass.kg - current <= most + self.limits.tolerance_kg]
        if wanted - current <= most + self.limits.tolerance_kg or not higher:
            return earned.load
        return fitting[-1] if fitting else higher[0]

    def scaled(self, place: int, earned: Prescription, share: float) -> Prescription:
        """Return what was earned at a share of its load, or of its sets where there is no load."""
        current = kilograms(earned.load)
        if current:
            lighter = self.lighter(place, current, share)
            if lighter is not None:
                return evolve(earned, load=lighter)
        if share >= 1 or earned.sets == 1:
            return earned
        return evolve(earned, sets=max(1, math.floor(earned.sets * share)))


def _eased_axis(asked: Prescription) -> OverloadAxis | None:
    """Return the first axis that is easier than the exercise as described: support, or a smaller range."""
    return next((degree.axis for degree in asked.degrees if degree.at < Degree.plain(degree.axis)), None)


def _with(asked: Prescription, degree: Degree) -> tuple[Degree, ...]:
    """Return the degrees of a prescription with one changed; what the exercise has anyway is not written."""
    kept = [each for each in asked.degrees if each.axis is not degree.axis]
    if degree.at != Degree.plain(degree.axis):
        kept.append(degree)
    return tuple(sorted(kept, key=lambda each: str(each.axis)))


def _settled(asked: Prescription, earned: Prescription) -> Prescription:
    """Return what was earned itself where both are the same but for the order of degrees."""
    same = set(asked.degrees) == set(earned.degrees) and evolve(asked, degrees=earned.degrees) == earned
    return earned if same else asked


_ROUTES: dict[tuple[int, int, int, int], tuple[Progression, Runner, Limits, Catalog, Route]] = {}
_MOST_ROUTES = 512


def route_for(progression: Progression, runner: Runner, limits: Limits, catalog: Catalog) -> Route:
    """Return the route of a ladder for a runner, made once for these very objects."""
    key = (id(progression), id(runner), id(limits), id(catalog))
    found = _ROUTES.get(key)
    # What an entry was made for is kept in it, so that an identity is not used again while the entry stands.
    if found is not None:
        return found[4]
    if len(_ROUTES) >= _MOST_ROUTES:
        _ROUTES.clear()
    made = Route(progression, runner, limits, catalog)
    _ROUTES[key] = (progression, runner, limits, catalog, made)
    return made
