"""The contract of a rule: its cases and the laws of all rules, held by one call."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from time import monotonic
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from runstrong.model.catalog import Catalog
from runstrong.model.rules import RuleSet
from runstrong.testing.cases import Case, check_case
from runstrong.testing.laws import RULE_LAWS, Held, Law
from runstrong.testing.people import Pick
from runstrong.testing.subjects import Subject, subject_of, tell
from runstrong.testing.variations import near

__all__ = ["check_law", "check_rule"]


def check_rule(
    code: str,
    *,
    rules: RuleSet | None = None,
    cases: Iterable[Case] = (),
    max_examples: int = 50,
    catalog: Catalog | None = None,
) -> None:
    """Hold one rule to the contract that every rule keeps: all its cases, and all of `RULE_LAWS`.

    Laws are held against the timelines of the cases, against drawn changes of them, and against drawn timelines that
    have nothing to do with them. Without cases there is little that makes a rule speak.

    Args:
        code: of the rule, or its name.
        rules: with its record and check; the packaged ones by default.
        cases: of the rule, see `read_cases`.
        max_examples: drawn timelines for each law.
        catalog: where exercises are looked up; the packaged one by default.

    Raises:
        AssertionError: the rule breaks a case or a law. It names the law, and shows the smallest timeline found.

    Example:
        >>> check_rule("TM07", max_examples=2)
    """
    held, own = Held(code, rules=rules, catalog=catalog), tuple(cases)
    for case in own:
        check_case(case, rules=rules, catalog=catalog)
    for law in RULE_LAWS:
        if not law.spared(held.rule):
            check_law(law, held, cases=own, max_examples=max_examples)


def check_law(
    law: Law, held: Held, *, cases: Sequence[Case] = (), max_examples: int = 50, seeded: int | None = None
) -> None:
    """Hold one rule to one law.

    Args:
        law: one of `RULE_LAWS`.
        held: the rule.
        cases: of the rule.
        max_examples: drawn timelines; 0 for the cases alone.
        seeded: what is drawn follows from this number alone; None for other timelines each time.

    Raises:
        AssertionError: the rule breaks the law.
    """
    for case in cases:
        for turn in map(_Turn, range(3)):
            _hold(law, held, subject_of(case), turn)
            if not turn.asked:  # nothing was there to pick: the other turns would be the same
                break
    if not max_examples:
        return

    broken: list[AssertionError] = []
    since = 0.0

    def drawn(data: st.DataObject) -> None:
        nonlocal since
        subject = data.draw(near(cases))
        try:
            _hold(law, held, subject, lambda choices: data.draw(st.sampled_from(choices)))
        except AssertionError as error:
            since = since or monotonic()
            broken.append(error)
            if monotonic() - since > _PATIENCE:
                raise _Enough from error
            raise

    test: Callable[[], None] = given(st.data())(drawn)
    if seeded is not None:
        test = seed(seeded)(test)
    # What is found is told in words below; a store of examples would be one more folder in a stranger's project.
    run = settings(
        max_examples=max_examples,
        deadline=None,
        database=None,
        print_blob=False,
        report_multiple_bugs=False,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
        phases=(Phase.generate, Phase.shrink),
    )(test)
    try:
        run()
    except (AssertionError, _Enough):
        if not broken:
            raise
    if broken:
        raise min(broken, key=lambda error: len(str(error))) from None


_PATIENCE = 10.0
"""Seconds that smaller and smaller timelines are looked for once a law is broken."""


class _Enough(BaseException):
    """Ends the search: it is no `Exception`, so that it passes through what tries the next timeline."""


def _hold(law: Law, held: Held, subject: Subject, pick: Pick) -> None:
    try:
        law.holds(held, subject, pick)
    except AssertionError as error:
        rule = f"{held.code} {held.rule.name}"
        raise AssertionError(
            f"{rule} breaks a law: {law.statement}\n{error}\n\nheld against\n{tell(subject)}"
        ) from error


class _Turn:
    """Picks where nothing is drawn: the first, the middle or the last of the choices."""

    def __init__(self, at: int) -> None:
        self._at, self.asked = at, False

    def __call__(self, choices: Sequence[Any]) -> Any:
        self.asked = True
        return choices[(len(choices) - 1) * self._at // 2]
