"""The measures, and the rules that need only a log, for many athletes on the user's own data engine."""

from runstrong.cohort.flags import ON_RUNS, audits, flags, logs
from runstrong.cohort.measuring import Columns, Of, each_batch, measured, named
from runstrong.cohort.outcomes import Counts, Outcome, Outcomes, outcomes, relative_risk

__all__ = [
    "ON_RUNS",
    "Columns",
    "Counts",
    "Of",
    "Outcome",
    "Outcomes",
    "audits",
    "each_batch",
    "flags",
    "logs",
    "measured",
    "named",
    "outcomes",
    "relative_risk",
]
