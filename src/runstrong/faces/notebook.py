"""What a notebook shows of a noun; reached from the nouns themselves, and only when one is shown."""

from __future__ import annotations

from typing import Any

from runstrong.catalog.records import load_catalog
from runstrong.faces.blocks import Block, Fold
from runstrong.faces.cards import card
from runstrong.faces.html import fragment
from runstrong.faces.text import to_text
from runstrong.rules.records import load_rules

__all__ = ["shown_in_notebook", "shown_in_terminal"]


def shown_in_notebook(value: Any) -> str | None:
    """Return a noun's card as HTML with its own style; None for what has no card.

    Names are looked up in the packaged catalog, and in the plan's own exercises.

    Args:
        value: of any kind.

    Example:
        >>> import runstrong as rs
        >>> shown_in_notebook(rs.load("examples/runner.yaml")).startswith('<div class="runstrong">')
        True
        >>> shown_in_notebook(rs.Reps(8)) is None
        True
    """
    made = _card(value)
    return None if made is None else fragment(made)


def shown_in_terminal(value: Any) -> str | None:
    """Return a noun's card as plain text without what a notebook would keep folded; None for what has no card.

    Args:
        value: of any kind.
    """
    made = _card(value)
    return None if made is None else to_text(block for block in made if not isinstance(block, Fold)).rstrip("\n")


def _card(value: Any) -> tuple[Block, ...] | None:
    return card(value, load_catalog(), load_rules())
