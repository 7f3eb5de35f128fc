"""Documents as tables in the user's own kind of DataFrame, and as CSV for a spreadsheet."""

from __future__ import annotations

import csv
import importlib
import io
import re
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from runstrong.faces.frames.audits import AUDIT
from runstrong.faces.frames.catalogs import CATALOG
from runstrong.faces.frames.logs import LOG
from runstrong.faces.frames.plans import PLAN
from runstrong.faces.frames.tables import Cell, Holds, Table
from runstrong.model.audits import Audit
from runstrong.model.catalog import Catalog
from runstrong.model.errors import InvalidValue, MissingExtra, Problem, UnknownName
from runstrong.model.log import Log
from runstrong.model.plan import Plan
from runstrong.model.quantities import number

__all__ = ["BACKENDS", "TABLES", "Framed", "rows_of", "table_of", "to_csv", "to_frame"]

Framed = Plan | Log | Audit | Catalog

TABLES: dict[type, tuple[Table, ...]] = {Plan: PLAN, Log: LOG, Audit: AUDIT, Catalog: CATALOG}
"""Tables of each kind of document; the first is the one that comes where none is asked for."""

BACKENDS = ("pandas", "polars", "pyarrow")
"""What tables can be made with."""

_PANDAS = {
    # pandas' own types with a null of their own; it has none for days, which are midnights there.
    Holds.TEXT: "string",
    Holds.WHOLE: "Int64",
    Holds.NUMBER: "Float64",
    Holds.TRUTH: "boolean",
    Holds.DATE: "datetime64[us]",
}
_NARWHALS = {
    Holds.TEXT: "String",
    Holds.WHOLE: "Int64",
    Holds.NUMBER: "Float64",
    Holds.TRUTH: "Boolean",
    Holds.DATE: "Date",
}
_PART = re.compile(r"([;\t]\s*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])")
_UNSEEN = " \t\r\n\u200b\u200e\u200f\ufeff\u00a0"
"""What nobody sees before a formula."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV Injection), also in wide letters."""


def to_frame(value: Framed, catalog: Catalog, *, backend: str | ModuleType, table: str | None = None) -> Any:
    """Return a table of a document as a DataFrame of the user's own kind.

    Unknown is null and never zero; days are dates (in pandas midnights); a table without rows has all its columns and
    types. Text is handed over as it is.

    Args:
        value: a plan, log, audit or catalog.
        catalog: where names of exercises are looked up; a plan's own exercises stand before it.
        backend: ``pandas``, ``polars`` or ``pyarrow``, or that module.
        table: which one; the first of `TABLES` when not given: prescriptions of a plan, runs of a log, findings of an
            audit, exercises of a catalog.

    Raises:
        UnknownName: such a document has no such table.
        InvalidValue: the backend is none of these, or is not installed.
        MissingExtra: the extra ``frames`` is not installed.
        TypeError: the value is no such document.

    Example:
        >>> from runstrong.catalog import load_catalog
        >>> catalog = load_catalog()
        >>> frame = to_frame(catalog, catalog, backend="polars", table="tissues")
        >>> frame.columns
        ['exercise', 'name', 'tissue', 'region', 'role']
    """
    found = table_of(type(value), table)
    narwhals = _extra()
    name = backend.__name__ if isinstance(backend, ModuleType) else backend
    if name not in BACKENDS:
        raise InvalidValue([Problem("backend", repr(name), ", ".join(BACKENDS), "or that module itself")])
    native = _imported(name)
    cells = list(zip(*_rows(found, value, catalog), strict=True)) or [()] * len(found.columns)
    data = {column.name: list(got) for column, got in zip(found.columns, cells, strict=True)}
    if name == "pandas":
        # By hand: narwhals makes NumPy's types of pandas, which have no null for whole numbers and truths.
        made = {column.name: native.Series(data[column.name], dtype=_PANDAS[column.holds]) for column in found.columns}
        return native.DataFrame(made)
    schema = {column.name: getattr(narwhals, _NARWHALS[column.holds]) for column in found.columns}
    return narwhals.from_dict(data, schema, backend=name).to_native()


def to_csv(value: Framed, catalog: Catalog, *, table: str | None = None) -> str:
    """Return a table of a document as CSV that a spreadsheet may open.

    A text that begins as a formula does gets an apostrophe before it, so that no program takes it for one. Null is an
    empty cell. It is meant for eyes: to read values back use `to_frame`, or the document itself.

    Args:
        value: a plan, log, audit or catalog.
        catalog: where names of exercises are looked up; a plan's own exercises stand before it.
        table: which one; the first of `TABLES` when not given.

    Raises:
        UnknownName: such a document has no such table.
        TypeError: the value is no such document.

    Example:
        >>> from runstrong.catalog import load_catalog
        >>> catalog = load_catalog()
        >>> print(to_csv(catalog, catalog, table="tissues").splitlines()[0])
        exercise,name,tissue,region,role
    """
    found = table_of(type(value), table)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(column.name for column in found.columns)
    for row in _rows(found, value, catalog):
        writer.writerow(map(_shown, row))
    return out.getvalue()


def rows_of(value: Framed, catalog: Catalog, *, table: str | None = None) -> Iterator[dict[str, Cell]]:
    """Yield the rows of a table by column, without any library.

    Args:
        value: a plan, log, audit or catalog.
        catalog: where names of exercises are looked up; a plan's own exercises stand before it.
        table: which one; the first of `TABLES` when not given.

    Raises:
        UnknownName: such a document has no such table.
        TypeError: the value is no such document.
    """
    found = table_of(type(value), table)
    for row in _rows(found, value, catalog):
        yield dict(zip((column.name for column in found.columns), row, strict=True))


def table_of(kind: type, name: str | None = None) -> Table:
    """Return what a table of a kind of document is made of.

    Args:
        kind: `Plan`, `Log`, `Audit` or `Catalog`.
        name: of the table; the first one when not given.

    Raises:
        UnknownName: such a document has no such table.
        TypeError: there are no tables of such a thing.

    Example:
        >>> print(table_of(Plan).name, "|", table_of(Plan, "sessions").columns[8].meaning)
        prescriptions | estimated length; null where it is unknown
    """
    tables = TABLES.get(kind)
    if tables is None:
        expected = ", ".join(each.__name__ for each in TABLES)
        raise TypeError(f"no tables of a {kind.__name__}; expected one of {expected}")
    if name is None:
        return tables[0]
    for each in tables:
        if each.name == name:
            return each
    raise UnknownName(f"table of a {kind.__name__.lower()}", name, [each.name for each in tables])


def _extra() -> Any:
    try:
        import narwhals
    except ImportError as error:
        raise MissingExtra("tables as data frames", "frames") from error
    return narwhals


def _imported(backend: str) -> Any:
    try:
        return importlib.import_module(backend)
    except ImportError:
        problem = Problem(
            "backend", f"{backend}, which is not installed", ", ".join(BACKENDS), f"pip install {backend}"
        )
        raise InvalidValue([problem]) from None


def _rows(table: Table, value: Framed, catalog: Catalog) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows of a table; a number is a float, also where the document has a whole one."""
    numbers = [column.holds is Holds.NUMBER for column in table.columns]
    for row in table.rows(value, catalog):
        yield tuple(
            float(cell) if is_number and cell is not None else cell
            for cell, is_number in zip(row, numbers, strict=True)
        )


def _shown(cell: Cell) -> Cell:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return number(cell)
    if isinstance(cell, str):
        # Where a spreadsheet splits at semicolons or tabs, a part of the text begins a cell too.
        cell = _PART.sub(r"\1'", cell)
        if cell.startswith(_FORMULA) or cell.lstrip(_UNSEEN).startswith(_FORMULA):
            return f"'{cell}"
    return cell
