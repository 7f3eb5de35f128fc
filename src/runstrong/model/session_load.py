"""Session load: minutes times session RPE, in arbitrary units, of what was run, trained and done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

from runstrong.model.log import Log, Performance
from runstrong.model.quantities import Duration, SessionRPE

__all__ = ["added_up", "load_of", "loads_of", "performed_load", "performed_sessions"]


def load_of(length: Duration | None, rating: SessionRPE | None) -> float | None:
    """Return minutes times session RPE (Foster's method); None when one of them is unknown.

    Source:
        foster-1998 (from memory).

    Example:
        >>> load_of(Duration(3600), SessionRPE(5)), load_of(Duration(3600), None)
        (300.0, None)
    """
    return None if length is None or rating is None else length.minutes * rating.score


def performed_sessions(log: Log) -> Mapping[tuple[dt.date, str], Sequence[Performance]]:
    """Return what was done, by day and session; performances of a day without a session's id make one."""
    groups: dict[tuple[dt.date, str], list[Performance]] = {}
    for done in log.performances:
        groups.setdefault((done.date, done.session or f"log-{done.date:%Y%m%d}"), []).append(done)
    return groups


def performed_load(performances: Iterable[Performance]) -> float | None:
    """Return the load of a session that was done: its longest stated length times its highest rating, or None."""
    performances = tuple(performances)
    lengths = [done.duration for done in performances if done.duration is not None]
    ratings = [done.session_rpe for done in performances if done.session_rpe is not None]
    length = max(lengths, key=lambda each: each.seconds, default=None)
    return load_of(length, max(ratings, key=lambda each: each.score, default=None))


def loads_of(log: Log) -> Iterator[tuple[dt.date, float | None]]:
    """Yield the day and load of each run, each other activity and each session of a log; None where it is unknown."""
    for run in log.runs:
        yield run.date, load_of(run.duration, run.session_rpe)
    for each in log.activities:
        yield each.date, load_of(each.duration, each.session_rpe)
    for (date, _), performances in performed_sessions(log).items():
        yield date, performed_load(performances)


def added_up(loads: Iterable[tuple[dt.date, float | None]]) -> dict[dt.date, float | None]:
    """Return the sum of each day; one that is unknown makes the day unknown, not smaller."""
    table: dict[dt.date, float | None] = {}
    for day, load in loads:
        so_far = table.get(day, 0.0)
        table[day] = None if load is None or so_far is None else so_far + load
    return table
