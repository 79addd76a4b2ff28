"""How a source is written in config.yaml, whichever way it is read."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Literal, Self

from pydantic import Field, JsonValue, model_validator

from news.settings.addresses import OptionalWebAddress, WebAddress, Zone
from news.settings.declaration_form import DeclarationForm
from news.settings.faults import wrong
from news.settings.page_forms import PAGE_MARK, ArticlesEntry, FieldsEntry, LinksEntry, PagingEntry
from news.settings.selectors import AddressPattern
from news.settings.values import WHOLE, Duration, LanguageTag, Line, Lines
from news.source import Clock, Quote, Standing

LANGUAGE_MARK = "{language}"
_PLACE = re.compile(r"\{(\w+)\}")


class SourceEntry(DeclarationForm):
    """What every source declares, however it is read."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
    """Short name: small letters, digits and hyphens. It names the source for ever, so do not change it later."""

    url: WebAddress
    """Address that is read. "{language}" in it stands for each of `languages`."""

    publisher: Line
    """Whose words they are, as digests name it."""

    name: str = ""
    """Name of this very source, where a publisher has several; empty means the publisher."""

    family: str = ""
    """Sources of one portal that share one number space of items share this name; empty means the id."""

    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] = "KZ"
    """Country of the publisher in two capitals (ISO 3166); international bodies by their seat."""

    zone: Zone = "Asia/Almaty"
    """Time zone of hours and days that the source states without one."""

    language: Annotated[str, Field(pattern=r"^([a-z]{2,3})?$")] = ""
    """Language it mostly writes in, for example en, ru or kk; each text is still looked at. Empty means unknown."""

    languages: tuple[LanguageTag, ...] = ()
    """Several languages of one site, "{language}" in its request: each becomes a source named <id>-<language>."""

    standing: Standing = Standing.MEDIA
    """Whose word it is: official, agency, un, media or aggregator."""

    quote: Quote = Quote.LEAD
    """How much of its text may leave the house: headline, lead (at most 300 characters) or full."""

    credit: str = ""
    """Line that credits it in digests; empty means the publisher."""

    stand_ins: Lines = ()
    """Ids of sources that carry part of its news; a digest names those that are read while this one cannot be."""

    clock: Clock = Clock.EXACT
    """Whether its stated hour can be believed (exact) or only the date (day)."""

    tags: Lines = ()
    """Words of your own to sort sources by."""

    every: Duration = timedelta(minutes=30)
    """Pause between two visits, for example 20 min or 3 h."""

    enabled: bool = True
    """false keeps the declaration without reading the source."""

    notices: Lines = ()
    """Beginnings of lines that the site puts into every text, kept apart so that no watch finds them."""

    ca_bundle: str = ""
    """PEM file of further certificate authorities that are believed for this source's site alone."""

    articles: ArticlesEntry | None = None
    """Where on an article's page its parts are. For a feed or JSON interface: also, that the pages are read at all."""

    paging: PagingEntry | None = None
    """How the list goes on beyond its newest page."""

    site: str = ""
    """Name of a reader of the program's own, for a site that no declaration can describe."""

    @model_validator(mode="after")
    def _languages_and_mark_agree(self) -> Self:
        if self.languages and self.language:
            raise wrong("has both language and languages", "Keep one of them")
        if len(set(self.languages)) < len(self.languages):
            raise wrong("names a language twice", "Write each language once")
        if self.languages and LANGUAGE_MARK not in self.language_places():
            raise wrong("has languages but no place for them", f'Write "{LANGUAGE_MARK}" where the language goes')
        if LANGUAGE_MARK in self.url and not self.languages and not self.language:
            raise wrong(
                f'has "{LANGUAGE_MARK}" in its url but no languages', "Add for example: languages: [ru, kk, en]"
            )
        return self

    @model_validator(mode="after")
    def _nothing_is_left_to_fill(self) -> Self:
        said = f"{self.url} {self.publisher} {self.name} {self.credit} {self.family}"
        left = [name for name in _PLACE.findall(said) if name != "language"]
        if left:
            raise wrong(
                f'has a place "{{{left[0]}}}" that nothing fills', f"Add for example: for: [{{{left[0]}: ...}}]"
            )
        return self

    @model_validator(mode="after")
    def _further_pages_can_be_asked_for(self) -> Self:
        if self.paging is not None and not self.paging.url and PAGE_MARK not in self.asked_by_post():
            raise wrong("has paging without an address", f'Write paging: {{url: ...}} with "{PAGE_MARK}" in it')
        if self.paging is None and PAGE_MARK in self.asked_by_post():
            raise wrong(f'has "{PAGE_MARK}" in its body but no paging', "Add for example: paging: {start: 2}")
        return self

    def asked_by_post(self) -> str:
        """What is sent to the address, as one text."""
        return ""

    def language_places(self) -> str:
        """Everything in which the language may stand, as one text."""
        return self.url


class FeedEntry(SourceEntry):
    """RSS, Atom, RDF or JSON Feed at one address."""

    kind: Literal["feed"]
    """feed: the address gives RSS, Atom, RDF or JSON Feed."""


class JsonEntry(SourceEntry):
    """A JSON interface: a declared request and declared places in its answer."""

    kind: Literal["json"]
    """json: the address gives JSON, and `items` and `fields` say where the news is in it."""

    items: str = ""
    """Dotted path of the list of records in the answer, for example data.news; empty means the answer is the list."""

    errors: str = ""
    """Dotted path that, when something stands there, means that the request failed although the site answered."""

    method: Literal["GET", "POST"] | None = None
    """How to ask; left out, POST where there is a body and GET where there is none."""

    body: dict[str, JsonValue] = Field(default_factory=dict)
    """What to send as JSON; "{language}" in any text of it becomes the language."""

    headers: dict[str, str] = Field(default_factory=dict)
    """Further request headers; "{language}" likewise."""

    base: OptionalWebAddress = ""
    """Address that relative links and pictures start from; empty means `url`."""

    fields: FieldsEntry = FieldsEntry()
    """Where in one record the parts of an item are."""

    @model_validator(mode="after")
    def _body_travels_by_post(self) -> Self:
        if self.body and self.method == "GET":
            raise wrong("has a body but the method GET", "Take method out, or write POST")
        return self

    def asked_by_post(self) -> str:
        """What is sent to the address, as one text."""
        return str(self.body)

    def language_places(self) -> str:
        """Everything in which the language may stand, as one text."""
        return f"{self.url} {self.body} {self.headers} {self.fields.link}"


class ListingEntry(SourceEntry):
    """A web page that lists news; the articles are read on their own pages."""

    kind: Literal["listing"]
    """listing: the address gives a web page, and `links` says where on it the news is."""

    links: LinksEntry = LinksEntry()
    """Where on the page its entries are."""

    @model_validator(mode="after")
    def _says_which_links(self) -> Self:
        if not self.site and not self.links.model_fields_set & {"entry", "matching"}:
            raise wrong(
                "would take every link of the page for news",
                "Write links: {entry: SELECTOR} or links: {matching: PATTERN}",
            )
        return self


class SitemapEntry(SourceEntry):
    """A sitemap, plain or of Google's news kind, or an index of such; the articles are read on their own pages."""

    kind: Literal["sitemap"]
    """sitemap: the address gives a sitemap, or an index of sitemaps."""

    matching: AddressPattern = ""
    """Regular expression that the address of an article must contain, for example /news/"""

    nested: AddressPattern = ""
    """Regular expression that the address of an index's member must contain to be read; empty means all."""

    newest: Annotated[int, Field(ge=1, le=5_000), WHOLE] = 300
    """Entries that are looked at of one sitemap, newest first."""


SourceForm = Annotated[FeedEntry | JsonEntry | ListingEntry | SitemapEntry, Field(discriminator="kind")]
KINDS: dict[str, type[SourceEntry]] = {
    "feed": FeedEntry,
    "json": JsonEntry,
    "listing": ListingEntry,
    "sitemap": SitemapEntry,
}
