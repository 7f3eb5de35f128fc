"""The progression engine: a ladder, a state and what was done give the next step; and the estimates it rests on."""

from runstrong.ladder.engine import adapt, advance, begin, fold, follow, reached_by
from runstrong.ladder.limits import Limits

__all__ = ["Limits", "adapt", "advance", "begin", "fold", "follow", "reached_by"]
