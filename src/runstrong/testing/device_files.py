"""Device files made up for tests: FIT by Garmin's own encoder, TCX and GPX as text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

__all__ = ["fit_file", "gpx_file", "tcx_file"]

START = dt.datetime(2027, 1, 4, 5, 30, tzinfo=dt.UTC)
_EPOCH = dt.datetime(1989, 12, 31, tzinfo=dt.UTC)


def fit_file(
    sessions: Iterable[Mapping[str, Any]],
    *,
    offset: int | None = 3600,
    kind: str = "activity",
    laps: bool = True,
    told: bool = True,
) -> bytes:
    """Return a FIT file, written by ``garmin-fit-sdk``.

    Args:
        sessions: fields of each session's message; `seconds`, `sets` and `records` are taken out of them.
        offset: of the local time from UTC in seconds; None where the file does not tell it.
        kind: of the file.
        laps: whether each session has a lap.
        told: whether the sessions' own messages are written.
    """
    from garmin_fit_sdk import Encoder, Profile

    number: dict[str, int] = Profile["mesg_num"]
    encoder = Encoder()

    def write(name: str, **fields: Any) -> None:
        encoder.write_mesg({"mesg_num": number[name], **fields})

    write("FILE_ID", type=kind, manufacturer="development", product=1, serial_number=1, time_created=START)
    now = START
    for given in sessions:
        fields = dict(given)
        seconds, sets = float(fields.pop("seconds", 2400.0)), fields.pop("sets", ())
        end = now + dt.timedelta(seconds=seconds)
        for place in range(int(fields.pop("records", 3))):
            at = now + dt.timedelta(seconds=place)
            write("RECORD", timestamp=at, distance=float(place * 3), heart_rate=120 + place)
        for each in sets:
            write("SET", timestamp=now, **each)
        length = {"total_timer_time": seconds, "total_elapsed_time": seconds + 10}
        if laps:
            half = {name: value / 2 for name, value in length.items()}
            far = fields.get("total_distance")
            for begun in (now, now + dt.timedelta(seconds=seconds / 2)):
                more = {} if far is None else {"total_distance": far / 2}
                write("LAP", timestamp=end, start_time=begun, **half, **more)
        if told:
            write("SESSION", timestamp=end, start_time=now, **length, **fields)
        now = end + dt.timedelta(seconds=60)
    if offset is not None:
        local = int((now - _EPOCH).total_seconds()) + offset
        write("ACTIVITY", timestamp=now, local_timestamp=local, num_sessions=1, type="manual", event="activity")
    made: bytes = bytes(encoder.close())
    return made


def tcx_file(
    activities: Sequence[Sequence[tuple[float | None, float | None]]],
    *,
    sport: str = "Running",
    prefix: str = "",
    before: str = "",
    points: int = 3,
) -> bytes:
    """Return a TCX file.

    Args:
        activities: seconds and meters of the laps of each; None for a lap that does not tell.
        sport: of all of them.
        prefix: of each element, with its colon; no namespace is declared for it.
        before: what stands before the declaration.
        points: track points of a lap, a third of it apart; the last stands at its end.
    """
    lines = [f'{before}<?xml version="1.0" encoding="UTF-8"?>', f"<{prefix}TrainingCenterDatabase><{prefix}Activities>"]
    now = START
    for laps in activities:
        lines.append(f'<{prefix}Activity Sport="{sport}"><{prefix}Id>{_iso(now)}</{prefix}Id>')
        for seconds, meters in laps:
            took, far = seconds or 600.0, meters or 2000.0
            lines.append(f'<{prefix}Lap StartTime="{_iso(now)}">')
            if seconds is not None:
                lines.append(f"<{prefix}TotalTimeSeconds>{seconds}</{prefix}TotalTimeSeconds>")
            if meters is not None:
                lines.append(f"<{prefix}DistanceMeters>{meters}</{prefix}DistanceMeters>")
            for name, rate in (("AverageHeartRateBpm", 140), ("MaximumHeartRateBpm", 160)):
                lines.append(f"<{prefix}{name}><{prefix}Value>{rate}</{prefix}Value></{prefix}{name}>")
            lines.append(f"<{prefix}Track>")
            for place in range(points):
                share = place / max(1, points - 1)
                at = now + dt.timedelta(seconds=took * share)
                lines.append(
                    f"<{prefix}Trackpoint><{prefix}Time>{_iso(at)}</{prefix}Time>"
                    f"<{prefix}DistanceMeters>{far * share}</{prefix}DistanceMeters></{prefix}Trackpoint>"
                )
            lines.append(f"</{prefix}Track></{prefix}Lap>")
            now += dt.timedelta(seconds=took)
        lines.append(f"<{prefix}Notes>felt good</{prefix}Notes>")
        lines.append(f"<{prefix}Creator><{prefix}Name>watch</{prefix}Name></{prefix}Creator></{prefix}Activity>")
        now += dt.timedelta(seconds=60)
    lines.append(f"</{prefix}Activities></{prefix}TrainingCenterDatabase>")
    return "\n".join(lines).encode()


def gpx_file(
    tracks: Sequence[Sequence[tuple[float, float, float | None]]], *, before: str = "", type: str = "running",
    extra: str = "",
) -> bytes:  # fmt: skip
    """Return a GPX file.

    Args:
        tracks: latitude, longitude and seconds from the start of each position of each track.
        before: what stands before the declaration.
        type: of all tracks.
        extra: further elements, before the tracks.
    """
    lines = [f'{before}<?xml version="1.0" encoding="UTF-8"?>', '<gpx version="1.1" creator="made up">', extra]
    for positions in tracks:
        lines.append(f"<trk><name>Morning run</name><type>{type}</type><trkseg>")
        for lat, lon, seconds in positions:
            time = "" if seconds is None else f"<time>{_iso(START + dt.timedelta(seconds=seconds))}</time>"
            beat = "<extensions><ns3:TPX><ns3:hr>150</ns3:hr></ns3:TPX></extensions>"
            lines.append(f'<trkpt lat="{lat}" lon="{lon}"><ele>5</ele>{time}{beat}</trkpt>')
        lines.append("</trkseg></trk>")
    lines.append("</gpx>")
    return "\n".join(lines).encode()


def _iso(moment: dt.datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
