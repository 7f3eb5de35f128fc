"""What a notebook, a terminal and a page show of each noun."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

import runstrong as rs
from runstrong.faces.blocks import Bars, Fold
from runstrong.faces.cards import CARDS, card, report_of

CATALOG, RULES = rs.load_catalog(), rs.load_rules()
RUNNER = rs.load("examples/runner.yaml", rs.Runner)
PLAN = rs.plan(RUNNER)
LOG = rs.read_log("examples/activities.csv")
LADDER = CATALOG.progressions["calf-raise-straight"]
STEP = rs.advance(
    LADDER,
    rs.begin(LADDER),
    rs.Performance(
        date=dt.date(2027, 1, 4),
        exercise="calf-raise",
        sets=2 * (rs.PerformedSet(amount=rs.Reps(15), rir=rs.RIR(3)),),
    ),
)
NOUNS = [
    RUNNER, CATALOG.exercises["single-leg-calf-raise"], LADDER, PLAN.sessions[0], PLAN.weeks[0], PLAN,
    rs.audit(LOG, runner=RUNNER), LOG, STEP, STEP.state,
]  # fmt: skip


class Printer:
    """What IPython hands to a value that prints itself."""

    def __init__(self, depth: int = 1) -> None:
        self.stack, self.said = [None] * depth, ""

    def text(self, text: str) -> None:
        """Note what is printed."""
        self.said += text


Printer.__module__ = "IPython.lib.pretty"


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: type(noun).__name__)
class TestEachNoun:
    """Every noun that a person asks for by name has a card."""

    def test_a_notebook_shows_its_card(self, noun: Any) -> None:
        """It is a fragment without scripts that brings its style."""
        made = noun._repr_html_()
        assert made is not None
        assert made.startswith('<div class="runstrong"><style>')
        assert "<script" not in made

    def test_it_reads_as_text(self, noun: Any) -> None:
        """Text and Markdown say the same, from the same blocks."""
        made = card(noun, CATALOG, RULES)
        assert made
        assert rs.to_text(noun).strip()
        assert rs.to_markdown(noun).strip()
        assert rs.to_html(noun).startswith("<!DOCTYPE html>")

    def test_ipython_without_a_browser_prints_its_card(self, noun: Any) -> None:
        """By itself it is the card; within a list, and cut short, its repr."""
        alone, within = Printer(), Printer(2)
        noun._repr_pretty_(alone, cycle=False)
        noun._repr_pretty_(within, cycle=False)
        assert alone.said != repr(noun)
        assert "\n" in alone.said
        assert within.said == repr(noun)


def test_every_noun_with_a_card_is_tried() -> None:
    """None is forgotten above."""
    assert {type(noun) for noun in NOUNS} == set(CARDS)


class TestOthers:
    """What has no card is shown as it always was."""

    def test_a_notebook_falls_back_to_the_repr(self) -> None:
        """Amounts, sets and reasons have none."""
        assert rs.Reps(8)._repr_html_() is None
        printer = Printer()
        rs.Reps(8)._repr_pretty_(printer, cycle=False)
        assert printer.said == "Reps(8)"

    def test_a_report_of_it_is_refused_by_name(self) -> None:
        """The error names what has one."""
        with pytest.raises(TypeError, match="Reps has no report; those that have one: Audit, Exercise, Log"):
            rs.to_text(rs.Reps(8))


class TestPlan:
    """A plan at a glance, and in full."""

    def test_the_card_folds_its_weeks(self) -> None:
        """Each week can be opened, and under it each session."""
        made = card(PLAN, CATALOG, RULES)
        assert made is not None
        weeks = [block for block in made if isinstance(block, Fold)]
        assert len(weeks) == len(PLAN.weeks)
        sessions = [block for block in weeks[0].blocks if isinstance(block, Fold)]
        assert len(sessions) == len(PLAN.weeks[0].sessions)

    def test_the_card_draws_the_running(self) -> None:
        """Its bars are the kilometers of the weeks; a week with a run of unknown length is unknown."""
        runs = (rs.UsualRun(day=rs.Weekday.TUESDAY, distance=rs.km(8)), rs.UsualRun(day=rs.Weekday.SUNDAY))
        ada = rs.Runner(name="Ada", running=rs.RunningWeek(runs=runs))
        made = card(rs.plan(ada, dt.date(2027, 1, 4), 2), CATALOG, RULES) or ()
        figure = next(block for block in made if isinstance(block, Bars))
        assert [bar.value for bar in figure.bars] == [None, None]

    def test_the_report_is_the_whole_plan(self) -> None:
        """`to_text` of a plan prints what the command line prints."""
        assert rs.to_text(PLAN).startswith("Strength and mobility plan for Jonas Weber\n")
        assert report_of(PLAN, CATALOG, RULES) != card(PLAN, CATALOG, RULES)

    def test_its_own_exercises_have_names(self) -> None:
        """An exercise that travels in the plan is shown by its name, not by its id."""
        own = rs.evolve(CATALOG.exercises["split-squat"], id="my-squat", name="My <squat>")
        asked = rs.evolve(next(each for _, each in PLAN.sessions[1].prescriptions() if each.exercise == "split-squat"),
                          exercise="my-squat", progression=None)  # fmt: skip
        mine = rs.evolve(PLAN.swap(PLAN.sessions[1].id, "split-squat", asked), exercises=(own,))
        assert "My &lt;squat&gt;" in (mine._repr_html_() or "")
        assert "My &lt;squat&gt;" in rs.to_html(mine)


class TestRunner:
    """A runner as far as known."""

    def test_what_is_unknown_is_left_out_but_for_the_clearance(self) -> None:
        """Unknown clearance closes heavy work and jumps, so that it is shown."""
        text = rs.to_text(rs.Runner(name="Ada", running=rs.RunningWeek()))
        assert "clearance" in text
        assert "unknown" in text
        assert "body " not in text

    def test_the_week_begins_on_the_runners_own_day(self) -> None:
        """A week that starts on Sunday lists Sunday first."""
        runs = (rs.UsualRun(day=rs.Weekday.MONDAY), rs.UsualRun(day=rs.Weekday.SUNDAY))
        ada = rs.Runner(name="Ada", running=rs.RunningWeek(runs=runs), week_start=rs.Weekday.SUNDAY)
        text = rs.to_text(ada)
        assert text.index("Sunday") < text.index("Monday")


class TestLog:
    """Totals and weeks of a log."""

    def test_a_week_nobody_vouches_for_is_unknown(self) -> None:
        """A gap in the log is a question mark; a week vouched for without a run is zero."""
        runs = tuple(rs.Run(date=dt.date(2027, 1, day), distance=rs.km(10)) for day in (4, 25))
        open_, closed = rs.Log(runs=runs), rs.Log(
            runs=runs, coverage=(rs.Coverage(first=dt.date(2027, 1, 4), last=dt.date(2027, 1, 17)),)
        )  # fmt: skip

        def values(log: rs.Log) -> list[float | None]:
            made = card(log, CATALOG, RULES) or ()
            return [bar.value for block in made if isinstance(block, Bars) for bar in block.bars]

        assert values(open_) == [10.0, None, None, 10.0]
        assert values(closed) == [10.0, 0.0, None, 10.0]

    def test_an_empty_log_says_so(self) -> None:
        """It has no figure and vouches for nothing."""
        assert rs.to_text(rs.Log()).splitlines()[0] == "Log, nothing in it"
