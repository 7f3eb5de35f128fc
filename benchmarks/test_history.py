"""How long an export of ten years takes to become a log, beside a plain pass of `csv.reader` over the same text."""

from __future__ import annotations

import csv
import datetime as dt
import gc
import io
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import runstrong as rs
from runstrong.testing.exports import Outing, strava_csv

ROWS = 4_000
COLUMNS = 90


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bulk export of ten years: runs, rides, swims and strength, notes of several lines, ninety columns."""
    first = dt.datetime(2016, 1, 4, 6)  # noqa: DTZ001 - as programs write it
    kinds = ("run", "run", "run", "ride", "strength", "run", "swim")
    done = [
        Outing(
            start=first + dt.timedelta(hours=22 * n),
            kind=kinds[n % 7],
            meters=None if kinds[n % 7] == "strength" else 5000.0 + n % 9 * 1234.5,
            seconds=1800 + n % 9 * 480,
            rpe=None if n % 3 else 1 + n % 9,
            heart_rate=130 + n % 40,
            title=("Morning Run", "Long run", "Intervals 6 x 800 m")[n % 3],
            note="felt fine,\neven uphill" if n % 5 == 0 else "",
        )
        for n in range(ROWS)
    ]
    rows = list(csv.reader(io.StringIO(strava_csv(done))))
    more = COLUMNS - len(rows[0])
    weather = ["", "12.7", "1016.3", "3.5999999046325684", "0.6200000047683716"]
    wide = [[*rows[0], *(f"Weather {n}" for n in range(more))]]
    wide += [[*row, *(weather[n % 5] for n in range(more))] for row in rows[1:]]
    place = tmp_path_factory.mktemp("export") / "activities.csv"
    with place.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(wide)
    return place


def _fastest(work: Callable[[], object], rounds: int = 5) -> float:
    times = []
    for _ in range(rounds):
        gc.collect()
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def _peak(work: Callable[[], object]) -> float:
    gc.collect()
    tracemalloc.start()
    work()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 2**20


def test_ten_years_of_strava(benchmark: Any, export: Path) -> None:
    """Ten years of Strava as a log, warm."""
    text = export.read_text(encoding="utf-8")

    def read() -> rs.Log:
        return rs.read_log(export, zone="Europe/Berlin")

    def plain() -> int:
        return sum(len(row) for row in csv.reader(io.StringIO(text, newline=""), strict=True))

    log = benchmark(read)
    assert len(log.runs) + len(log.activities) == ROWS
    assert plain() == (ROWS + 1) * COLUMNS
    benchmark.extra_info.update({
        "what": f"{ROWS} rows of {COLUMNS} columns, {len(text) / 2**20:.1f} MiB",
        "times csv.reader": round(_fastest(read) / _fastest(plain), 2),
        "peak MiB": round(_peak(read), 1),
        "peak MiB of the rows as lists": round(_peak(lambda: list(csv.reader(io.StringIO(text)))), 1),
    })  # fmt: skip
