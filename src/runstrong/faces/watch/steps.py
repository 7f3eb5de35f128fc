"""A session as the steps that a watch leads through: sets and sides, pauses and repeats, in no file format yet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from runstrong.catalog.watch_names import WatchName, WatchNames, load_watch_names
from runstrong.faces.wording import SAFETY, dose, lasting, name_of, spaced
from runstrong.model.catalog import Catalog
from runstrong.model.errors import InvalidValue, Problem
from runstrong.model.exercise import Exercise
from runstrong.model.plan import Session
from runstrong.model.prescription import Amount, External, Hold, Prescription
from runstrong.model.value import Record, record
from runstrong.model.words import Emphasis, PartName, Side

__all__ = [
    "MOST_STEPS", "Pause", "Repeat", "Step", "Work", "cut", "description_of", "expanded", "plain", "size_of",
    "steps_of", "title_of",
]  # fmt: skip

MOST_STEPS = 50
"""Steps that a watch is taken to hold (convention: owners report this limit, Garmin's documents do not tell one)."""

_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff\s]+")
_TURNS = {Side.BOTH: (Side.LEFT, Side.RIGHT)}
_SIDE = {Side.LEFT: "Left side", Side.RIGHT: "Right side"}
_READY = "Get ready, then press the lap button."
_REST = "Rest."


@record
class Work(Record):
    """One set of one exercise on one side: a step that asks for something.

    Args:
        asked: the prescription that it is a set of.
        place: of that prescription in the session, counted from 0.
        part: of the session.
        side: left, right, or none where the exercise has no sides.
        title: name of the exercise, as shown to a runner.
        name: what the watch calls it.
        note: side, dose and cues, the most needed first.
    """

    asked: Prescription
    place: int
    part: PartName
    side: Side
    title: str
    name: WatchName
    note: str

    @property
    def amount(self) -> Amount:
        """What the set asks for, per side."""
        return self.asked.amount

    @property
    def load(self) -> External | None:
        """Kilograms to take up; None for body weight, bands, and loads that are still to be found."""
        return self.asked.load if isinstance(self.asked.load, External) else None

    @property
    def shown(self) -> str:
        """Title, with the side before it."""
        return f"{_SIDE[self.side]}: {self.title}" if self.side in _SIDE else self.title


@record
class Pause(Record):
    """A step that asks for nothing.

    Args:
        seconds: how long; None until the runner presses the lap button.
        note: what it is for.
    """

    seconds: float | None
    note: str


@record
class Repeat(Record):
    """Steps that are gone through several times; none of them is a repeat itself."""

    times: int
    steps: tuple[Work | Pause, ...]


Step = Work | Pause | Repeat


def steps_of(
    session: Session, *, catalog: Catalog, own: Iterable[Exercise] = (), names: WatchNames | None = None
) -> tuple[Step, ...]:
    """Return a session as the steps of a watch, in order.

    Sets become repeats, and what alternates is repeated together, with the rest after the last of each round: the
    longest that one of them is given. Each side is a step of its own, left first. A hold whose clock would start with
    the end of other work waits for the lap button; where that makes more than `MOST_STEPS`, these waits are left out.

    Args:
        session: to lead through.
        catalog: where names and cues are looked up.
        own: exercises that stand before the catalog's, such as those of a plan.
        names: what the watch calls them; the packaged names when not given.

    Raises:
        InvalidValue: the session holds no exercise.

    Example:
        >>> import datetime as dt
        >>> from runstrong.catalog import load_catalog
        >>> from runstrong.model.plan import Part
        >>> from runstrong.model.prescription import Reps
        >>> from runstrong.model.quantities import seconds
        >>> asked = Prescription(exercise="single-leg-calf-raise", sets=3, amount=Reps(10), side=Side.BOTH,
        ...     rest=seconds(60))
        >>> session = Session(id="s1", date=dt.date(2027, 1, 4), emphasis=Emphasis.LIGHT_LEGS,
        ...     parts=(Part(name=PartName.MAIN, prescriptions=(asked,)),))
        >>> (repeat,) = steps_of(session, catalog=load_catalog())
        >>> repeat.times, [step.shown if isinstance(step, Work) else step.seconds for step in repeat.steps]
        (3, ['Left side: Single-leg calf raise', 'Right side: Single-leg calf raise', 60.0])
    """
    maker = _Maker(catalog, {exercise.id: exercise for exercise in own}, names or load_watch_names())
    blocks: list[tuple[tuple[int, tuple[Work | Pause, ...]], ...]] = []
    place = 0
    for part in session.parts:
        for block in part.blocks:
            blocks.append(tuple(maker.rounds(part.name, block, place)))
            place += len(block)
    if not blocks:
        fact = f"session {session.id} without exercises"
        raise InvalidValue([Problem("session", fact, "a session that holds some", "leave it out")])
    rounds = [each for block in blocks for each in block]
    led = tuple(_led(_waiting(rounds)))
    return led if size_of(led) <= MOST_STEPS else tuple(_led(rounds))


def expanded(steps: Iterable[Step]) -> Iterator[Work | Pause]:
    """Yield the steps as they are gone through, with repeats carried out."""
    for step in steps:
        if isinstance(step, Repeat):
            for _ in range(step.times):
                yield from step.steps
        else:
            yield step


def size_of(steps: Iterable[Step]) -> int:
    """Return how many steps a file holds for them: a repeat takes one beside those in it.

    Example:
        >>> size_of([Repeat(3, (Pause(60.0, ""), Pause(None, ""))), Pause(5.0, "")])
        4
    """
    return sum(len(step.steps) + 1 if isinstance(step, Repeat) else 1 for step in steps)


class _Maker:
    """Turns prescriptions into steps."""

    def __init__(self, catalog: Catalog, own: Mapping[str, Exercise], names: WatchNames) -> None:
        self.catalog, self.own, self.names = catalog, own, names

    def rounds(
        self, part: PartName, block: Sequence[Prescription], place: int
    ) -> Iterator[tuple[int, tuple[Work | Pause, ...]]]:
        """Yield the rounds of a block, those that are alike together with how often they are gone through."""
        made = [tuple(self._works(part, asked, place + offset)) for offset, asked in enumerate(block)]
        done = 0
        for level in sorted({asked.sets for asked in block}):
            now = [at for at, asked in enumerate(block) if asked.sets >= level]
            rests = [block[at].rest for at in now if block[at].sets > 1]
            longest = max((rest.seconds for rest in rests if rest is not None), default=0.0)
            pause = (Pause(longest, _REST),) if longest > 0 else ()
            yield level - done, (*(work for at in now for work in made[at]), *pause)
            done = level

    def _works(self, part: PartName, asked: Prescription, place: int) -> Iterator[Work]:
        exercise = self.own.get(asked.exercise) or self.catalog.exercises.get(asked.exercise)
        name = self.names.of(asked.exercise, exercise)
        title = plain(name_of(asked.exercise, exercise))
        for side in _TURNS.get(asked.side, (asked.side,)):
            told = [_SIDE.get(side, ""), dose(asked, exercise), asked.note or ""]
            told += exercise.cues if exercise is not None else ()
            note = " ".join(each if each.endswith((".", "!", "?")) else f"{each}." for each in map(plain, told) if each)
            yield Work(asked, place, part, side, title or asked.exercise, name, note)


def _waiting(
    rounds: Iterable[tuple[int, tuple[Work | Pause, ...]]],
) -> Iterator[tuple[int, tuple[Work | Pause, ...]]]:
    """Yield rounds in which each hold that follows other work, or opens the session, waits for the runner.

    A wait before the first hold of a round stands within the round only where no rest closes it.
    """
    paused = False
    for times, steps in rounds:
        closed = isinstance(steps[-1], Pause)
        made: list[Work | Pause] = []
        for at, step in enumerate(steps):
            free = not paused if at == 0 and (times == 1 or closed) else not (made and isinstance(made[-1], Pause))
            if free and isinstance(step, Work) and isinstance(step.amount, Hold):
                wait = Pause(None, f"{step.shown}. {_READY}")
                if at == 0 and times > 1 and closed:
                    yield 1, (wait,)
                else:
                    made.append(wait)
            made.append(step)
        yield times, tuple(made)
        paused = closed


def _led(rounds: Iterable[tuple[int, tuple[Work | Pause, ...]]]) -> Iterator[Step]:
    for times, steps in rounds:
        if times == 1:
            yield from steps
        else:
            yield Repeat(times, steps)


# -- text -----------------------------------------------------------------------------------------------------------


def title_of(session: Session, title: str | None = None) -> str:
    """Return what a session is called in the list of a watch: the day first, as the list is long."""
    return plain(title or "") or f"{session.date} {spaced(session.emphasis)}"


def description_of(session: Session, steps: Iterable[Step]) -> str:
    """Say what a session is, what a watch may not take, the remark on it, and what a runner has to know."""
    size = size_of(steps)
    mobility = session.emphasis is Emphasis.MOBILITY
    told = [f"{'Mobility' if mobility else f'Strength: {spaced(session.emphasis)}'}, {lasting(session)}."]
    if size > MOST_STEPS:
        told.append(f"{size} steps; some watches take no more than {MOST_STEPS}.")
    told += [plain(session.note or ""), SAFETY]
    return " ".join(filter(None, told))


def plain(text: str) -> str:
    r"""Return text in one line, without what a watch cannot show or would take for more than it is.

    Example:
        >>> plain("a\n b\x1b[31mc")
        'a b [31mc'
    """
    return _UNSEEN.sub(" ", text).strip()


def cut(text: str, most: int) -> str:
    """Return as much of a text as fits into so many bytes of UTF-8: whole characters, and sentences if most stays.

    Example:
        >>> cut("Höhe", 2), cut("Höhe", 3), cut("Lift. Lower slowly.", 12)
        ('H', 'Hö', 'Lift.')
    """
    raw = text.encode()
    if len(raw) <= most:
        return text
    kept = raw[:most].decode(errors="ignore")
    end = kept.rfind(". ")
    return kept[: end + 1] if end >= len(kept) // 3 else kept.rstrip()
