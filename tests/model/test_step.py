"""The nouns of the progression engine."""

from __future__ import annotations

import datetime as dt

import pytest

from runstrong.codec import loads, to_json, to_yaml
from runstrong.model.errors import InvalidValue
from runstrong.model.findings import Fact
from runstrong.model.prescription import Prescription, Reps
from runstrong.model.step import Reason, ReasonCode, State, Step, StepKind

ASKED = Prescription(exercise="calf-raise", sets=2, amount=Reps(10, 15))
STATE = State(
    progression="calf-raise-straight", rung=0, earned=ASKED, prescription=ASKED, met=1, through=dt.date(2027, 1, 4)
)


def test_a_state_can_be_stored_and_read_again() -> None:
    """A state comes back equal from YAML and from JSON."""
    assert loads(to_yaml(STATE)) == STATE
    assert loads(to_json(STATE), format="json") == STATE


def test_a_state_cannot_have_met_and_missed_in_a_row() -> None:
    """Sessions met in a row and sessions missed in a row exclude each other."""
    with pytest.raises(InvalidValue, match="1 met and 2 missed"):
        State(progression="calf-raise-straight", rung=0, earned=ASKED, prescription=ASKED, met=1, missed=2)


def test_a_state_that_asks_for_less_than_was_earned_is_coming_back() -> None:
    """A runner comes back as long as the next prescription is not the one that was earned."""
    less = Prescription(exercise="calf-raise", sets=1, amount=Reps(10, 15))
    assert State(progression="calf-raise-straight", rung=0, earned=ASKED, prescription=less).coming_back
    assert not STATE.coming_back


def test_a_peak_has_its_rung() -> None:
    """The highest position is remembered with its rung or not at all."""
    with pytest.raises(InvalidValue, match="peak or peak_rung alone"):
        State(progression="calf-raise-straight", rung=0, earned=ASKED, prescription=ASKED, peak=ASKED)


def test_a_reason_hands_out_its_facts_by_name() -> None:
    """A fact is found by its name; one that is not there is None."""
    why = Reason(code=ReasonCode.ONE_SESSION_MORE, facts=(Fact(name="met", value=1),))
    assert (why.fact("met"), why.fact("needed")) == (1, None)


def test_a_step_has_a_reason() -> None:
    """A step without a reason is refused."""
    with pytest.raises(InvalidValue, match="at least 1"):
        Step(kind=StepKind.HOLD, prescription=ASKED, state=STATE, reasons=())


@pytest.mark.parametrize("kind", StepKind)
def test_only_steps_that_ask_for_more_go_upward(kind: StepKind) -> None:
    """More reps, sets, hold or load, a harder form and the next rung go upward; every other kind does not."""
    assert kind.upward == (kind.value.startswith(("more-", "longer-", "next-", "harder")))
