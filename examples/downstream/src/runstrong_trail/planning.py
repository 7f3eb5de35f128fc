"""A planner for trail runners: the built-in one, and downhill legs in every week with a hill run."""

from __future__ import annotations

import datetime as dt

import runstrong as rs
from runstrong.model.measuring import SessionMeasure
from runstrong.planner import StandardPlanner, audited

from runstrong_trail.records import EXERCISE, brakes, swaps_in, trail_catalog

__all__ = ["TrailPlanner"]


class TrailPlanner:
    """Plans as the built-in planner does, then lets one exercise on one leg give way to a slow descent."""

    def plan(
        self,
        runner: rs.Runner,
        start: dt.date | None = None,
        weeks: int | None = None,
        *,
        rules: rs.RuleSet | None = None,
    ) -> rs.Plan:
        """Return an audited plan whose weeks with a hill run hold a descent, as far as kit and minutes allow."""
        catalog, base = trail_catalog(), rules or rs.load_rules()
        made = StandardPlanner(catalog).plan(runner, start, weeks, rules=base)
        measure = SessionMeasure(catalog.exercises, base.with_overrides(runner.overrides, "runner"))
        changed = made
        for week in made.weeks:
            if not week.deload and any(run.kind is rs.RunKind.HILLS for run in week.runs):
                changed = self._with_descent(changed, week, measure)
        if changed == made:
            return made
        what, why = "a slow descent in weeks with a hill run", "downhill running brakes with the thighs"
        told = rs.Decision(about=EXERCISE, what=what, why=why, sources=("XT01",))
        # The exercise travels in the plan, so that it can be read and audited where this package is not installed.
        own = (*made.exercises, catalog.exercises[EXERCISE])
        changed = rs.evolve(changed, decisions=(*changed.decisions, told), exercises=own)
        # What was changed after the last audit is audited again: a plan never leaves unaudited.
        return audited(changed, base, catalog)

    def replan(self, plan: rs.Plan, log: rs.Log, today: dt.date, *, rules: rs.RuleSet | None = None) -> rs.Plan:
        """Return the plan with its rest planned again; the library's way climbs this package's ladder too."""
        return StandardPlanner(trail_catalog()).replan(plan, log, today, rules=rules)

    def _with_descent(self, plan: rs.Plan, week: rs.Week, measure: SessionMeasure) -> rs.Plan:
        known = trail_catalog().exercises
        held = [asked.exercise for session in week.sessions for asked in session.part(rs.PartName.MAIN)]
        if any(brakes(known[id]) for id in held):
            return plan
        for session in week.sessions:
            for swap in swaps_in(session, plan.runner, trail_catalog()):
                changed = plan.apply(swap, measure)
                after = changed.session(session.id)
                # The session keeps to its time, and asks no more of the legs than its day allows.
                in_time = after.minutes.minutes <= plan.runner.minutes_on(session.date)
                if in_time and after.emphasis.order <= session.emphasis.order:
                    return changed
        return plan
