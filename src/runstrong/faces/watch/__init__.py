"""Sessions for a watch: FIT workout files, and Garmin Connect's workouts as plain data."""

from runstrong.faces.watch.fit_workout import to_fit
from runstrong.faces.watch.garmin_connect import to_garmin_connect
from runstrong.faces.watch.steps import MOST_STEPS, Pause, Repeat, Work, expanded, size_of, steps_of

__all__ = [
    "MOST_STEPS", "Pause", "Repeat", "Work", "expanded", "size_of", "steps_of", "to_fit", "to_garmin_connect",
]  # fmt: skip
