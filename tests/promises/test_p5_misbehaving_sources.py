"""P5: a source that hangs, trickles, bombs, loops or crashes the reader delays no other source by more than 5 s.

The other source's page is too long for the loop, so that it needs the very reader that the page before it broke.
"""

from __future__ import annotations

import asyncio
import os
import signal
import time
from contextlib import ExitStack
from typing import Any

import pytest

from crawler import reader_process
from crawler.read.page import Page, Reading
from news.settings.sections import Readers as ReaderSettings
from news.source import AnySource
from news.visit import Reason, VisitResult
from tests.crawler.crawls import NOW, Shelf, crawling, errand
from tests.fakesite import FakeSite

MOST_DELAY = 5.0
HANGS, LOOPS = 6.0, 8.0
"""Seconds for an answer and for a page: less than shipped, and more than anybody may be delayed."""

SHIPPED = ReaderSettings()
READ = reader_process.read

pytestmark = pytest.mark.usefixtures("shared_crawling")


def read_badly(page: Page, source: AnySource, deadline: float) -> Reading:
    """Runs in the reader: a page of the bad source ends it or never ends, as its address says."""
    if "crash" in page.url:
        os.kill(os.getpid(), signal.SIGSEGV)
    while "loop" in page.url:
        time.sleep(0.1)
    return READ(page, source, deadline)


@pytest.mark.parametrize(
    "paths",
    [
        {
            "/never": Reason.TIMEOUT,
            "/trickle": Reason.TIMEOUT,
            "/bomb?megabytes=100": Reason.TOO_LARGE,
            "/circle": Reason.HTTP_ERROR,
            "/feed?entries=60&crash=1": Reason.READER_FAILED,
        },
        {"/feed?entries=60&loop=1": Reason.READER_FAILED},
    ],
    ids=["hangs, trickles, bombs, goes in circles, crashes the reader", "loops in the reader"],
)
def test_p5_what_sources_do_delays_another_by_less_than_5_s(
    in_loop: Any, site: FakeSite, monkeypatch: pytest.MonkeyPatch, paths: dict[str, Reason]
) -> None:
    monkeypatch.setattr("crawler.reader_process.read", read_badly)
    settings = {"readers_processes": SHIPPED.processes, "readers_deadline": min(SHIPPED.deadline, LOOPS)}

    async def rounds(bad_sites: dict[str, FakeSite]) -> tuple[list[float], Shelf]:
        took, bad = [], Shelf()
        async with crawling(timeout=HANGS, deadline=20.0, **settings) as subject:
            warm = [errand(one.url("/feed?entries=60")) for one in (site, *bad_sites.values())]
            await subject.crawl(warm, Shelf(), now=lambda: NOW)
            clock = asyncio.get_running_loop().time
            errands = [errand(one.url(path), id=path) for path, one in bad_sites.items()]
            crawl = asyncio.ensure_future(subject.crawl(errands, bad, now=lambda: NOW))
            while not subject.busy_hosts() >= {one.host for one in bad_sites.values()}:
                await asyncio.sleep(0.01)
            while not crawl.done():
                began, shelf = clock(), Shelf()
                url = site.url(f"/feed?entries=60&tick={len(took)}")
                await subject.crawl([errand(url, id="well")], shelf, now=lambda: NOW)
                assert shelf.of("well").visit.result is VisitResult.OK
                took.append(clock() - began)
                await asyncio.sleep(0.5)
            await crawl
        return took, bad

    with ExitStack() as stack:
        bad_sites = {
            path: stack.enter_context(FakeSite(host=f"127.1.2.{number}")) for number, path in enumerate(paths, 1)
        }
        took, bad = in_loop(rounds(bad_sites))
    assert len(took) >= 2
    assert max(took) < MOST_DELAY
    assert {path: bad.of(path).visit.reason for path in paths} == paths
