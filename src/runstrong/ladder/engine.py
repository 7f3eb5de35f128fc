"""One safe step at a time: from a ladder, a state and what was really done to the next prescription, and why.

Everything is folded into a small state, so that a step costs the same after three sessions and after two thousand.
The order of judgement is the order of gravity: what stops, what makes easier, what holds, what counts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

import attrs

from runstrong.ladder.access import injured_lately
from runstrong.ladder.limits import Limits
from runstrong.ladder.route import Route, Why, kilograms, route_for
from runstrong.ladder.showing import Shown, amounts_of, merged, merged_readiness
from runstrong.model.catalog import Catalog
from runstrong.model.errors import InvalidValue, Problem, nearest
from runstrong.model.log import Performance, Readiness
from runstrong.model.prescription import External, FindLoad, Hold, Prescription
from runstrong.model.progression import Criterion, Progression
from runstrong.model.quantities import RIR
from runstrong.model.rules import Fact
from runstrong.model.runner import Runner
from runstrong.model.step import Reason, ReasonCode, State, Step, StepKind
from runstrong.model.value import evolve
from runstrong.model.words import ExerciseKind, Level, Side

__all__ = ["adapt", "advance", "begin", "fold", "reached_by"]

_R = ReasonCode
_FIELDS: tuple[str, ...] = tuple(field.name for field in attrs.fields(State))
_PUT = tuple((name, getattr(State, name).__set__) for name in _FIELDS)
_NEW = object.__new__
Steps = tuple[StepKind, list[Why]]
_MOST_FALLS = 6
"""After so many falls 64 times the sessions are asked for, which is never in practice."""


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
    fitting = [place for place in open_ if route.rungs[place].level.value <= level.value]
    if hurt or level is Level.NOVICE or not fitting:
        return usable[0]
    best = next((place for place in fitting if route.rungs[place].level is level), fitting[-1])
    while best - 1 in fitting and route.rungs[best - 1].exercise == route.rungs[best].exercise:
        best -= 1
    return best


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
        asked: what was asked that day, where it was not what the state says: a deload, a taper, an adapted day. A
            lighter day is looked at for pain and form and neither earns nor costs anything else.

    Raises:
        InvalidValue: the performance is of an exercise that is not on the ladder, is counted in another unit, or lies
            on a day that was folded in already; or the state belongs to another ladder.
    """
    walk = _Walk(route_for(progression, runner, limits, catalog), state, frozenset(reached_by(others, catalog)))
    kind, whys = walk.see(performance, readiness, asked)
    after = walk.state()
    step: Step = _NEW(Step)
    for put, got in zip(_PUT_STEP, (kind, after.prescription, after, tuple(map(_reason, whys))), strict=True):
        put(step, got)
    return step


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
        asked: what was asked on a day for an exercise, where it was a lighter day.

    Raises:
        InvalidValue: a performance lies on or before the day that the state was folded through, or is counted in
            another unit than its exercise.
    """
    route = route_for(progression, runner, limits, catalog)
    days: dict[dt.date, dict[str, list[Performance]]] = {}
    for done in performances:
        if done.exercise in route.names:
            days.setdefault(done.date, {}).setdefault(done.exercise, []).append(done)
    mornings: dict[dt.date, list[Readiness]] = {}
    for each in readiness:
        mornings.setdefault(each.date, []).append(each)
    order = sorted(days)
    if state is None:
        at = _shown_rung(route, days[order[0]]) if order else None
        state = begin(progression, runner=runner, limits=limits, catalog=catalog, on=order[0] if order else None, at=at)
    elif order and state.through is not None and order[0] <= state.through:
        raise _folded_already(f"performances of {progression.id}", order[0], state.through)
    walk = _Walk(route, state, frozenset(reached_by(others, catalog)))
    for day in order:
        done = _of_day(walk, days[day])
        morning = merged_readiness(mornings[day]) if day in mornings else None
        walk.see(done, morning, asked.get((day, done.exercise)) if asked else None)
    return walk.state()


def _of_day(walk: _Walk, by_exercise: dict[str, list[Performance]]) -> Performance:
    """Return the performance of a day that counts: of what was asked, else of the hardest rung; pain of all of them."""
    if len(by_exercise) == 1:
        ((_, only),) = by_exercise.items()
        return merged(only)
    names = sorted(by_exercise, key=lambda name: walk.route.progression.rung_of(name) or 0)
    chosen = walk.prescription.exercise if walk.prescription.exercise in by_exercise else names[-1]
    done = merged(by_exercise[chosen])
    felt = tuple(
        pain for name in names if name != chosen for each in by_exercise[name] for pain in each.pain if pain.score
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

    Raises:
        InvalidValue: the day lies on or before the last one folded in.
    """
    walk = _Walk(route_for(progression, runner, limits, catalog), state, frozenset())
    if state.through is not None and on <= state.through:
        raise _folded_already("on", on, state.through)
    kind, whys = walk.after_gap(on)
    now, today = walk.today(on, readiness)
    prescription, reasons = now if now is not None else walk.prescription, [*whys, *today]
    if today:
        kind = StepKind.STOP if today[0][0] in _STOPPING else StepKind.LIGHTEN if now is not None else StepKind.HOLD
        if whys and kind is StepKind.HOLD:
            kind = StepKind.LIGHTEN
    if not reasons:
        reasons = [(_R.STARTING if state.through is None else _R.COMING_BACK if state.coming_back else _R.AS_ASKED, ())]
    return Step(kind=kind, prescription=prescription, state=walk.state(), reasons=tuple(map(_reason, reasons)))


_STOPPING = (_R.RED_FLAG, _R.ILL, _R.PAIN_STOPS)


def reached_by(others: Iterable[State], catalog: Catalog) -> Iterable[str]:
    """Yield the exercises that runners with these states have reached: those of their rungs and all under them."""
    for state in others:
        ladder = catalog.progressions.get(state.progression)
        if ladder is not None:
            for rung in ladder.rungs[: state.rung + 1]:
                yield rung.exercise


def _folded_already(place: str, day: dt.date, through: dt.date) -> InvalidValue:
    cure = "fold the whole log anew, without a state, so that nothing is lost and nothing counts twice"
    return InvalidValue([Problem(place, str(day), f"days after {through}, the last one folded in", cure)])


def _reason(why: Why) -> Reason:
    return Reason(code=why[0], facts=tuple(Fact(name=name, value=got) for name, got in why[1]))


_PUT_STEP = tuple(getattr(Step, name).__set__ for name in ("kind", "prescription", "state", "reasons"))


class _Walk:
    """A state on its way: unpacked once, changed session by session, packed again at the end."""

    __slots__ = (*_FIELDS, "day", "reached", "route")

    day: dt.date
    """Of the session that is being judged."""

    progression: str
    rung: int
    earned: Prescription
    prescription: Prescription
    met: int
    missed: int
    flat: int
    best: float
    falls: int
    peak_rung: int | None
    peak: Prescription | None
    pain: int | None
    short_since: dt.date | None
    stopped: dt.date | None
    begun: dt.date | None
    entered: dt.date | None
    through: dt.date | None

    def __init__(self, route: Route, state: State, reached: frozenset[str]) -> None:
        if state.progression != route.progression.id:
            fact, allowed = state.progression, f"a state of {route.progression.id}"
            raise InvalidValue([Problem("state.progression", fact, allowed)])
        if state.rung >= len(route.rungs) or state.earned.exercise != route.rungs[state.rung].exercise:
            fact = f"{state.earned.exercise} on rung {state.rung}"
            cure = "the ladder has changed since: fold the log anew"
            raise InvalidValue([Problem("state.rung", fact, f"a rung of {route.progression.id} as it is now", cure)])
        self.route, self.reached = route, reached
        for name in _FIELDS:
            setattr(self, name, getattr(state, name))

    def state(self) -> State:
        """Pack the state; what comes from one valid state by valid moves is valid, so that it is not checked anew."""
        made: State = _NEW(State)
        for name, put in _PUT:
            put(made, getattr(self, name))
        return made

    # -- a session ----------------------------------------------------------------------------------------------

    def see(self, done: Performance, readiness: Readiness | None, asked: Prescription | None) -> Steps:
        """Take one day's performance in; return what changes and why."""
        route, day = self.route, done.date
        through = self.through
        if through is not None and day <= through:
            raise _folded_already(f"performance of {done.exercise}", day, through)
        if done.exercise not in route.names:
            near = nearest(done.exercise, route.names)
            allowed = ", ".join(dict.fromkeys(rung.exercise for rung in route.rungs))
            cure = f"did you mean {near!r}?" if near else f"advance the ladder that {done.exercise} is on"
            place = f"performance on {day}, exercise"
            raise InvalidValue(
                [Problem(place, done.exercise, f"an exercise of {route.progression.id}: {allowed}", cure)]
            )
        if through is None:
            self.begun, self.entered = self.begun or day, self.entered or day
            gap: list[Why] = []
        else:
            gap = self.after_gap(day)[1] if (day - through).days > route.limits.layoff_days else []
        same = done.exercise == self.prescription.exercise
        showing = Shown(done, self.prescription if same else route.start(route.place_of_exercise(done.exercise)))
        self.through = self.day = day
        step = self._judged(done, showing, readiness, asked, same)
        pain = showing.pain
        if pain is not None:
            self.pain = pain
        if gap:
            step[1].extend(gap)
        return step

    def _judged(
        self, done: Performance, showing: Shown, readiness: Readiness | None, asked: Prescription | None, same: bool
    ) -> Steps:
        limits = self.route.limits
        if showing.flags or (readiness is not None and readiness.red_flags):
            flags = (*showing.flags, *(readiness.red_flags if readiness is not None else ()))
            return self._stop((_R.RED_FLAG, (("flags", ", ".join(flags)),)))
        pain = showing.pain
        if pain is not None and pain > limits.pain_go:
            step = self._hurting(pain, showing)
            if step is not None:
                return step
        self.stopped = None
        unwell = self._unwell(done.date, readiness) if readiness is not None else None
        if unwell is not None:
            return unwell
        if pain is not None and pain > limits.pain_go:
            return self._hold((_R.PAIN_HOLDS, (("score", pain), ("most", limits.pain_go))))
        if not same:
            return self._hold((_R.OTHER_EXERCISE, (("done", done.exercise), ("asked", self.prescription.exercise))))
        if asked is not None and _lighter(asked, self.prescription):
            if not showing.failed:
                return StepKind.HOLD, [(_R.LIGHTER_DAY, ())]
            return self._hold((_R.FORM_FAILED, (("flags", _flags(showing)),)))
        if not done.sets:
            return StepKind.HOLD, [(_R.SETS_NOT_RECORDED, ())]
        if self.route.injured and self._injured_now(done.date):
            return self._hold((_R.INJURED_NOW, (("region", str(self.route.progression.region)),)))
        return self._worked(done, showing)

    def _hurting(self, pain: int, showing: Shown) -> Steps | None:
        """Return what pain over the go-limit leads to beyond a hold: stop, or something easier."""
        limits = self.route.limits
        if pain > limits.pain_stop:
            return self._stop((_R.PAIN_STOPS, (("score", pain), ("most", limits.pain_stop))))
        if pain > limits.pain_hold:
            return self._eased((_R.PAIN_OVER_LIMIT, (("score", pain), ("most", limits.pain_hold))))
        if showing.morning is not None and showing.morning > limits.pain_go:
            return self._eased((_R.PAIN_NOT_SETTLED, (("score", showing.morning),)))
        if self.pain is not None and pain > self.pain >= limits.pain_go:
            return self._eased((_R.PAIN_RISING, (("score", pain), ("before", self.pain))))
        return None

    def _stop(self, why: Why) -> Steps:
        """Stop: the position stays, to be come back to from something easier."""
        self.met = self.missed = self.flat = 0
        self.stopped = self.day
        whys = [why]
        move = self.route.eased(self.rung, self.prescription, self.day)
        if move is not None:
            self.prescription = move[2]
            whys.append(move[3])
        return StepKind.STOP, whys

    def _eased(self, why: Why) -> Steps:
        """Ask for less without giving the position up."""
        self.met = self.missed = self.flat = 0
        move = self.route.eased(self.rung, self.prescription, self.day)
        if move is None:
            return StepKind.HOLD, [why, (_R.EASIEST_ALREADY, ())]
        kind, _, self.prescription, how = move
        return kind, [why, how]

    def _hold(self, *whys: Why) -> Steps:
        self.met = 0
        return StepKind.HOLD, list(whys)

    def _unwell(self, day: dt.date, readiness: Readiness) -> Steps | None:
        """Return what a bad start into the day leads to, or None; short nights hold for two weeks at most."""
        limits = self.route.limits
        if readiness.ill:
            return self._eased((_R.ILL, ()))
        region = self.route.regions[self.rung]
        sore = max((one.score for one in readiness.soreness if one.region in region), default=0)
        if sore >= limits.sore_lighten:
            return self._eased((_R.SORE, (("score", sore),)))
        short = self._short(readiness)
        if short is None:
            if readiness.sleep is not None or readiness.stress is not None:
                self.short_since = None
        else:
            self.short_since = self.short_since or day
            if (day - self.short_since).days < limits.short_days:
                return self._hold(short)
        return self._hold((_R.SORE, (("score", sore),))) if sore >= limits.sore_hold else None

    def _short(self, readiness: Readiness) -> Why | None:
        limits, usual = self.route.limits, self.route.runner.usual_sleep
        if readiness.sleep is not None:
            hours = readiness.sleep.seconds / 3600
            least = limits.sleep_hours
            if usual is not None:
                # Whose usual night is short is measured by that; whose is long, by the general figure too.
                least = max(usual.seconds / 3600 - limits.sleep_under_usual, min(least, usual.seconds / 3600))
            if hours < least:
                return _R.SHORT_NIGHT, (("hours", round(hours, 1)), ("least", round(least, 1)))
        if readiness.stress is not None and readiness.stress >= limits.stress_high:
            return _R.STRESSED, (("score", readiness.stress),)
        return None

    def _injured_now(self, day: dt.date) -> bool:
        here = self.route.regions[self.rung]
        return any(injury.region in here and injury.current(day) for injury in self.route.runner.injuries)

    # -- what was lifted ----------------------------------------------------------------------------------------

    def _worked(self, done: Performance, showing: Shown) -> Steps:
        """Judge sets that pain and readiness leave to be judged."""
        asked, limits, route = self.prescription, self.route.limits, self.route
        criterion = route.rungs[self.rung].criterion
        if type(asked.load) is FindLoad:
            return self._finding(asked, asked.load, showing)
        wanted = kilograms(asked.load)
        light = wanted is not None and (showing.kilograms is None or showing.kilograms < wanted - limits.tolerance_kg)
        clean = not showing.failed or not criterion.clean_form
        complete = showing.sets >= asked.sets and (showing.missing is None or not criterion.both_sides)
        under = showing.worst < asked.amount.low
        score = showing.total + (showing.reserve or 0.0) * asked.sets
        better = complete and clean and not light and score > self.best
        if asked != self.earned:
            return self._returning(showing, complete and not under and not showing.assisted, light, clean)
        bar, at_criterion = route.bar(self.rung, self.earned)
        lack = self._lacking(showing, criterion, bar, light, clean)
        if lack is None and complete:
            self.missed = self.flat = 0
            self.met += 1
            self.best = max(self.best, score)
            return self._met(done, showing, criterion, at_criterion)
        self.met = self.met if lack is None else 0
        if better:
            self.best, self.missed, self.flat = score, 0, 0
            self.met = 0
            return StepKind.HOLD, [(_R.IMPROVING, _worst(showing, bar)), *([lack] if lack else [])]
        if under or not clean:
            self.missed += 1
            self.met = 0
        if self.missed >= limits.misses:
            if not clean:
                return self._down((_R.FORM_FAILED, (("flags", _flags(showing)), ("sessions", self.missed))))
            facts = (("worst", showing.worst), ("least", asked.amount.low), ("sessions", self.missed))
            return self._down((_R.TARGET_MISSED, facts))
        if self.flat >= limits.stall_sessions and lack is not None:
            return self._down((_R.STALLED, (("sessions", self.flat),)), swap=self.falls > 0)
        if complete:
            self.flat += 1
        missing = self._incomplete(showing)
        return StepKind.HOLD, [each for each in (lack, missing) if each is not None] or [
            (_R.BELOW_BAR, _worst(showing, bar))
        ]

    def _lacking(self, showing: Shown, criterion: Criterion, bar: int, light: bool, clean: bool) -> Why | None:
        """Return what keeps a session from counting, or None when it counts."""
        if not clean:
            return _R.FORM_FAILED, (("flags", _flags(showing)),)
        if light:
            if showing.kilograms is None:
                return _R.LOAD_UNCLEAR, ()
            return _R.LIGHTER_LOAD, (("kg", showing.kilograms), ("asked", kilograms(self.prescription.load) or 0.0))
        if showing.assisted:
            return _R.ASSISTED, ()
        if showing.worst < bar:
            return _R.BELOW_BAR, _worst(showing, bar)
        needed = criterion.rir_at_least
        if needed is not None:
            if showing.reserve is None:
                return _R.EFFORT_UNKNOWN, (("least", needed.reps),)
            if showing.reserve < needed.reps:
                return _R.EFFORT_TOO_HIGH, (("rir", showing.reserve), ("least", needed.reps))
        pain = showing.pain
        if pain is None:
            return (_R.PAIN_UNKNOWN, ()) if criterion.pain_at_most == 0 else None
        if pain > criterion.pain_at_most:
            return _R.PAIN_HOLDS, (("score", pain), ("most", criterion.pain_at_most))
        return None

    def _incomplete(self, showing: Shown) -> Why | None:
        if showing.missing is not None:
            return _R.SIDE_MISSING, (("side", str(showing.missing)),)
        if showing.sets < self.prescription.sets:
            return _R.SETS_MISSING, (("done", showing.sets), ("asked", self.prescription.sets))
        return None

    def _finding(self, asked: Prescription, load: FindLoad, showing: Shown) -> Steps:
        """Take the load that was found as the one to go on with, or the next one under it when it was too heavy."""
        found = showing.found
        if showing.missing is not None or showing.failed or type(found) is not External:
            whys: list[Why] = [(_R.FIND_LOAD, (("rir", load.rir.reps),))]
            if showing.failed:
                whys.insert(0, (_R.FORM_FAILED, (("flags", _flags(showing)),)))
            elif showing.missing is not None:
                whys.insert(0, (_R.SIDE_MISSING, (("side", str(showing.missing)),)))
            return StepKind.HOLD, whys
        taken = found
        if showing.worst < asked.amount.low or (showing.reserve is not None and showing.reserve < load.rir.reps):
            lighter = self.route.lighter(self.rung, found.mass.kg, self.route.limits.ease_share)
            if lighter is None:
                facts = (("rir", showing.reserve if showing.reserve is not None else -1), ("least", load.rir.reps))
                return StepKind.HOLD, [(_R.EFFORT_TOO_HIGH, facts)]
            taken = lighter
        self.earned = self.prescription = evolve(asked, load=taken)
        self.best, self.met, self.missed, self.flat = 0.0, 0, 0, 0
        return StepKind.HOLD, [(_R.LOAD_FOUND, (("kg", taken.mass.kg),))]

    def _returning(self, showing: Shown, done: bool, light: bool, clean: bool) -> Steps:
        """Come back to what was earned, a step for each clean session."""
        limits, asked = self.route.limits, self.prescription
        if not clean or light or not done:
            self.met = 0
            lack: Why | None = None
            if not clean:
                lack = (_R.FORM_FAILED, (("flags", _flags(showing)),))
            elif light and showing.kilograms is not None:
                lack = (_R.LIGHTER_LOAD, (("kg", showing.kilograms), ("asked", kilograms(asked.load) or 0.0)))
            return StepKind.HOLD, [each for each in (lack, self._incomplete(showing)) if each is not None] or [
                (_R.BELOW_BAR, _worst(showing, asked.amount.low))
            ]
        self.met += 1
        needed, doubled = self._needed(limits.return_sessions)
        if self.met < needed:
            return StepKind.HOLD, [(_R.ONE_SESSION_MORE, (("met", self.met), ("needed", needed))), *doubled]
        self.met = 0
        kind, _, self.prescription, how = self.route.regained(self.rung, asked, self.earned, self.day)
        self.best = 0.0
        return kind, [(_R.COMING_BACK, ()), how]

    # -- steps --------------------------------------------------------------------------------------------------

    def _needed(self, sessions: int) -> tuple[int, list[Why]]:
        """Return how many sessions in a row a step asks for, and what multiplies them."""
        route, limits, day = self.route, self.route.limits, self.day
        doubled: list[Why] = []
        if route.injured and injured_lately(route.runner, route.regions[self.rung], day, limits.injury_days):
            sessions *= limits.injury_factor
            doubled.append((_R.INJURY_LATELY, (("region", str(route.progression.region)),)))
        if self.short_since is not None and (day - self.short_since).days >= limits.short_days:
            sessions *= limits.half_pace
            doubled.append((_R.HALF_PACE, ()))
        if self.falls:
            sessions <<= self.falls
            doubled.append((_R.FELL_BACK, (("times", self.falls),)))
        return sessions, doubled

    def _met(self, done: Performance, showing: Shown, criterion: Criterion, at_criterion: bool) -> Steps:
        limits = self.route.limits
        on_the_way = limits.hold_sessions if isinstance(self.earned.amount, Hold) else limits.raise_sessions
        needed, doubled = self._needed(criterion.sessions if at_criterion else on_the_way)
        if self.met < needed:
            return StepKind.HOLD, [
                (_R.ONE_SESSION_MORE, (("met", self.met), ("needed", needed))), *doubled,
            ]  # fmt: skip
        told: list[Why] = []
        move = None
        first: tuple[External, float] | None = None
        if at_criterion:
            up = self.route.above(self.rung, self.day)
            if up is None:
                told.append((_R.LADDER_DONE, ()))
            else:
                stayed = _weeks(self.entered, self.day)
                if criterion.weeks is not None and stayed < criterion.weeks:
                    told.append((_R.WEEKS_FIRST, (("weeks", stayed), ("needed", criterion.weeks))))
                else:
                    why = self.route.closed(up, _weeks(self.begun, self.day), self.reached)
                    if why is not None:
                        told.append((_R.NEXT_RUNG_CLOSED, (("why", why),)))
                    else:
                        move, first = self.route.enter(up, self.earned, self.rung)
        if move is None:
            move = self.route.harder(self.rung, self.earned, first)
        if move is None:
            # Everything here is used up: the streak stays, so that a rung that opens is taken at once.
            self.met = needed
            return StepKind.HOLD, [self._proof(done, showing), *told]
        proof = self._proof(done, showing)
        kind, rung, made, how = move
        if self.peak is not None and (rung > (self.peak_rung or 0) or self.earned == self.peak):
            self.falls, self.peak, self.peak_rung = 0, None, None
        if rung != self.rung:
            self.entered = self.day
        self.rung, self.earned, self.prescription = rung, made, made
        self.met = self.missed = self.flat = 0
        self.best = 0.0
        return kind, [proof, how, *told]

    def _proof(self, done: Performance, showing: Shown) -> Why:
        facts: list[tuple[str, str | int | float]] = [
            ("amounts", " ".join(map(str, amounts_of(done)))),
            ("unit", self.earned.amount.unit),
            ("sides", 2 if self.earned.side is Side.BOTH else 1),
            ("sessions", self.met),
        ]
        if showing.reserve is not None:
            facts.append(("rir", showing.reserve))
        return _R.BAR_MET, tuple(facts)

    def _down(self, why: Why, *, swap: bool = False) -> Steps:
        """Give the position up for an easier one; each fall asks for more sessions on the way back."""
        move = self.route.easier(self.rung, self.earned, self.day, swap=swap)
        self.met = self.missed = self.flat = 0
        self.best = 0.0
        if move is None:
            return StepKind.HOLD, [why, (_R.EASIEST_ALREADY, ())]
        if self.peak is None:
            self.peak, self.peak_rung = self.earned, self.rung
        self.falls = min(self.falls + 1, _MOST_FALLS)
        kind, rung, made, how = move
        if rung != self.rung:
            self.entered = self.day
        self.rung, self.earned, self.prescription = rung, made, made
        return kind, [why, how]

    # -- before a session ---------------------------------------------------------------------------------------

    def after_gap(self, day: dt.date) -> Steps:
        """Lower what is asked for after a layoff; the position stays, unless the layoff was long."""
        limits = self.route.limits
        if self.through is None:
            return StepKind.HOLD, []
        gap = (day - self.through).days
        if gap <= limits.layoff_days:
            return StepKind.HOLD, []
        self.met = self.missed = self.flat = 0
        self.best = 0.0
        if gap > limits.layoff_long:
            return self._anew(day, gap)
        share = limits.share_long
        if gap <= limits.layoff_short:
            share = limits.share_short
        elif gap <= limits.layoff_medium:
            share = limits.share_medium
        if type(self.earned.load) is FindLoad or self.prescription.exercise != self.earned.exercise:
            return StepKind.HOLD, []
        less = self.route.scaled(self.rung, self.earned, share)
        if _lighter(self.prescription, less) or less == self.prescription:
            return StepKind.HOLD, []
        self.prescription = less
        return StepKind.LIGHTEN, [(_R.LAYOFF, (("days", gap), ("percent", round(100 * share))))]

    def _anew(self, day: dt.date, gap: int) -> Steps:
        """After a long layoff a runner is a novice on the ladder."""
        lowest = self.route.lowest(day)
        place = lowest if lowest is not None else self.rung
        fell = place < self.rung
        start = self.route.start(place)
        if not fell and start == self.earned:
            return StepKind.HOLD, []
        self.rung, self.earned, self.prescription = place, start, start
        self.begun = self.entered = day
        self.falls, self.peak, self.peak_rung = 0, None, None
        facts = (("days", gap), ("exercise", start.exercise))
        return (StepKind.EASIER_RUNG if fell else StepKind.LIGHTEN), [(_R.LONG_LAYOFF, facts)]

    def today(self, day: dt.date, readiness: Readiness | None) -> tuple[Prescription | None, list[Why]]:
        """Return what readiness makes of today's session: something lighter or None, and why."""
        limits, asked = self.route.limits, self.prescription
        if self.stopped is not None:
            return None, [(_R.PAIN_STOPS, (("since", str(self.stopped)),))]
        if readiness is None:
            return (
                (None, [(_R.INJURED_NOW, (("region", str(self.route.progression.region)),))])
                if (self.route.injured and self._injured_now(day))
                else (None, [])
            )
        if readiness.red_flags:
            return None, [(_R.RED_FLAG, (("flags", ", ".join(readiness.red_flags)),))]
        if readiness.ill:
            return None, [(_R.ILL, ())]
        whys: list[Why] = []
        now: Prescription | None = None
        here = self.route.regions[self.rung]
        sore = max((one.score for one in readiness.soreness if one.region in here), default=0)
        if sore >= limits.sore_lighten:
            sets = max(1, asked.sets // 2)
            now = evolve(asked, sets=sets)
            whys += [(_R.SORE, (("score", sore),)), (_R.FEWER_SETS, (("sets", sets),))]
        elif sore >= limits.sore_hold:
            whys.append((_R.SORE, (("score", sore),)))
        hours = readiness.sleep.seconds / 3600 if readiness.sleep is not None else None
        if hours is not None and hours < limits.sleep_acute:
            whys.append((_R.SHORT_NIGHT, (("hours", round(hours, 1)), ("least", limits.sleep_acute))))
            base = now if now is not None else asked
            if self.route.exercises[self.rung].kind is ExerciseKind.PLYOMETRIC:
                now = evolve(base, sets=1)
                whys.append((_R.FEWER_SETS, (("sets", 1),)))
            elif base.rir is not None:
                more = RIR(min(10.0, base.rir.reps + 1))
                load = FindLoad(more) if type(base.load) is FindLoad else base.load
                now = evolve(base, rir=more, load=load)
                whys.append((_R.MORE_RESERVE, (("rir", more.reps),)))
        elif (short := self._short(readiness)) is not None:
            whys.append(short)
        return now, whys


def _weeks(since: dt.date | None, day: dt.date) -> int:
    return (day - since).days // 7 if since is not None else 0


def _worst(showing: Shown, bar: int) -> tuple[tuple[str, str | int | float], ...]:
    return ("worst", showing.worst), ("bar", bar)


def _flags(showing: Shown) -> str:
    return ", ".join(dict.fromkeys(map(str, showing.failed)))


def _lighter(one: Prescription, other: Prescription) -> bool:
    """Whether `one` asks for less than `other` in anything and for more in nothing."""
    if one.exercise != other.exercise:
        return False
    ours, theirs = kilograms(one.load), kilograms(other.load)
    loads = 0.0 if ours is None or theirs is None else ours - theirs
    reserve = (other.rir.reps if other.rir else 0.0) - (one.rir.reps if one.rir else 0.0)
    differences = (loads, reserve, one.sets - other.sets, one.amount.low - other.amount.low)
    return max(differences) <= 0 and min(differences) < 0
