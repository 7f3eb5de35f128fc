"""Times taken in interpreters of their own, for what can happen only once in a process."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Mapping

__all__ = ["medians", "report"]


def _environment() -> dict[str, str]:
    """An environment in which Python keeps its bytecode, as it does for users, and finds what this process finds."""
    kept = {
        key: got for key, got in os.environ.items() if key not in ("PYTHONDONTWRITEBYTECODE", "PYTHONPROFILEIMPORTTIME")
    }
    return {**kept, "PYTHONHASHSEED": "0"}


def _milliseconds(code: str) -> float:
    """Run a program that prints nanoseconds."""
    done = subprocess.run([sys.executable, "-c", code], env=_environment(), check=True, capture_output=True, text=True)
    return int(done.stdout) / 1e6


def medians(programs: Mapping[str, str], rounds: int) -> dict[str, float]:
    """Return the median milliseconds of each piece of code, each time run in an interpreter of its own.

    The programs take turns, so that a busy moment of the machine falls on all of them alike.

    Args:
        programs: by name; a program may open with a line of preparation that is not timed, ended by ``#timed``.
        rounds: how often each is run, after one run that warms the bytecode caches.
    """
    times: dict[str, list[float]] = {name: [] for name in programs}
    for turn in range(rounds + 1):
        for name, code in programs.items():
            before, _, timed = code.rpartition("#timed")
            clock = "time.perf_counter_ns()"
            took = _milliseconds(f"import time\n{before}\n_start = {clock}\n{timed}\nprint({clock} - _start)")
            if turn:
                times[name].append(took)
    return {name: statistics.median(taken) for name, taken in times.items()}


def report(title: str, found: Mapping[str, float], against: str) -> dict[str, float | str]:
    """Return medians with their ratios to one of them, ready for `benchmark.extra_info`."""
    base = found[against]
    info: dict[str, float | str] = {"what": title}
    for name, median in found.items():
        info[f"{name} (ms)"] = round(median, 2)
        if name != against:
            info[f"{name} / {against}"] = round(median / base, 3)
    return info
