"""What the docstring of a class says of it and of each field, as help for those who write documents."""

from __future__ import annotations

import inspect
import re

__all__ = ["fields_said", "said"]


def said(cls: type) -> str:
    """Give what a class's docstring says before its sections, each paragraph on one line.

    Example:
        >>> from runstrong.model.running import Race
        >>> said(Race)
        'A race on the calendar.'
    """
    paragraphs = []
    for paragraph in _own_doc(cls).split("\n\n"):
        if _SECTION.match(paragraph):
            break
        paragraphs.append(_plain(" ".join(line.strip() for line in paragraph.splitlines())))
    return "\n\n".join(each for each in paragraphs if each)


def fields_said(cls: type) -> dict[str, str]:
    """Give what the section ``Args`` of a class's docstring says of each field.

    Example:
        >>> from runstrong.model.running import Race
        >>> fields_said(Race)["distance"]
        'Left out when unknown.'
    """
    _, _, rest = ("\n" + _own_doc(cls)).partition("\nArgs:\n")
    found: dict[str, str] = {}
    name = ""
    for line in rest.splitlines():
        if line and not line[0].isspace():
            break
        opens = _FIELD.match(line)
        if opens is not None:
            name = opens[1]
            found[name] = opens[2]
        elif line.strip():
            found[name] += " " + line.strip()
    return {name: _sentence(text) for name, text in found.items()}


_SECTION = re.compile(r"(Args|Attributes|Example|Examples|Raises|Returns):\n")
_FIELD = re.compile(r" {4}(\w+): (.*)")


def _own_doc(cls: type) -> str:
    # A class without one would inherit that of its base; without any (python -OO) nothing is said.
    return inspect.cleandoc(cls.__dict__.get("__doc__") or "")


def _plain(text: str) -> str:
    """Take the marks out; where Python says None, a document leaves the key out."""
    text = re.sub(r"(^|\. )None\b", r"\1Left out", text)
    return re.sub(r"`{1,2}([^`]+)`{1,2}", r"\1", re.sub(r"\bNone\b", "left out", text))


def _sentence(text: str) -> str:
    """Write the words beside a field as a sentence; a name or word of documents keeps its small letter."""
    plain = _plain(text)
    return plain if text.startswith("`") else plain[:1].upper() + plain[1:]
