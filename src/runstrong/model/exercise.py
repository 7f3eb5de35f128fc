"""An exercise: what it is, what it trains, and how it is done well."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

import attrs

from runstrong.model.errors import Problem
from runstrong.model.evidence import CONVENTION
from runstrong.model.prescription import Amount, Tempo
from runstrong.model.quantities import RIR, Duration
from runstrong.model.value import Value, identifier, limited, many, value
from runstrong.model.words import (
    Count,
    Deficit,
    Equipment,
    ExerciseKind,
    Form,
    GaitPhase,
    Impact,
    KneeAngle,
    Level,
    Pattern,
    Plane,
    Position,
    Region,
    Side,
    Sides,
    Tissue,
    When,
)

__all__ = ["Dose", "Exercise"]

_HARD = frozenset({ExerciseKind.STRENGTH, ExerciseKind.ISOMETRIC, ExerciseKind.PLYOMETRIC})


@value
class Dose(Value):
    """What to start with at one level, when no ladder or log says otherwise.

    Args:
        level: that it is for.
        sets: how many.
        amount: per set and per side.
        rir: repetitions to leave in reserve; None where effort is not judged by it.
        tempo: of a repetition; None means unhurried and controlled.
        rest: between sets; None where the exercise runs on without rest.
    """

    level: Level
    sets: int = limited(1, 20)
    amount: Amount
    rir: RIR | None = None
    tempo: Tempo | None = None
    rest: Duration | None = limited(0, 900, default=None)


@value
class Exercise(Value):
    """One movement, drill, stretch, release or assessment task.

    Args:
        id: permanent name in kebab case; a retired id stays as a redirect.
        name: as shown to a runner.
        aliases: other names it is known by.
        kind: what sort of training it is.
        pattern: movement pattern.
        gait_phases: phases of the running stride that it serves.
        primary: tissues that a hard set counts fully for.
        secondary: tissues that it counts half for.
        planes: planes of movement that it trains or resists.
        sides: whether both sides work at once, one at a time, or in turn.
        counted: what a set is measured in.
        body_mass_share: share of body mass that is moved, 0 to 1; part of the moved mass.
        knee_angle: for ankle work, whether the knee is straight or bent.
        loaded_by: equipment that can add load; empty where it is never loaded.
        equipment: what is required. Empty means a floor and nothing else.
        positions: body positions that it asks for.
        level: strength training experience that it asks for.
        impact: how hard it lands.
        when: where it may stand in relation to a run.
        setup: how to get into place.
        cues: what to think of while doing it.
        form_flags: points of technique that a log can tick or fail.
        faults: common faults.
        easier: ids of easier variants.
        harder: ids of harder variants.
        cautions: when to leave it out or ask first.
        avoid_with: regions whose current injury rules it out.
        serves: deficits that it answers (stretches, mobility, release and control work).
        prepares: ids of exercises that it prepares for.
        assesses: what it measures when used as an assessment; empty otherwise.
        doses: a starting dose per level.
        sources: ids of sources, or ``convention``.
    """

    kind_of_document: ClassVar[str] = "exercise"

    id: str = identifier()
    name: str
    aliases: tuple[str, ...] = many(default=(), ordered=False)
    kind: ExerciseKind
    pattern: Pattern
    gait_phases: tuple[GaitPhase, ...] = many(default=(), ordered=False)
    primary: tuple[Tissue, ...] = many(ordered=False, least=1)
    secondary: tuple[Tissue, ...] = many(default=(), ordered=False)
    planes: tuple[Plane, ...] = many(ordered=False, least=1)
    sides: Sides
    counted: Count
    body_mass_share: float = limited(0, 1, default=0.0)
    knee_angle: KneeAngle | None = None
    loaded_by: tuple[Equipment, ...] = many(default=(), ordered=False)
    equipment: tuple[Equipment, ...] = many(default=(), ordered=False)
    positions: tuple[Position, ...] = many(ordered=False, least=1)
    level: Level
    impact: Impact = Impact.NONE
    when: When = When.ANY
    setup: str
    cues: tuple[str, ...] = many(least=1)
    form_flags: tuple[Form, ...] = many(ordered=False, least=1)
    faults: tuple[str, ...] = many(least=1)
    easier: tuple[str, ...] = many(default=(), ordered=False, names=True)
    harder: tuple[str, ...] = many(default=(), ordered=False, names=True)
    cautions: tuple[str, ...] = many(default=())
    avoid_with: tuple[Region, ...] = many(default=(), ordered=False)
    serves: tuple[Deficit, ...] = many(default=(), ordered=False)
    prepares: tuple[str, ...] = many(default=(), ordered=False, names=True)
    assesses: str = ""
    doses: tuple[Dose, ...] = many(least=1)
    sources: tuple[str, ...] = many(ordered=False, least=1, names=True)
    hard: bool = attrs.field(default=False, init=False)
    """Whether its sets count as hard sets of a tissue: strength, isometric and plyometric work do."""
    lower_body: bool = attrs.field(default=False, init=False)
    """Whether its primary work is leg work."""

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        # Asked for at each row of a timeline, and the same ever after.
        put = object.__setattr__
        put(self, "hard", self.kind in _HARD)
        put(self, "lower_body", any(tissue.lower_body for tissue in self.primary))

    def _conflicts(self) -> Iterable[Problem]:
        place = f"Exercise {self.id}"
        both = set(self.primary) & set(self.secondary)
        if both:
            yield Problem(f"{place}.secondary", ", ".join(map(str, sorted(both))), "tissues that are not primary too")
        for dose in self.doses:
            if dose.amount.count is not self.counted:
                yield Problem(f"{place}.doses", str(dose.amount), f"an amount counted in {self.counted}")
            if dose.level.value < self.level.value:
                yield Problem(f"{place}.doses", f"a dose for level {dose.level}", f"level {self.level} and up")
        if self.kind is ExerciseKind.PLYOMETRIC and self.impact is Impact.NONE:
            yield Problem(f"{place}.impact", "none", "low, medium or high for a plyometric exercise")
        if self.id in self.easier or self.id in self.harder:
            yield Problem(f"{place}", "itself among its variants", "other exercises")

    @property
    def regions(self) -> tuple[Region, ...]:
        """Regions of the primary tissues, sorted."""
        return tuple(sorted({tissue.region for tissue in self.primary}))

    @property
    def side(self) -> Side:
        """The side word of its prescriptions: each side in turn where one works at a time."""
        return Side.BOTH if self.sides is Sides.UNILATERAL else Side.NONE

    @property
    def equipment_free(self) -> bool:
        """Whether a floor and household things are enough."""
        return all(piece.household for piece in self.equipment)

    @property
    def by_convention_only(self) -> bool:
        """Whether no publication or founding article stands behind it."""
        return self.sources == (CONVENTION,)

    def dose_at(self, level: Level) -> Dose:
        """Return the dose for `level`, or the nearest one under it, or the lowest there is."""
        fitting = [dose for dose in self.doses if dose.level.value <= level.value]
        if fitting:
            return max(fitting, key=lambda dose: dose.level.value)
        return min(self.doses, key=lambda dose: dose.level.value)
