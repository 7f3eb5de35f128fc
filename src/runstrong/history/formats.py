"""Which program wrote a file, told by its content and never by its name."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable

from runstrong.history.recorded import Reader
from runstrong.model.value import Record, record

__all__ = ["FORMATS", "Format", "format_of"]

_HEAD = 4096
"""Bytes from the start within which a format shows itself (convention)."""


@record
class Format(Record):
    """One kind of file.

    Args:
        name: for people.
        fits: whether content that begins so is of this kind.
        reader: module and function that read it, imported when first used.
    """

    name: str
    fits: Callable[[bytes], bool]
    reader: str

    def load(self) -> Reader:
        """Bring in the reader."""
        module, _, function = self.reader.partition(":")
        found: Reader = getattr(importlib.import_module(module), function)
        return found


def _is_fit(raw: bytes) -> bool:
    return raw[8:12] == b".FIT"


def _is_xml(name: bytes) -> Callable[[bytes], bool]:
    root = re.compile(rb"<(?:[\w.-]+:)?" + name + rb"[\s>/]")
    # Without the zero bytes between letters, UTF-16 reads as ASCII; nothing but a test of the first tag hangs on it.
    return lambda raw: bool(root.search(raw[:_HEAD].replace(b"\x00", b"")))


FORMATS: tuple[Format, ...] = (
    Format("FIT", _is_fit, "runstrong.history.fit:recordings_of_fit"),
    Format("TCX", _is_xml(b"TrainingCenterDatabase"), "runstrong.history.tcx:recordings_of_tcx"),
    Format("GPX", _is_xml(b"gpx"), "runstrong.history.gpx:recordings_of_gpx"),
)
"""Kinds of file of one activity, and of the devices that record it."""


def format_of(raw: bytes) -> Format | None:
    r"""Return the kind of file that content is of; None when it is none of them.

    Example:
        >>> format_of(b"\n <?xml version='1.0'?><gpx creator='x'>").name
        'GPX'
    """
    return next((each for each in FORMATS if each.fits(raw)), None)
