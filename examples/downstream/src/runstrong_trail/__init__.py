"""Strength for runners of hills and trails: downhill legs in every week with a hill run."""

from runstrong_trail.planning import TrailPlanner
from runstrong_trail.records import EXERCISE, LADDER, trail_catalog

__all__ = ["EXERCISE", "LADDER", "TrailPlanner", "trail_catalog"]
