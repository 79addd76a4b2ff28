"""Short words for crawling in tests: settings, errands, an inbox that remembers."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from ipaddress import ip_network
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from crawler.crawl import Crawling
from crawler.inbox import Article, Errand, Response
from crawler.readers import Readers
from news.link import Link, Pending
from news.source import AnySource, FeedSource, JsonSource, LinkRules, ListingSource, SitemapSource
from news.visit import Reason, Validators

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
LOOPBACK = (ip_network("127.0.0.0/8"),)

_numbers = itertools.count(1)
_shared: list[Crawling] = []
_shared_readers: list[Readers] = []


@dataclass
class Shelf:
    """An inbox that keeps what it is given; `refuse` raises for these sources.

    stored: keys that it claims to know. waiting: links whose article is still to be read, in the order in which they
    came; articles: what was handed in for them. refuse_articles: what storing an article raises.
    """

    refuse: frozenset[str] = frozenset()
    stored: frozenset[str] = frozenset()
    refuse_articles: Exception | None = None
    responses: list[Response] = field(default_factory=list)
    articles: list[Article] = field(default_factory=list)
    waiting: list[Pending] = field(default_factory=list)
    times: dict[str, float] = field(default_factory=dict)

    async def known(self, source: AnySource, links: Sequence[Link]) -> frozenset[str]:
        known = self.stored | {one.link.key for one in self.waiting if one.source == source.id}
        return known & {link.key for link in links}

    async def accept(self, response: Response) -> Sequence[Pending]:
        source = response.source.id
        if source in self.refuse:
            raise RuntimeError("the disk is full")
        self.responses.append(response)
        self.times[source] = asyncio.get_running_loop().time()
        known = await self.known(response.source, response.links)
        for link in response.links:
            if link.key not in known:
                self.waiting.append(Pending(id=len(self.waiting) + 1, source=source, link=link, found_at=NOW))
        if not response.visit.result.answered:
            return ()
        return [one for one in self.waiting if one.source == source]

    async def accept_article(self, article: Article) -> None:
        if self.refuse_articles is not None:
            raise self.refuse_articles
        self.articles.append(article)
        if article.draft is not None:
            self.waiting.remove(article.pending)

    def of(self, source: str) -> Response:
        """The one response of a source."""
        (response,) = [response for response in self.responses if response.source.id == source]
        return response

    @property
    def failed(self) -> dict[str, Reason]:
        """Why articles could not be read, by path and query."""
        return {_path(one.pending): one.reason for one in self.articles if one.draft is None}

    @property
    def read(self) -> list[str]:
        """The paths of the articles that were read, in order."""
        return [_path(one.pending) for one in self.articles if one.draft is not None]


def _path(pending: Pending) -> str:
    parts = urlsplit(pending.link.url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def settings(**changes: Any) -> Any:
    """Settings as Crawling reads them, quick, with loopback allowed."""
    crawler: dict[str, Any] = {
        "user_agent": "presswatch/0.1 (+mailto:press@example.org)",
        "delay": 0.0,
        "timeout": 1.0,
        "max_size": 1_000_000,
        "deadline": 5.0,
        "proxy": "",
        "ca_bundle": "",
        "allow_networks": LOOPBACK,
    }
    readers = {"processes": 1, "deadline": 2.0, "memory_mb": 400, "inline_below": 4_000}
    sources = changes.pop("sources", ())
    for name, value in changes.items():
        (readers if name.startswith("readers_") else crawler)[name.removeprefix("readers_")] = value
    return SimpleNamespace(crawler=SimpleNamespace(**crawler), readers=SimpleNamespace(**readers), sources=sources)


def errand(url: str, *, id: str = "", validators: Validators | None = None) -> Errand:
    """An errand to a feed."""
    source = FeedSource(id=id or f"source-{next(_numbers)}", url=url, publisher="Fake agency", language="en")
    return Errand(source=source, validators=validators or Validators())


def listing(url: str, **declared: Any) -> ListingSource:
    """A listing of cards as the fake site's `list` shows them."""
    declared = {"id": f"source-{next(_numbers)}", "links": LinkRules(entry=".card")} | declared
    return ListingSource(url=url, publisher="Fake agency", language="en", **declared)


def sitemap(url: str, **declared: Any) -> SitemapSource:
    """A sitemap."""
    declared = {"id": f"source-{next(_numbers)}"} | declared
    return SitemapSource(url=url, publisher="Fake agency", language="en", **declared)


def json_errand(url: str, **declared: Any) -> Errand:
    """An errand to a JSON API."""
    return Errand(
        source=JsonSource(id=f"source-{next(_numbers)}", url=url, publisher="Fake ministry", items="items", **declared)
    )


@asynccontextmanager
async def crawling(**changes: Any) -> AsyncIterator[Crawling]:
    """A started Crawling, stopped at the end."""
    own = any(name.startswith("readers_") for name in changes)
    subject = Crawling(settings(**changes), readers=None if own else _shared_readers[0])
    await subject.start()
    try:
        yield subject
    finally:
        await subject.stop(2.0)


async def open_shared() -> None:
    """Start the Crawling that `visited` uses where no setting is changed."""
    _shared_readers.append(Readers(settings().readers))
    _shared_readers[0].start()
    _shared.append(Crawling(settings(), readers=_shared_readers[0]))


async def close_shared() -> None:
    """Stop it."""
    await _shared.pop().stop(2.0)
    await _shared_readers.pop().close()


async def visited(errands: Sequence[Errand], shelf: Shelf | None = None, **changes: Any) -> Shelf:
    """What one crawl over these errands brings."""
    shelf = shelf or Shelf()
    if changes:
        async with crawling(**changes) as subject:
            await subject.crawl(errands, shelf, now=lambda: NOW)
    else:
        await _shared[0].start()  # its address guard, after other tests'
        await _shared[0].crawl(errands, shelf, now=lambda: NOW)
    return shelf


async def visit(url: str, *, validators: Validators | None = None, **changes: Any) -> Response:
    """What one visit to a feed brings."""
    (response,) = (await visited([errand(url, validators=validators)], **changes)).responses
    return response
