"""Sessions on a watch: steps, FIT files and Garmin Connect's workouts, looked at one by one."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from runstrong.catalog import load_catalog
from runstrong.catalog.watch_names import Match, WatchName, load_watch_names
from runstrong.faces.watch import (
    MOST_STEPS,
    Pause,
    Repeat,
    Work,
    size_of,
    steps_of,
    to_fit,
    to_garmin_connect,
)
from runstrong.faces.watch.steps import cut, plain
from runstrong.model.errors import InvalidValue, MissingExtra
from runstrong.model.plan import Part, Session
from runstrong.model.prescription import Continuous, External, Hold, Prescription, Reps, Travel
from runstrong.model.quantities import kg, lb, minutes, seconds
from runstrong.model.value import evolve
from runstrong.model.words import Emphasis, PartName, Side

sdk = pytest.importorskip("garmin_fit_sdk")

CATALOG, NAMES = load_catalog(), load_watch_names()
DAY = dt.date(2027, 1, 4)


def session(*main: Prescription, **more: Any) -> Session:
    """Make a session of main work."""
    part = Part(name=PartName.MAIN, prescriptions=main)
    return Session(**{"id": "s1", "date": DAY, "emphasis": Emphasis.LIGHT_LEGS, "parts": (part,), **more})


def asked(exercise: str, sets: int = 2, amount: Any = None, **more: Any) -> Prescription:
    """Make a prescription, without sides unless they are given."""
    return Prescription(exercise=exercise, sets=sets, amount=amount or Reps(8, 12), **more)


def shown(*main: Prescription) -> list[Any]:
    """Say what a watch leads through: titles, seconds of rest, None for a wait, and lists for repeats."""

    def one(step: Work | Pause) -> Any:
        return step.shown if isinstance(step, Work) else step.seconds

    return [
        [step.times, *map(one, step.steps)] if isinstance(step, Repeat) else one(step)
        for step in steps_of(session(*main), catalog=CATALOG)
    ]


def read(raw: bytes) -> dict[str, list[dict[str, Any]]]:
    """Read a file by Garmin's own decoder, in words."""
    messages, errors = sdk.Decoder(sdk.Stream.from_byte_array(bytearray(raw))).read()
    assert errors == []
    found: dict[str, list[dict[str, Any]]] = messages
    return found


class TestSteps:
    """What a session becomes, before it is written."""

    def test_sets_are_a_repeat_with_their_rest(self) -> None:
        """The rest closes each of them, the last one too."""
        assert shown(asked("goblet-squat", 3, rest=seconds(90))) == [[3, "Goblet squat", 90.0]]

    def test_one_set_is_a_step_without_rest(self) -> None:
        """There is no other set to rest for."""
        assert shown(asked("goblet-squat", 1, rest=seconds(90))) == ["Goblet squat"]

    def test_each_side_is_a_step_left_first(self) -> None:
        """The rest stands after both."""
        left, right = "Left side: Single-leg calf raise", "Right side: Single-leg calf raise"
        both = asked("single-leg-calf-raise", 2, side=Side.BOTH, rest=seconds(60))
        assert shown(both) == [[2, left, right, 60.0]]
        assert shown(evolve(both, side=Side.RIGHT)) == [[2, right, 60.0]]

    def test_a_superset_alternates_with_the_longest_rest_after_the_last(self) -> None:
        """One set of each in turn."""
        pair = (
            asked("goblet-squat", 3, superset="a", rest=seconds(90)),
            asked("push-up", 3, superset="a", rest=seconds(60)),
        )
        assert shown(*pair) == [[3, "Goblet squat", "Push-up", 90.0]]

    def test_what_has_more_sets_goes_on_alone_with_its_own_rest(self) -> None:
        """A third set of one of them."""
        pair = (
            asked("goblet-squat", 2, superset="a", rest=seconds(90)),
            asked("push-up", 4, superset="a", rest=seconds(60)),
        )
        assert shown(*pair) == [[2, "Goblet squat", "Push-up", 90.0], [2, "Push-up", 60.0]]

    def test_a_hold_waits_for_the_runner_unless_a_rest_was_before_it(self) -> None:
        """Nobody gets into a side plank while its clock runs."""
        plank = asked("plank", 2, Hold(30), rest=seconds(30))
        side = asked("side-plank", 2, Hold(20), side=Side.BOTH)
        left, right = "Left side: Side plank from elbow and feet", "Right side: Side plank from elbow and feet"
        assert shown(plank) == [None, [2, "Plank", 30.0]]
        assert shown(asked("push-up", 1), plank) == ["Push-up", None, [2, "Plank", 30.0]]
        assert shown(asked("push-up", 2, rest=seconds(60)), plank) == [[2, "Push-up", 60.0], [2, "Plank", 30.0]]
        assert shown(side) == [[2, None, left, None, right]]
        assert shown(plank, evolve(side, sets=1)) == [None, [2, "Plank", 30.0], left, None, right]

    def test_walks_go_on_without_a_wait(self) -> None:
        """What lasts minutes needs no getting ready."""
        assert shown(asked("brisk-walk", 1, Continuous(5)), asked("push-up", 1)) == ["Brisk walk", "Push-up"]

    def test_what_would_be_too_many_steps_goes_without_waits(self) -> None:
        """Fifty are taken to be what a watch holds; more than that is told in the description."""
        holds = [asked(id, 1, Hold(20), side=Side.BOTH) for id in sorted(CATALOG.exercises)[:20]]
        steps = steps_of(session(*holds), catalog=CATALOG)
        assert size_of(steps) == 40 <= MOST_STEPS
        assert size_of(steps_of(session(*holds[:12]), catalog=CATALOG)) == 48
        many = session(*holds, *(evolve(each, sets=2) for each in holds))
        assert (
            "100 steps; some watches take no more than 50." in to_garmin_connect(many, catalog=CATALOG)["description"]
        )
        assert "100 steps" in read(to_fit(many, catalog=CATALOG))["workout_mesgs"][0]["wkt_description"]

    def test_notes_say_side_dose_remark_and_cues(self) -> None:
        """What is needed most comes first."""
        calf = asked("single-leg-calf-raise", 1, side=Side.BOTH, note="Slowly")
        work, _ = steps_of(session(calf), catalog=CATALOG)
        assert isinstance(work, Work)
        assert work.note.startswith("Left side. 1 x 8-12 reps each side, body weight. Slowly. Press through")

    def test_a_session_without_exercises_is_refused(self) -> None:
        """There is nothing to lead through."""
        with pytest.raises(InvalidValue, match="session s1 without exercises"):
            steps_of(session(parts=()), catalog=CATALOG)

    def test_text_is_cut_between_sentences_or_else_between_letters(self) -> None:
        """Half a letter would be none."""
        assert cut("One. Two.", 9) == "One. Two."
        assert cut("One. Two.", 8) == "One."
        assert cut("\u4e2d\u4e2d", 5) == "\u4e2d"
        assert plain(" a\n\u202eb\x1b[0m\ud800c ") == "a b [0m c"


class TestFit:
    """The file."""

    def test_the_same_session_gives_the_same_bytes_under_any_hash_seed(self) -> None:
        """No clock and no order of sets has a part in it."""
        code = (
            "import runstrong as rs\n"
            "from runstrong.faces.watch import to_fit, to_garmin_connect\n"
            "catalog = rs.load_catalog()\n"
            "made = rs.plan(rs.load('examples/runner.yaml'), weeks=1).sessions[0]\n"
            "print(to_fit(made, catalog=catalog).hex(), to_garmin_connect(made, catalog=catalog))\n"
        )
        found = {
            subprocess.run(
                [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True,
                check=True, cwd=Path(__file__).parents[2],
            ).stdout
            for seed in ("1", "2")
        }  # fmt: skip
        assert len(found) == 1

    def test_the_file_is_known_by_session_and_day(self) -> None:
        """Written again it stands for the one before; another session has another number."""
        one, other = session(asked("push-up")), session(asked("push-up"), id="s2")
        (first,), (second,) = (read(to_fit(each, catalog=CATALOG))["file_id_mesgs"] for each in (one, other))
        assert first["time_created"] == dt.datetime(2027, 1, 4, tzinfo=dt.UTC)
        assert first["type"] == "workout"
        assert first["serial_number"] != second["serial_number"] > 0
        changed = read(to_fit(session(asked("plank", 1, Hold(9))), catalog=CATALOG))["file_id_mesgs"]
        assert changed == [first]

    def test_an_exact_name_needs_no_title_and_a_near_one_has_its_own(self) -> None:
        """The watch knows the calf raise; the heel drop is shown by its own name on the same picture."""
        found = read(to_fit(session(asked("single-leg-calf-raise")), catalog=CATALOG))
        (step, _) = found["workout_step_mesgs"]
        assert (step["exercise_category"], step["exercise_name"]) == ("calf_raise", 15)
        assert "exercise_title_mesgs" not in found
        (title,) = read(to_fit(session(asked("heel-drop")), catalog=CATALOG))["exercise_title_mesgs"]
        assert (title["exercise_name"], title["wkt_step_name"]) == (15, "Heel drop")

    def test_a_name_that_is_taken_is_not_given_twice(self) -> None:
        """Whatever comes first in the session, the exact name stays with the exercise that it fits."""
        found = read(to_fit(session(asked("heel-drop"), asked("single-leg-calf-raise")), catalog=CATALOG))
        heel, _, calf, _ = found["workout_step_mesgs"]
        assert calf["exercise_name"] == 15
        (title,) = found["exercise_title_mesgs"]
        assert (title["exercise_name"], title["wkt_step_name"]) == (heel["exercise_name"], "Heel drop")
        assert heel["exercise_name"] not in sdk.Profile["types"]["calf_raise_exercise_name"]

    def test_own_exercises_come_with_category_and_title(self) -> None:
        """A squat of one's own is a squat; what nobody knows is unknown, by its id."""
        own = evolve(CATALOG.exercises["goblet-squat"], id="my-squat", name="My squat")
        found = read(to_fit(session(asked("my-squat"), asked("who-knows")), catalog=CATALOG, own=[own]))
        titles = [(each["exercise_category"], each["wkt_step_name"]) for each in found["exercise_title_mesgs"]]
        assert titles == [("squat", "My squat"), ("unknown", "Who knows")]

    def test_loads_are_in_the_unit_that_is_on_them(self) -> None:
        """Twenty pounds stay pounds; the mass is that of all pieces."""
        found = read(
            to_fit(
                session(
                    asked("goblet-squat", 1, load=External(lb(20))),
                    asked("romanian-deadlift", 1, load=External(kg(20), 2)),
                    asked("plank", 1, Hold(30)),
                ),
                catalog=CATALOG,
            )
        )
        pounds, kilograms, _, plank = found["workout_step_mesgs"]
        assert (pounds["exercise_weight"], pounds["weight_display_unit"]) == (9.07, "pound")
        assert (kilograms["exercise_weight"], kilograms["weight_display_unit"]) == (20.0, "kilogram")
        assert "2 x 10 kg" in kilograms["notes"]
        assert "exercise_weight" not in plank

    def test_what_is_counted_ends_the_step(self) -> None:
        """The top of the range, in repetitions or time; meters end with the lap button."""
        main = [
            asked("push-up", 1),
            asked("plank", 1, Hold(20, 30)),
            asked("brisk-walk", 1, Continuous(5)),
            asked("farmer-carry", 1, Travel(20)),
        ]
        steps = read(to_fit(session(*main), catalog=CATALOG))["workout_step_mesgs"]
        ends = [(each["duration_type"], each.get("duration_value")) for each in steps]
        assert ends == [("reps", 12), ("open", None), ("time", 30_000), ("time", 300_000), ("open", None)]

    def test_the_list_of_the_watch_shows_the_day_or_a_title(self) -> None:
        """Sessions follow each other by day."""
        one = session(asked("push-up"))
        assert read(to_fit(one, catalog=CATALOG))["workout_mesgs"][0]["wkt_name"] == "2027-01-04 light legs"
        assert read(to_fit(one, catalog=CATALOG, title="Gym\x00 A"))["workout_mesgs"][0]["wkt_name"] == "Gym A"

    @pytest.mark.parametrize("year", [1066, 1989, 2126, 9999])
    def test_a_day_that_fit_cannot_count_is_refused(self, year: int) -> None:
        """Its seconds fill 32 bits."""
        with pytest.raises(InvalidValue, match=f"session.date: {year}"):
            to_fit(session(asked("push-up"), date=dt.date(year, 6, 1)), catalog=CATALOG)

    def test_a_name_that_the_profile_lacks_is_refused(self) -> None:
        """Told by exercise, with what is allowed."""
        for word, told in (("SQUAD", "a category of the FIT profile"), ("SQUAT", "a name of SQUAT in the FIT profile")):
            wrong = WatchName(match=Match.EXACT, category=word, name="MOON")
            names = evolve(NAMES, exercises={"push-up": wrong})
            with pytest.raises(InvalidValue, match=f"watch name of push-up: .*{told}"):
                to_fit(session(asked("push-up")), catalog=CATALOG, names=names)

    def test_without_the_extra_it_says_which(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The error names what to install; Garmin Connect's data needs nothing."""
        monkeypatch.setitem(sys.modules, "garmin_fit_sdk", None)
        with pytest.raises(MissingExtra, match=r"writing .fit files .*runstrong\[fit\]"):
            to_fit(session(asked("push-up")), catalog=CATALOG)
        assert to_garmin_connect(session(asked("push-up")), catalog=CATALOG)["workoutName"]


class TestGarminConnect:
    """The plain data."""

    def test_a_set_of_weights(self) -> None:
        """Repeat group, set and rest as Garmin Connect has them."""
        made = to_garmin_connect(
            session(asked("goblet-squat", 3, load=External(kg(16)), rest=seconds(90)), minutes=minutes(20)),
            catalog=CATALOG,
        )
        (group,) = made["workoutSegments"][0]["workoutSteps"]
        work, rest = group.pop("workoutSteps")
        assert made["estimatedDurationInSecs"] == 1200
        assert group == {
            "type": "RepeatGroupDTO", "stepOrder": 1, "childStepId": 1,
            "stepType": {"stepTypeId": 6, "stepTypeKey": "repeat", "displayOrder": 6},
            "numberOfIterations": 3, "smartRepeat": False,
            "endCondition": {"conditionTypeId": 7, "conditionTypeKey": "iterations", "displayOrder": 7},
            "endConditionValue": 3.0,
        }  # fmt: skip
        assert (work["category"], work["exerciseName"]) == ("SQUAT", "GOBLET_SQUAT")
        assert (work["weightValue"], work["weightUnit"]["unitKey"]) == (16.0, "kilogram")
        assert (work["endCondition"]["conditionTypeKey"], work["endConditionValue"]) == ("reps", 12.0)
        assert (rest["stepType"]["stepTypeKey"], rest["endConditionValue"]) == ("rest", 90.0)
        assert [work["stepOrder"], rest["stepOrder"]] == [2, 3]

    def test_what_the_name_does_not_tell_the_description_does(self) -> None:
        """A category alone, or none, with the exercise's own name before the dose."""
        made = to_garmin_connect(session(asked("pogo-hop", 1), asked("who-knows", 1)), catalog=CATALOG)
        hop, unknown = made["workoutSegments"][0]["workoutSteps"]
        assert hop["category"] == "PLYO"
        assert "exerciseName" not in hop
        assert hop["description"].startswith("Pogo hop. 1 x 8-12 reps")
        assert "category" not in unknown
        assert unknown["description"].startswith("Who knows. ")

    def test_pounds_stay_pounds(self) -> None:
        """The figure on the dumbbell."""
        made = to_garmin_connect(session(asked("goblet-squat", 1, load=External(lb(22.5)))), catalog=CATALOG)
        (step,) = made["workoutSegments"][0]["workoutSteps"]
        assert (step["weightValue"], step["weightUnit"]["unitKey"]) == (22.5, "pound")
