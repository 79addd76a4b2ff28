"""Copies: what was received of items that were found, each body once under its hash."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, select

from news.received import Copy, CopyOf, Received
from storage import tables
from storage.sql import insert, portions

PRUNED_AT_ONCE = 200
"""Items whose copies one transaction takes out: a body is a page of its own, and there are many thousands of them."""

# Fast rather than small: it is done inside a writing transaction, and most bodies come compressed by their server.
_LEVEL = 1


class Copies:
    """What was received, over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, item_id: int, version: int, received: Received, of: CopyOf) -> None:
        """Keep what was received of this version of an item; what is kept of it already stays as it is."""
        sha256 = hashlib.sha256(received.body).hexdigest()
        self._keep_body(sha256, received.body)
        row = {
            "item_id": item_id,
            "version": version,
            "sha256": sha256,
            "copy_of": of.value,
            "url": received.url,
            "status": received.status,
            "headers": [list(pair) for pair in received.headers],
            "fetched_at": received.fetched_at,
        }
        self._connection.execute(insert(self._connection, tables.copies).values(row).on_conflict_do_nothing())

    def of_item(self, item_id: int) -> list[Copy]:
        """What is kept of an item, the earliest version first."""
        table, blobs = tables.copies, tables.blobs
        query = select(table, blobs.c.size).join(blobs, blobs.c.sha256 == table.c.sha256)
        rows = self._connection.execute(query.where(table.c.item_id == item_id).order_by(table.c.version))
        return [
            Copy(
                item=row.item_id,
                version=row.version,
                of=CopyOf(row.copy_of),
                url=row.url,
                status=row.status,
                headers=tuple((name, value) for name, value in row.headers),
                fetched_at=row.fetched_at,
                sha256=row.sha256,
                size=row.size,
            )
            for row in rows
        ]

    def body(self, sha256: str) -> bytes:
        """The bytes as they were received; KeyError where none of this hash are kept."""
        table = tables.blobs
        row = self._connection.execute(select(table.c.packed, table.c.data).where(table.c.sha256 == sha256)).first()
        if row is None:
            raise KeyError(sha256)
        return zlib.decompress(row.data) if row.packed else bytes(row.data)

    def prune(self, *, before: datetime) -> int:
        """Drop copies that were fetched before this instant, and the bodies that nobody holds any more.

        Those of some items at once; how many they were, 0 once nothing is left.
        """
        table = tables.copies
        old = table.c.fetched_at < before
        items = self._connection.execute(select(table.c.item_id).where(old).distinct().limit(PRUNED_AT_ONCE))
        ids = items.scalars().all()
        if ids:
            self._drop(and_(old, table.c.item_id.in_(ids)))
        return len(ids)

    def drop(self, ids: Sequence[int]) -> None:
        """Drop the copies of these items, and the bodies that nobody holds any more."""
        for some in portions(ids):
            self._drop(tables.copies.c.item_id.in_(some))

    def _drop(self, which: ColumnElement[bool]) -> None:
        table, blobs = tables.copies, tables.blobs
        gone: Sequence[str] = self._connection.execute(select(table.c.sha256).where(which).distinct()).scalars().all()
        self._connection.execute(delete(table).where(which))
        held = exists().where(table.c.sha256 == blobs.c.sha256)
        for sha256 in gone:
            self._connection.execute(delete(blobs).where(blobs.c.sha256 == sha256, ~held))

    def _keep_body(self, sha256: str, body: bytes) -> None:
        table = tables.blobs
        if self._connection.execute(select(table.c.size).where(table.c.sha256 == sha256)).first() is not None:
            return
        packed = zlib.compress(body, _LEVEL)
        smaller = len(packed) < len(body)
        row = {"sha256": sha256, "size": len(body), "packed": smaller, "data": packed if smaller else body}
        self._connection.execute(insert(self._connection, table).values(row).on_conflict_do_nothing())
