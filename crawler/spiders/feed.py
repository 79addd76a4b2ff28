"""How a feed is asked for."""

from __future__ import annotations

from typing import Any

from crawler.paging import address_of
from news.source import FeedSource

_ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, */*;q=0.1"
)


def feed_request(source: FeedSource, number: int) -> dict[str, Any]:
    """The parts of a scrapy.Request for a page of the feed; 0 is the newest."""
    return {"url": address_of(source, number), "headers": {"Accept": _ACCEPT}}
