"""Laws of pictures: whatever a plan or a log holds is drawn, the same each time, and nothing of it is markup."""

from __future__ import annotations

import datetime as dt
import io

import matplotlib as mpl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure

from runstrong.auditor import audit
from runstrong.catalog import load_catalog
from runstrong.faces import plots
from runstrong.measures import Measure, daily_load
from runstrong.model.attribution import log_by_session
from runstrong.model.errors import InvalidValue
from runstrong.model.log import Log
from runstrong.model.plan import Plan
from runstrong.model.runner import Runner
from runstrong.model.running import Race, RunningWeek
from runstrong.model.timeline import Definitions, Timeline
from runstrong.model.value import evolve
from runstrong.rules import load_rules
from runstrong.testing import strategies
from runstrong.testing.strategies import MONDAY

mpl.use("Agg")
CATALOG, WORDS = load_catalog(), Definitions.of(load_rules())
FEW = settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
HOSTILE = st.one_of(
    st.sampled_from(
        ["$x$", "$$", r"\frac{1}{2}", "<script>alert(1)</script>", '"><img src=x>', "]]>", "_x", "$", "a\nb"]
    ),
    # What DejaVu Sans has a glyph for; others are drawn as boxes, with a warning of matplotlib's.
    st.text(st.characters(min_codepoint=32, max_codepoint=0x17F, exclude_categories=["Cc", "Cf"]), max_size=60),
)


def canvas() -> Axes:
    """Return axes of a small figure that pyplot knows nothing of."""
    return Figure(figsize=(4, 3)).subplots()


def svg(ax: Axes) -> str:
    """Draw the figure as SVG, text as text."""
    out = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": "law", "svg.fonttype": "none"}):
        ax.figure.savefig(out, format="svg", metadata={"Date": None})
    return out.getvalue()


class TestEverythingIsDrawn:
    """Law: any plan and any log make a picture, without an error, a warning or a figure left behind."""

    @settings(FEW, max_examples=4)
    @given(plan=strategies.plans(), log=strategies.logs(weeks=4))
    def test_plans_and_logs(self, plan: Plan, log: Log) -> None:
        """Every picture of a plan with its log, and of either alone."""
        exercise = next((each.exercise for each in log.performances), "plank")
        for ax in (
            plots.season(plan, log, ax=canvas()),
            plots.weekly_volume(plan, log=log, ax=canvas()),
            plots.weekly_volume(log, ax=canvas()),
            plots.tissue_sets(plan, log=log, by="region", ax=canvas()),
            plots.adherence(plan, log, ax=canvas()),
            plots.adherence(plan, log, what="runs", ax=canvas()),
            plots.outcomes(log, exercise, ax=canvas()),
            plots.long_run_pace(log, ax=canvas()),
            plots.findings(audit(plan, log=log, fixes=False), ax=canvas()),
        ):
            svg(ax)

    @FEW
    @given(measure=strategies.measures(), log=strategies.logs(weeks=4))
    def test_measures(self, measure: Measure, log: Log) -> None:
        """Of any convention, over any log."""
        ax = plots.load(measure, log if log.span is None else daily_load(log), ax=canvas())
        svg(ax)

    @FEW
    @given(data=st.data())
    def test_ladders(self, data: st.DataObject) -> None:
        """With a runner anywhere on them."""
        ladder = data.draw(strategies.progressions())
        runner = data.draw(strategies.climbers())
        try:
            state = data.draw(strategies.states(ladder, runner))
        except InvalidValue:  # no rung of the ladder is within reach
            return
        svg(plots.ladder(ladder, state, ax=canvas()))


class TestCounts:
    """Law: a picture shows as many as there are."""

    @FEW
    @given(plan=strategies.plans(), log=strategies.logs(weeks=4))
    def test_marks_are_runs_and_sessions(self, plan: Plan, log: Log) -> None:
        """One for each run and session that the timeline has in the plan's weeks, and for a race without a run."""
        ax = plots.season(plan, log, ax=canvas())
        timeline = Timeline(plan.runner, CATALOG, WORDS, plan=plan, log=log_by_session(plan, log, CATALOG))
        first, last = plan.weeks[0].start, plan.end
        days = [run.date for run, _ in timeline.runs] + [session.date for session in timeline.sessions]
        marks = sum(len(each.get_offsets()) for each in ax.collections if isinstance(each, PathCollection))
        raced = {run.date for run, _ in timeline.runs if str(run.kind) == "race"}
        races = [race for race in plan.runner.races if race.date not in raced]
        assert marks == sum(first <= day <= last for day in [*days, *(race.date for race in races)])

    @FEW
    @given(log=strategies.logs(weeks=6))
    def test_bars_are_weeks_of_known_kilometers(self, log: Log) -> None:
        """Their heights are those that the timeline adds up, and no other week has one."""
        ax = plots.weekly_volume(log, ax=canvas())
        heights = [bar.get_height() for bars in ax.containers for bar in bars]
        runner = Runner(name="", running=RunningWeek())
        weekly = Timeline(runner, CATALOG, WORDS, log=log).weekly_km
        assert sorted(height for height in heights if height) == sorted(km for km in weekly.values() if km)


class TestTextIsText:
    """Law: no text in any field is a formula, TeX or markup in a picture."""

    @FEW
    @given(plan=strategies.plans(most_weeks=2), name=HOSTILE, title=HOSTILE)
    def test_names(self, plan: Plan, name: str, title: str) -> None:
        """Names of races and titles are drawn letter by letter."""
        race = Race(id="race", date=MONDAY + dt.timedelta(days=3), name=name)
        ax = plots.season(evolve(plan, runner=evolve(plan.runner, races=(race,))), title=title, ax=canvas())
        assert ax.get_title().split() == title.split() or len(title) > 20
        drawn = svg(ax)
        assert "<script" not in drawn
        assert "<img" not in drawn
        legend = ax.get_legend()
        assert legend is not None
        assert not any(text.get_parse_math() for text in (ax.title, legend.get_title(), *legend.get_texts()))


class TestDeterminism:
    """Law: the same values make the same picture, byte for byte."""

    @settings(FEW, max_examples=2)
    @given(plan=strategies.plans(), log=strategies.logs(weeks=4))
    def test_svg_and_png(self, plan: Plan, log: Log) -> None:
        """In both formats, with a salt for the ids of SVG."""
        made = [plots.season(plan, log, ax=canvas()) for _ in range(2)]
        assert svg(made[0]) == svg(made[1])
        files = []
        for ax in made:
            out = io.BytesIO()
            ax.figure.savefig(out, format="png", metadata={"Software": None})
            files.append(out.getvalue())
        assert files[0] == files[1]
        volumes = [svg(plots.weekly_volume(plan, log=log, ax=canvas())) for _ in range(2)]
        assert volumes[0] == volumes[1]
