"""One safe step at a time: from a ladder, a state and what was really done to the next prescription, and why.

Everything is folded into a small state, so that a step costs the same after three sessions and after two thousand.
The order of judgement is the order of gravity: what stops, what makes easier, what holds, what counts.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping

from runstrong.ladder.access import easiest_alike, injured_lately
from runstrong.ladder.limits import Limits
from runstrong.ladder.route import Route, Why, kilograms, route_for
from runstrong.ladder.showing import merged, merged_readiness
from runstrong.ladder.walk import Steps, Walk, folded_already
from runstrong.model.catalog import Catalog
from runstrong.model.errors import InvalidValue, Problem
from runstrong.model.findings import Fact
from runstrong.model.log import Performance, Readiness
from runstrong.model.prescription import Prescription
from runstrong.model.progression import Progression
from runstrong.model.runner import Runner
from runstrong.model.step import Reason, ReasonCode, State, Step, StepKind
from runstrong.model.value import evolve, unchecked
from runstrong.model.words import Level

__all__ = ["adapt", "advance", "begin", "fold", "follow", "reached_by"]

_R = ReasonCode
_NOBODY: frozenset[str] = frozenset()


def begin(
    progression: Progression,
    *,
    runner: Runner,
    limits: Limits,
    catalog: Catalog,
    on: dt.date | None = None,
    at: int | None = None,
    reached: Collection[str] = (),
) -> State:
    """Return where a runner without a log starts on a ladder.

    Novices start on the first rung they can do, others on the first one of their level, body weight before load;
    after a recent injury of the region everybody starts at the bottom. An assessment can say better: pass its rung.

    Args:
        progression: the ladder.
        runner: who climbs it.
        limits: numbers of the engine.
        catalog: where exercises are looked up.
        on: day; current injuries close rungs on it.
        at: the highest rung to start on, such as an assessment gives; the runner's level decides when not given.
        reached: exercises reached on other ladders.

    Raises:
        InvalidValue: no rung of the ladder can be done with this runner's body and kit.

    Example:
        >>> from runstrong.catalog import load_catalog
        >>> from runstrong.model.running import RunningWeek
        >>> from runstrong.rules import load_rules
        >>> catalog, limits = load_catalog(), Limits.of(load_rules())
        >>> ada = Runner(name="Ada", running=RunningWeek())
        >>> str(begin(catalog.progressions["calf-raise-straight"], runner=ada, limits=limits, catalog=catalog).earned)
        '2 x 10-15 reps at 3 RIR'
    """
    route = route_for(progression, runner, limits, catalog)
    place = _entry(route, on, at, reached)
    if place is None:
        lowest = route.blocked[0] or "none of its rungs can be done"
        fact = f"no rung that {runner.name or 'this runner'} can do"
        raise InvalidValue([Problem(f"progression {progression.id}", fact, "a ladder within reach", lowest)])
    asked = route.start(place)
    return State(progression=progression.id, rung=place, earned=asked, prescription=asked)


def _entry(route: Route, on: dt.date | None, at: int | None, reached: Collection[str]) -> int | None:
    usable = [place for place in range(len(route.rungs)) if route.usable(place, on)]
    if not usable:
        return None
    open_ = [place for place in usable if route.closed(place, 0, reached) is None]
    hurt = bool(route.injured) and injured_lately(
        route.runner, route.regions[usable[0]], on or dt.date.max, route.limits.injury_days
    )
    if at is not None and not hurt:
        under = [place for place in open_ if place <= at]
        return under[-1] if under else usable[0]
    level = route.runner.trained_level
    # What nobody has seen is not taken for granted: a rung that asks for something first is climbed to.
    fitting = [
        place for place in open_ if route.rungs[place].level.value <= level.value and route.plain(place, reached)
    ]
    if hurt or level is Level.NOVICE or not fitting:
        return usable[0]
    best = next((place for place in fitting if route.rungs[place].level is level), fitting[-1])
    return easiest_alike(route.rungs, fitting, best)


def advance(
    progression: Progression,
    state: State,
    performance: Performance,
    *,
    runner: Runner,
    readiness: Readiness | None = None,
    limits: Limits,
    catalog: Catalog,
    others: Iterable[State] = (),
    asked: Prescription | None = None,
    quiet: bool = False,
    trained: dt.date | None = None,
) -> Step:
    """Return the next step on a ladder after a performance, with the new state and the reasons.

    Args:
        progression: the ladder.
        state: before the performance.
        performance: what was done; its day lies after the last day folded in.
        runner: who did it.
        readiness: how that day began; it may hold or make easier, never raise.
        limits: numbers of the engine.
        catalog: where exercises are looked up.
        others: where the runner stands on other ladders, for rungs that ask for one of theirs.
        asked: what was asked that day, where it was not what the state says. Its sets and its effort are what is
            looked for; a day that asked for less load, less in a set or more in reserve counts as `quiet`.
        quiet: whether the day was to keep or to rest and not to build: a deload, a taper, an adapted day. It is looked
            at for pain and form and neither earns nor costs anything else.
        trained: last day before with any strength training, so that a gap in one exercise is not taken for a layoff.

    Raises:
        InvalidValue: the performance is of an exercise that is not on the ladder, is counted in another unit, or lies
            on a day that was folded in already; the readiness is of another day; or the state belongs to another
            ladder.
    """
    _checked_morning(readiness, performance.date)
    reached = frozenset(reached_by(others, catalog)) if others else _NOBODY
    walk = Walk(route_for(progression, runner, limits, catalog), state, reached)
    step = walk.see(performance, readiness, asked, quiet=quiet, trained=trained)
    return _step(step, walk.state())


def fold(
    progression: Progression,
    performances: Iterable[Performance],
    state: State | None = None,
    *,
    runner: Runner,
    readiness: Iterable[Readiness] = (),
    limits: Limits,
    catalog: Catalog,
    others: Iterable[State] = (),
    asked: Mapping[tuple[dt.date, str], Prescription] | None = None,
    quiet: Collection[dt.date] = (),
    trained: Iterable[dt.date] = (),
) -> State:
    """Return where performances leave a runner on a ladder.

    Each day is merged first, so that the order in which its sets were written down does not matter; performances of
    exercises that are not on the ladder are passed by. Without a state the fold begins on the rung that the first
    performance shows.

    Args:
        progression: the ladder.
        performances: in any order.
        state: to go on from; every performance lies after the last day folded into it.
        runner: who did them.
        readiness: how days began, in any order.
        limits: numbers of the engine.
        catalog: where exercises are looked up.
        others: where the runner stands on other ladders.
        asked: what was asked on a day for an exercise, as in `advance`.
        quiet: days that were to keep or to rest and not to build, as in `advance`.
        trained: days with any strength training, in any order, as in `advance`.

    Raises:
        InvalidValue: a performance lies on or before the day that the state was folded through, or is counted in
            another unit than its exercise.
    """
    state, _ = follow(
        progression, performances, state, runner=runner, readiness=readiness, limits=limits, catalog=catalog,
        others=others, asked=asked, quiet=quiet, trained=trained,
    )  # fmt: skip
    return state


def follow(
    progression: Progression,
    performances: Iterable[Performance],
    state: State | None = None,
    *,
    runner: Runner,
    readiness: Iterable[Readiness] = (),
    limits: Limits,
    catalog: Catalog,
    others: Iterable[State] = (),
    asked: Mapping[tuple[dt.date, str], Prescription] | None = None,
    quiet: Collection[dt.date] = (),
    trained: Iterable[dt.date] = (),
) -> tuple[State, Step | None]:
    """Return where performances leave a runner, and the step that the last day led to; None without performances.

    See `fold` for the arguments and what is raised.
    """
    route = route_for(progression, runner, limits, catalog)
    days: dict[dt.date, dict[str, list[Performance]]] = {}
    for done in performances:
        if done.exercise in route.names:
            days.setdefault(done.date, {}).setdefault(done.exercise, []).append(done)
    mornings: dict[dt.date, list[Readiness]] = {}
    for each in readiness:
        mornings.setdefault(each.date, []).append(each)
    order, reached = sorted(days), frozenset(reached_by(others, catalog))
    if state is None:
        at = _shown_rung(route, days[order[0]]) if order else None
        state = begin(
            progression, runner=runner, limits=limits, catalog=catalog, on=order[0] if order else None, at=at,
            reached=reached,
        )  # fmt: skip
    elif order and state.through is not None and order[0] <= state.through:
        raise folded_already(f"performances of {progression.id}", order[0], state.through)
    walk, others_days = Walk(route, state, reached), sorted(set(trained))
    last: Steps | None = None
    for day in order:
        done = _of_day(walk, days[day])
        morning = merged_readiness(mornings[day]) if day in mornings else None
        before = bisect_left(others_days, day)
        last = walk.see(
            done, morning, asked.get((day, done.exercise)) if asked else None, quiet=day in quiet,
            trained=others_days[before - 1] if before else None,
        )  # fmt: skip
    after = walk.state()
    return after, _step(last, after) if last is not None else None


def _of_day(walk: Walk, by_exercise: dict[str, list[Performance]]) -> Performance:
    """Return the performance of a day that counts: of what was asked, else of the hardest rung; pain of all of them."""
    if len(by_exercise) == 1:
        ((_, only),) = by_exercise.items()
        return merged(only)
    names = sorted(by_exercise, key=lambda name: walk.route.progression.rung_of(name) or 0)
    chosen = walk.prescription.exercise if walk.prescription.exercise in by_exercise else names[-1]
    done = merged(by_exercise[chosen])
    felt = tuple(
        pain
        for name in names
        if name != chosen
        for each in by_exercise[name]
        for pain in each.pain
        if pain.score or pain.kind.red_flag
    )
    return evolve(done, pain=(*done.pain, *felt)) if felt else done


def _shown_rung(route: Route, by_exercise: dict[str, list[Performance]]) -> int:
    """Return the rung that a first day shows: of the hardest exercise done, the loaded one if it was done with load."""
    name = max(by_exercise, key=lambda each: route.progression.rung_of(each) or 0)
    loads = [one.load for done in by_exercise[name] for one in done.sets]
    loaded = any(kilograms(load) != 0.0 for load in loads)
    places = [place for place, rung in enumerate(route.rungs) if rung.exercise == name]
    fitting = [place for place in places if route.rungs[place].starts_loaded == loaded]
    return fitting[0] if fitting else places[0]


def adapt(
    progression: Progression,
    state: State,
    on: dt.date,
    *,
    runner: Runner,
    readiness: Readiness | None = None,
    limits: Limits,
    catalog: Catalog,
    trained: dt.date | None = None,
) -> Step:
    """Return what to do on a day, before it is done: as the state asks, or less after a layoff or a bad night.

    It never asks for more than the state. A layoff changes the state; a night, soreness or an illness only the day.

    Args:
        progression: the ladder.
        state: as folded so far.
        on: the day.
        runner: who trains.
        readiness: how the day began.
        limits: numbers of the engine.
        catalog: where exercises are looked up.
        trained: last day before with any strength training, as in `advance`.

    Raises:
        InvalidValue: the day lies on or before the last one folded in, or the readiness is of another day.
    """
    _checked_morning(readiness, on)
    walk = Walk(route_for(progression, runner, limits, catalog), state, _NOBODY)
    if state.through is not None and on <= state.through:
        raise folded_already("on", on, state.through)
    kind, whys = walk.after_gap(on, trained)
    of_today, prescription, today = walk.today(on, readiness)
    if of_today is not StepKind.HOLD:
        kind = of_today
    reasons = [*today, *whys] if of_today is StepKind.STOP else [*whys, *today]
    if not reasons:
        reasons = [(_R.STARTING if state.through is None else _R.COMING_BACK if state.coming_back else _R.AS_ASKED, ())]
    return Step(kind=kind, prescription=prescription, state=walk.state(), reasons=tuple(map(_reason, reasons)))


def _checked_morning(readiness: Readiness | None, day: dt.date) -> None:
    if readiness is not None and readiness.date != day:
        raise InvalidValue([Problem("readiness.date", str(readiness.date), f"{day}, the day that it is to judge")])


def reached_by(others: Iterable[State], catalog: Catalog) -> Iterable[str]:
    """Yield the exercises that runners with these states have reached: those of their rungs and all under them."""
    for state in others:
        ladder = catalog.progressions.get(state.progression)
        if ladder is not None:
            for rung in ladder.rungs[: state.rung + 1]:
                yield rung.exercise


def _step(found: Steps, after: State) -> Step:
    kind, whys = found
    return _made_step(kind, after.prescription, after, tuple([_reason(why) for why in whys]))


def _reason(why: Why) -> Reason:
    return _made_reason(why[0], tuple([_made_fact(name, got) for name, got in why[1]]))


_made_reason, _made_fact, _made_step = unchecked(Reason), unchecked(Fact), unchecked(Step)
"""What the engine puts together is valid by its own laws, so that it is not checked again at each step."""
