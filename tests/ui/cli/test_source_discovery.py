"""`presswatch source test URL` at addresses that are not configured, against a site on loopback."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from news.settings import parse_settings
from news.source import FeedSource, ListingSource, SitemapSource
from tests.fakesite.static import HTML, XML, StaticSite
from tests.ui.cli.desk import Desk, a_desk


def cards(count: int) -> str:
    return "".join(
        f'<div class="card"><h3><a href="/news/{n}">Sample office opens its register number {n}</a></h3>'
        f'<span class="card-date">{n} November 2026</span></div>'
        for n in range(1, count + 1)
    )


FRONT = f"<html lang='en'><head><title>News | Sample Office</title></head><body>{cards(4)}</body></html>"
FEED = (
    "<rss version='2.0'><channel><title>Office</title>"
    "<item><title>Sample office opens</title><link>/1</link><pubDate>Sat, 21 Nov 2026 08:00:00 +0000</pubDate></item>"
    "</channel></rss>"
)
SITEMAP = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>{site}/news/1</loc>'
    "<lastmod>2026-11-21</lastmod>{news}</url></urlset>"
)
NEWS = (
    "<news:news><news:publication_date>2026-11-21T10:00:00+05:00</news:publication_date>"
    "<news:title>Sample office opens</news:title></news:news>"
)


def looked_at(desk: Desk, url: str) -> dict[str, Any]:
    done = desk.process("source", "test", url, "--json")
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
    answer = json.loads(done.stdout)
    assert isinstance(answer, dict)
    return answer


def parsed(declaration: str) -> Any:
    """The one source that the printed text declares, once it stands in a config.yaml."""
    text = f"contact: newsroom@ifrc-desk.kz\npacks: []\n{declaration}"
    (source,) = parse_settings(text, {}, read_secret=str).sources
    return source


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return a_desk(tmp_path)


def test_a_page_without_feed_or_sitemap_gives_a_listing_that_reads_it(desk: Desk) -> None:
    with StaticSite({"/news": (HTML, FRONT)}) as site:
        answer = looked_at(desk, f"{site.address}/news")
    source = parsed(answer["declaration"])
    assert isinstance(source, ListingSource)
    assert (source.links.entry, source.links.published, source.publisher) == ("div.card", ".card-date", "Sample Office")
    (listing,) = [one for one in answer["candidates"] if one["kind"] == "listing"]
    assert (listing["holds"], listing["newest"]) == (4, "2026-11-04")


def test_a_feed_that_the_page_names_goes_before_its_list(desk: Desk) -> None:
    front = FRONT.replace("</head>", "<link rel=alternate type=application/rss+xml href=/office.rss></head>")
    with StaticSite({"/": (HTML, front), "/office.rss": (XML, FEED)}) as site:
        answer = looked_at(desk, f"{site.address}/")
        source = parsed(answer["declaration"])
        assert (type(source), source.url) == (FeedSource, f"{site.address}/office.rss")
    assert "/feed/" not in site.asked, "a page that names its feed needs no guessing"


def test_a_usual_feed_address_is_tried_where_the_page_names_none(desk: Desk) -> None:
    with StaticSite({"/": (HTML, FRONT), "/rss.xml": (XML, FEED)}) as site:
        assert parsed(looked_at(desk, f"{site.address}/")["declaration"]).url == f"{site.address}/rss.xml"


@pytest.mark.parametrize(("news", "kind"), [(NEWS, SitemapSource), ("", ListingSource)], ids=["news", "plain"])
def test_a_news_sitemap_of_robots_txt_goes_before_a_list_and_a_plain_one_behind(
    desk: Desk, news: str, kind: type
) -> None:
    with StaticSite({"/": (HTML, FRONT)}) as site:
        site.pages["/robots.txt"] = ("text/plain", f"Sitemap: {site.address}/map.xml\n")
        site.pages["/map.xml"] = (XML, SITEMAP.format(site=site.address, news=news))
        source = parsed(looked_at(desk, f"{site.address}/")["declaration"])
    assert isinstance(source, kind)


def test_a_page_that_lists_nothing_says_so_and_an_article_is_known(desk: Desk) -> None:
    data = '<script type="application/ld+json">{"@type": "NewsArticle"}</script><p>One sample text.</p>'
    with StaticSite({"/story": (HTML, f"<html><body>{data}</body></html>")}) as site:
        done = desk.process("source", "test", f"{site.address}/story")
        missing = desk.process("source", "test", f"{site.address}/nowhere")
    assert done.returncode == 1
    assert "the page is an article itself (NewsArticle)" in done.stdout.decode()
    assert "Nothing here can be read as a list of news" in done.stdout.decode()
    assert missing.returncode == 1
    assert "[not_found]" in missing.stdout.decode()
