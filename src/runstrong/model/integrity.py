"""What makes records a catalog: ids that exist, no circles, and rungs that can be reached and loaded."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import TypeVar

from runstrong.model.errors import Problem, nearest
from runstrong.model.evidence import CONVENTION, Source
from runstrong.model.exercise import Exercise
from runstrong.model.prescription import Band, BodyWeight, Degree, Reps
from runstrong.model.progression import Progression, Rung
from runstrong.model.standard import Measure, Standard
from runstrong.model.words import BandTension, Count, Equipment, OverloadAxis, Sides

__all__ = ["problems_of"]

Node = TypeVar("Node", bound=Hashable)

_BANDS = {Equipment.BAND, Equipment.LOOP_BAND}
_COUNTING = frozenset(count.axis for count in Count) - {OverloadAxis.DISTANCE}
"""Axes that only count amounts; how far a jump goes is a degree as well."""
_HARDEST = 3
"""Of the degrees of an axis."""


def problems_of(
    exercises: Mapping[str, Exercise],
    progressions: Mapping[str, Progression],
    sources: Mapping[str, Source],
    standards: Mapping[str, Standard] = MappingProxyType({}),
) -> tuple[Problem, ...]:
    """Return every way in which the records contradict each other; none for records that make a catalog."""
    problems = [
        *_dangling(exercises, progressions, sources),
        *_variants_in_circle(exercises),
        *(
            problem
            for progression in progressions.values()
            for place, rung in enumerate(progression.rungs)
            if rung.exercise in exercises
            for problem in _rung_against_exercise(
                f"progression {progression.id}.rungs[{place}]", rung, exercises[rung.exercise]
            )
        ),
        *(
            problem
            for progression in progressions.values()
            for place in range(len(progression.rungs))
            for problem in _rung_that_stands_still(progression, place, exercises)
        ),
        *_ladders_out_of_order(exercises, progressions),
        *_rungs_out_of_reach(progressions),
        *(
            problem
            for standard in standards.values()
            for problem in _faulty_standard(standard, exercises, progressions, sources)
        ),
    ]
    return tuple(problems)


def _dangling(
    exercises: Mapping[str, Exercise], progressions: Mapping[str, Progression], sources: Mapping[str, Source]
) -> Iterator[Problem]:
    for exercise in exercises.values():
        place = f"exercise {exercise.id}"
        for field in ("easier", "harder", "prepares"):
            yield from _unknown(f"{place}.{field}", getattr(exercise, field), exercises, "exercise")
        yield from _unknown(f"{place}.sources", exercise.sources, sources, "source")
    for progression in progressions.values():
        place = f"progression {progression.id}"
        yield from _unknown(f"{place}.sources", progression.sources, sources, "source")
        for number, rung in enumerate(progression.rungs):
            here = f"{place}.rungs[{number}]"
            yield from _unknown(f"{here}.exercise", (rung.exercise,), exercises, "exercise")
            yield from _faulty_prerequisites(here, rung, exercises, progressions)


def _unknown(place: str, ids: Iterable[str], known: Mapping[str, object], what: str) -> Iterator[Problem]:
    for id in ids:
        if id in known or (what == "source" and id == CONVENTION):
            continue
        near = nearest(id, known)
        yield Problem(place, f"no {what} {id!r}", "", f"did you mean {near!r}?" if near else f"add that {what}")


def _faulty_prerequisites(
    place: str, rung: Rung, exercises: Mapping[str, Exercise], progressions: Mapping[str, Progression]
) -> Iterator[Problem]:
    for number, asked in enumerate(rung.prerequisites):
        here = f"{place}.prerequisites[{number}]"
        if asked.progression is not None and asked.rung is not None:
            if asked.progression not in progressions:
                yield from _unknown(f"{here}.progression", (asked.progression,), progressions, "progression")
            else:
                yield from _no_rung(f"{here}.rung", asked.rung, progressions[asked.progression])
        if asked.assessment is not None:
            if asked.assessment not in exercises:
                yield from _unknown(f"{here}.assessment", (asked.assessment,), exercises, "exercise")
            else:
                yield from _no_assessment(f"{here}.assessment", exercises[asked.assessment])


def _no_rung(place: str, exercise: str, progression: Progression) -> Iterator[Problem]:
    if progression.rung_of(exercise) is None:
        rungs = list(dict.fromkeys(each.exercise for each in progression.rungs))
        near = nearest(exercise, rungs)
        cure = f"did you mean {near!r}?" if near else ""
        yield Problem(place, f"{progression.id} has no rung {exercise!r}", ", ".join(rungs), cure)


def _no_assessment(place: str, exercise: Exercise) -> Iterator[Problem]:
    if not exercise.assesses:
        fact = f"{exercise.id!r} is not an assessment"
        yield Problem(place, fact, "an exercise whose `assesses` says what it measures")


_COUNTED = {Measure.REPS: Count.REPS, Measure.SECONDS: Count.HOLD}


def _faulty_standard(
    standard: Standard,
    exercises: Mapping[str, Exercise],
    progressions: Mapping[str, Progression],
    sources: Mapping[str, Source],
) -> Iterator[Problem]:
    place = f"standard {standard.id}"
    yield from _unknown(f"{place}.sources", standard.cited, sources, "source")
    if standard.exercise not in exercises:
        yield from _unknown(f"{place}.exercise", (standard.exercise,), exercises, "exercise")
    else:
        exercise = exercises[standard.exercise]
        yield from _no_assessment(f"{place}.exercise", exercise)
        if exercise.id != standard.exercise:
            yield Problem(f"{place}.exercise", f"{standard.exercise!r}, a retired id", exercise.id)
        sided = exercise.sides is not Sides.BILATERAL
        if standard.per_side is not sided:
            allowed = f"{str(sided).lower()}, for {exercise.id} is {exercise.sides}"
            yield Problem(f"{place}.per_side", str(standard.per_side).lower(), allowed)
        counted = _COUNTED.get(standard.unit, exercise.counted)
        if counted is not exercise.counted:
            allowed = f"what fits {exercise.id}, counted in {exercise.counted}"
            yield Problem(f"{place}.unit", str(standard.unit), allowed)
    reached: dict[str, int] = {}
    for number, point in enumerate(standard.places):
        here = f"{place}.places[{number}]"
        if point.progression not in progressions:
            yield from _unknown(f"{here}.progression", (point.progression,), progressions, "progression")
            continue
        progression = progressions[point.progression]
        rung = point.rung_on(progression)
        if rung is None:
            yield from _no_rung(f"{here}.rung", point.rung, progression)
            if progression.rung_of(point.rung) is not None:
                loaded = "with" if point.loaded else "without"
                fact = f"{progression.id} has no rung {point.rung!r} that starts {loaded} load"
                yield Problem(f"{here}.loaded", fact, str(not point.loaded).lower())
            continue
        if rung <= reached.get(progression.id, -1):
            fact = f"{point.rung} for {point.at_least} or more, no higher than for less"
            yield Problem(f"{here}.rung", fact, f"a higher rung of {progression.id}")
        reached[progression.id] = rung


def _variants_in_circle(exercises: Mapping[str, Exercise]) -> Iterator[Problem]:
    """Whether anything is, through any number of steps, harder than itself."""
    harder: dict[str, list[str]] = {id: [] for id in exercises}
    for exercise in exercises.values():
        for id in exercise.harder:
            if id in harder:
                harder[exercise.id].append(id)
        for id in exercise.easier:
            if id in harder:
                harder[id].append(exercise.id)
    for circle in _circles(harder):
        fact = f"harder than itself: {' -> '.join(circle)}"
        cure = "take one step out of the circle"
        yield Problem(f"exercise {circle[0]}", fact, "variants that only grow harder", cure)


def _rung_against_exercise(place: str, rung: Rung, exercise: Exercise) -> Iterator[Problem]:
    if rung.amount.count is not exercise.counted:
        allowed = f"an amount counted in {exercise.counted}, as {exercise.id} is"
        yield Problem(f"{place}.amount", str(rung.amount), allowed)
    if rung.level.value < exercise.level.value:
        yield Problem(f"{place}.level", str(rung.level), f"{exercise.level} or more, the level of {exercise.id}")
    if isinstance(rung.load, Band):
        if not _BANDS & {*exercise.loaded_by, *exercise.equipment}:
            yield Problem(f"{place}.load", str(rung.load), f"a load that {exercise.id} takes, not a band")
    elif (rung.starts_loaded or OverloadAxis.LOAD in rung.overload) and not exercise.loaded_by:
        what = "load" if isinstance(rung.load, BodyWeight) else str(rung.load)
        cure = "name what can load it under loaded_by, or overload the rung in another way"
        yield Problem(f"{place}.load", what, f"body weight, for nothing loads {exercise.id}", cure)


def _rung_that_stands_still(
    progression: Progression, place: int, exercises: Mapping[str, Exercise]
) -> Iterator[Problem]:
    """Whether what a rung overloads can move at all, and brings a runner to what its criterion asks for."""
    rung, last = progression.rungs[place], place == len(progression.rungs) - 1
    here = f"progression {progression.id}.rungs[{place}]"
    if rung.exercise in exercises:
        for axis in rung.overload:
            fault = _idle(progression, place, exercises[rung.exercise], axis)
            if fault is not None:
                yield Problem(f"{here}.overload", f"{axis}: {fault[0]}", "axes that can move", fault[1])
    axes, counted, unit = list(rung.overload), rung.amount.count.axis, rung.amount.unit
    bar, top = rung.criterion.bar(rung.amount), rung.amount.high
    if bar > top:
        asked, allowed = f"{bar} {unit} from a start of {rung.amount}", f"{top} {unit} at most, as asked for at first"
        if counted not in axes:
            fact = f"{asked}, and no overload by {counted}"
            yield Problem(f"{here}.criterion", fact, allowed, f"add {counted} to overload")
        elif OverloadAxis.LOAD in axes[: axes.index(counted)]:
            fact = f"{asked}, and load goes up before {counted}, which then begin anew"
            cure = f"put {counted} before load, or ask for the top of the range"
            yield Problem(f"{here}.criterion", fact, allowed, cure)
    if last and rung.criterion.weeks is not None:
        fact = f"{rung.criterion.weeks} on the last rung"
        yield Problem(f"{here}.criterion.weeks", fact, "weeks on a rung that another follows", "leave weeks out")
    elif rung.criterion.weeks is not None and axes == [counted] and rung.ceiling.high <= max(bar, top):
        fact = f"{rung.criterion.weeks}, and nothing that could be made harder meanwhile"
        cure = "raise the ceiling, overload in another way too, or leave weeks out"
        yield Problem(f"{here}.criterion.weeks", fact, "weeks on a rung that can grow", cure)
    if not last:
        yield from _left_too_easy(here, rung, bar, counted)


def _left_too_easy(place: str, rung: Rung, bar: int, counted: OverloadAxis) -> Iterator[Problem]:
    """Whether a rung is left upward before it was done without the support, or in the full range, that it lacks."""
    axes = list(rung.overload)
    for degree in rung.degrees:
        if degree.at >= Degree.plain(degree.axis):
            continue
        allowed = "criteria that are met after that is over"
        if bar <= rung.amount.high:
            fact = f"{degree}, and a criterion of {bar} {rung.amount.unit}, as asked for at first"
            cure = f"ask for more than {rung.amount.high} {rung.amount.unit} before the next rung"
            yield Problem(f"{place}.degrees", fact, allowed, cure)
        elif counted in axes[: axes.index(degree.axis)]:
            fact = f"{degree}, and {counted} before {degree.axis} in overload"
            yield Problem(f"{place}.degrees", fact, allowed, f"put {degree.axis} before {counted}")


def _idle(progression: Progression, place: int, exercise: Exercise, axis: OverloadAxis) -> tuple[str, str] | None:
    """Return why an axis of a rung can never move, with a cure; None for one that can."""
    rung, drop = progression.rungs[place], f"leave {axis} out"
    if axis is rung.amount.count.axis:
        # With load to come a range is climbed for load's sake, up to its own top.
        if rung.ceiling.high == rung.amount.high and OverloadAxis.LOAD not in rung.overload:
            return f"{rung.amount} is the ceiling too", f"raise the ceiling, or {drop}"
    elif axis in _COUNTING:
        return f"{exercise.id} is counted in {exercise.counted}", drop
    elif axis is OverloadAxis.LOAD:
        return _idle_load(rung, exercise)
    elif axis is OverloadAxis.TEMPO:
        return None if isinstance(rung.amount, Reps) else (f"{rung.amount} have no tempo", drop)
    elif axis is OverloadAxis.BAND_POSITION:
        return _idle_band(progression, place)
    elif axis is not OverloadAxis.SETS:
        start = Degree(axis, next((own.at for own in rung.degrees if own.axis is axis), Degree.plain(axis)))
        if start.at == _HARDEST:
            return f"starts with {start} already", f"state degrees to start with, or {drop}"
    return None


def _idle_load(rung: Rung, exercise: Exercise) -> tuple[str, str] | None:
    drop = "leave load out"
    if isinstance(rung.load, Band):
        heaviest = rung.load.tension is BandTension.HEAVY
        return ("no band is over the heavy one", drop) if heaviest else None
    if exercise.loaded_by and _BANDS.issuperset(exercise.loaded_by):
        return f"only bands load {exercise.id}, which starts with {rung.load}", f"start with a band, or {drop}"
    if isinstance(rung.load, BodyWeight) and exercise.loaded_by and not exercise.body_mass_share:
        fact = f"{exercise.id} moves no body mass, of which a first load would be a share"
        return fact, f"start with a load that is found, or {drop}"
    return None


def _idle_band(progression: Progression, place: int) -> tuple[str, str] | None:
    rung, drop = progression.rungs[place], "leave band-position out"
    if not isinstance(rung.load, Band) or rung.load.at not in ("knees", "ankles"):
        return f"{rung.load} cannot sit lower on the leg", drop
    lower = Band(rung.load.tension, "ankles" if rung.load.at == "knees" else "feet")
    if any(later.exercise == rung.exercise and later.load == lower for later in progression.rungs[place + 1 :]):
        return f"{lower} is a rung of its own", drop
    return None


def _ladders_out_of_order(
    exercises: Mapping[str, Exercise], progressions: Mapping[str, Progression]
) -> Iterator[Problem]:
    for progression in progressions.values():
        for place, (low, high) in enumerate(zip(progression.rungs, progression.rungs[1:], strict=False)):
            if low.exercise not in exercises or high.exercise not in exercises:
                continue
            falls = high.exercise in exercises[low.exercise].easier or low.exercise in exercises[high.exercise].harder
            # With load, an easier form may well be the harder rung: a loaded push-up after feet-elevated ones.
            if falls and not (high.starts_loaded and not low.starts_loaded):
                fact = f"{high.exercise} after {low.exercise}, of which it is an easier variant"
                yield Problem(f"progression {progression.id}.rungs[{place + 1}]", fact, "rungs from easiest to hardest")


def _rungs_out_of_reach(progressions: Mapping[str, Progression]) -> Iterator[Problem]:
    """Whether a rung waits, through any number of ladders, for itself."""
    waits_for: dict[str, list[str]] = {}
    for progression in progressions.values():
        for place, rung in enumerate(progression.rungs):
            needs = [f"{progression.id}[{place - 1}]"] if place else []
            for asked in rung.prerequisites:
                other = progressions.get(asked.progression) if asked.progression in progressions else None  # type: ignore[arg-type]
                reached = other.rung_of(asked.rung) if other is not None and asked.rung is not None else None
                if other is not None and reached is not None:
                    needs.append(f"{other.id}[{reached}]")
            waits_for[f"{progression.id}[{place}]"] = needs
    for circle in _circles(waits_for):
        fact = f"never reached, for it waits for itself: {' -> '.join(circle)}"
        cure = "take one prerequisite out of the circle"
        yield Problem(f"progression {circle[0]}", fact, "prerequisites that can be met", cure)


def _circles(edges: Mapping[Node, Iterable[Node]]) -> Iterator[list[Node]]:
    """Yield one circle for each back edge of a depth-first walk, its first node repeated at the end."""
    done: set[Node] = set()
    for start in edges:
        if start in done:
            continue
        path: list[Node] = [start]
        on_path = {start}
        stack = [iter(edges[start])]
        while stack:
            for node in stack[-1]:
                if node in on_path:
                    yield [*path[path.index(node) :], node]
                elif node not in done:
                    path.append(node)
                    on_path.add(node)
                    stack.append(iter(edges[node]))
                    break
            else:
                stack.pop()
                left = path.pop()
                on_path.discard(left)
                done.add(left)
