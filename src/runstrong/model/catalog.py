"""The catalog: every exercise, ladder, standard and source at hand, looked up by id or found by what it is for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, Generic, Protocol, TypeVar, overload

import attrs

from runstrong.model.errors import CatalogError, InvalidValue, Problem, UnknownName, nearest
from runstrong.model.evidence import CONVENTION, Source
from runstrong.model.exercise import Exercise
from runstrong.model.hashing import content_hash
from runstrong.model.progression import Progression
from runstrong.model.quantities import Mass
from runstrong.model.runner import Kit
from runstrong.model.standard import Standard
from runstrong.model.value import evolve
from runstrong.model.words import (
    Count,
    Deficit,
    Equipment,
    ExerciseKind,
    GaitPhase,
    Level,
    Pattern,
    Plane,
    Position,
    Region,
    Sides,
    Tissue,
    When,
    Word,
)

__all__ = ["Catalog", "Records"]


class _Named(Protocol):
    @property
    def id(self) -> str: ...


Record = TypeVar("Record", bound=_Named)
Found = TypeVar("Found", bound=Word)
Default = TypeVar("Default")


class Records(Mapping[str, Record], Generic[Record]):
    """Records by id, sorted by it and read-only; an id that is not there raises `UnknownName` with the nearest.

    Args:
        what: what one of them is called in messages.
        records: in any order; each id once.
        redirects: retired ids with the ids that stand in their place. They can be looked up, but are not listed.
    """

    __slots__ = ("_by_id", "_redirects", "_what")

    def __init__(self, what: str, records: Iterable[Record], redirects: Mapping[str, str] | None = None) -> None:
        given = tuple(records)
        self._what = what
        self._by_id = {record.id: record for record in sorted(given, key=lambda record: record.id)}
        self._redirects = {old: new for old, new in sorted((redirects or {}).items()) if new in self._by_id}
        if len(self._by_id) != len(given):
            seen: set[str] = set()
            repeated = sorted({each.id for each in given if each.id in seen or seen.add(each.id)})  # type: ignore[func-returns-value]
            raise CatalogError(Problem(f"{what} {id}", "the same id twice", "each id once") for id in repeated)

    def __getitem__(self, id: str) -> Record:
        found = self.get(id)
        if found is None:
            raise UnknownName(self._what, id, self._by_id)
        return found

    @overload
    def get(self, id: str, /) -> Record | None: ...

    @overload
    def get(self, id: str, /, default: Record | Default) -> Record | Default: ...

    def get(self, id: str, /, default: Any = None) -> Any:
        """Return the record, or `default`; unlike a look-up by index, a miss looks for no nearest name."""
        return self._by_id.get(id) or self._by_id.get(self._redirects.get(id, ""), default)

    def __contains__(self, id: object) -> bool:
        return id in self._by_id or id in self._redirects

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)

    def __repr__(self) -> str:
        return f"<{len(self)} records, each {_article(self._what)}>"


def _article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


@attrs.frozen(kw_only=True, slots=False, eq=False, repr=False)
class Catalog:
    """Exercises, progressions, standards and sources that refer to each other without a gap.

    A catalog checks itself when made, so that one with a dangling id, a circle or a rung out of reach cannot exist.
    Two catalogs are equal when they hold the same records.

    Args:
        exercises: by id.
        progressions: by id.
        sources: by id.
        standards: by id of the assessment exercise that each is for.
        version: of the packaged records it started from.

    Raises:
        CatalogError: the records contradict each other; it carries every problem.

    Example:
        >>> from runstrong.catalog.records import load_catalog
        >>> catalog = load_catalog()
        >>> catalog.exercises["single-leg-calf-raise"].name
        'Single-leg calf raise'
        >>> catalog.exercises["single-leg-calf-rise"]
        Traceback (most recent call last):
        ...
        runstrong.model.errors.UnknownName: no exercise 'single-leg-calf-rise'; did you mean 'single-leg-calf-raise'?
    """

    exercises: Records[Exercise]
    progressions: Records[Progression]
    sources: Records[Source]
    standards: Records[Standard] = attrs.field(factory=lambda: Records("standard", ()))
    version: str = ""

    @cached_property
    def ladders_of(self) -> Mapping[str, tuple[Progression, ...]]:
        """Ladders that each exercise stands on, by its id."""
        found: dict[str, tuple[Progression, ...]] = {}
        for ladder in self.progressions.values():
            for id in dict.fromkeys(rung.exercise for rung in ladder.rungs):
                found[id] = (*found.get(id, ()), ladder)
        return found

    @classmethod
    def of(
        cls,
        exercises: Iterable[Exercise] = (),
        progressions: Iterable[Progression] = (),
        sources: Iterable[Source] = (),
        standards: Iterable[Standard] = (),
        *,
        version: str = "",
        redirects: Mapping[str, str] | None = None,
    ) -> Catalog:
        """Make a catalog from records in any order.

        Args:
            exercises: each id once.
            progressions: each id once.
            sources: each id once.
            standards: each exercise once.
            version: of the records.
            redirects: retired ids of exercises and progressions with those that stand in their place.
        """
        return cls(
            exercises=Records("exercise", exercises, redirects),
            progressions=Records("progression", progressions, redirects),
            sources=Records("source", sources),
            standards=Records("standard", standards, redirects),
            version=version,
        )

    @classmethod
    def _as_checked(
        cls,
        exercises: Iterable[Exercise],
        progressions: Iterable[Progression],
        sources: Iterable[Source],
        standards: Iterable[Standard],
        *,
        version: str,
        redirects: Mapping[str, str],
        hash: str,
    ) -> Catalog:
        """Put together records that were checked and hashed when they were compiled."""
        made = cls.__new__(cls)
        made.__dict__.update(
            exercises=Records("exercise", exercises, redirects),
            progressions=Records("progression", progressions, redirects),
            sources=Records("source", sources),
            standards=Records("standard", standards, redirects),
            version=version,
            hash=hash,
        )
        return made

    def __attrs_post_init__(self) -> None:
        from runstrong.model.integrity import problems_of

        problems = problems_of(self.exercises, self.progressions, self.sources, self.standards)
        if problems:
            raise CatalogError(problems)

    @cached_property
    def hash(self) -> str:
        """Content hash: the same for the same records, whatever files, order or process they came from."""
        tables = (self.exercises, self.progressions, self.sources, self.standards)
        return content_hash(
            [*(repr(record) for table in tables for record in table.values()), repr(sorted(self.redirects.items()))]
        )

    @property
    def redirects(self) -> dict[str, str]:
        """Retired ids with the ids that stand in their place."""
        return {**self.exercises._redirects, **self.progressions._redirects}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Catalog):
            return NotImplemented
        return self is other or self.hash == other.hash

    def __hash__(self) -> int:
        return hash(self.hash)

    def __repr__(self) -> str:
        counts = f"{len(self.exercises)} exercises, {len(self.progressions)} progressions, {len(self.sources)} sources"
        return f"<Catalog {self.version}: {counts}>" if self.version else f"<Catalog: {counts}>"

    def with_records(
        self,
        *,
        exercises: Iterable[Exercise] = (),
        progressions: Iterable[Progression] = (),
        sources: Iterable[Source] = (),
        standards: Iterable[Standard] = (),
    ) -> Catalog:
        """Return a catalog with these records added; one whose id is known already stands in the place of the old.

        Raises:
            CatalogError: the records together contradict each other.

        Example:
            >>> import attrs
            >>> from runstrong.catalog.records import load_catalog
            >>> catalog = load_catalog()
            >>> mine = attrs.evolve(catalog.exercises["calf-raise"], id="calf-raise-on-sand", name="Calf raise on sand")
            >>> len(catalog.with_records(exercises=[mine]).exercises) - len(catalog.exercises)
            1
        """

        def merged(old: Records[Record], new: Iterable[Record]) -> list[Record]:
            # Repeats among the new records are kept, so that `Records` can refuse them.
            added = list(new)
            replaced = {record.id for record in added}
            return [record for id, record in old.items() if id not in replaced] + added

        return Catalog.of(
            merged(self.exercises, exercises),
            merged(self.progressions, progressions),
            merged(self.sources, sources),
            merged(self.standards, standards),
            version=self.version,
            redirects=self.redirects,
        )

    def with_own(self, exercises: Iterable[Exercise]) -> Catalog:
        """Return a catalog in which the exercises that travel in a plan are known too; the same one where they are.

        What they refer to beside themselves may have stayed behind, and is left out: easier and harder variants, what
        they prepare for, and sources.

        Raises:
            CatalogError: the records together contradict each other.
        """
        own = [exercise for exercise in exercises if self.exercises.get(exercise.id) != exercise]
        if not own:
            return self
        known = {*self.exercises, *(exercise.id for exercise in own)}
        made = []
        for each in own:
            kept = {
                name: [id for id in getattr(each, name) if id in known] for name in ("easier", "harder", "prepares")
            }
            kept["sources"] = [id for id in each.sources if id in self.sources] or [CONVENTION]
            made.append(evolve(each, **kept))
        return self.with_records(exercises=made)

    def progressions_for(self, exercise: str) -> tuple[Progression, ...]:
        """Return the ladders that have a rung with this exercise, by id; none where it stands on no ladder.

        Raises:
            UnknownName: there is no such exercise.
        """
        return self.ladders_of.get(self.exercises[exercise].id, ())

    @cached_property
    def _variants(self) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
        easier: dict[str, set[str]] = {}
        harder: dict[str, set[str]] = {}
        for exercise in self.exercises.values():
            pairs = [(other, exercise.id) for other in exercise.easier]
            pairs += [(exercise.id, other) for other in exercise.harder]
            for low, high in pairs:
                easier.setdefault(high, set()).add(low)
                harder.setdefault(low, set()).add(high)
        return tuple({id: tuple(sorted(ids)) for id, ids in table.items()} for table in (easier, harder))  # type: ignore[return-value]

    def easier_than(self, exercise: str) -> tuple[Exercise, ...]:
        """Return the easier variants of an exercise, whichever of the two records states the pair."""
        ids = self._variants[0].get(self.exercises[exercise].id, ())
        return tuple(self.exercises[id] for id in ids)

    def harder_than(self, exercise: str) -> tuple[Exercise, ...]:
        """Return the harder variants of an exercise, whichever of the two records states the pair."""
        ids = self._variants[1].get(self.exercises[exercise].id, ())
        return tuple(self.exercises[id] for id in ids)

    def loads_for(self, exercise: str, kit: Kit) -> tuple[tuple[Mass, int], ...]:
        """Return the external loads, with the pieces that make them, that `kit` offers for an exercise, lightest first.

        Raises:
            UnknownName: there is no such exercise.
        """
        return kit.loads_for(self.exercises[exercise].loaded_by)

    def find(
        self,
        *,
        tissue: Tissue | str | None = None,
        region: Region | str | None = None,
        pattern: Pattern | str | None = None,
        kind: ExerciseKind | str | None = None,
        equipment: Iterable[Equipment | str] | None = None,
        level: Level | int | str | None = None,
        when: When | str | None = None,
        sides: Sides | str | None = None,
        position: Position | str | None = None,
        gait_phase: GaitPhase | str | None = None,
        plane: Plane | str | None = None,
        serves: Deficit | str | None = None,
        count: Count | str | None = None,
        text: str | None = None,
    ) -> tuple[Exercise, ...]:
        """Return the exercises that fit everything asked for, by id. Words may be given as members or as text.

        Args:
            tissue: trained as a primary tissue.
            region: of a primary tissue.
            pattern: movement pattern.
            kind: strength, isometric, plyometric and so on.
            equipment: all that is at hand; what every home has (wall, chair, step, towel) need not be named. An
                empty set asks for exercises that need nothing else.
            level: suitable for a runner of this level: 1 to 3, or novice, intermediate, advanced.
            when: may stand there in relation to a run; exercises for any time fit both sides of a run.
            sides: bilateral, unilateral or alternating.
            position: done at least in part in this position.
            gait_phase: serves this phase of the stride.
            plane: trained or resisted.
            serves: deficit that it answers.
            count: what a set is measured in.
            text: every word of it stands in the id, the name or an alias.

        Raises:
            InvalidValue: a text is none of the words allowed.

        Example:
            >>> from runstrong.catalog.records import load_catalog
            >>> catalog = load_catalog()
            >>> "single-leg-bent-knee-calf-raise" in {e.id for e in catalog.find(tissue="calf-soleus", level=2)}
            True
            >>> catalog.find(tissue="calf-solues")
            Traceback (most recent call last):
            ...
            runstrong.model.errors.InvalidValue: find(tissue): 'calf-solues'; allowed: ... (did you mean 'calf-soleus'?)
        """
        asked = _Question()
        tests: list[Callable[[Exercise], bool]] = []
        if (t := asked.word("tissue", tissue, Tissue)) is not None:
            tests.append(lambda e: t in e.primary)
        if (r := asked.word("region", region, Region)) is not None:
            tests.append(lambda e: r in e.regions)
        if (p := asked.word("pattern", pattern, Pattern)) is not None:
            tests.append(lambda e: e.pattern is p)
        if (k := asked.word("kind", kind, ExerciseKind)) is not None:
            tests.append(lambda e: e.kind is k)
        if equipment is not None:
            names = [equipment] if isinstance(equipment, (str, Equipment)) else list(equipment)
            owned = {asked.word("equipment", name, Equipment) for name in names}
            tests.append(lambda e: all(piece.household or piece in owned for piece in e.equipment))
        if (lv := asked.level(level)) is not None:
            tests.append(lambda e: e.level.value <= lv.value)
        if (w := asked.word("when", when, When)) is not None:
            tests.append(lambda e: e.when in (w, When.ANY))
        if (s := asked.word("sides", sides, Sides)) is not None:
            tests.append(lambda e: e.sides is s)
        if (ps := asked.word("position", position, Position)) is not None:
            tests.append(lambda e: ps in e.positions)
        if (g := asked.word("gait_phase", gait_phase, GaitPhase)) is not None:
            tests.append(lambda e: g in e.gait_phases)
        if (pl := asked.word("plane", plane, Plane)) is not None:
            tests.append(lambda e: pl in e.planes)
        if (d := asked.word("serves", serves, Deficit)) is not None:
            tests.append(lambda e: d in e.serves)
        if (c := asked.word("count", count, Count)) is not None:
            tests.append(lambda e: e.counted is c)
        if text is not None:
            words = text.casefold().split()
            tests.append(lambda e: all(word in _searched(e) for word in words))
        asked.settle()
        return tuple(exercise for exercise in self.exercises.values() if all(fits(exercise) for fits in tests))


def _searched(exercise: Exercise) -> str:
    return " ".join((exercise.id, exercise.name, *exercise.aliases)).casefold()


class _Question:
    """Reads the words of one search and keeps what is wrong with them, so that all faults are told at once."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def word(self, name: str, given: Any, kind: type[Found]) -> Found | None:
        if given is None or isinstance(given, kind):
            return given
        choices = [str(member.value) for member in kind]
        if isinstance(given, str) and given in choices:
            return kind(given)
        self._fault(name, given, choices)
        return None

    def level(self, given: Any) -> Level | None:
        if given is None or isinstance(given, Level):
            return given
        for level in Level:
            if (type(given) is int and given == level.value) or given == str(level):
                return level
        self._fault("level", given, [name for level in Level for name in (str(level.value), str(level))])
        return None

    def _fault(self, name: str, given: Any, choices: list[str]) -> None:
        near = nearest(given, choices) if isinstance(given, str) else None
        cure = f"did you mean {near!r}?" if near else ""
        self.problems.append(Problem(f"find({name})", repr(given), ", ".join(choices), cure))

    def settle(self) -> None:
        if self.problems:
            raise InvalidValue(self.problems)
