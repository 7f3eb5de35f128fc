"""How fast many athletes are measured: the kernel beside one read of its numbers, tables beside hand-written Polars."""

from __future__ import annotations

import shutil
import sys
import time
import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest

from runstrong.cohort import Columns, each_batch, measured
from runstrong.measures import Acwr, EwmaRatio, Measure, Monotony

np = pytest.importorskip("numpy")
pl = pytest.importorskip("polars")

THREE: dict[str, Measure] = {"acwr": Acwr(), "ewma": EwmaRatio(), "monotony": Monotony()}
LOAD = Columns(load="load")


def loads(days: int, athletes: int) -> Any:
    """Return days by athletes of session load, two days of seven at rest."""
    draw = np.random.default_rng(1)
    made = draw.integers(100, 900, (days, athletes)).astype(float)
    made[draw.random((days, athletes)) < 2 / 7] = 0.0
    return made


def long_table(days: int, athletes: int) -> Any:
    """Return the same as a long Polars table, athlete after athlete."""
    dates = np.datetime64("2027-01-01") + np.arange(days)
    return pl.DataFrame(
        {
            "athlete": np.repeat(np.arange(athletes), days),
            "date": np.tile(dates, athletes),
            "load": loads(days, athletes).T.ravel(),
        }
    )


def by_hand(table: Any) -> Any:
    """Return the three measures as one writes them in Polars: rolling windows and exponential means over athletes."""
    load, over = pl.col("load"), "athlete"
    acute, chronic = load.rolling_mean(7).over(over), load.rolling_mean(28).over(over)
    quick, slow = (load.ewm_mean(span=days, adjust=False).over(over) for days in (7, 28))
    return table.sort("athlete", "date").with_columns(
        acwr=acute / chronic,
        ewma=quick / slow,
        monotony=load.rolling_mean(7).over(over) / load.rolling_std(7, ddof=0).over(over),
    )


def sizes(rounds: int) -> tuple[int, int]:
    """Return days and athletes: a year of 10,000 when numbers are to be kept, of 2,000 in a quick run."""
    return (365, 10_000) if rounds > 5 else (365, 2_000)


def test_kernel(once: Callable[[Callable[[], dict[str, Any]]], None], rounds: int) -> None:
    """Coupled ratio, exponential ratio and monotony of a year, in rows a second, beside one read pass."""

    def measure() -> dict[str, Any]:
        from runstrong.cohort.kernel import computed

        days, athletes = sizes(rounds)
        values = loads(days, athletes)
        out = [np.empty_like(values) for _ in THREE]
        asked = list(THREE.values())
        reading, taken = _fastest(values.sum, lambda: computed(values, asked, out))
        holed = values.copy()
        holed[np.random.default_rng(2).random(holed.shape) < 0.01] = np.nan
        (unknown,) = _fastest(lambda: computed(holed, asked, out))
        rows = days * athletes
        tracemalloc.start()
        computed(values, asked, out)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return {
            "what": f"three measures of {athletes} athletes over {days} days",
            "million rows a second": round(rows / taken / 1e6, 1),
            "million rows a second, one day of 100 unknown": round(rows / unknown / 1e6, 1),
            "kernel / one numpy read pass": round(taken / reading, 1),
            "peak memory beside input and output (MB)": round(peak / 2**20, 1),
            "input and output (MB)": round(values.nbytes * 4 / 2**20, 1),
        }

    once(measure)


def test_long_table(once: Callable[[Callable[[], dict[str, Any]]], None], rounds: int) -> None:
    """A long Polars table in, a long Polars table out, beside hand-written Polars; both give the same figures."""

    def measure() -> dict[str, Any]:
        table = long_table(*sizes(rounds))
        ours = measured(table, THREE, gaps="rest", columns=LOAD).sort("athlete", "date")
        theirs = by_hand(table)
        for name in THREE:
            one, other = ours[name].to_numpy(), theirs[name].to_numpy()
            told = ~np.isnan(one)
            assert np.allclose(one[told], other[told], rtol=1e-6)
        taken, peer = _fastest(lambda: measured(table, THREE, gaps="rest", columns=LOAD), lambda: by_hand(table))
        return {
            "what": f"a long table of {table.height} rows, in and out",
            "runstrong (ms)": round(taken * 1000, 1),
            "hand-written Polars (ms)": round(peer * 1000, 1),
            "hand-written Polars / runstrong": round(peer / taken, 2),
        }

    once(measure)


def test_memory_is_bounded(once: Callable[[Callable[[], dict[str, Any]]], None], tmp_path: Any) -> None:
    """A Parquet file read lazily in batches of athletes: peak memory of Python objects and arrays, part by part."""

    def measure() -> dict[str, Any]:
        file = tmp_path / "long.parquet"
        long_table(365, 4000).write_parquet(file)
        info: dict[str, Any] = {"what": "4,000 athlete-years in batches, peak of arrays (MB)"}
        for at_once in (250, 1000, 4000):
            tracemalloc.start()
            rows = 0
            for part in each_batch(pl.scan_parquet(file), THREE, gaps="rest", columns=LOAD, athletes_at_once=at_once):
                rows += part.height
            info[f"{at_once} athletes at once"] = round(tracemalloc.get_traced_memory()[1] / 2**20, 1)
            tracemalloc.stop()
            assert rows == 365 * 4000
        return info

    once(measure)


@pytest.mark.spark
@pytest.mark.filterwarnings("ignore")  # what PySpark says of its companions' versions
def test_spark(
    once: Callable[[Callable[[], dict[str, Any]]], None], rounds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PySpark on this machine: the kernel in each group of athletes beside hand-written window SQL."""
    if shutil.which("java") is None:
        pytest.skip("no Java on this machine")
    pytest.importorskip("pyspark")
    from pyspark.sql import SparkSession

    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)  # workers take the first Python on the path otherwise
    spark = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.sql.execution.arrow.pyspark.enabled", "true")
        .getOrCreate()
    )
    try:
        table = long_table(365, 2740 if rounds > 5 else 274)
        frame = spark.createDataFrame(table.to_pandas().assign(date=lambda made: made["date"].dt.date)).cache()
        count = frame.count()
        frame.createOrReplaceTempView("loads")
        window = "(PARTITION BY athlete ORDER BY date ROWS BETWEEN {} PRECEDING AND CURRENT ROW)"
        sql = (
            "SELECT athlete, date, "
            f"avg(load) OVER {window.format(6)} / nullif(avg(load) OVER {window.format(27)}, 0) AS acwr, "
            f"avg(load) OVER {window.format(6)} / nullif(stddev_pop(load) OVER {window.format(6)}, 0) AS monotony "
            "FROM loads"
        )
        asked = {name: THREE[name] for name in ("acwr", "monotony")}

        def all_rows(made: Any) -> float:
            start = time.perf_counter()
            made.write.format("noop").mode("overwrite").save()
            return time.perf_counter() - start

        def ours() -> float:
            return all_rows(measured(frame, asked, gaps="rest", columns=LOAD))

        def theirs() -> float:
            return all_rows(spark.sql(sql))

        def measure() -> dict[str, Any]:
            ours()
            theirs()
            taken, peer = min(ours() for _ in range(2)), min(theirs() for _ in range(2))
            return {
                "what": f"PySpark, {count} rows, coupled ratio and monotony",
                "runstrong (s)": round(taken, 2),
                "window SQL (s)": round(peer, 2),
                "window SQL / runstrong": round(peer / taken, 2),
            }

        once(measure)
    finally:
        spark.stop()


def _fastest(*works: Callable[[], object]) -> list[float]:
    times: list[list[float]] = [[] for _ in works]
    for _ in range(7):
        for work, taken in zip(works, times, strict=True):
            start = time.perf_counter()
            work()
            taken.append(time.perf_counter() - start)
    return [min(taken) for taken in times]
