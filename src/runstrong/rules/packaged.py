"""The checks that come with the library, by code. Adding one here takes a record and a case file of the same code."""

from __future__ import annotations

from typing import Any

from runstrong.rules.concurrent import heavy_legs_before_quality_run
from runstrong.rules.coverage import calf_one_knee_angle, region_uncovered
from runstrong.rules.definition import Check
from runstrong.rules.dose_steps import contacts_rising, hold_step_too_long, several_axes_at_once
from runstrong.rules.in_spite import progressed_in_spite
from runstrong.rules.mobility import static_stretch_before_run
from runstrong.rules.progression_missed import calf_raise_unloaded_past_ten
from runstrong.rules.returning import full_load_after_layoff, injured_region_full_pace, return_without_strength_test
from runstrong.rules.rung_order import rung_skipped
from runstrong.rules.too_fast import load_step_too_large, too_many_new_exercises
from runstrong.rules.too_much import session_spike, weekly_run_jump, weekly_sets_over_cap
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
    hold_step_too_long,
    rung_skipped,
    contacts_rising,
    several_axes_at_once,
    session_spike,
    weekly_run_jump,
    weekly_sets_over_cap,
    prerequisite_unmet,
    same_tissue_too_soon,
    progressed_in_spite,
    full_load_after_layoff,
    injured_region_full_pace,
    return_without_strength_test,
)
