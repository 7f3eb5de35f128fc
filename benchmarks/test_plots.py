"""How long the calendar of a whole year takes to draw, beside an empty figure with as many markers."""

from __future__ import annotations

import datetime as dt
import io
import time
from typing import Any

import runstrong as rs
from runstrong.faces import plots


def test_a_season_of_a_year(benchmark: Any) -> None:
    """Fifty-two weeks, drawn and saved; the floor is matplotlib drawing the same number of markers on bare axes."""
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    runner = rs.evolve(rs.load("examples/marathoner.yaml", rs.Runner), races=())
    plan = rs.plan(runner, start=dt.date(2027, 1, 4), weeks=52)
    count = len(plan.sessions) + sum(len(week.runs) for week in plan.weeks)

    def axes() -> Axes:
        return Figure(figsize=(7, 4), layout="constrained").subplots()

    def saved(ax: Axes) -> None:
        ax.figure.savefig(io.BytesIO(), format="png")

    def floor() -> float:
        begin = time.perf_counter()
        ax = axes()
        ax.scatter(range(count), range(count))
        saved(ax)
        return time.perf_counter() - begin

    benchmark(lambda: saved(plots.season(plan, ax=axes())))
    least = min(floor() for _ in range(3))
    benchmark.extra_info["what"] = f"a calendar of 52 weeks with {count} marks"
    benchmark.extra_info["times bare markers"] = round(benchmark.stats["min"] / least, 1)
