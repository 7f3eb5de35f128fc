"""What the runner's own running does week by week: its amount, its cut-back weeks, its jumps and its peak."""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Sequence

from runstrong.model.rules import RuleSet
from runstrong.model.runner import Runner
from runstrong.model.running import Run
from runstrong.model.value import Record, record

__all__ = ["Volumes", "volumes_of"]


@record
class Volumes(Record):
    """The running of a season's weeks, by place in the season from 0.

    Args:
        amounts: of each week, in kilometers or what stands for them.
        cut_back: weeks with clearly less than those before.
        jumps: weeks with clearly more than any of those before.
        peaks: weeks with about the most of the season, where it has a peak at all.
    """

    amounts: tuple[float, ...]
    cut_back: frozenset[int]
    jumps: frozenset[int]
    peaks: frozenset[int]


def volumes_of(runner: Runner, starts: Sequence[dt.date], rules: RuleSet) -> Volumes:
    """Read the running of a season's weeks (numbers of policy ``planning``).

    A run without a distance counts by its minutes at an easy pace, one without either as the mean of the others: so
    weeks can be compared, and nothing is read from the amount itself. Weeks before the season count where runs are
    known in them; a week without any there is unknown, not zero.

    Args:
        runner: whose running it is.
        starts: first days of the season's weeks.
        rules: source of the numbers.
    """
    number = rules.numbers("planning")
    span = round(number["run_jump_weeks"])
    earlier = [starts[0] - dt.timedelta(days=7 * n) for n in range(span, 0, -1)]
    pace = number["minutes_per_km"]
    lengths = [
        [_stated(run, pace) for n in range(7) for run in runner.runs_on(first + dt.timedelta(days=n))]
        for first in (*earlier, *starts)
    ]
    known = [length for week in lengths for length in week if length is not None]
    usual = statistics.fmean(known) if known else 1.0
    amounts: list[float | None] = []
    for place, week in enumerate(lengths):
        amount = sum(usual if length is None else length for length in week)
        amounts.append(None if place < span and not week else amount)
    cut_back, jumps = set(), set()
    for place in range(len(starts)):
        now = amounts[place + span] or 0.0
        before = [each for each in amounts[place : place + span] if each is not None]
        lately = before[-round(number["cut_back_weeks"]) :]
        if lately and now <= (1 - number["cut_back"]) * statistics.fmean(lately):
            cut_back.add(place)
        if before and now > (1 + number["run_jump"]) * max(before) and now - max(before) >= number["run_jump_km"]:
            jumps.add(place)
    season = [amount or 0.0 for amount in amounts[span:]]
    running = [amount for amount in season if amount > 0]
    most = max(season)
    peaks: set[int] = set()
    if running and most >= (1 + number["run_peak"]) * statistics.median(running):
        peaks = {place for place, amount in enumerate(season) if amount >= number["peak_share"] * most}
    return Volumes(tuple(season), frozenset(cut_back), frozenset(jumps), frozenset(peaks))


def _stated(run: Run, minutes_per_km: float) -> float | None:
    if run.distance is not None:
        return run.distance.km
    return run.duration.minutes / minutes_per_km if run.duration is not None else None
