"""The articles that a source's lists left to be read: one after another, each with an outcome of its own."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from crawler import verdict
from crawler.failures import explained
from crawler.inbox import Article, Inbox
from crawler.limits import Limits
from crawler.middlewares.conditional import new_validators
from crawler.paging import MOST_BYTES
from crawler.read.canonical_link import is_front_page
from crawler.read.page import ArticleReading
from crawler.readers import Readers
from crawler.spiders.requests import page_request
from crawler.spiders.unread import unread
from crawler.spiders.wire import Fetched, Wire
from crawler.verdict import Verdict
from news.egress import literal_addresses
from news.errors import SourceError, StorageError
from news.hosts import host_of
from news.link import Pending
from news.source import AnySource
from news.urls import canonical_url
from news.visit import Reason, VisitResult

MOST_TROUBLES = 3
"""Passing troubles in a row after which a visit leaves the rest for the next one: then it is the site, not the page."""

log = logging.getLogger(__name__)


class Articles:
    """Reads the articles of one crawl's visits. enough: seconds without which an article was not given its chance."""

    def __init__(
        self,
        wire: Wire,
        inbox: Inbox,
        *,
        limits: Limits,
        readers: Readers,
        enough: float,
        now: Callable[[], datetime],
    ) -> None:
        self._wire, self._inbox, self._limits, self._readers, self._now = wire, inbox, limits, readers, now
        self._enough = enough

    async def read(self, source: AnySource, pending: Sequence[Pending], *, until: float) -> None:
        """Read and hand in what is pending, until the visit's time is over or the site seems to be in trouble.

        What was not finished stays pending, as if it had not been tried.
        """
        clock = asyncio.get_running_loop().time
        # One that hangs through all of the time would be in the way of the others at every visit.
        longest = max((until - clock()) / 2, self._enough)
        troubles = size = 0
        for one in pending:
            limit = min(clock() + longest, until)
            if self._limits.closing or clock() >= until or size >= MOST_BYTES:
                return
            article, read = await self._article(source, one, limit)
            size += read
            is_cut = article.reason is Reason.DEADLINE and limit == until
            if is_cut or article.reason is Reason.CANCELLED:
                return
            if not await self._handed_in(article):
                return
            troubles = troubles + 1 if article.result is VisitResult.SOFT else 0
            if troubles == MOST_TROUBLES or article.reason is Reason.THROTTLED or article.retry_after:
                return

    async def _handed_in(self, article: Article) -> bool:
        """Whether the next one may be fetched: not where nothing can be stored."""
        try:
            await self._inbox.accept_article(article)
        except StorageError as error:
            log.error("articles cannot be stored: source=%s: %s", article.source.id, error)
            return False
        except Exception:
            log.exception("not stored: source=%s url=%s", article.source.id, article.pending.link.url)
        return True

    async def _article(self, source: AnySource, one: Pending, until: float) -> tuple[Article, int]:
        """What came of one article, and the bytes of its page."""
        try:
            judged, reading, fetched = await self._reading(source, one, until)
        except Exception as error:
            judged, reading, fetched = verdict.of_error(explained(error)), None, None
        detail = "; ".join(filter(None, (judged.detail, reading.doubt if reading is not None else "")))
        kept, size = None, len(fetched.page.body) if fetched is not None else 0
        if reading is None and fetched is not None:
            kept, fetched = unread(fetched, judged, source, one.link), None
        article = Article(
            source=source,
            pending=one,
            draft=reading.draft if reading is not None else None,
            unread=kept,
            received=fetched.received if fetched is not None else None,
            validators=new_validators(fetched.headers, fetched.page.body) if fetched is not None else None,
            result=judged.result,
            reason=judged.reason,
            detail=detail,
            retry_after=judged.retry_after,
            oddities=reading.oddities if reading is not None else (),
        )
        return article, size

    async def _reading(
        self, source: AnySource, one: Pending, until: float
    ) -> tuple[Verdict, ArticleReading | None, Fetched | None]:
        """Fetch, judge, read; gives the answer too, where one came."""
        # A list may name a page by another address than readers open: UN News' feeds say /feed/view/ (SOURCES.md 3.1).
        address = canonical_url(one.link.url).url or one.link.url
        if len(literal_addresses(host_of(one.link.url))) > 1:
            address = one.link.url  # 010.8.8.8 is one machine to us and another to some resolvers: the guard refuses it
        fetched = await self._wire.fetch(page_request(address), until=until, known=one.validators)
        page = fetched.page
        judged = verdict.of_answer(
            status=page.status,
            headers=fetched.headers,
            body=page.body,
            kind="article",
            known=one.validators,
            now=self._now(),
        )
        if judged.result is not VisitResult.OK:
            return judged, None, fetched
        if fetched.cut:
            return verdict.because(Reason.TRUNCATED, "the page breaks off"), None, fetched
        if is_front_page(page.url) and not is_front_page(one.link.url):
            return verdict.because(Reason.NOT_AN_ARTICLE, f"redirected to the front page {page.url}"), None, fetched
        try:
            async with self._limits.until(until):
                reading = await self._readers.read_article(page, source, one.link)
        except SourceError as error:
            return verdict.of_error(error), None, fetched
        return judged, replace(reading, draft=replace(reading.draft, url=reading.canonical or page.url)), fetched
