"""A press office for the scheduler's tests: sources, what they answer, watches, and a clock that is set by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from crawler.inbox import Response
from news.item import Draft, Stated
from news.source import AnySource, FeedSource
from news.visit import Reason, Validators, Visit, VisitResult
from news.watch.watch import Mode, Recipient, Watch
from scheduler.intake import Intake
from storage import Store

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
"""Sunday 08:00 in Almaty."""

OFFICE = FeedSource(id="office", url="https://office.example/rss", publisher="The office", language="en")
AGENCY = FeedSource(id="agency", url="https://agency.example/rss", publisher="The agency", language="en")


@dataclass
class Clock:
    """Says what time it is, as it was set; `passes` moves it on."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def passes(self, **time: float) -> datetime:
        self.now += timedelta(**time)
        return self.now


def a_draft(title: str, *, at: datetime | None = NOW, **fields: Any) -> Draft:
    """A draft with an address made from its title, stated at `at`; None makes it undated."""
    stated = None if at is None else Stated(day=at.date(), zone="UTC", at=at)
    address = "https://office.example/" + title.lower().replace(" ", "-")
    return Draft(**{"title": title, "url": address, "published": stated, **fields})


def answered(source: AnySource, *drafts: Draft, at: datetime = NOW, etag: str = "") -> Response:
    """The response of a visit that was answered with these drafts and, where given, an ETag."""
    visit = Visit(source=source.id, started_at=at, result=VisitResult.OK, entries=len(drafts), status=200)
    return Response(source=source, visit=visit, drafts=drafts, validators=Validators(etag=etag) if etag else None)


def failed(source: AnySource, *, at: datetime = NOW) -> Response:
    """The response of a visit that nobody answered."""
    visit = Visit(source=source.id, started_at=at, result=VisitResult.SOFT, reason=Reason.TIMEOUT)
    return Response(source=source, visit=visit)


def an_intake(store: Store, clock: Clock) -> Intake:
    """An intake that calls items fresh for a day."""
    return Intake(store, clock=clock, fresh=timedelta(days=1))


def look_for(store: Store, query: str, *, name: str = "", mode: Mode = Mode.DIGEST, at: datetime = NOW) -> Watch:
    """Store a watch, named by its query unless `name` is given."""
    return store.write_now(lambda unit: unit.watches.add(Watch(name=name or query, query=query, mode=mode), at=at))


def validators(store: Store, source: AnySource) -> Validators:
    """What makes the next request to the source conditional."""
    return store.read_now(lambda unit: unit.visits.validators(source.id, source.reading_fingerprint))


def told_titles(store: Store) -> list[str]:
    """The titles of what a recipient who follows everything would be told, in order of recording."""
    recipient = store.read_now(lambda unit: unit.recipients.all())[0]
    return [told.item.title for told in store.read_now(lambda unit: unit.matches.untold(recipient, "daily", limit=999))]


def add_recipient(store: Store) -> None:
    """Store a recipient who follows every watch."""
    store.write_now(lambda unit: unit.recipients.add(Recipient(address="desk@example.org"), at=NOW))


def visits(store: Store) -> list[Visit]:
    """Every visit as it is recorded, in order."""
    return store.read_now(lambda unit: unit.visits.after(0))
