"""A list read through: its newest page, and the further pages or the members that crawler/paging.py asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from crawler import verdict
from crawler.inbox import Errand, Inbox, Response
from crawler.limits import Limits
from crawler.middlewares.conditional import new_validators
from crawler.middlewares.redirects import Hop
from crawler.paging import MOST_BYTES, Plan, Stop, entries_of, members_of, plan_of, reaches_known, stop_after, stop_at
from crawler.read.page import Reading
from crawler.readers import Readers
from crawler.spiders.requests import list_request, sitemap_request
from crawler.spiders.walk import Turned, Walk, of_members, past_the_end, response_of
from crawler.spiders.wire import Wire
from news.errors import SourceError
from news.source import AnySource
from news.visit import Reason, Validators, Visit, VisitResult


class Lists:
    """Reads the lists of one crawl."""

    def __init__(
        self, wire: Wire, inbox: Inbox, *, limits: Limits, readers: Readers, now: Callable[[], datetime]
    ) -> None:
        self._wire, self._inbox, self._limits, self._readers, self._now = wire, inbox, limits, readers, now

    async def read(
        self, source: AnySource, errand: Errand, visit: Visit, *, until: float, hops: list[Hop] | None = None
    ) -> Response:
        """Read one way of an errand; raises SourceError where its first page does not come.

        hops: is given the redirects of that page.
        """
        plan = plan_of(errand, source)
        at = errand.at if source is errand.source and not plan.first else ""
        blank = Response(source=source, visit=visit, depth=errand.depth, at=at)
        is_sitemap = source.kind == "sitemap"
        if plan.first and source.paging is None and not is_sitemap:
            return past_the_end(blank)
        usual = source is errand.source and errand.depth is None and not errand.gap
        conditional = errand.validators if usual else Validators()
        parts = list_request(source, 0 if is_sitemap else plan.first)
        if at:
            parts["url"] = at
        entry = await self._page(parts, source, until=until, known=conditional, hops=hops)
        if not entry.ok or entry.reading is None:
            walk = Walk(pages=[entry], stop=stop_at(entry.judged.reason))
            return response_of(blank, plan, entry, walk)
        if entry.reading.nested:
            # What an index's own validators vouch for is the index: its members change without it.
            walk = await self._members(source, plan, entry.reading.nested, until=until)
            if not walk.turned:
                return past_the_end(blank)
            return response_of(blank, plan, replace(entry, judged=of_members(walk)), walk, validators=Validators())
        if plan.first and is_sitemap:
            return past_the_end(blank)
        walk = await self._further(source, plan, entry, until=until)
        fetched = entry.fetched
        # Letters that came wrong may come right next time, without a sign of it in the entry.
        marks = () if entry.reading.doubt else entry.reading.marks
        validators = new_validators(fetched.headers, fetched.page.body, marks) if fetched is not None else None
        return response_of(blank, plan, entry, walk, validators=validators)

    async def _further(self, source: AnySource, plan: Plan, entry: Turned, *, until: float) -> Walk:
        """Turn pages until there is a reason to stop."""
        walk = Walk(pages=[entry])
        while True:
            readings = walk.readings
            known = await self._known(source, plan, readings[-1])
            walk.stop = stop_after(readings, plan, known=known)
            walk.reached = walk.reached or reaches_known(readings[-1], known)
            if not walk.stop and walk.size >= MOST_BYTES:
                walk.stop = Stop.BYTES
            if walk.stop or source.paging is None:
                walk.stop = walk.stop or Stop.ENDED
                return walk
            page = await self._attempted(list_request(source, plan.first + walk.turned), source, until=until)
            walk.turned += 1
            if page.reading is not None:
                walk.pages.append(page)
            if not page.ok:
                walk.stop = stop_at(page.judged.reason)
                if walk.stop is not Stop.ENDED:
                    walk.note(f"page {plan.first + walk.turned}", page.judged)
                return walk

    async def _members(self, source: AnySource, plan: Plan, nested: tuple[str, ...], *, until: float) -> Walk:
        """Read the members of a sitemap index; one that cannot be read holds up none of the others."""
        members = members_of(nested, plan, source)
        left_out = set(nested[plan.first :]) - set(members)
        walk = Walk(turned=0, stop=Stop.MOST if left_out else Stop.ENDED)
        if left_out and plan.since is None:
            walk.troubles.append(f"{len(members)} of the index's {len(nested)} sitemaps were read")
        for url in members:
            page = await self._attempted(sitemap_request(url), source, until=until)
            walk.turned += 1
            if page.reading is not None and page.reading.nested:
                page = Turned(judged=verdict.because(Reason.WRONG_SHAPE, "an index within an index is not followed"))
            if page.reading is not None:
                walk.pages.append(page)
            if not page.ok or page.judged.detail:
                walk.note(url, page.judged)
            stop = stop_after([page.reading], plan) if page.reading is not None else stop_at(page.judged.reason)
            if stop in (Stop.OLDER, Stop.OUT_OF_TIME):
                walk.stop = stop
                break
        return walk

    async def _known(self, source: AnySource, plan: Plan, reading: Reading) -> frozenset[str]:
        return await self._inbox.known(source, entries_of(reading)) if plan.catching_up else frozenset()

    async def _attempted(self, parts: dict[str, Any], source: AnySource, *, until: float) -> Turned:
        """A further page, whatever hinders it; only the end of the process ends the visit with it."""
        try:
            return await self._page(parts, source, until=until)
        except SourceError as error:
            if error.reason == Reason.CANCELLED:
                raise
            return Turned(judged=verdict.of_error(error))

    async def _page(
        self,
        parts: dict[str, Any],
        source: AnySource,
        *,
        until: float,
        known: Validators | None = None,
        hops: list[Hop] | None = None,
    ) -> Turned:
        """Fetch, judge, read."""
        known = known or Validators()
        fetched = await self._wire.fetch(parts, until=until, known=known, hops=hops)
        page, cut = fetched.page, fetched.cut
        judged = verdict.of_answer(
            status=page.status,
            headers=fetched.headers,
            body=page.body,
            kind=source.kind,
            known=known,
            now=self._now(),
        )
        if judged.result is not VisitResult.OK:
            return Turned(judged=judged, fetched=fetched)
        try:
            async with self._limits.until(until):
                reading = await self._readers.read_new(page, source, frozenset(known.entries.split()))
        except SourceError as error:
            judged = verdict.because(Reason.TRUNCATED, str(error)) if cut else verdict.of_error(error)
            return Turned(judged=judged, fetched=fetched)
        return Turned(judged=verdict.of_reading(reading, cut=cut), fetched=fetched, reading=reading)
