"""Pages that no reader could use: kept as they came, so that a reader that was mended can read them again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from news.link import Link
from news.visit import Reason

KEPT = timedelta(days=30)
"""How long such a page is kept after it last came."""

MOST_PAGES = 20
"""Pages that are kept of one source; the ones that came longest ago go first."""

MOST_BYTES = 10_000_000
"""Bytes, packed, that are kept of one source."""

MOST_IN_ALL = 200_000_000
"""Bytes, packed, that are kept of all sources."""


SAYS_NOTHING = frozenset({Reason.CHALLENGE.value, Reason.NO_ENTRIES.value})
"""Reasons of pages with no news in them: none of them takes the place of a page that a mended reader could read."""


@dataclass(frozen=True, kw_only=True)
class Unread:
    """A page as it came, and why it could not be used: a `Reason`, or what made entries of it unusable.

    body: bytes after content decoding. headers: names in lower case. link: what a list said of the article whose page
    it is; None for a page of a list.
    """

    source: str
    url: str
    reason: str
    detail: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    fetched_at: datetime
    link: Link | None = None


@dataclass(frozen=True, kw_only=True)
class Quarantined:
    """An unread page in the database; times: how often this address could not be used since `first_at`."""

    id: int
    page: Unread
    first_at: datetime
    times: int
