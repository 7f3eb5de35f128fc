"""Whole years on a ladder: runners with a hidden capacity who train, miss, sleep badly, hurt and come back."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

import attrs
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from runstrong.catalog import load_catalog
from runstrong.ladder import Limits, advance, begin
from runstrong.ladder.route import kilograms, route_for
from runstrong.model.log import Performance, PerformedSet, Readiness
from runstrong.model.prescription import FindLoad, Prescription
from runstrong.model.progression import Progression
from runstrong.model.quantities import RIR, Duration, Mass
from runstrong.model.runner import Assessment, Runner
from runstrong.model.running import Pain, RunningWeek
from runstrong.model.step import State, Step, StepKind
from runstrong.model.words import Clearance, Count, Region, Side
from runstrong.rules import load_rules
from runstrong.testing.strategies import KITS, MONDAY, loads_of

RULES, CATALOG = load_rules(), load_catalog()
LIMITS = Limits.of(RULES)
LADDERS = tuple(CATALOG.progressions.values())
YEARS = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
DOWN = (StepKind.STOP, StepKind.EASIER_RUNG, StepKind.LIGHTEN, StepKind.SHRINK_RANGE)
MOST_TURNS = 7
"""Falls after a rise in a hundred sessions: each fall doubles what the way back asks for."""
PER_REPETITION = {Count.REPS: 1, Count.CONTACTS: 1, Count.HOLD: 3, Count.DISTANCE: 30, Count.MINUTES: 1}
"""What a repetition is worth in other units."""
SESSIONS_BACK = 60
"""In which clean sessions lead back to what was earned, wherever pain has led."""


@attrs.define(kw_only=True)
class Body:
    """What a runner can really do, which only shows in what is done: repetitions, fewer with load and on harder rungs.

    Attributes:
        reps: of the first rung without load, to failure.
        gain: repetitions won in a session, before the ceiling comes near.
        ceiling: where training leads in the end.
        step: how many repetitions each further exercise of the ladder costs.
        per_load: how many a tenth of moved mass costs.
    """

    reps: float
    gain: float
    ceiling: float
    step: float
    per_load: float

    def to_failure(self, ladder: Progression, asked: Prescription, load: float, moved: float) -> int:
        """Return the amount that is possible at a load, in the unit that is asked for."""
        names = list(dict.fromkeys(rung.exercise for rung in ladder.rungs))
        left = self.reps - self.step * names.index(asked.exercise) - self.per_load * 10 * load / moved
        left -= sum(abs(degree.at - 2) for degree in asked.degrees if degree.at == 3)
        return round(left * PER_REPETITION[asked.amount.count])

    def train(self, dice: random.Random) -> None:
        """Grow from a session, less and less towards the ceiling."""
        self.reps += self.gain * dice.random() * max(0.0, 1 - self.reps / self.ceiling)


def performed(
    ladder: Progression, asked: Prescription, runner: Runner, body: Body, *, day: dt.date, pain: int
) -> Performance:
    """Return what a body makes of a prescription: as much as asked with the effort asked for, else what it can."""
    exercise = CATALOG.exercises[asked.exercise]
    mass = runner.body_mass.kg if runner.body_mass is not None else 60.0
    moved = max(20.0, (exercise.body_mass_share or 0.0) * mass)
    load = asked.load
    if isinstance(load, FindLoad):
        able = [
            each
            for each in loads_of(asked, runner)
            if body.to_failure(ladder, asked, kilograms(each) or 0.0, moved) - asked.amount.high >= load.rir.reps
        ]
        load = able[-1] if able else loads_of(asked, runner)[0]
    most = body.to_failure(ladder, asked, kilograms(load) or 0.0, moved)
    wanted = round(asked.rir.reps) if asked.rir is not None else 1
    got = max(1, min(asked.amount.high, most - wanted))
    left = RIR(float(max(0, min(10, most - got))))
    sides = (Side.LEFT, Side.RIGHT) if asked.side is Side.BOTH else (asked.side,)
    done = tuple(
        PerformedSet(side=side, amount=type(asked.amount)(got), load=load, rir=left)
        for _ in range(asked.sets)
        for side in sides
    )
    return Performance(date=day, exercise=asked.exercise, sets=done, pain=(Pain(region=Region.CALF, score=pain),))


@attrs.define(kw_only=True)
class Life:
    """How often a year goes its own way, each in percent of sessions: absent, short nights, pain, layoffs, illness."""

    missed: int = 0
    short: int = 0
    pain: int = 0
    away: int = 0
    ill: int = 0


lives = st.builds(
    Life,
    missed=st.sampled_from([0, 10, 40]),
    short=st.sampled_from([0, 20, 90]),
    pain=st.sampled_from([0, 3, 10]),
    away=st.sampled_from([0, 3]),
    ill=st.sampled_from([0, 4]),
)
bodies = st.builds(
    Body,
    reps=st.sampled_from([6.0, 14.0, 25.0]),
    gain=st.sampled_from([0.0, 0.3, 1.5]),
    ceiling=st.sampled_from([18.0, 40.0, 300.0]),
    step=st.sampled_from([0.0, 3.0, 8.0]),
    per_load=st.sampled_from([0.5, 2.0, 5.0]),
)
runners = st.builds(
    Runner,
    name=st.just("Ada"),
    body_mass=st.sampled_from([None, Mass(55), Mass(82)]),
    strength_years=st.sampled_from([0.0, 3.0]),
    running=st.just(RunningWeek()),
    kits=st.sampled_from(sorted(KITS)).map(lambda name: (KITS[name],)),
    assessments=st.just((Assessment(exercise="hop-test", date=MONDAY, amount=100),)),
    clearance=st.just(Clearance.CLEARED),
)


@attrs.frozen
class Session:
    """One session of a year: the state before, what was done, and the step that followed."""

    before: State
    done: Performance
    step: Step


def year(
    ladder: Progression,
    runner: Runner,
    body: Body,
    life: Life,
    *,
    seed: int,
    sessions: int = 104,
) -> Iterator[Session]:
    """Live through a year of two sessions a week, doing what is asked for; yield every session."""
    dice = random.Random(seed)
    state = begin(ladder, runner=runner, limits=LIMITS, catalog=CATALOG, at=0)
    day, hurting = MONDAY, []
    for _ in range(sessions):
        day += dt.timedelta(days=dice.choice([3, 4]))
        if dice.randrange(100) < life.away:
            day += dt.timedelta(days=dice.choice([7, 12, 25, 50, 70]))
        if dice.randrange(100) < life.missed:
            continue
        if not hurting and dice.randrange(100) < life.pain:
            hurting = dice.choice([[3, 2, 1], [4, 4, 2], [5, 4, 3, 3, 1], [7, 5, 3, 1]])
        pain = hurting[0] if hurting else 0
        hurting = hurting[1:]
        short = dice.randrange(100) < life.short
        morning = Readiness(
            date=day, sleep=Duration(3600 * (5.0 if short else 8.0)), ill=dice.randrange(100) < life.ill
        )
        done = performed(ladder, state.prescription, runner, body, day=day, pain=pain)
        step = advance(ladder, state, done, runner=runner, readiness=morning, limits=LIMITS, catalog=CATALOG)
        yield Session(state, done, step)
        state = step.state
        body.train(dice)


def startable(runner: Runner, ladder: Progression) -> bool:
    """Whether a runner can do any rung of a ladder."""
    return any(why is None for why in route_for(ladder, runner, LIMITS, CATALOG).blocked)


class Year:
    """A year of a runner on a ladder; told by ladder, runner and what it was made from."""

    def __init__(self, ladder: Progression, runner: Runner, body: Body, life: Life, seed: int) -> None:
        self.ladder, self.runner = ladder, runner
        self.told = f"Year({ladder.id}, {body}, {life}, seed={seed})"
        self.sessions = list(year(ladder, runner, body, life, seed=seed))

    def __repr__(self) -> str:
        return self.told


@st.composite
def years(draw: st.DrawFn, *, pain: bool = True) -> Year:
    """Draw a year of any runner on any ladder."""
    runner, ladder, life = draw(runners), draw(st.sampled_from(LADDERS)), draw(lives)
    assume(startable(runner, ladder))
    if not pain:
        life = attrs.evolve(life, pain=0, ill=0, away=0, missed=0)
    return Year(ladder, runner, draw(bodies), life, draw(st.integers(0, 2**32)))


def more(one: Prescription, other: Prescription) -> bool:
    """Whether one asks for more than another of the same exercise in anything."""
    if one.exercise != other.exercise:
        return False
    ours, theirs = kilograms(one.load), kilograms(other.load)
    return (
        one.sets > other.sets
        or one.amount.high > other.amount.high
        or (ours is not None and theirs is not None and ours > theirs + 0.05)
        or any(one.degree(each.axis) > other.degree(each.axis) for each in (*one.degrees, *other.degrees))
    )


class TestYears:
    """A year on a ladder is safe at every step, whatever happens in it."""

    @YEARS
    @given(years())
    def test_every_step_of_a_year_is_safe(self, lived: Year) -> None:
        """Valid states, steps of a tenth, no load beyond what was earned, and nothing more after pain."""
        ladder, runner = lived.ladder, lived.runner
        for each in lived.sessions:
            before, after = each.before, each.step.state
            assert attrs.evolve(after) == after
            assert not more(after.prescription, after.earned)
            if max(pain.score for pain in each.done.pain) > LIMITS.pain_go:
                assert not each.step.kind.upward
                assert after.rung < before.rung or not more(after.prescription, before.prescription)
            assert_load_step_is_small(ladder, runner, each)

    @YEARS
    @given(years())
    def test_a_year_does_not_swing_between_two_positions(self, lived: Year) -> None:
        """Each fall doubles what the way back asks for, so that going up only to fall again gets rare."""
        turns, rising = 0, False
        for each in lived.sessions:
            fell = each.step.kind in DOWN and each.step.state.earned != each.before.earned
            turns += fell and rising
            rising = each.step.kind.upward or (rising and not fell)
        assert turns <= MOST_TURNS

    @YEARS
    @given(years(pain=False))
    def test_a_year_without_pain_or_layoffs_asks_for_what_was_earned(self, lived: Year) -> None:
        """Less than what was earned is asked for after pain, soreness, illness and layoffs alone."""
        for each in lived.sessions:
            assert not each.step.state.coming_back
            assert each.step.kind is not StepKind.STOP


class TestAmbition:
    """Who can, climbs; who cannot, stays; and pain is only a detour."""

    @pytest.mark.parametrize("ladder", LADDERS, ids=lambda each: each.id)
    def test_a_strong_runner_climbs_to_the_top(self, ladder: Progression) -> None:
        """With everything at hand and now and then a missed session or a bad night, two years lead to the last rung."""
        runner = Runner(
            name="Ada", body_mass=Mass(70), strength_years=3, running=RunningWeek(), kits=(KITS["everything"],),
            assessments=(Assessment(exercise="hop-test", date=MONDAY, amount=100),), clearance=Clearance.CLEARED,
        )  # fmt: skip
        body = Body(reps=300, gain=1, ceiling=400, step=0, per_load=0.1)
        states = [
            each.step.state for each in year(ladder, runner, body, Life(missed=10, short=5), seed=1, sessions=260)
        ]
        assert states[-1].rung == len(ladder.rungs) - 1

    @YEARS
    @given(years(), st.sampled_from([(4, 4, 2), (5, 4, 3, 1), (7, 3, 2), (4,)]))
    def test_what_was_earned_is_come_back_to_after_pain(self, lived: Year, episode: tuple[int, ...]) -> None:
        """An episode leaves the position as it was, and clean sessions lead back to it."""
        state = lived.sessions[-1].step.state
        assume(not state.coming_back and state.through is not None)
        earned, day = state.earned, state.through
        assume(not isinstance(earned.load, FindLoad))
        strong = Body(reps=500, gain=0, ceiling=600, step=0, per_load=0.1)
        for pain in (*episode, *[0] * SESSIONS_BACK):
            assert day is not None
            day += dt.timedelta(days=3)
            done = performed(lived.ladder, state.prescription, lived.runner, strong, day=day, pain=pain)
            step = advance(lived.ladder, state, done, runner=lived.runner, limits=LIMITS, catalog=CATALOG)
            state = step.state
            if not state.coming_back and not pain:
                break
            assert state.earned == earned
        assert not state.coming_back

    @YEARS
    @given(runners, st.sampled_from(LADDERS), st.integers(0, 2**32))
    def test_who_cannot_do_more_is_not_asked_for_more_and_more(
        self, runner: Runner, ladder: Progression, seed: int
    ) -> None:
        """A body that does not grow ends near what it can do, or at the bottom: half its sessions reach the range."""
        assume(startable(runner, ladder))
        body = Body(reps=40, gain=0, ceiling=40, step=6, per_load=3)
        sessions = list(year(ladder, runner, body, Life(), seed=seed))
        late = sessions[len(sessions) // 2 :]
        reached = [
            each
            for each in late
            if min(one.amount.low for one in each.done.sets) >= each.before.prescription.amount.low
        ]
        assert len(reached) >= len(late) // 2 or late[-1].step.state.rung == 0


def assert_load_step_is_small(ladder: Progression, runner: Runner, each: Session) -> None:
    """Hold a step of load on one exercise against the tenth of moved mass, or the repetitions that came first."""
    was, now = each.before.earned, each.step.state.earned
    old, new = kilograms(was.load), kilograms(now.load)
    if was.exercise != now.exercise or old is None or new is None or new <= old:
        return
    body = runner.body_mass.kg if runner.body_mass is not None else 0.0
    most = LIMITS.max_step * (old + (CATALOG.exercises[now.exercise].body_mass_share or 0.0) * body)
    if most and new - old > most + 0.05:
        assert was.amount.high - ladder.rungs[each.before.rung].amount.high >= LIMITS.reps_first * (
            (new - old - most - 0.05) / most
        )
