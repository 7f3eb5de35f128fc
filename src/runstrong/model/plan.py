"""A plan: weeks of sessions beside the runs they fit, why each choice was made, and what people changed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import ClassVar

from runstrong.model.edits import (
    Approve,
    Drop,
    Edit,
    Exclude,
    Insert,
    Lighten,
    Move,
    MoveRun,
    Note,
    Pin,
    Reduce,
    Skip,
    Split,
    Swap,
    TrimRun,
    Wait,
)
from runstrong.model.errors import InvalidValue, Problem, UnknownName
from runstrong.model.exercise import Exercise
from runstrong.model.prescription import Amount, Load, Prescription, Tempo, blocks_of
from runstrong.model.quantities import RIR, Distance, Duration, SessionRPE
from runstrong.model.rules import Override
from runstrong.model.runner import Runner
from runstrong.model.running import Run
from runstrong.model.value import Value, evolve, identifier, limited, many, value
from runstrong.model.words import DayPart, Emphasis, PartName, Phase, Place, RunKind, Weekday

__all__ = ["CatalogStamp", "Decision", "Part", "Plan", "Session", "Week"]


@value
class Part(Value):
    """Warm-up, main work or cool-down of a session.

    Args:
        name: warm-up, main or cool-down.
        prescriptions: in order.
    """

    name: PartName
    prescriptions: tuple[Prescription, ...] = many(default=())

    def __iter__(self) -> Iterator[Prescription]:
        return iter(self.prescriptions)

    def __len__(self) -> int:
        return len(self.prescriptions)

    def _conflicts(self) -> Iterable[Problem]:
        seen: set[str] = set()
        for block in self.blocks:
            label = block[0].superset
            if label in seen:
                cure = "put its exercises next to each other, or give them another letter"
                fact = f"superset {label} in two places"
                yield Problem(f"Part {self.name}", fact, "each superset in one place", cure)
            if label is not None:
                seen.add(label)

    @property
    def blocks(self) -> tuple[tuple[Prescription, ...], ...]:
        """The prescriptions as they are done: those of a superset together, all others alone."""
        return blocks_of(self.prescriptions)


@value
class Session(Value):
    """One strength or mobility session.

    Args:
        id: stable through moves and re-planning; findings, waivers and performances refer to it.
        date: local date.
        day_part: when in the day.
        place: whose kit is used.
        emphasis: what it asks of the legs, derived from what it holds.
        parts: warm-up, main, cool-down.
        minutes: estimated length.
        session_rpe: how hard it is meant to be.
        pinned: kept as it is when the rest is planned again.
        skipped: the reason, when it is left out.
        note: a remark.
    """

    id: str = identifier()
    date: dt.date
    day_part: DayPart = DayPart.UNKNOWN
    place: Place = Place.HOME
    emphasis: Emphasis
    parts: tuple[Part, ...] = many(default=())
    minutes: Duration = Duration(0)
    session_rpe: SessionRPE | None = None
    pinned: bool = False
    skipped: str | None = None
    note: str | None = None

    def _conflicts(self) -> Iterable[Problem]:
        names = [part.name for part in self.parts]
        order = [PartName.WARM_UP, PartName.MAIN, PartName.COOL_DOWN]
        if names != [name for name in order if name in names]:
            yield Problem(f"Session {self.id}.parts", ", ".join(map(str, names)), "warm-up, main, cool-down, each once")

    @property
    def load(self) -> float | None:
        """Planned session load in arbitrary units: minutes times session RPE (Foster's method).

        None where it is not rated, or its length is not known.
        """
        if self.session_rpe is None or not self.minutes.seconds:
            return None
        return self.minutes.minutes * self.session_rpe.score

    def prescriptions(self) -> Iterator[tuple[PartName, Prescription]]:
        """Yield each prescription with the part it stands in, in order."""
        for part in self.parts:
            for prescription in part.prescriptions:
                yield part.name, prescription

    def holds(self, exercise: str) -> bool:
        """Whether an exercise, by its id, stands in any part."""
        return any(prescription.exercise == exercise for _, prescription in self.prescriptions())

    def part(self, name: PartName) -> Part:
        """Return the part called `name`, empty when the session has none."""
        return next((part for part in self.parts if part.name is name), Part(name=name))

    def with_main(self, main: Iterable[Prescription]) -> Session:
        """Return the session with other main work; what stands around it stays."""
        made = tuple(main)
        parts = [evolve(part, prescriptions=made) if part.name is PartName.MAIN else part for part in self.parts]
        return evolve(self, parts=tuple(parts))

    def replacing(self, exercise: str, by: Prescription | None) -> Session:
        """Return the session with each prescription of `exercise` replaced, or left out for None.

        What stands in its place stands in its superset too.
        """
        parts = []
        for part in self.parts:
            kept: list[Prescription] = []
            for each in part.prescriptions:
                if each.exercise != exercise:
                    kept.append(each)
                elif by is not None:
                    kept.append(by if by.superset == each.superset else evolve(by, superset=each.superset))
            if kept:
                parts.append(Part(name=part.name, prescriptions=tuple(kept)))
        return evolve(self, parts=tuple(parts))


@value
class Week(Value):
    """One week of the runner's calendar.

    Args:
        number: counted from 1.
        start: first day, on the runner's week start; a plan may begin later within its first week.
        phase: of the season.
        deload: whether strength is lightened.
        runs: planned runs, fixed input.
        sessions: by date.
    """

    number: int = limited(1, 104)
    start: dt.date
    phase: Phase
    deload: bool = False
    runs: tuple[Run, ...] = many(default=())
    sessions: tuple[Session, ...] = many(default=())

    @property
    def end(self) -> dt.date:
        """Last day."""
        return self.start + dt.timedelta(days=6)


@value
class Decision(Value):
    """A choice that the planner made.

    Args:
        about: what it concerns: ``season``, a week's first day, a session id, a progression or exercise id.
        what: what was decided.
        why: the reason, in words for a runner.
        sources: rule codes and source ids behind it.
    """

    about: str
    what: str
    why: str
    sources: tuple[str, ...] = many(default=())

    def __str__(self) -> str:
        behind = f" [{', '.join(self.sources)}]" if self.sources else ""
        return f"{self.about}: {self.what}, because {self.why}{behind}"


_YEARS = range(1899, 2202)
"""Years of a plan's weeks (convention): what looks back a year and ahead a season has to find dates."""


@value
class CatalogStamp(Value):
    """Which catalog a plan was made from.

    Args:
        version: of the library.
        hash: of the content.
    """

    version: str
    hash: str


@value
class Plan(Value):
    """Weeks of strength and mobility for one runner, beside their runs.

    Args:
        runner: whom it is for, as known when it was made.
        start: first planned day.
        weeks: in order.
        decisions: why it is as it is.
        catalog: version and content hash of the catalog it was made from.
        exercises: exercises of the plan's own that no packaged catalog has.
        overrides: rule parameters that it was made with.
        rules_hash: content hash of the rule set.
        edits: what people changed, in order.
    """

    kind_of_document: ClassVar[str] = "plan"

    runner: Runner
    start: dt.date
    weeks: tuple[Week, ...] = many(least=1)
    decisions: tuple[Decision, ...] = many(default=())
    catalog: CatalogStamp
    exercises: tuple[Exercise, ...] = many(default=())
    overrides: tuple[Override, ...] = many(default=())
    rules_hash: str = ""
    edits: tuple[Edit, ...] = many(default=())

    def _conflicts(self) -> Iterable[Problem]:
        seen: set[str] = set()
        for session in self.sessions:
            if session.id in seen:
                yield Problem("Plan.weeks", f"session id {session.id} twice", "each session id once")
            seen.add(session.id)
        starts = [week.start for week in self.weeks]
        if any(later - earlier != dt.timedelta(days=7) for earlier, later in pairwise(starts)):
            yield Problem("Plan.weeks", "weeks that do not follow each other", "one week after the other")
        elif not (starts[0].year in _YEARS and starts[-1].year in _YEARS):
            fact, allowed = f"{starts[0]} to {starts[-1]}", f"years from {_YEARS.start} to {_YEARS.stop - 1}"
            yield Problem("Plan.weeks", fact, allowed)
        elif not starts[0] <= self.start <= self.weeks[0].end:
            allowed = f"a day of the first week, {starts[0]} to {self.weeks[0].end}"
            yield Problem("Plan.start", str(self.start), allowed)

    @property
    def end(self) -> dt.date:
        """Last day."""
        return self.weeks[-1].end

    @property
    def sessions(self) -> tuple[Session, ...]:
        """All sessions, in order of the weeks."""
        return tuple(session for week in self.weeks for session in week.sessions)

    def session(self, id: str) -> Session:
        """Return the session called `id`.

        Raises:
            UnknownName: the plan has none of that id.
        """
        for week in self.weeks:
            for session in week.sessions:
                if session.id == id:
                    return session
        raise UnknownName("session", id, [session.id for session in self.sessions])

    def why(self, about: str | Prescription | Session | Week | dt.date) -> tuple[Decision, ...]:
        """Return the decisions behind a part of the plan, those nearest to it first.

        Args:
            about: an id (of a session, an exercise or a ladder), ``season``, a prescription, a session, a week, or a
                day. A prescription is told by its exercise and its ladder, a session by its own changes, its day and
                its week's phase, a week or day by what was decided for that week.

        Example:
            >>> from runstrong.model.running import RunningWeek
            >>> from runstrong.planner import plan
            >>> made = plan(Runner(name="Ada", running=RunningWeek()), start=dt.date(2027, 1, 4), weeks=2)
            >>> asked = made.sessions[0].part(PartName.MAIN).prescriptions[0]
            >>> made.why(asked)[0].about == asked.exercise
            True
        """
        if isinstance(about, str):
            return tuple(decision for decision in self.decisions if decision.about == about)
        if isinstance(about, Prescription):
            found = self.why(about.exercise)
            return found + (self.why(about.progression) if about.progression is not None else ())
        if isinstance(about, Session):
            week = self.week_of(about.date)
            return (*self.why(about.id), *self._days_of(about, week), *self._phase_of(week))
        week = about if isinstance(about, Week) else self.week_of(about)
        return (*self._placed_in(week), *self._phase_of(week))

    def week_of(self, day: dt.date) -> Week:
        """Return the week that holds a day.

        Raises:
            InvalidValue: the day lies outside the plan.
        """
        for week in self.weeks:
            if week.start <= day <= week.end:
                return week
        raise InvalidValue([Problem("day", str(day), f"a day from {self.weeks[0].start} to {self.end}")])

    def _placed_in(self, week: Week) -> tuple[Decision, ...]:
        """Return why the sessions stand on their days, which is told in the first of several weeks that are alike."""
        told: tuple[Decision, ...] = ()
        for each in self.weeks[: week.number]:
            told = self.why(f"week of {each.start}") or told
        return told

    def _days_of(self, session: Session, week: Week) -> tuple[Decision, ...]:
        day = str(Weekday.of(session.date.weekday())).capitalize()
        return tuple(decision for decision in self._placed_in(week) if day in decision.what)

    def _phase_of(self, week: Week) -> tuple[Decision, ...]:
        return tuple(decision for decision in self.why("season") if _speaks_of(decision.what, week.number))

    def apply(self, edit: Edit, measure: Callable[[Session, Session, Week], Session] | None = None) -> Plan:
        """Return a plan with `edit` carried out, without recording it as a person's decision.

        Args:
            edit: to carry out.
            measure: gives sessions whose content changes the minutes, emphasis and effort that fit it, such as
                `runstrong.model.measuring.SessionMeasure`; without it their minutes become unknown.

        Raises:
            UnknownName: the session or exercise it names is not there.
            InvalidValue: it leads out of the plan, or changes nothing that it could change.
        """
        from runstrong.model.editing import carried_out

        return carried_out(self, edit, measure)

    def edited(self, edit: Edit, measure: Callable[[Session, Session, Week], Session] | None = None) -> Plan:
        """Return a plan with `edit` carried out and recorded among its `edits`; see `apply`."""
        made = self.apply(edit, measure)
        return evolve(made, edits=(*made.edits, edit))

    def move(self, session: str, *, to: dt.date, day_part: DayPart | None = None) -> Plan:
        """Return a plan in which a session stands on another day.

        Raises:
            UnknownName: there is no such session.
            InvalidValue: the day lies outside the plan.
        """
        return self.edited(Move(session=session, to=to, day_part=day_part))

    def swap(self, session: str, exercise: str, replacement: Prescription) -> Plan:
        """Return a plan in which `replacement` stands for `exercise` in a session."""
        return self.edited(Swap(session=session, exercise=exercise, replacement=replacement))

    def drop(self, session: str, exercise: str) -> Plan:
        """Return a plan in which a session goes without `exercise`."""
        return self.edited(Drop(session=session, exercise=exercise))

    def reduce(
        self, session: str, exercise: str, *, sets: int | None = None, amount: Amount | None = None,
        load: Load | None = None, rir: RIR | None = None, tempo: Tempo | None = None,
    ) -> Plan:  # fmt: skip
        """Return a plan in which a session asks for less of `exercise`; what is not given stays as it is.

        Raises:
            InvalidValue: nothing of it is less than what the session asks for.
        """
        edit = Reduce(session=session, exercise=exercise, sets=sets, amount=amount, load=load, rir=rir, tempo=tempo)
        return self.edited(edit)

    def insert(
        self, session: str, prescription: Prescription, *, part: PartName = PartName.MAIN, after: str | None = None
    ) -> Plan:  # fmt: skip
        """Return a plan in which a session holds one exercise more, at the end of a part or after another exercise."""
        return self.edited(Insert(session=session, part=part, prescription=prescription, after=after))

    def split(
        self, session: str, exercises: Iterable[str], *, into: str, to: dt.date, day_part: DayPart = DayPart.UNKNOWN
    ) -> Plan:  # fmt: skip
        """Return a plan in which some main exercises of a session are a session of their own, called `into`.

        Raises:
            UnknownName: the session, or one of the exercises in its main part, is not there.
            InvalidValue: it would take all main work, the id is taken, or the day lies outside the plan.
        """
        edit = Split(session=session, exercises=tuple(exercises), into=into, to=to, day_part=day_part)
        return self.edited(edit)

    def wait(self, session: str, exercise: str, *, until: dt.date) -> Plan:
        """Return a plan in which `exercise` is left out from a session on, up to the day before `until`."""
        return self.edited(Wait(session=session, exercise=exercise, until=until))

    def lighten(self, week: dt.date, *, share: float) -> Plan:
        """Return a plan in which the week that holds a day is a lighter one, with a share of its sets."""
        return self.edited(Lighten(week=week, share=share))

    def trim_run(
        self, date: dt.date, distance: Distance, *, day_part: DayPart = DayPart.UNKNOWN, kind: RunKind = RunKind.EASY
    ) -> Plan:  # fmt: skip
        """Return a plan in which a run is shorter; day, part of the day and kind say which one."""
        return self.edited(TrimRun(date=date, day_part=day_part, kind=kind, distance=distance))

    def move_run(
        self, date: dt.date, *, to: dt.date, day_part: DayPart = DayPart.UNKNOWN, kind: RunKind = RunKind.EASY
    ) -> Plan:  # fmt: skip
        """Return a plan in which a run stands on another day; day, part of the day and kind say which one."""
        return self.edited(MoveRun(date=date, day_part=day_part, kind=kind, to=to))

    def skip(self, session: str, reason: str) -> Plan:
        """Return a plan in which a session is marked as left out, with the reason."""
        return self.edited(Skip(session=session, reason=reason))

    def exclude(self, exercise: str, *, since: dt.date, reason: str) -> Plan:
        """Return a plan that goes without an exercise from a day on, now and when the rest is planned again."""
        return self.edited(Exclude(exercise=exercise, since=since, reason=reason))

    def approve(self, by: str, *, on: dt.date, note: str = "") -> Plan:
        """Return a plan that a coach or clinician has signed as it stands."""
        return self.edited(Approve(by=by, on=on, note=note))

    @property
    def approval(self) -> Approve | None:
        """The approval that still holds: none after a later change; remarks change nothing."""
        for edit in reversed(self.edits):
            if isinstance(edit, Approve):
                return edit
            if not isinstance(edit, (Note, Pin)):
                return None
        return None

    def pin(self, session: str) -> Plan:
        """Return a plan in which a session stays as it is when the rest is planned again."""
        return self.edited(Pin(session=session))

    def note(self, session: str, text: str) -> Plan:
        """Return a plan with a remark on a session."""
        return self.edited(Note(session=session, text=text))

    def __repr__(self) -> str:
        size = f"{len(self.weeks)} weeks from {self.start}, {len(self.sessions)} sessions"
        return f"<Plan for {self.runner.name}: {size}>"


_WEEKS = re.compile(r"\bweeks? (\d+(?:-\d+)?(?:, \d+)*)")


def _speaks_of(what: str, number: int) -> bool:
    """Whether words such as "weeks 3-6: build" or "deload in weeks 5, 11" speak of a week."""
    for found in _WEEKS.findall(what):
        for span in found.split(", "):
            first, _, last = span.partition("-")
            if int(first) <= number <= int(last or first):
                return True
    return False
