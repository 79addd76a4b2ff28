"""Pages as fetched and what reading one gives; both picklable, they travel to the reader processes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from news.item import Draft
from news.link import Link


@dataclass(frozen=True, kw_only=True)
class Page:
    """A fetched body. `body` is bytes after content decoding (a bare gzip body may still be inside).

    url: address after redirects. content_type: the header as sent, with its charset. fetched_at: aware UTC.
    """

    url: str
    body: bytes
    content_type: str = ""
    status: int = 200
    fetched_at: datetime


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a page held: drafts in page order, and what the page says about itself.

    truncated: bytes are missing at its end, and the drafts are what could be saved of it. note: what was odd about a
    page that came whole, in words; it was read all the same.
    doubt: what was repaired in the page's letters, or could not be, in words; empty where they are as declared.
    links: articles that the page names and that are to be read on pages of their own, in page order.
    nested: addresses of further lists that this one consists of (the members of a sitemap index).
    unchanged: entries left out because they are, byte for byte, as at the visit before; where nothing else is on the
    page, nothing else of it was read either. marks: what each entry is known by then (`crawler.read.prune`), in page
    order and empty for one that has to be read again; none at all where the page has to be read whole again.
    """

    drafts: tuple[Draft, ...]
    title: str = ""
    link: str = ""
    language: str = ""
    truncated: bool = False
    note: str = ""
    doubt: str = ""
    links: tuple[Link, ...] = ()
    nested: tuple[str, ...] = ()
    unchanged: int = 0
    marks: tuple[str, ...] = ()


class ArticleWay(StrEnum):
    """What gave an article's body: the source's selectors, the page's own metadata, or the general extractor."""

    SELECTORS = "selectors"
    METADATA = "metadata"
    EXTRACTOR = "extractor"
    SITE = "site"


@dataclass(frozen=True, kw_only=True)
class ArticleReading:
    """One article's page: its draft, how it was got and what was odd about it.

    oddities: names that a visit counts, for a source's health (`extractor`, `no_date`, `no_body`, `other_title`).
    canonical: the address that the page calls its own, absolute; empty where it names none that can be believed.
    doubt: as in Reading.
    """

    draft: Draft
    way: ArticleWay
    oddities: tuple[str, ...] = ()
    canonical: str = ""
    doubt: str = ""
