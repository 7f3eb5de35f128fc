"""The numbers of the progression engine, resolved once from a rule set."""

from __future__ import annotations

from runstrong.model.rules import RuleSet
from runstrong.model.value import Record, record

__all__ = ["Limits"]

_SHARED = {
    "max_step": ("TF01", "max_step"),
    "reps_first": ("TF01", "reps_first"),
    "tolerance_kg": ("TF01", "tolerance_kg"),
    "first_step": ("PG01", "min_step"),
    "injury_days": ("PG01", "injury_days"),
    "level_up_weeks": ("planning", "level_up_weeks"),
    "weeks_before_jumps": ("planning", "weeks_before_jumps"),
    "careful_rir": ("planning", "careful_rir"),
    "heavy_rir": ("definitions", "heavy_rir"),
    "heavy_percent": ("definitions", "heavy_percent"),
}
"""Numbers that a rule or another policy owns, so that overriding them there changes the ladders too."""


@record
class Limits(Record):
    """Every number that a step depends on; policy ``progress`` says what each means and where it comes from.

    Example:
        >>> from runstrong.rules import load_rules
        >>> Limits.of(load_rules()).max_step
        0.1
    """

    raise_sessions: int
    hold_sessions: int
    reps_step: int
    hold_step: int
    contacts_step: float
    distance_step: float
    step_small: float
    step_compound: float
    reps_most: int
    hold_most: int
    sets_most: int
    hold_sets_most: int
    eccentric_most: int
    misses: int
    stall_sessions: int
    return_sessions: int
    injury_factor: int
    pain_go: int
    pain_hold: int
    pain_stop: int
    sore_hold: int
    sore_lighten: int
    sleep_hours: float
    sleep_under_usual: float
    sleep_acute: float
    stress_high: int
    short_days: int
    half_pace: int
    layoff_days: int
    layoff_short: int
    layoff_medium: int
    layoff_long: int
    layoff_spared: int
    share_short: float
    share_medium: float
    share_long: float
    ease_share: float
    max_step: float
    reps_first: int
    tolerance_kg: float
    first_step: float
    injury_days: int
    level_up_weeks: int
    weeks_before_jumps: int
    careful_rir: float
    heavy_rir: float
    heavy_percent: float

    @classmethod
    def of(cls, rules: RuleSet) -> Limits:
        """Read them from a rule set, a runner's overrides included where the rule set has them."""
        numbers: dict[str, float] = dict(rules.numbers("progress"))
        for name, (owner, parameter) in _SHARED.items():
            numbers[name] = rules.number(owner, parameter)
        return cls(
            **{name: round(got) if cls.__annotations__[name] == "int" else got for name, got in numbers.items()}  # type: ignore[arg-type]
        )
