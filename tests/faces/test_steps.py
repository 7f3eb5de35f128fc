"""How steps, states and the next session read."""

from __future__ import annotations

import datetime as dt
import random
import string
from pathlib import Path

import attrs
import pytest

import runstrong as rs
from runstrong.cli.upcoming import upcoming
from runstrong.codec import loads, to_yaml
from runstrong.faces import next_report, state_report, step_report, step_text, to_markdown, to_text
from runstrong.faces.blocks import Exercises
from runstrong.faces.steps import TEMPLATES, reason_text, stand_text
from runstrong.faces.wording import WHEN_TO_STOP, change, dose, mass, spelled
from runstrong.model.step import Reason, ReasonCode, State, Step, StepKind

EXAMPLES = Path(__file__).parents[2] / "examples"
R = ReasonCode
Given = dict[str, str | int | float]
MONDAY = dt.date(2027, 1, 4)
ASKED = rs.Prescription(
    exercise="single-leg-calf-raise", sets=3, amount=rs.Reps(11, 15), side=rs.Side.BOTH, rir=rs.RIR(3)
)
STATE = State(progression="calf-raise-straight", rung=1, earned=ASKED, prescription=ASKED, through=MONDAY)
MET: Given = {"amounts": "12 12 11", "unit": "reps", "sides": 2, "sessions": 2, "rir": 3.0}

SAID: dict[ReasonCode, tuple[Given, str]] = {
    R.BAR_MET: (MET, "12, 12 and 11 clean reps on both legs with 3 in reserve, two sessions in a row"),
    R.BELOW_BAR: ({"worst": 9, "bar": 11}, "9 reps in the weakest set, and the next step opens at 11 reps"),
    R.IMPROVING: (
        {"worst": 9, "bar": 11},
        "better than before, with 9 reps in the weakest set (11 open the next step)",
    ),
    R.LOAD_FOUND: ({"kg": 12.5}, "12.5 kg is the load to go on with"),
    R.COMING_BACK: ({}, "on the way back to what you had earned"),
    R.STARTING: ({}, "nothing is recorded here yet, so this is where the ladder starts for you"),
    R.AS_ASKED: ({}, "as your last session left it"),
    R.ONE_SESSION_MORE: (
        {"met": 1, "needed": 2},
        "that makes one of the two sessions in a row that open the next step",
    ),
    R.WEEKS_FIRST: (
        {"weeks": 1, "needed": 8},
        "the next rung opens after eight weeks on this one (one so far)",
    ),
    R.EFFORT_UNKNOWN: (
        {"least": 3.0},
        "it is not recorded how many reps were left; with 3 or more it would have counted",
    ),
    R.EFFORT_TOO_HIGH: ({"rir": 1.0, "least": 3.0}, "1 left in reserve, and 3 or more count"),
    R.PAIN_UNKNOWN: ({}, "pain is not recorded, and here only a recorded 0 opens the next step"),
    R.SETS_MISSING: ({"done": 2, "asked": 3}, "two of three sets done"),
    R.SIDE_MISSING: ({"side": "left"}, "nothing is recorded for the left side"),
    R.SETS_NOT_RECORDED: ({}, "it was done, but its sets are not recorded"),
    R.LIGHTER_LOAD: ({"kg": 0.0, "asked": 2.5}, "done with body weight alone, and 2.5 kg was asked for"),
    R.LOAD_UNCLEAR: ({}, "the load is not recorded as a weight, so that it cannot be compared"),
    R.ASSISTED: ({}, "something helped, such as a hand on the wall"),
    R.OTHER_EXERCISE: (
        {"done": "calf-raise", "asked": "single-leg-calf-raise"},
        "'Calf raise' was done, and the step that you had reached is 'Single-leg calf raise'",
    ),
    R.LIGHTER_DAY: ({}, "a day that was lighter on purpose counts neither for you nor against you"),
    R.NEXT_RUNG_CLOSED: (
        {"why": "first reach goblet-squat on the ladder squat"},
        "the next rung is still closed: first reach 'Goblet squat' on the ladder 'Squat'",
    ),
    R.LADDER_DONE: (
        {},
        (
            "this is the last rung. Keep one hard set or two a week at the load you own, and put new effort into hops "
            "and bounds"
        ),
    ),
    R.INJURY_LATELY: (
        {"region": "calf"},
        "more sessions in a row are asked for because of an injury of the calf that is not long past",
    ),
    R.HALF_PACE: (
        {},
        "more sessions in a row are asked for because nights were short or stress was high for long",
    ),
    R.FELL_BACK: ({"times": 1}, "more sessions in a row are asked for because the ladder has gone back once"),
    R.FORM_FAILED: (
        {"flags": "knee-line, full-range", "sessions": 2},
        "form did not hold (knee line, full range), two sessions in a row",
    ),
    R.TARGET_MISSED: (
        {"worst": 1, "least": 11, "sessions": 2},
        "1 rep in the weakest set, under the 11 that are the least, two sessions in a row",
    ),
    R.STALLED: ({"sessions": 6}, "six sessions without a better one"),
    R.PAIN_HOLDS: ({"score": 3, "most": 2}, "pain 3 of 10, and a step up takes 2 at most"),
    R.PAIN_OVER_LIMIT: ({"score": 4, "most": 3}, "pain 4 of 10, over the limit of 3"),
    R.PAIN_NOT_SETTLED: ({"score": 3}, "pain 3 of 10 on the next morning, so that it had not settled"),
    R.PAIN_RISING: ({"score": 3, "before": 2}, "pain 3 of 10 after 2 the time before, so that it is rising"),
    R.SORE: ({"score": 5}, "soreness 5 of 10"),
    R.SHORT_NIGHT: ({"hours": 5.5, "least": 6.0}, "a night of 5.5 h, under 6 h"),
    R.STRESSED: ({"score": 8}, "stress 8 of 10"),
    R.ILL: ({}, "you are ill"),
    R.INJURED_NOW: ({"region": "lower-back"}, "your lower back is injured now"),
    R.LAYOFF: (
        {"days": 12, "percent": 90},
        "after 12 days without it, come back with less: 90 % of the load, or fewer sets",
    ),
    R.LONG_LAYOFF: (
        {"days": 60, "exercise": "calf-raise"},
        "after 60 days without it, the ladder starts anew with 'Calf raise'",
    ),
    R.EASIEST_ALREADY: ({}, "nothing easier is on this ladder, so leave it out where it is too much"),
    R.PAIN_STOPS: ({"score": 6, "most": 5}, "pain 6 of 10, over 5"),
    R.RED_FLAG: ({"flags": "focal-bone"}, "a warning sign (focal bone)"),
    R.ADD_LOAD: ({"kg": 2.5, "total": 7.5}, "add 2.5 kg, to 7.5 kg"),
    R.FIRST_LOAD: ({"kg": 2.5, "total": 2.5}, "add a first 2.5 kg"),
    R.FIND_LOAD: ({"rir": 3.0}, "find a load that leaves 3 in reserve"),
    R.RAISE_AMOUNT: ({"low": 13, "high": 17, "unit": "reps", "step": 2}, "go on to 13-17 reps"),
    R.REPS_FIRST: (
        {"to": 10.0, "most": 7.4, "high": 17, "unit": "reps"},
        "go on up to 17 reps first, for the next load at hand, 10 kg, is a larger step than 7.4 kg",
    ),
    R.ADD_SET: ({"sets": 3}, "go on to three sets"),
    R.STRONGER_BAND: ({"tension": "medium"}, "take the medium band"),
    R.BAND_LOWER: ({"at": "ankles"}, "put the band lower, at the ankles"),
    R.TURN_UP: ({"degree": "full range"}, "go on with full range"),
    R.SLOWER: ({"seconds": 4}, "lower over 4 s"),
    R.TO_RUNG: ({"exercise": "single-leg-calf-raise"}, "go on to 'Single-leg calf raise'"),
    R.BACK_TO_RUNG: ({"exercise": "calf-raise"}, "go back to 'Calf raise'"),
    R.LESS_LOAD: ({"kg": 2.5, "total": 0.0}, "take off 2.5 kg, to body weight alone"),
    R.FEWER_SETS: ({"sets": 1}, "do one set"),
    R.LESS_AMOUNT: ({"low": 11, "high": 15, "unit": "reps"}, "go back to 11-15 reps"),
    R.TURN_DOWN: ({"degree": "half range"}, "go back to half range"),
    R.MORE_RESERVE: ({"rir": 4.0}, "leave 4 in reserve"),
}
"""For each code the facts that the engine gives it, and what is said then."""


@pytest.fixture(scope="module")
def catalog() -> rs.Catalog:
    """Return the packaged catalog."""
    return rs.load_catalog()


def because(code: ReasonCode, facts: Given | None = None) -> Reason:
    """Return a reason with facts."""
    return Reason(code=code, facts=tuple(rs.Fact(name=name, value=got) for name, got in (facts or {}).items()))


def step(kind: StepKind, *reasons: Reason, asked: rs.Prescription = ASKED) -> Step:
    """Return a step with reasons."""
    return Step(kind=kind, prescription=asked, state=STATE, reasons=reasons)


def usual(*codes: ReasonCode) -> tuple[Reason, ...]:
    """Return reasons with the facts of the table."""
    return tuple(because(code, SAID[code][0]) for code in codes)


class TestReasons:
    """Every reason has a sentence, made from its facts."""

    def test_every_code_has_a_sentence_and_an_example(self) -> None:
        """A new code cannot be forgotten: templates, examples and codes are the same set."""
        assert set(TEMPLATES) == set(ReasonCode) == set(SAID)

    @pytest.mark.parametrize("code", SAID, ids=str)
    def test_reads(self, code: ReasonCode, catalog: rs.Catalog) -> None:
        """Each sentence stands as a runner reads it."""
        facts, said = SAID[code]
        assert reason_text(because(code, facts), step(StepKind.HOLD, because(code, facts)), catalog) == said

    @pytest.mark.parametrize("code", ReasonCode, ids=str)
    def test_is_a_permission_in_plain_words(self, code: ReasonCode) -> None:
        """No sentence commands, blames or promises; all is ASCII."""
        text = TEMPLATES[code].lower()
        assert not any(word in text.split() for word in ("must", "fail", "failed", "prevent", "prevents", "should"))
        assert text.isascii()

    @pytest.mark.parametrize(
        ("code", "facts", "said"),
        [
            (R.RED_FLAG, {"since": "2027-01-04"}, "a warning sign came up on 2027-01-04"),
            (R.LESS_LOAD, {"tension": "light"}, "take the light band"),
            (R.SIDE_MISSING, {"side": "both"}, "the sides are not recorded, left and right"),
            (R.BELOW_BAR, {"worst": 12, "bar": 11}, "it was not done as asked"),
            (
                R.EFFORT_TOO_HIGH,
                {"rir": -1, "least": 3},
                "the load was too heavy for the range, and there is none under it",
            ),
            (R.FORM_FAILED, {"flags": "knee-line"}, "form did not hold (knee line)"),
            (
                R.FELL_BACK,
                {"times": 3},
                "more sessions in a row are asked for because the ladder has gone back three times",
            ),
            (R.ADD_SET, {"sets": 1}, "go on to one set"),
            (R.ADD_LOAD, {"kg": 2.26796185, "total": 20.41165665}, "add 5 lb, to 45 lb"),
            (R.BAR_MET, {"amounts": "30 30", "unit": "s", "sides": 1, "sessions": 1}, "two sets of 30 s in clean form"),
            (
                R.BAR_MET,
                {"amounts": "1", "unit": "reps", "sides": 1, "sessions": 1, "rir": 2.5},
                "1 clean rep with 2.5 in reserve",
            ),
            (
                R.BAR_MET,
                {"amounts": "20 22", "unit": "contacts", "sides": 1, "sessions": 3},
                "20 and 22 clean contacts, three sessions in a row",
            ),
        ],
    )
    def test_reads_otherwise(self, code: ReasonCode, facts: Given, said: str, catalog: rs.Catalog) -> None:
        """One and many, kilograms and pounds, and facts that change the sentence."""
        assert reason_text(because(code, facts), step(StepKind.HOLD, because(code)), catalog) == said

    def test_upper_body_has_sides_not_legs(self, catalog: rs.Catalog) -> None:
        """A row is done on both sides."""
        row = attrs.evolve(ASKED, exercise="dumbbell-row")
        done = step(StepKind.MORE_LOAD, because(R.BAR_MET, MET), asked=row)
        assert "on both sides" in step_text(done, catalog)

    def test_a_side_plank_has_sides_not_legs(self, catalog: rs.Catalog) -> None:
        """The hip works in it, and still it is done on a side."""
        plank = attrs.evolve(ASKED, exercise="side-plank", amount=rs.Hold(30))
        done = step(StepKind.MORE_SETS, because(R.BAR_MET, {**MET, "unit": "s"}), asked=plank)
        assert "on both sides" in step_text(done, catalog)

    @pytest.mark.parametrize("code", ReasonCode, ids=str)
    def test_lacking_facts_are_left_out(self, code: ReasonCode, catalog: rs.Catalog) -> None:
        """A reason made by hand without facts still reads, and what no catalog has is named by its id."""
        asked = attrs.evolve(ASKED, exercise="my-own-raise")
        lost = attrs.evolve(STATE, progression="my-own-ladder", earned=asked, prescription=asked)
        bare = Step(kind=StepKind.HOLD, prescription=asked, state=lost, reasons=(because(code),))
        assert step_text(bare, catalog)
        assert "My own raise" in to_text(step_report(bare, catalog))

    def test_the_engine_gives_what_the_sentences_ask_for(self, catalog: rs.Catalog) -> None:
        """Whatever runners do for months on any ladder, no sentence lacks a fact, and most codes are met."""
        chance, met, made = random.Random(7), set(), {"shown", "span", "after_last"}
        for ladder in catalog.progressions.values():
            for each in wandering(ladder, chance):
                text = step_text(each, catalog)
                assert "  " not in text
                assert " ," not in text
                for reason in each.reasons:
                    met.add(reason.code)
                    asked = {name for _, name, _, _ in string.Formatter().parse(TEMPLATES[reason.code]) if name}
                    names = {fact.name for fact in reason.facts}
                    assert asked <= names | made | {"sessions"} or names & {"since", "tension"}, reason
        assert len(met) > 35


def wandering(ladder: rs.Progression, chance: random.Random) -> list[Step]:
    """Return the steps of a runner who has good days and bad ones."""
    kit = rs.Kit(
        equipment=tuple(rs.Equipment), weights=(rs.Weights(kind=rs.Equipment.DUMBBELL, each=(rs.kg(5), rs.kg(10))),)
    )
    runner = rs.Runner(
        name="Ada", running=rs.RunningWeek(), body_mass=rs.kg(60), strength_years=3, clearance=rs.Clearance.CLEARED,
        kits=(kit,), injuries=(rs.Injury(region=ladder.region, since=MONDAY, ended=MONDAY),),
    )  # fmt: skip
    state, on, steps = rs.begin(ladder, runner=runner), MONDAY, []
    for _ in range(30):
        on += dt.timedelta(days=chance.choice((2, 3, 4, 4, 5, 12, 30) if chance.random() < 0.99 else (80,)))
        asked = state.prescription
        amount = max(1, chance.choice((asked.amount.high, asked.amount.high + 1, asked.amount.low - 1)))
        sides = (rs.Side.LEFT, rs.Side.RIGHT) if asked.side is rs.Side.BOTH else (rs.Side.NONE,)
        load = rs.External(rs.kg(5)) if isinstance(asked.load, rs.FindLoad) else asked.load
        bad = chance.random() < 0.06
        one = rs.PerformedSet(
            amount=type(asked.amount)(amount), load=load, rir=None if bad else rs.RIR(chance.choice((1, 3, 4))),
            failed_form=(rs.Form.KNEE_LINE,) if chance.random() < 0.05 else (),
        )  # fmt: skip
        sets = tuple(attrs.evolve(one, side=side) for _ in range(asked.sets - bad) for side in sides)
        hurt = chance.choice((0, 0, 0, 0, 0, 0, 1, 3, 4, 6)) if chance.random() < 0.5 else 0
        done = rs.Performance(
            date=on, exercise=asked.exercise, sets=sets, pain=(rs.Pain(region=ladder.region, score=hurt),)
        )
        morning = rs.Readiness(date=on, sleep=rs.minutes(chance.choice((450, 480, 350))), stress=chance.choice((2, 8)))
        ready = morning if chance.random() < 0.2 else None
        steps.append(rs.adapt(ladder, state, on, runner=runner, readiness=ready))
        steps.append(rs.advance(ladder, state, done, runner=runner, readiness=ready))
        state = steps[-1].state
    return steps


class TestStep:
    """A step is one line: why, what to do, what else there is to know."""

    @pytest.mark.parametrize(
        ("kind", "codes", "said"),
        [
            (
                StepKind.MORE_LOAD,
                (R.BAR_MET, R.ADD_LOAD),
                (
                    "12, 12 and 11 clean reps on both legs with 3 in reserve, two sessions in a row: you may add "
                    "2.5 kg, to 7.5 kg."
                ),
            ),
            (
                StepKind.MORE_REPS,
                (R.BAR_MET, R.RAISE_AMOUNT, R.NEXT_RUNG_CLOSED),
                (
                    "12, 12 and 11 clean reps on both legs with 3 in reserve, two sessions in a row: you may go on to "
                    "13-17 reps. The next rung is still closed: first reach 'Goblet squat' on the ladder 'Squat'."
                ),
            ),
            (
                StepKind.HOLD,
                (R.ONE_SESSION_MORE, R.FELL_BACK),
                (
                    "That makes one of the two sessions in a row that open the next step: stay with it. More "
                    "sessions in a row are asked for because the ladder has gone back once."
                ),
            ),
            (
                StepKind.LIGHTEN,
                (R.SORE, R.FEWER_SETS, R.SHORT_NIGHT, R.MORE_RESERVE),
                "Soreness 5 of 10: do one set. A night of 5.5 h, under 6 h: leave 4 in reserve.",
            ),
            (
                StepKind.SHRINK_RANGE,
                (R.PAIN_OVER_LIMIT, R.TURN_DOWN),
                "Pain 4 of 10, over the limit of 3: go back to half range.",
            ),
            (
                StepKind.HOLD,
                (R.IMPROVING, R.BELOW_BAR),
                "Better than before, with 9 reps in the weakest set (11 open the next step): stay with it.",
            ),
            (
                StepKind.HARDER,
                (R.COMING_BACK, R.TURN_UP),
                "On the way back to what you had earned: you may go on with full range.",
            ),
            (StepKind.HOLD, (R.COMING_BACK,), "On the way back to what you had earned."),
            (StepKind.HOLD, (R.AS_ASKED,), "As your last session left it."),
        ],
    )
    def test_reads(self, kind: StepKind, codes: tuple[ReasonCode, ...], said: str, catalog: rs.Catalog) -> None:
        """What is done follows its reason; going up is a permission."""
        assert step_text(step(kind, *usual(*codes)), catalog) == said

    @pytest.mark.parametrize(
        ("codes", "said"),
        [
            (
                (R.PAIN_STOPS, R.TURN_DOWN),
                "Pain 6 of 10, over 5: leave it out until that has settled. Then go back to half range.",
            ),
            ((R.RED_FLAG,), "A warning sign (focal bone): stop, and see a clinician before you go on."),
            ((R.ILL,), "You are ill: rest, and come back when you are well."),
        ],
    )
    def test_a_stop_says_what_to_do(self, codes: tuple[ReasonCode, ...], said: str, catalog: rs.Catalog) -> None:
        """A stop is plain; a warning sign points to a clinician."""
        assert step_text(step(StepKind.STOP, *usual(*codes)), catalog) == said

    def test_a_report_of_a_stop_names_every_warning_sign(self, catalog: rs.Catalog) -> None:
        """The library's own safety words stand under a stop, in text and in Markdown, and only there."""
        stop = step_report(step(StepKind.STOP, *usual(R.RED_FLAG)), catalog)
        for text in (to_text(stop), to_markdown(stop)):
            assert all(" ".join(sign.split()) in " ".join(text.split()) for sign in WHEN_TO_STOP)
        assert "urgent care" not in to_text(step_report(step(StepKind.HOLD, *usual(R.BELOW_BAR)), catalog))

    def test_a_report_marks_what_changes(self, catalog: rs.Catalog) -> None:
        """More, less, new and stop stand before the exercise; what stays has no mark."""
        kinds = (StepKind.MORE_LOAD, StepKind.LIGHTEN, StepKind.NEXT_RUNG, StepKind.STOP, StepKind.HOLD)
        blocks = step_report([step(kind, *usual(R.BELOW_BAR)) for kind in kinds], catalog)
        marks = [line.mark for block in blocks if isinstance(block, Exercises) for line in block.lines]
        assert marks == ["more", "less", "new", "stop", ""]


class TestState:
    """A state read from a file tells where a runner stands."""

    def test_says_what_opens_the_next_rung(self, catalog: rs.Catalog) -> None:
        """Rung, what is asked for, sessions met, the criterion in full, and the rung after it."""
        state = loads(to_yaml(attrs.evolve(STATE, met=1, pain=0)))
        text = " ".join(to_text(state_report(state, catalog)).split())
        for said in (
            "Calf raise, straight knee",
            "2 of 4: Single-leg calf raise",
            "3 x 11-15 reps each side, body weight, RIR 3",
            "one session in a row",
            "more than 10 reps in every set on each side with 3 in reserve, clean, pain 0 at most, 2 sessions in a row",
            "Single-leg calf raise, 3 x 8-12 reps",
            "0 of 10 when last recorded",
            "up to Mon 2027-01-04",
        ):
            assert said in text

    def test_says_what_keeps_it_lower(self, catalog: rs.Catalog) -> None:
        """What was earned stands beside what is asked for while it is come back to."""
        less = attrs.evolve(ASKED, degrees=(rs.Degree(rs.OverloadAxis.RANGE, 2),))
        state = attrs.evolve(STATE, prescription=less, stopped=MONDAY, falls=2, missed=1)
        text = " ".join(to_text(state_report(state, catalog)).split())
        assert "3 x 11-15 reps each side, body weight, half range, RIR 3" in text
        assert "clean sessions bring it back" in text
        assert "on Mon 2027-01-04, for a warning sign: see a clinician first" in text
        assert "gone back twice" in text
        assert "missed one session in a row" in text

    def test_the_last_rung_says_what_comes_after(self, catalog: rs.Catalog) -> None:
        """Nothing opens there; the ladder says what to do then."""
        last = attrs.evolve(STATE, rung=3)
        assert "put new effort into hops" in to_text(state_report(last, catalog))
        assert stand_text(last, catalog) == "rung 4 of 4, the last one"

    def test_a_ladder_that_no_catalog_has_is_named_by_its_id(self, catalog: rs.Catalog) -> None:
        """A state outlives the catalog that it was made with."""
        lost = attrs.evolve(STATE, progression="my-own-ladder")
        assert "my-own-ladder" in to_text(state_report(lost, catalog))
        assert stand_text(lost, catalog) == "rung 2"

    def test_sides_are_named_where_there_are_any(self, catalog: rs.Catalog) -> None:
        """Both feet on the floor have no side."""
        first = rs.begin(catalog.progressions["calf-raise-straight"])
        assert "each side" not in stand_text(first, catalog)
        assert "each side" in stand_text(STATE, catalog)

    def test_nothing_recorded_is_said(self, catalog: rs.Catalog) -> None:
        """A fresh state does not pretend to a day."""
        assert "nothing yet" in to_text(state_report(rs.begin(catalog.progressions["plank"]), catalog))


class TestDoses:
    """What a ladder changes reads well in a dose."""

    def test_a_degree_is_named(self) -> None:
        """A smaller range stands in the dose, and is less than the whole."""
        half = attrs.evolve(ASKED, degrees=(rs.Degree(rs.OverloadAxis.RANGE, 2),))
        assert dose(half) == "3 x 11-15 reps each side, half range, RIR 3"
        assert change(ASKED, half) == "less"
        assert change(half, ASKED) == "more"

    def test_a_longer_lever_is_more_and_with_less_load_it_is_a_change(self) -> None:
        """What rises in one thing and falls in another is neither more nor less."""
        loaded = attrs.evolve(ASKED, load=rs.External(rs.kg(5)))
        longer = attrs.evolve(loaded, degrees=(rs.Degree(rs.OverloadAxis.LEVER, 2),))
        assert change(loaded, longer) == "more"
        assert change(loaded, attrs.evolve(longer, load=rs.External(rs.kg(2.5)))) == "changed"

    def test_a_slower_lowering_is_told_as_a_change(self) -> None:
        """Tempo has no more or less of its own."""
        slow = attrs.evolve(ASKED, tempo=rs.Tempo(4, 0, 1, 0))
        assert "tempo 4-0-1-0" in dose(slow)
        assert change(ASKED, slow) == "changed"

    def test_pounds_stay_pounds(self) -> None:
        """A load that is round in pounds alone was bought in pounds; pieces are told one by one."""
        assert dose(attrs.evolve(ASKED, load=rs.External(rs.lb(45)))) == "3 x 11-15 reps each side, 45 lb, RIR 3"
        assert ", 2 x 15 lb," in dose(attrs.evolve(ASKED, load=rs.External(rs.lb(15) * 2, 2)))
        assert ", 2 x 7.5 kg," in dose(attrs.evolve(ASKED, load=rs.External(rs.kg(15), 2)))

    @pytest.mark.parametrize(
        ("kilograms", "said"), [(0.25, "0.25 kg"), (1.1, "1.1 kg"), (61.23496995, "135 lb"), (7.3456, "7.35 kg")]
    )
    def test_masses(self, kilograms: float, said: str) -> None:
        """No mass is printed with a row of decimals."""
        assert mass(kilograms) == said

    def test_small_counts_are_words(self) -> None:
        """Up to ten; none is no."""
        assert (spelled(0, "set"), spelled(1, "set")) == ("no sets", "one set")
        assert (spelled(10), spelled(11, "day")) == ("ten", "11 days")


class TestNext:
    """The next session against the last of its kind."""

    def test_what_is_asked_again_has_no_mark(self, catalog: rs.Catalog) -> None:
        """A phase that asks for fewer sets than the ladder would does not make the same dose less."""
        plan = rs.plan(rs.load(EXAMPLES / "runner.yaml", rs.Runner), catalog=catalog)
        log, today = rs.load(EXAMPLES / "log.yaml", rs.Log), dt.date(2026, 12, 30)
        coming = upcoming(plan, log, today, rules=rs.load_rules(), catalog=catalog)
        blocks = next_report(coming, catalog)
        marks = {line.name: line.mark for block in blocks if isinstance(block, Exercises) for line in block.lines}
        assert coming.last["push-up-feet-elevated"].prescription.sets == 3
        assert marks["Push-up with feet raised"] == ""
        assert marks["Single-leg calf raise"] == "more"
