"""Tables of a log: runs, other training, what was done exercise by exercise and set by set, mornings and pain."""

from __future__ import annotations

from collections.abc import Iterator

from runstrong.faces.frames.tables import (
    DATE,
    DAY_PART,
    LOAD_COLUMNS,
    NUMBER,
    RUN_COLUMNS,
    TEXT,
    TRUTH,
    WHOLE,
    Cell,
    Column,
    Table,
    joined,
    load_cells,
    part_of_day,
    run_cells,
)
from runstrong.model.catalog import Catalog
from runstrong.model.log import Log, Performance
from runstrong.model.running import Pain
from runstrong.model.session_load import load_of
from runstrong.model.words import Side

__all__ = ["LOG"]

_DONE = (
    Column("performance", WHOLE, "place of the performance in the log, from 1"),
    Column("date", DATE, "day"),
    DAY_PART,
    Column("session", TEXT, "id of the planned session; null where it belongs to none"),
    Column("part", TEXT, "warm-up, main or cool-down"),
    Column("exercise", TEXT, "id of the exercise"),
    Column("name", TEXT, "of the exercise; null where the catalog does not have it"),
)


def _runs(log: Log, _: Catalog) -> Iterator[tuple[Cell, ...]]:
    for run in log.runs:
        yield run_cells(run)


def _activities(log: Log, _: Catalog) -> Iterator[tuple[Cell, ...]]:
    for each in log.activities:
        rpe = each.session_rpe
        yield (
            each.date, part_of_day(each.day_part), each.name,
            each.duration.minutes if each.duration is not None else None,
            rpe.score if rpe is not None else None, load_of(each.duration, rpe),
            str(each.rpe_basis) if rpe is not None else None, joined(each.tissues),
        )  # fmt: skip


def _done(place: int, done: Performance, catalog: Catalog) -> tuple[Cell, ...]:
    found = catalog.exercises.get(done.exercise)
    return (
        place, done.date, part_of_day(done.day_part), done.session, str(done.part), done.exercise,
        found.name if found is not None else None,
    )  # fmt: skip


def _performances(log: Log, catalog: Catalog) -> Iterator[tuple[Cell, ...]]:
    for place, done in enumerate(log.performances, 1):
        yield (
            *_done(place, done, catalog), done.paired_sets if done.sets else None,
            done.duration.minutes if done.duration is not None else None,
            done.session_rpe.score if done.session_rpe is not None else None, done.note,
        )  # fmt: skip


def _sets(log: Log, catalog: Catalog) -> Iterator[tuple[Cell, ...]]:
    for place, done in enumerate(log.performances, 1):
        head = _done(place, done, catalog)
        counts: dict[Side, int] = {}
        for one in done.sets:
            count = counts[one.side] = counts.get(one.side, 0) + 1
            yield (
                *head, count, str(one.side), one.amount.low, one.amount.unit, *load_cells(one.load),
                one.rir.reps if one.rir is not None else None, joined(one.failed_form), one.assistance or None,
            )  # fmt: skip


def _readiness(log: Log, _: Catalog) -> Iterator[tuple[Cell, ...]]:
    for day in log.readiness:
        sore = max(day.soreness, key=lambda each: each.score, default=None)
        yield (
            day.date, day.sleep.seconds / 3600 if day.sleep is not None else None, day.stress,
            sore.score if sore is not None else None,
            joined(f"{each.region} {each.score}" for each in day.soreness), day.ill, joined(day.red_flags),
        )  # fmt: skip


def _pain(log: Log, _: Catalog) -> Iterator[tuple[Cell, ...]]:
    for run in log.runs:
        for each in run.pain:
            yield run.date, "run", str(run.kind), None, *_hurts(each)
    for done in log.performances:
        for each in done.pain:
            yield done.date, "exercise", done.exercise, done.session, *_hurts(each)


def _hurts(pain: Pain) -> tuple[Cell, ...]:
    return str(pain.region), str(pain.side), pain.score, str(pain.kind), str(pain.when)


def _coverage(log: Log, _: Catalog) -> Iterator[tuple[Cell, ...]]:
    for part in log.coverage:
        yield part.first, part.last, part.runs, part.strength, part.warm_ups, part.readiness


LOG = (
    Table("runs", "a run", RUN_COLUMNS, _runs),
    Table(
        "activities",
        "other training",
        (
            Column("date", DATE, "day"),
            DAY_PART,
            Column("name", TEXT, "of the sport"),
            Column("minutes", NUMBER, "duration; null where it is unknown", "min"),
            Column("session_rpe", NUMBER, "how hard, 0 to 10; null where it is unknown"),
            Column("session_load", NUMBER, "minutes times session RPE; null where either is unknown", "AU"),
            Column("rpe_basis", TEXT, "whether the session RPE was felt or estimated; null without one"),
            Column("tissues", TEXT, "that it loads, between semicolons; null where they are not known"),
        ),
        _activities,
    ),
    Table(
        "performances",
        "an exercise as done on a day",
        (
            *_DONE,
            Column(
                "sets", WHOLE, "how many, a left and a right one counting as one; null where they were not recorded"
            ),
            Column("minutes", NUMBER, "how long it took; null where it is unknown", "min"),
            Column("session_rpe", NUMBER, "of the whole session that it stood in, 0 to 10; null where it is unknown"),
            Column("note", TEXT, "remark; null for none"),
        ),
        _performances,
    ),
    Table(
        "sets",
        "a set as done on one side; none where sets were not recorded",
        (
            *_DONE,
            Column("set", WHOLE, "of its side, from 1: a left and a right one of one number are a pair"),
            Column("side", TEXT, "left, right, or none for an exercise without sides"),
            Column("amount", WHOLE, "what was reached", "see unit"),
            Column("unit", TEXT, "of the amount: reps, s (held), contacts, m or min"),
            *LOAD_COLUMNS,
            Column("rir", NUMBER, "repetitions left in reserve; null where it is unknown", "reps"),
            Column("failed_form", TEXT, "points of technique that broke down, between semicolons; null for none"),
            Column("assistance", TEXT, "what helped; null for nothing"),
        ),
        _sets,
    ),
    Table(
        "readiness",
        "how a day began",
        (
            Column("date", DATE, "of the morning"),
            Column("sleep_h", NUMBER, "last night's; null where it was not recorded", "h"),
            Column("stress", WHOLE, "0 to 10; null where it was not recorded"),
            Column("soreness", WHOLE, "of the sorest region, 0 to 10; null where none was recorded"),
            Column("sore", TEXT, "each region with its score, between semicolons; null where none was recorded"),
            Column("ill", TRUTH, "whether ill; null where it was not recorded"),
            Column(
                "red_flags",
                TEXT,
                "warning signs in the runner's words, between semicolons; null where none was recorded",
            ),
        ),
        _readiness,
    ),
    Table(
        "pain",
        "a pain as reported; none means that nothing was recorded, not that nothing hurt",
        (
            Column("date", DATE, "of the run or exercise"),
            Column("of", TEXT, "run or exercise"),
            Column("what", TEXT, "kind of the run, or id of the exercise"),
            Column("session", TEXT, "id of the planned session; null for runs, and where it belongs to none"),
            Column("region", TEXT, "of the body"),
            Column("side", TEXT, "left, right, both, or none where it was not told"),
            Column("score", WHOLE, "0 to 10"),
            Column("kind", TEXT, "dull, sharp and so on"),
            Column("when", TEXT, "during or next morning"),
        ),
        _pain,
    ),
    Table(
        "coverage",
        "a stretch of days that the log vouches for: what is not written there did not happen",
        (
            Column("first", DATE, "day"),
            Column("last", DATE, "day"),
            Column("runs", TRUTH, "whether all runs are in it"),
            Column("strength", TRUTH, "whether all strength sessions are"),
            Column("warm_ups", TRUTH, "whether warm-ups and stretches are"),
            Column("readiness", TRUTH, "whether mornings are"),
        ),
        _coverage,
    ),
)
"""Tables of a log, the one to begin with first."""
