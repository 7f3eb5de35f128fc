"""Every class of document, and every class that documents are made of, can be drawn."""

from __future__ import annotations

import importlib
import inspect
import pkgutil

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import runstrong.model
from runstrong.codec import loads, to_json, to_yaml
from runstrong.model.audits import Verdict
from runstrong.model.difference import Change, Difference
from runstrong.model.findings import Finding
from runstrong.model.log import PerformedSet
from runstrong.model.plan import Plan
from runstrong.model.progression import Rung
from runstrong.model.runner import Availability, Weights
from runstrong.model.step import Reason, Step
from runstrong.model.value import Value
from runstrong.testing import strategies
from runstrong.testing.documents import DOCUMENTS, parts_of, values

RESULTS = {Change, Difference, Reason, Step, Verdict}
"""What engines give back and no document holds; they are had by asking the engine."""
QUICK = settings(
    max_examples=50, deadline=None, database=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate]
)
BASES = {"Value", "Quantity"}


def model_classes() -> list[type[Value]]:
    """Return the public classes of the model."""
    found: dict[str, type[Value]] = {}
    for module in pkgutil.iter_modules(runstrong.model.__path__):
        names = importlib.import_module(f"runstrong.model.{module.name}")
        for name in getattr(names, "__all__", ()):
            kind = getattr(names, name)
            if inspect.isclass(kind) and issubclass(kind, Value) and name not in BASES:
                found[name] = kind
    return [found[name] for name in sorted(found)]


def test_every_class_of_document_has_a_strategy() -> None:
    """A new kind of document asks for a strategy too."""
    kinds = {kind for kind in model_classes() if hasattr(kind, "kind_of_document")}
    assert set(DOCUMENTS) == kinds


@pytest.mark.parametrize("kind", DOCUMENTS, ids=lambda kind: kind.__name__)
def test_what_is_drawn_is_a_document(kind: type[Value]) -> None:
    """It is of its class, and survives the way into a file and back."""

    @settings(QUICK, max_examples=8)
    @given(DOCUMENTS[kind]())
    def held(made: Value) -> None:
        assert type(made) is kind
        assert loads(to_yaml(made)) == made
        assert loads(to_json(made)) == made

    held()


def test_every_class_of_the_model_is_drawn() -> None:
    """As a document or out of one: what a few dozen documents hold is every class but what only engines give back."""
    seen: set[type] = set()
    for kind, strategy in DOCUMENTS.items():
        # Plans hold the most: every kind of edit, load and decision.
        @settings(QUICK, max_examples=240 if kind is Plan else 60, derandomize=True)
        @given(strategy())
        def gather(made: Value) -> None:
            seen.update(type(each) for each in parts_of(made))

        gather()
        assert kind in seen
    assert sorted(kind.__name__ for kind in model_classes() if kind not in seen | RESULTS) == []


@pytest.mark.parametrize("kind", [Weights, Rung, Finding, PerformedSet, Availability], ids=lambda it: it.__name__)
def test_a_part_is_drawn_out_of_a_document(kind: type[Value]) -> None:
    """For those that write a test about one class alone."""

    # Generating is enough: a search for the smallest part would draw hundreds of documents.
    @settings(QUICK, max_examples=1, phases=[Phase.generate])
    @given(values(kind))
    def drawn(made: Value) -> None:
        assert type(made) is kind

    drawn()


def test_what_no_document_holds_is_refused() -> None:
    """A step is had by asking a ladder, not by drawing one."""
    with pytest.raises(ValueError, match="no document is made of Step"):
        values(Step)


@given(values(Weights))
@settings(max_examples=10, deadline=None)
def test_parts_are_as_real_as_what_they_stand_in(weights: Weights) -> None:
    """Loads that a drawn runner owns can be lifted."""
    assert weights.totals()


def test_every_public_strategy_gives_a_strategy_and_says_what_it_draws() -> None:
    """Names of the module are strategies, or tables and helpers that they are made with."""
    for name in strategies.__all__:
        made = getattr(strategies, name)
        if callable(made) and name != "loads_of":
            assert inspect.getdoc(made), name
    assert isinstance(strategies.planner_runners(), st.SearchStrategy)
    assert isinstance(strategies.plan_requests(), st.SearchStrategy)
    assert isinstance(values(Weights), st.SearchStrategy)
