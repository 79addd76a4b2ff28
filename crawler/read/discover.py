"""What a page offers to a reader: its feeds, sitemaps, article data, and what looks like a list of news."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from selectolax.lexbor import LexborHTMLParser

from crawler.read.article_data import article_types
from crawler.read.decode import text_of, unpacked
from crawler.read.listing_patterns import ListingPattern, listing_patterns
from crawler.read.page import Page
from news.text.clean import one_line
from news.urls import resolve

FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")

# Where publishing systems keep their feeds when a page does not say so: WordPress, Drupal, others (SOURCES.md).
USUAL_FEEDS = ("/feed/", "/rss.xml", "/rss", "/feed.xml", "/atom.xml")
USUAL_SITEMAPS = ("/sitemap.xml", "/sitemap_index.xml", "/news-sitemap.xml")

_SITEMAP_LINE = re.compile(r"(?im)^\s*sitemap\s*:\s*(\S+)")


@dataclass(frozen=True, kw_only=True)
class NamedFeed:
    """A feed that a page names in its head."""

    url: str
    title: str
    type: str


@dataclass(frozen=True, kw_only=True)
class Discovery:
    """What a page offers, each best first. article_data: the types of its JSON-LD that describe articles.

    language: of the page as its html element declares it, empty where it does not.
    """

    title: str
    language: str
    feeds: tuple[NamedFeed, ...]
    article_data: tuple[str, ...]
    patterns: tuple[ListingPattern, ...]


def discover(page: Page, *, zone: str) -> Discovery:
    """Look at a web page of any site; `zone` is for dates beside its links. Raises Unreadable for a damaged body."""
    body, _ = unpacked(page)
    html = text_of(body, page.content_type)
    tree = LexborHTMLParser(html)
    head = tree.css_first("title")
    root = tree.css_first("html")
    language = (root.attributes.get("lang") or "").partition("-")[0].lower() if root is not None else ""
    return Discovery(
        title=one_line(head.text()) if head is not None else "",
        language=language if re.fullmatch(r"[a-z]{2,3}", language) else "",
        feeds=tuple(_feeds(tree, page.url)),
        article_data=tuple(dict.fromkeys(article_types(tree))),
        patterns=listing_patterns(html, url=page.url, zone=zone, language=language, now=page.fetched_at),
    )


def usual_addresses(url: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Where feeds and sitemaps of a site usually lie, for a page that names none: (feeds, sitemaps)."""
    parts = urlsplit(url)
    site = urlunsplit((parts.scheme, parts.netloc, "", "", ""))
    # A section of a WordPress or Drupal site has a feed of its own below it.
    below = [f"{url.partition('?')[0].rstrip('/')}/feed/"] if parts.path.strip("/") else []
    feeds = [*below, *(site + path for path in USUAL_FEEDS)]
    return tuple(feeds), tuple(site + path for path in USUAL_SITEMAPS)


def sitemaps_in(robots_txt: str, *, base: str) -> tuple[str, ...]:
    """The sitemaps that a robots.txt names, absolute, in its order."""
    found = (resolve(base, address) for address in _SITEMAP_LINE.findall(robots_txt))
    return tuple(dict.fromkeys(address for address in found if address))


def _feeds(tree: LexborHTMLParser, base: str) -> Iterator[NamedFeed]:
    seen = set()
    for node in tree.css("link[rel~=alternate][href]"):
        kind = (node.attributes.get("type") or "").strip().lower()
        address = resolve(base, node.attributes.get("href") or "")
        if kind in FEED_TYPES and address and address not in seen and "/comments/" not in address:
            seen.add(address)
            yield NamedFeed(url=address, title=one_line(node.attributes.get("title") or ""), type=kind)
