"""A progression as a ladder, with the runner's place on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from runstrong.catalog.records import load_catalog
from runstrong.faces.plots.canvas import (
    BLUE,
    ORANGE,
    Mark,
    clean,
    dot,
    entitled,
    figure_of,
    ink,
    opened,
    plain,
    points,
    room,
    told_under,
    wrapped,
)
from runstrong.faces.wording import dose
from runstrong.model.catalog import Catalog
from runstrong.model.errors import InvalidValue, Problem
from runstrong.model.progression import Progression
from runstrong.model.step import State

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

__all__ = ["ladder"]

_GUTTER = 16.0
"""Points at the left, where the marks stand."""
_BETWEEN = 0.7
"""Lines between two rungs."""


class _Text(NamedTuple):
    """What stands beside a rung: its name, and lines about its dose."""

    name: str
    lines: tuple[str, ...]

    @property
    def height(self) -> int:
        return self.name.count("\n") + 1 + sum(line.count("\n") + 1 for line in self.lines)


def ladder(
    progression: Progression, state: State | None = None, *, catalog: Catalog | None = None, ax: Axes | None = None,
    title: str | None = None,
) -> Axes:  # fmt: skip
    """Draw a progression as a ladder, the easiest rung at the bottom, with the runner's place on it.

    Each rung tells its exercise and the dose that it starts with. With a state, rungs under the runner's are filled,
    the runner's own is a diamond with what is asked now and what opens the next one, and those above are open.

    Args:
        progression: the ladder.
        state: where the runner stands on it, such as from `runstrong.fold`.
        catalog: where exercises are looked up; the packaged one when not given. An exercise that it does not have is
            told by its id.
        ax: to draw on; a new figure when not given. Text is made smaller where it would not fit.
        title: over the picture.

    Returns:
        The axes.

    Raises:
        InvalidValue: the state is of another ladder, or of a rung that this one does not have.
        MissingExtra: matplotlib is not installed.

    Example:
        >>> import runstrong as rs
        >>> from matplotlib.figure import Figure
        >>> from runstrong.faces import plots
        >>> rungs = rs.load_catalog().progressions["calf-raise-straight"]
        >>> ax = plots.ladder(rungs, ax=Figure(layout="constrained").subplots())
        >>> ax.texts[0].get_text()
        'Calf raise'
    """
    _check(progression, state)
    known = catalog if catalog is not None else load_catalog()
    own, ax = ax is None, opened(ax, ratio=0.0, lines=4 * len(progression.rungs) + 2)
    width = room(ax).width - _GUTTER - 4
    texts = [_told(progression, place, state, known, width) for place in range(len(progression.rungs))]
    total = sum(text.height + _BETWEEN for text in texts)
    line = points("small") * 1.25
    if own:
        figure = figure_of(ax)
        figure.set_size_inches(figure.get_figwidth(), (total * line + 12) / 72)
    shrink = 1.0 if own else min(1.0, room(ax).height / (total * line))
    marks = _rungs(ax, texts, points("small") * shrink)
    ax.set_ylim(-_BETWEEN / 2, total - _BETWEEN / 2)
    ax.set_xlim(0, 1)
    ax.set_xticks([])
    ax.set_yticks(marks, [str(place + 1) for place in range(len(marks))])
    ax.tick_params(axis="y", length=0)
    ax.set_ylabel("rung (1: easiest)")
    for side in ax.spines:
        ax.spines[side].set_visible(False)
    entries = _track(ax, marks, state)
    told_under(ax, entries, f"{clean(progression.name)}: {clean(progression.purpose)}", own=own, ticks=0)
    entitled(ax, title)
    return ax


def _check(progression: Progression, state: State | None) -> None:
    if state is None:
        return
    if state.progression != progression.id:
        cure = "pass the state of this ladder"
        raise InvalidValue([Problem("state.progression", state.progression, progression.id, cure)])
    if state.rung >= len(progression.rungs):
        raise InvalidValue([Problem("state.rung", str(state.rung), f"from 0 to {len(progression.rungs) - 1}")])


def _told(progression: Progression, place: int, state: State | None, catalog: Catalog, width: float) -> _Text:
    rung = progression.rungs[place]
    exercise = catalog.exercises.get(rung.exercise)
    name = exercise.name if exercise is not None else rung.exercise
    start = dose(rung.start(exercise), exercise) if exercise is not None else f"{rung.sets} x {rung.amount}"
    lines = [start]
    if state is not None and place == state.rung:
        asked = catalog.exercises.get(state.prescription.exercise)
        lines = [f"now: {dose(state.prescription, asked)}"]
        if state.coming_back:
            lines.append(f"earned: {dose(state.earned, asked)}")
        if place + 1 < len(progression.rungs):
            lines.append(f"opens the next: {rung.criterion}; met so far: {state.met}")
        else:
            lines.append(f"after it: {progression.after_last}")
    return _Text(wrapped(name, width), tuple(wrapped(line, width) for line in lines))


def _rungs(ax: Axes, texts: Sequence[_Text], size: float) -> list[float]:
    """Write what stands beside each rung, from the bottom up; return the height of each mark."""
    marks, at = [], 0.0
    for text in texts:
        top = at + text.height
        named = ax.annotate(
            text.name, (0, top), (_GUTTER, 0), xycoords=("axes fraction", "data"), textcoords="offset points",
            va="top", ha="left", fontsize=size, fontweight="bold",
        )  # fmt: skip
        under = ax.annotate(
            "\n".join(text.lines), (0, top - text.name.count("\n") - 1), (_GUTTER, 0),
            xycoords=("axes fraction", "data"), textcoords="offset points", va="top", ha="left", fontsize=size,
        )  # fmt: skip
        plain(named, under)
        marks.append(top - 0.5)
        at = top + _BETWEEN
    return marks


def _track(ax: Axes, marks: Sequence[float], state: State | None) -> list[tuple[Artist, str]]:
    """Draw the line of the ladder and a mark at each rung; return what they mean."""
    from matplotlib.transforms import ScaledTranslation, blended_transform_factory

    beside = blended_transform_factory(ax.transAxes, ax.transData)
    place = beside + ScaledTranslation(_GUTTER * 0.4 / 72, 0, ax.figure.dpi_scale_trans)
    here = state.rung if state is not None else None
    ax.plot([0, 0], [marks[0], marks[-1]], color=ink(), linewidth=1, linestyle=":", transform=place, clip_on=False)
    if here is None:
        groups = [("rung", list(marks), "o", BLUE, False)]
    else:
        ax.plot([0, 0], [marks[0], marks[here]], color=BLUE, linewidth=2.5, transform=place, clip_on=False)
        groups = [
            ("below", list(marks[:here]), "o", BLUE, True), ("here", [marks[here]], "D", ORANGE, True),
            ("ahead", list(marks[here + 1 :]), "o", BLUE, False),
        ]  # fmt: skip
    words = {"below": "below: passed, or easier than the start", "here": "here", "ahead": "still ahead"}
    entries: list[tuple[Artist, str]] = []
    for name, heights, marker, color, filled in groups:
        if heights:
            (dots,) = ax.plot(
                [0] * len(heights), heights, marker, color=color, markersize=7, transform=place, clip_on=False,
                markerfacecolor=color if filled else ax.get_facecolor(),
                markeredgecolor=ink() if name == "here" else color, zorder=4,
            )  # fmt: skip
            dots.set_label(name)
            if name in words:
                artist = dot(Mark(color, marker), filled=filled)
                if name == "here":
                    artist.set_markeredgecolor(ink())
                entries.append((artist, words[name]))
    return entries
