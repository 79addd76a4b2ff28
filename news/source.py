"""What a source is: a declaration, one frozen dataclass for each way in."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from enum import StrEnum
from functools import cached_property
from typing import Literal


class Standing(StrEnum):
    """Whose word it is; a digest shows it. The weightiest comes first."""

    OFFICIAL = "official"
    AGENCY = "agency"
    UN = "un"
    MEDIA = "media"
    AGGREGATOR = "aggregator"

    @property
    def rank(self) -> int:
        """Its place by weight, 0 for the weightiest: what a list of standings is sorted by."""
        return _RANKS[self]


_RANKS = {standing: rank for rank, standing in enumerate(Standing)}


class Quote(StrEnum):
    """How much of the source's text may leave the house, in mail, feed, webhook and export alike."""

    HEADLINE = "headline"
    LEAD = "lead"
    FULL = "full"


class Clock(StrEnum):
    """Whether the source's stated hour can be believed (`exact`) or only its date (`day`)."""

    EXACT = "exact"
    DAY = "day"


_NOT_READING = frozenset(
    {"id", "publisher", "name", "country", "standing", "quote", "credit", "tags", "every", "enabled"}
    | {"pack", "declared_as", "paging", "alternatives", "ca_bundle", "stand_ins"}
)


_ATTRIBUTE = re.compile(r"@([A-Za-z_][A-Za-z0-9_:.-]*)\s*$")


def selector_parts(selector: str) -> tuple[str, str]:
    """The CSS selector and the name of the attribute that is asked of what it finds; an empty one means its text.

    `meta[name="date"]@content` is `meta[name="date"]` and `content`; `@title` alone is the element at hand.
    """
    found = _ATTRIBUTE.search(selector)
    return (selector[: found.start()].strip(), found[1]) if found else (selector.strip(), "")


@dataclass(frozen=True, kw_only=True)
class ArticleRules:
    """Where on an article's page its parts are: CSS selectors, tried in order; none means that the page's own metadata
    and a general extractor are asked.

    A selector may end in "@name" for an attribute (`selector_parts`): `meta[name="article:published_time"]@content`. Of
    `body` every match counts, in page order; of the others the first that gives something. drop: what is cut out of the
    body first.
    """

    title: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    image: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LinkRules:
    """Where on a list's page its entries are: CSS selectors, `entry` over the page, the others inside one entry.

    link: empty means the entry itself or its first link. title, summary, published: empty means the list does not say
    (a title is then the link's own text). matching: a regular expression that an article's address must contain.
    """

    entry: str = "a[href]"
    link: str = ""
    title: str = ""
    summary: str = ""
    published: str = ""
    matching: str = ""


@dataclass(frozen=True, kw_only=True)
class Paging:
    """How a list goes on: its further pages lie at `url` with "{page}" counted up from `start`, its second page.

    For a JSON interface that asks by POST `url` is empty and "{page}" stands in its body; `start` is then the second
    page's number too, and the first is the one before. most: pages that one visit reads at most to catch up.
    """

    url: str = ""
    start: int = 2
    most: int = 5


@dataclass(frozen=True, kw_only=True)
class Source:
    """What every source declares, whichever way it is read.

    id: short name, letters, digits and hyphens; unique in the configuration.
    family: native ids are unique within it; sources of one portal share it. Empty means the id.
    url: the entry address that is fetched.
    language: BCP 47 primary tag the source usually writes in; a prior, never the verdict. Empty means unknown.
    zone: IANA zone of hours and days that the source states without an offset.
    credit: the line a digest prints for the source; empty means the publisher.
    every: pause between two visits.
    notices: beginnings of lines that the site puts into every text; they are kept apart from the body.
    ca_bundle: PEM file of further certificate authorities that are believed for its site alone; empty means none.
    articles: how the pages of its entries are read; None where an entry is complete in the list itself, which it never
    is in a listing or sitemap.
    site: name of a reader in crawler/sites, for what declarations cannot say; empty means none is needed.
    paging: how its list goes on; None where only the newest page is known.
    alternatives: other ways to the same news (same id), tried in this order where the ones before them yield nothing.
    stand_ins: ids of sources that carry part of its news; a digest names them while it cannot be read.
    pack, declared_as: the pack of the catalogue it comes from and the declaration's own id there; empty for one's own.
    """

    id: str
    url: str
    publisher: str
    name: str = ""
    family: str = ""
    country: str = "KZ"
    zone: str = "Asia/Almaty"
    language: str = ""
    standing: Standing = Standing.MEDIA
    quote: Quote = Quote.LEAD
    credit: str = ""
    clock: Clock = Clock.EXACT
    tags: tuple[str, ...] = ()
    every: timedelta = timedelta(minutes=30)
    enabled: bool = True
    notices: tuple[str, ...] = ()
    ca_bundle: str = ""
    articles: ArticleRules | None = None
    site: str = ""
    paging: Paging | None = None
    alternatives: tuple[AnySource, ...] = ()
    stand_ins: tuple[str, ...] = ()
    pack: str = ""
    declared_as: str = ""

    @property
    def title(self) -> str:
        """The name shown to people."""
        return self.name or self.publisher

    @property
    def native_scope(self) -> str:
        """The scope in which this source's native ids are unique."""
        return self.family or self.id

    @cached_property
    def reading_fingerprint(self) -> str:
        """A digest of everything that decides what is fetched and how it is read; where it differs, read anew.

        What is only said of the source and what is done with its items later is left out. A field added to a source
        counts unless it is named here as one that does not.
        """
        declared = {name: value for name, value in asdict(self).items() if name not in _NOT_READING}
        return hashlib.sha256(json.dumps(declared, sort_keys=True, default=str).encode()).hexdigest()[:32]


@dataclass(frozen=True, kw_only=True)
class FeedSource(Source):
    """RSS, Atom, RDF or JSON Feed at one address."""

    kind: Literal["feed"] = "feed"


@dataclass(frozen=True, kw_only=True)
class JsonFields:
    """Where in one JSON record a draft's fields are, as dotted paths; empty means the record has none.

    `link` is a template over the record's fields and `language`: "https://host/news/{id}?lang={language}".
    """

    title: str = "title"
    id: str = "id"
    link: str = ""
    html: str = ""
    text: str = ""
    summary: str = ""
    published: str = ""
    updated: str = ""
    image: str = ""
    authors: str = ""
    tags: str = ""


@dataclass(frozen=True, kw_only=True)
class JsonSource(Source):
    """A JSON API: declared request and declared paths.

    items: dotted path of the list of records ("data.news"); empty means the answer is the list.
    errors: dotted path that, when present and not empty, makes a 200 a failure (GraphQL's "errors").
    body: sent as JSON by POST when not empty; every string "{language}" in it becomes the source's language.
    headers: extra request headers; "{language}" is replaced likewise.
    base: address that relative links and images are resolved against.
    """

    kind: Literal["json"] = "json"
    items: str = ""
    errors: str = ""
    method: Literal["GET", "POST"] = "GET"
    body: dict[str, object] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    base: str = ""
    fields: JsonFields = field(default_factory=JsonFields)


@dataclass(frozen=True, kw_only=True)
class ListingSource(Source):
    """A web page that lists news."""

    kind: Literal["listing"] = "listing"
    links: LinkRules = field(default_factory=LinkRules)


@dataclass(frozen=True, kw_only=True)
class SitemapSource(Source):
    """A sitemap, plain or of Google's news kind, or an index of such.

    matching: a regular expression that an article's address must contain. nested: one that the address of an index's
    member must contain to be read. newest: entries that are looked at of one sitemap, newest first.
    """

    kind: Literal["sitemap"] = "sitemap"
    matching: str = ""
    nested: str = ""
    newest: int = 300


AnySource = FeedSource | JsonSource | ListingSource | SitemapSource
