"""How single things read."""

from __future__ import annotations

import attrs
import pytest

from runstrong.faces.wording import SAFETY, WHEN_TO_STOP, change, cited, dose, evidence_in_short
from runstrong.model.evidence import Evidence, Source
from runstrong.model.prescription import (
    Band,
    BodyWeight,
    External,
    FindLoad,
    Load,
    PercentOfMax,
    Prescription,
    Reps,
    Tempo,
)
from runstrong.model.quantities import RIR, kg, seconds
from runstrong.model.words import BandTension, Certainty, Side

BASE = Prescription(exercise="squat", sets=3, amount=Reps(8, 12), rir=RIR(3), tempo=Tempo(2, 0, 1, 0), rest=seconds(90))


SOURCES = {
    "a-2014": Source(id="a-2014", authors="Nielsen and colleagues", year=2014, title="t"),
    "b": Source(id="b", authors="Miriam Mulkewich, Registered Physiotherapist", title="t"),
}


class TestChange:
    """More means nothing asked is lower and something is higher."""

    @pytest.mark.parametrize(
        ("before", "now", "said"),
        [
            (BodyWeight(), External(kg(2)), "more"),
            (External(kg(20)), External(kg(10), pieces=1), "less"),
            (External(kg(20)), External(kg(20), pieces=2), ""),
            (Band(BandTension.LIGHT), Band(BandTension.MEDIUM), "more"),
            (Band(BandTension.LIGHT, "knees"), Band(BandTension.LIGHT, "ankles"), "changed"),
            (PercentOfMax(70), PercentOfMax(80), "more"),
            (BodyWeight(), FindLoad(RIR(3)), "changed"),
            (FindLoad(RIR(3)), FindLoad(RIR(2)), "more"),
        ],
    )
    def test_of_load(self, before: Load, now: Load, said: str) -> None:
        """Loads compare within their kind; another kind is another thing."""
        assert change(attrs.evolve(BASE, load=before), attrs.evolve(BASE, load=now)) == said

    def test_less_in_reserve_is_more_effort(self) -> None:
        """RIR 2 asks for more than RIR 3."""
        assert change(BASE, attrs.evolve(BASE, rir=RIR(2))) == "more"

    def test_more_sets_of_fewer_repetitions_is_neither(self) -> None:
        """What rises here and falls there is a change."""
        assert change(BASE, attrs.evolve(BASE, sets=4, amount=Reps(6, 8))) == "changed"

    def test_fewer_repetitions_at_a_load_to_find_are_no_less(self) -> None:
        """With as many in reserve the load gets heavier, so that "less" would mislead."""
        before = attrs.evolve(BASE, load=FindLoad(RIR(3)))
        assert change(before, attrs.evolve(before, amount=Reps(5, 8))) == "changed"

    def test_another_tempo_is_a_change(self) -> None:
        """A slower lowering is told."""
        assert change(BASE, attrs.evolve(BASE, tempo=Tempo(4, 0, 1, 0))) == "changed"


class TestDose:
    """A dose is said in full and without repetition."""

    def test_effort_is_said_once(self) -> None:
        """A load to find says the reserve; it is not repeated."""
        assert dose(attrs.evolve(BASE, load=FindLoad(RIR(3)))).count("RIR") == 1

    def test_sides_load_effort_tempo_and_rest(self) -> None:
        """Everything that a runner needs stands in one line."""
        asked = attrs.evolve(BASE, side=Side.BOTH, load=External(kg(20), pieces=2))
        assert dose(asked) == "3 x 8-12 reps each side, 2 x 10 kg, RIR 3, tempo 2-0-1-0, rest 90 s"

    def test_one_set_needs_no_rest(self) -> None:
        """Rest stands between sets."""
        assert "rest" not in dose(attrs.evolve(BASE, sets=1))


class TestEvidence:
    """Every claim carries its certainty and who says so."""

    def test_for_and_against_in_one_line(self) -> None:
        """Support comes with its certainty, and what speaks against is never dropped."""
        evidence = (
            Evidence(source="a-2014", certainty=Certainty.VERY_LOW, supports="direction only"),
            Evidence(source="b", certainty=Certainty.LOW, against="no relation"),
        )
        said = evidence_in_short(evidence, SOURCES)
        assert said == "direction only, certainty very low (Nielsen 2014); Miriam Mulkewich speaks against"

    def test_unverified_is_said(self) -> None:
        """What nobody read is marked."""
        entry = Evidence(source="b", certainty=Certainty.EXPERT_OPINION, supports="x", unverified=True)
        assert evidence_in_short((entry,), SOURCES) == "x, expert opinion, unverified (Miriam Mulkewich)"

    def test_what_is_no_source_is_cited_as_it_is(self) -> None:
        """A rule's code stands for itself."""
        assert cited("CO01", SOURCES) == "CO01"


def test_safety_text_names_every_sign_to_stop_for() -> None:
    """The warning signs are all there, and none of them promises anything."""
    text = " ".join((SAFETY, *WHEN_TO_STOP)).lower()
    for sign in (
        "not medical advice", "diagnoses nothing", "predicts no injury", "pain over 5", "sharp or rising", "gives way",
        "form", "chest pain", "fainting", "breathlessness", "palpitations", "one calf", "saddle", "bladder or bowel",
        "dark urine", "sudden pop", "push-off", "one spot of a bone", "at night or at rest", "hopping", "groin", "limp",
        "missed periods", "fever",
    ):  # fmt: skip
        assert sign in text, sign
    assert "prevent" not in text
