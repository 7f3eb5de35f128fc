"""The plans of the example runners, line by line: a change of any dose, day or reason has to be looked at.

After a change that is meant, write them anew with ``python tests/golden/test_golden.py`` and read the difference.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from runstrong.codec import dumps, read
from runstrong.planner import plan

HERE = Path(__file__).resolve().parent
EXAMPLES = HERE.parents[1] / "examples"
NAMES = ("runner", "novice", "marathoner")


def written(name: str) -> str:
    """Return the plan of an example runner as a YAML document."""
    return dumps(plan(read(EXAMPLES / f"{name}.yaml")))


@pytest.mark.parametrize("name", NAMES)
def test_the_plan_is_what_it_was(name: str) -> None:
    """The plan of each example runner equals the one on file, byte for byte."""
    assert written(name) == (HERE / f"{name}-plan.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_the_file_reads_back_as_the_plan(name: str) -> None:
    """The document on file stands for the very plan that is made."""
    assert read(HERE / f"{name}-plan.yaml") == plan(read(EXAMPLES / f"{name}.yaml"))


if __name__ == "__main__":
    for each in NAMES:
        (HERE / f"{each}-plan.yaml").write_text(written(each), encoding="utf-8")
