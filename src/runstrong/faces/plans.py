"""The plan as a report: what a runner takes to the gym, with the reason for everything in it, told once."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from runstrong.faces.blocks import Block, Bullets, Exercises, Heading, Line, Paragraph, Table
from runstrong.faces.wording import (
    HOW_TO_READ,
    SAFETY,
    WHEN_TO_STOP,
    change,
    cited,
    day,
    dose,
    labels_of,
    lasting,
    name_of,
    plural,
    run,
    spaced,
    total_km,
    when,
)
from runstrong.model.catalog import Catalog
from runstrong.model.exercise import Exercise
from runstrong.model.plan import Decision, Part, Plan, Session, Week
from runstrong.model.prescription import Prescription
from runstrong.model.quantities import number
from runstrong.model.words import Emphasis, PartName

__all__ = ["Telling", "days_of", "plan_report", "session_blocks", "session_title"]

_FROM_WEEK = re.compile(r"from week (\d+)")

_NEAR_WEEKS = 2
"""Weeks at the start of a plan that can be taken as they stand; the others depend on how those go."""

_EXPECTED = (
    "This week and all after it are expectations that performance decides: record what you do, and 'runstrong next' "
    "adapts each session to it."
)


def plan_report(plan: Plan, catalog: Catalog) -> tuple[Block, ...]:
    """Lay out a plan: whom it is for, the season, safety, then week by week the days and the sessions.

    An exercise is explained where it first stands; later weeks print its dose and what changed.

    Args:
        plan: to lay out.
        catalog: where names, set-up and cues are looked up; the plan's own exercises stand before it.
    """
    return tuple(Telling(plan, catalog).blocks())


def session_blocks(plan: Plan, session: Session, catalog: Catalog) -> Iterator[Block]:
    """Lay out one session as it reads after all that stand before it: what was explained is not explained again.

    Args:
        plan: that it stands in.
        session: one of the plan's, by its id; what it holds may be another than the plan says.
        catalog: where names, set-up and cues are looked up.
    """
    report = Telling(plan, catalog)
    for week in plan.weeks:
        for each in week.sessions:
            if each.id == session.id:
                yield from report.session(week, session)
                return
            for _ in report.session(week, each):
                pass  # what it explains is known then


class Telling:
    """Walks a plan in order of time and remembers what has been told.

    Args:
        plan: to walk.
        catalog: where names, set-up and cues are looked up; the plan's own exercises stand before it.
    """

    def __init__(self, plan: Plan, catalog: Catalog) -> None:
        self.plan, self.catalog = plan, catalog
        self.own = {exercise.id: exercise for exercise in plan.exercises}
        self.last: dict[tuple[str, PartName], Prescription] = {}
        self.last_of_kind: dict[tuple[str, PartName, Emphasis], Prescription] = {}
        self.parts: set[Part] = set()
        self.explained: set[str] = set()
        self.told: set[Decision] = set()

    def blocks(self) -> Iterator[Block]:
        """Lay out the whole plan."""
        yield from self._head()
        yield Heading(2, "Before you start")
        yield Paragraph(SAFETY)
        yield Bullets(WHEN_TO_STOP)
        yield Heading(2, "How to read it")
        yield Bullets(HOW_TO_READ)
        for week in self.plan.weeks:
            yield from self._week(week)
        rest = [decision for decision in self.plan.decisions if decision not in self.told]
        if rest:
            yield Heading(2, "Other decisions, and what was left out")
            yield Bullets(tuple(f"{self._about(decision.about)}: {self._because(decision)}" for decision in rest))
        if self.plan.edits:
            yield Heading(2, "What you changed")
            yield Bullets(tuple(str(edit) for edit in self.plan.edits))

    # -- head ---------------------------------------------------------------------------------------------------

    def _head(self) -> Iterator[Block]:
        plan = self.plan
        yield Heading(1, f"Strength and mobility plan for {plan.runner.name}")
        sessions = [session for session in plan.sessions if session.skipped is None]
        facts = [
            f"{plural(len(plan.weeks), 'week')}, {plan.start} to {plan.end}",
            plural(len(sessions), "session"),
            f"goals: {', '.join(map(spaced, plan.runner.goals))}",
        ]
        yield Paragraph("; ".join(facts) + ".")
        ahead = [race for race in plan.runner.races if plan.start <= race.date <= plan.end]
        races = []
        for race in sorted(ahead, key=lambda race: (race.date, race.id)):
            distance = f", {number(round(race.distance.km, 1))} km" if race.distance is not None else ""
            races.append(f"Race ({race.priority}): {race.name or race.id}{distance}, {day(race.date)}")
        if races:
            yield Bullets(tuple(races))
        season = plan.why("season")
        self.told.update(season)
        if season:
            yield Heading(2, "The season")
            yield Bullets(tuple(map(self._because, season)))

    def _because(self, decision: Decision) -> str:
        behind = ", ".join(cited(source, self.catalog.sources) for source in decision.sources)
        return f"{decision.what}, because {decision.why}" + (f" [{behind}]" if behind else "")

    def _about(self, about: str) -> str:
        if about in self.own or about in self.catalog.exercises:
            return self._exercise_name(about)
        if about in self.catalog.progressions:
            return f"Ladder '{self.catalog.progressions[about].name}'"
        return about

    # -- weeks --------------------------------------------------------------------------------------------------

    def _week(self, week: Week) -> Iterator[Block]:
        deload = ", deload (lighter on purpose)" if week.deload else ""
        yield Heading(2, f"Week {week.number} of {len(self.plan.weeks)}: {week.phase}{deload}")
        km = total_km(run.distance for run in week.runs)
        total = f"; {number(round(km, 1))} km of running" if week.runs and km is not None else ""
        # A plan that was planned again says so of the whole season.
        if week.number == _NEAR_WEEKS + 1 and not any("expectations" in each.what for each in self.plan.why("season")):
            yield Paragraph(_EXPECTED)
        yield Paragraph(f"{day(max(week.start, self.plan.start))} to {day(week.end)}{total}")
        yield Table(("", "", ""), tuple(days_of(week, self.plan.start)))
        decisions = [*self.plan.why(str(week.start)), *self.plan.why(f"week of {week.start}")]
        fresh = [decision for decision in decisions if decision not in self.told]
        self.told.update(fresh)
        if fresh:
            yield Paragraph("Why these days:")
            yield Bullets(tuple(map(self._because, fresh)))
        for session in week.sessions:
            yield from self.session(week, session)

    # -- sessions -----------------------------------------------------------------------------------------------

    def session(self, week: Week, session: Session) -> Iterator[Block]:
        """Lay out one session, and remember what it explains."""
        if session.skipped is not None:
            return
        yield Heading(3, f"Session {session.id}, {session_title(session)}")
        if session.note:
            yield Paragraph(f"Note: {session.note}")
        about = [decision for decision in self.plan.why(session.id) if decision not in self.told]
        self.told.update(about)
        if about:
            yield Bullets(tuple(map(self._because, about)))
        yield from self.exercises(week, session)

    def exercises(self, week: Week, session: Session) -> Iterator[Exercises]:
        """Lay out the parts of a session that hold anything, a line for each prescription in its order."""
        for each in session.parts:
            if each.prescriptions:
                lines = tuple(
                    self._line(week, session, each.name, asked, label=label)
                    for block in each.blocks
                    for asked, label in zip(block, labels_of(block), strict=True)
                )
                # Warm-ups and cool-downs rarely change; what was printed already takes one line.
                same = each in self.parts and each.name is not PartName.MAIN and not any(line.details for line in lines)
                self.parts.add(each)
                yield Exercises(str(each.name).capitalize(), lines, as_before=same)

    def _line(self, week: Week, session: Session, part: PartName, asked: Prescription, *, label: str) -> Line:
        exercise = self._exercise(asked.exercise)
        kind = (asked.exercise, part, session.emphasis)
        before = self.last_of_kind.get(kind) or self.last.get((asked.exercise, part))
        self.last_of_kind[kind] = self.last[asked.exercise, part] = asked
        details: list[tuple[str, str]] = []
        mark = change(before, asked) if before is not None else ""
        if asked.exercise not in self.explained:
            self.explained.add(asked.exercise)
            mark = "new"
            if exercise is not None:
                details.append(("Set-up", exercise.setup))
                details.append(("Think", " ".join(_sentence(cue) for cue in exercise.cues[:2])))
        why = self._why(week, asked, new=mark == "new")
        if why:
            details.append(("Why", why))
        if asked.note:
            details.append(("Note", asked.note))
        return Line(mark, self._exercise_name(asked.exercise), dose(asked, exercise), tuple(details), label)

    def _why(self, week: Week, asked: Prescription, *, new: bool) -> str:
        """Return the reasons due now: those of a week once it has come, the others where the exercise first stands."""
        due = []
        for decision in self.plan.why(asked.exercise):
            named = _FROM_WEEK.match(decision.what)
            if decision not in self.told and (int(named[1]) <= week.number if named else new):
                self.told.add(decision)
                due.append(decision)
        if not due and new and asked.progression is not None:
            due = [decision for decision in self.plan.why(asked.progression) if decision not in self.told]
            self.told.update(due)
        if not due and new and asked.progression in self.catalog.progressions and asked.progression is not None:
            return self.catalog.progressions[asked.progression].purpose
        return " ".join(_sentence(self._reason(decision)) for decision in due)

    def _reason(self, decision: Decision) -> str:
        behind = ", ".join(cited(source, self.catalog.sources) for source in decision.sources)
        return decision.why + (f" [{behind}]" if behind else "")

    def _exercise(self, id: str) -> Exercise | None:
        """Return an exercise, or None: a plan outlives the catalog that it was made from."""
        return self.own.get(id) or self.catalog.exercises.get(id)

    def _exercise_name(self, id: str) -> str:
        return name_of(id, self._exercise(id))


def session_title(session: Session) -> str:
    """Say when, where, how long and how hard a session is."""
    part = when(session.day_part)
    told = [day(session.date) + (f" {part}" if part else ""), f"at {_places(session)}", lasting(session)]
    told.append(spaced(session.emphasis))
    if session.session_rpe is not None:
        told.append(f"effort {number(session.session_rpe.score)} of 10 overall")
    return ", ".join(told)


def days_of(week: Week, first: dt.date) -> Iterator[tuple[str, str, str]]:
    """Yield the entries of a week's days from `first` on: the day once, the part of the day, and what stands there."""
    for offset in range(7):
        date = week.start + dt.timedelta(days=offset)
        if date < first:
            continue
        entries = [(each.day_part.order, 0, when(each.day_part), run(each)) for each in week.runs if each.date == date]
        entries += [
            (each.day_part.order, 1, when(each.day_part), _in_calendar(each))
            for each in week.sessions
            if each.date == date
        ]
        entries.sort()
        if not entries:
            yield day(date), "", "rest"
        for place, (_, _, part, what) in enumerate(entries):
            yield "" if place else day(date), part, what


def _in_calendar(session: Session) -> str:
    if session.skipped is not None:
        return f"session {session.id}: skipped ({session.skipped})"
    pinned = ", pinned" if session.pinned else ""
    return f"STRENGTH {session.id}: {spaced(session.emphasis)}, {lasting(session)}{pinned}"


def _places(session: Session) -> str:
    return {"home": "home", "gym": "the gym", "travel": "your place of travel"}[str(session.place)]


def _sentence(text: str) -> str:
    text = text.strip()
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else f"{text}."
