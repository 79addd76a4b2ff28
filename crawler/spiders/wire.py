"""One request and its answer, in our own words: a page with its headers, or a SourceError."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response as Answer

from crawler.failures import explained
from crawler.inbox import Redirected
from crawler.middlewares.received import RECEIVED, headers_of
from crawler.middlewares.redirects import HOPS, Hop, lasting
from crawler.read.page import Page
from news.errors import Refused
from news.received import Received
from news.visit import Reason, Validators

_CUT = "dataloss"  # Scrapy's flag: fewer bytes than announced


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """An answer: its page, its headers with lower-case names, and whether fewer bytes came than were announced.

    received: the answer before its content was decoded. moved: where the address that was asked leads for good.
    """

    page: Page
    received: Received
    headers: dict[str, str]
    cut: bool
    moved: Redirected | None = None


class Wire:
    """Sends the requests of one crawl; robots.txt, the address guard and the turns at hosts lie on the way."""

    def __init__(self, spider: Spider, now: Callable[[], datetime]) -> None:
        self._spider, self._now = spider, now

    async def fetch(
        self, parts: dict[str, Any], *, until: float, known: Validators | None = None, hops: list[Hop] | None = None
    ) -> Fetched:
        """Send a request made of `parts` (of a scrapy.Request), conditional on what is `known`; raises SourceError.

        until: the instant of the loop's clock at which the time for it is over. hops: is given the redirects on the
        way, also where one of them is not followed.
        """
        noted: list[Any] = []
        hops = [] if hops is None else hops
        meta = {"until": until, "validators": known, RECEIVED: noted, HOPS: hops}
        try:
            request = Request(**parts, dont_filter=True, meta=meta)
        except ValueError as error:  # javascript:alert(1)
            raise Refused(Reason.ADDRESS, "only http and https are fetched, and this is no such address") from error
        try:
            answer = await self._spider.crawler.engine.download_async(request)
        except Exception as error:
            raise explained(error) from error
        headers = plain_headers(answer)
        page = Page(
            url=answer.url,
            body=answer.body,
            content_type=headers.get("content-type", ""),
            status=answer.status,
            fetched_at=self._now(),
        )
        sent, body = noted or (headers_of(answer), answer.body)
        received = Received(url=answer.url, status=answer.status, headers=sent, body=body, fetched_at=page.fetched_at)
        return Fetched(page=page, received=received, headers=headers, cut=_CUT in answer.flags, moved=lasting(hops))


def plain_headers(answer: Answer) -> dict[str, str]:
    """The answer's headers with lower-case names; of a repeated one the last counts, as Scrapy has it."""
    return {
        name.decode("latin-1").lower(): (answer.headers.get(name) or b"").decode("latin-1") for name in answer.headers
    }
