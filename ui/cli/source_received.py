"""What a list was when it was of no use: its kind, its title, its first words, what the selectors find. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborNode, SelectolaxError

from crawler.read.html import html_of
from crawler.read.page import Page
from news.errors import Unreadable
from news.quarantine import Unread
from news.source import AnySource, ListingSource, selector_parts
from news.text.clean import one_line, plain_text
from news.visit import Reason, Visit

FIRST_WORDS = 300
"""Characters of a page's text that are shown."""


def received_lines(source: AnySource, visit: Visit, pages: tuple[Unread, ...]) -> list[str]:
    """Say what came, a line a fact; without a page what is known of the answer."""
    page = next((one for one in pages if one.reason), None)
    if page is None:
        if not visit.status:
            return ["received: no answer"]
        return [f"received: status {visit.status}, {visit.size} bytes, from {visit.url}"]
    kind = page.headers.get("content-type", "") or "no content type"
    return [
        f"received: status {page.status}, {kind}, {len(page.body)} bytes, from {page.url}",
        *_within(source, page),
    ]


def _within(source: AnySource, page: Unread) -> Iterator[str]:
    kind = page.headers.get("content-type", "")
    whole = Page(url=page.url, body=page.body, content_type=kind, status=page.status, fetched_at=page.fetched_at)
    try:
        html = html_of(whole, otherwise=Reason.NOT_A_PAGE)
    except Unreadable:
        yield f"begins: {_beginning(page.body.decode('utf-8', 'replace'))}"
        return
    title, body = html.tree.css_first("title"), html.tree.body
    yield f"title: {one_line(title.text()) if title is not None else 'none'}"
    yield f"text: {_beginning(plain_text(body.html or '')) if body is not None else ''}"
    yield f"links: {len(html.tree.css('a[href]'))}"
    if isinstance(source, ListingSource):
        yield from _selected(source, html.tree.css("html"))


def _selected(source: ListingSource, nodes: list[LexborNode]) -> Iterator[str]:
    """How much each selector of a list finds: `entry` on the page, the others within the entries."""
    rules = source.links
    entries = _found(rules.entry, nodes)
    if isinstance(entries, str):
        yield f"links.entry {rules.entry!r}: {entries}"
        return
    yield f"links.entry {rules.entry!r}: finds {len(entries)}"
    for name in ("link", "title", "summary", "published"):
        selector, _ = selector_parts(getattr(rules, name))
        if selector:
            found = _found(selector, entries)
            told = found if isinstance(found, str) else f"finds {len(found)} in {len(entries)} entries"
            yield f"links.{name} {selector!r}: {told}"


def _found(selector: str, nodes: list[LexborNode]) -> list[LexborNode] | str:
    try:
        return [one for node in nodes for one in node.css(selector)]
    except SelectolaxError:
        return "is no CSS selector"


def _beginning(text: str) -> str:
    words = one_line(text)
    return words if len(words) <= FIRST_WORDS else f"{words[:FIRST_WORDS]}..."
