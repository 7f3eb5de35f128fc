"""Any noun as a report: what a notebook shows of it, and what `to_html`, `to_markdown` and `to_text` print."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from runstrong.faces.audits import audit_report
from runstrong.faces.blocks import Bar, Bars, Block, Bullets, Exercises, Fold, Heading, Line, Paragraph, Table
from runstrong.faces.logs import log_report
from runstrong.faces.pages import exercise_page, rungs_table
from runstrong.faces.plans import days_of, plan_report, session_title
from runstrong.faces.steps import state_report, step_report
from runstrong.faces.summaries import plan_summary
from runstrong.faces.wording import SAFETY, cited, day, dose, labels_of, name_of, plural, run, spaced, total_km, when
from runstrong.model.audits import Audit
from runstrong.model.catalog import Catalog
from runstrong.model.exercise import Exercise
from runstrong.model.log import Log
from runstrong.model.plan import Plan, Session, Week
from runstrong.model.progression import Progression
from runstrong.model.quantities import number
from runstrong.model.rules import RuleSet
from runstrong.model.runner import Kit, Runner
from runstrong.model.step import State, Step
from runstrong.model.words import Weekday

__all__ = ["CARDS", "card", "report_of", "weekly_km"]


def card(value: Any, catalog: Catalog, rules: RuleSet) -> tuple[Block, ...] | None:
    """Lay out a noun at a glance; None for what has no card.

    Args:
        value: a runner, exercise, progression, session, week, plan, audit, log, state or step.
        catalog: where names, set-up and cues are looked up.
        rules: whose definitions say what a hard set is.
    """
    made = CARDS.get(type(value))
    return None if made is None else tuple(made(value, catalog, rules))


def report_of(value: Any, catalog: Catalog, rules: RuleSet) -> tuple[Block, ...]:
    """Lay out a noun in full: a plan with every session, anything else as on its card.

    Raises:
        TypeError: the value has no report; names those that have one.
    """
    if isinstance(value, Plan):
        return plan_report(value, catalog)
    made = card(value, catalog, rules)
    if made is None:
        known = ", ".join(sorted(cls.__name__ for cls in CARDS))
        raise TypeError(f"{type(value).__name__} has no report; those that have one: {known}")
    return made


# -- runner ---------------------------------------------------------------------------------------------------------


def _runner(runner: Runner, _catalog: Catalog, _rules: RuleSet) -> Iterator[Block]:
    yield Heading(1, f"Runner {runner.name}".strip())
    yield Table(("", ""), tuple(_facts(runner)))
    if runner.running.runs:
        yield Heading(2, "Usual week")
        km = total_km(each.distance for each in runner.running.runs)
        total = f", {number(round(km, 1))} km" if km is not None else ""
        yield Paragraph(f"{plural(len(runner.running.runs), 'run')}{total}.")
        yield Table(("", "", ""), tuple(_usual(runner)))
    if runner.races:
        yield Heading(2, "Races")
        told = sorted(runner.races, key=lambda race: (race.date, race.id))
        yield Bullets(tuple(f"{day(race.date)}: {race.name or race.id}, {run(race.run)}" for race in told))


def _facts(runner: Runner) -> Iterator[tuple[str, str]]:
    yield "goals", ", ".join(map(spaced, runner.goals))
    body = [f"born {runner.birth_year}"] if runner.birth_year is not None else []
    if runner.height is not None:
        body.append(f"{round(runner.height.km * 100_000)} cm")
    if runner.body_mass is not None:
        body.append(runner.body_mass.spoken)
    if body:
        yield "body", ", ".join(body)
    running, strength = number(runner.running_years), number(runner.strength_years)
    yield "experience", f"{running} years of running, {strength} of strength: {runner.trained_level}"
    if runner.start is not None:
        yield "plans from", day(runner.start)
    open_days = [str(each.day).capitalize() for each in runner.availability]
    length = f"{number(runner.session_length.minutes)} min a session at most"
    wished = f", {plural(runner.sessions_per_week, 'session')} a week" if runner.sessions_per_week else ""
    yield "open to strength", f"{', '.join(open_days) or 'every day'}; {length}{wished}"
    for kit in runner.kits:
        yield f"at {kit.place}", _kit(kit)
    if runner.injuries:
        yield (
            "injuries",
            "; ".join(
                f"{spaced(each.region)} {each.side} since {each.since}"
                + (f", ended {each.ended}" if each.ended is not None else ", still there")
                for each in runner.injuries
            ),
        )
    for label, words in (
        ("deficits", tuple(map(spaced, runner.deficits))),
        ("leaves out", (*runner.limitations.exclude, *map(spaced, runner.limitations.positions))),
    ):
        if words:
            yield label, ", ".join(words)
    # Unknown clearance changes what is planned, so that it is never left out.
    yield "clearance", f"{runner.clearance}"


def _kit(kit: Kit) -> str:
    weights = [f"{each.kind} up to {max(each.each, key=lambda mass: mass.kg).spoken}" for each in kit.weights]
    return ", ".join([*weights, *map(spaced, kit.equipment)]) or "a floor"


def _usual(runner: Runner) -> Iterator[tuple[str, str, str]]:
    """Yield the usual week from the runner's own first day on."""
    for offset in range(7):
        weekday = Weekday.of((runner.week_start.number + offset) % 7)
        runs = sorted(
            (each for each in runner.running.runs if each.day is weekday), key=lambda each: each.day_part.order
        )
        for place, each in enumerate(runs):
            # Any date of that weekday tells the run; the date itself is not shown.
            dated = each.on(_MONDAY + dt.timedelta(days=weekday.number))
            yield "" if place else str(weekday).capitalize(), when(each.day_part), run(dated)


_MONDAY = dt.date(2024, 1, 1)


# -- exercises and ladders ------------------------------------------------------------------------------------------


def _exercise(exercise: Exercise, catalog: Catalog, _rules: RuleSet) -> Iterable[Block]:
    return exercise_page(exercise, catalog)


def _progression(progression: Progression, catalog: Catalog, _rules: RuleSet) -> Iterator[Block]:
    yield Heading(1, f"Ladder '{progression.name}'")
    yield Paragraph(progression.purpose)
    yield rungs_table(progression, catalog)
    yield Paragraph(f"After the last rung: {progression.after_last}")
    yield Paragraph(f"Sources: {', '.join(cited(id, catalog.sources) for id in progression.sources)}.")


# -- plans ----------------------------------------------------------------------------------------------------------


def weekly_km(weeks: Iterable[Week]) -> Bars:
    """Return the planned kilometers of weeks as a figure; a week in which one is not known is unknown."""
    bars = [
        Bar(str(week.number), total_km(run.distance for run in week.runs), "deload of strength" if week.deload else "")
        for week in weeks
    ]
    return Bars("Running by week", "km", tuple(bars))


def _plan(plan: Plan, catalog: Catalog, rules: RuleSet) -> Iterator[Block]:
    yield from plan_summary(plan, catalog, rules)
    yield weekly_km(plan.weeks)
    known = catalog.with_own(plan.exercises)
    for week in plan.weeks:
        deload = ", deload" if week.deload else ""
        title = f"Week {week.number}: {spaced(week.phase)}{deload}, from {day(max(week.start, plan.start))}"
        yield Fold(title, tuple(_inside(week, known, plan.start)))
    yield Paragraph(SAFETY)


def _week(week: Week, catalog: Catalog, _rules: RuleSet) -> Iterator[Block]:
    deload = ", deload (lighter on purpose)" if week.deload else ""
    yield Heading(1, f"Week {week.number}: {spaced(week.phase)}{deload}")
    yield from _inside(week, catalog, week.start)


def _inside(week: Week, catalog: Catalog, first: dt.date) -> Iterator[Block]:
    yield Table(("", "", ""), tuple(days_of(week, first)))
    for session in week.sessions:
        if session.skipped is None:
            yield Fold(session_title(session), tuple(_parts(session, catalog, explained=False)))


def _session(session: Session, catalog: Catalog, _rules: RuleSet) -> Iterator[Block]:
    yield Heading(1, session_title(session))
    if session.skipped is not None:
        yield Paragraph(f"Skipped: {session.skipped}")
    yield from _parts(session, catalog, explained=True)


def _parts(session: Session, catalog: Catalog, *, explained: bool) -> Iterator[Block]:
    if session.note:
        yield Paragraph(f"Note: {session.note}")
    for part in session.parts:
        lines = []
        for block in part.blocks:
            for asked, label in zip(block, labels_of(block), strict=True):
                known = catalog.exercises.get(asked.exercise)
                details = []
                if known is not None and explained:
                    details = [("Set-up", known.setup), ("Think", " ".join(known.cues[:2]))]
                if asked.note:
                    details.append(("Note", asked.note))
                name = name_of(asked.exercise, known)
                lines.append(Line("", name, dose(asked, known), tuple(details), label))
        if lines:
            yield Exercises(str(part.name).capitalize(), tuple(lines))


# -- what was found and done ----------------------------------------------------------------------------------------


def _audit(audit: Audit, catalog: Catalog, _rules: RuleSet) -> Iterator[Block]:
    yield Heading(1, "Audit")
    yield from audit_report(audit, catalog.sources)


def _log(log: Log, _catalog: Catalog, _rules: RuleSet) -> Iterable[Block]:
    return log_report(log)


def _step(step: Step, catalog: Catalog, _rules: RuleSet) -> Iterable[Block]:
    return step_report(step, catalog)


def _state(state: State, catalog: Catalog, _rules: RuleSet) -> Iterable[Block]:
    return state_report(state, catalog)


CARDS: dict[type, Callable[[Any, Catalog, RuleSet], Iterable[Block]]] = {
    Audit: _audit,
    Exercise: _exercise,
    Log: _log,
    Plan: _plan,
    Progression: _progression,
    Runner: _runner,
    Session: _session,
    State: _state,
    Step: _step,
    Week: _week,
}
"""What lays out each noun at a glance."""
