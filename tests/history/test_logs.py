"""Reading logs of other programs: one small synthetic file for each way in which such files differ."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import zipfile
from pathlib import Path

import pytest

import runstrong as rs
from runstrong.history.cells import decimals_of, length_of, number_of, plain, when_of
from runstrong.history.logs import log_of
from runstrong.history.opening import is_document, read_bytes
from runstrong.history.recorded import Asked, Recorded, RecordedExercise, RecordedSet, Recordings
from runstrong.history.sports import Family, sport_of
from runstrong.testing.exports import LANGUAGES, Outing, garmin_csv, intervals_json, strava_csv, training_peaks_csv

MONDAY = dt.date(2027, 1, 4)
SIX = dt.datetime(2027, 1, 4, 6)  # noqa: DTZ001 - local time, as files tell it


def read(text: str | bytes, *, zone: dt.tzinfo | None = dt.UTC, units: str | None = None) -> rs.Log:
    """Read one file's content as a log."""
    raw = text.encode() if isinstance(text, str) else text
    made = read_bytes(raw, "file", Asked(units))  # type: ignore[arg-type]
    assert isinstance(made, Recordings)
    return log_of([("file", made)], zone=zone)


def told(log: rs.Log, words: str) -> list[rs.Remark]:
    """Return the remarks that hold these words."""
    return [remark for remark in log.remarks if words in str(remark)]


STRAVA = (
    "Activity ID,Activity Date,Activity Name,Activity Type,Elapsed Time,Distance,Moving Time,Distance,"
    "Perceived Exertion"
)
GARMIN = "Activity Type,Date,Favorite,Title,Distance,Calories,Time,Avg HR,Max HR"
PEAKS = (
    "Title,WorkoutType,WorkoutDescription,PlannedDuration,PlannedDistanceInMeters,WorkoutDay,CoachComments,"
    "DistanceInMeters,TimeTotalInHours,Rpe,Feeling"
)


WIDE = {
    "en": (
        "Activity ID|Activity Date|Activity Name|Activity Type|Activity Description|Elapsed Time|Distance|"
        "Max Heart Rate|"
        "Relative Effort|Commute|Activity Private Note|Activity Gear|Filename|Athlete Weight|Bike Weight|Elapsed Time|"
        "Moving Time|Distance|Max Speed|Average Speed|Elevation Gain|Elevation Loss|Elevation Low|"
        "Elevation High|Max Grade|"
        "Average Grade|Average Positive Grade|Average Negative Grade|Max Cadence|Average Cadence|Max Heart Rate|"
        "Average Heart Rate|Max Watts|Average Watts|Calories|Max Temperature|Average Temperature|"
        "Relative Effort|Total Work|"
        "Number of Runs|Uphill Time|Downhill Time|Other Time|Perceived Exertion|Type|Start Time|Weighted Average Power|"
        "Prefer Perceived Exertion|Perceived Relative Effort|Commute|Grade Adjusted Distance|Dirt Distance|Timer Time|"
        "Recovery|Competition|Long Run|Downhill Distance|Media"
    ),
    "de": (
        "Aktivitäts-ID|Aktivitätsdatum|Name der Aktivität|Aktivitätsart|Aktivitätsbeschreibung|"
        "Verstrichene Zeit|Distanz|"
        "Max. Herzfrequenz|Relative Leistung|Pendeln|Hinweis zur Privatsphäre für Aktivitäten|"
        "Aktivitätsausrüstung|Dateiname|"
        "Sportlergewicht|Fahrradgewicht|Verstrichene Zeit|Bewegungszeit|Distanz|Höchstgeschw.|"
        "Durchschnittliche Geschwindigkeit|Höhenzunahme|Höhenunterschied|Min. Höhe|Max. Höhe|Max. Steigung|"
        "Durchschnittliche Steigung|Durchschnittliche positive Steigung|Durchschnittliche negative Steigung|"
        "Max. Tritt-/Schrittfrequenz|Durchschnittliche Trittfrequenz|Max. Herzfrequenz|Durchschnittliche Herzfrequenz|"
        "Max. Watt|Durchschnittliche Watt|Kalorien|Max. Temperatur|Durchschnittliche Temperatur|Relative Leistung|"
        "Gesamtarbeit|Anzahl Läufe|Bergaufzeit|Bergabzeit|Andere Zeit|Gefühlte Anstrengung|Art|Startzeit|"
        "Gefühlte Anstrengung verwenden|Gefühlte relative Leistung|Pendeln|Auf Steigung angepasste Distanz|Medien"
    ),
}
"""What stands at the top of a bulk export, near its full width."""


class TestStrava:
    """The bulk export of Strava."""

    def test_the_last_distance_counts(self) -> None:
        """Of two columns named Distance the last, in meters, is the exact one."""
        log = read(f'{STRAVA}\n1,"Sep 27, 2022, 10:26:07 PM",x,Run,2500,8.01,2400,8012.3,\n')
        assert log.runs[0].distance == rs.km(8.0123)

    def test_one_distance_column_says_by_its_place_what_it_is_in(self) -> None:
        """Before the moving time it is kilometers, after it meters."""
        top = "Activity ID,Activity Date,Activity Type,Elapsed Time"
        before = f"{top},Distance,Moving Time\n1,2027-01-04 06:00:00,Run,2500,8.01,2400\n"
        after = f"{top},Moving Time,Distance\n1,2027-01-04 06:00:00,Run,2500,2400,8012\n"
        assert read(before).runs[0].distance == rs.km(8.01)
        assert read(after).runs[0].distance == rs.km(8.012)

    def test_the_same_figure_twice_is_kilometers(self) -> None:
        """Where both columns hold one figure that can only be kilometers, that is told."""
        log = read(f'{STRAVA}\n1,"Sep 27, 2022, 10:26:07 PM",x,Run,2500,"2,81",1390,"2,81",\n')
        assert log.runs[0].distance == rs.km(2.81)
        assert told(log, "both columns for distance")

    @pytest.mark.parametrize("language", ["en", "de"])
    def test_the_whole_width(self, language: str) -> None:
        """In the full width of an export, with columns that share a name, each figure is found."""
        top = WIDE[language].split("|")
        row = [""] * len(top)
        date = {"en": "Sep 20, 2026, 2:12:12 PM", "de": "20.09.2026, 14:12:12"}[language]
        row[:8] = ["7", date, "x", {"en": "Run", "de": "Lauf"}[language], "", "9999", "99.9", "199"]
        row[15:18], row[30], row[31], row[43] = ["2500.0", "2400.0", "8000.0"], "171", "150", "6.0"
        log = read("\n".join(",".join(f'"{cell}"' for cell in cells) for cells in (top, row)) + "\n")
        assert log.runs == (
            rs.Run(
                date=dt.date(2026, 9, 20),
                day_part=rs.DayPart.MIDDAY,
                distance=rs.km(8),
                duration=rs.minutes(40),
                session_rpe=rs.SessionRPE(6),
            ),
        )
        assert not [remark for remark in log.remarks if remark.grave]

    def test_notes_like_rows(self) -> None:
        """Commas and dates in a note of several lines cost no run."""
        note = "laps:\n1:20, 1:19, 1:21, 1:22, 1:20, 1:19, 1:18, 1:20, 1:21, 1:19\nas on, 2026-05-01, but, better"
        log = read(strava_csv([Outing(SIX, note=note), Outing(SIX + dt.timedelta(days=1), note="fine")]))
        assert len(log.runs) == 2
        assert not [remark for remark in log.remarks if remark.grave]

    def test_a_quote_that_eats_a_row(self) -> None:
        """A note whose quote never closes takes no figures from the next row: its own row is told as damaged."""
        top = "id,date,name,type,description,elapsed_time,distance,commute,gear,filename"
        rows = '{0},2018-05-0{0} 05:59:50,x,Run,"note, {0}",1800,500{0}.0,false,,activities/{0}.gpx\n'
        text = f"{top}\n{rows.format(1)}{rows.format(2)}{rows.format(3)}"
        log = read(text.replace('"note, 1"', '"note, 1'))
        assert [run.distance for run in log.runs] == [rs.km(5.002), rs.km(5.003)]
        assert [remark.date for remark in log.remarks if remark.grave] == [dt.date(2018, 5, 1)]

        # Where the quote that opens the next note is lost too, the quotes are balanced again.
        log = read(text.replace('"note, 1"', '"note, 1').replace('"note, 2"', 'note, 2"'))
        assert [run.distance for run in log.runs] == [rs.km(5.003)]
        assert [remark.date.day for remark in log.remarks if remark.grave and remark.date] == [1, 2]

    @pytest.mark.parametrize("heading", ["Moving Time", "Distance", "Elapsed Time", "Activity ID"])
    def test_a_damaged_header(self, heading: str) -> None:
        """A header that cannot be read never turns meters into kilometers."""
        text = strava_csv([Outing(SIX, meters=8000.0)])
        damaged = text.replace(heading, heading[:-1] + "#", 1)
        assert read(damaged).runs[0].distance == rs.km(8)

    def test_old_exports(self) -> None:
        """Older exports are in small letters, in meters, with ISO dates."""
        top = "id,date,name,type,description,elapsed_time,distance,commute,gear,filename"
        log = read(f"{top}\n7,2018-05-02 05:59:50,Morning Run,Run,,1800,5012.3,false,,activities/7.gpx\n")
        run = log.runs[0]
        assert (run.date, run.distance, run.duration) == (dt.date(2018, 5, 2), rs.km(5.0123), rs.minutes(30))

    def test_notes_of_several_lines_and_markup(self) -> None:
        """A note may hold newlines, commas and quotes, and a header HTML."""
        top = STRAVA.replace("Activity Name", "Activity Description").replace(
            "Perceived Exertion", "<b>Perceived Exertion</b>"
        )
        log = read(f'{top}\n1,"Jan 4, 2027, 6:00:00 AM","hot,\nvery ""hot""\n\n",Run,2500,8.0,2400,8000,6.0\n')
        assert len(log.runs) == 1
        assert log.runs[0].session_rpe == rs.SessionRPE(6)

    def test_races_and_long_runs_are_marked(self) -> None:
        """What the runner ticked in the program says what a run was for."""
        top = f"{STRAVA},Competition,Long Run"
        rows = '{},"Jan {}, 2027, 6:00:00 AM",x,Run,2500,8.0,2400,8000,,{}\n'
        rows = rows.format(1, 4, "1.0,") + rows.format(2, 6, ",1.0")
        assert [run.kind for run in read(f"{top}\n{rows}").runs] == [rs.RunKind.RACE, rs.RunKind.LONG]

    def test_times_are_utc(self) -> None:
        """Without a zone dates stay those of UTC, the part of the day unknown, and that is told; with one they move."""
        text = f'{STRAVA}\n1,"Jan 4, 2027, 11:30:00 PM",x,Run,2500,8.0,2400,8000,\n'
        log = read(text, zone=None)
        assert (log.runs[0].date, log.runs[0].day_part) == (MONDAY, rs.DayPart.UNKNOWN)
        assert told(log, "times in UTC")
        there = read(text, zone=dt.timezone(dt.timedelta(hours=9)))
        assert (there.runs[0].date, there.runs[0].day_part) == (dt.date(2027, 1, 5), rs.DayPart.MORNING)
        assert not told(there, "times in UTC")

    @pytest.mark.parametrize("language", sorted(LANGUAGES))
    def test_languages(self, language: str) -> None:
        """Each sport is known in each language."""
        done = [Outing(SIX + dt.timedelta(days=n), kind) for n, kind in enumerate(("run", "ride", "swim", "strength"))]
        log = read(strava_csv(done, language))
        assert [each.name for each in log.activities] == ["cycling", "swimming", "strength training"]
        assert len(log.runs) == 1
        assert not [remark for remark in log.remarks if remark.grave]

    @pytest.mark.parametrize("month", range(1, 13))
    @pytest.mark.parametrize("language", sorted(LANGUAGES))
    def test_months(self, language: str, month: int) -> None:
        """Each month is known in each language."""
        log = read(strava_csv([Outing(dt.datetime(2026, month, 9, 18, 5, 7))], language))  # noqa: DTZ001
        assert (log.runs[0].date, log.runs[0].day_part) == (dt.date(2026, month, 9), rs.DayPart.EVENING)


class TestGarmin:
    """The list of activities of Garmin Connect."""

    def test_dashes_are_nothing(self) -> None:
        """Two dashes stand for what was not recorded."""
        log = read(f'{GARMIN}\nRunning,2027-01-04 06:00:00,false,"x","--","--","00:31:12.4","--","--"\n')
        assert log.runs[0].distance is None
        assert log.runs[0].duration == rs.seconds(1872.4)

    def test_thousands(self) -> None:
        """A comma before three digits parts thousands, where nothing speaks against it."""
        log = read(
            f'{GARMIN}\nPool Swim,2027-01-04 06:00:00,false,x,"1,500",--,00:40:00,--,--\n'
            'Running,2027-01-05 06:00:00,false,x,"10.02","1,020",00:55:00,--,--\n'
        )
        assert log.runs[0].distance == rs.km(10.02)

    def test_decimal_commas(self) -> None:
        """A column that shows decimal commas is read so throughout."""
        log = read(
            f'{GARMIN}\nRunning,2027-01-04 06:00:00,false,x,"7,00",--,00:40:00,--,--\n'
            'Running,2027-01-05 06:00:00,false,x,"10,125",--,00:55:00,--,--\n'
        )
        assert [run.distance for run in log.runs] == [rs.km(7), rs.km(10.125)]

    def test_track_runs_and_swims_are_in_meters(self) -> None:
        """On the track and in the water the figure is meters."""
        log = read(f'{GARMIN}\nTrack Running,2027-01-04 06:00:00,false,x,"5,000.00","--",00:25:00,--,--\n')
        assert log.runs[0].distance == rs.km(5)

    def test_a_track_run_in_kilometers(self) -> None:
        """A track run whose figure as meters would be slower than walking is in kilometers after all."""
        log = read(f'{GARMIN}\nTrack Running,2027-01-04 06:00:00,false,x,"5.02","--",00:25:00,--,--\n')
        assert log.runs[0].distance == rs.km(5.02)

    @pytest.mark.parametrize("header", ["Distance (mi)", "Distance [miles]", "Distance mi"])
    def test_miles_by_header(self, header: str) -> None:
        """A header may name the unit."""
        text = garmin_csv([Outing(SIX, meters=8046.72)], unit="miles").replace("Distance", header)
        assert read(text).runs[0].distance.km == pytest.approx(8.04672)

    def test_miles_when_asked_for(self) -> None:
        """Where nothing names the unit, kilometers are taken and told, unless miles are asked for."""
        text = garmin_csv([Outing(SIX, meters=8046.72)], unit="miles")
        log = read(text)
        assert log.runs[0].distance == rs.km(5)
        assert told(log, "say units='miles'")
        asked = read(text, units="miles")
        assert asked.runs[0].distance.km == pytest.approx(8.04672)
        assert not told(asked, "unit")

    def test_a_unit_in_the_cell(self) -> None:
        """A cell may name the unit."""
        log = read(f'{GARMIN}\nRunning,2027-01-04 06:00:00,false,x,"6.2 mi","--",01:00:00,--,--\n')
        assert log.runs[0].distance.km == pytest.approx(9.977933)

    def test_names_of_the_watch_say_nothing(self) -> None:
        """A title made of place and sport is no word about the run: hills in a city's name are no hill run."""
        log = read(f'{GARMIN}\nRunning,2027-01-04 06:00:00,false,"Beverly Hills Running","8.00","--",00:45:00,--,--\n')
        assert log.runs[0].kind is rs.RunKind.EASY

    def test_faster_than_anyone(self) -> None:
        """A distance that nobody runs in that time stays unknown, and is told."""
        log = read(f'{GARMIN}\nRunning,2027-01-04 06:00:00,false,x,"800","--",00:45:00,--,--\n')
        assert log.runs[0].distance is None
        assert told(log, "faster than anyone runs")[0].grave

    def test_slashes(self) -> None:
        """Dates with slashes are read where the column shows which comes first, and told where it does not."""
        rows = "{}\nRunning,{},false,x,8.0,1,00:45:00,--,--\nRunning,{},false,x,8.0,1,00:45:00,--,--\n"
        assert [run.date for run in read(rows.format(GARMIN, "13/4/2026 8:00", "1/4/2026 8:00")).runs] == [
            dt.date(2026, 4, 1), dt.date(2026, 4, 13)
        ]  # fmt: skip
        unclear = read(rows.format(GARMIN, "1/4/2026 8:00", "2/4/2026 8:00"))
        assert not unclear.runs
        assert len(told(unclear, "day and month cannot be told apart")) == 2


class TestTrainingPeaks:
    """The workout summary of TrainingPeaks."""

    def test_planned_rows_are_passed_by(self) -> None:
        """A row with nothing done is no run, and each is told."""
        log = read(f'{PEAKS}\nTempo,Run,"3 x 10\nmin",1,,2027-01-05,,,,,\nEasy,Run,,0.75,,2027-01-04,,8000,0.8,3,\n')
        assert [run.date for run in log.runs] == [MONDAY]
        assert [remark.date for remark in told(log, "planned, with nothing done")] == [dt.date(2027, 1, 5)]

    def test_hours_and_ratings(self) -> None:
        """Time is in hours, and the session RPE is taken."""
        run = read(f"{PEAKS}\nEasy,Run,,,,2027-01-04,,8000,0.8,3,\n").runs[0]
        assert (run.duration, run.session_rpe, run.day_part) == (rs.minutes(48), rs.SessionRPE(3), rs.DayPart.UNKNOWN)

    def test_strength_and_days_off(self) -> None:
        """Strength is other training without exercises; a day off is none."""
        log = read(f"{PEAKS}\nGym,Strength,,,,2027-01-04,,,1,6,\nRest,Day Off,,,,2027-01-05,,,,,5\n")
        assert [(each.name, each.session_rpe) for each in log.activities] == [("strength training", rs.SessionRPE(6))]
        assert told(log, "no training")
        assert told(log, "without exercises")

    def test_two_alike_on_a_day_stay_two(self) -> None:
        """Without times, rows of one file are never taken for the same."""
        log = read(training_peaks_csv([Outing(SIX), Outing(SIX)]))
        assert len(log.runs) == 2


class TestIntervals:
    """Activities of intervals.icu."""

    def test_json(self) -> None:
        """Meters and seconds, local time, icu_rpe, and the race flag."""
        entry = json.loads(intervals_json([Outing(SIX, rpe=8)]))[0] | {"race": True, "name": "City 5"}
        run = read(json.dumps([entry])).runs[0]
        assert (run.kind, run.session_rpe, run.day_part) == (rs.RunKind.RACE, rs.SessionRPE(8), rs.DayPart.MORNING)

    def test_entries_that_are_none(self) -> None:
        """What is no activity is told, and no day is vouched for, as its day is not known."""
        log = read(intervals_json([Outing(SIX), Outing(SIX + dt.timedelta(days=3))])[:-1] + ', 7, {"id": 1}]')
        assert len(log.runs) == 2
        assert not log.coverage
        assert len([remark for remark in log.remarks if remark.grave]) == 2

    def test_two_entries_run_into_one(self) -> None:
        """Where damage has run two entries into one, no figure of the second passes for one of the first."""
        text = intervals_json([Outing(SIX), Outing(SIX + dt.timedelta(days=1), meters=9999.0)])
        with pytest.raises(rs.DocumentError, match="twice"):
            read(text.replace('"description": ""}, {', '"description": "", ', 1))

    @pytest.mark.parametrize(
        "text", ['[{"start_date_local": NaN}]', "[" * 100_000, '{"a": 1}', "[1, 2]", '[{"start_date_local"']
    )
    def test_other_json(self, text: str) -> None:
        """Other JSON, broken or deep, is a clear error."""
        with pytest.raises(rs.DocumentError, match="JSON"):
            read(text)


def test_stubs_without_a_sport() -> None:
    """An entry that gives away neither sport nor distance may be a run: it is told, and its day not vouched for."""
    entries = json.loads(intervals_json([Outing(SIX), Outing(SIX + dt.timedelta(days=2))]))
    stub = {"id": "1", "start_date_local": "2027-01-05T06:00:00", "source": "STRAVA"}
    log = read(json.dumps([*entries, stub]))
    assert told(log, "an activity without a sport")[0].grave
    assert [(part.first.day, part.last.day) for part in log.coverage] == [(4, 4), (6, 6)]


class TestPacked:
    """Archives and packed files."""

    def zipped(self, place: Path, files: dict[str, bytes]) -> Path:
        """Write an archive."""
        with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, raw in files.items():
                archive.writestr(name, raw)
        return place

    def test_the_table_among_thousands(self, tmp_path: Path) -> None:
        """The export is found among thousands of files, wherever it stands and whatever it is called."""
        table = strava_csv([Outing(SIX), Outing(SIX + dt.timedelta(days=1))]).encode()
        files = {f"activities/{n}.fit.gz": b"\x1f\x8bxx" for n in range(2000)}
        for name in ("activities.csv", "export_77/list", "../../activities.csv", "/etc/x.csv"):
            log = rs.read_log(
                self.zipped(tmp_path / "export", {"profile.csv": b"a,b\n1,2\n", **files, name: table}), zone=dt.UTC
            )
            assert len(log.runs) == 2
            assert told(log, "2001 other files")
        assert not list(tmp_path.glob("**/*.csv"))

    def test_bombs(self, tmp_path: Path) -> None:
        """A file that grows far beyond any log is refused before it is read whole."""
        place = self.zipped(tmp_path / "bomb.zip", {"activities.csv": STRAVA.encode() + b"\n" + b" " * (64 * 2**20)})
        with pytest.raises(rs.DocumentError, match="more than can be a training log"):
            rs.read_log(place)
        packed = tmp_path / "bomb.csv.gz"
        packed.write_bytes(gzip.compress(STRAVA.encode() + b"\n" + b" " * (64 * 2**20)))
        with pytest.raises(rs.DocumentError, match="more than can be a training log"):
            rs.read_log(packed)

    def test_other_archives(self, tmp_path: Path) -> None:
        """An archive without a log is an error that names what it holds."""
        with pytest.raises(rs.DocumentError, match=r"'holiday.jpg'"):
            rs.read_log(self.zipped(tmp_path / "a.zip", {"holiday.jpg": b"\xff\xd8"}))

    def test_locked_archives(self, tmp_path: Path) -> None:
        """An archive that needs a password is an error."""
        place = self.zipped(tmp_path / "a.zip", {"activities.csv": strava_csv([Outing(SIX)]).encode()})
        raw = bytearray(place.read_bytes())
        for at in (6, raw.index(b"PK\x01\x02") + 8):
            raw[at] |= 1  # the flag for encrypted, in both headers
        place.write_bytes(raw)
        with pytest.raises(rs.DocumentError, match="encrypted"):
            rs.read_log(place)

    def test_gzip(self, tmp_path: Path) -> None:
        """A packed table is read; one that breaks off is read as far as it goes and told."""
        place = tmp_path / "x"
        done = [Outing(SIX + dt.timedelta(days=n), title=f"run {n * 7919}") for n in range(400)]
        raw = gzip.compress(strava_csv(done).encode())
        place.write_bytes(raw)
        assert len(rs.read_log(place, zone=dt.UTC).runs) == 400
        place.write_bytes(raw[: len(raw) // 2])
        log = rs.read_log(place, zone=dt.UTC)
        assert 0 < len(log.runs) < 400
        assert told(log, "breaks off")
        assert max(part.last for part in log.coverage) < max(run.date for run in log.runs)


class TestLetters:
    """Encodings."""

    def test_windows(self) -> None:
        """What is not UTF-8 is read as Windows-1252, and told."""
        log = read(strava_csv([Outing(SIX, title="Fußweg")], "de").encode("cp1252"))
        assert len(log.runs) == 1
        assert told(log, "Windows-1252")

    def test_a_damaged_letter(self) -> None:
        """One damaged letter among sound ones costs no header."""
        raw = strava_csv([Outing(SIX, title="Fußweg")], "de").encode().replace("Fußweg".encode(), b"Fu\xc3weg")
        log = read(raw)
        assert len(log.runs) == 1
        assert told(log, "damaged")


class TestCoverage:
    """The days that a log vouches for."""

    def rows(self, *days: int) -> list[Outing]:
        """Return runs on days after a Monday."""
        return [Outing(SIX + dt.timedelta(days=day)) for day in days]

    def test_from_first_to_last(self) -> None:
        """An export vouches for runs from its first to its last activity, of any sport, and not for strength."""
        log = read(intervals_json([*self.rows(2, 9), Outing(SIX, "ride")]))
        assert log.coverage == (rs.Coverage(first=MONDAY, last=dt.date(2027, 1, 13)),)
        assert not log.covers(MONDAY, "strength")

    def test_a_day_that_could_not_be_read(self) -> None:
        """A day with a damaged row is not vouched for."""
        lines = strava_csv(self.rows(0, 2, 4, 6)).splitlines()
        lines[2] = lines[2].replace(",Run,", ",Run,,,,")
        log = read("\n".join(lines) + "\n")
        assert len(log.runs) == 3
        assert [(part.first.day, part.last.day) for part in log.coverage] == [(4, 5), (7, 10)]
        assert [remark.date for remark in log.remarks if remark.grave] == [dt.date(2027, 1, 6)]

    def test_a_day_that_cannot_even_be_told(self) -> None:
        """Where the day of a damaged row is unknown, none is vouched for, and that is told."""
        log = read(strava_csv(self.rows(0, 2, 4)).replace("Jan 6, 2027", "Jam 6, 2027"))
        assert log.coverage == ()
        assert told(log, "an activity without a day")

    def test_a_file_that_breaks_off(self) -> None:
        """It vouches up to the day before the one where it breaks off; with the newest first, from the day after."""
        text = strava_csv(self.rows(0, 2, 4, 6))
        cut = text[: text.rindex("Jan 10")]
        assert [(part.first.day, part.last.day) for part in read(cut).coverage] == [(4, 7)]
        newest = strava_csv(self.rows(6, 4, 2, 0))
        cut = newest[: newest.rindex("Jan 4")]
        assert [(part.first.day, part.last.day) for part in read(cut).coverage] == [(7, 10)]
        mixed = strava_csv(self.rows(2, 6, 0, 4))
        assert read(mixed[: mixed.rindex("Jan 8")]).coverage == ()

    def test_long_silence(self) -> None:
        """A pause of more than a year is not vouched for: it may have been recorded elsewhere."""
        log = read(intervals_json(self.rows(0, 7, 500, 507)))
        assert len(log.coverage) == 2

    def test_an_unknown_sport(self) -> None:
        """A sport that is not known may be a run: its day is not vouched for."""
        log = read(
            strava_csv(self.rows(0, 2, 4)).replace(
                'Jan 6, 2027, 6:00:00 AM",,Run', 'Jan 6, 2027, 6:00:00 AM",,Quidditch'
            )
        )
        assert [each.name for each in log.activities] == ["Quidditch"]
        assert not log.covers(dt.date(2027, 1, 6), "runs")
        assert told(log, "Quidditch")[0].grave

    def test_overridden(self, tmp_path: Path) -> None:
        """The caller may vouch for other days, or for none."""
        place = tmp_path / "x"
        place.write_text(intervals_json(self.rows(0)))
        span = (dt.date(2026, 12, 1), dt.date(2027, 1, 31))
        assert rs.read_log(place, coverage=span).coverage == (rs.Coverage(first=span[0], last=span[1]),)
        assert rs.read_log(place, coverage=()).coverage == ()
        with pytest.raises(rs.InvalidValue, match="coverage"):
            rs.read_log(place, coverage=("2027-01-04",))  # type: ignore[arg-type]

    def test_single_activities_vouch_for_nothing(self) -> None:
        """A file of one activity says nothing about other days."""
        one = Recordings((Recorded("session 1", start=SIX, sport="running", distance=rs.km(8)),))
        log = log_of([("a.fit", one)])
        assert log.coverage == ()
        assert told(log, "says nothing of other days")

    def test_impossible_years(self) -> None:
        """A year that no log can hold is damage, and vouches for no millennia."""
        log = read(strava_csv(self.rows(0, 2)).replace("Jan 6, 2027", "Jan 6, 9027"))
        assert len(log.runs) == 1
        assert told(log, "no year from 1970")


class TestStrength:
    """Strength sessions that are told exercise by exercise."""

    def session(self, *exercises: RecordedExercise, day: int = 0) -> Recorded:
        """Return a session of them."""
        start = SIX + dt.timedelta(days=day)
        return Recorded(
            "session 1",
            start=start,
            sport="training",
            sub_sport="strength_training",
            exercises=exercises,
            moving=rs.minutes(40),
            session_rpe=6.0,
        )

    def test_exercises_of_the_catalog(self) -> None:
        """Known names become performances, with sets where both sides work together; strength is vouched for."""
        squat = RecordedExercise("Goblet Squat", (RecordedSet(10, 16.0), RecordedSet(8, 16.0)))
        raise_ = RecordedExercise("Single-leg calf raise", (RecordedSet(12),))
        found = Recordings(
            (
                self.session(squat, raise_),
                self.session(squat, day=4),
                Recorded("row", start=SIX + dt.timedelta(days=9), sport="running"),
            ),
            listing=True,
        )
        log = log_of([("a", found)])
        first = log.performances[0]
        assert (first.exercise, [one.amount for one in first.sets]) == ("goblet-squat", [rs.Reps(10), rs.Reps(8)])
        assert first.sets[0].load == rs.External(rs.kg(16))
        assert first.session_rpe == rs.SessionRPE(6)
        assert log.performances[1].sets == ()
        assert told(log, "which side")
        assert [log.covers(MONDAY + dt.timedelta(days=n), "strength") for n in (0, 2, 4, 5)] == [
            True,
            True,
            True,
            False,
        ]
        assert not log.activities

    def test_exercises_that_nobody_knows(self) -> None:
        """An exercise that the catalog lacks is told, and the strength of its day is not vouched for."""
        squat = RecordedExercise("Goblet Squat", (RecordedSet(10, 16.0),))
        odd = RecordedExercise("Moon Jump", (RecordedSet(10),))
        log = log_of([("a", Recordings((self.session(squat, odd), self.session(squat, day=2)), listing=True))])
        assert told(log, "Moon Jump")[0].grave
        assert not log.covers(MONDAY, "strength")
        assert log.covers(MONDAY, "runs")
        assert log.covers(dt.date(2027, 1, 6), "strength")


class TestRatings:
    """Session RPE: felt, estimated on demand, or unknown."""

    def test_never_invented(self, tmp_path: Path) -> None:
        """Without a session RPE it stays unknown, though the heart rate is there."""
        place = tmp_path / "x"
        place.write_text(intervals_json([Outing(SIX, heart_rate=150)]))
        assert rs.read_log(place).runs[0].session_rpe is None

    def test_estimated_when_asked_for(self, tmp_path: Path) -> None:
        """An estimate is marked as one, in the log and in its document; what was felt stays felt."""
        place = tmp_path / "x"
        place.write_text(
            intervals_json([Outing(SIX, heart_rate=152), Outing(SIX + dt.timedelta(days=1), heart_rate=152, rpe=2)])
        )
        log = rs.read_log(place, estimate_rpe="heart-rate", max_heart_rate=190)
        assert [(run.session_rpe, run.rpe_basis) for run in log.runs] == [
            (rs.SessionRPE(5), rs.RPEBasis.HEART_RATE), (rs.SessionRPE(2), rs.RPEBasis.FELT)
        ]  # fmt: skip
        assert told(log, "estimated from heart rate")
        rs.dump(log, tmp_path / "log.yaml")
        assert "rpe_basis: heart-rate" in (tmp_path / "log.yaml").read_text()
        assert rs.load(tmp_path / "log.yaml") == log

    def test_lifting_has_no_estimate(self, tmp_path: Path) -> None:
        """Heart rate says nothing about how hard lifting was."""
        place = tmp_path / "x"
        place.write_text(intervals_json([Outing(SIX, "strength", None, heart_rate=120)]))
        log = rs.read_log(place, estimate_rpe="heart-rate", max_heart_rate=190)
        assert log.activities[0].session_rpe is None

    def test_by_pace(self, tmp_path: Path) -> None:
        """Pace against the threshold estimates runs alone."""
        place = tmp_path / "x"
        place.write_text(
            intervals_json([Outing(SIX, meters=10_000.0, seconds=2700), Outing(SIX + dt.timedelta(days=1), "ride")])
        )
        log = rs.read_log(place, estimate_rpe="pace", threshold_pace=rs.seconds(270))
        assert (log.runs[0].session_rpe, log.runs[0].rpe_basis) == (rs.SessionRPE(7), rs.RPEBasis.PACE)
        assert log.activities[0].session_rpe is None

    @pytest.mark.parametrize(
        ("given", "place"),
        [
            ({"estimate_rpe": "heart-rate"}, "max_heart_rate"),
            ({"estimate_rpe": "heart-rate", "max_heart_rate": 20}, "max_heart_rate"),
            ({"estimate_rpe": "pace"}, "threshold_pace"),
            ({"estimate_rpe": "mood"}, "estimate_rpe"),
            ({"zone": "Mars/Olympus"}, "zone"),
            ({"units": "furlongs"}, "units"),
        ],
    )
    def test_what_is_missing(self, tmp_path: Path, given: dict[str, object], place: str) -> None:
        """An estimate without what it needs, an unknown zone or unit are refused by name."""
        file = tmp_path / "x"
        file.write_text(intervals_json([Outing(SIX)]))
        with pytest.raises(rs.InvalidValue, match=place):
            rs.read_log(file, **given)  # type: ignore[arg-type]

    def test_out_of_scale(self) -> None:
        """A figure beyond the scale is told; 0 is what programs write for not given."""
        log = read(f"{PEAKS}\nEasy,Run,,,,2027-01-04,,8000,0.8,60,\nEasy,Run,,,,2027-01-05,,8000,0.8,0,\n")
        assert [run.session_rpe for run in log.runs] == [None, None]
        assert told(log, "not from 0 to 10")[0].grave
        assert told(log, "session RPE 0")

    def test_an_estimate_without_a_rating(self) -> None:
        """No run can claim an estimate and have none."""
        with pytest.raises(rs.InvalidValue, match="rpe_basis"):
            rs.Run(date=MONDAY, rpe_basis=rs.RPEBasis.PACE)
        with pytest.raises(rs.InvalidValue, match="rpe_basis"):
            rs.Activity(date=MONDAY, name="yoga", rpe_basis=rs.RPEBasis.PACE)


class TestKinds:
    """What a run was for, as far as a title tells."""

    @pytest.mark.parametrize(
        ("title", "meters", "kind"),
        [
            ("Morning Run", 8000, "easy"), ("Lunch 10k", 10_000, "easy"), ("Tempo in the park", 8000, "tempo"),
            ("6 x 800 m", 8000, "intervals"), ("Langer Lauf", 20_000, "long"),
            ("Fractionné 10 x 400", 9000, "intervals"),
            ("Wettkampf", 10_000, "race"), ("City Marathon", 42_600, "race"), ("Marathon training", 12_000, "easy"),
            ("parkrun", 5000, "race"), ("Sortie longue", 20_000, "long"), ("Run to the gym", 3000, "easy"),
            ("Hill repeats", 8000, "intervals"), ("Half marathon", 21_200, "race"), ("Spokojny bieg", 6000, "easy"),
        ],
    )  # fmt: skip
    def test_titles(self, title: str, meters: float, kind: str) -> None:
        """Words that say it are taken at their word, and quality is not invented from a distance in a title."""
        log = read(intervals_json([Outing(SIX, meters=float(meters), seconds=round(meters / 3), title=title)]))
        assert str(log.runs[0].kind) == kind


class TestSeveralFiles:
    """Files put together."""

    def test_a_log_of_runstrong_and_an_export(self, tmp_path: Path) -> None:
        """What the log tells of a run stands before what an export tells of the same."""
        own = rs.Log(
            coverage=(rs.Coverage(first=MONDAY, last=MONDAY),),
            runs=(
                rs.Run(
                    date=MONDAY,
                    distance=rs.km(8),
                    duration=rs.minutes(45),
                    pain=(rs.Pain(region=rs.Region.KNEE, score=2),),
                ),
            ),
        )
        rs.dump(own, tmp_path / "log.yaml")
        (tmp_path / "x").write_text(intervals_json([Outing(SIX, meters=8010.0), Outing(SIX + dt.timedelta(days=2))]))
        log = rs.read_log(tmp_path / "log.yaml", tmp_path / "x")
        assert [run.date.day for run in log.runs] == [4, 6]
        assert log.runs[0].pain
        assert told(log, "it stands in the log of runstrong")

    def test_doubles_in_two_files(self, tmp_path: Path) -> None:
        """Two runs of a day that two files tell without times are two runs, not one and not four."""
        done = [Outing(SIX, rpe=3), Outing(SIX + dt.timedelta(hours=9), rpe=4)]
        (tmp_path / "a").write_text(training_peaks_csv(done))
        (tmp_path / "b").write_text(garmin_csv(done))
        (tmp_path / "c").write_text(training_peaks_csv(done))
        log = rs.read_log(tmp_path / "a", tmp_path / "b", tmp_path / "c")
        assert sorted(run.session_rpe.score for run in log.runs if run.session_rpe) == [3, 4]
        assert len(told(log, "the same activity as")) == 4

    def test_on_a_journey(self, tmp_path: Path) -> None:
        """Far from home, a run told in UTC and the same told by the clock on the wrist are one."""
        (tmp_path / "a").write_text(strava_csv([Outing(SIX + dt.timedelta(hours=5, seconds=20), meters=8123.0)]))
        (tmp_path / "b").write_text(garmin_csv([Outing(SIX, meters=8123.0)]))
        assert len(rs.read_log(tmp_path / "a", tmp_path / "b", zone="Europe/Berlin").runs) == 1
        (tmp_path / "b").write_text(garmin_csv([Outing(SIX + dt.timedelta(minutes=7), meters=8123.0)]))
        assert len(rs.read_log(tmp_path / "a", tmp_path / "b", zone="Europe/Berlin").runs) == 2

    def test_the_same_route_on_two_days(self, tmp_path: Path) -> None:
        """Two files that tell the same route on two days tell two runs."""
        (tmp_path / "a").write_text(training_peaks_csv([Outing(SIX)]))
        (tmp_path / "b").write_text(garmin_csv([Outing(SIX + dt.timedelta(days=1))]))
        assert len(rs.read_log(tmp_path / "a", tmp_path / "b").runs) == 2

    def test_strength_without_times(self, tmp_path: Path) -> None:
        """What has no distance is the same by its day and duration."""
        (tmp_path / "a").write_text(training_peaks_csv([Outing(SIX, "strength", None, rpe=6)]))
        (tmp_path / "b").write_text(garmin_csv([Outing(SIX, "strength", None)]))
        log = rs.read_log(tmp_path / "a", tmp_path / "b")
        assert [each.session_rpe for each in log.activities] == [rs.SessionRPE(6)]

    def test_one_after_the_other(self) -> None:
        """Two short runs within minutes that do not overlap, such as strides and a time trial, stay two."""
        first = Outing(SIX, meters=600.0, seconds=150)
        log = read(intervals_json([first, Outing(SIX + dt.timedelta(minutes=4), meters=600.0, seconds=150)]))
        assert len(log.runs) == 2

    def test_utc_beside_local_time(self, tmp_path: Path) -> None:
        """Without a zone, a run in UTC and the same in local time are known by distance and duration."""
        (tmp_path / "a").write_text(strava_csv([Outing(SIX + dt.timedelta(hours=9), meters=8123.0)]))
        (tmp_path / "b").write_text(garmin_csv([Outing(SIX, meters=8123.0)]))
        log = rs.read_log(tmp_path / "a", tmp_path / "b")
        assert len(log.runs) == 1

    def test_naughts_of_devices(self) -> None:
        """A device's 0 for what it did not record is unknown."""
        still = Recorded(
            "session 1", start=SIX, sport="running", distance=rs.km(0), moving=rs.seconds(0), elapsed=rs.minutes(30)
        )
        run = log_of([("a.fit", Recordings((still,)))]).runs[0]
        assert (run.distance, run.duration) == (None, rs.minutes(30))

    def test_strength_in_both(self, tmp_path: Path) -> None:
        """A watch's strength session on a day whose exercises the log tells is not counted twice."""
        rs.dump(rs.Log(performances=(rs.Performance(date=MONDAY, exercise="goblet-squat"),)), tmp_path / "log.yaml")
        done = [Outing(SIX, "strength", None), Outing(SIX + dt.timedelta(days=1), "strength", None)]
        (tmp_path / "x").write_text(intervals_json(done))
        log = rs.read_log(tmp_path / "log.yaml", tmp_path / "x")
        assert [each.date.day for each in log.activities] == [5]
        assert len(log.performances) == 1
        assert told(log, "it stands in the log of runstrong")

    def test_one_that_cannot_be_read(self, tmp_path: Path) -> None:
        """It is told, and no day is vouched for; where none can be read, that is an error."""
        (tmp_path / "a").write_text(intervals_json([Outing(SIX)]))
        (tmp_path / "b").write_bytes(b"\x00\x01\x02")
        log = rs.read_log(tmp_path / "a", tmp_path / "b")
        assert len(log.runs) == 1
        assert log.coverage == ()
        assert log.remarks[0].grave
        assert told(log, "as one could not be read")
        rs.dump(rs.Log(coverage=(rs.Coverage(first=MONDAY, last=MONDAY),)), tmp_path / "own.yaml")
        assert rs.read_log(tmp_path / "own.yaml", tmp_path / "a", tmp_path / "b").covers(MONDAY, "runs")
        with pytest.raises(rs.DocumentError, match="another kind"):
            rs.read_log(tmp_path / "b")
        with pytest.raises(rs.InvalidValue, match="no file"):
            rs.read_log()

    def test_own_log_alone(self, tmp_path: Path) -> None:
        """A log of runstrong is the same by read_log and by load, under any name."""
        raw = Path("examples/log.yaml").read_bytes()
        (tmp_path / "x.csv").write_bytes(raw)
        assert rs.read_log(tmp_path / "x.csv") == rs.load("examples/log.yaml")

    def test_a_runner_is_no_log(self) -> None:
        """Another document of runstrong is refused by its kind."""
        with pytest.raises(rs.DocumentError, match="kind"):
            rs.read_log("examples/runner.yaml")


class TestCells:
    """Words, numbers, times and dates."""

    @pytest.mark.parametrize("text", ["", "1,2,3.4.5", "abc", "1..2", "--", "1,23,456", "12e5", "1 2 3 4"])
    def test_no_numbers(self, text: str) -> None:
        """What is no number gives none."""
        assert number_of(text) is None

    def test_one_odd_cell_settles_nothing(self) -> None:
        """Cells that disagree leave the mark open, and each certain cell keeps its own."""
        assert decimals_of(["1.5", "2,5"]) == ""
        assert (number_of("1.5", ""), number_of("2,5", "")) == (1.5, 2.5)

    @pytest.mark.parametrize("text", ["1:2", "1:60", "99", "12:61:00", "-1:00"])
    def test_no_lengths(self, text: str) -> None:
        """What is no length of time gives none."""
        assert length_of(text) is None

    @pytest.mark.parametrize(
        "text", ["Feb 30, 2027", "2027-13-01", "32.01.2027", "Foo 3, 2027", "Jan 3, 2027, 13:00:00 PM", "yesterday"]
    )
    def test_no_dates(self, text: str) -> None:
        """What is no date gives none."""
        assert when_of(text) is None

    def test_plain(self) -> None:
        """Case, accents, signs and markup make no difference."""
        assert plain("<i>Größte Höhe</i>") == plain("GROSSTE HOHE".replace("GROSSTE", "Größte").replace("HOHE", "Höhe"))


class TestSports:
    """Sports by the words of many languages."""

    @pytest.mark.parametrize(
        ("words", "family"),
        [
            ("Treadmill Running", "run"), ("Virtual Run", "run"), ("TrailRun", "run"), ("Straßenlauf", "run"),
            ("Laufband", "run"), ("Course à pied", "run"), ("Tapis de course", "run"), ("Carrera de montaña", "run"),
            ("Corrida em esteira", "run"), ("Corsa su tapis roulant", "run"), ("Hardlopen", "run"),
            ("Landsvägslöpning", "run"), ("Bieganie na bieżni", "run"), ("Bieg", "run"), ("Ultra Running", "run"),
            ("Weight Training", "strength"), ("Krafttraining", "strength"), ("Musculation", "strength"),
            ("Entrenamiento de fuerza", "strength"), ("Treino de força", "strength"),
            ("Allenamento di forza", "strength"),
            ("Krachttraining", "strength"), ("Styrketräning", "strength"), ("Trening siłowy", "strength"),
            ("Crossfit", "strength"), ("Skilanglauf", "other"), ("Eislaufen", "other"),
            ("Narciarstwo biegowe", "other"),
            ("Rower", "other"), ("Radfahren", "other"), ("Walking", "other"), ("Yoga", "other"),
            ("Multisport", "mixed"),
            ("Day Off", "nothing"), ("Indoor Rowing", "other"), ("Stair Stepper", "other"),
        ],
    )  # fmt: skip
    def test_families(self, words: str, family: str) -> None:
        """Runs, strength and the rest are told apart."""
        found = sport_of(words)
        assert found is not None
        assert found.family is Family(family)

    @pytest.mark.parametrize(
        ("sport", "sub_sport", "name"),
        [
            ("running", "treadmill", "running"), ("training", "strength_training", "strength training"),
            ("training", "yoga", "yoga"), ("fitness_equipment", "elliptical", "elliptical"),
            ("hiking", "trail", "hiking"), ("generic", "", "workout"), ("fitness_equipment", "", "cardio"),
        ],
    )  # fmt: skip
    def test_sub_sports(self, sport: str, sub_sport: str, name: str) -> None:
        """What is special about a sport counts where the sport is vague."""
        found = sport_of(sport, sub_sport)
        assert found is not None
        assert found.name == name


class TestDocuments:
    """Which files are runstrong's own."""

    def test_by_content(self, tmp_path: Path) -> None:
        """A document is one by its kind, whatever its name."""
        assert is_document("examples/runner.yaml")
        assert not is_document("examples/activities.csv")
        place = tmp_path / "x.yaml"
        place.write_text(intervals_json([Outing(SIX)]))
        assert not is_document(place)
        rs.dump(rs.Log(), tmp_path / "log.json")
        assert is_document(tmp_path / "log.json")


def test_written_out_again(tmp_path: Path) -> None:
    """What was read from an export is kept as a document and comes back equal."""
    log = rs.read_log("examples/activities.csv", zone="Europe/Berlin")
    for name in ("log.yaml", "log.json"):
        rs.dump(log, tmp_path / name)
        assert rs.read_log(tmp_path / name) == log


def test_an_audit_of_an_export() -> None:
    """The log of an export is audited like any other."""
    log = rs.read_log("examples/activities.csv", zone="Europe/Berlin")
    report = rs.audit(log, runner=rs.load("examples/runner.yaml"), select=("TM01",))
    assert [entry.rule for entry in report.not_applicable] == ["TM01"] * len(report.not_applicable)
    assert len(report.not_applicable) + len(report.findings) > 0
