"""How far a source was read back: where to begin, what a page of the past means for it. Pure decisions."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, datetime

from crawler.inbox import Response
from crawler.paging import Stop
from news.source import AnySource
from news.visit import VisitResult
from storage import Backfill

_OVER = frozenset({Stop.ENDED, Stop.OLDER, Stop.REPEATED})


def first_page(source: AnySource) -> int:
    """The page to begin with: the second one of a list with pages, for the usual visit before has read the newest."""
    return 0 if source.paging is None else 1


def begun(before: Backfill | None, source: AnySource, since: date, *, waiting: bool, now: datetime) -> Backfill:
    """Go on with `before`, or begin anew where the declaration is another or it has come to its end.

    waiting: some of its articles are still to be read; then one that has ended, and had gone as far, is not over.
    """
    reading = source.reading_fingerprint
    if before is not None and before.reading == reading:
        if before.finished_at is None:
            return replace(before, since=since)
        if waiting and before.since <= since:
            return before
    return Backfill(source=source.id, reading=reading, since=since, started_at=now, next_page=first_page(source))


def turned(progress: Backfill, response: Response, *, now: datetime) -> Backfill | None:
    """Say where reading back stands after the page it had come to; None where that page has to be read again.

    The list is over where the crawl says so, or where it shows the page before once more: what many sites do with any
    number beyond their last page. A member of a sitemap index that is broken for good is passed over.
    """
    visit, page = response.visit, _named(response)
    over = response.stop in _OVER and (visit.result.answered or progress.next_page > 0)
    if over or (page and page == progress.last_page):
        return replace(progress, next_page=progress.next_page + 1, last_page=page, finished_at=now)
    passed_over = visit.result is VisitResult.HARD and response.stop == Stop.MOST
    if visit.result.answered or passed_over:
        return replace(progress, next_page=progress.next_page + 1, last_page=page)
    return None


def _named(response: Response) -> str:
    """A digest of what a page named, in its order; empty where that is nothing."""
    named = [link.key for link in response.links] + [draft.url or draft.title for draft in response.drafts]
    return hashlib.blake2b("\n".join(named).encode(), digest_size=16).hexdigest() if named else ""
