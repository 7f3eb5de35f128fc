"""Rules are awake: what makes a sensible history foolish makes just the rule about it speak."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest

from runstrong.auditor import audit
from runstrong.auditor.engine import identity
from runstrong.catalog import load_catalog
from runstrong.model.log import Log, Performance, PerformedSet, Readiness
from runstrong.model.prescription import Amount, BodyWeight, Contacts, External, Hold, Load, Reps
from runstrong.model.quantities import RIR, Distance, Duration, Mass
from runstrong.model.runner import Runner
from runstrong.model.running import Pain, Run
from runstrong.model.value import evolve
from runstrong.model.words import Clearance, DayPart, PainKind, PartName, Region, RunKind, Side, Sides
from runstrong.testing.histories import History, sensible_history

SEEDS = range(0, 60, 2)
LEAST = 20
"""Histories to which a twin has to apply, of 30."""

Twin = Callable[[Runner, Log], Iterator[tuple[Runner, Log]]]
"""Yields foolish twins of a history, the first that can be made of it first; none where it has no place for one."""

TWINS: dict[str, tuple[str, Twin]] = {}
DAY = dt.timedelta(days=1)


def twin(rule: str) -> Callable[[Twin], Twin]:
    """Register a twin that wakes `rule`, under the function's name."""

    def kept(made: Twin) -> Twin:
        TWINS[made.__name__.replace("_", " ")] = (rule, made)
        return made

    return kept


@functools.cache
def history(seed: int) -> History:
    """Return a sensible history, drawn once."""
    return sensible_history(seed)


# -- ways to change a log ---------------------------------------------------------------------------------------------


def done(
    day: dt.date, exercise: str, sets: int, amount: Amount, *, load: Load | None = None, rir: float | None = None,
    part: PartName = PartName.MAIN, day_part: DayPart = DayPart.UNKNOWN, pain: int = 0, one_side: bool = False,
) -> Performance:  # fmt: skip
    """Return an exercise as done on a day, on both sides where it has sides."""
    sided = load_catalog().exercises[exercise].sides is Sides.UNILATERAL
    sides = (Side.LEFT, Side.RIGHT) if sided else (Side.NONE,)
    one = [
        PerformedSet(side=side, amount=amount, load=load or BodyWeight(), rir=None if rir is None else RIR(rir))
        for _ in range(sets)
        for side in (sides[:1] if one_side else sides)
    ]
    return Performance(
        date=day, day_part=day_part, exercise=exercise, sets=tuple(one), session=f"twin-{day:%Y%m%d}", part=part,
        pain=(Pain(region=Region.CALF, score=pain),),
    )  # fmt: skip


def with_done(log: Log, *more: Performance) -> Log:
    """Return a log in which more was done."""
    return evolve(log, performances=(*log.performances, *more))


def with_run(log: Log, run: Run, instead: Run | None = None) -> Log:
    """Return a log with a run more, or with one run in the place of another."""
    kept = [each for each in log.runs if each != instead]
    return evolve(log, runs=tuple(sorted([*kept, run], key=lambda each: (each.date, each.day_part.order))))


def heavy(day: dt.date, day_part: DayPart = DayPart.UNKNOWN) -> Performance:
    """Return a heavy set of squats: five repetitions with one in reserve."""
    return done(day, "goblet-squat", 3, Reps(5), load=External(Mass(30.0)), rir=1, day_part=day_part)


def without_day(log: Log, *days: dt.date) -> Log:
    """Return a log without strength work on some days."""
    return evolve(log, performances=tuple(each for each in log.performances if each.date not in days))


def weeks_of(runner: Runner, log: Log) -> list[dt.date]:
    """Return the first days of the weeks that the log vouches for whole, from the sixth on."""
    (whole,) = log.coverage
    first = runner.week_of(whole.first)
    found = [first + 7 * number * DAY for number in range(60)]
    return [week for week in found[5:] if week + 6 * DAY <= whole.last]


def main_days(log: Log) -> list[dt.date]:
    """Return the days with strength work from the sixth week on."""
    (whole,) = log.coverage
    days = {each.date for each in log.performances if each.part is PartName.MAIN}
    return sorted(day for day in days if (day - whole.first).days > 35)


# -- too much ---------------------------------------------------------------------------------------------------------


@twin("TM01")
def the_long_run_is_doubled(runner: Runner, log: Log) -> Iterator[tuple[Runner, Log]]:
    """A run twice as long as the longest of four weeks."""
    for run in log.runs:
        before = [each.distance.km for each in log.runs if 0 < (run.date - each.date).days <= 30 and each.distance]
        if run.kind is RunKind.LONG and (run.date - log.runs[0].date).days > 35 and before:
            far = evolve(run, distance=Distance(2.2 * max(before)))
            yield runner, with_run(log, far, instead=run)


@twin("TM02")
def a_week_jumps_by_sixty_percent(runner: Runner, log: Log) -> Iterator[tuple[Runner, Log]]:
    """All runs of a week grow until it is 60 % over the highest of four weeks."""
    km: dict[dt.date, float] = {}
    for run in log.runs:
        week = runner.week_of(run.date)
        km[week] = km.get(week, 0.0) + (run.distance.km if run.distance else 0.0)
    for week in weeks_of(runner, log):
        before = [km.get(week - 7 * back * DAY, 0.0) for back in range(1, 5)]
        if km.get(week) and min(before) > 5:
            share = max(1.6 * max(before), max(before) + 4) / km[week]
            runs = tuple(
                evolve(run, distance=Distance(run.distance.km * share))
                if runner.week_of(run.date) == week and run.distance
                else run
                for run in log.runs
            )
            yield runner, evolve(log, runs=runs)


@twin("TM03")
def twenty_hard_sets_for_the_calves(runner: Runner, log: Log) -> Iterator[tuple[Runner, Log]]:
    """Ten sets of calf raises on two days of a week."""
    for week in weeks_of(runner, log):
        more = [done(week + ahead * DAY, "calf-raise", 10, Reps(12), rir=2) for ahead in (1, 4)]
        yield runner, with_done(log, *more)


@twin("TM04")
def ten_sets_for_the_calves_at_once(runner: Runner, log: Log) -> Iterator[tuple[Runner, Log]]:
    """After four full weeks, ten sets of calf raises more in one of them."""
    days = main_days(log)
    for week in weeks_of(runner, log):
        if all(any(runner.week_of(day) == week - 7 * back * DAY for day in days) for back in range(5)):
            yield runner, with_done(log, done(week + 3 * DAY, "calf-raise", 10, Reps(12), rir=2))


@twin("TM05")
def three_hundred_contacts_in_a_session(runner: Runner, log: Log) -> Iterator[tuple[Runner, Log]]:
    """Six sets of fifty pogo hops."""
    for day in main_days(log):
        yield runner, with_done(log, done(day, "pogo-hop", 6, Contacts(50)))


@twin("TM06")
def five_strength_sessions_in_a_week(runner: Runner, log: Log) -> Iterator[tuple[Runner, Log]]:
    """Strength on five days of one week."""
    for week in weeks_of(runner, log):
        cleared = without_day(log, *(week + ahead * DAY for ahead in range(7)))
        more = [done(week + ahead * DAY, "push-up", 3, Reps(8), rir=3) for ahead in range(5)]
        yield runner, with_done(cleared, *more)


# -- too fast ---------------------------------------------------------------------------------------------------------


@twin("TF01")
def thirty_percent_more_load(runner: Runner, log: Log) -> Iterator[tuple[Runner, Log]]:
    """A loaded exercise moves 30 % more than ever in six weeks."""
    last: dict[str, Performance] = {}
    mass = runner.body_mass.kg if runner.body_mass is not None else 65.0
    for each in log.performances:
        before = last.get(each.exercise)
        last[each.exercise] = each
        exercise = load_catalog().exercises[each.exercise]
        if before is None or not isinstance(before.sets[0].load, External) or each.part is not PartName.MAIN:
            continue
        if (each.date - before.date).days > 14:
            continue
        heaviest = max(
            one.load.mass.kg
            for other in log.performances
            if other.exercise == each.exercise and 0 < (each.date - other.date).days <= 42
            for one in other.sets
            if isinstance(one.load, External)
        )
        moved = exercise.body_mass_share * mass + heaviest
        load = External(Mass(round(heaviest + 0.3 * moved, 1)))
        jumped = evolve(each, sets=tuple(evolve(one, load=load) for one in each.sets))
        kept = tuple(jumped if other == each else other for other in log.performances)
        yield runner, evolve(log, performances=kept)


@twin("TF02")
def a_new_routine_of_nine_exercises(runner: Runner, log: Log) -> Iterator[tuple[Runner, Log]]:
    """Nine exercises that were never done come on one day; a trained runner may know some that the log never saw."""
    new = (
        "leg-press", "overhead-press", "pallof-press", "triceps-dip", "leg-curl", "pull-up-assisted", "roll-out",
        "reverse-lunge", "back-extension",
    )  # fmt: skip
    days = main_days(log)
    for day in days[len(days) // 2 :]:
        yield runner, with_done(log, *(done(day, exercise, 2, Reps(10), rir=4) for exercise in new))


@twin("TF03")
def a_hold_grows_by_thirty_seconds(runner: Runner, log: Log) -> Iterator[tuple[Runner, Log]]:
    """A hold is half a minute longer than what ladders ask for and what was shown."""
    for day in main_days(log):
        yield runner, with_done(log, done(day, "wall-sit", 2, Hold(30)), done(day + 3 * DAY, "wall-sit", 2, Hold(75)))


@twin("TF04")
def rungs_are_skipped(runner: Runner, log: Log) -> Iterator[tuple[Runner, Log]]:
    """A novice goes from the first rung of the push-up ladder to its fourth."""
    mine = tuple(each for each in log.performances if not each.exercise.startswith("push-up"))
    if runner.novice:
        for day in main_days(log):
            more = (
                done(day, "push-up-incline", 2, Reps(10), rir=3),
                done(day + 3 * DAY, "push-up-feet-elevated", 3, Reps(8), rir=3),
            )
            yield runner, with_done(evolve(log, performances=mine), *more)


@twin("TF05")
def contacts_double_in_a_week(runner: Runner, log: Log) -> Iterator[tuple[Runner, Log]]:
    """Forty contacts a week for a month, then ninety."""
    mine = evolve(log, performances=tuple(each for each in log.performances if each.exercise != "pogo-hop"))
    for week in weeks_of(runner, log)[4:]:
        usual = [done(week + 2 * DAY - 7 * back * DAY, "pogo-hop", 2, Contacts(20)) for back in range(1, 6)]
        yield runner, with_done(mine, *usual, done(week + 2 * DAY, "pogo-hop", 3, Contacts(30)))


@twin("TF06")
def load_and_sets_rise_together(runner: Runner, log: Log) -> Iterator[tuple[Runner, Log]]:
    """From one session to the next two sets more, and load for the first time."""
    for day in main_days(log):
        first = done(day, "hip-hike", 2, Reps(10), rir=3)
        yield (
            runner,
            with_done(log, first, done(day + 4 * DAY, "hip-hike", 4, Reps(10), load=External(Mass(3.0)), rir=3)),
        )


# -- too soon ---------------------------------------------------------------------------------------------------------


@twin("TS01")
def jumps_in_the_first_week(runner: Runner, log: Log) -> Iterator[tuple[Runner, Log]]:
    """A novice begins with pogo hops."""
    if runner.novice:
        (whole,) = log.coverage
        yield runner, with_done(log, done(whole.first + 2 * DAY, "pogo-hop", 2, Contacts(15)))


@twin("TS02")
def heavy_squats_on_two_days_in_a_row(runner: Runner, log: Log) -> Iterator[tuple[Runner, Log]]:
    """The same heavy work on the next day."""
    for day in main_days(log):
        yield runner, with_done(log, heavy(day), heavy(day + DAY))


@twin("TS03")
def load_rises_after_a_painful_session(runner: Runner, log: Log) -> Iterator[tuple[Runner, Log]]:
    """Pain of 4 in the calf raise, and more load three days later."""
    for day in main_days(log):
        sore = done(day, "calf-raise", 3, Reps(12), load=External(Mass(5.0)), rir=3, pain=4)
        more = done(day + 3 * DAY, "calf-raise", 3, Reps(12), load=External(Mass(8.0)), rir=3)
        clear = evolve(log, performances=tuple(each for each in log.performances if each.exercise != "calf-raise"))
        yield runner, with_done(clear, sore, more)


@twin("TS04")
def full_dose_after_six_weeks_off(runner: Runner, log: Log) -> Iterator[tuple[Runner, Log]]:
    """Six weeks without strength, then the fullest of the six days before them (the last may have been a deload)."""
    for day in main_days(log)[8:]:
        gap = tuple(each for each in log.performances if not day <= each.date < day + 42 * DAY)
        before = [each for each in gap if each.date < day and each.part is PartName.MAIN]
        last = sorted({each.date for each in before})[-6:]
        full = max(last, key=lambda date: sum(each.paired_sets for each in before if each.date == date))
        again = [evolve(each, date=day + 42 * DAY, session="twin") for each in before if each.date == full]
        if again and day + 49 * DAY < log.coverage[0].last:
            rest = tuple(each for each in gap if each.date != day + 42 * DAY)
            yield runner, with_done(evolve(log, performances=rest), *again)


# -- strength beside runs ---------------------------------------------------------------------------------------------


@twin("CO01")
def heavy_legs_the_day_before_a_hard_run(runner: Runner, log: Log) -> Iterator[tuple[Runner, Log]]:
    """Heavy squats on the day before intervals or a long run."""
    for run in log.runs:
        if run.kind.hard and not run.big_race and (run.date - log.runs[0].date).days > 35:
            yield runner, with_done(log, heavy(run.date - DAY))


@twin("CO02")
def light_legs_right_after_a_quality_run(runner: Runner, log: Log) -> Iterator[tuple[Runner, Log]]:
    """Leg work in the same part of the day as intervals."""
    for run in log.runs:
        if run.kind.quality and run.kind is not RunKind.RACE and run.day_part is DayPart.MORNING:
            yield runner, with_done(log, done(run.date, "calf-raise", 2, Reps(12), rir=4, day_part=DayPart.MIDDAY))
        elif run.kind.quality and run.kind is not RunKind.RACE:
            moved = evolve(run, day_part=DayPart.MORNING)
            after = done(run.date, "calf-raise", 2, Reps(12), rir=4, day_part=DayPart.MIDDAY)
            yield runner, with_done(with_run(log, moved, instead=run), after)


@twin("CO04")
def intervals_on_two_days_in_a_row(runner: Runner, log: Log) -> Iterator[tuple[Runner, Log]]:
    """A second hard run on the day after a quality run."""
    for run in log.runs:
        if run.kind.quality and run.kind is not RunKind.RACE:
            yield runner, with_run(log, Run(date=run.date + DAY, kind=RunKind.INTERVALS, distance=Distance(6.0)))


@twin("CO05")
def heavy_legs_two_days_before_the_race(runner: Runner, log: Log) -> Iterator[tuple[Runner, Log]]:
    """Heavy squats in the last days before an A or B race."""
    for race in runner.races:
        if race.run.big_race:
            yield runner, with_done(log, heavy(race.date - 2 * DAY))


@twin("MB01")
def a_minute_of_static_stretching_right_before_a_run(runner: Runner, log: Log) -> Iterator[tuple[Runner, Log]]:
    """Hamstrings held for a minute as the whole warm-up of an easy run."""
    taken = {each.date for each in log.performances}
    for run in log.runs:
        if run.kind is RunKind.EASY and run.date not in taken and log.covers(run.date, "warm_ups"):
            held = done(run.date, "hamstring-stretch", 1, Hold(60), part=PartName.WARM_UP, day_part=run.day_part)
            yield runner, with_done(log, held)


@twin("CV07")
def one_side_is_left_out(runner: Runner, log: Log) -> Iterator[tuple[Runner, Log]]:
    """A week of split squats on the left alone."""
    for week in weeks_of(runner, log):
        if not any(injury.recent(week, 365) for injury in runner.injuries):
            yield runner, with_done(log, done(week + 2 * DAY, "split-squat", 3, Reps(10), rir=3, one_side=True))


# -- safety -----------------------------------------------------------------------------------------------------------


@twin("SF01")
def heavy_legs_without_clearance(runner: Runner, log: Log) -> Iterator[tuple[Runner, Log]]:
    """Heavy squats while screening questions are unanswered."""
    for day in main_days(log):
        yield evolve(runner, clearance=Clearance.UNKNOWN), with_done(log, heavy(day))


@twin("SF03")
def training_through_pain_of_six(runner: Runner, log: Log) -> Iterator[tuple[Runner, Log]]:
    """Pain of 6 in three sessions in a row."""
    days = main_days(log)
    for three in zip(days, days[1:], days[2:], strict=False):
        yield runner, with_done(log, *(done(day, "calf-raise", 2, Reps(12), rir=3, pain=6) for day in three))


@twin("SF04")
def running_on_after_sharp_pain(runner: Runner, log: Log) -> Iterator[tuple[Runner, Log]]:
    """Sharp pain on a run, and the next run as if nothing had been."""
    for run, _ in pairwise(log.runs):
        sharp = Pain(region=Region.SHIN, score=3, kind=PainKind.SHARP)
        yield runner, with_run(log, evolve(run, pain=(sharp,)), instead=run)


@twin("SF05")
def a_run_on_a_day_that_began_ill(runner: Runner, log: Log) -> Iterator[tuple[Runner, Log]]:
    """Ill in the morning, and a run that day."""
    for run in log.runs:
        rest = tuple(each for each in log.readiness if each.date != run.date)
        yield runner, evolve(log, readiness=(*rest, Readiness(date=run.date, ill=True)))


@twin("SF06")
def short_nights_while_the_week_jumps(runner: Runner, log: Log) -> Iterator[tuple[Runner, Log]]:
    """Five hours of sleep for two weeks, and a week of 60 % more."""
    for week in weeks_of(runner, log):
        nights = [week + ahead * DAY for ahead in range(-14, 7)]
        kept = [each for each in log.readiness if each.date not in nights]
        short = [Readiness(date=day, sleep=Duration(5.0 * 3600)) for day in nights]
        tired = evolve(log, readiness=tuple(sorted([*kept, *short], key=lambda each: each.date)))
        for whose, jumped in a_week_jumps_by_sixty_percent(runner, tired):
            changed = {runner.week_of(new.date) for new, old in zip(jumped.runs, tired.runs, strict=True) if new != old}
            if changed == {week}:
                yield whose, jumped


# -- the tests --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(TWINS))
def test_a_foolish_twin_wakes_its_rule(name: str) -> None:
    """What was made foolish is told by the rule about it, on nearly every history that it can be done to."""
    code, make = TWINS[name]
    applied, asleep = 0, []
    for seed in SEEDS:
        runner, log = history(seed)
        made = next(make(runner, log), None)
        if made is None:
            continue
        applied += 1
        told = audit(log, runner=runner, select=[code], fixes=False).findings
        before = {(identity(each), each.measured) for each in told}
        whose, foolish = made
        after = audit(foolish, runner=whose, select=[code], fixes=False)
        if not {(identity(each), each.measured) for each in after.findings} - before:
            asleep.append(f"{seed}: {[str(each.reason) for each in after.not_applicable][:2]}")
    assert len(asleep) <= applied // 20, f"{name}: {code} sleeps on {len(asleep)} of {applied}: {asleep}"
    assert applied >= (10 if name in SELDOM else LEAST), f"{name}: applies to {applied} of {len(SEEDS)}"


SELDOM = {
    "heavy legs two days before the race",
    "a minute of static stretching right before a run",
    "rungs are skipped",
    "jumps in the first week",
    "intervals on two days in a row",
    "light legs right after a quality run",
    "thirty percent more load",
    "full dose after six weeks off",
}
"""Twins for which a history needs something that not every runner has: a race, quality runs, loads, novices."""
