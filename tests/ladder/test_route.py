"""The single moves up and down a ladder, and the loads at hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from runstrong.catalog import load_catalog
from runstrong.ladder import Limits
from runstrong.ladder.route import Move, Route, as_hard, kilograms, route_for
from runstrong.model.prescription import Band, Degree, Prescription, parse_amount, parse_load
from runstrong.model.progression import Criterion, Prerequisite, Progression, Rung
from runstrong.model.quantities import RIR, Mass
from runstrong.model.runner import Assessment, Kit, Runner, Weights
from runstrong.model.running import RunningWeek
from runstrong.model.step import StepKind
from runstrong.model.value import evolve
from runstrong.model.words import Clearance, Equipment, Level, OverloadAxis, Region
from runstrong.rules import load_rules

CATALOG, LIMITS = load_catalog(), Limits.of(load_rules())
MONDAY = dt.date(2027, 1, 4)
ADA = Runner(
    name="Ada", body_mass=Mass(60), strength_years=1, running=RunningWeek(), clearance=Clearance.CLEARED,
    kits=(Kit(equipment=tuple(Equipment)),),
)  # fmt: skip


def rung(exercise: str, amount: str, *, overload: str = "reps", load: str = "body weight", **more: Any) -> Rung:
    """Return a rung; its ceiling is a third over its amount."""
    parsed = parse_amount(amount)
    fields: dict[str, Any] = {
        "level": Level.NOVICE,
        "sets": 2,
        "ceiling": type(parsed)(parsed.high * 4 // 3),
        "criterion": Criterion(top_of_range=True),
        **more,
    }
    return Rung(
        exercise=exercise,
        amount=parsed,
        load=parse_load(load),
        overload=tuple(OverloadAxis(axis) for axis in overload.split()),
        **fields,
    )


def ladder(*rungs: Rung) -> Progression:
    """Return a ladder of rungs."""
    return Progression(
        id="own", name="Own", purpose="To try.", region=Region.CALF, rungs=rungs, after_last="-",
        sources=("convention",),
    )  # fmt: skip


def route(*rungs: Rung, runner: Runner = ADA) -> Route:
    """Return a ladder as Ada can climb it."""
    return Route(ladder(*rungs), runner, LIMITS, CATALOG)


def with_dumbbells(*kilos: float, body: float | None = 60) -> Runner:
    """Return Ada with these dumbbells and no backpack."""
    weights = (Weights(kind=Equipment.DUMBBELL, each=tuple(map(Mass, kilos))),) if kilos else ()
    return evolve(
        ADA, kits=(Kit(weights=weights, backpack_up_to=Mass(0)),), body_mass=None if body is None else Mass(body)
    )


def said(move: Move | None) -> tuple[str, str] | None:
    """Return a move's kind and dose."""
    return None if move is None else (str(move[0]), str(move[2]))


def climb(made: Route, start: Prescription, times: int = 50) -> list[str]:
    """Return the doses from `start` upward inside the first rung, until nothing is left."""
    doses = []
    for _ in range(times):
        move = made.harder(0, start)
        if move is None:
            break
        start = move[2]
        tempo = f", {start.tempo}" if start.tempo is not None else ""
        doses.append(f"{start}{tempo}")
    return doses


class TestLoads:
    """The next load is a small share of what is moved, from what is at hand."""

    def test_the_first_load_is_two_and_a_half_percent_of_body_mass_or_more(self) -> None:
        """And a tenth at most."""
        made = route(rung("single-leg-calf-raise", "11-15 reps"), runner=with_dumbbells(1, 2, 4, 6, 8))
        fitting, beyond, most = made.next_loads(0, 0.0)
        assert (kilograms(fitting) if fitting else None, beyond, most) == (2.0, None, 6.0)

    def test_a_load_within_fifty_grams_of_the_tenth_is_within_it(self) -> None:
        """Pounds are not round in kilograms."""
        made = route(rung("single-leg-calf-raise", "11-15 reps"), runner=with_dumbbells(6.04))
        assert made.next_loads(0, 0.0)[0] is not None
        made = route(rung("single-leg-calf-raise", "11-15 reps"), runner=with_dumbbells(6.06))
        fitting, beyond, _ = made.next_loads(0, 0.0)
        assert fitting is None
        assert beyond is not None
        assert beyond.mass.kg == 6.06

    def test_small_muscles_step_by_a_fortieth_and_large_ones_by_a_twentieth(self) -> None:
        """Of what is moved; the load under that is passed by where a larger one still fits."""
        kilos = [float(each) for each in range(1, 40)]
        calf = route(rung("single-leg-calf-raise", "8 reps"), runner=with_dumbbells(*kilos))
        squat = route(rung("goblet-squat", "8 reps"), runner=with_dumbbells(*kilos))
        assert str(calf.next_loads(0, 20.0)[0]) == "22 kg"
        assert str(squat.next_loads(0, 20.0)[0]) == "24 kg"

    def test_of_lighter_loads_the_heaviest_that_is_light_enough_is_taken(self) -> None:
        """Else the lightest, else none."""
        made = route(rung("single-leg-calf-raise", "8 reps"), runner=with_dumbbells(9, 9.5, 10))
        assert str(made.lighter(0, 10.0, 0.9)) == "9 kg"
        assert str(made.lighter(0, 9.5, 0.5)) == "9 kg"
        assert made.lighter(0, 9.0, 0.9) is None

    def test_bands_compare_by_tension_and_place(self) -> None:
        """A place that is not told is taken as asked."""
        medium = Band(*_band("medium band at ankles"))
        compared = {text: as_hard(Band(*_band(text)), medium) for text in (
            "light band at feet", "medium band at knees", "medium band at ankles", "medium band", "heavy band at feet",
        )}  # fmt: skip
        assert list(compared.values()) == [False, False, True, True, True]
        assert as_hard(medium, Band(*_band("medium band")))


def _band(text: str) -> tuple[Any, str | None]:
    made = parse_load(text)
    assert isinstance(made, Band)
    return made.tension, made.at


class TestUp:
    """Inside a rung, one thing after the other in the rung's own order, until all is used up."""

    def test_amount_and_sets_take_turns_in_the_order_of_the_rung(self) -> None:
        """A set more starts the amount over."""
        made = route(rung("bodyweight-squat", "9-12 reps", overload="reps sets"))
        assert climb(made, made.start(0)) == [
            "2 x 11-14 reps", "2 x 13-16 reps", "3 x 9-12 reps", "3 x 11-14 reps", "3 x 13-16 reps",
            "4 x 9-12 reps", "4 x 11-14 reps", "4 x 13-16 reps",
        ]  # fmt: skip
        made = route(rung("bodyweight-squat", "9-12 reps", overload="sets reps"))
        assert climb(made, made.start(0))[:3] == ["3 x 9-12 reps", "4 x 9-12 reps", "4 x 11-14 reps"]

    def test_holds_contacts_and_distances_grow_by_their_own_steps(self) -> None:
        """Five seconds, a tenth of the contacts, a fifth of the way."""
        for text, axis, exercise, second in (
            ("20-30 s", "hold", "plank", "2 x 25-35 s"),
            ("20-30 contacts", "contacts", "pogo-hop", "2 x 23-33 contacts"),
            ("40-50 m", "distance", "farmer-carry", "2 x 50-60 m"),
        ):
            made = route(rung(exercise, text, overload=axis))
            assert climb(made, made.start(0))[0].startswith(second)

    def test_degrees_are_turned_up_one_at_a_time(self) -> None:
        """From where the rung starts to the third."""
        half = (Degree(OverloadAxis.RANGE, 1),)
        made = route(rung("bodyweight-squat", "9-12 reps", overload="range lever", degrees=half))
        assert climb(made, made.start(0)) == [
            "2 x 9-12 reps, half range", "2 x 9-12 reps", "2 x 9-12 reps, middle lever", "2 x 9-12 reps, long lever",
        ]  # fmt: skip

    def test_lowering_gets_slower_up_to_five_seconds(self) -> None:
        """Where no tempo is stated it starts from two."""
        made = route(rung("bodyweight-squat", "9-12 reps", overload="tempo"))
        assert climb(made, made.start(0)) == [f"2 x 9-12 reps, {each}-0-1-0" for each in (3, 4, 5)]

    def test_bands_get_stronger_and_then_lower(self) -> None:
        """Unless the lower place is a rung of its own."""
        first = rung("lateral-band-walk", "9-12 reps", overload="load band-position", load="medium band at ankles")
        made = route(first)
        doses = climb(made, made.start(0))
        assert doses[0].endswith("heavy band at ankles")
        assert doses[1].endswith("heavy band at feet")
        made = route(first, rung("lateral-band-walk", "9-12 reps", load="heavy band at feet"))
        move = made.harder(0, evolve(made.start(0), load=parse_load("heavy band at ankles")))
        assert move is None or "at feet" not in str(move[2])

    def test_a_load_too_far_away_asks_for_repetitions_first(self) -> None:
        """Two more for each tenth of moved mass that it is too far, and then the load."""
        made = route(
            rung("goblet-squat", "8-12 reps", overload="reps load", load="10 kg"), runner=with_dumbbells(10, 30)
        )
        doses = climb(made, made.start(0), 4)
        assert doses[0] == "2 x 10-14 reps, 10 kg"
        assert "2 x 8-12 reps, 30 kg" in doses

    def test_without_more_load_range_slow_lowering_and_repetitions_stand_in(self) -> None:
        """In that order."""
        small = (Degree(OverloadAxis.RANGE, 2),)
        first = rung("goblet-squat", "9-12 reps", overload="load range", load="10 kg", degrees=small)
        made = route(first, runner=with_dumbbells(10))
        assert climb(made, made.start(0)) == [
            "2 x 9-12 reps, 10 kg",
            *(f"2 x 9-12 reps, 10 kg, {each}-0-1-0" for each in (3, 4, 5)),
            "2 x 11-14 reps, 10 kg, 5-0-1-0",
            "2 x 13-16 reps, 10 kg, 5-0-1-0",
        ]

    def test_sets_short_of_the_rung_come_first(self) -> None:
        """After a rung was entered with fewer."""
        made = route(rung("bodyweight-squat", "9-12 reps", sets=3))
        assert said(made.harder(0, evolve(made.start(0), sets=2))) == ("more-sets", "3 x 9-12 reps")

    def test_the_next_rung_begins_with_the_load_that_is_known(self) -> None:
        """Or the next one within the step, and with no more sets than before."""
        rungs = (
            rung("goblet-squat", "8-12 reps", load="find 3 RIR"),
            rung("goblet-squat", "6-8 reps", load="find 2 RIR", sets=4),
        )
        made = route(*rungs, runner=with_dumbbells(10, 13, 40))
        before = evolve(made.start(0), load=parse_load("10 kg"))
        move, too_far = made.enter(1, before, 0)
        assert (said(move), too_far) == (("more-load", "2 x 6-8 reps, 13 kg"), None)
        move, too_far = made.enter(1, evolve(before, load=parse_load("13 kg")), 0)
        assert said(move) == ("next-rung", "2 x 6-8 reps, 13 kg")


class TestClosed:
    """A rung may be usable and still not open."""

    def test_levels_jumps_weeks_and_rungs_elsewhere_are_waited_for(self) -> None:
        """Each says what it waits for."""
        hard = rung("split-squat", "8 reps", level=Level.ADVANCED)
        hop = rung("pogo-hop", "8 contacts", overload="contacts")
        weeks = rung("bodyweight-squat", "8 reps", prerequisites=(Prerequisite(weeks=4),))
        other = Prerequisite(progression="balance", rung="single-leg-balance-reach")
        tested = Prerequisite(assessment="hop-test", at_least=20)
        novice = evolve(ADA, strength_years=0)
        jumps = LIMITS.weeks_before_jumps
        assert route(hard, runner=novice).closed(0, LIMITS.level_up_weeks, ()) is None
        assert "work of level" in str(route(hard, runner=novice).closed(0, LIMITS.level_up_weeks - 1, ()))
        assert "jumps come after" in str(route(hop, runner=novice).closed(0, jumps - 1, ()))
        assert route(hop, runner=novice).closed(0, jumps, ()) is None
        assert route(hop).closed(0, 0, ()) is None
        assert route(weeks, runner=novice).closed(0, 3, ()) == "first 4 weeks of strength"
        assert route(weeks, runner=novice).closed(0, 4, ()) is None
        assert route(weeks).closed(0, 0, ()) is None
        elsewhere = rung("bodyweight-squat", "8 reps", prerequisites=(other,))
        assert "first reach" in str(route(elsewhere, runner=novice).closed(0, 99, ()))
        assert route(elsewhere, runner=novice).closed(0, 0, {"single-leg-balance-reach"}) is None
        assert route(elsewhere, runner=evolve(ADA, level=Level.ADVANCED)).closed(0, 0, ()) is None
        test = rung("bodyweight-squat", "8 reps", prerequisites=(tested,))
        assert "first pass hop-test" in str(route(test).closed(0, 99, ()))
        passed = evolve(ADA, assessments=(Assessment(exercise="hop-test", date=MONDAY, amount=20),))
        assert route(test, runner=passed).closed(0, 0, ()) is None

    def test_heavy_leg_work_waits_for_clearance(self) -> None:
        """Of those who are no novices, whose work is not heavy."""
        heavy = rung("goblet-squat", "5 reps", load="find 1 RIR", rir=RIR(1))
        uncleared = evolve(ADA, clearance=Clearance.UNKNOWN)
        assert route(heavy, runner=uncleared).closed(0, 99, ()) == "heavy leg work waits for clearance"
        assert route(heavy).closed(0, 99, ()) is None
        assert route(heavy, runner=evolve(uncleared, strength_years=0)).closed(0, 99, ()) is None

    def test_a_novice_keeps_more_in_reserve(self) -> None:
        """Also of a load that is still to be found."""
        first = rung("goblet-squat", "8 reps", load="find 1 RIR", rir=RIR(1))
        start = route(first, runner=evolve(ADA, strength_years=0)).start(0)
        assert (str(start.rir), str(start.load)) == (f"{LIMITS.careful_rir:g} RIR", f"find {LIMITS.careful_rir:g} RIR")
        assert str(route(first).start(0).rir) == "1 RIR"

    def test_rungs_that_cannot_be_done_are_passed_by_and_the_last_says_why(self) -> None:
        """Up, down, and from the bottom."""
        made = route(
            rung("pull-up", "5 reps"), rung("bodyweight-squat", "8 reps"), rung("pull-up", "5 reps"),
            rung("chair-squat", "8 reps"), rung("pull-up", "5 reps"), runner=with_dumbbells(),
        )  # fmt: skip
        assert (made.lowest(MONDAY), made.above(1, MONDAY), made.below(3, MONDAY)) == (1, 3, 1)
        assert (made.above(3, MONDAY), made.below(1, MONDAY)) == (None, None)
        assert made.barred(3, MONDAY) == "needs pull-up-bar"
        assert made.barred(4, MONDAY) is None


class TestDown:
    """What was added last comes off first, then the rung below, then range and sets."""

    def test_easier_takes_off_load_amount_tempo_degrees_and_sets_in_order(self) -> None:
        """Until the rung is as it started, and then goes on under it."""
        made = route(
            rung("bodyweight-squat", "9-12 reps"),
            rung("goblet-squat", "9-12 reps", overload="load sets range lever", load="find 3 RIR"),
            runner=with_dumbbells(8, 10),
        )  # fmt: skip
        now = evolve(
            made.start(1), load=parse_load("10 kg"), sets=3, amount=parse_amount("11-14 reps"),
            degrees=(Degree(OverloadAxis.LEVER, 2),),
        )  # fmt: skip
        doses, place = [], 1
        for _ in range(9):
            move = made.easier(place, now, MONDAY)
            if move is None:
                break
            _, place, now, _ = move
            doses.append(f"{place}: {now}")
        assert doses == [
            "1: 3 x 9-12 reps, 8 kg, middle lever", "1: 3 x 9-12 reps, 8 kg", "1: 2 x 9-12 reps, 8 kg",
            "0: 2 x 9-12 reps", "0: 2 x 9-12 reps, half range", "0: 2 x 9-12 reps, small range",
            "0: 1 x 9-12 reps, small range",
        ]  # fmt: skip

    def test_a_swap_goes_to_the_rung_under_at_once(self) -> None:
        """Unless there is none."""
        made = route(rung("bodyweight-squat", "9-12 reps"), rung("goblet-squat", "9-12 reps", load="find 3 RIR"))
        now = evolve(made.start(1), load=parse_load("10 kg"))
        assert said(made.easier(1, now, MONDAY, swap=True)) == ("easier-rung", "2 x 9-12 reps")
        more = evolve(made.start(0), amount=parse_amount("11-14 reps"))
        assert said(made.easier(0, more, MONDAY, swap=True)) == ("lighten", "2 x 9-12 reps")

    def test_from_a_loaded_rung_down_to_a_loaded_one_the_load_is_lighter(self) -> None:
        """By a tenth where there is such a load."""
        made = route(
            rung("goblet-squat", "9-12 reps", load="find 3 RIR"), rung("goblet-squat", "6-8 reps", load="find 3 RIR"),
            runner=with_dumbbells(8, 10),
        )  # fmt: skip
        now = evolve(made.start(1), load=parse_load("8 kg"))
        assert said(made.easier(1, now, MONDAY)) == ("easier-rung", "2 x 9-12 reps, 8 kg")
        heavy = evolve(now, load=parse_load("10 kg"))
        assert said(made.easier(1, heavy, MONDAY, swap=True)) == ("easier-rung", "2 x 9-12 reps, 8 kg")

    def test_pain_takes_range_load_sets_range_amount_and_then_the_exercise(self) -> None:
        """The position stays what it was."""
        made = route(
            rung("bodyweight-squat", "9-12 reps"), rung("goblet-squat", "9-12 reps", load="find 3 RIR"),
            runner=with_dumbbells(8, 10),
        )  # fmt: skip
        asked = evolve(made.start(1), load=parse_load("10 kg"), amount=parse_amount("11-14 reps"))
        doses = []
        for _ in range(20):
            move = made.eased(1, asked, MONDAY)
            if move is None:
                break
            assert move[1] == 1
            asked = move[2]
            doses.append(str(asked))
        assert doses == [
            "2 x 11-14 reps, 10 kg, half range", "2 x 11-14 reps, 8 kg, half range", "1 x 11-14 reps, 8 kg, half range",
            "1 x 11-14 reps, 8 kg, small range", "1 x 9-12 reps, 8 kg, small range",
            "2 x 9-12 reps", "2 x 9-12 reps, half range", "1 x 9-12 reps, half range", "1 x 9-12 reps, small range",
        ]  # fmt: skip

    def test_what_pain_took_comes_back_in_single_steps(self) -> None:
        """The exercise, then its range, its load within the tenth, its sets."""
        made = route(
            rung("bodyweight-squat", "9-12 reps"), rung("goblet-squat", "9-12 reps", load="find 3 RIR"),
            runner=with_dumbbells(*map(float, range(2, 25, 2))),
        )  # fmt: skip
        earned = evolve(made.start(1), load=parse_load("20 kg"))
        asked, doses = made.start(0), []
        while asked != earned:
            move = made.regained(1, asked, earned, MONDAY)
            asked = move[2]
            doses.append(str(asked))
        assert doses == [
            "1 x 9-12 reps, 2 kg", "1 x 9-12 reps, 6 kg", "1 x 9-12 reps, 10 kg", "1 x 9-12 reps, 16 kg",
            "1 x 9-12 reps, 20 kg", "2 x 9-12 reps, 20 kg",
        ]  # fmt: skip

    def test_degrees_in_another_order_are_the_same_position(self) -> None:
        """Coming back ends with what was earned itself."""
        degrees = (Degree(OverloadAxis.LEVER, 2), Degree(OverloadAxis.ASSISTANCE, 2))
        made = route(rung("bodyweight-squat", "9-12 reps", overload="lever assistance", degrees=degrees))
        earned = made.start(0)
        eased = made.eased(0, earned, MONDAY)
        assert eased is not None
        back = made.regained(0, eased[2], earned, MONDAY)
        assert (back[0], back[2]) == (StepKind.HARDER, earned)

    @pytest.mark.parametrize(
        ("share", "load", "dose"),
        [
            (0.9, "10 kg", "3 x 9-12 reps, 9 kg"),
            (0.65, "10 kg", "3 x 9-12 reps, 6 kg"),
            (0.65, "body weight", "1 x 9-12 reps"),
            (0.9, "body weight", "2 x 9-12 reps"),
            (1.0, "body weight", "3 x 9-12 reps"),
        ],
    )
    def test_a_layoff_scales_load_or_sets(self, share: float, load: str, dose: str) -> None:
        """Load where there is some, else sets, one at least."""
        made = route(rung("goblet-squat", "9-12 reps", sets=3), runner=with_dumbbells(*map(float, range(1, 11))))
        earned = evolve(made.start(0), load=parse_load(load))
        assert str(made.scaled(0, earned, share)) == dose


class TestCache:
    """A route is made once for the very objects that it is made of."""

    def test_the_same_objects_share_a_route_and_equal_ones_do_not_have_to(self) -> None:
        """Another runner has another route."""
        own = ladder(rung("plank", "20-30 s", overload="hold"))
        first = route_for(own, ADA, LIMITS, CATALOG)
        assert route_for(own, ADA, LIMITS, CATALOG) is first
        heavier = evolve(ADA, body_mass=Mass(90))
        assert route_for(own, heavier, LIMITS, CATALOG).body == 90
        for number in range(600):
            route_for(own, evolve(ADA, body_mass=Mass(40.0 + number / 10)), LIMITS, CATALOG)
        assert route_for(own, ADA, LIMITS, CATALOG).body == 60
