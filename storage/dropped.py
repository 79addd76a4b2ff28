"""Items that are kept no more: what is still known of them, so that a list that shows one again brings nothing new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, literal, select

from news.item import KeyKind
from news.urls import canonical_url
from storage import tables
from storage.columns import Instant
from storage.identity import Known
from storage.item_rows import key_of
from storage.sql import portions

_KEYS = ("key", "kind", "scope", "item_id", "shared")
_FACTS = ("source", "title", "published_day", "text_hash", "first_seen_at")


@dataclass(frozen=True, kw_only=True)
class Dropped:
    """An item that was kept until `dropped_at`, under the number it had."""

    id: int
    source: str
    title: str
    first_seen_at: datetime
    dropped_at: datetime


def known_dropped(connection: Connection, ids: Sequence[int]) -> dict[int, Known]:
    """What recognising needs of dropped items, by their numbers."""
    table, keys = tables.dropped.c, tables.dropped_keys.c
    found: dict[int, Known] = {}
    for some in portions(ids):
        for row in connection.execute(select(tables.dropped).where(table.item_id.in_(some))):
            found[row.item_id] = Known(
                id=row.item_id,
                source=row.source,
                title=row.title,
                day=row.published_day,
                content_hash="",
                version=1,
                text_hash=row.text_hash,
                dropped=True,
            )
        strong = select(keys.kind, keys.scope, keys.key, keys.item_id)
        strong = strong.where(keys.item_id.in_(some), keys.kind.in_([KeyKind.NATIVE, KeyKind.URL]))
        for held in connection.execute(strong):
            found[held.item_id].note(key_of(held))
    return found


def find_dropped(connection: Connection, text: str) -> Dropped | None:
    """A dropped item by the number it had or by any address it was seen under; None where there is none."""
    table, keys = tables.dropped, tables.dropped_keys
    text = text.strip()
    number: int | None
    if text.isascii() and text.isdigit() and len(text) <= 18:
        number = int(text)
    else:
        key = canonical_url(text).key
        query = select(func.min(keys.c.item_id)).where(keys.c.key == key, keys.c.kind == KeyKind.URL)
        number = connection.execute(query).scalar() if key else None
    row = connection.execute(select(table).where(table.c.item_id == number)).first()
    if row is None:
        return None
    return Dropped(
        id=row.item_id, source=row.source, title=row.title, first_seen_at=row.first_seen_at, dropped_at=row.dropped_at
    )


def drop_items(connection: Connection, ids: Sequence[int], *, now: datetime) -> None:
    """Take items out with all that refers to them, but for what they are recognised by."""
    items, keys = tables.items, tables.item_keys
    for some in portions(ids):
        facts = select(items.c.id, *(items.c[name] for name in _FACTS), literal(now, Instant)).where(
            items.c.id.in_(some)
        )
        connection.execute(insert(tables.dropped).from_select(["item_id", *_FACTS, "dropped_at"], facts))
        held = select(*(keys.c[name] for name in _KEYS)).where(keys.c.item_id.in_(some))
        connection.execute(insert(tables.dropped_keys).from_select(list(_KEYS), held))
        connection.execute(delete(items).where(items.c.id.in_(some)))
