"""The verbs of the package root. Each brings its engine in when it is first called, so that importing stays cheap."""

from __future__ import annotations

import datetime as dt
import functools
import os
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload

if TYPE_CHECKING:
    from types import ModuleType

    from runstrong.auditor import Edited, Fixed
    from runstrong.catalog.watch_names import WatchNames
    from runstrong.faces.blocks import Block
    from runstrong.history import Likeness
    from runstrong.history.logs import Vouched
    from runstrong.history.recorded import Units
    from runstrong.ladder import Limits
    from runstrong.ladder.maxima import Estimate, Formula, MaximaLimits
    from runstrong.model.audits import Audit
    from runstrong.model.catalog import Catalog
    from runstrong.model.difference import Difference
    from runstrong.model.edits import Edit
    from runstrong.model.findings import Waiver
    from runstrong.model.log import Log, Performance, Readiness
    from runstrong.model.plan import Plan, Session
    from runstrong.model.prescription import Prescription
    from runstrong.model.progression import Progression
    from runstrong.model.quantities import RIR, Duration, Mass
    from runstrong.model.rules import Grade, Override, Policy, Preset, Rule, RuleSet
    from runstrong.model.runner import Runner
    from runstrong.model.running import Calendar
    from runstrong.model.standard import Standing
    from runstrong.model.step import State, Step
    from runstrong.model.words import DayPart, Severity
    from runstrong.rules.definition import Check

__all__ = [
    "adapt", "advance", "audit", "begin", "diff", "dump", "edit", "estimate_max", "fix_plan", "fold", "json_schema",
    "load", "load_catalog", "load_presets", "load_rules", "measure", "plan", "read_calendar", "read_log", "replan",
    "standing_of", "summary", "to_csv", "to_fit", "to_frame", "to_garmin_connect", "to_html", "to_ics", "to_json",
    "to_markdown", "to_text", "to_yaml",
]  # fmt: skip

Document = TypeVar("Document")


@overload
def load(path: str | os.PathLike[str]) -> Any: ...
@overload
def load(path: str | os.PathLike[str], kind: type[Document]) -> Document: ...
def load(path: str | os.PathLike[str], kind: type[Any] | None = None) -> Any:
    """Read any document, such as a runner, plan, log, state, exercise, progression or rule, in YAML or JSON.

    Args:
        path: of the file; its ``kind:`` says what it holds.
        kind: class that it has to hold, such as `Runner`; type checkers then know what comes back.

    Raises:
        DocumentError: the file cannot be read as a document, or holds something else; it carries every problem found,
            with file, line and path.
        OSError: there is no such file, or it may not be opened.

    Example:
        >>> import runstrong as rs
        >>> rs.load("examples/runner.yaml", rs.Runner).name
        'Jonas Weber'
    """
    from runstrong.codec import read

    return read(path, kind=None if kind is None else getattr(kind, "kind_of_document", kind.__name__))


def dump(value: Any, path: str | os.PathLike[str]) -> None:
    """Write a document to a file, as YAML or JSON by the file's suffix; what is written reads back equal.

    Args:
        value: a runner, plan, log, exercise, progression, rule or rule set.
        path: of the file: JSON if it ends in .json, else YAML. A file that is there is replaced whole or not at all.

    Raises:
        TypeError: the value is no document.
    """
    from runstrong.codec import write

    write(value, path)


def to_json(value: Any, *, indent: int | None = None) -> str:
    """Return a document as JSON text, which reads back equal.

    Args:
        value: a runner, plan, log, exercise, progression, rule or rule set.
        indent: spaces per level; None writes one line.

    Raises:
        TypeError: the value is no document.

    Example:
        >>> import runstrong as rs
        >>> rs.to_json(rs.Log())
        '{"kind": "log", "schema": 1}'
    """
    from runstrong.codec import to_json as written

    return written(value, indent=indent)


def json_schema(kind: str) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of one kind of document, by which editors complete and check a file.

    It is made from the classes themselves. What lies between fields, such as an end before a start, only `load` tells.

    Args:
        kind: what stands under ``kind:``, such as ``runner``, ``plan`` or ``log``.

    Raises:
        UnknownName: there is no such kind; names the nearest.

    Example:
        >>> import runstrong as rs
        >>> rs.json_schema("runner")["$id"]
        'urn:runstrong:schema:runner:1'
    """
    from runstrong.codec.schemas import json_schema as made

    return made(kind)


def to_yaml(value: Any) -> str:
    r"""Return a document as YAML text, which reads back equal.

    Raises:
        TypeError: the value is no document.

    Example:
        >>> import runstrong as rs
        >>> rs.to_yaml(rs.Log())
        'kind: log\nschema: 1\n'
    """
    from runstrong.codec import to_yaml as written

    return written(value)


def plan(
    runner: Runner,
    start: dt.date | None = None,
    weeks: int | None = None,
    *,
    rules: RuleSet | None = None,
    catalog: Catalog | None = None,
) -> Plan:
    """Fit a strength and mobility plan into a runner's own running weeks.

    Args:
        runner: whom it is for.
        start: first day to plan; the runner's own `start` when not given.
        weeks: how many, 1 to 52; up to the main race, else twelve, when not given.
        rules: rule set to plan and audit with; the packaged one when not given.
        catalog: exercises and ladders; the packaged ones when not given.

    Raises:
        InvalidValue: no start is known, or `weeks` is out of range.
        InfeasibleError: no session can stand in any week; names the conflict and what would free it.

    Example:
        >>> import datetime as dt
        >>> import runstrong as rs
        >>> made = rs.plan(rs.load("examples/runner.yaml", rs.Runner), start=dt.date(2026, 12, 7), weeks=14)
        >>> len(made.weeks)
        14
    """
    from runstrong.planner import plan as made_by_planner

    return made_by_planner(runner, start, weeks, rules=rules, catalog=catalog)


def read_calendar(
    path: str | os.PathLike[str],
    *,
    first: dt.date | None = None,
    last: dt.date | None = None,
    zone: str | None = None,
) -> Calendar:
    """Read a dated calendar of runs: YAML or JSON of kind calendar, a table (CSV), or an iCalendar file (.ics).

    A document or a table is read whole or not at all. What an .ics file holds besides runs is passed by, and told in
    `Calendar.remarks`. `Runner.with_calendar` gives the runs to a runner.

    Args:
        path: of the file; its suffix says which it is.
        first: earlier runs are left out.
        last: later runs are left out; repeated events of .ics end 52 weeks after `first` when not given.
        zone: the runner's time zone, such as ``Europe/Berlin``, for .ics times of another one or in UTC.

    Raises:
        DocumentError: the file is no such calendar; it carries every problem found, with its line.
        MissingExtra: an .ics file, without the extra ``calendar``.
        OSError: the file cannot be opened.

    Example:
        >>> import runstrong as rs
        >>> spring = rs.read_calendar("examples/calendar.csv")
        >>> [str(run.kind) for run in spring.runs[:3]]
        ['intervals', 'easy', 'easy']
        >>> runner = rs.load("examples/runner.yaml", rs.Runner).with_calendar(spring)
        >>> len(runner.calendar) == len(spring.runs)
        True
    """
    from runstrong.history import read_calendar as made_by_history

    return made_by_history(path, first=first, last=last, zone=zone)


def read_log(
    *paths: str | os.PathLike[str],
    zone: str | dt.tzinfo | None = None,
    units: Units | None = None,
    coverage: Vouched | None = None,
    estimate_rpe: Literal["heart-rate", "pace"] | None = None,
    max_heart_rate: float | None = None,
    threshold_pace: Duration | None = None,
    likeness: Likeness | None = None,
) -> Log:
    """Read a training log from files of other programs, or a log of runstrong; the content says which it is.

    Exports of Strava, Garmin Connect, TrainingPeaks and intervals.icu, files of single activities (FIT, TCX, GPX), and
    zip archives of them. What could not be read, was passed by or taken in a certain way is told in `Log.remarks`.

    Args:
        paths: of the files; what several of them tell is put together, each activity once.
        zone: the runner's time zone, such as ``Europe/Berlin``, for files that tell times in UTC.
        units: of distances without a unit, ``km`` or ``miles``; kilometers when not given.
        coverage: the days vouched for; first to last activity of exports when not given, empty for none.
        estimate_rpe: from what to estimate a session RPE that is not given; it stays unknown when not asked for.
        max_heart_rate: highest heart rate in beats per minute, needed for estimates from heart rate.
        threshold_pace: time for a kilometer at the pace that can be held for an hour, needed for those from pace.
        likeness: how alike two accounts of one activity are.

    Raises:
        DocumentError: none of the files can be read; it carries every problem found.
        InvalidValue: there is no such zone or unit, or an estimate lacks what it needs.
        MissingExtra: a file needs an extra that is not installed.
        OSError: a file cannot be opened.

    Example:
        >>> import runstrong as rs
        >>> log = rs.read_log("examples/activities.csv", zone="Europe/Berlin")
        >>> len(log.runs), [str(day) for day in log.span]
        (12, ['2027-01-04', '2027-01-31'])
    """
    from runstrong.history import read_log as made_by_history

    return made_by_history(
        *paths, zone=zone, units=units, coverage=coverage, estimate_rpe=estimate_rpe, max_heart_rate=max_heart_rate,
        threshold_pace=threshold_pace, likeness=likeness,
    )  # fmt: skip


def replan(
    plan: Plan,
    log: Log,
    today: dt.date,
    *,
    runner: Runner | None = None,
    rules: RuleSet | None = None,
    catalog: Catalog | None = None,
) -> Plan:
    """Plan the rest of a plan again from what was really done, and for the runner as they are now.

    The past stays. A missed session is made up on an open day left in its week or let go, never doubled up; a session
    is missed only where the log vouches for its day. From `today` on each ladder goes on from what was earned; later
    weeks are expectations, and what is really done decides. Pinned and skipped sessions and what people changed stay.
    `Plan.decisions` tells each change with its reason. Doing it twice changes nothing more.

    After a changed running week, a new race, lost equipment, an injury or a holiday, pass the runner as they are now:
    the plan changes as little as can be, and `diff` says what.

    Args:
        plan: as it stands, with its edits.
        log: what was done up to `today`.
        today: first day that may change; a day of the plan.
        runner: as they are now; the plan's own runner when not given. What people have excluded stays excluded.
        rules: rule set to plan and audit with; the packaged one when not given.
        catalog: exercises and ladders; the packaged ones when not given.

    Raises:
        InvalidValue: `today` lies outside the plan, a performance is dated after it, or a set is not counted as its
            exercise is, or the runner's weeks begin on another day now.
        InfeasibleError: no session of the whole plan can stand any more.
        UnknownName: a performance is of an exercise that neither plan nor catalog has.

    Example:
        >>> import datetime as dt
        >>> import runstrong as rs
        >>> plan = rs.plan(rs.load("examples/runner.yaml", rs.Runner))
        >>> rs.replan(plan, rs.Log(), dt.date(2026, 12, 21)) == plan
        True
    """
    from runstrong.planner import replan as made_by_planner

    return made_by_planner(plan, log, today, runner=runner, rules=rules, catalog=catalog)


def diff(plan: Plan, other: Plan) -> Difference:
    """Return what differs between two plans: sessions, exercises, doses, runs and weeks.

    Sessions are the same ones by their id, which survives moves and re-planning. `runstrong diff` says it in a runner's
    words.

    Args:
        plan: as it was.
        other: as it is now.

    Example:
        >>> import runstrong as rs
        >>> plan = rs.plan(rs.load("examples/runner.yaml", rs.Runner), weeks=2)
        >>> [str(change.kind) for change in rs.diff(plan, plan.skip(plan.sessions[0].id, "holiday"))]
        ['session-skipped']
    """
    from runstrong.planner import diff as made_by_planner

    return made_by_planner(plan, other)


def measure(plan: Plan, *, rules: RuleSet | None = None, catalog: Catalog | None = None) -> Plan:
    """Return a plan in which every session of unknown length has an estimate, and the emphasis of what it holds.

    A session that was changed by hand loses its minutes, because the old ones would no longer be true.

    Args:
        plan: with sessions that were written or changed by hand.
        rules: source of the numbers; the packaged ones when not given.
        catalog: where exercises are looked up; the packaged one when not given.

    Example:
        >>> import runstrong as rs
        >>> plan = rs.plan(rs.load("examples/runner.yaml", rs.Runner), weeks=2)
        >>> first = plan.sessions[0]
        >>> shorter = plan.reduce(first.id, first.part(rs.PartName.MAIN).prescriptions[0].exercise, sets=1)
        >>> print(shorter.session(first.id).minutes)
        0 s
        >>> 0 < rs.measure(shorter).session(first.id).minutes.minutes < first.minutes.minutes
        True
    """
    from runstrong.catalog import load_catalog as catalog_of
    from runstrong.model.measuring import measured
    from runstrong.rules import load_rules as rules_of

    return measured(plan, (catalog or catalog_of()).exercises, rules if rules is not None else rules_of())


def audit(
    subject: Plan | Log | Runner,
    *,
    runner: Runner | None = None,
    log: Log | None = None,
    plan: Plan | None = None,
    rules: RuleSet | None = None,
    catalog: Catalog | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    severities: Iterable[Grade] = (),
    overrides: Iterable[Override] = (),
    waivers: Iterable[Waiver] = (),
    today: dt.date | None = None,
    fixes: bool = True,
    edit_runs: bool = False,
) -> Audit:
    """Hold a plan, a log, or both as one timeline against the rules. It educates; it does not predict injury.

    Args:
        subject: a plan, a log, or a runner whose `log` or `plan` is given.
        runner: whose it is; a plan carries its own.
        log: what was done, beside a plan.
        plan: what is planned, beside a log.
        rules: a rule set of your own; the packaged one when not given.
        catalog: where exercises are looked up; the packaged one when not given.
        select: codes, names or families to apply; empty means what rule set and runner say.
        ignore: codes, names or families to leave out.
        severities: of all findings of a rule; they stand before the runner's.
        overrides: of parameters; they stand before the plan's, which stand before the runner's.
        waivers: findings accepted on purpose, beside those of rule set and runner.
        today: what stands before this day is past and gets no fix; waivers that end before it have expired.
        fixes: whether proposals are verified; without it no finding has a fix, and the audit is faster.
        edit_runs: whether a fix may change the plan's runs, which are the runner's own and otherwise left alone.

    Returns:
        Findings gravest first, then by date; what was waived; which rules could not judge, with the reason; and what
        came of each rule, passes too (`Audit.verdicts`).

    Raises:
        InvalidValue: there is no runner, a code is unknown, an override leaves its range, or a rule has no check.

    Example:
        >>> import runstrong as rs
        >>> made = rs.plan(rs.load("examples/runner.yaml", rs.Runner))
        >>> rs.audit(made).at_least(rs.Severity.WARNING)
        ()
    """
    from runstrong.auditor import audit as made_by_auditor

    return made_by_auditor(
        subject, runner=runner, log=log, plan=plan, rules=rules, catalog=catalog, select=select, ignore=ignore,
        severities=severities, overrides=overrides, waivers=waivers, today=today, fixes=fixes, edit_runs=edit_runs,
    )  # fmt: skip


def edit(
    plan: Plan,
    *edits: Edit,
    log: Log | None = None,
    rules: RuleSet | None = None,
    catalog: Catalog | None = None,
    today: dt.date | None = None,
) -> Edited:
    """Carry out a person's edits, record them in the plan, and say at once what they cost.

    People decide: nothing is refused because a rule speaks against it. Re-planning keeps what was decided.

    Args:
        plan: to change.
        edits: such as `Move`, `Swap`, `Skip`, `Pin`, `Note`, `Exclude` or `Approve`, in order.
        log: what was done, so that findings see past and future as one.
        rules: as in `audit`.
        catalog: as in `audit`.
        today: as in `audit`.

    Returns:
        The plan, what changes, the findings that the edits bring and those that they clear, and the whole audit.

    Raises:
        UnknownName: a session or exercise that an edit names is not there.
        InvalidValue: an edit leads out of the plan, or changes nothing that it could change.

    Example:
        >>> import runstrong as rs
        >>> made = rs.plan(rs.load("examples/runner.yaml", rs.Runner), weeks=2)
        >>> print(rs.edit(made, rs.Note(session=made.sessions[0].id, text="with Ada")))
        costs nothing: no finding comes or goes
    """
    from runstrong.auditor import edit as made_by_auditor

    return made_by_auditor(plan, *edits, log=log, rules=rules, catalog=catalog, today=today)


def fix_plan(
    plan: Plan,
    *,
    runner: Runner | None = None,
    log: Log | None = None,
    rules: RuleSet | None = None,
    catalog: Catalog | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    severities: Iterable[Grade] = (),
    overrides: Iterable[Override] = (),
    waivers: Iterable[Waiver] = (),
    today: dt.date | None = None,
    severity: Severity | None = None,
    limit: int | None = None,
    edit_runs: bool = False,
) -> Fixed:
    """Carry out verified fixes, gravest finding first, until none is left.

    Each fix clears its finding, adds none as grave, and of those that do changes least. Pinned sessions are never
    edited, runs only when asked.

    Args:
        plan: to mend.
        runner: instead of the plan's own.
        log: what was done.
        rules: as in `audit`.
        catalog: as in `audit`.
        select: as in `audit`.
        ignore: as in `audit`.
        severities: as in `audit`.
        overrides: as in `audit`.
        waivers: as in `audit`.
        today: nothing before it is edited.
        severity: findings under this are left alone; all are mended when not given.
        limit: most edits to carry out; None for no limit.
        edit_runs: whether a fix may change the plan's runs, which are the runner's own and otherwise left alone.

    Returns:
        The plan, the edits that were `applied`, the audit of what is `remaining`, and what differs now as `changes`.

    Example:
        >>> import runstrong as rs
        >>> made = rs.plan(rs.load("examples/runner.yaml", rs.Runner))
        >>> rs.fix_plan(made, severity=rs.Severity.WARNING).applied
        ()
    """
    from runstrong.auditor import fix_plan as made_by_auditor
    from runstrong.model.words import Severity

    return made_by_auditor(
        plan, runner=runner, log=log, rules=rules, catalog=catalog, select=select, ignore=ignore, severities=severities,
        overrides=overrides, waivers=waivers, today=today,
        severity=Severity.INFO if severity is None else severity, limit=limit,
        edit_runs=edit_runs,
    )  # fmt: skip


def advance(
    progression: Progression,
    state: State,
    performance: Performance,
    *,
    runner: Runner | None = None,
    readiness: Readiness | None = None,
    limits: Limits | RuleSet | None = None,
    catalog: Catalog | None = None,
    others: Iterable[State] = (),
    asked: Prescription | None = None,
    quiet: bool = False,
    trained: dt.date | None = None,
) -> Step:
    """Derive the next prescription of a ladder from what was really done: one safe step at a time, with the reasons.

    It is pure: the same input gives the same step. Pain, failed form, a missed target, a bad night or a layoff hold or
    make easier; only sets that meet the rung's criterion go upward.

    Args:
        progression: the ladder.
        state: before the performance; `begin` gives the first one, `fold` the one that a log leads to.
        performance: one exercise of the ladder as done on one day, after the last day folded in.
        runner: who did it; body mass, loads at hand and injuries matter. A runner without any when not given.
        readiness: how that day began; it may hold or make easier, never raise.
        limits: numbers, or the rule set to take them from; those of the packaged rules with the runner's overrides
            when not given. Make `Limits` once where many steps are asked for.
        catalog: where exercises are looked up; the packaged one when not given.
        others: states of other ladders, for rungs that ask for one of theirs.
        asked: what was asked that day where it was not what the state says.
        quiet: whether the day was to keep or to rest and not to build, such as in a deload: it earns and costs nothing.
        trained: last day before with any strength training, so that a gap in one exercise is not taken for a layoff.

    Returns:
        What changes, what to do next, the new state and the reasons, the weightiest first.

    Raises:
        InvalidValue: the exercise is not on the ladder or counted in another unit, the day was folded in already, or
            the state belongs to another ladder.

    Example:
        >>> import datetime as dt
        >>> import runstrong as rs
        >>> ladder = rs.load_catalog().progressions["calf-raise-straight"]
        >>> ada = rs.Runner(name="Ada", running=rs.RunningWeek(), body_mass=rs.kg(60))
        >>> done = rs.Performance(
        ...     date=dt.date(2027, 1, 4),
        ...     exercise="calf-raise",
        ...     sets=2 * (rs.PerformedSet(amount=rs.Reps(15), rir=rs.RIR(3)),),
        ... )
        >>> step = rs.advance(ladder, rs.begin(ladder, runner=ada), done, runner=ada)
        >>> str(step.kind), step.state.met
        ('hold', 1)
    """
    from runstrong.ladder import advance as made_by_ladder

    whose, numbers, known = _settled(runner, limits, catalog)
    return made_by_ladder(
        progression, state, performance, runner=whose, readiness=readiness, limits=numbers, catalog=known,
        others=others, asked=asked, quiet=quiet, trained=trained,
    )  # fmt: skip


def fold(
    progression: Progression,
    performances: Iterable[Performance],
    state: State | None = None,
    *,
    runner: Runner | None = None,
    readiness: Iterable[Readiness] = (),
    limits: Limits | RuleSet | None = None,
    catalog: Catalog | None = None,
    others: Iterable[State] = (),
    asked: Mapping[tuple[dt.date, str], Prescription] | None = None,
    quiet: Collection[dt.date] = (),
    trained: Iterable[dt.date] = (),
) -> State:
    """Return where performances leave a runner on a ladder.

    Each day is merged first, so that order does not matter; exercises that are not on the ladder are passed by. The
    state carries the day it was folded through, so that nothing counts twice.

    Args:
        progression: the ladder.
        performances: `log.performances`, or some of them, in any order.
        state: to go on from; None begins on the rung that the first performance shows.
        runner: as in `advance`.
        readiness: how days began, in any order.
        limits: as in `advance`.
        catalog: as in `advance`.
        others: as in `advance`.
        asked: what was asked on a day for an exercise, as in `advance`.
        quiet: days that were to keep or to rest, as in `advance`.
        trained: days with any strength training, as in `advance`.

    Raises:
        InvalidValue: a performance lies on or before the day that `state` was folded through: fold the log anew.

    Example:
        >>> import runstrong as rs
        >>> ladder = rs.load_catalog().progressions["plank"]
        >>> rs.fold(ladder, ()).earned.exercise
        'plank-kneeling'
    """
    from runstrong.ladder import fold as made_by_ladder

    whose, numbers, known = _settled(runner, limits, catalog)
    return made_by_ladder(
        progression, performances, state, runner=whose, readiness=readiness, limits=numbers, catalog=known,
        others=others, asked=asked, quiet=quiet, trained=trained,
    )  # fmt: skip


def begin(
    progression: Progression,
    *,
    runner: Runner | None = None,
    on: dt.date | None = None,
    at: int | None = None,
    limits: Limits | RuleSet | None = None,
    catalog: Catalog | None = None,
) -> State:
    """Return where a runner without a log starts on a ladder.

    Args:
        progression: the ladder.
        runner: as in `advance`.
        on: day; current injuries close rungs on it.
        at: the highest rung to start on, such as an assessment gives; the runner's level decides when not given.
        limits: as in `advance`.
        catalog: as in `advance`.

    Raises:
        InvalidValue: no rung can be done with this runner's body and kit.

    Example:
        >>> import runstrong as rs
        >>> rs.begin(rs.load_catalog().progressions["squat"]).earned.exercise
        'chair-squat'
    """
    from runstrong.ladder import begin as made_by_ladder

    whose, numbers, known = _settled(runner, limits, catalog)
    return made_by_ladder(progression, runner=whose, limits=numbers, catalog=known, on=on, at=at)


def adapt(
    progression: Progression,
    state: State,
    on: dt.date,
    *,
    runner: Runner | None = None,
    readiness: Readiness | None = None,
    limits: Limits | RuleSet | None = None,
    catalog: Catalog | None = None,
    trained: dt.date | None = None,
) -> Step:
    """Return what to do on a day before it is done: what the state asks for, or less.

    After a layoff the state itself asks for less; after a bad night, with soreness or an illness only that day does.
    It never asks for more.

    Args:
        progression: the ladder.
        state: as folded so far.
        on: the day, after the last one folded in.
        runner: as in `advance`.
        readiness: how the day began.
        limits: as in `advance`.
        catalog: as in `advance`.
        trained: as in `advance`.

    Raises:
        InvalidValue: the day lies on or before the last one folded in.

    Example:
        >>> import datetime as dt
        >>> import runstrong as rs
        >>> ladder = rs.load_catalog().progressions["plank"]
        >>> today = dt.date(2027, 1, 4)
        >>> ill = rs.Readiness(date=today, ill=True)
        >>> str(rs.adapt(ladder, rs.begin(ladder), today, readiness=ill).kind)
        'stop'
    """
    from runstrong.ladder import adapt as made_by_ladder

    whose, numbers, known = _settled(runner, limits, catalog)
    return made_by_ladder(
        progression, state, on, runner=whose, readiness=readiness, limits=numbers, catalog=known, trained=trained
    )


@functools.cache
def _plain() -> tuple[Limits, Runner]:
    """Return the packaged numbers and a runner of whom nothing is known."""
    from runstrong.ladder import Limits
    from runstrong.model.runner import Runner
    from runstrong.model.running import RunningWeek

    return Limits.of(load_rules()), Runner(name="", running=RunningWeek())


@functools.lru_cache(maxsize=64)
def _overridden(overrides: tuple[Override, ...]) -> Limits:
    """Return the packaged numbers with a runner's overrides, the same object for the same ones at each step."""
    from runstrong.ladder import Limits

    return Limits.of(load_rules().with_overrides(overrides, "runner"))


def _settled(
    runner: Runner | None, limits: Limits | RuleSet | None, catalog: Catalog | None
) -> tuple[Runner, Limits, Catalog]:
    """Fill in what was not given: the packaged catalog and rules, with the runner's own overrides."""
    from runstrong.ladder import Limits

    numbers, nobody = _plain()
    whose = runner if runner is not None else nobody
    if isinstance(limits, Limits):
        numbers = limits
    elif limits is not None:
        numbers = Limits.of(limits)
    elif whose.overrides:
        numbers = _overridden(whose.overrides)
    return whose, numbers, catalog if catalog is not None else load_catalog()


def estimate_max(
    load: Mass,
    reps: int,
    *,
    rir: RIR | None = None,
    formula: Formula | None = None,
    limits: MaximaLimits | None = None,
) -> Estimate:
    """Estimate the one-repetition maximum from a set, with its error: never tested, and for healthy adults only.

    Args:
        load: that was moved: the external load, with the exercise's share of body mass where it has one.
        reps: repetitions done, 1 or more.
        rir: repetitions left; unknown counts as none left.
        formula: Epley when not given.
        limits: numbers of policy ``maxima``; those of the packaged rules when not given.

    Raises:
        InvalidValue: more than twelve repetitions to failure, where the formulas fail.

    Source:
        Epley 1985, Brzycki 1993, both known second hand; the error from Hackett 2017.

    Example:
        >>> import runstrong as rs
        >>> round(rs.estimate_max(rs.kg(50), 8, rir=rs.RIR(0)).mass.kg, 1)
        63.3
    """
    from runstrong.ladder.maxima import Formula as Formulas
    from runstrong.ladder.maxima import MaximaLimits as Numbers
    from runstrong.ladder.maxima import estimate_max as made_by_ladder

    numbers = limits if limits is not None else Numbers.of(load_rules())
    return made_by_ladder(load, reps, rir=rir, formula=formula or Formulas.EPLEY, limits=numbers)


def summary(plan: Plan, *, rules: RuleSet | None = None, catalog: Catalog | None = None) -> str:
    """Tell a coach the shape of a plan in about ten lines: season, days, time, what is trained, how it grows.

    Args:
        plan: to sum up.
        rules: whose definitions say what a hard set is; the packaged ones when not given.
        catalog: where names are looked up; the packaged one when not given.

    Example:
        >>> import runstrong as rs
        >>> print(rs.summary(rs.plan(rs.load("examples/novice.yaml", rs.Runner))).splitlines()[3])
          - Season: foundation 1-4, build 5-12; lighter in 4, 8, 12.
    """
    from runstrong.faces import plan_summary
    from runstrong.faces import to_text as printed

    return printed(plan_summary(plan, *_known(rules, catalog)))


def to_text(value: Any, *, rules: RuleSet | None = None, catalog: Catalog | None = None) -> str:
    """Return a noun as plain text, at most 100 characters wide: what the command line prints of it.

    Args:
        value: a runner, exercise, progression, session, week, plan, audit, log, state or step.
        rules: whose definitions say what a hard set is; the packaged ones when not given.
        catalog: where names are looked up; the packaged one when not given.

    Raises:
        TypeError: the value has no report.

    Example:
        >>> import runstrong as rs
        >>> print(rs.to_text(rs.load("examples/runner.yaml", rs.Runner)).splitlines()[0])
        Runner Jonas Weber
    """
    from runstrong.faces import to_text as printed

    return printed(_report(value, rules, catalog))


def to_markdown(value: Any, *, rules: RuleSet | None = None, catalog: Catalog | None = None) -> str:
    """Return a noun as Markdown (CommonMark with tables), with whatever Markdown would read in names escaped.

    Args:
        value: as in `to_text`.
        rules: as in `to_text`.
        catalog: as in `to_text`.

    Raises:
        TypeError: the value has no report.

    Example:
        >>> import runstrong as rs
        >>> print(rs.to_markdown(rs.load("examples/runner.yaml", rs.Runner)).splitlines()[0])
        # Runner Jonas Weber
    """
    from runstrong.faces import to_markdown as printed

    return printed(_report(value, rules, catalog))


def to_html(value: Any, *, rules: RuleSet | None = None, catalog: Catalog | None = None) -> str:
    """Return a noun as one HTML document without scripts, which fetches nothing; a plan as a sheet to train by.

    The sheet has a page for each week, for A4 and Letter, with boxes to tick, cues and small figures of load, and
    after them how each exercise is done and why it is there. It reads on a phone, light or dark.

    Args:
        value: as in `to_text`.
        rules: as in `to_text`.
        catalog: as in `to_text`.

    Raises:
        TypeError: the value has no report.

    Example:
        >>> import runstrong as rs
        >>> made = rs.to_html(rs.plan(rs.load("examples/runner.yaml", rs.Runner)))
        >>> made.count('<section class="week">'), "<script" in made
        (14, False)
    """
    from runstrong.faces import page, sheet
    from runstrong.faces import to_html as printed
    from runstrong.faces.blocks import title_of
    from runstrong.model.plan import Plan

    if isinstance(value, Plan):
        return sheet(value, *_known(rules, catalog))
    made = _report(value, rules, catalog)
    return page(title_of(made) or type(value).__name__, printed(made))


def _report(value: Any, rules: RuleSet | None, catalog: Catalog | None) -> tuple[Block, ...]:
    from runstrong.faces import report_of

    return report_of(value, *_known(rules, catalog))


def _known(rules: RuleSet | None, catalog: Catalog | None) -> tuple[Catalog, RuleSet]:
    """Fill in the packaged catalog and rules for those that were not given."""
    return catalog if catalog is not None else load_catalog(), rules if rules is not None else load_rules()


def to_ics(
    plan: Plan,
    *,
    before: bytes | str | Plan | None = None,
    times: Mapping[DayPart, dt.time] | None = None,
    zone: str | None = None,
    alarm: Duration | None = None,
    runs: bool = False,
    identity: str | None = None,
    stamp: dt.datetime | None = None,
    rules: RuleSet | None = None,
    catalog: Catalog | None = None,
) -> bytes:
    """Return a plan as an iCalendar file, with an event for each session that is not skipped.

    Bytes, because that is what the format is made of: write them with `pathlib.Path.write_bytes`. An event keeps its
    identity when the session moves or the rest is planned again.

    Args:
        plan: whose sessions are written.
        before: the calendar as it was exported last, or the plan that it was made of. What changed since gets the next
            sequence number, and what is gone is canceled.
        times: when a part of the day begins, in place of its nominal hour. Sessions of an unknown part of the day fill
            the day, unless a time is given for `DayPart.UNKNOWN`.
        zone: the runner's time zone, such as ``Europe/Berlin``: times are then written in UTC. Without it they are
            local times wherever the runner is.
        alarm: how long before an event to remind of it; events without a time have none.
        runs: whether the plan's runs are written too.
        identity: what the UIDs are made of in place of the runner's name: where two runners of one name share a
            calendar, or to keep them when a name is corrected.
        stamp: when the file is made, aware of its zone; the first moment of the plan's first day when not given.
        rules: source of the nominal hours; the packaged ones when not given.
        catalog: where names, set-up and cues are looked up; the packaged one when not given.

    Raises:
        InvalidValue: there is no such zone, a time or stamp is none that can be used, or the alarm is over a week.
        DocumentError: `before` is no iCalendar file.
        MissingExtra: the extra ``calendar`` is not installed.

    Example:
        >>> import runstrong as rs
        >>> plan = rs.plan(rs.load("examples/runner.yaml", rs.Runner), weeks=2)
        >>> written = rs.to_ics(plan)
        >>> written.count(b"BEGIN:VEVENT")
        4
        >>> moved = rs.to_ics(plan.skip(plan.sessions[0].id, "cold"), before=written)
        >>> moved.count(b"STATUS:CANCELLED")
        1
    """
    from runstrong.faces.calendar_events import to_ics as written

    return written(
        plan, *_known(rules, catalog), before=before, times=times, zone=zone, alarm=alarm, runs=runs,
        identity=identity, stamp=stamp,
    )  # fmt: skip


def to_frame(
    value: Plan | Log | Audit | Catalog,
    *,
    backend: str | ModuleType,
    table: str | None = None,
    catalog: Catalog | None = None,
) -> Any:
    """Return a table of a document as a DataFrame of your own kind.

    Unknown is null and never zero; days are dates (in pandas midnights); a table without rows has all its columns and
    types. Text is handed over as it is; `to_csv` is for spreadsheets.

    Args:
        value: a plan, log, audit or catalog.
        backend: ``pandas``, ``polars`` or ``pyarrow``, or that module.
        table: which one: of a plan prescriptions (when not given), sessions, runs, decisions; of a log runs,
            activities, performances, sets, readiness, pain, coverage; of an audit findings, waived, verdicts,
            not_applicable; of a catalog exercises, tissues, rungs, sources.
        catalog: where names of exercises are looked up, a plan's own first; the packaged one when not given.

    Raises:
        UnknownName: such a document has no such table.
        InvalidValue: the backend is none of these, or is not installed.
        MissingExtra: the extra ``frames`` is not installed.
        TypeError: the value is no such document.

    Example:
        >>> import runstrong as rs
        >>> plan = rs.plan(rs.load("examples/runner.yaml", rs.Runner), weeks=2)
        >>> rs.to_frame(plan, backend="polars", table="sessions").select("date", "emphasis", "minutes").row(0)
        (datetime.date(2026, 12, 9), 'light-legs', 30.0)
    """
    from runstrong.faces.frames import to_frame as made

    return made(value, catalog if catalog is not None else load_catalog(), backend=backend, table=table)


def to_csv(value: Plan | Log | Audit | Catalog, *, table: str | None = None, catalog: Catalog | None = None) -> str:
    """Return a table of a document as CSV that a spreadsheet may open.

    A text that begins as a formula does gets an apostrophe before it, so that no program takes it for one. Null is an
    empty cell. It is meant for eyes: to read values back use `to_frame`, or the document itself.

    Args:
        value: a plan, log, audit or catalog.
        table: which one, as in `to_frame`.
        catalog: where names of exercises are looked up, a plan's own first; the packaged one when not given.

    Raises:
        UnknownName: such a document has no such table.
        TypeError: the value is no such document.

    Example:
        >>> import runstrong as rs
        >>> print(rs.to_csv(rs.load("examples/log.yaml", rs.Log), table="coverage"), end="")
        first,last,runs,strength,warm_ups,readiness
        2026-12-07,2026-12-29,true,true,false,false
    """
    from runstrong.faces.frames import to_csv as written

    return written(value, catalog if catalog is not None else load_catalog(), table=table)


def to_fit(
    session: Session,
    *,
    plan: Plan | None = None,
    title: str | None = None,
    names: WatchNames | None = None,
    catalog: Catalog | None = None,
) -> bytes:
    """Return a session as a FIT workout file for a watch: sets, sides and rests as its steps.

    The same session gives the same bytes; a file written again stands for the one before.

    Args:
        session: to lead through.
        plan: that it stands in, for the plan's own exercises.
        title: what the watch lists it as; the day and the emphasis when not given.
        names: what the watch calls exercises; the packaged names when not given.
        catalog: where names and cues are looked up; the packaged one when not given.

    Raises:
        InvalidValue: the session holds no exercise, its day is none that FIT can count, or a name is not in the FIT
            profile.
        MissingExtra: the extra ``fit`` is not installed.

    Example:
        >>> import runstrong as rs
        >>> plan = rs.plan(rs.load("examples/runner.yaml", rs.Runner), weeks=1)
        >>> rs.to_fit(plan.sessions[0], plan=plan)[8:12]
        b'.FIT'
    """
    from runstrong.faces.watch import to_fit as written

    known, own = catalog if catalog is not None else load_catalog(), plan.exercises if plan is not None else ()
    return written(session, catalog=known, own=own, names=names, title=title)


def to_garmin_connect(
    session: Session,
    *,
    plan: Plan | None = None,
    title: str | None = None,
    names: WatchNames | None = None,
    catalog: Catalog | None = None,
) -> dict[str, Any]:
    """Return a session as a strength workout of Garmin Connect, in plain dicts, lists, text and numbers.

    Nothing is sent: what sends it, and puts it on the calendar, is a library of your choice.

    Args:
        session: to lead through.
        plan: that it stands in, for the plan's own exercises.
        title: what the watch lists it as; the day and the emphasis when not given.
        names: what the watch calls exercises; the packaged names when not given.
        catalog: where names and cues are looked up; the packaged one when not given.

    Raises:
        InvalidValue: the session holds no exercise.

    Example:
        >>> import runstrong as rs
        >>> plan = rs.plan(rs.load("examples/runner.yaml", rs.Runner), weeks=1)
        >>> rs.to_garmin_connect(plan.sessions[0], plan=plan)["sportType"]["sportTypeKey"]
        'strength_training'
    """
    from runstrong.faces.watch import to_garmin_connect as written

    known, own = catalog if catalog is not None else load_catalog(), plan.exercises if plan is not None else ()
    return written(session, catalog=known, own=own, names=names, title=title)


def standing_of(
    runner: Runner, on: dt.date, *, rules: RuleSet | None = None, catalog: Catalog | None = None
) -> Standing:
    """Read a runner's assessments: where each places them on ladders, what to give priority, and what norms say.

    Norms by age and sex show where somebody stands; they gate nothing, and nothing in a standing is a risk.

    Args:
        runner: with `assessments`.
        on: the day; old results are left out with a note.
        rules: rule set; the packaged one with the runner's overrides when not given.
        catalog: with the standards; the packaged one when not given.

    Example:
        >>> import datetime as dt
        >>> import runstrong as rs
        >>> today = dt.date(2027, 1, 4)
        >>> result = rs.Assessment(exercise="single-leg-bridge-test", date=today, side=rs.Side.LEFT, amount=12)
        >>> ada = rs.Runner(name="Ada", running=rs.RunningWeek(), assessments=(result,))
        >>> len(rs.standing_of(ada, today).notes)
        1
    """
    from runstrong.ladder.standing import standing_of as made_by_ladder

    numbers = rules if rules is not None else load_rules().with_overrides(runner.overrides, "runner")
    return made_by_ladder(runner, catalog if catalog is not None else load_catalog(), on, numbers)


def load_catalog(*places: str | os.PathLike[str]) -> Catalog:
    """Return the packaged exercises, progressions and sources, with the records of your own files added.

    Args:
        places: folders and files of your own records; one whose id is known already stands in the place of the
            packaged one.

    Raises:
        DocumentError: a file cannot be read.
        CatalogError: the records together contradict each other.

    Example:
        >>> import runstrong as rs
        >>> rs.load_catalog().exercises["single-leg-calf-raise"].name
        'Single-leg calf raise'
    """
    from runstrong.catalog import load_catalog as made_by_catalog

    return made_by_catalog(*places)


def load_rules(
    *places: str | os.PathLike[str],
    preset: str | Preset | None = None,
    records: Iterable[Rule | Policy | Preset] = (),
    checks: Iterable[Check[Any]] = (),
    packs: Iterable[ModuleType | str | os.PathLike[str]] = (),
    plugins: bool = False,
) -> RuleSet:
    """Return the packaged rules and policies with their numbers, with choices and records of your own.

    What is chosen later stands before what is chosen earlier: record < preset < file; a runner, a plan and a call come
    after them in an audit.

    Args:
        places: files and folders of kind rule, policy or preset, and ``pyproject.toml`` files with a table
            ``[tool.runstrong]``; a record whose id is known already stands in the place of the packaged one. A preset
            in a file that is named here is applied; one in a folder can be chosen by its id.
        preset: id of a preset, or one made in code, see `load_presets`.
        records: rules, policies and presets made in code.
        checks: of rules that are not packaged, or in the place of packaged ones.
        packs: modules or folders with records and checks of their own; the Python files of a folder are run.
        plugins: whether installed packages add their rules (entry points of the group ``runstrong.rules``).

    Raises:
        DocumentError: a file cannot be read.
        InvalidValue: a preset names an unknown rule or a number out of its range, a check has no record, or two packs
            claim one code.
        UnknownName: there is no such preset.

    Example:
        >>> import runstrong as rs
        >>> rs.load_rules()["TM01"].name
        'session-spike'
        >>> rs.load_rules(preset="cautious").origin("TM01", "warn_over")
        'preset cautious'
    """
    from runstrong.rules import load_rules as made_by_rules

    return made_by_rules(*places, preset=preset, records=records, checks=checks, packs=packs, plugins=plugins)


def load_presets(*places: str | os.PathLike[str]) -> dict[str, Preset]:
    """Return the presets by id, each a philosophy of how careful the rules are, with those of your own files.

    Args:
        places: files and folders of kind preset.

    Raises:
        DocumentError: a file cannot be read.

    Example:
        >>> import runstrong as rs
        >>> sorted(rs.load_presets())
        ['cautious', 'default', 'permissive', 'return-from-injury']
    """
    from runstrong.rules import load_presets as made_by_rules

    return made_by_rules(*places)
