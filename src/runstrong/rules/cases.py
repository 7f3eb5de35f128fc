"""The case files of rules, as far as a page tells them: what each case shows, and what came of it.

`runstrong.testing` runs them; here nothing is judged.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from runstrong.catalog.compiled import DATA
from runstrong.model.audits import Outcome
from runstrong.model.errors import DocumentError
from runstrong.model.value import Record, record

__all__ = ["ToldCase", "case_file", "told_cases"]


@record
class ToldCase(Record):
    """One case as a page tells it.

    Args:
        name: what it shows, as a sentence.
        outcome: whether the rule finds something, passes, or cannot judge.
        fixed: whether a fix clears what was found.
    """

    name: str
    outcome: Outcome
    fixed: bool


def case_file(code: str, folders: Iterable[str | os.PathLike[str]] = ()) -> Path | None:
    """Return the case file of a rule: packaged, or ``CODE.cases.yaml`` in one of `folders`; None when there is none."""
    places = [DATA / "cases" / f"{code}.yaml", *(Path(folder) / f"{code}.cases.yaml" for folder in folders)]
    return next((place for place in places if place.is_file()), None)


def told_cases(file: str | os.PathLike[str]) -> tuple[ToldCase, ...]:
    """Return the cases of a file, in its order.

    Raises:
        DocumentError: the file is no YAML.

    Example:
        >>> first = told_cases(case_file("TM01"))[0]
        >>> print(first.outcome, "|", first.name)
        passed | A run a tenth longer than the longest of thirty days is fine
    """
    from runstrong.codec.text import read_text

    reading = read_text(Path(file).read_bytes(), file=os.fspath(file), format="yaml")
    if reading.problems:
        raise DocumentError(reading.problems)
    cases: list[dict[str, Any]] = reading.data["cases"]
    return tuple(
        ToldCase(str(case["name"]), _outcome(case["expect"]), bool(case.get("fixed", False))) for case in cases
    )


def _outcome(expect: Any) -> Outcome:
    if isinstance(expect, list):
        return Outcome.FOUND
    return Outcome.NOT_JUDGED if isinstance(expect, dict) else Outcome.PASSED
