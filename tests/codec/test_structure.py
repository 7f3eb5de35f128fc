"""Plain data to values and back: exact types, and every fault with its path."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest

from runstrong.codec import structure, unstructure
from runstrong.codec.generated import reader_of
from runstrong.codec.leaves import converter_of, leaf_for
from runstrong.codec.structure import faults_in
from runstrong.codec.text import REFUSED
from runstrong.model.audits import Audit
from runstrong.model.edits import Insert, Lighten, Move, MoveRun, Reduce, Split, Swap, TrimRun, Wait
from runstrong.model.errors import DocumentError
from runstrong.model.findings import Fact
from runstrong.model.log import Log, PerformedSet
from runstrong.model.plan import CatalogStamp, Plan, Week
from runstrong.model.prescription import (
    Band,
    BodyWeight,
    External,
    FindLoad,
    Hold,
    PercentOfMax,
    Prescription,
    Reps,
    Tempo,
)
from runstrong.model.progression import Progression
from runstrong.model.quantities import RIR, Distance, Duration, kg, km, minutes, seconds
from runstrong.model.rules import RuleSet
from runstrong.model.runner import Runner
from runstrong.model.running import Run, RunningWeek
from runstrong.model.value import Value, limited, value
from runstrong.model.words import BandTension, Level, PartName, Phase, RunKind, Side

SQUAT = {"exercise": "squat", "sets": 3, "amount": "8-12 reps"}


@value
class Ceiling(Value):
    """A value whose optional field has a default of its own."""

    reps: int | None = limited(1, 50, default=20)


def faults(data: Any, cls: type = Prescription) -> list[str]:
    """Give the messages with which data is refused."""
    with pytest.raises(DocumentError) as caught:
        structure(data, cls)
    return [str(problem) for problem in caught.value.problems]


class TestReading:
    def test_a_prescription_in_full(self) -> None:
        """Amounts, loads, tempo, effort and rest are read from the short texts that documents use."""
        data = {
            **SQUAT,
            "side": "both",
            "load": "2 x 10 kg",
            "rir": 2,
            "tempo": "3-0-1-1",
            "rest": "90 s",
            "note": "a\nb",
        }
        assert structure(data, Prescription) == Prescription(
            exercise="squat", sets=3, amount=Reps(8, 12), side=Side.BOTH, load=External(kg(20), 2), rir=RIR(2),
            tempo=Tempo(3, 0, 1, 1), rest=seconds(90), note="a\nb",
        )  # fmt: skip

    @pytest.mark.parametrize(
        "load",
        [BodyWeight(), External(kg(2.5)), PercentOfMax(82.5), Band(BandTension.LIGHT, "ankles"), FindLoad(RIR(3))],
    )
    def test_each_load_comes_back(self, load: Any) -> None:
        """Every member of the union of loads is written as text and read back equal."""
        made = Prescription(exercise="squat", sets=3, amount=Hold(30), load=load)
        assert structure(unstructure(made), Prescription) == made

    def test_edits_carry_their_class_under_do(self) -> None:
        """A member of a union of classes says which one it is under `do`, in kebab case."""
        stamp = CatalogStamp(version="0.1", hash="x")
        edits = (
            Move(session="s1", to=dt.date(2027, 1, 6)),
            Swap(session="s1", exercise="squat", replacement=Prescription(exercise="lunge", sets=2, amount=Reps(8))),
            Reduce(session="s1", exercise="squat", sets=2, amount=Reps(6, 8), load=External(kg(8)), rir=RIR(3)),
            Insert(
                session="s1", part=PartName.WARM_UP, prescription=Prescription(exercise="skip", sets=1, amount=Reps(9))
            ),
            Split(session="s1", exercises=["lunge"], into="s2", to=dt.date(2027, 1, 7)),
            Wait(session="s1", exercise="hop", until=dt.date(2027, 1, 18)),
            Lighten(week=dt.date(2027, 1, 4), share=0.6),
            TrimRun(date=dt.date(2027, 1, 5), kind=RunKind.LONG, distance=km(12)),
            MoveRun(date=dt.date(2027, 1, 5), to=dt.date(2027, 1, 6)),
        )
        runner = Runner(name="Ada", running=RunningWeek())
        week = Week(number=1, start=dt.date(2027, 1, 4), phase=Phase.BUILD)
        plan = Plan(runner=runner, start=week.start, weeks=(week,), catalog=stamp, edits=edits)
        data = unstructure(plan)
        assert data["edits"][0] == {"do": "move", "session": "s1", "to": "2027-01-06"}
        assert data["edits"][2] == {
            "do": "reduce", "session": "s1", "exercise": "squat", "sets": 2, "amount": "6-8 reps", "load": "8 kg",
            "rir": 3,
        }  # fmt: skip
        assert structure(data, Plan) == plan
        data["edits"][0]["do"] = "mov"
        words = (
            "move, swap, reduce, drop, insert, split, wait, lighten, skip, pin, note, trim-run, move-run, "
            "exclude, approve (did you mean move?)"
        )
        assert faults(data, Plan) == [f"edits[0]: do: 'mov'; allowed: do: one of {words}"]

    def test_where_order_has_no_meaning_it_is_sorted(self) -> None:
        """A list without order is sorted on the way in, as the constructor does."""
        data = {"amount": "10 reps", "failed_form": ["knee-line", "full-range"]}
        made = structure(data, PerformedSet)
        assert made == PerformedSet(amount=Reps(10), failed_form=made.failed_form[::-1])

    def test_a_fact_keeps_its_type(self) -> None:
        """Where text, whole numbers and numbers are all allowed, 3 and 3.0 stay two things."""
        for got in ("3", 3, 3.0):
            made = structure({"name": "n", "value": got}, Fact)
            assert type(made.value) is type(got)
            assert type(unstructure(made)["value"]) is type(got)

    def test_nothing_right_is_refused_by_the_quick_reader(self) -> None:
        """What the converter makes, the generated reader makes too, for every field of a full value."""
        run = {"date": "2027-01-04", "kind": "race", "priority": "B", "distance": "10 mi", "session_rpe": 7.5,
               "pain": [{"region": "calf", "score": 0}]}  # fmt: skip
        assert reader_of(Run)(run) == faults_in(run, Run)[0]
        assert reader_of(Run)(run).kind is RunKind.RACE


class TestWriting:
    def test_defaults_are_left_out(self) -> None:
        """What stands at its default is not written, and what is written stands in the order of the fields."""
        made = Prescription(exercise="squat", sets=3, amount=Reps(8, 12))
        assert list(unstructure(made).items()) == list(SQUAT.items())

    def test_equal_values_are_written_equal(self) -> None:
        """20 and 20.0 are one number, so their documents are the same to the letter."""
        texts = {repr(unstructure(Runner(name="A", running=RunningWeek(), running_years=n))) for n in (20, 20.0)}
        assert texts == {"{'name': 'A', 'running_years': 20, 'running': {}}"}

    def test_none_that_is_not_the_default_is_written(self) -> None:
        """Where None is not the default, it is written, so that it comes back."""
        assert unstructure(Ceiling()) == {}
        assert unstructure(Ceiling(reps=None)) == {"reps": None}
        assert structure({"reps": None}, Ceiling) == Ceiling(reps=None)


WRONG = [
    ("sets", 3.7, "sets: 3.7; allowed: a whole number"),
    ("sets", 3.0, "sets: 3.0; allowed: a whole number"),
    ("sets", "5", "sets: '5'; allowed: a whole number (write it without quotes)"),
    ("sets", True, "sets: true; allowed: a whole number"),
    ("sets", None, "sets: null; allowed: a whole number (leave the key out when there is nothing to say)"),
    ("sets", -3, "sets: -3; allowed: from 1 to 20"),
    ("sets", 10**400, "sets: a whole number of 16 digits or more; allowed: a whole number"),
    ("sets", [3], "sets: a list of 1; allowed: a whole number"),
    ("rir", True, "rir: true; allowed: a number"),
    ("rir", "3", "rir: '3'; allowed: a number (write it without quotes)"),
    ("rir", float("nan"), "rir: nan; allowed: from 0 to 10"),
    ("rir", float("inf"), "rir: inf; allowed: from 0 to 10"),
    ("rir", -1, "rir: -1; allowed: from 0 to 10"),
    ("exercise", "Squat", ("exercise: 'Squat'; allowed: lower-case words, digits and hyphens, "
        "such as single-leg-calf-raise")),
    ("side", "boht", "side: 'boht'; allowed: one of none, both, left, right (did you mean both?)"),
    ("amount", "3.7 reps", ("amount: '3.7 reps'; allowed: whole numbers with reps, s, contacts, m or min "
        "(such as '8-12 reps' or '30 s')")),
    ("amount", "900 reps", "amount: '900 reps'; allowed: from 1 to 200 reps"),
    ("amount", 8, "amount: 8; allowed: an amount such as '8-12 reps', '30 s', '40 contacts', '20 m' or '5 min'"),
    ("load", "-5 kg", ("load: '-5 kg'; allowed: body weight, kilograms or pounds, a percentage of 1RM, a band, or a "
        "load to find (such as '20 kg', '2 x 10 kg', '80 % 1RM', 'light band at ankles' or 'find 3 RIR')")),
    ("rest", 90, "rest: 90; allowed: a number with s, min, h, such as '90 s' (add the unit)"),
    ("rest", "1:30", "rest: '1:30'; allowed: a number and a unit of s, min, h (such as 90 s or 35 min)"),
    ("note", 5, "note: 5; allowed: text (put it in quotes)"),
    ("note", "a\tb", "note: 'a\\tb'; allowed: text without control characters but newline"),
]  # fmt: skip


class TestRefusals:
    @pytest.mark.parametrize(("field", "got", "message"), WRONG)
    def test_wrong_scalars(self, field: str, got: object, message: str) -> None:
        """A scalar of the wrong type, form or size is refused with its path, value, what is allowed and a cure."""
        assert faults({**SQUAT, field: got}) == [message]

    @pytest.mark.parametrize(
        ("text", "cure"),
        [
            ("2027-02-30", " (there is no such day)"),
            ("2027-13-01", " (there is no such day)"),
            ("20270104", ""),
            ("2027-1-4", ""),
            ("2027-W01-1", ""),
            ("2027-01-04T00:00", ""),
        ],
    )
    def test_dates_that_do_not_exist(self, text: str, cure: str) -> None:
        """A date is YYYY-MM-DD and a day of the calendar."""
        assert faults({"date": text}, Run) == [f"date: {text!r}; allowed: a date such as 2027-01-04{cure}"]

    def test_unknown_and_missing_keys(self) -> None:
        """An unknown key is told the keys there are and the nearest; a missing one what it asks for."""
        data = {"exercise": "squat", "set": 3, "amount": "8 reps"}
        assert faults(data) == [
            "sets: missing; allowed: a whole number (every prescription has one)",
            (
                "set: an unknown key; allowed: exercise, sets, amount, side, load, rir, tempo, rest, degrees, "
                "progression, superset, note (did you mean sets?)"
            ),
        ]

    def test_all_faults_at_once(self) -> None:
        """Faults of type, of size and of names are told together, however deep they lie."""
        data = {
            "performances": [
                {
                    "date": "2027-01-04",
                    "exercise": "squat",
                    "sets": [{"amount": "8 rep"}, {"amount": "8 reps", "rir": 11}],
                },
                {"date": "2027-01-04", "exercise": "squat", "pain": [{"region": "clf", "score": 11}]},
                7,
            ],
            "runs": {},
        }
        assert [message.partition(":")[0] for message in faults(data, Log)] == [
            "runs",
            "performances[0].sets[0].amount",
            "performances[0].sets[1].rir",
            "performances[1].pain[0].region",
            "performances[1].pain[0].score",
            "performances[2]",
        ]

    def test_faults_between_fields_name_the_field(self) -> None:
        """What a class finds between its fields is told at the path of the field."""
        data = {"coverage": [{"first": "2027-01-04", "last": "2027-01-01"}]}
        assert faults(data, Log) == ["coverage[0].last: 2027-01-01; allowed: on or after 2027-01-04"]
        rung = {"exercise": "squat", "level": 1, "sets": 2, "amount": "8 reps", "ceiling": "30 s", "overload": ["reps"],
                "criterion": {"amount_at_least": 8}}  # fmt: skip
        ladder = {
            "id": "a",
            "name": "A",
            "purpose": "p",
            "region": "calf",
            "rungs": [rung],
            "after_last": "x",
            "sources": ["s"],
        }
        assert faults(ladder, Progression) == ["rungs[0].ceiling: 30 s; allowed: an amount counted in reps"]
        runner = {"name": "A", "running": {}, "availability": [{"day": "monday", "place": "gym"}]}
        assert faults(runner, Runner) == ["availability[0].place: gym; allowed: a place with a kit: none"]

    @pytest.mark.parametrize("got", [{}, "squat", 5, None, ["squat"], True])
    def test_a_mapping_is_asked_for(self, got: object) -> None:
        """What is no mapping, or an empty one, is refused by the names that are asked for."""
        assert all("allowed: " in message for message in faults(got))

    def test_lists_are_lists(self) -> None:
        """A single entry does not pass for a list, nor does a mapping or text, and repeats are refused."""
        runner = {"name": "A", "running": {}}
        assert faults({**runner, "goals": "health"}, Runner) == [
            "goals: 'health'; allowed: a list (write it as [a, b])"
        ]
        assert faults({**runner, "deficits": ["lumbar", "lumbar"]}, Runner) == [
            "deficits: a list of 2; allowed: each entry once (leave out the repeat)"
        ]

    def test_levels_are_whole_numbers(self) -> None:
        """A word that is a number takes neither true nor 1.0 nor text for it."""
        assert structure({"name": "A", "running": {}, "level": 1}, Runner).level is Level.NOVICE
        for got in (True, 1.0, "1", 4):
            assert "allowed: one of 1, 2, 3" in faults({"name": "A", "running": {}, "level": got}, Runner)[0]

    def test_true_is_not_remembered_as_one(self) -> None:
        """What passed once does not let an equal value of another type pass."""
        structure({**SQUAT, "sets": 1, "rir": 1}, Prescription)
        for field in ("sets", "rir"):
            assert faults({**SQUAT, field: True})
        assert faults({**SQUAT, "sets": 1.0})

    def test_what_was_refused_before_is_not_told_twice(self) -> None:
        """A value that the text stage has refused is passed over in silence."""
        made, problems = faults_in({**SQUAT, "side": REFUSED, "sets": 0}, Prescription)
        assert made is None
        assert [problem.place for problem in problems] == ["sets"]


class TestCoverage:
    @pytest.mark.parametrize("cls", [Runner, Plan, Log, Progression, RuleSet, Audit])
    def test_every_field_has_a_document_form(self, cls: type) -> None:
        """Every class of every document can be read; an annotation without a form fails when the reader is made."""
        assert callable(reader_of(cls))

    def test_a_type_without_a_form_says_so(self) -> None:
        """An annotation that no document can hold is an error of the programmer, told as one."""
        with pytest.raises(TypeError, match="no document form for"):
            leaf_for(complex)

    def test_quantities_and_words_are_remembered_per_field(self) -> None:
        """A field's own limits hold although another field has read the same text before."""
        assert structure({"date": "2027-01-04", "duration": "100 h"}, Run).duration == minutes(6000)
        assert faults({**SQUAT, "rest": "100 h"}) == ["rest: '100 h'; allowed: from 0 to 900 s"]

    def test_converters_are_found(self) -> None:
        """The converter of a list field is applied to what was read."""
        (field,) = [a for a in attrs.fields(PerformedSet) if a.name == "failed_form"]
        convert = converter_of(field)
        assert convert is not None
        assert convert([]) == ()
        assert leaf_for(Distance).read("10 km") == Distance(10)
        assert leaf_for(Duration).read("2 h") == Duration(7200)
