"""The laws of rules, where logs hold what the safety rules read: pain, mornings, and runners of any age."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import attrs
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runstrong.auditor import audit, fix_plan
from runstrong.auditor.engine import identity
from runstrong.model.log import Coverage, Log
from runstrong.model.plan import Plan
from runstrong.model.quantities import Duration
from runstrong.model.runner import Runner
from runstrong.model.running import Pain
from runstrong.model.words import PainKind, PainMoment, Region, Severity, Side
from runstrong.testing.strategies import MONDAY, logs, plans, readiness, runners

LAWS = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
PAINS = st.lists(
    st.builds(
        Pain,
        region=st.sampled_from([Region.SHIN, Region.CALF]),
        side=st.sampled_from([Side.NONE, Side.LEFT]),
        score=st.integers(0, 8),
        kind=st.sampled_from([PainKind.DULL] * 6 + [PainKind.NIGHT]),
        when=st.sampled_from(list(PainMoment)),
    ),
    max_size=2,
).map(tuple)
HOURS = [None, 5.0, 6.5, 8.0]


@st.composite
def told(draw: st.DrawFn, *, coverage: Coverage | None = None) -> Log:
    """Draw a log with pain and mornings: a few of any kind, or every one of one kind."""
    log = draw(logs(coverage=coverage))
    nights = draw(st.sampled_from(HOURS))
    days = draw(st.sets(st.integers(0, 55), max_size=12)) if nights is None else set(range(56))
    mornings = [draw(readiness(MONDAY + dt.timedelta(days=day))) for day in sorted(days)] if nights is None else []
    if nights is not None:
        one = draw(readiness(MONDAY))
        slept = attrs.evolve(one, sleep=Duration(nights * 3600.0), ill=None, red_flags=())
        mornings = [attrs.evolve(slept, date=MONDAY + dt.timedelta(days=day)) for day in sorted(days)]
    return attrs.evolve(
        log,
        runs=[attrs.evolve(run, pain=draw(PAINS)) for run in log.runs],
        performances=[attrs.evolve(done, pain=draw(PAINS)) for done in log.performances],
        readiness=mornings,
    )


@st.composite
def people(draw: st.DrawFn) -> Runner:
    """Draw a runner of known or unknown age and usual sleep."""
    usual = draw(st.sampled_from([None, 6.0, 9.0]))
    return attrs.evolve(
        draw(runners()),
        birth_year=draw(st.sampled_from([None, 1990, 2009, 2010, 2013, 2014])),
        supervised=draw(st.booleans()),
        usual_sleep=None if usual is None else Duration(usual * 3600.0),
    )


@st.composite
def timelines(draw: st.DrawFn) -> tuple[Plan, Log]:
    """Draw a plan and a log of the same weeks."""
    return draw(plans(draw(people()))), draw(told())


class TestSafety:
    """A finding is one of its kind, fixes clear, what is unknown is silent, and danger is rare."""

    @LAWS
    @given(timelines())
    def test_fixes_clear_what_they_are_offered_for_and_end(self, drawn: tuple[Plan, Log]) -> None:
        """No two findings are the same one; a fix takes its own away and brings nothing as grave."""
        plan, log = drawn
        found = audit(plan, log=log, select=["SF"])
        before = Counter((identity(each), each.severity) for each in found.findings)
        assert all(count == 1 for count in before.values())
        for each in found.findings:
            assert found.message(each)
            assert found.advice(each)
            if each.fix is None:
                assert each.no_fix
                continue
            after = audit(plan.apply(each.fix), log=log, fixes=False, select=["SF"])
            now = Counter((identity(one), one.severity) for one in after.findings)
            assert all(key != identity(each) for key, _ in now)
            assert all(severity.rank < each.severity.rank for _, severity in now - before)
        fixed = fix_plan(plan, log=log, select=["SF"])
        assert all(each.fix is None for each in fixed.remaining.findings)

    @LAWS
    @given(people(), logs())
    def test_what_is_not_recorded_triggers_nothing(self, runner: Runner, log: Log) -> None:
        """Without pain and mornings on record there is no finding about either."""
        silent = attrs.evolve(
            log,
            runs=[attrs.evolve(run, pain=()) for run in log.runs],
            performances=[attrs.evolve(done, pain=()) for done in log.performances],
        )
        found = audit(silent, runner=runner, fixes=False, select=["SF03", "SF04", "SF05", "SF06"])
        assert found.findings == ()
        assert {each.rule for each in found.not_applicable} == {"SF03", "SF04", "SF05", "SF06"}

    @LAWS
    @given(timelines())
    def test_danger_is_for_clearance_strong_pain_and_warning_signs(self, drawn: tuple[Plan, Log]) -> None:
        """No other rule of the family is as grave."""
        plan, log = drawn
        found = audit(plan, log=log, fixes=False, select=["SF"]).at_least(Severity.DANGER)
        assert {each.rule for each in found} <= {"SF01", "SF03", "SF04"}
