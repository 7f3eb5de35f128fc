"""Where a runner stands on a ladder, and one step from there: the nouns of the progression engine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import ClassVar

from runstrong.model.errors import Problem
from runstrong.model.prescription import Prescription
from runstrong.model.rules import Fact
from runstrong.model.value import Value, identifier, limited, many, value
from runstrong.model.words import Word

__all__ = ["Reason", "State", "Step", "StepKind"]


class StepKind(Word):
    """What a step changes; upward steps come one at a time."""

    HOLD = "hold"
    MORE_REPS = "more-reps"
    MORE_SETS = "more-sets"
    LONGER_HOLD = "longer-hold"
    MORE_LOAD = "more-load"
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
    (StepKind.MORE_REPS, StepKind.MORE_SETS, StepKind.LONGER_HOLD, StepKind.MORE_LOAD, StepKind.NEXT_RUNG)
)


@value
class Reason(Value):
    """Why a step is what it is: a code with its numbers, rendered when somebody reads it."""

    code: str = identifier()
    facts: tuple[Fact, ...] = many(default=())


@value
class State(Value):
    """Where a runner stands on one ladder; an app can keep it, so that a step costs the same however long the log is.

    Args:
        progression: id of the ladder.
        rung: place on it, from 0.
        prescription: as it stands for the next session.
        met: sessions in a row that met the rung's criterion.
        missed: sessions in a row under the target and not improving.
        through: last day folded in; None before the first. An earlier entry means folding the log anew.
    """

    kind_of_document: ClassVar[str] = "state"

    progression: str = identifier()
    rung: int = limited(0, 50)
    prescription: Prescription
    met: int = limited(0, 100, default=0)
    missed: int = limited(0, 100, default=0)
    through: dt.date | None = None

    def _conflicts(self) -> Iterable[Problem]:
        if self.met and self.missed:
            yield Problem("State", f"{self.met} met and {self.missed} missed in a row", "one of the two at 0")


@value
class Step(Value):
    """One decision about one ladder.

    Args:
        kind: what changes.
        prescription: for the next session.
        state: after the step.
        reasons: why, the weightiest first.

    Example:
        >>> from runstrong.model.prescription import Reps
        >>> asked = Prescription(exercise="calf-raise", sets=2, amount=Reps(10, 15))
        >>> state = State(progression="calf-raise-straight", rung=0, prescription=asked, met=1)
        >>> why = Reason(code="one-session-more")
        >>> Step(kind=StepKind.HOLD, prescription=asked, state=state, reasons=(why,)).kind.upward
        False
    """

    kind: StepKind
    prescription: Prescription
    state: State
    reasons: tuple[Reason, ...] = many(least=1)

    def _conflicts(self) -> Iterable[Problem]:
        if self.prescription != self.state.prescription:
            allowed = f"the step's own prescription, {self.prescription}"
            yield Problem("Step.state", str(self.state.prescription), allowed)
