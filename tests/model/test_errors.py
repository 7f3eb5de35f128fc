"""Errors say place, fact against limit and cure, and survive being handed between processes."""

from __future__ import annotations

import copy
import pickle

import pytest

from runstrong.model.errors import (
    CatalogError,
    DocumentError,
    InfeasibleError,
    InvalidValue,
    Problem,
    RunstrongError,
    UnknownName,
    nearest,
)

PROBLEM = Problem("weeks[0].start", "'monday'", "a date", "2027-01-04", file="plan.yaml", line=3)


class TestProblem:
    """One fault in one place."""

    def test_reads_as_place_fact_limit_cure(self) -> None:
        """A problem reads as file and line, place, fact, what is allowed and the cure."""
        assert str(PROBLEM) == "plan.yaml:3: weeks[0].start: 'monday'; allowed: a date (2027-01-04)"

    @pytest.mark.parametrize(
        ("problem", "text"),
        [
            (Problem("", "5", "text"), "5; allowed: text"),
            (Problem("name", "5", ""), "name: 5"),
            (Problem("name", "5", "", "write it in quotes"), "name: 5 (write it in quotes)"),
            (Problem("", "5", "text", file="a.yaml"), "a.yaml: 5; allowed: text"),
        ],
    )
    def test_what_is_unknown_is_left_out(self, problem: Problem, text: str) -> None:
        """Parts without content leave no stray punctuation."""
        assert str(problem) == text

    def test_repr_reads_back(self) -> None:
        """A problem shows as the call that makes it."""
        assert str(eval(repr(PROBLEM))) == str(PROBLEM)


class TestErrors:
    """One base, and a built-in error for each so that common handlers work."""

    ERRORS: tuple[RunstrongError, ...] = (
        InvalidValue([PROBLEM]),
        DocumentError([PROBLEM, PROBLEM]),
        CatalogError([PROBLEM]),
        UnknownName("exercise", "calf-rise", ["calf-raise"]),
        InfeasibleError(["five runs", "two rest days"], ["drop a run"]),
    )

    @pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
    def test_survives_pickling_and_copying(self, error: RunstrongError) -> None:
        """An error comes out of another process with its text and all that it carries."""
        for again in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
            assert type(again) is type(error)
            assert str(again) == str(error)
            assert again.args == error.args
            assert {name: str(got) for name, got in vars(again).items()} == {
                name: str(got) for name, got in vars(error).items()
            }

    def test_problems_come_out_whole(self) -> None:
        """Problems stay problems, each with its line."""
        again = pickle.loads(pickle.dumps(InvalidValue([PROBLEM])))
        assert [(problem.place, problem.line) for problem in again.problems] == [("weeks[0].start", 3)]

    def test_unknown_name_reads_plainly(self) -> None:
        """Unlike other key errors it is not shown in quotes, and names the nearest only where one is near."""
        assert str(UnknownName("exercise", "calf-rise", ["calf-raise"])) == (
            "no exercise 'calf-rise'; did you mean 'calf-raise'?"
        )
        assert str(UnknownName("exercise", "zzz", ["calf-raise"])) == "no exercise 'zzz'"
        assert UnknownName("exercise", "zzz", []).nearest is None

    def test_infeasible_names_conflicts_and_ways_out(self) -> None:
        """It lists what conflicts and what would free it."""
        assert str(self.ERRORS[-1]).splitlines() == [
            "no plan can satisfy these together:",
            "  - five runs",
            "  - two rest days",
            "what would free it:",
            "  - drop a run",
        ]

    @pytest.mark.parametrize(
        ("kind", "builtin"),
        [
            (InvalidValue, ValueError),
            (DocumentError, ValueError),
            (CatalogError, ValueError),
            (InfeasibleError, ValueError),
            (UnknownName, KeyError),
        ],
    )
    def test_caught_by_the_common_handler(self, kind: type, builtin: type) -> None:
        """Each is a `RunstrongError` and the built-in error that fits."""
        assert issubclass(kind, RunstrongError)
        assert issubclass(kind, builtin)

    def test_nearest(self) -> None:
        """The most similar choice is named, none when nothing is similar."""
        assert nearest("hamstrng", ["hamstring", "hip"]) == "hamstring"
        assert nearest("zzz", ["hamstring", "hip"]) is None
