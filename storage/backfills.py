"""Backfills: how far back each source was read on somebody's wish; one that broke off goes on where it was."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import date, datetime

from sqlalchemy import Connection, select

from storage import tables
from storage.sql import insert


@dataclass(frozen=True, kw_only=True)
class Backfill:
    """Where reading a source back stands.

    reading: `Source.reading_fingerprint` of the declaration whose pages were counted. since: the day to reach.
    next_page: pages done, which is the number of the next one (0 is the newest). last_page: digest of what the last one
    named. finished_at: None while there is more to read.
    """

    source: str
    reading: str
    since: date
    started_at: datetime
    next_page: int = 0
    last_page: str = ""
    finished_at: datetime | None = None


_COLUMNS = tuple(one.name for one in fields(Backfill))


class Backfills:
    """The last reading back of each source, over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, source_id: str) -> Backfill | None:
        """Where reading a source back stands; None where nobody ever wished for it."""
        table = tables.backfills
        row = self._connection.execute(select(table).where(table.c.source == source_id)).mappings().first()
        return None if row is None else Backfill(**{name: row[name] for name in _COLUMNS})

    def save(self, backfill: Backfill) -> None:
        """Write down where it stands; of a source only its last one is kept."""
        values = asdict(backfill)
        statement = insert(self._connection, tables.backfills).values(values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["source"], set_=values))
