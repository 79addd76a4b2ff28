"""Crawling: errands in, responses into the inbox, any number of crawls at once in one loop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy.crawler import AsyncCrawlerRunner

from crawler.hosts import Hosts
from crawler.inbox import Article, Errand, Inbox, Response
from crawler.limits import Limits
from crawler.loop import install_resolver
from crawler.middlewares.patience import Patience
from crawler.middlewares.public_hosts import GuardedResolver
from crawler.middlewares.redirects import site
from crawler.middlewares.robots import RobotsMemory
from crawler.read.page import Page
from crawler.readers import Readers
from crawler.rests import Rests
from crawler.scrapy_settings import scrapy_settings
from crawler.spiders.base import Equipment, VisitingSpider
from crawler.spiders.fetching import FetchingSpider
from news.errors import SourceError, StorageError
from news.hosts import host_of
from news.link import Link, Pending
from news.source import AnySource
from news.visit import Reason, Visit, VisitResult

if TYPE_CHECKING:
    from news.settings import Settings

log = logging.getLogger(__name__)

_CLOSING = 1.0  # seconds of the grace period that are kept for the reader processes


class Crawling:
    """All crawls of the process, and what they share: readers, turns at hosts, robots.txt, the address guard."""

    def __init__(self, settings: Settings, *, readers: Readers | None = None) -> None:
        """Prepare; `readers` are given where their owner starts and closes them, else they are this object's own."""
        crawler = settings.crawler
        proxy_host = urlsplit(crawler.proxy).hostname or ""
        self._equipment = Equipment(
            hosts=Hosts(),
            limits=Limits(),
            patience=Patience(crawler.delay),
            readers=readers or Readers(settings.readers),
            resolver=GuardedResolver(
                crawler.allow_networks, trusted_hosts=frozenset({proxy_host} if proxy_host else ())
            ),
            robots=RobotsMemory(),
            timeout=crawler.timeout,
            deadline=crawler.deadline,
        )
        self._scrapy_settings = scrapy_settings(
            user_agent=crawler.user_agent,
            timeout=crawler.timeout,
            max_size=crawler.max_size,
            proxy=crawler.proxy,
            ca_bundle=crawler.ca_bundle,
            ca_bundles={site(host_of(one.url)): one.ca_bundle for one in settings.sources if one.ca_bundle},
            allow_networks=crawler.allow_networks,
        )
        self._rests = Rests()
        self._owns_readers = readers is None
        self._runner: AsyncCrawlerRunner | None = None
        self._open: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Put up the guard and begin to start the readers; under `crawler.loop.run`, before the first crawl."""
        install_resolver(self._equipment.resolver)
        logging.getLogger("scrapy").setLevel(logging.ERROR)  # what it would say below that is in the Visits
        self._runner = AsyncCrawlerRunner(self._scrapy_settings)
        if self._owns_readers:
            await asyncio.to_thread(self._equipment.readers.start)

    async def stop(self, grace: float) -> None:
        """End every crawl within `grace` seconds: visits under way get half of it, then they end as CANCELLED."""
        limits = self._equipment.limits
        limits.closing = True  # no visit begins any more
        await self._ended_within(grace / 2)
        limits.end_all()
        await self._ended_within(max(grace / 2 - _CLOSING, 0.0))
        for crawl in self._open:
            crawl.cancel()
        if self._owns_readers:
            await self._equipment.readers.close()

    async def crawl(
        self, errands: Sequence[Errand], inbox: Inbox, *, now: Callable[[], datetime]
    ) -> StorageError | None:
        """Make one visit for each errand and hand each in; returns when all are accepted or given up.

        Gives the first trouble that the inbox had with storing any of it, None where it had none.
        Crawls may overlap; a host that another one holds is waited for. A visit that was given up is a Visit too. What
        the inbox itself refuses is logged, handed in as a bare Visit with NOT_STORED, and read again at the next visit.
        Where not even that is accepted, the source rests: until then its errands are passed over.
        """
        if self._runner is None:
            raise RuntimeError("Crawling.start() comes first")
        hosts = self._equipment.hosts
        clock = asyncio.get_running_loop().time
        errands = [errand for errand in errands if not self._rests.rests(errand.source.id, now=clock())]
        rounds = hosts.rounds(errands)
        desk = _Desk(inbox, errands, self._rests)
        try:
            crawl = self._runner.crawl(VisitingSpider, rounds=rounds, inbox=desk, equipment=self._equipment, now=now)
            self._open.add(crawl)
            crawl.add_done_callback(self._open.discard)
            await crawl
            await desk.hand_in_the_rest(now())
        finally:
            hosts.give_up(rounds)
        return desk.trouble

    async def fetch(self, urls: Sequence[str], *, now: Callable[[], datetime]) -> dict[str, Page | SourceError]:
        """Fetch addresses as they are, by the same rules as visits: each gives its page, or why it could not be had."""
        if self._runner is None:
            raise RuntimeError("Crawling.start() comes first")
        fetched: dict[str, Page | SourceError] = {}
        crawl = self._runner.crawl(FetchingSpider, urls=urls, equipment=self._equipment, fetched=fetched, now=now)
        self._open.add(crawl)
        crawl.add_done_callback(self._open.discard)
        await crawl
        return fetched

    def busy_hosts(self) -> frozenset[str]:
        """The hosts that an open crawl holds or waits for, as `news.hosts.host_of` gives them; for any thread."""
        return self._equipment.hosts.busy

    async def _ended_within(self, seconds: float) -> None:
        if self._open:
            await asyncio.wait(self._open, timeout=seconds)


class _Desk:
    """An inbox that knows which errands still have no Visit, and whose `known` and `accept` never raise.

    trouble: the first that storing had, of whatever it was given.
    """

    def __init__(self, inbox: Inbox, errands: Sequence[Errand], rests: Rests) -> None:
        self._inbox, self._rests = inbox, rests
        self.trouble: StorageError | None = None
        self._open = {errand.source.id: errand for errand in errands}

    async def known(self, source: AnySource, links: Sequence[Link]) -> frozenset[str]:
        """The keys that the inbox knows; where it cannot say, all of them, so that no further page is turned."""
        try:
            return await self._inbox.known(source, links)
        except Exception as error:
            self._note(error)
            log.exception("what is known cannot be told: source=%s", source.id)
            return frozenset(link.key for link in links)

    async def accept(self, response: Response) -> Sequence[Pending]:
        source = response.source.id
        self._open.pop(source, None)
        try:
            pending = await self._inbox.accept(response)
        except Exception as error:
            # The items are lost, and so are their validators: the next visit reads them again.
            self._note(error)
            log.exception("a visit could not be stored: source=%s", source)
            await self._accept_bare(response, error)
            return ()
        self._rests.recorded(source)
        return pending

    async def accept_article(self, article: Article) -> None:
        """Hand on; what the inbox raises is its caller's to judge, and the link stays pending."""
        try:
            await self._inbox.accept_article(article)
        except StorageError as error:
            self._note(error)
            raise

    def _note(self, error: Exception) -> None:
        if isinstance(error, StorageError):
            self.trouble = self.trouble or error

    async def _accept_bare(self, response: Response, error: Exception) -> None:
        """Have it written down at least that there was a visit, so that the next one keeps its distance."""
        source = response.source.id
        detail = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
        visit = replace(response.visit, result=VisitResult.SOFT, reason=Reason.NOT_STORED, detail=detail)
        try:
            await self._inbox.accept(Response(source=response.source, visit=visit))
        except Exception as again:
            rest = self._rests.failed(source, now=asyncio.get_running_loop().time())
            log.error("no visit can be stored: source=%s rests %d s: %s", source, rest, again)
        else:
            self._rests.recorded(source)

    async def hand_in_the_rest(self, now: datetime) -> None:
        """Accept a Visit for each errand that a broken crawl left without one."""
        for errand in list(self._open.values()):
            log.error("a crawl ended without a visit to %s", errand.source.id)
            visit = Visit(
                source=errand.source.id,
                started_at=now,
                result=VisitResult.SOFT,
                reason=Reason.CANCELLED,
                detail="the crawl ended early",
                url=errand.source.url,
            )
            await self.accept(Response(source=errand.source, visit=visit))
