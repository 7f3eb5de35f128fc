"""Coming back to strength after a layoff that the runner tells of: how much less, and for how long."""

from __future__ import annotations

import datetime as dt

from runstrong.model.rules import RuleSet
from runstrong.model.runner import Runner
from runstrong.model.value import Record, record

__all__ = ["Comeback", "comeback_of"]


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
