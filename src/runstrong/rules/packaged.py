"""The checks that come with the library, by code. Adding one here takes a record and a case file of the same code."""

from __future__ import annotations

from typing import Any

from runstrong.rules.all_at_once import everything_rising, novice_first_weeks
from runstrong.rules.concurrent import heavy_legs_before_quality_run
from runstrong.rules.coverage import calf_one_knee_angle, region_uncovered
from runstrong.rules.definition import Check
from runstrong.rules.load_ratios import acute_chronic_ratio, monotony_and_strain
from runstrong.rules.mobility import static_stretch_before_run
from runstrong.rules.progression_missed import calf_raise_unloaded_past_ten
from runstrong.rules.too_fast import load_step_too_large, too_many_new_exercises
from runstrong.rules.too_much import (
    contacts_over_cap,
    session_over_minutes,
    session_spike,
    too_many_strength_sessions,
    weekly_run_jump,
    weekly_sets_over_cap,
    weekly_sets_rising,
)
from runstrong.rules.too_soon import prerequisite_unmet, same_tissue_too_soon

__all__ = ["PACKAGED"]

PACKAGED: tuple[Check[Any], ...] = (
    heavy_legs_before_quality_run,
    region_uncovered,
    calf_one_knee_angle,
    static_stretch_before_run,
    calf_raise_unloaded_past_ten,
    load_step_too_large,
    too_many_new_exercises,
    session_spike,
    weekly_run_jump,
    weekly_sets_over_cap,
    weekly_sets_rising,
    contacts_over_cap,
    too_many_strength_sessions,
    session_over_minutes,
    everything_rising,
    novice_first_weeks,
    acute_chronic_ratio,
    monotony_and_strain,
    prerequisite_unmet,
    same_tissue_too_soon,
)
