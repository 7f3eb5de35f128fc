"""The ``runstrong`` command: what it takes, and how it ends.

Exit codes: 0 fine, 1 findings at advice or above (or as ``--fail-on`` says), 2 bad input. Faults of the input go to
standard error, one on a line, and never as a traceback.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
from collections.abc import Sequence

from runstrong._version import __version__
from runstrong.cli.formats import DOCUMENTS, REPORTS, TABLES, add_format, add_table, events_options
from runstrong.cli.logs import log_options
from runstrong.cli.settings import catalog_options, settings_options
from runstrong.model.errors import RunstrongError, UnknownName

__all__ = ["main"]

BAD_INPUT = 2

_EPILOG = """\
runstrong educates; it does not diagnose, treat or predict injury.
Files are YAML or JSON and say what they are: kind: runner, plan or log. Logs of other programs are read as they are."""

_CHECK = """\
Hold a plan, a training log, or both against the rules. FILE... is a plan, a plan and a log, or a runner and a log
(a log needs its runner; a plan carries its own). A runner's file alone is read, and its running is judged.

exit code: 0 when nothing is found but remarks (info), 1 when something is at advice or above (see --fail-on), 2 for bad
input"""


_NEXT = """\
Print the next session from today on, planned again from what the log holds, with the reason for each change.
A next step is a permission, never a duty."""

_LOG = """\
Read training logs of Strava, Garmin Connect, TrainingPeaks, intervals.icu, or single activities (FIT, TCX, GPX), and
print what they hold, the days they vouch for, and all that could not be read or was taken in a certain way.

exit code: 0 when all was read, 1 when something could not be read, 2 for bad input"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line tool and return its exit code.

    Args:
        argv: arguments after the program's name; those of the process when not given.

    Example:
        >>> main(["rule", "TM0"])
        2
    """
    try:
        code = _run(_parser().parse_args(argv))
        sys.stdout.flush()
    except SystemExit as stop:
        # argparse ends so, for --help with 0 and for a usage fault with 2.
        return stop.code if isinstance(stop.code, int) else BAD_INPUT
    except UnknownName as error:
        # Where nothing is near, the way to all names helps more than nothing.
        _complain(str(error) if error.nearest else f"{error}; the command without a name lists them all")
        return BAD_INPUT
    except RunstrongError as error:
        _complain(str(error))
        return BAD_INPUT
    except BrokenPipeError:
        # The reader (head, a pager) has seen enough. What is still buffered goes nowhere, so that the interpreter
        # does not complain when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        where = f"{os.fspath(error.filename)}: " if isinstance(error.filename, (str, os.PathLike)) else ""
        _complain(f"{where}{error.strerror or error}")
        return BAD_INPUT
    except KeyboardInterrupt:
        return 130
    return code


def _complain(text: str) -> None:
    from runstrong.cli.output import say

    say(text, sys.stderr)


def _run(asked: argparse.Namespace) -> int:
    from runstrong.cli import commands

    command: str = asked.command
    code: int = getattr(commands, f"{command}_command")(asked)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="runstrong",
        description="Strength and mobility training for runners: plan it, check it, look things up.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"runstrong {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _plan_arguments(commands)
    _show_arguments(commands)
    _check_arguments(commands)
    _next_arguments(commands)
    _log_arguments(commands)
    told = "what differs between two plans"
    diff = commands.add_parser("diff", help=told, description=f"Say {told}, as a runner would say it.")
    diff.add_argument("before", metavar="PLAN", help="as it was")
    diff.add_argument("after", metavar="OTHER", help="as it is now")
    add_format(diff, REPORTS)
    explain = "explain a rule, or list them all"
    rule = commands.add_parser(
        "rule", help=explain, description=f"{explain.capitalize()}, with the numbers that hold here."
    )
    rule.add_argument("rule", nargs="?", metavar="CODE", help="code or name, such as TM01; all rules when left out")
    add_format(rule, REPORTS, out=None)
    settings_options(rule)
    explain = "explain a preset, or list them all"
    preset = commands.add_parser("preset", help=explain, description=f"{explain.capitalize()}.")
    preset.add_argument("preset", nargs="?", metavar="NAME", help="such as cautious; all presets when left out")
    add_format(preset, REPORTS, out=None)
    _exercise_arguments(commands)
    told = "the JSON Schema of a kind of document, for editors and checkers"
    schema = commands.add_parser("schema", help=told, description=f"Print {told}.")
    schema.add_argument("kind", nargs="?", metavar="KIND", help="such as runner; all kinds are listed when left out")
    schema.add_argument("--out", metavar="FILE", help="write to this file instead of the screen")
    return parser


def _plan_arguments(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    plan = commands.add_parser(
        "plan",
        help="fit strength into a runner's weeks",
        description="Fit a strength and mobility plan into a runner's own running weeks.",
    )
    plan.add_argument("runner", metavar="RUNNER", help="file with kind: runner")
    plan.add_argument("--start", type=_date, metavar="DATE", help="first day, as 2026-12-07; else the runner's start")
    plan.add_argument("--weeks", type=_weeks, metavar="N", help="1 to 52; else up to the main race, or twelve")
    plan.add_argument(
        "--calendar", metavar="FILE", help="dated runs that stand before the usual week: .yaml, .json, .csv or .ics"
    )
    plan.add_argument("--summary", action="store_true", help="its shape in about ten lines instead of every session")
    _plan_formats(plan)
    catalog_options(plan)
    settings_options(plan)


def _plan_formats(command: argparse.ArgumentParser) -> None:
    """Add every format that a plan has, and what each can be told."""
    add_format(
        command,
        (*REPORTS, *DOCUMENTS, *TABLES, "ics", "fit", "garmin"),
        out="write to this file instead of the screen; for fit a folder, with a file for each session",
    )
    add_table(command)
    events_options(command, "your time zone, for .ics calendars: such as Europe/Berlin")


def _show_arguments(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    told = "a document in another format: for the phone, paper, calendar, watch or a spreadsheet"
    show = commands.add_parser("show", help=told, description=f"Print or write {told}.")
    show.add_argument("file", metavar="FILE", help="a runner, plan, log or record, or a log of another program")
    _plan_formats(show)
    show.add_argument("--units", choices=("km", "miles"), help="of distances in logs that do not say; else km")
    catalog_options(show)
    settings_options(show)


def _check_arguments(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    check = commands.add_parser(
        "check",
        help="hold a plan or a log against the rules",
        description=_CHECK,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    check.add_argument(
        "files", nargs="+", metavar="FILE", help="a plan, a log of runstrong or another program, a runner"
    )
    check.add_argument("--select", type=_names, default=(), metavar="RULES", help="apply only these, such as TM01,CO")
    check.add_argument("--ignore", type=_names, default=(), metavar="RULES", help="leave these out, such as TM02,CV")
    check.add_argument(
        "--fix",
        action="store_true",
        help="write the plan back with every fix that was shown to hold (comments in the file are lost)",
    )
    check.add_argument(
        "--edit-runs",
        action="store_true",
        help="let a fix change the plan's runs too, which are yours and otherwise only advised about",
    )
    check.add_argument(
        "--explain", action="store_true", help="tell what came of each rule, passes too, and with which numbers"
    )
    check.add_argument(
        "--fail-on",
        choices=("info", "advice", "warning", "danger"),
        default="advice",
        metavar="SEVERITY",
        help="exit with 1 from this severity on: info, advice (when left out), warning or danger",
    )
    check.add_argument("--today", type=_date, metavar="DATE", help="as 2026-12-30; else the day after the log's last")
    log_options(check)
    add_format(check, (*REPORTS, "json"))
    catalog_options(check)
    settings_options(check)


def _next_arguments(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    coming = commands.add_parser(
        "next",
        help="the next session, adapted to what was done",
        description=_NEXT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    coming.add_argument("file", metavar="FILE", help="a runner, for whom a plan is made from their start, or a plan")
    coming.add_argument(
        "--log", metavar="LOG", help="kind: log, or of another program; without it the plan stands as it is"
    )
    coming.add_argument("--today", type=_date, metavar="DATE", help="as 2026-12-30; else the day on the clock")
    log_options(coming)
    add_format(coming, (*REPORTS, "json", "fit"))
    catalog_options(coming)
    settings_options(coming)


def _log_arguments(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    log = commands.add_parser(
        "log",
        help="what the files of another program hold",
        description=_LOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    log.add_argument("files", nargs="+", metavar="FILE", help="one or several; each activity is taken once")
    log_options(log)
    log.add_argument(
        "--estimate-rpe",
        choices=("heart-rate", "pace"),
        help="for activities without a session RPE, marked as estimated",
    )
    log.add_argument(
        "--max-heart-rate", type=float, metavar="BPM", help="highest measured, for estimates by heart rate"
    )
    log.add_argument(
        "--threshold-pace", type=float, metavar="SECONDS", help="for a kilometer, held for an hour, for those by pace"
    )
    add_format(log, (*REPORTS, *DOCUMENTS, *TABLES))
    add_table(log)


def _exercise_arguments(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    exercise = commands.add_parser(
        "exercise",
        help="explain an exercise, or find some",
        description="Explain an exercise, or list those that fit the options: all by kind when there are none.",
    )
    exercise.add_argument("exercise", nargs="?", metavar="NAME", help="id or name, such as single-leg-calf-raise")
    exercise.add_argument("--tissue", metavar="TISSUE", help="trained first, such as calf-soleus")
    exercise.add_argument(
        "--equipment", type=_names, metavar="LIST", help="all that is at hand, such as band,dumbbell; '' for none"
    )
    exercise.add_argument("--level", metavar="LEVEL", help="suitable for 1 (novice), 2 or 3 (advanced)")
    exercise.add_argument("--kind", metavar="KIND", help="such as strength, mobility or plyometric")
    add_format(exercise, REPORTS, out=None)
    catalog_options(exercise)


def _date(text: str) -> dt.date:
    try:
        found = dt.date.fromisoformat(text)
    except ValueError:
        found = None
    # The long form alone: 20261207 and 2026-W50-1 are read too.
    if found is None or str(found) != text:
        raise argparse.ArgumentTypeError(f"{text!r}; allowed: a date such as 2026-12-07")
    return found


def _weeks(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 52:
        raise argparse.ArgumentTypeError(f"{text!r}; allowed: a whole number from 1 to 52")
    return int(text)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())
