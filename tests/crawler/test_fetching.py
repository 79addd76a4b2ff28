"""Fetching pages as they are, for looking at and recording."""

from __future__ import annotations

import pytest

from crawler.crawl import Crawling
from crawler.read.page import Page
from news.errors import SourceError
from news.visit import Reason
from tests.crawler.crawls import NOW, crawling, settings
from tests.fakesite import FakeSite
from tests.in_loop import InLoop

Fetched = dict[str, Page | SourceError]


def test_every_address_gives_its_page_or_its_reason(
    site: FakeSite, in_loop: InLoop[dict[str, Page | SourceError]]
) -> None:
    urls = [
        site.url("/feed"),
        site.url("/status?code=404"),
        site.url("/never"),
        site.url("/forbidden"),
        "http://10.0.0.1/",
    ]

    async def fetched() -> Fetched:
        async with crawling(timeout=0.5) as subject:
            return await subject.fetch(urls, now=lambda: NOW)

    found = in_loop(fetched())

    assert set(found) == set(urls)
    page, missing = found[urls[0]], found[urls[1]]
    assert isinstance(page, Page)
    assert (page.status, page.fetched_at) == (200, NOW)
    assert b"<rss" in page.body
    assert isinstance(missing, Page)
    assert missing.status == 404
    errors = [found[url] for url in urls[2:]]
    assert [error.reason for error in errors if isinstance(error, SourceError)] == [
        Reason.TIMEOUT,
        Reason.ROBOTS,
        Reason.ADDRESS,
    ]


async def test_fetching_begins_only_after_the_start() -> None:
    with pytest.raises(RuntimeError, match="start"):
        await Crawling(settings()).fetch(["https://example.org/"], now=lambda: NOW)
