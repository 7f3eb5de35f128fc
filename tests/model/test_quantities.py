"""Amounts with a unit: conversion, text, order, arithmetic and what they refuse."""

from __future__ import annotations

import pytest

from runstrong.model.errors import InvalidValue
from runstrong.model.quantities import (
    RIR,
    Distance,
    Duration,
    Mass,
    SessionRPE,
    kg,
    km,
    lb,
    meters,
    miles,
    minutes,
    number,
    seconds,
)


class TestUnits:
    """One unit inside, several in and out, by exact international factors."""

    def test_a_pound_is_exact(self) -> None:
        """A pound is 0.45359237 kg by definition."""
        assert lb(1) == Mass(0.45359237)
        assert kg(0.45359237).lb == 1

    def test_a_mile_is_exact(self) -> None:
        """A mile is 1.609344 km by definition."""
        assert miles(1) == Distance(1.609344)
        assert km(1.609344).miles == 1

    def test_meters_are_thousandths(self) -> None:
        """Meters go in as thousandths of a kilometer."""
        assert meters(400) == km(0.4)

    def test_minutes_are_sixty_seconds(self) -> None:
        """Minutes go in as sixty seconds each and come out again."""
        assert minutes(35) == seconds(2100)
        assert seconds(90).minutes == 1.5

    @pytest.mark.parametrize(
        ("made", "magnitude"), [(kg(3), 3), (km(4), 4), (seconds(5), 5), (RIR(2), 2), (SessionRPE(7), 7)]
    )
    def test_magnitude_is_the_number_inside(self, made: Mass, magnitude: float) -> None:
        """The magnitude is the number in the unit that the type keeps."""
        assert made.magnitude == magnitude


class TestText:
    """What documents write."""

    @pytest.mark.parametrize(
        ("made", "text"),
        [
            (kg(20), "20 kg"),
            (kg(2.5), "2.5 kg"),
            (km(21.0975), "21.0975 km"),
            (Distance.parse("181 cm"), "181 cm"),
            (km(0), "0 km"),
            (seconds(60), "60 s"),
            (seconds(90), "90 s"),
            (seconds(119), "119 s"),
            (seconds(120), "2 min"),
            (seconds(121), "121 s"),
            (RIR(3), "3 RIR"),
            (SessionRPE(6.5), "6.5 session RPE"),
        ],
    )
    def test_str_is_number_and_unit(self, made: Mass, text: str) -> None:
        """A quantity reads as its number and unit, which parses back equal."""
        assert str(made) == text
        assert type(made).parse(text) == made

    @pytest.mark.parametrize(
        ("kind", "text", "made"),
        [
            (Mass, "45 lb", lb(45)),
            (Mass, "45lb", lb(45)),
            (Distance, "181 cm", km(0.00181)),
            (Distance, "400 m", km(0.4)),
            (Distance, "10 mi", miles(10)),
            (Duration, "1.5 h", minutes(90)),
            (RIR, "3", RIR(3)),
            (SessionRPE, "7", SessionRPE(7)),
        ],
    )
    def test_other_units_are_read(self, kind: type[Mass], text: str, made: Mass) -> None:
        """Each unit of the kind is read, and ratings also without one."""
        assert kind.parse(text).magnitude == pytest.approx(made.magnitude)

    @pytest.mark.parametrize(
        ("kind", "text"),
        [
            (Mass, "20"),
            (Mass, "20 km"),
            (Mass, "-1 kg"),
            (Mass, "020 kg"),
            (Mass, "20 KG"),
            (Mass, "20  kg"),
            (Mass, "20 kg\n"),
            (Mass, "nan kg"),
            (Mass, "1e400 kg"),
            (Mass, "\u0662 kg"),
            (RIR, "3 session RPE"),
            (RIR, "11"),
            (Duration, "1:30 min"),
        ],
    )
    def test_anything_else_is_refused(self, kind: type[Mass], text: str) -> None:
        """Text that is not exactly a number and a unit of the kind, in range, is refused."""
        with pytest.raises(InvalidValue):
            kind.parse(text)

    @pytest.mark.parametrize(("got", "text"), [(20.0, "20"), (2.5, "2.5"), (0.1, "0.1"), (-0.0, "0"), (7, "7")])
    def test_whole_numbers_lose_their_point(self, got: float, text: str) -> None:
        """A whole number is written without a decimal point."""
        assert number(got) == text

    @pytest.mark.parametrize("made", [kg(3.5), km(8), seconds(90), minutes(35), RIR(2), SessionRPE(6.5)])
    def test_repr_is_the_call(self, made: object) -> None:
        """A quantity shows as the call that makes it."""
        assert eval(repr(made)) == made


class TestOrder:
    """Ordered against its own kind only."""

    def test_smaller_and_greater(self) -> None:
        """Quantities of one kind are ordered by magnitude."""
        assert kg(1) < kg(2) <= kg(2) < kg(3) > kg(2) >= kg(2)
        assert not kg(2) < kg(2)
        assert not kg(2) > kg(2)

    def test_kinds_do_not_mix(self) -> None:
        """Reps in reserve and session RPE are never compared, added or taken for each other."""
        with pytest.raises(TypeError):
            _ = RIR(3) < SessionRPE(3)  # type: ignore[operator]
        with pytest.raises(TypeError):
            _ = kg(1) + km(1)  # type: ignore[operator]
        assert RIR(3) != SessionRPE(3)


class TestArithmetic:
    """Sums and multiples keep the kind and its limits."""

    def test_sums_and_multiples(self) -> None:
        """Quantities of one kind add, subtract and scale from either side."""
        assert kg(1) + kg(2) == kg(3)
        assert kg(3) - kg(1) == kg(2)
        assert kg(2) * 3 == 3 * kg(2) == kg(6)

    def test_nothing_falls_below_zero(self) -> None:
        """A difference below zero is no mass."""
        with pytest.raises(InvalidValue, match="from 0 to 1000"):
            _ = kg(1) - kg(2)

    def test_a_mass_times_a_mass_is_nothing(self) -> None:
        """Two masses cannot be multiplied."""
        with pytest.raises(TypeError):
            _ = kg(1) * kg(2)  # type: ignore[operator]


class TestRefused:
    """Values that no runner has."""

    @pytest.mark.parametrize(
        ("kind", "low", "high"),
        [(Mass, 0, 1000), (Distance, 0, 10_000), (Duration, 0, 864_000), (RIR, 0, 10), (SessionRPE, 0, 10)],
    )
    def test_limits_are_included(self, kind: type[Mass], low: float, high: float) -> None:
        """Both limits are allowed, and what lies beyond either is not."""
        assert kind(low).magnitude == low
        assert kind(high).magnitude == high
        for outside in (low - 0.001, high + 0.001, float("nan"), float("inf")):
            with pytest.raises(InvalidValue, match=f"from {low} to"):
                kind(outside)

    @pytest.mark.parametrize("make", [kg, lb, km, miles, meters, minutes, seconds])
    @pytest.mark.parametrize("got", [True, "5", None, 10**400])
    def test_only_numbers_are_taken(self, make: type[Mass], got: float) -> None:
        """Truth values, text, nothing and numbers beyond every float are refused with what was found."""
        with pytest.raises(InvalidValue, match="number"):
            make(got)

    def test_a_huge_whole_number_is_a_fault_and_no_crash(self) -> None:
        """A whole number beyond every float is out of range like any other, even one Python will not write out."""
        with pytest.raises(InvalidValue, match="from 0 to 1000"):
            Mass(10**400)
        with pytest.raises(InvalidValue, match="thousands of digits"):
            Mass(10**5000)
