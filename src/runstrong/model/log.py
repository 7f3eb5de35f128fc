"""What was done: sets, pain, readiness, and how much of the time the log vouches for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import ClassVar

from runstrong.model.errors import Problem
from runstrong.model.prescription import Amount, BodyWeight, Load
from runstrong.model.quantities import RIR, Duration, SessionRPE
from runstrong.model.remarks import Remark
from runstrong.model.running import Activity, Pain, Run
from runstrong.model.value import Value, carried, identifier, limited, many, value
from runstrong.model.words import DayPart, Form, PartName, Region, Side

__all__ = ["Coverage", "Log", "Performance", "PerformedSet", "Readiness", "Soreness"]


@value
class PerformedSet(Value):
    """One set as done on one side; left and right stand as two entries and pair into one set.

    Args:
        side: `none` for exercises without sides.
        amount: what was reached.
        load: what was carried.
        rir: repetitions left; None when unknown.
        failed_form: points of technique that broke down.
        assistance: what helped, such as a light hand on the wall; empty for none.
    """

    side: Side = Side.NONE
    amount: Amount
    load: Load = BodyWeight()
    rir: RIR | None = None
    failed_form: tuple[Form, ...] = many(default=(), ordered=False)
    assistance: str = ""

    def _conflicts(self) -> Iterable[Problem]:
        if self.amount.low != self.amount.high:
            yield Problem("PerformedSet.amount", str(self.amount), "the one figure that was reached")
        if self.side is Side.BOTH:
            yield Problem("PerformedSet.side", "both", "left, right or none", "write one entry for each side")


@value
class Performance(Value):
    """One exercise as done on one day.

    Args:
        date: local date.
        day_part: when in the day.
        exercise: id of the exercise.
        sets: as done; empty means done, but sets were not recorded.
        session: id of the planned session that it belongs to.
        part: warm-up, main or cool-down.
        session_rpe: of the whole session that it stood in.
        pain: what hurt; empty means nothing was recorded.
        duration: of this exercise; None when unknown.
        note: a remark.
    """

    date: dt.date
    day_part: DayPart = DayPart.UNKNOWN
    exercise: str = identifier()
    sets: tuple[PerformedSet, ...] = many(default=())
    session: str | None = identifier(default=None)
    part: PartName = PartName.MAIN
    duration: Duration | None = None
    session_rpe: SessionRPE | None = None
    pain: tuple[Pain, ...] = many(default=())
    note: str | None = None

    @property
    def paired_sets(self) -> int:
        """How many sets were done, a left and a right one counting as one."""
        left = sum(done.side is Side.LEFT for done in self.sets)
        right = sum(done.side is Side.RIGHT for done in self.sets)
        return max(left, right) + (len(self.sets) - left - right)


@value
class Soreness(Value):
    """Muscle soreness of a region, 0 to 10.

    Args:
        region: of the body.
        score: 0 (none) to 10.
    """

    region: Region
    score: int = limited(0, 10)


@value
class Readiness(Value):
    """How a day began. None means not recorded, which is not the same as good.

    Args:
        date: of the morning.
        sleep: last night's.
        stress: 0 (none) to 10.
        soreness: by region.
        ill: whether ill.
        red_flags: any warning sign that calls for a clinician, in the runner's words.
    """

    date: dt.date
    sleep: Duration | None = limited(0, 86_400, default=None)
    stress: int | None = limited(0, 10, default=None)
    soreness: tuple[Soreness, ...] = many(default=())
    ill: bool | None = None
    red_flags: tuple[str, ...] = many(default=())


@value
class Coverage(Value):
    """A stretch of days for which the log vouches that what is not written did not happen.

    Args:
        first: first day.
        last: last day.
        runs: whether all runs are in it.
        strength: whether all strength sessions are.
        warm_ups: whether warm-ups and stretches are.
        readiness: whether mornings are.
    """

    first: dt.date
    last: dt.date
    runs: bool = True
    strength: bool = False
    warm_ups: bool = False
    readiness: bool = False

    def _conflicts(self) -> Iterable[Problem]:
        if self.last < self.first:
            yield Problem("Coverage.last", str(self.last), f"on or after {self.first}")

    def holds(self, date: dt.date) -> bool:
        """Whether `date` lies within it."""
        return self.first <= date <= self.last


@value
class Log(Value):
    """What a runner has done, and for which days that is the whole truth.

    Args:
        coverage: the days for which what is not written did not happen.
        runs: as done.
        activities: other training.
        performances: strength and mobility work, exercise by exercise.
        readiness: how days began.
        remarks: what a reader could not read, passed by or took in a certain way, each with its place; travels with
            the log without being part of it.
    """

    kind_of_document: ClassVar[str] = "log"

    coverage: tuple[Coverage, ...] = many(default=())
    runs: tuple[Run, ...] = many(default=())
    activities: tuple[Activity, ...] = many(default=())
    performances: tuple[Performance, ...] = many(default=())
    readiness: tuple[Readiness, ...] = many(default=())
    remarks: tuple[Remark, ...] = carried(default=())

    def covers(self, date: dt.date, what: str) -> bool:
        """Whether the log vouches for `what` (runs, strength, warm_ups, readiness) on `date`."""
        return any(part.holds(date) and getattr(part, what) for part in self.coverage)

    @property
    def span(self) -> tuple[dt.date, dt.date] | None:
        """First and last day with training or coverage, or None when there is neither."""
        days = [run.date for run in self.runs]
        days += [activity.date for activity in self.activities]
        days += [done.date for done in self.performances]
        days += [day for part in self.coverage for day in (part.first, part.last)]
        return (min(days), max(days)) if days else None
