"""How long a plan takes to be read and written, beside `json` on the same text."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import runstrong as rs
from runstrong.codec import loads, to_json, to_yaml

RUNNER_FILE = Path(__file__).parent.parent / "examples" / "runner.yaml"


@pytest.fixture(scope="module")
def plan() -> rs.Plan:
    """The plan of the first example."""
    return rs.plan(rs.load(RUNNER_FILE))


def _fastest(work: Callable[[], object], rounds: int = 9) -> float:
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def test_decode_json(benchmark: Any, plan: rs.Plan) -> None:
    """A plan from JSON, warm, against `json.loads` of the same text."""
    text = to_json(plan)
    assert benchmark(lambda: loads(text, format="json")) == plan
    ratio = _fastest(lambda: loads(text, format="json")) / _fastest(lambda: json.loads(text))
    benchmark.extra_info.update({"what": "decode", "bytes": len(text), "times json.loads": round(ratio, 2)})


def test_encode_json(benchmark: Any, plan: rs.Plan) -> None:
    """A plan to JSON, warm, against `json.dumps` of the same data."""
    text = benchmark(lambda: to_json(plan))
    data = json.loads(text)
    ratio = _fastest(lambda: to_json(plan)) / _fastest(lambda: json.dumps(data))
    benchmark.extra_info.update({"what": "encode", "bytes": len(text), "times json.dumps": round(ratio, 2)})


def test_yaml_round(benchmark: Any, plan: rs.Plan) -> None:
    """A plan through YAML and back."""
    assert benchmark.pedantic(lambda: loads(to_yaml(plan), format="yaml"), rounds=3, iterations=1) == plan
