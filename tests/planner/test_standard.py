"""The built-in planner as a whole: plans of example runners and of runners at the edges."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

from runstrong.auditor import audit
from runstrong.catalog import load_catalog
from runstrong.codec import read
from runstrong.model.errors import InfeasibleError, InvalidValue, UnknownName
from runstrong.model.exercise import Exercise
from runstrong.model.log import Log
from runstrong.model.plan import Plan, Session, Week
from runstrong.model.prescription import External, FindLoad, PercentOfMax
from runstrong.model.quantities import Distance, Duration, Mass
from runstrong.model.rules import Override
from runstrong.model.runner import Availability, Kit, Limitations, Runner, Weights
from runstrong.model.running import Race, RunningWeek, UsualRun
from runstrong.model.words import (
    Clearance,
    DayPart,
    Deficit,
    Emphasis,
    Equipment,
    ExerciseKind,
    KneeAngle,
    PartName,
    Phase,
    Place,
    Priority,
    Region,
    RunKind,
    Severity,
    StrengthDayPolicy,
    Weekday,
)
from runstrong.planner import StandardPlanner, estimated_seconds, plan, replan
from runstrong.rules import load_rules

ROOT = Path(__file__).resolve().parents[2]
FILES = [*sorted((ROOT / "examples").glob("*.yaml")), *sorted((ROOT / "tests" / "runners").glob("*.yaml"))]
RUNNERS: dict[str, Runner] = {path.stem: found for path in FILES if isinstance(found := read(path), Runner)}
RULES, CATALOG = load_rules(), load_catalog()
MONDAY = dt.date(2027, 1, 4)
QUIET = (Phase.TAPER, Phase.RACE, Phase.RECOVERY)


def usual(day: int, kind: RunKind = RunKind.EASY, part: DayPart = DayPart.MORNING, km: float = 8) -> UsualRun:
    """Return a run of the usual week; Monday is 0."""
    return UsualRun(day=Weekday.of(day), day_part=part, kind=kind, distance=Distance(km), duration=Duration(km * 360))


FOUR_RUNS = RunningWeek(runs=(usual(1, RunKind.INTERVALS), usual(2), usual(4), usual(6, RunKind.LONG, km=16)))
SEVEN_RUNS = RunningWeek(runs=tuple(usual(day) for day in range(7)))


def person(**fields: object) -> Runner:
    """Return a cleared runner with four runs a week and a year of lifting."""
    given = {
        "name": "Ada",
        "running": FOUR_RUNS,
        "strength_years": 1.0,
        "clearance": Clearance.CLEARED,
        "start": MONDAY,
    }
    return Runner(**{**given, **fields})  # type: ignore[arg-type]


def main_of(week: Week) -> Iterator[Exercise]:
    """Yield the main exercises of a week's sessions."""
    for session in week.sessions:
        for each in session.part(PartName.MAIN):
            yield CATALOG.exercises[each.exercise]


def exercises_of(session: Session) -> set[str]:
    """Return the ids of all exercises of a session."""
    return {each.exercise for _, each in session.prescriptions()}


@pytest.fixture(scope="module", params=sorted(RUNNERS))
def made(request: pytest.FixtureRequest) -> Plan:
    """The plan of each example runner and each ordinary runner."""
    return plan(RUNNERS[request.param])


class TestEveryPlan:
    """What holds in the plan of each of the nine runners, line by line."""

    def test_full_weeks_cover_what_a_stride_needs(self, made: Plan) -> None:
        """Each full week outside deload, taper and race holds calf at both knee angles, hamstring, hip and trunk."""
        for week in made.weeks:
            legs = [session for session in week.sessions if session.emphasis.legs]
            if week.deload or week.phase in QUIET or len(legs) < 2 or week.start < made.start:
                continue
            found = list(main_of(week))
            regions = {tissue.region for each in found for tissue in (*each.primary, *each.secondary)}
            assert {Region.CALF, Region.HAMSTRING, Region.HIP, Region.TRUNK} <= regions, week.number
            angles = {each.knee_angle for each in found if Region.CALF in each.regions}
            assert {KneeAngle.STRAIGHT, KneeAngle.BENT} <= angles, week.number

    def test_a_single_leg_session_holds_both_calf_angles(self, made: Plan) -> None:
        """Weeks with one leg session outside taper and race do not halve the calf."""
        for week in made.weeks:
            if week.deload or week.phase in QUIET or sum(session.emphasis.legs for session in week.sessions) != 1:
                continue
            angles = {each.knee_angle for each in main_of(week) if Region.CALF in each.regions}
            assert {KneeAngle.STRAIGHT, KneeAngle.BENT} <= angles, week.number

    def test_the_audit_finds_nothing_grave(self, made: Plan) -> None:
        """No plan leaves with a finding at warning or above."""
        assert audit(made, rules=RULES, catalog=CATALOG).at_least(Severity.WARNING) == ()

    def test_sessions_keep_to_their_minutes(self, made: Plan) -> None:
        """Each session's estimate is honest, within the runner's limit and long enough to be worth a day."""
        for session in made.sessions:
            seconds = estimated_seconds((each for _, each in session.prescriptions()), RULES)
            assert 0 <= session.minutes.seconds - seconds < 60
            assert session.minutes.seconds <= made.runner.session_length.seconds

    def test_only_equipment_that_stands_there(self, made: Plan) -> None:
        """No exercise and no load needs what the kit of the session's place lacks."""
        for session in made.sessions:
            owned = made.runner.kit_at(session.place).owned
            for _, each in session.prescriptions():
                exercise = CATALOG.exercises[each.exercise]
                assert owned.issuperset(exercise.equipment), each.exercise
                if isinstance(each.load, (FindLoad, External, PercentOfMax)):
                    assert owned & set(exercise.loaded_by), each.exercise

    def test_every_exercise_has_a_reason(self, made: Plan) -> None:
        """Always ask why: each exercise of the plan has a decision with a reason."""
        for id in sorted(set().union(*(exercises_of(session) for session in made.sessions))):
            assert any(decision.why for decision in made.why(id)), id

    def test_each_session_has_the_emphasis_of_what_it_holds_and_no_more(self, made: Plan) -> None:
        """No exercise stands twice in a session's main part, and every session has some main work."""
        for session in made.sessions:
            main = [each.exercise for each in session.part(PartName.MAIN)]
            assert main
            assert len(set(main)) == len(main)

    def test_deloads_and_race_weeks_bring_nothing_new(self, made: Plan) -> None:
        """What stands in the main part of a lighter week stood in an earlier week."""
        known: set[str] = set()
        for week in made.weeks:
            now = {each.id for each in main_of(week)}
            if known and (week.deload or week.phase in QUIET):
                assert now <= known, week.number
            known |= now

    def test_a_deload_has_fewer_sets_on_the_same_exercises(self, made: Plan) -> None:
        """An exercise of a deload week is done for no more sets than the week before."""
        for before, week in zip(made.weeks, made.weeks[1:], strict=False):
            if week.deload and not before.deload:
                most = {each.exercise: each.sets for session in before.sessions for each in session.part(PartName.MAIN)}
                for session in week.sessions:
                    for each in session.part(PartName.MAIN):
                        assert each.sets <= most.get(each.exercise, each.sets)

    def test_the_minutes_that_a_deload_frees_stay_free(self) -> None:
        """In ten minutes a deload holds fewer sets than the weeks before it, not more exercises."""
        early = Race(id="early", date=MONDAY + dt.timedelta(days=2), distance=Distance(10))
        made = plan(person(races=(early,), session_length=Duration(600)), MONDAY, 10)
        held = [
            sum(each.sets for session in week.sessions for each in session.part(PartName.MAIN)) for week in made.weeks
        ]
        deloads = [place for place, week in enumerate(made.weeks) if week.deload and place]
        assert deloads
        for place in deloads:
            assert held[place] <= 0.75 * max(held[max(0, place - 4) : place])

    def test_ids_follow_the_week(self, made: Plan) -> None:
        """Sessions are numbered in order of date within their week."""
        for week in made.weeks:
            ids = [f"{week.start:%Y%m%d}-{number}" for number in range(1, len(week.sessions) + 1)]
            assert [session.id for session in week.sessions] == ids
            assert list(week.sessions) == sorted(week.sessions, key=lambda session: session.date)

    def test_the_last_decision_is_the_audit(self, made: Plan) -> None:
        """A plan never leaves unaudited, and says what was found."""
        assert made.decisions[-1].what.startswith(f"audited against {len(RULES.active)} rules")


class TestNovices:
    """A starting routine of six, then one new exercise per session and week."""

    @pytest.mark.parametrize("name", ["novice", "novice-three-runs"])
    def test_the_first_week_holds_six(self, name: str) -> None:
        """Six exercises, among them two-leg calf raises at both knee angles and a bridge."""
        first = {each.id for each in main_of(plan(RUNNERS[name]).weeks[0])}
        assert len(first) == 6
        assert {"calf-raise", "bent-knee-calf-raise", "glute-bridge"} <= first

    @pytest.mark.parametrize("name", ["novice", "novice-three-runs"])
    def test_then_one_by_one(self, name: str) -> None:
        """After the first week a week brings one exercise at most that is no step on a known ladder."""
        rungs = {ladder.id: {rung.exercise for rung in ladder.rungs} for ladder in CATALOG.progressions.values()}
        known: set[str] = set()
        for week in plan(RUNNERS[name]).weeks:
            new: list[str] = []
            for session in week.sessions:
                main = session.part(PartName.MAIN).prescriptions
                new += [
                    each.exercise
                    for each in main
                    if each.exercise not in known and not rungs[each.progression or ""] & known
                ]
                known |= {each.exercise for each in main}
            assert week.number == 1 or len(new) <= 1, (week.number, new)

    def test_a_novice_never_lifts_heavy(self) -> None:
        """Every session is light, with three or more in reserve."""
        for session in plan(RUNNERS["novice"]).sessions:
            assert session.emphasis is not Emphasis.HEAVY_LEGS
            assert all(each.rir is None or each.rir.reps >= 3 for each in session.part(PartName.MAIN))


class TestLimits:
    """Only available days, parts, minutes and equipment."""

    def test_availability_is_kept(self) -> None:
        """Sessions stand only on open days and parts, within that day's minutes, at that day's place."""
        kits = (
            Kit(place=Place.HOME),
            Kit(place=Place.GYM, weights=(Weights(kind=Equipment.DUMBBELL, each=(Mass(10),)),)),
        )
        open_ = (
            Availability(day=Weekday.MONDAY, day_parts=(DayPart.MORNING,), minutes=Duration(15 * 60)),
            Availability(
                day=Weekday.THURSDAY, day_parts=(DayPart.EVENING,), minutes=Duration(40 * 60), place=Place.GYM
            ),
        )
        found = plan(person(availability=open_, kits=kits)).sessions
        stated = {each.day: each for each in open_}
        assert {session.place for session in found} == {Place.HOME, Place.GYM}
        for session in found:
            here = stated[Weekday.of(session.date.weekday())]
            assert session.day_part in here.day_parts
            assert here.minutes is not None
            assert session.minutes.seconds <= here.minutes.seconds
            assert session.place is (here.place or Place.HOME)

    def test_a_place_without_weights_gets_none(self) -> None:
        """On a day without equipment nothing of the gym stands in the session, and legs are still trained."""
        gym = Kit(
            place=Place.GYM, equipment=(Equipment.BARBELL, Equipment.RACK, Equipment.LOOP_BAND, Equipment.DUMBBELL),
            weights=(Weights(kind=Equipment.BARBELL, each=(Mass(20), Mass(40))),),
        )  # fmt: skip
        open_ = (Availability(day=Weekday.MONDAY), Availability(day=Weekday.THURSDAY, place=Place.TRAVEL))
        runner = person(strength_years=4, place=Place.GYM, kits=(gym, Kit(place=Place.TRAVEL)), availability=open_)
        away = [session for session in plan(runner).sessions if session.place is Place.TRAVEL]
        assert away
        for session in away:
            for each in session.part(PartName.MAIN):
                assert CATALOG.exercises[each.exercise].equipment_free, each.exercise
            assert session.emphasis.legs

    @pytest.mark.parametrize("minutes", [10, 12, 20, 30, 60, 90])
    def test_any_length_is_kept(self, minutes: int) -> None:
        """From ten to ninety minutes no session is longer than asked, and each holds main work."""
        for session in plan(person(session_length=Duration(minutes * 60)), weeks=8).sessions:
            assert session.minutes.minutes <= minutes
            assert len(session.part(PartName.MAIN)) >= 1

    def test_the_wish_for_sessions_is_kept(self) -> None:
        """One, two or three sessions a week are planned as wished in a week with room."""
        for wished in (1, 2, 3):
            weeks = plan(person(running=RunningWeek(runs=(usual(6),)), sessions_per_week=wished), weeks=6).weeks
            assert {len(week.sessions) for week in weeks} == {wished}

    def test_three_wished_where_two_fit_keep_the_heavy_one(self) -> None:
        """With only two days open the third wish is given up, not the heavy session."""
        open_ = (Availability(day=Weekday.MONDAY), Availability(day=Weekday.THURSDAY))
        running = RunningWeek(runs=(usual(2), usual(5)))
        made = plan(person(running=running, sessions_per_week=3, availability=open_), weeks=6)
        assert [session.emphasis for session in made.weeks[3].sessions].count(Emphasis.HEAVY_LEGS) == 1
        assert any("instead of" in decision.what for decision in made.decisions)

    def test_no_heavy_legs_without_clearance(self) -> None:
        """Clearance unknown means no heavy work and no jumps, in any week."""
        for session in plan(person(clearance=Clearance.UNKNOWN, strength_years=4), weeks=16).sessions:
            assert session.emphasis is not Emphasis.HEAVY_LEGS
            for each in session.part(PartName.MAIN):
                assert CATALOG.exercises[each.exercise].kind is not ExerciseKind.PLYOMETRIC

    def test_upper_sessions_spare_the_legs(self) -> None:
        """In the days after a marathon sessions hold no leg work at all."""
        race = Race(id="m", date=MONDAY + dt.timedelta(days=20), distance=Distance(42.195))
        made = plan(person(races=(race,)), weeks=5)
        after = [each for each in made.sessions if 0 < (each.date - race.date).days <= 10]
        assert after
        assert all(session.emphasis is Emphasis.UPPER_AND_TRUNK for session in after)

    def test_races_of_different_length_have_windows_of_their_own(self) -> None:
        """A long B race keeps its window though a short one stood in an otherwise equal week before."""
        races = tuple(
            Race(id=id, date=MONDAY + dt.timedelta(days=day), distance=Distance(km), priority=priority)
            for id, day, km, priority in (
                ("s", 20, 5, Priority.B),
                ("m", 55, 42.2, Priority.B),
                ("a", 167, 10, Priority.A),
            )
        )
        made = plan(person(races=races))
        marathon = races[1].date
        assert not [s for s in made.sessions if 0 < (s.date - marathon).days <= 10 and s.emphasis.legs]


class TestShapeOfWeeks:
    """One heavy and one light session is the normal shape; what is given up is said."""

    def test_five_runs_with_two_hard_days(self) -> None:
        """The half marathoner's heavy weeks hold one heavy and one light session."""
        for week in plan(RUNNERS["half-marathon-five-runs"]).weeks:
            if week.phase is Phase.HEAVY and not week.deload:
                assert sorted(str(session.emphasis) for session in week.sessions) == ["heavy-legs", "light-legs"]

    def test_what_is_given_up_is_said_with_the_way_back(self) -> None:
        """Two quality days under easy-day hold no heavy session, and the policy is named as the way back."""
        made = plan(RUNNERS["marathon-two-quality-days"])
        assert all(session.emphasis is not Emphasis.HEAVY_LEGS for session in made.sessions)
        assert any("instead of heavy" in each.what and "hard-day-evening" in each.why for each in made.decisions)

    def test_the_evening_policy_gives_it_back(self) -> None:
        """The same runner with hard-day evenings gets heavy sessions, on the evening of a hard day."""
        runner = attrs.evolve(RUNNERS["marathon-two-quality-days"], policy=StrengthDayPolicy.HARD_DAY_EVENING)
        heavy = [session for session in plan(runner).sessions if session.emphasis is Emphasis.HEAVY_LEGS]
        assert heavy
        assert all(session.day_part is DayPart.EVENING for session in heavy)
        assert {session.date.weekday() for session in heavy} <= {1, 3}

    def test_seven_runs_keep_one_easy_run_alone_and_say_so(self) -> None:
        """Where the runs leave no rest day, one day holds an easy run and nothing else."""
        made = plan(person(running=SEVEN_RUNS, sessions_per_week=3), weeks=4)
        assert all(len({session.date for session in week.sessions}) < 7 for week in made.weeks)
        assert any("easy run alone" in decision.what for decision in made.decisions)

    def test_a_first_week_of_few_days_holds_one_session(self) -> None:
        """A plan begun on Saturday plans one session at most until the week is over, none before the start."""
        start = MONDAY + dt.timedelta(days=5)
        made = plan(person(), start=start, weeks=3)
        assert len(made.weeks[0].sessions) <= 1
        assert all(session.date >= start for session in made.sessions)
        assert all(run.date >= start for run in made.weeks[0].runs)

    def test_runs_are_fixed_input(self) -> None:
        """The runs of each week are the runner's own, unchanged."""
        runner = RUNNERS["runner"]
        for week in plan(runner).weeks:
            days = [week.start + dt.timedelta(days=n) for n in range(7)]
            assert week.runs == tuple(run for day in days for run in runner.runs_on(day))


class TestUpkeep:
    """The race season keeps strength with less."""

    @pytest.mark.parametrize(("born", "count"), [(1985, 1), (1960, 2)])
    def test_once_a_week_and_twice_from_sixty(self, born: int, count: int) -> None:
        """Maintenance weeks hold one session, and two for a runner of sixty and more."""
        race = Race(id="late", date=MONDAY + dt.timedelta(days=7 * 20 - 1), distance=Distance(21.1))
        made = plan(person(birth_year=born, races=(race,)), MONDAY, 20)
        held = {len(week.sessions) for week in made.weeks if week.phase is Phase.MAINTENANCE}
        assert held == {count}


class TestErrors:
    """What goes wrong is said with its place, the fact and the cure."""

    def test_no_start(self) -> None:
        """Without a start the error says where to write one."""
        with pytest.raises(InvalidValue, match=r"start: not given; allowed: a date \(pass start"):
            plan(person(start=None))

    @pytest.mark.parametrize("weeks", [0, -1, 53, True, 2.5, "four"])
    def test_weeks_out_of_range(self, weeks: object) -> None:
        """Weeks that are no whole number from 1 to 52 are refused with the value."""
        with pytest.raises(InvalidValue, match=r"weeks: .*; allowed: a whole number from 1 to 52"):
            plan(person(), weeks=weeks)  # type: ignore[arg-type]

    @pytest.mark.parametrize("start", [dt.date.min, dt.date(1899, 12, 31), dt.date(2200, 1, 1), dt.date.max])
    def test_a_start_at_the_ends_of_the_calendar(self, start: dt.date) -> None:
        """A season whose weeks are no dates is refused with the days that can be planned."""
        with pytest.raises(InvalidValue, match=r"start: .*; allowed: a day from 1900-01-01 to 2199-12-31"):
            plan(Runner(name="Ada", running=RunningWeek()), start)

    @pytest.mark.parametrize("weeks", [1, 52])
    def test_the_ends_of_the_range(self, weeks: int) -> None:
        """One week and a year can both be planned."""
        assert len(plan(person(), weeks=weeks).weeks) == weeks

    def test_infeasible_names_conflicts_and_ways_out(self) -> None:
        """The only open day is the last rest day: the error says so, and that another day would free it."""
        runs = RunningWeek(runs=tuple(usual(day) for day in range(6)))
        runner = person(running=runs, availability=(Availability(day=Weekday.SUNDAY),))
        with pytest.raises(InfeasibleError) as caught:
            plan(runner)
        assert "sunday: the last full rest day of the week" in caught.value.conflicts
        assert "open monday to strength" in caught.value.ways_out

    def test_too_few_minutes_are_named(self) -> None:
        """Five minutes are no session: more minutes come first among the ways out, and the policy is none."""
        runner = person(availability=(Availability(day=Weekday.MONDAY, minutes=Duration(300)),))
        with pytest.raises(InfeasibleError) as caught:
            plan(runner)
        assert any("10 minutes" in conflict for conflict in caught.value.conflicts)
        assert caught.value.ways_out[0] == "allow 10 minutes on monday"
        assert not any("policy" in way for way in caught.value.ways_out)

    def test_a_short_first_week_does_not_hide_the_reasons(self) -> None:
        """A plan begun on the last day of a week tells the conflicts of a full week."""
        runs = RunningWeek(runs=tuple(usual(day) for day in range(6)))
        runner = person(running=runs, availability=(Availability(day=Weekday.SUNDAY),))
        with pytest.raises(InfeasibleError) as caught:
            plan(runner, start=MONDAY + dt.timedelta(days=5), weeks=3)
        assert len(caught.value.conflicts) == 7


class TestPlannerProtocol:
    """`plan` is the built-in planner."""

    def test_function_and_class_agree(self) -> None:
        """The function plans as the class does."""
        assert plan(RUNNERS["novice"]) == StandardPlanner().plan(RUNNERS["novice"])

    def test_start_and_weeks_of_the_call_win(self) -> None:
        """What the caller says stands before the runner's own start."""
        made = plan(RUNNERS["novice"], start=dt.date(2027, 2, 3), weeks=2)
        assert (made.start, len(made.weeks)) == (dt.date(2027, 2, 3), 2)

    def test_overrides_of_the_runner_are_applied(self) -> None:
        """A runner's own number for the policy shapes the plan and travels in it."""
        override = Override(rule="planning", parameter="foundation_weeks", value=4)
        made = plan(person(overrides=(override,)), weeks=6)
        assert [week.phase for week in made.weeks] == [Phase.FOUNDATION] * 4 + [Phase.BUILD] * 2
        assert made.overrides == made.runner.overrides


def test_an_unknown_exclusion_is_refused() -> None:
    """A misspelled excluded exercise is an error with the nearest name, not an exercise planned after all."""
    with pytest.raises(UnknownName, match="did you mean 'step-down'"):
        plan(person(limitations=Limitations(exclude=("step-dwn",))), weeks=2)


class TestALittleMobility:
    """Where a session finds no room and mobility is asked for, a few minutes of it stand in, as a rest day may hold."""

    RUNS = RunningWeek(
        runs=tuple(
            usual(day, kind)
            for day, kind in enumerate(
                (RunKind.EASY, RunKind.INTERVALS, RunKind.EASY, RunKind.TEMPO, RunKind.EASY, RunKind.LONG)
            )
        )
    )
    STIFF = (Deficit.ANKLE_DORSIFLEXION, Deficit.HIP_EXTENSION)

    def test_it_stands_on_the_last_rest_day(self) -> None:
        """With the rest day alone open no strength stands, and ten minutes at most of drills for the deficits do."""
        open_ = (Availability(day=Weekday.SUNDAY),)
        made = plan(person(running=self.RUNS, availability=open_, deficits=self.STIFF), weeks=4)
        assert [session.date.weekday() for session in made.sessions] == [6, 6, 6, 6]
        for session in made.sessions:
            assert session.emphasis is Emphasis.MOBILITY
            assert 0 < session.minutes.minutes <= RULES.number("CV10", "mobility_minutes")
            served = {each for one in session.part(PartName.MAIN) for each in CATALOG.exercises[one.exercise].serves}
            assert served.issuperset(self.STIFF)
        assert {finding.rule for finding in audit(made).findings} <= {"CV09"}

    def test_it_stands_in_for_the_second_session(self) -> None:
        """One full session and the rest day: the second session is given up, and it is said what would give it back."""
        open_ = (Availability(day=Weekday.MONDAY), Availability(day=Weekday.SUNDAY))
        made = plan(person(running=self.RUNS, availability=open_, deficits=self.STIFF), weeks=2)
        for week in made.weeks:
            assert [session.emphasis.legs for session in week.sessions] == [True, False]
            assert len({session.id for session in week.sessions}) == 2
        told = next(each for each in made.decisions if "instead of" in each.what)
        assert "and a little mobility instead of" in told.what
        assert "open tuesday to strength" in told.why

    def test_it_stands_where_the_minutes_are_too_few(self) -> None:
        """Eight minutes a day hold no session of strength, but a little mobility."""
        open_ = tuple(Availability(day=day, minutes=Duration(480)) for day in Weekday)
        made = plan(person(running=self.RUNS, availability=open_, deficits=self.STIFF), weeks=2)
        assert [session.emphasis for session in made.sessions] == [Emphasis.MOBILITY] * 2
        assert all(session.minutes.minutes <= 8 for session in made.sessions)

    def test_it_does_not_stand_for_its_own_sake(self) -> None:
        """Where nothing asks for mobility the conflict is told instead."""
        with pytest.raises(InfeasibleError, match="the last full rest day"):
            plan(person(running=self.RUNS, availability=(Availability(day=Weekday.SUNDAY),)), weeks=2)

    def test_nothing_changes_when_it_is_planned_again(self) -> None:
        """Re-planning leaves a rest day's mobility where it stands."""
        open_ = (Availability(day=Weekday.MONDAY), Availability(day=Weekday.SUNDAY))
        runner = person(running=self.RUNS, availability=open_, deficits=self.STIFF)
        made = plan(runner, weeks=2)
        longer = attrs.evolve(runner, running=RunningWeek(runs=(usual(0, km=9), *self.RUNS.runs[1:])))
        again = replan(made, Log(), made.start, runner=longer)
        assert [(each.id, each.date, each.emphasis) for each in again.sessions] == [
            (each.id, each.date, each.emphasis) for each in made.sessions
        ]
