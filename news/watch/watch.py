"""Watches, recipients and matches: who wants to know what, and what was found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum


class Mode(StrEnum):
    """When a match is told: with the recipient's next digest, or at the next tick."""

    DIGEST = "digest"
    INSTANT = "instant"


class Origin(StrEnum):
    """Where a watch or recipient was written; one from config.yaml is edited there and nowhere else."""

    CONFIG = "config"
    COMMAND = "command"


@dataclass(frozen=True, kw_only=True)
class Watch:
    """One thing to look for. `query` is the truth; everything else about what it finds derives from it.

    pinned: its stories go first in a digest. id is 0 until stored; created_at is an aware UTC instant, None before.
    """

    name: str
    query: str
    mode: Mode = Mode.DIGEST
    origin: Origin = Origin.COMMAND
    enabled: bool = True
    id: int = 0
    created_at: datetime | None = None
    pinned: bool = False


class ScheduleKind(StrEnum):
    """How often the calendar closes a digest; INSTANT has no calendar, everything is told at the next tick."""

    INSTANT = "instant"
    HOURLY = "hourly"
    DAILY = "daily"
    WEEKLY = "weekly"


class Empty(StrEnum):
    """When a slot without news is told by a mail that says so."""

    OFFICE_DAYS = "office-days"
    ALWAYS = "always"
    NEVER = "never"


@dataclass(frozen=True, kw_only=True)
class Quiet:
    """Local hours in which nothing is sent, from `begins` to before `ends`, over midnight where that is earlier."""

    begins: time
    ends: time


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """When a recipient's digests are due, in local time of `zone`.

    name: names what was told by it in the database, whatever its kind: who changes from daily to weekly is told nothing
    twice. hour, minute: of the day's first digest; further: the other times of that day, ascending. weekday: 0 (Monday)
    to 6, of a weekly one. office_days: only on days on which offices of `country` (ISO 3166) work. empty: None is as
    the kind has it, office days for daily and weekly, never for hourly and instant.
    """

    name: str = "daily"
    kind: ScheduleKind = ScheduleKind.DAILY
    hour: int = 8
    minute: int = 0
    further: tuple[time, ...] = ()
    weekday: int = 0
    zone: str = "Asia/Almaty"
    office_days: bool = False
    country: str = "KZ"
    quiet: Quiet | None = None
    empty: Empty | None = None

    @property
    def times(self) -> tuple[time, ...]:
        """The local times of a day's digests, ascending; those of an hourly one are the full hours."""
        if self.kind is ScheduleKind.HOURLY:
            return tuple(time(hour) for hour in range(24))
        return () if self.kind is ScheduleKind.INSTANT else (time(self.hour, self.minute), *self.further)


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """A person who gets digests. `watches` are names; empty means every watch.

    address: mailbox; it also names the recipient's subfolder on the folder channel.
    channel: a name of scheduler.delivery's dictionary; empty means the default (email once SMTP is set, else folder).
    language: wording of the digest. away_until: the local day on which they are back; nothing is made for them before.
    created_at: aware UTC instant, None until stored.
    """

    address: str
    name: str = ""
    channel: str = ""
    language: str = "en"
    schedule: Schedule = Schedule()
    watches: tuple[str, ...] = ()
    away_until: date | None = None
    origin: Origin = Origin.COMMAND
    enabled: bool = True
    id: int = 0
    created_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One place in an item that satisfied a term.

    field: title, lead, text or tag. start, end: code points in that field as stored (Python slices). text: that slice.
    term: the watch's term as written.
    """

    field: str
    start: int
    end: int
    text: str
    term: str


@dataclass(frozen=True, kw_only=True)
class Match:
    """A watch that found an item. `item` and `watch` are stored ids; score is the number of distinct terms hit."""

    item: int
    watch: int
    score: float
    hits: tuple[Hit, ...]
