"""Laws of the measures of training load."""

from __future__ import annotations

import datetime as dt
import math
import statistics
from collections.abc import Callable, Sequence

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

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
    Seed,
    SessionLoad,
    SessionSpike,
    Strain,
    Track,
    Unknown,
    WeeklyRamp,
    WeeklyVolume,
    daily_km,
    daily_load,
)
from runstrong.model.errors import InvalidValue
from runstrong.model.log import Log
from runstrong.model.runner import Runner
from runstrong.model.running import RunningWeek
from runstrong.model.timeline import Definitions, Timeline
from runstrong.rules import load_rules
from runstrong.testing.strategies import daily_series, logs, measures

RATIOS = (
    Acwr(), Acwr(coupling=Coupling.UNCOUPLED), EwmaRatio(), EwmaRatio(decay=Decay.HALF_LIFE), Monotony(),
    Monotony(deviation=Deviation.SAMPLE), WeeklyRamp(), SessionSpike(),
)  # fmt: skip
CATALOG, WORDS = load_catalog(), Definitions.of(load_rules())


def known(track: Track) -> list[float]:
    """Return the values that a track tells."""
    return [each.value for each in track if isinstance(each, Measured)]


def needed(measure: Measure) -> int:
    """Return how many days on end a measure has to know before it tells anything."""
    if isinstance(measure, Balance):
        return max(measure.fitness.settles, measure.fatigue.settles)
    if isinstance(measure, (EwmaRatio, LoadAverage, Banister)):
        return measure.settles
    if isinstance(measure, Acwr):
        return measure.chronic
    if isinstance(measure, SessionLoad):
        return 1
    assert isinstance(measure, (WeeklyVolume, WeeklyRamp, Monotony, Strain, SessionSpike))
    return measure.days * 2 if isinstance(measure, WeeklyRamp) else measure.days + isinstance(measure, SessionSpike)


class TestEveryMeasure:
    """What holds for all measures, whatever their convention."""

    @given(measures(), daily_series())
    def test_a_day_is_what_the_series_says(self, measure: Measure, series: DailySeries) -> None:
        """Asking for one day and for all days gives the same; outside the record nothing is known."""
        track = measure.over(series)
        assert len(track) == len(series)
        for place in {0, len(series) // 2, len(series) - 1}:
            day = series.first + dt.timedelta(days=place)
            assert measure.on(series, day) == list(track)[place] == track.on(day)
        for outside in (series.first - dt.timedelta(days=1), series.last + dt.timedelta(days=1)):
            assert isinstance(measure.on(series, outside), Unknown)

    @given(measures(), daily_series(least=2), st.integers(1, 60))
    def test_it_looks_only_back(self, measure: Measure, series: DailySeries, cut: int) -> None:
        """What comes later changes nothing that was told before."""
        assume(cut < len(series))
        short = DailySeries(series.first, series.values[:cut], series.reasons[:cut], series.what, series.unit)
        assert measure.over(short).values == measure.over(series).values[:cut]

    @given(measures(), daily_series(), st.integers(-400, 400))
    def test_shifting_the_dates_shifts_the_results(self, measure: Measure, series: DailySeries, days: int) -> None:
        """A measure knows no calendar."""
        moved = DailySeries.of(series.values, first=series.first + dt.timedelta(days=days))
        assert measure.over(moved).values == measure.over(series).values

    @given(measures(), daily_series(unknown=False, least=2), st.data())
    def test_unknown_is_never_zero(self, measure: Measure, series: DailySeries, data: st.DataObject) -> None:
        """A day that becomes unknown takes what needs it along; before it all stays, after it a new record begins."""
        place = data.draw(st.integers(0, len(series) - 1))
        values = [*series.values[:place], None, *series.values[place + 1 :]]
        holed, whole = measure.over(DailySeries.of(values, first=series.first)).values, measure.over(series).values
        eve = isinstance(measure, (Balance, Banister)) and measure.day is BalanceDay.YESTERDAY
        first = place + 1 if eve else place  # the first day that needs it
        assert holed[:first] == whole[:first]
        assert not any(isinstance(value, float) for value in holed[first : first + needed(measure)])
        after = DailySeries.of(values[place + 1 :] or [0.0], first=series.first + dt.timedelta(days=place + 1))
        assert holed[place + 1 + eve :] == measure.over(after).values[int(eve) : len(holed) - place - 1]

    @given(measures(), daily_series())
    def test_what_is_unknown_says_why(self, measure: Measure, series: DailySeries) -> None:
        """Each day has a value or a reason, never both or neither."""
        for value, reason in zip(measure.over(series).values, measure.over(series).reasons, strict=True):
            assert (value is None) == bool(reason)
            assert value is None or math.isfinite(value)

    @given(measures(), measures(), daily_series(least=60, unknown=False))
    def test_conventions_do_not_mix(self, one: Measure, other: Measure, series: DailySeries) -> None:
        """Values of two conventions are neither ordered nor subtracted; those of one are."""
        first, second = one.on(series, series.last), other.on(series, series.last)
        assume(isinstance(first, Measured) and isinstance(second, Measured))
        assert isinstance(first, Measured)
        assert isinstance(second, Measured)
        if one == other:
            assert first - second == 0
            return
        for compared in (first.__lt__, first.__le__, first.__gt__, first.__ge__, first.__sub__):
            with pytest.raises(InvalidValue, match="take both by the same measure"):
                compared(second)
        assert str(one) != str(other)


class TestRatios:
    """Ratios do not change when all loads are scaled, and keep to their bounds."""

    @pytest.mark.parametrize("measure", RATIOS, ids=str)
    @given(series=daily_series(least=30), by=st.floats(0.01, 100))
    def test_scaling_all_loads_changes_none(self, measure: Measure, series: DailySeries, by: float) -> None:
        """Minutes or hours, the ratio is the same."""
        scaled = DailySeries.of([None if each is None else each * by for each in series.values], first=series.first)
        for one, other in zip(measure.over(series).values, measure.over(scaled).values, strict=True):
            assert (one is None) == (other is None)
            assert one is None or other is None or math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)

    @given(daily_series(least=28))
    def test_coupled_follows_from_uncoupled(self, series: DailySeries) -> None:
        """With one week against three, coupled is 4u / (3 + u)."""
        coupled, uncoupled = Acwr().over(series).values, Acwr(coupling=Coupling.UNCOUPLED).over(series).values
        for c, u in zip(coupled, uncoupled, strict=True):
            if u is not None:
                assert c is not None
                assert math.isclose(c, 4 * u / (3 + u), rel_tol=1e-9)

    @given(daily_series(unknown=False), st.sampled_from(Decay), st.integers(1, 60))
    def test_an_average_stays_between_the_loads(self, series: DailySeries, decay: Decay, days: int) -> None:
        """An exponential mean that begins with the first load never leaves what it has seen."""
        told = known(LoadAverage(days=days, decay=decay, seed=Seed.FIRST, settles=1).over(series))
        seen = [each for each in series.values if each is not None]
        for place, value in enumerate(told):
            so_far = seen[: place + 1]
            assert min(so_far) - 1e-9 <= value <= max(so_far) + 1e-9


# -- oracles: each formula once more, straight from its definition ------------------------------------------------


def naive_ramp(loads: Sequence[float]) -> float | None:
    """Return the share by which a week is over the one before."""
    before, now = sum(loads[-14:-7]), sum(loads[-7:])
    return (now - before) / before if before else None


def naive_monotony(loads: Sequence[float]) -> float | None:
    """Return mean over population deviation of a week."""
    week = loads[-7:]
    return statistics.fmean(week) / statistics.pstdev(week) if len(set(week)) > 1 else None


def naive_strain(loads: Sequence[float]) -> float | None:
    """Return the week's sum times its monotony."""
    found = naive_monotony(loads)
    return found * sum(loads[-7:]) if found is not None else None


def naive_coupled(loads: Sequence[float]) -> float | None:
    """Return the mean of a week over that of four."""
    return statistics.fmean(loads[-7:]) / statistics.fmean(loads[-28:]) if any(loads[-28:]) else None


def naive_uncoupled(loads: Sequence[float]) -> float | None:
    """Return the mean of a week over that of the three before."""
    return statistics.fmean(loads[-7:]) / statistics.fmean(loads[-28:-7]) if any(loads[-28:-7]) else None


def naive_average(loads: Sequence[float], weight: float, seed: float) -> float:
    """Return the mean in closed form: each load by what its age has left it."""
    last = len(loads) - 1
    return seed * (1 - weight) ** (last + 1) + sum(
        weight * (1 - weight) ** (last - place) * load for place, load in enumerate(loads)
    )


def naive_ewma(loads: Sequence[float]) -> float | None:
    """Return the ratio of two means in closed form, both begun with the first load."""
    fast, slow = (naive_average(loads[1:], 2 / (days + 1), loads[0]) for days in (7, 28))
    return fast / slow if any(loads) else None


def naive_balance(loads: Sequence[float]) -> float:
    """Return yesterday's slow mean less its fast one."""
    before = loads[:-1]
    return naive_average(before, 1 / 42, 0.0) - naive_average(before, 1 / 7, 0.0)


def naive_banister(loads: Sequence[float]) -> float:
    """Return the sum of impulses, each by what its age has left it."""
    last = len(loads) - 1
    return sum(load * math.exp((place - last) / 42) for place, load in enumerate(loads)) - 2 * sum(
        load * math.exp((place - last) / 7) for place, load in enumerate(loads)
    )


def naive_spike(loads: Sequence[float]) -> float | None:
    """Return a run over the longest of thirty days before."""
    before = max(loads[-31:-1])
    return loads[-1] / before if before and loads[-1] else None


@pytest.mark.parametrize(
    ("measure", "naive", "least"),
    [
        (WeeklyVolume(), lambda loads: sum(loads[-7:]), 7),
        (WeeklyRamp(), naive_ramp, 14),
        (Monotony(), naive_monotony, 7),
        (Strain(), naive_strain, 7),
        (Acwr(), naive_coupled, 28),
        (Acwr(coupling=Coupling.UNCOUPLED), naive_uncoupled, 28),
        (EwmaRatio(), naive_ewma, 28),
        (LoadAverage(), lambda loads: naive_average(loads, 1 / 42, 0.0), 42),
        (LoadAverage(days=7, decay=Decay.EXPONENTIAL, settles=7),
         lambda loads: naive_average(loads, 1 - math.exp(-1 / 7), 0.0), 7),
        (Balance(), naive_balance, 43),
        (Banister(), naive_banister, 42),
        (SessionSpike(), naive_spike, 31),
    ],
    ids=lambda each: str(each) if isinstance(each, Measure) else "",
)  # fmt: skip
@given(series=daily_series(unknown=False, least=30, most=90))
def test_it_is_what_its_definition_says(
    measure: Measure, naive: Callable[[Sequence[float]], float | None], least: int, series: DailySeries
) -> None:
    """In a record without gaps the measure is its formula, and unknown before it has enough days."""
    loads = [each for each in series.values if each is not None]
    told = measure.over(series).values
    for place in {least - 2, least - 1, least, len(loads) // 2, len(loads) - 1} & set(range(len(loads))):
        value = told[place]
        wanted = naive(loads[: place + 1]) if place + 1 >= least else None
        assert (value is None) == (wanted is None), (place, value, wanted)
        if value is not None and wanted is not None:
            assert math.isclose(value, wanted, rel_tol=1e-9, abs_tol=1e-6)


def defined(measure: Measure, loads: Sequence[float]) -> float | None:
    """Return what a measure of any convention is at the end of a record without gaps, written out from its formula."""
    if len(loads) < needed(measure):
        return None
    match measure:
        case WeeklyVolume(days=days):
            return sum(loads[-days:])
        case WeeklyRamp(days=days):
            before = sum(loads[-2 * days : -days])
            return sum(loads[-days:]) / before - 1 if before else None
        case SessionSpike(days=days):
            longest = max(loads[-days - 1 : -1])
            return loads[-1] / longest if longest and loads[-1] else None
        case Acwr(coupling=coupling, acute=acute, chronic=chronic):
            yardstick = loads[-chronic:] if coupling is Coupling.COUPLED else loads[-chronic:-acute]
            return statistics.fmean(loads[-acute:]) / statistics.fmean(yardstick) if any(yardstick) else None
        case Monotony(days=days, deviation=deviation) | Strain(days=days, deviation=deviation):
            week = loads[-days:]
            if len(set(week)) == 1:
                return None
            spread = (statistics.pstdev if deviation is Deviation.POPULATION else statistics.stdev)(week)
            return statistics.fmean(week) / spread * (sum(week) if isinstance(measure, Strain) else 1)
        case EwmaRatio(acute=acute, chronic=chronic, decay=decay):
            fast, slow = (naive_average(loads[1:], WEIGHTS[decay](days), loads[0]) for days in (acute, chronic))
            return fast / slow if any(loads) else None
        case LoadAverage(days=days, decay=decay, seed=seed):
            rest, begun = (loads[1:], loads[0]) if seed is Seed.FIRST else (loads, 0.0)
            return naive_average(rest, WEIGHTS[decay](days), begun)
        case Balance(fitness=fitness, fatigue=fatigue, day=day):
            known = loads[:-1] if day is BalanceDay.YESTERDAY else loads
            one, other = defined(fitness, known), defined(fatigue, known)
            return one - other if one is not None and other is not None else None
        case Banister(day=day):
            known = loads[:-1] if day is BalanceDay.YESTERDAY else loads
            if len(known) < measure.settles:
                return None
            ages = [len(loads) - 1 - place for place in range(len(known))]
            built, tired = (
                sum(load * math.exp(-age / days) for load, age in zip(known, ages, strict=True))
                for days in (measure.fitness_days, measure.fatigue_days)
            )
            return measure.base + measure.gain * built - measure.cost * tired
    return loads[-1]


WEIGHTS: dict[Decay, Callable[[float], float]] = {
    Decay.SPAN: lambda days: 2 / (days + 1),
    Decay.RECIPROCAL: lambda days: 1 / days,
    Decay.HALF_LIFE: lambda days: 1 - 0.5 ** (1 / days),
    Decay.EXPONENTIAL: lambda days: 1 - math.e ** (-1 / days),
}


@given(measure=measures(), series=daily_series(unknown=False, most=70))
def test_it_is_what_its_definition_says_by_any_convention(measure: Measure, series: DailySeries) -> None:
    """Windows, decays, seeds, deviations and days of balance other than the usual ones go into the figure as stated."""
    loads = [each for each in series.values if each is not None]
    told = measure.over(series).values
    for place in {len(loads) // 2, len(loads) - 1}:
        value, wanted = told[place], defined(measure, loads[: place + 1])
        assert (value is None) == (wanted is None), (place, value, wanted)
        assert value is None or wanted is None or math.isclose(value, wanted, rel_tol=1e-9, abs_tol=1e-6)


class TestLogs:
    """Daily series of a log say what the timeline of the same log says."""

    @given(logs())
    def test_loads_are_those_of_the_timeline(self, log: Log) -> None:
        """Each day's load is the same, unknown days too."""
        assume(log.span is not None)
        runner = Runner(name="Ada", running=RunningWeek())
        timeline = Timeline(runner, CATALOG, WORDS, log=log)
        series = daily_load(log)
        assert dict(series) == {day: timeline.load_on(day) for day, _ in series}
        assert all((value is None) == bool(series.why(day)) for day, value in series)

    @given(logs())
    def test_kilometers_are_those_of_the_timeline(self, log: Log) -> None:
        """Each vouched day's distance is the same."""
        assume(log.span is not None)
        timeline = Timeline(Runner(name="Ada", running=RunningWeek()), CATALOG, WORDS, log=log)
        for day, km in daily_km(log):
            wanted = timeline.km_by_day.get(day, 0.0) if log.covers(day, "runs") else None
            assert km == wanted


class TestPeer:
    """Where conventions coincide, the figures are those of an independent package."""

    @settings(deadline=None)  # the peer's imports count as the first example's
    @given(series=daily_series(unknown=False, least=40, most=90))
    def test_ratios_monotony_and_strain_are_the_peers(self, series: DailySeries) -> None:
        """Coupled, uncoupled and exponential ratios, monotony and strain by both deviations, from day 28 on."""
        pandas, peer = pytest.importorskip("pandas"), pytest.importorskip("acwr")
        days = pandas.date_range(series.first, periods=len(series), freq="D")
        loads = pandas.Series([float(each or 0.0) for each in series.values], index=days)
        pairs = [
            (Acwr(), peer.acwr(loads, method="rac")),
            (Acwr(coupling=Coupling.UNCOUPLED), peer.acwr(loads, method="rau")),
            (EwmaRatio(), peer.acwr(loads, method="ewma")),
            (Monotony(), peer.monotony(loads, ddof=0)),
            (Monotony(deviation=Deviation.SAMPLE), peer.monotony(loads, ddof=1)),
            (Strain(), peer.strain(loads, ddof=0)),
        ]
        for measure, theirs in pairs:
            compared = 0
            for value, other in list(zip(measure.over(series).values, theirs, strict=True))[27:]:
                if value is not None and math.isfinite(other):
                    compared += 1
                    assert math.isclose(value, other, rel_tol=1e-6), (measure, value, other)
            assume(compared)  # a month without load has no ratio to compare; that all have none would fail


def test_the_day_of_a_balance_is_part_of_it() -> None:
    """What one brings to a day is what was left the day before."""
    loads = DailySeries.of([float(40 + place % 5 * 20) for place in range(60)], first=dt.date(2027, 1, 4))
    brought, left = (Balance(day=day).over(loads).values for day in BalanceDay)
    assert brought[1:] == left[:-1]
