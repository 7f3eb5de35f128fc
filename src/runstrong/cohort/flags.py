"""The rules that need only a log of runs, for every athlete of a table: the same auditor, one after the other."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from runstrong.auditor.engine import audit
from runstrong.cohort.door import Table, day_of, opened, shown
from runstrong.cohort.measuring import AT_ONCE, Columns
from runstrong.model.audits import Audit
from runstrong.model.errors import InvalidValue, Problem, UnknownName
from runstrong.model.findings import Finding
from runstrong.model.log import Coverage, Log
from runstrong.model.quantities import Distance, Duration, SessionRPE
from runstrong.model.rules import RuleSet
from runstrong.model.runner import Runner
from runstrong.model.running import Run, RunningWeek
from runstrong.model.words import RunKind
from runstrong.rules import load_rules

if TYPE_CHECKING:
    import narwhals as nw

    from runstrong.cohort.grids import Gaps

__all__ = ["ON_RUNS", "audits", "flags", "logs"]

ON_RUNS = ("TM01", "TM02", "CO04", "CV10", "TM10", "TM11")
"""Rules that need a log of runs alone: spike, weekly jump, recovery of quality runs, rest day, and two contested."""

_USUAL = ("TM01", "TM02", "CO04", "CV10")
_NEEDS = {"TM01": "km", "TM02": "km", "TM10": "session_rpe", "TM11": "session_rpe"}
_RESULT = ("rule", "severity", "week", "measured", "limit", "unit", "message")

Runners = Mapping[Any, Runner] | Callable[[Any], Runner]
"""Who the athletes are, by what the table calls them: week start, races, levels and own numbers."""


def flags(
    table: Any,
    *,
    gaps: Gaps,
    select: Iterable[str] = _USUAL,
    rules: RuleSet | None = None,
    runners: Runners | None = None,
    columns: Columns | None = None,
    progress: bool | None = None,
    athletes_at_once: int = AT_ONCE,
) -> Any:
    """Return what rules find in each athlete's runs, one row for each finding, as a table of the kind that was given.

    Each athlete's rows make a `Log`, which the auditor judges as `runstrong.audit` does: the two agree finding by
    finding. The result holds athlete, date, rule, severity, whether the finding is of the week that begins on the date,
    measured, limit, unit and message, gravest first for each athlete.

    Args:
        table: one row for each run, in any order; a row of 0 km, or of 0 minutes without kilometers, is no run.
        gaps: what a day without a row is, between an athlete's first row and last: ``rest`` vouches for it.
        select: codes of rules, of those in `ON_RUNS`; the contested ratios TM10 and TM11 only where they are named.
        rules: rule set with numbers of one's own; the packaged one when not given.
        runners: who the athletes are; nobody is known more than by name when not given.
        columns: which columns hold what.
        progress: whether to show how far it is; on a terminal when not given.
        athletes_at_once: how many to take at once from a table that is not in memory.

    Raises:
        UnknownName: a column is missing, or a rule cannot be judged by a log of runs; it names the nearest.
        InvalidValue: a row holds what no run has; it names athlete and day.
        MissingExtra: the extra ``frames`` is not installed.

    Example:
        >>> import polars as pl
        >>> days = [f"2027-01-{day:02}" for day in range(1, 32)] + ["2027-02-01"]
        >>> table = pl.DataFrame({"athlete": ["ann"] * 32, "date": days, "km": [5.0] * 31 + [12.0]})
        >>> flags(table, gaps="rest", select=["TM01"]).select("date", "rule", "measured").rows()
        [(datetime.date(2027, 2, 1), 'TM01', 12.0)]
    """
    held = columns or Columns()
    asked = _selected(select)
    given = Table(table, held.athlete, held.date)
    needed = _needed(given, held, asked)
    if given.spark:
        athlete = f"`{held.athlete}` {given.spark_type(held.athlete)}, `{held.date}` date"
        texts = "rule string, severity string, week boolean, measured double, limit double, unit string, message string"
        return given.on_cluster(_Work(gaps, asked, rules, runners, held), f"{athlete}, {texts}")
    frames = []
    for batch in given.batches(needed, athletes_at_once, progress=False):
        found = audits(
            batch.to_native(), gaps=gaps, select=asked, rules=rules, runners=runners, columns=held, progress=progress
        )
        frames.append(_frame(batch, [(name, report) for name, _, report in found], held))
    return given.back(frames)


def audits(
    table: Any,
    *,
    gaps: Gaps,
    select: Iterable[str] = _USUAL,
    rules: RuleSet | None = None,
    runners: Runners | None = None,
    columns: Columns | None = None,
    progress: bool | None = None,
) -> Iterator[tuple[Any, Log, Audit]]:
    """Yield each athlete of a table in memory, with the log that their rows make and its audit; see `flags`."""
    held = columns or Columns()
    asked = _selected(select)
    known = rules if rules is not None else load_rules()
    found = list(logs(table, gaps=gaps, columns=held))
    for name, log in shown(found, progress, "athletes"):
        runner = _runner(name, runners)
        yield name, log, audit(log, runner=runner, rules=known, select=asked, fixes=False)


def logs(table: Any, *, gaps: Gaps, columns: Columns | None = None) -> Iterator[tuple[Any, Log]]:
    """Yield each athlete of a table in memory, with the log that their rows make.

    Args:
        table: one row for each run, in any order.
        gaps: what a day without a row is; ``rest`` vouches for all days from the first row to the last.
        columns: which columns hold what; those of kilometers, minutes, session RPE and kind may be missing.

    Raises:
        InvalidValue: a row holds what no run has; it names athlete and day.

    Example:
        >>> import polars as pl
        >>> table = pl.DataFrame({"athlete": ["ann"], "date": ["2027-01-04"], "km": [8.0]})
        >>> [(name, log.runs[0].distance) for name, log in logs(table, gaps="rest")]
        [('ann', km(8))]
    """
    import numpy as np

    if gaps not in ("rest", "unknown"):
        raise InvalidValue([Problem("gaps", repr(gaps), "rest or unknown")])
    held = columns or Columns()
    given = Table(table, held.athlete, held.date)
    if given.lazy:
        raise InvalidValue(
            [Problem("table", type(table).__name__, "a table in memory", "collect it, or take flags(...)")]
        )
    rows = opened(given.frame, held.athlete, held.date)
    order = np.lexsort((rows.days, rows.codes))
    numbers = {
        name: rows.numbers(column)[order] if column in given.columns else np.full(len(order), np.nan)
        for name, column in (("km", held.km), ("minutes", held.minutes), ("rpe", held.session_rpe))
    }
    kinds = given.frame[held.kind].to_list() if held.kind is not None else None
    days, codes = rows.days[order], rows.codes[order]
    names = rows.athletes.tolist()
    ends: list[int] = (np.flatnonzero(np.diff(codes, append=-1)) + 1).tolist() if len(codes) else []
    begin = 0
    for end in ends:
        name = names[codes[begin]]
        runs: list[Run] = []
        for place in range(begin, end):
            run = _run(
                name,
                day_of(int(days[place])),
                *(float(numbers[each][place]) for each in ("km", "minutes", "rpe")),
                kind=kinds[order[place]] if kinds is not None else None,
            )
            runs += [run] if run is not None else []
        first, last = (day_of(int(days[place])) for place in (begin, end - 1))
        stretches = [(first, last)] if gaps == "rest" else _each_day(days[begin:end])
        vouched = tuple(Coverage(first=one, last=other) for one, other in stretches)
        yield name, Log(coverage=vouched, runs=tuple(runs))
        begin = end


_KINDS = tuple(str(each) for each in RunKind)


def _each_day(days: Any) -> list[tuple[dt.date, dt.date]]:
    """Return the stretches of days that have rows."""
    stretches: list[tuple[int, int]] = []
    for day in days.tolist():
        if stretches and day <= stretches[-1][1] + 1:
            stretches[-1] = (stretches[-1][0], day)
        else:
            stretches.append((day, day))
    return [(day_of(one), day_of(other)) for one, other in stretches]


def _run(name: Any, day: dt.date, km: float, minutes: float, rpe: float, *, kind: Any) -> Run | None:
    if km == 0 or (math.isnan(km) and minutes == 0):
        return None
    if kind is not None and str(kind) not in _KINDS:
        raise InvalidValue([Problem(f"athlete {name}, {day}", repr(kind), ", ".join(_KINDS))])
    try:
        return Run(
            date=day,
            kind=RunKind(str(kind)) if kind is not None else RunKind.EASY,
            distance=None if math.isnan(km) else Distance(km),
            duration=None if math.isnan(minutes) else Duration(minutes * 60),
            session_rpe=None if math.isnan(rpe) else SessionRPE(rpe),
        )
    except InvalidValue as error:
        where = f"athlete {name}, {day}: "
        raise InvalidValue(
            Problem(where + each.place, each.fact, each.allowed, each.cure) for each in error.problems
        ) from None


def _runner(name: Any, runners: Runners | None) -> Runner:
    if runners is None:
        return Runner(name=str(name) or "athlete", running=RunningWeek())
    if callable(runners):
        return runners(name)
    if name not in runners:
        raise UnknownName("athlete among the runners given", str(name), [str(each) for each in runners])
    return runners[name]


def _selected(select: Iterable[str]) -> tuple[str, ...]:
    asked = (select,) if isinstance(select, str) else tuple(select)
    for code in asked:
        if code not in ON_RUNS:
            raise UnknownName("rule that a log of runs can be judged by", code, ON_RUNS)
    return asked


def _needed(table: Table, columns: Columns, asked: Sequence[str]) -> list[str]:
    wanted = {_NEEDS[code] for code in asked if code in _NEEDS}
    for name in sorted(wanted):
        table.has(getattr(columns, name))
    if "session_rpe" in wanted:
        table.has(columns.minutes)
    kind = [table.has(columns.kind)] if columns.kind is not None else []
    return [each for each in (columns.km, columns.minutes, columns.session_rpe) if each in table.columns] + kind


def _cells(name: Any, report: Audit, finding: Finding) -> tuple[Any, ...]:
    where = finding.where
    told = (where.week, float(finding.measured), float(finding.limit), finding.unit, str(report.message(finding)))
    return (name, where.date, finding.rule, str(finding.severity), *told)


def _frame(given: nw.DataFrame[Any], found: Sequence[tuple[Any, Audit]], columns: Columns) -> nw.DataFrame[Any]:
    import narwhals as nw

    cells = [_cells(name, report, each) for name, report in found for each in report.findings]
    names = (columns.athlete, columns.date, *_RESULT)
    kinds: dict[str, Any] = {
        columns.athlete: given.schema[columns.athlete], columns.date: nw.Date(), "rule": nw.String(),
        "severity": nw.String(), "week": nw.Boolean(), "measured": nw.Float64(), "limit": nw.Float64(),
        "unit": nw.String(), "message": nw.String(),
    }  # fmt: skip
    data = {name: [each[place] for each in cells] for place, name in enumerate(names)}
    if given.implementation.is_pandas():
        import numpy as np

        data[columns.date] = np.array(data[columns.date], dtype="datetime64[s]")  # type: ignore[assignment]
        kinds.pop(columns.date)
        made = nw.from_dict(data, backend=given.implementation)
        return made.with_columns(*(nw.col(name).cast(kind) for name, kind in kinds.items()))
    return nw.from_dict(data, schema=kinds, backend=given.implementation)


class _Work:
    """What a worker of a cluster does with the rows of some whole athletes."""

    def __init__(
        self, gaps: Gaps, select: Sequence[str], rules: RuleSet | None, runners: Runners | None, columns: Columns
    ) -> None:
        self.gaps: Gaps = gaps
        self.select, self.rules, self.runners, self.columns = select, rules, runners, columns

    def __call__(self, rows: Any) -> Any:
        made = flags(
            rows, gaps=self.gaps, select=self.select, rules=self.rules, runners=self.runners, columns=self.columns,
            progress=False,
        )  # fmt: skip
        made[self.columns.date] = made[self.columns.date].dt.date
        return made
