"""Laws of tables: the same cells whatever they are made with, nothing lost, and no formula in a spreadsheet."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runstrong.catalog import load_catalog
from runstrong.faces.frames import BACKENDS, TABLES, Holds, rows_of, table_of, to_csv, to_frame
from runstrong.model.log import Log
from runstrong.model.plan import Plan
from runstrong.model.prescription import Degree, Prescription, Tempo, parse_amount, parse_load
from runstrong.model.quantities import RIR, Duration
from runstrong.model.value import evolve
from runstrong.model.words import Side
from runstrong.testing.strategies import logs, plans

nw = pytest.importorskip("narwhals")

CATALOG = load_catalog()
SOME = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
SPITE = st.sampled_from(["=", "+", "-", "@", "'", '"', ",", "\n", " =", "\uff1d", "cmd|' /C calc'!A0", "a"])
TEXTS = st.lists(SPITE, min_size=1, max_size=5).map("".join)
DOCUMENTS = st.one_of(plans(most_weeks=2), logs(weeks=3))


def cells_of(frame: Any) -> list[tuple[Any, ...]]:
    """Return the rows of a frame of any kind with plain values: nulls as None, midnights as days."""
    if frame.implementation.is_pandas():
        native = frame.to_native().astype(object)
        rows = native.where(native.notna(), None).itertuples(index=False, name=None)
    else:
        rows = frame.iter_rows()
    return [tuple(cell.date() if isinstance(cell, dt.datetime) else cell for cell in row) for row in rows]


def asked_of(row: dict[str, Any]) -> Prescription:
    """Return the prescription that a row tells of."""
    span = f"{row['low']}-{row['high']}" if row["low"] != row["high"] else row["low"]
    return Prescription(
        exercise=row["exercise"],
        sets=row["sets"],
        amount=parse_amount(f"{span} {row['unit']}"),
        side=Side(row["side"]),
        load=parse_load(row["load"]),
        rir=None if row["rir"] is None else RIR(row["rir"]),
        tempo=None if row["tempo"] is None else Tempo.parse(row["tempo"]),
        rest=None if row["rest_s"] is None else Duration(row["rest_s"]),
        degrees=tuple(map(Degree.parse, row["degrees"].split("; "))) if row["degrees"] else (),
        progression=row["progression"],
        superset=row["superset"],
        note=row["note"],
    )


class TestSame:
    """The same document gives the same cells in pandas, Polars and pyarrow."""

    @SOME
    @given(DOCUMENTS, st.data())
    def test_whatever_it_is_made_with(self, document: Plan | Log, data: st.DataObject) -> None:
        """A table is drawn, and made with each."""
        table = data.draw(st.sampled_from(TABLES[type(document)])).name
        wanted = [tuple(row.values()) for row in rows_of(document, CATALOG, table=table)]
        for backend in BACKENDS:
            pytest.importorskip(backend)
            frame = nw.from_native(to_frame(document, CATALOG, backend=backend, table=table))
            assert cells_of(frame) == wanted


class TestNothingLost:
    """From the table of prescriptions the plan's prescriptions can be put together again."""

    @SOME
    @given(plans())
    def test_prescriptions_come_back(self, plan: Plan) -> None:
        """Each where it stood: session, part and order."""
        rows = list(rows_of(plan, CATALOG))
        asked = [(s.id, s.date, str(part), each) for s in plan.sessions for part, each in s.prescriptions()]
        assert [(row["session"], row["date"], row["part"], asked_of(row)) for row in rows] == asked

    @SOME
    @given(logs())
    def test_sets_come_back(self, log: Log) -> None:
        """Amount, load and reserve of each set, and all runs."""
        rows = list(rows_of(log, CATALOG, table="sets"))
        done = [(d.exercise, one.side, one.amount, one.load, one.rir) for d in log.performances for one in d.sets]
        told = [
            (
                row["exercise"], Side(row["side"]), parse_amount(f"{row['amount']} {row['unit']}"),
                parse_load(row["load"]), None if row["rir"] is None else RIR(row["rir"]),
            )
            for row in rows
        ]  # fmt: skip
        assert told == done
        assert [row["date"] for row in rows_of(log, CATALOG)] == [run.date for run in log.runs]


class TestSpreadsheet:
    """No text of a document begins a formula in a spreadsheet, and a frame changes no text."""

    @SOME
    @given(plans(most_weeks=1), TEXTS, st.sampled_from(["prescriptions", "sessions"]))
    def test_hostile_notes(self, plan: Plan, note: str, table: str) -> None:
        """Every cell of text is looked at as a spreadsheet reads it."""
        weeks = [
            evolve(week, sessions=tuple(_noted(session, note) for session in week.sessions)) for week in plan.weeks
        ]
        plan = evolve(plan, weeks=tuple(weeks))
        holds = {column.name: column.holds for column in table_of(Plan, table).columns}
        rows = list(csv.DictReader(io.StringIO(to_csv(plan, CATALOG, table=table), newline="")))
        raw = list(rows_of(plan, CATALOG, table=table))
        assert len(rows) == len(raw)
        for row, meant in zip(rows, raw, strict=True):
            assert meant["note"] == note
            assert row["note"] in (note, f"'{note}")
            for name, cell in row.items():
                if holds[name] is Holds.TEXT:
                    assert not cell.lstrip().startswith(("=", "+", "-", "@", "\t", "\r", "\uff1d"))


def _noted(session: Any, note: str) -> Any:
    parts = [evolve(part, prescriptions=tuple(evolve(each, note=note) for each in part)) for part in session.parts]
    return evolve(session, note=note, parts=tuple(parts))
