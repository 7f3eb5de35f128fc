"""What a report consists of, before anyone decides how it looks: headings, paragraphs, lists, tables, exercises.

A report is a tuple of blocks; `runstrong.faces.text` and `runstrong.faces.markdown` each print the same ones.
"""

from __future__ import annotations

from runstrong.model.value import Record, record

__all__ = ["Block", "Bullets", "Exercises", "Heading", "Line", "Paragraph", "Remark", "Table"]


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


Block = Heading | Paragraph | Bullets | Table | Exercises | Remark
