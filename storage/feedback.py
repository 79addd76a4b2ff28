"""What readers said of their digests: what was not relevant, and what was missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, func, select

from storage import tables
from storage.sql import drop_some

MOST_A_DAY = 20
"""Remarks that one recipient can make in 24 hours."""

LONGEST = 1_000
"""Characters of a remark."""

KEPT = timedelta(days=365)


class FeedbackKind(StrEnum):
    """What a remark is about."""

    IRRELEVANT = "irrelevant"
    MISSING = "missing"


@dataclass(frozen=True, kw_only=True)
class Remark:
    """What a reader said of one digest. recipient: the address now on record."""

    id: int
    recipient: str
    schedule: str
    slot: str
    kind: FeedbackKind
    text: str
    at: datetime


class Feedback:
    """What readers said, over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, recipient_id: int, schedule: str, slot: str, kind: FeedbackKind, text: str, *, at: datetime) -> bool:
        """Keep a remark, cut to LONGEST; False, and nothing kept, where this recipient made very many of late."""
        table = tables.feedback
        lately = (table.c.recipient_id == recipient_id, table.c.at > at - timedelta(days=1))
        if self._connection.execute(select(func.count()).select_from(table).where(*lately)).scalar_one() >= MOST_A_DAY:
            return False
        row = {"recipient_id": recipient_id, "schedule": schedule, "slot": slot, "kind": kind.value, "at": at}
        self._connection.execute(table.insert().values(row | {"text": text[:LONGEST]}))
        return True

    def newest(self, limit: int) -> list[Remark]:
        """The last remarks, the newest first."""
        table, people = tables.feedback, tables.recipients
        query = select(table, people.c.address).join(people, people.c.id == table.c.recipient_id)
        rows = self._connection.execute(query.order_by(table.c.id.desc()).limit(limit))
        return [
            Remark(
                id=row.id,
                recipient=row.address,
                schedule=row.schedule,
                slot=row.slot,
                kind=FeedbackKind(row.kind),
                text=row.text,
                at=row.at,
            )
            for row in rows
        ]

    def prune(self, *, now: datetime) -> int:
        """Drop what was said a year ago; some at once, how many."""
        table = tables.feedback
        return drop_some(self._connection, table.c.id, table, table.c.at < now - KEPT)
