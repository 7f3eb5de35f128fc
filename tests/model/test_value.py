"""What every noun shares: frozen, compared by content, shown as its own call, and checked when made."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from datetime import date
from types import ModuleType
from typing import Any

import attrs
import pytest

from runstrong.model import (
    audits,
    edits,
    evidence,
    exercise,
    findings,
    log,
    plan,
    prescription,
    progression,
    quantities,
    rules,
    runner,
    running,
    words,
)
from runstrong.model.audits import Outcome, Scope, Verdict
from runstrong.model.edits import (
    Approve,
    Drop,
    Exclude,
    Insert,
    Lighten,
    Move,
    MoveRun,
    Note,
    Pin,
    Reduce,
    Skip,
    Split,
    Swap,
    TrimRun,
    Wait,
)
from runstrong.model.errors import InvalidValue
from runstrong.model.evidence import Evidence, Source
from runstrong.model.exercise import Dose
from runstrong.model.findings import Fact, Idle, NotApplicable, Waived, Waiver, Where
from runstrong.model.log import Coverage, Log, Performance, PerformedSet, Readiness, Soreness
from runstrong.model.plan import CatalogStamp, Decision, Part
from runstrong.model.prescription import (
    Band,
    BodyWeight,
    Contacts,
    Continuous,
    Degree,
    External,
    FindLoad,
    Hold,
    PercentOfMax,
    Prescription,
    Reps,
    Tempo,
    Travel,
)
from runstrong.model.progression import Criterion, Prerequisite, Progression
from runstrong.model.quantities import RIR, Distance, Duration, Mass, SessionRPE, kg, km, minutes, seconds
from runstrong.model.rules import Grade, Graded, Override, Parameter, Preset, Setting
from runstrong.model.runner import (
    Assessment,
    Availability,
    DatedAvailability,
    Injury,
    Kit,
    Lift,
    Limitations,
    Runner,
    Weights,
)
from runstrong.model.running import Activity, Calendar, DatedException, Pain, Race, Run, RunningWeek, UsualRun
from runstrong.model.value import Value, evolve, identifier, limited, many, value
from runstrong.model.words import (
    BandTension,
    Certainty,
    Deficit,
    Equipment,
    Form,
    Level,
    OverloadAxis,
    PainKind,
    PartName,
    Position,
    Priority,
    Region,
    RunKind,
    Severity,
    Side,
    Tissue,
    Weekday,
)

MONDAY = date(2027, 1, 4)
MODULES = (
    audits, edits, evidence, exercise, findings, log, plan, prescription, progression, quantities, rules, runner,
    running,
)  # fmt: skip
ASKED = Prescription(exercise="squat", sets=3, amount=Reps(8, 12), side=Side.BOTH, load=External(kg(20), 2), rir=RIR(3),
                     tempo=Tempo(3, 0, 1, 0), rest=seconds(90), progression="squat",
                     note="slow\n\"down\" 'now'")  # fmt: skip
EVIDENCE = Evidence(source="frandsen-2025", certainty=Certainty.LOW, against="no relation")

SAMPLES: list[Value] = [
    kg(2.5), km(21.0975), seconds(90), minutes(35), RIR(2.5), SessionRPE(7), Mass(0.1), Distance(5), Duration(0.5),
    Reps(8, 12), Reps(10), Hold(30), Contacts(40), Travel(20), Continuous(5), Tempo(3, 0, 1, 1),
    Degree(OverloadAxis.RANGE, 2),
    BodyWeight(), External(kg(20)), External(kg(20), 2), PercentOfMax(72.5), Band(BandTension.LIGHT),
    Band(BandTension.HEAVY, "feet"), FindLoad(RIR(3)), ASKED, Prescription(exercise="squat", sets=1, amount=Hold(30)),
    Dose(level=Level.NOVICE, sets=2, amount=Reps(8)), Criterion(amount_over=10, rir_at_least=RIR(2)),
    Prerequisite(progression="calf", rung="calf-raise", weeks=4),
    Pain(region=Region.KNEE, side=Side.LEFT, score=3, kind=PainKind.SHARP),
    Run(date=MONDAY, kind=RunKind.RACE, priority=Priority.A, distance=km(10), pain=[Pain(region=Region.CALF, score=1)]),
    Activity(date=MONDAY, name="Cycling", duration=minutes(60), tissues=[Tissue.QUADRICEPS]),
    UsualRun(day=Weekday.SUNDAY, kind=RunKind.LONG), DatedException(date=MONDAY),
    RunningWeek(runs=[UsualRun(day=Weekday.SUNDAY)]), Race(id="half", date=MONDAY),
    Weights(kind=Equipment.DUMBBELL, each=[kg(5)], pieces=2), Kit(equipment=[Equipment.BAND], backpack_up_to=kg(0)),
    Availability(day=Weekday.MONDAY, minutes=minutes(30)), Injury(region=Region.CALF, since=MONDAY, ended=MONDAY),
    Lift(exercise="back-squat", date=MONDAY, mass=kg(80), reps=3, rir=RIR(1)),
    Assessment(exercise="calf-raise-test", date=MONDAY, side=Side.LEFT, amount=20),
    Limitations(exclude=["burpee"], positions=[Position.HANGING]),
    Runner(name="Jörg O'Neil", running=RunningWeek(), body_mass=kg(74), deficits=[Deficit.LUMBAR], start=MONDAY),
    PerformedSet(side=Side.LEFT, amount=Reps(10), failed_form=[Form.BRACE]),
    Performance(date=MONDAY, exercise="squat", sets=[PerformedSet(amount=Reps(10))]),
    Soreness(region=Region.HIP, score=4),
    Readiness(date=MONDAY, sleep=minutes(450), ill=False, soreness=[Soreness(region=Region.HIP, score=4)]),
    Coverage(first=MONDAY, last=MONDAY, strength=True), Log(runs=[Run(date=MONDAY)]),
    Part(name=PartName.MAIN, prescriptions=[ASKED]), Decision(about="season", what="x", why="y", sources=["TM01"]),
    CatalogStamp(version="1", hash="0"), Move(session="a", to=MONDAY),
    Reduce(session="a", exercise="plank", sets=1),
    Insert(session="a", part=PartName.WARM_UP, prescription=Prescription(exercise="skip", sets=1, amount=Reps(10))),
    Split(session="a", exercises=["plank"], into="b", to=MONDAY), Wait(session="a", exercise="plank", until=MONDAY),
    Lighten(week=MONDAY, share=0.6), TrimRun(date=MONDAY, distance=km(8)), MoveRun(date=MONDAY, to=MONDAY),
    Swap(session="a", exercise="b", replacement=ASKED),
    Drop(session="a", exercise="b"), Skip(session="a", reason="ill"), Pin(session="a"), Note(session="a", text="x"),
    Exclude(exercise="squat", since=MONDAY, reason="knee"), Approve(by="Kim", on=MONDAY, note="fine"),
    Source(id="anon", authors="Anon", title="x"), EVIDENCE, Override(rule="TM01", parameter="most", value=0.3),
    Setting(rule="TM01", parameter="most", value=5.0, origin="call"), Where(date=MONDAY, week=True),
    Parameter(name="most", value=1.5, unit="ratio", min=0.0, max=3.0), Fact(name="extra", value="text"),
    Fact(name="extra", value=2), Waiver(rule="TM01", reason="race week"), NotApplicable(rule="TM01", reason="no runs"),
    Grade(rule="TM01", severity=Severity.INFO), Graded(rule="TM01", severity=Severity.INFO, origin="call"),
    Preset(id="club", ignore=["CO"], waivers=[Waiver(rule="TM01", reason="x", until=MONDAY)]),
    Idle(waiver=Waiver(rule="TM01", reason="x"), reason="nothing was found"),
    Scope(first=MONDAY, last=MONDAY, runs_done=2),
    Calendar(runs=[Run(date=MONDAY)], rest=[MONDAY + dt.timedelta(days=1)]),
    DatedAvailability(first=MONDAY, minutes=minutes(20), note="hotel"),
    Verdict(rule="TM01", outcome=Outcome.PARTLY, statement="x", silent=[("unknown", 2)]),
]  # fmt: skip

NAMES = {"date": date} | {name: getattr(module, name) for module in (words, *MODULES) for name in module.__all__}
"""Every name that the call a value shows itself as can use."""


def ids(made: Value) -> str:
    """Name a sample by its class."""
    return type(made).__name__


@value
class Sample(Value):
    """One field of each kind of check."""

    name: str
    id: str = identifier()
    count: int = limited(1, 5)
    share: float = limited(above=0)
    flag: bool = False
    day: dt.date | None = None
    mass: Mass | None = limited(1, 10, default=None)
    regions: tuple[Region, ...] = many(ordered=False, default=())
    pair: tuple[int, str] | None = None


def sample(**changes: Any) -> Sample:
    """Return a faultless sample, changed as asked."""
    return Sample(**{"name": "x", "id": "x", "count": 1, "share": 0.5, **changes})


class TestRepr:
    """A value shows as the call that makes an equal one."""

    @pytest.mark.parametrize("made", SAMPLES, ids=ids)
    def test_reads_back(self, made: Value) -> None:
        """Evaluating what is shown gives an equal value of the same class."""
        again = eval(repr(made), NAMES)
        assert again == made
        assert type(again) is type(made)
        assert repr(again) == repr(made)

    def test_whole_documents_read_back(self, make_exercise, make_rung, make_session, rules) -> None:
        """Exercises, ladders, sessions and rule sets read back too, with all that they hold."""
        ladder = Progression(id="calf", name="Calf", purpose="x", region=Region.CALF, rungs=[make_rung()],
                             after_last="x", sources=["convention"])  # fmt: skip
        for made in (make_exercise(), ladder, make_session(), rules):
            assert eval(repr(made), NAMES) == made

    def test_defaults_are_left_out(self) -> None:
        """Only what differs from the default is shown."""
        assert repr(Run(date=MONDAY)) == "Run(date=date(2027, 1, 4))"
        assert repr(Limitations()) == "Limitations()"

    def test_every_noun_is_sampled(self) -> None:
        """Each public value class stands among the samples of this module, or has a repr of its own."""
        elsewhere = {"Exercise", "Progression", "Rung", "Session", "Week", "Plan", "Rule", "Policy", "RuleSet", "Audit",
                     "Finding", "Waived"}  # fmt: skip
        nouns = {
            name
            for module in MODULES
            for name in module.__all__
            if isinstance(found := getattr(module, name), type) and issubclass(found, Value)
        }
        assert nouns - {ids(made) for made in SAMPLES} == elsewhere


class TestEquality:
    """Compared by content within one class."""

    @pytest.mark.parametrize("made", SAMPLES, ids=ids)
    def test_a_copy_is_equal_with_the_same_hash(self, made: Value) -> None:
        """A value made again from the same content is equal and hashes alike."""
        again = evolve(made)
        assert again is not made
        assert again == made
        assert hash(again) == hash(made)
        assert len({again, made}) == 1

    def test_all_samples_differ(self) -> None:
        """No two different contents or classes are equal."""
        for position, one in enumerate(SAMPLES):
            assert [other for other in SAMPLES[position + 1 :] if one == other] == []

    def test_every_field_counts(self) -> None:
        """A difference in any field makes a difference."""
        changes: dict[str, Any] = {"name": "y", "id": "y", "count": 2, "share": 1.0, "flag": True, "day": MONDAY,
                                   "mass": kg(2), "regions": [Region.HIP], "pair": (1, "a")}  # fmt: skip
        assert set(changes) == {field.name for field in attrs.fields(Sample)}
        for name, changed in changes.items():
            assert sample() != sample(**{name: changed})

    def test_other_things_are_not_equal(self) -> None:
        """A value is not equal to its number, its text or None."""
        assert kg(20) != 20
        assert Reps(10) != "10 reps"
        assert Run(date=MONDAY) != None  # noqa: E711 - the operator is what is tested

    def test_a_cache_is_no_content(self, rules: Any) -> None:
        """A rule set that was asked for numbers equals one that was not."""
        fresh = evolve(rules)
        rules.number("TM01", "most")
        assert fresh == rules
        assert hash(fresh) == hash(rules)
        assert repr(fresh) == repr(rules)


class TestFrozen:
    """Nothing changes once made."""

    @pytest.mark.parametrize("made", SAMPLES, ids=ids)
    def test_no_field_can_be_set(self, made: Value) -> None:
        """Setting or deleting a field, or adding one, is refused."""
        names = [field.name for field in attrs.fields(type(made))]
        for name in [*names, "something_else"]:
            with pytest.raises(AttributeError):
                setattr(made, name, None)
        for name in names:
            with pytest.raises(AttributeError):
                delattr(made, name)

    @pytest.mark.parametrize("made", SAMPLES, ids=ids)
    def test_slots_alone(self, made: Value) -> None:
        """Values carry no dictionary, so that many of them are cheap."""
        assert not hasattr(made, "__dict__")

    @pytest.mark.parametrize("made", SAMPLES, ids=ids)
    def test_pickle_and_copy(self, made: Value) -> None:
        """A value survives pickling and copying, equal and alike."""
        for again in (pickle.loads(pickle.dumps(made)), copy.copy(made), copy.deepcopy(made)):
            assert again == made
            assert hash(again) == hash(made)
            assert repr(again) == repr(made)

    def test_plans_and_rule_sets_survive_pickling(self, plan: Any, rules: Any) -> None:
        """Whole documents survive pickling, a filled cache included."""
        rules.number("TM01", "most")
        for made in (plan, rules, Waived(finding=_finding(), waiver=Waiver(rule="TM01", reason="x"))):
            assert pickle.loads(pickle.dumps(made)) == made

    def test_evolve_checks_anew(self) -> None:
        """A changed copy is checked like any other value and leaves the old one alone."""
        old = Reps(8, 12)
        assert evolve(old, low=10) == Reps(10, 12)
        assert old == Reps(8, 12)
        with pytest.raises(InvalidValue):
            evolve(old, low=13)


def _finding() -> Any:
    from runstrong.model.findings import Finding
    from runstrong.model.words import Severity

    return Finding(rule="TM01", severity=Severity.INFO, where=Where(date=MONDAY), measured=1, limit=2, unit="sets")


class TestChecks:
    """Checks follow from annotations and the limits beside them."""

    def test_all_faults_of_a_value_are_told(self) -> None:
        """Every faulty field is reported at once, each with place, fact and what is allowed."""
        with pytest.raises(InvalidValue) as caught:
            Sample(
                name=1, id="A b", count=6, share=0, flag=1, day="2027-01-04", mass=kg(11), regions=["hip"], pair=(1,)
            )  # type: ignore[arg-type]
        assert str(caught.value).splitlines() == [
            "Sample.name: 1; allowed: text",
            "Sample.id: 'A b'; allowed: lower-case words, digits and hyphens, such as single-leg-calf-raise",
            "Sample.count: 6; allowed: from 1 to 5",
            "Sample.share: 0; allowed: over 0",
            "Sample.flag: 1; allowed: true or false",
            "Sample.day: '2027-01-04'; allowed: a date (datetime.date(year, month, day))",
            "Sample.mass: kg(11); allowed: from 1 to 10 kg",
            f"Sample.regions: ('hip',); allowed: at entry 0: Region: {', '.join(map(str, Region))} (Region.HIP)",
            "Sample.pair: (1,); allowed: 2 entries",
        ]

    def test_invalid_values_are_value_errors(self) -> None:
        """Code that catches ValueError catches them."""
        with pytest.raises(ValueError, match="allowed"):
            sample(count=0)

    @pytest.mark.parametrize("wrong", [True, 1.0, "1", None, 10**400])
    def test_whole_numbers_are_strict(self, wrong: Any) -> None:
        """Truth values, fractions, text and numbers beyond measure are no counts."""
        with pytest.raises(InvalidValue):
            sample(count=wrong)

    @pytest.mark.parametrize("wrong", [True, "1", None, float("nan"), float("inf"), 10**400])
    def test_numbers_are_finite(self, wrong: Any) -> None:
        """A number is finite and no truth value."""
        with pytest.raises(InvalidValue):
            sample(share=wrong)

    @pytest.mark.parametrize(
        "wrong", ["a\tb", "a\x00", "a\r\n", "a\x7f", "a\x85", "a\u2028b", "a\u202eb", "a\u2066b", "\ud800", b"a", None]
    )
    def test_text_holds_no_controls(self, wrong: Any) -> None:
        """Control characters, line separators, direction overrides and lone surrogates are refused in text."""
        with pytest.raises(InvalidValue):
            sample(name=wrong)

    @pytest.mark.parametrize("fine", ["", "two\nlines", "Zürich – ½ ° 走る 🏃", "e\u0301"])
    def test_text_may_be_of_any_language(self, fine: str) -> None:
        """Newlines and every script are welcome."""
        assert sample(name=fine).name == fine

    @pytest.mark.parametrize("wrong", ["", "A", "a b", "a_b", "-a", "a-", "a--b", "ä", "a\n", 5])
    def test_identifiers_are_kebab_case(self, wrong: Any) -> None:
        """A permanent name is lower-case words and digits joined by single hyphens."""
        with pytest.raises(InvalidValue, match="lower-case words"):
            sample(id=wrong)

    def test_sequences_become_tuples(self) -> None:
        """A list is taken for a tuple; a lone text or a mapping is not."""
        assert Limitations(exclude=["b", "a"]).exclude == ("a", "b")  # type: ignore[arg-type]
        for wrong in ("ab", {"a": 1}, 5, iter(["a"])):
            with pytest.raises(InvalidValue, match="a tuple or list"):
                Limitations(exclude=wrong)  # type: ignore[arg-type]

    def test_entries_that_cannot_be_sorted_are_faults(self) -> None:
        """A mixture that Python cannot sort is told as a fault of its entry."""
        with pytest.raises(InvalidValue, match="at entry 1"):
            sample(regions=[Region.HIP, 5])
        with pytest.raises(InvalidValue, match="at entry"):
            Weights(kind=Equipment.DUMBBELL, each=[kg(5), 5])  # type: ignore[arg-type]

    def test_repeats_are_refused_where_order_has_no_meaning(self) -> None:
        """An entry given twice is refused with the cure, and kept where order matters."""
        with pytest.raises(InvalidValue, match="leave out the repeat"):
            sample(regions=[Region.HIP, Region.HIP])
        assert len(Log(runs=[Run(date=MONDAY), Run(date=MONDAY)]).runs) == 2

    def test_a_long_fact_is_cut(self) -> None:
        """An endless value does not flood the message."""
        with pytest.raises(InvalidValue) as caught:
            sample(id="x" * 10_000 + "!")
        assert len(str(caught.value)) < 250

    def test_missing_and_stray_fields_are_type_errors(self) -> None:
        """Fields that are required or unknown fail as in any call."""
        with pytest.raises(TypeError):
            Run()  # type: ignore[call-arg]
        with pytest.raises(TypeError):
            Run(date=MONDAY, pace=5)  # type: ignore[call-arg]


class TestWords:
    """Enums print as documents write them."""

    @pytest.mark.parametrize("name", words.__all__)
    def test_every_word_has_a_meaning_and_reads_back(self, name: str) -> None:
        """Each enum says what it is for, its members print their value and show as they are named."""
        kind = getattr(words, name)
        assert kind.__doc__
        assert kind.__doc__ != words.Word.__doc__
        for member in kind:
            assert kind(member.value) is member
            assert eval(repr(member), {name: kind}) is member
            assert pickle.loads(pickle.dumps(member)) is member
            assert hash(member) == hash(kind(member.value))

    def test_levels_print_as_words(self) -> None:
        """A level is a number in documents and a word for people."""
        assert [str(level) for level in Level] == ["novice", "intermediate", "advanced"]

    def test_different_words_are_not_ordered(self) -> None:
        """Words of two kinds cannot be compared."""
        with pytest.raises(TypeError):
            _ = Region.HIP < Tissue.HAMSTRING

    def test_every_tissue_has_a_region(self) -> None:
        """No tissue is forgotten when coverage is counted."""
        assert all(isinstance(tissue.region, Region) for tissue in Tissue)
        assert {tissue.region for tissue in Tissue if not tissue.lower_body} == {
            Region.TRUNK,
            Region.THORACIC,
            Region.UPPER_BODY,
        }

    @pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
    def test_public_names_exist(self, module: ModuleType) -> None:
        """Each module's list of public names is true."""
        assert all(hasattr(module, name) for name in module.__all__)
