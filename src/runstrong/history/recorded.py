"""One activity as a file tells it, whatever the format: readers of logs give it, and a log is made of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Literal

from runstrong.model.quantities import Distance, Duration
from runstrong.model.remarks import Remark
from runstrong.model.value import Record, record

__all__ = ["Asked", "Reader", "Recorded", "RecordedExercise", "RecordedSet", "Recordings", "Units"]

Units = Literal["km", "miles"]
"""What distances are in where a file does not say."""


@record
class RecordedSet(Record):
    """One set of a strength session.

    Args:
        reps: None when not counted.
        load_kg: external load in kilograms; None when not told.
        seconds: how long it took; None when not told.
    """

    reps: int | None = None
    load_kg: float | None = None
    seconds: float | None = None


@record
class RecordedExercise(Record):
    """One exercise of a strength session, in the order done.

    Args:
        name: in the words of the file, such as ``Single Leg Calf Raise``; empty where it tells none.
        sets: as told; may be empty.
        watch: category and name in the words of the FIT profile, such as ``SQUAT/GOBLET_SQUAT``; the category alone
            where the file tells no more; empty where it is not from a watch.
        title: what the watch showed, where the file tells it beside the name.
    """

    name: str = ""
    sets: tuple[RecordedSet, ...] = ()
    watch: str = ""
    title: str = ""


@record
class Recorded(Record):
    """One activity as a file tells it. None and empty text mean that the file does not tell.

    Readers fill in what stands in the file and interpret nothing: which sport it is, whose day it falls on and which
    of two devices is believed is for `runstrong.history.logs` to settle.

    Args:
        place: where in the file, for reports, such as ``row 12`` or ``session 2``.
        date: local date, where the file tells a date and no time; otherwise that of `start` or `start_utc` holds.
        start: naive local time of the start.
        start_utc: aware time of the start; with `start` beside it the two tell the offset.
        sport: the file's own word for the sport, raw.
        sub_sport: and for what kind of it, raw.
        purpose: the file's own word for what it was for, such as ``race`` or ``Long Run``, raw.
        title: as the runner or the program named it.
        note: what the runner wrote.
        distance: covered.
        moving: time in motion.
        elapsed: time from start to end.
        session_rpe: as given, on the scale 0 to 10.
        feel: how it felt, raw; scales differ from program to program.
        average_heart_rate: beats per minute.
        max_heart_rate: beats per minute, of this activity.
        ascent_m: meters climbed.
        external_id: of the activity in the program that wrote it.
        device: what recorded it.
        exercises: of a strength session.
        planned_only: whether it stands in the file as planned and was never done.
    """

    place: str
    date: dt.date | None = None
    start: dt.datetime | None = None
    start_utc: dt.datetime | None = None
    sport: str = ""
    sub_sport: str = ""
    purpose: str = ""
    title: str = ""
    note: str = ""
    distance: Distance | None = None
    moving: Duration | None = None
    elapsed: Duration | None = None
    session_rpe: float | None = None
    feel: str = ""
    average_heart_rate: float | None = None
    max_heart_rate: float | None = None
    ascent_m: float | None = None
    external_id: str = ""
    device: str = ""
    exercises: tuple[RecordedExercise, ...] = ()
    planned_only: bool = False


@record
class Recordings(Record):
    """What a reader found in one file.

    Args:
        activities: in the order of the file.
        remarks: what could not be read, with the day where that can be told (an aware time where the file tells UTC),
            and what was taken in a certain way.
        whole: whether the file was read to its end; False where it breaks off.
        listing: whether the file claims to list all that was done, as an export does; False for a file of one activity,
            which says nothing about other days.
        program: what wrote the file, for people, such as ``Strava``; empty where it does not tell.
    """

    activities: tuple[Recorded, ...]
    remarks: tuple[Remark, ...] = ()
    whole: bool = True
    listing: bool = False
    program: str = ""


@record
class Asked(Record):
    """What the caller said about files that do not say it themselves.

    Args:
        units: of distances without a unit; None when the caller did not say.
    """

    units: Units | None = None


Reader = Callable[[bytes, "str | None", Asked], Recordings]
"""Takes the content of a file, its name for reports, and what the caller said.

Raises `DocumentError` where nothing in the file can be read, and nothing else whatever the bytes are."""
