"""Where sessions may stand in a running week: constraints, cost and the exact search."""

from runstrong.placement.beside import broken_beside, placed, surroundings
from runstrong.placement.constraints import (
    Broken,
    Placed,
    Surroundings,
    broken_by,
    leaves_rest,
    race_span,
    reach,
    restful,
    slot_cost,
)
from runstrong.placement.search import Placement, conflicts_of, open_places, place_week, what_would_free

__all__ = [
    "Broken",
    "Placed",
    "Placement",
    "Surroundings",
    "broken_beside",
    "broken_by",
    "conflicts_of",
    "leaves_rest",
    "open_places",
    "place_week",
    "placed",
    "race_span",
    "reach",
    "restful",
    "slot_cost",
    "surroundings",
    "what_would_free",
]
