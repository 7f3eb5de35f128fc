"""What a body makes of a prescription: a hidden strength that grows with training and shows only in what is done."""

from __future__ import annotations

import datetime as dt

from runstrong.model.catalog import Catalog
from runstrong.model.exercise import Exercise
from runstrong.model.log import Performance, PerformedSet
from runstrong.model.prescription import BodyWeight, External, FindLoad, Hold, Load, Prescription, Reps
from runstrong.model.quantities import RIR, Duration, SessionRPE
from runstrong.model.runner import Runner
from runstrong.model.running import Pain
from runstrong.model.value import Record, record
from runstrong.model.words import DayPart, PainMoment, PartName, Region, Side, Sides
from runstrong.testing.dice import Dice

__all__ = ["Ache", "Body", "Occasion"]


@record
class Ache(Record):
    """A niggle that settles: at most 2 of 10, less from day to day, then gone.

    Args:
        region: of the body.
        first: day.
        days: how long it is felt.
        score: at the beginning.
    """

    region: Region
    first: dt.date
    days: int
    score: int

    def on(self, day: dt.date) -> int | None:
        """Return what is felt on `day`; 0 in the three weeks in which one still looks out for it, None otherwise."""
        gone = (day - self.first).days
        if not 0 <= gone < self.days + 21:
            return None
        return self.score if gone < self.days / 2 else min(1, self.score) if gone < self.days else 0


@record
class Occasion(Record):
    """When and in what session something is done.

    Args:
        date: day.
        day_part: of the day.
        session: id.
        minutes: of the whole session.
        rpe: of the whole session.
        easier: share of what would be done otherwise; under 1 after days away.
    """

    date: dt.date
    day_part: DayPart
    session: str
    minutes: float
    rpe: float
    easier: float = 1.0


class Body:
    """A runner's strength, exercise by exercise, as it grows from session to session.

    Repetitions fall with the mass moved as Epley's formula says; holds grow by seconds. How much is in reserve is felt
    with an error of about one repetition (Hackett 2017).

    Args:
        runner: whose body it is.
        catalog: where exercises are looked up.
        dice: chance.
        aches: niggles of the season.
    """

    def __init__(self, runner: Runner, catalog: Catalog, dice: Dice, aches: tuple[Ache, ...] = ()) -> None:
        self._runner, self._catalog, self._dice, self._aches = runner, catalog, dice, aches
        self._mass = runner.body_mass.kg if runner.body_mass is not None else 65.0
        # Convention: who is new to lifting gains two or three percent a week, who is not well under one.
        self._gain, self._room = (0.011, 1.45) if runner.novice else (0.004, 1.2)
        self._strength: dict[str, float] = {}
        self._first: dict[str, float] = {}
        self._holds: dict[str, float] = {}
        self._loads: dict[str, tuple[External, float]] = {}
        self._at_hand: dict[str, list[External]] = {}
        self._last: dict[str, Performance] = {}

    def does(self, asked: Prescription, when: Occasion, part: PartName = PartName.MAIN) -> Performance:
        """Return what is done on an occasion where something is asked, and grow from it."""
        exercise = self._catalog.exercises[asked.exercise]
        pain = self._pain(exercise, when.date)
        hurting = any(each.score for each in pain)
        load = self._load(asked, exercise, when, hurting=hurting)
        sets, most = asked.sets, asked.amount.high
        before = self._last.get(exercise.id)
        if when.easier < 1 and before is not None:
            # Whatever is asked for by now: a share of what was done last, the sets first.
            shown = max(one.amount.high for one in before.sets)
            sets, most = max(1, min(sets, before.paired_sets) - 1), min(most, shown)
            if before.paired_sets == 1 or load == before.sets[0].load == BodyWeight():
                most = max(1, int(min(most, shown * when.easier)))
        if part is PartName.MAIN and sets > 1 and self._dice.chance(0.04):
            sets -= 1  # short of time, or enough for that day
        done: list[PerformedSet] = []
        for number in range(sets):
            figure, left = self._one_set(asked, exercise, load, number, most)
            sides = (Side.LEFT, Side.RIGHT) if exercise.sides is Sides.UNILATERAL else (Side.NONE,)
            done += [PerformedSet(side=side, amount=figure, load=load, rir=left) for side in sides]
        self._grow(exercise)
        if done[0].rir is not None and isinstance(load, External):
            self._loads[exercise.id] = (load, min(one.rir.reps for one in done if one.rir is not None))
        self._last[exercise.id] = made = Performance(
            date=when.date, day_part=when.day_part, exercise=exercise.id, sets=tuple(done), session=when.session,
            part=part, duration=Duration(when.minutes * 60.0), session_rpe=SessionRPE(when.rpe), pain=pain,
        )  # fmt: skip
        return made

    def _pain(self, exercise: Exercise, day: dt.date) -> tuple[Pain, ...]:
        worked = {tissue.region for tissue in exercise.primary}
        felt = [
            Pain(region=ache.region, score=score, when=PainMoment.DURING)
            for ache in self._aches
            if ache.region in worked and (score := ache.on(day)) is not None
        ]
        return tuple(felt) or (Pain(region=exercise.primary[0].region, score=0, when=PainMoment.DURING),)

    def _moved(self, exercise: Exercise, load: Load) -> float:
        carried = load.mass.kg if isinstance(load, External) else 0.0
        return max(4.0, exercise.body_mass_share * self._mass) + carried

    def _reps(self, exercise: Exercise, load: Load) -> float:
        return 30.0 * (self._strength[exercise.id] / self._moved(exercise, load) - 1.0)

    def _load(self, asked: Prescription, exercise: Exercise, when: Occasion, *, hurting: bool) -> Load:
        load = asked.load
        if isinstance(load, FindLoad):
            load = self._found(asked, exercise, hurting=hurting)
        wanted = _wanted(asked)
        if exercise.id not in self._strength:
            # What is asked for can be done, with something to spare.
            reps = (asked.amount.low if isinstance(asked.amount, Reps) else 10) + wanted + self._dice.between(0, 3)
            self._strength[exercise.id] = self._first[exercise.id] = self._moved(exercise, load) * (1 + reps / 30.0)
        last = self._last.get(exercise.id)
        if when.easier < 1 and last is not None and isinstance(last.sets[0].load, BodyWeight):
            return last.sets[0].load  # no first weight in the first days back
        if when.easier < 1 and isinstance(load, External):
            before = last.sets[0].load if last is not None else load
            most = min(load.mass.kg, before.mass.kg if isinstance(before, External) else load.mass.kg) * when.easier
            less = [each for each in self._own(exercise) if each.mass.kg <= most]
            load = less[-1] if less else load
        return load

    def _own(self, exercise: Exercise) -> list[External]:
        if exercise.id not in self._at_hand:
            loads = self._runner.kit_at().loads_for(exercise.loaded_by)
            self._at_hand[exercise.id] = [External(mass, pieces) for mass, pieces in loads]
        return self._at_hand[exercise.id]

    def _found(self, asked: Prescription, exercise: Exercise, *, hurting: bool) -> Load:
        """Find a load by feel: a light one first; a little more once the last one left two more than asked for."""
        own = self._own(exercise)
        if not own:
            return BodyWeight()
        wanted = _wanted(asked)
        last = self._loads.get(exercise.id)
        if last is not None:
            load, left = last
            heavier = [each for each in own if each.mass.kg > load.mass.kg]
            # Convention: a step of at most a tenth of what is moved; where bells are farther apart, more in reserve.
            far = bool(heavier) and self._moved(exercise, heavier[0]) > 1.1 * self._moved(exercise, load)
            if heavier and not hurting and left >= wanted + (4 if far else 2):
                return heavier[0]
            return load
        if exercise.id in self._strength:
            # Known at body weight: the least that can be added.
            return own[0]
        # Convention: a beginner picks up a few kilograms, a lifter a quarter of body mass, half of that on one leg.
        share = (0.1 if self._runner.novice else 0.3) * (0.5 if exercise.sides is Sides.UNILATERAL else 1.0)
        light = [each for each in own if each.mass.kg <= share * self._mass]
        return light[-1] if light else own[0]

    def _one_set(
        self, asked: Prescription, exercise: Exercise, load: Load, number: int, top: int
    ) -> tuple[Reps | Hold, RIR | None]:
        amount = asked.amount
        if isinstance(amount, Reps):
            most = self._reps(exercise, load) - 0.5 * number + self._dice.near(0, 0.6)
            # No set to failure: whoever cannot reach the bottom of the range with one in reserve stops short of it.
            figure = int(max(1.0, min(top, most - _wanted(asked), max(1.0, most - 1))))
            left = None
            if asked.rir is not None:
                felt = int(most - figure + 0.5 + self._dice.near(0, 0.4))
                left = RIR(float(max(1, min(8, felt))))
            return Reps(figure), left
        if isinstance(amount, Hold) and exercise.hard:
            least = self._holds.setdefault(exercise.id, amount.low + self._dice.between(4.0, 15.0))
            return Hold(int(max(5.0, min(top, least - 2 * number)))), None
        return type(amount)(max(1, top)), None  # type: ignore[return-value]

    def _grow(self, exercise: Exercise) -> None:
        first = self._first[exercise.id]
        room = max(0.0, 1.0 - (self._strength[exercise.id] / first - 1.0) / (self._room - 1.0))
        self._strength[exercise.id] *= 1 + self._gain * room * self._dice.between(0.3, 1.7)
        if exercise.id in self._holds:
            self._holds[exercise.id] += self._dice.between(0.0, 3.5)


def _wanted(asked: Prescription) -> float:
    """Return the repetitions in reserve that are asked for, or that are kept where nothing is asked."""
    return asked.rir.reps if asked.rir is not None else 3.0
