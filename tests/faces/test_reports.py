"""Plans, audits, rules and exercises as reports."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import attrs
import pytest

import runstrong as rs
from runstrong.faces import (
    audit_report,
    audit_summary,
    audit_table,
    exercise_page,
    plan_report,
    rule_page,
    to_markdown,
    to_text,
)
from runstrong.faces.blocks import Exercises
from runstrong.faces.wording import SAFETY, WHEN_TO_STOP

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def catalog() -> rs.Catalog:
    """Return the packaged catalog."""
    return rs.load_catalog()


@pytest.fixture(scope="module")
def plan() -> rs.Plan:
    """Return the season of the example runner."""
    return rs.plan(rs.load(EXAMPLES / "runner.yaml", rs.Runner))


@pytest.fixture(scope="module")
def text(plan: rs.Plan, catalog: rs.Catalog) -> str:
    """Return that season as printed."""
    return to_text(plan_report(plan, catalog))


class TestPlan:
    """A printed plan can be taken to the gym."""

    def test_every_line_fits_and_is_ascii(self, text: str) -> None:
        """100 columns hold it on any terminal; what the library itself says is plain ASCII."""
        assert max(map(len, text.splitlines())) <= 100
        # Authors keep their names.
        assert {char for char in text if ord(char) > 127} <= set("äåéöøØÄÅÉÖü")

    def test_every_session_and_exercise_is_there(self, text: str, plan: rs.Plan, catalog: rs.Catalog) -> None:
        """No session and no prescription is left out of the print."""
        flat = " ".join(text.split())
        for session in plan.sessions:
            assert text.count(f"Session {session.id},") == 1
            for _, asked in session.prescriptions():
                assert catalog.exercises[asked.exercise].name in flat

    def test_an_exercise_is_explained_once(self, plan: rs.Plan, catalog: rs.Catalog) -> None:
        """Set-up and cues stand where an exercise first appears and nowhere else."""
        explained: list[str] = []
        for block in plan_report(plan, catalog):
            if isinstance(block, Exercises):
                explained += [line.name for line in block.lines if any(label == "Set-up" for label, _ in line.details)]
        assert len(explained) == len(set(explained))
        assert set(explained) == {
            catalog.exercises[asked.exercise].name for s in plan.sessions for _, asked in s.prescriptions()
        }

    def test_every_exercise_says_why_it_is_there(self, plan: rs.Plan, catalog: rs.Catalog) -> None:
        """Always ask why or why not: a new exercise has a reason."""
        for block in plan_report(plan, catalog):
            for line in block.lines if isinstance(block, Exercises) else ():
                if line.mark == "new":
                    assert any(label == "Why" for label, _ in line.details), line.name

    def test_every_decision_is_told_once(self, plan: rs.Plan, catalog: rs.Catalog) -> None:
        """Nothing that the planner decided is kept from the runner."""
        flat = " ".join(to_text(plan_report(plan, catalog)).split())
        for decision in plan.decisions:
            assert decision.why[1:].split(":")[0] in flat, decision

    def test_calendar_has_each_day_once_a_week(self, text: str, plan: rs.Plan) -> None:
        """Seven days stand in each week, with their runs and sessions."""
        for week in plan.weeks:
            for offset in range(7):
                day = week.start + dt.timedelta(days=offset)
                assert sum(line.startswith(f"  {day:%a} {day}") for line in text.splitlines()) == 1

    def test_later_weeks_are_told_as_expectations_once(self, text: str, catalog: rs.Catalog) -> None:
        """The sentence stands at the head of the third week; a plan of two weeks has no later ones."""
        said = "This week and all after it are expectations that performance decides"
        assert text.count(said) == 1
        assert text.index("Week 3 of 14") < text.index(said) < text.index("Mon 2026-12-21 to")
        short = rs.plan(rs.load(EXAMPLES / "novice.yaml", rs.Runner), weeks=2)
        assert said not in to_text(plan_report(short, catalog))

    def test_a_plan_begun_midweek_starts_on_its_first_day(self, catalog: rs.Catalog) -> None:
        """Days before the plan are not shown as rest."""
        made = rs.plan(rs.load(EXAMPLES / "novice.yaml", rs.Runner), start=dt.date(2027, 1, 6), weeks=3)
        printed = to_text(plan_report(made, catalog))
        assert "Mon 2027-01-04" not in printed
        assert "Wed 2027-01-06" in printed

    def test_what_a_person_changed_is_shown(self, plan: rs.Plan, catalog: rs.Catalog) -> None:
        """Skips carry their reason, notes their words, pins their mark; a skipped session asks for nothing."""
        first, second = (session.id for session in plan.sessions[:2])
        changed = plan.skip(first, "a cold").pin(second).note(second, "use the *red* band")
        printed = to_text(plan_report(changed, catalog))
        assert f"session {first}: skipped (a cold)" in printed
        assert f"Session {first}," not in printed
        assert "pinned" in printed
        assert "Note: use the *red* band" in printed
        assert f"note on session {second}" in printed
        assert "use the \\*red\\* band" in to_markdown(plan_report(changed, catalog))

    def test_an_exercise_that_the_catalog_lost_still_prints(self, plan: rs.Plan, catalog: rs.Catalog) -> None:
        """A plan outlives the catalog that it was made from."""
        session = plan.sessions[0]
        old = next(asked for _, asked in session.prescriptions())
        changed = plan.swap(session.id, old.exercise, attrs.evolve(old, exercise="gone-for-good"))
        assert "Gone for good" in to_text(plan_report(changed, catalog))

    def test_the_plans_own_exercises_stand_before_the_catalog(self, plan: rs.Plan, catalog: rs.Catalog) -> None:
        """What travels in the plan is what is printed."""
        known = next(asked.exercise for _, asked in plan.sessions[0].prescriptions())
        own = attrs.evolve(catalog.exercises[known], name="My very own form of it")
        changed = attrs.evolve(plan, exercises=(own,))
        assert "My very own form of it" in to_text(plan_report(changed, catalog))

    def test_markdown_holds_the_same_sessions(self, plan: rs.Plan, catalog: rs.Catalog) -> None:
        """Both faces print the same blocks."""
        printed = to_markdown(plan_report(plan, catalog))
        assert printed.count("### Session") == len(plan.sessions)


class TestAudit:
    """Findings read as place, fact against limit, what to do, and why."""

    def test_first_line_has_code_name_place_and_fact_against_limit(self, plan: rs.Plan, catalog: rs.Catalog) -> None:
        """The house grammar holds, and the place is said once."""
        found = rs.audit(plan, select=["TM01"])
        printed = " ".join(to_text(audit_report(found, catalog.sources)).split())
        assert "TM01 session-spike 2027-03-14: 21.1 km is over 17.6 km (" in printed
        assert "advice: 3.5 km less" in printed
        assert "why: " in printed
        assert "certainty moderate (Frandsen 2025)" in printed

    def test_waived_findings_stay_visible_with_their_reason(self, plan: rs.Plan, catalog: rs.Catalog) -> None:
        """Accepting a finding does not hide it."""
        waiver = rs.Waiver(rule="TM01", reason="it is the race that the season is for")
        found = rs.audit(plan, runner=attrs.evolve(plan.runner, waivers=(waiver,)))
        printed = to_text(audit_report(found, catalog.sources))
        assert "Waived (1)" in printed
        assert "waived: it is the race that the season is for" in printed
        assert audit_summary(found).endswith("no findings; 1 waived.")

    def test_what_could_not_be_judged_is_said(self, plan: rs.Plan, catalog: rs.Catalog) -> None:
        """Never silence instead."""
        found = rs.audit(plan)
        assert found.not_applicable
        assert "Not judged" in to_text(audit_report(found, catalog.sources))

    def test_a_warning_sign_points_to_a_clinician_in_the_librarys_own_words(
        self, plan: rs.Plan, catalog: rs.Catalog
    ) -> None:
        """Of what was done and of what is planned after it; a report without danger has no such list."""
        morning = rs.Readiness(date=plan.start - dt.timedelta(days=1), red_flags=("chest pain on the stairs",))
        log = rs.Log(readiness=(morning,))
        for found in (rs.audit(log, runner=plan.runner), rs.audit(plan, log=log)):
            assert found.findings[0].severity is rs.Severity.DANGER
            printed = " ".join(to_text(audit_report(found, catalog.sources)).split())
            assert "chest pain on the stairs" in printed
            assert "see a clinician" in printed
            assert all(printed.count(words) == 1 for words in (*WHEN_TO_STOP, SAFETY))
        assert WHEN_TO_STOP[0] not in " ".join(to_text(audit_report(rs.audit(plan), catalog.sources)).split())

    def test_table_is_plain_json_with_the_numbers(self, plan: rs.Plan) -> None:
        """A script reads measured and limit without parsing words."""
        row = json.loads(json.dumps(audit_table(rs.audit(plan, select=["TM01"]))))["findings"][0]
        assert (row["rule"], row["severity"], row["date"], row["unit"]) == ("TM01", "info", "2027-03-14", "km")
        assert row["measured"] > row["limit"]


class TestPages:
    """Pages tell all that stands behind a rule or an exercise."""

    def test_rule_pages_tell_every_number_and_every_source(self, catalog: rs.Catalog) -> None:
        """Numbers carry their origin; evidence its certainty and the source's title, for and against."""
        rules = rs.load_rules()
        for rule in rules:
            printed = to_text(rule_page(rule, rules, catalog.sources))
            flat = " ".join(printed.split())
            assert max(map(len, printed.splitlines())) <= 100
            for part in (rules.statement(rule.id), rule.rationale, rule.not_for):
                assert " ".join(part.split()) in flat
            for parameter in rule.parameters:
                assert parameter.name in flat
            for entry in rule.evidence:
                assert entry.certainty.value in flat
                if entry.source in catalog.sources:
                    assert " ".join(catalog.sources[entry.source].title.split()) in flat

    def test_a_number_says_who_set_it(self, catalog: rs.Catalog) -> None:
        """An override is shown with the record's own number beside it."""
        rules = rs.load_rules()
        own = rules.with_overrides([rs.Override(rule="TM02", parameter="max_increase", value=0.5)], "runner")
        printed = " ".join(to_text(rule_page(own["TM02"], own, catalog.sources)).split())
        assert "0.5 ratio set by runner; the record says 0.3" in printed

    def test_every_exercise_has_a_page(self, catalog: rs.Catalog) -> None:
        """Each one prints within the page, with set-up, cues, faults, cautions and doses."""
        for exercise in catalog.exercises.values():
            printed = to_text(exercise_page(exercise, catalog))
            flat = " ".join(printed.split())
            assert max(map(len, printed.splitlines())) <= 100
            for said in (exercise.setup, *exercise.cues, *exercise.faults, *exercise.cautions):
                assert " ".join(said.split()) in flat
