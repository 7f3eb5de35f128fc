"""What each command does: read, call the library, print. What only one command needs comes in with it."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from runstrong.cli.formats import DOCUMENTS, answer, deliver, format_of, printed, write_sessions
from runstrong.cli.logs import log_command, opens_with_kind, warn_of
from runstrong.cli.output import say
from runstrong.cli.settings import catalog_for, rules_for
from runstrong.model.errors import DocumentError, InvalidValue, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from runstrong.faces.blocks import Block
    from runstrong.model.audits import Audit
    from runstrong.model.catalog import Catalog
    from runstrong.model.edits import Edit
    from runstrong.model.exercise import Exercise
    from runstrong.model.log import Log
    from runstrong.model.plan import Plan

__all__ = [
    "check_command",
    "diff_command",
    "exercise_command",
    "log_command",
    "next_command",
    "plan_command",
    "preset_command",
    "rule_command",
    "schema_command",
    "show_command",
]

FINDINGS = 1


def _refused(place: str, fact: str, allowed: str, cure: str = "") -> InvalidValue:
    return InvalidValue([Problem(place, fact, allowed, cure)])


# -- plan ---------------------------------------------------------------------------------------------------------


def plan_command(asked: argparse.Namespace) -> int:
    """Make a plan and print or write it."""
    from runstrong.codec import read

    form = format_of(asked)
    if asked.summary and form not in ("text", "markdown"):
        raise _refused("--summary", f"as {form}", "text or markdown")
    if asked.out is not None and _same_file(asked.out, asked.runner):
        raise _refused("--out", asked.out, "another file than the runner's own")
    runner = read(asked.runner, kind="runner")
    if asked.calendar is not None:
        runner = _with_calendar(runner, asked)
    from runstrong.planner import plan

    catalog, rules = catalog_for(asked), rules_for(asked)
    _known_names(runner, catalog, asked.runner)
    made = plan(runner, asked.start, asked.weeks, rules=rules, catalog=catalog)
    if form == "fit" and asked.out is not None:
        return _sessions_written(made, asked.out, catalog)
    if asked.summary:
        from runstrong.faces import plan_summary

        deliver(printed(plan_summary(made, catalog, rules), form), asked.out)
    else:
        deliver(answer(made, form, asked, catalog, rules), asked.out)
    if asked.out is not None:
        say(f"{asked.out}: {len(made.weeks)} weeks from {made.start}, {len(made.sessions)} sessions")
    return 0


def _sessions_written(plan: Plan, out: str, catalog: Catalog) -> int:
    say(f"{out}: {write_sessions(plan, plan.sessions, out, catalog)} sessions for a watch")
    return 0


def _with_calendar(runner: Any, asked: argparse.Namespace) -> Any:
    """Give the runner the dated runs of a file; what the file holds besides is told on standard error."""
    from runstrong.history import read_calendar

    begin = asked.start or runner.start
    found = read_calendar(
        asked.calendar,
        # Runs of some weeks before tell what a first week's running is measured by.
        first=begin - dt.timedelta(weeks=5) if begin is not None else None,
        last=begin + dt.timedelta(weeks=asked.weeks or 54) if begin is not None else None,
        zone=asked.zone,
    )
    for remark in found.remarks:
        say(str(remark), sys.stderr)
    if not found.runs and not found.rest:
        raise _refused(
            "--calendar", f"no runs in {asked.calendar}", "runs within the weeks to be planned", "see --start"
        )
    return runner.with_calendar(found)


def _same_file(one: str, other: str) -> bool:
    try:
        return Path(one).samefile(other)
    except OSError:
        return False


# -- show ---------------------------------------------------------------------------------------------------------


def show_command(asked: argparse.Namespace) -> int:
    """Print a document in any format that it has, or write it."""
    from runstrong.model.plan import Plan

    form = format_of(asked)
    if asked.out is not None and _same_file(asked.out, asked.file):
        raise _refused("--out", asked.out, "another file than the one that is read")
    found = _document_or_log(asked.file, asked)
    if isinstance(found, (list, tuple)):
        raise _refused(asked.file, "a list of documents", "one document", "runstrong exercise and rule show records")
    catalog, rules = catalog_for(asked), rules_for(asked)
    if form == "fit" and isinstance(found, Plan) and asked.out is not None:
        return _sessions_written(found, asked.out, catalog)
    deliver(answer(found, form, asked, catalog, rules), asked.out)
    if asked.out is not None:
        say(f"{asked.out}: {asked.file} as {form}")
    return 0


# -- check --------------------------------------------------------------------------------------------------------


def check_command(asked: argparse.Namespace) -> int:
    """Audit what the files hold; write fixes back where asked."""
    from runstrong.auditor import audit
    from runstrong.model.words import Severity

    form = format_of(asked)
    found, files = _subjects(asked)
    if asked.out is not None and any(_same_file(asked.out, file) for file in asked.files):
        raise _refused("--out", asked.out, "another file than those that are read")
    plan: Any = found.get("plan")
    log: Any = found.get("log")
    runner: Any = found.get("runner")
    if asked.fix and plan is None:
        raise _refused("--fix", "no plan among the files", "a plan to write the fixes to")
    catalog, rules = catalog_for(asked), rules_for(asked)
    if runner is not None:
        _known_names(runner, catalog, files["runner"])
    alone = plan is None and log is None
    if alone:
        plan = _runs_alone(runner)
    given: dict[str, Any] = {"runner": runner, "log": log, "rules": rules, "catalog": catalog}
    given["today"] = asked.today or _day_after(log)
    given |= {"select": asked.select, "ignore": asked.ignore, "edit_runs": asked.edit_runs}
    applied: tuple[Any, ...] = ()
    changes: Any = ()
    if asked.fix and plan is not None:
        from runstrong.auditor import fix_plan

        fixed = fix_plan(plan, **given)
        applied, report, changes = fixed.applied, fixed.remaining, fixed.changes
        if applied:
            from runstrong.codec import write

            write(fixed.plan, files["plan"])
    elif plan is not None:
        report = audit(plan, **given)
    else:
        given.pop("log")
        # One of plan and log stands when the runner is not alone.
        report = audit(cast("Log", log), **given)
    lines = [_readable(runner, files["runner"])] if alone else []
    if asked.fix:
        changed = f"{len(applied)} fixed and written" if applied else "nothing to fix, not written"
        lines.append(f"{files['plan']}: {changed}")
    own = plan.exercises if plan is not None else ()
    if form == "json":
        text = _audit_json(asked.files, report, applied, changes)
    else:
        text = printed(
            _audit_blocks(lines, report, applied, changes, own=own, catalog=catalog, explain=asked.explain), form
        )
    deliver(text, asked.out)
    return FINDINGS if report.at_least(Severity(asked.fail_on)) else 0


def _audit_json(files: Sequence[str], report: Audit, applied: Sequence[Edit], changes: Any) -> str:
    from runstrong.faces import audit_table

    told = [{"kind": str(each.kind), "date": str(each.date), "session": each.session} for each in changes]
    table = {"files": files, "fixed": [str(edit) for edit in applied], "changes": told} | audit_table(report)
    return json.dumps(table, indent=2, ensure_ascii=False)


def _audit_blocks(
    lines: Sequence[str], report: Audit, applied: Sequence[Edit], changes: Any, *, own: tuple[Exercise, ...],
    catalog: Catalog, explain: bool,
) -> Iterator[Block]:  # fmt: skip
    """Yield what was read and written, what that changed, and the audit."""
    from runstrong.faces import audit_report, difference_report
    from runstrong.faces.blocks import Paragraph

    yield from map(Paragraph, lines)
    if changes:
        yield from difference_report(changes, catalog, own=own)
    yield from audit_report(report, catalog.sources, fixed=applied, explain=explain)


def _day_after(log: Log | None) -> dt.date | None:
    """Return the first day that a fix may edit: what the log speaks of is past."""
    return log.span[1] + dt.timedelta(days=1) if log is not None and log.span is not None else None


def _subjects(asked: argparse.Namespace) -> tuple[dict[str, Any], dict[str, str]]:
    """Read the files; one of each kind, told by kind. All faults of all files are told at once."""
    found: dict[str, Any] = {}
    where: dict[str, str] = {}
    problems: list[Problem] = []
    for file in asked.files:
        try:
            made = _document_or_log(file, asked)
        except DocumentError as error:
            problems += error.problems
            continue
        kind = getattr(made, "kind_of_document", "list")
        if kind not in ("plan", "log", "runner"):
            problems.append(Problem("kind", str(kind), "plan, log or runner", file=file))
        elif kind in found:
            cure = f"{where[kind]} is one already; check them one after the other"
            problems.append(Problem("kind", f"a second {kind}", f"one {kind}", cure, file=file))
        else:
            found[kind], where[kind] = made, file
    if problems:
        raise DocumentError(problems)
    if "log" in found and "plan" not in found and "runner" not in found:
        cure = "name the runner's file too"
        raise DocumentError([Problem("", "a log alone", "a log with its runner or plan", cure, file=where["log"])])
    if "log" in found:
        warn_of(found["log"], where["log"])
    return found, where


def _document_or_log(file: str, asked: argparse.Namespace) -> Any:
    """Read a document of runstrong, or a log of another program."""
    from runstrong.codec import read

    if opens_with_kind(file):
        return read(file)
    from runstrong.history import is_document, read_log

    if is_document(file):
        return read(file)

    return read_log(file, zone=asked.zone, units=asked.units)


def _known_names(runner: Any, catalog: Any, file: str) -> None:
    """Refuse exercises that no catalog has: a misspelt exclusion would exclude nothing."""
    from runstrong.model.errors import nearest

    named = [(f"limitations.exclude[{n}]", id) for n, id in enumerate(runner.limitations.exclude)]
    named += [(f"assessments[{n}].exercise", each.exercise) for n, each in enumerate(runner.assessments)]
    problems = []
    for place, id in named:
        if id not in catalog.exercises:
            near = nearest(id, catalog.exercises)
            cure = f"did you mean {near!r}?" if near else ""
            problems.append(Problem(place, id, "the id of an exercise of the catalog", cure, file=file))
    if problems:
        raise DocumentError(problems)


def _runs_alone(runner: Any) -> Any:
    """Return the runner's running as a plan without strength: a quarter of a year, or up to the last thing dated."""
    from runstrong.model.plan import CatalogStamp, Plan, Week
    from runstrong.model.words import Phase

    dated = [each.date for each in (*runner.calendar, *runner.running.exceptions, *runner.races)]
    # Without any date the usual week repeats unchanged, and one Monday is as good as another.
    begin = runner.start or min(dated, default=dt.date(2024, 1, 1))
    first = runner.week_of(begin)
    count = max(12, min(52, (max([*dated, begin]) - first).days // 7 + 1))
    weeks = []
    for number in range(count):
        start = first + dt.timedelta(days=7 * number)
        runs = tuple(run for n in range(7) for run in runner.runs_on(start + dt.timedelta(days=n)))
        weeks.append(Week(number=number + 1, start=start, phase=Phase.BUILD, runs=runs, sessions=()))
    stamp = CatalogStamp(version="", hash="")
    nothing: Any = ()
    return Plan(
        runner=runner, start=first, weeks=tuple(weeks), catalog=stamp, decisions=nothing, exercises=nothing,
        overrides=nothing, edits=nothing,
    )  # fmt: skip


def _readable(runner: Any, file: str) -> str:
    distances = [run.distance for run in runner.running.runs]
    total = f", {sum(each.km for each in distances):g} km" if distances and None not in distances else ""
    return f"{file}: {runner.name}, {len(distances)} runs in the usual week{total}"


# -- next ---------------------------------------------------------------------------------------------------------


def next_command(asked: argparse.Namespace) -> int:
    """Print the next session, planned again from what was done."""
    subject, log = _next_subjects(asked)
    from runstrong.model.plan import Plan

    catalog, rules = catalog_for(asked), rules_for(asked)
    if not isinstance(subject, Plan):
        from runstrong.planner import plan

        _known_names(subject, catalog, asked.file)
        subject = plan(subject, rules=rules, catalog=catalog)
    rules = rules.with_overrides(subject.runner.overrides, "runner").with_overrides(subject.overrides, "plan")
    # The library never looks at the clock; a command that is typed on a day may.
    today = asked.today if asked.today is not None else dt.datetime.now().astimezone().date()
    from runstrong.cli.upcoming import upcoming
    from runstrong.faces import next_report, next_table

    form = format_of(asked)
    coming = upcoming(subject, log, today, rules=rules, catalog=catalog)
    for told in coming.strange:
        say(told, sys.stderr)
    if form == "fit" and asked.out is not None:
        write_sessions(coming.plan, (coming.session,), asked.out, catalog)
        say(f"{asked.out}: session {coming.session.id} of {coming.session.date} for a watch")
    elif form in DOCUMENTS:
        deliver(json.dumps(next_table(coming, catalog), indent=2, ensure_ascii=False), asked.out)
    else:
        deliver(printed(next_report(coming, catalog), form), asked.out)
    return 0


def _next_subjects(asked: argparse.Namespace) -> tuple[Any, Log | None]:
    """Read a runner or a plan, and a log where one is named; the faults of both files are told at once."""
    problems: list[Problem] = []
    made: dict[str, Any] = {}
    for name, allowed in ((asked.file, ("runner", "plan")), (asked.log, ("log",))):
        if name is None:
            continue
        try:
            found = _document_or_log(name, asked)
        except DocumentError as error:
            problems += error.problems
            continue
        kind = getattr(found, "kind_of_document", "list")
        if kind not in allowed:
            cure = "name it after --log" if kind == "log" else ""
            problems.append(Problem("kind", str(kind), " or ".join(allowed), cure, file=name))
        made[allowed[0]] = found
    if problems:
        raise DocumentError(problems)
    if "log" in made:
        warn_of(made["log"], asked.log)
    return made["runner"], made.get("log")


# -- diff ---------------------------------------------------------------------------------------------------------


def diff_command(asked: argparse.Namespace) -> int:
    """Say what differs between two plans."""
    from runstrong.catalog import load_catalog
    from runstrong.codec import read
    from runstrong.faces import difference_report
    from runstrong.planner import diff

    before, after = read(asked.before, kind="plan"), read(asked.after, kind="plan")
    report = difference_report(diff(before, after), load_catalog(), own=(*before.exercises, *after.exercises))
    deliver(printed(report, format_of(asked)), asked.out)
    return 0


# -- rule and exercise --------------------------------------------------------------------------------------------


def rule_command(asked: argparse.Namespace) -> int:
    """Explain a rule, or list all."""
    from runstrong.faces import rule_list, rule_page

    rules = rules_for(asked)
    if asked.rule is None:
        say(printed(rule_list(rules), format_of(asked)))
        return 0
    from runstrong.catalog import load_catalog

    code = asked.rule.upper() if asked.rule[2:].isdigit() else asked.rule.lower()
    from runstrong.rules.cases import case_file, told_cases

    record = rules[code]
    file = case_file(record.id, asked.rules)
    page = rule_page(record, rules, load_catalog().sources, () if file is None else told_cases(file))
    say(printed(page, format_of(asked)))
    return 0


def schema_command(asked: argparse.Namespace) -> int:
    """Print the JSON Schema of a kind of document, or list the kinds."""
    from runstrong.codec.schemas import document_kinds, json_schema

    if asked.kind is None:
        told = {kind: json_schema(kind)["description"].partition("\n")[0] for kind in document_kinds()}
        deliver("\n".join(f"{kind:13} {text}" for kind, text in told.items()), asked.out)
    else:
        # Plain ASCII, so that what a terminal redirects is the same file everywhere.
        deliver(json.dumps(json_schema(asked.kind), indent=2), asked.out)
    return 0


def preset_command(asked: argparse.Namespace) -> int:
    """Explain a preset, or list all."""
    from runstrong.faces import preset_list, preset_page
    from runstrong.model.errors import UnknownName
    from runstrong.rules import load_presets, load_rules

    presets = load_presets()
    if asked.preset is None:
        say(printed(preset_list(presets.values()), format_of(asked)))
        return 0
    if asked.preset not in presets:
        raise UnknownName("preset", asked.preset, sorted(presets))
    say(printed(preset_page(presets[asked.preset], load_rules()), format_of(asked)))
    return 0


def exercise_command(asked: argparse.Namespace) -> int:
    """Explain an exercise, or list those that fit the options."""
    from runstrong.faces import exercise_list, exercise_page

    catalog = catalog_for(asked)
    filters = {"tissue": asked.tissue, "equipment": asked.equipment, "kind": asked.kind}
    if asked.level is not None:
        filters["level"] = int(asked.level) if asked.level.isdecimal() else asked.level
    filters = {name: got for name, got in filters.items() if got is not None}
    if asked.exercise is None:
        try:
            found = catalog.find(**filters)
        except InvalidValue as error:
            # As the option is called here, not as the library calls it.
            raise InvalidValue(
                Problem(each.place.replace("find(", "--").rstrip(")"), each.fact, each.allowed, each.cure)
                for each in error.problems
            ) from None
        say(printed(exercise_list(found), format_of(asked)))
        return 0
    if filters:
        raise _refused("exercise", f"{asked.exercise} with options", "a name, or options to search by")
    say(printed(exercise_page(catalog.exercises[_id_of(asked.exercise, catalog)], catalog), format_of(asked)))
    return 0


def _id_of(name: str, catalog: Any) -> str:
    """Return the id for an id, a name or an alias, whatever its case; what fits nothing is returned as it is."""
    wanted = name.strip().casefold()
    for exercise in catalog.exercises.values():
        if wanted in (exercise.id, exercise.name.casefold(), *(alias.casefold() for alias in exercise.aliases)):
            return str(exercise.id)
    return wanted.replace(" ", "-")
