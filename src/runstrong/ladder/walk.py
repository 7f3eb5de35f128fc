"""A state on its way through sessions: what stops, what makes easier, what holds, what counts, in order of gravity."""

from __future__ import annotations

import datetime as dt
import operator

import attrs

from runstrong.ladder.access import injured_lately
from runstrong.ladder.route import Route, Why, as_hard, kilograms
from runstrong.ladder.showing import Shown, amounts_of
from runstrong.model.errors import InvalidValue, Problem, nearest
from runstrong.model.log import Performance, Readiness
from runstrong.model.prescription import Band, External, FindLoad, Hold, Prescription
from runstrong.model.progression import Criterion
from runstrong.model.quantities import RIR
from runstrong.model.step import ReasonCode, State, StepKind
from runstrong.model.value import evolve, unchecked
from runstrong.model.words import ExerciseKind, OverloadAxis, Side

__all__ = ["Steps", "Walk", "folded_already"]

_R = ReasonCode
_FIELDS: tuple[str, ...] = tuple(field.name for field in attrs.fields(State))
_UNPACK = operator.attrgetter(*_FIELDS)
_pack = unchecked(State)
Steps = tuple[StepKind, list[Why]]
_FLAT = (_R.BELOW_BAR, _R.EFFORT_TOO_HIGH)
"""What a session lacks that is no better than the last ones; what was not recorded is not held against a runner."""
_MOST_FALLS = 6
"""After so many falls 64 times the sessions are asked for, which is never in practice."""


def folded_already(place: str, day: dt.date, through: dt.date) -> InvalidValue:
    """Return the error for a day that a state holds already."""
    cure = "fold the whole log anew, without a state, so that nothing is lost and nothing counts twice"
    return InvalidValue([Problem(place, str(day), f"days after {through}, the last one folded in", cure)])


class Walk:
    """A state on its way: unpacked once, changed session by session, packed again at the end."""

    __slots__ = (*_FIELDS, "day", "least_rir", "reached", "route", "sets", "slow")

    day: dt.date
    """Of the session that is being judged."""
    sets: int
    """Asked for in that session."""
    least_rir: float | None
    """Asked for in that session, where the plan asked for more effort than the rung does."""
    slow: bool
    """Whether that session came after one more of a long row of short nights."""

    progression: str
    rung: int
    earned: Prescription
    prescription: Prescription
    met: int
    missed: int
    flat: int
    best: float
    falls: int
    rose: bool
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
        self.route, self.reached, self.slow = route, reached, False
        (
            self.progression, self.rung, self.earned, self.prescription, self.met, self.missed, self.flat, self.best,
            self.falls, self.rose, self.peak_rung, self.peak, self.pain, self.short_since, self.stopped, self.begun,
            self.entered, self.through,
        ) = _UNPACK(state)  # fmt: skip

    def state(self) -> State:
        """Pack the state; what comes from one valid state by valid moves is valid, so that it is not checked anew."""
        return _pack(
            self.progression, self.rung, self.earned, self.prescription, self.met, self.missed, self.flat, self.best,
            self.falls, self.rose, self.peak_rung, self.peak, self.pain, self.short_since, self.stopped, self.begun,
            self.entered, self.through,
        )  # fmt: skip

    # -- a session ----------------------------------------------------------------------------------------------

    def see(
        self,
        done: Performance,
        readiness: Readiness | None = None,
        asked: Prescription | None = None,
        *,
        quiet: bool = False,
        trained: dt.date | None = None,
    ) -> Steps:
        """Take one day's performance in; return what changes and why.

        Args:
            done: the day's performance.
            readiness: how the day began.
            asked: what was asked, where that was not what the state says.
            quiet: whether the day was to keep or to rest and not to build.
            trained: last day before with any strength training at all.
        """
        route, day = self.route, done.date
        through = self.through
        if through is not None and day <= through:
            raise folded_already(f"performance of {done.exercise}", day, through)
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
        _, gap = self.after_gap(day, trained)
        usual = self.prescription
        same = done.exercise == usual.exercise
        showing = Shown(done, usual if same else route.start(route.place_of_exercise(done.exercise)))
        self.through = self.day = day
        self.slow, self.sets, self.least_rir = False, usual.sets, None
        if asked is not None and same:
            self.sets = min(asked.sets, usual.sets)
            self.least_rir = asked.rir.reps if asked.rir is not None else None
            quiet = quiet or _lighter(asked, evolve(usual, sets=asked.sets))
        step = self._judged(done, showing, readiness, same=same, quiet=quiet)
        pain = showing.pain
        if pain is not None:
            self.pain = pain
        step[1].extend(gap)
        return step

    def _judged(
        self, done: Performance, showing: Shown, readiness: Readiness | None, *, same: bool, quiet: bool
    ) -> Steps:
        limits = self.route.limits
        if showing.flags or (readiness is not None and readiness.red_flags):
            flags = (*showing.flags, *(readiness.red_flags if readiness is not None else ()))
            self.stopped = self.day
            return self._stop((_R.RED_FLAG, (("flags", ", ".join(flags)),)))
        self.stopped = None
        pain = showing.pain
        if pain is not None and pain > limits.pain_go:
            step = self._hurting(pain, showing)
            if step is not None:
                return step
        unwell = self._unwell(done.date, readiness) if readiness is not None else None
        if unwell is not None:
            return unwell
        if pain is not None and pain > limits.pain_go and not (same and done.sets):
            return self._hold((_R.PAIN_HOLDS, (("score", pain), ("most", limits.pain_go))))
        if not same:
            return self._beside(done, showing)
        if quiet:
            if not showing.failed:
                return StepKind.HOLD, [(_R.LIGHTER_DAY, ())]
            return self._hold((_R.FORM_FAILED, (("flags", _flags(showing)),)))
        if not done.sets:
            return StepKind.HOLD, [(_R.SETS_NOT_RECORDED, ())]
        if self.route.injured and self._injured_now(done.date):
            return self._hold((_R.INJURED_NOW, (("region", str(self.route.progression.region)),)))
        return self._worked(done, showing)

    def _beside(self, done: Performance, showing: Shown) -> Steps:
        """Judge another exercise of the ladder: it earns nothing, but an easier one that fails counts as a miss."""
        route, other = self.route, (_R.OTHER_EXERCISE, (("done", done.exercise), ("asked", self.prescription.exercise)))
        here = route.place_of_exercise(done.exercise)
        least = route.start(here).amount.low
        easier = here < route.place_of_exercise(self.prescription.exercise)
        self.met = 0
        if not easier or not done.sets or showing.worst >= least:
            return StepKind.HOLD, [other]
        self.missed += 1
        if self.missed < route.limits.misses:
            return StepKind.HOLD, [other, (_R.BELOW_BAR, _worst(showing, least))]
        return self._down((_R.TARGET_MISSED, (("worst", showing.worst), ("least", least), ("sessions", self.missed))))

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
        eased = self._less()
        return StepKind.STOP, [why] if eased is None else [why, eased[1]]

    def _eased(self, why: Why) -> Steps:
        """Ask for less without giving the position up."""
        eased = self._less()
        return (StepKind.HOLD, [why, (_R.EASIEST_ALREADY, ())]) if eased is None else (eased[0], [why, eased[1]])

    def _less(self) -> tuple[StepKind, Why] | None:
        """Make what is asked easier by one move; return how, or None where nothing easier is left."""
        self.met = self.missed = self.flat = 0
        move = self.route.eased(self.rung, self.prescription, self.day)
        if move is None:
            return None
        kind, _, self.prescription, how = move
        self.best = 0.0
        return kind, how

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
            self.slow = (day - self.short_since).days >= limits.short_days
            if not self.slow:
                return StepKind.HOLD, [short]  # it does not count, and what was met before it stays met
        return (StepKind.HOLD, [(_R.SORE, (("score", sore),))]) if sore >= limits.sore_hold else None

    def _short(self, readiness: Readiness) -> Why | None:
        limits, usual = self.route.limits, self.route.runner.usual_sleep
        if readiness.sleep is not None:
            hours = readiness.sleep.seconds / 3600
            least = limits.sleep_hours
            if usual is not None:
                # Whose usual night is short is measured by that alone; whose is long, by the general figure too.
                under_usual = usual.seconds / 3600 - limits.sleep_under_usual
                least = under_usual if usual.seconds / 3600 < least else max(least, under_usual)
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
        """Judge sets that readiness leaves to be judged."""
        asked, route = self.prescription, self.route
        criterion = route.rungs[self.rung].criterion
        flaw = self._hurt(showing, criterion) or self._flaw(showing, criterion)
        if type(asked.load) is FindLoad:
            return self._finding(asked, asked.load, showing, flaw)
        complete = showing.sets >= self.sets  # with a side missing that is none
        score = self._score(done, showing, asked)
        before = self.best
        if complete and flaw is None:
            self.best = max(before, score)
        improving = self.best > before > 0
        if asked is not self.earned and asked != self.earned:
            return self._returning(showing, criterion, flaw, complete, improving)
        bar, at_criterion = route.bar(self.rung, self.earned)
        lack = flaw or self._short_of(showing, criterion, bar)
        if lack is None and complete:
            self.missed = self.flat = 0
            self.met += 1
            return self._met(done, showing, criterion, at_criterion)
        if lack is not None:
            self.met = 0
        if improving:
            self.missed = self.flat = 0
            return StepKind.HOLD, [(_R.IMPROVING, _worst(showing, bar)), *([lack] if lack is not None else [])]
        if self.flat >= route.limits.stall_sessions and lack is not None:
            return self._down((_R.STALLED, (("sessions", self.flat),)), swap=self.falls > 0, least=False)
        why = self._missed(showing, criterion)
        if why is not None:
            return self._down(why)
        if complete and before and lack is not None and lack[0] in _FLAT:
            self.flat += 1
        return StepKind.HOLD, self._lacks(lack, showing)

    def _score(self, done: Performance, showing: Shown, asked: Prescription) -> float:
        """Return how good a showing is: amounts of all sets, with what was left in reserve.

        Sets beyond those that were asked for, sets that the plan left out, and a reserve that was not recorded make no
        showing better or worse than the next one.
        """
        reserve = showing.reserve
        if reserve is None:
            reserve = asked.rir.reps if asked.rir is not None else 0.0
        total: float = showing.total
        if showing.sets > self.sets:
            total = showing.best_of(done, asked.side, self.sets)
        if self.sets < asked.sets:
            total *= asked.sets / self.sets
        return total + reserve * asked.sets

    def _missed(self, showing: Shown, criterion: Criterion, *, too_heavy: bool = False) -> Why | None:
        """Count a session with failed form or under the bottom of the range; return why it was one too many."""
        dirty, least = bool(showing.failed) and criterion.clean_form, self.prescription.amount.low
        wanted = kilograms(self.prescription.load)
        heavier = wanted is not None and (showing.kilograms or 0.0) > wanted + self.route.limits.tolerance_kg
        if not dirty and not too_heavy and (showing.worst >= least or heavier):
            return None
        self.met = 0
        self.missed += 1
        if self.missed < self.route.limits.misses:
            return None
        if dirty:
            return _R.FORM_FAILED, (("flags", _flags(showing)), ("sessions", self.missed))
        return _R.TARGET_MISSED, (("worst", showing.worst), ("least", least), ("sessions", self.missed))

    def _lacks(self, lack: Why | None, showing: Shown) -> list[Why]:
        missing = self._incomplete(showing)
        return [each for each in (lack, missing) if each is not None]

    def _hurt(self, showing: Shown, criterion: Criterion) -> Why | None:
        most = min(criterion.pain_at_most, self.route.limits.pain_go)
        if showing.pain is not None and showing.pain > most:
            return _R.PAIN_HOLDS, (("score", showing.pain), ("most", most))
        return None

    def _flaw(self, showing: Shown, criterion: Criterion) -> Why | None:
        """Return what keeps sets from being those that were asked for: form, load or help."""
        if showing.failed and criterion.clean_form:
            return _R.FORM_FAILED, (("flags", _flags(showing)),)
        load = self.prescription.load
        wanted = kilograms(load)
        if wanted is not None:
            if showing.kilograms is None:
                return _R.LOAD_UNCLEAR, ()
            if showing.kilograms < wanted - self.route.limits.tolerance_kg:
                return _R.LIGHTER_LOAD, (("kg", showing.kilograms), ("asked", wanted))
        elif type(load) is Band:
            if not showing.bands:
                return _R.LOAD_UNCLEAR, ()
            weaker = next((band for band in showing.bands if not as_hard(band, load)), None)
            if weaker is not None:
                return _R.LIGHTER_LOAD, (("band", str(weaker)), ("asked", str(load)))
        helped = showing.assisted and self.prescription.degree(OverloadAxis.ASSISTANCE) == 3
        return (_R.ASSISTED, ()) if helped else None

    def _short_of(self, showing: Shown, criterion: Criterion, bar: int) -> Why | None:
        """Return what amount, effort or an answer about pain lack, or None when the session counts."""
        if showing.worst < bar:
            return _R.BELOW_BAR, _worst(showing, bar)
        if criterion.rir_at_least is not None:
            needed = criterion.rir_at_least.reps
            if self.least_rir is not None and self.least_rir < needed:
                needed = self.least_rir  # who does what the plan asks is not held for the effort that it asks
            if showing.reserve is None:
                return _R.EFFORT_UNKNOWN, (("least", needed),)
            if showing.reserve < needed:
                return _R.EFFORT_TOO_HIGH, (("rir", showing.reserve), ("least", needed))
        return (_R.PAIN_UNKNOWN, ()) if showing.pain is None and criterion.pain_at_most == 0 else None

    def _incomplete(self, showing: Shown) -> Why | None:
        if showing.missing is not None:
            return _R.SIDE_MISSING, (("side", str(showing.missing)),)
        if showing.sets < self.sets:
            return _R.SETS_MISSING, (("done", showing.sets), ("asked", self.sets))
        return None

    def _finding(self, asked: Prescription, load: FindLoad, showing: Shown, flaw: Why | None) -> Steps:
        """Take the load that was found as the one to go on with, or the next one under it when it was too heavy."""
        route, found = self.route, showing.found
        taken = found if type(found) is External else None
        spent = showing.reserve is not None and showing.reserve < load.rir.reps
        heavy = spent or showing.worst < asked.amount.low
        if heavy and taken is not None:
            taken = route.lighter(route.place_of(asked, self.rung), taken.mass.kg, route.limits.ease_share)
        criterion = route.rungs[self.rung].criterion
        why = self._missed(showing, criterion, too_heavy=True) if heavy and taken is None else (
            self._missed(showing, criterion) if showing.failed else None
        )  # fmt: skip
        if why is not None:
            return self._down(why) if asked == self.earned else self._eased(why)
        if flaw is None and showing.missing is not None:
            flaw = self._incomplete(showing)
        if flaw is None and taken is None and heavy and found is not None:
            facts = (("rir", showing.reserve if showing.reserve is not None else -1), ("least", load.rir.reps))
            flaw = _R.EFFORT_TOO_HIGH, facts
        if flaw is not None or taken is None:
            find = _R.FIND_LOAD, (("rir", load.rir.reps),)
            return StepKind.HOLD, [find] if flaw is None else [flaw, find]
        self.prescription = evolve(asked, load=taken)
        if asked.exercise == self.earned.exercise:
            self.earned = evolve(self.earned, load=taken)
        self.best, self.met, self.missed, self.flat = 0.0, 0, 0, 0
        return StepKind.HOLD, [(_R.LOAD_FOUND, (("kg", taken.mass.kg),))]

    def _returning(
        self, showing: Shown, criterion: Criterion, flaw: Why | None, complete: bool, improving: bool
    ) -> Steps:
        """Come back to what was earned, a step for each clean session; what is still too much is made easier."""
        limits, asked = self.route.limits, self.prescription
        if flaw is None and showing.worst < asked.amount.low:
            flaw = _R.BELOW_BAR, _worst(showing, asked.amount.low)
        if flaw is None and showing.pain is None and criterion.pain_at_most == 0:
            flaw = _R.PAIN_UNKNOWN, ()
        if flaw is not None or not complete:
            self.met = 0
            if improving:
                self.missed = 0
                return StepKind.HOLD, [(_R.IMPROVING, _worst(showing, asked.amount.low)), *self._lacks(flaw, showing)]
            why = self._missed(showing, criterion)
            return self._eased(why) if why is not None else (StepKind.HOLD, self._lacks(flaw, showing))
        self.missed = 0
        self.met += 1
        # A fall makes the way beyond what stands slower, not the way back to it: that was earned already.
        needed, doubled = self._needed(limits.return_sessions)
        if self.met < needed:
            return StepKind.HOLD, [(_R.ONE_SESSION_MORE, (("met", self.met), ("needed", needed))), *doubled]
        self.met = 0
        kind, _, self.prescription, how = self.route.regained(self.rung, asked, self.earned, self.day)
        self.best = 0.0
        return kind, [(_R.COMING_BACK, ()), how]

    # -- steps --------------------------------------------------------------------------------------------------

    def _needed(self, sessions: int, falls: int = 0) -> tuple[int, list[Why]]:
        """Return how many sessions in a row a step asks for, and what multiplies them: each of the falls doubles."""
        route, limits, day = self.route, self.route.limits, self.day
        doubled: list[Why] = []
        if route.injured and injured_lately(route.runner, route.regions[self.rung], day, limits.injury_days):
            sessions *= limits.injury_factor
            doubled.append((_R.INJURY_LATELY, (("region", str(route.progression.region)),)))
        if self.slow:
            sessions *= limits.half_pace
            doubled.append((_R.HALF_PACE, ()))
        if falls:
            sessions <<= falls
            doubled.append((_R.FELL_BACK, (("times", falls),)))
        return sessions, doubled

    def _met(self, done: Performance, showing: Shown, criterion: Criterion, at_criterion: bool) -> Steps:
        limits = self.route.limits
        on_the_way = limits.hold_sessions if isinstance(self.earned.amount, Hold) else limits.raise_sessions
        needed, doubled = self._needed(criterion.sessions if at_criterion else on_the_way, self.falls)
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
                why = self.route.barred(self.rung, self.day)
                told.append((_R.LADDER_DONE, ()) if why is None else (_R.NEXT_RUNG_CLOSED, (("why", why),)))
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
            move = self.route.harder(self.rung, self.earned, first, sets=self.sets)
        if move is None:
            # Everything here is used up: the streak stays, so that a rung that opens is taken at once.
            self.met = needed
            return StepKind.HOLD, [self._proof(done, showing), *told]
        proof = self._proof(done, showing)
        kind, rung, made, how = move
        if self.peak is not None and self._past_peak(self.peak, rung, made):
            self.falls, self.peak, self.peak_rung = 0, None, None
        if rung != self.rung:
            self.entered = self.day
        self.rung, self.earned, self.prescription, self.rose = rung, made, made, True
        self.met = self.missed = self.flat = 0
        self.best = 0.0
        return kind, [proof, how, *told]

    def _past_peak(self, peak: Prescription, rung: int, made: Prescription) -> bool:
        """Whether a step up leads past the highest position before the last fall."""
        if rung != self.peak_rung:
            return rung > (self.peak_rung or 0)
        return self.earned == peak or (kilograms(made.load) or 0.0) > (kilograms(peak.load) or 0.0)

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

    def _down(self, why: Why, *, swap: bool = False, least: bool = True) -> Steps:
        """Give the position up for an easier one; each fall asks for more sessions on the way back."""
        move = self.route.easier(self.rung, self.earned, self.day, swap=swap, least=least)
        self.met = self.missed = self.flat = 0
        self.best = 0.0
        if move is None:
            return StepKind.HOLD, [why, (_R.EASIEST_ALREADY, ())]
        if self.peak is None:
            self.peak, self.peak_rung = self.earned, self.rung
            self.rose = True
        if self.rose:
            self.falls = min(self.falls + 1, _MOST_FALLS)
        self.rose = False
        kind, rung, made, how = move
        if rung != self.rung:
            self.entered = self.day
        self.rung, self.earned, self.prescription = rung, made, made
        return kind, [why, how]

    # -- before a session ---------------------------------------------------------------------------------------

    def after_gap(self, day: dt.date, trained: dt.date | None = None) -> Steps:
        """Lower what is asked for after a layoff; the position stays, unless the layoff was long.

        While other strength training went on, a gap in one exercise weighs less than a layoff from all of it.
        """
        limits = self.route.limits
        if self.through is None:
            return StepKind.HOLD, []
        gap = (day - self.through).days
        if trained is not None and (day - trained).days <= limits.layoff_days:
            gap -= limits.layoff_spared
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
        scaled = self.route.scaled(self.rung, self.earned, share)
        less = _lesser(self.prescription, scaled)
        if less == self.prescription:
            return StepKind.HOLD, []
        self.prescription = less
        return StepKind.LIGHTEN, [(_R.LAYOFF, (("days", gap), ("percent", round(100 * share))))]

    def _anew(self, day: dt.date, gap: int) -> Steps:
        """After a long layoff a runner is a novice on the ladder."""
        lowest = self.route.lowest(day)
        place = lowest if lowest is not None else self.rung
        fell = place < self.rung
        start = self.route.start(place)
        self.begun = self.entered = day
        self.falls, self.peak, self.peak_rung = 0, None, None
        if start == self.earned:
            return StepKind.HOLD, []
        self.rung, self.earned = place, start
        self.prescription = _lesser(start, self.prescription)
        facts = (("days", gap), ("exercise", start.exercise))
        return (StepKind.EASIER_RUNG if fell else StepKind.LIGHTEN), [(_R.LONG_LAYOFF, facts)]

    def today(self, day: dt.date, readiness: Readiness | None) -> tuple[StepKind, Prescription, list[Why]]:
        """Return what readiness makes of today's session alone: stopped, lighter or as asked, and why."""
        limits, asked = self.route.limits, self.prescription
        if self.stopped is not None:
            return StepKind.STOP, asked, [(_R.RED_FLAG, (("since", str(self.stopped)),))]
        whys: list[Why] = []
        if self.route.injured and self._injured_now(day):
            whys.append((_R.INJURED_NOW, (("region", str(self.route.progression.region)),)))
        if readiness is None:
            return StepKind.HOLD, asked, whys
        if readiness.red_flags:
            return StepKind.STOP, asked, [(_R.RED_FLAG, (("flags", ", ".join(readiness.red_flags)),))]
        if readiness.ill:
            return StepKind.STOP, asked, [(_R.ILL, ())]
        now = asked
        here = self.route.regions[self.rung]
        sore = max((one.score for one in readiness.soreness if one.region in here), default=0)
        if sore >= limits.sore_hold:
            whys.append((_R.SORE, (("score", sore),)))
        if sore >= limits.sore_lighten and asked.sets > 1:
            now = evolve(asked, sets=asked.sets // 2)
            whys.append((_R.FEWER_SETS, (("sets", now.sets),)))
        short = self._short(readiness)
        if short is not None:
            whys.append(short)
        if short is not None and readiness.sleep is not None and readiness.sleep.seconds < 3600 * limits.sleep_acute:
            if self.route.exercises[self.rung].kind is ExerciseKind.PLYOMETRIC:
                return StepKind.STOP, asked, [short]
            if now.rir is not None and now.rir.reps < 10:
                more = RIR(min(10.0, now.rir.reps + 1))
                now = evolve(now, rir=more, load=FindLoad(more) if type(now.load) is FindLoad else now.load)
                whys.append((_R.MORE_RESERVE, (("rir", more.reps),)))
        return (StepKind.HOLD if now == asked else StepKind.LIGHTEN), now, whys


def _weeks(since: dt.date | None, day: dt.date) -> int:
    return (day - since).days // 7 if since is not None else 0


def _worst(showing: Shown, bar: int) -> tuple[tuple[str, str | int | float], ...]:
    return ("worst", showing.worst), ("bar", bar)


def _flags(showing: Shown) -> str:
    return ", ".join(dict.fromkeys(map(str, showing.failed)))


def _lesser(one: Prescription, other: Prescription) -> Prescription:
    """Return the first dose, with what the second asks less of: a layoff gives nothing back that pain took."""
    if one.exercise != other.exercise:
        return one
    ours, theirs = kilograms(one.load), kilograms(other.load)
    lighter = ours is not None and theirs is not None and theirs < ours
    lower = tuple(degree for degree in other.degrees if degree.at < one.degree(degree.axis))
    kept = tuple(degree for degree in one.degrees if degree.at <= other.degree(degree.axis))
    changed = {degree.axis for degree in lower}
    return evolve(
        one,
        sets=min(one.sets, other.sets),
        amount=min(one.amount, other.amount, key=lambda amount: amount.high),
        load=other.load if lighter else one.load,
        degrees=(*(degree for degree in kept if degree.axis not in changed), *lower),
    )


def _lighter(one: Prescription, other: Prescription) -> bool:
    """Whether `one` asks for less than `other` in anything and for more in nothing."""
    if one.exercise != other.exercise:
        return False
    ours, theirs = kilograms(one.load), kilograms(other.load)
    loads = 0.0 if ours is None or theirs is None else ours - theirs
    reserve = (other.rir.reps if other.rir else 0.0) - (one.rir.reps if one.rir else 0.0)
    axes = {degree.axis for degree in (*one.degrees, *other.degrees)}
    degrees = [one.degree(axis) - other.degree(axis) for axis in axes]
    differences = (loads, reserve, one.sets - other.sets, one.amount.low - other.amount.low, *degrees)
    return max(differences) <= 0 and min(differences) < 0
