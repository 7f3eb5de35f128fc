"""Assessments as starting points: which rung each result places a runner on, and what deserves attention first.

Norms are compared with and can set a focus; they never decide a place. The worse side decides, and what is not known
is taken for the worse.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from runstrong.model.catalog import Catalog
from runstrong.model.findings import Fact
from runstrong.model.rules import RuleSet
from runstrong.model.runner import Assessment, Runner
from runstrong.model.standard import (
    Focus,
    Gap,
    Standard,
    Standing,
    StandingCode,
    StandingNote,
    StandingReason,
    StartingPoint,
)
from runstrong.model.value import Record, evolve, record
from runstrong.model.words import Deficit, Region, Side, Sides

__all__ = ["standing_of"]

_BOTH = (Side.LEFT, Side.RIGHT)


def standing_of(runner: Runner, catalog: Catalog, on: dt.date, rules: RuleSet) -> Standing:
    """Return where the runner's assessments place them on a day.

    A place is where to start, no more: the level that a rung asks for, its prerequisites, equipment, injuries and
    clearance hold as ever, and may hold lower.

    Args:
        runner: with results; the latest of each side counts.
        catalog: with the standards to read them by.
        on: the day; later results are left out, and so are those older than policy ``assessments`` allows.
        rules: with that policy, the runner's overrides resolved.

    Raises:
        UnknownName: a result is of an exercise that is not in the catalog.

    Example:
        >>> from runstrong.catalog.records import load_catalog
        >>> from runstrong.model.running import RunningWeek
        >>> from runstrong.rules import load_rules
        >>> day = dt.date(2027, 1, 4)
        >>> results = [
        ...     Assessment(exercise="single-leg-heel-lift-test", date=day, side=side, amount=amount)
        ...     for side, amount in ((Side.LEFT, 24), (Side.RIGHT, 16))
        ... ]
        >>> ada = Runner(name="Ada", running=RunningWeek(), assessments=results)
        >>> standing = standing_of(ada, load_catalog(), day, load_rules())
        >>> standing.rung_on("calf-raise-straight"), standing.notes[0].side, standing.notes[0].gap.counts
        (1, Side.RIGHT, True)
    """
    oldest = on - dt.timedelta(days=rules.whole("assessments", "result_days"))
    by_exercise: dict[str, list[Assessment]] = {}
    for result in runner.assessments:
        by_exercise.setdefault(catalog.exercises[result.exercise].id, []).append(result)
    notes = []
    for exercise in sorted(by_exercise):
        standard = catalog.standards.get(exercise)
        if standard is None:
            notes.append(_unread(exercise, catalog))
        else:
            notes.append(_Reading(standard, runner, catalog).note(by_exercise[exercise], oldest, on))
    return _together(on, notes, catalog)


def _together(on: dt.date, notes: list[StandingNote], catalog: Catalog) -> Standing:
    """Put the notes side by side: the lowest place stands, and a note that would place higher says so."""
    lowest: dict[str, tuple[int, str]] = {}
    for note in notes:
        for progression, rung in note.places:
            if progression not in lowest or rung < lowest[progression][0]:
                lowest[progression] = (rung, note.exercise)
    told = []
    for note in notes:
        lowered = [
            _reason(
                StandingCode.PLACED_LOWER_BY_OTHER,
                ladder=catalog.progressions[progression].name,
                rung=catalog.exercises[catalog.progressions[progression].rungs[lowest[progression][0]].exercise].name,
                other=catalog.exercises[lowest[progression][1]].name,
            )
            for progression, rung in note.places
            if rung > lowest[progression][0]
        ]
        told.append(evolve(note, reasons=(*note.reasons, *lowered)) if lowered else note)
    return Standing(
        on=on,
        places=tuple((progression, lowest[progression][0]) for progression in sorted(lowest)),
        deficits=tuple(sorted({deficit for note in notes for deficit in note.deficits})),
        regions=tuple(sorted({region for note in notes for region in note.regions})),
        notes=tuple(told),
    )


def _reason(code: StandingCode, **facts: str | float) -> StandingReason:
    return StandingReason(code, tuple(Fact(name=name, value=got) for name, got in facts.items()))


def _unread(exercise: str, catalog: Catalog) -> StandingNote:
    """Return the note on an assessment that no standard speaks of."""
    reason = _reason(StandingCode.NO_STANDARD, test=catalog.exercises[exercise].name)
    return _note(exercise, reasons=(reason,))


def _note(exercise: str, reasons: tuple[StandingReason, ...]) -> StandingNote:
    return StandingNote(
        exercise=exercise,
        results=(),
        amount=None,
        side=Side.NONE,
        date=None,
        whole=False,
        gap=None,
        norm=None,
        percent=None,
        places=(),
        deficits=(),
        regions=(),
        reasons=reasons,
    )


@record
class _Sides(Record):
    """Results that count, by side, the latest first; one of each day."""

    left: tuple[Assessment, ...]
    right: tuple[Assessment, ...]
    unsided: tuple[Assessment, ...]
    """Results whose side is not told; of a test without sides, all of them."""

    def latest(self) -> tuple[Assessment, ...]:
        """Return the latest result of each side, and of no side where a told side is missing or older."""
        told = [side[0] for side in (self.left, self.right) if side]
        vague = list(self.unsided[:1])
        if len(told) == 2 and vague and all(each.date >= vague[0].date for each in told):
            vague = []
        return tuple(told + vague)


class _Reading:
    """Reads the results of one assessment by its standard."""

    def __init__(self, standard: Standard, runner: Runner, catalog: Catalog) -> None:
        self.standard, self.runner, self.catalog = standard, runner, catalog
        self.test = catalog.exercises[standard.exercise].name
        self.left_out: list[StandingReason] = []

    def _sorted(self, results: Iterable[Assessment], oldest: dt.date, on: dt.date) -> _Sides:
        by_side: dict[Side, dict[dt.date, Assessment]] = {Side.LEFT: {}, Side.RIGHT: {}, Side.NONE: {}}
        old: dict[Side, Assessment] = {}
        # Sorted, so that the order in which they are listed has no meaning.
        for result in sorted(results, key=lambda each: (each.date, each.amount, str(each.side))):
            if result.date > on:
                self._leave_out(StandingCode.RESULT_LATER, result)
            elif result.amount > self.standard.most:
                self._leave_out(StandingCode.RESULT_OUT_OF_RANGE, result, most=self.standard.shown(self.standard.most))
            elif result.date < oldest:
                old |= dict.fromkeys(self._sides_of(result), result)
            else:
                for side in self._sides_of(result):
                    # Of two results on one day the lower one, which comes first, stands.
                    by_side[side].setdefault(result.date, result)
        missed = [result for side, result in old.items() if not by_side[side]]
        if any(by_side.values()):
            missed = [result for result in missed if self._sides_of(result) != (Side.NONE,)]
        for result in dict.fromkeys(missed):
            self._leave_out(StandingCode.RESULT_TOO_OLD, result, oldest=str(oldest))
        left, right, unsided = (
            tuple(results[date] for date in sorted(results, reverse=True)) for results in by_side.values()
        )
        return _Sides(left, right, unsided)

    def _sides_of(self, result: Assessment) -> tuple[Side, ...]:
        if not self.standard.per_side or result.side is Side.NONE:
            return (Side.NONE,)
        return _BOTH if result.side is Side.BOTH else (result.side,)

    def _leave_out(self, code: StandingCode, result: Assessment, **facts: str) -> None:
        shown = self.standard.shown(result.amount)
        told = _reason(code, test=self.test, side=str(result.side), result=shown, date=str(result.date), **facts)
        self.left_out.append(told)

    def note(self, results: Iterable[Assessment], oldest: dt.date, on: dt.date) -> StandingNote:
        """Return what the results from `oldest` to `on` come to."""
        self.sides = self._sorted(results, oldest, on)
        counted = self.sides.latest()
        if not counted:
            return _note(self.standard.exercise, reasons=tuple(self.left_out))
        amount = min(each.amount for each in counted)
        whole = not self.standard.per_side or bool(self.sides.left and self.sides.right)
        side = self._worse_side(amount)
        gap, norm = self._gap(), self._norm(counted)
        percent = None if norm is None else 100 * amount // norm  # rounded down, so that 79.9 % is under 80 %
        points, waiting = self._points(amount, whole)
        focus = [each for each in self.standard.focus if self._calls(each, amount, norm, gap)]
        reasons = (
            self._measured(amount, side, counted, whole),
            *self.left_out,
            *self._compared(amount, norm, percent),
            *self._changed(side),
            *self._differing(gap),
            *(self._placed(point, amount) for point in points),
            *(self._waiting(point) for point in waiting),
            *(self._focused(each, amount, percent) for each in focus),
        )
        return StandingNote(
            exercise=self.standard.exercise,
            results=tuple(dict.fromkeys(counted)),
            amount=amount,
            side=side,
            date=max(each.date for each in counted),
            whole=whole,
            gap=gap,
            norm=norm,
            percent=percent,
            places=tuple(sorted(map(self._place, points))),
            deficits=_sorted_deficits(focus),
            regions=_sorted_regions(focus),
            reasons=reasons,
        )

    def _worse_side(self, amount: int) -> Side:
        """Return the side with the lowest result; none where that result does not tell its side."""
        told = ((Side.LEFT, self.sides.left), (Side.RIGHT, self.sides.right))
        worst = [side for side, results in told if results and results[0].amount == amount]
        return Side.BOTH if len(worst) == 2 else next(iter(worst), Side.NONE)

    # -- Compared with others, with before, and side with side ---------------------------------------------------------

    def _norm(self, counted: tuple[Assessment, ...]) -> int | None:
        if self.standard.norms is None:
            return None
        age = self.runner.age_in(max(each.date for each in counted).year)
        return self.standard.norms.amount_for(self.runner.sex, age)

    def _compared(self, amount: int, norm: int | None, percent: int | None) -> Iterator[StandingReason]:
        norms = self.standard.norms
        if norms is None:
            return
        if norm is not None and percent is not None:
            yield _reason(StandingCode.NORM, norm=norm, percent=percent, result=self.standard.shown(amount))
        elif self.runner.sex is None or self.runner.birth_year is None:
            yield _reason(StandingCode.NORM_NEEDS_AGE_AND_SEX)
        else:
            yield _reason(StandingCode.NORM_NOT_FOR_AGE)

    def _changed(self, side: Side) -> Iterator[StandingReason]:
        smallest = self.standard.smallest_change
        results = self.sides.right if side is Side.RIGHT else self.sides.left or self.sides.unsided
        if smallest is None or len(results) < 2 or (side is Side.NONE and self.standard.per_side):
            return
        change = results[0].amount - results[1].amount
        facts = {
            "change": f"{change:+d}",
            "before": self.standard.shown(results[1].amount),
            "since": str(results[1].date),
        }
        counts = abs(change) >= smallest.amount
        code = StandingCode.CHANGE if counts else StandingCode.CHANGE_WITHIN_ERROR
        yield _reason(code, **facts, smallest=self.standard.shown(smallest.amount))

    def _gap(self) -> Gap | None:
        limits = self.standard.gap
        pairs = list(zip(self.sides.left, self.sides.right, strict=False))
        if limits is None or not pairs:
            return None
        behind = [_behind(left.amount, right.amount, limits.share) for left, right in pairs]
        left, right = (each.amount for each in pairs[0])
        if left == right:
            return None
        weaker = Side.LEFT if left < right else Side.RIGHT
        seen = next((n for n, side in enumerate(behind) if side is not weaker), len(behind))
        amount = abs(left - right)
        counts = seen >= 1 and (amount >= limits.amount or seen >= limits.results)
        return Gap(weaker=weaker, amount=amount, percent=100 * amount // max(left, right), seen=seen, counts=counts)

    def _differing(self, gap: Gap | None) -> Iterator[StandingReason]:
        limits = self.standard.gap
        if gap is None or limits is None:
            return
        at_once = gap.amount >= limits.amount
        code = StandingCode.GAP if at_once else StandingCode.GAP_AGAIN
        yield _reason(
            code if gap.counts else StandingCode.GAP_WITHIN_ERROR,
            side=str(gap.weaker),
            amount=self._difference(gap.amount),
            percent=gap.percent,
            seen=gap.seen,
            needed=self._difference(limits.amount),
            share=round(100 * limits.share),
            results=limits.results,
        )

    def _difference(self, amount: int) -> str:
        """Write a difference; between grades it is a number of grades, not a grade."""
        if self.standard.scale:
            return f"{amount} {'grade' if amount == 1 else 'grades'}"
        return self.standard.shown(amount)

    # -- What follows --------------------------------------------------------------------------------------------------

    def _place(self, point: StartingPoint) -> tuple[str, int]:
        progression = self.catalog.progressions[point.progression]
        return progression.id, point.rung_on(progression) or 0  # that the rung is there was checked with the catalog

    def _points(self, amount: int, whole: bool) -> tuple[list[StartingPoint], list[StartingPoint]]:
        """Return the highest point reached on each ladder, and those that wait for the other side to be measured."""
        reached: dict[str, StartingPoint] = {}
        waiting: dict[str, StartingPoint] = {}
        for point in self.standard.places:
            if point.at_least > amount:
                continue
            if not whole and point.loaded and self.catalog.exercises[point.rung].sides is not Sides.BILATERAL:
                waiting.setdefault(point.progression, point)
            elif point.progression not in waiting:
                reached[point.progression] = point
        return list(reached.values()), list(waiting.values())

    def _calls(self, focus: Focus, amount: int, norm: int | None, gap: Gap | None) -> bool:
        if focus.under is not None:
            return amount < focus.under
        if focus.under_share is not None:
            return norm is not None and amount < focus.under_share * norm
        return gap is not None and gap.counts

    # -- Reasons -------------------------------------------------------------------------------------------------------

    def _measured(self, amount: int, side: Side, counted: tuple[Assessment, ...], whole: bool) -> StandingReason:
        date = str(max(each.date for each in counted))
        code = StandingCode.MEASURED_WORSE_SIDE
        if not self.standard.per_side:
            code = StandingCode.MEASURED
        elif side is Side.NONE:
            code = StandingCode.MEASURED_WITHOUT_SIDE
        elif not whole:
            code = StandingCode.MEASURED_ON_ONE_SIDE
        elif side is Side.BOTH:
            code = StandingCode.MEASURED_ON_BOTH_SIDES
        return _reason(code, test=self.test, result=self.standard.shown(amount), side=str(side), date=date)

    def _placed(self, point: StartingPoint, amount: int) -> StandingReason:
        same = [each for each in self.standard.places if each.progression == point.progression]
        higher = [each.at_least for each in same if each.at_least > amount]
        facts = {
            "ladder": self.catalog.progressions[point.progression].name,
            "rung": self.catalog.exercises[point.rung].name,
            "at_least": self.standard.shown(point.at_least),
            "why": point.note,
        }
        if len(same) == 1:
            return _reason(StandingCode.PLACED_WHATEVER, **facts)
        if not point.at_least and higher:
            return _reason(StandingCode.PLACED_FIRST, **facts, next=self.standard.shown(min(higher)))
        return _reason(StandingCode.PLACED_LOADED if point.loaded else StandingCode.PLACED, **facts)

    def _waiting(self, point: StartingPoint) -> StandingReason:
        ladder, rung = self.catalog.progressions[point.progression], self.catalog.exercises[point.rung]
        return _reason(StandingCode.LOAD_WAITS_FOR_SIDES, ladder=ladder.name, rung=rung.name)

    def _focused(self, focus: Focus, amount: int, percent: int | None) -> StandingReason:
        facts = {
            "deficit": "" if focus.deficit is None else str(focus.deficit),
            "region": "" if focus.region is None else str(focus.region),
            "why": focus.note,
        }
        if focus.under is not None:
            result, limit = self.standard.shown(amount), self.standard.shown(focus.under)
            return _reason(StandingCode.FOCUS_UNDER, **facts, result=result, limit=limit)
        if focus.under_share is not None and percent is not None:
            limit_percent = round(100 * focus.under_share)
            return _reason(StandingCode.FOCUS_UNDER_NORM, **facts, percent=percent, limit=limit_percent)
        return _reason(StandingCode.FOCUS_GAP, **facts)


def _behind(left: int, right: int, share: float) -> Side | None:
    """Return the side that is behind by the share of the better one or more."""
    if left == right or abs(left - right) < share * max(left, right) - 1e-9:
        return None
    return Side.LEFT if left < right else Side.RIGHT


def _sorted_deficits(focus: Iterable[Focus]) -> tuple[Deficit, ...]:
    return tuple(sorted({each.deficit for each in focus if each.deficit is not None}))


def _sorted_regions(focus: Iterable[Focus]) -> tuple[Region, ...]:
    return tuple(sorted({each.region for each in focus if each.region is not None}))
