"""Time zones by name, as runners give them for files that hold times in UTC."""

from __future__ import annotations

import zoneinfo

from runstrong.model.errors import InvalidValue, Problem

__all__ = ["zone_of"]


def zone_of(name: str | None) -> zoneinfo.ZoneInfo | None:
    """Return the zone of a name; None for none.

    Raises:
        InvalidValue: there is no such zone.

    Example:
        >>> zone_of("Europe/Berlin").key, zone_of(None)
        ('Europe/Berlin', None)
    """
    if name is None:
        return None
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise InvalidValue([Problem("zone", repr(name), "the name of a time zone, such as Europe/Berlin")]) from None
