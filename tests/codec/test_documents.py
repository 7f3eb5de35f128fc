"""Whole documents: kinds, schemas, files, and the way back."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from runstrong.codec import KINDS, MIGRATIONS, decode, dumps, encode, loads, read, to_json, to_yaml, write
from runstrong.codec import documents as module
from runstrong.codec.writing import yaml_text
from runstrong.model.errors import DocumentError
from runstrong.model.exercise import Exercise
from runstrong.model.log import Log
from runstrong.model.runner import Runner
from runstrong.model.running import RunningWeek

DATA = Path(module.__file__).parents[1] / "data"
EXERCISE: dict[str, Any] = {
    "id": "calf-raise", "name": "Calf raise", "kind": "strength", "pattern": "ankle-plantarflexion",
    "primary": ["calf-gastrocnemius"], "planes": ["sagittal"], "sides": "bilateral", "counted": "reps",
    "positions": ["standing"], "level": 1, "setup": "Stand.", "cues": ["Rise."], "form_flags": ["full-range"],
    "faults": ["Bouncing."], "doses": [{"level": 1, "sets": 2, "amount": "10 reps"}], "sources": ["convention"],
}  # fmt: skip


def told(text: str | bytes, kind: str | None = None, file: str = "f.yaml") -> list[str]:
    """Give the messages with which a text is refused."""
    with pytest.raises(DocumentError) as caught:
        loads(text, kind=kind, file=file)
    return [str(problem) for problem in caught.value.problems]


class TestHeading:
    def test_kind_and_schema_are_asked_for(self) -> None:
        """A document without a heading is told both keys, with what to write."""
        first, second = told("name: Ada\n", kind="runner")
        assert first == "f.yaml:1: kind: missing; allowed: runner (say what the file is, such as kind: runner)"
        assert second == "f.yaml:1: schema: missing; allowed: 1 (add schema: 1)"

    def test_an_unknown_kind_is_told_the_nearest(self) -> None:
        """A kind that there is not is answered with those that there are."""
        (message,) = told("kind: runer\nschema: 1\n")
        assert message == f"f.yaml:1: kind: 'runer'; allowed: one of {', '.join(KINDS)} (did you mean runner?)"

    def test_a_file_of_another_kind_is_refused(self) -> None:
        """Where a runner is asked for, a log is refused by name."""
        (message,) = told("kind: log\nschema: 1\n", kind="runner")
        assert message == (
            "f.yaml:1: kind: 'log'; allowed: runner (this is a file of another kind; give one of kind runner)"
        )

    def test_a_newer_schema_is_refused(self) -> None:
        """A document of a schema to come is refused with the cure, and its body is not judged."""
        (message,) = told("kind: runner\nschema: 2\nwhat_is_this: 5\n")
        assert (
            message
            == "f.yaml:2: schema: 2; allowed: up to 1 (the file comes from a newer runstrong: upgrade to read it)"
        )

    @pytest.mark.parametrize("schema", ["0", "-1", "1.0", "true", '"1"', "null"])
    def test_a_schema_is_a_whole_number(self, schema: str) -> None:
        """Nothing else passes for a schema, and the body is judged all the same."""
        first, second = told(f"kind: log\nschema: {schema}\nrunz: []\n")
        assert first.startswith("f.yaml:2: schema: ")
        assert first.endswith("; allowed: 1")
        assert second.startswith("f.yaml:3: runz: an unknown key; allowed: coverage, runs,")

    @pytest.mark.parametrize("text", ["[]", "just text", "5", "null"])
    def test_a_document_is_a_mapping(self, text: str) -> None:
        """A list or a scalar is no document."""
        (message,) = told(text)
        assert message.endswith("allowed: a mapping that opens with kind and schema")

    def test_asking_for_a_kind_that_there_is_not_is_an_error_of_the_caller(self) -> None:
        """The expected kind is checked too, as an argument and not as a fault of the file."""
        with pytest.raises(ValueError, match="no kind of document 'runer'"):
            loads("kind: runner\nschema: 1\n", kind="runer")

    def test_an_older_schema_is_migrated_step_by_step(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Each step of the way to the newest schema is taken, and a gap in the way is told."""
        monkeypatch.setattr(KINDS["log"], "schema", 3)
        monkeypatch.setitem(MIGRATIONS, ("log", 1), lambda data: {**data, "trainings": data["jogs"]})
        monkeypatch.setitem(MIGRATIONS, ("log", 2), lambda data: {"runs": data["trainings"]})
        made = loads("kind: log\nschema: 1\njogs: [{date: 2027-01-04}]\n")
        assert len(made.runs) == 1
        assert encode(made)["schema"] == 3
        monkeypatch.delitem(MIGRATIONS, ("log", 2))
        assert told("kind: log\nschema: 2\n") == ["f.yaml:2: schema: 2; allowed: 3 (write it anew as schema 3)"]


class TestFaults:
    def test_text_and_structure_are_told_together_in_order_of_lines(self) -> None:
        """What the text stage refuses and what does not fit the class are told in one error, each once."""
        text = (
            "kind: runner\nschema: 1\nnmae: Ada\nclearance: no\nbirth_year: 3.7\nrunning:\n  runs:\n"
            "    - {day: mondya, distance: 1:30}\n    - {day: monday, kind: easy, kind: long}\nstart: 2027-02-30\n"
        )
        messages = told(text, file="runner.yaml")
        assert [message.partition(";")[0] for message in messages] == [
            "runner.yaml:1: name: missing",
            "runner.yaml:3: nmae: an unknown key",
            "runner.yaml:4: clearance: no",
            "runner.yaml:5: birth_year: 3.7",
            "runner.yaml:8: running.runs[0].distance: 1:30",
            "runner.yaml:8: running.runs[0].day: 'mondya'",
            "runner.yaml:9: running.runs[1].kind: the key 'kind' twice (first on line 9)",
            "runner.yaml:10: start: '2027-02-30'",
        ]

    def test_json_names_lines_too(self) -> None:
        """A fault in JSON is told with the line that it stands on."""
        text = json.dumps({"kind": "runner", "schema": 1, "name": "A", "running": {}, "goals": ["helth"]}, indent=1)
        (message,) = told(text, file="r.json")
        assert message.startswith("r.json:7: goals[0]: 'helth'; allowed: one of ")
        assert message.endswith("(did you mean health?)")

    @pytest.mark.parametrize(
        ("body", "message"),
        [
            ("exercises: {}", "f.yaml:3: exercises: an empty mapping; allowed: a list"),
            (
                "exercise: []",
                "f.yaml:3: exercise: an unknown key; allowed: kind, schema, exercises (did you mean exercises?)",
            ),
            ("", "f.yaml:1: exercises: missing; allowed: a list (a document of kind exercises holds it)"),
        ],
    )
    def test_collections_hold_a_list_under_their_name(self, body: str, message: str) -> None:
        """A kind that holds several values holds them in one list."""
        assert message in told(f"kind: exercises\nschema: 1\n{body}\n")

    def test_faults_in_a_collection_name_the_entry(self) -> None:
        """Each entry of a list is judged, and its faults carry its place."""
        good = dict(EXERCISE)
        text = yaml_text(
            {"kind": "exercises", "schema": 1, "exercises": [good, good | {"level": 9}, good | {"sets": 1}]}
        )
        places = [message.split(": ")[1] for message in told(text)]
        assert places == ["exercises[1].level", "exercises[2].sets"]

    def test_plain_data_is_judged_by_the_same_rules(self) -> None:
        """Data that never was text is refused alike, with paths and without lines."""
        with pytest.raises(DocumentError) as caught:
            decode({"kind": "log", "schema": 1, "runs": [{"date": "2027-01-04", "distance": float("nan")}]}, file="x")
        assert [problem.place for problem in caught.value.problems] == ["runs[0].distance"]


class TestRoundTrip:
    @pytest.mark.parametrize(
        "path",
        sorted(file for file in DATA.rglob("*.yaml") if file.parent.name not in ("cases", "watch")),
        ids=lambda path: path.stem,
    )
    def test_packaged_records_come_back(self, path: Path) -> None:
        """Every authored record is read, and reads back equal from YAML and from JSON."""
        made = read(path)
        for text in (to_yaml(made), to_json(made), dumps(made, "json")):
            assert loads(text) == made

    def test_an_exercise_stands_under_its_own_key(self) -> None:
        """An exercise has a kind of its own, so a document of one holds it one level down."""
        made = decode({"kind": "exercise", "schema": 1, "exercise": EXERCISE})
        assert isinstance(made, Exercise)
        assert list(encode(made)) == ["kind", "schema", "exercise"]
        assert decode(encode(made)) == made

    def test_several_values_of_a_kind_make_a_collection(self) -> None:
        """A sequence is written as a collection; an empty one has to be told its kind."""
        made = decode({"kind": "exercise", "schema": 1, "exercise": EXERCISE})
        assert encode((made,))["kind"] == "exercises"
        assert decode(encode((made,))) == (made,)
        assert decode(encode((), kind="exercises")) == ()
        for value in ((), [made, Log()], Log, 5, RunningWeek()):
            with pytest.raises(TypeError, match="no document holds"):
                encode(value)

    @pytest.mark.parametrize(
        "name",
        [
            *("no", "~", "1:30", "010", "5", "true", "null", "2027-01-04", "a: b", "a #b", "- a", "", " a", "a ", "[x"),
            *("{", "&a", "*a", "!t", "|", ">", "'", '"', "%a", "@a", "`a", "a,b", "a\nb", "---", "a:", "\ufeffa"),
            *("\u00e9\u00df", "\U0001f3c3", "a\u00a0b"),
        ],
    )
    def test_text_comes_back_whatever_it_looks_like(self, name: str) -> None:
        """Text that a reader would take for something else is quoted, and reads back the same."""
        made = Runner(name=name, running=RunningWeek(), select=(name,))
        assert loads(to_yaml(made)) == made
        assert loads(to_json(made)) == made

    def test_yaml_reads_well(self) -> None:
        """Keys stand in the order of the fields; what is short stands on one line."""
        text = (
            "kind: log\nschema: 1\ncoverage:\n  - {first: 2027-01-04, last: 2027-01-10}\nperformances:\n"
            "  - date: 2027-01-05\n    exercise: squat\n    sets:\n"
            "      - {amount: 8 reps, rir: 2}\n      - {amount: 8 reps}\n"
        )
        assert to_yaml(loads(text)) == text

    def test_formats_are_named(self) -> None:
        """There are two formats, and a third is refused."""
        with pytest.raises(ValueError, match="no format 'toml'"):
            dumps(Log(), "toml")


class TestFiles:
    @pytest.mark.parametrize("name", ["log.yaml", "log.yml", "log.json", "log"])
    def test_what_is_written_is_read(self, tmp_path: Path, name: str) -> None:
        """A document written to a file is read from it, in the format that its name tells."""
        write(Log(), tmp_path / name)
        assert read(tmp_path / name, kind="log") == Log()
        assert (tmp_path / name).read_text(encoding="utf-8").startswith("{" if name.endswith("json") else "kind")
        assert [path.name for path in tmp_path.iterdir()] == [name]

    def test_a_failed_write_leaves_the_old_file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Writing is whole or not at all, and leaves nothing behind."""
        target = tmp_path / "log.yaml"
        write(Log(), target)
        before = target.read_bytes()
        monkeypatch.setattr(os, "fsync", lambda handle: (_ for _ in ()).throw(OSError("disk full")))
        with pytest.raises(OSError, match="disk full"):
            write(Runner(name="Ada", running=RunningWeek()), target)
        assert target.read_bytes() == before
        assert list(tmp_path.iterdir()) == [target]

    def test_links_and_permissions_are_kept(self, tmp_path: Path) -> None:
        """A file that is there keeps its permissions, and a link still points to it."""
        target, link = tmp_path / "log.yaml", tmp_path / "link.yaml"
        write(Log(), target)
        target.chmod(0o640)
        link.symlink_to(target)
        write(Log(), link)
        assert link.is_symlink()
        assert target.stat().st_mode & 0o777 == 0o640

    def test_the_file_is_named(self, tmp_path: Path) -> None:
        """A fault in a file names the file as it was given."""
        path = tmp_path / "r.yaml"
        path.write_text("kind: log\nschema: 1\nruns: no\n", encoding="utf-8")
        with pytest.raises(DocumentError) as caught:
            read(path)
        assert caught.value.problems[0].file == str(path)


class TestKinds:
    @pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
    def test_kinds_and_classes_agree(self, kind: module.Kind) -> None:
        """The table names for each class the kind that the class itself states."""
        stated: Any = kind.cls
        assert stated.kind_of_document == (kind.name.removesuffix("s") if kind.many else kind.name)

    def test_reading_what_is_right_imports_no_cattrs(self) -> None:
        """The happy path stays lean: cattrs comes in only to tell what is wrong, yaml only for YAML."""
        import subprocess
        import sys

        code = (
            'import sys, runstrong.codec as c; c.loads(\'{"kind": "log", "schema": 1}\');'
            "c.to_yaml(c.decode({'kind': 'log', 'schema': 1})); print(sorted({'yaml', 'cattrs'} & set(sys.modules)))"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert done.stdout == "[]\n"
