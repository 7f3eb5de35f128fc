"""What stands in the cells of exports: words, numbers, dates and lengths of time, as programs write them."""

from __future__ import annotations

import datetime as dt
import functools
import re
import unicodedata
from collections.abc import Iterable

__all__ = [
    "MONTHS", "Decimals", "When", "decimals_of", "length_of", "number_of", "plain", "slash_order", "told", "when_of",
    "whens_in",
]  # fmt: skip

_LETTERS = str.maketrans({"ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d"})
_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])")
_MARKUP = re.compile(r"<[^<>]*>|&[a-z]+;")
_NO_WORD = re.compile(r"[^a-z0-9]+")
_NOTHING = frozenset({"", "--", "-", "—", "–", "n/a", "nan", "null", "none"})


@functools.lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Return words without case, accents, signs and markup, one space between them.

    Example:
        >>> plain("Ø Herzfrequenz"), plain("<b>Max. Heart Rate</b>"), plain("VirtualRun"), plain("średnie_tętno")
        ('o herzfrequenz', 'max heart rate', 'virtual run', 'srednie tetno')
    """
    bare = _CAMEL.sub(" ", _MARKUP.sub(" ", text)).lower().translate(_LETTERS)
    split = unicodedata.normalize("NFKD", bare)
    return _NO_WORD.sub(" ", "".join(each for each in split if not unicodedata.combining(each))).strip()


def told(text: str) -> str:
    """Return what stands in a cell, empty where it stands for nothing, such as ``--``."""
    if not text:
        return text
    bare = text.strip() if text.isascii() else text.replace("\u00a0", " ").replace("\u202f", " ").strip()
    return "" if len(bare) < 5 and bare.lower() in _NOTHING else bare


# -- numbers ---------------------------------------------------------------------------------------------------------

Decimals = str
"""The decimal mark of a column: ``.`` or ``,``, empty where it cannot be told."""

_NUMBER = re.compile(r"'?(-?)(\d[\d.,' ]*)")
_CERTAIN = re.compile(r"[0-9]{1,20}(?:\.(?:[0-9]{1,2}|[0-9]{4,20}))?")
"""What every program reads alike."""


def decimals_of(cells: Iterable[str]) -> Decimals:
    """Return the decimal mark that the cells of a column show; empty where none does or they disagree.

    Example:
        >>> decimals_of(["1,234", "7,5"]), decimals_of(["1,234", "1,234.5"]), decimals_of(["1,234"])
        (',', '.', '')
    """
    found = {mark for cell in cells if (mark := _shown_by(cell))}
    return found.pop() if len(found) == 1 else ""


def _shown_by(cell: str) -> Decimals:
    """Return the mark that can only be the decimal mark of this cell; empty where it could be either."""
    dots, commas = cell.count("."), cell.count(",")
    if not dots and not commas:
        return ""
    if dots and commas:
        last = "." if cell.rfind(".") > cell.rfind(",") else ","
        return last if cell.count(last) == 1 else ""
    mark = "." if dots else ","
    if dots + commas > 1:
        return "," if mark == "." else "."  # a mark that repeats parts thousands
    whole, _, rest = cell.partition(mark)
    digits = whole.strip().lstrip("-'")
    # Thousands stand in groups of three, and no group begins with a naught alone.
    certain = len(rest.strip()) != 3 or len(digits) > 3 or digits in ("", "0") or digits.startswith("0")
    return mark if certain else ""


@functools.lru_cache(maxsize=16384)
def number_of(cell: str, decimals: Decimals = "") -> float | None:
    """Read a number; None when it is none.

    Args:
        cell: with a decimal point or comma, and thousands parted by the other, a space or an apostrophe.
        decimals: the mark of the column; it settles what a cell alone leaves open, such as ``1,234``. Where nothing
            settles it, a comma before three digits parts thousands and a point stands before decimals.

    Example:
        >>> number_of("1.234,5"), number_of("1,234"), number_of("1,234", ","), number_of("5.25"), number_of("5'000")
        (1234.5, 1234.0, 1.234, 5.25, 5000.0)
        >>> number_of("1O.2") is None
        True
    """
    if _CERTAIN.fullmatch(cell):
        return float(cell)
    found = _NUMBER.fullmatch(cell.strip())
    if found is None:
        return None
    digits = found[2].strip()
    mark = _shown_by(digits) or decimals or "."
    thousands = "," if mark == "." else "."
    if digits.count(mark) > 1:
        return None
    whole, _, rest = digits.partition(mark)
    groups = re.split(r"[.,' ]", whole)
    if (len(groups) > 1 and not _grouped(groups)) or thousands in rest or "'" in rest or " " in rest:
        return None
    text = "".join(groups) + (f".{rest}" if rest else "")
    try:
        made = float(text)
    except ValueError:
        return None
    return -made if found[1] else made


def _grouped(groups: list[str]) -> bool:
    return 1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])


# -- lengths of time -------------------------------------------------------------------------------------------------

_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2})(?:[.,](\d{1,6}))?")


def length_of(cell: str) -> float | None:
    """Read a length of time as programs show it, in seconds; None when it is none.

    Example:
        >>> length_of("01:32:46"), length_of("00:31:12.4"), length_of("31:12"), length_of("soon")
        (5566.0, 1872.4, 1872.0, None)
    """
    found = _CLOCK.fullmatch(cell.strip())
    if found is None or int(found[3]) > 59 or (found[1] is not None and int(found[2]) > 59):
        return None
    whole = int(found[1] or 0) * 3600 + int(found[2]) * 60 + int(found[3])
    return whole + float(f"0.{found[4]}") if found[4] else float(whole)


# -- dates -----------------------------------------------------------------------------------------------------------

MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier janv enero ene janeiro gennaio gen januari styczen stycznia sty",
            "feb february februar fevrier fevr fev febrero fevereiro febbraio februari luty lutego lut",
            "mar march marz mrz mars marzo mars marco maart mrt mrt marzec marca",
            "apr april avril avr abril abr aprile kwiecien kwietnia kwi",
            "may mai mayo maio maggio mag mei maj maja",
            "jun june juni juin junio junho giugno giu czerwiec czerwca cze",
            "jul july juli juillet juil julio julho luglio lug lipiec lipca lip",
            "aug august aout agosto ago augustus augusti sierpien sierpnia sie",
            "sep sept september septembre septiembre setembro set settembre wrzesien wrzesnia wrz",
            "oct october okt oktober octobre octubre outubro out ottobre ott pazdziernik pazdziernika paz",
            "nov november novembre noviembre novembro listopad listopada lis",
            "dec december dez dezember decembre diciembre dic dezembro dicembre grudzien grudnia gru",
        ),
        start=1,
    )
    for name in names.split()
}
"""Names of months, and how they are cut short, without accents: English, German, French, Spanish, Portuguese, Italian,
Dutch, Swedish, Polish."""

When = dt.date | dt.datetime
"""A date, or a date with the time of day; aware where the text tells the offset."""

_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)? ?(Z|UTC|[+-]\d{2}:?\d{2})?"
)
_TIME = r"(?:\D{1,4}(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?(?: ?([AaPp])\.? ?[Mm]\.?)?)?"
_MONTH_FIRST = re.compile(r"([^\W\d_]+)\.? (\d{1,2}),? (\d{4})" + _TIME)
_DAY_FIRST = re.compile(r"(\d{1,2})\.? (?:de )?([^\W\d_]+)\.?,? (?:de )?(\d{4})" + _TIME)
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})" + _TIME)
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})" + _TIME)


def slash_order(cells: Iterable[str]) -> str:
    """Return whether dates with slashes put the day or the month first: ``day``, ``month``, or empty.

    Example:
        >>> slash_order(["7/4/2020 15:36", "13/4/2020 8:00"]), slash_order(["7/4/2020"])
        ('day', '')
    """
    day = month = False
    for cell in cells:
        found = _SLASHED.fullmatch(cell)
        if found:
            day, month = day or int(found[1]) > 12, month or int(found[2]) > 12
    return "" if day == month else ("day" if day else "month")


def when_of(cell: str, slashes: str = "") -> When | None:
    """Read a date, with the time of day where it stands there; None when it is none.

    Args:
        cell: as written by a program, in any of the languages of `MONTHS`.
        slashes: what comes first in dates with slashes, ``day`` or ``month``; without it they are not read.

    Example:
        >>> print(when_of("Sep 27, 2022, 10:26:07 PM"), when_of("27.09.2022, 22:26:07"), when_of("27 sept. 2022"))
        2022-09-27 22:26:07 2022-09-27 22:26:07 2022-09-27
        >>> print(when_of("27 de set. de 2022 22:26:07"), when_of("2022-09-27T22:26:07Z"), when_of("7/4/2020"))
        2022-09-27 22:26:07 2022-09-27 22:26:07+00:00 None
    """
    text = cell.replace("\u202f", " ").replace("\u00a0", " ").strip()
    try:
        return _when(text, slashes)
    except (ValueError, OverflowError):
        return None


def whens_in(text: str, slashes: str = "") -> list[When]:
    """Return the dates that stand anywhere in a text, for a row that cannot be read as one.

    Example:
        >>> print(*whens_in('7,"Sep 27, 2022, 10:26:07 PM,Morning Run,Run'))
        2022-09-27 22:26:07
    """
    pieces = [found[0] for each in (_ISO, _MONTH_FIRST, _DAY_FIRST, _DOTTED, _SLASHED) for found in each.finditer(text)]
    return [made for piece in pieces if (made := when_of(piece, slashes)) is not None]


def _when(text: str, slashes: str) -> When | None:
    found = _ISO.fullmatch(text)
    if found:
        return _iso(found)
    found = _MONTH_FIRST.fullmatch(text)
    if found:
        return _made(found[3], MONTHS.get(plain(found[1])), found[2], found, 4)
    found = _DAY_FIRST.fullmatch(text)
    if found:
        return _made(found[3], MONTHS.get(plain(found[2])), found[1], found, 4)
    found = _DOTTED.fullmatch(text)
    if found:
        return _made(found[3], int(found[2]), found[1], found, 4)
    found = _SLASHED.fullmatch(text)
    if found and slashes:
        day, month = (found[1], found[2]) if slashes == "day" else (found[2], found[1])
        return _made(found[3], int(month), day, found, 4)
    return None


def _iso(found: re.Match[str]) -> When:
    year, month, day = int(found[1]), int(found[2]), int(found[3])
    if found[4] is None:
        return dt.date(year, month, day)
    made = dt.datetime(year, month, day, int(found[4]), int(found[5]), int(found[6] or 0))  # noqa: DTZ001 - as written
    zone = found[7]
    if not zone:
        return made
    if zone in ("Z", "UTC"):
        return made.replace(tzinfo=dt.UTC)
    sign = -1 if zone[0] == "-" else 1
    digits = zone[1:].replace(":", "")
    offset = dt.timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return made.replace(tzinfo=dt.timezone(sign * offset))


def _made(year: str, month: int | None, day: str, found: re.Match[str], at: int) -> When | None:
    if month is None:
        return None
    if found[at] is None:
        return dt.date(int(year), month, int(day))
    hour, half = int(found[at]), (found[at + 3] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return dt.datetime(int(year), month, int(day), hour, int(found[at + 1]), int(found[at + 2] or 0))  # noqa: DTZ001
