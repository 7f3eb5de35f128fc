"""Pure measures of training load, each with its convention, unit and standing in the literature."""

from runstrong.measures.decays import Balance, BalanceDay, Banister, Decay, EwmaRatio, LoadAverage, Seed
from runstrong.measures.formulas import NO_SPREAD
from runstrong.measures.measure import Measure, Why
from runstrong.measures.readings import Measured, Reading, Track, Unknown
from runstrong.measures.series import DailySeries, daily_km, daily_load, daily_minutes, longest_runs
from runstrong.measures.windows import (
    Acwr,
    Coupling,
    Deviation,
    Monotony,
    SessionLoad,
    SessionSpike,
    Strain,
    WeeklyRamp,
    WeeklyVolume,
)

__all__ = [
    "NO_SPREAD",
    "Acwr",
    "Balance",
    "BalanceDay",
    "Banister",
    "Coupling",
    "DailySeries",
    "Decay",
    "Deviation",
    "EwmaRatio",
    "LoadAverage",
    "Measure",
    "Measured",
    "Monotony",
    "Reading",
    "Seed",
    "SessionLoad",
    "SessionSpike",
    "Strain",
    "Track",
    "Unknown",
    "WeeklyRamp",
    "WeeklyVolume",
    "Why",
    "daily_km",
    "daily_load",
    "daily_minutes",
    "longest_runs",
]
