"""The runner: who they are, what they own, when they can train, and what their body has been through."""

from __future__ import annotations

import datetime as dt
import functools
import itertools
from collections.abc import Iterable
from typing import ClassVar

from runstrong.model.errors import Problem
from runstrong.model.findings import Waiver
from runstrong.model.quantities import RIR, Distance, Duration, Mass
from runstrong.model.rules import Grade, Override
from runstrong.model.running import Calendar, DatedException, Race, Run, RunningWeek
from runstrong.model.value import Value, evolve, identifier, limited, many, repeated, value
from runstrong.model.words import (
    Clearance,
    DayPart,
    Deficit,
    Equipment,
    Goal,
    Level,
    Place,
    Position,
    Region,
    Sex,
    Side,
    StrengthDayPolicy,
    Weekday,
)

__all__ = [
    "Assessment",
    "Availability",
    "DatedAvailability",
    "Injury",
    "Kit",
    "Lift",
    "Limitations",
    "Runner",
    "Weights",
]

_BACK = tuple(dt.timedelta(days=days) for days in range(7))
_HOUSEHOLD = frozenset(piece for piece in Equipment if piece.household)


@value
class Weights(Value):
    """Loads of one kind that a runner owns.

    Args:
        kind: dumbbell, kettlebell, barbell, backpack ...
        each: the masses of the single pieces that can be set, ascending; an adjustable dumbbell lists its steps.
        pieces: how many of each can be used at once.
    """

    kind: Equipment
    each: tuple[Mass, ...] = many(ordered=False, least=1)
    pieces: int = limited(1, 4, default=1)

    def totals(self) -> tuple[tuple[Mass, int], ...]:
        """Return each total load with the number of pieces that make it, lightest first.

        One piece may be used alone; where two pieces give the same total as one, the single piece stands.
        """
        best: dict[float, tuple[Mass, int]] = {}
        for count in range(1, self.pieces + 1):
            for mass in self.each:
                total = mass * count
                best.setdefault(round(total.kg, 2), (total, count))
        return tuple(best[key] for key in sorted(best))


@value
class Kit(Value):
    """What stands ready at one place.

    Args:
        place: home, gym or travel.
        equipment: what can be used; household things (wall, chair, step, towel, backpack) need no mention.
        weights: loads that can be chosen from.
        backpack_up_to: what a filled backpack is taken to hold, in steps of `backpack_step`.
    """

    place: Place = Place.HOME
    equipment: tuple[Equipment, ...] = many(default=(), ordered=False)
    weights: tuple[Weights, ...] = many(default=())
    backpack_up_to: Mass = limited(0, 40, default=Mass(15.0))
    backpack_step: Mass = limited(0.01, 10, default=Mass(1.0))

    @property
    def owned(self) -> frozenset[Equipment]:
        """Everything usable here, household things and the kinds of the weights with it."""
        return _HOUSEHOLD.union(self.equipment, (weights.kind for weights in self.weights))

    def loads_for(self, loaded_by: Iterable[Equipment]) -> tuple[tuple[Mass, int], ...]:
        """Return the external loads, with pieces, that can be set here by any of `loaded_by`, lightest first."""
        return _loads_of(self, frozenset(loaded_by))


@functools.lru_cache(maxsize=1024)
def _loads_of(kit: Kit, kinds: frozenset[Equipment]) -> tuple[tuple[Mass, int], ...]:
    """Return what `Kit.loads_for` returns; a season asks for the same few again and again."""
    best: dict[float, tuple[Mass, int]] = {}
    for weights in kit.weights:
        if weights.kind in kinds:
            for mass, pieces in weights.totals():
                best.setdefault(round(mass.kg, 2), (mass, pieces))
    if Equipment.BACKPACK in kinds:
        steps = int(kit.backpack_up_to.kg / kit.backpack_step.kg + 1e-9)
        for count in range(1, steps + 1):
            mass = kit.backpack_step * count
            best.setdefault(round(mass.kg, 2), (mass, 1))
    return tuple(best[key] for key in sorted(best))


@value
class Availability(Value):
    """When strength may stand on one weekday.

    Args:
        day: of the week.
        day_parts: allowed parts of the day; empty means any.
        minutes: longest session that day; None means the runner's usual length.
        place: whose kit is at hand.
    """

    day: Weekday
    day_parts: tuple[DayPart, ...] = many(default=(), ordered=False)
    minutes: Duration | None = None
    place: Place | None = None


@value
class DatedAvailability(Value):
    """Days on which the usual availability does not hold: a hotel, a holiday, a week with less time.

    What is left out stays as the weekday has it.

    Args:
        first: day on which it begins.
        last: its last day; None means `first` alone.
        open: whether strength may stand: true opens days that are usually closed, false closes them, None leaves that
            as it is.
        day_parts: allowed parts of the day; empty means as usual.
        minutes: longest session of these days; None means as usual.
        place: whose kit is at hand; None means as usual.
        note: why, in the runner's own words.

    Example:
        >>> hotel = DatedAvailability(first=dt.date(2027, 2, 1), last=dt.date(2027, 2, 5), place=Place.TRAVEL)
        >>> hotel.covers(dt.date(2027, 2, 5)), hotel.covers(dt.date(2027, 2, 6))
        (True, False)
    """

    first: dt.date
    last: dt.date | None = None
    open: bool | None = None
    day_parts: tuple[DayPart, ...] = many(default=(), ordered=False)
    minutes: Duration | None = None
    place: Place | None = None
    note: str = ""

    def _conflicts(self) -> Iterable[Problem]:
        if self.last is not None and self.last < self.first:
            yield Problem("DatedAvailability.last", str(self.last), f"on or after {self.first}, its first day")
        if self.open is False and (self.day_parts or self.minutes is not None or self.place is not None):
            cure = "closed days hold no session; leave out open: false, or the rest"
            yield Problem("DatedAvailability.open", "false beside day parts, minutes or a place", "one of both", cure)
        if self.open is None and not self.day_parts and self.minutes is None and self.place is None:
            cure = "say open: false for days without strength"
            yield Problem("DatedAvailability", "nothing that differs", "open, day_parts, minutes or place", cure)

    def covers(self, date: dt.date) -> bool:
        """Whether it speaks of `date`."""
        return self.first <= date <= (self.last or self.first)

    def over(self, usual: Availability | None, day: Weekday) -> Availability | None:
        """Return what holds on such a day where the weekday has `usual`; None means closed."""
        if self.open is False or (usual is None and not self.open):
            return None
        known = usual if usual is not None else Availability(day=day)
        return Availability(
            day=day,
            day_parts=self.day_parts or known.day_parts,
            minutes=self.minutes if self.minutes is not None else known.minutes,
            place=self.place if self.place is not None else known.place,
        )


@value
class Injury(Value):
    """An injury, now or in the past.

    Args:
        region: of the body.
        side: left, right, both, or none where sides have no meaning.
        since: when it began.
        ended: when it was pain-free in daily life; None means it still is there.
        strength_restored: whether a strength test said so; unknown counts as not restored.
        note: a remark, in the runner's own words.
    """

    region: Region
    side: Side = Side.NONE
    since: dt.date
    ended: dt.date | None = None
    strength_restored: bool | None = None
    note: str = ""

    def _conflicts(self) -> Iterable[Problem]:
        if self.ended is not None and self.ended < self.since:
            yield Problem("Injury.ended", str(self.ended), f"on or after {self.since}, when it began")

    def current(self, today: dt.date) -> bool:
        """Whether it is there on `today`."""
        return self.since <= today and (self.ended is None or self.ended > today)

    def recent(self, today: dt.date, days: int) -> bool:
        """Whether it ended within `days` before `today`, or is still there."""
        return self.since <= today and (self.ended is None or (today - self.ended).days <= days)


@value
class Assessment(Value):
    """The result of an assessment exercise on one day, in whole units of its standard: reps, s, cm, degrees, grades.

    Args:
        exercise: id of the assessment exercise.
        date: of the test.
        side: the side that was tested; none where both work at once.
        amount: the result.
    """

    exercise: str = identifier()
    date: dt.date
    side: Side = Side.NONE
    amount: int = limited(0, 5000)


@value
class Lift(Value):
    """A best set of one exercise, from which loads to begin with are worked out.

    Args:
        exercise: id of the exercise.
        date: of the set.
        mass: external load in all, on one side where the exercise has sides.
        reps: done with it; one where the maximum itself was lifted.
        rir: repetitions that were left; None when nobody judged it.
    """

    exercise: str = identifier()
    date: dt.date
    mass: Mass = limited(above=0, high=500)
    reps: int = limited(1, 12, default=1)
    rir: RIR | None = None


@value
class Limitations(Value):
    """What a runner will not or cannot do.

    Args:
        exclude: ids of exercises to leave out.
        positions: body positions to leave out, such as kneeling ones.
    """

    exclude: tuple[str, ...] = many(default=(), ordered=False, names=True)
    positions: tuple[Position, ...] = many(default=(), ordered=False)


@value
class Runner(Value):
    """A runner, as far as planning needs to know them. Everything but the running has a sensible default.

    Args:
        name: as shown on a plan.
        birth_year: for scope (adults; 14-17 supervised), norms and recovery.
        sex: for norms only.
        height: None when unknown.
        body_mass: part of the moved mass; unknown means loads are found by feel.
        running_years: running age: years of regular running.
        strength_years: strength age: years of regular strength training; below 0.5 is a novice.
        last_strength: day of the last strength session before a layoff; None means that training goes on, or unknown.
        level: overrides the level that follows from strength age.
        goals: what the runner wants.
        running: the usual week with its exceptions.
        start: first day to plan when no other is asked for; the runner's file then says all that a plan needs.
        calendar: dated runs; where a week has any, they stand for that whole week.
        races: on the calendar.
        kits: equipment by place; none means a floor.
        place: where strength is done unless a day says otherwise.
        availability: days open to strength; empty means every day.
        exceptions: dated days on which other minutes, parts of the day or another place hold, or none.
        session_length: longest session.
        sessions_per_week: wished; None means what the rules suggest.
        policy: easy and rest days first, or the evening of hard days.
        week_start: first day of the runner's week.
        injuries: now and in the past.
        deficits: stated shortfalls that mobility work may answer.
        limitations: what to leave out.
        assessments: results so far.
        lifts: best sets so far, for loads to begin with; without them loads are found by feel.
        clearance: unknown means no heavy work and no jumps.
        usual_sleep: of an ordinary night; an hour under it is short, for long sleepers the general figure counts too.
        supervised: whether a professional watches; needed from 14 to 17.
        overrides: of rule parameters.
        select: rule codes or families to apply; empty means the rule set's own.
        ignore: rule codes or families to leave out.
        severities: other severities for some rules.
        waivers: single findings accepted with a reason.

    Example:
        >>> from runstrong.model.running import RunningWeek
        >>> Runner(name="Ada", running=RunningWeek()).novice
        True
    """

    kind_of_document: ClassVar[str] = "runner"

    name: str
    birth_year: int | None = limited(1900, 2100, default=None)
    sex: Sex | None = None
    height: Distance | None = limited(0.001, 0.0025, default=None)
    body_mass: Mass | None = limited(25, 250, default=None)
    running_years: float = limited(0, 90, default=1.0)
    strength_years: float = limited(0, 90, default=0.0)
    last_strength: dt.date | None = None
    level: Level | None = None
    goals: tuple[Goal, ...] = many(default=(Goal.HEALTH,))
    running: RunningWeek
    start: dt.date | None = None
    calendar: tuple[Run, ...] = many(default=())
    races: tuple[Race, ...] = many(default=())
    kits: tuple[Kit, ...] = many(default=())
    place: Place = Place.HOME
    availability: tuple[Availability, ...] = many(default=())
    exceptions: tuple[DatedAvailability, ...] = many(default=())
    session_length: Duration = limited(600, 7200, default=Duration(35 * 60.0))
    sessions_per_week: int | None = limited(1, 3, default=None)
    policy: StrengthDayPolicy = StrengthDayPolicy.EASY_DAY
    week_start: Weekday = Weekday.MONDAY
    injuries: tuple[Injury, ...] = many(default=())
    deficits: tuple[Deficit, ...] = many(default=(), ordered=False)
    limitations: Limitations = Limitations()
    assessments: tuple[Assessment, ...] = many(default=())
    lifts: tuple[Lift, ...] = many(default=())
    clearance: Clearance = Clearance.UNKNOWN
    usual_sleep: Duration | None = limited(10_800, 50_400, default=None)
    supervised: bool = False
    overrides: tuple[Override, ...] = many(default=())
    select: tuple[str, ...] = many(default=(), ordered=False)
    ignore: tuple[str, ...] = many(default=(), ordered=False)
    severities: tuple[Grade, ...] = many(default=())
    waivers: tuple[Waiver, ...] = many(default=())

    def _conflicts(self) -> Iterable[Problem]:
        for field, names in (
            ("races", [race.id for race in self.races]),
            ("kits", [str(kit.place) for kit in self.kits]),
            ("availability", [str(open_.day) for open_ in self.availability]),
            ("overrides", [override.key for override in self.overrides]),
            ("severities", [grade.rule for grade in self.severities]),
        ):
            for name in repeated(names):
                yield Problem(f"Runner.{field}", f"{name} twice", "each once")
        places = {kit.place for kit in self.kits}
        stated = [(f"availability[{n}]", open_.place) for n, open_ in enumerate(self.availability)]
        stated += [(f"exceptions[{n}]", each.place) for n, each in enumerate(self.exceptions)]
        for field, named in stated:
            if named is not None and named not in places:
                known = ", ".join(map(str, sorted(places))) or "none"
                yield Problem(f"Runner.{field}.place", str(named), f"a place with a kit: {known}")
        ordered = sorted(self.exceptions, key=lambda each: each.first)
        for before, after in itertools.pairwise(ordered):
            if before.covers(after.first):
                yield Problem("Runner.exceptions", f"{after.first} twice", "each day once", "shorten one of the two")

    @property
    def trained_level(self) -> Level:
        """The level stated, or the one that strength age implies: under half a year novice, two years advanced.

        The bounds are a convention; runners new to lifting are novices however long they have run.
        """
        if self.level is not None:
            return self.level
        if self.strength_years < 0.5:
            return Level.NOVICE
        return Level.INTERMEDIATE if self.strength_years < 2 else Level.ADVANCED

    @property
    def novice(self) -> bool:
        """Whether strength age is low."""
        return self.trained_level is Level.NOVICE

    def unrestored(self, on: dt.date, days: int) -> bool:
        """Whether an injury of the legs that ended within `days` still waits for its strength test on that day."""
        above = (Region.TRUNK, Region.THORACIC, Region.UPPER_BODY)
        return any(
            each.recent(on, days) and not each.strength_restored and each.region not in above for each in self.injuries
        )

    def age_in(self, year: int) -> int | None:
        """Return the age reached in `year`, or None when the birth year is unknown."""
        return None if self.birth_year is None else year - self.birth_year

    def kit_at(self, place: Place | None = None) -> Kit:
        """Return the kit at `place` (the usual place by default); a bare floor where none is listed."""
        wanted = place or self.place
        return next((kit for kit in self.kits if kit.place is wanted), None) or _bare(wanted)

    def opening_on(self, date: dt.date) -> Availability | None:
        """Return when, for how long and where strength may stand on `date`; None when the day is closed.

        A dated exception stands before the weekday's availability where it speaks.
        """
        weekday = Weekday.of(date.weekday())
        usual = next((open_ for open_ in self.availability if open_.day is weekday), None)
        if usual is None and not self.availability:
            usual = _always_open(weekday)
        exception = self.exception_on(date)
        return usual if exception is None else exception.over(usual, weekday)

    def exception_on(self, date: dt.date) -> DatedAvailability | None:
        """Return the dated exception that holds on `date`, or None."""
        return next((each for each in self.exceptions if each.covers(date)), None)

    def minutes_on(self, date: dt.date) -> float:
        """Return the minutes open to a session on `date`: the usual length, or what the day allows if less."""
        opening = self.opening_on(date)
        if opening is None or opening.minutes is None:
            return self.session_length.minutes
        return min(self.session_length.minutes, opening.minutes.minutes)

    def place_on(self, date: dt.date) -> Place:
        """Return where strength is done on `date`."""
        opening = self.opening_on(date)
        return self.place if opening is None or opening.place is None else opening.place

    def runs_on(self, date: dt.date) -> tuple[Run, ...]:
        """Return the runs of `date`: a race, else the dated calendar of that week, else the usual week."""
        races = tuple(race.run for race in self.races if race.date == date)
        if races:
            return races
        first = self.week_of(date)
        after = first + dt.timedelta(days=7)
        if any(first <= run.date < after for run in self.calendar):
            return tuple(sorted((run for run in self.calendar if run.date == date), key=lambda run: run.day_part.order))
        return self.running.on(date)

    def week_of(self, date: dt.date) -> dt.date:
        """Return the first day of the runner's week that holds `date`."""
        return date - _BACK[(date.weekday() - self.week_start.number) % 7]

    def with_calendar(self, calendar: Calendar) -> Runner:
        """Return the runner with a dated calendar of runs.

        A run of the calendar stands for all that was known of its day; days of rest become exceptions, so that a week
        that holds nothing but rest is free instead of usual.

        Example:
            >>> rest = Calendar(rest=(dt.date(2027, 1, 5),))
            >>> ada = Runner(name="Ada", running=RunningWeek()).with_calendar(rest)
            >>> ada.running.exceptions[0].date.isoformat()
            '2027-01-05'
        """
        dated = {run.date for run in calendar.runs}
        kept = [run for run in self.calendar if run.date not in dated and run.date not in calendar.rest]
        exceptions = [each for each in self.running.exceptions if each.date not in calendar.rest]
        exceptions += [DatedException(date=day) for day in calendar.rest]
        return evolve(
            self,
            calendar=sorted((*kept, *calendar.runs), key=lambda run: (run.date, run.day_part.order)),
            running=evolve(self.running, exceptions=sorted(exceptions, key=lambda each: each.date)),
        )


@functools.cache
def _always_open(day: Weekday) -> Availability:
    return Availability(day=day)


@functools.cache
def _bare(place: Place) -> Kit:
    """Return a floor, and what every household has."""
    return Kit(place=place)
