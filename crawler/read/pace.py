"""How often a site asks to be visited, as its headers and the head of its feed say it: bytes to values.

`ttl`, `skipHours` and `skipDays` are RSS 2.0's (rssboard.org/rss-specification), `updatePeriod` and `updateFrequency`
the syndication module's (web.resource.org/rss/1.0/modules/syndication); max-age and Expires are RFC 9111's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from email.utils import parsedate_to_datetime

from news.health.pace import Pace

_HEAD = 20_000  # bytes of a feed that are looked at: all of it stands before the first entry
_ENTRY = re.compile(rb"<(?:[A-Za-z_][\w.-]{0,40}:)?(?:item|entry)[\s>]")
_TTL = re.compile(rb"<ttl\s*>\s*(\d{1,9})\s*</ttl")
_PERIOD = re.compile(rb"<[\w.-]{1,40}:updatePeriod\s*>\s*(hourly|daily|weekly|monthly|yearly)\s*<", re.IGNORECASE)
_FREQUENCY = re.compile(rb"<[\w.-]{1,40}:updateFrequency\s*>\s*(\d{1,6})\s*<", re.IGNORECASE)
_HOURS = re.compile(rb"<skipHours\s*>(.{0,1000}?)</skipHours", re.DOTALL)
_HOUR = re.compile(rb"<hour\s*>\s*(\d{1,2})\s*<")
_DAYS = re.compile(rb"<skipDays\s*>(.{0,1000}?)</skipDays", re.DOTALL)
_DAY = re.compile(rb"<day\s*>\s*([A-Za-z]{6,9})\s*<")
_WEEKDAYS = (b"monday", b"tuesday", b"wednesday", b"thursday", b"friday", b"saturday", b"sunday")
_PERIODS = {b"hourly": 1, b"daily": 24, b"weekly": 7 * 24, b"monthly": 30 * 24, b"yearly": 365 * 24}
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,10})", re.IGNORECASE)
_NOT_KEPT = re.compile(r"(?:^|[\s,])no-(?:cache|store)\b", re.IGNORECASE)


def pace_of(body: bytes) -> Pace:
    """What a feed says of itself; a feed that skips every hour or every day says nothing by it."""
    head = body[:_HEAD]
    first = _ENTRY.search(head)
    head = head[: first.start()] if first else head
    hours = frozenset(int(hour) % 24 for hour in _within(_HOURS, _HOUR, head) if int(hour) <= 24)
    days = frozenset(_WEEKDAYS.index(day.lower()) for day in _within(_DAYS, _DAY, head) if day.lower() in _WEEKDAYS)
    return Pace(
        pause=max(filter(None, (_ttl(head), _period(head))), default=None),
        hours=hours if len(hours) < 24 else frozenset(),
        days=days if len(days) < 7 else frozenset(),
    )


def fresh_for(headers: Mapping[str, str]) -> timedelta | None:
    """For how long an answer is called fresh, less its age in caches; None where it is not. Names in lower case."""
    said = headers.get("cache-control", "")
    if _NOT_KEPT.search(said):
        return None
    age = headers.get("age", "").strip()
    if found := _MAX_AGE.search(said):
        return _positive(int(found[1]) - (int(age) if re.fullmatch(r"[0-9]{1,10}", age) else 0))
    try:
        expires, date = (parsedate_to_datetime(headers[name]) for name in ("expires", "date"))
        return _positive(int((expires - date).total_seconds()))
    except (KeyError, ValueError, TypeError):  # Expires: 0 is common
        return None


def _within(block: re.Pattern[bytes], part: re.Pattern[bytes], head: bytes) -> list[bytes]:
    found = block.search(head)
    return part.findall(found[1]) if found else []


def _ttl(head: bytes) -> timedelta | None:
    found = _TTL.search(head)
    return timedelta(minutes=int(found[1])) if found and int(found[1]) else None


def _period(head: bytes) -> timedelta | None:
    period, frequency = _PERIOD.search(head), _FREQUENCY.search(head)
    if period is None:
        return None
    return timedelta(hours=_PERIODS[period[1].lower()]) / max(int(frequency[1]) if frequency else 1, 1)


def _positive(seconds: int) -> timedelta | None:
    return timedelta(seconds=min(seconds, 10**9)) if seconds > 0 else None
