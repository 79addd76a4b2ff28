"""Which repeated links of a page look like its list of news, and the selectors that find them again.

A list of news is a group of links that stand in boxes of one kind, lead to addresses of one shape on the same site and
have headlines for text. Menus, footers and tag clouds repeat too, but with short words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import nlargest
from itertools import islice
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from news.dates import parse_date
from news.hosts import host_of, without_www
from news.text.clean import one_line
from news.urls import resolve

FEWEST_LINKS = 3
"""Links that a group must have to be called a list."""

_SHORTEST_HEADLINE = 20
_MOST_PATTERNS = 3
# A page is looked at once by a person who waits; a list of news shows itself long before these ends.
_MOST_ANCHORS, _MOST_GROUPS, _MOST_BOXES = 300, 50, 300
_DATED_BOXES, _DATE_RULES = 30, 5  # words that are no date cost most
_HIGHEST = 4  # steps from the link to the box around it
_LONGEST_DATE = 60
_FURNITURE = "nav, header, footer, aside, form, [role=navigation]"
_CLASS = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
# A class of one card among others (post-1234, odd, first, active) finds only that card again.
_OF_ONE = re.compile(r"\d|^(?:odd|even|first|last|active|col|row)$|--(?:first|last|active)$")
_DATE_CLASS = re.compile(r"date|time|published|posted|created", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class ListingPattern:
    """Selectors for a list of news as `news.source.LinkRules` has them, with what they find on this page.

    matching: the beginning of the path that all addresses share, as a regular expression; empty where they share none.
    links: how many distinct articles they find; samples: some of their titles.
    """

    entry: str
    title: str = ""
    published: str = ""
    matching: str = ""
    links: int = 0
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class _Anchor:
    node: LexborNode
    url: str
    text: str


def listing_patterns(html: str, *, url: str, zone: str, language: str, now: datetime) -> tuple[ListingPattern, ...]:
    """The likely lists of news on a page, best first; empty where nothing repeats.

    url: the page's address; zone, language, now: for reading the dates beside the links (`news.dates.parse_date`).
    """
    tree = LexborHTMLParser(html)
    for piece in tree.css(_FURNITURE):
        piece.decompose()
    groups: defaultdict[str, list[_Anchor]] = defaultdict(list)
    for anchor in islice(_anchors(tree, url), _MOST_ANCHORS):
        for selector in _boxes(anchor.node):
            groups[selector].append(anchor)
    found = []
    for selector, anchors in nlargest(_MOST_GROUPS, groups.items(), key=lambda group: len(group[1])):
        pattern = _pattern(tree, selector, anchors, zone=zone, language=language, now=now)
        if pattern is not None:
            found.append((_score(pattern, selector), pattern))
    best: dict[tuple[str, ...], ListingPattern] = {}
    for _, pattern in sorted(found, key=lambda pair: -pair[0]):
        best.setdefault(pattern.samples, pattern)  # the same links through another box say nothing new
    return tuple(best.values())[:_MOST_PATTERNS]


def _anchors(tree: LexborHTMLParser, base: str) -> Iterator[_Anchor]:
    site = without_www(host_of(base))
    for node in tree.css("a[href]"):
        text = one_line(node.text(separator=" "))
        if len(text) < _SHORTEST_HEADLINE:
            continue
        address = resolve(base, node.attributes.get("href") or "")
        if address and without_www(host_of(address)) == site:
            yield _Anchor(node=node, url=address, text=text)


def _boxes(node: LexborNode) -> Iterator[str]:
    """Selectors of the boxes around a link that have a class, nearest first, and of the link itself."""
    if own := _classes(node):
        yield f"a.{own}"
    around = node.parent
    for _ in range(_HIGHEST):
        if around is None or around.tag in ("body", "html"):
            return
        if name := _classes(around):
            yield f"{around.tag}.{name}"
        around = around.parent


def _classes(node: LexborNode) -> str:
    names = (node.attributes.get("class") or "").split()
    usable = [name for name in names if _CLASS.fullmatch(name) and not _OF_ONE.search(name)]
    return ".".join(usable[:2])


def _pattern(
    tree: LexborHTMLParser, selector: str, anchors: Sequence[_Anchor], *, zone: str, language: str, now: datetime
) -> ListingPattern | None:
    distinct = {anchor.url: anchor for anchor in reversed(anchors)}
    boxes = tree.css(selector)[:_MOST_BOXES]
    # One box around the whole list is no card; each card holds one article.
    if len(distinct) < FEWEST_LINKS or len(boxes) < len(distinct):
        return None
    ordered = [anchor for anchor in anchors if distinct[anchor.url] is anchor]
    return ListingPattern(
        entry=selector,
        title=_shared_selector(boxes, ("h1", "h2", "h3", "h4", "h5")),
        published=_date_selector(boxes, zone=zone, language=language, now=now),
        matching=_shared_path([anchor.url for anchor in ordered]),
        links=len(ordered),
        samples=tuple(anchor.text for anchor in ordered[:3]),
    )


def _shared_selector(boxes: Sequence[LexborNode], candidates: Iterable[str]) -> str:
    """The first of the selectors that gives words in most of the boxes."""
    for selector in candidates:
        filled = sum(1 for box in boxes if (node := box.css_first(selector)) is not None and node.text(strip=True))
        if 2 * filled > len(boxes):
            return selector
    return ""


def _date_selector(boxes: Sequence[LexborNode], *, zone: str, language: str, now: datetime) -> str:
    """A selector whose text or attribute is a date in most of the boxes, told by the first of them."""
    boxes = boxes[:_DATED_BOXES]
    named = (_classes(node) for node in boxes[0].css("[class]"))
    classes = dict.fromkeys(f".{name}" for name in named if _DATE_CLASS.search(name))
    candidates = ["time@datetime", "time", *islice(classes, _DATE_RULES)]
    for candidate in candidates:
        selector, _, attribute = candidate.partition("@")
        dated = 0
        for box in boxes:
            said = _said(box.css_first(selector), attribute)
            dated += bool(said and parse_date(said, language=language, zone=zone, now=now))
        if 2 * dated > len(boxes):
            return candidate
    return ""


def _said(node: LexborNode | None, attribute: str) -> str:
    if node is None:
        return ""
    return one_line((node.attributes.get(attribute) or "") if attribute else node.text())[:_LONGEST_DATE]


def _shared_path(urls: Sequence[str]) -> str:
    """The leading folders that all paths share, anchored behind the host; empty where there are none."""
    folders = [urlsplit(url).path.split("/")[1:-1] for url in urls]
    shared = []
    for names in zip(*folders, strict=False):
        if len(set(names)) > 1 or not names[0] or re.search(r"\d", names[0]):
            break
        shared.append(names[0])
    return f"/{'/'.join(map(re.escape, shared))}/" if shared else ""


def _score(pattern: ListingPattern, selector: str) -> float:
    words = sum(len(sample.split()) for sample in pattern.samples) / len(pattern.samples)
    dated = 1.5 if pattern.published else 1.0
    titled = 1.2 if pattern.title else 1.0
    # A link's own class is the weaker hold: the box around it brings the date along.
    return min(pattern.links, 30) * min(words, 12) * dated * titled * (0.8 if selector.startswith("a.") else 1.0)
