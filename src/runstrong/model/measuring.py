"""How long prescriptions take, how hard a session is meant to feel, and sessions measured anew after a change.

Planner and auditor measure alike, so that a fix is judged by the minutes that the planner would have given it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from runstrong.model.exercise import Exercise
from runstrong.model.plan import Plan, Session, Week
from runstrong.model.prescription import Amount, Contacts, Continuous, Hold, Prescription, Travel, blocks_of
from runstrong.model.quantities import Duration, SessionRPE
from runstrong.model.rules import RuleSet
from runstrong.model.timeline import Definitions, emphasis_of
from runstrong.model.value import evolve
from runstrong.model.words import Emphasis, PartName, Phase

__all__ = [
    "SessionMeasure",
    "block_seconds",
    "estimated_seconds",
    "measured",
    "pace_of",
    "planned_rpe",
    "seconds_of",
    "whole_minutes",
]


def _amount_seconds(prescription: Prescription, rules: RuleSet) -> float:
    amount: Amount = prescription.amount
    middle = (amount.low + amount.high) / 2
    if isinstance(amount, Hold):
        return middle
    if isinstance(amount, Continuous):
        return middle * 60
    if isinstance(amount, Contacts):
        return middle * rules.number("planning", "contact_seconds")
    if isinstance(amount, Travel):
        return middle / rules.number("planning", "meters_per_second")
    tempo = prescription.tempo
    return middle * (tempo.seconds if tempo is not None else rules.number("planning", "rep_seconds"))


def estimated_seconds(prescriptions: Iterable[Prescription], rules: RuleSet) -> float:
    """Estimate how long prescriptions take: work, sides, rests between sets and changes between exercises.

    Exercises of a superset share their rest. Drills outside ladders need no set-up, so that less time goes by between
    them. Repetitions count at the middle of their range, at the tempo asked or at an unhurried pace (policy
    ``planning``).
    """
    return sum(block_seconds(block, rules) for block in blocks_of(prescriptions))


def block_seconds(block: Sequence[Prescription], rules: RuleSet) -> float:
    """Estimate how long a superset takes, or a single exercise.

    What alternates shares its rest: a round lasts until each exercise that has another set has had its own rest, the
    work of the others included, and never less than the work of all with the changes between (policy ``planning``).
    """
    if len(block) == 1:
        return seconds_of(block[0], rules)
    work = [_set_seconds(each, rules) for each in block]
    rest = [each.rest.seconds if each.rest is not None else 0.0 for each in block]
    swap = rules.number("planning", "superset_change_seconds")
    total = rules.number("planning", "change_over_seconds") * len(block)
    for done in range(max(each.sets for each in block)):
        now = [place for place, each in enumerate(block) if each.sets > done]
        again = [place for place in now if block[place].sets > done + 1]
        busy = sum(work[place] for place in now) + swap * (len(now) - 1)
        if again and len(now) > 1:
            busy += swap  # the way back to the first
        total += max([busy, *(work[place] + rest[place] for place in again)])
    return total


def _set_seconds(each: Prescription, rules: RuleSet) -> float:
    """Estimate the work of one set: both sides, and the change between them, where each takes its turn."""
    work = _amount_seconds(each, rules) * each.sides
    return work + rules.number("planning", "side_change_seconds") if each.sides == 2 else work


def seconds_of(each: Prescription, rules: RuleSet) -> float:
    """Estimate how long one prescription takes, with the change to it."""
    work = _set_seconds(each, rules)
    rest = each.rest.seconds if each.rest is not None else 0.0
    on_ladder = each.progression is not None
    change = rules.number("planning", "change_over_seconds" if on_ladder else "drill_change_seconds")
    return each.sets * work + (each.sets - 1) * rest + change


def whole_minutes(seconds: float) -> Duration:
    """Return a length rounded up to whole minutes, as sessions state it."""
    return Duration(float(60 * -(-seconds // 60)))


def pace_of(session: Session, rules: RuleSet) -> float:
    """Return by how much a session's stated minutes are slower than the estimate; 1 where they are the estimate."""
    estimate = estimated_seconds((each for _, each in session.prescriptions()), rules)
    if not estimate or session.minutes in (Duration(0), whole_minutes(estimate)):
        return 1.0
    return session.minutes.seconds / estimate


def planned_rpe(emphasis: Emphasis, phase: Phase, deload: bool) -> SessionRPE:
    """Return how hard a session is meant to feel as a whole (convention)."""
    score = {Emphasis.HEAVY_LEGS: 7, Emphasis.LIGHT_LEGS: 5, Emphasis.UPPER_AND_TRUNK: 4, Emphasis.MOBILITY: 2}[
        emphasis
    ]
    if deload or phase.quiet:
        score -= 1
    return SessionRPE(score)


def measured(plan: Plan, exercises: Mapping[str, Exercise], rules: RuleSet) -> Plan:
    """Return a plan in which every session whose length is unknown has an estimate, and the emphasis of its work.

    Args:
        plan: with sessions that a person wrote or edited.
        exercises: where exercises are looked up, by id; the plan's own stand before them.
        rules: source of the numbers.
    """
    known = {**exercises, **{exercise.id: exercise for exercise in plan.exercises}}
    measure = SessionMeasure(known, rules)
    weeks = tuple(
        evolve(week, sessions=tuple(measure.estimated(session) for session in week.sessions)) for week in plan.weeks
    )
    return evolve(plan, weeks=weeks)


class SessionMeasure:
    """Gives sessions that an edit changed the minutes, emphasis and effort that fit what they hold now.

    Minutes that a person stated differ from the estimate by their pace, which is kept; none are made up for a session
    that states none. Likewise an effort that is not the planner's own is a person's, and stays.

    Args:
        exercises: where exercises are looked up, by id.
        rules: source of the numbers (policies ``planning`` and ``definitions``).
    """

    __slots__ = ("_exercises", "_rules", "_words")

    def __init__(self, exercises: Mapping[str, Exercise], rules: RuleSet) -> None:
        self._exercises, self._rules, self._words = exercises, rules, Definitions.of(rules)

    def emphasis(self, session: Session) -> Emphasis:
        """Return what a session asks of the legs, from what it holds."""
        main = session.part(PartName.MAIN)
        return emphasis_of(((self._exercises[each.exercise], each.load, each.rir) for each in main), self._words)

    def minutes(self, before: Session, after: Session) -> Duration:
        """Return the length of a session after a change; none where none was stated before."""
        if not before.minutes.seconds:
            return before.minutes
        new = estimated_seconds((each for _, each in after.prescriptions()), self._rules)
        # What is left of nothing is nothing; whole minutes must not grow by the last bit of a product.
        return whole_minutes(max(60.0, round(new * pace_of(before, self._rules), 3)))

    def estimated(self, session: Session) -> Session:
        """Return a session of unknown length with an estimate; one that states its minutes as it is."""
        seconds = estimated_seconds((each for _, each in session.prescriptions()), self._rules)
        if session.minutes.seconds or not seconds:
            return session
        return evolve(session, minutes=whole_minutes(seconds), emphasis=self.emphasis(session))

    def __call__(self, before: Session, after: Session, week: Week) -> Session:
        """Return `after`, which an edit has made of `before` in `week`, measured anew."""
        emphasis, effort = self.emphasis(after), after.session_rpe
        # A week may just have been made a deload.
        own = {planned_rpe(before.emphasis, week.phase, deload).score for deload in (week.deload, False)}
        if effort is not None and effort.score in own:
            effort = planned_rpe(emphasis, week.phase, week.deload)
        return evolve(after, minutes=self.minutes(before, after), emphasis=emphasis, session_rpe=effort)
