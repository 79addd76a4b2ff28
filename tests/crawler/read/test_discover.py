from __future__ import annotations

import time
from datetime import UTC, datetime

from crawler.read.discover import discover, sitemaps_in, usual_addresses
from crawler.read.page import Page

NOW = datetime(2026, 3, 6, 9, 0, tzinfo=UTC)
URL = "https://office.example.org/news"


def page(html: str) -> Page:
    return Page(url=URL, body=html.encode(), content_type="text/html; charset=utf-8", fetched_at=NOW)


def card(number: int, *, date: str = "") -> str:
    link = f'<a href="/news/{number}-office-opens">'
    return (
        f'<div class="post-{number} card">{link}<img src="/{number}.jpg"></a>'
        f"<h3>{link}Sample office opens register number {number} today</a></h3>{date}</div>"
    )


MENU = "".join(
    f'<li class="menu-item"><a href="/section/{n}">Section number {n} of this site</a></li>' for n in range(9)
)
FOOT = f"<footer>{''.join(card(90 + n) for n in range(12))}</footer>"


def test_a_list_of_cards_is_found_with_its_titles_dates_and_path() -> None:
    cards = "".join(card(n, date=f'<span class="card-date">{n} March 2026</span>') for n in range(1, 6))
    found = discover(page(f"<html lang=en-GB><nav>{MENU}</nav><div class=list>{cards}</div>{FOOT}"), zone="Asia/Almaty")
    best = found.patterns[0]
    assert (best.entry, best.title, best.published, best.matching) == ("div.card", "h3", ".card-date", "/news/")
    assert best.links == 5
    assert best.samples[0] == "Sample office opens register number 1 today"
    assert found.language == "en"


def test_time_elements_are_preferred_for_the_date() -> None:
    cards = "".join(card(n, date=f'<time datetime="2026-03-0{n}T10:00:00Z">some day</time>') for n in range(1, 5))
    assert discover(page(cards), zone="UTC").patterns[0].published == "time@datetime"


def test_undated_cards_give_a_pattern_without_a_date() -> None:
    best = discover(page("".join(map(card, range(1, 5)))), zone="UTC").patterns[0]
    assert best.published == ""
    assert best.entry == "div.card"


def test_menus_foreign_links_and_single_boxes_are_no_list() -> None:
    foreign = "".join(
        f'<div class="ad"><a href="https://other.example.net/{n}">A headline of another site, number {n}</a></div>'
        for n in range(6)
    )
    assert discover(page(f"<nav>{MENU}</nav>{foreign}{card(1)}"), zone="UTC").patterns == ()


def test_feeds_of_the_head_without_those_of_comments() -> None:
    head = (
        '<link rel="alternate" type="application/rss+xml" title="Office &raquo; Feed" href="/feed/">'
        '<link rel="alternate" type="application/rss+xml" href="/comments/feed/">'
        '<link rel="alternate" hreflang="ru" href="/ru/">'
        '<link rel="alternate" type="application/atom+xml" href="atom.xml">'
        '<link rel="alternate" type="application/atom+xml" href="/atom.xml">'
    )
    found = discover(page(head), zone="UTC")
    assert [(feed.url, feed.title) for feed in found.feeds] == [
        ("https://office.example.org/feed/", "Office » Feed"),
        ("https://office.example.org/atom.xml", ""),
    ]


def test_article_data_also_in_graphs_and_beside_broken_json() -> None:
    html = (
        '<script type="application/ld+json">{"@type": "NewsArticle", </script>'
        '<script type="application/ld+json">{"@graph": [{"@type": "WebPage"}, {"@type": ["NewsArticle", "Thing"]}]}'
        "</script>"
    )
    assert discover(page(html), zone="UTC").article_data == ("NewsArticle",)


def test_sitemaps_of_robots_txt_and_the_usual_addresses() -> None:
    robots = "User-agent: *\nSitemap: https://office.example.org/a.xml\n SITEMAP : /b.xml # second\nSitemap:\n"
    assert sitemaps_in(robots, base=URL) == ("https://office.example.org/a.xml", "https://office.example.org/b.xml")
    feeds, sitemaps = usual_addresses("https://office.example.org/en/news/?page=1")
    assert feeds[0] == "https://office.example.org/en/news/feed/"
    assert "https://office.example.org/rss.xml" in feeds
    assert sitemaps[0] == "https://office.example.org/sitemap.xml"
    assert usual_addresses("https://office.example.org/")[0][0] == "https://office.example.org/feed/"


def test_a_page_of_nothing() -> None:
    found = discover(page(""), zone="UTC")
    assert (found.title, found.feeds, found.patterns) == ("", (), ())


def test_a_page_of_very_many_links_in_very_many_boxes_is_looked_at_in_bounded_time() -> None:
    names = [f"{first}{second}{third}" for first in "abcdefghij" for second in "klmnopqrst" for third in "uvwxyz"]
    cards = "".join(
        f'<div class="{names[n % 600]}-date"><a class="{names[n // 40]}" href="/news/{n}">'
        f"Sample office opens register number {n} today</a><span class=card-date>no date at all, part {n}</span></div>"
        for n in range(20_000)
    )
    began = time.process_time()

    found = discover(page(f"<div class=list>{cards}</div>"), zone="UTC")

    assert time.process_time() - began < 4.0
    assert len(found.patterns) <= 3


def test_article_data_is_found_wherever_it_lies_and_however_deep_the_rest_is() -> None:
    article = '{"@type": ["NewsArticle", "Thing"], "headline": "Sample"}'
    deep = "[" * 600 + "]" * 600
    blocks = [f'{{"@graph": [{{"@type": "WebPage", "mainEntity": {article}}}]}}', deep, '{"@type": "Organization"}']
    html = "".join(f'<script type="application/ld+json">{block}</script>' for block in blocks)

    assert discover(page(html), zone="UTC").article_data == ("NewsArticle",)
    many = f"[{','.join(['{}'] * 5_000)}, {article}]"
    assert discover(page(f'<script type="application/ld+json">{many}</script>'), zone="UTC").article_data == ()
