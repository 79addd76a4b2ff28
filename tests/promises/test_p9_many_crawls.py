"""P9: many crawls in one process leave nothing behind: no descriptor, no task, no thread, and no memory to speak of.

A hundred and twenty here, ten thousand with `make promises`; `python -m bench endurance` measures and draws them in a
process of their own, with the intake and the database, whose figures are docs/endurance.svg. The bound is the same here
and there: a megabyte for a thousand crawls, of what is handed out to Python's objects and to C.
"""

from __future__ import annotations

import asyncio
import ctypes
import gc
import os
import threading
from dataclasses import dataclass
from typing import Any

import pytest

from bench.endurance_memory import held
from crawler.crawl import Crawling
from tests.crawler.crawls import NOW, Shelf, crawling, errand
from tests.fakesite import FakeSite

pytestmark = [
    pytest.mark.usefixtures("shared_crawling"),
    pytest.mark.skipif(
        not hasattr(ctypes.CDLL(None), "mallinfo2"), reason="this C library does not tell what it handed out"
    ),
]

FULL = os.environ.get("PRESSWATCH_PROMISES") == "full"
CRAWLS = 10_000 if FULL else 120
WARM_UP = 1_000 if FULL else 80
MOST_GROWN = 1_000 * CRAWLS
"""Bytes: a megabyte for a thousand crawls."""

PATHS = ("/feed?entries=0", "/feed?entries=3", "/validated", "/status?code=503", "/truncated", "/webpage", "/dropped")


@dataclass(frozen=True, kw_only=True)
class Open:
    """What is open at one moment, and the bytes that are handed out."""

    descriptors: int
    tasks: int
    memory: int


@pytest.mark.timeout(3_600 if FULL else 60)
def test_p9_many_crawls_leave_nothing_open(loop_thread: asyncio.AbstractEventLoop, site: FakeSite) -> None:
    before, after = asyncio.run_coroutine_threadsafe(_held_before_and_after(site), loop_thread).result()

    assert after.descriptors <= before.descriptors + 2
    assert after.tasks <= before.tasks
    assert after.memory - before.memory < MOST_GROWN
    assert not [thread.name for thread in threading.enumerate() if thread.name.startswith("look up")]


async def _held_before_and_after(site: FakeSite) -> tuple[Open, Open]:
    async with crawling(timeout=30.0, deadline=60.0) as subject:
        return await _held_after(WARM_UP, subject, site), await _held_after(CRAWLS, subject, site)


async def _held_after(crawls: int, subject: Crawling, site: FakeSite) -> Open:
    for number in range(crawls):
        shelf: Any = Shelf()
        await subject.crawl([errand(site.url(PATHS[number % len(PATHS)]), id="one")], shelf, now=lambda: NOW)
        site.seen.clear()
    gc.collect()
    await asyncio.sleep(0.1)  # connections that were ended are closed at the loop's next turns
    gc.collect()
    now = held()
    return Open(descriptors=now.descriptors, tasks=len(asyncio.all_tasks()), memory=now.objects + now.blocks)
