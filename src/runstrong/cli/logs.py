"""What files of other programs tell: totals, the days vouched for, and what could not be read."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from runstrong.cli.output import put, say

if TYPE_CHECKING:
    from runstrong.model.log import Coverage, Log

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
    from runstrong.codec import dumps
    from runstrong.history import read_log
    from runstrong.model.quantities import Duration

    log = read_log(
        *asked.files,
        zone=asked.zone,
        units=asked.units,
        estimate_rpe=asked.estimate_rpe,
        max_heart_rate=asked.max_heart_rate,
        threshold_pace=None if asked.threshold_pace is None else Duration(asked.threshold_pace),
    )
    if asked.format in ("yaml", "json"):
        text = dumps(log, asked.format)
        for remark in log.remarks:
            say(str(remark), sys.stderr)
    else:
        text = "\n".join(_told(log))
    if asked.out is None:
        say(text)
    else:
        put(text if text.endswith("\n") else f"{text}\n", asked.out)
    return GRAVE if any(remark.grave for remark in log.remarks) else 0


def _told(log: Log) -> list[str]:
    span = log.span
    lines = [f"{span[0]} to {span[1]}" if span is not None else "nothing in it"]
    kilometers = sum(run.distance.km for run in log.runs if run.distance is not None)
    hours = sum(run.duration.seconds for run in log.runs if run.duration is not None) / 3600
    lines.append(f"  runs: {len(log.runs)}, {kilometers:.1f} km, {hours:.1f} h")
    kinds = _counted(str(run.kind) for run in log.runs)
    if kinds:
        lines.append(f"    {kinds}")
    rated = sum(run.session_rpe is not None and not run.rpe_basis.estimated for run in log.runs)
    estimated = sum(run.rpe_basis.estimated for run in log.runs)
    if log.runs:
        of_those = f", {estimated} estimated" if estimated else ""
        lines.append(f"    session RPE felt for {rated} of {len(log.runs)}{of_those}")
    lines.append(f"  other training: {len(log.activities)}")
    names = _counted(each.name for each in log.activities)
    if names:
        lines.append(f"    {names}")
    days = {done.date for done in log.performances}
    lines.append(f"  strength, exercise by exercise: {len(log.performances)} on {len(days)} days")
    lines.append("vouched for" if log.coverage else "no day is vouched for")
    lines += [f"  {_span(part.first, part.last)}: {_what(part)}" for part in log.coverage]
    grave = [remark for remark in log.remarks if remark.grave]
    others = [remark for remark in log.remarks if not remark.grave]
    if grave:
        lines += [f"could not be read ({len(grave)})", *(f"  {remark}" for remark in grave)]
    if others:
        lines += [f"how it was read ({len(others)})", *(f"  {remark}" for remark in others)]
    return lines


def _span(first: dt.date, last: dt.date) -> str:
    return str(first) if first == last else f"{first} to {last}"


def _what(part: Coverage) -> str:
    names = ("runs", "strength", "warm_ups", "readiness")
    return ", ".join(name.replace("_", "-") for name in names if getattr(part, name)) or "nothing"


def _counted(names: Iterable[str]) -> str:
    counts = Counter(names)
    return ", ".join(f"{count} {name}" for name, count in sorted(counts.items(), key=lambda each: (-each[1], each[0])))
