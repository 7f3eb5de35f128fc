"""Laws of the planner, over runners that a strategy of this file draws."""

from __future__ import annotations

import datetime as dt
import itertools
import os
import subprocess
import sys
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import runstrong
from runstrong.auditor import audit
from runstrong.catalog import load_catalog
from runstrong.model.errors import InfeasibleError
from runstrong.model.plan import Plan, Session
from runstrong.model.prescription import Band, External, FindLoad, PercentOfMax
from runstrong.model.quantities import Distance, Duration, Mass
from runstrong.model.runner import Availability, DatedAvailability, Injury, Kit, Limitations, Runner, Weights
from runstrong.model.running import Race, RunningWeek, UsualRun
from runstrong.model.timeline import Definitions, emphasis_of
from runstrong.model.words import (
    Clearance,
    DayPart,
    Deficit,
    Emphasis,
    Equipment,
    Goal,
    KneeAngle,
    PartName,
    Phase,
    Place,
    Position,
    Priority,
    Region,
    RunKind,
    Severity,
    StrengthDayPolicy,
    Weekday,
)
from runstrong.placement import Placed, Surroundings, broken_by, leaves_rest, open_places, restful
from runstrong.planner import estimated_seconds, plan
from runstrong.planner.supersets import may_alternate, place_in_session
from runstrong.rules import load_rules

RULES, CATALOG = load_rules(), load_catalog()
WORDS = Definitions.of(RULES)
FIRST = dt.date(2027, 1, 4)
PARTS = (DayPart.MORNING, DayPart.MIDDAY, DayPart.EVENING)

usual_runs = st.builds(
    UsualRun,
    day=st.sampled_from(Weekday),
    day_part=st.sampled_from(DayPart),
    kind=st.sampled_from(
        [RunKind.EASY, RunKind.EASY, RunKind.RECOVERY, RunKind.TEMPO, RunKind.INTERVALS, RunKind.LONG]
    ),
    distance=st.none() | st.integers(3, 30).map(Distance),
    duration=st.none() | st.integers(20, 200).map(lambda minutes: Duration(minutes * 60.0)),
)
weights = st.builds(
    Weights,
    kind=st.sampled_from([Equipment.DUMBBELL, Equipment.KETTLEBELL, Equipment.BARBELL]),
    each=st.lists(st.integers(1, 40), min_size=1, max_size=5, unique=True).map(lambda kg: tuple(map(Mass, sorted(kg)))),
    pieces=st.integers(1, 2),
)


def kits_at(place: Place) -> st.SearchStrategy[Kit]:
    """Draw what stands ready at `place`."""
    return st.builds(
        Kit,
        place=st.just(place),
        equipment=st.lists(st.sampled_from(Equipment), unique=True, max_size=8).map(tuple),
        weights=st.lists(weights, max_size=2, unique_by=lambda each: each.kind).map(tuple),
    )


@st.composite
def availabilities(draw: st.DrawFn, places: tuple[Place, ...]) -> tuple[Availability, ...]:
    """Draw open days with their parts, minutes and places; none means every day."""
    days = draw(st.lists(st.sampled_from(Weekday), unique=True, max_size=6))
    minutes = st.none() | st.sampled_from([8, 15, 25, 45]).map(lambda each: Duration(each * 60.0))
    return tuple(
        Availability(
            day=day,
            day_parts=tuple(draw(st.lists(st.sampled_from(PARTS), unique=True, max_size=3))),
            minutes=draw(minutes),
            place=draw(st.sampled_from([None, *places])),
        )
        for day in days
    )


@st.composite
def exceptions(draw: st.DrawFn, places: tuple[Place, ...]) -> tuple[DatedAvailability, ...]:
    """Draw up to two dated stretches that are closed, opened, shorter or at another place."""
    made = []
    for week in sorted(draw(st.sets(st.integers(0, 9), max_size=2))):
        first = FIRST + dt.timedelta(days=7 * week)
        last = first + dt.timedelta(days=draw(st.integers(0, 6)))
        if draw(st.booleans()):
            made.append(DatedAvailability(first=first, last=last, open=False))
        else:
            made.append(
                DatedAvailability(
                    first=first,
                    last=last,
                    open=draw(st.sampled_from([None, True])),
                    day_parts=tuple(draw(st.lists(st.sampled_from(PARTS), unique=True, max_size=2))),
                    minutes=draw(st.none() | st.sampled_from([Duration(900.0), Duration(1500.0)])),
                    place=draw(st.sampled_from(places)),
                )
            )
    return tuple(made)


@st.composite
def runners(draw: st.DrawFn) -> Runner:
    """Draw a runner with a running week, races, kits, limits and a history."""
    places = tuple(draw(st.lists(st.sampled_from(Place), unique=True, min_size=1, max_size=2)))
    races = draw(
        st.lists(
            st.builds(
                lambda day, km, priority: Race(
                    id=f"race-{day}", date=FIRST + dt.timedelta(days=day), distance=km, priority=priority
                ),
                st.integers(0, 90),
                st.sampled_from([None, Distance(5), Distance(10), Distance(21.1), Distance(42.2)]),
                st.sampled_from(Priority),
            ),
            max_size=2,
            unique_by=lambda race: race.date,
        )
    )
    began = FIRST - dt.timedelta(days=60)
    injury = st.builds(
        Injury,
        region=st.sampled_from([Region.CALF, Region.KNEE, Region.HAMSTRING, Region.LOWER_BACK]),
        since=st.just(began),
        ended=st.sampled_from([None, FIRST - dt.timedelta(days=20)]),
    )
    return Runner(
        name="Ada",
        birth_year=draw(st.sampled_from([None, 1960, 1990])),
        strength_years=draw(st.sampled_from([0.0, 1.0, 4.0])),
        goals=(draw(st.sampled_from(Goal)),),
        running=RunningWeek(
            runs=tuple(draw(st.lists(usual_runs, max_size=8, unique_by=lambda run: (run.day, run.day_part))))
        ),
        races=tuple(races),
        kits=tuple(draw(kits_at(place)) for place in places),
        place=places[0],
        availability=draw(availabilities(places)),
        exceptions=draw(exceptions(places)),
        last_strength=draw(st.none() | st.integers(1, 80).map(lambda days: FIRST - dt.timedelta(days=days))),
        session_length=Duration(draw(st.sampled_from([10, 20, 35, 60])) * 60.0),
        sessions_per_week=draw(st.sampled_from([None, 1, 2, 3])),
        policy=draw(st.sampled_from(StrengthDayPolicy)),
        week_start=draw(st.sampled_from(Weekday)),
        injuries=tuple(draw(st.lists(injury, max_size=1))),
        deficits=tuple(draw(st.lists(st.sampled_from(Deficit), unique=True, max_size=2))),
        limitations=Limitations(positions=tuple(draw(st.lists(st.sampled_from(Position), unique=True, max_size=1)))),
        clearance=draw(st.sampled_from(Clearance)),
    )


starts = st.integers(0, 6).map(lambda day: FIRST + dt.timedelta(days=day))
lengths = st.sampled_from([1, 3, 6, 10, 14])


def planned(runner: Runner, start: dt.date, weeks: int) -> Plan | None:
    """Plan, or None where the runner's week is infeasible."""
    try:
        return plan(runner, start, weeks)
    except InfeasibleError:
        return None


def around(made: Plan, phase: Phase, phase_week: int) -> Surroundings:
    """Return what surrounds a week, with the care that novices and a heavy block's first two weeks need."""
    careful = made.runner.novice or (phase is Phase.HEAVY and phase_week <= 2)
    return Surroundings(made.runner.runs_on, made.runner, RULES, careful)


def held(session: Session) -> Emphasis:
    """Derive what a session asks of the legs from its main work."""
    main = session.part(PartName.MAIN)
    return emphasis_of(((CATALOG.exercises[each.exercise], each.load, each.rir) for each in main), WORDS)


class TestHardConstraints:
    """The hard placement constraints hold for every feasible runner, on any weekday."""

    @given(runners(), starts, lengths)
    @settings(max_examples=45, deadline=None)
    def test_no_session_breaks_one(self, runner: Runner, start: dt.date, weeks: int) -> None:
        """Judged by what each session really holds: its own place, gaps between leg sessions, and rest."""
        made = planned(runner, start, weeks)
        if made is None:
            return
        phase_week, last = 0, None
        for week in made.weeks:
            phase_week, last = (phase_week + 1 if week.phase is last else 1), week.phase
            surroundings = around(made, week.phase, phase_week)
            days = tuple(week.start + dt.timedelta(days=n) for n in range(7))
            for session in week.sessions:
                assert session.emphasis is held(session)
                place = Placed(session.date, session.day_part, session.emphasis)
                assert broken_by(place, surroundings) is None
            assert len({session.date for session in week.sessions}) == len(week.sessions)
            if week.sessions:
                # A little mobility leaves a rest day what it is.
                most = RULES.number("CV10", "mobility_minutes")
                taken = (each.date for each in week.sessions if not restful(each.emphasis, each.minutes.minutes, most))
                assert leaves_rest(days, frozenset(taken), surroundings)
        legs = [session for session in made.sessions if session.emphasis.legs]
        for one, other in itertools.pairwise(legs):
            if Emphasis.HEAVY_LEGS in (one.emphasis, other.emphasis):
                assert (other.date - one.date).days >= 2

    @given(runners(), starts, lengths)
    @settings(max_examples=25, deadline=None)
    def test_weeks_follow_the_runner(self, runner: Runner, start: dt.date, weeks: int) -> None:
        """Weeks begin on the runner's week start, and nothing stands before the first planned day."""
        made = planned(runner, start, weeks)
        if made is None:
            return
        assert len(made.weeks) == weeks
        assert all(week.start.weekday() == runner.week_start.number for week in made.weeks)
        assert all(week.start <= each.date <= week.end for week in made.weeks for each in (*week.sessions, *week.runs))
        assert all(each.date >= start for week in made.weeks for each in (*week.sessions, *week.runs))

    @given(runners(), starts)
    @settings(max_examples=15, deadline=None)
    def test_no_heavy_legs_and_no_jumps_without_clearance(self, runner: Runner, start: dt.date) -> None:
        """Unless cleared, and for novices in any case, no session is heavy."""
        made = planned(runner, start, 8)
        if made is not None and (runner.novice or runner.clearance is not Clearance.CLEARED):
            assert all(session.emphasis is not Emphasis.HEAVY_LEGS for session in made.sessions)


class TestLimits:
    """Only owned equipment at that place, available days, day parts and minutes."""

    @given(runners(), starts, lengths)
    @settings(max_examples=35, deadline=None)
    def test_nothing_the_runner_lacks(self, runner: Runner, start: dt.date, weeks: int) -> None:
        """Each session stands in an open place and asks for no equipment, position or exercise that is ruled out."""
        made = planned(runner, start, weeks)
        if made is None:
            return
        surroundings = around(made, Phase.BUILD, 1)
        stated = {each.day: each for each in runner.availability}
        for session in made.sessions:
            dated = next((each for each in runner.exceptions if each.covers(session.date)), None)
            assert (session.date, session.day_part) in open_places(runner, [session.date], surroundings.runs_on)
            here = stated.get(Weekday.of(session.date.weekday()))
            assert session.minutes.seconds <= runner.session_length.seconds
            if dated is not None:
                assert dated.open is not False
                assert not dated.day_parts or session.day_part in dated.day_parts
            assert here is not None or not runner.availability or (dated is not None and dated.open)
            limit = (dated.minutes if dated else None) or (here.minutes if here else None)
            if limit is not None:
                assert session.minutes.seconds <= limit.seconds
            place = (dated.place if dated else None) or (here.place if here else None)
            assert session.place is (place or runner.place)
            owned = runner.kit_at(session.place).owned
            for _, each in session.prescriptions():
                exercise = CATALOG.exercises[each.exercise]
                assert owned.issuperset(exercise.equipment), each.exercise
                if isinstance(each.load, (FindLoad, External, PercentOfMax)):
                    assert owned & set(exercise.loaded_by), each.exercise
                if isinstance(each.load, Band):
                    assert owned & {Equipment.BAND, Equipment.LOOP_BAND}, each.exercise
                assert not set(exercise.positions) & set(runner.limitations.positions)
                for injury in runner.injuries:
                    assert not (injury.current(start) and injury.region in exercise.avoid_with)

    @given(runners(), starts)
    @settings(max_examples=25, deadline=None)
    def test_every_exercise_has_a_reason(self, runner: Runner, start: dt.date) -> None:
        """The plan can say of each of its exercises why it is there."""
        made = planned(runner, start, 6)
        if made is not None:
            for session in made.sessions:
                for _, each in session.prescriptions():
                    assert made.why(each.exercise), each.exercise


class TestSessions:
    """A session is honest about its minutes and stands in an order that a coach would recognise."""

    @given(runners(), starts, lengths)
    @settings(max_examples=30, deadline=None)
    def test_minutes_and_load_are_what_the_sets_add_up_to(self, runner: Runner, start: dt.date, weeks: int) -> None:
        """Sets, tempo, sides, rests and changes, supersets with their shared rest, rounded up to the minute."""
        made = planned(runner, start, weeks)
        for session in made.sessions if made is not None else ():
            seconds = estimated_seconds((each for _, each in session.prescriptions()), RULES)
            assert 0 <= session.minutes.seconds - seconds < 60
            assert session.minutes.minutes <= runner.minutes_on(session.date)
            assert session.session_rpe is not None
            assert session.load == session.minutes.minutes * session.session_rpe.score

    @given(runners(), starts, lengths)
    @settings(max_examples=30, deadline=None)
    def test_power_then_lifts_then_the_rest(self, runner: Runner, start: dt.date, weeks: int) -> None:
        """Blocks follow each other by kind of work, jumps first and alone; the heavier of a superset leads."""
        made = planned(runner, start, weeks)
        for session in made.sessions if made is not None else ():
            if session.emphasis is Emphasis.MOBILITY:
                continue  # release, drills, stretches: it has no lifts
            blocks = [
                [place_in_session(CATALOG.exercises[each.exercise]) for each in block]
                for block in session.part(PartName.MAIN).blocks
            ]
            leads = [block[0] for block in blocks]
            assert leads == sorted(leads), session.id
            assert all(block == sorted(block) for block in blocks), session.id
            assert all(len(block) == 1 for block in blocks if 0 in block), session.id

    @given(runners(), starts, lengths)
    @settings(max_examples=30, deadline=None)
    def test_what_alternates_does_not_tire_or_delay_the_other(self, runner: Runner, start: dt.date, weeks: int) -> None:
        """No superset holds two exercises of one primary tissue, or two that need the same implement."""
        made = planned(runner, start, weeks)
        for session in made.sessions if made is not None else ():
            kit = runner.kit_at(session.place)
            for block in session.part(PartName.MAIN).blocks:
                assert len(block) <= 2
                for one, other in itertools.combinations(block, 2):
                    tissues = [set(CATALOG.exercises[each.exercise].primary) for each in (one, other)]
                    assert tissues[0].isdisjoint(tissues[1]), session.id
                    assert may_alternate(one, other, CATALOG.exercises, kit), session.id

    @given(runners(), starts, lengths)
    @settings(max_examples=30, deadline=None)
    def test_a_week_with_room_is_covered(self, runner: Runner, start: dt.date, weeks: int) -> None:
        """Two working leg sessions of half an hour hold calf, hip or thigh, and trunk, whoever it is for."""
        able = attrs.evolve(
            runner, injuries=(), limitations=Limitations(), session_length=Duration(35 * 60.0), availability=()
        )
        made = planned(able, start, weeks)
        quiet = (Phase.TAPER, Phase.RACE, Phase.RECOVERY)
        # The routine comes in over two weeks of work; a season may begin with a race and the quiet weeks after it.
        working = [week for week in made.weeks if week.phase not in quiet] if made is not None else []
        for week in working[2:]:
            legs = [session for session in week.sessions if session.emphasis.legs]
            if week.deload or len(legs) < 2:
                continue
            found = [CATALOG.exercises[each.exercise] for s in legs for each in s.part(PartName.MAIN)]
            regions = {tissue.region for each in found for tissue in (*each.primary, *each.secondary)}
            assert {Region.CALF, Region.HAMSTRING, Region.HIP, Region.TRUNK} <= regions, week.number
            angles = {each.knee_angle for each in found if Region.CALF in each.regions}
            assert {KneeAngle.STRAIGHT, KneeAngle.BENT} <= angles, week.number


class TestInfeasible:
    """Where no plan can satisfy the constraints, the error says which ones, and what would free it."""

    @given(runners(), starts)
    @settings(max_examples=40, deadline=None)
    def test_conflicts_and_ways_out_are_named(self, runner: Runner, start: dt.date) -> None:
        """A runner with six runs and one open day either gets a plan or hears what stands in the way."""
        runs = tuple(UsualRun(day=day, day_part=DayPart.MORNING) for day in Weekday if day is not runner.week_start)
        tight = attrs.evolve(
            runner, running=RunningWeek(runs=runs), availability=(Availability(day=runner.week_start),), races=(),
            exceptions=(), goals=(), deficits=(), assessments=(),
        )  # fmt: skip
        with pytest.raises(InfeasibleError) as caught:
            plan(tight, start, 3)
        assert caught.value.conflicts
        assert caught.value.ways_out


class TestAudit:
    """No finding at warning or above that a strength edit could clear."""

    @given(runners(), starts, lengths)
    @settings(max_examples=25, deadline=None)
    def test_nothing_grave_that_could_be_mended(self, runner: Runner, start: dt.date, weeks: int) -> None:
        """What the audit leaves at warning or above has no fix."""
        made = planned(runner, start, weeks)
        if made is not None:
            grave = audit(made, rules=RULES, catalog=CATALOG).at_least(Severity.WARNING)
            assert [finding for finding in grave if finding.fix is not None] == []


class TestMoreRoom:
    """More equipment or more days never makes a feasible runner infeasible."""

    @given(runners(), starts, st.sampled_from(Weekday))
    @settings(max_examples=25, deadline=None)
    def test_more_days(self, runner: Runner, start: dt.date, day: Weekday) -> None:
        """Opening one more day, or all days, keeps a plan possible."""
        if planned(runner, start, 4) is None:
            return
        others = tuple(each for each in runner.availability if each.day is not day)
        wider = (*others, Availability(day=day)) if runner.availability else ()
        for availability in (wider, ()):
            assert planned(attrs.evolve(runner, availability=availability), start, 4) is not None

    @given(runners(), starts)
    @settings(max_examples=25, deadline=None)
    def test_more_equipment(self, runner: Runner, start: dt.date) -> None:
        """Owning everything at each place keeps a plan possible, with as many sessions."""
        made = planned(runner, start, 4)
        if made is None:
            return
        kits = tuple(attrs.evolve(kit, equipment=tuple(Equipment)) for kit in runner.kits)
        more = planned(attrs.evolve(runner, kits=kits), start, 4)
        assert more is not None
        assert len(more.sessions) == len(made.sessions)


PRINT_PLAN = """
import hashlib, sys
from pathlib import Path
from runstrong.codec import dumps, read
from runstrong.planner import plan
for path in sys.argv[1:]:
    print(hashlib.sha256(dumps(plan(read(Path(path)))).encode()).hexdigest())
"""


class TestDeterminism:
    """The same input gives the same plan, under any hash seed."""

    @given(runners(), starts, lengths)
    @settings(max_examples=15, deadline=None)
    def test_twice_the_same(self, runner: Runner, start: dt.date, weeks: int) -> None:
        """Planning again, with an equal copy of the runner, changes nothing."""
        again = attrs.evolve(runner, name=runner.name)
        assert planned(runner, start, weeks) == planned(again, start, weeks)

    def test_under_any_hash_seed(self) -> None:
        """Processes with different hash seeds write the same documents, byte for byte."""
        root = Path(__file__).resolve().parents[2]
        files = [str(root / "examples" / name) for name in ("runner.yaml", "novice.yaml", "marathoner.yaml")]
        source = str(Path(runstrong.__file__).resolve().parents[1])
        written = []
        for seed in ("0", "1", "4711"):
            environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": source}
            done = subprocess.run(
                [sys.executable, "-c", PRINT_PLAN, *files], capture_output=True, text=True, env=environment, check=True
            )  # fmt: skip
            written.append(done.stdout.split())
        assert len(written[0]) == 3
        assert written[0] == written[1] == written[2]
