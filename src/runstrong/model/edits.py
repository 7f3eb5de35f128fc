"""Changes to a plan, as values: what a person decides, and what a rule proposes as a fix.

`Plan.apply` carries them out. What an edit does not name stays as it was.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from runstrong.model.errors import Problem
from runstrong.model.prescription import Amount, FindLoad, Load, Prescription, Tempo, spoken
from runstrong.model.quantities import RIR, Distance, number
from runstrong.model.value import Value, identifier, limited, many, value
from runstrong.model.words import DayPart, PartName, RunKind

__all__ = [
    "Approve", "Drop", "Edit", "Exclude", "Insert", "Lighten", "Move", "MoveRun", "Note", "Pin", "Reduce", "Skip",
    "Split", "Swap", "TrimRun", "Wait",
]  # fmt: skip


@value
class Move(Value):
    """Move a session to another day, and another part of the day where one is given.

    Args:
        session: id of the session.
        to: its new day.
        day_part: its new part of the day; None leaves it as it is.
    """

    session: str = identifier()
    to: dt.date
    day_part: DayPart | None = None

    def __str__(self) -> str:
        return f"move session {self.session} to {self.to}{_part(self.day_part)}"


@value
class Swap(Value):
    """Put `replacement` where a session has `exercise`: another exercise, or the same in another form.

    The same exercise with less of something is `Reduce`.

    Args:
        session: id of the session.
        exercise: id of the exercise that goes.
        replacement: what is asked instead.
    """

    session: str = identifier()
    exercise: str = identifier()
    replacement: Prescription

    def __str__(self) -> str:
        if self.replacement.exercise == self.exercise:
            return f"in session {self.session}, do {self.exercise} as {self.replacement}"
        return f"in session {self.session}, replace {self.exercise} by {self.replacement.exercise}: {self.replacement}"


@value
class Reduce(Value):
    """Ask for less of an exercise in a session; what is not given stays as it is.

    Args:
        session: that holds it.
        exercise: of which less is asked.
        sets: at most so many.
        amount: per set, at most that.
        load: in its place, where it is not heavier.
        rir: repetitions in reserve, at least so many.
        tempo: of a repetition, no slower than before.
    """

    session: str = identifier()
    exercise: str = identifier()
    sets: int | None = limited(1, 20, default=None)
    amount: Amount | None = None
    load: Load | None = None
    rir: RIR | None = None
    tempo: Tempo | None = None

    def _conflicts(self) -> Iterable[Problem]:
        if all(each is None for each in (self.sets, self.amount, self.load, self.rir, self.tempo)):
            yield Problem("Reduce", "nothing to reduce", "sets, amount, load, rir or tempo")

    def __str__(self) -> str:
        told = []
        if self.sets is not None:
            told.append(f"{self.sets} set{'s' if self.sets > 1 else ''}")
        if self.amount is not None:
            told.append(str(self.amount))
        if self.load is not None:
            told.append(spoken(self.load))
        if self.rir is not None and not (isinstance(self.load, FindLoad) and self.load.rir == self.rir):
            told.append(f"{number(self.rir.reps)} in reserve")
        if self.tempo is not None:
            told.append(f"tempo {self.tempo}")
        return f"in session {self.session}, reduce {self.exercise} to {', '.join(told)}"


@value
class Drop(Value):
    """Leave an exercise out of a session.

    Args:
        session: id of the session.
        exercise: id of the exercise.
    """

    session: str = identifier()
    exercise: str = identifier()

    def __str__(self) -> str:
        return f"in session {self.session}, leave out {self.exercise}"


@value
class Insert(Value):
    """Put an exercise into a part of a session, which is made where there is none.

    Args:
        session: that takes it.
        part: warm-up, main or cool-down.
        prescription: what is asked.
        after: the exercise of that part behind which it stands; at the end where none is given.
    """

    session: str = identifier()
    part: PartName
    prescription: Prescription
    after: str | None = identifier(default=None)

    def __str__(self) -> str:
        behind = f" after {self.after}" if self.after else ""
        part = "main work" if self.part is PartName.MAIN else self.part
        added = f"{self.prescription.exercise} to the {part}{behind}: {self.prescription}"
        return f"in session {self.session}, add {added}"


@value
class Split(Value):
    """Make a session of its own of a part of one, on another day or in another part of the day.

    The new session has the same warm-up, because each session warms up for itself.

    Args:
        session: that is too much at once.
        exercises: of its main part, which leave it.
        into: id of the new session.
        to: its day.
        day_part: its part of the day.
    """

    session: str = identifier()
    exercises: tuple[str, ...] = many(least=1, names=True)
    into: str = identifier()
    to: dt.date
    day_part: DayPart = DayPart.UNKNOWN

    def __str__(self) -> str:
        part = "" if self.day_part is DayPart.UNKNOWN else _part(self.day_part)
        return f"split session {self.session}: {', '.join(self.exercises)} on {self.to}{part} (session {self.into})"


@value
class Wait(Value):
    """Leave an exercise out of a session and of all that follow before a day.

    A session in which no main work is left is skipped. Pinned sessions stay as they are.

    Args:
        session: from which on.
        exercise: that waits.
        until: first day on which it may stand again.
    """

    session: str = identifier()
    exercise: str = identifier()
    until: dt.date

    def __str__(self) -> str:
        return f"from session {self.session} on, leave out {self.exercise} until {self.until}"


@value
class Lighten(Value):
    """Make a week a lighter one: each main exercise of its sessions keeps a share of its sets, at least one.

    Pinned sessions stay as they are.

    Args:
        week: any day of it; the plan's weeks decide which one that is.
        share: of the sets that stays.
    """

    week: dt.date
    share: float = limited(above=0, high=1)

    def __str__(self) -> str:
        return f"make the week of {self.week} a lighter one: {number(round(100 * self.share))} % of the sets"


@value
class Skip(Value):
    """Leave a whole session out, with a reason; it stays in the plan, marked.

    Args:
        session: id of the session.
        reason: why.
    """

    session: str = identifier()
    reason: str

    def __str__(self) -> str:
        return f"skip session {self.session}: {self.reason}"


@value
class Pin(Value):
    """Keep a session as it is when the rest is planned again.

    Args:
        session: id of the session.
    """

    session: str = identifier()

    def __str__(self) -> str:
        return f"pin session {self.session}"


@value
class Note(Value):
    """Write a remark on a session.

    Args:
        session: id of the session.
        text: the remark.
    """

    session: str = identifier()
    text: str

    def __str__(self) -> str:
        return f"note on session {self.session}: {self.text}"


@value
class Exclude(Value):
    """Leave an exercise out of the plan for good, from a day on; planning again brings it back nowhere.

    Args:
        exercise: to leave out; it joins the runner's exclusions.
        since: first day that goes without it.
        reason: why.
    """

    exercise: str = identifier()
    since: dt.date
    reason: str

    def __str__(self) -> str:
        return f"no {self.exercise} from {self.since} on: {self.reason}"


@value
class Approve(Value):
    """Sign a plan as it stands: who looked at it, and when. It changes nothing; a later change ends the approval.

    Args:
        by: name of the coach or clinician.
        on: day of the approval.
        note: what they said of it.
    """

    by: str
    on: dt.date
    note: str = ""

    def _conflicts(self) -> Iterable[Problem]:
        if not self.by.strip():
            yield Problem("Approve.by", repr(self.by), "the name of who approves")

    def __str__(self) -> str:
        return f"approved by {self.by} on {self.on}{f': {self.note}' if self.note else ''}"


@value
class TrimRun(Value):
    """Make a run of the plan shorter. Runs are the runner's: a fix does it only when asked.

    A run has no id: day, part of the day and kind say which one it is.

    Args:
        date: of the run.
        day_part: of the run.
        kind: of the run.
        distance: that it is to have; its minutes go down by the same share.
    """

    date: dt.date
    day_part: DayPart = DayPart.UNKNOWN
    kind: RunKind = RunKind.EASY
    distance: Distance

    def __str__(self) -> str:
        return f"trim the {self.kind} run of {self.date} to {self.distance}"


@value
class MoveRun(Value):
    """Move a run of the plan to another day. Runs are the runner's: a fix does it only when asked.

    Args:
        date: of the run.
        day_part: of the run.
        kind: of the run.
        to: the new day; the part of the day stays.
    """

    date: dt.date
    day_part: DayPart = DayPart.UNKNOWN
    kind: RunKind = RunKind.EASY
    to: dt.date

    def __str__(self) -> str:
        return f"move the {self.kind} run of {self.date} to {self.to}"


def _part(part: DayPart | None) -> str:
    return f", {part}" if part else ""


Edit = (
    Move
    | Swap
    | Reduce
    | Drop
    | Insert
    | Split
    | Wait
    | Lighten
    | Skip
    | Pin
    | Note
    | TrimRun
    | MoveRun
    | Exclude
    | Approve
)
