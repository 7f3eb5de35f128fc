"""The sessions still to come, dosed anew from where a log leaves the runner on each ladder."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence

import attrs

from runstrong.ladder import Limits, adapt
from runstrong.ladder.access import suits, unfit
from runstrong.ladder.maxima import MaximaLimits, heavy_load
from runstrong.ladder.route import Route, kilograms
from runstrong.model.attribution import done_ids
from runstrong.model.catalog import Catalog
from runstrong.model.editing import chosen_doses
from runstrong.model.exercise import Exercise
from runstrong.model.log import Log
from runstrong.model.plan import Decision, Plan, Session, Week
from runstrong.model.prescription import BodyWeight, External, FindLoad, Load, PercentOfMax, Prescription, spoken
from runstrong.model.progression import Progression
from runstrong.model.quantities import number
from runstrong.model.rules import RuleSet
from runstrong.model.runner import Kit
from runstrong.model.step import ReasonCode, State, Step
from runstrong.model.timeline import Definitions, Timeline, emphasis_of, hard_sets, moved_mass
from runstrong.model.value import Record, evolve, record
from runstrong.model.words import Clearance, Emphasis, PartName, Phase, Tissue
from runstrong.planner.closing import remeasured
from runstrong.planner.dosing import dosed, heavy_only, heavy_reps, shortened
from runstrong.planner.earned import Earned, Shown, earned_on, ladders_of, last_trained, shown_lately, start_of
from runstrong.planner.layoffs import comeback_of
from runstrong.planner.missed import may_change
from runstrong.planner.routine import Climb, Ladders
from runstrong.planner.volumes import volumes_of

__all__ = ["Coming", "Told"]

_FROM_WEEK = re.compile(r"from week (\d+): ")


class Coming:
    """What holds for every look at the sessions still to come: the log, where it leaves the runner, what is fixed.

    Args:
        plan: in which missed sessions are moved already.
        log: by session, see `runstrong.model.attribution.log_by_session`.
        today: first day that may change.
        rules: resolved.
        catalog: where exercises and ladders are looked up.
    """

    def __init__(self, plan: Plan, log: Log, today: dt.date, *, rules: RuleSet, catalog: Catalog) -> None:
        self.runner, self.log, self.today, self.rules, self.catalog = plan.runner, log, today, rules, catalog
        self.limits, self.maxima, self.words = Limits.of(rules), MaximaLimits.of(rules), Definitions.of(rules)
        self.done = done_ids(log)
        self.chosen = chosen_doses(plan)
        self.routes: dict[tuple[str, object], Route] = {}
        self.shown: dict[str, Shown | None] = {}
        self.earned = earned_on(plan, log, catalog, self.limits)
        self._hold_what_is_not_begun(plan)
        self.anew = comeback_of(plan.runner, plan.start, rules).anew
        volumes = volumes_of(plan.runner, [week.start for week in plan.weeks], rules)
        held = volumes.jumps | volumes.peaks
        self.held_weeks = {week.number for place, week in enumerate(plan.weeks) if place in held}
        self.week = next(week.number for week in plan.weeks if today <= week.end)
        timeline = Timeline(plan.runner, catalog, self.words, log=log, plan=plan)
        self.to_come = tuple(session for session in plan.sessions if self.is_open(session))
        open_ = {session.id for session in self.to_come}
        self.heavy = {
            each.progression
            for session in self.to_come
            if session.emphasis is Emphasis.HEAVY_LEGS
            for each in session.part(PartName.MAIN)
        }
        self.fixed_sets: dict[dt.date, Counter[Tissue]] = {}
        for row in timeline.rows:
            if row.session not in open_ or row.performed:
                self._count(row.exercise, timeline.hard_sets(row), self.fixed_sets, row.date)
        others = (each for each in plan.decisions if not self._ours(each) and each.why.startswith("next rung of "))
        self.moves_of_others = Counter(int(found[1]) for each in others if (found := _FROM_WEEK.match(each.what)))

    def _count(self, exercise: Exercise, sets: float, table: dict[dt.date, Counter[Tissue]], date: dt.date) -> None:
        if sets:
            add_sets(exercise, sets, self.words, table.setdefault(self.runner.week_of(date), Counter()))

    def _hold_what_is_not_begun(self, plan: Plan) -> None:
        """Let ladders that the log shows as not begun start where the plan first stood on them.

        Unknown is not zero: a planned session that the log does not vouch for may have been done.
        """
        if not any(self.log.covers(day, "strength") for day in _days(plan.start, self.today)):
            return
        for name, ladder in ladders_of(plan, self.catalog).items():
            unknown = any(
                session.date < self.today and session.skipped is None and not self.log.covers(session.date, "strength")
                for session in plan.sessions
                if any(each.progression == name for each in session.part(PartName.MAIN))
            )
            if name in self.earned or unknown:
                continue
            start = start_of(plan, ladder, self.route(ladder, self.runner.kit_at()))
            if start is not None:
                self.earned[name] = Earned(ladder, start, None, ())
        self.earned = dict(sorted(self.earned.items()))

    def is_open(self, session: Session) -> bool:
        """Whether a session may change: to come, not done, not pinned, not skipped."""
        return may_change(session, self.today, self.done)

    def route(self, ladder: Progression, kit: Kit) -> Route:
        """Return a ladder as this runner can climb it with a kit, made once."""
        key = ladder.id, kit.place
        if key not in self.routes:
            self.routes[key] = Route(ladder, self.runner, self.limits, self.catalog, kit)
        return self.routes[key]

    def shown_of(self, exercise: Exercise) -> Shown | None:
        """Return what the log has lately shown of an exercise's maximum; found once."""
        if exercise.id not in self.shown:
            since = self.today - dt.timedelta(days=self.rules.whole("TF01", "window"))
            self.shown[exercise.id] = shown_lately(self.log, exercise, self.runner, since, limits=self.maxima)
        return self.shown[exercise.id]

    def build(self, plan: Plan) -> tuple[Plan, tuple[Told, ...]]:
        """Return the plan with its open sessions dosed anew, and what there is to tell of it."""
        walk = _Walk(self)
        weeks = tuple(walk.week(week) if week.end >= self.today else week for week in plan.weeks)
        return evolve(plan, weeks=weeks), tuple(walk.told)

    def decisions(self, told: Iterable[Told], made: Plan) -> tuple[Decision, ...]:
        """Return what there is to tell as decisions, with the doses that stand in the plan in the end."""
        found = []
        for each in told:
            main = made.session(each.session).part(PartName.MAIN)
            asked = next((one for one in main if one.progression == each.ladder), None)
            if asked is not None:
                what = f"from week {each.week}: {self.catalog.exercises[asked.exercise].name}, {asked}"
                found.append(Decision(about=asked.exercise, what=what, why=each.why, sources=each.sources))
        return tuple(dict.fromkeys(found))

    def _ours(self, decision: Decision) -> bool:
        """Whether a decision tells a step on a ladder that is dosed anew."""
        if not _FROM_WEEK.match(decision.what):
            return False
        return any(
            each.progression.rung_of(decision.about) is not None
            and decision.why.startswith((f"next rung of {each.progression.name};", f"{each.progression.name}: "))
            for each in self.earned.values()
        )

    def still_true(self, decisions: Iterable[Decision], made: Plan) -> tuple[Decision, ...]:
        """Return the decisions that the plan made anew leaves true: steps to come are told anew, steps taken stay."""
        held = {each.exercise for session in made.sessions for _, each in session.prescriptions()}
        gone = {
            rung.exercise
            for each in self.earned.values()
            for rung in each.progression.rungs
            if rung.exercise not in held
        }
        kept = []
        for each in decisions:
            week = _FROM_WEEK.match(each.what)
            stale = week is not None and int(week[1]) >= self.week and self._ours(each)
            brought_in = each.about in gone and each.what.startswith(f"{self.catalog.exercises[each.about].name} (")
            if not stale and not brought_in:
                kept.append(each)
        return tuple(kept)


def _days(first: dt.date, end: dt.date) -> list[dt.date]:
    return [first + dt.timedelta(days=n) for n in range((end - first).days)]


def add_sets(exercise: Exercise, sets: float, words: Definitions, tally: Counter[Tissue]) -> None:
    """Add hard sets to a tally: whole for primary tissues, by the shared definition for secondary ones."""
    for tissue in exercise.primary:
        tally[tissue] += sets  # type: ignore[assignment]
    for tissue in exercise.secondary:
        tally[tissue] += sets * words.secondary_share  # type: ignore[assignment]


@attrs.define
class _Here:
    """Where one ladder stands on its way through the weeks to come."""

    earned: Earned
    state: State
    first_week: int | None = None
    step: Step | None = None
    """What a layoff makes of the first session."""
    begun: bool = False
    told: int | None = None
    """The rung that was last told of."""

    @property
    def eased(self) -> bool:
        """Whether a layoff lowers the first week."""
        codes = {reason.code for reason in self.step.reasons} if self.step is not None else set()
        return bool(codes & {ReasonCode.LAYOFF, ReasonCode.LONG_LAYOFF})


@record
class _Made(Record):
    """A prescription of a session, the ladder it was dosed anew from, and what its load is made of."""

    asked: Prescription
    ladder: str | None = None
    heavy: str = ""


@record
class Told(Record):
    """What is to be told of the first session that a step, or a load from a maximum, stands in."""

    week: int
    session: str
    ladder: str
    why: str
    sources: tuple[str, ...]


class _Walk:
    """One walk through the weeks to come; thrown away when they stand."""

    def __init__(self, facts: Coming) -> None:
        self.facts, self.runner, self.rules, self.catalog = facts, facts.runner, facts.rules, facts.catalog
        self.told: list[Told] = []
        self.estimates: set[str] = set()
        self.here = {name: _Here(each, each.state) for name, each in facts.earned.items()}
        self.ladders = Ladders(
            self.runner, self.catalog, self.runner.kit_at(), self.rules, facts.today, anew=facts.anew
        )
        trained = sorted({self.runner.week_of(done.date) for done in facts.log.performances})
        now = self.runner.week_of(facts.today)
        self.ladders.weeks_done = sum(week < now for week in trained)
        self.ladders.known = {done.exercise for done in facts.log.performances}
        for name, each in facts.earned.items():
            entered = each.state.entered
            weeks = self.ladders.weeks_done
            if entered is not None:
                weeks = sum(week < self.runner.week_of(entered) for week in trained)
            self.ladders.climbs[name] = Climb(
                each.progression, each.state.rung, weeks, each.state.met, heavy=name in facts.heavy
            )

    # -- weeks --------------------------------------------------------------------------------------------------

    def week(self, week: Week) -> Week:
        quiet = week.deload or week.phase.quiet
        if week.start > self.facts.today and not quiet and week.number not in self.facts.held_weeks:
            self._climb(week)
        tally = Counter(self.facts.fixed_sets.get(self.runner.week_of(week.start), {}))
        for session in week.sessions:
            for each in session.part(PartName.MAIN) if self.facts.is_open(session) else ():
                if not self._is_ours(session, each):
                    self._add(each, tally)
        sessions = tuple(
            self._session(week, session, tally, quiet=quiet) if self.facts.is_open(session) else session
            for session in week.sessions
        )
        if any(session.skipped is None for session in sessions):
            self.ladders.weeks_done += 1
        return evolve(week, sessions=sessions)

    def _climb(self, week: Week) -> None:
        """Let ladders move on by the planner's own rule of stay: an expectation, which what is done decides."""
        left = self.rules.whole("planning", "moves_per_week") - self.facts.moves_of_others[week.number]
        for name, climb in sorted(self.ladders.climbs.items(), key=lambda entry: entry[1].entered):
            here = self.here[name]
            if left > 0 and here.begun and not here.earned.held and self.ladders.move_on(climb):
                left -= 1

    def _is_ours(self, session: Session, each: Prescription) -> bool:
        return each.progression in self.here and (session.id, each.exercise) not in self.facts.chosen

    # -- a session ----------------------------------------------------------------------------------------------

    def _session(self, week: Week, session: Session, tally: Counter[Tissue], *, quiet: bool) -> Session:
        before = session.part(PartName.MAIN).prescriptions
        emphasis = session.emphasis
        while True:
            main = self._main(week, session, emphasis)
            got = self._emphasis(each.asked for each in main)
            if emphasis.order >= got.order:
                break
            emphasis = got  # what has become lighter is dosed as lighter
        if not main or got.order < min(session.emphasis.order, self._emphasis(before).order):
            return session
        main = self._under_cap(main, tally)
        made: Session | None = None
        while main and made is None:
            made = self._measured(week, session, main, got)
            if made is None:
                # Not even one set of each fits the day: what stands last of our own goes.
                last = max((place for place, each in enumerate(main) if each.ladder is not None), default=None)
                if last is None:
                    return session
                main = [each for place, each in enumerate(main) if place != last]
        if made is None:
            return session
        final = made.part(PartName.MAIN).prescriptions
        for each, asked in zip(main, final, strict=True):
            if each.ladder is not None:
                self._tell(week, session, each)
                self.here[each.ladder].begun = True
                self.ladders.known.add(asked.exercise)
                self._add(asked, tally)
                if not quiet:
                    self.ladders.climbs[each.ladder].sessions += 1
        return session if final == before else made

    def _measured(self, week: Week, session: Session, main: Sequence[_Made], emphasis: Emphasis) -> Session | None:
        changed = evolve(session.with_main(each.asked for each in main), emphasis=emphasis)
        return remeasured(changed, week, self.runner, self.rules, self.catalog)

    def _emphasis(self, main: Iterable[Prescription]) -> Emphasis:
        return emphasis_of(((self._exercise(each), each.load, each.rir) for each in main), self.facts.words)

    def _exercise(self, asked: Prescription) -> Exercise:
        return self.catalog.exercises[asked.exercise]

    def _add(self, asked: Prescription, tally: Counter[Tissue]) -> None:
        exercise = self._exercise(asked)
        add_sets(exercise, hard_sets(exercise, asked.sets, asked.rir, self.facts.words), self.facts.words, tally)

    def _under_cap(self, main: Sequence[_Made], tally: Counter[Tissue]) -> list[_Made]:
        """Take sets off what is dosed anew until no tissue goes over the week's cap, down to one set each."""
        cap, running = self.rules.number("TM03", "cap"), Counter(tally)
        kept = []
        for each in main:
            asked = each.asked
            while each.ladder is not None:
                trial = Counter(running)
                self._add(asked, trial)
                exercise = self._exercise(asked)
                less = shortened(asked)
                over = any(trial[tissue] > cap for tissue in (*exercise.primary, *exercise.secondary))
                if not over or less is None:
                    running = trial
                    break
                asked = less
            kept.append(each if asked is each.asked else evolve(each, asked=asked))
        return kept

    def _main(self, week: Week, session: Session, emphasis: Emphasis) -> list[_Made]:
        before = session.part(PartName.MAIN)
        held = {each.exercise for each in before if not self._is_ours(session, each)}
        main = []
        for each in before:
            if not self._is_ours(session, each):
                main.append(_Made(each))
                continue
            made = self._asked(week, session, each, emphasis, held)
            if made is not None:
                held.add(made.asked.exercise)
                main.append(made)
        return main

    # -- a prescription -----------------------------------------------------------------------------------------

    def _asked(
        self, week: Week, session: Session, each: Prescription, emphasis: Emphasis, held: set[str]
    ) -> _Made | None:
        name = each.progression
        if name is None:
            return None
        climb = self.ladders.climbs[name]
        kit = self.runner.kit_at(session.place)
        route = self.facts.route(climb.progression, kit)
        wanted = self._base(name, week, session)
        base = self._at_hand(wanted, climb.place, route, on=session.date, emphasis=emphasis, held=held)
        if base is None:
            return None
        exercise = self._exercise(base)
        made = dosed(
            base, exercise, phase=week.phase, emphasis=emphasis, deload=week.deload, rules=self.rules,
            level=self.runner.trained_level,
        )  # fmt: skip
        heavy = ""
        if made.amount != base.amount and made.amount == heavy_reps(self.rules):
            made, heavy = self._heavy(made, base, exercise, week, route)
        return _Made(evolve(made, superset=each.superset, note=each.note), name, heavy)

    def _base(self, name: str, week: Week, session: Session) -> Prescription:
        """Return what the ladder asks for in a week, before the week's dose: what is earned, or less, never more."""
        here, climb = self.here[name], self.ladders.climbs[name]
        if here.first_week is None:
            here.first_week = week.number
            through = here.state.through
            if through is not None and session.date > through:
                here.step = adapt(
                    climb.progression, here.state, session.date, runner=self.runner, limits=self.facts.limits,
                    catalog=self.catalog, trained=last_trained(self.facts.log, session.date, self.facts.to_come),
                )  # fmt: skip
                here.state = here.step.state
                climb.place = here.state.rung
        state = here.state
        if climb.place != state.rung:
            rung = climb.progression.rungs[climb.place]
            start = self.facts.route(climb.progression, self.runner.kit_at()).start(climb.place)
            same = start.exercise == state.earned.exercise and rung.starts_loaded
            return evolve(start, load=state.earned.load) if same and isinstance(state.earned.load, External) else start
        if here.earned.held or (here.eased and here.first_week == week.number):
            return state.prescription
        return state.earned

    def _at_hand(
        self, asked: Prescription, place: int, route: Route, *, on: dt.date, emphasis: Emphasis, held: set[str]
    ) -> Prescription | None:
        """Return what is asked, or the highest rung under it, as it can be done in a session; None where none can."""
        top = route.place_of(asked, place)
        for here in range(top, -1, -1):
            exercise = route.exercises[here]
            if exercise.id in held or not suits(exercise, emphasis):
                continue
            if unfit(exercise, self.runner, route.kit, on) is not None:
                continue
            wanted = asked if here == top else route.start(here)
            if emphasis is not Emphasis.HEAVY_LEGS and heavy_only(wanted.amount, wanted.load, exercise, self.rules):
                continue
            load = self._load_at_hand(wanted.load, here, route)
            if load is not None:
                return wanted if load == wanted.load else evolve(wanted, load=load)
        return None

    def _load_at_hand(self, load: Load, place: int, route: Route) -> Load | None:
        """Return the load itself, or the heaviest under it that stands where the session is; None where none does."""
        exercise = route.exercises[place]
        if not isinstance(load, (External, FindLoad, PercentOfMax)):
            return load
        if not route.kit.owned & set(exercise.loaded_by):
            return None
        owned = route.loads[place]
        if not isinstance(load, External) or not owned:
            return load
        fitting = [each for each in owned if each.mass.kg <= load.mass.kg + self.facts.limits.tolerance_kg]
        if fitting:
            return fitting[-1]
        bare = any(rung.exercise == exercise.id and not rung.starts_loaded for rung in route.rungs[: place + 1])
        return BodyWeight() if bare else None

    def _heavy(
        self, made: Prescription, base: Prescription, exercise: Exercise, week: Week, route: Route
    ) -> tuple[Prescription, str]:
        """Return the heavy dose with a load from the estimated maximum; without one the earned load and range stay."""
        stay = evolve(made, amount=base.amount, rest=base.rest) if isinstance(base.load, External) else made
        here = self.here[made.progression or ""]
        cleared = self.runner.clearance is Clearance.CLEARED and not self.runner.novice
        eased = here.eased and here.first_week == week.number
        if (
            not cleared
            or here.earned.held
            or eased
            or week.deload
            or week.phase not in (Phase.HEAVY, Phase.EXPLOSIVE, Phase.MAINTENANCE)
        ):
            return stay, ""
        shown = self.facts.shown_of(exercise)
        if shown is None:
            return stay, ""
        body = self.runner.body_mass
        kilos = body.kg if body is not None else 0.0
        most = moved_mass(exercise, shown.heaviest, kilos) * (1 + self.facts.limits.max_step) + 1e-9
        owned = [
            each
            for each in route.loads[route.place_of(base, self.ladders.climbs[here.state.progression].place)]
            if moved_mass(exercise, each.mass.kg, kilos) <= most
        ]
        load = heavy_load(shown.estimate, None, owned, exercise=exercise, body_mass=body, limits=self.facts.maxima)
        if load is None or load.mass.kg < (kilograms(base.load) or 0.0) - self.facts.limits.tolerance_kg:
            return stay, ""
        share = 100 * moved_mass(exercise, load.mass.kg, kilos) / shown.estimate.mass.kg
        reserve = made.rir.reps if made.rir is not None else 0.0
        if share < self.facts.maxima.percent(made.amount.high + reserve):
            return stay, ""  # too light for so few repetitions
        return evolve(made, load=load), _estimate_told(shown, load, exercise, kilos)

    # -- decisions ----------------------------------------------------------------------------------------------

    def _tell(self, week: Week, session: Session, each: _Made) -> None:
        """Say once for each rung, and for each load from a maximum, why it is asked for."""
        name = each.ladder or ""
        here, climb = self.here[name], self.ladders.climbs[name]
        ladder = climb.progression
        if each.heavy and each.asked.exercise not in self.estimates:
            self.estimates.add(each.asked.exercise)
            shown = self.facts.shown_of(self._exercise(each.asked))
            sources = (*(shown.estimate.sources if shown is not None else ()), "llanos-lagos-2024")
            self.told.append(Told(week.number, session.id, name, f"{ladder.name}: {each.heavy}", sources))
        if here.told == climb.place:
            return
        first, here.told = here.told is None, climb.place
        if first:
            why = f"{ladder.name}: {here.earned.told()}{_layoff_told(here.step)}"
        else:
            rung = ladder.rungs[max(0, climb.place - 1)]
            why = f"next rung of {ladder.name}; take it after {rung.criterion}; until then stay"
        self.told.append(Told(week.number, session.id, name, why, ladder.sources))


def _layoff_told(step: Step | None) -> str:
    for reason in step.reasons if step is not None else ():
        days = reason.fact("days")
        if reason.code is ReasonCode.LAYOFF:
            return f"; after {days} days without it the first week asks for {reason.fact('percent')} % at most"
        if reason.code is ReasonCode.LONG_LAYOFF:
            return f"; after {days} days without it the ladder starts anew"
    return ""


def _estimate_told(shown: Shown, load: External, exercise: Exercise, body: float) -> str:
    made = shown.estimate
    share = 100 * moved_mass(exercise, load.mass.kg, body) / made.mass.kg
    low, mass, high = (number(round(each.kg)) for each in (made.low, made.mass, made.high))
    said = f"{shown.reps} reps with {spoken(shown.load)} on {shown.date} stand for a maximum of about {mass} kg"
    moved = ", body mass moved with it included" if exercise.body_mass_share else ""
    percent = number(round(share))
    said += f" ({low} to {high}){moved}; {spoken(load)} is {percent} % of it, and no more than a tenth over what you"
    said += " have shown"
    return f"{said}; {made.caution}" if made.caution else said
