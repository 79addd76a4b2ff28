"""A site whose feed shows its ten newest entries, and which has further ways to them: pages of a list, a sitemap.

`Reader` visits it by the real crawl and takes in what comes, at hours that a test chooses.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

from crawler.inbox import Errand
from news.health import NoticeKind
from news.source import AnySource, FeedSource
from news.visit import Visit
from scheduler.errands import errand_of
from scheduler.intake import Intake
from storage import SourceState, Store, Unit
from tests.crawler import crawls
from tests.promises.site import LoopbackSite
from tests.scheduler.office import Clock, an_intake, visits

IN_FEED, ON_PAGE = 10, 8
STEP = timedelta(minutes=10)


class MovingOn(LoopbackSite):
    """Publishes an entry each STEP from `began` on: number 1 at `began`. published: how many there are.

    broken: paths that answer 503; gone: that answer 410. moved: path to where it leads, for good unless `moving` says
    another status. headers, head: what its answers and its feed say besides.
    """

    def __init__(self, host: str, *, began: datetime) -> None:
        super().__init__(host)
        self.began, self.published = began, 0
        self.broken: set[str] = set()
        self.gone: set[str] = set()
        self.moving = 301
        self.moved: dict[str, str] = {}
        self.headers: dict[str, str] = {}
        self.head = ""

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(handler.path)
        newest_first = list(range(self.published, 0, -1))
        if parts.path in self.broken:
            handler.send_error(503)
        elif parts.path in self.gone:
            handler.send_error(410)
        elif parts.path in self.moved:
            handler.send_response(self.moving)
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


def feed(site: MovingOn, *others: AnySource) -> FeedSource:
    """The feed of the site, with other ways to the same news."""
    return FeedSource(
        id="office", url=f"{site.address}/rss", publisher="The office", language="en", zone="UTC", alternatives=others
    )


class Reader:
    """Visits one source by the real crawl, as the store says and at the hour of its clock."""

    def __init__(self, store: Store, source: AnySource, in_loop: Any) -> None:
        self.store, self.source, self.clock, self._in_loop = store, source, Clock(), in_loop
        self.intake = an_intake(store, self.clock)

    def visit(self) -> Visit:
        """Visit the source now; gives the visit as it is recorded."""
        self._in_loop(self._visit(self.intake))
        return visits(self.store)[-1]

    async def _visit(self, intake: Intake) -> None:
        def errand(unit: Unit) -> Errand:
            return errand_of(unit, self.source, unit.visits.state(self.source.id), now=self.clock())

        await crawls._shared[0].start()
        await crawls._shared[0].crawl([await self.store.read(errand)], intake, now=self.clock)

    def told(self) -> list[tuple[NoticeKind, Any, Any]]:
        """The notices there are: their kinds, from and to."""
        notices = self.store.read_now(lambda unit: unit.health.untold(0, since=None))
        return [(one.kind, one.since, one.until) for one in notices]

    def titles(self) -> set[str]:
        """What is stored."""
        return {item.title for item in self.store.read_now(lambda unit: unit.items.newest(99))}

    def state(self) -> SourceState:
        """Where the source stands."""
        state = self.store.read_now(lambda unit: unit.visits.state(self.source.id))
        assert state is not None
        return state
