"""One way to name content by its hash."""

from __future__ import annotations

from collections.abc import Iterable

try:
    # hashlib hands out this very class, but loads OpenSSL first, which takes longer than reading the whole catalog.
    from _blake2 import blake2b
except ImportError:  # pragma: no cover - other builds of Python
    from hashlib import blake2b

__all__ = ["content_hash"]


def content_hash(parts: Iterable[bytes | str]) -> str:
    """Return 64 hexadecimal digits (BLAKE2b) that stand for these parts in this order.

    Where one part ends and the next begins counts: ``ab, c`` and ``a, bc`` differ.

    Example:
        >>> content_hash(["ab", "c"]) == content_hash(["a", "bc"])
        False
    """
    digest = blake2b(digest_size=32)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(b"%d:" % len(data))
        digest.update(data)
    return digest.hexdigest()
