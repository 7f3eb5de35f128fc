"""How long the first use of the catalog takes, and how long a search."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fresh import medians, report
from runstrong.catalog.compiled import yaml_files
from runstrong.catalog.records import _build, load_catalog

CATALOG = load_catalog()


def test_first_use(once: Callable[[Callable[[], dict[str, Any]]], None], rounds: int) -> None:
    """The first catalog of a process, checked against every authored file, takes some milliseconds."""
    load = "from runstrong.catalog.records import load_catalog\n#timed\nload_catalog()"

    def measure() -> dict[str, Any]:
        info = report("first use, above import", medians({"load_catalog": load}, rounds), against="load_catalog")
        records = len(CATALOG.exercises) + len(CATALOG.progressions) + len(CATALOG.sources)
        per_200 = float(info["load_catalog (ms)"]) * 200 / records
        return {**info, "records": records, "for 200 records (ms)": round(per_200, 2)}

    once(measure)


def test_reading_the_yaml(benchmark: Any) -> None:
    """Reading and checking all authored records without the compiled file."""
    benchmark.extra_info["bytes"] = sum(
        f.stat().st_size for f in yaml_files("exercises", "progressions", "sources.yaml")
    )
    benchmark.pedantic(_build, rounds=3, iterations=1, warmup_rounds=1)


def test_find(benchmark: Any) -> None:
    """A search with three conditions over the whole catalog."""
    assert benchmark(lambda: CATALOG.find(tissue="calf-soleus", equipment={"dumbbell"}, level=2))


def test_look_up(benchmark: Any) -> None:
    """One exercise by id."""
    assert benchmark(lambda: CATALOG.exercises["single-leg-calf-raise"])
