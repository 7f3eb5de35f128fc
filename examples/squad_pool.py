"""Plan a season for each runner of a squad on all cores, and tell what the audit left of each.

``python examples/squad_pool.py`` plans twelve runners made up here; give it YAML files of runners for your own.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import runstrong as rs

START = dt.date(2027, 1, 4)


def made_up() -> Iterator[rs.Runner]:
    """Yield twelve runners who differ in level, minutes and running days."""
    for number in range(12):
        days = [day for place, day in enumerate(rs.Weekday) if (place + number) % 7 < 3 + number % 3]
        runs = [rs.UsualRun(day=day, kind=rs.RunKind.EASY, distance=rs.km(6 + number)) for day in days[:-1]]
        long_run = rs.UsualRun(day=days[-1], kind=rs.RunKind.LONG, distance=rs.km(10 + number))
        yield rs.Runner(
            name=f"runner {number + 1}",
            running=rs.RunningWeek(runs=[*runs, long_run]),
            strength_years=0.5 * (number % 4),
            session_length=rs.minutes(20 + 5 * (number % 5)),
            clearance=rs.Clearance.CLEARED,
        )


def planned(runner: rs.Runner) -> tuple[str, int, int, str]:
    """Plan one runner; what comes back is small, so that little travels between processes."""
    plan = rs.plan(runner, start=START, weeks=12)
    return runner.name, len(plan.sessions), len(rs.audit(plan, fixes=False).findings), rs.to_json(plan)


def squad(runners: Sequence[rs.Runner], workers: int | None = None) -> list[tuple[str, int, int, str]]:
    """Plan all runners in processes of their own, in the order given."""
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(planned, runners, chunksize=max(1, len(runners) // 16)))


if __name__ == "__main__":
    given = [rs.load(Path(path), rs.Runner) for path in sys.argv[1:]]
    for name, sessions, findings, _ in squad(given or list(made_up())):
        print(f"{name}: {sessions} sessions, {findings} findings left")
