"""The contract catches what it is there to catch: for each law a check that breaks it, and what its author is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

import attrs
import pytest

from runstrong.auditor.engine import Auditor
from runstrong.model.edits import Move
from runstrong.model.evidence import Evidence
from runstrong.model.findings import Finding, NotApplicable, Where
from runstrong.model.rules import Loosens, Parameter, Rule, RuleSet
from runstrong.model.timeline import Timeline
from runstrong.model.words import Certainty, Severity
from runstrong.rules import finding, load_rules
from runstrong.rules.definition import Check
from runstrong.testing import Case, check_rule, read_cases
from runstrong.testing.contract import check_law
from runstrong.testing.laws import RULE_LAWS, Held, Law

TEXT = """\
rule: TM99
cases:
  - name: Two long runs after four weeks
    expect: none
    given:
      log:
        coverage: [{first: 2027-01-04, last: 2027-02-28, strength: true, warm_ups: true}]
        runs:
          - {date: 2027-01-05, distance: 10 km, repeat: {every: 7, times: 6}}
          - {date: 2027-02-16, distance: 22 km}
          - {date: 2027-02-20, distance: 25 km}
        performances:
          - {date: 2027-02-01, exercise: brisk-walk, sets: [{amount: 5 min}], part: warm-up}
          - {date: 2027-02-01, exercise: calf-raise, sets: [{amount: 12 reps, rir: 1}, {amount: 12 reps, rir: 1}]}
          - {date: 2027-02-03, exercise: plank, sets: [{amount: 30 s}]}
  - name: A plan of two sessions
    expect: none
    given:
      plan:
        start: 2027-01-04
        weeks: [build, build]
        runs: [{date: 2027-01-06, distance: 22 km}]
        sessions:
          - {id: a, date: 2027-01-05, main: [{exercise: goblet-squat, sets: 2, amount: 6 reps, rir: 1}]}
          - {id: b, date: 2027-01-06, main: [{exercise: goblet-squat, sets: 2, amount: 6 reps, rir: 1}]}
"""


@attrs.frozen
class Numbers:
    """One parameter."""

    most: float


Judge = Callable[[Timeline, Numbers], Iterable[Finding | NotApplicable]]
RECORD = Rule(
    id="TM99",
    name="long-run",
    since="1",
    severity=Severity.ADVICE,
    looks_back=0,
    statement="A run has at most `most` km.",
    rationale="An example.",
    not_for="Nobody.",
    message="{where}: {measured} over {limit} {unit}",
    advice="less",
    parameters=[Parameter(name="most", value=20, unit="km", min=5, max=40, loosens=Loosens.UP, note="convention")],
    evidence=[Evidence(source="convention", certainty=Certainty.CONVENTION, supports="an example")],
)


def rules_of(judge: Judge, record: Rule = RECORD) -> RuleSet:
    """Return the packaged rules with one more."""
    return load_rules(records=[record], checks=[Check("TM99", Numbers, judge)])


def told(day: dt.date, limit: float, measured: float = 30, **more: Any) -> Finding:
    """Return a finding about a day."""
    place = {"session": more.pop("session", None), "performed": more.pop("performed", True)}
    more.setdefault("no_fix", "" if more.get("proposals") else "runs are yours")
    return finding("TM99", Severity.ADVICE, Where(date=day, **place), measured=measured, limit=limit, unit="km", **more)


def long_run(timeline: Timeline, limits: Numbers) -> Iterable[Finding | NotApplicable]:
    """Flag a run over the limit: a check that keeps every law."""
    for run, performed in timeline.runs:
        if run.distance is not None and run.distance.km > limits.most:
            yield told(run.date, limits.most, run.distance.km, performed=performed)


def raising(timeline: Timeline, limits: Numbers) -> Iterable[Finding | NotApplicable]:
    """Divide by the number of runs."""
    yield told(timeline.runs[0][0].date, limits.most, 30 / len(timeline.plan_weeks))


def counting(seen: list[int]) -> Judge:
    """Remember what was judged before."""

    def judge(timeline: Timeline, limits: Numbers) -> Iterable[Finding | NotApplicable]:
        seen.append(1)
        return [told(run.date, limits.most, 30 + len(seen)) for run, _ in timeline.runs[:1]]

    return judge


def first_entry(timeline: Timeline, limits: Numbers) -> Iterable[Finding | NotApplicable]:
    """Take the log's first entry for its first day."""
    return [told(timeline.log.runs[0].date, limits.most)] if timeline.log and timeline.log.runs else []


def twice(timeline: Timeline, limits: Numbers) -> Iterable[Finding | NotApplicable]:
    """Tell each long run two times."""
    return [*long_run(timeline, limits), *long_run(timeline, limits)]


def without_numbers(timeline: Timeline, limits: Numbers) -> Iterable[Finding | NotApplicable]:
    """Tell a number that the message does not have room for."""
    return [told(run.date, limits.most, float("nan")) for run, _ in timeline.runs[:1]]


def without_reason(timeline: Timeline, limits: Numbers) -> Iterable[Finding | NotApplicable]:
    """Say nothing about why."""
    return [NotApplicable(rule="TM99", reason=" ")]


def another_name(timeline: Timeline, limits: Numbers) -> Iterable[Finding | NotApplicable]:
    """Speak for another rule."""
    return [NotApplicable(rule="TM01", reason="unknown")]


def spoiling(timeline: Timeline, limits: Numbers) -> Iterable[Finding | NotApplicable]:
    """Take what the rules after it read off the shared tables."""
    timeline.__dict__["sessions"] = ()
    return ()


def winter_only(timeline: Timeline, limits: Numbers) -> Iterable[Finding | NotApplicable]:
    """Speak in some months only."""
    return (each for each in long_run(timeline, limits) if each.where is not None and _month(each) == 2)  # type: ignore[union-attr]


def _month(each: Finding | NotApplicable) -> int:
    return each.where.date.month if each.where is not None else 0


def band(timeline: Timeline, limits: Numbers) -> Iterable[Finding | NotApplicable]:
    """Speak near the limit alone, so that a looser limit meets others."""
    for run, _ in timeline.runs:
        if (run.distance is not None and limits.most < run.distance.km < limits.most + 3) or (
            run.distance is not None and limits.most == 40
        ):
            yield told(run.date, limits.most, run.distance.km)


def a_week_back(timeline: Timeline, limits: Numbers) -> Iterable[Finding | NotApplicable]:
    """Read the run of a week before."""
    for run, _ in timeline.runs:
        if (timeline.longest_run_before(run.date, 8) or 0) > 5:
            yield told(run.date, limits.most)


def nothing_before(timeline: Timeline, limits: Numbers) -> Iterable[Finding | NotApplicable]:
    """Take what is not recorded for nothing."""
    for run, _ in timeline.runs:
        if timeline.longest_run_before(run.date, 28) is None and run.distance is not None and run.distance.km > 20:
            yield told(run.date, limits.most, run.distance.km)


def not_vouched(timeline: Timeline, limits: Numbers) -> Iterable[Finding | NotApplicable]:
    """Find fault with what the log does not vouch for."""
    for run, _ in timeline.runs:
        if timeline.log is not None and not timeline.log.covers(run.date, "strength"):
            yield told(run.date, limits.most)


def sets_as_one(timeline: Timeline, limits: Numbers) -> Iterable[Finding | NotApplicable]:
    """Count a set where none is recorded."""
    for row in timeline.rows:
        yield told(row.date, limits.most, 30 + row.sets, subject=row.exercise.id)


def no_warm_up(timeline: Timeline, limits: Numbers) -> Iterable[Finding | NotApplicable]:
    """Miss a warm-up that was not recorded."""
    for session in timeline.sessions:
        if session.date == dt.date(2027, 2, 1) and len(session.rows) < 2:
            yield told(session.date, limits.most)


def rest_is_too_much(timeline: Timeline, limits: Numbers) -> Iterable[Finding | NotApplicable]:
    """Find fault with fewer than eight runs."""
    if len(timeline.runs) < 8 and timeline.log and timeline.log.runs:
        yield told(timeline.log.coverage[0].first, limits.most)


def breaks(law: str, judge: Judge) -> None:
    """Hold a check to one law."""
    held = Held("TM99", rules=rules_of(judge))
    found = next(each for each in RULE_LAWS if each.id == law)
    check_law(found, held, cases=CASES, max_examples=0)


CASES: tuple[Case, ...] = ()


@pytest.fixture(autouse=True, scope="module")
def _cases(tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("cases") / "TM99.yaml"
    file.write_text(TEXT, encoding="utf-8")
    globals()["CASES"] = read_cases(file)


class TestLaws:
    """Each law is kept by a good check and broken by a bad one."""

    @pytest.mark.parametrize("law", RULE_LAWS, ids=lambda law: law.id)
    def test_a_good_check_keeps_it(self, law: Law) -> None:
        """A plain cap breaks none of them."""
        breaks(law.id, long_run)

    @pytest.mark.parametrize(
        ("law", "judge"),
        [
            ("raises", raising),
            ("repeats", counting([])),
            ("order", first_entry),
            ("once", twice),
            ("words", without_numbers),
            ("reasons", without_reason),
            ("reasons", another_name),
            ("ignoring", spoiling),
            ("weeks-shift", winter_only),
            ("loosening", band),
            ("looks-back", a_week_back),
            ("forgetting", nothing_before),
            ("first-day", nothing_before),
            ("uncovered", not_vouched),
            ("no-sets", sets_as_one),
            ("no-warm-ups", no_warm_up),
            ("last-day", rest_is_too_much),
            ("any-day", rest_is_too_much),
        ],
    )
    def test_a_bad_check_breaks_it(self, law: str, judge: Judge) -> None:
        """What is told begins with rule and law, and ends with the timeline."""
        statement = next(each.statement for each in RULE_LAWS if each.id == law)
        with pytest.raises(AssertionError) as caught:
            breaks(law, judge)
        assert str(caught.value).startswith(f"TM99 long-run breaks a law: {statement}\n")
        assert "held against\nrunner = Runner(name='Ada'" in str(caught.value)

    def test_a_message_that_names_no_limit_breaks_the_law_of_words(self) -> None:
        """Fact against limit, in every message."""
        rules = rules_of(long_run, attrs.evolve(RECORD, message="{where}: {measured} is too far"))
        with pytest.raises(AssertionError, match="does not name what was limit, 20: '2027-02-16: 22 is too far'"):
            check_rule("TM99", rules=rules, cases=_expecting(), max_examples=0)

    def test_a_message_that_cannot_be_rendered_breaks_the_law_of_words(self) -> None:
        """A fact that the check does not give is named."""
        rules = rules_of(long_run, attrs.evolve(RECORD, advice="{over} km less"))
        law = next(each for each in RULE_LAWS if each.id == "words")
        held = Held("TM99", rules=rules)
        with pytest.raises(AssertionError, match="cannot be rendered: no 'over'"):
            check_law(law, held, cases=CASES, max_examples=0)

    @pytest.mark.parametrize("law", ["fix-or-reason", "fix-clears", "fixing-ends"])
    def test_a_bad_engine_breaks_the_laws_of_fixes(self, law: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """A fix that is offered without proof does not clear, and fixing it would never end."""

        def judge(timeline: Timeline, limits: Numbers) -> Iterable[Finding | NotApplicable]:
            for session in timeline.sessions:
                edits = [Move(session=session.id, to=session.date)]
                yield told(session.date, limits.most, session=session.id, performed=session.performed, proposals=edits)

        real = Auditor.report

        def offering(self: Auditor, judged: Any, *, fixes: bool = True) -> Any:
            found = real(self, judged, fixes=False)
            made = [attrs.evolve(each, fix=each.proposals[0], no_fix="") for each in found.findings if each.proposals]
            return attrs.evolve(found, findings=tuple(made))

        breaks(law, judge)
        monkeypatch.setattr(Auditor, "report", offering)
        with pytest.raises(AssertionError, match="TM99 long-run breaks a law"):
            breaks(law, judge)


def _expecting() -> tuple[Case, ...]:
    """Return the cases with what the good check finds in them."""
    wanted: list[Any] = [[{"severity": "advice"}] * 2, [{"severity": "advice"}]]
    return tuple(attrs.evolve(case, expect=expect) for case, expect in zip(CASES, wanted, strict=True))


class TestCheckRule:
    """One call holds a rule to its cases and to every law."""

    def test_a_good_rule_passes(self) -> None:
        """With cases, and drawn timelines beside them."""
        check_rule("long-run", rules=rules_of(long_run), cases=_expecting(), max_examples=5)

    def test_a_case_that_does_not_hold_is_told(self) -> None:
        """Cases come first: the sentence of the case stands in front."""
        with pytest.raises(
            AssertionError, match=r"^TM99: Two long runs after four weeks: found beside what is expected"
        ):
            check_rule("TM99", rules=rules_of(long_run), cases=CASES, max_examples=0)

    def test_what_is_drawn_is_told_as_the_smallest_that_was_found(self) -> None:
        """A law that no case breaks is broken by a change of one, shown with few entries."""

        def judge(timeline: Timeline, limits: Numbers) -> Iterable[Finding | NotApplicable]:
            if len(timeline.runs) == 7:
                raise ZeroDivisionError

            return long_run(timeline, limits)

        with pytest.raises(AssertionError) as caught:
            check_rule("TM99", rules=rules_of(judge), cases=_expecting(), max_examples=300)
        said = str(caught.value)
        assert "A check never raises on a valid timeline." in said
        assert "the check raised ZeroDivisionError" in said
        assert said.count("Run(") == 7

    def test_a_rule_is_spared_with_a_reason(self) -> None:
        """Laws of the family TM are not for others; reading through history cannot be held to a number of days."""
        laws = {law.id: law for law in RULE_LAWS}
        assert laws["last-day"].spared(load_rules()["CO01"]) == "it is no rule of the family TM, too much"
        assert "not with a cap" in laws["any-day"].spared(load_rules()["TM01"])
        assert "looks_back" in laws["looks-back"].spared(load_rules()["CV01"])
        assert not laws["any-day"].spared(load_rules()["TM03"])
