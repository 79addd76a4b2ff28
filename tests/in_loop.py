"""One loop for all tests that crawl, run by `crawler.loop.run` in a thread: a reactor starts only once in a process.

What needs Scrapy is imported when the first of these tests asks for it.
"""

from __future__ import annotations

import asyncio
import itertools
import threading
from collections.abc import Callable, Coroutine, Iterator
from typing import Any, TypeVar

import pytest

from tests.fakesite import FakeSite

T = TypeVar("T")
_addresses = itertools.count(1)

InLoop = Callable[[Coroutine[Any, Any, T]], T]


@pytest.fixture(scope="session")
def loop_thread() -> Iterator[asyncio.AbstractEventLoop]:
    """The production loop, running."""
    from crawler.loop import run

    ready: list[asyncio.AbstractEventLoop] = []
    started, over = threading.Event(), asyncio.Event()

    async def main() -> int:
        ready.append(asyncio.get_running_loop())
        started.set()
        await over.wait()
        return 0

    thread = threading.Thread(target=run, args=[main])
    thread.start()
    assert started.wait(10)
    yield ready[0]
    ready[0].call_soon_threadsafe(over.set)
    thread.join(20)
    assert not thread.is_alive()


@pytest.fixture
def in_loop(loop_thread: asyncio.AbstractEventLoop) -> InLoop[Any]:
    """Run a coroutine in the production loop and give its result."""

    def call(work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, loop_thread).result(60)

    return call


@pytest.fixture
def site() -> Iterator[FakeSite]:
    """A fake site on a loopback address of its own: hosts are remembered, by their robots.txt and their turns."""
    with FakeSite(host=f"127.1.0.{next(_addresses)}") as fake:
        yield fake


@pytest.fixture(scope="session")
def shared_crawling(loop_thread: asyncio.AbstractEventLoop) -> Iterator[None]:
    """One Crawling for all tests that change no setting: its reader processes start once."""
    from tests.crawler import crawls

    asyncio.run_coroutine_threadsafe(crawls.open_shared(), loop_thread).result(30)
    yield
    asyncio.run_coroutine_threadsafe(crawls.close_shared(), loop_thread).result(30)
