"""A strategy for every class of document, and for every class of value that documents are made of."""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import inspect
import typing
from collections.abc import Callable, Iterator
from typing import Any

import attrs
from hypothesis import strategies as st

from runstrong.auditor import audit
from runstrong.catalog.records import load_catalog
from runstrong.model.audits import Audit
from runstrong.model.edits import (
    Approve,
    Drop,
    Edit,
    Exclude,
    Lighten,
    Move,
    Note,
    Pin,
    Reduce,
    Skip,
    Split,
    Swap,
    TrimRun,
    Wait,
)  # fmt: skip
from runstrong.model.errors import InvalidValue
from runstrong.model.evidence import Source
from runstrong.model.exercise import Exercise
from runstrong.model.findings import Waiver
from runstrong.model.log import Log
from runstrong.model.plan import Decision, Plan, Session
from runstrong.model.prescription import External, PercentOfMax
from runstrong.model.progression import Progression
from runstrong.model.quantities import Distance, Duration, SessionRPE
from runstrong.model.rules import Grade, Override, Policy, Preset, Rule, RuleSet
from runstrong.model.runner import Runner
from runstrong.model.running import Activity, Calendar, Run
from runstrong.model.standard import Standard
from runstrong.model.step import State
from runstrong.model.value import Value, evolve
from runstrong.model.words import DayPart, PartName, RPEBasis, Severity, Tissue
from runstrong.rules import load_presets, load_rules
from runstrong.testing import strategies as drawn
from runstrong.testing.people import planner_runners

__all__ = [
    "DOCUMENTS",
    "audits",
    "calendars",
    "edited_plans",
    "full_logs",
    "parts_of",
    "policies",
    "presets",
    "rule_sets",
    "rules",
    "sources",
    "standards",
    "states_of_any",
    "values",
]


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    """Draw a packaged rule."""
    return draw(st.sampled_from(load_rules().rules))


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """Draw a packaged policy."""
    return draw(st.sampled_from(load_rules().policies))


@st.composite
def sources(draw: st.DrawFn) -> Source:
    """Draw a packaged source."""
    return draw(st.sampled_from(list(load_catalog().sources.values())))


@st.composite
def standards(draw: st.DrawFn) -> Standard:
    """Draw a packaged standard of an assessment."""
    return draw(st.sampled_from(list(load_catalog().standards.values())))


@st.composite
def _overrides(draw: st.DrawFn) -> tuple[Override, ...]:
    owners: list[Rule | Policy] = [*load_rules().rules, *load_rules().policies]
    owners = [each for each in owners if each.parameters]
    chosen = draw(st.lists(st.sampled_from(owners), max_size=3, unique_by=lambda each: each.id))
    made = []
    for owner in chosen:
        parameter = draw(st.sampled_from(owner.parameters))
        value = draw(st.sampled_from((parameter.min, parameter.max, parameter.value)))
        made.append(Override(rule=owner.id, parameter=parameter.name, value=float(value), reason="as we do it"))
    return tuple(made)


@st.composite
def _grades(draw: st.DrawFn) -> tuple[Grade, ...]:
    codes = draw(st.lists(st.sampled_from([rule.id for rule in load_rules().rules]), max_size=2, unique=True))
    milder = st.sampled_from([each for each in Severity if each is not Severity.DANGER])
    return tuple(Grade(rule=code, severity=draw(milder), reason="as we see it") for code in codes)


@st.composite
def _waivers(draw: st.DrawFn) -> tuple[Waiver, ...]:
    codes = draw(st.lists(st.sampled_from([rule.id for rule in load_rules().rules]), max_size=1))
    until = st.none() | st.dates(dt.date(2027, 1, 1), dt.date(2027, 12, 31))
    return tuple(Waiver(rule=code, reason="known and accepted", until=draw(until)) for code in codes)


@st.composite
def presets(draw: st.DrawFn) -> Preset:
    """Draw a packaged preset, or one of somebody's own with other numbers, severities and waivers."""
    packaged = load_presets()
    if draw(st.booleans()):
        return packaged[draw(st.sampled_from(sorted(packaged)))]
    return Preset(
        id="own",
        statement="For our club.",
        extends=draw(st.sampled_from([None, *sorted(packaged)])),
        preview=draw(st.booleans()),
        ignore=tuple(draw(st.lists(st.sampled_from(("MB", "CV08", "PG")), unique=True, max_size=2))),
        severities=draw(_grades()),
        overrides=draw(_overrides()),
        waivers=draw(_waivers()),
    )


@st.composite
def rule_sets(draw: st.DrawFn) -> RuleSet:
    """Draw the packaged rule set with other numbers, codes, severities and waivers."""
    base = load_rules().with_overrides(draw(_overrides()), "file").with_severities(draw(_grades()), "call")
    ignored = draw(st.lists(st.sampled_from(("MB", "CV", "TM02")), unique=True, max_size=2))
    return base.narrowed((), ignored).with_waivers(draw(_waivers()))


@st.composite
def audits(draw: st.DrawFn) -> Audit:
    """Draw what an audit says of a drawn plan, with fixes or without, with a finding accepted, or none."""
    made = draw(drawn.plans(most_weeks=2))
    report = audit(made, fixes=draw(st.booleans()))
    accepted: bool = draw(st.booleans())
    if accepted and report.findings:
        code = draw(st.sampled_from(sorted({finding.rule for finding in report.findings})))
        past = dt.date(2026, 12, 31)
        waivers = [Waiver(rule=code, reason="known"), Waiver(rule=code, reason="for the holidays", until=past)]
        report = audit(made, fixes=False, waivers=waivers, today=drawn.MONDAY)
    return report


@st.composite
def full_logs(draw: st.DrawFn) -> Log:
    """Draw a log that holds all that a log may hold: runs, sets, other training, mornings."""
    made = draw(drawn.logs(weeks=4))
    days = st.integers(0, 27).map(lambda n: drawn.MONDAY + dt.timedelta(days=n))
    effort = st.none() | st.integers(0, 10).map(lambda score: SessionRPE(float(score)))
    activities = draw(
        st.lists(
            st.builds(
                Activity,
                date=days,
                day_part=st.sampled_from(DayPart),
                name=st.sampled_from(("yoga", "cycling", "swimming")),
                duration=st.none() | st.sampled_from((Duration(1800.0), Duration(5400.0))),
                session_rpe=effort,
                tissues=st.lists(st.sampled_from(Tissue), unique=True, max_size=2).map(tuple),
            ),
            max_size=2,
        )
    )
    mornings = draw(st.lists(days.flatmap(drawn.readiness), max_size=3))
    runs = tuple(_rated(draw, run, effort) for run in made.runs)
    return evolve(made, runs=runs, activities=tuple(activities), readiness=tuple(mornings))


def _rated(draw: st.DrawFn, run: Run, effort: st.SearchStrategy[SessionRPE | None]) -> Run:
    """Give a run a session RPE, felt or estimated, or none."""
    rating = draw(effort)
    basis = draw(st.sampled_from(RPEBasis)) if rating is not None else RPEBasis.FELT
    return evolve(run, session_rpe=rating, rpe_basis=basis)


@st.composite
def edited_plans(draw: st.DrawFn) -> Plan:
    """Draw a plan with reasons that people have edited in every way there is."""
    made = draw(drawn.plans(most_weeks=2))
    for session in draw(st.lists(st.sampled_from(made.sessions), max_size=3)) if made.sessions else ():
        edit = draw(st.sampled_from(_edits_of(made, made.session(session.id))))
        # What an edit before has made impossible (one set left to take) is left out.
        with contextlib.suppress(InvalidValue):
            made = made.edited(edit)
    run = draw(st.sampled_from((*made.weeks[0].runs, None)))
    if run is not None and run.distance is not None:
        trim = TrimRun(date=run.date, day_part=run.day_part, kind=run.kind, distance=Distance(run.distance.km / 2))
        made = evolve(made, edits=(*made.edits, trim))
    why = Decision(about="season", what="two sessions a week", why="as we always do", sources=("convention",))
    return evolve(made, decisions=draw(st.sampled_from(((), (why,)))))


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Draw dated runs with days that are said to be free."""
    runs = draw(drawn.logs(weeks=2, sets=False)).runs
    dated = {run.date for run in runs}
    free = [day for n in range(14) if (day := drawn.MONDAY + dt.timedelta(days=n)) not in dated]
    rest = draw(st.lists(st.sampled_from(free), unique=True, max_size=3)) if free else []
    return Calendar(runs=runs, rest=tuple(rest))


def _edits_of(plan: Plan, session: Session) -> list[Edit]:
    main = session.part(PartName.MAIN).prescriptions
    edits: list[Edit] = [
        Pin(session=session.id), Note(session=session.id, text="felt good"), Skip(session=session.id, reason="away"),
        Move(session=session.id, to=plan.end), Approve(by="Coach", on=plan.start),
        *(Lighten(week=session.date, share=share) for share in (0.3, 0.5)),
    ]  # fmt: skip
    for asked in main[:1]:
        other = evolve(asked, load=PercentOfMax(60.0) if isinstance(asked.load, External) else asked.load, sets=1)
        edits += [
            Swap(session=session.id, exercise=asked.exercise, replacement=other),
            Reduce(session=session.id, exercise=asked.exercise, sets=1),
            Wait(session=session.id, exercise=asked.exercise, until=plan.end),
            Exclude(exercise=asked.exercise, since=session.date, reason="it hurts"),
        ]
    if len({asked.exercise for asked in main}) > 1:
        into = f"{session.id}-more"
        edits.append(Drop(session=session.id, exercise=main[0].exercise))
        if into not in {each.id for each in plan.sessions}:
            edits += [
                Split(session=session.id, exercises=(asked.exercise,), into=into, to=day)
                for asked in main[:2]
                for day in (session.date, plan.end)
            ]
    return edits


@st.composite
def states_of_any(draw: st.DrawFn) -> State:
    """Draw where a drawn runner stands on the first ladder of the catalog that everyone can begin."""
    runner = draw(drawn.climbers(kit="everything"))
    return draw(drawn.states(load_catalog().progressions["calf-raise-straight"], runner))


DOCUMENTS: dict[type[Value], Callable[[], st.SearchStrategy[Any]]] = {
    Audit: audits,
    Calendar: calendars,
    Exercise: drawn.exercises,
    Log: full_logs,
    Plan: edited_plans,
    Policy: policies,
    Preset: presets,
    Progression: drawn.progressions,
    Rule: rules,
    RuleSet: rule_sets,
    Runner: planner_runners,
    Source: sources,
    Standard: standards,
    State: states_of_any,
}
"""For each class of document the strategy that draws it."""


def values(kind: type[Value]) -> st.SearchStrategy[Any]:
    """Return a strategy for any class of the model: a document, or what one is made of.

    Parts are taken out of drawn documents, so that they are as real as those: a `Weights` is one that a runner owns, a
    `Finding` one that an audit found.

    Args:
        kind: a class of `runstrong.model`.

    Raises:
        ValueError: no document is made of it: it is what an engine gives back.

    Example:
        >>> from hypothesis import strategies
        >>> from runstrong.model.runner import Weights
        >>> isinstance(values(Weights), strategies.SearchStrategy)
        True
    """
    if kind in DOCUMENTS:
        return DOCUMENTS[kind]()
    documents: list[Any] = list(DOCUMENTS)
    holders = [document for document in documents if kind in _classes_of(document)]
    if not holders:
        raise ValueError(
            f"no document is made of {kind.__name__}; known: {', '.join(each.__name__ for each in DOCUMENTS)}"
        )
    return (
        st.one_of([DOCUMENTS[each]() for each in holders])
        .map(lambda document: tuple(dict.fromkeys(each for each in parts_of(document) if type(each) is kind)))
        .filter(bool)
        .flatmap(st.sampled_from)
    )


def parts_of(got: Any) -> Iterator[Value]:
    """Yield a document and every value that it holds."""
    if isinstance(got, tuple):
        for each in got:
            yield from parts_of(each)
    elif isinstance(got, Value):
        yield got
        for a in attrs.fields(type(got)):
            if a.init:
                yield from parts_of(getattr(got, a.name))


@functools.cache
def _classes_of(kind: type) -> frozenset[type]:
    """Return the classes that a class is made of, itself among them."""
    found: set[type] = set()
    left: list[Any] = [kind]
    while left:
        hint = left.pop()
        left += typing.get_args(hint)
        if inspect.isclass(hint) and issubclass(hint, Value) and hint not in found:
            found.add(hint)
            left += typing.get_type_hints(hint).values()
    return frozenset(found)
