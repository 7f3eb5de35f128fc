"""Plans: the season's frame, the week's places, exercises, doses, and the audit that no plan leaves without."""

from runstrong.ladder.access import suits, usable_drills
from runstrong.model.comparing import diff
from runstrong.model.measuring import estimated_seconds, planned_rpe
from runstrong.planner.closing import audited
from runstrong.planner.dosing import dose, dose_of, dosed, shortened
from runstrong.planner.routine import Need, needs_of, wanted_deficits
from runstrong.planner.seasons import WeekFrame, frame, season_weeks
from runstrong.planner.standard import Planner, StandardPlanner, plan, replan

__all__ = [
    "Need",
    "Planner",
    "StandardPlanner",
    "WeekFrame",
    "audited",
    "diff",
    "dose",
    "dose_of",
    "dosed",
    "estimated_seconds",
    "frame",
    "needs_of",
    "plan",
    "planned_rpe",
    "replan",
    "season_weeks",
    "shortened",
    "suits",
    "usable_drills",
    "wanted_deficits",
]
