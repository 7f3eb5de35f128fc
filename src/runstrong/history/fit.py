"""FIT, the binary files of watches: sessions, laps and sets, by Garmin's own library (extra ``fit``)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from runstrong.history.device_figures import Figures
from runstrong.history.recorded import Asked, Recorded, RecordedExercise, RecordedSet, Recordings
from runstrong.model.errors import DocumentError, MissingExtra, Problem
from runstrong.model.remarks import Remark
from runstrong.model.value import evolve
from runstrong.model.words import Handling

__all__ = ["recordings_of_fit"]

_EPOCH = dt.datetime(1989, 12, 31, tzinfo=dt.UTC)
"""From which FIT counts seconds."""
_OFFSETS = (-12 * 3600, 14 * 3600)
_QUARTER = 900
"""Offsets of time zones are whole quarters of an hour."""
_NO_NUMBER = 65535


def _extra() -> Any:
    try:
        import garmin_fit_sdk
    except ImportError as error:
        raise MissingExtra("reading .fit files", "fit") from error
    return garmin_fit_sdk


class _Session:
    """A session's message, or what laps or records tell where there is none; and what came before it."""

    titles: dict[tuple[Any, Any], str]
    """What the watch shows for a category and a number, wherever in the file it stands."""

    def __init__(self, fields: dict[str, Any], sets: list[dict[str, Any]], rebuilt: str = "") -> None:
        self.fields, self.sets, self.rebuilt, self.titles = fields, sets, rebuilt, {}
        self.offset: dt.timedelta | None = None


class _Messages:
    """Takes messages one by one, and keeps what an activity needs: no record is held."""

    def __init__(self) -> None:
        self.sessions: list[_Session] = []
        self.waiting: list[_Session] = []
        self.laps: list[dict[str, Any]] = []
        self.sets: list[dict[str, Any]] = []
        self.titles: dict[tuple[Any, Any], str] = {}
        self.kinds: set[str] = set()
        self.device = ""
        self.records = 0
        self.first: Any = None
        self.last: Any = None
        self.meters: Any = None

    def take(self, number: int, fields: dict[str, Any], names: dict[int, str]) -> None:
        name = names.get(number, "")
        if name == "file_id":
            self.kinds.add(str(fields.get("type", "")))
            made = (fields.get("manufacturer"), fields.get("garmin_product") or fields.get("product"))
            self.device = self.device or " ".join(str(each) for each in made if each is not None)
        elif name == "session":
            self._close(_Session(fields, self.sets))
        elif name == "lap":
            self.laps.append(fields)
        elif name == "set":
            self.sets.append(fields)
        elif name == "exercise_title":
            pair = (_first(fields.get("exercise_category")), _first(fields.get("exercise_name")))
            self.titles[pair] = _word(_first(fields.get("wkt_step_name")))
        elif name == "record":
            self.records += 1
            self.first = self.first or fields.get("timestamp")
            self.last = fields.get("timestamp") or self.last
            self.meters = fields.get("distance") if fields.get("distance") is not None else self.meters
        elif name == "activity":
            offset = _offset(fields)
            for session in self.waiting:
                session.offset = offset
            self.waiting = []

    def end(self) -> None:
        """Rebuild a session of what came after the last one."""
        if self.laps:
            fields = dict(self.laps[0])
            for name in ("total_distance", "total_timer_time", "total_elapsed_time"):
                known = [lap[name] for lap in self.laps if isinstance(lap.get(name), (int, float))]
                fields[name] = sum(known) if known else None
            self._close(_Session(fields, self.sets, f"{len(self.laps)} laps"))
        elif self.records > 1 and not self.sessions:
            span = self.last - self.first if _times(self.first, self.last) else None
            fields = {
                "start_time": self.first, "total_distance": self.meters,
                "total_elapsed_time": span.total_seconds() if span is not None else None,
            }  # fmt: skip
            self._close(_Session(fields, self.sets, f"{self.records} records"))

    def _close(self, session: _Session) -> None:
        session.titles = self.titles
        self.sessions.append(session)
        self.waiting.append(session)
        self.laps, self.sets, self.records, self.first, self.last, self.meters = [], [], 0, None, None, None


def recordings_of_fit(raw: bytes, file: str | None, asked: Asked) -> Recordings:  # noqa: ARG001  tells its units itself
    """Read the sessions of a FIT file, each as an activity.

    Times are UTC; the local offset is that of the activity's message, where there is one. A file that breaks off, or
    whose check sum is wrong, is read as far as it goes, and that is told; where the session's own message is missing it
    is put together from laps, or else from records. Session RPE is what the runner answered on the watch.

    Args:
        raw: the file.
        file: its name, for reports.
        asked: what the caller said; FIT tells its units itself.

    Raises:
        DocumentError: it is no activity, or nothing in it can be read.
        MissingExtra: the extra ``fit`` is not installed.
    """
    sdk = _extra()
    names = {int(number): str(message["messages_key"])[: -len("_mesgs")] for number, message in _messages(sdk).items()}
    taken = _Messages()
    broken = ""
    try:
        decoder = sdk.Decoder(sdk.Stream.from_byte_array(bytearray(raw)))
        _, errors = decoder.read(
            merge_heart_rates=False, mesg_listener=lambda number, fields: taken.take(number, fields, names)
        )
        broken = "; ".join(str(each) or type(each).__name__ for each in errors[:2])
    except Exception as error:  # noqa: BLE001  whatever the library raises on damaged bytes: what was read before is kept
        broken = f"{type(error).__name__}: {error}"
    taken.end()
    others = sorted(kind for kind in taken.kinds if kind not in ("activity", "None", ""))
    if not taken.sessions or (others and "activity" not in taken.kinds):
        fact = f"a FIT file of a {others[0]}" if others else f"no session ({broken})" if broken else "no session"
        raise DocumentError([Problem("", fact, "a FIT file of an activity", "export the activity itself", file=file)])
    remarks: list[Remark] = []
    if broken:
        why = f"the file is damaged ({broken[:120]}); what could be read before that is read"
        remarks.append(Remark(Handling.ACTIVITY_UNREAD, "the rest of the file", why, file))
    made = [_recorded(each, place, sdk, file, taken.device) for place, each in enumerate(taken.sessions, 1)]
    remarks += [remark for _, told in made for remark in told]
    return Recordings(tuple(each for each, _ in made), tuple(remarks), not broken, listing=False)


def _messages(sdk: Any) -> dict[Any, Any]:
    found: dict[Any, Any] = sdk.Profile["messages"]
    return found


def _times(*given: Any) -> bool:
    return all(isinstance(each, dt.datetime) for each in given)


def _offset(fields: dict[str, Any]) -> dt.timedelta | None:
    """Return the local offset that an activity's message tells: its local time less its UTC."""
    here, there = fields.get("local_timestamp"), fields.get("timestamp")
    if isinstance(here, int) and not isinstance(here, bool):
        try:
            here = _EPOCH + dt.timedelta(seconds=here)
        except OverflowError:
            return None
    if not isinstance(here, dt.datetime) or not isinstance(there, dt.datetime):
        return None
    seconds = (here.replace(tzinfo=dt.UTC) - there).total_seconds()
    if not _OFFSETS[0] - _QUARTER <= seconds <= _OFFSETS[1] + _QUARTER:
        return None
    return dt.timedelta(seconds=round(seconds / _QUARTER) * _QUARTER)


def _recorded(session: _Session, number: int, sdk: Any, file: str | None, device: str) -> tuple[Recorded, list[Remark]]:
    figures, fields = Figures(file, f"session {number}"), session.fields
    begun = fields.get("start_time")
    start = begun if isinstance(begun, dt.datetime) else None
    if start is None:
        figures.tell("start", "the file tells none")
    elif session.offset is None:
        figures.tell("times", "in UTC: the file tells no local time", Handling.TAKEN)
    if session.rebuilt:
        why = "the session's own message is missing: its figures are put together from them"
        figures.tell(session.rebuilt, why, Handling.TAKEN)
    rating = figures.number("workout_rpe", fields.get("workout_rpe"))
    if rating is not None and rating > 100:
        figures.tell(f"workout_rpe {rating:g}", "allowed: from 0 to 100, which is ten times the RPE")
        rating = None
    local = (start + session.offset).replace(tzinfo=None) if start is not None and session.offset is not None else None
    made = Recorded(
        place=figures.place,
        start=local,
        start_utc=start,
        sport=_word(fields.get("sport")),
        sub_sport=_word(fields.get("sub_sport")),
        title=_word(fields.get("sport_profile_name")),
        distance=figures.meters("distance", fields.get("total_distance")),
        moving=figures.seconds("time", fields.get("total_timer_time")),
        elapsed=figures.seconds("elapsed time", fields.get("total_elapsed_time")),
        session_rpe=rating / 10 if rating is not None else None,
        feel=_word(fields.get("workout_feel")),
        average_heart_rate=figures.number("heart rate", fields.get("avg_heart_rate")),
        max_heart_rate=figures.number("heart rate", fields.get("max_heart_rate")),
        ascent_m=figures.number("ascent", fields.get("total_ascent")),
        device=device,
        exercises=_exercises(session, sdk, figures),
    )
    return made, figures.remarks


def _word(given: Any) -> str:
    return "" if given is None else "".join(each for each in str(given) if each.isprintable())


def _exercises(session: _Session, sdk: Any, figures: Figures) -> tuple[RecordedExercise, ...]:
    """Return the active sets by exercise; sets of one that follow each other belong together, rests between or not."""
    made: list[RecordedExercise] = []
    for each in session.sets:
        if str(each.get("set_type")) not in ("active", "1"):
            continue
        reps = figures.number("repetitions", each.get("repetitions"))
        done = RecordedSet(
            reps=int(reps) if reps is not None and reps != _NO_NUMBER else None,
            load_kg=figures.number("weight", each.get("weight")),
            seconds=figures.number("duration", each.get("duration")),
        )
        named = _named(each, sdk, session.titles)
        if made and evolve(made[-1], sets=()) == named:
            made[-1] = evolve(named, sets=(*made[-1].sets, done))
        else:
            made.append(evolve(named, sets=(done,)))
    return tuple(made)


def _named(fields: dict[str, Any], sdk: Any, titles: dict[tuple[Any, Any], str]) -> RecordedExercise:
    """Return what the watch calls a set's exercise, as words; that of its category where it tells no more."""
    category, kind = (_first(fields.get(name)) for name in ("category", "category_subtype"))
    if category is None:
        return RecordedExercise()
    known = sdk.Profile["types"].get(f"{category}_exercise_name", {}) if isinstance(category, str) else {}
    found = known.get(kind) if kind is not None else None
    title = titles.get((category, kind), "") if kind is not None else ""
    name = _word(found if found is not None else title or category).replace("_", " ")
    watch = _word(category if found is None else f"{category}/{found}").upper()
    return RecordedExercise(name, watch=watch, title=title)


def _first(given: Any) -> Any:
    if isinstance(given, (list, tuple)):
        return next((each for each in given if each is not None), None)
    return given
