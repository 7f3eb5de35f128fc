"""What the result of an assessment means: where to start on which ladders, and what deserves attention first.

A standard places a runner; it judges nobody. Norms are shown for comparison and never decide where someone starts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import ClassVar

from runstrong.model.errors import Problem
from runstrong.model.evidence import CONVENTION
from runstrong.model.findings import Fact
from runstrong.model.progression import Progression
from runstrong.model.runner import Assessment
from runstrong.model.value import Record, Value, identifier, limited, many, record, value
from runstrong.model.words import Deficit, Region, Sex, Side, Word

__all__ = [
    "Focus", "Gap", "Measure", "Norm", "Norms", "SideGap", "SmallestChange", "Standard", "Standing", "StandingCode",
    "StandingNote", "StandingReason", "StartingPoint",
]  # fmt: skip


class Measure(Word):
    """What the result of an assessment is counted in; always a whole number."""

    REPS = "reps"
    SECONDS = "s"
    CENTIMETERS = "cm"
    DEGREES = "degrees"
    GRADE = "grade"


_ONE = {Measure.REPS: "rep", Measure.DEGREES: "degree"}


@value
class StartingPoint(Value):
    """A rung to start on, for whoever reaches `at_least` with the worse side.

    Args:
        at_least: of the worse side; 0 for the rung that anybody may start on.
        progression: id of the ladder.
        rung: exercise id of the rung; the lowest rung with it that is loaded or not, as `loaded` says.
        loaded: whether the rung is entered with load already.
        source: of the number: id of a source, or ``convention``.
        note: how the number comes about.
    """

    at_least: int = limited(0, 5000)
    progression: str = identifier()
    rung: str = identifier()
    loaded: bool = False
    source: str = identifier(default=CONVENTION)
    note: str

    def rung_on(self, progression: Progression) -> int | None:
        """Return the place of the rung on its ladder, or None where the ladder has no such rung.

        Example:
            >>> from runstrong.catalog.records import load_catalog
            >>> ladder = load_catalog().progressions["calf-raise-straight"]
            >>> point = StartingPoint(
            ...     at_least=20, progression=ladder.id, rung="single-leg-calf-raise", loaded=True, note="an example"
            ... )
            >>> point.rung_on(ladder)
            2
        """
        rungs = enumerate(progression.rungs)
        return next((n for n, rung in rungs if rung.exercise == self.rung and rung.starts_loaded is self.loaded), None)


@value
class SideGap(Value):
    """When the difference between two sides counts as one.

    Args:
        share: of the better side, from 0 to 1, that the gap has to reach to be seen at all.
        amount: that it has to reach as well to count at once.
        results: in a row that show it, with the same side behind, for a smaller one to count.
        source: of the numbers: id of a source, or ``convention``.
        note: how they come about.
    """

    share: float = limited(0, 1)
    amount: int = limited(1, 5000)
    results: int = limited(2, 10, default=2)
    source: str = identifier(default=CONVENTION)
    note: str


@value
class SmallestChange(Value):
    """The difference between two results of one side that is more than error of measurement.

    Args:
        amount: in the unit of the standard.
        source: of the number: id of a source, or ``convention``.
        note: how it comes about.
    """

    amount: int = limited(1, 5000)
    source: str = identifier(default=CONVENTION)
    note: str


@value
class Focus(Value):
    """What gets priority, and after which result. Exactly one of `under`, `under_share` and `side_gap` is stated.

    Args:
        under: the worse side stays under this amount.
        under_share: the worse side stays under this share of the norm for age and sex; without a norm it says nothing.
        side_gap: a difference between the sides counts.
        deficit: that mobility or control work is to answer.
        region: whose strength work comes first.
        source: of the number: id of a source, or ``convention``.
        note: how the number comes about.
    """

    under: int | None = limited(1, 5000, default=None)
    under_share: float | None = limited(0.01, 2, default=None)
    side_gap: bool = False
    deficit: Deficit | None = None
    region: Region | None = None
    source: str = identifier(default=CONVENTION)
    note: str

    def _conflicts(self) -> Iterable[Problem]:
        stated = [self.under is not None, self.under_share is not None, self.side_gap]
        if sum(stated) != 1:
            yield Problem("Focus", f"{sum(stated)} of under, under_share and side_gap", "exactly one of the three")
        if self.deficit is None and self.region is None:
            yield Problem("Focus", "neither deficit nor region", "at least one of the two")


@value
class Norm(Value):
    """What people of one sex and age reach in the middle; both ages belong to the band.

    Args:
        sex: that it is for.
        from_age: youngest.
        to_age: oldest.
        amount: in the unit of the standard.
    """

    sex: Sex
    from_age: int = limited(0, 120)
    to_age: int = limited(0, 120)
    amount: int = limited(1, 5000)

    def _conflicts(self) -> Iterable[Problem]:
        if self.to_age < self.from_age:
            yield Problem("Norm.to_age", str(self.to_age), f"{self.from_age} or more")


@value
class Norms(Value):
    """Norms by sex and age: for comparison and emphasis, never for a place on a ladder.

    Args:
        bands: by sex and age, none over another.
        source: id of the source.
        note: whom it measured.
    """

    bands: tuple[Norm, ...] = many(least=1)
    source: str = identifier()
    note: str

    def _conflicts(self) -> Iterable[Problem]:
        for number, band in enumerate(self.bands):
            for other in self.bands[:number]:
                if band.sex is other.sex and band.from_age <= other.to_age and other.from_age <= band.to_age:
                    fact = f"{band.sex} {band.from_age}-{band.to_age} and {other.from_age}-{other.to_age}"
                    yield Problem(f"Norms.bands[{number}]", fact, "bands that do not overlap")

    def amount_for(self, sex: Sex | None, age: int | None) -> int | None:
        """Return the norm, or None where sex or age is unknown or no band holds the age."""
        if sex is None or age is None:
            return None
        fitting = (band.amount for band in self.bands if band.sex is sex and band.from_age <= age <= band.to_age)
        return next(fitting, None)


@value
class Standard(Value):
    """What the results of one assessment exercise stand for.

    Args:
        exercise: id of the assessment exercise; a catalog holds one standard for each.
        says: what a result tells a runner, in one sentence.
        recorded: how a result is written down.
        unit: what it is counted in.
        per_side: whether each side has a result of its own.
        most: the greatest result that can be meant; a greater one is taken for a slip, such as millimeters for cm.
        scale: for grades, what 0, 1, 2 ... mean.
        places: starting points; those on one ladder ascend and begin with 0.
        focus: what deserves attention first, after which result.
        norms: by sex and age.
        smallest_change: between two results that is more than error of measurement.
        gap: when the two sides differ.
        sources: ids of sources, or ``convention``.
        cautions: what to bear in mind when reading a result.

    Example:
        >>> from runstrong.catalog.records import load_catalog
        >>> standard = load_catalog().standards["single-leg-heel-lift-test"]
        >>> standard.shown(24), standard.smallest_change.amount
        ('24 reps', 6)
    """

    kind_of_document: ClassVar[str] = "standard"

    exercise: str = identifier()
    says: str
    recorded: str
    unit: Measure
    per_side: bool
    most: int = limited(1, 5000)
    scale: tuple[str, ...] = many(default=())
    places: tuple[StartingPoint, ...] = many(default=())
    focus: tuple[Focus, ...] = many(default=())
    norms: Norms | None = None
    smallest_change: SmallestChange | None = None
    gap: SideGap | None = None
    sources: tuple[str, ...] = many(ordered=False, least=1, names=True)
    cautions: tuple[str, ...] = many(default=())

    @property
    def id(self) -> str:
        """The id of the exercise: a standard has no name of its own."""
        return self.exercise

    @property
    def cited(self) -> tuple[str, ...]:
        """Every source that the standard or one of its numbers names, sorted."""
        parts = (*self.places, *self.focus, self.norms, self.smallest_change, self.gap)
        return tuple(sorted({*self.sources, *(part.source for part in parts if part is not None)}))

    def shown(self, amount: int) -> str:
        """Write a result with its unit, a grade in words.

        Example:
            >>> from runstrong.catalog.records import load_catalog
            >>> load_catalog().standards["hip-extension-test"].shown(1)
            'thigh level with the edge'
        """
        if self.unit is Measure.GRADE:
            return self.scale[amount] if amount < len(self.scale) else f"grade {amount}"
        return f"{amount} {self.unit if amount != 1 else _ONE.get(self.unit, self.unit)}"

    def _conflicts(self) -> Iterable[Problem]:
        place = f"Standard {self.exercise}"
        if not self.places and not self.focus:
            yield Problem(place, "neither places nor focus", "at least one of the two")
        yield from self._faulty_scale(place)
        yield from self._faulty_places(place)
        for number, focus in enumerate(self.focus):
            here = f"{place}.focus[{number}]"
            if focus.under is not None and focus.under > self.most:
                yield Problem(f"{here}.under", str(focus.under), f"{self.most} or less, the most that can be meant")
            if focus.under_share is not None and self.norms is None:
                yield Problem(f"{here}.under_share", "a share of no norm", "an amount, or norms beside it")
            if focus.side_gap and self.gap is None:
                yield Problem(f"{here}.side_gap", "no numbers for a side gap", "gap, which says when the sides differ")
        if self.gap is not None and not self.per_side:
            yield Problem(f"{place}.gap", "a gap between sides that are not measured", "per_side: true")

    def _faulty_scale(self, place: str) -> Iterable[Problem]:
        graded = self.unit is Measure.GRADE
        if graded and len(self.scale) != self.most + 1:
            yield Problem(f"{place}.scale", f"{len(self.scale)} grades", f"{self.most + 1}: from 0 to most")
        elif self.scale and not graded:
            yield Problem(f"{place}.scale", f"words for {self.unit}", "words for grades alone")

    def _faulty_places(self, place: str) -> Iterable[Problem]:
        before: dict[str, int] = {}
        for number, point in enumerate(self.places):
            here = f"{place}.places[{number}].at_least"
            last = before.get(point.progression)
            if last is None and point.at_least:
                fact = f"{point.at_least}, the first on {point.progression}"
                yield Problem(here, fact, "0: every result has a place on a ladder that is named at all")
            elif last is not None and point.at_least <= last:
                yield Problem(here, str(point.at_least), f"over {last}, the one before on {point.progression}")
            if point.at_least > self.most:
                yield Problem(here, str(point.at_least), f"{self.most} or less, the most that can be meant")
            before[point.progression] = point.at_least


_ONE = {Measure.REPS: "rep", Measure.DEGREES: "degree"}


class StandingCode(Word):
    """Everything that a note on an assessment can say; the faces hold a sentence for each."""

    # What was measured.
    MEASURED = "measured"
    MEASURED_ON_BOTH_SIDES = "measured-on-both-sides"
    MEASURED_WORSE_SIDE = "measured-worse-side"
    MEASURED_ON_ONE_SIDE = "measured-on-one-side"
    MEASURED_WITHOUT_SIDE = "measured-without-side"
    # What was left out.
    RESULT_TOO_OLD = "result-too-old"
    RESULT_LATER = "result-later"
    RESULT_OUT_OF_RANGE = "result-out-of-range"
    NO_STANDARD = "no-standard"
    # What it is compared with.
    NORM = "norm"
    NORM_NEEDS_AGE_AND_SEX = "norm-needs-age-and-sex"
    NORM_NOT_FOR_AGE = "norm-not-for-age"
    CHANGE = "change"
    CHANGE_WITHIN_ERROR = "change-within-error"
    GAP = "gap"
    GAP_AGAIN = "gap-again"
    GAP_WITHIN_ERROR = "gap-within-error"
    # What follows.
    PLACED = "placed"
    PLACED_LOADED = "placed-loaded"
    PLACED_FIRST = "placed-first"
    PLACED_WHATEVER = "placed-whatever"
    PLACED_LOWER_BY_OTHER = "placed-lower-by-other"
    LOAD_WAITS_FOR_SIDES = "load-waits-for-sides"
    FOCUS_UNDER = "focus-under"
    FOCUS_UNDER_NORM = "focus-under-norm"
    FOCUS_GAP = "focus-gap"


@record
class StandingReason(Record):
    """One thing that a note says: a code with its facts, put into words when somebody reads it."""

    code: StandingCode
    facts: tuple[Fact, ...] = ()

    def fact(self, name: str) -> str | int | float | None:
        """Return the fact called `name`, or None when the reason has none of that name."""
        return next((fact.value for fact in self.facts if fact.name == name), None)


@record
class Gap(Record):
    """The difference between the sides in the latest results.

    Args:
        weaker: side that is behind.
        amount: of the difference, in the unit of the test.
        percent: of the better side.
        seen: results in a row that show it, this one included; 0 when it stays under the share that the standard asks.
        counts: whether it is more than error of measurement.
    """

    weaker: Side
    amount: int
    percent: int
    seen: int
    counts: bool


@record
class StandingNote(Record):
    """What one assessment came to, as data; it is put into words when somebody reads it.

    Args:
        exercise: id of the assessment.
        results: that count: the latest of each side.
        amount: of the worse side; None when no result counts.
        side: the worse side; both when they are equal, none when it is unknown or has no meaning.
        date: of the latest result that counts.
        whole: whether every side that the test asks for is known.
        gap: between the sides; None when they are equal or not both known.
        norm: for sex and age; None when one of them is unknown.
        percent: of the norm.
        places: rung on each ladder that this assessment alone would place on.
        deficits: that it sets.
        regions: that it puts first.
        reasons: why, in the order in which they are told.
    """

    exercise: str
    results: tuple[Assessment, ...]
    amount: int | None
    side: Side
    date: dt.date | None
    whole: bool
    gap: Gap | None
    norm: int | None
    percent: int | None
    places: tuple[tuple[str, int], ...]
    deficits: tuple[Deficit, ...]
    regions: tuple[Region, ...]
    reasons: tuple[StandingReason, ...]


@record
class Standing(Record):
    """Where assessments place a runner: a start, which level, prerequisites and injuries may still hold lower.

    Args:
        on: the day that it is for.
        places: ladders with the rung to start on, by id; the lowest where two assessments disagree.
        deficits: that assessments set, sorted.
        regions: that assessments put first, sorted.
        notes: one for each assessment with a result, by exercise.
    """

    on: dt.date
    places: tuple[tuple[str, int], ...]
    deficits: tuple[Deficit, ...]
    regions: tuple[Region, ...]
    notes: tuple[StandingNote, ...]

    def rung_on(self, progression: str) -> int | None:
        """Return the rung that assessments give on a ladder, from 0; None where none speaks of it."""
        return next((rung for id, rung in self.places if id == progression), None)
