"""How long a session takes to become a FIT file, beside the bare library writing the same messages."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from runstrong.catalog import load_catalog
from runstrong.codec import read
from runstrong.faces.watch import to_fit, to_garmin_connect
from runstrong.planner import plan

sdk = pytest.importorskip("garmin_fit_sdk")

ROUNDS = 30
RUNNER_FILE = Path(__file__).parent.parent / "examples" / "runner.yaml"


def bare_fit(messages: list[dict[str, Any]]) -> bytes:
    """Encode with Garmin's library alone."""
    encoder = sdk.Encoder()
    for message in messages:
        encoder.write_mesg(message)
    return bytes(encoder.close())


def test_a_session(once: Callable[[Callable[[], dict[str, Any]]], None]) -> None:
    """The first session of the example's plan, each way."""
    catalog = load_catalog()
    session = plan(read(RUNNER_FILE), weeks=1).sessions[0]
    messages: list[dict[str, Any]] = []
    decoder = sdk.Decoder(sdk.Stream.from_byte_array(bytearray(to_fit(session, catalog=catalog))))
    decoder.read(
        expand_sub_fields=False, mesg_listener=lambda number, fields: messages.append({"mesg_num": number, **fields})
    )

    def measure() -> dict[str, Any]:
        assert len(bare_fit(messages)) == len(to_fit(session, catalog=catalog))
        ours, theirs = _fastest(lambda: to_fit(session, catalog=catalog)), _fastest(lambda: bare_fit(messages))
        plain = _fastest(lambda: to_garmin_connect(session, catalog=catalog))
        return {
            "what": "one session for a watch",
            "FIT file (bytes)": len(bare_fit(messages)),
            "FIT (ms)": round(ours * 1000, 2),
            "FIT / bare library": round(ours / theirs, 2),
            "Garmin Connect data (ms)": round(plain * 1000, 2),
        }

    once(measure)


def _fastest(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)
