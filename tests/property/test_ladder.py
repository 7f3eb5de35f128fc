"""Laws of the progression engine, over all packaged ladders and the runners of `runstrong.testing`."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from runstrong.catalog import load_catalog
from runstrong.codec import loads, to_json, to_yaml
from runstrong.ladder import Limits, adapt, advance, begin, fold
from runstrong.ladder.route import kilograms, route_for
from runstrong.model.errors import InvalidValue
from runstrong.model.log import Performance, PerformedSet, Readiness
from runstrong.model.prescription import Band, BodyWeight, External, FindLoad, Hold, Prescription
from runstrong.model.progression import Progression
from runstrong.model.quantities import RIR, Mass
from runstrong.model.runner import Assessment, Runner
from runstrong.model.running import Pain, RunningWeek
from runstrong.model.step import ReasonCode, State, Step, StepKind
from runstrong.model.value import Value, evolve
from runstrong.model.words import Clearance, Form, OverloadAxis, PainKind, Region, Side
from runstrong.rules import load_rules
from runstrong.testing.strategies import (
    KITS,
    MONDAY,
    at_least_as_good,
    climbers,
    loads_of,
    performances_of,
    progressions,
    readiness,
    states,
)

LAWS = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
RULES, CATALOG = load_rules(), load_catalog()
LIMITS = Limits.of(RULES)
LADDERS = tuple(CATALOG.progressions.values())
HALF_KILO = 0.05
DOWN = (StepKind.STOP, StepKind.EASIER_RUNG, StepKind.LIGHTEN, StepKind.SHRINK_RANGE)


def step_of(ladder: Progression, state: State, done: Performance, runner: Runner, **more: Any) -> Step:
    """Take one performance in."""
    return advance(ladder, state, done, runner=runner, limits=LIMITS, catalog=CATALOG, **more)


def folded(ladder: Progression, done: Any, state: State | None, runner: Runner, **more: Any) -> State:
    """Fold performances."""
    return fold(ladder, done, state, runner=runner, limits=LIMITS, catalog=CATALOG, **more)


def direction(step: Step) -> int:
    """Return whether a step goes down, holds or goes up: -1, 0, 1."""
    return -1 if step.kind in DOWN else 1 if step.kind.upward else 0


def started(runner: Runner, ladder: Progression) -> bool:
    """Whether any rung of the ladder can be done."""
    return any(why is None for why in route_for(ladder, runner, LIMITS, CATALOG).blocked)


@st.composite
def stands(draw: st.DrawFn) -> tuple[Progression, Runner, State]:
    """Draw a runner somewhere on a ladder that can be begun."""
    runner = draw(climbers())
    ladder = draw(progressions())
    assume(started(runner, ladder))
    return ladder, runner, draw(states(ladder, runner))


def as_asked(
    asked: Prescription, runner: Runner, day: dt.date = MONDAY, rir: float | None = 10, **more: Any
) -> Performance:
    """Return what meets a prescription in everything: the top of the range, easily, clean, without pain."""
    load = asked.load if not isinstance(asked.load, FindLoad) else loads_of(asked, runner)[0]
    sides = (Side.LEFT, Side.RIGHT) if asked.side is Side.BOTH else (asked.side,)
    one = PerformedSet(amount=type(asked.amount)(asked.amount.high), load=load, rir=None if rir is None else RIR(rir))
    sets = tuple(evolve(one, side=side) for _ in range(asked.sets) for side in sides)
    fields = {"sets": sets, "pain": (Pain(region=Region.CALF, score=0),), **more}
    return Performance(date=day, exercise=asked.exercise, **fields)


def days(after: State | None = None) -> Any:
    """Yield every third day, from soon after the last one that a state has seen."""
    first = after.through if after is not None and after.through is not None else MONDAY
    return (first + dt.timedelta(days=3 * each) for each in itertools.count(1))


def owned(exercise: str, runner: Runner) -> tuple[External, ...]:
    """Return the loads that a runner has for an exercise."""
    return tuple(
        External(mass, pieces) for mass, pieces in runner.kit_at().loads_for(CATALOG.exercises[exercise].loaded_by)
    )


def in_pounds(runner: Runner) -> Runner:
    """Return the same runner with the same equipment, as the labels say it in pounds."""

    def labeled(mass: Mass) -> Mass:
        return Mass.parse(f"{round(mass.lb, 2)} lb")

    kit = runner.kit_at()
    kit = evolve(
        kit,
        weights=tuple(evolve(each, each=tuple(labeled(mass) for mass in each.each)) for each in kit.weights),
        backpack_up_to=labeled(kit.backpack_up_to + kit.backpack_step * 0.1),
        backpack_step=Mass.parse(f"{round(kit.backpack_step.lb, 4)} lb"),
    )
    return evolve(runner, kits=(kit,), body_mass=labeled(runner.body_mass) if runner.body_mass else None)


def alike(one: Prescription, other: Prescription) -> bool:
    """Whether two prescriptions are the same, loads within 0.05 kg."""
    ours, theirs = kilograms(one.load), kilograms(other.load)
    if ours is not None and theirs is not None:
        return abs(ours - theirs) <= HALF_KILO and evolve(one, load=BodyWeight()) == evolve(other, load=BodyWeight())
    return one == other


def lower_or_same(one: Prescription, other: Prescription) -> bool:
    """Whether one asks for no more than the other in anything; another exercise is an easier one."""
    if one.exercise != other.exercise:
        return True
    ours, theirs = kilograms(one.load), kilograms(other.load)
    reserves = (one.rir.reps if one.rir else 0.0, other.rir.reps if other.rir else 0.0)
    return (
        one.sets <= other.sets
        and one.amount.high <= other.amount.high
        and (ours is None or theirs is None or ours <= theirs + HALF_KILO)
        and reserves[0] >= reserves[1]
        and all(one.degree(each.axis) <= other.degree(each.axis) for each in (*one.degrees, *other.degrees))
    )


def shifted(made: Any, by: int) -> Any:
    """Return a value in which every date lies `by` days later."""
    if isinstance(made, dt.date):
        return made + dt.timedelta(days=by)
    if isinstance(made, (tuple, list)):
        return tuple(shifted(each, by) for each in made)
    if isinstance(made, Value):
        dated = {each.name: getattr(made, each.name) for each in attrs.fields(type(made))}
        return attrs.evolve(
            made,
            **{name: shifted(got, by) for name, got in dated.items() if isinstance(got, (dt.date, tuple, Value))},
        )
    return made


@st.composite
def histories(
    draw: st.DrawFn, *, one_a_day: bool = False
) -> tuple[Progression, Runner, list[Performance], list[Readiness]]:
    """Draw what a runner did on a ladder over some weeks: any of its rungs, some days twice, with some mornings."""
    runner, ladder = draw(climbers()), draw(progressions())
    assume(started(runner, ladder))
    route = route_for(ladder, runner, LIMITS, CATALOG)
    places = [place for place, why in enumerate(route.blocked) if why is None]
    gaps = draw(st.lists(st.sampled_from([2, 3, 9, 60] if one_a_day else [0, 2, 3, 9, 60]), min_size=1, max_size=6))
    day, done, mornings = MONDAY, [], []
    for gap in gaps:
        day += dt.timedelta(days=gap)
        place = draw(st.sampled_from(places))
        done.append(draw(performances_of(route.start(place), runner, day)))
        if gap:
            mornings += draw(st.lists(readiness(day), max_size=1))
    return ladder, runner, done, mornings


class TestMonotony:
    """From one state, what was done at least as well never yields a lower position."""

    @settings(LAWS, max_examples=200)
    @given(st.data(), stands())
    def test_a_performance_at_least_as_good_leads_no_lower(
        self, data: st.DataObject, stand: tuple[Progression, Runner, State]
    ) -> None:
        """More reps, load, reserve, sets or sides, cleaner and with less pain: the step is as high or higher."""
        ladder, runner, state = stand
        asked = state.prescription
        worse = data.draw(performances_of(asked, runner))
        better = data.draw(at_least_as_good(worse, runner, asked))
        morning = data.draw(st.none() | readiness())
        low = step_of(ladder, state, worse, runner, readiness=morning)
        high = step_of(ladder, state, better, runner, readiness=morning)
        assert direction(low) <= direction(high)
        if direction(low) == direction(high) == 1:
            assert low.prescription == high.prescription
        if direction(low) == direction(high) == 0:
            found = kilograms(low.prescription.load)
            assert found is None or found <= (kilograms(high.prescription.load) or 0.0) + HALF_KILO


class TestPace:
    """Upward one step per decision; sessions are used up; nothing is filled in afterwards."""

    @LAWS
    @given(stands(), st.integers(1, 12))
    def test_as_many_steps_at_most_as_the_sessions_pay_for(
        self, stand: tuple[Progression, Runner, State], count: int
    ) -> None:
        """A step up needs the sessions that the rung asks for, each of which counts once."""
        ladder, runner, state = stand
        state = attrs.evolve(state, met=0)
        ups = 0
        for day in itertools.islice(days(state), count):
            rung = ladder.rungs[state.rung]
            on_the_way = LIMITS.hold_sessions if isinstance(rung.amount, Hold) else LIMITS.raise_sessions
            step = step_of(ladder, state, as_asked(state.prescription, runner, day), runner)
            if step.kind.upward and not state.coming_back:
                ups += 1
                # A step on the way needs the general number of sessions, one at the criterion the rung's own.
                assert state.met + 1 >= min(on_the_way, rung.criterion.sessions)
                assert step.state.met == 0
            assert step.state.rung - state.rung <= len(ladder.rungs)
            state = step.state
        assert ups <= count

    @LAWS
    @given(stands())
    def test_one_decision_changes_one_thing(self, stand: tuple[Progression, Runner, State]) -> None:
        """Within a rung a step up raises one of amount, sets, load, tempo and degrees."""
        ladder, runner, state = stand
        for day in itertools.islice(days(state), 6):
            step = step_of(ladder, state, as_asked(state.prescription, runner, day), runner)
            if step.kind.upward and step.state.rung == state.rung and not state.coming_back:
                before, after = state.earned, step.state.earned
                raised = [
                    after.amount.high > before.amount.high,
                    after.sets > before.sets,
                    after.load != before.load,
                    after.tempo != before.tempo,
                    after.degrees != before.degrees,
                ]
                assert sum(raised) == 1
            state = step.state

    @LAWS
    @given(stands(), st.data())
    def test_more_than_was_asked_is_no_credit_for_later(
        self, stand: tuple[Progression, Runner, State], data: st.DataObject
    ) -> None:
        """Far more repetitions than asked lead to the same step as just enough of them."""
        ladder, runner, state = stand
        enough = as_asked(state.prescription, runner)
        assume(enough.sets[0].amount.low * 2 <= enough.sets[0].amount.most)
        much = evolve(
            enough, sets=tuple(evolve(one, amount=type(one.amount)(one.amount.low * 2)) for one in enough.sets)
        )
        assert step_of(ladder, state, enough, runner).prescription == step_of(ladder, state, much, runner).prescription


class TestLoads:
    """Loads rise by a tenth of moved mass at most, and are such as the runner has."""

    @settings(LAWS, max_examples=80)
    @given(stands(), st.integers(4, 25))
    def test_a_load_rises_by_a_tenth_of_moved_mass_or_repetitions_come_first(
        self, stand: tuple[Progression, Runner, State], count: int
    ) -> None:
        """Where the first load at hand is further away, the range was climbed beyond its top at the former load."""
        ladder, runner, state = stand
        held = {round(kilograms(each) or 0.0, 2) for rung in ladder.rungs for each in owned(rung.exercise, runner)}
        known = {round(kilograms(state.earned.load) or 0.0, 2), round(kilograms(state.prescription.load) or 0.0, 2)}
        for day in itertools.islice(days(state), count):
            before = state
            state = step_of(ladder, state, as_asked(state.prescription, runner, day), runner).state
            for asked in (state.earned, state.prescription):
                mass = round(kilograms(asked.load) or 0.0, 2)
                assert mass == 0.0 or mass in held or mass in known
            was, now = kilograms(before.earned.load), kilograms(state.earned.load)
            same = state.earned.exercise == before.earned.exercise
            if was is None or not now or not same or now <= was:
                continue
            share = CATALOG.exercises[state.earned.exercise].body_mass_share or 0.0
            body = runner.body_mass.kg if runner.body_mass is not None else 0.0
            most = LIMITS.max_step * (was + share * body)
            if most and now - was > most + HALF_KILO:
                extra = before.earned.amount.high - ladder.rungs[before.rung].amount.high
                steps = (now - was - most - HALF_KILO) / most
                assert extra >= LIMITS.reps_first * steps

    @LAWS
    @given(st.sampled_from(["dumbbells in kg", "everything", "backpack"]), st.data())
    def test_kilograms_and_pounds_of_the_same_equipment_ask_for_the_same(self, kit: str, data: st.DataObject) -> None:
        """Labels in pounds lead to the same kinds of step and the same doses, loads within 0.05 kg."""
        runner = data.draw(climbers(kit))
        ladder = data.draw(progressions())
        assume(started(runner, ladder))
        body = runner.body_mass
        near = [] if body is None else [evolve(runner, body_mass=Mass(body.kg + off)) for off in (-0.2, 0.2)]
        twin = in_pounds(runner)
        mine = begin(ladder, runner=runner, limits=LIMITS, catalog=CATALOG)
        theirs = begin(ladder, runner=twin, limits=LIMITS, catalog=CATALOG)
        for day in itertools.islice(days(), data.draw(st.integers(1, 30))):
            done = as_asked(mine.prescription, runner, day)
            one = step_of(ladder, mine, done, runner)
            if any(step_of(ladder, mine, done, each).prescription != one.prescription for each in near):
                break  # a gram decides between two loads here, and labels are not that exact
            two = step_of(ladder, theirs, as_asked(theirs.prescription, twin, day), twin)
            assert one.kind is two.kind
            assert alike(one.prescription, two.prescription)
            mine, theirs = one.state, two.state


class TestNoCredit:
    """What does not count never leads upward."""

    @settings(LAWS, max_examples=80)
    @given(
        stands(),
        st.sampled_from(
            ["pain", "red flag", "form", "side", "lighter", "effort", "help", "fewer sets", "ill", "red morning"]
        ),
    )
    def test_what_does_not_count_does_not_advance(self, stand: tuple[Progression, Runner, State], fault: str) -> None:
        """Pain over the limit, failed form, a missing side, less load, unknown effort and help never go up."""
        ladder, runner, state = stand
        asked, criterion = state.prescription, ladder.rungs[state.rung].criterion
        day = next(days(state))
        good = as_asked(asked, runner, day)
        sets, readiness = good.sets, None
        if fault == "pain":
            good = evolve(good, pain=(Pain(region=Region.CALF, score=max(3, criterion.pain_at_most + 1)),))
        elif fault == "red flag":
            good = evolve(good, pain=(Pain(region=Region.CALF, score=0, kind=PainKind.GIVING_WAY),))
        elif fault == "form":
            assume(criterion.clean_form)
            good = evolve(good, sets=(evolve(sets[0], failed_form=(Form.KNEE_LINE,)), *sets[1:]))
        elif fault == "side":
            assume(asked.side is Side.BOTH)
            good = evolve(good, sets=tuple(one for one in sets if one.side is Side.LEFT))
        elif fault == "lighter":
            assume(isinstance(asked.load, (External, Band)))
            good = evolve(good, sets=(evolve(sets[0], load=BodyWeight()), *sets[1:]))
        elif fault == "effort":
            assume(criterion.rir_at_least is not None and not state.coming_back)
            good = evolve(good, sets=(evolve(sets[0], rir=None), *sets[1:]))
        elif fault == "help":
            assume(asked.degree(OverloadAxis.ASSISTANCE) == 3)  # unless support is what was asked for
            good = evolve(good, sets=(evolve(sets[0], assistance="a hand on the wall"), *sets[1:]))
        elif fault == "fewer sets":
            assume(asked.sets > 1)
            good = evolve(good, sets=sets[: asked.sides * (asked.sets - 1)])
        else:
            ill = fault == "ill"
            readiness = Readiness(date=day, ill=ill, red_flags=() if ill else ("fainting",))
        step = step_of(ladder, state, good, runner, readiness=readiness)
        assert not step.kind.upward
        assert lower_or_same(step.state.earned, state.earned) or isinstance(asked.load, FindLoad)
        if fault in ("red flag", "red morning"):
            assert step.kind is StepKind.STOP
            assert step.state.stopped == day

    @LAWS
    @given(st.data(), stands())
    def test_a_morning_never_raises(self, data: st.DataObject, stand: tuple[Progression, Runner, State]) -> None:
        """How a day began may hold what would rise or excuse what would fall; it goes up only where it would anyway."""
        ladder, runner, state = stand
        done = data.draw(performances_of(state.prescription, runner))
        morning = data.draw(readiness())
        told = step_of(ladder, state, done, runner, readiness=morning)
        untold = step_of(ladder, state, done, runner)
        assert max(0, direction(told)) <= max(0, direction(untold))
        if told.kind.upward:
            assert told.prescription == untold.prescription
        if morning.red_flags:
            assert told.kind is StepKind.STOP

    @LAWS
    @given(st.data(), stands())
    def test_a_day_never_asks_for_more_than_the_state(
        self, data: st.DataObject, stand: tuple[Progression, Runner, State]
    ) -> None:
        """Before it is done, a day asks for what the state says or for less; what it changes it changes once."""
        ladder, runner, state = stand
        day = MONDAY + dt.timedelta(days=data.draw(st.sampled_from([0, 5, 10, 20, 40, 80])))
        morning = data.draw(st.none() | readiness(day))
        today = adapt(ladder, state, day, runner=runner, readiness=morning, limits=LIMITS, catalog=CATALOG)
        assert not today.kind.upward
        assert today.state.rung < state.rung or lower_or_same(today.prescription, state.prescription)
        again = adapt(ladder, today.state, day, runner=runner, readiness=morning, limits=LIMITS, catalog=CATALOG)
        assert (again.state, again.prescription) == (today.state, today.prescription)
        done = as_asked(today.state.prescription, runner, day)
        assert (
            step_of(ladder, state, done, runner).prescription == step_of(ladder, today.state, done, runner).prescription
        )


class TestFolding:
    """The order of entries does not matter, nothing counts twice, and a fold can be cut anywhere."""

    @LAWS
    @given(st.data())
    def test_order_and_doubled_entries_do_not_matter(self, data: st.DataObject) -> None:
        """Entries shuffled and some written twice fold to the same state."""
        ladder, runner, done, mornings = data.draw(histories())
        state = folded(ladder, done, None, runner, readiness=mornings)
        mixed = data.draw(st.permutations([*done, *done[:2]]))
        assert folded(ladder, mixed, None, runner, readiness=reversed(mornings)) == state

    @LAWS
    @given(st.data())
    def test_a_fold_can_be_cut_and_kept_as_text_anywhere(self, data: st.DataObject) -> None:
        """Folding up to a day, writing the state and going on from what is read back is folding at once."""
        ladder, runner, done, mornings = data.draw(histories())
        whole = folded(ladder, done, None, runner, readiness=mornings)
        cut = data.draw(st.sampled_from(done)).date
        first = folded(ladder, [each for each in done if each.date <= cut], None, runner, readiness=mornings)
        written = data.draw(st.sampled_from([to_yaml, to_json]))(first)
        kept = loads(written)
        assert kept == first
        assert folded(ladder, [each for each in done if each.date > cut], kept, runner, readiness=mornings) == whole

    @LAWS
    @given(st.data())
    def test_a_fold_is_one_step_after_the_other(self, data: st.DataObject) -> None:
        """With one performance a day, folding is the same as advancing again and again; every state is valid."""
        ladder, runner, done, mornings = data.draw(histories(one_a_day=True))
        begun = folded(ladder, (), None, runner)
        state = begun
        for each in sorted(done, key=lambda each: each.date):
            morning = next((one for one in mornings if one.date == each.date), None)
            state = step_of(ladder, state, each, runner, readiness=morning).state
            assert attrs.evolve(state) == state
        assert folded(ladder, done, begun, runner, readiness=mornings) == state

    @LAWS
    @given(st.data(), st.integers(0, 9))
    def test_an_entry_of_a_day_folded_in_already_is_refused_with_a_cure(self, data: st.DataObject, back: int) -> None:
        """It says to fold the whole log anew; the state is as it was."""
        ladder, runner, done, _ = data.draw(histories())
        state = folded(ladder, done, None, runner)
        assert state.through is not None
        kept = attrs.evolve(state)
        late = evolve(done[0], date=state.through - dt.timedelta(days=back))
        with pytest.raises(InvalidValue, match="fold the whole log anew, without a state"):
            folded(ladder, [late], state, runner)
        with pytest.raises(InvalidValue, match="days after"):
            step_of(ladder, state, late, runner)
        assert state == kept

    @LAWS
    @given(st.data(), st.integers(-80, 80))
    def test_shifting_every_date_by_whole_weeks_shifts_the_state_only(self, data: st.DataObject, weeks: int) -> None:
        """Nothing hangs on the calendar's own dates."""
        ladder, runner, done, mornings = data.draw(histories())
        state = folded(ladder, done, None, runner, readiness=mornings)
        later = folded(
            ladder, shifted(done, 7 * weeks), None, shifted(runner, 7 * weeks), readiness=shifted(mornings, 7 * weeks)
        )
        assert later == shifted(state, 7 * weeks)


STRONG = Runner(
    name="Ada",
    body_mass=Mass(70),
    strength_years=5,
    running=RunningWeek(),
    kits=(KITS["everything"],),
    clearance=Clearance.CLEARED,
    assessments=tuple(
        Assessment(exercise=name, date=MONDAY, amount=1000)
        for name in sorted(
            {
                asked.assessment
                for ladder in LADDERS
                for rung in ladder.rungs
                for asked in rung.prerequisites
                if asked.assessment is not None
            }
        )
    ),
)
TOPS = tuple(
    State(
        progression=ladder.id,
        rung=len(ladder.rungs) - 1,
        earned=Prescription(exercise=ladder.rungs[-1].exercise, sets=1, amount=ladder.rungs[-1].amount),
        prescription=Prescription(exercise=ladder.rungs[-1].exercise, sets=1, amount=ladder.rungs[-1].amount),
    )
    for ladder in LADDERS
)
"""Every ladder climbed, for rungs that ask for a rung of another one."""
SESSIONS_OF_TEN_YEARS = 1200


class TestEnds:
    """Every rung can be reached; the first has nothing easier, the last nothing harder, and both say so."""

    @pytest.mark.parametrize("ladder", LADDERS, ids=lambda each: each.id)
    def test_every_rung_is_reached_by_a_strong_runner_with_everything(self, ladder: Progression) -> None:
        """From the first rung, two sessions a week, rung after rung in order, up to the word that it is done."""
        state = begin(ladder, runner=STRONG, limits=LIMITS, catalog=CATALOG, at=0)
        assert state.rung == 0
        seen, codes = [state.rung], set()
        for day in itertools.islice(days(), SESSIONS_OF_TEN_YEARS):
            step = step_of(ladder, state, as_asked(state.prescription, STRONG, day), STRONG, others=TOPS)
            codes = {reason.code for reason in step.reasons}
            state = step.state
            if state.rung != seen[-1]:
                seen.append(state.rung)
            if ReasonCode.LADDER_DONE in codes:
                break
        assert seen == list(range(len(ladder.rungs)))
        assert ReasonCode.LADDER_DONE in codes

    @pytest.mark.parametrize("ladder", LADDERS, ids=lambda each: each.id)
    def test_failing_ends_on_the_first_rung_with_nothing_easier(self, ladder: Progression) -> None:
        """From wherever a strong runner starts, missed targets lead down to one set of the first rung."""
        state = begin(ladder, runner=STRONG, limits=LIMITS, catalog=CATALOG)
        codes: set[ReasonCode] = set()
        for day in itertools.islice(days(), SESSIONS_OF_TEN_YEARS):
            good = as_asked(state.prescription, STRONG, day)
            poor = evolve(good, sets=tuple(evolve(one, amount=type(one.amount)(1)) for one in good.sets))
            step = step_of(ladder, state, poor, STRONG)
            assert not step.kind.upward
            assert step.state.rung <= state.rung
            state, codes = step.state, {reason.code for reason in step.reasons}
            if ReasonCode.EASIEST_ALREADY in codes:
                break
        assert ReasonCode.EASIEST_ALREADY in codes
        assert (state.rung, state.earned.sets) == (0, 1)
