"""Files of devices: FIT, TCX and GPX, whole and damaged, alone, gzipped and in archives."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

import runstrong as rs
from runstrong.history.fit import recordings_of_fit
from runstrong.history.gpx import kilometers_between, recordings_of_gpx
from runstrong.history.recorded import Asked, RecordedSet
from runstrong.history.tcx import recordings_of_tcx
from runstrong.model.errors import DocumentError
from runstrong.testing.device_files import fit_file, gpx_file, tcx_file

pytest.importorskip("garmin_fit_sdk")

ASKED = Asked(None)
RUN = {"sport": "running", "total_distance": 10_000.0, "seconds": 3000.0}
UP = [(52.0 + place * 0.001, 13.0, place * 40.0) for place in range(10)]


def logged(tmp_path: Path, raw: bytes, name: str, **asked: Any) -> rs.Log:
    """Read a file as a caller does."""
    file = tmp_path / name
    file.write_bytes(raw)
    return rs.read_log(file, **asked)


class TestFit:
    """Sessions of watches."""

    def test_a_run_with_its_rating(self, tmp_path: Path) -> None:
        """Distance, time in motion, local day and part of it, and the rating that the runner gave the watch."""
        log = logged(tmp_path, fit_file([{**RUN, "workout_rpe": 70}]), "run.fit")
        (run,) = log.runs
        assert (run.date, run.day_part) == (dt.date(2027, 1, 4), rs.DayPart.MORNING)
        assert (run.distance, run.duration, run.session_rpe) == (rs.km(10), rs.minutes(50), rs.SessionRPE(7))

    def test_the_day_is_the_local_one(self, tmp_path: Path) -> None:
        """In New Zealand half past five in UTC is another part of the day; west of Greenwich it may be the eve."""
        late = logged(tmp_path, fit_file([RUN], offset=13 * 3600), "late.fit").runs[0]
        assert (late.date, late.day_part) == (dt.date(2027, 1, 4), rs.DayPart.EVENING)
        eve = logged(tmp_path, fit_file([RUN], offset=-8 * 3600), "eve.fit").runs[0]
        assert eve.date == dt.date(2027, 1, 3)

    def test_without_a_local_time_it_says_so(self) -> None:
        """UTC stays UTC."""
        told = recordings_of_fit(fit_file([RUN], offset=None), "run.fit", ASKED)
        assert told.activities[0].start is None
        assert told.activities[0].start_utc is not None
        assert "in UTC" in str(told.remarks[0])

    def test_several_sessions_are_several_activities(self, tmp_path: Path) -> None:
        """A duathlon holds two runs and a ride."""
        ride = {"sport": "cycling", "total_distance": 30_000.0, "seconds": 3600.0}
        log = logged(tmp_path, fit_file([RUN, ride, RUN]), "duathlon.fit")
        assert len(log.runs) == 2
        assert len(log.activities) == 1

    def test_sets_of_strength_are_told_by_exercise(self) -> None:
        """Active sets with repetitions, weight and time; rests are none."""
        sets = [
            {"set_type": "active", "repetitions": 12, "weight": 20.0, "duration": 30.0, "category": ["calf_raise"],
             "category_subtype": [18]},
            {"set_type": "rest", "duration": 60.0},
            {"set_type": "active", "repetitions": 10, "weight": 22.5, "duration": 28.0, "category": ["calf_raise"],
             "category_subtype": [18]},
            {"set_type": "active", "repetitions": 8, "duration": 25.0, "category": ["squat"]},
        ]  # fmt: skip
        strength = {"sport": "training", "sub_sport": "strength_training", "sets": sets}
        calf, squat = recordings_of_fit(fit_file([strength]), None, ASKED).activities[0].exercises
        assert calf.name == "standing calf raise"
        assert calf.sets == (RecordedSet(12, 20.0, 30.0), RecordedSet(10, 22.5, 28.0))
        assert (squat.name, squat.sets) == ("squat", (RecordedSet(8, None, 25.0),))

    def test_the_fixture_is_a_true_fit_file(self) -> None:
        """An independent reader finds the same session in it."""
        fitdecode = pytest.importorskip("fitdecode")
        with fitdecode.FitReader(io.BytesIO(fit_file([{**RUN, "workout_rpe": 70}]))) as reader:
            frames = [each for each in reader if isinstance(each, fitdecode.FitDataMessage)]
        (session,) = [each for each in frames if each.name == "session"]
        assert session.get_value("total_distance") == 10_000.0
        assert session.get_value("sport") == "running"

    def test_chained_files_are_read_to_the_end(self) -> None:
        """Two files after each other hold two activities."""
        assert len(recordings_of_fit(fit_file([RUN]) * 2, None, ASKED).activities) == 2

    def test_a_wrong_check_sum_is_told(self) -> None:
        """What stands in the file is read, and that it is damaged is said."""
        raw = bytearray(fit_file([RUN]))
        raw[-1] ^= 0xFF
        told = recordings_of_fit(bytes(raw), None, ASKED)
        assert len(told.activities) == 1
        assert not told.whole
        assert "damaged" in str(told.remarks[0])

    def test_a_file_cut_before_its_session_is_put_together_from_laps(self) -> None:
        """The laps that were written tell distance and time, and it is said where they come from."""
        whole = fit_file([RUN], told=False, offset=None)
        told = recordings_of_fit(whole, None, ASKED)
        (run,) = told.activities
        assert (run.distance, run.moving) == (rs.km(10), rs.minutes(50))
        assert any("2 laps" in str(each) for each in told.remarks)

    def test_or_else_from_records(self) -> None:
        """The last record tells how far it went."""
        told = recordings_of_fit(fit_file([{"records": 100}], told=False, laps=False, offset=None), None, ASKED)
        assert told.activities[0].distance == rs.km(0.297)
        assert told.activities[0].elapsed == rs.seconds(99)
        assert any("100 records" in str(each) for each in told.remarks)

    def test_what_is_no_activity_is_refused(self) -> None:
        """A workout to be done is not one that was done."""
        with pytest.raises(DocumentError, match="a FIT file of a workout"):
            recordings_of_fit(fit_file([], kind="workout", offset=None), "plan.fit", ASKED)
        with pytest.raises(DocumentError, match="no session"):
            recordings_of_fit(fit_file([], offset=None), "empty.fit", ASKED)

    def test_a_rating_that_cannot_be_is_told(self) -> None:
        """Ten times the RPE goes to 100."""
        told = recordings_of_fit(fit_file([{**RUN, "workout_rpe": 120}]), None, ASKED)
        assert told.activities[0].session_rpe is None
        assert any("workout_rpe 120" in str(each) for each in told.remarks)


def test_without_the_extra_it_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names what to install."""
    monkeypatch.setitem(sys.modules, "garmin_fit_sdk", None)
    with pytest.raises(rs.MissingExtra, match=r"runstrong\[fit\]"):
        recordings_of_fit(b"", None, ASKED)


class TestTcx:
    """Activities in laps."""

    def test_laps_add_up(self, tmp_path: Path) -> None:
        """Distance, time and the mean heart rate of all laps, and the notes."""
        (run,) = recordings_of_tcx(tcx_file([[(600.0, 2000.0), (900.0, 3000.0)]]), None, ASKED).activities
        assert (run.distance, run.moving, run.elapsed) == (rs.km(5), rs.minutes(25), rs.minutes(25))
        assert (run.average_heart_rate, run.max_heart_rate) == (140.0, 160.0)
        assert (run.note, run.device, run.sport) == ("felt good", "watch", "Running")
        assert logged(tmp_path, tcx_file([[(600.0, 2000.0)]]), "x.tcx").runs[0].distance == rs.km(2)

    def test_a_lap_that_does_not_tell_takes_its_track(self) -> None:
        """From the first position to the last."""
        (run,) = recordings_of_tcx(tcx_file([[(None, None)]]), None, ASKED).activities
        assert (run.distance, run.moving) == (rs.km(2), rs.minutes(10))

    @pytest.mark.parametrize("before", ["", "   \n", "\ufeff"])
    @pytest.mark.parametrize("prefix", ["", "ns2:"])
    def test_spaces_marks_and_prefixes_do_not_matter(self, before: str, prefix: str, tmp_path: Path) -> None:
        """Before the declaration stands what programs leave there; prefixes need no declaration."""
        raw = tcx_file([[(600.0, 2000.0)]], before=before, prefix=prefix)
        assert len(logged(tmp_path, raw, "x.tcx").runs) == 1

    def test_several_activities(self) -> None:
        """Each is one."""
        assert len(recordings_of_tcx(tcx_file([[(60.0, 200.0)]] * 3), None, ASKED).activities) == 3

    def test_a_file_that_breaks_off_keeps_its_whole_laps(self) -> None:
        """What was cut is told, and the day is not vouched for."""
        raw = tcx_file([[(600.0, 2000.0), (900.0, 3000.0)]])
        told = recordings_of_tcx(raw[: raw.rindex(b"<Track>")], None, ASKED)
        assert told.activities[0].distance == rs.km(2)
        assert not told.whole
        assert "breaks off" in str(told.remarks[0])

    def test_nothing_whole_is_an_error(self) -> None:
        """A file cut in its first lap, and one without activities."""
        raw = tcx_file([[(600.0, 2000.0)]])
        with pytest.raises(DocumentError, match="no whole activity"):
            recordings_of_tcx(raw[:200], None, ASKED)
        with pytest.raises(DocumentError, match="no activity"):
            recordings_of_tcx(b"<TrainingCenterDatabase/>", None, ASKED)


class TestGpx:
    """Tracks of positions."""

    def test_distance_time_and_heart_rate(self, tmp_path: Path) -> None:
        """Great circles add up; a thousandth of a degree north is 111.2 m."""
        (run,) = recordings_of_gpx(gpx_file([UP]), None, ASKED).activities
        assert run.distance is not None
        assert run.distance.km == pytest.approx(9 * 0.1111951, rel=1e-5)
        assert (run.moving, run.elapsed) == (rs.seconds(360), rs.seconds(360))
        assert (run.average_heart_rate, run.title, run.sport) == (150.0, "Morning run", "running")
        assert len(logged(tmp_path, gpx_file([UP]), "x.gpx").runs) == 1

    def test_standing_still_is_no_motion(self) -> None:
        """A pause at a light counts to the time elapsed alone."""
        paused = [*UP, (UP[-1][0], 13.0, 960.0)]
        (run,) = recordings_of_gpx(gpx_file([paused]), None, ASKED).activities
        assert (run.moving, run.elapsed) == (rs.seconds(360), rs.seconds(960))

    def test_positions_that_cannot_be_are_told(self) -> None:
        """And passed by."""
        told = recordings_of_gpx(gpx_file([[*UP, (152.0, 13.0, 400.0)]]), None, ASKED)
        assert any("1 of 11 positions" in str(each) for each in told.remarks)

    def test_routes_and_waypoints_are_no_activity(self) -> None:
        """They say where one could run."""
        route = '<rte><rtept lat="1" lon="1"/></rte><wpt lat="1" lon="1"/>'
        with pytest.raises(DocumentError, match="routes and waypoints alone"):
            recordings_of_gpx(gpx_file([], extra=route), None, ASKED)

    def test_a_file_that_breaks_off_keeps_its_positions(self) -> None:
        """Up to the cut."""
        raw = gpx_file([UP])
        told = recordings_of_gpx(raw[: raw.rindex(b"<trkpt")], None, ASKED)
        assert told.activities[0].distance is not None
        assert told.activities[0].distance.km == pytest.approx(8 * 0.1111951, rel=1e-5)
        assert not told.whole

    def test_positions_without_times_are_told(self) -> None:
        """Nobody knows which day it was."""
        told = recordings_of_gpx(gpx_file([[(lat, lon, None) for lat, lon, _ in UP]]), None, ASKED)
        assert any("without times" in str(each) for each in told.remarks)

    def test_times_without_an_offset_are_local(self) -> None:
        """What a program wrote by the runner's clock is not taken for UTC, in either format."""
        gpx = gpx_file([UP]).replace(b"Z</time>", b"</time>")
        tcx = tcx_file([[(600.0, 2000.0)]]).replace(b'Z"', b'"').replace(b"Z<", b"<")
        for told in (recordings_of_gpx(gpx, None, ASKED), recordings_of_tcx(tcx, None, ASKED)):
            assert told.activities[0].start == dt.datetime(2027, 1, 4, 5, 30)  # noqa: DTZ001
            assert told.activities[0].start_utc is None

    def test_a_quarter_of_the_earth(self) -> None:
        """From pole to equator lie 10,007.6 km by the mean radius."""
        assert kilometers_between((90.0, 0.0), (0.0, 0.0)) == pytest.approx(10_007.557, rel=1e-6)


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><gpx><trk><name>&c;</name></trk></gpx>'
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE gpx SYSTEM "file:///etc/passwd"><gpx><trk/></gpx>'


@pytest.mark.parametrize("attack", [BOMB, OUTSIDE], ids=["entities", "an external document"])
@pytest.mark.parametrize("read", [recordings_of_gpx, recordings_of_tcx])
def test_document_types_are_refused(attack: str, read: Any) -> None:
    """Before anything in them is expanded or fetched."""
    with pytest.raises(DocumentError, match="a document type"):
        read(attack.encode(), "bad.gpx", ASKED)


def test_an_encoding_that_nobody_knows_is_a_clear_error() -> None:
    """Not a traceback of the parser."""
    with pytest.raises(DocumentError, match="encoding"):
        recordings_of_gpx(b'<?xml version="1.0" encoding="klingon"?><gpx><trk/></gpx>', None, ASKED)


@pytest.mark.parametrize(
    ("raw", "name"),
    [(fit_file([RUN]), "run.fit"), (tcx_file([[(600.0, 2000.0)]]), "run.tcx"), (gpx_file([UP]), "run.gpx")],
    ids=["fit", "tcx", "gpx"],
)
def test_gzipped_and_in_an_archive(raw: bytes, name: str, tmp_path: Path) -> None:
    """As programs pack them, and under any name."""
    plain = logged(tmp_path, raw, "anything")
    assert len(plain.runs) == 1
    assert logged(tmp_path, gzip.compress(raw), f"{name}.gz").runs == plain.runs
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(f"activities/{name}", raw)
        archive.writestr(f"activities/{name}.gz", gzip.compress(raw + b""))
    log = logged(tmp_path, packed.getvalue(), "export.zip")
    assert len(log.runs) == 1  # the same twice is one
    assert any("twin" in str(each) or "same" in str(each) or "duplicate" in str(each) for each in log.remarks), (
        log.remarks
    )
