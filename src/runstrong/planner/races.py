"""Which weeks the races claim: taper before, the race week itself, and what the legs need after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from runstrong.model.rules import RuleSet
from runstrong.model.runner import Runner
from runstrong.model.value import Record, evolve, record
from runstrong.model.words import Phase, Priority
from runstrong.placement import race_span

__all__ = ["Aim", "aims_of", "claimed_weeks", "last_aim", "season_aims"]

_MARGIN = dt.timedelta(days=35)
"""Races this long before the first week or after the last one can claim a week; no window is longer."""


@record
class Aim(Record):
    """A race with windows of its own.

    Args:
        date: of the race.
        main: whether the season bends to it: an A race, or the last B race where there is none.
        span: ``short``, ``half`` or ``long``, as policy ``placement`` tells distances apart.
        name: as shown.
    """

    date: dt.date
    main: bool
    span: str
    name: str


def aims_of(runner: Runner, first: dt.date, last: dt.date, rules: RuleSet) -> tuple[Aim, ...]:
    """Return the A and B races from `first` to `last`, by date; C races are quality runs and none of these.

    A race of the dated calendar counts like one that the runner lists; on one day the list stands.
    """
    found: dict[dt.date, tuple[Priority, float | None, str]] = {}
    for run in runner.calendar:
        if run.big_race and run.priority is not None:
            found[run.date] = (run.priority, run.distance.km if run.distance is not None else None, "")
    for race in runner.races:
        if race.priority is not Priority.C:
            found[race.date] = (
                race.priority, race.distance.km if race.distance is not None else None, race.name or race.id,
            )  # fmt: skip
        else:
            found.pop(race.date, None)
    aims = [
        Aim(date, priority is Priority.A, race_span(km, rules), name)
        for date, (priority, km, name) in sorted(found.items())
        if first <= date <= last
    ]
    if aims and not any(aim.main for aim in aims):
        aims[-1] = evolve(aims[-1], main=True)
    return tuple(aims)


def last_aim(runner: Runner, first: dt.date, last: dt.date, rules: RuleSet) -> Aim | None:
    """Return the last race that the season bends to, or None."""
    return max((aim for aim in aims_of(runner, first, last, rules) if aim.main), key=lambda aim: aim.date, default=None)


def season_aims(runner: Runner, starts: Sequence[dt.date], rules: RuleSet) -> tuple[Aim, ...]:
    """Return the races that can claim a week of a season, those shortly before and after it with them."""
    end = starts[-1] + dt.timedelta(days=6)
    ahead = aims_of(runner, starts[0], end + _MARGIN, rules)
    behind = aims_of(runner, starts[0] - _MARGIN, starts[0] - dt.timedelta(days=1), rules)
    return (*behind, *ahead)


def claimed_weeks(runner: Runner, starts: Sequence[dt.date], aims: Sequence[Aim], rules: RuleSet) -> dict[int, Phase]:
    """Return the weeks that races claim, by place in the season from 0.

    A main race has a taper, so long that heavy legs end `taper_days` before it, and weeks of recovery by its distance;
    another race has its own week, and of recovery one week less. Where claims meet, the race week stands before
    recovery, and recovery before a taper: tired legs are not tapered but rested.

    Args:
        runner: whose weeks they are.
        starts: first days of the season's weeks.
        aims: the races, those beyond both ends with them.
        rules: source of the numbers.
    """
    number = rules.numbers("planning")
    claims: dict[int, Phase] = {}

    def claim(place: int, phase: Phase) -> None:
        standing = claims.get(place)
        if 0 <= place < len(starts) and (standing is None or _STRENGTH[phase] > _STRENGTH[standing]):
            claims[place] = phase

    for aim in aims:
        week = (runner.week_of(aim.date) - starts[0]).days // 7
        claim(week, Phase.RACE)
        rest = round(number[f"recovery_weeks_{aim.span}"]) - (0 if aim.main else 1)
        for after in range(week + 1, week + 1 + rest):
            claim(after, Phase.RECOVERY)
        before = week - 1
        while aim.main and (aim.date - _end(starts[0], before)).days < number[f"taper_days_{aim.span}"]:
            claim(before, Phase.TAPER)
            before -= 1
    return claims


def _end(first: dt.date, place: int) -> dt.date:
    return first + dt.timedelta(days=7 * place + 6)


_STRENGTH = {Phase.TAPER: 1, Phase.RECOVERY: 2, Phase.RACE: 3}
