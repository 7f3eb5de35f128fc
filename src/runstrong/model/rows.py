"""What stands on a timeline: exercises on days, sessions and pain, and the words that say how hard they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import attrs

from runstrong.model.exercise import Exercise
from runstrong.model.log import Performance, PerformedSet
from runstrong.model.plan import Session
from runstrong.model.prescription import BodyWeight, External, FindLoad, Load, PercentOfMax, Prescription
from runstrong.model.quantities import RIR
from runstrong.model.rules import RuleSet
from runstrong.model.running import Pain
from runstrong.model.value import Record, entry, record
from runstrong.model.words import Count, DayPart, Emphasis, ExerciseKind, Impact, PartName

__all__ = [
    "Definitions", "Felt", "Row", "TrainingDay", "asked_of_legs", "emphasis_of", "hard_sets", "heavy_as_felt",
    "is_heavy", "mean_effort", "moved_mass", "strengthens",
]  # fmt: skip

# Looking a member up on its class costs as much as a function call, and these are looked up at each row.
_PLYOMETRIC, _BALANCE = ExerciseKind.PLYOMETRIC, ExerciseKind.BALANCE
_HARD_LANDINGS = frozenset({Impact.MEDIUM, Impact.HIGH})


@record
class Definitions(Record):
    """The words that rules and planner share, as numbers (policy ``definitions``).

    Args:
        heavy_percent: share of 1RM from which leg work is heavy.
        heavy_rir: repetitions in reserve at or under which leg work is heavy.
        secondary_share: what a hard set counts for a secondary tissue.
        low_effort_rir: a set with more in reserve than this is not a hard set.
        felt_error: how far repetitions in reserve may lie from what was felt.
    """

    heavy_percent: float
    heavy_rir: float
    secondary_share: float
    low_effort_rir: float
    felt_error: float

    @classmethod
    def of(cls, rules: RuleSet) -> Definitions:
        """Read them from a rule set."""
        numbers = rules.numbers("definitions")
        return cls(**{field.name: numbers[field.name] for field in attrs.fields(cls)})


@entry
class Row(Record):
    """One exercise on one day, planned or done."""

    date: dt.date
    day_part: DayPart
    session: str
    part: PartName
    exercise: Exercise
    sets: int
    sides: int
    amount: int
    """Reached, or the top of what was asked."""
    load: Load
    rir: RIR | None
    """As asked, or of the hardest set."""
    performed: bool
    prescription: Prescription | None = None
    performance: Performance | None = None
    heavy: bool = False
    """Whether it is heavy leg work of the main part, by the mean effort of its sets."""
    surely_heavy: bool = False
    """Whether it is so beyond what a felt effort may be wrong by."""

    @property
    def effort(self) -> RIR | None:
        """What the sets left in reserve, taken together: as asked, or the mean of what was felt."""
        return self.rir if self.performance is None else mean_effort(self.performance.sets)

    @property
    def external_kg(self) -> float | None:
        """External load in kilograms; None when it is not stated in mass."""
        load = self.load
        if isinstance(load, BodyWeight):
            return 0.0
        return load.mass.kg if isinstance(load, External) else None


@entry
class TrainingDay(Record):
    """A session as it stands on the timeline: its rows and what it asks of the legs.

    Args:
        id: of the session.
        date: of the session.
        day_part: when in the day.
        rows: every exercise, in order.
        emphasis: what it asks of the legs.
        minutes: how long it is, or was; None when unknown.
        performed: whether it was done.
        planned: as it stands in the plan; None for what was done.
        week: first day of its week.
        main: the rows of the main part.
        hard: those of the main part whose sets can be hard sets or jumps.
        lineup: ids of the exercises of `hard`, in order.
    """

    id: str
    date: dt.date
    day_part: DayPart
    rows: tuple[Row, ...]
    emphasis: Emphasis
    minutes: float | None
    performed: bool
    planned: Session | None
    week: dt.date
    main: tuple[Row, ...]
    hard: tuple[Row, ...]
    lineup: tuple[str, ...]


@record
class Felt(Record):
    """Pain as it was reported on one day.

    Args:
        date: of the run or session that it was reported with.
        pain: where, how much, what kind and when.
        during: the exercise, or the kind of run.
    """

    date: dt.date
    pain: Pain
    during: str


def is_heavy(exercise: Exercise, load: Load, rir: RIR | None, words: Definitions) -> bool:
    """Whether leg work is heavy: by share of 1RM, by effort, or by impact.

    Holds and stretches without an effort target are not heavy, nor is anything above the hips.
    """
    if not exercise.lower_body:
        return False
    if exercise.kind is _PLYOMETRIC:
        return exercise.impact in _HARD_LANDINGS
    if rir is not None and rir.reps <= words.heavy_rir and exercise.hard:
        return True
    if isinstance(load, FindLoad):
        return load.rir.reps <= words.heavy_rir
    return isinstance(load, PercentOfMax) and load.percent >= words.heavy_percent


def mean_effort(sets: Sequence[PerformedSet]) -> RIR | None:
    """Return the mean of what was felt over the sets that tell it; None when none does.

    One set that felt harder than the others makes no heavy day.
    """
    felt = [one.rir.reps for one in sets if one.rir is not None]
    return RIR(sum(felt) / len(felt)) if felt else None


def heavy_as_felt(
    exercise: Exercise, load: Load, effort: RIR | None, words: Definitions, *, sets: int, amount: int
) -> tuple[bool, bool]:
    """Return whether leg work that was done was heavy, and whether it was beyond what a felt effort may be wrong by.

    What was done with `heavy_rir` in reserve by feel may have left one more, so that rules which tell of it say so more
    softly; but few repetitions with a load, in more sets than one, are heavy all the same, as their share of the
    maximum says (Epley).
    """
    if not is_heavy(exercise, load, effort, words):
        return False, False
    if effort is None:
        return True, True
    most = effort.reps + words.felt_error
    loaded = isinstance(load, External) and exercise.counted is Count.REPS and sets > 1
    share = 100.0 / (1.0 + (amount + most) / 30.0) if loaded else 0.0
    return True, share >= words.heavy_percent or is_heavy(exercise, load, RIR(min(10.0, most)), words)


def emphasis_of(entries: Iterable[tuple[Exercise, Load, RIR | None]], words: Definitions) -> Emphasis:
    """Return what a session asks of the legs, from its main exercises with their loads and efforts."""
    return asked_of_legs((exercise, is_heavy(exercise, load, rir, words)) for exercise, load, rir in entries)


def asked_of_legs(main: Iterable[tuple[Exercise, bool]]) -> Emphasis:
    """Return what a session asks of the legs, from its main exercises and whether each is heavy leg work."""
    found = Emphasis.MOBILITY
    for exercise, heavy in main:
        if heavy:
            return Emphasis.HEAVY_LEGS
        if exercise.hard or exercise.kind is _BALANCE:
            if exercise.lower_body:
                found = Emphasis.LIGHT_LEGS
            elif found is Emphasis.MOBILITY:
                found = Emphasis.UPPER_AND_TRUNK
    return found


def hard_sets(exercise: Exercise, sets: int, rir: RIR | None, words: Definitions) -> float:
    """Return how many of `sets` count as hard sets of the exercise's primary tissues.

    Low-effort holds, mobility, balance, releases and jumps count none, nor do sets of unknown effort by
    convention.
    """
    if not strengthens(exercise) or rir is None:
        return 0.0
    return float(sets) if rir.reps <= words.low_effort_rir else 0.0


def moved_mass(exercise: Exercise, external_kg: float, body_mass_kg: float) -> float:
    """Return external load plus the exercise's share of body mass, in kilograms."""
    return external_kg + exercise.body_mass_share * body_mass_kg


def strengthens(exercise: Exercise) -> bool:
    """Whether sets of an exercise can be hard sets at all."""
    return exercise.hard and exercise.kind is not _PLYOMETRIC
