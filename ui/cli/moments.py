"""Instants and lengths of time in words."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from ui.cli.exits import Misuse

_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_LONGEST = timedelta(days=3650)


def period(text: str) -> timedelta:
    """Return the length of time that `7d`, `12h`, `2w` or `30m` means; raises Misuse."""
    found = re.fullmatch(r"\s*(\d{1,5})\s*([mhdw])\s*", text.lower())
    length = int(found[1]) * _UNITS[found[2]] if found else timedelta()
    if not timedelta() < length <= _LONGEST:
        raise Misuse(f"{text!r} is no period; write for example 7d, 12h or 2w")
    return length


def ago(moment: datetime, *, now: datetime) -> str:
    """Say how long before `now` the moment was, in its largest unit."""
    minutes = int((now - moment).total_seconds() // 60)
    if minutes < 1:
        return "just now"
    if minutes < 120:
        return f"{minutes} min ago"
    return f"{minutes // 60} h ago" if minutes < 48 * 60 else f"{minutes // (24 * 60)} days ago"


def until(moment: datetime, *, now: datetime) -> str:
    """Say how long after `now` the moment comes, in its largest unit."""
    minutes = -int((now - moment).total_seconds() // 60)
    if minutes < 1:
        return "now"
    return f"in {minutes} min" if minutes < 120 else f"in {minutes // 60} h"


def local(moment: datetime, zone: str) -> str:
    """The minute in the desk's zone: 2026-03-08 08:00."""
    return f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"
