"""Placement against an independent statement of its constraints, written here as plainly as can be."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from runstrong.model.quantities import Distance, Duration
from runstrong.model.runner import Availability, Runner
from runstrong.model.running import Race, RunningWeek, UsualRun
from runstrong.model.words import DayPart, Emphasis, Priority, RunKind, StrengthDayPolicy, Weekday
from runstrong.placement import Placed, Placement, Surroundings, place_week, slot_cost, what_would_free
from runstrong.rules import load_rules

RULES = load_rules()
HEAVY, LIGHT, UPPER = Emphasis.HEAVY_LEGS, Emphasis.LIGHT_LEGS, Emphasis.UPPER_AND_TRUNK
HOURS = {DayPart.MORNING: 7.0, DayPart.MIDDAY: 12.5, DayPart.EVENING: 18.5}
HARD = {RunKind.INTERVALS, RunKind.TEMPO, RunKind.HILLS, RunKind.RACE, RunKind.LONG}
FIRST = dt.date(2027, 1, 4)
ONE_DAY = dt.timedelta(days=1)

usual_runs = st.builds(
    UsualRun,
    day=st.sampled_from(Weekday),
    day_part=st.sampled_from(DayPart),
    kind=st.sampled_from([kind for kind in RunKind if kind is not RunKind.RACE]),
    duration=st.none() | st.integers(20, 240).map(lambda minutes: Duration(minutes * 60.0)),
)
availabilities = st.builds(
    Availability,
    day=st.sampled_from(Weekday),
    day_parts=st.lists(st.sampled_from(list(HOURS)), unique=True, max_size=3).map(tuple),
    minutes=st.none() | st.sampled_from([5, 20, 45]).map(lambda minutes: Duration(minutes * 60.0)),
)


@st.composite
def weeks(draw: st.DrawFn) -> tuple[tuple[dt.date, ...], Surroundings]:
    """Draw days of one week, from any week start on, and what surrounds them."""
    # With a run on most days: that is where weeks are tight.
    runs = draw(st.lists(usual_runs, max_size=8, unique_by=lambda run: (run.day, run.day_part)))
    week_start = draw(st.sampled_from(Weekday))
    start = FIRST + dt.timedelta(days=week_start.number)
    races = ()
    if draw(st.integers(0, 3)) == 0:
        distance = draw(st.sampled_from([None, Distance(10), Distance(21.1), Distance(42.2)]))
        date = start + dt.timedelta(days=draw(st.integers(-12, 11)))
        races = (Race(id="race", date=date, distance=distance, priority=draw(st.sampled_from(Priority))),)
    runner = Runner(
        name="Ada",
        running=RunningWeek(runs=tuple(runs)),
        races=races,
        availability=tuple(draw(st.lists(availabilities, max_size=5, unique_by=lambda each: each.day))),
        policy=draw(st.sampled_from(StrengthDayPolicy)),
        week_start=week_start,
    )
    days = tuple(start + dt.timedelta(days=n) for n in range(7))[draw(st.sampled_from([0, 0, 0, 2, 5])) :]
    return days, Surroundings(runner.runs_on, runner, RULES, careful=draw(st.booleans()))


wishes = st.lists(st.sampled_from([HEAVY, LIGHT, UPPER]), min_size=1, max_size=3).map(tuple)


@st.composite
def histories(draw: st.DrawFn, days: tuple[dt.date, ...]) -> tuple[Placed, ...]:
    """Draw sessions of the days just before, far enough apart to be possible."""
    back = draw(st.lists(st.integers(1, 4), unique=True, max_size=1))
    emphasis = draw(st.sampled_from([HEAVY, LIGHT, UPPER]))
    return tuple(Placed(days[0] - dt.timedelta(days=n), DayPart.UNKNOWN, emphasis) for n in back)


# -- The constraints once more, without a look at the code under test ---------------------------------------------


def places_of_a_day(day: dt.date, runner: Runner, minutes: float) -> list[DayPart]:
    """Tell when strength may stand: where the runner is free, in a part without a run; after a run of unknown time."""
    parts: list[DayPart] = []
    if runner.availability:
        stated = [each for each in runner.availability if each.day.number == day.weekday()]
        if not stated or (stated[0].minutes is not None and stated[0].minutes.minutes < minutes):
            return []
        parts = list(stated[0].day_parts)
    runs = runner.runs_on(day)
    if not runs:
        return parts or [DayPart.UNKNOWN]
    free = [part for part in (parts or HOURS) if all(run.day_part is not part for run in runs)]
    if any(run.day_part is DayPart.UNKNOWN for run in runs):
        free = [part for part in free if part is DayPart.EVENING]
    return free


def place_is_allowed(place: Placed, around: Surroundings) -> bool:
    """Tell whether a single session may stand there."""
    runner = around.runner
    if place.emphasis is UPPER:
        return True
    for race in runner.races:
        if race.priority is Priority.C:
            continue
        km = 21.1 if race.distance is None else race.distance.km
        after = 3 if km <= 10.5 else 5 if km <= 22 else 10
        if -after <= (race.date - place.date).days <= 3:
            return False
    if place.emphasis is LIGHT:
        return True
    eves = 2 if around.careful else 1
    if any(run.kind in HARD for n in range(1, eves + 1) for run in runner.runs_on(place.date + n * ONE_DAY)):
        return False
    for run in runner.runs_on(place.date):
        if run.kind not in HARD:
            continue
        if runner.policy is not StrengthDayPolicy.HARD_DAY_EVENING:
            return False
        if run.day_part in HOURS and place.day_part in HOURS:
            end = HOURS[run.day_part] + (run.duration.minutes / 60 if run.duration else 0)
            if HOURS[place.day_part] <= HOURS[run.day_part] or HOURS[place.day_part] - end < 3:
                return False
    return True


def week_is_allowed(places: tuple[Placed, ...], earlier: tuple[Placed, ...], runner: Runner, first: dt.date) -> bool:
    """Tell whether sessions may stand together: one a day, 48 h around heavy legs, one day of rest."""
    if len({place.date for place in places}) < len(places):
        return False
    for one, other in itertools.combinations((*earlier, *places), 2):
        legs = one.emphasis.legs and other.emphasis.legs
        if legs and HEAVY in (one.emphasis, other.emphasis) and abs((one.date - other.date).days) < 2:
            return False
    week = [first + n * ONE_DAY for n in range(7)]
    taken = {place.date for place in (*earlier, *places)}
    free = [day for day in week if not runner.runs_on(day)]
    easy = [day for day in week if all(run.kind in (RunKind.EASY, RunKind.RECOVERY) for run in runner.runs_on(day))]
    kept = free or easy
    return not kept or any(day not in taken for day in kept)


def all_weeks(
    days: tuple[dt.date, ...], wanted: tuple[Emphasis, ...], around: Surroundings, earlier: tuple[Placed, ...]
) -> Iterator[tuple[Placed, ...]]:
    """Enumerate every allowed choice of places for the wanted sessions, one after the other."""
    slots = [(day, part) for day in days for part in places_of_a_day(day, around.runner, 10)]
    first = days[0] - dt.timedelta(days=(days[0].weekday() - around.runner.week_start.number) % 7)
    for chosen in itertools.permutations(slots, len(wanted)):
        places = tuple(Placed(day, part, emphasis) for (day, part), emphasis in zip(chosen, wanted, strict=True))
        alone = all(place_is_allowed(place, around) for place in places)
        if alone and week_is_allowed(places, earlier, around.runner, first):
            yield places


def cost_of(places: tuple[Placed, ...], around: Surroundings) -> float:
    """Sum what places cost by themselves, and two points per day that gaps fall short of even."""
    cost = sum(slot_cost(place, around) for place in places)
    days = sorted(place.date for place in places)
    if len(days) > 1:
        gaps = [(later - before).days for before, later in itertools.pairwise([*days, days[0] + 7 * ONE_DAY])]
        cost += sum(2 * max(0, 7 / len(days) - 0.5 - gap) for gap in gaps)
    return cost


# -- laws ----------------------------------------------------------------------------------------------------------


class TestExactness:
    """Placement is an exact search: it finds a week wherever one exists, and the cheapest of all."""

    @given(st.data())
    @settings(max_examples=150, deadline=None)
    def test_it_equals_a_brute_force(self, data: st.DataObject) -> None:
        """Feasibility and least cost agree with an enumeration written from the design."""
        days, around = data.draw(weeks())
        wanted, earlier = data.draw(wishes), data.draw(histories(days))
        found = place_week(days, wanted, around, earlier=earlier, minutes=10)
        costs = [cost_of(places, around) for places in all_weeks(days, wanted, around, earlier)]
        assert (found is None) == (not costs)
        if found is not None:
            assert abs(found.cost - min(costs)) < 1e-9
            assert abs(cost_of(found.places, around) - found.cost) < 1e-9

    @given(weeks(), wishes)
    @settings(max_examples=60, deadline=None)
    def test_it_is_deterministic(
        self, week: tuple[tuple[dt.date, ...], Surroundings], wanted: tuple[Emphasis, ...]
    ) -> None:
        """The same week gives the same places, also when the runner is an equal copy."""
        days, around = week
        again = attrs.evolve(around, runner=attrs.evolve(around.runner, name=around.runner.name))
        assert place_week(days, wanted, around) == place_week(days, wanted, again)


class TestHardConstraints:
    """Hard constraints hold in every week that is found, on whatever day the week starts."""

    @given(st.data())
    @settings(max_examples=150, deadline=None)
    def test_no_place_breaks_one(self, data: st.DataObject) -> None:
        """Each place is available and allowed, and together they leave gaps and rest."""
        days, around = data.draw(weeks())
        wanted, earlier = data.draw(wishes), data.draw(histories(days))
        found = place_week(days, wanted, around, earlier=earlier, minutes=10)
        if found is None:
            return
        assert sorted(place.emphasis.value for place in found.places) == sorted(each.value for each in wanted)
        for place in found.places:
            assert place.date in days
            assert place.day_part in places_of_a_day(place.date, around.runner, 10)
            assert place_is_allowed(place, around)
        assert week_is_allowed(found.places, earlier, around.runner, around.runner.week_of(days[0]))


class TestMoreRoom:
    """Room that is added never takes a week away."""

    @given(weeks(), wishes, st.sampled_from(Weekday))
    @settings(max_examples=80, deadline=None)
    def test_more_open_days_keep_a_week_feasible(
        self, week: tuple[tuple[dt.date, ...], Surroundings], wanted: tuple[Emphasis, ...], day: Weekday
    ) -> None:
        """Opening one day more, or every day, leaves a feasible week feasible."""
        days, around = week
        found = place_week(days, wanted, around, minutes=10)
        others = tuple(each for each in around.runner.availability if each.day is not day)
        wider = (*others, Availability(day=day)) if around.runner.availability else ()
        for availability in (wider, ()):
            open_ = attrs.evolve(around, runner=attrs.evolve(around.runner, availability=availability))
            more = place_week(days, wanted, open_, minutes=10)
            if found is not None:
                assert more is not None

    @given(weeks(), wishes)
    @settings(max_examples=80, deadline=None)
    def test_the_evening_policy_takes_nothing_away(
        self, week: tuple[tuple[dt.date, ...], Surroundings], wanted: tuple[Emphasis, ...]
    ) -> None:
        """What easy-day can place, hard-day-evening can place too."""
        days, around = week
        easy, evening = (
            attrs.evolve(around, runner=attrs.evolve(around.runner, policy=policy))
            for policy in (StrengthDayPolicy.EASY_DAY, StrengthDayPolicy.HARD_DAY_EVENING)
        )
        if place_week(days, wanted, easy) is not None:
            assert place_week(days, wanted, evening) is not None

    @given(weeks(), wishes)
    @settings(max_examples=60, deadline=None)
    def test_fewer_sessions_fit_where_more_do(
        self, week: tuple[tuple[dt.date, ...], Surroundings], wanted: tuple[Emphasis, ...]
    ) -> None:
        """Leaving one wish out never makes a feasible week infeasible, nor heavy legs made light."""
        days, around = week
        if place_week(days, wanted, around) is None:
            return
        assert place_week(days, wanted[1:], around) is not None
        lighter = tuple(LIGHT if each is HEAVY else each for each in wanted)
        assert place_week(days, lighter, around) is not None

    @given(weeks(), wishes)
    @settings(max_examples=40, deadline=None)
    def test_ways_out_lead_out(
        self, week: tuple[tuple[dt.date, ...], Surroundings], wanted: tuple[Emphasis, ...]
    ) -> None:
        """Each change that is offered for an infeasible week makes it feasible."""
        days, around = week
        if place_week(days, wanted, around, minutes=10) is not None:
            return
        for way in what_would_free(days, wanted, around, minutes=10):
            runner = around.runner
            if "policy" in way:
                runner = attrs.evolve(runner, policy=StrengthDayPolicy.HARD_DAY_EVENING)
            elif "minutes" in way:
                longer = (
                    attrs.evolve(each, minutes=None) if way.endswith(f" {each.day}") else each
                    for each in runner.availability
                )
                runner = attrs.evolve(runner, availability=tuple(longer))
            elif "every day" in way:
                runner = attrs.evolve(runner, availability=())
            else:
                day = next(day for day in Weekday if f"open {day} to" in way)
                runner = attrs.evolve(runner, availability=(*runner.availability, Availability(day=day)))
            found: Placement | None = place_week(days, wanted, attrs.evolve(around, runner=runner), minutes=10)
            assert found is not None, way
