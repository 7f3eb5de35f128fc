"""Which sport the words of a file name, and what it loads: data in many languages, and the lookup.

What each sport loads is a convention: the muscles and tendons that do its main work, named so that two days of hard
work for one tissue can be seen. Sports whose work depends on what is done in them (strength, classes) name none:
not known is not none.
"""

from __future__ import annotations

import enum
import functools
import re

from runstrong.history.cells import plain
from runstrong.model.value import Record, record
from runstrong.model.words import RunKind, Tissue

__all__ = ["SPORTS", "TITLES", "Family", "Sport", "kind_of_title", "sport_of"]


class Family(enum.Enum):
    """What an activity is for a log."""

    RUN = "run"
    STRENGTH = "strength"
    OTHER = "other"
    MIXED = "mixed"
    """Several sports in one, a run among them."""
    NOTHING = "nothing"
    """No training: a day off, a note, a measurement."""


@record
class Sport(Record):
    """One sport.

    Args:
        name: as it stands in a log.
        family: what it is for a log.
        stems: parts of words that name it in files, see `runstrong.history.cells.plain`; a stem in brackets is a whole
            word or a whole phrase.
        tissues: that it loads.
        meters: whether programs that leave out the unit give its distance in meters.
    """

    name: str
    family: Family
    stems: tuple[str, ...]
    tissues: tuple[Tissue, ...] = ()
    meters: bool = False


_CALVES = (Tissue.CALF_GASTROCNEMIUS, Tissue.CALF_SOLEUS)
_LEGS = (Tissue.QUADRICEPS, Tissue.GLUTEUS_MAXIMUS)
_GAMES = (*_CALVES, Tissue.ACHILLES_TENDON, Tissue.QUADRICEPS, Tissue.HAMSTRING, Tissue.ADDUCTORS)

SPORTS: tuple[Sport, ...] = (
    # The first that fits counts, so that what contains another's word stands before it.
    Sport("day off", Family.NOTHING, (
        "[day off]", "[rest day]", "[rest]", "[note]", "[custom]", "[ruhetag]", "[metrics]", "[body metrics]", "[sick]",
        "[injured]", "[holiday]", "[breathwork]", "[meditation]", "[atemubungen]", "[respiration]",
    )),
    Sport("triathlon", Family.MIXED, (
        "triat", "duathlon", "duatlon", "multisport", "multi sport", "multideporte", "multiesporte", "[brick]",
        "swimrun", "swim run", "aquathlon", "wielobo", "transition",
    ), (*_CALVES, *_LEGS)),
    Sport("orienteering", Family.RUN, ("orienteering", "orientierungslauf", "orientation course")),
    Sport("nordic skiing", Family.OTHER, (
        "nordic ski", "cross country ski", "langlauf", "ski de fond", "esqui de fondo", "esqui nordico", "ski nordique",
        "sci di fondo", "sci nordico", "langlaufen", "langdskid", "narciarstwo biegowe", "biegowk", "narty biegowe",
        "biathlon",
        "biatlon", "esqui cross country", "esqui de travessia", "skate ski", "classic ski", "rollerski", "roller ski",
        "rollski", "rullskid", "langrenn", "skilanglauf", "[xc ski]", "cross country skiing", "ski a roulettes",
        "esqui cross", "nartorolki", "backcountry ski", "skitour", "ski touring", "ski de randonnee", "scialpinismo",
        "esqui de montana", "toerski", "turskid", "skitur",
    ), (*_LEGS, Tissue.LATISSIMUS, Tissue.TRICEPS, Tissue.ADDUCTORS)),
    Sport("alpine skiing", Family.OTHER, (
        "alpine ski", "downhill ski", "ski alpin", "esqui alpin", "sci alpino", "snowboard", "skifahren", "alpinskid",
        "narciarstwo", "resort ski", "[ski]", "[skiing]", "[esqui]", "[sci]", "[skien]", "[skidakning]", "alpineski",
        "utforsakning", "esqui",
    ), (*_LEGS, Tissue.ADDUCTORS)),
    Sport("skating", Family.OTHER, (
        "skating", "eislauf", "inline", "patin", "skaten", "skatear", "pattin", "roller", "skridsko", "lyzw", "rolki",
        "rolkach", "skateboard", "ice skate", "schaats", "skeeler",
    ), (*_LEGS, Tissue.GLUTEUS_MEDIUS, Tissue.ADDUCTORS)),
    Sport("snowshoeing", Family.OTHER, (
        "snowshoe", "schneeschuh", "raquette", "raquetas de nieve", "raquete de neve", "ciaspol", "racchette da neve",
        "sneeuwschoen", "snosko", "rakiety sniezne", "rakietach",
    ), (*_CALVES, *_LEGS, Tissue.HIP_FLEXORS)),
    Sport("elliptical", Family.OTHER, (
        "elliptical", "ellipsentrainer", "crosstrainer", "cross trainer", "elliptique", "eliptic", "eliptyczn",
        "ellittic", "elliptisch", "crosstrain",
    ), _LEGS),
    Sport("stair climbing", Family.OTHER, (
        "stair", "treppe", "escalier", "escaleras", "escada", "scale mobili", "stepper", "traplop", "trappor", "schod",
        "floor climb", "[scale]",
    ), (*_CALVES, *_LEGS)),
    Sport("swimming", Family.OTHER, (
        "swim", "schwimm", "natation", "nager", "nage ", "natacion", "nadar", "natacao", "nuoto", "zwem", "simning",
        "simma", "simbassang", "plywani", "plywacki", "freiwasser", "piscina", "piscine", "open water",
        "aguas abiertas",
        "aguas abertas", "acque libere", "eau libre", "basen",
    ), (Tissue.LATISSIMUS, Tissue.DELTOIDS, Tissue.ROTATOR_CUFF), meters=True),
    Sport("rowing", Family.OTHER, (
        "[row]", "rowing", "ruder", "aviron", "rameur", "remo", "canottaggio", "vogatore", "voga", "roei", "rodd",
        "wioslar",
        "wiosl", "ergomet",
    ), (*_LEGS, Tissue.UPPER_BACK, Tissue.LATISSIMUS, Tissue.SPINAL_ERECTORS)),
    Sport("paddling", Family.OTHER, (
        "kayak", "kajak", "canoe", "kano", "kanu", "canoa", "caiaque", "kanot", "paddl", "[sup]", "stand up",
        "padel surf",
    ), (Tissue.LATISSIMUS, Tissue.UPPER_BACK, Tissue.DELTOIDS, Tissue.OBLIQUES)),
    Sport("cycling", Family.OTHER, (
        "bike", "biking", "cycl", "[ride]", "[rides]", "ride ", " ride", "radfahr", "rennrad", "radtour", "radsport",
        "mountainbik", "gravel", "[rad]", "fahrrad", "[vtt]", "velo", "ciclis", "bicicl", "[bici]", "pedal", "fiets",
        "wielren", "cykl", "cykel", "rower", "kolarstw", "kolarsk", "jazda", "[mtb]", "virtual ride", "spinning",
        "heimtrainer", "indoor rad", "bmx", "fahrt", "radfahrt", "handbike", "handcycle", "sortie a velo", "sykl",
        "ciclo",
        "tacx", "zwift ride", "rit op", "fietsrit", "hometrainer",
    ), _LEGS),
    Sport("strength training", Family.STRENGTH, (
        "strength", "weight training", "weighttraining", "weights", "weight lifting", "weightlifting", "krafttraining",
        "kraft", "gewichtheben", "musculation", "renforcement", "entrainement aux poids", "fuerza", "pesas", "forca",
        "musculacao", "levantamento", "pesi", "forza", "krachttraining", "kracht", "gewichtstraining",
        "styrke", "styrka", "styrketraning", "viktlyft", "silow", "podnoszenie ciezar", "ciezar", "crossfit", "[gym]",
        "functional training", "powerlifting", "kettlebell", "bodybuilding", "weight machine", "poids", "vikttraning",
        "sala de pesas", "entrenamiento con pesas", "treino com peso", "treinamento com peso", "potenziamento",
        "lifting",
    )),
    Sport("yoga", Family.OTHER, ("yoga", "ioga", "joga", "stretch", "dehnen", "etirement", "estiramiento",
        "alongamento")),
    Sport("pilates", Family.OTHER, ("pilates",), (Tissue.DEEP_ABDOMINALS, Tissue.OBLIQUES, Tissue.RECTUS_ABDOMINIS)),
    Sport("climbing", Family.OTHER, (
        "rock climb", "climbing", "kletter", "escalade", "escalada", "arrampicata", "klimmen", "klattring", "wspinacz",
        "boulder", "klattra",
    ), (Tissue.FOREARM, Tissue.LATISSIMUS, Tissue.BICEPS)),
    Sport("interval class", Family.OTHER, ("hiit", "high intensity interval", "hochintensi", "intensite elevee",
        "alta intensidad")),
    Sport("mountaineering", Family.OTHER, ("mountaineer", "bergsteig", "alpinis", "montanismo", "alpinism",
    "taternictwo"), (*_CALVES, *_LEGS)),
    Sport("hiking", Family.OTHER, (
        "hik", "wander", "randonnee", "senderismo", "excursion", "caminhada na natureza", "trilha", "escursion",
        "[hike]", "vandring", "wedrow", "[trekking]", "trekking", "bergwander", "rucking", "turystyka piesza",
        "wycieczka",
        "hajk", "caminata por la montana", "[marche en montagne]",
    ), (*_CALVES, *_LEGS)),
    Sport("running", Family.RUN, (
        "run", "treadmill", "jog", "laufband", "[lauf]", "laufen", "lauf", "traillauf", "course a pied", "[course]",
        "footing", "tapis de course", "tapis roulant", "course sur", "course en", "carrera", "[correr]", "corrida",
        "cinta de correr", "[cinta]", "esteira", "corsa", "[correre]", "hardloop", "hardlopen", "loopband",
        "loopsessie",
        "lopning", "lopband", "[lopa]", "lopp", "bieg", "biez", "[trail]", "trailrun", "trail running", "[hardlopen]",
        "track running", "bahnlauf", "[pista]", "obstacle racing", "hindernislauf", "course d obstacles", "ultra",
        "[course virtuelle]", "laufeinheit", "trilopning", "terranglopning", "loebe", "[loop]", "obstacle",
    )),
    Sport("walking", Family.OTHER, (
        "walk", "spazier", "gehen", "marche", "caminar", "caminata", "caminhada", "camminata", "wandelen", "wandeling",
        "promenad", "[ga]", "spacer", "chodzenie", "[chod]", "[gang]", "wandel", "andar", "cammin", "[paseo]",
        "wheelchair",
    ), _CALVES),
    Sport("racket sports", Family.OTHER, (
        "tennis", "tenis", "squash", "badminton", "padel", "pickleball", "racquet", "racket", "racchett", "ping pong",
        "pallone elastico", "tischtennis",
    ), _GAMES),
    Sport("team sports", Family.OTHER, (
        "football", "soccer", "fussball", "futbol", "futebol", "calcio", "voetbal", "fotboll", "pilka", "basket",
        "volley", "handball", "hockey", "rugby", "cricket", "lacrosse", "baseball", "softball", "team sport",
        "floorball",
        "innebandy", "ultimate", "handboll", "balonmano", "mannschaft", "baloncesto", "basquet", "siatkow", "koszykow",
        "frisbee",
    ), _GAMES),
    Sport("martial arts", Family.OTHER, (
        "martial", "boxing", "boxen", "boxe", "boxeo", "kampfsport", "judo", "karate", "wrestling", "boks", "kickbox",
        "vechtsport", "kampsport", "mma", "taekwondo", "jiu",
    ), (*_CALVES, Tissue.DELTOIDS, Tissue.OBLIQUES)),
    Sport("dance", Family.OTHER, ("danc", "tanz", "danse", "danza", "baile", "[dans]", "taniec", "ballet", "zumba"),
        (*_CALVES, Tissue.QUADRICEPS)),
    Sport("jump rope", Family.OTHER, (
        "jump rope", "seilspring", "corde a sauter", "saltar a la comba", "pular corda", "salto con la corda",
        "touwtjespring", "hopprep", "skakank", "rope skipping",
    ), (*_CALVES, Tissue.ACHILLES_TENDON)),
    Sport("golf", Family.OTHER, ("golf",), (Tissue.OBLIQUES, Tissue.SPINAL_ERECTORS)),
    Sport("sailing and surfing", Family.OTHER, ("sail", "segel", "surf", "windsurf", "kitesurf", "voile", "vela",
    "zeilen", "zeglar", "kite")),
    Sport("horse riding", Family.OTHER, ("horse", "reiten", "equitation", "equitacion", "paard", "rid", "jezdziec"),
        (Tissue.ADDUCTORS,)),
    Sport("cardio", Family.OTHER, ("cardio", "kardio", "indoor cardio", "fitness", "conditioning", "aerobic")),
    Sport("workout", Family.OTHER, (
        "workout", "training", "[other]", "[sonstige]", "[autre]", "[otro]", "[otra]", "[outro]", "[outros]", "[altro]",
        "[overig]", "[ovrigt]", "[annat]", "[inne]", "entrainement", "entrenamiento", "treino", "allenamento",
        "traning",
        "trening", "[generic]", "x train", "crosstraining", "[sonstiges]", "[andere]", "exercice", "ejercicio",
        "exercicio", "esercizio",
    )),
)  # fmt: skip
"""Sports in the order in which they are tried."""

TITLES: tuple[tuple[RunKind, str], ...] = (
    (RunKind.RACE, (
        r"wettkampf|wettrennen|competition|competicion|competicao|\bgara\b|wedstrijd|tavling|zawody|volkslauf"
    )),
    (RunKind.LONG, (
        r"\blang(?:er|e|en)? (?:dauer)?lauf|longrun|sortie longue|tirada larga|rodaje largo|\blongao\b|treino longo|"
        r"\blungo\b|lunghissimo|lange duurloop|langpass|dlugie wybieganie|dlugi bieg|\bwybieganie"
    )),
    (RunKind.INTERVALS, (
        r"intervall|fractionne|\bvma\b|intervalos|\bseries\b|\btiros\b|ripetute|interwal|fahrtspiel|tempowechsel|"
        r"intervaltraining|wiederholungslauf"
    )),
    (RunKind.HILLS, (
        r"\bberglauf|bergsprint|hugel|\bcotes\b|\bcuestas\b|\bsubidas\b|\bsalite\b|heuvel|backtraning|podbieg"
    )),
    (RunKind.TEMPO, (
        r"tempodauerlauf|tempolauf|schwellenlauf|\bschwelle\b|allure seuil|\bau seuil\b|\bumbral\b|\blimiar\b|"
        r"\bsoglia\b|\bdrempel|troskel|\bprogow|\btempopass"
    )),
    (RunKind.RECOVERY, (
        r"regenerati|\brecup\b|recuperation active|recuperacion|recuperacao|recupero|rigenerante|herstelloop|"
        r"aterhamtning|regeneracyjn"
    )),
    (RunKind.EASY, (
        r"\blocker|lockerer|ruhiger dauerlauf|\bfooting\b|\bsuave\b|rodaje suave|\bleve\b|corsa lenta|\blento\b|"
        r"rustige|\blugn|spokojn"
    )),
)  # fmt: skip
"""Words of titles, in languages other than English, that tell what a run was for; tried in order."""

_VAGUE = frozenset({"workout", "cardio"})


@functools.cache
def _tried() -> tuple[tuple[Sport, re.Pattern[str]], ...]:
    def pattern(sport: Sport) -> re.Pattern[str]:
        parts = (
            rf"(?<![a-z0-9]){re.escape(stem[1:-1])}(?![a-z0-9])" if stem.startswith("[") else re.escape(stem)
            for stem in sport.stems
        )
        return re.compile("|".join(parts))

    return tuple((sport, pattern(sport)) for sport in SPORTS)


@functools.lru_cache(maxsize=4096)
def sport_of(words: str, more: str = "") -> Sport | None:
    """Return the sport that words name; None when they name none that is known.

    Args:
        words: for the sport, in any of the languages.
        more: for what kind of it; asked where the first is vague, such as ``training``.

    Example:
        >>> [sport_of(words).name for words in ("Trail Run", "Löpning", "Skilanglauf", "Course à pied", "VirtualRide")]
        ['running', 'running', 'nordic skiing', 'running', 'cycling']
        >>> sport_of("training", "strength_training").name
        'strength training'
        >>> sport_of("Quidditch") is None
        True
    """
    general = _looked_up(words)
    if general is not None and general.name not in _VAGUE:
        return general  # what is special about it (trail, track, street, indoor) makes it no other sport
    return _looked_up(more) or general


def _looked_up(words: str) -> Sport | None:
    text = f" {plain(words)} "
    if not text.strip():
        return None
    return next((sport for sport, pattern in _tried() if pattern.search(text)), None)


@functools.cache
def _titles() -> tuple[tuple[RunKind, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(words)) for kind, words in TITLES)


def kind_of_title(title: str) -> RunKind | None:
    """Return what a title in another language than English says that a run was for; None when it does not.

    Example:
        >>> kind_of_title("Langer Lauf am Fluss"), kind_of_title("Morgenlauf")
        (RunKind.LONG, None)
    """
    text = plain(title)
    return next((kind for kind, pattern in _titles() if pattern.search(text)), None)
