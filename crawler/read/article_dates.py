"""The dates that an article's page states, as written; not those of the other news that it shows beside itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from crawler.read.canonical_link import is_above, is_front_page
from crawler.read.entries import link_of
from crawler.read.html import Html
from crawler.read.metadata import Metadata
from crawler.read.selectors import first_value
from news.source import ArticleRules, selector_parts
from news.text.clean import one_line
from news.urls import canonical_url

LONGEST_DATE = 100
MOST_DATES = 6

_TIMES = '[itemprop="datePublished"], time[datetime]'
_DATED = "article [class*=date], main [class*=date], article [class*=time], main [class*=time]"
_MOST_LOOKED_AT = 50
_LARGEST_CARD = 600  # characters
_HIGHEST_CARD = 6  # elements around its date
# Links beside an article's own date.
_BYLINE = re.compile(r"author|categor|comment|keyword|person|print|rubric|section|tag|topic|user", re.IGNORECASE)
_FRAMES = frozenset(("main", "body", "html"))


def raw_dates(html: Html, metadata: Metadata, rules: ArticleRules, *, url: str) -> list[str]:
    """The dates that the page states, as written, the most trustworthy first; `url` is its address after redirects."""
    declared = first_value(html.tree, rules.published)
    said = metadata.published or tuple(_times(html, rules, url))
    if rules.published or said:
        return [date for date in (declared, *said) if date]
    return list(_visible(html, rules, url))


def _times(html: Html, rules: ArticleRules, url: str) -> Iterator[str]:
    for node in _own(html, _TIMES, rules, url):
        attributes = node.attributes
        date = one_line(attributes.get("datetime") or attributes.get("content") or node.text())[:LONGEST_DATE]
        if date:
            yield date


def _visible(html: Html, rules: ArticleRules, url: str) -> Iterator[str]:
    for node in _own(html, _DATED, rules, url):
        words = one_line(node.text(separator=" "))
        if len(words) <= LONGEST_DATE and any(sign.isdigit() for sign in words):
            yield words


def _own(html: Html, selector: str, rules: ArticleRules, url: str) -> Iterator[LexborNode]:
    """The first elements that a selector finds not behind the body's end and in no card of another page."""
    body = ", ".join(selector_parts(one)[0] for one in rules.body)
    bodies = html.tree.css(body) if body else []
    heading = html.tree.css_first("h1")
    around = _around([*bodies, *([heading] if heading is not None else [])])
    found = 0
    for node in _before_the_end(html, selector, body, bodies)[:_MOST_LOOKED_AT]:
        if not _is_in_card(node, html, around, url):
            yield node
            found += 1
            if found == MOST_DATES:
                return


def _around(nodes: Sequence[LexborNode]) -> frozenset[int]:
    """The article's headline and body and all that holds one of them: none of these is a card."""
    found: set[int] = set()
    for node in nodes:
        for one in _upwards(node):
            if one.mem_id in found:
                break
            found.add(one.mem_id)
    return frozenset(found)


def _before_the_end(html: Html, selector: str, body: str, bodies: Sequence[LexborNode]) -> list[LexborNode]:
    nodes = html.tree.css(selector)
    if not nodes or not bodies:
        return nodes
    wanted, marks = {node.mem_id for node in nodes}, {node.mem_id for node in bodies}
    ordered = html.tree.css(f"{body}, {selector}")
    end = max(place for place, node in enumerate(ordered) if node.mem_id in marks)
    before = [node for node in ordered[: end + 1] if node.mem_id in wanted]
    behind = (node for node in ordered[end + 1 :][:_MOST_LOOKED_AT])
    return before + [node for node in behind if any(one.mem_id in marks for one in _upwards(node))]


def _is_in_card(node: LexborNode, html: Html, around: frozenset[int], url: str) -> bool:
    """Whether a date stands in a small frame that leads to another page of the site."""
    for frame in islice(_upwards(node), _HIGHEST_CARD):
        if frame.mem_id in around or frame.tag in _FRAMES or len(frame.text()) > _LARGEST_CARD:
            return False
        links = [frame] if frame.tag == "a" else frame.css("a[href]")
        if any(_leads_away(link, html, url) for link in links):
            return True
    return False


def _leads_away(link: LexborNode, html: Html, url: str) -> bool:
    attributes = link.attributes
    target = link_of(html.base, attributes.get("href"))
    if target is None or _BYLINE.search(f"{attributes.get('rel')} {attributes.get('class')} {urlsplit(target).path}"):
        return False
    own, other = canonical_url(url), canonical_url(target)
    is_same_site = own.key.partition("/")[0] == other.key.partition("/")[0]
    return is_same_site and own.key != other.key and not is_front_page(target) and not is_above(target, url)


def _upwards(node: LexborNode) -> Iterator[LexborNode]:
    """An element and all that it lies in."""
    one: LexborNode | None = node
    while one is not None:
        yield one
        one = one.parent
