"""Laws of sessions on a watch: what is read back is the session, whoever reads it, and no text is more than text."""

from __future__ import annotations

import datetime as dt
import io
import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runstrong.catalog import load_catalog
from runstrong.catalog.watch_names import Match, load_watch_names
from runstrong.faces.watch import MOST_STEPS, Repeat, Work, expanded, size_of, steps_of, to_fit, to_garmin_connect
from runstrong.history.logs import read_log
from runstrong.model.plan import Part, Session
from runstrong.model.prescription import (
    BodyWeight,
    Contacts,
    Continuous,
    External,
    FindLoad,
    Hold,
    PercentOfMax,
    Prescription,
    Reps,
    Travel,
    blocks_of,
)
from runstrong.model.quantities import RIR, Duration, kg, lb
from runstrong.model.value import evolve
from runstrong.model.words import Emphasis, PartName, Side
from runstrong.testing.hostile import hostile_texts

sdk = pytest.importorskip("garmin_fit_sdk")
fitdecode = pytest.importorskip("fitdecode")

CATALOG, NAMES = load_catalog(), load_watch_names()
TYPES = sdk.Profile["types"]
SOME = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
DAY = dt.date(2027, 1, 4)
ONE = Session(
    id="one",
    date=DAY,
    emphasis=Emphasis.LIGHT_LEGS,
    parts=(Part(name=PartName.MAIN, prescriptions=(Prescription(exercise="calf-raise", sets=2, amount=Reps(8)),)),),
)

AMOUNTS = st.one_of(
    st.tuples(st.integers(1, 90), st.integers(0, 9)).flatmap(
        lambda span: st.sampled_from([Reps, Hold, Contacts, Travel, Continuous]).map(
            lambda kind: kind(span[0], span[0] + span[1])
        )
    )
)
LOADS = st.one_of(
    st.sampled_from([BodyWeight(), FindLoad(RIR(3)), PercentOfMax(80.0), External(lb(10)), External(lb(45), 2)]),
    st.floats(0.25, 499.0).map(lambda mass: External(kg(mass))),
)


@st.composite
def prescriptions(draw: st.DrawFn, superset: str | None = None) -> Prescription:
    """Any exercise of the catalog, or one that it does not have, with any dose."""
    return Prescription(
        exercise=draw(st.sampled_from([*sorted(CATALOG.exercises), "gone-from-the-catalog"])),
        sets=draw(st.integers(1, 6)),
        amount=draw(AMOUNTS),
        side=draw(st.sampled_from(list(Side))),
        load=draw(LOADS),
        rest=draw(st.none() | st.sampled_from([0.0, 20.0, 90.5, 900.0]).map(Duration)),
        superset=superset,
        note=draw(st.none() | hostile_texts().filter(str.strip)),
    )


@st.composite
def sessions(draw: st.DrawFn) -> Session:
    """Any session: each part with any exercises, alone and alternating."""
    parts = []
    for name in PartName:
        made: list[Prescription] = []
        for place in range(draw(st.integers(0 if parts or name is not PartName.COOL_DOWN else 1, 3))):
            letter = f"s{place}" if draw(st.booleans()) else None
            made += draw(st.lists(prescriptions(superset=letter), min_size=1, max_size=3 if letter else 1))
        if made:
            parts.append(Part(name=name, prescriptions=tuple(made)))
    return Session(id="s1", date=DAY, emphasis=Emphasis.HEAVY_LEGS, parts=tuple(parts))


def meant(session: Session) -> Iterator[tuple[Any, ...]]:
    """Yield what a session asks for, one after the other, by its own words: sets with their sides, and rests."""
    for part in session.parts:
        for block in blocks_of(part.prescriptions):
            for round_ in range(max(each.sets for each in block)):
                now = [each for each in block if each.sets > round_]
                for each in now:
                    for side in [Side.LEFT, Side.RIGHT] if each.side is Side.BOTH else [each.side]:
                        yield part.name, each, side
                # The rounds with the same exercises end alike, the last of them too.
                rest = max((each.rest.seconds for each in now if each.rest and each.sets > 1), default=0.0)
                if rest:
                    yield ("rest", rest)


# -- two readers ------------------------------------------------------------------------------------------------------


def by_sdk(raw: bytes) -> dict[str, list[dict[int, Any]]]:
    """Read a file by Garmin's decoder: fields by number, raw."""
    assert sdk.Decoder(sdk.Stream.from_byte_array(bytearray(raw))).check_integrity()
    decoder = sdk.Decoder(sdk.Stream.from_byte_array(bytearray(raw)))
    found: dict[str, list[dict[int, Any]]] = {}
    messages = sdk.Profile["messages"]

    def take(number: int, fields: dict[str, Any]) -> None:
        known = {field["name"]: int(place) for place, field in messages[number]["fields"].items()}
        found.setdefault(messages[number]["name"], []).append(
            {known[name]: got for name, got in fields.items() if name in known}
        )

    _, errors = decoder.read(
        apply_scale_and_offset=False, convert_types_to_strings=False, expand_sub_fields=False,
        convert_datetimes_to_dates=False, merge_heart_rates=False, mesg_listener=take,
    )  # fmt: skip
    assert errors == []
    return found


def by_fitdecode(raw: bytes) -> dict[str, list[dict[int, Any]]]:
    """Read a file by an independent decoder: fields by number, raw."""
    found: dict[str, list[dict[int, Any]]] = {}
    with fitdecode.FitReader(io.BytesIO(raw), check_crc=fitdecode.CrcCheck.RAISE) as reader:
        for frame in reader:
            if isinstance(frame, fitdecode.FitDataMessage):
                fields = {
                    field.field_def.def_num: field.raw_value
                    for field in frame.fields
                    if field.field_def is not None and field.raw_value is not None
                }
                found.setdefault(str(frame.name), []).append(fields)
    return found


def walked(steps: list[dict[int, Any]]) -> Iterator[dict[int, Any]]:
    """Go through the steps as a watch does: a repeat sends it back until all its times are gone through."""
    left: dict[int, int] = {}
    at = 0
    while at < len(steps):
        step = steps[at]
        if step[1] == 6:  # repeat_until_steps_cmplt
            left[at] = left.get(at, step[4]) - 1
            at = step[2] if left[at] > 0 else at + 1
        else:
            yield step
            at += 1


def asked_of(amount: Any) -> tuple[int, int | None]:
    """Return type and value of the end of a step, as FIT numbers them."""
    kinds = {Reps: (29, 1), Contacts: (29, 1), Hold: (0, 1000), Continuous: (0, 60_000)}
    kind, unit = kinds.get(type(amount), (5, 0))
    return kind, amount.high * unit if unit else None


class TestFit:
    """The file is the session."""

    @SOME
    @given(sessions())
    def test_two_readers_find_each_set_of_each_side_and_each_rest(self, session: Session) -> None:
        """Walked through, the file asks for what the session asks for, in its order."""
        raw = to_fit(session, catalog=CATALOG)
        first, second = by_sdk(raw), by_fitdecode(raw)
        assert first == second
        (workout,) = first["workout"]
        steps = first["workout_step"]
        assert (workout[4], workout[11], workout[6]) == (10, 20, len(steps))
        assert [step[254] for step in steps] == list(range(len(steps)))
        done = [step for step in walked(steps) if (step[7], step[1]) != (1, 5)]  # what waits for the runner aside
        wanted = list(meant(session))
        assert len(done) == len(wanted)
        for step, (kind, *told) in zip(done, wanted, strict=True):
            if kind == "rest":
                assert (step[7], step[1], step[2]) == (1, 0, round(told[0] * 1000))
                assert not {10, 11} & step.keys(), "a rest has no exercise"
                continue
            each, side = told
            assert step[7] == {PartName.WARM_UP: 2, PartName.MAIN: 0, PartName.COOL_DOWN: 3}[kind]
            assert (step[1], step.get(2)) == asked_of(each.amount)
            weight = each.load.mass.kg if isinstance(each.load, External) else None
            assert step.get(12) == (None if weight is None else round(weight * 100))
            assert step.get(13) == (None if weight is None else 2 if "lb" in each.load.mass.spoken else 1)
            word = {Side.LEFT: "Left side", Side.RIGHT: "Right side"}.get(side, "")
            assert step[0].startswith(word)
            assert step[8].startswith(word)

    @SOME
    @given(sessions())
    def test_every_exercise_is_known_to_the_watch_or_has_its_title(self, session: Session) -> None:
        """A pair of numbers stands for one exercise of the session, and means it: by the profile or by a title."""
        found = by_sdk(to_fit(session, catalog=CATALOG))
        titles = {(each[0], each[1]): each[2] for each in found.get("exercise_title", [])}
        assert len(titles) == len(found.get("exercise_title", []))
        pairs: dict[str, tuple[int, int]] = {}
        works = [step for step in walked(found["workout_step"]) if 10 in step]
        for step, (_, each, _) in zip(works, [each for each in meant(session) if each[0] != "rest"], strict=True):
            assert pairs.setdefault(each.exercise, (step[10], step[11])) == (step[10], step[11])
            name = NAMES.of(each.exercise)
            assert TYPES["exercise_category"][step[10]].upper() == name.category
            known = TYPES.get(f"{name.category.lower()}_exercise_name", {}).get(step[11], "").upper()
            if (step[10], step[11]) not in titles:
                assert (name.match, known) == (Match.EXACT, name.name)
            else:
                exercise = CATALOG.exercises.get(each.exercise)
                title = exercise.name if exercise is not None else "Gone from the catalog"
                assert titles[step[10], step[11]] == title
                assert known in ("", name.name)
        assert len(set(pairs.values())) == len(pairs)

    @SOME
    @given(sessions())
    def test_no_clock_runs_before_the_runner_is_ready(self, session: Session) -> None:
        """Before a hold stands a rest, or a step that waits; unless the watch could not hold so many steps."""
        steps = steps_of(session, catalog=CATALOG)
        flat = list(expanded(steps))
        clocks = [at for at, each in enumerate(flat) if isinstance(each, Work) and isinstance(each.amount, Hold)]
        if any(at == 0 or isinstance(flat[at - 1], Work) for at in clocks):
            assert all(isinstance(each, Work) or each.seconds is not None for each in flat)
            # A set that stands in two rounds of an uneven superset waits in both.
            written = [each for step in steps for each in (step.steps if isinstance(step, Repeat) else (step,))]
            holds = sum(isinstance(each, Work) and isinstance(each.amount, Hold) for each in written)
            assert size_of(steps) + holds > MOST_STEPS

    @SOME
    @given(sessions(), hostile_texts(), hostile_texts().filter(str.strip))
    def test_text_stays_text(self, session: Session, title: str, name: str) -> None:
        """No field is over the format's 255 bytes or holds more than a line; the same input gives the same bytes."""
        own = [evolve(each, name=name) for each in list(CATALOG.exercises.values())[::2]]
        session = evolve(session, note=name)
        raw = to_fit(session, catalog=CATALOG, own=own, title=title)
        assert raw == to_fit(session, catalog=CATALOG, own=own, title=title)
        found = by_fitdecode(raw)
        assert set(found) <= {"file_id", "workout", "workout_step", "exercise_title"}
        texts = [got for many in found.values() for each in many for got in each.values() if isinstance(got, str)]
        assert texts
        for text in texts:
            assert text == " ".join(text.split())
            assert 0 < len(text.encode()) < 255
            assert all(ord(each) >= 32 for each in text)

    @settings(SOME, max_examples=100)
    @given(st.lists(st.integers(0, 0x10FFFF).map(chr), max_size=60).map("".join))
    def test_a_title_may_be_anything(self, title: str) -> None:
        """Control characters, halves of letters and marks of direction are left out."""
        (workout,) = by_fitdecode(to_fit(ONE, catalog=CATALOG, title=title))["workout"]
        whole = to_garmin_connect(ONE, catalog=CATALOG, title=title)["workoutName"]
        assert whole.startswith(workout[8])
        assert "Cc" not in {unicodedata.category(each) for each in whole}
        assert whole.encode().decode() == whole


def walked_json(steps: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Go through the steps of a workout of Garmin Connect."""
    for step in steps:
        if step["type"] == "RepeatGroupDTO":
            assert step["endConditionValue"] == step["numberOfIterations"]
            for _ in range(step["numberOfIterations"]):
                yield from walked_json(step["workoutSteps"])
        else:
            yield step


def orders(steps: list[dict[str, Any]]) -> Iterator[int]:
    """Yield the numbers of steps, groups before what is in them."""
    for step in steps:
        yield step["stepOrder"]
        yield from orders(step.get("workoutSteps", []))


class TestGarminConnect:
    """The data is the session."""

    @SOME
    @given(sessions())
    def test_walked_through_it_asks_for_what_the_session_asks_for(self, session: Session) -> None:
        """Sets, sides, amounts, loads and rests, and nothing but what JSON can hold."""
        made = to_garmin_connect(session, catalog=CATALOG)
        assert json.loads(json.dumps(made, allow_nan=False)) == made
        (segment,) = made["workoutSegments"]
        numbers = list(orders(segment["workoutSteps"]))
        assert numbers == list(range(1, len(numbers) + 1))
        done = [
            step
            for step in walked_json(segment["workoutSteps"])
            if (step["stepType"]["stepTypeKey"], step["endCondition"]["conditionTypeKey"]) != ("rest", "lap.button")
        ]
        for step, (kind, *told) in zip(done, meant(session), strict=True):
            end = (step["endCondition"]["conditionTypeKey"], step.get("endConditionValue"))
            assert len(step["description"]) <= 512
            if kind == "rest":
                assert (step["stepType"]["stepTypeKey"], end) == ("rest", ("time", told[0]))
                assert "category" not in step
                continue
            each, side = told
            amount = each.amount
            assert end == {
                Reps: ("reps", amount.high), Contacts: ("reps", amount.high), Hold: ("time", amount.high),
                Continuous: ("time", amount.high * 60), Travel: ("lap.button", None),
            }[type(amount)]  # fmt: skip
            name = NAMES.of(each.exercise)
            assert step.get("category", "UNKNOWN") == name.category
            assert step.get("exerciseName") == name.name
            exercise = CATALOG.exercises.get(each.exercise)
            assert name.match is Match.EXACT or exercise is None or step["description"].startswith(exercise.name)
            assert side not in (Side.LEFT, Side.RIGHT) or f"{str(side).capitalize()} side." in step["description"]
            if isinstance(each.load, External):
                factor = step["weightUnit"]["factor"]
                assert step["weightValue"] * factor / 1000 == pytest.approx(each.load.mass.kg, abs=0.006)
            else:
                assert "weightValue" not in step


class TestRoundTrip:
    """A session that was done on the watch is read as what it was."""

    @SOME
    @given(session=sessions())
    def test_the_log_names_the_exercises_of_the_session(
        self, session: Session, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        """The watch hands back category, number and title; each set belongs to its exercise of the catalog."""
        raw = to_fit(session, catalog=CATALOG)
        folder: Path = tmp_path_factory.mktemp("watch")
        (folder / "done.fit").write_bytes(recorded(raw))
        log = read_log(folder / "done.fit")
        wanted = []
        for _, each, *_ in (each for each in meant(session) if each[0] != "rest"):
            if not wanted or wanted[-1] != each.exercise:
                wanted.append(each.exercise)
        assert {each.exercise for each in log.performances} == {*wanted} - {"gone-from-the-catalog"}
        untold = any("left out" in str(remark) for remark in log.remarks)
        assert untold is ("gone-from-the-catalog" in wanted)


def recorded(raw: bytes) -> bytes:
    """Return the activity that a watch makes of a workout when each step is done as asked."""
    found = by_sdk(raw)
    encoder = sdk.Encoder()
    number = sdk.Profile["mesg_num"]
    start = dt.datetime(2027, 1, 4, 17, tzinfo=dt.UTC)

    def write(name: str, **fields: Any) -> None:
        encoder.write_mesg({"mesg_num": number[name], **fields})

    write("FILE_ID", type="activity", manufacturer="development", product=1, serial_number=1, time_created=start)
    for index, each in enumerate(found.get("exercise_title", [])):
        write(
            "EXERCISE_TITLE", message_index=index, exercise_category=each[0], exercise_name=each[1],
            wkt_step_name=each[2],
        )  # fmt: skip
    for step in walked(found["workout_step"]):
        if 10 in step:
            reps = {"repetitions": step[2]} if step[1] == 29 else {}
            pair = {"category": [step[10]], "category_subtype": [step[11]]}
            write("SET", timestamp=start, set_type="active", duration=30.0, **reps, **pair)
    length = {"total_timer_time": 1800.0, "total_elapsed_time": 1800.0}
    write("SESSION", timestamp=start, start_time=start, sport="training", sub_sport="strength_training", **length)
    made: bytes = bytes(encoder.close())
    return made
