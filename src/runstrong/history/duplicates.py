"""One activity that two devices or two files tell: found, the fuller account kept, the other told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import attrs

from runstrong.history.recorded import Recorded
from runstrong.history.sports import Family, Sport
from runstrong.model.remarks import Remark
from runstrong.model.value import Record, evolve, record
from runstrong.model.words import Handling

__all__ = ["Likeness", "Told", "without_duplicates"]


@record
class Told(Record):
    """An activity with what is known about where it was told and on which day it fell.

    Args:
        recorded: as the file tells it.
        file: that tells it, by its number among those read.
        name: of the file.
        program: that wrote it.
        sport: that it is.
        date: local.
        start: naive local time; None when not known.
        start_utc: naive UTC; None when not known.
    """

    recorded: Recorded
    file: int
    name: str | None
    program: str
    sport: Sport
    date: dt.date
    start: dt.datetime | None
    start_utc: dt.datetime | None

    @property
    def seconds(self) -> float | None:
        """How long it took: in motion where that is told."""
        length = self.recorded.moving or self.recorded.elapsed
        return None if length is None else length.seconds

    @property
    def meters(self) -> float | None:
        """How far it went."""
        return None if self.recorded.distance is None else self.recorded.distance.km * 1000

    @property
    def in_utc(self) -> bool:
        """Whether its day is that of UTC, for want of the runner's."""
        return self.start is None and self.start_utc is not None

    @property
    def content(self) -> tuple[str, ...]:
        """All that is told, less where: orders what is alike in everything else."""
        return tuple(str(getattr(self.recorded, name)) for name in _CONTENT)


_CONTENT = tuple(a.name for a in attrs.fields(Recorded) if a.name != "place")


_AROUND = 26 * 3600.0
"""Seconds between the earliest clock on earth and the latest: UTC-12 to UTC+14."""
_DRIFT = 60.0
"""Seconds by which two watches may differ beside whole quarters of an hour (convention)."""


@record
class Likeness(Record):
    """How alike two accounts are that tell one activity (conventions).

    Args:
        start: seconds between the starts that two watches give.
        share: by which the shorter of two distances or durations may fall short of the longer.
        exact: the same where the starts cannot be compared, because one file tells none or another zone.
    """

    start: float = 300.0
    share: float = 0.1
    exact: float = 0.02


def without_duplicates(activities: Iterable[Told], likeness: Likeness) -> tuple[list[Told], list[Remark]]:
    """Return the activities, each once, and what was left out.

    Two accounts are one activity when they are of one sport, start within moments of each other, overlap, and went
    about as far. Where their starts cannot be compared, they have to stand in two files, on one day, and agree in
    distance and duration nearly exactly. What the fuller account does not tell is taken from the other.
    """
    # What is alike in all this is alike for all that follows; only where two accounts meet does the rest decide.
    ordered = sorted(activities, key=_place_in_time)
    groups: list[list[Told]] = []
    near: list[list[Told]] = []
    for told in ordered:
        near = [group for group in near if (told.date - group[-1].date).days <= 1]
        same = [group for group in near if any(_same(told, other, likeness) for other in group)]
        if not same:
            groups.append([told])
            near.append(groups[-1])
            continue
        for group in same[1:]:
            same[0].extend(group)
            group.clear()
        same[0].append(told)  # last, as by its day the next are found to be near
        near = [group for group in near if group]
    kept, remarks = [], []
    for group in (part for linked in groups for part in _told_apart(linked, likeness)):
        if len(group) == 1:
            kept += group
            continue
        best = max(group, key=lambda told: (_known(told.recorded), told.content))
        rest = [told for told in group if told is not best]
        kept.append(evolve(best, recorded=_filled(best, rest)) if rest else best)
        for told in rest:
            where = f" of {best.name}" if best.file != told.file and best.name else ""
            why = f"the same activity as {best.recorded.place}{where}, which tells more"
            what = f"{told.sport.name} {_shown(told)}"
            remarks.append(Remark(Handling.PASSED_BY, what, why, told.name, told.recorded.place, told.date))
    return kept, remarks


def _told_apart(group: list[Told], likeness: Likeness) -> list[list[Told]]:
    """Split accounts that two files link where one of the files tells two activities of them: real doubles stay two."""
    files = sorted({told.file for told in group})
    if len(group) < 3 or len(files) < 2:
        return [group] if group else []
    by_file = [_linked([told for told in group if told.file == file], likeness) for file in files]
    parts: list[list[Told]] = [[] for _ in range(max(map(len, by_file)))]
    for clusters in by_file:
        for part, cluster in zip(parts, clusters, strict=False):
            part.extend(cluster)
    return parts


def _linked(told: list[Told], likeness: Likeness) -> list[list[Told]]:
    """Return the accounts of one file by the activities that they tell, in an order that does not hang on the rows."""
    clusters: list[list[Told]] = []
    for each in sorted(told, key=lambda each: (_place_in_time(each), each.content)):
        linked, apart = [each], []
        for cluster in clusters:
            if any(_same(each, other, likeness) for other in cluster):
                linked += cluster
            else:
                apart.append(cluster)
        clusters = [*apart, linked]
    return clusters


def _place_in_time(told: Told) -> tuple[object, ...]:
    far, long = told.meters, told.seconds
    start = told.start or told.start_utc
    return (told.date, str(start or ""), told.sport.name, -1.0 if far is None else far, -1.0 if long is None else long)


def _shown(told: Told) -> str:
    parts = [f"at {told.start:%H:%M}" if told.start else "", str(told.recorded.distance or "")]
    return " ".join(part for part in parts if part) or "without a time"


def _known(recorded: Recorded) -> int:
    return sum(bool(getattr(recorded, name)) for name in _CONTENT)


def _filled(best: Told, rest: Sequence[Told]) -> Recorded:
    """Return what is told of an activity, with what only the poorer accounts tell."""
    made = best.recorded
    for told in sorted(rest, key=lambda told: told.content):
        gaps = {
            name: getattr(told.recorded, name)
            for name in ("session_rpe", "purpose", "feel", "distance", "moving", "elapsed", "average_heart_rate",
                         "max_heart_rate", "ascent_m", "exercises")
            if not getattr(made, name) and getattr(told.recorded, name)
        }  # fmt: skip
        if gaps:
            made = evolve(made, **gaps)
    return made


def _same(one: Told, other: Told, likeness: Likeness) -> bool:
    if one.sport.family is not other.sport.family:
        return False
    if one.sport.family is Family.OTHER and one.sport.name != other.sport.name:
        return False
    id = one.recorded.external_id
    if id and one.program and (id, one.program) == (other.recorded.external_id, other.program):
        return True
    starts = _starts(one, other)
    if starts is not None:
        early, late = sorted(starts)
        first = one if starts[0] <= starts[1] else other
        apart = (late - early).total_seconds()
        length = first.recorded.elapsed or first.recorded.moving
        overlaps = length is None or apart < length.seconds or apart == 0
        if apart <= likeness.start and overlaps and _alike(one, other, likeness.share):
            return True
        # Away from home the clock of a watch differs from UTC as told in the zone at home, by quarters of an hour.
        abroad = (one.start_utc is None) != (other.start_utc is None) and apart <= _AROUND
        quarters = min(apart % 900, 900 - apart % 900) <= _DRIFT
        return one.file != other.file and abroad and quarters and _exactly(one, other, likeness.exact)
    # Where only UTC is told, and no zone, the runner's day may be the one before or after.
    leeway = 1 if one.in_utc or other.in_utc else 0
    if one.file == other.file or abs((one.date - other.date).days) > leeway:
        return False
    return _exactly(one, other, likeness.exact)


def _starts(one: Told, other: Told) -> tuple[dt.datetime, dt.datetime] | None:
    """Return both starts on one clock; None where there is none."""
    if one.start is not None and other.start is not None:
        return one.start, other.start
    if one.start_utc is not None and other.start_utc is not None:
        return one.start_utc, other.start_utc
    return None


def _exactly(one: Told, other: Told, share: float) -> bool:
    """Whether durations, and distances where there are any, are told by both and nearly the same."""
    far = (one.meters is None and other.meters is None) or _close(one.meters, other.meters, share)
    return far and _close(one.seconds, other.seconds, share)


def _alike(one: Told, other: Told, share: float) -> bool:
    """Whether distances, or durations where no distance is told, are about the same."""
    if one.meters is not None and other.meters is not None:
        return _close(one.meters, other.meters, share)
    return one.seconds is None or other.seconds is None or _close(one.seconds, other.seconds, share)


def _close(one: float | None, other: float | None, share: float) -> bool:
    if one is None or other is None:
        return False
    return abs(one - other) <= share * max(one, other)
