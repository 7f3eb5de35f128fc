"""A planner of your own: the built-in one does the work, and a coach's habit is laid over it.

This coach wants every session of race week pinned, so that re-planning leaves it alone.
Run it from anywhere: python examples/custom_planner.py
"""

import datetime as dt
from pathlib import Path

import runstrong as rs
from runstrong.planner import Planner, StandardPlanner, frame


class RaceWeekPlanner:
    """Plans as the built-in planner does, then pins what stands in the week of a race."""

    def plan(
        self,
        runner: rs.Runner,
        start: dt.date | None = None,
        weeks: int | None = None,
        *,
        rules: rs.RuleSet | None = None,
    ) -> rs.Plan:
        """Return a plan whose race week is pinned."""
        made = StandardPlanner().plan(runner, start, weeks, rules=rules)
        # The season's frame is a step of its own: it says which week is which before anything stands in it.
        framed, _ = frame(runner, made.start, len(made.weeks), rules or rs.load_rules())
        races = {week.start for week in framed if week.phase is rs.Phase.RACE}
        for week in made.weeks:
            for session in week.sessions if week.start in races else ():
                made = made.pin(session.id)
        return made

    def replan(self, plan: rs.Plan, log: rs.Log, today: dt.date, *, rules: rs.RuleSet | None = None) -> rs.Plan:
        """Return the plan with its rest planned again; what is pinned stays."""
        return StandardPlanner().replan(plan, log, today, rules=rules)


def main() -> None:
    """Plan a season with it."""
    planner: Planner = RaceWeekPlanner()
    plan = planner.plan(rs.load(Path(__file__).parent / "runner.yaml", rs.Runner))
    pinned = [session.id for session in plan.sessions if session.pinned]
    print(plan)
    print(f"pinned for the race: {', '.join(pinned)}")


if __name__ == "__main__":
    main()
