"""What people write about a run: its kind, distance, minutes and weight as a race, read from a few words."""

from __future__ import annotations

import re

from runstrong.model.quantities import Distance, Duration, km, miles
from runstrong.model.value import Record, record
from runstrong.model.words import DayPart, Priority, RunKind

__all__ = ["EVENING_FROM", "MIDDAY_FROM", "Words", "day_part_at", "decimal", "kind_said", "said"]

MIDDAY_FROM, EVENING_FROM = 11, 15
"""Hours from which a run is one of midday and of the evening (convention; the ranges of policy ``placement``)."""

_PACE = re.compile(r"\b(?:race|marathon|half[- ]marathon|hm|mp|hmp|5 ?k|10 ?k|goal)[- ]?(?:pace|effort|speed)\b")
_KINDS: tuple[tuple[RunKind, re.Pattern[str]], ...] = (
    # What is asked of the legs decides: a long run with a fast end is long, an easy run with strides is easy.
    (RunKind.RACE, re.compile(r"\b(?:race|park ?run|competition|time[- ]trial)\b")),
    (RunKind.LONG, re.compile(r"\b(?:long|lsd)\b")),
    (RunKind.INTERVALS, re.compile(r"\b(?:intervals?|repeats?|repetitions|track|fartlek|vo2(?:max)?|speed ?work)\b")),
    (RunKind.INTERVALS, re.compile(r"\b\d+ ?[x×*] ?\d+")),
    (RunKind.HILLS, re.compile(r"\b(?:hills?|hill ?reps|uphill)\b")),
    (RunKind.TEMPO, re.compile(r"\b(?:tempo|threshold|cruise|lactate|progression)\b")),
    (RunKind.RECOVERY, re.compile(r"\b(?:recovery|shake[- ]?out)\b")),
    (RunKind.STEADY, re.compile(r"\b(?:steady|moderate)\b")),
    (RunKind.EASY, re.compile(r"\b(?:easy|jog(?:ging)?|base|aerobic|gentle)\b")),
)
_RACE_NAMES = re.compile(r"\b(?:marathon|half[- ]marathon|ultra|10 ?k|5 ?k)\b")
_RUN = re.compile(r"\brun(?:ning|s)?\b")
_REST = re.compile(r"\b(?:rest(?: ?day)?|day off|no run(?:ning)?)\b")
_OTHER = re.compile(
    r"\b(?:strength|gym|lift(?:ing)?|weights|yoga|pilates|bik(?:e|ing)|cycl(?:e|ing)|swim(?:ming)?|row(?:ing)?|walk(?:ing)?|"
    r"hik(?:e|ing)|massage|physio|stretch(?:ing)?|mobility|football|tennis|climb(?:ing)?)\b"
)
_PARKRUN = re.compile(r"\bpark ?run\b")
_PRIORITY = re.compile(r"\b([ABC])[- ](?i:race|priority)\b|\b(?i:race|priority)[ :-]*\(?([ABC])\b\)?|[\[(]([ABC])[\])]")
_NUMBER = r"(\d+(?:[.,]\d+)?)"
_SETS = re.compile(r"\d+ ?[x×*] ?\d+(?:[.,]\d+)? ?(?:km|k|mi|miles?|meters?|m|min|minutes?|sec|s|'|\")?(?![a-z])")
_DISTANCE = re.compile(_NUMBER + r" ?(km|kilomet(?:er|re)s?|k|mi|miles?)(?![a-z/])")
_MINUTES = re.compile(_NUMBER + r" ?(?:min|mins|minutes?|')(?![a-z/])")
_HOURS = re.compile(r"(\d+) ?h(?:ours?|rs?)?(?: ?(\d{1,2})(?: ?min)?)?(?![a-z])")
_CLOCK = re.compile(r"(?<![\d:])(\d{1,2}):(\d{2}):(\d{2})(?![\d:])")
_PARKRUN_KM = 5.0


@record
class Words(Record):
    """What a few words say of a run.

    Args:
        kind: None where they do not say that it is a run.
        stated: whether the kind is said, and not taken from the mere word run.
        rest: whether they say that the day is free.
        distance: None when not said.
        duration: None when not said.
        priority: of a race; None when not said.
    """

    kind: RunKind | None = None
    stated: bool = False
    rest: bool = False
    distance: Distance | None = None
    duration: Duration | None = None
    priority: Priority | None = None


def decimal(text: str) -> float:
    """Return a number written with a point or a comma."""
    return float(text.replace(",", "."))


def kind_said(text: str) -> tuple[RunKind | None, bool]:
    """Return the kind of run that words say, and whether they say it outright.

    Example:
        >>> kind_said("Long run with 6 km at marathon pace")
        (RunKind.LONG, True)
        >>> kind_said("Evening run")
        (RunKind.EASY, False)
    """
    low = text.lower()
    paced = _PACE.sub(" tempo ", low)
    for kind, pattern in _KINDS:
        if pattern.search(paced):
            return kind, True
    if _OTHER.search(paced):
        return None, False
    if _RACE_NAMES.search(paced) and not _RUN.search(paced):
        return RunKind.RACE, True
    return (RunKind.EASY, False) if _RUN.search(paced) else (None, False)


def said(title: str, more: str = "") -> Words:
    """Read a title, and for distance and minutes what else is written.

    Where several distances or minutes are named, the largest is that of the whole run; repeats such as 6 x 800 m are
    parts of it.

    Example:
        >>> found = said("Tempo 8 km", "2 km easy, 4 km at threshold, 2 km easy; about 45 min")
        >>> str(found.kind), str(found.distance), str(found.duration)
        ('tempo', '8 km', '45 min')
    """
    kind, stated = kind_said(title)
    other = _OTHER.search(title.lower())
    if other and kind is not RunKind.RACE and not _RUN.search(title.lower()):
        return Words()
    rest = bool(_REST.search(title.lower()))
    if kind is None or (rest and not stated):
        return Words(rest=rest)
    texts = [_SETS.sub(" ", text.lower()) for text in (title, more)]
    distance = next(filter(None, map(_distance, texts)), None)
    duration = next(filter(None, map(_duration, texts)), None)
    priority = None
    if kind is RunKind.RACE:
        priority = _priority(title)
        if _PARKRUN.search(title.lower()):
            priority, distance = priority or Priority.C, distance or Distance(_PARKRUN_KM)
    return Words(kind, stated, rest=False, distance=distance, duration=duration, priority=priority)


def _priority(title: str) -> Priority | None:
    found = _PRIORITY.search(title)
    return Priority(next(each for each in found.groups() if each)) if found else None


def _distance(text: str) -> Distance | None:
    found = [
        miles(decimal(number)) if unit.startswith("mi") else km(decimal(number))
        for number, unit in _DISTANCE.findall(text)
        if decimal(number) > 0
    ]
    return max(found, default=None)


def _duration(text: str) -> Duration | None:
    seconds = [3600.0 * int(h) + 60 * int(m) + int(s) for h, m, s in _CLOCK.findall(text)]
    text = _CLOCK.sub(" ", text)
    seconds += [3600.0 * int(h) + 60 * int(m or 0) for h, m in _HOURS.findall(text)]
    seconds += [60 * decimal(number) for number in _MINUTES.findall(_HOURS.sub(" ", text))]
    return Duration(max(seconds)) if seconds and max(seconds) > 0 else None


def day_part_at(hour: int) -> DayPart:
    """Return the part of the day that an hour belongs to (convention)."""
    if hour < MIDDAY_FROM:
        return DayPart.MORNING
    return DayPart.MIDDAY if hour < EVENING_FROM else DayPart.EVENING
