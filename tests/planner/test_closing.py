"""The audit that closes a plan: what it may change, and what it may not."""

from __future__ import annotations

import datetime as dt

import runstrong as rs

EASY = dict.fromkeys((rs.Weekday.MONDAY, rs.Weekday.TUESDAY, rs.Weekday.WEDNESDAY, rs.Weekday.FRIDAY), rs.RunKind.EASY)
HARD = {rs.Weekday.THURSDAY: rs.RunKind.LONG, rs.Weekday.SATURDAY: rs.RunKind.TEMPO}


def test_a_fix_makes_no_session_heavy_on_the_legs() -> None:
    """Work that the audit adds may not ask more of the legs than the session's place was chosen for."""
    runs = [rs.UsualRun(day=day, day_part=rs.DayPart.MORNING, kind=kind) for day, kind in (EASY | HARD).items()]
    runner = rs.Runner(
        name="Ada",
        running=rs.RunningWeek(runs=runs),
        strength_years=1.0,
        goals=(rs.Goal.RUN_FASTER,),
        races=(rs.Race(id="new-year", date=dt.date(2027, 1, 4)),),
        session_length=rs.minutes(10),
        injuries=(rs.Injury(region=rs.Region.CALF, since=dt.date(2026, 11, 5)),),
        clearance=rs.Clearance.CLEARED,
    )
    made = rs.plan(runner, start=dt.date(2027, 1, 4), weeks=6)
    foundation = [week for week in made.weeks if week.phase is rs.Phase.FOUNDATION]
    assert foundation
    for week in foundation:
        assert all(session.emphasis is not rs.Emphasis.HEAVY_LEGS for session in week.sessions)
