"""What goes wrong, said so that a person can mend it: place, fact against limit, cure."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = [
    "CatalogError",
    "CheckFailed",
    "DocumentError",
    "InfeasibleError",
    "InvalidValue",
    "MissingExtra",
    "Problem",
    "RunstrongError",
    "UnknownName",
    "nearest",
]


def nearest(name: str, choices: Iterable[str]) -> str | None:
    """Return the choice most like `name`, or None when nothing is near.

    Example:
        >>> nearest("calf-solues", ["calf-soleus", "hamstring"])
        'calf-soleus'
    """
    import difflib

    found = difflib.get_close_matches(name, list(choices), n=1, cutoff=0.6)
    return found[0] if found else None


class Problem:
    """One fault in one place.

    Args:
        place: path to the value, such as ``sessions[0].parts``; empty for the value itself.
        fact: what was found.
        allowed: what would be accepted.
        cure: what to do about it, where that is not plain from `allowed`.
        file: the file it stands in, when it was read from one.
        line: the line in that file, counted from 1.
    """

    __slots__ = ("allowed", "cure", "fact", "file", "line", "place")

    def __init__(
        self,
        place: str,
        fact: str,
        allowed: str,
        cure: str = "",
        *,
        file: str | None = None,
        line: int | None = None,
    ) -> None:
        self.place, self.fact, self.allowed, self.cure = place, fact, allowed, cure
        self.file, self.line = file, line

    def __repr__(self) -> str:
        inner = f"{self.place!r}, {self.fact!r}, {self.allowed!r}, {self.cure!r}"
        return f"Problem({inner}, file={self.file!r}, line={self.line!r})"

    def __str__(self) -> str:
        where = ":".join(str(part) for part in (self.file, self.line) if part is not None)
        head = ": ".join(part for part in (where, self.place) if part)
        body = f"{self.fact}; allowed: {self.allowed}" if self.allowed else self.fact
        tail = f" ({self.cure})" if self.cure else ""
        return f"{head}: {body}{tail}" if head else f"{body}{tail}"


class RunstrongError(Exception):
    """Base of every error that runstrong raises on purpose.

    Errors survive pickling whole, so that other processes can hand them back.
    """

    def __reduce__(self) -> tuple[object, ...]:
        return _restored, (type(self), self.args, self.__dict__.copy())


def _restored(kind: type[RunstrongError], args: tuple[object, ...], state: dict[str, object]) -> RunstrongError:
    made = kind.__new__(kind, *args)
    made.__dict__.update(state)
    return made


class InvalidValue(RunstrongError, ValueError):
    """A value that no runner, exercise or plan can have.

    Example:
        >>> from runstrong.model.prescription import Reps
        >>> Reps(0)
        Traceback (most recent call last):
        ...
        runstrong.model.errors.InvalidValue: Reps.low: 0; allowed: 1 or more
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class UnknownName(RunstrongError, KeyError):
    """A name that is not in the catalog or rule set, with the nearest one that is."""

    def __init__(self, what: str, name: str, choices: Iterable[str]) -> None:
        near = nearest(name, choices)
        self.name, self.nearest = name, near
        cure = f"; did you mean {near!r}?" if near else ""
        self.message = f"no {what} {name!r}{cure}"
        super().__init__(self.message)

    def __str__(self) -> str:
        return self.message


class DocumentError(RunstrongError, ValueError):
    """A file that cannot be read as what it should be; carries every problem found in it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class MissingExtra(RunstrongError, ImportError):
    """Something that needs an optional extra that is not installed: what, and the command that installs it.

    Args:
        what: what was asked for, such as ``reading .ics files``.
        extra: name of the extra.
    """

    def __init__(self, what: str, extra: str) -> None:
        self.extra = extra
        super().__init__(f"{what} needs the extra {extra!r}; pip install 'runstrong[{extra}]'")


class CheckFailed(RunstrongError, RuntimeError):
    """A rule's check that broke off with an error of its own: the fault is in the rule, not in what it judges.

    Args:
        rule: code of the rule.
        error: what its check raised; it is the cause of this one.
    """

    def __init__(self, rule: str, error: Exception) -> None:
        self.rule = rule
        frame = error.__traceback__
        while frame is not None and frame.tb_next is not None:
            frame = frame.tb_next
        place = "" if frame is None else f" at {frame.tb_frame.f_code.co_filename}:{frame.tb_lineno}"
        super().__init__(
            f"rule {rule}: its check ended in {type(error).__name__}: {error}{place}; mend it, or ignore {rule}"
        )


class CatalogError(RunstrongError, ValueError):
    """Records that contradict each other: dangling ids, circles, rungs out of reach."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class InfeasibleError(RunstrongError, ValueError):
    """No plan can satisfy the constraints: which ones conflict, and what would free it.

    Args:
        conflicts: the constraints that cannot hold together, in words.
        ways_out: changes that would each make a plan possible, cheapest first.
    """

    def __init__(self, conflicts: Iterable[str], ways_out: Iterable[str]) -> None:
        self.conflicts, self.ways_out = tuple(conflicts), tuple(ways_out)
        lines = ["no plan can satisfy these together:"]
        lines += [f"  - {conflict}" for conflict in self.conflicts]
        lines += ["what would free it:"] + [f"  - {way}" for way in self.ways_out]
        super().__init__("\n".join(lines))
