"""Where a runner stands on a ladder, and one step from there: the nouns of the progression engine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import ClassVar

from runstrong.model.errors import Problem
from runstrong.model.findings import Fact
from runstrong.model.prescription import Prescription
from runstrong.model.value import Value, identifier, limited, many, value
from runstrong.model.words import Word

__all__ = ["Reason", "ReasonCode", "State", "Step", "StepKind"]


class StepKind(Word):
    """What a step changes; upward steps come one at a time."""

    HOLD = "hold"
    MORE_REPS = "more-reps"
    MORE_SETS = "more-sets"
    LONGER_HOLD = "longer-hold"
    MORE_LOAD = "more-load"
    HARDER = "harder"
    """Fuller range, less support, longer lever, higher, faster or slower lowering: what has no unit."""
    NEXT_RUNG = "next-rung"
    EASIER_RUNG = "easier-rung"
    LIGHTEN = "lighten"
    SHRINK_RANGE = "shrink-range"
    STOP = "stop"

    @property
    def upward(self) -> bool:
        """Whether the next prescription asks for more than the last one."""
        return self in _UPWARD


_UPWARD = frozenset(
    (
        StepKind.MORE_REPS,
        StepKind.MORE_SETS,
        StepKind.LONGER_HOLD,
        StepKind.MORE_LOAD,
        StepKind.HARDER,
        StepKind.NEXT_RUNG,
    )
)


class ReasonCode(Word):
    """Every reason that a step can have; the faces hold a sentence for each."""

    # What was shown.
    BAR_MET = "bar-met"
    BELOW_BAR = "below-bar"
    IMPROVING = "improving"
    LOAD_FOUND = "load-found"
    COMING_BACK = "coming-back"
    STARTING = "starting"
    AS_ASKED = "as-asked"
    # What is missing before it counts.
    ONE_SESSION_MORE = "one-session-more"
    WEEKS_FIRST = "weeks-first"
    EFFORT_UNKNOWN = "effort-unknown"
    EFFORT_TOO_HIGH = "effort-too-high"
    PAIN_UNKNOWN = "pain-unknown"
    SETS_MISSING = "sets-missing"
    SIDE_MISSING = "side-missing"
    SETS_NOT_RECORDED = "sets-not-recorded"
    LIGHTER_LOAD = "lighter-load"
    LOAD_UNCLEAR = "load-unclear"
    ASSISTED = "assisted"
    OTHER_EXERCISE = "other-exercise"
    LIGHTER_DAY = "lighter-day"
    NEXT_RUNG_CLOSED = "next-rung-closed"
    LADDER_DONE = "ladder-done"
    # What doubles the sessions asked for.
    INJURY_LATELY = "injury-lately"
    HALF_PACE = "half-pace"
    FELL_BACK = "fell-back"
    # What holds or makes easier.
    FORM_FAILED = "form-failed"
    TARGET_MISSED = "target-missed"
    STALLED = "stalled"
    PAIN_HOLDS = "pain-holds"
    PAIN_OVER_LIMIT = "pain-over-limit"
    PAIN_NOT_SETTLED = "pain-not-settled"
    PAIN_RISING = "pain-rising"
    SORE = "sore"
    SHORT_NIGHT = "short-night"
    STRESSED = "stressed"
    ILL = "ill"
    INJURED_NOW = "injured-now"
    LAYOFF = "layoff"
    LONG_LAYOFF = "long-layoff"
    EASIEST_ALREADY = "easiest-already"
    # What stops.
    PAIN_STOPS = "pain-stops"
    RED_FLAG = "red-flag"
    # What the step does.
    ADD_LOAD = "add-load"
    FIRST_LOAD = "first-load"
    FIND_LOAD = "find-load"
    RAISE_AMOUNT = "raise-amount"
    REPS_FIRST = "reps-first"
    ADD_SET = "add-set"
    STRONGER_BAND = "stronger-band"
    BAND_LOWER = "band-lower"
    TURN_UP = "turn-up"
    SLOWER = "slower"
    TO_RUNG = "to-rung"
    BACK_TO_RUNG = "back-to-rung"
    LESS_LOAD = "less-load"
    FEWER_SETS = "fewer-sets"
    LESS_AMOUNT = "less-amount"
    TURN_DOWN = "turn-down"
    MORE_RESERVE = "more-reserve"


@value
class Reason(Value):
    """Why a step is what it is: a code with its numbers, rendered when somebody reads it."""

    code: ReasonCode
    facts: tuple[Fact, ...] = many(default=())

    def fact(self, name: str) -> str | int | float | None:
        """Return the fact called `name`, or None when the reason has none of that name."""
        return next((fact.value for fact in self.facts if fact.name == name), None)


@value
class State(Value):
    """Where a runner stands on one ladder; an app can keep it, so that a step costs the same however long the log is.

    Args:
        progression: id of the ladder.
        rung: place on it, from 0.
        earned: the position: what the criteria have earned on this rung.
        prescription: as asked in the next session: what is earned, or less while pain or a layoff is come back from.
        met: sessions in a row that met what the next step asks for.
        missed: sessions in a row under the bottom of the range, or with failed form, and not improving.
        flat: sessions since the last better one.
        best: the best showing at the present prescription: amounts of all sets, with what was left in reserve.
        falls: times that the ladder went back after it had gone up, since its highest position; each doubles the
            sessions asked for. One descent is one fall, however many steps it takes.
        rose: whether the last change of position was upward.
        peak_rung: highest rung before the last fall.
        peak: what was earned there.
        pain: worst pain of the last session that recorded any.
        short_since: first session in a row of sessions after short nights or under high stress.
        stopped: day on which a warning sign stopped the exercise; cleared by the next session without one.
        begun: first day folded in.
        entered: first day on the present rung.
        through: last day folded in; None before the first. An earlier entry means folding the log anew.
    """

    kind_of_document: ClassVar[str] = "state"

    progression: str = identifier()
    rung: int = limited(0, 50)
    earned: Prescription
    prescription: Prescription
    met: int = limited(0, 1000, default=0)
    missed: int = limited(0, 1000, default=0)
    flat: int = limited(0, 10_000, default=0)
    best: float = limited(0, 100_000, default=0.0)
    falls: int = limited(0, 100, default=0)
    rose: bool = False
    peak_rung: int | None = limited(0, 50, default=None)
    peak: Prescription | None = None
    pain: int | None = limited(0, 10, default=None)
    short_since: dt.date | None = None
    stopped: dt.date | None = None
    begun: dt.date | None = None
    entered: dt.date | None = None
    through: dt.date | None = None

    def _conflicts(self) -> Iterable[Problem]:
        if self.met and self.missed:
            yield Problem("State", f"{self.met} met and {self.missed} missed in a row", "one of the two at 0")
        if (self.peak is None) != (self.peak_rung is None):
            yield Problem("State.peak", "peak or peak_rung alone", "both together")
        if self.through is not None and self.begun is not None and self.through < self.begun:
            yield Problem("State.through", str(self.through), f"on or after {self.begun}, the first day folded in")

    @property
    def coming_back(self) -> bool:
        """Whether less is asked for than was earned."""
        return self.prescription != self.earned


@value
class Step(Value):
    """One decision about one ladder.

    Args:
        kind: what changes.
        prescription: for the next session; after a stop, what to come back to.
        state: after the step.
        reasons: why, and what is done about it, the weightiest first.

    Example:
        >>> from runstrong.model.prescription import Reps
        >>> asked = Prescription(exercise="calf-raise", sets=2, amount=Reps(10, 15))
        >>> state = State(progression="calf-raise-straight", rung=0, earned=asked, prescription=asked, met=1)
        >>> why = Reason(code=ReasonCode.ONE_SESSION_MORE)
        >>> Step(kind=StepKind.HOLD, prescription=asked, state=state, reasons=(why,)).kind.upward
        False
    """

    kind: StepKind
    prescription: Prescription
    state: State
    reasons: tuple[Reason, ...] = many(least=1)
