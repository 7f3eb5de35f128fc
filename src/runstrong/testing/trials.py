"""What a planner is asked and what it answers, worked out once for all the laws that look at it."""

from __future__ import annotations

import datetime as dt
import functools
import itertools
from collections.abc import Iterator

from runstrong.catalog.records import load_catalog
from runstrong.model.catalog import Catalog
from runstrong.model.errors import InfeasibleError, RunstrongError
from runstrong.model.exercise import Exercise
from runstrong.model.log import Coverage, Log, Performance, PerformedSet
from runstrong.model.plan import Plan, Session, Week
from runstrong.model.prescription import Band, External, FindLoad, Load, PercentOfMax, Prescription
from runstrong.model.quantities import Mass
from runstrong.model.rules import RuleSet
from runstrong.model.runner import Runner
from runstrong.model.timeline import Definitions, is_heavy
from runstrong.model.value import evolve
from runstrong.model.words import Equipment, ExerciseKind, PartName, Phase, Side, Tissue, Weekday
from runstrong.planner import Planner
from runstrong.testing.people import PlanRequest

__all__ = ["Trial", "named"]

ONE_DAY = dt.timedelta(days=1)


def named(date: dt.date) -> str:
    """Say a date with its weekday."""
    return f"{str(Weekday.of(date.weekday())).capitalize()} {date}"


class Trial:
    """One request put to one planner.

    Args:
        planner: that is asked.
        request: what it is asked for.
        rules: rule set to plan and judge with, as `load_rules` gives it.
        catalog: where exercises are looked up; the packaged one by default.
    """

    def __init__(self, planner: Planner, request: PlanRequest, rules: RuleSet, catalog: Catalog | None = None) -> None:
        self.planner, self.request, self.rules = planner, request, rules
        self.runner: Runner = request.runner
        self.numbers = rules.with_overrides(self.runner.overrides, "runner")
        self.words = Definitions.of(self.numbers)
        self.known = catalog if catalog is not None else load_catalog()
        self.error: Exception | None = None
        """What it raised that no planner may raise."""
        self.infeasible: InfeasibleError | None = None
        """What it raised where it found that no plan can be."""
        self.plan = self._asked()

    def _asked(self) -> Plan | None:
        try:
            return self.ask(self.runner)
        except InfeasibleError as error:
            self.infeasible = error
        except Exception as error:  # noqa: BLE001  whatever a planner raises is told with its runner
            self.error = error
        return None

    def ask(self, runner: Runner) -> Plan:
        """Ask the planner anew, for this runner or for another in the same weeks."""
        return self.planner.plan(runner, self.request.start, self.request.weeks, rules=self.rules)

    # -- the plan, as laws read it ------------------------------------------------------------------------------

    @functools.cached_property
    def catalog(self) -> Catalog:
        """Where the plan's exercises are looked up: its own stand before packaged ones."""
        return self.known.with_own(self.plan.exercises if self.plan is not None else ())

    @property
    def weeks(self) -> tuple[Week, ...]:
        """Weeks of the plan; none where there is no plan."""
        return self.plan.weeks if self.plan is not None else ()

    @property
    def sessions(self) -> tuple[Session, ...]:
        """Sessions of the plan that nobody skipped."""
        return tuple(each for week in self.weeks for each in week.sessions if each.skipped is None)

    def prescribed(self) -> Iterator[tuple[Session, Prescription, Exercise]]:
        """Yield each prescription with its session and exercise; ids that nobody knows are another law's matter."""
        for session in self.sessions:
            for _, each in session.prescriptions():
                exercise = self.exercise(each.exercise)
                if exercise is not None:
                    yield session, each, exercise

    def exercise(self, id: str) -> Exercise | None:
        """Return the exercise of an id, or None where neither plan nor catalog has it."""
        try:
            return self.catalog.exercises[id]
        except RunstrongError:
            return None

    def heavy(self, session: Session) -> tuple[Prescription, ...]:
        """Return what makes a session heavy on the legs."""
        found = []
        for each in session.part(PartName.MAIN):
            exercise = self.exercise(each.exercise)
            if exercise is not None and is_heavy(exercise, each.load, each.rir, self.words):
                found.append(each)
        return tuple(found)

    def legs(self, session: Session) -> tuple[Prescription, ...]:
        """Return what works the legs beyond mobility."""
        found = []
        for each in session.part(PartName.MAIN):
            exercise = self.exercise(each.exercise)
            working = exercise is not None and (exercise.hard or exercise.kind is ExerciseKind.BALANCE)
            if exercise is not None and working and exercise.lower_body:
                found.append(each)
        return tuple(found)

    def heavy_tissues(self, session: Session) -> frozenset[Tissue]:
        """Return the tissues of the legs that a session works heavily."""
        held = [self.exercise(each.exercise) for each in self.heavy(session)]
        return frozenset(
            tissue for exercise in held if exercise is not None for tissue in exercise.primary if tissue.lower_body
        )

    def resting(self, session: Session) -> bool:
        """Whether a session is short and easy enough not to break a rest day: 10 minutes of mobility, nothing more."""
        held = [self.exercise(each.exercise) for _, each in session.prescriptions()]
        return session.minutes.minutes <= 10 and not any(exercise is None or exercise.hard for exercise in held)

    def careful(self, week: Week) -> bool:
        """Whether hard runs ask for the longer gap: a low strength age, or the first weeks of a heavy block."""
        if self.runner.novice:
            return True
        block = itertools.takewhile(lambda each: each.phase is Phase.HEAVY, self.weeks[week.number - 1 :: -1])
        return 0 < sum(1 for _ in block) <= self.numbers.whole("placement", "heavy_block_first_weeks")

    def heavy_days(self, week: Week) -> int:
        """Return how many days before a hard run heavy legs keep away in a week."""
        careful = self.careful(week)
        return int(self.place_number("heavy_days_before_hard_novice" if careful else "heavy_days_before_hard"))

    def place_number(self, name: str) -> float:
        """Return a number of policy ``placement``."""
        return self.numbers.number("placement", name)

    # -- the plan followed, and planned again -------------------------------------------------------------------

    @property
    def made(self) -> Plan:
        """The plan, for laws that follow one."""
        if self.plan is None:
            raise LookupError("there is no plan to follow")
        return self.plan

    @functools.cached_property
    def today(self) -> dt.date:
        """Day on which it is planned again."""
        made = self.made
        return made.start + (self.request.day % ((made.end - made.start).days + 1)) * ONE_DAY

    @functools.cached_property
    def followed(self) -> Plan:
        """The plan with one coming session pinned and one skipped by the runner, where it has so many."""
        made = self.made
        ahead = [session for session in made.sessions if session.date >= self.today]
        if len(ahead) > 1:
            made = made.pin(ahead[-1].id)
        if len(ahead) > 2:
            made = made.skip(ahead[1].id, "away")
        return made

    @functools.cached_property
    def log(self) -> Log:
        """What the runner did before today, by the habits of the request."""
        habits = itertools.cycle(self.request.habits)
        found: list[Performance] = []
        for session in self.followed.sessions:
            if session.date >= self.today:
                continue
            habit = next(habits)
            main = session.part(PartName.MAIN).prescriptions
            done = main if habit == "done" else main[: len(main) // 2] if habit == "half" else ()
            found += [self._performed(each, session) for each in done]
        coverage: tuple[Coverage, ...] = ()
        if self.request.vouched and self.today > self.followed.start:
            coverage = (Coverage(first=self.followed.start, last=self.today - ONE_DAY, strength=True),)
        return Log(coverage=coverage, performances=tuple(found))

    def _performed(self, asked: Prescription, session: Session) -> Performance:
        sides = (Side.LEFT, Side.RIGHT) if asked.side is Side.BOTH else (asked.side,)
        one = PerformedSet(
            amount=type(asked.amount)(asked.amount.high), load=self._lifted(asked, session), rir=asked.rir
        )
        sets = tuple(evolve(one, side=side) for _ in range(asked.sets) for side in sides)
        return Performance(date=session.date, exercise=asked.exercise, session=session.id, sets=sets)

    def _lifted(self, asked: Prescription, session: Session) -> Load:
        if not isinstance(asked.load, (FindLoad, PercentOfMax)):
            return asked.load
        exercise = self.exercise(asked.exercise)
        ready = self.runner.kit_at(session.place).loads_for(exercise.loaded_by) if exercise is not None else ()
        return External(*ready[0]) if ready else External(Mass(5.0))

    @functools.cached_property
    def again(self) -> Plan:
        """The followed plan, planned again today."""
        return self.planner.replan(self.followed, self.log, self.today, rules=self.rules)

    @functools.cached_property
    def missed(self) -> frozenset[str]:
        """Ids of sessions before today that the log vouches for and holds nothing of."""
        done = {each.session for each in self.log.performances}
        return frozenset(
            each.id
            for each in self.followed.sessions
            if each.date < self.today and each.id not in done and self.log.covers(each.date, "strength")
        )

    def lacks_load(self, session: Session, asked: Prescription, exercise: Exercise) -> str:
        """Say what load is asked for that the place of a session cannot give; empty where nothing lacks."""
        kit = self.runner.kit_at(session.place)
        if isinstance(asked.load, Band):
            return "" if kit.owned & {Equipment.BAND, Equipment.LOOP_BAND} else f"{asked.load}, and no band there"
        if not isinstance(asked.load, (External, FindLoad, PercentOfMax)):
            return ""
        kinds = ", ".join(map(str, exercise.loaded_by)) or "nothing that could load it"
        if not kit.owned & set(exercise.loaded_by):
            return f"{asked.load}, and none of {kinds} there"
        ready = [mass.kg for mass, _ in kit.loads_for(exercise.loaded_by)]
        if isinstance(asked.load, External) and ready:
            mass = asked.load.mass.kg
            if min(abs(mass - each) for each in ready) >= 0.05:
                return f"{asked.load}, and from {min(ready):g} to {max(ready):g} kg there, not that"
        return ""
