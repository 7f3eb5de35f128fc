"""What a plan takes along: the exercises of its own, so that it can be read where their records are not at hand."""

from __future__ import annotations

from runstrong.catalog.records import load_catalog
from runstrong.model.catalog import Catalog
from runstrong.model.exercise import Exercise
from runstrong.model.plan import Plan
from runstrong.model.value import evolve

__all__ = ["carrying"]


def carrying(plan: Plan, catalog: Catalog) -> Plan:
    """Return a plan that holds the records of those of its exercises that the packaged catalog does not have.

    Args:
        plan: whose sessions may hold exercises of one's own.
        catalog: with their records; what the plan holds already stays as it is.

    Example:
        >>> import runstrong as rs
        >>> packaged = rs.load_catalog()
        >>> mine = rs.evolve(packaged.exercises["plank"], id="plank-on-sand", name="Plank on sand")
        >>> made = rs.plan(rs.load("examples/runner.yaml", rs.Runner), weeks=2)
        >>> asked = rs.Prescription(exercise="plank-on-sand", sets=2, amount=rs.Hold(30))
        >>> own = packaged.with_records(exercises=[mine])
        >>> [each.id for each in carrying(made.insert(made.sessions[0].id, asked), own).exercises]
        ['plank-on-sand']
    """
    packaged = load_catalog()
    if catalog is packaged:
        return plan
    mine: dict[str, Exercise] = {exercise.id: exercise for exercise in plan.exercises}
    used = {asked.exercise for session in plan.sessions for _, asked in session.prescriptions()}
    for id in used - mine.keys():
        found = catalog.exercises.get(id)
        if found is not None and packaged.exercises.get(id) != found:
            mine[id] = found
    if len(mine) == len(plan.exercises):
        return plan
    return evolve(plan, exercises=tuple(mine[id] for id in sorted(mine)))
