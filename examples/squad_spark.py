"""Plan a season for each runner of a Spark table inside the cluster: runners go in as JSON documents, plans come out.

Needs Java and PySpark. The workers read the catalog and the rules once each; nothing is collected on the way.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pyspark.sql import DataFrame, SparkSession

import runstrong as rs
from runstrong.codec import loads

if TYPE_CHECKING:
    import pandas as pd

START = dt.date(2027, 1, 4)
SCHEMA = "athlete string, sessions int, plan string, problem string"


def planned(parts: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    """Plan the runners of one partition, batch after batch; who cannot be planned for comes back with the reason."""
    import pandas as pd

    for batch in parts:
        rows = []
        for athlete, document in zip(batch["athlete"], batch["runner"], strict=True):
            try:
                plan = rs.plan(loads(document, kind="runner"), start=START, weeks=8)
                rows.append((athlete, len(plan.sessions), rs.to_json(plan), ""))
            except rs.RunstrongError as error:
                rows.append((athlete, 0, "", str(error)))
        yield pd.DataFrame(rows, columns=["athlete", "sessions", "plan", "problem"])


def squad(runners: DataFrame) -> DataFrame:
    """Return a lazy table of plans; partition the table as finely as the cluster has cores."""
    return runners.mapInPandas(planned, SCHEMA)


if __name__ == "__main__":
    from squad_pool import made_up

    # On one machine the workers are to be the Python that has runstrong, whichever comes first on the path.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    table = spark.createDataFrame(
        [(each.name, rs.to_json(each)) for each in made_up()], "athlete string, runner string"
    )
    for row in squad(table.repartition(2)).select("athlete", "sessions", "problem").collect():
        print(f"{row.athlete}: {row.sessions} sessions{row.problem and ', ' + row.problem}")
    spark.stop()
