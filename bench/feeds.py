"""What a visit to a feed costs that was read before: feedparser on all of it against ours, same feeds, same run.

The feeds have the shapes of WordPress (whole texts in CDATA), of an agency (summaries), and Atom with escaped markup.
Unchanged is measured twice: made anew with another date in its head (its hash tells), and with a cache's comment
behind it (its entries' marks tell). Ours is everything between the body and what is handed in; feedparser is called as
everybody calls it, and once more in the cheaper settings of ours, which leave cleaning to nh3 (in brackets). What ours
does besides (clean markup, dates, plain text) is in the last columns: paid for the new entry only, where it was paid
for all of them. CPU time, interleaved rounds, each the mean of a few visits in a row.
"""

from __future__ import annotations

import io
import random
import statistics
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from types import SimpleNamespace
from typing import Any, cast

import feedparser

from bench.article_pages import paragraphs, sentence
from crawler.middlewares.conditional import new_validators
from crawler.read import read_page
from crawler.read.page import Page, Reading
from crawler.read.prune import pruned
from crawler.readers import Readers
from crawler.verdict import OK, of_answer
from news.source import FeedSource
from news.visit import Validators, VisitResult

_ROUNDS, _IN_A_ROW = 9, 3
_NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
_SOURCE = FeedSource(id="bench", url="https://news.example/feed", publisher="Bench", language="ru")
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_WORDPRESS = (
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" '
    'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><title>Bench</title>'
    '<atom:link href="https://news.example/feed" rel="self" type="application/rss+xml"/><link>https://news.example</link>'
    "<description>News</description><lastBuildDate>Sun, 22 Nov 2026 {made}:00 +0000</lastBuildDate>"
    "<language>ru</language><sy:updatePeriod>hourly</sy:updatePeriod>{entries}</channel></rss>"
)
_AGENCY = (
    '<rss version="2.0"><channel><title>Bench</title><link>https://news.example</link><language>ru</language>'
    "<pubDate>Sun, 22 Nov 2026 {made}:00 +0000</pubDate>{entries}</channel></rss>"
)
_ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ru"><title>Bench</title><id>https://news.example/</id>'
    "<updated>2026-11-22T{made}:00Z</updated>{entries}</feed>"
)


@dataclass(frozen=True, kw_only=True)
class Shape:
    """A kind of feed: what is around the entries, how one is written, and how many there are."""

    name: str
    frame: str
    entry: Callable[[int, random.Random], str]
    entries: int

    def bodies(self, chance: random.Random) -> tuple[bytes, bytes, bytes, bytes]:
        """The feed, made anew, with a comment behind it, and with a new entry in place of the oldest."""
        newest, *entries = (self.entry(number, chance) for number in range(self.entries + 1, 0, -1))
        first = _HEAD + self.frame.format(made="08:00", entries="".join(entries))
        anew = _HEAD + self.frame.format(made="08:30", entries="".join(entries))
        more = _HEAD + self.frame.format(made="08:30", entries="".join((newest, *entries[:-1])))
        return first.encode(), anew.encode(), f"{anew}<!-- cached at 08:31 -->".encode(), more.encode()


def run() -> list[str]:
    """Measure each shape; one line a shape."""
    chance = random.Random(2026)
    rows = [
        f"{_ROUNDS} rounds; CPU ms a visit, the median of the rounds; in brackets: against feedparser as ours asks it"
    ]
    return [*rows, *(_row(shape, shape.bodies(chance)) for shape in SHAPES)]


def _row(shape: Shape, bodies: tuple[bytes, bytes, bytes, bytes]) -> str:
    first, anew, cached, more = (Page(url=_SOURCE.url, body=body, fetched_at=_NOW) for body in bodies)
    known = new_validators({}, first.body, read_page(first, _SOURCE).marks)
    _assert_same(first, anew, cached, more, known)
    works: tuple[Callable[[], object], ...] = (
        lambda: feedparser.parse(io.BytesIO(more.body)),
        lambda: _feedparser(more.body),
        lambda: _visit(anew, known),
        lambda: _visit(cached, known),
        lambda: _parsed_rest(more, known),
        lambda: _visit(more, known),
        lambda: _visit(more, Validators()),
    )
    rounds: list[list[float]] = [[] for _ in works]
    for _ in range(_ROUNDS):
        for work, taken in zip(works, rounds, strict=True):
            started = time.process_time()
            for _ in range(_IN_A_ROW):
                work()
            taken.append((time.process_time() - started) / _IN_A_ROW * 1e3)
    usual, cheap, hashed, cut, rest, new, uncut = map(statistics.median, rounds)
    return (
        f"{shape.name:<10} {shape.entries} entries, {len(first.body) // 1000} kB | feedparser {usual:.1f} "
        f"({cheap:.1f}) | unchanged: by hash {hashed:.2f}, {usual / hashed:.0f} times cheaper ({cheap / hashed:.0f}), "
        f"by marks {cut:.2f}, {usual / cut:.0f} times ({cheap / cut:.0f}; at least 40) | one new: {rest:.2f}, "
        f"{usual / rest:.0f} times ({cheap / rest:.0f}; at least 12) | whole visits: one new {new:.1f}, all new "
        f"{uncut:.1f}, {uncut / new:.0f} times"
    )


def _visit(page: Page, known: Validators) -> Reading | VisitResult:
    """What becomes of an answer between the wire and the inbox; where nothing changed, how that was judged."""
    judged = of_answer(status=200, headers={}, body=page.body, kind="feed", known=known, now=_NOW)
    if judged != OK:
        return judged.result
    reading = _drive(_READERS.read_new(page, _SOURCE, frozenset(known.entries.split())))
    new_validators({}, page.body, reading.marks)
    return reading


class _ReadHere(Readers):
    """Readers without processes: how a page gets there and back is not what is measured."""

    async def read(self, page: Page, source: object) -> Reading:  # noqa: ARG002 - there is one
        return read_page(page, _SOURCE)


_READERS = _ReadHere(SimpleNamespace(processes=1, deadline=60.0, memory_mb=400, inline_below=0))


def _drive(work: Coroutine[Any, Any, Reading]) -> Reading:
    """Run a coroutine that waits for nothing."""
    try:
        work.send(None)
    except StopIteration as ended:
        return cast(Reading, ended.value)
    raise AssertionError("it waited")


def _parsed_rest(page: Page, known: Validators) -> object:
    """Like with like: to the same entries of feedparser, without what is made of them."""
    of_answer(status=200, headers={}, body=page.body, kind="feed", known=known, now=_NOW)
    rest = pruned(page, frozenset(known.entries.split()))
    return _feedparser(rest.page.body) if rest is not None else None


def _feedparser(body: bytes) -> list[dict[str, object]]:
    headers = {"content-location": _SOURCE.url, "content-type": "application/xml; charset=utf-8"}
    parsed = feedparser.parse(
        io.BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    return [dict(entry) for entry in parsed.entries]


def _assert_same(first: Page, anew: Page, cached: Page, more: Page, known: Validators) -> None:
    """Nothing is lost on the cheap way, or its time would be worth nothing."""
    assert first.body != anew.body
    assert _visit(anew, known) is VisitResult.NOT_MODIFIED
    same = _visit(cached, known)
    assert isinstance(same, Reading)
    assert (same.drafts, same.unchanged) == ((), len(known.entries.split()))
    new = _visit(more, known)
    assert isinstance(new, Reading)
    assert new.drafts == read_page(more, _SOURCE).drafts[:1]
    assert _parsed_rest(more, known) == _feedparser(more.body)[:1]


def _full(number: int, chance: random.Random) -> str:
    return (
        f"<item><title>{sentence(chance, 8)}</title><link>https://news.example/{number}</link>"
        f"<dc:creator><![CDATA[Newsroom]]></dc:creator><pubDate>Sat, 21 Nov 2026 {number % 24:02}:10:00 +0000</pubDate>"
        f'<category><![CDATA[Region]]></category><guid isPermaLink="false">https://news.example/?p={number}</guid>'
        f"<description><![CDATA[{sentence(chance, 30)}]]></description>"
        f"<content:encoded><![CDATA[{paragraphs(chance)}]]></content:encoded></item>\n"
    )


def _brief(number: int, chance: random.Random) -> str:
    return (
        f"<item><title>{sentence(chance, 8)}</title><link>https://news.example/{number}</link>"
        f"<guid>https://news.example/{number}</guid><pubDate>Sat, 21 Nov 2026 {number % 24:02}:10:00 +0000</pubDate>"
        f"<description>{escape(sentence(chance, 40))}</description>"
        f'<enclosure url="https://news.example/{number}.jpg" type="image/jpeg" length="1000"/></item>\n'
    )


def _atom(number: int, chance: random.Random) -> str:
    return (
        f"<entry><title>{sentence(chance, 8)}</title><id>tag:news.example,2026:{number}</id>"
        f'<link href="https://news.example/{number}"/><updated>2026-11-21T{number % 24:02}:10:00Z</updated>'
        f'<author><name>Newsroom</name></author><content type="html">{escape(paragraphs(chance))}</content></entry>\n'
    )


SHAPES = (
    Shape(name="WordPress", frame=_WORDPRESS, entry=_full, entries=20),
    Shape(name="agency", frame=_AGENCY, entry=_brief, entries=50),
    Shape(name="Atom", frame=_ATOM, entry=_atom, entries=30),
)


def main() -> None:
    """Print the rows."""
    print("\n".join(run()))


if __name__ == "__main__":
    main()
