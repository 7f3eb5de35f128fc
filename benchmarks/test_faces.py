"""How long a plan takes to be read: as a sheet, as text, in a notebook; beside streprogen's own pages and bare JSON."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

import pytest

import runstrong as rs
from peers import STREPROGEN_IMPORT, STREPROGEN_RENDER

RUNNER_FILE = Path(__file__).parent.parent / "examples" / "runner.yaml"


@functools.cache
def _plan() -> rs.Plan:
    return rs.plan(rs.load(RUNNER_FILE, rs.Runner))


@pytest.mark.benchmark(group="a season as a page")
@pytest.mark.parametrize("printed", ["to_html", "to_text", "to_markdown", "_repr_html_"])
def test_a_season(benchmark: Any, printed: str) -> None:
    """Fourteen weeks with every session, or the card that a notebook shows."""
    plan = _plan()
    made = benchmark(plan._repr_html_ if printed == "_repr_html_" else functools.partial(getattr(rs, printed), plan))
    assert "Jonas Weber" in made


@pytest.mark.benchmark(group="a season as a page")
def test_the_floor(benchmark: Any) -> None:
    """The same plan as JSON that is ready to be written: nothing looked up, nothing laid out."""
    document = json.loads(rs.to_json(_plan()))
    assert "Jonas Weber" in benchmark(lambda: json.dumps(document))


@pytest.mark.benchmark(group="a season as a page")
def test_streprogen_page(benchmark: Any) -> None:
    """The peer: eight weeks of four lifts as HTML, rendered before."""
    pytest.importorskip("streprogen")
    space: dict[str, Any] = {}
    exec(STREPROGEN_IMPORT + STREPROGEN_RENDER, space)
    assert "<" in benchmark(space["rendered"]().to_html)
