"""A session as a workout of Garmin Connect: the JSON that its web pages exchange, as plain dicts; nothing is sent.

Garmin does not document this shape. It is taken from what projects that send such workouts have found out; the how-to
page on watches names them, and what they disagree about.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from runstrong.catalog.watch_names import UNKNOWN, Match, WatchNames
from runstrong.faces.watch.steps import Pause, Repeat, Step, Work, description_of, steps_of, title_of
from runstrong.model.catalog import Catalog
from runstrong.model.exercise import Exercise
from runstrong.model.plan import Session
from runstrong.model.prescription import Continuous, Hold, Travel
from runstrong.model.quantities import lb
from runstrong.model.words import PartName

__all__ = ["to_garmin_connect"]

_NAME, _STEP, _WORKOUT = 80, 512, 1024
"""Characters of text that Garmin Connect takes."""
_SPORT = {"sportTypeId": 5, "sportTypeKey": "strength_training"}
_TYPES = {"warmup": 1, "cooldown": 2, "interval": 3, "rest": 5, "repeat": 6}
_ENDS = {"lap.button": 1, "time": 2, "iterations": 7, "reps": 10}
_PARTS = {PartName.WARM_UP: "warmup", PartName.MAIN: "interval", PartName.COOL_DOWN: "cooldown"}
_KILOGRAM = {"unitId": 8, "unitKey": "kilogram", "factor": 1000.0}
_POUND = {"unitId": 9, "unitKey": "pound", "factor": 453.59237}


def to_garmin_connect(
    session: Session,
    *,
    catalog: Catalog,
    own: Iterable[Exercise] = (),
    names: WatchNames | None = None,
    title: str | None = None,
) -> dict[str, Any]:
    """Return a session as a strength workout of Garmin Connect, in plain dicts, lists, text and numbers.

    What sends it, and puts it on the calendar, is a library of your choice; the day is `session.date`.

    Args:
        session: to lead through.
        catalog: where names and cues are looked up.
        own: exercises that stand before the catalog's, such as those of a plan.
        names: what Garmin calls them; the packaged names when not given.
        title: what it is listed as; the day and the emphasis when not given.

    Raises:
        InvalidValue: the session holds no exercise.

    Example:
        >>> from runstrong.catalog import load_catalog
        >>> from runstrong.codec import read
        >>> from runstrong.planner import plan
        >>> made = plan(read("examples/runner.yaml"), weeks=1)
        >>> to_garmin_connect(made.sessions[0], catalog=load_catalog())["sportType"]["sportTypeKey"]
        'strength_training'
    """
    steps = steps_of(session, catalog=catalog, own=own, names=names)
    made: dict[str, Any] = {
        "workoutName": title_of(session, title)[:_NAME],
        "description": description_of(session, steps)[:_WORKOUT],
        "sportType": dict(_SPORT),
        "workoutSegments": [{"segmentOrder": 1, "sportType": dict(_SPORT), "workoutSteps": _Order().of(steps)}],
    }
    if session.minutes.seconds:
        made["estimatedDurationInSecs"] = round(session.minutes.seconds)
    return made


class _Order:
    """Writes steps, and counts them through all levels as Garmin Connect does."""

    def __init__(self) -> None:
        self.step = self.group = 0

    def of(self, steps: Iterable[Step], group: int | None = None) -> list[dict[str, Any]]:
        return [self._one(step, group) for step in steps]

    def _one(self, step: Step, group: int | None) -> dict[str, Any]:
        self.step += 1
        order = self.step
        if isinstance(step, Repeat):
            self.group += 1
            head = {"type": "RepeatGroupDTO", "stepOrder": order, "childStepId": self.group}
            return {
                **head, "stepType": _type("repeat"), "numberOfIterations": step.times, "smartRepeat": False,
                **_end("iterations", float(step.times)), "workoutSteps": self.of(step.steps, self.group),
            }  # fmt: skip
        return {
            "type": "ExecutableStepDTO",
            "stepOrder": order,
            **({} if group is None else {"childStepId": group}),
            **(_work(step) if isinstance(step, Work) else _pause(step)),
            "targetType": {"workoutTargetTypeId": 1, "workoutTargetTypeKey": "no.target"},
        }


def _work(step: Work) -> dict[str, Any]:
    amount, name = step.amount, step.name
    # Where the name does not tell the exercise, the description does, which the watch shows.
    note = step.note if name.match is Match.EXACT else f"{step.title}. {step.note}"
    made: dict[str, Any] = {"stepType": _type(_PARTS[step.part]), "description": note[:_STEP]}
    if isinstance(amount, (Hold, Continuous)):
        made |= _end("time", float(amount.high if isinstance(amount, Hold) else amount.high * 60))
    elif isinstance(amount, Travel):
        made |= _end("lap.button")
    else:
        made |= _end("reps", float(amount.high))
    if name.category != UNKNOWN:
        made["category"] = name.category
        if name.name is not None:
            made["exerciseName"] = name.name
    if step.load is not None:
        mass = step.load.mass
        in_pounds = mass.spoken.endswith("lb")
        made["weightValue"] = round(mass.kg / lb(1).kg if in_pounds else mass.kg, 2)
        made["weightUnit"] = dict(_POUND if in_pounds else _KILOGRAM)
    return made


def _pause(step: Pause) -> dict[str, Any]:
    end = _end("lap.button") if step.seconds is None else _end("time", step.seconds)
    return {"stepType": _type("rest"), "description": step.note[:_STEP], **end}


def _type(key: str) -> dict[str, Any]:
    return {"stepTypeId": _TYPES[key], "stepTypeKey": key, "displayOrder": _TYPES[key]}


def _end(key: str, amount: float | None = None) -> dict[str, Any]:
    condition = {"conditionTypeId": _ENDS[key], "conditionTypeKey": key, "displayOrder": _ENDS[key]}
    return {"endCondition": condition, **({} if amount is None else {"endConditionValue": amount})}
