"""From matches to a feed: one entry a story, told as a digest's card tells it, within what its sources let out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from news.lexicon import Lexicon, shipped
from news.source import AnySource
from scheduler.digest.cards import Desk, make_card
from scheduler.digest.digest import Card
from scheduler.digest.safe import one_line
from scheduler.feeds.feed import MOST_ENTRIES, Entry
from storage import ToldMatch, Unit

MOST_MATCHES = 400
"""Matches that are looked at for a feed: a story has several."""


def entries_of(
    unit: Unit,
    matches: Sequence[ToldMatch],
    *,
    sources: Sequence[AnySource],
    lexicon: Lexicon | None,
    language: str,
    domain: str,
    now: datetime,
) -> tuple[Entry, ...]:
    """Return the newest stories of these matches, which come the newest first; those under embargo are left out.

    language: the reader's, in which a headline is taken where there is one. domain: of the entries' tag: URIs.
    """
    by_story: dict[tuple[str, int], list[ToldMatch]] = {}
    for match in matches:
        key = ("story", match.story) if match.story else ("item", match.item.id)
        by_story.setdefault(key, []).append(match)
    newest = dict(list(by_story.items())[:MOST_ENTRIES])
    stories = unit.stories.told([number for kind, number in newest if kind == "story"])
    changed = unit.feeds.changed_at(sorted({match.item.id for found in newest.values() for match in found}))
    entries = []
    for (kind, number), found in newest.items():
        found.sort(key=lambda match: match.match_id)
        desk = Desk(
            declared={source.id: source for source in sources},
            language=language,
            since=found[0].recorded_at,
            now=now,
            lexicon=lexicon or shipped(),
        )
        card = make_card(found, desk, story=stories.get(number) if kind == "story" else None)
        if card.embargo is None:
            entries.append(_entry(card, found, changed, name=f"{tag_of(domain)}{kind}/{number}"))
    return tuple(entries)


def tag_of(domain: str) -> str:
    """Return what the ids of feeds and entries begin with: a tag: URI (RFC 4151), the same for ever."""
    return f"tag:{domain},2026:"


def _entry(card: Card, found: Sequence[ToldMatch], changed: Mapping[int, datetime], *, name: str) -> Entry:
    came: dict[int, datetime] = {}
    for match in found:
        came[match.item.id] = min(match.recorded_at, came.get(match.item.id, match.recorded_at))
    first = min(came.values())
    return Entry(
        id=name,
        title=one_line(card.title.text) or "…",
        url=card.url,
        language=card.title.language or "und",
        summary=one_line(card.snippet.text) if card.snippet else "",
        publishers=tuple(one_line(telling.publisher) for telling in card.tellings),
        watches=tuple(dict.fromkeys(one_line(match.watch.name) for match in found)),
        published=first,
        updated=max(*came.values(), *(changed.get(item, first) for item in came)),
        credits=card.credits,
    )
