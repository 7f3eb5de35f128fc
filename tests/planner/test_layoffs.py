"""Work that comes back after a pause within a season begins with a share of what it was."""

from __future__ import annotations

import datetime as dt

import pytest

from runstrong.catalog import load_catalog
from runstrong.model.prescription import FindLoad, Hold, Prescription, Reps
from runstrong.model.quantities import RIR
from runstrong.planner.dosing import lessened
from runstrong.planner.layoffs import Pauses
from runstrong.rules import load_rules

RULES = load_rules()
ROW = load_catalog().exercises["dumbbell-row"]
SQUAT = load_catalog().exercises["goblet-squat"]
MONDAY = dt.date(2027, 1, 4)


def asked(sets: int = 2, high: int = 10) -> Prescription:
    """Return sets of a row with a load found by feel."""
    return Prescription(exercise=ROW.id, sets=sets, amount=Reps(6, high), load=FindLoad(RIR(3)), rir=RIR(3))


class TestPauses:
    """The share follows the gap, less a week while other strength training went on."""

    @pytest.mark.parametrize(("days", "share"), [(9, 1.0), (10, 0.9), (15, 0.8), (40, 0.65), (60, 0.5)])
    def test_nothing_else_went_on(self, days: int, share: float) -> None:
        """After a gap in all strength training the shares are those of TS04."""
        pauses = Pauses(RULES)
        pauses.begin([MONDAY])
        pauses.note(MONDAY, [(ROW, asked())])
        later = MONDAY + dt.timedelta(days=days)
        pauses.begin([later])
        assert pauses.share(ROW, asked(), later) == pytest.approx(share)

    def test_other_sessions_spare_a_week(self) -> None:
        """The same sixteen days are nine where squats went on."""
        pauses = Pauses(RULES)
        pauses.begin([MONDAY])
        pauses.note(MONDAY, [(ROW, asked())])
        between, later = MONDAY + dt.timedelta(days=9), MONDAY + dt.timedelta(days=16)
        pauses.begin([between])
        pauses.note(between, [(SQUAT, asked())])
        pauses.begin([later])
        assert pauses.share(ROW, asked(), later) == 1

    def test_what_is_new_or_less_already_is_left_alone(self) -> None:
        """A first time has no yardstick, and half the sets are under every share but the last."""
        pauses = Pauses(RULES)
        assert pauses.share(ROW, asked(), MONDAY) == 1
        pauses.begin([MONDAY])
        pauses.note(MONDAY, [(ROW, asked())])
        later = MONDAY + dt.timedelta(days=20)
        pauses.begin([later])
        assert pauses.share(ROW, asked(sets=1), later) == 1


class TestLessened:
    """Sets go first where that is close enough; else what is counted, with more in reserve."""

    def test_sets_where_they_come_close(self) -> None:
        """Three sets at 80 % are two; the load and the range stay."""
        made = lessened(asked(sets=3), 0.8, RULES)
        assert (made.sets, made.amount, made.rir) == (2, Reps(6, 10), RIR(3))

    def test_else_repetitions_with_more_in_reserve(self) -> None:
        """Two sets at 80 % keep both, with two repetitions less and two more left."""
        made = lessened(asked(), 0.8, RULES)
        assert (made.sets, made.amount, made.rir, made.load) == (2, Reps(4, 8), RIR(5), FindLoad(RIR(5)))

    def test_never_more_reserve_than_can_be_felt(self) -> None:
        """Five in reserve are the most that is asked for, and at least one repetition stays."""
        made = lessened(asked(sets=1, high=12), 0.1, RULES)
        assert (made.amount, made.rir) == (Reps(1, 1), RIR(5))

    def test_holds_shrink_too(self) -> None:
        """Seconds are taken off, and nothing is said of reserve where nothing was."""
        hold = Prescription(exercise="plank", sets=2, amount=Hold(20, 30))
        assert lessened(hold, 0.9, RULES).amount == Hold(18, 27)
