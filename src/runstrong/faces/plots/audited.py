"""The findings of an audit on a timeline."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING

from runstrong.faces.plots.canvas import (
    BLUE,
    ORANGE,
    SKY,
    VERMILION,
    Mark,
    across,
    dated,
    dot,
    entitled,
    ink,
    nothing,
    number_of,
    opened,
    plain,
    told_under,
)
from runstrong.faces.wording import plural
from runstrong.model.audits import Audit
from runstrong.model.findings import Finding
from runstrong.model.words import Severity

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

__all__ = ["findings"]

_MARKS: Mapping[Severity, Mark] = MappingProxyType(
    {
        Severity.INFO: Mark(SKY, "o", 0.9),
        Severity.ADVICE: Mark(BLUE, "s", 0.95),
        Severity.WARNING: Mark(ORANGE, "^", 1.15),
        Severity.DANGER: Mark(VERMILION, "X", 1.25),
    }
)
_FEW = 24
"""Letters of a rule's name that stand beside its lane."""


def findings(audit: Audit, *, ax: Axes | None = None, title: str | None = None) -> Axes:
    """Draw the findings of an audit on a timeline: a lane for each rule, families on grounds of their own.

    Color and marker tell the severity, a line through a mark that the finding is about a week; waived findings are
    open. Several of one lane and day stand under each other. Rules that found nothing have no lane; how many were
    applied stands under the picture.

    Args:
        audit: of a plan, a log or both.
        ax: to draw on; a new figure when not given.
        title: over the picture.

    Returns:
        The axes; where nothing was found, they say so.

    Raises:
        MissingExtra: matplotlib is not installed.

    Example:
        >>> import runstrong as rs
        >>> from matplotlib.figure import Figure
        >>> from runstrong.faces import plots
        >>> runner, log = rs.load("examples/runner.yaml"), rs.load("examples/log.yaml")
        >>> report = rs.audit(rs.plan(runner), log=log)
        >>> ax = plots.findings(report, ax=Figure(layout="constrained").subplots())
        >>> ax.get_xlabel()
        'date'
    """
    everything = [(each, False) for each in audit.findings] + [(each.finding, True) for each in audit.waived]
    lanes = sorted({each.rule for each, _ in everything})
    own, ax = ax is None, opened(ax, ratio=0.0, lines=max(2.7 * len(lanes), 4) + 5)
    scope = f"{plural(len(audit.checked), 'rule')} applied"
    if not everything:
        return nothing(ax, f"Nothing found: {scope}.", title)
    days = [each.where.date for each, _ in everything]
    days += [day + dt.timedelta(days=6) for day, (each, _) in zip(days, everything, strict=True) if each.where.week]
    days += [day for day in (audit.scope.first, audit.scope.last) if day is not None]
    names = [_named(audit, lane) for lane in lanes]
    left = max(across(line) for name in names for line in name.split("\n"))
    dated(ax, min(days) - dt.timedelta(days=3), max(days) + dt.timedelta(days=3), left=left)
    ax.set_yticks(range(len(lanes)), names, fontsize="small")
    plain(*ax.get_yticklabels())
    ax.set_ylim(len(lanes) - 0.5, -0.5)
    ax.tick_params(axis="y", length=0)
    ax.set_ylabel("rule")
    for place, (family, held) in enumerate(groupby(lanes, key=lambda lane: lane.rstrip("0123456789"))):
        rows = [lanes.index(lane) for lane in held]
        span = ax.axhspan(rows[0] - 0.5, rows[-1] + 0.5, facecolor=ink(), alpha=(0.03, 0.1)[place % 2], linewidth=0)
        span.set_label(f"family {family}")
    entries = _draw(ax, everything, lanes)
    told_under(ax, entries, f"{plural(len(audit.findings), 'finding')}; {scope}.", own=own, left=left)
    entitled(ax, title)
    return ax


def _named(audit: Audit, code: str) -> str:
    record = next((rule for rule in audit.rules if rule.id == code), None)
    if record is None:
        return code
    name = record.name.replace("-", " ")
    cut = len(name) if len(name) <= _FEW else (name[: _FEW + 1].rfind(" ") if " " in name[:_FEW] else _FEW)
    first, rest = name[:cut], name[cut:].strip()
    return f"{code} {first}" + (f"\n{rest}" if rest else "")


def _draw(ax: Axes, everything: list[tuple[Finding, bool]], lanes: list[str]) -> list[tuple[Artist, str]]:
    crowd: defaultdict[tuple[str, dt.date], int] = defaultdict(int)
    for each, _ in everything:
        crowd[each.rule, each.where.date] += 1
    seen: defaultdict[tuple[str, dt.date], int] = defaultdict(int)
    groups: defaultdict[tuple[Severity, bool], list[tuple[float, float]]] = defaultdict(list)
    weeks: list[tuple[float, float]] = []
    for each, waived in everything:
        key = (each.rule, each.where.date)
        place, count = seen[key], crowd[key]
        seen[key] += 1
        row = lanes.index(each.rule) + (place - (count - 1) / 2) * min(0.36, 0.8 / count)
        begin = number_of(each.where.date)
        if each.where.week:
            weeks.append((row, begin))
        groups[each.severity, waived].append((begin + (3.5 if each.where.week else 0.5), row))
    if weeks:
        lines = ax.hlines(
            [row for row, _ in weeks], [begin for _, begin in weeks], [begin + 7 for _, begin in weeks], colors=ink(),
            linewidth=1, alpha=0.6, zorder=2,
        )  # fmt: skip
        lines.set_label("week")
    entries: list[tuple[Artist, str]] = []
    for severity in reversed(Severity):
        mark = _MARKS[severity]
        for waived in (False, True):
            places = groups.get((severity, waived))
            if places:
                dots = ax.scatter(
                    [x for x, _ in places], [y for _, y in places], s=(6.5 * mark.scale) ** 2, marker=mark.marker,
                    facecolors="none" if waived else mark.color, edgecolors=mark.color, linewidths=0.8, zorder=3,
                    clip_on=False,
                )  # fmt: skip
                dots.set_label(f"{severity}{' waived' if waived else ''}")
                entries.append((dot(mark, filled=not waived), f"{severity}, waived" if waived else str(severity)))
    if weeks:
        from matplotlib.lines import Line2D

        entries.append((Line2D([], [], color=ink(), linewidth=1, alpha=0.6), "about the whole week"))
    return entries
