"""Runners who are odd and real: what a strength coach would look for first in the plan of each."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from runstrong.auditor import audit
from runstrong.catalog import load_catalog
from runstrong.codec import read
from runstrong.faces.plans import plan_report
from runstrong.faces.text import to_text
from runstrong.model.exercise import Exercise
from runstrong.model.plan import Plan, Session
from runstrong.model.prescription import External, FindLoad, PercentOfMax, Prescription
from runstrong.model.runner import Runner
from runstrong.model.words import (
    DayPart,
    Emphasis,
    ExerciseKind,
    PartName,
    Phase,
    Region,
    RunKind,
    Severity,
    Side,
    Tissue,
)
from runstrong.planner import plan
from runstrong.rules import load_rules

HERE = Path(__file__).resolve().parents[1] / "runners"
RULES, CATALOG = load_rules(), load_catalog()
NAMES = (
    "runs-every-day", "two-runs-a-day", "one-free-day", "night-shifts", "no-kneeling", "one-leg-weaker",
    "sixty-five-years", "fifteen-years", "pregnant", "ultra-back-to-back", "track-three-quality-days",
    "no-fixed-long-run", "twenty-minutes-twice",
)  # fmt: skip
DAY = dt.timedelta(days=1)


def made_for(name: str) -> Plan:
    """Return the plan of a runner on file."""
    if name not in _PLANS:
        runner = read(HERE / f"{name}.yaml")
        assert isinstance(runner, Runner)
        _PLANS[name] = plan(runner)
    return _PLANS[name]


_PLANS: dict[str, Plan] = {}


def asked(made: Plan) -> Iterator[tuple[Session, PartName, Prescription, Exercise]]:
    """Yield everything that a plan asks for."""
    for session in made.sessions:
        for name, each in session.prescriptions():
            yield session, name, each, CATALOG.exercises[each.exercise]


def season(made: Plan) -> list[str]:
    """Return what was decided about the season, in order."""
    return [decision.what for decision in made.why("season")]


@pytest.mark.parametrize("name", NAMES)
class TestEach:
    """What holds for all of them."""

    def test_nothing_grave_that_an_edit_could_clear(self, name: str) -> None:
        """The audit has nothing at warning or above that a strength edit could clear, and next to nothing at advice."""
        report = audit(made_for(name), rules=RULES, catalog=CATALOG)
        assert report.at_least(Severity.WARNING) == ()
        # Who has one day has one session; that is told, and no edit changes it.
        assert {finding.rule for finding in report.at_least(Severity.ADVICE)} <= {"CV09"}

    def test_no_finding_has_a_fix_left(self, name: str) -> None:
        """What could be mended was mended before the plan left."""
        report = audit(made_for(name), rules=RULES, catalog=CATALOG)
        assert [finding for finding in report.at_least(Severity.ADVICE) if finding.fix is not None] == []

    def test_the_week_is_covered_where_it_has_room(self, name: str) -> None:
        """From the third week, each working week with two leg sessions covers calf, hamstring, hip and trunk."""
        made = made_for(name)
        for week in made.weeks[2:]:
            legs = [session for session in week.sessions if session.emphasis.legs]
            if week.deload or len(legs) < 2 or week.phase in (Phase.TAPER, Phase.RACE, Phase.RECOVERY):
                continue
            found = [CATALOG.exercises[each.exercise] for session in legs for each in session.part(PartName.MAIN)]
            regions = {tissue.region for each in found for tissue in (*each.primary, *each.secondary)}
            assert {Region.CALF, Region.HAMSTRING, Region.HIP, Region.TRUNK} <= regions, week.number
            assert len({plane for each in found for plane in each.planes}) > 1, week.number

    def test_the_report_can_be_read(self, name: str) -> None:
        """The plan prints, with its supersets."""
        made = made_for(name)
        text = to_text(plan_report(made, CATALOG))
        assert "A1 " in text
        assert f"Week {len(made.weeks)} of {len(made.weeks)}" in text


class TestRunsEveryDay:
    """Seven runs a week leave no rest day."""

    def test_one_day_keeps_an_easy_run_alone(self) -> None:
        """Each week has a day with an easy run and no session, and the plan says so."""
        made = made_for("runs-every-day")
        for week in made.weeks:
            strength = {session.date for session in week.sessions}
            alone = [run for run in week.runs if run.date not in strength and not run.kind.hard]
            assert alone, week.number
        assert any("one day keeps an easy run alone" in decision.what for decision in made.decisions)


class TestTwoRunsADay:
    """Doubles, a gym, and lifts whose maximum is known."""

    def test_strength_never_stands_between_two_runs_of_a_hard_day_before_the_second(self) -> None:
        """Sessions come after the last run of their day."""
        made = made_for("two-runs-a-day")
        runs = {run.date: run for week in made.weeks for run in week.runs}
        for session in made.sessions:
            later = [run for run in made.runner.runs_on(session.date) if run.day_part.order > session.day_part.order]
            assert not any(run.kind.hard for run in later), session.id
        assert runs

    def test_a_stated_maximum_gives_the_first_load(self) -> None:
        """The back squat begins with a load of the bar's own steps under what the best set stands for, and says why."""
        made = made_for("two-runs-a-day")
        loads = [each.load for _, _, each, _ in asked(made) if each.exercise == "back-squat"]
        owned = {mass.kg for mass, _ in made.runner.kit_at().loads_for(CATALOG.exercises["back-squat"].loaded_by)}
        kilograms = [load.mass.kg for load in loads if isinstance(load, External)]
        assert kilograms
        assert set(kilograms) <= owned
        assert max(kilograms) < 80
        assert any("your best set, 80 kg x 1" in decision.why for decision in made.why("back-squat"))


class TestOneFreeDay:
    """One evening a week."""

    def test_one_whole_session_on_that_evening(self) -> None:
        """The only session is on Wednesday evening and holds both calf angles, hinge, squat and trunk."""
        made = made_for("one-free-day")
        for week in made.weeks:
            assert [session.date.weekday() for session in week.sessions] in ([2], [])
            assert all(session.day_part is DayPart.EVENING for session in week.sessions)
        third = made.weeks[2].sessions[0]
        held = {each.exercise for each in third.part(PartName.MAIN)}
        assert {"deadlift", "goblet-squat", "single-leg-calf-raise", "single-leg-bent-knee-calf-raise"} <= held

    def test_it_says_what_would_give_the_second_back(self) -> None:
        """The second session that is missing is told, with the way to have it."""
        made = made_for("one-free-day")
        assert any("instead of" in decision.what and "open" in decision.why for decision in made.decisions)


class TestNightShifts:
    """Midday after a night, a quarter of an hour on run days."""

    def test_only_the_stated_parts_of_the_day(self) -> None:
        """No session in the morning, none longer than its day allows."""
        made = made_for("night-shifts")
        for session in made.sessions:
            assert session.day_part in (DayPart.MIDDAY, DayPart.EVENING), session.id
            assert session.minutes.minutes <= made.runner.minutes_on(session.date)

    def test_a_quarter_of_an_hour_is_a_whole_session(self) -> None:
        """A short session holds calf, one lift for the legs and the trunk, no stretching to fill it."""
        made = made_for("night-shifts")
        short = [each for each in made.sessions if made.runner.minutes_on(each.date) == 15 and each.session_rpe]
        assert short
        for session in short[2:]:
            found = [CATALOG.exercises[each.exercise] for each in session.part(PartName.MAIN)]
            assert any(Region.CALF in each.regions for each in found), session.id
            assert any({Tissue.GLUTEUS_MAXIMUS, Tissue.QUADRICEPS} & {*each.primary} for each in found), session.id
            assert not session.part(PartName.COOL_DOWN)


class TestNoKneeling:
    """Knees that may not bear weight on the floor."""

    def test_no_kneeling_position(self) -> None:
        """Neither warm-up nor main work nor stretch asks for a knee on the floor; deficits are answered standing."""
        made = made_for("no-kneeling")
        for _, _, each, exercise in asked(made):
            assert not any(position.kneeling for position in exercise.positions), each.exercise
        served = {deficit for _, _, _, exercise in asked(made) for deficit in exercise.serves}
        assert set(made.runner.deficits) <= served


class TestOneLegWeaker:
    """Sixteen heel lifts on the left, twenty-six on the right."""

    def test_the_weaker_leg_leads(self) -> None:
        """Single-leg calf work begins on the left and asks no more of the right; the plan says why."""
        made = made_for("one-leg-weaker")
        calf = [each for _, name, each, exercise in asked(made)
                if name is PartName.MAIN and each.side is Side.BOTH and Region.CALF in exercise.regions]  # fmt: skip
        assert calf
        assert all(each.note and each.note.startswith("left side first") for each in calf)
        assert any("left side first" in decision.what for decision in made.why("single-leg-heel-lift-test"))

    def test_both_sides_are_trained(self) -> None:
        """No exercise is for one side alone."""
        assert all(each.side in (Side.BOTH, Side.NONE) for _, _, each, _ in asked(made_for("one-leg-weaker")))


class TestSixtyFiveYears:
    """Deloads oftener, balance, and two sessions a week kept up into the race."""

    def test_every_fourth_week_is_lighter(self) -> None:
        """No more than three full weeks stand between two lighter ones before the taper."""
        made = made_for("sixty-five-years")
        run = 0
        for week in made.weeks:
            run = 0 if week.deload or week.phase in (Phase.TAPER, Phase.RACE) else run + 1
            assert run <= 3, week.number
        marked = [week.number for week in made.weeks if week.deload]
        assert marked[0] == 4

    def test_maintenance_keeps_two_sessions(self) -> None:
        """Upkeep before the race holds two sessions a week."""
        upkeep = [w for w in made_for("sixty-five-years").weeks if w.phase is Phase.MAINTENANCE and not w.deload]
        assert upkeep
        assert all(len(week.sessions) == 2 for week in upkeep)

    def test_balance_has_a_place(self) -> None:
        """Each working week holds balance work."""
        for week in made_for("sixty-five-years").weeks[:8]:
            kinds = {CATALOG.exercises[each.exercise].kind for s in week.sessions for each in s.part(PartName.MAIN)}
            assert ExerciseKind.BALANCE in kinds, week.number


class TestFifteenYears:
    """Supervised, and never near a maximum."""

    def test_no_maximum_and_no_load_from_one(self) -> None:
        """Whatever best set is on file, loads are found with two or more in reserve; no test stands in a session."""
        made = made_for("fifteen-years")
        for _, _, each, exercise in asked(made):
            assert not isinstance(each.load, (External, PercentOfMax)), each.exercise
            assert not exercise.assesses
            if isinstance(each.load, FindLoad):
                assert each.load.rir.reps >= 2, each.exercise
        assert all(session.emphasis is not Emphasis.HEAVY_LEGS for session in made.sessions)

    def test_it_says_so(self) -> None:
        """The season tells that no maximum is tested."""
        assert any("no maximum tests" in what for what in season(made_for("fifteen-years")))


class TestPregnant:
    """Clearance first; three years of lifting do not answer the question."""

    def test_clearance_comes_first_in_the_plan(self) -> None:
        """The first thing that the plan says is that clearance is missing, before any phase."""
        made = made_for("pregnant")
        assert season(made)[0].startswith("clearance first")
        text = to_text(plan_report(made, CATALOG))
        assert text.index("clearance first") < text.index("weeks 1-")

    def test_no_heavy_legs_and_no_jumps(self) -> None:
        """No session is heavy, no exercise lands."""
        made = made_for("pregnant")
        assert all(session.emphasis is not Emphasis.HEAVY_LEGS for session in made.sessions)
        assert all(exercise.kind is not ExerciseKind.PLYOMETRIC for _, _, _, exercise in asked(made))


class TestUltra:
    """Long runs on Saturday and Sunday."""

    def test_heavy_legs_keep_away_from_both(self) -> None:
        """No heavy session on Friday, Saturday or Sunday, nor on the day before the hills."""
        for session in made_for("ultra-back-to-back").sessions:
            if session.emphasis is Emphasis.HEAVY_LEGS:
                assert session.date.weekday() in (0, 2, 3), session.id

    def test_no_legs_before_the_long_runs(self) -> None:
        """Friday stays free, so that both long runs are met with rested legs."""
        assert all(session.date.weekday() != 4 for session in made_for("ultra-back-to-back").sessions)


class TestTrack:
    """Intervals on Tuesday and Thursday, hills on Saturday."""

    def test_heavy_work_has_one_day(self) -> None:
        """Heavy legs stand on Sunday alone: every other day is a quality day or comes before one."""
        heavy = [s for s in made_for("track-three-quality-days").sessions if s.emphasis is Emphasis.HEAVY_LEGS]
        assert heavy
        assert {session.date.weekday() for session in heavy} == {6}

    def test_power_comes_first_and_alone(self) -> None:
        """Hops open their session's main part and never alternate with anything."""
        made = made_for("track-three-quality-days")
        found = False
        for session in made.sessions:
            blocks = session.part(PartName.MAIN).blocks
            for place, block in enumerate(blocks):
                if any(CATALOG.exercises[each.exercise].kind is ExerciseKind.PLYOMETRIC for each in block):
                    found = True
                    assert (place, len(block)) == (0, 1), session.id
        assert found

    def test_speed_asks_more_of_the_hamstrings(self) -> None:
        """In heavy weeks both sessions hold hamstring work of their own."""
        weeks = [w for w in made_for("track-three-quality-days").weeks if w.phase is Phase.HEAVY and not w.deload]
        assert weeks
        for week in weeks:
            counts = [
                sum(Tissue.HAMSTRING in CATALOG.exercises[each.exercise].primary for each in s.part(PartName.MAIN))
                for s in week.sessions
            ]
            assert all(counts), week.number


class TestNoFixedLongRun:
    """Four runs, none of them long."""

    def test_the_tempo_run_alone_asks_for_room(self) -> None:
        """Heavy legs stand two days before the tempo run or after it, never the day before."""
        made = made_for("no-fixed-long-run")
        tempo = {run.date for week in made.weeks for run in week.runs if run.kind is RunKind.TEMPO}
        heavy = [session for session in made.sessions if session.emphasis is Emphasis.HEAVY_LEGS]
        assert heavy
        assert all(session.date + DAY not in tempo for session in heavy)


class TestVariety:
    """The same session does not come back for a whole season."""

    @pytest.mark.parametrize("name", ["no-kneeling", "one-leg-weaker", "sixty-five-years"])
    def test_warm_ups_change_with_each_block(self, name: str) -> None:
        """After each deload the warm-up is another one; within a block it stays."""
        made = made_for(name)
        by_block: dict[int, set[tuple[str, ...]]] = {}
        block = 0
        for week in made.weeks:
            for session in week.sessions:
                warm_up = (each.exercise for each in session.part(PartName.WARM_UP))
                drills = tuple(id for id in warm_up if not CATALOG.exercises[id].assesses)
                by_block.setdefault(block, set()).add(drills)
            block += week.deload
        assert all(len(found) == 1 for found in by_block.values())
        assert all(one != other for one, other in itertools.pairwise(by_block.values()))

    @pytest.mark.parametrize("name", ["one-leg-weaker", "two-runs-a-day", "no-fixed-long-run"])
    def test_main_work_changes_and_the_lifts_stay(self, name: str) -> None:
        """From one block to the next some exercises give way; calf and the first lifts are kept throughout."""
        made = made_for(name)
        ladders: dict[int, set[str]] = {}
        block = 0
        for week in made.weeks:
            if not week.deload and week.phase in (Phase.BUILD, Phase.HEAVY):
                found = (each.progression for s in week.sessions for each in s.part(PartName.MAIN))
                ladders.setdefault(block, set()).update(each for each in found if each)
            block += week.deload
        blocks = [ladders[block] for block in sorted(ladders)]
        assert any(later - earlier for earlier, later in itertools.pairwise(blocks))
        assert {"calf-raise-straight", "deadlift", "squat"} <= set.intersection(*blocks)
