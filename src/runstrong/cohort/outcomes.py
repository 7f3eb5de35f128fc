"""How often injuries follow a rule's flag, and how often its absence: anyone can test the rules on their own data."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Sequence
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

from runstrong.cohort.door import Table, day_of, opened
from runstrong.cohort.flags import ON_RUNS, Runners, audits
from runstrong.cohort.measuring import AT_ONCE, Columns
from runstrong.model.audits import Audit
from runstrong.model.errors import InvalidValue, Problem
from runstrong.model.findings import Where
from runstrong.model.log import Log
from runstrong.model.rules import RuleSet
from runstrong.model.value import Record, record

if TYPE_CHECKING:
    from runstrong.cohort.grids import Gaps

__all__ = ["Counts", "Outcome", "Outcomes", "outcomes", "relative_risk"]

_PERIOD = 7
"""Days in a period at risk."""


@record
class Counts(Record):
    """Periods at risk of one athlete, by whether a rule had flagged the days before.

    Args:
        flagged: periods after a flag.
        flagged_injured: those in which an injury began.
        quiet: periods after none.
        quiet_injured: those in which an injury began.
        left_out: periods before which the rule could not be judged.
    """

    flagged: int = 0
    flagged_injured: int = 0
    quiet: int = 0
    quiet_injured: int = 0
    left_out: int = 0


@record
class Outcome(Record):
    """What followed the flags of one rule. An association, whatever it is: see `outcomes`.

    Args:
        rule: its code.
        flagged: periods after a flag, and those in which an injury began.
        flagged_injured: of them.
        quiet: periods after none.
        quiet_injured: of them.
        left_out: periods before which the rule could not be judged.
        athletes: with a period that counts.
        relative_risk: risk after a flag over risk after none; None where it cannot be told.
        low: lower end of its confidence interval.
        high: upper end.
        confidence: of the interval.
        reason: why there is no relative risk; empty where there is one.
    """

    rule: str
    flagged: int
    flagged_injured: int
    quiet: int
    quiet_injured: int
    left_out: int
    athletes: int
    relative_risk: float | None
    low: float | None
    high: float | None
    confidence: float
    reason: str

    @property
    def rate(self) -> float | None:
        """The share of periods after a flag; None without any."""
        whole = self.flagged + self.quiet
        return self.flagged / whole if whole else None

    def __str__(self) -> str:
        counts = (
            f"{self.flagged_injured} injuries in {self.flagged} periods after a flag, {self.quiet_injured} in "
            f"{self.quiet} after none; {self.left_out} left out; {self.athletes} athletes"
        )
        if self.relative_risk is None:
            return f"{self.rule}: relative risk unknown: {self.reason} ({counts})"
        interval = f"{self.confidence:.0%} interval {self.low:.2f} to {self.high:.2f}"
        return f"{self.rule}: relative risk {self.relative_risk:.2f}, {interval} ({counts})"


@record
class Outcomes(Record):
    """The outcomes of several rules.

    Args:
        each: by rule.
        stray: injuries of athletes, or on days, that the table says nothing about; they count nowhere.
    """

    each: tuple[Outcome, ...]
    stray: int

    def __iter__(self) -> Iterator[Outcome]:
        return iter(self.each)

    def __getitem__(self, code: str) -> Outcome:
        return next(each for each in self.each if each.rule == code)

    def rows(self) -> list[dict[str, Any]]:
        """Return the outcomes as rows of a table."""
        names = list(Outcome.__annotations__)
        return [{name: getattr(each, name) for name in names} | {"rate": each.rate} for each in self.each]

    def __str__(self) -> str:
        return "\n".join(map(str, self.each))


def outcomes(
    table: Any,
    injuries: Any,
    *,
    gaps: Gaps,
    select: Iterable[str] = ON_RUNS,
    days_before: int = 7,
    rules: RuleSet | None = None,
    runners: Runners | None = None,
    columns: Columns | None = None,
    confidence: float = 0.95,
    progress: bool | None = None,
    athletes_at_once: int = AT_ONCE,
) -> Outcomes:
    """Return, rule by rule, how often injuries began after a flag and after none, with the relative risk.

    Each athlete's record is cut into weeks from its first day. A week is at risk where it lies in the record whole and
    the `days_before` days before it are recorded and could be judged; it is flagged where the rule found something in
    them, and left out where they are not known.
    A finding of a week counts from the week's end, when it was known. An injury counts in the week in which it began.
    Weeks of one athlete are not independent: the interval comes from the sandwich variance of the log of the ratio with
    athletes as clusters, times m / (m - 1) for m athletes, as a modified Poisson regression gives it.

    It is an association in the data at hand. Whoever is flagged may differ in experience, pace or health; injuries make
    runners rest, which quiets rules; of many rules some look strong by chance; and what was not recorded is missing.

    Args:
        table: one row for each run.
        injuries: one row for each injury, with the columns of athlete and date, in memory.
        gaps: what a day without a row is; see `flags`.
        select: codes of rules.
        days_before: how far back a flag counts.
        rules: rule set with numbers of one's own.
        runners: who the athletes are.
        columns: which columns hold what, in both tables.
        confidence: of the intervals.
        progress: whether to show how far it is.
        athletes_at_once: how many to take at once from a table that is not in memory.

    Raises:
        UnknownName: a column is missing, or a rule cannot be judged by a log of runs.
        InvalidValue: a number is out of range, or the table lies on a Spark cluster: collect `flags` there.

    Source:
        zou-2004 for the modified Poisson regression with clusters (from memory).

    Example:
        >>> import polars as pl
        >>> days = [f"2027-01-{day:02}" for day in range(1, 29)]
        >>> table = pl.DataFrame({"athlete": ["ann"] * 28, "date": days, "km": [5.0] * 28})
        >>> injuries = pl.DataFrame({"athlete": ["ann"], "date": ["2027-01-20"]})
        >>> print(outcomes(table, injuries, gaps="rest", select=["CV10"])["CV10"].reason)
        no injury after none
    """
    held = columns or Columns()
    codes = tuple(select)
    if not 1 <= days_before <= 365:
        raise InvalidValue([Problem("days_before", str(days_before), "from 1 to 365 days")])
    if not 0 < confidence < 1:
        raise InvalidValue([Problem("confidence", str(confidence), "between 0 and 1, such as 0.95")])
    given = Table(table, held.athlete, held.date)
    if given.spark:
        cure = "give the athletes you need as a pandas table: table.toPandas()"
        raise InvalidValue([Problem("table", "a Spark DataFrame", "a table of another engine", cure)])
    begun, stray = _injuries(injuries, held), 0
    told: dict[str, list[Counts]] = {code: [] for code in codes}
    wanted = [each for each in (held.km, held.minutes, held.session_rpe, held.kind) if each in given.columns]
    for batch in given.batches([each for each in wanted if each], athletes_at_once, progress=False):
        for name, log, report in audits(
            batch.to_native(), gaps=gaps, select=codes, rules=rules, runners=runners, columns=held, progress=progress
        ):
            days = begun.pop(name, [])
            span = log.span
            stray += sum(span is None or not span[0] <= day <= span[1] for day in days)
            for code in codes:
                told[code].append(_counted(log, report, code, days, days_before))
    stray += sum(map(len, begun.values()))
    return Outcomes(tuple(_outcome(code, counts, confidence) for code, counts in told.items()), stray)


def relative_risk(counts: Sequence[Counts], confidence: float = 0.95) -> tuple[float, float, float] | str:
    """Return the relative risk with its interval, or why there is none.

    With y of n periods injured in a cluster, after a flag (1) and after none (0), the ratio of proportions is
    R = (sum y1 / sum n1) / (sum y0 / sum n0), and the variance of log R the sum over clusters of
    ((y1 - p1 n1) / sum y1 - (y0 - p0 n0) / sum y0) squared, times m / (m - 1).

    Args:
        counts: of each athlete.
        confidence: of the interval.

    Source:
        zou-2004 (from memory).

    Example:
        >>> counts = [Counts(10, 2, 40, 1), Counts(5, 1, 45, 2), Counts(8, 0, 42, 3)]
        >>> ratio, low, high = relative_risk(counts)
        >>> round(ratio, 3), low < ratio < high
        (2.761, True)
    """
    n1, y1 = sum(each.flagged for each in counts), sum(each.flagged_injured for each in counts)
    n0, y0 = sum(each.quiet for each in counts), sum(each.quiet_injured for each in counts)
    clusters = [each for each in counts if each.flagged or each.quiet]
    for lacking, what in (
        (n1, "no period after a flag"), (n0, "no period after none"), (y1, "no injury after a flag"),
        (y0, "no injury after none"), (len(clusters) > 1, "one athlete alone: no spread between athletes"),
    ):  # fmt: skip
        if not lacking:
            return what
    p1, p0, m = y1 / n1, y0 / n0, len(clusters)
    spread = math.fsum(
        (
            (each.flagged_injured - p1 * each.flagged) / y1 - (each.quiet_injured - p0 * each.quiet) / y0
        ) ** 2
        for each in clusters
    )  # fmt: skip
    reach = NormalDist().inv_cdf(0.5 + confidence / 2) * math.sqrt(spread * m / (m - 1))
    ratio = p1 / p0
    return ratio, ratio * math.exp(-reach), ratio * math.exp(reach)


def _outcome(code: str, counts: Sequence[Counts], confidence: float) -> Outcome:
    found = relative_risk(counts, confidence)
    ratio, low, high = (None, None, None) if isinstance(found, str) else found
    return Outcome(
        rule=code,
        flagged=sum(each.flagged for each in counts),
        flagged_injured=sum(each.flagged_injured for each in counts),
        quiet=sum(each.quiet for each in counts),
        quiet_injured=sum(each.quiet_injured for each in counts),
        left_out=sum(each.left_out for each in counts),
        athletes=sum(bool(each.flagged or each.quiet) for each in counts),
        relative_risk=ratio,
        low=low,
        high=high,
        confidence=confidence,
        reason=found if isinstance(found, str) else "",
    )


def _injuries(table: Any, columns: Columns) -> dict[Any, list[dt.date]]:
    given = Table(table, columns.athlete, columns.date)
    if given.lazy:
        raise InvalidValue([Problem("injuries", type(table).__name__, "a table in memory", "collect it")])
    rows = opened(given.frame, columns.athlete, columns.date)
    names = rows.athletes.tolist()
    found: dict[Any, list[dt.date]] = {}
    for code, day in zip(rows.codes.tolist(), rows.days.tolist(), strict=True):
        found.setdefault(names[code], []).append(day_of(day))
    return found


def _counted(log: Log, report: Audit, code: str, injured: Iterable[dt.date], days_before: int) -> Counts:
    span = log.span
    if span is None:
        return Counts()
    first, last = span
    flags = {_known_on(each.where) for each in report.findings if each.rule == code}
    silent = [each for each in report.not_applicable if each.rule == code]
    unknown = {_known_on(each.where) for each in silent if each.where is not None}
    never = any(each.where is None for each in silent)
    begun = set(injured)
    tally = dict.fromkeys(("flagged", "flagged_injured", "quiet", "quiet_injured", "left_out"), 0)
    start = first
    while start + dt.timedelta(days=_PERIOD - 1) <= last:
        before = {start - dt.timedelta(days=back) for back in range(1, days_before + 1)}
        hurt = any(start + dt.timedelta(days=day) in begun for day in range(_PERIOD))
        if flags & before:
            tally["flagged"] += 1
            tally["flagged_injured"] += hurt
        elif never or unknown & before or not all(log.covers(day, "runs") for day in before):
            tally["left_out"] += 1
        else:
            tally["quiet"] += 1
            tally["quiet_injured"] += hurt
        start += dt.timedelta(days=_PERIOD)
    return Counts(**tally)


def _known_on(where: Where) -> dt.date:
    """Return the day at whose end a finding is known: that of a week when it is over."""
    return where.date + dt.timedelta(days=6) if where.week else where.date
