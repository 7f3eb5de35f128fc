"""For those who build on runstrong: Hypothesis strategies, and the contracts that every rule and planner keeps."""

from runstrong.testing.breaches import Breach, PlannerLaw
from runstrong.testing.cases import Case, check_case, read_cases
from runstrong.testing.contract import check_rule
from runstrong.testing.people import PlanRequest
from runstrong.testing.planner_laws import PLANNER_LAWS
from runstrong.testing.planners import Checked, breaches_of, check_planner
from runstrong.testing.trials import Trial

__all__ = [
    "PLANNER_LAWS",
    "Breach",
    "Case",
    "Checked",
    "PlanRequest",
    "PlannerLaw",
    "Trial",
    "breaches_of",
    "check_case",
    "check_planner",
    "check_rule",
    "read_cases",
]
