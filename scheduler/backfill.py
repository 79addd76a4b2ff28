"""Reading a source back into the past: page by page within a budget, quietly, and where it broke off it goes on.

It begins with a usual visit, so that what is new today is told as news and never taken for the past. Then each step is
one page of the list with its articles. The page's links and how far we are become durable in one transaction, each
article in its own: whatever ends the process, nothing is lost and nothing stored twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

from crawler import loop
from crawler.crawl import Crawling
from crawler.inbox import Article, Depth, Errand, Response
from news.errors import Occupied, StorageError
from news.link import Link, Pending
from news.source import AnySource
from news.visit import Visit
from scheduler.app import App, open_app
from scheduler.closing import AT_ONCE
from scheduler.depth import begun, turned
from scheduler.errands import errand_of
from scheduler.intake import Intake
from scheduler.jobs import utc_now
from scheduler.ways import ways_in
from storage import Backfill, Unit


@dataclass(frozen=True, kw_only=True)
class Progress:
    """Where reading back stands, and what this run did.

    next_page: the page it goes on with, 0 is the newest. pages: read in this run; entries: that they named; articles,
    failed: pages of articles read and not read. waiting: links still to be read; the next run or later visits read
    them. trouble: the visit that stopped this run; None where its end or its budget did.
    """

    source: str
    since: date
    next_page: int = 0
    pages: int = 0
    entries: int = 0
    articles: int = 0
    failed: int = 0
    waiting: int = 0
    finished: bool = False
    trouble: Visit | None = None


def run_backfill(
    config: Path, source_id: str, since: date, *, pages: int, articles: int, tell: Callable[[Progress], None]
) -> Progress:
    """Read back a source of `config` in a process of its own; raises KeyError for a source that is not declared.

    Raises StorageError where a daemon holds the database: two crawls on one host would double its rate.
    """
    with open_app(config, now=utc_now()) as app, _alone(app):
        source = {one.id: one for one in app.settings.sources}[source_id]
        ended: list[Progress] = []

        async def main() -> int:
            crawling = Crawling(app.settings)
            await crawling.start()
            try:
                ended.append(
                    await backfill(
                        app, source, since, crawling=crawling, clock=utc_now, pages=pages, articles=articles, tell=tell
                    )
                )
            finally:
                await crawling.stop(app.settings.daemon.grace / 2)
            return 0

        loop.run(main)
        return ended[0]


@contextmanager
def _alone(app: App) -> Iterator[None]:
    """Keep the daemon away while a source is read back; Occupied where it runs already, with what to do."""
    with ExitStack() as held:
        try:
            held.enter_context(app.store.lock_daemon())
        except Occupied as error:
            process = f" (process {error.holder})" if error.holder else ""
            raise Occupied(
                f"presswatch run{process} reads the same sites: reading back beside it asks them twice as often as "
                "is polite. Stop it, give this command again, then start it; nothing is lost meanwhile"
            ) from error
        yield


async def backfill(
    app: App,
    source: AnySource,
    since: date,
    *,
    crawling: Crawling,
    clock: Callable[[], datetime],
    pages: int,
    articles: int,
    tell: Callable[[Progress], None] = lambda _: None,
) -> Progress:
    """Read `source` back to the day `since`, at most so many pages and articles in this run; `tell` hears each step.

    Items are stored, put into stories and matched; none of them alerts anybody.
    """
    intake = Intake(app.store, clock=clock, fresh=app.settings.daemon.fresh, lexicon=app.settings.lexicon)
    before, waiting = await app.store.read(partial(_standing, source=source, now=clock()))
    # It reads some of what waits, too, which is no part of this run's budget.
    way = await _usual_visit(app, source, intake, crawling, clock)
    done = Progress(source=source.id, since=since)
    if isinstance(way, Visit):
        return replace(done, trouble=way)
    position = begun(before, way, since, waiting=bool(waiting), now=clock())
    _, waiting = await app.store.read(partial(_standing, source=source, now=clock()))
    while True:
        done = replace(done, next_page=position.next_page, waiting=waiting, finished=position.finished_at is not None)
        tell(done)
        # What waits goes before what lies further back: the page that named it is looked at once more for it.
        again = bool(waiting) and position.next_page > 0
        room = articles - done.articles - done.failed
        if room <= 0 or done.trouble or not (again or (done.pages < pages and not done.finished)):
            return done
        step = _Step(intake=intake, position=position, again=again, room=room, clock=clock)
        depth = Depth(since=since, pages=1, first=position.next_page - again)
        await crawling.crawl([Errand(source=way, depth=depth)], step, now=clock)
        if step.past(since):
            step.position = replace(step.position, finished_at=clock())
            await app.store.write(partial(_save, position=step.position))
        done = replace(
            done,
            pages=done.pages + (step.position != position),
            entries=done.entries + step.entries,
            articles=done.articles + step.read,
            failed=done.failed + step.failed,
            trouble=step.trouble,
        )
        position = step.position
        _, waiting = await app.store.read(partial(_standing, source=source, now=clock()))
        if again and not step.read + step.failed:
            return replace(done, waiting=waiting)


@dataclass(kw_only=True)
class _Step:
    """The inbox of one page of the past. again: it is read for what waits, and moves nothing on; room: articles."""

    intake: Intake
    position: Backfill
    again: bool
    room: int
    clock: Callable[[], datetime]
    entries: int = 0
    read: int = 0
    failed: int = 0
    trouble: Visit | None = None
    dated: bool = False
    days: list[date] = field(default_factory=list)

    async def known(self, source: AnySource, links: Sequence[Link]) -> frozenset[str]:
        return await self.intake.known(source, links)

    async def accept(self, response: Response) -> Sequence[Pending]:
        after = turned(self.position, response, now=self.clock())
        if after is None:
            self.trouble = response.visit
            return ()
        if not self.again:
            self.position, self.entries = after, response.visit.entries
            said = [link.said for link in response.links]
            self.dated = bool(response.drafts) or any(one.published or one.updated for one in said)
        return (await self.intake.accept_past(response, self.position))[: self.room]

    async def accept_article(self, article: Article) -> None:
        await self.intake.accept_article(article)
        if article.draft is None:
            self.failed += 1
            return
        self.read += 1
        if article.draft.published is not None:
            self.days.append(article.draft.published.day)

    def past(self, since: date) -> bool:
        """Whether only the articles tell how old the page is, and all of them are older than asked for."""
        return not self.again and not self.dated and bool(self.days) and max(self.days) < since


async def _usual_visit(
    app: App, source: AnySource, intake: Intake, crawling: Crawling, clock: Callable[[], datetime]
) -> AnySource | Visit:
    """Visit a source as ever; gives the way that answered, or the visit where none did."""

    def errand(unit: Unit) -> Errand:
        return errand_of(unit, source, unit.visits.state(source.id), now=clock())

    await crawling.crawl([await app.store.read(errand)], intake, now=clock)
    state = await app.store.read(lambda unit: unit.visits.state(source.id))
    if state is None or state.last_visit is None:
        raise StorageError("the visit could not be written down; the log says why")
    return ways_in(source, state, now=clock()).first if state.last_visit.result.answered else state.last_visit


def _standing(unit: Unit, *, source: AnySource, now: datetime) -> tuple[Backfill | None, int]:
    """How far the source was read back before, and how many articles of the past can be read now."""
    return unit.backfills.get(source.id), len(unit.pending.due(source.id, now=now, limit=AT_ONCE, quiet=True))


def _save(unit: Unit, *, position: Backfill) -> None:
    unit.backfills.save(position)
