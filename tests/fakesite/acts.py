"""What the fake site can do, one short function a misbehaviour; the table at the end names them."""

from __future__ import annotations

import gzip
import json
import socket
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING

from tests.fakesite import news_acts
from tests.fakesite.sending import send

if TYPE_CHECKING:
    from tests.fakesite.server import FakeSite


@dataclass(frozen=True, kw_only=True)
class Stage:
    """What an act plays with; `over` is set when the site closes, so that nobody sleeps longer."""

    handler: BaseHTTPRequestHandler
    site: FakeSite
    body: bytes
    over: threading.Event


def rss(entries: int = 3, *, channel: str = "Fake news agency") -> bytes:
    """A feed of so many entries."""
    items = "".join(
        f"<item><title>The office reports progress, part {n}</title><link>https://example.org/{n}</link>"
        f"<guid>part-{n}</guid></item>"
        for n in range(entries)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        f'<rss version="2.0"><channel><title>{channel}</title>{items}</channel></rss>'
    ).encode()


def feed(stage: Stage, entries: str = "3", **_: str) -> None:
    send(stage.handler, rss(int(entries)))


def slow(stage: Stage, seconds: str = "0.5", n: str = "") -> None:  # noqa: ARG001 - part of the address only
    stage.over.wait(float(seconds))
    send(stage.handler, rss())


def validated(stage: Stage, etag: str = '"one"', date: str = "Tue, 03 Nov 2026 08:00:00 GMT") -> None:
    """304 to whoever knows one of its validators."""
    asked = stage.handler.headers
    if asked.get("If-None-Match") == etag or asked.get("If-Modified-Since") == date:
        stage.handler.send_response(304)
        stage.handler.end_headers()
    else:
        send(stage.handler, rss(), ETag=etag, Last_Modified=date)


def never(stage: Stage, n: str = "") -> None:  # noqa: ARG001 - part of the address only
    """Takes the request and never answers."""
    stage.over.wait(60)
    stage.handler.close_connection = True


def trickle(stage: Stage) -> None:
    """Sends a byte now and then, for ever."""
    stage.handler.send_response(200)
    stage.handler.send_header("Content-Length", "100000")
    stage.handler.end_headers()
    while not stage.over.wait(0.1):
        stage.handler.wfile.write(b"<")
    stage.handler.close_connection = True


def challenge(stage: Stage, status: str = "200") -> None:
    page = b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>"
    send(stage.handler, page, status=int(status), type="text/html")


def firewall(stage: Stage) -> None:
    """ReliefWeb's: 202 and a script."""
    page = b"<!DOCTYPE html><html><head><script src='/t.js'></script></head><body></body></html>"
    send(stage.handler, page, status=202, type="text/html", x_amzn_waf_action="challenge")


def webpage(stage: Stage) -> None:
    send(stage.handler, b"<!-- CMS --><html><body>Technical works until Monday</body></html>", type="text/html")


def status(stage: Stage, code: str, retry_after: str = "", n: str = "") -> None:  # noqa: ARG001 - of the address only
    headers = {"Retry_After": retry_after} if retry_after else {}
    send(stage.handler, b"no", status=int(code), type="text/plain", **headers)


def truncated(stage: Stage) -> None:
    """XML that breaks off in its last entry, its length truly stated."""
    send(stage.handler, rss(5)[:-60])


def dropped(stage: Stage) -> None:
    """Announces more than it sends, and hangs up."""
    body = rss(5)
    send(stage.handler, body[:-60], length=len(body))
    stage.handler.close_connection = True


def reset(stage: Stage) -> None:
    """Resets the connection without a word."""
    stage.handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    stage.handler.close_connection = True
    stage.handler.connection.close()


def bare_gzip(stage: Stage) -> None:
    """gzip without saying so, as news.un.org did (SOURCES.md section 0)."""
    send(stage.handler, gzip.compress(rss()))


def packed(stage: Stage, etag: str = '"one"') -> None:
    """An article in gzip, by its words; 304 to whoever has it."""
    if stage.handler.headers.get("If-None-Match") == etag:
        stage.handler.send_response(304)
        stage.handler.end_headers()
    else:
        body = gzip.compress(news_acts.article_page(), mtime=0)
        send(stage.handler, body, type="text/html", Content_Encoding="gzip", ETag=etag)


def bomb(stage: Stage, megabytes: str = "100") -> None:
    """A little gzip that unpacks to a lot."""
    send(stage.handler, gzip.compress(b" " * 1_000_000 * int(megabytes), 1), Content_Encoding="gzip")


def huge(stage: Stage) -> None:
    """Announces ten gigabytes."""
    send(stage.handler, b"<rss>", length=10_000_000_000)
    stage.handler.close_connection = True


def endless(stage: Stage) -> None:
    """Never says how much it is, and never stops."""
    stage.handler.send_response(200)
    stage.handler.send_header("Transfer-Encoding", "chunked")
    stage.handler.end_headers()
    while not stage.over.is_set():
        stage.handler.wfile.write(b"10000\r\n" + b"x" * 65_536 + b"\r\n")


def empty(stage: Stage) -> None:
    send(stage.handler, b"")


def redirect(stage: Stage, to: str, code: str = "302") -> None:
    send(stage.handler, b"", status=int(code), Location=to)


def circle(stage: Stage) -> None:
    redirect(stage, stage.handler.path)


def graphql(stage: Stage, lang: str = "") -> None:  # noqa: ARG001 - part of the address only
    """Answers what it was asked, as one record."""
    asked = json.loads(stage.body) if stage.body else {}
    record = {"title": json.dumps(asked, ensure_ascii=False), "id": 1}
    send(stage.handler, json.dumps({"items": [record]}).encode(), type="application/json")


def text(stage: Stage, words: str) -> None:
    send(stage.handler, words.encode(), type="application/xml")


ACTS: dict[str, Callable[..., None]] = {
    "": webpage,
    "article": news_acts.article,
    "bare_gzip": bare_gzip,
    "bomb": bomb,
    "challenge": challenge,
    "circle": circle,
    "dropped": dropped,
    "empty": empty,
    "endless": endless,
    "feed": feed,
    "firewall": firewall,
    "forbidden": feed,
    "graphql": graphql,
    "huge": huge,
    "list": news_acts.listing,
    "never": never,
    "packed": packed,
    "pdf": news_acts.pdf,
    "redirect": redirect,
    "reset": reset,
    "sitemap": news_acts.sitemap,
    "sitemap_index": news_acts.sitemap_index,
    "slow": slow,
    "status": status,
    "text": text,
    "trickle": trickle,
    "truncated": truncated,
    "validated": validated,
    "webpage": webpage,
}
