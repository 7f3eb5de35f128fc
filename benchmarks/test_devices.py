"""How long an hour of a watch takes to read, beside the bare library or parser over the same bytes."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable
from typing import Any
from xml.parsers import expat

import pytest

from runstrong.history.opening import read_bytes
from runstrong.history.recorded import Asked
from runstrong.testing.device_files import fit_file, gpx_file, tcx_file

sdk = pytest.importorskip("garmin_fit_sdk")

HOUR = 3600
ASKED = Asked(None)


def bare_fit(raw: bytes) -> object:
    """Decode with Garmin's library alone."""
    return sdk.Decoder(sdk.Stream.from_byte_array(bytearray(raw))).read()


def bare_xml(raw: bytes) -> object:
    """Parse with expat alone, each element and text handed over and let go."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda *_: None
    parser.EndElementHandler = lambda *_: None
    parser.CharacterDataHandler = lambda *_: None
    return parser.Parse(raw, True)


@pytest.mark.parametrize("kind", ["fit", "tcx", "gpx"])
def test_an_hour(once: Callable[[Callable[[], dict[str, Any]]], None], kind: str) -> None:
    """One hour at one record a second."""
    raw, bare = {
        "fit": lambda: (fit_file([{"sport": "running", "seconds": float(HOUR), "records": HOUR}]), bare_fit),
        "tcx": lambda: (tcx_file([[(float(HOUR), 12_000.0)]], points=HOUR), bare_xml),
        "gpx": lambda: (gpx_file([[(52.0 + n * 3e-5, 13.0, float(n)) for n in range(HOUR)]]), bare_xml),
    }[kind]()

    def measure() -> dict[str, Any]:
        assert len(read_bytes(raw, "hour", ASKED).activities) == 1  # type: ignore[union-attr]
        ours, theirs = _fastest(lambda: read_bytes(raw, "hour", ASKED)), _fastest(lambda: bare(raw))
        tracemalloc.start()
        read_bytes(raw, "hour", ASKED)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return {
            "what": f"one hour at 1 Hz as {kind.upper()}",
            "file (KB)": round(len(raw) / 1024),
            "read (ms)": round(ours * 1000, 1),
            f"read / bare {'library' if kind == 'fit' else 'parser'}": round(ours / theirs, 2),
            "peak memory (MB)": round(peak / 2**20, 1),
        }

    once(measure)


def _fastest(work: Callable[[], object]) -> float:
    times = []
    for _ in range(5):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)
