"""Exports of whole training logs as tables: Strava, Garmin Connect, TrainingPeaks, intervals.icu."""

from __future__ import annotations

import datetime as dt
import functools
import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from runstrong.history.cells import (
    decimals_of,
    length_of,
    number_of,
    plain,
    slash_order,
    told,
    when_of,
    whens_in,
)
from runstrong.history.grids import Grid, grid_of, letters_of
from runstrong.history.headers import GARMIN, INTERVALS, STRAVA, TRAINING_PEAKS
from runstrong.history.recorded import Asked, Recorded, Recordings
from runstrong.history.sports import sport_of
from runstrong.model.errors import DocumentError, InvalidValue, Problem
from runstrong.model.quantities import Distance, Duration, km, meters, miles
from runstrong.model.remarks import Remark
from runstrong.model.words import Handling

__all__ = ["is_table", "recordings_of_json", "recordings_of_table"]

_READ = (
    "activities.csv of Strava, Activities.csv of Garmin Connect, workouts.csv of TrainingPeaks, CSV of intervals.icu"
)
_CUT_KM = 500.0
"""Where Strava gives one figure twice, one over this is in meters: few rides have as many kilometers (convention)."""


# -- which program ---------------------------------------------------------------------------------------------------

_UNITS = {
    "km": "km", "kilometers": "km", "kilometres": "km", "kilometer": "km", "mi": "miles", "mile": "miles",
    "miles": "miles", "m": "m", "meters": "m", "metres": "m", "meter": "m", "yd": "yd", "yards": "yd",
}  # fmt: skip
_IN_BRACKETS = re.compile(r"[(\[]\s*([A-Za-z]+)\s*[)\]]\s*$")
_WITH_UNIT = re.compile(r"(.*\d)\s*([A-Za-z]+)")
_MAKERS: Mapping[str, Callable[[float], Distance]] = {
    "km": km, "miles": miles, "m": meters, "yd": lambda got: meters(got * 0.9144),
}  # fmt: skip


@functools.cache
def _lookup(program: str) -> dict[str, str]:
    return {plain(name): field for field, names in _PROGRAMS[program].items() for name in names}


_PROGRAMS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "TrainingPeaks": TRAINING_PEAKS, "intervals.icu": INTERVALS, "Strava": STRAVA, "Garmin Connect": GARMIN,
}  # fmt: skip
_ASKED: Mapping[str, Callable[[set[str]], bool]] = {
    "TrainingPeaks": lambda got: {"date", "sport"} <= got,
    "intervals.icu": lambda got: {"start", "sport"} <= got,
    "Strava": lambda got: {"date", "sport"} <= got and bool({"id", "file"} & got),
    "Garmin Connect": lambda got: (
        {"date", "sport"} <= got and len({"title", "favorite", "calories", "moving"} & got) > 1
    ),
}
_WANTED: Mapping[str, tuple[str, ...]] = {
    "TrainingPeaks": ("distance", "moving"), "intervals.icu": ("distance", "moving"),
    "Strava": ("distance", "elapsed"), "Garmin Connect": ("distance", "moving"),
}  # fmt: skip


_WORDS = frozenset(
    {"id", "date", "start", "start_utc", "name", "title", "sport", "sub_sport", "note", "file", "purpose"}
)


class _Columns:
    """The columns of a table by what stands in them, in the words of one program."""

    def __init__(self, program: str, top: Sequence[str]) -> None:
        self.program, self.top = program, top
        self.places: dict[str, list[int]] = {}
        self.units: dict[int, str] = {}
        lookup = _lookup(program)
        for place, heading in enumerate(top):
            bare = heading.strip()
            unit = _IN_BRACKETS.search(bare)
            if unit and unit[1].lower() in _UNITS:
                self.units[place] = _UNITS[unit[1].lower()]
                bare = bare[: unit.start()]
            name = plain(bare)
            field = lookup.get(name)
            if field is None and name.rpartition(" ")[2] in ("km", "mi", "miles"):
                field = lookup.get(name.rpartition(" ")[0])
                if field == "distance":
                    self.units[place] = _UNITS[name.rpartition(" ")[2]]
            if field is not None:
                self.places.setdefault(field, []).append(place)

    @property
    def fits(self) -> bool:
        """Whether this is the program that wrote the table."""
        return _ASKED[self.program](set(self.places))

    def at(self, field: str) -> int | None:
        """Return where something stands: words in the first column of their name, a figure in the last, which is exact.

        Strava, for one, has a column ``Type`` far behind ``Activity Type``, which is empty.
        """
        found = self.places.get(field)
        if not found:
            return None
        return found[0] if field in _WORDS else found[-1]


def _columns_of(top: Sequence[str]) -> _Columns | None:
    return next((made for program in _PROGRAMS if (made := _Columns(program, top)).fits), None)


def _date_at(top: Sequence[str]) -> int | None:
    columns = _columns_of(top)
    return None if columns is None else columns.at("start" if columns.program == "intervals.icu" else "date")


def is_table(raw: bytes) -> bool:
    """Whether content begins like a table that can be read here."""
    text = letters_of(raw[:16384])[0].lstrip()
    first = text.split("\n", 1)[0]
    if not first or first[0] in "{[<":
        return False
    grid = grid_of(first + "\n")
    return grid is not None and _columns_of(grid.top) is not None


# -- tables ----------------------------------------------------------------------------------------------------------


def recordings_of_table(raw: bytes, file: str | None, asked: Asked) -> Recordings:
    """Read a table that one of the programs wrote.

    Raises:
        DocumentError: it is no such table.
    """
    text, letters = letters_of(raw)
    grid = grid_of(text, _date_at)
    if grid is None:
        raise DocumentError([Problem("", "no table", _READ, file=file)])
    columns = _columns_of(grid.top)
    if columns is None:
        shown = ", ".join(repr(heading) for heading in grid.top[:6]) + (" ..." if len(grid.top) > 6 else "")
        cure = "columns are known by what stands at their top; name the date and the kind of sport as the program does"
        raise DocumentError([Problem("", f"a table with {shown}", _READ, cure, file=file)])
    reading = _Table(grid, columns, file, asked)
    if letters:
        reading.remark(Handling.TAKEN, "", letters, "a figure or word with such letters may be wrong")
    return reading.recordings()


class _Table:
    """The rows of a table read so far, with all that has to be told of them."""

    def __init__(self, grid: Grid, columns: _Columns, file: str | None, asked: Asked) -> None:
        self.grid, self.columns, self.file, self.asked = grid, columns, file, asked
        self.remarks: list[Remark] = []
        self.once: set[str] = set()
        self._marks: dict[int, str] = {}
        dates = columns.at("date")
        cells = [line.cells[dates] for line in grid.lines] if dates is not None else []
        self.slashes = slash_order(cell.strip() for cell in cells if "/" in cell or "-" in cell[:3])
        if not self.slashes and any(mark in cell for cell in cells for mark in ("AM", "PM", "am", "pm")):
            self.slashes = "month"  # the half of the day and the month first go together in one locale

    def remark(
        self, handling: Handling, place: str, what: str, why: str, date: dt.date | None = None, *, once: bool = False
    ) -> None:
        """Tell something; with `once`, the first time alone."""
        if once:
            if what in self.once:
                return
            self.once.add(what)
        self.remarks.append(Remark(handling, what, why, self.file, place, date))

    def recordings(self) -> Recordings:
        columns, grid = self.columns, self.grid
        for field in _WANTED[columns.program]:
            if columns.at(field) is None:
                why = f"it stays unknown; known are {', '.join(_PROGRAMS[columns.program][field][:4])} ..."
                self.remark(Handling.FIGURE_UNREAD, "line 1", f"no column for {field}", why)
        reader = _ROWS[columns.program]
        activities = []
        for line in grid.lines:
            place = f"line {line.number}"
            row = _Row(self, line.cells, place)
            made = reader(row)
            if made is not None:
                activities.append(made)
        for number, what in grid.damaged:
            self._damaged(number, what)
        if not grid.ended and not grid.cut:
            place = f"line {grid.lines[-1].number if grid.lines else 1}"
            self.remark(
                Handling.TAKEN, place, "the file does not end with the end of a line", "its last figure may be cut"
            )
        whole = not grid.cut
        return Recordings(tuple(activities), tuple(self.remarks), whole, listing=True, program=columns.program)

    def _damaged(self, number: int, what: str) -> None:
        """Tell of a row that could not be read, with its day where a date stands in it."""
        text = self.grid.text_at(number)
        found = {_utc(when) if self.columns.program == "Strava" else when for when in whens_in(text, self.slashes)}
        date = found.pop() if len(found) == 1 else None
        self.remark(Handling.ACTIVITY_UNREAD, f"line {number}", f"a damaged row: {text[:60]!r}", what, date)

    def decimals(self, place: int) -> str:
        """Return the decimal mark of a column, or of the others where it shows none."""
        mark = self._marks.get(place)
        if mark is None:
            mark = decimals_of(told(line.cells[place]) for line in self.grid.lines)
            self._marks[place] = mark
        return mark


def _utc(when: dt.date) -> dt.date:
    if isinstance(when, dt.datetime) and when.tzinfo is None:
        return when.replace(tzinfo=dt.UTC)
    return when


class _Row:
    """One row: its figures by name, and what is told of it."""

    def __init__(self, table: _Table, cells: Sequence[str], place: str) -> None:
        self.table, self.cells, self.place = table, cells, place
        self.date: dt.date | None = None

    def text(self, field: str) -> str:
        place = self.table.columns.at(field)
        return "" if place is None else told(self.cells[place])

    def lost(self, field: str, cell: str, why: str, handling: Handling = Handling.FIGURE_UNREAD) -> None:
        self.table.remark(handling, self.place, f"{field.replace('_', ' ')} {cell[:40]!r}", why, self.date)

    def when(self, field: str = "date") -> dt.date | None:
        """Read the date; tell when there is none."""
        cell = self.text(field)
        found = when_of(cell, self.table.slashes)
        if found is None:
            why = "no date: the row is left out"
            if re.fullmatch(r"\d{1,2}[/-]\d{1,2}[/-]\d{4}.*", cell):
                why = "day and month cannot be told apart: the row is left out"
            self.lost(field, cell, why, Handling.ACTIVITY_UNREAD)
        return found

    def number(self, field: str, place: int | None = None) -> float | None:
        """Read a figure; None where none stands, and told where it cannot be read."""
        at = self.table.columns.at(field) if place is None else place
        if at is None:
            return None
        cell = told(self.cells[at])
        if not cell:
            return None
        found = number_of(cell, self.table.decimals(at))
        if found is None:
            self.lost(field, cell, "not a number")
        return found

    def positive(self, field: str, highest: float) -> float | None:
        """Read a figure that is unknown where it is naught, and cannot be below it."""
        found = self.number(field)
        if found is None or found == 0:
            return None
        if not 0 < found <= highest:
            self.lost(field, self.text(field), f"not from 0 to {highest:g}")
            return None
        return found

    def seconds(self, got: float | None, field: str, factor: float = 1.0) -> Duration | None:
        if got is None or got == 0:
            return None
        try:
            return Duration(got * factor)
        except InvalidValue:
            self.lost(field, self.text(field), "no length of time that an activity can have")
            return None

    def clock(self, field: str) -> Duration | None:
        """Read a length of time such as 01:32:46."""
        cell = self.text(field)
        if not cell:
            return None
        found = length_of(cell)
        if found is None:
            self.lost(field, cell, "no length of time such as 01:32:46")
        return self.seconds(found, field)

    def distance(self, place: int, unit: str) -> Distance | None:
        """Read a distance; a unit that stands in the cell holds."""
        cell = told(self.cells[place])
        if not cell:
            return None
        within = _WITH_UNIT.fullmatch(cell)
        if within is not None and within[2].lower() in _UNITS:
            cell, unit = within[1].strip(), _UNITS[within[2].lower()]
        found = number_of(cell, self.table.decimals(place))
        if found == 0:
            return None
        try:
            if found is not None:
                # A millimeter is more than any watch knows, and hides what dividing by a thousand adds.
                return Distance(round(_MAKERS[unit](found).km, 6))
        except InvalidValue:
            pass
        self.lost("distance", self.cells[place], "no distance that an activity can have")
        return None

    def rpe(self) -> float | None:
        """Read the session RPE; 0 is what programs write where none was given."""
        found = self.number("session_rpe")
        if found == 0:
            why = "taken as not given: nobody feels nothing at all in a whole session"
            self.table.remark(Handling.TAKEN, self.place, "session RPE 0", why, self.date)
            return None
        if found is not None and not 0 < found <= 10:
            self.lost("session_rpe", self.text("session_rpe"), "not from 0 to 10")
            return None
        return found

    def said(self, field: str) -> bool:
        """Whether a column that marks activities marks this one."""
        cell = self.text(field).lower()
        return cell in ("true", "yes", "y") or (number_of(cell) or 0) >= 1

    def common(self, **more: Any) -> Recorded:
        """Make the record, with what every program tells alike."""
        # The day of what is told is that of the activity.
        return Recorded(
            self.place,
            sport=self.text("sport"),
            session_rpe=self.rpe(),
            average_heart_rate=self.positive("average_heart_rate", 260),
            max_heart_rate=self.positive("max_heart_rate", 260),
            ascent_m=self.positive("ascent", 30_000),
            **more,
        )


def _strava(row: _Row) -> Recorded | None:
    when = row.when()
    if when is None:
        return None
    when = row.date = _utc(when)
    return row.common(
        **_placed(when),
        title=row.text("name"),
        note=row.text("note"),
        purpose="race" if row.said("race") else ("long run" if row.said("long") else ""),
        distance=_strava_distance(row),
        moving=row.seconds(row.number("moving"), "moving"),
        elapsed=row.seconds(row.number("elapsed"), "elapsed"),
        external_id=row.text("id"),
    )


def _placed(when: dt.date) -> dict[str, Any]:
    if not isinstance(when, dt.datetime):
        return {"date": when}
    return {"start_utc": when} if when.tzinfo is not None else {"start": when}


def _strava_distance(row: _Row) -> Distance | None:
    """Read the exact distance: of two columns the last, in meters; an only one says by its place what it is in."""
    columns = row.table.columns
    places = columns.places.get("distance", [])
    moving = columns.at("moving")
    old = "elapsed_time" in columns.top
    for place in reversed(places):
        second = len(places) > 1 and place == places[-1]
        exact = old or second or (moving is not None and place > moving)
        unit = columns.units.get(place, "m" if exact else "km")
        if second and told(row.cells[place]) and row.cells[place] == row.cells[places[0]]:
            sport = sport_of(row.text("sport"))
            got = number_of(told(row.cells[place]), row.table.decimals(place))
            if got and got <= _CUT_KM and not (sport is not None and sport.meters):
                unit = "km"
                row.table.remark(
                    Handling.TAKEN,
                    "",
                    "both columns for distance hold the same figures",
                    "taken as kilometers",
                    once=True,
                )
        found = row.distance(place, unit)
        if found is not None:
            return found
    return None


_TRACK = re.compile(r"\btrack\b|bahn|\bpista\b|\bpiste\b|\bbaan\b|\bbana\b|stadion|lekkoatlet")


def _garmin(row: _Row) -> Recorded | None:
    when = row.when()
    if when is None:
        return None
    row.date = when
    moving, elapsed = row.clock("moving"), row.clock("elapsed")
    in_motion = row.clock("in_motion")
    moving = moving or in_motion
    return row.common(
        **_placed(when),
        title=row.text("title"),
        purpose=row.text("purpose"),
        distance=_garmin_distance(row, moving or elapsed),
        moving=moving,
        elapsed=elapsed,
    )


def _garmin_distance(row: _Row, length: Duration | None) -> Distance | None:
    place = row.table.columns.at("distance")
    if place is None or not told(row.cells[place]):
        return None
    unit = row.table.columns.units.get(place)
    sport = sport_of(row.text("sport"))
    words = plain(row.text("sport"))
    if unit is None and sport is not None and (sport.meters or _TRACK.search(words)):
        unit = "yd" if sport.meters and row.table.asked.units == "miles" else "m"
        found = row.distance(place, unit)
        # On the track, some watches give kilometers: as meters such a run would be slower than standing still.
        slow = found is not None and length is not None and found.km * 1000 < 0.3 * length.seconds
        if not slow or sport.meters:
            return found
        unit = "km"
    if unit is None:
        unit = row.table.asked.units
        if unit is None:
            unit = "km"
            why = "taken as kilometers; say units='miles' where the account shows miles"
            row.table.remark(Handling.TAKEN, "", "distances without a unit", why, once=True)
    return row.distance(place, unit)


def _training_peaks(row: _Row) -> Recorded | None:
    when = row.when()
    if when is None:
        return None
    row.date = when
    place = row.table.columns.at("distance")
    made = row.common(
        **_placed(when),
        title=row.text("title"),
        note=row.text("note"),
        distance=None if place is None else row.distance(place, "m"),
        moving=row.seconds(row.number("moving"), "moving", 3600.0),
        feel=row.text("feel"),
    )
    done = (made.distance, made.moving, made.session_rpe, made.average_heart_rate, made.feel or None)
    if any(each is not None for each in done):
        return made
    return Recorded(made.place, made.date, made.start, sport=made.sport, title=made.title, planned_only=True)


def _intervals(row: _Row) -> Recorded | None:
    when = row.when("start")
    if when is None:
        return None
    row.date = when
    start_utc = when_of(row.text("start_utc"))
    places = _placed(when)
    if isinstance(start_utc, dt.datetime) and start_utc.tzinfo is not None and "start" in places:
        places["start_utc"] = start_utc
    place = row.table.columns.at("distance")
    return row.common(
        **places,
        sub_sport=row.text("sub_sport"),
        purpose="race" if row.said("race") else "",
        title=row.text("title"),
        note=row.text("note"),
        distance=None if place is None else row.distance(place, row.table.columns.units.get(place, "m")),
        moving=row.seconds(row.number("moving"), "moving"),
        elapsed=row.seconds(row.number("elapsed"), "elapsed"),
        feel=row.text("feel"),
        external_id=row.text("id"),
        device=row.text("device"),
    )


_ROWS: Mapping[str, Callable[[_Row], Recorded | None]] = {
    "Strava": _strava, "Garmin Connect": _garmin, "TrainingPeaks": _training_peaks, "intervals.icu": _intervals,
}  # fmt: skip


# -- JSON ------------------------------------------------------------------------------------------------------------


def recordings_of_json(data: Any, file: str | None, asked: Asked) -> Recordings:
    """Read activities of intervals.icu as its API gives them: a list of them, or one.

    Args:
        data: as `json.loads` gives it.
        file: to name in remarks.
        asked: what the caller said.

    Raises:
        DocumentError: it is no such list.
    """
    entries = data if isinstance(data, list) else [data]
    known = [entry for entry in entries if isinstance(entry, dict) and "start_date_local" in entry]
    if not known:
        allowed = "activities of intervals.icu, each with start_date_local, or a log of runstrong with kind: log"
        raise DocumentError([Problem("", "other JSON", allowed, file=file)])
    lookup = _lookup("intervals.icu")
    top = sorted({key for entry in known for key in entry if plain(key) in lookup})
    grid = Grid(top, [], [], cut=False, ended=True)
    table = _Table(grid, _Columns("intervals.icu", top), file, asked)
    activities = []
    for number, entry in enumerate(entries, start=1):
        place = f"entry {number}"
        if not isinstance(entry, dict) or not any(key in entry for key in top):
            table.remark(Handling.ACTIVITY_UNREAD, place, repr(entry)[:60], "not an activity")
            continue
        made = _intervals(_Row(table, [_cell(entry.get(key)) for key in top], place))
        if made is not None:
            activities.append(made)
    return Recordings(tuple(activities), tuple(table.remarks), True, isinstance(data, list), "intervals.icu")


def _cell(got: Any) -> str:
    if got is None:
        return ""
    if isinstance(got, bool):
        return "true" if got else "false"
    return got if isinstance(got, str) else (json.dumps(got) if isinstance(got, (list, dict)) else repr(got))
