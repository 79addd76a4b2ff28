"""From bytes to drafts and links: one reader for each kind of source and one for articles, all of them pure."""

from __future__ import annotations

from dataclasses import replace

from crawler.read.page import ArticleReading, Page, Reading
from news.link import Link
from news.source import AnySource


def read_page(page: Page, source: AnySource) -> Reading:
    """Read a list's page by the reader of its source's site or kind, its letters repaired; raises Unreadable.

    Where the source opens the pages of its entries, those that have an address are links.
    """
    # Imported here: the parsers behind it take a third of a second, and whoever only needs Page never pays it.
    from crawler.read.kinds import READERS
    from crawler.read.letters import with_sound_letters
    from crawler.sites import SITES

    site = SITES.get(source.site)
    read = site.list if site is not None and site.list is not None else READERS[source.kind]
    reading = with_sound_letters(read(page, source), page)
    return reading if source.articles is None else with_links(reading)


def read_article_page(page: Page, source: AnySource, link: Link) -> ArticleReading:
    """Read the page of one of the source's articles, its letters repaired; raises Unreadable with a `Reason`."""
    from crawler.read.article import read_article
    from crawler.read.letters import with_sound_article
    from crawler.sites import SITES

    site = SITES.get(source.site)
    read = site.article if site is not None and site.article is not None else read_article
    return with_sound_article(read(page, source, link))


def with_links(reading: Reading) -> Reading:
    """The reading with a link in place of each draft that has an address: what it says is what the list said."""
    links: dict[str, Link] = {}
    for draft in reading.drafts:
        if draft.url:
            link = Link(url=draft.url, said=draft)
            links.setdefault(link.key, link)
    return replace(
        reading,
        drafts=tuple(draft for draft in reading.drafts if not draft.url),
        links=(*reading.links, *links.values()),
    )
