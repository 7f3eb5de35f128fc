"""Pictures of plans, logs, audits and ladders, drawn with matplotlib (extra ``plot``): each gives back its axes."""

from runstrong.faces.plots.audited import findings
from runstrong.faces.plots.calendars import season
from runstrong.faces.plots.followed import adherence
from runstrong.faces.plots.ladders import ladder
from runstrong.faces.plots.loads import load
from runstrong.faces.plots.progressed import outcomes
from runstrong.faces.plots.tissues import tissue_sets
from runstrong.faces.plots.volumes import long_run_pace, weekly_volume

__all__ = [
    "adherence",
    "findings",
    "ladder",
    "load",
    "long_run_pace",
    "outcomes",
    "season",
    "tissue_sets",
    "weekly_volume",
]
