"""The frame of a season: phases, deloads, taper and race weeks, laid over the runner's own weeks."""

from __future__ import annotations

import datetime as dt

from runstrong.model.plan import Decision
from runstrong.model.rules import RuleSet
from runstrong.model.runner import Runner
from runstrong.model.running import Race
from runstrong.model.value import Record, record
from runstrong.model.words import Clearance, Level, Phase, Priority, Region

__all__ = ["WeekFrame", "frame", "season_weeks"]

DEFAULT_WEEKS = 12
MOST_WEEKS = 52


@record
class WeekFrame(Record):
    """One week of the season before anything is placed in it.

    Args:
        number: counted from 1.
        start: first day of the runner's week.
        first: first day that may be planned (later than `start` in a first week begun midway).
        phase: of the season.
        deload: whether strength is lightened.
        phase_week: which week of its phase it is, from 1.
    """

    number: int
    start: dt.date
    first: dt.date
    phase: Phase
    deload: bool
    phase_week: int

    @property
    def days(self) -> tuple[dt.date, ...]:
        """Days that may be planned."""
        return tuple(
            self.start + dt.timedelta(days=n) for n in range(7) if self.start + dt.timedelta(days=n) >= self.first
        )


def season_weeks(runner: Runner, start: dt.date) -> int:
    """Return how many weeks to plan when the caller does not say: up to the main race, else twelve (convention)."""
    race = _main_race(runner, start, start + dt.timedelta(days=7 * MOST_WEEKS - 7))
    if race is None:
        return DEFAULT_WEEKS
    return (runner.week_of(race.date) - runner.week_of(start)).days // 7 + 1


def _main_race(runner: Runner, start: dt.date, end: dt.date) -> Race | None:
    ahead = sorted((race for race in runner.races if start <= race.date <= end), key=lambda race: race.date)
    for priority in (Priority.A, Priority.B):
        for race in ahead:
            if race.priority is priority:
                return race
    return None


def frame(
    runner: Runner, start: dt.date, weeks: int, rules: RuleSet
) -> tuple[tuple[WeekFrame, ...], tuple[Decision, ...]]:
    """Divide a season into phases and set its deloads.

    Args:
        runner: whose season it is.
        start: first day to plan; its week is the first, whatever weekday it falls on.
        weeks: how many.
        rules: source of the numbers (policies ``planning`` and ``placement``).

    Returns:
        The weeks in order, and why the season has this shape.
    """
    first = runner.week_of(start)
    starts = [first + dt.timedelta(days=7 * n) for n in range(weeks)]
    phases = _phases(runner, starts, rules)
    deloads = _deloads(runner, starts, phases, rules)
    framed = []
    run_of_phase = 0
    for number, (begin, phase) in enumerate(zip(starts, phases, strict=True), 1):
        run_of_phase = run_of_phase + 1 if number > 1 and phases[number - 2] is phase else 1
        framed.append(WeekFrame(number, begin, max(begin, start), phase, number in deloads, run_of_phase))
    return tuple(framed), _explained(runner, framed, rules)


def _phases(runner: Runner, starts: list[dt.date], rules: RuleSet) -> list[Phase]:
    novice = runner.novice
    foundation = rules.whole("planning", "foundation_weeks_novice" if novice else "foundation_weeks")
    build = rules.whole("planning", "build_weeks")
    taper = rules.whole("planning", "taper_weeks")
    weeks = len(starts)
    end = starts[-1] + dt.timedelta(days=6)
    main = _main_race(runner, starts[0], end)
    last = weeks
    fixed: dict[int, Phase] = {}
    if main is not None:
        race_week = (runner.week_of(main.date) - starts[0]).days // 7
        fixed[race_week] = Phase.RACE
        for n in range(max(0, race_week - taper + 1), race_week):
            fixed[n] = Phase.TAPER
        last = min(fixed)
        for n in range(race_week + 1, min(weeks, race_week + 1 + _recovery_weeks(main))):
            fixed[n] = Phase.RECOVERY
    working = list(range(min(last, weeks)))
    spare = len(working) - foundation - 2 * build
    upkeep = min(rules.whole("planning", "maintenance_weeks"), max(0, spare)) if main is not None else 0
    heavy_allowed = not novice and runner.clearance is Clearance.CLEARED and not _unrestored(runner, starts[0])
    heavy_allowed = heavy_allowed and not minor(runner, starts[0], rules)
    phases = []
    for n in range(weeks):
        if n in fixed:
            phases.append(fixed[n])
        elif n > last:
            phases.append(Phase.FOUNDATION if n - max(fixed) <= foundation else Phase.BUILD)
        elif n < foundation:
            phases.append(Phase.FOUNDATION)
        elif upkeep and n >= len(working) - upkeep:
            phases.append(Phase.MAINTENANCE)
        elif n < foundation + build or not heavy_allowed:
            phases.append(Phase.BUILD)
        else:
            phases.append(Phase.HEAVY)
    return phases


def minor(runner: Runner, on: dt.date, rules: RuleSet) -> bool:
    """Whether the runner is under the adult age of SF02 in the year of a day; unknown counts as adult."""
    age = runner.age_in(on.year)
    return age is not None and age < rules.number("SF02", "adult_age")


def _unrestored(runner: Runner, on: dt.date) -> bool:
    """Whether a recent injury of the legs still waits for its strength test."""
    above = (Region.TRUNK, Region.THORACIC, Region.UPPER_BODY)
    return any(each.recent(on) and not each.strength_restored and each.region not in above for each in runner.injuries)


def _recovery_weeks(race: Race) -> int:
    """Weeks after a race before strength starts anew: one, two from the marathon up (convention)."""
    return 2 if race.distance is not None and race.distance.km > 22 else 1


def _week_km(runner: Runner, start: dt.date) -> float:
    runs = [run for n in range(7) for run in runner.runs_on(start + dt.timedelta(days=n))]
    return sum(run.distance.km for run in runs if run.distance is not None)


def _deloads(runner: Runner, starts: list[dt.date], phases: list[Phase], rules: RuleSet) -> set[int]:
    """Every fourth to sixth working week, on the week with the least running among them."""
    age = runner.age_in(starts[0].year)
    careful = runner.novice or (age is not None and age >= rules.whole("planning", "careful_age"))
    every = rules.whole("planning", "deload_every_careful" if careful else "deload_every")
    kilometers = [_week_km(runner, start) for start in starts]
    quiet = (Phase.TAPER, Phase.RACE, Phase.RECOVERY)
    deloads: set[int] = set()
    since = 0
    number = 1
    while number <= len(starts):
        if phases[number - 1] in quiet:
            since, number = 0, number + 1
            continue
        since += 1
        if since == 4:
            span = [n for n in range(number, min(number + 3, len(starts) + 1)) if phases[n - 1] not in quiet]
            # A taper within reach lightens enough: no deload right before it.
            if len(span) < 3 and len(starts) >= number + len(span) and phases[number + len(span) - 1] in quiet:
                break_at = number + len(span)
                since, number = 0, break_at
                continue
            wanted = number + every - 4
            chosen = min(span, key=lambda n: (kilometers[n - 1], abs(n - wanted), n)) if span else number
            deloads.add(chosen)
            since, number = 0, chosen + 1
            continue
        number += 1
    return deloads


def _explained(runner: Runner, framed: list[WeekFrame], rules: RuleSet) -> tuple[Decision, ...]:
    decisions = []
    spans: list[tuple[Phase, int, int]] = []
    for week in framed:
        if spans and spans[-1][0] is week.phase:
            spans[-1] = (week.phase, spans[-1][1], week.number)
        else:
            spans.append((week.phase, week.number, week.number))
    for phase, first, last in spans:
        title = f"week {first}" if first == last else f"weeks {first}-{last}"
        decisions.append(Decision(about="season", what=f"{title}: {phase}", why=_WHY[phase][0], sources=_WHY[phase][1]))
    marked = [str(week.number) for week in framed if week.deload]
    if marked:
        decisions.append(
            Decision(
                about="season",
                what=f"deload in week{'s' if len(marked) > 1 else ''} {', '.join(marked)}",
                why="fewer sets and more in reserve every fourth to sixth week, where running is least; the days stay",
                sources=("rogerson-2024", "bell-2023"),
            )
        )
    if runner.clearance is not Clearance.CLEARED:
        # Before anything else: who is unwell, pregnant or has not answered the screening asks first.
        decisions.insert(
            0,
            Decision(
                about="season",
                what="clearance first: no heavy phase and no jumps",
                why=f"clearance is {runner.clearance}; both wait for clear screening answers or a clinician's word",
                sources=("par-q-2023",),
            ),
        )
    if minor(runner, framed[0].start, rules):
        decisions.append(
            Decision(
                about="season",
                what="no heavy phase, no maximum tests and no loads from a maximum",
                why="before adult age someone qualified watches, and form comes before load",
                sources=("SF02",),
            )
        )
    if not runner.novice and _unrestored(runner, framed[0].start):
        decisions.append(
            Decision(
                about="season",
                what="no heavy phase",
                why="an injury within twelve months has no strength test behind it yet: pain-free is not restored",
                sources=("fitforlife", "saragiotto-2014"),
            )
        )
    if runner.trained_level is Level.NOVICE:
        decisions.append(
            Decision(
                about="season",
                what="no heavy phase",
                why="strength age is under half a year: form and body weight come first, with three or more in reserve",
                sources=("fitforlife", "acsm-2009"),
            )
        )
    return tuple(decisions)


_WHY: dict[Phase, tuple[str, tuple[str, ...]]] = {
    Phase.FOUNDATION: ("mobility, form and body weight come before load", ("ultra168", "fitforlife")),
    Phase.BUILD: ("two sessions a week over at least six weeks is what changed running economy", ("blagrove-2018",)),
    Phase.HEAVY: ("heavier loads served running economy best in trained runners", ("eihara-2022", "llanos-lagos-2024")),
    Phase.MAINTENANCE: ("one session a week keeps strength while the load stays up", ("spiering-2021",)),
    Phase.TAPER: ("the race comes first: little leg work, none of it new", ("convention",)),
    Phase.RACE: ("race week: no leg work in the last three days", ("convention",)),
    Phase.RECOVERY: ("legs recover from the race before strength starts anew", ("convention",)),
}
