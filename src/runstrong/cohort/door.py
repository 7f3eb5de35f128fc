"""The one door for tables of any kind: columns come in as numpy arrays, results leave in the caller's own kind."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from runstrong.model.errors import InvalidValue, MissingExtra, Problem, UnknownName
from runstrong.model.value import Record, entry

if TYPE_CHECKING:
    import narwhals as nw
    import numpy as np
    import numpy.typing as npt

__all__ = ["Rows", "Table", "day_of", "opened", "shown"]

T = TypeVar("T")

_EPOCH = dt.date(1970, 1, 1).toordinal()


def _extra() -> Any:
    try:
        import narwhals
    except ImportError as error:
        raise MissingExtra("tables of many athletes", "frames") from error
    return narwhals


def day_of(number: int) -> dt.date:
    """Return the date of a day that is counted from 1970-01-01."""
    return dt.date.fromordinal(_EPOCH + number)


@entry
class Rows(Record):
    """Rows of a table, as arrays.

    Args:
        athletes: each athlete once, as the table names them, in the order of `codes`.
        codes: of the athlete of each row, from 0 up.
        days: of each row, counted from 1970-01-01.
        frame: the rows themselves, sorted as the arrays are.
    """

    athletes: Any
    codes: npt.NDArray[np.int64]
    days: npt.NDArray[np.int64]
    frame: nw.DataFrame[Any]

    def numbers(self, column: str) -> npt.NDArray[np.float64]:
        """Return a column of numbers, NaN where it has none.

        Raises:
            InvalidValue: it holds something else, or a number below zero or without end.
        """
        import numpy as np

        narwhals = _extra()
        series = self.frame[column]
        if not (series.dtype.is_numeric() or series.dtype == narwhals.Unknown or series.len() == series.null_count()):
            cure = "cast it in your table first"
            raise InvalidValue([Problem(f"column {column}", str(series.dtype), "numbers", cure)])
        found = np.asarray(series.cast(narwhals.Float64()).to_numpy(), dtype=np.float64)
        wrong = np.flatnonzero((found < 0) | np.isinf(found))
        if len(wrong):
            place = int(wrong[0])
            where = f"column {column}, row {place + 1}"
            fact = f"{found[place]:g} (and {len(wrong) - 1} more)" if len(wrong) > 1 else f"{found[place]:g}"
            raise InvalidValue([Problem(where, fact, "a number of 0 or more, or nothing where it is unknown")])
        return found


class Table:
    """A table of one row for each session or day of many athletes.

    Args:
        native: a DataFrame of pandas, Polars or pyarrow, a Polars LazyFrame, a DuckDB relation, or a Spark DataFrame.
        athlete: column with whose row it is.
        date: column with the day.
    """

    def __init__(self, native: Any, athlete: str, date: str) -> None:
        self.native, self.athlete, self.date = native, athlete, date
        narwhals = _extra()
        try:
            self.frame: Any = narwhals.from_native(native)
        except TypeError:
            allowed = "a table of pandas, Polars, pyarrow, DuckDB or Spark"
            raise InvalidValue([Problem("table", type(native).__name__, allowed)]) from None
        self.lazy = isinstance(self.frame, narwhals.LazyFrame)
        self.engine: Any = self.frame.implementation
        self.columns: tuple[str, ...] = tuple(self.frame.collect_schema().names())
        for column in (athlete, date):
            self.has(column)

    def has(self, column: str) -> str:
        """Return a column's name.

        Raises:
            UnknownName: the table has no such column; it names the nearest.
        """
        if column not in self.columns:
            raise UnknownName("column of the table", column, self.columns)
        return column

    @property
    def spark(self) -> bool:
        """Whether it lies on a cluster, where it stays."""
        return bool(self.engine.is_pyspark() or self.engine.is_pyspark_connect())

    def batches(self, columns: Sequence[str], athletes: int, *, progress: bool | None) -> Iterator[nw.DataFrame[Any]]:
        """Yield rows of whole athletes, few enough for memory; those of a table in memory all at once.

        Args:
            columns: to read.
            athletes: how many to take at once from a table that is not in memory.
            progress: whether to show it; None shows it on a terminal.
        """
        names = list(dict.fromkeys((self.athlete, self.date, *columns)))
        if not self.lazy:
            yield self.frame.select(names)
            return
        narwhals = _extra()
        here = self.frame.select(names)
        listed = here.select(self.athlete).unique().sort(self.athlete).collect()[self.athlete].to_list()
        if None in listed:
            raise InvalidValue([Problem(f"column {self.athlete}", "nothing in some rows", "an athlete in each row")])
        chunks = [listed[low : low + athletes] for low in range(0, len(listed), athletes)]
        for chunk in shown(chunks, progress, "athletes"):
            yield here.filter(narwhals.col(self.athlete).is_in(chunk)).collect()

    def back(self, frames: Iterable[nw.DataFrame[Any]]) -> Any:
        """Return frames as one table of the kind that came in."""
        narwhals = _extra()
        made = list(frames)
        whole = made[0] if len(made) == 1 else narwhals.concat(made)
        if not self.lazy:
            return whole.to_native()
        if self.engine.is_duckdb():
            import duckdb

            return duckdb.from_arrow(whole.to_arrow())
        return whole.lazy(backend=self.engine).to_native()

    def on_cluster(self, work: Callable[[Any], Any], schema: str) -> Any:
        """Return a Spark DataFrame of what `work` makes of the rows of some whole athletes, made inside the cluster.

        Args:
            work: takes a pandas DataFrame and returns one.
            schema: of what it returns, as Spark writes it.
        """
        from pyspark.sql import functions as sql

        bucket = "runstrong_bucket"
        parts = max(2, int(self.native.sparkSession.conf.get("spark.sql.shuffle.partitions")))
        shared = self.native.withColumn(bucket, sql.pmod(sql.hash(self.athlete), sql.lit(parts)))
        return shared.groupBy(bucket).applyInPandas(_without(work, bucket), schema)

    def spark_type(self, column: str) -> str:
        """Return the type of a column as Spark writes it."""
        return str(self.native.schema[column].dataType.simpleString())


def _without(work: Callable[[Any], Any], column: str) -> Callable[[Any], Any]:
    def done(rows: Any) -> Any:
        return work(rows.drop(columns=column))

    return done


def shown(items: Sequence[T], progress: bool | None, unit: str) -> Iterable[T]:
    """Return items with a bar that shows how far one is, on a terminal or where it is asked for."""
    wanted = sys.stderr.isatty() if progress is None else progress
    if not wanted or len(items) < 2:
        return items
    from tqdm.auto import tqdm

    bar: Iterable[T] = tqdm(items, unit=f" batch of {unit}")
    return bar


def opened(frame: nw.DataFrame[Any], athlete: str, date: str) -> Rows:
    """Return the rows of a frame with codes for its athletes and numbers for its days.

    Raises:
        InvalidValue: a row has no athlete or no day, or the days are none.
    """
    import numpy as np

    days = _days(frame, date)
    series = frame[athlete]
    if series.null_count():
        raise InvalidValue([Problem(f"column {athlete}", "nothing in some rows", "an athlete in each row")])
    found = series.to_numpy()
    codes, names = _coded(found, series)
    return Rows(names, np.asarray(codes, dtype=np.int64), days, frame)


def _coded(found: Any, series: nw.Series[Any]) -> tuple[Any, Any]:
    """Return a code for each row and the athletes that they stand for, ascending."""
    import numpy as np

    if found.dtype.kind in "iu" and len(found):
        low, high = int(found.min()), int(found.max())
        if high - low <= 4 * len(found):
            held = np.zeros(high - low + 1, dtype=bool)
            held[found - low] = True
            places = np.cumsum(held) - 1
            return places[found - low], np.flatnonzero(held).astype(found.dtype) + low
    if found.dtype.kind in "OTUS":
        named = series.unique().sort()
        place = {name: code for code, name in enumerate(named.to_list())}
        codes = np.fromiter((place[each] for each in series.to_list()), dtype=np.int64, count=len(found))
        return codes, named.to_numpy()
    names, codes = np.unique(found, return_inverse=True)
    return codes, names


def _days(frame: nw.DataFrame[Any], column: str) -> npt.NDArray[np.int64]:
    import numpy as np

    narwhals = _extra()
    series = frame[column]
    if series.null_count():
        raise InvalidValue([Problem(f"column {column}", "nothing in some rows", "a day in each row")])
    if series.dtype in {narwhals.String, narwhals.Object}:
        try:
            return np.array([str(each) for each in series.to_list()], dtype="datetime64[D]").astype(np.int64)
        except ValueError as error:
            raise InvalidValue([Problem(f"column {column}", str(error), "days such as 2027-01-04")]) from None
    if series.dtype != narwhals.Date and not isinstance(series.dtype, narwhals.Datetime):
        allowed = "dates, times, or text such as 2027-01-04"
        raise InvalidValue([Problem(f"column {column}", str(series.dtype), allowed)])
    if getattr(series.dtype, "time_zone", None):
        cure = "turn it into local dates first: a run at 23:30 belongs to the runner's day"
        raise InvalidValue([Problem(f"column {column}", str(series.dtype), "local dates", cure)])
    return np.asarray(series.to_numpy()).astype("datetime64[D]").astype(np.int64)
