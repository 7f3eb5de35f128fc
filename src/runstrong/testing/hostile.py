"""Text that tries to break out of what it is printed into, and values that hold it wherever free text may stand."""

from __future__ import annotations

from typing import Any

import attrs
from hypothesis import strategies as st

from runstrong.model.errors import InvalidValue
from runstrong.model.value import Record, evolve, parts_of

__all__ = ["HOSTILE", "hostile", "hostile_texts"]

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</style></title><svg onload=alert(1)>",
    "<!-- ", "]]>", "&lt;b&gt; &#60;", "{{ 7 * 7 }}", "${x}", "%s%n", "{0.__class__}",
    "[a](javascript:alert(1))", "![a](x)", "[a]: http://x", "[a][a]", "<http://x>", "```", "~~~", "---", "# a", "* a",
    "1. a", "| a | b |", "_a_ **b** `c`", "$a_b$", r"\$ \\ \textbf{a}",
    "a\nEND:VEVENT\nEND:VCALENDAR\nBEGIN:VEVENT", "a\r\nX-A:1".replace("\r", ""), "a;b,c:d\\n", "BEGIN:VALARM",
    "=cmd|' /C calc'!A0", "+1+1", "-1", "@SUM(A1)", "\nnew: 1", "- a: b", "*anchor", "!!python/object:x", "'\"", "",
    " ", "\u00e9\u4e2d\U0001f3c3", "e\u0301" * 5, "x" * 300,
)  # fmt: skip
"""What each kind of output could take for its own: markup, templates, Markdown, calendars, formulas, YAML."""


def hostile_texts() -> st.SearchStrategy[str]:
    """Text that the model takes, of pieces that mean something to HTML, Markdown, calendars, spreadsheets or YAML."""
    loose = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp", "Cn", "Co")), max_size=12)
    return st.lists(st.one_of(st.sampled_from(HOSTILE), loose), min_size=1, max_size=3).map("".join)


@st.composite
def hostile(draw: st.DrawFn, values: st.SearchStrategy[Any]) -> Any:
    """Values of another strategy, with hostile text wherever they hold free text; names that are ids stay.

    Example:
        >>> from hypothesis import given
        >>> from runstrong.testing import strategies
        >>> @given(hostile(strategies.runners()))
        ... def names_are_escaped(runner):
        ...     assert "<script" not in runner._repr_html_()
        >>> names_are_escaped()
    """
    texts = draw(st.lists(hostile_texts(), min_size=1, max_size=5))
    return _Poison(texts).in_(draw(values))


_CODES = frozenset(("checked", "ignore", "parameter", "rule", "select"))
"""Fields whose text is the name of something else, which a value is nothing without."""


class _Poison:
    """Puts texts in the place of free text, one after the other."""

    def __init__(self, texts: list[str]) -> None:
        self.texts, self.place = texts, 0

    def text(self) -> str:
        self.place += 1
        return self.texts[self.place % len(self.texts)]

    def in_(self, got: Any) -> Any:
        if isinstance(got, tuple):
            return tuple(map(self.in_, got))
        if not isinstance(got, Record):
            return got
        for field in parts_of(type(got)):
            now = getattr(got, field.name)
            if field.name in _CODES or field.metadata.get("identifier"):
                continue
            if type(now) is str:
                now = self.text()
            elif isinstance(now, (tuple, Record)):
                now = self.in_(now)
            else:
                continue
            got = _with(got, field, now)
        return got


def _with(got: Any, field: attrs.Attribute[Any], value: Any) -> Any:
    """Return a value with one field changed, or as it was where the model refuses that."""
    try:
        return evolve(got, **{field.name: value})
    except InvalidValue:
        return got
