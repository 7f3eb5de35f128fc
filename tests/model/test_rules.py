"""Rules as records, the rule set that resolves their numbers, findings, waivers and the audit."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from runstrong.model.audits import Audit, Outcome
from runstrong.model.errors import InvalidValue, UnknownName
from runstrong.model.evidence import Evidence, Source
from runstrong.model.findings import Fact, NotApplicable, Waived, Waiver, Where
from runstrong.model.rules import Grade, Graded, Override, Parameter, Preset, RuleSet, Setting
from runstrong.model.value import evolve
from runstrong.model.words import Certainty, RuleStatus, Severity
from runstrong.rules import load_rules

MONDAY = dt.date(2027, 1, 4)


def most(value: float, rule: str = "TM01") -> Override:
    """Return an override of `most`."""
    return Override(rule=rule, parameter="most", value=value)


class TestRule:
    """The record of a rule."""

    @pytest.mark.parametrize("id", ["TM1", "tm01", "TM001", "T101", "TMAB", "", "ÜM01x"])
    def test_codes_have_a_family_and_a_number(self, make_rule, id: str) -> None:
        """A code is two capitals and two digits."""
        with pytest.raises(InvalidValue, match="two capitals for the family and two digits"):
            make_rule(id, name="too-many")

    def test_family_and_parameter(self, make_rule) -> None:
        """A rule knows its family and looks its parameters up by name."""
        rule = make_rule()
        assert rule.family == "TM"
        assert rule.parameter("most").value == 4
        with pytest.raises(UnknownName, match="no parameter of TM01 'mots'; did you mean 'most'"):
            rule.parameter("mots")

    def test_parameters_are_told_apart(self, make_rule) -> None:
        """Two parameters of one name are refused."""
        same = Parameter(name="most", value=1, unit="sets", min=1, max=2)
        with pytest.raises(InvalidValue, match="most twice"):
            make_rule(parameters=(same, same))

    @pytest.mark.parametrize("value", [0.9, 10.1])
    def test_a_default_lies_in_its_range(self, value: float) -> None:
        """A default outside its own range is refused."""
        with pytest.raises(InvalidValue, match="from 1 to 10"):
            Parameter(name="most", value=value, unit="sets", min=1, max=10)

    def test_a_rule_cites_something(self, make_rule) -> None:
        """A rule without evidence is refused."""
        with pytest.raises(InvalidValue, match="at least 1 entries"):
            make_rule(evidence=())


class TestEvidence:
    """Where a figure comes from."""

    def test_it_speaks_for_or_against(self) -> None:
        """Evidence that says nothing is refused."""
        with pytest.raises(InvalidValue, match="at least one of the two"):
            Evidence(source="frandsen-2025", certainty=Certainty.LOW)

    def test_unverified_is_at_most_expert_opinion(self) -> None:
        """What is known second hand cannot claim a study's certainty."""
        with pytest.raises(InvalidValue, match="expert opinion or convention"):
            Evidence(source="frandsen-2025", certainty=Certainty.LOW, supports="x", unverified=True)
        kept = Evidence(source="frandsen-2025", certainty=Certainty.EXPERT_OPINION, against="x", unverified=True)
        assert kept.unverified

    def test_a_source_reads_as_author_and_year(self) -> None:
        """A source reads as cited, without a year where it has none."""
        assert (
            str(Source(id="frandsen-2025", authors="Frandsen et al.", year=2025, title="x")) == "Frandsen et al. 2025"
        )
        assert str(Source(id="blog", authors="Anon", title="x")) == "Anon"


class TestLookup:
    """A rule set looks rules and numbers up."""

    def test_by_code_or_name(self, rules: RuleSet) -> None:
        """A rule is found by its code and by its name; else the nearest is named."""
        assert rules["TM01"] is rules["too-many-tm01"]
        with pytest.raises(UnknownName, match="did you mean 'too-many-tm02'"):
            rules["too-many-tm2"]
        assert len(rules) == 3
        assert [rule.id for rule in rules] == ["TM01", "TM02", "CO01"]

    def test_numbers_of_rules_and_policies(self, rules: RuleSet) -> None:
        """Numbers of rules and policies are read alike, alone, whole or all at once."""
        assert rules.number("TM01", "most") == 4
        assert rules.whole("planning", "least") == 2
        assert rules.numbers("TM01") == {"most": 4}
        assert rules.numbers("nobody") == {}

    def test_an_unknown_number_is_a_key_error(self, rules: RuleSet) -> None:
        """A number that no record has is never made up."""
        with pytest.raises(KeyError):
            rules.number("TM01", "least")


class TestOverrides:
    """Later layers stand before earlier ones, and every number knows its origin."""

    def test_later_stands_before_earlier(self, rules: RuleSet) -> None:
        """A call's number stands before the runner's, which stands before the record's."""
        runner = rules.with_overrides([most(6)], "runner")
        call = runner.with_overrides([most(8)], "call")
        assert [each.number("TM01", "most") for each in (rules, runner, call)] == [4, 6, 8]
        assert [each.origin("TM01", "most") for each in (rules, runner, call)] == ["record", "runner", "call"]

    def test_only_what_is_named_changes(self, rules: RuleSet) -> None:
        """An override of one rule leaves the same parameter of others alone, and the old set as it was."""
        made = rules.with_overrides([most(6)], "runner")
        assert made.number("TM02", "most") == 4
        assert made.origin("TM02", "most") == "record"
        assert rules.number("TM01", "most") == 4

    def test_by_name_and_for_policies(self, rules: RuleSet) -> None:
        """A rule may be named by its name, and a policy by its id."""
        policy = Override(rule="planning", parameter="least", value=3)
        made = rules.with_overrides([most(6, "too-many-tm01"), policy], "file")
        assert made.number("TM01", "most") == 6
        assert made.number("planning", "least") == 3
        assert made.settings == (
            Setting(rule="TM01", parameter="most", value=6, origin="file"),
            Setting(rule="planning", parameter="least", value=3, origin="file"),
        )

    def test_both_ends_of_the_range_are_open(self, rules: RuleSet) -> None:
        """The least and the greatest value can be set."""
        assert rules.with_overrides([most(1)], "call").number("TM01", "most") == 1
        assert rules.with_overrides([most(10)], "call").number("TM01", "most") == 10

    def test_every_fault_is_told_at_once(self, rules: RuleSet) -> None:
        """Unknown rules, unknown parameters and numbers out of range are told together with their cures."""
        wrong = [most(6, "TM09"), Override(rule="TM01", parameter="mots", value=1), most(11), most(0.5, "TM02")]
        with pytest.raises(InvalidValue) as caught:
            rules.with_overrides(wrong, "call")
        told = str(caught.value)
        assert len(caught.value.problems) == 4
        assert "override TM09.most: TM09; allowed: a rule or policy (did you mean 'TM0" in told
        assert "(did you mean 'most'?)" in told
        assert "override TM01.most: 11; allowed: from 1 to 10 sets" in told

    def test_order_of_layers_of_other_numbers_does_not_show(self, rules: RuleSet) -> None:
        """Two overrides of different numbers give the same rule set in either order."""
        one, two = most(6, "TM01"), most(7, "TM02")
        both = rules.with_overrides([one], "call").with_overrides([two], "call")
        assert both == rules.with_overrides([two, one], "call")

    def test_nothing_asked_is_nothing_made(self, rules: RuleSet) -> None:
        """Without overrides, and without anything to select or ignore, a rule set is itself, its numbers kept."""
        assert rules.with_overrides([], "call") is rules
        assert rules.narrowed() is rules
        assert rules.narrowed(iter(()), iter(())) is rules

    def test_digest_tells_numbers_and_codes_apart(self, rules: RuleSet) -> None:
        """The digest changes with a number or an active code, and not with anything else."""
        assert rules.digest == attrs.evolve(rules).digest
        assert rules.digest != rules.with_overrides([most(6)], "call").digest
        assert rules.digest != rules.narrowed(ignore=["TM01"]).digest
        assert rules.with_overrides([most(6)], "call").digest == rules.with_overrides([most(6)], "runner").digest

    def test_a_copy_makes_its_own_table(self, rules: RuleSet) -> None:
        """Numbers read before an override do not linger in the new set."""
        assert rules.number("TM01", "most") == 4
        assert rules.with_overrides([most(9)], "call").number("TM01", "most") == 9


class TestNarrowed:
    """Select and ignore by code, name or family."""

    @pytest.mark.parametrize(
        ("select", "ignore", "active"),
        [
            ([], [], ("CO01", "TM01")),
            (["TM"], [], ("TM01", "TM02")),
            (["TM02"], [], ("TM02",)),
            (["too-many-co01"], [], ("CO01",)),
            (["ALL"], [], ("CO01", "TM01", "TM02")),
            ([], ["TM"], ("CO01",)),
            (["ALL"], ["TM01", "too-many-tm02"], ("CO01",)),
            (["TM"], ["TM"], ()),
        ],
    )
    def test_selects_and_ignores(self, rules: RuleSet, select: list[str], ignore: list[str], active: tuple) -> None:
        """What is selected, or was active before, less what is ignored."""
        assert rules.narrowed(select, ignore).active == active

    def test_an_iterator_selects_as_a_list_does(self, rules: RuleSet) -> None:
        """Names may come from any iterable, even one that can be read only once."""
        assert rules.narrowed(iter(["TM02"]), iter(["TM01"])).active == ("TM02",)
        assert rules.narrowed(iter([]), iter(["TM01"])).active == ("CO01",)

    def test_names_that_fit_nothing_are_all_told(self, rules: RuleSet) -> None:
        """A name that fits no rule is refused with the nearest, not silently selecting nothing."""
        with pytest.raises(InvalidValue, match="did you mean 'too-many-tm01'") as caught:
            rules.narrowed(["too-many-tm1", "XX"])
        assert len(caught.value.problems) == 2


class TestWaiver:
    """A finding accepted on purpose."""

    @pytest.mark.parametrize(
        ("asked", "covers"),
        [
            ({}, True),
            ({"date": MONDAY}, True),
            ({"session": "mon", "exercise": "calf-raise"}, True),
            ({"date": MONDAY + dt.timedelta(days=1)}, False),
            ({"session": "thu"}, False),
            ({"exercise": "squat"}, False),
            ({"date": MONDAY, "exercise": "squat"}, False),
            ({"rule": "TM02"}, False),
            ({"until": MONDAY}, True),
            ({"until": MONDAY - dt.timedelta(days=1)}, False),
        ],
    )
    def test_covers_what_it_names(self, make_finding, asked: dict, covers: bool) -> None:
        """Everything that a waiver names has to agree; what it leaves open covers any."""
        assert Waiver(**{"rule": "TM01", "reason": "race week", **asked}).covers(make_finding()) is covers

    def test_a_named_session_covers_no_finding_without_one(self, make_finding) -> None:
        """A waiver of one session does not cover a finding about a whole week."""
        week = make_finding(where=Where(date=MONDAY, week=True))
        assert not Waiver(rule="TM01", reason="x", session="mon").covers(week)

    @pytest.mark.parametrize("reason", ["", "  \n"])
    def test_it_has_a_reason(self, reason: str) -> None:
        """A waiver without words is refused."""
        with pytest.raises(InvalidValue, match="words that say why"):
            Waiver(rule="TM01", reason=reason)


class TestFinding:
    """Place, fact against limit."""

    def test_reads_as_place_and_numbers(self, make_finding) -> None:
        """A finding tells its place and its numbers without needless zeros."""
        assert str(make_finding()) == "TM01 2027-01-04, session mon, calf-raise: 6 against 4 sets"
        week = Where(date=MONDAY, week=True)
        assert str(make_finding(where=week, measured=0.333, limit=-0.001)) == (
            "TM01 week of 2027-01-04: 0.33 against 0 sets"
        )

    def test_a_fact_is_text_or_a_number(self) -> None:
        """Truth values are no facts."""
        assert Fact(name="extra", value=2).value == 2
        with pytest.raises(InvalidValue):
            Fact(name="extra", value=True)


class TestAudit:
    """The outcome."""

    def test_messages_are_rendered_late(self, make_finding, rules: RuleSet) -> None:
        """Message and advice come from the record, with the finding's facts and numbers."""
        finding = make_finding(facts=(Fact(name="tissue", value="calf"), Fact(name="extra", value=2.0)))
        audit = Audit(findings=(finding,), rules=rules)
        assert audit.message(finding) == "6 sets are over 4 sets for calf"
        assert audit.advice(finding) == "leave out 2 of them"

    def test_at_least(self, make_finding, rules: RuleSet) -> None:
        """Findings are filtered by gravity, not by the alphabet."""
        findings = tuple(make_finding(severity=severity) for severity in reversed(Severity))
        audit = Audit(findings=findings, rules=rules)
        counts = [len(audit.at_least(severity)) for severity in Severity]
        assert counts == [4, 3, 2, 1]

    def test_severities_are_ordered_by_gravity(self) -> None:
        """Info is less than advice, that less than warning, that less than danger."""
        assert sorted(set(Severity)) == [Severity.INFO, Severity.ADVICE, Severity.WARNING, Severity.DANGER]
        assert max(Severity) is Severity.DANGER

    def test_repr_counts(self, make_finding, rules: RuleSet) -> None:
        """An audit shows as counts, gravest first."""
        assert repr(Audit(rules=rules)) == "<Audit: no findings; 0 waived; 0 rules>"
        finding, grave = make_finding(), make_finding(severity=Severity.DANGER)
        waived = Waived(finding=finding, waiver=Waiver(rule="TM01", reason="x"))
        audit = Audit(findings=(grave, finding), waived=(waived,), checked=("TM01", "CO01"), rules=rules)
        assert repr(audit) == "<Audit: 1 danger, 1 advice; 1 waived; 2 rules>"


def test_a_rule_that_is_off_is_on_only_by_name() -> None:
    """A rule whose record says why it is off is applied when its code or name is selected, not with its family."""
    on = load_rules()["TM01"]
    off = evolve(on, id="TM98", name="contested", off_because="its cut-offs are disputed")
    rules = load_rules(records=[off])
    assert "TM98" not in rules.active
    assert "TM98" not in rules.narrowed(["TM"]).active
    assert rules.narrowed(["TM98"]).active == ("TM98",)
    assert rules.narrowed(["contested"]).active == ("TM98",)


class TestSeverities:
    """A user grades a rule's findings otherwise; danger stays what it is."""

    def test_later_stands_before_earlier_and_keeps_its_origin(self, rules: RuleSet) -> None:
        """A severity of the call stands before the runner's, by code or name."""
        made = rules.with_severities([Grade(rule="TM01", severity=Severity.INFO)], "runner")
        made = made.with_severities([Grade(rule="too-many-tm01", severity=Severity.WARNING)], "call")
        assert made.grade("TM01") == Graded(rule="TM01", severity=Severity.WARNING, origin="call")
        assert made.grade("TM02") is None
        assert made.digest != rules.digest

    def test_no_rule_is_raised_to_danger(self) -> None:
        """Danger is for warning signs, strong pain and clearance."""
        with pytest.raises(InvalidValue, match="danger; allowed: info, advice or warning"):
            Grade(rule="TM01", severity=Severity.DANGER)

    def test_an_unknown_rule_names_the_nearest(self, rules: RuleSet) -> None:
        """A misspelt name grades nothing in silence."""
        with pytest.raises(InvalidValue, match="did you mean 'too-many-tm01'"):
            rules.with_severities([Grade(rule="too-many-tm1", severity=Severity.INFO)], "call")


class TestPreset:
    """One layer of choices, applied at once."""

    def test_everything_it_chooses_holds(self, rules: RuleSet) -> None:
        """Numbers, severities, selection and waivers of a preset stand in the rule set, with its name as origin."""
        waiver = Waiver(rule="TM01", reason="race week")
        preset = Preset(
            id="club",
            ignore=("CO",),
            enable=("TM02",),
            severities=(Grade(rule="TM01", severity=Severity.INFO),),
            overrides=(most(7),),
            waivers=(waiver,),
        )
        made = rules.with_preset(preset)
        assert made.active == ("TM01", "TM02")
        assert made.number("TM01", "most") == 7
        assert made.origin("TM01", "most") == "preset club"
        assert made.grade("TM01") is not None
        assert made.waivers == (waiver,)

    def test_all_its_faults_are_told_at_once(self, rules: RuleSet) -> None:
        """Unknown names in every part are told together, each with its place."""
        preset = Preset(
            select=("XX",),
            severities=(Grade(rule="YY01", severity=Severity.INFO),),
            overrides=(most(99),),
            waivers=(Waiver(rule="ZZ01", reason="x"),),
        )
        with pytest.raises(InvalidValue) as caught:
            rules.with_preset(preset)
        places = [problem.place for problem in caught.value.problems]
        assert places == ["override TM01.most", "severity of YY01", "rule", "waiver of ZZ01"]

    def test_one_number_is_set_once(self) -> None:
        """The same number twice in one preset is refused."""
        with pytest.raises(InvalidValue, match=r"TM01\.most twice"):
            Preset(overrides=(most(2), most(3)))


class TestLifecycle:
    """Rules in preview, deprecated rules, and codes that were retired."""

    @pytest.fixture
    def lives(self, rules: RuleSet) -> RuleSet:
        """Give a rule set with a rule in preview, a deprecated one, and one that took another's place."""
        on, other, third = rules.rules
        fresh = evolve(other, status=RuleStatus.PREVIEW, off_because="its limit may still change")
        gone = evolve(third, status=RuleStatus.DEPRECATED, off_because="TM01 says the same")
        return RuleSet(rules=(evolve(on, formerly=("TM77",)), fresh, gone), active=("TM01",))

    def test_preview_is_asked_for(self, lives: RuleSet) -> None:
        """A rule in preview is applied by name, or with its family once preview is on."""
        assert lives.narrowed(["TM"]).active == ("TM01",)
        assert lives.narrowed(["TM02"]).active == ("TM02",)
        assert lives.narrowed(preview=True).active == ("TM01", "TM02")
        assert lives.narrowed(["TM"], preview=True).active == ("TM01", "TM02")
        assert lives.narrowed(preview=True).narrowed(["ALL"]).active == ("TM01", "TM02")

    def test_a_deprecated_rule_is_applied_by_name_alone(self, lives: RuleSet) -> None:
        """Neither its family nor preview brings it back."""
        assert lives.narrowed(["ALL"], preview=True).active == ("TM01", "TM02")
        assert lives.narrowed(["CO01"]).active == ("CO01",)

    def test_a_retired_code_leads_to_its_heir(self, lives: RuleSet) -> None:
        """Look-up, selection, overrides and waivers take the old code."""
        assert lives["TM77"].id == "TM01"
        assert lives.narrowed(["TM77"]).active == ("TM01",)
        assert lives.with_overrides([most(6, "TM77")], "file").number("TM01", "most") == 6
        assert lives.with_waivers([Waiver(rule="TM77", reason="x")]).waivers

    @pytest.mark.parametrize("status", [RuleStatus.PREVIEW, RuleStatus.DEPRECATED])
    def test_what_is_not_stable_says_why(self, make_rule, status: RuleStatus) -> None:
        """A rule in preview says what may change, a deprecated one what took its place."""
        with pytest.raises(InvalidValue, match="what may change, or what took its place"):
            make_rule(status=status)


class TestExplained:
    """An audit tells passes too, with the numbers that judged."""

    def test_a_statement_is_told_with_its_numbers(self) -> None:
        """Shares read in percent, measures with their unit, one day as one day."""
        rules = load_rules()
        assert rules.statement("TF01").endswith("at most 10 % over the heaviest of the 42 days before.")
        assert "lie at least 3 h apart" in rules.statement("CO02")
        assert "in the 1 day before" in rules.statement("CO01")
        changed = rules.with_overrides([Override(rule="TM02", parameter="max_increase", value=0.125)], "call")
        assert "within 12.5 %" in changed.statement("TM02")

    def test_every_number_in_a_statement_is_filled_in(self) -> None:
        """No packaged statement is told with the name of a parameter in it."""
        rules = load_rules()
        assert [rule.id for rule in rules if "`" in rules.statement(rule.id)] == []

    def test_each_rule_has_an_outcome(self, make_finding, rules: RuleSet) -> None:
        """Found, waived, passed, passed in part and not judged are told apart."""
        waived = Waived(finding=make_finding(), waiver=Waiver(rule="TM01", reason="x"))
        week = Where(date=MONDAY, week=True)
        report = Audit(
            waived=(waived,),
            not_applicable=(
                NotApplicable(rule="TM02", reason="unknown", where=week),
                NotApplicable(rule="TM02", reason="unknown", where=week),
                NotApplicable(rule="CO01", reason="no runs at all"),
            ),
            checked=("TM01", "TM02", "CO01"),
            rules=rules,
        )
        outcomes = {each.rule: each.outcome for each in report.verdicts()}
        assert outcomes == {"TM01": Outcome.FOUND, "TM02": Outcome.PARTLY, "CO01": Outcome.NOT_JUDGED}
        assert report.verdict("TM02").silent == (("unknown", 2),)
        assert report.verdict("TM01").numbers == (Setting(rule="TM01", parameter="most", value=4, origin="record"),)
        bare = Audit(checked=("TM01",), rules=rules)
        assert bare.verdict("too-many-tm01").outcome is Outcome.PASSED
        with pytest.raises(UnknownName, match="TM02"):
            bare.verdict("TM02")
