"""Planning the rest again: what was done, what was missed, what people changed, and what is refused."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import attrs
import pytest

import runstrong as rs
from runstrong.model.attribution import log_by_session
from runstrong.model.words import PainKind, PartName
from runstrong.planner import StandardPlanner, replan
from runstrong.planner.closing import AUDITED
from runstrong.planner.earned import earned_on
from runstrong.planner.missed import missed_sessions

ROOT = Path(__file__).resolve().parents[2]
CATALOG = rs.load_catalog()
RUNNER = rs.load(ROOT / "examples" / "runner.yaml", rs.Runner)
PLAN = rs.plan(RUNNER)
DAY = dt.timedelta(days=1)
WEEK_4 = dt.date(2026, 12, 28)
LOADS = {"deadlift": 20.0, "goblet-squat": 10.0, "dumbbell-row": 10.0}


def done(
    asked: rs.Prescription,
    session: rs.Session,
    *,
    amount: int | None = None,
    load: rs.Load | None = None,
    rir: float | None = None,
    pain: rs.Pain | None = None,
) -> rs.Performance:
    """Return a prescription as done: at the top of what was asked, with a load where one was to be found."""
    found = load or (
        rs.External(rs.kg(LOADS.get(asked.exercise, 5.0))) if isinstance(asked.load, rs.FindLoad) else asked.load
    )
    reserve = rs.RIR(rir) if rir is not None else asked.rir
    one = rs.PerformedSet(amount=type(asked.amount)(amount or asked.amount.high), load=found, rir=reserve)
    sides = (rs.Side.LEFT, rs.Side.RIGHT) if asked.side is rs.Side.BOTH else (rs.Side.NONE,)
    return rs.Performance(
        date=session.date,
        exercise=asked.exercise,
        session=session.id,
        sets=tuple(rs.evolve(one, side=side) for _ in range(asked.sets) for side in sides),
        pain=(pain or rs.Pain(region=rs.Region.CALF, score=0),),
    )


def whole(session: rs.Session) -> tuple[rs.Performance, ...]:
    """Return a session done as asked."""
    return tuple(done(asked, session) for asked in session.part(PartName.MAIN))


def followed(plan: rs.Plan, today: dt.date, *, but: tuple[str, ...] = (), covered: bool = True) -> rs.Log:
    """Return a log of all sessions before `today` but some, with or without its word that it is whole."""
    performances = [
        each for session in plan.sessions if session.date < today and session.id not in but for each in whole(session)
    ]
    coverage = [rs.Coverage(first=plan.start, last=today - DAY, runs=False, strength=True)] if covered else []
    return rs.Log(coverage=coverage, performances=performances)


def with_done(log: rs.Log, *performances: rs.Performance) -> rs.Log:
    """Return a log in which these stand in the place of the same exercise on the same day."""
    new = {(each.date, each.exercise) for each in performances}
    kept = tuple(each for each in log.performances if (each.date, each.exercise) not in new)
    return rs.evolve(log, performances=(*kept, *performances))


def asked_of(session: rs.Session, ladder: str) -> rs.Prescription:
    """Return what a session asks for on a ladder."""
    return next(each for each in session.part(PartName.MAIN) if each.progression == ladder)


def holds(session: rs.Session, ladder: str) -> bool:
    """Whether a session stands on a ladder."""
    return any(each.progression == ladder for each in session.part(PartName.MAIN))


def coming(plan: rs.Plan, ladder: str, today: dt.date) -> list[rs.Prescription]:
    """Return what the plan asks for on a ladder from a day on, in order."""
    return [
        each
        for session in plan.sessions
        if session.date >= today
        for each in session.part(PartName.MAIN)
        if each.progression == ladder
    ]


class TestSilence:
    """What the log does not speak of stays."""

    def test_an_empty_log_changes_nothing(self) -> None:
        """Not even the words of a decision."""
        assert replan(PLAN, rs.Log(), WEEK_4) == PLAN

    def test_a_log_of_runs_alone_changes_nothing(self) -> None:
        """Coverage of runs says nothing about strength."""
        log = rs.Log(coverage=[rs.Coverage(first=PLAN.start, last=WEEK_4)], runs=[rs.Run(date=PLAN.start)])
        assert replan(PLAN, log, WEEK_4) == PLAN

    def test_without_coverage_no_session_is_missed(self) -> None:
        """One day of performances does not make the other days missed."""
        first = PLAN.sessions[0]
        made = replan(PLAN, rs.Log(performances=whole(first)), WEEK_4)
        assert [session.date for session in made.sessions] == [session.date for session in PLAN.sessions]


class TestMissed:
    """A missed session moves on within its week, or is let go with a word."""

    WEDNESDAY, FRIDAY = PLAN.weeks[1].sessions

    def test_it_moves_to_an_open_day_of_its_week(self) -> None:
        """Wednesday's session is made up on Thursday: same id, alone on its day."""
        log = followed(PLAN, self.WEDNESDAY.date + DAY, but=(self.WEDNESDAY.id,))
        made = replan(PLAN, log, self.WEDNESDAY.date + DAY)
        moved = made.session(self.WEDNESDAY.id)
        assert self.WEDNESDAY.date < moved.date <= made.weeks[1].end
        assert moved.date != self.FRIDAY.date
        assert made.why(moved.id)[0].what.startswith("moved to")
        assert "missed on Wednesday 2026-12-16" in made.why(moved.id)[0].why

    def test_it_moves_to_no_day_of_an_illness(self) -> None:
        """Ill on the day after, the session is made up once the illness is over, or not at all."""
        today = self.WEDNESDAY.date + DAY
        log = followed(PLAN, today, but=(self.WEDNESDAY.id,))
        well = replan(PLAN, log, today).session(self.WEDNESDAY.id)
        ill = attrs.evolve(log, readiness=(rs.Readiness(date=well.date, ill=True),))
        made = replan(PLAN, ill, today)
        stands = {well.date + n * DAY for n in range(rs.load_rules().whole("SF05", "ill_days") + 1)}
        assert made.session(self.WEDNESDAY.id).date not in stands
        assert made.why(self.WEDNESDAY.id)[0].why.endswith("it beside illness, runs, races and the other sessions")

    def test_when_its_week_is_over_it_is_let_go(self) -> None:
        """It stays where it was, and the plan says so."""
        made = replan(PLAN, followed(PLAN, WEEK_4, but=(self.FRIDAY.id,)), WEEK_4)
        assert made.session(self.FRIDAY.id) == self.FRIDAY
        assert [each.what for each in made.why(self.FRIDAY.id)] == ["not made up"]

    def test_two_missed_in_a_week_make_one_moved(self) -> None:
        """Doubling up is not making up."""
        today = self.FRIDAY.date + DAY
        made = replan(PLAN, followed(PLAN, today, but=(self.WEDNESDAY.id, self.FRIDAY.id)), today)
        ahead = [session for session in made.weeks[1].sessions if session.date >= today]
        assert len(ahead) == 1
        told = {each.about: each for each in made.decisions if each.about in (self.WEDNESDAY.id, self.FRIDAY.id)}
        assert sorted(each.what == "not made up" for each in told.values()) == [False, True]

    def test_what_was_let_go_is_not_tried_again(self) -> None:
        """Planning again later in the week keeps the word."""
        today = self.FRIDAY.date + DAY
        log = followed(PLAN, today, but=(self.WEDNESDAY.id, self.FRIDAY.id))
        made = replan(PLAN, log, today)
        assert replan(made, log, today) == made

    def test_done_a_day_early_is_not_missed(self) -> None:
        """Without session ids, most of its work on another day of the week counts as it."""
        early = tuple(rs.evolve(each, date=each.date - DAY, session=None) for each in whole(self.FRIDAY))
        log = with_done(followed(PLAN, WEEK_4, but=(self.FRIDAY.id,)), *early)
        book = log_by_session(PLAN, log, CATALOG)
        assert missed_sessions(PLAN, book, WEEK_4) == ()
        assert {each.session for each in book.performances if each.date == self.FRIDAY.date - DAY} == {self.FRIDAY.id}

    def test_one_main_exercise_on_the_day_is_enough(self) -> None:
        """Half a session is not a missed one."""
        part = rs.evolve(whole(self.FRIDAY)[2], session=None)
        log = with_done(followed(PLAN, WEEK_4, but=(self.FRIDAY.id,)), part)
        assert missed_sessions(PLAN, log_by_session(PLAN, log, CATALOG), WEEK_4) == ()

    def test_heavy_legs_do_not_move_to_the_day_before_the_long_run(self) -> None:
        """On Saturday no day is left for heavy legs, so they are let go, open though the day is."""
        heavy = PLAN.weeks[3].sessions[0]
        today = heavy.date + 3 * DAY
        made = replan(PLAN, followed(PLAN, today, but=(heavy.id,)), today)
        assert made.session(heavy.id) == heavy
        assert [each.what for each in made.why(heavy.id)] == ["not made up"]


class TestPeople:
    """What people decided stays."""

    def test_a_session_that_the_runner_moved_stays_there(self) -> None:
        """It is not moved back."""
        session = PLAN.weeks[4].sessions[1]
        made = PLAN.move(session.id, to=session.date + DAY)
        again = replan(made, followed(made, WEEK_4), WEEK_4)
        assert again.session(session.id).date == session.date + DAY
        assert again.edits == made.edits

    def test_pinned_and_skipped_sessions_stay_as_they_are(self) -> None:
        """Whatever the log has earned."""
        one, other = PLAN.weeks[4].sessions
        made = PLAN.pin(one.id).skip(other.id, "at a wedding")
        again = replan(made, followed(made, WEEK_4), WEEK_4)
        assert again.session(one.id) == made.session(one.id)
        assert again.session(other.id) == made.session(other.id)

    def test_a_pinned_session_that_was_missed_stays(self) -> None:
        """A pin holds it where it is."""
        session = PLAN.weeks[1].sessions[0]
        made = PLAN.pin(session.id)
        again = replan(made, followed(made, session.date + DAY, but=(session.id,)), session.date + DAY)
        assert again.session(session.id) == made.session(session.id)

    def test_a_swapped_exercise_keeps_its_prescription_and_a_dropped_one_stays_away(self) -> None:
        """The ladder goes on in the other sessions."""
        session = PLAN.weeks[3].sessions[0]
        squat, plank = asked_of(session, "squat"), asked_of(session, "side-plank")
        mine = rs.evolve(squat, sets=1, note="knee day")
        made = PLAN.swap(session.id, squat.exercise, mine).drop(session.id, plank.exercise)
        again = replan(made, followed(made, WEEK_4), WEEK_4).session(session.id)
        assert mine in again.part(PartName.MAIN).prescriptions
        assert "side-plank" not in {each.progression for each in again.part(PartName.MAIN)}

    def test_less_of_an_exercise_and_an_added_one_stay(self) -> None:
        """What a person reduced is not dosed up again, and what they added is kept as they wrote it."""
        session = PLAN.weeks[3].sessions[0]
        squat = asked_of(session, "squat")
        row = rs.Prescription(exercise="inverted-row", sets=2, amount=rs.Reps(8), rir=rs.RIR(3))
        made = PLAN.reduce(session.id, squat.exercise, sets=1).insert(session.id, row)
        again = replan(made, followed(made, WEEK_4), WEEK_4).session(session.id)
        assert asked_of(again, "squat").sets == 1
        assert row in again.part(PartName.MAIN).prescriptions

    def test_both_halves_of_a_split_and_what_waits_stay_as_they_were_set(self) -> None:
        """The new session keeps its day and its work; an exercise that waits does not come back before its day."""
        session, later = PLAN.weeks[3].sessions[0], PLAN.weeks[4].sessions[0]
        plank, squat = asked_of(session, "side-plank"), asked_of(session, "squat")
        free = next(
            day
            for day in (PLAN.weeks[3].start + n * DAY for n in range(7))
            if all(each.date != day for each in PLAN.sessions)
        )
        made = PLAN.split(session.id, [plank.exercise], into="half", to=free)
        made = made.wait(session.id, squat.exercise, until=later.date + DAY)
        again = replan(made, followed(made, WEEK_4), WEEK_4)
        assert again.session("half").date == free
        assert {each.progression for each in again.session("half").part(PartName.MAIN)} == {"side-plank"}
        waiting = [each for each in again.sessions if session.date <= each.date <= later.date]
        assert all(squat.exercise not in {asked.exercise for _, asked in each.prescriptions()} for each in waiting)


class TestDoses:
    """The next session asks for what was earned; later weeks are expectations."""

    def test_a_load_that_was_found_stands_in_the_place_of_finding_it(self) -> None:
        """Never a load over what was shown, in any of the weeks to come."""
        made = replan(PLAN, followed(PLAN, WEEK_4), WEEK_4)
        loads = [each.load for each in coming(made, "squat", WEEK_4)]
        assert loads[0] == rs.External(rs.kg(10))
        assert {load.mass.kg for load in loads if isinstance(load, rs.External)} == {10.0}

    def test_the_dose_follows_the_week(self) -> None:
        """A deload keeps the load, cuts sets and leaves more in reserve."""
        made = replan(PLAN, followed(PLAN, WEEK_4), WEEK_4)
        usual, deload = (asked_of(made.weeks[week].sessions[0], "squat") for week in (3, 4))
        assert made.weeks[4].deload
        assert deload.load == usual.load
        assert deload.sets < usual.sets
        assert deload.rir is not None
        assert usual.rir is not None
        assert deload.rir.reps > usual.rir.reps

    def test_running_that_jumps_holds_what_is_new(self) -> None:
        """In a week with much more running no ladder is expected to move on, planned again or not."""
        calendar = rs.Calendar(
            runs=tuple(
                rs.Run(date=PLAN.start + dt.timedelta(days=7 * week + day), distance=rs.km(30 if week == 7 else 15))
                for week in range(14)
                for day in (1, 3, 6)
            )
        )
        plan = rs.plan(RUNNER.with_calendar(calendar), weeks=12)
        assert any(each.what == "nothing new in week 8" for each in plan.decisions)
        made = replan(plan, followed(plan, WEEK_4), WEEK_4)
        for each in (plan, made):
            assert not [told for told in each.decisions if told.what.startswith("from week 8:")]

    def test_what_was_not_earned_is_not_asked(self) -> None:
        """Under the range twice, the loaded calf raise that the plan expected waits."""
        log = followed(PLAN, WEEK_4)
        weak = [
            done(asked_of(session, "calf-raise-straight"), session, amount=8)
            for session in PLAN.sessions
            if session.date < WEEK_4
            and any(each.progression == "calf-raise-straight" for each in session.part(PartName.MAIN))
        ]
        made = replan(PLAN, with_done(log, *weak), WEEK_4)
        expected, now = (coming(each, "calf-raise-straight", WEEK_4)[0] for each in (PLAN, made))
        assert isinstance(expected.load, rs.FindLoad)
        assert now.load == rs.BodyWeight()

    def test_what_was_earned_early_is_asked(self) -> None:
        """A calf raise easy past ten gets its first load, of those the runner owns."""
        made = replan(PLAN, followed(PLAN, WEEK_4), WEEK_4)
        load = coming(made, "calf-raise-straight", WEEK_4)[0].load
        assert isinstance(load, rs.External)
        owned = [mass.kg for mass, _ in RUNNER.kit_at().loads_for(CATALOG.exercises["single-leg-calf-raise"].loaded_by)]
        assert load.mass.kg in owned

    def test_pain_over_five_brings_something_easier_until_sessions_clear_it(self) -> None:
        """The ladder does not move on while it is held."""
        session = PLAN.weeks[2].sessions[1]
        hurt = done(asked_of(session, "split-squat"), session, pain=rs.Pain(region=rs.Region.KNEE, score=6))
        made = replan(PLAN, with_done(followed(PLAN, WEEK_4), hurt), WEEK_4)
        asked = coming(made, "split-squat", WEEK_4)
        assert {each.exercise for each in asked} == {"split-squat"}
        assert all(each.degrees for each in asked)
        assert any("pain 6 of 10 stops it" in each.why for each in made.why("split-squat"))

    def test_a_red_flag_says_to_see_a_clinician(self) -> None:
        """Whatever the score."""
        session = PLAN.weeks[2].sessions[1]
        night = rs.Pain(region=rs.Region.KNEE, score=1, kind=PainKind.NIGHT)
        hurt = done(asked_of(session, "split-squat"), session, pain=night)
        made = replan(PLAN, with_done(followed(PLAN, WEEK_4), hurt), WEEK_4)
        assert any("see a clinician" in each.why for each in made.why("split-squat"))

    def test_a_layoff_lowers_the_first_week_and_no_more(self) -> None:
        """Three weeks without a session ask for less load at first, then for what was earned."""
        today = dt.date(2027, 1, 18)
        log = rs.evolve(followed(PLAN, WEEK_4), coverage=())
        made = replan(PLAN, log, today)
        loads = [each.load for each in coming(made, "squat", today)]
        kilograms = [load.mass.kg for load in loads if isinstance(load, rs.External)]
        assert kilograms[0] < 10.0
        assert kilograms[1] == 10.0
        assert any("days without it" in each.why for each in made.why("goblet-squat"))

    def test_a_ladder_that_the_log_shows_as_not_begun_starts_where_it_was_meant_to(self) -> None:
        """Three covered weeks without any session: no rung is taken on trust."""
        log = rs.Log(coverage=[rs.Coverage(first=PLAN.start, last=WEEK_4 - DAY, runs=False, strength=True)])
        made = replan(PLAN, log, WEEK_4)
        assert coming(made, "calf-raise-straight", WEEK_4)[0].load == rs.BodyWeight()
        assert any("nothing of it is done yet" in each.why for each in made.decisions)

    def test_heavy_weeks_take_their_load_from_the_estimated_maximum(self) -> None:
        """At most a tenth of moved mass over the heaviest shown, and the estimate is told with its error."""
        today = PLAN.weeks[6].start
        log = followed(PLAN, today)
        squats = [
            done(asked_of(session, "squat"), session, amount=10, load=rs.External(rs.kg(12.5)), rir=1)
            for session in PLAN.sessions
            if session.date < today and holds(session, "squat")
        ]
        made = replan(PLAN, with_done(log, *squats), today)
        heavy = asked_of(made.weeks[6].sessions[0], "squat")
        assert isinstance(heavy.load, rs.External)
        exercise = CATALOG.exercises[heavy.exercise]
        moved = [each + exercise.body_mass_share * 74 for each in (12.5, heavy.load.mass.kg)]
        assert moved[1] <= 1.1 * moved[0]
        told = [each for each in made.why(heavy.exercise) if "stand for a maximum" in each.why]
        assert len(told) == 1
        assert re.search(r"about \d+ kg \(\d+ to \d+\)", told[0].why)
        assert "llanos-lagos-2024" in told[0].sources

    def test_light_days_of_another_range_cost_nothing(self) -> None:
        """Five repetitions on a heavy day are no miss on a ladder of eight to twelve."""
        today = PLAN.weeks[9].start
        made = replan(PLAN, followed(PLAN, today), today)
        squat = coming(made, "squat", today)[0]
        assert isinstance(squat.load, rs.External)
        assert squat.load.mass.kg == 10.0

    def test_light_legs_with_more_in_reserve_for_good_still_earn(self) -> None:
        """Light sessions leave three where the rung asks for two: who meets that week by week moves on."""
        today = dt.date(2027, 1, 4)
        made = replan(PLAN, followed(PLAN, WEEK_4), WEEK_4)
        curls = asked_of(made.weeks[3].sessions[1], "hamstring-curl")
        assert curls.rir == rs.RIR(3)
        limits = rs.Limits.of(rs.load_rules())
        earned = earned_on(made, followed(made, today), CATALOG, limits)["hamstring-curl"]
        assert earned.reason(rs.ReasonCode.LIGHTER_DAY) is None
        assert earned.stepped is not None or earned.state.met

    def test_later_weeks_are_told_as_expectations_once(self) -> None:
        """However often it is planned again."""
        made = replan(PLAN, followed(PLAN, WEEK_4), WEEK_4)
        later = WEEK_4 + 7 * DAY
        again = replan(made, followed(made, later), later)
        assert [each.what for each in again.decisions].count("later weeks are expectations") == 1

    def test_steps_to_come_are_told_anew_and_stale_ones_go(self) -> None:
        """What the first plan expected from now on gives way to what is expected now."""
        made = replan(PLAN, followed(PLAN, WEEK_4), WEEK_4)
        stale = [each for each in PLAN.decisions if re.match(r"from week (?:[4-9]|1\d): ", each.what)]
        assert stale
        assert not [each for each in made.decisions if each in stale]

    def test_sessions_that_change_are_measured_anew(self) -> None:
        """Their minutes are honest and fit the day."""
        made = replan(PLAN, followed(PLAN, WEEK_4), WEEK_4)
        changed = [session for session in made.sessions if session != PLAN.session(session.id)]
        assert changed
        assert all(session.date >= WEEK_4 for session in changed)
        assert all(session.minutes.seconds <= RUNNER.session_length.seconds for session in changed)

    def test_done_beside_the_plan_is_taken_in_or_passed_by(self) -> None:
        """Both are said."""
        extra = [
            rs.Performance(date=PLAN.start, exercise=name, sets=(rs.PerformedSet(amount=rs.Reps(8), rir=rs.RIR(3)),))
            for name in ("calf-raise", "pull-up")
            if name in CATALOG.exercises
        ]
        log = followed(PLAN, WEEK_4)
        made = replan(PLAN, rs.evolve(log, performances=(*log.performances, *extra)), WEEK_4)
        assert [each.what for each in made.why("calf-raise")] == ["done beside the plan: taken in"]
        others = [each.what for name in {each.exercise for each in extra} - {"calf-raise"} for each in made.why(name)]
        assert all(what == "done beside the plan: passed by" for what in others)


class TestPast:
    """Nothing performed is ever changed."""

    def test_a_session_of_today_that_is_done_stays(self) -> None:
        """Only what is still to come is dosed anew."""
        today = PLAN.weeks[3].sessions[0]
        log = followed(PLAN, today.date)
        log = rs.evolve(log, performances=(*log.performances, *whole(today)))
        made = replan(PLAN, log, today.date)
        assert made.session(today.id) == today
        assert made.session(PLAN.weeks[3].sessions[1].id) != PLAN.weeks[3].sessions[1]

    def test_the_plan_says_one_audit_the_last(self) -> None:
        """The verdict is that of the plan as it stands beside the log."""
        made = replan(PLAN, followed(PLAN, WEEK_4), WEEK_4)
        assert [each for each in made.decisions if each.what.startswith(AUDITED)] == [made.decisions[-1]]

    def test_verb_and_planner_do_the_same(self) -> None:
        """One way to plan again, whoever asks."""
        log = followed(PLAN, WEEK_4)
        assert rs.replan(PLAN, log, WEEK_4) == StandardPlanner().replan(PLAN, log, WEEK_4) == replan(PLAN, log, WEEK_4)


class TestRefused:
    """Bad input is named, with place, value, what is allowed and the cure."""

    @pytest.mark.parametrize("today", [PLAN.start - DAY, PLAN.end + DAY])
    def test_a_day_outside_the_plan(self, today: dt.date) -> None:
        """Before its start, after its end."""
        with pytest.raises(rs.InvalidValue, match=f"today: {today}; allowed: a day of the plan, from {PLAN.start}"):
            replan(PLAN, rs.Log(), today)

    def test_performances_that_are_not_done_yet(self) -> None:
        """Every one of them is named."""
        log = followed(PLAN, WEEK_4)
        with pytest.raises(
            rs.InvalidValue, match=r"log.performances\[\d+\].date: 2026-12-23; allowed: 2026-12-22"
        ) as caught:
            replan(PLAN, log, dt.date(2026, 12, 22))
        assert len(caught.value.problems) > 1

    def test_an_exercise_that_nobody_knows(self) -> None:
        """The nearest name is offered."""
        log = rs.Log(performances=[rs.Performance(date=PLAN.start, exercise="single-leg-calf-rise")])
        with pytest.raises(rs.UnknownName, match="did you mean 'single-leg-calf-raise'"):
            replan(PLAN, log, WEEK_4)

    def test_sets_in_another_unit(self) -> None:
        """Seconds of a calf raise are no repetitions."""
        session = PLAN.sessions[0]
        wrong = rs.Performance(
            date=session.date,
            session=session.id,
            exercise="single-leg-calf-raise",
            sets=(rs.PerformedSet(amount=rs.Hold(30)),),
        )
        with pytest.raises(rs.InvalidValue, match="an amount in reps"):
            replan(PLAN, rs.Log(performances=[wrong]), WEEK_4)
