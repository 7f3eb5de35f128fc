"""What each measure comes to on known figures, what it refuses, and what is known about it."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from runstrong import measures as package
from runstrong.catalog import load_catalog
from runstrong.measures import (
    Acwr,
    Balance,
    BalanceDay,
    Banister,
    Coupling,
    DailySeries,
    Decay,
    Deviation,
    EwmaRatio,
    LoadAverage,
    Measure,
    Measured,
    Monotony,
    Reading,
    Seed,
    SessionSpike,
    Strain,
    Unknown,
    WeeklyVolume,
)
from runstrong.model.errors import InvalidValue
from runstrong.model.evidence import CONVENTION
from runstrong.model.words import Certainty

MONDAY = dt.date(2027, 1, 4)
DAY = dt.timedelta(days=1)
ROOT = Path(__file__).parents[2]
EVERY = tuple(
    kind() for name in package.__all__
    if isinstance(kind := getattr(package, name), type) and issubclass(kind, Measure) and kind is not Measure
)  # fmt: skip


def series(*values: float | None) -> DailySeries:
    """Return a series of session load from a Monday on."""
    return DailySeries.of(values, first=MONDAY)


def number(reading: Reading) -> float:
    """Return the value of what has to be known."""
    assert isinstance(reading, Measured), reading
    return reading.value


class TestFigures:
    """Worked figures; the week and the month are those that the field's calculators disagree on."""

    WEEK = series(0, 80, 40, 0, 90, 60, 80)
    MONTH = series(*[30] * 21, *[50] * 7)

    @pytest.mark.parametrize(
        ("measure", "wanted", "places"),
        [
            (Monotony(), 1.4265, 4),
            (Strain(), 499.27, 2),
            (Monotony(deviation=Deviation.SAMPLE), 1.321, 3),
            (Strain(deviation=Deviation.SAMPLE), 462.2, 1),
        ],
        ids=str,
    )
    def test_of_a_week(self, measure: Measure, wanted: float, places: int) -> None:
        """Monotony and strain, by both deviations."""
        assert round(number(measure.on(self.WEEK, self.WEEK.last)), places) == wanted

    @pytest.mark.parametrize(
        ("measure", "wanted"),
        [(Acwr(), 1.42857), (Acwr(coupling=Coupling.UNCOUPLED), 1.66667), (EwmaRatio(), 1.24975)],
        ids=str,
    )
    def test_of_a_month(self, measure: Measure, wanted: float) -> None:
        """Three kinds of one ratio, all unknown the day before."""
        assert round(number(measure.on(self.MONTH, self.MONTH.last)), 5) == wanted
        assert isinstance(measure.on(self.MONTH, self.MONTH.last - DAY), Unknown)

    @pytest.mark.parametrize(
        ("decay", "wanted"), [(Decay.SPAN, 0.5), (Decay.RECIPROCAL, 1 / 3), (Decay.HALF_LIFE, 0.206299),
                              (Decay.EXPONENTIAL, 0.283469)],
    )  # fmt: skip
    def test_of_each_decay(self, decay: Decay, wanted: float) -> None:
        """The weight of the newest day at N = 3, worked out by hand."""
        assert decay.weight(3) == pytest.approx(wanted, abs=5e-7)
        fallen = series(1, 0)
        average = LoadAverage(days=3, decay=decay, seed=Seed.FIRST, settles=1)
        assert number(average.on(fallen, fallen.last)) == pytest.approx(1 - wanted, abs=5e-7)
        zero = LoadAverage(days=3, decay=decay, seed=Seed.ZERO, settles=1)
        assert number(zero.on(fallen, MONDAY)) == pytest.approx(wanted, abs=5e-7)

    def test_of_the_day_that_counts(self) -> None:
        """Banister's performance of a day is with its own load, or with those of the days before faded once more."""
        loads = series(100, 50, 0)
        with_today = Banister(base=10.0, settles=1)
        before = Banister(base=10.0, settles=1, day=BalanceDay.YESTERDAY)
        assert with_today.over(loads).values[0] == 10 + 100 - 200
        assert before.over(loads).values[0] is None
        # No load on the third day: both conventions see the same loads there, as old as each other.
        assert before.over(loads).values[2] == pytest.approx(with_today.over(loads).values[2])
        assert before.over(loads).values[1] != with_today.over(loads).values[1]

    def test_of_the_edge_of_a_spikes_window(self) -> None:
        """The oldest of the days before still counts; the day before it does not."""
        inside, outside = series(20, 5, 0, 10), series(20, 5, 0, 0, 10)
        assert number(SessionSpike(days=3).on(inside, inside.last)) == 0.5
        assert number(SessionSpike(days=3).on(outside, outside.last)) == 2
        assert SessionSpike(days=3).over(inside).values[-1] == 0.5
        assert SessionSpike(days=3).over(outside).values[-1] == 2

    def test_of_a_ratio_that_begins_anew(self) -> None:
        """After an unknown day the first load is the seed again, and nothing of before is left."""
        ratio = EwmaRatio(acute=1, chronic=3, settles=1)
        assert ratio.over(series(1000, None, 10, 20)).values == (1.0, None, 1.0, 20 / 15)


class TestNumerics:
    """Rounding makes no figure of what has none."""

    @pytest.mark.parametrize("load", [0.1, 1 / 3, 1e-6, 123456.789, 9e8])
    @pytest.mark.parametrize("measure", [Monotony(), Strain(), Monotony(deviation=Deviation.SAMPLE)], ids=str)
    def test_days_that_are_alike_have_no_spread(self, measure: Measure, load: float) -> None:
        """After a hard month too, whose sums would leave crumbs behind; with a spread of rounding as well."""
        for week in ([load] * 7, [load * (1 + 1e-12 * (place % 2)) for place in range(7)]):
            loads = series(*[997.3 * (place % 3) for place in range(28)], *week)
            assert isinstance(measure.on(loads, loads.last), Unknown)
            assert measure.over(loads).values[-1] is None

    def test_a_small_spread_is_measured_as_it_is(self) -> None:
        """One part in a million on a great load: sums of squares would give noise."""
        loads = series(*[1e6 + place % 2 for place in range(7)])
        wanted = (1e6 + 3 / 7) / (12 / 49) ** 0.5
        assert number(Monotony().on(loads, loads.last)) == pytest.approx(wanted, rel=1e-9)

    @pytest.mark.parametrize("measure", [Acwr(), Acwr(coupling=Coupling.UNCOUPLED)], ids=str)
    def test_weeks_of_rest_are_nothing_to_divide_by(self, measure: Measure) -> None:
        """Not crumbs of the month before."""
        loads = series(*[0.1 * place for place in range(40)], *[0.0] * 28)
        reading = measure.on(loads, loads.last)
        assert isinstance(reading, Unknown)
        assert "no load" in reading.reason
        assert measure.over(loads).values[-1] is None


class TestConventions:
    """A convention is checked when made, told in full, and part of every value."""

    @pytest.mark.parametrize(
        "make",
        [
            lambda: Acwr(acute=28),
            lambda: Acwr(acute=0),
            lambda: Acwr(coupling="coupled"),  # type: ignore[arg-type]
            lambda: EwmaRatio(acute=28),
            lambda: EwmaRatio(settles=0),
            lambda: Monotony(days=1),
            lambda: SessionSpike(days=0),
            lambda: LoadAverage(days=0),
            lambda: Balance(fitness=LoadAverage(days=7), fatigue=LoadAverage(days=42)),
            lambda: Banister(fitness_days=7.0, fatigue_days=7.0),
            lambda: Banister(cost=-1.0),
            lambda: Banister(base=float("nan")),
        ],
    )
    def test_what_makes_no_sense_is_refused(self, make: Callable[[], Measure]) -> None:
        """No parameter goes unchecked."""
        with pytest.raises(InvalidValue):
            make()

    def test_an_error_of_comparison_names_both(self) -> None:
        """Also where they differ in the seventh digit of a constant, or in what they are of."""
        loads = series(*[30] * 21, *[50] * 7)
        near, far = Banister(settles=1), Banister(settles=1, gain=1.0000001)
        one, other = near.on(loads, loads.last), far.on(loads, loads.last)
        assert isinstance(one, Measured)
        assert isinstance(other, Measured)
        with pytest.raises(InvalidValue) as caught:
            one - other
        assert one.said in str(caught.value)
        assert other.said in str(caught.value)
        assert one.said != other.said
        km = DailySeries.of(loads.values, first=MONDAY, what="distance", unit="km")
        with pytest.raises(InvalidValue, match=r"(?s)session load.*distance|distance.*session load"):
            _ = Acwr().on(km, km.last) > Acwr().on(loads, loads.last)  # type: ignore[operator]

    def test_unknown_has_no_number_and_no_order(self) -> None:
        """Python itself refuses to go on with it."""
        loads = series(*[30] * 28, None)
        known, unknown = Acwr().on(loads, loads.last - DAY), Acwr().on(loads, loads.last)
        assert isinstance(unknown, Unknown)
        assert not unknown
        assert not hasattr(unknown, "value")
        for work in (lambda: known < unknown, lambda: known - unknown, lambda: float(unknown), lambda: unknown < known):
            with pytest.raises(TypeError):
                work()  # type: ignore[no-untyped-call]

    def test_a_type_checker_sees_what_may_be_unknown(self, tmp_path: Path) -> None:
        """A reading is neither compared nor turned into a number before it was looked at."""
        pytest.importorskip("mypy")
        file = tmp_path / "user.py"
        file.write_text(
            "import datetime as dt\n"
            "from runstrong.measures import Acwr, DailySeries, Measured\n"
            "loads = DailySeries.of([1.0], first=dt.date(2027, 1, 4))\n"
            "one, other = Acwr().on(loads, loads.last), Acwr().on(loads, loads.first)\n"
            "one.value\n"
            "if isinstance(one, Measured):\n"
            "    one < other\n"
            "    if isinstance(other, Measured):\n"
            "        difference: float = one - other\n"
        )
        environment = {**os.environ, "MYPYPATH": str(ROOT / "src")}
        command = [sys.executable, "-m", "mypy", "--strict", f"--cache-dir={tmp_path}/cache", str(file)]
        told = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, env=environment)
        lines = {line.split(":")[1] for line in told.stdout.splitlines() if "user.py" in line and "error" in line}
        assert lines == {"5", "7"}, told.stdout


class TestStanding:
    """Each measure says what stands behind it and against it."""

    @pytest.mark.parametrize("measure", EVERY, ids=lambda each: type(each).__name__)
    def test_each_says_what_it_rests_on(self, measure: Measure) -> None:
        """Every source exists; what is known second hand is opinion, marked; what supports it gives its validity."""
        sources = load_catalog().sources
        assert measure.validity in Certainty
        assert measure.convention
        assert measure.convention in str(measure)
        for each in measure.evidence:
            if each.source == CONVENTION:
                continue
            if sources[each.source].read in ("secondary", "memory"):
                assert each.unverified
                assert each.certainty is Certainty.EXPERT_OPINION
        assert set(measure.sources) <= set(sources)

    @pytest.mark.parametrize("measure", EVERY, ids=lambda each: type(each).__name__)
    def test_all_but_a_sum_are_contested(self, measure: Measure) -> None:
        """No measure that claims anything goes without what speaks against it."""
        assert measure.contested is not isinstance(measure, WeeklyVolume)
        assert bool(measure.against) is measure.contested

    def test_what_speaks_against_coupling_is_said_of_what_is_coupled(self) -> None:
        """An uncoupled ratio does not divide a part by the whole."""
        assert "lolli-2019" in Acwr().sources
        assert "lolli-2019" in EwmaRatio().sources
        assert "lolli-2019" not in Acwr(coupling=Coupling.UNCOUPLED).sources


def test_rules_bring_the_package_in_when_they_need_it() -> None:
    """The contested rules are off in most audits, which then do not pay for it."""
    code = "import sys, runstrong.rules.packaged; print('runstrong.measures' in sys.modules)"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout.strip() == "False"
