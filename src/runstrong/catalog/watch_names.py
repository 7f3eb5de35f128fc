"""What a watch calls the exercises of the catalog, and which exercise it means by a name of its own."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from runstrong.catalog.compiled import yaml_files
from runstrong.model.errors import DocumentError, Problem, nearest
from runstrong.model.exercise import Exercise
from runstrong.model.value import Record, Value, many, record, value
from runstrong.model.words import ExerciseKind, Pattern, Word

__all__ = ["UNKNOWN", "Match", "WatchName", "WatchNames", "load_watch_names"]

UNKNOWN = "UNKNOWN"
"""The category of an exercise that a watch has no word for."""

_KEYS = ("kind", "schema", "kinds", "patterns", "exercises")
_KIND, _SCHEMA = "watch-names", 1
_WORD = re.compile(r"[A-Z][A-Z0-9_]{0,79}")
_PAIR = re.compile(r"[A-Z][A-Z0-9_]{0,79}/[A-Z0-9_]{1,80}")
W = TypeVar("W", bound=Word)


class Match(Word):
    """How well a name of the watch fits an exercise."""

    EXACT = "exact"
    """The same exercise."""
    NEAR = "near"
    """The same movement in another variant."""
    CATEGORY = "category"
    """Only the category fits."""


@value
class WatchName(Value):
    """What a watch calls one exercise, in the words of the FIT profile and of Garmin Connect.

    Args:
        match: how well the name fits.
        category: such as ``CALF_RAISE``.
        name: such as ``STANDING_CALF_RAISE``; None where only the category fits.
        reads: further names that mean this very exercise when a log tells them, each after its category, such as
            ``CALF_RAISE/WEIGHTED_STANDING_CALF_RAISE``.

    Example:
        >>> load_watch_names().exercises["single-leg-calf-raise"].pair
        'CALF_RAISE/SINGLE_LEG_STANDING_CALF_RAISE'
    """

    match: Match
    category: str
    name: str | None = None
    reads: tuple[str, ...] = many(default=())

    def _conflicts(self) -> Iterable[Problem]:
        if not _WORD.fullmatch(self.category):
            yield Problem("WatchName.category", repr(self.category), "capitals, figures and _, such as CALF_RAISE")
        if (self.name is None) is not (self.match is Match.CATEGORY):
            allowed = "none where only the category fits" if self.name else "the name that fits"
            yield Problem("WatchName.name", str(self.name), allowed, "give the match that it is")
        if not all(_PAIR.fullmatch(pair) for pair in (*self.reads, *filter(None, [self.pair]))):
            yield Problem("WatchName", f"{self.pair}, {', '.join(self.reads)}", "names such as SQUAT/GOBLET_SQUAT")

    @property
    def pair(self) -> str | None:
        """The name after its category; None where only the category fits."""
        return None if self.name is None else f"{self.category}/{self.name}"

    @property
    def means(self) -> tuple[str, ...]:
        """The names that mean this very exercise when a log tells them."""
        exact = [self.pair] if self.match is Match.EXACT and self.pair is not None else []
        return tuple(dict.fromkeys([*exact, *self.reads]))


@record
class WatchNames(Record):
    """The names of all exercises, and what to call an exercise that has none.

    Args:
        exercises: by id.
        kinds: category of an exercise without a name, by what sort of training it is.
        patterns: the same by its movement pattern, where its kind gives none.
        read: ids of the exercises that a name means, by category and name such as ``SQUAT/GOBLET_SQUAT``.
    """

    exercises: Mapping[str, WatchName]
    kinds: Mapping[ExerciseKind, str]
    patterns: Mapping[Pattern, str]
    read: Mapping[str, tuple[str, ...]]

    def of(self, id: str, exercise: Exercise | None = None) -> WatchName:
        """Return what a watch calls an exercise.

        Args:
            id: of the exercise.
            exercise: itself, from which the category of one without a name is told; an exercise that replaces one of
                the catalog has its name.

        Example:
            >>> names = load_watch_names()
            >>> names.of("my-own-jump").category
            'UNKNOWN'
        """
        known = self.exercises.get(id)
        if known is not None:
            return known
        category = None
        if exercise is not None:
            category = self.kinds.get(exercise.kind) or self.patterns.get(exercise.pattern)
        return WatchName(match=Match.CATEGORY, category=category or UNKNOWN)

    def meant(self, pair: str) -> tuple[str, ...]:
        """Return the ids of the exercises that a name means; none where it is not the name of one exactly.

        Args:
            pair: category and name, such as ``SQUAT/GOBLET_SQUAT``.

        Example:
            >>> load_watch_names().meant("SQUAT/GOBLET_SQUAT"), load_watch_names().meant("SQUAT/PLIE_SQUAT")
            (('goblet-squat',), ())
        """
        return self.read.get(pair, ())


def load_watch_names(*files: str | os.PathLike[str]) -> WatchNames:
    """Return the packaged names, with those of your own files added; a later entry stands for an earlier one.

    Args:
        files: YAML of kind ``watch-names``, such as names for exercises of your own.

    Raises:
        DocumentError: a file does not fit; it carries every problem, with file and line.

    Example:
        >>> print(load_watch_names().exercises["nordic-curl"].match)
        category
    """
    return _packaged() if not files else _joined([*yaml_files("watch"), *map(Path, files)])


@cache
def _packaged() -> WatchNames:
    # One instance serves everyone: it is immutable.
    return _joined(yaml_files("watch"))


def _joined(files: Iterable[Path]) -> WatchNames:
    exercises: dict[str, WatchName] = {}
    kinds: dict[ExerciseKind, str] = {}
    patterns: dict[Pattern, str] = {}
    problems: list[Problem] = []
    for file in files:
        read = _File(file)
        exercises.update(read.names())
        kinds.update(read.categories("kinds", ExerciseKind))
        patterns.update(read.categories("patterns", Pattern))
        problems += read.problems
    if problems:
        raise DocumentError(problems)
    meant: dict[str, tuple[str, ...]] = {}
    for id, name in sorted(exercises.items()):
        for pair in name.means:
            meant[pair] = (*meant.get(pair, ()), id)
    proxy = MappingProxyType
    return WatchNames(proxy(exercises), proxy(kinds), proxy(patterns), proxy(meant))


class _File:
    """One file of names, read strictly; its faults are collected."""

    def __init__(self, file: Path) -> None:
        from runstrong.codec.text import read_text  # YAML comes in only where there is YAML to read

        self.file = os.fspath(file)
        try:
            self.reading = read_text(file.read_bytes(), file=self.file, format="yaml")
        except OSError as error:
            fact = error.strerror or type(error).__name__
            raise DocumentError([Problem("", fact, "a file of names for a watch", file=self.file)]) from None
        self.problems: list[Problem] = list(self.reading.problems)
        self.data: dict[str, Any] = {}
        if self.problems:
            return
        if not isinstance(self.reading.data, dict):
            self._tell((), "no mapping", f"the keys {', '.join(_KEYS)}")
            return
        self.data = self.reading.data
        for key in self.data:
            if key not in _KEYS:
                near = nearest(str(key), _KEYS)
                self._tell((key,), "an unknown key", ", ".join(_KEYS), f"did you mean {near}?" if near else "")
        for key, wanted in (("kind", _KIND), ("schema", _SCHEMA)):
            if self.data.get(key) != wanted:
                self._tell((key,), repr(self.data.get(key)), str(wanted))

    def _tell(self, path: tuple[str, ...], fact: str, allowed: str, cure: str = "") -> None:
        line = self.reading.line_of(path)
        self.problems.append(Problem(".".join(map(str, path)), fact, allowed, cure, file=self.file, line=line))

    def _entries(self, key: str) -> Iterator[tuple[str, Any]]:
        found = self.data.get(key, {})
        if isinstance(found, dict):
            yield from found.items()
        else:
            self._tell((key,), repr(found), "a mapping")

    def names(self) -> Iterator[tuple[str, WatchName]]:
        """Yield the exercises with their names."""
        from runstrong.codec.structure import faults_in, structure

        for id, given in self._entries("exercises"):
            if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", str(id)):
                self._tell(("exercises", id), repr(id), "the id of an exercise, such as goblet-squat")
                continue
            try:
                yield id, structure(given, WatchName)
            except DocumentError:
                _, told = faults_in(
                    given, WatchName, file=self.file, line_of=self.reading.line_of, within=("exercises", id)
                )
                self.problems += told

    def categories(self, key: str, words: type[W]) -> Iterator[tuple[W, str]]:
        """Yield words of the model, each with the category that stands for it."""
        known = {str(word): word for word in words}
        for word, category in self._entries(key):
            if word not in known:
                near = nearest(str(word), known)
                self._tell((key, word), repr(word), ", ".join(known), f"did you mean {near}?" if near else "")
            elif not isinstance(category, str) or not _WORD.fullmatch(category):
                self._tell((key, word), repr(category), "a category in capitals, such as CALF_RAISE")
            else:
                yield known[word], category
