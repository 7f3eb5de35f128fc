"""The compiled file: as good as the YAML, and never in its way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from runstrong.catalog import compiled
from runstrong.catalog.compiled import Groups, ready
from runstrong.catalog.records import load_catalog
from runstrong.model.evidence import Source
from runstrong.model.exercise import Exercise
from runstrong.model.words import Level


class Shelf:
    """One authored file of sources, with the number of times that it was read."""

    def __init__(self, folder: Path) -> None:
        self.authored = folder / "sources.txt"
        self.file = folder / "compiled.bin"
        self.authored.write_text("Ada\n")
        self.readings = 0

    def build(self) -> Groups:
        """Make one source of each line."""
        self.readings += 1
        lines = self.authored.read_text().split()
        return {"sources": [Source(id=name.lower(), authors=name, title="On ladders") for name in lines], "hash": "x"}

    def take(self, section: str = "sources") -> list[str]:
        """Return the ids by way of the compiled file."""
        found = ready(section, [self.authored], self.build, file=self.file)
        assert found["hash"] == "x"
        return [source.id for source in found["sources"]]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """An authored file without a compiled one."""
    return Shelf(tmp_path)


def test_second_use_reads_no_yaml(shelf: Shelf) -> None:
    """What was compiled once is not built again."""
    assert shelf.take() == shelf.take() == ["ada"]
    assert shelf.readings == 1


def test_change_in_an_authored_file_is_seen(shelf: Shelf) -> None:
    """A changed authored file is read anew and the compiled file put right."""
    shelf.take()
    shelf.authored.write_text("Ada\nBob\n")
    assert shelf.take() == shelf.take() == ["ada", "bob"]
    assert shelf.readings == 2


def test_renamed_file_is_seen(shelf: Shelf) -> None:
    """The name of an authored file is part of its content."""
    shelf.take()
    shelf.authored = shelf.authored.rename(shelf.authored.with_name("other.txt"))
    shelf.take()
    assert shelf.readings == 2


def test_change_in_the_code_is_seen(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """What other code compiled is not trusted."""
    shelf.take()
    monkeypatch.setattr(compiled, "_code_key", lambda: "other code")
    shelf.take()
    assert shelf.readings == 2


def test_new_version_compiles_anew(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another version of the library compiled is not trusted."""
    shelf.take()
    monkeypatch.setattr(compiled, "__version__", "9.9.9")
    shelf.take()
    assert shelf.readings == 2


def _cut(data: bytes) -> bytes:
    return data[:-7]


def _flip(data: bytes) -> bytes:
    return data[:-40] + bytes(byte ^ 0xFF for byte in data[-40:])


def _foreign(data: bytes) -> bytes:
    return b"something else\n" + data


def _empty(data: bytes) -> bytes:
    return b""


@pytest.mark.parametrize("damage", [_cut, _flip, _foreign, _empty])
def test_damaged_file_does_no_harm(shelf: Shelf, damage: Callable[[bytes], bytes]) -> None:
    """A compiled file that is cut, garbled, foreign or empty is replaced."""
    shelf.take()
    shelf.file.write_bytes(damage(shelf.file.read_bytes()))
    assert shelf.take() == ["ada"]
    shelf.take()
    assert shelf.readings == 2


def test_read_only_folder_does_no_harm(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the file cannot be written, records are read from YAML each time."""

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "write_bytes", refuse)
    assert shelf.take() == shelf.take() == ["ada"]
    assert shelf.readings == 2
    assert not list(shelf.file.parent.glob("compiled*"))


def test_sections_live_side_by_side(shelf: Shelf) -> None:
    """Compiling one section leaves the others in place."""
    for section in ("one", "two", "one", "two"):
        shelf.take(section)
    assert shelf.readings == 2


def test_empty_group(tmp_path: Path) -> None:
    """A group without records comes back empty."""
    for _ in range(2):
        assert ready("none", [], lambda: {"rules": ()}, file=tmp_path / "c.bin") == {"rules": ()}


def test_mixed_group_is_refused(tmp_path: Path) -> None:
    """A group holds records of one class."""
    mixed: Groups = {"both": [Source(id="a", authors="A", title="T"), load_catalog().exercises["calf-raise"]]}
    with pytest.raises(TypeError, match="several classes under 'both': Exercise, Source"):
        ready("mixed", [], lambda: mixed, file=tmp_path / "c.bin")


def test_what_comes_back_is_equal(tmp_path: Path) -> None:
    """All packaged records come back from the file equal to what went in, field by field and type by type."""
    catalog = load_catalog()
    groups: Groups = {"e": tuple(catalog.exercises.values()), "p": tuple(catalog.progressions.values())}
    for _ in range(2):
        found = ready("all", [], lambda: groups, file=tmp_path / "c.bin")
    assert found == groups
    assert repr(found) == repr(groups)


def test_a_value_from_the_file_is_like_any_other(tmp_path: Path) -> None:
    """A record from the file is frozen, hashable and works."""
    catalog = load_catalog()
    for _ in range(2):
        found = ready("one", [], lambda: {"e": (catalog.exercises["calf-raise"],)}, file=tmp_path / "c.bin")
    exercise: Exercise = found["e"][0]
    assert hash(exercise) == hash(catalog.exercises["calf-raise"])
    assert exercise.dose_at(Level.NOVICE).sets == 2
    with pytest.raises(AttributeError):
        exercise.name = "x"  # type: ignore[misc]
