"""Laws of re-planning, over plans of real runners and logs that follow them in part."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import NamedTuple

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runstrong.auditor import audit
from runstrong.catalog import load_catalog
from runstrong.codec import read
from runstrong.model.log import Coverage, Log, Performance, PerformedSet, Readiness
from runstrong.model.plan import Plan, Session
from runstrong.model.prescription import Band, BodyWeight, External, FindLoad, Load, PercentOfMax, Prescription
from runstrong.model.quantities import RIR, Duration, kg
from runstrong.model.runner import Runner
from runstrong.model.running import Pain
from runstrong.model.timeline import Definitions, emphasis_of
from runstrong.model.value import evolve
from runstrong.model.words import Emphasis, Equipment, Form, PainKind, PartName, Phase, Region, Severity, Side
from runstrong.placement import Placed, Surroundings, broken_by
from runstrong.planner import estimated_seconds, plan, replan
from runstrong.rules import load_rules

ROOT = Path(__file__).resolve().parents[2]
FILES = [*sorted((ROOT / "examples").glob("*.yaml")), *sorted((ROOT / "tests" / "runners").glob("*.yaml"))]
PLANS = {path.stem: plan(found) for path in FILES if isinstance(found := read(path), Runner)}
RULES, CATALOG = load_rules(), load_catalog()
WORDS = Definitions.of(RULES)
MOODS = ("as asked", "as asked", "as asked", "better", "better", "worse", "pain", "flag", "other")
SLOW = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))


class Case(NamedTuple):
    """A plan, what was done of it, and the day on which it is planned again."""

    plan: Plan
    log: Log
    today: dt.date


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw a plan and a log that follows it in part: done, missed, on another day, better, worse, in pain."""
    made = PLANS[draw(st.sampled_from(sorted(PLANS)))]
    today = made.start + dt.timedelta(days=draw(st.integers(0, (made.end - made.start).days)))
    log = draw(logs(made, today))
    return Case(made, log, today)


@st.composite
def missed(draw: st.DrawFn) -> Case:
    """Draw a plan and a log without its latest session, on one of the days after it, all days vouched for."""
    made = PLANS[draw(st.sampled_from(sorted(PLANS)))]
    left_out = draw(st.sampled_from(made.sessions))
    today = min(made.end, left_out.date + dt.timedelta(days=draw(st.integers(1, 3))))
    log = draw(logs(made, today))
    kept = [done for done in log.performances if abs((done.date - left_out.date).days) > 1 or done.date == today]
    whole = Coverage(first=made.start, last=max(made.start, today - dt.timedelta(days=1)), strength=True)
    return Case(made, evolve(log, coverage=(whole,), performances=tuple(kept)), today)


@st.composite
def logs(draw: st.DrawFn, made: Plan, today: dt.date) -> Log:
    """Draw a log of the sessions before and on `today`."""
    found: list[Performance] = []
    kilograms = {name: draw(st.integers(4, 40)) for name in ("arms", "legs")}
    named = draw(st.booleans())
    for session in made.sessions:
        if session.date > today:
            break
        what = draw(st.sampled_from(["done", "done", "done", "missed", "a day early", "half"]))
        if what == "missed":
            continue
        day = session.date - dt.timedelta(days=1) if what == "a day early" else session.date
        mood = draw(st.sampled_from(MOODS))
        main = session.part(PartName.MAIN).prescriptions
        for place, asked in enumerate(main[: 3 if what == "half" else None]):
            # One exercise of a session goes another way than the rest.
            one = mood if place == len(main) // 2 else "as asked"
            id = session.id if named else None
            found.append(performed(asked, day, id, one, kilograms["legs" if place % 2 else "arms"]))
    coverage = []
    if draw(st.booleans()) and today > made.start:
        first = made.start + dt.timedelta(days=draw(st.integers(0, (today - made.start).days)))
        coverage.append(Coverage(first=first, last=max(first, today - dt.timedelta(days=1)), strength=True))
    mornings = draw(st.lists(st.integers(0, 20), max_size=2, unique=True))
    readiness = [
        Readiness(date=made.start + dt.timedelta(days=day), sleep=Duration(18_000.0), ill=day % 2 == 0)
        for day in mornings
        if made.start + dt.timedelta(days=day) <= today
    ]
    return Log(coverage=coverage, performances=found, readiness=readiness)


def performed(asked: Prescription, day: dt.date, id: str | None, mood: str, kilos: int) -> Performance:
    """Return a prescription as done in a mood."""
    load: Load = External(kg(kilos)) if isinstance(asked.load, (FindLoad, PercentOfMax)) else asked.load
    high, low = asked.amount.high, asked.amount.low
    amount = {"better": high + 2, "worse": max(1, low - 3), "other": low}.get(mood, high)
    one = PerformedSet(
        amount=type(asked.amount)(amount),
        load=load,
        rir=RIR(4.0 if mood == "better" else 0.0 if mood == "worse" else 3.0) if asked.rir is not None else None,
        failed_form=(Form.KNEE_LINE,) if mood == "other" else (),
    )
    sides = (Side.LEFT, Side.RIGHT) if asked.side is Side.BOTH else (Side.NONE,)
    kind = PainKind.NIGHT if mood == "flag" else PainKind.DULL
    score = {"pain": 6, "flag": 2, "worse": 3}.get(mood, 0)
    return Performance(
        date=day,
        exercise=asked.exercise,
        session=id,
        sets=tuple(evolve(one, side=side) for _ in range(asked.sets) for side in sides),
        pain=(Pain(region=Region.KNEE, score=score, kind=kind),),
    )


def done_in(log: Log, plan_: Plan) -> set[str]:
    """Return the ids of the sessions that the log names."""
    return {done.session for done in log.performances if done.session} & {each.id for each in plan_.sessions}


def moved_in(before: Plan, after: Plan, today: dt.date) -> list[tuple[Session, Session]]:
    """Return the sessions from before `today` that now stand on it or later."""
    pairs = [(session, after.session(session.id)) for session in before.sessions]
    return [(old, new) for old, new in pairs if old.date < today and old.date != new.date]


class TestSilence:
    """A log that holds no performances and vouches for no session day changes nothing at all."""

    @given(st.sampled_from(sorted(PLANS)), st.integers(0, 60))
    @SLOW
    def test_the_very_same_plan(self, name: str, day: int) -> None:
        """Whatever else it holds: coverage of runs, mornings, days ahead."""
        made = PLANS[name]
        today = min(made.end, made.start + dt.timedelta(days=day))
        log = Log(
            coverage=[
                Coverage(first=made.start, last=made.end, runs=True),
                Coverage(first=today, last=made.end, strength=True),
            ],
            readiness=[Readiness(date=made.start, ill=True)],
        )
        assert replan(made, log, today) == made
        assert replan(made, Log(), today) == made


class TestPast:
    """The past is untouched: runs, sessions before today but moved ones, and all that is done."""

    @given(cases())
    @SLOW
    def test_nothing_before_today_changes(self, case: Case) -> None:
        """A moved session keeps its id; what is done stays wherever it stands, today's too."""
        after = replan(*case)
        assert [week.runs for week in after.weeks] == [week.runs for week in case.plan.weeks]
        assert {each.id for each in after.sessions} == {each.id for each in case.plan.sessions}
        moved = {old.id for old, _ in moved_in(case.plan, after, case.today)}
        done = done_in(case.log, case.plan)
        for session in case.plan.sessions:
            if session.id in done or (session.date < case.today and session.id not in moved):
                assert after.session(session.id) == session


class TestMissed:
    """A day is missed only where the log says so; what is missed is moved or let go, never doubled up."""

    @given(missed())
    @SLOW
    def test_moved_within_the_week_and_never_doubled(self, case: Case) -> None:
        """A later day of its own week, alone on its day, one more than was left at most, told with its reason."""
        after = replan(*case)
        for old, new in moved_in(case.plan, after, case.today):
            assert case.log.covers(old.date, "strength")
            assert old.id not in done_in(case.log, case.plan)
            assert new.date >= case.today
            assert after.runner.week_of(new.date) == after.runner.week_of(old.date)
            assert any(decision.what.startswith("moved to") for decision in after.why(old.id))
        for before, week in zip(case.plan.weeks, after.weeks, strict=True):
            ahead = [session.date for session in week.sessions if session.date >= case.today]
            planned = [session.date for session in before.sessions if session.date >= case.today]
            assert len(ahead) <= len(planned) + (before.start <= case.today)
            assert len(set(ahead)) == len(ahead)
            assert list(week.sessions) == sorted(week.sessions, key=lambda each: (each.date, each.day_part.order))

    @given(missed())
    @SLOW
    def test_a_moved_session_breaks_no_hard_constraint(self, case: Case) -> None:
        """Runs and races around its new day leave room for what it asks of the legs."""
        after = replan(*case)
        runner = after.runner
        for _, new in moved_in(case.plan, after, case.today):
            around = Surroundings(runner.runs_on, runner, RULES, runner.novice)
            assert broken_by(Placed(new.date, new.day_part, new.emphasis), around) is None

    @given(cases())
    @SLOW
    def test_without_coverage_nothing_is_missed(self, case: Case) -> None:
        """What is not recorded may have been done."""
        after = replan(case.plan, evolve(case.log, coverage=()), case.today)
        assert moved_in(case.plan, after, case.today) == []


class TestPeople:
    """Pinned and skipped sessions stay, and so does what people changed."""

    @given(cases(), st.data())
    @SLOW
    def test_edits_survive(self, case: Case, data: st.DataObject) -> None:
        """Pin, skip, move, swap and drop hold after re-planning."""
        ahead = [session for session in case.plan.sessions if session.date > case.today]
        if len(ahead) < 3:
            return
        pinned, skipped, swapped = data.draw(st.permutations(ahead))[:3]
        main = swapped.part(PartName.MAIN).prescriptions
        mine = evolve(main[0], sets=1, note="mine")
        made = case.plan.pin(pinned.id).skip(skipped.id, "away").swap(swapped.id, main[0].exercise, mine)
        made = made.drop(swapped.id, main[-1].exercise) if len(main) > 2 else made
        after = replan(made, case.log, case.today)
        assert after.edits == made.edits
        done = done_in(case.log, made)
        assert after.session(pinned.id) == made.session(pinned.id)
        assert after.session(skipped.id) == made.session(skipped.id)
        now = after.session(swapped.id)
        assert now.date == swapped.date
        if swapped.id not in done:
            assert mine in now.part(PartName.MAIN).prescriptions
        if len(main) > 2:
            assert main[-1].exercise not in [each.exercise for each in now.part(PartName.MAIN)]


class TestSame:
    """The same question has the same answer, however often and in whatever order it is asked."""

    @given(cases())
    @settings(SLOW, max_examples=14)
    def test_doing_it_twice_changes_nothing_more(self, case: Case) -> None:
        """Idempotent: sessions and decisions alike."""
        once = replan(*case)
        twice = replan(once, case.log, case.today)
        assert twice.weeks == once.weeks
        assert twice.decisions == once.decisions
        assert twice == once

    @given(cases(), st.integers(1, 28))
    @SLOW
    def test_planning_again_from_week_to_week_settles_too(self, case: Case, days: int) -> None:
        """A plan that was planned again before is planned again as well as a fresh one."""
        earlier = max(case.plan.start, case.today - dt.timedelta(days=days))
        by_then = tuple(done for done in case.log.performances if done.date <= earlier)
        before = replan(case.plan, evolve(case.log, performances=by_then, coverage=()), earlier)
        once = replan(before, case.log, case.today)
        assert replan(once, case.log, case.today) == once

    @given(cases())
    @SLOW
    def test_the_order_of_the_log_does_not_matter(self, case: Case) -> None:
        """A log written backwards leads to the same plan."""
        backwards = evolve(case.log, performances=case.log.performances[::-1])
        assert replan(*case) == replan(case.plan, backwards, case.today)


class TestLimits:
    """Minutes, equipment, emphasis, weekly caps and the audit hold after as before."""

    @given(cases())
    @settings(SLOW, max_examples=14)
    def test_what_is_to_come_fits_the_day_and_the_place(self, case: Case) -> None:
        """Honest minutes within the day's, nothing that the place lacks, and the emphasis of what it holds."""
        after = replan(*case)
        runner = after.runner
        minutes = {each.day.number: each.minutes for each in runner.availability}
        for session in after.sessions:
            if session.date < case.today or session == case.plan.session(session.id):
                continue
            asked = [each for _, each in session.prescriptions()]
            assert 0 <= session.minutes.seconds - estimated_seconds(asked, RULES) < 60
            most = minutes.get(session.date.weekday()) or runner.session_length
            assert session.minutes.seconds <= min(most.seconds, runner.session_length.seconds)
            main = session.part(PartName.MAIN)
            held = ((CATALOG.exercises[each.exercise], each.load, each.rir) for each in main)
            assert session.emphasis is emphasis_of(held, WORDS)
            was = case.plan.session(session.id).emphasis
            assert session.emphasis is not Emphasis.HEAVY_LEGS or was is Emphasis.HEAVY_LEGS
            assert len({each.exercise for each in main}) == len(main)
            for each in asked:
                self.fits(runner, session, each, case.log)

    @staticmethod
    def fits(runner: Runner, session: Session, asked: Prescription, log: Log) -> None:
        """Assert that an exercise stands ready where the session is, and its load too, or was set before."""
        kit, exercise = runner.kit_at(session.place), CATALOG.exercises[asked.exercise]
        assert kit.owned.issuperset(exercise.equipment), asked.exercise
        if isinstance(asked.load, (External, FindLoad)):
            assert kit.owned & set(exercise.loaded_by), asked.exercise
        if isinstance(asked.load, External):
            ready = [mass.kg for mass, _ in kit.loads_for(exercise.loaded_by)]
            sets = [one for done in log.performances if done.exercise == asked.exercise for one in done.sets]
            ready += [one.load.mass.kg for one in sets if ready and isinstance(one.load, External)]
            assert not ready or min(abs(asked.load.mass.kg - mass) for mass in ready) < 0.05, asked
        if isinstance(asked.load, Band):
            assert kit.owned & {Equipment.BAND, Equipment.LOOP_BAND}

    @given(cases())
    @settings(SLOW, max_examples=14)
    def test_the_audit_leaves_nothing_grave_that_could_be_mended(self, case: Case) -> None:
        """Held beside the log, no finding at warning or above has a fix."""
        after = replan(*case)
        report = audit(after, log=case.log, rules=RULES, catalog=CATALOG, today=case.today)
        assert [finding for finding in report.at_least(Severity.WARNING) if finding.fix is not None] == []

    @given(cases())
    @SLOW
    def test_lighter_weeks_stay_lighter(self, case: Case) -> None:
        """In deload, taper and race weeks no loaded leg work leaves fewer than its share in reserve."""
        after = replan(*case)
        for week in after.weeks:
            if not week.deload and week.phase not in (Phase.TAPER, Phase.RACE):
                continue
            for session in week.sessions:
                if session.date >= case.today and session != case.plan.session(session.id):
                    assert session.emphasis is not Emphasis.HEAVY_LEGS
                    for each in session.part(PartName.MAIN):
                        assert isinstance(each.load, BodyWeight) or each.rir is None or each.rir.reps >= 3


class TestDecisions:
    """Each change can be asked why."""

    @given(cases())
    @SLOW
    def test_every_exercise_to_come_has_a_reason(self, case: Case) -> None:
        """Each exercise of each session has a decision about it, or about the ladder that brought it."""
        after = replan(*case)
        for session in after.sessions:
            for _, each in session.prescriptions():
                assert after.why(each.exercise), each.exercise

    @given(cases())
    @SLOW
    def test_the_last_decision_is_the_one_audit(self, case: Case) -> None:
        """No plan leaves unaudited, and only the last audit is told."""
        after = replan(*case)
        told = [decision for decision in after.decisions if decision.what.startswith("audited against")]
        assert told == [after.decisions[-1]]
        assert len(set(after.decisions)) == len(after.decisions)
