"""The contract of planners: one that is broken by hand is caught, under the law it breaks, and told in a few lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from runstrong.catalog import load_catalog
from runstrong.model.edits import Move
from runstrong.model.errors import InfeasibleError
from runstrong.model.log import Log
from runstrong.model.plan import Plan, Session, Week
from runstrong.model.prescription import Prescription
from runstrong.model.quantities import Duration
from runstrong.model.rules import RuleSet
from runstrong.model.runner import Kit, Limitations, Runner
from runstrong.model.running import RunningWeek, UsualRun
from runstrong.model.value import Record, evolve, record
from runstrong.model.words import (
    Emphasis,
    Equipment,
    Level,
    PartName,
    Place,
    RunKind,
    StrengthDayPolicy,
    Weekday,
)
from runstrong.planner import StandardPlanner, dose_of
from runstrong.testing import PLANNER_LAWS, PlannerLaw, PlanRequest, check_planner

ONE_DAY = dt.timedelta(days=1)
MONDAY = dt.date(2027, 1, 4)


@record
class Believing(Record):
    """Plans for a runner who is otherwise than the one who asks."""

    other: Callable[[Runner], Runner]

    def plan(
        self, runner: Runner, start: dt.date | None = None, weeks: int | None = None, *, rules: RuleSet | None = None
    ) -> Plan:
        """Return a plan for another runner under this one's name."""
        return evolve(StandardPlanner().plan(self.other(runner), start, weeks, rules=rules), runner=runner)

    def replan(self, plan: Plan, log: Log, today: dt.date, *, rules: RuleSet | None = None) -> Plan:
        """Return the plan as the built-in planner plans it again."""
        return StandardPlanner().replan(plan, log, today, rules=rules)


@record
class Spoiling(Record):
    """Plans well, then spoils each week."""

    spoil: Callable[[Week, Runner], Week]

    def plan(
        self, runner: Runner, start: dt.date | None = None, weeks: int | None = None, *, rules: RuleSet | None = None
    ) -> Plan:
        """Return a spoilt plan."""
        made = StandardPlanner().plan(runner, start, weeks, rules=rules)
        return evolve(made, weeks=tuple(self.spoil(week, runner) for week in made.weeks))

    def replan(self, plan: Plan, log: Log, today: dt.date, *, rules: RuleSet | None = None) -> Plan:
        """Return the plan as the built-in planner plans it again."""
        return StandardPlanner().replan(plan, log, today, rules=rules)


@record
class Replanning(Record):
    """Plans well, and plans again in a way of its own."""

    again: Callable[[Plan, Log, dt.date], Plan]

    def plan(
        self, runner: Runner, start: dt.date | None = None, weeks: int | None = None, *, rules: RuleSet | None = None
    ) -> Plan:
        """Return the built-in planner's plan."""
        return StandardPlanner().plan(runner, start, weeks, rules=rules)

    def replan(self, plan: Plan, log: Log, today: dt.date, *, rules: RuleSet | None = None) -> Plan:
        """Return what its way makes of the plan."""
        return self.again(plan, log, today)


# -- ways to spoil a week -------------------------------------------------------------------------------------------


def each_session(change: Callable[[Session], Session]) -> Callable[[Week, Runner], Week]:
    """Return a way that changes every session."""
    return lambda week, runner: evolve(week, sessions=tuple(change(each) for each in week.sessions))


def heavy_on_the_eve(week: Week, runner: Runner) -> Week:
    """Put heavy legs on the day before a hard run, where the week has one."""
    eves = [run.date - ONE_DAY for run in week.runs if run.kind.hard and run.date > week.start]
    free = [day for day in eves if all(each.date != day for each in week.sessions)]
    sessions = [
        evolve(each, date=free[0]) if free and each.emphasis is Emphasis.HEAVY_LEGS else each for each in week.sessions
    ]
    return evolve(week, sessions=tuple(sorted(sessions, key=lambda each: (each.date, each.day_part.order))))


def every_day(week: Week, runner: Runner) -> Week:
    """Repeat the first session on each day of the week."""
    if not week.sessions:
        return week
    first = week.sessions[0]
    days = [week.start + n * ONE_DAY for n in range(7) if week.start + n * ONE_DAY >= first.date]
    return evolve(week, sessions=tuple(evolve(first, id=f"{first.id}-{day:%a}".lower(), date=day) for day in days))


def twice(week: Week, runner: Runner) -> Week:
    """Give a second session the id of the first."""
    return evolve(week, sessions=tuple(evolve(each, id=week.sessions[0].id) for each in week.sessions))


def with_kit(runner: Runner) -> Runner:
    """Return a runner who owns everything everywhere."""
    places = dict.fromkeys((runner.place, *(kit.place for kit in runner.kits)))
    return evolve(runner, kits=tuple(Kit(place=place, equipment=tuple(Equipment)) for place in places))


def jumping(week: Week, runner: Runner) -> Week:
    """Give every session hops at its end."""
    hops = dose_of(load_catalog().exercises["pogo-hop"], Level.NOVICE)
    return evolve(week, sessions=tuple(_with(each, hops) for each in week.sessions))


def _with(session: Session, more: Prescription) -> Session:
    parts = [
        evolve(part, prescriptions=(*part.prescriptions, more)) if part.name is PartName.MAIN else part
        for part in session.parts
    ]
    return evolve(session, parts=tuple(parts))


BAD: dict[str, tuple[Any, str, str]] = {
    "heavy legs the day before intervals": (Spoiling(heavy_on_the_eve), "hard-runs", "before a hard run"),
    "ignores availability": (
        Believing(lambda it: evolve(it, availability=(), exceptions=())), "availability", "an open day: ",
    ),
    "takes the last rest day": (Spoiling(every_day), "rest-day", "none left by sessions"),
    "uses kit that is not there": (Believing(with_kit), "equipment", "what stands at home"),
    "plans over the minutes": (
        Believing(lambda it: evolve(it, session_length=Duration(5400.0))), "time", "min at most on a",
    ),
    "drops a run": (Spoiling(lambda week, _: evolve(week, runs=week.runs[1:])), "runs", "the runner's own"),
    "starts weeks on Monday": (Believing(lambda it: evolve(it, week_start=Weekday.MONDAY)), "weeks", "weeks start on"),
    "gives one id twice": (Spoiling(twice), "answers", "session id"),
    "jumps without clearance": (Spoiling(jumping), "clearance", "no jumps, as clearance is"),
    "believes in the evening of hard days": (
        Believing(lambda it: evolve(it, policy=StrengthDayPolicy.HARD_DAY_EVENING)), "hard-runs", "easy-day policy",
    ),
    "does not see races": (Believing(lambda it: evolve(it, races=())), "race-windows", "no leg work from"),
    "ignores what the runner excludes": (
        Believing(lambda it: evolve(it, limitations=Limitations())), "limitations", "the runner",
    ),
    "calls everything light": (
        Spoiling(each_session(lambda it: evolve(it, emphasis=Emphasis.LIGHT_LEGS))), "emphasis", "as its main work is",
    ),
    "rounds minutes down": (
        Spoiling(each_session(lambda it: evolve(it, minutes=Duration(60.0)))), "minutes", "by its sets",
    ),
    "forgets where sessions are done": (
        Spoiling(each_session(lambda it: evolve(it, place=Place.TRAVEL))), "equipment", "at the place of that day",
    ),
}  # fmt: skip


class Silent:
    """Gives no reasons."""

    def plan(self, runner: Runner, start: Any = None, weeks: Any = None, *, rules: RuleSet | None = None) -> Plan:
        """Return a plan without decisions."""
        return evolve(StandardPlanner().plan(runner, start, weeks, rules=rules), decisions=())

    replan = StandardPlanner.replan


class Refusing:
    """Finds everything infeasible."""

    def plan(self, runner: Runner, start: Any = None, weeks: Any = None, *, rules: RuleSet | None = None) -> Plan:
        """Refuse."""
        raise InfeasibleError(["it is raining"], ["wait"])

    replan = StandardPlanner.replan


class Moody:
    """Plans otherwise every second time."""

    def __init__(self) -> None:
        self.asked = 0

    def plan(self, runner: Runner, start: Any = None, weeks: Any = None, *, rules: RuleSet | None = None) -> Plan:
        """Return a plan, with a note every second time."""
        made = StandardPlanner().plan(runner, start, weeks, rules=rules)
        self.asked += 1
        return made.note(made.sessions[0].id, "a good day") if self.asked % 2 and made.sessions else made

    replan = StandardPlanner.replan


class Unordered:
    """Orders decisions by the chance of a set."""

    def plan(self, runner: Runner, start: Any = None, weeks: Any = None, *, rules: RuleSet | None = None) -> Plan:
        """Return a plan whose decisions stand in the order of a set."""
        made = StandardPlanner().plan(runner, start, weeks, rules=rules)
        return evolve(made, decisions=tuple(set(made.decisions)))

    def replan(self, plan: Plan, log: Log, today: dt.date, *, rules: RuleSet | None = None) -> Plan:
        """Return the plan as it is."""
        return plan


class Grudging:
    """Wants an empty week before it plans at all."""

    def plan(self, runner: Runner, start: Any = None, weeks: Any = None, *, rules: RuleSet | None = None) -> Plan:
        """Refuse runners whose every day is open."""
        if not runner.availability:
            raise InfeasibleError(["no day is set aside"], ["set days aside"])
        return StandardPlanner().plan(runner, start, weeks, rules=rules)

    replan = StandardPlanner.replan


def caught(planner: Any, **asked: Any) -> str:
    """Hold a bad planner to the contract and return what it is told."""
    with pytest.raises(AssertionError) as found:
        check_planner(planner, **asked)
    return str(found.value)


class TestCaught:
    """Each way of being wrong is found with all laws held, under the law that it breaks."""

    @pytest.mark.parametrize("name", BAD)
    def test_a_planner_broken_by_hand(self, name: str) -> None:
        """The report names the law, the place, what was expected and found, and a runner as YAML."""
        planner, law, words = BAD[name]
        told = caught(planner, runners=300, most_weeks=4, laws=[law, "answers"], replan=False)
        assert f"({law})" in told
        assert words in told
        assert "expected: " in told
        assert "found: " in told
        assert "kind: runner" in told

    @pytest.mark.parametrize(
        ("planner", "law"),
        [
            (Silent(), "reasons"),
            (Refusing(), "infeasible-only-where-nothing-fits"),
            (Moody(), "deterministic"),
            (Grudging(), "infeasible-only-where-nothing-fits"),
        ],
        ids=["silent", "refusing", "moody", "grudging"],
    )
    def test_with_all_laws_held(self, planner: Any, law: str) -> None:
        """Nothing else is reported than what is wrong."""
        assert f"({law})" in caught(planner, runners=40, most_weeks=2, replan=False)

    def test_the_field_that_differs_is_told(self) -> None:
        """A session that differs in its note alone is told with both notes."""
        told = caught(Moody(), runners=4, most_weeks=1, laws=["deterministic"])
        assert "note: a good day, then None" in told or "note: None, then a good day" in told

    def test_more_days_that_take_the_plan_away(self) -> None:
        """A planner that gives a plan for few days and none for all is caught by the law about more days."""
        told = caught(Grudging(), runners=40, most_weeks=1, laws=["more-days"])
        assert "every day open" in told

    def test_another_order_under_another_hash_seed(self) -> None:
        """Fresh processes find what one process cannot."""
        told = caught(Unordered(), runners=4, most_weeks=1, laws=["weeks"], hash_seeds=True)
        assert "(hash-seeds)" in told
        assert "PYTHONHASHSEED 1 and 4711" in told


def doubling(plan: Plan, log: Log, today: dt.date) -> Plan:
    """Move everything that was missed in this week to today."""
    done, week_of = {each.session for each in log.performances}, plan.runner.week_of
    for session in plan.sessions:
        if session.date < today and session.id not in done and week_of(today) == week_of(session.date):
            plan = plan.apply(Move(session=session.id, to=today))
    return plan


def forgetting(plan: Plan, log: Log, today: dt.date) -> Plan:
    """Leave out what stood in the first week."""
    return evolve(plan, weeks=(evolve(plan.weeks[0], sessions=()), *plan.weeks[1:]))


class TestReplanning:
    """What planning again may not do is found too."""

    @pytest.mark.parametrize(
        ("again", "law"),
        [
            (lambda plan, log, today: plan.note(plan.sessions[0].id, "well done"), "replan-silence"),
            (forgetting, "replan-past"),
            (lambda plan, log, today: evolve(plan, edits=()), "replan-pins"),
            (lambda plan, log, today: plan.pin(plan.sessions[0].id), "replan-idempotent"),
            (doubling, "replan-missed"),
        ],
        ids=["notes", "forgets", "unpins", "adds", "doubles"],
    )
    def test_a_replan_broken_by_hand(self, again: Callable[[Plan, Log, dt.date], Plan], law: str) -> None:
        """Each is told with the day and what was done until then."""
        told = caught(Replanning(again), runners=200, most_weeks=3, laws=[law])
        assert f"({law})" in told
        assert "planned again on day" in told

    def test_it_can_be_left_out(self) -> None:
        """A planner without replan says so and is held to the rest."""
        held = check_planner(Replanning(doubling), runners=5, most_weeks=2, replan=False)
        assert held.replanned == 0


class TestReport:
    """The report is short: the smallest runner that fails, and nothing that is not needed."""

    def test_the_smallest_runner(self) -> None:
        """Of a planner that overlooks races only a race is left, and of the rest the defaults."""
        told = caught(Believing(lambda it: evolve(it, races=())), runners=300, laws=["race-windows"])
        runner = told[told.index("kind: runner") :]
        assert "races:" in runner
        assert len(runner.splitlines()) <= 10, runner

    def test_a_law_that_does_not_exist(self) -> None:
        """The nearest id is offered."""
        with pytest.raises(ValueError, match="did you mean 'rest-day'"):
            check_planner(StandardPlanner(), laws=["rest-days"])


class TestUse:
    """Laws are values that can be held one by one, and to requests of one's own."""

    @pytest.mark.parametrize("law", PLANNER_LAWS, ids=str)
    def test_one_by_one(self, law: PlannerLaw) -> None:
        """As a downstream package would, with a name for each law in its test report."""
        assert check_planner(StandardPlanner(), runners=4, most_weeks=3, laws=[law]).requests == 4

    def test_own_requests(self) -> None:
        """A runner of one's own is held to every law, those that take turns too."""
        week = RunningWeek(runs=(UsualRun(day=Weekday.TUESDAY, kind=RunKind.INTERVALS),))
        own = Runner(name="Ada", running=week, strength_years=2)
        held = check_planner(StandardPlanner(), runners=0, requests=[PlanRequest(own, MONDAY, weeks=3, day=9)])
        assert (held.requests, held.plans, held.weeks, held.replanned) == (1, 1, 3, 1)

    def test_ids_are_unique_and_laws_are_sentences(self) -> None:
        """What stands in a test report can be read."""
        assert len({law.id for law in PLANNER_LAWS}) == len(PLANNER_LAWS)
        assert all(law.statement[0].isupper() and law.statement.endswith(".") for law in PLANNER_LAWS)

    def test_a_planner_that_no_process_can_import(self) -> None:
        """Asking for hash seeds then says what to do."""

        class Local(Refusing):
            pass

        with pytest.raises(ValueError, match="at the top of a module"):
            check_planner(Local(), runners=0, hash_seeds=True)
