"""Laws that every rule keeps, whatever the runner, plan and log."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import attrs
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from runstrong.auditor import audit, fix_plan
from runstrong.auditor.engine import identity
from runstrong.catalog import load_catalog
from runstrong.model.editing import touched
from runstrong.model.edits import Split
from runstrong.model.log import Coverage, Log
from runstrong.model.measuring import SessionMeasure
from runstrong.model.plan import Plan
from runstrong.model.rules import Audit, Loosens, Override, Parameter
from runstrong.model.runner import Runner
from runstrong.model.value import Value
from runstrong.rules import load_rules
from runstrong.testing.strategies import MONDAY, logs, plans, runners

LAWS = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
MEASURE = SessionMeasure(load_catalog().exercises, load_rules())
WHOLE = Coverage(
    first=MONDAY, last=MONDAY + dt.timedelta(days=55), runs=True, strength=True, warm_ups=True, readiness=True
)
RULES = load_rules()
LOOSENED = [(rule.id, each) for rule in RULES for each in rule.parameters if each.loosens is not Loosens.NONE]


def keys(found: Audit) -> set[tuple[Any, ...]]:
    """Return the findings without their numbers."""
    return {identity(each) for each in found.findings}


@st.composite
def timelines(draw: st.DrawFn) -> tuple[Runner, Plan, Log | None]:
    """Draw a plan, half the time with a log that ends before it."""
    runner = draw(runners())
    plan = draw(plans(runner))
    log = draw(st.none() | logs(weeks=4))
    if log is not None:
        shift = 7 * 4
        plan = shifted(plan, shift)
    return runner, plan, log


def shifted(made: Any, days: int) -> Any:
    """Return a value in which every date lies `days` later."""
    if isinstance(made, dt.date):
        return made + dt.timedelta(days=days)
    if isinstance(made, tuple):
        return tuple(shifted(each, days) for each in made)
    if isinstance(made, Value):
        changes = {
            each.name: shifted(getattr(made, each.name), days)
            for each in attrs.fields(type(made))
            if isinstance(getattr(made, each.name), (dt.date, tuple, Value))
        }
        return attrs.evolve(made, **changes)
    return made


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


class TestRuleSets:
    """What is ignored, loosened or shifted changes an audit just so."""

    @LAWS
    @given(timelines(), st.sampled_from([rule.id for rule in RULES]))
    def test_ignoring_a_code_removes_exactly_its_findings(
        self, drawn: tuple[Runner, Plan, Log | None], code: str
    ) -> None:
        """The other findings stay the same, in the same order."""
        _, plan, log = drawn
        every = audit(plan, log=log, fixes=False)
        rest = audit(plan, log=log, fixes=False, ignore=[code])
        assert rest.findings == tuple(each for each in every.findings if each.rule != code)
        assert code not in rest.checked

    @settings(LAWS, max_examples=100)
    @given(timelines(), st.sampled_from(LOOSENED), st.floats(0, 1))
    def test_loosening_a_parameter_never_adds_findings(
        self, drawn: tuple[Runner, Plan, Log | None], owned: tuple[str, Parameter], far: float
    ) -> None:
        """Moved in the direction that loosens it, a parameter can only take findings away."""
        _, plan, log = drawn
        code, parameter = owned
        end = parameter.max if parameter.loosens is Loosens.UP else parameter.min
        value = parameter.value + far * (end - parameter.value)
        if float(parameter.value).is_integer() and float(end).is_integer():
            value = float(round(value))
        looser = [Override(rule=code, parameter=parameter.name, value=value)]
        before = audit(plan, log=log, fixes=False, select=[code])
        after = audit(plan, log=log, fixes=False, select=[code], overrides=looser)
        assert keys(after) <= keys(before)

    @LAWS
    @given(timelines(), st.integers(-60, 60))
    def test_shifting_every_date_by_whole_weeks_shifts_findings_only(
        self, drawn: tuple[Runner, Plan, Log | None], weeks: int
    ) -> None:
        """Nothing hangs on the calendar's own dates."""
        _, plan, log = drawn

        def seen(found: Audit, days: int) -> list[tuple[Any, ...]]:
            return sorted(
                (each.rule, str(each.severity), each.where.date + dt.timedelta(days=days), each.where.exercise or "",
                 each.measured, each.limit)
                for each in found.findings
            )  # fmt: skip

        later = audit(shifted(plan, 7 * weeks), log=shifted(log, 7 * weeks), fixes=False)
        assert seen(later, 0) == seen(audit(plan, log=log, fixes=False), 7 * weeks)

    @LAWS
    @given(timelines())
    def test_an_audit_is_the_same_each_time(self, drawn: tuple[Runner, Plan, Log | None]) -> None:
        """Same input, same findings, same order."""
        _, plan, log = drawn
        assert audit(plan, log=log) == audit(plan, log=log)


class TestReach:
    """A rule sees what it declares to see, and nothing that was not recorded."""

    @LAWS
    @given(runners(), logs(coverage=WHOLE))
    def test_a_rule_looks_back_no_further_than_it_declares(self, runner: Runner, log: Log) -> None:
        """Without the entries before its reach, a finding still stands as it was."""
        found = audit(log, runner=runner, fixes=False)
        for each in found.findings:
            reach = RULES[each.rule].looks_back
            if reach is None:
                continue
            first = each.where.date - dt.timedelta(days=reach)
            recent = attrs.evolve(
                log,
                runs=[run for run in log.runs if run.date >= first],
                performances=[done for done in log.performances if done.date >= first],
            )
            assert each in audit(recent, runner=runner, fixes=False, select=[each.rule]).findings

    @LAWS
    @given(runners(), logs(sets=False))
    def test_a_log_without_sets_triggers_no_rule_about_them(self, runner: Runner, log: Log) -> None:
        """Names of exercises alone show no load, effort, repetition or hold."""
        about_sets = ["TM03", "TF01", "TF03", "TF05", "TF06", "TS02", "TS03", "TS04", "TS05", "TS06", "MB01", "PG01"]
        about_sets += ["TM04", "TM05", "TM08", "PG02", "PG03", "PG04"]
        found = audit(log, runner=runner, fixes=False, select=about_sets)
        assert found.findings == ()

    @LAWS
    @given(runners(), logs(coverage=WHOLE))
    def test_emptying_the_last_training_day_adds_no_too_much_finding(self, runner: Runner, log: Log) -> None:
        """Doing less at the end is never too much."""
        days = [each.date for each in (*log.runs, *log.performances)]
        assume(days)
        shorter = attrs.evolve(
            log,
            runs=[run for run in log.runs if run.date < max(days)],
            performances=[done for done in log.performances if done.date < max(days)],
        )
        before = audit(log, runner=runner, fixes=False, select=["TM"])
        assert keys(audit(shorter, runner=runner, fixes=False, select=["TM"])) <= keys(before)

    @LAWS
    @given(runners(), logs(coverage=WHOLE), st.integers(0, 55))
    def test_emptying_any_day_adds_no_finding_against_a_cap(self, runner: Runner, log: Log, day: int) -> None:
        """An absolute cap is never broken by less."""
        emptied = MONDAY + dt.timedelta(days=day)
        without = attrs.evolve(log, performances=[done for done in log.performances if done.date != emptied])
        before = audit(log, runner=runner, fixes=False, select=["TM03", "TM06"])
        assert keys(audit(without, runner=runner, fixes=False, select=["TM03", "TM06"])) <= keys(before)

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
