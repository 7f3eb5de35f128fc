"""Which planned session each performance of a log belongs to."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import runstrong as rs
from runstrong.model.attribution import done_ids, log_by_session

ROOT = Path(__file__).parents[2]
CATALOG = rs.load_catalog()
PLAN = rs.plan(rs.load(ROOT / "examples" / "runner.yaml", rs.Runner), weeks=4)
FIRST = PLAN.sessions[0]


def log(*, session: str | None, days: int = 0) -> rs.Log:
    """Return a log in which the main work of the first session was done, so many days later."""
    done = [
        rs.Performance(
            date=FIRST.date + dt.timedelta(days=days), exercise=asked.exercise, session=session,
            sets=[rs.PerformedSet(amount=type(asked.amount)(asked.amount.high)) for _ in range(asked.sets)],
        )
        for asked in FIRST.part(rs.PartName.MAIN)
    ]  # fmt: skip
    return rs.Log(performances=done)


def test_an_id_stands_as_it_is_written() -> None:
    """Nothing is guessed where the log says it."""
    assert log_by_session(PLAN, log(session=FIRST.id), CATALOG) == log(session=FIRST.id)


def test_work_of_the_day_belongs_to_its_session() -> None:
    """Without an id the exercises tell."""
    assert done_ids(log_by_session(PLAN, log(session=None), CATALOG)) == {FIRST.id}


def test_what_was_done_is_audited_once() -> None:
    """A log that names no sessions gives the audit that one with their ids gives, not the planned work besides."""
    named, bare = (rs.audit(PLAN, log=log(session=id)) for id in (FIRST.id, None))
    assert bare.findings == named.findings
    assert bare.not_applicable == named.not_applicable


def test_fixes_and_edits_read_the_log_alike() -> None:
    """`fix_plan` and `edit` count what was done once, too."""
    note = rs.Note(session=FIRST.id, text="well done")
    for judged in (
        lambda kept: rs.fix_plan(PLAN, log=kept).remaining,
        lambda kept: rs.edit(PLAN, note, log=kept).report,
    ):
        named, bare = (judged(log(session=id)) for id in (FIRST.id, None))
        assert (bare.findings, bare.not_applicable) == (named.findings, named.not_applicable)
