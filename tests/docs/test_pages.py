"""Pages of the documentation work when they are followed from top to bottom, as a newcomer would.

What a page tells the reader to write is written to a scratch folder, what it tells to run is run there, and what it
shows is what comes out. Blocks are told apart by their language:

- ``{code-block} yaml`` (or another language) with ``:caption: runner.yaml`` is a file to write;
- ``console`` holds commands after ``$`` and what they print, where ``...`` stands for anything;
- ``pycon`` is a session with Python, and ``python`` a piece of a program: one namespace serves the whole page;
- ``yaml`` and ``toml`` without a caption are pieces of documents, which have to be valid ones;
- ``text`` and ``json`` are shown, not run;
- ``{doctest}``, ``{testcode}`` and their kin are run by the doctest builder of Sphinx, ``{code-cell}`` by myst-nb.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
import yaml

import runstrong as rs
from runstrong.cli.main import main

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(
    page.relative_to(DOCS).as_posix()
    for page in DOCS.rglob("*.md")
    if not page.relative_to(DOCS).parts[0].startswith("_") and page.name != "changelog.md"
)
FENCE = re.compile(r"^(?P<fence>`{3,}|:{3,})(?P<info>\{?[\w.:+-]*\}?)[ ]*(?P<rest>.*)$")
OPTION = re.compile(r"^:([\w-]+):[ ]*(.*)$")
SET_UP = ("pip ", "python3 -m venv", "python -m venv", ". .venv", "source ", "python -m pip", "cd ", "git ", "apt")
"""Commands that make a place to work in; the reader's is there already when a page is tested."""
PASSIVE = {"text", "json", "ics", "xml", "html", "jsonc", "ini", "csv", "diff", "markdown"}
RUNNER = {"kind": "runner", "schema": 1, "name": "Sam", "running": {"runs": [{"day": "tuesday", "kind": "easy"}]}}


@attrs.frozen
class Block:
    """A fenced block of a page."""

    line: int
    directive: bool
    language: str
    caption: str
    text: str


def blocks_of(page: str) -> Iterator[Block]:
    """Yield the fenced blocks of a page, in order."""
    lines = (DOCS / page).read_text(encoding="utf-8").splitlines()
    number = 0
    while number < len(lines):
        opened = FENCE.match(lines[number])
        number += 1
        if opened is None or not opened["info"]:
            continue
        info, fence = opened["info"], opened["fence"]
        if fence[0] == ":":
            continue  # what stands between colons is prose with blocks of its own
        start, body = number, []
        while number < len(lines) and lines[number].rstrip() != fence:
            body.append(lines[number])
            number += 1
        number += 1
        language, directive, options = info, info.startswith("{"), {}
        if directive:
            language = info.strip("{}")
            while body and (option := OPTION.match(body[0])):
                options[option[1]] = option[2]
                body.pop(0)
            if language in ("code-block", "code", "sourcecode"):
                language, directive = opened["rest"].strip(), False
        text = "\n".join(body).strip("\n") + "\n"
        yield Block(start, directive, language, options.get("caption", ""), text)


class Reader:
    """Somebody who follows a page in an empty folder that holds a copy of the examples."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names: dict[str, Any] = {"__name__": "__page__"}

    def follow(self, block: Block) -> None:
        """Do what a block says."""
        if block.directive:
            return
        if block.caption:
            file = self.folder / block.caption
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block.text, encoding="utf-8")
            return
        handle = getattr(self, f"_{block.language.replace('-', '_')}", None)
        if handle is not None:
            handle(block)
        elif block.language not in PASSIVE:
            pytest.fail(f"line {block.line}: nothing runs a block of {block.language!r}")

    def _console(self, block: Block) -> None:
        for command, shown in commands_in(block.text):
            if command.startswith(SET_UP):
                continue
            said = self._run(command, block)
            if shown.strip():
                agrees(shown, said, f"line {block.line}: $ {command}")

    def _run(self, command: str, block: Block) -> str:
        words = shlex.split(command, comments=True)
        if words[0] != "runstrong" or {"|", ">", "&&", ";"} & set(words):
            path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
            environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT / "src")}
            done = subprocess.run(
                command, shell=True, capture_output=True, text=True, cwd=self.folder, env=environment, check=False
            )
            assert done.returncode in (0, 1), f"line {block.line}: {done.stdout}{done.stderr}"
            return done.stdout + done.stderr
        said = io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            try:
                code = main(words[1:])
            except SystemExit as ended:
                code = ended.code if isinstance(ended.code, int) else 0
        # 2 is for bad input: a page that means to show it shows what it says.
        assert code in (0, 1) or block.text.count("\n") > 1, f"line {block.line}: {said.getvalue()}"
        return said.getvalue()

    def _pycon(self, block: Block) -> None:
        case = doctest.DocTestParser().get_doctest(block.text, self.names, f"line {block.line}", None, block.line)
        case.globs = self.names  # the parser copies; what one block names, the next one knows
        flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
        told = io.StringIO()
        runner = doctest.DocTestRunner(optionflags=flags, verbose=False)
        runner.run(case, out=told.write, clear_globs=False)
        assert not runner.failures, told.getvalue()

    def _python(self, block: Block) -> None:
        exec(compile(block.text, f"line {block.line}", "exec"), self.names)

    def _yaml(self, block: Block) -> None:
        data = yaml.safe_load(block.text)
        assert isinstance(data, dict), f"line {block.line}: not a mapping"
        if "kind" not in data:
            data = {**RUNNER, **data}
            text = yaml.safe_dump(data, sort_keys=False)
        else:
            text = block.text
        if data["kind"] == "cases":
            return
        piece = self.folder / f".line-{block.line}.yaml"
        piece.write_text(text, encoding="utf-8")
        rs.load(piece)

    def _toml(self, block: Block) -> None:
        data = tomllib.loads(block.text)
        if "runstrong" in data.get("tool", {}):
            piece = self.folder / f".line-{block.line}" / "pyproject.toml"
            piece.parent.mkdir()
            piece.write_text(block.text, encoding="utf-8")
            rs.load_rules(piece)


def commands_in(text: str) -> Iterator[tuple[str, str]]:
    """Yield each command of a console block with what is shown below it."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, shown = re.sub(r"\\\n\s*", " ", part).partition("\n")
        yield command.strip(), shown


def agrees(shown: str, said: str, where: str) -> None:
    """Assert that what a page shows is what is said; ``...`` stands for anything."""
    wanted, got = ("\n".join(line.rstrip() for line in text.rstrip().splitlines()) + "\n" for text in (shown, said))
    if not doctest.OutputChecker().check_output(wanted, got, doctest.ELLIPSIS):
        pytest.fail(f"{where}\nshown:\n{wanted}\nsaid:\n{got}")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_can_be_followed(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file, command and piece of Python on the page does what the page says, in the page's order."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    reader = Reader(tmp_path)
    for block in blocks_of(page):
        reader.follow(block)


def test_the_commands_of_the_readme_say_what_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the README types into a terminal comes out as it prints it; its Python has a test of its own."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    reader, followed = Reader(tmp_path), 0
    for block in blocks_of("../README.md"):
        if block.language == "console":
            reader.follow(block)
            followed += 1
    assert followed >= 3


@pytest.mark.parametrize("page", PAGES)
def test_json_on_a_page_is_json(page: str) -> None:
    """What is shown as JSON can be read as JSON."""
    for block in blocks_of(page):
        if block.language == "json" and "..." not in block.text:
            json.loads(block.text)


def test_a_difference_is_told() -> None:
    """The comparison is not one that lets everything pass."""
    agrees("a\n...\nz\n", "a\nb\nz\n", "here")
    with pytest.raises(pytest.fail.Exception, match="here"):
        agrees("a\n", "b\n", "here")


def test_blocks_are_found() -> None:
    """The tutorial is followed in full: files, commands and Python."""
    told = {block.language for block in blocks_of("tutorial/first-plan.md")}
    assert {"yaml", "console", "pycon"} <= told
