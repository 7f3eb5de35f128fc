"""Synthetic exports of training programs, for tests of what reads them: nobody's real training, in many languages.

The words of each language stand here a second time, written apart from those that the readers know, so that a reader
that has lost one is found out.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from hypothesis import strategies as st

from runstrong.model.value import Record, record

__all__ = [
    "LANGUAGES",
    "Outing",
    "garmin_csv",
    "intervals_csv",
    "intervals_json",
    "outings",
    "strava_csv",
    "training_peaks_csv",
]

Kind = Literal["run", "ride", "swim", "strength"]


@record
class Outing(Record):
    """One activity, before a program exports it.

    Args:
        start: naive local time.
        kind: of sport.
        meters: covered; None when not recorded.
        seconds: that it took.
        rpe: session RPE; None when not given.
        heart_rate: average; None when not recorded.
        title: of the runner's own.
        note: of the runner's own.
    """

    start: dt.datetime
    kind: Kind = "run"
    meters: float | None = 8000.0
    seconds: int = 2700
    rpe: int | None = None
    heart_rate: int | None = None
    title: str = ""
    note: str = ""


class _Language:
    """Words of one language, and how it writes dates and decimals."""

    def __init__(  # noqa: PLR0917 - words, in the order of the table below
        self, strava: str, garmin: str, kinds: str, months: str, date: Callable[[dt.datetime, str], str], decimal: str
    ) -> None:
        self.strava, self.garmin = strava.split("|"), garmin.split("|")
        self.kinds = dict(zip(("run", "ride", "swim", "strength"), kinds.split("|"), strict=True))
        self.months, self.date, self.decimal = months.split(), date, decimal


def _english(when: dt.datetime, month: str) -> str:
    half = "AM" if when.hour < 12 else "PM"
    return f"{month} {when.day}, {when.year}, {(when.hour - 1) % 12 + 1}:{when:%M:%S} {half}"


def _day_first(when: dt.datetime, month: str) -> str:
    return f"{when.day} {month} {when.year}, {when:%H:%M:%S}"


LANGUAGES: dict[str, _Language] = {
    "en": _Language(
        "Activity ID|Activity Date|Activity Name|Activity Type|Activity Description|Elapsed Time|Distance|"
        "Max Heart Rate|"
        "Filename|Elapsed Time|Moving Time|Distance|Average Heart Rate|Perceived Exertion",
        "Activity Type|Date|Favorite|Title|Distance|Calories|Time|Avg HR|Max HR|Total Ascent",
        "Run|Ride|Swim|Weight Training",
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
        _english, ".",
    ),
    "de": _Language(
        "Aktivitäts-ID|Aktivitätsdatum|Name der Aktivität|Aktivitätsart|Aktivitätsbeschreibung|Verstrichene Zeit|"
        "Distanz|"
        "Max. Herzfrequenz|Dateiname|Verstrichene Zeit|Bewegungszeit|Distanz|Durchschnittliche Herzfrequenz|"
        "Gefühlte Anstrengung",
        "Aktivitätstyp|Datum|Favorit|Titel|Distanz|Kalorien|Zeit|Ø Herzfrequenz|Maximale Herzfrequenz|Anstieg gesamt",
        "Lauf|Radfahrt|Schwimmen|Krafttraining",
        "01 02 03 04 05 06 07 08 09 10 11 12",
        lambda when, month: f"{when.day:02}.{month}.{when.year}, {when:%H:%M:%S}", ",",
    ),
    "fr": _Language(
        "ID de l'activité|Date de l'activité|Nom de l'activité|Type d'activité|Description de l'activité|"
        "Temps écoulé|Distance|"
        "Fréquence cardiaque max.|Nom du fichier|Temps écoulé|Durée de déplacement|Distance|"
        "Fréquence cardiaque moyenne|"
        "Effort perçu",
        "Type d'activité|Date|Favori|Titre|Distance|Calories|Durée|Fréquence cardiaque moyenne|"
        "Fréquence cardiaque maximale|Ascension totale",
        "Course à pied|Vélo|Natation|Entraînement aux poids",
        "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
        _day_first, ",",
    ),
    "es": _Language(
        "ID de actividad|Fecha de la actividad|Nombre de la actividad|Tipo de actividad|Descripción de la actividad|"
        "Tiempo transcurrido|Distancia|Frecuencia cardiaca máxima|Nombre del archivo|Tiempo transcurrido|"
        "Tiempo en movimiento|Distancia|Frecuencia cardiaca media|Esfuerzo percibido",
        "Tipo de actividad|Fecha|Favorito|Título|Distancia|Calorías|Tiempo|Frecuencia cardiaca media|FC máxima|"
        "Ascenso total",
        "Carrera|Bicicleta|Natación|Entrenamiento con pesas",
        "ene feb mar abr may jun jul ago sept oct nov dic",
        _day_first, ",",
    ),
    "pt": _Language(
        "ID da atividade|Data da atividade|Nome da atividade|Tipo de atividade|Descrição da atividade|Tempo decorrido|"
        "Distância|Frequência cardíaca máxima|Nome do arquivo|Tempo decorrido|Tempo de movimentação|Distância|"
        "Frequência cardíaca média|Esforço percebido",
        "Tipo de atividade|Data|Favorito|Título|Distância|Calorias|Tempo total|FC Média|FC máxima|Subida total",
        "Corrida|Pedalada|Natação|Treinamento com peso",
        "jan. fev. mar. abr. mai. jun. jul. ago. set. out. nov. dez.",
        lambda when, month: f"{when.day} de {month} de {when.year}, {when:%H:%M:%S}", ",",
    ),
    "it": _Language(
        "ID attività|Data dell'attività|Nome dell'attività|Tipo di attività|Descrizione dell'attività|"
        "Tempo trascorso|Distanza|"
        "Frequenza cardiaca massima|Nome del file|Tempo trascorso|Tempo in movimento|Distanza|Frequenza cardiaca media|"
        "Sforzo percepito",
        "Tipo di attività|Data|Preferita|Titolo|Distanza|Calorie|Tempo|FC Media|FC max|Ascesa totale",
        "Corsa|Ciclismo|Nuoto|Allenamento con i pesi",
        "gen feb mar apr mag giu lug ago set ott nov dic",
        _day_first, ",",
    ),
    "nl": _Language(
        "Activiteits-ID|Datum van activiteit|Naam activiteit|Activiteitstype|Beschrijving activiteit|"
        "Verstreken tijd|Afstand|"
        "Max. hartslag|Bestandsnaam|Verstreken tijd|Beweegtijd|Afstand|Gemiddelde hartslag|Ervaren inspanning",
        "Activiteittype|Datum|Favoriet|Titel|Afstand|Calorieën|Tijd|Gem. HS|Max. HS|Totale stijging",
        "Hardloopsessie|Fietsrit|Zwemmen|Krachttraining",
        "jan. feb. mrt. apr. mei jun. jul. aug. sep. okt. nov. dec.",
        _day_first, ",",
    ),
    "sv": _Language(
        "Aktivitets-ID|Aktivitetsdatum|Aktivitetsnamn|Aktivitetstyp|Aktivitetsbeskrivning|Förfluten tid|Distans|"
        "Maxpuls|Filnamn|"
        "Förfluten tid|Tid i rörelse|Distans|Genomsnittlig puls|Upplevd ansträngning",
        "Aktivitetstyp|Datum|Favorit|Titel|Sträcka|Kalorier|Tid|Medelpuls|Maxpuls|Total stigning",
        "Löpning|Cykling|Simning|Styrketräning",
        "jan. feb. mars apr. maj juni juli aug. sep. okt. nov. dec.",
        _day_first, ",",
    ),
    "pl": _Language(
        "Identyfikator aktywności|Data aktywności|Nazwa aktywności|Rodzaj aktywności|Opis aktywności|Czas całkowity|"
        "Dystans|"
        "Maks. tętno|Nazwa pliku|Czas całkowity|Czas ruchu|Dystans|Średnie tętno|Odczuwany wysiłek",
        "Typ aktywności|Data|Ulubione|Tytuł|Dystans|Kalorie|Czas|Średnie tętno|Maksymalne tętno|Całkowity wznios",
        "Bieg|Jazda na rowerze|Pływanie|Trening siłowy",
        "sty lut mar kwi maj cze lip sie wrz paź lis gru",
        _day_first, ",",
    ),
}  # fmt: skip
"""Languages by code, as programs write them."""


_WATCH = {"run": "Running", "ride": "Cycling", "swim": "Pool Swim", "strength": "Strength Training"}
"""What Garmin Connect calls the sports in English."""


def _written(rows: Iterable[Sequence[str]], *, mark: str = ",", end: str = "\n") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=mark, lineterminator=end).writerows(rows)
    return out.getvalue()


def _figure(got: float | None, places: int, decimal: str) -> str:
    return "" if got is None else f"{got:.{places}f}".replace(".", decimal)


def strava_csv(outings: Iterable[Outing], language: str = "en", *, decimal: str | None = None, end: str = "\n") -> str:
    """Write outings as ``activities.csv`` of a bulk export, their starts as if they were UTC.

    Args:
        outings: in the order of the rows.
        language: of the account.
        decimal: mark of the rounded distance; that of the language when not given.
        end: of a line.
    """
    words = LANGUAGES[language]
    mark = words.decimal if decimal is None else decimal
    rows = [words.strava]
    for number, each in enumerate(outings):
        id = f"{each.start:%Y%m%d%H%M%S}{number:03}"
        short = "" if each.meters is None else _figure(each.meters / (1 if each.kind == "swim" else 1000), 2, mark)
        rows.append([
            id, words.date(each.start, words.months[each.start.month - 1]), each.title, words.kinds[each.kind],
            each.note,
            str(each.seconds + 30), short, "", f"activities/{id}.fit.gz", f"{each.seconds + 30}.0", f"{each.seconds}.0",
            _figure(each.meters, 1, "."), _figure(each.heart_rate, 1, "."), _figure(each.rpe, 1, "."),
        ])  # fmt: skip
    return _written(rows, end=end)


def garmin_csv(
    outings: Iterable[Outing], language: str = "en", *, decimal: str = ".", unit: Literal["km", "miles"] = "km"
) -> str:
    """Write outings as ``Activities.csv`` of Garmin Connect.

    Args:
        outings: in the order of the rows.
        language: of the account.
        decimal: mark of the figures; the other parts thousands.
        unit: that the account shows; swims are in meters.
    """
    words = LANGUAGES[language]
    thousands = "," if decimal == "." else "."
    rows = [words.garmin]
    for each in outings:
        meters = each.meters or 0.0
        far = f"{meters:,.0f}" if each.kind == "swim" else f"{meters / (1000 if unit == 'km' else 1609.344):,.3f}"
        far = far.replace(",", "t").replace(".", decimal).replace("t", thousands)
        kind = _WATCH[each.kind] if language == "en" else words.kinds[each.kind]
        rows.append([
            kind, f"{each.start:%Y-%m-%d %H:%M:%S}", "false", each.title, far, f"1{thousands}020",
            f"{each.seconds // 3600:02}:{each.seconds // 60 % 60:02}:{each.seconds % 60:02}",
            str(each.heart_rate or "--"), "--", "--",
        ])  # fmt: skip
    return _written(rows)


def training_peaks_csv(outings: Iterable[Outing]) -> str:
    """Write outings as ``workouts.csv`` of TrainingPeaks, which knows days and no times."""
    kinds = {"run": "Run", "ride": "Bike", "swim": "Swim", "strength": "Strength"}
    rows = [["Title", "WorkoutType", "WorkoutDescription", "PlannedDuration", "PlannedDistanceInMeters", "WorkoutDay",
        "CoachComments", "DistanceInMeters", "HeartRateAverage", "HeartRateMax", "TimeTotalInHours", "TSS", "Rpe",
    "Feeling"]]  # fmt: skip
    rows += [
        [
            each.title, kinds[each.kind], each.note, "", "", str(each.start.date()), "", _figure(each.meters, 1, "."),
            str(each.heart_rate or ""), "", repr(each.seconds / 3600), "", str(each.rpe or ""), "",
        ]
        for each in outings
    ]  # fmt: skip
    return _written(rows)


def _entries(outings: Iterable[Outing]) -> list[dict[str, object]]:
    kinds = {"run": "Run", "ride": "Ride", "swim": "Swim", "strength": "WeightTraining"}
    return [
        {
            "id": f"i{each.start:%Y%m%d%H%M%S}{number:03}", "start_date_local": f"{each.start:%Y-%m-%dT%H:%M:%S}",
            "type": kinds[each.kind], "name": each.title, "distance": each.meters, "moving_time": each.seconds,
            "elapsed_time": each.seconds + 30, "average_heartrate": each.heart_rate, "icu_rpe": each.rpe, "feel": None,
            "race": False, "icu_training_load": 40, "description": each.note,
        }
        for number, each in enumerate(outings)
    ]  # fmt: skip


def intervals_json(outings: Iterable[Outing]) -> str:
    """Write outings as the API of intervals.icu gives activities."""
    return json.dumps(_entries(outings), ensure_ascii=False)


def intervals_csv(outings: Iterable[Outing]) -> str:
    """Write outings as intervals.icu exports activities."""
    entries = _entries(outings)
    top = list(entries[0]) if entries else ["id", "start_date_local", "type"]
    return _written([top, *(["" if got is None else str(got) for got in entry.values()] for entry in entries)])


@st.composite
def outings(draw: st.DrawFn, least: int = 1, most: int = 8) -> list[Outing]:
    """Draw activities of some weeks, each on a day or in an hour of its own, oldest first."""
    hours = draw(st.lists(st.integers(0, 28 * 4 - 1), min_size=least, max_size=most, unique=True))
    made = []
    for hour in sorted(hours):
        kind: Kind = draw(st.sampled_from(("run", "run", "run", "ride", "swim", "strength")))
        seconds = draw(st.integers(900, 7200))
        speed = {"run": 2.8, "ride": 6.5, "swim": 0.9}.get(kind)
        made.append(
            Outing(
                start=dt.datetime(2027, 1, 4, 6) + dt.timedelta(hours=(hour // 4) * 24 + hour % 4 * 4),  # noqa: DTZ001
                kind=kind,
                meters=None if speed is None else float(round(seconds * speed)),
                seconds=seconds,
                rpe=draw(st.none() | st.integers(1, 10)),
                heart_rate=draw(st.none() | st.integers(100, 190)),
                title=draw(st.sampled_from(("", "Around the lake", "Long run", "Intervals, 6 x 800 m", 'The "hill"'))),
                note=draw(
                    st.sampled_from(("", "felt fine", "two lines\nof a note", "comma, and; more", "über den Fluß"))
                ),
            )
        )
    return made
