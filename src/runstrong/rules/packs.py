"""Rules from elsewhere: what a module, a folder or an installed package brings, with the checks that go with it.

A pack is code: its Python files are run when it is loaded. That is why nothing but a call names one; a file of settings
cannot.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from runstrong.model.errors import InvalidValue, Problem
from runstrong.model.hashing import content_hash
from runstrong.model.rules import Policy, Preset, Rule
from runstrong.model.value import Record, record
from runstrong.rules.definition import Check

__all__ = ["ENTRY_POINTS", "Pack", "installed_packs", "read_pack", "records_in"]

ENTRY_POINTS = "runstrong.rules"
"""Group of the entry points under which an installed package offers its rules."""


@record
class Pack(Record):
    """What a module or folder brings.

    Args:
        origin: where it comes from, for messages.
        checks: found among the names of its modules.
        records: rules, policies and presets found among those names.
        places: files of records that lie with it.
    """

    origin: str
    checks: tuple[Check[Any], ...]
    records: tuple[Rule | Policy | Preset, ...]
    places: tuple[Path, ...]


def read_pack(place: ModuleType | str | os.PathLike[str]) -> Pack:
    """Read a pack: an imported module or package, or a folder, whose Python files are run.

    A module brings the checks and records among its names; a package and a folder also bring the YAML records that lie
    in them (``*.yaml``, less case files, ``*.cases.yaml``).

    Raises:
        InvalidValue: the place is no folder, or one of its Python files cannot be run.

    Example:
        >>> [check.code for check in read_pack("examples/custom_rule").checks]
        ['XL01']
    """
    if isinstance(place, ModuleType):
        folders = [Path(each) for each in getattr(place, "__path__", ())]
        found = tuple(path for folder in folders for path in records_in(folder))
        return _pack(place.__name__, (place,), found)
    folder = Path(place)
    if not folder.is_dir():
        cure = "name the folder that holds record, check and cases"
        raise InvalidValue([Problem("pack", os.fspath(place), "a module or a folder", cure)])
    return _pack(os.fspath(place), tuple(_modules_in(folder)), records_in(folder))


def installed_packs() -> tuple[Pack, ...]:
    """Return the packs of installed packages, in order of their names.

    A package offers its rules by an entry point of the group ``runstrong.rules`` that names a module.

    Raises:
        InvalidValue: an entry point cannot be loaded, or names something that is no module.
    """
    from importlib.metadata import entry_points

    packs = []
    for point in sorted(entry_points(group=ENTRY_POINTS), key=lambda point: point.name):
        place = f"entry point {point.name} = {point.value}"
        try:
            module = point.load()
        except Exception as error:
            cure = "mend or remove the package, or load rules without plugins"
            fact = f"{type(error).__name__}: {error}"
            raise InvalidValue([Problem(place, fact, "a module that can be imported", cure)]) from error
        if not isinstance(module, ModuleType):
            cure = "let the entry point name the module alone"
            raise InvalidValue([Problem(place, f"a {type(module).__name__}", "a module", cure)])
        packs.append(read_pack(module))
    return tuple(packs)


def records_in(folder: Path) -> tuple[Path, ...]:
    """Return the files of records in a folder and those under it; case files are none."""
    return tuple(path for path in sorted(folder.rglob("*.yaml")) if not path.name.endswith(".cases.yaml"))


def _modules_in(folder: Path) -> Iterator[ModuleType]:
    for file in sorted(folder.glob("*.py")):
        # A name of its own, so that two folders with a file of the same name stay apart.
        name = f"_runstrong_pack_{content_hash((str(file.resolve()),))[:12]}_{file.stem}"
        if name in sys.modules:
            yield sys.modules[name]
            continue
        spec = importlib.util.spec_from_file_location(name, file)
        if spec is None or spec.loader is None:  # pragma: no cover - Python finds a loader for every .py
            continue
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        try:
            spec.loader.exec_module(module)
        except Exception as error:
            del sys.modules[name]
            fact = f"{type(error).__name__}: {error}"
            raise InvalidValue([Problem(f"pack {file}", fact, "a Python file that can be run")]) from error
        yield module


def _pack(origin: str, modules: Iterable[ModuleType], places: tuple[Path, ...]) -> Pack:
    checks: dict[str, Check[Any]] = {}
    records: dict[str, Rule | Policy | Preset] = {}
    for module in modules:
        for made in vars(module).values():
            if isinstance(made, Check):
                checks[made.code] = made
            elif isinstance(made, (Rule, Policy, Preset)):
                records[made.id] = made
    return Pack(
        origin=origin,
        checks=tuple(checks[code] for code in sorted(checks)),
        records=tuple(records[id] for id in sorted(records)),
        places=places,
    )
