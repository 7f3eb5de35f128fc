"""What stands before and after the main work: as long as the session allows, with a reason, changing by block."""

from __future__ import annotations

import datetime as dt

import pytest

from runstrong.catalog import load_catalog
from runstrong.model.runner import Kit, Runner
from runstrong.model.running import RunningWeek
from runstrong.model.words import Clearance, Deficit, Equipment, ExerciseKind
from runstrong.planner import estimated_seconds
from runstrong.planner.warm_ups import WarmUps
from runstrong.rules import load_rules

RULES, CATALOG = load_rules(), load_catalog()
TODAY = dt.date(2027, 1, 4)


def edges(
    minutes: float, *, block: int = 0, run_follows: bool = False, deficits: tuple[Deficit, ...] = (),
    equipment: tuple[Equipment, ...] = (),
) -> tuple[list[str], list[str], float]:  # fmt: skip
    """Return the exercises of warm-up and cool-down, and how long the warm-up takes."""
    runner = Runner(name="Ada", running=RunningWeek(), deficits=deficits, clearance=Clearance.CLEARED)
    told: list[str] = []
    made = WarmUps(
        runner, CATALOG, RULES, TODAY, measured=(), tell=lambda about, what, why, sources: told.append(about)
    )
    warm_up, cool_down = made.edges(Kit(equipment=equipment), minutes, run_follows=run_follows, block=block)
    assert {each.exercise for each in (*warm_up, *cool_down)} <= set(told)
    return [each.exercise for each in warm_up], [each.exercise for each in cool_down], estimated_seconds(warm_up, RULES)


def kinds(ids: list[str]) -> list[ExerciseKind]:
    """Return the kinds of exercises."""
    return [CATALOG.exercises[id].kind for id in ids]


@pytest.mark.parametrize("minutes", [10, 20, 30, 35, 60, 90])
def test_a_warm_up_takes_its_share(minutes: float) -> None:
    """Five minutes of half an hour, in proportion, never over eight; its second drill still fits."""
    warm_up, _, seconds = edges(minutes)
    assert len(warm_up) >= 2
    assert seconds <= 60 * min(8, minutes / 6)


def test_more_minutes_bring_more() -> None:
    """An hour warms up with more drills than ten minutes do."""
    assert len(edges(60)[0]) > len(edges(20)[0]) >= len(edges(10)[0])


def test_blocks_differ() -> None:
    """Each of three blocks begins another way, and the fourth like the first."""
    found = [edges(35, block=block)[0] for block in range(4)]
    assert len({tuple(each) for each in found[:3]}) == 3
    assert found[0][0] != found[1][0]


def test_no_mobility_without_a_purpose() -> None:
    """Without a deficit there are dynamic drills alone, and breathing at the end."""
    warm_up, cool_down, _ = edges(60)
    assert set(kinds(warm_up)) == {ExerciseKind.DYNAMIC_DRILL}
    assert kinds(cool_down) == [ExerciseKind.BREATHING]


def test_a_deficit_is_answered_before_and_after() -> None:
    """Stiff ankles get a drill in the warm-up and a stretch at the end, but no stretch before a run."""
    stiff = (Deficit.ANKLE_DORSIFLEXION,)
    warm_up, cool_down, _ = edges(35, deficits=stiff)
    assert any(Deficit.ANKLE_DORSIFLEXION in CATALOG.exercises[id].serves for id in warm_up)
    assert kinds(cool_down) == [ExerciseKind.STATIC_STRETCH]
    assert ExerciseKind.STATIC_STRETCH not in kinds(edges(35, deficits=stiff, run_follows=True)[1])


def test_a_release_comes_first_and_prepares_a_drill() -> None:
    """In an hour, with a ball, the release stands before everything and what it prepares follows."""
    warm_up, _, _ = edges(60, deficits=(Deficit.THORACIC_ROTATION,), equipment=(Equipment.MASSAGE_BALL,))
    assert kinds(warm_up)[0] is ExerciseKind.RELEASE
    assert set(CATALOG.exercises[warm_up[0]].prepares) & set(warm_up[1:])
    short, _, _ = edges(20, deficits=(Deficit.THORACIC_ROTATION,), equipment=(Equipment.MASSAGE_BALL,))
    assert ExerciseKind.RELEASE not in kinds(short)


def test_very_short_sessions_have_no_cool_down() -> None:
    """Under twenty minutes all of the time is warm-up and work."""
    assert edges(10, deficits=(Deficit.CALF_LENGTH,))[1] == []
