"""How long it takes until the library is there, beside its peers."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from typing import Any

import runstrong.model
from fresh import medians, report

MODEL = "\n".join(f"import runstrong.model.{module.name}" for module in pkgutil.iter_modules(runstrong.model.__path__))


def test_import(once: Callable[[Callable[[], dict[str, Any]]], None], rounds: int) -> None:
    """Importing runstrong, bare and with every class of the model, takes less time than importing streprogen."""
    programs = {
        "nothing": "",
        "attrs": "import attrs",
        "runstrong": "import runstrong",
        "runstrong with its model": f"import runstrong\n{MODEL}",
        "streprogen": "import streprogen",
    }
    once(lambda: report("import, above a bare interpreter", medians(programs, rounds), against="streprogen"))
