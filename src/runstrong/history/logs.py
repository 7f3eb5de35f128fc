"""Training logs from the files of other programs: read, told apart by sport, each activity once, and vouched for."""

from __future__ import annotations

import datetime as dt
import functools
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

from runstrong.history.duplicates import Likeness, Told, without_duplicates
from runstrong.history.opening import opened
from runstrong.history.recorded import Asked, Recorded, Recordings, Units
from runstrong.history.sports import Family, Sport, kind_of_title, sport_of
from runstrong.history.surrogates import Surrogate, surrogate_for
from runstrong.history.vouching import Heard, stretches, with_strength
from runstrong.history.wording import day_part_at, kind_said, said
from runstrong.history.zones import zone_of
from runstrong.model.errors import DocumentError, InvalidValue, Problem
from runstrong.model.log import Coverage, Log, Performance
from runstrong.model.quantities import Distance, Duration, SessionRPE
from runstrong.model.remarks import Remark
from runstrong.model.running import Activity, Run
from runstrong.model.value import evolve
from runstrong.model.words import DayPart, Handling, Priority, RPEBasis, RunKind

__all__ = ["Vouched", "log_of", "read_log"]

Vouched = Coverage | Iterable[Coverage] | tuple[dt.date, dt.date]
"""The days that the caller vouches for: stretches of coverage, or first and last day for runs."""

_YEARS = (1970, 2099)
"""What a log can hold (convention): a year outside of it is a damaged one."""
_FASTEST = 10.5
"""Meters per second that no run as a whole exceeds: 100 m in 9.58 s, the world record, are 10.44 (World Athletics)."""
_RACES = {42.195: "marathon", 21.0975: "half"}
_NEAR_RACE = 0.04
"""By how much a watch may be off the distance of a race that a title names (convention)."""


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
    r"""Read a training log from files of other programs, or from a log of runstrong; content says which it is.

    What could not be read, was passed by or taken in a certain way is told in `Log.remarks`.

    Args:
        paths: of the files; what several of them tell is put together, each activity once.
        zone: the runner's time zone, such as ``Europe/Berlin``, for files that tell times in UTC; without it their
            dates are those of UTC, and the part of the day is unknown.
        units: of distances without a unit, ``km`` or ``miles``; kilometers when not given.
        coverage: the days vouched for; from the first to the last activity of exports when not given, less days on
            which something could not be read. Empty for none.
        estimate_rpe: from what to estimate the session RPE of runs and other training that have none.
        max_heart_rate: highest heart rate in beats per minute, needed for estimates from heart rate.
        threshold_pace: time for a kilometer at the pace that can be held for an hour, needed for those from pace.
        likeness: how alike two accounts of one activity are.

    Raises:
        DocumentError: none of the files can be read; it carries every problem found.
        InvalidValue: there is no such zone or unit, or an estimate lacks what it needs.
        MissingExtra: a file needs an extra that is not installed.
        OSError: a file cannot be opened.

    Example:
        >>> import pathlib, tempfile
        >>> place = pathlib.Path(tempfile.mkdtemp()) / "activities.csv"
        >>> written = place.write_text(
        ...     "Activity ID,Activity Date,Activity Type,Elapsed Time,Moving Time,Distance\n"
        ...     '7,"Jan 4, 2027, 6:30:00 AM",Run,2460,2400,8012.5\n'
        ... )
        >>> log = read_log(place, zone="Europe/Berlin")
        >>> log.runs[0].distance, str(log.runs[0].day_part), log.covers(dt.date(2027, 1, 4), "runs")
        (km(8.0125), 'morning', True)
    """
    if not paths:
        raise InvalidValue([Problem("read_log", "no file", "one path or more")])
    if units not in (None, "km", "miles"):
        raise InvalidValue([Problem("units", repr(units), "km, miles or nothing")])
    here = _zone(zone)
    surrogate = surrogate_for(estimate_rpe, max_heart_rate, threshold_pace)
    vouched = _vouched(coverage)
    asked = Asked(units)
    logs: list[Log] = []
    found: list[tuple[str, Recordings]] = []
    failed: list[tuple[str, DocumentError]] = []
    for file in sorted(os.fspath(path) for path in paths):
        try:
            told_by = opened(file, asked)
        except DocumentError as error:
            failed.append((file, error))
            continue
        if isinstance(told_by, Log):
            logs.append(told_by)
        else:
            found.append((file, told_by))
    if not logs and not found:
        raise DocumentError([problem for _, error in failed for problem in error.problems])
    told = tuple(
        Remark(Handling.ACTIVITY_UNREAD, problem.fact, f"allowed: {problem.allowed}", problem.file, problem.place)
        for _, error in failed
        for problem in error.problems
    )
    alike = likeness or Likeness()
    made = log_of(found, zone=here, surrogate=surrogate, likeness=alike) if found else Log()
    if failed and made.coverage and vouched is None:
        why = "none is vouched for by the other files, as one could not be read; say coverage to vouch for days"
        told = (*told, Remark(Handling.TAKEN, "days without an entry", why))
        made = evolve(made, coverage=())
    made = _together(logs, made, alike)
    if vouched is not None:
        made = evolve(made, coverage=vouched)
    return evolve(made, remarks=(*told, *made.remarks)) if told else made


def _zone(zone: str | dt.tzinfo | None) -> dt.tzinfo | None:
    return zone if isinstance(zone, dt.tzinfo) else zone_of(zone)


def _vouched(coverage: Vouched | None) -> tuple[Coverage, ...] | None:
    if coverage is None:
        return None
    if isinstance(coverage, Coverage):
        return (coverage,)
    parts = tuple(coverage)
    if len(parts) == 2 and type(parts[0]) is dt.date and type(parts[1]) is dt.date:
        return (Coverage(first=parts[0], last=parts[1]),)
    made = tuple(part for part in parts if isinstance(part, Coverage))
    if len(made) != len(parts):
        allowed = "stretches of coverage, or first and last day"
        raise InvalidValue([Problem("coverage", repr(coverage)[:60], allowed)])
    return made


# -- one log of several files ----------------------------------------------------------------------------------------


def _together(logs: Sequence[Log], made: Log, likeness: Likeness) -> Log:
    """Put logs of runstrong and what other files tell into one; a run that both tell stands as the log has it."""
    if not logs:
        return made
    if len(logs) == 1 and made == Log() and not made.remarks:
        return logs[0]
    kept = [run for log in logs for run in log.runs]
    by_day: dict[dt.date, list[Run]] = {}
    for run in kept:
        by_day.setdefault(run.date, []).append(run)
    runs, remarks = list(kept), [remark for log in logs for remark in log.remarks]
    for run in made.runs:
        twin = next((own for own in by_day.get(run.date, ()) if _one_run(own, run, likeness.exact)), None)
        if twin is None:
            runs.append(run)
            continue
        by_day[run.date].remove(twin)
        what = f"run of {run.distance or run.duration}"
        remarks.append(Remark(Handling.PASSED_BY, what, _STANDS, date=run.date))
    activities, performances = [each for log in logs for each in log.activities], _own(logs)
    lifted = {done.date for done in performances}
    exercises = {(done.date, done.exercise) for done in performances}
    for each in made.activities:
        if (each.name == "strength training" and each.date in lifted) or any(
            _one_activity(own, each) for own in activities
        ):
            remarks.append(Remark(Handling.PASSED_BY, each.name, _STANDS, date=each.date))
        else:
            activities.append(each)
    for done in made.performances:
        if (done.date, done.exercise) in exercises:
            remarks.append(Remark(Handling.PASSED_BY, done.exercise, _STANDS, date=done.date))
        else:
            performances.append(done)
    return Log(
        coverage=tuple(sorted({part for log in (*logs, made) for part in log.coverage}, key=_coverage_order)),
        runs=tuple(sorted(runs, key=_run_order)),
        activities=tuple(sorted(activities, key=_activity_order)),
        performances=tuple(sorted(performances, key=lambda done: done.date)),
        readiness=tuple(sorted((each for log in logs for each in log.readiness), key=lambda morning: morning.date)),
        remarks=(*remarks, *made.remarks),
    )


_STANDS = "it stands in the log of runstrong, which tells more"


def _own(logs: Sequence[Log]) -> list[Performance]:
    return [done for log in logs for done in log.performances]


def _one_activity(own: Activity, told: Activity) -> bool:
    if (own.date, own.name) != (told.date, told.name) or own.duration is None or told.duration is None:
        return False
    return abs(own.duration.seconds - told.duration.seconds) <= 0.02 * own.duration.seconds


def _one_run(own: Run, told: Run, exact: float) -> bool:
    if DayPart.UNKNOWN not in (own.day_part, told.day_part) and own.day_part is not told.day_part:
        return False
    pairs = ((own.distance, told.distance), (own.duration, told.duration))
    known = [(one.magnitude, other.magnitude) for one, other in pairs if one is not None and other is not None]
    return bool(known) and all(abs(one - other) <= exact * max(one, other) for one, other in known)


def _coverage_order(part: Coverage) -> tuple[str, ...]:
    return (str(part.first), str(part.last), repr(part))


def _run_order(run: Run) -> tuple[object, ...]:
    distance = -1.0 if run.distance is None else run.distance.km
    length = -1.0 if run.duration is None else run.duration.seconds
    rating = -1.0 if run.session_rpe is None else run.session_rpe.score
    priority = "" if run.priority is None else run.priority.value
    return (run.date, run.day_part.order, run.kind.value, distance, length, rating, run.rpe_basis.value, priority)


def _activity_order(done: Activity) -> tuple[object, ...]:
    length = -1.0 if done.duration is None else done.duration.seconds
    rating = -1.0 if done.session_rpe is None else done.session_rpe.score
    return (done.date, done.day_part.order, done.name, length, rating, done.rpe_basis.value)


# -- what files tell, as a log ---------------------------------------------------------------------------------------


def log_of(
    found: Sequence[tuple[str | None, Recordings]],
    *,
    zone: dt.tzinfo | None = None,
    surrogate: Surrogate | None = None,
    likeness: Likeness | None = None,
) -> Log:
    """Make a log of what was read from files.

    Args:
        found: files by name, with what each tells.
        zone: of the runner, for times in UTC.
        surrogate: how to estimate a session RPE that is not given; None to leave it unknown.
        likeness: how alike two accounts of one activity are.
    """
    making = _Making(zone, surrogate)
    for number, (name, recordings) in enumerate(found):
        making.add(number, name, recordings)
    return making.log(likeness or Likeness())


class _Making:
    """A log in the making: activities placed on days, days that are in doubt, and what has to be told."""

    def __init__(self, zone: dt.tzinfo | None, surrogate: Surrogate | None) -> None:
        self.zone, self.surrogate = zone, surrogate
        self.told: list[Told] = []
        self.heard: list[Heard] = []
        self.lost: set[dt.date] = set()
        self.remarks: list[Remark] = []
        self.counts: Counter[str] = Counter()

    def add(self, number: int, name: str | None, recordings: Recordings) -> None:
        """Take what one file tells."""
        blind, days = 0, []
        for remark in recordings.remarks:
            placed = self._on_day(remark)
            self.remarks.append(placed)
            if placed.handling is Handling.ACTIVITY_UNREAD:
                if placed.date is None:
                    blind += 1
                else:
                    self._lose(placed.date, surely=not isinstance(remark.date, dt.datetime) or self.zone is not None)
        in_utc = False
        for recorded in recordings.activities:
            start, utc, date = self._when(recorded)
            if date is None or not _YEARS[0] <= date.year <= _YEARS[1]:
                what = f"{recorded.sport or 'an activity'} on {date}" if date else f"{recorded.sport or 'an activity'}"
                why = "no date" if date is None else f"no year from {_YEARS[0]} to {_YEARS[1]}: left out"
                self.tell(Handling.ACTIVITY_UNREAD, what, why, name, recorded.place)
                blind += 1
                continue
            if recorded.planned_only:
                what = f"{recorded.sport or 'an activity'} {recorded.title!r}".strip()
                self.tell(Handling.PASSED_BY, what, "planned, with nothing done", name, recorded.place, date)
                continue
            sport = self._sport(recorded, name, date)
            if sport is None:
                continue
            in_utc = in_utc or (start is None and utc is not None)
            days.append(date)
            made = self._sound(recorded, sport, name, date)
            self.told.append(Told(made, number, name, recordings.program, sport, date, start, utc))
        if in_utc:
            why = "dates are those of UTC, and the part of the day is unknown; say zone, such as Europe/Berlin"
            self.tell(Handling.TAKEN, "times in UTC", why, name)
        # The row in which a file breaks off comes after all others, so that its day is bounded by theirs.
        heard = Heard(days, recordings.listing, recordings.whole, blind > (0 if recordings.whole else 1))
        self.heard.append(heard)
        self._tell_coverage(heard, name)

    def tell(  # noqa: PLR0917
        self, handling: Handling, what: str, why: str, file: str | None, place: str = "", date: dt.date | None = None
    ) -> None:
        self.remarks.append(Remark(handling, what, why, file, place, date))

    def _tell_coverage(self, heard: Heard, name: str | None) -> None:
        if heard.span is not None or not heard.days:
            return
        if not heard.listing:
            why = (
                "none is vouched for, as a file of single activities says nothing of other days; say coverage to do so"
            )
        elif heard.blind:
            why = "none is vouched for, as an activity without a day could not be read; say coverage to vouch for days"
        else:
            why = "none is vouched for, as the file breaks off and its rows are in no order of date"
        self.tell(Handling.TAKEN, "days without an entry", why, name)

    def _on_day(self, remark: Remark) -> Remark:
        date = remark.date
        if isinstance(date, dt.datetime):
            if date.tzinfo is not None and self.zone is not None:
                date = _in_zone(date, self.zone)
            return evolve(remark, date=date.date())
        return remark

    def _lose(self, day: dt.date, *, surely: bool) -> None:
        self.lost.add(day)
        if not surely and dt.date.min < day < dt.date.max:  # in UTC: the runner's day may be one before or after
            self.lost |= {day - dt.timedelta(days=1), day + dt.timedelta(days=1)}

    def _when(self, recorded: Recorded) -> tuple[dt.datetime | None, dt.datetime | None, dt.date | None]:
        """Return the local start, that in UTC, both without a zone, and the local date."""
        start, utc = recorded.start, recorded.start_utc
        if start is not None and start.tzinfo is not None:
            start = start.replace(tzinfo=None)
        plain = None
        if utc is not None:
            aware = utc if utc.tzinfo is not None else utc.replace(tzinfo=dt.UTC)
            plain = _in_zone(aware, dt.UTC).replace(tzinfo=None)
            if start is None and self.zone is not None:
                start = _in_zone(aware, self.zone).replace(tzinfo=None)
        if start is not None:
            return start, plain, start.date()
        if recorded.date is not None:
            return None, plain, recorded.date
        return None, plain, plain.date() if plain is not None else None

    def _sport(self, recorded: Recorded, name: str | None, date: dt.date) -> Sport | None:
        sport = sport_of(recorded.sport, recorded.sub_sport)
        if sport is None:
            what = f"sport {recorded.sport!r}" if recorded.sport else "an activity without a sport"
            why = "not known: taken as other training, and no run of that day is vouched for"
            self.tell(Handling.FIGURE_UNREAD, what, why, name, recorded.place, date)
            self.lost.add(date)
            return Sport(_clean(recorded.sport) or "unknown", Family.OTHER, ())
        if sport.family is Family.NOTHING:
            what = f"{recorded.sport} {recorded.title!r}" if recorded.title else recorded.sport
            self.tell(Handling.PASSED_BY, what, "no training", name, recorded.place, date)
            return None
        if sport.family is Family.MIXED:
            why = "the run in it is not told apart: taken as other training, and no run of that day is vouched for"
            self.tell(Handling.TAKEN, sport.name, why, name, recorded.place, date)
            self.lost.add(date)
        return sport

    def _sound(self, recorded: Recorded, sport: Sport, name: str | None, date: dt.date) -> Recorded:
        """Leave out naughts, which devices write for what was not recorded, and distances that nobody can have run."""
        naughts = {
            name: None
            for name in ("distance", "moving", "elapsed")
            if (got := getattr(recorded, name)) is not None and got.magnitude == 0
        }
        if naughts:
            recorded = evolve(recorded, **naughts)
        length = recorded.moving or recorded.elapsed
        if sport.family is not Family.RUN or recorded.distance is None or length is None:
            return recorded
        if recorded.distance.km * 1000 <= _FASTEST * length.seconds + 20:
            return recorded
        what = f"{_spoken(recorded.distance)} in {_clock(length)}"
        why = "faster than anyone runs: the distance stays unknown; is it in other units?"
        self.tell(Handling.FIGURE_UNREAD, what, why, name, recorded.place, date)
        return evolve(recorded, distance=None)

    def log(self, likeness: Likeness) -> Log:
        """Return the log of all that was taken."""
        kept, doubles = without_duplicates(self.told, likeness)
        self.remarks += doubles
        runs: list[tuple[tuple[object, ...], Run]] = []
        others: list[tuple[tuple[object, ...], Activity]] = []
        strength: list[Performance] = []
        unknown: set[dt.date] = set()
        for told in kept:
            at = str(told.start.time()) if told.start is not None else ""
            if told.sport.family is Family.RUN:
                run = self._run(told)
                runs.append(((run.date, at, *_run_order(run)), run))
                continue
            done: list[Performance] = []
            if told.sport.family is Family.STRENGTH:
                done = self._performances(told, unknown)
                strength += done
            if not done:
                other = self._activity(told)
                others.append(((other.date, at, *_activity_order(other)), other))
        self._sum_up()
        parts = stretches(self.heard, self.lost)
        days = {done.date for done in strength}
        return Log(
            coverage=with_strength(parts, days, unknown | self.lost),
            runs=tuple(run for _, run in sorted(runs, key=lambda each: each[0])),
            activities=tuple(other for _, other in sorted(others, key=lambda each: each[0])),
            performances=tuple(sorted(strength, key=lambda done: (done.date, done.day_part.order))),
            remarks=tuple(self.remarks),
        )

    def _performances(self, told: Told, unknown: set[dt.date]) -> list[Performance]:
        if not told.recorded.exercises:
            unknown.add(told.date)
            self.counts["bare strength"] += 1
            return []
        from runstrong.history.lifting import performances_of

        rating, _ = self._rating(told)  # felt, as lifting has no estimate
        done, whole, remarks = performances_of(told, _day_part(told), rating, _length(told.recorded))
        self.remarks += remarks
        if not whole:
            unknown.add(told.date)
        return done

    def _run(self, told: Told) -> Run:
        recorded = told.recorded
        kind, priority = self._kind(told)
        rating, basis = self._rating(told)
        if recorded.distance is None:
            self.counts["no distance"] += 1
        return Run(
            date=told.date,
            day_part=_day_part(told),
            kind=kind,
            distance=recorded.distance,
            duration=_length(recorded),
            session_rpe=rating,
            rpe_basis=basis,
            priority=priority,
        )

    def _activity(self, told: Told) -> Activity:
        rating, basis = self._rating(told)
        return Activity(
            date=told.date,
            day_part=_day_part(told),
            name=told.sport.name,
            duration=_length(told.recorded),
            session_rpe=rating,
            rpe_basis=basis,
            tissues=told.sport.tissues,
        )

    def _rating(self, told: Told) -> tuple[SessionRPE | None, RPEBasis]:
        recorded = told.recorded
        given = recorded.session_rpe
        if given is not None and 0 <= given <= 10:
            return SessionRPE(float(given)), RPEBasis.FELT
        if given is not None:
            what = f"session RPE {given:g}"
            self.tell(Handling.FIGURE_UNREAD, what, "not from 0 to 10", told.name, recorded.place, told.date)
        if self.surrogate is not None:
            # Neither the classes of heart rate nor any pace were made for lifting.
            fits = told.sport.family is not Family.STRENGTH
            if fits and (self.surrogate.basis is not RPEBasis.PACE or told.sport.family is Family.RUN):
                estimate = self.surrogate.estimate(recorded.average_heart_rate, recorded.distance, _length(recorded))
                if estimate is not None:
                    self.counts["estimated"] += 1
                    return SessionRPE(estimate), self.surrogate.basis
        self.counts["no rating"] += 1
        return None, RPEBasis.FELT

    def _kind(self, told: Told) -> tuple[RunKind, Priority | None]:
        """Return what a run was for, as far as the file tells: a title may say so, and nothing is guessed."""
        recorded = told.recorded
        for words in filter(None, (recorded.purpose, recorded.sub_sport)):
            kind, stated = _kind_said(words)
            stated_kind = kind if stated else kind_of_title(words)
            if stated_kind is not None:
                return stated_kind, said(recorded.title).priority if stated_kind is RunKind.RACE else None
        title = recorded.title
        if title and not (told.program == "Garmin Connect" and _named_by_watch(recorded)):
            kind, stated = _kind_said(f"{title} (run)")
            found = kind if stated else kind_of_title(title) or _race_named(title, recorded.distance)
            if found is not None:
                self.counts["kind from title"] += 1
                return found, said(title).priority if found is RunKind.RACE else None
        self.counts["no kind"] += 1
        return RunKind.EASY, None

    def _sum_up(self) -> None:
        """Tell in one line each what holds for many activities."""
        counts = self.counts
        lines = (
            ("no kind", "of no stated kind", "taken as easy"),
            ("kind from title", "whose title says what they were for", "taken at its word"),
            ("no distance", "without a distance", "it stays unknown"),
        )
        for name, what, why in lines:
            if counts[name]:
                self.remarks.append(Remark(Handling.TAKEN, f"{_many(counts[name], 'run')} {what}", why))
        if counts["bare strength"]:
            many = _many(counts["bare strength"], "strength session")
            why = "taken as other training: no file tells what was lifted"
            self.remarks.append(Remark(Handling.TAKEN, f"{many} without exercises", why))
        if counts["no rating"]:
            many = _many(counts["no rating"], "activity", "activities")
            self.remarks.append(Remark(Handling.TAKEN, f"{many} without a session RPE", "it stays unknown"))
        if counts["estimated"] and self.surrogate is not None:
            many = _many(counts["estimated"], "activity", "activities")
            why = f"estimated from {str(self.surrogate.basis).replace('-', ' ')}, as asked, and marked so"
            self.remarks.append(Remark(Handling.TAKEN, f"{many} without a session RPE", why))


_kind_said = functools.lru_cache(maxsize=4096)(kind_said)
"""Most titles are one of a few."""


def _in_zone(when: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    try:
        return when.astimezone(zone)
    except (OverflowError, ValueError):  # at the ends of the calendar
        return when


def _day_part(told: Told) -> DayPart:
    return day_part_at(told.start.hour) if told.start is not None else DayPart.UNKNOWN


def _length(recorded: Recorded) -> Duration | None:
    return recorded.moving or recorded.elapsed


def _named_by_watch(recorded: Recorded) -> bool:
    """Whether a title is the place and the sport, as watches name what nobody named: it says nothing about a run."""
    from runstrong.history.cells import plain

    sport = plain(recorded.sport)
    return bool(sport) and plain(recorded.title).endswith(sport)


def _race_named(title: str, distance: Distance | None) -> RunKind | None:
    """Return that a run was a race where its title names one, as City Marathon does, and it was as long."""
    if distance is None or kind_said(title) != (RunKind.RACE, True):
        return None
    low = title.lower()
    name = "half" if "half" in low else "marathon"
    fits = any(each == name and abs(distance.km - km) <= _NEAR_RACE * km for km, each in _RACES.items())
    return RunKind.RACE if fits else None


def _clean(text: str) -> str:
    return "".join(each if each.isprintable() else " " for each in text).strip()[:60]


def _spoken(distance: Distance) -> str:
    return f"{distance.km:.2f} km"


def _clock(length: Duration) -> str:
    return str(dt.timedelta(seconds=round(length.seconds)))


def _many(count: int, one: str, several: str = "") -> str:
    return f"{count} {one}" if count == 1 else f"{count} {several or one + 's'}"
