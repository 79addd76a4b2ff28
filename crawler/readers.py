"""The reader processes: pages are taken apart where a hostile one harms nothing else.

Feed parsing in threads held the loop up to 164 ms, one deep page 512 ms, and a hung thread cannot be ended. A process
can: at its deadline it is killed and replaced alone, and the page gets a named reason.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
from collections.abc import Callable, Collection
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from typing import Any, Protocol, TypeVar

from pebble import CONSTS, ProcessExpired, ProcessPool

from crawler import reader_process
from crawler.read import read_page
from crawler.read.languages import needs_model, with_languages
from crawler.read.page import ArticleReading, Page, Reading
from crawler.read.prune import pruned
from news.errors import SourceError, Unreadable
from news.link import Link
from news.source import AnySource
from news.story.semantic_model import is_installed
from news.visit import Reason

log = logging.getLogger(__name__)

CONSTS.term_timeout = 0.5  # seconds between SIGTERM and SIGKILL: a reader has nothing to save

MOST_SIGNS_INLINE = 12  # six entries of a feed that close, a dozen records of a JSON answer
_ENTRY_SIGNS = (b"item", b"entry", b"{")
# Their readers run no declared selector or pattern, which somebody's page could send round in circles.
_INLINE_KINDS = ("feed", "json")

LAST = 3
"""Entries at the end of a feed's page that have to be known for it to be cut, where the feed has further pages: a card
that is pinned to the top says nothing of what is below it."""

RENEWED_AFTER = 5_000
"""Pages that a process reads before a fresh one takes its place: whatever its libraries keep goes with it, of a
thousand pages some 2 MB."""

Result = TypeVar("Result")


class ReaderSettings(Protocol):
    """The part of the settings that is used here."""

    @property
    def processes(self) -> int: ...
    @property
    def deadline(self) -> float: ...
    @property
    def memory_mb(self) -> int: ...
    @property
    def inline_below(self) -> int: ...


class Readers:
    """Reads pages, in processes of its own where that is worth the hop."""

    def __init__(self, settings: ReaderSettings) -> None:
        self._settings = settings
        # Where the extra is there, whatever becomes an item passes a process that embeds it.
        self._embeds = is_installed()
        self._pool: ProcessPool | None = None
        self._closed = False
        self._under_way: set[Future[Any]] = set()

    def start(self) -> None:
        """Begin to start the processes, which takes them a second or two; pages may come at once."""
        self._running_pool().schedule(reader_process.ready)

    async def read(self, page: Page, source: AnySource) -> Reading:
        """The page's links, and its drafts with their languages.

        Raises Unreadable, with READER_FAILED where a reader broke on the page.
        A small plain page is read here, without the hop; its languages too, where letters alone decide them (the
        models live in the processes only).
        """
        deadline = self._settings.deadline
        plain = source.kind in _INLINE_KINDS and not source.site
        if not plain or not is_harmless(page.body, self._settings.inline_below):
            return await self._elsewhere(reader_process.read, page, source, deadline)
        try:
            reading = read_page(page, source)
        except SourceError:
            raise
        except Exception as error:
            raise _broken(page, error) from error
        if needs_model(reading, source) or (self._embeds and reading.drafts):
            return await self._elsewhere(reader_process.name_languages, reading, source, deadline)
        return with_languages(reading, source)

    async def read_new(self, page: Page, source: AnySource, known: Collection[str]) -> Reading:
        """As `read`, without the entries of a feed that are known by their marks; those are only counted.

        Where anything on the way is odd, the page is read whole.
        """
        last = LAST if source.paging is not None else 0
        rest = pruned(page, known, last=last) if source.kind == "feed" and not source.site else None
        if rest is None:
            return await self.read(page, source)
        if not rest.left:
            return Reading(drafts=(), unchanged=len(rest.known), marks=rest.known)
        try:
            reading = await self.read(rest.page, source)
        except Unreadable:
            return await self.read(page, source)
        if len(reading.marks) != rest.left or reading.doubt:
            return await self.read(page, source)
        return replace(reading, unchanged=len(rest.known), marks=(*rest.known, *reading.marks))

    async def read_article(self, page: Page, source: AnySource, link: Link) -> ArticleReading:
        """One article with its language; raises Unreadable as `read` does. Always read in a process."""
        return await self._elsewhere(reader_process.read_article, page, source, link, self._settings.deadline)

    async def close(self) -> None:
        """End the processes, at once and for good; whatever they were reading is given up."""
        self._closed = True
        if self._pool is not None:
            pool, self._pool = self._pool, None
            pool.stop()  # type: ignore[no-untyped-call]
            for future in tuple(self._under_way):
                future.cancel()  # before the pool's channels are closed, which would be told as an error of the page
            await asyncio.to_thread(pool.join)

    async def _elsewhere(self, work: Callable[..., Result], *arguments: Any) -> Result:
        """Run `work` in a process; one that died without a fault of the page's is replaced and the page tried again."""
        try:
            return await self._scheduled(work, arguments)
        except BrokenProcessPool:
            log.warning("a reader process was ended from outside; starting another")
        try:
            return await self._scheduled(work, arguments)
        except BrokenProcessPool as error:
            raise Unreadable(Reason.READER_FAILED, "no reader process stays alive") from error

    async def _scheduled(self, work: Callable[..., Result], arguments: tuple[Any, ...]) -> Result:
        deadline = self._settings.deadline
        future = self._running_pool().schedule(work, args=arguments, timeout=deadline)
        self._under_way.add(future)
        try:
            return await asyncio.wrap_future(future)
        except (SourceError, BrokenProcessPool):
            raise
        except TimeoutError as error:
            raise Unreadable(Reason.READER_FAILED, f"reading took longer than {deadline:g} s") from error
        except ProcessExpired as error:
            raise Unreadable(Reason.READER_FAILED, f"the reader process died (exit {error.exitcode})") from error
        except asyncio.CancelledError as error:
            waiting = asyncio.current_task()
            if not self._closed or (waiting is not None and waiting.cancelling()):
                raise
            raise Unreadable(Reason.CANCELLED, "presswatch was stopped") from error
        except Exception as error:
            raise _broken(arguments[0], error) from error
        finally:
            self._under_way.discard(future)

    def _running_pool(self) -> ProcessPool:
        if self._closed:
            raise Unreadable(Reason.CANCELLED, "presswatch was stopped")
        if self._pool is None or not self._pool.active:
            self._pool = ProcessPool(
                max_workers=self._settings.processes,
                max_tasks=RENEWED_AFTER,
                initializer=reader_process.prepare,
                initargs=[self._settings.memory_mb, self._embeds],
                context=multiprocessing.get_context("spawn"),
            )
        return self._pool


def is_harmless(body: bytes, inline_below: int) -> bool:
    """Whether reading this body in the loop takes a few hundredths of a second for certain, however it was made.

    Short, not compressed (a few bytes of gzip unpack to megabytes),
    without definitions of its own (entities can expand without end), and of few entries: each may hold two dates in
    words, at 3 ms a date (380 such entries in 18.5 kB held the loop for 1.25 s).
    """
    if len(body) >= inline_below or body[:2] == b"\x1f\x8b" or b"\0" in body:
        return False
    signs = body.lower()
    return b"<!entity" not in signs and sum(map(signs.count, _ENTRY_SIGNS)) <= MOST_SIGNS_INLINE


def _broken(subject: object, error: Exception) -> Unreadable:
    place = subject.url if isinstance(subject, Page) else "a page"
    log.error("a reader failed on %s", place, exc_info=error)
    return Unreadable(Reason.READER_FAILED, f"{type(error).__name__}: {' '.join(str(error).split())[:200]}")
