"""Laws of reading logs: nothing is lost, invented or dropped in silence, whatever the order, language or damage."""

from __future__ import annotations

import datetime as dt
import io
import pathlib
import tempfile
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st

from runstrong.codec import dumps
from runstrong.history.logs import log_of, read_log
from runstrong.history.opening import read_bytes
from runstrong.history.recorded import Asked, Recordings
from runstrong.model.errors import DocumentError
from runstrong.model.log import Log
from runstrong.model.value import evolve
from runstrong.model.words import Handling
from runstrong.testing.documents import full_logs
from runstrong.testing.exports import (
    LANGUAGES,
    Outing,
    garmin_csv,
    intervals_csv,
    intervals_json,
    outings,
    strava_csv,
    training_peaks_csv,
)

ASKED = Asked()
WRITERS = {
    "strava": strava_csv,
    "garmin": garmin_csv,
    "training-peaks": training_peaks_csv,
    "intervals-csv": intervals_csv,
    "intervals-json": intervals_json,
}


def told(raw: bytes | str, zone: dt.tzinfo | None = dt.UTC) -> Log:
    """Read one file's content as a log."""
    made = read_bytes(raw.encode() if isinstance(raw, str) else raw, "f", ASKED)
    return log_of([("f", made)], zone=zone) if isinstance(made, Recordings) else made


def bare(log: Log) -> Log:
    """Return a log as equality sees it, and with strength and other training alone by what all programs tell."""
    return evolve(log, remarks=())


def refused(error: DocumentError) -> None:
    """Check that an error says something."""
    assert error.problems
    assert all(problem.fact for problem in error.problems)


class TestLossless:
    """What is written out is read in again."""

    @given(full_logs())
    @settings(max_examples=40, deadline=None)
    def test_own_logs(self, log: Log) -> None:
        """A log of runstrong comes back equal, as YAML and as JSON."""
        folder = pathlib.Path(tempfile.mkdtemp())
        for format in ("yaml", "json"):
            place = folder / "whatever.csv"
            place.write_text(dumps(log, format), encoding="utf-8")
            assert read_log(place) == log

    @given(outings(), st.sampled_from(sorted(WRITERS)))
    @settings(max_examples=150, deadline=None)
    def test_exports(self, done: list[Outing], program: str) -> None:
        """Each run of an export stands in the log with its day, distance, duration and session RPE."""
        log = told(WRITERS[program](done))
        runs = [each for each in done if each.kind == "run"]
        assert [run.date for run in log.runs] == [each.start.date() for each in runs]
        exact = sorted((each.start.date(), each.meters, each.seconds) for each in runs)
        near = sorted((run.date, run.distance.km * 1000, run.duration.seconds) for run in log.runs)
        for (_, meters, seconds), (_, got, took) in zip(exact, near, strict=True):
            assert abs(got - meters) <= 1
            assert abs(took - seconds) < 0.01
        if program != "garmin":
            ratings = sorted((each.start.date(), each.rpe or -1) for each in runs)
            felt = sorted((run.date, run.session_rpe.score if run.session_rpe else -1) for run in log.runs)
            assert felt == ratings
        assert len(log.activities) == len(done) - len(runs)
        assert not any(remark.grave for remark in log.remarks)

    @given(outings(least=2))
    @settings(max_examples=40, deadline=None)
    def test_programs_agree(self, done: list[Outing]) -> None:
        """Programs that tell the same give the same runs."""
        csv, api = told(intervals_csv(done)), told(intervals_json(done))
        assert csv == api
        assert [run.distance for run in told(strava_csv(done)).runs] == [run.distance for run in csv.runs]


class TestOrder:
    """The order of rows has no meaning."""

    @given(outings(least=2), st.randoms(use_true_random=False), st.sampled_from(sorted(WRITERS)))
    @settings(max_examples=100, deadline=None)
    def test_rows_in_any_order(self, done: list[Outing], random: object, program: str) -> None:
        """Rows in any order give the same log."""
        shuffled = list(done)
        random.shuffle(shuffled)  # type: ignore[attr-defined]
        assert told(WRITERS[program](shuffled)) == told(WRITERS[program](done))

    @given(outings(least=2), st.randoms(use_true_random=False))
    @settings(max_examples=60, deadline=None)
    def test_duplicates_in_any_order(self, done: list[Outing], random: object) -> None:
        """So they do where two devices tell the same."""
        twice = done + [evolve(each, start=each.start + dt.timedelta(seconds=40), title="watch") for each in done]
        shuffled = list(twice)
        random.shuffle(shuffled)  # type: ignore[attr-defined]
        assert told(intervals_json(shuffled)).runs == told(intervals_json(twice)).runs


class TestLanguages:
    """The language of an account changes nothing."""

    @given(outings(), st.sampled_from(sorted(LANGUAGES)))
    @settings(max_examples=150, deadline=None)
    def test_strava(self, done: list[Outing], language: str) -> None:
        """Headers, sports, dates and decimals of Strava in nine languages."""
        assert told(strava_csv(done, language)) == told(strava_csv(done))

    @given(outings(), st.sampled_from(sorted(LANGUAGES)))
    @settings(max_examples=150, deadline=None)
    def test_garmin(self, done: list[Outing], language: str) -> None:
        """Headers and sports of Garmin Connect in nine languages."""
        assert told(garmin_csv(done, language)) == told(garmin_csv(done))

    @given(outings())
    @settings(max_examples=60, deadline=None)
    def test_decimals(self, done: list[Outing]) -> None:
        """A decimal comma equals a decimal point, with thousands parted by the other."""
        # Three decimals look like thousands, but not where another figure of the column has more than one mark.
        done = [*done, Outing(dt.datetime(2027, 3, 1, 6), "ride", 1_234_567.0, 90_000)]  # noqa: DTZ001
        assert told(garmin_csv(done, decimal=",")) == told(garmin_csv(done))

    @given(outings(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]))
    @settings(max_examples=60, deadline=None)
    def test_encodings(self, done: list[Outing], encoding: str) -> None:
        """Nor does the encoding."""
        text = strava_csv(done, "de", end="\r\n")
        assert told(text.encode(encoding)) == told(text)


class TestDamage:
    """A damaged file gives a log that tells of the damage, or an error of ours: never a crash, never a silent half."""

    @given(outings(least=3), st.sampled_from(sorted(WRITERS)), st.data())
    @settings(max_examples=300, deadline=None)
    def test_cut_anywhere(self, done: list[Outing], program: str, data: st.DataObject) -> None:
        """A file cut inside a row is told, and its log holds the rows before the cut and vouches for no day after."""
        raw = WRITERS[program](done).encode()
        cut = data.draw(st.integers(0, len(raw) - 1))
        try:
            log = told(raw[:cut])
        except DocumentError as error:
            refused(error)
            return
        if raw[cut - 1 : cut] not in (b"\n", b"\r") and raw[cut : cut + 1] not in (b"\n", b"\r"):
            assert any(remark.grave or "does not end" in remark.what for remark in log.remarks)
        whole = told(raw)
        for run in log.runs[:-1]:
            assert run in whole.runs
        last = max((each.start.date() for each in done), default=None)
        if len(log.runs) + len(log.activities) < len(done):
            assert not any(part.last > last for part in log.coverage if last is not None)

    @given(outings(least=3), st.sampled_from(sorted(WRITERS)), st.data())
    @settings(max_examples=400, deadline=None)
    def test_flipped_bytes(self, done: list[Outing], program: str, data: st.DataObject) -> None:
        """With bytes flipped, what is missing from the log is told."""
        raw = bytearray(WRITERS[program](done).encode())
        at = data.draw(st.integers(0, len(raw) - 1))
        for place in range(at, min(len(raw), at + data.draw(st.integers(1, 12)))):
            raw[place] ^= data.draw(st.integers(1, 255))
        try:
            log = told(bytes(raw))
        except DocumentError as error:
            refused(error)
            return
        if len(log.runs) + len(log.activities) < len(done):
            assert any(remark.grave or remark.handling is Handling.PASSED_BY for remark in log.remarks)
        known = sum(run.distance is not None for run in log.runs)
        if known < sum(each.kind == "run" for each in done):
            assert any(remark.grave or "without a distance" in remark.what for remark in log.remarks)

    @given(outings(least=2), st.data())
    @settings(max_examples=150, deadline=None)
    def test_damaged_archives(self, done: list[Outing], data: st.DataObject) -> None:
        """So it is with an archive, flipped or cut."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("export_1/activities.csv", strava_csv(done))
            archive.writestr("export_1/profile.csv", "Athlete ID,Name\n1,x\n")
            archive.writestr("export_1/activities/1.fit.gz", b"\x1f\x8b..")
        raw = bytearray(out.getvalue())
        if data.draw(st.booleans()):
            raw = raw[: data.draw(st.integers(0, len(raw) - 1))]
        else:
            at = data.draw(st.integers(0, len(raw) - 1))
            raw[at] ^= data.draw(st.integers(1, 255))
        place = pathlib.Path(tempfile.mkdtemp()) / "export.bin"
        place.write_bytes(raw)
        try:
            log = read_log(place, zone=dt.UTC)
        except DocumentError as error:
            refused(error)
            return
        assert len(log.runs) + len(log.activities) == len(done) or any(remark.grave for remark in log.remarks)

    @given(st.binary(max_size=300))
    @settings(max_examples=300, deadline=None)
    def test_any_bytes(self, raw: bytes) -> None:
        """Whatever stands in a file, the answer is a log or an error of ours."""
        try:
            log = told(raw)
        except DocumentError as error:
            refused(error)
            return
        assert isinstance(log, Log)


class TestDuplicates:
    """Each activity stands once, and what is two stays two."""

    @given(outings(), st.integers(-200, 200), st.floats(0.97, 1.03))
    @settings(max_examples=100, deadline=None)
    def test_two_devices(self, done: list[Outing], late: int, share: float) -> None:
        """What a second device tells, a little later and a little longer, is found and told."""
        second = [
            evolve(
                each,
                start=each.start + dt.timedelta(seconds=late),
                meters=None if each.meters is None else round(each.meters * share),
                title="",
                note="",
            )
            for each in done
        ]
        log = told(intervals_json([*done, *second]))
        assert len(log.runs) + len(log.activities) == len(done)
        doubles = [remark for remark in log.remarks if remark.handling is Handling.PASSED_BY]
        assert len(doubles) == len(done)

    @given(outings(), st.sampled_from(["garmin", "strava", "intervals-json"]))
    @settings(max_examples=60, deadline=None)
    def test_two_programs(self, done: list[Outing], other: str) -> None:
        """Two programs that tell of the same weeks give each run once, with the session RPE that one of them knows."""
        files = [(name, read_bytes(WRITERS[name](done).encode(), name, ASKED)) for name in ("intervals-csv", other)]
        log = log_of(files, zone=dt.UTC)  # type: ignore[arg-type]
        alone = told(intervals_csv(done))
        assert [(run.date, run.session_rpe) for run in log.runs] == [(run.date, run.session_rpe) for run in alone.runs]

    @given(outings(least=2))
    @settings(max_examples=60, deadline=None)
    def test_real_doubles_stay(self, done: list[Outing]) -> None:
        """Two runs on one day, hours apart, stay two though they are alike."""
        twins = [evolve(each, start=each.start + dt.timedelta(hours=2, minutes=10)) for each in done]
        log = told(intervals_json([*done, *twins]))
        assert len(log.runs) + len(log.activities) == 2 * len(done)
