"""The auditor: whose numbers hold, what is waived, which rules are applied, and which fixes are offered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import attrs
import pytest

import runstrong as rs
from runstrong.auditor import audit, fix_plan
from runstrong.codec import decode
from runstrong.model.audits import Outcome
from runstrong.model.difference import ChangeKind
from runstrong.model.edits import Edit, Move, MoveRun, Reduce, Skip
from runstrong.model.errors import InvalidValue
from runstrong.model.evidence import Evidence
from runstrong.model.findings import Finding, Waiver, Where
from runstrong.model.plan import Plan
from runstrong.model.quantities import minutes
from runstrong.model.rules import Grade, Override, Rule
from runstrong.model.timeline import Timeline
from runstrong.model.words import Certainty, RunKind, Severity
from runstrong.rules import Check, NoNumbers, finding, load_rules, rule

SQUAT = {"exercise": "goblet-squat", "sets": 3, "amount": "6 reps", "load": "20 kg", "rir": 2}

ONE_SET, TWO_SETS = (Reduce(session="a", exercise="goblet-squat", sets=sets) for sets in (1, 2))
TO_FRIDAY = Move(session="a", to=dt.date(2027, 1, 8))


def a_plan(*, pinned: bool = False, **runner: object) -> Plan:
    """Return a week with heavy squats on the day before intervals."""
    session = {
        "id": "a", "date": "2027-01-05", "emphasis": "mobility", "pinned": pinned,
        "parts": [{"name": "main", "prescriptions": [SQUAT]}],
    }  # fmt: skip
    run = {"date": "2027-01-06", "kind": "intervals", "distance": "9 km"}
    made: Plan = decode(
        {
            "kind": "plan", "schema": 1, "start": "2027-01-04", "catalog": {"version": "0", "hash": "0"},
            "runner": {"name": "Ada", "running": {}, "strength_years": 3, "clearance": "cleared", **runner},
            "weeks": [{"number": 1, "start": "2027-01-04", "phase": "build", "runs": [run], "sessions": [session]}],
        }
    )  # fmt: skip
    return made


def codes(found: tuple[Finding, ...]) -> list[str]:
    """Return the codes of findings, in their order."""
    return [each.rule for each in found]


class TestNumbers:
    def test_the_call_stands_before_plan_runner_and_record(self) -> None:
        """A parameter comes from the last of record, rule set, runner, plan and call that sets it."""
        key = {"rule": "CO01", "parameter": "days_before"}
        plan = a_plan(overrides=[{**key, "value": 2}])
        assert audit(plan).rules.number("CO01", "days_before") == 2
        assert audit(plan).rules.origin("CO01", "days_before") == "runner"
        planned = attrs.evolve(plan, overrides=(Override(**key, value=3),))
        assert audit(planned).rules.number("CO01", "days_before") == 3
        called = audit(planned, overrides=[Override(**key, value=0)])
        assert called.rules.origin("CO01", "days_before") == "call"
        assert "CO01" not in codes(called.findings)

    def test_an_override_out_of_range_is_refused(self) -> None:
        """The range of a parameter holds for everyone."""
        with pytest.raises(InvalidValue, match="from 0 to 4 days"):
            audit(a_plan(), overrides=[Override(rule="CO01", parameter="days_before", value=9)])

    def test_an_unknown_code_names_the_nearest(self) -> None:
        """A misspelt code is no silent pass."""
        with pytest.raises(InvalidValue, match="did you mean 'session-spike'"):
            audit(a_plan(), select=["session-spik"])


class TestChoice:
    def test_the_runner_ignores_and_the_call_selects(self) -> None:
        """What the runner ignores is left out until the call asks for it."""
        plan = a_plan(ignore=["CO"])
        assert "CO01" not in codes(audit(plan).findings)
        assert codes(audit(plan, select=["CO01"]).findings) == ["CO01"]

    def test_a_waived_finding_stays_visible_with_its_reason(self) -> None:
        """A waiver takes a finding out of the findings, not out of the audit."""
        plan = a_plan(waivers=[{"rule": "heavy-legs-before-quality-run", "session": "a", "reason": "no other day"}])
        found = audit(plan)
        assert "CO01" not in codes(found.findings)
        assert [(each.finding.rule, each.waiver.reason) for each in found.waived] == [("CO01", "no other day")]

    def test_a_waiver_for_another_session_waives_nothing(self) -> None:
        """A waiver covers what it names."""
        plan = a_plan(waivers=[{"rule": "CO01", "session": "b", "reason": "elsewhere"}])
        assert "CO01" in codes(audit(plan).findings)

    def test_findings_come_gravest_first(self) -> None:
        """Warnings stand before advice."""
        ranks = [each.severity.rank for each in audit(a_plan()).findings]
        assert len(ranks) > 1
        assert ranks == sorted(ranks, reverse=True)

    def test_a_log_without_a_runner_is_refused_with_the_cure(self) -> None:
        """A log does not say whose it is."""
        with pytest.raises(InvalidValue, match="pass runner="):
            audit(decode({"kind": "log", "schema": 1}))


class TestWaivers:
    @pytest.mark.parametrize(
        ("until", "today", "waived"),
        [
            ("2027-01-05", None, True),
            ("2027-01-04", None, False),
            ("2027-02-01", dt.date(2027, 2, 1), True),
            ("2027-02-01", dt.date(2027, 2, 2), False),
        ],
    )
    def test_a_waiver_ends(self, until: str, today: dt.date | None, waived: bool) -> None:
        """It covers findings up to its last day, and nothing once today is past it."""
        plan = a_plan(waivers=[{"rule": "CO01", "reason": "no other day", "until": until}])
        report = audit(plan, today=today)
        assert ("CO01" not in codes(report.findings)) is waived
        assert bool(report.idle) is not waived

    def test_rule_set_and_call_waive_too(self) -> None:
        """A file's waivers and those of one call stand beside the runner's."""
        waiver = Waiver(rule="CO01", reason="camp")
        assert "CO01" not in codes(audit(a_plan(), waivers=[waiver]).findings)
        assert "CO01" not in codes(audit(a_plan(), rules=load_rules().with_waivers([waiver])).findings)

    def test_a_waiver_without_use_is_told(self) -> None:
        """One that accepts nothing says why: expired, its rule not applied, or nothing found."""
        gone = Waiver(rule="CO01", reason="x", until=dt.date(2026, 12, 31))
        off = Waiver(rule="TM10", reason="x")
        empty = Waiver(rule="SF05", reason="x")
        report = audit(a_plan(), waivers=[gone, off, empty], today=dt.date(2027, 1, 1))
        assert {each.waiver: each.reason for each in report.idle} == {
            gone: "it ended on 2026-12-31",
            off: "its rule is not applied",
            empty: "nothing was found that it accepts",
        }


class TestSeverities:
    def test_a_rule_is_graded_otherwise(self) -> None:
        """The call's severity stands before the runner's, which stands before the check's."""
        plan = a_plan(severities=[{"rule": "CO01", "severity": "info"}])
        assert audit(plan, select=["CO01"]).findings[0].severity is Severity.INFO
        grade = Grade(rule="CO01", severity=Severity.ADVICE)
        assert audit(plan, select=["CO01"], severities=[grade]).findings[0].severity is Severity.ADVICE

    def test_danger_stays_danger(self) -> None:
        """No choice makes a warning sign smaller."""
        log = decode(
            {
                "kind": "log",
                "schema": 1,
                "runs": [
                    {"date": "2027-01-04", "distance": "5 km", "pain": [{"region": "calf", "score": 8}]},
                ],
            }
        )
        plan = a_plan()
        grade = Grade(rule="SF03", severity=Severity.INFO)
        report = audit(log, runner=plan.runner, select=["SF03"], severities=[grade])
        assert Severity.DANGER in {each.severity for each in report.findings}


class TestExplained:
    def test_a_pass_says_what_was_looked_at(self) -> None:
        """The scope counts runs, sessions and exercises, planned and done apart."""
        scope = audit(a_plan()).scope
        assert (scope.first, scope.last) == (dt.date(2027, 1, 4), dt.date(2027, 1, 10))
        assert (scope.runs_planned, scope.sessions_planned, scope.exercises) == (1, 1, 1)
        assert (scope.runs_done, scope.sessions_done) == (0, 0)

    def test_every_rule_applied_has_a_verdict(self) -> None:
        """Nothing that was checked goes untold."""
        report = audit(a_plan())
        assert tuple(each.rule for each in report.verdicts()) == report.checked
        assert report.verdict("CO01").outcome is Outcome.FOUND


class TestFixes:
    def test_a_fix_is_shown_to_clear_its_finding(self) -> None:
        """Carried out, the fix leaves the rule nothing to find."""
        plan = a_plan()
        found = audit(plan, select=["CO01"]).findings[0]
        assert found.fix is not None
        assert audit(plan.apply(found.fix), select=["CO01"]).findings == ()

    def test_a_pinned_session_gets_no_fix(self) -> None:
        """What a person pinned stays."""
        found = audit(a_plan(pinned=True), select=["CO01"]).findings[0]
        assert found.fix is None
        assert found.no_fix

    def test_the_past_is_not_edited(self) -> None:
        """Before today there is nothing to mend."""
        found = audit(a_plan(), select=["CO01"], today=dt.date(2027, 1, 6)).findings[0]
        assert found.fix is None
        assert "past" in found.no_fix

    def test_fixing_stops_at_the_limit(self) -> None:
        """No more edits than asked for."""
        assert fix_plan(a_plan(), limit=0).applied == ()

    def test_fixing_leaves_what_is_under_the_severity(self) -> None:
        """Only findings from that severity up are mended."""
        plan, applied, remaining, _ = fix_plan(a_plan(), severity=Severity.WARNING)
        assert len(applied) == 1
        assert remaining.at_least(Severity.WARNING) == ()
        assert plan.session("a").date != dt.date(2027, 1, 5)

    @pytest.mark.parametrize(
        ("edits", "least"),
        [
            ((Skip(session="a", reason="less"), ONE_SET, TWO_SETS), TWO_SETS),
            ((Skip(session="a", reason="less"), ONE_SET, TO_FRIDAY), TO_FRIDAY),
            ((TO_FRIDAY, TWO_SETS), TO_FRIDAY),
            ((TWO_SETS, TO_FRIDAY), TWO_SETS),
        ],
    )
    def test_of_several_fixes_the_one_that_changes_least_is_taken(self, edits: tuple[Edit, ...], least: Edit) -> None:
        """Whatever the order in which the check proposes them; of equals its own choice."""

        @rule("XX01")
        def three_sets(timeline: Timeline, limits: NoNumbers) -> Iterator[Finding]:
            """Flag three sets on a Tuesday."""
            for row in timeline.rows:
                if row.date.weekday() == 1 and row.sets == 3:
                    where = Where(date=row.date, session=row.session)
                    yield finding("XX01", Severity.INFO, where, measured=3, limit=2, unit="sets", proposals=edits)

        rules = load_rules(records=[RECORD], checks=[three_sets])
        assert audit(a_plan(), rules=rules, select=["XX01"]).findings[0].fix == least

    def test_what_differs_is_told_session_by_session(self) -> None:
        """Beside the edits, the result says what the plan holds now that it did not."""
        fixed = fix_plan(a_plan(), select=["CO01"])
        assert [(each.kind, each.session) for each in fixed.changes] == [(ChangeKind.SESSION_MOVED, "a")]
        assert not fix_plan(a_plan(), select=["CO01"], limit=0).changes

    def test_a_fixed_session_states_its_new_minutes(self) -> None:
        """Minutes are measured anew when a fix takes sets away."""
        plan = a_plan(session_length="20 min")
        long = attrs.evolve(plan.session("a"), minutes=minutes(26))
        plan = attrs.evolve(plan, weeks=(attrs.evolve(plan.weeks[0], sessions=(long,)),))
        fixed = fix_plan(plan, select=["TM07"])
        assert fixed.remaining.findings == ()
        assert 0 < fixed.plan.session("a").minutes.minutes <= 22


class TestRuns:
    """Runs are the runner's: advised about, and edited only when asked."""

    def plan(self) -> Plan:
        """Return a plan with hills on the day after intervals."""
        plan = a_plan()
        hills = attrs.evolve(plan.weeks[0].runs[0], date=dt.date(2027, 1, 7), kind=RunKind.HILLS)
        week = attrs.evolve(plan.weeks[0], runs=(*plan.weeks[0].runs, hills), sessions=())
        return attrs.evolve(plan, weeks=(week,))

    def test_they_are_not_edited_unless_asked(self) -> None:
        """The finding says so, and how to ask; fixing leaves them as they are."""
        found = audit(self.plan(), select=["CO04"]).findings[0]
        assert found.proposals
        assert found.fix is None
        assert found.no_fix == "runs are yours: not edited unless you ask for it with edit_runs or --edit-runs"
        assert fix_plan(self.plan(), select=["CO04"]).applied == ()

    def test_asked_for_a_run_moves(self) -> None:
        """One of the two goes to a day that keeps them apart, and the change is told."""
        fixed = fix_plan(self.plan(), select=["CO04"], edit_runs=True)
        assert [type(edit) for edit in fixed.applied] == [MoveRun]
        assert fixed.remaining.findings == ()
        assert {each.kind for each in fixed.changes} == {ChangeKind.RUN_GONE, ChangeKind.RUN_NEW}

    def test_the_past_is_not_edited_for_runs_either(self) -> None:
        """A run before today stays, and nothing is moved into the past."""
        found = audit(self.plan(), select=["CO04"], edit_runs=True, today=dt.date(2027, 1, 8)).findings[0]
        assert found.fix is None
        assert "past" in found.no_fix


RECORD = Rule(
    id="XX01", name="tuesday", since="0.1", severity=Severity.INFO, looks_back=0, statement="No session on Tuesday.",
    rationale="For the test.", not_for="Nothing.", message="{where}: a Tuesday", advice="another day",
    evidence=(Evidence(source="convention", certainty=Certainty.CONVENTION, supports="a test"),),
)  # fmt: skip


@rule("XX01")
def tuesday(timeline: Timeline, limits: NoNumbers) -> Iterator[Finding]:
    """Flag a session on a Tuesday."""
    for session in timeline.sessions:
        if session.date.weekday() == 1:
            yield finding(
                "XX01",
                Severity.INFO,
                Where(date=session.date, session=session.id),
                measured=1,
                limit=0,
                unit="sessions",
            )


class TestRulesOfOnesOwn:
    def test_a_record_and_a_check_make_a_rule(self) -> None:
        """A third party adds a rule without touching the library."""
        found = audit(a_plan(), rules=load_rules(records=[RECORD], checks=[tuesday]), select=["XX01"])
        assert [found.message(each) for each in found.findings] == ["2027-01-05, session a: a Tuesday"]

    def test_a_record_without_a_check_is_refused(self) -> None:
        """A rule that cannot judge is no silent pass."""
        with pytest.raises(InvalidValue, match="XX01: no check"):
            audit(a_plan(), rules=load_rules(records=[RECORD]))

    def test_a_check_without_a_record_is_refused(self) -> None:
        """A check needs what a coach may dispute beside it."""
        checks: list[Check[NoNumbers]] = [tuesday]
        with pytest.raises(InvalidValue, match="XX01: no record"):
            load_rules(checks=checks)


def test_a_check_that_breaks_off_is_named() -> None:
    """A rule of somebody's own that raises is told with its code, its place and the way on."""

    @rule("TM01", parameters=NoNumbers)
    def broken(timeline: Any, limits: Any) -> Any:
        raise AttributeError("no such thing")

    record = rs.evolve(rs.load_rules()["TM01"], parameters=(), statement="None.", message="None", advice="None")
    rules = rs.load_rules(records=[record], checks=[broken])
    runner = rs.load("examples/novice.yaml", rs.Runner)
    with pytest.raises(
        rs.CheckFailed, match=r"rule TM01: its check ended in AttributeError: no such thing at .*test_audit"
    ):
        rs.audit(rs.plan(runner, weeks=1), rules=rules)
