"""Measures of many athletes: every engine gives the same, in its own kind, and what one athlete's measures give."""

from __future__ import annotations

import datetime as dt
import math
import sys
from typing import Any

import pytest

from runstrong.cohort import Columns, each_batch, measured, named
from runstrong.measures import Acwr, DailySeries, EwmaRatio, Measured, Monotony, SessionSpike, WeeklyVolume
from runstrong.model.errors import InvalidValue, MissingExtra, UnknownName

pl = pytest.importorskip("polars")

FIRST = dt.date(2027, 1, 4)
MEASURES = {"acwr": Acwr(), "ewma": EwmaRatio(), "monotony": Monotony(), "week": WeeklyVolume()}


def table(athletes: int = 5, days: int = 40) -> Any:
    """Return a table with gaps, several rows a day, and sessions without a rating, in no order."""
    rows = [
        (
            f"runner {athlete}",
            FIRST + dt.timedelta(days=day + athlete),
            5.0 + (day * 7 + athlete) % 11,
            30.0 + (day * 13 + athlete * 5) % 60,
            None if (day + athlete * 3) % 31 == 7 else float(2 + (day + athlete) % 7),
        )
        for athlete in range(athletes)
        for day in range(days)
        for _ in range(1 + (day % 9 == 4))
        if (day + athlete) % 5
    ]
    made = pl.DataFrame(rows, schema=["athlete", "date", "km", "minutes", "session_rpe"], orient="row")
    return made.sample(fraction=1.0, shuffle=True, seed=7)


def cells(made: Any) -> list[tuple[Any, ...]]:
    """Return the rows of a Polars table in order of athlete and day."""
    return list(made.sort("athlete", "date").rows())


def alike(one: list[tuple[Any, ...]], other: list[tuple[Any, ...]]) -> None:
    """Hold rows against each other, numbers to 1e-9."""
    assert len(one) == len(other)
    for row, twin in zip(one, other, strict=True):
        for cell, its in zip(row, twin, strict=True):
            if isinstance(cell, float) and isinstance(its, float):
                assert math.isclose(cell, its, rel_tol=1e-9, abs_tol=1e-12)
            else:
                assert cell == its


class TestEngines:
    """Whatever holds the table, the figures are the same and come back in the same kind."""

    EXPECTED = measured(table(), MEASURES, gaps="rest")

    def test_pandas(self) -> None:
        """A pandas DataFrame comes back, with NaN where it is unknown."""
        pandas = pytest.importorskip("pandas")
        made = measured(table().to_pandas(), MEASURES, gaps="rest")
        assert isinstance(made, pandas.DataFrame)
        alike(cells(pl.from_pandas(made).with_columns(pl.col("date").cast(pl.Date))), cells(self.EXPECTED))

    def test_pyarrow(self) -> None:
        """A pyarrow Table comes back."""
        pyarrow = pytest.importorskip("pyarrow")
        made = measured(table().to_arrow(), MEASURES, gaps="rest")
        assert isinstance(made, pyarrow.Table)
        alike(cells(pl.from_arrow(made)), cells(self.EXPECTED))

    def test_a_lazy_table_of_polars(self) -> None:
        """A LazyFrame comes back, read in batches of athletes."""
        made = measured(table().lazy(), MEASURES, gaps="rest", athletes_at_once=2)
        assert isinstance(made, pl.LazyFrame)
        alike(cells(made.collect()), cells(self.EXPECTED))

    def test_duckdb(self) -> None:
        """A relation comes back, read in batches of athletes."""
        duckdb = pytest.importorskip("duckdb")
        made = measured(duckdb.from_arrow(table().to_arrow()), MEASURES, gaps="rest", athletes_at_once=2)
        assert isinstance(made, duckdb.DuckDBPyRelation)
        alike(cells(made.pl()), cells(self.EXPECTED))

    def test_in_parts(self) -> None:
        """Parts of whole athletes make the whole."""
        parts = list(each_batch(table().lazy(), MEASURES, gaps="rest", athletes_at_once=2))
        assert [part["athlete"].n_unique() for part in parts] == [2, 2, 1]
        alike(cells(pl.concat(parts)), cells(self.EXPECTED))

    def test_progress_is_shown_where_it_is_asked_for(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Long work tells how far it is."""
        measured(table().lazy(), MEASURES, gaps="rest", athletes_at_once=1, progress=True)
        assert "5/5" in capsys.readouterr().err
        measured(table().lazy(), MEASURES, gaps="rest", athletes_at_once=1, progress=False)
        assert not capsys.readouterr().err


class TestRows:
    """What a row, a missing row and a missing number mean."""

    def test_it_is_what_one_athlete_gets(self) -> None:
        """Each athlete's figures are those of their own series, unknown days too."""
        made = measured(table(), MEASURES, gaps="rest")
        for (name,), rows in made.sort("date").group_by("athlete"):
            loads = DailySeries.of(rows["load"].to_list(), first=rows["date"][0])
            for column, measure in MEASURES.items():
                for day, value in zip(rows["date"], rows[column], strict=True):
                    reading = measure.on(loads, day)
                    assert isinstance(reading, Measured) == (value is not None), (name, day, column)
                    assert value is None or math.isclose(value, float(reading), rel_tol=1e-9)  # type: ignore[arg-type]

    def test_a_day_without_a_row_is_what_the_caller_says(self) -> None:
        """Rest counts 0; unknown makes every window over it unknown; neither is assumed."""
        two = pl.DataFrame({"athlete": [1, 1], "date": [FIRST, FIRST + dt.timedelta(days=2)], "km": [5.0, 8.0]})
        volume = {"three": WeeklyVolume(days=3)}
        rest, unknown = (measured(two, volume, gaps=gaps, of="km") for gaps in ("rest", "unknown"))
        assert rest["km"].to_list() == [5.0, 0.0, 8.0]
        assert rest["three"].to_list() == [None, None, 13.0]
        assert unknown["km"].to_list() == [5.0, None, 8.0]
        assert unknown["three"].to_list() == [None, None, None]
        with pytest.raises(TypeError, match="gaps"):
            measured(two, volume, of="km")  # type: ignore[call-arg]
        with pytest.raises(InvalidValue, match="rest or unknown"):
            measured(two, volume, gaps="zero", of="km")  # type: ignore[arg-type]

    def test_a_session_without_a_rating_makes_its_day_unknown(self) -> None:
        """Its load is not 0, whatever else stands on the day."""
        day = pl.DataFrame(
            {"athlete": [1, 1], "date": [FIRST] * 2, "minutes": [30.0, 40.0], "session_rpe": [5.0, None]}
        )
        assert measured(day, [WeeklyVolume(days=1)], gaps="rest")["load"].to_list() == [None]

    def test_nothing_stands_before_the_first_row_or_after_the_last(self) -> None:
        """Athletes whose records differ in length have rows for their own days alone."""
        rows = {"athlete": [1, 2, 2], "date": [FIRST, FIRST, FIRST + dt.timedelta(days=9)], "km": [5.0, 6.0, 7.0]}
        made = measured(pl.DataFrame(rows), [WeeklyVolume(days=1)], gaps="rest", of="km")
        assert made.filter(pl.col("athlete") == 1).height == 1
        assert made.filter(pl.col("athlete") == 2).height == 10

    def test_a_spike_is_of_the_longest_run_of_a_day(self) -> None:
        """Two runs on a day are not added up."""
        days = [FIRST + dt.timedelta(days=day) for day in range(31)]
        rows = {"athlete": [1] * 32, "date": [*days, days[-1]], "km": [10.0] * 30 + [12.0, 4.0]}
        made = measured(pl.DataFrame(rows), {"spike": SessionSpike()}, gaps="rest", of="km")
        assert made.sort("date")["spike"].to_list()[-1] == pytest.approx(1.2)
        assert made.sort("date")["km"].to_list()[-1] == 16.0

    def test_days_of_rest_before_a_spike_hold_no_run(self) -> None:
        """A day without a row is 0 km, and no smaller than that."""
        days = [FIRST, FIRST + dt.timedelta(days=2), FIRST + dt.timedelta(days=4)]
        rows = pl.DataFrame({"athlete": [1] * 3, "date": days, "km": [10.0, 5.0, 8.0]})
        made = measured(rows, {"spike": SessionSpike(days=1), "two": SessionSpike(days=2)}, gaps="rest", of="km")
        assert made.sort("date")["spike"].to_list() == [None] * 5
        assert made.sort("date")["two"].to_list() == [None, None, 0.5, None, 1.6]

    def test_the_order_of_athletes_in_a_whole_table_does_not_matter(self) -> None:
        """A row for each day of each athlete, the last athlete first, by athlete or by day."""
        days = [FIRST + dt.timedelta(days=day) for day in range(3)]
        for rows in ([(who, day) for who in (2, 1) for day in days], [(who, day) for day in days for who in (2, 1)]):
            made = pl.DataFrame(rows, schema=["athlete", "date"], orient="row").with_columns(
                km=pl.col("athlete").cast(pl.Float64)
            )
            told = measured(made, [WeeklyVolume(days=1)], gaps="rest", of="km")
            assert told["km"].to_list() == told["athlete"].cast(pl.Float64).to_list()

    def test_athletes_and_days_of_any_type(self) -> None:
        """Names, numbers, dates, times and text give the same figures, and the athlete's type comes back."""
        expected = [row[2:] for row in cells(measured(table(), MEASURES, gaps="rest"))]
        variants = (
            table().with_columns(pl.col("athlete").str.strip_prefix("runner ").cast(pl.Int64)),
            table().with_columns(pl.col("athlete").cast(pl.Categorical)),
            table().with_columns(pl.col("date").cast(pl.Datetime("us"))),
            table().with_columns(pl.col("date").cast(pl.String)),
        )
        for variant in variants:
            made = measured(variant, MEASURES, gaps="rest")
            assert made.schema["athlete"] == variant.schema["athlete"]
            alike([row[2:] for row in cells(made)], expected)

    def test_many_athletes_are_taken_in_grids(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where days times athletes would not fit, the figures are the same."""
        expected = cells(measured(table(9), MEASURES, gaps="rest"))
        monkeypatch.setattr("runstrong.cohort.grids._CELLS", 100)
        alike(cells(measured(table(9), MEASURES, gaps="rest")), expected)

    def test_an_empty_table_gives_an_empty_one(self) -> None:
        """With the same columns."""
        made = measured(table().head(0), MEASURES, gaps="rest")
        assert made.height == 0
        assert made.columns == ["athlete", "date", "load", *MEASURES]

    def test_a_column_of_loads_is_taken_as_it_is(self) -> None:
        """Where the table has session load already."""
        rows = pl.DataFrame({"who": [1], "day": [FIRST], "au": [300.0]})
        columns = Columns(athlete="who", date="day", load="au")
        assert measured(rows, [WeeklyVolume(days=1)], gaps="rest", columns=columns)["load"].to_list() == [300.0]

    def test_columns_are_named_by_convention(self) -> None:
        """Two conventions never share a column."""
        names = {named(each) for each in (Acwr(), EwmaRatio(), Monotony(), Monotony(days=14))}
        assert len(names) == 4


class TestFaults:
    """What cannot be measured names the place, the value and the cure."""

    @pytest.mark.parametrize(
        ("change", "told"),
        [
            (lambda made: made.drop("minutes"), "minutes"),
            (lambda made: made.drop("athlete"), "athlete"),
            (lambda made: made.with_columns(minutes=pl.lit("forty")), "column minutes: String; allowed: numbers"),
            (lambda made: made.with_columns(minutes=pl.lit(-1.0)), r"column minutes, row 1: -1 \(and \d+ more\)"),
            (lambda made: made.with_columns(minutes=pl.lit(float("inf"))), "column minutes, row 1: inf"),
            (lambda made: made.with_columns(date=pl.lit("someday")), "days such as 2027-01-04"),
            (lambda made: made.with_columns(date=pl.lit(20270104)), "column date: Int"),
            (lambda made: made.with_columns(date=pl.lit(None, dtype=pl.Date)), "a day in each row"),
            (lambda made: made.with_columns(athlete=pl.lit(None, dtype=pl.String)), "an athlete in each row"),
            (
                lambda made: made.with_columns(date=pl.col("date").cast(pl.Datetime("us")).dt.replace_time_zone("UTC")),
                "local dates",
            ),
        ],
    )
    def test_bad_columns(self, change: Any, told: str) -> None:
        """A column that is missing, mistyped, negative, endless or empty is told by name."""
        with pytest.raises((InvalidValue, UnknownName), match=told):
            measured(change(table()), MEASURES, gaps="rest")

    def test_without_the_extra_it_says_which(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The error names what to install."""
        monkeypatch.setitem(sys.modules, "narwhals", None)
        with pytest.raises(MissingExtra, match=r"runstrong\[frames\]"):
            measured(table(), MEASURES, gaps="rest")

    def test_bad_requests(self) -> None:
        """No measure, no table, a spike of loads, and a name that the result has already."""
        for asked, of, told in (
            ([], "load", "one or more"), (["acwr"], "load", "measures, such as Acwr"),
            ([SessionSpike()], "load", "kilometers"),
            ({"load": Acwr()}, "load", "another name"), ([Acwr()], "miles", "load, km or minutes"),
        ):  # fmt: skip
            with pytest.raises(InvalidValue, match=told):
                measured(table(), asked, gaps="rest", of=of)  # type: ignore[arg-type]
        with pytest.raises(InvalidValue, match="a table of pandas, Polars, pyarrow, DuckDB or Spark"):
            measured([1, 2], [Acwr()], gaps="rest")
