"""A list of news whose articles have pages of their own, and what reading it brings, for the scheduler's tests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from crawler.inbox import Article, Response
from news.link import Link, Pending
from news.source import AnySource, ListingSource
from news.visit import Reason, Validators, Visit, VisitResult
from scheduler.intake import Intake
from storage import Store
from tests.scheduler.office import NOW, a_draft

NEWSROOM = ListingSource(id="room", url="https://office.example/news", publisher="The newsroom", language="en")


def a_link(title: str, **said: Any) -> Link:
    """A link to an article of this title, of which the list says no more than title and address."""
    draft = a_draft(title, at=None, **said)
    return Link(url=draft.url or "", said=draft)


def listed(*titles: str, source: AnySource = NEWSROOM, at: datetime = NOW, etag: str = "") -> Response:
    """The response of a visit whose list named articles of these titles, newest first."""
    visit = Visit(source=source.id, started_at=at, result=VisitResult.OK, entries=len(titles), status=200)
    validators = Validators(etag=etag) if etag else None
    return Response(source=source, visit=visit, links=tuple(map(a_link, titles)), validators=validators)


def unchanged(source: AnySource = NEWSROOM, *, at: datetime = NOW) -> Response:
    """The response of a visit that was answered with 304."""
    return Response(source=source, visit=Visit(source=source.id, started_at=at, result=VisitResult.NOT_MODIFIED))


def read(pending: Pending, *, at: datetime | None = NOW, source: AnySource = NEWSROOM, **fields: Any) -> Article:
    """The pending article as it was read, stated at `at`; other fields of its draft as given."""
    title = pending.link.said.title
    draft = replace(a_draft(title, at=at, text=f"All of {title}."), **fields)
    return Article(source=source, pending=pending, draft=draft)


def unread(pending: Pending, reason: Reason, result: VisitResult = VisitResult.SOFT, **fields: Any) -> Article:
    """The pending article that could not be read."""
    return Article(source=NEWSROOM, pending=pending, result=result, reason=reason, **fields)


def titles_of(articles: Iterable[Pending]) -> list[str]:
    """What the list called them."""
    return [pending.link.said.title for pending in articles]


async def read_all(intake: Intake, articles: Sequence[Pending], *, at: datetime | None = NOW) -> None:
    """Read every one of them."""
    for pending in articles:
        await intake.accept_article(read(pending, at=at))


def stored_titles(store: Store) -> list[str]:
    """The titles of what is stored, in order of arrival."""
    return [item.title for item in reversed(store.read_now(lambda unit: unit.items.newest(9_999)))]
