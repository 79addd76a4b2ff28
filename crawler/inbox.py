"""Where a crawl hands over what it found; the scheduler implements it, so crawler and storage never meet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol

from news.health.pace import Pace
from news.item import Draft
from news.link import Link, Pending
from news.quarantine import Unread
from news.received import Received
from news.source import AnySource
from news.visit import Reason, Validators, Visit, VisitResult


@dataclass(frozen=True, kw_only=True)
class Depth:
    """How far a visit reads back: pages of the list at most from page `first` on (0 is the newest), until one of them
    holds nothing newer than `since`. Items that such a visit brings never alert."""

    since: date
    pages: int
    first: int = 0


@dataclass(frozen=True, kw_only=True)
class Errand:
    """A source to visit now, with what makes the request conditional.

    source: the way to be tried first; others: its alternatives, tried in order where the ones before yield nothing.
    depth: None for a usual visit, which reads the newest page and goes on only to close a gap.
    gap: pages of the list were missed at a visit before (`Response.gap`), so that what is known is no reason to stop.
    at: the address that its permanent redirect leads to, asked for instead of its own; empty for its own.
    beside: its other ways, for what may lie in a gap between two visits; read_at: when it was last read.
    """

    source: AnySource
    validators: Validators = field(default_factory=Validators)
    others: tuple[AnySource, ...] = ()
    depth: Depth | None = None
    gap: bool = False
    at: str = ""
    beside: tuple[AnySource, ...] = ()
    read_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Redirected:
    """Where the permanent redirects of an address lead; followed: not where that is another site."""

    target: str
    followed: bool


@dataclass(frozen=True, kw_only=True)
class Further:
    """What another way brought for a gap. reached: it showed everything back to what was known before the visit.

    last: no further way is asked now; exhausted: all that there are answered, and none reached.
    """

    reached: bool = False
    last: bool = True
    exhausted: bool = False


@dataclass(frozen=True, kw_only=True)
class ListPage:
    """One page of a list as it was received, and how many of its response's drafts it gave."""

    received: Received
    drafts: int


@dataclass(frozen=True, kw_only=True)
class Response:
    """Everything one visit brought. Only of a page that broke off (TRUNCATED) can a failed visit have drafts.

    validators is None where the stored ones stay as they are (failure, 304): they are given with OK alone, so that a
    page of which something is missing is read again. source: the way that was read, or the first of those that failed.
    links: articles to be read that the pages of the list named, newest first; depth: as in the errand.
    stop: why no further page of the list was read, a value of `crawler.paging.Stop`; `visit.pages` says how many were.
    received: the pages that gave the drafts, in their order.
    gap: the newest page was read, and one further down that may hold news did not come; it is asked for next time.
    unchanged: entries that were as at the visit before, so that they are neither among the drafts nor the links.
    pages: what came of the list, with why it could not be used, or no reason where it was read.
    at: as in the errand; moved: where its address leads for good; first_failed: another way answered than the first.
    pace, fresh_for: how often the site asks to be visited, None where its feed was not looked at or says nothing.
    short: pages were turned and what is known was not reached; pursued: other ways are asked for it next, and each
    hands in a response of its own with `further`, which is no visit.
    """

    source: AnySource
    visit: Visit
    drafts: tuple[Draft, ...] = ()
    validators: Validators | None = None
    links: tuple[Link, ...] = ()
    depth: Depth | None = None
    stop: str = ""
    received: tuple[ListPage, ...] = ()
    gap: bool = False
    unchanged: int = 0
    pages: tuple[Unread, ...] = ()
    at: str = ""
    moved: Redirected | None = None
    first_failed: bool = False
    pace: Pace | None = None
    fresh_for: timedelta | None = None
    short: bool = False
    pursued: bool = False
    further: Further | None = None


@dataclass(frozen=True, kw_only=True)
class Article:
    """What reading one pending article brought: its draft, or None and why not.

    result and reason: as of a visit (OK, NOT_MODIFIED, SOFT, HARD, REFUSED); retry_after: seconds, as a server asked.
    oddities: as in ArticleReading. unread: the page that came and could not be used.
    received, validators: of the page that was read, None without one.
    """

    source: AnySource
    pending: Pending
    draft: Draft | None = None
    unread: Unread | None = None
    received: Received | None = None
    validators: Validators | None = None
    result: VisitResult = VisitResult.OK
    reason: Reason = Reason.NONE
    detail: str = ""
    retry_after: float | None = None
    oddities: tuple[str, ...] = ()


class Inbox(Protocol):
    """Takes responses in whole."""

    async def known(self, source: AnySource, links: Sequence[Link]) -> frozenset[str]:
        """The keys of those links whose article is stored or already pending; where to stop turning pages."""
        ...

    async def accept(self, response: Response) -> Sequence[Pending]:
        """Store the response; returns once it is committed, which is also the back-pressure on the crawl.

        Its new links become pending in the transaction that saves the validators. Gives what of the source's pending
        is to be read now, in the order of reading. Raises StorageError when nothing could be stored; the validators
        are then not saved either.
        """
        ...

    async def accept_article(self, article: Article) -> None:
        """Store the item and take its link off the pending in one transaction, or note why it could not be read."""
        ...
