"""The laws that every planner keeps, each a value: a name, a sentence, and a function that looks for breaches.

What is judged here is written from the design, with the numbers of the rule set; nothing of the built-in planner's own
placement decides. A law looks at one `Trial` and yields a `Breach` for whatever it finds.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterable, Iterator

from runstrong.auditor.engine import Auditor, resolve_rules
from runstrong.model.errors import InfeasibleError
from runstrong.model.log import Log
from runstrong.model.plan import Plan, Session
from runstrong.model.prescription import PercentOfMax
from runstrong.model.runner import Availability, Runner
from runstrong.model.running import Run
from runstrong.model.timeline import emphasis_of
from runstrong.model.value import Record, evolve, record
from runstrong.model.words import (
    Clearance,
    DayPart,
    Equipment,
    ExerciseKind,
    Impact,
    PartName,
    RunKind,
    Severity,
    StrengthDayPolicy,
    Weekday,
)
from runstrong.planner import estimated_seconds
from runstrong.testing.trials import ONE_DAY, Trial, named

__all__ = ["PLANNER_LAWS", "Breach", "PlannerLaw"]


@record
class Breach(Record):
    """One place in which a law does not hold.

    Args:
        where: date, session and exercise, as far as there are any.
        expected: by the law.
        found: in the plan.
    """

    where: str
    expected: str
    found: str

    def __str__(self) -> str:
        return f"{self.where}\n  expected: {self.expected}\n  found: {self.found}"


@record
class PlannerLaw(Record):
    """A law that every planner keeps.

    Args:
        id: permanent name.
        statement: the law in one sentence.
        breaches: looks for breaches in a trial.
        turn: what it plans anew, where it does: such laws take turns from runner to runner.
        replans: whether it is about `replan`.
    """

    id: str
    statement: str
    breaches: Callable[[Trial], Iterable[Breach]]
    turn: str = ""
    replans: bool = False

    def __str__(self) -> str:
        return self.id


def _at(session: Session, exercise: str = "") -> str:
    part = f" {session.day_part}" if session.day_part is not DayPart.UNKNOWN else ""
    return f"session {session.id} on {named(session.date)}{part}" + (f", {exercise}" if exercise else "")


def _run(run: Run) -> str:
    part = f" in the {run.day_part}" if run.day_part in (DayPart.MORNING, DayPart.EVENING) else f" at {run.day_part}"
    weight = f" ({run.priority})" if run.priority is not None else ""
    return f"{run.kind}{weight} on {named(run.date)}" + (part if run.day_part is not DayPart.UNKNOWN else "")


def _hard(run: Run) -> bool:
    """Quality runs, C races among them, long runs, A and B races."""
    return run.kind.quality or run.kind is RunKind.LONG


# -- answers --------------------------------------------------------------------------------------------------------


def _answers(trial: Trial) -> Iterator[Breach]:
    if trial.error is not None:
        kind = type(trial.error).__name__
        yield Breach("plan", "a plan, or InfeasibleError", f"{kind}: {trial.error}")
    if trial.infeasible is not None and not (trial.infeasible.conflicts and trial.infeasible.ways_out):
        yield Breach("plan", "conflicts and ways out with the InfeasibleError", str(trial.infeasible))
    if trial.plan is not None and not any(week.sessions for week in trial.weeks):
        yield Breach("plan", "InfeasibleError where no session can stand", "a plan without a single session")


def _infeasible_only_where_nothing_fits(trial: Trial) -> Iterator[Breach]:
    if trial.infeasible is None:
        return
    first = trial.runner.week_of(trial.request.start)
    for number in range(trial.request.weeks):
        week = [first + dt.timedelta(days=7 * number + n) for n in range(7)]
        for day in week:
            if day < trial.request.start or not _restful_without(trial.runner, week, {day}):
                continue
            for part in _surely_open(trial, day):
                if trial.runner.minutes_on(day) >= _shortest(trial):
                    where = f"{named(day)}{'' if part is DayPart.UNKNOWN else f' {part}'}"
                    told = "; ".join(trial.infeasible.conflicts)
                    yield Breach(where, "a session of upper body and trunk, which could stand there", f"none: {told}")
                    return


def _surely_open(trial: Trial, day: dt.date) -> Iterator[DayPart]:
    """Yield the parts of a day that are open without a guess: beside runs no unknown one, unless the runner says so."""
    stated = _stated(trial.runner, day)
    said = stated is not None and DayPart.UNKNOWN in stated.day_parts
    for part in DayPart:
        guessed = part is DayPart.UNKNOWN and trial.runner.runs_on(day) and not said
        if not guessed and _open(trial, day, part):
            yield part


def _shortest(trial: Trial) -> float:
    return min(trial.numbers.number("planning", "shortest_minutes"), trial.runner.session_length.minutes)


def _deterministic(trial: Trial) -> Iterator[Breach]:
    if trial.error is not None:
        return
    again: Plan | None
    try:
        again = trial.ask(evolve(trial.runner, name=trial.runner.name))
    except InfeasibleError:
        again = None
    if again != trial.plan:
        yield Breach(*_difference(trial.plan, again, "the same plan for an equal runner"))


def _difference(before: Plan | None, after: Plan | None, expected: str) -> tuple[str, str, str]:
    """Say where two plans differ first."""
    if before is None or after is None:
        return "plan", expected, "a plan one time, none the other"
    for old, new in itertools.zip_longest(before.weeks, after.weeks):
        if old is None or new is None:
            return "plan", expected, f"{len(before.weeks)} weeks, then {len(after.weeks)}"
        for one, other in itertools.zip_longest(old.sessions, new.sessions):
            if one == other:
                continue
            if one is None or other is None:
                shown = next(each for each in (one, other) if each is not None)
                return _at(shown), expected, "the session is there one time and not the other"
            for field in ("id", "date", "day_part", "place", "parts", "emphasis", "minutes", "pinned", "skipped"):
                was, now = getattr(one, field), getattr(other, field)
                if was != now:
                    return _at(one), expected, f"{field}: {_short(was)}, then {_short(now)}"
        if old != new:
            return f"week of {old.start}", expected, "phase, deload or runs are others"
    for first, second in itertools.zip_longest(before.decisions, after.decisions):
        if first != second:
            return "decisions", expected, f"{first}, then {second}"
    return "plan", expected, "catalog, rules, overrides or edits are others"


def _short(got: object) -> str:
    text = str(got)
    return text if len(text) < 200 else text[:197] + "..."


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
                yield Breach(_at(session), f"{expected_days}, week {week.number}", str(session.date))
        if days != sorted(days):
            yield Breach(f"week {week.number}", "sessions in order of time", ", ".join(map(_at, week.sessions)))


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
            yield Breach(_at(session), "one session a day, mobility aside", f"session {other.id} on that day too")


def _runs(trial: Trial) -> Iterator[Breach]:
    if trial.plan is not None:
        if trial.plan.runner != trial.runner:
            yield Breach("plan.runner", "the runner as given", "another")
        yield from _runs_of(trial, trial.plan)


def _runs_of(trial: Trial, made: Plan) -> Iterator[Breach]:
    for week in made.weeks:
        days = (week.start + n * ONE_DAY for n in range(7))
        asked = tuple(run for day in days if day >= made.start for run in trial.runner.runs_on(day))
        if week.runs == asked:
            continue
        for own, planned in itertools.zip_longest(asked, week.runs):
            if own != planned:
                told = _run(planned) if planned is not None else "no run"
                expected = _run(own) if own is not None else "no run more"
                if own is not None and planned is not None and told == expected:
                    told, expected = repr(planned), repr(own)
                yield Breach(f"week {week.number}", f"the runner's own {expected}", told)
                break


# -- what a session holds -------------------------------------------------------------------------------------------


def _known(trial: Trial) -> Iterator[Breach]:
    for session in trial.sessions:
        if not any(True for _ in session.prescriptions()):
            yield Breach(_at(session), "something to do", "no exercise")
        for _, each in session.prescriptions():
            if trial.exercise(each.exercise) is None:
                yield Breach(_at(session, each.exercise), "an exercise of the catalog or of the plan's own", "unknown")


def _emphasis(trial: Trial) -> Iterator[Breach]:
    for session in trial.sessions:
        held = [(trial.exercise(each.exercise), each) for each in session.part(PartName.MAIN)]
        derived = emphasis_of(
            ((exercise, each.load, each.rir) for exercise, each in held if exercise is not None), trial.words
        )
        if session.emphasis is not derived:
            yield Breach(_at(session), f"{derived}, as its main work is", str(session.emphasis))


def _minutes(trial: Trial) -> Iterator[Breach]:
    for session in trial.sessions:
        seconds = estimated_seconds([each for _, each in session.prescriptions()], trial.numbers)
        if not seconds <= session.minutes.seconds <= seconds + 300:
            summed = f"{seconds / 60:.1f} min by its sets, rests and changes, five minutes more at most"
            yield Breach(_at(session), summed, str(session.minutes))


# -- what the runner allows -----------------------------------------------------------------------------------------


def _stated(runner: Runner, day: dt.date) -> Availability | None:
    return next((each for each in runner.availability if each.day.number == day.weekday()), None)


def _open(trial: Trial, day: dt.date, part: DayPart) -> bool:
    """Whether strength may stand on a day and part: free for it, and beside no run.

    Times unknown: runs start the day and strength ends it.
    """
    runner = trial.runner
    stated = _stated(runner, day)
    if runner.availability and stated is None:
        return False
    if stated is not None and stated.day_parts and part not in stated.day_parts:
        return False
    taken = {run.day_part for run in runner.runs_on(day)}
    if part is DayPart.UNKNOWN:
        return True
    return part not in taken and (DayPart.UNKNOWN not in taken or part is DayPart.EVENING)


def _availability(trial: Trial) -> Iterator[Breach]:
    runner = trial.runner
    for session in trial.sessions:
        stated = _stated(runner, session.date)
        if not _open(trial, session.date, session.day_part):
            if runner.availability and stated is None:
                open_days = ", ".join(
                    str(each.day) for each in sorted(runner.availability, key=lambda it: it.day.number)
                )
                yield Breach(_at(session), f"an open day: {open_days}", str(Weekday.of(session.date.weekday())))
                continue
            runs = ", ".join(map(_run, runner.runs_on(session.date))) or "no run"
            parts = ", ".join(map(str, stated.day_parts)) if stated is not None and stated.day_parts else "any"
            yield Breach(_at(session), f"an open part of the day ({parts}) beside {runs}", str(session.day_part))


def _time(trial: Trial) -> Iterator[Breach]:
    for session in trial.sessions:
        stated = _stated(trial.runner, session.date)
        most = trial.runner.session_length
        if stated is not None and stated.minutes is not None and stated.minutes.seconds < most.seconds:
            most = stated.minutes
        if session.minutes.seconds > most.seconds:
            yield Breach(
                _at(session), f"{most} at most on a {Weekday.of(session.date.weekday())}", str(session.minutes)
            )


def _equipment(trial: Trial) -> Iterator[Breach]:
    runner = trial.runner
    for session in trial.sessions:
        stated = _stated(runner, session.date)
        place = stated.place if stated is not None and stated.place is not None else runner.place
        if session.place is not place:
            yield Breach(_at(session), f"at the place of that day, {place}", str(session.place))
    for session, each, exercise in trial.prescribed():
        where = _at(session, exercise.id)
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
        where = _at(session, exercise.id)
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
            yield Breach(_at(session, each.exercise), f"no heavy work, {why}", f"{each}")
    for session, each, exercise in trial.prescribed():
        if exercise.kind is ExerciseKind.PLYOMETRIC or exercise.impact in (Impact.MEDIUM, Impact.HIGH):
            yield Breach(_at(session, exercise.id), f"no jumps, {why}", f"{exercise.kind}, {exercise.impact} impact")
        if isinstance(each.load, PercentOfMax) and each.load.percent >= heavy_percent and not exercise.lower_body:
            yield Breach(_at(session, exercise.id), f"no heavy work, {why}", f"{each}")


# -- hard constraints of placement ----------------------------------------------------------------------------------


def _before_hard_runs(trial: Trial) -> Iterator[Breach]:
    for week in trial.weeks:
        careful = trial.careful(week)
        days = int(trial.place_number("heavy_days_before_hard_novice" if careful else "heavy_days_before_hard"))
        for session in week.sessions:
            yield from _heavy_too_near(trial, session, days)


def _heavy_too_near(trial: Trial, session: Session, days: int) -> Iterator[Breach]:
    heavy = trial.heavy(session)
    if not heavy:
        return
    for ahead in range(1, days + 1):
        for run in trial.runner.runs_on(session.date + ahead * ONE_DAY):
            if _hard(run):
                expected = f"no heavy legs on the {'day' if days == 1 else f'{days} days'} before a hard run"
                yield Breach(_at(session, heavy[0].exercise), expected, _run(run))
    for run in trial.runner.runs_on(session.date):
        if not _hard(run):
            continue
        where = _at(session, heavy[0].exercise)
        if trial.runner.policy is not StrengthDayPolicy.HARD_DAY_EVENING:
            yield Breach(where, "no heavy legs on the day of a hard run under the easy-day policy", _run(run))
            continue
        starts, lifts = _hour(trial, run.day_part), _hour(trial, session.day_part)
        if starts is None or lifts is None:
            continue
        if lifts <= starts:
            yield Breach(where, "no heavy legs before a hard run on its own day", _run(run))
            continue
        ends = starts + (run.duration.minutes / 60 if run.duration is not None else 0.0)
        least = trial.place_number("same_day_min_hours")
        if lifts - ends < least:
            yield Breach(where, f"{least:g} h after a hard run of the day", f"{_run(run)}, {lifts - ends:g} h before")


def _hour(trial: Trial, part: DayPart) -> float | None:
    return None if part is DayPart.UNKNOWN else trial.place_number(f"{part}_hour")


def _race_windows(trial: Trial) -> Iterator[Breach]:
    for session in trial.sessions:
        yield from _in_window(trial, session)


def _in_window(trial: Trial, session: Session) -> Iterator[Breach]:
    legs = trial.legs(session)
    if not legs:
        return
    before = int(trial.place_number("race_days_before"))
    for race in trial.runner.races:
        if not race.run.big_race:
            continue
        kilometers = 21.1 if race.distance is None else race.distance.km
        reach = "short" if kilometers <= 10.5 else "half" if kilometers <= 22 else "long"
        after = int(trial.place_number(f"race_days_after_{reach}"))
        days = (session.date - race.date).days
        if -before <= days <= after:
            expected = (
                f"no leg work from {before} days before a race of {race.distance or 'unknown length'} to {after} after"
            )
            yield Breach(
                _at(session, legs[0].exercise), expected, f"race {race.id} ({race.priority}) on {named(race.date)}"
            )


def _same_tissue(trial: Trial) -> Iterator[Breach]:
    gap = int(trial.place_number("same_tissue_days"))
    heavy = [(session, tissues) for session in trial.sessions if (tissues := trial.heavy_tissues(session))]
    heavy.sort(key=lambda each: (each[0].date, each[0].day_part.order))
    for (one, ours), (other, theirs) in itertools.combinations(heavy, 2):
        days = (other.date - one.date).days
        if days < gap and ours & theirs:
            shared = ", ".join(sorted(map(str, ours & theirs)))
            yield Breach(
                _at(other), f"{gap} days between heavy work for one tissue", f"{shared} in session {one.id} too"
            )


def _restful_without(runner: Runner, week: list[dt.date], days: set[dt.date]) -> bool:
    """Whether strength on `days` leaves the week its rest: a day without a run, or failing that an easy run alone."""
    free = [day for day in week if not runner.runs_on(day)]
    easy = (RunKind.EASY, RunKind.RECOVERY)
    kept = free or [day for day in week if all(run.kind in easy for run in runner.runs_on(day))]
    return not kept or any(day not in days for day in kept)


def _rest_day(trial: Trial) -> Iterator[Breach]:
    for week in trial.weeks:
        days = [week.start + n * ONE_DAY for n in range(7)]
        taken = {each.date for each in week.sessions if each.skipped is None and not trial.resting(each)}
        if taken and not _restful_without(trial.runner, days, taken):
            stand = ", ".join(f"{session.id} on {named(session.date)}" for session in week.sessions)
            free = [day for day in days if not trial.runner.runs_on(day)]
            kind = (
                "a day without run or session" if free else "a day with an easy run alone, as runs stand on all seven"
            )
            yield Breach(f"week of {week.start}", kind, f"none left by sessions {stand}")


# -- audit and reasons ----------------------------------------------------------------------------------------------


def _audit(trial: Trial) -> Iterator[Breach]:
    if trial.plan is None:
        return
    resolved = resolve_rules(trial.runner, rules=trial.rules, plan=trial.plan)
    judge = Auditor(trial.runner, resolved, catalog=trial.catalog)
    found = judge.first_fixed(trial.plan, Severity.WARNING)
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
                yield Breach(_at(session), "a decision about the session or its week", "none")
            for _, each in session.prescriptions():
                if each.exercise not in asked and not about & {each.exercise, each.progression}:
                    yield Breach(_at(session, each.exercise), "a decision about the exercise or its ladder", "none")
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


# -- planning again -------------------------------------------------------------------------------------------------


def _silence(trial: Trial) -> Iterator[Breach]:
    if trial.plan is None:
        return
    after = trial.planner.replan(trial.followed, Log(), trial.today, rules=trial.rules)
    if after != trial.followed:
        yield Breach(*_difference(trial.followed, after, "the very same plan, as the log says nothing"))


def _past(trial: Trial) -> Iterator[Breach]:
    if trial.plan is None:
        return
    after = trial.again
    yield from _runs_of(trial, after)
    stands = {session.id: session for session in after.sessions}
    known = {session.id for session in trial.followed.sessions}
    for session in after.sessions:
        if session.id not in known and session.date < trial.today:
            yield Breach(_at(session), f"no new session before {trial.today}", "it was not in the plan")
    done = {each.session for each in trial.log.performances}
    for session in trial.followed.sessions:
        again = stands.get(session.id)
        if again == session:
            continue
        told = "gone" if again is None else _at(again)
        if session.id in done:
            yield Breach(_at(session), "what was done stays as it was", told)
        elif session.date < trial.today:
            moved = again is not None and again.date >= trial.today and session.id in trial.missed
            if not moved:
                expected = f"nothing before {trial.today} changes, but a missed session that moves"
                yield Breach(_at(session), expected, told)


def _pins(trial: Trial) -> Iterator[Breach]:
    if trial.plan is None:
        return
    if trial.again.edits != trial.followed.edits:
        yield Breach("plan.edits", "what people edited stays recorded", "other edits")
    for session in trial.followed.sessions:
        if session.pinned or session.skipped is not None:
            again = next((each for each in trial.again.sessions if each.id == session.id), None)
            if again != session:
                kind = "pinned" if session.pinned else "skipped"
                yield Breach(_at(session), f"a {kind} session stays as it is", _at(again) if again else "gone")


def _idempotent(trial: Trial) -> Iterator[Breach]:
    if trial.plan is not None:
        twice = trial.planner.replan(trial.again, trial.log, trial.today, rules=trial.rules)
        if twice != trial.again:
            yield Breach(*_difference(trial.again, twice, "nothing more changes the second time"))


def _never_doubled(trial: Trial) -> Iterator[Breach]:
    if trial.plan is None:
        return
    before = {session.id: session for session in trial.followed.sessions}
    for old, week in zip(trial.followed.weeks, trial.again.weeks, strict=False):
        came = []
        for session in week.sessions:
            was = before.get(session.id)
            if was is None or was.date == session.date:
                continue
            if was.date < trial.today:
                came.append(session)
                yield from _moved(trial, was, session)
        if len(came) > 1:
            names = ", ".join(map(_at, came))
            yield Breach(f"week of {old.start}", "one missed session made up in a week", names)
        ahead = [each for each in week.sessions if each.date >= trial.today and each.skipped is None]
        days = [each.date for each in ahead]
        for session in came:
            if days.count(session.date) > 1:
                yield Breach(_at(session), "a made-up session alone on its day", "another session on it")


def _moved(trial: Trial, was: Session, now: Session) -> Iterator[Breach]:
    if was.id not in trial.missed:
        yield Breach(_at(was), "a session moves only where the log says that it was missed", _at(now))
    if now.date < trial.today:
        yield Breach(_at(was), f"moved to {trial.today} or later", _at(now))
    if trial.runner.week_of(was.date) != trial.runner.week_of(now.date):
        yield Breach(_at(was), "moved within its week", _at(now))
    if not _open(trial, now.date, now.day_part):
        yield Breach(_at(now), "an open day and part of the day", f"moved there from {named(was.date)}")
    week = next((each for each in trial.followed.weeks if each.start <= was.date <= each.end), None)
    if week is not None:
        careful = trial.careful(week)
        days = int(trial.place_number("heavy_days_before_hard_novice" if careful else "heavy_days_before_hard"))
        yield from _heavy_too_near(trial, now, days)
        yield from _in_window(trial, now)


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
        _infeasible_only_where_nothing_fits,
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
        _availability,
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
        _before_hard_runs,
    ),
    PlannerLaw("race-windows", "No leg work in the window around an A or B race.", _race_windows),
    PlannerLaw("same-tissue", "Heavy work for one tissue stands days apart.", _same_tissue),
    PlannerLaw(
        "rest-day",
        "Strength never takes the last rest day that the runs leave; where they leave none, one easy run stays alone.",
        _rest_day,
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
        _silence,
        turn="replan",
        replans=True,
    ),
    PlannerLaw("replan-past", "Planning again never edits the past.", _past, turn="replan", replans=True),
    PlannerLaw(
        "replan-pins", "Planning again keeps what people pinned and skipped.", _pins, turn="replan", replans=True
    ),
    PlannerLaw(
        "replan-idempotent", "Planning again twice is planning again once.", _idempotent, turn="replan", replans=True
    ),
    PlannerLaw(
        "replan-missed",
        "A missed session is moved within its week to where it may stand, or dropped; never doubled up.",
        _never_doubled,
        turn="replan",
        replans=True,
    ),
)
"""Every law of planners; each can be held by itself."""
