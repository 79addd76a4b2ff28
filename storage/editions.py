"""Editions: when the language versions of a publisher's releases were first seen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select

from storage import tables

# Enough to know how long an edition usually takes.
_MOST = 1_000


class Editions:
    """Language versions that share the publisher's own id, over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_item(self, item_id: int) -> list[int]:
        """The items that share a publisher's id with this one, itself included, in order of arrival."""
        table = tables.story_keys
        keys = select(table.c.key).where(table.c.item_id == item_id)
        found = select(table.c.item_id).where(table.c.key.in_(keys)).distinct().order_by(table.c.item_id)
        return list(self._connection.execute(found).scalars()) or [item_id]

    def seen(self, ids: Sequence[int]) -> dict[str, datetime]:
        """When each language was first seen among these items."""
        items = tables.items
        query = select(
            items.c.language, func.min(items.c.first_seen_at, type_=items.c.first_seen_at.type).label("first")
        )
        rows = self._connection.execute(query.where(items.c.id.in_(ids)).group_by(items.c.language))
        return {row.language: row.first for row in rows}

    def releases(self, family: str, *, since: datetime) -> list[dict[str, datetime]]:
        """For each release of a family of sources seen since then, when each language of it was first seen."""
        keys, items = tables.story_keys, tables.items
        query = (
            select(keys.c.key, items.c.language, items.c.first_seen_at)
            .join(items, items.c.id == keys.c.item_id)
            .where(keys.c.key.startswith(f"native:{family}:", autoescape=True), items.c.first_seen_at >= since)
            .order_by(items.c.id.desc())
            .limit(_MOST)
        )
        found: dict[str, dict[str, datetime]] = {}
        for row in self._connection.execute(query):
            seen = found.setdefault(row.key, {})
            seen[row.language] = min(row.first_seen_at, seen.get(row.language, row.first_seen_at))
        return list(found.values())
