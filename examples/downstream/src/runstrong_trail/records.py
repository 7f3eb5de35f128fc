"""The package's own exercise and ladder, and how they come into a session."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path

import runstrong as rs
from runstrong.planner import dose_of, usable_drills

__all__ = ["EXERCISE", "LADDER", "brakes", "gives_way", "swaps_in", "trail_catalog"]

EXERCISE = "slow-descent"
LADDER = "trail-descent"


@functools.cache
def trail_catalog() -> rs.Catalog:
    """Return the packaged catalog with this package's records beside it; read once, for it is a value."""
    return rs.load_catalog(Path(__file__).parent / "catalog")


def brakes(exercise: rs.Exercise) -> bool:
    """Whether an exercise lowers the body on one leg from a step, as running downhill asks for."""
    return exercise.pattern is rs.Pattern.STEP and rs.Tissue.QUADRICEPS in exercise.primary


def gives_way(exercise: rs.Exercise) -> bool:
    """Whether a descent can stand in its place: work for the same thigh, one leg at a time."""
    one_leg = exercise.sides is not rs.Sides.BILATERAL and exercise.pattern in (rs.Pattern.LUNGE, rs.Pattern.SQUAT)
    return one_leg and exercise.kind is rs.ExerciseKind.STRENGTH and rs.Tissue.QUADRICEPS in exercise.primary


def swaps_in(session: rs.Session, runner: rs.Runner, catalog: rs.Catalog) -> Iterator[rs.Swap]:
    """Yield the ways to bring a descent into a session, best first; none where this runner cannot do one there.

    Args:
        session: a planned one.
        runner: whose kit, level and injuries decide.
        catalog: of whoever asks; without this package's records in it, a packaged exercise serves.
    """
    known = [catalog.exercises[id] for id in (EXERCISE, "step-down") if id in catalog.exercises]
    kit = runner.kit_at(session.place)
    for descent in usable_drills(known[:1], runner, kit, session.date):
        for asked in session.part(rs.PartName.MAIN):
            if not gives_way(catalog.exercises[asked.exercise]):
                continue
            for sets in range(asked.sets, 0, -1):
                dose = dose_of(descent, rs.Level.NOVICE, most_sets=sets)
                if descent.id == EXERCISE:
                    dose = rs.evolve(dose, progression=LADDER)
                yield rs.Swap(session=session.id, exercise=asked.exercise, replacement=dose)
