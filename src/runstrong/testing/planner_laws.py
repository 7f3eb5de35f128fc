"""The laws that every planner keeps, each a value: a name, a sentence, and a function that looks for breaches.

What is judged here is written from the design, with the numbers of the rule set; nothing of the built-in planner's own
placement decides. A law looks at one `Trial` and yields a `Breach` for whatever it finds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from runstrong.auditor.engine import Auditor, resolve_rules
from runstrong.model.errors import InfeasibleError
from runstrong.model.plan import Plan, Session
from runstrong.model.prescription import PercentOfMax
from runstrong.model.runner import Availability, Runner
from runstrong.model.timeline import emphasis_of
from runstrong.model.value import evolve
from runstrong.model.words import (
    Clearance,
    Equipment,
    ExerciseKind,
    Impact,
    PartName,
    Severity,
    Weekday,
)
from runstrong.planner import estimated_seconds
from runstrong.testing.breaches import Breach, PlannerLaw, at, difference, runs_changed
from runstrong.testing.placing_laws import (
    availability,
    before_hard_runs,
    infeasible_only_where_nothing_fits,
    race_windows,
    rest_day,
    same_tissue,
)  # fmt: skip
from runstrong.testing.replan_laws import idempotent, never_doubled, past, pins, silence
from runstrong.testing.trials import Trial, named

__all__ = ["PLANNER_LAWS"]


# -- answers --------------------------------------------------------------------------------------------------------


def _answers(trial: Trial) -> Iterator[Breach]:
    if trial.error is not None:
        kind = type(trial.error).__name__
        yield Breach("plan", "a plan, or InfeasibleError", f"{kind}: {trial.error}")
    if trial.infeasible is not None and not (trial.infeasible.conflicts and trial.infeasible.ways_out):
        yield Breach("plan", "conflicts and ways out with the InfeasibleError", str(trial.infeasible))
    if trial.plan is not None and not any(week.sessions for week in trial.weeks):
        yield Breach("plan", "InfeasibleError where no session can stand", "a plan without a single session")


def _deterministic(trial: Trial) -> Iterator[Breach]:
    if trial.error is not None:
        return
    again: Plan | None
    try:
        again = trial.ask(evolve(trial.runner, name=trial.runner.name))
    except InfeasibleError:
        again = None
    if again != trial.plan:
        yield Breach(*difference(trial.plan, again, "the same plan for an equal runner"))


# -- weeks, runs and identity ---------------------------------------------------------------------------------------


def _weeks(trial: Trial) -> Iterator[Breach]:
    if trial.plan is None:
        return
    runner, start = trial.runner, trial.request.start
    if len(trial.weeks) != trial.request.weeks:
        yield Breach("plan", f"{trial.request.weeks} weeks", f"{len(trial.weeks)}")
    if trial.plan.start != start:
        yield Breach("plan", f"a plan from {start}", f"from {trial.plan.start}")
    first = runner.week_of(start)
    for number, week in enumerate(trial.weeks):
        expected = first + dt.timedelta(days=7 * number)
        if week.start != expected or week.number != number + 1:
            starts = f"week {number + 1} from {named(expected)}, as the runner's weeks start on {runner.week_start}"
            yield Breach(f"week {week.number}", starts, f"week {week.number} from {named(week.start)}")
        days = [(each.date, each.day_part.order) for each in week.sessions]
        for session in week.sessions:
            if not max(week.start, start) <= session.date <= week.end:
                expected_days = f"a day from {max(week.start, start)} to {week.end}"
                yield Breach(at(session), f"{expected_days}, week {week.number}", str(session.date))
        if days != sorted(days):
            yield Breach(f"week {week.number}", "sessions in order of time", ", ".join(map(at, week.sessions)))


def _ids(trial: Trial) -> Iterator[Breach]:
    held = [session.id for week in trial.weeks for session in week.sessions]
    for id in sorted({id for id in held if held.count(id) > 1}):
        yield Breach(f"session {id}", "each session id once", f"{held.count(id)} sessions of that id")


def _one_a_day(trial: Trial) -> Iterator[Breach]:
    days: dict[dt.date, Session] = {}
    for session in trial.sessions:
        if trial.resting(session):
            continue
        other = days.setdefault(session.date, session)
        if other is not session:
            yield Breach(at(session), "one session a day, mobility aside", f"session {other.id} on that day too")


def _runs(trial: Trial) -> Iterator[Breach]:
    if trial.plan is not None:
        if trial.plan.runner != trial.runner:
            yield Breach("plan.runner", "the runner as given", "another")
        yield from runs_changed(trial, trial.plan)


# -- what a session holds -------------------------------------------------------------------------------------------


def _known(trial: Trial) -> Iterator[Breach]:
    for session in trial.sessions:
        if not any(True for _ in session.prescriptions()):
            yield Breach(at(session), "something to do", "no exercise")
        for _, each in session.prescriptions():
            if trial.exercise(each.exercise) is None:
                yield Breach(at(session, each.exercise), "an exercise of the catalog or of the plan's own", "unknown")


def _emphasis(trial: Trial) -> Iterator[Breach]:
    for session in trial.sessions:
        held = [(trial.exercise(each.exercise), each) for each in session.part(PartName.MAIN)]
        derived = emphasis_of(
            ((exercise, each.load, each.rir) for exercise, each in held if exercise is not None), trial.words
        )
        if session.emphasis is not derived:
            yield Breach(at(session), f"{derived}, as its main work is", str(session.emphasis))


def _minutes(trial: Trial) -> Iterator[Breach]:
    for session in trial.sessions:
        seconds = estimated_seconds([each for _, each in session.prescriptions()], trial.numbers)
        if not seconds <= session.minutes.seconds <= seconds + 300:
            summed = f"{seconds / 60:.1f} min by its sets, rests and changes, five minutes more at most"
            yield Breach(at(session), summed, str(session.minutes))


# -- what the runner allows -----------------------------------------------------------------------------------------


def _time(trial: Trial) -> Iterator[Breach]:
    for session in trial.sessions:
        opening = trial.runner.opening_on(session.date)
        most = trial.runner.session_length
        if opening is not None and opening.minutes is not None and opening.minutes.seconds < most.seconds:
            most = opening.minutes
        if session.minutes.seconds > most.seconds:
            day = Weekday.of(session.date.weekday())
            yield Breach(at(session), f"{most} at most on a {day}", str(session.minutes))


def _equipment(trial: Trial) -> Iterator[Breach]:
    runner = trial.runner
    for session in trial.sessions:
        place = runner.place_on(session.date)
        if session.place is not place:
            yield Breach(at(session), f"at the place of that day, {place}", str(session.place))
    for session, each, exercise in trial.prescribed():
        where = at(session, exercise.id)
        owned = runner.kit_at(session.place).owned
        missing = [piece for piece in exercise.equipment if piece not in owned]
        if missing:
            held = ", ".join(sorted(map(str, owned)))
            yield Breach(where, f"what stands at {session.place}: {held}", f"it needs {', '.join(map(str, missing))}")
        lack = trial.lacks_load(session, each, exercise)
        if lack:
            yield Breach(where, f"a load that stands at {session.place}", lack)


def _limitations(trial: Trial) -> Iterator[Breach]:
    limits = trial.runner.limitations
    excluded = {known.id for id in limits.exclude if (known := trial.exercise(id)) is not None}
    for session, _, exercise in trial.prescribed():
        where = at(session, exercise.id)
        if exercise.id in excluded:
            yield Breach(where, "no exercise that the runner excludes", f"{exercise.id} is excluded")
        for position in exercise.positions:
            if position in limits.positions:
                yield Breach(where, "no position that the runner avoids", f"it is done {position}")
        for injury in trial.runner.injuries:
            there = injury.current(trial.request.start) and injury.current(session.date)
            if there and injury.region in exercise.avoid_with:
                yield Breach(where, f"nothing to avoid with a current {injury.region} injury", "it is to be avoided")


def _clearance(trial: Trial) -> Iterator[Breach]:
    if trial.runner.clearance is Clearance.CLEARED:
        return
    why = f"as clearance is {trial.runner.clearance}"
    heavy_percent = trial.numbers.number("definitions", "heavy_percent")
    for session in trial.sessions:
        for each in trial.heavy(session):
            yield Breach(at(session, each.exercise), f"no heavy work, {why}", f"{each}")
    for session, each, exercise in trial.prescribed():
        if exercise.kind is ExerciseKind.PLYOMETRIC or exercise.impact in (Impact.MEDIUM, Impact.HIGH):
            yield Breach(at(session, exercise.id), f"no jumps, {why}", f"{exercise.kind}, {exercise.impact} impact")
        if isinstance(each.load, PercentOfMax) and each.load.percent >= heavy_percent and not exercise.lower_body:
            yield Breach(at(session, exercise.id), f"no heavy work, {why}", f"{each}")


# -- audit and reasons ----------------------------------------------------------------------------------------------


def _audit(trial: Trial) -> Iterator[Breach]:
    if trial.plan is None:
        return
    resolved = resolve_rules(trial.runner, rules=trial.rules, plan=trial.plan)
    judge = Auditor(trial.runner, resolved, catalog=trial.catalog)
    found = judge.first_fixed(judge.judged(trial.plan), Severity.WARNING)
    if found is not None:
        told = f"{found.rule} ({found.severity}), which would go by: {found.fix}"
        yield Breach(str(found.where), "no finding at warning or above that a strength edit could clear", told)


def _reasons(trial: Trial) -> Iterator[Breach]:
    if trial.plan is None:
        return
    about = {decision.about for decision in trial.plan.decisions}
    if "season" not in about:
        yield Breach("plan", "a decision about the season", "none")
    asked: set[str] = set()
    told = False
    for week in trial.weeks:
        # What is as it was the week before needs no second reason.
        told = told or f"week of {week.start}" in about or str(week.start) in about
        for session in week.sessions:
            if not told and session.id not in about:
                yield Breach(at(session), "a decision about the session or its week", "none")
            for _, each in session.prescriptions():
                if each.exercise not in asked and not about & {each.exercise, each.progression}:
                    yield Breach(at(session, each.exercise), "a decision about the exercise or its ladder", "none")
                asked.add(each.exercise)
    for decision in trial.plan.decisions:
        if not decision.why.strip():
            yield Breach(decision.about, "a reason for each decision", f"{decision.what}, and no reason")


# -- more room ------------------------------------------------------------------------------------------------------


def _wider(trial: Trial, runner: Runner, what: str) -> Iterator[Breach]:
    try:
        trial.ask(runner)
    except InfeasibleError as error:
        yield Breach("plan", f"a plan with {what} too", f"infeasible: {'; '.join(error.conflicts)}")


def _more_days(trial: Trial) -> Iterator[Breach]:
    runner = trial.runner
    if trial.plan is None or not runner.availability:
        return
    stated = {each.day for each in runner.availability}
    shut = [day for day in Weekday if day not in stated]
    if trial.request.turn % 2 and shut:
        day = shut[trial.request.day % len(shut)]
        wider = evolve(runner, availability=(*runner.availability, Availability(day=day)))
        yield from _wider(trial, wider, f"{day} open")
    else:
        yield from _wider(trial, evolve(runner, availability=()), "every day open")


def _more_equipment(trial: Trial) -> Iterator[Breach]:
    if trial.plan is not None and trial.runner.kits:
        kits = tuple(evolve(kit, equipment=tuple(Equipment)) for kit in trial.runner.kits)
        yield from _wider(trial, evolve(trial.runner, kits=kits), "all equipment at each place")


# -- the list -------------------------------------------------------------------------------------------------------

PLANNER_LAWS: tuple[PlannerLaw, ...] = (
    PlannerLaw(
        "answers",
        "A planner gives a plan with sessions, or an InfeasibleError that names conflicts and what would free them.",
        _answers,
    ),
    PlannerLaw(
        "infeasible-only-where-nothing-fits",
        "It says that no plan can be only where no open day would hold even a session of upper body and trunk.",
        infeasible_only_where_nothing_fits,
    ),
    PlannerLaw("deterministic", "The same request gives the same plan.", _deterministic, turn="again"),
    PlannerLaw(
        "weeks",
        "Weeks follow the runner's week start, whatever weekday the plan starts on, and each session lies in its week.",
        _weeks,
    ),
    PlannerLaw("session-ids", "Each session has an id of its own.", _ids),
    PlannerLaw("one-a-day", "One session a day at most, short mobility aside.", _one_a_day),
    PlannerLaw("runs", "The runner and the runner's runs come through unchanged.", _runs),
    PlannerLaw("exercises", "Each session holds exercises that catalog or plan knows.", _known),
    PlannerLaw("emphasis", "A session's emphasis is what its main work asks of the legs.", _emphasis),
    PlannerLaw("minutes", "A session's minutes are what its sets, rests and changes add up to.", _minutes),
    PlannerLaw(
        "availability",
        "Sessions stand on open days and parts of the day, and never in a part with a run.",
        availability,
    ),
    PlannerLaw("time", "No session is longer than the runner's minutes of that day.", _time),
    PlannerLaw("equipment", "Only equipment and loads that the runner owns at the place of the session.", _equipment),
    PlannerLaw(
        "limitations",
        "No excluded exercise, no avoided position, nothing to avoid with a current injury.",
        _limitations,
    ),
    PlannerLaw("clearance", "Without clearance no heavy work and no jumps.", _clearance),
    PlannerLaw(
        "hard-runs",
        "No heavy legs before a quality run, long run or race, on the days before or on its own; after it on "
        "its own day only where the runner chose so and hours lie between.",
        before_hard_runs,
    ),
    PlannerLaw("race-windows", "No leg work in the window around an A or B race.", race_windows),
    PlannerLaw("same-tissue", "Heavy work for one tissue stands days apart.", same_tissue),
    PlannerLaw(
        "rest-day",
        "Strength never takes the last rest day that the runs leave; where they leave none, one easy run stays alone.",
        rest_day,
    ),
    PlannerLaw("audit", "No finding at warning or above that a strength edit could clear.", _audit),
    PlannerLaw("reasons", "Season, days and exercises have each a decision that says why.", _reasons),
    PlannerLaw("more-days", "Opening more days never makes a feasible runner infeasible.", _more_days, turn="days"),
    PlannerLaw(
        "more-equipment", "Owning more never makes a feasible runner infeasible.", _more_equipment, turn="equipment"
    ),
    PlannerLaw(
        "replan-silence",
        "Planning again changes nothing where the log says nothing.",
        silence,
        turn="replan",
        replans=True,
    ),
    PlannerLaw("replan-past", "Planning again never edits the past.", past, turn="replan", replans=True),
    PlannerLaw(
        "replan-pins", "Planning again keeps what people pinned and skipped.", pins, turn="replan", replans=True
    ),
    PlannerLaw(
        "replan-idempotent", "Planning again twice is planning again once.", idempotent, turn="replan", replans=True
    ),
    PlannerLaw(
        "replan-missed",
        "A missed session is moved within its week to where it may stand, or dropped; never doubled up.",
        never_doubled,
        turn="replan",
        replans=True,
    ),
)
"""Every law of planners; each can be held by itself."""
