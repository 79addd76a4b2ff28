"""Days and hours as a reader sees them: in the reader's zone, and never an hour that nobody stated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date

from news.item import Stated
from scheduler.digest.wording import Wording

_NEAR = timedelta(days=6)
_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Where and when a digest is read. since: what lies between it and `until` is told by the hour alone, if anything.

    zone: IANA name; today: the reader's day.
    """

    zone: str
    today: date
    locale: str
    since: datetime | None = None
    until: datetime | None = None

    def near(self, instant: datetime, words: Wording) -> str:
        """The instant as shortly as it stays clear in this digest: "14:05", "Wed 14:05", "23 Feb 14:05"."""
        if self.since is not None and self.until is not None and self.since <= instant < self.until:
            return hour(instant, self.zone)
        return self.dated(instant, words)

    def dated(self, instant: datetime, words: Wording) -> str:
        """The instant with its day, always: "Wed 14:05", "23 Feb 14:05"."""
        local = instant.astimezone(ZoneInfo(self.zone))
        return f"{_near_day(local.date(), self.today, words.locale, words.near_day)} {local:%H:%M}"

    def dated_stated(self, one: Stated, words: Wording) -> str:
        """A publisher's time with its day, always."""
        return self.dated(one.at, words) if one.at is not None else self.stated(one, words)

    def stated(self, one: Stated, words: Wording) -> str:
        """A publisher's time; of a date without an hour the publisher's day, no midnight."""
        if one.at is not None:
            return self.near(one.at, words)
        return _near_day(one.day, self.today, words.locale, words.near_day)


def reader(zone: str, words: Wording, *, since: datetime, now: datetime) -> Reader:
    """The reader of a digest of the period since `since`; of a day, in which each hour is once, hours suffice."""
    today = now.astimezone(ZoneInfo(zone)).date()
    if now - since > _DAY + timedelta(minutes=30):
        return Reader(zone=zone, today=today, locale=words.locale)
    # Counted from the beginning, which is the same for all who are told at one hour, while composing goes on.
    return Reader(zone=zone, today=today, locale=words.locale, since=since, until=since + _DAY)


def short_day(instant: datetime, zone: str, words: Wording) -> str:
    """Return the day of `instant` in `zone`: "Fri 8 Mar"."""
    return _written(instant.astimezone(ZoneInfo(zone)).date(), words.day, words.locale)


def day_alone(instant: datetime, zone: str, now: datetime, words: Wording) -> str:
    """Return the day of `instant` in `zone` without its weekday: "5 Mar", "5 Mar 2023"."""
    local, today = instant.astimezone(ZoneInfo(zone)).date(), now.astimezone(ZoneInfo(zone)).date()
    return _far_day(local, today, words.locale, words.near_day)


def day_and_hour(instant: datetime, zone: str, words: Wording) -> str:
    """Return day and hour of `instant` in `zone`: "Fri 8 Mar 07:52"."""
    return f"{short_day(instant, zone, words)} {hour(instant, zone)}"


def weekday(instant: datetime, zone: str, words: Wording) -> str:
    """Return the name of the weekday of `instant` in `zone`: "Friday"."""
    return _written(instant.astimezone(ZoneInfo(zone)).date(), "EEEE", words.locale)


def hour(instant: datetime, zone: str) -> str:
    """Return the hour of `instant` in `zone`: "07:52"."""
    return f"{instant.astimezone(ZoneInfo(zone)):%H:%M}"


def near(instant: datetime, zone: str, now: datetime, words: Wording) -> str:
    """Return the instant as shortly as it stays clear at `now`: "Thu 14:05", "23 Feb 14:05" or "23 Feb 2023 14:05"."""
    local, today = instant.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone)).date()
    return f"{_near_day(local.date(), today, words.locale, words.near_day)} {local:%H:%M}"


def _near_day(day: date, today: date, locale: str, pattern: str) -> str:
    if timedelta(0) <= today - day <= _NEAR:
        return _written(day, "EEE", locale)
    return _far_day(day, today, locale, pattern)


def _far_day(day: date, today: date, locale: str, pattern: str) -> str:
    return _written(day, pattern if day.year == today.year else f"{pattern} y", locale)


@lru_cache(maxsize=1024)
def _written(day: date, pattern: str, locale: str) -> str:
    return format_date(day, pattern, locale=locale)
