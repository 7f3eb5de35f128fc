"""A ladder of exercises: where it starts, what opens each next rung, and what comes after the last."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from runstrong.model.errors import Problem
from runstrong.model.exercise import Exercise
from runstrong.model.prescription import (
    Amount,
    BodyWeight,
    Degree,
    Load,
    Prescription,
    Tempo,
    faulty_degrees,
)
from runstrong.model.quantities import RIR, Duration
from runstrong.model.value import Value, identifier, limited, many, value
from runstrong.model.words import Level, OverloadAxis, Region

__all__ = ["Criterion", "Prerequisite", "Progression", "Rung"]


@value
class Criterion(Value):
    """What has to be seen before a rung is left upward. Every stated part must hold.

    Args:
        amount_over: in every set, strictly more than this many reps, seconds, contacts, meters or minutes.
        amount_at_least: in every set, at least this many.
        top_of_range: in every set, the top of the range as it is asked by then.
        rir_at_least: repetitions in reserve in every set.
        both_sides: whether each side has to meet it.
        clean_form: whether a failed form flag holds the rung.
        pain_at_most: during the exercise and the next morning, 0 to 10.
        sessions: how many sessions in a row; two is the field's two-for-two.
        weeks: full weeks on the rung before it is left; until then what is met makes the rung itself harder.
    """

    amount_over: int | None = limited(0, 2000, default=None)
    amount_at_least: int | None = limited(1, 2000, default=None)
    top_of_range: bool = False
    rir_at_least: RIR | None = None
    both_sides: bool = True
    clean_form: bool = True
    pain_at_most: int = limited(0, 5, default=2)
    sessions: int = limited(1, 12, default=2)
    weeks: int | None = limited(1, 52, default=None)

    def _conflicts(self) -> Iterable[Problem]:
        stated = (self.amount_over is not None) + (self.amount_at_least is not None) + self.top_of_range
        if stated != 1:
            fact = f"{stated} of amount_over, amount_at_least and top_of_range"
            yield Problem("Criterion", fact, "exactly one of the three")

    def bar(self, amount: Amount) -> int:
        """Return the least amount per set that meets it on a rung that asks for `amount`.

        Example:
            >>> from runstrong.model.prescription import Reps
            >>> Criterion(amount_over=10).bar(Reps(11, 15)), Criterion(top_of_range=True).bar(Reps(8, 12))
            (11, 12)
        """
        if self.amount_over is not None:
            return self.amount_over + 1
        return self.amount_at_least if self.amount_at_least is not None else amount.high

    def __str__(self) -> str:
        amount = f"more than {self.amount_over}" if self.amount_over is not None else f"{self.amount_at_least} or more"
        if self.top_of_range:
            amount = "the top of the range"
        effort = f" with {self.rir_at_least.reps:g} in reserve" if self.rir_at_least is not None else ""
        sides = " on each side" if self.both_sides else ""
        times = f", {self.sessions} sessions in a row" if self.sessions > 1 else ""
        clean = ", clean" if self.clean_form else ""
        stay = f", after {self.weeks} weeks on the rung" if self.weeks is not None else ""
        return f"{amount} in every set{sides}{effort}{clean}, pain {self.pain_at_most} at most{times}{stay}"


@value
class Prerequisite(Value):
    """What has to stand before a rung may be entered: a rung elsewhere, an assessment, or weeks of training.

    Args:
        progression: id of another ladder, with `rung` the exercise reached on it.
        rung: exercise id of that ladder's rung.
        assessment: exercise id of an assessment that has to be passed.
        at_least: what the assessment has to reach.
        weeks: full weeks of strength training before.
    """

    progression: str | None = identifier(default=None)
    rung: str | None = identifier(default=None)
    assessment: str | None = identifier(default=None)
    at_least: int | None = limited(1, 2000, default=None)
    weeks: int | None = limited(1, 52, default=None)

    def _conflicts(self) -> Iterable[Problem]:
        if (self.progression is None) != (self.rung is None):
            yield Problem("Prerequisite", "progression or rung alone", "both together")
        if (self.assessment is None) != (self.at_least is None):
            yield Problem("Prerequisite", "assessment or at_least alone", "both together")
        if self.progression is None and self.assessment is None and self.weeks is None:
            yield Problem("Prerequisite", "nothing asked for", "a rung, an assessment or weeks")


@value
class Rung(Value):
    """One step of a ladder.

    Args:
        exercise: id of the exercise.
        level: lowest level at which a runner without a log may start here.
        sets: to start with.
        amount: to start with, per side.
        load: to start with.
        rir: effort target.
        tempo: of a repetition.
        rest: between sets.
        degrees: range, support, lever, height, speed to start with, where they differ from the exercise as described.
        ceiling: amount at which more of the same stops making sense.
        overload: what is made harder on this rung, in order.
        criterion: what opens the next rung.
        prerequisites: what has to stand before this rung is entered; all of them.
    """

    exercise: str = identifier()
    level: Level
    sets: int = limited(1, 20)
    amount: Amount
    load: Load = BodyWeight()
    rir: RIR | None = None
    tempo: Tempo | None = None
    rest: Duration | None = limited(0, 900, default=None)
    degrees: tuple[Degree, ...] = many(default=())
    ceiling: Amount
    overload: tuple[OverloadAxis, ...] = many(least=1)
    criterion: Criterion
    prerequisites: tuple[Prerequisite, ...] = many(default=())

    def _conflicts(self) -> Iterable[Problem]:
        place = f"Rung {self.exercise}"
        if self.ceiling.count is not self.amount.count:
            yield Problem(f"{place}.ceiling", str(self.ceiling), f"an amount counted in {self.amount.count}")
        elif self.ceiling.high < self.amount.high:
            yield Problem(f"{place}.ceiling", str(self.ceiling), f"at least the starting amount, {self.amount}")
        bar = self.criterion.bar(self.amount)
        if bar > self.ceiling.high:
            yield Problem(f"{place}.criterion", f"{bar} {self.amount.unit}", f"within the ceiling, {self.ceiling}")
        if len(set(self.overload)) != len(self.overload):
            yield Problem(f"{place}.overload", ", ".join(map(str, self.overload)), "each axis once")
        yield from faulty_degrees(f"{place}.degrees", self.degrees)
        for degree in self.degrees:
            if degree.axis not in self.overload:
                cure = f"add {degree.axis} to overload"
                yield Problem(f"{place}.degrees", str(degree), "degrees of the axes that the rung overloads", cure)

    @property
    def loaded(self) -> bool:
        """Whether external load is part of this rung."""
        return not isinstance(self.load, BodyWeight) or OverloadAxis.LOAD in self.overload

    def start(self, exercise: Exercise, progression: str | None = None) -> Prescription:
        """Return the prescription that the rung starts with.

        Args:
            exercise: the rung's own.
            progression: id of the ladder that it stands on.
        """
        return Prescription(
            exercise=self.exercise, sets=self.sets, amount=self.amount, side=exercise.side, load=self.load,
            rir=self.rir, tempo=self.tempo, rest=self.rest, degrees=self.degrees, progression=progression,
        )  # fmt: skip

    @property
    def starts_loaded(self) -> bool:
        """Whether the rung is entered with load already."""
        return not isinstance(self.load, BodyWeight)


@value
class Progression(Value):
    """A ladder of rungs from the easiest form to the hardest.

    Args:
        id: permanent name in kebab case.
        name: as shown to a runner.
        purpose: why a runner climbs it, in one sentence.
        region: the region that it covers.
        rungs: easiest first.
        after_last: what a runner does who has outgrown the last rung.
        sources: ids of sources, or ``convention``.
    """

    kind_of_document: ClassVar[str] = "progression"

    id: str = identifier()
    name: str
    purpose: str
    region: Region
    rungs: tuple[Rung, ...] = many(least=1)
    after_last: str
    sources: tuple[str, ...] = many(ordered=False, least=1, names=True)

    def _conflicts(self) -> Iterable[Problem]:
        levels = [rung.level.value for rung in self.rungs]
        if levels != sorted(levels):
            yield Problem(f"Progression {self.id}.rungs", f"levels {levels}", "levels that never fall")
        first = self.rungs[0].prerequisites
        if any(asked.progression == self.id for asked in first):
            fact = "asks for a rung of its own ladder"
            yield Problem(f"Progression {self.id}.rungs[0]", fact, "another ladder's rung")

    def rung_of(self, exercise: str) -> int | None:
        """Return the place of the first rung with `exercise`, or None."""
        return next((place for place, rung in enumerate(self.rungs) if rung.exercise == exercise), None)
