"""Tables of a catalog: exercises, the tissues that they train, rungs of ladders, and sources."""

from __future__ import annotations

from collections.abc import Iterator

from runstrong.faces.frames.tables import (
    AMOUNT_COLUMNS,
    EFFORT_COLUMNS,
    LOAD_COLUMNS,
    NUMBER,
    TEXT,
    TRUTH,
    WHOLE,
    Cell,
    Column,
    Table,
    amount_cells,
    effort_cells,
    joined,
    lined,
    load_cells,
)
from runstrong.model.catalog import Catalog

__all__ = ["CATALOG"]


def _exercises(catalog: Catalog, _: Catalog) -> Iterator[tuple[Cell, ...]]:
    for each in catalog.exercises.values():
        yield (
            each.id, each.name, joined(each.aliases), str(each.kind), str(each.pattern), str(each.level),
            str(each.sides), str(each.counted), float(each.body_mass_share),
            str(each.knee_angle) if each.knee_angle is not None else None, str(each.impact), str(each.when), each.hard,
            each.lower_body, joined(each.primary), joined(each.secondary), joined(each.planes),
            joined(each.gait_phases), joined(each.equipment), joined(each.loaded_by), joined(each.positions),
            joined(each.serves), joined(each.avoid_with), joined(each.easier), joined(each.harder),
            joined(ladder.id for ladder in catalog.progressions_for(each.id)), each.assesses or None, each.setup,
            lined(each.cues), lined(each.faults), lined(each.cautions), joined(each.sources),
        )  # fmt: skip


def _tissues(catalog: Catalog, _: Catalog) -> Iterator[tuple[Cell, ...]]:
    for each in catalog.exercises.values():
        for role, tissues in (("primary", each.primary), ("secondary", each.secondary)):
            for tissue in tissues:
                yield each.id, each.name, str(tissue), str(tissue.region), role


def _rungs(catalog: Catalog, _: Catalog) -> Iterator[tuple[Cell, ...]]:
    for ladder in catalog.progressions.values():
        for place, rung in enumerate(ladder.rungs, 1):
            found = catalog.exercises[rung.exercise]
            yield (
                ladder.id, ladder.name, str(ladder.region), place, found.id, found.name, str(rung.level), rung.sets,
                *amount_cells(rung.amount), *load_cells(rung.load), *effort_cells(rung), joined(rung.degrees),
                rung.ceiling.high, joined(rung.overload), str(rung.criterion), rung.criterion.sessions,
                len(rung.prerequisites),
            )  # fmt: skip


def _sources(catalog: Catalog, _: Catalog) -> Iterator[tuple[Cell, ...]]:
    for each in catalog.sources.values():
        yield (
            each.id, each.authors, each.year, each.title, each.published_in or None, each.doi, each.read,
            each.note or None,
        )  # fmt: skip


_SEVERAL = "between semicolons; null for none"

CATALOG = (
    Table(
        "exercises",
        "an exercise",
        (
            Column("exercise", TEXT, "id"),
            Column("name", TEXT, "as shown to a runner"),
            Column("aliases", TEXT, f"other names, {_SEVERAL}"),
            Column("kind", TEXT, "strength, isometric, plyometric and so on"),
            Column("pattern", TEXT, "movement pattern"),
            Column("level", TEXT, "experience that it asks for: novice, intermediate or advanced"),
            Column("sides", TEXT, "bilateral, unilateral or alternating"),
            Column("counted", TEXT, "what a set is measured in"),
            Column("body_mass_share", NUMBER, "share of body mass that is moved, 0 to 1", "ratio"),
            Column("knee_angle", TEXT, "for ankle work, straight or bent; null for other work"),
            Column("impact", TEXT, "how hard it lands"),
            Column("when", TEXT, "where it may stand in relation to a run"),
            Column("hard", TRUTH, "whether its sets count as hard sets of a tissue"),
            Column("lower_body", TRUTH, "whether its primary work is leg work"),
            Column("primary", TEXT, "tissues that a hard set counts fully for, between semicolons"),
            Column("secondary", TEXT, f"tissues that it counts half for, {_SEVERAL}"),
            Column("planes", TEXT, "of movement, between semicolons"),
            Column("gait_phases", TEXT, f"of the stride that it serves, {_SEVERAL}"),
            Column("equipment", TEXT, f"what is required, {_SEVERAL}"),
            Column("loaded_by", TEXT, f"what can add load, {_SEVERAL}"),
            Column("positions", TEXT, "of the body, between semicolons"),
            Column("serves", TEXT, f"deficits that it answers, {_SEVERAL}"),
            Column("avoid_with", TEXT, f"regions whose current injury rules it out, {_SEVERAL}"),
            Column("easier", TEXT, f"ids of easier variants, {_SEVERAL}"),
            Column("harder", TEXT, f"ids of harder variants, {_SEVERAL}"),
            Column("ladders", TEXT, f"ids of the ladders that it stands on, {_SEVERAL}"),
            Column("assesses", TEXT, "what it measures as an assessment; null for other exercises"),
            Column("setup", TEXT, "how to get into place"),
            Column("cues", TEXT, "what to think of, each on a line"),
            Column("faults", TEXT, "common faults, each on a line"),
            Column("cautions", TEXT, "when to leave it out or ask first, each on a line; null for none"),
            Column("sources", TEXT, "ids of sources, between semicolons"),
        ),
        _exercises,
    ),
    Table(
        "tissues",
        "a tissue that an exercise trains",
        (
            Column("exercise", TEXT, "id"),
            Column("name", TEXT, "of the exercise"),
            Column("tissue", TEXT, "such as calf-soleus"),
            Column("region", TEXT, "of the tissue"),
            Column("role", TEXT, "primary (a hard set counts fully) or secondary (half)"),
        ),
        _tissues,
    ),
    Table(
        "rungs",
        "a rung of a ladder",
        (
            Column("progression", TEXT, "id of the ladder"),
            Column("ladder", TEXT, "its name"),
            Column("region", TEXT, "that the ladder covers"),
            Column("rung", WHOLE, "from 1, the easiest"),
            Column("exercise", TEXT, "id of the exercise"),
            Column("name", TEXT, "of the exercise"),
            Column("level", TEXT, "lowest level at which a runner without a log may start here"),
            Column("sets", WHOLE, "to start with"),
            *AMOUNT_COLUMNS,
            *LOAD_COLUMNS,
            *EFFORT_COLUMNS,
            Column("degrees", TEXT, f"range, support, lever ... to start with, {_SEVERAL}"),
            Column("ceiling", WHOLE, "amount at which more of the same stops making sense", "see unit"),
            Column("overload", TEXT, "what is made harder, in order, between semicolons"),
            Column("criterion", TEXT, "what opens the next rung, in words"),
            Column("sessions", WHOLE, "how many in a row that takes"),
            Column("prerequisites", WHOLE, "how many things have to stand before it is entered"),
        ),
        _rungs,
    ),
    Table(
        "sources",
        "a publication or article",
        (
            Column("source", TEXT, "id"),
            Column("authors", TEXT, "as a reader would look it up"),
            Column("year", WHOLE, "of publication; null for an undated article"),
            Column("title", TEXT, "of the work"),
            Column("published_in", TEXT, "journal or site; null where it is not stated"),
            Column("doi", TEXT, "without a resolver; null where there is none"),
            Column("read", TEXT, "how much of it was read"),
            Column("note", TEXT, "what to bear in mind when citing it; null for nothing"),
        ),
        _sources,
    ),
)
"""Tables of a catalog, the one to begin with first."""
