"""In how many items a passage stands, kept in the database: what everybody writes says nothing about one story.

A transaction adds one small row with the buckets of its items; now and then the rows become one whole count. A process
keeps the counts in memory and reads only the rows it has not seen, so that several processes count together and what
was rolled back counts nowhere. Every month all counts are halved: the language of the last weeks weighs most.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, delete, select

from news.story import BUCKETS, Signature, seeded
from storage import tables

FOLDED_AFTER = 200
"""Rows of single transactions after which a whole count is written."""

HALVED_EVERY = timedelta(days=30)


class KnownFrequencies:
    """What this process has read of the frequencies so far; handed to `Stories.counting` by the one who writes."""

    def __init__(self) -> None:
        self.row = 0
        self.rows_since_whole = 0
        self.aged_at: datetime | None = None
        self.documents, self.counts = _start()

    def catch_up(self, connection: Connection) -> None:
        """Read what was committed since the last time."""
        table = tables.frequencies
        for row in connection.execute(select(table).where(table.c.id > self.row).order_by(table.c.id)):
            self.row = row.id
            if row.whole:
                self.documents, self.counts = row.documents, _whole(row.counted)
                self.rows_since_whole, self.aged_at = 0, row.aged_at
            else:
                self.documents += row.documents
                np.add.at(self.counts, np.frombuffer(bytes(row.counted), dtype="<u2"), 1)
                self.rows_since_whole += 1


class Counting:
    """The frequencies as one transaction sees them, its own items included."""

    def __init__(self, connection: Connection, known: KnownFrequencies) -> None:
        known.catch_up(connection)
        self._connection = connection
        self._known = known
        self._new: list[Sequence[int]] = []
        self._counts = known.counts

    @property
    def documents(self) -> int:
        """How many items were counted."""
        return self._known.documents + len(self._new)

    def counts(self, buckets: Sequence[int]) -> Sequence[int]:
        """In how many items each of `buckets` stood, in their order."""
        counted: list[int] = self._counts[np.asarray(buckets, dtype=np.intp)].tolist()
        return counted

    def add(self, signature: Signature) -> None:
        """Count one more item, known to this transaction at once and to others once `save` is committed."""
        if not self._new:
            self._counts = self._counts.copy()
        self._new.append(signature.counted)
        self._counts[np.asarray(signature.counted, dtype=np.intp)] += 1

    def save(self, *, at: datetime) -> None:
        """Write down what was added; nothing where nothing was."""
        if not self._new:
            return
        known = self._known
        if known.aged_at is None or known.rows_since_whole >= FOLDED_AFTER:
            self._save_whole(at)
            return
        buckets = np.asarray([bucket for one in self._new for bucket in one], dtype="<u2")
        self._insert(whole=False, documents=len(self._new), counted=buckets.tobytes(), aged_at=known.aged_at)

    def _save_whole(self, at: datetime) -> None:
        aged_at, halving = self._known.aged_at or at, 0
        if at - aged_at >= HALVED_EVERY:
            aged_at, halving = at, 1
        packed = zlib.compress((self._counts >> halving).astype("<u4").tobytes(), 1)
        row = self._insert(whole=True, documents=self.documents >> halving, counted=packed, aged_at=aged_at)
        self._connection.execute(delete(tables.frequencies).where(tables.frequencies.c.id < row))

    def _insert(self, **values: Any) -> int:
        table = tables.frequencies
        row: int = self._connection.execute(table.insert().values(**values).returning(table.c.id)).scalar_one()
        return row


def _start() -> tuple[int, NDArray[np.int32]]:
    documents, seeds = seeded()
    counts = np.zeros(BUCKETS, dtype=np.int32)
    counts[list(seeds.keys())] = list(seeds.values())
    return documents, counts


def _whole(packed: bytes) -> NDArray[np.int32]:
    return np.frombuffer(zlib.decompress(bytes(packed)), dtype="<u4").astype(np.int32)
