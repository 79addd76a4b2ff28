"""Days and hours as a reader sees them: in the reader's zone, and never an hour that nobody stated."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date

from news.item import Stated
from scheduler.digest.wording import Wording

_NEAR = timedelta(days=6)


def short_day(instant: datetime, zone: str, words: Wording) -> str:
    """Return the day of `instant` in `zone`: "Fri 8 Mar"."""
    return format_date(instant.astimezone(ZoneInfo(zone)).date(), "EEE d MMM", locale=words.locale)


def day_and_hour(instant: datetime, zone: str, words: Wording) -> str:
    """Return day and hour of `instant` in `zone`: "Fri 8 Mar 07:52"."""
    return f"{short_day(instant, zone, words)} {hour(instant, zone)}"


def hour(instant: datetime, zone: str) -> str:
    """Return the hour of `instant` in `zone`: "07:52"."""
    return f"{instant.astimezone(ZoneInfo(zone)):%H:%M}"


def near(instant: datetime, zone: str, now: datetime, words: Wording) -> str:
    """Return the instant as shortly as it stays clear at `now`: "Thu 14:05", "23 Feb 14:05" or "23 Feb 2023 14:05"."""
    local, today = instant.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone)).date()
    return f"{_near_day(local.date(), today, words)} {local:%H:%M}"


def stated(one: Stated, zone: str, now: datetime, words: Wording) -> str:
    """Return a publisher's time in the reader's zone; of a date without an hour the publisher's day, no midnight."""
    if one.at is not None:
        return near(one.at, zone, now, words)
    return _near_day(one.day, now.astimezone(ZoneInfo(zone)).date(), words)


def place(zone: str) -> str:
    """Return a zone's city as people write it: "Almaty"."""
    return zone.rpartition("/")[2].replace("_", " ")


def _near_day(day: date, today: date, words: Wording) -> str:
    if timedelta(0) <= today - day <= _NEAR:
        return format_date(day, "EEE", locale=words.locale)
    return format_date(day, "d MMM" if day.year == today.year else "d MMM y", locale=words.locale)
