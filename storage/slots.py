"""Closed slots: which of a schedule were frozen, when, and whether a mail went out for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Row, Select, func, select

from storage import tables
from storage.sql import drop_some

# A slot that the calendar did not make is called by its kind and instant ("manual/<instant>", "instant/<instant>").
_EXTRA = "/"

KEPT_SILENT = timedelta(days=60)
"""How long a slot that was closed without a mail is remembered, the newest of a schedule longer."""


@dataclass(frozen=True, kw_only=True)
class ClosedSlot:
    """One frozen slot. at: when it was frozen; stories: how many its digest told; has_mail: whether one was made."""

    name: str
    at: datetime
    stories: int
    has_mail: bool


class Slots:
    """The slots of schedules, over one transaction. Recipients are named by id."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def last(self, recipient_id: int, schedule: str, *, mailed: bool = False) -> ClosedSlot | None:
        """The calendar's slot that was frozen last, with `mailed` the last for which there was a mail.

        Those that were closed by hand or by an alert do not count. None before the first.
        """
        column = tables.digests.c
        query = _slots(recipient_id, schedule).where(~column.slot.contains(_EXTRA)).order_by(column.id.desc())
        return self._first(query.where(column.parcel_key != "") if mailed else query)

    def newest(self, recipient_id: int, schedule: str) -> ClosedSlot | None:
        """The slot with a mail that was frozen last, whoever closed it; None before the first."""
        column = tables.digests.c
        return self._first(_slots(recipient_id, schedule).where(column.parcel_key != "").order_by(column.id.desc()))

    def alerts(self, recipient_id: int, schedule: str, *, since: datetime, until: datetime) -> list[ClosedSlot]:
        """The mails of alerts made in (since, until], the oldest first."""
        column = tables.digests.c
        made = (column.created_at > since, column.created_at <= until, column.parcel_key != "")
        query = _slots(recipient_id, schedule).where(*made, is_alert()).order_by(column.id)
        return [_closed(row) for row in self._connection.execute(query)]

    def prune(self, *, now: datetime) -> int:
        """Forget slots closed long ago without a mail and without a match, but the newest of each schedule.

        Some at once; how many they were, 0 once nothing is left.
        """
        table, told = tables.digests, tables.digest_matches
        newest = select(func.max(table.c.id)).group_by(table.c.recipient_id, table.c.schedule)
        old = (table.c.parcel_key == "", table.c.created_at < now - KEPT_SILENT)
        empty = table.c.id.not_in(select(told.c.digest_id))
        return drop_some(self._connection, table.c.id, table, *old, table.c.id.not_in(newest), empty)

    def _first(self, query: Select[str, datetime, int, str]) -> ClosedSlot | None:
        row = self._connection.execute(query.limit(1)).first()
        return None if row is None else _closed(row)


def is_alert() -> ColumnElement[bool]:
    """Whether a digest told at once: by its slot, for who is alerted alone is told everything under their schedule."""
    slot = tables.digests.c.slot
    return slot.startswith("instant/") | slot.startswith("rollup/")


def _slots(recipient_id: int, schedule: str) -> Select[str, datetime, int, str]:
    table = tables.digests
    query = select(table.c.slot, table.c.created_at, table.c.stories, table.c.parcel_key)
    return query.where(table.c.recipient_id == recipient_id, table.c.schedule == schedule)


def _closed(row: Row[str, datetime, int, str]) -> ClosedSlot:
    return ClosedSlot(name=row.slot, at=row.created_at, stories=row.stories, has_mail=bool(row.parcel_key))
