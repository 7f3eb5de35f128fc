"""The plans of example runners and of odd but real ones, line by line: any change has to be looked at.

After a change that is meant, write them anew with ``python tests/golden/test_golden.py`` and read the difference.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from runstrong.codec import dumps, read
from runstrong.model.plan import Plan
from runstrong.planner import plan

HERE = Path(__file__).resolve().parent
EXAMPLES = HERE.parents[1] / "examples"
RUNNERS = HERE.parent / "runners"
WHOLE = ("runner", "novice", "marathoner")
STRANGE = (
    "runs-every-day", "two-runs-a-day", "one-free-day", "night-shifts", "no-kneeling", "one-leg-weaker",
    "sixty-five-years", "fifteen-years", "pregnant", "ultra-back-to-back", "track-three-quality-days",
    "no-fixed-long-run",
)  # fmt: skip
NAMES = (*WHOLE, *STRANGE)
STRANGE_WEEKS = 6
"""Enough for the foundation, a deload and the block after it."""


def planned(name: str) -> Plan:
    """Return the plan of an example runner, or the first weeks of an odd one's."""
    if name in WHOLE:
        return plan(read(EXAMPLES / f"{name}.yaml"))
    return plan(read(RUNNERS / f"{name}.yaml"), weeks=STRANGE_WEEKS)


def written(name: str) -> str:
    """Return that plan as a YAML document."""
    return dumps(planned(name))


@pytest.mark.parametrize("name", NAMES)
def test_the_plan_is_what_it_was(name: str) -> None:
    """The plan of each runner equals the one on file, byte for byte."""
    assert written(name) == (HERE / f"{name}-plan.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_the_file_reads_back_as_the_plan(name: str) -> None:
    """The document on file stands for the very plan that is made."""
    assert read(HERE / f"{name}-plan.yaml") == planned(name)


if __name__ == "__main__":
    for each in NAMES:
        (HERE / f"{each}-plan.yaml").write_text(written(each), encoding="utf-8")
