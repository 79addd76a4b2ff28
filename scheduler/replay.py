"""Reading again what no reader could use when it came: with the present declaration, through the very intake.

Nothing is fetched. What is taken in is stored, put into stories and matched, and alerts nobody: it is no news any more.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from crawler import verdict
from crawler.inbox import Article, Response
from crawler.read.page import Page
from crawler.readers import Readers
from crawler.verdict import Verdict
from news.errors import SourceError
from news.item import Draft
from news.link import Link, Pending
from news.quarantine import Quarantined
from news.source import AnySource
from news.visit import Reason, Validators, Visit, VisitResult
from scheduler.app import App
from scheduler.intake import Intake
from scheduler.prepare import prepare


@dataclass(frozen=True, kw_only=True)
class Replayed:
    """What became of one page that was kept.

    titles: of the items it holds; links: articles that it names and that are to be read; unusable: entries by reason.
    reason: why it still cannot be read, or was not stored; NONE else. stored: it was taken in, and the page is let go.
    """

    kept: Quarantined
    titles: tuple[str, ...] = ()
    links: int = 0
    unusable: Mapping[str, int] = field(default_factory=dict)
    reason: Reason = Reason.NONE
    detail: str = ""
    stored: bool = False


@dataclass(frozen=True, kw_only=True)
class _Read:
    """A kept page as one way of its source reads it now; of an article's page the draft is the only one."""

    way: AnySource
    judged: Verdict
    drafts: tuple[Draft, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def ok(self) -> bool:
        return self.judged.result is VisitResult.OK


async def replay(app: App, source: AnySource, *, clock: Callable[[], datetime], take_in: bool) -> list[Replayed]:
    """Read all that is kept of a source, oldest first; nothing is stored unless it is to be taken in."""
    kept = await app.store.read(lambda unit: unit.quarantine.of(source.id))
    intake = Intake(app.store, clock=clock, fresh=app.settings.daemon.fresh, lexicon=app.settings.lexicon)
    readers = Readers(app.settings.readers)
    try:
        return [await _replayed(app, intake, readers, one, source, clock=clock, take_in=take_in) for one in kept]
    finally:
        await readers.close()


async def _replayed(
    app: App,
    intake: Intake,
    readers: Readers,
    kept: Quarantined,
    source: AnySource,
    *,
    clock: Callable[[], datetime],
    take_in: bool,
) -> Replayed:
    found = [await _read(readers, kept, source)]
    for way in source.alternatives:
        if found[-1].ok:
            break
        found.append(await _read(readers, kept, way))
    read = found[-1] if found[-1].ok else found[0]
    if not read.ok:
        return Replayed(kept=kept, reason=read.judged.reason, detail=read.judged.detail)
    response = _response(kept, read)
    prepared = await asyncio.to_thread(prepare, response, clock())
    told = Replayed(
        kept=kept,
        titles=tuple(one.item.title for one in prepared.items),
        links=len(read.links),
        unusable=prepared.unusable,
    )
    if not take_in or not (told.titles or told.links):
        return told
    reason, unusable = await _taken_in(app, intake, kept, response)
    if reason is not Reason.NONE:
        return replace(told, reason=reason, detail="it can be read, and storing it failed")
    if not unusable:
        await app.store.write(lambda unit: unit.quarantine.drop([kept.id]))
    return replace(told, stored=True, unusable=unusable)


async def _taken_in(
    app: App, intake: Intake, kept: Quarantined, response: Response
) -> tuple[Reason, Mapping[str, int]]:
    """Hand a page to the intake; gives why nothing of it was stored, and what of it could not be used, by reason."""
    link, source = kept.page.link, response.source
    if link is None:
        _, unusable = await intake.accept_replayed(response)
        return Reason.NONE, unusable
    waiting = await app.store.read(lambda unit: unit.pending.of_link(source.id, link))
    pending = waiting or Pending(id=0, source=source.id, link=link, found_at=kept.first_at)
    # Quiet: what was waited for so long alerts nobody.
    article = Article(source=source, pending=replace(pending, quiet=True), draft=response.drafts[0])
    return await intake.accept_replayed_article(article), Counter()


async def _read(readers: Readers, kept: Quarantined, way: AnySource) -> _Read:
    """Judge and read a kept page as a visit would."""
    raw = kept.page
    page = Page(
        url=raw.url,
        body=raw.body,
        content_type=raw.headers.get("content-type", ""),
        status=raw.status,
        fetched_at=raw.fetched_at,
    )
    judged = verdict.of_answer(
        status=raw.status,
        headers=raw.headers,
        body=raw.body,
        kind=way.kind if raw.link is None else "article",
        known=Validators(),
        now=raw.fetched_at,
    )
    if judged.result is not VisitResult.OK:
        return _Read(way=way, judged=judged)
    try:
        if raw.link is not None:
            article = await readers.read_article(page, way, raw.link)
            return _Read(way=way, judged=judged, drafts=(replace(article.draft, url=article.canonical or raw.url),))
        reading = await readers.read(page, way)
    except SourceError as error:
        return _Read(way=way, judged=verdict.of_error(error))
    return _Read(way=way, judged=verdict.of_reading(reading), drafts=reading.drafts, links=reading.links)


def _response(kept: Quarantined, read: _Read) -> Response:
    visit = Visit(source=read.way.id, started_at=kept.page.fetched_at, result=VisitResult.OK, url=kept.page.url)
    return Response(source=read.way, visit=visit, drafts=read.drafts, links=read.links)
