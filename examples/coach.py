"""A coach's morning: look through a squad, one folder for each athlete, and print what needs a look on one page.

``python examples/coach.py SQUAD --today 2027-01-20 --out OUT`` reads SQUAD/<athlete>/runner.yaml, the plan beside it if
there is one (plan.yaml, with what people changed), and logs (log.yaml, activities.csv and the like). Each plan is made
again from the log; plan, printable sheet and calendar go to OUT/<athlete>. What is wrong with one athlete's files stops
nobody else. Without arguments it shows the squad of the examples.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs

import runstrong as rs

EXAMPLE = Path(__file__).parent / "squad"
LOGS = ("log", "activities", "workouts")
LOOK_BACK = dt.timedelta(days=7)


@attrs.frozen
class Morning:
    """What a coach wants to know of one athlete.

    Args:
        name: of the athlete, or of the folder where the runner cannot be read.
        next: the next session.
        findings: at warning or above, of the last week and of what comes.
        signs: pain, illness and warning signs of the last week.
        uncovered: what the log does not vouch for, or could not be read of it.
        trouble: why there is nothing else to say.
    """

    name: str
    next: rs.Session | None = None
    findings: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    uncovered: tuple[str, ...] = ()
    trouble: str = ""


def plain(text: object) -> str:
    """Return text for one line of a terminal: names of files and words of errors may hold anything."""
    return "".join(each if each.isprintable() else " " for each in str(text))


def morning_of(folder: Path, today: dt.date, *, out: Path | None = None, zone: str | None = None) -> Morning:
    """Look at one athlete; whatever is wrong with the files is told, and no reason to stop."""
    try:
        return _looked_at(folder, today, out, zone)
    except rs.InfeasibleError as error:
        return Morning(name=folder.name, trouble=f"no plan fits: {error.conflicts[0]}; {error.ways_out[0]}")
    except Exception as error:  # noqa: BLE001 - the others of the squad are to be looked at in any case
        said = str(error) if isinstance(error, (rs.RunstrongError, OSError)) else f"{type(error).__name__}: {error}"
        return Morning(name=folder.name, trouble=said.replace(f"{folder}/", ""))


def _looked_at(folder: Path, today: dt.date, out: Path | None, zone: str | None) -> Morning:
    runner = rs.load(folder / "runner.yaml", rs.Runner)
    kept = folder / "plan.yaml"
    # Planning is deterministic: without a kept plan, the same file gives the same plan as yesterday.
    plan = rs.load(kept, rs.Plan) if kept.exists() else rs.plan(runner, start=runner.start or today)
    logs = sorted(each for each in folder.iterdir() if each.stem in LOGS)
    log = rs.read_log(*logs, zone=zone) if logs else rs.Log()
    if today > plan.end:
        cure = "give the runner a later start"
        raise rs.InvalidValue([rs.Problem("plan", f"over since {plan.end}", f"a season that holds {today}", cure)])
    if logs and plan.start <= today:
        plan = rs.replan(plan, log, today, runner=runner)
    report = rs.audit(plan, log=log, runner=runner, today=today)
    done = {each.session for each in log.performances}
    ahead = [each for each in plan.sessions if each.date >= today and each.skipped is None and each.id not in done]
    if out is not None:
        written(plan, out / folder.name)
    return Morning(
        name=runner.name,
        next=min(ahead, key=lambda each: (each.date, each.day_part.order), default=None),
        findings=tuple(
            f"{finding.severity} {finding.rule} {report.message(finding)}"
            for finding in report.at_least(rs.Severity.WARNING)
            if finding.where.date >= today - LOOK_BACK
        ),
        signs=tuple(signs_in(log, today)),
        uncovered=(*gaps_in(log, plan, today), *(str(each) for each in log.remarks if each.grave)),
    )


def signs_in(log: rs.Log, today: dt.date) -> Iterator[str]:
    """Yield what hurt in the last week, and mornings that began ill or with a warning sign."""
    first = today - LOOK_BACK
    felt = [(run.date, pain, "running") for run in log.runs for pain in run.pain]
    felt += [(done.date, pain, done.exercise) for done in log.performances for pain in done.pain]
    for date, pain, doing in sorted(felt, key=lambda each: (each[0], each[2])):
        if date >= first and (pain.score or pain.kind.red_flag):
            side = "" if pain.side is rs.Side.NONE else f"{pain.side} "
            yield f"{date:%a %d %b}: {side}{pain.region}, {pain.kind} pain {pain.score} of 10, {pain.when} ({doing})"
    for morning in sorted(log.readiness, key=lambda each: each.date):
        signs = [*morning.red_flags, *(["ill"] if morning.ill else [])]
        if morning.date >= first and signs:
            yield f"{morning.date:%a %d %b}: {', '.join(signs)}"


def gaps_in(log: rs.Log, plan: rs.Plan, today: dt.date) -> Iterator[str]:
    """Yield what the log does not vouch for: there, nothing found does not mean that all is well."""
    week = [today - dt.timedelta(days=back) for back in range(LOOK_BACK.days, 0, -1)]
    for what, days in (("runs", week), ("strength", [day for day in week if day >= plan.start])):
        unknown = [day for day in days if not log.covers(day, what)]
        if unknown:
            yield f"{what} unknown on {len(unknown)} of {len(days)} days, {unknown[0]:%d %b} to {unknown[-1]:%d %b}"


def written(plan: rs.Plan, folder: Path) -> None:
    """Write plan, sheet and calendar of one athlete; sessions that moved since the last calendar move there too."""
    folder.mkdir(parents=True, exist_ok=True)
    rs.dump(plan, folder / "plan.yaml")
    (folder / "sheet.html").write_text(rs.to_html(plan), encoding="utf-8")
    calendar = folder / "sessions.ics"
    before = calendar.read_bytes() if calendar.exists() else None
    calendar.write_bytes(rs.to_ics(plan, before=before))


def overview(mornings: Sequence[Morning], today: dt.date) -> str:
    """Lay out the page: who needs a look and why, then what comes next for each."""
    wide = max((len(each.name) for each in mornings), default=0) + 2
    lines = [f"{today:%A %d %B %Y}, {len(mornings)} athletes"]

    def section(title: str, rows: list[tuple[str, str]]) -> None:
        lines.extend(["", f"{title} ({len({name for name, _ in rows})})" if rows else f"{title}: nobody"])
        lines.extend(f"  {plain(name):{wide}}{plain(text)}" for name, text in rows)

    section("Pain, illness, warning signs", [(each.name, sign) for each in mornings for sign in each.signs])
    section("Findings at warning or above", [(each.name, found) for each in mornings for found in each.findings])
    section("Not known", [(each.name, gap) for each in mornings for gap in each.uncovered])
    section("Files to mend", [(each.name, line) for each in mornings for line in each.trouble.splitlines()])
    coming = [each for each in mornings if each.next is not None]
    coming.sort(key=lambda each: (each.next.date, each.name) if each.next else (today, each.name))
    section("Next session", [(each.name, told(each.next, today)) for each in coming if each.next])
    return "\n".join(lines)


def told(session: rs.Session, today: dt.date) -> str:
    """Return a session in a line."""
    when = "TODAY" if session.date == today else f"{session.date:%a %d %b}"
    part = "" if session.day_part is rs.DayPart.UNKNOWN else f" {session.day_part}"
    held = len(session.part(rs.PartName.MAIN))
    return f"{when}{part}: {session.emphasis}, {session.minutes.minutes:.0f} min, {held} exercises, {session.place}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the page; 1 when some files have to be mended."""
    parser = argparse.ArgumentParser(description="What needs a coach's look this morning.")
    parser.add_argument("squad", nargs="?", type=Path, default=EXAMPLE, help="folder with a folder for each athlete")
    parser.add_argument("--today", type=dt.date.fromisoformat, default=None, help="first day that may change")
    parser.add_argument("--zone", help="time zone of the squad, for logs in UTC: such as Europe/Berlin")
    parser.add_argument("--out", type=Path, help="folder for plans, sheets and calendars")
    asked = parser.parse_args(arguments)
    if asked.today is None and asked.squad != EXAMPLE:
        parser.error("say --today: nothing here looks at the clock")
    if not asked.squad.is_dir():
        parser.error(f"{asked.squad}: no such folder; name one with a folder for each athlete")
    today = asked.today or dt.date(2027, 1, 20)
    folders = sorted(each for each in asked.squad.iterdir() if each.is_dir())
    mornings = [morning_of(folder, today, out=asked.out, zone=asked.zone) for folder in folders]
    print(overview(mornings, today))
    return int(any(each.trouble for each in mornings))


if __name__ == "__main__":
    sys.exit(main())
