"""What each edit changes, what it refuses, and how sessions are measured after it."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from runstrong.catalog import load_catalog
from runstrong.model.editing import chosen_doses, chosen_sessions, edits_runs, touched
from runstrong.model.edits import (
    Insert,
    Lighten,
    Move,
    MoveRun,
    Reduce,
    Split,
    Swap,
    TrimRun,
    Wait,
)
from runstrong.model.errors import InvalidValue, UnknownName
from runstrong.model.measuring import SessionMeasure, estimated_seconds, measured, pace_of, whole_minutes
from runstrong.model.plan import Part, Plan
from runstrong.model.prescription import BodyWeight, External, FindLoad, Hold, PercentOfMax, Prescription, Reps, Tempo
from runstrong.model.quantities import RIR, Duration, SessionRPE, kg, km, minutes
from runstrong.model.words import DayPart, Emphasis, PartName, RunKind
from runstrong.rules import load_rules

MONDAY = dt.date(2027, 1, 4)
DAY = dt.timedelta(days=1)
RULES = load_rules()


def held(plan: Plan, id: str, part: PartName = PartName.MAIN) -> list[str]:
    """Return the exercises of a session's part."""
    return [asked.exercise for asked in plan.session(id).part(part)]


def raises_of(plan: Plan, id: str) -> Prescription:
    """Return the calf raise of a session."""
    return next(asked for _, asked in plan.session(id).prescriptions() if asked.exercise == "calf-raise")


class TestReduce:
    """Less of an exercise; only what is given changes."""

    def test_only_what_is_given_changes(self, plan: Plan) -> None:
        """Fewer sets leave amount, load and effort alone."""
        assert raises_of(plan.reduce("mon", "calf-raise", sets=2), "mon") == attrs.evolve(
            raises_of(plan, "mon"), sets=2
        )

    def test_every_axis_can_go_down(self, plan: Plan) -> None:
        """Amount, load, effort and tempo are taken as given where they are less."""
        heavy = Prescription(
            exercise="calf-raise", sets=3, amount=Reps(10), load=External(kg(10)), rir=RIR(1),
            tempo=Tempo.parse("3-1-3-1"),
        )  # fmt: skip
        there = plan.swap("mon", "calf-raise", heavy)
        made = there.reduce(
            "mon", "calf-raise", amount=Reps(6, 8), load=External(kg(8)), rir=RIR(3), tempo=Tempo.parse("2-0-2-0")
        )
        assert raises_of(made, "mon") == attrs.evolve(
            heavy, amount=Reps(6, 8), load=External(kg(8)), rir=RIR(3), tempo=Tempo.parse("2-0-2-0")
        )

    @pytest.mark.parametrize(
        "more",
        [{"sets": 4}, {"amount": Reps(12)}, {"amount": Hold(5)}, {"load": External(kg(2))}, {"rir": RIR(2)}],
        ids=str,
    )
    def test_more_is_no_reduction(self, plan: Plan, more: dict[str, object]) -> None:
        """More sets, repetitions, load or effort than the session asks for are refused."""
        with pytest.raises(InvalidValue, match="less of something than the session asks for"):
            plan.reduce("mon", "calf-raise", **more)  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            (External(kg(10)), BodyWeight()),
            (External(kg(10)), FindLoad(RIR(3))),
            (PercentOfMax(80), PercentOfMax(70)),
            (FindLoad(RIR(1)), FindLoad(RIR(3))),
        ],
        ids=str,
    )
    def test_a_lighter_load_is_taken(self, plan: Plan, before: object, after: object) -> None:
        """A load gives way to one that is not surely heavier."""
        there = plan.swap("mon", "calf-raise", attrs.evolve(raises_of(plan, "mon"), load=before))
        assert raises_of(there.reduce("mon", "calf-raise", load=after), "mon").load == after  # type: ignore[arg-type]

    def test_nothing_to_reduce_is_no_edit(self) -> None:
        """An edit that gives nothing is refused when it is made."""
        with pytest.raises(InvalidValue, match="sets, amount, load, rir or tempo"):
            Reduce(session="mon", exercise="calf-raise")


class TestInsert:
    """One exercise more, at its place."""

    def test_it_stands_at_the_end_or_after_another(self, plan: Plan, make_prescription) -> None:
        """Without a place it comes last in its part, else right after the one named."""
        assert held(plan.insert("mon", make_prescription("squat")), "mon") == ["calf-raise", "push-up", "squat"]
        made = plan.insert("mon", make_prescription("squat"), after="calf-raise")
        assert held(made, "mon") == ["calf-raise", "squat", "push-up"]

    def test_a_missing_part_is_made_in_order(self, plan: Plan, make_prescription) -> None:
        """A cool-down comes last and a warm-up first, whatever was there."""
        bare = plan.drop("mon", "leg-swing")
        made = bare.insert("mon", make_prescription("walk"), part=PartName.WARM_UP)
        made = made.insert("mon", make_prescription("stretch"), part=PartName.COOL_DOWN)
        assert [part.name for part in made.session("mon").parts] == list(PartName)

    def test_an_exercise_stands_once_in_a_session(self, plan: Plan, make_prescription) -> None:
        """What is there already is not added, and what is not there has nothing after it."""
        with pytest.raises(InvalidValue, match="calf-raise a second time"):
            plan.insert("mon", make_prescription())
        with pytest.raises(UnknownName, match="in the main of session mon 'leg-swing'"):
            plan.insert("mon", make_prescription("squat"), after="leg-swing")


class TestSplit:
    """Part of a session becomes one of its own."""

    def test_the_new_session_warms_up_and_the_old_one_keeps_the_rest(self, plan: Plan) -> None:
        """Each half has the warm-up; the new one stands on its day, in order."""
        made = plan.split("mon", ["push-up"], into="mon-b", to=MONDAY + DAY, day_part=DayPart.EVENING)
        assert held(made, "mon") == ["calf-raise"]
        assert held(made, "mon-b") == ["push-up"]
        assert held(made, "mon", PartName.WARM_UP) == held(made, "mon-b", PartName.WARM_UP) == ["leg-swing"]
        assert [session.id for session in made.sessions] == ["mon", "mon-b", "thu", "next"]
        new = made.session("mon-b")
        assert (new.date, new.day_part, new.place) == (MONDAY + DAY, DayPart.EVENING, plan.session("mon").place)

    def test_what_cannot_be_split_is_refused(self, plan: Plan) -> None:
        """Not all of it, not into an id that is taken, not out of the plan, and not what is not main work."""
        with pytest.raises(InvalidValue, match="move the session instead"):
            plan.split("mon", ["push-up", "calf-raise"], into="b", to=MONDAY + DAY)
        with pytest.raises(InvalidValue, match="session id thu again"):
            plan.split("mon", ["push-up"], into="thu", to=MONDAY + DAY)
        with pytest.raises(InvalidValue, match="a day from"):
            plan.split("mon", ["push-up"], into="b", to=MONDAY - DAY)
        with pytest.raises(UnknownName):
            plan.split("mon", ["leg-swing"], into="b", to=MONDAY + DAY)


class TestWait:
    """From a session on, an exercise is left out until a day."""

    def test_it_is_left_out_before_the_day_and_stays_from_it_on(self, plan: Plan) -> None:
        """Sessions before the day go without it, the one on the day has it."""
        last = plan.session("next").date
        made = plan.wait("mon", "calf-raise", until=last)
        assert held(made, "mon") == ["push-up"]
        assert "calf-raise" in held(made, "next")
        assert "calf-raise" not in held(made, "thu")

    def test_earlier_and_pinned_sessions_stay(self, plan: Plan) -> None:
        """Waiting begins at its session, and what is pinned is left alone."""
        begun = plan.wait("thu", "calf-raise", until=plan.end + DAY)
        assert begun.session("mon") == plan.session("mon")
        pinned = plan.pin("thu")
        assert pinned.wait("mon", "calf-raise", until=plan.end).session("thu") == pinned.session("thu")

    def test_a_session_without_other_main_work_is_skipped(self, plan: Plan) -> None:
        """It stays in the plan as it was, marked with the reason."""
        alone = plan.drop("mon", "push-up")
        made = alone.wait("mon", "calf-raise", until=MONDAY + DAY)
        reason = f"calf-raise waits until {MONDAY + DAY}"
        assert made.session("mon") == attrs.evolve(alone.session("mon"), skipped=reason)

    def test_a_day_that_is_past_by_then_is_refused(self, plan: Plan) -> None:
        """There must be something to wait for."""
        with pytest.raises(InvalidValue, match="a day after"):
            plan.wait("mon", "calf-raise", until=MONDAY)


class TestLighten:
    """A week with a share of its sets."""

    def test_main_work_keeps_a_share_and_at_least_one_set(self, plan: Plan) -> None:
        """Two thirds of three sets are two; the warm-up and other weeks stay."""
        made = plan.lighten(MONDAY + 3 * DAY, share=0.7)
        assert [asked.sets for asked in made.session("mon").part(PartName.MAIN)] == [2, 2]
        assert made.session("mon").part(PartName.WARM_UP) == plan.session("mon").part(PartName.WARM_UP)
        assert (made.weeks[0].deload, made.weeks[1]) == (True, plan.weeks[1])
        assert [asked.sets for asked in plan.lighten(MONDAY, share=0.01).session("mon").part(PartName.MAIN)] == [1, 1]

    def test_tenths_are_exact(self, plan: Plan) -> None:
        """Six tenths of five sets are three, whatever the binary fraction says."""
        five = plan.swap("mon", "calf-raise", attrs.evolve(raises_of(plan, "mon"), sets=5))
        assert raises_of(five.lighten(MONDAY, share=0.6), "mon").sets == 3

    def test_a_week_with_nothing_to_take_or_none_at_all_is_refused(self, plan: Plan) -> None:
        """A lighter week is lighter, and a week of the plan."""
        light = plan.lighten(MONDAY, share=0.01)
        with pytest.raises(InvalidValue, match="no set less"):
            light.lighten(MONDAY, share=0.5)
        with pytest.raises(InvalidValue, match="a day from"):
            plan.lighten(MONDAY - DAY, share=0.5)


class TestRuns:
    """Runs are told by day, part of the day and kind."""

    def test_a_trimmed_run_loses_distance_and_minutes_alike(self, plan: Plan) -> None:
        """Half the distance takes half the time; everything else about it stays."""
        run = attrs.evolve(plan.weeks[0].runs[0], distance=km(10), duration=minutes(60))
        there = attrs.evolve(plan, weeks=(attrs.evolve(plan.weeks[0], runs=(run,)), *plan.weeks[1:]))
        made = there.trim_run(run.date, km(5), day_part=run.day_part, kind=run.kind)
        assert made.weeks[0].runs == (attrs.evolve(run, distance=km(5), duration=minutes(30)),)
        with pytest.raises(InvalidValue, match="less than 10 km"):
            there.trim_run(run.date, km(10), day_part=run.day_part, kind=run.kind)

    def test_a_moved_run_goes_to_the_week_of_its_day(self, plan: Plan) -> None:
        """It leaves its week and stands in the other, in order."""
        run = plan.weeks[0].runs[0]
        made = plan.move_run(run.date, to=MONDAY + 8 * DAY, day_part=run.day_part, kind=run.kind)
        assert run not in made.weeks[0].runs
        assert attrs.evolve(run, date=MONDAY + 8 * DAY) in made.weeks[1].runs
        assert made.sessions == plan.sessions

    def test_a_run_that_is_not_there_names_those_of_the_day(self, plan: Plan) -> None:
        """The day is right and the kind is not."""
        run = plan.weeks[0].runs[0]
        with pytest.raises(InvalidValue, match=f"a run of the plan: {run.kind}"):
            plan.trim_run(run.date, km(1), day_part=run.day_part, kind=RunKind.RACE)


class TestTouched:
    """Which sessions an edit changes."""

    def test_each_edit_names_what_it_touches(self, plan: Plan, make_prescription) -> None:
        """A session, all that wait, a whole week, or no session at all."""
        assert touched(plan, Move(session="thu", to=MONDAY)) == ("thu",)
        assert touched(plan, Wait(session="mon", exercise="calf-raise", until=plan.end)) == ("mon", "thu", "next")
        assert touched(plan, Lighten(week=MONDAY, share=0.5)) == ("mon", "thu")
        assert touched(plan, MoveRun(date=MONDAY, to=MONDAY)) == ()
        assert edits_runs(TrimRun(date=MONDAY, distance=km(1)))
        assert not edits_runs(Insert(session="mon", part=PartName.MAIN, prescription=make_prescription("squat")))

    def test_what_a_person_chose_is_remembered(self, plan: Plan, make_prescription) -> None:
        """Sessions and doses that recorded edits have set, and those of fixes not."""
        made = plan.reduce("mon", "calf-raise", sets=1).split("thu", ["push-up"], into="fri", to=MONDAY + 4 * DAY)
        assert chosen_sessions(made) == {"mon", "thu", "fri"}
        assert chosen_doses(made) == {("mon", "calf-raise")}
        assert chosen_sessions(plan.apply(Swap(session="mon", exercise="calf-raise", replacement=make_prescription("x"))
                                          )) == frozenset()  # fmt: skip
        waited = plan.wait("mon", "calf-raise", until=plan.end)
        assert chosen_sessions(waited) == {"mon", "thu", "next"}
        assert {each for each, _ in chosen_doses(plan.lighten(MONDAY, share=0.5))} == {"mon", "thu"}


class TestMeasure:
    """Minutes, emphasis and effort fit what a session holds."""

    MEASURE = SessionMeasure(load_catalog().exercises, RULES)

    def of_estimate(self, plan: Plan, make_prescription, *, factor: float = 1.0) -> Plan:
        """Return a plan whose first session states its estimate times a factor."""
        squat = make_prescription("goblet-squat", load=External(kg(20)), rir=RIR(2))
        parts = (Part(name=PartName.MAIN, prescriptions=(squat, make_prescription("push-up"))),)
        session = attrs.evolve(plan.session("mon"), parts=parts, emphasis=Emphasis.HEAVY_LEGS)
        length = whole_minutes(factor * estimated_seconds(parts[0], RULES))
        session = attrs.evolve(session, minutes=length, session_rpe=SessionRPE(7))
        return attrs.evolve(plan, weeks=(attrs.evolve(plan.weeks[0], sessions=(session,)), *plan.weeks[1:]))

    def test_an_estimate_is_estimated_anew(self, plan: Plan, make_prescription) -> None:
        """Where the minutes are the planner's they are again, and so is the emphasis with its effort."""
        there = self.of_estimate(plan, make_prescription)
        light = there.apply(Reduce(session="mon", exercise="goblet-squat", sets=2, rir=RIR(4)), self.MEASURE)
        session = light.session("mon")
        assert session.minutes == whole_minutes(estimated_seconds(session.part(PartName.MAIN), RULES))
        assert (session.emphasis, session.session_rpe) == (Emphasis.LIGHT_LEGS, SessionRPE(5))

    def test_a_lightened_week_is_meant_to_feel_easier(self, plan: Plan, make_prescription) -> None:
        """The effort of its sessions is that of a deload; one that a person stated stays."""
        there = self.of_estimate(plan, make_prescription)
        assert there.apply(Lighten(week=MONDAY, share=0.7), self.MEASURE).session("mon").session_rpe == SessionRPE(6)
        own = attrs.evolve(there.session("mon"), session_rpe=SessionRPE(9))
        stated = attrs.evolve(there, weeks=(attrs.evolve(there.weeks[0], sessions=(own,)), *there.weeks[1:]))
        assert stated.apply(Lighten(week=MONDAY, share=0.7), self.MEASURE).session("mon").session_rpe == SessionRPE(9)

    def test_a_persons_pace_is_kept(self, plan: Plan, make_prescription) -> None:
        """Who takes twice the estimate takes twice the estimate of the changed session too."""
        there = self.of_estimate(plan, make_prescription, factor=2)
        pace = pace_of(there.session("mon"), RULES)
        assert pace == pytest.approx(2, rel=0.1)
        made = there.apply(Reduce(session="mon", exercise="goblet-squat", sets=1), self.MEASURE).session("mon")
        assert made.minutes == whole_minutes(pace * estimated_seconds(made.part(PartName.MAIN), RULES))

    def test_without_an_estimate_none_is_made_up(self, plan: Plan, make_prescription) -> None:
        """Unknown stays unknown, and a moved session keeps its minutes."""
        there = self.of_estimate(plan, make_prescription, factor=0)
        assert there.apply(Reduce(session="mon", exercise="goblet-squat", sets=1), self.MEASURE).session(
            "mon"
        ).minutes == Duration(0)
        assert plan.apply(Move(session="mon", to=MONDAY + DAY)).session("mon").minutes == minutes(30)

    def test_without_a_measure_changed_content_has_unknown_minutes(self, plan: Plan) -> None:
        """The old minutes would no longer be true."""
        assert plan.drop("mon", "push-up").session("mon").minutes == Duration(0)
        assert plan.pin("mon").session("mon").minutes == minutes(30)

    def test_a_plan_changed_by_hand_can_be_measured(self, plan: Plan, make_prescription) -> None:
        """Sessions of unknown length get an estimate and their emphasis; those that state one stay."""
        there = self.of_estimate(plan, make_prescription)
        changed = there.reduce("mon", "goblet-squat", sets=2, rir=RIR(4))
        assert changed.session("mon").minutes == Duration(0)
        made = measured(changed, load_catalog().exercises, RULES)
        assert made.session("mon").minutes == whole_minutes(
            estimated_seconds(made.session("mon").part(PartName.MAIN), RULES)
        )
        assert made.session("mon").emphasis is Emphasis.LIGHT_LEGS
        assert made.session("next") == changed.session("next")

    def test_both_halves_of_a_split_are_measured(self, plan: Plan, make_prescription) -> None:
        """Together they are as long as before, and each asks what it holds."""
        there = self.of_estimate(plan, make_prescription)
        edit = Split(session="mon", exercises=["push-up"], into="b", to=MONDAY + DAY)
        made = there.apply(edit, self.MEASURE)
        halves = made.session("mon"), made.session("b")
        assert [half.emphasis for half in halves] == [Emphasis.HEAVY_LEGS, Emphasis.UPPER_AND_TRUNK]
        assert sum(half.minutes.minutes for half in halves) - there.session("mon").minutes.minutes in (0, 1)
