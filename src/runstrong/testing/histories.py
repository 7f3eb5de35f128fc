"""Whole training histories that a coach would call sensible, drawn from a seed: what rules ought to be quiet about.

Half of the runners coach themselves, the others follow a plan of the built-in planner with the noise of a real season.
Everything is made up: runners, seasons, loads and niggles. The numbers are conventions of coaching practice, or come
from the evidence that is named beside them; none is read from a rule.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from runstrong.catalog.records import load_catalog
from runstrong.ladder import Limits
from runstrong.model.catalog import Catalog
from runstrong.model.log import Coverage, Log, Performance, Readiness, Soreness
from runstrong.model.plan import Plan
from runstrong.model.prescription import Prescription
from runstrong.model.quantities import Distance, Duration, Mass
from runstrong.model.runner import Assessment, Injury, Kit, Runner, Weights
from runstrong.model.running import Pain, Run
from runstrong.model.value import evolve
from runstrong.model.words import (
    Clearance,
    Deficit,
    Equipment,
    Goal,
    Level,
    PartName,
    Region,
    RunKind,
    Sex,
    StrengthDayPolicy,
    Weekday,
)
from runstrong.planner import dose_of, plan
from runstrong.rules import load_rules
from runstrong.testing.bodies import Ache, Body, Occasion
from runstrong.testing.dice import Dice
from runstrong.testing.routines import Place, Routine, by_day, strength_days
from runstrong.testing.seasons import Absence, Habit, done_runs, season

__all__ = ["History", "followed_plan", "sensible_history", "sensible_runner"]

_MONDAY = dt.date(2026, 1, 5)
_RUNNER, _SEASON, _RUNS, _BODY, _LIFE, _MORNINGS = range(6)
"""Streams of chance, so that one more draw for the one changes nothing in the others."""


class History(NamedTuple):
    """A runner and what they have done."""

    runner: Runner
    log: Log


def sensible_runner(seed: int) -> tuple[Runner, Habit]:
    """Return a runner with a running habit, drawn from a seed.

    Example:
        >>> runner, habit = sensible_runner(3)
        >>> len(runner.running.runs) == habit.runs
        True
    """
    dice = Dice(seed, _RUNNER)
    age = dice.whole(19, 75)  # eighteen at least on the first day, which may lie in the year before
    sex = dice.pick((Sex.FEMALE, Sex.MALE))
    height = dice.near(1.67 if sex is Sex.FEMALE else 1.79, 0.06)
    index = min(29.0, max(19.0, dice.near(23.0 if sex is Sex.FEMALE else 24.0, 2.0)))
    running_years = min(age - 15.0, dice.pick((0.3, 0.6, 1.5, 3.0, 5.0, 8.0, 15.0, 25.0)))
    strength_years = min(running_years + 5, dice.pick((0.0, 0.0, 0.0, 0.3, 1.0, 1.5, 3.0, 6.0)))
    habit = Habit.drawn(dice, running_years=running_years)
    novice = strength_years < 0.5
    goals = [Goal.RUN_FASTER if habit.quality else Goal.RUN_FARTHER]
    goals += [Goal.HEALTH] * dice.chance(0.5) + [Goal.STRENGTH] * dice.chance(0.2)
    hop_test = () if novice or dice.chance(0.5) else (Assessment(exercise="hop-test", date=_MONDAY, amount=25),)
    old = (Injury(region=Region.CALF, since=dt.date(2023, 5, 1), ended=dt.date(2023, 7, 1), strength_restored=True),)
    return (
        Runner(
            name=f"Runner {seed}",
            birth_year=_MONDAY.year - age,
            sex=sex,
            height=Distance(round(height, 2) / 1000),
            body_mass=Mass(round(index * height * height, 1)),
            running_years=running_years,
            strength_years=strength_years,
            goals=tuple(goals),
            running=habit.usual_week(),
            kits=dice.pick(_kits()),
            session_length=Duration(60.0 * dice.pick((25, 30, 35, 45, 60))),
            sessions_per_week=dice.pick((None, None, None, 1, 2, 2, 3)),
            policy=StrengthDayPolicy.HARD_DAY_EVENING if dice.chance(0.3) else StrengthDayPolicy.EASY_DAY,
            week_start=dice.pick((Weekday.MONDAY, Weekday.MONDAY, *Weekday)),
            injuries=old if dice.chance(0.1) else (),
            deficits=(dice.pick((Deficit.HIP_EXTENSION, Deficit.CALF_LENGTH)),) if dice.chance(0.3) else (),
            assessments=hop_test,
            # Who has answered no screening questions keeps to light work, which is what beginners do anyway.
            clearance=Clearance.UNKNOWN if novice and dice.chance(0.25) else Clearance.CLEARED,
            usual_sleep=Duration(round(dice.between(6.3, 8.5), 1) * 3600.0) if dice.chance(0.6) else None,
        ),
        habit,
    )


@functools.cache
def _kits() -> tuple[tuple[Kit, ...], ...]:
    def steps(first: float, last: float, step: float) -> tuple[Mass, ...]:
        return tuple(Mass(first + step * count) for count in range(int((last - first) / step) + 1))

    bands = (Equipment.BAND, Equipment.LOOP_BAND)
    dumbbells = Weights(kind=Equipment.DUMBBELL, each=steps(1, 20, 1), pieces=2)
    bells = Weights(kind=Equipment.KETTLEBELL, each=tuple(Mass(each) for each in (8.0, 12.0, 16.0, 20.0)))
    bar = Weights(kind=Equipment.BARBELL, each=steps(20, 120, 2.5))
    gym = (
        *bands, Equipment.RACK, Equipment.WEIGHT_BENCH, Equipment.BOX, Equipment.CABLE, Equipment.LEG_PRESS,
        Equipment.SWISS_BALL, Equipment.PULL_UP_BAR, Equipment.LOW_BAR, Equipment.BAND_ANCHOR,
    )  # fmt: skip
    return (
        (),
        (Kit(equipment=bands),),
        (Kit(equipment=bands, weights=(dumbbells,)),),
        (Kit(equipment=(Equipment.LOOP_BAND,), weights=(bells,)),),
        (Kit(equipment=gym, weights=(dumbbells, bells, bar)),),
    )


def sensible_history(seed: int) -> History:
    """Return a runner and 16 to 40 weeks of training that a coach would call sensible, the same for the same seed.

    Runs grow by a few percent a week with lighter weeks between; strength stands beside them and progresses step by
    step; now and then there is a short night, a niggle that settles, a cold with rest and a gentle return, a holiday, a
    missed session. Even seeds coach themselves, odd ones follow a plan.

    Example:
        >>> runner, log = sensible_history(0)
        >>> log.runs[0].date < log.performances[-1].date
        True
        >>> sensible_history(0) == (runner, log)
        True
    """
    return _followed(seed)[1] if seed % 2 else _self_coached(seed)


def followed_plan(seed: int) -> tuple[Plan, Log]:
    """Return a plan of the built-in planner and the log of a runner who followed it, with a real season's noise."""
    made, history = _followed(seed)
    return made, history.log


class _Life:
    """Season, niggles and mornings of one runner."""

    def __init__(self, seed: int, weeks: tuple[int, int]) -> None:
        self.runner, self.habit = sensible_runner(seed)
        dice = Dice(seed, _SEASON)
        first = self.runner.week_of(_MONDAY + dt.timedelta(days=7 * dice.whole(0, 50)))
        self.season = season(dice, self.habit, first, dice.whole(*weeks))
        self.dice, self._mornings = Dice(seed, _LIFE), Dice(seed, _MORNINGS)
        regions = [Region.CALF, Region.KNEE, Region.HAMSTRING, Region.HIP, Region.FOOT]
        self.aches = tuple(
            Ache(
                regions.pop(self.dice.whole(0, len(regions) - 1)), first + dt.timedelta(days=self.dice.whole(7, 110)),
                self.dice.whole(2, 7), self.dice.whole(1, 2),
            )
            for _ in range(self.dice.whole(0, 2))
        )  # fmt: skip
        self.runner = evolve(self.runner, races=self.season.races)
        self.writes_warm_ups = self.dice.chance(0.6)
        self.writes_mornings = self.dice.chance(0.75)
        self.mornings = {each.date: each for each in self._began()} if self.writes_mornings else {}

    def ill(self, day: dt.date) -> bool:
        return any(each.ill and each.first <= day <= each.last for each in self.season.absences)

    def _began(self) -> Iterator[Readiness]:
        dice = self._mornings
        usual = self.runner.usual_sleep.minutes / 60 if self.runner.usual_sleep is not None else dice.between(7.1, 8.2)
        stress = dice.whole(2, 4)
        for ahead in range((self.season.last - self.season.first).days + 1):
            day = self.season.first + dt.timedelta(days=ahead)
            ill = self.ill(day)
            near = ill or self.ill(day - dt.timedelta(days=1)) or self.ill(day - dt.timedelta(days=2))
            hours = dice.near(usual, 0.45) - (dice.between(1.0, 2.2) if dice.chance(0.06) else 0.0)
            felt = min(8, max(0, stress + dice.pick((-1, -1, 0, 0, 0, 1, 1)) + (3 if dice.chance(0.04) else 0)))
            sore = dice.whole(1, 4) if dice.chance(0.25) else 0
            # Whoever was ill writes down each morning until it is over.
            if not near and dice.chance(0.12):
                continue
            yield Readiness(
                date=day, sleep=Duration(round(max(4.0, hours), 1) * 3600.0), stress=felt, ill=ill,
                soreness=(Soreness(region=Region.QUADRICEPS, score=sore),) if sore else (),
            )  # fmt: skip

    def runs(self, dice: Dice) -> Iterator[Run]:
        for run in done_runs(dice, self.season, self.habit):
            felt = [(ache.region, score) for ache in self.aches if (score := ache.on(run.date)) is not None]
            yield evolve(run, pain=tuple(Pain(region=region, score=score) for region, score in felt))

    def log(self, runs: Sequence[Run], performances: Iterable[Performance]) -> Log:
        whole = Coverage(
            first=self.season.first, last=self.season.last, runs=True, strength=True, warm_ups=self.writes_warm_ups,
            readiness=self.writes_mornings,
        )  # fmt: skip
        done = [each for each in performances if self.writes_warm_ups or each.part is PartName.MAIN]
        return Log(
            coverage=(whole,), runs=tuple(runs), performances=tuple(done), readiness=tuple(self.mornings.values())
        )


def _self_coached(seed: int) -> History:
    life = _Life(seed, (16, 40))
    runner, catalog, dice = life.runner, load_catalog(), life.dice
    body = Body(runner, catalog, Dice(seed, _BODY), life.aches)
    routine = Routine(runner, catalog, _limits(), body, dice=dice, start=life.season.first)
    runs = tuple(life.runs(Dice(seed, _RUNS)))
    planned = by_day(life.season.runs)
    wanted = runner.sessions_per_week or 2
    done: list[Performance] = []
    last: dt.date | None = None
    hard_weeks, every = 0, dice.whole(4, 6)
    start = life.season.first
    while start <= life.season.last:
        back = any(dt.timedelta(days=-7) < each.last - start < dt.timedelta(days=7) for each in life.season.absences)
        # Convention: a lighter week of strength every four to six weeks, best in a week that is light for running too.
        lighter = back or hard_weeks >= every or (hard_weeks >= 3 and start in life.season.light_weeks)
        hard_weeks = 0 if lighter else hard_weeks + 1
        if not lighter and start > life.season.first:
            routine.grow(start)
        places = strength_days(start, planned, runner, life.season, wanted=wanted, last=last)
        weeks = (start - life.season.first).days // 7
        order = _order(places, weeks)
        for place, which in zip(places, order, strict=True):
            if dice.chance(0.06):
                continue
            id = f"s-{place.date:%Y%m%d}"
            session = [*_warm_up(runner, catalog, body, place, id)]
            # Convention: a session after more than a week without strength is as light as a deload.
            light = lighter or (routine.last is not None and (place.date - routine.last).days > 7)
            session += routine.session(place, which, life.mornings.get(place.date), lighter=light, id=id)
            session += _cool_down(runner, catalog, body, place, id)
            done += session
            last = place.date if place.main else last
        start += dt.timedelta(days=7)
    done += _before_hard_runs(runner, catalog, body, runs)
    return History(runner, life.log(runs, done))


def _order(places: Sequence[Place], week: int) -> list[int]:
    """Return which session stands where: what tires the legs on the days that allow it; a single one takes turns."""
    if len(places) == 1:
        return [week % 2]
    mains = [place for place in places if place.main]
    rest = iter([0, 1, 2]) if not mains else iter([1, 2]) if len(mains) == 1 else iter([2])
    first = iter([0, 1])
    return [next(first) if place.main else next(rest) for place in places]


def _warm_up(runner: Runner, catalog: Catalog, body: Body, place: Place, id: str) -> Iterator[Performance]:
    when = Occasion(place.date, place.day_part, id, 35.0, 5.0)
    for name in ("brisk-walk", "leg-swing-sagittal", "ankle-rocks", "thoracic-rotation-four-point"):
        yield body.does(_dose(catalog, name, runner.trained_level, most_sets=1), when, PartName.WARM_UP)


def _cool_down(runner: Runner, catalog: Catalog, body: Body, place: Place, id: str) -> Iterator[Performance]:
    when = Occasion(place.date, place.day_part, id, 35.0, 5.0)
    answers = {Deficit.HIP_EXTENSION: "hip-flexor-lunge-stretch", Deficit.CALF_LENGTH: "calf-stretch-straight-knee"}
    for deficit in runner.deficits:
        yield body.does(_dose(catalog, answers[deficit], runner.trained_level, most_sets=1), when, PartName.COOL_DOWN)


def _before_hard_runs(runner: Runner, catalog: Catalog, body: Body, runs: Iterable[Run]) -> Iterator[Performance]:
    for run in runs:
        if run.kind.quality:
            when = Occasion(run.date, run.day_part, f"drills-{run.date:%Y%m%d}", 8.0, 3.0)
            for name in ("leg-swing-sagittal", "leg-swing-frontal", "high-knees", "a-skip"):
                yield body.does(_dose(catalog, name, runner.trained_level), when, PartName.WARM_UP)


@functools.cache
def _dose(catalog: Catalog, name: str, level: Level, *, most_sets: int | None = None) -> Prescription:
    return dose_of(catalog.exercises[name], level, most_sets=most_sets)


@functools.lru_cache(maxsize=2)  # a plan and the history that follows it are often asked for in turn
def _followed(seed: int) -> tuple[Plan, History]:
    life = _Life(seed, (12, 18))
    weeks = ((life.season.last - life.season.first).days + 1) // 7
    calendar = tuple(run for run in life.season.runs if run.kind is not RunKind.RACE)
    life.runner = runner = evolve(life.runner, calendar=calendar)
    made = plan(runner, start=life.season.first, weeks=weeks)
    catalog, dice = load_catalog(), life.dice
    body = Body(runner, catalog, Dice(seed, _BODY), life.aches)
    runs = tuple(life.runs(Dice(seed, _RUNS)))
    done: list[Performance] = []
    last, back = life.season.first, dt.date.min
    easier = 1.0
    for session in made.sessions:
        if any(_apart(each, session.date) for each in life.season.absences) or dice.chance(0.06):
            continue
        # Less for a week after days without strength, the less the longer they were (after Bosquet 2013).
        gap, last = (session.date - last).days, session.date
        if gap > 7:
            easier, back = (0.9 if gap < 15 else 0.8 if gap < 29 else 0.6), session.date
        elif (session.date - back).days > 7:
            easier = 1.0
        rpe = session.session_rpe.score if session.session_rpe is not None else 5.0
        minutes = round(session.minutes.minutes * dice.near(1.0, 0.06))
        when = Occasion(session.date, session.day_part, session.id, float(minutes), rpe, easier)
        for part, asked in session.prescriptions():
            done.append(body.does(asked, when, part))
    return made, History(runner, life.log(runs, [*done, *_before_hard_runs(runner, catalog, body, runs)]))


def _apart(absence: Absence, day: dt.date) -> bool:
    return absence.first <= day <= absence.last + dt.timedelta(days=1 + int(absence.ill))


@functools.cache
def _limits() -> Limits:
    return Limits.of(load_rules())
