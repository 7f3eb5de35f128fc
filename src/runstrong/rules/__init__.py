"""Rules: records of what may be disputed, checks of what can be computed."""

from runstrong.rules.definition import Check, NoNumbers, finding, limits_of, rule
from runstrong.rules.records import load_presets, load_rules

__all__ = ["Check", "NoNumbers", "finding", "limits_of", "load_presets", "load_rules", "rule"]
