"""A list that has moved on past what was seen of it is followed by the source's other ways: what to ask, what to keep.

A feed of ten entries loses twenty while a computer is off; the site's own list, its archive or its sitemap still has
them. Nothing here touches the network.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from crawler.inbox import Errand, Further, Inbox, Response
from news.item import Draft
from news.link import Link
from news.source import AnySource
from news.visit import Validators, VisitResult

_KNOWN = 2
"""Entries known from before that show that a list reaches back: one alone may be pinned to its top."""


@dataclass(frozen=True, kw_only=True)
class Pursuit:
    """ways: what is asked, in this order; novel: keys of what the visit itself brought; since: its last reading."""

    ways: tuple[AnySource, ...]
    novel: frozenset[str]
    since: datetime | None

    def kept(self, response: Response, known: frozenset[str], *, last: bool, exhausted: bool) -> Response:
        """What a way brought, without what is older than the gap; known: keys that the inbox has of it."""
        answered = response.visit.result.answered
        before = known - self.novel
        places = [place for place, link in enumerate(entries_of(response)) if link.key in before]
        reached = answered and len(places) >= _KNOWN
        # Below the last entry that was known there is only what was published before the source was first read.
        end = places[-1] if places else None
        keys = {link.key for link in entries_of(response)[:end]} if end is not None else None
        further = Further(reached=reached, last=last or reached, exhausted=exhausted and not reached)
        return replace(
            response,
            drafts=tuple(
                draft for draft in response.drafts if self._is_wanted(response.source, draft, _key(draft), keys)
            ),
            links=tuple(link for link in response.links if self._is_wanted(response.source, link.said, link.key, keys)),
            received=(),
            validators=None,
            further=further,
        )

    def _is_wanted(self, way: AnySource, said: Draft, key: str, keys: set[str] | None) -> bool:
        day = _day(said)
        if keys is not None and key not in keys:
            return False
        if day is not None and self.since is not None:
            return day >= self.since.date() - timedelta(days=1)
        return way.kind != "sitemap"  # it holds years, in any order


async def begun(errand: Errand, response: Response, inbox: Inbox) -> Pursuit | None:
    """The pursuit of what a visit did not reach, before that visit is taken in; None where there is nothing to ask.

    Only of a source that was read before: a first visit has no gap behind it.
    """
    ways = tuple(way for way in (errand.source, *errand.beside) if way is not response.source)
    read_before = errand.validators != Validators() or errand.gap
    if not ways or errand.depth is not None or not read_before or response.visit.result is not VisitResult.OK:
        return None
    entries = entries_of(response)
    if response.source is not errand.source or not entries:
        return None
    known = await inbox.known(response.source, entries)
    if not errand.gap and not response.short and (known or response.unchanged):
        return None
    novel = frozenset(link.key for link in entries) - known
    return Pursuit(ways=ways, novel=novel, since=errand.read_at)


def entries_of(response: Response) -> tuple[Link, ...]:
    """Everything a response names that has an address, as the inbox can be asked for it."""
    return (*response.links, *(Link(url=draft.url, said=draft) for draft in response.drafts if draft.url))


def _key(draft: Draft) -> str:
    return Link(url=draft.url, said=draft).key if draft.url else ""


def _day(said: Draft) -> date | None:
    stated = said.published or said.updated
    return stated.day if stated is not None else None
