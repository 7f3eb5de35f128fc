"""Tables of a plan: prescriptions, sessions, runs and decisions."""

from __future__ import annotations

from collections.abc import Iterator

from runstrong.faces.frames.tables import (
    AMOUNT_COLUMNS,
    DATE,
    DAY_PART,
    EFFORT_COLUMNS,
    LOAD_COLUMNS,
    NUMBER,
    RUN_COLUMNS,
    TEXT,
    TRUTH,
    WHOLE,
    Cell,
    Column,
    Table,
    amount_cells,
    effort_cells,
    joined,
    load_cells,
    part_of_day,
    run_cells,
)
from runstrong.model.catalog import Catalog
from runstrong.model.plan import Plan
from runstrong.model.prescription import PercentOfMax

__all__ = ["PLAN"]

_WEEK = (
    Column("week", WHOLE, "number of the week, from 1"),
    Column("phase", TEXT, "of the season, such as build"),
    Column("deload", TRUTH, "whether the week is lighter on purpose"),
)


def _prescriptions(plan: Plan, catalog: Catalog) -> Iterator[tuple[Cell, ...]]:
    names = {each.id: each.name for each in plan.exercises}
    for week in plan.weeks:
        for session in week.sessions:
            place = 0
            for part in session.parts:
                for asked in part.prescriptions:
                    place += 1
                    found = catalog.exercises.get(asked.exercise)
                    yield (
                        week.number, str(week.phase), week.deload, session.id, session.date,
                        part_of_day(session.day_part), session.skipped is not None, str(part.name), place,
                        asked.superset, asked.exercise,
                        names.get(asked.exercise) or (found.name if found is not None else None),
                        asked.sets, *amount_cells(asked.amount), str(asked.side), *load_cells(asked.load),
                        asked.load.percent if isinstance(asked.load, PercentOfMax) else None,
                        *effort_cells(asked), joined(asked.degrees), asked.progression, asked.note,
                    )  # fmt: skip


def _sessions(plan: Plan, _: Catalog) -> Iterator[tuple[Cell, ...]]:
    for week in plan.weeks:
        for session in week.sessions:
            asked = [each for _, each in session.prescriptions()]
            rpe = session.session_rpe
            yield (
                week.number, str(week.phase), week.deload, session.id, session.date, part_of_day(session.day_part),
                str(session.place), str(session.emphasis), session.minutes.minutes or None,
                rpe.score if rpe is not None else None, session.load, len(asked),
                sum(each.sets for each in asked), session.pinned, session.skipped, session.note,
            )  # fmt: skip


def _runs(plan: Plan, _: Catalog) -> Iterator[tuple[Cell, ...]]:
    for week in plan.weeks:
        for run in week.runs:
            yield week.number, str(week.phase), week.deload, *run_cells(run)


def _decisions(plan: Plan, _: Catalog) -> Iterator[tuple[Cell, ...]]:
    for place, each in enumerate(plan.decisions, 1):
        yield place, each.about, each.what, each.why, joined(each.sources)


PLAN = (
    Table(
        "prescriptions",
        "an exercise as asked in a session",
        (
            *_WEEK,
            Column("session", TEXT, "id of the session; it survives moves and planning again"),
            Column("date", DATE, "day of the session"),
            DAY_PART,
            Column("skipped", TRUTH, "whether the session is left out"),
            Column("part", TEXT, "warm-up, main or cool-down"),
            Column("order", WHOLE, "place in the session, from 1"),
            Column("superset", TEXT, "letter shared by those that alternate in a part; null where one stands alone"),
            Column("exercise", TEXT, "id of the exercise"),
            Column("name", TEXT, "of the exercise; null where neither plan nor catalog has it"),
            Column("sets", WHOLE, "how many; both sides make one"),
            *AMOUNT_COLUMNS,
            Column("side", TEXT, "both (each in turn), left, right, or none for an exercise without sides"),
            *LOAD_COLUMNS,
            Column("load_percent", NUMBER, "share of the one-repetition maximum; null where the load is no share", "%"),
            *EFFORT_COLUMNS,
            Column(
                "degrees",
                TEXT,
                "range, support, lever ... where they differ from the exercise as described; null for none",
            ),
            Column("progression", TEXT, "id of the ladder that it is a rung of; null for none"),
            Column("note", TEXT, "remark for the runner; null for none"),
        ),
        _prescriptions,
    ),
    Table(
        "sessions",
        "a session",
        (
            *_WEEK,
            Column("session", TEXT, "id; it survives moves and planning again"),
            Column("date", DATE, "day"),
            DAY_PART,
            Column("place", TEXT, "home, gym or travel"),
            Column("emphasis", TEXT, "heavy-legs, light-legs, upper-and-trunk or mobility"),
            Column("minutes", NUMBER, "estimated length; null where it is unknown", "min"),
            Column("session_rpe", NUMBER, "how hard it is meant to be, 0 to 10; null where it is not rated"),
            Column("session_load", NUMBER, "minutes times session RPE; null where either is unknown", "AU"),
            Column("prescriptions", WHOLE, "how many"),
            Column("sets", WHOLE, "of all of them"),
            Column("pinned", TRUTH, "whether it is kept as it is when the rest is planned again"),
            Column("skipped", TEXT, "why it is left out; null where it stands"),
            Column("note", TEXT, "remark; null for none"),
        ),
        _sessions,
    ),
    Table("runs", "a planned run", (*_WEEK, *RUN_COLUMNS), _runs),
    Table(
        "decisions",
        "a choice of the planner",
        (
            Column("order", WHOLE, "place in the plan, from 1"),
            Column("about", TEXT, "season, a week, or the id of a session, exercise or ladder"),
            Column("what", TEXT, "what was decided"),
            Column("why", TEXT, "the reason"),
            Column("sources", TEXT, "codes of rules and ids of sources behind it, between semicolons; null for none"),
        ),
        _decisions,
    ),
)
"""Tables of a plan, the one to begin with first."""
