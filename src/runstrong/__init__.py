"""Strength and mobility training for runners: plan it, audit it, progress it.

Verbs are functions (`load`, `plan`, `audit` ...), nouns are classes (`Runner`, `Plan`, `Exercise` ...). It educates;
it does not diagnose, treat or predict injury.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from runstrong._verbs import (
    adapt,
    advance,
    audit,
    begin,
    dump,
    fix_plan,
    fold,
    load,
    load_catalog,
    load_rules,
    plan,
    to_json,
    to_yaml,
)
from runstrong._version import __version__

if TYPE_CHECKING:
    from runstrong.ladder.limits import Limits
    from runstrong.model.catalog import Catalog
    from runstrong.model.edits import Drop, Edit, Move, Note, Pin, Skip, Swap
    from runstrong.model.errors import (
        CatalogError,
        DocumentError,
        InfeasibleError,
        InvalidValue,
        Problem,
        RunstrongError,
        UnknownName,
    )
    from runstrong.model.evidence import Evidence, Source
    from runstrong.model.exercise import Dose, Exercise
    from runstrong.model.log import Coverage, Log, Performance, PerformedSet, Readiness, Soreness
    from runstrong.model.plan import CatalogStamp, Decision, Part, Plan, Session, Week
    from runstrong.model.prescription import (
        Amount,
        Band,
        BodyWeight,
        Contacts,
        Continuous,
        Degree,
        External,
        FindLoad,
        Hold,
        Load,
        PercentOfMax,
        Prescription,
        Reps,
        Tempo,
        Travel,
        parse_amount,
        parse_load,
    )
    from runstrong.model.progression import Criterion, Prerequisite, Progression, Rung
    from runstrong.model.quantities import (
        RIR,
        Distance,
        Duration,
        Mass,
        SessionRPE,
        kg,
        km,
        lb,
        meters,
        miles,
        minutes,
        seconds,
    )
    from runstrong.model.rules import (
        Audit,
        Fact,
        Finding,
        Loosens,
        NotApplicable,
        Override,
        Parameter,
        Policy,
        Rule,
        RuleSet,
        Setting,
        Waived,
        Waiver,
        Where,
    )
    from runstrong.model.runner import Assessment, Availability, Injury, Kit, Limitations, Runner, Weights
    from runstrong.model.running import Activity, DatedException, Pain, Race, Run, RunningWeek, UsualRun
    from runstrong.model.step import Reason, ReasonCode, State, Step, StepKind
    from runstrong.model.timeline import Timeline
    from runstrong.model.value import evolve
    from runstrong.model.words import (
        BandTension,
        Certainty,
        Clearance,
        Count,
        DayPart,
        Deficit,
        Emphasis,
        Equipment,
        ExerciseKind,
        Form,
        GaitPhase,
        Goal,
        Impact,
        KneeAngle,
        Level,
        OverloadAxis,
        PainKind,
        PainMoment,
        PartName,
        Pattern,
        Phase,
        Place,
        Plane,
        Position,
        Priority,
        Region,
        RunKind,
        Severity,
        Sex,
        Side,
        Sides,
        StrengthDayPolicy,
        Tissue,
        Weekday,
        When,
    )

__all__ = [
    "RIR",
    "Activity",
    "Amount",
    "Assessment",
    "Audit",
    "Availability",
    "Band",
    "BandTension",
    "BodyWeight",
    "Catalog",
    "CatalogError",
    "CatalogStamp",
    "Certainty",
    "Clearance",
    "Contacts",
    "Continuous",
    "Count",
    "Coverage",
    "Criterion",
    "DatedException",
    "DayPart",
    "Decision",
    "Deficit",
    "Degree",
    "Distance",
    "DocumentError",
    "Dose",
    "Drop",
    "Duration",
    "Edit",
    "Emphasis",
    "Equipment",
    "Evidence",
    "Exercise",
    "ExerciseKind",
    "External",
    "Fact",
    "FindLoad",
    "Finding",
    "Form",
    "GaitPhase",
    "Goal",
    "Hold",
    "Impact",
    "InfeasibleError",
    "Injury",
    "InvalidValue",
    "Kit",
    "KneeAngle",
    "Level",
    "Limitations",
    "Limits",
    "Load",
    "Log",
    "Loosens",
    "Mass",
    "Move",
    "NotApplicable",
    "Note",
    "OverloadAxis",
    "Override",
    "Pain",
    "PainKind",
    "PainMoment",
    "Parameter",
    "Part",
    "PartName",
    "Pattern",
    "PercentOfMax",
    "Performance",
    "PerformedSet",
    "Phase",
    "Pin",
    "Place",
    "Plan",
    "Plane",
    "Policy",
    "Position",
    "Prerequisite",
    "Prescription",
    "Priority",
    "Problem",
    "Progression",
    "Race",
    "Readiness",
    "Reason",
    "ReasonCode",
    "Region",
    "Reps",
    "Rule",
    "RuleSet",
    "Run",
    "RunKind",
    "Rung",
    "Runner",
    "RunningWeek",
    "RunstrongError",
    "Session",
    "SessionRPE",
    "Setting",
    "Severity",
    "Sex",
    "Side",
    "Sides",
    "Skip",
    "Soreness",
    "Source",
    "State",
    "Step",
    "StepKind",
    "StrengthDayPolicy",
    "Swap",
    "Tempo",
    "Timeline",
    "Tissue",
    "Travel",
    "UnknownName",
    "UsualRun",
    "Waived",
    "Waiver",
    "Week",
    "Weekday",
    "Weights",
    "When",
    "Where",
    "__version__",
    "adapt",
    "advance",
    "audit",
    "begin",
    "dump",
    "evolve",
    "fix_plan",
    "fold",
    "kg",
    "km",
    "lb",
    "load",
    "load_catalog",
    "load_rules",
    "meters",
    "miles",
    "minutes",
    "parse_amount",
    "parse_load",
    "plan",
    "seconds",
    "to_json",
    "to_yaml",
]

_MODULES = (
    "model.quantities", "model.words", "model.value", "model.errors", "model.evidence", "model.prescription",
    "model.exercise", "model.progression", "model.running", "model.rules", "model.runner", "model.edits", "model.plan",
    "model.log", "model.step", "model.catalog", "model.timeline", "ladder.limits",
)  # fmt: skip


def __getattr__(name: str) -> Any:
    """Bring a noun in when it is first named: all of them together cost more than attrs itself."""
    if name in __all__:
        import importlib

        for module in _MODULES:
            found = importlib.import_module(f"runstrong.{module}")
            if name in found.__all__:
                noun = globals()[name] = getattr(found, name)
                return noun
    import sys

    # With the module at hand, Python adds the nearest name to the message.
    raise AttributeError(f"module 'runstrong' has no attribute {name!r}", name=name, obj=sys.modules[__name__])


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
