"""A plan as one file for the phone and for paper: a page a week, with boxes to tick, cues and small figures of load."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from runstrong.faces.blocks import Bar, Bars, Bullets, Exercises, Heading, Line
from runstrong.faces.cards import weekly_km
from runstrong.faces.figures import bars_figure
from runstrong.faces.html import escaped, marked, page, phrased, to_html
from runstrong.faces.plans import Telling, days_of, session_title
from runstrong.faces.summaries import plan_summary
from runstrong.faces.wording import HOW_TO_READ, SAFETY, WHEN_TO_STOP, day, plural, spaced, total_km
from runstrong.model.catalog import Catalog
from runstrong.model.plan import Plan, Session, Week
from runstrong.model.prescription import Prescription
from runstrong.model.quantities import number
from runstrong.model.rules import RuleSet
from runstrong.model.words import PartName, Side

__all__ = ["sheet"]

_SIDES = {Side.BOTH: ("left", "right"), Side.LEFT: ("left",), Side.RIGHT: ("right",), Side.NONE: ("",)}


def sheet(plan: Plan, catalog: Catalog, rules: RuleSet) -> str:
    """Return a plan as one HTML document: a page to begin with, a page for each week, and how each exercise is done.

    It prints on A4 and on Letter, and reads on a phone; its boxes can be ticked on both. It holds no script and fetches
    nothing, so that nothing ticked is kept when it is closed: what was done belongs into a log.

    Args:
        plan: to lay out.
        catalog: where names, set-up and cues are looked up; the plan's own exercises stand before it.
        rules: whose definitions say what a hard set is.
    """
    known = catalog.with_own(plan.exercises)
    telling = Telling(plan, known)
    explained: dict[str, Line] = {}
    figures = (weekly_km(plan.weeks), _weekly_load(plan.weeks))
    weeks = "".join(_week(week, figures, telling, explained) for week in plan.weeks)
    title = f"Strength and mobility plan for {plan.runner.name}"
    body = _cover(title, plan, known, rules) + weeks + _explained(explained)
    return page(title, body, styles=("report", "page", "sheet"), kind="sheet")


def _cover(title: str, plan: Plan, catalog: Catalog, rules: RuleSet) -> str:
    return to_html(
        (
            Heading(1, title),
            *plan_summary(plan, catalog, rules)[1:],
            Heading(2, "Before you start"),
            Bullets((SAFETY, *WHEN_TO_STOP)),
            Heading(2, "How to read it"),
            Bullets(HOW_TO_READ),
        )
    )


def _week(week: Week, season: Iterable[Bars], telling: Telling, explained: dict[str, Line]) -> str:
    plan = telling.plan
    deload = ", deload (lighter on purpose)" if week.deload else ""
    title = f"Week {week.number} of {len(plan.weeks)}: {spaced(week.phase)}{deload}"
    held = [session for session in week.sessions if session.skipped is None]
    span = f"{day(max(week.start, plan.start))} to {day(week.end)}; {_told(week, held)}"
    figures = "".join(bars_figure(each, now=week.number - 1) for each in season)
    sessions = "".join(_session(week, each, telling, explained) for each in held)
    one = " one" if len(held) == 1 else ""
    return (
        f'<section class="week">\n<div class="head"><div><h2>{escaped(title)}</h2><p>{escaped(span)}</p></div>'
        f'<div class="figures">{figures}</div></div>\n<ul class="days">{"".join(_days(plan, week))}</ul>\n'
        f'<div class="sessions{one}">{sessions}</div>\n</section>\n'
    )


def _told(week: Week, held: list[Session]) -> str:
    km = total_km(run.distance for run in week.runs)
    told = f"{number(round(km, 1))} km of running" if km is not None else "running not known in full"
    if all(session.minutes.seconds for session in held):
        length = f"{number(round(sum(session.minutes.minutes for session in held)))} min of strength and mobility"
    else:
        length = "length not known in full"
    return f"{told}; {plural(len(held), 'session')}, {length}"


def _weekly_load(weeks: Iterable[Week]) -> Bars:
    """Return the planned session load of strength as a figure; a week with a session that is not rated is unknown."""
    bars = []
    for week in weeks:
        loads = [session.load for session in week.sessions if session.skipped is None]
        known = [each for each in loads if each is not None]
        total = float(sum(known)) if len(known) == len(loads) else None
        bars.append(Bar(str(week.number), total, "deload" if week.deload else ""))
    return Bars("Strength by week, minutes times session RPE", "AU", tuple(bars))


def _days(plan: Plan, week: Week) -> Iterator[str]:
    """Yield the days of a week, each with what stands there."""
    days: list[tuple[str, list[str]]] = []
    for name, part, what in days_of(week, plan.start):
        if name:
            days.append((name, []))
        kind = ' class="strength"' if what.startswith(("STRENGTH", "session")) else ""
        days[-1][1].append(f"<span{kind}>{escaped(f'{part} {what}'.strip())}</span>")
    for name, entries in days:
        yield f"<li><b>{escaped(name)}</b>{''.join(entries)}</li>"


def _session(week: Week, session: Session, telling: Telling, explained: dict[str, Line]) -> str:
    note = f"<p>Note: {escaped(session.note)}</p>" if session.note else ""
    told = telling.exercises(week, session)
    parts = [part for part in session.parts if part.prescriptions]
    body = "".join(
        _part(part.name, part.prescriptions, lines, telling.catalog, explained)
        for part, lines in zip(parts, told, strict=True)
    )
    return f'<article class="session"><h3>{escaped(session_title(session))}</h3>{note}{body}</article>'


def _part(
    name: PartName, asked: Iterable[Prescription], told: Exercises, catalog: Catalog, explained: dict[str, Line]
) -> str:
    rows = []
    for each, line in zip(asked, told.lines, strict=True):
        if line.details:
            explained.setdefault(each.exercise, line)
        known = catalog.exercises.get(each.exercise)
        # Warm-ups are known by heart soon; main work keeps one cue for as long as it stands.
        cue = known.cues[0] if known is not None and known.cues and name is PartName.MAIN else ""
        details = [cue] if cue else []
        if each.note:
            details.append(f"Note: {each.note}")
        told_as = f"<b>{escaped(line.title)}</b> {marked(line.mark)}{phrased(line.dose)}"
        below = "".join(f'<span class="detail">{escaped(text)}</span>' for text in details)
        rows.append(f'<li><span class="what">{told_as}</span>{_ticks(each, line)}{below}</li>')
    main = " main" if name is PartName.MAIN else ""
    return f'<p class="part">{escaped(told.part)}</p><ul class="asked{main}">{"".join(rows)}</ul>'


def _ticks(asked: Prescription, line: Line) -> str:
    """Return a box for each set, and for each side where sides take turns."""
    groups = []
    for side in _SIDES[asked.side]:
        boxes = "".join(
            f'<input type="checkbox" aria-label="{escaped(f"{line.name}, set {number} {side}".rstrip())}">'
            for number in range(1, asked.sets + 1)
        )
        groups.append(f"<span>{side[:1].upper()} {boxes}</span>" if side else f"<span>{boxes}</span>")
    return f'<span class="ticks">{"".join(groups)}</span>'


def _explained(explained: dict[str, Line]) -> str:
    """Lay out how each exercise is done and why it is there, in the order in which they come."""
    entries = []
    for line in explained.values():
        told = "".join(f"<b>{escaped(label)}</b>: {escaped(text)}<br>" for label, text in line.details)
        entries.append(f"<dt>{escaped(line.name)}</dt><dd>{told}</dd>")
    if not entries:
        return ""
    return (
        f'<section class="explained"><h2>How each exercise is done, and why</h2><dl>{"".join(entries)}</dl></section>\n'
    )
