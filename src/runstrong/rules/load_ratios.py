"""TM, contested ratios of session load: acute to chronic, monotony and strain. They are off unless selected.

Loads are minutes times session RPE. A rest day counts 0; a day that log and plan do not speak for, or with training of
unknown length or rating, is unknown and makes every ratio that needs it unknown. The formulas
come in when a rule is first judged: these are off in most audits, and the package of measures takes a while to import.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator

from runstrong.model.findings import Finding, NotApplicable, Where
from runstrong.model.timeline import Timeline
from runstrong.model.value import Record, record
from runstrong.model.words import Severity
from runstrong.rules.definition import finding, rule

__all__ = ["LoadRatios", "Monotony", "acute_chronic_ratio", "monotony_and_strain"]

_WHY_NOT = "a ratio of what was done and planned: no edit is proposed for it"


@record
class LoadRatios(Record):
    """Numbers of TM10; its record says what each means."""

    coupled_over: float
    uncoupled_over: float
    weighted_over: float
    acute_days: int
    chronic_days: int


@rule("TM10", parameters=LoadRatios)
def acute_chronic_ratio(timeline: Timeline, limits: LoadRatios) -> Iterator[Finding | NotApplicable]:
    """Tell a week at whose end the latest load is high beside that of the weeks before, by three formulas."""
    from runstrong.measures.formulas import NO_SPREAD, coupled_ratio, uncoupled_ratio, weighted_ratio

    for where, loads in _windows(timeline, limits.chronic_days):
        if loads is None:
            reason = f"the loads of the {limits.chronic_days} days to the end of the week are not all known"
            yield NotApplicable(rule="TM10", reason=reason, where=where)
            continue
        for name, ratio, limit in (
            ("coupled", coupled_ratio(loads, limits.acute_days), limits.coupled_over),
            ("uncoupled", uncoupled_ratio(loads, limits.acute_days), limits.uncoupled_over),
            ("weighted", weighted_ratio(loads, limits.acute_days), limits.weighted_over),
        ):
            if ratio is None:
                yield NotApplicable(rule="TM10", reason=f"no load to divide by: no {name} ratio", where=where)
            elif ratio > limit + NO_SPREAD:
                yield finding(
                    "TM10",
                    Severity.INFO,
                    where,
                    measured=ratio,
                    limit=limit,
                    unit="ratio",
                    no_fix=_WHY_NOT,
                    subject=name,
                    kind=name,
                    acute=limits.acute_days,
                    chronic=limits.chronic_days,
                )


@record
class Monotony(Record):
    """Numbers of TM11; its record says what each means."""

    monotony_over: float
    strain_over: float
    lost_degrees: int


@rule("TM11", parameters=Monotony)
def monotony_and_strain(timeline: Timeline, limits: Monotony) -> Iterator[Finding | NotApplicable]:
    """Tell a week whose days are all alike, or that is both alike and heavy."""
    from runstrong.measures.formulas import NO_SPREAD, monotony

    for where, loads in _windows(timeline, 7):
        if loads is None:
            yield NotApplicable(rule="TM11", reason="the loads of the week's days are not all known", where=where)
            continue
        alike = monotony(loads, limits.lost_degrees)
        if alike is None:
            yield NotApplicable(rule="TM11", reason="the same load every day: no spread to divide by", where=where)
            continue
        for name, measured, limit, unit in (
            ("monotony", alike, limits.monotony_over, "ratio"),
            ("strain", alike * math.fsum(loads), limits.strain_over, "arbitrary units"),
        ):
            if measured > limit * (1 + NO_SPREAD):
                yield finding(
                    "TM11",
                    Severity.INFO,
                    where,
                    measured=measured,
                    limit=limit,
                    unit=unit,
                    no_fix=_WHY_NOT,
                    subject=name,
                    what=name,
                    total=math.fsum(loads),
                )


def _windows(timeline: Timeline, days: int) -> Iterator[tuple[Where, list[float] | None]]:
    """Yield each week with training and the loads of the `days` days to its end; None where one is not known."""
    known = timeline.load_by_day
    loads: dict[dt.date, float | None] = {}
    for week in sorted({timeline.runner.week_of(day) for day in known}):
        window: list[float] = []
        for back in reversed(range(days)):
            day = week + dt.timedelta(days=6 - back)
            load = loads[day] if day in loads else loads.setdefault(day, timeline.load_on(day))
            if load is not None:
                window.append(load)
        where = Where(date=week, week=True, performed=not _planned(timeline, week))
        yield where, window if len(window) == days else None


def _planned(timeline: Timeline, week: dt.date) -> bool:
    """Whether the plan speaks for a day of the week that the log does not cover."""
    plan, log = timeline.plan, timeline.log
    if plan is None:
        return False
    days = [week + dt.timedelta(days=day) for day in range(7)]
    return any(plan.start <= day <= plan.end and not (log and log.covers(day, "runs")) for day in days)
