"""A feed before it has a form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

MOST_ENTRIES = 50
"""Stories of a feed: the newest."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One story. All text is plain and printable.

    id: a tag: URI that never changes. url: safe to link, or empty. summary: within what the source lets out, or empty.
    publishers: who tell it, the weightiest first. watches: that found it. published: when it was first found;
    updated: when another of its items was last found, or of its newest version of substance; both aware. credits:
    lines that sources ask for.
    """

    id: str
    title: str
    url: str
    language: str
    summary: str
    publishers: tuple[str, ...]
    watches: tuple[str, ...]
    published: datetime
    updated: datetime
    credits: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Feed:
    """A feed. updated: of its newest entry, or when what it is of was made. address: its own, without the ending that
    tells the form; empty where it is served nowhere."""

    id: str
    title: str
    address: str
    updated: datetime
    entries: tuple[Entry, ...]
