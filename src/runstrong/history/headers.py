"""What stands at the top of a column in exports of other programs, in the languages that they write: data, no code.

Programs translate the headers of what they export into the language of the account. A header is looked up without
case, accents, signs and markup; see `runstrong.history.cells.plain`. English, German, French, Dutch and Polish of
Strava, and English, German, French, Italian, Dutch and Portuguese of Garmin Connect were seen in public descriptions of
such files; the others are the words that the programs show on screen, and the likely ones. What is not known is told.
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["GARMIN", "INTERVALS", "STRAVA", "TRAINING_PEAKS"]

STRAVA: Mapping[str, tuple[str, ...]] = {
    "id": (
        "activity id", "id", "aktivitäts-id", "id de l'activité", "id de actividad", "id de la actividad",
        "id da atividade", "id attività", "id dell'attività", "activiteits-id", "id activiteit", "aktivitets-id",
        "aktivitets-id", "identyfikator aktywności", "id aktywności",
    ),
    "date": (
        "activity date", "date", "aktivitätsdatum", "datum der aktivität", "date de l'activité",
        "fecha de la actividad", "fecha de actividad", "data da atividade", "data dell'attività", "data attività",
        "datum van activiteit", "activiteitsdatum", "aktivitetsdatum", "datum för aktivitet", "data aktywności",
    ),
    "name": (
        "activity name", "name", "name der aktivität", "aktivitätsname", "nom de l'activité", "nombre de la actividad",
        "nombre de actividad", "nome da atividade", "nome dell'attività", "nome attività", "naam activiteit",
        "naam van activiteit", "aktivitetsnamn", "aktivitetens namn", "nazwa aktywności",
    ),
    "sport": (
        "activity type", "type", "aktivitätsart", "aktivitätstyp", "type d'activité", "tipo de actividad",
        "tipo de atividade", "tipo di attività", "tipo attività", "activiteitstype", "activiteittype",
        "type activiteit", "aktivitetstyp", "rodzaj aktywności", "typ aktywności",
    ),
    "note": (
        "activity description", "description", "aktivitätsbeschreibung", "beschreibung der aktivität",
        "description de l'activité", "descripción de la actividad", "descripción de actividad",
        "descrição da atividade", "descrizione dell'attività", "descrizione attività", "beschrijving activiteit",
        "activiteitsbeschrijving", "beschrijving van activiteit", "aktivitetsbeskrivning", "opis aktywności",
    ),
    "elapsed": (
        "elapsed time", "verstrichene zeit", "temps écoulé", "tiempo transcurrido", "tempo decorrido",
        "tempo trascorso", "verstreken tijd", "förfluten tid", "total tid", "czas całkowity", "czas, który upłynął",
        "upłynęło",
    ),
    "moving": (
        "moving time", "bewegungszeit", "durée de déplacement", "temps de déplacement", "tiempo en movimiento",
        "tiempo de movimiento", "tempo em movimento", "tempo de movimentação", "tempo di movimento",
        "tempo in movimento", "beweegtijd", "tijd in beweging", "tid i rörelse", "rörelsetid", "czas ruchu",
        "czas w ruchu",
    ),
    "distance": (
        "distance", "distanz", "entfernung", "distancia", "distância", "distanza", "afstand", "distans", "sträcka",
        "dystans",
    ),
    "average_heart_rate": (
        "average heart rate", "durchschnittliche herzfrequenz", "fréquence cardiaque moyenne",
        "frecuencia cardiaca media", "frecuencia cardíaca media", "ritmo cardiaco promedio",
        "ritmo cardiaco medio", "frequência cardíaca média", "frequenza cardiaca media", "gemiddelde hartslag",
        "genomsnittlig puls", "medelpuls", "snittpuls", "średnie tętno",
    ),
    "max_heart_rate": (
        "max heart rate", "max. herzfrequenz", "maximale herzfrequenz", "fréquence cardiaque max.",
        "fréquence cardiaque maximale", "frecuencia cardiaca máxima", "frecuencia cardiaca máx.",
        "ritmo cardiaco máx.", "frequência cardíaca máxima", "frequência cardíaca máx.",
        "frequenza cardiaca massima", "frequenza cardiaca max", "max. hartslag", "maximale hartslag", "maxpuls",
        "max puls", "maks. tętno", "maksymalne tętno", "tętno maksymalne",
    ),
    "ascent": (
        "elevation gain", "höhenzunahme", "höhenmeter", "dénivelé positif", "gain d'altitude", "desnivel positivo",
        "ganancia de elevación", "aumento de elevación", "ganho de elevação", "ganho de altimetria",
        "ganho de altitude", "dislivello", "dislivello positivo", "aumento di quota", "totale stijging",
        "hoogtewinst", "höjdökning", "höjdvinst", "höjdmeter", "wzniesienie", "przewyższenie", "wzrost wysokości",
    ),
    "session_rpe": (
        "perceived exertion", "gefühlte anstrengung", "effort perçu", "effort ressenti", "esfuerzo percibido",
        "esforço percebido", "sforzo percepito", "ervaren inspanning", "waargenomen inspanning",
        "upplevd ansträngning", "odczuwany wysiłek", "postrzegany wysiłek", "odczuwalny wysiłek",
    ),
    "race": (
        "competition", "race", "wettkampf", "compétition", "course", "competición", "competencia", "competição",
        "prova", "gara", "competizione", "wedstrijd", "tävling", "zawody",
    ),
    "long": (
        "long run", "langer lauf", "sortie longue", "course longue", "tirada larga", "carrera larga",
        "corrida longa", "longão", "corsa lunga", "lungo", "lange duurloop", "lange run", "långpass",
        "długi bieg", "długie wybieganie",
    ),
    "file": (
        "filename", "dateiname", "nom du fichier", "nombre del archivo", "nombre de archivo", "nome do arquivo",
        "nome do ficheiro", "nome del file", "nome file", "bestandsnaam", "filnamn", "nazwa pliku",
    ),
}  # fmt: skip
"""Bulk export of Strava, ``activities.csv``. Each figure under its name in `runstrong.history.recorded.Recorded`."""

GARMIN: Mapping[str, tuple[str, ...]] = {
    "sport": (
        "activity type", "aktivitätstyp", "aktivitätsart", "type d'activité", "tipo de actividad",
        "tipo de atividade", "tipo di attività", "tipo attività", "activiteittype", "activiteitstype",
        "type activiteit", "aktivitetstyp", "typ aktywności", "rodzaj aktywności",
    ),
    "date": ("date", "datum", "fecha", "data", "start", "start time"),
    "title": ("title", "titel", "titre", "título", "titolo", "tytuł", "namn", "nazwa"),
    "favorite": (
        "favorite", "favourite", "favorit", "favori", "favoris", "favorito", "preferito", "preferita", "favoriet",
        "ulubione", "ulubiony",
    ),
    "distance": (
        "distance", "distanz", "distancia", "distância", "distanza", "afstand", "distans", "sträcka", "dystans",
    ),
    "moving": (
        "time", "activity time", "zeit", "durée", "temps", "tiempo", "tiempo total", "tempo", "tempo total",
        "tempo totale", "tijd", "tid", "total tid", "czas", "duration", "dauer",
    ),
    "in_motion": (
        "moving time", "zeit in bewegung", "temps de déplacement", "tiempo en movimiento", "tempo em movimento",
        "tempo in movimento", "tijd bewogen", "bewegingstijd", "tid i rörelse", "czas ruchu", "czas w ruchu",
    ),
    "elapsed": (
        "elapsed time", "verstrichene zeit", "temps écoulé", "tiempo transcurrido", "tempo transcorrido",
        "tempo decorrido", "tempo trascorso", "verstreken tijd", "förfluten tid", "upłynęło czasu",
        "czas, który upłynął", "upłynięty czas", "czas całkowity",
    ),
    "average_heart_rate": (
        "avg hr", "avg. hr", "average hr", "average heart rate", "ø hf", "ø herzfrequenz",
        "durchschnittliche herzfrequenz", "fréquence cardiaque moyenne", "fc moyenne", "fc media",
        "frecuencia cardiaca media", "fc média", "frequência cardíaca média", "frequenza cardiaca media", "gem. hs",
        "gemiddelde hs", "gem. hartslag", "gemiddelde hartslag", "medelpuls", "genomsn. puls", "genomsnittlig puls",
        "średnie tętno", "śr. tętno", "śr tętno",
    ),
    "max_heart_rate": (
        "max hr", "max. hr", "max heart rate", "maximum hr", "max. hf", "maximale herzfrequenz", "max. herzfrequenz",
        "fréquence cardiaque maximale", "fc maximale", "fc max.", "fc máx.", "fc máxima", "frecuencia cardiaca máxima",
        "frequência cardíaca máxima", "fc massima", "fc max", "frequenza cardiaca massima", "max. hs", "max. hartslag",
        "maximale hartslag", "maxpuls", "max puls", "maksymalne tętno", "maks. tętno", "tętno maksymalne",
    ),
    "ascent": (
        "total ascent", "elev gain", "elevation gain", "anstieg gesamt", "positiver höhenunterschied",
        "ascension totale", "gain d'altitude", "ascenso total", "subida total", "ganho de elevação", "ascesa totale",
        "totale stijging", "total stigning", "total uppstigning", "całkowity wznios", "suma podejść", "całk. wznios",
    ),
    "session_rpe": (
        "rpe", "perceived effort", "perceived exertion", "rate of perceived exertion", "gefühlte anstrengung",
        "wahrgenommene anstrengung", "effort perçu", "effort ressenti", "esfuerzo percibido", "esforço percebido",
        "sforzo percepito", "ervaren inspanning", "waargenomen inspanning", "upplevd ansträngning",
        "odczuwany wysiłek",
    ),
    "purpose": (
        "event type", "ereignistyp", "veranstaltungstyp", "type d'événement", "tipo de evento", "tipo di evento",
        "type evenement", "evenementtype", "typ av händelse", "evenemangstyp", "typ wydarzenia", "typ zdarzenia",
    ),
    "calories": (
        "calories", "kalorien", "calorías", "calorias", "calorie", "calorieën", "kalorier", "kalorie",
    ),
}  # fmt: skip
"""List of activities as exported by Garmin Connect, ``Activities.csv``."""

TRAINING_PEAKS: Mapping[str, tuple[str, ...]] = {
    "title": ("title",),
    "sport": ("WorkoutType",),
    "note": ("AthleteComments",),
    "planned_duration": ("PlannedDuration",),
    "planned_distance": ("PlannedDistanceInMeters",),
    "date": ("WorkoutDay",),
    "distance": ("DistanceInMeters",),
    "average_heart_rate": ("HeartRateAverage",),
    "max_heart_rate": ("HeartRateMax",),
    "moving": ("TimeTotalInHours",),
    "session_rpe": ("rpe",),
    "feel": ("Feeling",),
    "ascent": ("ElevationGain", "ElevationGainInMeters"),
    "load": ("tss",),
}
"""Workout summary of TrainingPeaks, ``workouts.csv``; it is not translated."""

INTERVALS: Mapping[str, tuple[str, ...]] = {
    "id": ("id",),
    "start": ("start_date_local", "start date local"),
    "start_utc": ("start_date", "start date"),
    "sport": ("type",),
    "sub_sport": ("sub_type", "sub type"),
    "title": ("name",),
    "note": ("description",),
    "distance": ("distance", "icu_distance"),
    "moving": ("moving_time", "moving time"),
    "elapsed": ("elapsed_time", "elapsed time"),
    "average_heart_rate": ("average_heartrate", "avg hr", "average heartrate"),
    "max_heart_rate": ("max_heartrate", "max hr", "max heartrate"),
    "ascent": ("total_elevation_gain", "elevation gain"),
    "session_rpe": ("icu_rpe", "perceived_exertion"),
    "feel": ("feel",),
    "race": ("race",),
    "device": ("device_name",),
    "load": ("icu_training_load",),
}
"""Activities of intervals.icu, as JSON of its API and as CSV; not translated. Meters and seconds."""
