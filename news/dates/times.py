"""The hour and the zone that stand beside a date."""

from __future__ import annotations

import re
from datetime import time, tzinfo

from news.zones import written_zone

_HALF = r"(?:\s*(?P<half>[ap])\.?\s?m\b\.?)"
_TIMES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<![\d:.])(?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?(?!\d){_HALF}?",
        rf"(?<![\d:.])(?P<hour>\d\d?)(?:\.(?P<minute>\d\d))?{_HALF}",
        r"\b(?:в|сағат|saghat|sagat)\s+(?P<hour>\d\d?)[.-](?P<minute>\d\d)(?!\d|\.\d)",
        r"(?<![\d:.])(?P<hour>\d\d?)\s?ч(?:ас(?:а|ов)?)?\.?\s?(?P<minute>\d\d)\s?мин",
        r"(?<![\d:.])(?P<hour>\d\d?)h(?P<minute>\d\d)\b",
    )
)
ZONE_NAMES = "almt|aqtt|msk|мск|kgt|uzt|cet|cest|eet|eest|bst|[ecmp][sd]t|gmt|utc"
OFFSET = r"(?:gmt|utc)\s*[+-]\s*\d{1,2}(?::?\d{2})?"
_BESIDE = re.compile(rf"[\s|,]*(?P<zone>{OFFSET}|[+-]\d{{2}}:?\d{{2}}(?!\d)|z\b|\b(?:{ZONE_NAMES})\b)")
_ANYWHERE = re.compile(rf"(?P<zone>{OFFSET}|\b(?:{ZONE_NAMES})\b)")


def hour_in(text: str) -> tuple[time | None, int]:
    """The first hour in a folded text and where it ends; None and 0 without one, or where it is no hour of a day."""
    for pattern in _TIMES:
        found = pattern.search(text)
        if found:
            return _time(found.groupdict()), found.end()
    return None, 0


def zone_in(text: str, *, after: int) -> tzinfo | None:
    """The zone written right after the hour that ends at `after`, else by name anywhere in a folded text."""
    found = _BESIDE.match(text, after) or _ANYWHERE.search(text)
    return written_zone(found["zone"]) if found else None


def _time(parts: dict[str, str | None]) -> time | None:
    hour, minute = int(parts["hour"] or 0), int(parts.get("minute") or 0)
    half = parts.get("half")
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        # A leap second is the last one of its minute for us.
        return time(hour, minute, min(int(parts.get("second") or 0), 59))
    except ValueError:
        return None
