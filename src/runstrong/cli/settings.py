"""Which rules a command applies: what ships, presets, a file of settings, packs, and what installed packages bring."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from runstrong.model.errors import InvalidValue, Problem

if TYPE_CHECKING:
    from runstrong.model.catalog import Catalog
    from runstrong.model.rules import RuleSet

__all__ = ["FILE", "catalog_for", "catalog_options", "rules_for", "settings_file", "settings_options"]

FILE = "runstrong.yaml"
"""Name of the file of settings that is looked for."""


def catalog_options(parser: argparse.ArgumentParser) -> None:
    """Add the option that brings records of one's own."""
    parser.add_argument(
        "--catalog", action="append", default=[], metavar="PLACE",
        help="exercises and ladders of your own, a file or a folder; may be given several times",
    )  # fmt: skip


def catalog_for(asked: argparse.Namespace) -> Catalog:
    """Return the catalog that a command asks for: the packaged one with records of one's own.

    Raises:
        DocumentError: a file cannot be read.
        CatalogError: the records together contradict each other.
    """
    from runstrong.catalog import load_catalog

    return load_catalog(*asked.catalog)


def settings_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that choose rules."""
    group = parser.add_argument_group("rules")
    group.add_argument(
        "--preset", metavar="NAME", help="a philosophy: default, cautious, permissive, return-from-injury"
    )
    group.add_argument(
        "--settings",
        metavar="FILE",
        help=f"kind: preset, or a pyproject.toml with [tool.runstrong]; else the nearest {FILE} or such a table, from "
        "the working folder upward",
    )
    group.add_argument(
        "--rules", action="append", default=[], metavar="FOLDER", help="rules of your own; its code is run"
    )
    group.add_argument(
        "--isolated",
        action="store_true",
        help="no file of settings and no rules of installed packages: what ships alone",
    )


def rules_for(asked: argparse.Namespace) -> RuleSet:
    """Return the rule set that the options of a command, and the files around it, ask for.

    Raises:
        DocumentError: a file cannot be read.
        InvalidValue: options contradict each other, or a choice names what is not there.
    """
    from runstrong.rules import load_rules

    if asked.isolated and asked.settings is not None:
        raise InvalidValue([Problem("--isolated", f"with --settings {asked.settings}", "one of the two")])
    file = asked.settings
    if file is None and not asked.isolated:
        file = settings_file(Path.cwd())
    elif file is not None and Path(file).suffix == ".toml":
        _has_table(file)
    places = [] if file is None else [file]
    return load_rules(*places, preset=asked.preset, packs=asked.rules, plugins=not asked.isolated)


def settings_file(start: Path) -> Path | None:
    """Return the nearest file of settings in a folder or above it; None when there is none.

    In one folder ``runstrong.yaml`` comes before a ``pyproject.toml``, which counts only with its table.
    """
    for folder in (start, *start.parents):
        named = folder / FILE
        if named.is_file():
            return _shortest(named, start)
        project = folder / "pyproject.toml"
        # Reading TOML takes time; most projects do not mention us at all.
        if project.is_file() and b"tool.runstrong" in project.read_bytes():
            return _shortest(project, start)
    return None


def _shortest(file: Path, start: Path) -> Path:
    return file.relative_to(start) if file.parent == start else file


def _has_table(file: str) -> None:
    from runstrong.codec import read_table

    if read_table(file) is None:
        raise InvalidValue([Problem("--settings", file, "a file with a table [tool.runstrong]")])
