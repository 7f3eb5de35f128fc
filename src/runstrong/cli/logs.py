"""What files of other programs tell: totals, the days vouched for, and what could not be read."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from runstrong.cli.formats import DOCUMENTS, answer, deliver, format_of
from runstrong.cli.output import say

if TYPE_CHECKING:
    from runstrong.model.log import Log

__all__ = ["log_command", "log_options", "opens_with_kind", "warn_of"]

_SHOWN = 5
"""Grave remarks that a command prints on the way to something else; ``runstrong log`` prints all."""
GRAVE = 1


def log_options(command: argparse.ArgumentParser) -> None:
    """Add the options that files of other programs need."""
    command.add_argument("--zone", metavar="ZONE", help="your time zone, for logs in UTC: such as Europe/Berlin")
    command.add_argument("--units", choices=("km", "miles"), help="of distances in logs that do not say; else km")


def opens_with_kind(file: str) -> bool:
    """Whether a file plainly is a document of runstrong, so that the readers of other formats need not come in."""
    path = Path(file)
    if not path.is_file():
        return False
    with path.open("rb") as found:
        return found.read(5) == b"kind:"


def warn_of(log: Log, file: str) -> None:
    """Say on standard error what is missing from a log, and where to read all about it."""
    grave = [remark for remark in log.remarks if remark.grave]
    for remark in grave[:_SHOWN]:
        say(str(remark), sys.stderr)
    if log.remarks:
        more = f"{len(grave) - _SHOWN} more that could not be read; " if len(grave) > _SHOWN else ""
        say(f"{file}: {more}runstrong log {file} tells how it was read", sys.stderr)


def log_command(asked: argparse.Namespace) -> int:
    """Read logs and print what they hold, or write them as one log of runstrong."""
    from runstrong.catalog import load_catalog
    from runstrong.history import read_log
    from runstrong.model.quantities import Duration
    from runstrong.rules import load_rules

    log = read_log(
        *asked.files,
        zone=asked.zone,
        units=asked.units,
        estimate_rpe=asked.estimate_rpe,
        max_heart_rate=asked.max_heart_rate,
        threshold_pace=None if asked.threshold_pace is None else Duration(asked.threshold_pace),
    )
    form = format_of(asked)
    if form in (*DOCUMENTS, "csv"):
        for remark in log.remarks:
            say(str(remark), sys.stderr)
    deliver(answer(log, form, asked, load_catalog(), load_rules()), asked.out)
    return GRAVE if any(remark.grave for remark in log.remarks) else 0
