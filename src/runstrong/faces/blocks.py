"""What a report consists of, before anyone decides how it looks: headings, paragraphs, lists, tables, exercises.

A report is a tuple of blocks; `runstrong.faces.text`, `runstrong.faces.markdown` and `runstrong.faces.html` each print
the same ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from runstrong.model.value import Record, record

__all__ = [
    "Bar", "Bars", "Block", "Bullets", "Exercises", "Flat", "Fold", "Heading", "Line", "Paragraph", "Remark",
    "Table", "title_of", "unfolded",
]  # fmt: skip


@record
class Heading(Record):
    """A title; level 1 is that of the whole report."""

    level: int
    text: str


@record
class Paragraph(Record):
    """Running text."""

    text: str


@record
class Bullets(Record):
    """A list whose order is that of importance or time."""

    items: tuple[str, ...]


@record
class Table(Record):
    """Rows of short texts; the last column may wrap. A row that begins with "" belongs to the one above it."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@record
class Line(Record):
    """One exercise of a session.

    Args:
        mark: what is different from the last time: new, more, less, changed; empty for the same.
        name: as shown to a runner.
        dose: sets, amount, load, effort, tempo and rest.
        details: set-up, cues and the reason, each with its label; empty where they were told before.
        label: A1, A2 where exercises alternate as a superset.
    """

    mark: str
    name: str
    dose: str
    details: tuple[tuple[str, str], ...] = ()
    label: str = ""

    @property
    def title(self) -> str:
        """The name with the label before it."""
        return f"{self.label} {self.name}" if self.label else self.name


@record
class Exercises(Record):
    """One part of a session: its name, its exercises in order, and whether one like it was printed before."""

    part: str
    lines: tuple[Line, ...]
    as_before: bool = False


@record
class Remark(Record):
    """A statement with what belongs under it, each with its label: a finding with its fix and its reason."""

    head: str
    details: tuple[tuple[str, str], ...] = ()


@record
class Bar(Record):
    """One bar of a small figure.

    Args:
        label: under the bar, short.
        value: in the figure's unit, 0 or more; None where it is unknown, which is not zero.
        mark: what is special about it, such as a deload; empty for nothing.
    """

    label: str
    value: float | None
    mark: str = ""


@record
class Bars(Record):
    """A small figure of one quantity in order of time.

    Args:
        title: what is shown, without the unit.
        unit: of the values.
        bars: in order.
    """

    title: str
    unit: str
    bars: tuple[Bar, ...]

    def shown(self, bar: Bar) -> str:
        """Write a bar's value with its unit and what is special about it."""
        value = "unknown" if bar.value is None else f"{round(bar.value, 1):g} {self.unit}"
        return f"{value}, {bar.mark}" if bar.mark else value


@record
class Fold(Record):
    """Blocks under a title that a screen may keep closed; on paper and in a terminal they stand open."""

    title: str
    blocks: tuple[Block, ...]


Flat = Heading | Paragraph | Bullets | Table | Exercises | Remark | Bars
Block = Flat | Fold
_UNDER = 3
"""Level of the heading that a fold becomes where nothing can be closed."""


def title_of(blocks: Iterable[Block]) -> str:
    """Return the first heading's text, or nothing.

    Example:
        >>> title_of([Paragraph("a"), Heading(1, "Log")])
        'Log'
    """
    return next((block.text for block in blocks if isinstance(block, Heading)), "")


def unfolded(blocks: Iterable[Block]) -> Iterator[Flat]:
    """Yield blocks with each fold replaced by a heading and what it holds.

    Example:
        >>> [type(block).__name__ for block in unfolded([Fold("Week 1", (Paragraph("rest"),))])]
        ['Heading', 'Paragraph']
    """
    for block in blocks:
        if isinstance(block, Fold):
            yield Heading(_UNDER, block.title)
            yield from unfolded(block.blocks)
        else:
            yield block
