"""Items for matching, with only what a test says about them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from news.item import Item
from news.source import Standing
from news.watch.matcher import Matcher, index_item
from news.watch.watch import Hit, Match, Watch

_ITEM = Item(
    title="",
    url="https://example.org/1",
    source="mfa-ru",
    publisher="МИД РК",
    standing=Standing.OFFICIAL,
    language="ru",
    seen_at=datetime(2026, 11, 22, tzinfo=UTC),
    keys=(),
    text_hash="",
    content_hash="",
)


def item(**given: Any) -> Item:
    """An item with the fields given."""
    return replace(_ITEM, **given)


def matches(query: str, **given: Any) -> list[Match]:
    """What one watch finds in one item; the watch must be one that works."""
    matcher = Matcher([Watch(name="w", query=query, id=7)])
    assert matcher.broken == ()
    return matcher.matches(index_item(item(**given)))


def hits(query: str, **given: Any) -> list[Hit]:
    """The hits of one watch in one item, none where it does not match."""
    return [hit for match in matches(query, **given) for hit in match.hits]
