"""Laws of the timeline: an index says what a plain look at runs, sessions and rows says."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runstrong.auditor.engine import Auditor
from runstrong.catalog.records import load_catalog
from runstrong.model.log import Log
from runstrong.model.plan import Plan
from runstrong.model.prescription import External
from runstrong.model.quantities import RIR
from runstrong.model.timeline import Definitions, Row, Timeline, emphasis_of, hard_sets, is_heavy
from runstrong.model.words import Count, ExerciseKind, PartName, Tissue
from runstrong.rules import load_rules
from runstrong.testing import strategies

CATALOG, RULES = load_catalog(), load_rules()
WORDS = Definitions.of(RULES)
DAY = dt.timedelta(days=1)
WHAT = ("runs", "strength", "warm_ups")


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    """Draw a plan, a log or both as one timeline."""
    plan: Plan = draw(strategies.plans())
    log: Log | None = draw(st.none() | strategies.logs(weeks=3))
    kept = plan if log is None or draw(st.booleans()) else None
    return Timeline(plan.runner, CATALOG, WORDS, log=log, plan=kept)


class TestIndices:
    """Each index is what its definition gives, counted the slow way."""

    @given(timelines())
    def test_runs(self, line: Timeline) -> None:
        """Runs by day, week and hardness are the runs of the sequence."""
        runs = [run for run, _ in line.runs]
        assert [run for of_day in line.runs_by_day.values() for run in of_day] == runs
        assert [run for of_week in line.runs_by_week.values() for run in of_week] == runs
        assert all(line.runner.week_of(run.date) == week for week, held in line.runs_by_week.items() for run in held)
        assert [run for hard in line.hard_runs_by_day.values() for run in hard] == [
            run for run in runs if run.kind.hard
        ]
        assert all(performed is (run.date in line.days_run) for run, performed in line.runs)

    @given(timelines())
    def test_sessions(self, line: Timeline) -> None:
        """Sessions by week and kind are the sessions of the sequence; each knows its week, main part and emphasis."""
        assert [one for held in line.sessions_by_week.values() for one in held] == list(line.sessions)
        assert all(one.week == week for week, held in line.sessions_by_week.items() for one in held)
        for one in line.sessions:
            assert one.week == line.runner.week_of(one.date)
            assert one.main == tuple(row for row in one.rows if row.part is PartName.MAIN)
            assert one.hard == tuple(row for row in one.main if row.exercise.hard)
            assert one.lineup == tuple(row.exercise.id for row in one.hard)
            assert one.emphasis is emphasis_of(((row.exercise, row.load, row.effort) for row in one.main), WORDS)
        for kind in ExerciseKind:
            held = [one for one in line.sessions if any(row.exercise.kind is kind for row in one.rows)]
            assert list(line.sessions_with(kind)) == held

    @given(timelines())
    def test_rows(self, line: Timeline) -> None:
        """Heavy rows, known rows and hard sets by week follow from the rows."""
        sets: dict[tuple[dt.date, Tissue], float] = {}
        known: dict[str, list[Any]] = {}
        for row in line.rows:
            main = row.part is PartName.MAIN
            assert row.heavy is (main and is_heavy(row.exercise, row.load, row.effort, WORDS))
            assert row.surely_heavy is (row.heavy and _sure(row))
            if main and row.exercise.hard and (row.performance is None or row.performance.sets):
                known.setdefault(row.exercise.id, []).append(row)
            counted = _counted(row) if main else 0.0
            assert line.hard_sets(row) == pytest.approx(counted)
            for tissues, share in ((row.exercise.primary, 1.0), (row.exercise.secondary, WORDS.secondary_share)):
                for tissue in tissues if counted else ():
                    key = (line.runner.week_of(row.date), tissue)
                    sets[key] = sets.get(key, 0.0) + counted * share
        assert {id: list(rows) for id, rows in line.known_rows.items()} == known
        assert {
            (week, tissue): got for week, held in line.sets_by_week.items() for tissue, got in held.items()
        } == pytest.approx(sets)

    @given(timelines(), st.integers(-10, 40), st.integers(0, 20), st.sampled_from(WHAT))
    def test_what_is_vouched_for(self, line: Timeline, first: int, days: int, what: str) -> None:
        """A stretch is vouched for when each of its days is, and so is a week, however often it is asked."""
        begin = strategies.MONDAY + first * DAY
        each = [line.vouches_for(begin + day * DAY, what) for day in range(days + 1)]
        assert line.vouches_between(begin, begin + days * DAY, what) is all(each)
        week = all(line.vouches_for(begin + day * DAY, what) for day in range(7))
        assert [line.whole_week(begin, what) for _ in range(2)] == [week, week]


def _sure(row: Row) -> bool:
    """Whether a heavy row is heavy even with as much more in reserve as a feeling errs by."""
    if row.performance is None or row.effort is None:
        return True
    most = row.effort.reps + WORDS.felt_error
    few = 100 / (1 + (row.amount + most) / 30) >= WORDS.heavy_percent
    counted = isinstance(row.load, External) and row.exercise.counted is Count.REPS and row.sets > 1
    return (counted and few) or is_heavy(row.exercise, row.load, RIR(min(10, most)), WORDS)


def _counted(row: Row) -> float:
    """Return the hard sets of a row: as asked, or set by set where they were done."""
    if row.performance is None:
        return hard_sets(row.exercise, row.sets, row.rir, WORDS)
    felt = [hard_sets(row.exercise, 1, one.rir, WORDS) for one in row.performance.sets if one.rir is not None]
    return row.sets * sum(felt) / len(felt) if felt else 0.0


class TestSharing:
    """What rules share does not let one see the other."""

    @settings(max_examples=20, deadline=None)
    @given(timelines())
    def test_a_rule_alone_says_what_it_says_among_all(self, line: Timeline) -> None:
        """A rule that looks at a timeline first, and one that looks last, find what each finds alone."""
        codes = tuple(rule.id for rule in RULES)
        together = Auditor(line.runner, RULES.narrowed(codes), catalog=CATALOG, log=line.log)
        findings, silent = together.judge(line)
        again, silent_again = together.judge(line)
        assert (again, silent_again) == (findings, silent)
        for code in codes:
            alone = Auditor(line.runner, RULES.narrowed([code]), catalog=CATALOG, log=line.log)
            found, unable = alone.judge(alone.timeline(line.plan))
            assert found == [each for each in findings if each.rule == code]
            assert unable == [each for each in silent if each.rule == code]
