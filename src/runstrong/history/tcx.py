"""TCX, Garmin's XML of one or more activities in laps."""

from __future__ import annotations

import datetime as dt

from runstrong.history.device_figures import Figures, between, by_clock, moment
from runstrong.history.elements import Elements
from runstrong.history.recorded import Asked, Recorded, Recordings
from runstrong.model.errors import DocumentError, Problem
from runstrong.model.remarks import Remark
from runstrong.model.words import Handling

__all__ = ["recordings_of_tcx"]


class _Lap:
    """Figures of a lap, and of its track where the lap tells none."""

    def __init__(self, start: str) -> None:
        self.start = start
        self.seconds = self.meters = self.average = self.most = ""
        self.first = self.last = self.last_meters = self.first_meters = ""


class _Activity:
    """One activity as far as it was read."""

    def __init__(self, number: int, sport: str) -> None:
        self.place = f"activity {number}"
        self.sport, self.id, self.notes, self.device = sport, "", "", ""
        self.laps: list[_Lap] = []


def recordings_of_tcx(raw: bytes, file: str | None, asked: Asked) -> Recordings:  # noqa: ARG001  tells its units itself
    """Read the activities of a TCX file.

    Laps are added up; one without distance or time takes those of its track. Where the file breaks off, the laps that
    were whole are read, and it is told.

    Args:
        raw: the file.
        file: its name, for reports.
        asked: what the caller said; TCX tells its units itself.

    Raises:
        DocumentError: it holds no activity, or has a document type.
    """
    elements = Elements(raw, file)
    done: list[_Activity] = []
    lap: _Lap | None = None
    now: _Activity | None = None
    for kind, name, text, attributes in elements:
        if kind == "start":
            if name == "Activity":
                now = _Activity(len(done) + 1, attributes.get("Sport", ""))
            elif name == "Lap" and now is not None:
                lap = _Lap(attributes.get("StartTime", ""))
            continue
        if now is None:
            continue
        inside = elements.around[-1] if elements.around else ""
        if lap is not None:
            _take(lap, name, text, inside, elements.around)
        if name == "Lap" and lap is not None:
            now.laps.append(lap)
            lap = None
        elif name == "Id" and inside == "Activity":
            now.id = text
        elif name == "Notes" and inside == "Activity":
            now.notes = text
        elif name == "Name" and inside == "Creator":
            now.device = text
        elif name == "Activity":
            done.append(now)
            now = None
    remarks: list[Remark] = []
    if elements.broken:
        kept = len(now.laps) if now is not None else 0
        if now is not None and kept:
            done.append(now)
        why = f"the file breaks off ({elements.broken}); what was whole before is read"
        remarks.append(Remark(Handling.ACTIVITY_UNREAD, "the rest of the file", why, file))
    if not done:
        fact = f"no whole activity ({elements.broken})" if elements.broken else "no activity"
        raise DocumentError([Problem("", fact, "a TCX file with an activity", "export it again", file=file)])
    made = [_recorded(each, file) for each in done]
    remarks += [remark for _, told in made for remark in told]
    return Recordings(tuple(each for each, _ in made), tuple(remarks), not elements.broken, listing=False)


def _take(lap: _Lap, name: str, text: str, inside: str, around: list[str]) -> None:
    if inside == "Lap":
        if name == "TotalTimeSeconds":
            lap.seconds = text
        elif name == "DistanceMeters":
            lap.meters = text
    elif name == "Value" and len(around) > 1 and around[-2] == "Lap":
        if inside == "AverageHeartRateBpm":
            lap.average = text
        elif inside == "MaximumHeartRateBpm":
            lap.most = text
    elif inside == "Trackpoint":
        if name == "Time":
            lap.first, lap.last = lap.first or text, text
        elif name == "DistanceMeters":
            lap.first_meters, lap.last_meters = lap.first_meters or text, text


def _recorded(activity: _Activity, file: str | None) -> tuple[Recorded, list[Remark]]:
    figures = Figures(file, activity.place)
    seconds, meters, beats, most = 0.0, 0.0, [], 0.0
    ends: list[dt.datetime] = []
    for lap in activity.laps:
        took, went = figures.number("TotalTimeSeconds", lap.seconds), figures.number("DistanceMeters", lap.meters)
        last = moment(lap.last)
        took = took or between(moment(lap.first), last)
        if not went:
            one, other = (figures.number("DistanceMeters", each) for each in (lap.first_meters, lap.last_meters))
            went = max(0.0, other - one) if one is not None and other is not None else 0.0
        seconds, meters = seconds + (took or 0.0), meters + went
        average = figures.number("AverageHeartRateBpm", lap.average)
        if average and took:
            beats.append((average, took))
        most = max(most, figures.number("MaximumHeartRateBpm", lap.most) or 0.0)
        ends += [last] if last is not None else []
    given = activity.id or (activity.laps[0].start if activity.laps else "")
    start = moment(given)
    if start is None and activity.laps:
        start = moment(activity.laps[0].start) or moment(activity.laps[0].first)
    if start is None:
        figures.tell(f"start {given[:40]!r}", "not a time such as 2027-01-04T06:30:00Z")
    elapsed = between(start, max(ends, key=lambda each: each.replace(tzinfo=None), default=None))
    local, start_utc = by_clock(start)
    made = Recorded(
        place=activity.place,
        start=local,
        start_utc=start_utc,
        sport=activity.sport,
        note=activity.notes,
        distance=figures.meters("distance", meters),
        moving=figures.seconds("time", seconds),
        elapsed=figures.seconds("time", elapsed),
        average_heart_rate=sum(rate * took for rate, took in beats) / sum(took for _, took in beats) if beats else None,
        max_heart_rate=most or None,
        device=activity.device,
    )
    return made, figures.remarks
