"""Which headline a card shows: one that its reader can read, where there is one, and what helps where there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from news.embargo import find_embargo
from news.item import Item
from news.lexicon import Lexicon
from news.visit import Reason
from news.watch.watch import Hit
from scheduler.digest.digest import Marked
from scheduler.digest.glossing import key_terms
from scheduler.digest.safe import merged, printable, safe_link
from scheduler.digest.tellings import language_tag
from storage import Teller


@dataclass(frozen=True, kw_only=True)
class Headline:
    """A headline as `Card` has it. url: of the item that it is of; unread: why the page of that could not be read."""

    title: Marked
    url: str
    unread: Reason | None = None
    other_title: Marked | None = None
    key_terms: tuple[str, ...] = ()


def headline_of(
    items: Sequence[Item],
    hits: Mapping[int, tuple[Hit, ...]],
    tellers: Sequence[Teller],
    *,
    language: str,
    lexicon: Lexicon,
) -> Headline:
    """Choose among the items that were found, best first, and the versions of the best one's publisher.

    tellers: all who tell the story. Where no item found is in the reader's language, the publisher's own version in it
    gives the headline; where there is none, key terms stand by the original's.
    """
    best = items[0]
    title = titled(best, hits[best.id])
    unread = Reason(best.unread) if best.unread else None
    if title.language != language:
        own = [
            one
            for one in tellers
            if one.publisher == best.publisher
            and language_tag(one.language) == language
            # Of an item that no watch found only the title is known here: one that asks to wait is not used.
            and find_embargo(replace(best, title=one.title, lead="", text="", aside=""), zone="UTC") is None
        ]
        if own:
            version = min(own, key=lambda one: (one.to != best.id, one.seen_at, one.item))
            shown = Marked(text=printable(version.title), language=language)
            return Headline(title=shown, url=safe_link(version.url), other_title=title)
    day = best.published.day if best.published else best.seen_at.date()
    terms = key_terms(title.text, title_language=title.language, language=language, day=day, lexicon=lexicon)
    return Headline(title=title, url=safe_link(best.url), unread=unread, key_terms=terms)


def titled(item: Item, hits: Sequence[Hit]) -> Marked:
    """Return an item's title with the hits in it marked."""
    marks = [(hit.start, hit.end) for hit in hits if hit.field == "title"]
    return Marked(
        text=printable(item.title), marks=merged(marks, len(item.title)), language=language_tag(item.language)
    )
