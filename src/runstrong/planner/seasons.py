"""The frame of a season: phases, deloads, taper and race weeks, laid over the runner's own weeks."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence

from runstrong.model.plan import Decision
from runstrong.model.rules import RuleSet
from runstrong.model.runner import Runner
from runstrong.model.value import Record, record
from runstrong.model.words import Phase
from runstrong.planner.jumps import explosive_ready, heavy_allowed, older
from runstrong.planner.layoffs import Comeback, comeback_of
from runstrong.planner.races import Aim, claimed_weeks, last_aim, season_aims
from runstrong.planner.season_reasons import explained
from runstrong.planner.volumes import Volumes, volumes_of
from runstrong.rules import load_rules

__all__ = ["MOST_WEEKS", "WeekFrame", "frame", "season_weeks"]

DEFAULT_WEEKS = 12
MOST_WEEKS = 52
_FIRST_DELOAD, _LAST_DELOAD = 4, 6
"""Rogerson 2024: lifters deload every four to six weeks; within that the runner's own weeks decide."""


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
        hold: why nothing new stands in it, no rung, exercise or set more; empty where new things may.
        share: of the usual dose; under 1 in the first weeks after a layoff.
    """

    number: int
    start: dt.date
    first: dt.date
    phase: Phase
    deload: bool
    phase_week: int
    hold: str = ""
    share: float = 1.0

    @property
    def days(self) -> tuple[dt.date, ...]:
        """Days that may be planned."""
        return tuple(
            self.start + dt.timedelta(days=n) for n in range(7) if self.start + dt.timedelta(days=n) >= self.first
        )


def season_weeks(runner: Runner, start: dt.date, rules: RuleSet | None = None) -> int:
    """Return how many weeks to plan when the caller does not say: up to the last main race, else twelve (convention).

    The main races are the A races, or the last B race where there is none.
    """
    last = start + dt.timedelta(days=7 * MOST_WEEKS - 7)
    aim = last_aim(runner, start, last, rules if rules is not None else load_rules())
    if aim is None:
        return DEFAULT_WEEKS
    return (runner.week_of(aim.date) - runner.week_of(start)).days // 7 + 1


def frame(
    runner: Runner, start: dt.date, weeks: int, rules: RuleSet
) -> tuple[tuple[WeekFrame, ...], tuple[Decision, ...]]:
    """Divide a season into phases and set its deloads.

    Args:
        runner: whose season it is.
        start: first day to plan; its week is the first, whatever weekday it falls on.
        weeks: how many.
        rules: source of the numbers (policies ``planning``, ``placement`` and ``progress``).

    Returns:
        The weeks in order, and why the season has this shape.
    """
    first = runner.week_of(start)
    starts = [first + dt.timedelta(days=7 * n) for n in range(weeks)]
    aims = season_aims(runner, starts, rules)
    volumes = volumes_of(runner, starts, rules)
    comeback = comeback_of(runner, start, rules)
    phases = _phases(runner, starts, aims, comeback=comeback, rules=rules)
    _wait_out_running(phases, volumes)
    deloads = _deloads(runner, starts, phases, volumes, rules)
    framed: list[WeekFrame] = []
    for number, (begin, phase) in enumerate(zip(starts, phases, strict=True), 1):
        before = framed[-1] if framed else None
        framed.append(
            WeekFrame(
                number=number,
                start=begin,
                first=max(begin, start),
                phase=phase,
                deload=number in deloads,
                phase_week=before.phase_week + 1 if before is not None and before.phase is phase else 1,
                hold=_hold(number - 1, volumes) if not phase.quiet else "",
                share=comeback.shares[number - 1] if number <= len(comeback.shares) else 1.0,
            )
        )
    why = explained(runner, framed, aims=aims, cut_back=volumes.cut_back, comeback=comeback, rules=rules)
    return tuple(framed), why


def _hold(place: int, volumes: Volumes) -> str:
    if place in volumes.jumps:
        return "your running rises by more than a tenth over the weeks before"
    return "your running is at its peak" if place in volumes.peaks else ""


# -- phases ----------------------------------------------------------------------------------------------------------


def _phases(
    runner: Runner, starts: Sequence[dt.date], aims: Sequence[Aim], *, comeback: Comeback, rules: RuleSet
) -> list[Phase]:
    """Give each week its phase: first what races claim, then blocks on the weeks between, then a race season."""
    claims = claimed_weeks(runner, starts, aims, rules)
    found: list[Phase | None] = [claims.get(place) for place in range(len(starts))]
    heavy = heavy_allowed(runner, starts[0], rules)
    usual = rules.whole("planning", "foundation_weeks_novice" if runner.novice else "foundation_weeks")
    anew = rules.whole("planning", "foundation_weeks_novice") if comeback.anew else 0
    opening = [Phase.FOUNDATION] * max(usual, anew, len(comeback.shares))
    transition = [Phase.FOUNDATION] * rules.whole("planning", "transition_weeks")
    weeks = [(runner.week_of(aim.date) - starts[0]).days // 7 for aim in aims]
    races = [week for week, aim in zip(weeks, aims, strict=True) if aim.main]
    begin = 0
    for end in (*(place for place in races if place >= 0), None):
        stop = len(starts) if end is None else min(end, len(starts))
        working = [place for place in range(begin, stop) if found[place] is None]
        after_race = begin > 0 or any(place < 0 for place in races)
        blocks = _blocks(
            len(working), transition if after_race and not comeback.anew else opening, before_race=end is not None,
            heavy=heavy, explosive=explosive_ready(runner, starts[0], rules), several=not runner.novice, rules=rules,
        )  # fmt: skip
        for place, phase in zip(working, blocks, strict=True):
            found[place] = phase
        begin = max(begin, stop)
    phases = [phase or Phase.FOUNDATION for phase in found]
    builds = comeback.anew or bool(comeback.shares)
    kept = 0 if not runner.novice and not builds else len(opening) + rules.whole("planning", "build_weeks")
    for place in _between_races(weeks, rules.whole("planning", "race_season_weeks")):
        if kept <= place < len(phases) and place not in claims:
            phases[place] = Phase.MAINTENANCE
    return phases


def _blocks(
    count: int, opening: Sequence[Phase], *, before_race: bool, heavy: bool, explosive: bool, several: bool,
    rules: RuleSet,
) -> list[Phase]:  # fmt: skip
    """Return the phases of `count` working weeks in a row: one block, or several of like length, each of them whole.

    A block is laid out as foundation (in a later block lighter weeks of maintenance), build, heavy and, before a race,
    maintenance. The end of its heavy weeks is explosive for those ready for it.
    """
    most, least = rules.whole("planning", "block_weeks"), rules.whole("planning", "block_weeks_least")
    build, upkeep = rules.whole("planning", "build_weeks"), rules.whole("planning", "maintenance_weeks")
    number = -(-count // most) if several and count else 1
    while number > 1 and count < number * least:
        number -= 1
    found: list[Phase] = []
    for block in range(number):
        length = count // number + (block < count % number)
        lead = list(opening) if block == 0 else [Phase.MAINTENANCE] * rules.whole("planning", "transition_weeks")
        lead = lead[:length]
        building = build if block == 0 else max(2, min(build, length // 3))
        last = before_race and block == number - 1
        kept_up = min(upkeep, max(0, length - len(lead) - 2 * building)) if last else 0
        rest = length - len(lead) - kept_up
        loaded = max(0, rest - building) if heavy else 0
        jumps = min(rules.whole("planning", "explosive_weeks"), loaded // 2) if explosive else 0
        found += lead + [Phase.BUILD] * (rest - loaded) + [Phase.HEAVY] * (loaded - jumps)
        found += [Phase.EXPLOSIVE] * jumps + [Phase.MAINTENANCE] * kept_up
    return found


def _between_races(weeks: Sequence[int], most: int) -> Iterator[int]:
    """Yield the weeks between races that lie at most so many weeks apart: one race season, kept up and not built."""
    for before, after in itertools.pairwise(weeks):
        if after - before <= most:
            yield from range(before + 1, after)


_RANK = {Phase.FOUNDATION: 0, Phase.MAINTENANCE: 0, Phase.BUILD: 1, Phase.HEAVY: 2, Phase.EXPLOSIVE: 3}


def _wait_out_running(phases: list[Phase], volumes: Volumes) -> None:
    """Let a harder phase wait while running jumps or peaks: one thing rises at a time."""
    for place in range(1, len(phases)):
        before, now = phases[place - 1], phases[place]
        rises = before in _RANK and now in _RANK and _RANK[now] > _RANK[before]
        if rises and (place in volumes.jumps or place in volumes.peaks):
            phases[place] = before


# -- deloads ---------------------------------------------------------------------------------------------------------


def _deloads(
    runner: Runner, starts: Sequence[dt.date], phases: Sequence[Phase], volumes: Volumes, rules: RuleSet
) -> set[int]:
    """Every fourth to sixth working week: the runner's own cut-back week where one is among them."""
    careful = runner.novice or older(runner, starts[0], rules)
    every = rules.whole("planning", "deload_every_careful" if careful else "deload_every")
    deloads: set[int] = set()
    since, number = 0, 1
    while number <= len(starts):
        if phases[number - 1].quiet:
            since, number = 0, number + 1
            continue
        since += 1
        if since < _FIRST_DELOAD:
            number += 1
            continue
        span: list[int] = []
        for n in range(number, min(number + _LAST_DELOAD - _FIRST_DELOAD, len(starts)) + 1):
            if phases[n - 1].quiet:
                break
            span.append(n)
        # A taper or race week within reach lightens enough: no deload right before it.
        after = number + len(span)
        if len(span) <= _LAST_DELOAD - _FIRST_DELOAD and after <= len(starts):
            since, number = 0, after
            continue
        cut_back = [n for n in span if n - 1 in volumes.cut_back]
        # Between two blocks the week is light anyway; a deload right after it would be a third light week.
        between = [n for n in span if _between_blocks(phases, n - 1)]
        wanted = number + every - _FIRST_DELOAD
        amounts = volumes.amounts if cut_back else (0.0,) * len(starts)
        chosen = min(cut_back or between or span, key=lambda n: (amounts[n - 1], abs(n - wanted), n))
        deloads.add(chosen)
        since, number = 0, chosen + 1
    return deloads


def _between_blocks(phases: Sequence[Phase], place: int) -> bool:
    later = next((phase for phase in phases[place:] if phase is not Phase.MAINTENANCE), None)
    return phases[place] is Phase.MAINTENANCE and later is Phase.BUILD
