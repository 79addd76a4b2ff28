"""A site whose feed shows its ten newest entries, and which has further ways to them: pages of a list, a sitemap."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, urlsplit

from tests.promises.site import LoopbackSite

IN_FEED, ON_PAGE = 10, 8
STEP = timedelta(minutes=10)


class MovingOn(LoopbackSite):
    """Publishes an entry each STEP from `began` on: number 1 at `began`. published: how many there are.

    broken: paths that answer 503. moved: path to where it leads for good.
    """

    def __init__(self, host: str, *, began: datetime) -> None:
        super().__init__(host)
        self.began, self.published = began, 0
        self.broken: set[str] = set()
        self.moved: dict[str, str] = {}
        self.headers: dict[str, str] = {}
        self.head = ""

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(handler.path)
        newest_first = list(range(self.published, 0, -1))
        if parts.path in self.broken:
            handler.send_error(503)
        elif parts.path in self.moved:
            handler.send_response(301)
            handler.send_header("Location", self.moved[parts.path])
            handler.send_header("Content-Length", "0")
            handler.end_headers()
        elif parts.path in ("/rss", "/new.rss"):
            self._send(handler, "application/rss+xml", self._feed(newest_first[:IN_FEED]))
        elif parts.path == "/list":
            page = int(parse_qs(parts.query).get("page", ["1"])[0])
            self._send(handler, "text/html", self._list(newest_first[(page - 1) * ON_PAGE : page * ON_PAGE]))
        elif parts.path == "/sitemap.xml":
            self._send(handler, "application/xml", self._sitemap(newest_first))
        elif found := re.fullmatch(r"/news/(\d+)", parts.path):
            self._send(handler, "text/html", self._article(int(found[1])))
        else:
            handler.send_error(404)

    def stated(self, number: int) -> datetime:
        """When an entry was published."""
        return self.began + (number - 1) * STEP

    def _feed(self, numbers: list[int]) -> str:
        items = "".join(
            f"<item><title>{headline(number)}</title><link>{self.address}/news/{number}</link>"
            f"<guid>{self.address}/news/{number}</guid><description>Register {number} may be seen.</description>"
            f"<pubDate>{self.stated(number):%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"
            for number in numbers
        )
        return f"<rss version='2.0'><channel><title>Office</title>{self.head}{items}</channel></rss>"

    def _list(self, numbers: list[int]) -> str:
        cards = "".join(f"<li><a href='/news/{number}'>{headline(number)}</a></li>" for number in numbers)
        return f"<html><head><title>News</title></head><body><ul>{cards}</ul></body></html>"

    def _sitemap(self, numbers: list[int]) -> str:
        entries = "".join(
            f"<url><loc>{self.address}/news/{number}</loc><lastmod>{self.stated(number).isoformat()}</lastmod></url>"
            for number in numbers
        )
        return f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{entries}</urlset>"

    def _article(self, number: int) -> str:
        return (
            f"<html lang='en'><head><title>{headline(number)}</title></head><body><h1>{headline(number)}</h1>"
            f"<p class='text'>Register {number} may be seen by whoever asks for it at the counter of the office.</p>"
            "</body></html>"
        )

    def _send(self, handler: BaseHTTPRequestHandler, kind: str, page: str) -> None:
        body = page.encode()
        handler.send_response(200)
        handler.send_header("Content-Type", f"{kind}; charset=utf-8")
        handler.send_header("Content-Length", str(len(body)))
        for name, value in self.headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)


def headline(number: int) -> str:
    """The title of an entry."""
    return f"The office opens register number {number}"
