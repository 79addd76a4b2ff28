"""Revisits: article pages that are read again, so that corrections and withdrawals are seen."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, bindparam, func, select

from news.link import Link
from news.revisit import Revisit
from news.visit import Validators
from storage import tables
from storage.plain import draft_from, plain_draft
from storage.sql import drop_some, insert

# Of a page whose re-reading is over nothing is asked any more.
KEPT = timedelta(days=30)


class Revisits:
    """Pages to be read again, over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, revisit: Revisit) -> None:
        """Write down where the re-reading of an item's page stands."""
        columns = {
            "source": revisit.source,
            "url": revisit.link.url,
            "said": plain_draft(revisit.link.said),
            "found_at": revisit.found_at,
            "step": revisit.step,
            "next_visit": revisit.next_visit,
            "etag": revisit.validators.etag,
            "last_modified": revisit.validators.last_modified,
            "body_hash": revisit.validators.body_hash,
            "read_at": revisit.read_at,
            "misses": revisit.misses,
            "missing_since": revisit.missing_since,
            "missed_at": revisit.missed_at,
        }
        statement = insert(self._connection, tables.revisits).values(item_id=revisit.item, **columns)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["item_id"], set_=columns))

    def get(self, item_id: int) -> Revisit | None:
        """Where the re-reading of an item's page stands; None where it was never planned."""
        table = tables.revisits
        row = self._connection.execute(select(table).where(table.c.item_id == item_id)).mappings().first()
        return None if row is None else _revisit_of(row)

    def due(self, source_id: str, *, now: datetime, limit: int) -> list[Revisit]:
        """The pages of a source whose time has come, longest waiting first."""
        asked = {"of_source": source_id, "now": now, "most": limit}
        return [_revisit_of(row) for row in self._connection.execute(_due(), asked).mappings()]

    def read_well_since(self, source_id: str, instant: datetime) -> int:
        """How many pages of a source were read well after this instant."""
        table = tables.revisits
        return self._count(table.c.source == source_id, table.c.read_at > instant)

    def missing(self, source_id: str, *, but: int) -> int:
        """How many pages of a source were missing when they were last asked for, without that of the item `but`."""
        table = tables.revisits
        gone = (table.c.missed_at.is_not(None), table.c.next_visit.is_not(None), table.c.item_id != but)
        return self._count(table.c.source == source_id, *gone)

    def prune(self, *, now: datetime) -> int:
        """Drop what is over long ago, and what nobody came back to: its source was removed or switched off.

        Some at once; how many they were, 0 once nothing is left.
        """
        table = tables.revisits
        return drop_some(self._connection, table.c.item_id, table, table.c.found_at < now - KEPT)

    def _count(self, *conditions: ColumnElement[bool]) -> int:
        query = select(func.count()).select_from(tables.revisits).where(*conditions)
        return self._connection.execute(query).scalar_one()


def _revisit_of(row: RowMapping) -> Revisit:
    return Revisit(
        item=row["item_id"],
        source=row["source"],
        link=Link(url=row["url"], said=draft_from(row["said"])),
        found_at=row["found_at"],
        read_at=row["read_at"],
        next_visit=row["next_visit"],
        step=row["step"],
        validators=Validators(etag=row["etag"], last_modified=row["last_modified"], body_hash=row["body_hash"]),
        misses=row["misses"],
        missing_since=row["missing_since"],
        missed_at=row["missed_at"],
    )


@cache
def _due() -> Select[Any]:
    """The pages of a source whose time has come: asked at every visit, so that it is put together once."""
    table = tables.revisits
    query = select(table).where(table.c.source == bindparam("of_source"), table.c.next_visit <= bindparam("now"))
    return query.order_by(table.c.next_visit, table.c.item_id).limit(bindparam("most"))
