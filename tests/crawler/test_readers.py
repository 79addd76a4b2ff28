"""Reader processes: a page that breaks one gets its reason, the next page is read, nobody is left behind."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psutil
import pytest

from crawler import reader_process
from crawler.read.page import Page, Reading
from crawler.readers import Readers, is_harmless
from news.errors import Unreadable
from news.item import Draft
from news.link import Link
from news.source import AnySource, FeedSource, ListingSource, SitemapSource
from news.visit import Reason
from tests.crawler.crawls import NOW
from tests.fakesite.acts import rss
from tests.fakesite.news_acts import article_page

ROOT = Path(__file__).parents[2]
SOURCE = FeedSource(id="agency", url="https://example.org/feed", publisher="Agency", language="en")
LISTING = ListingSource(id="list", url="https://example.org/news", publisher="Agency", language="en")
SITEMAP = SitemapSource(id="map", url="https://example.org/sitemap.xml", publisher="Agency", language="en")
LINK = Link(url="https://example.org/1", said=Draft(title="Part 1"))
SETTINGS = SimpleNamespace(processes=1, deadline=1.5, memory_mb=400, inline_below=0)


def page(body: bytes = rss()) -> Page:
    return Page(url=SOURCE.url, body=body, content_type="application/rss+xml", fetched_at=NOW)


@pytest.fixture(scope="module")
def readers(loop_thread: asyncio.AbstractEventLoop) -> Iterator[Readers]:
    subject = Readers(SETTINGS)
    yield subject
    asyncio.run_coroutine_threadsafe(subject.close(), loop_thread).result(10)


def crash(_page: Page, _source: AnySource, _deadline: float) -> Reading:
    os.kill(os.getpid(), signal.SIGSEGV)
    raise AssertionError("not reached")


def whose(_page: Page, _source: AnySource, _deadline: float) -> Reading:
    return Reading(drafts=(), unchanged=os.getpid())


def hang(_page: Page, _source: AnySource, _deadline: float) -> Reading:
    while True:
        time.sleep(1)


def hang_on_article(_page: Page, _source: AnySource, _link: Link, deadline: float) -> Reading:
    return hang(_page, _source, deadline)


def devour(_page: Page, _source: AnySource, _deadline: float) -> Reading:
    hoard = [bytearray(50_000_000) for _ in range(100)]
    raise AssertionError(f"{len(hoard)} blocks were to be had")


def alarm_left(page: Page, source: AnySource, deadline: float) -> Reading:
    """Runs in the reader: reads, and tells what is left of the alarm that would end the process."""
    reader_process.read(page, source, deadline)
    return Reading(drafts=(), title=str(signal.getitimer(signal.ITIMER_REAL)[0]))


def test_a_reader_is_not_ended_for_a_page_it_has_read(
    in_loop: Any, readers: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("crawler.reader_process.read", alarm_left)
        assert in_loop(readers.read(page(), SOURCE)).title == "0.0"


@pytest.mark.parametrize(("work", "said"), [(crash, "died"), (hang, "longer than 1.5 s"), (devour, "MemoryError")])
def test_a_page_that_breaks_its_reader_harms_only_itself(
    in_loop: Any, readers: Readers, monkeypatch: pytest.MonkeyPatch, work: Any, said: str
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("crawler.reader_process.read", work)
        with pytest.raises(Unreadable) as caught:
            in_loop(readers.read(page(), SOURCE))

    assert caught.value.reason is Reason.READER_FAILED
    assert said in caught.value.detail
    reading = in_loop(readers.read(page(), SOURCE))
    assert [draft.language for draft in reading.drafts] == ["en"] * 3


def test_an_article_is_read_with_its_language(in_loop: Any, readers: Readers) -> None:
    reading = in_loop(readers.read_article(page(article_page()), SOURCE, LINK))

    assert (reading.draft.title, reading.draft.language) == ("Part 1 of the report", "en")
    assert reading.draft.language_sure > 0


def test_an_article_that_breaks_its_reader_harms_only_itself(
    in_loop: Any, readers: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("crawler.reader_process.read_article", hang_on_article)
        with pytest.raises(Unreadable) as caught:
            in_loop(readers.read_article(page(article_page()), SOURCE, LINK))

    assert caught.value.reason is Reason.READER_FAILED
    assert in_loop(readers.read_article(page(article_page()), SOURCE, LINK)).draft.text


@pytest.mark.parametrize("source", [LISTING, SITEMAP, replace(SOURCE, site="example")])
def test_what_runs_declared_patterns_is_never_read_in_the_loop(
    in_loop: Any, monkeypatch: pytest.MonkeyPatch, source: AnySource
) -> None:
    def in_the_loop(_page: Page, _source: AnySource) -> Reading:
        raise AssertionError("read in the loop")

    async def elsewhere(_self: object, *_arguments: object) -> Reading:
        return Reading(drafts=(), title="read elsewhere")

    monkeypatch.setattr("crawler.readers.read_page", in_the_loop)
    monkeypatch.setattr(Readers, "_elsewhere", elsewhere)
    subject = Readers(SimpleNamespace(processes=1, deadline=1.0, memory_mb=400, inline_below=4_000))

    assert in_loop(subject.read(page(b"<html><a href='/1'>One</a></html>"), source)).title == "read elsewhere"


def test_a_reader_killed_while_idle_is_replaced(in_loop: Any, readers: Readers) -> None:
    in_loop(readers.read(page(), SOURCE))
    for child in psutil.Process().children():
        if "spawn_main" in " ".join(child.cmdline()):
            child.kill()

    assert len(in_loop(readers.read(page(), SOURCE)).drafts) == 3


def test_an_error_of_the_reader_keeps_its_reason(in_loop: Any, readers: Readers) -> None:
    with pytest.raises(Unreadable) as caught:
        in_loop(readers.read(page(b"\xff\xfe no feed at all"), SOURCE))

    assert caught.value.reason is Reason.NOT_A_FEED


@pytest.mark.parametrize(
    ("body", "harmless"),
    [
        (rss(), True),
        (rss(5), True),
        (rss(7), False),
        (rss(1) + b" " * 4_000, False),
        (rss(1).decode().encode("utf-16"), False),
        (("<rss>" + "<item><pubDate>3 марта" * 13).encode(), False),
        (b'{"items": [' + b'{"date_published": "3 March"},' * 13, False),
        (b"<!doctype x [<!entity a 'aaaa'>]><rss>&a;</rss>", False),
        (b"\x1f\x8b\x08", False),
        (b"<!DOCTYPE x [<!ENTITY a 'aaaa'>]><rss>&a;</rss>", False),
    ],
)
def test_which_pages_are_read_without_the_hop(body: bytes, harmless: bool) -> None:
    assert is_harmless(body, 4_000) is harmless


def test_a_small_page_whose_letters_tell_the_language_needs_no_process(in_loop: Any) -> None:
    subject = Readers(SimpleNamespace(processes=1, deadline=1.0, memory_mb=400, inline_below=4_000))
    body = rss(1).replace(b"The office reports progress", "Қазақстан Үкіметі өңірлерге көмек көрсетеді".encode())
    before = {child.pid for child in psutil.Process().children()}

    reading = in_loop(subject.read(page(body), SOURCE))

    assert [draft.language for draft in reading.drafts] == ["kk"]
    assert {child.pid for child in psutil.Process().children()} <= before


def test_a_fresh_process_takes_the_place_of_one_that_read_many_pages(
    in_loop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.readers.RENEWED_AFTER", 2)
    subject = Readers(SimpleNamespace(processes=1, deadline=60.0, memory_mb=400, inline_below=0))

    async def read_by() -> list[int]:
        try:
            return [(await subject.read(page(), SOURCE)).unchanged for _ in range(3)]
        finally:
            await subject.close()

    with monkeypatch.context() as patched:
        patched.setattr("crawler.reader_process.read", whose)
        pids = in_loop(read_by())

    assert [pids.count(pid) for pid in dict.fromkeys(pids)] == [2, 1]


ORPHANS = """
import asyncio, os, sys
from types import SimpleNamespace
from crawler.readers import Readers
from crawler import reader_process
from tests.crawler.test_readers import SOURCE, hang, page

async def main():
    readers = Readers(SimpleNamespace(processes=2, deadline=60, memory_mb=400, inline_below=0))
    await readers.read(page(), SOURCE)
    reader_process.read = hang
    reading = asyncio.create_task(readers.read(page(), SOURCE))
    await asyncio.sleep(0.5)
    print("ready", flush=True)
    await reading

if __name__ == "__main__":
    asyncio.run(main())
"""


def test_readers_idle_and_busy_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "orphans.py"
    script.write_text(ORPHANS, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, env=environment, cwd=ROOT) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"ready\n"
        children = psutil.Process(parent.pid).children(recursive=True)
        parent.kill()
        parent.wait(5)
    _, alive = psutil.wait_procs(children, timeout=5)

    assert children
    assert not alive


async def test_what_is_under_way_or_waits_when_the_readers_are_closed_is_told_as_broken_off() -> None:
    subject = Readers(SimpleNamespace(processes=1, deadline=120.0, memory_mb=400, inline_below=0))
    large = page(b"x" * 500_000)
    waiting = [asyncio.create_task(subject._elsewhere(hang, large, SOURCE, 120.0)) for _ in range(3)]
    given_up = asyncio.create_task(subject._elsewhere(hang, large, SOURCE, 120.0))
    while not any(future.running() for future in subject._under_way):
        await asyncio.sleep(0.02)
    given_up.cancel()
    await subject.close()
    for one in waiting:
        with pytest.raises(Unreadable) as broken_off:
            await one
        assert broken_off.value.reason == Reason.CANCELLED
    with pytest.raises(asyncio.CancelledError):
        await given_up
