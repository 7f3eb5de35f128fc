"""Hard sets by tissue and week, as a heat map."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Literal

from runstrong.faces.plots.canvas import (
    GREY,
    UNKNOWN,
    across,
    dated,
    entitled,
    figure_of,
    ink,
    nothing,
    number_of,
    opened,
    patch,
    plain,
    room,
    stretches,
    told_under,
    valued,
)
from runstrong.faces.plots.subjects import Subject, chosen
from runstrong.faces.wording import spaced
from runstrong.model.catalog import Catalog
from runstrong.model.log import Log
from runstrong.model.plan import Plan
from runstrong.model.quantities import number
from runstrong.model.rules import RuleSet
from runstrong.model.runner import Runner
from runstrong.model.words import Region, Tissue

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

__all__ = ["tissue_sets"]

_Row = Tissue | Region
_BAR = 40.0
"""Points that the bar of colors takes."""


def tissue_sets(
    subject: Plan | Log, *, by: Literal["tissue", "region"] = "tissue", runner: Runner | None = None,
    log: Log | None = None, rules: RuleSet | None = None, catalog: Catalog | None = None, ax: Axes | None = None,
    title: str | None = None,
) -> Axes:  # fmt: skip
    """Draw the hard sets of each tissue in each week as a heat map.

    What a hard set is, and what a secondary tissue counts, is as the rules define it. Weeks that TM03 finds have a
    thick frame. A dotted field is not known whole: log and plan do not speak for all of its days, or sets were done
    whose effort or number was not written down.

    Args:
        subject: a plan or a log.
        by: a row for each tissue that has any, or for each region: the most that one of its tissues gets.
        runner: whose log it is; a plan carries its own.
        log: what was done of a plan.
        rules: a rule set of your own; the packaged one when not given.
        catalog: where exercises are looked up; the packaged one when not given.
        ax: to draw on; a new figure when not given.
        title: over the picture.

    Returns:
        The axes; where there is no hard set, they say so.

    Raises:
        InvalidValue: `by` is neither tissue nor region.
        MissingExtra: matplotlib is not installed.
        UnknownName: an exercise is neither in the catalog nor in the plan.

    Example:
        >>> import runstrong as rs
        >>> from matplotlib.figure import Figure
        >>> from runstrong.faces import plots
        >>> plan = rs.plan(rs.load("examples/runner.yaml", rs.Runner), weeks=4)
        >>> ax = plots.tissue_sets(plan, by="region", ax=Figure(layout="constrained").subplots())
        >>> [label.get_text() for label in ax.get_yticklabels()][:3]
        ['foot', 'ankle', 'calf']
    """
    by_region = chosen("by", by, ("tissue", "region")) == "region"
    found = Subject(subject, runner=runner, log=log, rules=rules, catalog=catalog)
    table, lacking = _table(found, by_region=by_region)
    kinds: tuple[_Row, ...] = tuple(Region) if by_region else tuple(Tissue)
    rows = [kind for kind in kinds if any((week, kind) in table for week in found.weeks)]
    own, ax = ax is None, opened(ax, ratio=0.0, lines=max(len(rows), 4) * 1.25 + 5)
    names = [spaced(row) for row in rows]
    left = max((across(name, "medium") for name in names), default=0.0)
    if not rows:
        why = "effort is not written down" if lacking else "there is no strength work"
        return nothing(ax, f"No hard sets to draw: {why}.", title)
    weeks = found.weeks
    dated(ax, weeks[0], weeks[-1] + dt.timedelta(days=6), "week beginning", left=left + _BAR)
    ax.set_yticks([place + 0.5 for place in range(len(rows))], names)
    ax.set_ylim(len(rows), 0)
    ax.tick_params(axis="y", length=0)
    ax.set_ylabel(by)
    _cells(ax, table, rows, weeks)
    entries = _frames(ax, found, rows, weeks, by_region=by_region)
    if _dots(ax, lacking, rows, weeks):
        entries.append((patch("none", hatch=UNKNOWN, edge=GREY), "not all is known"))
    caption = "The most that one tissue of a region gets." if by_region else ""
    told_under(ax, entries, caption, own=own, left=left)
    entitled(ax, title)
    return ax


def _table(found: Subject, *, by_region: bool) -> tuple[dict[tuple[dt.date, _Row], float], set[tuple[dt.date, _Row]]]:
    """Return sets by week and row, and the fields of which not all is known."""
    timeline = found.timeline
    table: dict[tuple[dt.date, _Row], float] = {}
    for week, held in timeline.sets_by_week.items():
        for tissue, sets in held.items():
            key = (week, tissue.region if by_region else tissue)
            table[key] = max(table.get(key, 0.0), sets)
    lacking: set[tuple[dt.date, _Row]] = {
        (week, tissue.region if by_region else tissue)
        for week, tissues in timeline.unrated_by_week.items()
        for tissue in tissues
    }
    kinds: tuple[_Row, ...] = tuple(Region) if by_region else tuple(Tissue)
    for week in found.weeks:
        if not timeline.whole_week(week, "strength"):
            lacking |= {(week, kind) for kind in kinds}
    return table, lacking


def _cells(
    ax: Axes, table: dict[tuple[dt.date, _Row], float], rows: list[_Row], weeks: tuple[dt.date, ...]
) -> None:  # fmt: skip
    import matplotlib as mpl

    values = [[table.get((week, row), 0.0) for week in weeks] for row in rows]
    edges = [number_of(week) for week in weeks]
    most = max(map(max, values)) or 1.0
    mesh = ax.pcolormesh(
        [*edges, edges[-1] + 7], range(len(rows) + 1), values, cmap="Blues", vmin=0, vmax=most,
        edgecolors=ax.get_facecolor(), linewidth=0.5,
    )  # fmt: skip
    mesh.set_label("hard sets")
    space = room(ax)
    bar = figure_of(ax).colorbar(mesh, ax=ax, pad=0.02, aspect=max(8.0, space.height * 0.8 / 8))
    valued(bar.ax, "hard sets a week")
    size = min(space.height * 0.8 / len(rows) * 0.6, float(mpl.rcParams["font.size"]) * 0.75)
    longest = max(across(number(round(value, 1)), size) for held in values for value in held)
    if size < 5 or longest + 3 > space.width * 0.78 / len(weeks):
        return
    for place, held in enumerate(values):
        for edge, value in zip(edges, held, strict=True):
            if value:
                shade = "white" if value > most * 0.55 else "black"
                sets = number(round(value, 1))
                plain(ax.text(edge + 3.5, place + 0.5, sets, ha="center", va="center", fontsize=size, color=shade))


def _frames(
    ax: Axes, found: Subject, rows: list[_Row], weeks: tuple[dt.date, ...], *, by_region: bool
) -> list[tuple[Artist, str]]:
    """Frame the fields that TM03 finds."""
    from matplotlib.patches import Rectangle

    places: dict[tuple[dt.date, int], None] = {}
    for each in found.findings("TM03"):
        named = next((str(fact.value) for fact in each.facts if fact.name == "tissue"), "")
        tissue = next((tissue for tissue in Tissue if str(tissue) == named.replace(" ", "-")), None)
        row: _Row | None = tissue.region if tissue is not None and by_region else tissue
        if row in rows and each.where.date in weeks:
            places[each.where.date, rows.index(row)] = None
    for week, place in places:
        frame = Rectangle(
            (number_of(week), place), 7, 1, facecolor="none", edgecolor=ink(), linewidth=1.6, zorder=4, label="TM03"
        )
        ax.add_patch(frame)
    if not places:
        return []
    cap = number(found.rules.number("TM03", "cap"))
    return [(patch("none", edge=ink()), f"TM03: more than {cap} hard sets of a tissue")]


def _dots(
    ax: Axes, lacking: set[tuple[dt.date, _Row]], rows: list[_Row], weeks: tuple[dt.date, ...]
) -> bool:  # fmt: skip
    from matplotlib.patches import Rectangle

    drawn = False
    for place, row in enumerate(rows):
        for first, last in stretches(((number_of(week), (week, row) in lacking) for week in weeks), 7.0):
            box = Rectangle(
                (first, place), last - first, 1, facecolor="none", edgecolor=GREY, hatch=UNKNOWN, linewidth=0, zorder=3,
                label="unknown",
            )  # fmt: skip
            ax.add_patch(box)
            drawn = True
    return drawn
