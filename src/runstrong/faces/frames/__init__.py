"""Documents as tables: one module for each kind of document, and one that makes frames of them."""

from runstrong.faces.frames.framing import BACKENDS, TABLES, Framed, rows_of, table_of, to_csv, to_frame
from runstrong.faces.frames.tables import Cell, Column, Holds, Table

__all__ = [
    "BACKENDS",
    "TABLES",
    "Cell",
    "Column",
    "Framed",
    "Holds",
    "Table",
    "rows_of",
    "table_of",
    "to_csv",
    "to_frame",
]
