"""Which reader reads which kind of source: a new way in is one line here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crawler.read.feed import read_feed
from crawler.read.json_api import read_json_api
from crawler.read.listing import read_listing
from crawler.read.page import Page, Reading
from crawler.read.sitemap import read_sitemap

# The second argument is the source class of that kind, which the kind itself guarantees.
READERS: dict[str, Callable[[Page, Any], Reading]] = {
    "feed": read_feed,
    "json": read_json_api,
    "listing": read_listing,
    "sitemap": read_sitemap,
}
