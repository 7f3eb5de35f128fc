"""Tables as text: letters from bytes, and rows from letters, with what is damaged told and the rest kept."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator

from runstrong.history.cells import when_of
from runstrong.model.value import Record, record

__all__ = ["Grid", "Line", "grid_of", "letters_of", "mark_of"]

_LONGEST = 200
"""Lines that one row may take: notes hold newlines, and an open quote must not eat the file (convention)."""


@record
class Line(Record):
    """One row of a table.

    Args:
        number: line in the file on which it begins, counted from 1.
        cells: as many as the table has columns.
    """

    number: int
    cells: list[str]


@record
class Grid(Record):
    """A table as it was read.

    Args:
        top: what stands at the top of each column.
        lines: the rows that were read whole.
        damaged: first line of each row that is not a row of this table, with what is wrong with it.
        cut: whether the last row breaks off.
        ended: whether the last row ends with the end of a line.
        physical: the lines of the file, where rows are damaged.
    """

    top: list[str]
    lines: list[Line]
    damaged: list[tuple[int, str]]
    cut: bool
    ended: bool
    physical: tuple[str, ...] = ()

    def text_at(self, number: int) -> str:
        """Return what stands in a line of a table with damaged rows."""
        return self.physical[number - 1].rstrip("\r\n") if 0 < number <= len(self.physical) else ""


def letters_of(raw: bytes) -> tuple[str, str]:
    """Return the text of a file, and what has to be said about its letters; empty where all is well.

    UTF-8 and UTF-16 are told by themselves. What is neither is read as Windows-1252, the usual encoding of older
    programs on that system; where most letters beyond ASCII are sound UTF-8, the others are damaged.

    Example:
        >>> letters_of("Höhe".encode("utf-8-sig")), letters_of("Höhe".encode("utf-16"))
        (('Höhe', ''), ('Höhe', ''))
        >>> letters_of("Höhe".encode("cp1252"))
        ('Höhe', 'letters that are not UTF-8 are read as Windows-1252')
    """
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _wide(raw, "utf-16")
    if b"\x00" in raw[:64] and raw[:64].count(b"\x00") * 3 > len(raw[:64]):
        return _wide(raw, "utf-16-le" if raw[:1] != b"\x00" else "utf-16-be")
    try:
        return raw.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        pass
    text = raw.decode("utf-8-sig", "replace")
    bad = text.count("\ufffd")
    good = sum(not each.isascii() for each in text) - bad
    if good > bad:
        return text, f"{bad} letters are damaged and stand as \ufffd"
    # Windows-1252 leaves five bytes without a letter.
    return raw.decode("cp1252", "replace"), "letters that are not UTF-8 are read as Windows-1252"


def _wide(raw: bytes, encoding: str) -> tuple[str, str]:
    try:
        return raw.decode(encoding).removeprefix("\ufeff"), ""
    except UnicodeDecodeError:
        return raw.decode(encoding, "replace").removeprefix("\ufeff"), "damaged letters stand as \ufffd"


def mark_of(top: str) -> str:
    """Return what parts the cells of a first line: comma, semicolon or tab.

    Example:
        >>> mark_of("a;b,c;d"), mark_of("a,b")
        (';', ',')
    """
    return max(";\t,", key=lambda each: (top.count(each), each == ","))


def grid_of(text: str, date_at: Callable[[list[str]], int | None] | None = None) -> Grid | None:
    """Read a table; None where there is none.

    A row that is no row of the table (a quote that never closes, too many cells or too few) costs that row and none
    after it.

    Args:
        text: of the file.
        date_at: tells from what stands at the top in which column dates are; a date there shows a row, even in a cell.
    """
    at = 0
    while at < len(text) and text[at] in "\r\n \t":
        at += 1
    skipped = text.count("\n", 0, at)
    body = text[at:]
    if not body:
        return None
    mark = mark_of(body.split("\n", 1)[0])
    ended = body[-1] in "\r\n"
    where = date_at or _nowhere
    return _whole(body, mark, skipped, ended, where) or _mended(body, mark, skipped, ended, where)


def _nowhere(_: list[str]) -> None:
    return None


DateAt = Callable[[list[str]], "int | None"]


def _whole(body: str, mark: str, skipped: int, ended: bool, date_at: DateAt) -> Grid | None:
    """Read a table in which nothing is wrong; None when anything is."""
    rows = csv.reader(io.StringIO(body, newline=""), delimiter=mark, strict=True)
    lines: list[Line] = []
    try:
        top = next(rows)
        columns, begin = len(top), rows.line_num
        if len(top) < 2 or any("\n" in cell for cell in top):
            return None
        at = date_at(top)
        for cells in rows:
            if len(cells) != columns:
                if cells and any(cells):
                    return None
            else:
                if rows.line_num != begin + 1 and any(_hides_rows(cell, mark, at) for cell in cells):
                    return None
                lines.append(Line(skipped + begin + 1, cells))
            begin = rows.line_num
    except (csv.Error, StopIteration):
        return None
    return Grid(top, lines, [], cut=False, ended=ended)


def _hides_rows(cell: str, mark: str, at: int | None) -> bool:
    """Whether a cell of several lines has eaten rows: one of its lines has a date where a row has it."""
    if "\n" not in cell or at is None:
        return False
    lines = (line.split(mark, at + 1) for line in cell.split("\n")[1:])
    # People write a space behind a comma, programs do not.
    return any(
        len(parts) > at and parts[at][:1] != " " and when_of(parts[at].strip('"')) is not None for parts in lines
    )


def _mended(body: str, mark: str, skipped: int, ended: bool, date_at: DateAt) -> Grid | None:
    """Read a table row by row, leaving out those that are damaged."""
    physical = _split(body)
    taken = _record(physical, 0, mark, None, None)
    if taken is None:
        try:
            top, at = next(csv.reader([physical[0].strip("\r\n")], delimiter=mark), []), 1
        except csv.Error:
            return None
    else:
        top, at = taken
    if len(top) < 2:
        return None
    dates = date_at(top)
    lines: list[Line] = []
    damaged: list[tuple[int, str]] = []
    cut = False
    while at < len(physical):
        if not physical[at].strip().strip(mark + '"'):
            at += 1
            continue
        taken = _record(physical, at, mark, len(top), dates)
        if taken is not None:
            lines.append(Line(skipped + at + 1, taken[0]))
            at = taken[1]
            continue
        cells = physical[at].count(mark) + 1
        last = at == len(physical) - 1 or _open_to_end(physical, at)
        if last and (not ended or '"' in physical[at]) and cells <= len(top):
            cut = True
            damaged.append((skipped + at + 1, "the file breaks off in it"))
            break
        quote = physical[at].count('"') % 2 == 1
        what = "a quote that is not closed" if quote else f"{cells} cells where {len(top)} are asked for"
        damaged.append((skipped + at + 1, what))
        at += 1
    return Grid(top, lines, damaged, cut, ended, ("",) * skipped + tuple(physical))


def _split(body: str) -> list[str]:
    parts = body.split("\n")
    return [part + "\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def _open_to_end(physical: list[str], at: int) -> bool:
    """Whether a quote that opens in this line is the last of the file."""
    return physical[at].count('"') % 2 == 1 and not any('"' in line for line in physical[at + 1 : at + _LONGEST])


def _record(
    physical: list[str], at: int, mark: str, columns: int | None, dates: int | None
) -> tuple[list[str], int] | None:
    """Return the row that begins in a line, and the line after it; None where there is none."""
    quotes, end = 0, at
    for end in range(at, min(len(physical), at + _LONGEST)):
        quotes += physical[end].count('"')
        if quotes % 2 == 0:
            break
    else:
        return None
    try:
        rows = list(_parsed(physical[at : end + 1], mark))
    except csv.Error:
        return None
    if len(rows) != 1 or (columns is not None and len(rows[0]) != columns):
        return None
    if end > at and any(_hides_rows(cell, mark, dates) for cell in rows[0]):
        return None
    return rows[0], end + 1


def _parsed(lines: list[str], mark: str) -> Iterator[list[str]]:
    return csv.reader(lines, delimiter=mark, strict=True)
