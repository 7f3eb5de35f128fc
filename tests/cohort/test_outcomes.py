"""Outcomes: periods are counted by hand, and the interval is that of an independent package."""

from __future__ import annotations

import datetime as dt
import math
import random
from typing import Any

import pytest

from runstrong.cohort import Counts, outcomes, relative_risk
from runstrong.model.errors import InvalidValue

pl = pytest.importorskip("polars")

FIRST = dt.date(2027, 1, 4)


def counts(seed: int, athletes: int = 40) -> list[Counts]:
    """Return counts of athletes who differ in how often they are flagged and hurt."""
    draw, made = random.Random(seed), []
    for _ in range(athletes):
        often, frail = draw.uniform(0.05, 0.6), draw.uniform(0.01, 0.1)
        weeks = [(draw.random() < often, draw.random()) for _ in range(draw.randint(5, 60))]
        hurt = [(flag, one < frail * (1.8 if flag else 1)) for flag, one in weeks]
        made.append(Counts(
            sum(flag for flag, _ in hurt), sum(flag and one for flag, one in hurt),
            sum(not flag for flag, _ in hurt), sum(not flag and one for flag, one in hurt),
        ))  # fmt: skip
    return made


@pytest.mark.parametrize("seed", range(5))
def test_the_interval_is_that_of_a_modified_poisson_regression(seed: int) -> None:
    """Ratio and variance are those of statsmodels' GEE with clusters, times m / (m - 1)."""
    numpy = pytest.importorskip("numpy")
    statsmodels = pytest.importorskip("statsmodels.api")
    given = counts(seed)
    flagged, hurt, group = [], [], []
    for place, each in enumerate(given):
        for flag, weeks, injured in ((1, each.flagged, each.flagged_injured), (0, each.quiet, each.quiet_injured)):
            flagged += [flag] * weeks
            hurt += [1] * injured + [0] * (weeks - injured)
            group += [place] * weeks
    design = statsmodels.add_constant(numpy.array(flagged, dtype=float))
    model = statsmodels.GEE(
        numpy.array(hurt, dtype=float), design, groups=numpy.array(group), family=statsmodels.families.Poisson(),
        cov_struct=statsmodels.cov_struct.Independence(),
    )  # fmt: skip
    theirs = model.fit()
    found = relative_risk(given)
    assert not isinstance(found, str)
    ratio, low, high = found
    assert ratio == pytest.approx(math.exp(theirs.params[1]), rel=1e-6)
    m = len(set(group))
    error = (math.log(high) - math.log(low)) / 2 / 1.959963984540054
    assert error == pytest.approx(theirs.bse[1] * math.sqrt(m / (m - 1)), rel=1e-4)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ([], "no period after a flag"),
        ([Counts(0, 0, 5, 1)] * 2, "no period after a flag"),
        ([Counts(5, 1, 0, 0)] * 2, "no period after none"),
        ([Counts(5, 0, 5, 1)] * 2, "no injury after a flag"),
        ([Counts(5, 1, 5, 0)] * 2, "no injury after none"),
        ([Counts(5, 1, 5, 1)], "one athlete alone: no spread between athletes"),
    ],
)
def test_what_cannot_be_told_is_unknown_with_a_reason(given: list[Counts], why: str) -> None:
    """Neither infinity nor zero."""
    assert relative_risk(given) == why


def table() -> Any:
    """Return two runners of ten weeks; the first runs every day of the third week."""
    rows = [
        (name, FIRST + dt.timedelta(days=day), 5.0)
        for name in ("ann", "bob")
        for day in range(70)
        if day % 2 == 0 or day == 69 or (name == "ann" and 14 <= day < 21)
    ]
    return pl.DataFrame(rows, schema=["athlete", "date", "km"], orient="row")


def test_periods_are_counted_by_what_came_before() -> None:
    """The week after a flagged one is flagged, the first has nothing before it, and injuries fall where they began."""
    hurt = pl.DataFrame(
        {
            "athlete": ["ann", "ann", "bob", "bob", "eve"],
            "date": [FIRST + dt.timedelta(days=n) for n in (24, 50, 30, 400, 3)],
        }
    )
    told = outcomes(table(), hurt, gaps="rest", select=["CV10"])
    found = told["CV10"]
    assert (found.flagged, found.flagged_injured) == (1, 1)
    assert (found.quiet, found.quiet_injured) == (17, 2)
    assert (found.left_out, found.athletes) == (2, 2)
    assert told.stray == 2
    assert found.relative_risk == pytest.approx(17 / 2)
    assert found.rate == pytest.approx(1 / 18)
    assert told.rows()[0]["relative_risk"] == found.relative_risk
    assert "8.50" in str(told)


def test_a_finding_of_a_week_counts_from_its_end() -> None:
    """It is known on the Sunday, so that the three days before the next Monday hold it."""
    told = outcomes(table(), table().head(1), gaps="rest", select=["CV10"], days_before=3)["CV10"]
    assert told.flagged == 1


def test_what_was_not_recorded_is_left_out() -> None:
    """A rule that could not be judged before a week says nothing of it."""
    rows = table().filter(pl.col("date") != FIRST + dt.timedelta(days=30))
    told = outcomes(rows, table().head(1), gaps="unknown", select=["TM02"])["TM02"]
    assert told.flagged + told.quiet == 0
    assert told.left_out == 20
    assert told.rate is None
    assert "unknown" in str(told)


def test_faults_are_told() -> None:
    """Numbers out of range and injuries that are no table in memory."""
    hurt = table().head(1)
    for fields, what in (({"days_before": 0}, "from 1 to 365"), ({"confidence": 95}, "between 0 and 1")):
        with pytest.raises(InvalidValue, match=what):
            outcomes(table(), hurt, gaps="rest", **fields)  # type: ignore[arg-type]
    with pytest.raises(InvalidValue, match="injuries"):
        outcomes(table(), hurt.lazy(), gaps="rest")
