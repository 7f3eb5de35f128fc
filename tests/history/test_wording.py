"""What titles of runs say: kind, distance, minutes and weight."""

from __future__ import annotations

import pytest

from runstrong.history.wording import Words, day_part_at, kind_said, said
from runstrong.model.quantities import Distance, Duration, miles
from runstrong.model.words import DayPart, Priority, RunKind


class TestKinds:
    """The word that matters most to the legs decides; what names no run is none."""

    @pytest.mark.parametrize(
        ("title", "kind"),
        [
            ("Easy 8 km", RunKind.EASY),
            ("Jog", RunKind.EASY),
            ("Long run with 6 km at marathon pace", RunKind.LONG),
            ("Marathon pace 12 km", RunKind.TEMPO),
            ("6 x 800 m", RunKind.INTERVALS),
            ("Track night", RunKind.INTERVALS),
            ("Tempo run", RunKind.TEMPO),
            ("Threshold 3 miles", RunKind.TEMPO),
            ("Hill repeats", RunKind.INTERVALS),
            ("Hills", RunKind.HILLS),
            ("Recovery run", RunKind.RECOVERY),
            ("Steady 10k", RunKind.STEADY),
            ("Race: spring half", RunKind.RACE),
            ("Berlin Marathon", RunKind.RACE),
            ("parkrun", RunKind.RACE),
            ("Dentist", None),
            ("Strength at the gym", None),
            ("Easy bike ride", None),
            ("Long walk", None),
            ("", None),
        ],
    )
    def test_titles(self, title: str, kind: RunKind | None) -> None:
        """Each title is read as a runner would mean it."""
        assert said(title).kind is kind

    def test_the_mere_word_run_is_no_statement(self) -> None:
        """It is a run, taken as easy, and the reader can tell that it was not said."""
        assert kind_said("Evening run") == (RunKind.EASY, False)
        assert kind_said("Easy evening run") == (RunKind.EASY, True)

    @pytest.mark.parametrize("title", ["Rest", "Rest day", "Day off", "No running"])
    def test_days_of_rest(self, title: str) -> None:
        """Rest is said, and is no run."""
        assert said(title) == Words(rest=True)


class TestAmounts:
    """Distance and minutes come from the title, else from the description."""

    @pytest.mark.parametrize(
        ("title", "more", "distance", "duration"),
        [
            ("Easy 8 km", "", Distance(8), None),
            ("Easy 6,5 km", "", Distance(6.5), None),
            ("Easy 5 miles", "", miles(5), None),
            ("Long 1h45", "", None, Duration(6300.0)),
            ("Long 90 min", "about 16 km", Distance(16), Duration(5400.0)),
            ("Intervals 9 km", "6 x 800 m, 2 min jog", Distance(9), Duration(120.0)),
            ("Intervals", "6 x 3 min", None, None),
            ("Tempo", "2 km easy, 6 km tempo, 10 km in all", Distance(10), None),
            ("Easy 0:45:00", "", None, Duration(2700.0)),
            ("Easy 5 min/km", "", None, None),
        ],
    )
    def test_what_is_written(self, title: str, more: str, distance: Distance | None, duration: Duration | None) -> None:
        """The largest of several is the whole run, repeats are parts, and a pace is neither."""
        found = said(title, more)
        assert (found.distance, found.duration) == (distance, duration)


class TestRaces:
    """Races carry their weight in the title; parkrun is a C race of five kilometers."""

    @pytest.mark.parametrize(
        ("title", "priority"),
        [
            ("A race: city half", Priority.A),
            ("Race B 10k", Priority.B),
            ("Race (C) night run", Priority.C),
            ("[A] Berlin Marathon", Priority.A),
            ("Race day", None),
            ("parkrun", Priority.C),
        ],
    )
    def test_priorities(self, title: str, priority: Priority | None) -> None:
        """Only a capital letter beside race, or in brackets, is one."""
        found = said(title)
        assert (found.kind, found.priority) == (RunKind.RACE, priority)

    def test_parkrun(self) -> None:
        """Its distance is known."""
        assert said("Saturday parkrun").distance == Distance(5)


class TestDayParts:
    """Hours belong to parts of the day."""

    @pytest.mark.parametrize(
        ("hour", "part"),
        [
            (0, DayPart.MORNING),
            (10, DayPart.MORNING),
            (11, DayPart.MIDDAY),
            (14, DayPart.MIDDAY),
            (15, DayPart.EVENING),
        ],
    )
    def test_hours(self, hour: int, part: DayPart) -> None:
        """Before eleven, before three, and after."""
        assert day_part_at(hour) is part
