"""Laws of the model: text reads back, units agree, meaningless order leaves no trace, edits stay where they belong."""

from __future__ import annotations

import datetime as dt
import functools
import pickle
import random

import attrs
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from runstrong.model.editing import touched
from runstrong.model.edits import (
    Drop,
    Edit,
    Insert,
    Lighten,
    Move,
    MoveRun,
    Note,
    Pin,
    Reduce,
    Skip,
    Split,
    Swap,
    TrimRun,
    Wait,
)
from runstrong.model.errors import InvalidValue
from runstrong.model.exercise import Exercise
from runstrong.model.log import PerformedSet
from runstrong.model.plan import Plan, Session
from runstrong.model.prescription import (
    Amount,
    Band,
    BodyWeight,
    Contacts,
    Continuous,
    External,
    FindLoad,
    Hold,
    Load,
    PercentOfMax,
    Prescription,
    Reps,
    Tempo,
    Travel,
    parse_amount,
    parse_load,
)
from runstrong.model.quantities import (
    KG_PER_LB,
    RIR,
    Distance,
    Duration,
    Mass,
    Quantity,
    SessionRPE,
    kg,
    km,
    lb,
    meters,
    miles,
    minutes,
    seconds,
)
from runstrong.model.runner import Kit, Limitations, Runner, Weights
from runstrong.model.running import Activity, RunningWeek
from runstrong.model.timeline import Definitions, emphasis_of, is_heavy
from runstrong.model.words import (
    BandTension,
    DayPart,
    Deficit,
    Emphasis,
    Equipment,
    Form,
    PartName,
    Position,
    Tissue,
    Weekday,
    Word,
)
from runstrong.testing.strategies import exercises, plans

LAWS = settings(deadline=None)
MONDAY = dt.date(2027, 1, 4)
WORDS = Definitions(heavy_percent=70, heavy_rir=2, secondary_share=0.5, low_effort_rir=4, felt_error=1)

masses = st.builds(Mass, st.floats(0, 1000))
quantities = st.one_of(
    masses,
    st.builds(Distance, st.floats(0, 10_000)),
    st.builds(Duration, st.floats(0, 864_000) | st.integers(0, 14_400).map(lambda whole: whole * 60)),
    st.builds(RIR, st.floats(0, 10)),
    st.builds(SessionRPE, st.floats(0, 10)),
)


@st.composite
def amounts(draw: st.DrawFn) -> Amount:
    """Any amount: one figure or a span."""
    kind = draw(st.sampled_from([Reps, Hold, Contacts, Travel, Continuous]))
    low = draw(st.integers(1, kind.most))
    return kind(low) if draw(st.booleans()) else kind(low, draw(st.integers(low, kind.most)))


loads = st.one_of(
    st.just(BodyWeight()),
    st.builds(External, st.builds(Mass, st.floats(0, 500, exclude_min=True)), st.integers(1, 4)),
    st.builds(PercentOfMax, st.floats(10, 100)),
    st.builds(Band, st.sampled_from(BandTension), st.sampled_from([None, "knees", "ankles", "feet"])),
    st.builds(FindLoad, st.builds(RIR, st.floats(0, 10))),
)
counts = st.integers(0, 30)
tempos = st.builds(Tempo, counts, counts, counts, counts)
reserves = st.none() | st.builds(RIR, st.floats(0, 10))


class TestText:
    """What is written reads back to the very same value, and shows as a call that makes it."""

    @given(quantities)
    def test_quantity(self, made: Quantity) -> None:
        """Every quantity reads back from its text and from its repr, without any loss."""
        assert type(made).parse(str(made)) == made
        names = {"kg": kg, "km": km, "seconds": seconds, "minutes": minutes, "RIR": RIR, "SessionRPE": SessionRPE}
        assert eval(repr(made), names) == made

    @given(amounts())
    def test_amount(self, made: Amount) -> None:
        """Every amount reads back from its text and from its repr."""
        assert parse_amount(str(made)) == made
        assert eval(repr(made)) == made

    @given(loads)
    def test_load(self, made: Load) -> None:
        """Every load reads back from its text and from its repr, pieces included."""
        assert parse_load(str(made)) == made
        assert eval(repr(made)) == made

    @given(tempos)
    def test_tempo(self, made: Tempo) -> None:
        """Every tempo reads back, and lasts as long as its counts together."""
        assert Tempo.parse(str(made)) == made
        assert made.seconds == sum(attrs.astuple(made))

    @given(
        st.text(max_size=20) | st.from_regex(r"[0-9.x -]{0,8}(reps|s|m|kg|lb|% 1RM| RIR|body weight)?", fullmatch=True)
    )
    def test_any_other_text_is_refused_cleanly(self, text: str) -> None:
        """Whatever is typed is read or refused with `InvalidValue`; what is read was written in that grammar."""
        for parse in (parse_amount, parse_load, Tempo.parse, Mass.parse, Distance.parse, Duration.parse, RIR.parse):
            try:
                made = parse(text)
            except InvalidValue:
                continue
            assert parse(str(made)) == made


class TestUnits:
    """The same physical thing is the same whatever unit it came in."""

    @given(st.floats(0, 500))
    def test_units_agree(self, got: float) -> None:
        """Going through pounds, miles, meters or minutes and back changes nothing that a scale would show."""
        assert abs(lb(kg(got).lb).kg - got) < 1e-9
        assert abs(miles(km(got).miles).km - got) < 1e-9
        assert abs(meters(got * 1000).km - got) < 1e-9
        assert abs(minutes(seconds(got).minutes).seconds - got) < 1e-9

    @given(
        st.lists(st.integers(1, 120).map(lambda halves: halves / 2), min_size=1, max_size=8, unique=True),
        st.integers(1, 4),
    )
    def test_same_weights_same_totals(self, pounds: list[float], pieces: int) -> None:
        """Equipment described in pounds, or in kilograms to ten grams, makes the same totals within 0.05 kg."""
        in_lb = Weights(kind=Equipment.DUMBBELL, each=[lb(one) for one in pounds], pieces=pieces).totals()
        in_kg = Weights(
            kind=Equipment.DUMBBELL, each=[kg(round(one * KG_PER_LB, 2)) for one in pounds], pieces=pieces
        ).totals()
        for mine, theirs in ((in_lb, in_kg), (in_kg, in_lb)):
            for mass, _ in mine:
                assert min(abs(mass.kg - other.kg) for other, _ in theirs) <= 0.05

    @given(
        st.lists(masses.filter(lambda mass: 0.5 < mass.kg < 100), min_size=1, max_size=6, unique=True),
        st.integers(1, 4),
    )
    def test_totals_can_be_set(self, each: list[Mass], pieces: int) -> None:
        """Totals rise, and each is so many pieces of a mass that is there."""
        totals = Weights(kind=Equipment.KETTLEBELL, each=each, pieces=pieces).totals()
        assert [mass for mass, _ in totals] == sorted({mass for mass, _ in totals})
        for mass, count in totals:
            assert 1 <= count <= pieces
            assert any(abs(one.kg * count - mass.kg) < 1e-9 for one in each)
        kit = Kit(weights=[Weights(kind=Equipment.KETTLEBELL, each=each, pieces=pieces)])
        assert kit.loads_for([Equipment.KETTLEBELL]) == totals

    @given(masses, masses)
    def test_order_is_that_of_the_numbers(self, one: Mass, other: Mass) -> None:
        """Quantities compare as their numbers do."""
        assert (one < other, one <= other, one > other, one >= other, one == other) == (
            one.kg < other.kg, one.kg <= other.kg, one.kg > other.kg, one.kg >= other.kg, one.kg == other.kg,
        )  # fmt: skip


class TestOrderFree:
    """Where order has no meaning it leaves no trace."""

    @given(st.data())
    def test_fields_are_sorted(self, data: st.DataObject) -> None:
        """Any order of the same entries, and a set of them, gives the same value, sorted."""
        make, field, word = data.draw(
            st.sampled_from(
                [
                    (functools.partial(Activity, date=MONDAY, name="Yoga"), "tissues", Tissue),
                    (Kit, "equipment", Equipment),
                    (Limitations, "positions", Position),
                    (functools.partial(PerformedSet, amount=Reps(5)), "failed_form", Form),
                    (functools.partial(Runner, name="Ada", running=RunningWeek()), "deficits", Deficit),
                ]
            )
        )
        entries: list[Word] = data.draw(st.lists(st.sampled_from(word), unique=True))
        shuffled = data.draw(st.permutations(entries))
        made = make(**{field: entries})
        assert made == make(**{field: shuffled}) == make(**{field: set(entries)})
        assert hash(made) == hash(make(**{field: shuffled}))
        assert getattr(made, field) == tuple(sorted(entries))

    @given(st.lists(masses, min_size=1, unique=True), st.randoms(use_true_random=False))
    def test_quantities_are_sorted(self, each: list[Mass], chance: random.Random) -> None:
        """Weights are kept lightest first."""
        shuffled = chance.sample(each, len(each))
        assert Weights(kind=Equipment.DUMBBELL, each=shuffled).each == tuple(sorted(each))


class TestEquality:
    """Equality is by content and class, and agrees with hash and pickle."""

    @given(quantities | amounts() | loads | tempos, quantities | amounts() | loads | tempos)
    def test_hash_agrees(self, one: object, other: object) -> None:
        """Equal values hash alike, and values show alike only when they are equal."""
        assert one == pickle.loads(pickle.dumps(one))
        assert hash(one) == hash(pickle.loads(pickle.dumps(one)))
        if one == other:
            assert hash(one) == hash(other)
            assert type(one) is type(other)
        else:
            assert repr(one) != repr(other)

    @given(plans())
    @LAWS
    def test_a_plan_made_again_is_equal(self, plan: Plan) -> None:
        """A plan taken apart and put together again is equal, and hashes alike."""
        again = pickle.loads(pickle.dumps(plan))
        assert again == plan
        assert hash(again) == hash(plan)
        assert again is not plan


@st.composite
def planned(draw: st.DrawFn, least: int = 0) -> tuple[Plan, Session]:
    """A plan and one of its sessions, with at least so many main exercises."""
    plan = draw(plans())
    able = [each for each in plan.sessions if len(each.part(PartName.MAIN)) >= least]
    assume(able)
    return plan, draw(st.sampled_from(able))


def open_days(plan: Plan) -> list[dt.date]:
    """Return the days that a session may be moved to."""
    first = max(plan.start, plan.weeks[0].start)
    return [first + dt.timedelta(days=n) for n in range((plan.end - first).days + 1)]


@st.composite
def edits(draw: st.DrawFn, plan: Plan, session: Session) -> Edit:
    """Any edit of a session that can be carried out."""
    held = [asked.exercise for _, asked in session.prescriptions()]
    replacement = Prescription(exercise="plank", sets=1, amount=Hold(30))
    choices: list[st.SearchStrategy[Edit]] = [
        st.just(Skip(session=session.id, reason="ill")),
        st.just(Pin(session=session.id)),
        st.just(Note(session=session.id, text="slow")),
        st.builds(
            Move,
            session=st.just(session.id),
            to=st.sampled_from(open_days(plan)),
            day_part=st.none() | st.sampled_from(DayPart),
        ),
    ]
    if "plank" not in held:
        choices.append(
            st.builds(
                Insert, session=st.just(session.id), part=st.sampled_from(PartName), prescription=st.just(replacement)
            )
        )
    reducible = [asked.exercise for _, asked in session.prescriptions() if asked.sets > 1]
    if reducible:
        choices.append(
            st.builds(
                Reduce, session=st.just(session.id), exercise=st.sampled_from(reducible), sets=st.just(1),
                rir=st.none() | st.just(RIR(4)),
            )
        )  # fmt: skip
    if held:
        choices += [
            st.builds(Drop, session=st.just(session.id), exercise=st.sampled_from(held)),
            st.builds(
                Swap, session=st.just(session.id), exercise=st.sampled_from(held), replacement=st.just(replacement)
            ),
        ]
    return draw(st.one_of(choices))


class TestEdits:
    """An edit changes what it names, and nothing else."""

    @given(planned(), st.data())
    @LAWS
    def test_moved_and_moved_back(self, given_plan: tuple[Plan, Session], data: st.DataObject) -> None:
        """A plan moved and moved back is equal, but for the two edits that it remembers."""
        plan, session = given_plan
        assume(session.date in open_days(plan))
        to = data.draw(st.sampled_from(open_days(plan)))
        part = data.draw(st.none() | st.sampled_from(DayPart))
        there = plan.move(session.id, to=to, day_part=part)
        back = there.move(session.id, to=session.date, day_part=session.day_part)
        assert attrs.evolve(back, edits=plan.edits) == plan
        assert len(back.edits) == len(plan.edits) + 2
        assert there.session(session.id).date == to

    @given(planned(), st.data())
    @LAWS
    def test_other_sessions_stay(self, given_plan: tuple[Plan, Session], data: st.DataObject) -> None:
        """Every other session, every run, and all else about the plan stay as they were."""
        plan, session = given_plan
        made = plan.edited(data.draw(edits(plan, session)))
        before = {each.id: each for each in plan.sessions if each.id != session.id}
        assert {each.id: each for each in made.sessions if each.id != session.id} == before
        assert len(made.sessions) == len(plan.sessions)
        assert [attrs.evolve(week, sessions=()) for week in made.weeks] == [
            attrs.evolve(week, sessions=()) for week in plan.weeks
        ]
        assert attrs.evolve(made, weeks=plan.weeks, edits=plan.edits) == plan

    @given(planned(), st.data())
    @LAWS
    def test_a_persons_edit_is_the_fix_and_its_record(
        self, given_plan: tuple[Plan, Session], data: st.DataObject
    ) -> None:
        """Editing does what applying does, and records the edit last."""
        plan, session = given_plan
        edit = data.draw(edits(plan, session))
        made = plan.edited(edit)
        assert made.edits == (*plan.edits, edit)
        assert attrs.evolve(made, edits=plan.edits) == plan.apply(edit)

    @given(planned(), st.data())
    @LAWS
    def test_sessions_stand_in_their_week_in_order(self, given_plan: tuple[Plan, Session], data: st.DataObject) -> None:
        """After a move each session stands in the week that holds its day, in order of the day."""
        plan, session = given_plan
        made = plan.move(session.id, to=data.draw(st.sampled_from(open_days(plan))))
        for week in made.weeks:
            places = [(each.date, each.day_part.order) for each in week.sessions]
            assert places == sorted(places)
            assert all(week.start <= each.date <= week.end for each in week.sessions)

    @given(planned(least=2), st.data())
    @LAWS
    def test_a_split_adds_one_session_and_loses_no_work(
        self, given_plan: tuple[Plan, Session], data: st.DataObject
    ) -> None:
        """Both halves together hold the main work that was there, ids stay unique, and every other session stays."""
        plan, session = given_plan
        main = session.part(PartName.MAIN).prescriptions
        goes = data.draw(st.sets(st.sampled_from([each.exercise for each in main]), min_size=1, max_size=len(main) - 1))
        to = data.draw(st.sampled_from(open_days(plan)))
        made = plan.apply(Split(session=session.id, exercises=tuple(goes), into="the-other-half", to=to))
        halves = (made.session(session.id), made.session("the-other-half"))
        work = [each for half in halves for each in half.part(PartName.MAIN)]
        assert sorted(work, key=repr) == sorted(main, key=repr)
        assert len({each.id for each in made.sessions}) == len(made.sessions) == len(plan.sessions) + 1
        kept = {each.id: each for each in plan.sessions if each.id != session.id}
        assert {each.id: each for each in made.sessions if each.id in kept} == kept

    @given(planned(), st.data())
    @LAWS
    def test_what_waits_and_what_is_lightened_touches_no_other_session(
        self, given_plan: tuple[Plan, Session], data: st.DataObject
    ) -> None:
        """Only sessions that the edit names change; pinned ones, runs and the rest of the plan stay."""
        plan, session = given_plan
        held = [asked.exercise for _, asked in session.prescriptions()]
        edits: list[Edit] = [Lighten(week=session.date, share=data.draw(st.floats(0.1, 1)))]
        edits += [Wait(session=session.id, exercise=each, until=plan.end) for each in held[:1]]
        edit = data.draw(st.sampled_from(edits))
        names = touched(plan, edit)
        try:
            made = plan.apply(edit)
        except InvalidValue:
            return  # nothing to take, or all of it pinned
        for before, after in zip(plan.sessions, made.sessions, strict=True):
            assert before.id == after.id
            if before.id not in names or before.pinned:
                assert after == before
        assert [week.runs for week in made.weeks] == [week.runs for week in plan.weeks]

    @given(plans(), st.data())
    @LAWS
    def test_an_edit_of_a_run_touches_no_session_and_no_other_run(self, plan: Plan, data: st.DataObject) -> None:
        """One run is shorter or on another day; what else the plan holds stays."""
        runs = [run for week in plan.weeks for run in week.runs]
        assume(runs)
        run = data.draw(st.sampled_from(runs))
        named = next(
            each for each in runs if (each.date, each.day_part, each.kind) == (run.date, run.day_part, run.kind)
        )
        place = {"date": run.date, "day_part": run.day_part, "kind": run.kind}
        edit: Edit = MoveRun(**place, to=data.draw(st.sampled_from(open_days(plan))))
        if named.distance is not None and named.distance.km > 0 and data.draw(st.booleans()):
            edit = TrimRun(**place, distance=Distance(named.distance.km / 2))
        made = plan.apply(edit)
        after = [each for week in made.weeks for each in week.runs]
        assert made.sessions == plan.sessions
        assert len(after) == len(runs)
        rest = list(runs)
        rest.remove(named)
        for each in rest:
            after.remove(each)
        assert len(after) == 1
        assert all(week.start <= each.date <= week.end for week in made.weeks for each in week.runs if each in after)


entries = st.lists(st.tuples(exercises(), loads, reserves), max_size=6)


class TestEmphasis:
    """What a session asks of the legs follows from what it holds, in whatever order."""

    @given(entries, st.randoms(use_true_random=False))
    @LAWS
    def test_order_does_not_matter(self, held: list[tuple[Exercise, Load, RIR | None]], chance: random.Random) -> None:
        """Any order of the same exercises gives the same emphasis."""
        assert emphasis_of(chance.sample(held, len(held)), WORDS) is emphasis_of(held, WORDS)

    @given(entries, entries)
    @LAWS
    def test_more_work_is_never_lighter(
        self, held: list[tuple[Exercise, Load, RIR | None]], more: list[tuple[Exercise, Load, RIR | None]]
    ) -> None:
        """Adding exercises moves the emphasis toward heavy legs or leaves it, and heavy means one heavy exercise."""
        order = list(Emphasis)
        both = emphasis_of([*held, *more], WORDS)
        assert order.index(both) == min(order.index(emphasis_of(part, WORDS)) for part in (held, more))
        assert (both is Emphasis.HEAVY_LEGS) == any(is_heavy(*entry, WORDS) for entry in [*held, *more])


class TestWeeks:
    """Weeks start on the runner's week start, whichever it is."""

    @given(st.dates(dt.date(1, 1, 8), dt.date(9999, 12, 24)), st.sampled_from(Weekday))
    def test_each_day_has_one_week(self, date: dt.date, start: Weekday) -> None:
        """A week's first day is the week start, holds the day within seven, and is its own week's first day."""
        runner = Runner(name="Ada", running=RunningWeek(), week_start=start)
        first = runner.week_of(date)
        assert Weekday.of(first.weekday()) is start
        assert dt.timedelta(0) <= date - first < dt.timedelta(days=7)
        assert runner.week_of(first) == first
        assert runner.week_of(first + dt.timedelta(days=6)) == first
        assert runner.week_of(first + dt.timedelta(days=7)) == first + dt.timedelta(days=7)
