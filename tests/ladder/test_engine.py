"""The progression engine: where it starts, what it refuses, and the turns that no single case of a coach shows."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest

from runstrong.catalog import load_catalog
from runstrong.ladder import Limits, adapt, advance, begin, fold, reached_by
from runstrong.model.errors import InvalidValue
from runstrong.model.log import Performance, PerformedSet, Readiness, Soreness
from runstrong.model.prescription import (
    Amount,
    Band,
    BodyWeight,
    Contacts,
    Degree,
    External,
    FindLoad,
    Hold,
    Load,
    Prescription,
    Reps,
    parse_load,
)
from runstrong.model.progression import Criterion, Prerequisite, Progression, Rung
from runstrong.model.quantities import RIR, Duration, Mass
from runstrong.model.runner import Assessment, Injury, Kit, Limitations, Runner, Weights
from runstrong.model.running import Pain, RunningWeek
from runstrong.model.step import ReasonCode, State, StepKind
from runstrong.model.value import evolve
from runstrong.model.words import (
    BandTension,
    Clearance,
    DayPart,
    Equipment,
    Form,
    Level,
    OverloadAxis,
    PainKind,
    Region,
    Side,
)
from runstrong.rules import load_rules

CATALOG, LIMITS = load_catalog(), Limits.of(load_rules())
MONDAY = dt.date(2027, 1, 4)
ADA = Runner(name="Ada", body_mass=Mass(60), strength_years=1, running=RunningWeek(), clearance=Clearance.CLEARED)
STRAIGHT = CATALOG.progressions["calf-raise-straight"]
SETTINGS: dict[str, Any] = {"limits": LIMITS, "catalog": CATALOG}


def day(number: int) -> dt.date:
    """Return a day of the log, counted from its Monday."""
    return MONDAY + dt.timedelta(days=number)


def raises(number: int, *figures: int, exercise: str = "calf-raise", **more: Any) -> Performance:
    """Return calf raises on two legs, easy and without pain."""
    fields = {"rir": RIR(3), **{name: more.pop(name) for name in ("load", "failed_form") if name in more}}
    sets = tuple(PerformedSet(amount=Reps(figure), **fields) for figure in figures)
    return Performance(
        date=day(number), exercise=exercise, sets=sets, **{"pain": (Pain(region=Region.CALF, score=0),), **more}
    )


def begun(ladder: Progression = STRAIGHT, runner: Runner = ADA, **more: Any) -> State:
    """Return where a runner starts."""
    return begin(ladder, runner=runner, **SETTINGS, **more)


def one_rung(
    exercise: str, amount: Amount, *, load: Load | None = None, sets: int = 3, **criterion: Any
) -> Progression:
    """Return a ladder of one rung."""
    axis = {Reps: OverloadAxis.REPS, Hold: OverloadAxis.HOLD, Contacts: OverloadAxis.CONTACTS}[type(amount)]
    rung = Rung(
        exercise=exercise, level=Level.NOVICE, sets=sets, amount=amount, load=load or BodyWeight(),
        ceiling=type(amount)(amount.high), overload=(axis,), criterion=Criterion(top_of_range=True, **criterion),
    )  # fmt: skip
    return Progression(
        id="own",
        name="Own",
        purpose="To try.",
        region=Region.CALF,
        rungs=(rung,),
        after_last="-",
        sources=("convention",),
    )


class TestBeginning:
    """A runner without a log starts on what they can do, body weight before load."""

    def test_a_novice_starts_on_the_first_rung(self) -> None:
        """However high the ladder goes."""
        assert begun(runner=evolve(ADA, strength_years=0)).rung == 0

    def test_a_trained_runner_starts_at_their_level_with_the_unloaded_form_first(self) -> None:
        """An exercise that comes without and with load is begun without."""
        assert begun().earned.load == BodyWeight()
        assert begun().earned.exercise == "single-leg-calf-raise"

    def test_an_injury_of_the_region_within_a_year_starts_everybody_at_the_bottom(self) -> None:
        """Even where an assessment says better."""
        hurt = Injury(region=Region.CALF, since=day(-200), ended=day(-100))
        runner = evolve(ADA, strength_years=5, injuries=(hurt,))
        assert begun(runner=runner, on=MONDAY).rung == 0
        assert begun(runner=runner, on=MONDAY, at=1).rung == 0
        assert begun(runner=runner, on=day(600), at=1).rung == 1

    def test_an_assessment_gives_the_highest_rung_to_start_on(self) -> None:
        """Rungs over it stay for later; the first usable one stands where none is open under it."""
        assert begun(at=0).rung == 0
        assert begun(at=1).rung == 1
        assert begun(at=99).rung == len(STRAIGHT.rungs) - 1

    def test_a_ladder_without_a_usable_rung_is_refused_with_the_reason(self) -> None:
        """It says whose ladder, what is missing and what would be accepted."""
        runner = evolve(ADA, limitations=Limitations(exclude=tuple({rung.exercise for rung in STRAIGHT.rungs})))
        with pytest.raises(InvalidValue) as caught:
            begun(runner=runner)
        (problem,) = caught.value.problems
        assert problem.place == "progression calf-raise-straight"
        assert problem.fact == "no rung that Ada can do"
        assert problem.allowed == "a ladder within reach"
        assert problem.cure == "you excluded it"

    def test_a_ladder_that_only_an_injury_closes_today_says_so(self) -> None:
        """Nothing else is wrong with its rungs."""
        hurt = Injury(region=Region.CALF, since=day(-9))
        closed = [
            ladder
            for ladder in CATALOG.progressions.values()
            if all(Region.CALF in CATALOG.exercises[rung.exercise].avoid_with for rung in ladder.rungs)
        ]
        tested = Assessment(exercise="hop-test", date=day(-20), amount=99)
        runner = evolve(ADA, name="", injuries=(hurt,), strength_years=5, assessments=(tested,))
        with pytest.raises(InvalidValue, match=r"no rung that this runner can do.*none of its rungs can be done"):
            begun(closed[0], runner=runner, on=MONDAY)


class TestRefusals:
    """What cannot be judged is refused with place, value, what is allowed and the cure."""

    def test_an_exercise_that_is_not_on_the_ladder_names_the_nearest(self) -> None:
        """All of the ladder's exercises are listed, each once."""
        with pytest.raises(InvalidValue) as caught:
            advance(STRAIGHT, begun(), raises(0, 15, exercise="calf-raises"), runner=ADA, **SETTINGS)
        (problem,) = caught.value.problems
        assert problem.place == "performance on 2027-01-04, exercise"
        assert problem.fact == "calf-raises"
        assert problem.allowed == "an exercise of calf-raise-straight: calf-raise, single-leg-calf-raise"
        assert problem.cure == "did you mean 'calf-raise'?"

    def test_an_exercise_of_another_ladder_is_sent_there(self) -> None:
        """Where no name is near."""
        with pytest.raises(InvalidValue, match="advance the ladder that plank is on"):
            advance(STRAIGHT, begun(), raises(0, 15, exercise="plank"), runner=ADA, **SETTINGS)

    def test_another_unit_names_the_set(self) -> None:
        """Seconds are no repetitions."""
        done = raises(0, 15)
        mixed = evolve(done, sets=(*done.sets, PerformedSet(amount=Hold(30))))
        with pytest.raises(InvalidValue) as caught:
            advance(STRAIGHT, begun(at=0), mixed, runner=ADA, **SETTINGS)
        (problem,) = caught.value.problems
        assert problem.place == "performance of calf-raise on 2027-01-04, sets[1].amount"
        assert (problem.fact, problem.allowed) == ("30 s", "an amount in reps, as calf-raise is counted")

    def test_the_morning_of_another_day_is_refused(self) -> None:
        """An illness of last week says nothing of today."""
        ill = Readiness(date=day(0), ill=True)
        with pytest.raises(InvalidValue, match=r"readiness\.date: 2027-01-04; allowed: 2027-01-11"):
            advance(STRAIGHT, begun(), raises(7, 15, 15), runner=ADA, readiness=ill, **SETTINGS)
        with pytest.raises(InvalidValue, match=r"readiness\.date: 2027-01-04; allowed: 2027-01-11"):
            adapt(STRAIGHT, begun(), day(7), runner=ADA, readiness=ill, **SETTINGS)

    def test_a_state_of_another_ladder_is_refused(self) -> None:
        """It says which one is wanted."""
        with pytest.raises(InvalidValue) as caught:
            advance(STRAIGHT, begun(CATALOG.progressions["calf-raise-bent"]), raises(0, 15), runner=ADA, **SETTINGS)
        (problem,) = caught.value.problems
        assert (problem.place, problem.fact) == ("state.progression", "calf-raise-bent")
        assert problem.allowed == "a state of calf-raise-straight"

    @pytest.mark.parametrize("rung", [0, 40])
    def test_a_rung_that_no_longer_fits_asks_for_a_new_fold(self, rung: int) -> None:
        """Where the ladder has other rungs by now."""
        state = attrs.evolve(begun(), rung=rung)
        with pytest.raises(InvalidValue) as caught:
            adapt(STRAIGHT, state, MONDAY, runner=ADA, **SETTINGS)
        (problem,) = caught.value.problems
        assert (problem.place, problem.fact) == ("state.rung", f"single-leg-calf-raise on rung {rung}")
        assert problem.allowed == "a rung of calf-raise-straight as it is now"
        assert problem.cure == "the ladder has changed since: fold the log anew"

    @pytest.mark.parametrize("back", [0, 1])
    def test_a_day_that_was_folded_in_is_refused_everywhere(self, back: int) -> None:
        """By a step, a fold and a look at the day, with the same cure."""
        state = fold(STRAIGHT, [raises(0, 15, 15)], runner=ADA, **SETTINGS)
        again = raises(-back, 15, 15)
        attempts = [
            ("performance of calf-raise", lambda: advance(STRAIGHT, state, again, runner=ADA, **SETTINGS)),
            ("performances of calf-raise-straight", lambda: fold(STRAIGHT, [again], state, runner=ADA, **SETTINGS)),
            ("on", lambda: adapt(STRAIGHT, state, again.date, runner=ADA, **SETTINGS)),
        ]
        for place, attempt in attempts:
            with pytest.raises(InvalidValue) as caught:
                attempt()
            (problem,) = caught.value.problems
            assert (problem.place, problem.fact) == (place, str(again.date))
            assert problem.allowed == "days after 2027-01-04, the last one folded in"
            assert problem.cure.startswith("fold the whole log anew, without a state")


class TestFolding:
    """A fold begins where the first day shows, and takes each day as one."""

    def test_a_fold_of_nothing_is_the_beginning(self) -> None:
        """Exercises of other ladders are passed by."""
        plank = Performance(date=MONDAY, exercise="plank", sets=(PerformedSet(amount=Hold(30)),))
        assert fold(STRAIGHT, [plank], runner=ADA, **SETTINGS) == begun()

    def test_a_fold_begins_on_the_hardest_exercise_of_the_first_day(self) -> None:
        """Not on the easier one that it was warmed up with."""
        sides = tuple(PerformedSet(side=side, amount=Reps(12), rir=RIR(3)) for side in (Side.LEFT, Side.RIGHT))
        hard = Performance(date=MONDAY, exercise="single-leg-calf-raise", sets=sides)
        assert fold(STRAIGHT, [raises(0, 15), hard], runner=ADA, **SETTINGS).rung == 1
        assert fold(STRAIGHT, [raises(0, 15)], runner=ADA, **SETTINGS).rung == 0
        loaded = evolve(hard, sets=tuple(evolve(one, load=External(Mass(10))) for one in sides))
        assert fold(STRAIGHT, [loaded], runner=ADA, **SETTINGS).rung == 2

    def test_the_two_halves_of_a_day_are_one_session(self) -> None:
        """Written as two entries it counts once; so does an entry that was written twice."""
        halves = [raises(0, 15, day_part=DayPart.MORNING), raises(0, 15, day_part=DayPart.EVENING)]
        assert fold(STRAIGHT, halves, begun(at=0), runner=ADA, **SETTINGS).met == 1
        whole = raises(0, 15, 15)
        assert fold(STRAIGHT, [whole, whole], begun(at=0), runner=ADA, **SETTINGS).met == 1

    def test_of_a_day_with_several_exercises_the_one_that_was_asked_for_counts(self) -> None:
        """Pain and warning signs of the others count with it."""
        other = Performance(date=MONDAY, exercise="single-leg-calf-raise", pain=())
        done = [raises(0, 15, 15), other]
        assert fold(STRAIGHT, done, begun(at=0), runner=ADA, **SETTINGS).met == 1
        hurt = evolve(other, pain=(Pain(region=Region.CALF, score=6),))
        assert fold(STRAIGHT, [done[0], hurt], begun(at=0), runner=ADA, **SETTINGS).coming_back
        sharp = evolve(other, pain=(Pain(region=Region.CALF, score=0, kind=PainKind.SHARP),))
        assert fold(STRAIGHT, [done[0], sharp], begun(at=0), runner=ADA, **SETTINGS).stopped == MONDAY

    def test_without_what_was_asked_for_the_hardest_exercise_of_a_day_counts(self) -> None:
        """It is another exercise than asked, and brings nothing."""
        state = fold(STRAIGHT, [raises(0, 15, 15)], begun(at=1), runner=ADA, **SETTINGS)
        assert (state.met, state.rung) == (0, 1)

    def test_of_two_mornings_of_a_day_the_worse_counts(self) -> None:
        """One app says well, the other says ill."""
        mornings = [Readiness(date=MONDAY, ill=False), Readiness(date=MONDAY, ill=True)]
        state = fold(STRAIGHT, [raises(0, 15, 15)], begun(at=0), runner=ADA, readiness=mornings, **SETTINGS)
        assert state.coming_back

    def test_what_was_asked_on_a_lighter_day_is_found_by_day_and_exercise(self) -> None:
        """A deload day earns nothing; the same day without it does."""
        state = begun(at=0)
        light = {(MONDAY, "calf-raise"): evolve(state.prescription, sets=1, rir=RIR(5))}
        assert fold(STRAIGHT, [raises(0, 15, 15)], state, runner=ADA, asked=light, **SETTINGS).met == 0
        assert fold(STRAIGHT, [raises(0, 15, 15)], state, runner=ADA, asked={}, **SETTINGS).met == 1

    @pytest.mark.parametrize("lighter", [{"rir": RIR(5)}, {"amount": Reps(8, 15)}, {"rir": RIR(4), "sets": 1}])
    def test_a_day_is_lighter_where_a_set_asks_for_less(self, lighter: dict[str, Any]) -> None:
        """It earns nothing and costs nothing; only failed form ends the row."""
        state = attrs.evolve(begun(at=0), met=1)
        asked = evolve(state.prescription, **lighter)
        step = advance(STRAIGHT, state, raises(0, 15, 15), runner=ADA, asked=asked, **SETTINGS)
        assert [reason.code for reason in step.reasons] == [ReasonCode.LIGHTER_DAY]
        assert step.state.met == 1
        failed = raises(0, 15, 15, failed_form=(Form.FULL_RANGE,))
        step = advance(STRAIGHT, state, failed, runner=ADA, asked=asked, **SETTINGS)
        assert [reason.code for reason in step.reasons] == [ReasonCode.FORM_FAILED]
        assert step.state.met == 0

    def test_fewer_sets_that_were_asked_for_count(self) -> None:
        """One set as asked is a session; more than asked is none the worse."""
        state = begun(at=0)
        one = evolve(state.prescription, sets=1)
        assert advance(STRAIGHT, state, raises(0, 15), runner=ADA, asked=one, **SETTINGS).state.met == 1
        assert advance(STRAIGHT, state, raises(0, 15), runner=ADA, **SETTINGS).state.met == 0
        four = evolve(state.prescription, sets=4)
        assert advance(STRAIGHT, state, raises(0, 15, 15), runner=ADA, asked=four, **SETTINGS).state.met == 1

    def test_what_others_have_reached_opens_rungs(self) -> None:
        """A rung that asks for a rung of another ladder is entered by those who stand on that or over it."""
        assert set(reached_by([begun(at=1)], CATALOG)) == {"calf-raise", "single-leg-calf-raise"}
        strange = attrs.evolve(begun(), progression="of-another-catalog")
        assert list(reached_by([strange], CATALOG)) == []
        asked = Prerequisite(progression="balance", rung="single-leg-balance-reach")
        upper = evolve(STRAIGHT.rungs[1], prerequisites=(asked,))
        ladder = evolve(STRAIGHT, rungs=(STRAIGHT.rungs[0], upper))
        novice = evolve(ADA, strength_years=0)
        done = [raises(0, 15, 15), raises(3, 15, 15)]
        balance = CATALOG.progressions["balance"]
        there = begin(balance, runner=novice, **SETTINGS)
        on = attrs.evolve(there, rung=1, earned=evolve(there.earned, exercise=balance.rungs[1].exercise))
        assert fold(ladder, done, runner=novice, **SETTINGS).rung == 0
        assert fold(ladder, done, runner=novice, others=[on], **SETTINGS).rung == 1
        sides = tuple(PerformedSet(side=side, amount=Reps(12), rir=RIR(3)) for side in (Side.LEFT, Side.RIGHT))
        first = Performance(date=MONDAY, exercise="single-leg-calf-raise", sets=sides)
        assert fold(ladder, [first], runner=novice, **SETTINGS).rung == 0
        assert fold(ladder, [first], runner=novice, others=[on], **SETTINGS).rung == 1


class TestTurns:
    """Bands, streaks, falls and layoffs where two things meet."""

    def test_a_weaker_band_or_one_higher_up_is_no_credit(self) -> None:
        """A stronger one is; no band at all, or iron, cannot be compared."""
        ladder = one_rung(
            "lateral-band-walk", Reps(8, 12), load=Band(BandTension.MEDIUM, "ankles"), sets=1, both_sides=False
        )
        runner = evolve(ADA, kits=(Kit(equipment=tuple(Equipment)),))
        state = begun(ladder, runner)
        codes = {}
        for load in ("light band at feet", "medium band at knees", "medium band", "heavy band at ankles", "5 kg"):
            sets = tuple(
                PerformedSet(amount=Reps(12), load=parse_load(load), side=side)
                for side in ((Side.LEFT, Side.RIGHT) if state.earned.side is Side.BOTH else (Side.NONE,))
            )
            done = Performance(date=MONDAY, exercise="lateral-band-walk", sets=sets)
            step = advance(ladder, state, done, runner=runner, **SETTINGS)
            codes[load] = str(step.reasons[0].code)
        assert codes == {
            "light band at feet": "lighter-load",
            "medium band at knees": "lighter-load",
            "medium band": "one-session-more",
            "heavy band at ankles": "one-session-more",
            "5 kg": "load-unclear",
        }

    def test_help_is_no_credit_unless_support_is_what_was_asked_for(self) -> None:
        """A hand on the wall counts only while the prescription has it."""
        ladder = one_rung("single-leg-balance", Hold(20, 30), sets=1)
        alone = begun(ladder)
        support = (Degree(OverloadAxis.ASSISTANCE, 1),)
        helped = attrs.evolve(
            alone, earned=evolve(alone.earned, degrees=support), prescription=evolve(alone.earned, degrees=support)
        )
        sets = tuple(
            PerformedSet(amount=Hold(30), side=side, assistance="a hand on the wall")
            for side in (Side.LEFT, Side.RIGHT)
        )
        done = Performance(date=MONDAY, exercise="single-leg-balance", sets=sets)
        assert advance(ladder, alone, done, runner=ADA, **SETTINGS).state.met == 0
        assert not advance(ladder, alone, done, runner=ADA, **SETTINGS).kind.upward
        step = advance(ladder, helped, done, runner=ADA, **SETTINGS)
        assert ReasonCode.ASSISTED not in {reason.code for reason in step.reasons}

    def test_where_everything_is_used_up_the_streak_waits_for_what_opens(self) -> None:
        """A rung that opens later is entered at once."""
        ladder = one_rung("plank", Hold(20, 30), both_sides=False)
        state = begun(ladder)
        one = PerformedSet(amount=Hold(30))
        codes: list[ReasonCode] = []
        for number in range(4):
            done = Performance(date=day(number), exercise="plank", sets=(one, one, one))
            step = advance(ladder, state, done, runner=ADA, **SETTINGS)
            state, codes = step.state, [reason.code for reason in step.reasons]
        assert codes == [ReasonCode.BAR_MET, ReasonCode.LADDER_DONE]
        assert state.met == 2

    def test_falls_are_forgotten_past_the_position_that_was_fallen_from(self) -> None:
        """Not before."""
        state = begun(at=1)
        fallen = attrs.evolve(begun(at=0), falls=1, peak=state.earned, peak_rung=1)
        for number in range(4):
            step = advance(STRAIGHT, fallen, raises(number, 15, 15), runner=ADA, **SETTINGS)
            fallen = step.state
        assert (fallen.rung, fallen.falls) == (1, 1)
        sides = tuple(PerformedSet(side=side, amount=Reps(12), rir=RIR(3)) for side in (Side.LEFT, Side.RIGHT))
        for number in range(4, 8):
            done = Performance(
                date=day(number), exercise="single-leg-calf-raise", sets=sides * 2,
                pain=(Pain(region=Region.CALF, score=0),),
            )  # fmt: skip
            fallen = advance(STRAIGHT, fallen, done, runner=ADA, **SETTINGS).state
        assert (fallen.rung, fallen.falls, fallen.peak, fallen.peak_rung) == (2, 0, None, None)

    def test_more_load_than_at_the_peak_is_past_it(self) -> None:
        """Whatever else differs from it."""
        asked = Prescription(
            exercise="single-leg-calf-raise", sets=2, amount=Reps(8, 12), side=Side.BOTH, load=External(Mass(10))
        )
        peak = evolve(asked, load=External(Mass(11)), amount=Reps(10, 14))
        state = State(
            progression=STRAIGHT.id, rung=2, earned=evolve(asked, sets=3), prescription=evolve(asked, sets=3),
            falls=1, peak=peak, peak_rung=2, met=5, entered=day(-100), begun=day(-100), through=day(-1),
        )  # fmt: skip
        one = PerformedSet(amount=Reps(12), rir=RIR(3), load=External(Mass(10)))
        sets = tuple(evolve(one, side=side) for _ in range(3) for side in (Side.LEFT, Side.RIGHT))
        done = Performance(date=MONDAY, exercise=asked.exercise, sets=sets, pain=(Pain(region=Region.CALF, score=0),))
        step = advance(STRAIGHT, state, done, runner=ADA, **SETTINGS)
        assert step.kind is StepKind.MORE_LOAD
        assert (step.state.falls, step.state.peak) == (0, None)

    def test_a_long_layoff_starts_the_weeks_on_the_ladder_anew(self) -> None:
        """A novice again waits with jumps as novices do, even on the rung that they stood on."""
        state = fold(STRAIGHT, [raises(0, 12, 12)], begun(at=0), runner=ADA, **SETTINGS)
        later = adapt(STRAIGHT, state, day(80), runner=ADA, **SETTINGS)
        assert (later.state.begun, later.state.entered) == (day(80), day(80))
        assert later.state.prescription == state.prescription

    def test_a_long_layoff_gives_nothing_back_that_pain_took(self) -> None:
        """What is asked for stays under the first rung where it was under it."""
        hurt = raises(0, 12, 12, pain=(Pain(region=Region.CALF, score=4),))
        state = fold(STRAIGHT, [hurt], begun(at=0), runner=ADA, **SETTINGS)
        later = adapt(STRAIGHT, state, day(80), runner=ADA, **SETTINGS)
        assert later.prescription == state.prescription != state.earned
        grown = attrs.evolve(state, earned=evolve(state.earned, sets=4))
        later = adapt(STRAIGHT, grown, day(80), runner=ADA, **SETTINGS)
        assert (later.prescription, later.state.earned) == (state.prescription, state.earned)

    def test_a_day_that_changes_nothing_says_where_it_comes_from(self) -> None:
        """A start, the last session, or the way back."""
        state = begun(at=0)

        def why(found: State, number: int) -> list[ReasonCode]:
            return [one.code for one in adapt(STRAIGHT, found, day(number), runner=ADA, **SETTINGS).reasons]

        assert why(state, 0) == [ReasonCode.STARTING]
        done = fold(STRAIGHT, [raises(0, 12, 12)], state, runner=ADA, **SETTINGS)
        assert why(done, 3) == [ReasonCode.AS_ASKED]
        hurt = raises(0, 12, 12, pain=(Pain(region=Region.CALF, score=4),))
        assert why(fold(STRAIGHT, [hurt], state, runner=ADA, **SETTINGS), 3) == [ReasonCode.COMING_BACK]

    def test_a_stop_today_stands_before_what_a_layoff_says(self) -> None:
        """The weightiest reason comes first."""
        state = fold(STRAIGHT, [raises(0, 12, 12)], begun(at=0), runner=ADA, **SETTINGS)
        ill = Readiness(date=day(20), ill=True)
        today = adapt(STRAIGHT, state, day(20), runner=ADA, readiness=ill, **SETTINGS)
        assert today.kind is StepKind.STOP
        assert [one.code for one in today.reasons] == [ReasonCode.ILL, ReasonCode.LAYOFF]

    def test_a_sore_region_with_one_set_asked_for_keeps_it(self) -> None:
        """Half of one set is one."""
        state = begun(at=0)
        state = attrs.evolve(state, prescription=evolve(state.prescription, sets=1))
        sore = Readiness(date=MONDAY, soreness=(Soreness(region=Region.CALF, score=9),), sleep=Duration(8 * 3600))
        today = adapt(STRAIGHT, state, MONDAY, runner=ADA, readiness=sore, **SETTINGS)
        assert (today.kind, today.prescription.sets) == (StepKind.HOLD, 1)

    def test_equipment_without_a_list_of_loads_is_loaded_by_feel(self) -> None:
        """Owning a barbell without saying its plates leaves the load to be found."""
        kit = Kit(equipment=(Equipment.BARBELL,), backpack_up_to=Mass(0))
        runner = evolve(ADA, kits=(kit,))
        sides = tuple(PerformedSet(side=side, amount=Reps(12), rir=RIR(3)) for side in (Side.LEFT, Side.RIGHT))
        state = begun(runner=runner, at=1)
        step = None
        for number in range(2):
            done = Performance(
                date=day(number), exercise="single-leg-calf-raise", sets=sides * 2,
                pain=(Pain(region=Region.CALF, score=0),),
            )  # fmt: skip
            step = advance(STRAIGHT, state, done, runner=runner, **SETTINGS)
            state = step.state
        assert step is not None
        assert isinstance(step.prescription.load, FindLoad)

    def test_a_kit_that_lost_its_loads_leaves_what_was_earned(self) -> None:
        """Coming back, the load that was earned is asked for where nothing lighter is at hand."""
        runner = evolve(
            ADA, kits=(Kit(weights=(Weights(kind=Equipment.DUMBBELL, each=(Mass(40),)),), backpack_up_to=Mass(0)),)
        )
        first = one_rung("chair-squat", Reps(8, 12), both_sides=False).rungs[0]
        second = one_rung("goblet-squat", Reps(8, 12), load=FindLoad(RIR(3)), both_sides=False).rungs[0]
        own = evolve(one_rung("chair-squat", Reps(8, 12)), rungs=(first, second))
        earned = Prescription(exercise="goblet-squat", sets=3, amount=Reps(8, 12), load=External(Mass(10)))
        now = Prescription(exercise="chair-squat", sets=3, amount=Reps(8, 12))
        state = State(progression="own", rung=1, earned=earned, prescription=now, through=day(-1))
        one = PerformedSet(amount=Reps(12), rir=RIR(3))
        done = Performance(date=MONDAY, exercise="chair-squat", sets=(one, one, one))
        step = advance(own, state, done, runner=runner, **SETTINGS)
        assert str(step.prescription) == "1 x 8-12 reps, 10 kg"


class TestBesideTheRung:
    """Another exercise of the ladder than was asked earns nothing; an easier one that fails is heeded."""

    def test_an_easier_exercise_that_fails_twice_takes_the_position_down(self) -> None:
        """Who cannot do two-leg raises any more is not offered one leg."""
        state = begun(at=1)
        first = advance(STRAIGHT, state, raises(0, 12, 7), runner=ADA, **SETTINGS)
        assert (first.kind, first.state.missed, first.state.rung) == (StepKind.HOLD, 1, 1)
        second = advance(STRAIGHT, first.state, raises(3, 12, 7), runner=ADA, **SETTINGS)
        assert (second.kind, second.state.rung) == (StepKind.EASIER_RUNG, 0)

    def test_an_easier_exercise_that_goes_well_earns_and_costs_nothing(self) -> None:
        """The position waits for the exercise that was asked for."""
        step = advance(STRAIGHT, begun(at=1), raises(0, 15, 15), runner=ADA, **SETTINGS)
        assert (step.kind, step.state.missed, step.state.rung) == (StepKind.HOLD, 0, 1)
        assert step.reasons[0].code is ReasonCode.OTHER_EXERCISE


class TestDescents:
    """One way down is one fall, however many steps it takes; a fall after a rise is another."""

    def test_a_straight_descent_counts_once(self) -> None:
        """Two bad weeks on one leg and two on two legs double the sessions once."""
        state = begun(at=1)
        one_leg = tuple(PerformedSet(side=side, amount=Reps(5), rir=RIR(0)) for side in (Side.LEFT, Side.RIGHT)) * 2
        for number in (0, 3):
            done = Performance(
                date=day(number), exercise="single-leg-calf-raise", sets=one_leg,
                pain=(Pain(region=Region.CALF, score=0),),
            )  # fmt: skip
            state = advance(STRAIGHT, state, done, runner=ADA, **SETTINGS).state
        assert (state.rung, state.falls) == (0, 1)
        for number in (6, 9):
            state = advance(STRAIGHT, state, raises(number, 5, 5), runner=ADA, **SETTINGS).state
        assert (state.rung, state.falls, state.rose) == (0, 1, False)

    def test_a_stall_on_the_lowest_rung_takes_nothing_apart(self) -> None:
        """Who does the bottom of the range, clean and without pain, keeps the full range and all sets."""
        state = begun(runner=evolve(ADA, strength_years=0))
        for number in range(0, 60, 3):
            state = advance(STRAIGHT, state, raises(number, 10, 10), runner=ADA, **SETTINGS).state
        assert state.prescription == begun(runner=evolve(ADA, strength_years=0)).prescription
