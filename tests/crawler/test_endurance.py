"""Many crawls in one process leave nothing behind (P9), and heavy answers do not hold the loop (P18); short forms."""

from __future__ import annotations

import asyncio
import gc
import threading
import time
from typing import Any

import psutil

from crawler.inbox import Errand
from tests.crawler.crawls import NOW, Shelf, crawling, errand, listing, sitemap
from tests.fakesite import FakeSite


def test_sixty_crawls_leave_nothing_open(in_loop: Any, site: FakeSite) -> None:
    process = psutil.Process()

    async def crawls(number: int, subject: Any) -> tuple[int, int, int]:
        for _ in range(number):
            await subject.crawl([errand(site.url("/feed?entries=0"))], Shelf(), now=lambda: NOW)
        gc.collect()
        await asyncio.sleep(0.1)
        return process.num_fds(), len(asyncio.all_tasks()), process.memory_info().rss

    async def measured() -> list[tuple[int, int, int]]:
        async with crawling() as subject:
            return [await crawls(20, subject), await crawls(60, subject)]

    before, after = in_loop(measured())
    threads = [thread.name for thread in threading.enumerate() if thread.name.startswith("look up")]

    assert after[0] <= before[0] + 2
    assert after[1] <= before[1]
    assert after[2] - before[2] < 5_000_000
    assert not threads


def test_heavy_answers_do_not_hold_the_loop(in_loop: Any, site: FakeSite) -> None:
    async def longest_hold() -> float:
        """CPU seconds that the loop's thread spent at one go; the fake site shares our process, so no wall clock."""
        holds = [0.0]

        async def beat() -> None:
            while True:
                before = time.thread_time()
                await asyncio.sleep(0.01)
                holds.append(time.thread_time() - before)

        pulse = asyncio.ensure_future(beat())
        async with crawling(max_size=5_000_000, timeout=5.0) as subject:
            paths = ["/bomb?megabytes=100", "/endless", "/feed?entries=3000", "/huge"]
            site.lists["news/1"] = [
                "/bomb?megabytes=100",
                "/status?code=429",
                *(f"/article?n={n}" for n in range(2_000)),
            ]
            pages = [listing(site.url("/list")), sitemap(site.url("/sitemap"), newest=2_000)]
            errands = [*(errand(site.url(path)) for path in paths), *(Errand(source=page) for page in pages)]
            await subject.crawl(errands, Shelf(), now=lambda: NOW)
        pulse.cancel()
        return max(holds)

    assert in_loop(longest_hold()) < 1.0
