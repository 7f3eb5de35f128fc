"""Measures for every athlete and day of a table, on the engine that the table lies on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from runstrong.cohort.door import Rows, Table, opened
from runstrong.measures import Measure, SessionSpike
from runstrong.model.errors import InvalidValue, Problem
from runstrong.model.value import Record, record

if TYPE_CHECKING:
    import narwhals as nw

    from runstrong.cohort.grids import Gaps, Grid

__all__ = ["Columns", "Of", "each_batch", "measured", "named"]

Of = Literal["load", "km", "minutes"]
"""What is measured: session load (minutes times session RPE), kilometers or minutes."""

AT_ONCE = 2000
"""Athletes that are taken at once from a table that is not in memory."""


@record
class Columns(Record):
    """Which columns of a table hold what.

    Args:
        athlete: whose row it is, by name or number.
        date: the local day.
        km: kilometers of the session.
        minutes: of the session.
        session_rpe: how hard it was as a whole, 0 to 10.
        load: session load, where the table has it already; it is taken before minutes times session RPE.
        kind: of the run, in the words of `RunKind`; only flags look at it.
    """

    athlete: str = "athlete"
    date: str = "date"
    km: str = "km"
    minutes: str = "minutes"
    session_rpe: str = "session_rpe"
    load: str | None = None
    kind: str | None = None


def measured(
    table: Any,
    measures: Mapping[str, Measure] | Iterable[Measure],
    *,
    gaps: Gaps,
    of: Of = "load",
    columns: Columns | None = None,
    progress: bool | None = None,
    athletes_at_once: int = AT_ONCE,
) -> Any:
    """Return what measures say of each athlete on each day, as a table of the kind that was given.

    The figures are those of `runstrong.measures` for one athlete. The result has a row for each day from an athlete's
    first row to the last, sorted by day and athlete where the engine keeps an order, with the day's own value and a
    column for each measure; nothing stands where it is unknown. A Spark DataFrame is worked on inside its cluster, a
    few whole athletes at a time, and is as lazy as it was; a lazy table of Polars and a DuckDB relation are read in
    batches of athletes.

    Args:
        table: one row for each session, or for each day, in any order.
        measures: with their conventions, by the name of their column; without names they are named by convention.
        gaps: what a day without a row is, between an athlete's first row and last: ``rest``, where the table holds
            all sessions, or ``unknown``. It has no default: whether a table is complete is not for a library to guess.
        of: what is measured. A session spike is taken of kilometers.
        columns: which columns hold what.
        progress: whether to show how far it is; on a terminal when not given.
        athletes_at_once: how many to take at once from a table that is not in memory.

    Raises:
        UnknownName: a column is missing; it names the nearest.
        InvalidValue: a column holds something else than it should, or a measure cannot be taken of this.
        MissingExtra: the extra ``frames`` is not installed.

    Example:
        >>> import polars as pl
        >>> from runstrong.measures import WeeklyVolume
        >>> table = pl.DataFrame({"athlete": ["ann"] * 7, "date": [f"2027-01-0{day}" for day in range(1, 8)],
        ...     "km": [5.0, 0, 8, 0, 6, 0, 15]})
        >>> made = measured(table, {"week": WeeklyVolume()}, of="km", gaps="rest")
        >>> made["week"].to_list()
        [None, None, None, None, None, None, 34.0]
    """
    opened_table, held, asked, needed = _request(table, measures, of, columns)
    if opened_table.spark:
        return opened_table.on_cluster(_Work(asked, gaps, of, held), _schema(opened_table, held, of, asked))
    frames = [
        made
        for batch in opened_table.batches(needed, athletes_at_once, progress=progress)
        for made in _measured(batch, asked, gaps=gaps, of=of, columns=held)
    ]
    return opened_table.back(frames)


def each_batch(
    table: Any,
    measures: Mapping[str, Measure] | Iterable[Measure],
    *,
    gaps: Gaps,
    of: Of = "load",
    columns: Columns | None = None,
    progress: bool | None = None,
    athletes_at_once: int = AT_ONCE,
) -> Iterator[Any]:
    """Yield what `measured` returns in parts of some whole athletes, for results that are larger than memory.

    Each part is a table in memory of the kind that the engine gives: of Polars for a lazy table of Polars, of pyarrow
    for a DuckDB relation.

    Raises:
        InvalidValue: the table lies on a Spark cluster, where `measured` is lazy already.

    Example:
        >>> import polars as pl
        >>> from runstrong.measures import WeeklyVolume
        >>> table = pl.LazyFrame({"athlete": ["ann", "bob"], "date": ["2027-01-01"] * 2, "km": [5.0, 8.0]})
        >>> parts = each_batch(table, [WeeklyVolume(days=1)], of="km", gaps="rest", athletes_at_once=1)
        >>> [part["athlete"].to_list() for part in parts]
        [['ann'], ['bob']]
    """
    opened_table, held, asked, needed = _request(table, measures, of, columns)
    if opened_table.spark:
        cure = "write what measured(...) returns, which stays on the cluster"
        raise InvalidValue([Problem("table", "a Spark DataFrame", "a table of another engine", cure)])
    for batch in opened_table.batches(needed, athletes_at_once, progress=progress):
        for made in _measured(batch, asked, gaps=gaps, of=of, columns=held):
            yield made.to_native()


def named(measure: Measure) -> str:
    """Return the name of a measure's column: its convention in small letters.

    Example:
        >>> from runstrong.measures import Acwr
        >>> named(Acwr())
        'acute_chronic_ratio_coupled_7_days_to_28'
    """
    return re.sub(r"[^a-z0-9]+", "_", str(measure).lower()).strip("_")


class _Work:
    """What a worker of a cluster does with the rows of some whole athletes."""

    def __init__(self, asked: Mapping[str, Measure], gaps: Gaps, of: Of, columns: Columns) -> None:
        self.asked = asked
        self.gaps: Gaps = gaps
        self.of: Of = of
        self.columns = columns

    def __call__(self, rows: Any) -> Any:
        made = measured(rows, self.asked, gaps=self.gaps, of=self.of, columns=self.columns, progress=False)
        made[self.columns.date] = made[self.columns.date].dt.date
        return made


def _request(
    table: Any, measures: Mapping[str, Measure] | Iterable[Measure], of: Of, columns: Columns | None
) -> tuple[Table, Columns, dict[str, Measure], list[str]]:
    """Return the table, its columns, the measures by name, and the columns that they need; all of it checked."""
    held = columns or Columns()
    asked = _asked(measures, of)
    given = Table(table, held.athlete, held.date)
    needed = _needed(given, held, of)
    _named_apart(asked, held, of)
    return given, held, asked, needed


def _asked(given: Mapping[str, Measure] | Iterable[Measure], of: Of) -> dict[str, Measure]:
    asked: dict[str, Measure] = {}
    if isinstance(given, Mapping):
        asked = {str(name): each for name, each in given.items()}
    else:
        for measure in given:
            if not isinstance(measure, Measure):
                raise InvalidValue([Problem("measures", repr(measure)[:60], "measures, such as Acwr()")])
            asked[named(measure)] = measure
    if not asked:
        raise InvalidValue([Problem("measures", "none", "one or more, such as Acwr()")])
    for name, measure in asked.items():
        if not isinstance(measure, Measure):
            raise InvalidValue([Problem(f"measures[{name!r}]", repr(measure)[:60], "a measure, such as Acwr()")])
        if isinstance(measure, SessionSpike) and of != "km":
            cure = "take it in a call of its own, with of='km'"
            raise InvalidValue([Problem(f"measures[{name!r}]", f"a session spike of {of}", "one of kilometers", cure)])
    if of not in ("load", "km", "minutes"):
        raise InvalidValue([Problem("of", repr(of), "load, km or minutes")])
    return asked


def _named_apart(asked: Mapping[str, Measure], columns: Columns, of: Of) -> None:
    for name in (columns.athlete, columns.date, of):
        if name in asked:
            raise InvalidValue([Problem("measures", f"a column {name}, which the result has", "another name")])


def _needed(table: Table, columns: Columns, of: Of) -> list[str]:
    if of == "load" and columns.load is None:
        return [table.has(columns.minutes), table.has(columns.session_rpe)]
    return [table.has({"load": columns.load or "", "km": columns.km, "minutes": columns.minutes}[of])]


def _values(rows: Rows, columns: Columns, of: Of) -> Any:
    if of == "load" and columns.load is None:
        return rows.numbers(columns.minutes) * rows.numbers(columns.session_rpe)
    return rows.numbers({"load": columns.load or "", "km": columns.km, "minutes": columns.minutes}[of])


def _measured(
    frame: nw.DataFrame[Any], asked: Mapping[str, Measure], *, gaps: Gaps, of: Of, columns: Columns
) -> Iterator[nw.DataFrame[Any]]:
    from runstrong.cohort.grids import grids_of
    from runstrong.cohort.kernel import computed

    if gaps not in ("rest", "unknown"):
        raise InvalidValue([Problem("gaps", repr(gaps), "rest or unknown")])
    rows = opened(frame, columns.athlete, columns.date)
    values = _values(rows, columns, of)
    summed = {name: each for name, each in asked.items() if not isinstance(each, SessionSpike)}
    spikes = {name: each for name, each in asked.items() if isinstance(each, SessionSpike)}
    grids = grids_of(rows.codes, rows.days, values, gaps=gaps)
    longest = grids_of(rows.codes, rows.days, values, gaps=gaps, largest=True) if spikes else None
    yielded = False
    for grid in grids:
        told = dict(zip(summed, computed(grid.values, list(summed.values())), strict=True))
        if longest is not None:
            told |= zip(spikes, computed(next(longest).values, list(spikes.values())), strict=True)
        yielded = True
        yield _frame(frame, rows, grid, {of: grid.values, **{name: told[name] for name in asked}}, columns)
    if not yielded:
        yield _empty(frame, rows, (of, *asked), columns)


def _frame(
    given: nw.DataFrame[Any], rows: Rows, grid: Grid, told: Mapping[str, Any], columns: Columns
) -> nw.DataFrame[Any]:
    import narwhals as nw
    import numpy as np

    span, athletes = grid.values.shape
    days = np.repeat(np.arange(grid.first, grid.first + span), athletes)
    codes = np.tile(grid.codes, span)
    inside = grid.inside.ravel() if grid.inside is not None else None
    if inside is not None:
        days, codes = days[inside], codes[inside]
    data = {
        columns.athlete: rows.athletes[codes],
        columns.date: days.astype("datetime64[D]"),
        **{name: each.ravel() if inside is None else each.ravel()[inside] for name, each in told.items()},
    }
    made = nw.from_dict(data, backend=given.implementation)
    return _as_given(given, made, tuple(told), columns)


def _empty(given: nw.DataFrame[Any], rows: Rows, names: Sequence[str], columns: Columns) -> nw.DataFrame[Any]:
    import narwhals as nw
    import numpy as np

    data: dict[str, Any] = {
        columns.athlete: rows.athletes,
        columns.date: np.array([], dtype="datetime64[D]"),
        **{name: np.array([], dtype=float) for name in names},
    }
    return _as_given(given, nw.from_dict(data, backend=given.implementation), names, columns)


def _as_given(
    given: nw.DataFrame[Any], made: nw.DataFrame[Any], numbers: Sequence[str], columns: Columns
) -> nw.DataFrame[Any]:
    """Return a result with nothing where a number is unknown, and athletes of the type that came in."""
    import narwhals as nw

    kind = given.schema[columns.athlete]
    nothing = [nw.col(name).fill_nan(None) for name in numbers] if not made.implementation.is_pandas() else []
    return made.with_columns(nw.col(columns.athlete).cast(kind), *nothing)


def _schema(table: Table, columns: Columns, of: Of, asked: Mapping[str, Measure]) -> str:
    athlete = f"`{columns.athlete}` {table.spark_type(columns.athlete)}"
    numbers = [f"`{name}` double" for name in (of, *asked)]
    return ", ".join([athlete, f"`{columns.date}` date", *numbers])
