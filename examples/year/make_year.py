"""Writes activities.csv: a year of running as Strava exports it. It is made up, the same each time, and nobody's own.

The year has what years have: a winter that builds up, a spring that leaps, weeks without a run after it, a marathon in
autumn, and a quiet end. Run it from anywhere: python examples/year/make_year.py
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from pathlib import Path

from runstrong.testing.exports import Outing, strava_csv

FILE = Path(__file__).parent / "activities.csv"
MONDAY = dt.datetime(2026, 1, 5, 5, 10)  # noqa: DTZ001 - exports write the start in UTC and name no zone
MARATHON = 39
"""The week, counted from 1, that ends with the marathon."""

EASY = ("Morning Run", "Easy around the lake", "Lunch Run", "Easy with the club")
QUALITY = ("Intervals 6 x 800 m", "Tempo 3 x 10 min", "Hills 8 x 60 s", "Intervals 10 x 400 m")


def weekly_km() -> list[float]:
    """Return what each week of the year comes to."""
    winter = [28, 31, 34, 26, 34, 37, 40, 30, 38, 41, 44, 32]
    spring = [40, 42, 62, 0, 0, 0, 18, 26]  # the leap, three weeks without a run, and the way back
    summer = [30, 33, 36, 28, 36, 39, 42, 33, 41, 44, 47, 36, 45, 48, 51, 40, 44, 32]
    autumn = [24, 0, 12, 18, 24, 26, 28, 30, 30, 31, 24, 30, 32, 30]  # before these 24 km stands the marathon
    return [*winter, *spring, *summer, *autumn]


def outings() -> Iterator[Outing]:
    """Yield the activities of the year, oldest first."""
    dice = random.Random(2026)  # noqa: S311 - the same year each time is what is wanted

    def run(day: dt.datetime, km: float, pace: float, title: str, rpe: int) -> Outing:
        seconds = round(km * (pace + dice.uniform(-6, 6)))
        # Now and then nobody says how hard it was.
        felt = None if dice.random() < 0.06 else rpe
        return Outing(day, "run", round(km * 1000, 1), seconds, felt, round(118 + rpe * 8 + dice.uniform(-4, 4)), title)

    for number, km in enumerate(weekly_km(), start=1):
        monday = MONDAY + dt.timedelta(weeks=number - 1)
        tuesday, wednesday, thursday, saturday, sunday = (monday + dt.timedelta(days=day) for day in (1, 2, 3, 5, 6))
        if number == MARATHON:
            yield run(tuesday, 8, 315, "Last intervals 4 x 800 m", 6)
            yield run(thursday, 5, 360, EASY[0], 2)
            yield run(sunday, 42.4, 338, "Autumn Marathon race", 9)
            continue
        if km:
            long = km * (0.47 if number == 15 else 0.4) + dice.uniform(-0.6, 0.6)
            rest = km - long
            # Quality is for weeks that have grown into it; a marathon asks some weeks to come to nothing hard.
            hard = km >= 30 and not MARATHON < number < MARATHON + 6
            quality = dice.choice(QUALITY)
            yield run(
                tuesday, rest * 0.38, 318 if hard else 352, quality if hard else dice.choice(EASY), 7 if hard else 3
            )
            yield run(thursday, rest * 0.34, 355, dice.choice(EASY), 3)
            yield run(saturday, rest * 0.28, 358, dice.choice(EASY), 3)
            yield run(sunday, long, 362, "Long run", 5)
        elif number in (16, 17, 18):
            yield Outing(wednesday, "ride", 24_000.0, 3900, 3, 124, "Bike, no running")
        if number % 3 == 1 and number < 36:
            yield Outing(wednesday.replace(hour=17), "strength", None, 2400, 5, None, "Gym")


def main() -> None:
    """Write the file."""
    made = strava_csv(sorted(outings(), key=lambda each: each.start))
    FILE.write_text(made, encoding="utf-8", newline="\n")
    print(f"{len(made.splitlines()) - 1} activities in {FILE.name}")


if __name__ == "__main__":
    main()
