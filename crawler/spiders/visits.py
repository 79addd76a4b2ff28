"""One visit: read the list by the first way that yields something, hand it in, read the articles it left to read.

A visit is one line of thought. Whatever happens on the way becomes a Visit with its reason; nothing a source does
reaches the others or ends the crawl.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import datetime

from crawler import verdict
from crawler.failures import explained
from crawler.inbox import Errand, Inbox, Response
from crawler.limits import Limits
from crawler.middlewares.redirects import Hop, lasting
from crawler.spiders.articles import Articles
from crawler.spiders.lists import Lists
from crawler.spiders.pursuit import Pursuit, begun, entries_of
from crawler.spiders.walk import told
from news.hosts import host_of
from news.source import AnySource
from news.visit import Reason, Visit, VisitResult

# After these the visit's time is over, or the process's.
_OVER = frozenset({Reason.CANCELLED, Reason.DEADLINE})


class Visits:
    """Makes the visits of one crawl. deadline: seconds of wall clock for one visit, its articles included."""

    def __init__(
        self,
        *,
        lists: Lists,
        articles: Articles,
        inbox: Inbox,
        limits: Limits,
        deadline: float,
        now: Callable[[], datetime],
    ) -> None:
        self._lists, self._articles, self._inbox = lists, articles, inbox
        self._limits, self._deadline, self._now = limits, deadline, now

    async def make(self, errand: Errand) -> None:
        """Visit a source; its one response is handed in before the first article is asked for."""
        clock = asyncio.get_running_loop().time
        began, started_at = clock(), self._now()
        until = began + self._deadline
        response = await self._by_some_way(errand, started_at, until)
        pursuit = await begun(errand, response, self._inbox)
        visit = replace(response.visit, took=round(clock() - began, 3))
        source = response.source
        pending = await self._inbox.accept(replace(response, visit=visit, pursued=pursuit is not None))
        del response  # its pages need not wait in memory until the last article is read
        if pursuit is not None:
            async for way, further in self._further(pursuit, errand, started_at, until):
                source, pending = way, await self._inbox.accept(further) or pending
        await self._articles.read(source, pending, until=until)

    async def _further(
        self, pursuit: Pursuit, errand: Errand, started_at: datetime, until: float
    ) -> AsyncIterator[tuple[AnySource, Response]]:
        """What the other ways bring for a gap, until one of them reaches back to what was known."""
        answered = 0
        for number, way in enumerate(pursuit.ways, 1):
            response = await self._by(way, replace(errand, gap=True), started_at, until)
            answered += response.visit.result.answered
            known = await self._inbox.known(way, entries_of(response))
            last, exhausted = number == len(pursuit.ways), answered == len(pursuit.ways)
            response = pursuit.kept(response, known, last=last, exhausted=exhausted)
            yield way, response
            if response.further is not None and response.further.last:
                return

    async def _by_some_way(self, errand: Errand, started_at: datetime, until: float) -> Response:
        """The response of the first way that yields something, else of the first with the others' reasons beside it."""
        failed: list[Response] = []
        for way in (errand.source, *errand.others):
            if _is_to_be_left_alone(way, failed):
                continue
            response = await self._by(way, errand, started_at, until)
            if response.visit.result.answered:
                # Of all ways only the declared one names the others.
                first_failed = any(one.source.alternatives for one in failed)
                return replace(_with_notes(response, "instead of", failed), first_failed=first_failed)
            failed.append(response)
            if response.visit.reason in _OVER:
                break
        return _with_notes(failed[0], "nor by", failed[1:])

    async def _by(self, way: AnySource, errand: Errand, started_at: datetime, until: float) -> Response:
        at = errand.at if way is errand.source else ""
        visit = Visit(source=way.id, started_at=started_at, result=VisitResult.SOFT, url=at or way.url)
        hops: list[Hop] = []
        try:
            async with self._limits.until(until):
                pass  # nothing begins once the process is stopping
            return await self._lists.read(way, errand, visit, until=until, hops=hops)
        except Exception as error:
            judged = verdict.of_error(explained(error))
            # A redirect that was followed into a fault proves no move; one to another site is not ours to follow.
            moved = lasting(hops)
            moved = None if moved is None or moved.followed else moved
            return Response(source=way, visit=told(visit, judged), depth=errand.depth, at=at, moved=moved)


def _is_to_be_left_alone(way: AnySource, failed: list[Response]) -> bool:
    """Whether this way's host has just asked us to come again later."""
    throttling = (one for one in failed if one.visit.reason is Reason.THROTTLED or one.visit.retry_after)
    return any(host_of(one.source.url) == host_of(way.url) for one in throttling)


def _with_notes(response: Response, word: str, others: list[Response]) -> Response:
    """The response with what became of other ways in its visit's detail."""
    told_of = [f"{word} {one.source.kind} {one.source.url}: {one.visit.reason}" for one in others]
    detail = "; ".join(filter(None, (response.visit.detail, *told_of)))
    return replace(response, visit=replace(response.visit, detail=detail))
