"""Laws of all rules together: fixes that stand one among another, and logs that leave a whole kind of entry out.

What each rule keeps for itself is in `test_rule_laws.py`.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import attrs
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runstrong.auditor import audit, fix_plan
from runstrong.auditor.engine import identity
from runstrong.catalog import load_catalog
from runstrong.model.audits import Audit
from runstrong.model.editing import touched
from runstrong.model.edits import Split
from runstrong.model.log import Coverage, Log
from runstrong.model.measuring import SessionMeasure
from runstrong.model.plan import Plan
from runstrong.model.runner import Runner
from runstrong.rules import load_rules
from runstrong.testing.strategies import MONDAY, logs, plans, runners
from runstrong.testing.subjects import shifted

LAWS = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
MEASURE = SessionMeasure(load_catalog().exercises, load_rules())
WHOLE = Coverage(
    first=MONDAY, last=MONDAY + dt.timedelta(days=55), runs=True, strength=True, warm_ups=True, readiness=True
)


def keys(found: Audit) -> set[tuple[Any, ...]]:
    """Return the findings without their numbers."""
    return {identity(each) for each in found.findings}


@st.composite
def timelines(draw: st.DrawFn) -> tuple[Runner, Plan, Log | None]:
    """Draw a plan, half the time with a log that ends before it."""
    runner = draw(runners())
    plan = draw(plans(runner))
    log = draw(st.none() | logs(weeks=4))
    return runner, plan if log is None else shifted(plan, 7 * 4), log


class TestFixes:
    """An offered fix clears its finding and adds none as severe; repeated fixing ends."""

    @LAWS
    @given(timelines())
    def test_an_offered_fix_clears_its_finding_and_adds_none_as_severe(
        self, drawn: tuple[Runner, Plan, Log | None]
    ) -> None:
        """Applied, it leaves no trace of its finding and nothing new of its gravity."""
        _, plan, log = drawn
        found = audit(plan, log=log)
        before = Counter((identity(each), each.severity) for each in found.findings)
        for each in found.findings:
            assert (each.fix is None) == bool(each.no_fix)
            if each.fix is None:
                continue
            after = audit(plan.apply(each.fix, MEASURE), log=log, fixes=False)
            assert identity(each) not in keys(after)
            new = Counter((identity(one), one.severity) for one in after.findings) - before
            assert all(severity.rank < each.severity.rank for _, severity in new)

    @LAWS
    @given(timelines(), st.booleans())
    def test_repeated_fixing_ends_without_a_fix_left(
        self, drawn: tuple[Runner, Plan, Log | None], edit_runs: bool
    ) -> None:
        """Where fixing stops, no finding offers a fix; runs stay unless asked for, pinned sessions always."""
        _, plan, log = drawn
        fixed = fix_plan(plan, log=log, edit_runs=edit_runs)
        assert all(each.fix is None for each in fixed.remaining.findings)
        if not edit_runs:
            assert [week.runs for week in fixed.plan.weeks] == [week.runs for week in plan.weeks]
        assert sum(len(week.runs) for week in fixed.plan.weeks) == sum(len(week.runs) for week in plan.weeks)
        pinned = [session for session in plan.sessions if session.pinned]
        assert [fixed.plan.session(session.id) for session in pinned] == pinned

    @LAWS
    @given(timelines(), st.booleans())
    def test_fixing_touches_only_what_its_edits_name(
        self, drawn: tuple[Runner, Plan, Log | None], edit_runs: bool
    ) -> None:
        """Every session that no edit names is the same in both plans, ids stay unique, and the change is told."""
        _, plan, log = drawn
        fixed = fix_plan(plan, log=log, edit_runs=edit_runs, limit=5)
        named: set[str] = set()
        step = plan
        for edit in fixed.applied:
            named |= set(touched(step, edit)) | ({edit.into} if isinstance(edit, Split) else set())
            step = step.apply(edit, MEASURE)
        assert step == fixed.plan
        kept = {session.id: session for session in plan.sessions if session.id not in named}
        assert {session.id: session for session in fixed.plan.sessions if session.id in kept} == kept
        ids = [session.id for session in fixed.plan.sessions]
        assert len(set(ids)) == len(ids)
        assert {each.session for each in fixed.changes if each.session is not None} <= named
        assert bool(fixed.changes) == bool(fixed.applied)


class TestNotRecorded:
    """What a log does not record triggers no rule that speaks about it."""

    @LAWS
    @given(runners(), logs(sets=False))
    def test_a_log_without_sets_triggers_no_rule_about_them(self, runner: Runner, log: Log) -> None:
        """Names of exercises alone show no load, effort, repetition or hold."""
        about_sets = ["TM03", "TF01", "TF03", "TF05", "TF06", "TS02", "TS03", "TS04", "TS05", "TS06", "MB01", "PG01"]
        about_sets += ["TM04", "TM05", "TM08", "PG02", "PG03", "PG04"]
        found = audit(log, runner=runner, fixes=False, select=about_sets)
        assert found.findings == ()

    @LAWS
    @given(runners(), logs(coverage=attrs.evolve(WHOLE, warm_ups=False)))
    def test_a_log_without_warm_ups_triggers_no_rule_about_them(self, runner: Runner, log: Log) -> None:
        """What may have been done before a session or run and not been written is unknown."""
        assert audit(log, runner=runner, fixes=False, select=["MB01", "MB02", "MB05", "CV06"]).findings == ()

    @LAWS
    @given(runners(), logs(sets=False))
    def test_a_log_without_sets_shows_no_side_no_hold_and_no_standstill(self, runner: Runner, log: Log) -> None:
        """Sides, seconds and loads are in the sets alone."""
        assert audit(log, runner=runner, fixes=False, select=["MB04", "CV07", "CV08"]).findings == ()
