"""Every case of every rule, run by one test, and the one-to-one of records, checks and case files."""

from __future__ import annotations

import pytest

from runstrong.catalog.compiled import DATA
from runstrong.catalog.records import load_catalog
from runstrong.model.audits import Outcome
from runstrong.model.evidence import CONVENTION
from runstrong.model.words import Certainty, Severity
from runstrong.rules import limits_of, load_rules
from runstrong.rules.cases import case_file, told_cases
from runstrong.rules.packaged import PACKAGED
from runstrong.testing.cases import Case, check_case, read_cases

CASES = DATA / "cases"
ALL = [case for file in sorted(CASES.glob("*.yaml")) for case in read_cases(file)]


@pytest.mark.parametrize("case", ALL, ids=str)
def test_the_rule_keeps_to_its_case(case: Case) -> None:
    """The findings are those of the case, they read well, and the fix clears what the case says."""
    check_case(case)


WITHOUT_FIX = {"CO07", "CV08", "CV13", "PG04", "PG05", "SF03", "SF04", "TM10", "TM11"}
"""About what is done, about the whole program, or, as load ratios, no ground for an edit: their findings say why."""


class TestTold:
    @pytest.mark.parametrize("code", [rule.id for rule in load_rules()])
    def test_a_page_tells_every_case(self, code: str) -> None:
        """What a page says of a case is what the case expects."""
        file = case_file(code)
        assert file is not None
        told = {(case.name, case.outcome) for case in told_cases(file)}
        run = {
            (case.name, Outcome.FOUND if isinstance(case.expect, list) else outcome)
            for case in ALL
            if case.rule == code
            for outcome in [Outcome.PASSED if case.expect == "none" else Outcome.NOT_JUDGED]
        }
        assert told == run

    def test_a_rule_of_ones_own_has_its_cases_beside_it(self) -> None:
        """A folder's case file is found by its code; a code without one has none."""
        folder = DATA.parents[2] / "examples" / "custom_rule"
        assert case_file("XL01", [folder]) == folder / "XL01.cases.yaml"
        assert case_file("XL02", [folder]) is None


class TestOneToOne:
    @pytest.mark.parametrize("code", [rule.id for rule in load_rules()])
    def test_each_rule_that_can_have_a_fix_has_a_case_with_one(self, code: str) -> None:
        """A fix is shown to hold on a case; the few rules that can have none are named here."""
        fixed = any(case.fixed for case in ALL if case.rule == code)
        assert fixed is (code not in WITHOUT_FIX)

    def test_records_checks_and_case_files_have_the_same_codes(self) -> None:
        """A rule is a record, a check and a case file, one to one."""
        records = [rule.id for rule in load_rules()]
        assert sorted(check.code for check in PACKAGED) == records
        assert sorted(file.stem for file in CASES.glob("*.yaml")) == records
        assert {case.rule for case in ALL} == set(records)

    def test_parameters_fill_the_class_of_the_check(self) -> None:
        """Record and check name the same parameters."""
        for check in PACKAGED:
            limits_of(check, load_rules())

    @pytest.mark.parametrize("code", [rule.id for rule in load_rules()])
    def test_each_rule_has_cases_that_pass_and_fail(self, code: str) -> None:
        """Every rule shows what it flags, what it lets be, where it cannot judge, and some of it on its page."""
        cases = [case for case in ALL if case.rule == code]
        assert any(isinstance(case.expect, list) for case in cases)
        assert any(case.expect == "none" for case in cases)
        assert any(case.show for case in cases)
        assert len({case.name for case in cases}) == len(cases)

    def test_every_cited_source_exists(self) -> None:
        """Evidence names a source of the catalog or convention."""
        sources = set(load_catalog().sources) | {CONVENTION}
        assert {e.source for rule in load_rules() for e in rule.evidence} <= sources

    def test_what_is_known_second_hand_is_opinion(self) -> None:
        """A source that was not read itself supports expert opinion at most, marked unverified."""
        sources = load_catalog().sources
        for rule in load_rules():
            for each in rule.evidence:
                if each.source != CONVENTION and sources[each.source].read in ("secondary", "memory"):
                    assert each.unverified, (rule.id, each.source)
                    assert each.certainty is Certainty.EXPERT_OPINION, (rule.id, each.source)

    def test_no_text_promises_prevention(self) -> None:
        """No record claims that anything prevents injury."""
        for rule in load_rules():
            text = f"{rule.statement} {rule.rationale} {rule.message} {rule.advice}".lower()
            assert "prevent" not in text
            assert "injury-free" not in text

    def test_danger_is_rare(self) -> None:
        """Danger is for red flags, strong pain and clearance, so no record has it as its own severity."""
        assert all(rule.severity is not Severity.DANGER for rule in load_rules())
        graded = {
            case.rule
            for case in ALL
            if isinstance(case.expect, list)
            for each in case.expect
            if "danger" in each.values()
        }
        assert graded == {"SF01", "SF03", "SF04"}
