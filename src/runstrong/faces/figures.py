"""Small figures as SVG that stands inside a page: no script, no font of its own, readable to a screen reader."""

from __future__ import annotations

import html

from runstrong.faces.blocks import Bars

__all__ = ["bars_figure"]

_BAR = 29
_GAP = 5
_HIGH = 64
_ABOVE = 16
_UNDER = 18


def bars_figure(block: Bars, *, now: int | None = None) -> str:
    """Draw bars with their values; an unknown one is an empty, dashed box, so that nobody takes it for zero.

    Bars with a mark, such as a deload, are drawn lighter, and the mark is told beside the figure.

    Args:
        block: to draw.
        now: place of a bar to set off from the others.

    Example:
        >>> from runstrong.faces.blocks import Bar
        >>> figure = bars_figure(Bars("Running", "km", (Bar("1", 40.0), Bar("2", None))))
        >>> figure.count("<rect"), "1: 40 km; 2: unknown" in figure
        (2, True)
    """
    most = max((bar.value or 0.0 for bar in block.bars), default=0.0) or 1.0
    parts = []
    for place, bar in enumerate(block.bars):
        left, middle = place * (_BAR + _GAP), place * (_BAR + _GAP) + _BAR / 2
        if bar.value is None:
            shape, text, top = 'fill="none" stroke="currentColor" stroke-dasharray="2 2"', "?", float(_ABOVE)
        else:
            top = _ABOVE + _HIGH * (1 - bar.value / most)
            shape, text = f'fill="currentColor" fill-opacity="{0.25 if bar.mark else 0.5:g}"', f"{round(bar.value):g}"
        weight = ' font-weight="700"' if place == now else ""
        ring = ' stroke="currentColor" stroke-width="2"' if place == now and bar.value is not None else ""
        parts.append(
            f'<rect x="{left:g}" y="{top:.1f}" width="{_BAR}" height="{_ABOVE + _HIGH - top:.1f}" {shape}{ring}/>'
            f'<text x="{middle:g}" y="{top - 4:.1f}">{text}</text>'
            f'<text x="{middle:g}" y="{_ABOVE + _HIGH + 13}"{weight}>{html.escape(bar.label)}</text>'
        )
    told = "; ".join(f"{bar.label}: {block.shown(bar)}" for bar in block.bars)
    width = len(block.bars) * (_BAR + _GAP)
    marks: dict[str, list[str]] = {}
    for bar in block.bars:
        if bar.mark:
            marks.setdefault(bar.mark, []).append(bar.label)
    aside = "".join(f"; lighter: {mark} ({', '.join(labels)})" for mark, labels in marks.items())
    caption = html.escape(f"{block.title}, {block.unit}{aside}")
    return (
        f'<figure><svg role="img" viewBox="0 0 {width} {_ABOVE + _HIGH + _UNDER}" width="{width}" '
        f'aria-label="{html.escape(f"{block.title}: {told}")}" font-size="10" text-anchor="middle" '
        f'fill="currentColor">{"".join(parts)}</svg><figcaption>{caption}</figcaption></figure>'
    )
