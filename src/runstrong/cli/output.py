"""Where a command's words go: the screen, or a file that is written whole or not at all."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TextIO

__all__ = ["put", "put_bytes", "say"]

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")


def say(text: str, stream: TextIO | None = None) -> None:
    """Write text and a newline; a character that the stream cannot show becomes a question mark."""
    out = stream if stream is not None else sys.stdout
    text = text if text.endswith("\n") else f"{text}\n"
    if stream is not None:
        # Complaints name files and quote what stands in them, which may be meant for a terminal.
        text = _CONTROL.sub("?", text)
    try:
        out.write(text)
    except UnicodeEncodeError:
        encoding = out.encoding or "ascii"
        out.write(text.encode(encoding, "replace").decode(encoding))


def put(text: str, path: str) -> None:
    """Write a file as UTF-8; see `put_bytes`."""
    put_bytes(text.encode("utf-8"), path)


def put_bytes(content: bytes, path: str) -> None:
    """Write a file so that a reader finds the old content or the new one, never half of it.

    A link is followed, and a file that is there keeps its permissions.
    """
    import tempfile

    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        # A device or a pipe cannot be replaced, only written to; a directory says so itself.
        target.write_bytes(content)
        return
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise OSError(error.errno, error.strerror, path) from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        made = Path(name)
        made.chmod(target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask())
        made.replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    # There is no way to read it but to set it.
    mask = os.umask(0)
    os.umask(mask)
    return mask
