"""How config.yaml says where things are: in a JSON record, in a list, on an article's page, on further pages."""

from __future__ import annotations

import re
from string import Formatter
from typing import Annotated, Self

from pydantic import Field, model_validator

from news.settings.addresses import OptionalWebAddress
from news.settings.faults import wrong
from news.settings.sections import Section
from news.settings.selectors import AddressPattern, OptionalSelector, Selector, Selectors
from news.settings.values import WHOLE, Line

PAGE_MARK = "{page}"


class FieldsEntry(Section):
    """Where in one JSON record the parts of an item are: dotted paths; empty means the record has none."""

    title: Line = "title"
    """Headline."""

    id: str = "id"
    """The publisher's own number or name of the item."""

    link: str = ""
    """Address for readers, made of the record's fields: https://host/news/{id}?lang={language}"""

    html: str = ""
    """Text with markup."""

    text: str = ""
    """Text without markup."""

    summary: str = ""
    """Lead or summary."""

    published: str = ""
    """Date of publication."""

    updated: str = ""
    """Date of the last change."""

    image: str = ""
    """Address of a picture."""

    authors: str = ""
    """Names of authors."""

    tags: str = ""
    """Topics."""

    @model_validator(mode="after")
    def _link_is_a_template(self) -> Self:
        try:
            names = [name for _, name, _, _ in Formatter().parse(self.link) if name is not None]
        except ValueError:
            names = [""]
        if not all(re.fullmatch(r"[A-Za-z_][\w.]*", name) for name in names):
            raise wrong("has a link whose {places} cannot be read", "Write each as {field}, for example {id}")
        return self


class LinksEntry(Section):
    """Where on a list's page its entries are: CSS selectors, `entry` over the page, the others inside one entry."""

    entry: Selector = "a[href]"
    """One entry of the list, for example .card or article a[href]."""

    link: OptionalSelector = ""
    """The link to the article inside an entry; empty means the entry itself or its first link."""

    title: OptionalSelector = ""
    """Headline; empty means the link's own text."""

    summary: OptionalSelector = ""
    """Lead."""

    published: OptionalSelector = ""
    """Date as the list shows it, for example .date or time@datetime."""

    matching: AddressPattern = ""
    """Regular expression that the address of an article must contain, for example /news/.+-[0-9]+"""


class ArticlesEntry(Section):
    """Where on an article's page its parts are: CSS selectors, one or several, tried in this order.

    What is left out is looked for in the page's own metadata, and the text by a general extractor. `articles: {}` is
    enough to have the pages read.
    """

    title: Selectors = ()
    """Headline."""

    lead: Selectors = ()
    """Lead."""

    body: Selectors = ()
    """Paragraphs of the text, or what holds them; all that are found count, in the order of the page."""

    published: Selectors = ()
    """Date of publication, for example time@datetime or meta[name="article:published_time"]@content."""

    updated: Selectors = ()
    """Date of the last change."""

    authors: Selectors = ()
    """Names of authors."""

    image: Selectors = ()
    """Picture, for example figure img@src."""

    drop: Selectors = ()
    """What is cut out of the text first: teasers, captions, buttons."""


class PagingEntry(Section):
    """How a list goes on, so that nothing is lost between two visits far apart."""

    url: OptionalWebAddress = ""
    """Address of a further page, "{page}" in it counted up. Empty for a JSON interface with "{page}" in its body."""

    start: Annotated[int, Field(ge=1, le=10_000), WHOLE] = 2
    """Number of the second page; where the site counts from 0, that is 1."""

    most: Annotated[int, Field(ge=1, le=100), WHOLE] = 5
    """Pages that one visit reads at most to catch up."""

    @model_validator(mode="after")
    def _page_has_a_place(self) -> Self:
        if self.url and PAGE_MARK not in self.url:
            raise wrong("has a url without a place for the page's number", f'Write "{PAGE_MARK}" where it goes')
        return self
