"""Heavy answers do not hold the loop (a short form of P18)."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from crawler.inbox import Errand
from tests.crawler.crawls import NOW, Shelf, crawling, errand, listing, sitemap
from tests.fakesite import FakeSite


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
