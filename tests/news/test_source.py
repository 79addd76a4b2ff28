"""What makes a source another one to read."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import pytest

from news.source import (
    AnySource,
    ArticleRules,
    Clock,
    FeedSource,
    JsonFields,
    JsonSource,
    LinkRules,
    ListingSource,
    Paging,
    Quote,
    SitemapSource,
    Standing,
    selector_parts,
)

FEED = FeedSource(id="office", url="https://office.example/rss", publisher="The office")
API = JsonSource(id="office", url="https://office.example/api", publisher="The office", language="kk")
LISTING = ListingSource(id="office", url="https://office.example/news", publisher="The office")
SITEMAP = SitemapSource(id="office", url="https://office.example/sitemap.xml", publisher="The office")

READ_ANEW: list[tuple[AnySource, dict[str, Any]]] = [
    (FEED, {"url": "https://office.example/atom"}),
    (FEED, {"family": "portal"}),
    (FEED, {"zone": "Asia/Oral"}),
    (FEED, {"language": "ru"}),
    (FEED, {"clock": Clock.DAY}),
    (API, {"items": "data.news"}),
    (API, {"errors": "errors"}),
    (API, {"method": "POST"}),
    (API, {"body": {"query": "news"}}),
    (API, {"headers": {"Accept-Language": "kk"}}),
    (API, {"base": "https://office.example/"}),
    (API, {"fields": JsonFields(title="headline")}),
    (FEED, {"notices": ("Dear visitor",)}),
    (FEED, {"articles": ArticleRules()}),
    (LISTING, {"articles": ArticleRules(body=("p",))}),
    (LISTING, {"site": "office"}),
    (LISTING, {"links": LinkRules(matching="/news/")}),
    (SITEMAP, {"matching": "/news/"}),
    (SITEMAP, {"nested": "news"}),
    (SITEMAP, {"newest": 50}),
]

ONLY_SAID: dict[str, Any] = {
    "id": "other",
    "publisher": "The ministry",
    "name": "Press",
    "country": "CH",
    "standing": Standing.OFFICIAL,
    "quote": Quote.FULL,
    "credit": "Photo: the office",
    "tags": ("press",),
    "every": timedelta(hours=2),
    "enabled": False,
    "paging": Paging(url="https://office.example/rss?page={page}"),
    "alternatives": (LISTING,),
    "pack": "offices",
    "declared_as": "office",
    "stand_ins": ("other",),
    "ca_bundle": "/etc/ssl/certs/office.pem",
}


@pytest.mark.parametrize(("source", "change"), READ_ANEW)
def test_what_decides_how_a_source_is_read_changes_its_fingerprint(source: AnySource, change: dict[str, Any]) -> None:
    assert replace(source, **change).reading_fingerprint != source.reading_fingerprint


@pytest.mark.parametrize("name", ONLY_SAID)
def test_what_is_only_said_of_a_source_does_not(name: str) -> None:
    change = {name: ONLY_SAID[name]}
    assert replace(FEED, **change).reading_fingerprint == FEED.reading_fingerprint


def test_every_field_is_on_one_side_or_the_other() -> None:
    tried = {name for _, change in READ_ANEW for name in change} | set(ONLY_SAID) | {"kind"}
    kinds = (FeedSource, JsonSource, ListingSource, SitemapSource)
    assert tried == {field.name for kind in kinds for field in fields(kind)}
    same = JsonSource(id=FEED.id, url=FEED.url, publisher=FEED.publisher)
    assert same.reading_fingerprint != FEED.reading_fingerprint


def test_the_order_in_which_a_body_is_written_does_not_matter() -> None:
    one, two = replace(API, body={"a": 1, "b": 2}), replace(API, body={"b": 2, "a": 1})
    assert one.reading_fingerprint == two.reading_fingerprint


@pytest.mark.parametrize(
    ("written", "css", "attribute"),
    [
        ("h1", "h1", ""),
        ("time[datetime]@datetime", "time[datetime]", "datetime"),
        (' meta[name="article:published_time"]@content ', 'meta[name="article:published_time"]', "content"),
        ('a[href*="@press"]', 'a[href*="@press"]', ""),
        ('a[title="@press"]@href', 'a[title="@press"]', "href"),
        ("img@data-src", "img", "data-src"),
        ("@title", "", "title"),
    ],
)
def test_an_attribute_is_told_from_the_selector_before_it(written: str, css: str, attribute: str) -> None:
    assert selector_parts(written) == (css, attribute)
