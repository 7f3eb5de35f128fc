"""What a person's change costs, what it keeps, and who signed it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import runstrong as rs

RUNNER = rs.load(Path(__file__).parents[2] / "examples" / "runner.yaml", rs.Runner)
PLAN = rs.plan(RUNNER, weeks=8)
CATALOG = rs.load_catalog()
HEAVY = next(each for each in PLAN.sessions if each.emphasis is rs.Emphasis.HEAVY_LEGS)
SATURDAY = HEAVY.date + dt.timedelta(days=5 - HEAVY.date.weekday())


class TestCost:
    def test_a_move_before_the_long_run_says_so(self) -> None:
        """The finding that it brings is told, with the fix that undoes the harm, and the way back clears it."""
        made = rs.edit(PLAN, rs.Move(session=HEAVY.id, to=SATURDAY))
        brought = [finding.rule for finding in made.brought]
        assert "CO01" in brought
        assert str(made).startswith("brings ")
        assert made.plan.session(HEAVY.id).date == SATURDAY
        assert [str(change.kind) for change in made.changes] == ["session-moved"]
        back = rs.edit(made.plan, rs.Move(session=HEAVY.id, to=HEAVY.date))
        assert "CO01" in [finding.rule for finding in back.cleared]

    def test_a_remark_costs_nothing(self) -> None:
        """Notes and pins bring no finding."""
        made = rs.edit(PLAN, rs.Note(session=HEAVY.id, text="with Ada"), rs.Pin(session=HEAVY.id))
        assert made.brought == made.cleared == ()
        assert str(made) == "costs nothing: no finding comes or goes"

    def test_what_changes_is_measured(self) -> None:
        """A session that loses an exercise is shorter at once, not of unknown length."""
        held = HEAVY.part(rs.PartName.MAIN).prescriptions[0].exercise
        made = rs.edit(PLAN, rs.Drop(session=HEAVY.id, exercise=held))
        assert 0 < made.plan.session(HEAVY.id).minutes.seconds < HEAVY.minutes.seconds

    def test_edits_are_recorded_in_order(self) -> None:
        """The plan remembers what people changed."""
        edits = (rs.Skip(session=HEAVY.id, reason="ill"), rs.Note(session=HEAVY.id, text="back soon"))
        assert rs.edit(PLAN, *edits).plan.edits == edits

    def test_an_edit_of_nothing_is_refused(self) -> None:
        """A misspelt session is told with the nearest."""
        with pytest.raises(rs.UnknownName, match="did you mean"):
            rs.edit(PLAN, rs.Pin(session=HEAVY.id + "x"))


class TestExclude:
    def test_it_leaves_every_later_session(self) -> None:
        """From the day on no session holds the exercise, before it all do, and the runner's exclusions know it."""
        name = HEAVY.part(rs.PartName.MAIN).prescriptions[0].exercise
        since = HEAVY.date + dt.timedelta(days=1)
        made = rs.edit(PLAN, rs.Exclude(exercise=name, since=since, reason="it hurts the knee")).plan
        for before, after in zip(PLAN.sessions, made.sessions, strict=True):
            held = [each.exercise for _, each in after.prescriptions()]
            if after.date >= since and after.skipped is None:
                assert name not in held
            elif after.date < since:
                assert after == before
        assert name in made.runner.limitations.exclude

    def test_planning_again_keeps_it_out(self) -> None:
        """Neither a new plan for that runner nor re-planning brings it back."""
        name = HEAVY.part(rs.PartName.MAIN).prescriptions[0].exercise
        made = PLAN.exclude(name, since=PLAN.start, reason="it hurts the knee")
        done = rs.Performance(
            date=PLAN.sessions[0].date,
            exercise="push-up",
            session=PLAN.sessions[0].id,
            sets=[rs.PerformedSet(amount=rs.Reps(8))],
        )
        again = rs.replan(made, rs.Log(performances=[done]), PLAN.sessions[0].date + dt.timedelta(days=1))
        for plan in (again, rs.plan(made.runner, weeks=8)):
            assert all(each.exercise != name for session in plan.sessions for _, each in session.prescriptions())


class TestApproval:
    def test_it_holds_until_something_changes(self) -> None:
        """A coach's signature stands through remarks and ends with the next change."""
        signed = PLAN.approve("Kim", on=dt.date(2026, 12, 1), note="go")
        assert signed.approval == rs.Approve(by="Kim", on=dt.date(2026, 12, 1), note="go")
        assert signed.note(HEAVY.id, "x").approval is not None
        assert signed.skip(HEAVY.id, "ill").approval is None
        assert PLAN.approval is None
        assert signed.sessions == PLAN.sessions

    def test_somebody_signs(self) -> None:
        """An approval without a name is refused."""
        with pytest.raises(rs.InvalidValue, match="the name of who approves"):
            rs.Approve(by=" ", on=dt.date(2026, 12, 1))

    def test_it_is_kept_in_the_document(self, tmp_path: Path) -> None:
        """Approvals and exclusions are written and read like other edits."""
        signed = PLAN.exclude("push-up", since=PLAN.start, reason="wrist").approve("Kim", on=dt.date(2026, 12, 1))
        rs.dump(signed, tmp_path / "plan.yaml")
        assert rs.load(tmp_path / "plan.yaml") == signed


class TestWhy:
    def test_each_exercise_and_session_has_a_reason(self) -> None:
        """Main exercises are told by name, sessions by their day and phase, each with a source or rule behind it."""
        for session in PLAN.sessions:
            told = PLAN.why(session)
            assert any(decision.about == "season" for decision in told), session.id
            assert any("CO01" in decision.sources for decision in told), session.id
            for asked in session.part(rs.PartName.MAIN):
                assert PLAN.why(asked), asked.exercise

    def test_a_week_and_a_day_are_told_alike(self) -> None:
        """A day is told as its week; one outside the plan is refused with the days that there are."""
        week = PLAN.weeks[3]
        assert PLAN.why(week) == PLAN.why(week.start) != ()
        with pytest.raises(rs.InvalidValue, match="a day from"):
            PLAN.why(dt.date(2020, 1, 1))

    def test_absences_are_told(self) -> None:
        """What is not planned has its reason under its own name."""
        absent = [decision for decision in PLAN.decisions if decision.what.startswith("left out")]
        assert absent
        assert all(decision.about in CATALOG.progressions and decision.why.strip() for decision in absent)


class TestFitting:
    """What is asked of an exercise has to be something that can be done."""

    def test_a_side_that_is_missing(self) -> None:
        """A one-sided exercise without a side is refused with the cure."""
        made = rs.plan(rs.load("examples/novice.yaml", rs.Runner), weeks=1)
        asked = rs.Prescription(exercise="single-leg-calf-raise", sets=2, amount=rs.Reps(8))
        with pytest.raises(rs.InvalidValue, match=r"side: none; allowed: both, left or right.*add side=Side.BOTH"):
            rs.edit(made, rs.Insert(session=made.sessions[0].id, part=rs.PartName.MAIN, prescription=asked))

    def test_another_unit(self) -> None:
        """Seconds of what is counted in repetitions are refused."""
        made = rs.plan(rs.load("examples/novice.yaml", rs.Runner), weeks=1)
        asked = rs.Prescription(exercise="single-leg-calf-raise", sets=2, amount=rs.Hold(30), side=rs.Side.BOTH)
        with pytest.raises(rs.InvalidValue, match="amount: 30 s; allowed: an amount counted in reps"):
            rs.edit(made, rs.Insert(session=made.sessions[0].id, part=rs.PartName.MAIN, prescription=asked))
