"""The drawn timelines on which laws are held: near a rule's cases, on every week start, and saying something."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from runstrong.catalog.compiled import DATA
from runstrong.model.words import Weekday
from runstrong.testing import read_cases
from runstrong.testing.laws import Held
from runstrong.testing.subjects import Subject
from runstrong.testing.variations import near, subjects

CASES = DATA / "cases"
FOUND = settings(
    max_examples=2000,
    deadline=None,
    database=None,
    derandomize=True,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)


class TestNear:
    """A case and small changes of it."""

    @pytest.mark.parametrize("day", list(Weekday), ids=str)
    def test_weeks_begin_on_every_day(self, day: Weekday) -> None:
        """All seven occur, with a plan whose weeks begin on it."""
        cases = read_cases(CASES / "CO01.yaml")
        found = find(
            near(cases), lambda drawn: drawn.runner.week_start is day and drawn.plan is not None, settings=FOUND
        )
        assert found.plan is not None
        assert found.plan.weeks[0].start.weekday() == day.number

    @pytest.mark.parametrize("code", ["TM01", "CO01", "TF01", "SF03", "CV02"])
    def test_a_fair_share_of_them_makes_the_rule_speak(self, code: str) -> None:
        """Laws would hold for a rule that never says anything."""
        held, cases, spoke = Held(code), read_cases(CASES / f"{code}.yaml"), []

        @settings(FOUND, max_examples=150)
        @given(near(cases))
        def drawn(subject: Subject) -> None:
            spoke.append(bool(held.found(subject)))

        drawn()
        assert sum(spoke) > len(spoke) / 20

    @settings(FOUND, max_examples=50)
    @given(st.data())
    def test_without_cases_other_timelines_are_drawn(self, data: st.DataObject) -> None:
        """A rule without a case file is held to laws too."""
        drawn = data.draw(near([]))
        assert drawn.plan is not None or drawn.log is not None

    @settings(FOUND, max_examples=50)
    @given(subjects())
    def test_a_plan_is_its_runners(self, subject: Subject) -> None:
        """Runner, week start and weeks of the plan agree, whatever was drawn."""
        if subject.plan is not None:
            assert subject.plan.runner == subject.runner
            assert all(week.start.weekday() == subject.runner.week_start.number for week in subject.plan.weeks)
