"""The story of one item: a draft becomes an item, gets a story, meets the watches, all in one short transaction.

This is the page to show a visitor. Normalising and tokenising run before the transaction, on a thread; then batches
of at most BATCH items are stored, put into stories, matched and recorded together or not at all. The visit, the links
whose articles are still to be read and the validators of the response go into the last transaction, never earlier:
otherwise what a crash lost would stay hidden behind the next 304. An article comes later and by itself, and takes its
link off in the transaction that stores its item.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import islice

import structlog

from crawler.inbox import Article, Further, Response
from news.errors import SourceError, StorageError, Unreadable
from news.item import Item, Outcome
from news.lexicon import Lexicon
from news.link import Link, Pending
from news.source import AnySource
from news.story.signature import get_ready
from news.visit import Reason, Validators
from news.watch.matcher import Matcher
from scheduler.closing import close_further, close_past, close_visit, note_failure, was_read
from scheduler.many_watches import looked_for
from scheduler.placing import place
from scheduler.prepare import FAILED, Ready, is_fresh, prepare, prepare_article, prepare_headline
from scheduler.rereading import note_reading
from scheduler.versions import compared, note_version
from scheduler.waiting import after_failure, asked_pause, is_kept_as_headline
from storage import Backfill, KnownFrequencies, Store, Unit
from storage.story_vectors import KnownVectors

BATCH = 10
"""Items a transaction: few enough that, matching included, no other writer waits long."""

Muted = Callable[[Item], bool]
"""Whether an item's matches are kept and shown but told to nobody."""

_log = structlog.get_logger()


class Intake:
    """Takes responses in whole; the one implementation of `crawler.inbox.Inbox`.

    lexicon: what the concepts of watches mean; the shipped one unless given.
    """

    def __init__(
        self, store: Store, *, clock: Callable[[], datetime], fresh: timedelta, lexicon: Lexicon | None = None
    ) -> None:
        self._store, self._clock, self._fresh = store, clock, fresh
        self._lexicon = lexicon
        self._matcher, self._revision = Matcher(lexicon=lexicon), -1
        self._frequencies, self._vectors = KnownFrequencies(), KnownVectors()

    async def warm_up(self) -> None:
        """Load what signing needs and compile very many watches before the first response, outside any transaction."""
        if self._revision == -1:
            await asyncio.to_thread(get_ready)
            if found := await self._store.read(looked_for):
                self._matcher = await asyncio.to_thread(found.compiled, self._lexicon)
                self._revision = found.revision

    async def known(self, source: AnySource, links: Sequence[Link]) -> frozenset[str]:
        """The keys of those links whose article is stored or already pending."""
        return await self._store.read(lambda unit: unit.pending.known(source.id, links))

    async def accept(self, response: Response) -> Sequence[Pending]:
        """Store the response, return once its last transaction is committed; gives the articles to be read now."""
        now = self._clock()
        if response.further is not None:
            return await self._accept_further(response, response.further, now)
        new_source = bool(response.drafts or response.links) and not await self._store.read(
            partial(was_read, source=response.source, now=now)
        )
        muted = partial(self._is_old, at=now) if new_source else _never
        outcomes, unusable = await self._all_stored(response, muted=muted, now=now)
        visit = replace(
            response.visit,
            new=outcomes[Outcome.NEW],
            changed=outcomes[Outcome.CHANGED],
            known=outcomes[Outcome.KNOWN] + (response.unchanged if response.source.articles is None else 0),
            unusable=dict(unusable),
        )
        validators = response.validators
        if validators is not None and FAILED in unusable:
            # A fault of our own, which the next version may have mended: what it breaks on is read again till then, and
            # shown to be broken, also where the site has nothing new.
            validators = Validators()
        response = replace(response, visit=visit, validators=validators)
        articles = await self._store.write(partial(close_visit, response=response, first=new_source, now=now))
        _log.info(
            "visit",
            source=visit.source,
            result=visit.result.value,
            reason=visit.reason.value,
            entries=visit.entries,
            new=visit.new,
            changed=visit.changed,
            articles=len(articles),
            took=round(visit.took, 2),
        )
        return articles

    async def _accept_further(self, response: Response, further: Further, now: datetime) -> Sequence[Pending]:
        """Store what another way brought for a gap: news that was missed, so that it alerts as any other."""
        await self._all_stored(response, muted=_never, now=now)
        return await self._store.write(partial(close_further, response=response, further=further, now=now))

    async def accept_past(self, response: Response, progress: Backfill) -> Sequence[Pending]:
        """Store a response that reads back: nothing of it alerts, and `progress` is saved with its links."""
        now = self._clock()
        await self._all_stored(response, muted=_always, now=now)
        return await self._store.write(partial(close_past, response=response, progress=progress, now=now))

    async def accept_replayed(self, response: Response) -> tuple[Counter[Outcome], Counter[str]]:
        """Store what a page of a list says that could not be used when it came; nothing of it alerts.

        Its links wait as those of reading back do. Gives what became of the drafts, and the unusable ones by reason.
        """
        now, source = self._clock(), response.source
        outcomes, unusable = await self._all_stored(response, muted=_always, now=now)
        await self._store.write(lambda unit: unit.pending.add(source.id, response.links, found_at=now, quiet=True))
        return outcomes, unusable

    async def accept_imported(self, items: Sequence[Ready]) -> Counter[Outcome]:
        """Store items of a file, at most BATCH, in one transaction; nothing of them alerts."""
        return await self._store.write(partial(self._take_in, batch=items, muted=_always, now=self._clock()))

    async def accept_article(self, article: Article) -> None:
        """Store an article's item and take its link off, or note why it could not be read, in one transaction.

        One that is given up is stored in it too, as far as its list told it, and a page of no use is kept in it.
        """
        now = self._clock()
        if article.pending.again:
            await self._accept_again(article, now)
        else:
            await self._accept_once(article, now)

    async def accept_replayed_article(self, article: Article) -> Reason:
        """As `accept_article`, of a page that was kept; gives why its item was not stored, NONE where it was."""
        return await self._accept_once(article, self._clock())

    async def _accept_once(self, article: Article, now: datetime) -> Reason:
        pending = article.pending
        try:
            ready = await asyncio.to_thread(prepare_article, article, now)
            outcome = await self._article_stored(article, ready, now)
        except SourceError as error:
            reason = Reason(error.reason)
            after = after_failure(pending, reason, error.detail, retry_after=article.retry_after, now=now)
            if after != pending or article.unread is not None:
                await self._note_failure(article, after, reason, now)
            _log.info(
                "article", source=pending.source, url=pending.link.url, failed=error.reason, tries=after.tries,
                state=after.state.value,
            )  # fmt: skip
            return reason
        _log.info("article", source=pending.source, url=pending.link.url, outcome=outcome.value)
        return Reason.NONE

    async def _accept_again(self, article: Article, now: datetime) -> None:
        """Store what a page says that was read again, or note why it said nothing, in one transaction."""
        outcome = None
        try:
            ready = await asyncio.to_thread(prepare_article, article, now)
            outcome = await self._article_stored(article, ready, now)
        except SourceError:
            await self._store.write(partial(self._note_unread, article=article, now=now))
        _log.info(
            "article again", source=article.pending.source, url=article.pending.link.url, result=article.result.value,
            outcome=outcome and outcome.value,
        )  # fmt: skip

    @staticmethod
    def _note_unread(unit: Unit, *, article: Article, now: datetime) -> None:
        if article.unread is not None:
            unit.quarantine.keep(article.unread)
        note_reading(unit, article, read=False, now=now)

    async def _all_stored(
        self, response: Response, *, muted: Muted, now: datetime
    ) -> tuple[Counter[Outcome], Counter[str]]:
        """Store every draft of a response; how many were new, changed and known, and how many unusable by reason."""
        prepared = await asyncio.to_thread(prepare, response, now)
        outcomes: Counter[Outcome] = Counter()
        failed = 0
        for batch in _batches(prepared.items, BATCH):
            stored, faulty = await self._stored(batch, muted=muted, now=now)
            outcomes += stored
            failed += faulty
        return outcomes, Counter(prepared.unusable) + Counter({FAILED: failed})

    async def _stored(self, batch: Sequence[Ready], *, muted: Muted, now: datetime) -> tuple[Counter[Outcome], int]:
        """Store a batch, or where one of its items breaks our own code, each by itself; also how many could not be.

        Trouble of the database is raised: it concerns no single item.
        """
        try:
            batch = await compared(self._store, batch)
            return await self._store.write(partial(self._take_in, batch=batch, muted=muted, now=now)), 0
        except StorageError:
            raise
        except Exception as error:
            if len(batch) == 1:
                _log.error("an item could not be taken in", url=batch[0].item.url, exc_info=error)
                return Counter(), 1
        outcomes: Counter[Outcome] = Counter()
        failed = 0
        for one in batch:
            stored, faulty = await self._stored((one,), muted=muted, now=now)
            outcomes += stored
            failed += faulty
        return outcomes, failed

    async def _article_stored(self, article: Article, ready: Ready, now: datetime) -> Outcome:
        """Store an article; raises Unreadable with NOT_STORED where it breaks our own code."""
        try:
            (ready,) = await compared(self._store, [ready])
            return await self._store.write(partial(self._take_in_article, article=article, ready=ready, now=now))
        except StorageError:
            raise
        except Exception as error:
            _log.error("an article could not be taken in", url=ready.item.url, exc_info=error)
            raise Unreadable(Reason.NOT_STORED, type(error).__name__) from error

    async def _note_failure(self, article: Article, pending: Pending, reason: Reason, now: datetime) -> None:
        """Note why an article could not be read; where its headline is kept and can be stored, together with that."""
        note = partial(self._fail, article=article, pending=pending, reason=reason, now=now)
        if not is_kept_as_headline(pending, article.source):
            await self._store.write(partial(note, headline=None))
            return
        try:
            headline = await asyncio.to_thread(prepare_headline, article.source, pending, now)
            await self._store.write(partial(note, headline=headline))
        except StorageError:
            raise
        except Exception as error:
            _log.error("a headline could not be taken in", url=pending.link.url, exc_info=error)
            await self._store.write(partial(note, headline=None))

    def _fail(
        self,
        unit: Unit,
        *,
        article: Article,
        pending: Pending,
        reason: Reason,
        headline: Ready | None,
        now: datetime,
    ) -> None:
        if article.unread is not None:
            unit.quarantine.keep(article.unread)
        if pending == article.pending:
            return  # only we broke it off: no try
        not_before = asked_pause(article.retry_after, now=now)
        outcome = None if headline is None else self._take_in_linked(unit, pending, headline, now)
        note_failure(unit, pending=pending, reason=reason, headline=outcome, not_before=not_before)

    def _take_in_article(self, unit: Unit, *, article: Article, ready: Ready, now: datetime) -> Outcome:
        pending = article.pending
        outcome = self._take_in_linked(unit, pending, ready, now)
        if pending.again:
            note_reading(unit, article, read=True, now=now)
        else:
            unit.pending.settle(pending)
        if not pending.quiet and (outcome is not Outcome.KNOWN or not pending.again):
            unit.visits.count_article(pending.source, outcome=outcome, oddities=article.oddities)
        return outcome

    def _take_in_linked(self, unit: Unit, pending: Pending, ready: Ready, now: datetime) -> Outcome:
        muted = _always if pending.quiet else partial(self._is_old, at=pending.found_at) if pending.first else _never
        (outcome,) = self._take_in(unit, batch=(ready,), muted=muted, now=now)
        return outcome

    def _take_in(self, unit: Unit, *, batch: Sequence[Ready], muted: Muted, now: datetime) -> Counter[Outcome]:
        matcher = self._current_matcher(unit)
        counting = unit.stories.counting(self._frequencies)
        vectors = unit.stories.vectors(self._vectors, now=now)
        outcomes: Counter[Outcome] = Counter()
        for ready, saved in zip(batch, unit.items.add([one.item for one in batch]), strict=True):
            outcomes[saved.outcome] += 1
            if saved.outcome is Outcome.KNOWN:
                continue
            item = saved.item
            unit.archive.add(replace(ready.indexed, item=item))
            place(unit, item, ready.signature, counting, vectors, now=now)
            matches = [replace(match, item=item.id) for match in matcher.matches(ready.indexed)]
            if saved.outcome is Outcome.CHANGED:
                unit.matches.retire_others(item.id, [match.watch for match in matches])
            is_muted = muted(item)
            unit.matches.record(matches, at=now, muted=is_muted)
            found = bool(matches)
            note_version(unit, ready, saved, found=found, told=found and not is_muted, now=now)
        counting.save(at=now)
        vectors.save()
        return outcomes

    def _current_matcher(self, unit: Unit) -> Matcher:
        """Return the matcher of the watches as of this very transaction: a watch counts once `watch add` returned."""
        revision = unit.watches.revision()
        if revision != self._revision:
            # Only the watches that changed are compiled: this runs inside a writing transaction.
            self._matcher.update(unit.watches.all(enabled_only=True))
            self._revision = revision
            for watch, error in self._matcher.broken:
                _log.error("a watch finds nothing: it cannot be read", watch=watch.name, problem=error.problem)
        return self._matcher

    def _is_old(self, item: Item, *, at: datetime) -> bool:
        return not is_fresh(item, now=at, fresh=self._fresh)


def _always(_: Item) -> bool:
    return True


def _never(_: Item) -> bool:
    return False


def _batches(items: Sequence[Ready], size: int) -> Iterator[Sequence[Ready]]:
    rest = iter(items)
    while batch := tuple(islice(rest, size)):
        yield batch
