"""Sentences about ladders that a coach can read and dispute, each with its sessions and the step that follows."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import attrs
import pytest
import yaml

from runstrong.catalog import load_catalog
from runstrong.codec import loads
from runstrong.ladder import Limits, adapt, advance, begin
from runstrong.model.log import Performance, PerformedSet, Readiness, Soreness
from runstrong.model.prescription import BodyWeight, FindLoad, Prescription, parse_load
from runstrong.model.progression import Progression
from runstrong.model.quantities import RIR, Duration, Mass
from runstrong.model.runner import Assessment, Injury, Kit, Runner, Weights
from runstrong.model.running import Pain, RunningWeek
from runstrong.model.step import State, Step
from runstrong.model.value import evolve
from runstrong.model.words import Clearance, Equipment, Form, Level, PainKind, PainMoment, Region, Side
from runstrong.rules import load_rules

CASES = Path(__file__).parent / "cases"
CATALOG, LIMITS = load_catalog(), Limits.of(load_rules())
MONDAY = dt.date(2027, 1, 4)
OWN = yaml.safe_load((CASES / "ladders.yaml").read_text(encoding="utf-8"))


def cases() -> list[Any]:
    """Return every case of every file, named by its sentence."""
    files = [file for file in sorted(CASES.glob("*.yaml")) if file.name != "ladders.yaml"]
    return [
        pytest.param(case, id=f"{file.stem}: {case['name']}")
        for file in files
        for case in yaml.safe_load(file.read_text(encoding="utf-8"))
    ]


def ladder_of(name: str) -> Progression:
    """Return one of the ladders that the cases bring along, or a packaged one."""
    if name not in OWN:
        return CATALOG.progressions[name]
    bare = {"kind": "progression", "schema": 1, "id": name, "name": name, "purpose": "To show a case."}
    ending = {"after_last": "Go on.", "sources": ["convention"]}
    made: Progression = loads(json.dumps(bare | OWN[name] | ending), kind="progression")
    return made


def runner_of(told: dict[str, Any]) -> Runner:
    """Return a runner: 70 kg, trained, cleared, with a backpack, but for what is told."""
    weights = tuple(
        Weights(kind=Equipment(name[:-1]), each=tuple(Mass(float(each)) for each in told[name].split()[:-1]))
        for name in ("dumbbells", "kettlebells")
        if name in told
    )
    backpack = Mass(0.0) if told.get("backpack") == "none" else Mass(float(told.get("backpack", "15 kg").split()[0]))
    injuries = []
    if "injury" in told:
        region, ended, *rest = told["injury"].split(", ")
        over = None if ended == "now" else MONDAY - dt.timedelta(days=int(ended.split()[0]))
        injuries = [
            Injury(
                region=Region(region), since=MONDAY - dt.timedelta(days=900), ended=over, strength_restored=bool(rest)
            )
        ]
    return Runner(
        name="Ada",
        body_mass=None if told.get("body_mass") == "unknown" else Mass.parse(told.get("body_mass", "70 kg")),
        level=Level[told.get("level", "intermediate").upper()],
        running=RunningWeek(),
        kits=(Kit(weights=weights, backpack_up_to=backpack),),
        injuries=tuple(injuries),
        assessments=(Assessment(exercise="hop-test", date=MONDAY, amount=100),),
        clearance=Clearance.CLEARED,
        usual_sleep=Duration.parse(told["usual_sleep"]) if "usual_sleep" in told else None,
    )


def morning_of(words: list[str], day: dt.date) -> Readiness | None:
    """Read how a day began: ``slept 6 h``, ``stress 8``, ``sore calf 5``, ``ill``, ``warned of fainting``."""
    fields: dict[str, Any] = {}
    for word in words:
        if found := re.fullmatch(r"slept (.+)", word):
            fields["sleep"] = Duration.parse(found[1])
        elif found := re.fullmatch(r"stress (\d+)", word):
            fields["stress"] = int(found[1])
        elif found := re.fullmatch(r"sore (\S+) (\d+)", word):
            fields["soreness"] = (Soreness(region=Region(found[1]), score=int(found[2])),)
        elif found := re.fullmatch(r"warned of (.+)", word):
            fields["red_flags"] = (found[1],)
        elif word == "ill":
            fields["ill"] = True
    return Readiness(date=day, **fields) if fields else None


def performance_of(words: list[str], asked: Prescription, day: dt.date) -> Performance:
    """Read what was done: ``both 11 11``, ``left 12``, ``15 15``, ``3 RIR``, ``at 5 kg``, ``pain 2``, ``helped``."""
    sides: list[tuple[Side, int]] = []
    fields: dict[str, Any] = {"load": BodyWeight() if isinstance(asked.load, FindLoad) else asked.load}
    pains: list[Pain] = []
    exercise = asked.exercise
    for word in words:
        if found := re.fullmatch(r"(?:(both|left|right) )?(\d+(?: \d+)*)", word):
            for figure in map(int, found[2].split()):
                each = (Side.LEFT, Side.RIGHT) if found[1] == "both" else (Side(found[1] or "none"),)
                sides += [(side, figure) for side in each]
        elif found := re.fullmatch(r"(\d+) RIR", word):
            fields["rir"] = RIR(float(found[1]))
        elif found := re.fullmatch(r"at (.+)", word):
            fields["load"] = parse_load(found[1])
        elif found := re.fullmatch(r"form (\S+)", word):
            fields["failed_form"] = (Form(found[1]),)
        elif found := re.fullmatch(r"of (\S+)", word):
            exercise = found[1]
        elif found := re.fullmatch(r"(?:(\S+) )?pain (\d+)( next morning)?", word):
            when = PainMoment.NEXT_MORNING if found[3] else PainMoment.DURING
            pains.append(Pain(region=Region.CALF, score=int(found[2]), kind=PainKind(found[1] or "dull"), when=when))
        elif word == "helped":
            fields["assistance"] = "a hand on the wall"
        elif not re.match(r"slept|stress|sore|warned|ill|after|lighter day|unrecorded", word):
            raise ValueError(word)
    sets = tuple(PerformedSet(side=side, amount=type(asked.amount)(figure), **fields) for side, figure in sides)
    return Performance(date=day, exercise=exercise, sets=sets, pain=tuple(pains))


def lived(case: dict[str, Any]) -> Step:
    """Return the step after the last session of a case, or what is asked for on the day after it."""
    ladder, runner = ladder_of(case["ladder"]), runner_of(case.get("runner", {}))
    state = begin(ladder, runner=runner, limits=LIMITS, catalog=CATALOG, at=case.get("rung", 0))
    state = standing_at(state, ladder, case)
    day, step = MONDAY, None
    for told in case.get("sessions", []):
        times, text = re.fullmatch(r"(?:(\d+) times: )?(.*)", told).groups()  # type: ignore[union-attr]
        words = text.split(", ")
        for _ in range(int(times or 1)):
            day += dt.timedelta(days=gap_of(words))
            step = advance(
                ladder, state, performance_of(words, state.prescription, day), runner=runner,
                readiness=morning_of(words, day), limits=LIMITS, catalog=CATALOG,
                quiet="lighter day" in words,
            )  # fmt: skip
            state = step.state
            assert attrs.evolve(state) == state
    if "today" in case:
        words = case["today"].split(", ")
        day += dt.timedelta(days=gap_of(words))
        step = adapt(
            ladder, state, day, runner=runner, readiness=morning_of(words, day), limits=LIMITS, catalog=CATALOG
        )
    assert step is not None
    return step


def gap_of(words: list[str]) -> int:
    """Return how many days lie before a session: three, but for ``after 10 days``."""
    return next((int(word.split()[1]) for word in words if word.startswith("after ")), 3)


def standing_at(state: State, ladder: Progression, case: dict[str, Any]) -> State:
    """Put a runner where a case begins, with its `load` and `sets`."""
    rung = ladder.rungs[case.get("rung", 0)]
    changes: dict[str, Any] = {name: case[name] for name in ("sets",) if name in case}
    if "load" in case:
        changes["load"] = parse_load(case["load"])
    assert state.earned.exercise == rung.exercise
    asked = evolve(state.earned, **changes)
    return attrs.evolve(state, earned=asked, prescription=asked)


@pytest.mark.parametrize("case", cases())
def test_case(case: dict[str, Any]) -> None:
    """After its sessions a case leads to the kind of step, the dose and the reasons that it states."""
    step = lived(case)
    expected = {"kind": case["kind"], "asks": case["asks"], "why": case["why"]}
    exercise = {"exercise": case["exercise"]} if "exercise" in case else {}
    earned = {"earned": case["earned"]} if "earned" in case else {}
    found = {
        "kind": str(step.kind),
        "asks": str(step.prescription),
        "why": [str(reason.code) for reason in step.reasons],
        **dict.fromkeys(exercise, step.prescription.exercise),
        **dict.fromkeys(earned, str(step.state.earned)),
    }
    assert found == expected | exercise | earned
