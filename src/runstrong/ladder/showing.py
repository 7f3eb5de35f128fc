"""What a performance shows: its sets against what was asked, read once; and a day's performances as one."""

from __future__ import annotations

from collections.abc import Iterable

from runstrong.model.errors import InvalidValue, Problem
from runstrong.model.log import Performance, Readiness
from runstrong.model.prescription import Band, BodyWeight, External, Load, Prescription
from runstrong.model.running import Pain
from runstrong.model.value import evolve
from runstrong.model.words import DayPart, Form, PainMoment, Side

__all__ = ["Shown", "amounts_of", "merged", "merged_readiness"]

_NOTHING = (0, 0, 0, 0, 0, 0)


class Shown:
    """The weakest link of a performance: what its worst set showed, and what every set together did.

    Raises `InvalidValue` where a set is not counted as the exercise is.

    Attributes:
        sets: done on the side that did fewer.
        worst: least amount of any set on any side; 0 when no set was recorded.
        total: amounts of all sets, on the side that did less.
        reserve: least repetitions in reserve of any set; None when one of them is unknown.
        kilograms: least load of any set; None when one is not stated in mass.
        found: the load of the lightest set, where it is one.
        bands: of the sets, where every one was done with a band.
        failed: points of technique that broke down in any set.
        assisted: whether anything helped.
        missing: the side that was not done or not told, or None.
        during: worst pain during the exercise; None when none was recorded.
        morning: worst pain of the next morning; None when none was recorded.
        flags: kinds of pain that are warning signs.
    """

    __slots__ = (
        "assisted", "bands", "during", "failed", "flags", "found", "kilograms", "missing", "morning", "reserve",
        "sets", "total", "worst",
    )  # fmt: skip

    sets: int
    worst: int
    total: int
    reserve: float | None
    kilograms: float | None
    found: Load | None
    bands: tuple[Band, ...]
    failed: tuple[Form, ...]
    assisted: bool
    missing: Side | None
    during: int | None
    morning: int | None
    flags: tuple[str, ...]

    def __init__(self, done: Performance, asked: Prescription) -> None:
        sets = done.sets
        sides = self._lift(done, asked) if sets else _NOTHING
        wanted = asked.side
        left, left_total, right, right_total, none, none_total = sides
        self.missing = None
        if wanted is Side.NONE:
            self.sets = none + max(left, right)
            self.total = none_total + max(left_total, right_total)
        elif wanted is Side.BOTH:
            self.sets = min(left, right)
            self.total = min(left_total, right_total)
            if left == 0 or right == 0:
                self.missing = Side.BOTH if left == right else Side.LEFT if left == 0 else Side.RIGHT
        else:
            self.sets, self.total = (left, left_total) if wanted is Side.LEFT else (right, right_total)
            self.missing = None if self.sets else wanted
        if not sets:
            self.worst, self.reserve, self.kilograms, self.found = 0, None, None, None
            self.failed, self.assisted, self.bands = (), False, ()
        self.during = None
        self.morning = None
        self.flags = ()
        if done.pain:
            self._feel(done.pain)

    def _lift(self, done: Performance, asked: Prescription) -> tuple[int, int, int, int, int, int]:
        """Read the sets in one pass; return sets and amounts of the left side, the right side and neither."""
        left = right = none = left_total = right_total = none_total = 0
        unit = type(asked.amount)
        worst, reserve, lightest = 1_000_000, 11.0, 1e9
        unrated = unclear = assisted = False
        found: Load | None = None
        failed: tuple[Form, ...] = ()
        bands: tuple[Band, ...] = ()
        for one in done.sets:
            amount, side, load = one.amount, one.side, one.load
            if type(amount) is not unit:
                raise _other_unit(done, asked)
            got = amount.low
            if side is Side.LEFT:
                left, left_total = left + 1, left_total + got
            elif side is Side.RIGHT:
                right, right_total = right + 1, right_total + got
            else:
                none, none_total = none + 1, none_total + got
            worst = min(worst, got)
            if one.rir is None:
                unrated = True
            elif one.rir.reps < reserve:
                reserve = one.rir.reps
            mass = load.mass.kg if type(load) is External else 0.0
            if type(load) is not External and type(load) is not BodyWeight:
                unclear, found = True, load
                if type(load) is Band:
                    bands = (*bands, load)
            elif mass < lightest:
                lightest, found = mass, found if unclear else load
            if one.failed_form:
                failed = (*failed, *one.failed_form)
            if one.assistance:
                assisted = True
        self.worst, self.failed, self.assisted, self.found = worst, failed, assisted, found
        self.reserve = None if unrated else reserve
        self.kilograms = None if unclear else lightest
        self.bands = bands if len(bands) == len(done.sets) else ()
        return left, left_total, right, right_total, none, none_total

    def best_of(self, done: Performance, wanted: Side, count: int) -> int:
        """Return the amounts of the best `count` sets together, on the side that did less."""
        sides: dict[Side, list[int]] = {Side.LEFT: [], Side.RIGHT: [], Side.NONE: []}
        for one in done.sets:
            sides[one.side].append(one.amount.low)
        left, right = (sum(sorted(sides[side], reverse=True)[:count]) for side in (Side.LEFT, Side.RIGHT))
        if wanted is Side.BOTH:
            return min(left, right)
        if wanted is not Side.NONE:
            return left if wanted is Side.LEFT else right
        sided = max(sides[Side.LEFT], sides[Side.RIGHT], key=sum)
        return sum(sorted([*sides[Side.NONE], *sided], reverse=True)[:count])

    def _feel(self, pains: Iterable[Pain]) -> None:
        for pain in pains:
            if pain.kind.red_flag:
                self.flags = (*self.flags, str(pain.kind))
            if pain.when is PainMoment.DURING:
                self.during = max(self.during or 0, pain.score)
            else:
                self.morning = max(self.morning or 0, pain.score)

    @property
    def pain(self) -> int | None:
        """Worst pain of either moment; None when none was recorded."""
        if self.during is None:
            return self.morning
        return self.during if self.morning is None else max(self.during, self.morning)


def _other_unit(done: Performance, asked: Prescription) -> InvalidValue:
    wrong = next(
        (place, one.amount) for place, one in enumerate(done.sets) if type(one.amount) is not type(asked.amount)
    )
    place = f"performance of {done.exercise} on {done.date}, sets[{wrong[0]}].amount"
    return InvalidValue(
        [Problem(place, str(wrong[1]), f"an amount in {asked.amount.unit}, as {asked.exercise} is counted")]
    )


def amounts_of(done: Performance) -> tuple[int, ...]:
    """Return the amount of each set, left and right paired and the lesser one told, in the order they were done."""
    sides: dict[Side, list[int]] = {Side.LEFT: [], Side.RIGHT: [], Side.NONE: []}
    for one in done.sets:
        sides[one.side].append(one.amount.low)
    left, right = sides[Side.LEFT], sides[Side.RIGHT]
    paired = [min(pair) for pair in zip(left, right, strict=False)]
    return (*sides[Side.NONE], *(paired or left or right))


def merged(performances: Iterable[Performance]) -> Performance:
    """Return the performances of one exercise on one day as one, the same in whatever order they are given."""
    several = list(performances)
    if len(several) > 1:
        several = sorted(set(several), key=_order)  # the same entry twice is one session written twice
    if len(several) == 1:
        return several[0]
    first = several[0]
    return evolve(
        first,
        day_part=first.day_part if len({each.day_part for each in several}) == 1 else DayPart.UNKNOWN,
        sets=tuple(one for each in several for one in each.sets),
        pain=tuple(pain for each in several for pain in each.pain),
        note=None,
    )


def _order(done: Performance) -> tuple[int, str, str]:
    return done.day_part.order, done.session or "", repr(done)


def merged_readiness(mornings: Iterable[Readiness]) -> Readiness | None:
    """Return the readiness of one day as one: of entries that differ, the worse counts."""
    several = list(mornings)
    if len(several) < 2:
        return several[0] if several else None
    nights = [each.sleep for each in several if each.sleep is not None]
    stresses = [each.stress for each in several if each.stress is not None]
    known = [each.ill for each in several if each.ill is not None]
    return Readiness(
        date=several[0].date,
        sleep=min(nights, key=lambda night: night.seconds) if nights else None,
        stress=max(stresses, default=None),
        soreness=tuple(sorted({sore for each in several for sore in each.soreness}, key=repr)),
        ill=any(known) if known else None,
        red_flags=tuple(sorted({flag for each in several for flag in each.red_flags})),
    )
