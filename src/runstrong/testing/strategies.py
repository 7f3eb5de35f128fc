"""Hypothesis strategies for runners, plans, logs, ladders and what they hold; every value drawn is valid.

Plans and logs are drawn from a small, real stretch of training: a few packaged exercises, weeks from a fixed Monday,
sparse days. That is where rules have something to say, which purely random documents rarely give.
"""

from __future__ import annotations

import datetime as dt
import functools
import itertools
from collections.abc import Iterable, Sequence

from hypothesis import strategies as st

from runstrong.catalog.records import load_catalog
from runstrong.ladder import Limits, advance, begin
from runstrong.model.catalog import Catalog
from runstrong.model.exercise import Exercise
from runstrong.model.log import Coverage, Log, Performance, PerformedSet, Readiness, Soreness
from runstrong.model.plan import CatalogStamp, Part, Plan, Session, Week
from runstrong.model.prescription import Band, BodyWeight, External, FindLoad, Load, Prescription
from runstrong.model.progression import Progression
from runstrong.model.quantities import RIR, Distance, Duration, Mass, lb
from runstrong.model.runner import Assessment, Availability, DatedAvailability, Injury, Kit, Runner, Weights
from runstrong.model.running import Calendar, Pain, Race, Run, RunningWeek
from runstrong.model.step import State
from runstrong.model.value import evolve
from runstrong.model.words import (
    BandTension,
    Clearance,
    DayPart,
    Emphasis,
    Equipment,
    Form,
    PainKind,
    PainMoment,
    PartName,
    Phase,
    Priority,
    Region,
    RunKind,
    Side,
    Sides,
    StrengthDayPolicy,
    Weekday,
)
from runstrong.rules import load_rules
from runstrong.testing.histories import History, sensible_history
from runstrong.testing.load_series import daily_series, measures
from runstrong.testing.people import plan_requests, planner_runners

__all__ = [
    "KITS",
    "at_least_as_good",
    "calendars",
    "climbers",
    "daily_series",
    "exercises",
    "histories",
    "loads_of",
    "logs",
    "measures",
    "performances_of",
    "plan_requests",
    "planner_runners",
    "plans",
    "progressions",
    "readiness",
    "runners",
    "sessions",
    "states",
]

MONDAY = dt.date(2027, 1, 4)
"""First day of every drawn plan and log."""

_MAIN = (
    "calf-raise", "bent-knee-calf-raise", "single-leg-calf-raise", "goblet-squat", "romanian-deadlift", "glute-bridge",
    "plank", "pogo-hop", "split-squat", "push-up",
)  # fmt: skip
_WARM_UP = ("hamstring-stretch", "leg-swing-sagittal", "brisk-walk")


_WARM_UPS = st.lists(st.sampled_from(_WARM_UP), unique=True, max_size=2)
_MAINS = st.lists(st.sampled_from(_MAIN), unique=True, max_size=4)
_DAY_PARTS = st.sampled_from(list(DayPart))
_PHASES = st.sampled_from([Phase.FOUNDATION, Phase.BUILD, Phase.HEAVY, Phase.TAPER])
_ONE_IN_TEN = st.sampled_from([False] * 9 + [True])
_ONE_IN_SIX = st.sampled_from([False] * 5 + [True])
_UP_TO_THREE_DAYS = st.sets(st.integers(0, 6), max_size=3)
_DISTANCES = [Distance(float(km)) for km in range(2, 31)]
_RUN = st.sampled_from(
    [
        (part, kind, distance)
        for distance in (*[None] * len(_DISTANCES), *_DISTANCES)
        for kind in RunKind
        for part in DayPart
    ]
)  # fmt: skip
"""Part of the day, kind and distance of a run, in half of all unknown."""


@st.composite
def exercises(draw: st.DrawFn, ids: Sequence[str] = ()) -> Exercise:
    """Draw an exercise of the packaged catalog, or one of `ids`."""
    catalog = load_catalog()
    return catalog.exercises[draw(st.sampled_from(list(ids) or sorted(catalog.exercises)))]


@st.composite
def _exceptions(draw: st.DrawFn) -> tuple[DatedAvailability, ...]:
    """Draw up to two stretches of days that are closed, opened, shorter or in one part of the day."""
    firsts = sorted(draw(st.sets(st.integers(0, 5), max_size=2)))
    made = []
    for first in firsts:
        begin = MONDAY + dt.timedelta(days=7 * first)
        closed = draw(st.booleans())
        made.append(
            DatedAvailability(
                first=begin,
                last=begin + dt.timedelta(days=draw(st.integers(0, 6))),
                open=not closed,
                day_parts=() if closed else tuple(draw(st.sets(st.sampled_from(list(DayPart)[:3]), max_size=2))),
                minutes=None if closed else draw(st.none() | st.sampled_from([Duration(900.0), Duration(1500.0)])),
            )
        )
    return tuple(made)


@st.composite
def calendars(draw: st.DrawFn, weeks: int = 8) -> Calendar:
    """Draw a dated calendar of runs and days of rest, `weeks` long."""
    runs = sorted(draw(_runs(MONDAY, weeks)), key=lambda run: run.date)
    dated = {run.date for run in runs}
    rest = draw(st.sets(st.integers(0, 7 * weeks - 1), max_size=6))
    days = [MONDAY + dt.timedelta(days=day) for day in rest]
    return Calendar(runs=tuple(runs), rest=tuple(day for day in days if day not in dated))


@st.composite
def runners(draw: st.DrawFn) -> Runner:
    """Draw a runner: novice or trained, at home with a few loads, some with a race and days that are not open."""
    open_ = draw(st.sets(st.sampled_from(list(Weekday)), max_size=5))
    away = draw(st.none() | st.integers(1, 90))
    races = draw(st.lists(st.integers(7, 60), max_size=1))
    return Runner(
        name="Ada",
        body_mass=draw(st.none() | st.integers(45, 95).map(lambda got: Mass(float(got)))),
        strength_years=draw(st.sampled_from([0.0, 0.4, 1.0, 4.0])),
        last_strength=None if away is None else MONDAY - dt.timedelta(days=away),
        running=RunningWeek(),
        races=tuple(
            Race(id="race", date=MONDAY + dt.timedelta(days=day), priority=draw(st.sampled_from(list(Priority))))
            for day in races
        ),
        kits=draw(st.sampled_from([(), (Kit(backpack_up_to=Mass(0.0)),), (Kit(),)])),
        availability=tuple(Availability(day=day) for day in sorted(open_)),
        exceptions=draw(_exceptions()),
        policy=draw(st.sampled_from(list(StrengthDayPolicy))),
        clearance=draw(st.sampled_from(list(Clearance))),
        week_start=draw(st.sampled_from([Weekday.MONDAY, Weekday.SUNDAY])),
    )


@st.composite
def _loads(draw: st.DrawFn, exercise: Exercise) -> Load:
    if not exercise.loaded_by:
        return BodyWeight()
    return draw(
        st.one_of(
            st.just(BodyWeight()),
            st.sampled_from([2.0, 5.0, 8.0, 10.0, 16.0]).map(lambda got: External(Mass(got))),
            st.just(FindLoad(RIR(3.0))),
        )
    )


@functools.cache
def _prescriptions(id: str) -> st.SearchStrategy[Prescription]:
    """Return one to six sets of an exercise, of any load and effort, as one choice: many small draws take longer.

    In one of three it is body weight, in one of three a load to find; in half of all the effort is not judged.
    """
    exercise = load_catalog().exercises[id]
    known = [External(Mass(mass)) for mass in (2.0, 5.0, 8.0, 10.0, 16.0)]
    loads: list[Load] = [BodyWeight()]
    if exercise.loaded_by:
        loads = [*[BodyWeight()] * len(known), *known, *[FindLoad(RIR(3.0))] * len(known)]
    efforts = [RIR(float(got)) for got in range(1, 6)]
    side = Side.BOTH if exercise.sides is Sides.UNILATERAL else Side.NONE
    made = functools.cache(
        lambda sets, load, rir: Prescription(
            exercise=id, sets=sets, amount=exercise.doses[0].amount, side=side, load=load, rir=rir
        )
    )
    return st.sampled_from(
        [
            made(sets, load, rir)
            for sets in range(1, 7)
            for load in loads
            for rir in (*[None] * len(efforts), *efforts)
        ]
    )  # fmt: skip


def _some_alternate(draw: st.DrawFn, made: list[Prescription]) -> tuple[Prescription, ...]:
    """Let the first two of a part alternate, or none."""
    if len(made) > 1 and draw(st.booleans()):
        made[:2] = [evolve(each, superset="a") for each in made[:2]]
    return tuple(made)


@st.composite
def sessions(draw: st.DrawFn, date: dt.date = MONDAY, id: str = "session") -> Session:
    """Draw a session of `date` with a warm-up, or none, and one to four main exercises."""
    warm_up, main = draw(_WARM_UPS), draw(_MAINS)
    if not warm_up and not main:
        main = ["calf-raise"]
    parts = [(PartName.WARM_UP, warm_up), (PartName.MAIN, main)]
    return Session(
        id=id,
        date=date,
        day_part=draw(_DAY_PARTS),
        emphasis=Emphasis.MOBILITY,
        parts=tuple(
            Part(name=name, prescriptions=_some_alternate(draw, [draw(_prescriptions(each)) for each in ids]))
            for name, ids in parts
            if ids
        ),
        pinned=draw(_ONE_IN_TEN),
    )


@st.composite
def _runs(draw: st.DrawFn, first: dt.date, weeks: int) -> list[Run]:
    days = sorted(draw(st.sets(st.integers(0, weeks * 7 - 1), max_size=weeks * 4)))
    drawn = [(day, *draw(_RUN)) for day in days]
    return [
        Run(date=first + dt.timedelta(days=day), day_part=part, kind=kind, distance=distance)
        for day, part, kind, distance in drawn
    ]


@st.composite
def plans(draw: st.DrawFn, runner: Runner | None = None, most_weeks: int = 4) -> Plan:
    """Draw a plan of up to `most_weeks` weeks with up to three sessions each, for `runner` or one that is drawn."""
    whose = runner if runner is not None else draw(runners())
    first = whose.week_of(MONDAY)
    count = draw(st.integers(1, most_weeks))
    runs = draw(_runs(first, count))
    weeks: list[Week] = []
    for number in range(count):
        start = first + dt.timedelta(days=7 * number)
        days = sorted(draw(_UP_TO_THREE_DAYS))
        weeks.append(
            Week(
                number=number + 1,
                start=start,
                phase=draw(_PHASES),
                deload=draw(_ONE_IN_SIX),
                runs=tuple(run for run in runs if start <= run.date < start + dt.timedelta(days=7)),
                sessions=tuple(
                    draw(sessions(date=start + dt.timedelta(days=day), id=f"s{number + 1}-{day}")) for day in days
                ),
            )
        )
    return Plan(runner=whose, start=first, weeks=tuple(weeks), catalog=CatalogStamp(version="0", hash="0"))


@st.composite
def _performances(draw: st.DrawFn, date: dt.date, id: str, recorded: bool) -> Performance:
    exercise = load_catalog().exercises[id]
    one_sided = exercise.sides is Sides.UNILATERAL
    load = draw(_loads(exercise))
    if isinstance(load, FindLoad):
        load = External(Mass(5.0))
    figure = draw(st.integers(5, 20))
    amount = type(exercise.doses[0].amount)(figure)
    rir = draw(st.none() | st.integers(0, 5).map(lambda got: RIR(float(got))))
    sides = [Side.LEFT, Side.RIGHT] if one_sided else [Side.NONE]
    one_set = tuple(PerformedSet(side=side, amount=amount, load=load, rir=rir) for side in sides)
    sets = one_set * draw(st.integers(1, 4))
    pain = draw(st.none() | st.integers(0, 4))
    return Performance(
        date=date,
        exercise=id,
        sets=sets if recorded else (),
        part=PartName.WARM_UP if id in _WARM_UP else PartName.MAIN,
        pain=() if pain is None else (Pain(region=Region.CALF, score=pain),),
    )


@st.composite
def logs(
    draw: st.DrawFn, weeks: int = 8, *, sets: bool = True, runs: bool = True, coverage: Coverage | None = None
) -> Log:
    """Draw a log of `weeks` weeks from `MONDAY`.

    Args:
        draw: of Hypothesis.
        weeks: how long it is.
        sets: whether strength sets are recorded; without them exercises are named only.
        runs: whether it holds runs.
        coverage: what it vouches for; drawn when not given.
    """
    last = MONDAY + dt.timedelta(days=7 * weeks - 1)
    vouched = coverage or Coverage(
        first=MONDAY, last=last, runs=draw(st.booleans()), strength=draw(st.booleans()), warm_ups=draw(st.booleans())
    )
    days = sorted(draw(st.sets(st.integers(0, weeks * 7 - 1), max_size=weeks * 2)))
    some = st.lists(st.sampled_from([*_MAIN, *_WARM_UP]), unique=True, min_size=1, max_size=3)
    done = [draw(_performances(MONDAY + dt.timedelta(days=day), id, sets)) for day in days for id in draw(some)]
    return Log(
        coverage=(vouched,),
        runs=tuple(draw(_runs(MONDAY, weeks))) if runs else (),
        performances=tuple(done),
    )


@st.composite
def histories(draw: st.DrawFn, *, planned: bool | None = None) -> History:
    """Draw a runner with months of training that a coach would call sensible.

    Args:
        draw: of Hypothesis.
        planned: whether the runner followed a plan of the built-in planner; drawn when not given.
    """
    seed = draw(st.integers(0, 2**20))
    return sensible_history(seed if planned is None else 2 * seed + planned)


# -- ladders --------------------------------------------------------------------------------------------------------

_ALL = tuple(Equipment)
_LOADED_BY = tuple(
    sorted({kind for exercise in load_catalog().exercises.values() for kind in exercise.loaded_by}, key=str)
)
KITS = {
    "floor": Kit(backpack_up_to=Mass(0.0)),
    "backpack": Kit(),
    "dumbbells in kg": Kit(
        equipment=(Equipment.LOOP_BAND, Equipment.BAND),
        weights=(Weights(kind=Equipment.DUMBBELL, each=tuple(Mass(2.0 * each) for each in range(1, 13)), pieces=2),),
    ),
    "dumbbells in lb": Kit(
        weights=(Weights(kind=Equipment.DUMBBELL, each=tuple(lb(5.0 * each) for each in range(1, 11)), pieces=2),),
        backpack_up_to=Mass(0.0),
    ),
    "coarse gym": Kit(
        equipment=_ALL,
        weights=tuple(
            Weights(kind=kind, each=tuple(Mass(10.0 * each) for each in range(2, 15))) for kind in _LOADED_BY
        ),
        backpack_up_to=Mass(0.0),
    ),
    "everything": Kit(
        equipment=_ALL,
        weights=tuple(
            Weights(kind=kind, each=tuple(Mass(float(each)) for each in range(1, 121))) for kind in _LOADED_BY
        ),
    ),
}
"""What a runner may train with, from a bare floor to all there is."""


_RIR = st.sampled_from([None, *(RIR(float(each)) for each in range(5))])
_SPOILT = st.sampled_from(["", "", "", "form", "help", "lighter", "heavier", "one side"])
_SETS_MORE = st.sampled_from([0, 0, 0, 1, -1])
_PAINS = st.sampled_from([None, 0, 0, 0, 1, 2, 3, 4, 6])
_MOMENTS = st.sampled_from([PainMoment.DURING] * 3 + [PainMoment.NEXT_MORNING])
_PAIN_KINDS = st.sampled_from([PainKind.DULL] * 9 + [PainKind.SHARP])
_MORE = st.lists(st.sampled_from([0, 0, 1, 4]), min_size=1, max_size=3)
_FIGURES = st.lists(st.sampled_from("ttthlub"), min_size=1, max_size=3)
_GAPS = st.lists(st.tuples(st.sampled_from([True, True, False]), st.sampled_from([2, 3, 3, 3, 10, 60])), max_size=8)


@st.composite
def progressions(draw: st.DrawFn) -> Progression:
    """Draw a ladder of the packaged catalog."""
    catalog = load_catalog()
    return catalog.progressions[draw(st.sampled_from(sorted(catalog.progressions)))]


@st.composite
def climbers(draw: st.DrawFn, kit: str | None = None) -> Runner:
    """Draw a runner who climbs ladders: novice or trained, of known mass or not, with one of `KITS`, some hurt lately.

    Args:
        draw: of Hypothesis.
        kit: the name of one of `KITS`; drawn when not given.
    """
    whose = kit if kit is not None else draw(st.sampled_from(sorted(KITS)))
    hurt = draw(st.none() | st.none() | st.sampled_from([Region.CALF, Region.KNEE, Region.HIP]))
    injury = () if hurt is None else (Injury(region=hurt, since=MONDAY - dt.timedelta(200), ended=MONDAY),)
    tests = ("hop-test",) if draw(st.booleans()) else ()
    return Runner(
        name="Ada",
        body_mass=draw(st.none() | st.integers(45, 95).map(lambda got: Mass(float(got)))),
        strength_years=draw(st.sampled_from([0.0, 1.0, 4.0])),
        running=RunningWeek(),
        kits=(KITS[whose],),
        injuries=injury,
        assessments=tuple(Assessment(exercise=each, date=MONDAY, amount=100) for each in tests),
        clearance=draw(st.sampled_from([Clearance.CLEARED, Clearance.UNKNOWN])),
        usual_sleep=draw(st.sampled_from([None, None, Duration(6 * 3600.0), Duration(9 * 3600.0)])),
    )


def loads_of(asked: Prescription, runner: Runner, catalog: Catalog | None = None) -> tuple[Load, ...]:
    """Return the loads with which a runner can do what is asked, lightest first; body weight where there are none."""
    known = catalog if catalog is not None else load_catalog()
    own = runner.kit_at().loads_for(known.exercises[asked.exercise].loaded_by)
    return tuple(External(mass, pieces) for mass, pieces in own) or (BodyWeight(),)


@st.composite
def performances_of(
    draw: st.DrawFn, asked: Prescription, runner: Runner, date: dt.date = MONDAY, *, good: bool = False,
    catalog: Catalog | None = None,
) -> Performance:  # fmt: skip
    """Draw how a runner does what is asked: as asked, better, worse, with a side or sets missing, with pain.

    Args:
        draw: of Hypothesis.
        asked: the prescription.
        runner: who does it, with the loads at hand.
        date: of the performance.
        good: whether it meets everything, so that nothing holds it but the number of sessions.
        catalog: where the exercise is looked up, for ladders of one's own; the packaged one when not given.
    """
    load = asked.load
    if isinstance(load, FindLoad):
        load = draw(st.sampled_from(loads_of(asked, runner, catalog)))
    high, low, most = asked.amount.high, asked.amount.low, asked.amount.most
    figures, spoilt, rir = [high] * asked.sets, "", RIR(10.0) if good else draw(_RIR)
    if not good:
        shown = {"t": high, "h": high + 3, "l": low, "u": max(1, low - 2), "b": max(1, low // 2)}
        pattern = [shown[each] for each in draw(_FIGURES)]
        sets = max(1, asked.sets + draw(_SETS_MORE))
        figures, spoilt = list(itertools.islice(itertools.cycle(pattern), sets)), draw(_SPOILT)
    if spoilt in ("lighter", "heavier"):
        load = _changed(load, loads_of(asked, runner, catalog), heavier=spoilt == "heavier")
    sides = (Side.LEFT, Side.RIGHT) if asked.side is Side.BOTH else (asked.side,)
    done = tuple(
        PerformedSet(
            side=side,
            amount=type(asked.amount)(min(figure, most)),
            load=load,
            rir=rir,
            failed_form=(Form.CONTROLLED_TEMPO,) if spoilt == "form" else (),
            assistance="a hand on the wall" if spoilt == "help" else "",
        )
        for figure in figures
        for side in (sides[:1] if spoilt == "one side" else sides)
    )
    pain = 0 if good else draw(_PAINS)
    when, kind = (PainMoment.DURING, PainKind.DULL) if good else (draw(_MOMENTS), draw(_PAIN_KINDS))
    hurts = () if pain is None else (Pain(region=Region.CALF, score=pain, when=when, kind=kind),)
    return Performance(date=date, exercise=asked.exercise, sets=done, pain=hurts)


def _changed(load: Load, at_hand: Iterable[Load], *, heavier: bool) -> Load:
    """Return the next load at hand over or under one, or that one where there is none."""
    if isinstance(load, Band):
        order = list(BandTension)
        place = order.index(load.tension) + (1 if heavier else -1)
        return Band(order[place], load.at) if 0 <= place < len(order) else load
    mass = load.mass.kg if isinstance(load, External) else 0.0
    own = [each for each in at_hand if isinstance(each, External)]
    over = [each for each in own if each.mass.kg > mass]
    under = [each for each in own if each.mass.kg < mass]
    if heavier:
        return over[0] if over else load
    return under[-1] if under else BodyWeight() if mass else load


@st.composite
def at_least_as_good(draw: st.DrawFn, done: Performance, runner: Runner, asked: Prescription) -> Performance:
    """Draw a performance that is nowhere worse than another: amounts, loads, reserve, form, sides, sets and pain."""
    more = draw(_MORE)
    reserve, clean = draw(st.sampled_from([0, 1, 3])), draw(st.booleans())
    heavier = draw(st.booleans())
    sets = [
        evolve(
            one,
            amount=type(one.amount)(min(one.amount.low + extra, one.amount.most)),
            load=_changed(one.load, loads_of(asked, runner), heavier=True) if heavier else one.load,
            rir=None if one.rir is None else RIR(min(10.0, one.rir.reps + reserve)),
            failed_form=() if clean else one.failed_form,
            assistance="" if clean else one.assistance,
        )
        for one, extra in zip(done.sets, itertools.cycle(more), strict=False)
    ]
    if sets:
        sets += draw(st.lists(st.sampled_from(sets), max_size=1))
    if asked.side is Side.BOTH and draw(st.booleans()):
        other = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}
        present = {one.side for one in sets}
        sets += [
            evolve(one, side=other[one.side]) for one in sets if one.side in other and other[one.side] not in present
        ]
    milder, dull = draw(st.integers(0, 3)), draw(st.booleans())
    pains = tuple(
        evolve(pain, score=max(0, pain.score - milder), kind=PainKind.DULL if dull else pain.kind) for pain in done.pain
    )
    return evolve(done, sets=tuple(sets), pain=pains)


@st.composite
def readiness(draw: st.DrawFn, date: dt.date = MONDAY, *, bad: bool = False) -> Readiness:
    """Draw how a day began.

    Args:
        draw: of Hypothesis.
        date: of the morning.
        bad: whether it says something that holds or makes easier for certain: illness.
    """
    hours = draw(st.sampled_from([None, 4.0, 5.5, 6.5, 8.0]))
    return Readiness(
        date=date,
        sleep=None if hours is None else Duration(hours * 3600),
        stress=draw(st.sampled_from([None, 1, 8])),
        soreness=draw(
            st.sampled_from([(), (Soreness(region=Region.CALF, score=5),), (Soreness(region=Region.CALF, score=8),)])
        ),
        ill=True if bad else draw(st.sampled_from([None, False, False, True])),
        red_flags=draw(st.sampled_from([(), (), (), ("chest pain",)])),
    )


@st.composite
def states(draw: st.DrawFn, progression: Progression, runner: Runner, before: dt.date = MONDAY) -> State:
    """Draw where a runner may stand on a ladder: after up to eight drawn sessions before a day.

    Args:
        draw: of Hypothesis.
        progression: the ladder; one that the runner can begin.
        runner: who climbs it.
        before: a day after all of them.
    """
    at = draw(st.none() | st.integers(0, len(progression.rungs) - 1))
    state = begin(progression, runner=runner, limits=_limits(), catalog=load_catalog(), at=at)
    sessions = draw(_GAPS)
    day = before - dt.timedelta(days=sum(gap for _, gap in sessions))
    for as_asked, gap in sessions:
        done = draw(performances_of(state.prescription, runner, day, good=as_asked))
        morning = None if as_asked else draw(st.none() | readiness(day))
        state = advance(
            progression, state, done, runner=runner, readiness=morning, limits=_limits(), catalog=load_catalog()
        ).state
        day += dt.timedelta(days=gap)
    return state


@functools.cache
def _limits() -> Limits:
    return Limits.of(load_rules())
