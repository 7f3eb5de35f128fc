"""Placement against an independent statement of its constraints, written here as plainly as can be."""

from __future__ import annotations

import datetime as dt
import itertools
import os
from collections.abc import Iterator

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runstrong.model.quantities import Distance, Duration
from runstrong.model.rules import Override
from runstrong.model.runner import Availability, Runner
from runstrong.model.running import Race, RunningWeek, UsualRun
from runstrong.model.words import DayPart, Emphasis, Priority, RunKind, StrengthDayPolicy, Weekday
from runstrong.placement import (
    Placed,
    Placement,
    Surroundings,
    broken_by,
    constraints,
    leaves_rest,
    place_week,
    search,
    slot_cost,
    what_would_free,
)
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
    kind=st.sampled_from(RunKind),
    duration=st.none() | st.integers(20, 240).map(lambda minutes: Duration(minutes * 60.0)),
)
availabilities = st.builds(
    Availability,
    day=st.sampled_from(Weekday),
    day_parts=st.lists(st.sampled_from(DayPart), unique=True, max_size=3).map(tuple),
    minutes=st.none() | st.sampled_from([5, 20, 45]).map(lambda minutes: Duration(minutes * 60.0)),
)


@st.composite
def weeks(draw: st.DrawFn) -> tuple[tuple[dt.date, ...], Surroundings]:
    """Draw days of one week, from any week start on, and what surrounds them."""
    # With a run on most days: that is where weeks are tight.
    runs = draw(st.lists(usual_runs, max_size=14, unique_by=lambda run: (run.day, run.day_part)))
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


wishes = st.lists(st.sampled_from([HEAVY, LIGHT, UPPER]), max_size=3).map(tuple)


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
    taken = {run.day_part for run in runs}
    # Times unknown: runs start the day, strength ends it where the evening is free.
    late = (DayPart.EVENING, DayPart.UNKNOWN)
    free = [part for part in (parts or HOURS) if (DayPart.EVENING if part is DayPart.UNKNOWN else part) not in taken]
    return [part for part in free if part in late] if DayPart.UNKNOWN in taken else free


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


OTHER_NUMBERS = [
    Override(rule="placement", parameter=parameter, value=float(value))
    for parameter, value in (
        ("evening_hour", 21), ("heavy_days_before_hard", 0), ("heavy_days_before_hard", 3), ("same_day_min_hours", 6),
        ("same_tissue_days", 3), ("light_tissue_days", 2), ("race_days_before", 6), ("race_days_after_long", 20),
        ("cost_uneven", 0), ("cost_hard_day", 0), ("cost_two_before_long", 9),
    )
]  # fmt: skip


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


CLASSES = (None, RunKind.EASY, RunKind.INTERVALS)
"""What a day's run is to the constraints: none, one that asks for nothing, one that legs keep away from."""
WANTED = tuple(
    wanted for count in range(4) for wanted in itertools.combinations_with_replacement((HEAVY, LIGHT, UPPER), count)
)
ALL = bool(os.environ.get("RUNSTRONG_EXHAUSTIVE"))


def a_week(
    kinds: tuple[RunKind | None, ...], policy: StrengthDayPolicy, *, careful: bool, first: int = 0
) -> Surroundings:
    """Return a week with one run a day, or none, from a weekday on; weeks before and after are the same."""
    runs = (UsualRun(day=Weekday.of(first + n), kind=kind) for n, kind in enumerate(kinds) if kind is not None)
    runner = Runner(name="Ada", running=RunningWeek(runs=tuple(runs)), policy=policy, week_start=Weekday.of(first))
    known = [runner.runs_on(FIRST + n * ONE_DAY) for n in range(7)]
    return Surroundings(lambda day: known[day.weekday()], runner, RULES, careful)


def some_way(kinds: tuple[RunKind | None, ...], wanted: tuple[Emphasis, ...], *, evening: bool, careful: bool) -> bool:
    """Tell by days alone whether sessions fit into a week of runs of unknown time."""
    hard = [kind in HARD for kind in kinds]
    eves = 2 if careful else 1
    heavy = [
        n
        for n in range(7)
        if not any(hard[(n + ahead) % 7] for ahead in range(1, eves + 1)) and (evening or not hard[n])
    ]
    free = [n for n in range(7) if kinds[n] is None]
    kept = free or [n for n in range(7) if kinds[n] is RunKind.EASY]
    for chosen in itertools.product(*(heavy if each is HEAVY else range(7) for each in wanted)):
        if len(set(chosen)) < len(chosen) or (kept and set(kept) <= set(chosen)):
            continue
        legs = [(day, each) for day, each in zip(chosen, wanted, strict=True) if each is not UPPER]
        near = (
            abs(one - other) < 2 and HEAVY in (ours, theirs)
            for (one, ours), (other, theirs) in itertools.combinations(legs, 2)
        )
        if not any(near):
            return True
    return False


class TestEveryWeek:
    """Not drawn but gone through: each part of the constraints over all there is of it.

    Every week of seven days, each without a run, with an easy or with a hard one, is placed for the wishes of a usual
    week; with ``RUNSTRONG_EXHAUSTIVE`` for every wish of 0 to 3 sessions. Kinds of runs, parts of the day and races
    differ only in what they do to a single place, and that is gone through for each of them. Week starts need no going
    through once shifting is shown to change nothing.
    """

    @pytest.mark.parametrize("policy", StrengthDayPolicy)
    @pytest.mark.parametrize("careful", [False, True])
    @pytest.mark.parametrize("wanted", WANTED if ALL else ((HEAVY, LIGHT), (HEAVY, LIGHT, UPPER)), ids=str)
    def test_every_pattern_of_a_week(
        self, policy: StrengthDayPolicy, careful: bool, wanted: tuple[Emphasis, ...]
    ) -> None:
        """A way is found just where there is one."""
        days = tuple(FIRST + n * ONE_DAY for n in range(7))
        evening = policy is StrengthDayPolicy.HARD_DAY_EVENING
        for kinds in itertools.product(CLASSES, repeat=7):
            found = place_week(days, wanted, a_week(kinds, policy, careful=careful))
            assert (found is not None) is some_way(kinds, wanted, evening=evening, careful=careful), kinds

    @pytest.mark.parametrize("policy", StrengthDayPolicy)
    @pytest.mark.parametrize("careful", [False, True])
    @pytest.mark.parametrize("emphasis", [HEAVY, LIGHT, UPPER])
    def test_every_kind_of_run_at_every_time_around_every_place(
        self, policy: StrengthDayPolicy, careful: bool, emphasis: Emphasis
    ) -> None:
        """A run of each kind and part of the day, up to three days ahead or on the day itself."""
        for kind, part, ahead, hours in itertools.product(RunKind, DayPart, range(-1, 4), (None, 1, 4)):
            length = None if hours is None else Duration(3600.0 * hours)
            run = UsualRun(day=Weekday.of(3 + ahead), day_part=part, kind=kind, duration=length)
            runner = Runner(name="Ada", running=RunningWeek(runs=(run,)), policy=policy)
            around = Surroundings(runner.runs_on, runner, RULES, careful)
            for lifts in DayPart:
                place = Placed(FIRST + 3 * ONE_DAY, lifts, emphasis)
                assert (broken_by(place, around) is None) is place_is_allowed(place, around), (run, place)

    @pytest.mark.parametrize("priority", Priority)
    def test_every_race_on_every_day_around_every_place(self, priority: Priority) -> None:
        """Races of each distance from two weeks before a place to two weeks after."""
        distances = (None, Distance(5), Distance(10.5), Distance(21.1), Distance(42.2), Distance(100))
        for distance, day, policy in itertools.product(distances, range(-15, 16), StrengthDayPolicy):
            race = Race(id="race", date=FIRST + day * ONE_DAY, distance=distance, priority=priority)
            runner = Runner(name="Ada", running=RunningWeek(), races=(race,), policy=policy)
            for careful, emphasis, part in itertools.product((False, True), (HEAVY, LIGHT, UPPER), DayPart):
                around = Surroundings(runner.runs_on, runner, RULES, careful)
                place = Placed(FIRST, part, emphasis)
                assert (broken_by(place, around) is None) is place_is_allowed(place, around), (race, place)

    def test_every_choice_of_days_beside_every_week(self) -> None:
        """The rest day is kept, or where runs leave none a day with an easy run alone."""
        days = tuple(FIRST + n * ONE_DAY for n in range(7))
        choices = [frozenset(days[n] for n in range(7) if mask >> n & 1) for mask in range(1, 128)]
        for kinds in itertools.product(CLASSES, repeat=7):
            around = a_week(kinds, StrengthDayPolicy.EASY_DAY, careful=False)
            free = {day for day, kind in zip(days, kinds, strict=True) if kind is None}
            kept = free or {day for day, kind in zip(days, kinds, strict=True) if kind is RunKind.EASY}
            for taken in choices if ALL else choices[:: 1 if len(free) < 3 else 9]:
                assert leaves_rest(days, taken, around) is not (bool(kept) and kept <= taken), (kinds, taken)

    @pytest.mark.parametrize("first", range(7))
    def test_every_week_start(self, first: int) -> None:
        """A week that starts on another weekday, with its runs, is placed on the same days of it at the same cost."""
        kinds = [tuple(CLASSES[(number // 3**n) % 3] for n in range(7)) for number in range(0, 3**7, 1 if ALL else 23)]
        for week, policy in itertools.product(kinds, StrengthDayPolicy):
            found = []
            for start in (0, first):
                days = tuple(FIRST + (start + n) * ONE_DAY for n in range(7))
                made = place_week(days, (HEAVY, LIGHT), a_week(week, policy, careful=False, first=start))
                places = () if made is None else made.places
                found.append([((each.date - days[0]).days, each.day_part, each.emphasis) for each in places])
            assert found[0] == found[1]


class TestKept:
    """What was searched once is kept by its pattern, and is what would be searched."""

    @given(st.data())
    @settings(max_examples=150, deadline=None)
    def test_kept_equals_searched(self, data: st.DataObject) -> None:
        """With whatever other weeks have left in the cache, and with an empty one."""
        days, around = data.draw(weeks())
        if data.draw(st.booleans()):
            change = data.draw(st.sampled_from(OTHER_NUMBERS))
            around = attrs.evolve(around, rules=RULES.with_overrides([change], "runner"))
        wanted, earlier = data.draw(wishes), data.draw(histories(days))
        habits = data.draw(st.lists(st.tuples(st.sampled_from(Weekday), st.sampled_from([HEAVY, LIGHT])), max_size=2))
        kept = place_week(days, wanted, around, earlier=earlier, habits=habits, minutes=10)
        search._cell.cache_clear()
        assert place_week(days, wanted, around, earlier=earlier, habits=habits, minutes=10) == kept

    def test_every_number_is_part_of_the_pattern(self) -> None:
        """Each number of the policy, but the one that says in which weeks care is taken."""
        policy = next(each for each in RULES.policies if each.id == "placement")
        names = {parameter.name for parameter in policy.parameters}
        assert names - set(constraints.NUMBERS) == {"heavy_block_first_weeks"}

    def test_weeks_of_other_runners_are_found_again(self) -> None:
        """Two runners of other names and seasons with the same week share one search."""
        search._cell.cache_clear()
        for first in range(7):
            kinds = (None, RunKind.TEMPO, RunKind.EASY, None, RunKind.HILLS, RunKind.RECOVERY, RunKind.LONG)
            days = tuple(FIRST + (first + n) * ONE_DAY for n in range(7))
            place_week(days, (HEAVY, LIGHT), a_week(kinds, StrengthDayPolicy.EASY_DAY, careful=False, first=first))
        assert search._cell.cache_info().misses == 1
        assert search._cell.cache_info().hits == 6


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
        if not wanted or place_week(days, wanted, around) is None:
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
