"""SF, safety: pain that is strong, rises or stays, and signs that are a clinician's to judge."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import pairwise

from runstrong.model.findings import Finding, NotApplicable, Where
from runstrong.model.timeline import Felt, Timeline
from runstrong.model.value import Record, record
from runstrong.model.words import PainKind, PainMoment, Severity, Side
from runstrong.rules.definition import finding, rule

__all__ = ["PainToHeed", "RedFlags", "pain_to_heed", "red_flags"]

_SIGNS = {
    PainKind.SHARP: "sharp pain",
    PainKind.FOCAL_BONE: "pain on one spot of a bone",
    PainKind.NIGHT: "pain at night",
    PainKind.GIVING_WAY: "giving way",
}
_DONE = "what is done is not edited"
_MORNING = "morning"
_FOR_PLACE = "stop what brought it on and see a clinician before it is trained again"
_FOR_ALL = (
    "stop all training and see a clinician; seek urgent care for chest pain, fainting, breathlessness out of "
    "proportion or palpitations"
)
_AHEAD = (
    "leave them out until a clinician has given the go-ahead, and note that as a waiver of this day with that reason"
)


@record
class PainToHeed(Record):
    """Numbers of SF03; its record says what each means."""

    stop_over: int
    warn_over: int
    settled: int
    rises: int
    rising_from: int
    trend_days: int


@rule("SF03", parameters=PainToHeed)
def pain_to_heed(timeline: Timeline, limits: PainToHeed) -> Iterator[Finding | NotApplicable]:
    """Flag reported pain that is strong, did not settle by the next morning, or rises."""
    if not timeline.pains:
        yield NotApplicable(rule="SF03", reason="no pain was reported, and none of 0 either: unknown, not free of pain")
        return
    # A sign that is a clinician's whatever its score is told by SF04.
    for place, days in _by_place(each for each in timeline.pains if not each.pain.kind.red_flag).items():
        trend = _Trend(timeline, limits)
        for day, felt in days.items():
            most = max(felt, key=_score)
            trend.add(day, most.pain.score)
            told = _heed(felt, most.pain.score, trend, limits)
            if told is None:
                continue
            measured, limit, what, advised = told
            yield finding(
                "SF03",
                Severity.DANGER if most.pain.score > limits.stop_over else Severity.WARNING,
                Where(date=day, performed=True),
                measured=measured,
                limit=limit,
                unit="of 10",
                no_fix=_DONE,
                subject=place,
                score=most.pain.score,
                place=place,
                during=most.during,
                what=what,
                advised=advised,
            )


def _heed(felt: Iterable[Felt], score: int, trend: _Trend, limits: PainToHeed) -> tuple[int, int, str, str] | None:
    """Return score, limit, what is the matter and what to do; the gravest alone, None where nothing is."""
    if score > limits.stop_over:
        what = f"over {limits.stop_over}"
        return score, limits.stop_over, what, "stop what hurts; see a clinician before it is done again"
    if score > limits.warn_over:
        what = f"over {limits.warn_over}"
        return score, limits.warn_over, what, "less load or range next time, and none of it while the pain stays"
    morning = max((each.pain.score for each in felt if each.pain.when is PainMoment.NEXT_MORNING), default=0)
    if morning > limits.settled:
        what = f"not settled, {morning} of 10 on the next morning"
        return morning, limits.settled, what, "less next time; pain should have settled by the next morning"
    if score < limits.rising_from:
        return None
    for since, over in ((trend.over_sessions(), "sessions"), (trend.over_weeks(), "weeks")):
        if since is not None:
            what = f"risen from {since} over {limits.rises} {over}"
            return score, since, what, "go back to what did not hurt; if it keeps rising, see a clinician"
    return None


class _Trend:
    """The worst pain of one place, day after day, as far as it was reported."""

    def __init__(self, timeline: Timeline, limits: PainToHeed) -> None:
        self._week_of, self._limits = timeline.runner.week_of, limits
        self._days: deque[tuple[dt.date, int]] = deque(maxlen=limits.rises)
        self._weeks: dict[dt.date, int] = {}
        self._new_worst = False

    def add(self, day: dt.date, score: int) -> None:
        """Take in the next day."""
        self._days.append((day, score))
        week = self._week_of(day)
        self._new_worst = score > self._weeks.get(week, -1)
        self._weeks[week] = max(score, self._weeks.get(week, -1))

    def over_sessions(self) -> int | None:
        """Return the score that pain has risen from over the last days, or None."""
        (first, _), (last, _) = self._days[0], self._days[-1]
        if len(self._days) < self._limits.rises or (last - first).days > self._limits.trend_days:
            return None
        return _risen([score for _, score in self._days])

    def over_weeks(self) -> int | None:
        """Return the score that pain has risen from week by week, or None; a week tells it at a new worst only."""
        this = self._week_of(self._days[-1][0])
        weeks = [this - dt.timedelta(days=7 * back) for back in reversed(range(self._limits.rises))]
        if not self._new_worst or any(week not in self._weeks for week in weeks):
            return None
        return _risen([self._weeks[week] for week in weeks])


def _risen(scores: list[int]) -> int | None:
    return scores[0] if all(before < after for before, after in pairwise(scores)) else None


@record
class RedFlags(Record):
    """Numbers of SF04; its record says what each means."""

    standing_days: int
    clear_entries: int
    clear_mornings: int


@rule("SF04", parameters=RedFlags)
def red_flags(timeline: Timeline, limits: RedFlags) -> Iterator[Finding | NotApplicable]:
    """Flag signs that are a clinician's to judge, and what is planned after them while nothing shows they are over."""
    if not timeline.pains and not timeline.mornings:
        yield NotApplicable(rule="SF04", reason="neither pain nor mornings are recorded: unknown, not free of signs")
        return
    for place, days in _by_place(timeline.pains).items():
        flagged = {day: told for day, felt in days.items() if (told := _signs(place, felt))}
        clear = [day for day in days if day not in flagged]
        yield from _told(timeline, limits, place, flagged=flagged, clear=clear, needed=limits.clear_entries)
    flagged = {
        day: ", ".join(signs)
        for day, mornings in timeline.mornings.items()
        if (signs := [sign for morning in mornings for sign in morning.red_flags])
    }
    clear = [day for day in timeline.mornings if day not in flagged]
    yield from _told(timeline, limits, _MORNING, flagged=flagged, clear=clear, needed=limits.clear_mornings)


def _signs(place: str, felt: Iterable[Felt]) -> str:
    named = dict.fromkeys(
        f"{_SIGNS[each.pain.kind]} ({place}, {each.during})" for each in felt if each.pain.kind.red_flag
    )
    return ", ".join(named)


def _told(
    timeline: Timeline,
    limits: RedFlags,
    subject: str,
    *,
    flagged: dict[dt.date, str],
    clear: list[dt.date],
    needed: int,
) -> Iterator[Finding]:
    """Flag each day with a sign, and what is planned after the last one while it stands."""
    for day, signs in flagged.items():
        yield finding(
            "SF04",
            Severity.DANGER,
            Where(date=day, performed=True),
            measured=1,
            limit=0,
            unit="days",
            no_fix=_DONE,
            subject=subject,
            told=f"a warning sign was recorded: {signs}",
            advised=_FOR_ALL if subject == _MORNING else _FOR_PLACE,
        )
    last = max(flagged, default=None)
    if last is None or sum(day > last for day in clear) >= needed:
        return
    planned = _planned_after(timeline, last, limits.standing_days)
    if planned:
        yield finding(
            "SF04",
            Severity.DANGER,
            Where(date=planned[0]),
            measured=len(planned),
            limit=0,
            unit="sessions and runs",
            no_fix="no edit of a plan clears a warning sign",
            subject=f"after {subject}",
            told=(
                f"{len(planned)} sessions and runs are planned in the {limits.standing_days} days after the warning "
                f"sign of {last} ({flagged[last]}), and nothing shows that it is over"
            ),
            advised=_AHEAD,
        )


def _planned_after(timeline: Timeline, first: dt.date, days: int) -> list[dt.date]:
    """Return the days of the sessions and runs that are planned from `first` on, one for each of them."""
    last = first + dt.timedelta(days=days)
    ahead = [session.date for session in timeline.sessions_between(first, last) if not session.performed]
    ahead += [run.date for run, performed in timeline.runs if not performed and first <= run.date <= last]
    return sorted(ahead)


def _by_place(felt: Iterable[Felt]) -> dict[str, dict[dt.date, list[Felt]]]:
    """Return what was felt, by place of the body and day, in order of date."""
    places: dict[str, dict[dt.date, list[Felt]]] = {}
    for each in felt:
        side = "" if each.pain.side is Side.NONE else f"{each.pain.side} "
        place = f"{side}{each.pain.region}".replace("both ", "both sides, ").replace("-", " ")
        places.setdefault(place, {}).setdefault(each.date, []).append(each)
    return places


def _score(felt: Felt) -> int:
    return felt.pain.score
