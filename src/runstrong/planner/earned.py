"""What a log has earned: where it leaves the runner on each ladder of a plan, and how to say so."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Mapping

from runstrong.ladder import Limits, follow
from runstrong.ladder.maxima import Estimate, MaximaLimits, estimate_max
from runstrong.ladder.route import Route, kilograms, route_for
from runstrong.ladder.showing import amounts_of, merged
from runstrong.model.catalog import Catalog
from runstrong.model.editing import chosen_doses
from runstrong.model.errors import InvalidValue
from runstrong.model.exercise import Exercise
from runstrong.model.log import Log, Performance, Readiness
from runstrong.model.plan import Plan, Session, Week
from runstrong.model.prescription import BodyWeight, External, FindLoad, Prescription, Reps, spoken
from runstrong.model.progression import Progression
from runstrong.model.quantities import Mass, number
from runstrong.model.runner import Runner
from runstrong.model.step import Reason, ReasonCode, State, Step
from runstrong.model.timeline import moved_mass
from runstrong.model.value import Record, evolve, record
from runstrong.model.words import Emphasis, PartName, Phase

__all__ = ["Earned", "Shown", "earned_on", "ladders_of", "last_trained", "shown_lately", "start_of"]


@record
class Earned(Record):
    """Where a log leaves a runner on one ladder.

    Args:
        progression: the ladder.
        state: after the last session.
        before: the state before it; None after the first.
        last: what was done in it, as written; empty where nothing was.
        step: that the last session led to; None before the first.
        stepped: last day that moved the position up; None when none did.
    """

    progression: Progression
    state: State
    before: State | None
    last: tuple[Performance, ...]
    step: Step | None = None
    stepped: dt.date | None = None

    def reason(self, code: ReasonCode) -> Reason | None:
        """Return the reason of that code for the last step, or None."""
        return next((each for each in self.step.reasons if each.code is code), None) if self.step is not None else None

    @property
    def flagged(self) -> bool:
        """Whether a warning sign stopped the exercise, so that a clinician comes first."""
        return self.state.stopped is not None

    @property
    def held(self) -> bool:
        """Whether pain, illness or a warning sign asks for less than was earned until sessions show otherwise."""
        return self.flagged or self.state.coming_back

    def told(self) -> str:
        """Say in short sentences what was done last and what came of it."""
        if not self.last:
            return "nothing of it is done yet, so it starts where it was meant to"
        names = sorted({done.exercise for done in self.last})
        done = [merged(each for each in self.last if each.exercise == name) for name in names]
        said = [f"on {self.last[0].date} you did {'; '.join(map(_done, done))}"]
        pains = [pain.score for each in done for pain in each.pain]
        if self.flagged:
            said.append("a warning sign came up: stop and see a clinician, and come back to less than before")
        elif self.reason(ReasonCode.PAIN_STOPS) is not None:
            said.append(f"pain {max(pains, default=0)} of 10 stops it: if it comes back, see a clinician")
        elif max(pains, default=0) > 0:
            said.append(f"pain {max(pains)} of 10")
        said.append(self._outcome())
        return "; ".join(said)

    def _outcome(self) -> str:
        state, before = self.state, self.before
        if state.coming_back:
            return f"this is less than the {state.earned} you had earned, and clean sessions bring that back"
        if before is not None and state.falls > before.falls:
            return "it was too much for now, so it becomes easier"
        day = self.last[0].date
        if before is not None and state.earned != before.earned and isinstance(before.earned.load, FindLoad):
            return f"{spoken(state.earned.load)} is the load to go on with"
        now = kilograms(state.prescription.load)
        shown = [kilograms(one.load) or 0.0 for each in self.last for one in each.sets]
        if now and min(shown, default=0.0) > now:
            return f"{spoken(state.prescription.load)} leaves as much in reserve as the ladder asks for"
        asked = state.prescription
        same = any(
            each.exercise == asked.exercise and any(one.load == asked.load for one in each.sets) for each in self.last
        )
        if self.stepped is not None and (self.stepped == day or not same):
            when = "that was" if self.stepped == day else f"what you did on {self.stepped} was"
            return f"{when} enough for the next step"
        gap = self.reason(ReasonCode.LAYOFF)
        if gap is not None and not state.met:
            return f"after {gap.fact('days')} days without it that was for coming back"
        if state.met:
            return f"{state.met} in a row toward the next step"
        if state.missed:
            return f"{state.missed} in a row under what was asked"
        rung = self.progression.rungs[state.rung]
        bar, reserve = rung.criterion.bar(rung.amount), rung.criterion.rir_at_least
        needed = f"the next step takes {bar} {asked.amount.unit} or more in every set"
        return f"{needed} with {number(reserve.reps)} left in reserve" if reserve is not None else needed


def _done(done: Performance) -> str:
    amounts = amounts_of(done)
    if not done.sets:
        return "it without written sets"
    told = " ".join(map(str, amounts)) + f" {done.sets[0].amount.unit}"
    loads = {one.load for one in done.sets if not isinstance(one.load, BodyWeight)}
    if loads:
        told += f" with {' and '.join(sorted(map(spoken, loads)))}"
    reserves = [one.rir.reps for one in done.sets if one.rir is not None]
    if len(reserves) == len(done.sets):
        told += f", {number(min(reserves))} left in reserve"
    return told


def ladders_of(plan: Plan, catalog: Catalog) -> dict[str, Progression]:
    """Return the ladders that the main work of a plan stands on, by id."""
    names = {each.progression for session in plan.sessions for each in session.part(PartName.MAIN) if each.progression}
    return {name: catalog.progressions[name] for name in sorted(names) if name in catalog.progressions}


def start_of(plan: Plan, ladder: Progression, route: Route) -> State | None:
    """Return where a plan first stands on a ladder, as the state of a runner who has done nothing of it yet.

    Args:
        plan: with its sessions.
        ladder: that they stand on.
        route: the ladder as the runner can climb it.

    Returns:
        None where the plan does not stand on it, or stands on a rung that the runner cannot do.
    """
    theirs = chosen_doses(plan)
    for session in plan.sessions:
        for each in session.part(PartName.MAIN):
            if each.progression != ladder.id or (session.id, each.exercise) in theirs:
                continue
            places = [place for place, rung in enumerate(ladder.rungs) if rung.exercise == each.exercise]
            loaded = not isinstance(each.load, BodyWeight)
            same = [place for place in places if ladder.rungs[place].starts_loaded == loaded]
            place = next(iter(same or places), None)
            if place is None or route.blocked[place] is not None:
                return None
            asked = route.start(place)
            return State(progression=ladder.id, rung=place, earned=asked, prescription=asked)
    return None


def earned_on(plan: Plan, log: Log, catalog: Catalog, limits: Limits) -> dict[str, Earned]:
    """Fold a log on every ladder of a plan that it holds performances of, all ladders day by day.

    Each day is judged by what the plan asked then: a deload, a taper, or a day with repetitions of another range than
    the ladder's own earns and costs nothing but pain and form, save that a load still to be found may be found on it.

    Args:
        plan: that was followed.
        log: by session, see `runstrong.model.attribution.log_by_session`.
        catalog: where exercises and ladders are looked up.
        limits: numbers of the engine.

    Returns:
        By id of the ladder, in order of it.
    """
    ladders = ladders_of(plan, catalog)
    runner = plan.runner
    sessions = {session.id: (week, session) for week in plan.weeks for session in week.sessions}
    mornings: dict[dt.date, list[Readiness]] = {}
    for morning in log.readiness:
        mornings.setdefault(morning.date, []).append(morning)
    days: dict[dt.date, dict[str, list[Performance]]] = {}
    for done in log.performances:
        name = _ladder_of(done, sessions, ladders)
        if name is not None:
            days.setdefault(done.date, {}).setdefault(name, []).append(done)
    trained = sorted(days)
    states: dict[str, State] = {}
    found: dict[str, Earned] = {}
    for day, by_ladder in sorted(days.items()):
        before = dict(states)
        others = [state for _, state in sorted(before.items())]
        for name, performances in sorted(by_ladder.items()):
            ladder, state = ladders[name], before.get(name)
            if state is None and route_for(ladder, runner, limits, catalog).lowest(day) is None:
                continue
            seen = [_asked(done, sessions, ladder, state) for done in performances]
            followed = functools.partial(
                follow, ladder, performances, runner=runner, readiness=mornings.get(day, ()), limits=limits,
                catalog=catalog, others=[other for other in others if other.progression != name],
                asked={(day, asked.exercise): asked for asked, _ in seen if asked is not None},
                quiet=(day,) if any(quiet for _, quiet in seen) else (), trained=trained,
            )  # fmt: skip
            states[name], step = followed(state)
            if state is None and all(_beside(done, sessions, name) for done in performances):
                # What is done beside the plan may show more than it asks for, but not that it asks for too much.
                start = start_of(plan, ladder, route_for(ladder, runner, limits, catalog))
                if start is not None and states[name].rung < start.rung:
                    states[name], step = followed(start)
            stepped = found[name].stepped if name in found else None
            if state is not None and _above(states[name], state):
                stepped = day
            found[name] = Earned(ladder, states[name], state, tuple(performances), step, stepped)
    return dict(sorted(found.items()))


def last_trained(log: Log, day: dt.date, planned: Iterable[Session] = ()) -> dt.date | None:
    """Return the last day before `day` with strength work in a log, or in sessions that stand before it."""
    days = [done.date for done in log.performances if done.part is PartName.MAIN and done.date < day]
    days += [session.date for session in planned if session.date < day and session.skipped is None]
    return max(days, default=None)


def _above(state: State, before: State) -> bool:
    """Whether a session moved the position up."""
    if state.rung != before.rung:
        return state.rung > before.rung
    return (
        state.earned != before.earned and state.falls <= before.falls and not isinstance(before.earned.load, FindLoad)
    )


def _beside(done: Performance, sessions: Mapping[str, tuple[Week, Session]], name: str) -> bool:
    """Whether a performance belongs to no session that the plan asks for the ladder in."""
    if done.session is None or done.session not in sessions:
        return True
    return all(each.progression != name for each in sessions[done.session][1].part(PartName.MAIN))


def _ladder_of(
    done: Performance, sessions: Mapping[str, tuple[Week, Session]], ladders: Mapping[str, Progression]
) -> str | None:
    """Return the ladder that a performance counts on: that of its session, else the first of the plan that holds it."""
    if done.part is not PartName.MAIN:
        return None
    fitting = [name for name, ladder in ladders.items() if ladder.rung_of(done.exercise) is not None]
    if done.session is not None and done.session in sessions:
        main = sessions[done.session][1].part(PartName.MAIN)
        for each in sorted(main, key=lambda each: each.exercise != done.exercise):
            if each.progression in fitting:
                return each.progression
    return fitting[0] if fitting else None


def _asked(
    done: Performance, sessions: Mapping[str, tuple[Week, Session]], ladder: Progression, state: State | None
) -> tuple[Prescription | None, bool]:
    """Return what the plan asked that day, where that bears on the ladder, and whether it was a day to keep or to rest.

    Repetitions of another range, as in a heavy block, say nothing of the ladder's own.
    """
    if state is None or done.session is None or done.session not in sessions:
        return None, False
    week, session = sessions[done.session]
    usual = state.prescription
    asked = next((each for each in session.part(PartName.MAIN) if each.exercise == done.exercise), None)
    if asked is None or asked.exercise != usual.exercise or isinstance(usual.load, FindLoad):
        return None, False
    # A heavy block asks for fewer than any rung, a light session for what a rung further down asks for.
    rungs = [rung for rung in ladder.rungs if rung.exercise == asked.exercise]
    own = {rung.amount for rung in rungs}
    under = {rung.amount for rung in rungs if rung.amount.high > usual.amount.high}
    worst = min((one.amount.low for one in done.sets), default=usual.amount.low)
    fewer = asked.amount.low < usual.amount.low and worst < usual.amount.low
    heavy = session.emphasis is Emphasis.HEAVY_LEGS and asked.amount not in own | {usual.amount}
    light = session.emphasis is Emphasis.LIGHT_LEGS and asked.amount in under
    if fewer or heavy or light:
        return None, True
    # Who follows the ladder rather than an older plan is judged by the ladder's own range and load.
    same = evolve(asked, amount=usual.amount, load=usual.load, degrees=usual.degrees, superset=None)
    if week.deload or week.phase.quiet or week.phase is Phase.MAINTENANCE:
        return same, True
    if asked.rir is not None and usual.rir is not None and asked.rir.reps > usual.rir.reps:
        # Light legs leave more in reserve for good: what is met so counts all the more.
        same = evolve(same, rir=usual.rir)
    return same, False


@record
class Shown(Record):
    """What sets of an exercise have lately shown: the heaviest load, and the maximum that the best of them stands for.

    Args:
        heaviest: external load in kilograms.
        date: of the set that the estimate is from.
        reps: of that set.
        load: of that set.
        estimate: of the maximum, as moved mass.
    """

    heaviest: float
    date: dt.date
    reps: int
    load: External
    estimate: Estimate


def shown_lately(log: Log, exercise: Exercise, runner: Runner, since: dt.date, *, limits: MaximaLimits) -> Shown | None:
    """Return what the log has shown of an exercise since a day; None where no set stands for a maximum.

    Of the last day with such a set, the one nearest to failure counts: it says most about the maximum.

    Args:
        log: of the runner.
        exercise: that is to be loaded.
        runner: whose body mass is moved.
        since: first day that counts.
        limits: numbers of policy ``maxima``.
    """
    if runner.body_mass is None and exercise.body_mass_share > 0:
        return None
    body = runner.body_mass.kg if runner.body_mass is not None else 0.0
    heaviest = 0.0
    best: tuple[tuple[dt.date, float, float], Shown] | None = None
    for done in log.performances:
        if done.exercise != exercise.id or done.date < since or done.part is not PartName.MAIN:
            continue
        for one in done.sets:
            if not isinstance(one.load, External) or not isinstance(one.amount, Reps) or one.failed_form:
                continue
            heaviest = max(heaviest, one.load.mass.kg)
            if one.rir is None or one.assistance:
                continue
            mass = Mass(moved_mass(exercise, one.load.mass.kg, body))
            try:
                made = estimate_max(mass, one.amount.low, rir=one.rir, limits=limits)
            except InvalidValue:
                continue  # too many repetitions to failure stand for no maximum
            key = (done.date, -made.reps_to_failure, one.load.mass.kg)
            if best is None or key > best[0]:
                best = key, Shown(0.0, done.date, one.amount.low, one.load, made)
    return evolve(best[1], heaviest=heaviest) if best is not None else None
