"""Running seasons as a coach would call them sensible: small steps, lighter weeks, easy days between hard ones.

The numbers are conventions of coaching practice, or come from the evidence that is named beside them, each with its
reason; none is read from a rule: what the rules say about such seasons is what the seasons are for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

import attrs

from runstrong.model.quantities import Distance, Duration, SessionRPE
from runstrong.model.running import Race, Run, RunningWeek, UsualRun
from runstrong.model.value import Record, evolve, record
from runstrong.model.words import DayPart, Priority, RunKind, Weekday
from runstrong.testing.dice import Dice

__all__ = ["Absence", "Habit", "Season", "done_runs", "season"]

_RACES = {"10k": 10.0, "half": 21.0975, "marathon": 42.195}
_WEEK = dt.timedelta(days=7)


@record
class Habit(Record):
    """How somebody runs, week by week.

    Args:
        runs: a week.
        base_km: of a week at the beginning of the season.
        goal: ``10k``, ``half``, ``marathon`` or nothing.
        pace: minutes per kilometer of easy running.
        long_day: weekday of the long run, 0 for Monday.
        quality: weekdays of the quality runs with their kinds.
        easy: weekdays of the others.
        parts: in which part of the day each weekday's run stands.
    """

    runs: int
    base_km: float
    goal: str
    pace: float
    long_day: int
    quality: tuple[tuple[int, RunKind], ...]
    easy: tuple[int, ...]
    parts: tuple[DayPart, ...]

    @classmethod
    def drawn(cls, dice: Dice, *, running_years: float) -> Habit:
        """Draw how somebody runs whose running age is `running_years`."""
        # Convention: a runner's first year holds three or four runs a week; more come with the years.
        runs = dice.pick(
            (3, 3, 3, 4) if running_years < 1 else (3, 4, 4, 5) if running_years < 3 else (3, 4, 5, 5, 6, 6, 7)
        )
        km = {3: (12, 26), 4: (18, 36), 5: (28, 50), 6: (40, 65), 7: (48, 78)}[runs]
        low, high = km if running_years >= 1 else (10, 16)
        base = dice.between(low, high)
        # Convention: who races a distance runs enough for it already when the season begins.
        goals = ["", "10k"] + ["half"] * 2 * (base >= 22) + ["marathon"] * 2 * (base >= 42 and runs >= 4)
        long_day = dice.pick((6, 6, 6, 6, 5, 5, 5, dice.whole(0, 4)))
        # Convention: no hard runs before some months of running, one a week at first; two for those who run five times.
        many = 0 if running_years < 0.5 else 1 if runs < 5 or dice.chance(0.4) else 2
        kinds = [RunKind.INTERVALS, RunKind.TEMPO, RunKind.HILLS]
        after = (dice.pick((2, 3)),) if many == 1 else (2, dice.pick((4, 4, 5))) if many == 2 else ()
        quality = tuple(((long_day + days) % 7, kinds.pop(dice.whole(0, len(kinds) - 1))) for days in after)
        taken = {long_day, *(day for day, _ in quality)}
        # The day before the long run is the first to stay free, then the one after it.
        order = sorted(
            (day for day in range(7) if day not in taken),
            key=lambda day: (day == (long_day + 6) % 7, day == (long_day + 1) % 7, dice.between(0, 1)),
        )
        usual = dice.pick((DayPart.MORNING, DayPart.MORNING, DayPart.EVENING, DayPart.EVENING, DayPart.UNKNOWN))
        parts = tuple(DayPart.MORNING if day >= 5 and usual is not DayPart.UNKNOWN else usual for day in range(7))
        return cls(
            runs=runs, base_km=base, goal=dice.pick(goals), pace=dice.between(5.0, 7.2), long_day=long_day,
            quality=quality, easy=tuple(sorted(order[: runs - len(taken)])), parts=parts,
        )  # fmt: skip

    @property
    def long_share(self) -> float:
        """Share of the long run in a week: the fewer runs, the more (convention)."""
        return {3: 0.42, 4: 0.36, 5: 0.32, 6: 0.28, 7: 0.26}[self.runs]

    def kinds(self) -> dict[int, RunKind]:
        """Return the kind of each weekday's run."""
        return {**dict.fromkeys(self.easy, RunKind.EASY), **dict(self.quality), self.long_day: RunKind.LONG}

    def usual_week(self) -> RunningWeek:
        """Return the week as the runner would write it down."""
        each = self.base_km * (1 - self.long_share) / max(1, self.runs - 1)
        runs = [
            UsualRun(
                day=Weekday.of(day),
                day_part=self.parts[day],
                kind=kind,
                distance=_km(self.base_km * self.long_share if kind is RunKind.LONG else each),
            )
            for day, kind in sorted(self.kinds().items())
        ]
        return RunningWeek(runs=tuple(runs))


@record
class Absence(Record):
    """Days without training, and why.

    Args:
        first: day.
        last: day.
        ill: an illness; else a holiday.
    """

    first: dt.date
    last: dt.date
    ill: bool


@record
class Season(Record):
    """Planned runs of a season, day by day, with the races and the days on which life got in the way."""

    first: dt.date
    last: dt.date
    runs: tuple[Run, ...]
    races: tuple[Race, ...]
    absences: tuple[Absence, ...]
    light_weeks: frozenset[dt.date]
    """First days of weeks that are lighter on purpose."""


@attrs.define
class _Form:
    """What the runner has built up so far."""

    week_km: float
    long_km: float
    most_km: float
    most_long: float
    since_light: int = 0
    light_every: int = 4
    longest: list[float] = attrs.field(factory=list)
    """Of the last four weeks."""

    def grow(self, dice: Dice) -> None:
        # Convention: a few percent a week; the long run by a kilometer or less, and never by a tenth.
        self.week_km = min(self.most_km, self.week_km * (1 + dice.between(0.01, 0.05)))
        self.long_km = min(self.most_long, self.long_km + min(dice.between(0.4, 1.2), 0.08 * self.long_km))

    def long_run(self, wanted: float) -> float:
        """Return a long run that is at most a tenth longer than the longest of four weeks (Frandsen 2025)."""
        far = max(self.longest[-4:], default=wanted / 1.08)
        km = min(wanted, max(1.08 * far, far + 0.5))
        self.longest.append(km)
        return km


def season(dice: Dice, habit: Habit, first: dt.date, weeks: int) -> Season:
    """Draw a season of `weeks` weeks for a runner's habit, from `first`, the first day of a week.

    Volume grows by a few percent a week, every third to fifth week is lighter, a race is tapered for and recovered
    from, and at most one illness and one holiday lie in it, each with a gentle return.
    """
    last = first + weeks * _WEEK - dt.timedelta(days=1)
    races = _races(dice, habit, first, weeks)
    absences = tuple(_absences(dice, first, weeks, races))
    form = _Form(
        week_km=habit.base_km,
        long_km=habit.base_km * habit.long_share,
        # Convention: a season adds a quarter to a half to what a runner is used to.
        most_km=habit.base_km * dice.between(1.2, 1.5),
        most_long=max(
            habit.base_km * habit.long_share * 1.15, {"10k": 15, "half": 19, "marathon": 31}.get(habit.goal, 16)
        ),
        light_every=dice.whole(3, 5),
    )
    runs: list[Run] = []
    light = set()
    for number in range(weeks):
        start = first + number * _WEEK
        share, kind = _share_of(start, races, absences)
        if kind == "build":
            form.since_light += 1
            if form.since_light >= form.light_every:
                share, kind, form.since_light = dice.between(0.7, 0.82), "light", 0
                form.light_every = dice.whole(3, 5)
            elif number:
                form.grow(dice)
        if kind != "build":
            light.add(start)
        runs += _week(dice, habit, form, start, share=share, kind=kind, races=races)
    return Season(
        first=first, last=last, runs=tuple(run for run in runs if not _away(run.date, absences)), races=races,
        absences=absences, light_weeks=frozenset(light),
    )  # fmt: skip


def _races(dice: Dice, habit: Habit, first: dt.date, weeks: int) -> tuple[Race, ...]:
    if not habit.goal:
        return ()
    # A race near the end, on the day of the long run, with what comes after it still in sight.
    week = weeks - dice.pick((1, 2, 3, 4))
    kilometers = _RACES[habit.goal]
    race = Race(
        id="main-race", date=_day_in(first + week * _WEEK, habit.long_day), distance=_km(kilometers),
        priority=dice.pick((Priority.A, Priority.A, Priority.B)),
    )  # fmt: skip
    if week < 8 or not dice.chance(0.35):
        return (race,)
    tune_up = Race(
        id="tune-up", date=_day_in(first + (week - 4) * _WEEK, habit.long_day), priority=Priority.C,
        distance=_km(5.0 if habit.goal == "10k" else 10.0),
    )  # fmt: skip
    return (tune_up, race)


def _absences(dice: Dice, first: dt.date, weeks: int, races: tuple[Race, ...]) -> Iterator[Absence]:
    taken = [first]
    for ill, often, days in ((True, 0.55, (3, 6)), (False, 0.5, (7, 10))):
        if not dice.chance(often):
            continue
        start = first + dt.timedelta(days=dice.whole(21, weeks * 7 - 21))
        end = start + dt.timedelta(days=dice.whole(*days) - 1)
        # Nobody plans a holiday into a race or right behind an illness; who falls ill then has another season.
        near = [*taken, *(race.date for race in races)]
        if all(abs((day - other).days) > 28 for day in (start, end) for other in near):
            taken += [start, end]
            yield Absence(first=start, last=end, ill=ill)


def _share_of(start: dt.date, races: Iterable[Race], absences: Iterable[Absence]) -> tuple[float, str]:
    """Return how much of the usual volume a week holds because of a race or an absence, and what kind of week it is."""
    for race in races:
        if race.priority is Priority.C or race.distance is None:
            continue
        far = race.distance.km
        before = (race.date - start).days // 7  # 0: the race lies in this week
        # Convention: a taper of one to three weeks and one to three weeks of recovery, longer with the distance.
        taper = {0: 0.45, 1: 0.65} if far < 15 else {0: 0.4, 1: 0.6, 2: 0.78}
        after = (
            {-1: 0.6, -2: 0.8}
            if far < 15
            else {-1: 0.5, -2: 0.7, -3: 0.8}
            if far < 30
            else {-1: 0.25, -2: 0.45, -3: 0.7}
        )
        if before in taper:
            return taper[before], "race" if before == 0 else "taper"
        if before in after:
            return after[before], "recovery"
    for absence in absences:
        weeks_back = (start - absence.last).days / 7
        if absence.first - start < _WEEK and weeks_back <= 0:
            return 0.85, "back"
        # Convention: two thirds in the first week back, then a little more each week.
        if 0 < weeks_back <= 1:
            return 0.7, "back"
        if 1 < weeks_back <= 3:
            return (0.8 if weeks_back <= 2 else 0.9), "almost"
    return 1.0, "build"


def _week(
    dice: Dice, habit: Habit, form: _Form, start: dt.date, *, share: float, kind: str, races: tuple[Race, ...]
) -> Iterator[Run]:
    """Yield the runs of one week."""
    volume, long_km = form.week_km * share, form.long_km * share
    long_km = form.long_run(min(long_km, 0.5 * volume))
    by_day = habit.kinds()
    dates = {day: _day_in(start, day) for day in by_day}
    race_days = {race.date: race for race in races}
    big = next((race for race in races if race.priority is not Priority.C and (race.date - start).days // 7 == 0), None)
    others = [day for day in by_day if day != habit.long_day]
    parts = {day: dice.between(0.85, 1.15) for day in others}
    left = max(0.0, volume - long_km)
    for day in sorted(by_day, key=lambda day: dates[day]):
        date, what = dates[day], by_day[day]
        if date in race_days:
            race = race_days[date]
            yield evolve(race.run, day_part=DayPart.MORNING)
            continue
        if big is not None and (date > big.date or (big.date - date).days <= 1):
            continue  # the day before a big race and the days after it are free
        if what is RunKind.LONG:
            if kind == "recovery" and share < 0.5:
                what = RunKind.EASY
            km = long_km
        else:
            km = left * parts[day] / sum(parts.values())
            if kind in ("back", "recovery") or (kind == "race" and what.quality):
                what = RunKind.EASY
            elif what is RunKind.EASY and dice.chance(0.12):
                what = dice.pick((RunKind.RECOVERY, RunKind.STEADY))
                km *= 0.8 if what is RunKind.RECOVERY else 1.0
        if km >= 1.5:
            yield Run(date=date, day_part=habit.parts[day], kind=what, distance=_km(km))


def done_runs(dice: Dice, plan: Season, habit: Habit) -> Iterator[Run]:
    """Yield what was run of what was planned: nearly all of it, now and then cut short or left out."""
    effort = {
        RunKind.RECOVERY: (2, 1.08), RunKind.EASY: (3, 1.0), RunKind.LONG: (4, 1.02), RunKind.STEADY: (5, 0.95),
        RunKind.TEMPO: (7, 0.9), RunKind.HILLS: (7, 1.0), RunKind.INTERVALS: (8, 0.95), RunKind.RACE: (9, 0.82),
    }  # fmt: skip
    for run in plan.runs:
        if run.kind is not RunKind.RACE and dice.chance(0.05):
            continue
        km = run.distance.km if run.distance is not None else 0.0
        if run.kind is not RunKind.RACE:
            # A long run has a route; other runs end at the door a little sooner or later.
            km *= dice.near(1.0, 0.01 if run.kind is RunKind.LONG else 0.03)
            km *= dice.between(0.6, 0.9) if dice.chance(0.04) else 1.0
        score, slower = effort[run.kind]
        score = min(10, max(1, score + dice.pick((-1, 0, 0, 0, 1))))
        seconds = round(km * habit.pace * 60 * slower * dice.near(1.0, 0.02))
        yield evolve(run, distance=_km(km), duration=Duration(float(seconds)), session_rpe=SessionRPE(float(score)))


def _away(day: dt.date, absences: Iterable[Absence]) -> bool:
    # After an illness one more day of rest: well for a day before running again (convention).
    return any(each.first <= day <= each.last + dt.timedelta(days=int(each.ill)) for each in absences)


def _day_in(start: dt.date, weekday: int) -> dt.date:
    """Return the day of the week that begins on `start` which is the weekday asked for."""
    return start + dt.timedelta(days=(weekday - start.weekday()) % 7)


def _km(got: float) -> Distance:
    return Distance(round(got, 1) if got != _RACES["half"] and got != _RACES["marathon"] else got)
