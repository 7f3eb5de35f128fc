"""What every picture shares: where it is drawn, colors and marks, text as it is, dates, and what is told under it.

Colors are those of Okabe and Ito, which people with any kind of color vision can tell apart; each comes with a marker
or a hatch of its own, so that a copy in grey reads the same. Ink is the color of text in the style that is set.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from runstrong.model.errors import InvalidValue, MissingExtra, Problem

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch
    from matplotlib.text import Text

__all__ = [
    "BLUE", "GREEN", "GREY", "ORANGE", "PURPLE", "SKY", "UNKNOWN", "VERMILION", "YELLOW", "Mark", "Room",
    "across", "clean", "dated", "day_label", "dot", "entitled", "figure_of", "ink", "nothing", "number_of",
    "opened", "patch", "plain", "points", "room", "stretches", "told_under", "unknown_between", "valued",
    "wrapped",
]  # fmt: skip

ORANGE, SKY, GREEN, YELLOW = "#E69F00", "#56B4E9", "#009E73", "#F0E442"
BLUE, VERMILION, PURPLE, GREY = "#0072B2", "#D55E00", "#CC79A7", "#8C8C8C"
UNKNOWN = "...."
"""Hatch of what is not known, in every picture."""

T = TypeVar("T")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_STEPS = (1, 2, 4, 8, 13, 26, 52, 104, 260, 520)
_LINE = 1.25
"""Height of a line of text, in sizes of its font."""


class Mark(NamedTuple):
    """How one kind of thing is drawn: its color, its marker, and how large beside the others."""

    color: str
    marker: str
    scale: float = 1.0


class Room(NamedTuple):
    """How large axes are, in points, before labels take their part."""

    width: float
    height: float


def opened(ax: Axes | None, *, ratio: float, lines: float = 0.0) -> Axes:
    """Return the axes to draw on: those given, or new ones of a figure as wide as the style says.

    New figures come from pyplot, as those of pandas and seaborn do: notebooks show them, and ``plt.show()`` finds them.
    Where axes are given, pyplot is not even imported, so that a service can draw on a `matplotlib.figure.Figure` of its
    own and nothing stays behind.

    Args:
        ax: given by the caller.
        ratio: height of a new figure beside its width, without what is told under it.
        lines: lines of text that it is higher by.

    Raises:
        MissingExtra: matplotlib is not installed.
    """
    if ax is not None:
        return ax
    try:
        import matplotlib as mpl
        import matplotlib.pyplot as plt
    except ImportError as error:
        raise MissingExtra("drawing pictures", "plot") from error
    width = float(mpl.rcParams["figure.figsize"][0])
    height = width * ratio + lines * points("small") * _LINE / 72
    _, made = plt.subplots(figsize=(width, height), layout="constrained")
    return made


def ink() -> str:
    """Return the color of text in the style that is set, dark or light."""
    import matplotlib as mpl

    return str(mpl.rcParams["text.color"])


def points(size: str | float) -> float:
    """Return a size of text in points, such as of ``small``."""
    from matplotlib.font_manager import FontProperties

    return float(FontProperties(size=size).get_size_in_points())


def room(ax: Axes) -> Room:
    """Return how large axes are."""
    box = ax.get_window_extent()
    dots = 72 / ax.figure.dpi
    return Room(box.width * dots, box.height * dots)


def figure_of(ax: Axes) -> Figure:
    """Return the figure that axes stand on.

    Raises:
        InvalidValue: they stand on none.
    """
    figure = ax.get_figure(root=True)
    if figure is None:
        raise InvalidValue([Problem("ax", "axes without a figure", "axes of a figure", "add them to one")])
    return figure


def _inner(ax: Axes, left: float) -> float:
    """Return how wide axes will be once labels of so many points stand at their left; a guess that errs to less."""
    width = room(ax).width
    if left:
        # Without a layout, matplotlib leaves nearly a fourth of the width to what stands around axes.
        width = min(width, width / 0.775 - left - 4 * points("medium"))
    width -= ax.get_ylabel().count("\n") * points("medium") * _LINE
    return max(room(ax).width * 0.25, width)


def valued(ax: Axes, label: str) -> None:
    """Write the label of the y axis, broken where it is longer than the axis is high."""
    import matplotlib as mpl

    size = mpl.rcParams["axes.labelsize"]
    plain(ax.yaxis.label)
    ax.set_ylabel("\n".join(wrapped(line, room(ax).height * 0.75, size) for line in label.split("\n")))


def plain(*texts: Text) -> None:
    """Have texts drawn as they are: what a runner wrote is neither a formula nor TeX, whatever the style says."""
    for text in texts:
        text.set_parse_math(False)
        text.set_usetex(False)


def clean(text: str, most: int = 300) -> str:
    """Return a text on one line, cut where it is longer than any name or sentence is."""
    joined = " ".join(text[: 10 * most].split())
    return joined if len(joined) <= most else f"{joined[: most - 1]}…"


def across(text: str, size: str | float = "small") -> float:
    """Return how wide a line of text is, in points."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    if not text:
        return 0.0
    wide, _, _ = text_to_path.get_text_width_height_descent(text, FontProperties(size=size), ismath=False)
    return float(wide)


def wrapped(text: str, width: float, size: str | float = "small") -> str:
    """Break a text into lines of at most so many points; a word that is longer is broken too."""
    lines: list[str] = []
    for word in clean(text, 2000).split(" "):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and across(joined, size) <= width:
            lines[-1] = joined
            continue
        rest = word
        while len(rest) > 1 and across(rest, size) > width:
            least = max(1, int(len(rest) * width / across(rest, size)) - 1)
            lines.append(rest[:least])
            rest = rest[least:]
        lines.append(rest)
    return "\n".join(lines)


def entitled(ax: Axes, title: str | None, *, above: float = 0.0) -> None:
    """Write a title, where one is asked for.

    Args:
        ax: to write over.
        title: as given; None for none.
        above: points of other text between it and the axes.
    """
    if title is None:
        return
    import matplotlib as mpl

    size = mpl.rcParams["axes.titlesize"]
    pad = float(mpl.rcParams["axes.titlepad"]) + above
    plain(ax.set_title(wrapped(title, room(ax).width, size), pad=pad))


def nothing(ax: Axes, why: str, title: str | None = None) -> Axes:
    """Say why there is nothing to draw, in the place of a picture."""
    ax.set_xticks([])
    ax.set_yticks([])
    told = wrapped(why, room(ax).width * 0.9)
    plain(ax.text(0.5, 0.5, told, ha="center", va="center", fontsize="small", transform=ax.transAxes))
    entitled(ax, title)
    return ax


# -- dates ------------------------------------------------------------------------------------------------------


def number_of(day: dt.date) -> float:
    """Return a day as matplotlib counts it."""
    from matplotlib import dates

    untyped: Any = dates
    return float(untyped.date2num(day))


def day_label(day: dt.date, *, year: bool = False) -> str:
    """Write a day shortly, the same in every locale."""
    return f"{day.day} {_MONTHS[day.month - 1]}" + (f" {day.year}" if year else "")


def dated(ax: Axes, first: dt.date, last: dt.date, label: str = "date", *, left: float = 0.0) -> None:
    """Make the x axis one of dates, from one day to the end of another, with as many labels as fit, whole weeks apart.

    The year stands under the first label and under each one of a new year.

    Args:
        ax: to draw on.
        first: day.
        last: day.
        label: of the axis.
        left: points that long labels take at the left.
    """
    ax.xaxis_date()
    weeks = (last - first).days // 7 + 1
    each = across("30 Sep", _tick_size()) + 8
    fitting = max(1, int(_inner(ax, left) // each))
    step = next((step for step in _STEPS if weeks <= step * fitting), _STEPS[-1])
    days = [first + dt.timedelta(days=7 * place) for place in range(0, weeks, step)]
    years = [None, *(day.year for day in days)]
    labels = [
        day_label(day) + (f"\n{day.year}" if day.year != before else "")
        for day, before in zip(days, years, strict=False)
    ]
    ax.set_xticks([number_of(day) for day in days], labels)
    ax.set_xlim(number_of(first), number_of(last) + 1)
    ax.set_xlabel(label)


def _tick_size() -> Any:
    import matplotlib as mpl

    return mpl.rcParams["xtick.labelsize"]


def stretches(days: Iterable[tuple[float, bool]], step: float = 1.0) -> Iterator[tuple[float, float]]:
    """Yield beginning and end of each stretch of days, or of weeks, for which something holds."""
    for holds, several in groupby(days, key=lambda each: each[1]):
        places = [place for place, _ in several]
        if holds:
            yield places[0], places[-1] + step


def unknown_between(ax: Axes, first: float, last: float) -> None:
    """Draw a stretch of time of which nothing is known."""
    span = ax.axvspan(first, last, facecolor="none", edgecolor=GREY, hatch=UNKNOWN, linewidth=0, alpha=0.55, zorder=0)
    span.set_label("unknown")


# -- what is told under a picture -------------------------------------------------------------------------------


def dot(mark: Mark, *, filled: bool = True, line: str = "none", size: float = 6.0) -> Line2D:
    """Return a marker for a legend, on a line where its style is given."""
    from matplotlib.lines import Line2D

    style: Any = line
    return Line2D(
        [], [], color=mark.color, marker=mark.marker, linestyle=style, markersize=size * mark.scale,
        markerfacecolor=mark.color if filled else "none", markeredgecolor=mark.color,
    )  # fmt: skip


def patch(color: str, *, hatch: str = "", edge: str | None = None, alpha: float | None = None) -> Patch:
    """Return a box for a legend."""
    from matplotlib.patches import Patch

    return Patch(facecolor=color, edgecolor=edge or color, hatch=hatch, alpha=alpha, linewidth=0.8 if edge else 0.0)


def told_under(
    ax: Axes, entries: Sequence[tuple[Artist, str]], caption: str = "", *, own: bool, ticks: int = 2,
    left: float = 0.0,
) -> None:  # fmt: skip
    """Write caption and legend under the axes, where they cover no data.

    Args:
        ax: to write under.
        entries: what is drawn and what it means; a text never begins with a runner's own words.
        caption: told before them, a paragraph a line.
        own: whether the figure is one of `opened`, which is then made higher by as much.
        ticks: lines of the labels of the x axis.
        left: points that long labels take at the left; the text begins under them.
    """
    from matplotlib.transforms import ScaledTranslation

    if not entries and not caption:
        return
    import matplotlib as mpl

    size = points("small")
    width = _inner(ax, left) + left
    down = (
        float(mpl.rcParams["xtick.major.size"]) + float(mpl.rcParams["xtick.major.pad"])
        + ticks * points(_tick_size()) * _LINE + size * (0.5 if ticks else 0)
    )  # fmt: skip
    if ax.get_xlabel():
        down += float(mpl.rcParams["axes.labelpad"]) + points(mpl.rcParams["axes.labelsize"]) * _LINE
    # Handle, gap, and the space between columns, in sizes of the font.
    handle, gap, between = 1.6, 0.6, 1.2
    taken = (handle + gap) * size
    texts = [wrapped(text, width - taken) for _, text in entries]
    widths = [max(map(across, text.split("\n"))) + taken for text in texts]
    columns = next((count for count in range(len(widths), 1, -1) if _fits(widths, count, between * size, width)), 1)
    told = "\n".join(wrapped(line, width) for line in caption.split("\n") if line)
    place = ax.transAxes + ScaledTranslation(-left / 72, -down / 72, ax.figure.dpi_scale_trans)
    legend = ax.legend(
        [artist for artist, _ in entries], texts, loc="upper left", bbox_to_anchor=(0, 0), bbox_transform=place,
        borderaxespad=0, borderpad=0, frameon=False, fontsize="small", title_fontsize="small", alignment="left",
        ncols=columns, handlelength=handle, handletextpad=gap, columnspacing=between, labelspacing=0.35,
        title=told or None,
    )  # fmt: skip
    plain(legend.get_title(), *legend.get_texts())
    if own:
        rows = [text.count("\n") + 1 for text in texts]
        deepest = max((sum(held) for held in _filled(rows, columns)), default=0)
        lines = deepest + (told.count("\n") + 1.4 if told else 0.0)
        _heighten(ax, lines * size * (_LINE + 0.12))


def _heighten(ax: Axes, more: float) -> None:
    figure = figure_of(ax)
    width, height = figure.get_size_inches()
    figure.set_size_inches(width, height + more / 72)


def _filled(things: Sequence[T], count: int) -> Iterator[Sequence[T]]:
    """Yield what stands in each of so many columns that are filled one after the other, as a legend fills its own."""
    least, more = divmod(len(things), count)
    place = 0
    for column in range(count):
        held = least + (column < more)
        yield things[place : place + held]
        place += held


def _fits(widths: Sequence[float], count: int, between: float, width: float) -> bool:
    """Whether texts of these widths fit side by side in so many columns."""
    return sum(map(max, _filled(widths, count))) + between * (count - 1) <= width
