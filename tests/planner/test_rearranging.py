"""A plan for a runner whose circumstances changed: as near to the plan as it was as can be."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable
from pathlib import Path

import pytest

import runstrong as rs
from runstrong.ladder.access import unfit
from runstrong.model.value import evolve

EXAMPLES = Path(__file__).parents[2] / "examples"
PLANS = {name: rs.plan(rs.load(EXAMPLES / f"{name}.yaml", rs.Runner)) for name in ("runner", "novice", "marathoner")}
CATALOG = rs.load_catalog()


def other_week(plan: rs.Plan) -> rs.Runner:
    """Return the runner with every run a day later in the week."""
    runner, days = plan.runner, list(rs.Weekday)
    runs = [evolve(run, day=days[(days.index(run.day) + 1) % 7]) for run in runner.running.runs]
    return evolve(runner, running=evolve(runner.running, runs=tuple(runs)))


def new_race(plan: rs.Plan) -> rs.Runner:
    """Return the runner with another race, on the last day of the sixth week."""
    race = rs.Race(id="ten", name="Ten", date=plan.weeks[5].end, distance=rs.km(10), priority=rs.Priority.B)
    return evolve(plan.runner, races=(*plan.runner.races, race))


def bare_floor(plan: rs.Plan) -> rs.Runner:
    """Return the runner without any equipment, at home."""
    availability = tuple(evolve(each, place=None) for each in plan.runner.availability)
    return evolve(plan.runner, kits=(), place=rs.Place.HOME, availability=availability)


def hurt(plan: rs.Plan) -> rs.Runner:
    """Return the runner with a calf strain of yesterday."""
    injury = rs.Injury(region=rs.Region.CALF, side=rs.Side.LEFT, since=today(plan) - dt.timedelta(days=1))
    return evolve(plan.runner, injuries=(injury,))


def away(plan: rs.Plan) -> rs.Runner:
    """Return the runner on holiday in the fifth week."""
    week = plan.weeks[4]
    return evolve(plan.runner, exceptions=(rs.DatedAvailability(first=week.start, last=week.end, open=False),))


def today(plan: rs.Plan) -> dt.date:
    """Return a Wednesday of the third week, or what stands for it."""
    return plan.weeks[2].start + dt.timedelta(days=2)


CHANGES = (other_week, new_race, bare_floor, hurt, away)
Change = Callable[[rs.Plan], rs.Runner]


@functools.cache
def replanned(name: str, change: Change) -> rs.Plan:
    """Return a plan planned again for its changed runner, with nothing done."""
    plan = PLANS[name]
    return rs.replan(plan, rs.Log(), today(plan), runner=change(plan))


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
@pytest.mark.parametrize("name", PLANS)
class TestEveryChange:
    def test_what_is_done_and_what_is_decided_stays(self, name: str, change: Change) -> None:
        """Sessions and runs before today stay, and so do pinned and skipped ones."""
        plan = PLANS[name]
        later = [session for session in plan.sessions if session.date >= today(plan)]
        plan = plan.pin(later[1].id).skip(later[4].id, "wedding")
        made = rs.replan(plan, rs.Log(), today(plan), runner=change(plan))
        kept = {session.id: session for session in made.sessions}
        for session in plan.sessions:
            if session.date < today(plan) or session.pinned or session.skipped is not None:
                assert kept[session.id] == session
        before = [run for week in plan.weeks for run in week.runs if run.date < today(plan)]
        assert before == [run for week in made.weeks for run in week.runs if run.date < today(plan)]

    def test_no_grave_finding_is_left_that_an_edit_could_clear(self, name: str, change: Change) -> None:
        """The plan leaves audited, for the runner as they are now."""
        plan = PLANS[name]
        made = replanned(name, change)
        report = rs.audit(made, today=today(plan))
        assert [each for each in report.at_least(rs.Severity.WARNING) if each.fix is not None] == []
        assert made.runner == change(plan)

    def test_everything_can_be_done_where_it_stands(self, name: str, change: Change) -> None:
        """Kit, exclusions, positions and injuries of today hold for every session to come; so do days and minutes."""
        plan = PLANS[name]
        made = replanned(name, change)
        runner = made.runner
        for session in made.sessions:
            if session.date < today(plan) or session.skipped is not None:
                continue
            assert runner.opening_on(session.date) is not None
            assert session.minutes.minutes <= runner.minutes_on(session.date)
            for _, asked in session.prescriptions():
                exercise = CATALOG.exercises[asked.exercise]
                assert unfit(exercise, runner, runner.kit_at(session.place), session.date) is None, asked.exercise

    def test_doing_it_twice_changes_nothing_more(self, name: str, change: Change) -> None:
        """Planned again for the same runner on the same day, the plan is the very same."""
        plan = PLANS[name]
        once = replanned(name, change)
        assert rs.replan(once, rs.Log(), today(plan), runner=change(plan)) == once

    def test_what_changed_has_a_reason(self, name: str, change: Change) -> None:
        """Each session that moved, came or went is told in the decisions, by its id or its week."""
        plan = PLANS[name]
        made = replanned(name, change)
        kinds = (rs.ChangeKind.SESSION_MOVED, rs.ChangeKind.SESSION_SKIPPED, rs.ChangeKind.SESSION_GONE)
        told = {decision.about for decision in made.decisions}
        for each in rs.diff(plan, made).of(*kinds):
            where = plan.session(each.session or "")
            now = next((session for session in made.sessions if session.id == where.id), None)
            if now is not None and (now.date, now.day_part) == (where.date, where.day_part) and not now.skipped:
                assert any(f"at {now.place} instead of {where.place}" in each.what for each in made.why("season"))
                continue
            assert {where.id, f"week of {plan.week_of(where.date).start}"} & told, each


class TestLittle:
    def test_a_holiday_touches_its_week_alone(self) -> None:
        """No session of another week moves, comes or goes for a week away."""
        plan = PLANS["runner"]
        made = rs.replan(plan, rs.Log(), today(plan), runner=away(plan))
        week = plan.weeks[4]
        kinds = (rs.ChangeKind.SESSION_MOVED, rs.ChangeKind.SESSION_SKIPPED, rs.ChangeKind.SESSION_GONE)
        days = [plan.session(each.session or "").date for each in rs.diff(plan, made).of(*kinds)]
        assert days
        assert all(week.start <= day <= week.end for day in days)

    def test_lost_equipment_moves_no_session(self) -> None:
        """Exercises give way to what the floor allows; days stay."""
        plan = PLANS["runner"]
        made = rs.replan(plan, rs.Log(), today(plan), runner=bare_floor(plan))
        assert rs.diff(plan, made).of(rs.ChangeKind.SESSION_MOVED, rs.ChangeKind.SESSION_GONE) == ()
        assert rs.diff(plan, made).of(rs.ChangeKind.EXERCISE_SWAPPED) != ()

    def test_the_same_runner_changes_nothing(self) -> None:
        """Without news the very same plan comes back."""
        plan = PLANS["novice"]
        assert rs.replan(plan, rs.Log(), today(plan), runner=plan.runner) == plan

    def test_exclusions_of_the_plan_outlive_a_new_runner(self) -> None:
        """An exercise that people excluded stays out, although the runner's file does not know of it."""
        plan = PLANS["runner"]
        name = plan.sessions[-1].part(rs.PartName.MAIN).prescriptions[0].exercise
        decided = plan.exclude(name, since=plan.start, reason="knee")
        made = rs.replan(decided, rs.Log(), today(plan), runner=new_race(plan))
        assert name in made.runner.limitations.exclude
        later = [session for session in made.sessions if session.date >= today(plan)]
        assert all(each.exercise != name for session in later for _, each in session.prescriptions())

    def test_another_start_of_the_week_asks_for_a_new_plan(self) -> None:
        """Weeks that begin on another day cannot be those of the plan."""
        plan = PLANS["runner"]
        with pytest.raises(rs.InvalidValue, match="or plan anew"):
            rs.replan(plan, rs.Log(), today(plan), runner=evolve(plan.runner, week_start=rs.Weekday.SUNDAY))
