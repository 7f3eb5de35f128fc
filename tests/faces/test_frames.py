"""Documents as tables: what stands in them, in which types, and that the page tells the same."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import sys
from pathlib import Path
from typing import Any

import pytest

import runstrong as rs
from runstrong.catalog import load_catalog
from runstrong.faces.frames import BACKENDS, TABLES, Holds, rows_of, table_of, to_csv, to_frame

nw = pytest.importorskip("narwhals")

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "how-to" / "frames.md"
CATALOG = load_catalog()
RUNNER = rs.load(ROOT / "examples" / "runner.yaml", rs.Runner)
PLAN = rs.plan(RUNNER, weeks=3)
LOG = rs.load(ROOT / "examples" / "log.yaml", rs.Log)
DOCUMENTS: dict[type, Any] = {rs.Plan: PLAN, rs.Log: LOG, rs.Catalog: CATALOG, rs.Audit: rs.audit(PLAN, log=LOG)}
EVERY = [(kind, table.name) for kind, tables in TABLES.items() for table in tables]
TYPES = {
    Holds.TEXT: nw.String,
    Holds.WHOLE: nw.Int64,
    Holds.NUMBER: nw.Float64,
    Holds.TRUTH: nw.Boolean,
    Holds.DATE: nw.Date,
}


def made(value: Any, backend: str, table: str | None = None) -> Any:
    """Return a frame of narwhals around the native one, or skip where the backend is missing."""
    pytest.importorskip(backend)
    return nw.from_native(to_frame(value, CATALOG, backend=backend, table=table), eager_only=True)


def cells_of(frame: Any) -> list[dict[str, Any]]:
    """Return the rows of a frame of any kind with plain values: nulls as None, midnights as days."""
    if frame.implementation.is_pandas():
        frame = frame.to_native().astype(object)
        records = frame.where(frame.notna(), None).to_dict("records")
    else:
        records = list(frame.iter_rows(named=True))
    return [
        {name: cell.date() if isinstance(cell, dt.datetime) else cell for name, cell in row.items()} for row in records
    ]


def documented(kind: type, name: str) -> str:
    """Return how the page has to tell of a table."""
    table = table_of(kind, name)
    default = ", the default" if TABLES[kind][0] is table else ""
    lines = [f"### {kind.__name__}: `{name}`{default}", "", f"A row is {table.row}.", ""]
    lines += ["| column | holds | unit | meaning |", "|---|---|---|---|"]
    lines += [f"| `{each.name}` | {each.holds} | {each.unit} | {each.meaning} |" for each in table.columns]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize(("kind", "name"), EVERY, ids=lambda each: each if isinstance(each, str) else each.__name__)
class TestEveryTable:
    """What holds for each table of each document, whatever it is made with."""

    def test_its_columns_have_their_types(self, kind: type, name: str, backend: str) -> None:
        """In name, order and type, also where there is no row; in pandas a day is a midnight."""
        table = table_of(kind, name)
        frames = [made(DOCUMENTS[kind], backend, name)]
        if kind is rs.Log:
            frames.append(made(rs.Log(), backend, name))
            assert len(frames[-1]) == 0
        for frame in frames:
            assert frame.columns == [column.name for column in table.columns]
            for column in table.columns:
                found = frame.schema[column.name]
                if backend == "pandas" and column.holds is Holds.DATE:
                    assert found == nw.Datetime("us")
                else:
                    assert found == TYPES[column.holds]

    def test_its_cells_are_those_of_the_document(self, kind: type, name: str, backend: str) -> None:
        """Each kind of frame holds the same cells, null where nothing is known."""
        assert cells_of(made(DOCUMENTS[kind], backend, name)) == list(rows_of(DOCUMENTS[kind], CATALOG, table=name))


@pytest.mark.parametrize(("kind", "name"), EVERY)
class TestColumns:
    """Columns are told of in one place."""

    def test_the_page_tells_of_each_as_the_code_does(self, kind: type, name: str) -> None:
        """The tables of the page are those of the code, word for word."""
        assert documented(kind, name) in PAGE.read_text(encoding="utf-8")

    def test_each_says_what_it_means(self, kind: type, name: str) -> None:
        """Names are unique and can be typed; nothing stays without a meaning; a column with nulls says why."""
        columns = table_of(kind, name).columns
        names = [column.name for column in columns]
        assert len(set(names)) == len(names)
        assert all(each.isidentifier() and each.islower() for each in names)
        assert all(column.meaning and "|" not in column.meaning for column in columns)
        rows = list(rows_of(DOCUMENTS[kind], CATALOG, table=name))
        for column in columns:
            if any(row[column.name] is None for row in rows):
                assert "null" in column.meaning, column.name


class TestPlan:
    """Tables of a plan."""

    def test_prescriptions_come_first(self) -> None:
        """One row for each prescription, in order."""
        rows = list(rows_of(PLAN, CATALOG))
        asked = [(session.id, each.exercise) for session in PLAN.sessions for _, each in session.prescriptions()]
        assert [(row["session"], row["exercise"]) for row in rows] == asked
        assert rows[0]["date"] == PLAN.sessions[0].date
        assert rows[0]["name"] == CATALOG.exercises[asked[0][1]].name

    def test_an_exercise_of_the_plans_own_has_its_name(self) -> None:
        """The plan's records stand before the catalog's; what neither knows has no name."""
        first = PLAN.sessions[0].part(rs.PartName.MAIN).prescriptions[0].exercise
        own = rs.evolve(CATALOG.exercises[first], name="My lift")
        rows = rows_of(rs.evolve(PLAN, exercises=(own,)), CATALOG)
        assert {row["name"] for row in rows if row["exercise"] == first} == {"My lift"}
        assert {row["name"] for row in rows_of(PLAN, rs.Catalog.of())} == {None}

    def test_loads_are_told_apart(self) -> None:
        """A mass is a number; body weight and a load to find are words, and no zero."""
        session = PLAN.sessions[0]
        loads = (rs.BodyWeight(), rs.External(rs.kg(20), 2), rs.PercentOfMax(80), rs.FindLoad(rs.RIR(3)))
        main = [rs.Prescription(exercise="goblet-squat", sets=2, amount=rs.Reps(8), load=load) for load in loads]
        rows = list(
            rows_of(rs.evolve(PLAN, weeks=(rs.evolve(PLAN.weeks[0], sessions=(session.with_main(main),)),)), CATALOG)
        )
        told = [
            (row["load_kg"], row["pieces"], row["load_percent"], row["load"]) for row in rows if row["part"] == "main"
        ]
        assert told == [
            (None, None, None, "body weight"), (20.0, 2, None, "2 x 10 kg"), (None, None, 80.0, "80 % 1RM"),
            (None, None, None, "find 3 RIR"),
        ]  # fmt: skip

    def test_an_unknown_length_is_no_zero(self) -> None:
        """A session that was changed by hand has neither minutes nor load until it is measured."""
        first = PLAN.sessions[0]
        plan = PLAN.reduce(first.id, first.part(rs.PartName.MAIN).prescriptions[0].exercise, sets=1)
        row = next(rows_of(plan, CATALOG, table="sessions"))
        assert (row["session"], row["minutes"], row["session_load"]) == (first.id, None, None)
        assert next(rows_of(PLAN, CATALOG, table="sessions"))["session_load"] == first.load


class TestLog:
    """Tables of a log."""

    def test_a_left_and_a_right_set_share_a_number(self) -> None:
        """Both sides of a pair are rows of their own."""
        sets = [
            rs.PerformedSet(side=side, amount=rs.Reps(reps), rir=rs.RIR(2))
            for reps, side in ((12, rs.Side.LEFT), (11, rs.Side.RIGHT), (10, rs.Side.LEFT), (10, rs.Side.RIGHT))
        ]
        done = rs.Performance(date=dt.date(2027, 1, 4), exercise="single-leg-calf-raise", sets=sets)
        rows = list(rows_of(rs.Log(performances=[done]), CATALOG, table="sets"))
        assert [(row["set"], row["side"], row["amount"]) for row in rows] == [
            (1, "left", 12), (1, "right", 11), (2, "left", 10), (2, "right", 10),
        ]  # fmt: skip
        assert next(rows_of(rs.Log(performances=[done]), CATALOG, table="performances"))["sets"] == 2

    def test_sets_that_were_not_recorded_are_unknown(self) -> None:
        """Done without a count is null, not 0, and gives no row of sets."""
        log = rs.Log(performances=[rs.Performance(date=dt.date(2027, 1, 4), exercise="plank")])
        assert next(rows_of(log, CATALOG, table="performances"))["sets"] is None
        assert not list(rows_of(log, CATALOG, table="sets"))

    def test_a_run_without_a_rating_has_no_load(self) -> None:
        """Unknown minutes, rating and part of the day are null."""
        row = next(rows_of(rs.Log(runs=[rs.Run(date=dt.date(2027, 1, 4), distance=rs.km(8))]), CATALOG))
        assert row == {
            "date": dt.date(2027, 1, 4), "day_part": None, "kind": "easy", "km": 8.0, "minutes": None,
            "session_rpe": None, "session_load": None, "rpe_basis": None, "priority": None,
        }  # fmt: skip

    def test_pain_of_runs_and_exercises_is_one_table(self) -> None:
        """Each with what hurt."""
        ache = rs.Pain(region=rs.Region.CALF, score=3)
        log = rs.Log(
            runs=[rs.Run(date=dt.date(2027, 1, 4), pain=[ache])],
            performances=[rs.Performance(date=dt.date(2027, 1, 5), exercise="plank", session="a", pain=[ache])],
        )
        told = [(row["of"], row["what"], row["session"], row["score"]) for row in rows_of(log, CATALOG, table="pain")]
        assert told == [("run", "easy", None, 3), ("exercise", "plank", "a", 3)]

    def test_soreness_and_unknown_mornings(self) -> None:
        """The sorest region counts; what was not recorded is null."""
        sore = [rs.Soreness(region=rs.Region.CALF, score=2), rs.Soreness(region=rs.Region.HIP, score=5)]
        mornings = [
            rs.Readiness(date=dt.date(2027, 1, 4), sleep=rs.minutes(450), soreness=sore),
            rs.Readiness(date=dt.date(2027, 1, 5)),
        ]
        first, second = rows_of(rs.Log(readiness=mornings), CATALOG, table="readiness")
        assert (first["sleep_h"], first["soreness"], first["sore"], first["ill"]) == (7.5, 5, "calf 2; hip 5", None)
        assert set(second.values()) == {dt.date(2027, 1, 5), None}


class TestAudit:
    """Tables of an audit."""

    def test_findings_say_what_the_report_says(self) -> None:
        """Message and numbers are those of the finding."""
        audit = DOCUMENTS[rs.Audit]
        rows = list(rows_of(audit, CATALOG))
        assert [row["message"] for row in rows] == [audit.message(each) for each in audit.findings]
        assert [(row["measured"], row["limit"]) for row in rows] == [(f.measured, f.limit) for f in audit.findings]
        assert {row["family"] for row in rows} <= {row["rule"][:2] for row in rows}

    def test_waived_findings_stand_apart(self) -> None:
        """With the reason, so that counting findings counts those that stand."""
        audit = DOCUMENTS[rs.Audit]
        first = audit.findings[0]
        again = rs.audit(PLAN, log=LOG, waivers=[rs.Waiver(rule=first.rule, reason="agreed with the coach")])
        waived = list(rows_of(again, CATALOG, table="waived"))
        assert len(waived) == len(again.waived) > 0
        assert {row["reason"] for row in waived} == {"agreed with the coach"}
        assert first.rule not in {row["rule"] for row in rows_of(again, CATALOG)}

    def test_every_rule_has_a_verdict(self) -> None:
        """Also those that passed and those that could not judge."""
        audit = DOCUMENTS[rs.Audit]
        rows = list(rows_of(audit, CATALOG, table="verdicts"))
        assert tuple(row["rule"] for row in rows) == audit.checked
        assert sum(row["findings"] for row in rows) == len(audit.findings)


class TestCatalog:
    """Tables of a catalog."""

    def test_tissues_are_one_a_row(self) -> None:
        """What stands in one cell of exercises is long here."""
        rows = list(rows_of(CATALOG, CATALOG, table="tissues"))
        assert len(rows) == sum(len(each.primary) + len(each.secondary) for each in CATALOG.exercises.values())

    def test_rungs_stand_in_order(self) -> None:
        """Counted from 1 in each ladder."""
        rows = list(rows_of(CATALOG, CATALOG, table="rungs"))
        for ladder in CATALOG.progressions.values():
            mine = [(row["rung"], row["exercise"]) for row in rows if row["progression"] == ladder.id]
            assert mine == [(place, rung.exercise) for place, rung in enumerate(ladder.rungs, 1)]


class TestSpreadsheet:
    """CSV that a spreadsheet may open."""

    def test_a_formula_is_text(self) -> None:
        """An apostrophe stands before what a program would carry out; a number that is negative stays one."""
        first = PLAN.sessions[0]
        for spite in ("=cmd()", "+1", "-1", "@sum", "\n=1", "  =1", "\uff1d1"):
            noted = to_csv(PLAN.note(first.id, spite), CATALOG, table="sessions")
            rows = list(csv.DictReader(io.StringIO(noted, newline="")))
            assert rows[0]["note"] == f"'{spite}"

    def test_null_is_empty_and_truth_is_a_word(self) -> None:
        """Days are written as such."""
        lines = to_csv(PLAN, CATALOG, table="sessions").splitlines()
        assert lines[0].startswith("week,phase,deload,session,date,day_part,")
        assert lines[1].startswith("1,foundation,false,20261207-1,2026-12-09,morning,home,light-legs,30,5,150,")
        assert lines[2].split(",")[5] == ""


class TestRefusals:
    """What cannot be made is refused with what can."""

    def test_another_table(self) -> None:
        """The nearest name is told."""
        with pytest.raises(rs.UnknownName, match="no table of a plan 'session'; did you mean 'sessions'"):
            to_frame(PLAN, CATALOG, backend="polars", table="session")

    def test_another_document(self) -> None:
        """A runner is no table."""
        with pytest.raises(TypeError, match="no tables of a Runner; expected one of Plan, Log, Audit, Catalog"):
            to_frame(RUNNER, CATALOG, backend="polars")  # type: ignore[arg-type]

    def test_another_backend(self) -> None:
        """The choices are told."""
        with pytest.raises(rs.InvalidValue, match="backend: 'excel'; allowed: pandas, polars, pyarrow"):
            to_frame(PLAN, CATALOG, backend="excel")

    def test_a_module_is_a_backend(self) -> None:
        """As narwhals takes one."""
        polars = pytest.importorskip("polars")
        assert isinstance(to_frame(PLAN, CATALOG, backend=polars), polars.DataFrame)

    @pytest.mark.parametrize("backend", BACKENDS)
    def test_a_backend_that_is_not_installed(self, backend: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """The message says how to install it."""
        monkeypatch.setitem(sys.modules, backend, None)
        with pytest.raises(rs.InvalidValue, match=f"{backend}, which is not installed; .* \\(pip install {backend}\\)"):
            to_frame(LOG, CATALOG, backend=backend)

    def test_a_missing_extra_names_itself(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The message is the command that installs it."""
        monkeypatch.setitem(sys.modules, "narwhals", None)
        with pytest.raises(rs.MissingExtra, match=r"runstrong\[frames\]"):
            to_frame(LOG, CATALOG, backend="polars")


@pytest.mark.parametrize("text", ["sore;=1+1", "a;  @SUM(A1)", "x\n=1", "\u200b=1", "\ufeff+1", "a\t-1"])
def test_no_part_of_a_text_begins_a_formula(text: str) -> None:
    """Programs that split at semicolons or tabs find no formula either, whatever stands unseen before it."""
    plan = rs.plan(rs.load("examples/novice.yaml", rs.Runner), weeks=1)
    noted = plan.note(plan.sessions[0].id, text) if "\t" not in text and text.isprintable() else plan
    made = rs.to_csv(noted, table="sessions")
    for line in made.splitlines():
        for cell in re.split(r"[;,\t]", line):
            assert not cell.strip(' "\u200b\ufeff').startswith(("=", "@", "+"))
