"""A plan and what people change in it: move, swap, drop, skip, pin, note, why."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

import runstrong as rs
from runstrong.model.edits import Drop, Move, Note, Pin, Skip, Swap
from runstrong.model.errors import InvalidValue, UnknownName
from runstrong.model.plan import Decision, Part, Plan, Session, Week
from runstrong.model.quantities import SessionRPE
from runstrong.model.words import DayPart, Emphasis, PartName, Phase

MONDAY = dt.date(2027, 1, 4)
DAY = dt.timedelta(days=1)


def others(plan: Plan, id: str) -> dict[str, Session]:
    """Return all sessions but one, by id."""
    return {session.id: session for session in plan.sessions if session.id != id}


class TestSession:
    """One session."""

    def test_parts_stand_in_order_each_once(self, make_session) -> None:
        """Warm-up, main and cool-down come in this order and once each; any may be missing."""
        warm, main, cool = (Part(name=name) for name in PartName)
        assert make_session(parts=(warm, cool)).parts == (warm, cool)
        for wrong in [(main, warm), (main, main), (cool, main)]:
            with pytest.raises(InvalidValue, match="warm-up, main, cool-down, each once"):
                make_session(parts=wrong)

    def test_load_is_minutes_times_rating(self, make_session) -> None:
        """Session load is minutes times session RPE, and unknown where nothing is rated."""
        assert make_session(session_rpe=SessionRPE(5)).load == 150
        assert make_session().load is None

    def test_prescriptions_come_with_their_part(self, make_session) -> None:
        """Prescriptions are told part by part in order."""
        told = [(part, asked.exercise) for part, asked in make_session().prescriptions()]
        assert told == [
            (PartName.WARM_UP, "leg-swing"),
            (PartName.MAIN, "calf-raise"),
            (PartName.MAIN, "push-up"),
        ]

    def test_a_missing_part_is_empty(self, make_session) -> None:
        """Asking for a part that is not there gives an empty one."""
        assert len(make_session().part(PartName.MAIN)) == 2
        assert list(make_session().part(PartName.COOL_DOWN)) == []


class TestWholePlan:
    """Weeks that follow each other, sessions that are told apart."""

    def test_ends_on_the_last_day_of_the_last_week(self, plan: Plan) -> None:
        """A plan ends with its last week."""
        assert plan.end == MONDAY + 13 * DAY
        assert [session.id for session in plan.sessions] == ["mon", "thu", "next"]

    def test_session_ids_are_unique(self, make_plan, make_session) -> None:
        """One id for two sessions is refused."""
        week = Week(number=1, start=MONDAY, phase=Phase.BUILD, sessions=(make_session(), make_session()))
        with pytest.raises(InvalidValue, match="session id mon twice"):
            make_plan(weeks=(week,))

    @pytest.mark.parametrize("gap", [0, 6, 8, 14, -7])
    def test_weeks_follow_each_other(self, make_plan, gap: int) -> None:
        """Each week begins seven days after the one before."""
        weeks = tuple(Week(number=n + 1, start=MONDAY + n * gap * DAY, phase=Phase.BUILD) for n in range(2))
        with pytest.raises(InvalidValue, match="one week after the other"):
            make_plan(weeks=weeks)

    def test_there_is_a_week(self, make_plan) -> None:
        """A plan without weeks is refused."""
        with pytest.raises(InvalidValue, match="at least 1 entries"):
            make_plan(weeks=())

    def test_unknown_session_names_the_nearest(self, plan: Plan) -> None:
        """A session that is not there is an error naming the most similar one."""
        with pytest.raises(UnknownName, match="did you mean 'next'"):
            plan.session("nxt")

    def test_repr_is_one_line(self, plan: Plan) -> None:
        """A plan shows as one line in a terminal."""
        assert repr(plan) == "<Plan for Ada: 2 weeks from 2027-01-04, 3 sessions>"


class TestWhy:
    """Ask a plan why."""

    def test_all_decisions_about_it_in_order(self, plan: Plan) -> None:
        """Every decision about a session is told, and none about others."""
        assert [decision.what for decision in plan.why("mon")] == ["legs on Monday", "kept light"]
        assert plan.why("thu") == ()
        assert plan.why("mo") == ()

    def test_a_decision_reads_as_a_sentence(self, plan: Plan) -> None:
        """A decision tells what, why and the rules behind it."""
        assert str(plan.why("mon")[0]) == "mon: legs on Monday, because nothing hard follows [CO01]"
        assert str(Decision(about="season", what="x", why="y")) == "season: x, because y"


class TestMove:
    """Move a session to another day."""

    def test_within_its_week(self, plan: Plan) -> None:
        """The session takes the new day, keeps all else, and stands in order of date."""
        made = plan.move("mon", to=MONDAY + 4 * DAY)
        assert [session.id for session in made.weeks[0].sessions] == ["thu", "mon"]
        assert made.session("mon") == attrs.evolve(plan.session("mon"), date=MONDAY + 4 * DAY)
        assert others(made, "mon") == others(plan, "mon")

    def test_into_another_week(self, plan: Plan) -> None:
        """The session leaves its week and joins the one that holds the day, under its own id."""
        made = plan.move("thu", to=MONDAY + 13 * DAY, day_part=DayPart.EVENING)
        assert [[session.id for session in week.sessions] for week in made.weeks] == [["mon"], ["next", "thu"]]
        assert made.session("thu").day_part is DayPart.EVENING

    def test_without_a_part_it_keeps_its_own(self, make_plan, make_session) -> None:
        """Where no part of the day is given the session keeps its own."""
        week = Week(
            number=1, start=MONDAY, phase=Phase.BUILD, sessions=(make_session("one", day_part=DayPart.MORNING),)
        )
        moved = make_plan(weeks=(week,)).move("one", to=MONDAY + DAY)
        assert moved.session("one").day_part is DayPart.MORNING

    def test_same_day_sorts_by_part(self, plan: Plan) -> None:
        """Two sessions of one day stand morning first."""
        made = plan.move("mon", to=MONDAY + 3 * DAY, day_part=DayPart.EVENING).move(
            "thu", to=MONDAY + 3 * DAY, day_part=DayPart.MORNING
        )
        assert [session.id for session in made.weeks[0].sessions] == ["thu", "mon"]

    @pytest.mark.parametrize("days", [-1, 14])
    def test_not_out_of_the_plan(self, plan: Plan, days: int) -> None:
        """A day before the start or after the end is refused with the days that are open."""
        with pytest.raises(InvalidValue, match="a day from 2027-01-04 to 2027-01-17"):
            plan.move("mon", to=MONDAY + days * DAY)

    def test_not_before_a_start_within_the_week(self, make_plan) -> None:
        """Where a plan starts within its first week the days before stay closed."""
        plan = make_plan(start=MONDAY + 2 * DAY)
        with pytest.raises(InvalidValue, match="a day from 2027-01-06"):
            plan.move("thu", to=MONDAY + DAY)
        assert plan.move("thu", to=MONDAY + 2 * DAY).session("thu").date == MONDAY + 2 * DAY


class TestSwapAndDrop:
    """Change what a session holds."""

    def test_swap_replaces_in_place(self, plan: Plan, make_prescription) -> None:
        """The replacement stands where the exercise stood, in this session only."""
        made = plan.swap("mon", "calf-raise", make_prescription("squat"))
        assert [asked.exercise for asked in made.session("mon").part(PartName.MAIN)] == ["squat", "push-up"]
        assert others(made, "mon") == others(plan, "mon")

    def test_drop_leaves_it_out(self, plan: Plan) -> None:
        """The exercise is gone from this session and stays in the others."""
        made = plan.drop("mon", "calf-raise")
        assert [asked.exercise for asked in made.session("mon").part(PartName.MAIN)] == ["push-up"]
        assert others(made, "mon") == others(plan, "mon")

    def test_an_emptied_part_goes(self, plan: Plan) -> None:
        """A part whose last exercise is dropped goes with it."""
        made = plan.drop("mon", "leg-swing")
        assert [part.name for part in made.session("mon").parts] == [PartName.MAIN]

    def test_unknown_exercise(self, plan: Plan, make_prescription) -> None:
        """An exercise that the session does not hold is an error with the nearest that it does."""
        with pytest.raises(UnknownName, match="no exercise in session mon 'calf-rise'; did you mean 'calf-raise'"):
            plan.drop("mon", "calf-rise")
        with pytest.raises(UnknownName):
            plan.swap("mon", "squat", make_prescription())


class TestMarks:
    """Skip, pin and note leave what the session holds alone."""

    def test_skip_keeps_the_session_with_its_reason(self, plan: Plan) -> None:
        """A skipped session stays in the plan, marked with the reason."""
        made = plan.skip("mon", "travel")
        assert made.session("mon") == attrs.evolve(plan.session("mon"), skipped="travel")

    def test_pin(self, plan: Plan) -> None:
        """A pinned session is marked so, and no other."""
        made = plan.pin("mon")
        assert [session.pinned for session in made.sessions] == [True, False, False]

    def test_note(self, plan: Plan) -> None:
        """A note stands on its session, and a later one replaces it."""
        made = plan.note("mon", "first").note("mon", "second")
        assert made.session("mon").note == "second"


class TestEdits:
    """Edits are values; a person's are recorded."""

    def test_a_persons_edits_are_recorded_in_order(self, plan: Plan) -> None:
        """What people change is kept among the edits, oldest first."""
        made = plan.pin("mon").skip("thu", "ill").move("next", to=MONDAY + 8 * DAY)
        assert made.edits == (
            Pin(session="mon"),
            Skip(session="thu", reason="ill"),
            Move(session="next", to=MONDAY + 8 * DAY),
        )

    def test_a_fix_is_applied_without_a_record(self, plan: Plan) -> None:
        """Applying an edit as a fix changes the plan and records no person's decision."""
        made = plan.apply(Pin(session="mon"))
        assert made.session("mon").pinned
        assert made.edits == ()

    def test_the_old_plan_stays(self, plan: Plan, make_plan) -> None:
        """Editing returns a new plan and leaves the old one as it was."""
        plan.pin("mon").drop("thu", "push-up")
        assert plan == make_plan()

    def test_untouched_weeks_stay_the_same_objects(self, plan: Plan) -> None:
        """An edit shares every week that it does not touch."""
        assert plan.pin("mon").weeks[1] is plan.weeks[1]

    def test_every_edit_needs_its_session(self, plan: Plan, make_prescription) -> None:
        """An edit of a session that is not there is refused whatever it is."""
        for edit in (
            Move(session="no", to=MONDAY),
            Swap(session="no", exercise="calf-raise", replacement=make_prescription()),
            Drop(session="no", exercise="calf-raise"),
            Skip(session="no", reason="ill"),
            Pin(session="no"),
            Note(session="no", text="x"),
        ):
            with pytest.raises(UnknownName, match="no session 'no'"):
                plan.apply(edit)

    def test_edits_read_as_sentences(self, make_prescription) -> None:
        """Each edit says what it does."""
        told = [
            Move(session="a", to=MONDAY, day_part=DayPart.EVENING),
            Swap(session="a", exercise="lunge", replacement=make_prescription("squat")),
            Drop(session="a", exercise="lunge"),
            Skip(session="a", reason="ill"),
            Pin(session="a"),
            Note(session="a", text="slow"),
        ]
        assert [str(edit) for edit in told] == [
            "move session a to 2027-01-04, evening",
            "in session a, replace lunge by squat: 3 x 10 reps at 3 RIR",
            "in session a, leave out lunge",
            "skip session a: ill",
            "pin session a",
            "note on session a: slow",
        ]


class TestEmphasisWord:
    """What a session asks of the legs."""

    @pytest.mark.parametrize("emphasis", list(Emphasis))
    def test_legs(self, emphasis: Emphasis) -> None:
        """Heavy and light legs are leg sessions."""
        assert emphasis.legs is (emphasis in (Emphasis.HEAVY_LEGS, Emphasis.LIGHT_LEGS))


class TestDates:
    """A plan's days are days that there are, and begin in its first week."""

    def test_a_start_outside_the_first_week(self) -> None:
        """It is refused with the week that it should lie in."""
        made = rs.plan(rs.load("examples/novice.yaml", rs.Runner), weeks=1)
        with pytest.raises(rs.InvalidValue, match=r"Plan.start: .*; allowed: a day of the first week"):
            rs.evolve(made, start=made.end + dt.timedelta(days=3))

    def test_the_ends_of_the_calendar(self) -> None:
        """Weeks at which nothing can look back or ahead are refused."""
        made = rs.plan(rs.load("examples/novice.yaml", rs.Runner), weeks=1)
        last = dt.date(9999, 12, 20)
        with pytest.raises(rs.InvalidValue, match="years from 1899 to 2201"):
            rs.evolve(made, start=last, weeks=(rs.evolve(made.weeks[0], start=last),))

    def test_a_length_that_is_not_known_is_no_load_of_zero(self) -> None:
        """Session load is minutes times session RPE; without minutes there is none."""
        made = rs.plan(rs.load("examples/novice.yaml", rs.Runner), weeks=1).sessions[0]
        assert rs.evolve(made, minutes=rs.minutes(0)).load is None
        assert made.load is not None
