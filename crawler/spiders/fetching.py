"""Fetching single addresses as they are, for looking at and for recording: nothing is read or stored."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from scrapy import Request, Spider

from crawler.read.page import Page
from crawler.spiders.wire import Wire
from news.errors import SourceError

if TYPE_CHECKING:
    from crawler.spiders.base import Equipment

_NO_REQUESTS: tuple[Request, ...] = ()  # left for the engine


class FetchingSpider(Spider):
    """Puts into `fetched`, for each address, its page of whatever status, or why there is none."""

    name = "presswatch-fetch"

    def __init__(
        self,
        *,
        urls: Sequence[str],
        equipment: Equipment,
        fetched: dict[str, Page | SourceError],
        now: Callable[[], datetime],
    ) -> None:
        super().__init__()
        self.urls, self.equipment, self.fetched, self.now = urls, equipment, fetched, now

    async def start(self) -> AsyncIterator[Any]:
        """Fetch all of them, hosts side by side; the turns at a host are kept by the download handler."""
        await asyncio.gather(*map(self._fetch, self.urls))
        for request in _NO_REQUESTS:
            yield request

    async def _fetch(self, url: str) -> None:
        until = asyncio.get_running_loop().time() + self.equipment.deadline
        try:
            answer = await Wire(self, self.now).fetch({"url": url, "headers": {"Accept": "*/*"}}, until=until)
            self.fetched[url] = answer.page
        except SourceError as error:
            self.fetched[url] = error
