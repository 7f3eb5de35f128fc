"""Reports as HTML: a fragment for a notebook, or a page of its own. No scripts, nothing fetched, all text escaped."""

from __future__ import annotations

import functools
import html
from collections.abc import Iterable, Iterator
from pathlib import Path

from runstrong.faces.blocks import Bars, Block, Bullets, Exercises, Fold, Heading, Line, Paragraph, Remark, Table
from runstrong.faces.figures import bars_figure

__all__ = ["POLICY", "escaped", "fragment", "marked", "page", "phrased", "style", "to_html"]

POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"
"""What a browser may do with a page: draw it. It may fetch and run nothing, whatever stands in the page."""

_DEEPEST = 6


def escaped(text: str) -> str:
    """Return text as it may stand in an element or in an attribute between quotes.

    Example:
        >>> escaped('<b> & "c"')
        '&lt;b&gt; &amp; &quot;c&quot;'
    """
    return html.escape(text, quote=True)


@functools.cache
def style(name: str) -> str:
    """Return one of the style sheets beside this module, by its name."""
    return (Path(__file__).parent / "styles" / f"{name}.css").read_text(encoding="utf-8")


def to_html(blocks: Iterable[Block], *, top: int = 1) -> str:
    """Print a report as bare HTML elements that end in one newline; the first title is of the level `top`.

    Args:
        blocks: the report.
        top: level of the HTML heading that a title of the whole report becomes; titles under it follow.

    Example:
        >>> print(to_html([Heading(2, "Main"), Bullets(("calf raise", "a < b"))]), end="")
        <h1>Main</h1>
        <ul><li>calf raise</li><li>a &lt; b</li></ul>
    """
    return "".join(f"{_printed(block, top - 1)}\n" for block in _levelled(blocks))


def _levelled(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks whose titles begin at the first level and leave none out, as people who listen to a page need it."""
    above, shift = 0, 0
    for block in blocks:
        if isinstance(block, Heading):
            if not above:
                shift = block.level - 1
            above = min(max(block.level - shift, 1), above + 1)
            yield Heading(above, block.text)
        else:
            yield block


def fragment(blocks: Iterable[Block]) -> str:
    """Return a report as a fragment that brings its own style, for a notebook or another page.

    Its titles begin at the third level: those above belong to whoever writes the notebook.
    """
    return f'<div class="runstrong"><style>{style("report")}</style>\n{to_html(blocks, top=3)}</div>'


def page(title: str, body: str, *, styles: Iterable[str] = ("report", "page"), kind: str = "") -> str:
    """Return a whole HTML document that stands alone: one file, for the eye and for paper.

    Args:
        title: of the window, as plain text.
        body: made by `to_html`, or with everything in it escaped.
        styles: names of style sheets, in order.
        kind: what the style sheets call it besides.
    """
    sheets = "\n".join(style(name) for name in styles)
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escaped(POLICY)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escaped(' '.join(title.split()))}</title>\n<style>\n{sheets}</style>\n</head>\n"
        f'<body>\n<main class="{escaped(f"runstrong {kind}".strip())}">\n{body}</main>\n</body>\n</html>\n'
    )


def _printed(block: Block, down: int) -> str:
    if isinstance(block, Heading):
        level = min(block.level + down, _DEEPEST)
        return f"<h{level}>{escaped(block.text)}</h{level}>"
    if isinstance(block, Paragraph):
        return f"<p>{escaped(block.text)}</p>"
    if isinstance(block, Bullets):
        return f"<ul>{''.join(f'<li>{escaped(item)}</li>' for item in block.items)}</ul>"
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Exercises):
        return _exercises(block)
    if isinstance(block, Bars):
        return bars_figure(block)
    if isinstance(block, Fold):
        inner = "".join(_printed(each, down) for each in block.blocks)
        return f"<details><summary>{escaped(block.title)}</summary>{inner}</details>"
    return _remark(block)


def _table(block: Table) -> str:
    head = ""
    if any(block.header):
        cells = "".join(f'<th scope="col">{escaped(cell)}</th>' for cell in block.header)
        head = f"<thead><tr>{cells}</tr></thead>"
    rows = "".join(f"<tr>{''.join(f'<td>{escaped(cell)}</td>' for cell in row)}</tr>" for row in block.rows)
    return f"<table>{head}<tbody>{rows}</tbody></table>"


def _exercises(block: Exercises) -> str:
    if block.as_before:
        known = "; ".join(f"{line.title} {line.dose}" for line in block.lines)
        return f'<p><span class="part">{escaped(block.part)}</span> as before: {escaped(known)}</p>'
    lines = "".join(f"<li>{_line(line)}</li>" for line in block.lines)
    return f'<p class="part">{escaped(block.part)}</p><ul class="lines">{lines}</ul>'


def _line(line: Line) -> str:
    mark = marked(line.mark)
    details = "".join(f'<span class="detail">{escaped(label)}: {escaped(text)}</span>' for label, text in line.details)
    return f"<b>{escaped(line.title)}</b> {mark}{phrased(line.dose)}{details}"


def phrased(dose: str) -> str:
    """Return a dose whose phrases stay whole where a line breaks: "rest 60 s" is never torn apart."""
    return f'<span class="dose">{", ".join(f"<span>{escaped(each)}</span>" for each in dose.split(", "))}</span>'


def marked(mark: str) -> str:
    """Return what is different from the last time as a badge; nothing for nothing."""
    if not mark:
        return ""
    kind = f" {mark}" if mark in ("less", "stop") else ""
    return f'<span class="mark{kind}">{escaped(mark)}</span> '


def _remark(block: Remark) -> str:
    details = "".join(f'<span class="detail">{escaped(label)}: {escaped(text)}</span>' for label, text in block.details)
    return f'<div class="remark"><b>{escaped(block.head)}</b>{details}</div>'
