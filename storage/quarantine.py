"""Quarantine: pages that no reader could use, packed and bounded, one row an address."""

from __future__ import annotations

import zlib
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, RowMapping, delete, func, select

from news.link import Link
from news.quarantine import KEPT, MOST_BYTES, MOST_IN_ALL, MOST_PAGES, SAYS_NOTHING, Quarantined, Unread
from storage import tables
from storage.plain import draft_from, plain_draft
from storage.sql import drop_some, insert

# Fast rather than small: it is done inside a writing transaction.
_LEVEL = 1


class Quarantine:
    """What is kept for reading it again, over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, page: Unread) -> None:
        """Keep a page in place of what came from its address before; others go where it is too much.

        A page without news (`SAYS_NOTHING`) leaves one in place that may have some.
        """
        table = tables.quarantine
        packed = zlib.compress(page.body, _LEVEL)
        if len(packed) > MOST_BYTES:
            return
        newest = {
            "reason": page.reason,
            "detail": page.detail,
            "status": page.status,
            "headers": dict(page.headers),
            "body": packed,
            "size": len(page.body),
            "kept": len(packed),
            "said": None if page.link is None else {"url": page.link.url, "draft": plain_draft(page.link.said)},
            "last_at": page.fetched_at,
        }
        row = {"source": page.source, "url": page.url, "first_at": page.fetched_at, "times": 1, **newest}
        statement = insert(self._connection, table).values(row)
        again = {**newest, "times": table.c.times + 1}
        replaced = table.c.reason.in_(SAYS_NOTHING) if page.reason in SAYS_NOTHING else None
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=["source", "url"], set_=again, where=replaced)
        )
        self._bound(MOST_PAGES, MOST_BYTES, source=page.source)
        self._bound(None, MOST_IN_ALL)

    def of(self, source_id: str) -> list[Quarantined]:
        """What is kept of a source, in the order in which it last came."""
        table = tables.quarantine
        query = select(table).where(table.c.source == source_id).order_by(table.c.last_at, table.c.id)
        return [_quarantined(row) for row in self._connection.execute(query).mappings()]

    def counts(self) -> dict[str, int]:
        """How many pages are kept, by source; nothing of those that have none."""
        table = tables.quarantine
        query = select(table.c.source, func.count()).group_by(table.c.source)
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def drop(self, ids: Collection[int]) -> None:
        """Let pages go: they were read."""
        self._connection.execute(delete(tables.quarantine).where(tables.quarantine.c.id.in_(list(ids))))

    def prune(self, *, now: datetime) -> int:
        """Drop what came last more than 30 days ago; some at once, how many."""
        table = tables.quarantine
        return drop_some(self._connection, table.c.id, table, table.c.last_at < now - KEPT)

    def _bound(self, pages: int | None, size: int, *, source: str = "") -> None:
        """Drop what came longest ago, of one source or of all, until so many pages and bytes are left."""
        table = tables.quarantine
        query = select(table.c.id, table.c.kept).order_by(table.c.last_at.desc(), table.c.id.desc())
        if source:
            query = query.where(table.c.source == source)
        kept, surplus = 0, []
        for place, row in enumerate(self._connection.execute(query)):
            kept += row.kept
            if kept > size or (pages is not None and place >= pages):
                surplus.append(row.id)
        if surplus:
            self.drop(surplus)


def _quarantined(row: RowMapping) -> Quarantined:
    said = row["said"]
    page = Unread(
        source=row["source"],
        url=row["url"],
        reason=row["reason"],
        detail=row["detail"],
        status=row["status"],
        headers=row["headers"],
        body=zlib.decompress(bytes(row["body"])),
        fetched_at=row["last_at"],
        link=None if said is None else Link(url=said["url"], said=draft_from(said["draft"])),
    )
    return Quarantined(id=row["id"], page=page, first_at=row["first_at"], times=row["times"])
