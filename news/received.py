"""What came over the wire, byte for byte, and what is kept of it for items that were found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, kw_only=True)
class Received:
    """One answer as it was received. url: address after redirects; fetched_at: aware UTC.

    headers: names and values as sent, repeated ones each by itself. body: as received, before content decoding; what a
    server broke off is shorter than its headers say.
    """

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched_at: datetime


class CopyOf(StrEnum):
    """What a copy is of: the item's own page, or the feed or list that held it where it has no page of its own."""

    PAGE = "page"
    LIST = "list"


@dataclass(frozen=True, kw_only=True)
class Copy:
    """What is kept of one version of an item. sha256: hex digest of the body as received; size: its bytes."""

    item: int
    version: int
    of: CopyOf
    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    fetched_at: datetime
    sha256: str
    size: int
