"""A ladder of exercises: where it starts, what opens each next rung, and what comes after the last."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from runstrong.model.errors import Problem
from runstrong.model.prescription import Amount, BodyWeight, External, Load, PercentOfMax, Tempo
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
        rir_at_least: repetitions in reserve in every set.
        both_sides: whether each side has to meet it.
        clean_form: whether a failed form flag holds the rung.
        pain_at_most: during the exercise and the next morning, 0 to 10.
        sessions: how many sessions in a row.
    """

    amount_over: int | None = limited(0, 2000, default=None)
    amount_at_least: int | None = limited(1, 2000, default=None)
    rir_at_least: RIR | None = None
    both_sides: bool = True
    clean_form: bool = True
    pain_at_most: int = limited(0, 5, default=2)
    sessions: int = limited(1, 12, default=2)

    def _conflicts(self) -> Iterable[Problem]:
        if (self.amount_over is None) == (self.amount_at_least is None):
            yield Problem("Criterion", "amount_over and amount_at_least both or neither", "exactly one of the two")

    def __str__(self) -> str:
        amount = f"more than {self.amount_over}" if self.amount_over is not None else f"{self.amount_at_least} or more"
        effort = f" with {self.rir_at_least.reps:g} in reserve" if self.rir_at_least is not None else ""
        sides = " on each side" if self.both_sides else ""
        times = f", {self.sessions} sessions in a row" if self.sessions > 1 else ""
        clean = ", clean" if self.clean_form else ""
        return f"{amount} in every set{sides}{effort}{clean}, pain {self.pain_at_most} at most{times}"


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
        bar = self.criterion.amount_at_least or (self.criterion.amount_over or 0) + 1
        if bar > self.ceiling.high:
            yield Problem(f"{place}.criterion", f"{bar} {self.amount.unit}", f"within the ceiling, {self.ceiling}")
        if len(set(self.overload)) != len(self.overload):
            yield Problem(f"{place}.overload", ", ".join(map(str, self.overload)), "each axis once")

    @property
    def loaded(self) -> bool:
        """Whether external load is part of this rung."""
        return not isinstance(self.load, BodyWeight) or OverloadAxis.LOAD in self.overload

    @property
    def starts_loaded(self) -> bool:
        """Whether the rung is entered with load already."""
        return not isinstance(self.load, BodyWeight)

    @property
    def heavy_by_load(self) -> bool:
        """Whether its starting load is stated in kilograms or as a share of the maximum."""
        return isinstance(self.load, (External, PercentOfMax))


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
