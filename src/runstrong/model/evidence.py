"""Where a figure comes from and how sure anyone is of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from runstrong.model.errors import Problem
from runstrong.model.value import Value, identifier, limited, value
from runstrong.model.words import Certainty

__all__ = ["CONVENTION", "Evidence", "Source"]

CONVENTION = "convention"
"""Cited where practice, not a publication, stands behind a figure."""


@value
class Source(Value):
    """A publication, or one of the founding articles, that records and rules cite by `id`.

    Args:
        id: the citation key, such as ``frandsen-2025``.
        authors: as a reader would look it up.
        year: of publication; None for an undated article.
        title: of the work.
        published_in: journal or site.
        doi: without a resolver in front.
        read: how much of it was read: abstract, page, secondary or memory.
        note: what to bear in mind when citing it.
    """

    kind_of_document: ClassVar[str] = "source"

    id: str = identifier()
    authors: str
    year: int | None = limited(1900, 2100, default=None)
    title: str
    published_in: str = ""
    doi: str | None = None
    read: str = "abstract"
    note: str = ""

    def __str__(self) -> str:
        return f"{self.authors} {self.year}" if self.year else self.authors


@value
class Evidence(Value):
    """What one source says for or against a rule.

    Args:
        source: id of the `Source`, or ``convention``.
        certainty: in GRADE's words, `expert opinion` or `convention`.
        supports: what it supports, in one clause.
        against: what it speaks against.
        unverified: known second hand or from memory, and so at most expert opinion.
    """

    source: str = identifier()
    certainty: Certainty
    supports: str = ""
    against: str = ""
    unverified: bool = False

    def _conflicts(self) -> Iterable[Problem]:
        if not self.supports and not self.against:
            yield Problem("Evidence", "neither supports nor against", "at least one of the two")
        if self.unverified and self.certainty not in (Certainty.EXPERT_OPINION, Certainty.CONVENTION):
            yield Problem("Evidence.certainty", f"{self.certainty}, unverified", "expert opinion or convention")
