"""Drafts (what a page said) and items (what presswatch keeps)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from news.source import Standing


@dataclass(frozen=True, kw_only=True)
class Stated:
    """When a publisher says something happened: a day in a zone, and the instant where an hour can be believed.

    `at` is aware; `day` is the calendar day in `zone`. A day-precision date never becomes midnight UTC.
    """

    day: date
    zone: str
    at: datetime | None = None

    def __post_init__(self) -> None:
        if self.at is not None and self.at.tzinfo is None:
            raise ValueError(f"naive instant {self.at!r}: give it an offset")

    @property
    def precision(self) -> str:
        """`exact` where the instant is known, else `day`."""
        return "day" if self.at is None else "exact"

    def isoformat(self) -> str:
        """The instant with its offset in `zone`, or the bare day."""
        return self.day.isoformat() if self.at is None else self.at.isoformat()


@dataclass(frozen=True, kw_only=True)
class Enclosure:
    """A file that an entry points to; `length` is bytes as stated, None where not a number."""

    url: str
    type: str = ""
    length: int | None = None


@dataclass(frozen=True, kw_only=True)
class Draft:
    """One entry as its page gave it, decoded and cleaned of markup but not judged yet.

    title, summary, text: plain text, as written (original typography, no markup).
    html: fragment already safe to show (nh3), addresses absolute; empty where there is none.
    url: absolute address as found; guid and native_id as found; None where absent.
    published_raw: the stated date as written, kept for later doubt.
    language: BCP 47 primary tag the page itself declares, or what the reader process detected; empty if unknown.
    language_sure: 0..1; 0 where `language` is only declared.
    meaning: the packed vector of its title and first sentences (`news.story.semantic`); empty without the extra.
    """

    title: str
    url: str | None = None
    guid: str | None = None
    native_id: str | None = None
    summary: str = ""
    text: str = ""
    html: str = ""
    published: Stated | None = None
    published_raw: str = ""
    updated: Stated | None = None
    authors: tuple[str, ...] = ()
    language: str = ""
    language_sure: float = 0.0
    enclosures: tuple[Enclosure, ...] = ()
    image: str = ""
    tags: tuple[str, ...] = ()
    meaning: bytes = b""


class KeyKind(StrEnum):
    """The kinds of identity, in the order in which they are asked."""

    NATIVE = "native"
    URL = "url"
    GUID = "guid"
    TEXT = "text"


@dataclass(frozen=True, kw_only=True)
class ItemKey:
    """One identity of an item: unique as (kind, scope, key)."""

    kind: KeyKind
    scope: str
    key: str


@dataclass(frozen=True, kw_only=True)
class Item:
    """One news item in one language, as presswatch keeps it.

    id is 0 until stored; version counts from 1. lead: first paragraph or summary, plain text.
    url: canonical address, what a reader opens; keys: identities in the order of KeyKind.
    text_hash: hex digest of the normalised title and text, equal for exact copies at any publisher.
    content_hash: digest of everything shown, different for another version.
    story_keys: exact cross-item knowledge ("native:gov.kz:1163144"): items that share one belong to one story.
    aside: what stood in the text without being of it (dateline, reference block, photo credit, teasers, site notices),
    one part a line: kept, never matched, no part of the version.
    unread: why the item's own page could not be read, a `Reason` value: the item is then no more than its list said of
    it, until the page can be read. Empty for all others.
    seen_at: aware UTC instant of the fetch.
    meaning: as in Draft; stored apart from the item, and only while others are compared with it.
    """

    title: str
    url: str
    source: str
    publisher: str
    standing: Standing
    language: str
    seen_at: datetime
    keys: tuple[ItemKey, ...]
    text_hash: str
    content_hash: str
    lead: str = ""
    text: str = ""
    html: str = ""
    language_sure: float = 0.0
    published: Stated | None = None
    published_raw: str = ""
    updated: Stated | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    image: str = ""
    aside: str = ""
    unread: str = ""
    story_keys: tuple[str, ...] = ()
    meaning: bytes = b""
    id: int = 0
    version: int = 1


class Outcome(StrEnum):
    """What storing an item did."""

    NEW = "new"
    CHANGED = "changed"
    KNOWN = "known"


@dataclass(frozen=True, kw_only=True)
class Saved:
    """An item with its stored id and version, and what storing it did."""

    item: Item
    outcome: Outcome
