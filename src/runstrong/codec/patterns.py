"""Regular expressions for the texts of documents, as JSON Schema wants them: the same in Python and in ECMAScript.

They are made from what the parsers read with: their expressions, their tables of units and words, and the limits beside
the fields. A number within a text is held against its limits by its whole part, so that an expression never refuses
what the codec takes; what lies within one unit of a limit is the codec's to judge.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, Final

import attrs

from runstrong.model import prescription as asked
from runstrong.model import quantities, value
from runstrong.model.prescription import External, PercentOfMax, Tempo
from runstrong.model.quantities import RIR, Quantity

__all__ = ["amount", "date", "degrees", "limits_of", "load", "name", "number", "quantity", "tempo", "text", "whole"]

Limits = tuple[float | None, float | None, float | None]
_NO_LIMITS: Limits = (None, None, None)
_FRACTION = r"(?:\.[0-9]+)?"
_SLACK = 1e-9
"""Relative: a limit in another unit is a rounded number."""


def limits_of(field: Any) -> Limits:
    """Give least, greatest and what has to be exceeded of an attrs field; None where there is no such bound."""
    found: Limits = field.metadata.get("limits", _NO_LIMITS)
    return found


def whole(low: int, high: int) -> str:
    """Match the whole numbers from `low` to `high`, without leading zeros.

    Example:
        >>> whole(1, 200)
        '[1-9][0-9]{0,1}|1[0-9]{2}|200'
        >>> whole(25, 250)
        '2[5-9]|[3-9][0-9]|1[0-9]{2}|2[0-4][0-9]|250'
    """
    parts: list[str] = []
    full: list[int] = []  # how many digits may follow the first where all numbers of that length fit
    for digits in range(len(str(low)), len(str(high)) + 1):
        first, last = 10 ** (digits - 1), 10**digits - 1
        if low <= first and last <= high:
            full.append(digits - 1)
        else:
            parts += _same_length(str(max(low, first if digits > 1 else 0)), str(min(high, last)))
    if full:
        parts.insert(0, f"[1-9][0-9]{{{full[0]},{full[-1]}}}" if full[-1] else "[1-9]")
    if low == 0 and full and full[0] == 0:
        parts.insert(0, "0")
    return "|".join(parts)


def _same_length(low: str, high: str) -> Iterable[str]:
    """Yield expressions for the numbers from `low` to `high`, which have as many digits."""
    rest = len(low) - 1
    if low == high:
        yield low
    elif rest == 0:
        yield f"[{low}-{high}]"
    elif low[0] == high[0]:
        yield from (low[0] + each for each in _same_length(low[1:], high[1:]))
    else:
        first, last = int(low[0]), int(high[0])
        if low[1:] != "0" * rest:
            yield from (low[0] + each for each in _same_length(low[1:], "9" * rest))
            first += 1
        below = high[1:] != "9" * rest
        if first <= last - below:
            lead = str(first) if first == last - below else f"[{first}-{last - below}]"
            yield lead + ("[0-9]" if rest == 1 else f"[0-9]{{{rest}}}")
        if below:
            yield from (high[0] + each for each in _same_length("0" * rest, high[1:]))


def number(limits: Limits, factor: float = 1.0) -> str:
    """Match the numbers that can lie within limits once they are multiplied by `factor`; see `EXPONENT` for the rest.

    Example:
        >>> import re
        >>> within = re.compile(number((25, 250, None)))
        >>> [bool(within.fullmatch(each)) for each in ("74", "62.5", "250.1", "740", "074")]
        [True, True, True, False, False]
    """
    low, high, above = limits
    first = 0 if low is None else math.ceil(low / factor * (1 - _SLACK))
    if above is not None:
        first = max(first, math.floor(above / factor * (1 + _SLACK)) + 1)
    last = None if high is None else math.floor(high / factor * (1 + _SLACK))
    fits = _figures(first, last) + _FRACTION if last is None or first <= last else ""
    if not first:
        return fits
    # 24.99999999999999999 is read as 25, and 0.5 is over 0: with a fraction one less can be enough.
    less = rf"{first - 1}\.[0-9]+"
    return f"(?:{less}|{fits})" if fits else less


def _figures(first: int, last: int | None) -> str:
    if last is None:
        # Without an upper limit, what is too small is the codec's to judge.
        return "[1-9][0-9]*" if first else "(?:0|[1-9][0-9]*)"
    inner = whole(first, last)
    return f"(?:{inner})" if "|" in inner else inner


EXPONENT: Final = rf"(?:0|[1-9][0-9]*){_FRACTION}e[-+]?[0-9]+"
"""Matches a number with an exponent, whose size no expression can tell."""


def _whole_text(inner: str) -> str:
    return f"^(?:{inner})$"


def text() -> str:
    """Match text without control characters but newline, as every text of the model.

    Halves of surrogate pairs are left to the codec: engines that read text by such halves would refuse emoji.
    """
    return f"^[^{value._CONTROL.removeprefix('[').replace(_SURROGATES, '')}*$"


_SURROGATES = r"\ud800-\udfff"


def name() -> str:
    """Match a permanent name, such as ``single-leg-calf-raise``."""
    return _whole_text(value._IDENTIFIER)


def date() -> str:
    """Match a day such as ``2027-01-04``; only the 29th of February is not held against its year.

    Example:
        >>> import re
        >>> [bool(re.search(date(), each)) for each in ("2027-01-04", "2027-02-30", "2027-1-4", "0000-01-01")]
        [True, False, False, False]
    """
    year = "000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3}"
    first = "0[1-9]|[12][0-9]"
    long, short = f"(?:0[13578]|1[02])-(?:{first}|3[01])", f"(?:0[469]|11)-(?:{first}|30)"
    return _whole_text(f"(?:{year})-(?:{long}|{short}|02-(?:{first}))")


def quantity(kind: type[Quantity], limits: Limits = _NO_LIMITS) -> str:
    """Match a number with one of the units of a kind, within the kind's own limits and those of a field."""
    both = _narrowest(limits_of(attrs.fields(kind)[0]), limits)
    forms = [f"{number(both, factor)} ?{unit}" for unit, factor in kind.units.items()]
    return _whole_text("|".join([*forms, f"{EXPONENT} ?(?:{'|'.join(kind.units)})"]))


def _narrowest(one: Limits, other: Limits) -> Limits:
    def pick(choose: Any, place: int) -> float | None:
        return choose((bound for bound in (one[place], other[place]) if bound is not None), default=None)  # type: ignore[no-any-return]

    return pick(max, 0), pick(min, 1), pick(max, 2)


def amount() -> str:
    """Match an amount, such as ``8-12 reps``; that the range ascends is the codec's to judge."""
    forms = []
    for unit, kind in asked._AMOUNTS.items():
        figure = f"(?:{whole(1, kind.most)})"
        forms.append(f"{figure}(?:-{figure})? {unit}")
    return _whole_text("|".join(forms))


def load() -> str:
    """Match a load, such as ``2 x 10 kg``: what its parser reads, with the numbers held against their limits."""
    return _whole_text("|".join(form for pattern, _ in asked._LOADS for form in _load_forms(pattern)))


def _load_forms(pattern: str) -> Iterable[str]:
    """Yield a form of a load with its number within limits, for each count of pieces that it may speak of."""
    masses, pieces = f"{asked._N} ?(kg|lb)", "([2-4]) x "
    if masses not in pattern:
        field = attrs.fields(PercentOfMax).percent if "1RM" in pattern else attrs.fields(RIR).reps
        yield pattern.replace(asked._N, f"(?:{number(limits_of(field))}|{EXPONENT})")
        return
    low, high, above = limits_of(attrs.fields(External).mass)
    for count in (2, 3, 4) if pieces in pattern else (1,):
        each: Limits = (low, None if high is None else high / count, above)
        inner = quantity(quantities.Mass, each).removeprefix("^").removesuffix("$")
        yield pattern.replace(masses, inner).replace(pieces, f"{count} x ")


def tempo() -> str:
    """Match a tempo, such as ``3-0-1-1``."""
    most = int(limits_of(attrs.fields(Tempo).eccentric)[1] or 99)
    figure = f"(?:0?[0-9]|{whole(10, most)})"
    return _whole_text(f"{figure}(?:-{figure}){{3}}")


def degrees() -> list[str]:
    """Give the words for degrees, such as ``half range``."""
    return [word for words in asked._DEGREES.values() for word in words]
