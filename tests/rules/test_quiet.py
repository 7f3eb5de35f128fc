"""Rules are quiet when training is right: what they say on sensible histories, counted and held to the docs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import attrs
import pytest
import yaml
from hypothesis import given, settings

from runstrong.auditor import audit
from runstrong.codec import loads, to_yaml
from runstrong.model.runner import Runner
from runstrong.model.words import Severity
from runstrong.testing.histories import History, sensible_history
from runstrong.testing.rates import Rates, history_audit, plan_audit, span_of
from runstrong.testing.strategies import histories

ROOT = Path(__file__).parents[2]
HISTORIES = range(500)
PLANS = range(1, 400, 2)
BESIDE = range(1, 60, 2)


@attrs.define
class Heard:
    """What all rules said on all seeds."""

    histories: Rates
    plans: Rates
    grave: list[str]
    """What was said at warning or danger, by seed, in words."""
    beside: dict[int, list[str]]
    """What was said at warning or danger of plan and log as one timeline, by seed, in words."""
    runners: dict[int, Runner]


pytestmark = pytest.mark.xdist_group("histories")


@pytest.fixture(scope="module")
def heard() -> Heard:
    """Audit every sensible history, and the plan of each runner who follows one."""
    made = Heard(Rates(), Rates(), [], {}, {})
    for seed in HISTORIES:
        history, found = history_audit(seed)
        made.histories.add(found, days=span_of(history))
        made.runners[seed] = history.runner
        of_seed = [("history", found)]
        if seed in PLANS:
            plan, found = plan_audit(seed)
            made.plans.add(found, days=7 * len(plan.weeks))
            of_seed.append(("plan", found))
            if seed in BESIDE:
                found = audit(plan, log=history.log, fixes=False)
                made.beside[seed] = [found.message(each) for each in found.at_least(Severity.WARNING)]
        made.grave += [
            f"{what} {seed}: {each.severity} {each.rule} {audited.message(each)}"
            for what, audited in of_seed
            for each in audited.at_least(Severity.WARNING)
        ]
    return made


class TestQuiet:
    """On 500 sensible histories no rule warns, and none gives advice to most runners."""

    def test_no_warning_fires_on_a_sensible_history_or_plan(self, heard: Heard) -> None:
        """Neither the 500 histories nor the plans have a finding at warning or danger."""
        assert heard.grave == []
        assert heard.histories.runners == len(HISTORIES)

    def test_no_rule_gives_advice_to_most_runners(self, heard: Heard) -> None:
        """A rule that most sensible runners hear at advice or above is wrong, or belongs at info."""
        for counted in (heard.histories, heard.plans):
            often = {code: counted.share(code, Severity.ADVICE) for code in counted.document()["rules"]}
            assert {code: share for code, share in often.items() if share > 0.5} == {}

    def test_the_rates_in_the_docs_are_what_the_rules_say(self, heard: Heard) -> None:
        """docs/rates.yaml holds just these counts; ``python docs/rates.py`` writes them anew."""
        written: dict[str, Any] = yaml.safe_load((ROOT / "docs" / "rates.yaml").read_text(encoding="utf-8"))
        assert written == {"histories": heard.histories.document(), "plans": heard.plans.document()}

    @pytest.mark.parametrize("seed", BESIDE)
    def test_a_plan_followed_with_noise_is_quiet_beside_its_log_too(self, heard: Heard, seed: int) -> None:
        """Past and plan as one timeline give no warning either."""
        assert heard.beside[seed] == []


class TestHistories:
    """Histories are the same for the same seed, everywhere, and sensible in themselves."""

    def test_a_history_is_the_same_under_any_hash_seed(self) -> None:
        """Two interpreters with different hash seeds draw the same histories."""
        code = (
            "from runstrong.testing.histories import sensible_history as drawn\n"
            "import hashlib, runstrong as rs\n"
            "texts = [rs.to_json(each) for seed in range(4) for each in drawn(seed)]\n"
            "print(hashlib.sha256(''.join(texts).encode()).hexdigest())"
        )
        seen = {
            subprocess.run(
                [sys.executable, "-c", code], check=True, capture_output=True, text=True,
                env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "src")},
            ).stdout
            for seed in ("1", "2")
        }  # fmt: skip
        assert len(seen) == 1

    @pytest.mark.parametrize("seed", range(20))
    def test_a_history_holds_weeks_of_runs_and_strength(self, seed: int) -> None:
        """At least twelve weeks, most of them with a run and with strength work, all of it vouched for."""
        runner, log = sensible_history(seed)
        (whole,) = log.coverage
        weeks = ((whole.last - whole.first).days + 1) / 7
        assert weeks >= 12
        assert len({runner.week_of(run.date) for run in log.runs}) >= 0.8 * weeks
        assert len({runner.week_of(done.date) for done in log.performances}) >= 0.6 * weeks
        assert all(whole.holds(each.date) for each in (*log.runs, *log.performances, *log.readiness))

    @settings(max_examples=5, deadline=None)
    @given(histories(planned=False))
    def test_a_drawn_history_is_a_document_like_any_other(self, drawn: History) -> None:
        """Runner and log are written and read back equal."""
        assert loads(to_yaml(drawn.runner)) == drawn.runner
        assert loads(to_yaml(drawn.log)) == drawn.log

    def test_runners_differ(self, heard: Heard) -> None:
        """Seeds draw many kinds of runners: ages, kits, first weekdays, races, levels."""
        drawn = [heard.runners[seed] for seed in range(0, 120, 2)]
        assert len({runner.week_start for runner in drawn}) == 7
        assert {len(runner.running.runs) for runner in drawn} == {3, 4, 5, 6, 7}
        assert len({runner.kits for runner in drawn}) == 5
        assert {bool(runner.races) for runner in drawn} == {True, False}
        assert {runner.novice for runner in drawn} == {True, False}
