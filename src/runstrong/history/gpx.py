"""GPX: tracks of positions with times."""

from __future__ import annotations

import datetime as dt
import math

from runstrong.history.device_figures import Figures, between, by_clock, moment
from runstrong.history.elements import Elements
from runstrong.history.recorded import Asked, Recorded, Recordings
from runstrong.model.errors import DocumentError, Problem
from runstrong.model.remarks import Remark
from runstrong.model.words import Handling

__all__ = ["kilometers_between", "recordings_of_gpx"]

EARTH_KM = 6371.0088
"""Mean radius of the earth (IUGG)."""
_SLOWEST = 0.3
"""Meters per second under which one stands still, and not to walk or run (convention)."""


def kilometers_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the great-circle distance of two positions by the haversine formula.

    Args:
        one: latitude and longitude in degrees.
        other: the same.

    Source:
        sinnott-1984 (from memory).

    Example:
        >>> round(kilometers_between((0.0, 0.0), (0.0, 1.0)), 3)
        111.195
    """
    (lat, lon), (lat_2, lon_2) = (tuple(map(math.radians, each)) for each in (one, other))
    half = math.sin((lat_2 - lat) / 2) ** 2 + math.cos(lat) * math.cos(lat_2) * math.sin((lon_2 - lon) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, half)))


class _Track:
    """Sums over a track as far as it was read."""

    def __init__(self, number: int) -> None:
        self.place, self.points, self.bad = f"track {number}", 0, 0
        self.name = self.type = self.note = ""
        self.km = self.moving = 0.0
        self.first: dt.datetime | None = None
        self.last: dt.datetime | None = None
        self.beats, self.beaten, self.most = 0.0, 0, 0.0
        self.before: tuple[tuple[float, float], dt.datetime | None] | None = None

    def take(self, place: tuple[float, float] | None, at: dt.datetime | None, rate: float | None) -> None:
        """Take a position; one that cannot be read is counted."""
        if place is None:
            self.bad += 1
            return
        self.points += 1
        if self.before is not None:
            step = kilometers_between(self.before[0], place)
            self.km += step
            took = between(self.before[1], at)
            if took and step * 1000 / took >= _SLOWEST:
                self.moving += took
        self.before = (place, at)
        if at is not None:
            self.first, self.last = self.first or at, at
        if rate:
            self.beats, self.beaten, self.most = self.beats + rate, self.beaten + 1, max(self.most, rate)


def recordings_of_gpx(raw: bytes, file: str | None, asked: Asked) -> Recordings:  # noqa: ARG001  tells its units itself
    """Read the tracks of a GPX file, each as an activity.

    Distance adds up the great circles between positions of a segment; time in motion leaves out stretches slower than
    0.3 m/s (convention). Where the file breaks off, the positions before are read, and it is told.

    Args:
        raw: the file.
        file: its name, for reports.
        asked: what the caller said; GPX tells degrees.

    Raises:
        DocumentError: it holds no track (routes and waypoints are no activity), or has a document type.
    """
    elements = Elements(raw, file)
    done: list[_Track] = []
    others: set[str] = set()
    now: _Track | None = None
    where: tuple[float, float] | None = None
    at, rate = "", ""
    for kind, name, text, attributes in elements:
        inside = elements.around[-1] if elements.around else ""
        if kind == "start":
            if name == "trk":
                now = _Track(len(done) + 1)
            elif name == "trkseg" and now is not None:
                now.before = None
            elif name == "trkpt":
                where, at, rate = _position(attributes), "", ""
            elif name in ("rte", "wpt"):
                others.add({"rte": "routes", "wpt": "waypoints"}[name])
        elif now is None:
            continue
        elif name == "trkpt":
            now.take(where, moment(at) if at else None, _rate(rate))
        elif name == "time" and inside == "trkpt":
            at = text
        elif name in ("hr", "heartrate") and "trkpt" in elements.around:
            rate = text
        elif inside == "trk" and name == "name":
            now.name = text
        elif inside == "trk" and name == "type":
            now.type = text
        elif inside == "trk" and name in ("desc", "cmt"):
            now.note = now.note or text
        elif name == "trk":
            done.append(now)
            now = None
    if now is not None and now.points:
        done.append(now)
    done = [track for track in done if track.points]
    remarks: list[Remark] = []
    if elements.broken:
        why = f"the file breaks off ({elements.broken}); what was whole before is read"
        remarks.append(Remark(Handling.ACTIVITY_UNREAD, "the rest of the file", why, file))
    if not done:
        held = f"{' and '.join(sorted(others))} alone" if others else "no track with positions"
        fact = f"{held} ({elements.broken})" if elements.broken else held
        raise DocumentError([Problem("", fact, "a GPX file with a track", "export the activity itself", file=file)])
    made = [_recorded(each, file) for each in done]
    remarks += [remark for _, told in made for remark in told]
    return Recordings(tuple(each for each, _ in made), tuple(remarks), not elements.broken, listing=False)


def _position(attributes: dict[str, str]) -> tuple[float, float] | None:
    try:
        lat, lon = float(attributes["lat"]), float(attributes["lon"])
    except (KeyError, ValueError):
        return None
    return (lat, lon) if -90 <= lat <= 90 and -180 <= lon <= 180 else None


def _rate(text: str) -> float | None:
    try:
        found = float(text)
    except ValueError:
        return None
    return found if 0 < found < 300 else None


def _recorded(track: _Track, file: str | None) -> tuple[Recorded, list[Remark]]:
    figures = Figures(file, track.place)
    if track.bad:
        of = f"{track.bad} of {track.bad + track.points} positions"
        figures.tell(of, "latitude or longitude missing or out of range: the distance goes straight past them")
    if track.first is None:
        figures.tell("positions without times", "when it was is unknown")
    start, start_utc = by_clock(track.first)
    made = Recorded(
        place=track.place,
        start=start,
        start_utc=start_utc,
        sport=track.type,
        title=track.name,
        note=track.note,
        distance=figures.meters("distance", track.km * 1000),
        moving=figures.seconds("time in motion", track.moving),
        elapsed=figures.seconds("time", between(track.first, track.last)),
        average_heart_rate=track.beats / track.beaten if track.beaten else None,
        max_heart_rate=track.most or None,
    )
    return made, figures.remarks
