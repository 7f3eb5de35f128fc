"""Laws of device files: whatever the bytes are, a log that says what it could not read, or a clear error."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runstrong.history.logs import log_of
from runstrong.history.opening import read_bytes
from runstrong.history.recorded import Asked, Recordings
from runstrong.model.errors import DocumentError
from runstrong.testing.device_files import fit_file, gpx_file, tcx_file

pytest.importorskip("garmin_fit_sdk")

ASKED = Asked(None)
RUN = {"sport": "running", "total_distance": 10_000.0, "seconds": 3000.0, "workout_rpe": 60}
LIFTS = {
    "sport": "training", "sub_sport": "strength_training",
    "sets": [{"set_type": "active", "repetitions": 12, "weight": 20.0, "duration": 30.0, "category": ["calf_raise"]}],
}  # fmt: skip


@functools.cache
def whole(kind: str) -> bytes:
    """Return a whole file of each kind, with two activities."""
    track = [(52.0 + place * 0.001, 13.0, place * 40.0) for place in range(6)]
    made: dict[str, Callable[[], bytes]] = {
        "fit": lambda: fit_file([RUN, LIFTS]),
        "tcx": lambda: tcx_file([[(600.0, 2000.0), (700.0, 2100.0)], [(300.0, 900.0)]]),
        "gpx": lambda: gpx_file([track, track]),
    }
    return made[kind]()


def read(raw: bytes) -> Recordings | None:
    """Read damaged bytes; None where they are refused. What is neither is a fault that fails the test."""
    try:
        made = read_bytes(raw, "file", ASKED)
    except DocumentError:
        return None
    assert isinstance(made, Recordings)
    with contextlib.suppress(DocumentError):
        log_of([("file", made)])
    return made


KINDS = st.sampled_from(["fit", "tcx", "gpx"])
SLOW: Any = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])


class TestDamage:
    """A corrupted file gives what was whole with problems told, or a clear error; never a crash or a silent half."""

    @SLOW
    @given(KINDS, st.data())
    def test_cut_anywhere(self, kind: str, data: st.DataObject) -> None:
        """A file that breaks off is not whole, and says so."""
        raw = whole(kind)
        cut = data.draw(st.integers(12, len(raw) - 1))
        made = read(raw[:cut])
        if made is not None and raw[cut:].strip():
            assert not made.whole
            assert any(each.grave for each in made.remarks)

    @SLOW
    @given(KINDS, st.data())
    def test_bytes_flipped_anywhere(self, kind: str, data: st.DataObject) -> None:
        """Nothing but a log or a clear error comes of it."""
        raw = bytearray(whole(kind))
        for _ in range(data.draw(st.integers(1, 4))):
            raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
        read(bytes(raw))

    @SLOW
    @given(KINDS, st.data())
    def test_a_stretch_lost_or_filled(self, kind: str, data: st.DataObject) -> None:
        """Bytes that are missing, or overwritten with others."""
        raw = whole(kind)
        begin = data.draw(st.integers(0, len(raw) - 1))
        end = data.draw(st.integers(begin, min(len(raw), begin + 400)))
        read(raw[:begin] + data.draw(st.binary(max_size=60)) + raw[end:])

    @pytest.mark.parametrize("kind", ["fit", "tcx", "gpx"])
    def test_whole_files_are_whole(self, kind: str) -> None:
        """Without damage both activities are read, and nothing grave is told."""
        made = read(whole(kind))
        assert made is not None
        assert made.whole
        assert len(made.activities) == 2
        assert not [each for each in made.remarks if each.grave]
