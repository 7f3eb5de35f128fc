"""Plans: the season's frame, the week's places, exercises, doses, and the audit that no plan leaves without."""

from runstrong.model.comparing import diff
from runstrong.model.measuring import estimated_seconds
from runstrong.planner.closing import audited
from runstrong.planner.dosing import dose, dose_of, dosed
from runstrong.planner.replanning import replan
from runstrong.planner.routine import Need, needs_of, wanted_deficits
from runstrong.planner.seasons import WeekFrame, frame, season_weeks
from runstrong.planner.standard import Planner, StandardPlanner, plan

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
    "replan",
    "season_weeks",
    "wanted_deficits",
]
