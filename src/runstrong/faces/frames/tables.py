"""What a table is: columns with a type, a unit and a meaning, rows that fill them, and columns that several share."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from runstrong.model.catalog import Catalog
from runstrong.model.prescription import Amount, External, Load, Prescription
from runstrong.model.progression import Rung
from runstrong.model.running import Run
from runstrong.model.session_load import load_of
from runstrong.model.value import Record, record
from runstrong.model.words import DayPart

__all__ = [
    "AMOUNT_COLUMNS", "DATE", "DAY_PART", "EFFORT_COLUMNS", "LOAD_COLUMNS", "NUMBER", "RUN_COLUMNS", "TEXT", "TRUTH",
    "WHOLE", "Cell", "Column", "Holds", "Table", "amount_cells", "effort_cells", "joined", "lined", "load_cells",
    "part_of_day", "run_cells",
]  # fmt: skip

Cell = Any
"""Text, whole number, number, truth or date, as the column says; None where it is unknown or does not apply."""


class Holds(enum.Enum):
    """What the cells of a column are."""

    TEXT = "text"
    WHOLE = "whole number"
    NUMBER = "number"
    TRUTH = "true or false"
    DATE = "date"

    def __str__(self) -> str:
        return self.value


TEXT, WHOLE, NUMBER, TRUTH, DATE = Holds.TEXT, Holds.WHOLE, Holds.NUMBER, Holds.TRUTH, Holds.DATE


@record
class Column(Record):
    """One column of a table.

    Args:
        name: as it stands in the frame.
        holds: what its cells are.
        meaning: in a few words; where a cell may be null, what that means.
        unit: of a number; empty for none.
    """

    name: str
    holds: Holds
    meaning: str
    unit: str = ""


@record
class Table(Record):
    """One table of a document.

    Args:
        name: what it is asked for by.
        row: what one row stands for.
        columns: from left to right.
        rows: takes the document and the catalog in which names are looked up, and yields the cells of each row.
    """

    name: str
    row: str
    columns: tuple[Column, ...]
    rows: Callable[[Any, Catalog], Iterator[tuple[Cell, ...]]]


def joined(words: Iterable[object]) -> str | None:
    """Return several words in one cell; None where there are none."""
    return "; ".join(map(str, words)) or None


def lined(sentences: Iterable[str]) -> str | None:
    """Return several sentences in one cell, each on a line of its own; None where there are none."""
    return "\n".join(sentences) or None


# -- what several tables share --------------------------------------------------------------------------------------

DAY_PART = Column("day_part", TEXT, "morning, midday or evening; null where it is unknown")
EFFORT_COLUMNS = (
    Column("rir", NUMBER, "repetitions to leave in reserve; null where effort is not judged by it", "reps"),
    Column("tempo", TEXT, "seconds down, paused, up, paused; null where it is not stated"),
    Column("rest_s", NUMBER, "rest between sets; null where the exercise runs on without", "s"),
)
AMOUNT_COLUMNS = (
    Column("low", WHOLE, "least amount of a set, per side", "see unit"),
    Column("high", WHOLE, "most; the same as low where no range is asked", "see unit"),
    Column("unit", TEXT, "of the amount: reps, s (held), contacts, m or min"),
)
LOAD_COLUMNS = (
    Column(
        "load_kg",
        NUMBER,
        "external load in all; null where it is no mass: body weight, a band, a share, to be found",
        "kg",
    ),
    Column("pieces", WHOLE, "equal pieces that make it; null without a mass"),
    Column("load", TEXT, "in words, as documents write it, such as body weight"),
)
RUN_COLUMNS = (
    Column("date", DATE, "day"),
    DAY_PART,
    Column("kind", TEXT, "easy, long, intervals and so on"),
    Column("km", NUMBER, "distance; null where it is unknown", "km"),
    Column("minutes", NUMBER, "duration; null where it is unknown", "min"),
    Column("session_rpe", NUMBER, "how hard, 0 to 10; null where it is unknown"),
    Column("session_load", NUMBER, "minutes times session RPE; null where either is unknown", "AU"),
    Column("rpe_basis", TEXT, "whether the session RPE was felt or estimated; null without one"),
    Column("priority", TEXT, "of a race, A, B or C; null for other runs"),
)


def part_of_day(part: DayPart) -> str | None:
    """Return a part of the day; None where it is unknown."""
    return None if part is DayPart.UNKNOWN else str(part)


def effort_cells(asked: Prescription | Rung) -> tuple[Cell, ...]:
    """Return the cells of `EFFORT_COLUMNS`."""
    return (
        asked.rir.reps if asked.rir is not None else None,
        str(asked.tempo) if asked.tempo is not None else None,
        asked.rest.seconds if asked.rest is not None else None,
    )


def amount_cells(amount: Amount) -> tuple[Cell, ...]:
    """Return the cells of `AMOUNT_COLUMNS`."""
    return amount.low, amount.high, amount.unit


def load_cells(load: Load) -> tuple[Cell, ...]:
    """Return the cells of `LOAD_COLUMNS`."""
    mass = load if isinstance(load, External) else None
    return (mass.mass.kg if mass else None), (mass.pieces if mass else None), str(load)


def run_cells(run: Run) -> tuple[Cell, ...]:
    """Return the cells of `RUN_COLUMNS`."""
    return (
        run.date,
        part_of_day(run.day_part),
        str(run.kind),
        run.distance.km if run.distance is not None else None,
        run.duration.minutes if run.duration is not None else None,
        run.session_rpe.score if run.session_rpe is not None else None,
        load_of(run.duration, run.session_rpe),
        str(run.rpe_basis) if run.session_rpe is not None else None,
        str(run.priority) if run.priority is not None else None,
    )
