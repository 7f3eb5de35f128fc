"""Records of the user's own: added, overriding, and refused with file and line."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from runstrong.catalog.records import load_catalog
from runstrong.codec import dumps
from runstrong.model.errors import CatalogError, DocumentError
from runstrong.model.standard import Measure

CATALOG = load_catalog()
RAISE = CATALOG.exercises["calf-raise"]
MINE = attrs.evolve(RAISE, id="calf-raise-on-sand", name="Calf raise on sand", easier=("calf-raise",), harder=())


def put(folder: Path, name: str, value: object) -> Path:
    """Write a document."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(value if isinstance(value, str) else dumps(value), encoding="utf-8")
    return path


def test_folder_adds(tmp_path: Path) -> None:
    """Exercises, ladders and sources of a folder and its subfolders join the packaged ones."""
    source = attrs.evolve(CATALOG.sources["fitforlife"], id="my-coach")
    progression = attrs.evolve(CATALOG.progressions["calf-raise-straight"], id="my-ladder", sources=("my-coach",))
    put(tmp_path, "exercises.yaml", [MINE])
    put(tmp_path, "deeper/ladder.yml", progression)
    put(tmp_path, "deeper/source.json", dumps(source, "json"))
    catalog = load_catalog(tmp_path)
    assert catalog.exercises["calf-raise-on-sand"] == MINE
    assert catalog.progressions["my-ladder"] == progression
    assert catalog.sources["my-coach"] == source
    assert len(catalog.exercises) == len(CATALOG.exercises) + 1


def test_folder_overrides(tmp_path: Path) -> None:
    """A record with a packaged id stands in the place of the packaged one."""
    put(tmp_path, "mine.yaml", attrs.evolve(RAISE, name="Heel raise"))
    catalog = load_catalog(tmp_path)
    assert catalog.exercises["calf-raise"].name == "Heel raise"
    assert len(catalog.exercises) == len(CATALOG.exercises)


def test_folder_adds_and_overrides_standards(tmp_path: Path) -> None:
    """A standard for another assessment joins the packaged ones; one for the same assessment stands in its place."""
    heel = CATALOG.standards["single-leg-heel-lift-test"]
    movement = attrs.evolve(
        CATALOG.standards["hip-extension-test"], exercise="plank-hold-test", per_side=False, gap=None
    )
    added = attrs.evolve(movement, unit=Measure.SECONDS, most=300, scale=())
    put(tmp_path, "mine.yaml", [attrs.evolve(heel, says="Mine."), added])
    catalog = load_catalog(tmp_path)
    assert catalog.standards["single-leg-heel-lift-test"].says == "Mine."
    assert catalog.standards["plank-hold-test"] == added
    assert len(catalog.standards) == len(CATALOG.standards) + 1
    assert catalog.hash != CATALOG.hash


def test_faulty_standard_is_told_with_file_and_line(tmp_path: Path) -> None:
    """A standard that names an unknown source is told with the line that names its exercise."""
    heel = attrs.evolve(CATALOG.standards["single-leg-heel-lift-test"], sources=("fitforlif",))
    path = put(tmp_path, "mine.yaml", heel)
    line = next(n for n, text in enumerate(path.read_text().splitlines(), 1) if text.startswith("exercise:"))
    with pytest.raises(CatalogError) as caught:
        load_catalog(tmp_path)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == (str(path), line)
    assert "did you mean 'fitforlife'?" in str(problem)


def test_packaged_catalog_stays(tmp_path: Path) -> None:
    """Loading a folder leaves the packaged catalog as it was."""
    put(tmp_path, "mine.yaml", MINE)
    load_catalog(tmp_path)
    assert "calf-raise-on-sand" not in load_catalog().exercises


def test_several_places(tmp_path: Path) -> None:
    """Files and folders may be named together."""
    first = put(tmp_path, "a.yaml", MINE)
    put(tmp_path, "b/c.yaml", attrs.evolve(MINE, id="calf-raise-on-snow", name="Calf raise on snow"))
    assert {"calf-raise-on-sand", "calf-raise-on-snow"} <= set(load_catalog(first, tmp_path / "b").exercises)


def test_other_documents_are_passed_over(tmp_path: Path) -> None:
    """A folder may hold runners, plans, logs and rules beside records."""
    put(tmp_path, "mine.yaml", MINE)
    put(tmp_path, "runner.yaml", "kind: runner\nschema: 1\nname: Ada\nrunning: {}\n")
    assert "calf-raise-on-sand" in load_catalog(tmp_path).exercises


def test_named_file_of_another_kind(tmp_path: Path) -> None:
    """A file that is named by itself must hold records."""
    runner = put(tmp_path, "runner.yaml", "kind: runner\nschema: 1\nname: Ada\nrunning: {}\n")
    with pytest.raises(DocumentError, match=r"runner.yaml:1: kind: a runner; allowed: exercise, exercises"):
        load_catalog(runner)


def test_misspelt_kind_is_not_passed_over(tmp_path: Path) -> None:
    """A kind that nobody knows is an error, lest records go missing in silence."""
    put(tmp_path, "mine.yaml", MINE)
    put(tmp_path, "typo.yaml", "kind: exercize\nschema: 1\n")
    with pytest.raises(DocumentError, match=r"typo.yaml:1.*exercize"):
        load_catalog(tmp_path)


def test_missing_folder(tmp_path: Path) -> None:
    """A place that is not there is an error with its path."""
    with pytest.raises(DocumentError, match="nowhere: no such file or folder"):
        load_catalog(tmp_path / "nowhere")


def test_folder_without_records(tmp_path: Path) -> None:
    """A folder that adds nothing is likely the wrong one, and an error."""
    with pytest.raises(DocumentError, match="a folder without records"):
        load_catalog(tmp_path)


def test_contradiction_is_told_with_file_and_line(tmp_path: Path) -> None:
    """A dangling id in a user's record is told with the file and the line of that record."""
    path = put(tmp_path, "mine.yaml", [MINE, attrs.evolve(MINE, id="other-raise", easier=("calf-rais",))])
    line = next(n for n, text in enumerate(path.read_text().splitlines(), 1) if "id: other-raise" in text)
    with pytest.raises(CatalogError) as caught:
        load_catalog(tmp_path)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == (str(path), line)
    assert "did you mean 'calf-raise'?" in str(problem)


def test_same_id_in_two_files(tmp_path: Path) -> None:
    """Two files with the same id are refused: neither can be meant to replace the other."""
    put(tmp_path, "a.yaml", MINE)
    put(tmp_path, "b.yaml", MINE)
    with pytest.raises(CatalogError, match=r"b.yaml:\d+: exercise calf-raise-on-sand: the same id twice"):
        load_catalog(tmp_path)


def test_faults_of_all_files_are_told(tmp_path: Path) -> None:
    """Every file is read before any fault is told."""
    put(tmp_path, "a.yaml", "kind: exercises\nschema: 1\nexercises: 3\n")
    put(tmp_path, "b.yaml", "kind: progressions\nschema: 1\nprogressions: 3\n")
    with pytest.raises(DocumentError) as caught:
        load_catalog(tmp_path)
    assert {Path(problem.file or "").name for problem in caught.value.problems} == {"a.yaml", "b.yaml"}
