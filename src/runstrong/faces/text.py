"""Reports as plain text, at most 100 characters wide, for a terminal or a sheet of paper."""

from __future__ import annotations

from collections.abc import Iterable

from runstrong.faces.blocks import (
    Bars,
    Block,
    Bullets,
    Exercises,
    Flat,
    Heading,
    Line,
    Paragraph,
    Table,
    unfolded,
)

__all__ = ["WIDTH", "to_text"]

WIDTH = 100
_RULES = {1: "=", 2: "-"}
_NAME = 36
_MARK = 8
_NARROW = 24
"""Characters that the last column of a table needs to stand beside the others."""
_FULL = 48
"""Characters of the longest bar of a figure."""


def to_text(blocks: Iterable[Block]) -> str:
    """Print a report as plain text that ends in one newline.

    Example:
        >>> print(to_text([Heading(2, "Main"), Bullets(("calf raise", "plank"))]), end="")
        Main
        ----
          - calf raise
          - plank
    """
    lines: list[str] = []
    for block in unfolded(blocks):
        if lines and lines[-1] and not isinstance(block, (Bullets, Table)):
            lines.append("")
        lines += _printed(block)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _printed(block: Flat) -> list[str]:
    if isinstance(block, Heading):
        return _heading(block)
    if isinstance(block, Paragraph):
        return _wrapped(block.text)
    if isinstance(block, Bullets):
        return [line for item in block.items for line in _wrapped(item, "  - ", "    ")]
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Exercises):
        if block.as_before:
            known = [f"{each.name} {each.dose}" for each in block.lines]
            return _filled(known, f"  {block.part} as before: ", "    ", "; ")
        return [f"  {block.part}"] + [line for each in block.lines for line in _exercise(each)]
    if isinstance(block, Bars):
        return _bars(block)
    lines = _wrapped(block.head, "", "  ")
    for label, text in block.details:
        lines += _wrapped(f"{label}: {text}", "  ", "    ")
    return lines


def _heading(block: Heading) -> list[str]:
    lines = _wrapped(block.text)
    if block.level in _RULES:
        lines.append(_RULES[block.level] * max(map(len, lines)))
    return lines


def _table(block: Table) -> list[str]:
    rows = [*([block.header] if any(block.header) else []), *block.rows]
    if not rows:
        return []
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    lines = []
    for row in rows:
        lead = "  " + "".join(f"{cell:<{width}}  " for cell, width in zip(row, widths, strict=False))
        if len(lead) > WIDTH - _NARROW:
            # No room is left beside such wide columns: the last cell goes under them.
            lines += _wrapped("  ".join(cell for cell in row[:-1] if cell), "  ", "    ")
            lines += _wrapped(row[-1], "      ", "      ")
        else:
            lines += _wrapped(row[-1], lead, " " * len(lead))
    return lines


def _bars(block: Bars) -> list[str]:
    """Draw a figure as rows of characters, the longest as wide as `_FULL`."""
    most = max((bar.value or 0.0 for bar in block.bars), default=0.0)
    labels = max((len(bar.label) for bar in block.bars), default=0)
    lines = [f"{block.title} ({block.unit})"]
    for bar in block.bars:
        drawn = "#" * round(_FULL * (bar.value or 0.0) / most) if most else ""
        lines.append(f"  {bar.label:<{labels}}  {drawn}{' ' if drawn else ''}{block.shown(bar)}")
    return lines


def _exercise(line: Line) -> list[str]:
    title = " ".join(line.title.split())
    lead, room = f"    {line.mark:<{_MARK}}{title}", " " * (4 + _MARK + _NAME)
    fits = len(lead) + 2 <= len(room)
    lines = [] if fits else _wrapped(title, f"    {line.mark:<{_MARK}}", " " * (4 + _MARK + 2))
    lines += _filled(line.dose.split(", "), lead.ljust(len(room)) if fits else room, room, ", ")
    for label, text in line.details:
        lines += _wrapped(f"{label}: {text}", " " * (4 + _MARK + 2), " " * (4 + _MARK + 4))
    return lines


def _filled(phrases: list[str], first: str, rest: str, joint: str) -> list[str]:
    """Fill lines with whole phrases: "rest 60 s" is never torn apart."""
    lines: list[str] = []
    line, empty = first, True
    for place, phrase in enumerate(phrases):
        text = phrase + (joint.rstrip() if place < len(phrases) - 1 else "")
        if not empty and len(line) + 1 + len(text) > WIDTH:
            lines.append(line)
            line, empty = rest, True
        if len(line) + len(text) + 1 > WIDTH:
            *done, line = _wrapped(text, line, rest)
            lines += done
        else:
            line += text if empty else f" {text}"
        empty = False
    return [*lines, line]


def _wrapped(text: str, first: str = "", rest: str = "") -> list[str]:
    if len(first) + len(text) <= WIDTH and "\n" not in text:
        return [first + text]
    import textwrap

    # Only at spaces: a hyphen belongs to an id, a range or a word.
    return textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False) or [first]
