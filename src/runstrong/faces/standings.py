"""How assessments read: what was measured, what it is compared with, and where it lets a runner start."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from runstrong.model.standard import StandingCode, StandingNote, StandingReason

__all__ = ["TEMPLATES", "render_note", "render_reason"]

TEMPLATES: Mapping[StandingCode, str] = MappingProxyType(
    {
        StandingCode.MEASURED: "{test}: {result}, measured {date}.",
        StandingCode.MEASURED_ON_BOTH_SIDES: "{test}: {result} on both sides, measured {date}.",
        StandingCode.MEASURED_WORSE_SIDE: "{test}: {result} on the {side}, the worse side, measured {date}.",
        StandingCode.MEASURED_ON_ONE_SIDE: "{test}: {result} on the {side}, measured {date}; the other is unknown.",
        StandingCode.MEASURED_WITHOUT_SIDE: "{test}: {result}, measured {date}; which side that was is unknown.",
        StandingCode.RESULT_TOO_OLD: "{test}: {result} of {date} is left out, for it was measured before {oldest}.",
        StandingCode.RESULT_LATER: "{test}: {result} of {date} is left out, for that day is still to come.",
        StandingCode.RESULT_OUT_OF_RANGE: (
            "{test}: {result} of {date} is left out, for it is over {most} and likely a slip of the unit."
        ),
        StandingCode.NO_STANDARD: "{test}: recorded, and compared with nothing; it places on no ladder.",
        StandingCode.NORM: "{percent} % of the norm for age and sex ({norm}), which decides no place.",
        StandingCode.NORM_NEEDS_AGE_AND_SEX: "Not compared with a norm: that needs birth year and sex.",
        StandingCode.NORM_NOT_FOR_AGE: "Not compared with a norm: there is none for this age.",
        StandingCode.CHANGE: "{change} since {since} ({before}), more than the test's error ({smallest}).",
        StandingCode.CHANGE_WITHIN_ERROR: "{change} since {since} ({before}), within the test's error ({smallest}).",
        StandingCode.GAP: "The {side} is {amount} behind ({percent} %): a difference that counts.",
        StandingCode.GAP_AGAIN: "The {side} is {amount} behind ({percent} %), in {seen} results in a row: it counts.",
        StandingCode.GAP_WITHIN_ERROR: (
            "The {side} is {amount} behind ({percent} %); that counts from {share} % and {needed}, or from {share} % "
            "in {results} results in a row."
        ),
        StandingCode.PLACED: "{ladder}: start with '{rung}' (from {at_least}; {why}).",
        StandingCode.PLACED_LOADED: "{ladder}: start with '{rung}' and load (from {at_least}; {why}).",
        StandingCode.PLACED_FIRST: "{ladder}: start with '{rung}' ({why}); from {next} higher.",
        StandingCode.PLACED_WHATEVER: "{ladder}: start with '{rung}' ({why}).",
        StandingCode.PLACED_LOWER_BY_OTHER: "{ladder}: '{rung}' stands instead, for '{other}' places lower.",
        StandingCode.LOAD_WAITS_FOR_SIDES: "{ladder}: load on '{rung}' waits until both sides are measured.",
        StandingCode.FOCUS_UNDER: "Comes first: {what}; {result} is short of {limit} ({why}).",
        StandingCode.FOCUS_UNDER_NORM: "Comes first: {what}; {percent} % is under {limit} % of the norm ({why}).",
        StandingCode.FOCUS_GAP: "Comes first: {what}, for the sides differ ({why}).",
    }
)
"""A sentence for each code; names in braces are facts, and `what` is the deficit and the region of a focus."""


def render_note(note: StandingNote) -> str:
    """Put a note on an assessment into words.

    Example:
        >>> from runstrong.model.findings import Fact
        >>> from runstrong.model.words import Side
        >>> reason = StandingReason(StandingCode.NO_STANDARD, (Fact(name="test", value="Plank hold test"),))
        >>> note = StandingNote(
        ...     exercise="plank-hold-test", results=(), amount=None, side=Side.NONE, date=None, whole=False, gap=None,
        ...     norm=None, percent=None, places=(), deficits=(), regions=(), reasons=(reason,),
        ... )
        >>> render_note(note)
        'Plank hold test: recorded, and compared with nothing; it places on no ladder.'
    """
    return " ".join(map(render_reason, note.reasons))


def render_reason(reason: StandingReason) -> str:
    """Put one thing that a note says into words."""
    facts = {fact.name: fact.value for fact in reason.facts}
    parts = (str(facts.get(name, "")).replace("-", " ") for name in ("deficit", "region"))
    what = " and ".join(part for part in parts if part)
    return TEMPLATES[reason.code].format(**facts, what=what)
