"""Sitemaps plain, of Google's news kind, as indexes, cut off and hostile (P18)."""

from __future__ import annotations

import gzip
import time
from dataclasses import replace

import pytest

from crawler.read.page import Reading
from crawler.read.sitemap import read_sitemap
from news.errors import Unreadable
from news.source import SitemapSource
from news.visit import Reason
from tests.crawler.read.pages import made

SOURCE = SitemapSource(
    id="agency", url="https://www.example.kz/sitemaps/google-news_ru.xml", publisher="Example agency", language="ru"
)
NEWS = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
 <url><loc>https://www.example.kz/ru/obrazec-1a2b3c</loc>
  <news:news><news:publication><news:name>Образец</news:name><news:language>ru</news:language></news:publication>
  <news:publication_date>2026-11-21T10:00:00+05:00</news:publication_date>
  <news:title>Образец: склад &quot;Север&quot; &amp;laquo;открыт&raquo; &lt;сегодня&gt;</news:title>
  <news:keywords>склад, помощь</news:keywords></news:news>
  <image:image><image:loc>https://www.example.kz/1.jpg</image:loc><image:title>Снимок</image:title></image:image></url>
 <url><loc>https://www.example.kz/ru/obrazec-4d5e6f?a=1&b=2</loc>
  <news:news><news:publication_date>2026-11-21T05:30:00Z</news:publication_date><news:title>Образец: второй</news:title>
  </news:news></url>
</urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
 <sitemap><loc>https://www.example.kz/2026-10.xml</loc><lastmod>2026-10-31</lastmod></sitemap>
 <sitemap><loc>/undated.xml</loc></sitemap>
 <sitemap><loc>https://www.example.kz/2026-11.xml</loc><lastmod>2026-11-22T08:00:00+05:00</lastmod></sitemap>
 <sitemap><loc>https://www.example.kz/pages.xml</loc><lastmod>2026-11-22</lastmod></sitemap></sitemapindex>"""


def read(text: str | bytes, source: SitemapSource = SOURCE) -> Reading:
    return read_sitemap(made(text if isinstance(text, bytes) else text.encode(), url=source.url), source)


def plain(*entries: tuple[str, str]) -> str:
    members = "".join(f"<url><loc>https://www.example.kz/{path}</loc>{rest}</url>" for path, rest in entries)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{members}</urlset>'


def paths(reading: Reading) -> list[str]:
    return [link.url.removeprefix("https://www.example.kz/") for link in reading.links]


def test_a_news_sitemap() -> None:
    second, first = read(NEWS).links

    assert first.url == "https://www.example.kz/ru/obrazec-1a2b3c"
    assert first.said.title == 'Образец: склад "Север" «открыт» <сегодня>'
    assert first.said.published is not None
    assert first.said.published.isoformat() == "2026-11-21T10:00:00+05:00"
    assert (first.said.language, first.said.tags, first.said.image) == (
        "ru",
        ("склад", "помощь"),
        "https://www.example.kz/1.jpg",
    )
    assert second.url == "https://www.example.kz/ru/obrazec-4d5e6f?a=1&b=2"
    assert second.said.published is not None
    assert second.said.published.isoformat() == "2026-11-21T10:30:00+05:00"


@pytest.mark.parametrize(
    "body",
    [
        gzip.compress(NEWS.encode()),
        b"\n\n  " + NEWS.encode(),
        NEWS.encode("utf-16"),
        NEWS.replace(' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"', "").encode(),
    ],
    ids=["gzip", "signs before the declaration", "utf-16", "an undeclared prefix"],
)
def test_forms_that_are_read_all_the_same(body: bytes) -> None:
    assert [link.said.title for link in read(body).links] == [link.said.title for link in read(NEWS).links]


def test_the_newest_come_first_and_are_the_ones_that_are_kept() -> None:
    text = plain(
        ("undated", ""),
        ("old", "<lastmod>2026-11-20</lastmod>"),
        ("new", "<lastmod>2026-11-22T01:00:00+05:00</lastmod>"),
        ("middle", "<lastmod>2026-11-21T19:30:00Z</lastmod>"),
        ("strange", "<lastmod>yesterday</lastmod>"),
    )

    assert paths(read(text)) == ["new", "middle", "old", "undated", "strange"]
    assert paths(read(text, replace(SOURCE, newest=2))) == ["new", "middle", "undated", "strange"]
    assert read(text, replace(SOURCE, newest=2)).note == "the newest 2 of 3 dated entries were read"
    assert read(text, replace(SOURCE, newest=3)).note == ""


def test_undated_entries_may_stand_oldest_first_and_are_all_given() -> None:
    reading = read(plain(*((f"n{number}", "") for number in range(400))))

    assert paths(reading) == [f"n{number}" for number in range(400)]
    assert reading.note == ""


def test_of_very_many_undated_entries_the_first_and_the_last_are_given_and_that_is_noted() -> None:
    reading = read(plain(*((f"n{number}", "") for number in range(5_000))))

    assert (len(reading.links), paths(reading)[0], paths(reading)[-1]) == (2_000, "n0", "n4999")
    assert reading.note == "the first and the last 1000 of 5000 undated entries were read"


def test_lastmod_is_no_publication() -> None:
    (link,) = read(plain(("one", "<lastmod>2026-11-20</lastmod>"))).links

    assert link.said.published is None
    assert link.said.updated is not None
    assert link.said.updated.isoformat() == "2026-11-20"


def test_matching() -> None:
    text = plain(("ru/one", ""), ("en/two", ""), ("ru/one", ""))

    assert paths(read(text, replace(SOURCE, matching="/ru/"))) == ["ru/one"]
    assert read(text, replace(SOURCE, matching="/kk/")).note == 'none of 3 entries contains "/kk/"'


def test_an_index() -> None:
    reading = read(INDEX)

    assert reading.links == ()
    assert [url.rpartition("/")[2] for url in reading.nested] == [
        "2026-11.xml",
        "pages.xml",
        "2026-10.xml",
        "undated.xml",
    ]
    assert read(INDEX, replace(SOURCE, nested=r"/\d{4}-")).nested == (
        "https://www.example.kz/2026-11.xml",
        "https://www.example.kz/2026-10.xml",
    )


def members(*names: str) -> list[str]:
    index = "".join(f"<sitemap><loc>https://www.example.kz/{name}</loc></sitemap>" for name in names)
    xml = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{index}</sitemapindex>'
    return [url.rpartition("/")[2] for url in read(xml).nested]


def test_undated_members_of_an_index_come_by_their_numbers_or_the_last_first() -> None:
    posts = [f"posts-{number}.xml" for number in range(1, 12)]

    assert members(*posts)[:3] == ["posts-11.xml", "posts-10.xml", "posts-9.xml"]
    assert members("posts-1.xml", "users-1.xml", "posts-2.xml") == ["posts-2.xml", "posts-1.xml", "users-1.xml"]
    assert members("2025-12.xml", "2026-9.xml", "2026-10.xml") == ["2026-10.xml", "2026-9.xml", "2025-12.xml"]
    assert members("first.xml", "second.xml", "third.xml") == ["third.xml", "second.xml", "first.xml"]
    assert members(f"posts-{'9' * 5_000}.xml", "posts-1.xml")[-1] == "posts-1.xml"


@pytest.mark.parametrize(
    "body",
    [
        plain(*((f"n{number}", "") for number in range(3_500))).encode("utf-16"),
        plain(("one", "")).encode() + b"<!--" + b"x" * 120_000 + b"-->",
    ],
    ids=["long utf-16", "a long comment behind the root"],
)
def test_one_that_is_whole_is_not_said_to_break_off(body: bytes) -> None:
    reading = read(body)

    assert reading.links
    assert not reading.truncated


@pytest.mark.parametrize("body", ["<urlset/>", '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" />'])
def test_a_root_that_is_closed_in_itself_is_empty_and_whole(body: str) -> None:
    reading = read(body)

    assert (reading.links, reading.nested, reading.truncated) == ((), (), False)


def test_one_that_breaks_off_gives_what_came_whole() -> None:
    text = plain(*((f"n{number}", "") for number in range(5)))
    reading = read(text[: text.index("n4") + 1])

    assert paths(reading) == ["n0", "n1", "n2", "n3"]
    assert reading.truncated


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<!doctype html><html><body>Welcome</body></html>", Reason.NOT_A_SITEMAP),
        (b"<html><head><title>Just a moment...</title></head></html>", Reason.CHALLENGE),
        (b"<rss version='2.0'><channel/></rss>", Reason.NOT_A_SITEMAP),
        (b'{"urls": []}', Reason.NOT_A_SITEMAP),
        (b"\x00\x01\x02", Reason.NOT_A_SITEMAP),
        (b"<urlset><url><loc>https://www.exam", Reason.TRUNCATED),
        (b"<urlset>" + b"<url>" * 100_000, Reason.TRUNCATED),
    ],
)
def test_what_is_none(body: bytes, reason: Reason) -> None:
    with pytest.raises(Unreadable) as caught:
        read(body)

    assert caught.value.reason is reason


def test_entities_do_not_expand_and_load_nothing() -> None:
    levels = "".join(f'<!ENTITY e{level} "{f"&e{level - 1};" * 10}">' for level in range(1, 10))
    bomb = f'<!DOCTYPE u [<!ENTITY e0 "{"x" * 100}">{levels}<!ENTITY file SYSTEM "file:///etc/hostname">]>'
    text = plain(("&file;", ""), ("&e9;", ""), ("well", ""))
    began = time.monotonic()
    reading = read(bomb + text)

    assert "well" in paths(reading)
    assert max(len(link.url) for link in reading.links) < 100
    assert time.monotonic() - began < 1.0


def test_what_hides_behind_absurd_depth_is_told_as_missing() -> None:
    text = plain(("before", ""), ("after", "")).replace("</url><url>", f"</url>{'<x>' * 5_000}{'</x>' * 5_000}<url>")
    reading = read(text)

    assert paths(reading) == ["before"]
    assert reading.truncated


def test_fifty_thousand_entries_cost_seconds_at_most() -> None:
    text = plain(*((f"n{number}", "<lastmod>2026-11-22T08:00:00+05:00</lastmod>") for number in range(50_000)))
    began = time.process_time()

    assert len(read(text).links) == 300
    assert time.process_time() - began < 6.0
