"""How steps and states read: a sentence for every reason, made from its numbers, and where a runner stands."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from runstrong.faces.blocks import Block, Bullets, Exercises, Heading, Line, Paragraph, Remark, Table
from runstrong.faces.plans import session_blocks
from runstrong.faces.wording import SAFETY, WHEN_TO_STOP, change, day, dose, lasting, mass, name_of, spaced, spelled
from runstrong.model.catalog import Catalog
from runstrong.model.exercise import Exercise
from runstrong.model.log import Readiness
from runstrong.model.plan import Decision, Plan, Session, Week
from runstrong.model.prescription import Prescription
from runstrong.model.progression import Progression
from runstrong.model.quantities import number
from runstrong.model.step import Reason, ReasonCode, State, Step, StepKind
from runstrong.model.value import Record, evolve, record
from runstrong.model.words import PartName, Side

__all__ = [
    "TEMPLATES",
    "Upcoming",
    "next_report",
    "next_table",
    "reason_text",
    "stand_text",
    "state_report",
    "step_report",
    "step_text",
]

_R = ReasonCode

TEMPLATES: Mapping[ReasonCode, str] = MappingProxyType(
    {
        # What was shown.
        _R.BAR_MET: "{shown}{sessions:row}",
        _R.BELOW_BAR: "{worst:amount} in the weakest set, and the next step opens at {bar:amount}",
        _R.IMPROVING: "better than before, with {worst:amount} in the weakest set ({bar} open the next step)",
        _R.LOAD_FOUND: "{kg:mass} is the load to go on with",
        _R.COMING_BACK: "on the way back to what you had earned",
        _R.STARTING: "nothing is recorded here yet, so this is where the ladder starts for you",
        _R.AS_ASKED: "as your last session left it",
        # What is missing before it counts.
        _R.ONE_SESSION_MORE: "that makes {met:spelled} of the {needed:sessions} in a row that open the next step",
        _R.WEEKS_FIRST: "the next rung opens after {needed:weeks} on this one ({weeks:spelled} so far)",
        _R.EFFORT_UNKNOWN: "it is not recorded how many reps were left; with {least} or more it would have counted",
        _R.EFFORT_TOO_HIGH: "{rir} left in reserve, and {least} or more count",
        _R.PAIN_UNKNOWN: "pain is not recorded, and here only a recorded 0 opens the next step",
        _R.SETS_MISSING: "{done:spelled} of {asked:sets} done",
        _R.SIDE_MISSING: "nothing is recorded for the {side} side",
        _R.SETS_NOT_RECORDED: "it was done, but its sets are not recorded",
        _R.LIGHTER_LOAD: "done with {kg:mass}, and {asked:mass} was asked for",
        _R.LOAD_UNCLEAR: "the load is not recorded as a weight, so that it cannot be compared",
        _R.ASSISTED: "something helped, such as a hand on the wall",
        _R.OTHER_EXERCISE: "{done:name} was done, and the step that you had reached is {asked:name}",
        _R.LIGHTER_DAY: "a day that was lighter on purpose counts neither for you nor against you",
        _R.NEXT_RUNG_CLOSED: "the next rung is still closed: {why:names}",
        _R.LADDER_DONE: "this is the last rung. {after_last}",
        # What doubles the sessions asked for.
        _R.INJURY_LATELY: (
            "more sessions in a row are asked for because of an injury of the {region:plain} that is not long past"
        ),
        _R.HALF_PACE: "more sessions in a row are asked for because nights were short or stress was high for long",
        _R.FELL_BACK: "more sessions in a row are asked for because the ladder has gone back {times:times}",
        # What holds or makes easier.
        _R.FORM_FAILED: "form did not hold ({flags:plain}){sessions:row}",
        _R.TARGET_MISSED: "{worst:amount} in the weakest set, under the {least} that are the least{sessions:row}",
        _R.STALLED: "{sessions:sessions} without a better one",
        _R.PAIN_HOLDS: "pain {score} of 10, and a step up takes {most} at most",
        _R.PAIN_OVER_LIMIT: "pain {score} of 10, over the limit of {most}",
        _R.PAIN_NOT_SETTLED: "pain {score} of 10 on the next morning, so that it had not settled",
        _R.PAIN_RISING: "pain {score} of 10 after {before} the time before, so that it is rising",
        _R.SORE: "soreness {score} of 10",
        _R.SHORT_NIGHT: "a night of {hours} h, under {least} h",
        _R.STRESSED: "stress {score} of 10",
        _R.ILL: "you are ill",
        _R.INJURED_NOW: "your {region:plain} is injured now",
        _R.LAYOFF: "after {days:days} without it, come back with less: {percent} % of the load, or fewer sets",
        _R.LONG_LAYOFF: "after {days:days} without it, the ladder starts anew with {exercise:name}",
        _R.EASIEST_ALREADY: "nothing easier is on this ladder, so leave it out where it is too much",
        # What stops.
        _R.PAIN_STOPS: "pain {score} of 10, over {most}",
        _R.RED_FLAG: "a warning sign ({flags:plain})",
        # What the step does.
        _R.ADD_LOAD: "add {kg:mass}, to {total:mass}",
        _R.FIRST_LOAD: "add a first {kg:mass}",
        _R.FIND_LOAD: "find a load that leaves {rir} in reserve",
        _R.RAISE_AMOUNT: "go on to {span}",
        _R.REPS_FIRST: (
            "go on up to {high:amount} first, for the next load at hand, {to:mass}, is a larger step than {most:mass}"
        ),
        _R.ADD_SET: "go on to {sets:sets}",
        _R.STRONGER_BAND: "take the {tension} band",
        _R.BAND_LOWER: "put the band lower, at the {at}",
        _R.TURN_UP: "go on with {degree}",
        _R.SLOWER: "lower over {seconds} s",
        _R.TO_RUNG: "go on to {exercise:name}",
        _R.BACK_TO_RUNG: "go back to {exercise:name}",
        _R.LESS_LOAD: "take off {kg:mass}, to {total:mass}",
        _R.FEWER_SETS: "do {sets:sets}",
        _R.LESS_AMOUNT: "go back to {span}",
        _R.TURN_DOWN: "go back to {degree}",
        _R.MORE_RESERVE: "leave {rir} in reserve",
    }
)
"""A sentence for each code. Names in braces are facts, and after the colon stands how one is said (see `_Told`)."""

_WITH: Mapping[tuple[ReasonCode, str], str] = MappingProxyType(
    {
        (_R.RED_FLAG, "since"): "a warning sign came up on {since}",
        (_R.LESS_LOAD, "tension"): "take the {tension} band",
        (_R.LIGHTER_LOAD, "band"): "it was done with a {band}, and a {asked} was asked",
    }
)
"""Sentences that stand instead where a reason has the fact that is named."""

_DOES = frozenset(list(_R)[list(_R).index(_R.ADD_LOAD) :])
"""Codes that say what is done about it."""

_ALONE = frozenset(
    (
        _R.LOAD_FOUND, _R.STARTING, _R.AS_ASKED, _R.WEEKS_FIRST, _R.LIGHTER_DAY, _R.NEXT_RUNG_CLOSED, _R.LADDER_DONE,
        _R.INJURY_LATELY, _R.HALF_PACE, _R.FELL_BACK, _R.LAYOFF, _R.LONG_LAYOFF, _R.EASIEST_ALREADY,
    )
)  # fmt: skip
"""Codes whose sentence stands by itself."""

_STAY = ": stay with it"
_USUAL = {_R.AS_ASKED, _R.STARTING, _R.COMING_BACK}
"""What need not be said of a day: that it is as the last one left it."""

_AWAY = {_R.LAYOFF, _R.LONG_LAYOFF}
"""What takes back for now what the last session led to."""

_MARKS = {StepKind.HOLD: "", StepKind.STOP: "stop", StepKind.NEXT_RUNG: "new"}
_ONE = {"reps": "rep", "contacts": "contact"}


class _Told:
    """A fact as a template asks for it: ``{kg:mass}``, ``{sessions:row}``, ``{exercise:name}``; unknown is left out."""

    __slots__ = ("catalog", "got", "unit")

    def __init__(self, got: str | float | None, unit: str, catalog: Catalog) -> None:
        self.got, self.unit, self.catalog = got, unit, catalog

    def __format__(self, how: str) -> str:
        got = self.got
        if got is None:
            return ""
        if isinstance(got, str):
            if how == "name":
                return f"'{_name(got, self.catalog)}'"
            return got.replace("-", " ") if how == "plain" else _named(got, self.catalog) if how == "names" else got
        if how == "mass":
            return mass(got) if got else "body weight alone"
        if how == "row":
            return f", {spelled(got, 'session')} in a row" if got > 1 else ""
        if how == "times":
            return _times(got)
        if how == "amount":
            return _amount(str(got), self.unit)
        if how in ("sessions", "sets", "weeks", "days"):
            return spelled(got, how[:-1])
        return spelled(got) if how == "spelled" else number(round(got, 2))


class _Facts(dict[str, _Told]):
    """Facts by name; one that a reason lacks is said as nothing."""

    def __init__(self, unit: str, catalog: Catalog) -> None:
        super().__init__()
        self.unit, self.catalog = unit, catalog

    def __missing__(self, name: str) -> _Told:
        return _Told(None, self.unit, self.catalog)


def reason_text(reason: Reason, step: Step, catalog: Catalog) -> str:
    """Put one reason of a step into words, without a capital or a stop.

    Args:
        reason: to put into words.
        step: that it belongs to; tells unit, exercise and ladder.
        catalog: where names are looked up.
    """
    facts = {fact.name: fact.value for fact in reason.facts}
    unit = step.prescription.amount.unit
    told = _Facts(unit, catalog)
    told.update({name: _Told(got, unit, catalog) for name, got in facts.items()})
    told["shown"] = _Told(_shown(facts, step, catalog), unit, catalog)
    told["span"] = _Told(_span(facts), unit, catalog)
    ladder = _ladder(step.state, catalog)
    told["after_last"] = _Told(ladder.after_last.rstrip(".") if ladder is not None else None, unit, catalog)
    return _template(reason.code, facts).format_map(told).strip()


def _template(code: ReasonCode, facts: Mapping[str, str | int | float]) -> str:
    """Return the sentence for a code, or the one that stands instead with these facts."""
    if code is _R.BELOW_BAR and _figure(facts, "worst") >= _figure(facts, "bar"):
        return "it was not done as asked"
    if code is _R.EFFORT_TOO_HIGH and _figure(facts, "rir") < 0:
        return "the load was too heavy for the range, and there is none under it"
    if code is _R.SIDE_MISSING and facts.get("side") == "both":
        return "the sides are not recorded, left and right"
    return next((_WITH[code, name] for name in facts if (code, name) in _WITH), TEMPLATES[code])


def step_text(step: Step, catalog: Catalog) -> str:
    """Say a step in one line: why, what to do, and what else there is to know.

    Args:
        step: to put into words.
        catalog: where names are looked up.

    Example:
        >>> import datetime as dt
        >>> import runstrong as rs
        >>> catalog = rs.load_catalog()
        >>> ladder = catalog.progressions["calf-raise-straight"]
        >>> sets = tuple(rs.PerformedSet(amount=rs.Reps(reps), rir=rs.RIR(3)) for reps in (16, 15))
        >>> state = rs.begin(ladder)
        >>> for day in (4, 8):
        ...     done = rs.Performance(date=dt.date(2027, 1, day), exercise="calf-raise", sets=sets)
        ...     step = rs.advance(ladder, state, done)
        ...     state = step.state
        ...     print(step_text(step, catalog))
        That makes one of the two sessions in a row that open the next step: stay with it.
        16 and 15 clean reps with 3 in reserve, two sessions in a row: you may go on to 'Single-leg calf raise'.
    """
    return _joined(_stopped(step, catalog) if step.kind is StepKind.STOP else _sentences(step, catalog, _STAY))


def _joined(sentences: Iterable[str]) -> str:
    return " ".join(map(_capital, sentences))


def _sentences(step: Step, catalog: Catalog, stay: str) -> Iterator[str]:
    """Yield what a step says; `stay` ends what leads to nothing else."""
    may = "you may " if step.kind.upward else ""
    open_: list[str] = []
    done: list[str] = []
    lead = ""
    improved = any(reason.code is _R.IMPROVING for reason in step.reasons)
    for reason in step.reasons:
        if improved and reason.code is _R.BELOW_BAR:
            continue  # said already: both tell of the weakest set
        text = reason_text(reason, step, catalog)
        if reason.code in _DOES:
            if open_:
                lead, open_ = "; ".join(open_), []
            done.append(text)
            continue
        if done:
            yield _with_action(lead, may, done)
            lead, done = "", []
        if reason.code not in _ALONE:
            open_.append(text)
            continue
        if open_:
            yield f"{'; '.join(open_)}: stay with it"
            open_ = []
        yield text
    if done:
        yield _with_action(lead, may, done)
    if open_:
        holds = step.kind is StepKind.HOLD and open_ != [TEMPLATES[_R.COMING_BACK]]
        yield "; ".join(open_) + (stay if holds else "")


def _with_action(lead: str, may: str, done: list[str]) -> str:
    action = may + " and ".join(done)
    return f"{lead}: {action}" if lead else action


def _stopped(step: Step, catalog: Catalog) -> Iterator[str]:
    """Say a stop: what stops, that it stops, and what to come back with; warning signs point to a clinician."""
    whys = [reason_text(reason, step, catalog) for reason in step.reasons if reason.code not in _DOES]
    hows = [reason_text(reason, step, catalog) for reason in step.reasons if reason.code in _DOES]
    codes = {reason.code for reason in step.reasons}
    if _R.ILL in codes:
        yield f"{'; '.join(whys)}: rest, and come back when you are well"
        return
    if _R.RED_FLAG in codes:
        yield f"{'; '.join(whys)}: stop, and see a clinician before you go on"
    else:
        yield f"{'; '.join(whys)}: leave it out until that has settled"
    if hows:
        yield f"then {' and '.join(hows)}"


def step_report(steps: Step | Iterable[Step], catalog: Catalog) -> tuple[Block, ...]:
    """Lay out steps: for each exercise what changes, what to do and why; what to heed where one stops.

    Args:
        steps: one, or those of several ladders.
        catalog: where names are looked up.
    """
    return tuple(_report((steps,) if isinstance(steps, Step) else tuple(steps), catalog))


def _report(steps: tuple[Step, ...], catalog: Catalog) -> Iterator[Block]:
    yield Heading(2, "The next step")
    lines = []
    for step in steps:
        asked = step.prescription
        details = [("Why", step_text(step, catalog))]
        lines.append(
            Line(
                _kind(step.kind),
                _name(asked.exercise, catalog),
                dose(asked, _exercise(asked.exercise, catalog)),
                tuple(details),
            )
        )
    if lines:
        yield Exercises("Main", tuple(lines))
    if any(step.kind is StepKind.STOP for step in steps):
        yield Heading(2, "When to stop")
        yield Bullets(WHEN_TO_STOP)
    yield Paragraph(SAFETY)


# -- where a runner stands -------------------------------------------------------------------------------------------


def stand_text(state: State, catalog: Catalog) -> str:
    """Say in one line where a runner stands on a ladder, what opens the next rung, and how far that is met.

    Args:
        state: as folded so far.
        catalog: where the ladder is looked up.

    Example:
        >>> import runstrong as rs
        >>> catalog = rs.load_catalog()
        >>> print(stand_text(rs.begin(catalog.progressions["plank"]), catalog))
        rung 1 of 6; the next one opens at 30 s or more in every set, clean, pain 2 at most, 2 sessions in a row
    """
    ladder = _ladder(state, catalog)
    if ladder is None or state.rung >= len(ladder.rungs):
        return f"rung {state.rung + 1}"
    place = f"rung {state.rung + 1} of {len(ladder.rungs)}"
    if state.rung + 1 == len(ladder.rungs):
        return f"{place}, the last one"
    met = f"; {spelled(state.met, 'session')} in a row toward the next step" if state.met else ""
    return f"{place}; the next one opens at {_opens(state, ladder)}{met}"


def _opens(state: State, ladder: Progression) -> str:
    """Say the criterion of the present rung, with its unit, and of sides only where the exercise has them."""
    rung = ladder.rungs[state.rung]
    text = str(rung.criterion)
    for words in ("or more in every set", "in every set"):
        if not rung.criterion.top_of_range and words in text:
            text = text.replace(words, f"{rung.amount.unit} {words}", 1)
            break
    return text if state.earned.side is not Side.NONE else text.replace(" on each side", "", 1)


def state_report(state: State, catalog: Catalog) -> tuple[Block, ...]:
    """Lay out a state: rung, what is asked for, what was earned, sessions met and what opens the next rung.

    Args:
        state: as folded so far, or as read from a file.
        catalog: where the ladder is looked up; one that it lacks is named by its id.
    """
    ladder = _ladder(state, catalog)
    title = ladder.name if ladder is not None else state.progression
    purpose = (Paragraph(ladder.purpose),) if ladder is not None else ()
    return Heading(2, title), *purpose, Table(("", ""), tuple(_rows(state, ladder, catalog))), Paragraph(SAFETY)


def _rows(state: State, ladder: Progression | None, catalog: Catalog) -> Iterator[tuple[str, str]]:
    rungs = ladder.rungs if ladder is not None else ()
    total = f" of {len(rungs)}" if rungs else ""
    yield "rung", f"{state.rung + 1}{total}: {_name(state.earned.exercise, catalog)}"
    yield "asked for", _in_full(state.prescription, catalog)
    if state.coming_back:
        yield "earned", f"{_in_full(state.earned, catalog)}; clean sessions bring it back"
    if state.stopped is not None:
        yield "stopped", f"on {day(state.stopped)}, for a warning sign: see a clinician first"
    if state.met:
        yield "met", f"{spelled(state.met, 'session')} in a row"
    if state.missed:
        yield "missed", f"{spelled(state.missed, 'session')} in a row"
    if state.falls:
        yield "gone back", _times(state.falls)
    if ladder is not None and state.rung + 1 < len(rungs):
        yield "opens at", _opens(state, ladder)
        following = rungs[state.rung + 1]
        yield "next rung", f"{_name(following.exercise, catalog)}, {following.sets} x {following.amount}"
    elif ladder is not None:
        yield "last rung", ladder.after_last
    if state.pain is not None:
        yield "pain", f"{state.pain} of 10 when last recorded"
    yield "recorded", f"up to {day(state.through)}" if state.through is not None else "nothing yet"


# -- words -----------------------------------------------------------------------------------------------------------


def _shown(facts: Mapping[str, str | int | float], step: Step, catalog: Catalog) -> str:
    """Say what a session showed: ``12, 12 and 11 clean reps on both legs with 3 in reserve``."""
    amounts = str(facts.get("amounts", "")).split()
    unit = str(facts.get("unit", step.prescription.amount.unit))
    ladder = _ladder(step.state, catalog)
    clean = ladder is None or all(rung.criterion.clean_form for rung in ladder.rungs)
    said = f"{', '.join(amounts[:-1])} and {amounts[-1]}" if len(amounts) > 1 else "".join(amounts)
    if len(amounts) > 1 and len(set(amounts)) == 1:
        said = f"{spelled(len(amounts), 'set')} of {amounts[0]}"
    if unit in _ONE:
        noun = _ONE[unit] if set(amounts) == {"1"} else unit
        said += f" clean {noun}" if clean else f" {noun}"
    else:
        said += f" {unit}" + (" in clean form" if clean else "")
    if facts.get("sides") == 2:
        asked = step.prescription.exercise
        exercise = _exercise(asked, catalog)
        # A side plank works the hip too, and still nobody does it on a leg.
        legs = exercise is not None and exercise.lower_body and not str(exercise.pattern).startswith("trunk")
        said += " on both legs" if legs else " on both sides"
    rir = facts.get("rir")
    return said + (f" with {number(round(rir, 1))} in reserve" if isinstance(rir, (int, float)) else "")


def _span(facts: Mapping[str, str | int | float]) -> str | None:
    low, high = facts.get("low"), facts.get("high")
    if low is None or high is None:
        return None
    return _amount(str(low) if low == high else f"{low}-{high}", str(facts.get("unit", "")))


def _amount(figure: str, unit: str) -> str:
    return f"{figure} {_ONE.get(unit, unit) if figure == '1' else unit}"


def _figure(facts: Mapping[str, str | int | float], name: str) -> float:
    got = facts.get(name, 0)
    return 0.0 if isinstance(got, str) else float(got)


def _ladder(state: State, catalog: Catalog) -> Progression | None:
    return catalog.progressions.get(state.progression)


def _exercise(id: str, catalog: Catalog) -> Exercise | None:
    return catalog.exercises.get(id)


def _in_full(asked: Prescription, catalog: Catalog) -> str:
    return f"{_name(asked.exercise, catalog)}, {dose(asked, _exercise(asked.exercise, catalog))}"


def _times(count: float) -> str:
    return {1: "once", 2: "twice"}.get(round(count), f"{spelled(count)} times")


def _name(id: str, catalog: Catalog) -> str:
    exercise = _exercise(id, catalog)
    return name_of(id, exercise)


def _named(text: str, catalog: Catalog) -> str:
    """Put names in the place of ids in what the engine says about a closed rung."""

    def name(found: re.Match[str]) -> str:
        id = found[0]
        if found.start() >= 7 and text[: found.start()].endswith("ladder ") and id in catalog.progressions:
            return f"'{catalog.progressions[id].name}'"
        return f"'{catalog.exercises[id].name}'" if id in catalog.exercises else id

    return re.sub(r"[a-z0-9]+(?:-[a-z0-9]+)*", name, text)


def _capital(text: str) -> str:
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else f"{text}."


# -- what comes next -------------------------------------------------------------------------------------------------


@record
class Upcoming(Record):
    """The next session, and why it is as it is.

    Args:
        plan: that it stands in, as planned again from the log.
        session: what to do next, made lighter where the day asks for it.
        today: from which day on it is the next.
        recorded: whether there is a log.
        readiness: how the session's day began, where that is recorded.
        last: by exercise, the step that the last performance on its ladder led to.
        now: by exercise, what the day itself makes of it.
        missed: sessions before today that were not done.
        changed: what planning again has decided about sessions.
        heed: what the rules of safety warn of in the last days of the log, each with what to do.
        strange: what of the log does not fit the plan.
    """

    plan: Plan
    session: Session
    today: dt.date
    recorded: bool
    readiness: Readiness | None = None
    last: Mapping[str, Step] = MappingProxyType({})
    now: Mapping[str, Step] = MappingProxyType({})
    missed: tuple[Session, ...] = ()
    changed: tuple[Decision, ...] = ()
    heed: tuple[tuple[str, str], ...] = ()
    strange: tuple[str, ...] = ()


def next_report(next_: Upcoming, catalog: Catalog) -> tuple[Block, ...]:
    """Lay out the next session: its exercises with the reason for each, what was missed, and what is expected after it.

    Args:
        next_: the session and what led to it.
        catalog: where names, set-up and cues are looked up.
    """
    return tuple(_next(next_, catalog))


def why_now(asked: Prescription, next_: Upcoming, catalog: Catalog) -> str:
    """Say why an exercise stands in the next session as it does: what the last time showed, then what the day asks."""
    last, now = next_.last.get(asked.exercise), next_.now.get(asked.exercise)
    codes = {reason.code for reason in now.reasons} if now is not None else set()
    of_today = bool(codes - _USUAL)
    said = []
    # What the last time led to is said only where it still stands: not for a day that stops, nor after a layoff.
    stopped = now is not None and now.kind is StepKind.STOP
    if last is not None and last.kind is not StepKind.STOP and not stopped and not codes & _AWAY:
        said.append(_joined(_sentences(last, catalog, "" if of_today else _STAY)))
    if now is not None and of_today:
        said.append(step_text(now, catalog))
    elif last is not None and evolve(asked, superset=None, note=None) != evolve(last.prescription, note=None):
        week = _week(next_)
        lighter = "This week is lighter on purpose."
        said.append(lighter if week.deload else f"Sets and effort are those of the {week.phase} phase.")
    return " ".join(said)


def _week(next_: Upcoming) -> Week:
    return next(each for each in next_.plan.weeks if each.start <= next_.session.date <= each.end)


def _next(next_: Upcoming, catalog: Catalog) -> Iterator[Block]:
    session = next_.session
    week = _week(next_)
    deload = ", deload (lighter on purpose)" if week.deload else ""
    yield Heading(1, f"The next session of {next_.plan.runner.name}")
    number_of = f"week {week.number} of {len(next_.plan.weeks)}"
    yield Paragraph(f"From {day(next_.today)} on; {number_of}: {week.phase}{deload}.")
    if not next_.recorded:
        yield Paragraph(
            "Nothing was recorded yet: this is the plan as it stands. --log FILE adapts it to what was done."
        )
    if next_.heed:
        yield Heading(2, "Heed this first")
        yield from (Remark(told, (("do", advice),)) for told, advice in next_.heed)
    if next_.readiness is not None:
        yield Paragraph(f"Recorded for {day(session.date)}: {_morning(next_.readiness)}.")
    stops = [step for step in next_.now.values() if step.kind is StepKind.STOP]
    whole = _stops_all(next_)
    if stops:
        yield Heading(2, "Not today" if whole else "What stops")
        yield Bullets(tuple(dict.fromkeys(_stop(step, catalog, alone=not whole) for step in stops)))
        if any(reason.code is not _R.ILL for step in stops for reason in step.reasons):
            yield Heading(2, "When to stop")
            yield Bullets(WHEN_TO_STOP)
    if whole:
        yield Paragraph("This is what waits until then:")
    for block in session_blocks(next_.plan, session, catalog):
        yield _with_reasons(block, next_, catalog) if isinstance(block, Exercises) else block
    yield from _around(next_)
    yield Paragraph(SAFETY)


def _stops_all(next_: Upcoming) -> bool:
    """Whether an illness or a warning sign stops the whole session."""
    codes = [{reason.code for reason in step.reasons} for step in next_.now.values()]
    return bool(codes) and all(each & {_R.ILL, _R.RED_FLAG} for each in codes)


def _around(next_: Upcoming) -> Iterator[Block]:
    """Say what was missed and changed, and what is expected after the session."""
    changes = {each.about: each for each in next_.changed}
    told = [
        f"{day(each.date)}, {_session(each)}" + (f": {_change(changes[each.id])}" if each.id in changes else "")
        for each in next_.missed
        if each.id != next_.session.id
    ]
    if told:
        yield Heading(2, "What was missed")
        yield Bullets(tuple(told))
    missed = {next_.session.id, *(each.id for each in next_.missed)}
    others = [f"{each.about}: {_change(each)}" for each in next_.changed if each.about not in missed]
    if others:
        yield Heading(2, "What changed in the plan")
        yield Bullets(tuple(others))
    session = next_.session
    after = [
        each
        for each in next_.plan.sessions
        if each.skipped is None and each.id != session.id and each.date >= session.date
    ]
    yield Heading(2, "What comes after it")
    if after:
        yield Bullets(tuple(f"{day(each.date)}, {_session(each)}" for each in after[:2]))
    yield Paragraph(
        "Later weeks are expectations that performance decides: record what you did, left and right, and ask again."
    )


def _change(decision: Decision) -> str:
    return f"{decision.what}, because {decision.why}"


def _session(session: Session) -> str:
    return f"{spaced(session.emphasis)}, {lasting(session)} (session {session.id})"


def _stop(step: Step, catalog: Catalog, *, alone: bool) -> str:
    text = step_text(step, catalog)
    return f"{_name(step.state.earned.exercise, catalog)}: {text}" if alone else text


def _morning(readiness: Readiness) -> str:
    said = []
    if readiness.sleep is not None:
        said.append(f"{number(round(readiness.sleep.seconds / 3600, 1))} h of sleep")
    if readiness.stress is not None:
        said.append(f"stress {readiness.stress} of 10")
    said += [f"soreness of the {spaced(each.region)} {each.score} of 10" for each in readiness.soreness]
    if readiness.ill:
        said.append("ill")
    said += readiness.red_flags
    return ", ".join(said) or "nothing recorded"


def _with_reasons(block: Exercises, next_: Upcoming, catalog: Catalog) -> Exercises:
    """Add to each line of a part why it is as it is, and what opens the next rung."""
    judged = {
        _name(asked.exercise, catalog): asked
        for _, asked in next_.session.prescriptions()
        if asked.exercise in next_.last or asked.exercise in next_.now
    }
    lines = []
    for line in block.lines:
        asked = judged.get(line.name)
        if asked is None:
            lines.append(line)
            continue
        if _stops_all(next_):
            lines.append(evolve(line, mark="stop"))
            continue
        # What was done stands before what was once expected.
        why = why_now(asked, next_, catalog)
        details = [each for each in line.details if not (why and each[0] == "Why")]
        if why:
            details.append(("Why", why))
        step = next_.now.get(asked.exercise) or next_.last.get(asked.exercise)
        if step is not None and step.state.through is not None:
            details.append(("Ladder", stand_text(step.state, catalog)))
        lines.append(evolve(line, mark=_mark(line.mark, asked, next_), details=tuple(details)))
    return evolve(block, lines=tuple(lines), as_before=False)


def _mark(planned: str, asked: Prescription, next_: Upcoming) -> str:
    """Say what is different from the last time, where that is recorded."""
    last, now = next_.last.get(asked.exercise), next_.now.get(asked.exercise)
    if now is not None and now.kind is StepKind.STOP:
        return "stop"
    if last is None or planned == "new":
        return planned
    if not planned and last.kind is StepKind.HOLD:
        return ""  # what was asked the last time is asked again, whatever the ladder by itself would ask
    # A dose of the week's own, such as in a deload, stands before what the last step changed.
    return change(last.prescription, asked) or _kind(last.kind)


def _kind(kind: StepKind) -> str:
    return _MARKS.get(kind, "more" if kind.upward else "less")


def next_table(next_: Upcoming, catalog: Catalog) -> dict[str, Any]:
    """Return the next session as plain lists and dicts for JSON: what a script or an app reads."""
    session, week = next_.session, _week(next_)
    return {
        "runner": next_.plan.runner.name,
        "today": str(next_.today),
        "recorded": next_.recorded,
        "session": {
            "id": session.id,
            "date": str(session.date),
            "day_part": str(session.day_part),
            "place": str(session.place),
            "emphasis": str(session.emphasis),
            "minutes": session.minutes.minutes,
        },
        "week": week.number,
        "deload": week.deload,
        "exercises": [_row(part, asked, next_, catalog) for part, asked in session.prescriptions()],
        "missed": [{"id": each.id, "date": str(each.date)} for each in next_.missed],
        "strange": list(next_.strange),
        "heed": [{"message": told, "advice": advice} for told, advice in next_.heed],
        "changed": [
            {"about": each.about, "what": each.what, "why": each.why, "sources": list(each.sources)}
            for each in next_.changed
        ],
    }


def _row(part: PartName, asked: Prescription, next_: Upcoming, catalog: Catalog) -> dict[str, Any]:
    last, now = next_.last.get(asked.exercise), next_.now.get(asked.exercise)
    return {
        "part": str(part),
        "exercise": asked.exercise,
        "name": _name(asked.exercise, catalog),
        "prescription": str(asked),
        "dose": dose(asked, _exercise(asked.exercise, catalog)),
        "why": why_now(asked, next_, catalog),
        "progression": asked.progression,
        "last": None if last is None else _step_row(last, catalog),
        "today": None if now is None else _step_row(now, catalog),
    }


def _step_row(step: Step, catalog: Catalog) -> dict[str, Any]:
    return {
        "kind": str(step.kind),
        "prescription": str(step.prescription),
        "reasons": [
            {"code": str(reason.code), "facts": {fact.name: fact.value for fact in reason.facts}}
            for reason in step.reasons
        ],
        "text": step_text(step, catalog),
    }
