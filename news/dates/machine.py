"""Dates that programs write: ISO 8601 and its W3C profile, RFC 822, seconds since 1970."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time

from news.dates.written import Question, Written, full_year
from news.zones import written_zone

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ZONE = r"(?P<zone>(?:gmt|utc)?\s*[+-]\s*\d{1,2}(?::?\d{2})?|[a-zа-я]{1,5})"
_RFC_822 = re.compile(
    r"(?:[a-z]{3,9}\.?\s*,?\s*)?(?P<day>\d{1,2})[\s-]+(?P<month>[a-z]{3,9})\.?,?[\s-]+(?P<year>\d{4}|\d{2}),?\s+"
    rf"(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}})(?::(?P<second>\d{{2}})(?:\.\d+)?)?\s*{_ZONE}?",
    re.IGNORECASE,
)
_ISO = re.compile(
    r"(?P<year>\d{4})(?P<dash>-?)(?P<month>\d{2})(?P=dash)(?P<day>\d{2})"
    rf"(?:(?:\s*t\s*|\s+)(?P<hour>\d{{2}}):?(?P<minute>\d{{2}})(?::?(?P<second>\d{{2}})(?:[.,]\d+)?)?\s*{_ZONE}?)?",
    re.IGNORECASE,
)
# Ten digits reach from 2001 to 2286; JavaScript counts milliseconds.
_EPOCH = re.compile(r"(\d{10})(?:\.\d+|\d{3})?")


def read_iso(question: Question) -> Written | None:
    """Read ISO 8601, with or without dashes, a day alone or with its time ("20240307", "2024-03-07T14:05+05:00")."""
    found = _ISO.fullmatch(question.text)
    return _from_parts(found, int(found["month"])) if found else None


def read_rfc_822(question: Question) -> Written | None:
    """Read the form of mail headers and RSS ("Thu, 7 Mar 2024 14:05:00 +0500")."""
    found = _RFC_822.fullmatch(question.text)
    if not found or found["month"][:3].lower() not in _MONTHS:
        return None
    return _from_parts(found, _MONTHS.index(found["month"][:3].lower()) + 1)


def read_epoch(question: Question) -> Written | None:
    """Read seconds or milliseconds since 1970."""
    found = _EPOCH.fullmatch(question.text)
    if not found:
        return None
    at = datetime.fromtimestamp(int(found[1]), tz=UTC)
    return Written(day=at.date(), hour=at.time(), zone=UTC)


def _from_parts(found: re.Match[str], month: int) -> Written | None:
    zone = written_zone(found["zone"]) if found["zone"] else None
    if found["zone"] and zone is None and found["zone"].casefold() in ("am", "pm"):
        return None  # half of a day, not a zone
    try:
        day = date(full_year(found["year"]), month, int(found["day"]))
        if found["hour"] is None:
            return Written(day=day)
        # A leap second is the last one of its minute for us.
        second = min(int(found["second"] or 0), 59)
        return Written(day=day, hour=time(int(found["hour"]), int(found["minute"]), second), zone=zone)
    except ValueError:
        return None
