"""The built-in planner: frame the season, place the sessions, choose the exercises, dose them, audit the whole.

Each step is a function of its own that a custom planner can reuse. The result is a value; the same input gives the
same plan under any hash seed.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from typing import Protocol

from runstrong.catalog import load_catalog
from runstrong.ladder.access import suits, usable_drills
from runstrong.model.catalog import Catalog
from runstrong.model.errors import InfeasibleError, InvalidValue, Problem
from runstrong.model.exercise import Exercise
from runstrong.model.log import Log
from runstrong.model.measuring import estimated_seconds, planned_rpe, seconds_of, whole_minutes
from runstrong.model.plan import CatalogStamp, Decision, Part, Plan, Session, Week
from runstrong.model.prescription import Prescription
from runstrong.model.rules import Override, RuleSet
from runstrong.model.runner import Kit, Runner
from runstrong.model.running import Run
from runstrong.model.timeline import Definitions, emphasis_of, hard_sets
from runstrong.model.value import Record, record
from runstrong.model.words import (
    Clearance,
    DayPart,
    Deficit,
    Emphasis,
    ExerciseKind,
    PartName,
    Phase,
    StrengthDayPolicy,
    Tissue,
    Weekday,
    When,
)
from runstrong.placement import Broken, Placed, Surroundings, broken_by, conflicts_of, place_week, what_would_free
from runstrong.planner.closing import audited
from runstrong.planner.dosing import dose, dose_of, lessened, shortened
from runstrong.planner.jumps import HOP_TEST, hop_test_told, hop_test_wanted, jump_ladders
from runstrong.planner.layoffs import Pauses, comeback_of
from runstrong.planner.replanning import replan
from runstrong.planner.routine import Climb, Ladders, Need, needs_of, wanted_deficits
from runstrong.planner.seasons import WeekFrame, frame, season_weeks
from runstrong.rules import load_rules

__all__ = ["Planner", "StandardPlanner", "plan"]


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
        base = rules if rules is not None else load_rules()
        resolved = base.with_overrides(runner.overrides, "runner")
        count = weeks if weeks is not None else season_weeks(runner, begin, resolved)
        if type(count) is not int or not 1 <= count <= 52:
            raise InvalidValue([Problem("weeks", repr(count), "a whole number from 1 to 52")])
        season = _Season(runner, self.catalog or load_catalog(), resolved, begin, count)
        made = season.build()
        return audited(made, base, season.catalog)

    def replan(self, plan: Plan, log: Log, today: dt.date, *, rules: RuleSet | None = None) -> Plan:
        """Return the plan with its rest planned again; see `runstrong.planner.replan`."""
        return replan(plan, log, today, rules=rules, catalog=self.catalog)


def _listed(emphases: Sequence[Emphasis]) -> str:
    return " and ".join(str(emphasis).replace("-", " ") for emphasis in emphases)


class _Season:
    """The state of one planning run; thrown away when the plan stands."""

    def __init__(self, runner: Runner, catalog: Catalog, rules: RuleSet, start: dt.date, weeks: int) -> None:
        self.runner, self.catalog, self.rules, self.start = runner, catalog, rules, start
        for id in (*runner.limitations.exclude, *(result.exercise for result in runner.assessments)):
            # A misspelled exclusion must not be planned after all: an unknown id raises, with the nearest one.
            catalog.exercises[id]
        self.frames, self.decisions_of_frame = frame(runner, start, weeks, rules)
        self.words = Definitions.of(rules)
        self.decisions: list[Decision] = list(self.decisions_of_frame)
        self.told: set[tuple[str, str]] = set()
        self.kits = {kit.place: kit for kit in runner.kits}
        anew = comeback_of(runner, start, rules).anew
        self.ladders = Ladders(runner, catalog, runner.kit_at(), rules, start, anew=anew)
        self.hop_test_to_come = hop_test_wanted(runner, catalog, start, rules)
        self.jumps = jump_ladders(catalog)
        self.pauses = Pauses(rules)
        self.runs: dict[dt.date, tuple[Run, ...]] = {}
        self.placed: list[Placed] = []
        self.doses: dict[object, Prescription] = {}
        self.patterns: dict[object, tuple[tuple[tuple[int, DayPart, Emphasis], ...], tuple[Decision, ...]]] = {}
        self.lengths: dict[int, tuple[Prescription, float]] = {}
        """Length by identity; the prescription is kept so that its identity stays its own."""
        self.week_sets: dict[Tissue, float] = {}
        self.sets_of_weeks: list[int] = []
        """Sets of strength work of each week planned so far; the last is the week at hand."""
        self.last_week: tuple[Decision, ...] = ()
        self.first = self._put_first()
        self.on_ladders = {rung.exercise for ladder in catalog.progressions.values() for rung in ladder.rungs}

    def _put_first(self) -> frozenset[str]:
        """Return the ladders of the regions that assessments put first, and say what each assessment leads to."""
        standing = self.ladders.standing
        if standing is None:
            return frozenset()
        for note in standing.notes:
            test = self.catalog.exercises[note.exercise]
            starts = [
                f"{self.catalog.progressions[id].name} from {self.catalog.progressions[id].rungs[rung].exercise}"
                for id, rung in note.places
                if standing.rung_on(id) == rung
            ]
            aims = [f"{region} work first" for region in note.regions] + [f"{each} work" for each in note.deficits]
            if starts or aims:
                why = (
                    f"you reached {note.amount} on {note.date}; a start, which your level and kit may still hold lower"
                )
                self._tell(test.id, f"{test.name}: {', '.join(starts + aims)}", why, test.sources)
        regions = set(standing.regions)
        return frozenset(id for id, ladder in self.catalog.progressions.items() if ladder.region in regions)

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
        age = self.runner.age_in(week.start.year)
        older = age is not None and age >= self.rules.whole("planning", "careful_age")
        fewer = self.rules.whole("planning", "race_sessions_per_week_careful" if older else "race_sessions_per_week")
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
        reach = self.rules.numbers("placement")
        back = round(max(reach[f"race_days_after_{span}"] for span in ("short", "half", "long")))
        ahead = round(
            max(reach["race_days_before"], reach["heavy_days_before_hard_novice"], reach["heavy_days_before_hard"], 2)
        )
        span = [week.start + dt.timedelta(days=n) for n in range(-max(back, 1), 7 + ahead)]
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
                if option != options[0]:
                    ways = what_would_free(week.days, options[0], around, earlier=earlier, minutes=self._shortest())
                    given_up = _listed(options[0])
                    back = "; to have it back: " + " or ".join(ways) if ways else ""
                    decisions.append(
                        Decision(
                            about="",
                            what=f"{_listed(option)} instead of {given_up}",
                            why=f"the runs of this week leave no room for it{back}",
                            sources=("CO01",),
                        ),
                    )
                if not any(not self._runs_on(week.start + dt.timedelta(days=n)) for n in range(7)):
                    decisions.append(
                        Decision(
                            about="",
                            what="one day keeps an easy run alone",
                            why="your runs leave no full rest day, so strength leaves one day to an easy run",
                            sources=("fitforlife",),
                        ),
                    )
                decisions.extend(self._placement_reason(place) for place in found.places)
                return (
                    tuple(((place.date - week.start).days, place.day_part, place.emphasis) for place in found.places),
                    tuple(decisions),
                )
        decisions.append(
            Decision(
                about="", what="no strength session", why="no open day is left beside the runs and the race windows"
            )
        )
        return (), tuple(decisions)

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
        words = str(place.emphasis).replace("-", " ")
        return Decision(
            about="", what=f"{words} on {day}{part}", why=f"{here}, and {ahead}", sources=("CO01", "doma-2017")
        )

    # -- a week -------------------------------------------------------------------------------------------------

    def _week(self, week: WeekFrame) -> Week:
        places = self._places(week)
        self.placed += places
        legs_first = sorted(
            places, key=lambda place: (not place.emphasis.legs, place.emphasis is not Emphasis.HEAVY_LEGS, place.date)
        )
        if not week.deload and not week.hold and week.phase not in (Phase.TAPER, Phase.RACE, Phase.RECOVERY):
            self._climb(week)
        novice_first = self.ladders.weeks_done == 0
        routine = self.rules.whole("planning", "starting_routine" if self.runner.novice else "starting_routine_trained")
        budget = routine if novice_first else 0
        quiet = week.deload or week.phase in (Phase.TAPER, Phase.RACE, Phase.RECOVERY, Phase.MAINTENANCE)
        quiet = quiet or bool(week.hold)
        new_left = self.rules.whole("planning", "new_per_week")
        sessions = []
        self.week_sets = {}
        self.pauses.begin(place.date for place in places)
        self.sets_of_weeks.append(0)
        legs = sum(place.emphasis.legs for place in places)
        for number, place in enumerate(legs_first):
            # Each later session of a first week keeps a place in the routine for its own first need.
            kept = len(places) - 1 - number
            new = min(new_left, self.rules.whole("planning", "new_per_session"))
            allowance = budget - kept if novice_first else (0 if quiet else new)
            # Numbered by place in the week, chosen for by weight: legs first.
            id = f"{week.start:%Y%m%d}-{places.index(place) + 1}"
            session, used = self._session(id, week, place, number=number, count=legs, allowance=allowance)
            if novice_first:
                budget -= used
            new_left -= used
            sessions.append(session)
        sessions.sort(key=lambda session: (session.date, session.day_part.order))
        for session in sessions:
            self.pauses.note(session.date, ((self._exercise(each), each) for each in session.part(PartName.MAIN)))
        if sessions:
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

    def _climb(self, week: WeekFrame) -> None:
        left = self.rules.whole("planning", "moves_per_week")
        # The longest stay moves first; the others wait a week, so that not everything changes at once.
        jumps = self.jumps if week.phase is Phase.EXPLOSIVE else frozenset()
        climbs = self.ladders.climbs.values()
        for climb in sorted(climbs, key=lambda each: (each.progression.id not in jumps, each.entered)):
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

    # -- a session ----------------------------------------------------------------------------------------------

    def _kit_at(self, place: Placed) -> Kit:
        return self.runner.kit_at(self.runner.place_on(place.date))

    def _session(
        self, id: str, week: WeekFrame, place: Placed, *, number: int, count: int, allowance: int
    ) -> tuple[Session, int]:
        minutes = self.runner.minutes_on(place.date)
        kit = self._kit_at(place)
        warm_up, cool_down = self._edges(place, kit, minutes)
        if self.hop_test_to_come and place.emphasis.legs and self._may_test_hops(week):
            self.hop_test_to_come = False
            told = hop_test_told(self.runner, week.number, self.rules)
            self._tell(told.about, told.what, told.why, told.sources)
            warm_up = (*warm_up, dose_of(self.catalog.exercises[HOP_TEST], self.runner.trained_level, most_sets=1))
        edges = estimated_seconds((*warm_up, *cool_down), self.rules)
        first = self.first | self.jumps if week.phase is Phase.EXPLOSIVE else self.first
        needs = needs_of(number, count, place.emphasis, novice=self.runner.novice, first=first)
        main, used = self._main(week, place, needs, kit, allowance=allowance, seconds=minutes * 60 - edges)
        parts = []
        for name, prescriptions in (
            (PartName.WARM_UP, warm_up),
            (PartName.MAIN, main),
            (PartName.COOL_DOWN, cool_down),
        ):
            if prescriptions:
                parts.append(Part(name=name, prescriptions=tuple(prescriptions)))
        seconds = edges + sum(map(self._seconds, main))
        emphasis = emphasis_of(((self._exercise(each), each.load, each.rir) for each in main), self.words)
        session = Session(
            id=id, date=place.date, day_part=place.day_part, place=kit.place,
            emphasis=emphasis, parts=tuple(parts), minutes=whole_minutes(seconds),
            session_rpe=planned_rpe(emphasis, week.phase, week.deload),
        )  # fmt: skip
        return session, used

    def _may_test_hops(self, week: WeekFrame) -> bool:
        quiet = week.deload or week.share < 1 or week.phase in (Phase.TAPER, Phase.RACE, Phase.RECOVERY)
        return not quiet and self.ladders.weeks_done >= self.rules.whole("planning", "weeks_before_jumps")

    def _exercise(self, prescription: Prescription) -> Exercise:
        return self.catalog.exercises[prescription.exercise]

    def _main(
        self, week: WeekFrame, place: Placed, needs: Sequence[Need], kit: Kit, *, allowance: int, seconds: float
    ) -> tuple[list[Prescription], int]:
        chosen: list[tuple[Need, Prescription]] = []
        used = 0
        for need in needs:
            held = {each.exercise for _, each in chosen}
            climb = self._answer(need, held, kit, allowance=allowance - used, week=week, emphasis=place.emphasis)
            if climb is None:
                continue
            made = self._dosed(climb, week, place.emphasis)
            capped = self._under_cap(made, chosen)
            fitted = self._fit(chosen, (need, capped), seconds) if capped is not None else None
            if fitted is None or (week.deload and not self._relieves(fitted)):
                continue
            if not week.deload and week.phase not in (Phase.TAPER, Phase.RACE, Phase.RECOVERY):
                climb.sessions += 1
            if made.exercise not in self.ladders.known:
                used += 1
                self.ladders.known.add(made.exercise)
                self._tell(made.exercise, f"{self._exercise(made).name} ({need.name})", need.why, need.sources)
            chosen = fitted
        chosen = [(need, self._after_pause(each, place.date)) for need, each in chosen]
        for _, prescription in chosen:
            self._count(prescription, self.week_sets)
        self.sets_of_weeks[-1] += self._strength_sets(chosen)
        chosen.sort(key=lambda each: each[0].order)
        return [prescription for _, prescription in chosen], used

    def _strength_sets(self, chosen: Sequence[tuple[Need, Prescription]]) -> int:
        return sum(each.sets for _, each in chosen if self._exercise(each).hard)

    def _relieves(self, chosen: Sequence[tuple[Need, Prescription]]) -> bool:
        """Whether a deload with these stays one (PG07): the minutes that fewer sets free are not filled with others."""
        *before, so_far = self.sets_of_weeks
        most = max(before[-self.rules.whole("PG07", "weeks") :], default=0)
        allowed = most * self.rules.number("PG07", "most_sets") if most else math.inf
        return so_far + self._strength_sets(chosen) <= allowed

    def _after_pause(self, asked: Prescription, date: dt.date) -> Prescription:
        share = self.pauses.share(self._exercise(asked), asked, date)
        return lessened(asked, share, self.rules) if share < 1 else asked

    def _count(self, prescription: Prescription, tally: dict[Tissue, float]) -> None:
        """Add a prescription's hard sets to a tally by tissue."""
        exercise = self._exercise(prescription)
        sets = hard_sets(exercise, prescription.sets, prescription.rir, self.words)
        if sets:
            for tissue in exercise.primary:
                tally[tissue] = tally.get(tissue, 0.0) + sets
            for tissue in exercise.secondary:
                tally[tissue] = tally.get(tissue, 0.0) + sets * self.words.secondary_share

    def _under_cap(self, made: Prescription, chosen: Sequence[tuple[Need, Prescription]]) -> Prescription | None:
        """Take sets away until no tissue goes over the week's cap (TM03); None when not one set is left."""
        cap = self.rules.number("TM03", "cap")
        trial: Prescription | None = made
        while trial is not None:
            tally = dict(self.week_sets)
            for _, prescription in chosen:
                self._count(prescription, tally)
            self._count(trial, tally)
            exercise = self._exercise(trial)
            if all(tally.get(tissue, 0.0) <= cap for tissue in (*exercise.primary, *exercise.secondary)):
                return trial
            trial = self._shorter(trial)
        return None

    def _seconds(self, prescription: Prescription) -> float:
        """Return the estimated length; each object is looked at once, as weeks share doses."""
        known = self.lengths.get(id(prescription))
        if known is None:
            known = self.lengths[id(prescription)] = (prescription, seconds_of(prescription, self.rules))
        return known[1]

    def _shorter(self, prescription: Prescription) -> Prescription | None:
        """Return the prescription with one set less, always the same object for the same one."""
        key = ("shorter", id(prescription))
        if key not in self.doses:
            self.lengths.setdefault(id(prescription), (prescription, seconds_of(prescription, self.rules)))
            self.doses[key] = shortened(prescription)  # type: ignore[assignment]
        return self.doses[key]

    def _fit(
        self, chosen: list[tuple[Need, Prescription]], extra: tuple[Need, Prescription], seconds: float
    ) -> list[tuple[Need, Prescription]] | None:
        """Make room for one more within the minutes: by fewer sets, down to two, the least important first."""
        trial = [*chosen, extra]
        while sum(self._seconds(each) for _, each in trial) > seconds:
            for place in range(len(trial) - 1, -1, -1):
                need, prescription = trial[place]
                less = self._shorter(prescription) if prescription.sets > 2 else None
                if less is not None:
                    trial[place] = (need, less)
                    break
            else:
                return None
        return trial

    def _answer(
        self, need: Need, held: set[str], kit: Kit, *, allowance: int, week: WeekFrame, emphasis: Emphasis
    ) -> Climb | None:
        """Return the first ladder for `need` whose rung is known, or new while something new is allowed.

        The next rung of a known ladder is not new, but waits for a week that is not a deload, taper or race week. At a
        place with less equipment than the usual one, the highest rung that can be done there stands in.
        """
        quiet = week.deload or week.phase in (Phase.TAPER, Phase.RACE, Phase.RECOVERY) or bool(week.hold)
        for id in need.ladders:
            climb = self.ladders.climb(id)
            if climb is None:
                continue
            here = self._here(climb, kit)
            if here is None:
                continue
            exercise = self.catalog.exercises[self.ladders.rung(here).exercise]
            if exercise.id in held or not suits(exercise, emphasis):
                continue
            if exercise.id in self.ladders.known or allowance > 0 or (not quiet and self._relative(here)):
                return here
        return None

    def _here(self, climb: Climb, kit: Kit) -> Climb | None:
        """Return the climb at the highest rung, up to its own, that the kit at hand allows; None where none does."""
        for place in range(climb.place, -1, -1):
            if self.ladders.unusable(climb.progression.rungs[place], kit) is None:
                return climb if place == climb.place else Climb(climb.progression, place, climb.entered, climb.sessions)
        return None

    def _relative(self, climb: Climb) -> bool:
        """Whether another rung of the ladder is known, so that this one is a step from it and not a new exercise."""
        return any(rung.exercise in self.ladders.known for rung in climb.progression.rungs)

    def _dosed(self, climb: Climb, week: WeekFrame, emphasis: Emphasis) -> Prescription:
        rung = self.ladders.rung(climb)
        key = (climb.progression.id, climb.place, week.phase, emphasis, week.deload, week.share)
        made = self.doses.get(key)
        if made is None:
            made = self.doses[key] = dose(
                rung, self.catalog.exercises[rung.exercise], progression=climb.progression.id, phase=week.phase,
                emphasis=emphasis, deload=week.deload, share=week.share, rules=self.rules,
                level=self.runner.trained_level,
            )  # fmt: skip
        return made

    # -- warm-up and cool-down ----------------------------------------------------------------------------------

    def _edges(
        self, place: Placed, kit: Kit, minutes: float
    ) -> tuple[tuple[Prescription, ...], tuple[Prescription, ...]]:
        runs = self._runs_on(place.date)
        run_follows = any(
            run.day_part.order > place.day_part.order for run in runs if run.day_part is not DayPart.UNKNOWN
        )
        key = ("edges", kit.place, minutes, run_follows)
        known = self.doses.get(key)
        if known is None:
            known = self.doses[key] = self._edges_anew(kit, minutes, run_follows)  # type: ignore[assignment]
        return known  # type: ignore[return-value]

    def _edges_anew(
        self, kit: Kit, minutes: float, run_follows: bool
    ) -> tuple[tuple[Prescription, ...], tuple[Prescription, ...]]:
        share = min(1.0, minutes / 30)
        warm_seconds = 60 * share * self.rules.number("planning", "warm_up_minutes")
        cool_seconds = 60 * share * self.rules.number("planning", "cool_down_minutes")
        level = self.runner.trained_level
        warm_up: list[Prescription] = []
        cool_down: list[Prescription] = []
        taken: list[str] = []

        def add(part: list[Prescription], exercise: Exercise, limit: float) -> bool:
            made = dose_of(exercise, level, most_sets=1)
            if part and estimated_seconds((*part, made), self.rules) > limit:
                return False
            part.append(made)
            taken.append(exercise.id)
            return True

        def serving(deficit: Deficit, kinds: tuple[ExerciseKind, ...]) -> list[Exercise]:
            found = [each for each in self.catalog.exercises.values() if deficit in each.serves and each.kind in kinds]
            usable = usable_drills(found, self.runner, kit, self.start, taken=taken)
            # A drill that a ladder builds on comes before one that stands alone.
            return sorted(usable, key=lambda each: each.id not in self.on_ladders)

        standing = self.ladders.standing
        deficits = wanted_deficits(self.runner, standing.deficits if standing is not None else ())
        for id in ("skip", "walking-knee-hug", "leg-swing-sagittal", "leg-swing-frontal"):
            if len(warm_up) == 2:
                # Two drills warm the body; what is left of the time goes to stated deficits first.
                for deficit, why in deficits:
                    for exercise in serving(deficit, (ExerciseKind.MOBILITY, ExerciseKind.DYNAMIC_DRILL))[:1]:
                        if add(warm_up, exercise, warm_seconds):
                            self._tell(exercise.id, f"mobility: {exercise.name}", why, exercise.sources)
            if id in self.catalog.exercises:
                drill = self.catalog.exercises[id]
                if usable_drills((drill,), self.runner, kit, self.start, taken=taken) and add(
                    warm_up, drill, warm_seconds
                ):
                    self._tell(
                        id, f"warm-up: {drill.name}", "movement that warms the joints the session uses", drill.sources
                    )
        if not run_follows:
            for deficit, why in deficits:
                stretches = [
                    each for each in serving(deficit, (ExerciseKind.STATIC_STRETCH,)) if each.when is not When.PRE_RUN
                ]
                for exercise in stretches[:1]:
                    if add(cool_down, exercise, cool_seconds):
                        self._tell(exercise.id, f"stretch: {exercise.name}", why, exercise.sources)
        if not cool_down:
            breathing = [each for each in self.catalog.exercises.values() if each.kind is ExerciseKind.BREATHING]
            for exercise in usable_drills(breathing, self.runner, kit, self.start)[:1]:
                add(cool_down, exercise, cool_seconds)
                self._tell(
                    exercise.id,
                    f"cool-down: {exercise.name}",
                    "an easy end without stretching for its own sake",
                    exercise.sources,
                )
        return tuple(warm_up), tuple(cool_down)
