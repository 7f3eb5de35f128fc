"""Laws of the schemas: they pass whatever the codec takes, and refuse whatever of it lies within one field."""

from __future__ import annotations

import contextlib
import copy
import functools
import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from runstrong.codec import KINDS, decode, encode, patterns, to_json
from runstrong.codec.leaves import Shape, shape_of
from runstrong.codec.schemas import json_schema
from runstrong.codec.text import read_text
from runstrong.model import value
from runstrong.model.audits import Audit
from runstrong.model.errors import DocumentError, InvalidValue
from runstrong.model.plan import Plan
from runstrong.model.prescription import Degree, Tempo, parse_amount, parse_load
from runstrong.model.quantities import Distance, Duration, Mass
from runstrong.model.rules import RuleSet
from runstrong.model.step import State
from runstrong.model.value import Value, evolve
from runstrong.testing.documents import DOCUMENTS

ROOT = Path(__file__).parents[2]
DATA = ROOT / "src" / "runstrong" / "data"


@functools.cache
def validator(kind: str) -> Any:
    """Give the validator of one kind of document."""
    return jsonschema.Draft202012Validator(json_schema(kind))


LARGE = (Plan, Audit, RuleSet)
"""Made of the same parts each time: a few say as much as many."""


class TestWhatIsWritten:
    @pytest.mark.parametrize("kind", [kind for kind in DOCUMENTS if kind not in LARGE], ids=lambda kind: kind.__name__)
    @given(st.data())
    @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
    def test_whatever_is_written_passes(self, kind: type[Value], data: st.DataObject) -> None:
        """Every drawn document, written as JSON, is valid under the schema of its kind."""
        self.judge(data.draw(DOCUMENTS[kind]()))

    @pytest.mark.parametrize("kind", LARGE, ids=lambda kind: kind.__name__)
    @given(st.data())
    @settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
    def test_whatever_is_written_at_length_passes(self, kind: type[Value], data: st.DataObject) -> None:
        """So is every large one."""
        self.judge(data.draw(DOCUMENTS[kind]()))

    @staticmethod
    def judge(document: Value) -> None:
        """Write a document and hold it against the schema of its kind."""
        written = json.loads(to_json(document))
        validator(written["kind"]).validate(written)


# -- One slip in a document ------------------------------------------------------------------------------------------


@functools.cache
def documents() -> tuple[dict[str, Any], ...]:
    """Give a small document of every kind, with most of what each can hold."""
    from runstrong.auditor import audit

    def file(path: Path) -> dict[str, Any]:
        data: dict[str, Any] = read_text(path.read_bytes()).data
        return data

    plan: Plan = decode((ROOT / "tests" / "golden" / "novice-plan.yaml").read_bytes())
    week = evolve(plan.weeks[0], sessions=plan.weeks[0].sessions[:1], runs=plan.weeks[0].runs[:1])
    asked = week.sessions[0].parts[1].prescriptions[0]
    plan = evolve(plan, weeks=(week,), decisions=plan.decisions[:1])
    edited = plan.wait(week.sessions[0].id, asked.exercise, until=plan.end).pin(week.sessions[0].id)
    report: Audit = audit(plan, fixes=True)
    few = evolve(report.rules, rules=report.rules.rules[:1], policies=report.rules.policies[:1])
    report = evolve(report, findings=report.findings[:2], not_applicable=report.not_applicable[:2], rules=few)
    log = file(ROOT / "examples" / "log.yaml")
    log = {key: got[:3] if isinstance(got, list) else got for key, got in log.items()}
    made = [
        file(ROOT / "examples" / "runner.yaml"),
        file(ROOT / "tests" / "runners" / "back-from-calf-strain.yaml"),
        log,
        encode(edited),
        encode(report),
        encode(few),
        encode(State(progression="calf-raise-straight", rung=0, earned=asked, prescription=asked, met=1)),
        file(DATA / "rules" / "TM01.yaml"),
        {"kind": "calendar", "schema": 1, "runs": [{"date": "2027-01-04"}], "rest": ["2027-01-05"]},
        {"kind": "preset", "schema": 1, "extends": "cautious", "ignore": ["MB"], "waivers": [
            {"rule": "TM01", "reason": "known", "until": "2027-02-01"}]},
    ]  # fmt: skip
    for name in ("exercises", "progressions", "standards", "policies"):
        several = file(min((DATA / name).glob("*.yaml")))
        held = KINDS[several["kind"]]
        if held.many and held.under:
            several[held.under] = several[held.under][:1]
        made.append(several)
    sources = file(DATA / "sources.yaml")
    sources["sources"] = sources["sources"][:2]
    return (*made, sources)


def places(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every entry of nested data."""
    entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, inner in entries:
        yield (*path, step)
        yield from places(inner, (*path, step))


@contextlib.contextmanager
def no_faults_between_fields() -> Iterator[None]:
    """Let classes that stand as mappings pass what lies between their fields; texts keep all of their own faults."""
    changed = []
    for cls in _all_under(Value):
        if shape_of(cls) is Shape.CLASS and cls.__name__ not in _READ_FROM_TEXT and hasattr(cls, "__attrs_attrs__"):
            plan = value._PLANS.get(cls) or value._plan_of(cls)
            if plan.crossed:
                plan.crossed = False
                changed.append(plan)
    try:
        yield
    finally:
        for plan in changed:
            plan.crossed = True


_READ_FROM_TEXT = frozenset(
    ["Reps", "Hold", "Contacts", "Travel", "Continuous", "_Span", "External", "PercentOfMax", "Band", "FindLoad"]
)


def _all_under(cls: type) -> Iterator[type]:
    for each in cls.__subclasses__():
        yield each
        yield from _all_under(each)


def takes(data: dict[str, Any]) -> bool:
    """Whether the codec takes a document."""
    try:
        decode(data)
    except DocumentError:
        return False
    return True


def passes(data: dict[str, Any]) -> bool:
    """Whether the schema of its kind passes a document."""
    return bool(validator(data["kind"]).is_valid(data))


def beyond(junk: Any, again: Any) -> bool:
    """Whether a value is one of those that only the codec can tell; see `runstrong.codec.schemas.BEYOND`.

    Args:
        junk: what was put into a document.
        again: tells whether the codec takes another value in its place.
    """
    if isinstance(junk, float):
        return junk.is_integer()
    if isinstance(junk, int):
        return abs(junk) >= 10**15
    if not isinstance(junk, str):
        return False
    span = re.match(r"(\d+)-(\d+) ", junk)
    if span is not None and int(span[1]) > int(span[2]):
        return True
    fraction = re.match(r"(\d+)\.\d+(?= ?[a-z%])", re.sub(r"^([2-4] x|find) ", "", junk))
    near = [junk.replace(fraction[0], str(int(fraction[1]) + more)) for more in (0, 1)] if fraction else []
    return bool(re.search(r"\de[-+]?\d", junk)) or junk.endswith("-02-29") or any(map(again, near))


plain = st.one_of(
    st.sampled_from(
        [None, True, False, 0, 1, 2, 3, 5, 11, 25, 101, 200, 1000, 10**5, 10**7, 10**16, -1, 0.5, 2.5, 3.0]
    ),
    st.sampled_from(
        ["", "no", "left", "none", "health", "squat", "TM01", "Two words", "-", "a--b", "\x1b[31m", "a\nb"]
    ),
    st.sampled_from(["2027-01-04", "2027-02-29", "2027-02-30", "2027-1-4", "0000-01-01", "20270104", "2027-W01-1"]),
    st.sampled_from([[], {}, [1], {"do": "pin"}, {"do": "fly"}, ["a", "a"], {"session": "a"}]),
)
units = st.sampled_from(
    [
        "kg",
        "lb",
        "km",
        "m",
        "cm",
        "mi",
        "s",
        "min",
        "h",
        "reps",
        "contacts",
        "% 1RM",
        "kg as 2",
        "RIR",
        "KG",
        "",
        "grams",
    ]
)
numbers = st.one_of(
    st.integers(0, 600).map(str),
    st.sampled_from(
        ["0.5", "01", "1e3", "7,5", "-3", "12-8", "8-12", "2 x 10", "4 x 125", "4 x 126", "find 3", "find 11"]
    ),
    st.sampled_from(
        ["200", "201", "240", "241", "400", "401", "1800", "1801", "5000", "5001", "1000", "1001", "100.5"]
    ),
)
texts = st.builds(
    lambda number, unit, space: f"{number}{space}{unit}", numbers, units, st.sampled_from([" ", " ", "", "  "])
)
others = st.one_of(
    st.sampled_from(["body weight", "find 3 RIR", "find 11 RIR", "light band at knees", "light band at hips"]),
    st.sampled_from(["4 x 125 kg", "4 x 126 kg", "2 x 250 kg", "2 x 251 kg", "0 kg", "500 kg", "501 kg", "1103 lb"]),
    st.sampled_from(["half range", "2-0-2-1", "02-0-30-1", "3-0-1", "31-0-0-0", "9999-12-31"]),
)


class TestOneSlip:
    @given(st.data())
    @settings(max_examples=250, deadline=None)
    def test_what_lies_within_one_field_is_judged_alike(self, data: st.DataObject) -> None:
        """With another value at any place, the schema refuses just what the codec refuses, what lies between apart."""
        document = data.draw(st.sampled_from(documents()))
        path = data.draw(st.sampled_from(data.draw(st.sampled_from(fields_in(document)))))
        junk = data.draw(st.one_of(plain, slips_in(at(document, path)), st.sampled_from(list(words_of(document)))))
        changed = with_(document, path, junk)
        with no_faults_between_fields():
            took = takes(changed)
            passed = passes(changed)
            if took != passed:
                assert not took, f"the schema refuses what the codec takes: {path}: {junk!r}"
                assert beyond(junk, lambda other: takes(with_(document, path, other))), f"{path}: {junk!r}"

    @given(st.data())
    @settings(max_examples=60, deadline=None)
    def test_a_key_too_many_or_too_few_is_judged_alike(self, data: st.DataObject) -> None:
        """A mapping with a key that it does not know, or without one that it needs, is refused by both."""
        document = data.draw(st.sampled_from(documents()))
        mappings = [path for path in ((), *places(document)) if isinstance(at(document, path), dict)]
        path = data.draw(st.sampled_from(mappings))
        added = with_(document, (*path, data.draw(st.sampled_from(["nmae", "", "Kind", "$schema"]))), 1)
        assert not takes(added)
        assert not passes(added)
        gone = copy.deepcopy(document)
        inner = at(gone, path)
        assume(inner)
        del inner[data.draw(st.sampled_from(list(inner)))]
        with no_faults_between_fields():
            assert takes(gone) == (bool(gone.get("kind")) and passes(gone))

    def test_the_documents_pass(self) -> None:
        """What the slips are made in is right, and is of nearly every kind."""
        assert all(takes(document) and passes(document) for document in documents())
        kinds = {document["kind"] for document in documents()}
        assert set(KINDS) - kinds == {"exercise", "progression", "standards", "source", "rules"}


def fields_in(document: dict[str, Any]) -> list[list[tuple[Any, ...]]]:
    """Give the paths of a document by field, so that a long list counts no more than one entry."""
    found: dict[tuple[Any, ...], list[tuple[Any, ...]]] = {}
    for path in places(document):
        if path not in (("kind",), ("schema",)):
            found.setdefault(tuple("*" if isinstance(step, int) else step for step in path), []).append(path)
    return list(found.values())


def slips_in(got: Any) -> st.SearchStrategy[Any]:
    """Return a strategy for what may stand where `got` stands, and for what is near to that."""
    if isinstance(got, list):
        return st.sampled_from([[], [*got, *got], got[:1], got * 3])
    if isinstance(got, str):
        return texts | others
    if isinstance(got, (int, float)):
        return st.integers(-2, 20) | st.sampled_from([10**7, -(10**7), got + 0.5, got + 1, got - 1, 10 * got, str(got)])
    return st.sampled_from([None, {}, [], 0])


def at(data: Any, path: tuple[Any, ...]) -> Any:
    """Give what stands at a path."""
    return functools.reduce(lambda held, step: held[step], path, data)


def with_(document: dict[str, Any], path: tuple[Any, ...], junk: Any) -> dict[str, Any]:
    """Give a document with another value at a path."""
    changed = copy.deepcopy(document)
    at(changed, path[:-1])[path[-1]] = junk
    return changed


def words_of(document: dict[str, Any]) -> Iterator[Any]:
    """Yield what stands in a document, to be put where it does not belong."""
    for path in itertools.islice(places(document), 80):
        yield at(document, path)


# -- Texts -----------------------------------------------------------------------------------------------------------


def reads(parse: Any, text: str) -> bool:
    """Whether a parser takes a text."""
    try:
        parse(text)
    except InvalidValue:
        return False
    return True


PARSERS = [
    (patterns.amount(), parse_amount),
    (patterns.load(), parse_load),
    (patterns.tempo(), Tempo.parse),
    (patterns.quantity(Mass), Mass.parse),
    (patterns.quantity(Distance), Distance.parse),
    (patterns.quantity(Duration), Duration.parse),
]


class TestTexts:
    @pytest.mark.parametrize(("pattern", "parse"), PARSERS, ids=[parse.__qualname__ for _, parse in PARSERS])
    @given(texts | others)
    @settings(max_examples=150)
    def test_an_expression_and_its_parser_agree(self, pattern: str, parse: Any, text: str) -> None:
        """What the one takes the other takes, numbers near a limit and descending ranges apart."""
        matched = re.search(pattern, text) is not None
        if reads(parse, text):
            assert matched, text
        elif matched:
            assert beyond(text, functools.partial(reads, parse)), text

    @given(st.floats(0, 1000), st.floats(0, 1000), st.sampled_from(list(Mass.units)))
    @settings(max_examples=80)
    def test_limits_never_refuse_what_lies_within(self, one: float, other: float, unit: str) -> None:
        """However a mass within limits is written, in whichever unit, the expression passes it."""
        low, high = sorted((one, other))
        for kg in (low, high, (low + high) / 2):
            for text in (str(Mass(kg)), f"{kg / Mass.units[unit]!r} {unit}"):
                if reads(Mass.parse, text) and low <= Mass.parse(text).kg <= high:
                    assert re.search(patterns.quantity(Mass, (low, high, None)), text), text
            if kg > 0:
                assert re.search(patterns.quantity(Mass, (None, 1000, 0)), str(Mass(kg)))

    @given(st.integers(0, 3000), st.integers(0, 3000), st.integers(0, 4000))
    def test_an_expression_for_whole_numbers_holds_just_those(self, one: int, other: int, got: int) -> None:
        """From the least to the greatest, and nothing else."""
        low, high = sorted((one, other))
        assert bool(re.fullmatch(patterns.whole(low, high), str(got))) is (low <= got <= high)
        assert not re.fullmatch(patterns.whole(low, high), f"0{low}")

    def test_degrees_are_those_that_are_read(self) -> None:
        """Each word for a degree reads back to itself."""
        assert [str(Degree.parse(word)) for word in patterns.degrees()] == patterns.degrees()
