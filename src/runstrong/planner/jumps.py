"""What opens jumps: who may do them, the test that shows it, and when the season asks for it."""

from __future__ import annotations

import datetime as dt

from runstrong.ladder.access import unfit
from runstrong.model.catalog import Catalog
from runstrong.model.plan import Decision
from runstrong.model.rules import RuleSet
from runstrong.model.runner import Runner
from runstrong.model.words import Clearance, ExerciseKind

__all__ = [
    "HOP_TEST", "explosive_ready", "heavy_allowed", "hop_test_told", "hop_test_wanted", "jump_ladders", "minor",
    "older",
]  # fmt: skip

HOP_TEST = "hop-test"
"""The assessment that the ladders of jumps ask for."""


def heavy_allowed(runner: Runner, on: dt.date, rules: RuleSet) -> bool:
    """Whether a heavy block may come.

    Not for novices, without clearance, before a strength test after an injury, or under adult age.
    """
    waits = runner.unrestored(on, rules.whole("TS06", "injury_days"))
    cleared = runner.clearance is Clearance.CLEARED and not waits
    return not runner.novice and cleared and not minor(runner, on, rules)


def minor(runner: Runner, on: dt.date, rules: RuleSet) -> bool:
    """Whether the runner is under the adult age of SF02 in the year of a day; unknown counts as adult."""
    age = runner.age_in(on.year)
    return age is not None and age < rules.number("SF02", "adult_age")


def older(runner: Runner, on: dt.date, rules: RuleSet) -> bool:
    """Whether the runner reaches the age of care of policy ``planning`` in the year of a day; unknown does not."""
    age = runner.age_in(on.year)
    return age is not None and age >= rules.whole("planning", "careful_age")


def explosive_ready(runner: Runner, on: dt.date, rules: RuleSet) -> bool:
    """Whether an explosive phase may come: heavy work is allowed, and the hop test was passed."""
    asked = rules.number("planning", "hop_test")
    passed = any(result.exercise == HOP_TEST and result.amount >= asked for result in runner.assessments)
    return passed and heavy_allowed(runner, on, rules)


def hop_test_wanted(runner: Runner, catalog: Catalog, on: dt.date, rules: RuleSet) -> bool:
    """Whether the season should hold the hop test: all but the test is there for jumps."""
    test = catalog.exercises.get(HOP_TEST)
    if test is None or not heavy_allowed(runner, on, rules) or explosive_ready(runner, on, rules):
        return False
    return unfit(test, runner, runner.kit_at(), on) is None


def hop_test_told(runner: Runner, week: int, rules: RuleSet) -> Decision:
    """Return why the test stands in that week, and what to do with its result."""
    asked = rules.whole("planning", "hop_test")
    done = [result.amount for result in runner.assessments if result.exercise == HOP_TEST]
    before = f"the last one showed {done[-1]} of {asked}" if done else "nobody knows it yet"
    return Decision(
        about=HOP_TEST,
        what=f"hop test in week {week}",
        why=(
            f"{asked} pain-free hops open jumps, and {before}; write the result under assessments and plan again: "
            f"passed, jumps come in, with an explosive phase at the end of the heavy block"
        ),
        sources=("nsca", "convention"),
    )


def jump_ladders(catalog: Catalog) -> frozenset[str]:
    """Return the ladders that begin with a jump."""
    return frozenset(
        id
        for id, ladder in catalog.progressions.items()
        if catalog.exercises[ladder.rungs[0].exercise].kind is ExerciseKind.PLYOMETRIC
    )
