"""Why a season has its shape, in words for a runner: phases, deloads, races, running volume and what is left out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from runstrong.model.plan import Decision
from runstrong.model.rules import RuleSet
from runstrong.model.runner import Runner
from runstrong.model.words import Clearance, Goal, Level, Phase
from runstrong.planner.jumps import minor
from runstrong.planner.layoffs import Comeback
from runstrong.planner.races import Aim

if TYPE_CHECKING:
    from runstrong.planner.seasons import WeekFrame

__all__ = ["explained"]


def explained(
    runner: Runner,
    framed: Sequence[WeekFrame],
    *,
    aims: Sequence[Aim],
    cut_back: Collection[int],
    comeback: Comeback,
    rules: RuleSet,
) -> tuple[Decision, ...]:
    """Return the decisions that a season's frame rests on.

    Args:
        runner: whose season it is.
        framed: its weeks.
        aims: the races that claim weeks.
        cut_back: places, from 0, of the runner's own cut-back weeks.
        comeback: what a layoff makes of the first weeks.
        rules: source of the numbers.
    """
    return (
        *_of_clearance(runner),
        *_of_phases(framed),
        *_of_deloads(framed, cut_back),
        *_of_races(framed, aims),
        *_of_running(framed),
        *_of_comeback(runner, comeback, rules),
        *_of_absences(runner, framed, rules),
    )


def _season(what: str, why: str, *sources: str) -> Decision:
    return Decision(about="season", what=what, why=why, sources=sources)


def _of_phases(framed: Sequence[WeekFrame]) -> Iterator[Decision]:
    spans: list[tuple[Phase, int, int]] = []
    for week in framed:
        if spans and spans[-1][0] is week.phase:
            spans[-1] = (week.phase, spans[-1][1], week.number)
        else:
            spans.append((week.phase, week.number, week.number))
    for phase, first, last in spans:
        title = f"week {first}" if first == last else f"weeks {first}-{last}"
        why, sources = _WHY[phase]
        yield _season(f"{title}: {phase}", why, *sources)


def _numbered(weeks: Sequence[int]) -> str:
    return f"week{'s' if len(weeks) > 1 else ''} {', '.join(map(str, weeks))}"


def _of_deloads(framed: Sequence[WeekFrame], cut_back: Collection[int]) -> Iterator[Decision]:
    marked = [week.number for week in framed if week.deload]
    if not marked:
        return
    own = [number for number in marked if number - 1 in cut_back]
    why = "fewer sets and more in reserve every fourth to sixth week; the days stay"
    if own:
        which = "as in your own cut-back weeks" if own == marked else f"{_numbered(own)} as you cut back there yourself"
        why += f"; {which}, so that strength and running are light together"
    yield _season(f"deload in {_numbered(marked)}", why, "rogerson-2024", "bell-2023")


def _of_races(framed: Sequence[WeekFrame], aims: Sequence[Aim]) -> Iterator[Decision]:
    for aim in aims:
        week = next((each for each in framed if 0 <= (aim.date - each.start).days < 7), None)
        if week is None:
            continue
        name = aim.name or "the race"
        if aim.main:
            taper = [each.number for each in framed if each.phase is Phase.TAPER and each.number < week.number]
            room = week.number - 1 in taper
            lead = "with a taper before it" if room else "its own week is the taper, as far as there is room"
            yield _season(
                f"week {week.number}: {name} on {aim.date}, {lead}", "the season bends to this race", "convention"
            )
        else:
            why = "no leg work in the three days before and the days after; the season goes on, without a taper"
            yield _season(f"week {week.number}: {name} on {aim.date}, on the way", why, "convention")


def _of_running(framed: Sequence[WeekFrame]) -> Iterator[Decision]:
    for reason in dict.fromkeys(week.hold for week in framed if week.hold):
        weeks = [week.number for week in framed if week.hold == reason]
        why = f"{reason}; one thing rises at a time, so new rungs, exercises and sets wait for a week with less running"
        yield _season(f"nothing new in {_numbered(weeks)}", why, "TM08", "convention")


def _of_comeback(runner: Runner, comeback: Comeback, rules: RuleSet) -> Iterator[Decision]:
    if comeback.anew:
        long = rules.whole("progress", "layoff_long")
        why = f"{comeback.days} days without strength are more than {long}: ladders start at their first rung again"
        yield _season("strength starts anew", why, "bosquet-2013", "TS04")
    elif comeback.shares:
        steps = ", ".join(f"{100 * share:.0f} %" for share in comeback.shares)
        weeks = len(comeback.shares)
        what = f"week{'s 1-' + str(weeks) if weeks > 1 else ' 1'}: {steps} of the usual repetitions"
        why = f"{comeback.days} days without strength: strength falls with time off, and tendons come back slowly"
        yield _season(what, why, "bosquet-2013", "TS04")
    elif runner.last_strength is None and Goal.COMEBACK in runner.goals:
        why = "you come back after a layoff, but since when is unknown: write last_strength: into your file"
        yield _season("no lighter weeks for a layoff", why, "TS04")


def _of_clearance(runner: Runner) -> Iterator[Decision]:
    """Say before anything else that who is unwell, pregnant or has not answered the screening asks first."""
    if runner.clearance is not Clearance.CLEARED:
        why = f"clearance is {runner.clearance}; both wait for clear screening answers or a clinician's word"
        yield _season("clearance first: no heavy phase and no jumps", why, "par-q-2023")


def _of_absences(runner: Runner, framed: Sequence[WeekFrame], rules: RuleSet) -> Iterator[Decision]:
    if minor(runner, framed[0].start, rules):
        why = "before adult age someone qualified watches, and form comes before load"
        yield _season("no heavy phase, no maximum tests and no loads from a maximum", why, "SF02")
    days = rules.whole("TS06", "injury_days")
    if not runner.novice and runner.unrestored(framed[0].start, days):
        why = f"an injury that ended within {days} days has no strength test behind it yet: pain-free is not restored"
        yield _season("no heavy phase", why, "fitforlife", "saragiotto-2014")
    if runner.trained_level is Level.NOVICE:
        why = "strength age is under half a year: form and body weight come first, with three or more in reserve"
        yield _season("no heavy phase", why, "fitforlife", "acsm-2009")


_WHY: dict[Phase, tuple[str, tuple[str, ...]]] = {
    Phase.FOUNDATION: ("mobility, form and body weight come before load", ("ultra168", "fitforlife")),
    Phase.BUILD: ("two sessions a week over at least six weeks is what changed running economy", ("blagrove-2018",)),
    Phase.HEAVY: ("heavier loads served running economy best in trained runners", ("eihara-2022", "llanos-lagos-2024")),
    Phase.EXPLOSIVE: (
        "jumps come first in the session beside heavy legs: a passed hop test and weeks of strength stand behind them",
        ("llanos-lagos-2024", "nsca"),
    ),
    Phase.MAINTENANCE: ("one session a week keeps strength while the load stays up", ("spiering-2021",)),
    Phase.TAPER: ("the race comes first: little leg work, none of it new", ("convention",)),
    Phase.RACE: ("race week: no leg work in the last three days", ("convention",)),
    Phase.RECOVERY: ("legs recover from the race before strength starts anew", ("convention",)),
}
