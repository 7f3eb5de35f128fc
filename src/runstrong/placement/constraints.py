"""Where a session may stand in a running week, and where it stands best: hard constraints first, then a cost.

Everything here is about one week of one runner, seen as days with runs on them. Hours are nominal (policy
``placement``): an unknown time of day is never guessed; a run of unknown time is taken to start the day and strength
to end it, and a gap that depends on the guess is not relied on.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Mapping

from runstrong.model.rules import RuleSet
from runstrong.model.runner import Runner
from runstrong.model.running import Run
from runstrong.model.value import Record, record
from runstrong.model.words import DayPart, Emphasis, RunKind, StrengthDayPolicy

__all__ = ["Broken", "Placed", "Surroundings", "broken_by", "leaves_rest", "race_span", "reach", "restful", "slot_cost"]

RunsOn = Callable[[dt.date], tuple[Run, ...]]

NUMBERS = (
    "morning_hour", "midday_hour", "evening_hour", "heavy_days_before_hard", "heavy_days_before_hard_novice",
    "same_day_min_hours", "same_day_preferred_hours", "same_tissue_days", "light_tissue_days", "race_days_before",
    "race_days_after_short", "race_days_after_half", "race_days_after_long", "race_short_km", "race_half_km",
    "cost_same_day_run", "cost_hard_day", "cost_long_run_day", "cost_day_before_hard", "cost_two_before_long",
    "cost_day_after_hard", "cost_day_after_long", "cost_uneven", "cost_change",
)  # fmt: skip
"""Numbers of policy ``placement`` that a week's placement goes by; the others say in which weeks care is taken."""


def reach(number: Mapping[str, float]) -> range:
    """Return the days whose runs have a say in a week's places, counted from its first.

    Args:
        number: those of policy ``placement``.
    """
    back = max(1, *(number[f"race_days_after_{span}"] for span in ("short", "half", "long")))
    eves = max(number["heavy_days_before_hard"], number["heavy_days_before_hard_novice"])
    return range(-round(back), 7 + round(max(2, number["race_days_before"], eves)))


class Broken(enum.Enum):
    """A hard constraint that a place would break, in words for a runner."""

    BEFORE_HARD_RUN = "heavy legs too close before a quality run, long run or race"
    SAME_DAY_BEFORE_HARD_RUN = "heavy legs before a hard run on its own day"
    SAME_DAY_POLICY = "heavy legs after a hard run on its own day, which the easy-day policy rules out"
    SAME_DAY_GAP = "heavy legs too soon after a hard run on its own day"
    RACE_WINDOW = "leg work inside the window around an A or B race"
    SAME_TISSUE = "heavy legs too soon after the last heavy legs"
    SAME_DAY_SESSION = "two sessions on one day"
    LAST_REST_DAY = "the last full rest day of the week"
    UNAVAILABLE = "a day or part of the day that is not open to strength"


@record
class Placed(Record):
    """A session's place: day, part of the day, what it asks of the legs, and whether a rest day stays one with it."""

    date: dt.date
    day_part: DayPart
    emphasis: Emphasis
    restful: bool = False


@record
class Surroundings(Record):
    """What placement needs to know about a week besides the slots: runs around it, runner, numbers.

    Args:
        runs_on: gives the runs of any date, also outside the week.
        runner: whose week it is.
        rules: source of the numbers (policy ``placement``).
        careful: whether 48 h hold before hard runs: a low strength age, or the first weeks of a heavy block.
    """

    runs_on: RunsOn
    runner: Runner
    rules: RuleSet
    careful: bool

    def number(self, name: str) -> float:
        """Return a number of the placement policy, one of `NUMBERS`."""
        return self.rules.number("placement", name)

    def hour(self, part: DayPart) -> float | None:
        """Return the nominal hour of a part of the day; None when it is unknown."""
        if part is DayPart.UNKNOWN:
            return None
        return self.number(f"{part.value}_hour")


def restful(emphasis: Emphasis, minutes: float | None, most: float) -> bool:
    """Whether a session leaves a rest day what it is: a little mobility; unknown minutes pass for few.

    Args:
        emphasis: of the session.
        minutes: how long it is; None when unknown.
        most: minutes that leave a rest day one (CV10, `mobility_minutes`).
    """
    return emphasis is Emphasis.MOBILITY and (minutes or 0.0) <= most


def guarded(run: Run) -> bool:
    """Whether heavy legs keep away from before `run`: quality runs (C races with them), long runs, A and B races."""
    return run.kind.hard


def race_span(km: float | None, rules: RuleSet) -> str:
    """Return what a race's distance is called in the numbers: ``short``, ``half`` (unknown too) or ``long``."""
    if km is None:
        return "half"
    if km <= rules.number("placement", "race_short_km"):
        return "short"
    return "half" if km <= rules.number("placement", "race_half_km") else "long"


def race_days_after(run: Run, around: Surroundings) -> int:
    """Return how many days after a race the legs are left alone, by its distance."""
    span = race_span(run.distance.km if run.distance is not None else None, around.rules)
    return int(around.number(f"race_days_after_{span}"))


def broken_by(place: Placed, around: Surroundings) -> Broken | None:
    """Return the hard constraint that a session at `place` breaks by itself, or None.

    Only leg work has constraints of its own; upper body, trunk and mobility may stand on any open day.
    """
    if not place.emphasis.legs:
        return None
    before = int(around.number("race_days_before"))
    for ahead in range(before + 1):
        if any(run.big_race for run in around.runs_on(place.date + dt.timedelta(days=ahead))):
            return Broken.RACE_WINDOW
    longest = int(max(around.number(f"race_days_after_{span}") for span in ("short", "half", "long")))
    for back in range(1, longest + 1):
        for run in around.runs_on(place.date - dt.timedelta(days=back)):
            if run.big_race and back <= race_days_after(run, around):
                return Broken.RACE_WINDOW
    if place.emphasis is not Emphasis.HEAVY_LEGS:
        return None
    days = int(around.number("heavy_days_before_hard_novice" if around.careful else "heavy_days_before_hard"))
    for ahead in range(1, days + 1):
        if any(guarded(run) for run in around.runs_on(place.date + dt.timedelta(days=ahead))):
            return Broken.BEFORE_HARD_RUN
    for run in around.runs_on(place.date):
        if guarded(run):
            fault = _same_day(run, place, around)
            if fault is not None:
                return fault
    return None


def _same_day(run: Run, place: Placed, around: Surroundings) -> Broken | None:
    starts, lifts = around.hour(run.day_part), around.hour(place.day_part)
    # A run of unknown time starts the day and strength of unknown time ends it.
    if starts is not None and lifts is not None and lifts <= starts:
        return Broken.SAME_DAY_BEFORE_HARD_RUN
    if around.runner.policy is not StrengthDayPolicy.HARD_DAY_EVENING:
        return Broken.SAME_DAY_POLICY
    if starts is not None and lifts is not None:
        ends = starts + (run.duration.minutes / 60 if run.duration is not None else 0)
        if lifts - ends < around.number("same_day_min_hours"):
            return Broken.SAME_DAY_GAP
    return None


def leaves_rest(days_of_week: tuple[dt.date, ...], session_days: frozenset[dt.date], around: Surroundings) -> bool:
    """Whether a full rest day is left, or, where the runs leave none, a day with nothing but an easy run."""
    free = [day for day in days_of_week if not around.runs_on(day)]
    if free:
        return any(day not in session_days for day in free)
    easy = [
        day for day in days_of_week if all(run.kind in (RunKind.EASY, RunKind.RECOVERY) for run in around.runs_on(day))
    ]
    return not easy or any(day not in session_days for day in easy)


def slot_cost(place: Placed, around: Surroundings) -> float:
    """Return what a place costs by itself, in the points of policy ``placement``; 0 is ideal."""
    runs = around.runs_on(place.date)
    tomorrow = around.runs_on(place.date + dt.timedelta(days=1))
    yesterday = around.runs_on(place.date - dt.timedelta(days=1))
    in_two_days = around.runs_on(place.date + dt.timedelta(days=2))
    cost = 0.0
    hard_today = any(guarded(run) for run in runs)
    if hard_today and around.runner.policy is StrengthDayPolicy.EASY_DAY:
        cost += around.number("cost_hard_day")
    elif hard_today and place.emphasis is not Emphasis.HEAVY_LEGS:
        cost += around.number("cost_same_day_run")
    elif not hard_today and runs:
        cost += around.number("cost_same_day_run")
        cost += _gap_cost(runs, place, around)
    elif not hard_today and around.runner.policy is StrengthDayPolicy.HARD_DAY_EVENING:
        cost += around.number("cost_same_day_run") if place.emphasis is Emphasis.HEAVY_LEGS else 0.0
    if hard_today:
        cost += _gap_cost(runs, place, around)
        if any(run.kind is RunKind.LONG for run in runs):
            cost += around.number("cost_long_run_day")
    if place.emphasis.legs:
        if hard_today and any(guarded(run) and _strength_first(run, place, around) for run in runs):
            cost += around.number("cost_day_before_hard")
        if any(guarded(run) for run in tomorrow):
            cost += around.number("cost_day_before_hard")
        if place.emphasis is Emphasis.HEAVY_LEGS and any(run.kind is RunKind.LONG for run in yesterday):
            cost += around.number("cost_day_after_long")
        elif any(guarded(run) for run in yesterday):
            cost += around.number("cost_day_after_hard")
        if place.emphasis is Emphasis.HEAVY_LEGS and any(run.kind is RunKind.LONG for run in in_two_days):
            cost += around.number("cost_two_before_long")
    return cost


def _strength_first(run: Run, place: Placed, around: Surroundings) -> bool:
    starts, lifts = around.hour(run.day_part), around.hour(place.day_part)
    return starts is not None and lifts is not None and lifts < starts


def _gap_cost(runs: tuple[Run, ...], place: Placed, around: Surroundings) -> float:
    lifts = around.hour(place.day_part)
    for run in runs:
        starts = around.hour(run.day_part)
        if lifts is not None and starts is not None:
            length = run.duration.minutes / 60 if run.duration is not None else 0.0
            gap = lifts - starts - length if lifts >= starts else starts - lifts
            if gap < around.number("same_day_preferred_hours"):
                return around.number("cost_same_day_run")
    return 0.0
