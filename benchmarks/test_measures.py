"""How long the measures of one athlete's year take in plain Python, in passes over its days."""

from __future__ import annotations

import datetime as dt
import random
import time
import tracemalloc
from collections.abc import Callable
from typing import Any

from runstrong.measures import (
    Acwr,
    Balance,
    Banister,
    Coupling,
    DailySeries,
    EwmaRatio,
    LoadAverage,
    Measure,
    Monotony,
    SessionSpike,
    Strain,
    WeeklyRamp,
    WeeklyVolume,
)

EVERY: tuple[Measure, ...] = (
    WeeklyVolume(), WeeklyRamp(), SessionSpike(), Acwr(), Acwr(coupling=Coupling.UNCOUPLED), EwmaRatio(), Monotony(),
    Strain(), LoadAverage(), Balance(), Banister(),
)  # fmt: skip


def year() -> DailySeries:
    """Return 365 days of load, two of seven at rest."""
    draw = random.Random(1)
    loads = [0.0 if draw.random() < 2 / 7 else float(draw.randint(100, 900)) for _ in range(365)]
    return DailySeries.of(loads, first=dt.date(2027, 1, 1))


def test_every_measure_of_a_year(benchmark: Any) -> None:
    """Eleven measures on each of 365 days, values and reasons, with the memory that they take at most."""
    series = year()
    told = benchmark(lambda: [measure.over(series) for measure in EVERY])
    assert all(each.values[-1] is not None for each in told if not isinstance(each.measure, SessionSpike))
    whole = _fastest(lambda: [measure.over(series) for measure in EVERY])
    one_pass = _fastest(lambda: sum(each for each in series.values if each is not None))
    tracemalloc.start()
    kept = [measure.over(series) for measure in EVERY]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    benchmark.extra_info.update(
        {
            "what": f"{len(kept)} measures over 365 days of one athlete",
            "one pass over the days (us)": round(one_pass * 1e6, 1),
            "passes for each measure": round(whole / one_pass / len(kept), 1),
            "peak memory (KB)": round(peak / 1024),
        }
    )


def _fastest(work: Callable[[], object]) -> float:
    times = []
    for _ in range(20):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)
