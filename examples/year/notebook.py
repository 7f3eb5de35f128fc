"""Makes year_in_strava.ipynb of docs/tutorial/season-from-strava.md, which is the one source of both.

Run it from anywhere after changing the page: python examples/year/notebook.py
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "tutorial" / "season-from-strava.md"
NOTEBOOK = ROOT / "examples" / "year_in_strava.ipynb"

CELL = re.compile(r"^```\{code-cell\} ipython3\n(.*?)^```\n", re.MULTILINE | re.DOTALL)
MOVED = (("../../examples/", ""), ("](../", "](../docs/"))
"""What leads elsewhere from the folder of the notebook than from that of the page."""


def notebook_of(page: str) -> dict[str, Any]:
    """Return the notebook that a MyST page stands for, without outputs."""
    body = page.split("---\n", 2)[2]
    cells: list[dict[str, Any]] = []
    # Text and code take turns, since the pattern has one group.
    for place, part in enumerate(CELL.split(body)):
        text = part.strip("\n")
        for here, there in MOVED:
            text = text.replace(here, there)
        if not text:
            continue
        cell: dict[str, Any] = {"id": f"cell-{len(cells):02}", "metadata": {}, "source": text.splitlines(keepends=True)}
        if place % 2:
            cells.append({"cell_type": "code", "execution_count": None, "outputs": [], **cell})
        else:
            cells.append({"cell_type": "markdown", **cell})
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def written(page: str) -> str:
    """Return the notebook as the text of its file."""
    return json.dumps(notebook_of(page), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def main() -> None:
    """Write the notebook."""
    NOTEBOOK.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    print(f"{NOTEBOOK.name} made of {PAGE.name}")


if __name__ == "__main__":
    main()
