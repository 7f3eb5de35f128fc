"""Spark gives what every engine gives, inside its cluster; where Java or PySpark is missing, that is said."""

from __future__ import annotations

import datetime as dt
import math
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from runstrong.cohort import flags, measured, outcomes
from runstrong.measures import Acwr, EwmaRatio, Monotony
from runstrong.model.errors import InvalidValue

pl = pytest.importorskip("polars")
pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(shutil.which("java") is None, reason="not run: there is no Java on this machine"),
    # What PySpark says of the versions of its own companions is not ours to mend.
    pytest.mark.filterwarnings("ignore"),
]

FIRST = dt.date(2027, 1, 4)
MEASURES = {"acwr": Acwr(), "ewma": EwmaRatio(), "monotony": Monotony()}


def rows() -> list[tuple[str, dt.date, float, float, float | None]]:
    """Return four runners' sessions; one leaps, one leaves a session without a rating."""
    return [
        (f"runner {athlete}", FIRST + dt.timedelta(days=day), 25.0 if (athlete, day) == (1, 40) else 8.0 + day % 3,
         40.0 + (day * 7 + athlete) % 30, None if (athlete, day) == (2, 10) else float(3 + (day + athlete) % 4))
        for athlete in range(4)
        for day in range(0, 50, 1 + athlete % 2)
    ]  # fmt: skip


NAMES = ["athlete", "date", "km", "minutes", "session_rpe"]


@pytest.fixture
def spark() -> Iterator[Any]:
    """Give a Spark session of two threads on this machine."""
    sql = pytest.importorskip("pyspark.sql", reason="not run: PySpark is not installed")
    # Workers would take the first Python on the path, which need not be the one that has runstrong.
    patched = pytest.MonkeyPatch()
    patched.setenv("PYSPARK_PYTHON", sys.executable)
    made = (
        sql.SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "3")
        .getOrCreate()
    )
    yield made
    made.stop()
    patched.undo()


def table(spark: Any) -> Any:
    """Return the rows as a Spark DataFrame."""
    kinds = "athlete string, date date, km double, minutes double, session_rpe double"
    return spark.createDataFrame(rows(), schema=kinds)


def test_every_figure_and_finding_is_that_of_every_engine(spark: Any) -> None:
    """Measures to 1e-9, flags finding by finding, as lazy as the table was; outcomes ask for a table that is here."""
    given, plain = table(spark), pl.DataFrame(rows(), schema=NAMES, orient="row")
    made = measured(given, MEASURES, gaps="rest")
    assert type(made).__module__.startswith("pyspark.")
    ours = sorted((tuple(each) for each in made.collect()), key=lambda each: each[:2])
    theirs = sorted(measured(plain, MEASURES, gaps="rest").rows(), key=lambda each: each[:2])
    assert len(ours) == len(theirs)
    for one, other in zip(ours, theirs, strict=True):
        assert one[:2] == other[:2]
        for value, its in zip(one[2:], other[2:], strict=True):
            assert (value is None) == (its is None)
            assert value is None or math.isclose(value, its, rel_tol=1e-9)
    found = {tuple(each) for each in flags(given, gaps="rest").collect()}
    assert found == set(flags(plain, gaps="rest").rows())
    assert "TM01" in {each[2] for each in found}
    hurt = pl.DataFrame({"athlete": ["runner 1"], "date": [FIRST]})
    with pytest.raises(InvalidValue, match="toPandas"):
        outcomes(given, hurt, gaps="rest")


def test_the_example_plans_a_squad_on_spark() -> None:
    """Runners go in and plans come out, inside the cluster."""
    pytest.importorskip("pyspark.sql", reason="not run: PySpark is not installed")
    root = Path(__file__).parents[2]
    command = [sys.executable, str(root / "examples" / "squad_spark.py")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=root / "examples", check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert len(done.stdout.splitlines()) == 12
    assert "runner 12: 16 sessions" in done.stdout
