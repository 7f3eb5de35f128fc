"""Pictures: what is drawn, held against the values that it is drawn from."""

from __future__ import annotations

import datetime as dt
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection, QuadMesh
from matplotlib.dates import date2num
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

import runstrong as rs
from runstrong.faces import plots
from runstrong.model.attribution import done_ids, log_by_session
from runstrong.testing.histories import followed_plan, sensible_history

mpl.use("Agg")
EXAMPLES = Path(__file__).parents[2] / "examples"
RUNNER = rs.load(EXAMPLES / "runner.yaml", rs.Runner)
PLAN = rs.plan(RUNNER)
LOG = rs.load(EXAMPLES / "log.yaml", rs.Log)
STRAVA = rs.read_log(EXAMPLES / "activities.csv")
CATALOG = rs.load_catalog()
CALVES = CATALOG.progressions["calf-raise-straight"]
MONDAY = dt.date(2027, 1, 4)
HOSTILE = r"$x^2$ \frac{1}{2} \$ 50 % #1 _a_ & {b} <script>alert(1)</script>"


@pytest.fixture(autouse=True)
def _no_figure_left() -> Iterator[None]:
    yield
    plt.close("all")


def canvas() -> Axes:
    """Return axes of a figure that pyplot knows nothing of."""
    return Figure(layout="constrained").subplots()


def drawn(ax: Axes) -> str:
    """Draw the figure as SVG with text kept as text."""
    out = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": "x", "svg.fonttype": "none"}):
        ax.figure.savefig(out, format="svg", metadata={"Date": None})
    return out.getvalue()


def dots(ax: Axes) -> dict[str, PathCollection]:
    """Return the clouds of markers by their label."""
    return {str(each.get_label()): each for each in ax.collections if isinstance(each, PathCollection)}


def labels(ax: Axes) -> list[str]:
    """Return the labels of everything that is drawn."""
    return [str(each.get_label()) for each in ax.get_children()]


def told(ax: Axes) -> str:
    """Return legend and caption on one line."""
    legend = ax.get_legend()
    assert legend is not None
    texts = [legend.get_title().get_text(), *(text.get_text() for text in legend.get_texts())]
    return " ".join(" ".join(texts).split())


def runs(*kms: float | None, days: int = 7, first: dt.date = MONDAY) -> tuple[rs.Run, ...]:
    """Return a run every so many days; None is one without a distance, and 0 none."""
    at = [(first + dt.timedelta(days=days * place), km) for place, km in enumerate(kms)]
    return tuple(rs.Run(date=day, distance=None if km is None else rs.km(km)) for day, km in at if km != 0)


def covered(weeks: int, first: dt.date = MONDAY, **what: bool) -> rs.Coverage:
    """Return coverage of so many weeks."""
    return rs.Coverage(first=first, last=first + dt.timedelta(days=7 * weeks - 1), **what)


class TestAxes:
    """Where a picture is drawn, and what it leaves behind."""

    def test_without_axes_pyplot_makes_a_figure_that_notebooks_show(self) -> None:
        """It is a new one each time, so that two pictures in one cell stay apart."""
        first, second = plots.weekly_volume(STRAVA), plots.weekly_volume(STRAVA)
        assert first.figure is not second.figure
        assert len(plt.get_fignums()) == 2

    def test_axes_that_are_given_are_drawn_on_and_given_back(self) -> None:
        """Nothing is left with pyplot, and the figure keeps its size."""
        ax = canvas()
        size = tuple(ax.figure.get_size_inches())
        assert plots.season(PLAN, ax=ax) is ax
        assert tuple(ax.figure.get_size_inches()) == size
        assert plt.get_fignums() == []

    def test_pyplot_is_not_needed_for_axes_that_are_given(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A service draws without the state that pyplot keeps."""
        ax, other = canvas(), canvas()
        monkeypatch.setitem(sys.modules, "matplotlib.pyplot", None)
        plots.weekly_volume(STRAVA, ax=ax)
        plots.tissue_sets(PLAN, by="region", ax=other)
        with pytest.raises(rs.MissingExtra):
            plots.weekly_volume(STRAVA)

    def test_without_matplotlib_the_extra_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The message says what to install."""
        monkeypatch.setitem(sys.modules, "matplotlib", None)
        with pytest.raises(rs.MissingExtra, match=r"runstrong\[plot\]"):
            plots.weekly_volume(STRAVA)

    def test_a_title_is_drawn_where_one_is_asked_for(self) -> None:
        """None is the default."""
        assert plots.weekly_volume(STRAVA, ax=canvas()).get_title() == ""
        assert plots.weekly_volume(STRAVA, ax=canvas(), title="Winter").get_title() == "Winter"

    def test_ink_is_that_of_the_style(self) -> None:
        """On a dark ground heavy sessions are light."""
        with plt.style.context("dark_background"):
            heavy = dots(plots.season(PLAN))["heavy-legs planned"]
        assert tuple(heavy.get_facecolor()[0]) == (1, 1, 1, 1)

    @pytest.mark.parametrize("width", [3.3, 7.0])
    def test_pictures_fit_a_paper(self, width: float) -> None:
        """At the width of one column and of two no text leaves the figure, and legends stand under the axes."""
        with plt.rc_context({"figure.figsize": (width, 2.5), "font.size": 8}):
            state = rs.fold(CALVES, LOG.performances, runner=RUNNER)
            made = [
                plots.season(PLAN, LOG), plots.weekly_volume(PLAN, log=LOG), plots.ladder(CALVES, state),
                plots.load(rs.measures.Acwr(), STRAVA), plots.adherence(PLAN, LOG), plots.tissue_sets(PLAN),
                plots.outcomes(LOG, "single-leg-calf-raise"), plots.long_run_pace(LOG),
                plots.findings(rs.audit(PLAN, log=LOG, fixes=False)),
            ]  # fmt: skip
            # In the wider one there is more room: what has long labels, or most of them, speaks for the others.
            for ax in made if width < 5 else (made[0], made[3], made[-1]):
                figure = ax.figure
                assert figure.get_size_inches()[0] == pytest.approx(width)
                figure.canvas.draw()
                whole = figure.bbox
                low, high = sorted(ax.get_ylim())
                ticks = [label for label in ax.get_yticklabels() if low <= label.get_position()[1] <= high]
                for text in [*ax.texts, *ticks, ax.xaxis.label, ax.yaxis.label]:
                    box = text.get_window_extent()
                    if text.get_text():
                        assert whole.x0 - 1 <= box.x0 <= box.x1 <= whole.x1 + 1, text
                        assert whole.y0 - 1 <= box.y0 <= box.y1 <= whole.y1 + 1, text
                legend = ax.get_legend()
                if legend is not None:
                    box = legend.get_window_extent()
                    assert box.y1 <= ax.get_window_extent().y0
                    assert box.y0 >= -1
                    assert box.x1 <= whole.x1 + 1
                plt.close(figure)


class TestText:
    """What people wrote is drawn as it is."""

    def test_names_are_neither_formulas_nor_tex(self) -> None:
        """A title and the name of a race stand in the picture letter by letter."""
        race = rs.Race(id="race", date=PLAN.end, distance=rs.km(10), name=HOSTILE)
        plan = rs.evolve(PLAN, runner=rs.evolve(RUNNER, races=(race,)))
        with plt.rc_context({"figure.figsize": (12, 6)}):
            ax = plots.season(plan, title=HOSTILE)
        assert HOSTILE in told(ax)
        assert ax.get_title() == HOSTILE
        svg = drawn(ax)
        assert "<script>" not in svg
        assert r"$x^2$ \frac{1}{2} \$ 50 % #1 _a_ &amp; {b} &lt;script&gt;" in svg

    def test_a_style_that_asks_for_tex_does_not_reach_what_people_wrote(self) -> None:
        """Every text that can hold a runner's words is kept from it."""
        record = rs.evolve(CATALOG.exercises["plank"], name=HOSTILE)
        catalog = CATALOG.with_records(exercises=[record])
        with plt.rc_context({"text.usetex": True}):
            made = [
                plots.outcomes(LOG, "plank", catalog=catalog, ax=canvas(), title=HOSTILE),
                plots.ladder(CALVES, ax=canvas(), title=HOSTILE),
                plots.season(PLAN, ax=canvas(), title=HOSTILE),
                plots.weekly_volume(rs.Log(), ax=canvas(), title=HOSTILE),
            ]
        for ax in made:
            legend = ax.get_legend()
            written = [ax.title, *ax.texts, *([*legend.get_texts(), legend.get_title()] if legend is not None else [])]
            assert all(not text.get_usetex() and not text.get_parse_math() for text in written if text.get_text())

    def test_a_series_of_ones_own_is_named_as_it_is(self) -> None:
        """What it counts and its unit are the caller's words."""
        series = rs.measures.DailySeries.of([1.0] * 9, first=MONDAY, what="$a$", unit=r"\b$c$")
        ax = plots.load(rs.measures.WeeklyVolume(), series, ax=canvas())
        assert r"\b$c$" in ax.get_ylabel()
        assert not ax.yaxis.label.get_parse_math()
        assert "$c$" in drawn(ax)

    def test_lanes_of_rules_are_named_as_they_are_drawn(self) -> None:
        """Labels of ticks are made anew when drawn, and still take nothing for a formula."""
        report = rs.audit(PLAN, log=LOG, fixes=False)
        ax = plots.findings(report, ax=canvas())
        drawn(ax)
        assert all(not label.get_parse_math() for label in ax.get_yticklabels())

    def test_a_word_longer_than_the_page_is_broken_and_cut(self) -> None:
        """No name, however long, makes a picture of its own."""
        race = rs.Race(id="race", date=PLAN.end, name="x" * 100_000)
        plan = rs.evolve(PLAN, runner=rs.evolve(RUNNER, races=(race,)))
        text = told(plots.season(plan, ax=canvas()))
        assert "…" in text
        assert len(text) < 1000


class TestSeason:
    """The season on one calendar."""

    def test_each_run_and_session_has_a_mark_on_its_day(self) -> None:
        """Counts by kind and emphasis are those of the plan."""
        marks = dots(plots.season(PLAN, ax=canvas()))
        planned = [run.kind for week in PLAN.weeks for run in week.runs]
        for kind in set(planned):
            assert len(marks[f"{kind} planned"].get_offsets()) == planned.count(kind)
        held = [session.emphasis for session in PLAN.sessions]
        for emphasis in set(held):
            assert len(marks[f"{emphasis} planned"].get_offsets()) == held.count(emphasis)
        day = next(session for session in PLAN.sessions if session.emphasis is rs.Emphasis.HEAVY_LEGS).date
        x, y = marks["heavy-legs planned"].get_offsets()[0]
        assert 0 < x - date2num(PLAN.week_of(day).start) < 7
        assert round(y) == day.weekday()

    def test_area_is_distance(self) -> None:
        """A run of twice the distance has twice the area."""
        marks = dots(plots.season(PLAN, ax=canvas()))
        easy, long = marks["easy planned"].get_sizes(), marks["long planned"].get_sizes()
        assert long[0] / easy[0] == pytest.approx(16 / 7)

    def test_phases_are_named_and_deloads_hatched(self) -> None:
        """One ground for each stretch of a phase, one hatch for each lighter week."""
        ax = plots.season(PLAN, ax=canvas())
        named = [text.get_text() for text in ax.texts]
        assert named == ["foundation", "build", "heavy", "maintenance", "taper", "race"]
        light = [each for each in ax.patches if each.get_label() == "deload"]
        assert [each.get_x() for each in light] == [date2num(week.start) for week in PLAN.weeks if week.deload]
        assert all(each.get_hatch() for each in light)

    def test_a_race_is_a_star_and_told_by_its_name(self) -> None:
        """Whether the plan holds a run of it or the runner's calendar alone."""
        ax = plots.season(PLAN, ax=canvas())
        assert len(dots(ax)["race planned"].get_offsets()) == 1
        assert "14 Mar 2027: Spring half marathon (A race)." in told(ax)

    def test_done_is_filled_and_planned_is_open(self) -> None:
        """With a log, days that it vouches for hold what it holds."""
        marks = dots(plots.season(PLAN, LOG, ax=canvas()))
        assert len(marks["easy done"].get_offsets()) == sum(run.kind is rs.RunKind.EASY for run in LOG.runs)
        assert len(marks["easy done"].get_facecolor()) == 1
        assert len(marks["easy planned"].get_facecolor()) == 0
        done = sum(
            len(each.get_offsets()) for name, each in marks.items() if name in ("light-legs done", "heavy-legs done")
        )
        assert done == len({(each.date, each.session) for each in LOG.performances})

    def test_weeks_begin_where_the_runner_has_them_begin(self) -> None:
        """Rows are weekdays from the runner's first one on."""
        sunday = rs.evolve(RUNNER, week_start=rs.Weekday.SUNDAY)
        ax = plots.season(rs.plan(sunday, weeks=3), ax=canvas())
        assert [label.get_text() for label in ax.get_yticklabels()][:2] == ["Sun", "Mon"]

    def test_what_is_skipped_is_left_out(self) -> None:
        """A skipped session is none."""
        first = PLAN.sessions[0]
        marks = dots(plots.season(PLAN.skip(first.id, "ill"), ax=canvas()))
        total = sum(len(marks[name].get_offsets()) for name in marks if "legs" in name)
        assert total == len(PLAN.sessions) - 1


class TestWeeklyVolume:
    """Kilometers by the week."""

    def test_bars_are_the_kilometers_of_each_week(self) -> None:
        """Those that the timeline adds up."""
        ax = plots.weekly_volume(STRAVA, ax=canvas())
        km = rs.measures.daily_km(STRAVA)
        weekly = [sum(value or 0 for value in km.values[place : place + 7]) for place in range(0, 28, 7)]
        assert [bar.get_height() for bar in ax.containers[0]] == pytest.approx(weekly)
        assert ax.get_ylabel() == "distance (km a week)"

    def test_unknown_weeks_have_no_bar_and_a_rest_week_has_a_zero(self) -> None:
        """Not recorded, a run without a distance, and no run are three different things."""
        log = rs.Log(
            runs=runs(10, 12, 0, None, 14, 15),
            coverage=[covered(4), covered(2, MONDAY + dt.timedelta(days=35))],
        )
        log = rs.evolve(log, runs=tuple(run for run in log.runs if run.date != MONDAY + dt.timedelta(days=28)))
        ax = plots.weekly_volume(log, ax=canvas())
        bars = {bar.get_x(): bar.get_height() for bars in ax.containers for bar in bars}
        weeks = [date2num(MONDAY) + 7 * place for place in range(7)]
        held = [[h for x, h in bars.items() if week <= x < week + 7] for week in weeks]
        assert held == [[10], [12], [0], [], [], [15], [0]]
        assert [text.get_text() for text in ax.texts] == ["0", "0"]
        gaps = [each for each in ax.patches if each.get_label() == "unknown"]
        assert [(each.get_x(), each.get_width()) for each in gaps] == [(weeks[3], 14)]
        assert all(each.get_hatch() for each in gaps)

    def test_a_week_that_is_known_in_part_is_hatched(self) -> None:
        """It holds at least as much."""
        log = rs.Log(runs=runs(10, 12), coverage=[rs.Coverage(first=MONDAY, last=MONDAY + dt.timedelta(days=9))])
        ax = plots.weekly_volume(log, ax=canvas())
        whole, part = ax.containers
        assert [bar.get_height() for bar in whole] == [10]
        assert [(bar.get_height(), bool(bar.get_hatch())) for bar in part] == [(12, True)]
        assert "not all of the week is recorded" in told(ax)

    def test_planned_kilometers_are_open(self) -> None:
        """They stand on those that are done."""
        ax = plots.weekly_volume(PLAN, log=LOG, ax=canvas())
        by_label = {bars.get_label(): bars for bars in ax.containers}
        total = sum(run.distance.km for run in LOG.runs if run.distance)
        assert sum(bar.get_height() for bar in by_label["done"]) == pytest.approx(total)
        assert not any(bar.get_fill() and bar.get_facecolor()[3] for bar in by_label["planned"])

    def test_marks_are_the_findings_of_the_rules(self) -> None:
        """A steep week and a long run are marked at their own numbers, the limit where the rule has it."""
        log = rs.Log(runs=runs(*[10] * 6, 30), coverage=[covered(7)])
        report = rs.audit(log, runner=RUNNER, select=["TM01", "TM02"])
        assert {each.rule for each in report.findings} == {"TM01", "TM02"}
        ax = plots.weekly_volume(log, runner=RUNNER, ax=canvas())
        lines = {line.get_label(): line for line in ax.lines}
        assert list(lines["TM01"].get_ydata()) == [30]
        week = MONDAY + dt.timedelta(days=42)
        assert list(lines["TM02"].get_xdata()) == [date2num(week) + 3.5]
        limits = next(each for each in ax.collections if each.get_label() == "TM02 limit")
        assert isinstance(limits, LineCollection)
        assert limits.get_segments()[0][0][1] == pytest.approx(13)
        assert "TM02: over 30 % above the highest of 4 weeks" in told(ax)

    def test_numbers_are_the_runners_own(self) -> None:
        """A limit that they moved moves the mark, and a rule that they ignore leaves none."""
        log = rs.Log(runs=runs(*[10] * 6, 14), coverage=[covered(7)])
        own = rs.evolve(RUNNER, overrides=(rs.Override(rule="TM02", parameter="max_increase", value=0.5),))
        assert "TM02" in labels(plots.weekly_volume(log, runner=RUNNER, ax=canvas()))
        assert "TM02" not in labels(plots.weekly_volume(log, runner=own, ax=canvas()))
        ignoring = rs.evolve(RUNNER, ignore=("TM",))
        assert not {"TM01", "TM02"} & set(labels(plots.weekly_volume(log, runner=ignoring, ax=canvas())))


class TestLoad:
    """Measures of load."""

    def test_a_line_has_the_values_of_the_measure(self) -> None:
        """Days of which it says nothing have none."""
        log = sensible_history(2).log
        track = rs.measures.Acwr().over(rs.measures.daily_load(log))
        ax = plots.load(rs.measures.Acwr(), log, ax=canvas())
        line = next(each for each in ax.lines if each.get_label() == "acute:chronic ratio")
        got = [None if value != value else value for value in line.get_ydata()]  # noqa: PLR0124 - NaN is not itself
        assert got == list(track.values)
        assert line.get_xdata()[0] == date2num(track.first)

    def test_the_caption_says_how_sure_anyone_is(self) -> None:
        """Certainty, who speaks against it, the convention, and why days are unknown."""
        text = told(plots.load(rs.measures.Acwr(), sensible_history(2).log, ax=canvas()))
        assert text.startswith("Certainty very low; contested (Lolli 2019, Impellizzeri 2020")
        assert "coupled, 7 days to 28" in text
        assert "before the record began" in text

    def test_a_limit_stands_where_a_rule_states_one_of_the_same_convention(self) -> None:
        """The number is the rule set's; of another window, or of kilometers, no rule speaks."""
        log = sensible_history(2).log
        rules = rs.load_rules().with_overrides([rs.Override(rule="TM10", parameter="coupled_over", value=1.4)], "call")
        ax = plots.load(rs.measures.Acwr(), log, rules=rules, ax=canvas())
        limit = next(each for each in ax.lines if each.get_label() == "TM10")
        assert list(limit.get_ydata()) == [1.4, 1.4]
        assert "TM10" not in labels(plots.load(rs.measures.Acwr(chronic=21), log, ax=canvas()))
        assert "TM10" not in labels(plots.load(rs.measures.Acwr(), rs.measures.daily_km(log), ax=canvas()))
        spikes = labels(plots.load(rs.measures.SessionSpike(), log, ax=canvas()))
        assert spikes.count("TM01") == 2
        strain = labels(plots.load(rs.measures.Strain(), log, ax=canvas()))
        assert strain.count("TM11") == 1

    def test_unknown_days_have_a_dotted_ground(self) -> None:
        """From the first day to the day before the first value."""
        series = rs.measures.DailySeries.of([5.0] * 10 + [None] + [5.0] * 10, first=MONDAY, what="distance", unit="km")
        ax = plots.load(rs.measures.WeeklyVolume(), series, ax=canvas())
        gaps = [
            (each.get_x() - date2num(MONDAY), each.get_width()) for each in ax.patches if each.get_label() == "unknown"
        ]
        assert gaps == [(0, 6), (10, 7)]

    def test_several_lines_differ_in_color_and_style(self) -> None:
        """In grey as well."""
        both = [rs.measures.LoadAverage(days=42), rs.measures.LoadAverage(days=7)]
        lines = [
            each
            for each in plots.load(both, sensible_history(2).log, ax=canvas()).lines
            if each.get_label() == "average"
        ]
        assert len({(line.get_color(), line.get_linestyle()) for line in lines}) == 2
        assert len({line.get_linestyle() for line in lines}) == 2

    def test_what_cannot_be_drawn_together_is_refused_with_a_cure(self) -> None:
        """Units that differ, no measure, and a measure of nothing."""
        with pytest.raises(rs.InvalidValue, match="axes of its own"):
            plots.load([rs.measures.Acwr(), rs.measures.LoadAverage()], STRAVA, ax=canvas())
        with pytest.raises(rs.InvalidValue, match="one measure or several"):
            plots.load([], STRAVA, ax=canvas())
        with pytest.raises(rs.InvalidValue, match="pass series="):
            plots.load(rs.measures.Acwr(), ax=canvas())

    def test_a_track_is_drawn_as_it_is(self) -> None:
        """It has been taken over its series already."""
        track = rs.measures.WeeklyVolume().over(rs.measures.daily_km(STRAVA))
        ax = plots.load(track, ax=canvas())
        assert ax.get_ylabel().split() == ["volume", "of", "distance", "(km)"]


class TestLadder:
    """A progression with the runner's place on it."""

    def test_every_rung_is_told_with_its_dose(self) -> None:
        """From the bottom up, by the names of the catalog."""
        ax = plots.ladder(CALVES, ax=canvas())
        names = [text.get_text() for text in ax.texts[::2]]
        assert names == [CATALOG.exercises[rung.exercise].name for rung in CALVES.rungs]
        assert "2 x 10-15 reps" in ax.texts[1].get_text()
        heights = next(line for line in ax.lines if line.get_label() == "rung").get_ydata()
        assert list(heights) == sorted(heights)

    def test_the_runners_place_is_marked(self) -> None:
        """Rungs under it are filled, those above open, and its own tells what is asked now."""
        state = rs.fold(CALVES, LOG.performances, runner=RUNNER)
        ax = plots.ladder(CALVES, state, ax=canvas())
        lines = {line.get_label(): line for line in ax.lines}
        assert len(lines["below"].get_ydata()) == state.rung
        assert list(lines["here"].get_ydata()) == [ax.get_yticks()[state.rung]]
        assert len(lines["ahead"].get_ydata()) == len(CALVES.rungs) - state.rung - 1
        now = ax.texts[2 * state.rung + 1].get_text().replace("\n", " ")
        assert now.startswith("now: 2 x 8-12 reps each side, 2 kg")
        assert "opens the next" in now

    def test_the_last_rung_says_what_comes_after(self) -> None:
        """There is no next one to open."""
        last = len(CALVES.rungs) - 1
        asked = CALVES.rungs[last].start(CATALOG.exercises[CALVES.rungs[last].exercise], CALVES.id)
        state = rs.State(progression=CALVES.id, rung=last, earned=asked, prescription=asked)
        assert "after it:" in plots.ladder(CALVES, state, ax=canvas()).texts[-1].get_text()

    def test_a_state_of_another_ladder_is_refused(self) -> None:
        """Its place would say nothing."""
        state = rs.begin(CATALOG.progressions["calf-raise-bent"], runner=RUNNER)
        with pytest.raises(rs.InvalidValue, match="the state of this ladder"):
            plots.ladder(CALVES, state, ax=canvas())

    def test_small_axes_get_smaller_text(self) -> None:
        """Rungs do not run into each other."""
        small = Figure(figsize=(4, 2)).subplots()
        big = Figure(figsize=(4, 8)).subplots()
        sizes = [plots.ladder(CALVES, ax=ax).texts[0].get_fontsize() for ax in (small, big)]
        assert sizes[0] < sizes[1]


class TestTissueSets:
    """Hard sets by tissue and week."""

    @staticmethod
    def cells(ax: Axes) -> Any:
        """Return the values of the heat map."""
        mesh = next(each for each in ax.collections if isinstance(each, QuadMesh))
        return mesh.get_array().reshape(len(ax.get_yticks()), -1)

    def test_fields_are_the_sets_of_the_timeline(self) -> None:
        """By tissue, and by region the most that one of its tissues gets."""
        from runstrong.model.timeline import Definitions, Timeline

        timeline = Timeline(RUNNER, CATALOG, Definitions.of(rs.load_rules()), plan=PLAN)
        ax = plots.tissue_sets(PLAN, ax=canvas())
        names = [label.get_text().replace(" ", "-") for label in ax.get_yticklabels()]
        got = self.cells(ax)
        for place, name in enumerate(names):
            wanted = [timeline.sets_by_week.get(week.start, {}).get(rs.Tissue(name), 0.0) for week in PLAN.weeks]
            assert list(got[place]) == wanted
        by_region = plots.tissue_sets(PLAN, by="region", ax=canvas())
        assert self.cells(by_region).max() == got.max()
        assert ax.figure.axes[1].get_ylabel() == "hard sets a week"

    def test_what_is_not_known_is_dotted(self) -> None:
        """Weeks that the log does not vouch for, and sets without an effort."""
        sets = (rs.PerformedSet(amount=rs.Reps(8), rir=rs.RIR(2)),)
        done = [
            rs.Performance(date=MONDAY + dt.timedelta(days=14 * place), exercise="goblet-squat", sets=sets)
            for place in (0, 1)
        ]
        log = rs.Log(performances=done, coverage=[covered(1, strength=True)])
        ax = plots.tissue_sets(log, by="region", ax=canvas())
        gaps = [each for each in ax.patches if each.get_label() == "unknown"]
        assert {(each.get_x() - date2num(MONDAY), each.get_width()) for each in gaps} == {(7, 14)}
        assert all(each.get_hatch() for each in gaps)

    def test_weeks_over_the_cap_are_framed_by_the_rule(self) -> None:
        """With the runner's own number."""
        own = rs.evolve(PLAN, overrides=(rs.Override(rule="TM03", parameter="cap", value=6),))
        report = rs.audit(own, select=["TM03"], fixes=False)
        assert report.findings
        ax = plots.tissue_sets(own, ax=canvas())
        frames = [each for each in ax.patches if each.get_label() == "TM03"]
        assert all(isinstance(each, Rectangle) for each in frames)
        assert len(frames) == len(report.findings)
        assert "more than 6 hard sets" in told(ax)

    def test_another_grouping_is_refused(self) -> None:
        """The choices are told."""
        with pytest.raises(rs.InvalidValue, match="'tissue' or 'region'"):
            plots.tissue_sets(PLAN, by="muscle", ax=canvas())  # type: ignore[arg-type]


class TestFindings:
    """The findings of an audit on a timeline."""

    REPORT = rs.audit(PLAN, log=LOG, fixes=False)

    def test_each_finding_has_a_mark_in_the_lane_of_its_rule(self) -> None:
        """By severity."""
        ax = plots.findings(self.REPORT, ax=canvas())
        lanes = sorted({each.rule for each in self.REPORT.findings})
        assert [label.get_text().split()[0] for label in ax.get_yticklabels()] == lanes
        for severity, marks in dots(ax).items():
            wanted = [each for each in self.REPORT.findings if str(each.severity) == severity]
            rows = sorted(lanes[round(y)] for _, y in marks.get_offsets())
            assert rows == sorted(each.rule for each in wanted)

    def test_waived_findings_are_open(self) -> None:
        """They stay in the picture as they stay in the audit."""
        waiver = rs.Waiver(rule="TM01", reason="a race is a race")
        ax = plots.findings(rs.audit(PLAN, log=LOG, fixes=False, waivers=[waiver]), ax=canvas())
        assert len(dots(ax)["info waived"].get_facecolor()) == 0
        assert "info, waived" in told(ax)

    def test_markers_and_colors_differ_by_severity(self) -> None:
        """So that a copy in grey can be read."""
        from runstrong.faces.plots.audited import _MARKS

        assert len({mark.marker for mark in _MARKS.values()}) == len(rs.Severity)
        assert len({mark.color for mark in _MARKS.values()}) == len(rs.Severity)

    def test_without_findings_the_axes_say_so(self) -> None:
        """A pass is told as openly as a finding."""
        ax = plots.findings(rs.audit(PLAN, select=["TM03"]), ax=canvas())
        assert [text.get_text() for text in ax.texts] == ["Nothing found: 1 rule applied."]


class TestAdherence:
    """Planned against done."""

    def test_each_session_has_one_mark(self) -> None:
        """Done, missed where the log vouches for the day, unknown elsewhere."""
        ax = plots.adherence(PLAN, LOG, ax=canvas())
        counts = {line.get_label(): len(line.get_xdata()) for line in ax.lines}
        book = log_by_session(PLAN, LOG, CATALOG)
        done = done_ids(book) & {session.id for session in PLAN.sessions}
        assert counts["done"] + counts.get("moved", 0) == len(done)
        assert sum(counts.values()) == len(PLAN.sessions)
        open_ = [each for each in PLAN.sessions if each.id not in done]
        assert counts["missed"] == sum(LOG.covers(each.date, "strength") for each in open_)
        assert "5 of 6 sessions of which the log can tell were done" in told(ax)

    def test_a_season_that_was_followed(self) -> None:
        """No session is unknown where the log vouches for every day; skipped ones are told apart."""
        plan, log = followed_plan(3)
        ax = plots.adherence(plan.skip(plan.sessions[0].id, "travel"), log, ax=canvas())
        counts = {line.get_label(): len(line.get_xdata()) for line in ax.lines}
        assert "unknown" not in counts
        assert sum(counts.values()) == len(plan.sessions)

    def test_runs_of_weeks_that_are_known_have_a_filled_bar(self) -> None:
        """Others have a dotted ground."""
        ax = plots.adherence(PLAN, LOG, what="runs", ax=canvas())
        planned, done = ax.containers
        assert len(planned) == len(PLAN.weeks)
        assert [round(bar.get_height()) for bar in done] == [46, 46, 38]
        assert any(each.get_label() == "unknown" for each in ax.patches)

    def test_another_kind_is_refused(self) -> None:
        """The choices are told."""
        with pytest.raises(rs.InvalidValue, match="'sessions' or 'runs'"):
            plots.adherence(PLAN, LOG, what="rides", ax=canvas())  # type: ignore[arg-type]


class TestOutcomes:
    """Amounts and loads of an exercise, and the pace of long runs."""

    def test_every_set_has_a_mark_left_and_right_apart(self) -> None:
        """The line joins the weakest set of each day."""
        ax = plots.outcomes(LOG, "single-leg-calf-raise", ax=canvas())
        sets = [one for each in LOG.performances if each.exercise == "single-leg-calf-raise" for one in each.sets]
        marks = dots(ax)
        for side in (rs.Side.LEFT, rs.Side.RIGHT):
            wanted = sorted(one.amount.low for one in sets if one.side is side)
            assert sorted(marks[f"{side} clear"].get_offsets()[:, 1]) == wanted
        weakest = next(line for line in ax.lines if line.get_label() == "left weakest")
        assert list(weakest.get_ydata()) == [11, 12, 13]
        assert len({line.get_linestyle() for line in ax.lines}) == 2

    def test_loads_stand_on_an_axis_of_their_own(self) -> None:
        """In kilograms, the heaviest of each day and side."""
        first = rs.PerformedSet(amount=rs.Reps(8), load=rs.External(rs.kg(10)))
        second = rs.PerformedSet(
            amount=rs.Reps(10),
            load=rs.External(rs.kg(12)),
            failed_form=(rs.Form.KNEE_INWARD,) if hasattr(rs.Form, "KNEE_INWARD") else (next(iter(rs.Form)),),
        )
        done = [
            rs.Performance(date=MONDAY, exercise="goblet-squat", sets=(first,)),
            rs.Performance(date=MONDAY + dt.timedelta(days=3), exercise="goblet-squat", sets=(first, second)),
        ]
        ax = plots.outcomes(rs.Log(performances=done), "goblet-squat", ax=canvas())
        beside = ax.figure.axes[1]
        assert beside.get_ylabel() == "load (kg)"
        assert list(beside.lines[0].get_ydata()) == [10, 12]
        assert len(dots(ax)["none flawed"].get_facecolor()) == 0

    def test_bands_are_written_where_they_change(self) -> None:
        """They have no mass."""
        ax = plots.outcomes(LOG, "lateral-band-walk", ax=canvas())
        assert [text.get_text().replace("\n", " ") for text in ax.texts] == ["light band at knees"]
        assert len(ax.figure.axes) == 1

    def test_what_was_done_without_sets_is_told(self) -> None:
        """And an exercise that is not there, too."""
        bare = rs.Log(performances=[rs.Performance(date=MONDAY, exercise="plank")])
        assert "no set of it" in plots.outcomes(bare, "plank", ax=canvas()).texts[0].get_text()
        assert "not in this log" in plots.outcomes(bare, "push-up", ax=canvas()).texts[0].get_text()

    def test_pace_is_time_over_distance(self) -> None:
        """Faster is higher, and no drift is claimed that no log holds."""
        ax = plots.long_run_pace(LOG, ax=canvas())
        long = [run for run in LOG.runs if run.kind is rs.RunKind.LONG]
        got = dots(ax)["long run"].get_offsets()[:, 1]
        assert list(got) == pytest.approx([run.duration.seconds / run.distance.km for run in long])
        assert ax.yaxis_inverted()
        assert "keeps no splits" in told(ax)
        assert ax.get_ylabel() == "pace (min:s per km)"


@pytest.mark.parametrize(
    ("draw", "why"),
    [
        (lambda ax: plots.weekly_volume(rs.Log(), ax=ax), "the log is empty"),
        (lambda ax: plots.load(rs.measures.Acwr(), rs.Log(), ax=ax), "the log is empty"),
        (lambda ax: plots.tissue_sets(rs.Log(), ax=ax), "there is no strength work"),
        (lambda ax: plots.outcomes(rs.Log(), "plank", ax=ax), "not in this log"),
        (lambda ax: plots.long_run_pace(rs.Log(), ax=ax), "No long run"),
        (lambda ax: plots.adherence(BARE, rs.Log(), ax=ax), "the plan holds none"),
        (lambda ax: plots.adherence(BARE, rs.Log(), what="runs", ax=ax), "the plan holds none"),
    ],
)
def test_empty_axes_say_why(draw: Any, why: str) -> None:
    """Nothing to draw is no error: a report of many pictures goes on."""
    ax = draw(canvas())
    assert why in ax.texts[0].get_text()
    drawn(ax)


BARE = rs.evolve(PLAN, weeks=tuple(rs.evolve(week, sessions=(), runs=()) for week in PLAN.weeks))


def test_dates_are_the_same_in_every_locale_and_carry_their_year() -> None:
    """The first label and the first of a new year have the year under them."""
    ax = plots.season(PLAN, ax=canvas())
    texts = [label.get_text() for label in ax.get_xticklabels()]
    assert texts[0] == "7 Dec\n2026"
    assert sum("\n2027" in text for text in texts) == 1
