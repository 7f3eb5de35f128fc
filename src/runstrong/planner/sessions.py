"""A session: which exercises answer its needs, how much of each, in what order, and what fits its minutes."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Collection, Iterable, Sequence

from runstrong.ladder.access import suits
from runstrong.model.catalog import Catalog
from runstrong.model.exercise import Exercise
from runstrong.model.measuring import block_seconds, estimated_seconds, planned_rpe, seconds_of, whole_minutes
from runstrong.model.plan import Part, Session
from runstrong.model.prescription import External, Prescription
from runstrong.model.rules import RuleSet
from runstrong.model.runner import Kit, Runner
from runstrong.model.timeline import Definitions, emphasis_of, hard_sets
from runstrong.model.value import evolve
from runstrong.model.words import Emphasis, Goal, PartName, Phase, Side, Tissue
from runstrong.placement import Placed
from runstrong.planner.dosing import dose, dose_of, heavy_only, lessened, shortened
from runstrong.planner.jumps import HOP_TEST, hop_test_told, older
from runstrong.planner.layoffs import Pauses
from runstrong.planner.lifts import StartingLoads, at_hand
from runstrong.planner.routine import Climb, Ladders, Need, needs_of
from runstrong.planner.seasons import WeekFrame
from runstrong.planner.supersets import Supersets
from runstrong.planner.warm_ups import WarmUps

__all__ = ["Sessions"]
"""Phases that bring nothing new and do not count as a stay on a rung."""

_NOT_FOR_LONG = (("foot", "balance", "shin and ankle"), ("anti-rotation", "rotation"))
"""Needs of which one should be answered every few weeks, however short the sessions are."""

_Chosen = list[tuple[Need, Prescription]]


class Sessions:
    """Fills the places of a season's weeks, one after the other.

    Args:
        runner: whom they are for.
        catalog: exercises and ladders.
        rules: source of the numbers.
        ladders: where the season stands on each.
        edges: warm-ups and cool-downs.
        loads: for lifts whose best set is known.
        first: ladders of the regions that assessments put first.
        jumps: ladders that begin with a jump, which come first in an explosive phase.
        weaker: the side that assessments found weaker, by ladder.
        hop_test: whether the season should hold the hop test.
        tell: takes decisions: about, what, why, sources.
    """

    def __init__(
        self, runner: Runner, catalog: Catalog, rules: RuleSet, *, ladders: Ladders, edges: WarmUps,
        loads: StartingLoads, first: Collection[str], jumps: frozenset[str], weaker: dict[str, Side], hop_test: bool,
        tell: Callable[[str, str, str, Sequence[str]], None],
    ) -> None:  # fmt: skip
        self.runner, self.catalog, self.rules = runner, catalog, rules
        self.ladders, self.edges, self.loads, self.first, self.weaker, self.tell = (
            ladders, edges, loads, first, weaker, tell,
        )  # fmt: skip
        self.jumps, self.hop_test = jumps, hop_test
        self.words = Definitions.of(rules)
        self._supersets = Supersets(catalog.exercises, self.words)
        self._cap, self._rise = rules.number("TM03", "cap"), rules.number("TM04", "max_rise")
        self._start = rules.number("TM04", "start")
        self.week_sets: dict[Tissue, float] = {}
        """Hard sets of the week so far, by tissue."""
        self._earlier_sets: list[dict[Tissue, float]] = []
        self._most_sets: dict[Tissue, float] | None = None
        self._pauses = Pauses(rules)
        self._sets_of_weeks: list[int] = []
        """Sets of strength work of each week planned so far; the last is the week at hand."""
        self._hard: dict[int, tuple[Prescription, tuple[tuple[Tissue, float], ...]]] = {}
        self._held: dict[str, int] = {}
        """Working weeks done when a need was last answered."""
        self._routine_weeks = rules.whole("planning", "overdue_weeks") if runner.novice else 0
        self._doses: dict[object, Prescription] = {}
        self._shorter_by_id: dict[int, Prescription | None] = {}
        self._lengths: dict[int, tuple[Prescription, float]] = {}
        """Length by identity; the prescription is kept so that its identity stays its own."""
        self._blocks: dict[tuple[int, int], float] = {}
        self._orders: dict[tuple[object, ...], tuple[tuple[tuple[int, ...], ...], float]] = {}
        self._finished: dict[tuple[object, ...], tuple[Prescription, ...]] = {}

    def begin_week(self, days: Iterable[dt.date], *, after_deload: bool) -> None:
        """Begin a week: none of its tissues gets more sets than the cap, or much more than in the weeks before.

        Args:
            days: that will hold a session.
            after_deload: whether the week before was one, after which full weeks are no rise.
        """
        self._pauses.begin(days)
        self._sets_of_weeks.append(0)
        if self.week_sets:
            self._earlier_sets.append(self.week_sets)
        self.week_sets = {}
        weeks = self.rules.whole("TM04", "weeks")
        before = self._earlier_sets[-weeks:]
        self._most_sets = None
        if not after_deload and len(before) == weeks:
            self._most_sets = {}
            for sets in before:
                for tissue, count in sets.items():
                    self._most_sets[tissue] = max(count, self._most_sets.get(tissue, 0.0))

    def end_week(self, sessions: Iterable[Session]) -> None:
        """Take in a week's sessions, in order of date."""
        for session in sessions:
            self._pauses.note(session.date, ((self._exercise(each), each) for each in session.part(PartName.MAIN)))

    def _limit(self, tissue: Tissue) -> float:
        """Return the hard sets that a tissue may get this week (TM03, TM04)."""
        if self._most_sets is None:
            return self._cap
        return min(self._cap, max(self._most_sets.get(tissue, 0.0) + self._rise, self._start))

    def session(
        self, id: str, week: WeekFrame, place: Placed, *, number: int, count: int, allowance: int, block: int,
        run_follows: bool,
    ) -> tuple[Session, int]:  # fmt: skip
        """Return a session and how many exercises in it are new.

        Args:
            id: for the session.
            week: that it stands in.
            place: day, part of the day and what it may ask of the legs.
            number: which of the week's sessions it is, by weight, from 0.
            count: sessions in the week with leg work.
            allowance: how many exercises may be new.
            block: of training, counted from 0; some needs are answered by another ladder in each.
            run_follows: whether a run stands later that day.
        """
        minutes = self.runner.minutes_on(place.date)
        kit = self._kit_at(place)
        warm_up, cool_down = self.edges.edges(kit, minutes, run_follows=run_follows, block=block)
        if self.hop_test and place.emphasis.legs and self._may_test_hops(week):
            self.hop_test = False
            told = hop_test_told(self.runner, week.number, self.rules)
            self.tell(told.about, told.what, told.why, told.sources)
            warm_up = (*warm_up, dose_of(self.catalog.exercises[HOP_TEST], self.runner.trained_level, most_sets=1))
        beside = estimated_seconds((*warm_up, *cool_down), self.rules)
        first = frozenset(self.first) | self.jumps if week.phase is Phase.EXPLOSIVE else self.first
        needs = needs_of(
            number, count, place.emphasis, novice=self.runner.novice, first=first, speed=self._speed(week),
            steady=older(self.runner, week.start, self.rules), short=self._short(minutes),
        )  # fmt: skip
        least = 1 if self._short(minutes) else 2
        room = _Room(minutes * 60 - beside, self._most(minutes), least, self._throughout(minutes), kit)
        chosen, used = self._choose(week, place, needs, room, allowance=allowance, block=block)
        main = self._in_order([each for _, each in chosen], room)
        parts = []
        for name, prescriptions in (
            (PartName.WARM_UP, warm_up),
            (PartName.MAIN, main),
            (PartName.COOL_DOWN, cool_down),
        ):
            if prescriptions:
                parts.append(Part(name=name, prescriptions=prescriptions))
        seconds = beside + self._length([each for _, each in chosen], room)
        emphasis = emphasis_of(((self._exercise(each), each.load, each.rir) for each in main), self.words)
        made = Session(
            id=id, date=place.date, day_part=place.day_part, place=kit.place, emphasis=emphasis, parts=tuple(parts),
            minutes=whole_minutes(seconds),
            session_rpe=planned_rpe(emphasis, week.phase, week.deload),
        )  # fmt: skip
        return made, used

    def mobility(self, id: str, week: WeekFrame, place: Placed, *, block: int, run_follows: bool) -> Session:
        """Return a few minutes of mobility, as short as leaves a rest day one (CV10); without parts where none fits.

        Args:
            id: for the session.
            week: that it stands in.
            place: day and part of the day.
            block: of training, counted from 0.
            run_follows: whether a run stands later that day, or may.
        """
        kit = self._kit_at(place)
        most = min(self.runner.minutes_on(place.date), self.rules.number("CV10", "mobility_minutes"))
        drills = self.edges.mobility(kit, most, run_follows=run_follows, block=block)
        return Session(
            id=id, date=place.date, day_part=place.day_part, place=kit.place, emphasis=Emphasis.MOBILITY,
            parts=(Part(name=PartName.MAIN, prescriptions=drills),) if drills else (),
            minutes=whole_minutes(estimated_seconds(drills, self.rules)),
            session_rpe=planned_rpe(Emphasis.MOBILITY, week.phase, week.deload),
        )  # fmt: skip

    # -- what a session is for ----------------------------------------------------------------------------------

    def _kit_at(self, place: Placed) -> Kit:
        return self.runner.kit_at(self.runner.place_on(place.date))

    def _may_test_hops(self, week: WeekFrame) -> bool:
        settled = self.ladders.weeks_done >= self.rules.whole("planning", "weeks_before_jumps")
        return settled and week.share == 1 and not week.deload and not week.phase.quiet

    def _speed(self, week: WeekFrame) -> bool:
        return Goal.RUN_FASTER in self.runner.goals and week.phase in (Phase.HEAVY, Phase.EXPLOSIVE, Phase.MAINTENANCE)

    def _most(self, minutes: float) -> int:
        """Return how many exercises a session of this length may hold: few done well."""
        most = round(minutes / self.rules.number("planning", "minutes_per_exercise"))
        least = self.rules.whole("planning", "least_exercises")
        return min(max(least, most), self.rules.whole("planning", "most_exercises"))

    def _short(self, minutes: float) -> bool:
        return minutes < self.rules.number("planning", "cool_down_from_minutes")

    def _throughout(self, minutes: float) -> bool:
        return minutes <= self.rules.number("planning", "supersets_throughout_up_to")

    def _quiet(self, week: WeekFrame) -> bool:
        return week.deload or bool(week.hold) or week.phase.quiet

    # -- choose -------------------------------------------------------------------------------------------------

    def _choose(
        self, week: WeekFrame, place: Placed, needs: Sequence[Need], room: _Room, *, allowance: int, block: int
    ) -> tuple[_Chosen, int]:
        chosen: _Chosen = []
        used = 0
        needs = self._with_what_is_due(needs, room)
        turning = self._turning(needs, room, place.emphasis, allowance, block)
        for need in needs:
            if len(chosen) == room.most:
                break
            held = {each.exercise for _, each in chosen}
            fitted: _Chosen | None = None
            climb: Climb | None = None
            made: Prescription | None = None
            while fitted is None:
                climb = self._answer(
                    need, held, room.kit, allowance=allowance - used, week=week, emphasis=place.emphasis, block=block,
                    turns=need.name in turning,
                )  # fmt: skip
                if climb is None:
                    break
                made = self._dosed(climb, week, place.emphasis, room.kit)
                capped = self._under_cap(made, chosen)
                fitted = self._fit(chosen, (need, capped), room) if capped is not None else None
                # What has no room, in minutes or in sets of its tissues, may have a relative that has.
                held.add(made.exercise)
            if climb is None or made is None or fitted is None or (week.deload and not self._relieves(fitted)):
                continue
            self._use(climb, week, place.emphasis)
            self._held[need.name] = self.ladders.weeks_done
            if made.exercise not in self.ladders.known:
                used += not self._relative(climb)  # the next rung of a known ladder is no new exercise
                self.ladders.known.add(made.exercise)
                self.tell(made.exercise, f"{self._exercise(made).name} ({need.name})", need.why, need.sources)
            chosen = fitted
        chosen = [(need, self._after_pause(each, place.date)) for need, each in chosen]
        for _, prescription in chosen:
            self._count(prescription, self.week_sets)
        self._sets_of_weeks[-1] += self._strength_sets(chosen)
        return chosen, used

    def _strength_sets(self, chosen: _Chosen) -> int:
        return sum(each.sets for _, each in chosen if self._exercise(each).hard)

    def _relieves(self, chosen: _Chosen) -> bool:
        """Whether a deload with these stays one (PG07): the minutes that fewer sets free are not filled with others."""
        *before, so_far = self._sets_of_weeks
        most = max(before[-self.rules.whole("PG07", "weeks") :], default=0)
        allowed = most * self.rules.number("PG07", "most_sets") if most else math.inf
        return so_far + self._strength_sets(chosen) <= allowed

    def _after_pause(self, asked: Prescription, date: dt.date) -> Prescription:
        """Return less of what comes back after its tissues have rested for weeks (TS04)."""
        share = self._pauses.share(self._exercise(asked), asked, date)
        return lessened(asked, share, self.rules) if share < 1 else asked

    def _with_what_is_due(self, needs: Sequence[Need], room: _Room) -> Sequence[Need]:
        """Give the last place of a session that holds few exercises to what no session has held for some weeks."""
        last = room.most - 1
        for names in _NOT_FOR_LONG:
            rested = self.ladders.weeks_done - max(self._held.get(name, self._routine_weeks) for name in names)
            if rested < self.rules.whole("planning", "overdue_weeks"):
                continue
            for place, need in enumerate(needs):
                if need.name in names and place >= last and self._possible(need):
                    others = [each for each in needs if each is not need]
                    return (*others[:last], need, *others[last:])
        return needs

    def _possible(self, need: Need) -> bool:
        return any(self.ladders.climb(id) is not None for id in need.ladders[: need.turns])

    def _use(self, climb: Climb, week: WeekFrame, emphasis: Emphasis) -> None:
        own = self.ladders.climbs[climb.progression.id]
        own.used = self.ladders.weeks_done
        if not week.deload and not week.phase.quiet:
            climb.sessions += 1
            if emphasis is Emphasis.HEAVY_LEGS:
                own.heavy = True

    def _turning(
        self, needs: Sequence[Need], room: _Room, emphasis: Emphasis, allowance: int, block: int
    ) -> frozenset[str]:
        """Return the needs that may take a new ladder for the sake of variety: first the routine has to be whole."""
        first_block = self.runner.novice and self.ladders.weeks_done < self.rules.whole("planning", "level_up_weeks")
        if block == 0 or allowance <= 0 or first_block:
            return frozenset()
        left = allowance
        for need in needs[: room.most]:
            climbs = [climb for id in need.ladders if (climb := self.ladders.climb(id)) is not None]
            left -= bool(climbs) and not any(self._relative(climb) for climb in climbs)
        turning = []
        for need in needs[: room.most]:
            if left <= 0:
                break
            if need.turns < 2:
                continue
            wanted = self._next_in_turn(need, room.kit, emphasis, block)
            if wanted is not None and not self._relative(wanted):
                turning.append(need.name)
                left -= 1
        return frozenset(turning)

    def _next_in_turn(self, need: Need, kit: Kit, emphasis: Emphasis, block: int) -> Climb | None:
        for id in need.in_turn(block)[: need.turns]:
            climb = self.ladders.climb(id)
            here = self._here(climb, kit, emphasis) if climb is not None else None
            if here is not None and suits(self.catalog.exercises[self.ladders.rung(here).exercise], emphasis):
                return here
        return None

    def _answer(
        self, need: Need, held: set[str], kit: Kit, *, allowance: int, week: WeekFrame, emphasis: Emphasis, block: int,
        turns: bool,
    ) -> Climb | None:  # fmt: skip
        """Return the first ladder for `need` whose rung is known, or new while something new is allowed.

        The next rung of a known ladder is not new, but waits for a week that is not a deload, taper or race week. At a
        place with less equipment than the usual one, and in a light session, the highest rung that can be done there
        stands in.
        """
        begun = any(self._relative(own) for id in need.ladders[: need.turns] if (own := self.ladders.climb(id)))
        fresh: Climb | None = None
        for place, id in enumerate(need.in_turn(block) if begun else need.ladders):
            climb = self.ladders.climb(id)
            if climb is None:
                continue
            here = self._here(climb, kit, emphasis)
            if here is None:
                continue
            exercise = self.catalog.exercises[self.ladders.rung(here).exercise]
            # A lighter week has no hard landings, however heavy its session was meant to be.
            kind = Emphasis.LIGHT_LEGS if (week.deload or week.phase.quiet) and emphasis.legs else emphasis
            if exercise.id in held or not suits(exercise, kind):
                continue
            if exercise.id in self.ladders.known or (not self._quiet(week) and self._relative(here)):
                # What is known comes before what would only be a change, but not a makeshift before the real thing.
                return here if fresh is None or place < need.turns else fresh
            if allowance > 0:
                if turns or not begun:
                    return here
                fresh = fresh or here
        return fresh if not begun else None

    def _here(self, climb: Climb, kit: Kit, emphasis: Emphasis) -> Climb | None:
        """Return the climb at the highest rung, up to its own, that kit and emphasis allow; None where none does."""
        for place in range(climb.place, -1, -1):
            rung = climb.progression.rungs[place]
            if self.ladders.unusable(rung, kit) is not None:
                continue
            exercise = self.catalog.exercises[rung.exercise]
            if emphasis is not Emphasis.HEAVY_LEGS and heavy_only(rung.amount, rung.load, exercise, self.rules):
                continue
            if place == climb.place:
                return climb
            return Climb(climb.progression, place, climb.entered, climb.sessions)
        return None

    def _relative(self, climb: Climb) -> bool:
        """Whether another rung of the ladder is known, so that this one is a step from it and not a new exercise."""
        return any(rung.exercise in self.ladders.known for rung in climb.progression.rungs)

    # -- dose ---------------------------------------------------------------------------------------------------

    def _dosed(self, climb: Climb, week: WeekFrame, emphasis: Emphasis, kit: Kit) -> Prescription:
        rung = self.ladders.rung(climb)
        key = (climb.progression.id, climb.place, week.phase, emphasis, week.deload, week.share, kit.place)
        made = self._doses.get(key)
        if made is None:
            exercise = self.catalog.exercises[rung.exercise]
            made = dose(
                rung, exercise, progression=climb.progression.id, phase=week.phase, emphasis=emphasis,
                deload=week.deload, share=week.share, rules=self.rules, level=self.runner.trained_level,
            )  # fmt: skip
            known = self.loads.load_for(made, exercise, kit)
            if known is not None:
                made = evolve(made, load=known.load)
                self.tell(exercise.id, f"{exercise.name}: {known.load} to begin with", known.why, known.sources)
            elif isinstance(made.load, External):
                made = evolve(made, load=at_hand(made.load, exercise, kit))
            weaker = self.weaker.get(climb.progression.id)
            if weaker is not None and made.side is Side.BOTH:
                other = Side.LEFT if weaker is Side.RIGHT else Side.RIGHT
                note = f"{weaker} side first, and no more on the {other} than the {weaker} has managed"
                made = evolve(made, note=note)
            self._doses[key] = made
        return made

    def _exercise(self, prescription: Prescription) -> Exercise:
        return self.catalog.exercises[prescription.exercise]

    def _hard_sets(self, prescription: Prescription) -> tuple[tuple[Tissue, float], ...]:
        """Return a prescription's hard sets by tissue."""
        known = self._hard.get(id(prescription))
        if known is None:
            exercise = self._exercise(prescription)
            sets = hard_sets(exercise, prescription.sets, prescription.rir, self.words)
            share = sets * self.words.secondary_share
            found = [(tissue, sets) for tissue in exercise.primary] + [(tissue, share) for tissue in exercise.secondary]
            known = self._hard[id(prescription)] = (prescription, tuple(found) if sets else ())
        return known[1]

    def _count(self, prescription: Prescription, tally: dict[Tissue, float]) -> None:
        """Add a prescription's hard sets to a tally by tissue."""
        for tissue, sets in self._hard_sets(prescription):
            tally[tissue] = tally.get(tissue, 0.0) + sets

    def _under_cap(self, made: Prescription, chosen: _Chosen) -> Prescription | None:
        """Take sets away until no tissue goes over its limit for the week; None when fewer than two would be left."""
        least = min(2, made.sets)
        tally = dict(self.week_sets)
        for _, prescription in chosen:
            self._count(prescription, tally)
        trial: Prescription | None = made
        while trial is not None and trial.sets >= least:
            if all(tally.get(tissue, 0.0) + sets <= self._limit(tissue) for tissue, sets in self._hard_sets(trial)):
                return trial
            trial = self._shorter(trial)
        return None

    def _shorter(self, prescription: Prescription) -> Prescription | None:
        """Return the prescription with one set less, always the same object for the same one."""
        if id(prescription) not in self._shorter_by_id:
            self._seconds(prescription)
            self._shorter_by_id[id(prescription)] = shortened(prescription)
        return self._shorter_by_id[id(prescription)]

    # -- order and minutes --------------------------------------------------------------------------------------

    def _seconds(self, prescription: Prescription) -> float:
        """Return the estimated length; each object is looked at once, as weeks share doses."""
        known = self._lengths.get(id(prescription))
        if known is None:
            known = self._lengths[id(prescription)] = (prescription, seconds_of(prescription, self.rules))
        return known[1]

    def _plan(self, main: Sequence[Prescription], room: _Room) -> tuple[tuple[tuple[int, ...], ...], float]:
        """Return the order of the main work and how long it takes so."""
        key = (room.kit.place, room.throughout, *map(id, main))
        known = self._orders.get(key)
        if known is None:
            total = 0.0
            for each in main:
                self._seconds(each)  # keeps the object, so that its identity stays its own
            order = self._supersets.paired(main, room.kit, all_of_it=room.throughout)
            for block in order:
                if len(block) == 1:
                    total += self._seconds(main[block[0]])
                    continue
                first, second = (main[place] for place in block)
                pair = (id(first), id(second))
                if pair not in self._blocks:
                    self._blocks[pair] = block_seconds((first, second), self.rules)
                total += self._blocks[pair]
            known = self._orders[key] = (order, total)
        return known

    def _length(self, main: Sequence[Prescription], room: _Room) -> float:
        return self._plan(main, room)[1]

    def _fits(self, main: Sequence[Prescription], room: _Room) -> bool:
        """Whether the main work fits its minutes; supersets can only make it shorter."""
        return sum(map(self._seconds, main)) <= room.seconds or self._length(main, room) <= room.seconds

    def _in_order(self, main: Sequence[Prescription], room: _Room) -> tuple[Prescription, ...]:
        key = (room.kit.place, room.throughout, *map(id, main))
        made = self._finished.get(key)
        if made is None:
            made = self._finished[key] = self._supersets.lettered(main, room.kit, all_of_it=room.throughout)
        return made

    def _fit(self, chosen: _Chosen, extra: tuple[Need, Prescription], room: _Room) -> _Chosen | None:
        """Make room for one more within the minutes: by fewer sets, the least important first.

        Two sets of each stay, in a very short session one of what comes last: rather that than nothing of it.
        """
        trial = [*chosen, extra]
        least = 2
        while not self._fits([each for _, each in trial], room):
            for place in range(len(trial) - 1, -1, -1):
                need, prescription = trial[place]
                less = self._shorter(prescription) if prescription.sets > least else None
                if less is not None:
                    trial[place] = (need, less)
                    break
            else:
                if least == room.least:
                    return None
                least = room.least
        return trial


class _Room:
    """What a session's main work has to fit."""

    __slots__ = ("kit", "least", "most", "seconds", "throughout")

    def __init__(self, seconds: float, most: int, least: int, throughout: bool, kit: Kit) -> None:
        self.seconds, self.most, self.least, self.throughout, self.kit = seconds, most, least, throughout, kit
