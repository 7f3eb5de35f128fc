"""Which exercises: the needs a session answers, the ladders that answer them, and what may be new this week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

import attrs

from runstrong.ladder.access import asked_first, assessment_passed, easiest_alike, injured_lately, unusable
from runstrong.ladder.standing import standing_of
from runstrong.model.catalog import Catalog
from runstrong.model.exercise import Exercise
from runstrong.model.prescription import External
from runstrong.model.progression import Prerequisite, Progression, Rung
from runstrong.model.rules import RuleSet
from runstrong.model.runner import Kit, Runner
from runstrong.model.value import Record, record
from runstrong.model.words import Deficit, Emphasis, ExerciseKind, Goal, Level, Place
from runstrong.planner.dosing import heavy_only

__all__ = ["Climb", "Ladders", "Need", "needs_of", "wanted_deficits"]


@record
class Need(Record):
    """One thing that a session should hold.

    Args:
        name: short.
        ladders: ids of progressions that answer it, best first.
        why: in words for a runner.
        sources: behind it.
        turns: how many of the first `ladders` take turns, block by block; 1 where one stays for good, as calf raises
            and the lifts whose load rises do.
        trained_only: left out for novices.
    """

    name: str
    ladders: tuple[str, ...]
    why: str
    sources: tuple[str, ...]
    turns: int = 1
    trained_only: bool = False

    def in_turn(self, block: int) -> tuple[str, ...]:
        """Return the ladders in order of preference for a block of training, counted from 0.

        Example:
            >>> Need("push", ("push-up", "dip", "row"), "for balance", ("asics-nz",), turns=2).in_turn(1)
            ('dip', 'push-up', 'row')
        """
        if self.turns < 2:
            return self.ladders
        first = block % self.turns
        return (*self.ladders[first : self.turns], *self.ladders[:first], *self.ladders[self.turns :])


_CALF = "the calf carries several times body weight at every step"
_NEEDS: dict[str, Need] = {
    need.name: need
    for need in (
        Need("power", ("pogo-hops",), "quick, springy ground contacts", ("eihara-2022", "nsca"), trained_only=True),
        Need(
            "calf, straight knee",
            ("calf-raise-straight",),
            f"{_CALF}; the straight knee loads the gastrocnemius",
            ("fitforlife", "dorn-2012"),
        ),
        Need(
            "calf, bent knee",
            ("calf-raise-bent", "seated-calf-raise"),
            f"{_CALF}; the bent knee loads chiefly the soleus",
            ("fitforlife", "dorn-2012"),
        ),
        Need(
            "hinge",
            ("deadlift", "single-leg-deadlift", "bridge"),
            "hamstrings and hips that brake and drive the leg",
            ("fitforlife", "collings-2023"),
        ),
        Need(
            "bridge",
            ("bridge", "hip-thrust"),
            "hip extension without load on the back, a first step for hamstrings and hips",
            ("fitforlife",),
        ),
        Need("squat", ("squat",), "hips and thighs that hold the body up in stance", ("asics-nz", "fitforlife")),
        Need(
            "single-leg",
            ("split-squat", "step-down", "reverse-lunge", "lunge", "squat"),
            "running is a chain of single-leg landings, and a loaded split squat ranks high for the hip",
            ("getstrong", "asics", "collings-2023"),
            turns=3,
        ),
        Need(
            "lunge",
            ("lunge", "step-down", "split-squat", "squat"),
            "running is a chain of single-leg landings",
            ("asics-nz", "getstrong", "collings-2023"),
        ),
        Need(
            "single-leg hinge",
            ("single-leg-deadlift", "hip-thrust", "bridge"),
            "one-leg hinges and hip thrusts rank high for the gluteal muscles",
            ("collings-2023",),
            turns=2,
        ),
        Need(
            "hamstring",
            ("hamstring-curl", "long-lever-bridge", "bridge"),
            "hamstrings at the knee as well as at the hip",
            ("getstrong", "fitforlife"),
            turns=2,
        ),
        Need(
            "side trunk",
            ("side-plank", "plank"),
            "obliques and the side of the hip keep the pelvis level",
            ("asics", "collings-2023"),
        ),
        Need(
            "trunk",
            ("plank", "dead-bug"),
            "a trunk that stays still while arms and legs move",
            ("asics-nz", "fitforlife"),
        ),
        Need(
            "anti-rotation",
            ("dead-bug", "anti-rotation-band", "bird-dog", "anti-rotation", "plank"),
            "a trunk that resists twisting",
            ("fitforlife",),
            turns=3,
        ),
        Need(
            "rotation",
            ("trunk-rotation", "trunk-rotation-band"),
            "a trunk that turns, and stops turning, under control",
            ("fitforlife", "ultra168"),
            turns=2,
        ),
        Need(
            "side of the hip",
            ("hip-abduction", "hip-hike"),
            "gluteus medius holds the pelvis in single-leg stance",
            ("ultra168", "collings-2023"),
            turns=2,
        ),
        Need(
            "foot",
            ("foot-core", "balance"),
            "foot and ankle control, built up slowly",
            ("ultra168", "leppanen-2024"),
            turns=2,
        ),
        Need(
            "shin and ankle",
            ("tibialis-raise", "ankle-inversion", "balance"),
            "the muscles in front and beside the shin guide the foot",
            ("ultra168", "getstrong"),
            turns=2,
        ),
        Need("balance", ("balance",), "standing steadily on one leg is worth keeping with the years", ("convention",)),
        Need("push", ("push-up", "overhead-press"), "upper body for balance", ("asics-nz",), turns=2),
        Need("pull", ("row", "inverted-row", "band-row", "push-up"), "upper body for balance", ("asics-nz",), turns=3),
        Need("groin", ("adductor",), "adductors steady the thigh in stance", ("convention",), trained_only=True),
    )
}

_TEMPLATES: dict[tuple[str, bool], tuple[str, ...]] = {
    # (which session, novice): needs by priority; what does not fit the minutes falls off the end.
    ("first", False): (
        "calf, straight knee", "hinge", "squat", "side trunk", "power", "push", "side of the hip", "foot", "rotation",
        "pull",
    ),
    ("second", False): (
        "calf, bent knee", "single-leg", "anti-rotation", "hamstring", "pull", "foot", "single-leg hinge",
        "shin and ankle", "groin", "push",
    ),
    ("first", True): (
        "calf, straight knee", "squat", "bridge", "trunk", "push", "side of the hip", "foot", "pull",
    ),
    ("second", True): (
        "calf, bent knee", "lunge", "pull", "anti-rotation", "bridge", "foot", "side trunk", "trunk", "push",
    ),
    ("only", False): (
        "calf, straight knee", "hinge", "squat", "side trunk", "calf, bent knee", "power", "anti-rotation", "push",
        "foot", "pull",
    ),
    ("only", True): (
        "calf, straight knee", "squat", "bridge", "trunk", "calf, bent knee", "push", "pull", "side of the hip",
        "foot",
    ),
    ("upper", False): ("side trunk", "push", "pull", "anti-rotation", "rotation", "trunk"),
    ("upper", True): ("trunk", "push", "pull", "side trunk", "anti-rotation"),
}  # fmt: skip


_TRUNK = ("trunk", "side trunk", "anti-rotation")


def needs_of(
    place: int, count: int, emphasis: Emphasis, *, novice: bool, first: Collection[str] = (), speed: bool = False,
    steady: bool = False, short: bool = False,
) -> tuple[Need, ...]:  # fmt: skip
    """Return what a session should hold, most important first.

    Args:
        place: which session of the week it is, from 0, legs first.
        count: sessions in the week with leg work.
        emphasis: of the session.
        novice: whether the runner's strength age is low.
        first: ladders that an assessment puts first; needs that one of them answers come before the others.
        speed: whether speed is trained for now, which asks more of the hamstrings.
        steady: whether balance has a place of its own, as from 60 years.
        short: whether minutes allow two or three exercises only: calf, one lift and the trunk.

    Example:
        >>> [need.name for need in needs_of(1, 2, Emphasis.LIGHT_LEGS, novice=False)[:3]]
        ['calf, bent knee', 'single-leg', 'anti-rotation']
    """
    if not emphasis.legs:
        key = "upper"
    elif count == 1:
        key = "only"
    else:
        key = "first" if place == 0 else "second"
    names = list(_TEMPLATES[key, novice])
    if emphasis.legs and speed and not novice:
        # Fast running is where the hamstrings work hardest: they come right after calf and first lift.
        names = [name for name in names if name != "hamstring"]
        names.insert(2, "hamstring")
    if emphasis.legs and steady and place == 0:
        names = [name for name in names if name != "foot"]
        names.insert(5, "balance")
    if emphasis.legs and short:
        trunk = next(name for name in names if name in _TRUNK)
        names.remove(trunk)
        names.insert(2, trunk)
    needs = [_NEEDS[name] for name in names if not (novice and _NEEDS[name].trained_only)]
    return tuple(sorted(needs, key=lambda need: not set(first).intersection(need.ladders[: need.turns])))


def wanted_deficits(runner: Runner, measured: Iterable[Deficit] = ()) -> tuple[tuple[Deficit, str], ...]:
    """Return the deficits that mobility work should answer, each with the reason.

    Stated ones come first, then those `measured` by assessments, then what a goal asks for. A hypermobile runner gets
    none: control work serves them, not more range.
    """
    if Deficit.HYPERMOBILITY in runner.deficits:
        return ()
    found = [(deficit, f"you stated a deficit: {deficit}") for deficit in runner.deficits]
    why = "an assessment shows a deficit"
    found += [(deficit, f"{why}: {deficit}") for deficit in measured if deficit not in runner.deficits]
    known = {deficit for deficit, _ in found}
    if Goal.RUN_FASTER in runner.goals:
        asked = (Deficit.HIP_EXTENSION, Deficit.THORACIC_ROTATION)
        why = "faster running asks for hip and trunk mobility"
        found += [(deficit, why) for deficit in asked if deficit not in known]
    return tuple(found)


@attrs.define
class Climb:
    """Where a season stands on one ladder."""

    progression: Progression
    place: int
    entered: int
    """Number of the working week in which the rung was entered."""
    sessions: int = 0
    """Full sessions planned on the rung, deloads and tapers not counted."""
    used: int = 0
    """Working weeks done when it was last used: a ladder that has its turn later waits where it stands."""
    heavy: bool = False
    """Whether a heavy session has lately used it; few repetitions with a heavy load belong nowhere else."""


class Ladders:
    """The ladders of one season: which rung each stands on, and when it may move on.

    Without a log a plan cannot know what will be done. It assumes each rung's criterion is met in the shortest stay
    that policy ``planning`` allows, and says so: the runner stays where the criterion is not met.
    """

    def __init__(
        self, runner: Runner, catalog: Catalog, kit: Kit, rules: RuleSet, start: dt.date, *, anew: bool = False
    ) -> None:
        self.runner, self.catalog, self.kit, self.rules, self.start = runner, catalog, kit, rules, start
        self.anew = anew
        """Whether a long layoff lets every ladder start at its bottom."""
        self.standing = standing_of(runner, catalog, start, rules) if runner.assessments else None
        self._trained = not runner.novice and runner.strength_years >= rules.number("TS01", "trained_years")
        """Whether years of training answer for the weeks that a rung asks for; a stated level alone does not."""
        self.climbs: dict[str, Climb] = {}
        self.shut: dict[str, int] = {}
        """Ladders without an open rung, with the number of weeks done when that was last looked at."""
        self.refused: dict[str, str] = {}
        self._unusable: dict[tuple[str, str, Place], str | None] = {}
        self.known: set[str] = set()
        self.weeks_done = 0

    def climb(self, id: str) -> Climb | None:
        """Return the climb of a ladder, begun at the runner's level; None while no rung of it is open.

        Closed for now is not closed for ever (jumps open after two weeks), so a shut ladder is tried again each week.
        """
        found = self.climbs.get(id)
        if found is None and id in self.catalog.progressions and self.shut.get(id) != self.weeks_done:
            progression = self.catalog.progressions[id]
            place = self._entry(progression)
            if place is None:
                self.shut[id] = self.weeks_done
            else:
                found = self.climbs[id] = Climb(progression, place, self.weeks_done)
                self.refused.pop(id, None)
        return found

    def rung(self, climb: Climb) -> Rung:
        """Return the rung that a climb stands on."""
        return climb.progression.rungs[climb.place]

    def move_on(self, climb: Climb) -> bool:
        """Go one usable rung up where the stay was long enough and the rung is open; tell whether it moved."""
        criterion = self.rung(climb).criterion
        stay = max(self.rules.whole("planning", "rung_weeks"), criterion.weeks or 0)
        needed = criterion.sessions
        if self._injured_lately(climb.progression):
            needed *= 2
        if self.weeks_done - climb.entered < stay or climb.sessions < needed:
            return False
        for place in range(climb.place + 1, len(climb.progression.rungs)):
            rung = climb.progression.rungs[place]
            if self.unusable(rung) is None:
                if not self._open(rung):
                    return False
                exercise = self.catalog.exercises[rung.exercise]
                if self._too_large_a_step(rung, exercise):
                    return False
                if not climb.heavy and heavy_only(rung.amount, rung.load, exercise, self.rules):
                    return False
                climb.place, climb.entered, climb.sessions = place, self.weeks_done, 0
                return True
        return False

    def _too_large_a_step(self, rung: Rung, exercise: Exercise) -> bool:
        """Whether a rung's own load is more than a step of what the body moves without it (TF01)."""
        if not isinstance(rung.load, External) or self.runner.body_mass is None:
            return False
        bare = exercise.body_mass_share * self.runner.body_mass.kg
        return rung.load.mass.kg > bare * self.rules.number("TF01", "max_step")

    def _injured_lately(self, progression: Progression) -> bool:
        days = self.rules.whole("TS05", "injury_days")
        return injured_lately(self.runner, frozenset({progression.region}), self.start, days)

    def _entry(self, progression: Progression) -> int | None:
        """Start where an assessment places; else a novice on the first usable rung, others on the first of their level.

        Body weight comes before load. Where an injury of the region is recent and strength is not known to be back,
        everyone starts at the bottom.
        """
        usable = [n for n, rung in enumerate(progression.rungs) if self.unusable(rung) is None]
        if not usable or not self._open(progression.rungs[usable[0]]):
            first = progression.rungs[usable[0] if usable else 0]
            self.refused[progression.id] = self.unusable(first) or self._closed_because(first)
            return None
        level = self.runner.trained_level
        placed = self.standing.rung_on(progression.id) if self.standing is not None else None
        if placed is not None and not self._injured_lately(progression) and not self.anew:
            # A place is a permission to start there: what is closed or cannot be done stays so.
            return max((n for n in usable if n <= placed and self._open_to_enter(progression, n)), default=usable[0])
        fitting = [
            n for n in usable if progression.rungs[n].level.value <= level.value and self._open_to_enter(progression, n)
        ]
        # Years of lifting say nothing of landings: jumps begin with both feet.
        jumps = self.catalog.exercises[progression.rungs[usable[0]].exercise].kind is ExerciseKind.PLYOMETRIC
        if level is Level.NOVICE or not fitting or jumps or self._injured_lately(progression) or self.anew:
            return usable[0]
        best = next((n for n in fitting if progression.rungs[n].level is level), fitting[-1])
        return easiest_alike(progression.rungs, fitting, best)

    def unusable(self, rung: Rung, kit: Kit | None = None) -> str | None:
        """Return why a rung cannot be used with this runner's body and `kit` (the usual one), or None when it can."""
        at_hand = kit or self.kit
        key = (rung.exercise, str(rung.load), at_hand.place)
        if key not in self._unusable:
            exercise = self.catalog.exercises[rung.exercise]
            self._unusable[key] = unusable(rung, exercise, self.runner, at_hand, self.start)
        return self._unusable[key]

    def _open_to_enter(self, progression: Progression, place: int) -> bool:
        """Whether a season may begin on a rung: what an easier rung of the same exercise asks for has to stand too."""
        here = progression.rungs[place].exercise
        return all(self._open(rung) for rung in progression.rungs[: place + 1] if rung.exercise == here)

    def _open(self, rung: Rung) -> bool:
        return not self._closed_because(rung)

    def _closed_because(self, rung: Rung) -> str:
        above = rung.level.value - self.runner.trained_level.value
        if above > 1 or (above == 1 and self.weeks_done < self.rules.whole("planning", "level_up_weeks")):
            return f"it is for level {rung.level}"
        exercise = self.catalog.exercises[rung.exercise]
        jumps = exercise.kind is ExerciseKind.PLYOMETRIC
        if jumps and self.weeks_done < self.rules.whole("planning", "weeks_before_jumps"):
            return f"jumps come after {self.rules.whole('planning', 'weeks_before_jumps')} weeks of strength"
        for asked in rung.prerequisites:
            if not self._met(asked):
                return asked_first(asked)
        return ""

    def _met(self, asked: Prerequisite) -> bool:
        if asked.weeks is not None and self.weeks_done < asked.weeks and not self._trained:
            return False
        if not assessment_passed(asked, self.runner):
            return False
        if asked.progression is not None and asked.rung is not None:
            progression = self.catalog.progressions[asked.progression]
            place = progression.rung_of(asked.rung)
            needed = progression.rungs[place or 0]
            if asked.rung not in self.known and self.runner.trained_level.value <= needed.level.value:
                return False
        return True
