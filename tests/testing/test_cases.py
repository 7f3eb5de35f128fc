"""What a case file may say, and what its author is told when it says something else."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from runstrong.model.errors import DocumentError
from runstrong.testing import Case, check_case, read_cases

GOOD = """\
rule: TM01
cases:
  - name: A run of twice the longest is flagged
    given:
      log:
        runs:
          - {date: 2027-01-04, distance: 8 km, repeat: {every: 7, times: 5}}
          - {date: 2027-02-08, distance: 16 km}
    expect: [{severity: advice, where: {date: 2027-02-08}, measured: 16, limit: 8.8}]
"""


def told(folder: Path, text: str) -> str:
    """Return what reading the text as a case file says is wrong, without the name of the folder."""
    file = folder / "TM01.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        read_cases(file)
    return str(caught.value).replace(f"{folder}/", "")


def good_case(folder: Path, text: str = GOOD) -> Case:
    """Return the only case of a text."""
    file = folder / "TM01.yaml"
    file.write_text(text, encoding="utf-8")
    (case,) = read_cases(file)
    return case


class TestReading:
    """A case says what is given and what is expected; what it leaves out is filled in."""

    def test_repeated_entries_are_copied_with_their_dates(self, tmp_path: Path) -> None:
        """Five weekly runs are one line."""
        case = good_case(tmp_path)
        assert case.log is not None
        assert [run.date for run in case.log.runs][:2] == [dt.date(2027, 1, 4), dt.date(2027, 1, 11)]
        assert len(case.log.runs) == 6
        assert str(case) == "TM01: A run of twice the longest is flagged"

    def test_a_case_that_holds_gives_its_audit(self, tmp_path: Path) -> None:
        """The audit is there for further questions."""
        assert len(check_case(good_case(tmp_path)).findings) == 1

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            (("measured: 16", "measured: 15"), "no finding"),
            (("severity: advice", "severity: warning"), "no finding"),
            (("{date: 2027-02-08}", "{date: 2027-02-01}"), "no finding"),
            (("expect: [{severity: advice, where: {date: 2027-02-08}, measured: 16, limit: 8.8}]", "expect: none"),
             "found beside what is expected"),
            (("    expect:", "    fixed: true\n    expect:"), "fixes"),
        ],
    )  # fmt: skip
    def test_a_rule_that_does_not_keep_to_its_case_is_told(
        self, tmp_path: Path, change: tuple[str, str], said: str
    ) -> None:
        """Another number, place or gravity, a finding too many, a reason or a fix that is not there."""
        with pytest.raises(AssertionError, match=said):
            check_case(good_case(tmp_path, GOOD.replace(*change)))

    def test_a_reason_that_is_not_given_is_told(self, tmp_path: Path) -> None:
        """The reasons that there are stand beside it."""
        text = (
            GOOD[: GOOD.index("    expect:")].replace("16 km", "8 km") + "    expect: {not_applicable: no distance}\n"
        )
        with pytest.raises(AssertionError, match=r"no reason with 'no distance' among .'no run with a distance in"):
            check_case(good_case(tmp_path, text))


CASE = "case 'A run of twice the longest is flagged'"


class TestFaults:
    """A fault names file, line, case and place, what stands there, what is allowed, and the nearest name."""

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ("rule: TM01\n", "", "TM01.yaml:1: rule: missing; allowed: text"),
            ("cases:", "case:", "TM01.yaml:2: case: an unknown key; allowed: rule, cases (did you mean cases?)"),
            ("rule: TM01", "rule: 1", "TM01.yaml:1: rule: 1; allowed: text"),
            (
                "  - name: A run of twice the longest is flagged\n    given",
                "  - given",
                "TM01.yaml:3: cases[0]: name: missing; allowed: text",
            ),
            ("    expect", "    expects", "expects: an unknown key; allowed: name, given, expect, fixed, fix, no_fix,"),
            ("    expect", "    expects", "expect: missing; allowed: none, a list of findings, or {not_applicable:"),
            ("    given", "    give", f"TM01.yaml:3: {CASE}: given: missing; allowed: a mapping"),
            (
                "severity: advice",
                "severity: advise",
                f"TM01.yaml:9: {CASE}: expect[0].severity: 'advise'; allowed: info, advice, warning, danger",
            ),
            ("severity: advice, ", "", "expect[0].severity: missing; allowed: text"),
            (
                "measured:",
                "mesured:",
                "expect[0].mesured: an unknown key; allowed: severity, where, measured, limit (did you mean measured?)",
            ),
            ("limit: 8.8", "limit: high", "expect[0].limit: 'high'; allowed: a number"),
            ("limit: 8.8", "limit: true", "expect[0].limit: True; allowed: a number"),
            (
                "{date: 2027-02-08}",
                "{dat: 2027-02-08}",
                "expect[0].where.dat: an unknown key; allowed: date, session, exercise, week (did you mean date?)",
            ),
            ("{date: 2027-02-08}", "{date: monday}", "expect[0].where.date: 'monday'; allowed: a date such as"),
            ("{date: 2027-02-08}", "{week: 3}", "expect[0].where.week: 3; allowed: true or false"),
            ("{date: 2027-02-08}", "here", "expect[0].where: 'here'; allowed: a mapping"),
            ("times: 5", "time: 5", "given.log.runs[0].repeat.time: an unknown key; allowed: every, times (did you"),
            ("times: 5", "times: 2.5", "given.log.runs[0].repeat.times: 2.5; allowed: a whole number"),
            ("times: 5", "times: true", "given.log.runs[0].repeat.times: True; allowed: a whole number"),
            ("distance: 16 km", "distence: 16 km", f"TM01.yaml:5: {CASE}: given.log.runs[5].distence"),
            ("    given:", "    fixed: maybe\n    given:", "fixed: 'maybe'; allowed: true or false"),
            ("      log:", "      logs:", "given.logs: an unknown key; allowed: runner, log, plan (did you mean log?)"),
        ],
    )
    def test_what_is_wrong_is_told_with_its_place(self, tmp_path: Path, old: str, new: str, said: str) -> None:
        """Missing and unknown keys, and what is of another type, each in words."""
        assert said in told(tmp_path, GOOD.replace(old, new))

    @pytest.mark.parametrize(
        ("expect", "said"),
        [
            ("nothing", "'nothing'; allowed: none, a list of findings"),
            ("nones", "or {not_applicable: part of the reason} (did you mean none?)"),
            ("[]", "an empty list; allowed: none, a list of findings, or {not_applicable: part of the reason} (where"),
            ("{not_aplicable: no run}", "not_aplicable: an unknown key; allowed: not_applicable (did you mean"),
            ("{not_applicable: 3}", "not_applicable: 3; allowed: text"),
            ("[advice]", "expect[0]: 'advice'; allowed: a mapping with severity, where, measured, limit"),
        ],
    )  # fmt: skip
    def test_what_is_expected_has_three_forms(self, tmp_path: Path, expect: str, said: str) -> None:
        """None, a list of findings, or a part of the reason."""
        text = GOOD[: GOOD.index("    expect:")] + f"    expect: {expect}\n"
        assert said in told(tmp_path, text)

    def test_a_plan_that_makes_no_document_is_told_with_its_case(self, tmp_path: Path) -> None:
        """Days outside the weeks, a date that is none, weeks of another type, and the faults of its sessions."""
        head = "rule: CO01\ncases:\n  - name: a\n    expect: none\n    given:\n      plan:\n        start: 2027-01-04\n"
        main = "main: [{exercise: calf-raise, sets: %s, amount: 9 reps}]"
        session = "        weeks: [build]\n        sessions: [{id: a, date: %s, " + main + "}]\n"
        assert "a session on 2027-01-12; allowed: days of the plan's weeks, 2027-01-04 to 2027-01-10" in told(
            tmp_path, head + session % ("2027-01-12", "2")
        )
        assert "sessions[0].date: 'soon'; allowed: a date" in told(tmp_path, head + session % ("soon", "2"))
        assert "TM01.yaml:6: case 'a': given.plan.weeks[0].sessions[0]" in told(
            tmp_path, head + session % ("2027-01-05", "no-number")
        )
        assert "weeks: missing; allowed: a list" in told(tmp_path, head)
        assert "weeks[0]: 3; allowed: a phase" in told(tmp_path, head + "        weeks: [3]\n")

    def test_every_fault_of_the_file_is_told_at_once(self, tmp_path: Path) -> None:
        """One round mends them all, in order of their lines."""
        text = GOOD.replace("severity: advice", "severity: bad") + GOOD[GOOD.index("  - name") :].replace(
            "limit", "limits"
        )
        lines = told(tmp_path, text).splitlines()
        assert [line.split(":")[1] for line in lines] == ["9", "16"]
