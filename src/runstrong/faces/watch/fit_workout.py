"""A session as a FIT workout file, by Garmin's own library (the extra ``fit``), imported when first used.

The library drops the names that a field has for one kind of step (``duration_reps``, ``repeat_steps``) without a word,
so that only the fields themselves are written: ``duration_value`` and ``target_value``. Rests and repeats carry no
exercise, as category 0 is the bench press.
"""

from __future__ import annotations

import datetime as dt
import functools
import importlib
from collections.abc import Iterable, Iterator
from typing import Any

from runstrong.catalog.watch_names import UNKNOWN, Match, WatchNames
from runstrong.faces.watch.steps import (
    Pause,
    Repeat,
    Step,
    Work,
    cut,
    description_of,
    expanded,
    steps_of,
    title_of,
)
from runstrong.model.catalog import Catalog
from runstrong.model.errors import InvalidValue, MissingExtra, Problem
from runstrong.model.exercise import Exercise
from runstrong.model.hashing import content_hash
from runstrong.model.plan import Session
from runstrong.model.prescription import Continuous, Hold, Travel
from runstrong.model.words import PartName

__all__ = ["to_fit"]

_NAME, _STEP_NAME, _NOTES, _TITLE, _DESCRIPTION = 60, 50, 200, 100, 240
"""Bytes of text (convention): the format takes 254 in a field, watches show far less."""
_OWN_NAMES = 1000
"""First number of names that the profile does not have; titles tell what they mean."""
_YEARS = (1990, 2125)
_INTENSITY = {PartName.WARM_UP: "warmup", PartName.MAIN: "active", PartName.COOL_DOWN: "cooldown"}


def to_fit(
    session: Session,
    *,
    catalog: Catalog,
    own: Iterable[Exercise] = (),
    names: WatchNames | None = None,
    title: str | None = None,
) -> bytes:
    """Return a session as a FIT workout file for a watch.

    The same session gives the same bytes: its time of creation is the day of the session, its serial number is made of
    the session's id, so that a file written again stands for the one before.

    Args:
        session: to lead through.
        catalog: where names and cues are looked up.
        own: exercises that stand before the catalog's, such as those of a plan.
        names: what the watch calls them; the packaged names when not given.
        title: what the watch lists it as; the day and the emphasis when not given.

    Raises:
        InvalidValue: the session holds no exercise, its day is one that FIT has no number for, or `names` has one that
            the FIT profile does not have.
        MissingExtra: the extra ``fit`` is not installed.

    Example:
        >>> from runstrong.catalog import load_catalog
        >>> from runstrong.codec import read
        >>> from runstrong.planner import plan
        >>> made = plan(read("examples/runner.yaml"), weeks=1)
        >>> to_fit(made.sessions[0], catalog=load_catalog())[8:12]
        b'.FIT'
    """
    sdk = _extra()
    steps = steps_of(session, catalog=catalog, own=own, names=names)
    encoder = sdk.Encoder()
    numbers: dict[str, int] = sdk.Profile["mesg_num"]

    def write(name: str, **fields: Any) -> None:
        encoder.write_mesg({"mesg_num": numbers[name], **fields})

    day = _created(session)
    serial = int(content_hash([session.id])[:8], 16) or 1
    write("FILE_ID", type="workout", manufacturer="development", product=1, serial_number=serial, time_created=day)
    told = tuple(_messages(steps))
    write(
        "WORKOUT",
        sport="training",
        sub_sport="strength_training",
        capabilities="tcx",
        num_valid_steps=len(told),
        wkt_name=cut(title_of(session, title), _NAME),
        wkt_description=cut(description_of(session, steps), _DESCRIPTION),
    )
    called = _Called(steps)
    for index, (step, fields) in enumerate(told):
        write("WORKOUT_STEP", message_index=index, **fields, **(called.fields(step) if step is not None else {}))
    for index, (category, number, text) in enumerate(called.titles):
        write(
            "EXERCISE_TITLE", message_index=index, exercise_category=category, exercise_name=number,
            wkt_step_name=cut(text, _TITLE),
        )  # fmt: skip
    made: bytes = bytes(encoder.close())
    return made


def _created(session: Session) -> dt.datetime:
    """Return the first moment of a session's day; FIT counts seconds from the end of 1989, in 32 bits."""
    if not _YEARS[0] <= session.date.year <= _YEARS[1]:
        raise InvalidValue([Problem("session.date", str(session.date), f"a day from {_YEARS[0]} to {_YEARS[1]}")])
    return dt.datetime.combine(session.date, dt.time(), tzinfo=dt.UTC)


def _extra() -> Any:
    try:
        return importlib.import_module("garmin_fit_sdk")
    except ImportError as error:
        raise MissingExtra("writing .fit files", "fit") from error


# -- steps ----------------------------------------------------------------------------------------------------------


def _messages(steps: Iterable[Step]) -> Iterator[tuple[Work | None, dict[str, Any]]]:
    """Yield the fields of each step message, with the set that it asks for."""
    index = 0
    for step in steps:
        within = step.steps if isinstance(step, Repeat) else (step,)
        for each in within:
            yield (each, _work(each)) if isinstance(each, Work) else (None, _pause(each))
        index += len(within)
        if isinstance(step, Repeat):
            first = {"duration_type": "repeat_until_steps_cmplt", "duration_value": index - len(within)}
            yield None, {**first, "target_type": "open", "target_value": step.times}
            index += 1


def _work(step: Work) -> dict[str, Any]:
    amount = step.amount
    fields: dict[str, Any] = {
        "wkt_step_name": cut(step.shown, _STEP_NAME), "notes": cut(step.note, _NOTES),
        "intensity": _INTENSITY[step.part], "target_type": "open", "target_value": 0,
    }  # fmt: skip
    if isinstance(amount, (Hold, Continuous)):
        seconds = amount.high if isinstance(amount, Hold) else amount.high * 60
        fields |= {"duration_type": "time", "duration_value": seconds * 1000}
    elif isinstance(amount, Travel):
        # Indoors, and in the strength activity, a watch measures no distance: the runner ends the step.
        fields |= {"duration_type": "open"}
    else:
        fields |= {"duration_type": "reps", "duration_value": amount.high}
    if step.load is not None:
        in_pounds = step.load.mass.spoken.endswith("lb")
        fields |= {"exercise_weight": step.load.mass.kg, "weight_display_unit": "pound" if in_pounds else "kilogram"}
    return fields


def _pause(step: Pause) -> dict[str, Any]:
    fields: dict[str, Any] = {"intensity": "rest", "target_type": "open", "target_value": 0}
    if step.seconds is None:
        return {**fields, "duration_type": "open", "notes": cut(step.note, _NOTES)}
    return {**fields, "duration_type": "time", "duration_value": round(step.seconds * 1000)}


# -- names ----------------------------------------------------------------------------------------------------------


@functools.cache
def _numbers(kind: str) -> dict[str, int]:
    """Return the numbers of the words of one kind in the profile, the words in capitals."""
    types: dict[str, dict[int, str]] = _extra().Profile["types"]
    return {word.upper(): number for number, word in types.get(kind, {}).items()}


class _Called:
    """What the steps of one file are called.

    A watch tells an exercise by category and number, and shows one title for both. A name that fits exactly needs no
    title. One that is near has the exercise's own title, unless another exercise of the session has that name already:
    then, and where only the category fits, it takes a number that the profile does not have, which the title explains.
    """

    def __init__(self, steps: Iterable[Step]) -> None:
        works = {step.asked.exercise: step for step in expanded(steps) if isinstance(step, Work)}
        self.titles: list[tuple[int, int, str]] = []
        self._numbers: dict[str, tuple[int, int]] = {}
        taken: set[tuple[int, int]] = set()
        untold = iter(range(_OWN_NAMES, 0xFFFF))
        for exact in (True, False):
            for id, step in works.items():
                if (step.name.match is Match.EXACT) is exact:
                    known = self._known(step)
                    fits = known[1] is not None and known not in taken
                    pair = known[0], known[1] if fits and known[1] is not None else next(untold)
                    taken.add(pair)
                    self._numbers[id] = pair
                    if not (exact and fits):
                        self.titles.append((*pair, step.title))

    def _known(self, step: Work) -> tuple[int, int | None]:
        name = step.name
        category = _numbers("exercise_category").get(name.category)
        if category is None:
            raise InvalidValue([Problem(_place(step), name.category, f"a category of the FIT profile, or {UNKNOWN}")])
        if name.name is None:
            return category, None
        number = _numbers(f"{name.category.lower()}_exercise_name").get(name.name)
        if number is None:
            raise InvalidValue([Problem(_place(step), f"{name.pair}", f"a name of {name.category} in the FIT profile")])
        return category, number

    def fields(self, step: Work) -> dict[str, Any]:
        """Return category and number of a step."""
        category, number = self._numbers[step.asked.exercise]
        return {"exercise_category": category, "exercise_name": number}


def _place(step: Work) -> str:
    return f"watch name of {step.asked.exercise}"
