"""Reports as Markdown (CommonMark with tables)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from runstrong.faces.blocks import Block, Bullets, Exercises, Heading, Paragraph, Remark, Table

__all__ = ["to_markdown"]

# What Markdown would take for its own in a name or note; a number or hash at the start begins a list or title.
_SPECIAL = re.compile(r"([\\*<|]|\](?=\())|^(\s*)([#>+-]|\d+[.)])(?=\s)")


def to_markdown(blocks: Iterable[Block]) -> str:
    r"""Print a report as Markdown that ends in one newline.

    Example:
        >>> print(to_markdown([Heading(2, "Main"), Bullets(("calf raise", "plank * 2"))]), end="")
        ## Main
        <BLANKLINE>
        - calf raise
        - plank \* 2
    """
    return "\n\n".join("\n".join(_printed(block)) for block in blocks) + "\n"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(_escape, " ".join(text.split()))


def _escape(found: re.Match[str]) -> str:
    if found[1]:
        return f"\\{found[1]}"
    # Of "1." only the stop may be escaped.
    return f"{found[2]}{found[3][:-1]}\\{found[3][-1]}"


def _printed(block: Block) -> list[str]:
    if isinstance(block, Heading):
        return [f"{'#' * block.level} {_escaped(block.text)}"]
    if isinstance(block, Paragraph):
        return [_escaped(block.text)]
    if isinstance(block, Bullets):
        return [f"- {_escaped(item)}" for item in block.items]
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Exercises):
        return _exercises(block)
    return _remark(block)


def _table(block: Table) -> list[str]:
    columns = len(block.rows[0]) if block.rows else len(block.header)
    header = block.header or ("",) * columns
    rows = [header, ("---",) * columns, *block.rows]
    return [f"| {' | '.join(_escaped(cell) if row[0] != '---' else cell for cell in row)} |" for row in rows]


def _exercises(block: Exercises) -> list[str]:
    if block.as_before:
        known = "; ".join(f"{line.title} {line.dose}" for line in block.lines)
        return [f"**{_escaped(block.part)}** as before: {_escaped(known)}"]
    lines = [f"**{_escaped(block.part)}**", ""]
    for line in block.lines:
        mark = f" ({line.mark})" if line.mark else ""
        lines.append(f"- **{_escaped(line.title)}**{mark}: {_escaped(line.dose)}")
        lines += [f"  - {label}: {_escaped(text)}" for label, text in line.details]
    return lines


def _remark(block: Remark) -> list[str]:
    lines = [f"- {_escaped(block.head)}"]
    return lines + [f"  - {label}: {_escaped(text)}" for label, text in block.details]
