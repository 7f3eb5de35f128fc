"""A plan for a runner whose circumstances changed: as near to the plan as it was as can be.

A changed running week, a new race, lost equipment, an injury, a holiday: what still stands stays. A session that cannot
stand where it stood moves within its week; an exercise that cannot be done there gives way to one that answers the same
need; a week whose phase changes takes its sessions from the plan that would be made for the runner today.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from runstrong.ladder.access import unfit
from runstrong.model.attribution import done_ids
from runstrong.model.catalog import Catalog
from runstrong.model.edits import Drop, Exclude, Swap
from runstrong.model.exercise import Exercise
from runstrong.model.log import Log
from runstrong.model.measuring import SessionMeasure
from runstrong.model.plan import Decision, Plan, Session, Week
from runstrong.model.prescription import External, FindLoad, Prescription
from runstrong.model.rules import RuleSet
from runstrong.model.runner import Runner
from runstrong.model.value import evolve
from runstrong.model.words import DayPart, Emphasis, PartName
from runstrong.placement import Placed, broken_beside, open_places, placed, slot_cost, surroundings
from runstrong.planner.closing import remeasured, standing
from runstrong.planner.missed import day_named, may_change, moved, with_session

__all__ = ["rearranged", "with_exclusions"]


def with_exclusions(runner: Runner, plan: Plan) -> Runner:
    """Return a runner with what people have excluded in a plan, so that planning again brings none of it back."""
    excluded = {edit.exercise for edit in plan.edits if isinstance(edit, Exclude)}
    if excluded <= set(runner.limitations.exclude):
        return runner
    exclude = (*runner.limitations.exclude, *sorted(excluded - set(runner.limitations.exclude)))
    return evolve(runner, limitations=evolve(runner.limitations, exclude=exclude))


def rearranged(
    plan: Plan, ideal: Plan, log: Log, today: dt.date, *, rules: RuleSet, catalog: Catalog
) -> tuple[Plan, tuple[Decision, ...]]:
    """Return the plan for the runner of `ideal`, and what became of each session that could not stay as it was.

    The past, what is done, and pinned and skipped sessions stay as they are.

    Args:
        plan: as it stands.
        ideal: what would be planned for the runner as they are now, over the same weeks.
        log: by session, see `runstrong.model.attribution.log_by_session`.
        today: first day that may change.
        rules: resolved.
        catalog: where exercises are looked up.
    """
    change = _Change(plan, ideal, log, today, rules=rules, catalog=catalog)
    change.frame()
    for id in [session.id for session in change.plan.sessions if change.open(session)]:
        change.place(id)
        change.refit(id)
    return change.plan, tuple(dict.fromkeys(change.told))


class _Change:
    """The plan while it is being rearranged."""

    def __init__(self, plan: Plan, ideal: Plan, log: Log, today: dt.date, *, rules: RuleSet, catalog: Catalog) -> None:
        self.plan, self.ideal, self.today, self.rules, self.catalog = plan, ideal, today, rules, catalog
        self.runner = ideal.runner
        self.done = done_ids(log)
        self.trained = [Placed(day, DayPart.UNKNOWN, Emphasis.LIGHT_LEGS) for day in _trained_beside(log, plan)]
        self.targets = {week.start: week for week in ideal.weeks}
        self.measure = SessionMeasure(catalog.exercises, rules)
        self.told: list[Decision] = []
        self.swapped: set[tuple[str, str]] = set()

    def open(self, session: Session) -> bool:
        """Whether a session may change: to come, not done, not pinned, not skipped."""
        return may_change(session, self.today, self.done)

    # -- weeks ------------------------------------------------------------------------------------------------------

    def frame(self) -> None:
        """Take runs, phases and deloads from the ideal plan; a week of another phase takes its sessions too."""
        weeks = tuple(self._framed(week, self.targets[week.start]) for week in self.plan.weeks)
        kept = [each for each in self.plan.decisions if each.about != "season"]
        # The season is told as it looks today; of exercises, what was not told before.
        known = {each.about for each in kept}
        held = {asked.exercise for week in weeks for each in week.sessions for _, asked in each.prescriptions()}
        kept += [each for each in self.ideal.decisions if each.about == "season"]
        kept += [each for each in self.ideal.decisions if each.about in held - known]
        self.plan = evolve(
            self.plan, runner=self.runner, weeks=weeks, decisions=tuple(kept), overrides=self.ideal.overrides,
            rules_hash=self.ideal.rules_hash,
        )  # fmt: skip

    def _framed(self, week: Week, target: Week) -> Week:
        if week.end < self.today:
            return week
        runs = (
            *(run for run in week.runs if run.date < self.today),
            *(run for run in target.runs if run.date >= self.today),
        )
        framed = evolve(week, phase=target.phase, deload=target.deload, runs=runs)
        if (week.phase, week.deload) == (target.phase, target.deload):
            return framed
        fixed = [session for session in week.sessions if not self.open(session)]
        taken = {session.id for session in fixed} | {str(session.date) for session in fixed}
        room = max(0, len(target.sessions) - sum(session.skipped is None for session in fixed))
        fresh = [
            session
            for session in target.sessions
            if session.date >= self.today and session.id not in taken and str(session.date) not in taken
        ]
        lighter = ", a lighter one" if target.deload else ""
        what = f"a week of {str(target.phase).replace('-', ' ')}{lighter}"
        why = "the season looks different now: races, running or the time that you have"
        self.told.append(Decision(about=f"week of {week.start}", what=what, why=why))
        return standing(evolve(framed, sessions=()), *fixed, *fresh[:room])

    # -- places -----------------------------------------------------------------------------------------------------

    def place(self, id: str) -> None:
        """Move a session that cannot stand where it stands, or leave it out where nothing in its week is open."""
        session = self.plan.session(id)
        week = self.plan.week_of(session.date)
        fault = self._fault(session, session.date, session.day_part, week)
        if fault is None:
            return
        found = self._new_place(session, week)
        if found is not None:
            place, fitting = found
            part = f" {place.day_part}" if place.day_part is not DayPart.UNKNOWN else ""
            self.plan = moved(self.plan, fitting)
            self._tell(id, f"moved to {day_named(place.date)}{part}", fault)
            return
        other = self._other(session, week)
        if other is not None:
            self.plan = moved(self.plan, other)
            what = f"{str(other.emphasis).replace('-', ' ')} on {day_named(other.date)} instead"
            self._tell(id, what, fault)
            return
        reason = f"no day of its week is open to it any more: {fault}"
        self._put(evolve(session, skipped=reason))
        self._tell(id, "left out", reason)

    def _beside(self, session: Session) -> list[Placed]:
        others = [
            placed(each, self.rules) for each in self.plan.sessions if each.id != session.id and each.skipped is None
        ]
        return [*self.trained, *others]

    def _fault(self, session: Session, date: dt.date, part: DayPart, week: Week) -> str | None:
        """Return what speaks against a place, in a runner's words, or None."""
        if (date, part) not in open_places(self.runner, (date,), self.runner.runs_on):
            return "that day or part of the day is not open to strength any more"
        days = tuple(week.start + dt.timedelta(days=n) for n in range(7))
        around = surroundings(self.plan, week, self.rules, self.runner.runs_on)
        broken = broken_beside(placed(session, self.rules, date, part), self._beside(session), days, around)
        if broken is not None:
            return broken.value
        if session.minutes.minutes > self.runner.minutes_on(date):
            return f"that day allows {self.runner.minutes_on(date):g} minutes"
        return None

    def _new_place(self, session: Session, week: Week) -> tuple[Placed, Session] | None:
        """Return the best place of the week, its own day first among equals, with the session as it fits there."""
        around = surroundings(self.plan, week, self.rules, self.runner.runs_on)
        days = [day for n in range(7) if (day := week.start + dt.timedelta(days=n)) >= self.today]
        best: tuple[tuple[float, int, dt.date, int], Placed, Session] | None = None
        for date, part in open_places(self.runner, days, self.runner.runs_on):
            here = evolve(session, date=date, day_part=part, place=self.runner.place_on(date))
            if session.minutes.minutes > self.runner.minutes_on(date):
                shorter = remeasured(here, week, self.runner, self.rules, self.catalog)
                if shorter is None:
                    continue
                here = shorter
            if self._fault(here, date, part, week) is not None:
                continue
            place = placed(here, self.rules, date, part)
            key = (slot_cost(place, around), abs((date - session.date).days), date, part.order)
            if best is None or key < best[0]:
                best = (key, place, here)
        return best[1:] if best is not None else None

    def _other(self, session: Session, week: Week) -> Session | None:
        """Return a session that today's plan has in that week, under this one's id, where it stands."""
        for target in self.targets[week.start].sessions:
            if target.date < self.today:
                continue
            made = evolve(target, id=session.id)
            if self._fault(made, made.date, made.day_part, week) is None:
                return made
        return None

    # -- exercises --------------------------------------------------------------------------------------------------

    def refit(self, id: str) -> None:
        """Give way to what cannot be done where a session stands: kit, exclusions, positions, injuries."""
        session = self.plan.session(id)
        if session.skipped is not None:
            return
        place = self.runner.place_on(session.date)
        if place is not session.place:
            self._put(evolve(session, place=place))
            what = f"at {place} instead of {session.place} from {session.date} on"
            if not any(each.what.startswith(what.partition(" from ")[0]) for each in self.told):
                self.told.append(Decision(about="season", what=what, why="that is where you train now"))
            session = self.plan.session(id)
        kit = self.runner.kit_at(place)
        for part, asked in list(session.prescriptions()):
            reason = unfit(self._exercise(asked.exercise), self.runner, kit, session.date)
            if reason is None and not self._unloadable(asked, session):
                continue
            self._give_way(id, part, asked, reason or "nothing at hand loads it as asked")

    def _exercise(self, id: str) -> Exercise:
        own = next((each for each in self.plan.exercises if each.id == id), None)
        return own if own is not None else self.catalog.exercises[id]

    def _unloadable(self, asked: Prescription, session: Session) -> bool:
        """Whether a prescription asks for a load of a kind that the kit of the place does not have."""
        if not isinstance(asked.load, (External, FindLoad)):
            return False
        return not self.runner.kit_at(session.place).owned & set(self._exercise(asked.exercise).loaded_by)

    def _give_way(self, id: str, part: PartName, asked: Prescription, reason: str) -> None:
        session = self.plan.session(id)
        name = self._exercise(asked.exercise).name
        stand_in = next(iter(self._stand_ins(session, part, asked)), None)
        if stand_in is not None:
            edit = Swap(session=id, exercise=asked.exercise, replacement=stand_in)
            self.plan = self.plan.apply(edit, self.measure)
            if (asked.exercise, stand_in.exercise) not in self.swapped:
                self.swapped.add((asked.exercise, stand_in.exercise))
                what = f"{self._exercise(stand_in.exercise).name} instead of {name} from {session.date} on"
                self.told.append(Decision(about=stand_in.exercise, what=what, why=reason, sources=("convention",)))
            return
        rest = [each for each in session.part(PartName.MAIN) if each.exercise != asked.exercise]
        if part is PartName.MAIN and not rest:
            self._put(evolve(session, skipped=f"nothing is left of it: {name} {reason}"))
        else:
            self.plan = self.plan.apply(Drop(session=id, exercise=asked.exercise), self.measure)
        self.told.append(Decision(about=asked.exercise, what="left out", why=reason, sources=("convention",)))

    def _stand_ins(self, session: Session, part: PartName, asked: Prescription) -> Iterator[Prescription]:
        """Yield what today's plan does in the place of an exercise: of its ladder, its pattern, then its region."""
        gone, kit = self._exercise(asked.exercise), self.runner.kit_at(session.place)
        held = {each.exercise for _, each in session.prescriptions()}
        near = sorted(self.ideal.sessions, key=lambda each: (abs((each.date - session.date).days), each.id))
        offered = [each for other in near for name, each in other.prescriptions() if name is part]
        fitting = [
            each
            for each in offered
            if each.exercise not in held
            and unfit(self._exercise(each.exercise), self.runner, kit, session.date) is None
        ]

        def alike(each: Prescription) -> int:
            exercise = self._exercise(each.exercise)
            if each.progression is not None and each.progression == asked.progression:
                return 0
            if exercise.pattern is gone.pattern:
                return 1
            return 2 if set(exercise.regions) & set(gone.regions) else 3

        heavy = session.emphasis is Emphasis.HEAVY_LEGS
        for each in sorted(fitting, key=alike):
            made = evolve(session, parts=session.replacing(asked.exercise, each).parts)
            if alike(each) < 3 and (heavy or self.measure.emphasis(made) is not Emphasis.HEAVY_LEGS):
                yield each

    # -- plan -------------------------------------------------------------------------------------------------------

    def _put(self, made: Session) -> None:
        self.plan = with_session(self.plan, made)

    def _tell(self, id: str, what: str, why: str) -> None:
        self.told.append(Decision(about=id, what=what, why=why, sources=("CO01", "TS02")))


def _trained_beside(log: Log, plan: Plan) -> Iterable[dt.date]:
    """Yield the days on which the log shows main work that belongs to no session of the plan."""
    known = {session.id for session in plan.sessions}
    days = {done.date for done in log.performances if done.session not in known and done.part is PartName.MAIN}
    return sorted(days)
