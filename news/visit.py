"""One visit to one source: how it ended, by name, with counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

EXTRACTOR = "extractor"
"""The oddity of an article in which the source's own selectors found no text, so that it was read without them."""

HEADLINE = "headline_only"
"""The oddity of an article that was given up and stored as its list told it."""


class VisitResult(StrEnum):
    """How a visit ended. EMPTY is a fault too: zero entries where a list was expected is never "no news"."""

    OK = "ok"
    NOT_MODIFIED = "not_modified"
    EMPTY = "empty"
    SOFT = "soft"
    HARD = "hard"
    REFUSED = "refused"

    @property
    def answered(self) -> bool:
        """Whether the source was read: its present state is known."""
        return self in (VisitResult.OK, VisitResult.NOT_MODIFIED)


class Reason(StrEnum):
    """Why a visit did not go well; `none` where it did."""

    NONE = "none"
    # SOFT: likely to pass by itself
    TIMEOUT = "timeout"
    DNS = "name_not_found"
    CONNECTION = "connection_failed"
    TLS = "certificate"
    SERVER_ERROR = "server_error"
    THROTTLED = "throttled"
    CHALLENGE = "challenge_page"
    TRUNCATED = "truncated"
    DEADLINE = "deadline"
    CANCELLED = "cancelled"
    API_ERROR = "api_error"
    NOT_STORED = "not_stored"
    # HARD: somebody has to look
    NOT_FOUND = "not_found"
    GONE = "gone"
    HTTP_ERROR = "http_error"
    NOT_A_FEED = "not_a_feed"
    NOT_JSON = "not_json"
    NOT_A_SITEMAP = "not_a_sitemap"
    NOT_A_PAGE = "not_a_page"
    NOT_AN_ARTICLE = "not_an_article"
    WRONG_SHAPE = "wrong_shape"
    TOO_LARGE = "too_large"
    READER_FAILED = "reader_failed"
    # EMPTY
    NO_ENTRIES = "no_entries"
    # REFUSED
    ROBOTS = "robots_txt"
    FORBIDDEN = "forbidden"
    ADDRESS = "address_not_allowed"


@dataclass(frozen=True, kw_only=True)
class Validators:
    """What makes the next request conditional; saved only with the last items of the response it came with.

    body_hash: hex digest of the body, for servers that answer 200 with the same bytes.
    entries: the marks of a feed's entries, by a space each: those were stored, and are not read again while they stand.
    """

    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    entries: str = ""


@dataclass(frozen=True, kw_only=True)
class Visit:
    """What one visit was like. Instants are aware UTC; `took` is wall-clock seconds, `size` bytes after decompression.

    entries: entries the list had; new, changed, known: what storing them did; unusable: count by reason. pages: pages
    of the list that were read; oddities: count by name of what was odd about articles read (`ArticleReading`).
    """

    source: str
    started_at: datetime
    result: VisitResult
    reason: Reason = Reason.NONE
    detail: str = ""
    url: str = ""
    status: int = 0
    took: float = 0.0
    size: int = 0
    entries: int = 0
    new: int = 0
    changed: int = 0
    known: int = 0
    unusable: Mapping[str, int] = field(default_factory=dict)
    pages: int = 1
    oddities: Mapping[str, int] = field(default_factory=dict)
    retry_after: float | None = None


def odd_articles(visits: Iterable[Visit]) -> tuple[int, Counter[str]]:
    """How many articles were read in visits to a source that has them, and how many were odd, by name."""
    read, odd = 0, Counter[str]()
    for visit in visits:
        read += visit.new + visit.changed + visit.known - visit.oddities.get(HEADLINE, 0)
        odd.update(visit.oddities)
    return read, odd
