"""The checks that come with the library, by code. Adding one here takes a record and a case file of the same code."""

from __future__ import annotations

from typing import Any

from runstrong.rules.all_at_once import everything_rising, novice_first_weeks
from runstrong.rules.balance import (
    deficit_unanswered,
    foot_and_ankle_uncovered,
    no_single_leg_work,
    no_trunk_rotation,
    no_upper_back_extension,
    one_plane_only,
    one_side_only,
    side_difference_unanswered,
)
from runstrong.rules.blocks import (
    block_too_short_to_judge,
    hold_past_its_use,
    no_deload,
    same_prescription_six_weeks,
)
from runstrong.rules.concurrent import heavy_legs_before_quality_run
from runstrong.rules.concurrent_days import against_the_policy, order_against_goal, same_day_gap
from runstrong.rules.concurrent_weeks import quality_runs_without_recovery, race_window, strength_replaces_runs
from runstrong.rules.coverage import calf_one_knee_angle, region_uncovered
from runstrong.rules.criteria_met import criterion_met_not_taken
from runstrong.rules.definition import Check
from runstrong.rules.dose_steps import contacts_rising, hold_step_too_long, several_axes_at_once
from runstrong.rules.effort import deload_in_name_only, effort_over_level, upkeep_load_dropped
from runstrong.rules.in_spite import progressed_in_spite
from runstrong.rules.jumps import jumps_after_a_short_night, jumps_too_close, too_many_jump_sessions
from runstrong.rules.load_ratios import acute_chronic_ratio, monotony_and_strain
from runstrong.rules.mobility import (
    hold_outside_range,
    no_dynamic_warm_up,
    post_run_stretch_before_run,
    release_without_drill,
    static_stretch_before_run,
    stretch_without_purpose,
)
from runstrong.rules.prepared import foot_work_on_one_leg_first, squat_without_range
from runstrong.rules.progression_missed import calf_raise_unloaded_past_ten
from runstrong.rules.returning import full_load_after_layoff, injured_region_full_pace, return_without_strength_test
from runstrong.rules.rhythm import (
    fewer_than_two_sessions,
    no_full_rest_day,
    same_exercise_past_its_weeks,
    sessions_left_undone,
)
from runstrong.rules.rung_order import rung_skipped
from runstrong.rules.safety import clearance_needed, under_age
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
from runstrong.rules.unwell import injured_region_loaded, poor_sleep_load_rising, trained_while_ill
from runstrong.rules.warning_signs import pain_to_heed, red_flags

__all__ = ["PACKAGED"]

PACKAGED: tuple[Check[Any], ...] = (
    heavy_legs_before_quality_run,
    same_day_gap,
    order_against_goal,
    quality_runs_without_recovery,
    race_window,
    against_the_policy,
    strength_replaces_runs,
    region_uncovered,
    calf_one_knee_angle,
    foot_and_ankle_uncovered,
    no_single_leg_work,
    one_plane_only,
    no_trunk_rotation,
    one_side_only,
    same_exercise_past_its_weeks,
    fewer_than_two_sessions,
    no_full_rest_day,
    side_difference_unanswered,
    no_upper_back_extension,
    sessions_left_undone,
    static_stretch_before_run,
    no_dynamic_warm_up,
    stretch_without_purpose,
    hold_outside_range,
    release_without_drill,
    post_run_stretch_before_run,
    deficit_unanswered,
    calf_raise_unloaded_past_ten,
    clearance_needed,
    under_age,
    pain_to_heed,
    red_flags,
    trained_while_ill,
    poor_sleep_load_rising,
    jumps_after_a_short_night,
    injured_region_loaded,
    criterion_met_not_taken,
    no_deload,
    same_prescription_six_weeks,
    block_too_short_to_judge,
    hold_past_its_use,
    deload_in_name_only,
    upkeep_load_dropped,
    load_step_too_large,
    too_many_new_exercises,
    hold_step_too_long,
    rung_skipped,
    contacts_rising,
    several_axes_at_once,
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
    too_many_jump_sessions,
    effort_over_level,
    prerequisite_unmet,
    same_tissue_too_soon,
    progressed_in_spite,
    full_load_after_layoff,
    injured_region_full_pace,
    return_without_strength_test,
    jumps_too_close,
    foot_work_on_one_leg_first,
    squat_without_range,
)
