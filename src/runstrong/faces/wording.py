"""How single things read to a runner: days, runs, doses, sources, and what to heed for safety."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence

from runstrong.model.evidence import CONVENTION, Evidence, Source
from runstrong.model.exercise import Exercise
from runstrong.model.plan import Session
from runstrong.model.prescription import Band, BodyWeight, External, FindLoad, Hold, PercentOfMax, Prescription, spoken
from runstrong.model.quantities import Distance, Mass, number
from runstrong.model.running import Run
from runstrong.model.words import Certainty, DayPart, Equipment, OverloadAxis, RunKind, Side, Word

__all__ = [
    "HOW_TO_READ",
    "SAFETY",
    "WHEN_TO_STOP",
    "change",
    "cited",
    "day",
    "dose",
    "evidence_for",
    "evidence_in_short",
    "labels_of",
    "lasting",
    "mass",
    "name_of",
    "plural",
    "run",
    "spaced",
    "spelled",
    "total_km",
]  # fmt: skip

SAFETY = (
    "Educational, not medical advice: it diagnoses nothing and predicts no injury. Its numbers are general defaults; "
    "a next step is a permission, never a duty."
)
WHEN_TO_STOP = (
    "Stop the exercise: pain over 5 of 10, sharp or rising pain, a joint that gives way, form that you cannot hold.",
    (
        "Stop all training and seek urgent care: chest pain, fainting, breathlessness out of proportion, palpitations; "
        "swelling or warmth in one calf; numbness in the saddle area, or a change in bladder or bowel control; dark "
        "urine with severe soreness; a sudden pop and no push-off."
    ),
    (
        "Stop running and see a clinician: pain on one spot of a bone, pain at night or at rest, pain that grows "
        "through the run or on hopping, groin pain, a limp; missed periods with bone pain; fever."
    ),
)
HOW_TO_READ = (
    "3 x 8-12 reps each side: three sets of eight to twelve repetitions with one side, then the other.",
    (
        "RIR: repetitions in reserve, those you could still have done with clean form when the set ended ('reps left "
        "in the tank'). A load that leaves RIR 3 is one you could have lifted three times more."
    ),
    "tempo 3-0-1-1: seconds down, paused at the bottom, up, paused at the top. Where none is given, do not hurry.",
    (
        "A1, A2: one set of each in turn, with the rest after the last of them; with A and the next letter, the next "
        "pair. Each still gets the rest it is given between its own sets."
    ),
    (
        "new: for the first time, with set-up, cues and reason. more, less, changed: against the last session of its "
        "kind. Unmarked: as the last time."
    ),
)

_WORN = {Equipment.BACKPACK, Equipment.WEIGHT_VEST}
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_FIGURES = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_AXES = (
    OverloadAxis.RANGE, OverloadAxis.ASSISTANCE, OverloadAxis.LEVER, OverloadAxis.HEIGHT, OverloadAxis.SPEED,
    OverloadAxis.DISTANCE,
)  # fmt: skip
"""What has degrees instead of a unit; a higher degree asks for more."""
_SIDES = {Side.BOTH: " each side", Side.LEFT: " left side", Side.RIGHT: " right side", Side.NONE: ""}


def day(date: dt.date) -> str:
    """Write a date with its weekday, the same in every locale.

    Example:
        >>> day(dt.date(2026, 12, 7))
        'Mon 2026-12-07'
    """
    return f"{_DAYS[date.weekday()]} {date}"


def spaced(word: Word) -> str:
    """Write a word of the model as in running text: ``heavy legs`` for ``heavy-legs``."""
    return str(word).replace("-", " ")


def name_of(id: str, exercise: Exercise | None) -> str:
    """Return what an exercise is called; a plan outlives its catalog, and then the id is all that is left of it.

    Example:
        >>> name_of("calf-raise-on-sand", None)
        'Calf raise on sand'
    """
    return exercise.name if exercise is not None else id.replace("-", " ").capitalize()


def total_km(distances: Iterable[Distance | None]) -> float | None:
    """Add up distances in kilometers; None where one of them is not known.

    Example:
        >>> total_km([Distance(8), Distance(2.5)]), total_km([Distance(8), None]), total_km([])
        (10.5, None, 0.0)
    """
    given = list(distances)
    known = [each.km for each in given if each is not None]
    return sum(known, 0.0) if len(known) == len(given) else None


def plural(count: int, noun: str) -> str:
    """Count a noun that takes an s.

    Example:
        >>> plural(1, "session"), plural(2, "session")
        ('1 session', '2 sessions')
    """
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def spelled(count: float, noun: str = "") -> str:
    """Write a count as a word up to ten, with a noun that takes an s where one is given.

    Example:
        >>> spelled(2, "session"), spelled(1, "set"), spelled(12), spelled(2.5)
        ('two sessions', 'one set', '12', '2.5')
    """
    whole = float(count).is_integer()
    figure = _FIGURES[int(count)] if whole and 0 <= count <= 10 else number(round(count, 1))
    return f"{figure} {noun}{'' if count == 1 else 's'}" if noun else figure


def mass(kg: float) -> str:
    """Write kilograms, or the pounds that they are where only those are a round figure.

    Example:
        >>> mass(2.5), mass(20.41165665), mass(7.123456)
        ('2.5 kg', '45 lb', '7.12 kg')
    """
    return Mass(kg).spoken


def lasting(session: Session) -> str:
    """Say how long a session takes; unknown is not zero."""
    return f"{number(round(session.minutes.minutes))} min" if session.minutes.seconds else "length unknown"


def run(asked: Run) -> str:
    """Say what a run is: kind, distance, minutes."""
    kind = f"race ({asked.priority})" if asked.priority is not None else f"{asked.kind} run"
    if asked.kind in (RunKind.INTERVALS, RunKind.HILLS):
        kind = str(asked.kind)
    parts = [kind]
    if asked.distance is not None:
        parts.append(f"{number(round(asked.distance.km, 1))} km")
    if asked.duration is not None:
        parts.append(f"{number(round(asked.duration.minutes))} min")
    return ", ".join(parts)


def when(part: DayPart) -> str:
    """Name a part of the day; nothing where it is unknown."""
    return "" if part is DayPart.UNKNOWN else str(part)


def dose(asked: Prescription, exercise: Exercise | None = None) -> str:
    """Say what is asked, in the order in which a runner needs it.

    Args:
        asked: the prescription.
        exercise: tells whether "body weight" is worth saying: only where load could be added.

    Example:
        >>> from runstrong.model.prescription import FindLoad, Reps
        >>> from runstrong.model.quantities import RIR, seconds
        >>> load = FindLoad(RIR(3))
        >>> dose(Prescription(exercise="row", sets=3, amount=Reps(8, 12), side=Side.BOTH, load=load, rest=seconds(90)))
        '3 x 8-12 reps each side, a load that leaves RIR 3, rest 90 s'
    """
    parts = [f"{asked.sets} x {asked.amount}{_SIDES[asked.side]}"]
    load = asked.load
    told = isinstance(load, FindLoad) and (asked.rir is None or asked.rir == load.rir)
    if not isinstance(load, BodyWeight):
        parts.append(_load(asked, exercise))
    elif exercise is not None and exercise.loaded_by and exercise.hard and not isinstance(asked.amount, Hold):
        parts.append("body weight")
    parts += map(str, asked.degrees)
    if asked.rir is not None and not told:
        parts.append(f"RIR {number(asked.rir.reps)}")
    if asked.tempo is not None:
        parts.append(f"tempo {asked.tempo}")
    if asked.rest is not None and asked.sets > 1:
        parts.append(f"rest {asked.rest}")
    return ", ".join(parts)


def labels_of(block: Sequence[Prescription]) -> tuple[str, ...]:
    """Return what stands before the names of a block's exercises: A1 and A2 where they alternate, else nothing.

    Example:
        >>> pair = [Prescription(exercise=id, sets=2, amount=Hold(30), superset="b") for id in ("plank", "side-plank")]
        >>> labels_of(pair), labels_of(pair[:1])
        (('B1', 'B2'), ('',))
    """
    if len(block) < 2:
        return ("",) * len(block)
    return tuple(f"{(each.superset or '').upper()}{place}" for place, each in enumerate(block, 1))


def _load(asked: Prescription, exercise: Exercise | None = None) -> str:
    load = asked.load
    if isinstance(load, FindLoad):
        if isinstance(asked.amount, Hold):
            return "your lightest weight, later one you could hold 10 s longer"
        worn = exercise is not None and set(exercise.loaded_by) <= _WORN
        return f"{'a filled backpack' if worn else 'a load'} that leaves RIR {number(load.rir.reps)}"
    if isinstance(load, PercentOfMax):
        return f"{number(load.percent)} % of 1RM"
    return spoken(load)


def _demands(asked: Prescription) -> tuple[tuple[object, ...], tuple[float, ...]]:
    """Return what must be alike for two prescriptions to compare, and what is more when it is higher."""
    load, reserve = asked.load, asked.rir
    kind: object = type(load).__name__
    weight = 0.0
    if isinstance(load, (BodyWeight, External)):
        kind, weight = "mass", load.mass.kg if isinstance(load, External) else 0.0
    elif isinstance(load, PercentOfMax):
        weight = load.percent
    elif isinstance(load, Band):
        kind, weight = ("band", load.at), float(load.tension.rank)
    amount = asked.amount
    effort = -reserve.reps if reserve is not None else 0.0
    if isinstance(load, FindLoad):
        # Fewer repetitions with as many in reserve take a heavier load: neither more nor less.
        kind, effort = ("find", amount), -load.rir.reps
    alike = (kind, type(amount), asked.side, reserve is None)
    degrees = (float(asked.degree(axis)) for axis in _AXES)
    return alike, (float(asked.sets), float(amount.low), float(amount.high), weight, effort, *degrees)


def change(before: Prescription, now: Prescription) -> str:
    """Say how a prescription differs from the last one of its kind: more, less, changed, or nothing.

    It is more where nothing asked is lower and something is higher: sets, amount, load, effort, or a degree such as
    the range.

    Example:
        >>> from runstrong.model.prescription import Reps
        >>> two = Prescription(exercise="squat", sets=2, amount=Reps(8))
        >>> three = Prescription(exercise="squat", sets=3, amount=Reps(8))
        >>> change(two, three), change(three, two), change(two, two)
        ('more', 'less', '')
    """
    (kind_before, old), (kind_now, new) = _demands(before), _demands(now)
    if kind_before != kind_now:
        return "changed"
    rises = any(b > a for a, b in zip(old, new, strict=True))
    falls = any(b < a for a, b in zip(old, new, strict=True))
    if rises and not falls:
        return "more"
    if falls and not rises:
        return "less"
    return "changed" if rises or before.tempo != now.tempo else ""


def dose_change(was: Prescription, now: Prescription) -> str:
    """Say what of a dose differs, and nothing of what stays.

    Example:
        >>> from runstrong.model.prescription import Reps
        >>> from runstrong.model.quantities import RIR
        >>> two = Prescription(exercise="squat", sets=2, amount=Reps(8, 10), rir=RIR(4))
        >>> three = Prescription(exercise="squat", sets=3, amount=Reps(8, 10), rir=RIR(2))
        >>> dose_change(two, three)
        '3 sets instead of 2, RIR 2 instead of 4'
    """
    parts = []
    if was.sets != now.sets:
        parts.append(f"{plural(now.sets, 'set')} instead of {was.sets}")
    found = isinstance(was.load, FindLoad) and isinstance(now.load, FindLoad)
    for label, old, new in (
        ("", str(was.amount), str(now.amount)),
        ("a load that leaves RIR " if found else "", _load(was), _load(now)),
        ("RIR ", *("" if found or each.rir is None else f"RIR {number(each.rir.reps)}" for each in (was, now))),
        ("tempo ", *("" if each.tempo is None else f"tempo {each.tempo}" for each in (was, now))),
        ("", *(_SIDES[each.side].strip() for each in (was, now))),
    ):
        if old != new:
            parts.append(f"{new or f'no {label}asked'} instead of {old.removeprefix(label) or 'none'}")
    degrees = [axis for axis in _AXES if was.degree(axis) != now.degree(axis)]
    parts += [f"another {spaced(axis)}" for axis in degrees]
    if not parts and was.rest != now.rest:
        parts.append(f"rest {now.rest or 'as you like'} instead of {was.rest or 'as you like'}")
    return ", ".join(parts) or "told otherwise"


def cited(id: str, sources: Mapping[str, Source]) -> str:
    """Cite a source shortly, as ``Nielsen 2014``; what is no source (a rule's code, ``convention``) stands as it is."""
    source = sources.get(id)
    if source is None:
        return id
    authors = re.split(r" and colleagues| with |, | \(", source.authors)[0]
    return f"{authors} {source.year}" if source.year else authors


def _certainty(entry: Evidence) -> str:
    named = entry.certainty in (Certainty.EXPERT_OPINION, Certainty.CONVENTION)
    words = str(entry.certainty) if named else f"certainty {entry.certainty}"
    return f"{words}, unverified" if entry.unverified else words


def evidence_for(entry: Evidence, sources: Mapping[str, Source]) -> str:
    """Say how sure an entry is and who stands behind it: ``certainty low (Nielsen 2014)``."""
    if entry.source == CONVENTION:
        return _certainty(entry)
    return f"{_certainty(entry)} ({cited(entry.source, sources)})"


def evidence_in_short(evidence: Iterable[Evidence], sources: Mapping[str, Source]) -> str:
    """Say in one line what stands behind a rule and who speaks against it."""
    entries = tuple(evidence)
    clauses = [f"{entry.supports}, {evidence_for(entry, sources)}" for entry in entries if entry.supports]
    against = list(dict.fromkeys(cited(entry.source, sources) for entry in entries if not entry.supports))
    if against:
        names = against[0] if len(against) == 1 else f"{', '.join(against[:-1])} and {against[-1]}"
        clauses.append(f"{names} {'speaks' if len(against) == 1 else 'speak'} against")
    return "; ".join(clauses)
