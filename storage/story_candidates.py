"""Which stored items may tell the same story as a new one: by exact knowledge, and by hashes both are filed under."""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, func, select, update

from news.item import Item
from news.story import MOST_HOLDERS, WINDOW, Lookalike, Signature
from news.story.signature import is_cross_key
from storage import tables
from storage.plain import stated_of
from storage.sql import PLACES, insert_rows, portions, rows_of

MOST_LOOKALIKES = 50
# A cookie notice may have a thousand copies; deciding needs only the first few.
MOST_COPIES = 5
# Shared hashes that make two items lookalikes; a cross-language key does so by itself.
FEWEST_SHARED = 3
# Items whose traces one round of pruning takes out, so that no other writer waits long for it.
PRUNED_AT_ONCE = 500
# Longer than any two items may be apart, so that nothing is taken out that might still be asked for.
_KEPT = WINDOW + timedelta(days=1)
_OUT_OF_ORDER = 500
_BEYOND_ALL = 2**62
_LOW_BITS = 2**31 - 1
# Added to an item's id, it stands for all the holders of a hash that became too many with that item.
_CROWDED = 2**61
_HOLDERS = {"qmark": "group_concat(item_id)", "pyformat": "string_agg(item_id::text, ',')"}


class Candidates:
    """What recent items are looked up and compared by, over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._since: dict[datetime, int] = {}

    def lookalikes(self, item: Item, signature: Signature | None = None) -> list[Lookalike]:
        """At most some fifty stored items of some story that may be told together with `item`; the earliest first.

        Those that share a story key, whenever they came; those of the last `WINDOW` that have its text; and of these
        the best that share a cross-language key or three sampled passages. What more than `MOST_HOLDERS` items share
        says nothing.
        """
        found = self._by_key(item) | self._by_text(item)
        if signature is not None:
            found.update(self.filed_alike(item, signature.filed_under))
        found.discard(item.id)
        return self.loaded(sorted(found)) if found else []

    def file(self, item_id: int, signature: Signature, *, at: datetime) -> None:
        """Keep what an item is looked up and compared by; what was kept of an earlier version of it is replaced."""
        table = tables.signatures
        hashes = sorted({*map(stored_hash, signature.filed_under)})
        row = (item_id, signature.pack(), _packed(hashes))
        columns = ("item_id", "signature", "filed")
        if not insert_rows(self._connection, table, columns, [row], returning=["item_id"]):
            same = table.c.item_id == item_id
            self._take_out(item_id, self._connection.execute(select(table.c.filed).where(same)).scalar_one())
            self._connection.execute(update(table).where(same).values(signature=row[1], filed=row[2]))
        crowded = self._crowded(hashes, at)
        rows = ((one, item_id) for one in hashes if one not in crowded)
        insert_rows(self._connection, tables.filed, ("hash", "item_id"), rows)

    def prune(self, *, now: datetime) -> int:
        """Take out what no new item is compared with any more, at most some hundred items; how many they were."""
        table = tables.signatures
        query = select(table.c.item_id).where(table.c.item_id < self._first_since(now - _KEPT))
        old = self._connection.execute(query.order_by(table.c.item_id).limit(PRUNED_AT_ONCE)).scalars().all()
        self.forget(old)
        return len(old)

    def forget(self, ids: Sequence[int]) -> None:
        """Take out what these items are compared by."""
        table, vectors = tables.signatures, tables.story_vectors
        for some in portions(ids):
            for row in self._connection.execute(
                select(table.c.item_id, table.c.filed).where(table.c.item_id.in_(some))
            ):
                self._take_out(row.item_id, row.filed)
            self._connection.execute(delete(table).where(table.c.item_id.in_(some)))
            self._connection.execute(delete(vectors).where(vectors.c.item_id.in_(some)))

    def filed_alike(self, item: Item, filed_under: Sequence[int]) -> list[int]:
        """At most fifty items of the last `WINDOW` filed under the same hashes; those that share most, then the first.

        What an item shares counts as many as are needed where it is a key across languages.
        """
        if not filed_under:
            return []
        statement = _alike_statement(self._connection.dialect.paramstyle, len(filed_under))
        asked = [*map(stored_hash, filed_under), self._window(item.seen_at)]
        ((holders, by_key),) = rows_of(self._connection, statement, asked)
        return _most_alike(holders.split(","), by_key.split(",") if by_key else []) if holders else []

    def _crowded(self, hashes: Sequence[int], at: datetime) -> set[int]:
        """Those hashes that too many items are filed under, for the rest of a window.

        Their holders are taken out, and a mark stands in their place: it says at which item they became too many.
        """
        if not hashes:
            return set()
        table, since = tables.filed, self._window(at)
        crowded: set[int] = set()
        statement = _holders_statement(self._connection.dialect.paramstyle, len(hashes))
        for hashed, count, newest in rows_of(self._connection, statement, [*hashes, since, MOST_HOLDERS]):
            if newest - _CROWDED < since:
                self._connection.execute(delete(table).where(table.c.hash == hashed))
                if count < MOST_HOLDERS:
                    continue
                mark = self._connection.execute(select(func.max(tables.items.c.id))).scalar() or 0
                self._connection.execute(table.insert().values(hash=hashed, item_id=_CROWDED + mark))
            crowded.add(hashed)
        return crowded

    def _by_key(self, item: Item) -> set[int]:
        if not item.story_keys:
            return set()
        table = tables.story_keys
        query = select(table.c.item_id).where(table.c.key.in_(item.story_keys)).order_by(table.c.item_id)
        return set(self._connection.execute(query.limit(MOST_COPIES)).scalars())

    def _by_text(self, item: Item) -> set[int]:
        if not item.text_hash:
            return set()
        rows = tables.items
        query = select(rows.c.id).where(rows.c.text_hash == item.text_hash, rows.c.id >= self._window(item.seen_at))
        first = list(self._connection.execute(query.order_by(rows.c.id).limit(MOST_COPIES)).scalars())
        if len(first) < MOST_COPIES:
            return set(first)
        # Of a serial that repeats word for word, today's is among the last.
        last = query.order_by(rows.c.id.desc()).limit(MOST_COPIES)
        return {*first, *self._connection.execute(last).scalars()}

    def _window(self, seen_at: datetime) -> int:
        """The first item that is near enough to one seen at `seen_at`."""
        if seen_at not in self._since:
            self._since[seen_at] = self._first_since(seen_at - WINDOW)
        return self._since[seen_at]

    def _first_since(self, instant: datetime) -> int:
        """The lowest number among those seen first since then; an answer seen earlier may be stored a little later."""
        rows = tables.items
        query = select(rows.c.id).where(rows.c.first_seen_at >= instant).order_by(rows.c.first_seen_at)
        earliest = query.limit(_OUT_OF_ORDER).subquery()
        found: int | None = self._connection.execute(select(func.min(earliest.c.id))).scalar()
        return _BEYOND_ALL if found is None else found

    def _take_out(self, item_id: int, packed: bytes) -> None:
        table = tables.filed
        self._connection.execute(delete(table).where(table.c.item_id == item_id, table.c.hash.in_(_unpacked(packed))))

    def loaded(self, ids: list[int]) -> list[Lookalike]:
        """Those of some items that have a story, by their ids."""
        shared = self._keys_of(ids)
        found = self._connection.execute(_loaded_statement(), {"ids": ids})
        return [_lookalike(row, shared.get(row.id, ())) for row in found]

    def _keys_of(self, ids: list[int]) -> dict[int, tuple[str, ...]]:
        found: dict[int, tuple[str, ...]] = {}
        for row in self._connection.execute(_keys_statement(), {"ids": ids}):
            found[row.item_id] = (*found.get(row.item_id, ()), row.key)
        return found


def stored_hash(filed_under: int) -> int:
    """What is stored of an integer of `filed_under`: four bytes instead of six, below zero for a cross-language key."""
    return ~(filed_under & _LOW_BITS) if is_cross_key(filed_under) else filed_under & _LOW_BITS


# Asked with every item: putting a statement together takes as long as asking it.
@cache
def _loaded_statement() -> Select[Any]:
    rows, members, kept = tables.items.c, tables.story_items, tables.signatures
    return (
        select(rows.id, rows.source, rows.publisher, rows.url, rows.language, rows.text_hash, rows.first_seen_at)
        .add_columns(rows.published_day, rows.published_zone, rows.published_at)
        .add_columns(members.c.story_id, kept.c.signature)
        .join(members, members.c.item_id == rows.id)
        .outerjoin(kept, kept.c.item_id == rows.id)
        .where(rows.id.in_(bindparam("ids", expanding=True)))
        .order_by(rows.id)
    )


@cache
def _keys_statement() -> Select[Any]:
    table = tables.story_keys
    return select(table).where(table.c.item_id.in_(bindparam("ids", expanding=True))).order_by(table.c.key)


@cache
def _alike_statement(paramstyle: str, hashes: int) -> str:
    """All holders of some hashes as one text, and once more those of keys across languages.

    Handing over a row for each holder, or grouping them, takes the database longer than finding them.
    """
    place, holders = PLACES[paramstyle], _HOLDERS[paramstyle]
    return (
        f"SELECT {holders}, {holders} FILTER (WHERE hash < 0) FROM filed "
        f"WHERE hash IN ({', '.join([place] * hashes)}) AND item_id >= {place} AND item_id < {_CROWDED}"
    )


def _most_alike(holders: Sequence[str], by_key: Sequence[str]) -> list[int]:
    """The items that stand often enough among the holders, the most often first, then the first."""
    shared = Counter(holders)
    for one in by_key:
        shared[one] += FEWEST_SHARED - 1
    alike = sorted([(-count, int(one)) for one, count in shared.items() if count >= FEWEST_SHARED])
    return [item_id for _, item_id in alike[:MOST_LOOKALIKES]]


@cache
def _holders_statement(paramstyle: str, hashes: int) -> str:
    place = PLACES[paramstyle]
    return (
        "SELECT hash, count(*), max(item_id) FROM filed "
        f"WHERE hash IN ({', '.join([place] * hashes)}) AND item_id >= {place} "
        f"GROUP BY hash HAVING count(*) >= {place} OR max(item_id) >= {_CROWDED}"
    )


def _packed(hashes: Sequence[int]) -> bytes:
    return struct.pack(f"<{len(hashes)}i", *hashes)


def _unpacked(packed: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(packed) // 4}i", bytes(packed))


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


@lru_cache(maxsize=400)
def _signature(packed: bytes | None) -> Signature | None:
    """What was packed; None where that was another version's form, which counts as kept without one.

    What is told of much comes up again with every item: unpacking costs more than all else about a lookalike.
    """
    if packed is None:
        return None
    try:
        return Signature.unpack(packed)
    except ValueError:
        return None
