"""What stands in the calendar of a plan, before it is written in any format: sessions and runs with their times."""

from __future__ import annotations

import datetime as dt
import re
import uuid
import zoneinfo
from collections.abc import Iterator, Mapping
from typing import Any

from runstrong.faces.blocks import Block, Bullets, Exercises, Paragraph, unfolded
from runstrong.faces.plans import Telling
from runstrong.faces.wording import SAFETY, lasting, run, spaced
from runstrong.history.zones import zone_of
from runstrong.model.catalog import Catalog
from runstrong.model.errors import InvalidValue, Problem
from runstrong.model.plan import Plan, Session, Week
from runstrong.model.quantities import Duration, number
from runstrong.model.rules import RuleSet
from runstrong.model.running import Run
from runstrong.model.value import Record, record
from runstrong.model.words import DayPart, Emphasis

__all__ = ["NAMESPACE", "Appointment", "appointments_of", "owner_of", "plain", "season_of"]

NAMESPACE = uuid.UUID("1c308b64-e39c-4916-8998-cb53dafe7879")
"""Of the identity of runners in UIDs; drawn once, and never to change, or every event would stand twice."""

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_TAKEN_FOR_A_BREAK = re.compile(r"\\(?=[nN])")


@record
class Appointment(Record):
    """What stands in a calendar, before it is written: a session or a run.

    Args:
        uid: the same for the same session, wherever it moves and however often the plan is made again.
        start: local time, time in UTC, or the day alone where the part of the day is not known.
        end: of the same kind; None where the length is not known.
        summary: its title.
        description: all of it, in words.
        location: where it is done; empty where that has no meaning.
        categories: what it is.
    """

    uid: str
    start: dt.date
    end: dt.date | None
    summary: str
    description: str
    location: str
    categories: tuple[str, ...]

    @property
    def timed(self) -> bool:
        """Whether it has a time of the day."""
        return isinstance(self.start, dt.datetime)


def appointments_of(
    plan: Plan,
    catalog: Catalog,
    rules: RuleSet,
    *,
    times: Mapping[DayPart, dt.time] | None = None,
    zone: str | None = None,
    runs: bool = False,
    identity: str | None = None,
) -> tuple[Appointment, ...]:
    """Return what stands in the calendar of a plan, in order of the weeks; see `to_ics` for the arguments.

    Raises:
        InvalidValue: there is no such zone, or a time is none that can be used.
    """
    clock = _Clock(_hours(plan, rules, times), zone_of(zone))
    season = season_of(plan, identity)
    telling = Telling(plan, catalog)
    made = []
    for week in plan.weeks:
        if runs:
            made += list(_runs_of(week, clock, season))
        for session in week.sessions:
            told = tuple(telling.session(week, session))
            if session.skipped is None:
                made.append(_of_session(session, clock, f"{season}-{session.id}", _heading(plan, week, session), told))
    return tuple(made)


# -- identity -------------------------------------------------------------------------------------------------------


def owner_of(plan: Plan, identity: str | None) -> str:
    """Return who a calendar belongs to, without saying the name or the machine (RFC 7986, 5.3)."""
    return str(uuid.uuid5(NAMESPACE, identity if identity is not None else plan.runner.name))


def season_of(plan: Plan, identity: str | None) -> str:
    """Return what the UIDs of a plan begin with: planning again changes neither the runner's name nor the first day."""
    return f"{owner_of(plan, identity)}-{plan.start:%Y%m%d}"


# -- when -----------------------------------------------------------------------------------------------------------


@record
class _Clock(Record):
    """Turns days and parts of the day into what a calendar holds."""

    hours: dict[DayPart, dt.time]
    zone: zoneinfo.ZoneInfo | None

    def of(self, date: dt.date, part: DayPart, length: Duration | None) -> tuple[dt.date, dt.date | None]:
        """Return start and end; whole days where the part of the day has no time."""
        if part not in self.hours:
            return date, date + dt.timedelta(days=1)
        start = dt.datetime.combine(date, self.hours[part])
        if self.zone is not None:
            # A time that the clocks skip is moved by what they skip; of one that they repeat the first is taken. The
            # end is reckoned in UTC, so that a session keeps its length in such a night.
            start = start.replace(tzinfo=self.zone).astimezone(dt.UTC)
        if length is None or not round(length.minutes):
            return start, None
        return start, start + dt.timedelta(minutes=round(length.minutes))


def _hours(plan: Plan, rules: RuleSet, times: Mapping[DayPart, dt.time] | None) -> dict[DayPart, dt.time]:
    numbers = rules.with_overrides(plan.runner.overrides, "runner").with_overrides(plan.overrides, "plan")
    hours: dict[DayPart, dt.time] = {}
    for part in DayPart:
        if part is not DayPart.UNKNOWN:
            minute = min(round(numbers.number("placement", f"{part}_hour") * 60), 24 * 60 - 1)
            hours[part] = dt.time(minute // 60, minute % 60)
    problems = []
    given: Mapping[Any, Any] = times or {}  # whatever a caller without type checks hands in
    for word, time in given.items():
        if not isinstance(word, DayPart):
            problems.append(Problem("times", repr(word), ", ".join(map(repr, DayPart)), "use the words of DayPart"))
        elif not isinstance(time, dt.time) or time.tzinfo is not None:
            cure = "such as datetime.time(18, 30); `zone` says where"
            problems.append(Problem(f"times, {word}", repr(time), "a time of the day without a zone", cure))
        else:
            hours[word] = time.replace(microsecond=0, fold=0)
    if problems:
        raise InvalidValue(problems)
    return hours


# -- what -----------------------------------------------------------------------------------------------------------


def _of_session(session: Session, clock: _Clock, uid: str, head: str, told: tuple[Block, ...]) -> Appointment:
    known = session.minutes if session.minutes.seconds else None
    start, end = clock.of(session.date, session.day_part, known)
    stretching = session.emphasis is Emphasis.MOBILITY
    summary = "Mobility" if stretching else f"Strength: {spaced(session.emphasis)}"
    if known is not None and not isinstance(start, dt.datetime):
        summary += f", {lasting(session)}"
    return Appointment(
        uid=uid,
        start=start,
        end=end,
        summary=summary,
        description=plain("\n".join([head, *_lines(told), "", SAFETY])),
        location=str(session.place).capitalize(),
        categories=("Mobility",) if stretching else ("Strength", spaced(session.emphasis).capitalize()),
    )


def _heading(plan: Plan, week: Week, session: Session) -> str:
    """Say what a session is in a line; its id is what a log refers to."""
    facts = [lasting(session), spaced(session.emphasis)]
    if session.session_rpe is not None:
        facts.append(f"effort {number(session.session_rpe.score)} of 10 overall")
    deload = ", deload (lighter on purpose)" if week.deload else ""
    return f"Session {session.id}: {', '.join(facts)}. Week {week.number} of {len(plan.weeks)}: {week.phase}{deload}."


def _runs_of(week: Week, clock: _Clock, season: str) -> Iterator[Appointment]:
    """Yield the runs of a week; a run has no id, so that one that moves to another day is another event."""
    placed: dict[dt.date, int] = {}
    for each in sorted(week.runs, key=lambda run: (run.date, run.day_part.order, run.kind.value)):
        place = placed[each.date] = placed.get(each.date, 0) + 1
        yield _of_run(each, clock, f"{season}-run.{each.date:%Y%m%d}.{place}")


def _of_run(each: Run, clock: _Clock, uid: str) -> Appointment:
    start, end = clock.of(each.date, each.day_part, each.duration)
    summary = run(each)
    facts = []
    if each.distance is not None:
        facts.append(f"{number(round(each.distance.km, 3))} km")
    if each.duration is not None:
        facts.append(f"{number(round(each.duration.minutes, 2))} min")
    return Appointment(
        uid=uid,
        start=start,
        end=end,
        summary=summary[:1].upper() + summary[1:],
        description=", ".join(facts),
        location="",
        categories=("Running",),
    )


def _lines(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Yield the lines of a session without any layout by columns: calendars wrap them, in letters of any width."""
    for block in unfolded(blocks):
        if isinstance(block, Paragraph):
            yield from ("", block.text)
        elif isinstance(block, Bullets):
            yield from ("", *(f"- {item}" for item in block.items))
        elif isinstance(block, Exercises):
            as_before = " (as before)" if block.as_before else ""
            yield from ("", f"{block.part}{as_before}")
            for line in block.lines:
                mark = f" ({line.mark})" if line.mark else ""
                yield f"- {line.title}: {line.dose}{mark}"
                yield from (f"  {label}: {text}" for label, text in line.details)


def plain(text: str) -> str:
    """Return text without what could end a line of the file, or what its readers take for more than it is.

    The nouns of this library hold no control characters; a calendar that comes in as `before` may hold any. A backslash
    before an n is written as a wide one: escaped as RFC 5545 asks for, readers take it for a line break all the same
    (`ics` 0.7 does, and `icalendar` 7 on writing the capital one).
    """
    return _TAKEN_FOR_A_BREAK.sub("\uff3c", _CONTROL.sub(" ", text.replace("\r\n", "\n")))
