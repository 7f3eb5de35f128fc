"""Hypothesis strategies for runners, plans, logs and what they hold; every value drawn is valid.

Plans and logs are drawn from a small, real stretch of training: a few packaged exercises, weeks from a fixed Monday,
sparse days. That is where rules have something to say, which purely random documents rarely give.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from hypothesis import strategies as st

from runstrong.catalog.records import load_catalog
from runstrong.model.exercise import Exercise
from runstrong.model.log import Coverage, Log, Performance, PerformedSet
from runstrong.model.plan import CatalogStamp, Part, Plan, Session, Week
from runstrong.model.prescription import BodyWeight, External, FindLoad, Load, Prescription
from runstrong.model.quantities import RIR, Distance, Mass
from runstrong.model.runner import Availability, Kit, Runner
from runstrong.model.running import Pain, Race, Run, RunningWeek
from runstrong.model.words import (
    Clearance,
    DayPart,
    Emphasis,
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

__all__ = ["exercises", "logs", "plans", "runners", "sessions"]

MONDAY = dt.date(2027, 1, 4)
"""First day of every drawn plan and log."""

_MAIN = (
    "calf-raise", "bent-knee-calf-raise", "single-leg-calf-raise", "goblet-squat", "romanian-deadlift", "glute-bridge",
    "plank", "pogo-hop", "split-squat", "push-up",
)  # fmt: skip
_WARM_UP = ("hamstring-stretch", "leg-swing-sagittal", "brisk-walk")


@st.composite
def exercises(draw: st.DrawFn, ids: Sequence[str] = ()) -> Exercise:
    """Draw an exercise of the packaged catalog, or one of `ids`."""
    catalog = load_catalog()
    return catalog.exercises[draw(st.sampled_from(list(ids) or sorted(catalog.exercises)))]


@st.composite
def runners(draw: st.DrawFn) -> Runner:
    """Draw a runner: novice or trained, at home with a few loads, some with a race and days that are not open."""
    open_ = draw(st.sets(st.sampled_from(list(Weekday)), max_size=5))
    races = draw(st.lists(st.integers(7, 60), max_size=1))
    return Runner(
        name="Ada",
        body_mass=draw(st.none() | st.integers(45, 95).map(lambda got: Mass(float(got)))),
        strength_years=draw(st.sampled_from([0.0, 0.4, 1.0, 4.0])),
        running=RunningWeek(),
        races=tuple(
            Race(id="race", date=MONDAY + dt.timedelta(days=day), priority=draw(st.sampled_from(list(Priority))))
            for day in races
        ),
        kits=draw(st.sampled_from([(), (Kit(backpack_up_to=Mass(0.0)),), (Kit(),)])),
        availability=tuple(Availability(day=day) for day in sorted(open_)),
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


@st.composite
def _prescriptions(draw: st.DrawFn, id: str) -> Prescription:
    exercise = load_catalog().exercises[id]
    dose = exercise.doses[0]
    rir = draw(st.none() | st.integers(1, 5).map(lambda got: RIR(float(got))))
    return Prescription(
        exercise=id,
        sets=draw(st.integers(1, 6)),
        amount=dose.amount,
        side=Side.BOTH if exercise.sides is Sides.UNILATERAL else Side.NONE,
        load=draw(_loads(exercise)),
        rir=rir,
    )


@st.composite
def sessions(draw: st.DrawFn, date: dt.date = MONDAY, id: str = "session") -> Session:
    """Draw a session of `date` with a warm-up, or none, and one to four main exercises."""
    warm_up = draw(st.lists(st.sampled_from(_WARM_UP), unique=True, max_size=2))
    main = draw(st.lists(st.sampled_from(_MAIN), unique=True, max_size=4))
    if not warm_up and not main:
        main = ["calf-raise"]
    parts = [(PartName.WARM_UP, warm_up), (PartName.MAIN, main)]
    return Session(
        id=id,
        date=date,
        day_part=draw(st.sampled_from(list(DayPart))),
        emphasis=Emphasis.MOBILITY,
        parts=tuple(
            Part(name=name, prescriptions=tuple(draw(_prescriptions(each)) for each in ids))
            for name, ids in parts
            if ids
        ),
        pinned=draw(st.integers(0, 9)) == 0,
    )


@st.composite
def _runs(draw: st.DrawFn, first: dt.date, weeks: int) -> list[Run]:
    days = sorted(draw(st.sets(st.integers(0, weeks * 7 - 1), max_size=weeks * 4)))
    return [
        Run(
            date=first + dt.timedelta(days=day),
            day_part=draw(st.sampled_from(list(DayPart))),
            kind=draw(st.sampled_from(list(RunKind))),
            distance=draw(st.none() | st.integers(2, 30).map(lambda got: Distance(float(got)))),
        )
        for day in days
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
        days = sorted(draw(st.sets(st.integers(0, 6), max_size=3)))
        weeks.append(
            Week(
                number=number + 1,
                start=start,
                phase=draw(st.sampled_from([Phase.FOUNDATION, Phase.BUILD, Phase.HEAVY, Phase.TAPER])),
                deload=draw(st.integers(0, 5)) == 0,
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
