"""The field's words, as enums. Each value is what documents write.

What a word implies for planning (a tissue's region, which run kinds are quality runs) is a property of the word
here, so that rules, planner and ladders cannot disagree about it.
"""

from __future__ import annotations

import enum

__all__ = [
    "BandTension", "Certainty", "Clearance", "Count", "DayPart", "Deficit", "Emphasis", "Equipment", "ExerciseKind",
    "Form", "GaitPhase", "Goal", "Handling", "Impact", "KneeAngle", "Level", "OverloadAxis", "PainKind", "PainMoment",
    "PartName", "Pattern", "Phase", "Place", "Plane", "Position", "Priority", "RPEBasis", "Region", "RuleStatus",
    "RunKind", "Severity", "Sex", "Side", "Sides", "StrengthDayPolicy", "Tissue", "Weekday", "When",
]  # fmt: skip


class Word(enum.Enum):
    """An enum whose members print as documents write them."""

    def __str__(self) -> str:
        return str(self.value)

    def __repr__(self) -> str:
        return f"{type(self).__name__}.{self.name}"

    # Members are single objects, so that their identity will do; Enum's own hash is a Python call.
    __hash__ = object.__hash__

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Word) or type(self) is not type(other):
            return NotImplemented
        return bool(self.value < other.value)


class ExerciseKind(Word):
    """What sort of training an exercise is; it decides how its sets count and where in a session it stands."""

    STRENGTH = "strength"
    ISOMETRIC = "isometric"
    PLYOMETRIC = "plyometric"
    BALANCE = "balance"
    DYNAMIC_DRILL = "dynamic-drill"
    STATIC_STRETCH = "static-stretch"
    MOBILITY = "mobility"
    RELEASE = "release"
    BREATHING = "breathing"


class Pattern(Word):
    """Movement pattern."""

    SQUAT = "squat"
    LUNGE = "lunge"
    HINGE = "hinge"
    STEP = "step"
    BRIDGE = "bridge"
    KNEE_FLEXION = "knee-flexion"
    KNEE_EXTENSION = "knee-extension"
    HIP_FLEXION = "hip-flexion"
    HIP_EXTENSION = "hip-extension"
    HIP_ABDUCTION = "hip-abduction"
    HIP_ADDUCTION = "hip-adduction"
    HIP_ROTATION = "hip-rotation"
    ANKLE_PLANTARFLEXION = "ankle-plantarflexion"
    ANKLE_DORSIFLEXION = "ankle-dorsiflexion"
    ANKLE_INVERSION = "ankle-inversion"
    ANKLE_EVERSION = "ankle-eversion"
    FOOT = "foot"
    TRUNK_ANTI_EXTENSION = "trunk-anti-extension"
    TRUNK_ANTI_ROTATION = "trunk-anti-rotation"
    TRUNK_ANTI_LATERAL_FLEXION = "trunk-anti-lateral-flexion"
    TRUNK_FLEXION = "trunk-flexion"
    TRUNK_LATERAL_FLEXION = "trunk-lateral-flexion"
    TRUNK_EXTENSION = "trunk-extension"
    TRUNK_ROTATION = "trunk-rotation"
    PUSH = "push"
    PULL = "pull"
    CARRY = "carry"
    GET_UP = "get-up"
    JUMP = "jump"
    HOP = "hop"
    BOUND = "bound"
    THROW = "throw"
    GAIT = "gait"
    BALANCE = "balance"
    BREATHING = "breathing"


class GaitPhase(Word):
    """Phase of the running stride that an exercise serves."""

    LOADING = "loading"
    MID_STANCE = "mid-stance"
    PUSH_OFF = "push-off"
    EARLY_SWING = "early-swing"
    LATE_SWING = "late-swing"


class Region(Word):
    """A part of the body that rules cover, and that injuries, soreness and pain name."""

    FOOT = "foot"
    ANKLE = "ankle"
    SHIN = "shin"
    CALF = "calf"
    KNEE = "knee"
    QUADRICEPS = "quadriceps"
    HAMSTRING = "hamstring"
    HIP = "hip"
    GROIN = "groin"
    TRUNK = "trunk"
    LOWER_BACK = "lower-back"
    THORACIC = "thoracic"
    UPPER_BODY = "upper-body"


class Tissue(Word):
    """A muscle, tendon or joint that exercises load; hard sets and recovery are counted by it."""

    CALF_GASTROCNEMIUS = "calf-gastrocnemius"
    CALF_SOLEUS = "calf-soleus"
    ACHILLES_TENDON = "achilles-tendon"
    TIBIALIS_ANTERIOR = "tibialis-anterior"
    TIBIALIS_POSTERIOR = "tibialis-posterior"
    PERONEALS = "peroneals"
    FOOT_INTRINSICS = "foot-intrinsics"
    PLANTAR_FASCIA = "plantar-fascia"
    QUADRICEPS = "quadriceps"
    PATELLAR_TENDON = "patellar-tendon"
    HAMSTRING = "hamstring"
    GLUTEUS_MAXIMUS = "gluteus-maximus"
    GLUTEUS_MEDIUS = "gluteus-medius"
    GLUTEUS_MINIMUS = "gluteus-minimus"
    HIP_FLEXORS = "hip-flexors"
    HIP_ROTATORS = "hip-rotators"
    ADDUCTORS = "adductors"
    RECTUS_ABDOMINIS = "rectus-abdominis"
    OBLIQUES = "obliques"
    DEEP_ABDOMINALS = "deep-abdominals"
    PELVIC_FLOOR = "pelvic-floor"
    DIAPHRAGM = "diaphragm"
    SPINAL_ERECTORS = "spinal-erectors"
    QUADRATUS_LUMBORUM = "quadratus-lumborum"
    THORACIC_SPINE = "thoracic-spine"
    UPPER_BACK = "upper-back"
    LATISSIMUS = "latissimus"
    PECTORALS = "pectorals"
    DELTOIDS = "deltoids"
    ROTATOR_CUFF = "rotator-cuff"
    SERRATUS_ANTERIOR = "serratus-anterior"
    TRICEPS = "triceps"
    BICEPS = "biceps"
    FOREARM = "forearm"

    @property
    def region(self) -> Region:
        """The region that this tissue belongs to when coverage is counted."""
        return _REGION_OF[self]

    @property
    def lower_body(self) -> bool:
        """Whether work for this tissue is leg work, which placement keeps away from quality runs."""
        return _REGION_OF[self] not in _ABOVE_HIP


_REGION_OF = {
    Tissue.CALF_GASTROCNEMIUS: Region.CALF,
    Tissue.CALF_SOLEUS: Region.CALF,
    Tissue.ACHILLES_TENDON: Region.CALF,
    Tissue.TIBIALIS_ANTERIOR: Region.ANKLE,
    Tissue.TIBIALIS_POSTERIOR: Region.ANKLE,
    Tissue.PERONEALS: Region.ANKLE,
    Tissue.FOOT_INTRINSICS: Region.FOOT,
    Tissue.PLANTAR_FASCIA: Region.FOOT,
    Tissue.QUADRICEPS: Region.QUADRICEPS,
    Tissue.PATELLAR_TENDON: Region.QUADRICEPS,
    Tissue.HAMSTRING: Region.HAMSTRING,
    Tissue.GLUTEUS_MAXIMUS: Region.HIP,
    Tissue.GLUTEUS_MEDIUS: Region.HIP,
    Tissue.GLUTEUS_MINIMUS: Region.HIP,
    Tissue.HIP_FLEXORS: Region.HIP,
    Tissue.HIP_ROTATORS: Region.HIP,
    Tissue.ADDUCTORS: Region.GROIN,
    Tissue.RECTUS_ABDOMINIS: Region.TRUNK,
    Tissue.OBLIQUES: Region.TRUNK,
    Tissue.DEEP_ABDOMINALS: Region.TRUNK,
    Tissue.PELVIC_FLOOR: Region.TRUNK,
    Tissue.DIAPHRAGM: Region.TRUNK,
    Tissue.SPINAL_ERECTORS: Region.TRUNK,
    Tissue.QUADRATUS_LUMBORUM: Region.TRUNK,
    Tissue.THORACIC_SPINE: Region.THORACIC,
    Tissue.UPPER_BACK: Region.UPPER_BODY,
    Tissue.LATISSIMUS: Region.UPPER_BODY,
    Tissue.PECTORALS: Region.UPPER_BODY,
    Tissue.DELTOIDS: Region.UPPER_BODY,
    Tissue.ROTATOR_CUFF: Region.UPPER_BODY,
    Tissue.SERRATUS_ANTERIOR: Region.UPPER_BODY,
    Tissue.TRICEPS: Region.UPPER_BODY,
    Tissue.BICEPS: Region.UPPER_BODY,
    Tissue.FOREARM: Region.UPPER_BODY,
}
_ABOVE_HIP = {Region.TRUNK, Region.LOWER_BACK, Region.THORACIC, Region.UPPER_BODY}


class Plane(Word):
    """Plane of movement: forward and back, side to side, or rotation."""

    SAGITTAL = "sagittal"
    FRONTAL = "frontal"
    TRANSVERSE = "transverse"


class Sides(Word):
    """How an exercise uses the two sides."""

    BILATERAL = "bilateral"
    UNILATERAL = "unilateral"
    ALTERNATING = "alternating"


class Side(Word):
    """Which side a prescription or a set is for. The amount is always per side."""

    NONE = "none"
    BOTH = "both"
    LEFT = "left"
    RIGHT = "right"


class Count(Word):
    """What is counted."""

    REPS = "reps"
    HOLD = "hold"
    CONTACTS = "contacts"
    DISTANCE = "distance"
    MINUTES = "minutes"

    @property
    def axis(self) -> OverloadAxis:
        """The axis of overload that asking for more of it is."""
        return OverloadAxis.HOLD if self is Count.MINUTES else OverloadAxis(self.value)


class Equipment(Word):
    """What an exercise needs or can be loaded by. An empty list means a floor and nothing else."""

    DUMBBELL = "dumbbell"
    KETTLEBELL = "kettlebell"
    BARBELL = "barbell"
    RACK = "rack"
    WEIGHT_BENCH = "weight-bench"
    BACKPACK = "backpack"
    WEIGHT_VEST = "weight-vest"
    BAND = "band"
    LOOP_BAND = "loop-band"
    BAND_ANCHOR = "band-anchor"
    STEP = "step"
    BOX = "box"
    CHAIR = "chair"
    WALL = "wall"
    SWISS_BALL = "swiss-ball"
    MEDICINE_BALL = "medicine-ball"
    MASSAGE_BALL = "massage-ball"
    FOAM_ROLLER = "foam-roller"
    SLIDERS = "sliders"
    TOWEL = "towel"
    PULL_UP_BAR = "pull-up-bar"
    LOW_BAR = "low-bar"
    DIP_BARS = "dip-bars"
    SLING = "sling"
    CABLE = "cable"
    LEG_PRESS = "leg-press"
    LEG_CURL = "leg-curl"
    CALF_MACHINE = "calf-machine"
    FOOT_HOLD = "foot-hold"
    MAT = "mat"
    CLOCK = "clock"

    @property
    def household(self) -> bool:
        """Whether every home has it, so that needing it keeps a plan equipment-free."""
        return self in _HOUSEHOLD


_HOUSEHOLD = {
    Equipment.WALL, Equipment.CHAIR, Equipment.STEP, Equipment.TOWEL, Equipment.BACKPACK, Equipment.FOOT_HOLD,
    Equipment.MAT, Equipment.CLOCK,
}  # fmt: skip


class Position(Word):
    """Body position that an exercise asks for, so that kneeling or hanging can be ruled out."""

    STANDING = "standing"
    HALF_KNEELING = "half-kneeling"
    TALL_KNEELING = "tall-kneeling"
    HANDS_AND_KNEES = "hands-and-knees"
    SEATED = "seated"
    SUPINE = "supine"
    PRONE = "prone"
    SIDE_LYING = "side-lying"
    PLANK = "plank"
    HANGING = "hanging"

    @property
    def kneeling(self) -> bool:
        """Whether a knee bears weight."""
        return self in (Position.HALF_KNEELING, Position.TALL_KNEELING, Position.HANDS_AND_KNEES)


class Level(Word):
    """How much strength training something asks for, or a runner has behind them: 1 novice to 3 advanced."""

    NOVICE = 1
    INTERMEDIATE = 2
    ADVANCED = 3

    def __str__(self) -> str:
        return self.name.lower()


class Impact(Word):
    """How hard an exercise lands; medium and high count as heavy legs when it is plyometric."""

    NONE = "none"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class When(Word):
    """When an exercise may stand in relation to a run."""

    PRE_RUN = "pre-run"
    POST_RUN = "post-run"
    ANY = "any"


class KneeAngle(Word):
    """For ankle work: straight loads the gastrocnemius with the soleus, bent chiefly the soleus."""

    STRAIGHT = "straight"
    BENT = "bent"


class Form(Word):
    """A point of technique that can be ticked or failed in a log."""

    KNEE_LINE = "knee-line"
    NEUTRAL_SPINE = "neutral-spine"
    NEUTRAL_PELVIS = "neutral-pelvis"
    LEVEL_PELVIS = "level-pelvis"
    FOOT_TRIPOD = "foot-tripod"
    BRACE = "brace"
    STEADY_BREATHING = "steady-breathing"
    CONTROLLED_TEMPO = "controlled-tempo"
    FULL_RANGE = "full-range"
    PAIN_FREE_RANGE = "pain-free-range"
    UPRIGHT_TRUNK = "upright-trunk"
    KNEES_UNLOCKED = "knees-unlocked"
    HEEL_DOWN = "heel-down"
    QUIET_LANDING = "quiet-landing"
    SHORT_GROUND_CONTACT = "short-ground-contact"
    TENSION_THROUGHOUT = "tension-throughout"
    SHOULDERS_SET = "shoulders-set"
    STACKED_JOINTS = "stacked-joints"
    FRONT_HEEL_LOADED = "front-heel-loaded"
    NO_EXTRA_CONTACT = "no-extra-contact"
    LIGHT_SUPPORT_ONLY = "light-support-only"


class BandTension(Word):
    """How strong an elastic band is, for want of a unit that bands share."""

    LIGHT = "light"
    MEDIUM = "medium"
    HEAVY = "heavy"

    @property
    def rank(self) -> int:
        """Place among all, the lightest first; for comparing."""
        return _TENSION_RANK[self]


_TENSION_RANK = {tension: place for place, tension in enumerate(BandTension)}


class OverloadAxis(Word):
    """What is made harder inside a rung, in its own order."""

    REPS = "reps"
    SETS = "sets"
    HOLD = "hold"
    LOAD = "load"
    LEVER = "lever"
    CONTACTS = "contacts"
    DISTANCE = "distance"
    RANGE = "range"
    SPEED = "speed"
    TEMPO = "tempo"
    BAND_POSITION = "band-position"
    HEIGHT = "height"
    ASSISTANCE = "assistance"


class RunKind(Word):
    """What a run is for, which decides what strength may stand beside it."""

    EASY = "easy"
    RECOVERY = "recovery"
    STEADY = "steady"
    LONG = "long"
    INTERVALS = "intervals"
    TEMPO = "tempo"
    HILLS = "hills"
    RACE = "race"

    @property
    def quality(self) -> bool:
        """Whether it is a quality run: intervals, tempo, hills or race effort."""
        return self in _QUALITY_RUNS

    @property
    def hard(self) -> bool:
        """Whether it is a quality run or the long run, which heavy legs keep away from."""
        return self in _HARD_RUNS


_QUALITY_RUNS = frozenset({RunKind.INTERVALS, RunKind.TEMPO, RunKind.HILLS, RunKind.RACE})
_HARD_RUNS = _QUALITY_RUNS | {RunKind.LONG}


class DayPart(Word):
    """When in the day; unknown is a value of its own and never taken for midday."""

    MORNING = "morning"
    MIDDAY = "midday"
    EVENING = "evening"
    UNKNOWN = "unknown"

    @property
    def order(self) -> int:
        """Place within the day, for sorting; unknown comes last."""
        return _DAY_PART_ORDER[self]


_DAY_PART_ORDER = {DayPart.MORNING: 0, DayPart.MIDDAY: 1, DayPart.EVENING: 2, DayPart.UNKNOWN: 3}


class Weekday(Word):
    """A day of the week, in the order of `datetime.date.weekday`."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"

    @property
    def number(self) -> int:
        """Monday is 0, as in `datetime.date.weekday`."""
        return _WEEKDAY_NUMBER[self]

    @classmethod
    def of(cls, number: int) -> Weekday:
        """Return the day that `datetime.date.weekday` gives as `number`."""
        return _WEEKDAYS[number % 7]


_WEEKDAYS = tuple(Weekday)
_WEEKDAY_NUMBER = {day: number for number, day in enumerate(_WEEKDAYS)}


class Phase(Word):
    """What a week of the season is for, from learning the lifts to recovering from the race."""

    FOUNDATION = "foundation"
    BUILD = "build"
    HEAVY = "heavy"
    EXPLOSIVE = "explosive"
    MAINTENANCE = "maintenance"
    TAPER = "taper"
    RACE = "race"
    RECOVERY = "recovery"

    @property
    def quiet(self) -> bool:
        """Whether its weeks bring nothing new and less of everything: taper, race and recovery."""
        return self in _QUIET


_QUIET = frozenset({Phase.TAPER, Phase.RACE, Phase.RECOVERY})


class Emphasis(Word):
    """What a session asks of the legs, derived from what it holds."""

    HEAVY_LEGS = "heavy-legs"
    LIGHT_LEGS = "light-legs"
    UPPER_AND_TRUNK = "upper-and-trunk"
    MOBILITY = "mobility"

    @property
    def legs(self) -> bool:
        """Whether the legs work at all beyond mobility."""
        return self in _LEG_WORK

    @property
    def order(self) -> int:
        """Place among all, for sorting: what asks most of the legs comes first."""
        return _EMPHASIS_ORDER[self]


_EMPHASIS_ORDER = {emphasis: place for place, emphasis in enumerate(Emphasis)}
_LEG_WORK = frozenset({Emphasis.HEAVY_LEGS, Emphasis.LIGHT_LEGS})


class PartName(Word):
    """The parts of a session, in the order in which they stand."""

    WARM_UP = "warm-up"
    MAIN = "main"
    COOL_DOWN = "cool-down"


class Priority(Word):
    """Weight of a race: A is what the season is for, C is a quality run with a number on."""

    A = "A"
    B = "B"
    C = "C"


class Goal(Word):
    """What a runner trains strength for."""

    RUN_FASTER = "run-faster"
    RUN_FARTHER = "run-farther"
    HEALTH = "health"
    STRENGTH = "strength"
    RETURN_AFTER_INJURY = "return-after-injury"
    COMEBACK = "comeback"


class Deficit(Word):
    """A stated shortfall that mobility, release or control work answers."""

    ANKLE_DORSIFLEXION = "ankle-dorsiflexion"
    HIP_FLEXION = "hip-flexion"
    HIP_EXTENSION = "hip-extension"
    HIP_INTERNAL_ROTATION = "hip-internal-rotation"
    HIP_EXTERNAL_ROTATION = "hip-external-rotation"
    HAMSTRING_LENGTH = "hamstring-length"
    QUADRICEPS_LENGTH = "quadriceps-length"
    CALF_LENGTH = "calf-length"
    THORACIC_ROTATION = "thoracic-rotation"
    THORACIC_EXTENSION = "thoracic-extension"
    LUMBAR = "lumbar"
    RIB_CAGE = "rib-cage"
    HIP_CONTROL = "hip-control"
    FOOT_CONTROL = "foot-control"
    SINGLE_LEG_BALANCE = "single-leg-balance"
    LONG_SITTING = "long-sitting"
    HYPERMOBILITY = "hypermobility"


class Sex(Word):
    """Used for norms alone; may stay unknown."""

    FEMALE = "female"
    MALE = "male"


class Clearance(Word):
    """Whether a clinician, or a full set of clear screening answers, allows hard training."""

    CLEARED = "cleared"
    NOT_CLEARED = "not-cleared"
    UNKNOWN = "unknown"


class Place(Word):
    """Where strength is done, and so whose kit is at hand."""

    HOME = "home"
    GYM = "gym"
    TRAVEL = "travel"


class StrengthDayPolicy(Word):
    """Where strength goes first: on easy and rest days, or on the evening of a hard day so that easy days stay easy."""

    EASY_DAY = "easy-day"
    HARD_DAY_EVENING = "hard-day-evening"


class PainMoment(Word):
    """When pain was felt: in the exercise or run itself, or the morning after."""

    DURING = "during"
    NEXT_MORNING = "next-morning"


class PainKind(Word):
    """What pain is like; all but dull pain are red flags."""

    DULL = "dull"
    SHARP = "sharp"
    FOCAL_BONE = "focal-bone"
    NIGHT = "night"
    GIVING_WAY = "giving-way"

    @property
    def red_flag(self) -> bool:
        """Whether it stops the session whatever the score."""
        return self is not PainKind.DULL


class RPEBasis(Word):
    """Where a session RPE comes from: the runner's own word, or an estimate that was asked for."""

    FELT = "felt"
    HEART_RATE = "heart-rate"
    PACE = "pace"

    @property
    def estimated(self) -> bool:
        """Whether it was worked out from something else and not felt."""
        return self is not RPEBasis.FELT


class Handling(Word):
    """What became of something in a foreign file."""

    TAKEN = "taken"
    PASSED_BY = "passed-by"
    FIGURE_UNREAD = "figure-unread"
    ACTIVITY_UNREAD = "activity-unread"


class Severity(Word):
    """How grave a finding is: info < advice < warning < danger."""

    INFO = "info"
    ADVICE = "advice"
    WARNING = "warning"
    DANGER = "danger"

    @property
    def rank(self) -> int:
        """Place in the order of gravity; info is 0."""
        return _SEVERITY_RANK[self]

    def __lt__(self, other: object) -> bool:
        return self.rank < other.rank if isinstance(other, Severity) else NotImplemented


_SEVERITY_RANK = {severity: rank for rank, severity in enumerate(Severity)}


class RuleStatus(Word):
    """Where a rule stands in its life; a rule that is not stable is off unless it is asked for."""

    PREVIEW = "preview"
    STABLE = "stable"
    DEPRECATED = "deprecated"


class Certainty(Word):
    """GRADE's words, plus two for what no study stands behind."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    VERY_LOW = "very low"
    EXPERT_OPINION = "expert opinion"
    CONVENTION = "convention"
