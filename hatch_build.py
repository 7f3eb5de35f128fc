"""Build hook: reads the authored records once, so that an installed library starts with them ready."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileRecords(BuildHookInterface[Any]):
    """Makes ``src/runstrong/data/compiled.bin`` by loading the records as the library itself does."""

    PLUGIN_NAME = "custom"

    # Each loader keeps what it read in its own section of the compiled file; see runstrong.catalog.compiled.
    loaders = ("runstrong.catalog.records:load_catalog", "runstrong.rules.records:load_rules")

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before the files of the wheel are gathered; an editable install gains from it too."""
        del version, build_data  # the same file serves every kind of build
        source = Path(self.root, "src")
        compiled = source / "runstrong" / "data" / "compiled.bin"
        compiled.unlink(missing_ok=True)
        sys.path.insert(0, str(source))
        try:
            for loader in self.loaders:
                module, function = loader.split(":")
                if (source / Path(*module.split("."))).with_suffix(".py").exists():
                    getattr(importlib.import_module(module), function)()
        finally:
            sys.path.remove(str(source))
        if not compiled.exists():
            raise RuntimeError(f"{compiled} was not written: is the folder writable?")
