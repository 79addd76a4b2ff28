"""robots.txt is obeyed, read once a day a host, and what its absence means follows RFC 9309 section 2.3.1."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from protego import Protego
from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.httpobj import urlparse_cached

from crawler.failures import explained
from crawler.robots import parsed
from news.errors import Refused, SourceError, Unreachable
from news.visit import Reason

KEPT = 86_400.0  # seconds; RFC 9309 2.4: no longer than a day
_REMEMBERED = 1_000  # hosts
_LONGEST = 512 * 1024  # bytes that are parsed; RFC 9309 2.5 asks for 500 KiB at least


@dataclass(frozen=True, kw_only=True)
class _Known:
    rules: Protego
    until: float


class RobotsMemory:
    """The rules of the hosts visited, shared by all crawls of the process."""

    def __init__(self) -> None:
        self._known: dict[str, _Known] = {}

    def get(self, place: str, now: float) -> Protego | None:
        """The rules of this scheme and host, None where they are unknown or older than a day."""
        known = self._known.get(place)
        return known.rules if known is not None and known.until > now else None

    def keep(self, place: str, rules: Protego, now: float) -> None:
        """Remember; the host remembered longest goes where there are too many."""
        self._known.pop(place, None)
        self._known[place] = _Known(rules=rules, until=now + KEPT)
        if len(self._known) > _REMEMBERED:
            del self._known[next(iter(self._known))]


class ObeyRobots(RobotsTxtMiddleware):
    """Scrapy's middleware with a memory beyond one crawl, and with its answer as a named reason."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._memory: RobotsMemory = crawler.spider.equipment.robots  # type: ignore[union-attr]

    async def process_request(self, request: Request, spider: Spider | None = None) -> None:  # noqa: ARG002
        """Raise Refused where robots.txt forbids, and what hinders reading it where a server is in trouble."""
        if request.meta.get("dont_obey_robotstxt"):
            return
        rules = await self._rules(request)
        if not rules.can_fetch(request.url, self._default_useragent):
            raise Refused(Reason.ROBOTS, f"robots.txt of {urlparse_cached(request).netloc} forbids this address")

    async def _rules(self, request: Request) -> Protego:
        parts = urlparse_cached(request)
        place = f"{parts.scheme}://{parts.netloc}"
        clock = asyncio.get_running_loop().time
        rules = self._memory.get(place, clock())
        if rules is None:
            rules = await self._fetched(f"{place}/robots.txt", request)
            self._memory.keep(place, rules, clock())
        return rules

    async def _fetched(self, address: str, request: Request) -> Protego:
        meta = {"dont_obey_robotstxt": True, "until": request.meta["until"]}
        asked = Request(address, meta=meta, callback=NO_CALLBACK)
        try:
            response = await self.crawler.engine.download_async(asked)
        except Exception as error:
            problem = error if isinstance(error, SourceError) else explained(error)
            if problem.reason in _LIKE_NONE:
                return parsed("")
            raise type(problem)(problem.reason, f"robots.txt: {problem.detail}") from error
        return rules_of(response)


# A robots.txt that leads elsewhere, in circles, or is absurdly long is like none (RFC 9309 2.3.1.2). Where the host's
# own address is refused, so is the page's request, by the same guard.
_LIKE_NONE = frozenset({Reason.ADDRESS, Reason.HTTP_ERROR, Reason.TOO_LARGE, Reason.TRUNCATED})


def rules_of(response: Response) -> Protego:
    """The rules an answer stands for: 2xx its text, 4xx none at all; raises Unreachable when a server is in trouble."""
    if response.status >= 500 or response.status == 429:
        reason = Reason.THROTTLED if response.status == 429 else Reason.SERVER_ERROR
        raise Unreachable(reason, f"robots.txt: {response.status}; what it allows is not known")
    if not 200 <= response.status < 300:
        return parsed("")
    return parsed(response.body[:_LONGEST].decode("utf-8", "replace"))
