"""The packaged ladders, climbed: every rung can be left, no step is large, and nothing written there is idle."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import attrs
import pytest

from runstrong.catalog.records import load_catalog
from runstrong.ladder.engine import advance, begin
from runstrong.ladder.limits import Limits
from runstrong.model.errors import Problem
from runstrong.model.integrity import problems_of
from runstrong.model.log import Performance, PerformedSet
from runstrong.model.prescription import (
    Band,
    Degree,
    External,
    FindLoad,
    Prescription,
    Reps,
    parse_amount,
    parse_load,
)
from runstrong.model.progression import Criterion, Prerequisite, Progression, Rung
from runstrong.model.quantities import RIR, kg
from runstrong.model.runner import Assessment, Kit, Runner, Weights
from runstrong.model.running import Pain, RunningWeek
from runstrong.model.step import State, Step, StepKind
from runstrong.model.words import Clearance, Count, Equipment, ExerciseKind, Level, OverloadAxis, Side
from runstrong.rules import load_rules

CATALOG = load_catalog()
LIMITS = Limits.of(load_rules())
FIRST = dt.date(2027, 1, 4)
BODY = 70.0
FOUND = External(kg(8))
"""What a climber takes who is to find a load."""
LADDERS = pytest.mark.parametrize("ladder", CATALOG.progressions.values(), ids=lambda ladder: ladder.id)
EASED = (OverloadAxis.RANGE, OverloadAxis.ASSISTANCE)
AMOUNTS = {
    Count.REPS: OverloadAxis.REPS,
    Count.HOLD: OverloadAxis.HOLD,
    Count.CONTACTS: OverloadAxis.CONTACTS,
    Count.DISTANCE: OverloadAxis.DISTANCE,
    Count.MINUTES: OverloadAxis.HOLD,
}
MOST_SESSIONS = 36
"""Eighteen weeks of two sessions; work two levels up comes after eight weeks at the earliest."""


def a_runner(*each: float) -> Runner:
    """Return a novice who is cleared, has passed every assessment and owns everything, in these single loads."""
    passed = [exercise.id for exercise in CATALOG.exercises.values() if exercise.assesses]
    return Runner(
        name="Ada",
        running=RunningWeek(),
        body_mass=kg(BODY),
        clearance=Clearance.CLEARED,
        kits=(
            Kit(
                equipment=tuple(Equipment),
                weights=tuple(Weights(kind=kind, each=tuple(map(kg, each))) for kind in Equipment),
                backpack_up_to=kg(0),
            ),
        ),
        assessments=tuple(Assessment(exercise=id, date=FIRST, amount=1000) for id in passed),
    )


RICH = a_runner(*(round(0.1 * 1.05**n, 3) for n in range(160)))
"""Owns loads from 100 g up, each 5 % over the one before, so that no step waits for the next plate."""
POOR = a_runner(FOUND.mass.kg)
"""Owns one load of each kind, so that everything else has to grow."""


@cache
def elsewhere() -> tuple[State, ...]:
    """Return a state on the last rung of every ladder, for rungs that ask for one of another."""
    made = []
    for ladder in CATALOG.progressions.values():
        top = ladder.rungs[-1]
        asked = Prescription(exercise=top.exercise, sets=top.sets, amount=top.amount)
        made.append(State(progression=ladder.id, rung=len(ladder.rungs) - 1, earned=asked, prescription=asked))
    return tuple(made)


def at_rung(ladder: Progression, place: int) -> State:
    """Return the state of somebody who has just come to a rung."""
    rung = ladder.rungs[place]
    asked = Prescription(
        exercise=rung.exercise, sets=rung.sets, amount=rung.amount, side=CATALOG.exercises[rung.exercise].side,
        load=rung.load, rir=rung.rir, tempo=rung.tempo, rest=rung.rest, degrees=rung.degrees, progression=ladder.id,
    )  # fmt: skip
    return State(progression=ladder.id, rung=place, earned=asked, prescription=asked)


def done_well(ladder: Progression, state: State, day: dt.date) -> Performance:
    """Return a session at the top of what is asked, with what the criterion wants left and without pain."""
    asked, wanted = state.prescription, ladder.rungs[state.rung].criterion.rir_at_least
    finding = asked.load.rir if isinstance(asked.load, FindLoad) else None
    reserve = RIR(max((rir.reps for rir in (wanted, asked.rir, finding) if rir is not None), default=3.0))
    sides = (Side.LEFT, Side.RIGHT) if asked.side is Side.BOTH else (asked.side,)
    one = PerformedSet(
        amount=type(asked.amount)(asked.amount.high), load=asked.load if finding is None else FOUND, rir=reserve
    )
    return Performance(
        date=day,
        exercise=asked.exercise,
        sets=tuple(attrs.evolve(one, side=side) for _ in range(asked.sets) for side in sides),
        pain=(Pain(region=ladder.region, score=0),),
    )


def climb(
    ladder: Progression, runner: Runner, sessions: int, state: State | None = None
) -> Iterator[tuple[State, Step]]:
    """Yield the state before and the step after each of so many sessions, two a week."""
    if state is None:
        state = begin(ladder, runner=runner, limits=LIMITS, catalog=CATALOG, on=FIRST)
        assert state.rung == 0
    for number in range(sessions):
        done = done_well(ladder, state, FIRST + dt.timedelta(days=7 * number // 2))
        step = advance(ladder, state, done, runner=runner, limits=LIMITS, catalog=CATALOG, others=elsewhere())
        yield state, step
        state = step.state


def shut(ladder: Progression, place: int) -> Progression:
    """Return the ladder with everything over a rung closed for good."""
    never = (Prerequisite(assessment="hop-test", at_least=2000),)
    rungs = (
        attrs.evolve(rung, prerequisites=never) if number > place else rung for number, rung in enumerate(ladder.rungs)
    )
    return attrs.evolve(ladder, rungs=tuple(rungs))


def kilograms(asked: Prescription) -> float:
    """Return the external load."""
    return asked.load.mass.kg if isinstance(asked.load, External) else 0.0


def raised(before: Prescription, after: Prescription) -> set[OverloadAxis]:
    """Return what was made harder between two prescriptions of one rung."""
    axes = {each.axis for each in (*before.degrees, *after.degrees)}
    used = {axis for axis in axes if after.degree(axis) > before.degree(axis)}
    if after.sets > before.sets:
        used.add(OverloadAxis.SETS)
    if after.amount.high > before.amount.high:
        used.add(AMOUNTS[after.amount.count])
    if after.tempo != before.tempo:
        used.add(OverloadAxis.TEMPO)
    if isinstance(after.load, Band) and isinstance(before.load, Band) and after.load.at != before.load.at:
        used.add(OverloadAxis.BAND_POSITION)
    elif after.load != before.load and not isinstance(before.load, FindLoad):
        used.add(OverloadAxis.LOAD)
    return used


@LADDERS
def test_the_last_rung_is_reached(ladder: Progression, record_property: Any) -> None:
    """Who does everything asked comes to the last rung, in months rather than years."""
    last = len(ladder.rungs) - 1
    steps = climb(ladder, RICH, MOST_SESSIONS)
    needed = next((number for number, (_, step) in enumerate(steps, 1) if step.state.rung == last), None) if last else 0
    record_property("sessions", needed)
    assert needed is not None


@LADDERS
def test_no_load_jumps(ladder: Progression) -> None:
    """With loads in small steps, none adds more than a tenth of the mass moved."""
    for before, step in climb(ladder, RICH, 100):
        old, new = before.earned, step.state.earned
        if old.exercise == new.exercise and not isinstance(old.load, FindLoad):
            moved = kilograms(old) + CATALOG.exercises[old.exercise].body_mass_share * BODY
            assert kilograms(new) - kilograms(old) <= LIMITS.max_step * moved + LIMITS.tolerance_kg


@LADDERS
def test_support_and_small_ranges_are_over_before_a_rung_is_left(ladder: Progression) -> None:
    """Nobody goes up a rung holding on, or in half the range."""
    for before, step in climb(ladder, RICH, MOST_SESSIONS):
        if step.state.rung > before.rung:
            assert all(before.earned.degree(axis) == Degree.plain(axis) for axis in EASED)


@LADDERS
def test_every_axis_moves(ladder: Progression) -> None:
    """With the next rung closed, all that a rung overloads is used: load by who has it, the rest by who has not."""
    for place, rung in enumerate(ladder.rungs):
        idle = set(rung.overload)
        for runner in (POOR, RICH):
            for before, step in climb(shut(ladder, place), runner, 120, at_rung(ladder, place)):
                assert step.state.rung == place
                idle -= raised(before.earned, step.state.earned)
                if not idle:
                    break
        assert not idle, f"{rung.exercise} on rung {place}"


@pytest.mark.parametrize("id", ["calf-raise-straight", "calf-raise-bent"])
def test_calves_first_master_body_weight(id: str) -> None:
    """Two legs, then one, then load, at once after over ten easy repetitions on each leg in two sessions."""
    ladder = CATALOG.progressions[id]
    two, one, loaded, _ = ladder.rungs
    assert [rung.starts_loaded for rung in ladder.rungs] == [False, False, True, True]
    assert one.exercise == loaded.exercise != two.exercise
    assert (one.amount, one.rir) == (Reps(11, 15), RIR(3))
    assert one.criterion == Criterion(amount_over=10, rir_at_least=RIR(3), pain_at_most=0, sessions=2)
    (_, first), (_, second) = climb(ladder, RICH, 2, at_rung(ladder, 1))
    assert (first.kind, second.kind) == (StepKind.HOLD, StepKind.MORE_LOAD)
    assert second.state.rung == 2


@pytest.mark.parametrize("id", ["lunge", "plank", "side-plank", "pelvic-tilt"])
def test_levels_move_on_at_the_dose_met(id: str) -> None:
    """What is asked for at first is what opens the next level; longer holds are for closed ones."""
    ladder = CATALOG.progressions[id]
    for place, rung in enumerate(ladder.rungs[:-1]):
        assert rung.criterion.bar(rung.amount) == rung.amount.high
        if rung.amount.count is Count.HOLD:
            stay = [step.state.earned for _, step in climb(shut(ladder, place), RICH, 30, at_rung(ladder, place))]
            longer = [asked.sets for asked in stay if asked.amount.high > rung.amount.high]
            if OverloadAxis.SETS in rung.overload:
                assert set(longer) == {LIMITS.hold_sets_most}


@LADDERS
def test_load_follows_the_range(ladder: Progression) -> None:
    """Where a load is found for a range of repetitions, the top of that range is what counts."""
    for rung in ladder.rungs:
        lifted = CATALOG.exercises[rung.exercise].kind is ExerciseKind.STRENGTH
        if lifted and isinstance(rung.load, FindLoad) and isinstance(rung.amount, Reps):
            assert rung.criterion.bar(rung.amount) == rung.amount.high


@LADDERS
def test_jumps_and_bare_feet_want_no_pain_at_all(ladder: Progression) -> None:
    """Landing work goes on at pain 0 only, nothing over 2; and one good day opens nothing that is loaded or lands."""
    for rung in ladder.rungs:
        exercise, criterion = CATALOG.exercises[rung.exercise], rung.criterion
        landing = exercise.kind is ExerciseKind.PLYOMETRIC or "barefoot" in exercise.id
        assert criterion.pain_at_most <= (0 if landing else LIMITS.pain_go)
        assert criterion.sessions >= (2 if landing or rung.level is not Level.NOVICE or rung.starts_loaded else 1)


@LADDERS
def test_something_comes_after_the_last_rung(ladder: Progression) -> None:
    """What comes next is an exercise or ladder that is there; or more load, where the last rung carries it."""
    told = ladder.after_last.casefold()
    names = [name for exercise in CATALOG.exercises.values() for name in (exercise.name, *exercise.aliases)]
    names += [other.name for other in CATALOG.progressions.values()]
    known = [name for name in names if re.sub(r" \(.*|,.*", "", name).casefold() in told]
    load = re.search(r"\b(load|weights?|plates|band|kettlebell)\b", told)
    assert known or (load and ladder.rungs[-1].loaded)


def a_ladder(exercise: str, *rungs: dict[str, Any]) -> Progression:
    """Return a ladder of rungs of one exercise: 8-10 reps up to 15, left at ten, changed as asked."""
    first: dict[str, Any] = {
        "exercise": exercise,
        "level": CATALOG.exercises[exercise].level,
        "sets": 2,
        "amount": Reps(8, 10),
        "ceiling": Reps(15),
        "overload": (OverloadAxis.REPS, OverloadAxis.SETS),
        "criterion": Criterion(top_of_range=True),
    }
    return Progression(
        id="mine", name="Mine", purpose="To climb.", region=CATALOG.progressions["squat"].region,
        rungs=tuple(Rung(**{**first, **changes}) for changes in rungs), after_last="Add load.", sources=("convention",),
    )  # fmt: skip


def faults(exercise: str, *rungs: dict[str, Any]) -> list[Problem]:
    """Return what is wrong with such a ladder."""
    ladder = a_ladder(exercise, *rungs)
    return list(problems_of(CATALOG.exercises, {ladder.id: ladder}, CATALOG.sources))


def told(problem: Problem) -> tuple[str, str, str, str]:
    """Return what a problem says."""
    return problem.place, problem.fact, problem.allowed, problem.cure


def over(*axes: str, **changes: Any) -> dict[str, Any]:
    """Return changes of a rung that overload these axes."""
    return {"overload": tuple(map(OverloadAxis, axes)), **changes}


TWELVE = Criterion(amount_at_least=12)
TEN_HELD = {"amount": parse_amount("10-20 s"), "ceiling": parse_amount("30 s")}
MARCH = {"load": parse_load("light band at knees")}


class TestWhatStandsStill:
    """A rung that could never be left, or names what never moves, is a fault with a cure."""

    def test_a_sound_ladder_has_none(self) -> None:
        """A range with load, and a start with support that comes off before more is asked, are fine."""
        eased = over("range", "reps", degrees=(Degree(OverloadAxis.RANGE, 2),), criterion=TWELVE)
        loaded = over(
            "reps", "load", load=parse_load("find 3 RIR"), ceiling=Reps(10),
            criterion=Criterion(top_of_range=True, weeks=3),
        )  # fmt: skip
        assert faults("split-squat", eased, loaded, {**loaded, "criterion": Criterion(top_of_range=True)}) == []

    @pytest.mark.parametrize(
        ("exercise", "rung", "fact"),
        [
            ("calf-raise", over("reps", ceiling=Reps(10)), "reps: 8-10 reps is the ceiling too"),
            ("calf-raise", over("reps", "hold"), "hold: calf-raise is counted in reps"),
            ("plank", over("hold", "tempo", **TEN_HELD), "tempo: 10-20 s have no tempo"),
            ("split-squat", over("range", "reps"), "range: starts with full range already"),
            ("single-leg-deadlift", over("reps", "assistance"), "assistance: starts with no support already"),
            (
                "step-up",
                over("height", "reps", degrees=(Degree(OverloadAxis.HEIGHT, 3),)),
                "height: starts with hard height already",
            ),
            (
                "pallof-press",
                over("reps", "load", load=parse_load("heavy band")),
                "load: no band is over the heavy one",
            ),
            (
                "bridge-march",
                over("reps", "load"),
                "load: only bands load bridge-march, which starts with body weight",
            ),
            (
                "seated-rotation-backpack",
                over("reps", "load"),
                "load: seated-rotation-backpack moves no body mass, of which a first load would be a share",
            ),
            (
                "lateral-band-walk",
                over("reps", "band-position", load=parse_load("light band at feet")),
                "band-position: light band at feet cannot sit lower on the leg",
            ),
        ],
    )
    def test_axes_that_cannot_move(self, exercise: str, rung: dict[str, Any], fact: str) -> None:
        """Each axis of overload can move, with what the rung starts with and what the exercise is."""
        (fault,) = faults(exercise, rung)
        assert (fault.place, fault.fact) == ("progression mine.rungs[0].overload", fact)
        assert fault.allowed == "axes that can move"
        assert fault.cure.endswith(f"leave {fact.partition(':')[0]} out")

    def test_a_place_of_the_band_that_is_a_rung(self) -> None:
        """A band sits lower either on the next rung or inside this one."""
        here, lower = over("reps", "band-position", **MARCH), over("reps", load=parse_load("light band at ankles"))
        assert [fault.fact for fault in faults("lateral-band-walk", here, lower)] == [
            "band-position: light band at ankles is a rung of its own"
        ]
        assert faults("lateral-band-walk", here) == []

    @pytest.mark.parametrize(
        ("axes", "fact", "cure"),
        [
            (("sets",), "12 reps from a start of 8-10 reps, and no overload by reps", "add reps to overload"),
            (
                ("load", "reps"),
                "12 reps from a start of 8-10 reps, and load goes up before reps, which then begin anew",
                "put reps before load, or ask for the top of the range",
            ),
        ],
    )
    def test_criteria_that_are_never_met(self, axes: tuple[str, ...], fact: str, cure: str) -> None:
        """What the criterion asks for can be come to from the start."""
        (fault,) = faults("calf-raise", over(*axes, criterion=TWELVE))
        assert told(fault) == (
            "progression mine.rungs[0].criterion",
            fact,
            "10 reps at most, as asked for at first",
            cure,
        )

    def test_weeks_on_the_last_rung(self) -> None:
        """The last rung is never left, whatever the weeks."""
        (fault,) = faults("calf-raise", {"criterion": Criterion(top_of_range=True, weeks=3)})
        assert (fault.place, fault.fact) == ("progression mine.rungs[0].criterion.weeks", "3 on the last rung")
        assert fault.cure == "leave weeks out"

    def test_weeks_without_anything_to_do(self) -> None:
        """Weeks on a rung are filled with something that grows after the criterion is met."""
        full = over("reps", ceiling=Reps(12), criterion=attrs.evolve(TWELVE, weeks=3))
        (fault,) = faults("calf-raise", full, {})
        assert fault.fact == "3, and nothing that could be made harder meanwhile"
        assert fault.allowed == "weeks on a rung that can grow"
        assert faults("calf-raise", {**full, "ceiling": Reps(15)}, {}) == []

    @pytest.mark.parametrize(
        ("rung", "fact", "cure"),
        [
            (
                over("range", "reps"),
                "half range, and a criterion of 10 reps, as asked for at first",
                "ask for more than 10 reps before the next rung",
            ),
            (
                over("reps", "range", criterion=TWELVE),
                "half range, and reps before range in overload",
                "put range before reps",
            ),
        ],
    )
    def test_rungs_that_are_left_in_half_the_range(self, rung: dict[str, Any], fact: str, cure: str) -> None:
        """What a rung begins with for ease is over before the next one; on the last rung there is time for it."""
        eased = {**rung, "degrees": (Degree(OverloadAxis.RANGE, 2),)}
        (fault,) = faults("split-squat", eased, {})
        assert told(fault) == (
            "progression mine.rungs[0].degrees",
            fact,
            "criteria that are met after that is over",
            cure,
        )
        assert faults("split-squat", eased) == []

    def test_a_harder_start_may_stay(self) -> None:
        """A longer lever than described has not to grow before the rung is left."""
        long = over("reps", "height", degrees=(Degree(OverloadAxis.HEIGHT, 2),))
        assert faults("step-up", long, {}) == []
