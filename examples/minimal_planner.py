"""A planner written from scratch: twice a week, twenty minutes, body weight, on a bare floor.

The season's frame, the places in the week and the closing audit are public steps of the library; which exercises, and
how many, is this coach's own affair. `runstrong.testing.check_planner` holds it to what every planner keeps.
Run it from anywhere: python examples/minimal_planner.py
"""

import datetime as dt
from pathlib import Path

import runstrong as rs
from runstrong.model.measuring import whole_minutes
from runstrong.model.timeline import Definitions, emphasis_of
from runstrong.placement import Placed, Surroundings, conflicts_of, place_week, what_would_free
from runstrong.planner import (
    Planner,
    WeekFrame,
    audited,
    dose_of,
    estimated_seconds,
    frame,
    planned_rpe,
    replan,
    season_weeks,
    suits,
    usable_drills,
)  # fmt: skip

LIGHT, UPPER = rs.Emphasis.LIGHT_LEGS, rs.Emphasis.UPPER_AND_TRUNK
TWENTY = rs.minutes(20)
QUIET = (rs.Phase.TAPER, rs.Phase.RACE, rs.Phase.RECOVERY)
ROUTINE = {
    "calf": ("calf-raise", "bent-knee-calf-raise", "seated-calf-raise"),
    "hips and thighs": ("chair-squat", "glute-bridge", "reverse-lunge"),
    "trunk": ("plank", "dead-bug", "side-plank-kneeling", "pelvic-tilt-standing", "supine-knee-drop"),
    "side of the hip": ("side-lying-hip-abduction", "standing-hip-abduction", "fire-hydrant"),
    "push and pull": ("push-up-incline", "push-up", "backpack-row", "prone-y-t-w"),
    "foot": ("short-foot", "toe-yoga", "single-leg-balance"),
    "breathing": ("diaphragmatic-breathing", "rib-cage-breathing-side-lying"),
}
"""What a session asks for, most important first; of each the first exercise that the runner can do."""


class TwentyMinutes:
    """Two short sessions a week, both the same: what one can keep up."""

    def plan(
        self,
        runner: rs.Runner,
        start: dt.date | None = None,
        weeks: int | None = None,
        *,
        rules: rs.RuleSet | None = None,
    ) -> rs.Plan:
        """Return an audited plan."""
        begin = start or runner.start or dt.date(2027, 1, 4)
        base, catalog = rules or rs.load_rules(), rs.load_catalog()
        numbers = base.with_overrides(runner.overrides, "runner")
        framed, why = frame(runner, begin, weeks or season_weeks(runner, begin), numbers)
        around = Surroundings(runner.runs_on, runner, numbers, careful=True)
        shortest = min(numbers.number("planning", "shortest_minutes"), runner.session_length.minutes)
        decisions = [*why, rs.Decision(about="season", what="twenty minutes, body weight", why="it is kept up")]
        made: list[rs.Week] = []
        earlier: tuple[Placed, ...] = ()
        for week in framed:
            for wanted in ((LIGHT, LIGHT), (LIGHT, UPPER), (LIGHT,), (UPPER,)):
                if week.phase is rs.Phase.RECOVERY and LIGHT in wanted:
                    continue
                found = place_week(week.days, wanted, around, earlier=earlier, minutes=shortest)
                if found is not None:
                    break
            earlier = found.places if found is not None else ()
            days = ", ".join(f"{place.date:%A}" for place in earlier) or "no day"
            about = f"week of {week.start}"
            decisions.append(rs.Decision(about=about, what=days, why="the best days that the runs leave"))
            sessions = tuple(self.session(runner, week, place, numbers, told=decisions) for place in earlier)
            runs = tuple(run for day in week.days for run in runner.runs_on(day))
            made.append(
                rs.Week(
                    number=week.number, start=week.start, phase=week.phase, deload=week.deload, runs=runs,
                    sessions=sessions,
                )
            )  # fmt: skip
        if not any(week.sessions for week in made):
            days = max((week.days for week in framed), key=len)
            ways = what_would_free(days, (UPPER,), around, minutes=shortest)
            raise rs.InfeasibleError(conflicts_of(days, UPPER, around, minutes=shortest), ways or ("open more days",))
        stamp = rs.CatalogStamp(version=catalog.version, hash=catalog.hash)
        plan = rs.Plan(
            runner=runner, start=begin, weeks=made, decisions=tuple(dict.fromkeys(decisions)), catalog=stamp,
            overrides=runner.overrides, rules_hash=numbers.digest,
        )  # fmt: skip
        return audited(plan, base, catalog)

    def session(
        self, runner: rs.Runner, week: WeekFrame, place: Placed, numbers: rs.RuleSet, *, told: list[rs.Decision]
    ) -> rs.Session:
        """Fill twenty minutes, or what the day allows, with the routine, and tell what is in it and why."""
        catalog = rs.load_catalog()
        kit = runner.kit_at(runner.place_on(place.date))
        seconds = 60 * min(TWENTY.minutes, runner.minutes_on(place.date))
        main: list[rs.Prescription] = []
        for what, ids in ROUTINE.items():
            ready = usable_drills([catalog.exercises[id] for id in ids], runner, kit, week.first)
            ready.sort(key=lambda exercise: ids.index(exercise.id))
            for exercise in [each for each in ready if suits(each, place.emphasis)][:1]:
                asked = dose_of(exercise, rs.Level.NOVICE, most_sets=1 if week.deload or week.phase in QUIET else 2)
                if estimated_seconds((*main, asked), numbers) <= seconds:
                    main.append(asked)
                    told.append(rs.Decision(about=exercise.id, what=what, why=f"{what} first of what is at hand"))
        held = ((catalog.exercises[each.exercise], each.load, each.rir) for each in main)
        emphasis = emphasis_of(held, Definitions.of(numbers))
        part = rs.Part(name=rs.PartName.MAIN, prescriptions=tuple(main))
        length = whole_minutes(estimated_seconds(main, numbers))
        return rs.Session(
            id=f"{place.date:%Y%m%d}", date=place.date, day_part=place.day_part, place=kit.place, emphasis=emphasis,
            parts=(part,), minutes=length, session_rpe=planned_rpe(emphasis, week.phase, week.deload),
        )  # fmt: skip

    def replan(self, plan: rs.Plan, log: rs.Log, today: dt.date, *, rules: rs.RuleSet | None = None) -> rs.Plan:
        """Return the plan with its rest planned again; the library's own way serves any plan."""
        return replan(plan, log, today, rules=rules)


def main() -> None:
    """Plan a season with it."""
    planner: Planner = TwentyMinutes()
    print(planner.plan(rs.load(Path(__file__).parent / "novice.yaml", rs.Runner), weeks=8))


if __name__ == "__main__":
    main()
