"""Items as rows and rows as items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Text, type_coerce

from news.item import Enclosure, Item, ItemKey, KeyKind
from news.source import Standing
from storage import tables
from storage.columns import is_storable, storable
from storage.plain import enclosures_from, plain_enclosures, plain_stated, stated_from, stated_of

# The columns that `items` and `versions` share, but for `version`.
CONTENT = (
    "source",
    "publisher",
    "standing",
    "language",
    "url",
    "title",
    "lead",
    "text",
    "html",
    "published_day",
    "published_zone",
    "published_at",
    "details",
    "text_hash",
    "content_hash",
    "seen_at",
)


def storable_item(item: Item) -> Item:
    """The item without signs that no database takes (NUL, lone surrogates); nearly always the very one that came.

    Titles and texts arrive cleaned, but guids, stated dates and the like come as a feed wrote them.
    """
    words = [item.title, item.url, item.lead, item.text, item.html, item.published_raw, item.image, item.aside]
    words += (*item.authors, *item.tags, *item.story_keys)
    words += (key.key for key in item.keys)
    words += (part for one in item.enclosures for part in (one.url, one.type))
    if is_storable("".join(words)):
        return item
    cleaned: Item = _cleaned(item)
    return cleaned


def _cleaned(value: Any) -> Any:
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, tuple):
        return tuple(_cleaned(one) for one in value)
    if isinstance(value, (Item, ItemKey, Enclosure)):
        return replace(value, **{one.name: _cleaned(getattr(value, one.name)) for one in fields(value)})
    return value


def content_of(item: Item) -> tuple[Any, ...]:
    """The values of `CONTENT`."""
    published = item.published
    return (
        item.source,
        item.publisher,
        item.standing.value,
        item.language,
        item.url,
        item.title,
        item.lead,
        item.text,
        item.html,
        published.day if published else None,
        published.zone if published else None,
        published.at if published else None,
        _details(item),
        item.text_hash,
        item.content_hash,
        item.seen_at,
    )


def _details(item: Item) -> dict[str, Any]:
    """What has no column of its own, as plain JSON; what an item does not have is left out."""
    details: dict[str, Any] = {}
    if item.language_sure:
        details["language_sure"] = item.language_sure
    if item.published_raw:
        details["published_raw"] = item.published_raw
    if item.updated:
        details["updated"] = plain_stated(item.updated)
    if item.authors:
        details["authors"] = item.authors
    if item.tags:
        details["tags"] = item.tags
    if item.enclosures:
        details["enclosures"] = plain_enclosures(item.enclosures)
    if item.image:
        details["image"] = item.image
    if item.aside:
        details["aside"] = item.aside
    if item.unread:
        details["unread"] = item.unread
    return details


def is_unread() -> ColumnElement[bool]:
    """Whether a row of `items` is only what a list said: inside a JSON string the quotes of this name are escaped."""
    return type_coerce(tables.items.c.details, Text).contains('"unread":', autoescape=True)


def item_of(
    row: Mapping[str, Any] | RowMapping, item_id: int, keys: Sequence[ItemKey], story_keys: Sequence[str]
) -> Item:
    """The item that a row of `items` or `versions` holds."""
    details: dict[str, Any] = row["details"]
    return Item(
        id=item_id,
        version=row["version"],
        title=row["title"],
        url=row["url"],
        source=row["source"],
        publisher=row["publisher"],
        standing=Standing(row["standing"]),
        language=row["language"],
        language_sure=details.get("language_sure", 0.0),
        seen_at=row["seen_at"],
        keys=tuple(keys),
        text_hash=row["text_hash"],
        content_hash=row["content_hash"],
        lead=row["lead"],
        text=row["text"],
        html=row["html"],
        published=stated_of(row["published_day"], row["published_zone"], row["published_at"]),
        published_raw=details.get("published_raw", ""),
        updated=stated_from(details.get("updated")),
        authors=tuple(details.get("authors", ())),
        tags=tuple(details.get("tags", ())),
        enclosures=enclosures_from(details.get("enclosures", ())),
        image=details.get("image", ""),
        aside=details.get("aside", ""),
        unread=details.get("unread", ""),
        story_keys=tuple(story_keys),
    )


def key_of(row: Any) -> ItemKey:
    """The key that a row with kind, scope and key holds."""
    return ItemKey(kind=KeyKind(row.kind), scope=row.scope, key=row.key)
