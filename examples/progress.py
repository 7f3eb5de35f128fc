"""Climb a ladder: begin, record, advance, come back after a bad night, keep the state, and dispute a number.

Run it from anywhere: python examples/progress.py
"""

import datetime as dt
import tempfile
from pathlib import Path

import attrs

import runstrong as rs
from runstrong.faces import state_report, step_text, to_text

HERE = Path(__file__).parent


def calf_raises(date: dt.date, reps: tuple[int, int], *, load: rs.Load | None = None) -> rs.Performance:
    """Return two sets on each leg with three repetitions left and no pain."""
    one = rs.PerformedSet(amount=rs.Reps(1), load=load or rs.BodyWeight(), rir=rs.RIR(3))
    sets = [
        attrs.evolve(one, amount=rs.Reps(count), side=side) for count in reps for side in (rs.Side.LEFT, rs.Side.RIGHT)
    ]
    no_pain = rs.Pain(region=rs.Region.CALF, score=0)
    return rs.Performance(date=date, exercise="single-leg-calf-raise", sets=sets, pain=(no_pain,))


def main() -> None:
    """Walk up one ladder."""
    catalog = rs.load_catalog()
    ladder = catalog.progressions["calf-raise-straight"]
    runner = rs.load(HERE / "runner.yaml", rs.Runner)
    monday = dt.date(2027, 1, 4)

    # Where to start: level, body and kit decide; an assessment may say better (`at=`).
    state = rs.begin(ladder, runner=runner, on=monday)
    print(f"start: {state.prescription.exercise} {state.prescription}")

    # One performance at a time. Each step says why, and holds the new state.
    done = [calf_raises(monday, (12, 11)), calf_raises(monday + dt.timedelta(days=3), (13, 12))]
    for performance in done:
        step = rs.advance(ladder, state, performance, runner=runner)
        state = step.state
        print(f"{performance.date}: {step.kind}\n  {step_text(step, catalog)}\n  next: {step.prescription}")

    # Or a whole log at once: the same state, in whatever order it was written down.
    print(f"folded the same: {rs.fold(ladder, reversed(done), runner=runner) == state}")

    # What a day makes of it. A short night asks for less that day and leaves the ladder alone.
    later = monday + dt.timedelta(days=7)
    tired = rs.Readiness(date=later, sleep=rs.minutes(330))
    today = rs.adapt(ladder, state, later, runner=runner, readiness=tired)
    print(f"after 5.5 h of sleep: {today.prescription}\n  {step_text(today, catalog)}")

    # The state is a document of a few lines; an app keeps it instead of the log.
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "calf.yaml"
        rs.dump(state, file)
        print(f"kept and read back the same: {rs.load(file, rs.State) == state}\n")
    print(to_text(state_report(state, catalog)))

    # Any number can be disputed, in a runner's file or here, with the reason kept.
    careful = rs.Override(rule="progress", parameter="pain_go", value=0, reason="an Achilles tendon that remembers")
    with_load = calf_raises(later, (12, 12), load=state.prescription.load)
    felt = attrs.evolve(with_load, pain=(rs.Pain(region=rs.Region.CALF, score=1),))
    for name, whose in (("default", runner), ("careful", attrs.evolve(runner, overrides=(careful,)))):
        step = rs.advance(ladder, state, felt, runner=whose)
        print(f"pain 1 of 10, {name} limit: {step_text(step, catalog)}")


if __name__ == "__main__":
    main()
