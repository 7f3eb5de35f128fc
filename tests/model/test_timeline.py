"""Runner, log and plan as one sequence: the seam, the indices, and what heavy means."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from runstrong.model.catalog import Catalog
from runstrong.model.errors import UnknownName
from runstrong.model.log import Coverage, Log, Performance, PerformedSet
from runstrong.model.plan import Plan
from runstrong.model.prescription import Band, BodyWeight, External, FindLoad, Load, PercentOfMax, Reps
from runstrong.model.quantities import RIR, kg, km, minutes
from runstrong.model.runner import Runner
from runstrong.model.running import Race, Run, RunningWeek
from runstrong.model.timeline import Definitions, Timeline, emphasis_of, is_heavy, moved_mass
from runstrong.model.words import (
    BandTension,
    DayPart,
    Emphasis,
    ExerciseKind,
    Impact,
    PartName,
    Priority,
    RunKind,
    Side,
    Tissue,
    Weekday,
)

MONDAY = dt.date(2027, 1, 4)
DAY = dt.timedelta(days=1)
ADA = Runner(name="Ada", running=RunningWeek())


@pytest.fixture
def timeline(catalog: Catalog, words: Definitions) -> Any:
    """Give the maker of timelines."""

    def make(*, runner: Runner = ADA, log: Log | None = None, plan: Plan | None = None) -> Timeline:
        return Timeline(runner, catalog, words, log=log, plan=plan)

    return make


def covering(first: int, last: int, **what: bool) -> Coverage:
    """Return coverage from one day after Monday to another."""
    return Coverage(first=MONDAY + first * DAY, last=MONDAY + last * DAY, **what)


def done(
    day: int, exercise: str = "calf-raise", *, sets: int = 3, rir: float | None = 3, **changes: Any
) -> Performance:
    """Return sets of ten on a day after Monday."""
    made = PerformedSet(amount=Reps(10), rir=None if rir is None else RIR(rir))
    return Performance(**{"date": MONDAY + day * DAY, "exercise": exercise, "sets": [made] * sets, **changes})


class TestRunSeam:
    """What the log vouches for stands before what the plan says."""

    def test_planned_runs_stand_where_the_log_is_silent(self, timeline, plan: Plan) -> None:
        """Without a log every planned run stands, as planned."""
        assert timeline(plan=plan).runs == tuple((run, False) for run in plan.weeks[0].runs)

    def test_a_covered_day_without_a_run_is_a_rest_day(self, timeline, plan: Plan) -> None:
        """Where the log vouches that nothing was run, the planned run is gone."""
        line = timeline(plan=plan, log=Log(coverage=[covering(0, 3)]))
        assert [(run.date, performed) for run, performed in line.runs] == [(MONDAY + 6 * DAY, False)]

    def test_a_run_done_replaces_the_planned_one_of_that_day(self, timeline, plan: Plan) -> None:
        """A logged run stands for its day even where the log declares no coverage."""
        line = timeline(plan=plan, log=Log(runs=[Run(date=MONDAY + DAY, distance=km(5))]))
        assert [(run.distance, performed) for run, performed in line.runs] == [(km(5), True), (km(16), False)]

    def test_coverage_of_strength_says_nothing_about_runs(self, timeline, plan: Plan) -> None:
        """A log that vouches for strength alone leaves planned runs standing."""
        line = timeline(plan=plan, log=Log(coverage=[covering(0, 13, runs=False, strength=True)]))
        assert len(line.runs) == 2

    def test_order_is_by_day_and_part(self, timeline) -> None:
        """Runs come by date and part of the day, however the log was written."""
        log = Log(runs=[Run(date=MONDAY + DAY), Run(date=MONDAY, day_part=DayPart.EVENING),
                        Run(date=MONDAY, day_part=DayPart.MORNING)])  # fmt: skip
        told = [(run.date, run.day_part) for run, _ in timeline(log=log).runs]
        assert told == [(MONDAY, DayPart.MORNING), (MONDAY, DayPart.EVENING), (MONDAY + DAY, DayPart.UNKNOWN)]


class TestKilometers:
    """Unknown is not zero."""

    def test_weekly_sums(self, timeline) -> None:
        """Kilometers add up by the runner's week, weeks in order; weeks without runs are absent, not zero."""
        log = Log(runs=[Run(date=MONDAY + day * DAY, distance=km(day + 1)) for day in (14, 0, 6, 6)])
        assert timeline(log=log).weekly_km == {MONDAY: 15.0, MONDAY + 14 * DAY: 15.0}
        assert list(timeline(log=log).weekly_km) == [MONDAY, MONDAY + 14 * DAY]

    def test_one_unknown_distance_makes_the_sum_unknown(self, timeline) -> None:
        """A run without a distance makes its day and week unknown, wherever in the week it stands, and no other."""
        for unknown in range(3):
            runs = [Run(date=MONDAY + day * DAY, distance=None if day == unknown else km(5)) for day in (0, 1, 2, 7)]
            line = timeline(log=Log(runs=runs))
            assert line.weekly_km == {MONDAY: None, MONDAY + 7 * DAY: 5.0}
            assert line.km_by_day[MONDAY + unknown * DAY] is None

    def test_the_runners_week_start_decides(self, timeline) -> None:
        """With weeks from Sunday the long run opens the next week."""
        log = Log(runs=[Run(date=MONDAY, distance=km(5)), Run(date=MONDAY + 6 * DAY, distance=km(16))])
        runner = Runner(name="Ada", running=RunningWeek(), week_start=Weekday.SUNDAY)
        assert timeline(runner=runner, log=log).weekly_km == {MONDAY - DAY: 5.0, MONDAY + 6 * DAY: 16.0}

    def test_longest_run_of_a_window(self, timeline) -> None:
        """The window reaches back its days from the day before, both ends included, and skips unknown distances."""
        distances = {0: km(20), 1: None, 5: km(12), 30: km(30)}
        log = Log(runs=[Run(date=MONDAY + day * DAY, distance=each) for day, each in distances.items()])
        line = timeline(log=log)
        assert line.longest_run_before(MONDAY + 30 * DAY, 30) == 20
        assert line.longest_run_before(MONDAY + 30 * DAY, 29) == 12
        assert line.longest_run_before(MONDAY + 31 * DAY, 30) == 30
        assert line.longest_run_before(MONDAY, 30) is None
        assert line.longest_run_before(MONDAY + 2 * DAY, 1) is None

    def test_first_day_known(self, timeline, plan: Plan) -> None:
        """Runs are known from the first run or the first day that the log covers for runs."""
        assert timeline().first_run_day is None
        assert timeline(plan=plan).first_run_day == MONDAY + DAY
        assert timeline(plan=plan, log=Log(coverage=[covering(-9, -8)])).first_run_day == MONDAY - 9 * DAY
        silent = Log(coverage=[covering(-9, -8, runs=False, strength=True)])
        assert timeline(plan=plan, log=silent).first_run_day == MONDAY + DAY


class TestSessionSeam:
    """Performed where the log speaks, planned where it does not."""

    def told(self, line: Timeline) -> list[tuple[str, bool]]:
        """Return ids with whether they were performed."""
        return [(session.id, session.performed) for session in line.sessions]

    def test_planned_without_a_log(self, timeline, plan: Plan) -> None:
        """Without a log all sessions stand as planned."""
        assert self.told(timeline(plan=plan)) == [("mon", False), ("thu", False), ("next", False)]

    def test_a_covered_day_drops_what_was_not_done(self, timeline, plan: Plan) -> None:
        """A session on a day that the log covers for strength, and does not hold, was missed."""
        line = timeline(plan=plan, log=Log(coverage=[covering(0, 3, strength=True)]))
        assert self.told(line) == [("next", False)]
        assert self.told(timeline(plan=plan, log=Log(coverage=[covering(0, 3)])))[0] == ("mon", False)

    def test_a_performed_session_stands_once(self, timeline, plan: Plan) -> None:
        """A session done on another day than planned stands on the day it was done, once."""
        line = timeline(plan=plan, log=Log(performances=[done(1, session="mon"), done(1, "push-up", session="mon")]))
        assert self.told(line) == [("mon", True), ("thu", False), ("next", False)]
        assert line.sessions[0].date == MONDAY + DAY
        assert [row.exercise.id for row in line.sessions[0].rows] == ["calf-raise", "push-up"]

    def test_a_skipped_session_is_no_load(self, timeline, plan: Plan) -> None:
        """A session that a person skipped stands nowhere on the timeline."""
        assert self.told(timeline(plan=plan.skip("mon", "ill"))) == [("thu", False), ("next", False)]

    def test_performances_without_a_session_make_one_a_day(self, timeline) -> None:
        """What was done without a plan is one session a day, in an order of performances that does not matter."""
        performances = [done(1), done(0, day_part=DayPart.EVENING), done(0, "push-up", duration=minutes(20))]
        for order in (performances, performances[::-1]):
            line = timeline(log=Log(performances=order))
            assert self.told(line) == [("log-20270104", True), ("log-20270105", True)]
            assert [session.minutes for session in line.sessions] == [20, None]
            assert line.sessions[0].day_part is DayPart.EVENING

    def test_sessions_between_includes_both_ends(self, timeline, plan: Plan) -> None:
        """Both the first and the last day asked for are included."""
        line = timeline(plan=plan)
        between = line.sessions_between(MONDAY, MONDAY + 3 * DAY)
        assert [session.id for session in between] == ["mon", "thu"]
        assert line.sessions_between(MONDAY + DAY, MONDAY + 2 * DAY) == ()

    def test_days_and_weeks_with_sessions(self, timeline, plan: Plan) -> None:
        """Days and weeks with a session are listed in order, and rows by exercise follow them."""
        line = timeline(plan=plan)
        assert line.session_days == (MONDAY, MONDAY + 3 * DAY, MONDAY + 7 * DAY)
        assert line.weeks == (MONDAY, MONDAY + 7 * DAY)
        assert [row.date for row in line.rows_by_exercise["push-up"]] == list(line.session_days)
        assert len(line.rows) == 9
        assert list(line.plan_weeks) == [MONDAY, MONDAY + 7 * DAY]
        assert {week: len(held) for week, held in line.strength_weeks.items()} == {MONDAY: 2, MONDAY + 7 * DAY: 1}

    def test_a_week_of_warm_ups_is_no_week_of_strength(self, timeline) -> None:
        """Mobility stands beside strength in its week and makes none of its own."""
        log = Log(performances=[done(0), *(done(day, part=PartName.WARM_UP) for day in (1, 8))])
        line = timeline(log=log)
        assert line.weeks == (MONDAY, MONDAY + 7 * DAY)
        assert {week: len(held) for week, held in line.strength_weeks.items()} == {MONDAY: 2}

    def test_vouched_days(self, timeline, plan: Plan) -> None:
        """Plan days and covered days are spoken for; any other day is unknown."""
        line = timeline(plan=plan, log=Log(coverage=[covering(-7, -5)]))
        days = [-8, -7, -5, -4, 0, 13, 14]
        told = [line.vouches_for(MONDAY + day * DAY, "runs") for day in days]
        assert told == [False, True, True, False, True, True, False]
        assert not line.vouches_for(MONDAY - 7 * DAY, "strength")

    def test_a_log_of_runs_says_nothing_about_strength(self, timeline, plan: Plan) -> None:
        """Strength counts as recorded where it is covered, done or planned."""
        assert not timeline(log=Log(runs=[Run(date=MONDAY)], coverage=[covering(0, 1)])).records_strength
        assert timeline(log=Log(coverage=[covering(0, 1, strength=True)])).records_strength
        assert timeline(log=Log(performances=[done(0)])).records_strength
        assert timeline(plan=plan).records_strength


class TestRows:
    """One exercise on one day."""

    def test_planned_rows_hold_what_was_asked(self, timeline, plan: Plan) -> None:
        """A planned row has the top of the amount, the sets and the prescription itself."""
        row = timeline(plan=plan).sessions[0].rows[1]
        assert (row.exercise.id, row.sets, row.amount, row.rir, row.performed) == ("calf-raise", 3, 10, RIR(3), False)
        assert row.prescription == plan.sessions[0].part(PartName.MAIN).prescriptions[0]

    def test_performed_rows_hold_the_hardest_set(self, timeline) -> None:
        """A performed row pairs sides and has the best amount, the heaviest load and the least reserve."""
        sets = [
            PerformedSet(side=Side.LEFT, amount=Reps(12), load=External(kg(10)), rir=RIR(4)),
            PerformedSet(side=Side.RIGHT, amount=Reps(8), load=External(kg(12)), rir=RIR(1)),
        ]
        for order in (sets, sets[::-1]):
            (row,) = timeline(log=Log(performances=[Performance(date=MONDAY, exercise="calf-raise", sets=order)])).rows
            assert (row.sets, row.sides, row.amount, row.load, row.rir) == (1, 2, 12, External(kg(12)), RIR(1))

    def test_sets_not_recorded_are_unknown_effort(self, timeline) -> None:
        """A performance without sets has none, no amount and no known effort."""
        (row,) = timeline(log=Log(performances=[done(0, sets=0)])).rows
        assert (row.sets, row.amount, row.load, row.rir) == (0, 0, BodyWeight(), None)

    @pytest.mark.parametrize(
        ("load", "mass"),
        [(External(kg(20), 2), 20.0), (BodyWeight(), 0.0), (PercentOfMax(80), None), (Band(BandTension.LIGHT), None)],
    )
    def test_external_mass_where_it_is_stated(self, timeline, load: Load, mass: float | None) -> None:
        """External kilograms are known for kilograms and body weight alone."""
        log = Log(performances=[Performance(
            date=MONDAY, exercise="calf-raise", sets=[PerformedSet(amount=Reps(5), load=load)])])  # fmt: skip
        assert timeline(log=log).rows[0].external_kg == mass

    def test_the_plans_own_exercises_stand_before_the_catalog(self, timeline, plan: Plan, make_exercise) -> None:
        """An exercise that the plan carries is looked up there first; an unknown one is named."""
        own = make_exercise("calf-raise", name="Ada's own")
        line = timeline(plan=plan.__class__(**{**{f: getattr(plan, f) for f in
            ("runner", "start", "weeks", "catalog")}, "exercises": (own,)}))  # fmt: skip
        assert line.exercise("calf-raise").name == "Ada's own"
        assert line.exercise("push-up").id == "push-up"
        with pytest.raises(UnknownName, match="did you mean 'calf-raise'"):
            line.exercise("calf-rise")

    def test_moved_mass(self, make_exercise) -> None:
        """Moved mass is external load plus the exercise's share of body mass."""
        assert moved_mass(make_exercise(body_mass_share=0.9), 20, 60) == pytest.approx(74)

    def test_a_row_is_frozen_to_type_checkers_and_compared_by_content(self, timeline, plan: Plan) -> None:
        """Rows of two timelines of one plan are equal, hash alike and read as the call that makes them."""
        one, other = timeline(plan=plan).rows[0], timeline(plan=plan).rows[0]
        assert one == other
        assert hash(one) == hash(other)
        assert repr(one).startswith("Row(date(2027, 1, 4)")
        assert not hasattr(one, "__dict__")


class TestHardSets:
    """Sets per week and tissue."""

    def test_primary_whole_secondary_by_share(self, timeline, plan: Plan) -> None:
        """A set counts whole for a primary tissue and half for a secondary one, week by week."""
        assert timeline(plan=plan).sets_by_week == {
            MONDAY: {Tissue.CALF_GASTROCNEMIUS: 6, Tissue.CALF_SOLEUS: 3, Tissue.PECTORALS: 6, Tissue.TRICEPS: 3},
            MONDAY + 7 * DAY: {
                Tissue.CALF_GASTROCNEMIUS: 3,
                Tissue.CALF_SOLEUS: 1.5,
                Tissue.PECTORALS: 3,
                Tissue.TRICEPS: 1.5,
            },
        }

    @pytest.mark.parametrize(
        ("changes", "counted"),
        [
            ({"rir": 4}, 3),
            ({"rir": 4.5}, 0),
            ({"rir": None}, 0),
            ({"rir": 0}, 3),
            ({"part": PartName.WARM_UP}, 0),
            ({"part": PartName.COOL_DOWN}, 0),
            ({"exercise": "leg-swing"}, 0),
        ],
    )
    def test_what_counts_as_hard(self, timeline, plan: Plan, changes: dict, counted: float) -> None:
        """Main work of a hard kind counts, at no more than four in reserve; unknown effort does not."""
        line = timeline(log=Log(performances=[done(0, **changes)]), plan=None)
        assert sum(line.sets_by_week.get(MONDAY, {}).values()) == counted * 1.5
        assert line.hard_sets(line.rows[0]) == counted

    def test_jumps_are_counted_as_contacts_not_sets(self, catalog: Catalog, words: Definitions, make_exercise) -> None:
        """A plyometric row is no hard set, however hard."""
        jump = make_exercise("hop", kind=ExerciseKind.PLYOMETRIC, impact=Impact.HIGH)
        line = Timeline(ADA, Catalog.of([jump]), words, log=Log(performances=[done(0, "hop", rir=0)]))
        assert line.sets_by_week == {}


class TestHeavy:
    """Heavy legs: 70 % of 1RM or more, RIR 2 or less, or medium or high impact jumps."""

    @pytest.mark.parametrize(
        ("load", "rir", "heavy"),
        [
            (PercentOfMax(70), None, True),
            (PercentOfMax(69.9), None, False),
            (PercentOfMax(69.9), RIR(2), True),
            (FindLoad(RIR(2)), None, True),
            (FindLoad(RIR(3)), None, False),
            (BodyWeight(), RIR(2), True),
            (BodyWeight(), RIR(2.5), False),
            (External(kg(200)), None, False),
            (BodyWeight(), None, False),
        ],
    )
    def test_leg_strength(self, make_exercise, words: Definitions, load: Load, rir: RIR | None, heavy: bool) -> None:
        """Leg work is heavy by share of the maximum or by effort; what is unknown is not taken for heavy."""
        assert is_heavy(make_exercise(), load, rir, words) is heavy

    @pytest.mark.parametrize("impact", [Impact.LOW, Impact.MEDIUM, Impact.HIGH])
    def test_jumps_by_impact(self, make_exercise, words: Definitions, impact: Impact) -> None:
        """Jumps are heavy by impact alone."""
        jump = make_exercise(kind=ExerciseKind.PLYOMETRIC, impact=impact)
        assert is_heavy(jump, BodyWeight(), RIR(0), words) is (impact is not Impact.LOW)

    def test_nothing_above_the_hips_is_heavy_legs(self, make_exercise, words: Definitions) -> None:
        """A push-up to failure leaves the legs fresh."""
        push = make_exercise(primary=[Tissue.PECTORALS], secondary=[])
        assert not is_heavy(push, PercentOfMax(95), RIR(0), words)

    def test_stretches_with_an_effort_are_not_heavy(self, make_exercise, words: Definitions) -> None:
        """Effort makes only hard kinds heavy."""
        assert not is_heavy(make_exercise(kind=ExerciseKind.STATIC_STRETCH), BodyWeight(), RIR(0), words)

    def test_the_numbers_are_data(self, make_exercise) -> None:
        """Other definitions draw the line elsewhere."""
        strict = Definitions(heavy_percent=80, heavy_rir=0, secondary_share=0.5, low_effort_rir=4, felt_error=1)
        assert not is_heavy(make_exercise(), PercentOfMax(79), RIR(1), strict)


class TestEmphasis:
    """What a session asks of the legs follows from what it holds."""

    def test_from_the_hardest(self, make_exercise, words: Definitions) -> None:
        """Heavy legs before light legs before upper and trunk before mobility."""
        heavy = (make_exercise(), BodyWeight(), RIR(1))
        light = (make_exercise(), BodyWeight(), RIR(4))
        upper = (make_exercise(primary=[Tissue.PECTORALS], secondary=[]), BodyWeight(), RIR(0))
        mobility = (make_exercise(kind=ExerciseKind.MOBILITY), BodyWeight(), None)
        entries = [heavy, light, upper, mobility]
        told = [emphasis_of(entries[n:], words) for n in range(5)]
        assert told == [*Emphasis, Emphasis.MOBILITY]

    def test_balance_is_light_leg_work(self, make_exercise, words: Definitions) -> None:
        """Balance on one leg works the legs, though it is no hard set."""
        entry = (make_exercise(kind=ExerciseKind.BALANCE), BodyWeight(), None)
        assert emphasis_of([entry], words) is Emphasis.LIGHT_LEGS

    def test_warm_up_does_not_count(self, timeline) -> None:
        """What stands in the warm-up leaves the emphasis alone."""
        (session,) = timeline(log=Log(performances=[done(0, rir=0, part=PartName.WARM_UP)])).sessions
        assert session.emphasis is Emphasis.MOBILITY

    def test_it_is_derived_not_believed(self, timeline, plan: Plan, make_prescription) -> None:
        """A session made heavy by a swap stands as heavy on the timeline, whatever the plan still says."""
        made = plan.swap("mon", "calf-raise", make_prescription(rir=RIR(1)))
        assert timeline(plan=made).sessions[0].emphasis is Emphasis.HEAVY_LEGS


class TestBigRaces:
    """A and B races from wherever they are known."""

    def test_run_planned_or_only_on_the_calendar(self, timeline) -> None:
        """Races of the log and of the runner are listed once, in order, without C races."""
        runner = Runner(
            name="Ada",
            running=RunningWeek(),
            races=[
                Race(id="main", date=MONDAY + 9 * DAY),
                Race(id="again", date=MONDAY),
                Race(id="fun", date=MONDAY + DAY, priority=Priority.C),
            ],
        )
        log = Log(runs=[Run(date=MONDAY, kind=RunKind.RACE, priority=Priority.B)])
        assert timeline(runner=runner, log=log).big_races == (MONDAY, MONDAY + 9 * DAY)
