"""A plan takes its own exercises along, so that it can be read where their records are not at hand."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import runstrong as rs
from runstrong.catalog.carrying import carrying
from runstrong.cli.main import main

PACKAGED = rs.load_catalog()
STAIRS = rs.evolve(
    PACKAGED.exercises["calf-raise"], id="stair-raise", name="Stair raise", harder=("calf-raise",), easier=(),
    sources=("my-coach",),
)  # fmt: skip
COACH = rs.evolve(next(iter(PACKAGED.sources.values())), id="my-coach")
LADDER = PACKAGED.progressions["calf-raise-straight"]
LONGER = rs.evolve(LADDER, rungs=(rs.evolve(LADDER.rungs[0], exercise="stair-raise"), *LADDER.rungs))
MINE = PACKAGED.with_records(exercises=[STAIRS], progressions=[LONGER], sources=[COACH])
NOVICE = rs.load("examples/novice.yaml", rs.Runner)


class TestPlanned:
    """What the planner chooses travels."""

    def test_an_exercise_of_ones_own_is_in_the_plan(self) -> None:
        """The planner takes the ladder's first rung, and the plan holds its record."""
        plan = rs.plan(NOVICE, weeks=2, catalog=MINE)
        assert any(each.exercise == "stair-raise" for s in plan.sessions for _, each in s.prescriptions())
        assert plan.exercises == (STAIRS,)

    def test_the_packaged_ones_stay_where_they_are(self) -> None:
        """A plan of packaged exercises carries none."""
        assert rs.plan(NOVICE, weeks=2).exercises == ()

    def test_a_changed_record_of_a_packaged_id_travels_too(self) -> None:
        """Other cues for the same id are the runner's own."""
        squat = rs.plan(NOVICE, weeks=1).sessions[0].part(rs.PartName.MAIN).prescriptions[0].exercise
        own = rs.evolve(PACKAGED.exercises[squat], cues=("My own cue",))
        plan = rs.plan(NOVICE, weeks=1, catalog=PACKAGED.with_records(exercises=[own]))
        assert plan.exercises == (own,)

    def test_planning_again_keeps_them(self) -> None:
        """A re-planned season still holds what its sessions ask for."""
        plan = rs.plan(NOVICE, weeks=3, catalog=MINE)
        first = plan.sessions[0]
        log = rs.Log(coverage=(rs.Coverage(first=first.date, last=first.date, strength=True),))
        again = rs.replan(plan, log, first.date + dt.timedelta(days=1), catalog=MINE)
        assert STAIRS in again.exercises


class TestEdited:
    """What a person puts in travels."""

    def test_a_swap_brings_the_record(self) -> None:
        """`rs.edit` with a catalog of one's own leaves a plan that needs it no more."""
        plan = rs.plan(NOVICE, weeks=2)
        first = plan.sessions[0]
        asked = next(each for _, each in first.prescriptions() if each.exercise == "calf-raise")
        stairs = rs.evolve(asked, exercise="stair-raise", progression=None)
        made = rs.edit(plan, rs.Swap(session=first.id, exercise="calf-raise", replacement=stairs), catalog=MINE).plan
        assert made.exercises == (STAIRS,)
        assert rs.audit(made).findings is not None
        assert "Stair raise" in rs.to_text(made)
        assert "Stair raise" in rs.to_html(made)

    def test_carrying_twice_is_carrying_once(self) -> None:
        """What the plan holds already stays as it is."""
        plan = rs.plan(NOVICE, weeks=2, catalog=MINE)
        assert carrying(plan, MINE) == plan
        assert carrying(plan, PACKAGED) is plan


class TestWithout:
    """Where the records are not at hand, what they refer to is left out, and the plan reads all the same."""

    def test_sources_and_variants_that_stayed_behind(self) -> None:
        """The catalog that a plan is read with knows the exercise, without the coach who is not there."""
        known = PACKAGED.with_own((rs.evolve(STAIRS, easier=("gone",)),))
        assert known.exercises["stair-raise"].sources == ("convention",)
        assert known.exercises["stair-raise"].easier == ()
        assert known.exercises["stair-raise"].harder == ("calf-raise",)

    def test_the_command_line(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """With --catalog a season is planned; what comes of it is checked and shown without."""
        folder, file = tmp_path / "mine", tmp_path / "plan.yaml"
        folder.mkdir()
        for name, record in (("stairs", STAIRS), ("ladder", LONGER), ("coach", COACH)):
            rs.dump(record, folder / f"{name}.yaml")
        own = ["--catalog", str(folder)]
        assert main(["plan", "examples/novice.yaml", "--weeks", "2", *own, "--out", str(file)]) == 0
        assert main(["exercise", "stair-raise", *own]) == 0
        assert "Stair raise" in capsys.readouterr().out
        assert main(["check", str(file)]) == 0
        assert main(["show", str(file), "--out", str(tmp_path / "plan.html")]) == 0
        assert "Stair raise" in (tmp_path / "plan.html").read_text(encoding="utf-8")
        assert main(["show", str(file), "--format", "fit", "--out", str(tmp_path / "watch")]) == 0
        assert main(["next", str(file), "--today", "2027-01-04", *own]) == 0
