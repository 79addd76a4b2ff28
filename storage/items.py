"""Items: each stored once whatever it is called, every version kept, every key it was seen under remembered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, func, select

from news.item import Item, ItemKey, KeyKind, Saved
from news.urls import canonical_url
from storage import tables
from storage.adding import add_items, replaced_by
from storage.item_rows import CONTENT, item_of
from storage.sql import portions, rows_with

_KEY_ORDER = list(KeyKind)
_FIELDS = ("id", "version", *CONTENT)


class Items:
    """What was read, over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, items: Sequence[Item]) -> list[Saved]:
        """Store items, one answer for each in the same order, with stored ids and versions.

        NEW: nobody had it. CHANGED: its own source now shows other content; the old version is kept. KNOWN: as stored,
        or changed only in the eyes of another source (a feed of the same portal with a shorter lead), or for a second
        time in this batch; the stored content stays, its new keys and sources are remembered. The answer for a KNOWN
        item carries the content that was given, under the stored id and version. What is only a headline (`unread`)
        never takes the place of what is stored.
        """
        return add_items(self._connection, items)

    def replaced_by(self, items: Sequence[Item]) -> list[Item | None]:
        """For each the stored item whose place `add` would give it, as things stand; None where that of none."""
        ids = replaced_by(self._connection, items)
        stored = {item.id: item for item in self.load([one for one in ids if one])}
        return [stored.get(one) for one in ids]

    def get(self, item_id: int) -> Item | None:
        """The newest version of an item; None where there is none."""
        return next(iter(self.load([item_id])), None)

    def find(self, text: str) -> Item | None:
        """An item by its number or by any address it was seen under, tracking parameters and all."""
        text = text.strip()
        if text.isascii() and text.isdigit() and len(text) <= 18:
            return self.get(int(text))
        key = canonical_url(text).key
        keys = tables.item_keys
        query = select(func.min(keys.c.item_id)).where(keys.c.key == key, keys.c.kind == KeyKind.URL)
        found = self._connection.execute(query).scalar() if key else None
        return None if found is None else self.get(found)

    def newest(self, limit: int, *, since: datetime | None = None, before_id: int | None = None) -> list[Item]:
        """The items that came last, newest first; `since` is when presswatch first saw them, `before_id` pages on."""
        query = select(tables.items.c.id).order_by(tables.items.c.id.desc()).limit(limit)
        if since is not None:
            query = query.where(tables.items.c.first_seen_at >= since)
        if before_id is not None:
            query = query.where(tables.items.c.id < before_id)
        return self.load(list(self._connection.execute(query).scalars()))

    def versions(self, item_id: int) -> list[Item]:
        """Every version of an item, the oldest first, the one in force last."""
        current = self.get(item_id)
        if current is None:
            return []
        query = select(tables.versions).where(tables.versions.c.item_id == item_id).order_by(tables.versions.c.version)
        rows = self._connection.execute(query).mappings()
        return [*(item_of(row, item_id, current.keys, current.story_keys) for row in rows), current]

    def count(self) -> int:
        """How many items are stored, versions not counted."""
        return self._connection.execute(select(func.count()).select_from(tables.items)).scalar_one()

    def load(self, ids: Sequence[int]) -> list[Item]:
        """The items of these ids, in that order; ids without an item are left out."""
        found: dict[int, Item] = {}
        for some in portions(ids):
            keys: dict[int, list[ItemKey]] = {}
            for item_id, *key in self._rows(tables.item_keys, ("item_id", "kind", "scope", "key"), some):
                keys.setdefault(item_id, []).append(ItemKey(kind=KeyKind(key[0]), scope=key[1], key=key[2]))
            story_keys: dict[int, list[str]] = {}
            for item_id, story_key in self._rows(tables.story_keys, ("item_id", "key"), some):
                story_keys.setdefault(item_id, []).append(story_key)
            for fields in rows_with(self._connection, tables.items, _FIELDS, "id", some):
                row = dict(zip(_FIELDS, fields, strict=True))
                item_id = row["id"]
                own = keys.get(item_id, [])
                if len(own) > 1:
                    own.sort(key=lambda one: _KEY_ORDER.index(one.kind))
                found[item_id] = item_of(row, item_id, own, story_keys.get(item_id, []))
        return [found[item_id] for item_id in ids if item_id in found]

    def _rows(self, table: Table, columns: Sequence[str], ids: Sequence[int]) -> Iterator[tuple[Any, ...]]:
        return rows_with(self._connection, table, columns, "item_id", ids, order="key")
