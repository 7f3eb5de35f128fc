"""Reading records: the packaged ones, and those in a folder of the user's own that add to them or replace them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from runstrong._version import __version__
from runstrong.catalog.compiled import Groups, ready, yaml_files
from runstrong.model.catalog import Catalog
from runstrong.model.errors import CatalogError, DocumentError, Problem
from runstrong.model.evidence import Source
from runstrong.model.exercise import Exercise
from runstrong.model.progression import Progression
from runstrong.model.standard import Standard

__all__ = ["load_catalog"]

RETIRED: Mapping[str, str] = MappingProxyType({})
"""Retired ids of exercises and progressions, each with the id that stands in its place for good."""

_KINDS = (
    "exercise", "exercises", "progression", "progressions", "standard", "standards", "source", "sources",
)  # fmt: skip
_AUTHORED = ("exercises", "progressions", "standards", "sources.yaml")
"""Folders and files of packaged records."""
_KIND_LINE = re.compile(r"^kind:[ \t]*[\"']?([a-z-]+)", re.MULTILINE)


def load_catalog(*places: str | os.PathLike[str]) -> Catalog:
    """Return the packaged catalog, with the records of your own files added.

    A record whose id is known already stands in the place of the packaged one, in whole. In a folder, files that hold
    other documents (runners, plans, logs, rules) are passed over; a file named by itself must hold records.

    Args:
        places: folders, searched with their subfolders, and files in YAML or JSON of kind exercise, progression,
            standard or source, or of the plural of one.

    Raises:
        DocumentError: a file cannot be read as what it says it is.
        CatalogError: the records together contradict each other.

    Example:
        >>> catalog = load_catalog()
        >>> catalog.progressions["calf-raise-straight"].rungs[0].exercise
        'calf-raise'
    """
    catalog = _packaged()
    if not places:
        return catalog
    return _with_files(catalog, [file for place in places for file in _files_of(Path(place))])


@cache
def _packaged() -> Catalog:
    # One instance serves everyone: it is immutable, and its indices are made once.
    found = ready("catalog", yaml_files(*_AUTHORED), _build)
    return Catalog._as_checked(
        found["exercises"],
        found["progressions"],
        found["sources"],
        found["standards"],
        version=__version__,
        redirects=RETIRED,
        hash=found["hash"],
    )


def _build() -> Groups:
    """Read and check the packaged YAML."""
    files = yaml_files(*_AUTHORED)
    catalog = _with_files(Catalog.of(version=__version__, redirects=RETIRED), files)
    return {
        "exercises": tuple(catalog.exercises.values()),
        "progressions": tuple(catalog.progressions.values()),
        "sources": tuple(catalog.sources.values()),
        "standards": tuple(catalog.standards.values()),
        "hash": catalog.hash,
    }


def _files_of(place: Path) -> list[Path]:
    """Return `place` itself, or the record files in it."""
    if not place.exists():
        raise DocumentError([Problem("", "no such file or folder", "a folder or file of records", file=str(place))])
    if not place.is_dir():
        return [place]
    files = [file for file in sorted(place.rglob("*")) if file.suffix in (".yaml", ".yml", ".json") and file.is_file()]
    kept = [file for file in files if _may_hold_records(file)]
    if not kept:
        cure = "such as a file that begins with kind: exercises"
        allowed = f"files of kind {', '.join(_KINDS)}"
        raise DocumentError([Problem("", "a folder without records", allowed, cure, file=str(place))])
    return kept


def _may_hold_records(file: Path) -> bool:
    """Whether a file says so, or does not say; a file without a kind is read, so that its fault is told."""
    found = _KIND_LINE.search(file.read_text(encoding="utf-8", errors="replace"))
    return found is None or found[1] in _KINDS or not _known_kind(found[1])


_OTHERS = frozenset(
    (
        "audit", "calendar", "log", "plan", "policies", "policy", "preset", "rule", "rule-set", "rules", "runner",
        "state", "watch-names",
    )
)  # fmt: skip
"""Kinds of documents that may lie beside records and hold none."""


def _known_kind(kind: str) -> bool:
    return kind in _OTHERS


def _with_files(catalog: Catalog, files: Iterable[Path]) -> Catalog:
    exercises: list[Exercise] = []
    progressions: list[Progression] = []
    sources: list[Source] = []
    standards: list[Standard] = []
    came_from: dict[str, list[Path]] = {}
    problems: list[Problem] = []
    for file in files:
        try:
            records = list(_records_in(file))
        except DocumentError as error:
            # Every file is read before any fault is told, so that one round mends them all.
            problems += error.problems
            continue
        for record in records:
            if isinstance(record, Exercise):
                exercises.append(record)
            elif isinstance(record, Progression):
                progressions.append(record)
            elif isinstance(record, Standard):
                standards.append(record)
            else:
                sources.append(record)
            came_from.setdefault(f"{record.kind_of_document} {record.id}", []).append(file)
    if problems:
        raise DocumentError(problems)
    try:
        return catalog.with_records(
            exercises=exercises, progressions=progressions, sources=sources, standards=standards
        )
    except CatalogError as error:
        raise CatalogError(_placed(problem, came_from) for problem in error.problems) from None


def _records_in(file: Path) -> Iterator[Exercise | Progression | Standard | Source]:
    from runstrong.codec import read  # YAML comes in only where there is YAML to read

    made: Any = read(file)
    for record in made if isinstance(made, (tuple, list)) else (made,):
        if not isinstance(record, (Exercise, Progression, Standard, Source)):
            fact = f"a {getattr(record, 'kind_of_document', type(record).__name__)}"
            raise DocumentError([Problem("kind", fact, ", ".join(_KINDS), file=str(file), line=1)])
        yield record


def _placed(problem: Problem, came_from: Mapping[str, list[Path]]) -> Problem:
    """Add to a problem the file and line of the record that it speaks of."""
    found = re.match(r"(exercise|progression|standard|source) ([a-z0-9-]+)", problem.place)
    files = came_from.get(found[0], []) if found else []
    if not found or not files:
        return problem
    # Of the same id in two files, the later one is the repeat.
    file = files[-1]
    lines = file.read_text(encoding="utf-8").splitlines()
    name = "exercise" if found[1] == "standard" else "id"
    here = re.compile(rf"\W*\"?{name}\"?:\s*[\"']?{re.escape(found[2])}[\"']?\W*")
    places = [number for number, text in enumerate(lines, 1) if here.fullmatch(text) or here.match(text)]
    line = places[-1] if places else None
    return Problem(problem.place, problem.fact, problem.allowed, problem.cure, file=str(file), line=line)
