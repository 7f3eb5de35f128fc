"""Coming back to strength after a layoff that the runner tells of: how much less, and for how long."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from runstrong.model.exercise import Exercise
from runstrong.model.prescription import Prescription
from runstrong.model.rules import RuleSet
from runstrong.model.runner import Runner
from runstrong.model.value import Record, record
from runstrong.model.words import Tissue

__all__ = ["Comeback", "Pauses", "comeback_of"]


@record
class Comeback(Record):
    """What a layoff makes of the first weeks.

    Args:
        days: since the last strength session; 0 where there is no layoff.
        shares: of the usual dose, for the first weeks, one step up a week.
        anew: whether ladders start at their first rung again.
    """

    days: int = 0
    shares: tuple[float, ...] = ()
    anew: bool = False


def comeback_of(runner: Runner, start: dt.date, rules: RuleSet) -> Comeback:
    """Return what the runner's last strength session before `start` makes of the first weeks (policy ``progress``).

    The first week gets the share that the same gap has for a logged exercise; each week after goes one share up. After
    the longest gaps the ladders start anew, which lowers the dose by itself. Unknown is not a layoff.
    """
    if runner.last_strength is None:
        return Comeback()
    gap = (start - runner.last_strength).days
    number = rules.numbers("progress")
    if gap <= number["layoff_days"]:
        return Comeback()
    if gap > number["layoff_long"]:
        return Comeback(gap, (), anew=True)
    shares = [number["share_short"]]
    if gap > number["layoff_short"]:
        shares.insert(0, number["share_medium"])
    if gap > number["layoff_medium"]:
        shares.insert(0, number["share_long"])
    return Comeback(gap, tuple(shares))


class Pauses:
    """What a season leaves out for a while, as TS04 sees it: an exercise that comes back begins with a share.

    Weeks of maintenance and races have fewer sessions, so that some work rests for weeks while other work goes on.
    """

    def __init__(self, rules: RuleSet) -> None:
        self._number = rules.numbers("TS04")
        self._tissues: dict[Tissue, dt.date] = {}
        self._shown: dict[str, list[tuple[dt.date, int]]] = {}
        self._days: list[dt.date] = []

    def begin(self, days: Iterable[dt.date]) -> None:
        """Begin a week with sessions on these days."""
        self._days = [*self._days[-1:], *sorted(days)]

    def note(self, date: dt.date, done: Iterable[tuple[Exercise, Prescription]]) -> None:
        """Take in the main work of a session; a week's sessions come in when the week stands."""
        for exercise, asked in done:
            if exercise.hard:
                self._shown.setdefault(exercise.id, []).append((date, asked.sets * asked.amount.high))
                for tissue in exercise.primary:
                    self._tissues[tissue] = date

    def share(self, exercise: Exercise, asked: Prescription, date: dt.date) -> float:
        """Return the share of what is asked that may stand on `date`; 1 where nothing paused, or it is less already."""
        shown = self._shown.get(exercise.id)
        if shown is None:
            return 1.0
        number = self._number
        gap = (date - max(self._tissues[tissue] for tissue in exercise.primary)).days
        if any(0 < (date - day).days <= number["layoff_days"] for day in self._days):
            gap -= round(number["layoff_spared"])
        if gap <= number["layoff_days"] or (date - shown[-1][0]).days > number["window"]:
            return 1.0
        most = max(volume for _, volume in shown[-round(number["reference_sessions"]) :])
        return min(1.0, self._of(gap) * most / (asked.sets * asked.amount.high))

    def _of(self, gap: int) -> float:
        for span in ("short", "medium", "long"):
            if gap <= self._number[f"layoff_{span}"]:
                return self._number[f"share_{span}"]
        return self._number["share_beyond"]
