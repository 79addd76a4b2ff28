"""Time zones: which offset a written zone means, and whether this machine knows Kazakhstan's change of 2024.

Kazakhstan was UTC+6 (in most regions) to 29 February 2024 and is UTC+5 from 1 March 2024, so an hour's offset is
looked up for its own day and never a constant.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from news.errors import PresswatchError


class ZoneDataError(PresswatchError):
    """The machine's time zone data predates Kazakhstan's change of 1 March 2024; dates would be an hour off."""


@lru_cache(maxsize=64)
def zone_of(name: str) -> ZoneInfo:
    """The zone by its IANA name; raises ZoneInfoNotFoundError where there is none."""
    return ZoneInfo(name)


def assert_zone_data() -> None:
    """Refuse zone data older than 2024a; raises ZoneDataError, which says what to do.

    `zoneinfo` prefers the system's database to the tzdata package, so an old base image stays wrong with a new package.
    """
    almaty = zone_of("Asia/Almaty")
    before = datetime(2024, 2, 28, tzinfo=almaty).utcoffset()
    after = datetime(2024, 3, 2, tzinfo=almaty).utcoffset()
    if (before, after) != (timedelta(hours=6), timedelta(hours=5)):
        raise ZoneDataError(
            "this system's time zone data is too old: it does not know that Kazakhstan moved to UTC+5 on 1 March 2024. "
            "Update the system's tzdata package, or set PYTHONTZPATH to an empty value to use Python's own tzdata."
        )


# Names that news sites write; the old fixed offsets of ALMT and its like are not what they mean today.
_NAMED: dict[str, str] = {
    "almt": "Asia/Almaty",
    "aqtt": "Asia/Aqtobe",
    "bst": "Europe/London",
    "cest": "Europe/Berlin",
    "cet": "Europe/Berlin",
    "eest": "Europe/Kyiv",
    "eet": "Europe/Kyiv",
    "kgt": "Asia/Bishkek",
    "msd": "Europe/Moscow",
    "msk": "Europe/Moscow",
    "uzt": "Asia/Tashkent",
    "мск": "Europe/Moscow",
}
# RFC 822 section 5.1.
_HOURS: dict[str, int] = {
    "z": 0,
    "ut": 0,
    "gmt": 0,
    "utc": 0,
    "edt": -4,
    "est": -5,
    "cdt": -5,
    "cst": -6,
    "mdt": -6,
    "mst": -7,
    "pdt": -7,
    "pst": -8,
}
_OFFSET = re.compile(r"(?:gmt|utc)?\s*([+-])\s*(\d{1,2})(?::?(\d{2}))?", re.IGNORECASE)


def written_zone(text: str) -> tzinfo | None:
    """The zone that an offset ("+0500", "GMT +5") or a name ("MSK", "EST") stands for; None where it is neither.

    A single letter is UTC: RFC 2822 section 4.3 calls the military zones meaningless, as their signs were misprinted.
    """
    name = text.strip().casefold()
    found = _OFFSET.fullmatch(name)
    if found:
        sign, hours, minutes = found.groups()
        span = timedelta(hours=int(hours), minutes=int(minutes or 0))
        return timezone(-span if sign == "-" else span) if span < timedelta(hours=15) else None
    if name in _HOURS:
        return timezone(timedelta(hours=_HOURS[name]))
    if name in _NAMED:
        return zone_of(_NAMED[name])
    return UTC if len(name) == 1 and name.isascii() and name.isalpha() else None
