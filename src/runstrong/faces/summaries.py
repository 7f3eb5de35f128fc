"""The shape of a plan in about ten lines, for a coach who has to sign it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from statistics import median

from runstrong.faces.blocks import Block, Bullets, Heading
from runstrong.faces.wording import day, dose, plural, run, spaced, when
from runstrong.model.catalog import Catalog
from runstrong.model.plan import Plan, Session, Week
from runstrong.model.prescription import Prescription
from runstrong.model.quantities import number
from runstrong.model.rules import RuleSet
from runstrong.model.timeline import Definitions, Timeline
from runstrong.model.words import Emphasis, Phase, Region, Weekday

__all__ = ["plan_summary"]

_LADDERS = 3
"""Ladders whose way is told in full: those that stand most often."""


def plan_summary(plan: Plan, catalog: Catalog, rules: RuleSet) -> tuple[Block, ...]:
    """Lay out the shape of a plan: season, running, days, minutes, what is trained, how it grows, what was left out.

    Args:
        plan: to sum up.
        catalog: where names are looked up; the plan's own exercises stand before it.
        rules: whose definitions say what a hard set is.
    """
    lines = tuple(text for text in _lines(plan, catalog.with_own(plan.exercises), rules) if text)
    return (Heading(2, f"{plan.runner.name}: {plural(len(plan.weeks), 'week')} from {day(plan.start)}"), Bullets(lines))


def _lines(plan: Plan, catalog: Catalog, rules: RuleSet) -> Iterator[str]:
    goals = ", ".join(spaced(goal) for goal in plan.runner.goals)
    races = [race for race in plan.runner.races if plan.start <= race.date <= plan.end]
    named = "; ".join(f"{race.name}, {run(race.run)}, {day(race.date)}" for race in races)
    yield f"Goals: {goals}. {f'Races: {named}.' if named else 'No race.'}"
    beyond = [race for race in plan.runner.races if race not in races]
    if beyond:
        others = "; ".join(f"{race.name or race.id}, {day(race.date)}" for race in beyond)
        yield f"Outside these weeks, and not planned for: {others}."
    yield f"Season: {_season(plan)}."
    yield f"Running: {_running(plan)}."
    sessions = [session for session in plan.sessions if session.skipped is None]
    yield f"Strength: {_sessions(plan, sessions)}."
    yield f"Days: {_days(sessions)}."
    yield f"Time: {_time(plan, sessions)}."
    gone = sorted({asked.exercise for each in sessions for _, asked in each.prescriptions()} - set(catalog.exercises))
    if gone:
        # A plan outlives the catalog that it was made from.
        yield f"Hard sets a week: not known, as the catalog does not have {', '.join(gone)}."
    else:
        timeline = Timeline(plan.runner, catalog, Definitions.of(rules), plan=plan)
        yield f"Hard sets a week, usual and most: {_sets(timeline)}."
    yield f"Grows: {_growth(sessions, catalog)}."
    left = [each for each in plan.decisions if each.what.startswith(("left out", "no ", "not made up", "given up"))]
    if left:
        told = dict.fromkeys(f"{_name(each.about, catalog)}: {each.what}, because {each.why}" for each in left)
        yield f"Left out: {'; '.join(told)}."
    if plan.edits:
        yield f"Changed by people: {plural(len(plan.edits), 'edit')}, the last: {plan.edits[-1]}."
    audits = [each for each in plan.decisions if each.what.startswith("audited")]
    if audits:
        yield f"{audits[-1].what.capitalize()}."


def _name(about: str, catalog: Catalog) -> str:
    known = catalog.exercises.get(about)
    return known.name if known is not None else about


def _season(plan: Plan) -> str:
    parts = []
    for phase, weeks in groupby(plan.weeks, key=lambda week: week.phase):
        numbers = [week.number for week in weeks]
        span = str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}"
        parts.append(f"{spaced(phase)} {span}")
    lighter = [str(week.number) for week in plan.weeks if week.deload]
    return ", ".join(parts) + (f"; lighter in {', '.join(lighter)}" if lighter else "; no lighter week")


def _running(plan: Plan) -> str:
    totals = [
        round(sum(one.distance.km for one in week.runs if one.distance is not None))
        for week in plan.weeks
        if week.runs and all(one.distance is not None for one in week.runs)
    ]
    counts = [len(week.runs) for week in plan.weeks]
    told = f"{_span(counts)} runs a week"
    if totals:
        told += f", {_span(totals)} km"
    hard = Counter((one.date.weekday(), spaced(one.kind)) for week in plan.weeks for one in week.runs if one.kind.hard)
    usual = [(at, kind) for (at, kind), count in hard.items() if count * 2 > len(plan.weeks)]
    if usual:
        told += "; " + ", ".join(f"{kind} on {str(Weekday.of(at)).capitalize()}" for at, kind in sorted(usual))
    return told


def _span(counts: Sequence[int]) -> str:
    low, high = min(counts), max(counts)
    return str(low) if low == high else f"{low} to {high}"


def _sessions(plan: Plan, sessions: list[Session]) -> str:
    by_emphasis = Counter(session.emphasis for session in sessions)
    kinds = ", ".join(f"{by_emphasis[emphasis]} {spaced(emphasis)}" for emphasis in Emphasis if by_emphasis[emphasis])
    per_week = Counter(_held(week) for week in plan.weeks if week.phase not in (Phase.RACE, Phase.RECOVERY))
    usual = per_week.most_common(1)[0][0] if per_week else 0
    fewer = [str(week.number) for week in plan.weeks if _held(week) < usual]
    less = f"; fewer in {plural(len(fewer), 'week')} ({', '.join(fewer)})" if fewer else ""
    return f"{plural(len(sessions), 'session')}, {usual} in a usual week ({kinds}){less}"


def _held(week: Week) -> int:
    return sum(session.skipped is None for session in week.sessions)


def _days(sessions: list[Session]) -> str:
    places = Counter((session.date.weekday(), session.day_part, session.place) for session in sessions)
    parts = []
    for (at, part, place), count in sorted(places.items(), key=lambda each: (-each[1], each[0][0])):
        time = f" {when(part)}" if when(part) else ""
        parts.append(f"{str(Weekday.of(at)).capitalize()}{time} ({place}) {'once' if count == 1 else f'{count} times'}")
    return ", ".join(parts) or "none"


def _time(plan: Plan, sessions: list[Session]) -> str:
    if not sessions:
        return "none"
    # An unknown length is none of the lengths, and makes that of its week unknown.
    minutes = [round(session.minutes.minutes) for session in sessions if session.minutes.seconds]
    if not minutes:
        return "not known"
    held = [[each.minutes for each in week.sessions if each.skipped is None] for week in plan.weeks]
    weekly = [round(sum(each.minutes for each in week)) for week in held if all(each.seconds for each in week)]
    unknown = len(sessions) - len(minutes)
    beside = f" ({plural(unknown, 'session')} of unknown length)" if unknown else ""
    loads = [session.load for session in sessions if session.load is not None]
    load = f"; session load {round(median(loads))} at the median (minutes times session RPE)" if loads else ""
    of_weeks = f", {_span(weekly)} min a week" if weekly else ""
    return f"{_span(minutes)} min a session{of_weeks}{beside}{load}"


def _sets(timeline: Timeline) -> str:
    weeks = list(timeline.sets_by_week.values())
    parts = []
    for region in Region:
        most = [max((sets for tissue, sets in week.items() if tissue.region is region), default=0.0) for week in weeks]
        if any(most):
            parts.append(f"{spaced(region)} {number(median(most))}/{number(max(most))}")
    return ", ".join(parts) or "none"


def _growth(sessions: list[Session], catalog: Catalog) -> str:
    """Tell the way of the ladders that grow and stand most often, from their first to their hardest dose."""
    doses: dict[str, list[Prescription]] = {}
    for session in sessions:
        for _, asked in session.prescriptions():
            if asked.progression is not None:
                doses.setdefault(asked.progression, []).append(asked)
    told = []
    for ladder, stands in sorted(doses.items(), key=lambda each: (-len(each[1]), each[0])):
        first = stands[0]
        last = max(stands, key=lambda each: (_place(ladder, each, catalog), each.sets))
        if (first.exercise, first.amount, first.load) != (last.exercise, last.amount, last.load):
            told.append(f"{_told(first, catalog)} -> {_told(last, catalog, beside=first)}")
    more = f"; {len(told) - _LADDERS} more" if len(told) > _LADDERS else ""
    return "; ".join(told[:_LADDERS]) + more if told else "nothing yet: every ladder stays on its first rung"


def _place(ladder: str, asked: Prescription, catalog: Catalog) -> int:
    known = catalog.progressions.get(ladder)
    if known is None:
        return 0
    fitting = [
        place
        for place, rung in enumerate(known.rungs)
        if rung.exercise == asked.exercise and rung.amount == asked.amount
    ]
    return fitting[-1] if fitting else known.rung_of(asked.exercise) or 0


def _told(asked: Prescription, catalog: Catalog, *, beside: Prescription | None = None) -> str:
    text = dose(asked, catalog.exercises.get(asked.exercise)).partition(", tempo")[0].partition(", rest")[0]
    known = beside is not None and beside.exercise == asked.exercise
    return text if known else f"{_name(asked.exercise, catalog)} {text}"
