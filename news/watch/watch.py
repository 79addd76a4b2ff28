"""Watches, recipients and matches: who wants to know what, and what was found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
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

    id is 0 until stored; created_at is an aware UTC instant, None until stored.
    """

    name: str
    query: str
    mode: Mode = Mode.DIGEST
    origin: Origin = Origin.COMMAND
    enabled: bool = True
    id: int = 0
    created_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """When a recipient's digest is due: daily at `hour`:`minute` in `zone`; `name` is part of the slot's identity."""

    name: str = "daily"
    hour: int = 8
    minute: int = 0
    zone: str = "Asia/Almaty"


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """A person who gets digests. `watches` are names; empty means every watch.

    address: mailbox; it also names the recipient's subfolder on the folder channel.
    channel: a name of scheduler.delivery's dictionary; empty means the default (email once SMTP is set, else folder).
    language: wording of the digest. created_at: aware UTC instant, None until stored.
    """

    address: str
    name: str = ""
    channel: str = ""
    language: str = "en"
    schedule: Schedule = Schedule()
    watches: tuple[str, ...] = ()
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
