"""Which stored items may tell the same story as a new one: by exact knowledge, and by hashes both are filed under."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, delete, select

from news.item import Item
from news.story import MOST_HOLDERS, WINDOW, Lookalike, Signature
from news.story.signature import is_cross_key
from storage import tables
from storage.plain import stated_of
from storage.sql import PLACES, insert, insert_rows, portions

# A cookie notice may have a thousand copies; deciding needs only a few.
MOST_LOOKALIKES = 50
# Shared hashes that make two items lookalikes; a cross-language key does so by itself.
FEWEST_SHARED = 3
# Items whose traces one round of pruning takes out, so that no other writer waits long for it.
PRUNED_AT_ONCE = 2_000
# Longer than any two items may be apart, so that nothing is taken out that might still be asked for.
_KEPT = WINDOW + timedelta(days=1)
_BEYOND_ALL = 2**62


class Candidates:
    """What recent items are looked up and compared by, over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._since: dict[datetime, int] = {}

    def lookalikes(self, item: Item, signature: Signature | None = None) -> list[Lookalike]:
        """At most some fifty stored items of some story that may be told together with `item`; the earliest first.

        Those that share a story key, whenever they came; those of the last `WINDOW` that have its text; and of these
        the best that share a cross-language key or three sampled passages. A hash that more than `MOST_HOLDERS` items
        are filed under is not asked for.
        """
        found = self._by_key(item)
        found |= self._by_text(item)
        found.discard(item.id)
        if signature is not None and len(found) < MOST_LOOKALIKES:
            similar = (one for one in self.filed_alike(item, signature.filed_under) if one != item.id)
            for one in similar:
                found.add(one)
                if len(found) >= MOST_LOOKALIKES:
                    break
        return self._loaded(sorted(found)) if found else []

    def file(self, item_id: int, signature: Signature) -> None:
        """Keep what an item is looked up and compared by; what was kept of an earlier version of it is replaced."""
        table = tables.signatures
        packed = {"signature": signature.pack(), "filed": _packed(signature.filed_under)}
        before = self._connection.execute(select(table.c.filed).where(table.c.item_id == item_id)).scalar()
        if before is not None:
            self._take_out(item_id, _unpacked(before))
        statement = insert(self._connection, table).values(item_id=item_id, **packed)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["item_id"], set_=packed))
        rows = ((one, item_id) for one in signature.filed_under)
        insert_rows(self._connection, tables.filed, ("hash", "item_id"), rows)

    def prune(self, *, now: datetime) -> int:
        """Take out what no new item is compared with any more, at most some thousand items; how many they were."""
        table = tables.signatures
        query = select(table.c.item_id, table.c.filed).where(table.c.item_id < self._first_since(now - _KEPT))
        old = self._connection.execute(query.order_by(table.c.item_id).limit(PRUNED_AT_ONCE)).all()
        for row in old:
            self._take_out(row.item_id, _unpacked(row.filed))
        for some in portions([row.item_id for row in old]):
            self._connection.execute(delete(table).where(table.c.item_id.in_(some)))
        return len(old)

    def filed_alike(self, item: Item, hashes: Sequence[int]) -> list[int]:
        """The items of the last `WINDOW` filed under the same hashes, those that share most first, then the newest."""
        if not hashes:
            return []
        since = self._window(item.seen_at)
        holders = _holders_statement(self._connection.dialect.paramstyle, len(hashes))
        parameters: list[int] = []
        for one in hashes:
            parameters += (one, since, one, since)
        shared: dict[int, int] = {}
        for hashed, item_id in self._connection.exec_driver_sql(holders, tuple(parameters)):
            shared[item_id] = shared.get(item_id, 0) + (FEWEST_SHARED if is_cross_key(hashed) else 1)
        alike = [(-count, -item_id) for item_id, count in shared.items() if count >= FEWEST_SHARED]
        return [-item_id for _, item_id in sorted(alike)]

    def _by_key(self, item: Item) -> set[int]:
        if not item.story_keys:
            return set()
        table = tables.story_keys
        query = select(table.c.item_id).where(table.c.key.in_(item.story_keys)).order_by(table.c.item_id)
        return set(self._connection.execute(query.limit(MOST_LOOKALIKES)).scalars())

    def _by_text(self, item: Item) -> set[int]:
        if not item.text_hash:
            return set()
        rows = tables.items
        query = select(rows.c.id).where(rows.c.text_hash == item.text_hash, rows.c.id >= self._window(item.seen_at))
        return set(self._connection.execute(query.order_by(rows.c.id).limit(MOST_LOOKALIKES)).scalars())

    def _window(self, seen_at: datetime) -> int:
        """The first item that is near enough to one seen at `seen_at`; ids grow in the order of arrival."""
        if seen_at not in self._since:
            self._since[seen_at] = self._first_since(seen_at - WINDOW)
        return self._since[seen_at]

    def _first_since(self, instant: datetime) -> int:
        rows = tables.items
        query = select(rows.c.id).where(rows.c.first_seen_at >= instant).order_by(rows.c.first_seen_at, rows.c.id)
        found: int | None = self._connection.execute(query.limit(1)).scalar()
        return _BEYOND_ALL if found is None else found

    def _take_out(self, item_id: int, hashes: Iterable[int]) -> None:
        table = tables.filed
        self._connection.execute(delete(table).where(table.c.item_id == item_id, table.c.hash.in_(list(hashes))))

    def _loaded(self, ids: list[int]) -> list[Lookalike]:
        rows, members, kept = tables.items.c, tables.story_items, tables.signatures
        query = (
            select(rows.id, rows.source, rows.publisher, rows.url, rows.language, rows.text_hash, rows.first_seen_at)
            .add_columns(rows.published_day, rows.published_zone, rows.published_at)
            .add_columns(members.c.story_id, kept.c.signature)
            .join(members, members.c.item_id == rows.id)
            .outerjoin(kept, kept.c.item_id == rows.id)
            .where(rows.id.in_(ids))
            .order_by(rows.id)
        )
        shared = self._keys_of(ids)
        return [_lookalike(row, shared.get(row.id, ())) for row in self._connection.execute(query)]

    def _keys_of(self, ids: list[int]) -> dict[int, tuple[str, ...]]:
        table = tables.story_keys
        found: dict[int, tuple[str, ...]] = {}
        for row in self._connection.execute(select(table).where(table.c.item_id.in_(ids)).order_by(table.c.key)):
            found[row.item_id] = (*found.get(row.item_id, ()), row.key)
        return found


@cache
def _holders_statement(paramstyle: str, hashes: int) -> str:
    """The statement for the holders of so many hashes; each hash and the window are given twice.

    One look-up a hash, and none of the many holders of a common one ever leaves the database.
    """
    place = PLACES[paramstyle]
    among = f"FROM filed WHERE hash = {place} AND item_id >= {place}"
    too_many = f"EXISTS (SELECT 1 {among} LIMIT 1 OFFSET {MOST_HOLDERS})"
    return " UNION ALL ".join([f"SELECT hash, item_id {among} AND NOT {too_many}"] * hashes)


def _packed(hashes: Sequence[int]) -> bytes:
    return struct.pack(f"<{len(hashes)}q", *hashes)


def _unpacked(packed: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(packed) // 8}q", packed)


def _lookalike(row: Any, story_keys: tuple[str, ...]) -> Lookalike:
    return Lookalike(
        item=row.id,
        story=row.story_id,
        language=row.language,
        text_hash=row.text_hash,
        story_keys=story_keys,
        source=row.source,
        publisher=row.publisher,
        url=row.url,
        published=stated_of(row.published_day, row.published_zone, row.published_at),
        seen_at=row.first_seen_at,
        signature=_signature(row.signature),
    )


def _signature(packed: bytes | None) -> Signature | None:
    """What was packed; None where that was another version's form, which counts as kept without one."""
    if packed is None:
        return None
    try:
        return Signature.unpack(bytes(packed))
    except ValueError:
        return None
