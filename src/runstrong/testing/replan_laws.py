"""Laws about planning again: the past stays, what people decided stays, and what was missed is not doubled."""

from __future__ import annotations

from collections.abc import Iterator

from runstrong.model.log import Log
from runstrong.model.plan import Session
from runstrong.testing.breaches import Breach, at, difference, runs_changed
from runstrong.testing.placing_laws import heavy_too_near, in_window, is_open
from runstrong.testing.trials import Trial, named

__all__ = ["idempotent", "never_doubled", "past", "pins", "silence"]


def silence(trial: Trial) -> Iterator[Breach]:
    """Plan again with an empty log, and look for what changes."""
    if trial.plan is None:
        return
    after = trial.planner.replan(trial.followed, Log(), trial.today, rules=trial.rules)
    if after != trial.followed:
        yield Breach(*difference(trial.followed, after, "the very same plan, as the log says nothing"))


def past(trial: Trial) -> Iterator[Breach]:
    """Look for changes of runs, of what is done, and of what lies before today."""
    if trial.plan is None:
        return
    after = trial.again
    yield from runs_changed(trial, after)
    stands = {session.id: session for session in after.sessions}
    known = {session.id for session in trial.followed.sessions}
    for session in after.sessions:
        if session.id not in known and session.date < trial.today:
            yield Breach(at(session), f"no new session before {trial.today}", "it was not in the plan")
    done = {each.session for each in trial.log.performances}
    for session in trial.followed.sessions:
        again = stands.get(session.id)
        if again == session:
            continue
        told = "gone" if again is None else at(again)
        if session.id in done:
            yield Breach(at(session), "what was done stays as it was", told)
        elif session.date < trial.today:
            moved = again is not None and again.date >= trial.today and session.id in trial.missed
            if not moved:
                expected = f"nothing before {trial.today} changes, but a missed session that moves"
                yield Breach(at(session), expected, told)


def pins(trial: Trial) -> Iterator[Breach]:
    """Look for pinned and skipped sessions that did not stay."""
    if trial.plan is None:
        return
    if trial.again.edits != trial.followed.edits:
        yield Breach("plan.edits", "what people edited stays recorded", "other edits")
    for session in trial.followed.sessions:
        if session.pinned or session.skipped is not None:
            again = next((each for each in trial.again.sessions if each.id == session.id), None)
            if again != session:
                kind = "pinned" if session.pinned else "skipped"
                yield Breach(at(session), f"a {kind} session stays as it is", at(again) if again else "gone")


def idempotent(trial: Trial) -> Iterator[Breach]:
    """Plan again twice, and look for what changes the second time."""
    if trial.plan is not None:
        twice = trial.planner.replan(trial.again, trial.log, trial.today, rules=trial.rules)
        if twice != trial.again:
            yield Breach(*difference(trial.again, twice, "nothing more changes the second time"))


def never_doubled(trial: Trial) -> Iterator[Breach]:
    """Look for made-up sessions that were not missed, stand badly, or are two in a week."""
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
            names = ", ".join(map(at, came))
            yield Breach(f"week of {old.start}", "one missed session made up in a week", names)
        ahead = [each for each in week.sessions if each.date >= trial.today and each.skipped is None]
        planned = sum(each.date >= trial.today and each.skipped is None for each in old.sessions)
        if came and len(ahead) > planned + 1:
            told = f"{len(ahead)} where {planned} were planned: {', '.join(map(at, ahead))}"
            yield Breach(f"week of {old.start}", "one session more than was left of the week, at most", told)
        days = [each.date for each in ahead]
        for session in came:
            if days.count(session.date) > 1:
                yield Breach(at(session), "a made-up session alone on its day", "another session on it")


def _moved(trial: Trial, was: Session, now: Session) -> Iterator[Breach]:
    if was.id not in trial.missed:
        yield Breach(at(was), "a session moves only where the log says that it was missed", at(now))
    if now.date < trial.today:
        yield Breach(at(was), f"moved to {trial.today} or later", at(now))
    if trial.runner.week_of(was.date) != trial.runner.week_of(now.date):
        yield Breach(at(was), "moved within its week", at(now))
    if not is_open(trial, now.date, now.day_part):
        yield Breach(at(now), "an open day and part of the day", f"moved there from {named(was.date)}")
    week = next((each for each in trial.followed.weeks if each.start <= was.date <= each.end), None)
    if week is not None:
        yield from heavy_too_near(trial, now, trial.heavy_days(week))
        yield from in_window(trial, now)
