"""What a rule finds, and what is accepted of it: place, fact against limit, proposals, waivers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping

from runstrong.model.edits import Edit
from runstrong.model.errors import Problem
from runstrong.model.value import Value, identifier, many, value
from runstrong.model.words import Severity

__all__ = ["Fact", "Finding", "Idle", "NotApplicable", "Waived", "Waiver", "Where"]

_WORD = re.compile(r"\{(\w+)\}")


@value
class Waiver(Value):
    """A finding accepted on purpose, with the reason; it stays visible in the audit.

    Args:
        rule: code.
        reason: why it is accepted.
        date: only for findings of this day; None for any.
        session: only for findings in this session; None for any.
        exercise: only for findings about this exercise; None for any.
        until: last day on which it holds: later findings are not covered, and once an audit's `today` is past it, none.
    """

    rule: str
    reason: str
    date: dt.date | None = None
    session: str | None = identifier(default=None)
    exercise: str | None = identifier(default=None)
    until: dt.date | None = None

    def _conflicts(self) -> Iterable[Problem]:
        if not self.reason.strip():
            yield Problem("Waiver.reason", repr(self.reason), "words that say why the finding is accepted")

    def covers(self, finding: Finding) -> bool:
        """Whether it speaks of `finding`; a waiver may name the rule by its code alone here."""
        where = finding.where
        if self.until is not None and where.date > self.until:
            return False
        return self.rule == finding.rule and all(
            asked is None or asked == got
            for asked, got in ((self.date, where.date), (self.session, where.session), (self.exercise, where.exercise))
        )


@value
class Where(Value):
    """The place of a finding on the timeline.

    Args:
        date: the day, or the first day of the week when `week` is set.
        week: whether it is about the week that begins on `date`.
        session: id of the session.
        exercise: id of the exercise.
        performed: whether it lies in the log, not in the plan.
    """

    date: dt.date
    week: bool = False
    session: str | None = identifier(default=None)
    exercise: str | None = identifier(default=None)
    performed: bool = False

    def __str__(self) -> str:
        parts = [f"week of {self.date}" if self.week else str(self.date)]
        parts += [part for part in (self.session and f"session {self.session}", self.exercise) if part]
        return ", ".join(parts)


@value
class Fact(Value):
    """A named fact that a message is rendered from.

    Args:
        name: as it stands in braces in a message.
        value: of it.
    """

    name: str
    value: str | int | float


@value
class Finding(Value):
    """What a rule found: where, what was measured against which limit, how grave, and what would mend it.

    Args:
        rule: code.
        severity: how grave.
        where: on the timeline.
        measured: the number found.
        limit: the number allowed.
        unit: of both.
        facts: what the record's message is rendered with, besides measured, limit and unit.
        proposals: edits that might mend it, best first; the auditor verifies them.
        fix: the proposal that was shown to clear the finding and to add none as grave.
        no_fix: why there is no fix.
    """

    rule: str
    severity: Severity
    where: Where
    measured: float
    limit: float
    unit: str
    facts: tuple[Fact, ...] = many(default=())
    proposals: tuple[Edit, ...] = many(default=())
    fix: Edit | None = None
    no_fix: str = ""

    def words(self) -> dict[str, object]:
        """Return what a message can be rendered with."""
        return {
            "measured": rounded(self.measured),
            "limit": rounded(self.limit),
            "unit": self.unit,
            "where": str(self.where),
            **{fact.name: rounded(fact.value) if isinstance(fact.value, float) else fact.value for fact in self.facts},
        }

    def __str__(self) -> str:
        return f"{self.rule} {self.where}: {rounded(self.measured)} against {rounded(self.limit)} {self.unit}"


def filled(template: str, words: Mapping[str, object]) -> str:
    """Return a message with its words put in; what names no word stands as it is.

    Plain names alone are replaced: a template comes with a rule, and may not look into what it is given.

    Example:
        >>> filled("{measured} km, not {measured.real} or {gone}", {"measured": "12"})
        '12 km, not {measured.real} or {gone}'
    """
    return _WORD.sub(lambda found: str(words[found[1]]) if found[1] in words else found[0], template)


def rounded(got: float) -> str:
    """Write a number as messages do: two digits behind the point at most, and no needless zeros."""
    return f"{got:z.2f}".rstrip("0").rstrip(".")


@value
class NotApplicable(Value):
    """A rule that could not judge, and why: never silence instead.

    Args:
        rule: code.
        reason: why it could not judge.
        where: on the timeline; None for the whole of it.
    """

    rule: str
    reason: str
    where: Where | None = None


@value
class Waived(Value):
    """A finding together with the waiver that accepts it.

    Args:
        finding: that is accepted.
        waiver: that accepts it.
    """

    finding: Finding
    waiver: Waiver


@value
class Idle(Value):
    """A waiver that accepted nothing, and why: it has expired, or what it accepts was not found.

    Args:
        waiver: that accepted nothing.
        reason: why it did not.
    """

    waiver: Waiver
    reason: str
