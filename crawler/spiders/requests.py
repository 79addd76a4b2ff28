"""How every page is asked for: the lists by kind of source, the members of a sitemap index, articles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crawler.paging import address_of
from crawler.spiders.feed import feed_request
from crawler.spiders.json_api import json_request
from news.source import AnySource

_PAGE = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"
_SITEMAP = "application/xml, text/xml;q=0.9, */*;q=0.1"


def list_request(source: AnySource, number: int = 0) -> dict[str, Any]:
    """The parts of a scrapy.Request for a page of the source's list; 0 is the newest."""
    return _REQUESTS[source.kind](source, number)


def sitemap_request(url: str) -> dict[str, Any]:
    """The same for a sitemap."""
    return {"url": url, "headers": {"Accept": _SITEMAP}}


def page_request(url: str) -> dict[str, Any]:
    """The same for a web page, a list's or an article's."""
    return {"url": url, "headers": {"Accept": _PAGE}}


# The first argument is the source class of that kind, which the kind itself guarantees.
_REQUESTS: dict[str, Callable[[Any, int], dict[str, Any]]] = {
    "feed": feed_request,
    "json": json_request,
    "listing": lambda source, number: page_request(address_of(source, number)),
    "sitemap": lambda source, _number: sitemap_request(source.url),
}
