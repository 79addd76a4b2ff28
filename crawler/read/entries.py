"""What the feed readers share: stated dates, links, file lists, each bounded and never raising."""

from __future__ import annotations

from crawler.read.page import Page
from news.dates import parse_date
from news.item import Stated
from news.source import AnySource
from news.text.clean import one_line
from news.urls import resolve

# More entries than any news feed holds; at a millisecond each, the rest would cost the page its deadline.
MOST_ENTRIES = 10_000


def too_many(entries: int) -> str:
    """What to note of a page with so many entries; empty where all are read."""
    return f"the first {MOST_ENTRIES} of {entries} entries were read" if entries > MOST_ENTRIES else ""


def stated(raw: str, page: Page, source: AnySource) -> Stated | None:
    """The instant or day that a feed's date means, by the source's zone, clock and language."""
    return parse_date(raw, language=source.language, zone=source.zone, now=page.fetched_at, clock=source.clock)


def link_of(base: str, href: object) -> str | None:
    """An absolute http(s) address for a link as found; None where it is missing or leads elsewhere."""
    if not isinstance(href, str) or not href.strip():
        return None
    return resolve(base, href)


def language_tag(declared: object) -> str:
    """The primary subtag of a declared language in lower case ("ru" of "ru-RU"); empty where there is none."""
    if not isinstance(declared, str):
        return ""
    tag = declared.strip().replace("_", "-").partition("-")[0].lower()
    return tag if tag.isascii() and tag.isalpha() and 2 <= len(tag) <= 3 else ""


def distinct(names: list[str]) -> tuple[str, ...]:
    """The names on one line each, without empty and repeated ones, in their order."""
    return tuple(dict.fromkeys(name for name in map(one_line, names) if name))


def whole_number(value: object) -> int | None:
    """A non-negative number of bytes, given as number or text; None for anything else."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value if value >= 0 else None
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit() and len(value) < 20:
        return int(value)
    return None
