"""Runs, other training, the usual week and the races it leads to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import ClassVar

from runstrong.model.errors import Problem
from runstrong.model.quantities import Distance, Duration, SessionRPE
from runstrong.model.value import Value, carried, identifier, limited, many, repeated, value
from runstrong.model.words import (
    DayPart,
    PainKind,
    PainMoment,
    Priority,
    Region,
    RPEBasis,
    RunKind,
    Side,
    Tissue,
    Weekday,
)

__all__ = ["Activity", "Calendar", "DatedException", "Pain", "Race", "Run", "RunningWeek", "UsualRun"]


def _no_estimate(what: str, basis: RPEBasis) -> Problem:
    return Problem(f"{what}.rpe_basis", f"{basis} without a session RPE", "felt", "state session_rpe too")


@value
class Pain(Value):
    """Pain as reported: where, how much, what kind and when. Pain unknown is not pain 0: leave it out instead.

    Args:
        region: of the body.
        side: left, right, both, or none where sides have no meaning.
        score: 0 (none) to 10 (worst imaginable).
        kind: dull, or one of the kinds that are warning signs.
        when: during the exercise or run, or the morning after.
    """

    region: Region
    side: Side = Side.NONE
    score: int = limited(0, 10)
    kind: PainKind = PainKind.DULL
    when: PainMoment = PainMoment.DURING


@value
class Run(Value):
    """One run, done or planned.

    Args:
        date: local date.
        day_part: when in the day; unknown is not midday.
        kind: easy, long, intervals and so on.
        distance: None when unknown.
        duration: None when unknown.
        session_rpe: how hard it was, 0 to 10; None when unknown.
        rpe_basis: whether the session RPE was felt, or estimated from heart rate or pace.
        pain: what hurt, during or the next morning; empty means nothing was recorded.
        priority: for races, A, B or C; a C race counts as a quality run.
    """

    date: dt.date
    day_part: DayPart = DayPart.UNKNOWN
    kind: RunKind = RunKind.EASY
    distance: Distance | None = None
    duration: Duration | None = None
    session_rpe: SessionRPE | None = None
    rpe_basis: RPEBasis = RPEBasis.FELT
    pain: tuple[Pain, ...] = many(default=())
    priority: Priority | None = None

    def _conflicts(self) -> Iterable[Problem]:
        if self.session_rpe is None and self.rpe_basis.estimated:
            yield _no_estimate("Run", self.rpe_basis)
        if self.priority is not None and self.kind is not RunKind.RACE:
            yield Problem("Run.priority", f"{self.priority} on a run of kind {self.kind}", "a race", "set kind: race")

    @property
    def big_race(self) -> bool:
        """Whether it is an A or B race, with windows before and after."""
        return self.kind is RunKind.RACE and self.priority is not None and self.priority is not Priority.C


@value
class Activity(Value):
    """Other training that loads the body: cycling, swimming, classes, team sport, yoga.

    Args:
        date: local date.
        day_part: when in the day.
        name: of the sport.
        duration: None when unknown.
        session_rpe: how hard it was, 0 to 10; None when unknown.
        rpe_basis: whether the session RPE was felt, or estimated from heart rate or pace.
        tissues: that it loads; empty when not known.
    """

    date: dt.date
    day_part: DayPart = DayPart.UNKNOWN
    name: str
    duration: Duration | None = None
    session_rpe: SessionRPE | None = None
    rpe_basis: RPEBasis = RPEBasis.FELT
    tissues: tuple[Tissue, ...] = many(default=(), ordered=False)

    def _conflicts(self) -> Iterable[Problem]:
        if self.session_rpe is None and self.rpe_basis.estimated:
            yield _no_estimate("Activity", self.rpe_basis)


@value
class UsualRun(Value):
    """A run of the usual week, on its weekday.

    Args:
        day: of the week.
        day_part: when in the day; unknown is not midday.
        kind: easy, long, intervals and so on.
        distance: None when unknown.
        duration: None when unknown.
    """

    day: Weekday
    day_part: DayPart = DayPart.UNKNOWN
    kind: RunKind = RunKind.EASY
    distance: Distance | None = None
    duration: Duration | None = None

    def on(self, date: dt.date) -> Run:
        """Return the run as planned for `date`."""
        return Run(date=date, day_part=self.day_part, kind=self.kind, distance=self.distance, duration=self.duration)


@value
class DatedException(Value):
    """A date on which the usual week does not hold: these runs stand instead, none if the day is free.

    Args:
        date: the day.
        runs: that stand instead, each on the weekday of the date; empty for a free day.
    """

    date: dt.date
    runs: tuple[UsualRun, ...] = many(default=())

    def _conflicts(self) -> Iterable[Problem]:
        for run in self.runs:
            if run.day.number != self.date.weekday():
                allowed = f"{Weekday.of(self.date.weekday())}, the day of {self.date}"
                yield Problem("DatedException.runs", str(run.day), allowed)


@value
class RunningWeek(Value):
    """The runner's usual week; dated exceptions and a dated calendar stand before it where they speak.

    Args:
        runs: of the usual week, by weekday.
        exceptions: dates on which other runs, or none, stand instead.
    """

    runs: tuple[UsualRun, ...] = many(default=())
    exceptions: tuple[DatedException, ...] = many(default=())

    def _conflicts(self) -> Iterable[Problem]:
        dates = [exception.date for exception in self.exceptions]
        for date in repeated(dates):
            yield Problem("RunningWeek.exceptions", f"{date} twice", "each date once")

    def on(self, date: dt.date) -> tuple[Run, ...]:
        """Return the runs planned for `date`, earliest in the day first."""
        for exception in self.exceptions:
            if exception.date == date:
                chosen: Iterable[UsualRun] = exception.runs
                break
        else:
            chosen = (run for run in self.runs if run.day.number == date.weekday())
        return tuple(sorted((run.on(date) for run in chosen), key=lambda run: run.day_part.order))


@value
class Calendar(Value):
    """Dated runs, as a file or another program's calendar gives them.

    Args:
        runs: by date.
        rest: dates that are said to be free of running.
        remarks: what a reader passed by or took in a certain way, each with its place; not part of the value.
    """

    kind_of_document: ClassVar[str] = "calendar"

    runs: tuple[Run, ...] = many(default=())
    rest: tuple[dt.date, ...] = many(default=(), ordered=False)
    remarks: tuple[Problem, ...] = carried(default=())

    def _conflicts(self) -> Iterable[Problem]:
        dated = {run.date for run in self.runs}
        for date in self.rest:
            if date in dated:
                yield Problem("Calendar.rest", f"{date}, which holds a run", "dates without runs", "take one out")

    @property
    def span(self) -> tuple[dt.date, dt.date] | None:
        """First and last date it speaks of; None when it is empty."""
        days = [*(run.date for run in self.runs), *self.rest]
        return (min(days), max(days)) if days else None


@value
class Race(Value):
    """A race on the calendar.

    Args:
        id: permanent name.
        date: of the race.
        distance: None when unknown.
        priority: A is what the season is for, B matters, C is a quality run.
        name: as shown.
        day_part: when it starts.
    """

    id: str = identifier()
    date: dt.date
    distance: Distance | None = None
    priority: Priority = Priority.A
    name: str = ""
    day_part: DayPart = DayPart.MORNING

    @property
    def run(self) -> Run:
        """The race as a run on the calendar."""
        return Run(
            date=self.date, day_part=self.day_part, kind=RunKind.RACE, distance=self.distance, priority=self.priority
        )
