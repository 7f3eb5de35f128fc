"""In which format a command answers, and where its answer goes: the screen, a file, or a folder of files."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from runstrong.cli.output import put, put_bytes, say
from runstrong.model.errors import DocumentError, InvalidValue, Problem, UnknownName

if TYPE_CHECKING:
    from runstrong.faces.blocks import Block
    from runstrong.model.catalog import Catalog
    from runstrong.model.plan import Plan, Session
    from runstrong.model.rules import RuleSet

__all__ = [
    "DOCUMENTS", "REPORTS", "TABLES", "add_format", "add_table", "answer", "deliver", "events_options", "format_of",
    "printed", "write_sessions",
]  # fmt: skip

REPORTS = ("text", "markdown", "html")
DOCUMENTS = ("yaml", "json")
TABLES = ("csv",)
_SUFFIXES = {
    ".txt": "text", ".md": "markdown", ".html": "html", ".yaml": "yaml", ".yml": "yaml", ".json": "json",
    ".csv": "csv", ".ics": "ics", ".fit": "fit",
}  # fmt: skip
_OUT = "write to this file instead of the screen"


def add_format(command: argparse.ArgumentParser, formats: tuple[str, ...], *, out: str | None = _OUT) -> None:
    """Add ``--format``, and ``--out`` where its help is given; the suffix of a file says its format too."""
    told = "text when left out"
    if out is not None:
        suffixes = ", ".join(suffix for suffix, form in _SUFFIXES.items() if form in formats)
        told = f"else as the suffix of --out says ({suffixes}), or text"
        command.add_argument("--out", metavar="FILE", help=out)
    command.add_argument("--format", choices=formats, help=told)
    command.set_defaults(formats=formats)


def add_table(command: argparse.ArgumentParser) -> None:
    """Add ``--table``, for the format csv."""
    command.add_argument(
        "--table", metavar="NAME", help="for csv: of a plan prescriptions, sessions, runs; of a log runs, sets, ..."
    )


def events_options(command: argparse.ArgumentParser, zone: str | None = None) -> None:
    """Add what the format ics can be told; ``--zone`` where its help is given."""
    if zone is not None:
        command.add_argument("--zone", metavar="ZONE", help=zone)
    command.add_argument("--alarm", type=_minutes, metavar="MIN", help="for ics: remind so many minutes before")
    command.add_argument("--before", metavar="FILE", help="for ics: the calendar exported last, so that changes count")
    command.add_argument("--with-runs", action="store_true", help="for ics: write the runs too")


def _minutes(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 7 * 24 * 60:
        raise argparse.ArgumentTypeError(f"{text!r}; allowed: whole minutes up to {7 * 24 * 60}, a week")
    return int(text)


def format_of(asked: argparse.Namespace) -> str:
    """Return the format asked for: stated, as the suffix of the file says, or text.

    Raises:
        InvalidValue: the suffix says none, or another format than text goes to no file and needs one.
    """
    out = getattr(asked, "out", None)
    form = asked.format
    if form is None and out is not None:
        known = {suffix: each for suffix, each in _SUFFIXES.items() if each in asked.formats}
        form = known.get(Path(out).suffix.lower())
        if form is None:
            raise _refused("--out", out, f"a name that ends in {', '.join(known)}", "or say --format")
    if form == "fit" and out is None:
        raise _refused("--format", "fit to the screen", "a file", "name it after --out")
    return str(form or "text")


def _refused(place: str, fact: str, allowed: str, cure: str = "") -> InvalidValue:
    return InvalidValue([Problem(place, fact, allowed, cure)])


def printed(blocks: Iterable[Block], form: str) -> str:
    """Print a report in one of the formats of `REPORTS`."""
    from runstrong.faces import page, to_html, to_markdown, to_text
    from runstrong.faces.blocks import title_of

    made = tuple(blocks)
    if form == "html":
        return page(title_of(made) or "runstrong", to_html(made))
    return (to_markdown if form == "markdown" else to_text)(made)


def answer(value: Any, form: str, asked: argparse.Namespace, catalog: Catalog, rules: RuleSet) -> str | bytes:
    """Return a document in a format: a report, itself, a table, or, for a plan, events or workouts.

    Raises:
        InvalidValue: there is no such format of this document.
    """
    from runstrong.codec import dumps
    from runstrong.model.plan import Plan

    kind = getattr(type(value), "kind_of_document", type(value).__name__.lower())
    _of_use(asked, form)
    if form in DOCUMENTS:
        return dumps(value, form)
    if form in TABLES:
        return _table(value, kind, asked.table, catalog)
    if form in REPORTS:
        return _report(value, kind, form, catalog, rules)
    if not isinstance(value, Plan):
        raise _refused("--format", f"{form} of a {kind}", ", ".join((*REPORTS, *DOCUMENTS)), "a plan has it")
    if form == "ics":
        return _events(value, asked, catalog, rules)
    return _workouts(value, value.sessions, catalog)


def _of_use(asked: argparse.Namespace, form: str) -> None:
    """Refuse options that a format takes no notice of: whoever gives one expects something of it."""
    for name, given, of in (
        ("--table", getattr(asked, "table", None), "csv"),
        ("--alarm", getattr(asked, "alarm", None), "ics"),
        ("--before", getattr(asked, "before", None), "ics"),
        ("--with-runs", getattr(asked, "with_runs", None) or None, "ics"),
    ):
        if given is not None and form != of:
            raise _refused(name, f"with the format {form}", f"the format {of}", f"add --format {of}")


def _table(value: Any, kind: str, table: str | None, catalog: Catalog) -> str:
    from runstrong.faces.frames import TABLES as TABLES_OF
    from runstrong.faces.frames import to_csv

    try:
        return to_csv(value, catalog, table=table)
    except UnknownName as error:
        known = ", ".join(each.name for each in TABLES_OF[type(value)])
        cure = f"did you mean {error.nearest!r}?" if error.nearest else ""
        raise _refused("--table", str(table), known, cure) from None
    except TypeError:
        raise _refused("--format", f"csv of a {kind}", "a plan, log, audit or catalog") from None


def _report(value: Any, kind: str, form: str, catalog: Catalog, rules: RuleSet) -> str:
    from runstrong.faces import report_of, sheet
    from runstrong.model.plan import Plan

    if form == "html" and isinstance(value, Plan):
        return sheet(value, catalog, rules)
    try:
        return printed(report_of(value, catalog, rules), form)
    except TypeError:
        raise _refused("--format", f"{form} of a {kind}", ", ".join(DOCUMENTS)) from None


def _events(plan: Plan, asked: argparse.Namespace, catalog: Catalog, rules: RuleSet) -> bytes:
    from runstrong.faces.calendar_events import to_ics
    from runstrong.model.quantities import Duration

    before = None if asked.before is None else Path(asked.before).read_bytes()
    alarm = None if asked.alarm is None else Duration(asked.alarm * 60.0)
    try:
        return to_ics(plan, catalog, rules, before=before, zone=asked.zone, alarm=alarm, runs=asked.with_runs)
    except DocumentError as error:
        found = [Problem("", each.fact, each.allowed, file=asked.before) for each in error.problems]
        raise DocumentError(found) from None


def _workouts(plan: Plan, sessions: Iterable[Session], catalog: Catalog) -> str:
    """Return the workouts of Garmin Connect for sessions, with the day of each."""
    from runstrong.faces.watch import to_garmin_connect

    made = []
    for each in _held(sessions):
        workout = to_garmin_connect(each, catalog=catalog, own=plan.exercises)
        made.append({"date": str(each.date), "session": each.id, "workout": workout})
    return json.dumps(made, indent=2, ensure_ascii=False)


def write_sessions(plan: Plan, sessions: Iterable[Session], place: str, catalog: Catalog) -> int:
    """Write sessions as FIT workout files and return how many; those that hold nothing to do are left out.

    Args:
        plan: that they stand in, for its own exercises.
        sessions: to write; skipped ones are left out.
        place: a name that ends in .fit for one session, else a folder, made where there is none.
        catalog: where names are looked up.
    """
    from runstrong.faces.watch import to_fit

    held = _held(sessions)
    target = Path(place)
    alone = target.suffix.lower() == ".fit"
    if alone and len(held) != 1:
        raise _refused("--out", f"one file for {len(held)} sessions", "a folder", "a name without .fit")
    # All of them are made before one is written.
    files = {
        target if alone else target / f"{each.date}-{each.id}.fit": to_fit(each, catalog=catalog, own=plan.exercises)
        for each in held
    }
    if not alone:
        target.mkdir(parents=True, exist_ok=True)
    for file, content in files.items():
        put_bytes(content, str(file))
    return len(files)


def _held(sessions: Iterable[Session]) -> list[Session]:
    return [each for each in sessions if each.skipped is None and any(part.prescriptions for part in each.parts)]


def deliver(text: str | bytes, out: str | None) -> None:
    """Send an answer to a file, or to the screen."""
    import sys

    if out is None:
        if isinstance(text, bytes):
            sys.stdout.flush()
            sys.stdout.buffer.write(text)
        else:
            say(text)
    elif isinstance(text, bytes):
        put_bytes(text, out)
    else:
        put(text if text.endswith("\n") else f"{text}\n", out)
