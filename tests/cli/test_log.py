"""``runstrong log``, and logs of other programs where a log is asked for."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import runstrong as rs
from runstrong.cli.main import main
from runstrong.testing.exports import Outing, garmin_csv, intervals_json, strava_csv

ROOT = Path(__file__).parents[2]
EXPORT = str(ROOT / "examples" / "activities.csv")
RUNNER = str(ROOT / "examples" / "runner.yaml")
ZONE = ("--zone", "Europe/Berlin")
SIX = dt.datetime(2027, 1, 4, 6)  # noqa: DTZ001 - local time, as files tell it

Said = pytest.CaptureFixture[str]


def test_totals(capsys: Said) -> None:
    """It prints totals, the days vouched for, and how the file was read."""
    assert main(["log", EXPORT, *ZONE]) == 0
    told = capsys.readouterr().out
    for line in (
        "2027-01-04 to 2027-01-31", "12, 129.8 km, 12.3 h", "4 easy, 4 intervals, 4 long", "felt for 12 of 12",
        "4 cycling, 4 strength training", "2027-01-04 to 2027-01-31: runs", "4 runs of no stated kind: taken as easy",
    ):  # fmt: skip
        assert line in told


def test_what_could_not_be_read(capsys: Said, tmp_path: Path) -> None:
    """What could not be read comes first, with its line, and the exit code says so."""
    place = tmp_path / "x.csv"
    place.write_text(strava_csv([Outing(SIX), Outing(SIX + dt.timedelta(days=1))]).replace("Run", "Quidditch", 1))
    assert main(["log", str(place)]) == 1
    told = " ".join(capsys.readouterr().out.split())
    assert "Could not be read (1)" in told
    assert f"{place}: line 2: sport 'Quidditch': not known" in told


def test_nothing(capsys: Said, tmp_path: Path) -> None:
    """An export without a row says so."""
    place = tmp_path / "x.csv"
    place.write_text(strava_csv([]))
    assert main(["log", str(place)]) == 0
    assert "nothing in it" in capsys.readouterr().out


@pytest.mark.parametrize("form", ["yaml", "json"])
def test_written_as_a_log(capsys: Said, tmp_path: Path, form: str) -> None:
    """As YAML or JSON it is a log of runstrong; what there is to tell goes to standard error."""
    place = tmp_path / f"log.{form}"
    assert main(["log", EXPORT, *ZONE, "--format", form, "--out", str(place)]) == 0
    assert "taken as easy" in capsys.readouterr().err
    assert rs.load(place) == rs.read_log(EXPORT, zone="Europe/Berlin")


def test_several_files(capsys: Said, tmp_path: Path) -> None:
    """Files of two programs are put together, each activity once."""
    (tmp_path / "a").write_text(garmin_csv([Outing(SIX), Outing(SIX + dt.timedelta(days=2))]))
    (tmp_path / "b").write_text(intervals_json([Outing(SIX, rpe=4)]))
    assert main(["log", str(tmp_path / "a"), str(tmp_path / "b")]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "2, 16.0 km, 1.5 h" in told
    assert "the same activity as" in told
    assert "felt for 1 of 2" in told


def test_estimates(capsys: Said, tmp_path: Path) -> None:
    """Estimates are made when asked for, and counted apart; without what they need they are refused."""
    place = tmp_path / "x"
    place.write_text(intervals_json([Outing(SIX, heart_rate=150), Outing(SIX + dt.timedelta(days=1), rpe=3)]))
    assert main(["log", str(place), "--estimate-rpe", "heart-rate"]) == 2
    assert "max_heart_rate" in capsys.readouterr().err
    assert main(["log", str(place), "--estimate-rpe", "heart-rate", "--max-heart-rate", "188"]) == 0
    assert "felt for 1 of 2, 1 estimated" in capsys.readouterr().out


def test_no_log(capsys: Said, tmp_path: Path) -> None:
    """What is no log ends with 2 and says what would be one."""
    place = tmp_path / "x"
    place.write_bytes(b"\x7fELF")
    assert main(["log", str(place)]) == 2
    assert "Strava" in capsys.readouterr().err


def test_check_takes_an_export(capsys: Said) -> None:
    """An export is audited with its runner; that it was read in a certain way is said in one line."""
    code = main(["check", EXPORT, RUNNER, *ZONE, "--select", "TM01"])
    streams = capsys.readouterr()
    assert code in (0, 1)
    assert "rule" in streams.out
    assert streams.err.splitlines() == [f"{EXPORT}: runstrong log {EXPORT} tells how it was read"]


def test_check_says_what_is_missing(capsys: Said, tmp_path: Path) -> None:
    """Of many faults it says the first, and where the rest are told."""
    done = [Outing(SIX + dt.timedelta(days=n)) for n in range(9)]
    place = tmp_path / "x.csv"
    place.write_text(strava_csv(done).replace(",Run,", ",Quidditch,", 8))
    main(["check", str(place), RUNNER, "--select", "TM01"])
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 6
    assert "3 more that could not be read" in lines[-1]


def test_next_takes_an_export(capsys: Said) -> None:
    """So does the next session."""
    assert main(["next", RUNNER, "--log", EXPORT, *ZONE, "--today", "2027-02-01"]) == 0
    streams = capsys.readouterr()
    assert streams.out
    assert "tells how it was read" in streams.err
