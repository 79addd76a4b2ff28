"""Web pages that list news: declared selectors find the entries, their links and what is said of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from selectolax.lexbor import LexborNode, SelectolaxError

from crawler.read.entries import language_tag, link_of, stated
from crawler.read.html import html_of, stands_in_front
from crawler.read.page import Page, Reading
from news.errors import Unreadable
from news.item import Draft, Stated
from news.link import Link
from news.source import ListingSource, selector_parts
from news.text.clean import one_line, plain_text
from news.urls import canonical_url
from news.visit import Reason

_MOST = 1_000  # entries of one page; at 3 ms for a date in words, more would cost the page its deadline
_MOST_UNDATABLE = 50  # in a row: what the rule finds are no dates, and to learn that of each takes longest


def read_listing(page: Page, source: ListingSource) -> Reading:
    """Read the entries of a list: each article once, in page order, with all that its cards say of it.

    Raises Unreadable: NOT_A_PAGE for what is no web page, CHALLENGE for one that stands in front of it, WRONG_SHAPE
    for a selector that is none. A page without entries is a Reading whose note names the selector.
    """
    html = html_of(page, otherwise=Reason.NOT_A_PAGE)
    rules = source.links
    try:
        entries = html.tree.css(rules.entry)
        dates = _Dates(page, source)
        found = [link for entry in entries[:_MOST] for link in _links(entry, html.base, source, dates)]
    except SelectolaxError as error:
        raise Unreadable(Reason.WRONG_SHAPE, f"a selector of {source.id} is no CSS: {error}") from error
    own = canonical_url(page.url).key
    links = merged([link for link in found if link.key != own and re.search(rules.matching, link.url)])
    if not links and stands_in_front(page, html):
        raise Unreadable(Reason.CHALLENGE, "a challenge or maintenance page instead of a list")
    title, root = html.tree.css_first("title"), html.tree.css_first("html")
    return Reading(
        drafts=(),
        links=links,
        title=one_line(title.text()) if title is not None else "",
        link=page.url,
        language=language_tag(root.attributes.get("lang")) if root is not None else "",
        note=_note(source, len(entries), len(found), len(links)) or dates.note,
    )


def merged(links: list[Link]) -> tuple[Link, ...]:
    """Each article once: a card links picture and headline, and a page repeats its cards."""
    first: dict[str, Link] = {}
    for link in links:
        before = first.setdefault(link.key, link)
        if before is not link:
            first[link.key] = replace(before, said=_completed(before.said, link.said))
    return tuple(first.values())


def _completed(said: Draft, again: Draft) -> Draft:
    dated = said if said.published is not None or not again.published_raw else again
    return replace(
        said,
        title=said.title or again.title,
        summary=said.summary or again.summary,
        published=dated.published,
        published_raw=dated.published_raw,
    )


class _Dates:
    """Reads the dates of one page's entries, until too many in a row are none."""

    def __init__(self, page: Page, source: ListingSource) -> None:
        self._page, self._source, self._failed = page, source, 0

    def read(self, raw: str) -> Stated | None:
        """What an entry's words mean; None also for all after the last failure that is borne."""
        if not raw or self._failed >= _MOST_UNDATABLE:
            return None
        found = stated(raw, self._page, self._source)
        self._failed = 0 if found is not None else self._failed + 1
        return found

    @property
    def note(self) -> str:
        """What to note where dates were given up."""
        given_up = self._failed >= _MOST_UNDATABLE
        rule = self._source.links.published
        return f'"{rule}" finds no dates in {_MOST_UNDATABLE} entries in a row' if given_up else ""


def _links(entry: LexborNode, base: str, source: ListingSource, dates: _Dates) -> Iterator[Link]:
    rules = source.links
    selector, attribute = selector_parts(rules.link)
    anchor = entry.css_first(selector) if selector else _anchor(entry)
    href = anchor.attributes.get(attribute or "href") if anchor is not None else None
    url = link_of(base, href)
    if anchor is None or url is None or (href or "").lstrip().startswith("#"):
        return
    raw = _dated(entry, rules.published)
    said = Draft(
        title=_said(entry, rules.title) or _words(anchor),
        url=url,
        summary=_said(entry, rules.summary),
        published=dates.read(raw),
        published_raw=raw,
    )
    yield Link(url=url, said=said)


def _anchor(entry: LexborNode) -> LexborNode | None:
    return entry if entry.attributes.get("href") else entry.css_first("a[href]")


def _said(entry: LexborNode, rule: str) -> str:
    """What a rule finds inside an entry: the first match's words, or its attribute where the rule names one."""
    selector, attribute = selector_parts(rule)
    node = entry.css_first(selector) if selector else entry
    if node is None or not rule:
        return ""
    return one_line(node.attributes.get(attribute) or "") if attribute else _words(node)


def _dated(entry: LexborNode, rule: str) -> str:
    """What a rule for dates finds: of a <time> element what it says to machines, where it says that."""
    selector, attribute = selector_parts(rule)
    node = entry.css_first(selector) if selector else None
    if attribute or node is None or node.tag != "time":
        return _said(entry, rule)
    return one_line(node.attributes.get("datetime") or "") or _words(node)


def _words(node: LexborNode) -> str:
    return one_line(plain_text(node.html or ""))


def _note(source: ListingSource, entries: int, found: int, links: int) -> str:
    rules = source.links
    if not entries:
        return f'the selector "{rules.entry}" finds nothing on the page'
    if not found:
        return f'none of the {entries} entries of "{rules.entry}" has a link' + (
            f' "{rules.link}"' if rules.link else ""
        )
    if not links:
        return f'none of {found} links of "{rules.entry}" contains "{rules.matching}"'
    return f"the first {_MOST} of {entries} entries were read" if entries > _MOST else ""
