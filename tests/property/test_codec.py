"""Laws of the codec: what is written comes back, what is refused is refused cleanly, and the two readers agree."""

from __future__ import annotations

import copy
import datetime as dt
import json
from typing import Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from runstrong.codec import encode, loads, to_json, to_yaml
from runstrong.codec.generated import reader_of
from runstrong.codec.structure import faults_in
from runstrong.codec.text import REFUSED, Surprise, plain_scalar, read_json, read_text, read_yaml
from runstrong.codec.writing import yaml_text
from runstrong.model.errors import DocumentError
from runstrong.model.log import Log, Performance, PerformedSet
from runstrong.model.prescription import BodyWeight, External, FindLoad, Hold, PercentOfMax, Reps
from runstrong.model.quantities import RIR, Distance, Duration, Mass, SessionRPE
from runstrong.model.running import Pain, Run
from runstrong.model.words import DayPart, Form, Region, RunKind, Side

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
scalars = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**14), 10**14), st.floats(allow_nan=False, allow_infinity=False), text
)
plain = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(text, inner, max_size=4)),
    max_leaves=12,
)
looks_like_a_number = st.from_regex(
    r"[-+.]?[0-9xob_:.eE+-]{1,8}", fullmatch=True, alphabet=st.characters(codec="ascii")
)
words = st.sampled_from(["yes", "no", "on", "off", "y", "n", "true", "false", "null", "~", ".nan", ".inf", "-.INF"])

finite = st.floats(0.001, 400)
notes = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=30)
loads_ = st.one_of(
    st.just(BodyWeight()),
    st.builds(lambda mass, pieces: External(Mass(mass), pieces), finite, st.integers(1, 4)),
    st.builds(PercentOfMax, st.floats(10, 100)),
    st.builds(lambda reps: FindLoad(RIR(reps)), st.floats(0, 10)),
)
sets = st.builds(
    PerformedSet,
    side=st.sampled_from([Side.NONE, Side.LEFT, Side.RIGHT]),
    amount=st.one_of(st.builds(Reps, st.integers(1, 200)), st.builds(Hold, st.integers(1, 1800))),
    load=loads_,
    rir=st.none() | st.builds(RIR, st.integers(0, 10) | st.floats(0, 10)),
    failed_form=st.lists(st.sampled_from(Form), unique=True, max_size=3),
    assistance=notes,
)
dates = st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1))
pains = st.lists(st.builds(Pain, region=st.sampled_from(Region), score=st.integers(0, 10)), max_size=2)
runs = st.builds(
    Run,
    date=dates,
    day_part=st.sampled_from(DayPart),
    kind=st.sampled_from(RunKind),
    distance=st.none() | st.builds(Distance, finite),
    duration=st.none() | st.builds(Duration, finite.map(lambda hours: hours * 60)),
    session_rpe=st.none() | st.builds(SessionRPE, st.floats(0, 10)),
    pain=pains,
)
performances = st.builds(
    Performance,
    date=dates,
    exercise=st.sampled_from(["squat", "single-leg-calf-raise"]),
    sets=st.lists(sets, max_size=3),
    note=st.none() | notes,
)
logs = st.builds(Log, runs=st.lists(runs, max_size=3), performances=st.lists(performances, max_size=2))


class TestRoundTrip:
    @given(logs)
    def test_decode_of_encode_is_the_value(self, log: Log) -> None:
        """``decode(encode(x)) == x``, in YAML and in JSON."""
        assert loads(to_yaml(log)) == log
        assert loads(to_json(log)) == log

    @given(logs)
    def test_what_was_read_is_written_the_same(self, log: Log) -> None:
        """Writing what was read gives the very same text."""
        assert to_yaml(loads(to_yaml(log))) == to_yaml(log)

    @given(st.dictionaries(text, plain, min_size=1, max_size=5))
    def test_any_plain_data_is_read_back_from_yaml(self, data: dict[str, Any]) -> None:
        """The writer quotes whatever the strict reader would refuse or take for something else."""
        reading = read_yaml(yaml_text(data))
        assert [str(problem) for problem in reading.problems] == []
        assert repr(reading.data) == repr(data)

    @given(st.dictionaries(text, plain, max_size=5))
    def test_any_plain_data_is_read_back_from_json(self, data: dict[str, Any]) -> None:
        """Strict JSON reads what `json` writes, and knows the line of every entry."""
        reading = read_json(json.dumps(data, indent=1))
        assert reading.problems == []
        assert reading.data == data
        assert reading.line_of(()) == 1
        assert all((reading.line_of((key,)) or 0) > 1 for key in data)


class TestAgainstYaml11:
    @given(looks_like_a_number | words)
    def test_no_scalar_is_read_otherwise_than_yaml_1_1_reads_it(self, scalar: str) -> None:
        """What is taken at all means the same to YAML 1.1, but that dates and exponents stay what they look like."""
        try:
            got = plain_scalar(scalar)
        except Surprise:
            return
        try:
            other = yaml.safe_load(f"[{scalar}]")[0]
        except (yaml.YAMLError, ValueError):
            assert isinstance(got, str)
            return
        if isinstance(got, str):
            assert isinstance(other, (str, dt.date, dict))
        else:
            assert other == got or isinstance(other, str)


BASE: dict[str, Any] = {
    "runs": [
        {"date": "2027-01-04", "kind": "race", "priority": "B", "distance": "10 km", "session_rpe": 9, "pain": []}
    ],
    "performances": [
        {
            "date": "2027-01-05",
            "exercise": "squat",
            "sets": [{"side": "left", "amount": "8 reps", "load": "20 kg", "rir": 2, "failed_form": ["full-range"]}],
            "pain": [{"region": "calf", "score": 1}],
        }
    ],
    "coverage": [{"first": "2027-01-01", "last": "2027-01-31", "strength": True}],
}


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Give the path of every entry of nested data."""
    entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    found = [path] if path else []
    for step, inner in entries:
        found += places(inner, (*path, step))
    return found


class TestRefusal:
    @given(
        st.sampled_from(places(BASE)),
        st.one_of(
            plain, st.sampled_from([True, 1, 1.0, 0, -1, "1", float("nan"), float("inf"), 10**400, "8 reps", REFUSED])
        ),
    )
    def test_both_readers_agree(self, path: tuple[Any, ...], junk: Any) -> None:
        """The generated reader takes just what the collecting converter takes, and makes the same of it."""
        data = copy.deepcopy(BASE)
        held: Any = data
        for step in path[:-1]:
            held = held[step]
        held[path[-1]] = junk
        slow, problems = faults_in(data, Log)
        try:
            quick = reader_of(Log)(data)
        except Exception:  # noqa: BLE001  any exception is a refusal
            assert problems or junk is REFUSED
            return
        assert problems == []
        assert quick == slow
        assert repr(quick) == repr(slow)

    @given(st.sampled_from(places(BASE)), plain)
    def test_every_fault_lies_where_it_was_put(self, path: tuple[Any, ...], junk: Any) -> None:
        """The path of each fault is that of what was changed, or of what holds it or is held by it."""
        data = copy.deepcopy(BASE)
        held: Any = data
        for step in path[:-1]:
            held = held[step]
        assume(held[path[-1]] != junk)
        held[path[-1]] = junk
        for problem in faults_in(data, Log)[1]:
            assert problem.place.startswith(str(path[0]))

    @given(st.binary(max_size=60) | text | st.text("{}[]:,-&*!|>'\"% \n\tab1.~?#", max_size=40))
    def test_any_text_is_read_or_refused_cleanly(self, given_text: str | bytes) -> None:
        """No text whatever ends in anything but data or problems with a message."""
        reading = read_text(given_text, file="f")
        assert all(str(problem) for problem in reading.problems)
        with pytest.raises(DocumentError):
            loads(given_text, file="f")

    @given(logs, st.integers(0, 400), st.sampled_from(list("{}[]:,-&*!|>'\"% \n\tb1.~")))
    def test_a_slip_of_the_finger_is_read_or_refused_cleanly(self, log: Log, place: int, slip: str) -> None:
        """One stray character in a document gives a document or an error of ours, never another."""
        for whole in (to_yaml(log), to_json(log)):
            spoiled = whole[:place] + slip + whole[place:]
            try:
                made = loads(spoiled)
            except DocumentError:
                continue
            assert encode(made)["kind"] == "log"
