"""The built-in planner: frame the season, place the sessions, choose the exercises, dose them, audit the whole.

Each step is a function of its own that a custom planner can reuse. The result is a value; the same input gives the
same plan under any hash seed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from runstrong.catalog import load_catalog
from runstrong.model.catalog import Catalog
from runstrong.model.errors import InfeasibleError, InvalidValue, Problem
from runstrong.model.log import Log
from runstrong.model.plan import CatalogStamp, Decision, Plan, Week
from runstrong.model.rules import Override, RuleSet
from runstrong.model.runner import Runner
from runstrong.model.running import Run
from runstrong.model.value import Record, record
from runstrong.model.words import (
    Clearance,
    DayPart,
    Emphasis,
    Phase,
    Side,
    StrengthDayPolicy,
    Weekday,
)
from runstrong.placement import (
    Broken,
    Placed,
    Surroundings,
    broken_by,
    conflicts_of,
    place_week,
    reach,
    what_would_free,
)
from runstrong.planner.closing import audited
from runstrong.planner.jumps import hop_test_wanted, jump_ladders, minor, older
from runstrong.planner.layoffs import comeback_of
from runstrong.planner.lifts import StartingLoads
from runstrong.planner.rearranging import rearranged, with_exclusions
from runstrong.planner.replanning import resumed
from runstrong.planner.routine import Ladders
from runstrong.planner.seasons import MOST_WEEKS, WeekFrame, frame, season_weeks
from runstrong.planner.sessions import Sessions
from runstrong.planner.warm_ups import WarmUps
from runstrong.rules import load_rules

__all__ = ["Planner", "StandardPlanner", "plan", "replan"]


class Planner(Protocol):
    """What any planner offers: a plan for a runner, from a day, for some weeks, and the rest of it planned again."""

    def plan(
        self, runner: Runner, start: dt.date | None = None, weeks: int | None = None, *, rules: RuleSet | None = None
    ) -> Plan:
        """Return an audited plan."""
        ...

    def replan(self, plan: Plan, log: Log, today: dt.date, *, rules: RuleSet | None = None) -> Plan:
        """Return the plan with its rest planned again from what was done; the past stays."""
        ...


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
        UnknownName: an excluded or assessed exercise is not in the catalog.
        InfeasibleError: no session can stand in any week; names the conflict and what would free it.

    Example:
        >>> from runstrong.model.running import RunningWeek
        >>> made = plan(Runner(name="Ada", running=RunningWeek()), start=dt.date(2027, 1, 4), weeks=4)
        >>> [len(week.sessions) for week in made.weeks]
        [2, 2, 2, 2]
    """
    return StandardPlanner(catalog=catalog).plan(runner, start, weeks, rules=rules)


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

    Sessions before `today` stay as they were, save that a missed one moves to an open day left in its week, where
    there is one; it is never doubled up. A session counts as missed only where the log vouches for the strength of its
    day and holds nothing of it. From `today` on, each ladder with performances goes on from where they leave it: the
    next session asks for what was earned, later weeks are expectations, and what is done decides. Runs, pinned and
    skipped sessions, and what people moved, swapped or dropped stay as they are. What changes is told in `decisions`.
    Planning again with the same log on the same day changes nothing.

    Where the runner has changed (another running week, a new race, other equipment, an injury, a holiday), the plan
    changes as little as can be: sessions that still stand stay, others move within their week or give way, exercises
    that cannot be done are replaced by what answers the same need, and only weeks of another phase are made anew.

    Args:
        plan: as it stands, with its edits.
        log: what was done up to `today`.
        today: first day that may change; a day of the plan.
        runner: as they are now; the plan's own runner when not given. What people have excluded stays excluded.
        rules: rule set to plan and audit with; the packaged one when not given.
        catalog: exercises and ladders; the packaged ones when not given.

    Returns:
        The plan from here on; the very same one where neither log nor runner says anything new.

    Raises:
        InvalidValue: `today` lies outside the plan, a performance is dated after it, a set is not counted as its
            exercise is, or the runner's weeks begin on another day now.
        UnknownName: a performance is of an exercise that neither plan nor catalog has.
        InfeasibleError: no session of the whole plan can stand any more.

    Example:
        >>> from runstrong.model.log import Coverage
        >>> from runstrong.model.running import RunningWeek
        >>> made = plan(Runner(name="Ada", running=RunningWeek()), start=dt.date(2027, 1, 4), weeks=4)
        >>> made.sessions[0].date.isoformat(), made.sessions[1].date.isoformat()
        ('2027-01-04', '2027-01-07')
        >>> monday = Coverage(first=dt.date(2027, 1, 4), last=dt.date(2027, 1, 4), strength=True)
        >>> again = replan(made, Log(coverage=[monday]), dt.date(2027, 1, 5))
        >>> again.why(again.sessions[0].id)[0].what
        'moved to Tuesday 2027-01-05'
    """
    return StandardPlanner(catalog=catalog).replan(plan, log, today, runner=runner, rules=rules)


_EARLIEST, _LATEST = dt.date(1900, 1, 1), dt.date(2199, 12, 31)
"""First days of a plan (convention): a season and the months before it have to be dates that there are."""


@record
class StandardPlanner(Record):
    """The built-in `Planner`."""

    catalog: Catalog | None = None

    def plan(
        self, runner: Runner, start: dt.date | None = None, weeks: int | None = None, *, rules: RuleSet | None = None
    ) -> Plan:
        """Return an audited plan; see `plan` of this module."""
        begin = start or runner.start
        if begin is None:
            raise InvalidValue(
                [Problem("start", "not given", "a date", "pass start, or write start: into the runner's file")]
            )
        if not _EARLIEST <= begin <= _LATEST:
            raise InvalidValue([Problem("start", str(begin), f"a day from {_EARLIEST} to {_LATEST}")])
        base = rules if rules is not None else load_rules()
        resolved = base.with_overrides(runner.overrides, "runner")
        count = weeks if weeks is not None else season_weeks(runner, begin, resolved)
        if type(count) is not int or not 1 <= count <= MOST_WEEKS:
            raise InvalidValue([Problem("weeks", repr(count), f"a whole number from 1 to {MOST_WEEKS}")])
        season = _Season(runner, self.catalog or load_catalog(), resolved, begin, count)
        made = season.build()
        return audited(made, base, season.catalog)

    def replan(
        self, plan: Plan, log: Log, today: dt.date, *, runner: Runner | None = None, rules: RuleSet | None = None
    ) -> Plan:
        """Return the plan with its rest planned again; see `replan` of this module."""
        now = with_exclusions(runner, plan) if runner is not None else plan.runner
        if now == plan.runner:
            return resumed(plan, log, today, rules=rules, catalog=self.catalog)
        if now.week_start is not plan.runner.week_start:
            cure = f"keep week_start: {plan.runner.week_start}, or plan anew"
            allowed = "weeks that begin as the plan's do"
            raise InvalidValue([Problem("runner.week_start", str(now.week_start), allowed, cure)])

        def rearrange(before: Plan, book: Log, numbers: RuleSet, catalog: Catalog) -> tuple[Plan, tuple[Decision, ...]]:
            resolved = numbers.with_overrides(now.overrides, "runner")
            ideal = _Season(now, catalog, resolved, before.start, len(before.weeks)).build()
            return rearranged(before, ideal, book, today, rules=resolved, catalog=catalog)

        return resumed(plan, log, today, rules=rules, catalog=self.catalog, rearranged=rearrange)


def _listed(emphases: Sequence[Emphasis]) -> str:
    return " and ".join(map(_named, emphases))


def _named(emphasis: Emphasis) -> str:
    return "a little mobility" if emphasis is Emphasis.MOBILITY else str(emphasis).replace("-", " ")


def _offsets(week: WeekFrame, places: Iterable[Placed]) -> tuple[tuple[int, DayPart, Emphasis], ...]:
    """Return places by days from the week's first, as they hold in every week of the same pattern."""
    return tuple(((place.date - week.start).days, place.day_part, place.emphasis) for place in places)


class _Season:
    """The state of one planning run; thrown away when the plan stands."""

    def __init__(self, runner: Runner, catalog: Catalog, rules: RuleSet, start: dt.date, weeks: int) -> None:
        self.runner, self.catalog, self.rules, self.start = runner, catalog, rules, start
        tested = (each.exercise for each in runner.assessments)
        for id in (*runner.limitations.exclude, *tested, *(lift.exercise for lift in runner.lifts)):
            # A misspelled exclusion must not be planned after all: an unknown id raises, with the nearest one.
            catalog.exercises[id]
        self.frames, told = frame(runner, start, weeks, rules)
        self.decisions: list[Decision] = list(told)
        self.told: set[tuple[str, str]] = set()
        anew = comeback_of(runner, start, rules).anew
        self.ladders = Ladders(runner, catalog, runner.kit_at(), rules, start, anew=anew)
        self.jumps = jump_ladders(catalog)
        self.runs: dict[dt.date, tuple[Run, ...]] = {}
        self.placed: list[Placed] = []
        self.patterns: dict[object, tuple[tuple[tuple[int, DayPart, Emphasis], ...], tuple[Decision, ...]]] = {}
        self.last_week: tuple[Decision, ...] = ()
        first, weaker = self._put_first()
        standing = self.ladders.standing
        self.edges = WarmUps(
            runner, catalog, rules, start, measured=standing.deficits if standing is not None else (), tell=self._tell
        )
        self.chosen = Sessions(
            runner, catalog, rules, ladders=self.ladders, edges=self.edges,
            loads=StartingLoads(runner, catalog, rules, start), first=first, jumps=self.jumps, weaker=weaker,
            hop_test=hop_test_wanted(runner, catalog, start, rules), tell=self._tell,
        )  # fmt: skip
        self.block = 0
        """Blocks of training so far: a deload ends one."""

    def _put_first(self) -> tuple[frozenset[str], dict[str, Side]]:
        """Return the ladders of the regions that assessments put first, and those with a weaker side.

        Each assessment says what it leads to.
        """
        standing = self.ladders.standing
        if standing is None:
            return frozenset(), {}
        weaker: dict[str, Side] = {}
        for note in standing.notes:
            test = self.catalog.exercises[note.exercise]
            starts = [
                f"{self.catalog.progressions[id].name} from {self.catalog.progressions[id].rungs[rung].exercise}"
                for id, rung in note.places
                if standing.rung_on(id) == rung
            ]
            aims = [f"{region} work first" for region in note.regions] + [f"{each} work" for each in note.deficits]
            if note.gap is not None and note.gap.counts:
                aims.append(f"{note.gap.weaker} side first")
                for id, ladder in self.catalog.progressions.items():
                    if ladder.region in test.regions:
                        weaker[id] = note.gap.weaker
            if starts or aims:
                why = (
                    f"you reached {note.amount} on {note.date}; a start, which your level and kit may still hold lower"
                )
                self._tell(test.id, f"{test.name}: {', '.join(starts + aims)}", why, test.sources)
        regions = set(standing.regions)
        return frozenset(id for id, ladder in self.catalog.progressions.items() if ladder.region in regions), weaker

    # -- whole season -------------------------------------------------------------------------------------------

    def build(self) -> Plan:
        weeks = tuple(self._week(each) for each in self.frames)
        if not any(week.sessions for week in weeks):
            self._nothing_fits()
        self._absences()
        return Plan(
            runner=self.runner,
            start=self.start,
            weeks=weeks,
            decisions=tuple(self.decisions),
            catalog=CatalogStamp(version=self.catalog.version, hash=self.catalog.hash),
            overrides=(*self.runner.overrides, *self._carried()),
            rules_hash=self.rules.digest,
        )

    def _carried(self) -> Iterator[Override]:
        """Numbers of presets and files travel with the plan, so that it is judged elsewhere as it was made."""
        for each in self.rules.settings:
            if each.origin != "runner":
                yield Override(rule=each.rule, parameter=each.parameter, value=each.value, reason=each.origin)

    def _nothing_fits(self) -> None:
        week = max(self.frames, key=lambda each: len(each.days))
        around = self._around(week)
        wanted, shortest = Emphasis.UPPER_AND_TRUNK, self._shortest()
        conflicts = conflicts_of(week.days, wanted, around, minutes=shortest)
        ways = what_would_free(week.days, (wanted,), around, minutes=shortest)
        raise InfeasibleError(conflicts, ways or ["drop one run of the week, or open more days to strength"])

    def _tell(self, about: str, what: str, why: str, sources: Sequence[str] = ()) -> None:
        if (about, what) not in self.told:
            self.told.add((about, what))
            self.decisions.append(Decision(about=about, what=what, why=why, sources=tuple(sources)))

    def _absences(self) -> None:
        for id, reason in sorted(self.ladders.refused.items()):
            self._tell(id, "left out", reason)

    # -- place --------------------------------------------------------------------------------------------------

    def _runs_on(self, date: dt.date) -> tuple[Run, ...]:
        found = self.runs.get(date)
        if found is None:
            found = self.runs[date] = self.runner.runs_on(date)
        return found

    def _around(self, week: WeekFrame) -> Surroundings:
        first_heavy = week.phase is Phase.HEAVY and week.phase_week <= self.rules.whole(
            "placement", "heavy_block_first_weeks"
        )
        return Surroundings(self._runs_on, self.runner, self.rules, careful=self.runner.novice or first_heavy)

    def _shortest(self) -> float:
        return min(self.rules.number("planning", "shortest_minutes"), self.runner.session_length.minutes)

    def _wanted(self, week: WeekFrame) -> tuple[tuple[Emphasis, ...], ...]:
        """Return what to try in this week, best first."""
        heavy, light, upper = Emphasis.HEAVY_LEGS, Emphasis.LIGHT_LEGS, Emphasis.UPPER_AND_TRUNK
        usual = self.runner.sessions_per_week or self.rules.whole("planning", "sessions_per_week")
        care = "_careful" if older(self.runner, week.start, self.rules) else ""
        fewer = self.rules.whole("planning", f"race_sessions_per_week{care}")
        big_race = any(run.big_race for n in range(7) for run in self._runs_on(week.start + dt.timedelta(days=n)))
        if week.phase is Phase.RACE or big_race:
            return ((light,), (upper,), ())
        if week.phase is Phase.RECOVERY:
            return ((upper,), ())
        if week.phase is Phase.TAPER:
            return ((light,), (upper,), ()) if fewer else ((),)
        if broken_by(Placed(week.start, DayPart.UNKNOWN, light), self._around(week)) is Broken.RACE_WINDOW:
            # The week begins in the days after a race: the legs come back lightly.
            return ((light, upper), (light,), (upper,), ())
        count = min(usual, max(1, fewer)) if week.phase is Phase.MAINTENANCE else usual
        if week.days and len(week.days) < 4:
            count = 1
        trained = not self.runner.novice and week.phase is not Phase.FOUNDATION
        trained = trained and self.runner.clearance is Clearance.CLEARED
        trained = trained and not minor(self.runner, week.start, self.rules)
        lead = heavy if trained else light
        full = (lead, light, upper)[:count]
        options = [full]
        if count > 2:
            options.append(full[:2])
        if lead is heavy and count > 1:
            options.append((heavy, upper))
        if lead is heavy:
            options.append((light, light, upper)[:count])
        if count > 1:
            options += [(light, light), (light, upper), (lead,), (light,)]
        return (*dict.fromkeys(options), (upper,), ())

    def _places(self, week: WeekFrame) -> tuple[Placed, ...]:
        around = self._around(week)
        span = [week.start + dt.timedelta(days=n) for n in reach(self.rules.numbers("placement"))]
        heavy_before = tuple(
            (place.date - week.start).days for place in self.placed[-3:] if place.emphasis is Emphasis.HEAVY_LEGS
        )
        habits = tuple(
            (Weekday.of(place.date.weekday()), place.emphasis)
            for place in self.placed[-3:]
            if (week.start - place.date).days <= 7
        )
        options = self._wanted(week)
        key = (
            tuple(
                tuple(
                    (run.kind, run.day_part, run.priority, run.duration, run.distance if run.big_race else None)
                    for run in self._runs_on(day)
                )
                for day in span
            ),
            options, around.careful, tuple((day - week.start).days for day in week.days),
            tuple(self.runner.exception_on(day) for day in week.days) if self.runner.exceptions else (),
            tuple(day for day in heavy_before if day > -7), habits,
        )  # fmt: skip
        known = self.patterns.get(key)
        if known is None:
            known = self.patterns[key] = self._search(week, options, around, habits)
        offsets, decisions = known
        # What is as it was last week needs no second reason.
        told, self.last_week = self.last_week, decisions
        for decision in decisions if decisions != told else ():
            self._tell(f"week of {week.start}", decision.what, decision.why, decision.sources)
        return tuple(Placed(week.start + dt.timedelta(days=n), part, emphasis) for n, part, emphasis in offsets)

    def _search(
        self,
        week: WeekFrame,
        options: tuple[tuple[Emphasis, ...], ...],
        around: Surroundings,
        habits: tuple[tuple[Weekday, Emphasis], ...],
    ) -> tuple[tuple[tuple[int, DayPart, Emphasis], ...], tuple[Decision, ...]]:
        decisions = []
        earlier = [place for place in self.placed if (week.start - place.date).days <= 7]
        for option in options:
            if not option:
                break
            found = place_week(week.days, option, around, earlier=earlier, habits=habits, minutes=self._shortest())
            if found is not None:
                little = self._little(week, options[0], found.places, around, earlier)
                if option != options[0]:
                    stand_in = (*option, *(place.emphasis for place in little))
                    decisions.append(self._given_up(week, options[0], stand_in, around, earlier))
                if all(self._runs_on(week.start + dt.timedelta(days=n)) for n in range(7)):
                    decisions.append(
                        Decision(
                            about="",
                            what="one day keeps an easy run alone",
                            why="your runs leave no full rest day, so strength leaves one day to an easy run",
                            sources=("fitforlife",),
                        ),
                    )
                stand = sorted((*found.places, *little), key=lambda place: (place.date, place.day_part.order))
                decisions.extend(self._placement_reason(place) for place in stand)
                return _offsets(week, stand), tuple(decisions)
        little = self._little(week, options[0], (), around, earlier)
        if little:
            decisions.append(self._given_up(week, options[0], (Emphasis.MOBILITY,), around, earlier))
            decisions.extend(self._placement_reason(place) for place in little)
        else:
            why = "no open day is left beside the runs and the race windows"
            decisions.append(Decision(about="", what="no strength session", why=why))
        return _offsets(week, little), tuple(decisions)

    def _given_up(
        self, week: WeekFrame, wanted: tuple[Emphasis, ...], stand_in: Sequence[Emphasis], around: Surroundings,
        earlier: Sequence[Placed],
    ) -> Decision:  # fmt: skip
        """Say what stands in for what a week has no room for, and what would give it back."""
        ways = what_would_free(week.days, wanted, around, earlier=earlier, minutes=self._shortest())
        back = "; to have it back: " + " or ".join(ways) if ways else ""
        return Decision(
            about="",
            what=f"{_listed(stand_in)} instead of {_listed(wanted)}",
            why=f"the runs, open days and minutes of this week leave no room for it{back}",
            sources=("CO01",),
        )

    def _little(
        self, week: WeekFrame, wanted: tuple[Emphasis, ...], found: Sequence[Placed], around: Surroundings,
        earlier: Sequence[Placed],
    ) -> tuple[Placed, ...]:  # fmt: skip
        """Return a place for a few minutes of mobility in the stead of a session that found none.

        Only where a deficit or a goal asks for mobility: it does not stand for its own sake.
        """
        if len(found) >= len(wanted) or not self.edges.deficits or not week.days:
            return ()
        taken = {place.date for place in found}
        days = [day for day in week.days if day not in taken]
        least = self.rules.number("planning", "mobility_minutes")
        if not days:
            return ()
        placed = place_week(days, (Emphasis.MOBILITY,), around, earlier=(*earlier, *found), minutes=least)
        return placed.places if placed is not None else ()

    def _placement_reason(self, place: Placed) -> Decision:
        day = str(Weekday.of(place.date.weekday())).capitalize()
        runs = self._runs_on(place.date)
        tomorrow = self._runs_on(place.date + dt.timedelta(days=1))
        if not runs:
            here = "no run stands on that day"
        elif not any(run.kind.hard for run in runs):
            here = "only an easy run stands on that day"
        elif self.runner.policy is StrengthDayPolicy.HARD_DAY_EVENING:
            here = "you chose the evening of hard days, so that easy days stay easy"
        else:
            here = "after the hard run of the day costs the next hard run less than the day before it would"
        if not any(run.kind.hard for run in tomorrow):
            ahead = "nothing hard follows the day after"
        elif place.emphasis is Emphasis.HEAVY_LEGS:
            ahead = "what follows the day after asks for no gap"
        else:
            ahead = "a hard run follows the day after, so legs stay light"
        part = f" {place.day_part}" if place.day_part is not DayPart.UNKNOWN else ""
        words = _named(place.emphasis)
        return Decision(
            about="", what=f"{words} on {day}{part}", why=f"{here}, and {ahead}", sources=("CO01", "doma-2017")
        )

    # -- a week -------------------------------------------------------------------------------------------------

    def _week(self, week: WeekFrame) -> Week:
        everything = self._places(week)
        places = [place for place in everything if place.emphasis is not Emphasis.MOBILITY]
        self.placed += places
        legs_first = sorted(
            places, key=lambda place: (not place.emphasis.legs, place.emphasis is not Emphasis.HEAVY_LEGS, place.date)
        )
        if not week.deload and not week.hold and not week.phase.quiet:
            self._climb(week)
        novice_first = self.ladders.weeks_done == 0
        routine = self.rules.whole("planning", "starting_routine" if self.runner.novice else "starting_routine_trained")
        budget = routine if novice_first else 0
        quiet = week.deload or bool(week.hold) or week.phase.quiet or week.phase is Phase.MAINTENANCE
        new_left = self.rules.whole("planning", "new_per_week")
        sessions = []
        after_deload = week.number > 1 and self.frames[week.number - 2].deload
        self.chosen.begin_week((place.date for place in places), after_deload=after_deload)
        legs = sum(place.emphasis.legs for place in places)
        for number, place in enumerate(legs_first):
            # Each later session of a first week keeps places in the routine for its own first needs.
            kept = (len(places) - 1 - number) * (1 if self.runner.novice else routine // (len(places) + 1))
            # Sessions take turns in bringing something new.
            waits = number < self.ladders.weeks_done % len(places)
            new = 0 if waits else min(new_left, self.rules.whole("planning", "new_per_session"))
            allowance = budget - kept if novice_first else (0 if quiet else new)
            # Numbered by place in the week, chosen for by weight: legs first.
            session, used = self.chosen.session(
                f"{week.start:%Y%m%d}-{everything.index(place) + 1}", week, place, number=number, count=legs,
                allowance=allowance, block=self.block, run_follows=self._run_follows(place),
            )  # fmt: skip
            if novice_first:
                budget -= used
            new_left -= used
            if session.parts:
                sessions.append(session)
            else:
                self._tell(
                    f"week of {week.start}", f"no session on {place.date:%A}",
                    "nothing that your limits, kit and minutes allow there is left to do",
                )  # fmt: skip
        for place in everything:
            if place.emphasis is Emphasis.MOBILITY:
                id = f"{week.start:%Y%m%d}-{everything.index(place) + 1}"
                follows = not self._surely_after_runs(place)
                little = self.chosen.mobility(id, week, place, block=self.block, run_follows=follows)
                sessions += [little] if little.parts else []
        sessions.sort(key=lambda session: (session.date, session.day_part.order))
        self.chosen.end_week(sessions)
        if week.deload:
            self.block += 1
        if any(session.emphasis is not Emphasis.MOBILITY for session in sessions):
            self.ladders.weeks_done += 1
        runs = tuple(
            run for n in range(7) for run in self._runs_on(week.start + dt.timedelta(days=n)) if run.date >= week.first
        )
        return Week(
            number=week.number,
            start=week.start,
            phase=week.phase,
            deload=week.deload,
            runs=runs,
            sessions=tuple(sessions),
        )

    def _run_follows(self, place: Placed) -> bool:
        runs = (run for run in self._runs_on(place.date) if run.day_part is not DayPart.UNKNOWN)
        return any(run.day_part.order > place.day_part.order for run in runs)

    def _surely_after_runs(self, place: Placed) -> bool:
        runs = self._runs_on(place.date)
        known = all(DayPart.UNKNOWN not in (run.day_part, place.day_part) for run in runs)
        return known and not self._run_follows(place)

    def _climb(self, week: WeekFrame) -> None:
        left = self.rules.whole("planning", "moves_per_week")
        # The longest stay moves first; the others wait a week, so that not everything changes at once.
        jumps = self.jumps if week.phase is Phase.EXPLOSIVE else frozenset()
        in_use = [each for each in self.ladders.climbs.values() if each.used >= self.ladders.weeks_done - 1]
        for climb in sorted(in_use, key=lambda each: (each.progression.id not in jumps, each.entered)):
            before = self.ladders.rung(climb)
            if left and self.ladders.move_on(climb):
                left -= 1
                after = self.ladders.rung(climb)
                step = self.catalog.exercises[after.exercise].name
                if after.exercise == before.exercise:
                    step += f", {after.sets} x {after.amount}" + (f", {after.load}" if after.starts_loaded else "")
                self._tell(
                    after.exercise, f"from week {week.number}: {step}",
                    f"next rung of {climb.progression.name}; take it after {before.criterion}; until then stay",
                    climb.progression.sources,
                )  # fmt: skip
