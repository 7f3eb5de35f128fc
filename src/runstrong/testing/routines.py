"""Strength beside a season of runs, self-coached: a small routine that grows, on days that spare the runs.

What comes next on each ladder is the progression engine's to say; which exercises, on which days, how many and when to
go easy are conventions of coaching practice, written here and taken from no rule.
"""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from runstrong.ladder import Limits, adapt, advance, begin
from runstrong.model.catalog import Catalog
from runstrong.model.errors import InvalidValue
from runstrong.model.log import Performance, Readiness
from runstrong.model.prescription import Prescription
from runstrong.model.quantities import RIR
from runstrong.model.runner import Runner
from runstrong.model.running import Run
from runstrong.model.step import State, StepKind
from runstrong.model.value import Record, evolve, record
from runstrong.model.words import DayPart, StrengthDayPolicy
from runstrong.testing.bodies import Body, Occasion
from runstrong.testing.dice import Dice
from runstrong.testing.seasons import Season

__all__ = ["Place", "Routine", "strength_days"]

_Slot = tuple[str, ...]
"""Ladders that answer one purpose, the best first."""
_CALF: _Slot = ("calf-raise-straight",)
_SOLEUS: _Slot = ("calf-raise-bent", "seated-calf-raise")
_SQUAT: _Slot = ("squat",)
_HINGE: _Slot = ("deadlift", "romanian-deadlift", "single-leg-deadlift", "bridge")
_BRIDGE: _Slot = ("bridge",)
_SINGLE: _Slot = ("step-down", "split-squat")
_FRONT: _Slot = ("plank",)
_SIDE: _Slot = ("side-plank",)
_TURN: _Slot = ("bird-dog", "dead-bug")
_HIP: _Slot = ("hip-abduction",)
_FOOT: _Slot = ("foot-core",)
_PUSH: _Slot = ("push-up",)
_PULL: _Slot = ("row", "band-row")
_BALANCE: _Slot = ("balance",)
_HOPS: _Slot = ("pogo-hops",)

_BEGINNERS = ((_CALF, _SQUAT, _BRIDGE, _FRONT), (_SOLEUS, _BRIDGE, _TURN, _FRONT))
"""Six exercises to begin with: both calf raises, a squat, a bridge and two for the trunk."""
_LATER: tuple[tuple[int, _Slot], ...] = (
    (0, _HIP), (1, _SINGLE), (0, _FOOT), (1, _SIDE), (0, _PUSH), (1, _PULL), (1, _BALANCE),
)  # fmt: skip
"""What a beginner adds, one a week, to the first or the second session."""
_LIFTERS = (
    (_CALF, _HINGE, _SQUAT, _FRONT, _HIP, _PUSH, _FOOT),
    (_SOLEUS, _SINGLE, _SIDE, _HIP, _TURN, _PULL, _BALANCE),
)
"""Three big lifts for the legs over a week, beside the runs: a hinge, a squat and one on one leg."""
_EXTRA: tuple[_Slot, ...] = (_TURN, _SIDE, _HIP, _FOOT)
"""A third session spares the legs: trunk, the side of the hip, the foot."""


@record
class Place(Record):
    """Where a session stands.

    Args:
        date: day.
        day_part: of the day.
        main: whether it may tire the legs.
    """

    date: dt.date
    day_part: DayPart
    main: bool


def strength_days(
    start: dt.date,
    runs: Mapping[dt.date, Sequence[Run]],
    runner: Runner,
    season: Season,
    *,
    wanted: int,
    last: dt.date | None,
) -> tuple[Place, ...]:
    """Return where up to `wanted` sessions stand in the week from `start`.

    Convention: nothing that tires the legs on the day before intervals or a long run; two days between two such
    sessions; easy days and rest days, or the evening of hard days for who prefers that; one day of full rest;
    eight days before a race only light work, four days nothing, and some days after it.

    Args:
        start: first day of the week.
        runs: planned, by day.
        runner: whose week it is.
        season: with races and absences.
        wanted: sessions.
        last: day of the last session that tired the legs.
    """
    days = [start + dt.timedelta(days=ahead) for ahead in range(7)]
    free = [day for day in days if not runs.get(day)]
    open_: dict[dt.date, Place] = {}
    for day in days:
        place = _place(day, runs, runner, season)
        if place is not None:
            open_[day] = place
    best: tuple[float, tuple[Place, ...]] = (-math.inf, ())
    for count in range(1, wanted + 1):
        for chosen in itertools.combinations(sorted(open_), count):
            if free and all(day in chosen for day in free):
                continue
            places, before, mains = [], last, 0
            for day in chosen:
                main = open_[day].main and mains < 2 and (before is None or (day - before).days >= 2)
                if main:
                    before, mains = day, mains + 1
                places.append(evolve(open_[day], main=main))
            gaps = [(later - earlier).days for earlier, later in itertools.pairwise(chosen)]
            score = 10 * count + 6 * mains - sum(6 for gap in gaps if gap < 2) - sum(abs(gap - 3) for gap in gaps) * 0.5
            score -= sum(0.3 for day in chosen if day in free) + 0.01 * sum((day - start).days for day in chosen)
            if score > best[0]:
                best = (score, tuple(places))
    return best[1]


def _place(day: dt.date, runs: Mapping[dt.date, Sequence[Run]], runner: Runner, season: Season) -> Place | None:
    if any(each.first - dt.timedelta(days=1) < day <= each.last + dt.timedelta(days=2) for each in season.absences):
        return None
    main = True
    for race in season.races:
        ahead = (race.date - day).days
        if race.run.big_race:
            far = race.distance.km if race.distance is not None else 42.0
            rest = 4 if far < 15 else 6 if far < 30 else 12
            if -rest <= ahead <= 4:
                return None
            main = main and not (-rest - 3 <= ahead <= 8)
    today = runs.get(day, ())
    part = next((run.day_part for run in today), DayPart.UNKNOWN)
    evening = runner.policy is StrengthDayPolicy.HARD_DAY_EVENING and part is DayPart.MORNING
    if any(run.kind.hard for run in today) and not evening:
        return None
    if any(run.kind.hard for run in runs.get(day + dt.timedelta(days=1), ())):
        main = False
    if not today:
        when = DayPart.EVENING
    elif part is DayPart.UNKNOWN:
        when = DayPart.UNKNOWN
    else:
        when = DayPart.EVENING if part is DayPart.MORNING else DayPart.MORNING
    return Place(day, when, main)


class Routine:
    """What a runner trains, and where they stand on each ladder.

    Args:
        runner: who trains.
        catalog: exercises and ladders.
        limits: numbers of the progression engine.
        body: of the runner.
        dice: chance.
        start: first day.
    """

    def __init__(
        self, runner: Runner, catalog: Catalog, limits: Limits, body: Body, *, dice: Dice, start: dt.date
    ) -> None:
        self._runner, self._catalog, self._limits, self._body, self._dice = runner, catalog, limits, body, dice
        self._most = max(4, min(7, int(runner.session_length.minutes / 7)))
        first = _BEGINNERS if runner.novice else tuple(slots[: self._most] for slots in _LIFTERS)
        self._states: dict[str, State] = {}
        self._sessions: tuple[list[str], list[str]] = ([], [])
        for names, slots in zip(self._sessions, first, strict=True):
            for slot in slots:
                self._take_up(names, slot, start)
        self._later = list(_LATER) if runner.novice else []
        if not runner.novice and runner.assessments and dice.chance(0.5):
            self._later.append((0, _HOPS))
        self._extra: list[str] = []
        self.last: dt.date | None = None
        """Day of the last session."""

    def _take_up(self, names: list[str], slot: _Slot, day: dt.date) -> bool:
        for id in slot:
            if id in names:
                continue
            if id not in self._states:
                try:
                    self._states[id] = begin(
                        self._catalog.progressions[id], runner=self._runner, limits=self._limits,
                        catalog=self._catalog, on=day, reached=self._reached(),
                    )  # fmt: skip
                except InvalidValue:
                    continue
            names.append(id)
            return True
        return False

    def _reached(self) -> tuple[str, ...]:
        return tuple(state.earned.exercise for state in self._states.values())

    def grow(self, day: dt.date) -> None:
        """Add one exercise where the session still has room: one a week (asics-nz)."""
        while self._later:
            where, slot = self._later.pop(0)
            if len(self._sessions[where]) < self._most and self._take_up(self._sessions[where], slot, day):
                if slot is _SINGLE and "bridge" in self._sessions[where]:
                    # Work on one leg takes the place of the second bridge: not more for the hips, but harder.
                    self._sessions[where].remove("bridge")
                return

    def session(
        self, place: Place, which: int, morning: Readiness | None, *, lighter: bool, id: str
    ) -> Iterator[Performance]:
        """Yield what is done in a session, and move on along the ladders.

        Args:
            place: day and part of the day.
            which: the first or second session of the week, or the one that spares the legs.
            morning: how the day began.
            lighter: whether the week is a deload, or the first one back.
            id: of the session.
        """
        names = self._sessions[which] if which < 2 else self._third()
        # Convention: seven minutes for an exercise with its sets and rests.
        minutes = 5.0 + 5.5 * len(names)
        when = Occasion(place.date, place.day_part, id, minutes, 4.0 if lighter or not place.main else 6.0)
        trained, states = self.last, list(self._states.values())
        for name in list(dict.fromkeys(names)):
            state = self._states[name]
            ladder = self._catalog.progressions[name]
            step = adapt(
                ladder, state, place.date, runner=self._runner, readiness=morning, limits=self._limits,
                catalog=self._catalog, trained=trained,
            )  # fmt: skip
            if step.kind is StepKind.STOP:
                continue
            asked = step.prescription
            if lighter or not place.main:
                asked = _light(asked, deload=lighter)
            done = self._body.does(asked, when)
            self._states[name] = advance(
                ladder, step.state, done, runner=self._runner, readiness=morning, limits=self._limits,
                catalog=self._catalog, others=[each for each in states if each.progression != name], asked=asked,
                quiet=lighter, trained=trained,
            ).state  # fmt: skip
            yield done
        self.last = place.date

    def _third(self) -> list[str]:
        if not self._extra:
            known = [name for slot in _EXTRA for name in slot[:1] if name in self._states]
            self._extra = known or [self._sessions[0][-1]]
        return self._extra


def _light(asked: Prescription, *, deload: bool) -> Prescription:
    """Return a prescription that leaves the legs fresh: two more in reserve, half the sets in a deload."""
    reserve = RIR(max(5.0, min(10.0, asked.rir.reps + 2))) if asked.rir is not None else None
    return evolve(asked, sets=max(1, asked.sets // 2) if deload else asked.sets, rir=reserve)


def by_day(runs: Iterable[Run]) -> dict[dt.date, list[Run]]:
    """Return runs by their day."""
    found: dict[dt.date, list[Run]] = {}
    for run in runs:
        found.setdefault(run.date, []).append(run)
    return found
