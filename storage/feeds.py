"""What feeds ask of the database besides matches: how far each is, and when its items changed in substance."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select

from storage import tables
from storage.sql import portions


class Feeds:
    """Questions about feeds, over one transaction; nothing is changed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def newest_matches(self) -> dict[int, int]:
        """The newest match of each watch that found something."""
        table = tables.matches
        query = select(table.c.watch_id, func.max(table.c.id)).where(~table.c.muted).group_by(table.c.watch_id)
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def followed(self) -> dict[int, list[int]]:
        """The watches that each recipient follows."""
        table = tables.follows
        found: dict[int, list[int]] = {}
        for recipient, watch in self._connection.execute(select(table.c.recipient_id, table.c.watch_id)):
            found.setdefault(recipient, []).append(watch)
        return found

    def newest_change(self) -> datetime | None:
        """When the last version of substance of any item was seen."""
        return self._connection.execute(select(func.max(tables.changes.c.seen_at))).scalar()

    def changed_at(self, items: Sequence[int]) -> dict[int, datetime]:
        """When the newest version of substance of each item was seen; items that have none are left out."""
        table = tables.changes
        found: dict[int, datetime] = {}
        for some in portions(items):
            query = select(table.c.item_id, func.max(table.c.seen_at)).where(table.c.item_id.in_(some))
            found.update((row[0], row[1]) for row in self._connection.execute(query.group_by(table.c.item_id)))
        return found
