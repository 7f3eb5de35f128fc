"""What stands before and after the main work: release, dynamic drills and mobility; stretches and breathing.

Drills change from block to block, so that a season does not begin each session alike. Mobility, release and stretches
answer a deficit or a goal; none stands for its own sake.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from runstrong.ladder.access import usable_drills
from runstrong.model.catalog import Catalog
from runstrong.model.exercise import Exercise
from runstrong.model.measuring import seconds_of
from runstrong.model.prescription import Prescription
from runstrong.model.rules import RuleSet
from runstrong.model.runner import Kit, Runner
from runstrong.model.words import Deficit, ExerciseKind, When
from runstrong.planner.dosing import dose_of
from runstrong.planner.routine import wanted_deficits

__all__ = ["Edges", "WarmUps"]

Edges = tuple[tuple[Prescription, ...], tuple[Prescription, ...]]
"""Warm-up and cool-down."""

_RAISE: tuple[str, ...] = ("skip", "high-knees", "a-skip", "butt-kicks", "brisk-walk")
_SWING: tuple[str, ...] = ("walking-knee-hug", "leg-swing-sagittal", "walking-lunge-drill")
_SIDEWAYS: tuple[str, ...] = ("leg-swing-frontal", "side-lunge-drill", "carioca")
_ANKLE: tuple[str, ...] = ("ankle-rocks", "ankle-circles")
_BEST = 3
"""Drills for one deficit that take turns; those after them ask for more equipment or experience."""
_WARM = "movement that warms the joints the session uses"


class WarmUps:
    """Warm-ups and cool-downs of one runner's season.

    Args:
        runner: whose they are.
        catalog: where drills are looked up.
        rules: source of the numbers (policy ``planning``).
        on: day whose injuries count.
        measured: deficits that assessments show.
        tell: takes each drill's decision: about, what, why, sources.
    """

    def __init__(
        self, runner: Runner, catalog: Catalog, rules: RuleSet, on: dt.date, *, measured: Sequence[Deficit],
        tell: Callable[[str, str, str, Sequence[str]], None],
    ) -> None:  # fmt: skip
        self.runner, self.catalog, self.rules, self.on, self.tell = runner, catalog, rules, on, tell
        self.deficits = wanted_deficits(runner, measured)
        self._made: dict[tuple[object, ...], Edges] = {}
        self._serves: dict[Deficit, list[Exercise]] = {}
        for each in catalog.exercises.values() if self.deficits else ():
            for deficit in each.serves:
                self._serves.setdefault(deficit, []).append(each)
        rungs = [rung for ladder in catalog.progressions.values() for rung in ladder.rungs]
        self._on_ladders = {rung.exercise for rung in rungs}
        self._later = {rung.exercise for rung in rungs if rung.prerequisites}
        """Drills that build on something; their ladders bring them in when that stands."""

    def edges(self, kit: Kit, minutes: float, *, run_follows: bool, block: int) -> Edges:
        """Return warm-up and cool-down of a session.

        Args:
            kit: at the session's place.
            minutes: open to the session as a whole; warm-up and cool-down take their share.
            run_follows: whether a run stands later that day, before which no static stretch is held.
            block: of training, counted from 0.
        """
        key = (kit.place, minutes, run_follows, block)
        made = self._made.get(key)
        if made is None:
            warm_up = self._warm_up(kit, minutes, block)
            made = self._made[key] = (warm_up, self._cool_down(kit, minutes, block, run_follows=run_follows))
        return made

    def _number(self, name: str) -> float:
        return self.rules.number("planning", name)

    def _serving(self, deficit: Deficit, kinds: Sequence[ExerciseKind], kit: Kit, taken: Sequence[str]) -> list[str]:
        found = [each for each in self._serves.get(deficit, ()) if each.kind in kinds and each.id not in self._later]
        usable = usable_drills(found, self.runner, kit, self.on, taken=taken)
        # A drill that a ladder builds on comes before one that stands alone.
        return [each.id for each in sorted(usable, key=lambda each: each.id not in self._on_ladders)]

    def _usable(self, ids: Sequence[str], kit: Kit, taken: Sequence[str], block: int) -> Exercise | None:
        """Return the drill whose turn it is among those that can be done here."""
        known = [self.catalog.exercises[id] for id in ids if id in self.catalog.exercises]
        fit = {each.id for each in usable_drills(known, self.runner, kit, self.on, taken=taken)}
        fitting = [each for each in known if each.id in fit]
        return fitting[block % len(fitting)] if fitting else None

    def _warm_up(self, kit: Kit, minutes: float, block: int) -> tuple[Prescription, ...]:
        most = 60 * min(self._number("warm_up_most"), self._number("warm_up_minutes") * minutes / 30)
        part = _Part(self, most)
        for group in (_RAISE, _SWING):
            drill = self._usable(group, kit, part.taken, block)
            if drill is not None and part.add(drill):
                self.tell(drill.id, f"warm-up: {drill.name}", _WARM, drill.sources)
        # Two drills warm the body; what is left of the time goes to stated deficits first.
        self._mobilize(part, kit, block, release=minutes >= self._number("release_from_minutes"))
        for group in (_SIDEWAYS, _ANKLE):
            further = self._usable(group, kit, part.taken, block)
            if further is not None and part.add(further):
                self.tell(further.id, f"warm-up: {further.name}", _WARM, further.sources)
        return part.made()

    def _mobilize(self, part: _Part, kit: Kit, block: int, *, release: bool) -> None:
        """Add a drill for each deficit, and the release that prepares it where there is time for both."""
        mobility = (ExerciseKind.MOBILITY, ExerciseKind.DYNAMIC_DRILL)
        for deficit, why in self.deficits:
            choices = self._serving(deficit, mobility, kit, part.taken)[:_BEST]
            for id in choices[block % len(choices) :][:1] if choices else ():
                drill = self.catalog.exercises[id]
                if part.add(drill):
                    self.tell(id, f"mobility: {drill.name}", why, drill.sources)
                    if release:
                        self._release(part, drill, deficit, why, kit)

    def _release(self, part: _Part, drill: Exercise, deficit: Deficit, why: str, kit: Kit) -> None:
        """Put the release that prepares a drill before everything else."""
        for id in self._serving(deficit, (ExerciseKind.RELEASE,), kit, part.taken):
            release = self.catalog.exercises[id]
            if drill.id in release.prepares and part.add(release, first=True):
                self.tell(id, f"release: {release.name}", f"{why}; it prepares {drill.name}", release.sources)
                return

    def _cool_down(self, kit: Kit, minutes: float, block: int, *, run_follows: bool) -> tuple[Prescription, ...]:
        if minutes < self._number("cool_down_from_minutes"):
            return ()
        part = _Part(self, 60 * min(1.0, minutes / 30) * self._number("cool_down_minutes"))
        if not run_follows:
            self._stretch(part, kit, block)
        if not part.taken:
            breathing = [each for each in self.catalog.exercises.values() if each.kind is ExerciseKind.BREATHING]
            for exercise in usable_drills(breathing, self.runner, kit, self.on)[:1]:
                if part.add(exercise):
                    why = "an easy end without stretching for its own sake"
                    self.tell(exercise.id, f"cool-down: {exercise.name}", why, exercise.sources)
        return part.made()

    def mobility(self, kit: Kit, minutes: float, *, run_follows: bool, block: int) -> tuple[Prescription, ...]:
        """Return a few minutes of mobility that stand alone: drills for each deficit, then a stretch.

        Args:
            kit: at hand.
            minutes: open to all of it.
            run_follows: whether a run stands later that day, before which no static stretch is held.
            block: of training, counted from 0.
        """
        part = _Part(self, 60 * minutes)
        self._mobilize(part, kit, block, release=True)
        if not run_follows:
            self._stretch(part, kit, block)
        return part.made()

    def _stretch(self, part: _Part, kit: Kit, block: int) -> None:
        """Add a static stretch for each deficit."""
        for deficit, why in self.deficits:
            choices = [
                id
                for id in self._serving(deficit, (ExerciseKind.STATIC_STRETCH,), kit, part.taken)
                if self.catalog.exercises[id].when is not When.PRE_RUN
            ]
            for id in choices[block % len(choices) :][:1] if choices else ():
                stretch = self.catalog.exercises[id]
                if part.add(stretch):
                    self.tell(id, f"stretch: {stretch.name}", why, stretch.sources)


class _Part:
    """Drills of one part, as long as its time lasts; the first is always taken."""

    def __init__(self, edges: WarmUps, most: float) -> None:
        self.edges, self.most = edges, most
        self.drills: list[Prescription] = []
        self.taken: list[str] = []
        self.seconds = 0.0

    def add(self, exercise: Exercise, *, first: bool = False) -> bool:
        made = dose_of(exercise, self.edges.runner.trained_level, most_sets=1)
        takes = seconds_of(made, self.edges.rules)
        if self.drills and self.seconds + takes > self.most:
            return False
        self.seconds += takes
        self.drills.insert(0 if first else len(self.drills), made)
        self.taken.append(exercise.id)
        return True

    def made(self) -> tuple[Prescription, ...]:
        return tuple(self.drills)
