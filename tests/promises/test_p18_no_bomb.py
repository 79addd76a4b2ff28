"""P18: no answer adds more than 200 MB or holds the loop for over a second, whatever it unpacks to or nests.

A process of its own crawls a site of bombs, so that its memory is its own; what the loop is held by is its thread's CPU
time between two of its turns, which is the same however busy the machine is.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import brotli
import pytest
from scrapy.utils._compression import zstd

from news.visit import Reason
from tests.promises.site import LoopbackSite

ROOT = Path(__file__).parents[2]
MOST_MEMORY = 200 * 1024
"""kB that a process may grow by."""
MOST_HELD = 1.0
MEGABYTE = 1_000_000
FULL = os.environ.get("PRESSWATCH_PROMISES") == "full"
UNPACKED, ENTRIES = (1_000, 10_000) if FULL else (250, 1_500)
"""Megabytes of a bomb and entries of a feed; in full with `make promises`."""
FEED = b"<rss version='2.0'><channel><title>x</title>%s</channel></rss>"
HEAD = b"<!doctype html><html><head><title>x</title></head><body>"
LAUGHS = (
    b"<!DOCTYPE rss [<!ENTITY a0 'ha'>"
    + b"".join(b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))
    + b"]>"
)


def entries(count: int) -> bytes:
    return b"".join(
        b"<item><title>Part %d</title><link>https://example.org/%d</link><description>%s</description></item>"
        % (n, n, b"Sample text. " * 20)
        for n in range(count)
    )


def pieces(whole: int, squeeze: Any, finish: Callable[[], bytes]) -> bytes:
    """So many megabytes of blanks, packed."""
    return b"".join([*(squeeze(b" " * MEGABYTE) for _ in range(whole)), finish()])


@cache
def packed(name: str, megabytes: int = UNPACKED) -> bytes:
    if name == "br":
        packer = brotli.Compressor(quality=1)
        return pieces(megabytes, packer.process, packer.finish)
    if name == "zstd":
        other = zstd.ZstdCompressor()
        return pieces(megabytes, other.compress, other.flush)
    deflate = zlib.compressobj(1, wbits=31 if name == "gzip" else 15)
    return pieces(megabytes, deflate.compress, deflate.flush)


def bombs() -> dict[str, tuple[bytes, dict[str, str], set[Reason]]]:
    """By path: the body, its headers, and as what it may end."""
    large, odd = {Reason.TOO_LARGE}, set(Reason) - {Reason.TIMEOUT, Reason.DEADLINE}
    xml = {"Content-Type": "application/rss+xml"}
    all_of_them = {
        f"/{name}": (packed(name), {**xml, "Content-Encoding": name}, large)
        for name in ("gzip", "deflate", "br", "zstd")
    }
    return all_of_them | {
        "/twice": (gzip.compress(packed("gzip")), {**xml, "Content-Encoding": "gzip"}, large),
        "/bare": (packed("gzip"), xml, large),
        "/declared": (b"<rss>", {**xml, "Content-Length": "10000000000"}, large),
        "/endless": (b"x" * 6 * MEGABYTE, xml, large),
        "/laughs": (LAUGHS + FEED % b"<item><title>&a9;</title></item>", xml, odd),
        "/deep": (HEAD + b"<div>" * 100_000 + b"x", {"Content-Type": "text/html"}, odd),
        "/deep-feed": (FEED % (b"<item>" + b"<b>" * 100_000), xml, odd),
        "/line": (FEED % (b"<item><title>" + b"x" * MEGABYTE + b"</title></item>"), xml, odd),
        "/many": (FEED % entries(ENTRIES), xml, {Reason.NONE, Reason.READER_FAILED}),
        "/many-again": (FEED % entries(300), xml, {Reason.NONE}),
    }  # fmt: skip


class Bombs(LoopbackSite):
    """Sends them."""

    def __init__(self, host: str) -> None:
        super().__init__(host)
        self.bodies = bombs()

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        if handler.path not in self.bodies:
            handler.send_error(404)
            return
        body, headers, _ = self.bodies[handler.path]
        handler.send_response(200)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)


CRAWL = """
import asyncio, json, resource, sys, time
from dataclasses import replace
from crawler.crawl import Crawling
from crawler.loop import run
from news.visit import Validators
from tests.crawler.crawls import NOW, Shelf, errand, listing, settings
from crawler.inbox import Errand

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

async def main():
    held = [0.0]

    def watch(last):
        # What the thread worked since the loop's last turn but a few; asked for anew two milliseconds later.
        now = time.thread_time()
        held[0] = max(held[0], now - last)
        asyncio.get_running_loop().call_later(0.002, watch, now)

    crawling = Crawling(settings(max_size=5_000_000, timeout=60.0, deadline=120.0, readers_deadline=10.0))
    await crawling.start()
    await crawling.crawl([errand(sys.argv[1] + "/none")], Shelf(), now=lambda: NOW)
    before, reasons = peak(), {}
    watch(time.thread_time())
    for path in json.loads(sys.argv[2]):
        shelf = Shelf()
        one = errand(sys.argv[1] + path)
        if path == "/deep":
            one = Errand(source=listing(sys.argv[1] + path))
        await crawling.crawl([one], shelf, now=lambda: NOW)
        reasons[path] = shelf.responses[0].visit.reason
        if path == "/many-again":
            known = replace(shelf.responses[0].validators, etag="", body_hash="")
            await crawling.crawl([replace(one, validators=known)], shelf, now=lambda: NOW)
            reasons["unchanged"] = shelf.responses[1].unchanged
    grown = peak() - before
    await crawling.stop(5.0)
    print(json.dumps({"reasons": reasons, "grown": grown, "held": held[0]}))
    return 0

if __name__ == "__main__":
    sys.exit(run(main))
"""


@pytest.fixture(scope="module")
def site() -> Iterator[Bombs]:
    with Bombs("127.0.0.6") as bombs_away:
        yield bombs_away


@pytest.mark.timeout(700 if FULL else 120)
def test_p18_no_bomb_costs_more_than_its_share(site: Bombs, tmp_path: Path) -> None:
    script = tmp_path / "crawl.py"
    script.write_text(CRAWL, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script), site.address, json.dumps(list(site.bodies))],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        timeout=110 if not FULL else 600,
    )
    told = json.loads(done.stdout)

    assert {
        path: told["reasons"][path] for path, (_, _, may) in site.bodies.items() if told["reasons"][path] not in may
    } == {}
    assert told["reasons"]["unchanged"] == 300
    assert told["grown"] < MOST_MEMORY
    assert told["held"] < MOST_HELD
