"""Reports as Markdown (CommonMark with tables)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from runstrong.faces.blocks import Bars, Block, Bullets, Exercises, Flat, Heading, Paragraph, Remark, Table, unfolded

__all__ = ["to_markdown"]

# What Markdown would take for its own in a name or note: code, emphasis, tags, cells, entities, links and what they
# refer to; a number, hash, dash or tilde at the start begins a list, a title, a line or a fence.
_SPECIAL = re.compile(r"([\\`*<|]|&(?=[#a-zA-Z])|\](?=[(:])|(?<![^\W_])_|_(?![^\W_]))|^([#>+~=-]|\d+[.)])")


def to_markdown(blocks: Iterable[Block]) -> str:
    r"""Print a report as Markdown that ends in one newline.

    Example:
        >>> print(to_markdown([Heading(2, "Main"), Bullets(("calf raise", "plank * 2"))]), end="")
        ## Main
        <BLANKLINE>
        - calf raise
        - plank \* 2
    """
    return "\n\n".join("\n".join(_printed(block)) for block in unfolded(blocks)) + "\n"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(_escape, " ".join(text.split()))


def _escape(found: re.Match[str]) -> str:
    # Of "1." only the stop may be escaped.
    special = found[1] or found[2]
    return f"{special[:-1]}\\{special[-1]}"


def _closing(found: re.Match[str]) -> str:
    return "".join(f"\\{each}" for each in found[1])


def _printed(block: Flat) -> list[str]:
    if isinstance(block, Heading):
        # Hashes at the end of a title would be taken for its closing.
        return [f"{'#' * block.level} {re.sub(r'(#+)$', _closing, _escaped(block.text))}"]
    if isinstance(block, Paragraph):
        return [_escaped(block.text)]
    if isinstance(block, Bullets):
        return [f"- {_escaped(item)}" for item in block.items]
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Exercises):
        return _exercises(block)
    if isinstance(block, Bars):
        rows = tuple((bar.label, block.shown(bar)) for bar in block.bars)
        return _table(Table(("", f"{block.title} ({block.unit})"), rows))
    return _remark(block)


def _table(block: Table) -> list[str]:
    columns = len(block.rows[0]) if block.rows else len(block.header)
    header = block.header or ("",) * columns
    head, *body = (f"| {' | '.join(map(_escaped, row))} |" for row in (header, *block.rows))
    return [head, f"| {' | '.join(('---',) * columns)} |", *body]


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
