"""What recent items mean: vectors of some days and the mean of each language, read once and kept up by the one writer.

An item without a vector costs nothing here: without the extra no statement of this module is ever made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np
from sqlalchemy import Connection, delete, select

from news.item import Item
from news.story import Lookalike
from news.story.semantic import Vector, unpack
from news.story.semantic_means import Mean, Means
from news.story.semantic_recent import DAYS, MOST, Recent
from news.story.signature import day_of
from storage import tables
from storage.sql import insert


class KnownVectors:
    """What this process has read of the vectors so far; handed to `Stories.vectors` by the one who writes."""

    def __init__(self) -> None:
        self.row = 0
        self.recent = Recent()


class Vectors:
    """The vectors as one transaction sees them, its own items included.

    loaded: gives lookalikes by the ids of stored items.
    """

    def __init__(
        self,
        connection: Connection,
        known: KnownVectors,
        loaded: Callable[[list[int]], list[Lookalike]],
        *,
        now: datetime,
    ) -> None:
        self._connection, self._known, self._loaded, self._now = connection, known, loaded, now
        self._own = Recent()
        self._means: Means | None = None

    def lookalikes(self, item: Item, alike: Sequence[Lookalike]) -> list[Lookalike]:
        """Those that are alike otherwise with how close they are in meaning, and those nearest in other languages."""
        vector = self._centred(item)
        if vector is None:
            return list(alike)
        day = day_of(item).toordinal()
        near = self._known.recent.closest(vector, language=item.language, day=day)
        near |= self._own.closest(vector, language=item.language, day=day)
        near.pop(item.id, None)
        further = sorted(near.keys() - {one.item for one in alike})
        found = [*alike, *(self._loaded(further) if further else ())]
        asked = [one.item for one in found if one.language != item.language and one.item not in near]
        near |= self._closenesses(vector, asked)
        return [replace(one, closeness=near.get(one.item)) for one in found]

    def keep(self, item: Item, *, counted: bool) -> None:
        """Keep a stored item's vector, that of an earlier version is replaced; counted: in its language's mean too."""
        vector = unpack(item.meaning)
        if vector is None:
            return
        means = self._ready()
        table, day = tables.story_vectors, day_of(item).toordinal()
        self._connection.execute(delete(table).where(table.c.item_id == item.id))
        values = {"item_id": item.id, "language": item.language, "day": day, "vector": item.meaning}
        self._connection.execute(table.insert().values(values))
        centred = means.centred(item.language, vector)
        if centred is not None:
            self._own.add(item.id, centred, language=item.language, day=day)
        if counted:
            means.add(item.language, vector)

    def save(self) -> None:
        """Write down the means that moved; nothing where none did."""
        table = tables.vector_means
        for language in sorted(self._means.changed) if self._means else ():
            mean = self._ready().of(language)
            packed = mean.vector.astype("<f4").tobytes()
            row = insert(self._connection, table).values(language=language, items=mean.items, mean=packed)
            kept = {"items": row.excluded["items"], "mean": row.excluded["mean"]}
            self._connection.execute(row.on_conflict_do_update(index_elements=["language"], set_=kept))

    def _centred(self, item: Item) -> Vector | None:
        vector = unpack(item.meaning)
        return None if vector is None else self._ready().centred(item.language, vector)

    def _closenesses(self, vector: Vector, items: Iterable[int]) -> dict[int, float]:
        """How close some items are, as far as their vectors are known."""
        found: dict[int, float] = {}
        missing = []
        for item in items:
            closeness = self._own.closeness(item, vector)
            closeness = self._known.recent.closeness(item, vector) if closeness is None else closeness
            if closeness is None:
                missing.append(item)
            else:
                found[item] = closeness
        if not missing:
            return found
        table = tables.story_vectors
        for row in self._connection.execute(select(table).where(table.c.item_id.in_(missing))):
            other = unpack(bytes(row.vector))
            centred = None if other is None else self._ready().centred(row.language, other)
            if centred is not None:
                found[row.item_id] = float(centred @ vector)
        return found

    def _ready(self) -> Means:
        """The means; when first asked for, all that was committed since the last time is read."""
        if self._means is None:
            rows = self._connection.execute(select(tables.vector_means))
            self._means = Means(
                {row.language: Mean(items=row.items, vector=np.frombuffer(bytes(row.mean), "<f4")) for row in rows}
            )
            self._catch_up(self._means)
        return self._means

    def _catch_up(self, means: Means) -> None:
        known, table = self._known, tables.story_vectors
        since = self._now.date().toordinal() - DAYS - 1
        query = select(table).where(table.c.id > known.row, table.c.day >= since)
        newest = self._connection.execute(query.order_by(table.c.id.desc()).limit(MOST)).all()
        for row in reversed(newest):
            known.row = row.id
            vector = unpack(bytes(row.vector))
            centred = None if vector is None else means.centred(row.language, vector)
            if centred is not None:
                known.recent.add(row.item_id, centred, language=row.language, day=row.day)
